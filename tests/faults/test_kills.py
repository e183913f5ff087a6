"""Every writing command, killed in front of every write, every sync and every message to the database."""

from __future__ import annotations

import pytest

from tests.faults.harness import Found, judge, undisturbed
from tests.faults.jobs import JOBS, Job
from tests.faults.place import CALLS
from tests.faults.points import MOST, is_tried, points

pytestmark = [pytest.mark.faults, pytest.mark.slow]
CASES = [
    pytest.param(job, where, id=f"{job.name}-{where}")
    for job in JOBS
    for where in job.databases
    if is_tried(job, where)
]


@pytest.mark.parametrize(("job", "where"), CASES)
def test_a_command_killed_at_any_write_leaves_all_of_it_or_nothing(traced, fresh, report, job: Job, where):
    expected = undisturbed(fresh, job, where)
    found = Found(of=sum(expected.calls[call] for call in CALLS))
    for call, number in points(job, where, expected.calls, CALLS, MOST if job.long else None):
        with fresh(where, job.store) as place:
            ran = place.traced(job, f"{call}:signal=KILL:when={number}")
            judge(found, job, place, ran, expected, f"killed at {call} {number}")
    report("killed before a write, sync or message", job.name, where, found)
    assert found.points >= 1
    assert found.said == []
