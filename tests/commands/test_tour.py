"""The tours: each step is checked, in a store of its own, of which nothing stays."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pexpect
import pytest

from commands.tour import done, practice_of
from commands.tours import TOURS
from tests.terminal import typed

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("role", TOURS)
def test_every_step_of_a_tour_is_done_by_what_it_has_one_type(say, practice_home, role):
    before = (practice_home / "practice.db").read_bytes()
    folders = set(Path(tempfile.gettempdir()).glob("pathways-tour-*"))
    said = say("tour", role, "--play")
    assert said.code == 0
    assert "That was the tour. Nothing of it stays." in said.out
    assert "not yet it" not in said.err
    assert [each for each in said.lines if len(each) > 80] == []
    assert (practice_home / "practice.db").read_bytes() == before
    assert os.environ["PATHWAYS_HOME"] == str(practice_home)
    assert set(Path(tempfile.gettempdir()).glob("pathways-tour-*")) == folders


@pytest.mark.parametrize("role", TOURS)
def test_every_tour_has_ten_steps_and_none_is_done_by_something_else(say, role):
    found = TOURS[role]
    assert len(found.steps) == 10
    with practice_of(found) as names:
        for step in found.steps:
            assert step.shows
            assert not done(found, step, names, ["licences", "--nothing"])


def test_it_is_typed_at_a_terminal_and_goes_on_when_it_is_done(practice_home):
    child = typed(practice_home, "tour", "coordinator", lines=40)
    child.expect_exact("Type  pathways worklist all")
    child.sendline("overdue")
    child.expect_exact("This step is: pathways worklist all")
    child.sendline("pathways worklist today")
    child.expect_exact("That was not yet it")
    child.sendline("pathways worklist all")
    child.expect(r"Type  pathways show (CP-2026-\d+)")
    child.sendline("")
    child.expect_exact("Agency reports in")
    child.expect_exact("Type  pathways next")
    child.sendline("stop")
    child.expect_exact("The tour ends here. Nothing of it stays.")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_where_nobody_can_be_asked_the_steps_are_printed(say):
    said = say("tour", "allegations")
    assert said.code == 0
    assert "pathways access why CASE" in said.out
    assert "Next: pathways demo" in said.out


def test_the_tours_are_listed_and_a_slip_gets_the_nearest(say):
    assert all(each in say("tour").out for each in TOURS)
    said = say("tour", "coordinater")
    assert (said.code, "Did you mean coordinator?" in said.words) == (2, True)


def test_what_a_killed_tour_leaves_is_named_and_goes_with_the_next_one(
    practice_home, say, tmp_path, monkeypatch
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)

    def folders():
        return sorted(tmp_path.glob("pathways-tour-*"))

    child = typed(practice_home, "tour", "coordinator", lines=40)
    child.expect_exact("Type  pathways worklist all")
    (running,) = folders()
    assert "left by a tour" not in say("doctor").words, "somebody is taking it"
    with practice_of(TOURS["coordinator"]):
        assert running in folders()
    child.kill(signal.SIGKILL)
    child.wait()
    assert folders() == [running]
    assert "1 folder of invented cases left by a tour that was cut off" in say("doctor").words
    with practice_of(TOURS["coordinator"]):
        (own,) = folders()
        assert own != running
    assert folders() == []
