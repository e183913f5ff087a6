"""Safeguarding supervision, team meetings; a mark that keeps one page of a file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team_meeting",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("by_login", sa.Text(), nullable=False),
        sa.Column("recorded_at", models.types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_meeting")),
    )
    op.create_index("uq_team_meeting", "team_meeting", ["team", "held_on"], unique=True)
    op.create_table(
        "supervision",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("supervisor_id", sa.BigInteger(), nullable=False),
        sa.Column("practitioner_id", sa.BigInteger(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("head_present", sa.Boolean(), nullable=False),
        sa.Column("body", models.types.SealedJson(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("by_login", sa.Text(), nullable=False),
        sa.Column("recorded_at", models.types.Instant(), nullable=False),
        sa.CheckConstraint("supervisor_id <> practitioner_id", name=op.f("ck_supervision_two_people")),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name=op.f("fk_supervision_practitioner_id_practitioner")
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["practitioner.id"], name=op.f("fk_supervision_supervisor_id_practitioner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
    )
    op.create_index(
        "ix_supervision_practitioner_held", "supervision", ["practitioner_id", "held_on"], unique=False
    )
    op.create_index(op.f("ix_supervision_supervisor_id"), "supervision", ["supervisor_id"], unique=False)
    op.create_table(
        "supervision_action",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("supervision_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("what", models.types.SealedText(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_as", sa.Text(), nullable=True),
        sa.Column("ended_why", models.types.SealedText(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_at", models.types.Instant(), nullable=True),
        sa.CheckConstraint("ended_as IN ('done', 'dropped')", name=op.f("ck_supervision_action_ended_as")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["practitioner.id"], name=op.f("fk_supervision_action_owner_id_practitioner")
        ),
        sa.ForeignKeyConstraint(
            ["supervision_id"],
            ["supervision.id"],
            name=op.f("fk_supervision_action_supervision_id_supervision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_action")),
    )
    op.create_index(op.f("ix_supervision_action_owner_id"), "supervision_action", ["owner_id"], unique=False)
    op.create_index(
        op.f("ix_supervision_action_supervision_id"), "supervision_action", ["supervision_id"], unique=False
    )
    op.create_table(
        "supervision_signature",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("supervision_id", sa.BigInteger(), nullable=False),
        sa.Column("practitioner_id", sa.BigInteger(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("instead_of", sa.Text(), nullable=False),
        sa.Column("said", models.types.SealedText(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("signed_at", models.types.Instant(), nullable=False),
        sa.CheckConstraint(
            "capacity IN ('supervisor', 'practitioner', 'head')",
            name=op.f("ck_supervision_signature_capacity"),
        ),
        sa.CheckConstraint(
            "instead_of IN ('', 'supervisor', 'practitioner')",
            name=op.f("ck_supervision_signature_instead_of"),
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioner.id"],
            name=op.f("fk_supervision_signature_practitioner_id_practitioner"),
        ),
        sa.ForeignKeyConstraint(
            ["supervision_id"],
            ["supervision.id"],
            name=op.f("fk_supervision_signature_supervision_id_supervision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_signature")),
    )
    op.create_index(
        op.f("ix_supervision_signature_practitioner_id"),
        "supervision_signature",
        ["practitioner_id"],
        unique=False,
    )
    op.create_index(
        "uq_supervision_signature",
        "supervision_signature",
        ["supervision_id", "capacity", "instead_of"],
        unique=True,
    )
    op.create_table(
        "supervision_case",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("supervision_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["pathway_case.id"], name=op.f("fk_supervision_case_case_id_pathway_case")
        ),
        sa.ForeignKeyConstraint(
            ["supervision_id"],
            ["supervision.id"],
            name=op.f("fk_supervision_case_supervision_id_supervision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_case")),
    )
    op.create_index(op.f("ix_supervision_case_case_id"), "supervision_case", ["case_id"], unique=False)
    op.create_index("uq_supervision_case", "supervision_case", ["supervision_id", "case_id"], unique=True)
    op.add_column("file_mark", sa.Column("page", sa.Integer(), nullable=True))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for does in (
            "seen",
            "added",
            "changed",
        ):  # they ask this table who may read; the older program lays its own
            op.execute(f"DROP POLICY IF EXISTS case_key_{does} ON case_key")
    op.drop_column("file_mark", "page")
    op.drop_index("uq_supervision_case", table_name="supervision_case")
    op.drop_index(op.f("ix_supervision_case_case_id"), table_name="supervision_case")
    op.drop_table("supervision_case")
    op.drop_index("uq_supervision_signature", table_name="supervision_signature")
    op.drop_index(op.f("ix_supervision_signature_practitioner_id"), table_name="supervision_signature")
    op.drop_table("supervision_signature")
    op.drop_index(op.f("ix_supervision_action_supervision_id"), table_name="supervision_action")
    op.drop_index(op.f("ix_supervision_action_owner_id"), table_name="supervision_action")
    op.drop_table("supervision_action")
    op.drop_index(op.f("ix_supervision_supervisor_id"), table_name="supervision")
    op.drop_index("ix_supervision_practitioner_held", table_name="supervision")
    op.drop_table("supervision")
    op.drop_index("uq_team_meeting", table_name="team_meeting")
    op.drop_table("team_meeting")
