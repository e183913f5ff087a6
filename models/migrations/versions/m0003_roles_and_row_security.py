"""PostgreSQL: an owner, an application, a reader and a service role; the owner gets the tables.

Grants, functions and policies are laid after every upgrade (`models/row_security.py`). SQLite has no roles.
"""

from __future__ import annotations

from alembic import op

from models import row_security

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        row_security.make_roles(op.get_bind())


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        row_security.take_down(op.get_bind())
