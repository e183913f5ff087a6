"""Long commands killed at random moments, and several at once on one case."""

from __future__ import annotations

import random
import subprocess
import time

import pytest

from tests.faults.contents import contents, faults_of, leaks, receipts_missing
from tests.faults.harness import Found, judge, undisturbed
from tests.faults.jobs import CASE, JOBS, TOO_LONG, Job
from tests.faults.place import STORES, Ran
from tests.faults.points import every

pytestmark = [pytest.mark.faults, pytest.mark.slow]
LONG = [job for job in JOBS if job.name in ("import cin-census", "check run", "init, an encrypted store")]
RANDOM = [
    pytest.param(job, where, id=f"{job.name}-{where}")
    for job in LONG
    for where in job.databases
    if every() == 1 or where != "sqlcipher"
]
MOVE = next(job for job in JOBS if job.name.startswith("do, a move that takes"))


SOME = STORES if every() == 1 else ("sqlite", "postgresql")


def times(full: int) -> int:
    return max(2, full // every())


def killed_at_random(fresh, report, job: Job, where: str, repetitions: int) -> None:
    """Kill the command somewhere in its usual time, again and again; each repetition says its own seed."""
    expected = undisturbed(fresh, job, where)
    with fresh(where, job.store) as place:
        began = time.monotonic()
        ran = place.run(job)
        usual = time.monotonic() - began
        assert ran.code in job.ends, ran.err
    found = Found()
    for seed in range(repetitions):
        moment = random.Random(f"{job.name} {seed}").uniform(0.2, 1.0) * usual
        with fresh(where, job.store) as place:
            process = place.start(job)
            try:
                out, err = process.communicate(timeout=moment)
            except subprocess.TimeoutExpired:
                process.kill()
                out, err = process.communicate()
            judge(found, job, place, Ran(process.returncode, out, err), expected, f"seed {seed}")
    report("killed at a random moment", job.name, where, found)
    assert found.said == []


@pytest.mark.parametrize(("job", "where"), RANDOM)
def test_a_command_killed_at_any_moment_goes_on_where_it_was(fresh, report, job, where):
    killed_at_random(fresh, report, job, where, times(30))


@pytest.mark.parametrize("job", TOO_LONG, ids=lambda job: job.name)
def test_a_demo_or_a_tour_killed_at_any_moment_is_finished_by_the_next_one(fresh, report, job):
    killed_at_random(fresh, report, job, "sqlite", 1 if every() > 1 else 12)


@pytest.mark.parametrize("where", SOME)
def test_of_people_racing_for_one_move_one_makes_it_and_the_others_are_told(fresh, report, where):
    found = Found()
    for _ in range(times(30)):
        with fresh(where, "cases") as place:
            racing = [place.start(MOVE) for _ in range(4)]
            ran = []
            for process in racing:
                out, err = process.communicate(timeout=120)
                ran.append(Ran(process.returncode, out, err))
            found.points += 1
            codes = sorted(each.code for each in ran)
            if codes[0] != 0 or not set(codes[1:]) <= {3, 6}:
                found.note("lost", f"the four ended with {codes}: {[each.err[-200:] for each in ran]}")
            made = [step for step in contents(place, MOVE)["steps"] if step[0] == "start_enquiry"]
            if len(made) != 1:
                found.note("doubled", f"the move was made {len(made)} times")
            for fault in faults_of(place, MOVE):
                found.note("not_whole", fault)
            for receipt in receipts_missing(place, MOVE, "".join(each.out for each in ran)):
                found.note("lost", receipt)
            for leak in leaks(place, *ran):
                found.note("leaked", leak)
    report("four processes racing for one move", MOVE.name, where, found)
    assert found.said == []


@pytest.mark.parametrize("where", SOME)
def test_a_move_prepared_on_what_somebody_else_has_changed_since_is_not_saved(
    fresh, report, where, monkeypatch
):
    """The form is filled in for a while; in between somebody else writes. What was seen is no longer so."""
    from commands import move
    from commands.desk import Desk
    from pathways.errors import CONFLICT, PathwayError

    note = next(job for job in JOBS if job.name == "record note")
    with fresh(where, "cases") as place:
        for name, value in place.environment().items():
            monkeypatch.setenv(name, value)
        with Desk() as desk:
            seen = desk.case(CASE)
            assert place.run(note).code == 0
            with pytest.raises(PathwayError) as conflict:
                move.make(
                    desk, seen, "start_enquiry", on="", at="", because="", answer=[], by="", override=[], dry_run=False,
                    as_json=False, no_input=True, from_file=place.files["enquiry"],
                )  # fmt: skip
        assert conflict.value.code == CONFLICT
        assert [step[0] for step in contents(place, MOVE)["steps"]].count("start_enquiry") == 0
        found = Found(points=1)
        report("written over what somebody else changed since", MOVE.name, where, found)
        assert faults_of(place, MOVE) == []
