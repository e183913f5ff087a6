"""Deciding before the one lock of SQLite is taken, so that nobody waits for somebody else's thinking.

Only one connection of SQLite's may write at a time. Who reads a case, decides and works out what is to be written under
that lock keeps all others waiting for all of it. Here the lock comes with the first thing that is written. What was read
until then is one consistent reading of the store, and it is still so where nobody has written since: SQLite itself turns
the first writing down otherwise. Then the lock is waited for, and whatever was read is read again under it. Where
that gives the same, what was decided of it holds as it stands. Where it does not, `Overtaken` is raised, and the whole is
done once more with the lock from the beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from models.driver_faults import Busy, from_sqlite, sqlite_errors
from models.prepared import Row, Statement, statement
from models.transaction import Ready, Transaction

if TYPE_CHECKING:
    from models.store import Store

Read = tuple[Statement, list[Any], list[Any]]
"""A statement, its values and what it found."""
READS = ("SELECT", "WITH")
"""How the statements begin that change nothing."""
WAITING = "waiting"
"""The column that says how many entries wait for a checkpoint."""


class Overtaken(Exception):
    """What this was decided on is no longer so. Nothing was written."""


class Deciding(Transaction):
    """A transaction on SQLite that takes the lock with the first thing it writes.

    Everything that is decided hangs on what it has read through this transaction, and on nothing else in the store.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(
            store.connection, store.dialect, store.viewer, store.sealer(self) if store.sealed else None
        )
        self._store = store
        self._read: list[Read] | None = []
        """What was read before the lock was taken; None once it is."""

    def all(self, name: str, /, **given: Any) -> list[Row]:
        """As of any transaction, and remembered until the lock is taken."""
        asked = statement(self.dialect, name)
        return self._rows(asked, self._found(asked, given))

    def plain(self, name: str, /, **given: Any) -> list[tuple[Any, ...]]:
        """As of any transaction, and remembered until the lock is taken."""
        return self._found(statement(self.dialect, name), given)

    def one(self, name: str, /, **given: Any) -> Row | None:
        """As of any transaction, and remembered until the lock is taken."""
        asked = statement(self.dialect, name)
        return next(iter(self._rows(asked, self._found(asked, given)[:1])), None)

    def _found(self, asked: Statement, given: dict[str, Any]) -> list[Any]:
        """What a statement finds; one that writes a row and gives back its key takes the lock.

        Raises:
            Overtaken: the store is wholly locked.
        """
        values = self._values(asked, given)
        if not asked.sql.startswith(READS):
            self._take_the_lock()
        try:
            found: list[Any] = self.cursor.execute(asked.sql, values).fetchall()
        except sqlite_errors() as fault:
            if self._read is None or not isinstance(from_sqlite(fault), Busy):
                raise
            raise Overtaken from fault
        if self._read is not None:
            self._read.append((asked, values, found))
        return found

    def _take_the_lock(self) -> None:
        """Wait for the lock, and see under it that everything is as it was read.

        Raises:
            Overtaken: something is not.
        """
        read, self._read = self._read, None
        if read is None:
            return
        self.connection.execute("ROLLBACK")
        self._store.begin_alone()
        for asked, values, found in read:
            if not self._is_as_it_was(asked, found, self.cursor.execute(asked.sql, values).fetchall()):
                raise Overtaken

    def _is_as_it_was(self, asked: Statement, before: list[Any], after: list[Any]) -> bool:
        """Whether a statement finds what it found; how many entries wait for a checkpoint decides nothing."""
        if WAITING not in asked.columns or not (before and after):
            return before == after
        place = asked.columns.index(WAITING)
        self.waited = after[0][place]
        return [_without(each, place) for each in before] == [_without(each, place) for each in after]

    def _one_by_one(self, ready: list[Ready]) -> int:
        if self._read is not None:
            try:
                changed = super()._one_by_one(ready)
            except sqlite_errors() as fault:
                if not isinstance(from_sqlite(fault), Busy):
                    raise
                self._take_the_lock()
            else:
                self._read = None
                return changed
        return super()._one_by_one(ready)

    # --- whatever else writes, or reads too much to be read twice ---------------------------------------------

    def mark(self) -> None:
        """As of any transaction, with the lock: taking it would take the mark away."""
        self._take_the_lock()
        super().mark()

    def run(self, name: str, /, **given: Any) -> int:
        """As of any transaction, with the lock."""
        self._take_the_lock()
        return super().run(name, **given)

    def many(self, name: str, rows: Sequence[Mapping[str, Any]], /) -> int:
        """As of any transaction, with the lock."""
        self._take_the_lock()
        return super().many(name, rows)

    def raw(self, name: str, rows: Sequence[Sequence[Any]], /) -> None:
        """As of any transaction, with the lock."""
        self._take_the_lock()
        super().raw(name, rows)

    def sets(self, name: str, rows: Sequence[Sequence[Any]], /, alike: str = "") -> None:
        """As of any transaction, with the lock."""
        self._take_the_lock()
        super().sets(name, rows, alike)

    @contextmanager
    def _apart(self, asked: Statement, name: str, given: dict[str, Any]) -> Iterator[Any]:
        self._take_the_lock()
        with super()._apart(asked, name, given) as cursor:
            yield cursor

    def pour(self, name: str, table: str, rows: Sequence[Sequence[Any]], /) -> None:
        """As of any transaction, with the lock."""
        self._take_the_lock()
        super().pour(name, table, rows)


def _without(row: Sequence[Any], place: int) -> tuple[Any, ...]:
    return (*row[:place], *row[place + 1 :])
