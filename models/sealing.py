"""What is written of a case is sealed with a key of its own; deleting that key is destroying what was written.

A database keeps deleted text in its pages, its log and its backups. So in a store of real cases the payloads of the
trail and the records lie sealed (AES-256-GCM), each case under keys of its own: one for its entries and facts, and one
for each page of its file and its document, since a page may have to go before its file (`models/page_keys.py`). They lie
together in one row of the table `case_key`, sealed with the store's wrapping key. The commitments on the trail are over
the plain text.

Statements seal and open on their own: a column of the type `SealedText` or `SealedJson` is sealed on its way in,
under the reference that the row gives as `case_ref` or, being a case's own, as `reference`, with the key of the page where
the row gives a `page`, and opened on its way out. What was sealed says under which reference, and of which page; where
there is no such key any more, nothing (None) comes out. A value with
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
from models.page_keys import CaseKeys
from models.transaction import Transaction
from models.wire import json_text
from pathways.errors import NOT_PROVEN, NotReady, PathwayError

if TYPE_CHECKING:
    from models.keys import Keys
    from models.store import Store

MARK = "~1."
"""How a sealed text begins; a payload and a record begin with a brace."""

PAGE = "~p"
"""What stands between the reference and the page, in hexadecimal digits, where something is a page's."""

NONCE_BYTES = 12
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

    def __init__(self, store: Store, within: Transaction | None = None) -> None:
        """For one transaction.

        Args:
            store: the store.
            within: the transaction that keys are looked up by, where it has to know what was looked at.
        """
        self._store = store
        self._within = within
        self._keys: dict[str, CaseKeys | None] = {}
        self._made: dict[str, tuple[CaseKeys, dict[str, Any]]] = {}
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
        keys = self._key(reference) or self._make(reference)
        key = keys.whole
        if "page" in row and keys.branches:
            own = keys.of_page(row["page"])
            if own is None:
                raise Destroyed(f"page {row['page']} of {reference}")
            key, reference = own, f"{reference}{PAGE}{row['page']:x}"
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
        self._fetch(each[len(MARK) :].partition(".")[0].partition(PAGE)[0] for each in marked)

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
        case_ref, _, page = reference.partition(PAGE)
        keys = self._keys.get(case_ref) or self._key(case_ref)
        if keys is None:
            return None
        try:
            key = keys.of_page(int(page, 16)) if page else keys.whole
            if key is None:
                return None
            whole = a2b_base64(value[ends + 1 :], strict_mode=True)
            return key.decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], reference.encode()).decode()
        except (InvalidTag, ValueError):
            raise Unsealed(case_ref) from None

    def plant(self, reference: str) -> None:
        """Give the pages of a case begun before version 0023 keys of their own; what is sealed from here on is under them."""
        keys = self._key(reference)
        if keys is not None and not keys.branches:
            self._put(reference, CaseKeys.fresh(keys.content))

    def destroy_pages(self, reference: str, pages: Iterable[int]) -> None:
        """Destroy the keys of pages, so that nothing opens them any more, in old copies of the store either.

        Nobody else may write to the case meanwhile. The caller overwrites what lies under them.
        """
        self._keys.pop(reference, None)
        keys = self._key(reference)
        if keys is not None and keys.branches:
            self._put(reference, keys.without(pages))

    def _put(self, reference: str, keys: CaseKeys) -> None:
        tx = self._tx()
        master = _master_of(tx.need("case_key_of", case_ref=reference), self._masters(tx))
        tx.run("rewrap_case_key", reference=reference, **wrapped(reference, keys.written(), master))
        self._keys[reference] = keys

    def _tx(self) -> Transaction:
        return self._within or Transaction(self._store.connection, self._store.dialect)

    def _masters(self, tx: Transaction) -> list[Keys]:
        return keys_in(self._store, tx)

    def _key(self, reference: str) -> CaseKeys | None:
        if reference in self._made:
            return self._made[reference][0]
        if reference not in self._keys:
            tx, row = self._tx(), self._at_hand
            if row is None or row.case_ref != reference:
                row = tx.one("case_key_of", case_ref=reference)
            if len(self._keys) >= MOST_KEYS:
                self._keys.clear()
            self._keys[reference] = _keys_of(row, self._masters(tx)) if row else None
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
        self._keys |= {row.case_ref: _keys_of(row, masters) for row in rows}

    def _make(self, reference: str) -> CaseKeys:
        tx = self._tx()
        before = tx.need("before_a_key", case_ref=reference)
        if before.destroyed:
            raise Destroyed(reference)
        if before.sealed:
            raise Unsealed(reference)
        made = CaseKeys.fresh()
        row = wrapped(reference, made.written(), self._masters(tx)[0])
        self._made[reference] = made, {"made_at": now(), **row}
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
    """A case's keys as they lie in the store: sealed with the wrapping key of a master, which they name."""
    nonce = urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(keys.wrapping).encrypt(nonce, key, reference.encode())
    return {"case_ref": reference, "store_key": keys.name, "sealed": sealed}


def unwrapped(row: Any, masters: Sequence[Keys]) -> bytes:
    """A case's keys as they were written (`CaseKeys.written`), from their row.

    Raises:
        NotReady: the master that it was sealed with is not to be found.
        Unsealed: it is not what was sealed.
    """
    sealed = bytes(row.sealed)
    try:
        return AESGCM(_master_of(row, masters).wrapping).decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], row.case_ref.encode()
        )
    except (InvalidTag, ValueError):
        raise Unsealed(row.case_ref) from None


def _keys_of(row: Any, masters: Sequence[Keys]) -> CaseKeys:
    return CaseKeys.read(unwrapped(row, masters))


def _master_of(row: Any, masters: Sequence[Keys]) -> Keys:
    for keys in masters:
        if keys.name == row.store_key:
            return keys
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
