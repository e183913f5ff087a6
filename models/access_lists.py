"""The lists of a case and of its person: who was let in, who is kept out, and what the gate makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from models import compiled
from models.transaction import Transaction
from models.viewer import ALL_SEEING

ALLOWED, EXCLUDED, GLASS = "allowed", "excluded", "glass"
LAST = datetime.max.replace(tzinfo=UTC)


def runs_in(row: Any, start: datetime, end: datetime) -> bool:
    """Whether a line of a list held at some moment of a span."""
    over = min(row.until_at or LAST, row.ended_at or LAST)
    return bool(row.from_at <= end and over > start)


def put_on_list(
    tx: Transaction,
    practitioner_id: int,
    kind: str,
    *,
    case_id: int | None = None,
    person_id: int | None = None,
    because: str,
    by: str,
    now: datetime,
    until: datetime | None = None,
) -> None:
    """Let a practitioner in to a case or to all about a person, or keep them out: `kind`; `until` is a moment, None for good."""
    tx.run(
        "add_access",
        case_id=case_id,
        person_id=person_id,
        practitioner_id=practitioner_id,
        kind=kind,
        because=because,
        by_login=by,
        second_login=None,
        from_at=now,
        until_at=until,
        ended_at=None,
        ended_by=None,
        recorded_at=now,
    )


def lines_of(tx: Transaction, row: Any, who: int, kinds: Sequence[str], now: datetime) -> list[Any]:
    """The lines of these kinds that somebody stands on, for a case or its person, at this moment."""
    lists = tx.all("access_lists", case_id=row.id, person_id=row.person_id)
    return [
        each
        for each in lists
        if each.practitioner_id == who and each.kind in kinds and runs_in(each, now, now)
    ]


def settle(tx: Transaction, person_id: int) -> None:
    """Write on a person and on each of their cases what the lists and restrictions make of them."""
    cases = tx.all("cases_of_person", person_id=person_id, seen_by=ALL_SEEING)
    person_lists = tx.all("access_lists", case_id=None, person_id=person_id)
    shut = any(each.kind == EXCLUDED and each.ended_at is None for each in person_lists)
    by_hand = any(
        each.lifted_at is None for each in tx.all("restrictions_of", case_id=None, person_id=person_id)
    )
    for case in cases:
        own = tx.all("restrictions_of", case_id=case.id, person_id=None)
        lists = tx.all("access_lists", case_id=case.id, person_id=None)
        restricted = (
            by_hand or case.pathway in compiled.CLEARED or any(each.lifted_at is None for each in own)
        )
        guarded = restricted or shut or any(each.kind == EXCLUDED and each.ended_at is None for each in lists)
        tx.run("guard_case", case_id=case.id, restricted=restricted, guarded=guarded)
    only_subject = bool(cases) and all(case.pathway in compiled.CLEARED for case in cases)
    restricted = by_hand or only_subject
    tx.run("guard_person", person_id=person_id, restricted=restricted, guarded=restricted or shut)
