"""Setting up for real work: a folder, a database, its tables, the rules, bank holidays, the person at the keyboard."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

import typer

from commands import files, prompts, screen
from commands.desk import home, moment_now, settings, sqlite_url
from commands.options import Json, NoInput
from commands.style import STYLE, examples
from models import place
from models.connecting import sqlite_path
from models.store import open_store
from pathways.errors import REFUSED, Mistyped, PathwayError
from pathways.roles import Role, called

app = typer.Typer(**STYLE)

SHARED = frozenset(
    {
        "admin", "administrator", "anonymous", "default", "duty", "everyone", "guest", "kiosk", "nobody", "office",
        "public", "reception", "shared", "staff", "student", "team", "temp", "test", "user", "visitor",
    }
)  # fmt: skip
ANSWERS = ("authority", "roles", "title", "team", "database")


class SharedLogin(PathwayError):
    """A login that several people use: the trail could not say who did what. One argument: the login."""

    code: ClassVar[int] = REFUSED

    def __str__(self) -> str:
        return (
            f"The login {self.args[0]} looks like one that several people share, so the record could not say who "
            "did what. Nothing was set up. Log in to this computer as yourself, then: pathways init"
        )


@dataclass(slots=True)
class Answers:
    """What is asked before anything is made."""

    authority: str = "sefton"
    roles: tuple[str, ...] = ("coordinator",)
    title: str = "Case coordinator"
    team: str = ""
    database: str = ""


@app.command(
    help=examples(
        "Set up a store for real work. May be run again: what is there is left as it is.",
        "pathways init",
        "pathways init --no-input --role coordinator",
        "pathways init --from answers.toml",
    )
)
def init(
    from_file: Annotated[
        str, typer.Option("--from", metavar="FILE", help="TOML with authority, roles, title, team, database.")
    ] = "",
    authority: Annotated[str, typer.Option(metavar="A", help="Whose rules: sefton or england.")] = "",
    role: Annotated[
        list[str] | None, typer.Option("--role", metavar="R", help="What you may do; repeat for more.")
    ] = None,
    title: Annotated[str, typer.Option(metavar="T", help="Your job title.")] = "",
    team: Annotated[str, typer.Option(metavar="T", help="Your team; empty sees every team's work.")] = "",
    database: Annotated[
        str, typer.Option(metavar="URL", help="PostgreSQL's address; a SQLite file by default.")
    ] = "",
    unencrypted: Annotated[
        bool, typer.Option("--unencrypted", help="Without encryption: for made-up data only.")
    ] = False,
    no_input: NoInput = False,
    as_json: Json = False,
) -> None:
    """Set up a store for real work. May be run again: what is there is left as it is."""
    login = place.system_login()
    if login.lower() in SHARED:
        raise SharedLogin(screen.shown(login))
    answers = _from_file(from_file) if from_file else Answers()
    given = {"authority": authority, "title": title, "team": team, "database": database}
    for name, value in given.items():
        if value:
            setattr(answers, name, value.strip())
    if role:
        answers.roles = tuple(role)
    if not from_file and prompts.can_ask(no_input, as_json):
        _judge(answers)
        _ask(answers, given, asked_roles=bool(role))
    done = _set_up(login, answers, unencrypted=unencrypted)
    if as_json:
        screen.answer_json("init/1", {"done": done, "next": ["pathways doctor", "pathways open referral"]})
        return
    for line in done or ["Everything was there already. Nothing was changed."]:
        for each in screen.wrapped("", line, indent=0):
            screen.say(each)
    if login == "root":
        screen.say(
            "Note: you are root. That is right in a container; on a shared machine use your own login."
        )
    screen.say()
    screen.say("Next: pathways doctor, then pathways open referral or pathways import cin-census FILE")


def _from_file(path: str) -> Answers:
    import tomllib

    try:
        found = tomllib.loads(files.read_text(path))
    except tomllib.TOMLDecodeError as fault:
        raise Mistyped(f"The file {screen.shown(path)} is not TOML: {fault}.") from None
    except RecursionError:
        raise Mistyped(
            f"The file {screen.shown(path)} holds lists within lists without end. It gives texts, and roles as one list."
        ) from None
    unknown = sorted(set(found) - set(ANSWERS))
    if unknown:
        raise Mistyped(
            f"The file has {screen.shown(unknown[0])}, which is not asked; it may have {', '.join(ANSWERS)}."
        )
    roles = found.pop("roles", ["coordinator"])
    if not isinstance(roles, list) or not all(isinstance(each, str) for each in (*roles, *found.values())):
        raise Mistyped('The file gives texts, and roles as a list: roles = ["coordinator"].')
    return Answers(roles=tuple(roles), **found)


def _judge(answers: Answers) -> None:
    """Refuse what cannot be, so that nobody answers questions to be told of a slip.

    Raises:
        PathwayError: there is no such authority, role or address.
    """
    from pathways.rulebook import load

    load(answers.authority)
    _roles(answers.roles)
    _address(answers.database)


def _ask(answers: Answers, given: dict[str, str], *, asked_roles: bool) -> None:
    screen.complain("Setting up for real work. Press Enter to take what stands in brackets.")

    if not given["authority"]:
        answers.authority = prompts.ask("Whose rules, sefton or england?", answers.authority)
    if not asked_roles:
        said = prompts.ask("Your roles, with commas between?", ",".join(answers.roles))
        answers.roles = tuple(each.strip() for each in said.split(",") if each.strip())
    if not given["title"]:
        answers.title = prompts.ask("Your job title?", answers.title)
    if not given["team"]:
        answers.team = prompts.ask("Your team (Enter to see every team's work)?", answers.team)


def _roles(named: tuple[str, ...]) -> tuple[Role, ...]:
    if not named:
        raise Mistyped("At least one role is needed: --role coordinator")
    return tuple(called(screen.shown(each)) for each in named)


def _set_up(login: str, answers: Answers, *, unencrypted: bool) -> list[str]:
    from models.setup import AtTheKeyboard, fill, make_tables, settle_key, settle_sealing
    from models.staff import login_of
    from pathways.rulebook import load

    load(answers.authority)
    who = AtTheKeyboard(login, answers.title or "Case coordinator", _roles(answers.roles), answers.team)
    url = _address(answers.database)
    done = _folder()
    key = settle_key(url, unencrypted=unencrypted)
    if make_tables(url):
        done.append(f"Database: {sqlite_path(url)}, for you alone")
    with open_store(url, check=False) as store:
        sealing = settle_sealing(store, unencrypted=unencrypted)
    done += [each for each in (key, sealing) if each]
    with open_store(url) as store:
        who = replace(who, login=login_of(store))
        done += fill(store, who, authority=answers.authority, now=moment_now())
    return done + _write_settings(url)


def _address(database: str) -> str:
    """The store's address: what was asked for, what the settings say, or a file in our own folder."""
    known = os.environ.get("PATHWAYS_DATABASE_URL") or settings().get("database", {}).get("url") or ""
    if database and known and database != known:
        raise Mistyped(
            "The settings name another database already. To use both, give each a folder of its own: PATHWAYS_HOME"
        )
    url = str(database or known or sqlite_url("pathways"))
    sqlite_path(url)
    return url


def _folder() -> list[str]:
    folder = home()
    if folder.is_dir():
        if os.name == "posix" and folder.stat().st_mode & 0o077:
            return [f"Others on this computer can look into {folder}. To change that: chmod 700 {folder}"]
        return []
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError as fault:
        raise Mistyped(
            f"The folder {folder} cannot be made ({fault.strerror}). Name another in PATHWAYS_HOME."
        ) from None
    return [f"Folder: {folder}"]


def _write_settings(url: str) -> list[str]:
    """Write the settings file once. It never holds a password."""
    path = home() / "pathways.toml"
    if path.exists():
        return []
    lines = ["# Settings of pathways on this computer. Never put a password here.", ""]
    done = [f"Settings: {path}"]
    if url != sqlite_url("pathways"):
        if urlsplit(url).password:
            done.append(
                "The address holds a password, so it is not written down. Give it each time in PATHWAYS_DATABASE_URL."
            )
        else:
            lines += ["[database]", f"url = {_quoted(url)}", ""]
    place.write_settings("\n".join(lines))
    return done


def _quoted(text: str) -> str:
    """A TOML string; what JSON writes, TOML reads."""
    import json

    return json.dumps(text)
