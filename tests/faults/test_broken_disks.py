"""Every writing command on a disk that is full, broken, or lets no file grow: a sentence, and nothing half done."""

from __future__ import annotations

import pytest

from tests.faults.harness import Found, judge, undisturbed
from tests.faults.jobs import JOBS, Job
from tests.faults.points import DISK, MOST, every, is_tried, points, turn

pytestmark = [pytest.mark.faults, pytest.mark.slow]
FILES = ("sqlite", "sqlcipher")
"""PostgreSQL's own disk is its server's affair; the server dies in test_server_kills.py."""
ON_FILES = [
    pytest.param(job, where, id=f"{job.name}-{where}")
    for job in JOBS
    for where in job.databases
    if is_tried(job, where, FILES)
]
SIZES = (0, 1, 5, 40, 200, 1000)
"""Kilobytes that no file may outgrow."""


@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize(("job", "where"), ON_FILES)
def test_a_full_or_broken_disk_is_a_sentence_and_nothing_is_half_done(
    traced, fresh, report, job: Job, where, error
):
    expected = undisturbed(fresh, job, where)
    broken = tuple(call for call in DISK if error == "EIO" or "sync" not in call)
    found = Found(of=sum(expected.calls[call] for call in broken))
    for call, number in points(job, where, expected.calls, broken, MOST, FILES):
        lasting = "+" if number % 2 else ""  # from there on, or once
        with fresh(where, job.store) as place:
            ran = place.traced(job, f"{call}:error={error}:when={number}{lasting}")
            judge(found, job, place, ran, expected, f"{error} at {call} {number}{lasting}")
    says = "disk full" if error == "ENOSPC" else "read or write error"
    report(f"{says} at a write or sync", job.name, where, found)
    assert found.points >= 1 or not found.of
    assert found.said == []


@pytest.mark.parametrize(("job", "where"), ON_FILES)
def test_files_that_may_not_grow_are_a_sentence_and_nothing_is_half_done(traced, fresh, report, job, where):
    expected = undisturbed(fresh, job, where)
    found = Found()
    for kilobytes in SIZES if every() == 1 else SIZES[turn(job, where) % len(SIZES) :][:1]:
        with fresh(where, job.store) as place:
            ran = place.confined(job, limit=kilobytes * 1024)
            judge(found, job, place, ran, expected, f"files up to {kilobytes} KB")
    report("files may not grow (RLIMIT_FSIZE)", job.name, where, found)
    assert found.said == []


@pytest.mark.parametrize(("job", "where"), ON_FILES)
def test_an_answer_that_cannot_be_printed_takes_nothing_back(traced, fresh, report, job: Job, where):
    expected = undisturbed(fresh, job, where)
    found = Found()
    with fresh(where, job.store) as place:
        ran = place.confined(job, out="/dev/full")
        judge(found, job, place, ran, expected, "printing to a full disk")
    report("the answer cannot be printed (/dev/full)", job.name, where, found)
    assert found.said == []
