"""Rows that contradict the entries beside them, or each other: asked by the proof alone, which sees everything.

What the chains hold is worked out from them (`models/verify.py`). Here is what a list, a count or the gate reads from a row
and no entry is added up for: on which pathway a case is, who may see it, whether a clock runs.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, func, literal, not_, or_, select
from sqlalchemy.types import Text

from models.statements.parts import T, deadline, episode, named, pathway_case, person, practitioner
from pathways import NAMES, pathway

restriction, access = T["restriction"], T["access"]
_CLOSED = ("met", "ended")
_PATHWAYS = [pathway(name) for name in NAMES]
_BEHIND_THE_WALL = [each.name for each in _PATHWAYS if each.restricted]


@named
def clocks_half_stopped() -> Any:
    """Clocks that stopped at a moment and by no entry, or the other way round, or whose status says otherwise."""
    stopped = deadline.c.closed_at.is_not(None)
    return (
        select(pathway_case.c.reference, deadline.c.opened_seq.label("seq"), deadline.c.rule)
        .join(pathway_case, pathway_case.c.id == deadline.c.case_id)
        .where(
            or_(
                stopped != deadline.c.closed_seq.is_not(None),
                and_(stopped, deadline.c.status == literal("open", Text())),
                and_(not_(stopped), deadline.c.status.in_([literal(each, Text()) for each in _CLOSED])),
            )
        )
        .order_by(pathway_case.c.reference, deadline.c.opened_seq)
    )


@named
def cases_on_another_pathway() -> Any:
    """Cases whose reference is of another pathway than the one that the row names, or of none that there is."""
    begins = case(
        *(
            (pathway_case.c.pathway == literal(each.name, Text()), literal(f"{each.prefix}-", Text()))
            for each in _PATHWAYS
        ),
        else_=literal("?", Text()),
    )
    return (
        select(pathway_case.c.reference)
        .where(func.substr(pathway_case.c.reference, 1, func.length(begins)) != begins)
        .order_by(pathway_case.c.reference)
    )


def _restricted(column: Any, target: Any) -> Any:
    """Whether a restriction of a case or person stands."""
    standing = select(restriction.c.id).where(column == target.c.id, restriction.c.lifted_at.is_(None))
    return standing.correlate(target).exists()


def _kept_out(column: Any, target: Any) -> Any:
    """Whether somebody is kept out of a case or person."""
    standing = select(access.c.id).where(
        column == target.c.id, access.c.kind == literal("excluded", Text()), access.c.ended_at.is_(None)
    )
    return standing.correlate(target).exists()


@named
def cases_less_shut_than_said() -> Any:
    """Cases that the gate takes for less shut than their pathway, a restriction or a list says."""
    walled = pathway_case.c.pathway.in_([literal(each, Text()) for each in _BEHIND_THE_WALL])
    shut = or_(walled, _restricted(restriction.c.case_id, pathway_case))
    return (
        select(pathway_case.c.reference)
        .where(
            or_(
                and_(not_(pathway_case.c.restricted), shut),
                and_(
                    not_(pathway_case.c.guarded),
                    or_(pathway_case.c.restricted, shut, _kept_out(access.c.case_id, pathway_case)),
                ),
            )
        )
        .order_by(pathway_case.c.reference)
    )


@named
def people_less_shut_than_said() -> Any:
    """Cases of people whom the gate takes for less shut than a restriction or a list says."""
    shut = _restricted(restriction.c.person_id, person)
    return (
        select(pathway_case.c.reference)
        .join(person, person.c.id == pathway_case.c.person_id)
        .where(
            or_(
                and_(not_(person.c.restricted), shut),
                and_(
                    not_(person.c.guarded),
                    or_(person.c.restricted, shut, _kept_out(access.c.person_id, person)),
                ),
            )
        )
        .order_by(pathway_case.c.reference)
    )


@named
def cases_without_a_person() -> Any:
    return (
        select(pathway_case.c.reference)
        .outerjoin(person, person.c.id == pathway_case.c.person_id)
        .where(person.c.id.is_(None))
        .order_by(pathway_case.c.reference)
    )


@named
def cases_without_an_episode() -> Any:
    return (
        select(pathway_case.c.reference)
        .outerjoin(episode, episode.c.id == pathway_case.c.episode_id)
        .where(episode.c.id.is_(None))
        .order_by(pathway_case.c.reference)
    )


@named
def cases_of_another_person() -> Any:
    """Cases that lie in a spell of involvement with somebody else."""
    return (
        select(pathway_case.c.reference)
        .join(episode, episode.c.id == pathway_case.c.episode_id)
        .where(episode.c.person_id != pathway_case.c.person_id)
        .order_by(pathway_case.c.reference)
    )


def _columns(table: Any, *others: str) -> list[Any]:
    return [table.c[each] for each in ("case_id", "person_id", "because", "by_login", "from_at", *others)]


@named
def every_access_line() -> Any:
    """Everybody ever let in or kept out, of which case or person."""
    columns = _columns(access, "kind", "until_at", "ended_at", "ended_by")
    return (
        select(*columns, pathway_case.c.reference, practitioner.c.login)
        .select_from(access)
        .outerjoin(pathway_case, pathway_case.c.id == access.c.case_id)
        .outerjoin(practitioner, practitioner.c.id == access.c.practitioner_id)
        .order_by(access.c.id)
    )


@named
def every_restriction_line() -> Any:
    columns = _columns(restriction, "lifted_at", "lifted_by", "lifted_second")
    return (
        select(*columns, pathway_case.c.reference)
        .select_from(restriction)
        .outerjoin(pathway_case, pathway_case.c.id == restriction.c.case_id)
        .order_by(restriction.c.id)
    )
