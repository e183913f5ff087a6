"""What the service itself needs: messages, runs of the check, calendars, imports, settings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Text, text
from sqlmodel import Field, SQLModel

from models.tables.parts import a_key, a_moment, a_ref, a_text
from models.types import JsonText


class Outbox(SQLModel, table=True):
    """What others are to hear: references, roles and dates, never a name. A relay marks what is delivered."""

    __tablename__: ClassVar[str] = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_outbox_deaths",
            "case_ref",
            sqlite_where=text("event = 'pathways.person.died'"),
            postgresql_where=text("event = 'pathways.person.died'"),
        ),
        Index(
            "ix_outbox_second_records",
            "case_ref",
            sqlite_where=text("event = 'pathways.access.second_record'"),
            postgresql_where=text("event = 'pathways.access.second_record'"),
        ),
    )

    id: int | None = a_key()
    key: str = a_text(unique=True)
    event: str = a_text()
    case_ref: str = a_text()
    pathway: str = a_text()
    team: str = a_text(default="")
    rule: str = a_text(default="")
    due_on: date | None = None
    to_roles: str = a_text(default="")
    effective_at: datetime = a_moment()
    recorded_at: datetime = a_moment()
    event_id: str | None = a_text(nullable=True)
    sent_at: datetime | None = a_moment(nullable=True)
    done_at: datetime | None = a_moment(nullable=True)


class Parked(SQLModel, table=True):
    """A case that the nightly check could not deal with, and why; it does not stop the rest."""

    __tablename__: ClassVar[str] = "parked"

    case_id: int = Field(foreign_key="pathway_case.id", primary_key=True, sa_type=BigInteger)
    reason: str = a_text()
    found_at: datetime = a_moment()


class CheckRun(SQLModel, table=True):
    """One run of the nightly check: as at when, over what, what it found."""

    __tablename__: ClassVar[str] = "check_run"

    id: int | None = a_key()
    as_of: datetime = a_moment()
    started_at: datetime = a_moment()
    finished_at: datetime | None = a_moment(nullable=True)
    rulebook: str = a_text()
    calendar: str = a_text()
    cases: int = 0
    missed: int = 0
    moved: int = 0
    reminded: int = 0
    parked: int = 0


class BankHoliday(SQLModel, table=True):
    """A day that is not a working day in England."""

    __tablename__: ClassVar[str] = "bank_holiday"

    day: date = Field(primary_key=True)
    name: str = a_text()


class SchoolDays(SQLModel, table=True):
    """The calendar of one school, as it was handed in: CSV of from, to, kind. The newest is used; none is changed."""

    __tablename__: ClassVar[str] = "school_days"

    id: int | None = a_key()
    school: str = a_text(index=True)
    terms: str = a_text()
    version: str = a_text()
    loaded_at: datetime = a_moment()


class Setting(SQLModel, table=True):
    """What holds for the whole store: its authority, the years of its calendar, a practice store's fixed clock."""

    __tablename__: ClassVar[str] = "setting"

    name: str = Field(sa_column=Column("name", Text, primary_key=True))
    value: str = a_text()


class Counter(SQLModel, table=True):
    """The last number given to a case of a prefix and year. Restricted pathways draw random references instead."""

    __tablename__: ClassVar[str] = "counter"

    prefix: str = Field(sa_column=Column("prefix", Text, primary_key=True))
    year: int = Field(sa_column=Column("year", Integer, primary_key=True, autoincrement=False))
    last: int = 0


class ImportRun(SQLModel, table=True):
    """A file that was read in, known by its fingerprint: the same file again changes nothing."""

    __tablename__: ClassVar[str] = "import_run"

    id: int | None = a_key()
    kind: str = a_text()
    fingerprint: str = a_text(index=True)
    reference_date: date = Field()
    started_at: datetime = a_moment()
    finished_at: datetime | None = a_moment(nullable=True)
    children: int = 0
    cases: int = 0
    unused: int = 0


class ImportUnused(SQLModel, table=True):
    """A value of an imported file that could not be used, kept as it was sent, with the reason."""

    __tablename__: ClassVar[str] = "import_unused"

    id: int | None = a_key()
    run_id: int = a_ref("import_run.id")
    child: str = a_text()
    line: int = Field()
    element: str = a_text()
    value: str = a_text()
    reason: str = a_text()
    rule: str = a_text(default="")
    kind: str = a_text()


class Notice(SQLModel, table=True):
    """An e-mail that somebody is to get, or got: references and counts, never a name. The delivery ledger.

    It goes to a practitioner, to the shared address of an `agency`, or, with neither, to the operator.
    """

    __tablename__: ClassVar[str] = "notice"
    __table_args__ = (
        CheckConstraint("kind IN ('digest', 'urgent', 'operator')", name="kind"),
        Index(
            "ix_notice_waiting",
            "send_after",
            sqlite_where=text("sent_at IS NULL AND given_up_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL"),
        ),
        Index(
            "ix_notice_unsent",
            "practitioner_id",
            "queued_at",
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )

    id: int | None = a_key()
    key: str = a_text(unique=True)
    kind: str = a_text()
    practitioner_id: int | None = a_ref("practitioner.id", nullable=True)
    agency: str = a_text(default="")
    subject: str = a_text()
    body: str = a_text()
    queued_at: datetime = a_moment()
    send_after: datetime = a_moment()
    attempts: int = 0
    last_fault: str = a_text(default="")
    sent_at: datetime | None = a_moment(nullable=True)
    given_up_at: datetime | None = a_moment(nullable=True)


class DailyCount(SQLModel, table=True):
    """How things stood on a morning, for lines over time: one row for each pathway and team. No restricted case."""

    __tablename__: ClassVar[str] = "daily_count"

    day: date = Field(primary_key=True)
    pathway: str = Field(sa_column=Column("pathway", Text, primary_key=True))
    team: str = Field(sa_column=Column("team", Text, primary_key=True))
    open_cases: int = 0
    late: int = 0
    due_today: int = 0
    due_soon: int = 0
    recorded_at: datetime = a_moment()


class FormDraft(SQLModel, table=True):
    """A form that somebody began and has not finished: kept after each answer."""

    __tablename__: ClassVar[str] = "form_draft"

    id: int | None = a_key()
    practitioner_id: int = a_ref("practitioner.id")
    command: str = a_text()
    target: str = a_text(default="")
    answers: Any = Field(default_factory=dict, sa_type=JsonText)
    begun_at: datetime = a_moment()
    saved_at: datetime = a_moment()
    finished_at: datetime | None = a_moment(nullable=True)
    dropped_at: datetime | None = a_moment(nullable=True)
