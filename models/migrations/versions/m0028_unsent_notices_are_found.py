"""What somebody was to be told and no mail has carried is found by who it is for and when it was queued."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None
UNSENT = sa.text("sent_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_notice_unsent", "notice", ["practitioner_id", "queued_at"], sqlite_where=UNSENT, postgresql_where=UNSENT
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_notice_unsent", table_name="notice")
