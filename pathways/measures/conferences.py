"""What the wall counts of conferences: how long they take to come about, where they wait, and the reports for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pathways.calendars import Calendar
from pathways.measures.measure import last_weeks, measure, middle, monday
from pathways.moments import add_months

CONFERENCE_LIMIT = 15
"""Working days from the strategy discussion to the first conference (Working Together 2023, chapter 3)."""


class Conference(NamedTuple):
    """A first conference that was held: the day of the strategy discussion, if there was one here, and its own."""

    discussed_on: date | None
    held_on: date


class Week(NamedTuple):
    """What fell into the week that begins on a Monday: within the limit, over it, the median in working days."""

    begins: date
    within: int
    over: int
    median: float | None


@dataclass(frozen=True, slots=True)
class Waits:
    """How long first conferences took to come about."""

    weeks: tuple[Week, ...]
    within: int
    over: int
    median: float | None
    longest: int | None
    unusable: int


@measure
def conference_waits(rows: Iterable[Conference], today: date, calendar: Calendar) -> Waits:
    """First conferences held on or before the fifteenth working day after the strategy discussion that began the enquiry, of all first conferences held in the last twelve weeks.

    They are counted in the week in which they were held. A working day leaves out Saturdays, Sundays and England's
    bank holidays, and the day of the discussion is not counted: fifteen working days is in time, sixteen is not. The
    Department for Education publishes the same share counted from the start of the section 47 enquiry. As there,
    conferences without a usable pair of dates (none held before a birth or after a move, none dated before its
    discussion) are left out; the page says how many.
    """
    weeks = last_weeks(today)
    found: dict[date, list[int]] = {week: [] for week in weeks}
    unusable = 0
    for row in rows:
        week = monday(row.held_on)
        if week not in found or row.held_on > today:
            continue
        if row.discussed_on is None or row.discussed_on > row.held_on:
            unusable += 1
        else:
            found[week].append(calendar.between(row.discussed_on, row.held_on))
    made = tuple(
        Week(week, sum(each <= CONFERENCE_LIMIT for each in days), sum(each > CONFERENCE_LIMIT for each in days), middle(days))
        for week, days in found.items()
    )  # fmt: skip
    every = [each for days in found.values() for each in days]
    within = sum(each <= CONFERENCE_LIMIT for each in every)
    return Waits(made, within, len(every) - within, middle(every), max(every, default=None), unusable)


class AtStage(NamedTuple):
    """A conference that is being prepared or held: the stage it waits at, since when, whether a date has passed."""

    stage: int
    since: date
    over: bool


class StageCount(NamedTuple):
    """The conferences at one stage: within local time, over it, and the longest wait in working days."""

    within: int
    over: int
    longest: int | None


@measure
def conference_stages(rows: Iterable[AtStage], today: date, calendar: Calendar) -> dict[int, StageCount]:
    """Conferences by the first of the nine stages that is not done, and how long they have waited there.

    Stages 1 to 8 count first conferences from the decision to hold one, and review conferences from their invitation
    or booking; stage 9 counts plans whose first core group has not met since the last conference. Over: the date that
    the stage waits for, or the conference's own limit, has passed. Days in a stage are working days since the stage
    before it was done.
    """
    at: dict[int, list[AtStage]] = {number: [] for number in range(1, 10)}
    for row in rows:
        at[row.stage].append(row)
    return {
        number: StageCount(
            sum(not each.over for each in here),
            sum(each.over for each in here),
            max((calendar.between(min(each.since, today), today) for each in here), default=None),
        )
        for number, here in at.items()
    }


class Report(NamedTuple):
    """A report that an agency was asked for: when it was due, when it came."""

    agency: str
    due_on: date
    came_on: date | None


class Agency(NamedTuple):
    """One agency's reports of the last three months."""

    name: str
    on_time: int
    late: int
    not_in: int
    median_late: float | None


@measure
def reports_on_time(rows: Iterable[Report], today: date, calendar: Calendar) -> list[Agency]:
    """Of the written reports that agencies were asked for and that fell due in the last three months, those received on or before their date.

    A report counts for the agency that was asked, never for a person. One that has not come and whose date has passed
    is shown as not in. The middle lateness is in working days, of those that came late and of those still awaited.
    Agencies are sorted by their share on time, the lowest first.
    """
    since = add_months(today, -3)
    found: dict[str, list[Report]] = {}
    for row in rows:
        if since < row.due_on < today or (row.due_on == today and row.came_on is not None):
            found.setdefault(row.agency, []).append(row)
    made = []
    for name, asked in found.items():
        on_time = sum(each.came_on is not None and each.came_on <= each.due_on for each in asked)
        not_in = sum(each.came_on is None for each in asked)
        late = [
            calendar.between(each.due_on, each.came_on or today)
            for each in asked
            if each.came_on is None or each.came_on > each.due_on
        ]
        made.append(Agency(name, on_time, len(asked) - on_time - not_in, not_in, middle(late)))
    return sorted(made, key=lambda each: (each.on_time / (each.on_time + each.late + each.not_in), each.name))
