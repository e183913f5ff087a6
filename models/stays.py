"""A birth or death that is withdrawn where it was recorded, and stays on another case where work rests on it.

Whoever withdraws it may not see that other case, and is told nothing of it. Those who hold it are told once, by its own
reference alone, and look whether it still holds.
"""

from __future__ import annotations

from datetime import datetime

from models.case_owners import tell_owners
from models.transaction import Transaction
from models.viewer import ALL_SEEING


def tell_of_what_stays(tx: Transaction, reference: str, seq: int, now: datetime) -> None:
    """Tell those who hold a case that what an entry of it was told from elsewhere is no longer so there.

    Args:
        tx: the transaction that withdraws it, or found that it cannot.
        reference: the case on which it stays.
        seq: the number of the entry that told it.
        now: this moment, aware.
    """
    case = tx.need("case_by_reference", reference=reference, seen_by=ALL_SEEING)
    body = (
        f"Entry {seq} of {reference} was told from another case, and is withdrawn there. It stays here, since something was "
        f"recorded here after it. See whether it still holds: pathways chronology {reference}"
    )
    tell_owners(tx, case, "withdrawn_elsewhere", f"{reference}/{seq}", body, now=now)
