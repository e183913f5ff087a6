"""Make a move on a case, for one child or for several of a conference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from commands import prompts, record_form
from commands.desk import Desk
from commands.given import NOTHING, from_json, given_answers, readable_answers
from commands.move import (
    is_refused_whatever_is_said,
    known_conditions,
    make,
    moment,
    role_called,
    trigger_of,
)
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
        if once and others:
            raise Mistyped("--once goes with one case at a time. Send each with a name of its own.")
        if once and said_before(desk, view, once, trigger, as_json=as_json):
            return
        if not others and not once and prompts.can_ask(no_input, as_json):
            moment(on, at, desk)  # judged here too: nobody is asked of other children to be told of a slip
            role = role_called(by) if by else None
            known_conditions(view, override or [])
            if not is_refused_whatever_is_said(desk, view, trigger, role, override or []):
                _judge_answers(desk, view, trigger, answer or [], from_file)
                others = _other_children(desk, view, trigger)
        making: Callable[..., None] = partial(make, key=key_of(view, once)) if once else make
        if others:
            from commands.together import make_for_several

            making = partial(make_for_several, beside=others)
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


def _judge_answers(desk: Desk, view: CaseView, trigger: str, answer: Sequence[str], from_file: str) -> None:
    """Refuse an answer about this child, or about all of them, that cannot be used."""
    records = next(
        (each.records for each in view.pathway.moves_from(view.row.state) if each.trigger == trigger), None
    )
    once_only = from_file and Path(from_file).is_fifo()  # as of <(command): it is read where the move is made
    filed = from_json(from_file, several=True) if from_file and not once_only else {}
    about_this = [each for each in answer if ":" not in each.partition("=")[0]]
    given = given_answers(records or NOTHING, about_this, "", desk)
    plain = {name: value for name, value in filed.items() if not isinstance(value, dict)}
    record_form.judge(records or NOTHING, readable_answers(records or NOTHING, plain, desk) | given, desk.now)


def _other_children(desk: Desk, view: CaseView, trigger: str) -> list[str]:
    """The other children of the conference for whom the same is to be done, asked one by one."""
    from pathways.together import is_joint

    if not is_joint(trigger):
        return []
    from commands.together import offered

    return offered(desk, view, trigger)
