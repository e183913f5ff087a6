"""What the wall counts of the other pathways: missing education, early help, disagreements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from pathways.calendars import Calendar
from pathways.measures.measure import WEEKS, last_months, measure, monday

MISSING_BANDS = ("0 to 5 days", "6 to 10 days", "11 to 20 days", "21 days or more")


@measure
def missing_by_days(days: Iterable[int]) -> tuple[int, ...]:
    """Open cases by school days missed: since the first full day of absence, that day included, or since the child was found without a school.

    Days are those of the child's school where its calendar is loaded, else of the calendar called usual, else working
    days; the page says for how many the last had to do.
    """
    bands = [0] * 4
    for each in days:
        bands[(each > 5) + (each > 10) + (each > 20)] += 1
    return tuple(bands)


class Ended(NamedTuple):
    """A case that has ended: when, and how."""

    on: date
    outcome: str


@measure
def endings(rows: Iterable[Ended], today: date, weeks: int = WEEKS) -> dict[str, int]:
    """Cases that ended in the weeks that the table names, this one included, by the outcome that was recorded."""
    since = monday(today) - timedelta(weeks=weeks - 1)
    return dict(Counter(row.outcome for row in rows if since <= row.on <= today).most_common())


class Step(NamedTuple):
    """A step up from early help or down to it, and its day."""

    on: date
    up: bool


@measure
def steps_by_month(rows: Iterable[Step], today: date) -> list[tuple[date, int, int]]:
    """Early help cases referred up to social care, and cases stepped down to early help, by month, for six months.

    A step up counts on the day of the referral, whatever became of it; a step down on the day on which it was offered
    to early help.
    """
    months = {month: [0, 0] for month in last_months(today)}
    for row in rows:
        count = months.get(row.on.replace(day=1))
        if count is not None and row.on <= today:
            count[0 if row.up else 1] += 1
    return [(month, up, down) for month, (up, down) in months.items()]


@measure
def refusals(days: Iterable[date], today: date) -> int:
    """Early help cases in which consent was refused or withdrawn in the last six months, counted by the last time."""
    since = last_months(today)[0]
    return sum(since <= day <= today for day in days)


class Dispute(NamedTuple):
    """A disagreement that is open: the step it is at, and the day on which it began."""

    step: str
    began_on: date


OLD_DISPUTE = 5


@measure
def disagreements(rows: Iterable[Dispute], today: date, calendar: Calendar) -> dict[str, list[int]]:
    """Open professional disagreements by the step they have reached, each with its age in working days.

    The age is counted from the day on which the disagreement was recorded, through all its steps.
    """
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.step, []).append(calendar.between(min(row.began_on, today), today))
    return {step: sorted(ages) for step, ages in found.items()}
