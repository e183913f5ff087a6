"""The front door: from a concern noticed to the decision on a referral, and telling the referrer.

Opens   when somebody notes a concern, telephones, or a referral arrives.
Ends    with one of ten decisions, or with a reasoned decision not to refer.
Read    Working Together, chapter 3; the schools safeguarding handbook on the referral form.
Leaves  disagreement with a decision to the escalation pathway, and the help itself to the others.

Anyone may refer and nobody may stop them: a member of staff can refer over a safeguarding lead who declined,
and no form, level or consent stands before that. Consent is asked for a child in need, never for protection.
Late referrals wait in `decision_overdue` on the manager's desk, where every decision is as open as before.
"""

from datetime import date

from pathways import front_door_forms as forms
from pathways import sources
from pathways.definitions import (
    SAME,
    Clock,
    Condition,
    Emit,
    Entry,
    Evidence,
    Move,
    Opens,
    Pathway,
    Stage,
    State,
)
from pathways.evidence import (
    FRONT_DOOR_WORKERS,
    MANAGERS,
    PARTNERS,
    SCHOOL,
    WORKERS,
    allocated,
    born,
    died,
    records_everywhere,
)
from pathways.roles import ANYONE, Role

STATES = (
    State("draft", "Concern noted, not referred yet"),
    State("emergency", "Police or ambulance called"),
    State("internal_dispute", "Safeguarding lead declined to refer"),
    State("phoned", "Telephoned: decision and written form due"),
    State("submitted", "Form sent, not received yet"),
    State("triage", "At the front door for decision"),
    State("decision_overdue", "Decision overdue"),
    State("not_referred", "Not referred", final=True),
    State("decided", "Decided", final=True),
)

DRAFTED = ("draft", "emergency", "internal_dispute")
DECIDING = ("phoned", "triage", "decision_overdue")
OPEN = (*DRAFTED, "submitted", *DECIDING)
ARRIVED = (*DECIDING, "decided")
SENT = ("submitted", *ARRIVED)

LEAD = (Role.DSL, Role.DEPUTY_DSL, Role.HEADTEACHER, Role.PRINCIPAL)
NOT_SCHOOL = tuple(role for role in PARTNERS if role not in SCHOOL)
REFERRERS = (*PARTNERS, Role.SOCIAL_WORKER, Role.CHAIR_OF_GOVERNORS, Role.PRINCIPAL)
DESK = (Role.FRONT_DOOR_SW, Role.FRONT_DOOR_MANAGER, Role.CALL_HANDLER, Role.EDT_OFFICER)
MANAGER = (Role.FRONT_DOOR_MANAGER,)
MANAGER_OR_NIGHT = (Role.FRONT_DOOR_MANAGER, Role.EDT_OFFICER)
CLOCK = (Role.CLOCK,)

RECEIVED = Emit("referral_received")
PHONED = (Emit("cp_referral_phoned"), RECEIVED)
DECIDED = Emit("referral_decided")

ENTRIES = (
    Entry("concern", "draft", (*REFERRERS, *WORKERS), sources.FLOWCHART, "Note a concern about a child",
          forms.CONCERN, (Emit("concern_noticed"),)),
    Entry("phone", "phoned", ANYONE, sources.FLOWCHART, "Refer a child by telephone", forms.CALL, PHONED),
    Entry("referral", "triage", ANYONE, sources.REFERRAL, "Take a referral that has arrived", forms.ARRIVAL, (RECEIVED,)),
)  # fmt: skip

BEFORE = (
    Move("tell_lead", (*DRAFTED, *SENT), SAME, (*REFERRERS, *WORKERS), sources.EDUCATION, "Tell the safeguarding lead",
         records=forms.LEAD_TOLD, emits=(Emit("concern_reported"), Emit("dsl_informed"))),
    Move("match_level", (*DRAFTED, "submitted"), SAME, (*LEAD, *PARTNERS), sources.MARF, "Match the concern to a level of need",
         records=forms.LEVEL, emits=(Emit("level_matched"),)),
    Move("suspect_significant_harm", DRAFTED, SAME, (*REFERRERS, *WORKERS), sources.FLOWCHART, "Record that significant harm is suspected",
         records=forms.SUSPICION, emits=(Emit("significant_harm_suspected"),)),
    Move("call_emergency", ("draft", "internal_dispute"), "emergency", ANYONE, sources.FLOWCHART, "Record a call to police or ambulance",
         records=forms.EMERGENCY, emits=(Emit("emergency_called"),)),
    Move("call_emergency", ("emergency", "submitted", *DECIDING), SAME, ANYONE, sources.FLOWCHART, "Record a call to police or ambulance",
         records=forms.EMERGENCY, emits=(Emit("emergency_called"),)),
    Move("phone_referral", (*DRAFTED, "submitted"), "phoned", ANYONE, sources.FLOWCHART, "Refer by telephone",
         records=forms.CALL, emits=PHONED),
    Move("submit_marf", DRAFTED, "submitted", (*REFERRERS, *WORKERS), sources.MARF, "Send the referral form",
         (forms.level_matched, forms.consent_or_reason, forms.form_complete), forms.MARF, (Emit("marf_submitted"),)),
    Move("submit_marf", ("phoned",), "triage", (*REFERRERS, *WORKERS), sources.MARF, "Send the referral form after the call",
         (forms.form_complete,), forms.MARF, (Emit("marf_submitted"),)),
    Move("submit_marf", ("triage", "decision_overdue", "decided"), SAME, (*REFERRERS, *WORKERS), sources.MARF, "Send the referral form",
         (forms.form_complete,), forms.MARF, (Emit("marf_submitted"),)),
    Move("refer_directly", DRAFTED, "submitted", ANYONE, sources.EDUCATION, "Refer without the safeguarding lead",
         records=forms.OVER_THE_LEAD, emits=(Emit("referral_made_by_other_staff"),)),
    Move("decline_to_refer", ("draft",), "internal_dispute", LEAD, sources.FLOWCHART, "Decide not to refer",
         records=forms.DECLINED, emits=(Emit("referral_declined"),)),
    Move("choose_early_help", ("draft",), "not_referred", LEAD, sources.FLOWCHART, "Offer early help instead",
         (forms.early_help_level,), forms.DECLINED, opens=(Opens("early_help", "offered", ("level",)),),
         outcome="early_help", confirm=True),
    Move("close", ("draft", "emergency"), "not_referred", (*LEAD, *NOT_SCHOOL), sources.FLOWCHART, "Close without a referral",
         records=forms.DECLINED, outcome="not_referred", confirm=True),
    Move("close", ("internal_dispute",), "not_referred", (Role.STAFF, *NOT_SCHOOL), sources.FLOWCHART, "Agree that it is not referred",
         records=forms.DECLINED, outcome="not_referred", confirm=True),
    Move("receive_referral", ("submitted",), "triage", DESK, sources.REFERRAL, "Receive the referral",
         records=forms.RECEIVED, emits=(RECEIVED,)),
    Move("file_copy", SENT, SAME, (*REFERRERS, *WORKERS), sources.MARF, "File a copy of the form",
         records=forms.COPY, emits=(Emit("marf_copy_filed"),)),
    Move("chase", SENT, SAME, REFERRERS, sources.MARF, "Ask what became of the referral",
         records=forms.CHASED, emits=(Emit("referral_chased"),)),
)  # fmt: skip

AT_THE_DESK = (
    Move("acknowledge", ARRIVED, SAME, DESK, sources.REFERRAL, "Acknowledge the referral",
         records=forms.ACKNOWLEDGED, emits=(Emit("referral_acknowledged"),)),
    Move("ask_for_consent", (*DRAFTED, *DECIDING), SAME, (*DESK, *REFERRERS), sources.S17, "Ask the parents for consent",
         records=forms.ASKED_CONSENT, emits=(Emit("consent_asked"),)),
    Move("ask_for_more", ("submitted", *DECIDING), SAME, DESK, sources.FRONT_DOOR, "Ask the referrer for more",
         records=forms.MORE),
    Move("record_checks", DECIDING, SAME, DESK, sources.FRONT_DOOR, "Record partner checks",
         records=forms.CHECKS, emits=(Emit("checks_noted"),)),
    Move("decision_missed", DECIDING[:2], "decision_overdue", CLOCK, sources.REFERRAL, "The limit for the decision has passed"),
    Move("tell_referrer", ("decided",), SAME, DESK, sources.FRONT_DOOR, "Tell the referrer the outcome",
         records=forms.FEEDBACK, emits=(Emit("referrer_told"),)),
)  # fmt: skip


def _decide(
    trigger: str,
    outcome: str,
    says: str,
    records: Evidence,
    *,
    who: tuple[Role, ...] = MANAGER,
    conditions: tuple[Condition, ...] = (forms.checks_noted,),
    emits: tuple[Emit, ...] = (),
    opens: tuple[Opens, ...] = (),
) -> Move:
    """One of the ten decisions on a referral: authorised by the manager and final.

    Partner checks come first, save where a child must be protected at once.
    """
    return Move(
        trigger, DECIDING, "decided", who, sources.REFERRAL, says, conditions, records, (DECIDED, *emits), opens,
        outcome=outcome, confirm=True,
    )  # fmt: skip


ROUTE_47 = Opens(
    "child_protection", "strategy", ("referral_received",), ("s47_route_decided", "strategy_decision_made")
)
DANGER_47 = Opens(
    "child_protection", "strategy", ("referral_received",),
    ("s47_route_decided", "strategy_decision_made", "immediate_risk_identified"),
)  # fmt: skip
ASSESS = Opens("child_in_need", "assessing", ("referral_received", "consent"))

DECISIONS = (
    _decide("decide_already_open", "already_open", "Already open: pass to the allocated worker", forms.PASSED_ON),
    _decide("decide_information_only", "info_only", "Keep as information only", forms.REFUSAL),
    _decide("decide_advice", "advice_signpost", "Give advice and point to other help", forms.REFUSAL),
    _decide("decide_early_help", "early_help", "Pass to early help", forms.REFUSAL,
            opens=(Opens("early_help", "offered"),)),
    _decide("decide_assessment", "s17_assessment", "Assess under section 17", forms.DECISION,
            conditions=(forms.checks_noted, forms.consented), opens=(ASSESS,)),
    _decide("decide_strategy", "strategy_s47", "Hold a strategy discussion", forms.DECISION, who=MANAGER_OR_NIGHT,
            emits=(Emit("s47_route_decided"),), opens=(ROUTE_47,)),
    _decide("decide_immediate_protection", "immediate_protection", "Protect the child at once", forms.DECISION,
            who=MANAGER_OR_NIGHT, conditions=(), emits=(Emit("s47_route_decided"),),
            opens=(Opens("immediate_protection", "sought", ("referral_received",)), DANGER_47)),
    _decide("decide_specialist_assessment", "specialist_assessment", "Ask for a specialist assessment", forms.PASSED_ON),
    _decide("decide_redirect", "redirect_agency", "Redirect to another agency", forms.REFUSAL),
    _decide("decide_no_further_action", "no_further_action", "Take no further action", forms.REFUSAL),
)  # fmt: skip

MOVES = (
    *BEFORE,
    *AT_THE_DESK,
    *DECISIONS,
    allocated(OPEN, who=(*MANAGERS, *FRONT_DOOR_WORKERS)),
    *records_everywhere(OPEN),
    *born(OPEN),
    died(OPEN, "decided"),
)

CLOCKS = (
    Clock("fd.concern_to_dsl", ("concern_reported", "cp_referral_phoned", "marf_submitted"), "Tell the safeguarding lead", DRAFTED, action="tell_lead"),
    Clock("fd.phone_cp", ("cp_referral_phoned",), "Telephone social care", (*DRAFTED, "submitted"), action="phone_referral"),
    Clock("fd.dsl_informed", ("dsl_informed",), "Tell the safeguarding lead", SENT, action="tell_lead"),
    Clock("fd.marf_confirm", ("marf_submitted",), "Send the written form", ARRIVED, action="submit_marf"),
    Clock("fd.marf_copy_filed", ("marf_copy_filed",), "File a copy of the form", SENT, action="file_copy"),
    Clock("fd.decision", ("referral_decided",), "Decide on the referral", DECIDING, "decision_missed"),
    Clock("fd.ack", ("referral_acknowledged", "referrer_told"), "Acknowledge the referral", ARRIVED, action="acknowledge"),
    Clock("fd.chase", ("referral_acknowledged", "referrer_told", "referral_chased"), "Ask what became of it", SENT, action="chase"),
    Clock("fd.outcome_feedback", ("referrer_told",), "Tell the referrer the outcome", ("decided",), action="tell_referrer"),
)  # fmt: skip

STAGES = (
    Stage(1, "Concern noted", lambda facts: facts.concern_noticed is not None),
    Stage(2, "Level of need matched", lambda facts: facts.level is not None),
    Stage(3, "Referral received", lambda facts: facts.referral_received is not None),
    Stage(4, "Acknowledged", lambda facts: facts.referral_acknowledged is not None, "fd.ack"),
    Stage(5, "Partner checks noted", lambda facts: facts.checks_noted is not None),
    Stage(6, "Decided", lambda facts: facts.referral_decided is not None, "fd.decision"),
    Stage(7, "Referrer told", lambda facts: facts.referrer_told is not None, "fd.outcome_feedback"),
)

PATHWAY = Pathway(
    name="front_door",
    title="Front door: concern, referral and decision",
    prefix="RF",
    version="2026.1",
    checked=date(2026, 11, 22),
    entries=ENTRIES,
    states=STATES,
    moves=MOVES,
    clocks=CLOCKS,
    opened_in=("triage", "submitted"),
    stages=STAGES,
    facts=("birth_date", "expected_delivery_date"),
    team="front door",
)
