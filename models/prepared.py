"""A compiled statement, ready for the driver: how values go in, and how rows come out.

Statements are written once, against the SQLModel tables, in `models/statements/`; a build step turns them
into the text in `models/compiled.py`. Here that text meets the driver. SQLAlchemy is not imported on this way,
so that a command answers before an object-relational mapper would have been loaded.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache, partial
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar

from models import compiled
from models.wire import aware, from_bytea, from_json, instant_text, json_text
from pathways.errors import NOT_PROVEN, PathwayError

if TYPE_CHECKING:
    from models.packing import Packed
    from models.sealing import Sealer

Row = Any
Converter = Callable[[Any], Any]


class Garbled(PathwayError):
    """A value in the store is none that this program writes: a date that is no date, text where a list should be."""

    code: ClassVar[int] = NOT_PROVEN

    def __str__(self) -> str:
        return (
            "Something that is kept here was changed by other means than this program, and cannot be read. Nothing was "
            "saved. Stop, and run: pathways audit verify"
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
FROM_POSTGRESQL: dict[str, Converter] = {"json": from_json, "sealed_json": from_json, "bytes": from_bytea}
UNCAST = {"bytes": "BYTEA", "flag": "BOOLEAN"}
"""What PostgreSQL calls the kinds of value that a statement gives without a type, since the driver knows them."""
OPENED_AT_ONCE = 500
"""Rows whose sealed values are opened with keys that were looked up together."""
NO_FACTS = "{}"
"""What stands for the facts of a case whose key is gone; `audit verify` names such a case."""
OFTEN = 20
"""How often a statement is sent before its conversions are written out as straight code: that takes a tenth of a
millisecond, and most commands send a statement once or twice."""
SEALED_KINDS = ("sealed_json", "sealed_text")
"""What may lie in the store sealed with the key of its case; see `models/sealing.py`."""


class Statement:
    """One compiled statement, ready for the driver: text, order of its values, how they are converted.

    Sent often, it gets straight code of its own that converts as the general way does; `tests/models/test_prepared.py`
    holds that the two are alike for every statement.
    """

    __slots__ = (
        "_pick", "_row", "_uses", "binds", "columns", "convert", "converted", "facts", "gated", "kinds", "name", "order",
        "sealed", "seals", "sql", "values",
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
        self._uses = 0
        self.values: Callable[[Mapping[str, Any]], list[Any]] = self._values
        """The driver's values, in the statement's order."""
        self.converted: Callable[[Sequence[Any]], Sequence[Any]] = self._converted
        """One of the driver's rows with its values as our own types; `Garbled`: one is none that this program writes."""

    @property
    def row(self) -> Callable[[Iterable[Any]], Any]:
        """What makes a named tuple of a row; made when it is first needed, since that takes as long as a query."""
        if self._row is not None:
            return self._row
        shaped: Any = namedtuple  # by another name, or mypy wants its columns written out
        # `_make` would count the columns of every row anew.
        self._row = partial(tuple.__new__, shaped(self.name, self.columns))
        return self._row

    def _values(self, given: Mapping[str, Any]) -> list[Any]:
        """The general way, for a statement that is little used."""
        self._uses += 1
        if self._uses == OFTEN:
            self.write_out()
        values = [*self._pick(given)] if self._pick else [given[name] for name in self.order]
        for place, converter in self.binds:
            value = values[place]
            if value is not None:
                values[place] = converter(value)
        return values

    def write_out(self) -> None:
        """From now on convert by code that has been written out for this one statement: in about half the time."""
        self.values = _values_written_out(self.order, dict(self.binds))
        if self.convert:
            self.converted = _converted_written_out(len(self.columns), dict(self.convert))

    def of_many(self, rows: Sequence[Mapping[str, Any]]) -> tuple[str, list[Packed]]:
        """PostgreSQL's insert of one row as one of many, and its values: each column as an array."""
        from models.packing import MOMENT, packed

        front, _, values = self.sql.partition(" VALUES (")
        row, _, back = values.partition(")")
        into, taken, columns = dict(self.binds), [], []
        for place, (mark, (name, kind)) in enumerate(zip(row.split(", "), self.kinds, strict=True)):
            called = mark.partition("::")[2].partition(" COLLATE")[0] or UNCAST[kind]
            column = [*map(itemgetter(name), rows)]
            write = into.get(place)
            if write and called != MOMENT:  # which `packed` converts itself
                column = [value if value is None else write(value) for value in column]
            taken.append(f"unnest(%s::{called}[])")
            columns.append(packed(called, column))
        return f"{front} SELECT {', '.join(taken)}{back}", columns

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

    def _converted(self, found: Sequence[Any]) -> Sequence[Any]:
        """The general way, for a statement that is little used."""
        values = [*found]
        try:
            for place, converter in self.convert:
                value = values[place]
                if value is not None:
                    values[place] = converter(value)
        except (RecursionError, TypeError, ValueError):
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


def _values_written_out(
    order: Sequence[str], into: Mapping[int, Converter]
) -> Callable[[Mapping[str, Any]], list[Any]]:
    """As `lambda given: [given['reference'], into_1(given['at'])]`, but that None stays None."""
    parts = [
        f"None if (value := given[{bind!r}]) is None else into_{place}(value)"
        if place in into
        else f"given[{bind!r}]"
        for place, bind in enumerate(order)
    ]
    names = {f"into_{place}": converter for place, converter in into.items()}
    written: Callable[[Mapping[str, Any]], list[Any]] = eval(f"lambda given: [{', '.join(parts)}]", names)
    return written


def _converted_written_out(
    count: int, out: Mapping[int, Converter]
) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """As `_values_written_out`, for the values of a row by their places."""
    columns = [f"value_{place}" for place in range(count)]
    parts = [
        f"None if {each} is None else out_{place}({each})" if place in out else each
        for place, each in enumerate(columns)
    ]
    source = f"""
def written(found):
    {"".join(f"{each}, " for each in columns)} = found
    try:
        return {"".join(f"{each}, " for each in parts)}
    except (RecursionError, TypeError, ValueError):
        raise Garbled from None
"""
    names: dict[str, Any] = {f"out_{place}": converter for place, converter in out.items()}
    names["Garbled"] = Garbled
    exec(source, names)
    written: Callable[[Sequence[Any]], Sequence[Any]] = names["written"]
    return written


@cache
def statement(dialect: str, name: str) -> Statement:
    """The statement of that name for a database."""
    if dialect == "sqlite":
        return Statement(name, compiled.SQLITE[name], TO_SQLITE, FROM_SQLITE)
    return Statement(name, compiled.POSTGRESQL[name], TO_POSTGRESQL, FROM_POSTGRESQL)
