"""After 45 days without an entry the clock may have jumped ahead: a check says so and waits for a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.check_runs import begin_run, confirm_gap, finish_run, refuse_long_gap
from models.due import Tally as Done
from models.people import NewPerson
from models.sweep import pass_due_dates
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.errors import NOT_READY, PathwayError
from tests.casefile import NOW, complete
from tests.models.office import Office
from tests.models.test_sweep import open_cases

LAST = NOW
"""When the cases below were opened: Tuesday 3 November 2026, 10am."""


def test_forty_five_days_are_let_through_and_a_minute_more_is_not(casework, store, rules):
    open_cases(casework, 2)
    edge = LAST + timedelta(days=45)
    refuse_long_gap(store, edge, edge)
    with pytest.raises(PathwayError) as gap:
        refuse_long_gap(store, edge, edge + timedelta(minutes=1))
    assert gap.value.code == NOT_READY
    assert "Nothing has been written for 45 days, since 3 November 2026" in str(gap.value)
    assert "pathways check run --confirm-gap" in str(gap.value)
    assert gap.value.args[0] == date(2026, 11, 3)


def test_a_flow_does_not_begin_a_run_either(casework, store, rules):
    open_cases(casework, 1)
    later = datetime(2028, 1, 10, 6, tzinfo=UTC)
    with pytest.raises(PathwayError):
        begin_run(store, rules, later, later)
    with store.reading() as tx:
        assert tx.all("check_runs", most=5) == []


def test_checks_every_night_are_a_sign_of_life_however_quiet_they_are(casework, store, rules):
    open_cases(casework, 1)
    night = LAST
    for _ in range(4):
        night += timedelta(days=40)
        finish_run(store, begin_run(store, rules, night, night), Done(), night)


def test_what_a_person_confirmed_holds_for_the_next_45_days(casework, store, rules):
    open_cases(casework, 1)
    later = datetime(2028, 1, 10, 6, tzinfo=UTC)
    confirm_gap(store, later)
    refuse_long_gap(store, later, later)
    assert pass_due_dates(store, rules, later, later).missed >= 1
    with pytest.raises(PathwayError):
        refuse_long_gap(store, later, later + timedelta(days=46))


def test_an_empty_store_and_a_practice_store_are_let_through(casework, store, rules):
    later = datetime(2030, 1, 10, 6, tzinfo=UTC)
    refuse_long_gap(store, later, later)
    open_cases(casework, 1)
    with store.writing() as tx:
        tx.run("put_setting", name="practice", value="yes")
    refuse_long_gap(store, later, later)


def test_a_hidden_case_is_neither_counted_nor_a_sign_of_life(store, rules):
    """Somebody who may not know of an allegation is told the same days and the same number as without it."""
    office = Office(store, rules)
    office.child()
    later = datetime(2028, 1, 10, 6, tzinfo=UTC)

    def told(login):
        store.viewer = office.viewer(login) if login else ALL_SEEING
        with pytest.raises(PathwayError) as gap:
            refuse_long_gap(store, later, later)
        return gap.value.args

    before = told("worker")
    office.casework.open(
        "allegations", "to_officer", person=NewPerson(kind="adult", given="Robin", family="Wren"),
        actor=office.actor("officer"), now=NOW + timedelta(days=3),
        answers=complete(pathway("allegations").entry("to_officer").records, "2026-11-06"),
    )  # fmt: skip
    assert told("worker") == before
    assert told("officer")[2] > before[2]
    assert told("") == told("officer")


def test_a_store_of_allegations_alone_is_held_by_its_checks(store, rules):
    office = Office(store, rules)
    office.allegation()
    night = LAST + timedelta(days=1)
    finish_run(store, begin_run(store, rules, night, night), Done(), night)
    with pytest.raises(PathwayError):
        refuse_long_gap(store, night, night + timedelta(days=46))
