"""Breaking a command on purpose, and what must hold afterwards.

The command runs in a process of its own under `strace`, which kills it in front of a chosen system call or makes that
call fail. What it leaves is then opened by the program itself: the record must verify, every receipt that was printed
must be on the trail, all of it must be there or nothing, and the same command again must leave exactly what one
undisturbed run leaves. What an undisturbed run leaves is learned from two of them: where they differ (salts, hashes
over them) there is nothing to compare.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from commands.desk import NO_CHECKPOINT
from tests.faults.contents import (
    NOTED,
    Contents,
    contents,
    counted,
    difference,
    faults_of,
    half_made,
    leaks,
    receipts_missing,
)
from tests.faults.jobs import Job
from tests.faults.place import Place, Ran


@dataclass(slots=True)
class Found:
    """What a fault left, against what it must: the counts of the table in docs/faults.md."""

    points: int = 0
    of: int = 0
    """How many points there are in all; 0 where they cannot be counted."""
    lost: int = 0
    doubled: int = 0
    leaked: int = 0
    not_whole: int = 0
    said: list[str] = field(default_factory=list)

    def note(self, kind: str, what: str) -> None:
        setattr(self, kind, getattr(self, kind) + 1)
        self.said.append(f"{kind}: {what}")


@dataclass(frozen=True, slots=True)
class Expected:
    """What an undisturbed run finds and leaves, and the calls that it makes.

    `moving` are columns that are not the same after each run; `settled` those that are not the same either once the
    command has been given again.
    """

    before: Contents
    after: Contents
    calls: Counter[str]
    moving: frozenset[str]
    settled: frozenset[str]

    def same(self, one: Mapping[str, Any], other: Mapping[str, Any], *, again: bool = False) -> bool:
        """Whether two stores hold the same, as far as that can be said."""
        return _without(one, self.settled if again else self.moving) == _without(
            other, self.settled if again else self.moving
        )


def _without(found: Mapping[str, Any], names: frozenset[str]) -> Contents:
    return {name: value for name, value in found.items() if name not in names}


_EXPECTED: dict[tuple[str, str], Expected] = {}


def undisturbed(fresh: Any, job: Job, where: str) -> Expected:
    """What stands in the store before and after, and how often each call is made; worked out once a process."""
    known = _EXPECTED.get((job.name, where))
    if known:
        return known
    with fresh(where, job.store) as place:
        with place.surroundings(job):
            before = contents(place, job)
        ran = place.traced(job)
        assert ran.code in job.ends, f"{ran.code} {ran.err}{ran.out}"
        with place.surroundings(job):
            after, calls = contents(place, job), place.calls()
    with fresh(where, job.store) as place:
        ran = place.again(job)
        assert ran.code in job.ends, f"{ran.code} {ran.err}{ran.out}"
        with place.surroundings(job):
            other = contents(place, job)
        moving = _columns_that_differ(after, other)
        settled = moving
        if job.repeats:
            place.again(job)
            with place.surroundings(job):
                settled |= _columns_that_differ(other, contents(place, job))
    found = Expected(before, after, calls, moving | {NOTED}, settled | {NOTED})
    assert job.changes != found.same(before, after), f"{job.name}: changes is not said rightly"
    _EXPECTED[job.name, where] = found
    return found


def _columns_that_differ(one: Contents, other: Contents) -> frozenset[str]:
    """Columns and files that two whole stores have differently; numbers of rows and steps always count."""
    names = {*one, *other}
    return frozenset(name for name in names if ("." in name) and one.get(name) != other.get(name))


def _parts(found: Contents) -> Contents:
    """How much there is, and which files: where a first part is given twice, later entries have later numbers."""
    return {name: value for name, value in found.items() if "." not in name or name.startswith("file ")}


def judge(found: Found, job: Job, place: Place, ran: Ran, expected: Expected, what: str) -> None:
    """Everything that must hold after a fault, and after the same command was given again."""
    found.points += 1
    before, after = expected.before, expected.after
    with place.surroundings(job):
        left = contents(place, job)
    if "revision" in left and left["revision"] == after.get("revision"):
        for fault in faults_of(place, job):
            found.note("not_whole", f"{what}: {fault}")
        for receipt in () if job.elsewhere else receipts_missing(place, job, ran.out):
            found.note("lost", f"{what}: {receipt} was printed and is not there")
    nothing, all_of_it = expected.same(left, before), expected.same(left, after)
    if not job.steps and not nothing and not all_of_it:
        found.note("not_whole", f"{what}: half of it is there, {difference(before, left)}")
    if "Traceback" in ran.err or "Incident" in ran.err:
        found.note("not_whole", f"{what}: {ran.err[-300:]}")
    # A step beside the work itself, such as a checkpoint, may be left to the next time where that is said.
    owned_up = job.steps and ("Nothing was saved" in ran.err or NO_CHECKPOINT in " ".join(ran.err.split()))
    if ran.code == 0 and not all_of_it and not owned_up:
        found.note("lost", f"{what}: it ended well, and not everything is there: {difference(after, left)}")
    if _taken_out(left, before) and job.notes and not left.get(NOTED):
        found.note("lost", f"{what}: it was taken out, and that is not said anywhere")
    second = Ran(0, "", "")
    if job.repeats or (counted(left) == counted(before) and not all_of_it):
        second = place.again(job)
        done = all_of_it and not nothing
        if second.code not in ((*job.again, *job.ends) if done or job.steps else job.ends):
            found.note("lost", f"{what}: again, it ended with {second.code}: {second.err[-300:]}")
    elif job.then and not all_of_it:
        second = place.again(replace(job, arguments=job.then))
    with place.surroundings(job):
        ended = contents(place, job)
    for name in after:
        if _size(ended.get(name)) > _size(after[name]):
            found.note("doubled", f"{what}: {difference(after, ended)}")
            break
    else:
        if not (_parts(ended) == _parts(after) if job.steps else expected.same(ended, after, again=True)):
            found.note("lost", f"{what}: after a second time: {difference(after, ended)}")
    for fault in faults_of(place, job) if "revision" in ended else ():
        found.note("not_whole", f"{what}: after a second time: {fault}")
    for half in half_made(place) if second.code == 0 and job.repeats else ():
        found.note("not_whole", f"{what}: after a second time: {half} lies there half made")
    for leak in leaks(place, ran, second, shows_names=job.shows_names):
        found.note("leaked", f"{what}: {leak}")


def _taken_out(left: Contents, before: Contents) -> bool:
    return any(name.startswith("file ") and name not in before for name in left)


def _size(value: Any) -> int:
    """How much of it there is; of a fingerprint nothing can be said."""
    return len(value) if isinstance(value, list) else value if isinstance(value, int) else 0
