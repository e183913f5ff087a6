"""Letters, minutes and papers of a case as they were made or came in, and the addresses of calendar feeds."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.tables.parts import a_key, a_moment, a_ref, a_text
from models.types import JsonText, SealedText


class Document(SQLModel, table=True):
    """One version of a document: what it is, for whom, its bytes and their fingerprint, and when it went out.

    `number` counts the documents of a case, `version` those of a kind for one recipient. `content` is the file in
    base64, `template_print` the fingerprint of the template it was made from, `rests_on` the entries of the trail from
    which it was written. `page` is its page of the file, `seq` the entry that says it was made.
    """

    __tablename__: ClassVar[str] = "document"
    __table_args__ = (
        Index("uq_document_case_number", "case_id", "number", unique=True),
        CheckConstraint("form IN ('docx', 'pdf', 'png', 'jpg', 'txt', 'eml')", name="form"),
    )

    id: int | None = a_key()
    case_id: int = a_ref("pathway_case.id", index=False)
    meeting_id: int | None = a_ref("meeting.id", nullable=True)
    number: int = Field()
    kind: str = a_text()
    recipient: str = a_text(default="")
    person_id: int | None = a_ref("person.id", nullable=True)
    version: int = 1
    form: str = a_text()
    template: str = a_text(default="")
    template_print: str = a_text(default="")
    rests_on: Any = Field(default_factory=list, sa_type=JsonText)
    page: int = Field()
    seq: int = Field()
    made_at: datetime = a_moment()
    made_by: str = a_text()
    size: int = Field()
    fingerprint: str = a_text()
    content: str = Field(sa_type=SealedText)
    sent_at: datetime | None = a_moment(nullable=True)
    sent_how: str | None = a_text(nullable=True)
    sent_by: str | None = a_text(nullable=True)
    sent_seq: int | None = None


class CalendarFeed(SQLModel, table=True):
    """The address of a calendar feed: a token that nobody guesses, for a team or for one practitioner."""

    __tablename__: ClassVar[str] = "calendar_feed"
    __table_args__ = (
        CheckConstraint("(team = '') <> (login = '')", name="one_owner"),
        Index(
            "uq_calendar_feed_owner",
            "team",
            "login",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: int | None = a_key()
    token: str = a_text(unique=True)
    team: str = a_text(default="")
    login: str = a_text(default="")
    by_login: str = a_text()
    from_at: datetime = a_moment()
    ended_at: datetime | None = a_moment(nullable=True)
    ended_by: str | None = a_text(nullable=True)
