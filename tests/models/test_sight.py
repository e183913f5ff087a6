"""Who sees a case, and who could on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models import letting_in, restricting, sight
from models.people import NewPerson
from models.register import give_role
from models.viewer import ALL_SEEING
from pathways.roles import Role
from tests.models.office import KEEPER, NOW, proven

LATER = NOW + timedelta(hours=1)
WHY = "covers for a colleague"


@pytest.fixture
def office(store, rules):
    yield from proven(store, rules)


def seen_on(office, case, day):
    start, end = sight.day_of(day)
    row = office.row(case)
    with office.store.reading() as tx:
        return sight.sight(tx, row, start, end)


def test_who_could_have_seen_it_on_a_day_is_told_from_the_lists_of_that_day(office):
    case = office.child()
    manager = office.sit("manager")
    monday = NOW - timedelta(days=1)
    assert seen_on(office, case, monday.date()).everybody
    restricting.restrict(
        office.store, case, whole_person=True, let_in=[], because=WHY, actor=manager, now=NOW
    )
    letting_in.grant(
        office.store, case, "worker", until=date(2026, 11, 5), because=WHY, actor=manager, now=NOW
    )
    assert seen_on(office, case, date(2026, 11, 3)).everybody, "until ten in the morning it was open to all"
    found = {
        day: sorted(each.login for each in seen_on(office, case, date(2026, 11, day)).named)
        for day in (4, 5, 6)
    }
    assert found == {4: ["manager", "worker"], 5: ["manager", "worker"], 6: ["manager"]}
    assert not seen_on(office, case, date(2026, 11, 4)).everybody


def test_of_an_allegation_the_holders_of_the_role_on_that_day_are_named(office):
    case = office.allegation("Reed", "Vale")
    give_role(
        office.store,
        "second",
        Role.LADO_MANAGER,
        from_on=date(2026, 11, 10),
        to_on=date(2026, 11, 12),
        actor=KEEPER,
        now=NOW,
    )
    found = {
        day: [each.login for each in seen_on(office, case, date(2026, 11, day)).named]
        for day in (9, 10, 12, 13)
    }
    assert found == {9: ["officer"], 10: ["officer", "second"], 12: ["officer", "second"], 13: ["officer"]}
    assert [each.login for each in seen_on(office, case, date(2026, 11, 9)).kept_out] == ["deputy"]


def test_what_is_hidden_is_named_to_whoever_counts_everything(office):
    case = office.open("allegations", "to_officer", NewPerson(kind="adult", given="Elm", family="Frost"))
    office.sit("worker")
    with office.store.reading() as tx:
        assert [row.reference for row in tx.all("hidden_cases")] == [case]
        assert tx.all("hidden_cases", seen_by=ALL_SEEING) == []
