"""The documents of a case: letters made and sent, papers that came in, each version kept with its fingerprint.

Making one is one transaction: the document, its page of the file and its entry on the trail. The entry's record names
the fingerprint, so that a kept file that was changed does not prove itself. Nothing here moves a case: that a letter
went out is told to the case by the move that stops its clock, which a person makes.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from models.access import NotTheirs, quiet_draft
from models.anchors import writing
from models.as_at import story
from models.draft import Draft
from models.draft_rows import write_draft
from models.letters.known import Gathered, gather
from models.plans import gatherings, standing
from models.queries import CaseView, case_view
from models.store import Store
from models.transaction import Transaction
from pathways import trail
from pathways.engine import Actor
from pathways.errors import NOT_FOUND, NOT_PROVEN, Mistyped, PathwayError
from pathways.evidence import EDUCATION, WORKERS
from pathways.letters import (
    KINDS,
    TO_COME,
    Kind,
    NotAllCanBeMade,
    Recipient,
    WouldReach,
    context,
    everyone,
    kind_of,
    recipient_of,
    secrets_from,
    told_in,
)
from pathways.moments import local_day, words
from pathways.roles import Role
from pathways.trail import FILE

RECORD = "document"
MADE, ADDED, SENT = f"{FILE}document_made", f"{FILE}document_added", f"{FILE}document_sent"
MADE_AS = "made_as"
"""In what an entry keeps that made or added a document: its kind, its template with its fingerprint, what it rests on."""
HOW = ("post", "recorded-delivery", "by-hand", "secure-e-mail", "portal")
"""How a document may go out."""
PAPERS = {
    "report": "Report",
    "letter": "Letter received",
    "order": "Order of a court",
    "photograph": "Photograph or drawing",
    "edited": "Letter as edited and sent",
    "other": "Other paper",
}
"""What a paper that is added may be, by the word that is typed."""
FORMS: dict[str, tuple[bytes, ...]] = {
    "docx": (b"PK\x03\x04",),
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "txt": (b"",),
    "eml": (b"",),
}
"""Forms of files that are kept, with how each begins."""
MOST_BYTES = 20 * 1024 * 1024
MAY_ADD = frozenset((*WORKERS, *EDUCATION, Role.LADO, Role.LADO_MANAGER, Role.RECORDS_OFFICER))


class NoSuchDocument(PathwayError):
    """The case has no document of this number. Arguments: the number, the reference."""

    code: ClassVar[int] = NOT_FOUND

    def __str__(self) -> str:
        number, reference = self.args
        return f"{reference} has no document {number}. See what there is: pathways documents list {reference}"


class SentAlready(PathwayError):
    """A document went out before; that stays as it was written. Arguments: the number, the day."""

    def __str__(self) -> str:
        number, day = self.args
        return f"Document {number} went out on {day} already. Nothing was changed. To send it again, make a new version."


class NotAsKept(PathwayError):
    """A kept file is not what its fingerprint says. One argument: the number."""

    code: ClassVar[int] = NOT_PROVEN

    def __str__(self) -> str:
        return (
            f"Document {self.args[0]} is not as it was kept: its fingerprint does not fit. It was not opened. "
            "Stop, and run: pathways audit verify"
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was made: for whom, its bytes and lines, and what it rests on. Not kept yet."""

    kind: Kind
    recipient: Recipient
    form: str
    content: bytes
    lines: tuple[str, ...]
    template: str
    template_print: str
    rests_on: tuple[int, ...]
    meeting_id: int | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A document once it is safely written: its number, version, page and fingerprint, and the line that proves it."""

    number: int
    version: int
    page: int
    fingerprint: str
    line: str
    then: str = ""


def fingerprint(content: bytes) -> str:
    """The fingerprint of a file: SHA-256 in hex."""
    return sha256(content).hexdigest()


# --- making --------------------------------------------------------------------------------------------------


def recipients_of(store: Store, view: CaseView, kind_name: str, today: date) -> list[Recipient]:
    """Everybody to whom a letter of this kind can be written on this case."""
    kind = kind_of(kind_name, view.row.pathway)
    with store.reading() as tx:
        known = gather(tx, view, office="", title="", today=today).known
    return [each for each in known.recipients if each.reader in kind.readers]


def write_letter(
    store: Store,
    reference: str,
    kind_name: str,
    to: str,
    *,
    actor: Actor,
    now: datetime,
    office: str,
    title: str,
    form: str = "docx",
    templates: Path | None = None,
) -> Letter:
    """Make a letter for one recipient; nothing is kept.

    Args:
        store: asked for its viewer.
        reference: the case.
        kind_name: a key of `KINDS`.
        to: the recipient, by the word that is typed: parent-1, child, school.
        actor: who writes.
        now: the present moment, aware; the letter bears its day.
        office: the office that writes, as its letters call it.
        title: the job title of who signs.
        form: docx or pdf.
        templates: the folder of the authority's own templates.

    Raises:
        NoSuchCase, Mistyped, NotForThem, NotTheirs, NotKnownYet, WouldReach, UnfitTemplate, NotSet, NotReady.
    """
    with store.reading() as tx:
        kind, found = _gathered(tx, reference, kind_name, actor, office, title, now)
    recipient = recipient_of(kind, to, found.known.recipients)
    return _written(kind, recipient, found, reference, form, templates, now)


def write_to_everyone(
    store: Store,
    reference: str,
    kind_name: str,
    *,
    without: Sequence[str] = (),
    actor: Actor,
    now: datetime,
    office: str,
    title: str,
    form: str = "docx",
    templates: Path | None = None,
) -> list[Letter]:
    """Make a letter of this kind for everybody who gets one, each for that recipient alone; nothing is kept.

    Args:
        without: recipients who are left out, by their word; see `pathways.letters.everyone`. The rest: as `write_letter`.

    Raises:
        NoSuchCase, Mistyped, NotForThem, NotTheirs, NotKnownYet, UnfitTemplate, NotSet, NotReady: no letter is made.
        NotAllCanBeMade: one of them would tell its reader what must not reach them, so that none is made.
    """
    with store.reading() as tx:
        kind, found = _gathered(tx, reference, kind_name, actor, office, title, now)
        view = case_view(tx, reference)
        entries = standing(story(tx, view.reference, view.row.id))
    gathered = gatherings(view.pathway, entries)
    about = gathered[-1 if kind.name in TO_COME or len(gathered) == 1 else -2]
    made, refused = [], []
    for each in everyone(kind, found.known.recipients, about, without, reference):
        try:
            made.append(_written(kind, each, found, reference, form, templates, now))
        except WouldReach as why:
            refused.append((each.word, why))
    if refused:
        raise NotAllCanBeMade(tuple(refused))
    return made


def _gathered(
    tx: Transaction, reference: str, kind_name: str, actor: Actor, office: str, title: str, now: datetime
) -> tuple[Kind, Gathered]:
    view = case_view(tx, reference)
    kind = kind_of(kind_name, view.row.pathway)
    _role(actor, kind.who, f"A letter of this kind ({kind.name})")
    to_come = kind.name in TO_COME
    return kind, gather(tx, view, office=office, title=title, today=local_day(now), to_come=to_come)


def _written(
    kind: Kind, recipient: Recipient, found: Gathered, reference: str, form: str, templates: Path | None, now: datetime
) -> Letter:  # fmt: skip
    """A letter for one recipient, looked through once more as it came out of its template."""
    from models.letters.word import fill, template_for, text_of

    given = context(kind, recipient, found.known, reference)
    name, template = template_for(kind, recipient.reader, templates)
    content = fill(name, template, given, title=kind.title, made_at=now, mark=found.mark)
    lines = text_of(content)
    said = [line for line in lines if line not in recipient.address]
    told_in(said, secrets_from(recipient, found.known), f"the template {name}")
    if form == "pdf":
        from models.letters.pdf import from_word

        content = from_word(content, now)
    return Letter(
        kind, recipient, form, content, tuple(lines), name, fingerprint(template), _rests_on(found, given), found.meeting_id
    )  # fmt: skip


def _rests_on(found: Gathered, given: dict[str, Any]) -> tuple[int, ...]:
    return tuple(sorted({seq for name, seq in found.entries.items() if given.get(name)}))


def _role(actor: Actor, who: Sequence[Role] | frozenset[Role], what: str) -> Role:
    """The role in which somebody acts.

    Raises:
        NotTheirs: they hold none that may.
    """
    own = next((role for role in who if role in actor.roles), None)
    role = own or next((role for role in who if actor.may_enter_for(role)), None)
    if role is None:
        listed = ", ".join(dict.fromkeys(each.label for each in who))
        raise NotTheirs(f"{what} is for: {listed}. Nothing was made.")
    return role


# --- keeping -------------------------------------------------------------------------------------------------


def keep(
    store: Store, reference: str, letter: Letter, *, actor: Actor, now: datetime, dry_run: bool = False
) -> Kept:
    """Keep a letter that was made: one transaction, with its page of the file and its entry on the trail."""
    return keep_all(store, reference, [letter], actor=actor, now=now, dry_run=dry_run)[0]


def keep_all(
    store: Store, reference: str, letters: Sequence[Letter], *, actor: Actor, now: datetime, dry_run: bool = False
) -> list[Kept]:  # fmt: skip
    """Keep letters that were made, all in one transaction; each has its own page, entry and fingerprint."""
    with writing(store, now, keep=not dry_run) as tx:
        return [_keep_letter(tx, reference, each, actor, now) for each in letters]


def _keep_letter(tx: Transaction, reference: str, letter: Letter, actor: Actor, now: datetime) -> Kept:
    role = _role(actor, letter.kind.who, f"A letter of this kind ({letter.kind.name})")
    return _keep(
            tx, reference, letter.content, action=MADE, kind=letter.kind.name,
            title=f"{letter.kind.title}, to {letter.recipient.word}", form=letter.form,
            recipient=letter.recipient.word, person_id=letter.recipient.person_id, template=letter.template,
            template_print=letter.template_print, rests_on=letter.rests_on, meeting_id=letter.meeting_id,
            actor=actor, role=role, now=now, then=letter.kind.then,
        )  # fmt: skip


def add(
    store: Store, reference: str, content: bytes, form: str, paper: str, *, actor: Actor, now: datetime, dry_run: bool = False
) -> Kept:  # fmt: skip
    """Keep a paper that came in.

    Raises:
        Mistyped: it is no paper of a kind or form that is kept, or too large.
    """
    if paper not in PAPERS:
        raise Mistyped(f"--as is one of: {', '.join(PAPERS)}.")
    form = {"jpeg": "jpg"}.get(form, form)
    if form not in FORMS or not content.startswith(FORMS[form]) or not content:
        raise Mistyped(
            f"Only these are kept, and as what they are: {', '.join(FORMS)}. Save the file anew as one of them."
        )
    if len(content) > MOST_BYTES:
        raise Mistyped("The file is larger than 20 MB. Make it smaller, and try again.")
    role = _role(actor, MAY_ADD, "Putting papers on a file")
    with writing(store, now, keep=not dry_run) as tx:
        return _keep(
            tx, reference, content, action=ADDED, kind=paper, title=PAPERS[paper], form=form, recipient="", person_id=None,
            template="", template_print="", rests_on=(), meeting_id=None, actor=actor, role=role, now=now,
        )  # fmt: skip


def _keep(
    tx: Transaction,
    reference: str,
    content: bytes,
    *,
    action: str,
    kind: str,
    title: str,
    form: str,
    recipient: str,
    person_id: int | None,
    template: str,
    template_print: str,
    rests_on: tuple[int, ...],
    meeting_id: int | None,
    actor: Actor,
    role: Role,
    now: datetime,
    then: str = "",
) -> Kept:
    draft = quiet_draft(tx, reference)
    there = tx.all("documents_of_case", case_id=draft.case_id)
    number = tx.need("last_document", case_id=draft.case_id).number + 1
    version = 1 + sum((each.kind, each.recipient) == (kind, recipient) for each in there)
    printed = fingerprint(content)
    body = {"document": number, "version": version, "form": form, "fingerprint": printed}
    if recipient:
        body["recipient"] = recipient
    draft.page = tx.need("last_page", case_id=draft.case_id).page + 1
    of = {"kind": kind, "template": template, "template_print": template_print, "rests_on": list(rests_on)}
    seq = _enter(draft, action, {"document": number, MADE_AS: of}, body, actor, role, now)
    draft.records.append({
        "case_ref": reference, "case_id": draft.case_id, "page": draft.page, "seq": seq, "kind": RECORD, "entry": "fact",
        "title": title, "happened_at": now, "recorded_at": now, "author": actor.name, "role": role, "body": body,
        "voided_seq": None, "destroyed_seq": None,
    })  # fmt: skip
    write_draft(tx, draft)
    tx.run(
        "add_document", case_ref=reference, case_id=draft.case_id, meeting_id=meeting_id, number=number, kind=kind,
        recipient=recipient, person_id=person_id, version=version, form=form, template=template,
        template_print=template_print, rests_on=list(rests_on), page=draft.page, seq=seq, made_at=now, made_by=actor.name,
        size=len(content), fingerprint=printed, content=b64encode(content).decode(), sent_at=None, sent_how=None,
        sent_by=None, sent_seq=None,
    )  # fmt: skip
    return Kept(number, version, draft.page, printed, f"saved - entry {seq} - {draft.head.hex()[:8]}", then)


def _enter(
    draft: Draft, action: str, told: dict[str, Any], body: dict[str, Any] | None, actor: Actor, role: Role, now: datetime
) -> int:  # fmt: skip
    extra = dict(told)
    if body is not None:
        extra["record"] = {"page": draft.page, "kind": RECORD, "print": trail.print_of(body)}
    return draft.enter(
        action, draft.state, actor=actor.name, role=role, effective_at=now, now=now, extra=extra
    )


# --- sent, opened, listed ------------------------------------------------------------------------------------


def sent_all(
    store: Store, reference: str, numbers: Sequence[int], how: str, *, actor: Actor, now: datetime, dry_run: bool = False
) -> list[Kept]:  # fmt: skip
    """Note that kept letters went out, and how, all in one transaction.

    Raises:
        NoSuchDocument: there is none of a number, or it is a paper that came in.
        SentAlready: one went out before.
        Mistyped: that is no way to send.
    """
    if how not in HOW:
        raise Mistyped(f"--how is one of: {', '.join(HOW)}.")
    with writing(store, now, keep=not dry_run) as tx:
        return [_sent(tx, reference, number, how, actor, now) for number in numbers]


def _sent(tx: Transaction, reference: str, number: int, how: str, actor: Actor, now: datetime) -> Kept:
    draft = quiet_draft(tx, reference)
    row = next(
        (each for each in tx.all("documents_of_case", case_id=draft.case_id) if each.number == number), None
    )
    if row is None or not is_letter(row):
        raise NoSuchDocument(number, reference)
    if row.sent_at is not None:
        raise SentAlready(number, words(local_day(row.sent_at)))
    kind = KINDS.get(row.kind)
    role = _role(actor, kind.who if kind else MAY_ADD, "Sending it")
    told = {"document": number, "how": how, "fingerprint": row.fingerprint}
    seq = _enter(draft, SENT, told, None, actor, role, now)
    write_draft(tx, draft)
    tx.run(
        "mark_document_sent", case_id=draft.case_id, number=number, sent_at=now, sent_how=how, sent_by=actor.name, sent_seq=seq
    )  # fmt: skip
    line = f"saved - entry {seq} - {draft.head.hex()[:8]}"
    return Kept(number, row.version, row.page, row.fingerprint, line, kind.then if kind else "")


def is_letter(row: Any) -> bool:
    """Whether a document is a letter of ours, and no paper that came in."""
    return row.kind in KINDS or row.kind == "edited"


def to_be_sent(tx: Transaction, view: CaseView) -> list[int]:
    """The letters of a case that did not go out, of each kind and recipient the newest, by number."""
    newest = {(each.kind, each.recipient): each for each in documents_of(tx, view) if is_letter(each)}
    return sorted(each.number for each in newest.values() if each.sent_at is None)


def documents_of(tx: Transaction, view: CaseView) -> list[Any]:
    """Every document of a case in the order in which they were kept, without their content."""
    return tx.all("documents_of_case", case_id=view.row.id)


def open_document(store: Store, view: CaseView, number: int) -> tuple[Any, bytes]:
    """A kept document: its row and its bytes, which fit its fingerprint and the one on its page of the file.

    Raises:
        NoSuchDocument: there is none, or its content was destroyed.
        NotAsKept: it was changed.
    """
    with store.reading() as tx:
        row = tx.one("document_with_content", case_id=view.row.id, number=number)
        records = tx.all("records_of_case", case_id=view.row.id)
    if row is None or not row.content:
        raise NoSuchDocument(number, view.reference)
    content = b64decode(row.content)
    told = next((each.body for each in records if each.seq == row.seq and each.kind == RECORD), None)
    if not told or {fingerprint(content), row.fingerprint} != {told.get("fingerprint")}:
        raise NotAsKept(number)
    return row, content


def letters_sent(tx: Transaction, reference: str, seq: int, since: datetime) -> list[datetime]:
    """When letters that were written from an entry went out; for the undo of that entry."""
    rows = tx.all("documents_sent_since", reference=reference, since=since)
    return [row.sent_at for row in rows if seq in row.rests_on]
