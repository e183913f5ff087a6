"""Breaking the glass: letting oneself in to a restricted case for some hours, and telling at once those who own it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from models import compiled
from models.access import (
    ALLOWED,
    EXCLUDED,
    GLASS,
    NotTheirs,
    lines_of,
    note,
    put_on_list,
    quiet_draft,
    reason,
    role_of,
    runs_in,
)
from models.anchors import writing
from models.change import NoSuchCase
from models.store import Store
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways.access import GLASS_HOURS, KEEPERS, REASON_LETTERS, REVIEW_DAYS
from pathways.days import local_day
from pathways.engine import Actor


def break_glass(
    store: Store, reference: str, *, because: str, actor: Actor, now: datetime
) -> datetime | None:
    """Let oneself in to one restricted case for four hours; the owning officer is told at once. Until when; None: no need.

    Raises:
        NoSuchCase: there is none, or they are kept out of it.
        NotTheirs: they belong to a partner agency.
        Mistyped: the reason is too short.
    """
    said = reason(because, REASON_LETTERS)
    if store.viewer.circle != "*":
        raise NotTheirs("Only the authority's own staff can do this. Ring the team that holds the case.")
    refused = False
    until = now + timedelta(hours=GLASS_HOURS)
    through = _through_the_wall(store, reference, said)
    with writing(store, now) as tx:
        if not through and tx.one("case_by_reference", reference=reference) is not None:
            return None
        draft = quiet_draft(tx, reference, seen_by=ALL_SEEING)
        row = tx.need("case_by_reference", reference=reference, seen_by=ALL_SEEING)
        me = tx.need("practitioner_by_login", login=actor.name)
        role = role_of(actor)
        if lines_of(tx, row, me.id, (EXCLUDED,), now):
            note(tx, draft, "refused:access_glass", actor=actor.name, role=role, now=now, because=said)
            refused = True
        else:
            note(tx, draft, "access_glass", actor=actor.name, role=role, now=now, because=said)
            if not through:
                put_on_list(
                    tx, me.id, GLASS, case_id=row.id, because=said, by=actor.name, now=now, until=until
                )
            review = f"Somebody opened {reference} in an emergency. Look at it within {REVIEW_DAYS} working days: pathways access why {reference}"
            tell_owners(tx, row, "glass", f"{reference}/{draft.seq}", review, now=now, but=me.id)
    if refused:
        raise NoSuchCase(reference)
    return until


def _through_the_wall(store: Store, reference: str, because: str) -> bool:
    """Whether PostgreSQL's own wall stood before the case, and now lets them through; see `models/row_security.py`."""
    if store.dialect == "sqlite":
        return False
    from models.row_security import break_glass as through

    return through(store, reference, because)


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
