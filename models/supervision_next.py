"""Whose supervision falls due next, of those whose sessions the viewer may read; and the meetings of teams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from models.access import NotTheirs, role_of, somebody
from models.anchors import writing
from models.log_chain import note_in
from models.store import Store
from models.supervision_ahead import roles_held
from models.supervision_due import Falling, falling_due
from models.transaction import Transaction
from pathways.clocks import Rules
from pathways.days import Replay, local_day
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.supervision import HEADS, SCHOOL, Next, next_team_meeting

MET = "team_meeting_held"


@dataclass(frozen=True, slots=True)
class Dated:
    """Somebody whose supervision falls due, and when."""

    login: str
    title: str
    kind: str
    last_on: date | None
    next: Next


def due(tx: Transaction, rules: Rules, today: date, *, actor: Actor) -> list[Dated]:
    """Everybody whose supervision falls due and whose sessions the viewer may read, those that are late in front.

    A head sees everybody of their school or teams; a supervisor those whom they supervised last; anybody themselves.
    """
    headed = _headed(tx, actor, today)
    found = [
        Dated(each.who.login, each.who.title, each.kind, each.last_on, each.next)
        for each in falling_due(tx, rules, today)
        if each.last_on is not None or each.who.id == tx.viewer.id or _heads(headed, each)
    ]
    return sorted(found, key=lambda each: (_last_day(each.next), each.login))


def _last_day(found: Next) -> date:
    if found.never:
        return date.min
    return date.max if found.last is None else local_day(found.last.due.due)


def _headed(tx: Transaction, actor: Actor, today: date) -> dict[str, frozenset[str]]:
    """The teams that somebody heads, by kind; the empty one stands for every team of social care."""
    if not any(actor.roles & roles for roles in HEADS.values()):
        return {}
    me = somebody(tx, actor.name)
    held = roles_held(tx, me, today)
    return {
        kind: frozenset(each.team or me.team for each in held if each.role in roles)
        for kind, roles in HEADS.items()
    }


def _heads(headed: Mapping[str, frozenset[str]], each: Falling) -> bool:
    own = headed.get(each.kind, frozenset())
    return (each.who.team != "" and each.who.team in own) or (each.kind != SCHOOL and "" in own)


def met(store: Store, team: str, on: date, *, actor: Actor, now: datetime, dry_run: bool = False) -> None:
    """Write down that a team met about its safeguarding work; `dry_run`: look whether it could be, keep nothing.

    Raises:
        Mistyped: no team is named, the day is still to come, or it is written down already.
        NotTheirs: it is another agency's team.
    """
    called = " ".join(team.split())
    if not called:
        raise Mistyped("Say which team met: --team TEAM")
    if on > local_day(now):
        raise Mistyped("The meeting is still to come. Give the day on which it was held: --on DATE")
    circle = store.viewer.circle
    if circle != "*" and called not in circle.split("|"):
        raise NotTheirs("It is for the team itself to say when it met. Nothing was changed.")
    with writing(store, now, keep=not dry_run) as tx:
        if tx.one("team_meeting_on", team=called, held_on=on) is not None:
            raise Mistyped("That meeting is written down already. Nothing was changed.")
        tx.run("add_team_meeting", team=called, held_on=on, by_login=actor.name, recorded_at=now)
        note_in(tx, actor.name, role_of(actor), MET, {"team": called, "on": on.isoformat()}, now)


def team_meetings(tx: Transaction, rules: Rules, today: date) -> list[tuple[str, date, Replay | None]]:
    """Every team in the viewer's sight that has met, when it last did, and when it is to meet again."""
    circle = tx.viewer.circle
    return [
        (row.team, row.held_on, next_team_meeting(row.held_on, rules, today))
        for row in tx.all("last_team_meetings", today=today)
        if circle == "*" or row.team in circle.split("|")
    ]
