"""Make a move on a case, for one child or for several of a conference."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from commands import prompts
from commands.desk import Desk
from commands.move import make, trigger_of
from commands.move_options import Although, Answer, At, Because, By, DryRun, From, NoInput, On, Override, With
from commands.once import Once, key_of, said_before
from commands.options import Case, Json
from commands.style import STYLE, examples
from models.queries import CaseView
from pathways.errors import Mistyped

app = typer.Typer(**STYLE)


@app.command(
    help=examples(
        "Make a move on a case. Without an action: pathways next CASE lists them.",
        "pathways do CP-2026-0041 family-met --on 19/11/2026",
        "pathways do cp41 start-conference --override conference.reports --dry-run",
        "pathways do cp41 decide-plan --with cp42 --with cp43=decide-no-plan",
    )
)
def do(
    case: Case,
    action: Annotated[str, typer.Argument(metavar="ACTION", help="What happened, as family-met.")],
    on: On = "",
    at: At = "",
    because: Because = "",
    answer: Answer = None,
    from_file: From = "",
    by: By = "",
    override: Override = None,
    once: Once = "",
    beside: With = None,
    although: Although = False,
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Make a move."""
    with Desk() as desk:
        view = desk.case(case)
        trigger = trigger_of(view, action)
        others = list(beside or [])
        if not others and prompts.can_ask(no_input, as_json):
            others = _other_children(desk, view, trigger)
        making: Callable[..., None] = make
        if others:
            from commands.together import make_for_several

            making = partial(make_for_several, beside=others)
        if once and others:
            raise Mistyped("--once goes with one case at a time. Send each with a name of its own.")
        if once and said_before(desk, view, once, trigger, as_json=as_json):
            return
        if once:
            making = partial(make, key=key_of(view, once))
        making(
            desk,
            view,
            trigger,
            on=on,
            at=at,
            because=because,
            answer=answer or [],
            from_file=from_file,
            by=by,
            override=override or [],
            although=although,
            dry_run=dry_run,
            as_json=as_json,
            no_input=no_input,
        )


def _other_children(desk: Desk, view: CaseView, trigger: str) -> list[str]:
    """The other children of the conference for whom the same is to be done, asked one by one."""
    from pathways.together import is_joint

    if not is_joint(trigger):
        return []
    from commands.together import offered

    return offered(desk, view, trigger)
