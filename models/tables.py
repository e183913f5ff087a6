"""Every table, as SQLModel classes: what is stored. What may happen is said in `models/casework.py` alone.

The classes give the schema, the migrations and the statements (`models/statements.py`). They are not used to
carry rows at run time: a row object for each case costs twenty times what the row does.

Two times stand on everything that happens: `effective_at`, when it happened, and `recorded_at`, when it was
written. Nothing that is dated is overwritten; it is ended, and a new row begun.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, LargeBinary, MetaData, Text, text
from sqlmodel import Field, SQLModel

from models.types import Instant, JsonText

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


def _key() -> Any:
    """A whole-number key; 64 bits on PostgreSQL, the row id on SQLite."""
    return Field(
        default=None,
        sa_column=Column(
            BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
        ),
    )


def _ref(target: str, *, index: bool = True, nullable: bool = False) -> Any:
    return Field(
        default=None if nullable else ...,
        foreign_key=target,
        index=index,
        sa_type=BigInteger,
        nullable=nullable,
    )


def _at(*, nullable: bool = False, index: bool = False) -> Any:
    return Field(default=None if nullable else ..., sa_type=Instant, nullable=nullable, index=index)


def _text(
    *, nullable: bool = False, default: str | None = None, index: bool = False, unique: bool = False
) -> Any:
    start = None if nullable else (... if default is None else default)
    return Field(default=start, sa_type=Text, nullable=nullable, index=index, unique=unique)


def _bytes(*, nullable: bool = False) -> Any:
    return Field(default=None if nullable else ..., sa_type=LargeBinary, nullable=nullable)


class Person(SQLModel, table=True):
    """A child, an unborn child or an adult. Names, addresses and identifiers are dated and stand beside it."""

    __tablename__: ClassVar[str] = "person"
    __table_args__ = (CheckConstraint("kind IN ('child', 'unborn', 'adult')", name="kind"),)

    id: int | None = _key()
    kind: str = _text()
    birth_date: date | None = Field(default=None, index=True)
    expected_delivery_date: date | None = None
    died_on: date | None = None
    sex: str = _text(default="U")
    ethnicity: str | None = _text(nullable=True)
    restricted: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    version: int = 1
    recorded_at: datetime = _at()


class PersonName(SQLModel, table=True):
    """A name that somebody bears or bore. `sounds` is its phonetic key, for the search."""

    __tablename__: ClassVar[str] = "person_name"

    id: int | None = _key()
    person_id: int = _ref("person.id")
    kind: str = _text(default="usual")
    given: str = _text()
    family: str = _text()
    folded: str = _text(index=True)
    sounds: str = _text(index=True)
    from_on: date | None = None
    to_on: date | None = None
    recorded_at: datetime = _at()


class PersonAddress(SQLModel, table=True):
    """Where somebody lives or lived. A confidential address never reaches the other parent."""

    __tablename__: ClassVar[str] = "person_address"

    id: int | None = _key()
    person_id: int = _ref("person.id")
    lines: str = _text()
    postcode: str | None = _text(nullable=True, index=True)
    confidential: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    from_on: date | None = None
    to_on: date | None = None
    recorded_at: datetime = _at()


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
    )

    id: int | None = _key()
    person_id: int = _ref("person.id")
    scheme: str = _text()
    value: str = _text()
    from_on: date | None = None
    to_on: date | None = None
    recorded_at: datetime = _at()


class PersonCharacteristic(SQLModel, table=True):
    """Something that is true of a person for a time and counted in returns: a disability."""

    __tablename__: ClassVar[str] = "person_characteristic"

    id: int | None = _key()
    person_id: int = _ref("person.id")
    kind: str = _text()
    code: str = _text()
    from_on: date | None = None
    to_on: date | None = None
    recorded_at: datetime = _at()


class Relationship(SQLModel, table=True):
    """How two people stand to each other, for a time. Siblings are one pair of rows, one each way."""

    __tablename__: ClassVar[str] = "relationship"
    __table_args__ = (Index("uq_relationship", "person_id", "other_id", "kind", "from_on", unique=True),)

    id: int | None = _key()
    person_id: int = _ref("person.id", index=False)
    other_id: int = _ref("person.id")
    kind: str = _text()
    from_on: date = Field()
    to_on: date | None = None
    recorded_at: datetime = _at()


class Household(SQLModel, table=True):
    """People who live together; who, and from when to when, is in `household_member`."""

    __tablename__: ClassVar[str] = "household"

    id: int | None = _key()
    label: str = _text()
    recorded_at: datetime = _at()


class HouseholdMember(SQLModel, table=True):
    """Somebody's time in a household."""

    __tablename__: ClassVar[str] = "household_member"

    id: int | None = _key()
    household_id: int = _ref("household.id")
    person_id: int = _ref("person.id")
    part: str = _text(default="child")
    from_on: date = Field()
    to_on: date | None = None
    recorded_at: datetime = _at()


class Episode(SQLModel, table=True):
    """One spell of involvement with one person, from referral to closure."""

    __tablename__: ClassVar[str] = "episode"
    __table_args__ = (Index("ix_episode_person_opened", "person_id", "opened_on"),)

    id: int | None = _key()
    person_id: int = _ref("person.id", index=False)
    opened_on: date = Field()
    closed_on: date | None = None
    closure_reason: str | None = _text(nullable=True)
    referral_source: str | None = _text(nullable=True)
    primary_need: str | None = _text(nullable=True)
    basis: str = _text(default="witnessed")
    source_key: str | None = _text(nullable=True, unique=True)
    details: Any = Field(default_factory=dict, sa_type=JsonText)
    recorded_at: datetime = _at()


class Case(SQLModel, table=True):
    """One person on one pathway. `state` and `facts` are what the trail adds up to; `head` is its last hash.

    `version` counts changes of substance and is what two people race on; `seq` counts every entry, also of a
    refusal, which changes nothing.
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
    )

    id: int | None = _key()
    reference: str = Field(sa_type=PLAIN, unique=True)
    pathway: str = _text()
    definition: str = _text()
    person_id: int = _ref("person.id", index=False)
    episode_id: int = _ref("episode.id")
    state: str = _text()
    is_open: bool = True
    outcome: str | None = _text(nullable=True)
    facts: Any = Field(default_factory=dict, sa_type=JsonText)
    version: int = 1
    seq: int = 0
    head: bytes = _bytes()
    team: str = _text(default="", index=True)
    lead: str | None = _text(nullable=True, index=True)
    restricted: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    basis: str = _text(default="witnessed")
    opened_at: datetime = _at()
    closed_at: datetime | None = _at(nullable=True)
    changed_at: datetime = _at()


class Move(SQLModel, table=True):
    """The trail: one row for each thing that happened to a case. Rows are added, never changed.

    The database itself refuses UPDATE and DELETE. Every column but `hash` is under the hash; what is personal
    is in `trail_payload` and enters through its salted commitment, so that lawful erasure leaves the chain whole.
    """

    __tablename__: ClassVar[str] = "trail"
    __table_args__ = {"sqlite_with_rowid": False}

    case_ref: str = Field(sa_column=Column("case_ref", PLAIN, primary_key=True))
    seq: int = Field(sa_column=Column("seq", Integer, primary_key=True, autoincrement=False))
    at: datetime = _at()
    effective_at: datetime = _at()
    actor: str = _text()
    role: str = _text()
    action: str = _text()
    from_state: str = _text()
    to_state: str = _text()
    rule: str = _text(default="")
    basis: str = _text(default="witnessed")
    voids: int | None = None
    key: str | None = _text(nullable=True, unique=True)
    commitment: bytes = _bytes()
    prev: bytes = _bytes()
    hash: bytes = _bytes()
    format: int = 1


class Payload(SQLModel, table=True):
    """What an entry of the trail learned: facts, and the fingerprint of the record written with it."""

    __tablename__: ClassVar[str] = "trail_payload"
    __table_args__ = {"sqlite_with_rowid": False}

    case_ref: str = Field(sa_column=Column("case_ref", PLAIN, primary_key=True))
    seq: int = Field(sa_column=Column("seq", Integer, primary_key=True, autoincrement=False))
    salt: bytes = _bytes()
    body: str = _text()


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
        ),
        Index(
            "ix_deadline_running",
            "due_at",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_deadline_case", "case_id", "rule"),
    )

    id: int | None = _key()
    key: str = _text(unique=True)
    case_id: int = _ref("pathway_case.id", index=False)
    rule: str = _text()
    edition: str = _text()
    start_event: str = _text()
    started: str = _text()
    due_on: date = Field()
    due_at: datetime = _at()
    plan_by: date | None = None
    calendar: str = _text()
    status: str = _text(default="open")
    statutory: bool = False
    look_at: datetime | None = _at(nullable=True)
    told: int = 0
    opened_seq: int = 0
    closed_at: datetime | None = _at(nullable=True)
    closed_seq: int | None = None
    missed_seq: int | None = None


class Record(SQLModel, table=True):
    """A piece of evidence: typed, dated, authored; fact kept apart from opinion; a page of the file."""

    __tablename__: ClassVar[str] = "record"
    __table_args__ = (Index("uq_record_case_page", "case_id", "page", unique=True),)

    id: int | None = _key()
    case_id: int = _ref("pathway_case.id", index=False)
    page: int = Field()
    seq: int = Field()
    kind: str = _text()
    entry: str = _text(default="fact")
    title: str = _text()
    happened_at: datetime = _at()
    recorded_at: datetime = _at()
    author: str = _text()
    role: str = _text()
    body: Any = Field(default_factory=dict, sa_type=JsonText)
    voided_seq: int | None = None


class Meeting(SQLModel, table=True):
    """A conference, core group or review. Siblings share one; each child's decisions stay with the child."""

    __tablename__: ClassVar[str] = "meeting"

    id: int | None = _key()
    kind: str = _text()
    booked_on: date | None = None
    starts_at: datetime | None = _at(nullable=True)
    place: str | None = _text(nullable=True)
    chair: str | None = _text(nullable=True)
    status: str = _text(default="booked")
    household: Any = Field(default_factory=list, sa_type=JsonText)
    recorded_at: datetime = _at()


class MeetingCase(SQLModel, table=True):
    """A case that a meeting is about."""

    __tablename__: ClassVar[str] = "meeting_case"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True, sa_type=BigInteger)
    case_id: int = Field(foreign_key="pathway_case.id", primary_key=True, index=True, sa_type=BigInteger)


class Practitioner(SQLModel, table=True):
    """Somebody who works with children and may act here. `login` is who the operating system says they are."""

    __tablename__: ClassVar[str] = "practitioner"

    id: int | None = _key()
    login: str = _text(unique=True)
    title: str = _text()
    agency: str = _text(default="local authority")
    team: str = _text(default="")
    from_on: date = Field()
    to_on: date | None = None
    recorded_at: datetime = _at()


class PractitionerRole(SQLModel, table=True):
    """A capacity in which a practitioner may act, for a time, in an agency and team."""

    __tablename__: ClassVar[str] = "practitioner_role"

    id: int | None = _key()
    practitioner_id: int = _ref("practitioner.id")
    role: str = _text()
    agency: str = _text(default="local authority")
    team: str = _text(default="")
    from_on: date = Field()
    to_on: date | None = None
    recorded_at: datetime = _at()


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
    )

    id: int | None = _key()
    key: str = _text(unique=True)
    event: str = _text()
    case_ref: str = _text()
    pathway: str = _text()
    team: str = _text(default="")
    rule: str = _text(default="")
    due_on: date | None = None
    to_roles: str = _text(default="")
    effective_at: datetime = _at()
    recorded_at: datetime = _at()
    done_at: datetime | None = _at(nullable=True)


class Parked(SQLModel, table=True):
    """A case that the nightly check could not deal with, and why; it does not stop the rest."""

    __tablename__: ClassVar[str] = "parked"

    case_id: int = Field(foreign_key="pathway_case.id", primary_key=True, sa_type=BigInteger)
    reason: str = _text()
    found_at: datetime = _at()


class CheckRun(SQLModel, table=True):
    """One run of the nightly check: as at when, over what, what it found."""

    __tablename__: ClassVar[str] = "check_run"

    id: int | None = _key()
    as_of: datetime = _at()
    started_at: datetime = _at()
    finished_at: datetime | None = _at(nullable=True)
    rulebook: str = _text()
    calendar: str = _text()
    cases: int = 0
    missed: int = 0
    moved: int = 0
    reminded: int = 0
    parked: int = 0


class BankHoliday(SQLModel, table=True):
    """A day that is not a working day in England."""

    __tablename__: ClassVar[str] = "bank_holiday"

    day: date = Field(primary_key=True)
    name: str = _text()


class SchoolDays(SQLModel, table=True):
    """The calendar of one school, as it was handed in: CSV of from, to, kind. The newest is used; none is changed."""

    __tablename__: ClassVar[str] = "school_days"

    id: int | None = _key()
    school: str = _text(index=True)
    terms: str = _text()
    version: str = _text()
    loaded_at: datetime = _at()


class Setting(SQLModel, table=True):
    """What holds for the whole store: its authority, the years of its calendar, a practice store's fixed clock."""

    __tablename__: ClassVar[str] = "setting"

    name: str = Field(sa_column=Column("name", Text, primary_key=True))
    value: str = _text()


class Counter(SQLModel, table=True):
    """The last number given to a case of a prefix and year. Restricted pathways draw random references instead."""

    __tablename__: ClassVar[str] = "counter"

    prefix: str = Field(sa_column=Column("prefix", Text, primary_key=True))
    year: int = Field(sa_column=Column("year", Integer, primary_key=True, autoincrement=False))
    last: int = 0


class ImportRun(SQLModel, table=True):
    """A file that was read in, known by its fingerprint: the same file again changes nothing."""

    __tablename__: ClassVar[str] = "import_run"

    id: int | None = _key()
    kind: str = _text()
    fingerprint: str = _text(index=True)
    reference_date: date = Field()
    started_at: datetime = _at()
    finished_at: datetime | None = _at(nullable=True)
    children: int = 0
    cases: int = 0
    unused: int = 0


class ImportUnused(SQLModel, table=True):
    """A value of an imported file that could not be used, kept as it was sent, with the reason."""

    __tablename__: ClassVar[str] = "import_unused"

    id: int | None = _key()
    run_id: int = _ref("import_run.id")
    child: str = _text()
    line: int = Field()
    element: str = _text()
    value: str = _text()
    reason: str = _text()
    rule: str = _text(default="")
    kind: str = _text()


TABLES = SQLModel.metadata
