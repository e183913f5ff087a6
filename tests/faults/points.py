"""Which commands are broken on which kind of store, and at which of their calls: all in `make faults`, a share in the suite."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256

from tests.faults.jobs import Job
from tests.faults.place import STORES

DISK = (
    "write",
    "pwrite64",
    "sendfile",
    "copy_file_range",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "link",
)
"""What a disk that is full or broken refuses."""
MOST = 25
"""Points of one call in a long command, and of one kind of disk fault: beyond that they are spread evenly."""
MOST_IN_SUITE = 9
"""As `MOST`, in the suite."""


def every() -> int:
    """Each how-manieth point is tried: 10 in the suite, 1 in `make faults`."""
    return int(os.environ.get("PATHWAYS_FAULTS_EVERY", "10"))


@cache
def turn(job: Job, where: str) -> int:
    """A number of its own for a job on a store, the same in every run."""
    return int(sha256(f"{job.name} {where}".encode()).hexdigest()[:8], 16)


def is_tried(job: Job, where: str, among: Iterable[str] = STORES) -> bool:
    """Whether a job is broken on this kind of store: in `make faults` on all, in the suite on one of these."""
    kinds = [each for each in job.databases if each in among]
    return where in kinds and (every() == 1 or kinds[turn(job, "") % len(kinds)] == where)


def points(
    job: Job,
    where: str,
    calls: Mapping[str, int],
    kinds: tuple[str, ...],
    most: int | None,
    among: Iterable[str] = STORES,
) -> list[tuple[str, int]]:
    """Which calls are broken, as name and number.

    In `make faults` every one; where `most` is given no more of a kind, spread evenly and with the last three. In the
    suite, where one kind of store stands for all of `among`, a tenth of what these have together: the last sync, before
    which nothing may be acknowledged, and others spread evenly, which ones is another matter for each job.
    """
    found = [
        (call, number)
        for call in kinds
        for number in _spread(calls[call], most if every() == 1 or most is None else MOST_IN_SUITE)
    ]
    if every() == 1 or not found:
        return found
    last = ([each for each in found if "sync" in each[0]] or found)[-1]
    wanted = len(found) * len({*job.databases} & {*among}) // every()
    first = turn(job, where) % len(found)
    spread = [found[(first + number * len(found) // wanted) % len(found)] for number in range(1, wanted)]
    return sorted({last, *spread})


def _spread(count: int, most: int | None) -> list[int]:
    if most is None or count <= most:
        return list(range(1, count + 1))
    return sorted({*range(1, count + 1, -(-count // most)), *range(count - 2, count + 1)})
