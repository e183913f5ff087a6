"""What is to be done, by when, on whose cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import and_, asc, case, func, literal_column, or_, select, true, type_coerce

from models.statements.parts import (
    EVERY_TEAM,
    IS_GUARDED,
    IS_OPEN,
    SEEN,
    deadline,
    moment,
    named,
    number,
    only,
    pathway_case,
    text,
)
from models.types import Instant
from pathways import NAMES, pathway
from pathways.definitions import Clock

_WAITING = or_(deadline.c.status == "open", deadline.c.status == "missed")
_CLOCKS = [clock for name in NAMES for clock in pathway(name).clocks]


def _rules(which: Callable[[Clock], bool]) -> list[Any]:
    """The rules of these clocks, written into the text: what is in it is compared without a look at the definitions."""
    return [literal_column(f"'{rule}'") for rule in sorted({each.rule for each in _CLOCKS if which(each)})]


_REPORT_FACTS: Any = case(
    (deadline.c.rule.in_(_rules(lambda each: each.action == "report_received")), pathway_case.c.facts)
)
FACTS_OF_REPORTS = type_coerce(_REPORT_FACTS, pathway_case.c.facts.type).label("facts")
"""The facts of a case where its clock is one for reports, which alone needs them: to open them all takes time."""
_WORK = (
    pathway_case.c.reference,
    pathway_case.c.pathway,
    pathway_case.c.state,
    pathway_case.c.team,
    pathway_case.c.lead,
    FACTS_OF_REPORTS,
    deadline.c.rule,
    deadline.c.due_on,
    deadline.c.due_at,
    deadline.c.plan_by,
    deadline.c.status,
    deadline.c.statutory,
)


_WHOSE = (
    only("team", pathway_case.c.team),
    or_(only("lead", pathway_case.c.lead), pathway_case.c.lead == text("title")),
)
_FILTERS = (
    *_WHOSE,
    only("pathway", pathway_case.c.pathway),
    only("state", pathway_case.c.state),
)


_MAY_BE_LATE = deadline.c.rule.not_in(_rules(lambda each: bool(each.gate)))


def _running_work() -> Any:
    return (
        select(*_WORK)
        .join(pathway_case, pathway_case.c.id == deadline.c.case_id)
        .where(
            deadline.c.closed_at.is_(None),
            SEEN,
            _WAITING,
            *_FILTERS,
        )
    )


@named
def work_until() -> Any:
    return (
        _running_work()
        .where(deadline.c.due_at <= moment("until"))
        .order_by(asc(deadline.c.due_at), pathway_case.c.reference, deadline.c.rule)
        .limit(number("most"))
    )


@named
def late_work() -> Any:
    return (
        _running_work()
        .where(
            deadline.c.due_at < moment("now"),
            _MAY_BE_LATE,
        )
        .order_by(asc(deadline.c.due_at), pathway_case.c.reference, deadline.c.rule)
        .limit(number("most"))
    )


def _counts() -> Any:
    late = and_(deadline.c.due_at < moment("now"), _MAY_BE_LATE)
    today = and_(~late, deadline.c.due_at <= moment("tonight"))
    return select(
        func.count().label("work"),
        func.count().filter(late).label("late"),
        func.count().filter(today).label("today"),
        func.min(deadline.c.due_at, type_=Instant()).filter(late).label("oldest"),
    ).where(
        deadline.c.closed_at.is_(None),
        _WAITING,
        deadline.c.due_at <= moment("until"),
    )


@named
def count_work() -> Any:
    """How much is late, due today, and due until a moment; what is only waited for is never late."""
    return (
        _counts()
        .select_from(deadline.join(pathway_case, pathway_case.c.id == deadline.c.case_id))
        .where(SEEN, *_FILTERS)
    )


@named
def count_all_work() -> Any:
    """As `count_work`, for those who see every team's work and narrow it to nothing: nothing is counted for others.

    The clocks' index tells it all but for the few cases that are guarded, which have an index of their own.
    """
    hidden = select(pathway_case.c.id).where(IS_GUARDED, SEEN.is_not(true()))
    return _counts().where(EVERY_TEAM, deadline.c.case_id.not_in(hidden))


@named
def count_open_cases() -> Any:
    return (
        select(pathway_case.c.pathway, pathway_case.c.state, func.count().label("cases"))
        .where(IS_OPEN, SEEN)
        .group_by(pathway_case.c.pathway, pathway_case.c.state)
        .order_by(pathway_case.c.pathway, pathway_case.c.state)
    )


_ON_BOARD = (
    pathway_case.c.reference,
    pathway_case.c.pathway,
    pathway_case.c.state,
    pathway_case.c.team,
    pathway_case.c.lead,
    pathway_case.c.facts,
)


def _on_board(restricted: bool) -> Any:
    return (
        select(*_ON_BOARD)
        .where(
            IS_OPEN,
            SEEN,
            pathway_case.c.pathway == text("pathway"),
            pathway_case.c.restricted.is_(restricted),
            *_WHOSE,
        )
        .order_by(pathway_case.c.state, pathway_case.c.reference)
        .limit(number("most"))
    )


def _count_on_board(restricted: bool) -> Any:
    return (
        select(pathway_case.c.pathway, func.count().label("cases"))
        .where(IS_OPEN, SEEN, pathway_case.c.restricted.is_(restricted), *_WHOSE)
        .group_by(pathway_case.c.pathway)
    )


@named
def cases_on_board() -> Any:
    """Open cases for a screen that others may look at: nothing that is restricted."""
    return _on_board(restricted=False)


@named
def restricted_on_board() -> Any:
    """Restricted open cases, of those that the viewer may see."""
    return _on_board(restricted=True)


@named
def count_cases_on_board() -> Any:
    return _count_on_board(restricted=False)


@named
def count_restricted_on_board() -> Any:
    return _count_on_board(restricted=True)
