"""Restricting a case, or all about a person, to those who are named; and lifting that, which takes two people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models import compiled
from models.access import KeptOut, NotTheirs, deciding, somebody
from models.access_lists import ALLOWED, EXCLUDED, put_on_list, runs_in, settle
from models.draft import Draft
from models.staff import are_one
from models.store import Store
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways.engine import Actor
from pathways.errors import Mistyped

LIFT = "lift restriction"


def seen_alike(tx: Transaction, draft: Draft, person_id: int, now: datetime) -> None:
    """Somebody new, whose record is made from a guarded case, is seen by the same people as that, and by nobody else."""
    of = {"case_id": draft.case_id, "person_id": draft.person_id}
    kept = ("because", "by_login")
    for row in tx.all("access_lists", **of):
        if runs_in(row, now, now):
            put_on_list(
                tx, row.practitioner_id, row.kind, person_id=person_id, because=row.because, by=row.by_login, now=now, until=row.until_at,
            )  # fmt: skip
    standing = [row for row in tx.all("restrictions_of", **of) if row.lifted_at is None]
    for row in standing[:1]:
        tx.run(
            "add_restriction", case_id=None, person_id=person_id, **{each: getattr(row, each) for each in kept}, from_at=now,
            lifted_at=None, lifted_by=None, lifted_second=None,
        )  # fmt: skip
    settle(tx, person_id)


def restrict(
    store: Store,
    reference: str,
    *,
    whole_person: bool,
    let_in: Sequence[str],
    because: str,
    actor: Actor,
    now: datetime,
) -> tuple[str, ...]:
    """Make a case, or everything about its person, seen only by the named: the actor and those let in. Their logins.

    A person's restriction covers every case of theirs, those opened later too.

    Raises:
        NoSuchCase, NotTheirs, Mistyped, KeptOut: nothing was changed.
    """
    with deciding(store, reference, because=because, actor=actor, now=now) as work:
        tx, row, said = work.tx, work.row, work.because
        target = (
            {"case_id": None, "person_id": row.person_id}
            if whole_person
            else {"case_id": row.id, "person_id": None}
        )
        standing = [each for each in tx.all("restrictions_of", **target) if each.lifted_at is None]
        if standing or (row.pathway in compiled.CLEARED and not whole_person):
            raise Mistyped(f"{reference} is restricted already. Who sees it: pathways access why {reference}")
        named = tuple(dict.fromkeys((actor.name, *let_in)))
        for login in named:
            who = somebody(tx, login)
            if work.lines_of(who.id, EXCLUDED):
                raise KeptOut(login, reference)
            to = {key: value for key, value in target.items() if value is not None}
            put_on_list(tx, who.id, ALLOWED, because=said, by=actor.name, now=now, **to)
        for each in _covered(tx, row, whole_person):
            work.enter_on(each, "access_restricted", person=whole_person, named=list(named))
        tx.run(
            "add_restriction", **target, because=said, by_login=actor.name, from_at=now, lifted_at=None, lifted_by=None,
            lifted_second=None,
        )  # fmt: skip
        settle(tx, row.person_id)
    return named


def _covered(tx: Transaction, row: Any, whole_person: bool) -> list[str]:
    if not whole_person:
        return [row.reference]
    return [each.reference for each in tx.all("cases_of_person", person_id=row.person_id, seen_by=ALL_SEEING)]


def ask_to_lift(store: Store, reference: str, *, because: str, actor: Actor, now: datetime) -> None:
    """Ask for a restriction to be lifted; somebody else decides.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    with deciding(store, reference, because=because, actor=actor, now=now) as work:
        if not _standing(work.tx, work.row):
            raise Mistyped(_not_by_hand(work.row))
        if work.tx.one("waiting_proposal", target=reference, kind=LIFT) is not None:
            raise Mistyped(
                f"Lifting is asked for already. Somebody else decides: pathways access agree {reference}"
            )
        work.enter("access_lift_asked")
        work.ask(LIFT)


def _standing(tx: Transaction, row: Any) -> list[Any]:
    found = tx.all("restrictions_of", case_id=row.id, person_id=row.person_id)
    return [each for each in found if each.lifted_at is None]


def _not_by_hand(row: Any) -> str:
    if row.pathway in compiled.CLEARED:
        return "Every case of this pathway is restricted, and that is not lifted."
    return f"{row.reference} is not restricted."


def decide_lift(
    store: Store, reference: str, *, agreed: bool, because: str, actor: Actor, now: datetime
) -> None:
    """Agree that a restriction is lifted, or decline; never by the one who asked.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    with deciding(store, reference, because=because, actor=actor, now=now) as work:
        tx, row = work.tx, work.row
        asked = tx.one("waiting_proposal", target=reference, kind=LIFT)
        if asked is None:
            raise Mistyped(f"Nobody has asked to lift it. To ask: pathways access lift {reference}")
        if are_one(tx, asked.asked_by, actor.name):
            raise NotTheirs("Nobody decides what they asked for: two people lift a restriction. Ask another.")
        work.answer(asked, agreed=agreed)
        standing = _standing(tx, row)
        whole = any(each.person_id is not None for each in standing)
        action = "access_lifted" if agreed else "access_lift_declined"
        for each in _covered(tx, row, whole and agreed):
            work.enter_on(each, action, asked_by=asked.asked_by)
        if agreed:
            for each in standing:
                tx.run(
                    "lift_restriction", restriction_id=each.id, lifted_at=now, lifted_by=asked.asked_by,
                    lifted_second=actor.name,
                )  # fmt: skip
            settle(tx, row.person_id)
