"""Where the database is, and how to talk to it: SQLite in one file, or PostgreSQL.

Statements are written once, against the SQLModel tables, in `models/statements/`; a build step turns them
into the text in `models/compiled.py`. Here that text meets the driver. SQLAlchemy is not imported on this way,
so that a command answers before an object-relational mapper would have been loaded.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from stat import S_ISDIR
from time import sleep
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import unquote, urlsplit

from models import compiled, guards
from models.keys import Keys, find, is_plain, note_of
from models.place import found_at, refuse_place
from models.wire import array_text, aware, from_json, instant_text, json_text
from pathways.errors import CONFLICT, NOT_PROVEN, NotReady, PathwayError

if TYPE_CHECKING:
    from models.sealing import Sealer

Row = Any
Converter = Callable[[Any], Any]
Ready = tuple[str, list[list[Any]]]
"""A statement's text, and the driver's values of each row."""


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


class WrongKey(NotReady):
    """An encrypted file that does not open with the key that its note names."""

    def __str__(self) -> str:
        return (
            "The records do not open with their key: the file is damaged, or it is not the one that the note beside it "
            "tells of. Keep both, and restore a backup: pathways db restore"
        )


class Garbled(PathwayError):
    """A value in the store is none that this program writes: a date that is no date, text where a list should be."""

    code: ClassVar[int] = NOT_PROVEN

    def __str__(self) -> str:
        return (
            "Something that is kept here was changed by other means than this program, and cannot be read. Nothing was "
            "saved. Stop, and run: pathways audit verify"
        )


class NotProven(PathwayError):
    """The record did not verify: it may be read, and nothing is added until somebody has looked."""

    code: ClassVar[int] = NOT_PROVEN

    def __str__(self) -> str:
        return (
            "The record did not verify, so it may only be read and nothing was saved. "
            "Tell the operator, who looks and then ends this: pathways audit clear"
        )


def _sealed_or_json(value: Any) -> str:
    """What has been sealed is text by now."""
    return value if isinstance(value, str) else json_text(value)


TO_SQLITE: dict[str, Converter] = {
    "instant": instant_text,
    "day": date.isoformat,
    "json": json_text,
    "sealed_json": _sealed_or_json,
    "flag": int,
}
FROM_SQLITE: dict[str, Converter] = {
    "instant": lru_cache(maxsize=20_000)(datetime.fromisoformat),
    "day": date.fromisoformat,
    "json": from_json,
    "sealed_json": from_json,
    "flag": bool,
}
TO_POSTGRESQL: dict[str, Converter] = {"instant": aware, "json": json_text, "sealed_json": _sealed_or_json}
FROM_POSTGRESQL: dict[str, Converter] = {"json": from_json, "sealed_json": from_json, "bytes": bytes}
AT_ONCE = 2_000
"""Rows that are fetched together where many are gone through."""
UNCAST = {"bytes": "BYTEA", "flag": "BOOLEAN"}
"""What PostgreSQL calls the kinds of value that a statement gives without a type, since the driver knows them."""
OPENED_AT_ONCE = 500
"""Rows whose sealed values are opened with keys that were looked up together."""
NO_FACTS = "{}"
"""What stands for the facts of a case whose key is gone; `audit verify` names such a case."""
SEALED_KINDS = ("sealed_json", "sealed_text")
"""What may lie in the store sealed with the key of its case; see `models/sealing.py`."""


def _as_it_is(value: Any) -> Any:
    return value


class _Statement:
    """One compiled statement, ready for the driver: text, order of its values, how they are converted."""

    __slots__ = (
        "_pick", "_row", "binds", "columns", "convert", "facts", "gated", "kinds", "name", "order", "sealed", "seals", "sql",
    )  # fmt: skip

    def __init__(
        self, name: str, text: compiled.Text, into: Mapping[str, Converter], out: Mapping[str, Converter]
    ):
        sql, binds, columns = text
        self.name, self.sql = name, sql
        self.order = tuple(bind for bind, _ in binds)
        self._pick = itemgetter(*self.order) if len(self.order) > 1 else None
        self.kinds = binds
        self.gated = "viewer" in self.order
        self.seals = tuple(bind for bind, kind in binds if kind in SEALED_KINDS)
        self.binds = tuple((place, into[kind]) for place, (_, kind) in enumerate(binds) if kind in into)
        self.columns = tuple(column for column, _ in columns)
        self.convert = tuple((place, out[kind]) for place, (_, kind) in enumerate(columns) if kind in out)
        self.sealed = tuple(place for place, (_, kind) in enumerate(columns) if kind in SEALED_KINDS)
        self.facts = {place for place, column in enumerate(self.columns) if column == "facts"}
        self._row: Callable[[Iterable[Any]], Any] | None = None

    @property
    def row(self) -> Callable[[Iterable[Any]], Any]:
        """What makes a named tuple of a row; made when it is first needed, since that takes as long as a query."""
        if self._row is not None:
            return self._row
        shaped: Any = namedtuple  # by another name, or mypy wants its columns written out
        made: Callable[[Iterable[Any]], Any] = shaped(self.name, self.columns)._make
        self._row = made
        return made

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """The driver's values, in the statement's order."""
        values = [*self._pick(given)] if self._pick else [given[name] for name in self.order]
        for place, converter in self.binds:
            value = values[place]
            if value is not None:
                values[place] = converter(value)
        return values

    @property
    def of_arrays(self) -> str:
        """PostgreSQL's insert of one row as one of many rows, each column given as an array."""
        front, _, values = self.sql.partition(" VALUES (")
        row, _, back = values.partition(")")
        columns = [
            f"%s::{mark.partition('::')[2].partition(' COLLATE')[0] or UNCAST[kind]}[]"
            for mark, (_, kind) in zip(row.split(", "), self.kinds, strict=True)
        ]
        return f"{front} SELECT * FROM unnest({', '.join(columns)}){back}"

    def rows(self, found: Iterable[Sequence[Any]], sealer: Sealer | None = None) -> Iterator[Row]:
        """The driver's rows as named tuples of our own types; what is sealed is opened."""
        make, convert = self.row, self.convert
        if sealer and self.sealed:
            found = self._opened(found, sealer)
        elif not convert:
            yield from map(make, found)
            return
        converted = self.converted
        for each in found:
            yield make(converted(each))

    def converted(self, found: Sequence[Any]) -> list[Any]:
        """One of the driver's rows with its values as our own types.

        Raises:
            Garbled: one of them is none that this program writes.
        """
        values = [*found]
        try:
            for place, converter in self.convert:
                value = values[place]
                if value is not None:
                    values[place] = converter(value)
        except (TypeError, ValueError):
            raise Garbled from None
        return values

    def _opened(self, found: Iterable[Sequence[Any]], sealer: Sealer) -> Iterator[Sequence[Any]]:
        """The rows with what is sealed opened, some hundreds at a time, so that their keys are looked up together."""
        rows = iter(found)
        while some := [list(each) for each in islice(rows, OPENED_AT_ONCE)]:
            sealer.ready(each[place] for each in some for place in self.sealed)
            for each in some:
                for place in self.sealed:
                    text = sealer.opened(each[place])
                    each[place] = NO_FACTS if text is None and place in self.facts else text
                yield each


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
    them for, as `,allegations,` (`*`: everything, for the check and for proof). `circle` is whose work they see:
    `*` every team's, or a partner agency's own teams, as `|north school|`; `called` is their login, by which a case
    of another team may be led by them.
    """

    id: int = 0
    clears: str = ","
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    circle: str = "*"
    called: str = ""


NOBODY = Viewer()
ALL_SEEING = Viewer(clears="*")


class Transaction:
    """Work inside one database transaction: run statements by name."""

    def __init__(
        self, connection: Any, dialect: str, viewer: Viewer | None = None, sealer: Sealer | None = None
    ) -> None:
        self.connection = connection
        self.dialect = dialect
        self.viewer = viewer or NOBODY
        self.sealer = sealer
        self.entered = 0
        """How many entries of cases were added to the trail."""
        self.cursor = connection.cursor()

    def _values(self, asked: _Statement, given: dict[str, Any]) -> list[Any]:
        """The driver's values; a statement that passes the gate is told who asks (`seen_by`: other than usual)."""
        if asked.gated:
            viewer: Viewer = given.pop("seen_by", self.viewer)
            given["viewer"], given["clears"], given["viewed_at"] = viewer.id, viewer.clears, viewer.at
            given["circle"], given["called"] = viewer.circle, viewer.called
        return asked.values(given)

    def all(self, name: str, /, **given: Any) -> list[Row]:
        """Every row that the statement finds."""
        asked = statement(self.dialect, name)
        self.cursor.execute(asked.sql, self._values(asked, given))
        return self._rows(asked, self.cursor.fetchall())

    def _rows(self, asked: _Statement, found: list[Any]) -> list[Row]:
        if not found:
            return []
        if self.sealer and asked.sealed:
            return list(asked.rows(found, self.sealer))
        make, converted = asked.row, asked.converted
        return [make(converted(each)) for each in found] if asked.convert else [*map(make, found)]

    def plain(self, name: str, /, **given: Any) -> list[tuple[Any, ...]]:
        """Every row as the driver gives it, for those that go through too many to convert each."""
        asked = statement(self.dialect, name)
        self.cursor.execute(asked.sql, self._values(asked, given))
        found: list[tuple[Any, ...]] = self.cursor.fetchall()
        return found

    def each(self, name: str, /, **given: Any) -> Iterator[Row]:
        """The rows one by one, from a cursor of their own; memory does not grow with them."""
        asked = statement(self.dialect, name)
        with self._apart(asked, name, given) as cursor:
            yield from asked.rows(cursor, self.sealer)

    def stream(self, name: str, /, **given: Any) -> Iterator[tuple[Any, ...]]:
        """As `each`, but as the driver gives them, for those that go through too many; what is sealed stays so."""
        return chain.from_iterable(self._batches(name, given))

    def _batches(self, name: str, given: dict[str, Any]) -> Iterator[list[tuple[Any, ...]]]:
        asked = statement(self.dialect, name)
        with self._apart(asked, name, given) as cursor:
            while some := cursor.fetchmany(AT_ONCE):
                yield some

    @contextmanager
    def _apart(self, asked: _Statement, name: str, given: dict[str, Any]) -> Iterator[Any]:
        """A cursor of its own on what a statement finds, some rows at a time."""
        if self.dialect == "sqlite":
            cursor = self.connection.cursor()
            cursor.arraysize = AT_ONCE
        else:
            cursor = self.connection.cursor(name=f"each_{name}")
            cursor.itersize = AT_ONCE
        try:
            cursor.execute(asked.sql, self._values(asked, given))
            yield cursor
        finally:
            cursor.close()

    def one(self, name: str, /, **given: Any) -> Row | None:
        """The first row, or None."""
        asked = statement(self.dialect, name)
        self.cursor.execute(asked.sql, self._values(asked, given))
        found = self.cursor.fetchone()
        if found is None:
            return None
        if self.sealer and asked.sealed:
            return next(asked.rows([found], self.sealer))
        return asked.row(asked.converted(found)) if asked.convert else asked.row(found)

    def need(self, name: str, /, **given: Any) -> Any:
        """The row that must be there: of an insert that returns its key, or behind a foreign key."""
        found = self.one(name, **given)
        if found is None:
            raise LookupError(name)
        return found

    def run(self, name: str, /, **given: Any) -> int:
        """Run a statement that changes rows; how many it changed."""
        asked = statement(self.dialect, name)
        if self.sealer and asked.seals:
            given = self.sealer.sealed(asked.seals, given)
        self.cursor.execute(asked.sql, self._values(asked, given))
        if self.sealer and asked.seals:
            self.sealer.lay_keys()
        return int(self.cursor.rowcount)

    def new_key(self, kind: str) -> int:
        """A key for a new case, person or episode, drawn first: whoever may not see a row cannot be told it back."""
        (last,) = (row.id for row in self.all(f"draw_{kind}_keys", count=1))
        return int(last) + (self.dialect == "sqlite")

    def many(self, name: str, rows: Sequence[Mapping[str, Any]], /) -> int:
        """Run a statement once for each set of values, as one batch; how many rows changed."""
        if not rows:
            return 0
        asked = statement(self.dialect, name)
        if self.sealer and asked.seals:
            rows = self.sealer.every_sealed(asked.seals, rows)
        if len(rows) == 1:
            self.cursor.execute(asked.sql, asked.values(rows[0]))
        else:
            self.cursor.executemany(asked.sql, [asked.values(row) for row in rows])
        if self.sealer and asked.seals:
            self.sealer.lay_keys()
        return int(self.cursor.rowcount)

    def bulk(self, name: str, rows: Sequence[Mapping[str, Any]], /) -> None:
        """As `many`, for an insert of thousands: PostgreSQL is sent many rows with each statement.

        Its guards look once for each statement, and a statement for each row costs more than the row.
        """
        if self.dialect == "sqlite" or len(rows) < 2:
            self.many(name, rows)
            return
        asked = statement(self.dialect, name)
        if self.sealer and asked.seals:
            rows = self.sealer.every_sealed(asked.seals, rows)
        columns = zip(*map(asked.values, rows), strict=True)
        self.cursor.execute(asked.of_arrays, [array_text(each) for each in columns])
        if self.sealer and asked.seals:
            self.sealer.lay_keys()

    def together(self, *asked: tuple[str, dict[str, Any]]) -> list[list[Row]]:
        """As `all` for each of these in turn; PostgreSQL is asked all of them in one go."""
        ready = [(statement(self.dialect, name), given) for name, given in asked]
        sent = [(each.sql, [self._values(each, given)]) for each, given in ready]
        if self.dialect == "sqlite":
            found = []
            for sql, (values,) in sent:
                self.cursor.execute(sql, values)
                found.append(self.cursor.fetchall())
        else:
            found = [cursor.fetchall() for cursor in self._in_one_go(sent, [])]
        return [self._rows(each, rows) for (each, _), rows in zip(ready, found, strict=True)]

    def several(self, work: Iterable[tuple[str, Sequence[Mapping[str, Any]]]], /) -> int:
        """As `many` for each of these in turn: all values are worked out first, and PostgreSQL is sent them in one go.

        Gives how many rows the first of them changed. Where that is none the others come to nothing, and whoever asked
        takes the transaction back.
        """
        ready: list[Ready] = []
        sealer = self.sealer
        for name, rows in work:
            if rows:
                asked = statement(self.dialect, name)
                if sealer and asked.seals:
                    rows = sealer.every_sealed(asked.seals, rows)
                ready.append((asked.sql, [asked.values(row) for row in rows]))
        if not ready:
            return 0
        changed = self._one_by_one(ready) if self.dialect == "sqlite" else self._at_once(ready)
        if sealer and changed:
            sealer.lay_keys()
        return changed

    def _one_by_one(self, ready: list[Ready]) -> int:
        cursor, changed = self.cursor, -1
        for sql, rows in ready:
            _send(cursor, sql, rows)
            if changed < 0:
                changed = int(cursor.rowcount)
                if not changed:
                    break
        return changed

    def _at_once(self, ready: list[Ready]) -> int:
        cursors: list[Any] = []
        try:
            self._in_one_go(ready, cursors)
        except _driver_errors(self.dialect):
            if not cursors or cursors[0].rowcount != 0:
                raise
        return int(cursors[0].rowcount)

    def _in_one_go(self, ready: Iterable[Ready], cursors: list[Any]) -> list[Any]:
        """A cursor for each, with what PostgreSQL answered, also in the list given."""
        with self.connection.pipeline():
            for sql, rows in ready:
                cursors.append(self.fresh_cursor())
                _send(cursors[-1], sql, rows)
        return cursors

    def fresh_cursor(self) -> Any:
        """Another cursor on the same connection."""
        return self.connection.cursor()

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
            values = [
                columns[each][0] if each == alike else array_text(columns[each]) for each in asked.order
            ]
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
        self.cursor.execute(f"SELECT {columns} FROM {table} LIMIT 0")
        types = [column.type_code for column in self.cursor.description]
        with self.cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)") as stream:
            stream.set_types(types)
            for row in rows:
                stream.write_row(row)

    def numbers(self, many: Iterable[int]) -> str:
        """Whole numbers as one value: a list in JSON for SQLite, an array for PostgreSQL."""
        return json_text(list(many)) if self.dialect == "sqlite" else array_text(many)

    def driver(self, kind: str) -> Converter:
        """What turns a value of this kind into the driver's form."""
        into = TO_SQLITE if self.dialect == "sqlite" else TO_POSTGRESQL
        return into.get(kind, _as_it_is)


def _send(cursor: Any, sql: str, rows: list[list[Any]]) -> None:
    if len(rows) == 1:
        cursor.execute(sql, rows[0])
    else:
        cursor.executemany(sql, rows)


class Store:
    """A database of casework. Open with `open_store`; use as a context manager or call `close`."""

    def __init__(self, url: str, connection: Any, dialect: str) -> None:
        self.url = url
        self.dialect = dialect
        self.connection = connection
        self.read_only = False
        """Whether the record stood as not proven when this was opened; see `models/readonly.py`."""
        self.keys: list[Keys] | None = None
        """The store's keys once they are known (`models.keys.keys_of`); empty for one that is not encrypted."""
        self.sealed = False
        """Whether the content of cases is sealed, each with a key of its own."""
        self.unencrypted = False
        """Whether it was begun without encryption, for made-up data; every command says so."""
        self.viewer = NOBODY
        """For whom queries are asked; what they may not see is, for every query, as if it did not exist."""
        self.form: int | None = None
        """The guided form that somebody's next piece of work finishes, in its own transaction."""
        self._sqlite_waits = True
        self._begun = 0
        """How many transactions that write were begun here."""
        self._noted: tuple[int, int, int] | None = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def _sealer(self) -> Sealer | None:
        """What seals and opens content in one transaction; none for a store whose content is not sealed."""
        if not self.sealed:
            return None
        from models.sealing import Sealer

        return Sealer(self)

    def reading(self) -> Work:
        """One consistent view of the records; nothing is kept of what is done inside it."""
        begin = "BEGIN" if self.dialect == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        return Work(self, begin, "ROLLBACK")

    def writing(self, *, keep: bool = True, service: bool = False, lasting: bool = True) -> Work:
        """One transaction: everything in it is written, or nothing is.

        Args:
            keep: False tries and takes back.
            lasting: False for what may be lost if the power goes in the next moment; the disk is not waited for.
            service: what the service notes about itself (messages sent, a copy made, who looked) and changes no
                case; that goes on while the record may only be read.

        Raises:
            NotProven: the record did not verify, and this would change it.
        """
        if self.read_only and keep and not service:
            raise NotProven
        self._begun += 1
        begin = ALONE if self.dialect == "sqlite" else "BEGIN"
        return Work(self, begin, "COMMIT" if keep else "ROLLBACK", lasting)

    def entries_since(self, entries: int) -> int | None:
        """How many entries wait for a checkpoint, where that can be known without asking: nobody else has written since.

        Args:
            entries: how many the transaction wrote that has just ended.
        """
        if self._noted is None:
            return None
        version, begun, waiting = self._noted
        if self._begun != begun + 1 or self.data_version() != version:
            return None
        self._noted = version, self._begun, waiting + entries
        return waiting + entries

    def note_waiting(self, waiting: int, version: int | None) -> None:
        """Remember how many entries wait for a checkpoint; `version`: what `data_version` gave before that was asked."""
        self._noted = None if version is None else (version, self._begun, waiting)

    def data_version(self) -> int | None:
        """A number that stays as it is until another connection has written; None on PostgreSQL, which has none."""
        if self.dialect != "sqlite":
            return None
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def wait_for_the_disk(self, lasting: bool) -> None:
        """Whether what is saved has to be on the disk before that is said."""
        if self.dialect == "sqlite":
            self.connection.execute(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
        else:
            self.connection.execute("RESET synchronous_commit" if lasting else "SET synchronous_commit = off")

    def let_sqlite_wait(self) -> None:
        """Let SQLite wait by itself, as it does not once something has been written; before whatever is no transaction of ours."""
        self.connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1_000:.0f}")
        self._sqlite_waits = True

    def begin_alone(self) -> None:
        """Begin a transaction that writes on SQLite, where only one can: ask every few milliseconds, and then more often.

        SQLite's own way of waiting asks ever more rarely, up to ten times a second, and misses the moments between two
        chunks of the nightly check. Whoever asks at once again and again gets in after every move of somebody else, and
        has to read anew what they changed: where many write at once, that takes longer than to let each make a few moves
        in a row. Whoever has waited longer asks more often, so that nobody is left behind.
        """
        execute = self.connection.execute
        if self._sqlite_waits:
            execute("PRAGMA busy_timeout=0")
            self._sqlite_waits = False
        left = BUSY_SECONDS
        while left > 0:
            try:
                execute(ALONE)
            except sqlite_errors() as fault:
                if not isinstance(_from_sqlite(fault), Busy):
                    raise
                pause = BETWEEN_TRIES if BUSY_SECONDS - left < PATIENCE else BETWEEN_LATE_TRIES
                sleep(pause)
                left -= pause
            else:
                return
        execute(ALONE)


class Work:
    """One transaction from its beginning to its end, for `with`; a fault of the driver's comes out as a sentence."""

    __slots__ = ("_begin", "_end", "_lasting", "_store")

    def __init__(self, store: Store, begin: str, end: str, lasting: bool = True) -> None:
        self._store, self._begin, self._end, self._lasting = store, begin, end, lasting

    def __enter__(self) -> Transaction:
        store = self._store
        try:
            if not self._lasting:
                store.wait_for_the_disk(False)
            if self._begin == ALONE:
                store.begin_alone()
            else:
                if not store._sqlite_waits:
                    store.let_sqlite_wait()
                store.connection.execute(self._begin)
            return Transaction(
                store.connection, store.dialect, store.viewer, store._sealer() if store.sealed else None
            )
        except BaseException as fault:
            self._give_up(fault)
            raise

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: object) -> None:
        if fault is not None:
            self._give_up(fault)
            return
        try:
            self._store.connection.execute(self._end)
        except BaseException as late:
            self._give_up(late)
            raise
        if not self._lasting:
            self._wait_again()

    def _give_up(self, fault: BaseException) -> None:
        """Take back what was begun, and say the driver's faults as `plain_errors` does; others stay as they are."""
        with plain_errors(self._store.dialect):
            _roll_back(self._store.connection, self._store.dialect)
            if not self._lasting:
                self._wait_again()
            if isinstance(fault, _driver_errors(self._store.dialect)):
                raise fault

    def _wait_again(self) -> None:
        with plain_errors(self._store.dialect):
            self._store.wait_for_the_disk(True)


def _roll_back(connection: Any, dialect: str) -> None:
    """Take back what was begun; a connection that is gone has nothing to take back."""
    try:
        if dialect != "sqlite":
            connection.execute("ROLLBACK")
            # What was to be prepared on the server and came after the fault was not; only this makes the driver forget it.
            with connection.transaction(force_rollback=True):
                pass
        elif connection.in_transaction:
            connection.execute("ROLLBACK")
    except _driver_errors(dialect):
        return


def sqlite_errors() -> tuple[type[Exception], ...]:
    """What SQLite's driver reports faults as, and SQLCipher's where it has been loaded."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, cipher.Error) if cipher else (sqlite3.Error,)


def trouble(fault: Exception) -> PathwayError | None:
    """What a fault of SQLite's, met outside a transaction of ours, comes to for a person; None for anything else."""
    found = _from_sqlite(fault) if isinstance(fault, sqlite_errors()) else None
    return found if isinstance(found, PathwayError) else None


def _driver_errors(dialect: str) -> tuple[type[Exception], ...]:
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


NAMES_OF = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "database is locked": "SQLITE_BUSY",
    "database table is locked": "SQLITE_LOCKED",
}
"""What SQLite calls a fault, by what it says: SQLCipher's driver gives no name where a copy is being made."""


def _from_sqlite(fault: Exception) -> Exception:
    said = str(fault)
    name = getattr(fault, "sqlite_errorname", "") or NAMES_OF.get(said, "")
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
ALONE = "BEGIN IMMEDIATE"
BUSY_SECONDS = 10.0
BETWEEN_TRIES, PATIENCE, BETWEEN_LATE_TRIES = 0.003, 0.02, 0.0002
"""Seconds after which somebody who waits for the one lock of SQLite asks again, how long so, and after which then."""


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


def _connect_postgresql(url: str) -> Any:
    try:
        import psycopg
    except ImportError:
        raise NotReady(
            "PostgreSQL needs its driver: install safeguarding-pathways[postgresql], or use a SQLite file."
        ) from None
    with plain_errors("postgresql"):
        connection = psycopg.connect(
            driver_address(url), autocommit=True, connect_timeout=10, options=_SESSION, **_NOTICES_SILENCE
        )
        durable, serves = connection.execute(_WHO_CONNECTS).fetchone() or ("off", False)
        if serves:
            connection.execute("SET ROLE pathways_service")
    if durable == "off":
        connection.close()
        raise NotReady(
            "This database forgets what it has acknowledged (synchronous_commit is off). Switch it on."
        )
    return connection


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
        if create:
            create_file(path)
        connection, keys = connect_sqlite(path)
        store = Store(url, connection, "sqlite")
        store.keys, store.sealed = keys, bool(keys)
    else:
        store = Store(url, _connect_postgresql(url), "postgresql")
    if check:
        try:
            _check_version(store)
        except BaseException:
            store.close()
            raise
    return store


_VERSION = (
    " UNION ALL SELECT 'head ' || version_num FROM alembic_version"
    " UNION ALL SELECT name || ' ' || value FROM setting WHERE name IN ('read_only', 'key_note', 'authority', 'practice', 'unencrypted')"
)


def _check_version(store: Store) -> None:
    """Refuse tables of another version, and a trail whose guards are gone."""
    with store.reading() as tx:
        if store.dialect == "postgresql":
            there = tx.connection.execute("SELECT to_regclass('alembic_version')").fetchone()
            if there[0] is None:
                raise NotReady(
                    "There are no records here yet. To begin: pathways init, or pathways demo to try it out."
                )
        standing = guards.STANDING[store.dialect]
        names = {name for (name,) in tx.connection.execute(standing + _VERSION).fetchall()}
    store.read_only = "read_only yes" in names
    store.sealed = bool(store.keys) or any(name.startswith("key_note ") for name in names)
    _check_encrypted(store, names)
    head = next((name[5:] for name in names if name.startswith("head ")), "")
    if head != compiled.HEAD:
        raise NotReady(_other_version(head))
    if guards.missing(store.dialect, names):
        raise NotReady(
            "The trail's own guards are missing from this store. Stop, and run: pathways db upgrade"
        )


def _check_encrypted(store: Store, names: set[str]) -> None:
    """Refuse real records that lie open; made-up ones may, where that was chosen."""
    begun = any(name.startswith("authority ") for name in names)
    if store.sealed or not begun or "practice yes" in names:
        return
    store.unencrypted = "unencrypted yes" in names
    if store.dialect == "sqlite" and not store.unencrypted:
        raise NotReady(
            "These records lie unencrypted, which is for made-up data only. For real ones begin an encrypted store in "
            "a folder of its own: PATHWAYS_HOME, then pathways init. To go on here with made-up data: pathways init "
            "--unencrypted"
        )


def _other_version(head: str) -> str:
    if head and head > compiled.HEAD:
        return "These records belong to a newer version of this program. Install that version; nothing was changed."
    return "These records belong to an older version. Make a backup, then run: pathways db upgrade"
