"""One kind of letter for everybody who gets it: each for its recipient alone, all kept together, a receipt for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands import files, forms, screen
from commands.desk import Desk
from commands.letterhead import FORMS, PREVIEWED, who_writes
from commands.spoken import plural
from pathways.errors import Mistyped
from pathways.letters import EVERYONE

if TYPE_CHECKING:
    from models.documents import Kept, Letter
    from models.queries import CaseView

WIDTHS = (4, 22, 3, 5, 16, 23)


def to_everyone(
    case: str,
    kind: str,
    without: Sequence[str],
    out: str,
    form: str,
    *,
    preview: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a letter of one kind for each recipient, and keep all of them or none.

    Args:
        case: a reference or a short form.
        kind: which letter.
        without: recipients who are left out, by their word.
        out: a folder that is not there yet, into which each is written too; empty: none.
        form: docx or pdf; empty: docx.
        preview: show what each says, and keep nothing.
        dry_run: say whom one would be made for, and keep nothing.
        as_json: print JSON for another program.

    Raises:
        Mistyped, NotForThem, NotAllCanBeMade and what making one raises: none was kept.
    """
    from models.documents import keep_all, write_to_everyone

    if form not in ("", *FORMS):
        raise Mistyped("--form is docx (Word, to edit) or pdf (for everybody to read).")
    folder = _new_folder(out) if out else None
    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, names=not dry_run, as_json=as_json)
        made = write_to_everyone(
            desk.store, view.reference, kind, without=without, form=form or FORMS[0], **who_writes(desk)
        )
        if preview:
            _show(view, kind, made, as_json)
            return
        with forms.finishing(desk):
            kept = keep_all(desk.store, view.reference, made, actor=desk.actor, now=desk.now, dry_run=dry_run)
    if folder is not None and not dry_run:
        folder.mkdir(mode=0o700)
        for letter in made:
            files.write_new(
                folder / f"{view.reference}-{letter.kind.name}-{letter.recipient.word}.{letter.form}",
                letter.content,
            )
    ways = [f"pathways letter sent {view.reference} all --how post"]
    if as_json:
        screen.answer_json("letter.everyone/1", _as_json(view, made, kept, ways, changed=not dry_run))
        return
    for line in _screen(view, made, kept, dry_run):
        screen.say(line)
    if dry_run:
        screen.say(PREVIEWED)
        return
    if out:
        for line in screen.folded(
            f"Written to {screen.shown(out)}: they hold names. Keep them where only you can read them."
        ):
            screen.say(line)
    screen.say(f"When they have gone: {ways[0]}")


def _new_folder(out: str) -> Path:
    found = Path(out)
    if found.suffix.lower().removeprefix(".") in FORMS:
        raise Mistyped("For everyone, --out names a new folder, and --form says docx or pdf.")
    if found.exists() or not found.parent.is_dir():
        raise Mistyped("--out names a folder that is not there yet, in one that is. Choose another name.")
    return found


def _screen(view: CaseView, made: Sequence[Letter], kept: Sequence[Kept], dry_run: bool) -> list[str]:
    lines = [f"{made[0].kind.title}: {plural(len(made), 'letter')} for {view.reference}"]
    if dry_run:
        rows = [(each.recipient.word, each.recipient.reader.label, _address(each)) for each in made]
        return [*lines, "", *screen.table(("Would go to", "Who", "Address"), (24, 30, 20), rows), ""]
    rows_kept = [
        (
            one.number,
            letter.recipient.word,
            one.version,
            one.page,
            one.fingerprint[:16],
            one.line.removeprefix("saved - "),
        )
        for letter, one in zip(made, kept, strict=True)
    ]
    table = screen.table(("No", "To", "Ver", "Page", "Fingerprint", "Saved as"), WIDTHS, rows_kept)
    missing = [
        each.recipient.word for each in made if each.recipient.person_id and not each.recipient.address
    ]
    told = f"No address is known of: {', '.join(missing)}. Give the letter by hand, or put the address on the record."
    return [*lines, "", *table, "", *(screen.folded(told) if missing else [])]


def _address(letter: Letter) -> str:
    if not letter.recipient.person_id:
        return ""
    return "known" if letter.recipient.address else "not known"


def _show(view: CaseView, kind: str, made: Sequence[Letter], as_json: bool) -> None:
    way = f"pathways letter {view.reference} {kind} --to {EVERYONE}"
    if as_json:
        letters = [
            {"to": each.recipient.word, "template": each.template, "lines": list(each.lines)} for each in made
        ]
        answer = {"case": view.reference, "kind": kind, "letters": letters, "next": [way]}
        screen.answer_json("letter.everyone.preview/1", answer)
        return
    for each in made:
        screen.say(f"To {each.recipient.word}")
        for line in each.lines:
            for part in screen.wrapped("", line, indent=2):
                screen.say(part)
        screen.say("")
    screen.say(f"{PREVIEWED} To keep them: {way}")


def _as_json(
    view: CaseView, made: Sequence[Letter], kept: Sequence[Kept], ways: list[str], *, changed: bool
) -> dict[str, Any]:
    letters = [
        {
            "to": letter.recipient.word, "document": one.number, "version": one.version, "page": one.page, "form": letter.form,
            "fingerprint": one.fingerprint, "size": len(letter.content), "saved": one.line,
            "address": bool(letter.recipient.address),
        }
        for letter, one in zip(made, kept, strict=True)
    ]  # fmt: skip
    return {
        "ok": True, "changed": changed, "case": view.reference, "kind": made[0].kind.name, "letters": letters, "next": ways
    }  # fmt: skip
