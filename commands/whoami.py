"""Who you are here: the login that is believed, your roles, and whose cases you see."""

from __future__ import annotations

import typer

from commands import screen
from commands.desk import Desk
from commands.options import Json
from commands.style import STYLE, examples
from pathways.roles import Role

app = typer.Typer(**STYLE)


@app.command(
    help=examples("Who you are here, what you may do, and whose cases you see.", "pathways whoami --json")
)
def whoami(
    as_json: Json = False,
) -> None:
    """Say who is at the keyboard."""
    with Desk() as desk:
        roles = sorted(Role(each).label for each in desk.actor.roles)
        viewer = desk.store.viewer
        cleared = [each for each in viewer.clears.split(",") if each]
        teams = None if viewer.circle == "*" else [each for each in viewer.circle.split("|") if each]
        if as_json:
            document = {
                "login": desk.login,
                "title": desk.title,
                "team": desk.team,
                "roles": sorted(desk.actor.roles),
                "sees_every_team": teams is None,
                "teams": teams or [],
                "cleared_for": cleared,
                "next": ["pathways worklist"],
            }
            screen.answer_json("whoami/1", document)
            return
        whose = (
            "every team's, but for restricted ones"
            if teams is None
            else f"those of {' and '.join(teams)}, and those that name you"
            if teams
            else "those that name you"
        )
        known = "the database" if desk.store.dialect == "postgresql" else "this computer"
        believed = "a practice store: everybody is the same person" if desk.practice else f"as {known} says"
        lines = screen.wrapped("Login", f"{desk.login} ({believed})")
        lines += screen.wrapped("Title", desk.title or "none")
        lines += screen.wrapped("Team", desk.team or "none")
        lines += screen.wrapped("Roles", ", ".join(roles))
        lines += screen.wrapped("Cases", whose)
        if cleared:
            lines += screen.wrapped("Cleared", ", ".join(each.replace("_", " ") for each in cleared))
        for line in [*lines, "", "Next: pathways worklist"]:
            screen.say(line)
