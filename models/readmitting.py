"""Ending an exclusion that was made by mistake: one person asks, another decides, and neither is the one kept out.

The one who decides is cleared for allegations, whatever the case: nobody else could know whether there is one about the
person kept out, and nobody else may learn it from a refusal here. While one is open the answer is no.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models import compiled
from models.access import Decision, KeptOut, NotTheirs, deciding, somebody
from models.access_lists import EXCLUDED, settle
from models.staff import are_one
from models.store import Store
from models.subjects import is_subject_of_open_case
from pathways.engine import Actor
from pathways.errors import Mistyped

READMIT = "end exclusion"


def ask(store: Store, reference: str, login: str, *, because: str, actor: Actor, now: datetime) -> None:
    """Ask for somebody to be no longer kept out of a case and of its person; somebody else decides.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    with deciding(store, reference, because=because, actor=actor, now=now) as work:
        _kept_out(work, login)
        if _asked(work, login) is not None:
            raise Mistyped(f"That is asked for already. Somebody else decides: {_decides(reference, login)}")
        work.enter("access_readmit_asked", who=login)
        work.ask(_kind(login), who=login)


def decide(
    store: Store, reference: str, login: str, *, agreed: bool, because: str, actor: Actor, now: datetime
) -> None:
    """Agree that somebody is no longer kept out, or decline; never by the one who asked.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
        KeptOut: they are the subject of an allegation that is open.
    """
    with deciding(store, reference, because=because, actor=actor, now=now, keepers=False) as work:
        if not any(actor.roles & {*roles} for roles in compiled.CLEARED.values()):
            raise NotTheirs("A designated officer decides this. Nothing was changed; ask one.")
        asked = _asked(work, login)
        if asked is None:
            raise Mistyped(
                f"Nobody has asked for it. To ask: pathways access readmit {reference} --who {login}"
            )
        if are_one(work.tx, asked.asked_by, actor.name):
            raise NotTheirs("Nobody decides what they asked for: two people end this. Ask another.")
        who, lines = _kept_out(work, login)
        if agreed and is_subject_of_open_case(work.tx, who):
            raise KeptOut(login, reference)
        work.answer(asked, agreed=agreed)
        action = "access_readmitted" if agreed else "access_readmit_declined"
        work.enter(action, who=login, asked_by=asked.asked_by)
        if agreed:
            work.end(lines)
            settle(work.tx, work.row.person_id)


def _kind(login: str) -> str:
    return f"{READMIT}: {login}"


def _asked(work: Decision, login: str) -> Any:
    return work.tx.one("waiting_proposal", target=work.row.reference, kind=_kind(login))


def _kept_out(work: Decision, login: str) -> tuple[Any, list[Any]]:
    who = somebody(work.tx, login)
    lines = work.lines_of(who.id, EXCLUDED)
    if not lines:
        raise Mistyped(f"{login} is not kept out of {work.row.reference}. Nothing was changed.")
    return who, lines


def _decides(reference: str, login: str) -> str:
    return f"pathways access agree {reference} --who {login} --because TEXT"
