"""Every statement the program sends, written once against the SQLModel tables.

`python -m models.build` turns them into the text in `models/compiled.py`, for SQLite and for PostgreSQL; a test
fails when that text is stale. Nothing else holds SQL, but for the guards and what a database needs of its own.
One module for each subject; all of them are in `STATEMENTS`, by name, once they are imported here.
"""

from __future__ import annotations

from models.statements import (
    access,
    casework,
    conference,
    contradictions,
    documents,
    drafts,
    families,
    filing,
    imports,
    keeping,
    measures,
    messages,
    nightly,
    owning,
    people,
    proof,
    restating,
    rows,
    service,
    supervision,
    upgrading,
    work,
)
from models.statements.parts import STATEMENTS

__all__ = [
    "STATEMENTS",
    "access",
    "casework",
    "conference",
    "contradictions",
    "documents",
    "drafts",
    "families",
    "filing",
    "imports",
    "keeping",
    "measures",
    "messages",
    "nightly",
    "owning",
    "people",
    "proof",
    "restating",
    "rows",
    "service",
    "supervision",
    "upgrading",
    "work",
]
