"""What is written down about an allegation, and what its moves ask for.

Nothing here names a child. What has to be done for a child is recorded in that child's own file, and nothing of
the allegation is in it.
"""

from collections.abc import Iterable

from pathways import sources
from pathways.definitions import CaseFacts, Condition, Evidence, Field, needs
from pathways.evidence import REASONS, yes
from pathways.roles import Role

EDUCATION = ("school", "college")
SETTINGS = (
    *EDUCATION, "early years", "fostering", "children's home", "health", "police", "council", "faith group",
    "sport or leisure", "voluntary sector", "agency or self-employed", "other",
)  # fmt: skip
HARMED, OFFENCE, RISK, SUITABILITY, NONE = (
    "harmed a child", "possible offence", "may pose a risk", "may not be suitable", "none",
)  # fmt: skip
CASE_MANAGERS = ("headteacher", "chair of governors", "employer's manager")
EMPLOYER = (Role.EMPLOYER_MANAGER, Role.HEADTEACHER, Role.PRINCIPAL, Role.CHAIR_OF_GOVERNORS, Role.PROPRIETOR)
OFFICER = (Role.LADO, Role.LADO_MANAGER)
REGULATORS = (
    "education inspectorate",
    "teaching regulator",
    "health regulator",
    "social work regulator",
    "other",
)

_DECIDER = Field(
    "decided_by", "Who decided?", "choice", CASE_MANAGERS, required=True, fact="employer_decider"
)
_STRAND = ("not involved", "under way", "finished")
UNDER_WAY = _STRAND[1]


def _yes_or_why(name: str, asks: str, why: str) -> tuple[Field, Field]:
    return (
        Field(name, asks, "yes_no", required=True),
        Field(f"{name}_why_not", why, when=(name, "no")),
    )


ALLEGATION = Evidence(
    "allegation", "Allegation or concern about an adult",
    (
        Field("work", "What is the adult's work with children: role and employer, as far as known?", required=True),
        Field("account", "What is alleged, in the person's own words?", required=True),
        Field("account_signed", "Is the account written, dated and signed?", "yes_no", required=True),
        Field("no_leading", "Were no leading questions asked?", "yes_no", required=True),
        Field("known_how", "How did the employer come to know of it, from whom (by role)?", required=True),
        Field("immediate_risk", "Is anybody at risk now?", "yes_no", required=True),
        Field("passed_on", "To whom was that passed at once (by role)?", when=("immediate_risk", "yes")),
        Field("earlier", "Were there earlier concerns? While the person works with children they count like new ones."),
    ),
)  # fmt: skip
SENIOR_TOLD = Evidence(
    "senior_manager_told", "Senior manager told",
    (Field("whom", "Who was told (by role)?", required=True),),
)  # fmt: skip
REFERRAL = Evidence(
    "officer_referral", "Referred to the designated officer",
    (
        Field("role_and_service", "The person's work: role, paid or not, since when", required=True),
        Field("history", "What else is known: past concerns, incident records?", required=True),
        Field("own_children", "Has the person children of their own, or other contact with children?", required=True),
        Field("interviewed", "Has the manager interviewed anyone?", "yes_no", required=True, fact="interviewed"),
        Field("interviewed_whom", "Whom, when, and what was asked?", when=("interviewed", "yes")),
        Field("late_because", "If later than one working day: why?"),
    ),
)  # fmt: skip
EMPLOYER_TOLD = Evidence(
    "employer_told", "Employer told",
    (Field("whom", "Who was told (by role)?", required=True), Field("what", "What may the employer know and say?", required=True)),
)  # fmt: skip
SETTING = Evidence(
    "setting", "Where the person works",
    (
        Field("setting", "In which kind of setting?", "choice", SETTINGS, required=True, fact="setting"),
        Field("is_head", "Is the person the head of it?", "yes_no", required=True, fact="subject_is_head"),
    ),
)  # fmt: skip
CASE_MANAGER = Evidence(
    "case_manager", "Case manager named",
    (
        Field("case_manager", "Who is the case manager?", "choice", CASE_MANAGERS, required=True, fact="case_manager"),
        Field("accepted", "Have they accepted?", "yes_no", required=True, fact="case_manager_accepted"),
    ),
    "decision",
)  # fmt: skip
SUSPENSION = Evidence(
    "suspension", "Suspension considered",
    (
        _DECIDER,
        Field("decision", "What was decided?", "choice", ("suspended", "not suspended", "suspension ended"), required=True),
        Field("alternatives", "Which alternatives were weighed?", required=True),
        Field("advice", "Who advised (by role), and what?", required=True),
        REASONS,
    ),
    "decision",
)  # fmt: skip
DISCUSSION = Evidence(
    "initial_discussion", "Initial discussion",
    (
        Field("limbs", "Which parts of the threshold are met?", "choices", (HARMED, OFFENCE, RISK, SUITABILITY, NONE), required=True, fact="threshold"),
        Field("in_scope", "Does the person work with children, paid or not?", "yes_no", required=True),
        Field("plainly_unfounded", "Is it plainly false or unfounded?", "yes_no", required=True),
        Field("more_needed", "Which further facts are needed?", required=True),
        Field("next_steps", "Agreed next steps: who does what?", required=True),
        Field("who_tells", "Who tells the person, the family and others what?", required=True),
    ),
    "decision",
)  # fmt: skip
NO_CASE = Evidence("no_case", "No case evident", (REASONS,), "decision")
MEETING_NEEDED = Evidence(
    "meeting_needed", "Allegations meeting needed",
    (Field("who_comes", "Who is asked to come (by role)?", required=True), REASONS), "decision",
)  # fmt: skip
NOT_TAKEN = Evidence(
    "not_taken", "Not a matter for the designated officer",
    (
        Field("employer_keeps", "What does the employer keep as a low-level concern, or do instead?", required=True),
        Field("advice", "What advice was given?", required=True),
        REASONS,
    ),
    "decision",
)  # fmt: skip
MEETING = Evidence(
    "allegations_meeting", "Allegations meeting",
    (
        Field("agencies", "Which took part?", "choices", ("police", "social care", "employer", "health", "regulator", "other"), required=True, fact="meeting_agencies"),
        Field("known", "What was known and said?", required=True),
        Field("discipline", "Does the employer's process run beside, or wait?", "choice", ("beside", "waits"), required=True),
        Field("actions", "Who does what, by when?", required=True),
        Field("support", "Which support is there for the person, and who keeps in touch?", required=True),
        Field("next_on", "When is the first review?", "date", required=True, future=True),
        REASONS,
    ),
    "decision",
)  # fmt: skip
STRATEGY = Evidence(
    "strategy_noted", "Strategy discussion of social care",
    (
        *_yes_or_why("officer_there", "Did the designated officer take part?", "Why not?"),
        *_yes_or_why("employer_there", "Was the employer there?", "Why was it better not?"),
    ),
)  # fmt: skip
REVIEW = Evidence(
    "allegation_review", "Review",
    (
        Field("progress", "What has happened in each strand?", required=True),
        Field("delay", "What causes delay, and what is done about it?", required=True),
        Field("next_on", "When is the next review?", "date", required=True, future=True),
    ),
)  # fmt: skip


def _strand(name: str, title: str, fact: str) -> Evidence:
    return Evidence(
        name, title,
        (
            Field("stage", "Where does it stand?", "choice", _STRAND, required=True, fact=fact),
            Field("what", "What has been done or decided?", required=True),
            Field("employer_may_act", "Do they agree that the employer acts meanwhile?", "yes_no", required=True, fact=f"{fact}_agrees"),
        ),
    )  # fmt: skip


POLICE = _strand("police_strand", "Police strand", "police")
SOCIAL_CARE = _strand("social_care_strand", "Social care strand", "social_care")
EMPLOYER_STARTS = Evidence(
    "employer_process", "Employer's process started",
    (_DECIDER, Field("how", "What does the employer do, under which procedure?", required=True)), "decision",
)  # fmt: skip
EMPLOYER_DECIDES = Evidence("employer_decision", "Employer's decision", (_DECIDER, REASONS), "decision")
HEARING_DECIDED = Evidence(
    "hearing_decision", "Hearing decided on",
    (_DECIDER, Field("hearing_on", "When is the hearing?", "date", required=True, future=True), REASONS), "decision",
)  # fmt: skip
INVESTIGATOR = Evidence(
    "investigator", "Investigator appointed",
    (
        _DECIDER,
        Field("independent", "Is the investigator independent of the line?", "yes_no", required=True),
        Field("why_not_independent", "Why not?", when=("independent", "no")),
        Field("terms", "What are the terms?", required=True),
    ),
    "decision",
)  # fmt: skip
INVESTIGATED = Evidence(
    "investigation_report", "Investigator's report",
    (Field("found", "What does the report find?", required=True),),
)  # fmt: skip
HEARING = Evidence(
    "hearing", "Hearing held",
    (Field("outcome", "What was decided?", required=True), Field("appeal", "Is there an appeal?", "yes_no", required=True)), "decision",
)  # fmt: skip
ACTION = Evidence(
    "employer_action", "Agreed action taken",
    (Field("what", "Which advice or action, and where is it filed?", required=True),),
)  # fmt: skip
REMOVED = Evidence(
    "removal", "Person removed because of risk",
    (
        Field("how", "How?", "choice", ("dismissed", "no longer used", "moved from work with children", "left before it was decided"), required=True),
        _DECIDER,
        REASONS,
    ),
    "decision",
)  # fmt: skip
BARRED = Evidence(
    "barring_referral", "Referred to the barring service",
    (Field("reference", "Reference given by the service", required=True), Field("sent_by", "Who sent it (by role)?", required=True)),
)  # fmt: skip
REGULATOR = Evidence(
    "regulator", "Regulators and professional bodies considered",
    (
        Field("regulators", "Which were told?", "choices", (*REGULATORS, "none"), required=True, fact="regulators_told"),
        Field("why", "What were they told, or why is none told?", required=True),
    ),
    "decision",
)  # fmt: skip
LEFT = Evidence(
    "person_left", "Person left or resigned",
    (Field("when_and_why", "When, and what reason was given?", required=True), Field("no_agreement", "Is there no agreement to stop the process?", "yes_no", required=True)),
)  # fmt: skip
CONCLUDED = Evidence(
    "strands_concluded", "All strands finished",
    (Field("summary", "What did each strand find?", required=True),),
)  # fmt: skip
REOPENED = Evidence("enquiries_reopened", "Enquiries reopened", (REASONS,), "decision")
FEEDBACK = Evidence(
    "feedback_form", "Employer's feedback form",
    (
        Field("outcome_of_employer", "What did the employer find and do?", required=True),
        Field("learning", "What does the employer change?", required=True),
    ),
)  # fmt: skip
OUTCOME = Evidence(
    "allegation_outcome", "Outcome of the allegation",
    (
        Field("agreed_with", "With whom was it agreed (by role)?", required=True),
        Field("evidence", "On which evidence does it rest?", required=True),
        Field("removed_for_risk", "Was the person removed because of risk, or would have been had they not left?", "yes_no", required=True, fact="removed_for_risk"),
        Field("summary_given", "Has the person been given a summary of the record?", "yes_no", required=True),
        Field("summary_why_not", "Why not?", when=("summary_given", "no")),
        Field("support", "Which support goes on, and for whom?", required=True),
        Field("learning", "What is learned, and who hears of it?", required=True),
        REASONS,
    ),
    "decision",
)  # fmt: skip
CLEARED = Evidence(
    "allegation_cleared", "Outcome that clears the person",
    (
        *OUTCOME.fields,
        Field("file_cleared", "Is it removed from the personnel file, and never in a reference?", "yes_no", required=True),
    ),
    "decision",
)  # fmt: skip


@needs(
    "nobody was interviewed before the designated officer was asked", sources.ALLEGATIONS_IN_SCHOOL,
    id="allegation.not_interviewed", by=EMPLOYER, record="refer", override=OFFICER,
)  # fmt: skip
def not_interviewed(facts: CaseFacts) -> bool:
    """Whether evidence is untouched; where it is not, the officer goes on knowingly."""
    return not yes(facts.interviewed)


@needs(
    "the setting is known", sources.ALLEGATIONS,
    id="allegation.setting", by=(*EMPLOYER, *OFFICER), record="record_setting",
)  # fmt: skip
def setting_known(facts: CaseFacts) -> bool:
    """Whether it is known who must act for the employer."""
    return facts.setting is not None and facts.subject_is_head is not None


@needs(
    "a case manager is named and has accepted", sources.ALLEGATIONS_IN_SCHOOL,
    id="allegation.case_manager", by=EMPLOYER, record="name_case_manager",
)  # fmt: skip
def case_manager_named(facts: CaseFacts) -> bool:
    """Whether somebody answers for the employer."""
    return yes(facts.case_manager_accepted)


def case_manager_for(facts: CaseFacts) -> str:
    """Who must act for the employer: the head, the chair of governors where the head is the subject."""
    headteacher, chair, manager = CASE_MANAGERS
    if facts.setting not in EDUCATION:
        return manager
    return chair if yes(facts.subject_is_head) else headteacher


def _wanted(facts: CaseFacts) -> Iterable[str]:
    return [f"In this setting: {case_manager_for(facts)}"]


@needs(
    "the case manager is the one for this setting", sources.ALLEGATIONS_IN_SCHOOL,
    id="case_manager.fits", by=EMPLOYER, record="name_case_manager", missing=_wanted,
)  # fmt: skip
def case_manager_fits(facts: CaseFacts) -> bool:
    """Whether the head is not the manager of a case about the head."""
    return bool(facts.case_manager == case_manager_for(facts))


def decided_by_case_manager(record: str) -> Condition:
    """The condition that an employer's decision was the case manager's; the move's own record says whose it was."""
    return needs(
        "the decision is the case manager's", sources.ALLEGATIONS_IN_SCHOOL,
        id=f"{record}.case_manager", by=EMPLOYER, record=record, missing=_wanted,
    )(lambda facts: bool(facts.employer_decider == case_manager_for(facts)))  # fmt: skip


@needs(
    "the initial discussion has been held", sources.ALLEGATIONS,
    id="allegation.discussed", by=OFFICER, record="hold_initial_discussion",
)  # fmt: skip
def discussed(facts: CaseFacts) -> bool:
    """Whether officer and employer have spoken."""
    return facts.initial_discussion_held is not None


@needs(
    "a part of the threshold is met; unsuitable behaviour counts in schools and colleges", sources.ALLEGATIONS_IN_SCHOOL,
    id="allegation.threshold", by=OFFICER, record="hold_initial_discussion", override=OFFICER,
)  # fmt: skip
def threshold_met(facts: CaseFacts) -> bool:
    """Whether it is a matter for the designated officer."""
    met = set(facts.among("threshold"))
    return bool(met & {HARMED, OFFENCE, RISK}) or (SUITABILITY in met and facts.setting in EDUCATION)


@needs(
    "the police took part, since an offence is possible", sources.ALLEGATIONS,
    id="meeting.police", by=OFFICER, record="hold_meeting", override=OFFICER,
)  # fmt: skip
def police_there(facts: CaseFacts) -> bool:
    """Whether the police were consulted wherever an offence is possible."""
    return OFFENCE not in facts.among("threshold") or "police" in facts.among("meeting_agencies")


def _in_the_way(facts: CaseFacts) -> Iterable[str]:
    for name, says in (("police", "The police"), ("social_care", "Social care")):
        if getattr(facts, name) == UNDER_WAY and not yes(getattr(facts, f"{name}_agrees")):
            yield f"{says} have not finished and have not agreed"


@needs(
    "police and social care agree, or have finished", sources.ALLEGATIONS,
    id="employer.may_act", by=(Role.POLICE, Role.SOCIAL_WORKER, *OFFICER), record="record_police", missing=_in_the_way,
)  # fmt: skip
def employer_may_act(facts: CaseFacts) -> bool:
    """Whether the employer's process would not harm theirs."""
    return not list(_in_the_way(facts))


def _running(facts: CaseFacts) -> Iterable[str]:
    if facts.police == UNDER_WAY:
        yield "The police have not finished"
    if facts.social_care == UNDER_WAY:
        yield "Social care has not finished"
    if facts.employer_process_started is not None and facts.internal_investigation_concluded is None:
        yield "The employer has not finished"


@needs(
    "police, social care and employer have finished", sources.ALLEGATIONS,
    id="strands.finished", by=OFFICER, record="finish_employer_process", missing=_running,
)  # fmt: skip
def strands_finished(facts: CaseFacts) -> bool:
    """Whether nothing is still running beside."""
    return not list(_running(facts))


@needs(
    "the employer's feedback form is here", sources.ALLEGATIONS_MANUAL,
    id="closing.feedback", by=EMPLOYER, record="return_feedback_form",
)  # fmt: skip
def feedback_here(facts: CaseFacts) -> bool:
    """Whether the employer has answered; a case is not closed without it."""
    return facts.feedback_form_returned is not None


@needs(
    "the barring service has been told, since a person was removed because of risk", sources.BARRING,
    id="closing.barring", by=EMPLOYER, record="refer_to_barring",
)  # fmt: skip
def barring_done(facts: CaseFacts) -> bool:
    """Whether the employer's legal duty is met where it applies; nobody may go ahead without it."""
    applies = facts.person_removed_for_risk is not None or yes(facts.removed_for_risk)
    return not applies or facts.barring_referred is not None


@needs(
    "regulators and professional bodies have been considered", sources.ALLEGATIONS_IN_SCHOOL,
    id="closing.regulators", by=(*EMPLOYER, *OFFICER), record="consider_regulators",
)  # fmt: skip
def regulators_considered(facts: CaseFacts) -> bool:
    """Whether it has been decided who else must know."""
    return facts.regulators_considered is not None


@needs(
    "the setting is a school or college; elsewhere the outcome 'false' is not used here", sources.ALLEGATIONS_MANUAL,
    id="outcome.false_in_education", by=OFFICER, record="record_setting",
)  # fmt: skip
def false_is_used(facts: CaseFacts) -> bool:
    """Whether this outcome exists in this setting; an authority may use it everywhere."""
    return facts.setting in EDUCATION or yes(facts.false_outside_education)
