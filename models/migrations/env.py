"""How a migration runs: on a connection handed in, with the trail's guards laid down anew afterwards."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, inspect, text

from models import guards
from models.tables import TABLES


def _run(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection, target_metadata=TABLES, render_as_batch=sqlite, compare_type=False
    )
    with context.begin_transaction():
        context.run_migrations()
        if inspect(connection).has_table("trail"):
            for each in guards.statements(connection.dialect.name):
                connection.execute(text(each))


_run(context.config.attributes["connection"])
