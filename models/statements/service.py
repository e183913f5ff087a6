"""Who acts, the store's settings, the calendars."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, or_, select

from models.statements.parts import (
    T,
    bank_holiday,
    day,
    named,
    number,
    practitioner,
    practitioner_role,
    setting,
    text,
)


@named
def practitioner_by_login() -> Any:
    return select(*practitioner.c).where(practitioner.c.login == text("login"))


@named
def roles_of_practitioner() -> Any:
    return (
        select(practitioner_role.c.role, practitioner_role.c.team, practitioner_role.c.agency)
        .where(
            practitioner_role.c.practitioner_id == number("practitioner_id"),
            practitioner_role.c.from_on <= day("on"),
            or_(practitioner_role.c.to_on.is_(None), practitioner_role.c.to_on >= day("on")),
        )
        .order_by(practitioner_role.c.id)
    )


@named
def settings() -> Any:
    return select(setting.c.name, setting.c.value)


@named
def bank_holidays() -> Any:
    return select(bank_holiday.c.day, bank_holiday.c.name).order_by(bank_holiday.c.day)


@named
def school_calendar() -> Any:
    """The newest calendar of a school."""
    days = T["school_days"]
    return select(*days.c).where(days.c.school == text("school")).order_by(days.c.id.desc()).limit(1)


@named
def school_calendars() -> Any:
    days = T["school_days"]
    newest = select(func.max(days.c.id)).group_by(days.c.school)
    return select(*days.c).where(days.c.id.in_(newest)).order_by(days.c.school)


@named
def clear_bank_holidays() -> Any:
    return delete(bank_holiday)
