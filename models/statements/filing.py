"""The file: how long it is kept, what bars its destruction, what two people have decided about it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, func, literal, or_, select, update
from sqlalchemy.types import Date, Text

from models.statements.access import proposal
from models.statements.casework import case_and_person
from models.statements.keeping import tombstone
from models.statements.parts import (
    SEEN,
    T,
    adds,
    among,
    day,
    deadline,
    moment,
    named,
    number,
    only,
    pathway_case,
    person,
    same_person,
    text,
)

file_mark, link, training = T["file_mark"], T["person_link"], T["training"]

adds("add_file_mark", file_mark)
adds("add_training", training)


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


# --- lists ----------------------------------------------------------------------------------------------------


def on_pathways(bind: str) -> Any:
    """Whether a case's pathway is one of those named in a list between commas."""
    return among(text(bind), pathway_case.c.pathway, ",")


MARKED = (
    select(file_mark.c.id)
    .where(
        or_(file_mark.c.case_id == pathway_case.c.id, file_mark.c.person_id == pathway_case.c.person_id),
        file_mark.c.kind == text("mark"),
        file_mark.c.ended_at.is_(None),
    )
    .exists()
)
"""Whether a child is marked as `mark` says, on the case or as a person."""


@named
def listed_cases() -> Any:
    """Every case, open or closed, on some pathways; and whether the child is marked, on the case or as a person."""
    return (
        select(
            pathway_case.c.reference,
            pathway_case.c.pathway,
            pathway_case.c.state,
            pathway_case.c.is_open,
            pathway_case.c.outcome,
            pathway_case.c.team,
            func.coalesce(link.c.person_id, pathway_case.c.person_id).label("child"),
            pathway_case.c.opened_at,
            pathway_case.c.closed_at,
            MARKED.label("marked"),
        )
        .outerjoin(link, and_(link.c.other_id == pathway_case.c.person_id, link.c.ended_at.is_(None)))
        .where(on_pathways("pathways"), SEEN, only("team", pathway_case.c.team))
        .order_by(pathway_case.c.reference)
    )


@named
def concerns_since() -> Any:
    """Every case begun since a moment on some pathways, newest first; whether a rule was missed and is not met yet."""
    unreported = (
        select(deadline.c.id)
        .where(
            deadline.c.case_id == pathway_case.c.id,
            deadline.c.rule == text("rule"),
            deadline.c.status == literal("missed", Text()),
            deadline.c.closed_at.is_(None),
        )
        .exists()
    )
    return (
        select(
            pathway_case.c.reference,
            pathway_case.c.pathway,
            pathway_case.c.state,
            pathway_case.c.is_open,
            pathway_case.c.outcome,
            pathway_case.c.team,
            pathway_case.c.opened_at,
            pathway_case.c.facts,
            unreported.label("unreported"),
        )
        .where(
            on_pathways("pathways"),
            SEEN,
            pathway_case.c.opened_at >= moment("since"),
            only("team", pathway_case.c.team),
        )
        .order_by(pathway_case.c.opened_at.desc(), pathway_case.c.reference)
    )


@named
def last_trainings() -> Any:
    """When each person on the register was last trained as a safeguarding lead, up to a day."""
    last = func.max(training.c.completed_on, type_=Date())
    return (
        select(training.c.practitioner_id, last.label("completed_on"))
        .where(training.c.completed_on <= day("on"))
        .group_by(training.c.practitioner_id)
    )


@named
def training_on() -> Any:
    return select(training.c.id).where(
        training.c.practitioner_id == number("practitioner_id"), training.c.completed_on == day("on")
    )
