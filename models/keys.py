"""Where a store's keys come from. One master secret, never written beside the store, gives all of them.

It is looked for in this order: a credential that the service manager hands over, the variable PATHWAYS_PASSPHRASE
(second best: other programs of the same login can read it), the keyring of the operating system, a passphrase asked
at the terminal. A secret of 64 hexadecimal digits is the master itself; anything else is a passphrase, stretched
once a process. From the master HKDF makes the key of the database file, the key that seals the keys of cases, the
key that signs checkpoints and the key of backups: who knows one of them knows none of the others.

Beside the store lies a note that is no secret: the name of its master and the salt for a passphrase.
"""

from __future__ import annotations

import getpass
import hmac
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from hashlib import scrypt, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pathways.errors import Mistyped, NotReady

if TYPE_CHECKING:
    from models.store import Store
    from models.transaction import Transaction

SERVICE = "pathways"
CREDENTIAL = "pathways-key"
PASSPHRASE = "PATHWAYS_PASSPHRASE"
MANAGER, KEYRING, TYPED = "service manager", "keyring", "passphrase"
"""Sources, beside the variable, as they are called on screens."""

NEXT = ".next"
"""Ending of the credential that the key is changed to; for the variable it is _NEXT."""

NOTE = "key_note"
"""The setting that holds the note of a PostgreSQL store."""

SHORTEST = 12
"""Characters in a passphrase, at least."""
TOO_SHORT = f"A passphrase needs {SHORTEST} characters or more; four or five words that do not belong together are good."

MASTER_BYTES = 32
HEXADECIMAL = re.compile(r"[0-9a-fA-F]{64}")
SQLITE_HEADER = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Slot:
    """What is kept of a master beside the store: its name, and how a passphrase is stretched into it.

    `log2n`, `r` and `p` are scrypt's; 16, 8 and 1 take 64 MB and about a fifth of a second.
    """

    name: str
    salt: str
    log2n: int = 16
    r: int = 8
    p: int = 1


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a store, from one master. None of it is shown by `repr`."""

    master: bytes = field(repr=False)
    source: str = ""

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose: HKDF-SHA256 (RFC 5869)."""
        return _derived(self.master, purpose)

    @property
    def name(self) -> str:
        """What the master is called where it may be read: on the note, in the keyring, beside a sealed key."""
        return self.derive("name")[:8].hex()

    @property
    def store(self) -> str:
        """The raw key of the database file, as SQLCipher takes it."""
        return self.derive("database file").hex()

    @property
    def wrapping(self) -> bytes:
        """The key that the keys of cases are sealed with."""
        return self.derive("keys of cases")

    @property
    def signing(self) -> bytes:
        """The seed of the key that signs checkpoints (Ed25519)."""
        return self.derive("signed checkpoints")

    @property
    def backup(self) -> bytes:
        """The key of backups."""
        return self.derive("backups")


@lru_cache(maxsize=64)
def _derived(master: bytes, purpose: str) -> bytes:
    extracted = hmac.digest(b"pathways-keys-1", master, sha256)
    return hmac.digest(extracted, purpose.encode() + b"\x01", sha256)


@dataclass(frozen=True, slots=True)
class Note:
    """What lies beside a store about its keys; no secret. Two slots: a change of key is under way.

    `past` are masters of before, which backups of that time still need.
    """

    slots: tuple[Slot, ...]
    past: tuple[Slot, ...] = ()

    def text(self) -> str:
        """The note as JSON."""
        about = "Names and salts of this store's keys. Nothing here is secret; without it a passphrase is of no use."
        slots, past = ([asdict(each) for each in group] for group in (self.slots, self.past))
        return json.dumps({"about": about, "slots": slots, "past": past}, indent=1) + "\n"

    @classmethod
    def read(cls, text: str) -> Note:
        """The note in a text.

        Raises:
            NotReady: it cannot be read.
        """
        try:
            found = json.loads(text)
            groups = ((Slot(**each) for each in found[group]) for group in ("slots", "past"))
            slots, past = map(tuple, groups)
        except (ValueError, TypeError, KeyError):
            raise NotReady(
                "The note beside the records that tells which key they need cannot be read. Take it from a backup: "
                "pathways db key bring-back FILE"
            ) from None
        return cls(slots, past)


def note_path(store: Path) -> Path:
    """Where the note of a SQLite store lies."""
    return store.with_name(f"{store.name}.keys.json")


def note_of(store: Path) -> Note | None:
    """The note of a SQLite store; None for one that is not encrypted."""
    try:
        return Note.read(note_path(store).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def write_note(store: Path, note: Note) -> None:
    """Put the note beside a SQLite store, whole or not at all."""
    target = note_path(store)
    fresh = target.with_name(f".{target.name}.new")
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(note.text())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(target)


def is_plain(store: Path) -> bool:
    """Whether a file is a SQLite database that anybody can read."""
    with store.open("rb") as file:
        return file.read(len(SQLITE_HEADER)) == SQLITE_HEADER


# --- finding them ---------------------------------------------------------------------------------------------

_known: dict[str, Keys] = {}
"""Masters that this process has found, by name: nobody is asked twice, nothing is stretched twice."""


def find(slots: Sequence[Slot]) -> list[Keys]:
    """The keys for these slots, in their order, as far as they can be had; one at least.

    Raises:
        NotReady: there is none.
    """
    for _ in _searching(slots):
        if all(slot.name in _known for slot in slots):
            break
    found = [_known[slot.name] for slot in slots if slot.name in _known]
    if not found:
        given = ", ".join(source for source, secret in _given() if secret)
        if given:
            raise NotReady(
                f"These records are encrypted, and their key is not to be found: what was handed over ({given}) is another "
                "passphrase, or the key of other records. See where theirs should be: pathways db key show-source"
            )
        raise NotReady(
            "These records are encrypted, and their key is not to be found: not handed over by the service manager, "
            f"not in {PASSPHRASE}, not in this login's keyring. On a terminal you would be asked for the passphrase. "
            "See where it should be: pathways db key show-source"
        )
    return found


def _searching(slots: Sequence[Slot]) -> Iterator[None]:
    """Look into one source after another, and remember every master that fits a slot."""
    yield
    for source, secret in _given():
        if secret:
            _remember(secret, source, slots)
            yield
    for slot in slots:
        secret = _from_keyring(slot.name)
        if secret:
            _remember(secret, KEYRING, [slot])
    yield
    for slot in slots:
        if slot.name not in _known:
            _ask(slot, slots)
            yield


def _given(*, following: bool = False) -> list[tuple[str, str]]:
    """What is handed over without anybody being asked: source and secret."""
    variable = f"{PASSPHRASE}_NEXT" if following else PASSPHRASE
    return [(MANAGER, _credential(NEXT if following else "")), (variable, os.environ.get(variable, ""))]


def present(slots: Sequence[Slot]) -> set[str]:
    """The sources that have a master for one of these slots; nobody is asked."""
    found = {source for source, secret in _given() if secret and _remember(secret, source, slots)}
    if any(_from_keyring(slot.name) for slot in slots):
        found.add(KEYRING)
    return found


def _remember(secret: str, source: str, slots: Sequence[Slot]) -> bool:
    for slot in slots:
        keys = Keys(_master(secret, slot), source)
        if keys.name == slot.name:
            _known[slot.name] = keys
            return True
    return False


def _master(secret: str, slot: Slot) -> bytes:
    if HEXADECIMAL.fullmatch(secret):
        return bytes.fromhex(secret)
    memory = 256 * slot.r * 2**slot.log2n
    return scrypt(
        secret.encode(), salt=bytes.fromhex(slot.salt), n=2**slot.log2n, r=slot.r, p=slot.p,
        maxmem=memory, dklen=MASTER_BYTES,
    )  # fmt: skip


def _credential(ending: str = "") -> str:
    """What the service manager hands over (systemd: LoadCredential=pathways-key:/path)."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        return ""
    try:
        return Path(folder, CREDENTIAL + ending).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        raise NotReady(
            f"The credential {CREDENTIAL + ending} that the service manager hands over cannot be read. Look at its unit."
        ) from None


def _ask(slot: Slot, slots: Sequence[Slot]) -> None:
    """Ask for the passphrase of a slot at the terminal, three times at most."""
    if not _terminal():
        return
    which = "" if len(slots) == 1 else (" before the change" if slot is slots[0] else " after the change")
    for _ in range(3):
        said = getpass.getpass(f"Passphrase of these records{which}: ")
        if not said or _remember(said, TYPED, [slot]):
            return
        sys.stderr.write("That is not the passphrase of these records.\n")


def _terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_new() -> str:
    """A new passphrase, asked twice at the terminal, and three times over at most.

    Raises:
        Mistyped: it is too short, or the two are not the same, three times.
    """
    why = ""
    for _ in range(3):
        if why:
            sys.stderr.write(f"{why}\n")
        said = getpass.getpass(f"A new passphrase for these records, {SHORTEST} characters or more: ")
        if len(said) < SHORTEST:
            why = TOO_SHORT
        elif getpass.getpass("The same again: ") != said:
            why = "The two are not the same."
        else:
            return said
    raise Mistyped(f"{why} Nothing was changed.")


def _long_enough(said: str) -> None:
    if len(said) < SHORTEST:
        raise Mistyped(f"{TOO_SHORT} Nothing was changed.")


# --- the keyring ----------------------------------------------------------------------------------------------


def _keyring() -> Any:
    """The operating system's keyring; None where there is none, or only one that keeps its secrets in clear."""
    try:
        import keyring
    except ImportError:
        return None
    backend = keyring.get_keyring()
    if backend.priority <= 0 or type(backend).__module__.startswith("keyrings.alt"):
        return None
    return backend


def _in_keyring(act: Callable[[Any], Any]) -> Any:
    """Do something with the keyring; None where there is none, or where it is locked."""
    backend = _keyring()
    if backend is None:
        return None
    from keyring.errors import KeyringError

    try:
        return act(backend)
    except KeyringError:
        return None


def _entry(name: str) -> str:
    return f"store {name}"


def _from_keyring(name: str) -> str:
    return _in_keyring(lambda backend: backend.get_password(SERVICE, _entry(name))) or ""


def keep_in_keyring(keys: Keys) -> bool:
    """Put a master into this login's keyring; whether it can be read back from there."""
    _in_keyring(lambda backend: backend.set_password(SERVICE, _entry(keys.name), keys.master.hex()))
    return bool(_from_keyring(keys.name) == keys.master.hex())


def forget_in_keyring(name: str) -> bool:
    """Take a master out of this login's keyring; whether it was there."""
    there = bool(_from_keyring(name))
    if there:
        _in_keyring(lambda backend: backend.delete_password(SERVICE, _entry(name)))
    _known.pop(name, None)
    return there


# --- making them ----------------------------------------------------------------------------------------------


def fresh(*, following: bool = False) -> tuple[Slot, Keys]:
    """A master for a store that has none, or (`following`) the one that its key is changed to.

    It comes from where it will be looked for: what the service manager hands over, the variable, a random one put
    into the keyring, a passphrase asked twice.

    Raises:
        NotReady: there is nowhere to keep it.
        Mistyped: the passphrase is too short.
    """
    salt = os.urandom(16).hex()
    for source, secret in _given(following=following):
        if secret:
            return _made(secret, source, salt)
    keys = Keys(os.urandom(MASTER_BYTES), KEYRING)
    if keep_in_keyring(keys):
        _known[keys.name] = keys
        return Slot(keys.name, salt), keys
    if _terminal():
        return _made(ask_new(), TYPED, salt)
    credential, variable = (
        (CREDENTIAL + NEXT, f"{PASSPHRASE}_NEXT") if following else (CREDENTIAL, PASSPHRASE)
    )
    raise NotReady(
        "There is nowhere to keep a key: no keyring on this computer, and no terminal to ask for a passphrase. Hand "
        f"over the credential {credential} (see docs/keys-and-backups.md), or set {variable}. For made-up data only: "
        "pathways init --unencrypted"
    )


def _made(secret: str, source: str, salt: str) -> tuple[Slot, Keys]:
    if not HEXADECIMAL.fullmatch(secret):
        _long_enough(secret)
    keys = Keys(_master(secret, Slot("", salt)), source)
    _known[keys.name] = keys
    return Slot(keys.name, salt), keys


# --- a store's own ----------------------------------------------------------------------------------------------


def keys_of(store: Store) -> list[Keys]:
    """The keys of an open store, the present one first; none for one that is not encrypted.

    Raises:
        NotReady: it is, and they are not to be found.
    """
    if store.keys is not None:
        return store.keys
    with store.reading() as tx:
        return keys_in(store, tx)


def keys_in(store: Store, tx: Transaction) -> list[Keys]:
    """As `keys_of`, within a transaction. PostgreSQL keeps the note about them among the store's settings."""
    if store.keys is None:
        told = {row.name: row.value for row in tx.all("settings")}.get(NOTE)
        store.keys = find(Note.read(told).slots) if told else []
    return store.keys


def signing_key(store: Store) -> bytes | None:
    """The seed that signs this store's checkpoints (Ed25519, 32 bytes); None where the store has no keys."""
    keys = keys_of(store)
    return keys[0].signing if keys else None
