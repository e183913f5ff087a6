"""A conference is booked for an hour, so that two at once in one room, or by one chair, are seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("begins_at", models.types.Instant(), nullable=True))


def downgrade() -> None:
    op.drop_column("meeting", "begins_at")
