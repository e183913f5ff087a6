"""Arrays in PostgreSQL's own form, for thousands of rows: neither side writes them as text or reads them from it.

A column mostly holds few different values. So each is written once, and put in its places by what is written in C.
Only for work with PostgreSQL: this needs its driver.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from struct import Struct
from typing import Any

from psycopg.adapt import Dumper
from psycopg.pq import Format

from models.wire import aware

MOMENT = "TIMESTAMP WITH TIME ZONE"
_HEAD, _NOTHING = Struct(">iiIii").pack, b"\xff\xff\xff\xff"
_INTEGER, _BIGINT = partial(Struct(">ii").pack, 4), partial(Struct(">iq").pack, 8)
_BEGINS, _FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC), date(2000, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)


class Packed(bytes):
    """An array as `packed` makes it."""


class _PassedOn(Dumper):
    """What goes over as it is; of which type it is the statement says."""

    format = Format.BINARY

    def dump(self, obj: Packed) -> Packed:
        return obj


def take_packed(connection: Any) -> None:
    """Let a connection of the driver's send what `packed` makes."""
    connection.adapters.register_dumper(Packed, _PassedOn)


def packed(kind: str, values: Sequence[Any]) -> Packed:
    """An array of one dimension; None is nothing.

    Args:
        kind: the type of its values, as a cast names it.
        values: at least one of them.

    Raises:
        ValueError: a moment has no time zone.
    """
    number, write = _KINDS[kind]
    if kind == MOMENT:
        values = [*map(_in_utc, values)]
    written = {each: _NOTHING if each is None else write(each) for each in {*values}}
    if len(written) == 1:
        (always,) = written.values()
        body = always * len(values)
    else:
        body = b"".join(map(written.__getitem__, values))
    return Packed(_HEAD(1, None in written, number, len(values), 1) + body)


def _in_utc(at: datetime | None) -> datetime | None:
    """The two half past ones of an autumn night in London would be taken for one."""
    return at if at is None or at.tzinfo is UTC else aware(at).astimezone(UTC)


def _bytes(value: bytes) -> bytes:
    return len(value).to_bytes(4, "big") + value


def _text(value: str) -> bytes:
    return _bytes(value.encode())


def _flag(value: bool) -> bytes:
    return b"\0\0\0\1\1" if value else b"\0\0\0\1\0"


def _day(value: date) -> bytes:
    return _INTEGER(value.toordinal() - _FIRST_DAY)


def _moment(value: datetime) -> bytes:
    return _BIGINT((value - _BEGINS) // _MICROSECOND)


_KINDS: dict[str, tuple[int, Callable[[Any], bytes]]] = {
    "BIGINT": (20, _BIGINT),
    "BOOLEAN": (16, _flag),
    "BYTEA": (17, _bytes),
    "DATE": (1082, _day),
    "INTEGER": (23, _INTEGER),
    MOMENT: (1184, _moment),
    "VARCHAR": (1043, _text),
}
"""By name, the number that PostgreSQL has given each type for good, and how one value is written."""
