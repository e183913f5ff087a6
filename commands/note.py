"""Write a note on a case: a fact, an opinion or a decision, kept apart from one another.

What is written is asked for, or stands in a file; it is never typed as an argument, where it would stay in the history
of the shell.
"""

from __future__ import annotations

from typing import Annotated

import typer

from commands.desk import Desk
from commands.move import make, trigger_of
from commands.move_options import At, By, DryRun, From, NoInput, On
from commands.once import Once, key_of, said_before
from commands.options import Case, Json
from commands.style import STYLE, examples

app = typer.Typer(**STYLE)


@app.command(
    help=examples(
        "Write a note on a case: fact, opinion or decision. The text is asked for, or comes from a file.",
        "pathways note cp41 --kind fact",
        "pathways note CP-2026-0041 --kind opinion --on yesterday",
        "pathways note cp41 --from note.json --no-input",
    )
)
def note(
    case: Case,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="fact, opinion or decision; asked for if left out.")
    ] = "",
    on: On = "",
    at: At = "",
    from_file: From = "",
    by: By = "",
    once: Once = "",
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Write a note."""
    with Desk() as desk:
        view = desk.case(case)
        trigger = trigger_of(view, "note")
        if once and said_before(desk, view, once, trigger, as_json=as_json):
            return
        make(
            desk,
            view,
            trigger,
            on=on,
            at=at,
            because="",
            answer=[f"nature={kind}"] if kind else [],
            from_file=from_file,
            by=by,
            override=[],
            dry_run=dry_run,
            as_json=as_json,
            no_input=no_input,
            key=key_of(view, once) if once else None,
        )
