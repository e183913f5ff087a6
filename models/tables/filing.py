"""What is kept about files: marks that say how long they stay; and when those who keep them were trained."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from models.tables.parts import a_key, a_moment, a_ref, a_text


class FileMark(SQLModel, table=True):
    """What bars a case's record, or everything of a person, from being destroyed, or makes its keeping longer.

    `kind` is a key of `BARS` or `GROUNDS` in `pathways/keeping.py`; `pension_on` goes with an employer's record.
    Exactly one of case and person is given; `page` narrows a case's mark to one page of its file. Why it was set and
    why it ended stand on the trail, sealed, and not here.
    """

    __tablename__: ClassVar[str] = "file_mark"
    __table_args__ = (CheckConstraint("(case_id IS NULL) <> (person_id IS NULL)", name="one_target"),)

    id: int | None = a_key()
    case_id: int | None = a_ref("pathway_case.id", nullable=True)
    person_id: int | None = a_ref("person.id", nullable=True)
    kind: str = a_text()
    pension_on: date | None = None
    page: int | None = None
    by_login: str = a_text()
    from_at: datetime = a_moment()
    ended_at: datetime | None = a_moment(nullable=True)
    ended_by: str | None = a_text(nullable=True)


class Training(SQLModel, table=True):
    """A day on which somebody on the staff register completed their training as a safeguarding lead."""

    __tablename__: ClassVar[str] = "training"
    __table_args__ = (Index("uq_training_once", "practitioner_id", "completed_on", unique=True),)

    id: int | None = a_key()
    practitioner_id: int = a_ref("practitioner.id")
    completed_on: date = Field()
    by_login: str = a_text()
    recorded_at: datetime = a_moment()
