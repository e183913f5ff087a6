"""The list of writing commands is complete, and what judges a fault can tell a bad end from a good one."""

from __future__ import annotations

import pytest

from commands.registry import COMMANDS
from tests.faults import jobs
from tests.faults.harness import Found, Ran, contents, judge, undisturbed

NOTE = next(job for job in jobs.JOBS if job.name == "record note")
MOVE = next(job for job in jobs.JOBS if job.name.startswith("do, a move that takes"))


def test_every_command_is_declared_as_reading_or_as_writing():
    assert jobs.READS.isdisjoint(jobs.WRITES)
    undeclared = COMMANDS.keys() - jobs.READS - jobs.WRITES
    assert undeclared == set(), "put each into READS or WRITES of tests/faults/jobs.py, and a line into JOBS"
    assert (jobs.READS | jobs.WRITES) - COMMANDS.keys() == set()


def test_every_writing_command_is_broken_on_purpose():
    broken = {job.arguments[0] for job in (*jobs.JOBS, jobs.DEMO)}
    assert jobs.WRITES - broken == jobs.WITHOUT_A_JOB.keys()
    assert broken <= jobs.WRITES


@pytest.fixture
def spoilt(fresh, traced):
    """Judges what a spoilt store is like after the move."""

    def judged(job, spoil, out="", code=0):
        before, after, _ = undisturbed(fresh, job, "sqlite")
        found = Found()
        with fresh("sqlite", "cases") as place:
            spoil(place)
            judge(found, job, place, Ran(code, out, ""), before, after, "spoilt")
        return found

    return judged


def test_a_receipt_without_its_entry_is_lost(spoilt):
    found = spoilt(MOVE, lambda place: None, out="saved - entry 2 - 0badc0de", code=-9)
    assert (found.lost, found.doubled, found.leaked) == (1, 0, 0)


def test_an_effect_that_is_there_twice_is_doubled(spoilt):
    found = spoilt(NOTE, lambda place: [place.run(NOTE), place.run(NOTE)])
    assert found.doubled == 1


def test_an_end_without_an_effect_is_lost(spoilt):
    assert spoilt(MOVE, lambda place: None, code=0).lost >= 1


def test_a_case_that_does_not_add_up_is_not_whole(spoilt):
    def move_past_the_trail(place):
        import sqlite3

        with sqlite3.connect(place.url.removeprefix("sqlite:///")) as connection:
            connection.execute("UPDATE pathway_case SET state = 's47'")

    assert spoilt(MOVE, move_past_the_trail, code=-9).not_whole >= 1


@pytest.mark.parametrize("where", ["out", "log", "temp"])
def test_a_name_outside_the_records_is_a_leak(spoilt, where):
    def spill(place):
        if where != "out":
            folder = {"log": place.home, "temp": place.temp}[where]
            path = folder / "incidents.log"
            path.write_text(f"fault in {jobs.FAMILY}")
            path.chmod(0o600)

    out = f"{jobs.FAMILY} was not saved" if where == "out" else ""
    assert spoilt(MOVE, spill, out=out, code=-9).leaked >= 1


def test_a_file_that_others_can_read_is_a_leak(spoilt):
    def open_up(place):
        (place.home / "practice.db").chmod(0o644)

    assert spoilt(MOVE, open_up, code=-9).leaked == 1


def test_nothing_is_found_where_nothing_went_wrong(fresh, traced):
    before, after, calls = undisturbed(fresh, MOVE, "sqlite")
    assert before != after
    assert calls["pwrite64"] > 3
    assert calls["fdatasync"] >= 1, "the commit is on the disk before the receipt"
    found = Found()
    with fresh("sqlite", "cases") as place:
        judge(found, MOVE, place, place.run(MOVE), before, after, "undisturbed")
        assert contents(place.url) == after
    assert found.said == []
