"""The tree of `pathways/merkle.py` kept in runs of sixteen hashes, so that a change costs a few of them and not the whole.

Level 0 holds the leaves, each level above the roots of the runs below it. Runs come from a place that anybody may have
written to. So nothing is taken from them that does not prove itself: every run that a change touches is followed up to
the root that was signed, before any of it goes into the next root. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pathways.merkle import RUN, SIZE, levels, put, root

REMEMBERED = 4_096
"""Runs of which what stands over their hashes is remembered: some 5 MB."""
EMPTY = root(())
Runs = dict[tuple[int, int], bytes]
"""Runs by level and place: their hashes, one after the other."""
Read = Callable[[Sequence[Sequence[int]]], Sequence[Mapping[int, bytes]]]
"""Gives for each level, from the leaves up, the runs at these places of it; those that are not there are left out."""
Laid = dict[int, Sequence[bytes]]
"""Runs of one level by place: their hashes, and what stands over these up to the root of the run."""
_remembered: dict[bytes, Sequence[bytes]] = {}
"""What was worked out of a run, under the run itself: whatever else is in its place is worked out for itself."""


class Unproven(Exception):
    """What was kept of the tree does not lead to its root."""


@dataclass(frozen=True, slots=True)
class Grown:
    """The tree after a change: leaves in all, root, and the runs that are other than before."""

    size: int
    root: bytes
    runs: Runs


def counts(size: int) -> list[int]:
    """How many hashes each level has, from the leaves up to the level that is one run; none for no leaves."""
    found = [size] if size else []
    while found and found[-1] > RUN:
        found.append(-(-found[-1] // RUN))
    return found


def lay(leaves: Sequence[bytes]) -> Grown:
    """The whole tree over leaf hashes."""
    runs: Runs = {}
    level, hashes = 0, list(leaves)
    while hashes:
        parts = [hashes[place : place + RUN] for place in range(0, len(hashes), RUN)]
        runs |= {(level, place): b"".join(part) for place, part in enumerate(parts)}
        if len(parts) == 1:
            return Grown(len(leaves), root(parts[0]), runs)
        level, hashes = level + 1, [root(part) for part in parts]
    return Grown(0, EMPTY, runs)


def grow(size: int, top: bytes, read: Read, known: Mapping[int, bytes], fresh: Mapping[int, bytes]) -> Grown:
    """Put new hashes in the place of some leaves, and add leaves at the end.

    Args:
        size: how many leaves there were.
        top: the root over them, from a place that is trusted.
        read: gives runs that were kept; they are not trusted.
        known: the hashes that the changed leaves had, by place, from a place that is trusted.
        fresh: the hashes that they are to have, and those of the leaves that are added.

    Raises:
        Unproven: the runs, or the known leaves, do not lead to the root.
    """
    end = max((size, *(place + 1 for place in fresh)))
    if sum(place >= size for place in fresh) != end - size:
        raise Unproven
    before, height = counts(size), len(counts(end))
    laid = _needed(before, height, read, fresh)
    _prove(laid[: len(before)], top, known)
    changes, made, found = dict(fresh), Runs(), top
    for level, kept in enumerate(laid):
        parts: dict[int, dict[int, bytes]] = {place: {} for place in kept}
        for place, changed in changes.items():
            parts.setdefault(place // RUN, {})[place % RUN] = changed
        changes = {}
        for place, part in parts.items():
            run = put(kept.get(place, ()), part)
            _remember(run)
            made[level, place], changes[place] = run[0], run[-1]
        found = changes.get(0, top)
    return Grown(end, found, made)


def _needed(before: Sequence[int], height: int, read: Read, leaves: Iterable[int]) -> list[Laid]:
    """The runs of the tree before that a change of these leaves touches: those on their ways up, and the last on top.

    Raises:
        Unproven: one of them is not there, or is not as long as it should be.
    """
    lengths = [*before, *[0] * (height - len(before))]
    wanted, places = [], {place // RUN for place in leaves}
    for level, length in enumerate(lengths):
        if level == len(before) - 1:
            places.add(0)  # where the tree gets higher, what was on top goes into the new level
        wanted.append(sorted(place for place in places if place * RUN < length))
        places = {place // RUN for place in places}
    found: list[Laid] = []
    for length, there, kept in zip(lengths, wanted, read(wanted), strict=True):
        runs: Laid = {}
        for place in there:
            run = bytes(kept.get(place, b""))
            if len(run) != SIZE * min(RUN, length - place * RUN):
                raise Unproven
            runs[place] = _remembered.pop(run, ()) or levels(run)
        found.append(runs)
    return found


def _prove(laid: Sequence[Laid], top: bytes, known: Mapping[int, bytes]) -> None:
    """Follow every run, and every leaf that is known, to the root.

    Raises:
        Unproven: one does not lead there.
    """
    if not laid and (known or top != EMPTY):
        raise Unproven
    for place, leaf in known.items():
        run = laid[0].get(place // RUN)
        if run is None or _hash_of(run[0], place) != leaf:
            raise Unproven
    upwards: list[Laid] = [*laid, {0: [top]}]
    for runs, above in pairwise(upwards):
        for place, run in runs.items():
            if run[-1] != _hash_of(above[place // RUN][0], place):
                raise Unproven


def _hash_of(run: bytes, place: int) -> bytes:
    """What a run has at the place of the level below that it belongs to."""
    at = place % RUN * SIZE
    return run[at : at + SIZE]


def _remember(run: Sequence[bytes]) -> None:
    if len(_remembered) >= REMEMBERED:
        _remembered.clear()
    _remembered[run[0]] = run
