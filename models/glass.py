"""Breaking the glass: letting oneself in to a restricted case for some hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.access import NotTheirs, note, quiet_draft, reason, role_of
from models.access_lists import EXCLUDED, GLASS, lines_of, put_on_list
from models.anchors import writing
from models.case_owners import tell_owners
from models.draft_rows import NoSuchCase
from models.store import Store
from models.viewer import ALL_SEEING
from pathways.access import GLASS_HOURS, REASON_LETTERS, REVIEW_DAYS
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
