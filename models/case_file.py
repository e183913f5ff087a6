"""A case's entries with their proof, as one file for a court or an inspector: JSON, one object a line.

`pathways/standalone_verifier.py` reads it and knows nothing else of us. Lines: `export` (what this is), `entry` for
each entry in order with the content that may be seen, `checkpoint`, `proof` (the path from this case to the root),
`end`. Content that was destroyed is null; its commitment stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from models.anchors import Checkpoint, as_checkpoint, make
from models.store import Store
from models.transaction import Transaction
from models.tree import Chain
from models.wire import instant_text
from pathways import trail
from pathways.errors import NotReady
from pathways.merkle import inclusion_proof, root

COLUMNS = ("actor", "role", "action", "from_state", "to_state", "rule", "basis", "voids", "key", "format")
TRIES = 5


def lines(store: Store, reference: str, now: datetime) -> list[str]:
    """The file of a case that the store's viewer may see; a checkpoint that covers all of it is made first.

    Raises:
        NotReady: this login cannot make a checkpoint, or people write so much that none covers the case as it stands.
    """
    for _ in range(TRIES):
        make(store, now)
        with store.reading() as tx:
            checkpoint = as_checkpoint(tx.need("last_checkpoint"))
            entries = tx.all("trail_of_case", reference=reference)
            proof = _proof(tx, checkpoint, reference, entries[-1].seq)
        if proof is not None:
            return list(_lines(reference, entries, checkpoint, proof, now))
    raise NotReady(
        "Others are writing just now, so no checkpoint covers the case as it stands. Try again in a moment."
    )


def _proof(tx: Transaction, checkpoint: Checkpoint, reference: str, entries: int) -> dict[str, Any] | None:
    """The path from the case to the checkpoint's root; None where something was written since it was made."""
    covered = [each for each in map(Chain._make, tx.plain("every_chain")) if each.covered]
    covered.sort(key=lambda each: -1 if each.place is None else each.place)
    leaves = [each.covered_leaf for each in covered]
    index = next((place for place, each in enumerate(covered) if each.case_ref == reference), None)
    if index is None or covered[index].covered != entries or root(leaves) != checkpoint.anchor.root:
        return None
    path = [each.hex() for each in inclusion_proof(leaves, index)]
    return {"index": index, "size": len(leaves), "path": path}


def _lines(
    reference: str, entries: list[Any], checkpoint: Checkpoint, proof: dict[str, Any], now: datetime
) -> Iterator[str]:
    lodged = checkpoint.lodged
    yield _line("export", format=trail.FORMAT, case_ref=reference, made_at=instant_text(now))
    for row in entries:
        yield _line("entry", **as_line(row))
    yield _line(
        "checkpoint",
        text=lodged.anchor.text,
        signed_by=lodged.signed_by,
        signature=lodged.signature.hex(),
    )
    yield _line("proof", **proof)
    yield _line("end", entries=len(entries))


def as_line(row: Any) -> dict[str, Any]:
    """An entry as the file has it: every column of its hash, the hash, and the content with its salt."""
    there = row.body is not None
    return {
        "case_ref": row.case_ref,
        "seq": row.seq,
        "at": instant_text(row.at),
        "effective_at": instant_text(row.effective_at),
        **{each: getattr(row, each) for each in COLUMNS},
        "commitment": bytes(row.commitment).hex(),
        "prev": bytes(row.prev).hex(),
        "hash": bytes(row.hash).hex(),
        "salt": bytes(row.salt).hex() if there else None,
        "body": row.body if there else None,
    }


def _line(kind: str, **values: Any) -> str:
    return json.dumps({"kind": kind, **values}, ensure_ascii=False)
