"""Immediate protection: police protection, an emergency order, or accommodation, until the child is safe.

Opens   when the police take a child into protection, a court makes an order, or social care seeks either.
Ends    when a person records what follows; a power that has run out leaves a state that must be left.
Read    Children Act 1989, sections 20 and 44 to 46.
Leaves  the enquiry to child protection: a strategy discussion comes first, or straight after.

Seventy-two hours and eight days are outer limits set by Parliament, counted through nights and weekends. The
power ends then whether or not anybody is at work, so a passing date may say so; what follows is for people.
An order is extended once at the most.
"""

from datetime import date

from pathways import sources
from pathways.definitions import (
    SAME,
    CaseFacts,
    Clock,
    Emit,
    Entry,
    Evidence,
    Field,
    Move,
    Opens,
    Pathway,
    Stage,
    State,
    needs,
)
from pathways.evidence import (
    CHILD_VIEW,
    DISSENT,
    MANAGERS,
    REASONS,
    SIBLINGS,
    SOCIAL_WORKERS,
    allocated,
    at_18,
    died,
    records_everywhere,
)
from pathways.roles import Role

STATES = (
    State("sought", "Protection being arranged"),
    State("police_protection", "In police protection"),
    State("police_protection_lapsed", "Police protection has run out"),
    State("epo", "Emergency protection order in force"),
    State("epo_lapsed", "Emergency order has run out"),
    State("accommodated", "Accommodated"),
    State("closing_at_18", "Child is 18: closure to complete"),
    State("ended", "Immediate protection ended", final=True),
)

POLICE_PROTECTION = ("police_protection", "police_protection_lapsed")
ORDER = ("epo", "epo_lapsed")
UNDER_WAY = ("sought", *POLICE_PROTECTION, *ORDER, "accommodated")
OPEN = (*UNDER_WAY, "closing_at_18")

WORKERS_AND_POLICE = (*SOCIAL_WORKERS, *MANAGERS, Role.POLICE, Role.FRONT_DOOR_MANAGER)
SOCIAL_CARE = (*SOCIAL_WORKERS, *MANAGERS, Role.FRONT_DOOR_MANAGER)
CLOCK, OTHER = (Role.CLOCK,), (Role.PATHWAY,)

TAKEN = Evidence(
    "police_protection", "Police protection began",
    (
        Field("grounds", "What would have happened to the child otherwise?", required=True),
        Field("reference", "Police reference", required=True),
        Field("where", "Where is the child now?", required=True),
        Field("parents_told", "Are the parents told?", "yes_no", required=True),
        Field("why_not_told", "Why not?", when=("parents_told", "no")),
        SIBLINGS,
    ),
    "decision",
)  # fmt: skip
ORDERED = Evidence(
    "emergency_order", "Emergency protection order made",
    (
        Field("court", "Which court, and its reference?", required=True),
        Field("ends_at", "When does the order itself say that it ends?", "moment", required=True, future=True),
        Field("directions", "Directions: contact, assessment, where the child lives", required=True),
        Field("parents_told", "Have the parents been served?", "yes_no", required=True),
    ),
    "decision",
)  # fmt: skip
EXTENDED = Evidence(
    "order_extension", "Emergency protection order extended",
    (
        Field("runs_from", "On which day does the extension begin?", "date", required=True, fact="extension_runs_from", future=True),
        Field("ends_at", "When does the extended order end?", "moment", required=True, future=True),
        Field("why", "Why did the court extend it?", required=True),
    ),
    "decision",
)  # fmt: skip
PLACED = Evidence(
    "accommodation_agreed", "Child accommodated",
    (
        Field("basis", "On what basis?", "choice", ("agreement under section 20", "interim care order", "remand", "other"), required=True),
        Field("agreed_by", "Who agreed or ordered it (by role)?", required=True),
        Field("where", "With whom does the child live?", required=True),
        SIBLINGS, *CHILD_VIEW,
    ),
    "decision",
)  # fmt: skip
FINISHED = Evidence(
    "protection_ended", "Immediate protection ended",
    (
        Field("where", "Where and with whom is the child now?", required=True),
        Field("safety_plan", "What keeps the child safe now, and who does what?", required=True),
        REASONS, *CHILD_VIEW, *DISSENT,
    ),
    "decision",
)  # fmt: skip
DISCUSSED = Evidence(
    "discussion_note", "Strategy discussion held",
    (Field("outcome", "What was decided, and where is the record?", required=True),),
)  # fmt: skip
DANGER = Evidence(
    "discussion_wanted", "Strategy discussion asked for",
    (Field("danger", "What is the danger?", required=True), Field("acted_alone", "Did one agency have to act alone? Why?", required=True)),
)  # fmt: skip


@needs(
    "a strategy discussion has been held", sources.STRATEGY,
    id="protection.discussed", by=MANAGERS, record="strategy_discussed", override=(Role.TEAM_LEADER, Role.SERVICE_MANAGER),
)  # fmt: skip
def discussed(facts: CaseFacts) -> bool:
    """Whether the agencies have spoken, before or straight after acting."""
    return facts.strategy_discussion_held is not None


@needs(
    "the order has not been extended before; it can be extended once only", sources.S45,
    id="order.first_extension", by=SOCIAL_CARE, record="end_protection",
)  # fmt: skip
def first_extension(facts: CaseFacts) -> bool:
    """Whether the order may still be extended."""
    return facts.epo_extended is None


ENTRIES = (
    Entry("police_protection", "police_protection", WORKERS_AND_POLICE, sources.S46, "Record police protection",
          TAKEN, (Emit("police_protection_started"),)),
    Entry("emergency_order", "epo", SOCIAL_CARE, sources.S44, "Record an emergency protection order",
          ORDERED, (Emit("epo_made"),)),
)  # fmt: skip

MOVES = (
    Move("start_police_protection", ("sought",), "police_protection", WORKERS_AND_POLICE, sources.S46, "Record police protection",
         records=TAKEN, emits=(Emit("police_protection_started"),)),
    Move("record_order", ("sought", *POLICE_PROTECTION, "epo_lapsed", "accommodated"), "epo", SOCIAL_CARE, sources.S44,
         "Record an emergency protection order", records=ORDERED, emits=(Emit("epo_made"),), forgets=("epo_extended", "extension_runs_from")),
    Move("extend_order", ("epo",), SAME, SOCIAL_CARE, sources.S45, "Record that the court extended the order",
         (first_extension,), EXTENDED, (Emit("order_extended"), Emit("epo_extended", at="extension_runs_from"))),
    Move("accommodate", ("sought", *POLICE_PROTECTION, *ORDER), "accommodated", SOCIAL_CARE, sources.S20, "Record that the child is accommodated",
         records=PLACED, emits=(Emit("child_accommodated"),)),
    Move("power_lapsed", ("police_protection",), "police_protection_lapsed", CLOCK, sources.S46, "Seventy-two hours have passed"),
    Move("order_lapsed", ("epo",), "epo_lapsed", CLOCK, sources.S45, "The order has run out"),
    Move("end_protection", UNDER_WAY, "ended", MANAGERS, sources.S46, "End: the child is safe without a power",
         (discussed,), FINISHED, (Emit("protection_ended"),), outcome="safe", confirm=True),
    Move("pass_to_care", ("accommodated",), "ended", MANAGERS, sources.S20, "End: the child stays looked after",
         (discussed,), FINISHED, (Emit("protection_ended"),), outcome="accommodated", confirm=True),
    Move("ask_strategy_discussion", UNDER_WAY, SAME, WORKERS_AND_POLICE, sources.STRATEGY, "Ask for a strategy discussion",
         records=DANGER, emits=(Emit("strategy_discussion_asked"),),
         opens=(Opens("child_protection", "strategy", ("referral_received",), ("strategy_decision_made", "immediate_risk_identified")),)),
    Move("strategy_discussed", UNDER_WAY, SAME, (*MANAGERS, *SOCIAL_WORKERS), sources.STRATEGY, "Record the strategy discussion",
         records=DISCUSSED, emits=(Emit("strategy_discussion_held"),)),
    Move("strategy_discussion_concluded", UNDER_WAY, SAME, OTHER, sources.STRATEGY, "A strategy discussion was held",
         emits=(Emit("strategy_discussion_held"),)),
    allocated(OPEN, (*MANAGERS, Role.FRONT_DOOR_MANAGER, Role.EDT_OFFICER)),
    *records_everywhere(OPEN),
    died(OPEN, "ended"),
    *at_18(UNDER_WAY, "ended"),
)  # fmt: skip

CLOCKS = (
    Clock("imm.police_protection", ("epo_made", "child_accommodated", "protection_ended"), "Decide what follows",
          ("police_protection",), "power_lapsed", warn=(12, "clock_hours")),
    Clock("imm.epo", ("order_extended", "child_accommodated", "protection_ended"), "Decide what follows the order",
          ("epo",), "order_lapsed", warn=(2, "calendar_day")),
    Clock("imm.epo_extension", ("child_accommodated", "protection_ended"), "Decide what follows the order",
          ("epo",), "order_lapsed", warn=(2, "calendar_day")),
    Clock("cp.age_18", (), "Complete the closure at 18", UNDER_WAY, "reached_18", "complete_closure", gate=True, warn=(6, "month")),
)  # fmt: skip

STAGES = (
    Stage(
        1,
        "Police protection",
        lambda facts: facts.police_protection_started is not None,
        "imm.police_protection",
    ),
    Stage(2, "Emergency order", lambda facts: facts.epo_made is not None, "imm.epo"),
    Stage(3, "Child seen", lambda facts: facts.child_seen is not None),
    Stage(4, "Strategy discussion held", lambda facts: facts.strategy_discussion_held is not None),
    Stage(5, "Child safe", lambda facts: facts.protection_ended is not None),
)

PATHWAY = Pathway(
    name="immediate_protection",
    title="Immediate protection: police, court or accommodation",
    prefix="IP",
    version="2026.1",
    checked=date(2026, 11, 22),
    entries=ENTRIES,
    states=STATES,
    moves=MOVES,
    clocks=CLOCKS,
    opened_in=("sought", "police_protection", "epo"),
    stages=STAGES,
    facts=("birth_date", "expected_delivery_date", "referral_received"),
    team="assessment",
)
