"""Dates and times as people type them: tomorrow, fri, 24 nov, 24/11/2026, 2026-11-24, +5wd, 9:20am, today 9:20am.

The day always comes before the month. A date without a year is the one nearest to today, and a day of the week the
next one (or, for what lies behind, the last one); whoever asked echoes it in full. Whatever cannot be read, does not
exist or exists twice is refused in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from pathways.days import Calendar
from pathways.errors import Mistyped
from pathways.moments import LONDON, MONTHS, WEEKDAYS, NotOnce, month_length, parse_moment, words

FIRST_YEAR, FIRST_BIRTH, LAST_YEAR = 2000, 1900, 2100
HOW_BIRTH = "A date of birth can be typed like 24/11/2016 or 24 nov 2016."
HOW = "Dates can be typed like tomorrow, fri, 24 nov, 24/11/2026 or +5wd."
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_WEEKDAYS = {name[:3].lower(): number for number, name in enumerate(WEEKDAYS)}
_CLOCK = re.compile(r"(?:at )?(?:([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm)|([0-9]{1,2}):([0-9]{2}))")
_OFFSET = re.compile(r"(.+?) ?([+-][0-9]{2}:[0-9]{2})")
_NAMED_TIMES = {"midday": time(12), "noon": time(12), "midnight": time(0)}
_LAST = {31: "31st", 30: "30th", 29: "29th", 28: "28th"}


def parse(
    typed: str,
    *,
    now: datetime,
    calendar: Callable[[], Calendar] | None = None,
    ahead: bool = False,
    birth: bool = False,
) -> date | datetime:
    """Read a date, or a date with a time of day.

    Args:
        typed: what was typed; a time alone is today's.
        now: the present moment, aware.
        calendar: gives the working days, for +5wd.
        ahead: a day of the week is the next one, not the last one.
        birth: a date of birth; years from 1900, written in full.

    Raises:
        Mistyped: it cannot be read, does not exist, or exists twice.
    """
    said = " ".join(typed.split())
    how = HOW_BIRTH if birth else HOW
    if len(said) > 60:
        raise Mistyped(f"That is too long for a date. {how}")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ].*)?", said):
        return parse_moment(said, birth=birth)
    said = said.lower().replace(",", " ").replace("  ", " ").strip()
    today = now.astimezone(LONDON).date()
    if not said:
        raise Mistyped(f"No date was given. {how}")
    if said == "now":
        return now
    clock, rest = _split_time(said)
    day = _day(rest, today, calendar, ahead, birth, typed) if rest else today
    if not (FIRST_BIRTH if birth else FIRST_YEAR) <= day.year <= LAST_YEAR:
        first = FIRST_BIRTH if birth else FIRST_YEAR
        raise Mistyped(f"The year {day.year} cannot be right; dates here run from {first} to {LAST_YEAR}.")
    return day if clock is None else at_time(day, clock)


def parse_time(typed: str) -> time:
    """Read a time of day: 9:20am, 9am, 15:00, midday.

    Raises:
        Mistyped: it cannot be read or does not exist.
    """
    said = " ".join(typed.lower().split())
    clock, rest = _split_time(said)
    if clock is None or rest:
        raise Mistyped(f"'{_echo(typed)}' is not a time that can be read; write it as 9:20am or 15:00.")
    return clock


def at_time(day: date, clock: time, offset: str = "") -> datetime:
    """That time on that day in London.

    Args:
        day: the day.
        clock: the time of day.
        offset: from UTC, as +01:00, for the hour that is skipped or repeated when the clocks change.

    Raises:
        NotOnce: it is of that hour, and no offset is given.
    """
    found = parse_moment(f"{day.isoformat()}T{clock.hour:02}:{clock.minute:02}{offset}", birth=True)
    assert isinstance(found, datetime)
    return found


def moment_on(day: date, typed: str) -> datetime:
    """What an option `--at` says of a day: a time as `parse_time` reads it, and an offset where it needs one.

    Raises:
        Mistyped: it cannot be read, does not exist, or exists twice.
    """
    found = _OFFSET.fullmatch(typed.strip())
    said, offset = found.groups() if found else (typed, "")
    clock = parse_time(said)
    try:
        return at_time(day, clock, offset)
    except NotOnce as unclear:
        raise Mistyped(unclear.told(f"--at {clock:%H:%M}")) from None


def _split_time(said: str) -> tuple[time | None, str]:
    """The time of day at the end (or the beginning) of what was typed, and what is left."""
    for name, clock in _NAMED_TIMES.items():
        if said == name:
            return clock, ""
        if said.endswith(" " + name):
            return clock, said[: -len(name)].removesuffix(" at ").strip()
    found = _CLOCK.fullmatch(said)
    if found:
        return _clock(found), ""
    for place in [at for at, each in enumerate(said) if each == " "]:
        found = _CLOCK.fullmatch(said[place + 1 :])
        if found:
            return _clock(found), said[:place]
    for place in [at for at, each in enumerate(said) if each == " "]:
        found = _CLOCK.fullmatch(said[:place])
        if found and not said[place + 1 :].startswith(("am", "pm")):
            return _clock(found), said[place + 1 :].removeprefix("on ")
    return None, said


def _clock(found: re.Match[str]) -> time:
    half = found[3]
    hour, minute = int(found[1] or found[4]), int(found[2] or found[5] or 0)
    if minute > 59:
        raise Mistyped(f"There is no time {found[0]}; minutes run from 00 to 59.")
    if half:
        if not 1 <= hour <= 12:
            raise Mistyped(f"There is no time {found[0]}; with am or pm, hours run from 1 to 12.")
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif hour == 24:
        raise Mistyped("There is no 24 o'clock; midnight at the end of a day is 00:00 on the next day.")
    elif hour > 23:
        raise Mistyped(f"There is no time {found[0]}; hours run from 00 to 23.")
    return time(hour, minute)


def _day(
    said: str, today: date, calendar: Callable[[], Calendar] | None, ahead: bool, birth: bool, typed: str
) -> date:
    near = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if said in near:
        return today + timedelta(days=near[said])
    found = re.fullmatch(r"([+-])([0-9]{1,4}) ?(wd|d|w|days?|weeks?)?", said)
    if found:
        return _counted(found, today, calendar)
    named = _weekday(said, today, ahead)
    if named:
        return named
    found = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{2}|[0-9]{4}))?", said)
    if found:
        day, month = int(found[1]), int(found[2])
        if not 1 <= month <= 12:
            raise Mistyped(
                f"There is no month {month}; months run from 1 to 12. The day comes first, as in 24/11/2026."
            )
        return _date(day, month, found[3], today, birth)
    named_day, _, after = said.partition(" ")
    number = _named_weekday(named_day) if after[:1].isdigit() and len(named_day) > 2 else None
    if number is not None:
        day_named = _day(after, today, calendar, ahead, birth, typed)
        if day_named.weekday() != number:
            raise Mistyped(
                f"{words(day_named)} is a {WEEKDAYS[day_named.weekday()]}, not a {WEEKDAYS[number]}. "
                "Give the right one of the two."
            )
        return day_named
    found = re.fullmatch(
        r"([0-9]{1,2})(?:st|nd|rd|th)?(?: of)?[ -]?([a-z]{3,9})\.?[ -]?([0-9]{4}|[0-9]{2})?", said
    )
    if found and _month(found[2]):
        return _date(int(found[1]), _month(found[2]), found[3], today, birth)
    raise Mistyped(f"'{_echo(typed)}' is not a date that can be read. {HOW_BIRTH if birth else HOW}")


def _echo(typed: str) -> str:
    return " ".join(typed.split())[:40]


def _named_weekday(said: str) -> int | None:
    number = _WEEKDAYS.get(said[:3])
    full = WEEKDAYS[number].lower() if number is not None else ""
    return number if number is not None and full.startswith(said) else None


def _month(said: str) -> int:
    number = _MONTHS.get(said[:3], 0)
    if not number:
        return 0
    full = MONTHS[number - 1].lower()
    return number if full.startswith(said) or (number, said) == (9, "sept") else 0


def _weekday(said: str, today: date, ahead: bool) -> date | None:
    which, _, name = said.rpartition(" ")
    number = _named_weekday(name) if len(name) > 2 else None
    if number is None or which not in ("", "next", "last", "this"):
        return None
    on = (number - today.weekday()) % 7
    back = (today.weekday() - number) % 7
    if which == "next":
        return today + timedelta(days=on or 7)
    if which == "last":
        return today - timedelta(days=back or 7)
    if ahead or which == "this":
        return today + timedelta(days=on)
    return today - timedelta(days=back)


def _counted(found: re.Match[str], today: date, calendar: Callable[[], Calendar] | None) -> date:
    amount = int(found[1] + found[2])
    unit = found[3] or "d"
    if unit != "wd":
        return today + timedelta(days=amount * (7 if unit.startswith("w") else 1))
    if calendar is None:
        raise Mistyped("Working days cannot be counted here; give the date itself, as in 24/11/2026.")
    return calendar().add_working_days(today, amount)


def _date(day: int, month: int, year_text: str | None, today: date, birth: bool) -> date:
    if birth and len(year_text or "") != 4:
        raise Mistyped("A date of birth needs its year in full, as in 24/11/2016.")
    if year_text is None:
        return _nearest(day, month, today)
    year = int(year_text) + (2000 if len(year_text) == 2 else 0)
    first = FIRST_BIRTH if birth else FIRST_YEAR
    if not first <= year <= LAST_YEAR:
        raise Mistyped(f"The year {year} cannot be right; dates here run from {first} to {LAST_YEAR}.")
    return _checked(day, month, year)


def _nearest(day: int, month: int, today: date) -> date:
    """The day of that month that is nearest to today; a 29 February in the nearest year that has one."""
    longest = 29 if month == 2 else month_length(today.year, month)
    if not 1 <= day <= longest:
        _checked(day, month, today.year)
    years = [year for year in range(today.year - 4, today.year + 5) if day <= month_length(year, month)]
    return min((date(year, month, day) for year in years), key=lambda each: abs((each - today).days))


def _checked(day: int, month: int, year: int) -> date:
    length = month_length(year, month)
    if not 1 <= day <= length:
        which = f"{MONTHS[month - 1]}{f' {year}' if month == 2 else ''}"
        raise Mistyped(f"There is no {day} {which}. The last day of {which} is the {_LAST[length]}.")
    return date(year, month, day)
