"""The benchmark's own parts: what is counted, what is said of it, and that what disagrees fails the run."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import __main__ as program
from benchmarks import population
from benchmarks.agreement import Failed, agree, cases, prove
from benchmarks.arena import Arena, Turn, disk
from benchmarks.measure import measured, tree, tree_cpu
from benchmarks.report import Report, commit
from models.schema import upgrade
from models.setup import guards_missing
from models.store import open_store
from tests.postgres import locked

WORKS_A_LITTLE = (
    "import time; print(flush=True)\nwhile time.process_time() < 0.3: pass\nprint(flush=True); input()"
)


@pytest.fixture
def busy():
    """A process of ours that has used a third of a second and lives on."""
    made = subprocess.Popen(
        [sys.executable, "-c", WORKS_A_LITTLE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with made:
        made.stdout.readline()
        yield made
        made.stdin.close()


def test_what_a_server_uses_that_an_engine_started_counts_as_the_engines(busy):
    with measured() as found:
        busy.stdout.readline()
    assert found["own_servers_cpu"] >= 0.2
    assert found["cpu"] >= found["client_cpu"] + 0.2
    assert busy.pid in tree(os.getpid())


def test_a_process_that_nobody_started_costs_nothing():
    assert tree_cpu(0) == tree_cpu(None) == 0.0


# --- the report ---------------------------------------------------------------------------------------------------


def test_each_row_says_whether_its_bar_is_reached_and_what_it_was_measured_on():
    report = Report(places={"sqlite": "ext4 (vda)"}, rounds=3)
    report.at_most("a", "b", "sqlite, 10 cases", 15, 10, 1.5)
    report.at_most("a", "b", "sqlite, 10 cases", 15.1, 10, 1.5)
    report.at_least("a", "b", "in memory", 1, 49, 50)
    report.share("a", "b", "in memory", 7, 10, 0.7, "/s")
    report.below("a", "postgresql", 51, 50, "ms")
    report.told("a", "sqlite", 3)
    assert [row.reached for row in report.rows] == [True, False, False, True, False, None]
    assert (report.rows[0].rounds, report.rows[0].store, report.rows[2].store) == (3, "ext4 (vda)", "")


def test_the_report_says_machine_moment_commit_and_load(tmp_path):
    report = Report(commit="abc-dirty", versions={"SQLite": "3"})
    report.write(tmp_path)
    said = (tmp_path / "report.md").read_text()
    whole = json.loads((tmp_path / "report.json").read_text())
    for each in (
        "commit abc-dirty",
        f"cores {os.cpu_count()}",
        "memory ",
        "load at the start",
        "load at the end",
        "UTC",
    ):
        assert each in said
    assert whole["commit"] == "abc-dirty"
    assert whole["machine"].keys() >= {"cores", "memory", "load at the start", "load at the end"}


def test_a_folder_without_a_history_has_no_commit(tmp_path):
    assert commit(tmp_path) == "not known"


def test_a_store_in_memory_is_said_to_lie_there():
    assert "(memory)" not in disk(Path("/"))
    if Path("/dev/shm").is_mount():
        assert disk(Path("/dev/shm/x")) == "tmpfs (memory)"


# --- turns --------------------------------------------------------------------------------------------------------


def test_whoever_measures_holds_the_lock_and_may_measure_again_inside(tmp_path):
    lock = tmp_path / "lock"
    turn = Turn(lock)
    with turn.taken(None), turn.taken(None), locked(lock, wait=False) as free:
        assert not free
    with locked(lock, wait=False) as free:
        assert free


# --- what disagrees -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small store, filled as the benchmark fills a large one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(population, "WALKS", 1)
        found = population._made()
        patch.setattr(population, "models", lambda: found)
        path = tmp_path_factory.mktemp("filled") / "filled.db"
        population.fill(f"sqlite:///{path}", 30, due=0)
    return path


@pytest.fixture
def filled(made, tmp_path):
    """The address of a copy."""
    return f"sqlite:///{shutil.copy(made, tmp_path)}"


def test_a_filled_store_has_every_index_and_guard_of_an_empty_one_and_verifies(filled, tmp_path):
    empty = tmp_path / "empty.db"
    upgrade(f"sqlite:///{empty}")
    asked = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    laid = [sqlite3.connect(path).execute(asked).fetchall() for path in (empty, tmp_path / "filled.db")]
    assert laid[0] == laid[1]
    with open_store(filled) as store:
        assert guards_missing(store) == []
        entries, noted = (
            store.connection.execute(f"SELECT count(*) FROM {each}").fetchone()
            for each in ("trail", "uncovered")
        )
    assert entries == noted > (30,)
    prove(filled)


def test_a_case_that_is_not_what_the_plain_path_left_fails_the_run(filled):
    with open_store(filled) as store:
        names = [row[0] for row in store.connection.execute("SELECT reference FROM pathway_case")]
        told = cases(filled, names)
        agree({names[0]: told[names[0]]}, told, "nobody")
        store.connection.execute(
            "UPDATE pathway_case SET version = version + 1 WHERE reference = ?", [names[0]]
        )
    with pytest.raises(Failed, match=names[0]):
        agree(cases(filled, names), told, "somebody")


@pytest.mark.parametrize(("fault", "code"), [(None, 0), (Failed("it does not verify"), 1)])
def test_a_failed_check_fails_the_whole_run_and_is_in_the_report(tmp_path, monkeypatch, capsys, fault, code):
    def run(_place, report):
        report.below("a", "in memory", 1, 2, "s")
        if fault:
            raise fault

    place = SimpleNamespace(cluster=None, places={})
    monkeypatch.setattr(program, "sections", lambda *_: {"one": run})
    asked = []
    monkeypatch.setattr(program, "arena", lambda *given: asked.append(given) or nullcontext(place))
    monkeypatch.setattr(program, "clocks_a_case", lambda: 4.0)
    monkeypatch.setattr(program, "WORK", tmp_path)
    monkeypatch.setattr(
        sys, "argv", ["benchmarks", "--keep", "kept", "--lock", "lock", "--database", "sqlite"]
    )
    assert program.main() == code
    ((turn, *where),) = asked
    assert (turn.lock, where) == (Path("lock"), ["sqlite", Path("kept")])
    assert ("FAILED: one: it does not verify" in capsys.readouterr().out) is bool(fault)
    assert (tmp_path / "report.md").exists()


def test_stores_of_another_version_are_forgotten_where_they_are_kept(tmp_path):
    place = Arena(tmp_path, None, Turn(), "sqlite", tmp_path)
    for name in (f"cases_10_3_{place.stamp}.db", "cases_10_3_0123abcd.db", f"cases_20_3_{place.stamp}.part"):
        (tmp_path / name).touch()
    place.forget_stale()
    assert [each.name for each in tmp_path.iterdir()] == [f"cases_10_3_{place.stamp}.db"]
