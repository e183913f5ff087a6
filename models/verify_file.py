"""The pages of a case's file beside its chain: is each record, and each document, what its entry says was kept?

An entry that wrote a record names its page and fingerprint. The record of a document names the fingerprint of the
document, and so its content is held by the chain too: what is missing, was changed or does not open is found. Contents
are read one at a time, so that memory does not grow with them.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from models.documents import MADE_AS, RECORD, SENT
from models.transaction import Transaction
from pathways import trail
from pathways.errors import NOT_PROVEN, PathwayError

EMPTY = "{}"
"""What stands on a page whose content was destroyed."""
END: tuple[Any, Iterable[Any]] = None, ()
Say = Callable[[int | None, str], None]
"""Notes a fault of the case being read: at which entry, what."""


class Following:
    """Rows in order of reference, followed alongside the trail, those of one reference at a time."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, itemgetter(0))
        self._at: Any
        self._rows: Iterable[Any]
        self._at, self._rows = next(self._groups, END)

    def turn_to(self, reference: str) -> tuple[Sequence[Any], Sequence[Any]]:
        """Those that come before a reference, and those of it."""
        if self._at == reference:
            here = list(self._rows)
            self._at, self._rows = next(self._groups, END)
            return (), here
        before: list[Any] = []
        while self._at is not None and self._at < reference:
            before += self._rows
            self._at, self._rows = next(self._groups, END)
        if self._at != reference:
            return before, ()
        here = list(self._rows)
        self._at, self._rows = next(self._groups, END)
        return before, here

    def rest(self) -> Iterator[Any]:
        """Those that are left."""
        while self._at is not None:
            yield from self._rows
            self._at, self._rows = next(self._groups, END)


class Pages:
    """The records and documents of every case, one case after the other."""

    def __init__(self, tx: Transaction, text: Callable[[Any], str]) -> None:
        self._tx = tx
        self._text = text
        self._as_it_was = tx.dialect == "sqlite"
        self._every_record = Following(tx.stream("every_record_print"))
        self._every_document = Following(tx.stream("every_document"))
        self._records: dict[int, Any] = {}
        self._documents: dict[int, Any] = {}
        self._kept: list[Any] = []
        self._sent: dict[int, tuple[Any, ...]] = {}
        self._made_as: dict[int, Mapping[str, Any]] = {}
        self._kinds: Mapping[str, str] = {}
        self._emptied: dict[int, set[int]] = {}
        self._said_emptied: dict[int, set[int]] = {}
        self.voided: dict[int, int] = {}
        """The pages of this case that count as withdrawn, by the entries that wrote them."""

    def turn_to(self, case_ref: str, kinds: Mapping[str, str]) -> None:
        """Go on to a case. What belongs to one without any trail is passed over: that case has been named.

        Args:
            case_ref: the case.
            kinds: the kinds of record of its pathway, and whether each is fact, opinion or decision; empty: not known.
        """
        self._kinds = kinds
        self._records = {row[1]: row for row in self._every_record.turn_to(case_ref)[1]}
        self._documents = {row[1]: row for row in self._every_document.turn_to(case_ref)[1]}
        self._kept, self._sent, self._made_as, self.voided = [], {}, {}, {}
        self._emptied, self._said_emptied = {}, {}

    def record(
        self, seq: int, told: Any, at: str, effective_at: str, actor: str, role: str, say: Say
    ) -> None:
        """Check the record that an entry wrote.

        Args:
            seq: the entry's number.
            told: what the entry says of the record: its page, kind and fingerprint.
            at: the entry's moment in writing.
            effective_at: when it happened, in writing.
            actor: who wrote it.
            role: in which role.
            say: notes a fault.
        """
        row = self._records.pop(seq, None)
        if row is None:
            say(seq, f"the record on page {told['page']} is gone")
            return
        (
            _,
            _,
            page,
            kind,
            recorded_at,
            happened_at,
            author,
            written_as,
            voided_seq,
            destroyed_seq,
            entry,
            body,
        ) = row
        text = body if self._tx.sealer is None else self._opened(body) or ""
        if voided_seq is not None:
            self.voided[seq] = page
        if not self._as_it_was:
            recorded_at, happened_at = self._text(recorded_at), self._text(happened_at)
        if (
            recorded_at != at
            or happened_at != effective_at
            or author != actor
            or written_as != role
            or (page, kind) != (told["page"], told["kind"])
            or self._kinds.get(kind, entry) != entry
        ):
            say(seq, f"the record on page {page} was changed after it was written")
        elif destroyed_seq is not None:
            self._is_empty(seq, page, destroyed_seq, text, say)
        elif not (
            isinstance(text, str) and sha256(text.encode()).hexdigest() == told["print"]
        ) and not _is_print(told["print"], text):
            say(seq, f"the record on page {page} was changed after it was written")
        elif kind == RECORD:
            self._document(seq, json.loads(text), (page, at, actor), say)

    def _is_empty(self, seq: int, page: int, destroyed_seq: int, text: str, say: Say) -> None:
        """Check that a page whose content was destroyed holds nothing, nor its document; `end` asks the entry."""
        self._emptied.setdefault(destroyed_seq, set()).add(page)
        document = self._documents.pop(seq, None)
        left = text != EMPTY
        if document is not None:
            self._kept.append(document)
            left |= bool(self._opened(self._tx.plain("document_content", document_id=document[6])[0][0]))
        if left:
            say(seq, f"page {page} was destroyed, and something stands on it again")

    def destroyed(self, seq: int, told: Any) -> None:
        """Remember that an entry says that pages were destroyed."""
        self._said_emptied.setdefault(seq, set()).update(told["pages"])

    def _document(self, seq: int, told: Any, made: tuple[int, str, str], say: Say) -> None:
        """Check a document, by what its page of the file says of it; `made`: that page, when it was written, by whom."""
        row = self._documents.pop(seq, None)
        number = told["document"]
        if row is None:
            say(seq, f"document {number} is gone")
            return
        self._kept.append(row)
        is_as_told = (row[2], row[3], row[4], row[9]) == (
            number,
            told["version"],
            told["form"],
            told.get("recipient", ""),
        )
        if not is_as_told or (row[8], self._moment(row[11]), row[12]) != made or not self._is_kept(row, told):
            say(seq, f"document {number} was changed after it was kept")

    def _is_kept(self, row: Any, told: Any) -> bool:
        """Whether a document's content opens and has its fingerprint."""
        if row[5] != told["fingerprint"]:
            return False
        content = self._opened(self._tx.plain("document_content", document_id=row[6])[0][0])
        try:
            file = None if content is None else b64decode(content, validate=True)
        except ValueError:
            return False
        return file is not None and sha256(file).hexdigest() == row[5] and len(file) == row[10]

    def told(self, seq: int, action: str, at: str, actor: str, told: Any) -> None:
        """Remember what an entry says of a document: that it went out, when, by whom and how; or as what it was made."""
        if action == SENT:
            self._sent[seq] = told.get("document"), at, actor, told.get("how")
        elif MADE_AS in told:
            self._made_as[seq] = told[MADE_AS]

    def _moment(self, value: Any) -> Any:
        """A moment of a row in writing."""
        return value if self._as_it_was or value is None else self._text(value)

    def close(self) -> None:
        """Pass over what is left, of cases without any trail."""
        for each in (self._every_record, self._every_document):
            for _ in each.rest():
                pass

    def end(self, say: Say) -> None:
        """What is left of a case whose entries could all be read: pages and documents that none of them wrote."""
        if not (
            self._records
            or self._documents
            or self._kept
            or self._sent
            or self._emptied
            or self._said_emptied
        ):
            return
        for row in self._records.values():
            say(row[1], f"the record on page {row[2]} is not on the trail")
        for row in self._documents.values():
            say(row[1], f"document {row[2]} is not on the trail")
        for seq in sorted(self._emptied.keys() | self._said_emptied.keys()):
            pages = self._emptied.get(seq, set()) ^ self._said_emptied.get(seq, set())
            for page in sorted(pages):
                say(seq, f"whether page {page} was destroyed is not what the entry says")
        went_out = {}
        for row in self._kept:
            if row[1] in self._made_as and self._made_as[row[1]] != _as_it_stands(row):
                say(row[1], f"document {row[2]} is said to be of another kind, or to rest on something else")
            if row[7] is not None:
                went_out[row[7]] = row[2], self._moment(row[13]), row[14], row[15]
            elif row[13:16] != (None, None, None) and row[2] not in {each[0] for each in self._sent.values()}:
                say(row[1], f"document {row[2]} is said to have gone out, and no entry says so")
        for seq in sorted(went_out.keys() | self._sent.keys()):
            if went_out.get(seq) != self._sent.get(seq):
                number = (went_out.get(seq) or self._sent[seq])[0]
                say(seq, f"whether document {number} went out is not what the entry says")

    def _opened(self, value: str | None) -> str | None:
        """What was sealed, in plain text; None where it does not open."""
        if value is None or self._tx.sealer is None:
            return value
        try:
            return self._tx.sealer.opened(value)
        except PathwayError as refused:
            if refused.code != NOT_PROVEN:
                raise
            return None


def _as_it_stands(row: Any) -> dict[str, Any]:
    """As what a document was made, by its row."""
    *others, rests_on = row[16:20]
    with suppress(TypeError, ValueError):
        rests_on = json.loads(rests_on)
    return dict(zip(("kind", "template", "template_print", "rests_on"), (*others, rests_on), strict=True))


def _is_print(fingerprint: str, text: str) -> bool:
    """Whether this is the fingerprint of a record: of its text as it stands, or of what the text says."""
    try:
        if sha256(text.encode()).hexdigest() == fingerprint:
            return True
        return trail.print_of(json.loads(text)) == fingerprint
    except (AttributeError, TypeError, ValueError):
        return False
