"""Pages and documents that lie under the key of their case's entries: sealed anew, each page with a key of its own.

Versions before 0023 had one key for a case, so that a page which was destroyed before its file could be read in old copies
for as long as the file was kept. An upgrade and a restore give what is there its keys; backups of before stay as they are.
"""

from __future__ import annotations

from models.keys import NOTE
from models.sealing_facts import refuse_held_login
from models.store import Store
from models.transaction import Transaction

AT_A_TIME = 100
"""Cases to a transaction, so that nobody waits long and one that is cut off goes on from there."""


def without_page_keys(store: Store) -> int:
    """On how many cases that this login sees pages have no keys of their own; none where nothing is sealed.

    The store may have been opened unchecked, as an older one has to be.
    """
    with store.reading() as tx:
        if not store.sealed and NOTE not in {row.name for row in tx.all("settings")}:
            return 0
        return int(tx.need("count_without_page_keys").cases)


def seal_pages(store: Store) -> int:
    """Give pages keys of their own wherever they have none; on how many cases.

    Raises:
        NotReady: the store's key is not to be found, or row security hides cases from this login.
    """
    if not store.sealed:
        return 0
    refuse_held_login(store)
    done = last = 0
    while True:
        with store.writing(service=True) as tx:
            cases = tx.all("cases_without_page_keys", after=last, most=AT_A_TIME)
            for case in cases:
                _seal(tx, case.id, case.reference)
        if not cases:
            return done
        done, last = done + len(cases), cases[-1].id


def _seal(tx: Transaction, case_id: int, reference: str) -> None:
    assert tx.sealer is not None, "the store is sealed"
    pages = tx.all("pages_to_seal", case_id=case_id)
    tx.sealer.plant(reference)
    its = {"case_id": case_id, "case_ref": reference}
    tx.many("seal_page", [{**its, "page": row.page, "body": row.body} for row in pages if row.body])
    for row in tx.all(
        "documents_to_seal", case_id=case_id
    ):  # one at a time: a document may be some megabytes
        content = tx.need("document_content", document_id=row.id).content
        if content:
            tx.run("seal_document", document_id=row.id, page=row.page, content=content, case_ref=reference)
