"""Kinds of record that pathways share, and the moves that exist everywhere.

Whatever happens in a case is written down by a move. Most of these leave the case where it is: a note, a
contact, a visit. Each pathway adds them to its own moves for all its open states, so that nothing that a
person needs to write down is ever refused because of where the case stands.

A decision *not* to do something always asks for its reason.
"""

from typing import Any

from pathways import sources
from pathways.definitions import SAME, CaseFacts, Condition, Emit, Evidence, Field, Move, Opens, Source, needs
from pathways.roles import ANYONE, Role

SCHOOL = (Role.STAFF, Role.DSL, Role.DEPUTY_DSL, Role.HEADTEACHER)
PARTNERS = (
    *SCHOOL, Role.POLICE, Role.HEALTH, Role.SCHOOL_NURSE, Role.EWO, Role.LEAD_PROFESSIONAL,
    Role.EARLY_HELP_HUB, Role.CORE_GROUP_MEMBER,
)  # fmt: skip
FRONT_DOOR_WORKERS = (Role.FRONT_DOOR_SW, Role.FRONT_DOOR_MANAGER, Role.EDT_OFFICER)
SOCIAL_WORKERS = (Role.SOCIAL_WORKER, Role.LCPP, Role.EDT_OFFICER)
MANAGERS = (Role.LINE_MANAGER, Role.TEAM_LEADER, Role.SERVICE_MANAGER)
"""Social care's ladder above the allocated worker."""
WORKERS = (
    Role.SOCIAL_WORKER, Role.LCPP, Role.FRONT_DOOR_SW, Role.FRONT_DOOR_MANAGER, Role.EDT_OFFICER,
    Role.CALL_HANDLER, *MANAGERS, Role.SENIOR_OFFICER, Role.PRACTICE_SUPERVISOR, Role.MACPT,
    Role.CONFERENCE_CHAIR, Role.CHAIR_MANAGER, *PARTNERS, Role.ADVOCATE, Role.SUPERVISOR, Role.COORDINATOR,
)  # fmt: skip
"""Everybody who works with the child and may write in the file."""
EDUCATION = (
    *SCHOOL, Role.PRINCIPAL, Role.PROPRIETOR, Role.ATTENDANCE_LEAD, Role.EWO, Role.CME_COORDINATOR, Role.ADMISSIONS,
)  # fmt: skip
"""Schools, and the authority's officers for attendance, admissions and missing education."""

AT_SCHOOL = Field(
    "at_school", "Which school's calendar (its short name; left out: the usual one)?", "code", fact="school"
)
"""The school whose open days the case's school days are counted with."""
AGENCIES = (
    "social care", "school", "police", "health visiting", "school nursing", "general practice", "midwifery",
    "hospital", "mental health", "substance misuse", "probation", "housing", "early years", "youth justice",
    "education welfare", "domestic abuse service", "voluntary sector", "other authority",
)  # fmt: skip


def yes(answer: Any) -> bool:
    """Whether an answer is yes, as typed or as kept; an answer not given is not."""
    return answer == "yes" or answer is True


CHILD_VIEW = (
    Field("child_view_heard", "Could the child's own view be heard?", "yes_no", required=True),
    Field("child_view", "What does the child say?", when=("child_view_heard", "yes"), opinion=True),
    Field("child_view_why_none", "Why is there no view from the child?", when=("child_view_heard", "no")),
)
"""Asked at every decision: the child's view, or why there is none."""

DISSENT = (
    Field("disagreement", "Did anyone disagree?", "yes_no", required=True),
    Field("dissent", "Who disagreed, with what, and why?", when=("disagreement", "yes"), opinion=True),
    Field("dissent_minuted", "Is it in the minutes?", "yes_no", when=("disagreement", "yes")),
)
"""Asked at every decision: disagreement is kept with it."""

REASONS = Field("reasons", "Reasons for the decision", required=True, opinion=True)
SIBLINGS = Field("siblings", "How were siblings and other children at home considered?", required=True)

NOTE = Evidence(
    "note", "Note",
    (
        Field("nature", "Is this fact, opinion or decision?", "choice", ("fact", "opinion", "decision"), required=True),
        Field("text", "What should be on the file?", required=True),
    ),
)  # fmt: skip
CONTACT = Evidence(
    "contact", "Contact",
    (
        Field("how", "How?", "choice", ("call", "visit", "meeting", "letter", "e-mail", "message"), required=True),
        Field("with_whom", "With whom (by role)?", required=True),
        Field("text", "What was said and agreed?", required=True),
    ),
)  # fmt: skip
CONSENT = Evidence(
    "consent", "Consent",
    (
        Field("given", "Was consent given?", "choice", ("yes", "no", "not needed"), required=True, fact="consent"),
        Field("from_whom", "By whom (by role), and for what?", required=True),
        Field("why_without", "Was it refused or not asked for? Why?", when=("given", "no")),
        Field("why_not_needed", "Why is it not needed?", when=("given", "not needed")),
    ),
    "decision",
)  # fmt: skip
INFORMATION = Evidence(
    "sharing", "Information shared or not shared",
    (
        Field("shared", "Was it shared?", "yes_no", required=True),
        Field("with_whom", "With whom (by role and agency)?", required=True),
        Field("what", "What information?", required=True),
        Field("why", "Why was it shared, or why not?", required=True),
        Field("family_told", "Were the family told openly what is shared, how and why?", "yes_no"),
        Field("why_not_told", "Why was telling them unsafe or not possible?", when=("family_told", "no")),
        Field("advice", "Whose advice was taken (by role), without names where that could be?"),
        Field("agreed", "Did those whom it is about agree?", "choice", ("yes", "no", "not asked")),
        Field("why_without", "On what ground is it shared, or held back, without that?", when=("agreed", "no")),
        Field("safety", "How was the safety of the child and of others weighed?", opinion=True),
        Field("fitting", "Is it no more than needed, accurate, in time, and sent securely? How?"),
    ),
    "decision",
)  # fmt: skip
"""The seven rules of sharing as questions: data law is no bar to it, and not sharing is a decision with a reason."""
SEEN = Evidence(
    "child_seen", "Visit or meeting with the child",
    (
        Field("seen", "Was the child seen?", "yes_no", required=True, fact="seen"),
        Field("alone", "Was the child seen alone?", "yes_no", when=("seen", "yes"), fact="seen_alone"),
        Field("why_not_alone", "Why not alone?", when=("alone", "no")),
        Field("observed", "What was seen and heard?", when=("seen", "yes")),
        Field("why_not_seen", "Why was the child not seen, and what happens next?", when=("seen", "no")),
    ),
)  # fmt: skip
ALLOCATION = Evidence(
    "allocation", "Named lead",
    (
        Field("lead", "Who leads (by role and team)?", required=True),
        Field("accepted", "Have they accepted the case?", "yes_no", required=True, fact="lead_accepted"),
        Field("qualified", "Are they a qualified social worker?", "yes_no", required=True),
        Field("supervised_by", "Which qualified practice supervisor signs off?", when=("qualified", "no")),
    ),
    "decision",
)  # fmt: skip
NAMED_LEAD = Evidence(
    "named_lead", "Named lead",
    (
        Field("lead", "Who leads (by role and agency)?", required=True),
        Field("accepted", "Have they accepted?", "yes_no", required=True, fact="lead_accepted"),
    ),
    "decision",
)  # fmt: skip
HARM_SUSPECTED = Evidence(
    "harm_suspected", "Significant harm suspected",
    (
        Field("grounds", "What gives reasonable cause to suspect it?", required=True),
        Field("telephoned", "Has social care been telephoned?", "yes_no", required=True),
        Field("parents_told", "Are the parents told?", "yes_no", required=True),
        Field("why_not_told", "Why not, and who decided?", when=("parents_told", "no")),
    ),
    "opinion",
)  # fmt: skip
OBJECTION = Evidence(
    "dissent", "Disagreement",
    (
        Field("by_whom", "Who disagrees (by role and agency)?", required=True),
        Field("with_what", "With which decision, and why?", required=True, opinion=True),
        Field("wanted", "What do they want to happen instead?", required=True, opinion=True),
    ),
    "opinion",
)  # fmt: skip
DEATH = Evidence(
    "death", "Death of the child",
    (
        Field("died_on", "When did the child die?", "date", required=True, fact="died_on"),
        Field("told_by", "Who told us (by role)?", required=True),
        Field("review_considered", "Who has been told, and is a child death or practice review considered?", required=True),
    ),
)  # fmt: skip
BIRTH = Evidence(
    "birth", "Birth",
    (
        Field("birth_date", "When was the child born?", "date", required=True, fact="birth_date"),
        Field("how_many", "How many children were born?", "number"),
        Field("told_by", "Who told us (by role)?", required=True),
        Field("mother_well", "Is the mother well?", "yes_no", required=True),
    ),
)  # fmt: skip
BIRTH_TOLD = Evidence(
    "birth_told", "Birth, told on another case of the child",
    (
        Field("birth_date", "When was the child born?", "date", required=True, fact="birth_date"),
        Field("how_many", "How many children were born?", "number"),
    ),
)  # fmt: skip
AGE_18 = Evidence(
    "closure_at_18", "Closure at 18",
    (
        Field("adult_services", "What has been handed over to adult services, or why is nothing needed?", required=True),
        Field("told", "Who has been told, and how?", required=True),
        *CHILD_VIEW,
    ),
    "decision",
)  # fmt: skip
STEP_DOWN_LEAD = Evidence(
    "step_down_lead", "Lead for what comes next",
    (
        Field("next_lead", "Who leads from here (by role and agency)?", required=True),
        Field("lead_accepted", "Have they accepted?", "yes_no", required=True, fact="step_down_lead"),
    ),
    "decision",
)  # fmt: skip


@needs(
    "a named lead has accepted the case", sources.OURS,
    id="case.lead", by=MANAGERS, record="allocate",
)  # fmt: skip
def lead_named(facts: CaseFacts) -> bool:
    """Whether somebody has taken the case on; naming them is not enough."""
    return yes(facts.lead_accepted)


@needs(
    "the child was expected, and the birth is not recorded yet", sources.OURS,
    id="child.expected", by=WORKERS, record="child_born", silent=True,
)  # fmt: skip
def birth_awaited(facts: CaseFacts) -> bool:
    """Whether this case still waits for a birth. The event is asked: the move's own answers bring the date."""
    return facts.expected_delivery_date is not None and facts.child_born is None


@needs(
    "a lead for what comes next is named and has accepted", sources.LAST_MEETING,
    id="stepdown.lead", by=(*SOCIAL_WORKERS, *MANAGERS), record="name_step_down_lead",
)  # fmt: skip
def step_down_lead(facts: CaseFacts) -> bool:
    """Whether the plan has somebody to go to."""
    return yes(facts.step_down_lead)


def notes_everywhere(states: tuple[str, ...], who: tuple[Role, ...] = WORKERS) -> tuple[Move, ...]:
    """What may be written down wherever a case stands, also where its subject is no child."""
    return (
        Move("note", states, SAME, who, sources.OURS, "Write a note", records=NOTE),
        Move("record_contact", states, SAME, who, sources.OURS, "Record a call, visit or message", records=CONTACT),
        Move(
            "record_sharing", states, SAME, who, sources.SHARING,
            "Record that information was shared, or was not", records=INFORMATION,
        ),
        Move("record_dissent", states, SAME, who, sources.OURS, "Record that somebody disagrees", records=OBJECTION),
    )  # fmt: skip


def records_everywhere(
    open_states: tuple[str, ...], who: tuple[Role, ...] = WORKERS, when_seen: tuple[str, ...] = ()
) -> tuple[Move, ...]:
    """What anybody who works with the child may write down, wherever the case stands.

    Args:
        open_states: where.
        who: everybody who may write.
        when_seen: what else has happened once the child was seen, besides `child_seen`.
    """
    seen = tuple(Emit(event, when=lambda facts: yes(facts.seen)) for event in ("child_seen", *when_seen))
    note, contact, sharing, dissent = notes_everywhere(open_states, who)
    consent = Move(
        "record_consent", open_states, SAME, who, sources.OURS, "Record consent, or why there is none", records=CONSENT
    )  # fmt: skip
    visit = Move(
        "child_seen", open_states, SAME, who, sources.CHILD_SEEN, "Record a visit to the child", records=SEEN, emits=seen
    )  # fmt: skip
    return (note, contact, consent, sharing, visit, dissent)


def led(states: tuple[str, ...], who: tuple[Role, ...]) -> Move:
    """The move that gives a case outside social care its named lead."""
    return Move("allocate", states, SAME, who, sources.OURS, "Name the lead for the case", records=NAMED_LEAD)


def refer_harm(states: tuple[str, ...]) -> Move:
    """The move by which anybody refers suspected harm from a case outside social care.

    Nothing stands before it, and the case goes on: the front door has the rest of the day to be telephoned.
    """
    return Move(
        "suspect_harm", states, SAME, ANYONE, sources.FLOWCHART, "Suspect significant harm: refer at once",
        records=HARM_SUSPECTED, emits=(Emit("significant_harm_suspected"),),
        opens=(Opens("front_door", "submitted", emits=("significant_harm_suspected", "referral_made_by_other_staff")),),
    )  # fmt: skip


def allocated(
    states: tuple[str, ...], who: tuple[Role, ...] = MANAGERS, emits: tuple[Emit, ...] = ()
) -> Move:
    """The move that gives the case a named lead; no case is handed over that nobody has accepted."""
    return Move(
        "allocate",
        states,
        SAME,
        who,
        sources.OURS,
        "Name the lead for the case",
        records=ALLOCATION,
        emits=emits,
    )


def named_for_step_down(states: tuple[str, ...]) -> Move:
    """The move that names who leads after this pathway."""
    return Move(
        "name_step_down_lead", states, SAME, (*SOCIAL_WORKERS, *MANAGERS, Role.CONFERENCE_CHAIR),
        sources.LAST_MEETING, "Name the lead for what comes next", records=STEP_DOWN_LEAD,
    )  # fmt: skip


DEATH_KNOWN_BY = (*SOCIAL_WORKERS, *MANAGERS, *FRONT_DOOR_WORKERS[:2])


def died(states: tuple[str, ...], dest: str, who: tuple[Role, ...] = DEATH_KNOWN_BY) -> Move:
    """The move by which a person records that the child has died."""
    return Move(
        "child_died", states, dest, who, sources.OURS,
        "Record that the child has died, or that the pregnancy has ended",
        records=DEATH, emits=(Emit("child_died"),), outcome="died", confirm=True,
    )  # fmt: skip


def born(
    states: tuple[str, ...],
    dest: str = SAME,
    *,
    who: tuple[Role, ...] = WORKERS,
    cites: Source = sources.OURS,
    conditions: tuple[Condition, ...] = (birth_awaited,),
    emits: tuple[Emit, ...] = (),
) -> tuple[Move, Move]:
    """The birth of a child who was expected: as a person records it, and as it is told on the child's other cases.

    It is recorded once, on whichever case; the write path tells it on each other open case that has these moves.
    """
    happened = (Emit("child_born", at="birth_date"), *emits)
    return (
        Move("child_born", states, dest, who, cites, "Record the birth", conditions, BIRTH, happened),
        Move(
            "birth_told", states, dest, (Role.PATHWAY,), cites, "The birth was recorded", conditions, BIRTH_TOLD, happened,
        ),
    )  # fmt: skip


def at_18(
    states: tuple[str, ...], dest: str, who: tuple[Role, ...] = MANAGERS, outcome: str = "age_18"
) -> tuple[Move, ...]:
    """The birthday that puts a case before its manager, and the closure that the manager completes."""
    return (
        Move("reached_18", states, "closing_at_18", (Role.CLOCK,), sources.AGE_18, "The child is 18"),
        Move(
            "complete_closure", ("closing_at_18",), dest, who, sources.AGE_18,
            "Complete the closure at 18", records=AGE_18, outcome=outcome, confirm=True,
        ),
    )  # fmt: skip
