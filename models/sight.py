"""Who may see a case, and who could on a day: by role and team, or only those who are named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from models import compiled
from models.access_lists import ALLOWED, EXCLUDED, GLASS, runs_in
from models.transaction import Transaction
from pathways.clocks import start_of_day
from pathways.days import local_day
from pathways.roles import Role


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who may see a case, or is kept out of it: how, since when, until when, why, on whose word."""

    login: str
    title: str
    how: str
    since: datetime | date
    until: datetime | None = None
    because: str = ""
    by: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """Who may see a case in a span of time. `everybody`: role and team decide; `restricted` are the reasons why not."""

    everybody: bool
    restricted: tuple[Any, ...]
    named: tuple[Named, ...]
    kept_out: tuple[Named, ...]


def _holds(restriction: Any, start: datetime, end: datetime) -> bool:
    """Whether a restriction held throughout a span."""
    return restriction.from_at <= start and (restriction.lifted_at is None or restriction.lifted_at >= end)


def sight(tx: Transaction, row: Any, start: datetime, end: datetime) -> Sight:
    """Who could see a case at some moment between `start` and `end`: everybody by role and team, or only the named."""
    lists = tx.all("access_lists", case_id=row.id, person_id=row.person_id)
    lists = [each for each in lists if runs_in(each, start, end)]
    out = {each.practitioner_id for each in lists if each.kind == EXCLUDED}
    restrictions = tx.all("restrictions_of", case_id=row.id, person_id=row.person_id)
    restricted = tuple(each for each in restrictions if _holds(each, start, end))
    clears = compiled.CLEARED.get(row.pathway, ())
    named = []
    if clears:
        holders = tx.all("holders_of_roles", roles=f",{','.join(clears)},", on=local_day(end))
        named = [
            Named(each.login, each.title, Role(each.role).label, each.from_on)
            for each in holders
            if each.id not in out
        ]
    named += [_named(each) for each in lists if each.kind != EXCLUDED and each.practitioner_id not in out]
    kept_out = {each.login: _named(each) for each in reversed(lists) if each.kind == EXCLUDED}
    return Sight(not restricted and not clears, restricted, tuple(named), tuple(kept_out.values()))


def _named(row: Any) -> Named:
    how = {ALLOWED: "let in", GLASS: "broke the glass", EXCLUDED: "kept out"}[row.kind]
    until = min((each for each in (row.until_at, row.ended_at) if each is not None), default=None)
    return Named(
        row.login, row.title, how, row.from_at, until, row.because, row.by_login, row.second_login or ""
    )


def day_of(day: date) -> tuple[datetime, datetime]:
    """The first and the last moment of a London day."""
    return start_of_day(day), start_of_day(day + timedelta(days=1)) - timedelta(microseconds=1)
