"""Bookings of conferences: the hour beside a room, and two that nobody can be at both of."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.bookings import LASTS, Booking, begins_at, clashes, hour_in, hour_words, room_in

DAY = date(2026, 11, 24)
TEN = time(10)
HOURS = st.none() | st.builds(time, st.integers(8, 18), st.sampled_from([0, 15, 30, 45]))


@pytest.mark.parametrize(
    ("where", "hour", "room"),
    [
        ("Oak room, 10am", TEN, "Oak room"),
        ("Room 2, 10.30am", time(10, 30), "Room 2"),
        ("Room 2 of the hall, at 14:00", time(14), "Room 2 of the hall"),
        ("12.15 pm, Oak", time(12, 15), "Oak"),
        ("12am, Oak", time(0), "Oak"),
        ("Elm, midday", time(12), "Elm"),
        ("Room 12", None, "Room 12"),
        ("Oak, 10am or 2pm", None, "Oak, 10am or 2pm"),
        ("", None, ""),
    ],
)
def test_the_one_time_of_day_beside_a_room_is_its_hour(where, hour, room):
    assert (hour_in(where), room_in(where)) == (hour, room)


def test_an_hour_of_its_own_comes_before_one_beside_the_room_and_is_londons():
    said = {"conference_on": "2026-06-24", "where": "Oak, 10am", "begins": "14:30"}
    assert begins_at(said) == datetime(2026, 6, 24, 13, 30, tzinfo=UTC)
    assert begins_at({"conference_on": "2026-11-24", "where": "Oak, 10am"}) == datetime(
        2026, 11, 24, 10, tzinfo=UTC
    )
    assert begins_at({"conference_on": "2026-11-24", "where": "Oak"}) is None


@pytest.mark.parametrize(
    ("hour", "says"),
    [
        (TEN, "10am"),
        (time(14, 30), "2.30pm"),
        (time(12), "midday"),
        (time(12, 5), "12.05pm"),
        (time(0), "12am"),
    ],
)
def test_an_hour_is_said_as_in_a_letter(hour, says):
    assert hour_words(hour) == says


def booked(reference="CP-2026-0001", begins=TEN, room="Oak room", chair="", day=DAY):
    return Booking((reference,), day, begins, room, chair)


def found(wanted, other, chairs=None, family=()):
    return [(each.what, each.sure) for each in clashes(wanted, [other], chairs or {}, family)]


@pytest.mark.parametrize(
    ("begins", "clash"),
    [
        (time(8), []), (time(8, 1), [("room", True)]), (TEN, [("room", True)]), (time(11, 59), [("room", True)]), (time(12), []),
        (None, [("room", False)]),
    ],
)  # fmt: skip
def test_a_room_is_taken_for_two_hours_and_may_be_where_the_hour_is_not_known(begins, clash):
    assert found(booked(), booked("CP-2026-0002", begins, "oak  ROOM, 10am")) == clash
    assert found(booked(), booked("CP-2026-0002", begins, "Elm room")) == []


def test_a_chair_is_the_one_who_is_named_or_else_who_chaired_last():
    other = booked("CP-2026-0002", TEN, "Elm", "Chair-1")
    assert found(booked(chair="chair-1"), other) == [("chair", True)]
    assert found(booked(), other) == []
    assert found(booked(), other, {"CP-2026-0001": "chair-1"}) == [("chair", True)]
    assert found(booked(chair="chair-2"), other, {"CP-2026-0001": "chair-1"}) == []


def test_a_family_cannot_be_at_two_conferences_at_once():
    other = booked("CP-2026-0002", time(11), "Elm")
    assert found(booked(), other, family=["CP-2026-0002"]) == [("family", True)]
    assert found(booked(), booked("CP-2026-0002", time(13), "Elm"), family=["CP-2026-0002"]) == []


@given(HOURS, HOURS)
def test_who_clashes_with_whom_does_not_hang_on_who_asks(one, other):
    mine, theirs = booked(begins=one), booked("CP-2026-0002", other)
    assert mine.clashes(theirs) == theirs.clashes(mine)
    assert mine.clashes(booked("CP-2026-0002", other, day=date(2026, 11, 25))) is False
    if one is not None and other is not None:
        apart = abs(datetime.combine(DAY, one) - datetime.combine(DAY, other))
        assert mine.clashes(theirs) is (apart < LASTS)
