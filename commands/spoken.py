"""Dates, urgency and people as they are read on the screen. Words before colour; ASCII but for names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache

from commands import screen
from pathways.days import Calendar, CalendarEnds
from pathways.moments import LONDON, MONTHS, WEEKDAYS, clock_words, local_day, words

SOON_DAYS = 2
_COLOURS = {"LATE": 31, "TODAY": 33, "SOON": 36}


def full_day(when: date | datetime) -> str:
    """'Tuesday 24 November 2026', and the time where there is one."""
    day = local_day(when)
    said = f"{WEEKDAYS[day.weekday()]} {words(day)}"
    return f"{said}, {clock_words(when.astimezone(LONDON))}" if isinstance(when, datetime) else said


def short_day(day: date, today: date, *, weekday: bool = False) -> str:
    """'24 November', 'Tue 24 November'; in another year '24 Nov 2027'."""
    front = f"{WEEKDAYS[day.weekday()][:3]} " if weekday else ""
    if day.year == today.year:
        return f"{front}{day.day} {MONTHS[day.month - 1]}"
    return f"{front}{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def destroyed(reference: str, on: date, known_on: date | None = None) -> tuple[str, str]:
    """That what was recorded of a case is gone, since when, and where to read what is left; a label and its words.

    On the screen of a day before, it had not happened: it is told as what came later, and why so little is on the screen.
    """
    left = f"its entries stay: pathways audit show {reference}. The certificate: pathways retention why {reference}"
    if known_on is not None and known_on < on:
        return "Since then", (
            f"destroyed, {words(on)}, at the end of its keeping. What was known on {words(known_on)} can no longer be "
            f"shown; {left}"
        )
    return "Destroyed", f"{words(on)}, at the end of its keeping. What was recorded is gone; {left}"


def iso(when: datetime | date | None) -> str | None:
    """ISO text; a moment in London's time with its offset."""
    if when is None:
        return None
    return when.astimezone(LONDON).isoformat() if isinstance(when, datetime) else when.isoformat()


def midnight(day: date) -> datetime:
    """The moment at which a day begins in London."""
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)


def plural(number: int, thing: str) -> str:
    """'1 day', '3 days'."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def marked(word: str, width: int = 6) -> str:
    """An urgency word padded to its column, coloured where colour is wanted."""
    padded = f"{word:<{width}}"
    return screen.coloured(padded, _COLOURS[word]) if word in _COLOURS else padded


class Urgency:
    """How urgent a limit is at a moment: LATE, TODAY, SOON or nothing."""

    def __init__(self, now: datetime, calendar: Callable[[], Calendar]) -> None:
        self.now = now
        self.today = local_day(now)
        self._calendar = cache(calendar)

    def word(self, due_at: datetime, plan_by: date | None, *, gate: bool = False) -> str:
        """The urgency word. A limit outside working days is worked towards by `plan_by`."""
        due_on = local_day(due_at)
        if due_at < self.now:
            return "TODAY" if gate else "LATE"
        aim = plan_by if plan_by is not None and self.today <= plan_by < due_on else due_on
        if aim <= self.today:
            return "TODAY"
        return "SOON" if aim <= self.soon else ""

    @property
    def soon(self) -> date:
        """The last day that counts as soon."""
        try:
            return self._calendar().add_working_days(self.today, SOON_DAYS)
        except CalendarEnds:
            return self.today + timedelta(days=SOON_DAYS)

    def days_late(self, due_at: datetime) -> int | None:
        """How many working days late; None where the calendar does not reach back that far."""
        try:
            return self._calendar().working_days_between(local_day(due_at), self.today)
        except CalendarEnds:
            return None

    def lateness(self, due_at: datetime) -> str:
        """'1 day', '250 days', 'under a day'."""
        days = self.days_late(due_at)
        if days is None:
            return "long"
        return plural(days, "day") if days else "under a day"

    def due(self, due_at: datetime, plan_by: date | None) -> str:
        """A limit in a column: '20 November (1 day)', '3pm', 'end of today', 'Sat 28 Nov, plan Fri 27'."""
        due_on = local_day(due_at)
        if due_at < self.now:
            day = short_day(due_on, self.today)
            return f"{day} ({self.lateness(due_at)})"
        time_of_day = at_a_time(due_at)
        if due_on == self.today:
            return time_of_day or "end of today"
        if plan_by is not None and self.today <= plan_by < due_on:
            limit = f"{WEEKDAYS[due_on.weekday()][:3]} {due_on.day} {MONTHS[due_on.month - 1][:3]}"
            return f"{limit}, plan {WEEKDAYS[plan_by.weekday()][:3]} {plan_by.day}"
        day = short_day(due_on, self.today, weekday=True)
        return f"{day}, {time_of_day}" if time_of_day else day


def at_a_time(due_at: datetime) -> str:
    """The time of a limit that has one; empty where the whole day is meant."""
    local = due_at.astimezone(LONDON)
    whole = (local.hour, local.minute, local.second) in ((23, 59, 59), (0, 0, 0))
    return "" if whole else clock_words(local)


def age(birth: date | None, expected: date | None, died: date | None, today: date) -> str:
    """'9', '7 months', 'unborn, due 4 March 2027'; empty where nothing is known."""
    if birth is None:
        return f"unborn, due {words(expected)}" if expected else ""
    until = min(died, today) if died else today
    months = (until.year - birth.year) * 12 + until.month - birth.month - (until.day < birth.day)
    if months < 0:
        return ""
    return str(months // 12) if months >= 24 else plural(months, "month")


def initials(given: str, family: str) -> str:
    """'A.B.'; empty where no name is known."""
    return "".join(f"{each.strip()[0].upper()}." for each in (given, family) if each.strip())


def person(
    given: str,
    family: str,
    birth: date | None,
    expected: date | None,
    today: date,
    *,
    names: bool = False,
    died: date | None = None,
    kind: str = "child",
) -> str:
    """A person on the screen: initials and age, or the full name and age where it was asked for."""
    called = " ".join(filter(None, (given, family))) if names else initials(given, family)
    old = age(birth, expected, died, today)
    said = ", ".join(
        filter(
            None, (called or ("no name kept" if names else "an adult" if kind == "adult" else "a child"), old)
        )
    )
    return screen.shown(said)
