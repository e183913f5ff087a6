"""What a conference has and still lacks: who is asked, who sends what by when, and whether it can begin.

Made of what moves have written down (`conference_stages.py`), and of nothing else: a list here can be read back to
the page it comes from. Nothing is weighed or added up about a family. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pathways.calendars import Calendar
from pathways.child_protection import BEFORE_A_PLAN, FIRST, PLAN_LASTS, PREBIRTH_DUE, PREPARING
from pathways.conference_stages import QUORUM, STAGES, reports_to_come
from pathways.definitions import CaseFacts, Pathway
from pathways.trail import CHASED

QUESTIONS = (
    ("What are we worried about?", ("risks", "history", "grey_areas")),
    ("What is working well?", ("safety", "strengths")),
    ("What needs to happen?", ("child_view", "what_next")),
)
"""The three questions, and the seven headings of the board under them."""
HEADINGS = tuple(heading for _, headings in QUESTIONS for heading in headings)


@dataclass(frozen=True, slots=True)
class Written:
    """A move of this conference with what was written down: its trigger, its London day, who made it, the answers."""

    trigger: str
    on: date
    by: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """One agency's report: asked for, due, received, shown to the parents; the days on which it was asked for again.

    `late_by` is working days after it was due: until it came, or until today where it has not. None: it is not late,
    or not due, no day being booked.
    """

    agency: str
    asked_on: date
    due_on: date | None = None
    received_on: date | None = None
    on_form: bool | None = None
    shared_on: date | None = None
    why_not_shared: str = ""
    chased: tuple[date, ...] = ()
    late_by: int | None = None

    @property
    def missing(self) -> bool:
        """Whether it has not come."""
        return self.received_on is None


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody on the list, by relationship or role: asked to come or not and why, what they answered, whether they came."""

    who: str
    part: str
    agency: str = ""
    invited: bool = True
    why_not: str = ""
    reply: str = ""
    came: bool | None = None


def ends_a_conference(found: Pathway, trigger: str) -> bool:
    """Whether a move is one with which a conference ends: the next gathers afresh."""
    return any(move.trigger == trigger and "invitations_sent" in move.forgets for move in found.moves)


def reports(
    written: Iterable[Written], due_on: date | None, calendar: Calendar, today: date
) -> tuple[Report, ...]:
    """The ledger of reports, in the order in which agencies were asked; one that nobody asked stands last.

    Args:
        written: the moves of this conference, in order.
        due_on: the day by which reports were to come; None where no conference is booked.
        calendar: counts working days.
        today: the London day up to which a report that has not come is late.
    """
    asked: dict[str, date] = {}
    came: dict[str, Written] = {}
    chased: dict[str, list[date]] = {}
    for each in written:
        if each.trigger == "invite":
            for agency in each.body.get("agencies", ()):
                asked.setdefault(agency, each.on)
        elif each.trigger == "report_received":
            first = came.get(each.body["agency"])
            came[each.body["agency"]] = (
                Written(each.trigger, first.on, each.by, each.body) if first is not None else each
            )
        elif each.trigger == CHASED:
            chased.setdefault(str(each.body["agency"]), []).append(each.on)
    return tuple(
        _report(agency, asked, came.get(agency), due_on, tuple(chased.get(agency, ())), calendar, today)
        for agency in (*asked, *(each for each in came if each not in asked))
    )


def _report(
    agency: str,
    asked: Mapping[str, date],
    came: Written | None,
    due_on: date | None,
    chased: tuple[date, ...],
    calendar: Calendar,
    today: date,
) -> Report:
    until = came.on if came is not None else today
    late_by = calendar.working_days_between(due_on, until) if due_on is not None and until > due_on else None
    asked_on = asked.get(agency) or until
    if came is None:
        return Report(agency, asked_on, due_on, chased=chased, late_by=late_by)
    seen_on = came.body.get("seen_on")
    return Report(
        agency,
        asked_on,
        due_on,
        came.on,
        bool(came.body.get("on_form")),
        date.fromisoformat(seen_on) if seen_on else None,
        str(came.body.get("why_not_seen", "")),
        chased,
        late_by,
    )


def invitees(written: Iterable[Written]) -> tuple[Invitee, ...]:
    """The list as it stands: of one person the last that was written; who came is forgotten when it was put off."""
    found: dict[str, Invitee] = {}
    for each in written:
        if each.trigger == "adjourn":
            found = {
                key: Invitee(one.who, one.part, one.agency, one.invited, one.why_not, one.reply)
                for key, one in found.items()
            }
        elif each.trigger == "attendance" and each.body:
            body = each.body
            found[" ".join(str(body["who"]).lower().split())] = Invitee(
                str(body["who"]),
                str(body["part"]),
                str(body.get("agency", "")),
                bool(body["invited"]),
                str(body.get("why_not_invited", "")),
                str(body.get("reply", "")),
                body.get("came"),
            )
    return tuple(found.values())


def agencies_of(written: Iterable[Written]) -> tuple[str, ...]:
    """Every agency of a conference: asked for a report, sent one, on the list, or there."""
    found: list[str] = []
    for each in written:
        if each.trigger in ("invite", "start_conference"):
            found += each.body.get("agencies", ())
        elif each.trigger == "reports_shared":
            found += each.body.get("who", ())
        elif each.trigger in ("report_received", "attendance") and each.body.get("agency"):
            found.append(str(each.body["agency"]))
    return tuple(dict.fromkeys(found))


def agencies_coming(listed: Iterable[Invitee]) -> tuple[str, ...]:
    """The agencies of which somebody came or, where that is not known yet, said that they would."""
    coming = (
        one.agency
        for one in listed
        if one.agency and (one.came if one.came is not None else one.reply == "coming")
    )
    return tuple(dict.fromkeys(coming))


def wanting(facts: CaseFacts, *, unborn: bool = False) -> list[str]:
    """What the conference lacks before it can start, each as the end of `Ready but for:`, in the order of the stages.

    The room and quorum are asked as it starts, and are not wanting before.
    """
    found = []
    if facts.icpc_date is None and facts.rcpc_date is None:
        found.append("no day is booked")
    if facts.invitations_sent is None:
        found.append("the invitations have not been sent")
    missing = reports_to_come(facts)
    if missing:
        found.append(f"{len(missing)} report{'' if len(missing) == 1 else 's'} ({', '.join(missing)})")
    elif not facts.among("agencies_asked") and facts.invitations_sent is not None:
        found.append("no agency has been asked for a report")
    if unborn and facts.prebirth_assessed is None:
        found.append("the pre-birth assessment is not done")
    if facts.family_met is None:
        found.append("the social worker has not met the family")
    if facts.chair_met_family is None:
        found.append("the chair has not met the family")
    if facts.reports_shared is None:
        found.append("the professionals have not shared their reports")
    return found


def readiness(state: str, facts: CaseFacts) -> str:
    """What the conference of a case in this state lacks before it can start, in a line; empty where none is prepared.

    While a plan lasts it is said once its review is under way, that is, once the invitations are out.
    """
    if state not in PREPARING or (state in PLAN_LASTS and facts.invitations_sent is None):
        return ""
    return in_one_line(wanting(facts, unborn=state in PREBIRTH_DUE))


def stage_of(state: str, facts: CaseFacts) -> int | None:
    """The first stage, 1 to 8, that a conference being prepared or held still waits at; None where there is none.

    While a plan lasts its review counts from the invitations on, as for `readiness`.
    """
    reviewing = state == "review_conference" or (state in PLAN_LASTS and facts.invitations_sent is not None)
    if state not in (*BEFORE_A_PLAN, *FIRST) and not reviewing:
        return None
    return next((each.number for each in STAGES[:7] if not each.done(facts)), 8)


def in_one_line(lacking: Sequence[str]) -> str:
    """The line: Ready, or Ready but for: 2 reports (housing, police); no day is booked."""
    if not lacking:
        return "Ready."
    mark = "; " if any("," in each for each in lacking) else ", "
    return f"Ready but for: {mark.join(lacking)}."


def quorum_of(facts: CaseFacts) -> int:
    """Agencies that must be present: the authority's own number, or ours. No law gives one."""
    return int(facts.quorum or QUORUM)
