"""What is written of a case is sealed with a key of its own; deleting that key is destroying what was written.

A database keeps deleted text in its pages, its log and its backups. So in a store of real cases the payloads of the
trail and the records lie sealed (AES-256-GCM), each case under a key of 32 random bytes, which itself lies in the
table `case_key`, sealed with the store's wrapping key. The commitments on the trail are over the plain text.

Statements seal and open on their own: a column of the type `SealedText` or `SealedJson` is sealed on its way in,
under the reference that the row gives as `case_ref` or, being a case's own, as `reference`, and opened on its way out.
What was sealed says under which reference; where there is no such key any more, nothing (None) comes out. A value with
nothing in it lies open: there is nothing to destroy, and the facts of a destroyed case have no key.
"""

from __future__ import annotations

from base64 import b64encode
from binascii import a2b_base64
from collections.abc import Iterable, Mapping, Sequence
from os import urandom
from typing import TYPE_CHECKING, Any, ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.clock import now
from models.keys import keys_in
from models.store import Transaction
from models.wire import json_text
from pathways.errors import NOT_PROVEN, NotReady, PathwayError

if TYPE_CHECKING:
    from models.keys import Keys
    from models.store import Store

MARK = "~1."
"""How a sealed text begins; a payload and a record begin with a brace."""

KEY_BYTES, NONCE_BYTES = 32, 12
MOST_KEYS = 1_000
"""Keys of cases that one transaction remembers at once, however many cases it goes through."""
KEYS_AT_ONCE = 500
"""Rows whose keys are looked up by one statement."""


class Destroyed(PathwayError):
    """The case's content was destroyed; nothing is added to it. One argument: the reference."""

    def __str__(self) -> str:
        return (
            f"What was kept of {self.args[0]} was destroyed at the end of its keeping, so nothing can be added. "
            "Nothing was saved."
        )


class Unsealed(PathwayError):
    """Something sealed does not open with its own key, or that key is gone. One argument: the reference."""

    code: ClassVar[int] = NOT_PROVEN

    def __str__(self) -> str:
        return (
            f"Something in {self.args[0]} was changed after it was sealed and cannot be read. Nothing was saved. "
            "Stop, and run: pathways audit verify"
        )


class Sealer:
    """Seals and opens within one transaction. A key that the transaction makes goes when it is taken back."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keys: dict[str, AESGCM | None] = {}
        self._made: dict[str, tuple[AESGCM, dict[str, Any]]] = {}
        self._at_hand: Any = None

    def sealed(self, columns: Sequence[str], row: Mapping[str, Any]) -> dict[str, Any]:
        """The row with these columns sealed under its own reference.

        A key that is made for it is written by `lay_keys`, after the row: PostgreSQL takes the key of a case from
        nobody who does not see that case.

        Raises:
            Destroyed: its key was deleted, lawfully.
            Unsealed: its key is gone, and nothing says that it was destroyed.
        """
        filled = [column for column in columns if row[column]]
        if not filled:
            return dict(row)
        reference = _reference_of(row)
        key = self._key(reference) or self._make(reference)
        return {**row, **{column: seal(key, reference, row[column]) for column in filled}}

    def every_sealed(self, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """As `sealed`, for many rows, whose keys are looked up some hundreds at once."""
        made: list[dict[str, Any]] = []
        for first in range(0, len(rows), KEYS_AT_ONCE):
            some = rows[first : first + KEYS_AT_ONCE]
            self._fetch(_reference_of(row) for row in some)
            made += [self.sealed(columns, row) for row in some]
        return made

    def lay_keys(self) -> None:
        """Write the keys that were made since this was last asked."""
        if self._made:
            self._tx().many("add_case_key", [row for _, row in self._made.values()])
            self._keys |= {reference: key for reference, (key, _) in self._made.items()}
            self._made.clear()

    def ready(self, values: Iterable[str | None]) -> None:
        """Look up, all at once, the keys that these values were sealed with; opening them asks for none by itself."""
        marked = (each for each in values if each is not None and each.startswith(MARK))
        self._fetch(each[len(MARK) :].partition(".")[0] for each in marked)

    def at_hand(self, row: Any) -> None:
        """Take the row of a case's key (None: it has none) from whoever goes through all of them in order; it is not asked for then."""
        self._at_hand = row

    def opened(self, value: str | None) -> str | None:
        """The plain text of a value; None where its key is gone.

        Raises:
            Unsealed: it is not what was sealed.
            NotReady: the store's key is not to be found.
        """
        if value is None or not value.startswith(MARK):
            return value
        ends = value.find(".", len(MARK))
        if ends < 0:
            raise Unsealed(value[len(MARK) :])
        reference = value[len(MARK) : ends]
        key = self._keys.get(reference) or self._key(reference)
        if key is None:
            return None
        try:
            whole = a2b_base64(value[ends + 1 :], strict_mode=True)
            return key.decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], reference.encode()).decode()
        except (InvalidTag, ValueError):
            raise Unsealed(reference) from None

    def _tx(self) -> Transaction:
        return Transaction(self._store.connection, self._store.dialect)

    def _masters(self, tx: Transaction) -> list[Keys]:
        return keys_in(self._store, tx)

    def _key(self, reference: str) -> AESGCM | None:
        if reference in self._made:
            return self._made[reference][0]
        if reference not in self._keys:
            tx, row = self._tx(), self._at_hand
            if row is None or row.case_ref != reference:
                row = tx.one("case_key_of", case_ref=reference)
            if len(self._keys) >= MOST_KEYS:
                self._keys.clear()
            self._keys[reference] = AESGCM(unwrapped(row, self._masters(tx))) if row else None
        return self._keys[reference]

    def _fetch(self, references: Iterable[str]) -> None:
        wanted = {each for each in references if each not in self._keys and each not in self._made}
        if len(wanted) < 2:
            return
        if len(self._keys) + len(wanted) > MOST_KEYS:
            self._keys.clear()
        tx = self._tx()
        rows = tx.all("case_keys_of", references=json_text(sorted(wanted)))
        masters = self._masters(tx) if rows else []
        self._keys |= dict.fromkeys(wanted)
        self._keys |= {row.case_ref: AESGCM(unwrapped(row, masters)) for row in rows}

    def _make(self, reference: str) -> AESGCM:
        tx = self._tx()
        before = tx.need("before_a_key", case_ref=reference)
        if before.destroyed:
            raise Destroyed(reference)
        if before.sealed:
            raise Unsealed(reference)
        key = urandom(KEY_BYTES)
        made = AESGCM(key)
        self._made[reference] = made, {"made_at": now(), **wrapped(reference, key, self._masters(tx)[0])}
        return made


def _reference_of(row: Mapping[str, Any]) -> str:
    return str(row["case_ref"] if "case_ref" in row else row["reference"])


def seal(key: AESGCM, reference: str, value: Any) -> str:
    """A text, or a value as JSON, sealed under a reference."""
    text = value if isinstance(value, str) else json_text(value)
    nonce = urandom(NONCE_BYTES)
    whole = nonce + key.encrypt(nonce, text.encode(), reference.encode())
    return f"{MARK}{reference}.{b64encode(whole).decode()}"


def wrapped(reference: str, key: bytes, keys: Keys) -> dict[str, Any]:
    """A case's key as it lies in the store: sealed with the wrapping key of a master, which it names."""
    nonce = urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(keys.wrapping).encrypt(nonce, key, reference.encode())
    return {"case_ref": reference, "store_key": keys.name, "sealed": sealed}


def unwrapped(row: Any, masters: Sequence[Keys]) -> bytes:
    """A case's key, from its row.

    Raises:
        NotReady: the master that it was sealed with is not to be found.
        Unsealed: it is not what was sealed.
    """
    for keys in masters:
        if keys.name == row.store_key:
            sealed = bytes(row.sealed)
            try:
                return AESGCM(keys.wrapping).decrypt(
                    sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], row.case_ref.encode()
                )
            except InvalidTag:
                raise Unsealed(row.case_ref) from None
    raise NotReady(
        "The key that this case was sealed with is not to be found. Nothing was saved; see where it should be: "
        "pathways db key show-source"
    )


def rewrap(tx: Transaction, masters: Sequence[Keys], onto: Keys) -> int:
    """Seal every case's key with another master's wrapping key; how many were."""
    rows = [row for row in tx.all("every_case_key") if row.store_key != onto.name]
    made = [wrapped(row.case_ref, unwrapped(row, masters), onto) for row in rows]
    tx.many("rewrap_case_key", [{**each, "reference": each["case_ref"]} for each in made])
    return len(made)
