"""Who leads which open case."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, literal, or_, select
from sqlalchemy.types import Text

from models.statements.parts import (
    IS_OPEN,
    SEEN,
    day,
    named,
    number,
    only,
    pathway_case,
    practitioner,
    practitioner_role,
    text,
)

_LED = (
    pathway_case.c.reference,
    pathway_case.c.pathway,
    pathway_case.c.state,
    pathway_case.c.team,
    pathway_case.c.lead,
    pathway_case.c.opened_at,
)
_NOBODY = literal("", Text())


@named
def cases_led_by() -> Any:
    """Open cases that a login leads, or a title where there is one; of those that the viewer may see."""
    led = or_(
        pathway_case.c.lead == text("lead"),
        and_(text("title") != _NOBODY, pathway_case.c.lead == text("title")),
    )
    return select(*_LED).where(IS_OPEN, SEEN, led).order_by(pathway_case.c.reference)


@named
def cases_nobody_leads() -> Any:
    """Open cases that nobody leads, the longest open first; of those that the viewer may see."""
    return (
        select(*_LED)
        .where(IS_OPEN, SEEN, or_(pathway_case.c.lead.is_(None), pathway_case.c.lead == _NOBODY))
        .where(only("team", pathway_case.c.team))
        .order_by(pathway_case.c.opened_at, pathway_case.c.reference)
        .limit(number("most"))
    )


@named
def teams_at_work() -> Any:
    """The teams of those who hold a role on a day, as the register and their roles name them."""
    now = and_(
        practitioner_role.c.from_on <= day("on"),
        or_(practitioner_role.c.to_on.is_(None), practitioner_role.c.to_on >= day("on")),
    )
    held = select(practitioner_role.c.team).where(now)
    own = (
        select(practitioner.c.team)
        .join(practitioner_role, practitioner_role.c.practitioner_id == practitioner.c.id)
        .where(now)
    )
    return held.union(own)
