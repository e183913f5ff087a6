"""Column types that keep their meaning on both databases.

`Instant` is a moment in UTC. SQLite would drop an offset without a word, so a naive value is refused and the
text is of fixed width, which sorts as time does. `JsonText` is compact JSON with sorted keys. `SealedJson` and
`SealedText` are what may lie in the store sealed with the key of its case (`models/sealing.py`).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from models.wire import instant_text, json_text


class Instant(TypeDecorator[datetime]):
    """A moment, aware, stored in UTC: `timestamptz` on PostgreSQL, ISO text on SQLite."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the database's own type."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse a naive moment; hand over UTC."""
        if value is None:
            return None
        return instant_text(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give back an aware moment in UTC."""
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        return None if value is None else value.astimezone(UTC)


class JsonText(TypeDecorator[Any]):
    """JSON as text, the same bytes on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write compact JSON with sorted keys."""
        return None if value is None else json_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Read JSON."""
        return None if value is None else json.loads(value)


class SealedJson(JsonText):
    """JSON that may lie sealed."""

    cache_ok = True


class SealedText(TypeDecorator[str]):
    """Text that may lie sealed."""

    impl = Text
    cache_ok = True
