"""Child protection: from the decision to hold a strategy discussion to the end of a child protection plan.

Opens   when a strategy discussion is decided on, when a child on a plan moves in, or before a birth.
Ends    when the discussion, the enquiry or a conference finds that no plan is needed, or a plan has ended. A
        plan is ended by a conference, save for a completed move, the eighteenth birthday and death.
Read    Children Act 1989, section 47; Working Together, chapter 3; the nine stages in conference_stages.py.
Leaves  emergency powers to immediate protection, the plan that follows to child in need.

Being late opens `icpc_overdue` and `rcpc_overdue`; it decides nothing, and everything that could be done on
time can be done late. A conference is held on the day it started, whenever its decision is written down, and
one that was put off has not been held.
"""

from datetime import date

from pathways import child_protection_forms as forms
from pathways import sources
from pathways.conference_stages import (
    ADJOURNMENT,
    AT_A_FIRST_CONFERENCE,
    BEFORE_THE_START,
    BIRTH_PLAN_DECISION,
    BOOKING,
    CHAIR,
    CONFERENCE_UNIT,
    CONTINUE_DECISION,
    END_DECISION,
    NO_PLAN_DECISION,
    ON_THE_DAY,
    PLAN_DECISION,
    ROUND,
    STAGES,
    START,
    booking_moves,
    stage_moves,
    views,
)  # fmt: skip
from pathways.definitions import SAME, Clock, Emit, Entry, Fires, Move, Opens, Pathway, State
from pathways.evidence import (
    FRONT_DOOR_WORKERS,
    MANAGERS,
    PARTNERS,
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
)  # fmt: skip
from pathways.roles import Role

STATES = (
    State("strategy", "Strategy discussion to be held"),
    State("s47", "Section 47 enquiry under way"),
    State("awaiting_icpc", "Initial conference to be held"),
    State("interim_safety_plan", "Conference put off: interim safety plan"),
    State("icpc_overdue", "Initial conference overdue"),
    State("conference", "Initial conference under way"),
    State("prebirth", "Pre-birth assessment and conference"),
    State("prebirth_conference", "Pre-birth conference under way"),
    State("transferring_in", "Plan held elsewhere: conference to be held"),
    State("transfer_conference", "Transfer conference under way"),
    State("plan", "Child protection plan in place"),
    State("rcpc_overdue", "Review conference overdue"),
    State("transferring_out", "Moving: plan stays until their conference"),
    State("review_conference", "Review conference under way"),
    State("closing_at_18", "Child is 18: closure to complete"),
    State("closed", "Closed without a plan", final=True),
    State("ended", "Child protection ended", final=True),
)

STRATEGY, S47 = ("strategy",), ("s47",)
AWAITING = ("awaiting_icpc", "interim_safety_plan", "icpc_overdue")
PREBIRTH_DUE, TRANSFERRING_IN = ("prebirth",), ("transferring_in",)
BEFORE_A_PLAN = (*AWAITING, *PREBIRTH_DUE, *TRANSFERRING_IN)
ON_PLAN = ("plan", "rcpc_overdue")
PLAN_LASTS = (*ON_PLAN, "transferring_out")
"""A plan that is moving is a plan still: visits, core groups and reviews go on."""
FIRST = ("conference", "prebirth_conference", "transfer_conference")
CONFERENCES = (*FIRST, "review_conference")
PREPARING = (*BEFORE_A_PLAN, *PLAN_LASTS)
UNDER_WAY = (*STRATEGY, *S47, *PREPARING, *CONFERENCES)
OPEN = (*UNDER_WAY, "closing_at_18")
CLOSED = ("closed", "ended")
AFTER_A_CONFERENCE = (*PREPARING, *CONFERENCES, "closing_at_18", *CLOSED)

LADDER = (*MANAGERS, Role.PRACTICE_SUPERVISOR, Role.LCPP)
TEAM, CLOCK = (Role.TEAM_LEADER, Role.LINE_MANAGER, Role.SERVICE_MANAGER), (Role.CLOCK,)
ASKS = (*SOCIAL_WORKERS, *MANAGERS, Role.POLICE, Role.HEALTH, Role.MACPT)

ASSESS = (Opens("child_in_need", "assessing", carries=("referral_received",)),)
PLAN_IN_NEED = (Opens("child_in_need", "plan_pending", emits=("assessment_outcome_recorded",)),)
DISCUSSED = Emit("strategy_discussion_held")
REFERRED = Emit("referral_received", at="referral_received")
"""The assessment counts from the referral; from the discussion where there was none."""
TOLD = (Fires("immediate_protection", "strategy_discussion_concluded"),)
PLAN_BEGINS = (
    Fires("child_in_need", "child_protection_plan_made"),
    Fires("early_help", "child_protection_plan_made"),
)
NEED_BEGINS = (Fires("early_help", "child_in_need_plan_made"),)
STEP_DOWN = (Opens("early_help", "step_down_offered"),)
PLAN_ENDS = (Fires("child_in_need", "child_protection_plan_ended"),)

HELD = Emit("conference_held", at="conference_started")
INITIAL = (HELD, Emit("icpc_held", at="conference_started"))
TRANSFERRED = (*INITIAL, Emit("transfer_conference_held", at="conference_started"))
REVIEWED = (HELD, Emit("rcpc_held", at="conference_started"))
NEXT_REVIEW = Emit("rcpc_date", at="rcpc_on", when=lambda facts: facts.rcpc_on is not None)
BEGUN = (
    Emit("plan_started", at="conference_started"),
    Emit("prebirth_plan_made", at="conference_started", when=forms.unborn),
    NEXT_REVIEW,
)  # fmt: skip

ENTRIES = (
    Entry(
        "strategy", "strategy", ASKS, sources.S47, "Ask for a strategy discussion",
        forms.HARM, (Emit("strategy_decision_made"),),
    ),
    Entry(
        "transfer_in", "transferring_in", (*CONFERENCE_UNIT, *SOCIAL_WORKERS, *MANAGERS), sources.ENDING,
        "Take in a child who is on another authority's plan", forms.TRANSFER_IN, (Emit("permanent_move_notified"),),
    ),
    Entry("prebirth", "prebirth", ASKS, sources.LONDON, "Raise a concern before a birth", forms.PREBIRTH),
)  # fmt: skip

DISCUSSION = (
    Move(
        "start_enquiry", STRATEGY, "s47", TEAM, sources.STRATEGY, "Start a section 47 enquiry",
        conditions=(forms.agencies_took_part("enquiry.agencies", "start_enquiry"),),
        records=forms.STRATEGY_DISCUSSION, emits=(DISCUSSED, Emit("s47_strategy_discussion_held")), fires=TOLD,
    ),
    Move(
        "start_assessment", STRATEGY, "closed", TEAM, sources.STRATEGY, "Assess under section 17, no enquiry",
        conditions=(forms.agencies_took_part("assessment.agencies", "start_assessment"),),
        records=forms.STRATEGY_DISCUSSION, emits=(DISCUSSED, REFERRED), opens=ASSESS, fires=TOLD, outcome="assessment", confirm=True,
    ),
    Move(
        "leave_to_police", STRATEGY, "closed", TEAM, sources.STRATEGY, "Leave it to the police alone",
        conditions=(forms.agencies_took_part("police_only.agencies", "leave_to_police"),),
        records=forms.STRATEGY_DISCUSSION, emits=(DISCUSSED,), fires=TOLD, outcome="police_only", confirm=True,
    ),
    Move(
        "take_no_further_action", STRATEGY, "closed", TEAM, sources.STRATEGY, "Take no further action",
        conditions=(forms.agencies_took_part("no_action.agencies", "take_no_further_action"),),
        records=forms.STRATEGY_DISCUSSION, emits=(DISCUSSED,), fires=TOLD, outcome="no_further_action", confirm=True,
    ),
)  # fmt: skip

SEEN_AND_LED = (forms.enquiry_child_seen, lead_named)
ENQUIRY = (
    Move(
        "decide_conference", S47, "awaiting_icpc", TEAM, sources.ENQUIRY, "Decide on an initial conference",
        SEEN_AND_LED, forms.CONFERENCE_NEEDED, (Emit("s47_outcome_conference"),),
    ),
    Move(
        "find_no_continuing_risk", S47, "closed", TEAM, sources.ENQUIRY, "Harm found, but no continuing risk",
        SEEN_AND_LED, forms.ENQUIRY_CLOSED, (Emit("s47_finished"),), PLAN_IN_NEED, outcome="no_continuing_risk", confirm=True,
    ),
    Move(
        "find_not_substantiated", S47, "closed", TEAM, sources.ENQUIRY, "Concerns not substantiated: close",
        SEEN_AND_LED, forms.ENQUIRY_CLOSED, (Emit("s47_finished"),), outcome="not_substantiated", confirm=True,
    ),
    Move(
        "find_not_substantiated_child_in_need", S47, "closed", TEAM, sources.ENQUIRY,
        "Concerns not substantiated: child in need plan",
        SEEN_AND_LED, forms.ENQUIRY_CLOSED, (Emit("s47_finished"),), PLAN_IN_NEED, NEED_BEGINS,
        outcome="not_substantiated_child_in_need", confirm=True,
    ),
    Move(
        "find_not_substantiated_early_help", S47, "closed", TEAM, sources.ENQUIRY,
        "Concerns not substantiated: early help", (*SEEN_AND_LED, step_down_lead), forms.ENQUIRY_CLOSED,
        (Emit("s47_finished"),), STEP_DOWN, outcome="not_substantiated_early_help", confirm=True,
    ),
    Move("request_conference", AWAITING, SAME, LADDER + SOCIAL_WORKERS[:1], sources.BOLTON, "Ask the conference unit for a conference",
         records=forms.REQUEST, emits=(Emit("conference_requested"),)),
    Move("agree_delay", (*S47, *AWAITING), SAME, MANAGERS, sources.CONFERENCE, "Agree a later conference, with reasons",
         conditions=(forms.chair_agrees_delay,), records=forms.DELAY, emits=(Emit("delay_agreed"),)),
    Move("icpc_missed", AWAITING[:2], "icpc_overdue", CLOCK, sources.CONFERENCE, "The limit for the conference has passed"),
    Move("pass_to_new_authority", (*STRATEGY, *S47, *AWAITING, *PREBIRTH_DUE), "closed", TEAM, sources.ENDING,
         "Pass to the authority the child has moved to", records=forms.MOVED_BEFORE_PLAN, outcome="moved", confirm=True),
)  # fmt: skip

FIRST_CONFERENCE = (
    Move("start_conference", AWAITING, "conference", CHAIR, sources.CONFERENCE, "Start the conference",
         AT_A_FIRST_CONFERENCE, START, (Emit("conference_started"),)),
    Move("start_conference", PREBIRTH_DUE, "prebirth_conference", CHAIR, sources.LONDON, "Start the pre-birth conference",
         (*BEFORE_THE_START, forms.prebirth_assessed), START, (Emit("conference_started"),)),
    Move("start_conference", TRANSFERRING_IN, "transfer_conference", CHAIR, sources.ENDING, "Start the transfer conference",
         (*AT_A_FIRST_CONFERENCE, forms.transfer_papers), START, (Emit("conference_started"),)),
    Move("adjourn", (*AWAITING[:2], "conference"), "interim_safety_plan", CHAIR, sources.CONFERENCE_MANUAL, "Put the conference off",
         records=ADJOURNMENT, forgets=(*ON_THE_DAY, *BOOKING)),
    Move("adjourn", AWAITING[2:], SAME, CHAIR, sources.CONFERENCE_MANUAL, "Put the conference off; it stays overdue",
         records=ADJOURNMENT, forgets=(*ON_THE_DAY, *BOOKING)),
    Move("adjourn", (*PREBIRTH_DUE, "prebirth_conference"), "prebirth", CHAIR, sources.CONFERENCE_MANUAL, "Put the conference off",
         records=ADJOURNMENT, forgets=(*ON_THE_DAY, *BOOKING)),
    Move("adjourn", (*TRANSFERRING_IN, "transfer_conference"), "transferring_in", CHAIR, sources.CONFERENCE_MANUAL, "Put the conference off",
         records=ADJOURNMENT, forgets=(*ON_THE_DAY, *BOOKING)),
    Move("decide_plan", ("conference",), "plan", CHAIR, sources.CONFERENCE, "Decide on a child protection plan",
         (views,), PLAN_DECISION, (*INITIAL, *BEGUN), fires=PLAN_BEGINS, forgets=ROUND),
    Move("decide_plan", ("prebirth_conference",), "plan", CHAIR, sources.CONFERENCE, "Decide on a plan before birth",
         (views,), BIRTH_PLAN_DECISION, (*INITIAL, *BEGUN), fires=PLAN_BEGINS, forgets=ROUND),
    Move("decide_plan", ("transfer_conference",), "plan", CHAIR, sources.ENDING, "Take the plan over",
         (views,), PLAN_DECISION, (*TRANSFERRED, *BEGUN), fires=PLAN_BEGINS, forgets=ROUND),
)  # fmt: skip


def _no_plan(source: tuple[str, ...], emits: tuple[Emit, ...]) -> tuple[Move, ...]:
    """The three ways in which a first conference decides on no plan."""
    cites = sources.CONFERENCE
    return (
        Move("decide_no_plan", source, "closed", CHAIR, cites, "Decide on no plan: child in need plan", (views,),
             NO_PLAN_DECISION, emits, PLAN_IN_NEED, NEED_BEGINS, ROUND, "no_plan_child_in_need", True),
        Move("decide_no_plan_early_help", source, "closed", CHAIR, cites, "Decide on no plan: early help",
             (views, step_down_lead), NO_PLAN_DECISION, emits, STEP_DOWN, forgets=ROUND, outcome="no_plan_early_help", confirm=True),
        Move("decide_no_plan_close", source, "closed", CHAIR, cites, "Decide on no plan, and nothing further", (views,),
             NO_PLAN_DECISION, emits, forgets=ROUND, outcome="no_plan", confirm=True),
    )  # fmt: skip


REVIEWING = (
    Move("core_group_held", PLAN_LASTS, SAME, (*SOCIAL_WORKERS, Role.CORE_GROUP_MEMBER, *TEAM), sources.CORE_GROUP,
         "Record a core group", records=forms.CORE_GROUP, emits=(Emit("coregroup_held"),)),
    Move("ask_early_review", PLAN_LASTS, SAME, (Role.CORE_GROUP_MEMBER, *SOCIAL_WORKERS, *PARTNERS[:-1], Role.PARENT, Role.CHILD, *TEAM),
         sources.CONFERENCE_MANUAL, "Ask for an early review conference", records=forms.EARLY_REVIEW,
         emits=(Emit("early_review_asked"),)),
    Move("rcpc_missed", ("plan",), "rcpc_overdue", CLOCK, sources.REVIEW, "The limit for the review has passed"),
    Move("start_conference", PLAN_LASTS, "review_conference", CHAIR, sources.REVIEW, "Start the review conference",
         BEFORE_THE_START, START, (Emit("conference_started"),)),
    Move("adjourn", PLAN_LASTS, SAME, CHAIR, sources.CONFERENCE_MANUAL, "Put the review off; the plan stands",
         records=ADJOURNMENT, forgets=(*ON_THE_DAY, *BOOKING)),
    Move("adjourn", ("review_conference",), "plan", CHAIR, sources.CONFERENCE_MANUAL, "Put the review off; the plan stands",
         records=ADJOURNMENT, forgets=(*ON_THE_DAY, *BOOKING)),
    Move("continue_plan", ("review_conference",), "plan", CHAIR, sources.REVIEW, "Continue the plan", (views,),
         CONTINUE_DECISION, (*REVIEWED, NEXT_REVIEW), forgets=ROUND),
    Move("end_plan", ("review_conference",), "ended", CHAIR, sources.ENDING, "End the plan, nothing further", (views,),
         END_DECISION, REVIEWED, fires=PLAN_ENDS, forgets=ROUND, outcome="risk_reduced", confirm=True),
    Move("end_plan_to_child_in_need", ("review_conference",), "ended", CHAIR, sources.ENDING, "End the plan: child in need plan",
         (views, step_down_lead), END_DECISION, REVIEWED, PLAN_IN_NEED, (*PLAN_ENDS, *NEED_BEGINS), ROUND, "risk_reduced", True),
    Move("end_plan_to_early_help", ("review_conference",), "ended", CHAIR, sources.ENDING, "End the plan: early help",
         (views, step_down_lead), END_DECISION, REVIEWED, STEP_DOWN, PLAN_ENDS, ROUND, "risk_reduced", True),
    Move("end_plan_for_care", ("review_conference",), "ended", CHAIR, sources.ENDING, "End the plan: care or permanence",
         (views,), END_DECISION, REVIEWED, fires=PLAN_ENDS, forgets=ROUND, outcome="care_or_permanence", confirm=True),
)  # fmt: skip

MOVING = (
    Move("learn_of_move", UNDER_WAY, SAME, WORKERS, sources.NOTTINGHAMSHIRE, "Record that the family may be moving",
         records=forms.MOVE_HEARD, emits=(Emit("move_known", when=forms.nothing_awaited("move_known", "move_shared")),)),
    Move("share_move", UNDER_WAY, SAME, (*SOCIAL_WORKERS, *TEAM), sources.NOTTINGHAMSHIRE, "Tell the new authority",
         records=forms.MOVE_SHARED, emits=(Emit("move_shared"),)),
    Move("notify_permanent_move", ON_PLAN, "transferring_out", (*SOCIAL_WORKERS, *TEAM), sources.ENDING,
         "Notify a permanent move", (forms.move_not_notified,), forms.MOVE, emits=(Emit("permanent_move_notified"),)),
    Move("resume_move", ON_PLAN, "transferring_out", (*SOCIAL_WORKERS, *TEAM), sources.ENDING,
         "Go on with the move already notified", (forms.move_notified,), None,
         (Emit("permanent_move_notified", at="permanent_move_notified"),)),
    Move("cancel_move", ("transferring_out",), "plan", (*SOCIAL_WORKERS, *TEAM), sources.ENDING,
         "The family stays: the plan goes on here", records=forms.MOVE_STOPPED, forgets=("permanent_move_notified",)),
    Move("complete_transfer", ("transferring_out",), "ended", TEAM, sources.ENDING, "Their conference was held: end our plan",
         records=forms.MOVE_COMPLETE, emits=(Emit("transfer_conference_held", at="their_conference_on"),), fires=PLAN_ENDS,
         outcome="moved", confirm=True),
    Move("papers_received", TRANSFERRING_IN, SAME, CONFERENCE_UNIT + TEAM, sources.ENDING,
         "Record the papers of the other authority", records=forms.TRANSFER_PAPERS),
    Move("cancel_transfer_in", TRANSFERRING_IN, "closed", TEAM, sources.ENDING, "The family did not move here",
         records=forms.MOVED_BEFORE_PLAN, outcome="did_not_move", confirm=True),
)  # fmt: skip

BEFORE_BIRTH = (
    Move("prebirth_assessed", PREBIRTH_DUE, SAME, (*SOCIAL_WORKERS, *TEAM), sources.LONDON, "Record the pre-birth assessment",
         records=forms.PREBIRTH_ASSESSMENT, emits=(Emit("prebirth_assessed"),)),
    Move("close_prebirth", PREBIRTH_DUE, "closed", TEAM, sources.LONDON, "Close: no conference is needed",
         (forms.prebirth_assessed,), forms.PREBIRTH_CLOSED, outcome="no_further_action", confirm=True),
    Move("close_prebirth_to_child_in_need", PREBIRTH_DUE, "closed", TEAM, sources.LONDON, "No conference: child in need plan",
         (forms.prebirth_assessed,), forms.PREBIRTH_CLOSED, (), PLAN_IN_NEED, outcome="child_in_need", confirm=True),
    *born(PREBIRTH_DUE, "awaiting_icpc", cites=sources.LIVERPOOL, conditions=()),
    *born((*PLAN_LASTS, "review_conference"), cites=sources.LIVERPOOL, conditions=(forms.birth_to_come,),
          emits=(Emit("birth_of_child_on_prebirth_plan", at="birth_date"),)),
    *born((*STRATEGY, *S47, *AWAITING, *TRANSFERRING_IN, *FIRST)),
)  # fmt: skip

ANY_TIME = (
    Move("identify_immediate_risk", UNDER_WAY, SAME, (*WORKERS,), sources.S47, "Record a danger now", records=forms.IMMEDIATE,
         emits=(Emit("immediate_risk_identified", when=forms.nothing_awaited("immediate_risk_identified", "strategy_discussion_held")),)),
    Move("seek_immediate_protection", UNDER_WAY, SAME, (*SOCIAL_WORKERS, *TEAM, Role.POLICE), sources.S46,
         "Seek immediate protection", records=forms.SAFETY_PLAN, opens=(Opens("immediate_protection", "sought"),)),
    Move("suspect_harm", (*S47, *PREPARING, *CONFERENCES), SAME, ASKS, sources.S47, "Ask for a further strategy discussion", records=forms.HARM,
         emits=(Emit("strategy_decision_made", when=forms.nothing_awaited("strategy_decision_made", "strategy_discussion_held")),)),
    Move("strategy_discussed", (*S47, *PREPARING, *CONFERENCES), SAME, TEAM, sources.STRATEGY, "Record a further strategy discussion",
         records=forms.STRATEGY_FOLLOW_UP, emits=(DISCUSSED,), fires=TOLD),
    Move("child_accommodated", UNDER_WAY, SAME, (*SOCIAL_WORKERS, *TEAM), sources.S20, "Record that the child is looked after",
         records=forms.ENTERED_CARE, emits=(Emit("child_accommodated"),)),
    Move("send_decisions", AFTER_A_CONFERENCE, SAME, CONFERENCE_UNIT, sources.LONDON, "Send the decisions letter",
         records=forms.LETTERS, emits=(Emit("decisions_sent"),)),
    Move("send_minutes", AFTER_A_CONFERENCE, SAME, CONFERENCE_UNIT, sources.LONDON, "Send the minutes",
         records=forms.LETTERS, emits=(Emit("minutes_sent"),)),
)  # fmt: skip

MOVES = (
    *DISCUSSION,
    *ENQUIRY,
    *booking_moves(BEFORE_A_PLAN, PLAN_LASTS),
    *stage_moves(PREPARING, CONFERENCES),
    *FIRST_CONFERENCE,
    *_no_plan(("conference", "prebirth_conference"), INITIAL),
    *_no_plan(("transfer_conference",), TRANSFERRED),
    *REVIEWING,
    *BEFORE_BIRTH,
    *MOVING,
    *ANY_TIME,
    named_for_step_down((*S47, *PREPARING, *CONFERENCES)),
    allocated(OPEN, who=(*MANAGERS, FRONT_DOOR_WORKERS[1])),
    *records_everywhere(OPEN),
    died(OPEN, "ended"),
    *at_18(UNDER_WAY, "ended"),
)

CONFERENCE_DUE = (*S47, *AWAITING, "conference")
REVIEW_DUE = (*PLAN_LASTS, "review_conference")
CLOCKS = (
    Clock("fd.s47_child_seen", ("child_seen",), "See the child", (*STRATEGY, *S47), action="child_seen"),
    Clock("cp.strategy_immediate", ("strategy_discussion_held",), "Hold the strategy discussion", UNDER_WAY),
    Clock("cp.strategy", ("strategy_discussion_held",), "Hold the strategy discussion", UNDER_WAY),
    Clock("cp.icpc", ("icpc_held",), "Hold the conference", CONFERENCE_DUE, "icpc_missed", "start_conference", warn=(2, "working_day")),
    Clock("cp.icpc_request", ("conference_requested", "conference_booked"), "Ask for the conference", AWAITING, action="request_conference"),
    Clock("cp.report_icpc", ("reports_complete",), "Get the agency reports", (*BEFORE_A_PLAN, *FIRST), action="report_received"),
    Clock("cp.report_rcpc", ("reports_complete",), "Get the agency reports", REVIEW_DUE, action="report_received"),
    Clock("cp.decision_letter", ("decisions_sent",), "Send the decisions letter", AFTER_A_CONFERENCE, action="send_decisions"),
    Clock("cp.minutes", ("minutes_sent",), "Send the minutes", AFTER_A_CONFERENCE, action="send_minutes"),
    Clock("cp.coregroup_first", ("coregroup_held",), "Hold the first core group", REVIEW_DUE, action="core_group_held"),
    Clock("cp.coregroup_next", ("coregroup_held",), "Hold the core group", REVIEW_DUE, action="core_group_held"),
    Clock("cp.visit", ("child_seen",), "See the child", UNDER_WAY, action="child_seen"),
    Clock("cp.rcpc_first", ("rcpc_held",), "Hold the first review conference", REVIEW_DUE, "rcpc_missed", "start_conference", warn=(1, "month")),
    Clock("cp.rcpc_next", ("rcpc_held",), "Hold the review conference", REVIEW_DUE, "rcpc_missed", "start_conference", warn=(1, "month")),
    Clock("cp.rcpc_prebirth", ("rcpc_held",), "Review the plan after the birth", REVIEW_DUE, "rcpc_missed", "start_conference"),
    Clock("cp.prebirth_icpc", ("icpc_held",), "Hold the pre-birth conference", (*PREBIRTH_DUE, "prebirth_conference"), action="start_conference"),
    Clock("cp.transfer_in", ("transfer_conference_held",), "Hold the transfer conference",
          (*TRANSFERRING_IN, "transfer_conference", "transferring_out"), action="start_conference"),
    Clock("cp.move_shared", ("move_shared", "permanent_move_notified"), "Tell the new authority", UNDER_WAY, action="share_move"),
    Clock("cp.age_18", (), "Complete the closure at 18", UNDER_WAY, "reached_18", "complete_closure", gate=True, warn=(6, "month")),
)  # fmt: skip

PATHWAY = Pathway(
    name="child_protection",
    title="Child protection: enquiry, conference and plan",
    prefix="CP",
    version="2026.1",
    checked=date(2026, 11, 22),
    entries=ENTRIES,
    states=STATES,
    moves=MOVES,
    clocks=CLOCKS,
    opened_in=("strategy", "transferring_in", "prebirth"),
    stages=STAGES,
    facts=("birth_date", "expected_delivery_date", "referral_received", "s47_route_decided", "quorum"),
    team="conference",
)
