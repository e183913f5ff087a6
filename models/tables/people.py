"""People: children, unborn children and adults, what they are called, where they live, who belongs to whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Column, Index, Text, text
from sqlmodel import Field, SQLModel

from models.tables.parts import PLAIN, a_key, a_moment, a_ref, a_text


class Person(SQLModel, table=True):
    """A child, an unborn child or an adult. Names, addresses and identifiers are dated and stand beside it.

    `was` is a line of JSON for each time that kind, birth, due date or death were corrected: when, and what stood there.
    """

    __tablename__: ClassVar[str] = "person"
    __table_args__ = (
        CheckConstraint("kind IN ('child', 'unborn', 'adult')", name="kind"),
        Index(
            "ix_person_expected",
            "expected_delivery_date",
            sqlite_where=text("expected_delivery_date IS NOT NULL"),
            postgresql_where=text("expected_delivery_date IS NOT NULL"),
        ),
    )

    id: int | None = a_key()
    kind: str = a_text()
    birth_date: date | None = Field(default=None, index=True)
    expected_delivery_date: date | None = None
    died_on: date | None = None
    sex: str = a_text(default="U")
    ethnicity: str | None = a_text(nullable=True)
    restricted: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    guarded: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    version: int = 1
    recorded_at: datetime = a_moment()
    was: str = Field(sa_column=Column(Text, server_default=text("''"), nullable=False))


class PersonName(SQLModel, table=True):
    """A name that somebody bears or bore. `sounds` is its phonetic key, for the search."""

    __tablename__: ClassVar[str] = "person_name"
    __table_args__ = (Index("ix_person_name_sounds_folded", "sounds", "folded"),)

    id: int | None = a_key()
    person_id: int = a_ref("person.id")
    kind: str = a_text(default="usual")
    given: str = a_text()
    family: str = a_text()
    folded: str = a_text(index=True)
    sounds: str = a_text()
    from_on: date | None = None
    to_on: date | None = None
    recorded_at: datetime = a_moment()


class PersonAddress(SQLModel, table=True):
    """Where somebody lives or lived. A confidential address never reaches the other parent.

    `folded` is the lines as the search compares them, `postcode` is written one way.
    """

    __tablename__: ClassVar[str] = "person_address"

    id: int | None = a_key()
    person_id: int = a_ref("person.id")
    lines: str = a_text()
    folded: str = Field(
        default="", sa_type=PLAIN, index=True, sa_column_kwargs={"server_default": text("''")}
    )
    postcode: str | None = a_text(nullable=True, index=True)
    confidential: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    from_on: date | None = None
    to_on: date | None = None
    recorded_at: datetime = a_moment()


class PersonIdentifier(SQLModel, table=True):
    """A number that another system knows the person by: the authority's child id, a pupil number."""

    __tablename__: ClassVar[str] = "person_identifier"
    __table_args__ = (
        Index("ix_person_identifier_value_scheme", "value", "scheme"),
        Index(
            "uq_person_identifier_la_child_id",
            "value",
            unique=True,
            sqlite_where=text("scheme = 'la_child_id'"),
            postgresql_where=text("scheme = 'la_child_id'"),
        ),
        Index(
            "ix_person_identifier_again",
            "value",
            sqlite_where=text("scheme = 'la_child_id_again'"),
            postgresql_where=text("scheme = 'la_child_id_again'"),
        ),
    )

    id: int | None = a_key()
    person_id: int = a_ref("person.id")
    scheme: str = a_text()
    value: str = a_text()
    from_on: date | None = None
    to_on: date | None = None
    recorded_at: datetime = a_moment()


class PersonCharacteristic(SQLModel, table=True):
    """Something that is true of a person for a time and counted in returns: a disability."""

    __tablename__: ClassVar[str] = "person_characteristic"

    id: int | None = a_key()
    person_id: int = a_ref("person.id")
    kind: str = a_text()
    code: str = a_text()
    from_on: date | None = None
    to_on: date | None = None
    recorded_at: datetime = a_moment()


class Relationship(SQLModel, table=True):
    """How two people stand to each other, for a time. Siblings are one pair of rows, one each way.

    `end_recorded_at` is when its end was written down; None of one that ended before version 0025 as well.
    """

    __tablename__: ClassVar[str] = "relationship"
    __table_args__ = (Index("uq_relationship", "person_id", "other_id", "kind", "from_on", unique=True),)

    id: int | None = a_key()
    person_id: int = a_ref("person.id", index=False)
    other_id: int = a_ref("person.id")
    kind: str = a_text()
    from_on: date = Field()
    to_on: date | None = None
    recorded_at: datetime = a_moment()
    end_recorded_at: datetime | None = a_moment(nullable=True)


class Household(SQLModel, table=True):
    """People who live together; who, and from when to when, is in `household_member`."""

    __tablename__: ClassVar[str] = "household"

    id: int | None = a_key()
    label: str = a_text()
    recorded_at: datetime = a_moment()


class HouseholdMember(SQLModel, table=True):
    """Somebody's time in a household."""

    __tablename__: ClassVar[str] = "household_member"

    id: int | None = a_key()
    household_id: int = a_ref("household.id")
    person_id: int = a_ref("person.id")
    part: str = a_text(default="child")
    from_on: date = Field()
    to_on: date | None = None
    recorded_at: datetime = a_moment()


class PersonLink(SQLModel, table=True):
    """Two records that are of one person, for as long as that is believed. Nothing is moved: both stay as they were."""

    __tablename__: ClassVar[str] = "person_link"
    __table_args__ = (
        Index(
            "uq_person_link_other",
            "other_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint("person_id <> other_id", name="two"),
    )

    id: int | None = a_key()
    person_id: int = a_ref("person.id")
    other_id: int = a_ref("person.id")
    because: str = a_text()
    by_login: str = a_text()
    from_at: datetime = a_moment()
    ended_at: datetime | None = a_moment(nullable=True)
    ended_by: str | None = a_text(nullable=True)
    ended_because: str | None = a_text(nullable=True)
