"""Where the database is, and a connection to it with the settings that keep the record.

It is SQLite in one file, encrypted or not, or PostgreSQL.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from stat import S_ISDIR
from typing import Any
from urllib.parse import unquote, urlsplit

from models.driver_faults import plain_errors
from models.keys import Keys, find, is_plain, note_of
from models.place import found_at, refuse_place
from pathways.errors import NotReady

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=ON",
)
BUSY_SECONDS = 10.0
_NOTICES_SILENCE: Any = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_SESSION = (
    "-c timezone=UTC -c jit=off -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 "
    "-c tcp_user_timeout=60000"
)
"""Where one side lost its power or its cable, the other notices within a minute: what was half done is undone then, and
what it had locked is free. By default it would wait for two hours."""
_WHO_CONNECTS = (
    "SELECT current_setting('synchronous_commit'), NOT rolsuper AND coalesce((SELECT pg_has_role(role.oid, 'MEMBER') "
    "FROM pg_roles role WHERE role.rolname = 'pathways_service'), false) FROM pg_roles WHERE rolname = session_user"
)
"""Whether the database keeps what it acknowledges; whether the login serves the program itself. Being exempt from row
security is not inherited: whoever serves has to become the role."""


class WrongKey(NotReady):
    """An encrypted file that does not open with the key that its note names."""

    def __str__(self) -> str:
        return (
            "The records do not open with their key: the file is damaged, or it is not the one that the note beside it "
            "tells of. Keep both, and restore a backup: pathways db restore"
        )


def sqlite_path(url: str) -> Path | None:
    """The file behind a SQLite address; None for another database.

    Raises:
        NotReady: the address is neither SQLite nor PostgreSQL.
    """
    try:
        scheme = urlsplit(url).scheme
    except ValueError:  # brackets that do not match
        scheme = ""
    if scheme == "sqlite":
        return Path(unquote(url.removeprefix("sqlite://").removeprefix("/")))
    if scheme.startswith("postgres"):
        return None
    raise NotReady(
        "The database address must begin with sqlite:/// or postgresql+psycopg://. Set PATHWAYS_DATABASE_URL."
    )


def driver_address(url: str) -> str:
    """The address as the PostgreSQL driver takes it."""
    return "postgresql://" + url.split("://", 1)[1]


def create_file(path: Path) -> None:
    """Make an empty file for a SQLite store (0600), in a folder for its owner alone (0700).

    Raises:
        NotReady: the place is on a network or is copied elsewhere while it is in use.
    """
    refuse_place(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def connect_sqlite(path: Path) -> tuple[Any, list[Keys]]:
    """A connection to a SQLite file with the program's own settings, and the keys it was opened with.

    Raises:
        NotReady: it is not there, not in a place that can hold it, or does not open with the keys that are found.
    """
    found_there = found_at(path)
    if found_there is None:
        raise NotReady(
            "There are no records here yet. To begin: pathways init, or pathways demo to try it out."
        )
    if S_ISDIR(found_there.st_mode):
        raise NotReady(
            "The database address names a folder. Name the file in it: sqlite:///folder/pathways.db. Set PATHWAYS_DATABASE_URL."
        )
    refuse_place(path)
    note, driver = note_of(path), sqlite_driver(path)
    if note is None:
        if found_there.st_size and not is_plain(path):
            raise NotReady(
                "The records cannot be opened: this is not a readable store, or the note about its key that belongs "
                "beside it is gone. Restore a backup, or the note alone from one: pathways db key bring-back FILE"
            )
        return _prepared(driver, path, ""), []
    if found_there.st_size and is_plain(path):
        raise NotReady(
            "These records should be encrypted and are not: somebody put another file in their place. Stop, keep both, "
            "and restore a backup: pathways db restore"
        )
    found = find(note.slots)
    for keys in found:  # two where a change of the key was cut short: one of them fits
        try:
            return _prepared(driver, path, keys.store), [keys, *(each for each in found if each is not keys)]
        except WrongKey:
            continue
    raise WrongKey


def copy_sqlite(path: Path, copy: Path) -> None:
    """Copy a SQLite file, in use or not, to a new one under the same key: the online backup, in one step.

    In steps of some pages it begins again whenever somebody writes, and may never end.
    """
    source, keys = connect_sqlite(path)
    try:
        create_file(copy)
        target = _prepared(sqlite_driver(path), copy, keys[0].store if keys else "")
        try:
            with plain_errors("sqlite"):
                source.backup(target)
        finally:
            target.close()
    finally:
        source.close()


def sqlite_driver(path: Path) -> Any:
    """What opens a SQLite file: Python's own driver, or SQLCipher's for one that has a note about its key.

    Raises:
        NotReady: SQLCipher is needed and not installed.
    """
    if note_of(path) is None:
        return sqlite3
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        raise NotReady(
            "These records are encrypted: install safeguarding-pathways[secure] to open them."
        ) from None
    return dbapi2


def _prepared(driver: Any, path: Path, key: str) -> Any:
    with plain_errors("sqlite"):
        connection = driver.connect(path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
        try:
            if key:
                connection.execute("PRAGMA cipher_log_level = NONE")
                connection.execute(f"PRAGMA key = \"x'{key}'\"")
                _try_key(connection, driver)
            for pragma in PRAGMAS:
                connection.execute(pragma)
        except BaseException:
            connection.close()
            raise
    return connection


def _try_key(connection: Any, driver: Any) -> None:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as fault:
        if str(fault) == "file is not a database":
            raise WrongKey from None
        raise


def connect_postgresql(url: str) -> Any:
    """A connection to PostgreSQL with the program's own settings, as the role that the login stands for.

    Raises:
        NotReady: the driver is not installed, or the server is out of reach or forgets what it acknowledges.
    """
    try:
        import psycopg
    except ImportError:
        raise NotReady(
            "PostgreSQL needs its driver: install safeguarding-pathways[postgresql], or use a SQLite file."
        ) from None
    from models.packing import take_packed

    with plain_errors("postgresql"):
        connection = psycopg.connect(
            driver_address(url), autocommit=True, connect_timeout=10, options=_SESSION, **_NOTICES_SILENCE
        )
        take_packed(connection)
        durable, serves = connection.execute(_WHO_CONNECTS).fetchone() or ("off", False)
        if serves:
            connection.execute("SET ROLE pathways_service")
    if durable == "off":
        connection.close()
        raise NotReady(
            "This database forgets what it has acknowledged (synchronous_commit is off). Switch it on."
        )
    return connection
