"""What the wall counts of child protection plans: reviews that come, limits kept, and how long plans last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pathways.measures.measure import measure, monday
from pathways.moments import add_months

LONG_PLAN_MONTHS = 15


class Review(NamedTuple):
    """A review conference that is due: by when, and the day that is booked for it."""

    due_on: date
    booked_on: date | None


class ComingWeek(NamedTuple):
    """Reviews that fall due in a week: booked in time, booked for after the limit, without a day."""

    begins: date
    booked: int
    booked_late: int
    unbooked: int


@measure
def reviews_coming(rows: Iterable[Review], today: date, weeks: int = 8) -> tuple[int, list[ComingWeek]]:
    """Review conferences by the week in which they fall due: booked in time, booked for a day after the limit, or without a day.

    The first review is due within three months of the conference that made the plan, each later one within six months
    of the last. A review whose limit has passed is counted as overdue, whether it is booked or not.
    """
    rows = list(rows)
    overdue = sum(row.due_on < today for row in rows)
    found = []
    for ahead in range(weeks):
        begins = monday(today) + timedelta(weeks=ahead)
        here = [row for row in rows if monday(row.due_on) == begins and row.due_on >= today]
        booked = [row for row in here if row.booked_on is not None and row.booked_on >= today]
        in_time = sum(row.booked_on is not None and row.booked_on <= row.due_on for row in booked)
        found.append(ComingWeek(begins, in_time, len(booked) - in_time, len(here) - len(booked)))
    return overdue, found


class Met(NamedTuple):
    """A limit that was met, missed or is running: when it fell due, when the thing was done."""

    due_at: datetime
    done_at: datetime | None


@measure
def limits_kept(rows: Iterable[Met], now: datetime) -> tuple[int, int]:
    """Limits kept, of all that were met or that have passed: done on or before the limit, against done later or not done yet.

    A limit that has not passed and waits for its event is in neither number.
    """
    kept = late = 0
    for row in rows:
        if row.done_at is not None and row.done_at <= row.due_at:
            kept += 1
        elif row.due_at < now:
            late += 1
    return kept, late


class PlanReviews(NamedTuple):
    """A plan that is in place: since when, and every review limit it has had."""

    started_on: date
    reviews: tuple[Met, ...]


@measure
def plans_reviewed_in_time(rows: Iterable[PlanReviews], now: datetime, today: date) -> tuple[int, int]:
    """Plans in place that have run three months or more and have had every review in time, of all plans in place that have run three months or more.

    In time: the first review within three months of the start, each later one within six months of the last, up to
    today. This is the Department for Education's measure of reviews within timescales, as at today in place of
    31 March.
    """
    old = [row for row in rows if add_months(row.started_on, 3) <= today]
    good = sum(limits_kept(row.reviews, now)[1] == 0 for row in old)
    return good, len(old)


class Plan(NamedTuple):
    """A child protection plan: its first and last day, and how many the child had before it."""

    started_on: date
    ended_on: date | None
    earlier: int


BANDS = ("Under 3 months", "3 to 6 months", "6 to 12 months", "12 to 24 months", "24 months or more")


@dataclass(frozen=True, slots=True)
class Plans:
    """Plans by length and by whether the child had one before."""

    bands: tuple[int, ...]
    again: tuple[int, ...]
    long: int
    started: int
    started_again: int
    ended: int
    ended_long: int


@measure
def plan_lengths(rows: Iterable[Plan], today: date) -> Plans:
    """Plans in place today by how long they have lasted; those of fifteen months or more are named at the top.

    Second or later: the child had an earlier plan here at any time, as recorded or as the last census said. Repeat
    plans are those, of plans that started in the last twelve months. Plans of two years or more are those that lasted
    so long, of plans that ended in the last twelve months. The last two are the Department for Education's measures;
    zero repeat plans is not expected.
    """
    rows = list(rows)
    here = [row for row in rows if row.ended_on is None]
    bands, again = [0] * 5, [0] * 5
    for row in here:
        band = sum(add_months(row.started_on, months) <= today for months in (3, 6, 12, 24))
        bands[band] += 1
        again[band] += row.earlier > 0
    since = add_months(today, -12)
    started = [row for row in rows if row.started_on > since]
    ended = [row for row in rows if row.ended_on is not None and row.ended_on > since]
    return Plans(
        tuple(bands),
        tuple(again),
        sum(add_months(row.started_on, LONG_PLAN_MONTHS) <= today for row in here),
        len(started),
        sum(row.earlier > 0 for row in started),
        len(ended),
        sum(row.ended_on is not None and add_months(row.started_on, 24) <= row.ended_on for row in ended),
    )
