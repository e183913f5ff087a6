"""Training of safeguarding leads: due two years on, never lost, written by those who may, on a chain."""

from __future__ import annotations

from datetime import date

import pytest

from models.access import NotTheirs
from models.training import completed, due
from pathways.errors import Mistyped
from tests.models.office import NOW, Office


@pytest.fixture
def office(store, rules):
    return Office(store, rules)


TODAY = NOW.date()


def leads(office, today=TODAY):
    with office.store.reading() as tx:
        return {each.login: each for each in due(tx, office.rules, today)}


def test_training_is_due_two_years_after_the_last(office):
    manager = office.sit("manager")
    assert leads(office)["teacher"].late(NOW.date()), "never trained: due now"
    completed(office.store, "teacher", date(2024, 2, 29), actor=manager, now=NOW)
    assert leads(office)["teacher"].due_on == date(2026, 2, 28)
    assert leads(office)["teacher"].late(NOW.date())
    completed(office.store, "teacher", date(2026, 10, 1), actor=manager, now=NOW)
    completed(office.store, "teacher", date(2025, 1, 1), actor=manager, now=NOW)
    found = leads(office)["teacher"]
    assert (found.last_on, found.due_on, found.statutory) == (date(2026, 10, 1), date(2028, 10, 1), True)
    assert not found.late(date(2028, 10, 1))
    assert found.late(date(2028, 10, 2))


def test_only_safeguarding_leads_of_today_are_listed(office):
    assert set(leads(office)) == {"teacher"}
    assert leads(office, date(2026, 1, 4)) == {}, "before their role began"


def test_what_cannot_be_is_refused_and_nothing_is_kept(office):
    manager, worker = office.actor("manager"), office.actor("worker")
    office.sit("manager")
    with pytest.raises(NotTheirs):
        completed(office.store, "teacher", NOW.date(), actor=worker, now=NOW)
    with pytest.raises(Mistyped):
        completed(office.store, "teacher", date(2026, 11, 4), actor=manager, now=NOW)
    with pytest.raises(Mistyped):
        completed(office.store, "nobody", NOW.date(), actor=manager, now=NOW)
    assert leads(office)["teacher"].last_on is None
    completed(office.store, "teacher", NOW.date(), actor=manager, now=NOW)
    with pytest.raises(Mistyped):
        completed(office.store, "teacher", NOW.date(), actor=manager, now=NOW)


def test_it_stands_on_the_chain_of_whoever_wrote_it(office):
    manager = office.sit("manager")
    completed(office.store, "teacher", NOW.date(), actor=manager, now=NOW)
    with office.store.reading() as tx:
        assert tx.need("last_entry", reference=f"~{office.store.viewer.id}").seq == 1
    assert office.whole()
