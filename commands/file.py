"""The file of a child: its audit in fifteen points, and saying that a child is watched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import forms, prompts, screen
from commands.desk import Desk
from commands.options import Because, Case, DryRun, Json
from commands.style import STYLE, examples
from pathways.errors import Mistyped

if TYPE_CHECKING:
    from pathways.file_audit import Finding, Point

app = typer.Typer(help="Audit a file; say that a child is watched.", **STYLE)

WORDS = {"yes": "YES", "no": "NO", "ask": "ASK", "none": "-"}


@app.callback()
def file() -> None:
    """Audit a file; say that a child is watched."""


@app.command(
    help=examples(
        "Audit a file in fifteen points: the record answers what it can prove, a person the rest. "
        'FILE holds {"4": ["yes", "why"]}: by point yes, no or none (does not apply), and why.',
        "pathways file audit cp41",
        "pathways file audit cp41 --from answers.json",
    )
)
def audit(
    case: Case,
    given: Annotated[str, typer.Option("--from", metavar="FILE", help="The answers, as JSON.")] = "",
    dry_run: DryRun = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing; only show.")] = False,
    as_json: Json = False,
) -> None:
    """Audit a file."""
    from models.filing import keep_audit, the_file
    from pathways.file_audit import ASK
    from pathways.file_audit import audit as points_of

    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        rules = desk.rules
        with desk.store.reading() as tx:
            found = points_of(the_file(tx, view, rules))
        answers = _answers(given) if given else {}
        saved = 0
        left = [point for point, finding in found if finding.answer == ASK and point.number not in answers]
        asks = bool(left) and not given and not dry_run and prompts.can_ask(no_input, as_json)
        if not as_json:
            for line in _screen(view.reference, found, answers):
                screen.say(line)
        if asks:
            answers |= {point.number: _asked(point) for point in left}
        if answers and not dry_run:
            with forms.finishing(desk):
                saved = keep_audit(
                    desk.store, view.reference, answers, rules=rules, actor=desk.actor, now=desk.now
                )  # fmt: skip
    if as_json:
        screen.answer_json("file.audit/1", _as_json(view.reference, found, answers, saved))
        return
    if saved:
        screen.say(f"Saved as entry {saved}. Next: pathways show {view.reference}")
    else:
        screen.say("Nothing was saved. A person answers the rest, here or from a file:")
        screen.say(f"  pathways file audit {view.reference} --from FILE")


def _answers(path: str) -> dict[int, tuple[str, str]]:
    """The answers in a file, by point.

    Raises:
        Mistyped: it is not there, or is none of what is asked for.
    """
    from commands.files import read_json

    holds = 'It holds, by point: {"4": ["yes", "why"]}. Nothing was saved.'
    said = read_json(path, holds)
    try:
        return {int(number): (str(answer), str(why)) for number, (answer, why) in said.items()}
    except (ValueError, TypeError):
        raise Mistyped(f"The file of answers has another shape than is asked for. {holds}") from None


def _asked(point: Point) -> tuple[str, str]:
    chosen = ("yes", "no", "none")[
        prompts.choose(f"{point.number}. {point.asks}", ("yes", "no", "does not apply"))
    ]
    return chosen, prompts.ask("Where is that to be seen, or what is missing?", kind="text")


def _screen(
    reference: str, found: tuple[tuple[Point, Finding], ...], answers: dict[int, tuple[str, str]]
) -> list[str]:
    lines = [f"Audit of the file {reference}", ""]
    for point, finding in found:
        answer, why = answers.get(point.number, (finding.answer, finding.why))
        lines += screen.wrapped(f"{point.number:>3} {WORDS.get(answer, answer):<4}", point.asks, indent=9)
        pages = f" (pages {', '.join(map(str, finding.pages))})" if finding.pages else ""
        lines += screen.wrapped("", f"{why}{pages}", indent=9)
    return [*lines, ""]


def _as_json(
    reference: str, found: tuple[tuple[Point, Finding], ...], answers: dict[int, tuple[str, str]], saved: int
) -> dict[str, Any]:
    return {
        "case": reference,
        "points": [
            {
                "point": point.number,
                "asks": point.asks,
                "answer": answers.get(point.number, (finding.answer, ""))[0],
                "why": answers.get(point.number, ("", finding.why))[1],
                "pages": list(finding.pages),
                "by": "person" if point.number in answers else "record",
            }
            for point, finding in found
        ],
        "saved": saved or None,
        "next": [f"pathways show {reference}"],
    }


# --- a child that is watched -------------------------------------------------------------------------------------------


@app.command(
    help=examples(
        "Say that a child is being watched: they are on the central list until somebody ends it.",
        "pathways file watch rf12 --because 'quiet since the summer'",
        "pathways file watch rf12 --because 'quiet since the summer' --dry-run",
    )
)
def watch(case: Case, because: Because, dry_run: DryRun = False, as_json: Json = False) -> None:
    """Say that a child is being watched."""
    from models.file_marks import mark
    from pathways.file_lists import WATCHED

    with Desk() as desk:
        view = desk.case(case)
        if not dry_run:
            mark(
                desk.store, view.reference, WATCHED, whole_person=True, because=because, actor=desk.actor, now=desk.now
            )  # fmt: skip
        _done(view.reference, "is watched", dry_run, as_json)


@app.command(
    help=examples(
        "End that a child is being watched.",
        "pathways file unwatch rf12 --because 'settled; looked at with the form tutor'",
        "pathways file unwatch rf12 --because 'settled' --dry-run",
    )
)
def unwatch(case: Case, because: Because, dry_run: DryRun = False, as_json: Json = False) -> None:
    """End that a child is being watched."""
    from models.file_marks import release
    from pathways.file_lists import WATCHED

    with Desk() as desk:
        view = desk.case(case)
        if not dry_run:
            release(desk.store, view.reference, WATCHED, because=because, actor=desk.actor, now=desk.now)
        _done(view.reference, "is not watched any more", dry_run, as_json)


def _done(reference: str, said: str, dry_run: bool, as_json: bool) -> None:
    way = "pathways report central-list"
    if as_json:
        screen.answer_json(
            "file.watch/1", {"ok": True, "changed": not dry_run, "case": reference, "next": [way]}
        )
        return
    if dry_run:
        screen.say(f"This would say that the child of {reference} {said}. Nothing was changed.")
    else:
        screen.say(f"The child of {reference} {said}. It is on the record.")
    screen.say(f"Next: {way}")
