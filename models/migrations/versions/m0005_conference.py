"""The conference: what is booked for a day is found without reading every meeting there ever was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_meeting_booked_on",
        "meeting",
        ["booked_on"],
        unique=False,
        sqlite_where=sa.text("status = 'booked'"),
        postgresql_where=sa.text("status = 'booked'"),
    )


def downgrade() -> None:
    op.drop_index("ix_meeting_booked_on", table_name="meeting")
