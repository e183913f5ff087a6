"""Child in need: from the assessment under section 17 to the end of a child in need plan.

Opens   when the front door decides to assess, or an enquiry or conference ends in a child in need plan.
Ends    with the assessment, by decision of a child in need meeting, or when another plan takes over.
Read    Children Act 1989, section 17; Working Together, chapter 3; Child in Need Plans and Reviews.
Leaves  harm that is suspected to child protection: the case stays open while that is looked into.

A child is never on a child in need plan and a child protection plan together. Where a conference decides on a
protection plan, a plan here is stepped up and ends; an assessment goes on, without being able to end in one.
Twelve weeks on a plan open `drift_review`: a person steps down, closes, or continues and says why.
"""

from datetime import date

from pathways import child_in_need_forms as forms
from pathways import sources
from pathways.definitions import SAME, Clock, Condition, Emit, Fires, Move, Opens, Pathway, Stage, State
from pathways.evidence import (
    MANAGERS,
    SOCIAL_WORKERS,
    WORKERS,
    allocated,
    at_18,
    born,
    died,
    lead_named,
    named_for_step_down,
    records_everywhere,
    step_down_lead,
)
from pathways.roles import Role

STATES = (
    State("assessing", "Assessment under way"),
    State("plan_pending", "First child in need meeting to be held"),
    State("active", "Child in need plan in place"),
    State("drift_review", "Twelve weeks on a plan: decision due"),
    State("review_risk", "Consent withdrawn: risk to be judged"),
    State("transferring", "Moving: other authority to accept"),
    State("closing_at_18", "Child is 18: closure to complete"),
    State("stepped_up", "Stepped up to child protection", final=True),
    State("closed", "Closed", final=True),
)

ASSESSING, PLANNING = ("assessing",), ("plan_pending",)
ON_PLAN = ("active", "drift_review")
WORKING = (*ASSESSING, *PLANNING, *ON_PLAN)
STOPPED = ("review_risk", "transferring")
UNDER_WAY = (*WORKING, *STOPPED)
OPEN = (*UNDER_WAY, "closing_at_18")
MEETING = (*ON_PLAN, "transferring")

TEAM = (Role.TEAM_LEADER, Role.LINE_MANAGER, Role.PRACTICE_SUPERVISOR, Role.SERVICE_MANAGER)
LEADS = (*SOCIAL_WORKERS, Role.LEAD_PROFESSIONAL, *TEAM)
CHAIRS = (Role.LINE_MANAGER, Role.SOCIAL_WORKER, Role.TEAM_LEADER, Role.PRACTICE_SUPERVISOR)
CLOCK, OTHER = (Role.CLOCK,), (Role.PATHWAY,)

AUTHORISED = Emit("assessment_outcome_recorded")
READY = (forms.child_seen, lead_named)
PROTECT = (Opens("child_protection", "strategy", ("referral_received",), ("strategy_decision_made",)),)
STEP_DOWN = (Opens("early_help", "step_down_offered"),)
PLAN_BEGINS = (Fires("early_help", "child_in_need_plan_made"),)
ROUND = ("agencies_asked", "reports_in")
HELD = Emit("cin_meeting_held")

ASSESSMENT = (
    Move("decide_plan_needed", ASSESSING, "plan_pending", TEAM, sources.ASSESSMENT, "Assessment: a child in need plan",
         (*READY, forms.consent_recorded, forms.not_on_a_plan), forms.ASSESSMENT, (AUTHORISED,), fires=PLAN_BEGINS, outcome="cin_plan"),
    Move("decide_strategy", ASSESSING, "stepped_up", TEAM, sources.S47, "Assessment: strategy discussion",
         (lead_named,), forms.ASSESSMENT, (AUTHORISED,), PROTECT, outcome="step_up_s47", confirm=True),
    Move("decide_early_help", ASSESSING, "closed", TEAM, sources.ASSESSMENT, "Assessment: early help",
         (*READY, step_down_lead), forms.ASSESSMENT, (AUTHORISED,), STEP_DOWN, outcome="step_down_eh", confirm=True),
    Move("decide_no_further_action", ASSESSING, "closed", TEAM, sources.ASSESSMENT, "Assessment: no further action",
         READY, forms.ASSESSMENT, (AUTHORISED,), outcome="close_nfa", confirm=True),
    Move("authorise_overrun", ASSESSING, SAME, TEAM, sources.ASSESSMENT, "Authorise a longer assessment, with reasons",
         records=forms.OVERRUN, emits=(Emit("overrun_authorised"),)),
)  # fmt: skip

MEETINGS = (
    Move("invite", (*PLANNING, *MEETING), SAME, WORKERS, sources.CHILD_IN_NEED, "Invite to a meeting and ask for reports",
         records=forms.INVITATION),
    Move("report_received", (*PLANNING, *MEETING), SAME, WORKERS, sources.CHILD_IN_NEED, "Record an agency's report",
         records=forms.REPORT),
    Move("first_meeting_held", PLANNING, "active", CHAIRS, sources.CHILD_IN_NEED, "Record the first meeting",
         (forms.reports_in, forms.not_on_a_plan), forms.FIRST_MEETING, (HELD, Emit("cin_first_meeting_held")), forgets=ROUND),
    Move("meeting_held", MEETING, SAME, CHAIRS, sources.CHILD_IN_NEED, "Record a meeting",
         (forms.reports_in,), forms.MEETING, (HELD,), forgets=ROUND),
    Move("twelve_weeks_reached", ("active",), "drift_review", CLOCK, sources.CHILD_IN_NEED, "Twelve weeks on a plan have passed"),
    Move("continue_plan", ON_PLAN, "active", (Role.LINE_MANAGER, Role.TEAM_LEADER, Role.SERVICE_MANAGER), sources.CHILD_IN_NEED,
         "Continue the plan, with reasons", (forms.meeting_held,), forms.CONTINUING, (Emit("plan_continued"),)),
    Move("end_plan", MEETING, "closed", CHAIRS, sources.CHILD_IN_NEED, "End the plan, nothing further",
         (forms.meeting_held,), forms.ENDING, (Emit("plan_ended"),), outcome="close_nfa", confirm=True),
    Move("end_plan_to_early_help", MEETING, "closed", CHAIRS, sources.LAST_MEETING, "End the plan: early help",
         (forms.meeting_held, step_down_lead), forms.ENDING, (Emit("plan_ended"),), STEP_DOWN, outcome="step_down_eh", confirm=True),
)  # fmt: skip

WITHOUT_CONSENT = (
    Move("withdraw_consent", (*WORKING, "transferring"), "review_risk", (*LEADS, Role.PARENT), sources.S17,
         "Record that consent is withdrawn", records=forms.WITHDRAWN, emits=(Emit("consent_withdrawn"),), forgets=("consent",)),
    Move("close_without_consent", ("review_risk",), "closed", (Role.TEAM_LEADER, Role.SERVICE_MANAGER), sources.S17,
         "Close: declined, and no risk that overrides", records=forms.RISK, outcome="declined_no_risk", confirm=True),
    Move("step_up", ("review_risk",), "stepped_up", (Role.TEAM_LEADER, Role.SERVICE_MANAGER), sources.S47,
         "Step up: strategy discussion without consent", records=forms.RISK, opens=PROTECT, outcome="step_up_s47", confirm=True),
)  # fmt: skip


def _resumed(state: str, conditions: tuple[Condition, ...]) -> tuple[Move, ...]:
    """The three ways back to where work had stopped: to the assessment, to planning, to the plan."""
    says = "Go on with the "
    return (
        Move("resume_assessment", (state,), "assessing", TEAM, sources.S17, says + "assessment",
             (*conditions, forms.assessment_open), forms.RESUMED),
        Move("resume_planning", (state,), "plan_pending", TEAM, sources.S17, says + "planning",
             (*conditions, forms.planning_open), forms.RESUMED),
        Move("resume_plan", (state,), "active", TEAM, sources.S17, says + "plan",
             (*conditions, forms.plan_open), forms.RESUMED),
    )  # fmt: skip


LEAVING = (
    Move("start_transfer", (*WORKING, "review_risk"), "transferring", LEADS, sources.CHILD_IN_NEED, "Ask another authority to take over",
         records=forms.MOVING, emits=(Emit("transfer_started"),)),
    Move("transfer_accepted", ("transferring",), "closed", TEAM, sources.CHILD_IN_NEED, "Record that they have accepted",
         records=forms.ACCEPTED, outcome="transferred", confirm=True),
    Move("close_accommodated", UNDER_WAY, "closed", TEAM, sources.S20, "Close: the child is looked after",
         records=forms.LOOKED_AFTER, outcome="accommodated", confirm=True),
    Move("suspect_harm", UNDER_WAY, SAME, (*LEADS, Role.POLICE, Role.HEALTH), sources.S47, "Record that harm is suspected",
         records=forms.HARM, emits=(Emit("harm_suspected"),), opens=PROTECT),
    Move("child_protection_plan_made", (*PLANNING, *ON_PLAN, *STOPPED), "stepped_up", OTHER, sources.PLAN,
         "A conference decided on a child protection plan", emits=(Emit("child_protection_plan_made"),), outcome="step_up_s47"),
    Move("child_protection_plan_made", ASSESSING, SAME, OTHER, sources.PLAN,
         "A conference decided on a child protection plan", emits=(Emit("child_protection_plan_made"),)),
    Move("child_protection_plan_ended", UNDER_WAY, SAME, OTHER, sources.PLAN,
         "The child protection plan has ended", forgets=("child_protection_plan_made",)),
)  # fmt: skip

MOVES = (
    *ASSESSMENT,
    *MEETINGS,
    *WITHOUT_CONSENT,
    *_resumed("review_risk", (forms.consent_again,)),
    *_resumed("transferring", ()),
    *LEAVING,
    named_for_step_down(UNDER_WAY),
    allocated(
        ASSESSING, (*MANAGERS, Role.FRONT_DOOR_MANAGER),
        (Emit("s17_case_allocated", when=lambda facts: facts.s17_case_allocated is None),),
    ),
    allocated((*PLANNING, *ON_PLAN, *STOPPED, "closing_at_18")),
    *records_everywhere(OPEN),
    *born(UNDER_WAY),
    died(OPEN, "closed"),
    *at_18(UNDER_WAY, "closed"),
)  # fmt: skip

CLOCKS = (
    Clock("fd.s17_child_seen", ("child_seen",), "See the child", ASSESSING, action="child_seen"),
    Clock("cin.assess", ("assessment_outcome_recorded",), "Finish the assessment", (*ASSESSING, *STOPPED), warn=(5, "working_day")),
    Clock("cin.first_meeting", ("cin_first_meeting_held",), "Hold the first meeting", (*PLANNING, *STOPPED), action="first_meeting_held"),
    Clock("cin.review", ("cin_meeting_held",), "Hold the child in need meeting", (*ON_PLAN, *STOPPED), action="meeting_held"),
    Clock("cin.plan_12_week", ("plan_continued",), "Step down, close or continue", (*ON_PLAN, *STOPPED), "twelve_weeks_reached", warn=(14, "calendar_day")),
    Clock("cin.visit", ("child_seen",), "See the child", UNDER_WAY, action="child_seen"),
    Clock("cp.age_18", (), "Complete the closure at 18", UNDER_WAY, "reached_18", "complete_closure", gate=True, warn=(6, "month")),
)  # fmt: skip

STAGES = (
    Stage(1, "Allocated", lambda facts: facts.lead_accepted is not None),
    Stage(2, "Child seen", lambda facts: facts.child_seen is not None, "cin.visit"),
    Stage(
        3, "Assessment authorised", lambda facts: facts.assessment_outcome_recorded is not None, "cin.assess"
    ),
    Stage(
        4, "First meeting held", lambda facts: facts.cin_first_meeting_held is not None, "cin.first_meeting"
    ),
    Stage(5, "Meetings every four weeks", lambda facts: facts.cin_meeting_held is not None, "cin.review"),
    Stage(6, "Decided at twelve weeks", lambda facts: facts.plan_continued is not None, "cin.plan_12_week"),
)

PATHWAY = Pathway(
    name="child_in_need",
    title="Child in need: assessment, plan and reviews",
    prefix="CIN",
    version="2026.1",
    checked=date(2026, 11, 22),
    entries=(),
    states=STATES,
    moves=MOVES,
    clocks=CLOCKS,
    opened_in=("assessing", "plan_pending"),
    stages=STAGES,
    facts=("birth_date", "expected_delivery_date", "referral_received"),
    team="assessment",
)
