"""Who works here, in which capacities, and who may see what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from models.tables.parts import a_key, a_moment, a_ref, a_text
from models.types import JsonText


class Practitioner(SQLModel, table=True):
    """Somebody who works with children and may act here: a line of the staff register.

    `login` is who the operating system or the database says they are. Name, birth date and staff number are there
    so that an adult named in an allegation is known for who they are.
    """

    __tablename__: ClassVar[str] = "practitioner"

    id: int | None = a_key()
    login: str = a_text(unique=True)
    title: str = a_text()
    agency: str = a_text(default="local authority")
    team: str = a_text(default="")
    given: str = a_text(default="")
    family: str = a_text(default="")
    folded: str = a_text(default="", index=True)
    birth_date: date | None = None
    staff_number: str | None = a_text(nullable=True, index=True)
    email: str | None = a_text(nullable=True)
    from_on: date = Field()
    to_on: date | None = None
    recorded_at: datetime = a_moment()


class PractitionerRole(SQLModel, table=True):
    """A capacity in which a practitioner may act, for a time, in an agency and team."""

    __tablename__: ClassVar[str] = "practitioner_role"

    id: int | None = a_key()
    practitioner_id: int = a_ref("practitioner.id")
    role: str = a_text()
    agency: str = a_text(default="local authority")
    team: str = a_text(default="")
    from_on: date = Field()
    to_on: date | None = None
    recorded_at: datetime = a_moment()


class Access(SQLModel, table=True):
    """Who is let in to a guarded case or person, or kept out of it, from when to when, on whose word.

    `kind` is `allowed` (named on the list of those who may see it), `glass` (broke the glass, for some hours) or
    `excluded` (never let in, whatever else is said). Exactly one of case and person is given.
    """

    __tablename__: ClassVar[str] = "access"
    __table_args__ = (
        CheckConstraint("kind IN ('allowed', 'excluded', 'glass')", name="kind"),
        CheckConstraint("(case_id IS NULL) <> (person_id IS NULL)", name="one_target"),
        Index("ix_access_practitioner_kind", "practitioner_id", "kind"),
    )

    id: int | None = a_key()
    case_id: int | None = a_ref("pathway_case.id", nullable=True)
    person_id: int | None = a_ref("person.id", nullable=True)
    practitioner_id: int = a_ref("practitioner.id", index=False)
    kind: str = a_text()
    because: str = a_text()
    by_login: str = a_text()
    second_login: str | None = a_text(nullable=True)
    from_at: datetime = a_moment()
    until_at: datetime | None = a_moment(nullable=True)
    ended_at: datetime | None = a_moment(nullable=True)
    ended_by: str | None = a_text(nullable=True)
    recorded_at: datetime = a_moment()


class Restriction(SQLModel, table=True):
    """A case or person that only the named may see, and why. Two people lift it."""

    __tablename__: ClassVar[str] = "restriction"
    __table_args__ = (CheckConstraint("(case_id IS NULL) <> (person_id IS NULL)", name="one_target"),)

    id: int | None = a_key()
    case_id: int | None = a_ref("pathway_case.id", nullable=True)
    person_id: int | None = a_ref("person.id", nullable=True)
    because: str = a_text()
    by_login: str = a_text()
    from_at: datetime = a_moment()
    lifted_at: datetime | None = a_moment(nullable=True)
    lifted_by: str | None = a_text(nullable=True)
    lifted_second: str | None = a_text(nullable=True)


class Proposal(SQLModel, table=True):
    """Something that needs two people: what one asked for, and what another decided."""

    __tablename__: ClassVar[str] = "proposal"
    __table_args__ = (CheckConstraint("verdict IN ('waiting', 'agreed', 'declined')", name="verdict"),)

    id: int | None = a_key()
    kind: str = a_text()
    target: str = a_text(index=True)
    details: Any = Field(default_factory=dict, sa_type=JsonText)
    because: str = a_text()
    asked_by: str = a_text()
    asked_at: datetime = a_moment()
    verdict: str = a_text(default="waiting")
    decided_by: str | None = a_text(nullable=True)
    decided_at: datetime | None = a_moment(nullable=True)
    decided_because: str | None = a_text(nullable=True)
