"""Calendars: the working days of England, and the days on which one school is open to its pupils.

A calendar knows its first and last day, and a day beyond them is an error, never a guess.
"""

from __future__ import annotations

import csv
import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import accumulate, compress
from pathlib import Path

from pathways.errors import Mistyped, NotReady
from pathways.moments import WEEKDAYS, one_date, words


class CalendarEnds(NotReady):
    """A day outside the years or terms that are known. Arguments: which calendar, asked, first, last, remedy."""

    def __str__(self) -> str:
        which, asked, first, last, remedy = self.args
        return f"The {which} is known from {first} to {last} and was asked about {asked}; {remedy}."


def _how_many_before(counts: Iterable[bool]) -> tuple[int, ...]:
    """For each day, and the one after the last, how many days that count lie before it."""
    return tuple(accumulate(counts, initial=0))


@lru_cache(maxsize=4)
def _working_days(first: int, last: int, shut: frozenset[int]) -> tuple[tuple[date, ...], tuple[int, ...]]:
    """The working days from one ordinal to another, and how many lie before each day.

    They are laid out once for all calendars that are alike: a process may open the same store thousands of times.
    """
    # An ordinal is 1 to 5 modulo 7 from Monday to Friday.
    counts = [0 < ordinal % 7 < 6 and ordinal not in shut for ordinal in range(first, last + 1)]
    return tuple(map(date.fromordinal, compress(range(first, last + 1), counts))), _how_many_before(counts)


class _OpenDays(ABC):
    """Days that count, between two dates: a list of them, and for each date how many lie before it."""

    def __init__(self, first: date, last: date, opened: Sequence[date], before: Sequence[int]) -> None:
        self.first, self.last = first, last
        self._start = first.toordinal()
        self._size = last.toordinal() - self._start + 1
        self._open, self._before = opened, before

    @abstractmethod
    def _ends(self, asked: date | None, later: bool) -> CalendarEnds:
        """What is said of a day that lies outside; `later`: after the last."""

    def _at(self, day: date) -> int:
        at = day.toordinal() - self._start
        if not 0 <= at < self._size:
            raise self._ends(day, at > 0)
        return at

    def is_open(self, day: date) -> bool:
        """Whether this day counts."""
        at = self._at(day)
        return self._before[at + 1] > self._before[at]

    def add(self, day: date, amount: int, *, inclusive: bool = False) -> date:
        """The day so many countable days after `day`, or before it when negative; zero is the day itself.

        Args:
            day: the day counted from.
            amount: how many days that count.
            inclusive: `day` may itself be day 1 (forwards only).
        """
        at = day.toordinal() - self._start
        if not 0 <= at < self._size:
            raise self._ends(day, at > 0)
        if amount > 0:
            place = self._before[at if inclusive else at + 1] + amount - 1
        elif amount < 0:
            place = self._before[at] + amount
        else:
            return date.fromordinal(at + self._start)
        if 0 <= place < len(self._open):
            return self._open[place]
        raise self._ends(None, amount > 0)

    def on_or_before(self, day: date) -> date:
        """The last countable day that is not after `day`."""
        place = self._before[self._at(day) + 1] - 1
        if place < 0:
            raise self._ends(None, False)
        return self._open[place]

    def on_or_after(self, day: date) -> date:
        """The first countable day that is not before `day`."""
        return self.add(day, 1, inclusive=True)

    def between(self, after: date, until: date) -> int:
        """How many countable days come after the one and up to the other, itself included."""
        return self._before[self._at(until) + 1] - self._before[self._at(after) + 1]


class Calendar(_OpenDays):
    """England's working days for a run of whole years.

    Args:
        holidays: bank and public holidays with their names, substitute and one-off days included.
        first_year: the first year known, from 1 January.
        last_year: the last year known, to 31 December.
        version: where the holidays come from; kept with every deadline.
        closures: days on which the authority is shut besides. They are not bank holidays.
    """

    def __init__(
        self,
        holidays: Mapping[date, str],
        first_year: int,
        last_year: int,
        version: str,
        closures: Collection[date] = (),
    ) -> None:
        self.holidays = dict(holidays)
        self.first_year, self.last_year, self.version = first_year, last_year, version
        self.closures = frozenset(closures)
        first, last = date(first_year, 1, 1), date(last_year, 12, 31)
        shut = frozenset(day.toordinal() for day in (*self.holidays, *self.closures))
        super().__init__(first, last, *_working_days(first.toordinal(), last.toordinal(), shut))

    @classmethod
    def from_csv(cls, text: str, closures: Collection[date] = ()) -> Calendar:
        """Read a table of bank holidays whose first line says for which years it is known, and from where."""
        heading, _, table = text.partition("\n")
        known = re.search(r"([0-9]{4}) to ([0-9]{4}).* from ([^;]+);", heading)
        if known is None:
            raise Mistyped(
                "The first line of the table of bank holidays does not say which years it covers; "
                "it reads like '# Bank holidays in England, 1990 to 2040, made 2026-11-22 from holidays 0.109; ...'."
            )
        rows = csv.DictReader(table.splitlines())
        days = {date.fromisoformat(row["date"]): row["name"] for row in rows}
        return cls(days, int(known[1]), int(known[2]), known[3], closures)

    def _ends(self, asked: date | None, later: bool) -> CalendarEnds:
        year = asked.year if asked else self.last_year + 1 if later else self.first_year - 1
        remedy = "`pathways days update` extends it"
        return CalendarEnds(
            "calendar of bank holidays", str(year), str(self.first_year), str(self.last_year), remedy
        )

    is_working_day = _OpenDays.is_open
    add_working_days = _OpenDays.add
    working_days_between = _OpenDays.between

    def plan_by(self, day: date) -> date | None:
        """The last working day on or before `day`; None where the calendar does not reach."""
        at = day.toordinal() - self._start
        if not 0 <= at < self._size:
            return None
        place = self._before[at + 1] - 1
        return self._open[place] if place >= 0 else None

    def why_not(self, day: date) -> str | None:
        """Why this day does not count ('Saturday', 'Good Friday', 'council closure'); None where it does."""
        self._at(day)
        if day.weekday() > 4:
            return WEEKDAYS[day.weekday()]
        return self.holidays.get(day) or ("council closure" if day in self.closures else None)


@cache
def shipped_calendar() -> Calendar:
    """The calendar that comes with the program."""
    return Calendar.from_csv(Path(__file__).with_name("bank_holidays.csv").read_text(encoding="utf-8"))


MOST_LINES, LONGEST_LINE, LONGEST_SPAN = 5_000, 1_000, 366
"""Of a file of school terms: lines, characters in one, days in one span."""


class SchoolCalendar(_OpenDays):
    """The days one school is open to its pupils, from its first known term to its last."""

    def __init__(self, kinds: Mapping[date, str], bank: Calendar) -> None:
        """Take `term`, `training` or `closure` for each day the school has published."""
        self._kinds, self._bank = kinds, bank
        term = sorted(day for day, kind in kinds.items() if kind == "term")
        opened = [day for day in term if day.weekday() < 5 and day not in bank.holidays]
        published = sorted(kinds)
        for end in (published[0], published[-1]):
            bank.is_open(end)  # refuses terms beyond the years whose bank holidays are known
        marks = {*opened}
        counted = _how_many_before(day in marks for day in each_day(published[0], published[-1]))
        super().__init__(published[0], published[-1], opened, counted)

    @classmethod
    def from_csv(cls, text: str, bank_calendar: Calendar) -> SchoolCalendar:
        """Read `from,to,kind` (term, training, closure; both days included).

        Raises:
            Mistyped: a line cannot be read; the sentence says which and what to put there.
        """
        spans: dict[str, list[tuple[date, date]]] = {"term": [], "training": [], "closure": []}
        lines = text.removeprefix("\ufeff").splitlines()
        if len(lines) > MOST_LINES or max(map(len, lines), default=0) > LONGEST_LINE:
            raise Mistyped(
                f"The school calendar has more than {MOST_LINES:,} lines, or one of more than {LONGEST_LINE:,} "
                "characters. It lists terms, training days and closures, one a line."
            )
        table = csv.DictReader(lines)
        missing = {"from", "to", "kind"} - {(name or "").strip() for name in table.fieldnames or ()}
        if missing:
            raise Mistyped(
                f"The school calendar has no column {', '.join(sorted(missing))}; it needs from,to,kind."
            )
        table.fieldnames = [(name or "").strip() for name in table.fieldnames or ()]
        for row in table:
            line = f"Line {table.line_num} of the school calendar"
            kind = (row["kind"] or "").strip()
            if kind not in spans:
                raise Mistyped(f"{line} has the kind '{kind[:40]}'; write term, training or closure.")
            try:
                first, last = (one_date((row[end] or "").strip(), 2000, 2100) for end in ("from", "to"))
            except Mistyped as wrong:
                raise Mistyped(f"{line} cannot be read. {wrong}") from None
            if last < first:
                raise Mistyped(f"{line} ends before it begins; put the earlier day under from.")
            if (last - first).days > LONGEST_SPAN:
                raise Mistyped(f"{line} runs for more than a year; give each term a line of its own.")
            spans[kind].append((first, last))
        if not spans["term"]:
            raise Mistyped("The school calendar has no term; give at least one line of the kind term.")
        # Later kinds overwrite earlier ones, but only inside what the terms cover: a training day is no horizon.
        first, last = min(a for a, _ in spans["term"]), max(b for _, b in spans["term"])
        kinds = {day: kind for kind, listed in spans.items() for a, b in listed for day in each_day(a, b)}
        return cls({day: kind for day, kind in kinds.items() if first <= day <= last}, bank_calendar)

    def _ends(self, asked: date | None, later: bool) -> CalendarEnds:
        beyond = words(asked) if asked else f"a day {'after' if later else 'before'} that"
        remedy = "load the school's other term dates"
        return CalendarEnds("school's calendar", beyond, words(self.first), words(self.last), remedy)

    def why_not(self, day: date) -> str | None:
        """Why the school is not open on this day; None where it is."""
        self._at(day)
        if day.weekday() > 4:
            return WEEKDAYS[day.weekday()]
        if day in self._bank.holidays:
            return self._bank.holidays[day]
        kind = self._kinds.get(day)
        return {"term": None, "training": "training day", "closure": "school closure"}.get(
            kind or "", "outside term"
        )


def each_day(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    return (date.fromordinal(o) for o in range(first.toordinal(), last.toordinal() + 1))
