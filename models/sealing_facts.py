"""The facts that a case row repeats, where they lie open: sealed with the key of their case.

Versions before 0015 left them open, and on PostgreSQL what was destroyed could then still be read in old copies of the
row. An upgrade and a restore seal what is there; whatever is written since is sealed as it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.sealing_older import cases_waiting, seal_in_turn
from models.store import Store
from models.transaction import Transaction

AT_A_TIME = 1_000


def open_facts(store: Store) -> int:
    """On how many cases that this login sees facts lie open and are to be sealed; as `cases_waiting`."""
    return cases_waiting(store, "count_open_facts")


def seal_facts(store: Store) -> int:
    """Seal the facts that lie open; on how many cases.

    Raises:
        NotReady: the store's key is not to be found, or row security hides cases from this login.
    """
    return seal_in_turn(store, _seal_some)


def _seal_some(tx: Transaction, after: int) -> Sequence[Any]:
    rows = tx.all("open_facts", after=after, most=AT_A_TIME)
    tx.many(
        "seal_facts", [{"case_id": row.id, "reference": row.reference, "facts": row.facts} for row in rows]
    )
    return rows
