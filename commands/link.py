"""Link two cases: their people as brothers and sisters, or the cases as about one incident or one step."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import screen
from commands.desk import Desk
from commands.move_options import DryRun, On
from commands.options import Case, Json
from commands.style import STYLE, examples
from commands.typed_dates import parse
from pathways.errors import Mistyped
from pathways.moments import local_day

app = typer.Typer(**STYLE)

OF_PEOPLE = ("sibling", "half-sibling", "step-sibling")
OF_CASES = ("step-up", "step-down", "same-incident")


@app.command(
    help=examples(
        "Link two cases. As sibling, half-sibling or step-sibling: the children are noted as such, from that day on. As "
        "step-up, step-down or same-incident: it stands on both cases' chronologies.",
        "pathways link cp41 cp42 --as half-sibling",
        "pathways link rf7 cp41 --as step-up",
    )
)
def link(
    case: Case,
    other: Annotated[str, typer.Argument(metavar="CASE", help="The other case.")],
    kind: Annotated[str, typer.Option("--as", metavar="KIND", help=f"{', '.join((*OF_PEOPLE, *OF_CASES))}.")],
    on: On = "",
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Link two cases."""
    from models.families import changing

    if kind not in (*OF_PEOPLE, *OF_CASES):
        raise Mistyped(f"--as is one of: {', '.join((*OF_PEOPLE, *OF_CASES))}.")
    with Desk() as desk:
        one, two = desk.case(case), desk.case(other)
        for each in (one, two):
            desk.looked(each, as_json=as_json)
        since = local_day(parse(on, now=desk.now, calendar=lambda: desk.rules.calendar)) if on else None
        with changing(desk.store, one.reference, actor=desk.actor, now=desk.now, dry_run=dry_run) as family:
            named = kind.replace("-", "_")
            if kind in OF_PEOPLE:
                family.relate(one.row.person_id, two.row.person_id, named, since)
            else:
                family.link_cases(two.reference, named, since)
        if as_json:
            ways = [f"pathways people {one.reference}"]
            document = {
                "ok": True,
                "changed": not dry_run,
                "cases": [one.reference, two.reference],
                "as": kind,
                "next": ways,
            }
            screen.answer_json("link/1", document)
            return
        screen.say(
            f"Linked  {one.reference} and {two.reference}: {kind}."
            if not dry_run
            else "They could be linked. Nothing was changed."
        )
        if family.line and not dry_run:
            screen.say(family.line)
        screen.say(f"Next: pathways people {one.reference}")
