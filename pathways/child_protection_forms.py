"""What is written down on the child protection pathway, and what it asks for beyond the nine stages."""

from pathways import sources
from pathways.conference_stages import ACTIONS
from pathways.definitions import CaseFacts, Condition, Evidence, Field, Test, needs
from pathways.evidence import (
    AGENCIES,
    CHILD_VIEW,
    DISSENT,
    MANAGERS,
    PARTNERS,
    REASONS,
    SIBLINGS,
    SOCIAL_WORKERS,
    yes,
)  # fmt: skip
from pathways.roles import Role

_INTERIM = Field("safety_plan", "What keeps the child safe meanwhile, and who does what?", required=True)

HARM = Evidence(
    "harm", "Harm suspected",
    (
        Field("grounds", "What gives reasonable cause to suspect significant harm?", required=True),
        Field("who_asks", "Who asks for the discussion (by role and agency)?", required=True),
        Field("parents_told", "Are the parents told?", "yes_no", required=True),
        Field("how_told", "What are they told, by whom?", when=("parents_told", "yes")),
        Field("why_not_told", "Why not?", when=("parents_told", "no")),
    ),
    "opinion",
)  # fmt: skip
IMMEDIATE = Evidence(
    "immediate_risk", "Danger now",
    (Field("danger", "What is the danger?", required=True), Field("done", "What has been done to keep the child safe?", required=True)),
)  # fmt: skip
SAFETY_PLAN = Evidence(
    "protection_sought", "Immediate protection sought",
    (Field("danger", "Why can it not wait?", required=True), _INTERIM, SIBLINGS),
    "decision",
)  # fmt: skip
STRATEGY_DISCUSSION = Evidence(
    "strategy_discussion", "Strategy discussion",
    (
        Field("agencies", "Which agencies took part? Social care, police and health at the least", "choices", AGENCIES, required=True, fact="strategy_agencies"),
        Field("minutes", "What was known and said?", required=True),
        Field("actions", "Who does what, by when?", required=True),
        Field("enquiry", "Single agency, joint, or none?", "choice", ("single agency", "joint", "none"), required=True),
        Field("medical", "Is a medical needed, and when?", required=True),
        SIBLINGS, REASONS, *CHILD_VIEW, *DISSENT,
    ),
    "decision",
)  # fmt: skip
STRATEGY_FOLLOW_UP = Evidence(
    "further_discussion", "Further strategy discussion",
    (
        *STRATEGY_DISCUSSION.fields,
        Field("what_next", "What follows: early review, core group, changes to the plan?", required=True),
    ),
    "decision",
)  # fmt: skip
CONFERENCE_NEEDED = Evidence(
    "conference_needed", "Enquiry found that a conference is needed",
    (
        Field("harm_found", "What harm was found, or is likely?", required=True, opinion=True),
        Field("safety_plan", "Interim safety plan: what, and the names of those who do it", required=True),
        SIBLINGS, REASONS, *CHILD_VIEW, *DISSENT,
    ),
    "decision",
)  # fmt: skip
ENQUIRY_CLOSED = Evidence(
    "enquiry_outcome", "Enquiry finished without a conference",
    (
        Field("found", "What did the enquiry find?", required=True),
        Field("partners", "What did the partners say?", required=True),
        Field("safety_plan", "What safety plan or help follows?", required=True),
        Field("feedback", "Who has been told the outcome?", required=True),
        SIBLINGS, REASONS, *CHILD_VIEW, *DISSENT,
    ),
    "decision",
)  # fmt: skip
REQUEST = Evidence(
    "conference_request", "Conference asked for",
    (Field("who_comes", "Which family members and agencies should come?", required=True), Field("support", "Interpreter, advocate or other support needed?")),
)  # fmt: skip
DELAY = Evidence(
    "delay_agreement", "Delay agreed",
    (
        Field("chair_agrees", "Has the conference chair agreed?", "yes_no", required=True, fact="delay_chair_agrees"),
        Field("reasons", "Why is the conference later, and why is that right for the child?", required=True),
        Field("new_target", "By when will it be held?", "date", required=True, future=True),
        _INTERIM,
    ),
    "decision",
)  # fmt: skip
CORE_GROUP = Evidence(
    "core_group", "Core group",
    (
        Field("who", "Who was there (by role and agency), who was not?", required=True),
        Field("progress", "Progress against the plan", required=True),
        ACTIONS,
        Field("risk", "What has changed in the risk?", required=True, opinion=True),
        Field("barriers", "What stands in the way?", required=True),
        Field("next_on", "When is the next one?", "date", required=True, future=True),
        *CHILD_VIEW, *DISSENT,
    ),
)  # fmt: skip
EARLY_REVIEW = Evidence(
    "early_review", "Early review asked for",
    (Field("who_asks", "Who asks (by role and agency)?", required=True), Field("why", "Why now?", required=True, opinion=True)),
    "opinion",
)  # fmt: skip
MOVE_HEARD = Evidence(
    "move_heard", "Family may be moving",
    (Field("where_to", "To which authority?", required=True), Field("known_from", "How do we know?", required=True)),
)  # fmt: skip
MOVE_SHARED = Evidence(
    "move_shared", "New authority told",
    (Field("whom", "Who was told (by role)?", required=True), Field("what", "What were they told and sent?", required=True)),
)  # fmt: skip
MOVE = Evidence(
    "permanent_move", "Permanent move notified",
    (
        Field("authority", "To which authority?", required=True),
        Field("papers", "Were plan, chronology and last minutes sent?", "yes_no", required=True),
        Field("why_no_papers", "Why not, and when will they be?", when=("papers", "no")),
        Field("meanwhile", "Who visits and holds core groups until their conference?", required=True),
    ),
)  # fmt: skip
MOVE_STOPPED = Evidence(
    "move_stopped", "The family stays", (Field("why", "What has changed, and who was told?", required=True),)
)  # fmt: skip
MOVE_COMPLETE = Evidence(
    "move_complete", "Conference of the new authority",
    (
        Field("their_conference_on", "On which day was their conference?", "date", required=True, fact="their_conference_on"),
        Field("their_decision", "What did it decide?", required=True),
    ),
    "decision",
)  # fmt: skip
MOVED_BEFORE_PLAN = Evidence(
    "moved", "Passed to another authority, or back to it",
    (
        Field("authority", "Which authority?", required=True),
        Field("accepted_by", "Who there has accepted responsibility (by role), and when?", required=True),
        REASONS, *CHILD_VIEW,
    ),
    "decision",
)  # fmt: skip
TRANSFER_IN = Evidence(
    "transfer_in", "Child on another authority's plan moves here",
    (
        Field("authority", "Which authority holds the plan?", required=True),
        Field("still_responsible", "Who there stays responsible until our conference (by role)?", required=True),
        Field("meanwhile", "Who visits until then?", required=True),
    ),
)  # fmt: skip
TRANSFER_PAPERS = Evidence(
    "transfer_papers", "Papers of the other authority",
    (
        Field("old_plan", "Is their plan here?", "yes_no", required=True, fact="old_plan_here"),
        Field("chronology", "Is their chronology here?", "yes_no", required=True, fact="old_chronology_here"),
        Field("last_minutes", "Are their last minutes here?", "yes_no", required=True, fact="old_minutes_here"),
        Field("both_reports", "Have both social workers reported?", "yes_no", required=True, fact="both_workers_reported"),
    ),
)  # fmt: skip
PREBIRTH = Evidence(
    "prebirth_concern", "Concern before a birth",
    (
        Field("due_on", "When is the baby due?", "date", required=True, fact="expected_delivery_date", future=True),
        Field("grounds", "What is the concern?", required=True),
        Field("who_asks", "Who raises it (by role and agency)?", required=True),
    ),
    "opinion",
)  # fmt: skip
PREBIRTH_ASSESSMENT = Evidence(
    "prebirth_assessment", "Pre-birth assessment",
    (
        Field("parents", "Parents' views and preparation", required=True),
        Field("history", "History that matters", required=True),
        Field("analysis", "Analysis: what will the baby need, and what is the risk?", required=True, opinion=True),
    ),
)  # fmt: skip
PREBIRTH_CLOSED = Evidence(
    "prebirth_outcome", "No pre-birth conference needed",
    (REASONS, Field("birth_plan", "What is planned for the birth, discharge and after?", required=True), SIBLINGS, *DISSENT),
    "decision",
)  # fmt: skip
ENTERED_CARE = Evidence(
    "looked_after", "Child looked after",
    (
        Field("basis", "On what legal basis?", "choice", ("section 20", "interim care order", "care order", "police or emergency powers", "other"), required=True),
        Field("plan_and_review", "How do plan, care plan and reviews fit together from here?", required=True),
    ),
)  # fmt: skip
LETTERS = Evidence(
    "conference_letter", "Sent after the conference",
    (
        Field("to_whom", "To whom (by role)?", required=True),
        Field("family_copy", "Has the family had it?", "yes_no", required=True),
        Field("why_not_family", "Why not?", when=("family_copy", "no")),
    ),
)  # fmt: skip


_HEALTH = {"health visiting", "school nursing", "general practice", "midwifery", "hospital", "mental health"}


def _not_there(facts: CaseFacts) -> list[str]:
    there = set(facts.among("strategy_agencies"))
    wanted = {"social care": {"social care"}, "police": {"police"}, "health": _HEALTH}
    return [f"Did not take part: {name}" for name, any_of in wanted.items() if not there & any_of]


def agencies_took_part(id: str, record: str) -> Condition:
    """The condition that the three agencies took part, for one outcome of the discussion.

    Each outcome has its own, since it is the record of that very decision that supplies it.
    """
    return needs(
        "social care, police and health took part in the discussion", sources.STRATEGY,
        id=id, by=MANAGERS, record=record, override=(Role.TEAM_LEADER, Role.SERVICE_MANAGER), missing=_not_there,
    )(lambda facts: not _not_there(facts))  # fmt: skip


@needs(
    "the child has been seen during the enquiry", sources.S47,
    id="enquiry.child_seen", by=SOCIAL_WORKERS, record="child_seen", override=(Role.TEAM_LEADER, Role.SERVICE_MANAGER),
)  # fmt: skip
def enquiry_child_seen(facts: CaseFacts) -> bool:
    """Whether anybody has seen the child since this case opened."""
    return facts.child_seen is not None


@needs(
    "a permanent move has been notified", sources.ENDING,
    id="move.notified", by=(*SOCIAL_WORKERS, *MANAGERS), record="notify_permanent_move",
)  # fmt: skip
def move_notified(facts: CaseFacts) -> bool:
    """Whether there is a move to go on with."""
    return facts.permanent_move_notified is not None


@needs(
    "no permanent move is notified already", sources.ENDING,
    id="move.not_notified", by=(*SOCIAL_WORKERS, *MANAGERS), record="resume_move",
)  # fmt: skip
def move_not_notified(facts: CaseFacts) -> bool:
    """Whether this is the first notice of the move; a second one would begin its limit again."""
    return facts.permanent_move_notified is None


@needs(
    "the conference chair agrees to the delay as well", sources.CONFERENCE,
    id="delay.chair_agrees", by=(Role.CONFERENCE_CHAIR,), record="agree_delay",
)  # fmt: skip
def chair_agrees_delay(facts: CaseFacts) -> bool:
    """Whether manager and chair agree; a delay agreed moves no limit."""
    return yes(facts.delay_chair_agrees)


def nothing_awaited(start: str, stop: str) -> Test:
    """Whether no earlier `start` still waits for its `stop`: saying it twice must not begin a limit again."""

    def holds(facts: CaseFacts) -> bool:
        started, stopped = facts.moment(start), facts.moment(stop)
        return started is None or (stopped is not None and stopped >= started)

    return holds


_PAPERS = {
    "old_plan_here": "Their plan is not here",
    "old_chronology_here": "Their chronology is not here",
    "old_minutes_here": "Their last minutes are not here",
    "both_workers_reported": "Not both social workers have reported",
}


def _papers_to_come(facts: CaseFacts) -> list[str]:
    return [says for fact, says in _PAPERS.items() if not yes(getattr(facts, fact))]


@needs(
    "the other authority's plan, chronology and last minutes are here, and both social workers have reported",
    sources.ENDING, id="transfer.papers", by=MANAGERS, record="papers_received",
    override=(Role.CONFERENCE_CHAIR,), missing=_papers_to_come,
)  # fmt: skip
def transfer_papers(facts: CaseFacts) -> bool:
    """Whether the receiving conference has what it needs to know."""
    return not _papers_to_come(facts)


@needs(
    "the pre-birth assessment is done", sources.LONDON,
    id="prebirth.assessed", by=SOCIAL_WORKERS, record="prebirth_assessed",
)  # fmt: skip
def prebirth_assessed(facts: CaseFacts) -> bool:
    """Whether the assessment before birth is on the file."""
    return facts.prebirth_assessed is not None


def unborn(facts: CaseFacts) -> bool:
    """Whether the person is a child not born yet."""
    return facts.expected_delivery_date is not None and facts.birth_date is None


@needs(
    "the plan was made before birth and the birth is not recorded yet", sources.LIVERPOOL,
    id="plan.birth_to_come", by=(*PARTNERS, *SOCIAL_WORKERS), record="decide_plan", silent=True,
)  # fmt: skip
def birth_to_come(facts: CaseFacts) -> bool:
    """Whether this plan still waits for the birth."""
    return facts.prebirth_plan_made is not None and facts.birth_of_child_on_prebirth_plan is None
