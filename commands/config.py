"""Settings of this computer: each value, and where it comes from. Secrets are never shown.

Order: what is built in, then the settings file, then the environment. Settings of the store itself are its own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlsplit

import typer

from commands import screen
from commands.move_options import DryRun
from commands.options import Json
from commands.style import STYLE, examples
from models.place import backups_folder, database_url, home, settings
from pathways.errors import Mistyped

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
    screen.say("\nTo set one: pathways config set\nNext: pathways config path")


@app.command(
    "set",
    help=examples(
        "Set one or more settings, in the settings file of this computer. Each is checked before anything is written. "
        "Without any: what can be set.",
        "pathways config set letters.office='Northmere Council, conference team'",
        "pathways config set mail.from=team@council.example mail.host=relay.example",
    ),
)
def set_(
    given: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME=VALUE]...", help="As conferences.slots_a_week=12.")
    ] = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Set settings."""
    from commands.settings_file import KNOWN, name_of, value_of

    if not given:
        _settable(as_json)
        return
    wanted: dict[str, str | int | None] = {}
    for each in given:
        name, mark, value = each.partition("=")
        name = name_of(name)
        if not mark:
            raise Mistyped(
                f"A setting is written NAME=VALUE: pathways config set {name}=VALUE ({KNOWN[name].says})"
            )
        wanted[name] = value_of(name, value)
    _change(wanted, dry_run=dry_run, as_json=as_json)


@app.command(
    help=examples(
        "Take settings out of the settings file: what is built in holds again.",
        "pathways config unset letters.office",
    )
)
def unset(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="As letters.office.")],
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Take settings out."""
    from commands.settings_file import name_of

    _change(dict.fromkeys(map(name_of, names)), dry_run=dry_run, as_json=as_json)


def _settable(as_json: bool) -> None:
    """What can be set, and what it is for."""
    from commands.settings_file import KNOWN

    ways = ["pathways config show"]
    if as_json:
        listed = [{"name": name, "says": each.says, "number": each.number} for name, each in KNOWN.items()]
        screen.answer_json("config.settable/1", {"settings": listed, "next": ways})
        return
    for name, each in KNOWN.items():
        for line in screen.wrapped(name, each.says, indent=26):
            screen.say(line)
    screen.say(f"\nTo set one: pathways config set NAME=VALUE\nWhat holds now: {ways[0]}")


def _change(wanted: Mapping[str, str | int | None], *, dry_run: bool, as_json: bool) -> None:
    from commands.settings_file import change, from_environment

    changed = change(wanted, dry_run=dry_run)
    ways = ["pathways config show", "pathways doctor"]
    if as_json:
        document = {
            "ok": True, "changed": changed and not dry_run,
            "settings": [
                {"name": name, "value": value, "source": _source(value, from_environment(name))}
                for name, value in wanted.items()
            ],
            "next": ways,
        }  # fmt: skip
        screen.answer_json("config.set/1", document)
        return
    for name, value in wanted.items():
        said = "what is built in" if value is None else _shown(name, value)
        for line in (
            *screen.wrapped(name, said, indent=24),
            f"{'':<24}{_source(value, from_environment(name))}",
        ):
            screen.say(line)
    if not changed:
        screen.say("It is so already. Nothing was changed.")
    elif dry_run:
        screen.say("It could be set so. Nothing was changed.")
    else:
        screen.say(f"Written to {home() / 'pathways.toml'}")
    screen.say(f"Next: {ways[0]}, then {ways[1]}")


def _source(value: object, before: str) -> str:
    """Where a setting comes from once it is set: the environment goes before the file."""
    if before:
        return f"{ENVIRONMENT} ({before}) goes before it"
    return BUILT_IN if value is None else FILE


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
    try:
        parts = urlsplit(text)
    except ValueError:  # brackets that do not match; a password may stand in it
        return HIDDEN
    login, mark, place = parts.netloc.rpartition("@")
    who = f"{login.partition(':')[0]}:..." if ":" in login else login
    query = "..." if SECRET.search(parts.query) else parts.query
    return f"{parts.scheme}://{who}{mark}{place}{parts.path}{f'?{query}' if query else ''}"
