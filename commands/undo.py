"""Put a mistake right: an entry is withdrawn with a reason. The record only grows; the undo can be undone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import forms, prompts, screen
from commands.desk import Desk
from commands.options import Json, NoInput
from commands.spoken import iso, plural, short_day
from commands.style import STYLE, examples
from models.chronology import entry_title
from models.queries import CaseView, task_of, ticks
from pathways.moments import local_day
from pathways.trail import OPENED_IN_ERROR

if TYPE_CHECKING:
    from models.undo import Undone

app = typer.Typer(**STYLE)

WIDTHS = (11, 32, 34)
AGO = ((60, "minute"), (3_600, "hour"))


@app.command(
    help=examples(
        "Put a mistake right: withdraw an entry. Without a case: your own last change today.",
        "pathways undo CP-2026-0041",
        "pathways undo cp41 --entry 12 --because 'Entered on the wrong case.' --dry-run",
    )
)
def undo(
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="A reference, or a short form: cp41.")] = "",
    entry: Annotated[int, typer.Option("--entry", metavar="N", help="This entry, not the last change.")] = 0,
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why; kept on the record.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="ROLE", help="Whose decision you write down.")] = "",
    with_what_follows: Annotated[
        bool, typer.Option("--with-what-follows", help="Withdraw what rests on it too.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, and keep nothing.")
    ] = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Withdraw an entry."""
    from commands.move import role_called
    from models.undo import last_own_change
    from models.undo_following import RefusedUndo

    role = role_called(by) if by else None
    with Desk() as desk:
        if case:
            view = desk.case(case)
            desk.looked(view, as_json=as_json)
            reference = view.reference
        else:
            with desk.store.reading() as tx:
                reference = last_own_change(tx, desk.actor.name, desk.now)
        asked: dict[str, Any] = {"actor": desk.actor, "now": desk.now, "entry": entry or None, "by": role}
        try:
            made = _withdrawn(desk, reference, asked, because, dry_run, as_json, no_input, with_what_follows)
        except RefusedUndo as refused:
            if as_json:
                raise
            screen.complain("\n".join(_refused(refused, noted=not dry_run)))
            raise typer.Exit(refused.code) from None
        _say(desk, made, as_json)


def _withdrawn(
    desk: Desk,
    reference: str,
    asked: dict[str, Any],
    because: str,
    dry_run: bool,
    as_json: bool,
    no_input: bool,
    with_what_follows: bool,
) -> Undone:
    """Try it, ask whether it is meant where somebody can be asked, and do it.

    Raises:
        RefusedUndo: it cannot be; but for a dry run the attempt is on the record.
    """
    from models.undo import undo as withdraw
    from models.undo_following import RefusedUndo

    try:
        would = withdraw(desk.store, desk.rules, reference, dry_run=True, **asked)
    except RefusedUndo:
        return withdraw(desk.store, desk.rules, reference, because=because, dry_run=dry_run, **asked)
    if dry_run:
        return would
    asks = prompts.can_ask(no_input, as_json)
    if asks:
        words = ["undo", reference, f"--entry={would.entry.seq}"]
        words += [f"--because={because}"] if because else []
        words += [f"--by={asked['by']}"] if asked["by"] else []
        words += ["--with-what-follows"] if with_what_follows else []
        forms.begin(desk, "undo", words, target=reference, given={})
        because = _agreed(desk, would, because)
    with forms.finishing(desk):
        return withdraw(
            desk.store,
            desk.rules,
            reference,
            because=because,
            seen=would.before.row.version,
            confirmed=would.confirms if asks or with_what_follows else (),
            **{**asked, "entry": would.entry.seq},
        )


def _agreed(desk: Desk, would: Undone, because: str) -> str:
    """Show what would change, ask why and whether; the reason."""
    for line in _plan(desk, would):
        prompts.tell(line)
    while len(because.strip()) < 10:
        because = prompts.ask("Why? (at least ten characters, kept on the record)", kind="text")
    if not prompts.confirm("Undo it?", anew=True):
        prompts.tell("Nothing was changed.")
        raise typer.Abort
    return because


def _plan(desk: Desk, would: Undone) -> list[str]:
    """Whose change it was and when, before and now, and all that goes with it."""
    told = would.entry
    who = "yours" if told.actor == desk.actor.name else f"made by {told.actor}"
    what = "puts back what was withdrawn" if would.puts_back else entry_title(would.before.pathway, told)
    said = f"Entry {told.seq} of {would.reference} was {who}, {_when(desk, would)}: {what.rstrip('.')}."
    lines = [*screen.wrapped("", said, indent=0), ""]
    lines += _compared(desk, would)
    going = _going_with(desk, would)
    lines += ["", *going] if going else []
    return [*lines, "", "Undo adds a line to the record. The old line stays, marked as withdrawn."]


def _when(desk: Desk, would: Undone) -> str:
    at = would.entry.at
    seconds = int((desk.now - at).total_seconds())
    if local_day(at) != desk.today:
        return f"on {short_day(local_day(at), desk.today)}"
    if seconds < AGO[0][0]:
        return "just now"
    size, word = AGO[seconds >= AGO[1][0]]
    return f"{plural(seconds // size, word)} ago"


def _compared(desk: Desk, would: Undone) -> list[str]:
    """What the case is now beside what it is without the entry."""
    rows = [
        (f"Stage {now.stage.number}", _tick(then, desk.today), _tick(now, desk.today))
        for now, then in zip(ticks(would.before), ticks(would.after), strict=True)
        if (now.done, now.detail) != (then.done, then.detail)
    ]
    now, then = _place(would.before), _place(would.after)
    if now != then:
        rows.insert(0, ("Where", then, now))
    names = {*would.before.row.facts, *would.after.row.facts}
    changed = [each for each in names if would.before.row.facts.get(each) != would.after.row.facts.get(each)]
    if not rows:
        without = "as before it" if changed else "not there"
        rows = [("The entry", without, f"on the record, entry {would.entry.seq}")]
    lines = [f"  {'':<{WIDTHS[0]}}{'Without it':<{WIDTHS[1]}}Now"]
    for label, without, here in rows:
        cells = (screen.fit(without, WIDTHS[1] - 1), screen.fit(here, WIDTHS[2]))
        lines.append(f"  {label:<{WIDTHS[0]}}{cells[0]:<{WIDTHS[1]}}{cells[1]}".rstrip())
    return lines


def _place(view: CaseView) -> str:
    if view.row.is_open or view.row.outcome == OPENED_IN_ERROR:
        return view.label if view.row.is_open else "Closed, opened in error"
    return f"{view.label} ({(view.row.outcome or 'closed').replace('_', ' ')})"


def _tick(tick: Any, today: date) -> str:
    if not tick.done:
        return ", ".join(filter(None, ("not ticked", tick.detail)))
    return ", ".join(filter(None, ("ticked", tick.detail, short_day(tick.on, today) if tick.on else "")))


def _going_with(desk: Desk, would: Undone, indent: int = 2) -> list[str]:
    """Clocks that end or run again, entries that no longer hold, other cases."""
    from models.undo_following import named_in, together

    found, today = would.after.pathway, desk.today
    said = [
        f"Date goes: {task_of(found, row.rule)}, due {short_day(row.due_on, today)}" for row in would.ended
    ]
    said += [
        f"Date runs again: {task_of(found, each.row.rule)}, due {short_day(each.row.due_on, today)}"
        for each in would.again
    ]
    said += [f"Date begins: {task_of(found, rule)}, due {short_day(due, today)}" for rule, due in would.begun]
    for entries, why in together(would.fallen):
        said.append(f"{named_in(found, entries)}: {'goes' if len(entries) == 1 else 'go'} with it: {why}")
    for there in would.beside:
        numbers = ", ".join(map(str, there.entries))
        back = would.puts_back
        did = "put back" if back else "taken back as opened in error" if there.opened else "withdrawn there"
        said.append(f"On {there.reference}, {there.title}: {did} (entry {numbers})")
    return [line for each in said for line in screen.wrapped("", each, indent=indent)]


def _say(desk: Desk, made: Undone, as_json: bool) -> None:
    if as_json:
        screen.answer_json("undo/1", _as_json(made))
        return
    for line in _done(desk, made) if made.kept else [*_plan(desk, made), "Nothing was changed."]:
        screen.say(line)


def _done(desk: Desk, made: Undone) -> list[str]:
    number = made.entry.seq
    what = f"Entry {made.seq} of {made.reference} withdraws entry {number}."
    if made.puts_back:
        what = f"Entry {made.seq} of {made.reference} puts back what entry {number} had withdrawn."
    lines = screen.wrapped("Undone", what, indent=8)
    if _place(made.before) != _place(made.after):
        lines += screen.wrapped("", f"Now: {_place(made.after)}.", indent=8)
    lines += _going_with(desk, made, indent=8)
    return [
        *lines,
        f"        Put it back: pathways undo {made.reference}",
        made.line,
        f"Next: pathways next {made.reference}",
    ]


def _refused(refused: Any, *, noted: bool) -> list[str]:
    lines = [f"Refused  undo on {screen.shown(refused.args[0])}", ""]
    for number, reason in enumerate(refused.reasons, 1):
        lines += screen.wrapped(f"{'Why' if number == 1 else '':<6}{number:<2} ", reason, indent=9)
    if refused.rule:
        lines += screen.wrapped("Rule", refused.rule, indent=6)
    if refused.ways:
        lines += [
            "",
            "You can",
            *(line for way in refused.ways for line in screen.wrapped("", way, indent=6)),
        ]
    return [*lines, "", f"Nothing was changed.{' The attempt is on the record.' if noted else ''}"]


def _as_json(made: Undone) -> dict[str, Any]:
    return {
        "ok": True,
        "case": made.reference,
        "withdraws": made.entry.seq,
        "puts_back": made.puts_back,
        "changed": made.kept,
        "entry": made.seq if made.kept else None,
        "code": made.code if made.kept else None,
        "state": made.after.row.state,
        "state_words": made.after.label,
        "state_before": made.before.row.state,
        "open": made.after.row.is_open,
        "goes_with_it": [
            {
                "entry": each.entry.seq,
                "what": entry_title(made.after.pathway, each.entry),
                "why": list(each.why),
                "to_confirm": not each.entry.by_clock,
            }
            for each in made.fallen
        ],
        "beside": [
            {"case": each.reference, "entries": list(each.entries), "opened": each.opened}
            for each in made.beside
        ],
        "dates_end": [{"rule": row.rule, "due": iso(row.due_on)} for row in made.ended],
        "dates_run_again": [
            {"rule": each.row.rule, "due": iso(each.row.due_on), "status": each.status} for each in made.again
        ],
        "dates_begin": [{"rule": rule, "due": iso(due)} for rule, due in made.begun],
        "next": [f"pathways undo {made.reference}", f"pathways next {made.reference}"] if made.kept else [],
    }
