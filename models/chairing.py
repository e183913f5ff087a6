"""Who chairs conferences, who may not chair for a child, and which conferences are held on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from models.as_at import story
from models.booked import booking_of
from models.queries import CaseView
from models.transaction import Transaction
from pathways.bookings import Booking
from pathways.restating import Told
from pathways.roles import Role

OUTSIDE_THE_CASE = frozenset(
    (Role.CONFERENCE_CHAIR, Role.COORDINATOR, Role.CHAIR_MANAGER, Role.CLOCK, Role.PATHWAY)
)
"""Whoever wrote in a case in another role than these took part in managing it, and does not chair for the child."""


def on_day(tx: Transaction, day: date, *, without: Collection[str] = ()) -> list[Booking]:
    """The conferences that are booked for a London day, with those of their cases that the viewer may see.

    `without` leaves cases out, and a meeting that is about nobody else.
    """
    rows: dict[int, list[Any]] = {}
    for row in tx.all("meetings_on_day", on=day):
        rows.setdefault(row.id, []).append(row)
    found = []
    for together in rows.values():
        references = tuple(str(row.reference) for row in together if row.reference not in without)
        if references:
            found.append(booking_of(together[0], references, day))
    return found


def booked_beside(
    tx: Transaction, days: Iterable[date], today: date, *, without: Collection[str]
) -> list[Booking]:
    """The conferences of others that are booked for these days; a chair who is not named is whoever chaired last."""
    chairs, found = chairs_on(tx, today), []
    for day in days:
        for each in on_day(tx, day, without=without):
            last = (last_chair(story_of(tx, one), chairs) for one in each.references)
            found.append(replace(each, chair=each.chair or next(filter(None, last), "")))
    return found


def story_of(tx: Transaction, reference: str) -> list[Told]:
    """The entries of a case that is known by its reference."""
    return story(tx, reference, tx.need("case_by_reference", reference=reference).id)


def managing(entries: Iterable[Told], view: CaseView) -> frozenset[str]:
    """The logins of those who took part in managing a case, or lead it."""
    manages = {each.actor for each in entries if each.role and each.role not in OUTSIDE_THE_CASE}
    return frozenset({*manages, view.row.lead or ""} - {""})


def chairs_on(tx: Transaction, today: date) -> frozenset[str]:
    """The logins of those who chair conferences."""
    return frozenset(
        row.login for row in tx.all("holders_of_roles", roles=f",{Role.CONFERENCE_CHAIR.value},", on=today)
    )


def last_chair(entries: Sequence[Told], chairs: frozenset[str]) -> str:
    """Who chaired the last conference: the chair who wrote down its start or its decision; empty: nobody knows."""
    chaired = (
        each for each in reversed(entries) if each.role == Role.CONFERENCE_CHAIR and each.actor in chairs
    )
    return next((each.actor for each in chaired if each.action != "attendance"), "")
