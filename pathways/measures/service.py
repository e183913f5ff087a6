"""What the wall counts of the service: caseloads, what is known of cases, and the overnight check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from pathways.measures.measure import measure


class Load(NamedTuple):
    """How many open cases one lead has in a team. No name comes in and none goes out."""

    team: str
    led: bool
    cases: int


class TeamLoad(NamedTuple):
    """The open cases of a team: in all, without a lead, and how many each lead has."""

    cases: int
    unled: int
    loads: tuple[int, ...]


@measure
def caseloads(rows: Iterable[Load]) -> dict[str, TeamLoad]:
    """Open cases of each team, and how they are spread over those who lead them, without names.

    A lead is whoever the case names; a case that names nobody is counted as without a lead. Chairs and other roles
    that hold no case as its lead are not counted, since the record does not yet say which chair has which conference.
    """
    found: dict[str, TeamLoad] = {}
    for row in rows:
        cases, unled, loads = found.get(row.team, TeamLoad(0, 0, ()))
        if row.led:
            loads = tuple(sorted((*loads, row.cases)))
        found[row.team] = TeamLoad(cases + row.cases, unled + (0 if row.led else row.cases), loads)
    return found


class Known(NamedTuple):
    """Of the open cases of a pathway, those in which a field of the return is known."""

    pathway: str
    field: str
    cases: int
    known: int


@measure
def completeness(rows: Iterable[Known]) -> tuple[int, int]:
    """Fields that the children in need census asks for and that are known, of all that it asks for, over the open cases of social care.

    Asked for here: date of birth or expected date, sex, ethnicity, source of the referral and primary need (once
    assessment has begun). Sex recorded as not known counts as missing. The return's own checks are wider: run them
    before it is sent.
    """
    known = every = 0
    for row in rows:
        known += row.known
        every += row.cases
    return known, every


class Impossible(NamedTuple):
    """How many cases or people have dates that cannot both be right, and which."""

    what: str
    number: int


@measure
def impossible_dates(rows: Iterable[Impossible]) -> int:
    """Open and ended cases whose dates contradict each other: opened before the birth of a child that is born, closed before it was opened, opened after a death, begun in the future."""
    return sum(row.number for row in rows)


class Run(NamedTuple):
    """One run of the overnight check."""

    as_of: datetime
    finished: bool
    seconds: int
    cases: int
    missed: int
    moved: int
    parked: int
    rules: str


@measure
def check_runs(rows: Sequence[Run], today: date, day_of: Callable[[datetime], date]) -> tuple[bool, int]:
    """The last fourteen runs of the overnight check, as the check itself notes them down, newest first.

    A run that did not finish counts as none. Cases are those that had a date to look at; found late are limits that
    the run was first to see missed; set aside are cases it could not deal with, with the reason in `pathways check
    last`. Today's check has run if a finished run looked from some moment of today.
    """
    ran = any(row.finished and day_of(row.as_of) == today for row in rows)
    return ran, sum(not row.finished for row in rows)
