"""Safeguarding supervision: who met, when, what was gone through, what was to be done, and who signed.

What was said lies sealed under the reference of its own session (`models/supervision.py`). What was said about a case
is not here at all: it lies on that case's trail, and goes when the case does.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from models.tables.parts import a_key, a_moment, a_ref, a_text
from models.types import SealedJson, SealedText


class Supervision(SQLModel, table=True):
    """One session between a supervisor and somebody whose safeguarding work is supervised.

    `kind` is a key of `KINDS`, `form` of `FORMS` in `pathways/supervision.py`; `team` is where the supervised person
    works. `body` holds what was gone through, `fingerprint` holds it and the rest of the session to what was signed.
    Of one that was destroyed at the end of its keeping `body` is empty; `destroyed_by` is whose own chain says so.
    """

    __tablename__: ClassVar[str] = "supervision"
    __table_args__ = (
        CheckConstraint("supervisor_id <> practitioner_id", name="two_people"),
        Index("ix_supervision_practitioner_held", "practitioner_id", "held_on"),
    )

    id: int | None = a_key()
    kind: str = a_text()
    form: str = a_text()
    supervisor_id: int = a_ref("practitioner.id")
    practitioner_id: int = a_ref("practitioner.id", index=False)
    team: str = a_text(default="")
    held_on: date = Field()
    head_present: bool = False
    body: Any = Field(default=None, sa_type=SealedJson, nullable=True)
    fingerprint: str = a_text(default="")
    by_login: str = a_text()
    recorded_at: datetime = a_moment()
    destroyed_at: datetime | None = a_moment(nullable=True)
    destroyed_by: int | None = Field(default=None, sa_type=BigInteger)
    certificate: str | None = a_text(nullable=True)


class SupervisionCase(SQLModel, table=True):
    """A case that was discussed in a session, by the entry of its trail that says what was said; never changed."""

    __tablename__: ClassVar[str] = "supervision_case"
    __table_args__ = (Index("uq_supervision_case", "supervision_id", "case_id", unique=True),)

    id: int | None = a_key()
    supervision_id: int = a_ref("supervision.id", index=False)
    case_id: int = a_ref("pathway_case.id")
    seq: int = Field()


class SupervisionAction(SQLModel, table=True):
    """Something that a session agreed on: who does it by when, and how it ended. Carried on until it has.

    `ended_as` is `done` or `dropped`; `ended_why` says why it was dropped.
    """

    __tablename__: ClassVar[str] = "supervision_action"
    __table_args__ = (CheckConstraint("ended_as IN ('done', 'dropped')", name="ended_as"),)

    id: int | None = a_key()
    supervision_id: int = a_ref("supervision.id")
    owner_id: int = a_ref("practitioner.id")
    due_on: date = Field()
    what: str | None = Field(default=None, sa_type=SealedText, nullable=True)
    ended_on: date | None = None
    ended_as: str | None = a_text(nullable=True)
    ended_why: str | None = Field(default=None, sa_type=SealedText, nullable=True)
    ended_by: str | None = a_text(nullable=True)
    ended_at: datetime | None = a_moment(nullable=True)


class SupervisionSignature(SQLModel, table=True):
    """A signature under a session: in which capacity, and over which fingerprint; never changed.

    `capacity` is `supervisor`, `practitioner` or `head`; a head who signs for somebody who cannot gives `instead_of`.
    """

    __tablename__: ClassVar[str] = "supervision_signature"
    __table_args__ = (
        CheckConstraint("capacity IN ('supervisor', 'practitioner', 'head')", name="capacity"),
        CheckConstraint("instead_of IN ('', 'supervisor', 'practitioner')", name="instead_of"),
        Index("uq_supervision_signature", "supervision_id", "capacity", "instead_of", unique=True),
    )

    id: int | None = a_key()
    supervision_id: int = a_ref("supervision.id", index=False)
    practitioner_id: int = a_ref("practitioner.id")
    capacity: str = a_text()
    instead_of: str = a_text(default="")
    said: str | None = Field(default=None, sa_type=SealedText, nullable=True)
    fingerprint: str = a_text()
    signed_at: datetime = a_moment()


class SupervisionDue(SQLModel, table=True):
    """Somebody whose supervision the last overnight check found past its month, or late; laid anew by each check.

    `supervisor_id` is who held the last one-to-one, on `last_on`; both are None where there was none. `late`: the last
    day has passed, and not only the day aimed at. `found_on`: the day on which a check first found it so.
    """

    __tablename__: ClassVar[str] = "supervision_due"
    __table_args__ = (Index("uq_supervision_due_practitioner", "practitioner_id", unique=True),)

    id: int | None = a_key()
    practitioner_id: int = a_ref("practitioner.id", index=False)
    supervisor_id: int | None = a_ref("practitioner.id", nullable=True)
    kind: str = a_text()
    team: str = a_text(default="")
    last_on: date | None = None
    late: bool = False
    found_on: date = Field()


class TeamMeeting(SQLModel, table=True):
    """A day on which a team met about its safeguarding work."""

    __tablename__: ClassVar[str] = "team_meeting"
    __table_args__ = (Index("uq_team_meeting", "team", "held_on", unique=True),)

    id: int | None = a_key()
    team: str = a_text()
    held_on: date = Field()
    by_login: str = a_text()
    recorded_at: datetime = a_moment()
