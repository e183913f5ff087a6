"""A child whose conference decided on a plan, and the letters of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.documents import write_letter
from models.families import changing
from models.people import NewPerson
from models.queries import case_view
from pathways import pathway
from pathways.engine import Actor
from pathways.roles import Role
from tests.casefile import complete
from tests.models.office import NOW, Office

COORDINATOR = Actor("keeper", frozenset({Role.COORDINATOR}))
LATER = NOW + timedelta(days=21)


@pytest.fixture
def office(store, rules):
    """An office with a worker at the keyboard."""
    made = Office(store, rules)
    made.sit("worker")
    return made


@pytest.fixture
def case(office):
    """A child whose conference decided on a plan; mother and father live apart, hers is confidential."""
    child = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1))
    reference = office.open("child_protection", "strategy", child)
    for trigger, own in (
        ("start_enquiry", {}),
        ("child_seen", {"seen": "yes"}),
        ("allocate", {}),
        ("decide_conference", {}),
        ("book_conference", {"conference_on": "2026-11-24", "where": "Room 2 of the invented hall, 10am"}),
        ("invite", {"agencies": "school,police,housing"}),
        *(("report_received", {"agency": each}) for each in ("school", "police", "housing")),
        ("family_met", {}),
        ("chair_met_family", {}),
        ("reports_shared", {"who": "school,police,housing"}),
    ):
        make(office, reference, trigger, **own)
    person = office.row(reference).person_id
    with changing(office.store, reference, actor=COORDINATOR, now=NOW) as family:
        mother = family.add_person(NewPerson(kind="adult", given="Willow", family="Birch"))
        father = family.add_person(NewPerson(kind="adult", given="Alder", family="Fox"))
        family.relate(person, mother, "parent")
        family.relate(person, father, "parent")
        family.add_address(mother, "3 Heron Rise, Bootle", "L20 3AB", confidential=True)
        family.add_address(person, "3 Heron Rise, Bootle", "L20 3AB")
        family.add_address(father, "18 Plover Lane, Bootle", "L21 4CD")
    return reference


def make(office, reference, trigger, now=NOW, **own):
    row = office.row(reference)
    move = next(each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger)
    answers = complete(
        move.records,
        (now + timedelta(days=30)).date().isoformat() if "review_on" in own else now.date().isoformat(),
        **own,
    )
    return office.casework.make(reference, trigger, actor=COORDINATOR, now=now, answers=answers)


def held(office, reference, **board):
    make(office, reference, "start_conference", LATER, agencies="school,police,housing,social care")
    make(office, reference, "views_recorded", LATER, **board)
    make(
        office,
        reference,
        "decide_plan",
        LATER,
        review_on="2027-02-16",
        first_core_group_on="2026-12-03",
        **{"category": "NEG"},
    )


def letter(office, reference, kind, to, now=LATER, **own):
    return write_letter(
        office.store, reference, kind, to, actor=own.pop("actor", COORDINATOR), now=now, office="Invented Council",
        title="Conference coordinator", **own,
    )  # fmt: skip


def view_of(office, reference):
    with office.store.reading() as tx:
        return case_view(tx, reference)


def said(made):
    return "\n".join(made.lines)
