"""`check run` beside somebody who holds a case: it waits and tries again, and never passes over one in silence."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from models.casework import Casework, NewPerson
from models.setup import AtTheKeyboard, fill
from models.store import open_store
from models.sweep import PAUSES, Held, pass_due_dates
from pathways import pathway
from pathways.errors import OK, PARTLY
from pathways.roles import Role
from tests.casefile import COORDINATOR, NOW, complete

LATER = datetime(2026, 12, 1, 6, tzinfo=UTC)
"""A week after the conference was due, on 24 November 2026."""


@pytest.fixture
def night(migrated_url, rules, practice_home, monkeypatch):
    """A practice store on PostgreSQL with three enquiries whose conference is late."""
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", migrated_url)
    with open_store(migrated_url) as store:
        who = AtTheKeyboard("practice", "Coordinator", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=NOW, practice_clock=LATER)
        casework, found = Casework(store, rules), pathway("child_protection")
        enquiry = next(each for each in found.moves if each.trigger == "start_enquiry")
        for _ in range(3):
            person = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1), sex="F")
            reference = casework.open(
                "child_protection", "strategy", person=person, actor=COORDINATOR, now=NOW,
                answers=complete(found.entry("strategy").records),
            ).reference  # fmt: skip
            casework.make(
                reference, "start_enquiry", actor=COORDINATOR, now=NOW, answers=complete(enquiry.records)
            )
        yield store


@pytest.fixture
def holder(night, postgres_cluster):
    """Somebody else, in whose transaction the first case is."""
    with closing(postgres_cluster.connect(night.url.rpartition("/")[2])) as beside:
        beside.execute("BEGIN")
        beside.execute("SELECT id FROM pathway_case ORDER BY id LIMIT 1 FOR UPDATE")
        yield beside


def missed(store):
    """The cases whose conference the trail calls missed."""
    with store.reading() as tx:
        entries = tx.all("whole_trail")
    return [each.case_ref for each in entries if (each.rule, each.action) == ("cp.icpc", "deadline_missed")]


def test_a_case_held_to_the_end_is_said_and_has_an_exit_code(night, holder, say, monkeypatch):
    waited = []
    monkeypatch.setattr("commands.check.sleep", waited.append)
    said = say("check", "run")
    assert said.code == PARTLY
    assert waited == list(PAUSES)
    assert "Somebody holds some cases. Those are tried again in 1 second." in said.err
    assert "those were not checked and this check does not count as finished" in said.words
    assert "Run it again in a few minutes: pathways check run" in said.words
    assert "Every case was checked" not in said.words
    assert len(missed(night)) == 2, "all others are done"
    assert "It was begun and did not finish." in say("check", "last").out
    asked = say("check", "run", "--json")
    assert (asked.code, json.loads(asked.out)["finished"]) == (PARTLY, None)

    holder.execute("ROLLBACK")
    again = say("check", "run")
    assert (again.code, "Every case was checked." in again.out) == (OK, True)
    assert len(missed(night)) == len(set(missed(night))) == 3


def test_as_a_flow_the_same_is_said_with_the_same_exit_code(night, holder, say, monkeypatch):
    """What Prefect makes of it is seen in tests/flows/test_deadlines.py: here its run ends as that one does."""
    from flows import in_process

    monkeypatch.setattr("commands.check.sleep", lambda _seconds: None)
    plain = say("check", "run")

    def ends(*_given, **_named):
        raise Held

    monkeypatch.setattr(in_process, "run_in_process", ends)
    said = say("check", "run", "--flow")
    assert said.code == plain.code == PARTLY
    assert [each.splitlines()[0] for each in (said.out, plain.out)] == [
        "Deadline check: 3 cases, 3 late, 0 due today."
    ] * 2
    assert str(Held()) in " ".join(said.err.split())
    assert str(Held()) in " ".join(plain.err.split())


def test_a_case_that_is_let_go_meanwhile_is_checked_by_the_same_run(night, holder, say, monkeypatch):
    waited = []

    def let_go(seconds):
        waited.append(seconds)
        if len(waited) == 2:
            holder.execute("ROLLBACK")

    monkeypatch.setattr("commands.check.sleep", let_go)
    said = say("check", "run", "--json")
    found = json.loads(said.out)
    assert said.code == OK
    assert waited == list(PAUSES[:2])
    assert found["finished"]
    assert found["cases"] == 3, "counted whole, over every try"
    assert len(missed(night)) == len(set(missed(night))) == 3


def test_two_writers_side_by_side_pass_over_none_in_silence(night, holder, rules):
    """A chunk a case, so that the run has two connections, each with cases of its own."""
    with pytest.raises(Held):
        pass_due_dates(night, rules, LATER, LATER, chunk=1, wait=lambda _seconds: None)
    assert len(missed(night)) == 2
    holder.execute("ROLLBACK")
    assert pass_due_dates(night, rules, LATER, LATER, chunk=1).cases == 1
    assert len(missed(night)) == 3


def test_what_another_check_has_done_meanwhile_is_nothing_that_is_held(night, holder, rules):
    """Its own list was made before: it is made anew, and nothing is left to wait for."""

    def another(_seconds):
        holder.execute("ROLLBACK")
        assert pass_due_dates(night, rules, LATER, LATER).cases == 1

    assert pass_due_dates(night, rules, LATER, LATER, wait=another).cases == 2
    assert len(missed(night)) == len(set(missed(night))) == 3


def test_what_is_said_meanwhile_stands_on_a_line_of_its_own(capsys):
    """A terminal's line holds the bar, which is drawn over itself."""
    from commands.progress import Progress

    with Progress("Cases", share=True) as progress:
        progress.live = True
        progress(1, 2)
        progress.say("Somebody holds some cases.")
        progress(2, 2)
    bar, said, again, _ = capsys.readouterr().err.split("\n")
    assert (bar.strip()[:5], said, again.strip()[:5]) == ("Cases", "Somebody holds some cases.", "Cases")
