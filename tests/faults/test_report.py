"""The page says of which tree it is and whether it is the whole; a run that was cut short goes on where it was."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from tests.faults import conftest, jobs, whole
from tests.faults.place import STORES
from tests.faults.points import is_tried, points
from tests.faults.report import page
from tests.faults.test_broken_disks import FILES

COMMIT = "0123456789abcdef"


def row(test, on="2026-11-22", **counts):
    kinds = {"lost": 0, "doubled": 0, "leaked": 0, "not_whole": 0}
    return {"test": test, "on": on, "fault": "killed", "command": test, "database": "sqlite", "points": 7, "of": 9, **kinds, **counts}  # fmt: skip


def test_a_run_with_a_row_for_every_test_is_one_run_of_the_whole():
    told = page([row("a"), row("b")], ["a", "b"], COMMIT)
    assert "**14 repetitions: 0 lost, 0 doubled, 0 leaked, 0 not whole.**" in told
    assert "One run of the whole, on 22 November 2026, of commit 0123456789ab." in told
    told = page([row("a"), row("b", on="2026-11-23", lost=1)], ["a", "b"], COMMIT)
    assert "from 22 November to 23 November 2026" in told
    assert "1 lost" in told


def test_a_run_that_has_not_come_to_its_end_says_so_first():
    told = page([row("a")], ["a", "b", "c"], COMMIT)
    assert "Not the whole: 1 of its 3 tests have ended, on 22 November 2026, of commit 0123456789ab." in told
    assert "One run of the whole" not in told


def test_a_run_of_the_share_never_passes_for_the_whole():
    told = page([row("a"), row("b")], ["a", "b"], COMMIT, 10)
    assert "**Not every point: one in 10 of those that `make faults` tries**" in told
    assert "One run of the whole" not in told
    assert "Not the whole: 1 of its 2 tests" in page([row("a")], ["a", "b"], COMMIT, 10)


def test_what_is_tried_again_after_mending_stands_beside_what_was_found_and_takes_nothing_of_it_back():
    many = [row(f"c{number}") for number in range(61)]
    told = page(
        [row("a"), row("b", lost=2)],
        ["a", "b"],
        COMMIT,
        again=[("fedcba9876543210", [row("b")]), ("1" * 16, many)],
    )
    assert "**14 repetitions: 2 lost, 0 doubled, 0 leaked, 0 not whole.**" in told
    assert "One run of the whole, on 22 November 2026, of commit 0123456789ab." in told
    after = told.partition("## Run again after mending")[2].partition("## In all")[0]
    assert (
        "Of commit fedcba987654, 1 of 2 tests: **7 repetitions: 0 lost, 0 doubled, 0 leaked, 0 not whole.**"
        in after
    )
    assert "| killed | b | SQLite | 7 | 9 | 0 | 0 | 0 | 0 |" in after
    assert "Of commit 111111111111, 61 of 2 tests: **427 repetitions" in after
    assert "c60" not in after, "of many it says what they come to"


def test_a_test_that_has_its_row_is_not_run_again(tmp_path, monkeypatch):
    rows, plan, gone = tmp_path / "rows.jsonl", tmp_path / "plan.json", []
    rows.write_text(json.dumps(row("a")) + "\n")
    monkeypatch.setenv(conftest.REPORT, str(rows))
    monkeypatch.setenv(conftest.PLAN, str(plan))
    items = [SimpleNamespace(nodeid=each, fixturenames=("report",)) for each in ("a", "b")]
    items.append(SimpleNamespace(nodeid="c", fixturenames=()))
    hook = SimpleNamespace(pytest_deselected=lambda items: gone.extend(each.nodeid for each in items))
    conftest.pytest_collection_modifyitems(SimpleNamespace(hook=hook), items)
    assert [each.nodeid for each in items] == ["b", "c"]
    assert gone == ["a"]
    assert json.loads(plan.read_text()) == ["a", "b"]


def test_what_is_broken_is_a_tree_that_nobody_works_in(tmp_path, monkeypatch):
    import subprocess

    def git(*words):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *words], cwd=tmp_path, check=True, capture_output=True)  # fmt: skip

    git("init")
    (tmp_path / "kept.txt").write_text("as committed")
    git("add", "kept.txt")
    git("commit", "-m", "first")
    (tmp_path / "kept.txt").write_text("changed since")
    monkeypatch.setattr(whole, "ROOT", tmp_path)
    commit = whole.last_commit()
    assert len(commit) == 40
    tree = whole.laid_out(commit, tmp_path / ".faults" / commit)
    assert (tree / "kept.txt").read_text() == "as committed"
    assert whole.laid_out(commit, tmp_path / ".faults" / commit) == tree


@pytest.mark.parametrize("among", [tuple(STORES), FILES])
def test_of_what_make_faults_tries_the_suite_tries_a_tenth_and_something_of_every_job(monkeypatch, among):
    """Where a command makes sixty writes, five syncs and seven other calls on each kind of store."""
    calls = {"pwrite64": 60, "fdatasync": 5, "unlink": 7}

    def tried():
        return [
            len(points(job, where, calls, (*calls,), None, among))
            for job in jobs.JOBS
            for where in job.databases
            if is_tried(job, where, among)
        ]

    monkeypatch.delenv("PATHWAYS_FAULTS_EVERY", raising=False)
    in_suite = tried()
    monkeypatch.setenv("PATHWAYS_FAULTS_EVERY", "1")
    share = sum(in_suite) / sum(tried())
    assert 0.08 <= share <= 0.1
    assert min(in_suite) >= 7
