"""Who leads a case: give it, take it, hand over all of somebody's cases when they leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import forms, prompts, screen
from commands.desk import Desk
from commands.move_options import DryRun, NoInput
from commands.named import EVERY_TEAM, must_be_a_team, must_be_on_the_register
from commands.options import Json
from commands.spoken import iso, plural, short_day
from commands.style import STYLE, examples
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
        "pathways assign --from j.moss --to a.fern --dry-run",
        "pathways assign --from j.moss --to a.fern --handover notes.json --because 'leaves on Friday'",
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
        str,
        typer.Option("--from", "--all-of", metavar="LOGIN", help="Every open case of theirs, all or none."),
    ] = "",
    handover: Annotated[
        str,
        typer.Option(
            "--handover",
            metavar="FILE",
            help="What to know: a text for all, or JSON by reference; - for stdin.",
        ),
    ] = "",
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why; kept on the record.")] = "",
    most: Annotated[int, typer.Option("-n", min=1, max=500, help="How many lines of the list.")] = SHOWN,
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Say who leads a case."""
    if handover and not (case or all_of):
        raise Mistyped(
            "A hand-over note goes with what is handed over: pathways assign --from LOGIN --to LOGIN"
        )
    if take and to:
        raise Mistyped("--take is for yourself, --to for somebody else. Use one of them.")
    if case and all_of:
        raise Mistyped("Name one case, or everything that somebody leads with --from; not both.")
    with Desk() as desk:
        if not case and not all_of:
            _unled(desk, team, most, as_json, asked=bool(to or take or because))
            return
        references = [desk.case(case).reference] if case else _all_of(desk, all_of)
        whom = desk.actor.name if take else to or None
        asks = prompts.can_ask(no_input, as_json)
        given = _notes(handover, references)
        if whom is None and not team:
            if not asks:
                what = f"{references[0]}" if case else f"--from {all_of}"
                raise Mistyped(
                    f"Say who leads from now on: pathways assign {what} --to LOGIN, or --take, or --team T"
                )
            whom = prompts.ask("To whom (their login; Enter: yourself)?") or desk.actor.name
        if asks and (whom or team):
            _would_give(desk, references, whom, team, because, given)
        if all_of:
            _list(desk, all_of, references, to_screen=dry_run and not as_json, quiet=not (asks or dry_run))
        if all_of and asks and not dry_run:
            if not given:
                said = prompts.ask(
                    f"What has {whom or 'whoever takes them'} to know of them (Enter: nothing)?"
                )
                given = dict.fromkeys(references, said)
            question = f"Hand {plural(len(references), 'case')} over to {whom or f'the {team} team'}?"
            if not prompts.confirm(question, anew=True):
                raise typer.Abort
        _give(desk, references, whom, team, because, given, dry_run=dry_run, as_json=as_json)


def _list(desk: Desk, login: str, references: Sequence[str], *, to_screen: bool, quiet: bool) -> None:
    """Say what is handed over, before it is: every case, where it stands and what is due on it next."""
    if quiet:
        return
    from models.queries import case_view, task_of

    rows = []
    with desk.store.reading() as tx:
        for each in references:
            view = case_view(tx, each)
            first = min(view.running, key=lambda row: row.due_at, default=None)
            due = (
                f"{short_day(first.due_on, desk.today)} {task_of(view.pathway, first.rule)}" if first else ""
            )
            rows.append((each, view.label, due))
    say = screen.say if to_screen else prompts.tell
    say(f"{screen.shown(login)} leads {plural(len(references), 'open case')} that you may see:")
    for line in screen.table(("Case", "Where it stands", "Due next"), (14, 32, 32), rows):
        say(line)
    say("")


def _notes(path: str, references: Sequence[str]) -> dict[str, str]:
    """The hand-over notes of a file: one text for all of the cases, or a JSON object with one for each reference.

    Raises:
        Mistyped: the file holds something else.
    """
    if not path:
        return {}
    from commands.files import called, json_object, read_text

    text = read_text(path).strip()
    if not text.startswith("{"):
        return dict.fromkeys(references, text)
    holds = f'Notes by reference are written as {{"{references[0]}": "Visit on Thursday."}}.'
    found = json_object(text, called(path), holds)
    if not all(isinstance(each, str) for each in found.values()):
        raise Mistyped(holds)
    return {str(name).strip().upper(): said for name, said in found.items()}


def _all_of(desk: Desk, login: str) -> list[str]:
    from models.owning import led_by

    with desk.store.reading() as tx:
        found = [row.reference for row in led_by(tx, login, desk.now)]
        must_be_on_the_register(tx, "" if found else login)
    if not found:
        raise Mistyped(
            f"{screen.shown(login)[:40]} leads no open case that you may see. Cases without a lead: pathways assign"
        )
    return found


def _would_give(
    desk: Desk,
    references: Sequence[str],
    whom: str | None,
    team: str,
    because: str,
    handover: Mapping[str, str],
) -> list[Given]:
    """Try it, and keep nothing: what would be refused is refused before anything is asked."""
    from models.owning import give

    return give(
        desk.store, references, whom, team=team or None, because=because, handover=handover, actor=desk.actor,
        now=desk.now, dry_run=True,
    )  # fmt: skip


def _give(
    desk: Desk, references: Sequence[str], whom: str | None, team: str, because: str, handover: Mapping[str, str], *,
    dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    from models.owning import give

    with forms.finishing(desk):
        done = give(
            desk.store, references, whom, team=team or None, because=because, handover=handover, actor=desk.actor,
            now=desk.now, dry_run=dry_run,
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
        found = unled(tx, "" if team == EVERY_TEAM else team)
        must_be_a_team(tx, "" if found else team, desk.now)
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
