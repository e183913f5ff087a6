"""Move a conference to another day: first what that breaks, and only then, when it is meant, the move."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import prompts, screen
from commands.desk import Desk
from commands.run import STYLE, examples
from commands.spoken import full_day, iso
from commands.typed_dates import parse
from pathways.errors import Mistyped
from pathways.moments import local_day

if TYPE_CHECKING:
    from models.conference import Break
    from models.queries import CaseView

app = typer.Typer(**STYLE)


@app.command(
    help=examples(
        "Another day for a conference. What it breaks is shown before anything is changed.",
        "pathways rebook CP-2026-0041 --to 26/11/2026 --dry-run",
        "pathways rebook cp41 --to thu --where 'Oak room, 10am' --because 'The chair is ill.'",
    )
)
def rebook(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A reference, or a short form: cp41.")],
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="The new day: 26/11/2026, thu, +3wd.")] = "",
    where: Annotated[str, typer.Option("--where", metavar="TEXT", help="Where, and at what time.")] = "",
    because: Annotated[
        str, typer.Option("--because", metavar="TEXT", help="Why, and who agreed; kept on the record.")
    ] = "",
    from_file: Annotated[
        str, typer.Option("--from", metavar="FILE", help="to, where and because as a JSON object.")
    ] = "",
    although: Annotated[
        bool, typer.Option("--although", help="Move it although it breaks something.")
    ] = False,
    by: Annotated[str, typer.Option("--by", metavar="ROLE", help="Who decided, as conference-chair.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it breaks, and keep nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for another program.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing; list what is missing.")] = False,
) -> None:
    """Move it."""
    from models.conference import booked_on, what_breaks

    given = _given(from_file, to, where, because)
    with Desk() as desk:
        view = desk.case(case)
        asks = prompts.can_ask(no_input, as_json)
        if not given["to"] and asks:
            given["to"] = prompts.ask("To which day?")
        if not given["to"]:
            raise Mistyped(f"To which day? pathways rebook {view.reference} --to DATE")
        typed = parse(given["to"], now=desk.now, calendar=lambda: desk.rules.calendar, ahead=True)
        day = local_day(typed)
        if day < desk.today:
            raise Mistyped(
                f"{full_day(day)} has passed. A conference is moved to a day that is still to come."
            )
        if day == booked_on(view):
            raise Mistyped(f"{view.reference} is booked for {full_day(day)} already. Nothing was changed.")
        rules, today = desk.rules, desk.today
        with desk.store.reading() as tx:
            found = what_breaks(tx, view, day, rules, today, given["where"])
        if dry_run:
            desk.looked(view, as_json=as_json)
        if dry_run and as_json:
            screen.answer_json("rebook/1", _as_json(view, day, found))
            return
        for line in _screen(view, day, found):
            (screen.complain if as_json else screen.say)(line)
        if dry_run:
            screen.say("Nothing was changed.")
            return
        _move(desk, view, day, found, given, although=although, by=by, asks=asks, as_json=as_json)


def _given(from_file: str, to: str, where: str, because: str) -> dict[str, str]:
    """What was typed, and the rest from the file.

    Raises:
        Mistyped: the file holds something else.
    """
    from commands.do import from_json

    found = from_json(from_file) if from_file else {}
    known = {"to": to, "where": where, "because": because}
    for name in found:
        if name not in known:
            raise Mistyped(f"{screen.shown(name)[:40]} is not asked for. The file holds: to, where, because.")
    return {name: typed or str(found.get(name) or "") for name, typed in known.items()}


def _move(
    desk: Desk,
    view: CaseView,
    day: date,
    found: list[Break],
    given: dict[str, str],
    *,
    although: bool,
    by: str,
    asks: bool,
    as_json: bool,
) -> None:
    """Make the move, where what it breaks is taken into account.

    Raises:
        Mistyped: it breaks something, nobody is there to be asked, and `--although` was not given.
    """
    from commands.do import make

    hard = any(each.hard for each in found)
    if hard and not although:
        if not asks:
            raise Mistyped(
                f"Nothing was changed. To move it although it breaks something: pathways rebook {view.reference} "
                f"--to {day.isoformat()} --although"
            )
        if not prompts.confirm("Move it all the same?"):
            prompts.tell("Nothing was changed.")
            raise typer.Abort
    answers = [f"conference_on={day.isoformat()}"]
    answers += [f"where={given['where']}"] if given["where"] else []
    make(
        desk,
        view,
        "rebook_conference",
        on="",
        at="",
        because=given["because"],
        answer=answers,
        from_file="",
        by=by,
        override=[],
        dry_run=False,
        as_json=as_json,
        no_input=not asks,
    )


def _screen(view: CaseView, day: date, found: list[Break]) -> list[str]:
    from models.conference import booked_on

    was = booked_on(view)
    lines = screen.wrapped(
        "", f"{view.reference} from {full_day(was) if was else 'no day'} to {full_day(day)}.", indent=0
    )
    for title, hard in (("It breaks", True), ("It changes", False)):
        here = [each.says for each in found if each.hard is hard]
        if here:
            lines += ["", title, *(line for says in here for line in screen.wrapped("  -", says, indent=4))]
    if not any(each.hard for each in found):
        lines += ["", "Nothing is broken by it."]
    return [*lines, ""]


def _as_json(view: CaseView, day: date, found: list[Break]) -> dict[str, Any]:
    from models.conference import booked_on

    return {
        "case": view.reference,
        "from": iso(booked_on(view)),
        "to": iso(day),
        "changed": False,
        "breaks": [each.says for each in found if each.hard],
        "changes": [each.says for each in found if not each.hard],
        "next": [f"pathways rebook {view.reference} --to {day.isoformat()}"],
    }
