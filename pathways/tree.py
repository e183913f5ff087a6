"""The tree of `pathways/merkle.py` kept in runs of sixteen hashes, so that a change costs a few of them and not the whole.

Level 0 holds the leaves, each level above the roots of the runs below it. Runs come from a place that anybody may have
written to. So nothing is taken from them that does not prove itself: every run that a change touches is followed up to
the root that was signed, before any of it goes into the next root. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pathways.merkle import RUN, root

SIZE = 32
"""Bytes of a hash."""
EMPTY = root(())
Runs = dict[tuple[int, int], bytes]
"""Runs by level and place: their hashes, one after the other."""
Read = Callable[[int, Sequence[int]], Mapping[int, bytes]]
"""Gives the runs of a level at these places; those that are not there are left out."""


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
    before, after = counts(size), counts(max(size, *(place + 1 for place in fresh)) if fresh else size)
    runs = _needed(before, after, read, fresh)
    _prove(before, top, runs, known)
    changes, made = dict(fresh), Runs()
    found = top
    for level in range(len(after)):
        kept = {place: list(run) for (at, place), run in runs.items() if at == level}
        for place in sorted(changes):
            run = kept.setdefault(place // RUN, [])
            if place % RUN < len(run):
                run[place % RUN] = changes[place]
            elif place % RUN == len(run):
                run.append(changes[place])
            else:
                raise Unproven
        made |= {(level, place): b"".join(run) for place, run in kept.items()}
        changes = {place: root(run) for place, run in kept.items()}
        found = changes.get(0, top)
    return Grown(after[0] if after else 0, found, made)


def _needed(
    before: Sequence[int], after: Sequence[int], read: Read, places: Iterable[int]
) -> dict[tuple[int, int], list[bytes]]:
    """The runs of the tree before that a change of these leaves touches: those on their ways up, and the last on top."""
    found = {}
    wanted = {place // RUN for place in places}
    for level in range(len(after)):
        if level == len(before) - 1:
            wanted.add(0)  # where the tree gets higher, what was on top goes into the new level
        there = sorted(place for place in wanted if level < len(before) and place * RUN < before[level])
        kept = read(level, there) if there else {}
        for place in there:
            run = bytes(kept.get(place, b""))
            if len(run) != SIZE * min(RUN, before[level] - place * RUN):
                raise Unproven
            found[level, place] = [run[at : at + SIZE] for at in range(0, len(run), SIZE)]
        wanted = {place // RUN for place in wanted}
    return found


def _prove(
    before: Sequence[int],
    top: bytes,
    runs: Mapping[tuple[int, int], Sequence[bytes]],
    known: Mapping[int, bytes],
) -> None:
    """Follow every run, and every leaf that is known, to the root.

    Raises:
        Unproven: one does not lead there.
    """
    if not before and top != EMPTY:
        raise Unproven
    for place, leaf in known.items():
        if runs.get((0, place // RUN), ())[place % RUN : place % RUN + 1] != [leaf]:
            raise Unproven
    for (level, place), run in runs.items():
        above = top if level == len(before) - 1 else runs[level + 1, place // RUN][place % RUN]
        if root(run) != above:
            raise Unproven
