"""Ask agencies again for their reports: written down, told to those who listen, and never twice on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import screen
from commands.desk import Desk
from commands.options import Json, NeverAsks
from commands.spoken import iso
from commands.style import STYLE, examples
from pathways.errors import Mistyped
from pathways.moments import words

if TYPE_CHECKING:
    from models.chasing import Chased

app = typer.Typer(**STYLE)


@app.command(
    help=examples(
        "Ask agencies again for their reports. It stands on the record; a second time on a day is not sent.",
        "pathways remind CP-2026-0041 --agency housing",
        "pathways remind --all-late --dry-run",
    )
)
def remind(
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="A reference, or a short form: cp41.")] = "",
    agency: Annotated[str, typer.Option(help="Only this agency, as housing.")] = "",
    all_late: Annotated[
        bool, typer.Option("--all-late", help="Every report that is late: of the case, or of all you see.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say who would be asked, and keep nothing.")
    ] = False,
    as_json: Json = False,
    no_input: NeverAsks = False,
) -> None:
    """Ask again."""
    from models.chasing import chase, late_cases

    wanted = agency_called(agency) if agency else ""
    if not case and not all_late:
        raise Mistyped("Which case? Name one, or ask for all that are late: pathways remind --all-late")
    if not case and agency:
        raise Mistyped("--agency goes with a case: pathways remind CASE --agency NAME")
    with Desk() as desk:
        if case:
            view = desk.case(case)
            desk.looked(view, as_json=as_json)
            references = [view.reference]
        else:
            with desk.store.reading() as tx:
                references = late_cases(tx, desk.now)
        found = [
            each
            for reference in references
            for each in chase(
                desk.store,
                desk.rules,
                reference,
                actor=desk.actor,
                now=desk.now,
                agency=wanted,
                only_late=all_late,
                dry_run=dry_run,
            )
        ]
        if as_json:
            screen.answer_json("remind/1", _as_json(found, dry_run))
            return
        for line in _screen(found, dry_run):
            screen.say(line)


def agency_called(typed: str) -> str:
    """The agency of that name.

    Raises:
        Mistyped: there is none; the nearest one is named.
    """
    from difflib import get_close_matches

    from pathways.evidence import AGENCIES

    said = " ".join(typed.lower().replace("-", " ").replace("_", " ").split())
    if said in AGENCIES:
        return said
    near = get_close_matches(said, AGENCIES, 1)
    meant = f"Did you mean {near[0]}?" if near else f"There is: {', '.join(AGENCIES)}."
    raise Mistyped(f"There is no agency {screen.shown(typed)[:40]}. {meant}")


def _screen(found: list[Chased], dry_run: bool) -> list[str]:
    if not found:
        return ["No report is late. What comes next: pathways worklist"]
    asked = [each for each in found if each.asked]
    rows = [
        (
            each.reference,
            each.agency,
            words(each.due_on) if each.due_on else "no day yet",
            _did(each, dry_run),
        )
        for each in found
    ]
    lines = screen.table(("Case", "Report from", "Due", ""), (16, 24, 18, 19), rows)
    if dry_run:
        return [*lines, "", f"{_agencies(len(asked))} would be asked. Nothing was sent."]
    if not asked:
        return [
            *lines,
            "",
            "All were asked today already. Nothing was sent.",
            f"Next: pathways conference {found[0].reference}",
        ]
    last = asked[-1]
    return [
        *lines,
        "",
        f"{_agencies(len(asked))} asked again. The message names the case and the day, and nobody.",
        f"saved - entry {last.seq} - {last.code}",
        f"Next: pathways conference {last.reference}",
    ]


def _agencies(number: int) -> str:
    return "1 agency" if number == 1 else f"{number} agencies"


def _did(each: Chased, dry_run: bool) -> str:
    if not each.asked:
        return "asked today already"
    return "would be asked" if dry_run else "asked"


def _as_json(found: list[Chased], dry_run: bool) -> dict[str, Any]:
    return {
        "changed": not dry_run and any(each.asked for each in found),
        "asked": [
            {
                "case": each.reference, "agency": each.agency, "due": iso(each.due_on), "asked": each.asked,
                "entry": each.seq if each.asked and not dry_run else None,
                "code": each.code if each.asked and not dry_run else None,
            }
            for each in found
        ],
        "next": [f"pathways conference {each}" for each in dict.fromkeys(one.reference for one in found)][:3],
    }  # fmt: skip
