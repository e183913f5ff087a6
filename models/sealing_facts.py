"""The facts that a case row repeats, where they lie open: sealed with the key of their case.

Versions before 0015 left them open, and on PostgreSQL what was destroyed could then still be read in old copies of the
row. An upgrade and a restore seal what is there; whatever is written since is sealed as it is written.
"""

from __future__ import annotations

from models.keys import NOTE
from models.store import Store
from pathways.errors import NotReady

AT_A_TIME = 1_000
"""Rows to a transaction, so that nobody waits long and one that is cut off goes on from there."""


def open_facts(store: Store) -> int:
    """On how many cases that this login sees facts lie open and are to be sealed; none where nothing is sealed.

    The store may have been opened unchecked, as an older one has to be.
    """
    with store.reading() as tx:
        if not store.sealed and NOTE not in {row.name for row in tx.all("settings")}:
            return 0
        return int(tx.need("count_open_facts").cases)


def seal_facts(store: Store) -> int:
    """Seal the facts that lie open; on how many cases.

    Raises:
        NotReady: the store's key is not to be found, or row security hides cases from this login.
    """
    if not store.sealed:
        return 0
    refuse_held_login(store)
    done = last = 0
    while True:
        with store.writing(service=True) as tx:
            rows = tx.all("open_facts", after=last, most=AT_A_TIME)
            if not rows:
                return done
            tx.many(
                "seal_facts",
                [{"case_id": row.id, "reference": row.reference, "facts": row.facts} for row in rows],
            )
        done, last = done + len(rows), rows[-1].id


def refuse_held_login(store: Store) -> None:
    """Refuse a login from which row security hides cases: it would leave some as they are.

    Raises:
        NotReady: always for such a login.
    """
    if store.dialect == "sqlite":
        return
    (held,) = store.connection.execute("SELECT row_security_active('pathway_case')").fetchone()
    if held:
        raise NotReady(
            "The tables are those of this version. What cases hold may still have to be sealed, and this login does not see every "
            "case: repeat it with a login that is in pathways_service too: pathways db upgrade"
        )
