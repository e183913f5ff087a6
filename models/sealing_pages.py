"""Pages and documents that lie under the key of their case's entries: sealed anew, each page with a key of its own.

Versions before 0023 had one key for a case, so that a page which was destroyed before its file could be read in old copies
for as long as the file was kept. An upgrade and a restore give what is there its keys; backups of before stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.sealing_older import cases_waiting, seal_in_turn
from models.store import Store
from models.transaction import Transaction

AT_A_TIME = 100


def without_page_keys(store: Store) -> int:
    """On how many cases that this login sees pages have no keys of their own; as `cases_waiting`."""
    return cases_waiting(store, "count_without_page_keys")


def seal_pages(store: Store) -> int:
    """Give pages keys of their own wherever they have none; on how many cases.

    Raises:
        NotReady: the store's key is not to be found, or row security hides cases from this login.
    """
    return seal_in_turn(store, _seal_some)


def _seal_some(tx: Transaction, after: int) -> Sequence[Any]:
    cases = tx.all("cases_without_page_keys", after=after, most=AT_A_TIME)
    for case in cases:
        _seal(tx, case.id, case.reference)
    return cases


def _seal(tx: Transaction, case_id: int, reference: str) -> None:
    assert tx.sealer is not None, "the store is sealed"
    pages = tx.all("pages_to_seal", case_id=case_id)
    tx.sealer.plant(reference)
    its = {"case_id": case_id, "case_ref": reference}
    tx.many("seal_page", [{**its, "page": row.page, "body": row.body} for row in pages if row.body])
    for row in tx.all("documents_to_seal", case_id=case_id):
        # One at a time: a document may be some megabytes.
        content = tx.need("document_content", document_id=row.id).content
        if content:
            tx.run("seal_document", document_id=row.id, page=row.page, content=content, case_ref=reference)
