"""Writing letters and minutes: each for one recipient, with what that recipient may be told and nothing else.

`letter CASE KIND --to RECIPIENT` is short for `letter write CASE KIND --to RECIPIENT`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import files, forms, prompts, screen
from commands.desk import Desk
from commands.letterhead import FORMS, PREVIEWED, who_writes
from commands.options import Case, Json, NoInput
from commands.spoken import full_day
from commands.style import STYLE, Group, examples
from pathways.errors import Mistyped
from pathways.letters import EVERYBODY, EVERYONE, FIELDS, KINDS, Recipient

if TYPE_CHECKING:
    from models.documents import Kept, Letter
    from models.queries import CaseView


class _Letters(Group):
    of_case = "write"


app = typer.Typer(help="Write letters and minutes, for one recipient at a time.", **STYLE | {"cls": _Letters})

DryRun = Annotated[bool, typer.Option("--dry-run", help="Work everything out and keep nothing.")]


@app.callback()
def letter() -> None:
    """Write letters and minutes, for one recipient at a time."""


@app.command(
    help=examples(
        "Write a letter to one recipient, or to everyone who gets one each for them alone, and keep it with the case. "
        "Kinds: " + ", ".join(KINDS) + ".",
        "pathways letter cp41 invitation --to parent-1 --preview",
        "pathways letter cp41 decisions --to school --out decisions.docx",
        "pathways letter cp41 invitation --to everyone --without parent-2 --form pdf",
    )
)
def write(
    case: Case,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="Which letter.")],
    to: Annotated[
        str, typer.Option("--to", metavar="RECIPIENT", help="parent-1, child, school ... or everyone.")
    ] = "",
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without", metavar="RECIPIENT", help="With everyone: leave this one out; may be given again."
        ),
    ] = None,
    out: Annotated[
        str,
        typer.Option(
            "--out", metavar="FILE", help="Write it here too: .docx or .pdf; of everyone, a new folder."
        ),
    ] = "",
    form: Annotated[
        str, typer.Option("--form", metavar="FORM", help="docx or pdf; else as --out ends.")
    ] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Show what it says; keep nothing.")] = False,
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Write a letter."""
    from models.documents import keep, recipients_of, write_letter

    if to.strip().lower() == EVERYONE:
        from commands.mailing import to_everyone

        to_everyone(case, kind, without or [], out, form, preview=preview, dry_run=dry_run, as_json=as_json)
        return
    if without:
        raise Mistyped("--without goes with --to everyone.")
    target = files.new(out) if out else None
    form = _form(out, form)
    with Desk() as desk:
        view = desk.case(case)
        if not to:
            to = _ask_whom(
                recipients_of(desk.store, view, kind, desk.today), prompts.can_ask(no_input, as_json)
            )
        desk.looked(view, names=not dry_run, as_json=as_json)
        made = write_letter(
            desk.store, view.reference, kind, to, form=form, **who_writes(desk)
        )  # fmt: skip
        if preview:
            _show(view.reference, kind, made, as_json)
            return
        with forms.finishing(desk):
            kept = keep(desk.store, view.reference, made, actor=desk.actor, now=desk.now, dry_run=dry_run)
        if target is not None and not dry_run:
            files.write_new(target, made.content)
    _say_kept(view.reference, made, kept, out, dry_run=dry_run, as_json=as_json)


def _say_kept(reference: str, made: Letter, kept: Kept, out: str, *, dry_run: bool, as_json: bool) -> None:
    """Print what was kept, or would be, and what is typed when it has gone."""
    ways = [f"pathways letter sent {reference} {kept.number} --how post"]
    if as_json:
        answer = {
            "ok": True, "changed": not dry_run, "case": reference, "kind": made.kind.name, "to": made.recipient.word,
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
        f"Kept as document {kept.number} of {reference}, page {kept.page}: {said}.",
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


def _form(out: str, form: str) -> str:
    suffix = Path(out).suffix.lower().removeprefix(".") if out else form or FORMS[0]
    if suffix not in FORMS:
        raise Mistyped("--out ends in .docx (Word, to edit) or .pdf (for everybody to read).")
    if form not in ("", suffix):
        raise Mistyped(f"--form {form[:10]} and --out do not go together. Give one of them.")
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
        "Note that a kept letter went out, and how: post, recorded-delivery, by-hand, secure-e-mail or portal. `all` stands "
        "for every letter of the case that has not gone yet, of each the newest version.",
        "pathways letter sent cp41 3 --how post",
        "pathways letter sent cp41 all --how secure-e-mail",
    )
)
def sent(
    case: Case,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Which document, or all.")],
    how: Annotated[str, typer.Option("--how", metavar="WAY", help="By which way.")],
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Note that a letter went out."""
    from models.documents import sent_all, to_be_sent

    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        if number.strip().lower() == "all":
            with desk.store.reading() as tx:
                numbers = to_be_sent(tx, view)
        else:
            numbers = [_number(number)]
        if not numbers:
            raise Mistyped(f"Every letter of {view.reference} has gone already. Nothing was changed.")
        done = sent_all(
            desk.store, view.reference, numbers, how, actor=desk.actor, now=desk.now, dry_run=dry_run
        )
        tells = _tells_the_case(view, [each.then for each in done])
    ways = [f"pathways do {view.reference} {each.replace('_', '-')}" for each in tells]
    ways.append(f"pathways documents list {view.reference}")
    if as_json:
        answer = {
            "ok": True,
            "changed": not dry_run,
            "case": view.reference,
            "documents": numbers,
            "how": how,
            "next": ways,
        }
        screen.answer_json("letter.sent/2", answer)
        return
    which = f"document {numbers[0]}" if len(numbers) == 1 else f"documents {', '.join(map(str, numbers))}"
    if dry_run:
        for line in screen.folded(
            f"Would note: {which} went out by {how.replace('-', ' ')}. Nothing was changed."
        ):
            screen.say(line)
        return
    for line in screen.folded(
        f"{which.capitalize()} of {view.reference} went out by {how.replace('-', ' ')}, {full_day(desk.today)}."
    ):
        screen.say(line)
    for one in done:
        screen.say(f"{one.line}{f'  (document {one.number})' if len(done) > 1 else ''}")
    if tells:
        for line in screen.folded(
            f"Once every recipient has theirs, tell the case, which stops its clock: {ways[0]}"
        ):
            screen.say(line)
    else:
        screen.say(f"Next: {ways[0]}")


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 7):
        raise Mistyped("Which document? Its number as in `pathways documents CASE`, or all.")
    return int(typed)


def _tells_the_case(view: CaseView, then: Sequence[str]) -> list[str]:
    """The moves that say that letters went out, where they are possible and not made yet."""
    possible = {move.trigger for move in view.pathway.moves_from(view.row.state)}
    if view.row.facts.get("invitations_sent"):
        possible.discard("invite")
    return [each for each in dict.fromkeys(then) if each in possible]


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
