"""Allegations against people who work with children: from the report to an outcome in five words.

Opens   when an employer, or the designated officer (LADO), learns of an allegation.
Ends    with one of the five outcomes, or below the threshold, or with advice only.
Read    Working Together and Keeping Children Safe in Education, part four; the partnership manual, chapter 15.
Leaves  what a child needs to the child's own pathways. Years of keeping are facts of the rule table.

The subject is an adult. Nothing leads from here to a child's case, and nothing of an allegation is in one: what
a child needs is referred at the front door, as a referral of its own, by people. References are drawn at random.
Police, social care and employer work side by side; each strand is recorded, and none waits for a state.
Suspension is the employer's decision alone. Leaving does not stop the process. Where a person was removed
because of risk, the employer must tell the barring service, and no case is closed before that.
"""

from datetime import date

from pathways import allegations_forms as forms
from pathways import sources
from pathways.definitions import (
    SAME,
    Clock,
    Condition,
    Emit,
    Entry,
    Evidence,
    Move,
    Pathway,
    Source,
    Stage,
    State,
)
from pathways.evidence import PARTNERS, notes_everywhere
from pathways.roles import Role

STATES = (
    State("reported", "Reported: designated officer to be told"),
    State("triage", "With the designated officer"),
    State("no_case", "No case evident: to be settled"),
    State("meeting_pending", "Allegations meeting to be held"),
    State("enquiring", "Police, social care or employer at work"),
    State("review_due", "Review of the allegation due"),
    State("concluding", "Outcome to be agreed"),
    State("closed", "Closed", final=True),
)

REPORTED, TRIAGE, NO_CASE = ("reported",), ("triage",), ("no_case",)
REFERRED = (*TRIAGE, *NO_CASE)
AT_WORK = ("enquiring", "review_due")
WORKING = ("meeting_pending", *AT_WORK, "concluding")
OPEN = (*REPORTED, *REFERRED, *WORKING)

EMPLOYER, OFFICER = forms.EMPLOYER, forms.OFFICER
ANY_AGENCY = (
    *EMPLOYER,
    *OFFICER,
    *PARTNERS,
    Role.HR,
    Role.SOCIAL_WORKER,
    Role.TEAM_LEADER,
    Role.SERVICE_MANAGER,
    Role.FRONT_DOOR_MANAGER,
)
INSIDE = (
    *OFFICER,
    *EMPLOYER,
    Role.HR,
    Role.INVESTIGATOR,
    Role.POLICE,
    Role.SOCIAL_WORKER,
    Role.TEAM_LEADER,
    Role.COORDINATOR,
)
STRANDS = (*OFFICER, Role.POLICE, Role.SOCIAL_WORKER, Role.TEAM_LEADER)
CLOCK = (Role.CLOCK,)

KNOWN = Emit("allegation_known_to_employer")
RECEIVED = Emit("lado_referral_received")
CLOSED = Emit("lado_case_closed")
NOT_EARLY_YEARS = Emit("inspectorate_not_concerned", when=lambda facts: facts.setting != "early years")
INSPECTORATE_TOLD = Emit(
    "inspectorate_told", when=lambda facts: forms.REGULATORS[0] in facts.among("regulators_told")
)

ENTRIES = (
    Entry("allegation", "reported", (*ANY_AGENCY, Role.STAFF), sources.ALLEGATIONS, "Record an allegation known to the employer",
          forms.ALLEGATION, (KNOWN,)),
    Entry("to_officer", "triage", ANY_AGENCY, sources.ALLEGATIONS, "Record an allegation that came to the officer first",
          forms.ALLEGATION, (RECEIVED,)),
)  # fmt: skip

REPORTING = (
    Move("tell_senior_manager", (*REPORTED, *TRIAGE), SAME, (*ANY_AGENCY, Role.STAFF), sources.ALLEGATIONS, "Tell the senior manager",
         records=forms.SENIOR_TOLD, emits=(Emit("senior_manager_told"),)),
    Move("refer", REPORTED, "triage", ANY_AGENCY, sources.ALLEGATIONS, "Refer to the designated officer",
         records=forms.REFERRAL, emits=(RECEIVED,)),
    Move("tell_employer", TRIAGE, SAME, OFFICER, sources.ALLEGATIONS, "Tell the employer",
         records=forms.EMPLOYER_TOLD, emits=(Emit("allegation_known_to_employer", when=lambda facts: facts.allegation_known_to_employer is None),)),
    Move("record_setting", OPEN, SAME, (*EMPLOYER, *OFFICER), sources.ALLEGATIONS, "Record where the person works",
         records=forms.SETTING, emits=(NOT_EARLY_YEARS,)),
    Move("name_case_manager", OPEN, SAME, (*EMPLOYER, *OFFICER), sources.ALLEGATIONS_IN_SCHOOL, "Name the case manager",
         (forms.setting_known, forms.case_manager_fits), forms.CASE_MANAGER),
    Move("hold_initial_discussion", TRIAGE, SAME, OFFICER, sources.ALLEGATIONS, "Record the initial discussion",
         (forms.setting_known, forms.case_manager_named, forms.not_interviewed), forms.DISCUSSION, (Emit("initial_discussion_held"),)),
    Move("find_no_case", TRIAGE, "no_case", OFFICER, sources.ALLEGATIONS, "Find that no case is evident",
         (forms.discussed,), forms.NO_CASE, (Emit("lado_no_case_evident"),)),
    Move("decide_meeting", REFERRED, "meeting_pending", OFFICER, sources.ALLEGATIONS, "Decide on an allegations meeting",
         (forms.discussed, forms.threshold_met), forms.MEETING_NEEDED, (Emit("asm_decided"),)),
    Move("close_below_threshold", NO_CASE, "closed", OFFICER, sources.ALLEGATIONS, "Close: below the threshold",
         (forms.barring_done,), forms.NOT_TAKEN, (CLOSED,), outcome="below_threshold", confirm=True),
    Move("close_advice_only", NO_CASE, "closed", OFFICER, sources.ALLEGATIONS, "Close: advice only",
         (forms.barring_done,), forms.NOT_TAKEN, (CLOSED,), outcome="advice_only", confirm=True),
)  # fmt: skip

MEETINGS = (
    Move("record_strategy_discussion", WORKING, SAME, STRANDS, sources.STRATEGY, "Record that social care held a discussion",
         records=forms.STRATEGY, emits=(Emit("social_care_discussion_held"),)),
    Move("hold_meeting", ("meeting_pending",), "enquiring", OFFICER, sources.ALLEGATIONS, "Record the allegations meeting",
         (forms.police_there,), forms.MEETING, (Emit("asm_held"),)),
    Move("hold_review", AT_WORK, "enquiring", OFFICER, sources.ALLEGATIONS_MANUAL, "Record a review",
         records=forms.REVIEW, emits=(Emit("lado_review_held"),)),
    Move("hold_review", ("concluding",), SAME, OFFICER, sources.ALLEGATIONS_MANUAL, "Record a review",
         records=forms.REVIEW, emits=(Emit("lado_review_held"),)),
    Move("review_missed", ("enquiring",), "review_due", CLOCK, sources.ALLEGATIONS_MANUAL, "The date of the review has passed"),
    Move("record_police", (*REFERRED, *WORKING), SAME, STRANDS, sources.ALLEGATIONS, "Record where the police stand", records=forms.POLICE),
    Move("record_social_care", (*REFERRED, *WORKING), SAME, STRANDS, sources.ALLEGATIONS, "Record where social care stands",
         records=forms.SOCIAL_CARE),
    Move("finish_enquiries", AT_WORK, "concluding", OFFICER, sources.ALLEGATIONS, "Record that every strand has finished",
         (forms.strands_finished,), forms.CONCLUDED, (Emit("strands_finished"),)),
    Move("reopen_enquiries", ("concluding",), "enquiring", OFFICER, sources.ALLEGATIONS, "Reopen the enquiries", records=forms.REOPENED),
)  # fmt: skip


ONCE = ("person_removed_for_risk", "internal_investigation_concluded")
"""Said a second time, these must not begin their limit again."""


def _employer(
    trigger: str, says: str, records: Evidence, event: str, *conditions: Condition,
    source: tuple[str, ...] = WORKING, cites: Source = sources.DISCIPLINE,
) -> Move:  # fmt: skip
    """One step that is the employer's: it is the case manager's, and the case stays where it is."""
    own = (
        (forms.decided_by_case_manager(trigger),)
        if "decided_by" in {each.name for each in records.fields}
        else ()
    )
    once = Emit(event, when=lambda facts: getattr(facts, event) is None)
    return Move(trigger, source, SAME, EMPLOYER if own else (*EMPLOYER, Role.HR), cites, says,
                (*conditions, *own), records, (once if event in ONCE else Emit(event),))  # fmt: skip


BY_THE_EMPLOYER = (
    _employer("consider_suspension", "Record the employer's decision on suspension", forms.SUSPENSION, "suspension_considered",
              source=OPEN, cites=sources.ALLEGATIONS_IN_SCHOOL),
    _employer("start_employer_process", "Start the employer's process", forms.EMPLOYER_STARTS, "employer_process_started", forms.employer_may_act),
    _employer("decide_no_discipline", "Decide on no formal discipline", forms.EMPLOYER_DECIDES, "no_formal_discipline_decided"),
    _employer("take_employer_action", "Record the agreed action", forms.ACTION, "employer_action_taken"),
    _employer("decide_hearing_directly", "Decide on a hearing at once", forms.HEARING_DECIDED, "hearing_decided_without_investigation", forms.employer_may_act),
    _employer("appoint_investigator", "Appoint an investigator", forms.INVESTIGATOR, "investigator_appointed", forms.employer_may_act),
    _employer("decide_hearing_after_report", "Decide on a hearing after the report", forms.HEARING_DECIDED, "hearing_decided_after_report"),
    _employer("hold_hearing", "Record the hearing", forms.HEARING, "hearing_held"),
    _employer("finish_employer_process", "Record that the employer has finished", forms.EMPLOYER_DECIDES, "internal_investigation_concluded"),
    _employer("return_feedback_form", "Return the feedback form", forms.FEEDBACK, "feedback_form_returned", source=(*REFERRED, *WORKING)),
    _employer("remove_person", "Record that the person was removed for risk", forms.REMOVED, "person_removed_for_risk", source=OPEN, cites=sources.BARRING),
    _employer("refer_to_barring", "Refer to the barring service", forms.BARRED, "barring_referred", source=OPEN, cites=sources.BARRING),
    Move("receive_report", WORKING, SAME, (*EMPLOYER, Role.HR, Role.INVESTIGATOR), sources.DISCIPLINE, "Record the investigator's report",
         records=forms.INVESTIGATED, emits=(Emit("investigation_report_received"),)),
    Move("record_leaving", OPEN, SAME, INSIDE, sources.ALLEGATIONS_IN_SCHOOL, "Record leaving; the case goes on",
         records=forms.LEFT, emits=(Emit("person_left"),)),
    Move("consider_regulators", OPEN, SAME, (*EMPLOYER, *OFFICER), sources.ALLEGATIONS_IN_SCHOOL, "Consider regulators and professional bodies",
         records=forms.REGULATOR, emits=(Emit("regulators_considered"), INSPECTORATE_TOLD)),
)  # fmt: skip

DUTIES_DONE = (forms.feedback_here, forms.barring_done, forms.regulators_considered)


def _outcome(outcome: str, says: str, records: Evidence, *conditions: Condition) -> Move:
    """One of the five outcomes, agreed by officer and employer. It closes the case, and nothing may be left undone."""
    return Move(f"find_{outcome}", ("concluding",), "closed", OFFICER, sources.ALLEGATIONS, says,
                (*DUTIES_DONE, *conditions), records, (Emit("outcome_agreed"), CLOSED), outcome=outcome, confirm=True)  # fmt: skip


OUTCOMES = (
    _outcome("substantiated", "Outcome: substantiated", forms.OUTCOME),
    _outcome("malicious", "Outcome: malicious", forms.CLEARED),
    _outcome("false", "Outcome: false", forms.CLEARED, forms.false_is_used),
    _outcome("unsubstantiated", "Outcome: unsubstantiated", forms.OUTCOME),
    _outcome("unfounded", "Outcome: unfounded", forms.OUTCOME),
)

MOVES = (*REPORTING, *MEETINGS, *BY_THE_EMPLOYER, *OUTCOMES, *notes_everywhere(OPEN, INSIDE))

TO_REPORT = (*REPORTED, *TRIAGE)
CLOCKS = (
    Clock("lado.senior_manager", ("senior_manager_told",), "Tell the senior manager", TO_REPORT, action="tell_senior_manager"),
    Clock("lado.refer", ("lado_referral_received",), "Refer to the designated officer", REPORTED, action="refer"),
    # A target, never late: whether a referral was late is judged on the national limit above.
    Clock("lado.refer_local", ("lado_referral_received",), "Refer within a day (local target)", REPORTED, action="refer", gate=True),
    Clock("lado.ofsted_early_years", ("inspectorate_told", "inspectorate_not_concerned"), "Tell the early years inspectorate", OPEN, action="consider_regulators"),
    Clock("lado.initial_discussion", ("initial_discussion_held",), "Hold the initial discussion", TRIAGE, action="hold_initial_discussion"),
    Clock("lado.clear_case", ("lado_case_closed", "asm_decided"), "Settle the plainly unfounded case", NO_CASE, action="close_below_threshold"),
    Clock("lado.asm", ("asm_held",), "Hold the allegations meeting", ("meeting_pending",), action="hold_meeting"),
    Clock("lado.first_review", ("lado_review_held",), "Review the allegation", (*AT_WORK, "concluding"), "review_missed", "hold_review", warn=(5, "working_day")),
    Clock("lado.next_review", ("lado_review_held",), "Review the allegation again", (*AT_WORK, "concluding"), "review_missed", "hold_review", warn=(5, "working_day")),
    Clock("lado.employer_action", ("employer_action_taken",), "Take the agreed action", WORKING, action="take_employer_action"),
    Clock("lado.hearing_no_investigation", ("hearing_held",), "Hold the hearing", WORKING, action="hold_hearing"),
    Clock("lado.investigation_report", ("investigation_report_received",), "Get the investigator's report", WORKING, action="receive_report"),
    Clock("lado.hearing_decision", ("hearing_decided_after_report", "no_formal_discipline_decided", "internal_investigation_concluded"),
          "Decide whether there is a hearing", WORKING, action="decide_hearing_after_report"),
    Clock("lado.hearing_after_investigation", ("hearing_held",), "Hold the hearing after the report", WORKING, action="hold_hearing"),
    Clock("lado.feedback_form", ("feedback_form_returned",), "Return the feedback form", WORKING, action="return_feedback_form"),
    Clock("lado.dbs_referral", ("barring_referred",), "Refer to the barring service", OPEN, action="refer_to_barring", warn=(14, "calendar_day")),
    # Former national targets: counted in returns, enforced on nobody.
    Clock("lado.target_1m", ("lado_case_closed",), "Close within a month (target)", OPEN, gate=True),
    Clock("lado.target_3m", ("lado_case_closed",), "Close within three months (target)", OPEN),
    Clock("lado.target_12m", ("lado_case_closed",), "Close within a year (target)", OPEN),
)  # fmt: skip

STAGES = (
    Stage(1, "Senior manager told", lambda facts: facts.senior_manager_told is not None, "lado.senior_manager"),
    Stage(2, "Officer told", lambda facts: facts.lado_referral_received is not None, "lado.refer"),
    Stage(3, "Case manager named", lambda facts: facts.case_manager_accepted is not None),
    Stage(4, "Initial discussion held", lambda facts: facts.initial_discussion_held is not None, "lado.initial_discussion"),
    Stage(5, "Allegations meeting held", lambda facts: facts.asm_held is not None, "lado.asm"),
    Stage(6, "Every strand finished", lambda facts: facts.strands_finished is not None),
    Stage(7, "Regulators considered", lambda facts: facts.regulators_considered is not None),
    Stage(8, "Feedback form returned", lambda facts: facts.feedback_form_returned is not None, "lado.feedback_form"),
    Stage(9, "Outcome agreed", lambda facts: facts.outcome_agreed is not None),
)  # fmt: skip

PATHWAY = Pathway(
    name="allegations",
    title="Allegation about an adult who works with children",
    prefix="LADO",
    version="2026.1",
    checked=date(2026, 11, 22),
    entries=ENTRIES,
    states=STATES,
    moves=MOVES,
    clocks=CLOCKS,
    stages=STAGES,
    facts=("birth_date_of_adult", "false_outside_education"),
    team="allegations",
    cleared=(Role.LADO, Role.LADO_MANAGER),
)
