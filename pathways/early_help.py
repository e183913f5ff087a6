"""Early help: from the offer to the end of an early help plan, with the ways up to social care and back.

Opens   when help is offered at level 2 or 3, or when a plan of social care steps down.
Ends    by decision of the team around the family, when the family declines, or when social care has taken over.
Read    Working Together on early help; the schools safeguarding handbook, early help before and after a refusal.
Leaves  the decision on a referral to the front door, and a plan under section 17 to child in need.

Consent is asked for everything here. A refusal is judged, in writing: will the need grow without help? That
judgement may itself become a referral. A step up takes the last review along, and the help goes on until
somebody else has taken over. A step down is complete when the named lead has accepted it, not before: the
assessment that is handed over stands for the early help assessment, so the first meeting counts from there.
Six weeks after a meeting the review opens; after eight the case drifts. Neither takes anything away.
"""

from datetime import date

from pathways import early_help_forms as forms
from pathways import sources
from pathways.definitions import SAME, Clock, Emit, Entry, Move, Opens, Pathway, Stage, State
from pathways.evidence import (
    DEATH_KNOWN_BY,
    EDUCATION,
    MANAGERS,
    PARTNERS,
    WORKERS,
    at_18,
    born,
    died,
    led,
    records_everywhere,
    refer_harm,
    yes,
)  # fmt: skip
from pathways.roles import Role

STATES = (
    State("offered", "Early help offered: consent to be asked"),
    State("refused", "Consent refused: risk to be judged"),
    State("assessing", "Early help assessment under way"),
    State("step_down_offered", "Stepped down: lead to accept"),
    State("planned", "Team around the family to meet first"),
    State("active", "Early help plan in place"),
    State("review_due", "Six weeks since the team met: review"),
    State("drifting", "Eight weeks without a review"),
    State("stepping_up", "Referred up: answer awaited"),
    State("closing_at_18", "Child is 18: closure to complete"),
    State("stepped_up", "Taken over by social care", final=True),
    State("closed", "Closed", final=True),
)

ASSESSING, PLANNED = ("assessing",), ("planned",)
ON_PLAN = ("active", "review_due", "drifting")
WITH_CONSENT = (*ASSESSING, *PLANNED, *ON_PLAN)
STOPPED = ("refused", "stepping_up")
NOT_REFERRED = ("offered", "step_down_offered", *WITH_CONSENT, "refused")
UNDER_WAY = (*NOT_REFERRED, "stepping_up")
OPEN = (*UNDER_WAY, "closing_at_18")
LOGGED_IN = (*WITH_CONSENT, *STOPPED)

HELPERS = (Role.LEAD_PROFESSIONAL, Role.EARLY_HELP_HUB, *EDUCATION, *PARTNERS[4:8])
LEAD = (Role.LEAD_PROFESSIONAL, Role.DSL, Role.DEPUTY_DSL, Role.EARLY_HELP_HUB)
FAMILY = (Role.PARENT, Role.CHILD)
WRITERS = tuple(dict.fromkeys((*WORKERS, *EDUCATION)))
CLOSERS = (Role.LEAD_PROFESSIONAL, Role.EARLY_HELP_HUB, *MANAGERS)
CLOCK = (Role.CLOCK,)

MET = Emit("taf_held")
REFERRED = Opens("front_door", "submitted", emits=("marf_submitted", "referral_made_by_other_staff"))

ENTRIES = (
    Entry("early_help", "offered", HELPERS, sources.EARLY_HELP, "Offer early help", forms.OFFER, (Emit("early_help_offered"),)),
)  # fmt: skip

BEGINNING = (
    Move("give_consent", ("offered",), "assessing", HELPERS, sources.EARLY_HELP, "Record consent to early help",
         (forms.consent_given, forms.lead_accepted), forms.GIVEN, (Emit("eha_consented"),)),
    Move("refuse_consent", ("offered", "step_down_offered"), "refused", (*HELPERS, *FAMILY), sources.EARLY_HELP,
         "Record that consent is refused", records=forms.REFUSED, emits=(Emit("consent_refused"),), forgets=("consent",)),
    Move("withdraw_consent", WITH_CONSENT, "refused", (*HELPERS, *FAMILY), sources.EARLY_HELP,
         "Record that consent is withdrawn", records=forms.REFUSED, emits=(Emit("consent_refused"),), forgets=("consent",)),
    Move("log_with_hub", LOGGED_IN, SAME, LEAD, sources.EARLY_HELP_HANDBOOK, "Log the assessment with the hub",
         records=forms.LOGGED, emits=(Emit("logged_with_hub"),)),
    Move("complete_assessment", ASSESSING, "planned", HELPERS, sources.EARLY_HELP, "Complete the assessment",
         (forms.consented, forms.lead_accepted, forms.logged), forms.ASSESSMENT, (Emit("eha_completed"),)),
    Move("accept_step_down", ("step_down_offered",), "planned", LEAD, sources.LAST_MEETING, "Accept as the lead",
         (forms.consented, forms.lead_accepted), forms.LEAD_ACCEPTS, (Emit("step_down_accepted"), Emit("eha_completed"))),
    Move("decline_step_down", ("step_down_offered",), SAME, LEAD, sources.LAST_MEETING, "Decline to be the lead",
         records=forms.LEAD_DECLINES, emits=(Emit("step_down_declined"),), forgets=("lead_accepted",)),
)  # fmt: skip

MEETINGS = (
    Move("team_met", PLANNED, "active", HELPERS, sources.EARLY_HELP, "Record the first team around the family",
         (forms.consented, forms.lead_accepted), forms.TEAM_MEETING, (MET,)),
    Move("team_met", ON_PLAN, "active", HELPERS, sources.TRAFFORD, "Record a team around the family",
         (forms.consented,), forms.TEAM_MEETING, (MET,)),
    Move("review_opened", ("active",), "review_due", CLOCK, sources.TRAFFORD, "Six weeks since the team last met"),
    Move("review_missed", ("active", "review_due"), "drifting", CLOCK, sources.TRAFFORD, "Eight weeks without a review"),
)  # fmt: skip

UPWARDS = (
    Move("step_up", NOT_REFERRED, "stepping_up", WRITERS, sources.EARLY_HELP,
         "Step up: refer with the last review", records=forms.STEP_UP, emits=(Emit("stepped_up"),), opens=(REFERRED,)),
    Move("taken_over_as_child_in_need", UNDER_WAY, "stepped_up", CLOSERS, sources.S17, "Social care took over: child in need",
         records=forms.STEP_UP_ANSWER, outcome="stepped_up_cin", confirm=True),
    Move("taken_over_as_protection", UNDER_WAY, "stepped_up", CLOSERS, sources.S47,
         "Social care took over: child protection", records=forms.STEP_UP_ANSWER, outcome="stepped_up_cp", confirm=True),
    Move("child_in_need_plan_made", UNDER_WAY, "stepped_up", (Role.PATHWAY,), sources.S17, "A child in need plan took over",
         emits=(Emit("child_in_need_plan_made"),), outcome="stepped_up_cin"),
    Move("child_protection_plan_made", UNDER_WAY, "stepped_up", (Role.PATHWAY,), sources.PLAN, "A child protection plan took over",
         emits=(Emit("child_protection_plan_made"),), outcome="stepped_up_cp"),
    Move("step_up_refused", ("stepping_up",), SAME, HELPERS, sources.EARLY_HELP, "Record that it was not accepted",
         records=forms.TURNED_BACK, emits=(Emit("step_up_refused"),)),
    Move("judge_refusal_again", ("stepping_up",), "refused", HELPERS, sources.EARLY_HELP, "Not accepted, and no consent: judge again",
         records=forms.TURNED_BACK, emits=(Emit("step_up_refused"),)),
    refer_harm(UNDER_WAY),
)  # fmt: skip

GOING_ON = (
    Move("resume_assessment", STOPPED, "assessing", HELPERS, sources.EARLY_HELP, "Go on with the assessment",
         (forms.consented, forms.lead_accepted, forms.assessment_open), forms.RESUMED,
         (Emit("eha_consented", when=lambda facts: facts.eha_consented is None),)),
    Move("resume_planning", STOPPED, "planned", HELPERS, sources.EARLY_HELP, "Go on with the planning",
         (forms.consented, forms.lead_accepted, forms.planning_open), forms.RESUMED),
    Move("resume_plan", STOPPED, "active", HELPERS, sources.EARLY_HELP, "Go on with the plan",
         (forms.consented, forms.plan_open), forms.RESUMED),
)  # fmt: skip

ENDINGS = (
    Move("close_needs_met", ON_PLAN, "closed", HELPERS, sources.EARLY_HELP, "End: the outcomes are met",
         (forms.team_has_met,), forms.ENDING, outcome="needs_met", confirm=True),
    Move("close_single_agency", ("offered", *WITH_CONSENT), "closed", HELPERS, sources.EARLY_HELP, "End: one agency goes on alone",
         records=forms.ENDING, outcome="single_agency", confirm=True),
    Move("close_declined", ("refused",), "closed", HELPERS, sources.EARLY_HELP_HANDBOOK, "End: the family declines",
         records=forms.RISK, outcome="family_declined", confirm=True),
    Move("close_moved_away", UNDER_WAY, "closed", HELPERS, sources.EARLY_HELP, "End: the family moved away",
         records=forms.MOVED, outcome="moved_away", confirm=True),
)  # fmt: skip

MOVES = (
    *BEGINNING,
    *MEETINGS,
    *UPWARDS,
    *GOING_ON,
    *ENDINGS,
    led(OPEN, (*HELPERS, *MANAGERS, Role.FRONT_DOOR_MANAGER)),
    *records_everywhere(OPEN, WRITERS),
    *born(UNDER_WAY, who=WRITERS),
    died(OPEN, "closed", (*DEATH_KNOWN_BY, *HELPERS)),
    *at_18(UNDER_WAY, "closed", CLOSERS, "age_out"),
)

CLOCKS = (
    Clock("eh.log_with_hub", ("logged_with_hub",), "Log the assessment with the hub", LOGGED_IN, action="log_with_hub"),
    Clock("eh.assessment", ("eha_completed",), "Finish the assessment", (*ASSESSING, *STOPPED), action="complete_assessment", warn=(5, "working_day")),
    Clock("eh.first_taf", ("taf_held",), "Hold the first team meeting", (*PLANNED, *STOPPED), action="team_met"),
    Clock("eh.taf_review", ("taf_held",), "Review the early help plan", (*ON_PLAN, *STOPPED), "review_opened", "team_met"),
    Clock("eh.taf_review_max", ("taf_held",), "Review the plan: it is drifting", (*ON_PLAN, *STOPPED), "review_missed", "team_met"),
    Clock("cp.age_18", (), "Complete the closure at 18", UNDER_WAY, "reached_18", "complete_closure", gate=True, warn=(6, "month")),
)  # fmt: skip

STAGES = (
    Stage(1, "Lead named", lambda facts: yes(facts.lead_accepted)),
    Stage(2, "Consent given", lambda facts: yes(facts.consent)),
    Stage(3, "Logged with the hub", lambda facts: facts.logged_with_hub is not None, "eh.log_with_hub"),
    Stage(4, "Assessment completed", lambda facts: facts.eha_completed is not None, "eh.assessment"),
    Stage(5, "Team around the family", lambda facts: facts.taf_held is not None, "eh.taf_review_max"),
)

PATHWAY = Pathway(
    name="early_help",
    title="Early help: assessment, team around the family, plan",
    prefix="EH",
    version="2026.1",
    checked=date(2026, 11, 22),
    entries=ENTRIES,
    states=STATES,
    moves=MOVES,
    clocks=CLOCKS,
    opened_in=("offered", "step_down_offered"),
    stages=STAGES,
    facts=("birth_date", "expected_delivery_date"),
    team="early help",
)
