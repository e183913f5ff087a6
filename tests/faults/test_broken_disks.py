"""Every writing command on a disk that is full, broken, or lets no file grow: a sentence, and nothing half done."""

from __future__ import annotations

import pytest

from tests.faults.harness import DISK, Found, every, judge, points, undisturbed
from tests.faults.jobs import JOBS, Job

pytestmark = [pytest.mark.faults, pytest.mark.slow]
ON_SQLITE = [pytest.param(job, id=job.name) for job in JOBS if "sqlite" in job.databases]


@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("job", ON_SQLITE)
def test_a_full_or_broken_disk_is_a_sentence_and_nothing_is_half_done(traced, fresh, report, job: Job, error):
    before, after, calls = undisturbed(fresh, job, "sqlite")
    broken = [call for call in DISK if error == "EIO" or "sync" not in call]
    found = Found(of=sum(calls[call] for call in broken))
    for call in broken:
        for number in points(calls[call]):
            lasting = "+" if number % 2 else ""  # from there on, or once
            with fresh("sqlite", job.store) as place:
                ran = place.traced(job, f"{call}:error={error}:when={number}{lasting}")
                judge(found, job, place, ran, before, after, f"{error} at {call} {number}{lasting}")
    says = "disk full" if error == "ENOSPC" else "read or write error"
    report(f"{says} at a write or sync", job.name, "sqlite", found)
    assert found.points >= 2
    assert found.said == []


@pytest.mark.parametrize("job", ON_SQLITE)
def test_files_that_may_not_grow_are_a_sentence_and_nothing_is_half_done(fresh, report, job: Job, traced):
    before, after, _ = undisturbed(fresh, job, "sqlite")
    found = Found()
    for kilobytes in (0, 1, 5, 40, 200, 1000)[:: 1 if every() == 1 else 3]:
        with fresh("sqlite", job.store) as place:
            ran = place.run(job, limit=kilobytes * 1024)
            judge(found, job, place, ran, before, after, f"files up to {kilobytes} KB")
    report("files may not grow (RLIMIT_FSIZE)", job.name, "sqlite", found)
    assert found.said == []


@pytest.mark.parametrize("job", ON_SQLITE)
def test_an_answer_that_cannot_be_printed_takes_nothing_back(fresh, report, job: Job, traced):
    before, after, _ = undisturbed(fresh, job, "sqlite")
    found = Found()
    with fresh("sqlite", job.store) as place:
        ran = place.run(job, "sh", "-c", 'exec "$@" > /dev/full', "sh")
        judge(found, job, place, ran, before, after, "printing to a full disk")
    report("the answer cannot be printed (/dev/full)", job.name, "sqlite", found)
    assert found.said == []
