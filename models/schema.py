"""Making and upgrading a store's tables, through Alembic. Imported only by the commands that do so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from models import compiled, row_security
from models.connecting import connect_sqlite, create_file, driver_address, sqlite_driver, sqlite_path
from pathways.errors import NotReady

NOT_ALLOWED = "42501"
"""PostgreSQL's own code for what a login may not do."""
LOCK_WAIT = "10s"
"""How long PostgreSQL waits for a table that somebody is using, before nothing is changed."""
MIGRATIONS = Path(__file__).with_name("migrations")


def engine(url: str) -> Engine:
    """An engine for schema work: SQLite with the program's own settings, or PostgreSQL."""
    path = sqlite_path(url)
    if path is None:
        return create_engine(
            "postgresql+psycopg://" + driver_address(url).split("://", 1)[1], poolclass=NullPool
        )
    made = create_engine(
        f"sqlite:///{path}",
        poolclass=NullPool,
        module=sqlite_driver(path),
        creator=lambda: connect_sqlite(path)[0],
    )

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

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
        NotReady: the database cannot be reached, is newer than this program, or this login may not change it.
    """
    path = sqlite_path(url)
    if path is not None:
        create_file(path)
    with _said_plainly(), engine(url).begin() as connection:
        found = current(connection)
        if found and found > compiled.HEAD:
            raise NotReady("These records belong to a newer version of this program; nothing was changed.")
        if path is None:
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'"))
        if path is None and row_security.stands(connection):
            row_security.become_owner(connection)
        command.upgrade(config(connection), revision)


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except OperationalError as fault:
        raise NotReady("The database cannot be reached or is in use. Nothing was changed.") from fault
    except ProgrammingError as fault:
        if getattr(fault.orig, "sqlstate", "") != NOT_ALLOWED:
            raise
        raise NotReady(row_security.NOT_THE_OWNER) from fault


def hand_over(url: str) -> None:
    """Give a PostgreSQL database's tables to their owner, and lay grants, functions and policies anew.

    Where it is empty, the owner may have tables there from now on.

    Raises:
        NotReady: this login may not.
    """
    with _said_plainly(), engine(url).begin() as connection:
        row_security.make_roles(connection)
        row_security.lay(connection)


def steps_after(revision: str) -> list[tuple[str, str]]:
    """The migrations that come after a revision, in order: number, and what it makes in a sentence."""
    every = ScriptDirectory.from_config(config()).walk_revisions()
    found = [(each.revision, each.doc.splitlines()[0]) for each in every if each.revision > revision]
    return sorted(found)


def current(connection: Connection) -> str:
    """The revision that the tables are at; empty for a new store."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
