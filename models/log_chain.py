"""Chains of people's own: what somebody did that belongs to no one case. Searches, exports, prints, refusals to open.

The chain of practitioner 12 is `~12`; `~0` is that of everybody whom the staff register does not know. Their entries
are like those of cases, under the same guards, roots and proofs; no case stands behind them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import pbkdf2_hmac
from os import urandom
from typing import Any

from models.driver_faults import AlreadyWritten
from models.store import Store
from models.transaction import Transaction
from models.wire import instant_text, json_text
from pathways import trail

STATE = "log"
MARK = "~"
ROUNDS = 10_000
"""Of the stretching of a search's terms: names and dates of birth are few enough to be tried one after the other."""
TRIES = 5


def chain_of(practitioner: int) -> str:
    """The reference of a practitioner's own chain."""
    return f"{MARK}{practitioner}"


def note(store: Store, login: str, role: str, action: str, payload: Mapping[str, Any], now: datetime) -> str:
    """Write one entry on the chain of whoever is at the keyboard (`store.viewer`), in a transaction of its own.

    Args:
        store: the store; its viewer says whose chain.
        login: who the operating system says they are.
        role: in which capacity; empty where the store does not know them.
        action: what they did, as `search`.
        payload: what more there is to it; enters the chain as a salted commitment.
        now: the moment.

    Returns:
        The line that proves the write: entry and code.
    """
    for last_try in (*[False] * TRIES, True):
        try:
            with store.writing(service=True) as tx:
                return _written(tx, chain_of(store.viewer.id), login, role, action, payload, now)
        except AlreadyWritten:
            # The same person in two windows at once, on PostgreSQL: whoever came second follows the first.
            if last_try:
                raise
    raise AssertionError("the last try returns or raises")


def note_in(
    tx: Transaction, login: str, role: str, action: str, payload: Mapping[str, Any], now: datetime
) -> str:
    """As `note`, with whatever else the transaction does: both are written, or neither is."""
    return _written(tx, chain_of(tx.viewer.id), login, role, action, payload, now)


def _written(
    tx: Transaction, chain: str, login: str, role: str, action: str, payload: Mapping[str, Any], now: datetime
) -> str:
    last = tx.one("last_entry", reference=chain)
    seq, prev = (last.seq + 1, bytes(last.hash)) if last else (1, trail.genesis(chain))
    body, salt = json_text({"facts": {}, **payload}), urandom(trail.SALT_BYTES)
    committed, at = trail.commitment(salt, body), instant_text(now)
    before = STATE if last else ""
    made = trail.entry_hash(
        prev, chain, seq, at, at, login, role, action, before, STATE, "", "witnessed", None, None, committed
    )
    tx.run(
        "add_trail", case_ref=chain, seq=seq, at=now, effective_at=now, actor=login, role=role, action=action,
        from_state=before, to_state=STATE, rule="", basis="witnessed", voids=None, key=None, commitment=committed,
        prev=prev, hash=made, format=trail.FORMAT,
    )  # fmt: skip
    tx.run("add_payload", case_ref=chain, seq=seq, salt=salt, body=body)
    return f"saved - entry {seq} - {made.hex()[:8]}"


def sealed_terms(terms: str) -> dict[str, str]:
    """What is kept of a search's terms: a commitment that whoever knows them can check, and nobody can read back."""
    salt = urandom(trail.SALT_BYTES)
    return {"salt": salt.hex(), "terms": _stretched(terms, salt).hex()}


def are_terms(kept: Mapping[str, str], terms: str) -> bool:
    """Whether a search that was kept had these terms."""
    return _stretched(terms, bytes.fromhex(kept["salt"])).hex() == kept["terms"]


def _stretched(terms: str, salt: bytes) -> bytes:
    return pbkdf2_hmac("sha256", " ".join(terms.split()).casefold().encode(), salt, ROUNDS)
