"""The store's key: where it is looked for, a copy on paper, another one in its place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands import prompts, screen
from commands.desk import database_url
from commands.options import Json
from commands.style import STYLE, examples
from models.place import backups_folder
from pathways.errors import USAGE, Mistyped

app = typer.Typer(**STYLE)


@app.callback(help="The store's key: where it is, a copy on paper, another one.")
def key() -> None:
    """The store's key."""


@app.command(
    name="show-source",
    help=examples(
        "Where the key of these records is looked for, and where it was found. The key itself is not shown.",
        "pathways db key show-source",
    ),
)
def show_source(as_json: Json = False) -> None:
    """Where the key is looked for, and where it was found."""
    from models.rekeying import sources

    found = sources(database_url())
    if as_json:
        screen.answer_json("db.key.show-source/1", {"sources": [each._asdict() for each in found]})
        return
    for each in found:
        for line in screen.wrapped(
            "", f"{'here' if each.there else 'no  '}  {each.name}: {each.says}", indent=0
        ):
            screen.say(line)
    screen.say()
    screen.say("Next: pathways db key write-down, to keep a copy on paper")


@app.command(
    name="write-down",
    help=examples(
        "Show the key on this screen, to be written on paper and locked away. Only on a terminal.",
        "pathways db key write-down",
    ),
)
def write_down() -> None:
    """Show the key, to be written on paper and locked away."""
    from models.rekeying import on_paper

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Mistyped(
            "The key is shown on a terminal only, never to a file or another program. Nothing was shown."
        )
    screen.complain(
        "Whoever has this key and the file can read every case. Write it on paper; never photograph it."
    )
    if prompts.ask("To see it, type: show", anew=True).lower() != "show":
        raise typer.Exit(USAGE)
    lines = on_paper(database_url())
    for line in lines:
        screen.say(line)
    screen.say()
    screen.say("Where a passphrase is asked for, these 64 letters and digits without spaces will do.")
    screen.say("Next: lock it away, clear this screen, then: pathways db backup")


@app.command(
    name="bring-back",
    help=examples(
        "Put the note about the key, out of a backup, beside records that lost theirs.",
        "pathways db key bring-back pathways-2026-11-23-093100.backup",
    ),
)
def bring_back(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup of these records.")],
) -> None:
    """Put the note about the key beside records that lost theirs."""
    from models.copy_files import read
    from models.rekeying import bring_back as put_back

    copy = read(file if file.exists() else backups_folder() / file)
    if copy.note is None:
        raise Mistyped(f"{screen.shown(file.name)} is a backup of made-up data and has no such note.")
    put_back(database_url(), copy.note)
    screen.say("The note is beside the records again, and they open.")
    screen.say("Next: pathways doctor")


@app.command(
    help=examples(
        "Put the key of these records into this login's keyring. Its passphrase is asked for.",
        "pathways db key add",
    )
)
def add(as_json: Json = False) -> None:
    """Put the key into this login's keyring."""
    from models.rekeying import keep_here

    kept = keep_here(database_url())
    if as_json:
        screen.answer_json("db.key.add/1", {"added": kept})
        return
    screen.say(
        "The key is in this login's keyring now." if kept else "The key was in this login's keyring already."
    )
    screen.say("Next: pathways worklist")


@app.command(
    help=examples(
        "Give these records another key. Nobody else may be at work in them. Stopped half-way, the same command goes on.",
        "pathways db key rotate",
    )
)
def rotate(as_json: Json = False) -> None:
    """Give these records another key."""
    from models.rekeying import change
    from models.setup import KEY_IS

    changed = change(database_url())
    where = KEY_IS.get(changed.source, f"Key: the new one, from {changed.source}")
    if as_json:
        screen.answer_json("db.key.rotate/1", {"source": changed.source, "cases": changed.cases})
        return
    screen.say(f"The records have another key; {changed.cases} keys of cases were sealed anew.")
    for line in screen.wrapped("", where, indent=0):
        screen.say(line)
    screen.say("Backups of before need the old key, which was left where it was.")
    screen.say("Next: pathways db backup; once the old ones have gone: pathways db key forget")


@app.command(
    help=examples(
        "Forget the keys of before. Backups that need them can never be opened again.",
        "pathways db key forget --yes",
    )
)
def forget(
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False, as_json: Json = False
) -> None:
    """Forget the keys of before."""
    from models.rekeying import forget_past

    if not yes:
        if not sys.stdin.isatty():
            raise Mistyped(
                "This cannot be taken back. To do it without a question: pathways db key forget --yes"
            )
        if not prompts.confirm(
            "Backups made under an earlier key can then never be opened. Forget those keys?", anew=True
        ):
            raise typer.Abort
    gone = forget_past(database_url())
    if as_json:
        screen.answer_json("db.key.forget/1", {"forgotten": gone})
        return
    screen.say(f"Taken out of this login's keyring: {gone}. The present key stays.")
    screen.say("Next: pathways db backup")
