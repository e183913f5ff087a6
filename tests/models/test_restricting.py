"""Restricting a case or all about a person, and lifting that: who then sees what, and what a reference tells."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import access, letting_in, restricting
from models.access import NotTheirs
from models.verdict import COUNTED
from models.viewer import ALL_SEEING
from pathways.errors import Mistyped
from tests.models.office import NOW, proven

LATER = NOW + timedelta(hours=1)
WHY = "covers for a colleague"


@pytest.fixture
def office(store, rules):
    yield from proven(store, rules)


def test_a_persons_restriction_covers_every_case_also_one_opened_later(office):
    first = office.child()
    person = office.row(first).person_id
    second = office.another("missing_education", person)
    manager = office.sit("manager")
    named = restricting.restrict(
        office.store,
        first,
        whole_person=True,
        let_in=["worker"],
        because="a colleague's child",
        actor=manager,
        now=NOW,
    )
    assert named == ("manager", "worker")
    later = office.another("escalation", person)
    for case in (first, second, later):
        assert [office.sees(each, case) for each in ("manager", "worker", "second", "officer")] == [
            True, True, False, False,
        ], case  # fmt: skip
    assert later.split("-")[1] not in ("2026",), "a number of the year would leave a gap that tells"
    assert "access_restricted" in office.actions(second)


def counters(office):
    """Every sequence that references are drawn from, and its last number."""
    with office.store.reading() as tx:
        return tx.connection.execute("SELECT prefix, year, last FROM counter ORDER BY 1, 2").fetchall()


def test_an_allegation_and_the_next_case_of_a_restricted_child_take_no_number_from_any_sequence(office):
    first = office.child()
    before = counters(office)
    assert not COUNTED.fullmatch(office.allegation("Robin", "Wren"))
    manager = office.sit("manager")
    child = office.row(first).person_id
    restricting.restrict(
        office.store, first, whole_person=True, let_in=[], because=WHY, actor=manager, now=NOW
    )
    assert not COUNTED.fullmatch(office.open("missing_child", "missing", child))
    assert counters(office) == before
    after = office.child("Elm", "Moss")
    assert int(after[-4:]) == int(first[-4:]) + 1, "no gap tells of what was opened between"


def test_a_case_restricted_once_it_has_its_number_keeps_it_and_others_see_the_gap(office):
    """What `docs/who-may-see.md` says plainly: the number was given when anybody could see the case."""
    references = [office.child("Elm", "Moss"), office.child("Ash", "Birch"), office.child("Oak", "Hill")]
    manager = office.sit("manager")
    restricting.restrict(
        office.store, references[1], whole_person=True, let_in=[], because=WHY, actor=manager, now=NOW
    )  # fmt: skip
    assert [office.sees("second", each) for each in references] == [True, False, True]
    assert [int(each[-4:]) for each in references] == [1, 2, 3]


def test_one_case_alone_can_be_restricted(office):
    first = office.child()
    second = office.another("missing_education", office.row(first).person_id)
    manager = office.sit("manager")
    restricting.restrict(
        office.store, first, whole_person=False, let_in=[], because=WHY, actor=manager, now=NOW
    )
    assert (office.sees("worker", first), office.sees("worker", second)) == (False, True)


def test_two_people_lift_a_restriction_and_nobody_decides_their_own(office):
    case = office.child()
    manager = office.sit("manager")
    restricting.restrict(
        office.store, case, whole_person=True, let_in=["second"], because=WHY, actor=manager, now=NOW
    )
    with pytest.raises(Mistyped, match="Nobody has asked"):
        restricting.decide_lift(office.store, case, agreed=True, because=WHY, actor=manager, now=NOW)
    restricting.ask_to_lift(office.store, case, because="no longer needed", actor=manager, now=NOW)
    with pytest.raises(NotTheirs, match="two people"):
        restricting.decide_lift(office.store, case, agreed=True, because=WHY, actor=manager, now=NOW)
    assert not office.sees("worker", case)
    second = office.sit("second", LATER)
    restricting.decide_lift(office.store, case, agreed=True, because="looked at it", actor=second, now=LATER)
    assert office.sees("worker", case, LATER)
    row = office.row(case)
    assert (row.restricted, row.guarded) == (False, False)
    with office.store.reading() as tx:
        (lifted,) = tx.all("restrictions_of", case_id=None, person_id=row.person_id)
    assert (lifted.lifted_by, lifted.lifted_second) == ("manager", "second")
    assert office.actions(case)[-3:] == ["access_restricted", "access_lift_asked", "access_lifted"]


def test_a_lifting_that_is_declined_leaves_it_restricted(office):
    case = office.child()
    manager = office.sit("manager")
    restricting.restrict(
        office.store, case, whole_person=True, let_in=["second"], because=WHY, actor=manager, now=NOW
    )
    restricting.ask_to_lift(office.store, case, because=WHY, actor=manager, now=NOW)
    second = office.sit("second", LATER)
    restricting.decide_lift(office.store, case, agreed=False, because="too soon", actor=second, now=LATER)
    assert not office.sees("worker", case, LATER)
    with pytest.raises(Mistyped, match="Nobody has asked"):
        restricting.decide_lift(office.store, case, agreed=True, because=WHY, actor=second, now=LATER)


def test_somebody_kept_out_stays_out_when_a_restriction_is_lifted(office):
    case = office.child()
    manager = office.sit("manager")
    letting_in.exclude(office.store, case, "worker", because="a relative", actor=manager, now=NOW)
    restricting.restrict(
        office.store, case, whole_person=True, let_in=["second"], because=WHY, actor=manager, now=NOW
    )
    restricting.ask_to_lift(office.store, case, because=WHY, actor=manager, now=NOW)
    second = office.sit("second", LATER)
    restricting.decide_lift(office.store, case, agreed=True, because=WHY, actor=second, now=LATER)
    assert not office.sees("worker", case, LATER)
    assert office.sees("officer", case, LATER)


def test_an_allegation_is_never_lifted(office):
    case = office.allegation()
    officer = office.sit("officer")
    with pytest.raises(Mistyped, match="not lifted"):
        restricting.ask_to_lift(office.store, case, because=WHY, actor=officer, now=NOW)


def test_a_later_return_reaches_a_child_who_was_restricted_meanwhile_and_a_look_does_not_stop_it(
    office, rules
):
    from tests.imported import next_year, take, who
    from tests.models.test_importing_again import ASSESSING, HEAD, LATER, assessment, child, episode

    take(office.store, rules, ASSESSING)
    with office.store.reading() as tx:
        first = {each.reference for each in tx.all("every_case_state")}
    case = min(first)
    manager = office.sit("manager")
    access.look(office.store, case, actor=manager, now=NOW, names=True)
    restricting.restrict(
        office.store,
        case,
        whole_person=True,
        let_in=[],
        because="a colleague's child",
        actor=manager,
        now=NOW,
    )
    office.sit("worker")
    again = child(episode(assessment("2026-03-03", "2026-04-28"), referred="2026-03-02"), who())
    take(office.store, rules, again, head=next_year(HEAD), now=LATER)
    with office.store.reading() as tx:
        cases = [
            tx.need("case_by_reference", reference=each.reference, seen_by=ALL_SEEING)
            for each in tx.all("every_case_state")
        ]
    assert {each.reference for each in cases} >= first
    assert all(each.restricted and each.guarded for each in cases)
    new = {each.reference for each in cases} - first
    assert [each for each in new if "-2026-" in each] == [], "no number of the year, which would leave a gap"
    assert not any(office.sees("worker", each.reference) for each in cases)
