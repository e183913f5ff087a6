"""Making and upgrading a store's tables, through Alembic. Imported only by the commands that do so."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from models import compiled
from models.store import PRAGMAS, driver_address, sqlite_path
from pathways.errors import NotReady

MIGRATIONS = Path(__file__).with_name("migrations")


def engine(url: str) -> Engine:
    """An engine for schema work: SQLite with the program's own settings, or PostgreSQL."""
    path = sqlite_path(url)
    if path is None:
        return create_engine(
            "postgresql+psycopg://" + driver_address(url).split("://", 1)[1], poolclass=NullPool
        )
    made = create_engine(f"sqlite:///{path}", poolclass=NullPool)

    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(pragma)

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(made, "connect", prepare, insert=True)
    event.listen(made, "begin", begin)
    return made


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file of their own."""
    found = Config()
    found.set_main_option("script_location", str(MIGRATIONS))
    found.set_main_option("path_separator", "os")
    found.attributes["connection"] = connection
    return found


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the store's tables to a revision, in one transaction; make the SQLite file (0600) if need be.

    Raises:
        NotReady: the database cannot be reached, or is newer than this program.
    """
    path = sqlite_path(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    try:
        with engine(url).begin() as connection:
            found = current(connection)
            if found and found > compiled.HEAD:
                raise NotReady(
                    "These records belong to a newer version of this program; nothing was changed."
                )
            command.upgrade(config(connection), revision)
    except OperationalError as fault:
        raise NotReady("The database cannot be reached or is in use. Nothing was changed.") from fault


def current(connection: Connection) -> str:
    """The revision that the tables are at; empty for a new store."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
