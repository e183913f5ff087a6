"""Does the trail of today begin with what every checkpoint, and every anchor kept in another place, says it was?

`models/verify.py` has found that each chain still has the entries that any checkpoint ever covered of it. Here each
checkpoint's chains are laid out again and its root is worked out; its signature is checked; and every anchor that was
kept elsewhere has to be one of the checkpoints. One that is not there at all tells of a tail that was cut off, of an
older copy put back, of a record written anew: the store itself could not know.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.anchors import Checkpoint, as_checkpoint, outside, read_outside, sees_part
from models.store import Store
from models.transaction import Transaction
from models.verdict import Fault, Verdict
from models.verify import verify
from pathways.checkpoints import Anchor, Lodged, code_of, is_signed, nearly
from pathways.clocks import Rules
from pathways.errors import Mistyped
from pathways.merkle import Roots, leaf_data, leaf_hash
from pathways.moments import local_day, words
from pathways.tree import lay

MOST_LEAVES = 30_000_000
"""How many chains the roots that are worked out may be over, all together: about ten seconds. That a checkpoint covers
as many chains and entries as it says is looked at for every one."""
TREE_IS_OFF = (
    "what is kept of the tree between two checkpoints is not what they say: it was changed. "
    "Nothing was signed over it; pathways audit anchor lays it anew"
)
MANY = 1_000
"""Chains that are sorted in together; fewer are put in one by one."""


@dataclass(slots=True)
class Coverage:
    """What checkpoints and anchors say.

    `roots` of the `checkpoints` were worked out again. `outside` are the anchors from another place that hold, oldest
    first; `uncovered` is how many of the entries that whoever asked may see came after the newest of them.
    """

    checkpoints: int = 0
    roots: int = 0
    newest: Checkpoint | None = None
    outside: list[Checkpoint] = field(default_factory=list)
    uncovered: int = 0
    unsigned: int = 0
    signers: dict[str, int] = field(default_factory=dict)


def prove(store: Store, rules: Rules | None, *, progress: Callable[[int], None] | None = None) -> Verdict:
    """Check all that can be checked without being asked: chains, cases, checkpoints, the anchors kept in another place.

    Raises:
        NotReady, Mistyped: the file of anchors cannot be read.
    """
    found = verify(store, rules, progress=progress)
    if not sees_part(store):
        place = outside(store)
        look(store, found, lodged=read_outside(place) if place else ())
    return found


def look(
    store: Store,
    verdict: Verdict,
    *,
    lodged: Sequence[Lodged] = (),
    codes: Sequence[str] = (),
    keys: Sequence[str] = (),
    every: bool = False,
) -> Coverage:
    """Check every checkpoint and anchor; what does not hold is added to the verdict.

    Args:
        store: the store.
        verdict: what was found of its chains.
        lodged: anchors from a file in another place.
        codes: anchors' codes as somebody typed them.
        keys: public keys that checkpoints may be signed with; none: any.
        every: work every root out again, however many there are.

    Raises:
        Mistyped: a code is so nearly that of a checkpoint that it must be a slip of the hand.
    """
    found = Coverage()
    with store.reading() as tx:
        there = tx.all("every_checkpoint")
        kept = _kept(there, verdict)
        _in_a_row(there, verdict)
        by_text = {each.anchor.text: each for each in kept}
        by_code = {each.anchor.code: each for each in kept}
        held = [by_text[each.anchor.text] for each in lodged if each.anchor.text in by_text]
        held += [by_code[each] for each in codes if each in by_code]
        _missing(verdict, kept, [each for each in lodged if each.anchor.text not in by_text])
        _lost_signatures(verdict, [each for each in lodged if each.signed_by], by_text)
        for code in codes:
            if code not in by_code:
                _unknown(verdict, code, by_code)
        _signatures(verdict, found, kept, keys)
        found.checkpoints, found.newest = len(kept), kept[-1] if kept else None
        found.outside = sorted({each.id: each for each in held}.values(), key=lambda each: each.id)
        newest_outside = found.outside[-1].id if found.outside else 0
        wanted = _wanted(kept, [each.id for each in found.outside], every)
        found.uncovered = _uncovered(verdict, {})
        laid, roots, strays = _Laid(), Roots(), set[int]()
        rows = tx.stream("every_leaf")
        row = next(rows, None)
        for checkpoint in kept:
            while row is not None and row[0] <= checkpoint.id:
                if row[0] != checkpoint.id:
                    strays.add(row[0])
                laid.add(row[1], row[2], bytes(row[3]), row[4])
                row = next(rows, None)
            anchor = checkpoint.anchor
            holds = laid.holds(anchor)
            if checkpoint.id in wanted:
                found.roots += 1
                holds = holds and roots.of(laid.leaves()) == anchor.root
            if not holds:
                says = "does not come out: chains that it covered are gone or changed"
                verdict.faults.append(Fault("", None, f"the checkpoint of {_when(anchor.at)} {says}"))
            if checkpoint.id == newest_outside:
                found.uncovered = _uncovered(verdict, laid.lengths)
        while row is not None:
            strays.add(row[0])
            row = next(rows, None)
        _strays(verdict, strays, there)
        if kept and holds and not _is_tree_of(tx, laid.leaves()):
            verdict.faults.append(Fault("", None, TREE_IS_OFF))
    return found


def _is_tree_of(tx: Transaction, leaves: Sequence[bytes]) -> bool:
    """Whether what is kept of the tree is the tree over these leaves, or nothing is kept of it."""
    there = {(level, place): bytes(hashes) for level, place, hashes in tx.stream("every_run")}
    return not there or there == lay(leaves).runs


def _when(at: datetime) -> str:
    return words(local_day(at))


def _in_a_row(there: Sequence[Any], verdict: Verdict) -> None:
    """See that each checkpoint follows the one before it, from the first on that says which one it follows."""
    before, named = "", False
    for row in there:
        if row.follows != before and (named or row.follows):
            what = "does not follow the one before it: one between them is gone, or it was changed"
            verdict.faults.append(Fault("", None, f"checkpoint {row.id} {what}"))
        before, named = code_of(str(row.text)), named or bool(row.follows)


def _strays(verdict: Verdict, covered_by: set[int], there: Sequence[Any]) -> None:
    """Name the checkpoints that are gone and of which what they covered is left."""
    for number in sorted(covered_by - {row.id for row in there}):
        verdict.faults.append(Fault("", None, f"checkpoint {number} is gone, and what it covered is there"))


def _kept(there: Sequence[Any], verdict: Verdict) -> list[Checkpoint]:
    """Those checkpoints of the store of which the columns say what its text says."""
    kept: list[Checkpoint] = []
    for row in there:
        try:
            each = as_checkpoint(row)
        except Mistyped:
            verdict.faults.append(Fault("", None, f"checkpoint {row.id} cannot be read: it was changed"))
            continue
        anchor = each.anchor
        told = (anchor.chains, anchor.entries, anchor.root, anchor.at)
        if told != (row.chains, row.entries, bytes(row.root), row.at):
            verdict.faults.append(Fault("", None, f"checkpoint {row.id} contradicts itself: it was changed"))
        if kept and anchor.text == kept[-1].anchor.text:
            verdict.faults.append(
                Fault("", None, f"checkpoint {row.id} is the one before it again: it was put in")
            )
        kept.append(each)
    return kept


def _missing(verdict: Verdict, kept: Sequence[Checkpoint], lodged: Sequence[Lodged]) -> None:
    origins = {each.anchor.origin for each in kept}
    for each in lodged:
        other = origins and each.anchor.origin not in origins
        why = (
            "is of another store: is this the right file of anchors"
            if other
            else "is not among the checkpoints: entries were cut off, or an older copy was put back"
        )
        verdict.faults.append(
            Fault("", None, f"the anchor of {_when(each.anchor.at)} that was kept outside {why}")
        )


def _unknown(verdict: Verdict, code: str, known: dict[str, Checkpoint]) -> None:
    for each, checkpoint in known.items():
        off = nearly(code, each)
        if off:
            groups = " and ".join(map(str, off))
            raise Mistyped(
                f"The code is that of {_when(checkpoint.anchor.at)} but for group {groups}. Compare it with what you were "
                "sent and type it again; if it was sent as you typed it, tell the information governance lead."
            )
    says = f"no checkpoint has the code {code}: entries were cut off, or an older copy was put back"
    verdict.faults.append(Fault("", None, says))


def _lost_signatures(verdict: Verdict, signed: Sequence[Lodged], by_text: Mapping[str, Checkpoint]) -> None:
    """Checkpoints that bear no signature here, and did when their anchor was kept outside."""
    for each in signed:
        here = by_text.get(each.anchor.text)
        if here is not None and not here.lodged.signed_by:
            what = f"the checkpoint of {_when(each.anchor.at)} has lost the signature that it bore when it was kept outside"
            verdict.faults.append(Fault("", None, what))


def _signatures(verdict: Verdict, found: Coverage, kept: Sequence[Checkpoint], keys: Sequence[str]) -> None:
    allowed = {each.lower() for each in keys}
    for each in kept:
        lodged, when = each.lodged, _when(each.anchor.at)
        if not lodged.signed_by:
            found.unsigned += 1
            if lodged.signature:
                what = f"the checkpoint of {when} bears a signature and does not say whose: it was changed"
                verdict.faults.append(Fault("", None, what))
            continue
        key = lodged.signed_by.partition(":")[2]
        if not is_signed(each.anchor.text, lodged.signed_by, lodged.signature):
            verdict.faults.append(
                Fault("", None, f"the checkpoint of {when} does not bear the signature of the key it names")
            )
        elif allowed and key not in allowed:
            verdict.faults.append(
                Fault("", None, f"the checkpoint of {when} is signed with a key that is not this store's")
            )
        found.signers[lodged.signed_by] = found.signers.get(lodged.signed_by, 0) + 1


def _wanted(kept: Sequence[Checkpoint], outside: Sequence[int], every: bool) -> set[int]:
    """Whose roots to work out: all, or where that is too much the newest and some spread over the rest.

    Whatever is changed contradicts the last checkpoint before the change, and that one is among the newest on the
    night after it. So a store that is checked each night is held to all of its checkpoints.
    """
    ids = [each.id for each in kept]
    if every or sum(each.anchor.chains for each in kept) <= MOST_LEAVES:
        return set(ids)
    room = max(10, MOST_LEAVES // max(each.anchor.chains for each in kept))
    older, newest = ids[: -room // 2], ids[-room // 2 :]
    first = {older[0], *outside[-1:]} if older else set()
    return {*newest, *first, *_spread(older, room // 4), *_spread(outside, room // 4)}


def _spread(ids: Sequence[int], most: int) -> Iterator[int]:
    """So many of these at most, evenly spread, the last among them."""
    step = max(1, -(-len(ids) // max(1, most)))
    yield from reversed(ids[::-1][::step])


class _Laid:
    """The chains that a checkpoint covered: their lengths, their entries in all, and their leaves in order."""

    def __init__(self) -> None:
        self.lengths: dict[str, int] = {}
        self.entries = 0
        self._places: dict[str, int] = {}
        self._placed: list[bytes] = []
        self._in_place = True
        self._grown: dict[str, bytes] = {}
        self._order: list[str] = []
        self._leaves: list[bytes] = []

    def add(self, case_ref: str, entries: int, head: bytes, place: int | None) -> None:
        """A chain that had grown until the checkpoint that is laid out next."""
        self.entries += entries - self.lengths.get(case_ref, 0)
        self.lengths[case_ref] = entries
        leaf = leaf_hash(leaf_data(case_ref, entries, head))
        if place is None:
            self._grown[case_ref] = leaf
            self._in_place = self._in_place and not self._placed
        else:
            self._put(case_ref, place, leaf)

    def _put(self, case_ref: str, place: int, leaf: bytes) -> None:
        """A leaf in its place: where the chain has always been, or behind all that were there."""
        known = self._places.setdefault(case_ref, len(self._placed))
        if known != place:
            self._in_place = False
        elif place == len(self._placed):
            self._placed.append(leaf)
        else:
            self._placed[place] = leaf

    def holds(self, anchor: Anchor) -> bool:
        """Whether the checkpoint covers as many chains and entries as it says, each chain in a place of its own."""
        whole = len(self._placed) in (0, len(self.lengths))
        return (
            (len(self.lengths), self.entries) == (anchor.chains, anchor.entries) and self._in_place and whole
        )

    def leaves(self) -> list[bytes]:
        """The leaves in their order; those of older checkpoints, by reference, are worked in only where they are asked for."""
        if self._placed:
            return self._placed
        grown, order, leaves = self._grown, self._order, self._leaves
        self._grown = {}
        if len(grown) >= MANY:
            whole = dict(zip(order, leaves, strict=True)) | grown
            self._order = sorted(whole)
            self._leaves = [whole[each] for each in self._order]
            return self._leaves
        for case_ref, leaf in grown.items():
            place = bisect_left(order, case_ref)
            if place < len(order) and order[place] == case_ref:
                leaves[place] = leaf
            else:
                order.insert(place, case_ref)
                leaves.insert(place, leaf)
        return leaves


def _uncovered(verdict: Verdict, covered: dict[str, int]) -> int:
    return sum(max(0, length - covered.get(case_ref, 0)) for case_ref, length in verdict.seen.items())
