"""The trail: what happened, one row for each thing, and what each learned."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Column, Integer
from sqlmodel import Field, SQLModel

from models.tables.parts import PLAIN, a_moment, a_text, some_bytes
from models.types import SealedText


class Move(SQLModel, table=True):
    """The trail: one row for each thing that happened to a case. Rows are added, never changed.

    The database itself refuses UPDATE and DELETE. Every column but `hash` is under the hash; what is personal
    is in `trail_payload` and enters through its salted commitment, so that lawful erasure leaves the chain whole.
    """

    __tablename__: ClassVar[str] = "trail"
    __table_args__ = {"sqlite_with_rowid": False}

    case_ref: str = Field(sa_column=Column("case_ref", PLAIN, primary_key=True))
    seq: int = Field(sa_column=Column("seq", Integer, primary_key=True, autoincrement=False))
    at: datetime = a_moment()
    effective_at: datetime = a_moment()
    actor: str = a_text()
    role: str = a_text()
    action: str = a_text()
    from_state: str = a_text()
    to_state: str = a_text()
    rule: str = a_text(default="")
    basis: str = a_text(default="witnessed")
    voids: int | None = None
    key: str | None = a_text(nullable=True, unique=True)
    commitment: bytes = some_bytes()
    prev: bytes = some_bytes()
    hash: bytes = some_bytes()
    format: int = 1


class Payload(SQLModel, table=True):
    """What an entry of the trail learned: facts, and the fingerprint of the record written with it."""

    __tablename__: ClassVar[str] = "trail_payload"
    __table_args__ = {"sqlite_with_rowid": False}

    case_ref: str = Field(sa_column=Column("case_ref", PLAIN, primary_key=True))
    seq: int = Field(sa_column=Column("seq", Integer, primary_key=True, autoincrement=False))
    salt: bytes = some_bytes()
    body: str = Field(sa_type=SealedText)
