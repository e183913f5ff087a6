"""Marks on a file: what keeps it from being destroyed, or for longer, and that a child is watched."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from models.anchors import writing
from models.destroying import NotDestroyed
from models.draft_rows import NoSuchCase
from models.retention import APPROVERS, must_be, note_on, reason
from models.store import Store
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.file_lists import WATCHED
from pathways.keeping import BARS, EMPLOYER_RECORD, GROUNDS

KINDS = frozenset((*BARS, *GROUNDS, WATCHED))


def mark(
    store: Store,
    reference: str,
    kind: str,
    *,
    whole_person: bool,
    because: str,
    actor: Actor,
    now: datetime,
    pension_on: date | None = None,
    page: int | None = None,
) -> None:
    """Keep a case's record, a page of it or all of its person's for longer, or from being destroyed.

    That a child is watched is set here, too. Anybody who sees the case may.

    Args:
        store: the store.
        reference: the case.
        kind: a key of `BARS` or `GROUNDS`, or `watched`.
        whole_person: everything kept of the person, later cases too.
        because: why; it lies sealed on the trail.
        actor: who sets it.
        now: the present moment, aware.
        pension_on: the day of pension age, for an employer's record.
        page: the page of the file that it is about; None: the whole of it.

    Raises:
        NoSuchCase: they may not see it.
        Mistyped: the kind or the reason is missing, there is no such page, or it stands already.
    """
    if kind not in KINDS:
        raise Mistyped(
            f"Say why it is kept with one of: {', '.join((*BARS, *GROUNDS))}. Nothing was changed."
        )
    if pension_on is not None and kind != EMPLOYER_RECORD:
        raise Mistyped("A pension age belongs to an employer's record. Nothing was changed.")
    if page is not None and (whole_person or kind == WATCHED):
        raise Mistyped("A page is of one case's file. Nothing was changed.")
    said = reason(because)
    with writing(store, now) as tx:
        row = tx.one("case_by_reference", reference=reference)
        if row is None:
            raise NoSuchCase(reference)
        if tx.one("tombstone_of", case_ref=reference) is not None:
            raise NotDestroyed(reference, "its content is gone already")
        if page is not None and not any(
            each.page == page and each.destroyed_seq is None
            for each in tx.all("records_of_case", case_id=row.id)
        ):
            raise Mistyped(
                f"{reference} has no page {page}: pathways chronology {reference}. Nothing was changed."
            )
        target = (
            {"case_id": None, "person_id": row.person_id}
            if whole_person
            else {"case_id": row.id, "person_id": None}
        )
        same = (kind, target["case_id"], pension_on, page)
        for each in _standing(tx, row):
            if (each.kind, each.case_id, each.pension_on, each.page) == same:
                raise Mistyped(f"That stands already. What stands: pathways retention why {reference}")
        tx.run(
            "add_file_mark",
            **target,
            kind=kind,
            pension_on=pension_on,
            page=page,
            by_login=actor.name,
            from_at=now,
            ended_at=None,
            ended_by=None,
        )
        for each in _covered(tx, row, whole_person):
            action = "filing_watched" if kind == WATCHED else "filing_kept"
            note_on(tx, each, action, actor, now, kind=kind, because=said, person=whole_person, page=page)


def release(
    store: Store,
    reference: str,
    kind: str,
    *,
    because: str,
    actor: Actor,
    now: datetime,
    page: int | None = None,
) -> None:
    """End what kept a case's record or its person's, or a child's being watched: every such mark on either.

    Where a page is given, only that page's.

    Raises:
        NoSuchCase: they may not see it.
        NotTheirs: it is not theirs to decide.
        Mistyped: no such mark stands, or the reason is missing.
    """
    if kind != WATCHED:
        must_be(actor, APPROVERS)
    said = reason(because)
    with writing(store, now) as tx:
        row = tx.one("case_by_reference", reference=reference)
        if row is None:
            raise NoSuchCase(reference)
        found = [each for each in _standing(tx, row) if each.kind == kind and page in (None, each.page)]
        if not found:
            raise Mistyped(
                f"No such mark stands on {reference}. What stands: pathways retention why {reference}"
            )
        for each in found:
            tx.run("end_file_mark", mark_id=each.id, ended_at=now, ended_by=actor.name)
        whole = any(each.person_id is not None for each in found)
        for each in _covered(tx, row, whole):
            action = "filing_unwatched" if kind == WATCHED else "filing_released"
            note_on(tx, each, action, actor, now, kind=kind, because=said, person=whole, page=page)


def _standing(tx: Transaction, row: Any) -> list[Any]:
    found = tx.all("marks_of", case_id=row.id, person_id=row.person_id)
    return [each for each in found if each.ended_at is None]


def _covered(tx: Transaction, row: Any, whole_person: bool) -> list[str]:
    if not whole_person:
        return [row.reference]
    found = tx.all("kept_of_person", person_id=row.person_id, seen_by=ALL_SEEING)
    return [each.reference for each in found]
