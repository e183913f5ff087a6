"""Moments and dates, as they are read, added to and said: London's day, months that end early, words.

A time without an offset is London's. An hour that does not exist, or exists twice, is never guessed at.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from pathways.errors import Mistyped

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class NotOnce(Mistyped):
    """A time that the clocks skip or repeat. Arguments: it, without an offset; whether they skip it."""

    def __str__(self) -> str:
        return self.told(self.args[0].isoformat())

    def told(self, typed: str) -> str:
        """The refusal; `typed`: what an offset is put behind, where it is asked for."""
        naive, skipped = self.args
        said = f"{naive:%H:%M} on {words(naive.date())}"
        if skipped:
            return (
                f"There is no {said}: the clocks go forward over that hour. "
                f"Give the offset, {typed}+00:00 or {typed}+01:00, to say what was meant."
            )
        return (
            f"{said} happens twice because the clocks go back. "
            f"Give the offset: {typed}+01:00 for the first, {typed}+00:00 for the second."
        )


_ONE_HOUR_AHEAD_AT_MOST = 1948
"""The first year from which London is level with UTC or an hour ahead of it, and nothing else."""


def local_day(started: datetime | date) -> date:
    """England's date of something that happened."""
    if isinstance(started, datetime):
        zone = started.tzinfo
        if zone is None:
            raise Mistyped("A time was given without its time zone, so its day in England is not certain.")
        if zone is UTC and started.hour < 23 and started.year >= _ONE_HOUR_AHEAD_AT_MOST:
            return started.date()
        return started.astimezone(LONDON).date()
    return started


def add_months(day: date, months: int, *, age: bool = False) -> date:
    """The same day of the month so many months on; where there is none, the month's last day.

    Args:
        day: always the original anchor; adding month by month would lose the 31st for good.
        months: how many; negative goes back.
        age: a birthday instead, so that a birth on 29 February is met on 1 March of a common year.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = month_length(year, month + 1)
    if day.day <= length:
        return date(year, month + 1, day.day)
    last = date(year, month + 1, length)
    return last + ONE_DAY if age else last


def school_age_ends(born: date) -> date:
    """The day on which compulsory school age ends: the last Friday in June of the school year of the 16th birthday.

    A school year runs from September to August (Education Act 1996, section 8).
    """
    year = born.year + 16 + (born.month >= 9)
    last = date(year, 6, 30)
    return last - timedelta(days=(last.weekday() - 4) % 7)


def month_length(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def words(when: date | datetime) -> str:
    """'24 November 2026', or for a moment '10am on 24 November 2026' as it stands."""
    day = f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    return f"{clock_words(when)} on {day}" if isinstance(when, datetime) else day


def clock_words(when: datetime | time) -> str:
    """'10am', '9:15am', 'midday'. Only a moment of the repeated autumn hour says which of the two it is."""
    if (when.hour, when.minute) in ((0, 0), (12, 0)):
        return "midday" if when.hour else "midnight"
    minutes = f":{when.minute:02}" if when.minute else ""
    said = f"{when.hour % 12 or 12}{minutes}{'am' if when.hour < 12 else 'pm'}"
    if isinstance(when, datetime) and when.tzinfo is LONDON:
        twin = when.replace(fold=1 - when.fold)
        if twin.utcoffset() != when.utcoffset():
            said += " (summer time)" if when.fold == 0 else " (winter time)"
    return said


def parse_moment(text: str, *, birth: bool = False) -> datetime | date:
    """Read an ISO date or date-time; a time without an offset is London's.

    Args:
        text: such as 2026-11-24, 2026-11-24T10:00 or 2026-11-24 10:00+00:00.
        birth: a date of birth, which may be as early as 1900.

    Raises:
        Mistyped: it cannot be read, does not exist, or exists twice; the sentence says how to mend it.
    """
    text = text.strip()
    earliest = 1900 if birth else 2000
    day_text, time_text = text[:10], text[10:]
    day = one_date(day_text if time_text[:1] in ("", "T", "t", " ") else text, earliest, 2100)
    if not time_text:
        return day
    found = re.fullmatch(
        r"[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)? ?(?:([Zz])|([+-])([0-9]{2}):?([0-9]{2}))?",
        time_text,
    )
    if found is None:
        raise Mistyped(
            f"'{text[:40]}' has a time that cannot be read; write it as {day}T10:00 or {day}T10:00+00:00."
        )
    hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3))
    if hour == 24:
        raise Mistyped(
            f"There is no 24 o'clock; midnight at the end of {words(day)} is 00:00 on the next day."
        )
    if hour > 23 or minute > 59 or second > 59:
        raise Mistyped(
            f"There is no time {time_text[1:6]}; hours run from 00 to 23 and minutes from 00 to 59."
        )
    naive = datetime.combine(day, time(hour, minute, second))
    if found[4] or found[5]:
        offset = timedelta(hours=int(found[6] or 0), minutes=int(found[7] or 0))
        if offset >= ONE_DAY:
            raise Mistyped(
                f"'{text[:40]}' has an offset that no place has; for England write +00:00 or +01:00."
            )
        utc = naive + offset if found[5] == "-" else naive - offset
        return utc.replace(tzinfo=UTC).astimezone(LONDON)
    moment, later = naive.replace(tzinfo=LONDON), naive.replace(tzinfo=LONDON, fold=1)
    if moment.utcoffset() != later.utcoffset():
        raise NotOnce(naive, moment.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != naive)
    return moment


@lru_cache(maxsize=2_000)
def one_date(text: str, earliest: int, latest: int) -> date:
    """Read an ISO date between two years; the sentence of a refusal says how to mend it."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if found is None:
        given = f"'{text[:40]}' is not a date that can be read" if text else "No date was given"
        raise Mistyped(f"{given}; write it with the year first, as in 2026-11-24.")
    year, month, day = (int(part) for part in found.groups())
    if not earliest <= year <= latest:
        raise Mistyped(f"The year {year} cannot be right; dates here run from {earliest} to {latest}.")
    if not 1 <= month <= 12:
        raise Mistyped(f"There is no month {month}; months run from 01 to 12.")
    length = month_length(year, month)
    if not 1 <= day <= length:
        which = f"{MONTHS[month - 1]}{f' {year}' if month == 2 else ''}"
        last = {31: "31st", 30: "30th", 29: "29th", 28: "28th"}[length]
        raise Mistyped(f"There is no {day} {which}. The last day of {which} is the {last}.")
    return date(year, month, day)
