"""Conferences as they are booked: for the lists of every day, which load nothing else for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.transaction import Transaction
from pathways.bookings import Booking
from pathways.moments import LONDON


def conferences_between(
    tx: Transaction, since: date, until: date, *, team: str = "", lead: str = ""
) -> list[Booking]:
    """The conferences that are booked for these London days, both included, with their cases that the viewer may see.

    `team` and `lead` narrow them to the cases of a team, or of a lead.
    """
    rows: dict[int, list[Any]] = {}
    for row in tx.all("conferences_between", since=since, until=until, team=team, lead=lead):
        rows.setdefault(row.id, []).append(row)
    return [
        booking_of(those[0], tuple(str(row.reference) for row in those), those[0].booked_on)
        for those in rows.values()
    ]


def booking_of(meeting: Any, references: tuple[str, ...], day: date) -> Booking:
    """A meeting's row as a booking; its hour is London's."""
    begins = meeting.begins_at.astimezone(LONDON).time() if meeting.begins_at is not None else None
    return Booking(references, day, begins, meeting.place or "", meeting.chair or "")
