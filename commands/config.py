"""Settings of this computer: each value, and where it comes from. Secrets are never shown.

Order: what is built in, then the settings file, then the environment. Settings of the store itself are its own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import typer

from commands import screen
from commands.do import Json
from commands.run import STYLE, examples
from models.place import backups_folder, database_url, home, settings

app = typer.Typer(help="Settings of this computer: each value, and where it comes from.", **STYLE)

BUILT_IN, FILE, ENVIRONMENT = "built in", "settings file", "environment"
SECRET = re.compile(r"password|passphrase|secret|token|private", re.IGNORECASE)
HIDDEN = "set, and not shown"


class Setting(NamedTuple):
    """A setting as it holds now. `source`: built in, the settings file, or the environment variable that gives it."""

    name: str
    value: str
    source: str


@app.callback()
def config() -> None:
    """Show settings."""


@app.command(
    help=examples(
        "Every setting that holds on this computer, with where it comes from.",
        "pathways config show",
        "pathways config show --json",
    )
)
def show(as_json: Json = False) -> None:
    """Show every setting."""
    found = list(_held())
    if as_json:
        listed = [each._asdict() for each in found]
        screen.answer_json("config.show/1", {"settings": listed, "next": ["pathways config path"]})
        return
    for each in found:
        for line in (*screen.wrapped(each.name, each.value, indent=24), f"{'':<24}{each.source}"):
            screen.say(line)
    screen.say("\nNext: pathways config path")


@app.command(
    help=examples(
        "Where the settings file is, or would be.", "pathways config path", "pathways config path --json"
    )
)
def path(as_json: Json = False) -> None:
    """Say where the settings file is."""
    where = home() / "pathways.toml"
    if as_json:
        screen.answer_json(
            "config.path/1", {"path": str(where), "exists": where.exists(), "next": ["pathways config show"]}
        )
        return
    screen.say(str(where))
    screen.say("It is there." if where.exists() else "There is none; what is built in holds.")
    screen.say("Next: pathways config show")


def _held() -> Iterator[Setting]:
    """Every setting that holds: the two that always do, then whatever else the file or the environment says."""
    written = dict(_flat(settings()))
    named = {"home": "PATHWAYS_HOME", "database.url": "PATHWAYS_DATABASE_URL"}
    always = {"home": home(), "database.url": database_url(), "backups.folder": backups_folder()}
    for name, value in always.items():
        given = named.get(name, "")
        by_file = FILE if written.get(name) else BUILT_IN
        source = f"{ENVIRONMENT} ({given})" if given and os.environ.get(given) else by_file
        yield Setting(name, _shown(name, value), source)
    for name, value in sorted(written.items()):
        if name not in always:
            yield Setting(name, _shown(name, value), FILE)
    for name in sorted(os.environ):
        if name.startswith("PATHWAYS_") and name not in named.values():
            yield Setting(name, _shown(name, os.environ[name]), ENVIRONMENT)


def _flat(found: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in found.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _shown(name: str, value: Any) -> str:
    """A value without what is secret in it: all of a password, the password in an address."""
    if SECRET.search(name):
        return HIDDEN
    text = str(value)
    if "://" not in text:
        return text
    parts = urlsplit(text)
    login, mark, place = parts.netloc.rpartition("@")
    who = f"{login.partition(':')[0]}:..." if ":" in login else login
    query = "..." if SECRET.search(parts.query) else parts.query
    return f"{parts.scheme}://{who}{mark}{place}{parts.path}{f'?{query}' if query else ''}"
