"""Two records of one person: a birth or a death told on one is known on both, and goes again with the link or the telling."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.finding import people_called
from models.kin import records_of
from models.one_person import merge, split
from models.people import NewPerson
from models.restricting import restrict
from models.undo import undo
from tests.casefile import COORDINATOR, complete
from tests.models.office import NOW, Office

BORN = DIED = date(2026, 11, 3)
UNBORN = NewPerson(kind="unborn", family="Birch", expected_delivery_date=date(2026, 12, 1))
BECAUSE = {"because": "one child, known to two teams", "now": NOW}


@pytest.fixture
def office(store, rules):
    made = Office(store, rules)
    made.sit("manager")
    return made


@pytest.fixture
def two(office):
    """An unborn child's case of child protection, and a second record of the same child with early help."""
    first = office.open("child_protection", "prebirth", UNBORN)
    second = office.open("early_help", "early_help", UNBORN)
    merge(office.store, first, second, actor=office.sit("manager"), **BECAUSE)
    return first, second


def make(office, reference, trigger, **own):
    from pathways import pathway

    row = office.row(reference)
    move = next(each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger)
    return office.casework.make(
        reference, trigger, actor=COORDINATOR, now=NOW, answers=complete(move.records, NOW.date().isoformat(), **own)
    )  # fmt: skip


def known(office, *references):
    """Of each case's person: child or unborn, when born, when died."""
    rows = [office.row(each) for each in references]
    return [(row.person_kind, row.birth_date, row.died_on) for row in rows]


def test_a_birth_told_on_one_record_is_known_on_the_other(office, two):
    make(office, two[0], "child_born", birth_date=BORN.isoformat(), how_many="1")
    assert known(office, *two) == [("child", BORN, None)] * 2
    assert office.whole()


def test_a_record_that_knows_a_birth_date_keeps_its_own(office):
    first = office.open("child_protection", "prebirth", UNBORN)
    own = NewPerson(family="Birch", birth_date=date(2026, 11, 2))
    second = office.open("early_help", "early_help", own)
    merge(office.store, first, second, actor=office.sit("manager"), **BECAUSE)
    make(office, first, "child_born", birth_date=BORN.isoformat(), how_many="1")
    split(office.store, office.casework.rules, second, actor=office.sit("manager"), **BECAUSE)
    assert known(office, first, second) == [("child", BORN, None), ("child", date(2026, 11, 2), None)]


def test_when_the_link_was_a_mistake_the_birth_goes_back_to_where_it_was_told(office, two):
    make(office, two[0], "child_born", birth_date=BORN.isoformat(), how_many="1")
    split(office.store, office.casework.rules, two[1], actor=office.sit("manager"), **BECAUSE)
    assert known(office, *two) == [("child", BORN, None), ("unborn", None, None)]
    assert office.whole()


def test_a_birth_that_is_withdrawn_is_withdrawn_from_both(office, two):
    make(office, two[0], "child_born", birth_date=BORN.isoformat(), how_many="1")
    undo(
        office.store,
        office.casework.rules,
        two[0],
        because="the wrong child",
        actor=COORDINATOR,
        now=NOW + timedelta(minutes=4),
    )
    assert known(office, *two) == [("unborn", None, None)] * 2
    assert office.whole()


def test_a_death_told_on_one_record_is_known_on_the_other_until_they_are_parted(office, two):
    make(office, two[0], "child_born", birth_date=BORN.isoformat(), how_many="1")
    make(office, two[0], "child_died", died_on=DIED.isoformat())
    assert known(office, *two) == [("child", BORN, DIED)] * 2
    split(office.store, office.casework.rules, two[0], actor=office.sit("manager"), **BECAUSE)
    assert known(office, *two) == [("child", BORN, DIED), ("unborn", None, None)]


@pytest.mark.parametrize("turned", [False, True], ids=["as_opened", "the_other_way_round"])
def test_while_two_records_are_linked_each_case_goes_on_and_keeps_what_was_done_when_they_are_parted(
    office, turned
):
    first = office.child()
    second = office.open(
        "early_help", "early_help", NewPerson(given="Ashe", family="Birch", birth_date=date(2017, 3, 1))
    )
    kept, gone = (second, first) if turned else (first, second)
    merge(office.store, kept, gone, actor=office.sit("manager"), **BECAUSE)
    for each in (first, second):
        make(office, each, "note")
    record = office.row(kept).person_id
    with office.store.reading() as tx:
        (shown,) = people_called(tx, "Birch")
        assert shown.id == record
        assert {row.reference for row in shown.cases} == {first, second}
    split(office.store, office.casework.rules, kept, actor=office.sit("manager"), **BECAUSE)
    for each in (first, second):
        make(office, each, "note")
        assert office.actions(each)[-4:] == ["people_merged", "note", "people_split", "note"]
    with office.store.reading() as tx:
        found = {each.id: [row.reference for row in each.cases] for each in people_called(tx, "Birch")}
    assert found == {office.row(each).person_id: [each] for each in (first, second)}
    assert office.whole()


@pytest.mark.parametrize("turned", [False, True], ids=["hidden_is_kept", "hidden_is_linked"])
def test_whoever_is_kept_out_of_one_record_learns_nothing_of_it_from_the_other(office, turned):
    hidden = office.child()
    other = office.open(
        "early_help", "early_help", NewPerson(given="Ashe", family="Birch", birth_date=date(2017, 3, 1))
    )
    manager = office.sit("manager")
    restrict(
        office.store,
        hidden,
        whole_person=True,
        let_in=[],
        because="as the police ask",
        actor=manager,
        now=NOW,
    )
    merge(office.store, *((other, hidden) if turned else (hidden, other)), actor=manager, **BECAUSE)
    for linked in (True, False):
        assert [office.sees("worker", each) for each in (hidden, other)] == [False, True]
        record = office.row(other).person_id
        office.sit("worker")
        with office.store.reading() as tx:
            assert records_of(tx, record) == (record,)
            found = [row.reference for each in people_called(tx, "Birch") for row in each.cases]
            assert found == [other]
        office.sit("manager")
        if linked:
            split(office.store, office.casework.rules, other, actor=manager, **BECAUSE)
    assert office.whole()
