"""What every table is made of: keys, references, moments, text; and how constraints are named."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Text
from sqlmodel import Field, SQLModel

from models.types import Instant

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


PLAIN = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its characters on both databases, whatever the server's language."""


def a_key() -> Any:
    """A whole-number key; 64 bits on PostgreSQL, the row id on SQLite."""
    return Field(
        default=None,
        sa_column=Column(
            BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
        ),
    )


def a_ref(target: str, *, index: bool = True, nullable: bool = False) -> Any:
    """The key of a row of another table, as `table.id`."""
    return Field(
        default=None if nullable else ...,
        foreign_key=target,
        index=index,
        sa_type=BigInteger,
        nullable=nullable,
    )


def a_moment(*, nullable: bool = False, index: bool = False) -> Any:
    """A moment, kept in UTC."""
    return Field(default=None if nullable else ..., sa_type=Instant, nullable=nullable, index=index)


def a_text(
    *, nullable: bool = False, default: str | None = None, index: bool = False, unique: bool = False
) -> Any:
    """Text of any length."""
    start = None if nullable else (... if default is None else default)
    return Field(default=start, sa_type=Text, nullable=nullable, index=index, unique=unique)


def some_bytes(*, nullable: bool = False) -> Any:
    """Bytes: a hash, a salt, something sealed."""
    return Field(default=None if nullable else ..., sa_type=LargeBinary, nullable=nullable)
