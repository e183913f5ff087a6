"""Each page of a file is sealed with a key of its own; the tables stay as they are."""

from __future__ import annotations

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing: what stands on pages is sealed anew, with keys that migrations do not have (`models/sealing_pages.py`)."""


def downgrade() -> None:
    """Nothing: pages stay under their keys, and an older version of the program cannot read them."""
