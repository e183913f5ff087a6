"""Births that were told out of reach and are not so: the nightly check withdraws them where it told them.

An undo reaches, in its own transaction, the cases that its actor's login reaches. What the nightly check told beyond these
(`models/births.py`) it takes back, in the words of the entry that withdrew the birth. Where somebody has recorded since
what rests on the birth, it stays: that is for people to undo first, and those who hold the case are told so.
"""

from __future__ import annotations

from datetime import datetime

from models.as_at import story
from models.births import BORN, TOLD
from models.change import Change
from models.stays import tell_of_what_stays
from models.store import Store
from models.transaction import Transaction
from models.undo import withdraw_told
from models.viewer import ALL_SEEING
from pathways.clocks import Rules
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.restating import Told, withdrawn
from pathways.roles import Role

BECAUSE = "The birth is withdrawn where it was recorded, and was told here from there."


def withdraw_out_of_reach(store: Store, rules: Rules, now: datetime) -> int:
    """Withdraw births told on cases that whoever withdrew them since could not reach; on how many.

    Each case in a transaction of its own; doing it again changes nothing.

    Args:
        store: the store, opened by a login that sees every case.
        rules: rule pack and calendar.
        now: the moment that is written.
    """
    with store.reading() as tx:
        waiting = [
            row.reference
            for row in tx.all("births_awaited")
            if BORN in row.facts and row.facts[BORN] != str(row.birth_date)
        ]
    done = 0
    while some := [each for each in waiting if _withdraw(store, rules, each, now)]:
        done += len(some)  # one may have been told from another
        waiting = [each for each in waiting if each not in some]
    return done


def _withdraw(store: Store, rules: Rules, reference: str, now: datetime) -> bool:
    with store.reading() as tx:
        found = _no_longer_so(tx, reference)
    if found is None:
        return False
    told, undo = found
    actor = Actor(undo.actor, frozenset({Role(undo.role)}))
    try:
        with store.writing() as tx:
            change = Change(tx, now, rules)
            withdraw_told(change, {reference: told.seq}, actor=actor, because=BECAUSE)
            change.write()
    except Mistyped:  # what a person recorded here rests on it
        with store.writing() as tx:
            tell_of_what_stays(tx, reference, told.seq, now)
        return False
    return True


def _no_longer_so(tx: Transaction, reference: str) -> tuple[Told, Told] | None:
    """The birth that was told on a case and is withdrawn where it comes from, and the entry there that withdrew it."""
    entries = _story(tx, reference)
    gone = withdrawn(entries)
    for told in entries:
        if told.action == TOLD and told.seq not in gone and told.comes_from:
            source, seq = told.comes_from
            there = _story(tx, source)
            undone = withdrawn(there).get(seq)
            if undone is not None:
                return told, there[undone - 1]
    return None


def _story(tx: Transaction, reference: str) -> list[Told]:
    case = tx.need("case_by_reference", reference=reference, seen_by=ALL_SEEING)
    return story(tx, reference, case.id, seen_by=ALL_SEEING)
