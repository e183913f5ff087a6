"""Cases, what runs on them and what is kept with them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.tables.parts import PLAIN, a_key, a_moment, a_ref, a_text, some_bytes
from models.types import JsonText, SealedJson


class Episode(SQLModel, table=True):
    """One spell of involvement with one person, from referral to closure."""

    __tablename__: ClassVar[str] = "episode"
    __table_args__ = (Index("ix_episode_person_opened", "person_id", "opened_on"),)

    id: int | None = a_key()
    person_id: int = a_ref("person.id", index=False)
    opened_on: date = Field()
    closed_on: date | None = None
    closure_reason: str | None = a_text(nullable=True)
    referral_source: str | None = a_text(nullable=True)
    primary_need: str | None = a_text(nullable=True)
    basis: str = a_text(default="witnessed")
    source_key: str | None = a_text(nullable=True, unique=True)
    details: Any = Field(default_factory=dict, sa_type=JsonText)
    recorded_at: datetime = a_moment()


class Case(SQLModel, table=True):
    """One person on one pathway. `state` and `facts` are what the trail adds up to; `head` is its last hash.

    `facts` may lie sealed, so no statement looks into them.

    `version` counts changes of substance and is what two people race on; `seq` counts every entry, also of a
    refusal, which changes nothing.

    `restricted`: only those named, or cleared for its pathway, may see it. `guarded`: restricted, or somebody is
    kept out of it; for all other cases the gate has nothing to look up.

    On PostgreSQL three tenths of each page are left free (migration 0022): a case that changes then stays on its page,
    and no index of it gets a new entry.
    """

    __tablename__: ClassVar[str] = "pathway_case"
    __table_args__ = (
        CheckConstraint("basis IN ('witnessed', 'asserted')", name="basis"),
        Index(
            "ix_pathway_case_open",
            "pathway",
            "state",
            sqlite_where=text("is_open"),
            postgresql_where=text("is_open"),
        ),
        Index("ix_pathway_case_person", "person_id", "pathway"),
        Index(
            "ix_pathway_case_guarded",
            "person_id",
            "pathway",
            "restricted",
            "guarded",
            "team",
            "lead",
            sqlite_where=text("guarded"),
            postgresql_where=text("guarded"),
            postgresql_include=["id"],
        ),
    )

    id: int | None = a_key()
    reference: str = Field(sa_type=PLAIN, unique=True)
    pathway: str = a_text()
    definition: str = a_text()
    person_id: int = a_ref("person.id", index=False)
    episode_id: int = a_ref("episode.id")
    state: str = a_text()
    is_open: bool = True
    outcome: str | None = a_text(nullable=True)
    facts: Any = Field(default_factory=dict, sa_type=SealedJson)
    version: int = 1
    seq: int = 0
    head: bytes = some_bytes()
    team: str = a_text(default="", index=True)
    lead: str | None = a_text(nullable=True, index=True)
    restricted: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    guarded: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    basis: str = a_text(default="witnessed")
    opened_at: datetime = a_moment()
    closed_at: datetime | None = a_moment(nullable=True)
    changed_at: datetime = a_moment()


class Deadline(SQLModel, table=True):
    """One running, met, missed or ended clock of a case, with all that it was worked out from.

    `look_at` is the next moment at which the nightly check has something to do with it: a warning, the limit,
    the next reminder of a missed statutory limit. None: nothing.
    """

    __tablename__: ClassVar[str] = "deadline"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'met', 'missed', 'ended', 'passed')", name="status"),
        Index(
            "ix_deadline_look_at",
            "look_at",
            "case_id",
            sqlite_where=text("look_at IS NOT NULL"),
            postgresql_where=text("look_at IS NOT NULL"),
            postgresql_include=["id"],
        ),
        Index(
            "ix_deadline_running",
            "due_at",
            postgresql_where=text("closed_at IS NULL"),
            info={"only": "postgresql"},
        ),
        Index(
            "ix_deadline_work",
            "due_at",
            "case_id",
            "rule",
            "status",
            "closed_at",  # always empty here: SQLite reads the clock's row otherwise
            sqlite_where=text("closed_at IS NULL"),
            info={"only": "sqlite"},  # with it PostgreSQL goes through all that is late for one team's work
        ),
        Index("ix_deadline_case", "case_id", "rule"),
    )

    id: int | None = a_key()
    key: str = a_text(unique=True)
    case_id: int = a_ref("pathway_case.id", index=False)
    rule: str = a_text()
    edition: str = a_text()
    start_event: str = a_text()
    started: str = a_text()
    due_on: date = Field()
    due_at: datetime = a_moment()
    plan_by: date | None = None
    calendar: str = a_text()
    status: str = a_text(default="open")
    statutory: bool = False
    look_at: datetime | None = a_moment(nullable=True)
    told: int = 0
    opened_seq: int = 0
    closed_at: datetime | None = a_moment(nullable=True)
    closed_seq: int | None = None
    missed_seq: int | None = None


class Record(SQLModel, table=True):
    """A piece of evidence: typed, dated, authored; fact kept apart from opinion; a page of the file.

    `voided_seq` is the entry that withdrew it, `destroyed_seq` the one that says that its content was destroyed at the
    end of its own keeping; `body` is then empty.
    """

    __tablename__: ClassVar[str] = "record"
    __table_args__ = (Index("uq_record_case_page", "case_id", "page", unique=True),)

    id: int | None = a_key()
    case_id: int = a_ref("pathway_case.id", index=False)
    page: int = Field()
    seq: int = Field()
    kind: str = a_text()
    entry: str = a_text(default="fact")
    title: str = a_text()
    happened_at: datetime = a_moment()
    recorded_at: datetime = a_moment()
    author: str = a_text()
    role: str = a_text()
    body: Any = Field(default_factory=dict, sa_type=SealedJson)
    voided_seq: int | None = None
    destroyed_seq: int | None = None


class Meeting(SQLModel, table=True):
    """A conference. Brothers and sisters share one; each child's decisions stay with the child.

    `booked_on` is the day for which it is booked and `begins_at` the moment, where its hour is known; `starts_at` is the
    moment at which it began.
    """

    __tablename__: ClassVar[str] = "meeting"
    __table_args__ = (
        Index(
            "ix_meeting_booked_on",
            "booked_on",
            sqlite_where=text("status = 'booked'"),
            postgresql_where=text("status = 'booked'"),
        ),
    )

    id: int | None = a_key()
    kind: str = a_text()
    booked_on: date | None = None
    starts_at: datetime | None = a_moment(nullable=True)
    place: str | None = a_text(nullable=True)
    chair: str | None = a_text(nullable=True)
    status: str = a_text(default="booked")
    household: Any = Field(default_factory=list, sa_type=JsonText)
    recorded_at: datetime = a_moment()
    begins_at: datetime | None = a_moment(nullable=True)


class MeetingCase(SQLModel, table=True):
    """A case that a meeting is about, from when it joined until it was taken out again."""

    __tablename__: ClassVar[str] = "meeting_case"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True, sa_type=BigInteger)
    case_id: int = Field(foreign_key="pathway_case.id", primary_key=True, index=True, sa_type=BigInteger)
    joined_at: datetime | None = a_moment(nullable=True)
    left_at: datetime | None = a_moment(nullable=True)


class MeetingPerson(SQLModel, table=True):
    """Who belonged to the children of a meeting on the day it was held: household and family, as copied then."""

    __tablename__: ClassVar[str] = "meeting_person"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True, sa_type=BigInteger)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True, sa_type=BigInteger)
    part: str = Field(primary_key=True, sa_type=PLAIN)
