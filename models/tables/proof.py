"""What proves the record: signed checkpoints, tombstones, the keys of cases, copies made and tried."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Text
from sqlmodel import Field, SQLModel

from models.tables.parts import PLAIN, a_key, a_moment, a_text, some_bytes


class Checkpoint(SQLModel, table=True):
    """The signed root over every chain of the store, as at a moment (RFC 9162).

    `outbox_id` is the last message then written; what came after it is not covered yet. `follows` is the code of the
    checkpoint before; empty for the first, and where that was made before version 0024 of the tables.
    """

    __tablename__: ClassVar[str] = "checkpoint"

    id: int | None = a_key()
    at: datetime = a_moment()
    chains: int = 0
    entries: int = Field(default=0, sa_type=BigInteger)
    root: bytes = some_bytes()
    text: str = a_text()
    signature: bytes = some_bytes()
    signed_by: str = a_text()
    outbox_id: int = Field(default=0, sa_type=BigInteger)
    follows: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})


class CheckpointLeaf(SQLModel, table=True):
    """A chain that had grown since the checkpoint before: how many entries the root covers, and the last hash.

    `place` is the chain's among the leaves of the root, for good: new ones are added at the end. None in checkpoints made
    before there were places, whose leaves are sorted by reference.
    """

    __tablename__: ClassVar[str] = "checkpoint_leaf"
    __table_args__ = (
        Index("ix_checkpoint_leaf_case", "case_ref", "checkpoint_id"),
        {"sqlite_with_rowid": False},
    )

    checkpoint_id: int = Field(foreign_key="checkpoint.id", primary_key=True, sa_type=BigInteger)
    case_ref: str = Field(sa_column=Column("case_ref", PLAIN, primary_key=True))
    entries: int = Field()
    head: bytes = some_bytes()
    place: int | None = None


class TreeRun(SQLModel, table=True):
    """Sixteen hashes of the newest checkpoint's tree, or fewer at its end: `pathways/tree.py`.

    Nothing rests on them: they can be worked out from what checkpoints covered, and are proven each time they are used.
    """

    __tablename__: ClassVar[str] = "tree_run"
    __table_args__ = {"sqlite_with_rowid": False}

    level: int = Field(sa_column=Column("level", Integer, primary_key=True, autoincrement=False))
    place: int = Field(sa_column=Column("place", Integer, primary_key=True, autoincrement=False))
    hashes: bytes = some_bytes()


class Uncovered(SQLModel, table=True):
    """An entry of the trail that no checkpoint covers yet, by its chain; the database notes each as it is written.

    The night's checkpoint looks at every chain, and would find one that is missing here.
    """

    __tablename__: ClassVar[str] = "uncovered"

    id: int | None = a_key()
    case_ref: str = Field(sa_column=Column("case_ref", PLAIN, nullable=False))


class Tombstone(SQLModel, table=True):
    """A case that was destroyed at the end of its keeping: its chain stands, its content is gone."""

    __tablename__: ClassVar[str] = "tombstone"

    case_ref: str = Field(sa_column=Column("case_ref", PLAIN, primary_key=True))
    pathway: str = a_text()
    entries: int = Field()
    head: bytes = some_bytes()
    rule: str = a_text()
    because: str = a_text()
    by_login: str = a_text()
    second_login: str = a_text()
    destroyed_at: datetime = a_moment()
    certificate: str = a_text()


class CaseKey(SQLModel, table=True):
    """The key that a case's content is sealed with, itself sealed with the store's key `store_key`.

    Destroying it is destroying the content.
    """

    __tablename__: ClassVar[str] = "case_key"

    case_ref: str = Field(sa_column=Column("case_ref", PLAIN, primary_key=True))
    store_key: str = a_text()
    sealed: bytes = some_bytes()
    made_at: datetime = a_moment()


class CopyRun(SQLModel, table=True):
    """A backup made, tried or put back: when, how it went, what it holds."""

    __tablename__: ClassVar[str] = "copy_run"
    __table_args__ = (CheckConstraint("kind IN ('backup', 'check', 'drill', 'restore')", name="kind"),)

    id: int | None = a_key()
    kind: str = a_text()
    started_at: datetime = a_moment()
    finished_at: datetime | None = a_moment(nullable=True)
    name: str = a_text()
    whole: bool = False
    said: str = a_text(default="")
    chains: int = 0
    entries: int = Field(default=0, sa_type=BigInteger)
    root: str = a_text(default="")
