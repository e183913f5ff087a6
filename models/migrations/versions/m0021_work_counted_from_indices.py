"""Work is counted from indices alone on SQLite, and what of it is guarded from an index of such cases on both databases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

RUNNING = sa.text("closed_at IS NULL")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_deadline_running", "deadline")
        op.create_index(
            "ix_deadline_work",
            "deadline",
            ["due_at", "case_id", "rule", "status", "closed_at"],
            unique=False,
            sqlite_where=RUNNING,
        )
    op.create_index(
        "ix_pathway_case_guarded",
        "pathway_case",
        ["person_id", "pathway", "restricted", "guarded", "team", "lead"],
        unique=False,
        sqlite_where=sa.text("guarded"),
        postgresql_where=sa.text("guarded"),
        postgresql_include=["id"],
    )


def downgrade() -> None:
    op.drop_index("ix_pathway_case_guarded", "pathway_case")
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_deadline_work", "deadline")
        op.create_index("ix_deadline_running", "deadline", ["due_at"], unique=False, sqlite_where=RUNNING)
