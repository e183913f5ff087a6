"""What is written down for the smaller duties, and what their moves ask for."""

from collections.abc import Iterable

from pathways import sources
from pathways.definitions import CaseFacts, Evidence, Field, needs
from pathways.evidence import CHILD_VIEW, DISSENT, REASONS, SIBLINGS, yes
from pathways.roles import Role

# -- female genital mutilation -------------------------------------------------------------------------

DISCOVERED = Evidence(
    "mutilation_discovered", "Genital mutilation discovered",
    (
        Field("how", "Was it seen, or did the girl say so?", "choice", ("seen", "told by the girl"), required=True),
        Field("what", "What was seen or said, in her own words?", required=True),
        Field("profession", "Who discovered it (by profession)?", "choice", ("teacher", "health worker", "social worker"), required=True),
        Field("lead_told", "Has the safeguarding lead been told?", "yes_no", required=True),
        SIBLINGS,
    ),
)  # fmt: skip
POLICE_TOLD = Evidence(
    "mutilation_reported", "Reported to the police",
    (
        Field("reference", "Police reference", required=True),
        Field("by_discoverer", "Did the person who discovered it report it themselves?", "yes_no", required=True),
        Field("why_other", "Why somebody else?", when=("by_discoverer", "no")),
        Field("family_told", "What was the family told, or why nothing?", required=True),
        *CHILD_VIEW,
    ),
)  # fmt: skip
NO_DUTY = Evidence(
    "mutilation_no_duty", "No duty to report",
    (
        Field("why", "Why?", "choice", ("was 18 or over", "reported already by somebody of the same profession", "was not discovered, only suspected"), required=True),
        Field("referred", "What is done instead, and who was told?", required=True),
        *CHILD_VIEW,
    ),
    "decision",
)  # fmt: skip

# -- serious incidents ---------------------------------------------------------------------------------

INCIDENT = Evidence(
    "serious_incident", "Serious incident known",
    (
        Field("what", "What happened?", required=True),
        Field("harm", "What happened to the child?", "choice", ("died", "seriously harmed", "looked after and died"), required=True),
        Field("suspected", "Is abuse or neglect known or suspected?", "yes_no", required=True),
        Field("others_safe", "What keeps other children safe now?", required=True),
    ),
)  # fmt: skip
PANEL_TOLD = Evidence(
    "panel_notified", "National panel notified",
    (Field("reference", "Reference given by the panel", required=True), Field("also_told", "Which partners and inspectorates were told?", required=True)),
)  # fmt: skip
REVIEW = Evidence(
    "rapid_review", "Rapid review",
    (
        Field("found", "What is known, and what was learned at once?", required=True),
        Field("immediate", "What is done at once to keep children safe?", required=True),
        Field("partners_agree", "Do all partners agree?", "yes_no", required=True),
        Field("sent_to_panel", "Was it sent to the panel?", "yes_no", required=True),
        REASONS, *DISSENT,
    ),
    "decision",
)  # fmt: skip
NOT_NOTIFIABLE = Evidence(
    "not_notifiable",
    "Not to be notified",
    (REASONS, Field("agreed_by", "Who agreed (by role)?", required=True)),
    "decision",
)

# -- children who go missing ---------------------------------------------------------------------------

MISSING = Evidence(
    "missing_report", "Child reported missing",
    (
        Field("since", "Since when, and from where?", required=True),
        Field("reference", "Police reference", required=True),
        Field("risks", "Which risks: exploitation, harm, health?", required=True, opinion=True),
        Field("looked_after", "Is the child looked after?", "yes_no", required=True),
    ),
)  # fmt: skip
BACK = Evidence(
    "missing_return", "Child back",
    (
        Field("how", "How did the child come back, and where is the child now?", required=True),
        Field("police_check", "Have the police made their own check?", "yes_no", required=True),
    ),
)  # fmt: skip
OFFER = Evidence(
    "interview_offer", "Return interview offered",
    (
        Field("interviewer", "Who will hold it (by role)?", required=True),
        Field("independent", "Is that person independent of the child's care and of the police?", "yes_no", required=True, fact="interviewer_independent"),
        Field("how", "How was it offered to the child?", required=True),
    ),
)  # fmt: skip
INTERVIEW = Evidence(
    "return_interview", "Return interview",
    (
        Field("why_left", "Why did the child go?", required=True),
        Field("what_happened", "What happened, with whom, where?", required=True),
        Field("what_helps", "What would help?", required=True),
        Field("late_because", "If later than 72 hours: why?"),
        Field("shared", "With whom is it shared?", required=True),
        *CHILD_VIEW,
    ),
)  # fmt: skip
DECLINED = Evidence(
    "interview_declined", "Return interview declined",
    (Field("why", "Why, in the child's words where possible?", required=True), Field("instead", "What was done instead?", required=True), *CHILD_VIEW),
    "decision",
)  # fmt: skip
NOT_MISSING = Evidence("not_missing", "Was not missing", (REASONS, *CHILD_VIEW), "decision")


@needs(
    "the interviewer is independent", sources.RETURN_INTERVIEW,
    id="interview.independent", by=(Role.TEAM_LEADER, Role.SOCIAL_WORKER), record="offer_interview",
    override=(Role.TEAM_LEADER, Role.SERVICE_MANAGER),
)  # fmt: skip
def independent(facts: CaseFacts) -> bool:
    """Whether the child can speak to somebody who has no part in it."""
    return yes(facts.interviewer_independent)


# -- duties without a clock ----------------------------------------------------------------------------

SLAVERY = Evidence(
    "slavery_suspected", "Victim of modern slavery suspected",
    (
        Field("signs", "Which signs were seen or told?", required=True),
        Field("kind", "Of which kind?", "choice", ("labour", "sexual", "criminal", "domestic servitude", "organs", "not known"), required=True),
        Field("age", "Is the person a child?", "choice", ("child", "adult", "not known: treated as a child"), required=True, fact="victim_age"),
        Field("safe_now", "What keeps the person safe now?", required=True),
    ),
)  # fmt: skip
SLAVERY_NOTIFIED = Evidence(
    "slavery_notified", "Home Office notified",
    (
        Field("reference", "Reference given", required=True),
        Field("consent", "Consent (adults only; a child needs none)", "choice", ("given", "not given: notified without a name", "child"), required=True, fact="victim_consent"),
        Field("advocate", "Has a child an independent advocate?", "choice", ("yes", "asked for", "adult"), required=True),
        *CHILD_VIEW,
    ),
)  # fmt: skip
NOT_NOTIFIED = Evidence(
    "slavery_not_notified",
    "Not notified",
    (REASONS, Field("instead", "What is done instead?", required=True), *CHILD_VIEW),
    "decision",
)


def _consent(facts: CaseFacts) -> Iterable[str]:
    return [f"Recorded as: {facts.victim_age}"]


@needs(
    "consent fits the person's age: a child is notified without it, an adult is named with it only", sources.MODERN_SLAVERY,
    id="slavery.consent", by=(Role.SOCIAL_WORKER, Role.POLICE), record="notify_home_office", missing=_consent,
)  # fmt: skip
def consent_fits(facts: CaseFacts) -> bool:
    """Whether nobody under 18 was kept back for want of consent, and no adult named against their will."""
    return bool((facts.victim_consent == "child") == (facts.victim_age != "adult"))


PREVENT_CONCERN = Evidence(
    "radicalisation_concern", "Concern about radicalisation",
    (
        Field("concern", "What was seen or heard (fact)?", required=True),
        Field("why", "Why does it worry you?", required=True, opinion=True),
        Field("risk_now", "Is anybody in danger now?", "yes_no", required=True),
    ),
)  # fmt: skip
PREVENT_REFERRED = Evidence(
    "radicalisation_referral", "Referred under Prevent",
    (Field("to", "To whom (by role), and its reference?", required=True), Field("consent", "Is the family told, or why not?", required=True), *CHILD_VIEW),
    "decision",
)  # fmt: skip
NOT_REFERRED = Evidence(
    "not_referred",
    "Not referred",
    (REASONS, Field("instead", "What is done instead?", required=True), *CHILD_VIEW),
    "decision",
)

LICENCE = Evidence(
    "licence_notice", "Licensing notice received",
    (
        Field("licence", "Which licence, and which premises?", required=True),
        Field("respond_by", "By when must the authority answer?", "date", required=True, future=True),
    ),
)  # fmt: skip
REPRESENTATION = Evidence(
    "licence_answer", "Answer to the licensing authority",
    (Field("said", "What was said about the protection of children?", required=True), REASONS), "decision",
)  # fmt: skip
NO_REPRESENTATION = Evidence(
    "licence_no_answer", "No answer to the licensing authority", (REASONS,), "decision"
)

AREAS = (
    "food", "clothing and warmth", "home", "safety and supervision", "health and teeth", "school", "affection",
    "boundaries", "none",
)  # fmt: skip
SCREEN = Evidence(
    "neglect_screen", "Neglect screening",
    (
        Field("areas", "In which parts of care is there a worry?", "choices", AREAS, required=True, fact="neglect_areas"),
        Field("seen", "What was seen, when, and how often?", required=True),
        Field("strengths", "What is good enough?", required=True),
        SIBLINGS, *CHILD_VIEW,
    ),
    "opinion",
)  # fmt: skip
SCREENED = Evidence(
    "neglect_decision", "What follows the screening",
    (Field("agreement", "Is there a working agreement of the agencies, and what is in it?", required=True), REASONS, *CHILD_VIEW, *DISSENT),
    "decision",
)  # fmt: skip


@needs(
    "the screening is done; it is a screen, not an assessment", sources.NEGLECT,
    id="neglect.screened", by=(Role.DSL, Role.HEALTH, Role.LEAD_PROFESSIONAL), record="record_screen",
)  # fmt: skip
def screened(facts: CaseFacts) -> bool:
    """Whether anybody has looked at every part of care."""
    return facts.neglect_screened is not None
