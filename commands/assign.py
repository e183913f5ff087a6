"""Who leads a case: give it, take it, hand over all of somebody's cases when they leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import forms, prompts, screen
from commands.desk import Desk
from commands.do import DryRun, Json, NoInput
from commands.run import STYLE, examples
from commands.spoken import iso, plural, short_day
from pathways import pathway
from pathways.errors import Mistyped
from pathways.moments import local_day

if TYPE_CHECKING:
    from models.owning import Given

app = typer.Typer(**STYLE)
SHOWN = 20


@app.command(
    help=examples(
        "Who leads a case: given by a manager or a coordinator, or taken by a worker where nobody leads it. No date "
        "changes with it. Without a case: the open cases that nobody leads.",
        "pathways assign",
        "pathways assign cp41 --to j.moss --because 'back from leave'",
        "pathways assign cp41 --take",
        "pathways assign cp41 --team 'north family support'",
        "pathways assign --all-of j.moss --to a.fern --dry-run",
    )
)
def assign(
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="A reference, or a short form: cp41.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="LOGIN", help="Who leads it from now on.")] = "",
    take: Annotated[bool, typer.Option("--take", help="You lead it from now on.")] = False,
    team: Annotated[
        str, typer.Option("--team", metavar="T", help="The team that has it; alone: nobody leads it.")
    ] = "",
    all_of: Annotated[
        str, typer.Option("--all-of", metavar="LOGIN", help="Every open case of theirs, all or none.")
    ] = "",
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why; kept on the record.")] = "",
    most: Annotated[int, typer.Option("-n", min=1, max=500, help="How many lines of the list.")] = SHOWN,
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Say who leads a case."""
    if take and to:
        raise Mistyped("--take is for yourself, --to for somebody else. Use one of them.")
    if case and all_of:
        raise Mistyped("Name one case, or everything that somebody leads with --all-of; not both.")
    with Desk() as desk:
        if not case and not all_of:
            _unled(desk, team, most, as_json, asked=bool(to or take or because))
            return
        references = [desk.case(case).reference] if case else _all_of(desk, all_of)
        whom = desk.actor.name if take else to or None
        asks = prompts.can_ask(no_input, as_json)
        if whom is None and not team:
            if not asks:
                what = f"{references[0]}" if case else f"--all-of {all_of}"
                raise Mistyped(
                    f"Say who leads from now on: pathways assign {what} --to LOGIN, or --take, or --team T"
                )
            whom = prompts.ask("To whom (their login; Enter: yourself)?") or desk.actor.name
        if all_of and asks and not dry_run:
            prompts.tell(
                f"{plural(len(references), 'case')}: {', '.join(references[:SHOWN])}{' ...' * (len(references) > SHOWN)}"
            )
            if not prompts.confirm(f"Hand all of them over to {whom or f'the {team} team'}?", anew=True):
                raise typer.Abort
        _give(desk, references, whom, team, because, dry_run=dry_run, as_json=as_json)


def _all_of(desk: Desk, login: str) -> list[str]:
    from models.owning import led_by

    with desk.store.reading() as tx:
        found = [row.reference for row in led_by(tx, login, desk.now)]
    if not found:
        raise Mistyped(
            f"{screen.shown(login)[:40]} leads no open case that you may see. Cases without a lead: pathways assign"
        )
    return found


def _give(
    desk: Desk, references: Sequence[str], whom: str | None, team: str, because: str, *, dry_run: bool, as_json: bool
) -> None:  # fmt: skip
    from models.owning import give

    with forms.finishing(desk):
        done = give(
            desk.store, references, whom, team=team or None, because=because, actor=desk.actor, now=desk.now,
            dry_run=dry_run,
        )  # fmt: skip
    mine = whom == desk.actor.name
    ways = ["pathways worklist --mine"] if mine else [f"pathways show {done[0].reference}"]
    if as_json:
        listed = [
            {
                "case": each.reference,
                "lead": each.lead or None,
                "before": each.before or None,
                "team": each.team,
            }
            for each in done
        ]
        screen.answer_json("assign/1", {"ok": True, "changed": not dry_run, "cases": listed, "next": ways})
        return
    for each in done:
        for line in screen.folded(_said(each, would=dry_run)):
            screen.say(line)
        if not dry_run:
            screen.say(f"  {each.line}")
    if dry_run:
        screen.say("Nothing was changed.")
    screen.say(f"Next: {ways[0]}")
    first = done[0]
    if len(done) == 1 and first.before and not dry_run:
        screen.say(f"To give it back: pathways assign {first.reference} --to {screen.shown(first.before)}")


def _said(given: Given, *, would: bool) -> str:
    who = screen.shown(given.lead) or "nobody, until somebody takes it"
    before = f" before: {screen.shown(given.before)}" if given.before else " nobody led it before"
    verb = "would be led" if would else "is led"
    return f"{given.reference} {verb} by {who}; {given.team or 'no'} team;{before}."


def _unled(desk: Desk, team: str, most: int, as_json: bool, *, asked: bool) -> None:
    """List the open cases that nobody leads."""
    from models.owning import unled

    if asked:
        raise Mistyped(
            "Name the case: pathways assign CASE --to LOGIN. Those that nobody leads: pathways assign"
        )
    with desk.store.reading() as tx:
        found = unled(tx, team)
    ways = [f"pathways assign {found[0].reference} --take"] if found else ["pathways worklist"]
    if as_json:
        screen.answer_json("assign.list/1", {"cases": [_row(each) for each in found], "next": ways})
        return
    if not found:
        screen.say("Every open case that you may see is led by somebody.")
        screen.say(f"Next: {ways[0]}")
        return
    screen.say(screen.two_ends("Open cases that nobody leads", short_day(desk.today, desk.today)))
    screen.say()
    rows = [
        (
            row.reference,
            pathway(row.pathway).title.partition(":")[0],
            row.team,
            short_day(local_day(row.opened_at), desk.today),
        )
        for row in found[:most]
    ]
    for line in screen.table(("Case", "What", "Team", "Opened"), (14, 32, 15, 16), rows):
        screen.say(line)
    screen.say()
    more = f" All of them: pathways assign -n {len(found)}." if len(found) > most else ""
    screen.say(f"{min(most, len(found))} of {len(found)}.{more}")
    screen.say(f"Next: {ways[0]}")


def _row(row: Any) -> dict[str, Any]:
    return {
        "case": row.reference,
        "pathway": row.pathway,
        "state": row.state,
        "team": row.team,
        "opened": iso(row.opened_at),
    }
