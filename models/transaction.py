"""Work inside one transaction: statements run by their names, one at a time or many at once.

SQLite answers in the same process; PostgreSQL over a wire, where what goes over together is quicker than one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

from models.driver_faults import driver_errors
from models.prepared import TO_POSTGRESQL, TO_SQLITE, Converter, Row, Statement, statement
from models.viewer import NOBODY, Viewer
from models.wire import array_text, json_text

if TYPE_CHECKING:
    from models.sealing import Sealer

Ready = tuple[str, list[list[Any]]]
"""A statement's text, and the driver's values of each row."""
AT_ONCE = 2_000
"""Rows that are fetched together where many are gone through."""


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
        self.waited: int | None = None
        """How many entries no checkpoint covered before these; None where nobody asked."""
        self.cursor = connection.cursor()

    def _values(self, asked: Statement, given: dict[str, Any]) -> list[Any]:
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

    def _rows(self, asked: Statement, found: list[Any]) -> list[Row]:
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
    def _apart(self, asked: Statement, name: str, given: dict[str, Any]) -> Iterator[Any]:
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
        self.cursor.execute(*asked.of_many(rows))
        if self.sealer and asked.seals:
            self.sealer.lay_keys()

    def together(self, *asked: tuple[str, dict[str, Any]]) -> list[list[Row]]:
        """As `all` for each of these in turn; PostgreSQL is asked all of them in one go."""
        if self.dialect == "sqlite":
            return [self.all(name, **given) for name, given in asked]
        ready = [(statement(self.dialect, name), given) for name, given in asked]
        sent = [(each.sql, [self._values(each, given)]) for each, given in ready]
        found = [cursor.fetchall() for cursor in self._in_one_go(sent, [])]
        return [self._rows(each, rows) for (each, _), rows in zip(ready, found, strict=True)]

    def several(self, work: Iterable[tuple[str, Sequence[Mapping[str, Any]]]], /) -> int:
        """As `many` for each of these in turn: all values are worked out first, and PostgreSQL is sent them in one go.

        Gives how many rows the first of them changed. Where that is none the others come to nothing, and whoever asked
        takes the transaction back.
        """
        ready: list[Ready] = []
        sealer, dialect = self.sealer, self.dialect
        for name, rows in work:
            if rows:
                asked = statement(dialect, name)
                if sealer and asked.seals:
                    rows = sealer.every_sealed(asked.seals, rows)
                ready.append((asked.sql, [*map(asked.values, rows)]))
        if not ready:
            return 0
        changed = self._one_by_one(ready) if self.dialect == "sqlite" else self._at_once(ready)
        if sealer and changed:
            sealer.lay_keys()
        return changed

    def _one_by_one(self, ready: list[Ready]) -> int:
        cursor, changed = self.cursor, None
        for sql, rows in ready:
            cursor.executemany(sql, rows)
            if changed is None:
                changed = int(cursor.rowcount)
                if not changed:
                    break
        return changed or 0

    def _at_once(self, ready: list[Ready]) -> int:
        cursors: list[Any] = []
        try:
            self._in_one_go(ready, cursors)
        except driver_errors(self.dialect):
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

    def mark(self) -> None:
        """Remember how everything stands now, for `back_to_the_mark`."""
        self.cursor.execute("SAVEPOINT mark")

    def back_to_the_mark(self) -> None:
        """Take back whatever was written since the mark was made; the transaction goes on."""
        self.cursor.execute("ROLLBACK TO SAVEPOINT mark")

    def numbers(self, many: Iterable[int]) -> str:
        """Whole numbers as one value: a list in JSON for SQLite, an array for PostgreSQL."""
        return json_text(list(many)) if self.dialect == "sqlite" else array_text(many)

    def driver(self, kind: str) -> Converter:
        """What turns a value of this kind into the driver's form."""
        into = TO_SQLITE if self.dialect == "sqlite" else TO_POSTGRESQL
        return into.get(kind, _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


def _send(cursor: Any, sql: str, rows: list[list[Any]]) -> None:
    if len(rows) == 1:
        cursor.execute(sql, rows[0])
    else:
        cursor.executemany(sql, rows)
