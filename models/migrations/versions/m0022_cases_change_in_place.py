"""A case changes in place on PostgreSQL, and deaths that the database told of are found without going through messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

DEATHS = sa.text("event = 'pathways.person.died'")


def upgrade() -> None:
    op.create_index(
        "ix_outbox_deaths",
        "outbox",
        ["case_ref"],
        unique=False,
        sqlite_where=DEATHS,
        postgresql_where=DEATHS,
    )
    if op.get_bind().dialect.name == "postgresql":  # pages that are full make room as their cases change
        op.execute("ALTER TABLE pathway_case SET (fillfactor = 70)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE pathway_case RESET (fillfactor)")
    op.drop_index("ix_outbox_deaths", "outbox")
