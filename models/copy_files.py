"""A backup as a file: what it says of itself, what it holds, how it is written so that it is whole or not there.

Made in `models/copies.py`, opened and proved in `models/copies_opened.py`, put back in `models/restoring.py`.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, ClassVar

from models import keys
from models.sealed_file import Reader
from models.store import Store
from models.transaction import Transaction
from models.wire import instant_text
from pathways.errors import NOT_PROVEN, Mistyped, NotReady, PathwayError
from pathways.merkle import leaf_data, leaf_hash, root

ENDING = ".backup"
CASE_KEYS = "case-keys"
DAY = 24 * 3600.0
CASES_HAVE_KEYS = "0002"
"""The revision from which tables hold a key for each case."""
PAGES_ARE_DESTROYED = "0017"
"""The revision from which a page of a file that is kept may be destroyed, and tables say so."""
SESSIONS_ARE_DESTROYED = "0020"
"""The revision from which a session of supervision may be."""
MADE_UP = sha256(b"pathways: made-up data, no secret").digest()
"""What backups of stores without a key are sealed with: damage shows, and anybody may read them."""


class CopyNotProven(PathwayError):
    """A copy that opens and does not verify. Arguments: the file's name, the first fault."""

    code: ClassVar[int] = NOT_PROVEN

    def __str__(self) -> str:
        return (
            f"{self.args[0]} does not verify: {self.args[1]} Nothing was changed; run: pathways audit verify"
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """What a copy holds: chains of the trail, entries in all, the root over the chains, the newest entry's moment."""

    chains: int
    entries: int
    root: str
    newest: str

    def header(self) -> dict[str, Any]:
        """As it stands in a backup's header."""
        return {"chains": self.chains, "entries": self.entries, "root": self.root, "newest": self.newest}


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup: where it is, what its header says."""

    path: Path
    header: dict[str, Any]

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.header["made_at"])

    @property
    def note(self) -> keys.Note | None:
        """The note about the store's keys; None where it had none."""
        return keys.Note.read(self.header["note"]) if self.header["note"] else None

    @property
    def counts(self) -> Counts:
        """What it held when it was made."""
        return Counts(*(self.header[each] for each in ("chains", "entries", "root", "newest")))


def settle(made: Path, final: Path) -> None:
    """Give a finished file its name, from one moment to the next; also from one disk to another."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    beside = final.with_name(f".{final.name}.new")
    try:
        if made.stat().st_dev == final.parent.stat().st_dev:
            os.replace(made, final)
        else:
            with made.open("rb") as source, private(beside) as target:
                shutil.copyfileobj(source, target, 1 << 20)
                target.flush()
                os.fsync(target.fileno())
            beside.replace(final)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(final.parent)


def sync_folder(folder: Path) -> None:
    """See that a folder's own entries are on the disk, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def half_made(parent: Path, called: str, now: datetime) -> Iterator[Path]:
    """A folder of our own for half-made things, which goes afterwards; what killed runs left behind goes first.

    Args:
        parent: where it is made.
        called: how its name begins; one that begins so and that no process holds was left behind.
        now: the present moment, by which a folder's age is known where the disk knows no locks.
    """
    with ExitStack() as held:
        with _held(parent, wait=True):  # or somebody might clear away what was made a moment ago
            for left in _left(parent, called, now):
                with suppress(OSError):
                    shutil.rmtree(left)
            made = Path(mkdtemp(prefix=called, dir=parent))
            held.callback(shutil.rmtree, made, ignore_errors=True)
            held.enter_context(_held(made))
        yield made


def left_in(parent: Path, called: str, now: datetime) -> list[Path]:
    """The folders of half-made things that killed runs left behind; arguments as those of `half_made`."""
    with _held(parent, wait=True):
        return list(_left(parent, called, now))


def _left(parent: Path, called: str, now: datetime) -> Iterator[Path]:
    for each in parent.glob(f"{called}*"):
        with suppress(OSError):
            if _is_left(each, now):
                yield each


@contextmanager
def _held(folder: Path, *, wait: bool = False) -> Iterator[bool]:
    """Hold a folder, as far as other processes ask; whether its disk knows locks.

    Raises:
        BlockingIOError: another process holds it, and this one does not wait.
    """
    if os.name != "posix":
        yield False
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _is_left(folder: Path, now: datetime) -> bool:
    """Whether nobody is at a folder of half-made things any more."""
    try:
        with _held(folder) as known:
            return known or now.timestamp() - folder.stat().st_mtime > DAY
    except BlockingIOError:
        return False


def private(path: Path) -> Any:
    """A new file to write to, for its owner alone."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


_WHY = dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "the disk is full")
_WHY |= {errno.EFBIG: "this login may not write so large a file"}
_WHY |= dict.fromkeys((errno.EEXIST, errno.ENOTDIR), "there is a file where its folder should be")


@contextmanager
def full_disk(
    what: str = "The copy could not be finished", so: str = "The older ones are as they were."
) -> Iterator[None]:
    """Say in a sentence what the disk does not take: what was not done, why, and what is left."""
    try:
        yield
    except OSError as fault:
        why = _WHY.get(fault.errno or 0) or fault.strerror or "the place cannot be used"
        raise NotReady(f"{what} ({why}). {so}") from None


def backup_key(store: Store) -> bytes:
    """What a store's backups are sealed with."""
    found = keys.keys_of(store)
    return found[0].backup if found else MADE_UP


def counted(tx: Transaction) -> Counts:
    """What a store holds at this moment, worked out from its chains."""
    chains, entries, leaves = 0, 0, []
    for row in tx.each("chain_ends"):
        chains, entries = chains + 1, entries + row.seq
        leaves.append(leaf_hash(leaf_data(row.case_ref, row.seq, row.hash)))
    last = tx.one("last_moment")
    return Counts(chains, entries, root(leaves).hex(), instant_text(last.at) if last else "")


def read(path: Path) -> Copy:
    """What a backup says of itself; its content is not looked at.

    Raises:
        Mistyped: there is no such file.
        NotWhole: it is not a backup.
    """
    try:
        with path.open("rb") as file:
            return Copy(path, Reader(file).header)
    except OSError as fault:
        raise Mistyped(f"The backup {path} cannot be read ({fault.strerror}).") from None


def newest(folder: Path) -> Copy | None:
    """The newest backup of a folder; None where there is none."""
    found = [read(each) for each in folder.glob(f"*{ENDING}")] if folder.is_dir() else []
    return max(found, key=lambda copy: (copy.made_at, copy.path.name), default=None)


def keys_for(note: keys.Note | None) -> list[keys.Keys]:
    """The keys that a backup's note names; none where it has no note."""
    return keys.find(note.slots) if note else []


def content(copy: Copy) -> Iterator[bytes]:
    """What a backup holds, piece by piece.

    Raises:
        NotWhole: it is not what was written.
    """
    found = keys_for(copy.note)
    with copy.path.open("rb") as file:
        yield from Reader(file).chunks(found[0].backup if found else MADE_UP)
