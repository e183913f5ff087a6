"""Put something on a case: `record report CASE` is `do CASE report-received`, in the words people use."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

import typer

from commands import screen
from commands.desk import Desk
from commands.do import Answer, At, Because, By, DryRun, From, Json, NoInput, On, Override, make
from commands.run import STYLE, examples
from models.queries import CaseView
from pathways.definitions import SAME
from pathways.errors import Mistyped

app = typer.Typer(**STYLE)

WORDS: dict[str, tuple[str, ...]] = {
    "report": ("report_received",),
    "views": ("views_recorded",),
    "visit": ("child_seen",),
    "contact": ("record_contact",),
    "consent": ("record_consent",),
    "sharing": ("record_sharing",),
    "dissent": ("record_dissent",),
    "note": ("note",),
    "checks": ("record_checks",),
    "core-group": ("core_group_held",),
    "meeting": ("meeting_held", "first_meeting_held"),
    "lead": ("allocate",),
}
"""The words that people use, and the triggers that they stand for on one pathway or another."""


@app.command(
    help=examples(
        "Put something on a case: report, views, visit, contact, consent, sharing, dissent, note, checks, core-group, "
        "meeting, lead, decision.",
        "pathways record report CP-2026-0041 --answer agency=housing",
        "pathways record note cp41 --answer nature=fact",
    )
)
def record(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="What is recorded, as report.")],
    case: Annotated[str, typer.Argument(metavar="CASE", help="A reference, or a short form: cp41.")],
    agency: Annotated[str, typer.Option(help="The agency that a report is from.")] = "",
    received: Annotated[str, typer.Option(metavar="DATE", help="The day it came; as --on.")] = "",
    on: On = "",
    at: At = "",
    because: Because = "",
    answer: Answer = None,
    from_file: From = "",
    by: By = "",
    override: Override = None,
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Record something."""
    known(what)
    with Desk() as desk:
        view = desk.case(case)
        given = [*([f"agency={agency}"] if agency else []), *(answer or [])]
        make(
            desk,
            view,
            trigger_of(view, what),
            on=on or received,
            at=at,
            because=because,
            answer=given,
            from_file=from_file,
            by=by,
            override=override or [],
            dry_run=dry_run,
            as_json=as_json,
            no_input=no_input,
        )


def _everything() -> dict[str, None]:
    """Every word that `record` may ever take."""
    from pathways import NAMES, pathway

    found = dict.fromkeys(WORDS)
    for name in NAMES:
        found |= {
            move.action: None for move in pathway(name).moves if move.dest == SAME and not move.by_clock
        }
    return found


def known(what: str) -> None:
    """Refuse a word that stands for nothing, before any case is looked at.

    Raises:
        Mistyped: there is no such thing to record.
    """
    said = what.strip().lower().replace("_", "-")
    if said in WORDS or said in ("decision", "attendance"):
        return
    words = _everything()
    if said not in words:
        near = get_close_matches(said, [*WORDS, "decision", *words], 1)
        meant = f" Did you mean {near[0]}?" if near else f" There is: {', '.join(WORDS)}."
        raise Mistyped(f"No such thing to record: {screen.shown(what)[:40]}.{meant}")


def trigger_of(view: CaseView, what: str) -> str:
    """The trigger that a word stands for on this case's pathway.

    Raises:
        Mistyped: it is decided by a move of its own, or this pathway has nothing of the kind.
    """
    said = what.strip().lower().replace("_", "-")
    here = {move.trigger: move for move in view.pathway.moves_from(view.row.state) if not move.by_clock}
    all_of_it = [move.trigger for move in view.pathway.moves if not move.by_clock]
    if said == "attendance":
        raise Mistyped(
            f"Who came is recorded as the conference starts: pathways do {view.reference} start-conference"
        )
    if said == "decision":
        decisions = [
            move.action
            for move in here.values()
            if move.records is not None and move.records.entry == "decision" and move.dest != SAME
        ]
        listed = ", ".join(decisions) or "none from here"
        raise Mistyped(
            f"Each decision is a move of its own. On {view.reference} now: {listed}. "
            f"To make one: pathways do {view.reference} ACTION"
        )
    triggers = WORDS.get(said, (said.replace("-", "_"),))
    for trigger in (*(each for each in triggers if each in here), *triggers):
        if trigger in all_of_it:
            return trigger
    title = view.pathway.title.split(":")[0].lower()
    raise Mistyped(
        f"There is no {screen.shown(said)} to record on the {title} pathway. "
        f"What there is: pathways next {view.reference}"
    )
