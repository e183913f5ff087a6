"""Dates as people type them, worked out by hand from Monday 23 November 2026, 9:31am."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.typed_dates import moment_on, parse, parse_time
from pathways.days import shipped_calendar
from pathways.errors import Mistyped, PathwayError
from pathways.moments import LONDON

NOW = datetime(2026, 11, 23, 9, 31, tzinfo=UTC)


def read(typed, **own):
    return parse(typed, now=NOW, calendar=shipped_calendar, **own)


def at(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", date(2026, 11, 23)),
        ("Tomorrow", date(2026, 11, 24)),
        (" yesterday ", date(2026, 11, 22)),
        ("fri", date(2026, 11, 20)),
        ("friday", date(2026, 11, 20)),
        ("mon", date(2026, 11, 23)),
        ("last mon", date(2026, 11, 16)),
        ("next fri", date(2026, 11, 27)),
        ("this fri", date(2026, 11, 27)),
        ("24 nov", date(2026, 11, 24)),
        ("24nov", date(2026, 11, 24)),
        ("24th November", date(2026, 11, 24)),
        ("3 sept", date(2026, 9, 3)),
        ("12 jan", date(2027, 1, 12)),
        ("24/11/2026", date(2026, 11, 24)),
        ("24-11-2026", date(2026, 11, 24)),
        ("24.11.2026", date(2026, 11, 24)),
        ("1/2/2026", date(2026, 2, 1)),
        ("24/11/26", date(2026, 11, 24)),
        ("24/11", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("24 November 2026", date(2026, 11, 24)),
        ("Tuesday 24 November 2026", date(2026, 11, 24)),
        ("tue 24 nov", date(2026, 11, 24)),
        ("+5wd", date(2026, 11, 30)),
        ("-3wd", date(2026, 11, 18)),
        ("+25wd", date(2026, 12, 30)),  # Christmas Day and Monday 28 December, for Boxing Day, do not count
        ("+2w", date(2026, 12, 7)),
        ("-1d", date(2026, 11, 22)),
        ("now", NOW),
        ("9:20am", at(23, 9, 20)),
        ("9.20am", at(23, 9, 20)),
        ("3pm", at(23, 15)),
        ("12am", at(23, 0)),
        ("12:30pm", at(23, 12, 30)),
        ("15:00", at(23, 15)),
        ("midday", at(23, 12)),
        ("today 9:20am", at(23, 9, 20)),
        ("9:20am today", at(23, 9, 20)),
        ("24 nov 3pm", at(24, 15)),
        ("24 nov 2026 at 10am", at(24, 10)),
        ("24/11/2026 15:00", at(24, 15)),
        ("2026-11-24T10:00", at(24, 10)),
        ("fri 10am", at(20, 10)),
    ],
)
def test_a_date_is_read_as_it_is_said(typed, meant):
    assert read(typed) == meant


def test_a_day_of_the_week_lies_ahead_where_the_question_does():
    assert read("fri", ahead=True) == date(2026, 11, 27)
    assert read("mon", ahead=True) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("31/11/2026", "There is no 31 November. The last day of November is the 30th."),
        ("31 nov", "There is no 31 November. The last day of November is the 30th."),
        ("29/2/2027", "There is no 29 February 2027. The last day of February 2027 is the 28th."),
        ("11/21/2026", "There is no month 21; months run from 1 to 12. The day comes first, as in 24/11/2026."),
        ("wed 24 nov 2026", "24 November 2026 is a Tuesday, not a Wednesday. Give the right one of the two."),
        ("25:00", "There is no time 25:00; hours run from 00 to 23."),
        ("13pm", "There is no time 13pm; with am or pm, hours run from 1 to 12."),
        ("9:75am", "There is no time 9:75am; minutes run from 00 to 59."),
        ("24:00", "There is no 24 o'clock; midnight at the end of a day is 00:00 on the next day."),
        ("24/11/1926", "The year 1926 cannot be right; dates here run from 2000 to 2100."),
        ("", "No date was given. Dates can be typed like tomorrow, fri, 24 nov, 24/11/2026 or +5wd."),
        ("soon", "'soon' is not a date that can be read. "
                 "Dates can be typed like tomorrow, fri, 24 nov, 24/11/2026 or +5wd."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(typed, says):
    with pytest.raises(Mistyped) as refused:
        read(typed)
    assert str(refused.value) == says


def test_the_hour_that_comes_twice_asks_for_its_offset():
    with pytest.raises(Mistyped, match="happens twice because the clocks go back"):
        read("25 oct 2026 1:30am")
    second = read("2026-10-25T01:30+00:00")
    assert second.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_hour_that_is_skipped_is_refused():
    with pytest.raises(Mistyped, match="the clocks go forward over that hour"):
        read("28 mar 2027 1:30am")


@pytest.mark.parametrize(
    ("day", "typed", "says"),
    [
        (date(2026, 3, 29), "1:30", "There is no 01:30 on 29 March 2026: the clocks go forward over that hour. Give the offset, "
                                    "--at 01:30+00:00 or --at 01:30+01:00, to say what was meant."),
        (date(2026, 10, 25), "1.30am", "01:30 on 25 October 2026 happens twice because the clocks go back. Give the offset: "
                                       "--at 01:30+01:00 for the first, --at 01:30+00:00 for the second."),
    ],
)  # fmt: skip
def test_at_the_hour_of_the_clocks_is_told_to_take_an_offset_and_takes_it(day, typed, says):
    with pytest.raises(Mistyped) as refused:
        moment_on(day, typed)
    assert str(refused.value) == says
    found = [moment_on(day, f"{typed}{offset}").astimezone(UTC) for offset in ("+00:00", " +01:00")]
    assert [(each.hour, each.minute) for each in found] == [(1, 30), (0, 30)]


def test_at_an_hour_like_others_takes_an_offset_too_and_one_that_no_place_has_is_refused():
    assert moment_on(date(2026, 11, 24), "3pm") == moment_on(date(2026, 11, 24), "3pm+00:00") == at(24, 15)
    with pytest.raises(Mistyped, match="an offset that no place has"):
        moment_on(date(2026, 11, 24), "3pm+31:00")


def test_a_date_of_birth_needs_its_year_and_may_be_long_ago():
    assert read("3/2/1950", birth=True) == date(1950, 2, 3)
    with pytest.raises(Mistyped, match="needs its year in full"):
        read("3 feb", birth=True)
    with pytest.raises(Mistyped, match="needs its year in full"):
        read("3/2/50", birth=True)


def test_working_days_need_a_calendar():
    with pytest.raises(Mistyped, match="Working days cannot be counted here"):
        parse("+5wd", now=NOW)


def test_a_time_alone_is_a_time():
    assert (parse_time("9:20am").hour, parse_time("15:00").hour) == (9, 15)
    with pytest.raises(Mistyped, match="is not a time that can be read"):
        parse_time("today")


PIECES = st.sampled_from(
    ["24", "nov", "fri", "next", "+5wd", "9:20am", "/", "-", "2026", "29", "feb", "31", "T", "am", "at", "٣", "\0", "00"]
)  # fmt: skip


@given(
    st.text(max_size=70)
    | st.lists(PIECES, max_size=6).map(" ".join)
    | st.lists(PIECES, max_size=6).map("".join)
)
def test_whatever_is_typed_is_a_date_or_a_sentence(typed):
    for birth in (False, True):
        try:
            found = read(typed, birth=birth)
        except PathwayError as refused:
            found, sentence = None, str(refused)
        assert isinstance(found, date) or sentence
