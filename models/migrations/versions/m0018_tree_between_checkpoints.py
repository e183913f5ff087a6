"""The tree of the newest checkpoint is kept, and which entries none covers yet: a checkpoint costs what has changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("checkpoint_leaf", sa.Column("place", sa.Integer(), nullable=True))
    op.create_table(
        "tree_run",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "place", name=op.f("pk_tree_run")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "uncovered",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_ref", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uncovered")),
    )


def downgrade() -> None:
    on = "" if op.get_bind().dialect.name == "sqlite" else " ON trail"
    op.execute(f"DROP TRIGGER IF EXISTS trail_grew{on}")
    op.drop_table("uncovered")
    op.drop_table("tree_run")
    op.drop_column("checkpoint_leaf", "place")
