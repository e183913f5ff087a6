"""What happened on a case, oldest first: fact, opinion or decision, with the page of the file."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from commands import screen
from commands.as_known import KnownOn, known_on
from commands.desk import Desk
from commands.run import STYLE, examples
from commands.show import heading
from commands.spoken import full_day, iso, short_day
from commands.typed_dates import parse
from models.queries import CaseView, Entry
from models.queries import chronology as read
from pathways.errors import Mistyped
from pathways.moments import local_day

app = typer.Typer(**STYLE)

WIDTHS = (4, 12, 9, 37, 14)
KINDS = ("fact", "opinion", "decision")
TEXTS = ("What should be on the file?", "What was said and agreed?")


@app.command(
    help=examples(
        "What happened on a case, oldest first.",
        "pathways chronology CP-2026-0041 --from 3/11/2026",
        "pathways chronology cp41 --kind decision --full",
    )
)
def chronology(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A reference, or a short form: cp41.")],
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="From this day.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="Up to this day.")] = "",
    as_at: Annotated[
        str, typer.Option("--as-at", metavar="DATE", help="As it was known at the end of that day.")
    ] = "",
    kind: Annotated[str, typer.Option(help="Only fact, opinion or decision.")] = "",
    full: Annotated[bool, typer.Option("--full", help="With every answer of every record.")] = False,
    names: Annotated[bool, typer.Option("--names", help="Show the full name.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for another program.")] = False,
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Ask nothing; this command never does.")
    ] = False,
) -> None:
    """Print a chronology."""
    if kind and kind not in KINDS:
        raise Mistyped(f"--kind is fact, opinion or decision, not '{screen.shown(kind)[:20]}'.")
    with Desk() as desk:
        view = desk.case(case)
        first, last = _day(from_, desk), _day(to, desk)
        desk.looked(view, names=names, as_json=as_json)
        known = known_on(as_at, desk) if as_at else None
        with desk.store.reading() as tx:
            view = known.case(tx, view) if known else view
            until = known.until if known else None
            found = [each for each in read(tx, view, until) if _wanted(each, first, last, kind)]
        if as_json:
            ways = [f"pathways show {view.reference}"]
            entries = [_entry_json(each) for each in found]
            told = {"as_known_on": iso(known.day)} if known else {}
            screen.answer_json(
                "chronology/1", {"case": view.reference, **told, "entries": entries, "next": ways}
            )
            return
        for line in _screen(desk, view, found, names, full, known):
            screen.say(line)


def _day(typed: str, desk: Desk) -> date | None:
    return local_day(parse(typed, now=desk.now, calendar=lambda: desk.rules.calendar)) if typed else None


def _wanted(entry: Entry, first: date | None, last: date | None, kind: str) -> bool:
    day = local_day(entry.at)
    return (
        (first is None or day >= first) and (last is None or day <= last) and (not kind or entry.kind == kind)
    )


def _screen(
    desk: Desk, view: CaseView, found: list[Entry], names: bool, full: bool, known: KnownOn | None = None
) -> list[str]:
    today = known.day if known else desk.today
    who = heading(view, today, names=names)
    left = f"Chronology   {view.reference}   {who}"
    when = f"as at {full_day(desk.now).split(' ', 1)[1]}"
    lines = [screen.two_ends(left, "" if known else when), *([known.line] if known else []), ""]
    lines += screen.table(("Page", "Date", "Kind", "What happened", "By"), WIDTHS, [])
    for entry in found:
        lines += _lines(entry, today, full)
    pages = [entry.page for entry in found if entry.page]
    said = "1 entry" if len(found) == 1 else f"{len(found)} entries"
    if pages:
        said += f", pages {min(pages)} to {max(pages)}" if min(pages) != max(pages) else f", page {pages[0]}"
    lines += ["", f"{said}. Next: pathways show {view.reference}"]
    if any(entry.asserted for entry in found):
        lines.append("* as reported in the census, not witnessed here")
    return lines


def _lines(entry: Entry, today: date, full: bool) -> list[str]:
    """One entry in its columns, the text wrapped under itself."""
    from textwrap import wrap

    what = f"{entry.what}{' *' if entry.asserted else ''}"
    if entry.withdrawn_by is not None:
        what = f"[withdrawn by entry {entry.withdrawn_by}] {what}"
    texts = [what]
    for asks, answer in entry.answers:
        if full:
            texts.append(f"{asks} {answer}" if asks.endswith("?") else f"{asks}: {answer}")
        elif asks in TEXTS:
            texts.append(answer)
        elif asks == "Which agency is it from?":
            texts[0] = f"{what}: {answer}"
    wrapped = [
        line for text in texts for line in wrap(screen.shown(text), WIDTHS[3], break_on_hyphens=False) or [""]
    ]
    by = wrap(screen.shown(entry.by), WIDTHS[4], break_on_hyphens=False) or [""]
    made = []
    for place in range(max(len(wrapped), len(by))):
        cells = (
            str(entry.page or "") if place == 0 else "",
            short_day(local_day(entry.at), today) if place == 0 else "",
            screen.fit(entry.kind, WIDTHS[2]) if place == 0 else "",
            wrapped[place] if place < len(wrapped) else "",
            by[place] if place < len(by) else "",
        )
        made.append(" ".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True)).rstrip())
    return made


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "entry": entry.seq,
        "page": entry.page,
        "at": iso(entry.at),
        "kind": entry.kind,
        "what": entry.what,
        "by": entry.by,
        "basis": "asserted" if entry.asserted else "witnessed",
        "withdrawn_by": entry.withdrawn_by,
        "answers": [{"asks": asks, "answer": answer} for asks, answer in entry.answers],
    }
