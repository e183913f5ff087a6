"""The overnight check as a flow: run twice, one case in trouble, a lost database, and what Prefect is told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.casework import Casework, NewPerson
from models.setup import AtTheKeyboard, fill
from models.store import Busy, open_store
from pathways import pathway
from pathways.errors import CONFLICT, NotReady
from pathways.roles import Role
from tests.casefile import COORDINATOR, NOW, complete

pytestmark = pytest.mark.prefect

LATER = datetime(2026, 12, 1, 6, tzinfo=UTC)
"""After the conference was due, on 24 November 2026: 15 working days from Tuesday 3 November."""
CANARY = NewPerson(given="Zanzibarella", family="Quicksilverson", birth_date=date(2017, 3, 1), sex="F")


@pytest.fixture
def night(store_url, rules, monkeypatch, prefect_server):
    """A practice store with three enquiries under way, and the address in the environment."""
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", store_url)
    with open_store(store_url) as store:
        who = AtTheKeyboard("practice", "Coordinator", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=NOW, practice_clock=LATER)
        casework = Casework(store, rules)
        pathway_of = pathway("child_protection")
        forms = {each.trigger: each.records for each in pathway_of.moves}
        entry = pathway_of.entry("strategy").records
        for _ in range(3):
            reference = casework.open(
                "child_protection",
                "strategy",
                person=CANARY,
                actor=COORDINATOR,
                now=NOW,
                answers=complete(entry),
            ).reference
            enquiry = complete(forms["start_enquiry"])
            casework.make(reference, "start_enquiry", actor=COORDINATOR, now=NOW, answers=enquiry)
        yield store


def everything(store):
    """All that a check may change; that a check has run is told each time, and is no change of a case."""
    with store.reading() as tx:
        told = [each for each in tx.all("waiting_messages", most=1000) if each.case_ref]
        return tx.all("whole_trail"), tx.all("every_case_state"), told


def runs(store):
    with store.reading() as tx:
        return tx.all("check_runs", most=10)


def test_running_it_twice_leaves_the_same_trail(night):
    from flows.deadlines import check_deadlines

    first = check_deadlines(LATER.isoformat(), 2, return_state=True)
    assert first.is_completed()
    assert first.name == "Late cases"
    assert first.message.startswith("3 cases looked at, ")
    once = everything(night)
    assert any(each.rule == "cp.icpc" and each.action == "deadline_missed" for each in once[0])
    again = check_deadlines(LATER.isoformat(), 2, return_state=True)
    assert (again.name, again.message.split(",")[0]) == ("Completed", "0 cases looked at")
    assert everything(night) == once
    assert [run.cases for run in runs(night)] == [0, 3]
    assert all(run.finished_at for run in runs(night))


def test_the_flow_leaves_nothing_for_the_command(night, rules):
    from flows.deadlines import check_deadlines
    from models.sweep import pass_due_dates

    check_deadlines(LATER.isoformat(), 3)
    once = everything(night)
    assert pass_due_dates(night, rules, LATER, LATER).cases == 0
    assert everything(night) == once


def test_a_case_in_trouble_is_parked_and_the_others_go_through(night):
    from flows.deadlines import check_deadlines

    with night.writing() as tx:
        found = tx.all("every_case_state")
        tx.connection.execute(
            f"UPDATE pathway_case SET definition = '0' WHERE reference = '{found[1].reference}'"
        )
    state = check_deadlines(LATER.isoformat(), 1, return_state=True)
    assert state.is_completed()
    assert state.message.endswith(" 1 parked")
    with night.reading() as tx:
        (parked,) = tx.all("parked_cases")
    assert parked.reference == found[1].reference
    missed = {each.case_ref for each in everything(night)[0] if each.action == "deadline_missed"}
    assert missed == {found[0].reference, found[2].reference}


def test_a_locked_database_is_tried_again(night, monkeypatch):
    from flows import deadlines

    tries = []
    really = deadlines.Sweep.shard

    def held_once(sweep, *given):
        tries.append(given)
        if len(tries) == 1:
            raise Busy
        return really(sweep, *given)

    monkeypatch.setattr(deadlines.Sweep, "shard", held_once)
    monkeypatch.setattr(deadlines, "pass_dates", deadlines.pass_dates.with_options(retry_delay_seconds=0))
    state = deadlines.check_deadlines(LATER.isoformat(), 1, return_state=True)
    assert state.is_completed()
    assert len(tries) == 2


def test_what_is_refused_is_not_tried_again(night, monkeypatch):
    from flows import deadlines

    tries = []

    def refused(*given):
        tries.append(given)
        raise ValueError("Zanzibarella Quicksilverson, born 1 March 2017")

    monkeypatch.setattr(deadlines.Sweep, "shard", refused)
    state = deadlines.check_deadlines(LATER.isoformat(), 2, return_state=True)
    assert state.is_failed()
    assert len(tries) == 2, "each shard once"
    fault = state.result(raise_on_failure=False)
    assert isinstance(fault, deadlines.StepFailed)
    assert str(fault).startswith("ValueError in pass-dates, error no. ")
    assert fault.__context__ is None
    assert runs(night)[0].finished_at is None, "a check that failed does not count as one"


def test_prefect_sees_no_person(night, prefect_server, monkeypatch):
    """Its database after runs that went well, parked a case and failed with a name in the fault."""
    from flows import deadlines

    references = [each.reference for each in everything(night)[1]]
    with night.writing() as tx:
        tx.connection.execute(f"UPDATE pathway_case SET definition = '0' WHERE reference = '{references[0]}'")
    deadlines.check_deadlines(LATER.isoformat(), 2, return_state=True)

    def talks(*_given):
        raise LookupError("Zanzibarella", references[1])

    monkeypatch.setattr(deadlines.Sweep, "shard", talks)
    deadlines.check_deadlines(LATER.isoformat(), 2, return_state=True)
    kept = b"".join(
        path.read_bytes() for path in Path(prefect_server).parent.glob(Path(prefect_server).name + "*")
    )
    assert b"check-deadlines" in kept, "this is the right file"
    assert b"Deadline check for 1 December 2026" in kept
    for told in ("Zanzibarella", "Quicksilverson", "2017-03-01", night.url, *references):
        assert told.encode() not in kept


def test_a_wrong_date_fails_without_being_repeated(night):
    from flows.deadlines import StepFailed, check_deadlines

    state = check_deadlines("some day or other", 1, return_state=True)
    fault = state.result(raise_on_failure=False)
    assert isinstance(fault, StepFailed)
    assert str(fault).startswith("Mistyped in begin-check")
    assert runs(night) == []


def test_only_a_locked_or_lost_database_passes():
    from prefect.states import Failed

    from flows.deadlines import StepFailed, may_pass

    def failed(code):
        return Failed(data=StepFailed("Kind", "step", "0000", code))

    assert may_pass(None, None, failed(CONFLICT))
    assert may_pass(None, None, failed(NotReady.code))
    assert not may_pass(None, None, failed(3))
    assert not may_pass(None, None, Failed(data=ValueError("no")))
