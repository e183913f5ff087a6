"""The record proves itself: `audit verify` for all of it, `audit show` for the entries of one case."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands import screen
from commands.desk import Desk
from commands.progress import Progress, took
from commands.run import STYLE, examples
from pathways.errors import NOT_PROVEN, OK
from pathways.moments import local_day, words

app = typer.Typer(help="Prove that the record is whole.", **STYLE)

SHOWN = 20


@app.callback()
def audit() -> None:
    """Prove that no entry is missing, changed or out of order."""


@app.command(
    help=examples(
        "Check every entry of every case. Exit code 9: the record is not proven.", "pathways audit verify"
    )
)
def verify(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for another program.")] = False,
) -> int:
    """Check every entry of every case. Exit code 9: the record is not proven."""
    from models.verify import verify as check_all

    with Desk() as desk:
        with Progress("Entries") as progress:
            found = check_all(desk.store, desk.rules, progress=progress)
        seconds = progress.seconds
    if as_json:
        screen.answer_json("audit.verify/1", _as_data(found))
    else:
        for line in _in_words(found, seconds):
            screen.say(line)
    return OK if found.whole else NOT_PROVEN


@app.command(
    help=examples(
        "List the entries of one case: when, what, in which role, and each entry's code.",
        "pathways audit show CP-2026-0004",
    )
)
def show(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case's reference.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for another program.")] = False,
) -> None:
    """List the entries of one case: when, what, in which role, and each entry's code."""
    from models.queries import reference_of

    with Desk() as desk, desk.store.reading() as tx:
        entries = tx.all("trail_of_case", reference=reference_of(tx, case))
    if as_json:
        screen.answer_json(
            "audit.show/1", {"case": entries[0].case_ref, "entries": [_entry(each) for each in entries]}
        )
        return
    screen.say(f"Entries of {entries[0].case_ref}")
    screen.say()
    rows = [
        (
            each.seq,
            words(local_day(each.at)),
            each.action.replace("_", "-"),
            each.role.replace("_", " "),
            each.hash[:4].hex(),
        )
        for each in entries
    ]
    lines = screen.table(("No", "Written", "What", "In the role of", "Code"), (4, 17, 28, 18, 8), rows)
    for line in lines[:2]:
        screen.say(line)
    for each, line in zip(entries, lines[2:], strict=True):
        screen.say(line)
        moved = each.from_state and each.from_state != each.to_state
        if moved or each.rule or each.basis != "witnessed":
            screen.say("     " + screen.fit(_besides(each), 75))


def _besides(each: Any) -> str:
    said = (
        [f"{each.from_state} -> {each.to_state}"]
        if each.from_state != each.to_state and each.from_state
        else []
    )
    said += [f"rule {each.rule}"] if each.rule else []
    said += [each.basis] if each.basis != "witnessed" else []
    if local_day(each.at) != local_day(each.effective_at):
        said.append(f"of {words(local_day(each.effective_at))}")
    return ", ".join(said)


def _entry(each: Any) -> dict[str, Any]:
    return {
        "entry": each.seq,
        "written_at": each.at.isoformat(),
        "happened_at": each.effective_at.isoformat(),
        "action": each.action.replace("_", "-"),
        "by": each.actor,
        "role": each.role,
        "from": each.from_state,
        "to": each.to_state,
        "rule": each.rule,
        "basis": each.basis,
        "code": each.hash.hex(),
    }


def _as_data(found: Any) -> dict[str, Any]:
    faults = [{"case": each.case_ref, "entry": each.seq, "what": each.what} for each in found.faults]
    return {
        "whole": found.whole,
        "entries": found.entries,
        "cases": found.cases,
        "first": found.first_at.isoformat() if found.first_at else None,
        "last": found.last_at.isoformat() if found.last_at else None,
        "faults": faults,
    }


def _in_words(found: Any, seconds: float) -> list[str]:
    if not found.entries and found.whole:
        return ["There are no entries yet, so there is nothing to prove."]
    entries = f"{found.entries:,} entr{'y' if found.entries == 1 else 'ies'}"
    cases = f"{found.cases:,} case{'' if found.cases == 1 else 's'}"
    span = ""
    if found.first_at and found.last_at:
        first, last = local_day(found.first_at), local_day(found.last_at)
        span = f", written {words(first)}" + (f" to {words(last)}" if last != first else "")
    if found.whole:
        return [
            *screen.wrapped("", f"Checked {entries} of {cases}{span}, in {took(seconds)}.", indent=0),
            "Complete: no entry is missing, changed or out of order, and every case's",
            "present state is what its entries say.",
        ]
    lines = ["NOT PROVEN. Stop and tell the information governance lead."]
    for each in found.faults[:SHOWN]:
        lines += screen.wrapped(" ", str(each), indent=2)
    if len(found.faults) > SHOWN:
        lines.append(f"  and {len(found.faults) - SHOWN} more: pathways audit verify --json")
    lines.append(f"Checked {entries} of {cases}. Everything not named here is proven.")
    lines.append(f"For the investigator: pathways audit show {screen.shown(found.faults[0].case_ref)}")
    return lines
