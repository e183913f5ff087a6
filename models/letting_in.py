"""Letting somebody in to a case, taking that back, and keeping somebody out of it for good.

Each is one transaction with an entry on the case's own trail.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from models.access import KeptOut, deciding, note, quiet_draft, role_of, somebody
from models.access_lists import ALLOWED, EXCLUDED, GLASS, lines_of, put_on_list, settle
from models.sight import day_of
from models.store import Store
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import Mistyped


def grant(
    store: Store, reference: str, login: str, *, until: date | None, because: str, actor: Actor, now: datetime
) -> None:
    """Let somebody in to a case, to the end of a London day or until it is taken back; where the person is restricted, to all their cases.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
        KeptOut: they are the subject, or were kept out by somebody.
    """
    if until is not None and until < local_day(now):
        raise Mistyped("The last day of access has passed. Give one that is still to come: --until DATE")
    with deciding(store, reference, because=because, actor=actor, now=now) as work:
        who = somebody(work.tx, login)
        if work.lines_of(who.id, EXCLUDED):
            raise KeptOut(login, reference)
        to = _target(work.tx, work.row)
        ends = day_of(until)[1] if until else None
        work.enter("access_granted", who=login, until=until.isoformat() if until else None)
        put_on_list(work.tx, who.id, ALLOWED, because=work.because, by=actor.name, now=now, until=ends, **to)


def _target(tx: Transaction, row: Any) -> dict[str, int]:
    """Where a line goes that lets somebody in: the person, where all their cases are restricted by hand; else the case."""
    gate = tx.need("gate_of_person", person_id=row.person_id)
    return {"person_id": row.person_id} if gate.by_hand else {"case_id": row.id}


def revoke(store: Store, reference: str, login: str, *, because: str, actor: Actor, now: datetime) -> None:
    """Take back what let somebody in, a broken glass too.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    with deciding(store, reference, because=because, actor=actor, now=now) as work:
        who = somebody(work.tx, login)
        lines = work.lines_of(who.id, ALLOWED, GLASS)
        if not lines:
            raise Mistyped(
                f"{login} is not on the list of {reference}. Who is: pathways access why {reference}"
            )
        work.enter("access_revoked", who=login)
        work.end(lines)


def exclude(store: Store, reference: str, login: str, *, because: str, actor: Actor, now: datetime) -> None:
    """Keep somebody out of a case and of everything about its person, for good.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    with deciding(store, reference, because=because, actor=actor, now=now) as work:
        who = somebody(work.tx, login)
        if login == actor.name:
            raise Mistyped("Nobody keeps themselves out: ask somebody else who decides about this case.")
        keep_out(
            work.tx, work.row.person_id, [work.row.id], who, because=work.because, by=actor.name, role=role_of(actor), now=now,
        )  # fmt: skip


def keep_out(
    tx: Transaction,
    person_id: int,
    case_ids: Iterable[int],
    who: Any,
    *,
    because: str,
    by: str,
    role: str,
    now: datetime,
) -> bool:
    """Put a practitioner on the list of those kept out of a person and some of their cases; whether that was news."""
    cases, wanted = tx.all("cases_of_person", person_id=person_id, seen_by=ALL_SEEING), set(case_ids)
    news = False
    for case in (each for each in cases if each.id in wanted):
        fresh = {"case_id": case.id, "person_id": person_id}
        for each in lines_of(tx, case, who.id, (EXCLUDED,), now):
            fresh.pop("case_id" if each.case_id is not None else "person_id", None)
        if not fresh:
            continue
        draft = quiet_draft(tx, case.reference, seen_by=ALL_SEEING)
        note(tx, draft, "access_excluded", actor=by, role=role, now=now, who=who.login, because=because)
        for column, value in fresh.items():
            put_on_list(tx, who.id, EXCLUDED, because=because, by=by, now=now, **{column: value})
        news = True
    if news:
        settle(tx, person_id)
    return news
