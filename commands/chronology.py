"""What happened on a case, oldest first: fact, opinion or decision, with the page of the file; on the screen or on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import files, screen
from commands.as_known import KnownOn, known_on
from commands.desk import Desk
from commands.options import Case, Json, NeverAsks
from commands.show import heading
from commands.spoken import full_day, iso, short_day
from commands.style import STYLE, examples
from commands.typed_dates import parse
from models.chronology import Entry
from models.chronology import chronology as read
from models.queries import CaseView
from pathways.errors import Mistyped
from pathways.moments import local_day, words

if TYPE_CHECKING:
    from models.letters.chronology import Line, Printed

app = typer.Typer(**STYLE)

WIDTHS = (4, 12, 9, 37, 14)
KINDS = ("fact", "opinion", "decision")
ASSERTED = "* as reported in the census, not witnessed here"
TEXTS = ("What should be on the file?", "What was said and agreed?")


@app.command(
    help=examples(
        "What happened on a case, oldest first.",
        "pathways chronology CP-2026-0041 --from 3/11/2026",
        "pathways chronology cp41 --kind decision --full",
        "pathways chronology cp41 --full --names --out chronology.docx",
    )
)
def chronology(
    case: Case,
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="From this day.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="Up to this day.")] = "",
    as_at: Annotated[
        str, typer.Option("--as-at", metavar="DATE", help="As it was known at the end of that day.")
    ] = "",
    kind: Annotated[str, typer.Option(help="Only fact, opinion or decision.")] = "",
    full: Annotated[bool, typer.Option("--full", help="With every answer of every record.")] = False,
    names: Annotated[bool, typer.Option("--names", help="Show the full name.")] = False,
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", help="Write it to a file: .docx or .pdf, pages numbered.")
    ] = "",
    as_json: Json = False,
    no_input: NeverAsks = False,
) -> None:
    """Print a chronology."""
    if kind and kind not in KINDS:
        raise Mistyped(f"--kind is fact, opinion or decision, not '{screen.shown(kind)[:20]}'.")
    target = _target(out) if out else None
    with Desk() as desk:
        view = desk.case(case)
        first, last = _day(from_, desk), _day(to, desk)
        desk.looked(view, names=names, as_json=as_json)
        known = known_on(as_at, desk) if as_at else None
        with desk.store.reading() as tx:
            view = known.case(tx, view) if known else view
            until = known.until if known else None
            found = [each for each in read(tx, view, until) if _wanted(each, first, last, kind)]
        if target is not None:
            chosen = f"from {words(first)}" if first else "", f"to {words(last)}" if last else "", kind
            printed = _printed(desk, view, found, chosen, names=names, full=full, known=known)
            _write(desk, view, target, printed, as_json=as_json)
            return
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


def _target(out: str) -> Path:
    """The file that is to be written.

    Raises:
        Mistyped: its name ends otherwise, it is there already, or its folder is not.
    """
    if Path(out).suffix.lower() not in (".docx", ".pdf"):
        raise Mistyped("--out ends in .docx (Word, to edit) or .pdf (for everybody to read).")
    return files.new(out)


def _write(desk: Desk, view: CaseView, target: Path, printed: Printed, *, as_json: bool) -> None:
    """Write a chronology to a file. That it left is recorded first; where it cannot be written, the entry stays."""
    from models.letters.chronology import as_pdf, as_word

    make = as_word if target.suffix.lower() == ".docx" else as_pdf
    content = make(printed, desk.now)
    kept = desk.noted("export", {"export": {"what": "chronology", "case": view.reference}})
    files.write_new(target, content)
    way = f"pathways chronology {view.reference}"
    if as_json:
        told = {"case": view.reference, "file": str(target), "entries": len(printed.rows), "next": [way]}
        screen.answer_json("chronology.file/1", told)
        return
    count = "1 entry" if len(printed.rows) == 1 else f"{len(printed.rows)} entries"
    lines = (
        f"Wrote {screen.shown(target)}: {count}, pages numbered.",
        "It holds what is on the file. Keep it where only you can read it.",
        f"This export is recorded, in your own name: {kept}",
        f"Next: {way}",
    )
    for line in lines:
        for each in screen.folded(line):
            screen.say(each)


def _printed(
    desk: Desk,
    view: CaseView,
    found: Sequence[Entry],
    chosen: Sequence[str],
    *,
    names: bool,
    full: bool,
    known: KnownOn | None,
) -> Printed:
    """What goes onto paper: as on the screen, every date with its year, and for whom it was printed."""
    from models.letters.chronology import Printed, Row

    today = known.day if known else desk.today
    about = [
        ("Of", heading(view, today, names=names)),
        ("Pathway", view.pathway.title),
        ("Printed", f"{words(desk.now)}, for {desk.actor.name}"),
    ]
    about += [("As it was known", f"at the end of {words(known.day)}")] if known else []
    part = ", ".join(filter(None, chosen))
    about += [("Only", part)] if part else []
    rows = tuple(
        Row(
            str(entry.page or ""), words(local_day(entry.at)), entry.kind, tuple(_paper_lines(entry, full)),
            screen.shown(entry.by),
        )
        for entry in found
    )  # fmt: skip
    count = "1 entry." if len(found) == 1 else f"{len(found)} entries."
    notes = (count, *((ASSERTED,) if any(entry.asserted for entry in found) else ()))
    head = desk.options.get("authority", "").capitalize()
    return Printed("   ".join(filter(None, (head, desk.mark))), view.reference, tuple(about), rows, notes)


def _paper_lines(entry: Entry, full: bool) -> list[Line]:
    """An entry's paragraphs: what happened, then its answers; what somebody thinks is marked as that."""
    from models.letters.chronology import Line

    found = [Line(screen.shown(_what(entry)))]
    for asks, answer in entry.answers:
        said = f"{asks} {answer}" if asks.endswith("?") else f"{asks}: {answer}"
        thought = asks in entry.opinions and entry.kind != "opinion"
        if full:
            found.append(Line(screen.shown(said), thought))
        elif asks in TEXTS:
            found.append(Line(screen.shown(answer), thought))
    return found


def _what(entry: Entry) -> str:
    """What happened, in a line: from which agency, whether it was withdrawn, whether it comes from a return."""
    what = f"{entry.what}{' *' if entry.asserted else ''}"
    agency = next((answer for asks, answer in entry.answers if asks == "Which agency is it from?"), "")
    what = f"{what}: {agency}" if agency else what
    return what if entry.withdrawn_by is None else f"[withdrawn by entry {entry.withdrawn_by}] {what}"


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
    lines.append(f"Word copy: pathways chronology {view.reference} --out FILE.docx")
    if any(entry.asserted for entry in found):
        lines.append(ASSERTED)
    return lines


def _lines(entry: Entry, today: date, full: bool) -> list[str]:
    """One entry in its columns, the text wrapped under itself."""
    from textwrap import wrap

    texts = [_what(entry)]
    for asks, answer in entry.answers:
        if full:
            thought = "(opinion) " if asks in entry.opinions and entry.kind != "opinion" else ""
            texts.append(f"{thought}{asks} {answer}" if asks.endswith("?") else f"{thought}{asks}: {answer}")
        elif asks in TEXTS:
            texts.append(answer)
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
        "answers": [
            {"asks": asks, "answer": answer, "opinion": asks in entry.opinions}
            for asks, answer in entry.answers
        ],
    }
