"""What is written down about a notice under Operation Encompass, and what its moves ask for."""

from collections.abc import Iterable

from pathways import sources
from pathways.definitions import CaseFacts, Evidence, Field, needs
from pathways.evidence import AT_SCHOOL, CHILD_VIEW, REASONS, SIBLINGS
from pathways.roles import Role

SENDERS = (
    Role.POLICE,
    Role.FRONT_DOOR_SW,
    Role.FRONT_DOOR_MANAGER,
    Role.CALL_HANDLER,
    Role.EDT_OFFICER,
    Role.COORDINATOR,
)
KEY_ADULTS = (Role.DSL, Role.DEPUTY_DSL, Role.HEADTEACHER, Role.PRINCIPAL, Role.CME_COORDINATOR, Role.EWO)

SCHOOL, EARLY_YEARS, HOME, NO_SCHOOL = (
    "school or college",
    "early years setting",
    "educated at home",
    "without a school",
)
AUTHORITY = "the authority"
RECIPIENTS = (SCHOOL, EARLY_YEARS, AUTHORITY)

INCIDENT = Evidence(
    "domestic_abuse_incident", "Domestic abuse incident known to the police",
    (
        Field("reference", "Police reference", required=True),
        Field("when_and_where", "When and where was it?", required=True),
        Field("child_there", "Was the child there, or did the child see or hear it?", "yes_no", required=True),
        Field("circumstances", "What happened, as far as the key adult must know?", required=True),
        Field("education", "Where is the child educated?", "choice", (SCHOOL, EARLY_YEARS, HOME, NO_SCHOOL), required=True, fact="education"),
        AT_SCHOOL, SIBLINGS, *CHILD_VIEW,
    ),
)  # fmt: skip
NOTICE = Evidence(
    "encompass_notice", "Notice sent",
    (
        Field("to", "To whom?", "choice", RECIPIENTS, required=True, fact="notice_to"),
        Field("how", "How was it sent, to which named key adult (by role)?", required=True),
        Field("late_because", "If the school opened before: why?"),
    ),
)  # fmt: skip
ELSEWHERE = Evidence(
    "notice_redirected", "Notice was for somebody else",
    (
        Field("education", "Where is the child educated?", "choice", (SCHOOL, EARLY_YEARS, HOME, NO_SCHOOL), required=True, fact="education"),
        Field("destroyed", "Has the wrong copy been destroyed?", "yes_no", required=True),
    ),
)  # fmt: skip
RECEIPT = Evidence(
    "notice_received", "Notice received",
    (
        Field("filed", "Where on the safeguarding file is it?", required=True),
        Field("who_knows", "Who needs to know, and who does not?", required=True),
    ),
)  # fmt: skip
SUPPORT = Evidence(
    "support", "Support offered",
    (
        Field("how", "How was the child supported, spoken or silent?", required=True),
        Field("noticed", "What was noticed about the child?", required=True),
        *CHILD_VIEW,
    ),
)  # fmt: skip
_LEVEL = Field("level", "Level of need found", "choice", ("1", "2", "3", "4"), required=True, fact="level")
REFERRED = Evidence(
    "encompass_referral", "Referred after a notice", (_LEVEL, REASONS, SIBLINGS, *CHILD_VIEW), "decision"
)
ENDED = Evidence(
    "encompass_ending", "Notice dealt with",
    (
        _LEVEL,
        Field("why_no_referral", "Why is it not referred?", required=True, opinion=True),
        Field("watch", "Who keeps an eye on the child, until when?", required=True),
        *CHILD_VIEW,
    ),
    "decision",
)  # fmt: skip
NOT_OURS = Evidence("encompass_not_ours", "Notice not sent", (REASONS, *CHILD_VIEW), "decision")


def recipient(facts: CaseFacts) -> str:
    """To whom the notice goes: the setting; the authority where a child has none."""
    education = facts.education
    return AUTHORITY if education in (HOME, NO_SCHOOL) else str(education or "")


def _to_whom(facts: CaseFacts) -> Iterable[str]:
    return [f"This child's notice goes to: {recipient(facts)}"]


@needs(
    "the notice goes to the child's own setting, or to the authority where there is none", sources.ENCOMPASS,
    id="notice.recipient", by=SENDERS, record="send_notice", missing=_to_whom,
)  # fmt: skip
def right_recipient(facts: CaseFacts) -> bool:
    """Whether it reaches somebody who knows the child, and nobody else."""
    return bool(facts.notice_to == recipient(facts))
