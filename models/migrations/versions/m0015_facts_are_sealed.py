"""The facts that a case row repeats are sealed with the key of their case; the tables stay as they are."""

from __future__ import annotations

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing: a column's text is sealed, with keys that migrations do not have (`models/sealing_facts.py`)."""


def downgrade() -> None:
    """Nothing: sealed facts stay so, and an older version of the program cannot read them."""
