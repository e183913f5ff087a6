"""Counting: what a limit of so many days, months or hours comes to, and how to prove it.

The day an event happened, in England's local date, is day 0, even at 23:59 on a Sunday; counting begins on
the next day that counts. Only working days and school days skip anything: calendar days, months and hours
are outer limits and land where they land, so every answer carries `plan_by`, the last working day on or
before the limit. `count` is what the nightly check runs; `replay` walks the same road day by day and says why.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pathways.errors import Mistyped, NotReady
from pathways.moments import (
    LONDON,
    MONTHS,
    ONE_DAY,
    WEEKDAYS,
    add_months,
    clock_words,
    local_day,
    month_length,
    one_date,
    parse_moment,
    words,
)

__all__ = [
    "LONDON",
    "Calendar",
    "CalendarEnds",
    "Counting",
    "Due",
    "Replay",
    "SchoolCalendar",
    "Step",
    "Unit",
    "add_months",
    "clock_words",
    "combine",
    "count",
    "local_day",
    "month_length",
    "parse_moment",
    "replay",
    "shipped_calendar",
    "skipped_in_words",
    "words",
]

if TYPE_CHECKING:
    from pathways.rulebook import Edition


class Unit(StrEnum):
    """What is counted."""

    WORKING_DAY = "working_day"
    SCHOOL_DAY = "school_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    CLOCK_HOURS = "clock_hours"


# Reading a member off an Enum class costs more than the comparison it is wanted for.
_WORKING, _SCHOOL, _CALENDAR, _MONTH, _HOURS = Unit


class CalendarEnds(NotReady):
    """A day outside the years or terms that are known. Arguments: which calendar, asked, first, last, remedy."""

    def __str__(self) -> str:
        which, asked, first, last, remedy = self.args
        return f"The {which} is known from {first} to {last} and was asked about {asked}; {remedy}."


class _OpenDays:
    """Days that count, between two dates: a list of them, and for each date how many lie before it."""

    def __init__(self, first: date, last: date, opened: Collection[date]) -> None:
        self.first, self.last = first, last
        self._start = first.toordinal()
        self._size = last.toordinal() - self._start + 1
        self._open = sorted(opened)
        marks = {day.toordinal() for day in self._open}
        self._before = [0]
        for ordinal in range(self._start, self._start + self._size):
            self._before.append(self._before[-1] + (ordinal in marks))

    def _ends(self, asked: date | None, later: bool) -> CalendarEnds:
        raise NotImplementedError

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
        shut = {day.toordinal() for day in (*self.holidays, *self.closures)}
        ordinals = range(first.toordinal(), last.toordinal() + 1)
        # An ordinal is 1 to 5 modulo 7 from Monday to Friday.
        super().__init__(
            first, last, [date.fromordinal(o) for o in ordinals if 0 < o % 7 < 6 and o not in shut]
        )

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
        super().__init__(published[0], published[-1], opened)

    @classmethod
    def from_csv(cls, text: str, bank_calendar: Calendar) -> SchoolCalendar:
        """Read `from,to,kind` (term, training, closure; both days included).

        Raises:
            Mistyped: a line cannot be read; the sentence says which and what to put there.
        """
        spans: dict[str, list[tuple[date, date]]] = {"term": [], "training": [], "closure": []}
        table = csv.DictReader(text.removeprefix("\ufeff").splitlines())
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
                raise Mistyped(f"{line} has the kind '{kind}'; write term, training or closure.")
            try:
                first, last = (one_date((row[end] or "").strip(), 2000, 2100) for end in ("from", "to"))
            except Mistyped as wrong:
                raise Mistyped(f"{line} cannot be read. {wrong}") from None
            if last < first:
                raise Mistyped(f"{line} ends before it begins; put the earlier day under from.")
            spans[kind].append((first, last))
        if not spans["term"]:
            raise Mistyped("The school calendar has no term; give at least one line of the kind term.")
        # Later kinds overwrite earlier ones, but only inside what the terms cover: a training day is no horizon.
        first, last = min(a for a, _ in spans["term"]), max(b for _, b in spans["term"])
        kinds = {day: kind for kind, listed in spans.items() for a, b in listed for day in _each(a, b)}
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


@dataclass(frozen=True, slots=True)
class Counting:
    """How an authority counts. The defaults are the stricter reading; hours and months heed none of it.

    `event_day_counts` makes the day of the event day 1 of every forward count of days. `deemed_receipt` treats
    what comes in on a closed day, or at or after `office_closes`, as received on the next working day (working
    days only). `clear_days` leaves one more day free when counting back. `school_opens` is the hour by which a
    notice to a school is due.
    """

    school_opens: time = time(9, 0)
    event_day_counts: bool = False
    deemed_receipt: bool = False
    clear_days: bool = False
    office_closes: time = time(17, 0)


USUAL = Counting()


@dataclass(frozen=True, slots=True)
class Due:
    """A limit worked out.

    `due` is the last day, or the London time for limits of hours and of school opening; compare `due_at` instead,
    since Python finds a London time of the repeated autumn hour equal to nothing in another zone. `due_at` is the UTC
    moment after which it is late: 23:59:59 in London on the day, and for an age the first moment of the birthday.
    `plan_by` is the last working day on or before it, None where the calendar does not reach.
    """

    due: date | datetime
    due_at: datetime
    plan_by: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a count: its number (0 is the day of the event, None is a day that does not count) and why."""

    day: date
    number: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Replay:
    """A count, day by day, with what a person may be told."""

    due: Due
    steps: tuple[Step, ...]
    sentence: str
    skipped_words: str


def count(
    edition: Edition,
    started: datetime | date,
    *,
    calendar: Calendar,
    school: SchoolCalendar | None = None,
    counting: Counting = USUAL,
) -> Due:
    """Work out a limit. A `datetime` must carry its time zone; a `date` is England's.

    Raises:
        CalendarEnds: the working days or school days asked for are not known.
        NotReady: school days are to be counted and no school calendar was given.
        Mistyped: the rule needs the time of day and only a date is known.
    """
    unit, amount = edition.unit, edition.amount
    if unit is _HOURS:
        due_at = _moment(edition, started).astimezone(UTC) + timedelta(hours=amount)
        due = due_at.astimezone(LONDON)
        return Due(due, due_at, calendar.plan_by(due))
    day = local_day(started)
    if unit is _MONTH:
        return _finish(edition, add_months(day, amount, age=edition.age_rule), calendar, edition.by)
    inclusive = edition.inclusive or counting.event_day_counts
    if amount < 0 and counting.clear_days:
        amount -= 1
    if unit is _CALENDAR:
        if inclusive and amount > 0:
            amount -= 1
        return _finish(edition, day + timedelta(days=amount), calendar, edition.by)
    if unit is _WORKING:
        if counting.deemed_receipt and amount >= 0:
            day = _received(started, calendar, counting)
        return _finish(edition, calendar.add(day, amount, inclusive=inclusive), calendar, edition.by)
    school = _needed(edition, school)
    if _is_opening(edition):
        early = _before_opening(edition, started, school, counting)
        last = school.add(day, amount, inclusive=early)
        return _finish(edition, last, calendar, counting.school_opens)
    last = school.add(day, amount, inclusive=inclusive) if amount else school.on_or_after(day)
    return _finish(edition, last, calendar, edition.by)


def combine(edition: Edition, own: Due, other: Due | None, *, other_name: str = "") -> tuple[Due, str]:
    """Take the earlier or the later of two limits, as the rule asks, and say why in a sentence.

    Args:
        edition: the rule whose `earliest_of` or `latest_of` names the other limit.
        own: the limit of that rule itself.
        other: the other limit; None where its start is not known, and the rule's own limit stands.
        other_name: what to call the other limit; its rule id unless given.
    """
    name = other_name or edition.earliest_of or edition.latest_of
    if not name:
        return own, ""
    wanted = "earlier" if edition.earliest_of else "later"
    if other is None:
        return own, f"The {wanted} of this and {name} applies, but that date is not known."
    take_other = other.due_at < own.due_at if edition.earliest_of else other.due_at > own.due_at
    taken = other if take_other else own
    which = name if take_other else edition.rule_id
    pair = f"{words(own.due)} ({edition.rule_id}) and {words(other.due)} ({name})"
    return taken, f"The {wanted} of {pair} applies: {which}."


def replay(
    edition: Edition,
    started: datetime | date,
    *,
    calendar: Calendar,
    school: SchoolCalendar | None = None,
    counting: Counting = USUAL,
) -> Replay:
    """Work out a limit day by day and explain it; arguments and refusals are those of `count`."""
    unit, amount = edition.unit, edition.amount
    if unit is _HOURS:
        return _replay_hours(edition, _moment(edition, started).astimezone(LONDON), calendar)
    happened = day = local_day(started)
    if unit is _MONTH:
        return _replay_months(edition, day, calendar)
    inclusive = edition.inclusive or counting.event_day_counts
    steps: list[Step] = []
    by = edition.by
    why_not: Callable[[date], str | None] = _always
    if unit is _SCHOOL:
        school = _needed(edition, school)
        why_not = school.why_not
        if _is_opening(edition):
            by, inclusive = counting.school_opens, _before_opening(edition, started, school, counting)
        elif amount == 0:
            amount, inclusive = 1, True
    elif unit is _WORKING:
        why_not = calendar.why_not
        if (
            counting.deemed_receipt
            and amount >= 0
            and (taken := _received(started, calendar, counting)) != day
        ):
            steps.append(
                Step(day, None, f"came in outside office hours, treated as received on {words(taken)}")
            )
            day = taken
    clear = amount < 0 and counting.clear_days
    steps += _walk(day, amount - clear, inclusive, why_not, unit)
    last = next((step.day for step in reversed(steps) if step.number), day)
    due = _finish(edition, last, calendar, by)
    thing = _units(edition.amount, unit)
    limit, start = words(due.due), words(happened)
    if _is_opening(edition):
        ordinal = "first" if amount == 1 else f"number {amount}"
        from_ = words(started.astimezone(LONDON)) if isinstance(started, datetime) else start
        sentence = f"{limit} is the {ordinal} school opening after {from_}."
    elif edition.amount == 0:
        first = "the day itself" if last == happened else f"the first {thing} on or after {start}"
        sentence = f"{limit} is {first}."
    elif amount < 0:
        sentence = f"{limit} {'leaves' if clear else 'is'} {thing} {'clear ' if clear else ''}before {start}."
    elif inclusive:
        first_counted = next(step.day for step in steps if step.number == 1)
        sentence = f"{limit} is {_units(0, unit)} {amount}, with {words(first_counted)} as day 1."
    else:
        sentence = f"{limit} is {thing} after {start}."
        if day != happened:
            sentence = (
                f"{limit} is {thing} after {words(day)}, when what came in on {start} is taken as received."
            )
    skipped = "nothing; every day counts" if why_not is _always else skipped_in_words(steps)
    return Replay(due, tuple(steps), sentence, skipped)


def skipped_in_words(steps: Collection[Step]) -> str:
    """The days a count passed over: '3 weekends (7-8, 14-15, 21-22 November); no bank holidays'."""
    groups: dict[str, list[Step]] = {"weekend": [], "bank holiday": []}
    for step in sorted(steps, key=lambda one: one.day):
        if step.number is None and not step.why.startswith("came in"):
            kind = {"Saturday": "weekend", "Sunday": "weekend", "outside term": "day outside term"}.get(
                step.why
            )
            if kind is None:
                own = step.why in ("council closure", "training day", "school closure")
                kind = step.why if own else "bank holiday"
            groups.setdefault(kind, []).append(step)
    one_year = len({step.day.year for step in steps}) < 2
    said = []
    for kind, found in groups.items():
        many = "days outside term" if kind == "day outside term" else f"{kind}s"
        if not found:
            said.append(f"no {many}")
            continue
        runs = _runs([step.day for step in found])
        number = len(runs) if kind == "weekend" else len(found)
        listed = _spans(runs, one_year)
        if kind == "bank holiday":
            listed = ", ".join(f"{step.why} {_spans([(step.day, step.day)], one_year)}" for step in found)
        said.append(f"{number} {kind if number == 1 else many} ({listed})")
    return "; ".join(said)


def _moment(edition: Edition, started: datetime | date) -> datetime:
    if not isinstance(started, datetime):
        raise Mistyped(f"{edition.rule_id} needs the time of day: write it as {started.isoformat()}T10:00.")
    local_day(started)
    return started


def _received(started: datetime | date, calendar: Calendar, counting: Counting) -> date:
    day = local_day(started)
    if not calendar.is_open(day):
        return calendar.on_or_after(day)
    if isinstance(started, datetime) and started.astimezone(LONDON).time() >= counting.office_closes:
        return calendar.add(day, 1)
    return day


def _needed(edition: Edition, school: SchoolCalendar | None) -> SchoolCalendar:
    if school is None:
        raise NotReady(
            f"{edition.rule_id} counts school days and needs the school's own calendar; load it first."
        )
    return school


def _is_opening(edition: Edition) -> bool:
    return edition.unit is _SCHOOL and edition.by is not None and edition.amount > 0


def _before_opening(
    edition: Edition, started: datetime | date, school: SchoolCalendar, counting: Counting
) -> bool:
    """Whether the school has yet to open on the day itself; the hour matters only on a school day."""
    if not school.is_open(local_day(started)):
        return False
    return _moment(edition, started).astimezone(LONDON).time() < counting.school_opens


@lru_cache(maxsize=8192)
def _edge(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)


_LAST_SECOND, _FIRST_SECOND = time(23, 59, 59), time(0)


def _finish(edition: Edition, last: date, calendar: Calendar, by: time | None) -> Due:
    if by is not None:
        due = datetime.combine(last, by, tzinfo=LONDON)
        return Due(due, due.astimezone(UTC), calendar.plan_by(last))
    edge = _edge(last, _FIRST_SECOND if edition.age_rule else _LAST_SECOND)
    return Due(last, edge, calendar.plan_by(last))


def _always(_day: date) -> str | None:
    return None


def _walk(
    day: date, amount: int, inclusive: bool, why_not: Callable[[date], str | None], unit: Unit
) -> Iterator[Step]:
    onward = ONE_DAY if amount >= 0 else -ONE_DAY
    why_not(day)  # the first day, too, must be one that the calendar knows
    if not (inclusive and amount > 0):
        yield Step(day, 0, "the day itself is not counted" if amount else "the day itself")
        day += onward
    number = 0
    while number < abs(amount):
        why = why_not(day)
        if why is None:
            number += 1
            yield Step(day, number, _units(0, unit))
        else:
            yield Step(day, None, why)
        day += onward


def _replay_months(edition: Edition, day: date, calendar: Calendar) -> Replay:
    last = add_months(day, edition.amount, age=edition.age_rule)
    due = _finish(edition, last, calendar, edition.by)
    why, aside = "the same day of the month", ""
    if last.day != day.day:
        month = f"{MONTHS[last.month - 1]} {last.year}"
        why = f"{month} has no {day.day}th, so its last day is taken".replace("31th", "31st")
        if edition.age_rule:
            why = f"{last.year} has no 29 February, so the birthday is on 1 March"
        aside = f" ({why})"
    if edition.age_rule:
        years, months = divmod(edition.amount, 12)
        age = f"{years}{f' years and {_units(months, _MONTH)}' if months else ''}"
        sentence = f"{words(due.due)} is when a person born on {words(day)} reaches {age}{aside}."
    else:
        way = "before" if edition.amount < 0 else "after"
        sentence = f"{words(due.due)} is {_units(edition.amount, _MONTH)} {way} {words(day)}{aside}."
    steps = (Step(day, 0, "the day itself"), Step(last, abs(edition.amount), why))
    return Replay(due, steps, sentence, "nothing; months run through every day")


def _replay_hours(edition: Edition, moment: datetime, calendar: Calendar) -> Replay:
    due_at = moment.astimezone(UTC) + timedelta(hours=edition.amount)
    due = due_at.astimezone(LONDON)
    steps, aside = [Step(moment.date(), 0, f"starts at {clock_words(moment)}")], ""
    earlier, later = sorted((moment.astimezone(UTC), due_at))
    before = earlier.astimezone(LONDON).utcoffset()
    for day in _each(earlier.astimezone(LONDON).date(), later.astimezone(LONDON).date()):
        after = min(_edge(day, _LAST_SECOND), later).astimezone(LONDON).utcoffset()
        if after != before and after is not None and before is not None:
            way = "forward" if after > before else "back"
            steps.append(Step(day, None, f"the clocks go {way} an hour"))
            aside = f"; the clocks go {way} on {words(day)}"
            before = after
    steps.append(Step(due.date(), abs(edition.amount), f"ends at {clock_words(due)}"))
    way = "before" if edition.amount < 0 else "after"
    sentence = f"{words(due)} is {_units(edition.amount, _HOURS)} {way} {words(moment)}{aside}."
    skipped = "nothing; hours run through nights, weekends and holidays"
    return Replay(Due(due, due_at, calendar.plan_by(due)), tuple(steps), sentence, skipped)


def _units(amount: int, unit: Unit) -> str:
    thing = {_CALENDAR: "day", _HOURS: "hour"}.get(unit, unit.replace("_", " "))
    return thing if amount == 0 else f"{abs(amount)} {thing}{'' if abs(amount) == 1 else 's'}"


def _each(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(o) for o in range(first.toordinal(), last.toordinal() + 1))


def _runs(days: list[date]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] == ONE_DAY:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _spans(runs: list[tuple[date, date]], one_year: bool) -> str:
    """Runs of days with each month said once: '7-8, 14-15, 21-22 November'."""
    said: list[str] = []
    for place, (first, last) in enumerate(runs):
        span = f"{first.day}" if first == last else f"{first.day}-{last.day}"
        month = MONTHS[last.month - 1] + ("" if one_year else f" {last.year}")
        if first.month != last.month:
            span = f"{first.day} {MONTHS[first.month - 1]}-{last.day}"
        following = runs[place + 1] if place + 1 < len(runs) else None
        shared = following is not None and all(
            (day.year, day.month) == (last.year, last.month) for day in following
        )
        said.append(span if shared and first.month == last.month else f"{span} {month}")
    return ", ".join(said)
