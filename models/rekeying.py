"""A store's key is changed for another: the file is encrypted anew, the keys of cases are sealed anew.

It may be cut short at any moment. The note beside the store names both keys from before the first step until after the
last, so either opens what it opens, and the same command begins where it was left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from models import keys
from models.connecting import sqlite_path
from models.driver_faults import plain_errors, sqlite_errors, trouble
from models.keys import Keys, Note
from models.sealing import rewrap
from models.setup import options_of
from models.store import Store, open_store
from pathways.errors import Mistyped, NotReady


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change of the key did: where the new one is kept, how many keys of cases were sealed anew."""

    source: str
    cases: int


def note_for(store: Store) -> Note:
    """The note about a store's keys.

    Raises:
        NotReady: it has none.
    """
    path = sqlite_path(store.url)
    if path is not None:
        note = keys.note_of(path)
    else:
        with store.reading() as tx:
            told = options_of(tx).get(keys.NOTE)
        note = Note.read(told) if told else None
    if note is None:
        raise NotReady(
            "These records have no key: they are made up, or were begun unencrypted. Nothing was changed."
        )
    return note


def _keep(store: Store, note: Note) -> None:
    path = sqlite_path(store.url)
    if path is not None:
        keys.write_note(path, note)
        return
    with store.writing(service=True) as tx:
        tx.run("put_setting", name=keys.NOTE, value=note.text())


def change(url: str) -> Changed:
    """Change the key of a store, or finish a change that was cut short. The old one stays for backups of before.

    Raises:
        NotReady: the store has no key, or one of the two is not to be found.
        Busy: somebody else has the file open.
    """
    with open_store(url) as store:
        note = note_for(store)
        held = {each.name: each for each in keys.keys_of(store)}
        if store.dialect == "sqlite":
            _alone(store)
        if len(note.slots) == 1:
            slot, new = keys.fresh(following=True)
            if new.name in held:
                raise NotReady(
                    "The key to change to is the one that these records have. Nothing was changed."
                )
            note = Note((note.slots[0], slot), note.past)
            _keep(store, note)
        else:
            slot = note.slots[1]
            if slot.name not in held:
                raise NotReady(
                    "A change of the key was cut short, and the new one is not to be found. Hand it over, or be at a "
                    "terminal to type its passphrase, then repeat."
                )
            new = held[slot.name]
        masters: list[Keys] = [*held.values(), new]
        if store.dialect == "sqlite":
            _encrypt_anew(store, new)
        with store.writing(service=True) as tx:
            cases = rewrap(tx, masters, new)
        _keep(store, Note((slot,), (*note.past, note.slots[0])))
        store.keys = [new]
    return Changed(new.source, cases)


def _alone(store: Store) -> None:
    """Hold the file alone from here on: whoever had it open would read what they cannot open."""
    with plain_errors(store.dialect):
        store.let_sqlite_wait()
        store.connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        store.connection.execute("PRAGMA journal_mode = DELETE")


def _encrypt_anew(store: Store, new: Keys) -> None:
    """Write the whole file under another key, in one transaction of its own.

    Raises:
        NotReady: it cannot be written; it is under the key that it had.
    """
    try:
        store.connection.execute(f"PRAGMA rekey = \"x'{new.store}'\"")
    except sqlite_errors() as fault:  # SQLCipher calls a full disk a logic error here
        raise trouble(fault) or NotReady(
            "The records could not be written under the new key: the disk is full, or cannot be written. Nothing was "
            "changed; free some space, then repeat."
        ) from fault


def forget_past(url: str) -> int:
    """Take the keys of before out of this login's keyring; backups that need them can never be opened again.

    Returns how many were there.
    """
    with open_store(url) as store:
        note = note_for(store)
        gone = sum(keys.forget_in_keyring(each.name) for each in note.past)
        _keep(store, Note(note.slots))
    return gone


class Source(NamedTuple):
    """A place where the key is looked for: whether it was there, what is to be said of it."""

    name: str
    there: bool
    says: str


def _note_at(url: str) -> Note:
    """The note about the keys of the store at an address; its file is not opened."""
    path = sqlite_path(url)
    note = keys.note_of(path) if path is not None else None
    if note is not None:
        return note
    with open_store(url, check=False) as store:
        return note_for(store)


def sources(url: str) -> list[Source]:
    """Where the key of a store is looked for, in that order, and whether it is there. Nobody is asked anything."""
    slots = _note_at(url).slots
    says = {
        keys.MANAGER: f"the credential {keys.CREDENTIAL}",
        keys.PASSPHRASE: "a variable of this shell; other programs of the same login can read it",
        keys.KEYRING: "of this login",
        keys.TYPED: "asked for at a terminal where it is in none of these",
    }
    there = keys.present(slots)
    return [Source(name, name in there, said) for name, said in says.items()]


def on_paper(url: str) -> list[str]:
    """The master of a store in lines of eight groups of four."""
    master = keys.find(_note_at(url).slots)[0].master.hex()
    groups = [master[place : place + 4] for place in range(0, len(master), 4)]
    return [" ".join(groups[place : place + 8]) for place in range(0, len(groups), 8)]


def bring_back(url: str, note: Note) -> None:
    """Put the note of a backup beside an encrypted file whose own is gone; where it is the wrong one it is not kept.

    Raises:
        Mistyped: this is no SQLite store, or lies open.
        NotReady: the file does not open with it.
    """
    path = sqlite_path(url)
    if path is None or not path.exists() or keys.is_plain(path):
        raise Mistyped("There is no encrypted file here that could need a note. Nothing was changed.")
    place = keys.note_path(path)
    before = place.read_bytes() if place.exists() else None
    keys.write_note(path, note)
    try:
        open_store(url, check=False).close()
    except BaseException:
        place.unlink()
        if before is not None:
            place.write_bytes(before)
        raise


def keep_here(url: str) -> bool:
    """Put the key of a store into this login's keyring; False where it was there.

    Raises:
        NotReady: there is no keyring here, or the key is not to be found.
    """
    slots = _note_at(url).slots
    if keys.KEYRING in keys.present(slots):
        return False
    if not all(keys.keep_in_keyring(each) for each in keys.find(slots)):
        raise NotReady(
            "There is no keyring on this computer that keeps secrets. Nothing was changed; see docs/keys-and-backups.md"
        )
    return True
