"""What older versions left open, or under fewer keys: counted, and sealed a little at a time by an upgrade or a restore."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from models.keys import NOTE
from models.store import Store
from models.transaction import Transaction
from pathways.errors import NotReady


def cases_waiting(store: Store, question: str) -> int:
    """On how many cases that this login sees there is something to be sealed; none where nothing is sealed.

    The store may have been opened unchecked, as an older one has to be.

    Args:
        store: the store.
        question: the statement that counts them.
    """
    with store.reading() as tx:
        if not store.sealed and NOTE not in {row.name for row in tx.all("settings")}:
            return 0
        return int(tx.need(question).cases)


def seal_in_turn(store: Store, seal_some: Callable[[Transaction, int], Sequence[Any]]) -> int:
    """Seal some cases to a transaction, so that nobody waits long and one that is cut off goes on from there; how many.

    Args:
        store: the store; where it is not sealed nothing is done.
        seal_some: seals the next few cases after that key, and gives them.

    Raises:
        NotReady: the store's key is not to be found, or row security hides cases from this login.
    """
    if not store.sealed:
        return 0
    _refuse_held_login(store)
    done = last = 0
    while True:
        with store.writing(service=True) as tx:
            cases = seal_some(tx, last)
        if not cases:
            return done
        done, last = done + len(cases), cases[-1].id


def _refuse_held_login(store: Store) -> None:
    """Refuse a login from which row security hides cases: it would leave some as they are."""
    if store.dialect == "sqlite":
        return
    (held,) = store.connection.execute("SELECT row_security_active('pathway_case')").fetchone()
    if held:
        raise NotReady(
            "The tables are those of this version. What cases hold may still have to be sealed, and this login does not see every "
            "case: repeat it with a login that is in pathways_service too: pathways db upgrade"
        )
