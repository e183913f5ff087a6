"""Calendar files for a team or for oneself: what is due and which conferences are booked, by reference alone.

A file outside the records is behind no wall, so nothing is in it that a passer-by could not read: references, tasks of
a fixed wording, days. Cases that are restricted in any way are in nobody's file. The file's name holds a token that
nobody guesses; it is made once and ends when it is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, ClassVar

from models.meetings import CONFERENCE, REVIEW
from models.queries import awaited_reports, task_of
from models.store import Store
from models.transaction import Transaction
from pathways import pathway
from pathways.bookings import LASTS
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import NOT_FOUND, PathwayError
from pathways.practice_mark import BANNER

TOKEN_BYTES = 16
DOMAIN = "pathways.invalid"
"""What the marks of entries end in; a name that belongs to nobody."""
PRODUCT = "-//safeguarding-pathways//calendar//EN"


class NoFeed(PathwayError):
    """There is no calendar to take back or to tell the address of. One argument: what to type."""

    code: ClassVar[int] = NOT_FOUND

    def __str__(self) -> str:
        return f"There is no such calendar. To make one: {self.args[0]}"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose calendar it is: a team's, or one practitioner's by login."""

    team: str = ""
    login: str = ""

    @property
    def options(self) -> str:
        """How it is typed."""
        return (
            f"--team {self.team!r}"
            if self.team and " " in self.team
            else f"--team {self.team}"
            if self.team
            else "--mine"
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a calendar: a reference and a few fixed words, on a day or at a moment in UTC."""

    mark: str
    says: str
    on: date
    at: datetime | None = None


def feed_name(owner: Owner, token: str) -> str:
    """The name of the calendar's file: the team's, or `own`, and the token."""
    front = re.sub(r"[^a-z0-9]+", "-", owner.team.lower()).strip("-") if owner.team else "own"
    return f"{front or 'team'}-{token}.ics"


def find_feed(tx: Transaction, owner: Owner) -> Any:
    """The standing feed's row; None where there is none."""
    return tx.one("calendar_feed_of", team=owner.team, login=owner.login)


def begin_feed(store: Store, owner: Owner, *, actor: Actor, now: datetime) -> str:
    """The token of a calendar; a new one where none stands."""
    with store.writing(service=True) as tx:
        row = find_feed(tx, owner)
        if row is not None:
            return str(row.token)
        token = token_urlsafe(TOKEN_BYTES)
        tx.run(
            "add_calendar_feed", token=token, team=owner.team, login=owner.login, by_login=actor.name, from_at=now,
            ended_at=None, ended_by=None,
        )  # fmt: skip
        return token


def end_feed(store: Store, owner: Owner, *, actor: Actor, now: datetime) -> str:
    """Take a calendar back: its token is never used again. Gives the token.

    Raises:
        NoFeed: none stands.
    """
    with store.writing(service=True) as tx:
        row = find_feed(tx, owner)
        if row is None:
            raise NoFeed(f"pathways calendar publish {owner.options} --to FOLDER")
        tx.run("end_calendar_feed", feed_id=row.id, ended_at=now, ended_by=actor.name)
        return str(row.token)


def items(tx: Transaction, owner: Owner, now: datetime) -> list[Item]:
    """What the calendar holds: running limits, and conferences that are booked from today on, in order."""
    team, lead = owner.team, owner.login
    found = [*_deadlines(tx, team, lead), *_meetings(tx, team, lead, local_day(now))]
    return sorted(found, key=lambda each: (each.on, each.says))


def _deadlines(tx: Transaction, team: str, lead: str) -> Iterator[Item]:
    for row in tx.all("feed_deadlines", team=team, lead=lead):
        clock = next((each for each in pathway(row.pathway).clocks if each.rule == row.rule), None)
        if clock is not None and clock.gate:
            continue
        task = task_of(pathway(row.pathway), row.rule)
        awaited = (
            awaited_reports(row.facts) if clock is not None and clock.action == "report_received" else ()
        )
        if awaited:
            task = f"{len(awaited)} report{'' if len(awaited) == 1 else 's'} due"
        yield Item(row.key, f"{row.reference}: {task[:1].lower()}{task[1:]}", row.due_on)


def _meetings(tx: Transaction, team: str, lead: str, today: date) -> Iterator[Item]:
    for row in tx.all("feed_meetings", team=team, lead=lead, since=today):
        what = REVIEW if row.kind == REVIEW else CONFERENCE
        yield Item(
            f"meeting/{row.id}/{row.reference}",
            f"{row.reference}: {what}",
            row.booked_on,
            row.starts_at or row.begins_at,
        )


def as_calendar(found: list[Item], token: str, now: datetime, *, practice: bool = False) -> bytes:
    """The iCalendar file: limits as whole days, moments in UTC, nothing that repeats, nobody invited.

    `practice`: the cases are invented; every entry says so, since each is seen on its own.
    """
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    for each in found:
        event = Event()
        event.add("uid", f"{sha256(f'{token}/{each.mark}'.encode()).hexdigest()[:32]}@{DOMAIN}")
        event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
        event.add("summary", f"{BANNER}: {each.says}" if practice else each.says)
        if each.at is not None:
            event.add("dtstart", each.at.astimezone(UTC))
            event.add("dtend", each.at.astimezone(UTC) + LASTS)
        else:
            event.add("dtstart", each.on)
            event.add("dtend", each.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT" if each.at is None else "OPAQUE")
        event.add("class", "PRIVATE")
        made.add_component(event)
    return bytes(made.to_ical())
