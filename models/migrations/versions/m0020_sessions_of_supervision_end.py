"""A session of supervision is ended by two people at the end of its keeping: when, by whom, and the certificate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from models.types import Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("supervision", sa.Column("destroyed_at", Instant(), nullable=True))
    op.add_column("supervision", sa.Column("destroyed_by", sa.BigInteger(), nullable=True))
    op.add_column("supervision", sa.Column("certificate", sa.Text(), nullable=True))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for does in (
            "seen",
            "added",
            "changed",
        ):  # they ask a session who may read; the older program lays its own
            op.execute(f"DROP POLICY IF EXISTS proposal_{does} ON proposal")
    for column in ("certificate", "destroyed_by", "destroyed_at"):
        op.drop_column("supervision", column)
