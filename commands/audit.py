"""The record proves itself: `audit verify` for all of it, `audit anchor` to hold it to later, `audit show` for a case.

What is printed tells of cases that whoever asks may see and of nothing else: no count here changes with a hidden one.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer

from commands import files, screen
from commands.desk import Desk, settings
from commands.options import Json
from commands.progress import Progress, took
from commands.style import STYLE, examples
from pathways.errors import NOT_ALLOWED, NOT_PROVEN, OK, Mistyped, NotReady, PathwayError
from pathways.moments import local_day, words
from pathways.roles import Role

if TYPE_CHECKING:
    from models.anchors import Checkpoint
    from models.covered import Coverage
    from models.verdict import Verdict
    from pathways.checkpoints import Lodged

app = typer.Typer(help="Prove that the record is whole.", **STYLE)

SHOWN = 20
LEAST_WORDS = 10
MAY_CLEAR = frozenset((Role.SENIOR_OFFICER, Role.RECORDS_OFFICER))
RECEIPT = re.compile(
    r"(?:(?P<case>[A-Za-z0-9-]+):|(?:saved - )?entry )?(?P<entry>[1-9][0-9]{0,8})(?::| - )(?P<code>[0-9a-fA-F]{8,64})"
)
"""A receipt as CASE:ENTRY:CODE, or as a command printed it."""


class NotTheirs(PathwayError):
    """Somebody else decides whether to go on though the record does not verify."""

    code: ClassVar[int] = NOT_ALLOWED

    def __str__(self) -> str:
        return (
            "To write to a record that does not verify is for a senior officer or the records officer to decide. "
            "Nothing was changed; tell the information governance lead."
        )


@app.callback()
def audit() -> None:
    """Prove that no entry is missing, changed or out of order."""


@app.command(
    help=examples(
        "Check every entry of every case. Exit code 9: the record is not proven.",
        "pathways audit verify",
        "pathways audit verify --anchor 9f2c-71aa-03de-5b10-22c4-8e01-d9a7-4410",
        "pathways audit verify --receipt CP-2026-0041:12:9f3c21aa",
    )
)
def verify(
    anchor: Annotated[
        list[str] | None,
        typer.Option(
            "--anchor", metavar="CODE", help="The code of an anchor that was kept elsewhere; again for more."
        ),
    ] = None,
    receipt: Annotated[
        list[str] | None,
        typer.Option("--receipt", metavar="CASE:ENTRY:CODE", help="What a command printed when it saved."),
    ] = None,
    case: Annotated[
        str, typer.Option("--case", metavar="CASE", help="The case of receipts without one.")
    ] = "",
    every_root: Annotated[
        bool, typer.Option("--every-root", help="Work out the root of every checkpoint again, however many.")
    ] = False,
    as_json: Json = False,
) -> int:
    """Check every entry of every case. Exit code 9: the record is not proven."""
    from models.anchors import sees_part
    from models.covered import Coverage, look
    from models.verify import verify as check_all
    from pathways.checkpoints import read_code

    codes = [read_code(each) for each in anchor or ()]
    receipts = [_receipt(each, case) for each in receipt or ()]
    with Desk() as desk:
        part = sees_part(desk.store)
        if part and codes:
            raise NotReady(
                "This login sees only part of the records, so no anchor can be compared. The operator can."
            )
        receipts = [(_meant(desk, each), seq, code) for each, seq, code in receipts]
        lodged, remark = _outside(desk)
        with Progress("Entries") as progress:
            found = check_all(desk.store, desk.rules, progress=progress)
            covered = Coverage()
            if not part:
                covered = look(
                    desk.store, found, lodged=lodged, codes=codes, keys=_own_keys(), every=every_root
                )
        held = [_holds(desk, found, *each) for each in receipts]
        seconds = progress.seconds
    if as_json:
        screen.answer_json("audit.verify/1", _as_data(found, covered, held))
    else:
        for line in _in_words(found, seconds):
            screen.say(line)
        if found.whole and found.entries:
            screen.say()
            for line in [*_of_checkpoints(covered, part, remark), *_of_receipts(held)]:
                screen.say(line)
            screen.say()
            screen.say(
                "Next: pathways audit anchor"
                if not part and not covered.outside
                else "Next: pathways worklist"
            )
    return OK if found.whole else NOT_PROVEN


def _receipt(typed: str, case: str) -> tuple[str, int, str]:
    parts = RECEIPT.fullmatch(typed.strip())
    if parts is None or not (parts["case"] or case):
        raise Mistyped(
            "A receipt reads CASE:ENTRY:CODE, as CP-2026-0041:12:9f3c21aa; or, with --case CP-2026-0041, as it was "
            "printed: 'saved - entry 12 - 9f3c21aa'."
        )
    return parts["case"] or case, int(parts["entry"]), parts["code"].lower()


def _meant(desk: Desk, case: str) -> str:
    """The reference of a receipt's case. One that is not there, or not theirs to see, stays as it was typed.

    Raises:
        SeveralCases: a short form fits more than one.
    """
    from models.draft_rows import NoSuchCase
    from models.queries import reference_of

    with desk.store.reading() as tx:
        try:
            return reference_of(tx, case)
        except NoSuchCase:
            return screen.shown(case.upper())


def _holds(desk: Desk, found: Verdict, reference: str, seq: int, code: str) -> str:
    """Compare a receipt with the trail. A case that is not there and one that is not theirs to see get the same words."""
    from models.verdict import Fault

    with desk.store.reading() as tx:
        row = tx.one("entry_code", reference=reference, seq=seq)
    if row is None or not bytes(row.hash).hex().startswith(code):
        found.faults.append(
            Fault("", None, f"the receipt {reference}:{seq}:{code} fits no entry that you may see")
        )
    return f"{reference}:{seq}:{code}"


def _own_keys() -> list[str]:
    """The public keys that checkpoints may be signed with, where the settings file names any."""
    found = settings().get("anchor_keys", [])
    return [str(each) for each in found] if isinstance(found, list) else []


def _outside(desk: Desk) -> tuple[list[Lodged], str]:
    """The anchors that are kept in another place, and what is to be said where there is none."""
    from models.anchors import outside, read_outside

    try:
        place = outside(desk.store)
    except NotReady as refused:
        return [], str(refused)
    return (read_outside(place) if place else []), ""


@app.command(
    help=examples(
        "Make an anchor: one code that holds the whole record to what it is now, to be kept by somebody else.",
        "pathways audit anchor",
    )
)
def anchor(
    as_json: Json = False,
) -> None:
    """Make an anchor of the record as it is now."""
    from models.anchors import make, outside

    with Desk() as desk:
        made = make(desk.store, desk.now, anew=True)
        place = outside(desk.store)
    code, signed = made.anchor.code, _signed(made)
    if as_json:
        screen.answer_json(
            "audit.anchor/1",
            {
                "code": code,
                "at": made.anchor.at.isoformat(),
                "signed_by": made.lodged.signed_by or None,
                "kept_outside": place is not None,
                "next": [f"pathways audit verify --anchor {code}"],
            },
        )
        return
    screen.say(f"Anchor of {words(made.anchor.at)}")
    screen.say(f"  {code}")
    screen.say(signed[0].upper() + signed[1:] + ".")
    if place is None:
        screen.say("Kept only here. Give the code to somebody who does not run this computer, or")
        screen.say("name a file in another place: anchor_file in pathways.toml")
    else:
        screen.say("Added to the file of anchors in another place.")
    screen.say(f"Later: pathways audit verify --anchor {code}")


@app.command(
    name="export",
    help=examples(
        "Write a case's entries with their proof to a file, for a court or an inspector. The export is recorded.",
        "pathways audit export CP-2026-0041 --out case.jsonl",
    ),
)
def export(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case's reference.")],
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", help="The file to write; it must not be there yet.")
    ],
    as_json: Json = False,
) -> None:
    """Write a case's entries with their proof to a file.

    Its lines are fixed, and verifiers that were given away refuse any other: what is of a practice store bears no mark
    but its key, which a verifier calls one, so the screen says it.
    """
    from models.case_file import lines

    target = files.new(out)
    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        reference = view.reference
        kept = desk.noted("export", {"export": {"case": reference}})
        found, mark = lines(desk.store, reference, desk.now), desk.mark
    files.write_new(target, "".join(line + "\n" for line in found))
    entries = len(found) - 4
    if as_json:
        ways = ["pathways audit verifier --out verifier.py"]
        screen.answer_json(
            "audit.export/1", {"case": reference, "entries": entries, "file": out, "next": ways}
        )
        return
    screen.say(
        f"Wrote {screen.shown(out)}: {entries} entr{'y' if entries == 1 else 'ies'} of {reference}, what they say, and the proof."
    )
    screen.say("It holds what is known of a child. Send it as you would send the file itself.")
    screen.say(f"This export is recorded, in your own name: {kept}")
    if mark:
        screen.say(f"{mark}: the file has no room for that, and the verifier says it.")
    screen.say("To check it anywhere: pathways audit verifier --out verifier.py")


@app.command(
    help=examples(
        "Write out the verifier: one file that checks an exported case and needs nothing of ours.",
        "pathways audit verifier --out verifier.py",
    )
)
def verifier(
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", help="The file to write; it must not be there yet.")
    ],
) -> None:
    """Write out the verifier, for whoever does not trust us."""
    from pathways import standalone_verifier

    files.write_new(files.new(out), Path(standalone_verifier.__file__).read_text(encoding="utf-8"))
    screen.say(
        f"Wrote {screen.shown(out)}. It needs Python and nothing else, and reads only what it is given:"
    )
    screen.say(f"  python3 -I {screen.shown(out)} case.jsonl")


@app.command(
    help=examples(
        "Let the record be written to again, after it did not verify. It is checked again first.",
        "pathways audit clear",
    )
)
def clear(
    despite: Annotated[
        bool,
        typer.Option(
            "--despite", help="Though it still does not verify; a senior or records officer, with a reason."
        ),
    ] = False,
) -> int:
    """Let the record be written to again."""
    from models.covered import prove
    from models.readonly import allow_writing

    with Desk() as desk:
        held = desk.actor.roles
        if despite and not held & MAY_CLEAR:
            raise NotTheirs
        with Progress("Entries") as progress:
            found = prove(desk.store, desk.rules, progress=progress)
        if not found.whole and not despite:
            for line in _in_words(found, progress.seconds):
                screen.say(line)
            screen.say(
                "It stays as it is. Restore a backup, or find out why and then: pathways audit clear --despite"
            )
            return NOT_PROVEN
        reason = {} if found.whole else {"despite": _reason()}
        desk.noted("clear", {"clear": reason})
        was = allow_writing(desk.store)
    screen.say("The record may be written to again." if was else "Nothing stood in the way of writing.")
    if not found.whole:
        screen.say("It still does not verify. Your reason is recorded, in your own name.")
    return OK


def _reason() -> str:
    """Why somebody goes on all the same; asked for, or read from standard input."""
    from commands import prompts

    asked = "Why may the record be written to though it does not verify?"
    said = prompts.ask(asked, kind="text") if prompts.can_ask(False, False) else sys.stdin.readline()
    if len(said.strip()) < LEAST_WORDS:
        raise Mistyped("Give the reason in a sentence, of ten characters or more. Nothing was changed.")
    return said.strip()


@app.command(
    help=examples(
        "List the entries of one case: when, what, in which role, and each entry's code.",
        "pathways audit show CP-2026-0004",
        "pathways audit show --mine",
    )
)
def show(
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="The case's reference.")] = "",
    mine: Annotated[
        bool, typer.Option("--mine", help="What you did that belongs to no one case: searches, exports.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the entries of one case: when, what, in which role, and each entry's code."""
    from models.log_chain import chain_of

    if bool(case) == mine:
        raise Mistyped("Name the case, or ask for your own entries: pathways audit show --mine")
    with Desk() as desk:
        view = None if mine else desk.case(case)
        if view is not None:
            desk.looked(view, as_json=as_json)
        with desk.store.reading() as tx:
            if view is None:
                entries = tx.all("own_chain", reference=chain_of(desk.store.viewer.id))
            else:
                entries = tx.all("trail_of_case", reference=view.reference)
    if not entries:
        screen.complain("There are no entries of yours yet that belong to no case.")
        return
    if as_json:
        screen.answer_json(
            "audit.show/1", {"case": entries[0].case_ref, "entries": [_entry(each) for each in entries]}
        )
        return
    screen.say("Your own entries, which belong to no case" if mine else f"Entries of {entries[0].case_ref}")
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
    screen.say()
    way = "verify" if view is None else f"export {view.reference} --out {view.reference}.jsonl"
    screen.say(f"Next: pathways audit {way}")


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


def _as_data(found: Verdict, covered: Coverage, held: list[str]) -> dict[str, Any]:
    faults = [{"case": each.case_ref or None, "entry": each.seq, "what": each.what} for each in found.faults]
    newest = covered.outside[-1].anchor if covered.outside else None
    return {
        "whole": found.whole,
        "entries": found.seen_entries,
        "cases": found.seen_cases,
        "first": found.first_at.isoformat() if found.first_at else None,
        "last": found.last_at.isoformat() if found.last_at else None,
        "faults": faults,
        "faults_elsewhere": found.elsewhere,
        "other_version": found.other_version,
        "checkpoint": covered.newest.anchor.code if covered.newest else None,
        "kept_outside": {"code": newest.code, "at": newest.at.isoformat()} if newest else None,
        "not_covered": covered.uncovered,
        "receipts": held,
    }


def _in_words(found: Verdict, seconds: float) -> list[str]:
    if not found.entries and found.whole:
        return ["There are no entries yet, so there is nothing to prove."]
    entries = f"{found.seen_entries:,} entr{'y' if found.seen_entries == 1 else 'ies'}"
    cases = f"{found.seen_cases:,} case{'' if found.seen_cases == 1 else 's'}"
    span = ""
    if found.first_at and found.last_at:
        first, last = local_day(found.first_at), local_day(found.last_at)
        span = f", written {words(first)}" + (f" to {words(last)}" if last != first else "")
    if found.whole:
        return [
            *screen.wrapped("", f"Checked {entries} of {cases}{span}, in {took(seconds)}.", indent=0),
            "Complete: no entry is missing, changed or out of order, and every case's",
            "present state is what its entries say.",
            *_not_told_again(found.other_version),
        ]
    lines = ["NOT PROVEN. Stop and tell the information governance lead."]
    for each in found.faults[:SHOWN]:
        lines += screen.wrapped(" ", str(each), indent=2)
    if len(found.faults) > SHOWN:
        lines.append(f"  and {len(found.faults) - SHOWN} more: pathways audit verify --json")
    if found.elsewhere:
        lines.append("  Something in a part of the record that you may not see.")
    lines.append(f"Checked {entries} of {cases}. Everything not named here is proven.")
    named = next((each.case_ref for each in found.faults if each.case_ref), "")
    if named:
        lines.append(f"For the investigator: pathways audit show {screen.shown(named)}")
    return lines


def _not_told_again(count: int) -> list[str]:
    """What was left out of the check, where something was."""
    if not count:
        return []
    run, their = ("1 case runs", "its") if count == 1 else (f"{count:,} cases run", "their")
    said = f"{run} under another version of {their} pathway than this program's: dates and ends not worked out again."
    return screen.wrapped("", said, indent=0)


def _of_checkpoints(covered: Coverage, part: bool, remark: str) -> list[str]:
    """What the checkpoints say, and what no anchor says yet."""
    if part:
        return [
            "Your login sees part of the records. The nightly check compares all of them with the anchors."
        ]
    if covered.newest is None:
        lines = ["There is no checkpoint yet. To make one: pathways audit anchor"]
    else:
        says = f"{words(local_day(covered.newest.anchor.at))}, {_signed(covered.newest)}"
        lines = screen.wrapped("Checkpoints", f"match, the newest of {says}", indent=16)
        if covered.roots < covered.checkpoints:
            lines += screen.wrapped(
                "", "Some were worked out again; for all of them: --every-root", indent=16
            )
    if covered.outside:
        newest = covered.outside[-1].anchor
        lines += screen.wrapped(
            "Kept outside", f"matches, the newest of {words(local_day(newest.at))}", indent=16
        )
        count = covered.uncovered
        came = (
            f"{count:,} entr{'y' if count == 1 else 'ies'} came after it"
            if count
            else "nothing came after it"
        )
        return [*lines, *screen.wrapped("Not covered", came, indent=16)]
    said = (
        remark
        or "No anchor was compared, so entries cut off at the end, or an older copy put back, would not show."
    )
    return [*lines, *screen.wrapped("Kept outside", said, indent=16)]


def _of_receipts(held: list[str]) -> list[str]:
    return [line for each in held for line in screen.wrapped("Receipt", f"{each} matches", indent=16)]


def _signed(made: Checkpoint) -> str:
    kind, _, key = made.lodged.signed_by.partition(":")
    if not kind:
        return "NOT SIGNED: this store has no key"
    if kind == "practice":
        return "signed with a practice key, which nobody keeps"
    return f"signed with the key {key[:8]}"
