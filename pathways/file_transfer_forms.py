"""What is written down when a child's safeguarding file goes to the next setting, and what its moves ask for."""

from __future__ import annotations

from collections.abc import Iterable

from pathways import sources
from pathways.definitions import CaseFacts, Evidence, Field, needs
from pathways.evidence import AT_SCHOOL, CHILD_VIEW, REASONS, yes
from pathways.roles import Role

SENDERS = (
    Role.DSL,
    Role.DEPUTY_DSL,
    Role.HEADTEACHER,
    Role.PRINCIPAL,
    Role.CME_COORDINATOR,
    Role.EWO,
    Role.RECORDS_OFFICER,
    Role.COORDINATOR,
)
RECEIVERS = (*SENDERS, Role.ADMISSIONS)

SCHOOL, COLLEGE, REFERRAL_UNIT, SPECIAL = (
    "school",
    "college, under 18",
    "pupil referral unit",
    "special school",
)
NOWHERE, AT_HOME, ALTERNATIVE = "none: missing education", "educated at home", "alternative provision"
NEXT = (SCHOOL, COLLEGE, REFERRAL_UNIT, SPECIAL, NOWHERE, AT_HOME, ALTERNATIVE)
TO_THE_AUTHORITY = (NOWHERE, AT_HOME, ALTERNATIVE)
SETTING, AUTHORITY = "the next setting", "the authority's officer"
BY_HAND, POST, ELECTRONIC = "by hand", "special delivery", "secure transfer"

GOING = Evidence(
    "file_going", "Safeguarding file to be passed on",
    (
        Field("leaves_from", "Which setting holds the file?", required=True),
        Field("goes_on", "Where is the child educated next?", "choice", NEXT, required=True, fact="goes_on"),
        Field("goes_to", "Which setting or office is that?", required=True),
        AT_SCHOOL,
    ),
)  # fmt: skip
TALK = Evidence(
    "transfer_talk", "Talk with those who take the file",
    (
        Field("with_whom", "With whom (by role)?", required=True),
        Field("content", "What was said of the child's needs and of what is on the file?", required=True),
        Field("ready", "What have they put in place from the first day?", required=True),
    ),
)  # fmt: skip
SENT = Evidence(
    "file_sent", "Safeguarding file handed over",
    (
        Field("to", "To whom does it go?", "choice", (SETTING, AUTHORITY), required=True, fact="sent_to"),
        Field("how", "How does it go?", "choice", (BY_HAND, POST, ELECTRONIC), required=True),
        Field("post_number", "What is the number of the special delivery?", when=("how", POST)),
        Field("fingerprint", "What is the fingerprint of the sealed export?", "code", fact="sent_print"),
        Field("pages", "How many pages has it, with the chronology in front?", "number", required=True, fact="pages_sent"),
        Field("apart", "Does it go apart from the ordinary school file?", "yes_no", required=True, fact="sent_apart"),
        Field("signed_by", "Who hands it over (by role)?", required=True),
    ),
)  # fmt: skip
CHASED = Evidence(
    "receipt_chased", "Receipt asked for again",
    (
        Field("whom", "Whom was asked (by role), and how?", required=True),
        Field("answer", "What did they say?", required=True),
    ),
)  # fmt: skip
RECEIPT = Evidence(
    "file_receipt", "Receipt for the safeguarding file",
    (
        Field("name_and_role", "Who signs for it there (name and role)?", required=True),
        Field("signed", "Is the receipt signed?", "yes_no", required=True, fact="receipt_signed_by_them"),
        Field("right_place", "Has it come to whom it was sent?", "yes_no", required=True, fact="right_place"),
        Field("pages", "How many pages have come?", "number", required=True, fact="pages_received"),
        Field("fingerprint", "What is the fingerprint of the export as it came?", "code", fact="received_print"),
    ),
)  # fmt: skip
ACCEPTED = Evidence(
    "receipt_checked", "Receipt checked against what was sent",
    (
        Field("checked_by", "Who has checked it (by role)?", required=True),
        Field("kept_where", "Where is the signed receipt kept?", required=True),
    ),
    "decision",
)  # fmt: skip
GAP = Evidence(
    "file_gap", "File did not arrive as it was sent",
    (
        Field("what", "What is missing, or where did it go instead?", required=True),
        Field("breach", "Is it a data breach, who has been told, and by when?", required=True),
    ),
)  # fmt: skip
DESTROYED = Evidence(
    "copy_destroyed", "Copy destroyed",
    (
        Field("how", "How was the copy destroyed, on paper and in every store?", required=True),
        Field("legal_ground", "Does any law or hold require the copy to be kept?", "yes_no", required=True, fact="legal_ground"),
        Field("witness", "Who saw it done (by role)?", required=True),
    ),
    "decision",
)  # fmt: skip
KEPT = Evidence(
    "copy_kept", "Copy kept",
    (
        Field("ground", "On which legal ground is a copy kept?", required=True),
        Field("until", "Until when, or until what has happened?", required=True),
        Field("who_sees", "Who may see it (by role)?", required=True),
    ),
    "decision",
)  # fmt: skip
NOT_NEEDED = Evidence(
    "no_transfer", "File not passed on",
    (REASONS, Field("stays_where", "Where does the file stay?", required=True), *CHILD_VIEW),
    "decision",
)  # fmt: skip


@needs(
    "the safeguarding lead has talked with those who take the file", sources.FILE_TRANSFER_HANDBOOK,
    id="transfer.talk", by=SENDERS, record="hold_talk",
)  # fmt: skip
def talked(facts: CaseFacts) -> bool:
    """Whether somebody there knows the child's needs before the paper comes."""
    return facts.transfer_talk_held is not None


def _to_whom(facts: CaseFacts) -> Iterable[str]:
    return [f"This child's file goes to: {recipient(facts)}"]


def recipient(facts: CaseFacts) -> str:
    """To whom the file goes: the next setting; the authority's officer for a child who has none of their own."""
    return AUTHORITY if facts.goes_on in TO_THE_AUTHORITY else SETTING


@needs(
    "the file goes to the child's next setting, or to the authority's officer where there is none",
    sources.FILE_TRANSFER_HANDBOOK,
    id="transfer.recipient", by=SENDERS, record="send_file", missing=_to_whom,
)  # fmt: skip
def right_recipient(facts: CaseFacts) -> bool:
    """Whether it goes to whoever answers for the child next."""
    return bool(facts.sent_to == recipient(facts))


@needs(
    "the file goes apart from the ordinary school file", sources.FILE_TRANSFER,
    id="transfer.apart", by=SENDERS, record="send_file",
)  # fmt: skip
def apart(facts: CaseFacts) -> bool:
    """Whether nobody who opens the ordinary file finds it there."""
    return yes(facts.sent_apart)


@needs(
    "the receipt is signed by those to whom it was sent", sources.FILE_TRANSFER,
    id="transfer.receipt", by=RECEIVERS, record="report_gap",
)  # fmt: skip
def signed(facts: CaseFacts) -> bool:
    """Whether the other side says that it has it."""
    return yes(facts.receipt_signed_by_them) and yes(facts.right_place)


def _what_differs(facts: CaseFacts) -> Iterable[str]:
    if facts.pages_received != facts.pages_sent:
        yield f"Pages sent: {facts.pages_sent}; pages received: {facts.pages_received}"
    if facts.received_print != facts.sent_print:
        yield "The fingerprint of what came is not that of what was sent"


@needs(
    "the file arrived as it was sent", sources.FILE_TRANSFER,
    id="transfer.whole", by=RECEIVERS, record="report_gap", missing=_what_differs,
)  # fmt: skip
def whole(facts: CaseFacts) -> bool:
    """Whether every page came, and the sealed export, where there is one, unchanged."""
    return bool(facts.pages_received == facts.pages_sent and facts.received_print == facts.sent_print)


@needs(
    "no law or hold requires the copy to be kept", sources.FILE_TRANSFER_HANDBOOK,
    id="transfer.no_ground", by=SENDERS, record="keep_copy",
)  # fmt: skip
def no_legal_ground(facts: CaseFacts) -> bool:
    """Whether the copy may go."""
    return not yes(facts.legal_ground)
