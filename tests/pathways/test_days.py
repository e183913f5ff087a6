"""Counting: every convention with dates worked out from a wall calendar, and a second, slower counter."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pathways.days as days
from models.bank_holidays import as_csv, from_package
from pathways.days import (
    LONDON,
    Calendar,
    CalendarEnds,
    Counting,
    SchoolCalendar,
    Unit,
    clock_words,
    combine,
    count,
    parse_moment,
    replay,
    shipped_calendar,
    words,
)
from pathways.errors import Mistyped, NotReady
from pathways.rulebook import Edition, Force, load
from tests.pathways.on_paper import ANNEX_B, SCHOOL

WD, SD, CD, MONTH, HOURS = Unit
SHIPPED = Path(days.__file__).with_name("bank_holidays.csv")

CALENDAR = shipped_calendar()


def rule(amount, unit, **other):
    facts = {
        "rule_id": "test.rule", "pathway": "test", "starts_at": "something_happened", "force": Force.LOCAL,
        "source": "", "valid_from": date(2000, 1, 1), "valid_to": None, "inclusive": False, "by": None,
        "repeat": False, "roll": "", "earliest_of": "", "latest_of": "", "age_rule": False, "gate": False,
        "seen": "yes", "tells": (), "title": "", "note": "", "layer": "test",
    }  # fmt: skip
    return Edition(**{**facts, "amount": amount, "unit": unit, **other})


def due(edition, start, counting=None, calendar=CALENDAR, school=SCHOOL):
    started = parse_moment(start) if isinstance(start, str) else start
    found = count(edition, started, calendar=calendar, school=school, counting=counting or Counting())
    told = replay(edition, started, calendar=calendar, school=school, counting=counting or Counting())
    assert told.due == found
    return found


def iso(found):
    return found.due.isoformat(timespec="minutes") if isinstance(found.due, datetime) else str(found.due)


FIRST_DAY_IN = {"inclusive": True}
BIRTHDAY = {"age_rule": True}
NEXT_OPENING = {"by": time(9)}

DUE_DATES = [
    # convention  amount unit   start               due           why
    ("C1", 15, WD, "2026-11-03", "2026-11-24", "Tuesday to Tuesday, three weekends between"),
    ("C1", 1, WD, "2026-11-03T00:00", "2026-11-04", "the first minute of a day belongs to it"),
    ("C1", 1, WD, "2026-11-03T23:59", "2026-11-04", "and so does the last"),
    ("C1", 1, WD, "2026-07-01T23:30+00:00", "2026-07-03", "half past midnight on Thursday in England"),
    ("C2", 1, WD, "2026-12-23", "2026-12-24", "Christmas Eve is a working day"),
    ("C2", 2, WD, "2026-12-23", "2026-12-29", "the 26th is a Saturday, so Monday the 28th is taken too"),
    ("C2", 4, WD, "2026-12-23", "2026-12-31", "the days before New Year count"),
    ("C2", 5, WD, "2026-12-23", "2027-01-04", "New Year's Day and a weekend do not"),
    ("C2", 2, WD, "2027-12-23", "2027-12-29", "Christmas at a weekend: Monday and Tuesday are taken"),
    ("C2", 1, WD, "2027-12-31", "2028-01-04", "1 January 2028 is a Saturday, so the 3rd is taken"),
    ("C2", 1, WD, "2026-04-01", "2026-04-02", "Maundy Thursday counts"),
    ("C2", 2, WD, "2026-04-01", "2026-04-07", "Good Friday to Easter Monday do not"),
    ("C2", 1, WD, "2022-06-01", "2022-06-06", "2 and 3 June 2022 were the jubilee"),
    ("C2", 1, WD, "2022-09-16", "2022-09-20", "19 September 2022 was a holiday for one year only"),
    ("C2", 1, WD, "2021-09-17", "2021-09-20", "the same Monday a year earlier was not"),
    ("C2", 1, WD, "2023-05-05", "2023-05-09", "8 May 2023 was a holiday for one year only"),
    ("C2", 1, WD, "2023-04-28", "2023-05-02", "besides 1 May, which is one every year"),
    ("C3", 1, WD, "2026-11-07", "2026-11-09", "a Saturday referral is due on Monday"),
    ("C3", 1, WD, "2026-11-08T23:59", "2026-11-09", "so is one a minute before Monday"),
    ("C3", 1, WD, "2026-11-09T00:00", "2026-11-10", "a minute later it is Monday's own"),
    ("C3", 1, WD, "2026-11-06T20:00", "2026-11-09", "Friday evening is still Friday"),
    ("C3", 1, WD, "2026-08-31", "2026-09-01", "a bank holiday start"),
    ("C5", 3, MONTH, "2026-11-30", "2027-02-28", "no 30 February"),
    ("C5", 3, MONTH, "2027-11-30", "2028-02-29", "a leap year has one day more"),
    ("C5", 6, MONTH, "2024-02-29", "2024-08-29", "the last day of February is the 29th, not the month's end"),
    ("C5", 1, MONTH, "2027-01-31", "2027-02-28", "cut short"),
    ("C5", 2, MONTH, "2027-01-31", "2027-03-31", "from the anchor, so the 31st comes back"),
    ("C5", 3, MONTH, "2027-01-31", "2027-04-30", "April has no 31st"),
    ("C5", 12, MONTH, "2024-02-29", "2025-02-28", "an ordinary rule is cut short"),
    ("C6", 24, HOURS, "2026-03-28T20:00", "2026-03-29T21:00+01:00", "spring: the night has an hour less"),
    ("C6", 24, HOURS, "2026-10-24T20:00", "2026-10-25T19:00+00:00", "autumn: it has an hour more"),
    ("C6", 24, HOURS, "2026-10-25T01:30+01:00", "2026-10-26T00:30+00:00", "the first half past one"),
    ("C6", 24, HOURS, "2026-10-25T01:30+00:00", "2026-10-26T01:30+00:00", "the second half past one"),
    ("C6", 5, HOURS, "2026-03-28T20:00", "2026-03-29T02:00+01:00", "one o'clock is two o'clock"),
    ("C6", 72, HOURS, "2026-12-25T10:00", "2026-12-28T10:00+00:00", "hours run through Christmas"),
    ("C7", 0, CD, "2026-11-22T23:00", "2026-11-22", "by the end of a Sunday"),
    ("C7", 0, SD, "2026-11-09", "2026-11-09", "a school day is its own"),
    ("C7", 0, SD, "2026-11-07", "2026-11-09", "Saturday waits for Monday"),
    ("C7", 0, SD, "2026-10-26", "2026-11-03", "half term, then a training day"),
    ("C8", -2, WD, "2026-11-25", "2026-11-23", "two before a Wednesday is Monday"),
    ("C8", -2, WD, "2026-11-23", "2026-11-19", "two before a Monday is Thursday"),
    ("C8", -5, WD, "2026-04-08", "2026-03-30", "Easter is stepped over backwards"),
    ("C8", -70, CD, "2027-03-01", "2026-12-21", "ten weeks before a birth"),
    ("C9", 5, SD, "2026-10-16", "2026-10-23", "a whole school week"),
    ("C9", 5, SD, "2026-10-19", "2026-11-03", "half term and the training day after it"),
    ("C9", 1, SD, "2026-05-01", "2026-05-05", "a bank holiday inside the term"),
    ("C9", 1, SD, "2026-12-18", "2027-01-05", "Christmas holidays and a training day"),
    ("C14", 28, CD, "2026-12-14", "2027-01-11", "holidays do not stretch four weeks"),
    ("C14", 1, MONTH, "2026-12-14", "2027-01-14", "nor a month"),
    ("C14", 72, HOURS, "2026-12-24T18:00", "2026-12-27T18:00+00:00", "nor three days of police protection"),
    ("C15", 28, CD, "2026-06-10", "2026-07-08", "a core group held late starts the next four weeks"),
    ("C15", 6, MONTH, "2026-06-10", "2026-12-10", "a review held late starts the next six months"),
    ("C15", 10, WD, "2026-06-10", "2026-06-24", "a visit made early starts the next ten days"),
]  # fmt: skip


@pytest.mark.parametrize(("convention", "amount", "unit", "start", "wanted", "why"), DUE_DATES)
def test_due_date(convention, amount, unit, start, wanted, why):
    assert iso(due(rule(amount, unit), start)) == wanted, why


MARKED = [
    ("C10", 216, MONTH, BIRTHDAY, "2008-02-29", "2026-03-01", "no 29 February in 2026"),
    ("C10", 216, MONTH, BIRTHDAY, "2008-02-28", "2026-02-28", "born a day sooner"),
    ("C10", 240, MONTH, BIRTHDAY, "2008-02-29", "2028-02-29", "a leap year has the day itself"),
    ("C10", 300, MONTH, BIRTHDAY, "2012-02-29", "2037-03-01", "a record is kept the longer way"),
    ("C11", 20, SD, FIRST_DAY_IN, "2026-11-03", "2026-11-30", "the first day of absence is day 1"),
    ("C11", 3, SD, FIRST_DAY_IN, "2026-11-07", "2026-11-11", "a Saturday cannot be day 1, Monday is"),
    ("C11", 5, SD, FIRST_DAY_IN, "2027-01-05", "2027-01-11", "the first five days of term"),
    ("C11", 15, CD, FIRST_DAY_IN, "2026-11-02", "2026-11-16", "beginning with the day of service"),
    ("C11", 1, SD, FIRST_DAY_IN, "2025-09-04", "2025-09-04", "one day is the day itself"),
    ("C12", 1, SD, NEXT_OPENING, "2026-11-23T02:15", "2026-11-23T09:00+00:00", "that same morning"),
    ("C12", 1, SD, NEXT_OPENING, "2026-11-23T08:59", "2026-11-23T09:00+00:00", "a minute before the bell"),
    ("C12", 1, SD, NEXT_OPENING, "2026-11-23T09:00", "2026-11-24T09:00+00:00", "strictly after"),
    ("C12", 1, SD, NEXT_OPENING, "2026-11-20T21:00", "2026-11-23T09:00+00:00", "Friday night waits for Monday"),
    ("C12", 1, SD, NEXT_OPENING, "2026-12-18T16:00", "2027-01-05T09:00+00:00", "the first day back"),
    ("C12", 1, SD, NEXT_OPENING, "2026-11-21", "2026-11-23T09:00+00:00", "on a Saturday the hour does not matter"),
    ("C12", 1, SD, NEXT_OPENING, "2026-07-21T02:00", "2026-07-21T09:00+01:00", "nine is summer time in July"),
]  # fmt: skip


@pytest.mark.parametrize(("convention", "amount", "unit", "marks", "start", "wanted", "why"), MARKED)
def test_due_date_of_a_marked_rule(convention, amount, unit, marks, start, wanted, why):
    assert iso(due(rule(amount, unit, **marks), start)) == wanted, why


PLANS = [
    (28, CD, "2026-11-28", "2026-12-26", date(2026, 12, 24), "Saturday after Christmas Day"),
    (3, MONTH, "2026-03-06", "2026-06-06", date(2026, 6, 5), "a Saturday"),
    (6, MONTH, "2026-03-08", "2026-09-08", date(2026, 9, 8), "a Tuesday is planned for as it is"),
    (24, HOURS, "2026-03-28T20:00", "2026-03-29T21:00+01:00", date(2026, 3, 27), "a Sunday"),
    (420, MONTH, "2026-11-02", "2061-11-02", None, "beyond the calendar, which is no error"),
]  # fmt: skip


@pytest.mark.parametrize(("amount", "unit", "start", "wanted", "plan_by", "why"), PLANS)
def test_an_outer_limit_stays_and_people_plan_for_the_working_day_before(
    amount, unit, start, wanted, plan_by, why
):
    found = due(rule(amount, unit), start)
    assert (iso(found), found.plan_by) == (wanted, plan_by), why


SETTINGS = [
    ({"deemed_receipt": True}, 1, WD, "2026-11-07", "2026-11-10", "Saturday counts as Monday's"),
    ({"deemed_receipt": True}, 1, WD, "2026-11-06T17:00", "2026-11-10", "so does Friday once the office is shut"),
    ({"deemed_receipt": True}, 1, WD, "2026-11-06T16:59", "2026-11-09", "but not a minute earlier"),
    ({"deemed_receipt": True}, 24, HOURS, "2026-11-07T10:00", "2026-11-08T10:00+00:00", "hours never wait"),
    ({"deemed_receipt": True}, -2, WD, "2026-11-22", "2026-11-19", "nor does counting back"),
    ({"event_day_counts": True}, 15, WD, "2026-11-03", "2026-11-23", "the day itself is day 1"),
    ({"event_day_counts": True}, 1, WD, "2026-11-07", "2026-11-09", "Saturday cannot be day 1"),
    ({"event_day_counts": True}, 28, CD, "2026-11-02", "2026-11-29", "calendar days as well"),
    ({"event_day_counts": True}, 3, MONTH, "2026-11-02", "2027-02-02", "months have no day 1"),
    ({"clear_days": True}, -2, WD, "2026-11-25", "2026-11-20", "two whole days lie between"),
    ({"clear_days": True}, -70, CD, "2027-03-01", "2026-12-20", "calendar days as well"),
    ({"clear_days": True}, 2, WD, "2026-11-25", "2026-11-27", "only backwards"),
]  # fmt: skip


@pytest.mark.parametrize(("setting", "amount", "unit", "start", "wanted", "why"), SETTINGS)
def test_an_authority_may_count_its_own_way(setting, amount, unit, start, wanted, why):
    assert iso(due(rule(amount, unit), start, Counting(**setting))) == wanted, why


def test_a_school_that_opens_earlier_is_told_earlier():
    early = Counting(school_opens=time(8, 30))
    notify = rule(1, SD, by=time(9))
    assert iso(due(notify, "2026-11-23T08:00", early)) == "2026-11-23T08:30+00:00"
    assert iso(due(notify, "2026-11-23T08:45", early)) == "2026-11-24T08:30+00:00"


def test_council_closures_count_only_where_the_authority_lists_them():
    closed = Calendar(
        CALENDAR.holidays, 2020, 2030, "test", closures=[date(2026, 12, 24), date(2026, 12, 29)]
    )
    assert iso(due(rule(1, WD), "2026-12-23", calendar=closed)) == "2026-12-30"
    assert iso(due(rule(1, SD), "2026-12-17", calendar=closed)) == "2026-12-18"
    assert closed.why_not(date(2026, 12, 24)) == "council closure"


def test_a_date_is_late_after_its_last_second_and_an_age_is_reached_in_its_first():
    assert due(rule(1, WD), "2026-11-03").due_at == datetime(2026, 11, 4, 23, 59, 59, tzinfo=UTC)
    assert due(rule(1, WD), "2026-07-01").due_at == datetime(2026, 7, 2, 22, 59, 59, tzinfo=UTC)
    assert due(rule(216, MONTH, age_rule=True), "2008-07-02").due_at == datetime(2026, 7, 1, 23, tzinfo=UTC)
    assert due(rule(1, WD, by=time(12)), "2026-11-03").due_at == datetime(2026, 11, 4, 12, tzinfo=UTC)


EITHER = [
    ("earliest_of", "2026-08-20", "2026-11-20", "other.rule"),
    ("earliest_of", "2026-09-20", "2026-11-30", "test.rule"),
    ("latest_of", "2026-08-20", "2026-11-30", "test.rule"),
    ("latest_of", "2026-09-20", "2026-12-20", "other.rule"),
]  # fmt: skip


@pytest.mark.parametrize(("which", "other_start", "wanted", "named"), EITHER)
def test_the_earlier_or_the_later_of_two_limits_is_taken_with_its_reason(which, other_start, wanted, named):
    first = rule(20, WD, **{which: "other.rule"})
    own, other = due(first, "2026-11-02"), due(rule(3, MONTH), other_start)
    taken, why = combine(first, own, other)
    assert iso(taken) == wanted
    assert why.endswith(f"applies: {named}.")
    assert words(own.due) in why
    assert words(other.due) in why


def test_a_limit_stands_alone_where_the_other_start_is_not_known():
    first = rule(20, WD, earliest_of="other.rule")
    own = due(first, "2026-11-02")
    taken, why = combine(first, own, None)
    assert taken == own
    assert "not known" in why


def test_nothing_is_combined_for_a_rule_that_stands_alone():
    own = due(rule(20, WD), "2026-11-02")
    assert combine(rule(20, WD), own, None) == (own, "")


ANNEX = {
    2023: "1-2 4-7 4-10 5-1 5-8 5-29 8-28 12-25 12-26",
    2024: "1-1 3-29 4-1 5-6 5-27 8-26 12-25 12-26",
    2025: "1-1 4-18 4-21 5-5 5-26 8-25 12-25 12-26",
    2026: "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28",
    2027: "1-1 3-26 3-29 5-3 5-31 8-30 12-27 12-28",
}


@pytest.mark.parametrize("year", ANNEX)
def test_the_shipped_bank_holidays_are_those_published(year):
    listed = {date(year, *map(int, day.split("-"))) for day in ANNEX[year].split()}
    assert {day for day in CALENDAR.holidays if day.year == year} == listed


def test_days_proclaimed_once_and_moved_days_are_in_the_shipped_table():
    for once in (date(1999, 12, 31), date(2011, 4, 29), date(2012, 6, 5), date(2020, 5, 8), date(2022, 6, 3)):
        assert not CALENDAR.is_working_day(once)
    assert CALENDAR.is_working_day(date(2020, 5, 4))
    assert CALENDAR.is_working_day(date(2022, 5, 30))
    assert min(day for day in CALENDAR.holidays if day.year == 2028) == date(2028, 1, 3)


def test_the_shipped_table_can_be_made_again():
    pytest.importorskip("holidays")
    rows, _version = from_package(1990, 2040)
    shipped = SHIPPED.read_text(encoding="utf-8")
    assert as_csv(rows, 1990, 2040, CALENDAR.version, date(2026, 11, 22)) == shipped


def test_a_day_says_why_it_does_not_count():
    assert CALENDAR.why_not(date(2026, 11, 21)) == "Saturday"
    assert CALENDAR.why_not(date(2026, 4, 3)) == "Good Friday"
    assert CALENDAR.why_not(date(2026, 12, 28)) == "Boxing Day (substitute day)"
    assert CALENDAR.why_not(date(2026, 11, 20)) is None
    assert SCHOOL.why_not(date(2026, 11, 2)) == "training day"
    assert SCHOOL.why_not(date(2026, 10, 28)) == "outside term"
    assert SCHOOL.why_not(date(2026, 5, 4)) == "Early May bank holiday"


def test_working_days_between_leave_out_the_first_and_keep_the_last():
    assert CALENDAR.working_days_between(date(2026, 11, 3), date(2026, 11, 24)) == 15
    assert CALENDAR.working_days_between(date(2026, 11, 3), date(2026, 11, 3)) == 0
    assert CALENDAR.on_or_before(date(2026, 12, 28)) == date(2026, 12, 24)


@pytest.mark.parametrize(("start", "amount", "year"), [("2041-01-05", 1, "2041"), ("2040-12-31", 15, "2041")])
def test_past_the_known_years_the_program_refuses_to_guess(start, amount, year):
    with pytest.raises(CalendarEnds, match=f"to 2040 and was asked about {year}; `pathways days update`"):
        due(rule(amount, WD), start)


def test_school_days_past_the_last_term_are_not_guessed():
    for start, amount in (("2027-07-20", 2), ("2027-07-22", 0), ("2025-09-01", 1)):
        with pytest.raises(CalendarEnds, match="3 September 2025 to 21 July 2027"):
            count(rule(amount, SD), parse_moment(start), calendar=CALENDAR, school=SCHOOL)
    assert iso(due(rule(1, SD), "2027-07-20")) == "2027-07-21"


def test_school_days_need_the_calendar_of_the_school():
    with pytest.raises(NotReady, match="school's own calendar"):
        due(rule(1, SD), "2026-11-03", school=None)


def test_an_emergency_closure_is_no_school_day():
    shut = SchoolCalendar.from_csv(ANNEX_B + "2026-11-04,2026-11-05,closure\n", CALENDAR)
    assert iso(due(rule(1, SD), "2026-11-03", school=shut)) == "2026-11-06"
    assert shut.why_not(date(2026, 11, 4)) == "school closure"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from,to\n2026-09-02,2026-10-23\n", "no column kind"),
        ("from,to,kind\n2026-09-02,2026-10-23,holiday\n", "Line 2 .* 'holiday'; write term, training or closure"),
        ("from,to,kind\n2026-09-31,2026-10-23,term\n", "Line 2 .* There is no 31 September"),
        ("from,to,kind\n2026-10-23,2026-09-02,term\n", "Line 2 .* ends before it begins"),
        ("from,to,kind\n2026-09-02,,term\n", "Line 2 .* No date was given"),
        ("from,to,kind\n2026-09-02,2026-09-02,training\n", "no term"),
    ],
)  # fmt: skip
def test_a_spoilt_school_calendar_says_which_line_and_what_to_do(text, said):
    with pytest.raises(Mistyped, match=said):
        SchoolCalendar.from_csv(text, CALENDAR)


def test_a_limit_of_hours_needs_the_time_of_day():
    with pytest.raises(Mistyped, match="needs the time of day"):
        due(rule(24, HOURS), "2026-11-03")
    with pytest.raises(Mistyped, match="needs the time of day"):
        due(rule(1, SD, by=time(9)), "2026-11-03")


def test_a_time_without_its_zone_is_never_taken_for_a_day():
    for unit in (WD, HOURS):
        with pytest.raises(Mistyped, match="without its time zone"):
            count(rule(1, unit), datetime(2026, 11, 3, 10), calendar=CALENDAR)


def test_a_replay_shows_each_day_and_why():
    told = replay(rule(2, WD), date(2026, 12, 24), calendar=CALENDAR)
    assert [(step.day.day, step.number, step.why) for step in told.steps] == [
        (24, 0, "the day itself is not counted"),
        (25, None, "Christmas Day"),
        (26, None, "Saturday"),
        (27, None, "Sunday"),
        (28, None, "Boxing Day (substitute day)"),
        (29, 1, "working day"),
        (30, 2, "working day"),
    ]


SENTENCES = [
    (rule(15, WD), "2026-11-03", "24 November 2026 is 15 working days after 3 November 2026."),
    (rule(1, WD), "2026-11-03", "4 November 2026 is 1 working day after 3 November 2026."),
    (rule(-2, WD), "2026-11-25", "23 November 2026 is 2 working days before 25 November 2026."),
    (rule(0, CD), "2026-11-25", "25 November 2026 is the day itself."),
    (rule(0, SD), "2026-11-07", "9 November 2026 is the first school day on or after 7 November 2026."),
    (rule(3, SD, inclusive=True), "2026-11-07", "11 November 2026 is school day 3, with 9 November 2026 as day 1."),
    (rule(1, MONTH), "2027-01-31", "28 February 2027 is 1 month after 31 January 2027 (February 2027 has no 31st, so its last day is taken)."),
    (rule(216, MONTH, age_rule=True), "2008-03-02", "2 March 2026 is when a person born on 2 March 2008 reaches 18."),
    (rule(24, HOURS), "2026-11-03T09:15", "9:15am on 4 November 2026 is 24 hours after 9:15am on 3 November 2026."),
    (rule(24, HOURS), "2026-03-28T20:00", "9pm on 29 March 2026 is 24 hours after 8pm on 28 March 2026; the clocks go forward on 29 March 2026."),
    (rule(1, SD, by=time(9)), "2026-11-23T02:15", "9am on 23 November 2026 is the first school opening after 2:15am on 23 November 2026."),
]  # fmt: skip


@pytest.mark.parametrize(("edition", "start", "sentence"), SENTENCES)
def test_a_limit_explains_itself_in_a_sentence(edition, start, sentence):
    assert replay(edition, parse_moment(start), calendar=CALENDAR, school=SCHOOL).sentence == sentence


SKIPS = [
    (15, WD, "2026-11-03", "3 weekends (7-8, 14-15, 21-22 November); no bank holidays"),
    (1, WD, "2026-11-03", "no weekends; no bank holidays"),
    (1, WD, "2026-11-07", "1 weekend (8 November); no bank holidays"),
    (2, WD, "2026-04-01", "1 weekend (4-5 April); 2 bank holidays (Good Friday 3 April, Easter Monday 6 April)"),
    (5, WD, "2026-10-29", "1 weekend (31 October-1 November); no bank holidays"),
    (1, SD, "2026-10-30", "1 weekend (31 October-1 November); no bank holidays; 1 training day (2 November)"),
    (28, CD, "2026-11-03", "nothing; every day counts"),
]  # fmt: skip


@pytest.mark.parametrize(("amount", "unit", "start", "said"), SKIPS)
def test_skipped_days_are_said_in_words(amount, unit, start, said):
    assert (
        replay(rule(amount, unit), parse_moment(start), calendar=CALENDAR, school=SCHOOL).skipped_words
        == said
    )


def test_dates_and_times_are_read_as_written():
    assert parse_moment(" 2026-11-24 ") == date(2026, 11, 24)
    assert parse_moment("2026-07-01T10:00") == datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert parse_moment("2026-07-01 10:00Z") == datetime(2026, 7, 1, 10, tzinfo=UTC)
    # Python calls no London time of the repeated hour equal to any UTC time, so it is turned into UTC first.
    assert parse_moment("2026-10-25T01:30:00+0100").astimezone(UTC) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )
    assert parse_moment("2026-10-25T01:30:00.250-05:00") == datetime(2026, 10, 25, 6, 30, tzinfo=UTC)
    assert parse_moment("1931-05-06", birth=True) == date(1931, 5, 6)


UNREADABLE = [
    ("2026-11-31", "There is no 31 November. The last day of November is the 30th."),
    ("2027-02-29", "There is no 29 February 2027. The last day of February 2027 is the 28th."),
    ("2100-02-29", "There is no 29 February 2100. The last day of February 2100 is the 28th."),
    ("2026-00-10", "There is no month 0; months run from 01 to 12."),
    ("3/11/2026", "'3/11/2026' is not a date that can be read; write it with the year first, as in 2026-11-24."),
    ("20261124", "'20261124' is not a date that can be read; write it with the year first, as in 2026-11-24."),
    ("", "No date was given; write it with the year first, as in 2026-11-24."),
    ("1999-12-31", "The year 1999 cannot be right; dates here run from 2000 to 2100."),
    ("2101-01-01", "The year 2101 cannot be right; dates here run from 2000 to 2100."),
    ("2026-11-24T25:00", "There is no time 25:00; hours run from 00 to 23 and minutes from 00 to 59."),
    ("2026-11-24T24:00", "There is no 24 o'clock; midnight at the end of 24 November 2026 is 00:00 on the next day."),
    ("2026-11-24T10", "'2026-11-24T10' has a time that cannot be read; write it as 2026-11-24T10:00 or 2026-11-24T10:00+00:00."),
    ("2026-11-24T10:00+99:00", "'2026-11-24T10:00+99:00' has an offset that no place has; for England write +00:00 or +01:00."),
    ("2026-03-29T01:30", "There is no 01:30 on 29 March 2026: the clocks go forward over that hour. Give the offset, 2026-03-29T01:30:00+00:00 or 2026-03-29T01:30:00+01:00, to say what was meant."),
    ("2026-10-25T01:00", "01:00 on 25 October 2026 happens twice because the clocks go back. Give the offset: 2026-10-25T01:00:00+01:00 for the first, 2026-10-25T01:00:00+00:00 for the second."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), UNREADABLE)
def test_a_date_that_cannot_be_used_says_why_in_a_sentence(text, sentence):
    with pytest.raises(Mistyped) as refused:
        parse_moment(text)
    assert str(refused.value) == sentence


def test_the_hours_beside_a_clock_change_are_ordinary():
    for ordinary in ("2026-03-29T00:59", "2026-03-29T02:00", "2026-10-25T00:59", "2026-10-25T02:00"):
        assert parse_moment(ordinary).isoformat(timespec="minutes")[:16] == ordinary


def test_times_are_said_as_people_say_them():
    said = [clock_words(time(*at)) for at in ((10, 0), (9, 15), (12, 0), (0, 0), (0, 5), (23, 59))]
    assert said == ["10am", "9:15am", "midday", "midnight", "12:05am", "11:59pm"]
    assert words(parse_moment("2026-10-25T01:30+00:00")) == "1:30am (winter time) on 25 October 2026"


def _holidays():
    with SHIPPED.open(encoding="utf-8") as file:
        next(file)
        return {row["date"] for row in csv.DictReader(file)}


HOLIDAYS = _holidays()


def naive_working_day(day, amount):
    """Count one day at a time, with nothing shared with the program but the list of holidays."""
    while amount:
        step = 1 if amount > 0 else -1
        day += timedelta(days=step)
        if day.isoweekday() not in (6, 7) and day.isoformat() not in HOLIDAYS:
            amount -= step
    return day


SOME_DAY = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@settings(max_examples=200, deadline=None)
@given(day=SOME_DAY, amount=st.integers(-120, 120))
def test_the_table_and_a_day_by_day_count_agree(day, amount):
    assert CALENDAR.add_working_days(day, amount) == naive_working_day(day, amount)


@settings(max_examples=200, deadline=None)
@given(
    day=SOME_DAY,
    minute=st.integers(0, 24 * 60 - 1),
    amount=st.integers(-60, 60),
    unit=st.sampled_from([WD, CD, MONTH, HOURS]),
    inclusive=st.booleans(),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_the_fast_count_and_the_replay_agree(day, minute, amount, unit, inclusive, flags):
    started = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    counting = Counting(event_day_counts=flags[0], deemed_receipt=flags[1], clear_days=flags[2])
    due(rule(amount, unit, inclusive=inclusive and amount > 0), started.astimezone(LONDON), counting)


@settings(max_examples=100, deadline=None)
@given(
    day=st.dates(date(2025, 11, 1), date(2027, 1, 31)),
    amount=st.integers(-20, 40),
    inclusive=st.booleans(),
    opening=st.booleans(),
)
def test_school_days_agree_too_and_land_on_one(day, amount, inclusive, opening):
    edition = rule(amount, SD, inclusive=inclusive and amount > 0, by=time(9) if opening else None)
    started = datetime(day.year, day.month, day.day, 7, tzinfo=LONDON)
    assert SCHOOL.is_open(due(edition, started).due)


def test_school_age_is_replayed_as_the_fixed_day_that_it_is():
    edition = load().edition("cme.school_age", date(2009, 9, 1), date(2026, 1, 5))
    told = replay(edition, date(2009, 9, 1), calendar=shipped_calendar())
    assert told.due.due == date(2026, 6, 26), "16 on 1 September 2025; the school year ends in 2026"
    assert told.due == count(edition, date(2009, 9, 1), calendar=shipped_calendar())
    assert told.sentence.startswith("26 June 2026 is the last Friday in June of the school year")


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31), timezones=st.sampled_from([UTC, LONDON])))
def test_the_day_in_england_is_the_one_that_a_clock_there_shows(moment):
    assert days.local_day(moment) == moment.astimezone(LONDON).date()


@pytest.mark.parametrize("moment", ["1943-07-01T22:30", "2026-07-01T23:00", "1971-01-01T23:30"])
def test_an_hour_before_midnight_in_utc_it_may_be_tomorrow_in_england(moment):
    at = datetime.fromisoformat(f"{moment}+00:00")
    assert days.local_day(at) == at.date() + timedelta(days=1)
