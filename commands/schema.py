"""The shape of what `--json` prints, as JSON Schema, for those who write programs against it."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import screen
from commands.style import STYLE, examples
from pathways.errors import Mistyped

app = typer.Typer(**STYLE)


@app.command(
    help=examples(
        "The shape of a --json answer, as JSON Schema. Each answer says in `schema` which it is; names may be added to it "
        "without a new number, and none goes or changes its meaning. Without a name: all there are.",
        "pathways schema",
        "pathways schema worklist",
        "pathways schema rules.due",
    )
)
def schema(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="As worklist, or worklist/1.")] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for another program; a schema always is.")
    ] = False,
) -> None:
    """Print a schema."""
    from commands.schemas import ANSWERS, schema_of

    if name:
        screen.as_it_is(screen.json_text(schema_of(_meant(name)), indent=1))
        return
    if as_json:
        screen.answer_json("schemas/1", {"schemas": list(ANSWERS), "next": ["pathways schema worklist"]})
        return
    names = list(ANSWERS)
    half = (len(names) + 1) // 2
    for left, right in zip(names[:half], [*names[half:], ""], strict=False):
        screen.say(f"{left:<38} {right}".rstrip())
    screen.say()
    screen.say("Next: pathways schema worklist")


def _meant(typed: str) -> str:
    """The answer of that name.

    Raises:
        Mistyped: there is none; the nearest one is named.
    """
    from difflib import get_close_matches

    from commands.schemas import ANSWERS

    said = typed.strip().removeprefix("pathways.")
    found = [each for each in ANSWERS if said in (each, each.partition("/")[0])]
    if found:
        return found[-1]
    near = get_close_matches(said, [each.partition("/")[0] for each in ANSWERS], 1)
    meant = f"Did you mean {near[0]}?" if near else "All there are: pathways schema"
    raise Mistyped(f"There is no answer called {screen.shown(typed)[:40]}. {meant}")
