"""Ending an exclusion that was made by mistake: one person asks, another decides, and neither is the one kept out.

The one who decides is cleared for allegations, whatever the case: nobody else could know whether there is one about the
person kept out, and nobody else may learn it from a refusal here. While one is open the answer is no.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models import compiled
from models.access import (
    EXCLUDED,
    KeptOut,
    NotTheirs,
    lines_of,
    must_keep,
    note,
    quiet_draft,
    reason,
    role_of,
    seen_case,
    settle,
    somebody,
)
from models.anchors import writing
from models.staff import are_one, is_subject_of_open_case
from models.store import Store
from models.transaction import Transaction
from pathways.engine import Actor
from pathways.errors import Mistyped

READMIT = "end exclusion"


def ask(store: Store, reference: str, login: str, *, because: str, actor: Actor, now: datetime) -> None:
    """Ask for somebody to be no longer kept out of a case and of its person; somebody else decides.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    said = reason(because)
    with writing(store, now) as tx:
        row = seen_case(tx, reference)
        must_keep(actor, row)
        _kept_out(tx, row, login, now)
        if _asked(tx, reference, login) is not None:
            raise Mistyped(f"That is asked for already. Somebody else decides: {_decides(reference, login)}")
        note(
            tx, quiet_draft(tx, reference), "access_readmit_asked", actor=actor.name, role=role_of(actor), now=now,
            who=login, because=said,
        )  # fmt: skip
        tx.run(
            "add_proposal", kind=_kind(login), target=reference, details={"who": login}, because=said,
            asked_by=actor.name, asked_at=now, verdict="waiting", decided_by=None, decided_at=None, decided_because=None,
        )  # fmt: skip


def decide(
    store: Store, reference: str, login: str, *, agreed: bool, because: str, actor: Actor, now: datetime
) -> None:
    """Agree that somebody is no longer kept out, or decline; never by the one who asked.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
        KeptOut: they are the subject of an allegation that is open.
    """
    said = reason(because)
    with writing(store, now) as tx:
        row = seen_case(tx, reference)
        if not any(actor.roles & {*roles} for roles in compiled.CLEARED.values()):
            raise NotTheirs("A designated officer decides this. Nothing was changed; ask one.")
        asked = _asked(tx, reference, login)
        if asked is None:
            raise Mistyped(
                f"Nobody has asked for it. To ask: pathways access readmit {reference} --who {login}"
            )
        if are_one(tx, asked.asked_by, actor.name):
            raise NotTheirs("Nobody decides what they asked for: two people end this. Ask another.")
        who, lines = _kept_out(tx, row, login, now)
        if agreed and is_subject_of_open_case(tx, who):
            raise KeptOut(login, reference)
        tx.run(
            "decide_proposal", proposal_id=asked.id, verdict="agreed" if agreed else "declined", decided_by=actor.name,
            decided_at=now, decided_because=said,
        )  # fmt: skip
        note(
            tx, quiet_draft(tx, reference), "access_readmitted" if agreed else "access_readmit_declined",
            actor=actor.name, role=role_of(actor), now=now, who=login, because=said, asked_by=asked.asked_by,
        )  # fmt: skip
        if agreed:
            for each in lines:
                tx.run("end_access", access_id=each.id, ended_at=now, ended_by=actor.name)
            settle(tx, row.person_id)


def _kind(login: str) -> str:
    return f"{READMIT}: {login}"


def _asked(tx: Transaction, reference: str, login: str) -> Any:
    return tx.one("waiting_proposal", target=reference, kind=_kind(login))


def _kept_out(tx: Transaction, row: Any, login: str, now: datetime) -> tuple[Any, list[Any]]:
    who = somebody(tx, login)
    lines = lines_of(tx, row, who.id, (EXCLUDED,), now)
    if not lines:
        raise Mistyped(f"{login} is not kept out of {row.reference}. Nothing was changed.")
    return who, lines


def _decides(reference: str, login: str) -> str:
    return f"pathways access agree {reference} --who {login} --because TEXT"
