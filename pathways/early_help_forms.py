"""What is written down in early help, and what its moves ask for."""

from pathways import sources
from pathways.definitions import CaseFacts, Evidence, Field, needs
from pathways.evidence import CHILD_VIEW, DISSENT, EDUCATION, PARTNERS, REASONS, SIBLINGS, WORKERS, yes
from pathways.roles import Role

LEVELS, LEVEL_WORDS = ("2", "3"), ("early help, one agency", "early help, several agencies")
BEGINNINGS = (
    "unmet need", "referral not accepted", "step down", "attendance", "alternative provision", "family asked",
)  # fmt: skip

OFFER = Evidence(
    "early_help_offer", "Early help offered",
    (
        Field("level", "Level of need", "choice", LEVELS, words=LEVEL_WORDS, required=True, fact="level"),
        Field("why_now", "What led to the offer?", "choice", BEGINNINGS, required=True),
        Field("needs", "Which needs are not met, and what has been tried?", required=True),
        Field("offered_to", "Who was offered it (by role), and how?", required=True),
        SIBLINGS,
    ),
)  # fmt: skip
GIVEN = Evidence(
    "early_help_consent", "Consent to early help",
    (
        Field("given", "Do the parents consent?", "yes_no", required=True, fact="consent"),
        Field("child_consents", "Does the child consent, where old enough to?", "choice",
              ("yes", "no", "too young"), required=True),
        Field("for_what", "To which help, and to sharing what with whom?", required=True),
    ),
    "decision",
)  # fmt: skip
REFUSED = Evidence(
    "consent_refused", "Consent refused or withdrawn",
    (Field("by_whom", "Who refuses (by role)?", required=True), Field("said", "What do they say?", required=True)),
)  # fmt: skip
LOGGED = Evidence(
    "hub_log", "Logged with the early help hub",
    (
        Field("reference", "Reference given by the hub", required=True),
        Field("advice", "What did the hub advise?"),
    ),
)  # fmt: skip
ASSESSMENT = Evidence(
    "early_help_assessment", "Early help assessment",
    (
        Field("agencies", "Which agencies took part (by role)?", required=True),
        Field("needs", "Needs of the child and the family", required=True, opinion=True),
        Field("strengths", "Strengths and protective factors", required=True, opinion=True),
        Field("parents_say", "What do the parents say?", required=True, opinion=True),
        Field("who_helps", "Who should be in the team around the family?", required=True),
        SIBLINGS, *CHILD_VIEW, *DISSENT,
    ),
    "decision",
)  # fmt: skip
TEAM_MEETING = Evidence(
    "team_around_the_family", "Team around the family",
    (
        Field("who", "Who was there (by role and agency), who was not?", required=True),
        Field("done", "What was done since the last plan, or what comes first?", required=True),
        Field("difference", "What difference has it made?", required=True, opinion=True),
        Field("plan", "Plan: outcome, who does what, by when", required=True),
        Field("next_on", "When does the team meet again?", "date", required=True, future=True),
        *CHILD_VIEW, *DISSENT,
    ),
)  # fmt: skip
RISK = Evidence(
    "refusal_judgement", "Risk judged without consent",
    (
        Field("will_grow", "Is the need likely to grow without help?", "yes_no", required=True),
        Field("why_no_referral", "A referral must then be considered: why is there none?", when=("will_grow", "yes"), opinion=True),
        Field("still_offered", "What is still there for the family, and how can they come back?", required=True),
        REASONS, *CHILD_VIEW, *DISSENT,
    ),
    "decision",
)  # fmt: skip
RESUMED = Evidence(
    "help_resumed", "Early help goes on",
    (Field("why", "What has changed: consent given again, referral not accepted?", required=True),), "decision",
)  # fmt: skip
STEP_UP = Evidence(
    "step_up", "Stepped up with a referral",
    (
        Field("last_review", "Last review: date, what was found, what was agreed", required=True),
        Field("tried", "What was tried, and what difference did it make?", required=True),
        Field("why_now", "Which level of need is met now, and how?", required=True, opinion=True),
        Field("consent", "Consent to the referral, or why there is none", required=True),
        SIBLINGS, *CHILD_VIEW, *DISSENT,
    ),
    "decision",
)  # fmt: skip
STEP_UP_ANSWER = Evidence(
    "step_up_answer", "Answer to the referral",
    (
        Field("answer", "What was decided, by whom (by role)?", required=True),
        Field("handed_over", "What goes over: plan, reviews, who stays involved?", required=True),
        *CHILD_VIEW,
    ),
    "decision",
)  # fmt: skip
TURNED_BACK = Evidence(
    "step_up_refused", "Referral not accepted",
    (
        Field("reasons_given", "Which reasons were given, against the levels?", required=True),
        Field("disputed", "Is the decision challenged?", "yes_no", required=True),
    ),
)  # fmt: skip
LEAD_ACCEPTS = Evidence(
    "step_down_accepted", "Lead accepted the step down",
    (
        Field("handed_over", "Which plan was handed over, from whom?", required=True),
        Field("first_meeting", "When does the team around the family first meet?", "date", required=True, future=True),
        *CHILD_VIEW,
    ),
    "decision",
)  # fmt: skip
LEAD_DECLINES = Evidence(
    "step_down_declined", "Lead did not accept",
    (Field("why", "Why not?", required=True), Field("told", "Who has been told, and who is asked next?", required=True)),
    "decision",
)  # fmt: skip
ENDING = Evidence(
    "early_help_ending", "Early help ended",
    (
        Field("outcomes", "Which outcomes were reached, which not?", required=True),
        Field("family_says", "What does the family say?", required=True, opinion=True),
        Field("who_stays", "Who stays involved, and how can the family come back?", required=True),
        REASONS, SIBLINGS, *CHILD_VIEW, *DISSENT,
    ),
    "decision",
)  # fmt: skip
MOVED = Evidence(
    "moved_away", "Family moved away",
    (
        Field("where_to", "To which authority?", required=True),
        Field("handed_over", "Who there was told (by role), with whose consent, and what was sent?", required=True),
        *CHILD_VIEW,
    ),
    "decision",
)  # fmt: skip


@needs(
    "the parents give their consent", sources.EARLY_HELP,
    id="consent.given", by=(Role.LEAD_PROFESSIONAL, *PARTNERS), record="give_consent",
)  # fmt: skip
def consent_given(facts: CaseFacts) -> bool:
    """Whether the answer just written down is a yes; a no is recorded as a refusal."""
    return yes(facts.consent)


@needs(
    "the family's consent stands", sources.EARLY_HELP,
    id="consent.stands", by=(Role.LEAD_PROFESSIONAL, *WORKERS), record="record_consent",
)  # fmt: skip
def consented(facts: CaseFacts) -> bool:
    """Whether there is consent now; early help is never given without it."""
    return yes(facts.consent)


@needs(
    "a lead professional is named and has accepted", sources.EARLY_HELP,
    id="early_help.lead", by=(Role.EARLY_HELP_HUB, *EDUCATION), record="allocate",
)  # fmt: skip
def lead_accepted(facts: CaseFacts) -> bool:
    """Whether the family knows whom to turn to."""
    return yes(facts.lead_accepted)


@needs(
    "the assessment is logged with the early help hub", sources.EARLY_HELP_HANDBOOK,
    id="assessment.logged", by=(Role.LEAD_PROFESSIONAL, Role.EARLY_HELP_HUB), record="log_with_hub",
)  # fmt: skip
def logged(facts: CaseFacts) -> bool:
    """Whether the hub knows of it, so that nobody starts a second one."""
    return facts.logged_with_hub is not None


@needs(
    "the team around the family has met; it is the team that ends a plan", sources.EARLY_HELP,
    id="ending.team", by=(Role.LEAD_PROFESSIONAL, *PARTNERS), record="team_met",
)  # fmt: skip
def team_has_met(facts: CaseFacts) -> bool:
    """Whether there was a meeting that could decide."""
    return facts.taf_held is not None


@needs(
    "the assessment is not finished", sources.EARLY_HELP,
    id="resume.assessing", by=(Role.EARLY_HELP_HUB,), record="resume_planning",
)  # fmt: skip
def assessment_open(facts: CaseFacts) -> bool:
    """Whether work stopped during the assessment."""
    return facts.eha_completed is None


@needs(
    "the assessment is finished and the team has not met yet", sources.EARLY_HELP,
    id="resume.planning", by=(Role.EARLY_HELP_HUB,), record="resume_assessment",
)  # fmt: skip
def planning_open(facts: CaseFacts) -> bool:
    """Whether work stopped before the first meeting."""
    return facts.eha_completed is not None and facts.taf_held is None


@needs(
    "the team around the family has met", sources.EARLY_HELP,
    id="resume.plan", by=(Role.EARLY_HELP_HUB,), record="resume_planning",
)  # fmt: skip
def plan_open(facts: CaseFacts) -> bool:
    """Whether work stopped while there was a plan."""
    return facts.taf_held is not None
