"""The family on a case: who is in it, where they live, what they are called; what changed, and when.

Everything personal is asked for at a prompt or comes from a file, never from the command line.
"""

from __future__ import annotations

from typing import Annotated

import typer

from commands import prompts
from commands.desk import Desk
from commands.move_options import Because, DryRun, From, NoInput
from commands.options import Case, Json
from commands.people_change import change
from commands.people_link import link
from commands.people_list import list_family
from commands.style import STYLE, examples
from pathways.errors import Mistyped

app = typer.Typer(**STYLE)


@app.command(
    help=examples(
        "The family on a case. ACTION is list, add, end, merge or split; WHAT is name, birth, address, number, "
        "relative, household or member.\n\nTwo records of one person are linked by merge, and nothing is moved: split gives "
        "back what was.",
        "pathways people cp41",
        "pathways people cp41 add relative",
        "pathways people cp41 end address --from moved.json",
        "pathways people cp41 merge rf7 --because 'the same child, spelled twice'",
    )
)
def people(
    case: Case,
    action: Annotated[str, typer.Argument(metavar="ACTION", help="list, add, end, merge or split.")] = "list",
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="What is added or ended; with merge, the other case.")
    ] = "",
    names: Annotated[
        bool, typer.Option("--names", help="Show names and addresses; the look is recorded.")
    ] = False,
    because: Because = "",
    from_file: From = "",
    new_person: Annotated[
        bool, typer.Option("--new-person", help="Somebody else than those who are like them.")
    ] = False,
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Show or change the family on a case."""
    with Desk() as desk:
        view = desk.case(case)
        asks = prompts.can_ask(no_input, as_json)
        if action == "list":
            desk.looked(view, names=names, as_json=as_json)
            list_family(desk, view, names, as_json)
        elif action in ("add", "end"):
            change(
                desk, view, action, what, from_file,
                new_person=new_person, asks=asks, dry_run=dry_run, as_json=as_json,
            )  # fmt: skip
        elif action in ("merge", "split"):
            link(desk, view, action, what, because, asks=asks, dry_run=dry_run, as_json=as_json)
        else:
            raise Mistyped(
                "After the case stands list, add, end, merge or split, as in: pathways people cp41 add address"
            )
