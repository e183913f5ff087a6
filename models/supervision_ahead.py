"""The two of a supervision session, and what they have to go through: cases, watched children, open actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.access import somebody
from models.transaction import Transaction
from pathways.access import AUTHORITY
from pathways.days import local_day
from pathways.errors import Mistyped
from pathways.file_lists import CONCERNS, LISTED, WATCHED
from pathways.supervision import FALLS_DUE, HEADS, SCHOOL, SUPERVISING, OpenAction, kind_of


@dataclass(frozen=True, slots=True)
class Who:
    """The two of a session, as the staff register has them on its day; `team`: where the supervised one works."""

    supervisor: Any
    practitioner: Any
    kind: str
    team: str
    head_is_there: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a session has to go through: the cases, by reference, with what puts each there; actions that are open."""

    cases: Mapping[str, str]
    actions: tuple[Any, ...]

    def open_actions(self) -> tuple[OpenAction, ...]:
        """The actions as the rules look at them."""
        return tuple(OpenAction(each.id, each.due_on) for each in self.actions)


def two_of(tx: Transaction, supervisor: str, practitioner: str, on: date) -> Who:
    """The two of a session.

    Raises:
        Mistyped: the register does not know one, they are one person, or the supervisor holds no role that supervises.
    """
    one, other = somebody(tx, supervisor), somebody(tx, practitioner)
    if one.id == other.id:
        raise Mistyped("Supervision is between two people. Nothing was changed.")
    own, held = roles_held(tx, one, on), roles_held(tx, other, on)
    if not frozenset(each.role for each in own) & SUPERVISING:
        who = ", ".join(sorted(each.label for each in SUPERVISING))
        raise Mistyped(
            f"{one.login} is the supervisor here, and holds no role that supervises on that day ({who}). "
            "Nothing was changed."
        )
    roles = frozenset(each.role for each in held)
    kind = kind_of(
        roles, of_the_authority=AUTHORITY in {each.agency or other.agency for each in held} or not held
    )
    team = next((each.team for each in held if each.team and each.role in FALLS_DUE[kind]), other.team)
    heads = frozenset(each.role for each in (*own, *held)) & HEADS[kind]
    return Who(one, other, kind, team, bool(heads))


def roles_held(tx: Transaction, who: Any, on: date) -> list[Any]:
    """The roles that a practitioner holds on a London day, each with its team."""
    return tx.all("roles_of_practitioner", practitioner_id=who.id, on=on)


def ahead(tx: Transaction, who: Who) -> Ahead:
    """What a one-to-one has to go through: every open protection, in-need and early help case, every watched child.

    A safeguarding lead's are those of their school or setting, anybody else's those that they lead. Only what the
    viewer may see is asked for.
    """
    found: dict[str, str] = {}
    watched: dict[int, list[Any]] = {}
    on_a_plan = set()
    team = who.team if who.kind == SCHOOL else ""
    wanted = f",{','.join((*LISTED, *CONCERNS))},"
    rows = tx.all(
        "cases_to_supervise", pathways=wanted, mark=WATCHED, login=who.practitioner.login, team=team
    )
    for row in rows:
        if row.is_open and row.pathway in LISTED:
            found[row.reference] = row.pathway
            on_a_plan.add(row.child)
        elif row.marked:
            watched.setdefault(row.child, []).append(row)
    for child, of_child in watched.items():
        if child not in on_a_plan:
            found[max(of_child, key=lambda each: (each.is_open, each.opened_at)).reference] = WATCHED
    actions = tx.all("supervision_actions", login=who.practitioner.login, today=day_of_looking(tx))
    return Ahead(dict(sorted(found.items())), tuple(each for each in actions if each.ended_at is None))


def day_of_looking(tx: Transaction) -> date:
    """The day on which the viewer looks: who heads what goes by it."""
    return local_day(tx.viewer.at)
