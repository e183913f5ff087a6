"""Lists across files: the central list of children, and every concern with its outcome. References only, no names."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import screen
from commands.desk import Desk
from commands.named import EVERY_TEAM, must_be_a_team
from commands.options import Json
from commands.spoken import full_day, iso, plural, short_day
from commands.style import STYLE, examples
from commands.typed_dates import parse
from pathways.errors import Mistyped
from pathways.moments import add_months, local_day

app = typer.Typer(help="The central list of children, and every concern with its outcome.", **STYLE)

Team = Annotated[str, typer.Option("--team", metavar="TEAM", help="Only one team's or setting's.")]
Many = Annotated[int, typer.Option("-n", metavar="N", min=1, help="How many at most.")]
SHOWN = 40
MONTHS = 12


@app.callback()
def report() -> None:
    """The central list of children, and every concern with its outcome."""


@app.command(
    "central-list",
    help=examples(
        "Every child on a plan, in need, in early help, watched, or with a historic concern; each once.",
        "pathways report central-list",
        "pathways report central-list --team 'north school' --json",
    ),
)
def central_list(
    team: Team = "",
    historic: Annotated[bool, typer.Option("--historic", help="List historic concerns too.")] = False,
    many: Many = SHOWN,
    as_json: Json = False,
) -> None:
    """The central list of children."""
    from models.filing import central_list as listed
    from pathways.file_lists import Heading

    with Desk() as desk:
        with desk.store.reading() as tx:
            everybody = listed(tx, "" if team == EVERY_TEAM else team)
            must_be_a_team(tx, "" if everybody else team, desk.now)
        desk.noted("looked", {"list": "central", "team": team})
    counts = {each: sum(child.heading is each for child in everybody) for each in Heading}
    shown = [each for each in everybody if historic or each.heading is not Heading.HISTORIC]
    if as_json:
        screen.answer_json(
            "report.central/1",
            {
                "counts": {each.name.lower(): number for each, number in counts.items()},
                "children": [
                    {
                        "heading": each.heading.name.lower(), "case": each.reference, "stands": each.label,
                        "team": each.team, "since": iso(each.since),
                    }
                    for each in shown[:many]
                ],
                "all": len(shown),
                "next": ["pathways worklist"],
            },
        )  # fmt: skip
        return
    screen.say(f"Central list: {full_day(desk.today)}")
    screen.say()
    for each, number in counts.items():
        screen.say(f"  {each.label:<24} {number:>6}")
    if shown:
        screen.say()
        rows = [
            (each.heading.label, each.reference, short_day(local_day(each.since), desk.today), each.label)
            for each in shown[:many]
        ]
        columns = ("Heading", "Case", "Since", "Where it stands")
        for line in screen.table(columns, (21, 13, 11, 32), rows, whole=True):
            screen.say(line)
    _end(len(shown), many, f"pathways show {shown[0].reference}" if shown else "pathways worklist")


@app.command(
    help=examples(
        "Every concern about a child that was brought, newest first, with its short outcome.",
        "pathways report concerns",
        "pathways report concerns --since 2026-09-01 --team 'north school'",
    )
)
def concerns(
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="From this day on; the last year if left out.")
    ] = "",
    team: Team = "",
    many: Many = SHOWN,
    as_json: Json = False,
) -> None:
    """Every concern with its outcome."""
    from models.filing import concerns as brought
    from pathways.clocks import start_of_day

    with Desk() as desk:
        day = add_months(desk.today, -MONTHS)
        if since:
            day = local_day(parse(since, now=desk.now, calendar=lambda: desk.rules.calendar, ahead=False))
            if day > desk.today:
                raise Mistyped(
                    f"{full_day(day)} is still to come. Give the first day of the concerns: --since DATE"
                )
        with desk.store.reading() as tx:
            found = brought(tx, start_of_day(day), "" if team == EVERY_TEAM else team)
            must_be_a_team(tx, "" if found else team, desk.now)
        desk.noted("looked", {"list": "concerns", "since": day.isoformat(), "team": team})
    if as_json:
        rows_of = [
            {
                "case": each.reference, "about": each.brought, "team": each.team, "at": iso(each.at), "open": each.is_open,
                "outcome": each.outcome, "unreported": each.unreported,
            }
            for each in found[:many]
        ]  # fmt: skip
        screen.answer_json(
            "report.concerns/1",
            {"since": iso(day), "concerns": rows_of, "all": len(found), "next": ["pathways worklist"]},
        )
        return
    screen.say(f"{plural(len(found), 'concern')} since {full_day(day)}")
    if found:
        screen.say()
        rows = [
            (short_day(local_day(each.at), desk.today), each.reference, each.brought, each.outcome)
            for each in found[:many]
        ]
        columns = ("When", "Case", "Brought", "Outcome, or where it stands")
        for line in screen.table(columns, (11, 13, 25, 28), rows, whole=True):
            screen.say(line)
    _end(len(found), many, f"pathways show {found[0].reference}" if found else "pathways open concern")


def _end(found: int, many: int, way: str) -> None:
    if found > many:
        screen.say(f"and {found - many} more: add -n {found}")
    screen.say()
    screen.say(f"Next: {way}")
