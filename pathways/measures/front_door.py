"""What the wall counts at the front door: decisions on referrals, returns, and the written forms of calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pathways.calendars import Calendar
from pathways.measures.measure import last_weeks, measure, monday
from pathways.moments import add_months

RETURN_MONTHS = 12


class Referral(NamedTuple):
    """A referral that was received: whose, when, when it was decided, when phoned in and confirmed in writing."""

    person: int
    episode: int
    received_on: date
    decided_on: date | None
    phoned_at: datetime | None = None
    written_at: datetime | None = None


class ReferralWeek(NamedTuple):
    """Referrals received in a week: decided in time, decided late or overdue, still within the day; and returns."""

    begins: date
    in_time: int
    late: int
    waiting: int
    returns: int


@measure
def referral_decisions(rows: Iterable[Referral], earlier: Mapping[int, Sequence[tuple[int, date]]], today: date, calendar: Calendar) -> list[ReferralWeek]:  # fmt: skip
    """Referrals received in each of the last twelve weeks, and those decided by the end of the next working day.

    Late are those decided later and those whose day has passed without a decision; one whose day has not passed is
    waiting and in neither share. The limit is Working Together's one working day, counted here in whole days; a
    referral that came in the evening may by the rule pack have until later. Came back: the same child was referred in
    the twelve months before, the day a year on still counting. This is the Department for Education's measure of
    re-referrals.
    """
    weeks = {week: [0, 0, 0, 0] for week in last_weeks(today)}
    for row in rows:
        count = weeks.get(monday(row.received_on))
        if count is None or row.received_on > today:
            continue
        taken = calendar.between(row.received_on, row.decided_on or today)
        if row.decided_on is None:
            count[1 if taken > 1 else 2] += 1
        else:
            count[1 if taken > 1 else 0] += 1
        count[3] += came_back(row, earlier)
    return [ReferralWeek(week, *count) for week, count in weeks.items()]


def came_back(row: Referral, earlier: Mapping[int, Sequence[tuple[int, date]]]) -> bool:
    """Whether another spell of the same child began with a referral in the twelve months before."""
    since = add_months(row.received_on, -RETURN_MONTHS)
    spells = earlier.get(row.person, ())
    return any(since <= day <= row.received_on and spell != row.episode for spell, day in spells)


@measure
def forms_in_a_day(rows: Iterable[Referral], now: datetime) -> tuple[int, int]:
    """Referrals made by telephone whose written form came within 24 hours of the call, of all whose 24 hours have passed or whose form has come.

    Hours run through nights, weekends and bank holidays.
    """
    day = timedelta(hours=24)
    calls = [row for row in rows if row.phoned_at is not None]
    good = sum(
        bool(row.phoned_at and row.written_at and row.written_at <= row.phoned_at + day) for row in calls
    )
    over = [
        row for row in calls if row.written_at is not None or (row.phoned_at and row.phoned_at + day < now)
    ]
    return good, len(over)
