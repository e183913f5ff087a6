"""Training of safeguarding leads: write down when it was, and see when the next is due."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import screen
from commands.desk import Desk
from commands.options import DryRun, Json
from commands.spoken import full_day, iso
from commands.style import STYLE, examples
from commands.typed_dates import parse
from pathways.moments import local_day

app = typer.Typer(help="Training of safeguarding leads: when it was, when it is due.", **STYLE)


@app.callback()
def training() -> None:
    """Training of safeguarding leads: when it was, when it is due."""


@app.command(
    help=examples(
        "Write down that a safeguarding lead completed their training.",
        "pathways training add t.dean --on 2026-11-02",
        "pathways training add t.dean --on 'last Monday' --dry-run",
    )
)
def add(
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="Who, by login.")],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day on which it was completed.")],
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Write down a training."""
    from models.training import completed

    with Desk() as desk:
        day = local_day(parse(on, now=desk.now, calendar=lambda: desk.rules.calendar, ahead=False))
        if not dry_run:
            completed(desk.store, login, day, actor=desk.actor, now=desk.now)
    if as_json:
        screen.answer_json(
            "training.add/1",
            {"ok": True, "changed": not dry_run, "on": iso(day), "next": ["pathways training due"]},
        )
        return
    said = f"{screen.shown(login)}: training completed on {full_day(day)}."
    screen.say(f"{said} {'Nothing was changed.' if dry_run else 'It is on the record.'}")
    screen.say("Next: pathways training due")


@app.command(
    help=examples(
        "Every safeguarding lead: when they were last trained, and when the next training is due.",
        "pathways training due",
        "pathways training due --json",
    )
)
def due(as_json: Json = False) -> None:
    """When the next training is due."""
    from models.training import due as listed

    with Desk() as desk:
        rules = desk.rules
        with desk.store.reading() as tx:
            found = listed(tx, rules, desk.today)
    if as_json:
        screen.answer_json(
            "training/1",
            {
                "leads": [
                    {
                        "login": each.login, "role": each.role, "last_on": iso(each.last_on), "due_on": iso(each.due_on),
                        "late": each.late(desk.today), "statutory": each.statutory,
                    }
                    for each in found
                ],
                "next": ["pathways training add LOGIN --on DATE"],
            },
        )  # fmt: skip
        return
    screen.say(f"Training of safeguarding leads: {full_day(desk.today)}")
    screen.say()
    if not found:
        screen.say("  Nobody on the staff register is a safeguarding lead.")
    else:
        rows = [
            (
                each.login,
                "none" if each.last_on is None else full_day(each.last_on),
                "now" if each.due_on is None else full_day(each.due_on),
                "LATE" if each.late(desk.today) else "",
            )
            for each in found
        ]
        for line in screen.table(("Login", "Last trained", "Due", ""), (24, 20, 20, 6), rows):
            screen.say(line)
    screen.say()
    screen.say("Next: pathways training add LOGIN --on DATE")
