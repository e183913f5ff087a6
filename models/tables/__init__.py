"""Every table, as SQLModel classes: what is stored. What may happen is said in `models/casework.py` alone.

The classes give the schema, the migrations and the statements (`models/statements/`). They are not used to
carry rows at run time: a row object for each case costs twenty times what the row does.

Two times stand on everything that happens: `effective_at`, when it happened, and `recorded_at`, when it was
written. Nothing that is dated is overwritten; it is ended, and a new row begun.
"""

from __future__ import annotations

from sqlmodel import SQLModel

from models.tables import casework, documents, filing, people, proof, service, staff, supervision, trail

__all__ = [
    "TABLES",
    "casework",
    "documents",
    "filing",
    "people",
    "proof",
    "service",
    "staff",
    "supervision",
    "trail",
]

TABLES = SQLModel.metadata
