"""What is near: reports missing before a conference, rules and calendars that run out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.nearing import needs_a_person, note_missing_reports, runs_out
from models.people import NewPerson
from models.setup import load_school
from pathways import pathway
from tests.casefile import COORDINATOR, NOW, complete

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def booked(casework):
    """A conference booked for Tuesday 24 November; the school's report is in, that of the police is not."""
    found = pathway("child_protection")
    person = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1), sex="F")
    answers = complete(found.entry("strategy").records)
    reference = casework.open(
        "child_protection", "strategy", person=person, actor=COORDINATOR, now=NOW, answers=answers
    ).reference

    def make(trigger, now=NOW, **own):
        with casework.store.reading() as tx:
            state = tx.need("case_by_reference", reference=reference).state
        move = next(each for each in found.moves_from(state) if each.trigger == trigger)
        answers = complete(move.records, now.date().isoformat(), **own)
        casework.make(reference, trigger, actor=COORDINATOR, now=now, answers=answers)

    make("start_enquiry")
    make("child_seen", seen="yes")
    make("allocate")
    make("decide_conference")
    make("request_conference")
    make("book_conference", conference_on=TUESDAY.isoformat())
    make("invite", agencies="school,police")
    make("report_received", agency="school")
    return reference, make


def on(day, hour=6):
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def told(store):
    with store.reading() as tx:
        messages = tx.all("waiting_messages", most=99)
    return [(each.case_ref, each.due_on) for each in messages if each.event == "pathways.reports.missing"]


@pytest.mark.parametrize(("day", "near"), [(19, 0), (20, 1), (23, 1), (24, 1), (25, 0)])
def test_two_working_days_before_a_tuesday_is_the_friday(store, rules, booked, day, near):
    assert note_missing_reports(store, rules, on(day)) == near
    assert len(told(store)) == near


def test_it_is_told_once(store, rules, booked):
    for day in (20, 21, 22, 23):
        note_missing_reports(store, rules, on(day))
    assert told(store) == [(booked[0], TUESDAY)]


def test_with_every_report_in_nothing_is_told(store, rules, booked):
    booked[1]("report_received", on(18, 10), agency="police")
    assert note_missing_reports(store, rules, on(20)) == 0


def test_bank_holidays_and_rules_that_reach(store, rules):
    assert runs_out(store, rules, date(2026, 11, 20)) == []


def test_bank_holidays_that_end(store, rules):
    last = rules.calendar.last_year
    assert runs_out(store, rules, date(last, 11, 1)) == []
    (only,) = [each for each in runs_out(store, rules, date(last, 11, 2)) if "Bank holidays" in each]
    assert only == f"Bank holidays are known only to 31 December {last}: pathways days update"


def test_a_schools_terms_that_end(store, rules):
    from models.setup import AtTheKeyboard, fill
    from pathways.roles import Role

    fill(store, AtTheKeyboard("c", "C", (Role.COORDINATOR,)), authority="sefton", now=NOW)
    load_school(store, "northside", "from,to,kind\n2026-09-01,2026-12-18,term\n", NOW)
    assert runs_out(store, rules, date(2026, 10, 19)) == []
    assert runs_out(store, rules, date(2026, 10, 20)) == [
        "The terms of northside are known only to 18 December 2026: pathways days school"
    ]


def test_what_needs_a_person_in_the_rules_is_counted(rules):
    assert needs_a_person(rules, date(2026, 11, 20)) < needs_a_person(rules, date(2028, 11, 20))
