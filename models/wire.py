"""How values travel between Python and the database drivers. No library is imported here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any


def _encoder() -> Callable[[Any, int], Iterable[str]]:
    """What encodes a value in pieces, in C where there is such an encoder: the library makes a new one for each value."""
    ready: Any = getattr(json.encoder, "c_make_encoder", None)
    text: Any = getattr(json.encoder, "encode_basestring", None)
    if ready is None or text is None:
        plain = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
        return lambda value, _: plain.encode(value)
    pieces: Callable[[Any, int], Iterable[str]] = ready(None, str, text, None, ":", ",", True, False, True)
    return pieces


_pieces = _encoder()


def instant_text(value: datetime) -> str:
    """A moment as text of fixed width in UTC, so that text order is time order.

    Raises:
        ValueError: the moment has no zone.
    """
    return _utc_text(value if value.tzinfo is UTC else aware(value).astimezone(UTC))


@lru_cache(maxsize=20_000)
def _utc_text(value: datetime) -> str:
    """Only moments in UTC are remembered: in London the two half past ones of an autumn night compare as one."""
    return value.isoformat(timespec="microseconds")


def aware(value: datetime) -> datetime:
    """The moment itself, if it has its zone.

    Raises:
        ValueError: it has none.
    """
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return value


def from_json(text: str) -> Any:
    """What JSON says. Ours is compact: whatever is not goes the library's longer way, and so does what is no JSON."""
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        return json.loads(text)
    return value if end == len(text) else json.loads(text)


def from_bytea(value: bytes) -> bytes:
    """Bytes as PostgreSQL's driver gives them. A number is refused: `bytes` would lay out as many zeros.

    Raises:
        TypeError: it is neither bytes nor a view of some.
    """
    return bytes(memoryview(value))


_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


def json_text(value: Any) -> str:
    """Compact JSON with sorted keys."""
    return "".join(_pieces(value, 0))


def array_text(values: Iterable[Any]) -> str:
    """An array as PostgreSQL reads it from text, for thousands of values; the driver's own way takes five times as long."""
    column = [*values]
    kinds = {*map(type, column)}
    write = _ALIKE.get(kinds.pop()) if len(kinds) == 1 else None
    return "{" + (write(column) if write else ",".join(map(_element, column))) + "}"


def _texts(column: list[str]) -> str:
    text = _BETWEEN.join(column)
    if text.count(_BETWEEN) >= len(column):
        return ",".join(map(_element, column))
    escaped = text.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped.replace(_BETWEEN, _QUOTED)}"'


_BETWEEN, _QUOTED = "\x1f", '","'
_ALIKE: dict[type, Callable[[list[Any]], str]] = {
    str: _texts,
    int: lambda column: ",".join(map(str, column)),
    bytes: lambda column: '"' + _QUOTED.join([rf"\\x{each.hex()}" for each in column]) + '"',
    datetime: lambda column: f'"{_QUOTED.join(map(datetime.isoformat, column))}"',
}
"""How a column is written in which all values are of one kind: the work for each is done in C."""


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return rf'"\\x{value.hex()}"'
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    escaped = str(value).replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'
