"""Counting: what a limit of so many days, months or hours comes to, and how to prove it.

The day an event happened, in England's local date, is day 0, even at 23:59 on a Sunday; counting begins on
the next day that counts. Only working days and school days skip anything: calendar days, months and hours
are outer limits and land where they land, so every answer carries `plan_by`, the last working day on or
before the limit. `count` is what the nightly check runs; `replay` walks the same road day by day and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from pathways.calendars import Calendar, CalendarEnds, SchoolCalendar, each_day, shipped_calendar
from pathways.errors import Mistyped, NotReady
from pathways.moments import (
    LONDON,
    MONTHS,
    ONE_DAY,
    add_months,
    clock_words,
    local_day,
    month_length,
    parse_moment,
    school_age_ends,
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


class NoSchool(NotReady):
    """School days are to be counted and no school's calendar was given. Argument: the rule id."""

    def __str__(self) -> str:
        return f"{self.args[0]} counts school days and needs the school's own calendar; load it first."


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


SCHOOL_LEAVING = "school_leaving"
"""How a rule says that it lands on the day on which compulsory school age ends."""
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
        NoSchool: school days are to be counted and no school calendar was given.
        Mistyped: the rule needs the time of day and only a date is known.
    """
    unit, amount = edition.unit, edition.amount
    if unit is _HOURS:
        due_at = _moment(edition, started).astimezone(UTC) + timedelta(hours=amount)
        due = due_at.astimezone(LONDON)
        return Due(due, due_at, calendar.plan_by(due))
    day = local_day(started)
    if unit is _MONTH:
        return _finish(edition, _month_end(edition, day), calendar, edition.by)
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


def by_day(edition: Edition, counting: Counting) -> bool:
    """Whether a limit hangs on the calendar and the day of the event alone: not on its hour, nor on a school."""
    if edition.unit is _WORKING:
        return not (counting.deemed_receipt and edition.amount >= 0)
    return edition.unit is _MONTH or edition.unit is _CALENDAR


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
        raise NoSchool(edition.rule_id)
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


def _month_end(edition: Edition, day: date) -> date:
    if edition.roll == SCHOOL_LEAVING:
        return school_age_ends(day)
    return add_months(day, edition.amount, age=edition.age_rule)


def _replay_months(edition: Edition, day: date, calendar: Calendar) -> Replay:
    last = _month_end(edition, day)
    due = _finish(edition, last, calendar, edition.by)
    if edition.roll == SCHOOL_LEAVING:
        why = "the last Friday in June of the school year of the 16th birthday"
        sentence = f"{words(last)} is {why} of a child born on {words(day)}."
        steps = (Step(day, 0, "the day of birth"), Step(last, edition.amount, why))
        return Replay(due, steps, sentence, "nothing; it is a fixed day of the school year")
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
    for day in each_day(earlier.astimezone(LONDON).date(), later.astimezone(LONDON).date()):
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
