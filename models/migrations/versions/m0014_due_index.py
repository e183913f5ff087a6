"""What is due is read from its index alone on PostgreSQL too; SQLite's indices hold the row's number anyway."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.drop_index("ix_deadline_look_at", "deadline")
    op.create_index(
        "ix_deadline_look_at",
        "deadline",
        ["look_at", "case_id"],
        unique=False,
        postgresql_where=sa.text("look_at IS NOT NULL"),
        postgresql_include=["id"],
    )


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.drop_index("ix_deadline_look_at", "deadline")
    op.create_index(
        "ix_deadline_look_at",
        "deadline",
        ["look_at", "case_id"],
        unique=False,
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )
