"""Teams and colleagues that somebody names: one that there is none of is refused, not answered as if there was nothing.

A list asks here where it found nothing, since what a team or a colleague that has gone left behind is still listed.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.transaction import Transaction

EVERY_TEAM = "all"


def must_be_a_team(tx: Transaction, team: str, now: datetime) -> None:
    """Refuse a team that was typed and that nobody is of; nothing typed, and `all`, stand for every team.

    Raises:
        Mistyped: there is no such team; the nearest is named, or else all of them.
    """
    if team not in ("", EVERY_TEAM):
        from models.owning import known_team

        known_team(tx, team, now)


def must_be_on_the_register(tx: Transaction, login: str) -> None:
    """Refuse a login that was typed and that the staff register never had; nothing typed stands for everybody.

    Raises:
        Mistyped: there is no such login.
    """
    if login:
        from models.access import somebody

        somebody(tx, login)
