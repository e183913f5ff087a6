"""Records of one person linked; addresses as the search compares them; who joined a meeting when, and whose it was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "person_link",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by_login", sa.Text(), nullable=False),
        sa.Column("from_at", models.types.Instant(), nullable=False),
        sa.Column("ended_at", models.types.Instant(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.CheckConstraint("person_id <> other_id", name=op.f("ck_person_link_two")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_link_person_id_person")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_person_link_other_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_link")),
    )
    op.create_index(op.f("ix_person_link_person_id"), "person_link", ["person_id"], unique=False)
    op.create_index(
        "uq_person_link_other",
        "person_link",
        ["other_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "meeting_person",
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("part", PLAIN, nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_person_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_person_person_id_person")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", "part", name=op.f("pk_meeting_person")),
    )
    op.create_index(op.f("ix_meeting_person_person_id"), "meeting_person", ["person_id"], unique=False)
    op.add_column("meeting_case", sa.Column("joined_at", models.types.Instant(), nullable=True))
    op.add_column("meeting_case", sa.Column("left_at", models.types.Instant(), nullable=True))
    op.add_column("person_address", sa.Column("folded", PLAIN, server_default=sa.text("''"), nullable=False))
    op.create_index(op.f("ix_person_address_folded"), "person_address", ["folded"], unique=False)
    op.create_index("ix_person_name_sounds_folded", "person_name", ["sounds", "folded"], unique=False)
    op.drop_index(op.f("ix_person_name_sounds"), table_name="person_name")


def downgrade() -> None:
    op.create_index(op.f("ix_person_name_sounds"), "person_name", ["sounds"], unique=False)
    op.drop_index("ix_person_name_sounds_folded", table_name="person_name")
    op.drop_index(op.f("ix_person_address_folded"), table_name="person_address")
    op.drop_column("person_address", "folded")
    op.drop_column("meeting_case", "left_at")
    op.drop_column("meeting_case", "joined_at")
    op.drop_table("meeting_person")
    op.drop_table("person_link")
