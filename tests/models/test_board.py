"""The board's cases on both databases: at which stage each stands, the most urgent first, nothing that is restricted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.board import board, pathways_with_cases, stage_words
from models.people import NewPerson
from models.queries import filters
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.conference_stages import STAGES
from pathways.definitions import CaseFacts
from tests.models.office import NOW, Office

CP = pathway("child_protection")
FAR = NOW + timedelta(days=10_000)


@pytest.fixture
def office(store, rules):
    return Office(store, rules)


def by_due(task):
    return task.due_at


def read(office, name, *, restricted=False, **narrowed):
    office.store.viewer = ALL_SEEING
    with office.store.reading() as tx:
        asked = filters(pathway_name=name, **narrowed)
        counted = pathways_with_cases(tx, filters(**narrowed), restricted=restricted)
        return counted, board(tx, asked, by_due, FAR, in_all=counted.get(name, 0), restricted=restricted)


def test_open_cases_stand_at_their_stage_and_restricted_ones_on_a_board_of_their_own(office):
    child, other = office.child(), office.child("Elm", "Fox", team="north school")
    hidden = office.allegation("Reed", "Vale", date(1980, 2, 3), ("staff_number", "S-77"))
    name = office.row(child).pathway
    counted, found = read(office, name)
    assert counted == {name: 2}
    assert {card.reference for card in found.cards} == {child, other}
    assert {card.stage for card in found.cards} == {found.pathway.state(office.row(child).state).label}
    counted, found = read(office, "allegations", restricted=True)
    assert counted == {"allegations": 1}
    assert [card.reference for card in found.cards] == [hidden]
    assert read(office, "allegations")[1].cards == []


def test_it_can_be_narrowed_to_a_team_and_to_who_leads(office):
    child, other = office.child(), office.child("Elm", "Fox", team="north school")
    name = office.row(child).pathway
    assert [card.reference for card in read(office, name, team="north school")[1].cards] == [other]
    assert read(office, name, lead="nobody.known")[1].cards == []


@pytest.mark.parametrize(
    ("state", "facts", "words"),
    [
        ("s47", {}, "Section 47 enquiry under way"),
        ("awaiting_icpc", {}, "1 Invitations sent"),
        ("awaiting_icpc", {"invitations_sent": "2026-11-04"}, "2 Agency reports in"),
        ("icpc_overdue", {"invitations_sent": "2026-11-04", "agencies_asked": ["school"], "reports_in": ["school"]}, "3 Social worker met family"),
        ("plan", {}, "9 Core group meets"),
        ("plan", {"invitations_sent": "2026-11-04"}, "2 Agency reports in"),
        ("transferring_out", {}, "9 Core group meets"),
        ("closing_at_18", {}, "Child is 18: closure to complete"),
    ],
)  # fmt: skip
def test_a_case_waits_at_the_first_stage_that_is_not_done(state, facts, words):
    assert stage_words(CP, state, CaseFacts(facts, CP.known)) == words


def test_other_pathways_are_told_in_the_words_of_their_states():
    for state in pathway("early_help").states:
        assert (
            stage_words(pathway("early_help"), state.name, CaseFacts({}, pathway("early_help").known))
            == state.label
        )


def test_every_place_of_a_case_is_on_the_board_of_its_pathway():
    from models.board import _stages

    for name in ("child_protection", "front_door", "allegations"):
        found = pathway(name)
        places = _stages(found)
        assert len(places) == len(set(places))
        assert {state.label for state in found.states} <= set(places)
    assert {f"{each.number} {each.label}" for each in STAGES} <= set(_stages(CP))


def test_a_person_without_a_case_is_on_no_board(office):
    from models.people import add_person

    with office.store.writing(service=True) as tx:
        add_person(tx, NewPerson(given="Ivy", family="Rowe"), NOW)
    assert read(office, "front_door")[0] == {}
