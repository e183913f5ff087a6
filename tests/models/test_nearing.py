"""What is near: missing reports, referrals to decide on, cases that nobody leads, rules that run out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.nearing import (
    needs_a_person,
    note_missing_reports,
    note_near_referrals,
    note_short_capacity,
    note_unowned,
    office_time,
    runs_out,
    slots_a_week,
    tell_of_rising,
)
from models.people import NewPerson, relate
from models.setup import load_school
from pathways import pathway
from pathways.errors import Mistyped
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
        messages = tx.all("messages_to_relay", after=0, most=99)
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


# --- referrals on which two office hours are left ---------------------------------------------------------------


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def referral(casework):
    """Opens referrals; the limit of one is the end of the next working day."""
    found = pathway("front_door")
    person = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1), sex="F")

    def opened(day):
        answers = complete(found.entry("referral").records, f"2026-11-{day}")
        return casework.open(
            "front_door", "referral", person=person, actor=COORDINATOR, now=at(day, 10), answers=answers
        ).reference

    return opened


def heard(store, event):
    with store.reading() as tx:
        return [each for each in tx.all("messages_to_relay", after=0, most=99) if each.event == event]


@pytest.mark.parametrize(
    ("day", "hour", "minute", "near"),
    [(20, 11, 0, 0), (22, 16, 0, 0), (23, 14, 59, 0), (23, 15, 0, 1), (23, 16, 59, 1), (23, 17, 0, 0), (24, 9, 0, 0)],
)  # fmt: skip
def test_a_referral_of_a_friday_is_near_from_three_on_monday(store, rules, referral, day, hour, minute, near):
    reference = referral(20)
    assert note_near_referrals(store, rules, at(day, hour, minute)) == near
    assert [each.case_ref for each in heard(store, "pathways.referral.near")] == [reference] * near


def test_a_near_referral_is_told_of_once_a_day_and_to_the_front_doors_manager(store, rules, referral):
    referral(20)
    for minute in (0, 30):
        assert note_near_referrals(store, rules, at(23, 15, minute)) == 1
    (told,) = heard(store, "pathways.referral.near")
    assert (told.rule, told.to_roles, told.due_on) == (
        "fd.decision",
        "front_door_manager",
        date(2026, 11, 23),
    )


def test_of_a_guarded_referral_nothing_is_told(store, rules, referral):
    reference = referral(20)
    with store.writing() as tx:
        tx.connection.execute(f"UPDATE pathway_case SET guarded = true WHERE reference = '{reference}'")
    assert note_near_referrals(store, rules, at(23, 15)) == 0
    assert note_unowned(store, rules, at(25, 6)) == 0
    assert heard(store, "pathways.referral.near") == heard(store, "pathways.case.unowned") == []


@pytest.mark.parametrize(
    ("now", "until", "hours"),
    [
        (at(20, 16), at(23, 10), 2.0),  # an hour on Friday, an hour on Monday
        (at(21, 12), at(22, 12), 0.0),  # a weekend
        (at(23, 18), at(23, 23), 0.0),
        (at(23, 8), at(23, 23), 8.0),
        (datetime(2026, 12, 24, 16, tzinfo=UTC), datetime(2026, 12, 29, 10, tzinfo=UTC), 2.0),  # 28th: substitute day
        (datetime(2026, 7, 6, 8, tzinfo=UTC), datetime(2026, 7, 6, 10, tzinfo=UTC), 2.0),  # 9 to 11 in British summer
    ],
)  # fmt: skip
def test_office_time_is_nine_to_five_on_working_days_in_london(rules, now, until, hours):
    assert office_time(rules.calendar, now, until) == timedelta(hours=hours)


# --- cases that nobody leads -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "unowned"), [(20, 0), (21, 0), (22, 0), (23, 0), (24, 1), (25, 1)])
def test_a_case_of_a_friday_without_a_lead_is_told_of_after_monday(store, rules, referral, day, unowned):
    reference = referral(20)
    assert note_unowned(store, rules, at(day, 23)) == unowned
    assert [each.case_ref for each in heard(store, "pathways.case.unowned")] == [reference] * unowned


def test_it_is_told_once_a_day_and_no_more_once_somebody_leads_it(store, rules, referral):
    reference = referral(18)
    for day in (20, 20, 23):
        note_unowned(store, rules, at(day, 6))
    assert len(heard(store, "pathways.case.unowned")) == 2
    with store.writing() as tx:
        tx.connection.execute(f"UPDATE pathway_case SET lead = 'x' WHERE reference = '{reference}'")
    assert note_unowned(store, rules, at(24, 6)) == 0


# --- late cases over a week ------------------------------------------------------------------------------------


def mornings(store, late_by_day):
    with store.writing() as tx:
        tx.many(
            "add_daily_count",
            [
                {
                    "day": date(2026, 11, day), "pathway": name, "team": "north", "open_cases": 90, "late": late,
                    "due_today": 0, "due_soon": 0, "recorded_at": at(day, 6),
                }
                for day, (first, second) in late_by_day.items()
                for name, late in (("child_protection", first), ("front_door", second))
            ],
        )  # fmt: skip


@pytest.mark.parametrize(
    ("then", "now", "risen"),
    [
        ((10, 5), (12, 8), True),  # 15 to 20: a third
        ((10, 6), (13, 8), False),  # 16 to 21: five more, less than a third
        ((1, 0), (5, 0), False),  # four more: too few to say
        ((0, 0), (5, 0), True),
        ((20, 0), (10, 0), False),
    ],
)
def test_a_third_more_than_a_week_ago_is_told_once_a_day(store, then, now, risen):
    mornings(store, {16: then, 20: (99, 99), 23: now})
    assert tell_of_rising(store, at(23, 6)) is risen
    assert tell_of_rising(store, at(23, 12)) is risen
    assert len(heard(store, "pathways.late.rising")) == risen


def test_without_a_morning_of_a_week_ago_nothing_is_compared(store):
    mornings(store, {13: (1, 0), 17: (1, 0), 23: (50, 0)})
    assert tell_of_rising(store, at(23, 6)) is False
    mornings(store, {14: (1, 0)})
    assert tell_of_rising(store, at(23, 6)) is True, "the 14th is the newest of seven to nine days ago"


# --- more conferences than can be held in a week -------------------------------------------------------------------

WEEK = date(2026, 11, 23)
"""The Monday of the week in which the conference of `booked` is held."""


@pytest.mark.parametrize(("today", "due"), [(15, 0), (16, 1), (20, 1), (22, 1), (23, 0)])
def test_the_coming_week_begins_on_the_monday_after_today(store, booked, today, due):
    assert note_short_capacity(store, on(today), 12) == due


def test_it_is_told_once_for_a_week_and_only_where_it_is_more_than_can_be_held(store, booked, casework):
    assert note_short_capacity(store, on(20), 1) == 1
    assert heard(store, "pathways.capacity.short") == []
    without_day(casework)
    for day in (19, 20):
        assert note_short_capacity(store, on(day), 1) == 2
    (told_of,) = heard(store, "pathways.capacity.short")
    assert (told_of.due_on, told_of.case_ref) == (WEEK, "")


def test_where_nobody_said_how_many_nothing_is_told(store, booked):
    assert note_short_capacity(store, on(20), 0) == 1
    assert heard(store, "pathways.capacity.short") == []


def test_one_whose_limit_lies_behind_the_week_or_that_few_may_see_is_not_counted(store, casework):
    reference = without_day(casework)
    assert note_short_capacity(store, on(12), 12) == 0, "its limit is Tuesday 24 November"
    assert note_short_capacity(store, on(19), 12) == 1
    with store.writing() as tx:
        tx.connection.execute(f"UPDATE pathway_case SET guarded = true WHERE reference = '{reference}'")
    assert note_short_capacity(store, on(19), 12) == 0


def test_brothers_and_sisters_need_one_conference(store, casework):
    references = without_day(casework, "Ash"), without_day(casework, "Hazel")
    with store.reading() as tx:
        pair = [tx.need("case_by_reference", reference=each).person_id for each in references]
    assert note_short_capacity(store, on(19), 12) == 2
    with store.writing() as tx:
        relate(tx, *pair, "sibling", date(2020, 1, 1), NOW)
    assert note_short_capacity(store, on(19), 12) == 1


def without_day(casework, given="Ash"):
    """A conference that is to be held by Tuesday 24 November and that no day is booked for."""
    found = pathway("child_protection")
    person = NewPerson(given=given, family="Birch", birth_date=date(2017, 3, 1), sex="F")
    reference = casework.open(
        "child_protection", "strategy", person=person, actor=COORDINATOR, now=NOW,
        answers=complete(found.entry("strategy").records),
    ).reference  # fmt: skip
    for trigger, own in (
        ("start_enquiry", {}),
        ("child_seen", {"seen": "yes"}),
        ("allocate", {}),
        ("decide_conference", {}),
    ):
        move = next(each for each in found.moves if each.trigger == trigger)
        casework.make(reference, trigger, actor=COORDINATOR, now=NOW, answers=complete(move.records, **own))
    return reference


@pytest.mark.parametrize(("given", "slots"), [({}, 0), ({"conferences": {"slots_a_week": 12}}, 12)])
def test_how_many_can_be_held_stands_in_the_settings(given, slots):
    assert slots_a_week(given) == slots


@pytest.mark.parametrize("given", [0, -3, "12", 2.5, True])
def test_a_number_that_is_none_says_what_to_write(given):
    with pytest.raises(Mistyped, match="is a whole number, such as 12"):
        slots_a_week({"conferences": {"slots_a_week": given}})
