"""What the drivers of SQLite, SQLCipher and PostgreSQL report, in words for the person at the keyboard."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from pathways.errors import CONFLICT, NotReady, PathwayError

NAMES_OF = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "database is locked": "SQLITE_BUSY",
    "database table is locked": "SQLITE_LOCKED",
    "locking protocol": "SQLITE_PROTOCOL",
}
"""What SQLite calls a fault, by what it says: SQLCipher's driver gives no name where a copy is being made."""


class Busy(PathwayError):
    """The store is held by another writer for too long."""

    code: ClassVar[int] = CONFLICT

    def __str__(self) -> str:
        return "The records are in use by somebody else. Nothing was saved; try again in a moment."


class AlreadyWritten(PathwayError):
    """A unique key is taken: this effect has been written before, or somebody was quicker."""

    code: ClassVar[int] = CONFLICT

    def __str__(self) -> str:
        return "Somebody else changed this case first. Nothing was saved; look again, then repeat."


def sqlite_errors() -> tuple[type[Exception], ...]:
    """What SQLite's driver reports faults as, and SQLCipher's where it has been loaded."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, cipher.Error) if cipher else (sqlite3.Error,)


def driver_errors(dialect: str) -> tuple[type[Exception], ...]:
    """What the driver of a database reports faults as."""
    if dialect == "sqlite":
        return sqlite_errors()
    import psycopg

    return (psycopg.Error,)


@contextmanager
def plain_errors(dialect: str) -> Iterator[None]:
    """Turn what a driver reports into a sentence for the person at the keyboard."""
    if dialect == "sqlite":
        try:
            yield
        except sqlite_errors() as fault:
            raise from_sqlite(fault) from fault
        return
    import psycopg

    try:
        yield
    except psycopg.errors.UniqueViolation as fault:
        raise AlreadyWritten from fault
    except (
        psycopg.errors.SerializationFailure,
        psycopg.errors.DeadlockDetected,
        psycopg.errors.LockNotAvailable,
    ) as fault:
        raise Busy from fault
    except (psycopg.errors.DiskFull, psycopg.errors.IoError) as fault:
        raise NotReady(
            "The disk that holds the records is full. Nothing was saved; free some space."
        ) from fault
    except psycopg.errors.InsufficientPrivilege as fault:
        raise NotReady("Your database login may not do that. Nothing was saved; ask the operator.") from fault
    except psycopg.OperationalError as fault:
        raise NotReady(
            "The database cannot be reached. Nothing was being saved; run: pathways doctor"
        ) from fault


def trouble(fault: Exception) -> PathwayError | None:
    """What a fault of SQLite's, met outside a transaction of ours, comes to for a person; None for anything else."""
    found = from_sqlite(fault) if isinstance(fault, sqlite_errors()) else None
    return found if isinstance(found, PathwayError) else None


def from_sqlite(fault: Exception) -> Exception:
    """What SQLite reports, as what is said of it to a person; the fault itself where there are no words for it."""
    said = str(fault)
    name = getattr(fault, "sqlite_errorname", "") or NAMES_OF.get(said, "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):  # the last: many begin at once
        return Busy()
    if name.startswith("SQLITE_CONSTRAINT") and "UNIQUE" in said:
        return AlreadyWritten()
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE")):  # also to read, WAL needs some room
        return NotReady("The disk that holds the records is full. Nothing was saved; free some space.")
    if name.startswith("SQLITE_IOERR"):
        return NotReady(
            "The records cannot be read or written on this disk. Nothing was saved; run: pathways doctor"
        )
    if name.startswith("SQLITE_READONLY") and "attempt to write" in said:
        return NotReady(
            "The records may only be read here. Nothing was saved; ask the operator for write access."
        )
    if name.startswith("SQLITE_CANTOPEN"):  # with WAL even reading makes files in the folder
        return NotReady(
            "The records cannot be opened: their file, or the folder that it lies in, cannot be written to. There is no "
            "need to restore anything; run: pathways doctor"
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_PERM", "SQLITE_AUTH")):
        return NotReady(
            "The records cannot be opened: this is not a readable store. Restore a backup or run: pathways doctor"
        )
    if "no such table" in said:
        return NotReady(
            "There are no records here yet. To begin: pathways init, or pathways demo to try it out."
        )
    return fault
