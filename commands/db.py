"""Looking after the database: backups and restoring, checking, upgrading its tables, its key."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import db_key, files, screen
from commands.desk import database_url, moment_now, settings, sqlite_url
from commands.options import Json
from commands.spoken import plural
from commands.style import STYLE, examples
from models import compiled
from models.place import backups_folder, found_at
from models.store import Store, open_store
from models.viewer import ALL_SEEING
from pathways.errors import NOT_PROVEN, OK
from pathways.moments import words

if TYPE_CHECKING:
    from models.upgrading import Plan

MINUTE = 60

app = typer.Typer(help="Look after the database: back up, restore, check, upgrade.", **STYLE)
app.add_typer(db_key.app, name="key")

To = Annotated[
    Path | None,
    typer.Option("--to", "--from", metavar="FOLDER", help="Where backups are kept, if not as set up."),
]


@app.callback()
def db() -> None:
    """Look after the database."""


@app.command(
    help=examples(
        "Bring the tables to this version. Says what will change and about how long, and makes a backup first.",
        "pathways db upgrade --dry-run",
        "pathways db upgrade",
    )
)
def upgrade(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    to: To = None,
    no_backup: Annotated[
        bool, typer.Option("--no-backup", help="You have made a backup yourself, and know that it opens.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring the tables to this version, after a backup."""
    from models.upgrading import back_up_first, carry_out, plan, refuse_while_written

    url, folder = database_url(), _folder(to)
    planned = plan(url)
    copy = None
    if not as_json:
        for line in _of_plan(planned):
            screen.say(line)
    if not dry_run and not planned.nothing:
        refuse_while_written(url, moment_now())
        if planned.steps and not no_backup:
            copy = back_up_first(url, planned.found, folder, moment_now())
            if not as_json:
                screen.say(f"Backup made first: {screen.shown(copy.path.name)}, in {screen.shown(folder)}")
        carry_out(url, planned)
    if as_json:
        told = {
            "from": planned.found,
            "to": compiled.HEAD,
            "steps": [{"revision": number, "what": says} for number, says in planned.steps],
            "seconds": planned.seconds,
            "guards_laid": list(planned.guards),
            "kept": not dry_run,
            "backup": str(copy.path) if copy else None,
        }
        screen.answer_json("db.upgrade/2", told)
        return
    for line in _of_end(planned, dry_run=dry_run):
        screen.say(line)


def _of_plan(planned: Plan) -> list[str]:
    """What an upgrade will change, and about how long it takes."""
    sealed = []
    if planned.facts:
        sealed.append(
            f"Facts that lie open are sealed, each with its case's key: of {plural(planned.facts, 'case')}."
        )
    if planned.pages:
        sealed.append(f"Pages are sealed, each with a key of its own: of {plural(planned.pages, 'case')}.")
    if not planned.steps:
        return sealed
    lines = [f"The tables go from {planned.found} to {compiled.HEAD}:"]
    for number, says in planned.steps:
        lines += screen.wrapped(f"  {number}", says, indent=8)
    lines += sealed
    long = "under a minute" if planned.seconds < MINUTE else f"about {planned.seconds // MINUTE + 1} minutes"
    return [*lines, f"With the backup that comes first: {long}. Nobody can write meanwhile."]


def _of_end(planned: Plan, *, dry_run: bool) -> list[str]:
    if planned.nothing:
        return [
            f"The tables are at this version ({compiled.HEAD}). Nothing was changed.",
            "Next: pathways doctor",
        ]
    lines = []
    if planned.guards:
        lines += [
            f"The trail's own guards were missing{'' if dry_run else ' and are laid down again'}.",
            "Somebody or something had taken them away, so prove the record: pathways audit verify",
        ]
    if planned.wall:
        said = "" if dry_run else " and is laid again"
        lines.append(f"Row security was not in force on every table{said}. Look who changed it.")
    if dry_run:
        return [*lines, "Nothing was changed. To do it: pathways db upgrade"]
    if planned.steps:
        lines.append(f"Upgraded the tables from {planned.found} to {compiled.HEAD}.")
    return [*lines, "Next: pathways doctor"]


def _folder(to: Path | None) -> Path:
    """The folder that a backup goes to.

    Raises:
        Mistyped: it has a name of the records' own files.
    """
    if to is not None:
        files.refuse_ours(to)
    return to or backups_folder()


def _whole_store() -> Store:
    """The store as the service sees it: what is copied and proved is all of it."""
    store = open_store(database_url())
    store.viewer = ALL_SEEING
    return store


@app.command(
    help=examples(
        "Make a backup while people work: copied, sealed, opened again and verified. Keep the whole folder elsewhere too.",
        "pathways db backup",
        "pathways db backup --to /srv/backups",
    )
)
def backup(to: To = None, as_json: Json = False) -> None:
    """Make a backup, open it again and verify it."""
    from models.copies import back_up
    from models.copy_files import CASE_KEYS

    folder = _folder(to)
    with _whole_store() as store:
        made = back_up(store, folder, moment_now())
        sealed = store.sealed
    counts = made.counts
    if as_json:
        screen.answer_json("db.backup/2", {"file": str(made.path), "root": counts.root})
        return
    screen.say(f"Backup: {screen.shown(made.path.name)}, in {screen.shown(folder)}")
    screen.say(
        f"Opened again and verified, root {counts.root[:16]}. What it holds is told in the .json beside it."
    )
    if sealed:
        screen.say(
            f"Carry it away together with the file {CASE_KEYS}, always the newest: without it no case opens."
        )
    else:
        screen.say("NOT ENCRYPTED: these records are made up, and so anybody may open their backup.")
    screen.say("Next: pathways db drill")


@app.command(
    help=examples(
        "Open the newest backup in a place of its own, verify it, and note how that went. Every week at least.",
        "pathways db drill",
    )
)
def drill(folder: To = None, as_json: Json = False) -> None:
    """Open the newest backup in a place of its own and verify it."""
    from models.copies import drill as try_newest

    with _whole_store() as store:
        tried = try_newest(store, folder or backups_folder(), moment_now())
    if as_json:
        screen.answer_json(
            "db.drill/2",
            {"file": str(tried.path), "made_at": tried.header["made_at"], "root": tried.counts.root},
        )
        return
    screen.say(f"{screen.shown(tried.path.name)} opens and verifies.")
    screen.say("Next: nothing. To see all that is looked at: pathways doctor")


@app.command(
    help=examples(
        "Put a backup where no store is. It is verified before anything is touched; nothing is ever written over.",
        "pathways db restore pathways-2026-11-23-093100.backup",
        "pathways db restore FILE --anchor 1a2b-3c4d-5e6f-7081-92a3-b4c5-d6e7-f809",
    )
)
def restore(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The backup; by its name alone, in the folder of backups.")
    ],
    anchor: Annotated[
        list[str] | None,
        typer.Option("--anchor", metavar="CODE", help="A code that it has to reach: refuses one too old."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Put a backup where no store is."""
    from models.copy_files import read
    from models.copy_state import A_CLOCK_SET_BACK
    from models.restoring import restore as put_back
    from pathways.checkpoints import read_code

    place = file if found_at(file) is not None else backups_folder() / file
    codes = [read_code(each) for each in anchor or ()]
    url = str(
        os.environ.get("PATHWAYS_DATABASE_URL")
        or settings().get("database", {}).get("url")
        or sqlite_url("pathways")
    )
    copy = read(place)
    now = moment_now()
    counts = put_back(url, copy, now, codes=codes)
    if as_json:
        screen.answer_json(
            "db.restore/2", {"file": str(place), "made_at": copy.header["made_at"], "root": counts.root}
        )
        return
    screen.say(f"Restored and verified: the backup of {words(copy.made_at)}, London time.")
    screen.say("What was written after that is not in it.")
    if copy.made_at - now > A_CLOCK_SET_BACK:
        screen.say(
            "That moment is still to come: the clock was wrong when it was made, or is now. Do not take it for the newest."
        )
    if not codes:
        screen.say(
            "Whether it is the newest copy cannot be told without an anchor: pathways audit verify --anchor CODE"
        )
    screen.say("Next: pathways doctor, then pathways check run")


@app.command(
    help=examples(
        "Look the database itself over: its file, its guards. Exit code 9: something is wrong.",
        "pathways db check",
    )
)
def check(as_json: Json = False) -> int:
    """Look the database itself over."""
    from models.copies import check as look_over

    with _whole_store() as store:
        found = look_over(store, moment_now())
    if as_json:
        screen.answer_json("db.check/1", {"ok": not found, "found": found})
        return NOT_PROVEN if found else OK
    for each in found or ["The database is in order. That its record is whole is another question."]:
        for line in screen.wrapped("", each, indent=0):
            screen.say(line)
    screen.say(f"Next: {'pathways doctor' if found else 'pathways audit verify'}")
    return NOT_PROVEN if found else OK
