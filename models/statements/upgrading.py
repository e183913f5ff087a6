"""What an upgrade asks of a store first, in columns that every revision of the tables has."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.statements.parts import T, named

check_run, import_run = T["check_run"], T["import_run"]


@named
def newest_check() -> Any:
    return select(check_run.c.started_at, check_run.c.finished_at).order_by(check_run.c.id.desc()).limit(1)


@named
def newest_import() -> Any:
    return select(import_run.c.started_at, import_run.c.finished_at).order_by(import_run.c.id.desc()).limit(1)
