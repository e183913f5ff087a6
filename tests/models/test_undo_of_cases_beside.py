"""Withdrawing what reached other cases: one that a decision opened, a death, twins, a case opened in error."""

from __future__ import annotations

from datetime import date

import pytest

from models.casework import NewPerson
from models.refusals import Withdrawn
from models.undo_following import RefusedUndo
from pathways.trail import OPENED_IN_ERROR
from tests.models.undone import (
    BORN,
    LATER,
    case,
    case_,
    make,
    nothing_wrong,
    opened,
    referred,
    running,
    take_back,
)


def test_a_case_that_the_decision_opened_is_taken_back_with_it(casework, store):
    reference = referred(casework)
    (protection,) = make(casework, reference, "decide_strategy").opened
    made = take_back(casework, reference)
    assert [(each.reference, each.opened) for each in made.beside] == [(protection, True)]
    row = case(store, protection)
    assert (row.is_open, row.outcome, row.facts, row.state) == (False, OPENED_IN_ERROR, {}, "strategy")
    assert running(store, protection) == set()
    assert case(store, reference).state == "triage"
    assert nothing_wrong(casework)
    (another,) = make(casework, reference, "decide_strategy", now=LATER).opened
    assert another != protection, "a reference is never given twice"


def test_putting_the_decision_back_puts_its_case_back(casework, store):
    reference = referred(casework)
    (protection,) = make(casework, reference, "decide_strategy").opened
    before, ran = case_(store, protection), running(store, protection)
    take_back(casework, reference)
    take_back(casework, reference)
    assert (case_(store, protection), running(store, protection)) == (before, ran)
    assert case(store, reference).state == "decided"
    assert nothing_wrong(casework)


def test_a_case_that_has_gone_on_is_not_taken_back_from_under_people(casework, store):
    reference = referred(casework)
    (protection,) = make(casework, reference, "decide_strategy").opened
    make(casework, protection, "start_enquiry")
    before = case_(store, reference), case_(store, protection)
    with pytest.raises(
        RefusedUndo, match=rf"passed on to {protection}, and that has gone on since"
    ) as refused:
        take_back(casework, reference)
    assert f"pathways chronology {protection}" in refused.value.ways
    assert (case_(store, reference), case_(store, protection)) == before
    with pytest.raises(RefusedUndo, match=rf"follows from entry 3 of {reference}"):
        take_back(casework, protection, entry=1)
    take_back(casework, protection)
    take_back(casework, reference)
    assert case(store, protection).outcome == OPENED_IN_ERROR
    assert nothing_wrong(casework)


def test_a_death_told_of_the_wrong_child_is_withdrawn_everywhere(casework, store):
    reference = referred(casework)
    (protection,) = make(casework, reference, "decide_strategy").opened
    (ran, ran_there) = running(store, reference), running(store, protection)
    before = case_(store, protection)
    make(casework, protection, "child_died", died_on="2026-11-03")
    assert (running(store, reference), running(store, protection)) == (set(), set())
    assert case(store, protection).died_on == date(2026, 11, 3)
    made = take_back(casework, protection)
    assert [each.reference for each in made.beside] == [reference]
    assert (running(store, reference), running(store, protection)) == (ran, ran_there)
    assert case(store, protection).died_on is None
    assert case_(store, protection) == before
    take_back(casework, protection)
    assert case(store, protection).died_on == date(2026, 11, 3)
    assert (running(store, reference), running(store, protection)) == (set(), set())
    assert nothing_wrong(casework)


def test_of_twins_told_by_mistake_none_is_left(casework, store):
    unborn = NewPerson(kind="unborn", expected_delivery_date=date(2026, 12, 1))
    reference = opened(casework, entry="prebirth", person=unborn)
    before, ran = case_(store, reference), running(store, reference)
    (twin,) = make(casework, reference, "child_born", birth_date="2026-11-03", how_many="2").opened
    assert case(store, reference).person_kind == "child"
    made = take_back(casework, reference)
    assert [(each.reference, each.opened) for each in made.beside] == [(twin, True)]
    assert (case(store, twin).outcome, running(store, twin)) == (OPENED_IN_ERROR, set())
    row = case(store, reference)
    assert (row.person_kind, row.birth_date) == ("unborn", None)
    assert (case_(store, reference), running(store, reference)) == (before, ran)
    assert nothing_wrong(casework)


def test_a_case_opened_in_error_is_closed_and_says_so(casework, store):
    reference = opened(casework)
    made = take_back(casework, reference)
    row = case(store, reference)
    assert (row.is_open, row.outcome, row.facts, row.closed_at) == (False, OPENED_IN_ERROR, {}, LATER)
    assert running(store, reference) == set()
    assert made.after.row.outcome == OPENED_IN_ERROR
    assert case(store, reference).birth_date == BORN, "the child is known all the same"
    with pytest.raises(Withdrawn, match="opened in error and taken back"):
        make(casework, reference, "note", now=LATER)
    assert opened(casework) != reference
    assert nothing_wrong(casework)


def test_taking_back_the_opening_again_and_again_leaves_the_child_known(casework, store):
    reference = opened(casework)
    for step in range(5):
        take_back(casework, reference)
        assert case(store, reference).birth_date == BORN, step
    assert nothing_wrong(casework)


def test_a_case_on_which_something_was_done_is_closed_and_not_taken_back(casework, store):
    reference = opened(casework)
    make(casework, reference, "child_seen")
    with pytest.raises(RefusedUndo, match="has gone on since it was opened"):
        take_back(casework, reference, entry=1)


def test_a_case_is_not_put_back_beside_another_that_was_opened_since(casework, store):
    reference = opened(casework)
    take_back(casework, reference)
    opened(casework, person=case(store, reference).person_id, now=LATER)
    with pytest.raises(RefusedUndo, match="there is an open case on this pathway already"):
        take_back(casework, reference)
    assert nothing_wrong(casework)


def test_a_case_that_may_not_be_seen_is_taken_back_and_not_named(casework, store):
    reference = referred(casework)
    (hidden,) = make(casework, reference, "decide_strategy").opened
    with store.writing() as tx:
        tx.cursor.execute("UPDATE pathway_case SET guarded = TRUE, restricted = TRUE WHERE id = 2")
    assert case(store, hidden).restricted
    made = take_back(casework, reference)
    assert made.beside == ()
    assert case(store, hidden).outcome == OPENED_IN_ERROR


def test_a_case_that_may_not_be_seen_and_has_gone_on_is_not_named_either(casework, store):
    reference = referred(casework)
    (hidden,) = make(casework, reference, "decide_strategy").opened
    make(casework, hidden, "start_enquiry")
    with store.writing() as tx:
        tx.cursor.execute("UPDATE pathway_case SET guarded = TRUE, restricted = TRUE WHERE id = 2")
    with pytest.raises(RefusedUndo) as refused:
        take_back(casework, reference)
    assert hidden not in f"{refused.value} {refused.value.ways}"
    assert "More rests on it than can be withdrawn from here." in str(refused.value)
