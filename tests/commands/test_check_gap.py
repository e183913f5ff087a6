"""`check run` after a long gap: it reports, does nothing, and says what to type."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from pathways.errors import NOT_READY, OK


@pytest.fixture
def real_store(practice_home, monkeypatch):
    """The cases of the practice store as if they were real, and a computer whose clock says January 2029."""
    from models.store import open_store

    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        tx.run("put_setting", name="practice", value="no")
        tx.run("put_setting", name="clock", value="")
        tx.run("put_setting", name="unencrypted", value="yes")
    ahead = datetime(2029, 1, 15, 6, tzinfo=UTC)
    monkeypatch.setattr("models.place.system_login", lambda: "practice")
    monkeypatch.setattr("commands.desk.real_now", lambda: ahead)
    monkeypatch.setattr("commands.check.moment_now", lambda: ahead)


def test_after_a_long_gap_a_check_waits_for_a_person(real_store, say, rows):
    before = len(rows("whole_trail"))
    said = say("check", "run")
    assert said.code == NOT_READY
    assert "so this computer's clock may have jumped ahead. Nothing was done;" in said.words
    assert "pathways check run --confirm-gap" in said.words
    assert len(rows("whole_trail")) == before
    asked = say("check", "run", "--json")
    assert asked.code == NOT_READY
    assert json.loads(asked.out)["changed"] is False


def test_once_confirmed_it_runs_and_need_not_be_confirmed_again(real_store, say, rows):
    before = len(rows("whole_trail"))
    assert say("check", "run", "--confirm-gap").code == OK
    assert len(rows("whole_trail")) > before
    assert say("check", "run").code == OK


def test_a_clock_that_ran_ahead_and_was_put_right_is_said_once(real_store, say, rows, monkeypatch):
    assert say("check", "run", "--confirm-gap").code == OK
    monkeypatch.setattr("commands.check.moment_now", lambda: datetime(2026, 4, 2, 6, tzinfo=UTC))
    held = len(rows("whole_trail"))
    said = say("check", "run")
    assert said.code == NOT_READY
    assert "pathways check run --confirm-clock" in said.words
    assert len(rows("whole_trail")) == held
    assert say("check", "run", "--confirm-clock").code == OK
    assert say("check", "run").code == OK
    assert say("audit", "verify").code == OK
