"""What the wall counts of what is due: cases by their most pressing date, and every date that has passed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pathways.calendars import Calendar
from pathways.measures.measure import measure


class Line(NamedTuple):
    """The cases of one pathway and team by their most pressing date, as the database counts them."""

    pathway: str
    team: str
    cases: int
    late: int
    today: int
    week: int
    fresh: int
    """Of the late ones, those that became late since the working day before."""

    @property
    def on_track(self) -> int:
        """Cases with nothing due within the week."""
        return self.cases - self.late - self.today - self.week


@measure
def standing(rows: Iterable[Line], by: str = "pathway") -> dict[str, Line]:
    """Each case is counted once, by the date on it that presses most.

    Late: a date on it has passed. Due today: nothing has passed, and something is due before midnight. Due this week:
    the next date is within five working days. On track: everything else. A case that has ended is counted while a
    paper of it is still due. A date that only opens something (twenty days of absence, an eighteenth birthday) is
    waited for and never late. Restricted cases are not counted.
    """
    found: dict[str, Line] = {}
    for row in rows:
        key = getattr(row, by)
        before = found.get(key)
        if before is None:
            found[key] = row
        else:
            sums = (one + other for one, other in zip(before[2:], row[2:], strict=True))
            found[key] = Line(row.pathway, row.team, *sums)
    return found


class LateTask(NamedTuple):
    """A date that has passed: on which case, what it asks for, whose team's, since when."""

    reference: str
    pathway: str
    what: str
    team: str
    due_on: date


@measure
def late_tasks(rows: Iterable[LateTask], today: date, calendar: Calendar) -> list[tuple[int, LateTask]]:
    """Every date that has passed and what it waits for, the longest overdue first.

    Lateness is counted in working days after the date. A date that passed at an hour of today is late by none. Cases
    that somebody is kept out of are left to those who may open them, and are not listed here.
    """
    counted = [(calendar.between(row.due_on, today), row) for row in rows]
    return sorted(counted, key=lambda each: (-each[0], each[1].due_on, each[1].reference, each[1].what))
