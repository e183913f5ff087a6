"""Put something on a case: `record report CASE` is `do CASE report-received`, in the words people use."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from commands import screen
from commands.desk import Desk
from commands.move import make
from commands.move_options import Answer, At, Because, By, DryRun, From, NoInput, On, Override
from commands.once import Once, key_of, said_before
from commands.options import Case, Json
from commands.style import STYLE, examples
from models.queries import CaseView
from pathways.definitions import SAME
from pathways.errors import Mistyped

if TYPE_CHECKING:
    from pathways.definitions import Move

app = typer.Typer(**STYLE)

WORDS: dict[str, tuple[str, ...]] = {
    "report": ("report_received", "receive_report"),
    "views": ("views_recorded",),
    "attendance": ("attendance",),
    "visit": ("child_seen",),
    "contact": ("record_contact",),
    "consent": ("record_consent",),
    "sharing": ("record_sharing",),
    "dissent": ("record_dissent",),
    "note": ("note",),
    "checks": ("record_checks",),
    "core-group": ("core_group_held",),
    "meeting": ("meeting_held", "first_meeting_held", "team_met", "hold_meeting", "meeting_not_settled"),
    "lead": ("allocate",),
    "discussion": ("hold_initial_discussion", "strategy_discussed"),
    "review": ("hold_review",),
    "enquiries": ("enquire", "record_joint_enquiries"),
    "first-day": ("make_first_day_contact",),
    "code": ("record_code",),
    "return": (
        "send_attendance_return", "send_sickness_return", "send_deletion_return", "send_new_pupil_return",
    ),
    "rung": ("climb",),
    "answer": ("answer",),
    "letter": ("send_letter",),
    "support": ("offer_support",),
    "screening": ("record_screen",),
    "interview": ("hold_interview",),
    "setting": ("record_setting",),
    "suspension": ("consider_suspension",),
    "regulators": ("consider_regulators",),
    "feedback": ("return_feedback_form",),
}  # fmt: skip
"""The words that people use, and the triggers that they stand for on one pathway or another."""

MEETINGS = (
    "start_conference", "core_group_held", "first_meeting_held", "meeting_held", "team_met",
    "hold_initial_discussion", "hold_meeting", "hold_review", "hold_hearing", "meeting_not_settled",
    "resolve_at_meeting", "strategy_discussed",
)  # fmt: skip
"""The moves that ask who came."""


@app.command(
    help=examples(
        f"Put something on a case: {', '.join(WORDS)}, decision. Which of them a case takes depends on its pathway: "
        "pathways next CASE.",
        "pathways record report CP-2026-0041 --answer agency=housing",
        "pathways record note cp41 --answer nature=fact",
        "pathways record decision rf521 --outcome early-help",
    )
)
def record(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="What is recorded, as report.")],
    case: Case,
    agency: Annotated[str, typer.Option(metavar="AGENCY", help="The agency that a report is from.")] = "",
    received: Annotated[str, typer.Option(metavar="DATE", help="The day it came; as --on.")] = "",
    outcome: Annotated[
        str, typer.Option(metavar="WORD", help="With decision: which one, as early-help.")
    ] = "",
    on: On = "",
    at: At = "",
    because: Because = "",
    answer: Answer = None,
    from_file: From = "",
    by: By = "",
    override: Override = None,
    once: Once = "",
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Record something."""
    known(what)
    decided = plain(what) == "decision"
    if outcome and not decided:
        raise Mistyped("--outcome goes with a decision: pathways record decision CASE --outcome WORD")
    with Desk() as desk:
        view = desk.case(case)
        trigger = decision_of(view, outcome) if decided else trigger_of(view, what)
        if once and said_before(desk, view, once, trigger, as_json=as_json):
            return
        given = [*([f"agency={agency}"] if agency else []), *(answer or [])]
        make(
            desk,
            view,
            trigger,
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
            key=key_of(view, once) if once else None,
        )


def plain(what: str) -> str:
    """A word as it stands in the lists."""
    return what.strip().lower().replace("_", "-")


def _actions() -> dict[str, bool]:
    """Every action of every pathway that a person makes, and whether it leaves a case where it is."""
    from pathways import NAMES, pathway

    found: dict[str, bool] = {}
    for name in NAMES:
        for move in pathway(name).moves:
            if not move.by_clock:
                found[move.action] = found.get(move.action, False) or move.dest == SAME
    return found


def known(what: str) -> None:
    """Refuse a word that stands for nothing, before any case is looked at.

    Raises:
        Mistyped: there is no such thing to record.
    """
    said = plain(what)
    if said in WORDS or said == "decision":
        return
    actions = _actions()
    recorded = [each for each, stays in actions.items() if stays]
    if said in recorded or f"record-{said}" in recorded:
        return
    if said in actions:
        raise Mistyped(f"{said} takes the case on; it is not only recorded. pathways do CASE {said}")
    near = get_close_matches(said, [*WORDS, "decision", *recorded], 1)
    meant = f" Did you mean {near[0]}?" if near else f" There is: {', '.join(WORDS)}."
    raise Mistyped(f"No such thing to record: {screen.shown(what)[:40]}.{meant}")


def trigger_of(view: CaseView, what: str) -> str:
    """The trigger that a word stands for on this case's pathway.

    Raises:
        Mistyped: it is recorded with a move of its own, it fits several, or this pathway has nothing of the kind.
    """
    said = plain(what)
    here = _people_make(view.pathway.moves_from(view.row.state))
    all_of_it = _people_make(view.pathway.moves)
    if said == "attendance" and "attendance" not in all_of_it:
        raise Mistyped(_who_came(view, here, all_of_it))
    own = said.replace("-", "_")
    triggers = WORDS.get(said, (own, f"record_{own}"))
    fitting = [each for each in triggers if each in here]
    if len(fitting) > 1:
        ways = ", or ".join(_command(view, each) for each in fitting)
        raise Mistyped(f"{said.capitalize()} may mean several things on {view.reference} now: {ways}")
    for trigger in (*fitting, *triggers):
        if trigger in all_of_it:
            return trigger
    title = view.pathway.title.split(":")[0].lower()
    words = [word for word, stands in WORDS.items() if any(each in here for each in stands)]
    near = get_close_matches(said, words, 1)
    meant = f"Did you mean {near[0]}? " if near else ""
    raise Mistyped(
        f"There is no {screen.shown(said)} to record on the {title} pathway. {meant}"
        f"What there is: pathways next {view.reference}"
    )


def decision_of(view: CaseView, outcome: str) -> str:
    """The trigger of the decision that was meant: by its action, what follows decide-, or its outcome.

    Raises:
        Mistyped: none was named, or there is none of that name from where the case stands.
    """
    decisions = {
        move.action: move
        for move in view.pathway.moves_from(view.row.state)
        if move.records is not None
        and move.records.entry == "decision"
        and move.dest != SAME
        and not move.by_clock
    }
    words = {name: move.trigger for name, move in decisions.items()}
    for name, move in decisions.items():
        for word in (name.removeprefix("decide-"), (move.outcome or "").replace("_", "-")):
            if word:
                words.setdefault(word, move.trigger)
    said = plain(outcome)
    if said in words:
        return words[said]
    near = get_close_matches(said, words, 1) if said else []
    meant = f"There is no decision {screen.shown(outcome)[:40]} here. " if said else ""
    meant += f"Did you mean {near[0]}? " if near else ""
    listed = ", ".join(decisions) or "none from here"
    raise Mistyped(
        f"{meant}Each decision is a move of its own. On {view.reference} now: {listed}. "
        f"To make one: pathways do {view.reference} ACTION"
    )


def _people_make(moves: Iterable[Move]) -> list[str]:
    return [move.trigger for move in moves if not move.by_clock]


def _command(view: CaseView, trigger: str) -> str:
    return f"pathways do {view.reference} {trigger.replace('_', '-')}"


def _who_came(view: CaseView, here: list[str], all_of_it: list[str]) -> str:
    """Where attendance is written down: with the meeting, and there is no meeting on some pathways."""
    meetings = [each for each in MEETINGS if each in here] or [each for each in MEETINGS if each in all_of_it]
    if not meetings:
        return (
            f"No meeting is held on {view.reference}. Who was spoken to is a contact: "
            f"pathways record contact {view.reference}"
        )
    ways = ", or ".join(_command(view, each) for each in meetings[:3])
    return f"Who came is recorded with the meeting itself: {ways}"
