"""The staff register: who works here, in which roles, from when to when.

A name or a date of birth is asked for, or comes from a file, and is never an argument. Somebody who is on the register
with their name is kept out of an allegation about them, whenever it is opened.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import files, forms, prompts, screen
from commands.desk import Desk
from commands.options import Json, NoInput
from commands.spoken import iso, plural
from commands.style import STYLE, examples
from commands.typed_dates import parse
from pathways.errors import Mistyped, PathwayError
from pathways.moments import local_day
from pathways.roles import Role

if TYPE_CHECKING:
    from models.register import Member

app = typer.Typer(help="The staff register: who may act here, in which roles, from when to when.", **STYLE)

COLUMNS = (
    "login", "title", "agency", "team", "roles", "given", "family", "birth_date", "staff_number", "email",
)  # fmt: skip
Login = Annotated[str, typer.Argument(metavar="LOGIN", help="Their login.")]


@app.callback()
def users() -> None:
    """The staff register."""


@app.command("list", help=examples("Who is on the staff register.", "pathways users list --all"))
def list_(
    every: Annotated[bool, typer.Option("--all", help="Those who have left, too.")] = False,
    names: Annotated[bool, typer.Option("--names", help="Show names.")] = False,
    as_json: Json = False,
) -> None:
    """List the register."""
    with Desk() as desk:
        today = desk.today
        with desk.store.reading() as tx:
            people = tx.all("staff_register")
            held = tx.all("roles_ever_held")
        if names:
            desk.noted("looked", {"looked": {"at": "staff register"}})
    found = [
        _line(row, [each for each in held if each.practitioner_id == row.id], today, names)
        for row in people
        if every or row.to_on is None or row.to_on >= today
    ]
    if as_json:
        screen.answer_json("users/1", {"users": found, "next": ["pathways users add"]})
        return
    for each in found:
        where = ", ".join(filter(None, (each["title"], each["team"], each["agency"])))
        screen.say(screen.two_ends(f"{each['login']:<24} {where}", ""))
        if names and each["name"]:
            screen.say(f"    {screen.shown(each['name'])}")
        for line in screen.wrapped("", ", ".join(each["roles"]) or "no role today", indent=4):
            screen.say(line)
    screen.say()
    screen.say(f"{len(found)} on the register. To add somebody: pathways users add")


def _line(row: Any, held: list[Any], today: date, names: bool) -> dict[str, Any]:
    now = [each for each in held if each.from_on <= today and (each.to_on is None or each.to_on >= today)]
    roles = [
        Role(each.role).label + (f" (to {each.to_on.isoformat()})" if each.to_on else "") for each in now
    ]
    found = {
        "login": row.login,
        "title": row.title,
        "agency": row.agency,
        "team": row.team,
        "roles": roles,
        "from": iso(row.from_on),
        "to": iso(row.to_on),
        "matched": bool(row.folded),
    }
    return found | ({"name": f"{row.given} {row.family}".strip()} if names else {})


@app.command(
    help=examples(
        "Put somebody on the register, or write down more about somebody who is on it. Everything is asked for; or a CSV "
        f"file gives it: {', '.join(COLUMNS)}. Several roles stand with ; between.",
        "pathways users add",
        "pathways users add --from staff.csv",
    )
)
def add(
    from_file: Annotated[
        str, typer.Option("--from", metavar="FILE.csv", help="A file; - is standard input.")
    ] = "",
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Put people on the register."""
    from models.register import enrol

    with Desk() as desk:
        if from_file:
            members = _from_file(desk, from_file)
        elif prompts.can_ask(no_input, as_json):
            members = [_asked(desk)]
        else:
            raise Mistyped(
                "Nobody is there to be asked. Hand the register in: pathways users add --from staff.csv"
            )
        with forms.finishing(desk):
            new = [
                member.login
                for member in members
                if enrol(desk.store, member, actor=desk.actor, now=desk.now)
            ]
    if as_json:
        screen.answer_json(
            "users.add/1",
            {"ok": True, "changed": True, "read": len(members), "new": new, "next": ["pathways users list"]},
        )
        return
    screen.say(f"{len(members)} read, {len(new)} new on the register.")
    screen.say("Next: pathways users list")


def _from_file(desk: Desk, path: str) -> list[Member]:
    """The members of a file, all of them readable.

    Raises:
        Mistyped: a line cannot be used; it is named by its number, and nothing was written.
    """
    lines = csv.DictReader(io.StringIO(files.read_text(path)))
    try:
        return _members(desk, lines)
    except csv.Error as fault:
        raise Mistyped(
            f"Line {lines.line_num + 1} of the file is no line of CSV ({fault}). Nothing was written; look at its quotes."
        ) from None


def _members(desk: Desk, lines: csv.DictReader[str]) -> list[Member]:
    if lines.fieldnames is None or "login" not in lines.fieldnames:
        raise Mistyped(f"The first line of the file names its columns: {', '.join(COLUMNS)}")
    unknown = [each for each in lines.fieldnames if each not in COLUMNS]
    if unknown:
        raise Mistyped(
            f"There is no column '{screen.shown(unknown[0])[:40]}'. There are: {', '.join(COLUMNS)}"
        )
    found = []
    for line in lines:
        try:
            found.append(_member(desk, {name: (line.get(name) or "").strip() for name in COLUMNS}))
        except PathwayError as fault:
            raise Mistyped(
                f"Line {lines.line_num} of the file cannot be used: {fault} Nothing was written."
            ) from None
    return found


def _member(desk: Desk, said: dict[str, str]) -> Member:
    from models.register import Member
    from pathways.kept_text import clean_text
    from pathways.roles import called

    roles = tuple(each.strip() for each in said["roles"].split(";") if each.strip())
    for each in roles:
        called(each)
    born = said["birth_date"]
    text = {name: clean_text(said[name]) for name in COLUMNS if name not in ("roles", "birth_date")}
    if not text["login"]:
        raise Mistyped("There is no login.")
    return Member(
        roles=roles, birth_date=local_day(parse(born, now=desk.now, birth=True)) if born else None, **text
    )


def _asked(desk: Desk) -> Member:
    prompts.tell("What you type here is not kept in the command history.")
    questions = (
        ("login", "Login", ""),
        ("title", "Job title", ""),
        ("agency", "Agency", "local authority"),
        ("team", "Team (Enter for none)", ""),
        ("roles", "Roles, with ; between", ""),
        ("given", "Given name", ""),
        ("family", "Family name", ""),
        ("birth_date", "Date of birth (Enter if not known)", ""),
        ("staff_number", "Staff number (Enter if none)", ""),
        ("email", "E-mail at work (Enter if none)", ""),
    )
    return _member(desk, {name: prompts.ask(question, default) for name, question, default in questions})


@app.command(
    help=examples(
        "End somebody's line on the register: after that day they see nothing here.",
        "pathways users end j.moss --on 2026-11-30",
    )
)
def end(
    login: Login,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="Their last day; today if left out.")] = "",
    as_json: Json = False,
) -> None:
    """End a line."""
    from models.owning import led_by
    from models.register import take_role

    with Desk() as desk:
        last = _day(desk, on) if on else desk.today
        take_role(desk.store, login, None, last=last, actor=desk.actor)
        with desk.store.reading() as tx:
            led = len(led_by(tx, login, desk.now))
    said = f"{login} is on the register to {last.isoformat()}, and not after."
    if led:
        said += f" They lead {plural(led, 'open case')}."
    _changed(said, as_json, [f"pathways assign --from {login} --to LOGIN"] if led else [])


@app.command(
    help=examples(
        "Give somebody a role from a day, or end one after its last day.",
        "pathways users role j.moss 'conference chair' --from 2026-12-01 --until 2027-03-31",
        "pathways users role j.moss lado --end --until 2026-11-30",
    )
)
def role(
    login: Login,
    name: Annotated[str, typer.Argument(metavar="ROLE", help="As social-worker.")],
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="From; today if left out.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="The last day.")] = "",
    ends: Annotated[bool, typer.Option("--end", help="End the role.")] = False,
    as_json: Json = False,
) -> None:
    """Give or end a role."""
    from models.register import give_role, take_role
    from pathways.roles import called

    with Desk() as desk:
        found = called(name)
        last = _day(desk, until) if until else None
        if ends:
            last = last or desk.today
            take_role(desk.store, login, found, last=last, actor=desk.actor)
            said = f"{login} is {found.label} to {last.isoformat()}, and not after."
        else:
            first = _day(desk, from_) if from_ else desk.today
            give_role(desk.store, login, found, from_on=first, to_on=last, actor=desk.actor, now=desk.now)
            said = f"{login} is {found.label} from {first.isoformat()}" + (
                f" to {last.isoformat()}." if last else "."
            )
    _changed(said, as_json)


def _day(desk: Desk, typed: str) -> date:
    return local_day(parse(typed, now=desk.now, calendar=lambda: desk.rules.calendar, ahead=True))


def _changed(said: str, as_json: bool, before: Sequence[str] = ()) -> None:
    ways = [*before, "pathways users list"]
    if as_json:
        screen.answer_json("users.change/1", {"ok": True, "changed": True, "next": ways})
        return
    for line in screen.folded(said):
        screen.say(line)
    screen.say(f"Next: {ways[0]}")
