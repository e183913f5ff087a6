"""What can be taken out of these records: the list of it, and the record of processing that data protection law asks for.

The record of processing says what is kept about whom, and tells of no case. It is on the chain of whoever made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from commands import files, screen
from commands.desk import Desk, home, settings
from commands.options import Json
from commands.style import STYLE, examples
from pathways.errors import Mistyped
from pathways.moments import words

app = typer.Typer(help="What can be taken out, and the record of processing.", **STYLE)

LISTED = (
    ("export processing-record", "What is kept of whom, why, how long", "anyone", "no"),
    ("audit export CASE", "One case's entries with their proof", "who sees it", "yes"),
    ("chronology CASE --out F", "A case's chronology, Word or PDF", "who sees it", "yes"),
    ("letter CASE KIND", "A letter or minutes for one person", "who sees it", "yes"),
    ("documents open CASE N", "A document of a case, as kept", "who sees it", "yes"),
    ("dashboards publish", "The managers' pages, as counts", "anyone", "no"),
    ("db backup", "Everything, sealed", "operator", "sealed"),
    ("licences", "The packages in use, with licences", "anyone", "no"),
)
"""Every way out: what is typed after `pathways`, what it gives, to whom, whether names are in it."""
HEADINGS = {
    "controller": "Controller",
    "purposes": "Purposes",
    "lawful_bases_to_confirm": "Lawful bases, to be confirmed",
    "people": "Categories of people",
    "data": "Categories of data",
    "recipients": "Recipients",
    "transfers_abroad": "Transfers abroad",
    "retention": "How long it is kept",
    "security": "Security, as found",
}


@app.callback()
def export() -> None:
    """What can be taken out of these records."""


@app.command(
    "list",
    help=examples("What can be taken out, by whom, and whether names are in it.", "pathways export list"),
)
def list_(as_json: Json = False) -> None:
    """What can be taken out, by whom, and whether names are in it."""
    if as_json:
        rows = [dict(zip(("type", "what", "who", "names"), each, strict=True)) for each in LISTED]
        screen.answer_json(
            "export.list/1", {"exports": rows, "next": ["pathways export processing-record -h"]}
        )
        return
    headings = ("Type pathways ...", "What it is", "Who", "Names")
    for line in screen.table(headings, (24, 35, 11, 6), LISTED):
        screen.say(line)
    screen.say()
    screen.say("For data protection: pathways export processing-record --out processing.md")


@app.command(
    "processing-record",
    help=examples(
        "Write the record of processing (UK GDPR, article 30), as these records are now. It names nobody.",
        "pathways export processing-record --out processing.md",
        "pathways export processing-record --out processing.csv",
    ),
)
def processing_record(
    out: Annotated[
        str,
        typer.Option(
            "--out", metavar="FILE", help="The file to write: .md, .csv or .json; it must not be there yet."
        ),
    ],
    as_json: Json = False,
) -> None:
    """Write the record of processing to a file."""
    from models.processing import TO_FILL_IN, record_of_processing

    target = files.new(out)
    write = _writer(target)
    with Desk() as desk:
        made = record_of_processing(
            desk.store,
            authority=desk.options.get("authority", ""),
            practice=desk.practice,
            rulebook=desk.rules.rulebook,
            measures=_around(),
            now=desk.now,
        )
        kept = desk.noted("export", {"export": {"what": "processing-record"}})
    files.write_new(target, write(made))
    blanks = write(made).count(TO_FILL_IN)
    if as_json:
        data = {"file": out, "tables": len(made["data"]), "to_fill_in": blanks}
        screen.answer_json("export.processing-record/1", {**data, "next": ["pathways export list"]})
        return
    screen.say(f"Wrote {screen.shown(out)}: {len(made['data'])} tables, {len(made['purposes'])} purposes.")
    screen.say(f"{blanks} places are the authority's to fill in. They say: {TO_FILL_IN}")
    screen.say(f"This export is recorded, in your own name: {kept}")
    screen.say("What else can be taken out: pathways export list")


def _around() -> dict[str, str]:
    """The safeguards that are not the store's: mail and the service."""
    from flows.service import address_of
    from models.mail import mail_of

    mail = mail_of(settings())
    service = address_of(home() / "prefect")
    return {
        "mail": f"{mail.host}, port {mail.port}, {mail.security}" if mail.set_up else "nobody is written to",
        "service": service or "not running here",
    }


def _writer(target: Path) -> Callable[[dict[str, Any]], str]:
    ways = {".md": _as_markdown, ".csv": _as_csv, ".json": _as_json}
    if target.suffix.lower() not in ways:
        raise Mistyped("The file's name says its form: give one that ends in .md, .csv or .json.")
    return ways[target.suffix.lower()]


def _as_json(made: dict[str, Any]) -> str:
    return screen.json_text({"schema": "pathways.processing-record/1", **made}, indent=1) + "\n"


def _as_csv(made: dict[str, Any]) -> str:
    lines = [("part", "item", "what", "says"), *_cells(made)]
    return "".join(files.csv_line(each) + "\n" for each in lines)


def _cells(made: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for part, holds in made.items():
        rows = holds if isinstance(holds, list) else [holds]
        for place, row in enumerate(rows, 1):
            number = str(place) if isinstance(holds, list) else ""
            for what, says in row.items() if isinstance(row, dict) else (("", row),):
                yield part, number, what, _text(says)


def _as_markdown(made: dict[str, Any]) -> str:
    at = datetime.fromisoformat(made["as_at"])
    lines = ["# Record of processing", "", f"UK GDPR, article 30. As at {words(at)}."]
    if "mark" in made:
        lines[1:1] = ["", f"**{made['mark']}.**"]
    for part, heading in HEADINGS.items():
        lines += ["", f"## {heading}", "", *_part(made[part])]
    return "\n".join(lines) + "\n"


def _part(holds: Any) -> Iterator[str]:
    if isinstance(holds, str):
        yield holds
    elif isinstance(holds, dict):
        yield from (f"- **{_label(name)}**: {_text(says)}" for name, says in holds.items())
    elif holds and isinstance(holds[0], dict):
        yield "| " + " | ".join(map(_label, holds[0])) + " |"
        yield "| --- " * len(holds[0]) + "|"
        for row in holds:
            yield "| " + " | ".join(_text(says).replace("|", "\\|") for says in row.values()) + " |"
    else:
        yield from (f"- {_text(each)}" for each in holds)


def _label(name: str) -> str:
    said = name.replace("_", " ")
    return said[:1].upper() + said[1:]


def _text(says: Any) -> str:
    if isinstance(says, bool):
        return "yes" if says else "no"
    return "; ".join(map(str, says)) if isinstance(says, list) else str(says)
