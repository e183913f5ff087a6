"""An exclusion made by mistake is ended by two people, one of them cleared, and never for the adult of an open allegation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models import letting_in, readmitting
from models.access import KeptOut, NotTheirs
from models.draft_rows import NoSuchCase
from models.register import Member, enrol
from pathways.errors import Mistyped
from tests.models.office import KEEPER, NOW, Office

LATER = NOW + timedelta(hours=1)
WHY = "of the same name, not a relative"


@pytest.fixture
def office(store, rules):
    return Office(store, rules)


@pytest.fixture
def case(office):
    """A child's case that the worker was kept out of by mistake, and asked about by the manager."""
    case = office.child()
    manager = office.sit("manager")
    letting_in.exclude(office.store, case, "worker", because="a relative", actor=manager, now=NOW)
    readmitting.ask(office.store, case, "worker", because=WHY, actor=manager, now=NOW)
    return case


def decide(office, case, by, who="worker", **more):
    readmitting.decide(
        office.store, case, who, because="dates of birth differ", actor=office.sit(by), now=LATER,
        **{"agreed": True, **more},
    )  # fmt: skip


def test_two_people_end_an_exclusion_and_the_trail_names_both(office, case):
    assert not office.sees("worker", case, NOW)
    decide(office, case, "officer")
    assert office.sees("worker", case, LATER)
    assert not office.row(case).guarded
    assert office.actions(case)[-3:] == ["access_excluded", "access_readmit_asked", "access_readmitted"]
    last = office.trail(case)[-1]
    assert last.actor == "officer"
    assert '"asked_by":"manager"' in last.body
    assert office.whole()


def test_an_exclusion_that_is_declined_stays(office, case):
    decide(office, case, "officer", agreed=False)
    assert not office.sees("worker", case, LATER)
    assert office.actions(case)[-1] == "access_readmit_declined"
    with pytest.raises(Mistyped, match="Nobody has asked"):
        decide(office, case, "officer")


def test_whoever_is_kept_out_neither_asks_nor_decides(office, case):
    worker = office.sit("worker")
    with pytest.raises(NoSuchCase):
        readmitting.ask(office.store, case, "worker", because=WHY, actor=worker, now=LATER)
    with pytest.raises(NoSuchCase):
        decide(office, case, "worker")


def test_nobody_decides_what_they_asked_for(office):
    case = office.allegation()
    officer = office.sit("officer")
    letting_in.exclude(office.store, case, "second", because="a witness", actor=officer, now=NOW)
    readmitting.ask(office.store, case, "second", because=WHY, actor=officer, now=NOW)
    with pytest.raises(NotTheirs, match="two people"):
        decide(office, case, "officer", "second")
    decide(office, case, "deputy", "second")
    assert not office.sees("second", case, LATER), "no longer kept out, and not cleared either"


@pytest.mark.parametrize("by", ["second", "manager"])
def test_without_clearance_nobody_decides_whether_or_not_there_is_an_allegation(office, case, by):
    with pytest.raises(NotTheirs, match="designated officer"):
        decide(office, case, by)
    office.allegation("Linden", "Cross")
    with pytest.raises(NotTheirs, match="designated officer"):
        decide(office, case, by)


def test_the_adult_of_an_open_allegation_stays_out_of_every_case(office, case):
    office.allegation("Linden", "Cross")
    with pytest.raises(KeptOut):
        decide(office, case, "officer")
    assert not office.sees("worker", case, LATER)


def test_another_of_the_same_name_is_not_taken_for_the_adult(office):
    other = Member(
        "other", "Clerk", roles=("social_worker",), given="Alder", family="Fox", birth_date=date(1990, 1, 2)
    )
    enrol(office.store, other, actor=KEEPER, now=NOW)
    case = office.allegation("Alder", "Fox", date(1971, 6, 5))
    officer = office.sit("officer")
    letting_in.exclude(office.store, case, "other", because="thought to be the adult", actor=officer, now=NOW)
    readmitting.ask(office.store, case, "other", because=WHY, actor=officer, now=NOW)
    decide(office, case, "deputy", "other")
    assert office.actions(case)[-1] == "access_readmitted"


def test_asking_twice_and_for_somebody_who_is_not_kept_out_are_refused(office, case):
    manager = office.sit("manager")
    with pytest.raises(Mistyped, match="asked for already"):
        readmitting.ask(office.store, case, "worker", because=WHY, actor=manager, now=LATER)
    with pytest.raises(Mistyped, match="not kept out"):
        readmitting.ask(office.store, case, "teacher", because=WHY, actor=manager, now=LATER)
