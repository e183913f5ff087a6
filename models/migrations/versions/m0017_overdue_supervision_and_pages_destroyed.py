"""Whose supervision the overnight check found overdue; pages of a file that were destroyed at their own end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supervision_due",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("practitioner_id", sa.BigInteger(), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioner.id"],
            name=op.f("fk_supervision_due_practitioner_id_practitioner"),
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["practitioner.id"], name=op.f("fk_supervision_due_supervisor_id_practitioner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_due")),
    )
    op.create_index("uq_supervision_due_practitioner", "supervision_due", ["practitioner_id"], unique=True)
    op.create_index(
        op.f("ix_supervision_due_supervisor_id"), "supervision_due", ["supervisor_id"], unique=False
    )
    op.add_column("record", sa.Column("destroyed_seq", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("record", "destroyed_seq")
    op.drop_index(op.f("ix_supervision_due_supervisor_id"), table_name="supervision_due")
    op.drop_index("uq_supervision_due_practitioner", table_name="supervision_due")
    op.drop_table("supervision_due")
