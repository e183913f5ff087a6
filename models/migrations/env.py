"""How a migration runs: on a connection handed in, with the trail's guards laid down anew afterwards."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, inspect, text

from models import guards, row_security
from models.tables import TABLES


def _run(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection, target_metadata=TABLES, render_as_batch=sqlite, compare_type=False
    )
    with context.begin_transaction():
        context.run_migrations()
        there = inspect(connection).get_table_names()
        for each in guards.statements(connection.dialect.name, there):
            connection.execute(text(each))
        if not sqlite and TABLES.tables.keys() <= set(
            there
        ):  # policies name tables that an older store has not
            row_security.lay(connection)


_run(context.config.attributes["connection"])
