"""What a decision on one case does to the person's others: opened beside, kept apart, frozen, or doubled by twins."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from models.casework import NewPerson
from models.refusals import RefusedMove
from models.sweep import pass_due_dates
from models.verify import verify
from models.viewer import ALL_SEEING, NOBODY
from pathways import pathway
from tests.casefile import COORDINATOR, NOW, complete

pytestmark = pytest.mark.sqlcipher

BORN = date(2015, 2, 3)


def opened(casework, name, entry, person, now=NOW, **own):
    answers = complete(pathway(name).entry(entry).records, now.date().isoformat(), **own)
    return casework.open(name, entry, person=person, actor=COORDINATOR, now=now, answers=answers)


def make(casework, reference, trigger, now=NOW, overridden=True, **own):
    name = next(each for each in ("front_door", "child_in_need", "child_protection", "immediate_protection", "early_help")
                if pathway(each).prefix == reference.split("-")[0])  # fmt: skip
    moves = [each for each in pathway(name).moves if each.trigger == trigger]
    with casework.store.reading() as tx:
        state = tx.one("case_by_reference", reference=reference).state
    move = next(each for each in moves if state in each.source)
    overrides = {each.id: "an invented reason" for each in move.conditions} if overridden else {}
    return casework.make(
        reference,
        trigger,
        actor=COORDINATOR,
        now=now,
        answers=complete(move.records, now.date().isoformat(), **own),
        overrides=overrides,
    )


def on_a_plan(casework, reference, now=NOW):
    """From a strategy discussion to a child protection plan, by the shortest road that people may take."""
    make(casework, reference, "start_enquiry", now)
    make(casework, reference, "child_seen", now)
    make(casework, reference, "allocate", now)
    make(casework, reference, "decide_conference", now)
    make(casework, reference, "start_conference", now, agencies="social care,police,school,health visiting")
    make(casework, reference, "views_recorded", now)
    return make(casework, reference, "decide_plan", now, review_on="2027-01-20")


def case(store, reference):
    with store.reading() as tx:
        return tx.one("case_by_reference", reference=reference, seen_by=ALL_SEEING)


def running(store, case_id):
    with store.reading() as tx:
        return {row.rule for row in tx.all("running_deadlines", case_id=case_id)}


def referred(casework, **own):
    receipt = opened(casework, "front_door", "referral", NewPerson(birth_date=BORN))
    make(casework, receipt.reference, "record_checks")
    make(casework, receipt.reference, "record_consent", given="yes")
    return receipt.reference


def test_a_protection_plan_takes_over_from_a_child_in_need_plan(casework, store):
    reference = referred(casework)
    (need,) = make(casework, reference, "decide_assessment").opened
    for trigger in ("child_seen", "allocate", "record_consent", "decide_plan_needed"):
        make(casework, need, trigger, given="yes")
    assert case(store, need).state == "plan_pending"
    (protection,) = make(casework, need, "suspect_harm").opened
    assert case(store, need).state == "plan_pending", "the case stays open while harm is looked into"
    on_a_plan(casework, protection)
    assert (case(store, need).state, case(store, need).is_open) == ("stepped_up", False)
    assert case(store, protection).state == "plan"


def test_a_child_on_a_protection_plan_is_refused_a_second_plan_with_the_reason(casework, store):
    reference = referred(casework)
    (need,) = make(casework, reference, "decide_assessment").opened
    (protection,) = make(casework, need, "suspect_harm").opened
    on_a_plan(casework, protection)
    assert case(store, need).state == "assessing", "the assessment goes on"
    for trigger in ("child_seen", "allocate"):
        make(casework, need, trigger)
    with pytest.raises(RefusedMove) as refused:
        make(casework, need, "decide_plan_needed")
    assert "child protection plan" in str(refused.value)
    assert case(store, need).state == "assessing"
    assert verify(store, casework.rules).faults == []


def test_nobody_is_opened_twice_on_one_pathway(casework):
    receipt = opened(casework, "front_door", "referral", NewPerson(birth_date=BORN))
    with casework.store.reading() as tx:
        person = tx.one("case_by_reference", reference=receipt.reference).person_id
    with pytest.raises(RefusedMove, match="open case on this pathway already"):
        opened(casework, "front_door", "referral", person)


def test_a_death_stops_every_clock_of_the_child_at_once_and_no_siblings(casework, store, rules):
    reference = referred(casework)
    (need,) = make(casework, reference, "decide_assessment").opened
    (protection,) = make(casework, need, "suspect_harm").opened
    sibling = opened(casework, "front_door", "referral", NewPerson(birth_date=date(2017, 1, 1))).reference
    assert running(store, case(store, need).id)
    make(casework, protection, "child_died", died_on="2026-11-03")
    assert running(store, case(store, need).id) == set()
    assert running(store, case(store, protection).id) == set()
    assert running(store, case(store, sibling).id) >= {"fd.decision"}
    late = NOW + timedelta(days=90)
    pass_due_dates(store, rules, late, late)
    with store.reading() as tx:
        told = {
            row.case_ref for row in tx.all("messages_to_relay", after=0, most=1000) if "deadline" in row.event
        }
    assert told == {sibling}, "nothing more goes out about the child who has died"
    assert verify(store, rules).faults == []


def test_nothing_new_is_begun_for_somebody_who_has_died(casework, store):
    receipt = opened(casework, "child_protection", "strategy", NewPerson(birth_date=BORN))
    person = case(store, receipt.reference).person_id
    make(casework, receipt.reference, "child_died", died_on="2026-11-03")
    with pytest.raises(RefusedMove, match="has died"):
        opened(casework, "front_door", "referral", person)


def test_a_refused_decision_leaves_no_gap_in_the_numbers_of_cases(casework, store):
    reference = referred(casework)
    protection = opened(casework, "child_protection", "strategy", case(store, reference).person_id).reference
    make(casework, protection, "child_died", died_on="2026-11-03")
    with pytest.raises(RefusedMove, match="has died"):
        make(casework, reference, "decide_assessment")
    with store.reading() as tx:
        (*_, last) = tx.all("trail_of_case", reference=reference)
    assert last.action == "refused:decide_assessment"
    assert make(casework, referred(casework), "decide_assessment").opened == ("CIN-2026-0001",)
    assert verify(store, casework.rules).faults == []


def test_one_unborn_child_may_become_twins(casework, store, rules):
    unborn = NewPerson(kind="unborn", expected_delivery_date=date(2026, 12, 1))
    reference = opened(casework, "child_protection", "prebirth", unborn, due_on="2026-12-01").reference
    later = datetime(2026, 11, 20, 9, 0, tzinfo=NOW.tzinfo)
    receipt = make(casework, reference, "child_born", later, birth_date="2026-11-19", how_many="2")
    (twin,) = receipt.opened
    first, second = case(store, reference), case(store, twin)
    assert (first.person_kind, second.person_kind) == ("child", "child")
    assert first.birth_date == second.birth_date == date(2026, 11, 19)
    assert second.state == first.state
    assert first.person_id != second.person_id
    assert running(store, first.id) == running(store, second.id)
    with store.reading() as tx:
        assert [row.reference for row in tx.all("siblings_of_person", person_id=first.person_id)] == [twin]
    assert verify(store, rules).faults == []


def test_an_allegation_is_about_an_adult_and_is_not_there_for_anybody_else(casework, store):
    child = opened(
        casework, "front_door", "referral", NewPerson(given="Ash", family="Birch", birth_date=BORN)
    )
    entry = pathway("allegations").entries[0]
    casework.store.viewer = ALL_SEEING
    receipt = opened(casework, "allegations", entry.name, NewPerson(given="Rowan", family="Alder"))
    casework.store.viewer = NOBODY
    prefix, drawn = receipt.reference.split("-")
    assert (prefix, len(drawn)) == ("LADO", 7), "drawn at random, outside every sequence"
    with store.reading() as tx:
        assert tx.one("case_by_reference", reference=receipt.reference) is None
        assert tx.all("trail_of_case", reference=receipt.reference) == []
        assert (
            tx.all("people_by_name", folded="rowan alder", sounds="A436", letter="r", after="s", most=5) == []
        )
        work = tx.all(
            "work_until",
            until=NOW + timedelta(days=400),
            team="",
            pathway="",
            state="",
            lead="",
            title="",
            most=100,
        )
        assert {row.reference for row in work} == {child.reference}
        assert all(row.pathway != "allegations" for row in tx.all("count_open_cases"))
    with store.reading() as tx:
        tx.viewer = ALL_SEEING
        kept = tx.one("case_by_reference", reference=receipt.reference)
    assert kept.person_kind == "adult"
    following = opened(casework, "front_door", "referral", NewPerson(birth_date=BORN))
    assert following.reference == "RF-2026-0002", "no gap tells"


def test_a_child_in_need_plan_takes_over_from_early_help_and_nobody_is_refused(casework, store):
    early = opened(casework, "early_help", "early_help", NewPerson(birth_date=BORN))
    for trigger, own in (
        ("allocate", {}), ("record_consent", {"given": "yes"}), ("give_consent", {"given": "yes"}),
        ("log_with_hub", {}), ("complete_assessment", {}),
    ):  # fmt: skip
        make(casework, early.reference, trigger, **own)
    person = case(store, early.reference).person_id
    referral = opened(casework, "front_door", "referral", person).reference
    make(casework, referral, "record_checks")
    make(casework, referral, "record_consent", given="yes")
    (need,) = make(casework, referral, "decide_assessment").opened
    for trigger in ("child_seen", "allocate", "record_consent"):
        make(casework, need, trigger, given="yes")
    assert case(store, early.reference).state == "planned", "help goes on while social care assesses"
    make(casework, need, "decide_plan_needed")
    assert (case(store, need).state, case(store, early.reference).state) == ("plan_pending", "stepped_up")
    assert verify(store, casework.rules).faults == []
