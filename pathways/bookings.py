"""When and where conferences are booked, and which of them nobody can be at both of. Pure.

An hour is an answer of its own; of a booking whose hour was only written beside the room ("Oak room, 10am") it is read
from there. A conference is taken to last `LASTS`. Of one whose hour nobody knows, it is said that it may clash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from pathways.moments import LONDON

CONFERENCE_MOVES = (
    "book_conference", "rebook_conference", "start_conference", "adjourn", "decide_plan", "continue_plan",
)  # fmt: skip
"""The moves of a case that the meeting of its children follows; see `models/meetings.py`."""
LASTS = timedelta(hours=2)
"""How long a conference is taken to last, as the slots of `pathways schedule` do. No rule gives a length."""
_HOUR = re.compile(
    r"(?:\bat +)?\b(?:(1[0-2]|0?[1-9])(?:[:.]([0-5][0-9]))? ?([ap])\.?m\b\.?|([01]?[0-9]|2[0-3])[:.]([0-5][0-9])\b)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:\bat +)?\b(midday|noon)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Booking:
    """A conference as it is booked: its cases, its London day, hour, room, chair; what is not known is None or empty."""

    references: tuple[str, ...]
    day: date
    begins: time | None = None
    room: str = ""
    chair: str = ""

    def clashes(self, other: Booking) -> bool | None:
        """Whether nobody can be at both; None where an hour is not known."""
        if self.day != other.day:
            return False
        if self.begins is None or other.begins is None:
            return None
        mine, theirs = (
            datetime.combine(self.day, each.begins) for each in (self, other) if each.begins is not None
        )
        return abs(mine - theirs) < LASTS

    def of_chair(self, login: str) -> bool:
        """Whether it is booked for a chair."""
        return bool(self.chair) and self.chair.casefold() == login.casefold()

    def in_room(self, name: str) -> bool:
        """Whether it is booked for a room, however that is written: `oak` for `Oak room, 10am`."""
        room = _plain(room_in(self.room))
        return _plain(name) in (room, room.removesuffix(" room"))


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody or something that two conferences want: the chair, the room or a family. `sure`: at one hour for certain."""

    what: str
    other: Booking
    sure: bool


def clashes(
    wanted: Booking, others: Iterable[Booking], chairs: Mapping[str, str], family: Iterable[str] = ()
) -> list[Clash]:
    """What a booking wants that others have.

    Args:
        wanted: the booking asked about.
        others: what is booked.
        chairs: by reference, who is taken to chair where a booking names nobody: whoever chaired last.
        family: the references of brothers and sisters; a family cannot be in two rooms.
    """
    kin, found = set(family), []
    mine = _chair(wanted, chairs)
    for other in others:
        at_once = wanted.clashes(other)
        if at_once is False:
            continue
        sure = at_once is True
        if mine and mine == _chair(other, chairs):
            found.append(Clash("chair", other, sure))
        if _plain(wanted.room) and _plain(wanted.room) == _plain(other.room):
            found.append(Clash("room", other, sure))
        if kin & set(other.references):
            found.append(Clash("family", other, sure))
    return found


def _chair(booking: Booking, chairs: Mapping[str, str]) -> str:
    return (
        booking.chair.casefold()
        or next((chairs[each] for each in booking.references if chairs.get(each)), "").casefold()
    )


def _plain(room: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", room_in(room).casefold()))


def lasts_until(begins: time) -> time:
    """When a conference that begins then is taken to end, on the same day."""
    end = datetime.combine(date.min, begins) + LASTS
    return end.time() if end.date() == date.min else time.max


def begins_at(body: Mapping[str, Any]) -> datetime | None:
    """The moment, London time, for which a booking's answers book it; None where no hour can be read."""
    hour = time.fromisoformat(body["begins"]) if body.get("begins") else hour_in(str(body.get("where", "")))
    on = body.get("conference_on")
    return datetime.combine(date.fromisoformat(str(on)), hour, LONDON) if hour is not None and on else None


def hour_in(where: str) -> time | None:
    """The one time of day that stands beside a room; None where there is none, or more than one."""
    found = [_time(each) for each in _HOUR.finditer(where)] + [time(12) for _ in _NAMED.finditer(where)]
    return found[0] if len(found) == 1 else None


def room_in(where: str) -> str:
    """The room, without the one time of day that may stand beside it."""
    if hour_in(where) is None:
        return where
    return _NAMED.sub(" ", _HOUR.sub(" ", where)).strip(" ,;.-")


def _time(found: re.Match[str]) -> time:
    if found[3]:
        return time(int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0), int(found[2] or 0))
    return time(int(found[4]), int(found[5]))


def hour_words(hour: time) -> str:
    """'10am', '2.30pm', 'midday', as a letter says it."""
    if hour == time(12):
        return "midday"
    minutes = f".{hour.minute:02}" if hour.minute else ""
    return f"{hour.hour % 12 or 12}{minutes}{'am' if hour.hour < 12 else 'pm'}"
