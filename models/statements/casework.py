"""One case: itself, its clocks, its records, its trail."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, and_, bindparam, func, literal_column, null, select, type_coerce, update
from sqlalchemy.types import Text

from models.statements.parts import (
    SEEN,
    deadline,
    entries_waiting,
    moment,
    named,
    number,
    pathway_case,
    payload,
    person,
    record,
    same_person,
    text,
    trail,
)
from models.types import SealedText

_CASE = tuple(pathway_case.c)
_PERSON_FACTS = (
    person.c.birth_date,
    person.c.expected_delivery_date,
    person.c.died_on,
    person.c.kind.label("person_kind"),
)


def case_and_person(*more: Any) -> Any:
    return select(*_CASE, *_PERSON_FACTS, *more).join(person, person.c.id == pathway_case.c.person_id)


def _last_page(case_id: Any) -> Any:
    last = select(func.coalesce(func.max(record.c.page), 0)).where(record.c.case_id == case_id)
    return last.scalar_subquery().label("page")


@named
def case_by_reference() -> Any:
    return case_and_person().where(pathway_case.c.reference == text("reference"), SEEN)


_TO_CHANGE = (
    "id", "reference", "pathway", "definition", "person_id", "episode_id", "state", "is_open", "outcome", "facts", "version",
    "seq", "head", "team", "lead", "restricted", "guarded", "basis", "opened_at", "closed_at", "changed_at",
)  # fmt: skip


@named
def case_to_change() -> Any:
    """The case alone, and how many entries wait for a checkpoint; whoever changes it looks at the person where that matters."""
    columns = (pathway_case.c[each] for each in _TO_CHANGE)
    found = select(*columns, _last_page(pathway_case.c.id), entries_waiting().label("waiting"))
    return found.where(pathway_case.c.reference == text("reference"), SEEN).with_for_update(of=pathway_case)


@named
def case_by_id() -> Any:
    return case_and_person().where(pathway_case.c.id == number("case_id"))


@named
def open_case_of_person() -> Any:
    """The person's open case on a pathway, on this record of theirs or on one that it is linked to."""
    return (
        case_and_person()
        .where(
            pathway_case.c.person_id.in_(same_person("person_id")), pathway_case.c.pathway == text("pathway")
        )
        .where(pathway_case.c.is_open)
        .order_by(pathway_case.c.id.desc())
    )


@named
def cases_of_whole_person() -> Any:
    """The cases on this record of somebody and on every record that it is linked to."""
    return (
        case_and_person()
        .where(pathway_case.c.person_id.in_(same_person("person_id")), SEEN)
        .order_by(pathway_case.c.id)
    )


@named
def cases_of_person() -> Any:
    """The cases on one record of somebody, whatever it is linked to."""
    return (
        case_and_person()
        .where(pathway_case.c.person_id == number("person_id"), SEEN)
        .order_by(pathway_case.c.id)
    )


@named
def change_case() -> Any:
    columns = (
        "state",
        "is_open",
        "outcome",
        "facts",
        "seq",
        "head",
        "team",
        "lead",
        "closed_at",
        "changed_at",
    )
    values = {each: bindparam(each, type_=pathway_case.c[each].type) for each in columns}
    return (
        update(pathway_case)
        .where(pathway_case.c.id == number("case_id"), pathway_case.c.version == number("seen"))
        .values(version=pathway_case.c.version + number("step"), **values)
    )


@named
def references_like() -> Any:
    """References of a pattern, between a start and an end, so that a prefix need not read them all."""
    return (
        select(pathway_case.c.reference)
        .where(pathway_case.c.reference >= text("start"), pathway_case.c.reference < text("end"))
        .where(pathway_case.c.reference.like(text("pattern")), SEEN)
        .order_by(pathway_case.c.is_open.desc(), pathway_case.c.reference.desc())
        .limit(number("most"))
    )


@named
def running_deadlines() -> Any:
    return (
        select(*deadline.c)
        .where(deadline.c.case_id == number("case_id"), deadline.c.closed_at.is_(None))
        .order_by(deadline.c.due_at, deadline.c.id)
    )


@named
def clocks_to_change() -> Any:
    """Of the clocks that run in a case, what a change of it asks: which they are, what began them, when they are due."""
    columns = ("id", "rule", "start_event", "started", "due_on", "due_at")
    case = select(pathway_case.c.id).where(pathway_case.c.reference == text("reference"))
    return (
        select(*(deadline.c[each] for each in columns))
        .where(deadline.c.case_id == case.scalar_subquery(), deadline.c.closed_at.is_(None))
        .order_by(deadline.c.due_at, deadline.c.id)
    )


@named
def deadlines_of_case() -> Any:
    return (
        select(*deadline.c)
        .where(deadline.c.case_id == number("case_id"))
        .order_by(deadline.c.due_at, deadline.c.id)
    )


@named
def close_deadline() -> Any:
    return (
        update(deadline)
        .where(deadline.c.id == number("deadline_id"), deadline.c.closed_at.is_(None))
        .values(
            status=bindparam("status", type_=Text()),
            closed_at=moment("closed_at"),
            closed_seq=number("closed_seq"),
            look_at=null(),
        )
    )


@named
def last_page() -> Any:
    return select(_last_page(number("case_id")))


@named
def records_of_case() -> Any:
    return select(*record.c).where(record.c.case_id == number("case_id")).order_by(record.c.page)


@named
def trail_of_case() -> Any:
    return (
        select(*trail.c, payload.c.salt, payload.c.body)
        .outerjoin(payload, and_(payload.c.case_ref == trail.c.case_ref, payload.c.seq == trail.c.seq))
        .join(pathway_case, pathway_case.c.reference == trail.c.case_ref)
        .where(trail.c.case_ref == text("reference"), SEEN)
        .order_by(trail.c.seq)
    )


@named
def last_entry() -> Any:
    return select(*trail.c).where(trail.c.case_ref == text("reference")).order_by(trail.c.seq.desc()).limit(1)


@named
def whole_trail() -> Any:
    return (
        select(*trail.c, payload.c.salt, payload.c.body)
        .outerjoin(payload, and_(payload.c.case_ref == trail.c.case_ref, payload.c.seq == trail.c.seq))
        .order_by(trail.c.case_ref, trail.c.seq)
    )


@named
def every_case_state() -> Any:
    columns = (
        "reference",
        "pathway",
        "state",
        "is_open",
        "facts",
        "seq",
        "head",
        "definition",
        "outcome",
        "opened_at",
        "closed_at",
        "person_id",
        "team",
        "lead",
    )
    return select(*(pathway_case.c[each] for each in columns)).order_by(pathway_case.c.reference)


IN_ORDER = pathway_case.c.id + literal_column("0", BigInteger())
"""The key of a case where SQLite is to go from case to case: joined the other way round it would sort all in memory."""


@named
def every_record_print() -> Any:
    columns = (
        "seq",
        "page",
        "kind",
        "recorded_at",
        "happened_at",
        "author",
        "role",
        "voided_seq",
        "destroyed_seq",
        "entry",
    )
    text = type_coerce(record.c.body, SealedText()).label("body")
    return (
        select(pathway_case.c.reference, *(record.c[each] for each in columns), text)
        .select_from(pathway_case)
        .join(record, record.c.case_id == IN_ORDER)
        .order_by(pathway_case.c.reference, record.c.seq)
    )


@named
def every_deadline() -> Any:
    """Every clock there is, in order of case, as verification holds it against the entries."""
    columns = (
        "rule",
        "edition",
        "start_event",
        "started",
        "due_on",
        "due_at",
        "plan_by",
        "calendar",
        "status",
        "statutory",
        "look_at",
        "opened_seq",
        "closed_at",
        "closed_seq",
        "missed_seq",
        "key",
    )
    return (
        select(pathway_case.c.reference, *(deadline.c[each] for each in columns))
        .select_from(pathway_case)
        .join(deadline, deadline.c.case_id == IN_ORDER)
        .order_by(pathway_case.c.reference, deadline.c.id)
    )


@named
def editions_in_use() -> Any:
    """Of each edition that a clock was ever counted by, the earliest start."""
    return select(deadline.c.edition, func.min(deadline.c.started).label("since")).group_by(
        deadline.c.edition
    )
