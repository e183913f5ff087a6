"""Whether each session of supervision is as it was signed; and the sessions that a case's trail is marked with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from models.log_chain import chain_of
from models.supervision import DESTROYED, RECORDED, SIGNED, fingerprint_of
from models.supervision_ahead import day_of_looking
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways.trail import SUPERVISED


def faults(tx: Transaction) -> list[str]:
    """What of the sessions in the viewer's sight is not as it was signed, each as a sentence without its full stop."""
    found = []
    signatures: dict[int, list[Any]] = {}
    for each in tx.all("every_supervision_signature", today=day_of_looking(tx)):
        signatures.setdefault(each.supervision_id, []).append(each)
    for row in tx.all("supervisions", login="", today=day_of_looking(tx)):
        found += [
            f"session {row.id} of supervision {what}"
            for what in _faults_of(tx, row, signatures.get(row.id, []))
        ]
    return found


def _faults_of(tx: Transaction, row: Any, signatures: Iterable[Any]) -> list[str]:
    if row.destroyed_at is not None:
        return [] if _was_destroyed(tx, row) else ["is said to be destroyed, and no chain knows of it"]
    if row.body is None:
        return ["cannot be read, since its key is gone"]
    found = []
    if fingerprint_of(row._asdict(), row.body) != row.fingerprint:
        found.append("is not what was recorded")
    agreed = [
        [each.what, each.owner_id, each.due_on.isoformat()]
        for each in tx.all("actions_of_supervision", supervision_id=row.id, today=day_of_looking(tx))
    ]
    if agreed != row.body.get("agreed"):
        found.append("has other actions than were agreed")
    signed = list(signatures)
    if not signed:
        found.append("has lost the signature of whoever recorded it")
    for each in signed:
        if each.fingerprint != row.fingerprint:
            found.append(f"is not what {each.login} signed")
        elif not _stands_on_chain(tx, each):
            found.append(f"has a signature of {each.login} that their own chain does not know")
    return found


def _was_destroyed(tx: Transaction, row: Any) -> bool:
    """Whether the own chain of whoever destroyed a session has its certificate, and nothing of it is there any more."""
    if row.body is not None:
        return False
    if tx.viewer.clears != ALL_SEEING.clears and tx.viewer.id != row.destroyed_by:
        return True
    own = tx.all("own_entries", chain=chain_of(row.destroyed_by), action=DESTROYED)
    told = {"session": row.id, "certificate": row.certificate}
    return any(told.items() <= json.loads(each.body).items() for each in own if each.body is not None)


def _stands_on_chain(tx: Transaction, signature: Any) -> bool:
    """Whether the signer's own chain has the signature; another's chain is only read by who sees everything."""
    if tx.viewer.clears != ALL_SEEING.clears and tx.viewer.id != signature.practitioner_id:
        return True
    said = [
        json.loads(row.body)
        for action in (RECORDED, SIGNED)
        for row in tx.all("own_entries", chain=chain_of(signature.practitioner_id), action=action)
        if row.body is not None
    ]
    own = (signature.supervision_id, signature.capacity, signature.instead_of, signature.fingerprint)
    return any(tuple(map(each.get, ("session", "as", "for", "fingerprint"))) == own for each in said)


def marks_of(trail: Iterable[Any]) -> list[tuple[int, date]]:
    """The sessions in which a case was discussed: entry and day, from its trail."""
    return [
        (row.seq, date.fromisoformat(json.loads(row.body)["on"]))
        for row in trail
        if row.action == SUPERVISED and row.body is not None
    ]
