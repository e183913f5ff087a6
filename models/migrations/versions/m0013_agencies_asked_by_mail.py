"""A message may go to the shared address of an agency: the delivery ledger says to which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notice", sa.Column("agency", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("notice", "agency")
