"""Records that may be of one person: who is shown before somebody is added, in which order, and why."""

from __future__ import annotations

from datetime import date

import pytest

from models.families import changing
from models.likely import likely
from models.people import NewPerson
from tests.casefile import COORDINATOR
from tests.models.office import NOW, Office

BORN = date(2017, 3, 1)


@pytest.fixture
def office(store, rules):
    made = Office(store, rules)
    made.sit("manager")
    made.open(
        "front_door", "referral",
        NewPerson(given="Ash", family="Birch", birth_date=BORN, identifiers=(("upn", "A123456789012"),)),
    )  # fmt: skip
    return made


def found(office, given, family, born, **own):
    with office.store.reading() as tx:
        return [each.reasons for each in likely(tx, given, family, born, **own)]


LIKE = [
    ("Ash", "Birch", BORN, {}, [("same name", "same date of birth")], "the same in all"),
    ("Ashe", "Birch", BORN, {}, [("same date of birth", "a name that is written alike")], "spelled by ear"),
    ("Rowan", "Byrch", BORN, {}, [("same date of birth", "a family name that sounds alike")], "perhaps a twin"),
    ("Ash", "Birch", date(2017, 1, 3), {}, [("same name", "day and month of birth turned round")], "an American date"),
    ("Ash", "Birch", date(2017, 9, 9), {}, [("same name", "same year of birth")], "a slip in the date"),
    ("Ash", "Birch", None, {}, [("same name",)], "a birth date that is not known"),
    ("Birch", "Ash", BORN, {}, [("same date of birth", "a name that is written alike")], "turned round"),
    ("Ash", "Birch", date(2009, 9, 9), {}, [], "somebody else of that name"),
    ("Wren", "Vale", BORN, {}, [], "somebody else born that day"),
    ("", "", None, {}, [], "nothing is known"),
    ("Wren", "Vale", date(2009, 9, 9), {"numbers": ["A123456789012"]}, [("same number",)], "the number alone"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "family", "born", "own", "reasons", "why"), LIKE, ids=[each[-1] for each in LIKE]
)
def test_who_is_like_somebody_and_why(office, given, family, born, own, reasons, why):
    assert found(office, given, family, born, **own) == reasons, why


def test_a_former_name_and_an_address_count(office):
    case = "RF-2026-0001"
    with changing(office.store, case, actor=COORDINATOR, now=NOW) as folk:
        folk.add_name(folk.person_id, "Ash", "Thorne", since=date(2026, 10, 1))
        folk.add_address(folk.person_id, "4 Invented Row", "L20 3AA")
    assert found(office, "Ash", "Birch", BORN) == [("same name", "same date of birth")]
    assert found(office, "Ashe", "Birch", None, postcode="l203aa") == [
        ("a name that is written alike", "same address")
    ]


def test_whom_the_viewer_may_not_know_of_is_never_named(office):
    from models.restricting import restrict

    manager = office.sit("manager")
    restrict(
        office.store,
        "RF-2026-0001",
        whole_person=True,
        let_in=[],
        because="as the police ask",
        actor=manager,
        now=NOW,
    )
    assert found(office, "Ash", "Birch", BORN)
    office.sit("worker")
    assert found(office, "Ash", "Birch", BORN, numbers=["A123456789012"]) == []
