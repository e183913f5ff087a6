"""Forms that you began and have not finished: list them, go on with one, drop one.

They are yours alone. A form that is finished is emptied, since what was answered is on the record; one that nobody
goes on with for thirty days is dropped by the overnight check.
"""

from __future__ import annotations

import re
import sys
from typing import Annotated

import typer

from commands import screen
from commands.desk import Desk
from commands.move import moment
from commands.move_options import At, On
from commands.options import Json
from commands.spoken import at_a_time, iso, plural, short_day
from commands.style import STYLE, examples
from models import form_drafts
from models.form_drafts import Kept
from pathways.errors import Mistyped
from pathways.moments import local_day

app = typer.Typer(invoke_without_command=True, **STYLE)

Number = Annotated[str, typer.Argument(metavar="ID", help="The number of the form, as listed.")]


@app.callback(
    help=examples(
        "Forms that you began and did not finish. Each answer is kept as you go; only you see them, and after 30 days "
        "they are dropped.",
        "pathways drafts",
        "pathways drafts resume 17",
    )
)
def drafts(context: typer.Context, as_json: Json = False) -> None:
    """List them."""
    if context.invoked_subcommand is not None:
        return
    with Desk() as desk:
        found = form_drafts.begun(desk.store)
        if as_json:
            screen.answer_json(
                "drafts/1", {"drafts": [_as_json(each) for each in found], "next": _next(found)}
            )
            return
        for line in _listed(desk, found):
            screen.say(line)


@app.command(
    help=examples(
        "Go on with a form: what was answered is shown, then the next question is asked. < goes back.",
        "pathways drafts resume 17",
        "pathways drafts resume 17 --on today",
    )
)
def resume(number: Number, on: On = "", at: At = "") -> None:
    """Go on with a form."""
    from commands.forms import go_on

    wanted = _number(number)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Mistyped("A form is gone on with at a terminal, where questions can be asked.")
    with Desk() as desk:
        kept = form_drafts.find(desk.store, wanted)
        happened = moment(on, at, desk)
    raise SystemExit(go_on(kept, on=iso(happened) or ""))  # the command that went on has said how it ended


@app.command(
    help=examples(
        "Forget a form and its answers.", "pathways drafts drop 17", "pathways drafts drop 17 --dry-run"
    )
)
def drop(
    number: Number,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and keep it.")] = False,
    as_json: Json = False,
) -> None:
    """Forget a form."""
    wanted = _number(number)
    with Desk() as desk:
        kept = form_drafts.find(desk.store, wanted)
        if not dry_run:
            form_drafts.drop(desk.store, wanted, desk.now)
        if as_json:
            document = {
                "ok": True,
                "changed": not dry_run,
                "draft": _as_json(kept),
                "next": ["pathways drafts"],
            }
            screen.answer_json("drafts.drop/1", document)
            return
        what = f"{_what(kept)}, {plural(_answers(kept), 'answer')}"
        screen.say(f"Would be dropped: {what}. Nothing was changed." if dry_run else f"Dropped: {what}.")
        screen.say("Next: pathways drafts")


def _number(typed: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", typed):
        raise Mistyped(
            "A form is named by its number, as in: pathways drafts resume 17. Yours: pathways drafts"
        )
    return int(typed)


def _what(kept: Kept) -> str:
    return " ".join(filter(None, (kept.command, kept.target)))


def _answers(kept: Kept) -> int:
    return len(kept.answers["given"]) + len(kept.answers["lines"])


def _listed(desk: Desk, found: list[Kept]) -> list[str]:
    if not found:
        return ["No form of yours is unfinished.", "Next: pathways worklist"]
    rows = [(str(each.number), _what(each), str(_answers(each)), _when(desk, each)) for each in found]
    lines = screen.table(("No", "Form", "Answers", "Last answer"), (5, 44, 8, 20), rows)
    return [
        *lines,
        "",
        "Only you see these. They are dropped 30 days after the last answer.",
        *_next(found, "Next: "),
    ]


def _when(desk: Desk, kept: Kept) -> str:
    at = at_a_time(kept.saved_at)
    return f"{short_day(local_day(kept.saved_at), desk.today)}{f', {at}' if at else ''}"


def _next(found: list[Kept], mark: str = "") -> list[str]:
    return [f"{mark}pathways drafts resume {found[-1].number}"] if found else []


def _as_json(kept: Kept) -> dict[str, object]:
    return {
        "id": kept.number,
        "form": kept.command,
        "case": kept.target or None,
        "answers": _answers(kept),
        "begun": iso(kept.begun_at),
        "saved": iso(kept.saved_at),
    }
