"""How values travel between Python and the database drivers. No library is imported here."""

from __future__ import annotations

import json
from datetime import UTC, datetime
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
