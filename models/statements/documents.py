"""Documents of cases, and calendar feeds: what they hold and where they are found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.types import Text

from models.statements.casework import IN_ORDER
from models.statements.parts import (
    SEEN,
    T,
    address,
    adds,
    day,
    deadline,
    moment,
    named,
    number,
    only,
    pathway_case,
    person,
    text,
)
from models.statements.work import FACTS_OF_REPORTS

document, feed = T["document"], T["calendar_feed"]
meeting, meeting_case = T["meeting"], T["meeting_case"]

adds("add_document", document)
adds("add_calendar_feed", feed)

_LISTED = tuple(each for each in document.c if each.name != "content")


@named
def documents_of_case() -> Any:
    """Every document of a case, without its content."""
    return (
        select(*_LISTED)
        .join(pathway_case, pathway_case.c.id == document.c.case_id)
        .where(document.c.case_id == number("case_id"), SEEN)
        .order_by(document.c.number)
    )


@named
def document_with_content() -> Any:
    return (
        select(*document.c)
        .join(pathway_case, pathway_case.c.id == document.c.case_id)
        .where(document.c.case_id == number("case_id"), document.c.number == number("number"), SEEN)
    )


@named
def every_document() -> Any:
    """Every document of every case, without its content, in the order of the trail."""
    columns = (
        "seq",
        "number",
        "version",
        "form",
        "fingerprint",
        "id",
        "sent_seq",
        "page",
        "recipient",
        "size",
        "made_at",
        "made_by",
        "sent_at",
        "sent_by",
        "sent_how",
        "kind",
        "template",
        "template_print",
        "rests_on",
    )
    return (
        select(pathway_case.c.reference, *(document.c[each] for each in columns))
        .select_from(pathway_case)
        .join(document, document.c.case_id == IN_ORDER)
        .order_by(pathway_case.c.reference, document.c.seq)
    )


@named
def document_content() -> Any:
    """The content of one document, as it lies; asked by the proof alone, which sees everything."""
    return select(document.c.content).where(document.c.id == number("document_id"))


@named
def last_document() -> Any:
    return select(func.coalesce(func.max(document.c.number), 0).label("number")).where(
        document.c.case_id == number("case_id")
    )


@named
def mark_document_sent() -> Any:
    return (
        update(document)
        .where(document.c.case_id == number("case_id"), document.c.number == number("number"))
        .where(document.c.sent_at.is_(None))
        .values(
            sent_at=moment("sent_at"),
            sent_how=bindparam("sent_how", type_=Text()),
            sent_by=text("sent_by"),
            sent_seq=number("sent_seq"),
        )
    )


@named
def documents_sent_since() -> Any:
    """What of a case has left the building since a moment, with the entries it was written from."""
    return (
        select(document.c.sent_at, document.c.rests_on)
        .join(pathway_case, pathway_case.c.id == document.c.case_id)
        .where(pathway_case.c.reference == text("reference"), document.c.sent_at >= moment("since"))
        .order_by(document.c.sent_at)
    )


@named
def drop_documents() -> Any:
    return delete(document).where(document.c.case_id == number("case_id"))


# --- what letters are written from ---------------------------------------------------------------------------


@named
def secret_addresses_of() -> Any:
    """Where somebody lives now, and every address of theirs that is confidential."""
    return (
        select(*address.c)
        .where(address.c.person_id == number("person_id"))
        .where(or_(address.c.to_on.is_(None), address.c.to_on >= day("today"), address.c.confidential))
        .order_by(address.c.id)
    )


# --- calendar feeds --------------------------------------------------------------------------------------------


@named
def calendar_feed_of() -> Any:
    """The feed of a team, or of one practitioner."""
    return select(*feed.c).where(
        feed.c.team == text("team"), feed.c.login == text("login"), feed.c.ended_at.is_(None)
    )


@named
def end_calendar_feed() -> Any:
    return (
        update(feed)
        .where(feed.c.id == number("feed_id"), feed.c.ended_at.is_(None))
        .values(ended_at=moment("ended_at"), ended_by=text("ended_by"))
    )


def _open_to_all() -> tuple[Any, ...]:
    """Cases that a file outside the wall may name: those that nobody is kept out of, of people of whom the same holds."""
    return (pathway_case.c.guarded.is_(False), person.c.guarded.is_(False), SEEN)


@named
def feed_deadlines() -> Any:
    """What is due on the open cases of a team or of a lead; never on one that is restricted in any way."""
    return (
        select(
            *(pathway_case.c[each] for each in ("reference", "pathway")),
            FACTS_OF_REPORTS,
            *(deadline.c[each] for each in ("key", "rule", "due_on", "due_at", "status")),
        )
        .join(pathway_case, pathway_case.c.id == deadline.c.case_id)
        .join(person, person.c.id == pathway_case.c.person_id)
        .where(
            deadline.c.closed_at.is_(None),
            only("team", pathway_case.c.team),
            only("lead", pathway_case.c.lead),
        )
        .where(*_open_to_all())
        .order_by(deadline.c.due_on, pathway_case.c.reference, deadline.c.rule)
    )


@named
def feed_meetings() -> Any:
    """The conferences that are booked from a day on, with the cases they are about."""
    return (
        select(
            *(meeting.c[each] for each in ("id", "kind", "booked_on", "begins_at", "starts_at")),
            pathway_case.c.reference,
        )
        .join(meeting_case, meeting_case.c.meeting_id == meeting.c.id)
        .join(pathway_case, pathway_case.c.id == meeting_case.c.case_id)
        .join(person, person.c.id == pathway_case.c.person_id)
        .where(meeting_case.c.left_at.is_(None), meeting.c.booked_on >= day("since"))
        .where(only("team", pathway_case.c.team), only("lead", pathway_case.c.lead))
        .where(*_open_to_all())
        .order_by(meeting.c.booked_on, meeting.c.id, pathway_case.c.reference)
    )
