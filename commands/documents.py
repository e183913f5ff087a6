"""The documents of a case: letters made and sent, papers that came in. List them, open one, put one there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from commands import files, screen
from commands.desk import Desk
from commands.options import Case, Json
from commands.spoken import iso, short_day
from commands.style import STYLE, Group, examples
from pathways.moments import local_day


class _Documents(Group):
    of_case = "list"


app = typer.Typer(help="Letters and papers of a case.", **STYLE | {"cls": _Documents})

WIDTHS = (3, 4, 20, 16, 3, 4, 13, 8)


@app.callback()
def documents() -> None:
    """Letters and papers of a case: list, open, add."""


@app.command(
    "list",
    help=examples(
        "Every document of a case: what, for whom, on which page, whether it went out.",
        "pathways documents cp41",
        "pathways documents list cp41 --json",
    ),
)
def list_(case: Case, as_json: Json = False) -> None:
    """Every document of a case."""
    from models.documents import documents_of

    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        with desk.store.reading() as tx:
            found = documents_of(tx, view)
    if as_json:
        ways = [f"pathways documents open {view.reference} {found[-1].number}"] if found else []
        screen.answer_json(
            "documents/1", {"case": view.reference, "documents": list(map(_as_json, found)), "next": ways}
        )
        return
    if not found:
        screen.say(
            f"{view.reference} has no documents yet.\nTo write one: pathways letter {view.reference} KIND"
        )
        return
    rows = [
        (
            each.number, each.page, each.kind, each.recipient, each.version, each.form,
            short_day(local_day(each.made_at), desk.today),
            short_day(local_day(each.sent_at), desk.today)[:8] if each.sent_at else "not sent" if each.recipient else "",
        )
        for each in found
    ]  # fmt: skip
    for line in screen.table(("No", "Page", "What", "To", "Ver", "Form", "Made", "Sent"), WIDTHS, rows):
        screen.say(line)
    screen.say("")
    screen.say(f"Next: pathways documents open {view.reference} {found[-1].number} --out FILE")


def _as_json(row: Any) -> dict[str, Any]:
    return {
        "document": row.number,
        "page": row.page,
        "entry": row.seq,
        "kind": row.kind,
        "to": row.recipient,
        "version": row.version,
        "form": row.form,
        "size": row.size,
        "fingerprint": row.fingerprint,
        "template": row.template,
        "made_at": iso(row.made_at),
        "made_by": row.made_by,
        "sent_at": iso(row.sent_at),
        "sent_how": row.sent_how,
    }


@app.command(
    "open",
    help=examples(
        "Write a kept document to a new file, as it was kept; its fingerprint is checked first.",
        "pathways documents open cp41 3 --out letter.docx",
        "pathways documents cp41 open 3 --out letter.docx",
    ),
)
def open_(
    case: Case,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Which document.")],
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="The file to write; not there yet.")] = "",
    as_json: Json = False,
) -> None:
    """Write a kept document to a new file."""
    from models.documents import open_document
    from models.log_chain import note

    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, names=True, as_json=as_json)
        row, content = open_document(desk.store, view, number)
        target = files.new(out or f"{view.reference}-{number}.{row.form}")
        role = next(iter(sorted(desk.actor.roles)), "")
        told = {"case": view.reference, "document": number, "fingerprint": row.fingerprint}
        note(desk.store, desk.actor.name, role, "export_document", told, desk.now)
        files.write_new(target, content)
    if as_json:
        answer = {"case": view.reference, "file": str(target), **_as_json(row)}
        screen.answer_json(
            "documents.open/1", {**answer, "next": [f"pathways documents list {view.reference}"]}
        )
        return
    for line in screen.folded(
        f"Written to {screen.shown(target)}, as kept (fingerprint {row.fingerprint[:16]}). It is noted."
    ):
        screen.say(line)
    screen.say(f"It holds names. Delete it when done. Next: pathways documents list {view.reference}")


@app.command(
    help=examples(
        "Keep a paper that came in, or a letter as you edited it: report, letter, order, photograph, edited, other.",
        "pathways documents add cp41 scan.pdf --as report",
        "pathways documents cp41 add letter.docx --as edited --dry-run",
    )
)
def add(
    case: Case,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file: docx, pdf, png, jpg, txt, eml.")],
    paper: Annotated[str, typer.Option("--as", metavar="WHAT", help="What it is.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Work everything out and keep nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Keep a paper."""
    from models.documents import add as keep_paper

    with files.open_file(str(file)) as opened:
        content = opened.read(files.MOST_BYTES)
    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        kept = keep_paper(
            desk.store, view.reference, content, file.suffix.lower().removeprefix("."), paper,
            actor=desk.actor, now=desk.now, dry_run=dry_run,
        )  # fmt: skip
    way = f"pathways documents list {view.reference}"
    if as_json:
        answer = {
            "ok": True, "changed": not dry_run, "case": view.reference, "document": kept.number, "page": kept.page,
            "fingerprint": kept.fingerprint, "next": [way],
        }  # fmt: skip
        screen.answer_json("documents.add/1", answer)
        return
    if dry_run:
        screen.say(f"Would be kept as document {kept.number} of {view.reference}. Nothing was changed.")
        return
    screen.say(
        f"Kept as document {kept.number} of {view.reference}, page {kept.page} of the file. {kept.line}"
    )
    screen.say(f"Next: {way}")
