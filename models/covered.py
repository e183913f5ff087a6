"""Does the trail of today begin with what every checkpoint, and every anchor kept in another place, says it was?

`models/verify.py` has found that each chain still has the entries that any checkpoint ever covered of it. Here each
checkpoint's chains are laid out again and its root is worked out; its signature is checked; and every anchor that was
kept elsewhere has to be one of the checkpoints. One that is not there at all tells of a tail that was cut off, of an
older copy put back, of a record written anew: the store itself could not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.anchors import Checkpoint, as_checkpoint, outside, read_outside, sees_part
from models.store import Store, Transaction
from models.verify import Fault, Verdict, verify
from pathways.checkpoints import Lodged, is_signed, nearly
from pathways.clocks import Rules
from pathways.errors import Mistyped
from pathways.merkle import leaf_data, leaf_hash, root
from pathways.moments import local_day, words

MOST_HASHES = 10_000_000
"""How many hashes may go into roots, about ten seconds; past that the newest, the oldest and some between are checked."""


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
        kept = _kept(tx, verdict)
        by_text = {each.anchor.text: each for each in kept}
        by_code = {each.anchor.code: each for each in kept}
        held = [by_text[each.anchor.text] for each in lodged if each.anchor.text in by_text]
        held += [by_code[each] for each in codes if each in by_code]
        _missing(verdict, kept, [each for each in lodged if each.anchor.text not in by_text])
        for code in codes:
            if code not in by_code:
                _unknown(verdict, code, by_code)
        _signatures(verdict, found, kept, keys)
        found.checkpoints, found.newest = len(kept), kept[-1] if kept else None
        found.outside = sorted({each.id: each for each in held}.values(), key=lambda each: each.id)
        newest_outside = found.outside[-1].id if found.outside else 0
        wanted = _wanted(kept, [each.id for each in found.outside], every)
        found.uncovered = _uncovered(verdict, {})
        for checkpoint, chains, leaves in _laid_out(tx, kept, wanted):
            found.roots += 1
            anchor = checkpoint.anchor
            if root(leaves) != anchor.root or len(leaves) != anchor.chains:
                verdict.faults.append(Fault("", None, f"the checkpoint of {_when(anchor.at)} does not come out: chains that it covered are gone or changed"))  # fmt: skip
            if checkpoint.id == newest_outside:
                found.uncovered = _uncovered(verdict, chains)
    return found


def _when(at: datetime) -> str:
    return words(local_day(at))


def _kept(tx: Transaction, verdict: Verdict) -> list[Checkpoint]:
    """Every checkpoint of the store whose columns say what its text says."""
    kept = []
    for row in tx.all("every_checkpoint"):
        try:
            each = as_checkpoint(row)
        except Mistyped:
            verdict.faults.append(Fault("", None, f"checkpoint {row.id} cannot be read: it was changed"))
            continue
        anchor = each.anchor
        told = (anchor.chains, anchor.entries, anchor.root, anchor.at)
        if told != (row.chains, row.entries, bytes(row.root), row.at):
            verdict.faults.append(Fault("", None, f"checkpoint {row.id} contradicts itself: it was changed"))
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


def _signatures(verdict: Verdict, found: Coverage, kept: Sequence[Checkpoint], keys: Sequence[str]) -> None:
    allowed = {each.lower() for each in keys}
    for each in kept:
        lodged, when = each.lodged, _when(each.anchor.at)
        if not lodged.signed_by:
            found.unsigned += 1
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
    """Whose roots to work out: all, or where that is too much the newest, the oldest and some spread between."""
    ids = [each.id for each in kept]
    chains = max((each.anchor.chains for each in kept), default=0)
    room = max(10, MOST_HASHES // max(1, 2 * chains))
    if every or len(ids) <= room:
        return set(ids)
    return {ids[0], ids[-1]} | set(_spread(outside, room // 2)) | set(_spread(ids, room // 2))


def _spread(ids: Sequence[int], most: int) -> Iterator[int]:
    """So many of these at most, evenly spread, the last among them."""
    step = max(1, -(-len(ids) // most))
    yield from reversed(ids[::-1][::step])


def _laid_out(
    tx: Transaction, kept: Sequence[Checkpoint], wanted: set[int]
) -> Iterator[tuple[Checkpoint, dict[str, int], list[bytes]]]:
    """Each wanted checkpoint with the chains that it covered: their lengths, and their leaves in order."""
    order: list[str] = []
    hashes: dict[str, bytes] = {}
    lengths: dict[str, int] = {}
    rows: Iterator[Any] = tx.stream("every_leaf")
    row = next(rows, None)
    for checkpoint in kept:
        fresh: list[str] = []
        while row is not None and row[0] <= checkpoint.id:
            _, case_ref, entries, head = row
            if case_ref not in hashes:
                fresh.append(case_ref)
            hashes[case_ref] = leaf_hash(leaf_data(case_ref, entries, bytes(head)))
            lengths[case_ref] = entries
            row = next(rows, None)
        if fresh:
            order = sorted(order + fresh)
        if checkpoint.id in wanted:
            yield checkpoint, lengths, [hashes[each] for each in order]


def _uncovered(verdict: Verdict, covered: dict[str, int]) -> int:
    return sum(max(0, length - covered.get(case_ref, 0)) for case_ref, length in verdict.seen.items())
