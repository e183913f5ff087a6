"""What a page is written on: the figures, whether small numbers are hidden, and the words that every page uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from pathways import measures as m
from pathways import pathway
from pathways.moments import LONDON, MONTHS, WEEKDAYS, clock_words, local_day, words
from pathways.wall.charts import NOTHING, Value
from pathways.wall.figures import Figures
from pathways.wall.tables import HIDDEN, SMALL, Cell, Figure, Share, Table, hide_small, percent

Found = dict[str, Any]
"""What a page says: the fields of `Page` that are its own."""
TITLES = {
    "this-morning": "This morning",
    "late-now": "What is late now",
    "conference-times": "How long first conferences take",
    "conference-stages": "Where conferences wait",
    "reports-in": "Agency reports",
    "reviews": "Reviews and core groups",
    "plan-length": "How long plans last",
    "referral-decisions": "Decisions on referrals",
    "missing-education": "Children missing education",
    "early-help": "Early help",
    "escalations": "Professional disagreements",
    "workload": "Open cases of each team",
    "data-quality": "What the record still lacks",
    "the-check-itself": "The overnight check",
}
"""Every page, the most important first."""
SHORT = {
    "front_door": "Referrals",
    "child_in_need": "Child in need",
    "child_protection": "Child protection",
    "immediate_protection": "Immediate protection",
    "early_help": "Early help",
    "missing_education": "Missing education",
    "escalation": "Disagreements",
    "encompass": "Police notices to schools",
}


def pathway_title(name: str) -> str:
    """What a pathway is called on the wall."""
    return SHORT.get(name) or pathway(name).title.split(":")[0]


def short(day: date) -> str:
    """A day under a bar or in a list: 24 Nov."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def hour(moment: datetime) -> str:
    """The time of a moment in London: 6am, 9.30am."""
    return clock_words(moment.astimezone(LONDON))


def moment_words(moment: datetime) -> str:
    """A moment at the head of a page: 6am, Monday 23 November 2026."""
    day = local_day(moment)
    return f"{hour(moment)}, {WEEKDAYS[day.weekday()]} {words(day)}"


def many(number: Cell | int, thing: str, things: str = "") -> str:
    """1 case, 3 cases."""
    said = f"{number:,}" if isinstance(number, int) else str(number)
    return f"{said} {thing if number == 1 else things or thing + 's'}"


def many_of(number: float, thing: str) -> str:
    """As `many`, of a median, which may lie between two numbers."""
    return f"{number:g} {thing}{'' if number == 1 else 's'}"


def is_are(number: Cell) -> str:
    """Whether a number takes is or are."""
    return "is" if number == 1 else "are"


class Paper:
    """What a page is written on: the figures, and whether small numbers are to be hidden."""

    def __init__(self, found: Figures, public: bool) -> None:
        self.found, self.public = found, public
        self.day, _ = m.check_runs(found.runs, found.today, local_day)

    def as_at(self) -> tuple[str, ...]:
        """The lines at the head: as at when, under which rules; before them what is to be known first of all.

        That is that the cases are invented, and that today's check has not run.
        """
        mark = said(f"{self.found.mark}." if self.found.mark else "")
        when = f"As at {moment_words(self.found.now)}."
        rules = f"Rules {self.found.rules}."
        if self.day:
            return (*mark, when, rules)
        last = next((run.as_of for run in self.found.runs if run.finished), None)
        since = f"the last one looked from {moment_words(last)}" if last else "none has run yet"
        warning = f"Today's check has not run ({since}): what a passing date should have moved has not moved."
        return (*mark, warning, when, rules)

    def table(self, caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], **sums: Any) -> Table:
        """A table as it may be shown; `sums` say which of its cells add up to which."""
        made = Table(caption, tuple(head), tuple(map(tuple, rows)), **sums)
        return hide_small(made) if self.public else made

    def says(self, made: Callable[..., str], *cells: Cell) -> str:
        """A sentence about some cells; none where one of them is hidden."""
        return "" if HIDDEN in cells else made(*cells)

    def few(self, number: int) -> bool:
        """Whether a number may not be shown."""
        return self.public and number in SMALL


def values(table: Table, column: int, rows: int | None = None) -> tuple[Value, ...]:
    """A column as a chart draws it; what is hidden is None."""
    until = rows if rows is not None else len(table.rows) - table.total
    found: list[Value] = []
    for row in table.rows[:until]:
        cell = row[column]
        if isinstance(cell, Share):
            part, whole = row[cell.part], row[cell.whole]
            found.append(percent(part, whole) if isinstance(part, int) and isinstance(whole, int) else None)
        elif isinstance(cell, Figure):
            found.append(NOTHING if cell.value is None else cell.value)
        else:
            found.append(cell if isinstance(cell, int) else None)
    return tuple(found)


def labels(table: Table) -> tuple[str, ...]:
    """The names of the rows, without the sum."""
    return tuple(str(row[0]) for row in table.rows[: len(table.rows) - table.total])


def said(*sentences: str) -> tuple[str, ...]:
    """The sentences that say something."""
    return tuple(each for each in sentences if each)


def sums_of(rows: Sequence[Sequence[int]], columns: int) -> list[int]:
    """The sum of each column."""
    return [sum(row[column] for row in rows) for column in range(columns)]
