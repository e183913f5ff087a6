"""The list of writing commands is complete, and what judges a fault can tell a bad end from a good one."""

from __future__ import annotations

from importlib import import_module

import pytest
import typer

from commands.registry import COMMANDS
from tests.faults import jobs
from tests.faults.contents import contents
from tests.faults.harness import Found, judge, undisturbed
from tests.faults.place import ALL_OF_IT, FILES, STORES, Ran
from tests.faults.points import MOST, is_tried, points

NOTE = next(job for job in jobs.JOBS if job.name == "record note")
MOVE = next(job for job in jobs.JOBS if job.name.startswith("do, a move that takes"))


def leaves() -> dict[str, list[str]]:
    """Every command, with its subcommands; of one that has none the list is empty."""
    found = {}
    for name, (module, _, _) in COMMANDS.items():
        command = typer.main.get_command(import_module(module).app)
        found[name] = _below(command)
    return found


def _below(command) -> list[str]:
    names = []
    for name, below in getattr(command, "commands", {}).items():
        deeper = _below(below)
        names += [f"{name} {each}" for each in deeper] or [name]
    return names


def broken(command: str, subcommand: str) -> bool:
    """Whether a job gives this subcommand, whose words may stand before or behind the case."""
    return any(
        job.arguments[0] == command and set(subcommand.split()) <= {*job.arguments[1:4]} for job in jobs.JOBS
    )


def test_every_command_is_declared_as_reading_or_as_writing():
    assert jobs.READS.isdisjoint(jobs.WRITES)
    undeclared = COMMANDS.keys() - jobs.READS - jobs.WRITES
    assert undeclared == set(), "put each into READS or WRITES of tests/faults/jobs.py, and a line into JOBS"
    assert (jobs.READS | jobs.WRITES) - COMMANDS.keys() == set()


def test_every_writing_command_is_broken_on_purpose():
    given = {job.arguments[0] for job in (*jobs.JOBS, *jobs.TOO_LONG) if job.program != jobs.STEPS}
    assert jobs.WRITES - given == jobs.WITHOUT_A_JOB.keys()
    assert given <= jobs.WRITES | jobs.READS


def test_every_subcommand_is_broken_on_purpose_or_said_to_write_nothing():
    every_one = {
        f"{name} {each}" for name, below in leaves().items() if name in jobs.WRITES for each in below
    }
    silent = {each for each in every_one if not broken(*each.split(" ", 1))}
    assert silent - jobs.WRITES_NOTHING.keys() == set(), "a line in JOBS, or a reason in WRITES_NOTHING"
    assert jobs.WRITES_NOTHING.keys() - silent == set()


def test_no_two_jobs_have_one_name_and_each_gives_words_that_exist():
    assert len({job.name for job in jobs.JOBS}) == len(jobs.JOBS)
    assert all({*job.databases} <= STORES.keys() for job in jobs.JOBS)


@pytest.mark.parametrize("where", ["sqlite", "sqlcipher", "postgresql"])
def test_a_copy_of_the_loaded_program_makes_the_calls_of_one_that_is_started(traced, fresh, where):
    """Without starting Python and loading the program for each, the whole of this would take a day."""
    for job in (MOVE, NOTE):
        with fresh(where, job.store) as place:
            assert place.started_traced(job).code == 0
            started, sent = place.calls(), place.messages()
        with fresh(where, job.store) as place:
            assert place.traced(job, options=ALL_OF_IT).code == 0
            copied, sent_by_copy = place.calls(), place.messages()
        assert {call: copied[call] for call in FILES} == {call: started[call] for call in FILES}
        assert sent_by_copy == sent
        assert bool(sent) == (where == "postgresql")


def test_in_the_suite_each_job_is_broken_on_one_kind_of_store_and_in_make_faults_on_all(monkeypatch):
    def kinds(job):
        return [where for where in STORES if is_tried(job, where)]

    monkeypatch.delenv("PATHWAYS_FAULTS_EVERY", raising=False)
    assert all(len(kinds(job)) == 1 for job in jobs.JOBS)
    assert {where for job in jobs.JOBS for where in kinds(job)} == STORES.keys()
    monkeypatch.setenv("PATHWAYS_FAULTS_EVERY", "1")
    assert all(kinds(job) == sorted(job.databases, key=[*STORES].index) for job in jobs.JOBS)


def test_make_faults_tries_every_call_of_a_command_and_of_long_ones_as_many_as_are_said(monkeypatch):
    monkeypatch.delenv("PATHWAYS_FAULTS_EVERY", raising=False)
    calls = {"pwrite64": 60, "fdatasync": 5, "sendto": 0}
    some = points(MOVE, "sqlite", calls, (*calls,), None)
    assert 15 <= len(some) <= 25
    assert ("fdatasync", 5) in some
    monkeypatch.setenv("PATHWAYS_FAULTS_EVERY", "1")
    assert len(points(MOVE, "sqlite", calls, (*calls,), None)) == 65
    capped = points(MOVE, "sqlite", calls | {"pwrite64": 7_000}, (*calls,), MOST)
    assert 30 <= len(capped) <= 36
    assert ("pwrite64", 7_000) in capped


@pytest.fixture
def spoilt(fresh, traced):
    """Judges what a spoilt store is like after the move."""

    def judged(job, spoil, out="", code=0):
        expected = undisturbed(fresh, job, "sqlite")
        found = Found()
        with fresh("sqlite", "cases") as place:
            spoil(place)
            judge(found, job, place, Ran(code, out, ""), expected, "spoilt")
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


def test_half_a_file_is_not_whole(fresh, traced):
    job = next(job for job in jobs.JOBS if job.name == "documents open")
    expected = undisturbed(fresh, job, "sqlite")
    found = Found()
    with fresh("sqlite", job.store) as place:
        ran = place.run(job)
        kept = place.out / "kept.docx"
        kept.write_bytes(kept.read_bytes()[:-100])
        judge(found, job, place, ran, expected, "spoilt")
    assert found.lost == 3, "it ended well without its effect, is refused again, and nothing brings it about"


def test_nothing_is_found_where_nothing_went_wrong(fresh, traced):
    expected = undisturbed(fresh, MOVE, "sqlite")
    assert expected.before != expected.after
    assert expected.calls["pwrite64"] > 3
    assert expected.calls["fdatasync"] >= 1, "the commit is on the disk before the receipt"
    found = Found()
    with fresh("sqlite", "cases") as place:
        judge(found, MOVE, place, place.run(MOVE), expected, "undisturbed")
        assert expected.same(contents(place, MOVE), expected.after, again=True)
    assert found.said == []
