"""What was known of somebody, and that a relationship had ended, can be told as at a day before it was corrected."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.types import Instant

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("was", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("relationship", sa.Column("end_recorded_at", Instant(), nullable=True))


def downgrade() -> None:
    op.drop_column("relationship", "end_recorded_at")
    op.drop_column("person", "was")
