"""Is the record whole? Every entry is hashed again, every case is added up again, every running date worked out again.

Found: an entry edited, removed, out of order or forged; a payload or record that is not what was written; a case
whose state or facts are not what its entries add up to; entries without a case; a date that does not re-derive.
Entries are read in order from a cursor, a case at a time, so memory does not grow with the trail.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import Any

from models.store import Store, Transaction
from models.wire import instant_text
from pathways import trail
from pathways.clocks import Rules, school_of
from pathways.errors import PathwayError

MOST_FAULTS = 1_000
EVERY = 10_000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold: of which case, at which entry (None: the case as a whole), what."""

    case_ref: str
    seq: int | None
    what: str

    def __str__(self) -> str:
        where = f"Entry {self.seq} of {self.case_ref}" if self.seq is not None else self.case_ref
        return f"{where}: {self.what}."


@dataclass(slots=True)
class Verdict:
    """What a verification found; whole when there is no fault."""

    entries: int = 0
    cases: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    head: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether everything holds."""
        return not self.faults

    def fault(self, case_ref: str, seq: int | None, what: str) -> None:
        """Note a fault; after a thousand the rest is not listed."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(case_ref, seq, what))


def verify(store: Store, rules: Rules | None, *, progress: Callable[[int], None] | None = None) -> Verdict:
    """Check the whole record of a store.

    Args:
        store: the store.
        rules: to work running dates out again; None leaves that out.
        progress: told how many entries are checked, now and then.
    """
    found = Verdict()
    with store.reading() as tx:
        cases = _Following(tx.each("every_case_state"))
        records = _Following(tx.each("every_record_print"))
        for case_ref, entries in groupby(tx.each("whole_trail"), attrgetter("case_ref")):
            for missing in cases.before(case_ref):
                found.fault(missing.reference, None, "the case has no trail at all")
            _one_case(found, case_ref, entries, cases.at(case_ref), list(records.all_at(case_ref)), progress)
        for missing in cases.rest():
            found.fault(missing.reference, None, "the case has no trail at all")
        if rules is not None:
            _dates(tx, rules, found)
    return found


class _Following:
    """Rows in order of reference, followed alongside the trail."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self._next: Any = next(rows, None)

    def _take(self) -> Any:
        taken, self._next = self._next, next(self._rows, None)
        return taken

    def before(self, reference: str) -> Iterator[Any]:
        while self._next is not None and self._next.reference < reference:
            yield self._take()

    def at(self, reference: str) -> Any:
        if self._next is not None and self._next.reference == reference:
            return self._take()
        return None

    def all_at(self, reference: str) -> Iterator[Any]:
        for _ in self.before(reference):
            pass
        while self._next is not None and self._next.reference == reference:
            yield self._take()

    def rest(self) -> Iterator[Any]:
        while self._next is not None:
            yield self._take()


def _one_case(
    found: Verdict,
    case_ref: str,
    entries: Iterator[Any],
    case: Any,
    records: list[Any],
    progress: Callable[[int], None] | None,
) -> None:
    prev, expected, state = trail.genesis(case_ref), 1, ""
    facts: dict[str, Any] = {}
    whole, prints = True, {row.seq: row for row in records}
    for row in entries:
        found.entries += 1
        if found.first_at is None or row.at < found.first_at:
            found.first_at = row.at
        if found.last_at is None or row.at > found.last_at:
            found.last_at = row.at
        if row.seq != expected:
            found.fault(case_ref, expected, "it is missing; the next one there is " + str(row.seq))
            expected = row.seq
        elif row.prev != prev:
            found.fault(case_ref, row.seq, "it does not follow the entry before it")
        if _hash(row) != row.hash:
            found.fault(case_ref, row.seq, "it does not match its code: it was changed after it was written")
        if expected > 1 and row.from_state != state:
            found.fault(case_ref, row.seq, f"it leaves {row.from_state}, and the case was at {state}")
        whole = _payload(found, case_ref, row, facts, prints) and whole
        prev, state, expected = row.hash, row.to_state, row.seq + 1
        if progress and found.entries % EVERY == 0:
            progress(found.entries)
    found.cases += 1
    found.head = prev.hex()
    for row in prints.values():
        found.fault(case_ref, row.seq, f"the record on page {row.page} is not on the trail")
    if case is None:
        found.fault(case_ref, None, "there are entries, and no case")
        return
    if case.seq != expected - 1 or case.head != prev:
        found.fault(case_ref, None, f"the case ends at entry {case.seq}, and its trail at {expected - 1}")
    if case.state != state:
        found.fault(case_ref, None, f"the case stands at {case.state}, and its entries add up to {state}")
    if whole and case.facts != facts:
        wrong = sorted(name for name in {*case.facts, *facts} if case.facts.get(name) != facts.get(name))
        found.fault(case_ref, None, f"what is known of it is not what its entries say: {', '.join(wrong)}")


def _hash(row: Any) -> bytes:
    return trail.entry_hash(
        row.prev, row.case_ref, row.seq, _text(row.at), _text(row.effective_at), row.actor, row.role,
        row.action, row.from_state, row.to_state, row.rule, row.basis, row.voids, row.key, row.commitment,
    )  # fmt: skip


_text = lru_cache(maxsize=20_000)(instant_text)
"""Many entries share their moments: those of an import, of a night's check, of a limit."""


def _is_print(fingerprint: str, text: str) -> bool:
    """Whether this is the fingerprint of a record: of its text as it stands, or of what the text says."""
    return sha256(text.encode()).hexdigest() == fingerprint or trail.print_of(json.loads(text)) == fingerprint


def _payload(found: Verdict, case_ref: str, row: Any, facts: dict[str, Any], prints: dict[int, Any]) -> bool:
    """Check an entry's payload and learn its facts; False where a payload is no longer there."""
    if row.body is None:
        return bool(row.commitment == trail.NO_PAYLOAD)
    if trail.commitment(row.salt, row.body) != row.commitment:
        found.fault(
            case_ref, row.seq, "its content does not match its code: it was changed after it was written"
        )
        return False
    body = json.loads(row.body)
    trail.learn(facts, body["facts"])
    if "record" in body:
        record = prints.pop(row.seq, None)
        if record is None:
            found.fault(case_ref, row.seq, f"the record on page {body['record']['page']} is gone")
        elif not _is_print(body["record"]["print"], record.body) or record.page != body["record"]["page"]:
            found.fault(
                case_ref, row.seq, f"the record on page {record.page} was changed after it was written"
            )
    return True


def _dates(tx: Transaction, rules: Rules, found: Verdict) -> None:
    """Work every running date out again, where the calendar is still the one that it was worked out with."""
    for row in tx.each("every_running_deadline"):
        try:
            edition = rules.rulebook.cited(row.rule, row.edition)
            local = rules.at_school(school_of(row.calendar))
            if row.calendar != local.calendar_of(edition):
                continue
            due = local.due(edition, row.started)
        except PathwayError as cannot:
            found.fault(row.reference, None, f"the date of {row.rule} cannot be worked out again: {cannot}")
            continue
        if due.due_at != row.due_at or due.plan_by != row.plan_by:
            found.fault(
                row.reference,
                None,
                f"the date of {row.rule} is {row.due_on.isoformat()}, and its rule gives {due.due_at.date().isoformat()}",
            )
