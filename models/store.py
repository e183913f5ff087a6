"""Where the database is, and how to talk to it: SQLite in one file, or PostgreSQL.

Statements are written once, against the SQLModel tables, in `models/statements/`; a build step turns them
into the text in `models/compiled.py`. Here that text meets the driver. SQLAlchemy is not imported on this way,
so that a command answers before an object-relational mapper would have been loaded.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

from models import compiled, guards
from models.wire import aware, instant_text, json_text
from pathways.errors import CONFLICT, NotReady, PathwayError

Row = Any
Converter = Callable[[Any], Any]


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


TO_SQLITE: dict[str, Converter] = {
    "instant": instant_text,
    "day": date.isoformat,
    "json": json_text,
    "flag": int,
}
FROM_SQLITE: dict[str, Converter] = {
    "instant": lru_cache(maxsize=20_000)(datetime.fromisoformat),
    "day": date.fromisoformat,
    "json": json.loads,
    "flag": bool,
}
TO_POSTGRESQL: dict[str, Converter] = {"instant": aware, "json": json_text}
FROM_POSTGRESQL: dict[str, Converter] = {"json": json.loads, "bytes": bytes}


def _as_it_is(value: Any) -> Any:
    return value


class _Statement:
    """One compiled statement, ready for the driver: text, order of its values, how they are converted."""

    __slots__ = ("binds", "columns", "convert", "gated", "order", "row", "sql")

    def __init__(
        self, name: str, text: compiled.Text, into: Mapping[str, Converter], out: Mapping[str, Converter]
    ):
        sql, binds, columns = text
        self.sql = sql
        self.order = tuple(bind for bind, _ in binds)
        self.gated = "viewer" in self.order
        self.binds = tuple((place, into[kind]) for place, (_, kind) in enumerate(binds) if kind in into)
        self.columns = tuple(column for column, _ in columns)
        self.convert = tuple((place, out[kind]) for place, (_, kind) in enumerate(columns) if kind in out)
        shape: Any = namedtuple(name, self.columns) if columns else None
        self.row: Callable[[Iterable[Any]], Any] | None = shape._make if columns else None

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """The driver's values, in the statement's order."""
        values = [given[name] for name in self.order]
        for place, converter in self.binds:
            if values[place] is not None:
                values[place] = converter(values[place])
        return values

    def rows(self, found: Iterable[Sequence[Any]]) -> Iterator[Row]:
        """The driver's rows as named tuples of our own types."""
        make, convert = self.row, self.convert
        assert make is not None
        if not convert:
            yield from map(make, found)
            return
        for each in found:
            values = list(each)
            for place, converter in convert:
                if values[place] is not None:
                    values[place] = converter(values[place])
            yield make(values)


@cache
def statement(dialect: str, name: str) -> _Statement:
    """The statement of that name for a database."""
    if dialect == "sqlite":
        return _Statement(name, compiled.SQLITE[name], TO_SQLITE, FROM_SQLITE)
    return _Statement(name, compiled.POSTGRESQL[name], TO_POSTGRESQL, FROM_POSTGRESQL)


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom a query is asked, and at which moment.

    `id` is their number in the staff register (0: nobody), `clears` the restricted pathways that their roles clear
    them for, as `,allegations,` (`*`: everything, for the check and for proof).
    """

    id: int = 0
    clears: str = ","
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)


NOBODY = Viewer()
ALL_SEEING = Viewer(clears="*")


class Transaction:
    """Work inside one database transaction: run statements by name."""

    def __init__(self, connection: Any, dialect: str, viewer: Viewer | None = None) -> None:
        self.connection = connection
        self.dialect = dialect
        self.viewer = viewer or NOBODY
        self.cursor = connection.cursor()

    def _values(self, asked: _Statement, given: dict[str, Any]) -> list[Any]:
        """The driver's values; a statement that passes the gate is told who asks (`seen_by`: other than usual)."""
        if asked.gated:
            viewer: Viewer = given.pop("seen_by", self.viewer)
            given["viewer"], given["clears"], given["viewed_at"] = viewer.id, viewer.clears, viewer.at
        return asked.values(given)

    def all(self, name: str, /, **given: Any) -> list[Row]:
        """Every row that the statement finds."""
        asked = statement(self.dialect, name)
        self.cursor.execute(asked.sql, self._values(asked, given))
        return list(asked.rows(self.cursor.fetchall()))

    def plain(self, name: str, /, **given: Any) -> list[tuple[Any, ...]]:
        """Every row as the driver gives it, for those that go through too many to convert each."""
        asked = statement(self.dialect, name)
        self.cursor.execute(asked.sql, self._values(asked, given))
        found: list[tuple[Any, ...]] = self.cursor.fetchall()
        return found

    def each(self, name: str, /, **given: Any) -> Iterator[Row]:
        """The rows one by one, from a cursor of their own; memory does not grow with them."""
        asked = statement(self.dialect, name)
        if self.dialect == "sqlite":
            cursor = self.connection.cursor()
            cursor.arraysize = 2_000
        else:
            cursor = self.connection.cursor(name=f"each_{name}")
            cursor.itersize = 5_000
        try:
            cursor.execute(asked.sql, self._values(asked, given))
            yield from asked.rows(cursor)
        finally:
            cursor.close()

    def one(self, name: str, /, **given: Any) -> Row | None:
        """The first row, or None."""
        asked = statement(self.dialect, name)
        self.cursor.execute(asked.sql, self._values(asked, given))
        found = self.cursor.fetchone()
        return None if found is None else next(asked.rows([found]))

    def need(self, name: str, /, **given: Any) -> Any:
        """The row that must be there: of an insert that returns its key, or behind a foreign key."""
        found = self.one(name, **given)
        if found is None:
            raise LookupError(name)
        return found

    def run(self, name: str, /, **given: Any) -> int:
        """Run a statement that changes rows; how many it changed."""
        asked = statement(self.dialect, name)
        self.cursor.execute(asked.sql, self._values(asked, given))
        return int(self.cursor.rowcount)

    def many(self, name: str, rows: Sequence[Mapping[str, Any]], /) -> int:
        """Run a statement once for each set of values, as one batch; how many rows changed."""
        if not rows:
            return 0
        asked = statement(self.dialect, name)
        self.cursor.executemany(asked.sql, [asked.values(row) for row in rows])
        return int(self.cursor.rowcount)

    def raw(self, name: str, rows: Sequence[Sequence[Any]], /) -> None:
        """As `many`, with values already in the statement's order and the driver's form."""
        if rows:
            self.cursor.executemany(statement(self.dialect, name).sql, rows)

    def sets(self, name: str, rows: Sequence[Sequence[Any]], /, alike: str = "") -> None:
        """As `raw`, as one statement on PostgreSQL: the columns go over as arrays, but for one that is alike in all.

        The rows are in the order of SQLite's statement.
        """
        if not rows:
            return
        asked = statement(self.dialect, name)
        if self.dialect == "sqlite":
            self.cursor.executemany(asked.sql, rows)
        else:
            columns = dict(zip(statement("sqlite", name).order, zip(*rows, strict=True), strict=True))
            values = [columns[each][0] if each == alike else list(columns[each]) for each in asked.order]
            self.cursor.execute(asked.sql, values)

    def pour(self, name: str, table: str, rows: Sequence[Sequence[Any]], /) -> None:
        """As `raw`, for an insert into `table`: PostgreSQL takes the rows as one stream."""
        if not rows:
            return
        asked = statement(self.dialect, name)
        if self.dialect == "sqlite":
            self.cursor.executemany(asked.sql, rows)
            return
        columns = ", ".join(f'"{each}"' for each in asked.order)
        with self.cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)

    def driver(self, kind: str) -> Converter:
        """What turns a value of this kind into the driver's form."""
        into = TO_SQLITE if self.dialect == "sqlite" else TO_POSTGRESQL
        return into.get(kind, _as_it_is)


class Store:
    """A database of casework. Open with `open_store`; use as a context manager or call `close`."""

    def __init__(self, url: str, connection: Any, dialect: str) -> None:
        self.url = url
        self.dialect = dialect
        self.connection = connection
        self.viewer = NOBODY
        """For whom queries are asked; what they may not see is, for every query, as if it did not exist."""

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One consistent view of the records; nothing is kept of what is done inside it."""
        with _plain_errors(self.dialect):
            begin = "BEGIN" if self.dialect == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            yield from self._transaction(begin, end="ROLLBACK")

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[Transaction]:
        """One transaction: everything in it is written, or nothing is. `keep=False` tries and takes back."""
        with _plain_errors(self.dialect):
            begin = "BEGIN IMMEDIATE" if self.dialect == "sqlite" else "BEGIN"
            yield from self._transaction(begin, end="COMMIT" if keep else "ROLLBACK")

    def _transaction(self, begin: str, *, end: str) -> Iterator[Transaction]:
        self.connection.execute(begin)
        try:
            yield Transaction(self.connection, self.dialect, self.viewer)
            self.connection.execute(end)
        except BaseException:
            _roll_back(self.connection, self.dialect)
            raise


def _roll_back(connection: Any, dialect: str) -> None:
    """Take back what was begun; a connection that is gone has nothing to take back."""
    try:
        if dialect != "sqlite" or connection.in_transaction:
            connection.execute("ROLLBACK")
    except _driver_errors(dialect):
        return


@cache
def _driver_errors(dialect: str) -> tuple[type[Exception], ...]:
    if dialect == "sqlite":
        return (sqlite3.Error,)
    import psycopg

    return (psycopg.Error,)


@contextmanager
def _plain_errors(dialect: str) -> Iterator[None]:
    """Turn what a driver reports into a sentence for the person at the keyboard."""
    if dialect == "sqlite":
        try:
            yield
        except sqlite3.Error as fault:
            raise _from_sqlite(fault) from fault
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


def _from_sqlite(fault: sqlite3.Error) -> Exception:
    said = str(fault)
    name = getattr(fault, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy()
    if name.startswith("SQLITE_CONSTRAINT") and "UNIQUE" in said:
        return AlreadyWritten()
    if name.startswith("SQLITE_FULL"):
        return NotReady("The disk that holds the records is full. Nothing was saved; free some space.")
    if name.startswith("SQLITE_IOERR"):
        return NotReady(
            "The records cannot be read or written on this disk. Nothing was saved; run: pathways doctor"
        )
    if name.startswith("SQLITE_READONLY") and "attempt to write" in said:
        return NotReady(
            "The records may only be read here. Nothing was saved; ask the operator for write access."
        )
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_PERM", "SQLITE_AUTH")):
        return NotReady(
            "The records cannot be opened: this is not a readable store. Restore a backup or run: pathways doctor"
        )
    if "no such table" in said:
        return NotReady(
            "There are no records here yet. To begin: pathways init, or pathways demo to try it out."
        )
    return fault


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


def sqlite_path(url: str) -> Path | None:
    """The file behind a SQLite address; None for another database.

    Raises:
        NotReady: the address is neither SQLite nor PostgreSQL.
    """
    scheme = urlsplit(url).scheme
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


def _connect_sqlite(path: Path, *, create: bool) -> sqlite3.Connection:
    if create:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    elif not path.exists():
        raise NotReady(
            "There are no records here yet. To begin: pathways init, or pathways demo to try it out."
        )
    with _plain_errors("sqlite"):
        connection = sqlite3.connect(
            path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
        )
        try:
            for pragma in PRAGMAS:
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise
    return connection


def _connect_postgresql(url: str) -> Any:
    try:
        import psycopg
    except ImportError:
        raise NotReady(
            "PostgreSQL needs its driver: install safeguarding-pathways[postgresql], or use a SQLite file."
        ) from None
    with _plain_errors("postgresql"):
        connection = psycopg.connect(
            driver_address(url), autocommit=True, connect_timeout=10, options="-c timezone=UTC"
        )
        durable = connection.execute("SHOW synchronous_commit").fetchone()
    if durable is None or durable[0] == "off":
        connection.close()
        raise NotReady(
            "This database forgets what it has acknowledged (synchronous_commit is off). Switch it on."
        )
    return connection


def open_store(url: str, *, create: bool = False, check: bool = True) -> Store:
    """Open the store at an address.

    Args:
        url: `sqlite:///file`, or `postgresql+psycopg://login@host/database`.
        create: make an empty SQLite file where there is none (for `init` and `demo`).
        check: refuse a store whose tables or guards are not those of this version.

    Raises:
        NotReady: it is not there, cannot be reached, or belongs to another version.
    """
    path = sqlite_path(url)
    if path is not None:
        store = Store(url, _connect_sqlite(path, create=create), "sqlite")
    else:
        store = Store(url, _connect_postgresql(url), "postgresql")
    if check:
        try:
            _check_version(store)
        except BaseException:
            store.close()
            raise
    return store


def _check_version(store: Store) -> None:
    """Refuse tables of another version, and a trail whose guards are gone."""
    with store.reading() as tx:
        if store.dialect == "sqlite":
            found = "SELECT name FROM sqlite_master WHERE type='trigger' UNION ALL SELECT 'head ' || version_num FROM alembic_version"
            wanted = set(guards.SQLITE)
        else:
            there = tx.connection.execute("SELECT to_regclass('alembic_version')").fetchone()
            if there[0] is None:
                raise NotReady(
                    "There are no records here yet. To begin: pathways init, or pathways demo to try it out."
                )
            found = "SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal UNION ALL SELECT 'head ' || version_num FROM alembic_version"
            wanted = set(guards.POSTGRESQL)
        names = {name for (name,) in tx.connection.execute(found).fetchall()}
    head = next((name[5:] for name in names if name.startswith("head ")), "")
    if head != compiled.HEAD:
        raise NotReady(_other_version(head))
    if not wanted <= names:
        raise NotReady(
            "The trail's own guards are missing from this store. Stop, and run: pathways db upgrade"
        )


def _other_version(head: str) -> str:
    if head and head > compiled.HEAD:
        return "These records belong to a newer version of this program. Install that version; nothing was changed."
    return "These records belong to an older version. Make a backup, then run: pathways db upgrade"
