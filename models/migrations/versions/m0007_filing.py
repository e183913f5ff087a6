"""The file: what bars it from being destroyed, or makes its keeping longer; training of those who keep it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_mark",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("pension_on", sa.Date(), nullable=True),
        sa.Column("by_login", sa.Text(), nullable=False),
        sa.Column("from_at", models.types.Instant(), nullable=False),
        sa.Column("ended_at", models.types.Instant(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.CheckConstraint("(case_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_file_mark_one_target")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["pathway_case.id"], name=op.f("fk_file_mark_case_id_pathway_case")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_file_mark_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_mark")),
    )
    op.create_index(op.f("ix_file_mark_case_id"), "file_mark", ["case_id"], unique=False)
    op.create_index(op.f("ix_file_mark_person_id"), "file_mark", ["person_id"], unique=False)
    op.create_table(
        "training",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("practitioner_id", sa.BigInteger(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("by_login", sa.Text(), nullable=False),
        sa.Column("recorded_at", models.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name=op.f("fk_training_practitioner_id_practitioner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
    )
    op.create_index(op.f("ix_training_practitioner_id"), "training", ["practitioner_id"], unique=False)
    op.create_index("uq_training_once", "training", ["practitioner_id", "completed_on"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_training_once", table_name="training")
    op.drop_index(op.f("ix_training_practitioner_id"), table_name="training")
    op.drop_table("training")
    op.drop_index(op.f("ix_file_mark_person_id"), table_name="file_mark")
    op.drop_index(op.f("ix_file_mark_case_id"), table_name="file_mark")
    op.drop_table("file_mark")
