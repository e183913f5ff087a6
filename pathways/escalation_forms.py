"""The ten ladders of professional disagreement, what is written down on them, and what their moves ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathways import sources
from pathways.definitions import CaseFacts, Evidence, Field, needs
from pathways.evidence import EDUCATION, PARTNERS, WORKERS, yes
from pathways.roles import Role

CHALLENGERS = tuple(dict.fromkeys((*WORKERS, *EDUCATION, Role.CHAIR_OF_GOVERNORS)))
"""Any practitioner, with the lead of their agency."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of a ladder: whom to go to, and the stage of the partnership's procedure at which it stands."""

    name: str
    stage: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """Whom to climb to in one situation, in order.

    `out_of_hours`: the rungs when the offices are shut, where they differ. `same_day`: nothing waits for
    tomorrow. `decided_at`: where alone such a decision can be taken, if it can be taken in one place only.
    `minuted`: dissent is spoken in the room and minuted before anything else.
    """

    title: str
    rungs: tuple[Rung, ...]
    out_of_hours: tuple[Rung, ...] = ()
    same_day: bool = False
    decided_at: str = ""
    minuted: bool = False

    def at(self, *, out_of_hours: bool) -> tuple[Rung, ...]:
        """The rungs at this hour."""
        return self.out_of_hours if out_of_hours and self.out_of_hours else self.rungs


LEVELS = Rung("discuss it against the levels of need", "informal")
HUB = Rung("ask the early help hub", "informal")
STAFF_REFERS = Rung("the member of staff refers", "informal")
DECIDER = Rung("deciding social worker", "informal")
WORKER = Rung("social worker", "informal")
WORKER_OR_MANAGER = Rung("social worker or their manager", "informal")
START_HELP = Rung("start early help if it fits", "informal")
SAID_IN_CONFERENCE = Rung("say it in the conference, in the minutes", "informal")
SAID_IN_MEETING = Rung("say it in the meeting, in the minutes", "informal")
WRITE_CHAIR = Rung("write to the chair", "informal")
WRITE_WORKER = Rung("write to the social worker and manager", "informal")
LINE_MANAGER = Rung("line manager", "stage1")
WRITE_BOTH = Rung("write to both", "stage1")
EARLY_MEETING = Rung("ask for an early meeting", "stage1")
EARLY_CORE_GROUP = Rung("ask for an early core group", "stage1")
CHAIR_MANAGER = Rung("the chair's manager", "stage1")
TEAM_LEADER = Rung("team leader", "stage1")
FRESH_CALL = Rung("telephone a fresh referral", "stage1")
REVIEWING_OFFICER = Rung("reviewing officer", "stage2")
SERVICE_MANAGER = Rung("service manager", "stage2")
DUTY_OFFICER = Rung("senior duty officer", "stage2")
WRITTEN_CASE = Rung("written case to the service manager", "stage2")
ADVISER = Rung("education safeguarding adviser", "stage2_meeting")
SENIOR_OFFICER = Rung("senior officer, without delay", "stage3")
ONWARD = Rung("the authority's own procedure", "stage3")

FRONT_DOOR, WORKER_DECIDES, IN_NEED_MEETING, CONFERENCE = (
    "front door", "a worker or manager", "a child in need meeting", "a child protection conference",
)  # fmt: skip
_REFUSED = (DECIDER, TEAM_LEADER, SERVICE_MANAGER, WRITTEN_CASE, ADVISER, ONWARD)
_AFTER_CONFERENCE = (SAID_IN_CONFERENCE, WRITE_CHAIR, CHAIR_MANAGER, TEAM_LEADER, SERVICE_MANAGER)

LADDERS: dict[int, Ladder] = {
    1: Ladder("staff and safeguarding lead differ on referring", (LEVELS, HUB, STAFF_REFERS)),
    2: Ladder("child protection referral refused", (DECIDER, TEAM_LEADER, SERVICE_MANAGER, ADVISER, SENIOR_OFFICER),
              out_of_hours=(DECIDER, TEAM_LEADER, DUTY_OFFICER, ADVISER, SENIOR_OFFICER), same_day=True),
    3: Ladder("child in need referral refused", _REFUSED),
    4: Ladder("child in need now at risk of significant harm", (WORKER_OR_MANAGER, TEAM_LEADER, FRESH_CALL),
              out_of_hours=(FRESH_CALL,), same_day=True),
    5: Ladder("child in need plan drifting",
              (WORKER, LINE_MANAGER, WRITE_BOTH, EARLY_MEETING, TEAM_LEADER, SERVICE_MANAGER, ADVISER, ONWARD)),
    6: Ladder("child protection plan drifting",
              (WORKER, LINE_MANAGER, WRITE_BOTH, EARLY_CORE_GROUP, TEAM_LEADER, REVIEWING_OFFICER, SERVICE_MANAGER, ADVISER, ONWARD)),
    7: Ladder("conference refuses a plan", (*_AFTER_CONFERENCE, ADVISER, ONWARD), decided_at=CONFERENCE, minuted=True),
    8: Ladder("child in need plan being ended", (SAID_IN_MEETING, WRITE_WORKER, TEAM_LEADER, SERVICE_MANAGER, ADVISER, ONWARD),
              decided_at=IN_NEED_MEETING, minuted=True),
    9: Ladder("child protection plan being ended", (*_AFTER_CONFERENCE, WRITTEN_CASE, ADVISER, ONWARD), decided_at=CONFERENCE, minuted=True),
    10: Ladder("told to use early help instead", (START_HELP, *_REFUSED)),
}  # fmt: skip

RUNGS = tuple(
    dict.fromkeys(
        rung.name
        for ladder in LADDERS.values()
        for hours in (False, True)
        for rung in ladder.at(out_of_hours=hours)
    )
)


def ladder_of(facts: CaseFacts) -> Ladder | None:
    """The ladder of this dispute, once its situation is known."""
    return LADDERS.get(int(facts.situation or 0))


def rungs_of(facts: CaseFacts) -> tuple[Rung, ...]:
    """The rungs of this dispute, at the hour at which it is fought."""
    ladder = ladder_of(facts)
    return ladder.at(out_of_hours=yes(facts.out_of_hours)) if ladder else ()


def next_rung(facts: CaseFacts) -> Rung | None:
    """The first rung that has not been tried; None above the last."""
    tried = set(facts.among("rungs_tried"))
    return next((rung for rung in rungs_of(facts) if rung.name not in tried), None)


def same_day(facts: CaseFacts) -> bool:
    """Whether significant harm is believed, so that every rung is climbed today."""
    ladder = ladder_of(facts)
    return yes(facts.significant_harm_believed) or bool(ladder and ladder.same_day)


_SITUATION = (
    Field("situation", "Which of the ten situations is it?", "choice", tuple(map(str, LADDERS)),
          words=tuple(each.title for each in LADDERS.values()), required=True, fact="situation"),
    Field("decided_at", "Where was it decided?", "choice", (FRONT_DOOR, WORKER_DECIDES, IN_NEED_MEETING, CONFERENCE, "nothing decided"),
          required=True, fact="decided_at"),
    Field("harm_believed", "Is significant harm believed?", "yes_no", required=True, fact="significant_harm_believed"),
    Field("out_of_hours", "Is it out of office hours?", "yes_no", required=True, fact="out_of_hours"),
)  # fmt: skip
_CASE = (
    Field("evidence", "What is the evidence, matched to the levels of need?", required=True),
    Field("wanted", "What outcome is wanted?", required=True, opinion=True),
    Field("safety", "What keeps the child safe meanwhile?", required=True),
)  # fmt: skip

DISAGREEMENT = Evidence(
    "disagreement", "Disagreement between professionals",
    (
        *_SITUATION,
        Field("ground", "On which ground?", "choice", ("decision challenged", "not done as agreed or required"), required=True),
        Field("who", "Who disagrees with whom (by role and agency)?", required=True),
        *_CASE,
        Field("child_view", "What does the child say, or why is it not known?", required=True, opinion=True),
    ),
    "opinion",
)  # fmt: skip
SITUATION = Evidence(
    "situation",
    "Situation chosen again",
    (*_SITUATION, Field("why", "What has changed?", required=True)),
    "decision",
)
CLIMBED = Evidence(
    "rung", "Rung climbed",
    (
        Field("rung", "Who or what was tried?", "choice", RUNGS, required=True, fact="rungs_tried", each=True),
        Field("spoken_to", "Who was spoken or written to (by role)?", required=True),
        Field("answer", "What was the answer?", required=True),
        Field("safety", "What keeps the child safe meanwhile?", required=True),
    ),
)  # fmt: skip
DISSENT_MINUTED = Evidence(
    "dissent_in_room", "Dissent spoken in the room",
    (
        Field("minuted", "Is it in the minutes?", "yes_no", required=True),
        Field("where", "In which minutes?", when=("minuted", "yes")),
        Field("why_not", "Why not, and where is it written instead?", when=("minuted", "no")),
    ),
    "opinion",
)  # fmt: skip
RAISED = Evidence(
    "stage_raised", "Raised to the next stage",
    (
        Field("tried", "What was tried before, with whom (by role), and what was the answer?", required=True),
        *_CASE,
        Field("late_because", "If later than the procedure asks: why?"),
    ),
)  # fmt: skip
ANSWERED = Evidence(
    "stage_answer", "Answer to the challenge",
    (
        Field("read_file", "Was the file read, and the challenger spoken to?", "yes_no", required=True),
        Field("answer", "What was the answer, with reasons?", required=True, opinion=True),
    ),
)  # fmt: skip
SETTLED = Evidence(
    "stage_settled", "Disagreement settled",
    (
        Field("agreed", "What was agreed, who does what, by when?", required=True),
        Field("changed", "Does the decision change?", "yes_no", required=True),
        Field("still_disagrees", "Does anybody still disagree?", "yes_no", required=True),
        Field("dissent", "Who, and with what?", when=("still_disagrees", "yes"), opinion=True),
    ),
    "decision",
)  # fmt: skip
NOT_AGREED = Evidence(
    "stage_not_agreed", "Not agreed",
    (Field("challenger", "Reasons of those who challenge", required=True, opinion=True), Field("challenged", "Reasons of those challenged", required=True, opinion=True)),
    "opinion",
)  # fmt: skip
NOTIFIED = Evidence(
    "partnership_notified", "Partnership notified",
    (Field("form", "When was the notification form sent, to whom (by role)?", required=True),),
)  # fmt: skip
LETTER = Evidence(
    "outcome_letter", "Letter with the outcome",
    (Field("to_whom", "To whom (by role)?", required=True), Field("copy", "Has the partnership's manager a copy?", "yes_no", required=True)),
)  # fmt: skip
HARM_BELIEVED = Evidence(
    "harm_believed", "Significant harm believed",
    (Field("why", "What gives reasonable cause?", required=True, opinion=True), Field("believed", "Is the child thought to be at risk of significant harm?", "yes_no", required=True, fact="significant_harm_believed")),
    "opinion",
)  # fmt: skip
AGAIN = Evidence(
    "fresh_referral", "Referred again",
    (Field("what", "What was told, to whom (by role)?", required=True), Field("new", "What is new, or was not heard?", required=True)),
)  # fmt: skip
WITHDRAWN = Evidence(
    "challenge_withdrawn",
    "Challenge withdrawn",
    (Field("why", "Why is it withdrawn, and by whom (by role)?", required=True),),
    "decision",
)
LEARNING = Evidence(
    "learning", "Outcome of the last stage",
    (*SETTLED.fields, Field("learning", "What is learned, and who hears of it?", required=True)), "decision",
)  # fmt: skip
UNSETTLED = Evidence(
    "not_settled", "Not settled at the last stage",
    (*NOT_AGREED.fields, Field("learning", "What is learned, and who hears of it?", required=True),
     Field("safety", "What keeps the child safe from here?", required=True)), "decision",
)  # fmt: skip


def _in_one_place(facts: CaseFacts) -> Iterable[str]:
    ladder = ladder_of(facts)
    if ladder and ladder.decided_at and facts.decided_at != ladder.decided_at:
        yield f"Only {ladder.decided_at} can decide that; choose the situation again"


@needs(
    "the situation fits where it was decided", sources.LADDERS,
    id="ladder.situation", by=CHALLENGERS, record="choose_situation", missing=_in_one_place,
)  # fmt: skip
def situation_fits(facts: CaseFacts) -> bool:
    """Whether a plan was ended where alone a plan can be ended."""
    return not list(_in_one_place(facts))


@needs(
    "dissent was spoken in the room, and minuted or written down instead", sources.LADDERS,
    id="ladder.minuted", by=PARTNERS, record="record_dissent_in_room", override=CHALLENGERS,
)  # fmt: skip
def dissent_minuted(facts: CaseFacts) -> bool:
    """Whether those in the room heard of it, where there was a room."""
    ladder = ladder_of(facts)
    return ladder is None or not ladder.minuted or facts.dissent_spoken is not None


def _rungs_before(facts: CaseFacts) -> list[str]:
    names = [rung.name for rung in rungs_of(facts)]
    tried = set(facts.among("rungs_tried"))
    furthest = max((at for at, name in enumerate(names) if name in tried), default=-1)
    return [f"Not tried yet: {name}" for name in names[:furthest] if name not in tried]


@needs(
    "the rungs below have been tried, unless harm is believed", sources.LADDERS,
    id="ladder.order", by=CHALLENGERS, record="climb", override=CHALLENGERS, missing=_rungs_before,
)  # fmt: skip
def in_order(facts: CaseFacts) -> bool:
    """Whether nobody was passed over; where harm is believed nobody need be asked first."""
    return same_day(facts) or not _rungs_before(facts)
