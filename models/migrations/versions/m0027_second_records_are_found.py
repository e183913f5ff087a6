"""Second records of a person, and those who were told of one, are found by an index: the nightly check asks for both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None
INDICES = {
    "ix_person_identifier_again": ("person_identifier", "value", "scheme = 'la_child_id_again'"),
    "ix_outbox_second_records": ("outbox", "case_ref", "event = 'pathways.access.second_record'"),
}


def upgrade() -> None:
    for name, (table, column, where) in INDICES.items():
        op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, (table, _, _) in INDICES.items():
        op.drop_index(name, table)
