"""What nobody foresaw, and a check that nobody ran: each is said, and neither tells of a case."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from models.store import open_store
from pathways.errors import BUG, OK

CANARY = "Quillwort"


def test_a_fault_of_our_own_is_a_number_and_its_record_holds_no_value(say, practice_home, monkeypatch):
    def fails(*_, **__):
        raise ValueError(f"{CANARY} is not a number")

    monkeypatch.setattr("commands.show.Desk", fails)
    said = say("show", "cp1")
    log = practice_home / "incidents.log"
    assert said.code == BUG
    assert said.out == ""
    told = " ".join(said.err.split())
    assert told.startswith("Something is wrong with this program, and nothing more was saved. Incident ")
    number = told.split("Incident ")[1][:6]
    assert log.read_text(encoding="utf-8").startswith(f"incident {number} ValueError\n")
    assert CANARY not in said.err + log.read_text(encoding="utf-8")
    assert "Traceback" not in said.err
    assert log.stat().st_mode & 0o077 == 0
    assert "see: pathways doctor" in told
    looked_at = {each["name"]: each["found"] for each in json.loads(say("doctor", "--json").out)["checks"]}
    assert looked_at["Own faults"] == f"1 noted, each with its number and no case data, in {log}"


@pytest.mark.parametrize("line", [(), ("worklist",), ("overdue",)], ids=["glance", "worklist", "overdue"])
@pytest.mark.parametrize(("hours", "late"), [(26, False), (27, True)])
def test_every_list_says_when_the_check_ran_and_more_than_26_hours_is_too_long(
    say, practice_home, line, hours, late
):
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        (run,) = tx.all("check_runs", most=1)
        tx.run("put_setting", name="clock", value=(run.as_of + timedelta(hours=hours)).isoformat())
    said = say(*line)
    assert said.code == OK
    assert "Overnight check: " in said.out
    assert ("That is too long ago: pathways check run" in said.words) is late


@pytest.mark.parametrize(("hours", "wrong"), [(1, False), (24, True)])
def test_a_check_that_is_still_to_come_says_that_the_clock_is_wrong(say, practice_home, hours, wrong):
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        (run,) = tx.all("check_runs", most=1)
        tx.run("put_setting", name="clock", value=(run.as_of - timedelta(hours=hours)).isoformat())
    for line in ((), ("worklist",), ("overdue",)):
        assert ("That is still to come: set this computer's clock right" in say(*line).words) is wrong
    last = next(
        each for each in json.loads(say("doctor", "--json").out)["checks"] if each["name"] == "Last check"
    )
    assert last["ok"] is not wrong
