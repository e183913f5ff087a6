"""The nightly check finds children who were expected once, and are perhaps born, without reading every case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    found = sa.text("expected_delivery_date IS NOT NULL")
    op.create_index(
        "ix_person_expected",
        "person",
        ["expected_delivery_date"],
        sqlite_where=found,
        postgresql_where=found,
    )


def downgrade() -> None:
    op.drop_index("ix_person_expected", "person")
