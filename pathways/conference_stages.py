"""The strengthening-families conference: what each of its nine stages must leave behind, and who must come.

Stages 1 to 5 are ticks in any sensible order. The conference does not start before all five are there, unless
its chair goes ahead without one and says why, stage by stage. Stage 6 is asked as it starts, 7 is the board,
8 is part of the decision, 9 repeats for as long as there is a plan.

Every conference has its own round of ticks. A decision ends the round: its move forgets `ROUND`, so that no
invitation, report or view of one conference counts for the next.
"""

from collections.abc import Iterable

from pathways import sources
from pathways.definitions import SAME, CaseFacts, Condition, Emit, Evidence, Field, Move, Stage, Test, needs
from pathways.evidence import AGENCIES, DISSENT, MANAGERS, PARTNERS, REASONS, SOCIAL_WORKERS, WORKERS, yes
from pathways.moments import MONTHS
from pathways.roles import Role

QUORUM = 3
"""Agencies that must be present, unless the authority's setting (the fact `quorum`) says more or fewer."""

CHAIR = (Role.CONFERENCE_CHAIR,)
CONFERENCE_UNIT = (Role.COORDINATOR, Role.CONFERENCE_CHAIR, Role.CHAIR_MANAGER)

ON_THE_DAY = (
    "chair_met_family", "reports_shared", "agencies_present", "room_suitable", "views_recorded",
)  # fmt: skip
"""What must happen again when a conference is adjourned and meets on another day."""

BOOKING = ("icpc_on", "icpc_date", "rcpc_on", "rcpc_date")

ROUND = (
    "agencies_asked", "invitations_sent", "reports_in", "reports_complete", "family_met", "step_down_lead",
    *ON_THE_DAY, *BOOKING,
)  # fmt: skip
"""What one conference gathers, and the next must gather afresh."""

CATEGORIES = Field(
    "category", "Category of harm", "choice", ("NEG", "PHY", "SAB", "EMO", "MUL"),
    words=("neglect", "physical abuse", "sexual abuse", "emotional abuse", "more than one category"),
    required=True, fact="category",
)  # fmt: skip

INVITATION = Evidence(
    "invitation", "Invitations sent",
    (
        Field("agencies", "Which agencies are asked for a written report?", "choices", AGENCIES, required=True, fact="agencies_asked"),
        Field("family", "Who in the family is invited, and who is not and why?", required=True),
        Field("child", "How may the child take part?", required=True),
        Field("expected", "What is expected of each?", required=True),
    ),
)  # fmt: skip
REPORT = Evidence(
    "agency_report", "Agency report received",
    (
        Field("agency", "Which agency is it from?", "choice", AGENCIES, required=True, fact="reports_in", each=True),
        Field("on_form", "Is it written, on the standard form?", "yes_no", required=True),
        Field("parents_have_seen", "Have the parents seen it?", "yes_no", required=True),
        Field("seen_on", "When did they see it?", "date", when=("parents_have_seen", "yes")),
        Field("why_not_seen", "Why not?", when=("parents_have_seen", "no")),
    ),
)  # fmt: skip
FAMILY = Evidence(
    "family_meeting", "Social worker met the family",
    (
        Field("who", "Who was there (by relationship)?", required=True),
        Field("child_there", "Was the child there?", "yes_no", required=True),
        Field("said", "What did the family say about the worries and the conference?", required=True),
    ),
)  # fmt: skip
CHAIR_MEETS = Evidence(
    "chair_meeting", "Chair met the family before the start",
    (Field("who", "Whom did the chair meet (by relationship)?", required=True), Field("needs", "What do they need to take part?")),
)  # fmt: skip
SHARED = Evidence(
    "reports_shared", "Professionals shared their reports",
    (Field("who", "Which agencies were there?", "choices", AGENCIES, required=True),),
)  # fmt: skip
ATTENDANCE = Evidence(
    "attendance", "Invitation and attendance of one",
    (
        Field("who", "Who (by relationship, or role and agency; no name)?", required=True),
        Field("part", "Family, the child, a supporter, or a professional?", "choice", ("child", "family", "supporter", "professional"), required=True),
        Field("agency", "Of which agency?", "choice", AGENCIES, when=("part", "professional")),
        Field("invited", "Invited to come?", "yes_no", required=True),
        Field("why_not_invited", "Why not, and how are their views heard?", when=("invited", "no")),
        Field("reply", "What did they answer?", "choice", ("coming", "apologies", "none yet"), when=("invited", "yes")),
        Field("came", "Did they come (left blank until the day)?", "yes_no"),
    ),
)  # fmt: skip
START = Evidence(
    "conference_start", "Conference started",
    (
        Field("agencies", "Which agencies are present?", "choices", AGENCIES, required=True, fact="agencies_present"),
        Field("apologies", "Who sent apologies or is missing?", required=True),
        Field("family", "Who in the family is present?", required=True),
        Field("room", "Is the room suitable for the family?", "yes_no", required=True, fact="room_suitable"),
    ),
)  # fmt: skip
PROTECTIVE_FACTORS = (
    "parental resilience", "parenting and child-development knowledge", "social connections", "housing", "work",
    "health care", "schooling and well-being", "community ties",
)  # fmt: skip
"""What the conference may see as protecting the child. What is seen is written down; nothing adds it up."""
BOARD = Evidence(
    "views", "Views gathered on the board",
    (
        Field("risks", "Current risks", required=True, opinion=True),
        Field("safety", "Safety and protective factors", required=True, opinion=True),
        Field("protective", "Which protective factors does the conference see (recorded, never scored)?", "choices", PROTECTIVE_FACTORS, opinion=True),
        Field("strengths", "Family strengths", required=True, opinion=True),
        Field("history", "Things in the past that complicate", required=True),
        Field("grey_areas", "Grey areas to explore", required=True, opinion=True),
        Field("child_view_heard", "Could the child's own view be heard?", "yes_no", required=True),
        Field("child_view", "The child's views", when=("child_view_heard", "yes"), opinion=True),
        Field("child_view_why_none", "Why could the child's views not be heard?", when=("child_view_heard", "no")),
        Field("what_next", "What needs to happen", required=True, opinion=True),
    ),
    "opinion",
)  # fmt: skip
PLACE = (
    Field("where", "Where (room and place)?", required=True),
    Field("begins", "At what time does it begin?", "time"),
    Field("chair", "Who chairs it (their login)?"),
)
BOOK_INITIAL = Evidence(
    "conference_booking", "Conference booked",
    (Field("conference_on", "On which day?", "date", required=True, fact="icpc_on", weekday=True, future=True), *PLACE),
)  # fmt: skip
BOOK_REVIEW = Evidence(
    "review_booking", "Review conference booked",
    (Field("conference_on", "On which day?", "date", required=True, fact="rcpc_on", weekday=True, future=True), *PLACE),
)  # fmt: skip
WHY_MOVED = Field("why", "Why is the date changed, and who agreed?", required=True)
REBOOK_INITIAL = Evidence(
    "conference_rebooking", "Conference moved to another day", (*BOOK_INITIAL.fields, WHY_MOVED)
)
REBOOK_REVIEW = Evidence(
    "review_rebooking", "Review conference moved to another day", (*BOOK_REVIEW.fields, WHY_MOVED)
)

CONTINGENCY = "What happens if the plan does not work?"
ACTIONS = Field("actions", "How far has each action of the outline plan come?", "progress")
PLAN = (
    CATEGORIES,
    Field("safety", "How will the child be safe from now on?", required=True),
    Field("protection", "How is harm that has happened before kept from happening again?", required=True),
    Field("lead", "Lead social worker (by team)", required=True),
    Field("core_group", "Core group members (by role and agency)", required=True),
    Field("first_core_group_on", "Date of the first core group", "date", required=True, future=True),
    Field("review_on", "Date of the review conference", "date", required=True, fact="rcpc_on", weekday=True, future=True),
    Field("outline_plan", "Outline plan: what must change, by whom, by when?", "plan", required=True),
    Field("contingency", CONTINGENCY, required=True),
    REASONS,
    *DISSENT,
)  # fmt: skip
PLAN_DECISION = Evidence("plan_decision", "Conference decided on a child protection plan", PLAN, "decision")
BIRTH_PLAN_DECISION = Evidence(
    "birth_plan_decision", "Pre-birth conference decided on a child protection plan",
    (*PLAN, Field("birth_plan", "Plan for the birth, discharge and the hours after", required=True)), "decision",
)  # fmt: skip
NO_PLAN_DECISION = Evidence(
    "no_plan_decision", "Conference decided on no child protection plan",
    (REASONS, Field("still_needed", "What does the child still need, and who provides it?", required=True), *DISSENT),
    "decision",
)  # fmt: skip
CONTINUE_DECISION = Evidence(
    "continue_decision", "Review conference continued the plan",
    (
        CATEGORIES,
        Field("progress", "What has changed since the last conference?", required=True),
        ACTIONS,
        Field("changes", "What changes in the plan?", required=True),
        Field("review_on", "Date of the next review conference", "date", required=True, fact="rcpc_on", weekday=True, future=True),
        Field("plan_stays", "Do the outcomes and actions of the outline plan stay as they are?", "yes_no", required=True),
        Field("outline_plan", "Outline plan from now on: what must change, by whom, by when?", "plan", when=("plan_stays", "no")),
        Field("contingency", CONTINGENCY, when=("plan_stays", "no")),
        REASONS, *DISSENT,
    ),
    "decision",
)  # fmt: skip
END_DECISION = Evidence(
    "end_decision", "Review conference ended the plan",
    (
        Field("criterion", "Why is the child no longer likely to suffer significant harm?", required=True, opinion=True),
        ACTIONS,
        Field("views_considered", "How were the views of all considered?", required=True),
        REASONS, *DISSENT,
    ),
    "decision",
)  # fmt: skip
ADJOURNMENT = Evidence(
    "adjournment", "Conference put off",
    (
        Field("cause", "Why?", "choice", ("not quorate", "reports missing", "family could not attend", "abandoned", "other"), required=True),
        Field("why", "What happened, and who decided?", required=True),
        Field("safety_plan", "What keeps the child safe until then, and who does what?", required=True),
    ),
    "decision",
)  # fmt: skip


def reports_to_come(facts: CaseFacts) -> list[str]:
    """The agencies that were asked for a report and have not sent it, in the order asked."""
    there = set(facts.among("reports_in"))
    return [agency for agency in facts.among("agencies_asked") if agency not in there]


def _each_report(facts: CaseFacts) -> Iterable[str]:
    if not facts.among("agencies_asked"):
        yield "No agency has been asked for a report"
    for agency in reports_to_come(facts):
        yield f"Report missing: {agency}"


@needs(
    "the invitations have been sent (stage 1)", sources.NINE_STAGES,
    id="conference.invited", by=CONFERENCE_UNIT, record="invite", override=CHAIR,
)  # fmt: skip
def invited(facts: CaseFacts) -> bool:
    """Whether family and agencies were invited to this conference."""
    return facts.invitations_sent is not None


@needs(
    "every agency that was asked has sent its written report (stage 2)", sources.NINE_STAGES,
    id="conference.reports", by=PARTNERS, record="report_received", override=CHAIR, missing=_each_report,
)  # fmt: skip
def reports_in(facts: CaseFacts) -> bool:
    """Whether all reports asked for are in; none asked for is not all in."""
    return bool(facts.among("agencies_asked")) and not reports_to_come(facts)


@needs(
    "the social worker has met the family (stage 3)", sources.NINE_STAGES,
    id="conference.family_met", by=SOCIAL_WORKERS, record="family_met", override=CHAIR,
)  # fmt: skip
def family_met(facts: CaseFacts) -> bool:
    """Whether the family was prepared for this conference."""
    return facts.family_met is not None


@needs(
    "the chair has met the family before the start (stage 4)", sources.NINE_STAGES,
    id="conference.chair_met", by=CHAIR, record="chair_met_family", override=CHAIR,
)  # fmt: skip
def chair_met(facts: CaseFacts) -> bool:
    """Whether the chair met the family on the day."""
    return facts.chair_met_family is not None


@needs(
    "the professionals have shared their reports with each other (stage 5)", sources.NINE_STAGES,
    id="conference.reports_shared", by=CHAIR, record="reports_shared", override=CHAIR,
)  # fmt: skip
def shared(facts: CaseFacts) -> bool:
    """Whether the professionals met first."""
    return facts.reports_shared is not None


@needs(
    "the room is suitable for the family (stage 6)", sources.NINE_STAGES,
    id="conference.room", by=CHAIR, record="start_conference", override=CHAIR,
)  # fmt: skip
def room_suitable(facts: CaseFacts) -> bool:
    """Whether the room is one in which a family can speak."""
    return yes(facts.room_suitable)


def _absent(facts: CaseFacts) -> Iterable[str]:
    present = len(set(facts.among("agencies_present")))
    yield f"{present} present, {facts.quorum or QUORUM} needed"


@needs(
    "enough agencies are present for the conference to decide", sources.CONFERENCE_MANUAL,
    id="conference.quorum", by=CHAIR, record="start_conference", missing=_absent,
)  # fmt: skip
def quorate(facts: CaseFacts) -> bool:
    """Whether the conference is quorate. Nobody may go ahead without: one that is not is put off."""
    return len(set(facts.among("agencies_present"))) >= (facts.quorum or QUORUM)


@needs(
    "the school that was asked for a report is present at a first conference", sources.NINE_STAGES,
    id="conference.school_present", by=CHAIR, record="start_conference", override=CHAIR,
)  # fmt: skip
def school_present(facts: CaseFacts) -> bool:
    """Whether the child's school, where it has one that was asked, came to the first conference."""
    return "school" not in facts.among("agencies_asked") or "school" in facts.among("agencies_present")


@needs(
    "the views of all are on the board under the agreed headings, the child's among them (stage 7)",
    sources.NINE_STAGES, id="conference.views", by=CHAIR, record="views_recorded",
)  # fmt: skip
def views(facts: CaseFacts) -> bool:
    """Whether the board was completed at this conference."""
    return facts.views_recorded is not None


@needs(
    "no conference is booked yet",
    sources.OURS,
    id="conference.unbooked",
    by=CONFERENCE_UNIT,
    record="rebook_conference",
)
def not_booked(facts: CaseFacts) -> bool:
    """Whether there is nothing to move."""
    return facts.icpc_date is None


@needs(
    "no review conference is booked yet", sources.OURS,
    id="review.unbooked", by=CONFERENCE_UNIT, record="rebook_conference",
)  # fmt: skip
def review_not_booked(facts: CaseFacts) -> bool:
    """Whether there is no review to move."""
    return facts.rcpc_date is None


@needs(
    "a conference is booked",
    sources.OURS,
    id="conference.booked",
    by=CONFERENCE_UNIT,
    record="book_conference",
)
def booked(facts: CaseFacts) -> bool:
    """Whether there is a day to change."""
    return facts.icpc_date is not None


@needs(
    "a review conference is booked",
    sources.OURS,
    id="review.booked",
    by=CONFERENCE_UNIT,
    record="book_conference",
)
def review_booked(facts: CaseFacts) -> bool:
    """Whether there is a day of the review to change."""
    return facts.rcpc_date is not None


BEFORE_THE_START: tuple[Condition, ...] = (
    invited, reports_in, family_met, chair_met, shared, room_suitable, quorate,
)  # fmt: skip
AT_A_FIRST_CONFERENCE: tuple[Condition, ...] = (*BEFORE_THE_START, school_present)


def _all_in(facts: CaseFacts) -> bool:
    return reports_in.test(facts)


def stage_moves(preparing: tuple[str, ...], sitting: tuple[str, ...]) -> tuple[Move, ...]:
    """Stages 1 to 5 and 7 as moves: while a conference is being prepared, and while it sits."""
    cites, same = sources.NINE_STAGES, SAME
    return (
        Move(
            "invite", preparing, same, CONFERENCE_UNIT, cites, "Send invitations and ask for reports",
            records=INVITATION, emits=(Emit("invitations_sent"),),
        ),
        Move(
            "report_received", (*preparing, *sitting), same, WORKERS, cites, "Record an agency's report",
            records=REPORT, emits=(Emit("reports_complete", when=_all_in),),
        ),
        Move(
            "attendance", (*preparing, *sitting), same, (*CONFERENCE_UNIT, *SOCIAL_WORKERS, *MANAGERS), cites,
            "Record who is invited, what they answer, who came", records=ATTENDANCE,
        ),
        Move(
            "family_met", preparing, same, SOCIAL_WORKERS, cites, "Record that the social worker met the family",
            records=FAMILY, emits=(Emit("family_met"),),
        ),
        Move(
            "chair_met_family", preparing, same, CHAIR, cites, "Record that the chair met the family",
            records=CHAIR_MEETS, emits=(Emit("chair_met_family"),),
        ),
        Move(
            "reports_shared", preparing, same, CHAIR, cites, "Record that professionals shared their reports",
            records=SHARED, emits=(Emit("reports_shared"),),
        ),
        Move(
            "views_recorded", sitting, same, CHAIR, cites, "Record the views on the board",
            records=BOARD, emits=(Emit("views_recorded"),),
        ),
    )  # fmt: skip


def booking_moves(initial: tuple[str, ...], review: tuple[str, ...]) -> tuple[Move, ...]:
    """Booking a conference and changing the day, for a first conference and for a review."""
    cites, same = sources.CONFERENCE_MANUAL, SAME
    who = (*CONFERENCE_UNIT, *SOCIAL_WORKERS, *MANAGERS)
    first = (Emit("conference_booked"), Emit("icpc_date", at="icpc_on"))
    later = (Emit("rcpc_date", at="rcpc_on"),)
    return (
        Move("book_conference", initial, same, who, cites, "Book the conference", (not_booked,), BOOK_INITIAL, first),
        Move("rebook_conference", initial, same, who, cites, "Move the conference to another day", (booked,), REBOOK_INITIAL, first),
        Move("book_conference", review, same, who, cites, "Book the review conference", (review_not_booked,), BOOK_REVIEW, later),
        Move("rebook_conference", review, same, who, cites, "Move the review conference to another day", (review_booked,), REBOOK_REVIEW, later),
    )  # fmt: skip


def _reports_so_far(facts: CaseFacts) -> str:
    asked = facts.among("agencies_asked")
    return f"{len(asked) - len(reports_to_come(facts))} of {len(asked)}" if asked else ""


def _booked_for(facts: CaseFacts) -> str:
    """The day that is booked, until the conference is under way."""
    booked_on = facts.moment("icpc_on") or facts.moment("rcpc_on")
    if booked_on is None or _under_way(facts):
        return ""
    return f"booked {booked_on.day} {MONTHS[booked_on.month - 1]}"


def _noted(event: str) -> Test:
    return lambda facts: getattr(facts, event) is not None


def _under_way(facts: CaseFacts) -> bool:
    started, decided = facts.moment("conference_started"), facts.moment("conference_held")
    return started is not None and (decided is None or started > decided)


STAGES = (
    Stage(1, "Invitations sent", _noted("invitations_sent")),
    Stage(2, "Agency reports in", _all_in, "cp.report_icpc", _reports_so_far),
    Stage(3, "Social worker met family", _noted("family_met")),
    Stage(4, "Chair met family", _noted("chair_met_family")),
    Stage(5, "Reports shared", _noted("reports_shared")),
    Stage(6, "Conference held", _under_way, "cp.icpc", _booked_for),
    Stage(7, "Views recorded", _noted("views_recorded")),
    Stage(8, "Plan decided", _noted("plan_started")),
    Stage(9, "Core group meets", _noted("coregroup_held"), "cp.coregroup_next"),
)
"""Nine ticks for the conference that is being prepared; 8 and 9 tell of the plan now in force."""
