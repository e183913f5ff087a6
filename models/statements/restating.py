"""Putting a mistake right, and how things were known on a day."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, and_, bindparam, cast, func, literal, or_, select, union_all, update
from sqlalchemy.types import BigInteger, Integer, Text

from models.statements.parts import (
    SEEN,
    T,
    held_until,
    moment,
    named,
    number,
    outbox,
    pathway_case,
    record,
    relationship,
    same_person,
    text,
    trail,
)

notice = T["notice"]
MOST_MESSAGES = 20_000
"""How far back among the messages one's own last change is looked for: a night's check writes thousands."""


@named
def void_record() -> Any:
    return (
        update(record)
        .where(record.c.case_id == number("case_id"), record.c.seq == number("seq"))
        .values(voided_seq=bindparam("voided_seq", type_=Integer()))
    )


@named
def cases_of_siblings_then() -> Any:
    """The cases, open or closed, of brothers and sisters noted by a moment, on any record that was the person's then."""
    return (
        select(
            *(pathway_case.c[each] for each in ("id", "reference", "pathway")),
            *(relationship.c[each] for each in ("to_on", "recorded_at", "end_recorded_at")),
        )
        .join(pathway_case, pathway_case.c.person_id == relationship.c.other_id)
        .where(
            relationship.c.person_id.in_(same_person("person_id", held_until("until"))),
            or_(relationship.c.kind == "sibling", relationship.c.kind == "half_sibling"),
            relationship.c.recorded_at < moment("until"),
            SEEN,
        )
        .order_by(pathway_case.c.reference)
    )


@named
def cases_of_siblings() -> Any:
    """The cases of brothers and sisters, open or closed."""
    columns = ("id", "reference", "pathway", "person_id", "opened_at")
    return (
        select(*(pathway_case.c[each] for each in columns))
        .join(pathway_case, pathway_case.c.person_id == relationship.c.other_id)
        .where(
            relationship.c.person_id == number("person_id"),
            relationship.c.kind == literal("sibling", Text()),
            SEEN,
        )
        .order_by(pathway_case.c.reference)
    )


@named
def cases_stirred_since() -> Any:
    """The cases with an entry since a moment: a person's, their linked records', and twins' among brothers and sisters'."""
    own = same_person("person_id").subquery("own")
    siblings = select(relationship.c.other_id).where(
        relationship.c.person_id == number("person_id"), relationship.c.kind == literal("sibling", Text())
    )
    people = union_all(select(own.c.person_id), siblings)
    written = select(trail.c.seq).where(
        trail.c.case_ref == pathway_case.c.reference, trail.c.at >= moment("since")
    )
    twin = select(trail.c.seq).where(
        trail.c.case_ref == pathway_case.c.reference,
        trail.c.seq == literal(1, Integer()),
        trail.c.action == literal("opened_as_twin", Text()),
    )
    return (
        select(pathway_case.c.reference)
        .where(
            pathway_case.c.person_id.in_(people),
            written.exists(),
            or_(pathway_case.c.person_id.in_(same_person("person_id")), twin.exists()),
            SEEN,
        )
        .order_by(pathway_case.c.id)
    )


@named
def own_last_changes() -> Any:
    """What somebody wrote since a moment, the newest first, among the last messages."""
    last = select(func.max(outbox.c.id)).scalar_subquery()
    key = trail.c.case_ref + literal("/", Text()) + cast(trail.c.seq, String())
    return (
        select(trail.c.case_ref, trail.c.seq)
        .select_from(outbox)
        .join(trail, and_(trail.c.case_ref == outbox.c.case_ref, key == outbox.c.key))
        .join(pathway_case, pathway_case.c.reference == trail.c.case_ref)
        .where(
            outbox.c.id > last - literal(MOST_MESSAGES, BigInteger()),
            outbox.c.recorded_at >= moment("since"),
            outbox.c.event == literal("pathways.move", Text()),
            trail.c.actor == text("actor"),
            SEEN,
        )
        .order_by(outbox.c.id.desc())
        .limit(number("most"))
    )


@named
def notices_sent() -> Any:
    """E-mails that have gone out since a moment and whose key names a case."""
    return (
        select(notice.c.key, notice.c.sent_at)
        .where(notice.c.sent_at >= moment("since"), notice.c.key.like(text("pattern")))
        .order_by(notice.c.sent_at)
    )
