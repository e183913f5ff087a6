"""Looking after the database: `db upgrade` brings its tables to this version, with a copy made first."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import screen
from commands.desk import database_url, moment_now
from commands.run import STYLE, examples
from models import compiled
from models.store import open_store
from pathways.errors import NotReady

app = typer.Typer(help="Look after the database: upgrade its tables.", **STYLE)


@app.callback()
def db() -> None:
    """Look after the database."""


@app.command(
    help=examples(
        "Bring the tables to this version. A SQLite store is copied beside itself first.",
        "pathways db upgrade",
    )
)
def upgrade(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for another program.")] = False,
) -> None:
    """Bring the tables to this version. A SQLite store is copied beside itself first."""
    from models.setup import copy_beside, guards_missing, is_newer, lay_guards, make_tables, revision

    url = database_url()
    with open_store(url, check=False) as store:
        before, missing = revision(store), []
        if before:
            missing = guards_missing(store)
    if not before:
        raise NotReady(
            "There are no records here yet. To begin: pathways init, or pathways demo to try it out."
        )
    if is_newer(before):
        raise NotReady(
            "These records belong to a newer version of this program. Install that version; nothing was changed."
        )
    copy = None
    if before != compiled.HEAD or missing:
        copy = copy_beside(url, moment_now())
    if before != compiled.HEAD:
        make_tables(url)
    if missing:
        with open_store(url, check=False) as store:
            lay_guards(store)
    with open_store(url):
        pass
    if as_json:
        screen.answer_json(
            "db.upgrade/1",
            {
                "from": before,
                "to": compiled.HEAD,
                "guards_laid": missing,
                "copy": str(copy) if copy else None,
            },
        )
        return
    if copy:
        screen.say(f"Copy made first: {screen.shown(copy.name)}, beside the records.")
    if before != compiled.HEAD:
        screen.say(f"Upgraded the tables from {before} to {compiled.HEAD}.")
    if missing:
        screen.say("The trail's own guards were missing and are laid down again. Somebody or something had")
        screen.say("taken them away, so prove the record now: pathways audit verify")
    if before == compiled.HEAD and not missing:
        screen.say(f"The tables are at this version ({compiled.HEAD}). Nothing was changed.")
