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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from models.anchors import sees_part
from models.documents import RECORD
from models.log_chain import MARK, chain_of
from models.owning import GIVEN
from models.pauses import without_pauses
from models.prepared import Garbled
from models.store import Store
from models.supervision_proof import faults
from models.transaction import Transaction
from models.verdict import Found, Verdict
from models.verify_clocks import ClockCheck, is_told_again
from models.verify_file import Following, Pages
from models.verify_kinds import Kinds, Seen
from models.verify_lists import HEARD, Lists
from models.verify_retold import Row, in_writing, step_of
from models.verify_rows import contradictions
from models.verify_undone import hold_undone
from models.viewer import ALL_SEEING
from models.wire import instant_text
from pathways import NAMES, pathway, trail
from pathways.clocks import Rules
from pathways.errors import NOT_PROVEN, PathwayError
from pathways.trail import FORMAT, learn

EVERY = 10_000
IN_A_ROW, LONG = 16, 1_000
"""So many cases are read before they are held, and then their clocks, or one so long: the processor keeps at
hand what it does many times over, which saves a tenth of everything."""
NO_TEXT = (AttributeError, TypeError, ValueError)
"""What comes of taking for text, or for bytes, what somebody put in its place."""
KIND = slice(5, 11)
"""Where in a row of `whole_trail` stands what entries of one kind have in common."""
WHO_HAS_IT = {*HEARD, GIVEN}
"""How the entries are called that say who may see a case, or who has it."""
HOLLOW = ("", b"", "-")
"""To the hash these are no key at all; the program writes none of them."""
_scan: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())["scan_once"]
_NOTHING: Mapping[str, Any] = {}


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
        found = Found(frozenset(row.reference for row in hidden), everything)
        clocks = ClockCheck(rules, tx) if rules is not None else None
        chains = _Trail(tx, found, progress, clocks)
        with without_pauses():
            undone = chains.read()
        for case_ref, rows in undone:
            if case_ref not in found.broken:  # what was changed afterwards adds up to nothing
                hold_undone(tx, found, case_ref, rows, clocks)
        for case_ref, seq, what in contradictions(tx):
            found.fault(case_ref, seq, what)
        try:
            if not sees_part(store):
                for case_ref, seq, what in chains.lists.compare(tx):
                    found.fault(case_ref, seq, what)
        except (Garbled, *NO_TEXT):
            found.fault("", None, "something of who is let in or kept out cannot be read: it was changed")
        try:
            for what in faults(tx):
                found.fault("", None, what)
        except Garbled:
            found.fault("", None, "something of a session of supervision cannot be read: it was changed")
    return found.verdict


@dataclass(slots=True)
class _Chain:
    """One chain while it is read: what stands beside it, and what it has added up to so far."""

    case_ref: str
    case: Any
    covered: dict[int, bytes]
    tombstone: Any
    kinds: Kinds
    prev: bytes
    seq: int = 0
    state: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    complete: bool = True
    sound: bool = True
    undone: bool = False
    there: bool = False
    counted: bool = False
    told_again: bool = False
    """Whether its case runs under the definition that this program has."""
    begun: Any = None
    """When its first entry happened, in writing."""
    version: str | None = None
    """Under which version of its pathway its first entry says that its case runs; None where that was not said yet."""
    team: str | None = None
    """Which team has its case, by its first entry and those that gave it to another; None where none says so."""
    given: Mapping[str, Any] | None = None
    """The last entry that says who leads its case, where nothing was recorded since that may say so too."""
    happened: bool = False
    """Whether something happened when its case is said to have closed."""
    seen: list[Seen] = field(default_factory=list)
    known: str | None = None
    """The facts that the case repeats, in plain text."""

    @property
    def own(self) -> bool:
        """Whether it is somebody's own, with no case behind it."""
        return self.case_ref.startswith(MARK)


class _Trail:
    """Reads every chain, beside every case, record and checkpoint, all in order of reference."""

    def __init__(
        self,
        tx: Transaction,
        found: Found,
        progress: Callable[[int], None] | None,
        clocks: ClockCheck | None,
    ) -> None:
        self.tx, self.sealer = tx, tx.sealer
        self.found = found
        self.progress = progress
        self.text: Callable[[Any], str] = str if tx.dialect == "sqlite" else lru_cache(20_000)(instant_text)
        self.tombstones = {row[0]: row for row in tx.plain("every_tombstone")}
        self.known = {chain_of(0), *(chain_of(row[0]) for row in tx.plain("practitioner_ids"))}
        self.cases = Following(tx.stream("every_case_state"))
        self.pages = Pages(tx, self.text)
        self.leaves = Following(tx.stream("every_leaf_by_chain"))
        self.clocks = clocks
        self.deadlines = Following(tx.stream("every_deadline") if clocks else ())
        self.keys = Following(tx.each("every_case_key") if tx.sealer else ())
        self.lists = Lists()
        self.kinds: dict[str, Kinds] = {}
        self.undone: list[tuple[str, list[Row]]] = []
        self.waiting: list[_Chain] = []
        self.chain = _Chain("", None, {}, None, Kinds(), b"")
        self.count = 0
        self.first, self.last = "9", ""

    def read(self) -> list[tuple[str, list[Row]]]:
        """Check every chain; the references of cases in which something was undone, with their clocks."""
        for case_ref, rows in groupby(self.tx.stream("whole_trail"), itemgetter(0)):
            chain = self.chain = self._begin(case_ref)
            self._entries(chain, rows)
            self._end(chain)
        self._hold()
        self.found.in_order()
        self._without_trail(self.cases.rest(), self.leaves.rest())
        self.pages.close()
        for each in (self.deadlines, self.keys):
            for _ in each.rest():
                pass
        for case_ref in self.tombstones:
            self.found.fault(
                case_ref, None, "it was destroyed lawfully, and its entries are to stand; they are gone"
            )
        verdict = self.found.verdict
        verdict.entries = self.count
        if self.last:
            verdict.first_at = datetime.fromisoformat(self.first)
            verdict.last_at = datetime.fromisoformat(self.last)
        return self.undone

    def _entries(self, chain: _Chain, rows: Iterable[tuple[Any, ...]]) -> None:
        """Check the entries of one chain, in order."""
        kinds, case_ref, covered, pages = chain.kinds, chain.case_ref, chain.covered, self.pages
        counted, told_again, see = chain.counted, chain.told_again, chain.seen.append
        text = None if self.tx.dialect == "sqlite" else self.text
        closed_at = None if chain.case is None else self._moment(chain.case[10])
        kind: Any = None
        before, state, last = 0, "", chain.prev
        first_at, last_at, count, progress = self.first, self.last, self.count, self.progress
        for row in rows:
            (_, seq, at, effective_at, actor, role, action, from_state, to_state, _, _, voids, key,
             committed, prev, made, form, salt, body) = row  # fmt: skip
            if text is not None:
                at, effective_at = text(at), text(effective_at)
            if seq != before + 1:
                self._say(before + 1, f"it is missing; the next one there is {seq}")
            elif prev != last:
                self._say(seq, "it does not follow the entry before it")
            try:
                kind = kinds[row[KIND]]
                same = (
                    form == FORMAT
                    and made
                    == kind.hashed(prev, case_ref, seq, at, effective_at, actor, voids, key, committed)
                    and (key is None or key not in HOLLOW)
                    and voids != "-"
                )
            except NO_TEXT:
                same = False
            if not same:
                self._say(seq, "it does not match its code: it was changed after it was written")
                at, effective_at = str(at), str(effective_at)
                seq = seq if isinstance(seq, int) else before + 1
            if from_state != state and seq != 1:
                self._say(seq, f"it leaves {from_state}, and the case was at {state}")
            told = _NOTHING
            if committed or body is not None:
                told = self._payload(chain, seq, committed, salt, body)
                if len(told) > 1:
                    if "record" in told:
                        chain.given = None  # who leads the case may stand in it
                        pages.record(seq, told["record"], at, effective_at, actor, role, self._say)
                    if "document" in told:
                        pages.told(seq, action, at, actor, told)
                    if action == trail.PAGE_DESTROYED and "pages" in told:
                        pages.destroyed(seq, told)
            if covered and covered.pop(seq, made) != made:
                self._say(seq, "it is not the entry that a checkpoint has covered")
            if voids is not None:
                chain.undone = True
            if same and kind.action in WHO_HAS_IT:
                if action == GIVEN and told:
                    chain.given = told
                    chain.team = told.get("team", chain.team)
                elif action in HEARD and chain.case is not None:
                    self.lists.hear(chain.case, seq, at, actor, action, told)
            if told_again:
                see((kind, seq, at, key, told, row))
            if effective_at == closed_at:
                chain.happened = True
            if not before:
                chain.begun = effective_at
                opened = told.get(trail.OPENED)
                if opened:
                    chain.version, chain.team = opened["version"], opened["team"]
            before, last, state = seq, made, to_state
            if counted and same:
                if at > last_at:
                    last_at = at
                if at < first_at:
                    first_at = at
            count += 1
            if progress and not count % EVERY:
                progress(self.found.verdict.seen_entries)
        self.count = count
        chain.seq, chain.prev, chain.state = before, last, state
        self.first, self.last = first_at, last_at

    def _begin(self, case_ref: str) -> _Chain:
        cases_before, cases = self.cases.turn_to(case_ref)
        leaves_before, leaves = self.leaves.turn_to(case_ref)
        if cases_before or leaves_before:
            self._without_trail(cases_before, leaves_before)
        case = cases[0] if cases else None
        covered = {row[1]: bytes(row[2]) for row in leaves}
        if self.sealer is not None:
            self.sealer.at_hand(next(iter(self.keys.turn_to(case_ref)[1]), None))
        tombstone = self.tombstones.pop(case_ref, None)
        name = "" if case is None else case[1]
        kinds = self.kinds.get(name)
        if kinds is None:
            kinds = self.kinds[name] = Kinds(name)
        chain = _Chain(case_ref, case, covered, tombstone, kinds, trail.genesis(case_ref))
        chain.there = case is not None or tombstone is not None
        chain.counted = self.found.may_see(case_ref, chain.there) and (self.found.everything or not chain.own)
        chain.told_again = case is not None and is_told_again(name, case[7])
        if case is not None and chain.counted and not chain.told_again:
            self.found.verdict.other_version += 1
        self.pages.turn_to(case_ref, _kinds_of_record(name) if chain.told_again else {})
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

    def _say(self, seq: int | None, what: str) -> None:
        """Note a fault of the chain that is being read."""
        self.chain.sound = False
        self.found.fault(self.chain.case_ref, seq, what, there=self.chain.there)

    def _payload(
        self, chain: _Chain, seq: int, committed: bytes, salt: bytes | None, body: str | None
    ) -> Mapping[str, Any]:
        """Check an entry's content and learn its facts; what was destroyed lawfully is passed over."""
        if self.sealer is not None and body is not None:
            try:
                body = self.sealer.opened(body)
            except PathwayError as refused:
                if refused.code != NOT_PROVEN:
                    raise
                self._say(seq, "its content does not open with its own key: it was changed")
                chain.complete = False
                return _NOTHING
        if body is None or salt is None:
            chain.complete = False
            if chain.tombstone is None:
                self._say(seq, "its content is gone, and nothing says that it was destroyed lawfully")
            return _NOTHING
        try:
            if sha256(salt + body.encode()).digest() == committed:
                told: Mapping[str, Any] = _scan(body, 0)[0]
                changes = told["facts"]
                if changes:
                    learn(chain.facts, changes)
                return told
        except (*NO_TEXT, LookupError, RecursionError, StopIteration):
            pass
        self._say(seq, "its content does not match its code: it was changed after it was written")
        chain.complete = False
        return _NOTHING

    def _end(self, chain: _Chain) -> None:
        """Compare what a chain has added up to with what stands beside it."""
        verdict = self.found.verdict
        if chain.own:
            if chain.case_ref not in self.known:
                self._say(None, "there are entries, and nobody whose they are")
        else:
            verdict.cases += 1
        if chain.counted:
            verdict.seen_entries += chain.seq
            verdict.seen_cases += 1
            verdict.seen[chain.case_ref] = chain.seq
        if chain.covered:
            beyond = max(chain.covered)
            self._say(None, f"a checkpoint has covered {beyond} entries of it, and there are {chain.seq}")
        if chain.complete:
            self.pages.end(self._say)
            if not chain.undone:
                for seq, page in self.pages.voided.items():
                    self._say(seq, f"the record on page {page} is withdrawn, and no entry withdraws it")
        if chain.case is not None:
            if chain.complete:
                chain.known = self._facts(chain.case[4])
        elif not chain.own and chain.tombstone is None:
            self._say(None, "there are entries, and no case")
        self.waiting.append(chain)
        if len(self.waiting) >= IN_A_ROW or chain.seq >= LONG:
            self._hold()

    def _hold(self) -> None:
        """Hold the cases read last, and then their clocks, against what their entries added up to."""
        for chain in self.waiting:
            if chain.case is not None:
                self.chain = chain
                self._case(chain)
        for chain in self.waiting:
            self.chain = chain
            self._clocks(chain)
        self.waiting.clear()

    def _clocks(self, chain: _Chain) -> None:
        """Hold a case's clocks against what it added up to."""
        rows = self.deadlines.turn_to(chain.case_ref)[1]
        if self.tx.dialect != "sqlite":
            rows = [in_writing(row, self.text) for row in rows]
        clocks, name = self.clocks, chain.case and chain.case[1]
        whole = chain.sound and chain.complete and not chain.undone
        if clocks and whole and chain.told_again and clocks.hold(name, chain.seen, rows):
            return
        written = [Row(*in_writing(row, str)) for row in rows]
        if clocks:
            clocks.dates(written, self._say)
        if not chain.complete or chain.case is None:
            return
        if chain.undone:
            self.undone.append((chain.case_ref, written))
        elif clocks and chain.told_again:
            try:
                clocks.clocks(name, list(map(step_of, chain.seen)), written, self._say)
            except NO_TEXT:
                self._say(None, "its clocks cannot be told again: what they are told from was changed")

    def _case(self, chain: _Chain) -> None:
        """Compare a case with what its entries add up to."""
        _, name, state, is_open, _, seq, head, *_ = chain.case
        if seq != chain.seq or head != chain.prev:
            self._say(None, f"the case ends at entry {seq}, and its trail at {chain.seq}")
        if state != chain.state:
            self._say(None, f"the case stands at {state}, and its entries add up to {chain.state}")
        self._ending(chain)
        if not chain.complete:
            return
        self._whose(chain)
        judged = not chain.undone and chain.tombstone is None and name in NAMES
        if judged and bool(is_open) == _is_final(name, state):
            self._say(None, f"at {state} it cannot be {'open' if is_open else 'closed'}")
        try:
            text = chain.known
            known, end = _scan(text, 0) if text else (None, 0)
        except (StopIteration, TypeError, ValueError, RecursionError):
            known = None
        if not isinstance(known, dict) or end != len(text or ""):
            self._say(None, "what is known of it cannot be read: it was changed")
        elif known != chain.facts:
            names = {*known, *chain.facts}
            wrong = sorted(name for name in names if known.get(name) != chain.facts.get(name))
            self._say(None, f"what is known of it is not what its entries say: {', '.join(wrong)}")

    def _whose(self, chain: _Chain) -> None:
        """Compare under which version of its pathway a case runs, and who has it, with what its entries say."""
        version, team, lead = chain.case[7], chain.case[12], chain.case[13]
        if chain.version is not None and version != chain.version:
            self._say(
                None,
                f"it is said to run under version {version} of its pathway, and began under {chain.version}",
            )
        if chain.team is not None and team != chain.team:
            self._say(None, "it is with another team than its entries say")
        if chain.given is not None and not chain.undone and lead != chain.given["lead"]:
            self._say(None, "it is led by somebody else than its entries say")

    def _ending(self, chain: _Chain) -> None:
        """Compare when a case was opened and closed, and how it ended, with what its entries say."""
        is_open = chain.case[3]
        outcome, opened_at, closed_at = chain.case[8:11]
        if self._moment(opened_at) != chain.begun:
            self._say(None, "it was opened at another moment than its first entry says")
        half = is_open not in (True, False) or bool(is_open) != (closed_at is None)
        if half or not (is_open or chain.happened):
            self._say(None, "whether and when it was closed is not what its entries say")
        elif chain.told_again and chain.sound and not chain.undone and chain.tombstone is None:
            how, ended_at = None, None
            for kind, *_, row in chain.seen:
                how = kind.outcome or how
                if kind.closes and ended_at is None:
                    how, ended_at = how or kind.to_state, self._moment(row[3])
            if (how, ended_at) != (outcome, self._moment(closed_at)):
                self._say(None, "how and when it ended is not what its entries say")

    def _moment(self, value: Any) -> Any:
        """A moment of a row in writing; what is none stays as it is."""
        return value if self.tx.dialect == "sqlite" or value is None else self.text(value)

    def _facts(self, facts: str) -> str | None:
        """The facts that a case row repeats, opened; None where they do not open or their key is gone."""
        if self.sealer is None:
            return facts
        try:
            return self.sealer.opened(facts)
        except PathwayError as refused:
            if refused.code != NOT_PROVEN:
                raise
            return None
        except (TypeError, ValueError):
            return None  # what stands there is no text


@cache
def _is_final(name: str, state: str) -> bool:
    found = pathway(name)
    return state in {each.name for each in found.states if each.final}


@cache
def _kinds_of_record(name: str) -> Mapping[str, str]:
    """The kinds of record of a pathway, and whether each is fact, opinion or decision."""
    return {RECORD: "fact"} | {kind: each.entry for kind, each in pathway(name).evidence().items()}
