"""Who answers for a case, and telling them at once that something needs their eyes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models import compiled
from models.access_lists import ALLOWED, EXCLUDED, runs_in
from models.transaction import Transaction
from pathways.access import KEEPERS
from pathways.days import local_day


def tell_owners(
    tx: Transaction, row: Any, about: str, key: str, body: str, *, now: datetime, but: int = 0
) -> None:
    """Queue an urgent notice for those who own a case: its reference, and nothing of what is in it."""
    for who in _owners(tx, row, now, but):
        tx.run(
            "add_notice", key=f"{about}/{key}/{who}", kind="urgent", practitioner_id=who, agency="", subject=f"Look at {row.reference}",
            body=body, queued_at=now, send_after=now, attempts=0, last_fault="",
        )  # fmt: skip
    tx.run(
        "add_outbox", key=f"{about}/{key}", event=f"pathways.access.{about}", case_ref=row.reference, pathway=row.pathway,
        team=row.team, rule="", due_on=None, to_roles=",".join(compiled.CLEARED.get(row.pathway, ())), effective_at=now,
        recorded_at=now, done_at=None,
    )  # fmt: skip


def _owners(tx: Transaction, row: Any, now: datetime, but: int) -> list[int]:
    """Who answers for a case: its lead, or those whom its pathway clears, or those named on it.

    Never somebody who is kept out, or who has left.
    """
    lists = [
        each
        for each in tx.all("access_lists", case_id=row.id, person_id=row.person_id)
        if runs_in(each, now, now)
    ]
    today = local_day(now)
    gone = {each.practitioner_id for each in lists if each.to_on and each.to_on < today}
    lead = tx.one("practitioner_by_login", login=row.lead or "")
    if lead is not None and lead.to_on and lead.to_on < today:
        gone.add(lead.id)
    out = {but, *gone, *(each.practitioner_id for each in lists if each.kind == EXCLUDED)}
    roles = compiled.CLEARED.get(row.pathway) or tuple(sorted(KEEPERS))
    holders = tx.all("holders_of_roles", roles=f",{','.join(roles)},", on=today)
    ways = (
        [lead.id] if lead else [],
        [each.id for each in holders] if row.pathway in compiled.CLEARED else [],
        [each.practitioner_id for each in lists if each.kind == ALLOWED],
        [each.id for each in holders],
    )
    return next(
        (found for way in ways if (found := [each for each in dict.fromkeys(way) if each not in out])), []
    )
