"""The central list and the list of concerns: each child once, under the heading that counts, and nobody who is hidden."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.filing import central_list, concerns
from models.people import NewPerson
from models.retention import mark, release
from models.store import ALL_SEEING
from pathways.file_lists import Heading, first, heading
from tests.models.office import NOW, Office

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def office(store, rules):
    return Office(store, rules)


def listed(office, login, team=""):
    office.sit(login)
    with office.store.reading() as tx:
        return [(each.heading, each.reference) for each in central_list(tx, team)]


def test_a_child_with_two_cases_is_listed_once_and_a_linked_record_is_the_same_child(office):
    first_case = office.child()
    other = office.open("encompass", "incident", office.row(first_case).person_id)
    elsewhere = office.child("Ashley", "Birch")
    worker = office.sit("worker")
    for each in (first_case, elsewhere):
        mark(office.store, each, "watched", whole_person=True, because="quiet lately", actor=worker, now=NOW)
    found = listed(office, "worker")
    assert [each for each, _ in found] == [Heading.WATCHED, Heading.WATCHED]
    assert {reference for _, reference in found} <= {first_case, other, elsewhere}
    kept, linked = (office.row(each).person_id for each in (first_case, elsewhere))
    with office.store.writing() as tx:
        tx.run(
            "add_person_link", person_id=kept, other_id=linked, because="the same child", by_login="worker", from_at=NOW,
            ended_at=None, ended_by=None, ended_because=None,
        )  # fmt: skip
    assert len(listed(office, "worker")) == 1
    release(office.store, first_case, "watched", because="settled", actor=office.sit("worker"), now=NOW)
    assert listed(office, "worker") == [], (
        "the mark on the linked record was on the same child, and ended with it"
    )


def test_a_child_who_is_hidden_is_on_nobodys_list_but_theirs_who_may_see_them(office):
    from models.access import restrict

    case = office.child()
    manager = office.sit("manager")
    mark(office.store, case, "watched", whole_person=True, because="quiet lately", actor=manager, now=NOW)
    restrict(
        office.store,
        case,
        whole_person=True,
        let_in=[],
        because="a colleague's child",
        actor=manager,
        now=NOW,
    )
    assert listed(office, "worker") == []
    assert listed(office, "manager") == [(Heading.WATCHED, case)]
    office.sit("worker")
    with office.store.reading() as tx:
        assert concerns(tx, BEGUN) == []


def test_a_list_of_one_team_has_that_teams_children_only(office):
    ours, theirs = office.child(team="assessment"), office.child("Elm", "Fox", team="north school")
    office.sit("worker")
    with office.store.reading() as tx:
        assert {each.reference for each in concerns(tx, BEGUN)} == {ours, theirs}
        assert [each.reference for each in concerns(tx, BEGUN, "north school")] == [theirs]
    office.sit("teacher")
    with office.store.reading() as tx:
        assert [each.reference for each in concerns(tx, BEGUN)] == [theirs]


def test_an_allegation_about_an_adult_is_no_concern_about_a_child_on_any_list(office):
    office.allegation()
    office.open(
        "child_protection", "strategy", NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1))
    )
    office.store.viewer = ALL_SEEING
    with office.store.reading() as tx:
        assert concerns(tx, BEGUN) == []
        assert central_list(tx) == [], "an enquiry is neither a plan nor history"


HEADINGS = [
    # pathway            state          open   watched  heading
    ("child_protection", "plan",         True,  False,  Heading.PROTECTION),
    ("child_protection", "rcpc_overdue", True,  True,   Heading.PROTECTION),
    ("child_protection", "enquiry",      True,  False,  None),
    ("child_protection", "enquiry",      True,  True,   Heading.WATCHED),
    ("child_protection", "closed",       False, False,  Heading.HISTORIC),
    ("child_in_need",    "active",       True,  False,  Heading.IN_NEED),
    ("child_in_need",    "closed",       False, True,   Heading.WATCHED),
    ("early_help",       "drifting",     True,  False,  Heading.EARLY_HELP),
    ("front_door",       "closed",       False, False,  Heading.HISTORIC),
    ("front_door",       "triage",       True,  False,  None),
]  # fmt: skip


@pytest.mark.parametrize(("pathway", "state", "is_open", "watched", "under"), HEADINGS)
def test_heading(pathway, state, is_open, watched, under):
    assert heading(pathway, state, is_open=is_open, watched=watched) is under


def test_the_heading_that_protects_most_is_the_one_that_counts():
    assert first([Heading.HISTORIC, None, Heading.EARLY_HELP, Heading.PROTECTION]) is Heading.PROTECTION
    assert first([Heading.HISTORIC, Heading.WATCHED]) is Heading.WATCHED
    assert first([None]) is None
