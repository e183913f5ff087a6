"""What is written down at the front door: the concern, the call, the referral form, the decision."""

from pathways import sources
from pathways.definitions import CaseFacts, Evidence, Field, needs
from pathways.evidence import AGENCIES, CHILD_VIEW, REASONS, SCHOOL, SIBLINGS, WORKERS, yes
from pathways.roles import Role

LEVELS = ("1", "2", "3", "4")
LEVEL_WORDS = ("universal", "early help, one agency", "early help, several agencies", "social care")
SOURCES = (
    "school", "police", "health", "early years", "housing", "local authority", "other authority",
    "voluntary sector", "family or neighbour", "the child", "anonymous", "other",
)  # fmt: skip

_LEVEL = Field("level", "Level of need", "choice", LEVELS, words=LEVEL_WORDS, required=True, fact="level")
_PARENTS = (
    Field("parents_told", "Are the parents told?", "yes_no", required=True),
    Field("how_told", "What may be said, by whom; who decided?", when=("parents_told", "yes")),
    Field("why_not_told", "Why are they not told; who decided?", when=("parents_told", "no")),
)

CONCERN = Evidence(
    "concern", "Concern noticed",
    (
        Field("seen_and_heard", "What was seen and heard, when and where (fact)?", required=True),
        Field("child_said", "What did the child say, in the child's own words?"),
        Field("worry", "What is the worry (opinion)?", required=True, opinion=True),
        Field("signed", "Is the note dated and signed?", "yes_no", required=True),
    ),
)  # fmt: skip
LEVEL = Evidence(
    "level_of_need", "Level of need matched",
    (_LEVEL, Field("criteria", "Which criteria of the level are met, and how?", required=True)), "opinion",
)  # fmt: skip
SUSPICION = Evidence(
    "suspicion", "Significant harm suspected",
    (Field("cause", "What gives reasonable cause to suspect it?", required=True, opinion=True),), "opinion",
)  # fmt: skip
EMERGENCY = Evidence(
    "emergency_call", "Police or ambulance called",
    (
        Field("why", "What was the danger?", required=True),
        Field("reference", "Reference given by the police or ambulance service", required=True),
    ),
)  # fmt: skip
CALL = Evidence(
    "phone_referral", "Referred by telephone",
    (
        Field("referrer", "Who refers?", "choice", SOURCES, required=True, fact="referrer"),
        Field("spoken_to", "Who took the call (by role)?", required=True),
        Field("what_happened", "What happened, in the caller's words?", required=True),
        Field("danger_now", "Is the child in danger now?", "yes_no", required=True),
        _LEVEL,
        *_PARENTS,
    ),
)  # fmt: skip
ARRIVAL = Evidence(
    "referral", "Referral received",
    (
        Field("referrer", "Who refers?", "choice", SOURCES, required=True, fact="referrer"),
        Field("arrived_by", "How did it arrive?", "choice", ("form", "letter", "e-mail", "in person", "notification"), required=True),
        Field("what_happened", "What happened, as the referrer tells it?", required=True),
        Field("danger_now", "Is the child in danger now?", "yes_no", required=True),
        _LEVEL,
        *_PARENTS,
    ),
)  # fmt: skip

QUALITY = (
    "late", "no source given", "no dates", "no context", "past and present mixed", "jargon", "opinion only",
    "no level match",
)  # fmt: skip


def _part(name: str, asks: str, *, opinion: bool = False) -> Field:
    return Field(name, asks, needed=True, opinion=opinion)


MARF = Evidence(
    "marf", "Multi-agency referral form",
    (
        _part("referrer", "Referrer: role, agency, how to reach them"),
        _part("child", "Child: age, gender, ethnicity, language, disability or special needs"),
        _part("siblings", "Brothers and sisters: the same of each"),
        _part("pupil_number", "Unique pupil number"),
        _part("household", "Household and regular visitors, with relationship"),
        _part("parental_responsibility", "Who has parental responsibility?"),
        _part("communication", "Interpreter or other communication need"),
        _part("agencies", "Agencies involved"),
        _part("incident", "What happened: dates, times, the child's own words, who was there"),
        _part("wishes", "The child's wishes; what was observed of the child"),
        _part("level_match", "Level of need and the criteria it meets"),
        _part("why_threshold", "Why this is significant harm, or a child in need", opinion=True),
        _part("risks", "Risks, by name", opinion=True),
        _part("interaction", "Family interaction seen"),
        _part("engagement", "Non-engagement and missed appointments"),
        _part("help_tried", "Help already offered and tried"),
        _part("impact", "Effect of alcohol, drugs, domestic abuse, neglect, mental health"),
        _part("home", "Home conditions, described and not labelled"),
        _part("others_know", "What other workers know"),
        _part("early_help", "Early help assessment and its last review"),
        _part("current_or_past", "What is now, and what is past?"),
        _part("chronology", "Events in order of date"),
        _part("strengths", "What works well: strengths and protective factors", opinion=True),
        _part("outcomes", "Outcomes wanted"),
        _part("not_known", "What is not known"),
        _part("consent_or_informing", "Consent, or the decision on informing parents"),
        Field("no_leading", "Were no leading questions put to the child?", "yes_no", required=True),
        Field("quality", "What is weak in this form?", "choices", QUALITY, fact="marf_quality"),
    ),
)  # fmt: skip
COPY = Evidence(
    "marf_copy", "Copy of the form filed",
    (Field("reference", "Reference number given by the front door", required=True), Field("where", "Where is the copy kept?", required=True)),
)  # fmt: skip
OVER_THE_LEAD = Evidence(
    "referral_by_staff", "Referred by a member of staff directly",
    (
        Field("why", "Why is it referred directly?", required=True),
        Field("what_happened", "What happened, as told to social care?", required=True),
        Field("lead_told", "Has the safeguarding lead been told?", "yes_no", required=True),
    ),
)  # fmt: skip
DECLINED = Evidence(
    "not_referring", "Decision not to refer",
    (REASONS, Field("instead", "What is done for the child instead?", required=True), *CHILD_VIEW), "decision",
)  # fmt: skip
LEAD_TOLD = Evidence(
    "lead_told", "Safeguarding lead told",
    (Field("how", "How was the safeguarding lead told?", required=True),),
)  # fmt: skip
RECEIVED = Evidence(
    "receipt", "Referral received at the front door",
    (Field("reference", "Reference given to the referrer", required=True),),
)  # fmt: skip
ACKNOWLEDGED = Evidence(
    "acknowledgement", "Referral acknowledged",
    (Field("how", "How was the referrer told that it has arrived?", required=True),),
)  # fmt: skip
ASKED_CONSENT = Evidence(
    "consent_request", "Parents asked for consent",
    (Field("whom", "Who was asked (by role), and what for?", required=True), Field("safe", "Is it safe to ask?", "yes_no", required=True)),
)  # fmt: skip
MORE = Evidence(
    "more_asked", "Referrer asked for more",
    (Field("what", "What is missing or unclear?", required=True),),
)  # fmt: skip
CHASED = Evidence(
    "chase", "Referrer asked what became of it",
    (Field("whom", "Who was asked (by role)?", required=True), Field("answer", "What was the answer?", required=True)),
)  # fmt: skip
CHECKS = Evidence(
    "partner_checks", "Partner checks",
    (
        Field("agencies", "Which agencies were asked?", "choices", AGENCIES, required=True),
        Field("found", "What do they know, now and from the past?", required=True),
    ),
)  # fmt: skip
FEEDBACK = Evidence(
    "feedback", "Referrer told the outcome",
    (
        Field("told", "Was the referrer told?", "yes_no", required=True),
        Field("how", "How, and what were they told?", when=("told", "yes")),
        Field("why_not", "Why not (for example an anonymous caller)?", when=("told", "no")),
    ),
)  # fmt: skip

_DECISION = (
    Field("level", "Level of need found", "choice", LEVELS, words=LEVEL_WORDS, required=True, fact="level"),
    Field("reasons", "Reasons, matched to the levels of need", required=True, opinion=True),
    Field("history", "What past concerns were looked at?", required=True),
    SIBLINGS,
    *CHILD_VIEW,
)
DECISION = Evidence("referral_decision", "Decision on the referral", _DECISION, "decision")
REFUSAL = Evidence(
    "referral_refusal", "Decision that social care does not take the referral",
    (
        *_DECISION,
        Field("why_not_17", "Why is section 17 not met?", required=True, opinion=True),
        Field("why_not_47", "Why is section 47 not met?", required=True, opinion=True),
        Field("instead", "What help is there instead, and why is it enough?", required=True),
    ),
    "decision",
)  # fmt: skip
PASSED_ON = Evidence(
    "referral_passed_on", "Referral passed on",
    (*_DECISION, Field("to_whom", "To whom (by role and agency), and have they accepted?", required=True)), "decision",
)  # fmt: skip


@needs(
    "the concern has been matched to a level of need", sources.MARF,
    id="level.matched", by=(*SCHOOL, Role.EARLY_HELP_HUB), record="match_level",
)  # fmt: skip
def level_matched(facts: CaseFacts) -> bool:
    """Whether the level of need is known."""
    return facts.level is not None


@needs(
    "the level of need found is 2 or 3",
    sources.FLOWCHART,
    id="level.early_help",
    by=SCHOOL,
    record="match_level",
)
def early_help_level(facts: CaseFacts) -> bool:
    """Whether early help is the road; at level 4 a referral is required."""
    return facts.level in ("2", "3")


@needs(
    "the parents have consented, or it is recorded why they were not asked or refused", sources.MARF,
    id="marf.consent", by=SCHOOL, record="record_consent",
)  # fmt: skip
def consent_or_reason(facts: CaseFacts) -> bool:
    """Whether consent was settled; a refusal with its reason settles it too."""
    return facts.consent is not None


@needs(
    "every part of the form is filled in, or says why it is blank", sources.MARF,
    id="marf.complete", by=SCHOOL, record="submit_marf", missing=lambda facts: _blanks(facts),
)  # fmt: skip
def form_complete(facts: CaseFacts) -> bool:
    """Whether the form leaves nothing open; a blank with a reason is an answer."""
    return not facts.marf_missing


def _blanks(facts: CaseFacts) -> list[str]:
    left = facts.marf_missing
    asks = {each.name: each.asks for each in MARF.fields}
    return (
        [f"Not filled in: {asks.get(name, name)}" for name in left] if isinstance(left, list | tuple) else []
    )


@needs(
    "partner checks are noted", sources.FRONT_DOOR,
    id="decision.checks", by=(Role.FRONT_DOOR_SW, Role.CALL_HANDLER), record="record_checks",
    override=(Role.FRONT_DOOR_MANAGER, Role.EDT_OFFICER),
)  # fmt: skip
def checks_noted(facts: CaseFacts) -> bool:
    """Whether what partners know has been asked."""
    return facts.checks_noted is not None


@needs(
    "the parents consent to the assessment", sources.S17,
    id="decision.consent", by=WORKERS, record="record_consent", override=(Role.FRONT_DOOR_MANAGER,),
)  # fmt: skip
def consented(facts: CaseFacts) -> bool:
    """Whether there is consent; never asked for child protection."""
    return yes(facts.consent)
