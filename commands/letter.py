"""Writing letters and minutes: each for one recipient, with what that recipient may be told and nothing else.

`letter CASE KIND --to RECIPIENT` is short for `letter write CASE KIND --to RECIPIENT`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core

from commands import files, prompts, screen
from commands.desk import Desk, settings
from commands.run import STYLE, examples
from commands.spoken import full_day
from pathways.errors import Mistyped
from pathways.letters import EVERYBODY, FIELDS, KINDS, Recipient


class _Short(typer.core.TyperGroup):
    """What is no command of the group is a case, to which a letter is written."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As usual, with `write` put in front of a case."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = ["write", *args]
        return super().resolve_command(ctx, args)


app = typer.Typer(cls=_Short, help="Write letters and minutes, for one recipient at a time.", **STYLE)

Case = Annotated[str, typer.Argument(metavar="CASE", help="A reference, or a short form: cp41.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Work everything out and keep nothing.")]
NoInput = Annotated[bool, typer.Option("--no-input", help="Ask nothing.")]
PREVIEWED = "Nothing was kept."


@app.callback()
def letter() -> None:
    """Write letters and minutes, for one recipient at a time."""


def office() -> str:
    """The office that writes, as its letters call it: `office` under [letters] in the settings file."""
    return str(settings().get("letters", {}).get("office", ""))


def own_templates() -> Path | None:
    """The folder of the authority's own templates, where the settings file names one."""
    given = settings().get("letters", {}).get("templates")
    return Path(given) if given else None


@app.command(
    help=examples(
        "Write a letter to one recipient, and keep it with the case. Kinds: " + ", ".join(KINDS) + ".",
        "pathways letter cp41 invitation --to parent-1 --preview",
        "pathways letter cp41 decisions --to school --out decisions.docx",
    )
)
def write(
    case: Case,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Which letter.")],
    to: Annotated[str, typer.Option("--to", metavar="RECIPIENT", help="parent-1, child, school ...")] = "",
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="Write it here too: .docx or .pdf.")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Show what it says; keep nothing.")] = False,
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Write a letter."""
    from models.documents import keep, recipients_of, write_letter

    target = files.new(out) if out else None
    form = _form(out)
    with Desk() as desk:
        view = desk.case(case)
        if not to:
            to = _ask_whom(
                recipients_of(desk.store, view, kind, desk.today), prompts.can_ask(no_input, as_json)
            )
        desk.looked(view, names=not dry_run, as_json=as_json)
        made = write_letter(
            desk.store, view.reference, kind, to, actor=desk.actor, now=desk.now,
            office=office() or desk.options.get("authority", "").title(), title=desk.title, form=form,
            templates=own_templates(),
        )  # fmt: skip
        if preview:
            _show(view.reference, kind, made, as_json)
            return
        kept = keep(desk.store, view.reference, made, actor=desk.actor, now=desk.now, dry_run=dry_run)
        if target is not None and not dry_run:
            files.write_new(target, made.content)
    ways = [f"pathways letter sent {view.reference} {kept.number} --how post"]
    if as_json:
        answer = {
            "ok": True, "changed": not dry_run, "case": view.reference, "kind": made.kind.name, "to": made.recipient.word,
            "document": kept.number, "version": kept.version, "page": kept.page, "form": made.form,
            "fingerprint": kept.fingerprint, "size": len(made.content), "next": ways,
        }  # fmt: skip
        screen.answer_json("letter/1", answer)
        return
    said = f"{made.kind.title}, to {made.recipient.word}, version {kept.version}"
    if dry_run:
        screen.say(f"Would keep: {said}. {PREVIEWED}")
        return
    lines = [
        f"Kept as document {kept.number} of {view.reference}, page {kept.page}: {said}.",
        f"Fingerprint {kept.fingerprint[:16]}. {kept.line}",
        *(
            [f"Written to {screen.shown(out)}: it holds names. Keep it where only you can read it."]
            if out
            else []
        ),
        f"When it has gone: {ways[0]}",
    ]
    for line in lines:
        for each in screen.folded(line):
            screen.say(each)


def _form(out: str) -> str:
    if not out:
        return "docx"
    suffix = Path(out).suffix.lower().removeprefix(".")
    if suffix not in ("docx", "pdf"):
        raise Mistyped("--out ends in .docx (Word, to edit) or .pdf (for everybody to read).")
    return suffix


def _ask_whom(there: list[Recipient], may_ask: bool) -> str:
    words = [each.word for each in there]
    if not may_ask:
        raise Mistyped(f"Say to whom: --to {' | '.join(words[:12])}{' ...' if len(words) > 12 else ''}")
    return words[prompts.choose("To whom?", words)]


def _show(reference: str, kind: str, made: Any, as_json: bool) -> None:
    ways = [f"pathways letter {reference} {kind} --to {made.recipient.word}"]
    if as_json:
        answer = {
            "case": reference,
            "kind": kind,
            "to": made.recipient.word,
            "template": made.template,
            "lines": list(made.lines),
        }
        screen.answer_json("letter.preview/1", {**answer, "next": ways})
        return
    for line in made.lines:
        for each in screen.wrapped("", line, indent=2):
            screen.say(each)
    screen.say("")
    screen.say(f"{PREVIEWED} To keep it: {ways[0]}")


@app.command(
    help=examples(
        "Note that a kept letter went out, and how: post, recorded-delivery, by-hand, secure-e-mail or portal.",
        "pathways letter sent cp41 3 --how post",
        "pathways letter sent cp41 3 --how portal --json",
    )
)
def sent(
    case: Case,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Which document.")],
    how: Annotated[str, typer.Option("--how", metavar="WAY", help="By which way.")],
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Note that a letter went out."""
    from models.documents import sent as note_sent

    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        done = note_sent(
            desk.store, view.reference, number, how, actor=desk.actor, now=desk.now, dry_run=dry_run
        )
        possible = {move.trigger for move in view.pathway.moves_from(view.row.state)}
    ways = [f"pathways documents list {view.reference}"]
    if done.then in possible:
        ways.insert(0, f"pathways do {view.reference} {done.then.replace('_', '-')}")
    if as_json:
        answer = {
            "ok": True,
            "changed": not dry_run,
            "case": view.reference,
            "document": number,
            "how": how,
            "next": ways,
        }
        screen.answer_json("letter.sent/1", answer)
        return
    if dry_run:
        screen.say(f"Would note: document {number} went out by {how.replace('-', ' ')}. Nothing was changed.")
        return
    screen.say(
        f"Document {number} of {view.reference} went out by {how.replace('-', ' ')}, {full_day(desk.today)}."
    )
    screen.say(done.line)
    if len(ways) > 1:
        for line in screen.folded(
            f"Once every recipient has theirs, tell the case, which stops its clock: {ways[0]}"
        ):
            screen.say(line)
    else:
        screen.say(f"Next: {ways[0]}")


@app.command(
    "recipients",
    help=examples(
        "To whom a letter can be written on this case, by the word that --to takes.",
        "pathways letter recipients cp41 decisions",
        "pathways letter recipients cp41 invitation --json",
    ),
)
def recipients(
    case: Case,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Which letter.")],
    as_json: Json = False,
) -> None:
    """To whom a letter can be written."""
    from models.documents import recipients_of

    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        there = recipients_of(desk.store, view, kind, desk.today)
    if as_json:
        rows = [{"to": each.word, "reader": each.reader, "address": bool(each.address)} for each in there]
        screen.answer_json("letter.recipients/1", {"case": view.reference, "recipients": rows, "next": []})
        return
    rows_shown = [(each.word, each.reader.label, "yes" if each.address else "") for each in there]
    for line in screen.table(("To", "Who", "Address known"), (24, 32, 14), rows_shown):
        screen.say(line)
    screen.say("")
    screen.say(f"Next: pathways letter {view.reference} {kind} --to {there[0].word} --preview")


@app.command(
    "fields",
    help=examples(
        "What a letter may print, and for whom: the names for templates.",
        "pathways letter fields decisions",
        "pathways letter fields minutes --json",
    ),
)
def fields(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Which letter.")],
    as_json: Json = False,
) -> None:
    """What a letter may print, and for whom."""
    found = KINDS.get(kind)
    if found is None:
        raise Mistyped(f"There is no such letter. There are: {', '.join(KINDS)}.")
    names = dict.fromkeys(
        name for reader in EVERYBODY if reader in found.readers for name in found.given(reader)
    )
    rows = [
        (name, FIELDS[name], [each for each in found.readers if each in FIELDS[name].shown]) for name in names
    ]
    if as_json:
        listed = [
            {"name": name, "says": one.says, "shown_to": shown, "why_not": one.why}
            for name, one, shown in rows
        ]
        screen.answer_json("letter.fields/1", {"kind": found.name, "fields": listed, "next": []})
        return
    shown_rows = [(name, ", ".join(shown), one.says) for name, one, shown in rows]
    for line in screen.table(("Name", "Shown to", "What it is"), (18, 22, 38), shown_rows):
        screen.say(line)
    screen.say("")
    screen.say("Next: pathways letter check-template FILE")


@app.command(
    "check-template",
    help=examples(
        "Look through a Word template before it is used: names it does not know, things its reader may not be told, "
        "what it would carry along. Its file's name says what it is for: KIND.docx or KIND-READER.docx.",
        "pathways letter check-template decisions-family.docx",
        "pathways letter check-template letters/minutes.docx --json",
    ),
)
def check_template(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The template.")],
    as_json: Json = False,
) -> None:
    """Look through a template."""
    from models.letters.word import meant_by, read, refuse

    kind, readers = meant_by(file.name)
    refuse(file.name, read(file), kind, readers)
    if as_json:
        screen.answer_json(
            "letter.template/1", {"ok": True, "kind": kind.name, "readers": list(readers), "next": []}
        )
        return
    whom = ", ".join(each.label for each in readers)
    for line in screen.folded(f"This template can be used: {kind.title.lower()}, for {whom}."):
        screen.say(line)
    screen.say("Put it into the folder that `templates` under [letters] in pathways.toml names.")
