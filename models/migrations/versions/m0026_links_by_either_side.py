"""Links between records are found from either side, those that have ended too."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_person_link_other_id", "person_link", ["other_id"])


def downgrade() -> None:
    op.drop_index("ix_person_link_other_id", table_name="person_link")
