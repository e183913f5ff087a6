"""The file: how long it is kept, what bars its destruction, what two people have decided about it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_, select, update

from models.statements.access import proposal
from models.statements.casework import case_and_person
from models.statements.keeping import tombstone
from models.statements.parts import (
    SEEN,
    T,
    adds,
    day,
    moment,
    named,
    number,
    pathway_case,
    person,
    same_person,
    text,
)

file_mark = T["file_mark"]

adds("add_file_mark", file_mark)


def _kept() -> Any:
    """Cases whose content has not been destroyed."""
    gone = select(tombstone.c.case_ref).where(tombstone.c.case_ref == pathway_case.c.reference).exists()
    return case_and_person().where(~gone, SEEN)


@named
def kept_of_person() -> Any:
    """The cases of somebody, on whichever record of theirs, of which something is still kept."""
    return (
        _kept()
        .where(pathway_case.c.person_id.in_(same_person("person_id")))
        .order_by(pathway_case.c.reference)
    )


@named
def perhaps_due() -> Any:
    """Closed cases old enough for some rule: about somebody born by a day, or an allegation closed by a moment."""
    allegation = pathway_case.c.pathway == text("allegations")
    old = or_(
        person.c.birth_date <= day("born_by"),
        and_(allegation, pathway_case.c.closed_at <= moment("closed_by")),
    )
    return _kept().where(pathway_case.c.is_open.is_(False), old).order_by(pathway_case.c.reference)


@named
def marks_of() -> Any:
    """Every mark ever set on a case or on its person, on whichever record of theirs."""
    return (
        select(*file_mark.c)
        .where(
            or_(
                file_mark.c.case_id == number("case_id"),
                file_mark.c.person_id.in_(same_person("person_id")),
            )
        )
        .order_by(file_mark.c.id)
    )


@named
def end_file_mark() -> Any:
    return (
        update(file_mark)
        .where(file_mark.c.id == number("mark_id"), file_mark.c.ended_at.is_(None))
        .values(ended_at=moment("ended_at"), ended_by=text("ended_by"))
    )


@named
def last_proposal() -> Any:
    """The last thing of a kind that somebody asked for about a target, whatever became of it."""
    return (
        select(*proposal.c)
        .where(proposal.c.target == text("target"), proposal.c.kind == text("kind"))
        .order_by(proposal.c.id.desc())
        .limit(1)
    )
