"""Calendar files for Outlook and others: what is due, by reference alone; made, shown, their address told, taken back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import screen
from commands.desk import Desk, settings
from commands.options import Json
from commands.spoken import full_day, iso, plural
from commands.style import STYLE, examples
from pathways.errors import Mistyped, NotReady

if TYPE_CHECKING:
    from models.calendar_feeds import Item, Owner

app = typer.Typer(help="Calendar files with what is due; references only.", **STYLE)

Team = Annotated[str, typer.Option("--team", metavar="TEAM", help="A team's calendar.")]
Mine = Annotated[bool, typer.Option("--mine", help="Your own: the cases that you lead.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Work everything out and write nothing.")]
Folder = Annotated[str, typer.Option("--to", metavar="FOLDER", help="The folder that is published.")]
SHOWN = 30


@app.callback()
def calendar() -> None:
    """Calendar files with what is due; references only."""


def _owner(desk: Desk, team: str, mine: bool) -> Owner:
    from models.calendar_feeds import Owner

    if bool(team) == mine:
        raise Mistyped("Say whose calendar: --team TEAM, or --mine.")
    return Owner(team=team) if team else Owner(login=desk.actor.name)


def _feed_of(desk: Desk, owner: Owner) -> str:
    """The name of a calendar that was begun.

    Raises:
        Mistyped: it is a team's that nobody is of.
        NoFeed: it was not begun, or was taken back.
    """
    from models.calendar_feeds import NoFeed, feed_name, find_feed
    from models.owning import known_team

    with desk.store.reading() as tx:
        row = find_feed(tx, owner)
        if row is None:
            if owner.team:
                known_team(tx, owner.team, desk.now)
            raise NoFeed(f"pathways calendar publish {owner.options} --to FOLDER")
    return feed_name(owner, row.token)


def _found(desk: Desk, owner: Owner) -> list[Item]:
    """What the calendar holds.

    Raises:
        Mistyped: it is a team's that nobody is of.
    """
    from models.calendar_feeds import items
    from models.owning import known_team

    with desk.store.reading() as tx:
        found = items(tx, owner, desk.now)
        if owner.team and not found:
            known_team(tx, owner.team, desk.now)
    return found


@app.command(
    help=examples(
        "Write a calendar file into a folder. Run again it is written anew, under the same name.",
        "pathways calendar publish --team conference --to calendars",
        "pathways calendar publish --mine --to calendars --json",
    )
)
def publish(
    to: Folder, team: Team = "", mine: Mine = False, dry_run: DryRun = False, as_json: Json = False
) -> None:
    """Write a calendar file."""
    from models.calendar_feeds import as_calendar, begin_feed, feed_name

    folder = Path(to)
    if not folder.is_dir():
        raise Mistyped(f"There is no folder {screen.shown(to)}. Nothing was written.")
    with Desk() as desk:
        owner = _owner(desk, team, mine)
        found = _found(desk, owner)
        if dry_run:
            screen.say(f"Would write {plural(len(found), 'line')}. Nothing was written.")
            return
        token = begin_feed(desk.store, owner, actor=desk.actor, now=desk.now)
        name = feed_name(owner, token)
        _replace(folder / name, as_calendar(found, token, desk.now, practice=desk.practice))
    way = f"pathways calendar url {owner.options}"
    if as_json:
        screen.answer_json("calendar/1", {"ok": True, "file": name, "entries": len(found), "next": [way]})
        return
    until = f" to {full_day(max(each.on for each in found))}" if found else ""
    for line in screen.folded(f"Wrote {name}: {plural(len(found), 'line')}{until}."):
        screen.say(line)
    screen.say("A line says a reference and a task, and no name. Restricted cases are not in it.")
    screen.say("Outlook can take up to a day to show changes.")
    screen.say(f"Next: {way}")


def _replace(target: Path, content: bytes) -> None:
    """Put the file there in one step, so that nobody reads half of it."""
    beside = target.with_suffix(".part")
    try:
        beside.write_bytes(content)
        beside.chmod(0o644)
        os.replace(beside, target)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise NotReady(
            f"The calendar cannot be written there ({fault.strerror}). Choose another folder."
        ) from None


@app.command(
    help=examples(
        "What the calendar holds, on the screen; nothing is written.",
        "pathways calendar show --team conference",
        "pathways calendar show --mine --json",
    )
)
def show(team: Team = "", mine: Mine = False, as_json: Json = False) -> None:
    """What the calendar holds."""
    with Desk() as desk:
        owner = _owner(desk, team, mine)
        found = _found(desk, owner)
    way = f"pathways calendar publish {owner.options} --to FOLDER"
    if as_json:
        rows = [{"on": iso(each.on), "at": iso(each.at), "says": each.says} for each in found]
        screen.answer_json("calendar.show/1", {"entries": rows, "next": [way]})
        return
    for each in found[:SHOWN]:
        screen.say(screen.fit(f"{full_day(each.at or each.on):<30} {each.says}", 79))
    if len(found) > SHOWN:
        screen.say(f"and {len(found) - SHOWN} more: add --json")
    if not found:
        screen.say("Nothing is due that a calendar may hold.")
    screen.say(f"Next: {way}")


@app.command(
    help=examples(
        "The address of a calendar, for Outlook and others. Whoever has it can read the calendar.",
        "pathways calendar url --team conference",
        "pathways calendar url --mine --json",
    )
)
def url(team: Team = "", mine: Mine = False, as_json: Json = False) -> None:
    """The address of a calendar."""
    with Desk() as desk:
        owner = _owner(desk, team, mine)
        name = _feed_of(desk, owner)
    base = str(settings().get("calendar", {}).get("address", "")).rstrip("/")
    way = f"pathways calendar revoke {owner.options} --to FOLDER"
    if as_json:
        screen.answer_json(
            "calendar.url/1", {"file": name, "url": f"{base}/{name}" if base else None, "next": [way]}
        )
        return
    screen.as_it_is(f"{base}/{name}" if base else name)
    if not base:
        screen.say("Where the folder is published, put its address into pathways.toml: [calendar] address")
    screen.say(f"Whoever has it can read the calendar. To take it back: {way}")


@app.command(
    help=examples(
        "Take a calendar back: its file is deleted, and its address is never used again.",
        "pathways calendar revoke --team conference --to calendars",
        "pathways calendar revoke --mine --to calendars --dry-run",
    )
)
def revoke(
    to: Folder, team: Team = "", mine: Mine = False, dry_run: DryRun = False, as_json: Json = False
) -> None:
    """Take a calendar back."""
    from models.calendar_feeds import end_feed, feed_name

    with Desk() as desk:
        owner = _owner(desk, team, mine)
        there = _feed_of(desk, owner)
        if dry_run:
            screen.say(f"Would delete {there} and end its address. Nothing was changed.")
            return
        name = feed_name(owner, end_feed(desk.store, owner, actor=desk.actor, now=desk.now))
    file = Path(to) / name
    gone = file.exists()
    file.unlink(missing_ok=True)
    way = f"pathways calendar publish {owner.options} --to FOLDER"
    if as_json:
        screen.answer_json("calendar.revoke/1", {"ok": True, "file": name, "deleted": gone, "next": [way]})
        return
    screen.say(f"Ended: {name}." if gone else f"Ended. {name} is not in that folder: delete it where it is.")
    screen.say(f"A new one gets a new address: {way}")
