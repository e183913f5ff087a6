"""What SQLite is sent, and how much work it makes of it: counted, not timed, so that it is the same on every computer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest


@dataclass
class Heard:
    """Statements in the order in which they were sent, and the steps of SQLite's virtual machine that each took."""

    statements: list[str] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)

    def sent(self, text: str) -> None:
        self.statements.append(text)
        self.steps.append(0)

    def step(self) -> int:
        self.steps[-1] += 1
        return 0


class _Cursor(sqlite3.Cursor):
    heard: Heard

    def execute(self, text: str, *given: Any) -> Any:
        self.heard.sent(text)
        return super().execute(text, *given)

    def executemany(self, text: str, *given: Any) -> Any:
        self.heard.sent(text)
        return super().executemany(text, *given)


class _Connection(sqlite3.Connection):
    def __init__(self, *given: Any, heard: Heard, **named: Any) -> None:
        super().__init__(*given, **named)
        self._cursor: Callable[..., _Cursor] = type("_Cursor", (_Cursor,), {"heard": heard})
        heard.sent("")
        self.set_progress_handler(heard.step, 1)

    def cursor(self, *_: Any) -> Any:
        return super().cursor(self._cursor)


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """Hear what every store that is opened in between sends to SQLite."""
    heard = Heard()
    driver = SimpleNamespace(
        connect=partial(sqlite3.connect, factory=partial(_Connection, heard=heard)),
        DatabaseError=sqlite3.DatabaseError,
    )
    with monkeypatch.context() as patched:
        patched.setattr("models.connecting.sqlite_driver", lambda path: driver)
        yield heard
