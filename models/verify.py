"""Is the record whole? Every entry is hashed again, every case is added up again, every clock held against its entries.

Found: an entry edited, removed, out of order or forged; a payload, record or document that is not what was kept; a case
whose state or facts are not what its entries add up to; an undo that does not say what it does; entries without a case;
a case without entries; a date that does not re-derive; a clock that is not what they began; a chain that is not what a checkpoint covered of it;
a session of supervision that is not what was signed.

Everything is read, whoever asks; what is counted and named is what they may see. Entries are read in order from a
cursor, a case at a time, so that memory does not grow with the trail.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Any

from models.log_chain import MARK, chain_of
from models.store import ALL_SEEING, Store, Transaction
from models.supervision import faults
from models.verify_clocks import ClockCheck, Row, Step, row_of
from models.verify_file import Following, Pages
from models.wire import instant_text
from pathways import NAMES, pathway, trail
from pathways.clocks import Rules
from pathways.errors import NOT_PROVEN, PathwayError
from pathways.restating import Told, meaning, tell, withdrawn

MOST_FAULTS = 1_000
EVERY = 10_000
COUNTED = re.compile(r"[A-Z]+-[0-9]{4}-[0-9]+")
"""A reference drawn from a sequence. Others are restricted cases', which nobody uncleared is told of."""


_scan = json.JSONDecoder().raw_decode
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold: of which case, at which entry (None: the case as a whole), what."""

    case_ref: str
    seq: int | None
    what: str

    def __str__(self) -> str:
        if not self.case_ref:
            return f"{self.what[0].upper()}{self.what[1:]}."
        where = f"Entry {self.seq} of {self.case_ref}" if self.seq is not None else self.case_ref
        return f"{where}: {self.what}."


@dataclass(slots=True)
class Verdict:
    """What a verification found; whole when there is no fault.

    `entries` and `cases` are all there are. `seen_entries`, `seen_cases`, `first_at` and `last_at` tell only of cases
    that whoever asked may see: nothing else is for their screen. `faults` are theirs to see too; `elsewhere` says that
    there are more. `seen` are the chains that were counted, with their length.
    """

    entries: int = 0
    cases: int = 0
    seen_entries: int = 0
    seen_cases: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    faults: list[Fault] = field(default_factory=list)
    elsewhere: bool = False
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether everything holds."""
        return not self.faults and not self.elsewhere


class _Found:
    """The verdict in the making, and who it is for."""

    def __init__(self, hidden: frozenset[str], everything: bool) -> None:
        self.verdict = Verdict()
        self.hidden = hidden
        self.everything = everything

    def may_see(self, case_ref: str, there: bool) -> bool:
        """Whether whoever asks may be told of this chain."""
        if self.everything:
            return True
        return case_ref not in self.hidden and (there or bool(COUNTED.fullmatch(case_ref)))

    def fault(self, case_ref: str, seq: int | None, what: str, *, there: bool = False) -> None:
        """Note a fault; after a thousand the rest is not listed."""
        if case_ref and not self.may_see(case_ref, there):
            self.verdict.elsewhere = True
        elif len(self.verdict.faults) < MOST_FAULTS:
            self.verdict.faults.append(Fault(case_ref, seq, what))


def verify(store: Store, rules: Rules | None, *, progress: Callable[[int], None] | None = None) -> Verdict:
    """Check the whole record of a store.

    Args:
        store: the store; its viewer says what is counted and named.
        rules: to work running dates out again; None leaves that out.
        progress: told how many entries are checked, now and then.
    """
    with store.reading() as tx:
        everything = store.viewer.clears == ALL_SEEING.clears
        hidden = () if everything else tx.all("hidden_cases")
        found = _Found(frozenset(row.reference for row in hidden), everything)
        clocks = ClockCheck(rules, tx) if rules is not None else None
        undone = _Trail(tx, found, progress, clocks).read()
        for case_ref, rows in undone:
            _meaning(tx, found, case_ref, rows, clocks)
        for what in faults(tx):
            found.fault("", None, what)
    return found.verdict


@dataclass(slots=True)
class _Chain:
    """One chain while it is read: what stands beside it, and what it has added up to so far."""

    case_ref: str
    case: Any
    covered: dict[int, bytes]
    tombstone: Any
    prev: bytes
    seq: int = 0
    state: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    complete: bool = True
    undone: bool = False
    there: bool = False
    counted: bool = False
    steps: list[Step] = field(default_factory=list)
    say: Callable[[int | None, str], None] = lambda seq, what: None

    @property
    def own(self) -> bool:
        """Whether it is somebody's own, with no case behind it."""
        return self.case_ref.startswith(MARK)


class _Trail:
    """Reads every chain, beside every case, record and checkpoint, all in order of reference."""

    def __init__(
        self,
        tx: Transaction,
        found: _Found,
        progress: Callable[[int], None] | None,
        clocks: ClockCheck | None,
    ) -> None:
        self.tx = tx
        self.found = found
        self.progress = progress
        self.text: Callable[[Any], str] = str if tx.dialect == "sqlite" else lru_cache(20_000)(instant_text)
        self.tombstones = {row[0]: row for row in tx.plain("every_tombstone")}
        self.known = {chain_of(0), *(chain_of(row[0]) for row in tx.plain("practitioner_ids"))}
        self.cases = Following(tx.stream("every_case_state"))
        self.pages = Pages(tx, self.text)
        self.leaves = Following(tx.stream("every_leaf_by_chain"))
        self.clocks = clocks
        self.deadlines = Following(tx.stream("every_deadline") if clocks else iter(()))
        self.keys = Following(tx.each("every_case_key") if tx.sealer else iter(()))
        self.undone: list[tuple[str, list[Row]]] = []

    def read(self) -> list[tuple[str, list[Row]]]:
        """Check every chain; the references of cases in which something was undone, with their clocks."""
        verdict, count, first, last = self.found.verdict, 0, "9", ""
        text, entry_hash, chain = self.text, trail.entry_hash, _Chain("", None, {}, None, b"")
        for row in self.tx.stream("whole_trail"):
            (case_ref, seq, at, effective_at, actor, role, action, from_state, to_state, rule, basis, voids, key,
             committed, prev, made, form, salt, body) = row  # fmt: skip
            if case_ref != chain.case_ref:
                self._end(chain)
                chain = self._begin(case_ref)
            at, effective_at = text(at), text(effective_at)
            if seq != chain.seq + 1:
                self._fault(chain, chain.seq + 1, f"it is missing; the next one there is {seq}")
            elif prev != chain.prev:
                self._fault(chain, seq, "it does not follow the entry before it")
            if form != trail.FORMAT or made != entry_hash(
                prev, case_ref, seq, at, effective_at, actor, role, action, from_state, to_state, rule, basis, voids,
                key, committed,
            ):  # fmt: skip
                self._fault(chain, seq, "it does not match its code: it was changed after it was written")
            if from_state != chain.state and seq > 1:
                self._fault(chain, seq, f"it leaves {from_state}, and the case was at {chain.state}")
            told = _NOTHING
            if committed or body is not None:
                told = self._payload(chain, seq, committed, salt, body)
                if "record" in told:
                    self.pages.record(seq, told["record"], (at, effective_at, actor, role), chain.say)
                if "document" in told:
                    self.pages.sent(seq, action, told)
                if action == trail.PAGE_DESTROYED and "pages" in told:
                    self.pages.destroyed(seq, told)
            if chain.covered and chain.covered.pop(seq, made) != made:
                self._fault(chain, seq, "it is not the entry that a checkpoint has covered")
            if voids is not None:
                chain.undone = True
            if self.clocks and chain.case is not None:
                facts = told.get("facts") or _NOTHING
                chain.steps.append(
                    Step(seq, at, role, action, from_state, to_state, basis, voids, key, facts, told)
                )
            chain.seq, chain.prev, chain.state = seq, made, to_state
            if chain.counted:
                last = at if at > last else last
                first = at if at < first else first
            count += 1
            if count % EVERY == 0 and self.progress:
                self.progress(verdict.seen_entries)
        self._end(chain)
        self._without_trail(self.cases.rest(), self.leaves.rest())
        self.pages.close()
        for each in (self.deadlines, self.keys):
            for _ in each.rest():
                pass
        for case_ref in self.tombstones:
            self.found.fault(
                case_ref, None, "it was destroyed lawfully, and its entries are to stand; they are gone"
            )
        verdict.entries = count
        if last:
            verdict.first_at, verdict.last_at = datetime.fromisoformat(first), datetime.fromisoformat(last)
        return self.undone

    def _begin(self, case_ref: str) -> _Chain:
        self._without_trail(self.cases.before(case_ref), self.leaves.before(case_ref))
        case = next(iter(self.cases.all_at(case_ref)), None)
        covered = {row[1]: bytes(row[2]) for row in self.leaves.all_at(case_ref)}
        if self.tx.sealer is not None:
            self.keys.before(case_ref)
            self.tx.sealer.at_hand(next(iter(self.keys.all_at(case_ref)), None))
        self.pages.turn_to(case_ref)
        tombstone = self.tombstones.pop(case_ref, None)
        chain = _Chain(case_ref, case, covered, tombstone, trail.genesis(case_ref))
        chain.there = case is not None or tombstone is not None
        chain.say = partial(self._fault, chain)
        chain.counted = self.found.may_see(case_ref, chain.there) and (self.found.everything or not chain.own)
        if tombstone is not None:
            covered[tombstone[1]] = bytes(tombstone[2])
        return chain

    def _without_trail(self, cases: Iterable[Any], leaves: Iterable[Any]) -> None:
        gone = set()
        for row in cases:
            self.found.fault(row[0], None, "the case has no trail at all", there=True)
            gone.add(row[0])
        for reference in {row[0] for row in leaves} - gone:
            self.found.fault(reference, None, "a checkpoint has covered it, and it is gone")

    def _fault(self, chain: _Chain, seq: int | None, what: str) -> None:
        self.found.fault(chain.case_ref, seq, what, there=chain.there)

    def _payload(
        self, chain: _Chain, seq: int, committed: bytes, salt: bytes | None, body: str | None
    ) -> Mapping[str, Any]:
        """Check an entry's content and learn its facts; what was destroyed lawfully is passed over."""
        if body is not None and self.tx.sealer is not None:
            try:
                body = self.tx.sealer.opened(body)
            except PathwayError as refused:
                if refused.code != NOT_PROVEN:
                    raise
                self._fault(chain, seq, "its content does not open with its own key: it was changed")
                chain.complete = False
                return _NOTHING
        if body is None or salt is None:
            chain.complete = False
            if chain.tombstone is None:
                self._fault(
                    chain, seq, "its content is gone, and nothing says that it was destroyed lawfully"
                )
            return _NOTHING
        if trail.commitment(salt, body) != committed:
            self._fault(
                chain, seq, "its content does not match its code: it was changed after it was written"
            )
            chain.complete = False
            return _NOTHING
        told: Mapping[str, Any] = _scan(body)[0]
        if told["facts"]:
            trail.learn(chain.facts, told["facts"])
        return told

    def _end(self, chain: _Chain) -> None:
        """Compare what a chain has added up to with what stands beside it."""
        if not chain.case_ref:
            return
        verdict = self.found.verdict
        if chain.own:
            if chain.case_ref not in self.known:
                self._fault(chain, None, "there are entries, and nobody whose they are")
        else:
            verdict.cases += 1
        if chain.counted:
            verdict.seen_entries += chain.seq
            verdict.seen_cases += 1
            verdict.seen[chain.case_ref] = chain.seq
        beyond = max(chain.covered, default=0)
        if beyond:
            self._fault(
                chain, None, f"a checkpoint has covered {beyond} entries of it, and there are {chain.seq}"
            )
        if chain.complete:
            self.pages.end(chain.say)
            if not chain.undone:
                for seq, page in self.pages.voided.items():
                    self._fault(
                        chain, seq, f"the record on page {page} is withdrawn, and no entry withdraws it"
                    )
        if chain.case is not None:
            self._case(chain)
        elif not chain.own and chain.tombstone is None:
            self._fault(chain, None, "there are entries, and no case")
        self.deadlines.before(chain.case_ref)
        rows = [row_of(each, self.text) for each in self.deadlines.all_at(chain.case_ref)]
        if self.clocks is not None:
            self.clocks.dates(rows, chain.say)
        if not chain.complete or chain.case is None:
            return
        if chain.undone:
            self.undone.append((chain.case_ref, rows))
        elif self.clocks is not None and _is_told_again(chain.case[1], chain.case[7]):
            self.clocks.clocks(chain.case[1], chain.steps, rows, chain.say)

    def _case(self, chain: _Chain) -> None:
        """Compare a case with what its entries add up to."""
        _, name, state, is_open, facts, seq, head, _ = chain.case
        if seq != chain.seq or bytes(head) != chain.prev:
            self._fault(chain, None, f"the case ends at entry {seq}, and its trail at {chain.seq}")
        if state != chain.state:
            self._fault(chain, None, f"the case stands at {state}, and its entries add up to {chain.state}")
        if not chain.complete:
            return
        judged = not chain.undone and chain.tombstone is None and name in NAMES
        if judged and bool(is_open) == _is_final(name, state):
            self._fault(chain, None, f"at {state} it cannot be {'open' if is_open else 'closed'}")
        try:
            known = json.loads(self._facts(facts) or "")
        except ValueError:
            known = None
        if not isinstance(known, dict):
            self._fault(chain, None, "what is known of it cannot be read: it was changed")
        elif known != chain.facts:
            names = {*known, *chain.facts}
            wrong = sorted(name for name in names if known.get(name) != chain.facts.get(name))
            self._fault(chain, None, f"what is known of it is not what its entries say: {', '.join(wrong)}")

    def _facts(self, facts: str) -> str | None:
        """The facts that a case row repeats, opened; None where they do not open or their key is gone."""
        if self.tx.sealer is None:
            return facts
        try:
            return self.tx.sealer.opened(facts)
        except PathwayError as refused:
            if refused.code != NOT_PROVEN:
                raise
            return None


@cache
def _is_final(name: str, state: str) -> bool:
    found = pathway(name)
    return state in {each.name for each in found.states if each.final}


def _is_told_again(name: str, definition: str) -> bool:
    """Whether a case's clocks can be told again: it runs under the definition that this program has."""
    return name in NAMES and pathway(name).version == definition


def _meaning(
    tx: Transaction, found: _Found, case_ref: str, rows: Sequence[Row], clocks: ClockCheck | None
) -> None:
    """Check that what was undone on a case is what its undoing entries say, and its clocks what then runs."""
    case = tx.need("case_by_reference", reference=case_ref, seen_by=ALL_SEEING)
    if case.pathway not in NAMES:
        return
    records = {row.seq: row for row in tx.all("records_of_case", case_id=case.id)}
    bodies = {seq: row.body for seq, row in records.items() if row.destroyed_seq is None}
    told, steps = [], []
    for row in tx.all("own_chain", reference=case_ref):
        payload = json.loads(row.body) if row.body is not None else {}
        told.append(
            Told(
                seq=row.seq, action=row.action, actor=row.actor, role=row.role, from_state=row.from_state,
                to_state=row.to_state, at=row.at, effective_at=row.effective_at, rule=row.rule, basis=row.basis,
                voids=row.voids, changes=payload.pop("facts", {}), payload=payload, body=bodies.get(row.seq),
                there=row.body is not None or not row.commitment,
            )
        )  # fmt: skip
        steps.append(
            Step(
                row.seq, instant_text(row.at), row.role, row.action, row.from_state, row.to_state, row.basis, row.voids,
                row.key, told[-1].changes, payload,
            )
        )  # fmt: skip
    for seq, what in meaning(pathway(case.pathway), told):
        found.fault(case_ref, seq, what, there=True)
    gone = withdrawn(told)
    for seq, row in records.items():
        if (row.voided_seq is not None) != (seq in gone):
            what = f"whether the record on page {row.page} is withdrawn is not what the entries say"
            found.fault(case_ref, seq, what, there=True)
    if bool(case.is_open) != tell(pathway(case.pathway), told).is_open:
        found.fault(case_ref, None, "whether it is open is not what its entries say", there=True)
    if clocks is not None and _is_told_again(case.pathway, case.definition):

        def say(seq: int | None, what: str) -> None:
            found.fault(case_ref, seq, what, there=True)

        clocks.clocks(case.pathway, steps, rows, say, told)
