"""Who may see what, what proves the record, what people are sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_key",
        sa.Column("case_ref", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("store_key", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", models.types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("case_ref", name=op.f("pk_case_key")),
    )
    op.create_table(
        "checkpoint",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("at", models.types.Instant(), nullable=False),
        sa.Column("chains", sa.Integer(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
    )
    op.create_table(
        "copy_run",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("started_at", models.types.Instant(), nullable=False),
        sa.Column("finished_at", models.types.Instant(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("chains", sa.Integer(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('backup', 'check', 'drill', 'restore')", name=op.f("ck_copy_run_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_run")),
    )
    op.create_table(
        "daily_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("pathway", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("open_cases", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("due_today", sa.Integer(), nullable=False),
        sa.Column("due_soon", sa.Integer(), nullable=False),
        sa.Column("recorded_at", models.types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("day", "pathway", "team", name=op.f("pk_daily_count")),
    )
    op.create_table(
        "proposal",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("details", models.types.JsonText(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", models.types.Instant(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", models.types.Instant(), nullable=True),
        sa.Column("decided_because", sa.Text(), nullable=True),
        sa.CheckConstraint("verdict IN ('waiting', 'agreed', 'declined')", name=op.f("ck_proposal_verdict")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_target"), "proposal", ["target"], unique=False)

    op.create_table(
        "tombstone",
        sa.Column("case_ref", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("pathway", sa.Text(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by_login", sa.Text(), nullable=False),
        sa.Column("second_login", sa.Text(), nullable=False),
        sa.Column("destroyed_at", models.types.Instant(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_ref", name=op.f("pk_tombstone")),
    )
    op.create_table(
        "checkpoint_leaf",
        sa.Column("checkpoint_id", sa.BigInteger(), nullable=False),
        sa.Column("case_ref", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"], ["checkpoint.id"], name=op.f("fk_checkpoint_leaf_checkpoint_id_checkpoint")
        ),
        sa.PrimaryKeyConstraint("checkpoint_id", "case_ref", name=op.f("pk_checkpoint_leaf")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_checkpoint_leaf_case", "checkpoint_leaf", ["case_ref", "checkpoint_id"], unique=False)

    op.create_table(
        "form_draft",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("practitioner_id", sa.BigInteger(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("answers", models.types.JsonText(), nullable=False),
        sa.Column("begun_at", models.types.Instant(), nullable=False),
        sa.Column("saved_at", models.types.Instant(), nullable=False),
        sa.Column("finished_at", models.types.Instant(), nullable=True),
        sa.Column("dropped_at", models.types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name=op.f("fk_form_draft_practitioner_id_practitioner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_draft")),
    )
    op.create_index(op.f("ix_form_draft_practitioner_id"), "form_draft", ["practitioner_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("practitioner_id", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("queued_at", models.types.Instant(), nullable=False),
        sa.Column("send_after", models.types.Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_fault", sa.Text(), nullable=False),
        sa.Column("sent_at", models.types.Instant(), nullable=True),
        sa.Column("given_up_at", models.types.Instant(), nullable=True),
        sa.CheckConstraint("kind IN ('digest', 'urgent', 'operator')", name=op.f("ck_notice_kind")),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name=op.f("fk_notice_practitioner_id_practitioner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    op.create_index(op.f("ix_notice_practitioner_id"), "notice", ["practitioner_id"], unique=False)
    op.create_index(
        "ix_notice_waiting",
        "notice",
        ["send_after"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
    )

    op.create_table(
        "access",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("practitioner_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by_login", sa.Text(), nullable=False),
        sa.Column("second_login", sa.Text(), nullable=True),
        sa.Column("from_at", models.types.Instant(), nullable=False),
        sa.Column("until_at", models.types.Instant(), nullable=True),
        sa.Column("ended_at", models.types.Instant(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("recorded_at", models.types.Instant(), nullable=False),
        sa.CheckConstraint("kind IN ('allowed', 'excluded', 'glass')", name=op.f("ck_access_kind")),
        sa.CheckConstraint("(case_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_access_one_target")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["pathway_case.id"], name=op.f("fk_access_case_id_pathway_case")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_access_person_id_person")),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name=op.f("fk_access_practitioner_id_practitioner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access")),
    )
    op.create_index(op.f("ix_access_case_id"), "access", ["case_id"], unique=False)
    op.create_index(op.f("ix_access_person_id"), "access", ["person_id"], unique=False)
    op.create_index("ix_access_practitioner_kind", "access", ["practitioner_id", "kind"], unique=False)

    op.create_table(
        "restriction",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by_login", sa.Text(), nullable=False),
        sa.Column("from_at", models.types.Instant(), nullable=False),
        sa.Column("lifted_at", models.types.Instant(), nullable=True),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.Column("lifted_second", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(case_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_restriction_one_target")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["pathway_case.id"], name=op.f("fk_restriction_case_id_pathway_case")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_restriction_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction")),
    )
    op.create_index(op.f("ix_restriction_case_id"), "restriction", ["case_id"], unique=False)
    op.create_index(op.f("ix_restriction_person_id"), "restriction", ["person_id"], unique=False)

    op.add_column("outbox", sa.Column("event_id", sa.Text(), nullable=True))
    op.add_column("outbox", sa.Column("sent_at", models.types.Instant(), nullable=True))

    op.add_column(
        "pathway_case", sa.Column("guarded", sa.Boolean(), server_default=sa.false(), nullable=False)
    )

    op.add_column("person", sa.Column("guarded", sa.Boolean(), server_default=sa.false(), nullable=False))

    op.add_column("practitioner", sa.Column("given", sa.Text(), server_default="", nullable=False))
    op.add_column("practitioner", sa.Column("family", sa.Text(), server_default="", nullable=False))
    op.add_column("practitioner", sa.Column("folded", sa.Text(), server_default="", nullable=False))
    op.add_column("practitioner", sa.Column("birth_date", sa.Date(), nullable=True))
    op.add_column("practitioner", sa.Column("staff_number", sa.Text(), nullable=True))
    op.add_column("practitioner", sa.Column("email", sa.Text(), nullable=True))
    op.create_index(op.f("ix_practitioner_folded"), "practitioner", ["folded"], unique=False)
    op.create_index(op.f("ix_practitioner_staff_number"), "practitioner", ["staff_number"], unique=False)

    op.execute("UPDATE pathway_case SET guarded = restricted")
    op.execute("UPDATE person SET guarded = restricted")


def downgrade() -> None:
    with op.batch_alter_table("practitioner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practitioner_staff_number"))
        batch_op.drop_index(batch_op.f("ix_practitioner_folded"))
        batch_op.drop_column("email")
        batch_op.drop_column("staff_number")
        batch_op.drop_column("birth_date")
        batch_op.drop_column("folded")
        batch_op.drop_column("family")
        batch_op.drop_column("given")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("guarded")

    with op.batch_alter_table("pathway_case", schema=None) as batch_op:
        batch_op.drop_column("guarded")

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("sent_at")
        batch_op.drop_column("event_id")

    with op.batch_alter_table("restriction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restriction_person_id"))
        batch_op.drop_index(batch_op.f("ix_restriction_case_id"))

    op.drop_table("restriction")
    with op.batch_alter_table("access", schema=None) as batch_op:
        batch_op.drop_index("ix_access_practitioner_kind")
        batch_op.drop_index(batch_op.f("ix_access_person_id"))
        batch_op.drop_index(batch_op.f("ix_access_case_id"))

    op.drop_table("access")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notice_waiting",
            sqlite_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_notice_practitioner_id"))

    op.drop_table("notice")
    with op.batch_alter_table("form_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_draft_practitioner_id"))

    op.drop_table("form_draft")
    with op.batch_alter_table("checkpoint_leaf", schema=None) as batch_op:
        batch_op.drop_index("ix_checkpoint_leaf_case")

    op.drop_table("checkpoint_leaf")
    op.drop_table("tombstone")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_target"))

    op.drop_table("proposal")
    op.drop_table("daily_count")
    op.drop_table("copy_run")
    op.drop_table("checkpoint")
    op.drop_table("case_key")
