"""Keeping the staff register: who may, and what nobody may do for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models import compiled
from models.access import NotTheirs, somebody
from models.anchors import writing
from models.names import fold_name
from models.people import add_practitioner
from models.staff import MARK, are_one
from models.store import Store
from models.subjects import match_staff
from models.transaction import Transaction
from pathways.access import AUTHORITY, KEEPERS
from pathways.days import local_day
from pathways.errors import Mistyped
from pathways.roles import Role, called

CLEARING = frozenset(role for roles in compiled.CLEARED.values() for role in roles)
"""The roles that open a restricted pathway."""
DESCRIBED = ("title", "agency", "team", "given", "family", "folded", "birth_date", "staff_number", "email")
"""What a line says of somebody, beside their last day."""


@dataclass(frozen=True, slots=True)
class Member:
    """A line of the staff register, as it is typed or read from a file."""

    login: str
    title: str = ""
    agency: str = ""
    team: str = ""
    roles: tuple[str, ...] = ()
    given: str = ""
    family: str = ""
    birth_date: date | None = None
    staff_number: str = ""
    email: str = ""


def _must_keep_register(actor: Any) -> None:
    if not actor.roles & (KEEPERS | CLEARING | {Role.RECORDS_OFFICER}):
        whose = ", ".join(each.label for each in sorted(KEEPERS))
        raise NotTheirs(f"The staff register is kept by: {whose}. Nothing was changed.")


def _may_give(actor: Any, login: str, role: Role) -> None:
    """A role that opens a restricted pathway is given by somebody who holds one, and never to oneself.

    Where nobody holds one yet, whoever keeps the register gives the first.
    """
    if role.value in CLEARING and login == actor.name:
        raise NotTheirs(f"Nobody makes themselves {role.label}. Ask somebody else who keeps the register.")


def _first_or_from_one(tx: Transaction, actor: Any, role: Role, on: date) -> None:
    if role.value not in CLEARING or actor.roles & CLEARING:
        return
    if tx.all("holders_of_roles", roles=f",{','.join(sorted(CLEARING))},", on=on):
        raise NotTheirs(f"Only a {role.label} or LADO manager makes somebody {role.label}.")


def _must_stay_known(tx: Transaction, actor: Any, row: Any, member: Member, folded: str) -> None:
    """Refuse to change on a line of one's own what an allegation would know one by, or what tells two people apart.

    A name that is not known yet may be told. A date of birth or a staff number may not: a wrong one would part the line
    from the record of the same name, or from another login of the same person.
    """
    renamed = row.folded and folded not in ("", row.folded)
    told = ((row.birth_date, member.birth_date), (row.staff_number, member.staff_number))
    if (renamed or any(new and new != was for was, new in told)) and are_one(tx, row.login, actor.name):
        raise NotTheirs(
            "Nobody writes down their own date of birth or staff number, or changes their own name here. Ask somebody else "
            "who keeps the register."
        )


def enrol(store: Store, member: Member, *, actor: Any, now: datetime, from_on: date | None = None) -> bool:
    """Put somebody on the register, or write down more about somebody who is on it; whether they were new.

    Raises:
        NotTheirs, Mistyped: nothing was changed.
    """
    _must_keep_register(actor)
    roles = [called(each) for each in member.roles]
    for role in roles:
        _may_give(actor, member.login, role)
    if not member.login.strip() or MARK in member.team:
        raise Mistyped("A line of the register needs a login, and a team's name has no | in it.")
    day = from_on or local_day(now)
    folded = fold_name(f"{member.given} {member.family}") if member.given or member.family else ""
    with writing(store, now) as tx:
        for role in roles:
            _first_or_from_one(tx, actor, role, day)
        row = tx.one("practitioner_by_login", login=member.login)
        if row is None:
            if not roles:
                raise Mistyped(f"Somebody new needs at least one role: {member.login} has none.")
            number = add_practitioner(
                tx, member.login, member.title, agency=member.agency or AUTHORITY, team=member.team, from_on=day,
                recorded_at=now, given=member.given, family=member.family, birth_date=member.birth_date,
                staff_number=member.staff_number or None, email=member.email or None,
            )  # fmt: skip
        else:
            number = row.id
            _must_stay_known(tx, actor, row, member, folded)
            tx.run(
                "describe_practitioner", practitioner_id=number, title=member.title or None, agency=member.agency or None,
                team=member.team or None, given=member.given or None, family=member.family or None, folded=folded or None,
                birth_date=member.birth_date, staff_number=member.staff_number or None, email=member.email or None,
                to_on=None,
            )  # fmt: skip
            if roles and row.to_on is not None and row.to_on < day:
                tx.run("return_practitioner", practitioner_id=number)
        there = tx.need("practitioner_by_id", practitioner_id=number)
        held = {each.role for each in tx.all("roles_of_practitioner", practitioner_id=number, on=day)}
        for role in roles:
            if role.value not in held:
                _give(tx, there, role, day, None, now)
        match_staff(tx, number, actor.name, now)
    return row is None


def _give(tx: Transaction, who: Any, role: Role, from_on: date, to_on: date | None, now: datetime) -> None:
    tx.run(
        "add_practitioner_role", practitioner_id=who.id, role=role.value, agency=who.agency, team=who.team, from_on=from_on,
        to_on=to_on, recorded_at=now,
    )  # fmt: skip


def give_role(
    store: Store, login: str, role: Role, *, from_on: date, to_on: date | None, actor: Any, now: datetime
) -> None:
    """Let somebody act in a role, from a day and perhaps to one.

    Raises:
        NotTheirs, Mistyped: nothing was changed.
    """
    _must_keep_register(actor)
    _may_give(actor, login, role)
    if to_on is not None and to_on < from_on:
        raise Mistyped("The last day of the role is before its first.")
    with store.writing() as tx:
        _first_or_from_one(tx, actor, role, from_on)
        who = somebody(tx, login)
        held = {each.role for each in tx.all("roles_of_practitioner", practitioner_id=who.id, on=from_on)}
        if role.value in held:
            raise Mistyped(f"{login} is {role.label} on that day already.")
        _give(tx, who, role, from_on, to_on, now)


def take_role(store: Store, login: str, role: Role | None, *, last: date, actor: Any) -> None:
    """End a role of somebody's after its last day, or all of them and their line on the register.

    Raises:
        NotTheirs, Mistyped: nothing was changed.
    """
    _must_keep_register(actor)
    with store.writing() as tx:
        who = somebody(tx, login)
        if role is None and login == actor.name:
            raise Mistyped("Nobody ends their own line on the register. Ask somebody else who keeps it.")
        ended = tx.run("end_roles", practitioner_id=who.id, role=role.value if role else "", on=last)
        if role is not None and not ended:
            raise Mistyped(f"{login} is not {role.label} after that day.")
        if role is None:
            tx.run("describe_practitioner", practitioner_id=who.id, to_on=last, **dict.fromkeys(DESCRIBED))
