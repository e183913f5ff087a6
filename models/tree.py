"""The tree of the newest checkpoint: what it takes up, what of it is kept in between, and how that is laid anew.

What is kept (`tree_run`) saves work and proves nothing. Before any of it goes into a root that is signed, it is followed
up to the root of the last checkpoint (`pathways/tree.py`). Where it does not lead there, the tree is laid anew from what
checkpoints covered of each chain, which nobody may change; where that does not lead there either, nothing is signed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.store import Store
from models.transaction import AT_ONCE, Transaction
from pathways.checkpoints import Anchor
from pathways.errors import NotReady
from pathways.merkle import leaf_data, leaf_hash
from pathways.tree import EMPTY, Grown, Unproven, grow, lay

DOES_NOT_COME_OUT = (
    "The last checkpoint does not come out of what is kept of it, so none is made on top of it. "
    "Look into it first: pathways audit verify"
)


class Chain(NamedTuple):
    """A chain: where it ends, its place in the tree, and what the last checkpoint that had it says of it."""

    case_ref: str
    entries: int
    head: bytes
    place: int | None
    covered: int
    covered_head: bytes | None

    @property
    def leaf(self) -> bytes:
        """Its leaf as it is now."""
        return leaf_hash(leaf_data(self.case_ref, self.entries, bytes(self.head)))

    @property
    def covered_leaf(self) -> bytes:
        """Its leaf in the last checkpoint that had it."""
        return leaf_hash(leaf_data(self.case_ref, self.covered, bytes(self.covered_head or b"")))


def plainly(tx: Transaction, *asked: tuple[str, dict[str, Any]]) -> list[list[tuple[Any, ...]]]:
    """The rows of each of these, to be told by their order; PostgreSQL is asked all of them in one go."""
    if tx.dialect == "sqlite":
        return [tx.plain(name, **given) for name, given in asked]
    return tx.together(*asked)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a checkpoint takes up: the tree, how many entries it covers in all, the chains that grew with their places."""

    tree: Grown
    entries: int
    chains: list[tuple[Chain, int]]
    anew: bool

    def write(self, tx: Transaction, checkpoint: int) -> None:
        """Keep it beside the checkpoint of that number."""
        rows = sorted(
            (checkpoint, each.case_ref, each.entries, bytes(each.head), place) for each, place in self.chains
        )
        _write(tx, "add_checkpoint_leaf", rows)
        _keep(tx, self.tree, anew=self.anew)


def _keep(tx: Transaction, tree: Grown, *, anew: bool) -> None:
    if anew:
        tx.run("drop_runs")
    _write(tx, "put_run", [(level, place, hashes) for (level, place), hashes in sorted(tree.runs.items())])


def _write(tx: Transaction, name: str, rows: Sequence[Sequence[Any]]) -> None:
    for first in range(0, len(rows), AT_ONCE):
        tx.sets(name, rows[first : first + AT_ONCE])


def take_up(
    tx: Transaction, before: Anchor | None, grown: Sequence[Chain], *, lay_anew: bool = True
) -> Taken:
    """Work out the tree in which these chains are as they are now.

    Args:
        tx: a reading of the store.
        before: the last checkpoint, None where there is none.
        grown: chains with more entries than it covers.
        lay_anew: False leaves the tree as it is where what is kept of it is wrong.

    Raises:
        NotReady: the last checkpoint does not come out.
        Unproven: what is kept of the tree is wrong, and was to be left.
    """
    size, top = (before.chains, before.root) if before else (0, EMPTY)
    placed = _placed(grown, size)
    entries = (before.entries if before else 0) + sum(each.entries - each.covered for each in grown)
    known = {place: each.covered_leaf for each, place in placed if each.place is not None}
    fresh = {place: each.leaf for each, place in placed}

    def read(places: Sequence[Sequence[int]]) -> Sequence[Mapping[int, bytes]]:
        asked = [
            ("tree_runs", {"level": level, "places": tx.numbers(some)}) for level, some in enumerate(places)
        ]
        return [dict(found) for found in plainly(tx, *asked)]

    try:
        if any(each.covered and each.place is None for each in grown):
            raise Unproven
        return Taken(grow(size, top, read, known, fresh), entries, placed, anew=False)
    except Unproven:
        if not lay_anew:
            raise
    every = [Chain(*each) for each in tx.plain("every_chain")]
    if _is_older(every):
        placed = _placed([each._replace(place=None) for each in every], 0)
        tree = lay([each.leaf for each, _ in placed])
        return Taken(tree, sum(each.entries for each in every), placed, anew=True)
    leaves = _proven(every, before)
    leaves += [EMPTY] * (len(fresh) - len(known))
    for place, leaf in fresh.items():
        leaves[place] = leaf
    return Taken(lay(leaves), entries, placed, anew=True)


def lay_again(store: Store) -> None:
    """Lay what is kept of the tree anew, from what checkpoints covered of each chain; a record that may only be read, too.

    Raises:
        NotReady: the last checkpoint does not come out of that.
    """
    with store.writing(service=True) as tx:
        last = tx.one("last_checkpoint")
        every = [Chain(*each) for each in tx.plain("every_chain")]
        if last is not None and not _is_older(every):
            before = Anchor("", last.chains, last.entries, bytes(last.root), last.at)
            _keep(tx, lay(_proven(every, before)), anew=True)


def _placed(chains: Sequence[Chain], size: int) -> list[tuple[Chain, int]]:
    """Each chain with its place; new ones after the others, in order of their references."""
    known = [(each, each.place) for each in chains if each.place is not None]
    fresh = sorted(each for each in chains if each.place is None)
    return known + [(each, size + after) for after, each in enumerate(fresh)]


def _is_older(every: Sequence[Chain]) -> bool:
    """Whether the last checkpoint was made when chains had no places yet."""
    covered = [each for each in every if each.covered]
    return bool(covered) and all(each.place is None for each in covered)


def _proven(every: Sequence[Chain], before: Anchor | None) -> list[bytes]:
    """The leaves of the last checkpoint, in order.

    Raises:
        NotReady: its root is not theirs.
    """
    covered = sorted(
        (each for each in every if each.covered), key=lambda each: -1 if each.place is None else each.place
    )
    leaves = [each.covered_leaf for each in covered]
    size, top = (before.chains, before.root) if before else (0, EMPTY)
    if [each.place for each in covered] != list(range(size)) or lay(leaves).root != top:
        raise NotReady(DOES_NOT_COME_OUT)
    return leaves
