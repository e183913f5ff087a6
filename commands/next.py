"""What can be done on a case now, what not yet, and what would open it: every closed move with every reason."""

from __future__ import annotations

from typing import Any

import typer

from commands import screen
from commands.desk import Desk
from commands.options import Case, Json, NeverAsks
from commands.spoken import destroyed
from commands.style import STYLE, examples
from models.queries import CaseView, awaited_reports, clock_of
from pathways.definitions import SAME, Condition
from pathways.engine import Actor, Broken, Done, Opening, Question, Refused, openings
from pathways.trail import OPENED_IN_ERROR

app = typer.Typer(**STYLE)

RECORDED = {
    "note": "note",
    "record_contact": "contact",
    "record_consent": "consent",
    "record_sharing": "sharing",
    "record_dissent": "dissent",
}
"""Moves that exist everywhere, folded into one line; the words that `record` takes for them."""
SELDOM = ("child_died",)
COMMAND_WIDTH = 46


@app.command(
    name="next",
    help=examples(
        "What can be done on a case now, what not yet, and what would open it.",
        "pathways next CP-2026-0041",
        "pathways next cp41 --json",
    ),
)
def next_(
    case: Case,
    as_json: Json = False,
    no_input: NeverAsks = False,
) -> None:
    """Print the moves of a case."""
    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        found = moves_of(view, desk.actor)
        if as_json:
            screen.answer_json("next/1", _as_json(view, found))
            return
        for line in _screen(desk, view, found):
            screen.say(line)


def moves_of(view: CaseView, actor: Actor) -> list[Opening]:
    """Every move of a case, open or not, those that stop a running clock first."""
    if view.row.outcome == OPENED_IN_ERROR or view.destroyed_on is not None:
        return []
    asked = Question(view.pathway, view.row.state, view.row.facts)
    return sorted(openings(asked, actor), key=_by_date(view))


def open_moves(view: CaseView, actor: Actor) -> list[Opening]:
    """The moves that this actor can make now, what is waited for first and what exists on every case last."""
    found = moves_of(view, actor)
    closed = [each for each in found if isinstance(each.verdict, Refused) and each.verdict.kind == "not_yet"]
    wanted = _wanted(view, closed)
    now = [each for each in found if isinstance(each.verdict, Done)]
    return sorted(
        now,
        key=lambda each: (
            each.move.trigger in SELDOM,
            each.move.trigger in RECORDED,
            not _matters(view, each, wanted),
        ),
    )


def _by_date(view: CaseView) -> Any:
    """Moves that stop a running clock first, in the order of their dates; the others as the pathway has them."""
    dates: dict[str, int] = {}
    for place, row in enumerate(view.running):
        clock = clock_of(view.pathway, row.rule)
        if clock and clock.action:
            dates.setdefault(clock.action, place)
    return lambda opening: dates.get(opening.move.trigger, len(dates) + 1)


def command_of(view: CaseView, opening: Opening) -> str:
    """The command line that makes a move."""
    if opening.move.trigger == "report_received":
        return f"pathways record report {view.reference}"
    return f"pathways do {view.reference} {opening.move.action}"


def _screen(desk: Desk, view: CaseView, found: list[Opening]) -> list[str]:
    now = [each for each in found if isinstance(each.verdict, Done)]
    theirs = [
        each for each in found if isinstance(each.verdict, Refused) and each.verdict.kind == "not_theirs"
    ]
    closed = [each for each in found if isinstance(each.verdict, Refused) and each.verdict.kind == "not_yet"]
    broken = [each for each in found if isinstance(each.verdict, Broken)]
    lines = [screen.two_ends(f"{view.reference:<14} {view.label}", ""), ""]
    wanted = _wanted(view, closed)
    usual = [each for each in now if each.move.trigger not in (*RECORDED, *SELDOM)]
    first = [each for each in usual if _matters(view, each, wanted)]
    rest = [each for each in usual if each not in first]
    if first:
        lines.append("You can do now")
        for each in first:
            lines += _open_line(desk, view, each)
    if rest:
        lines.append(f"  Also possible: pathways do {view.reference} ACTION")
        listed = ", ".join(each.move.action for each in rest)
        lines += screen.wrapped("", listed, indent=4)
    folded = [RECORDED[each.move.trigger] for each in now if each.move.trigger in RECORDED]
    if folded:
        lines.append(f"  Record: pathways record {'|'.join(folded)} {view.reference}")
    if view.destroyed_on is not None:
        label, said = destroyed(view.reference, view.destroyed_on)
        lines += screen.wrapped(label, said, indent=12)
    elif view.row.outcome == OPENED_IN_ERROR:
        lines.append(f"It was opened in error. To put it back: pathways undo {view.reference}")
    elif not now:
        lines.append("Nothing can be done on this case by you now.")
    if closed:
        lines += ["", "Not yet"]
        lines += _closed_lines(closed)
    if theirs:
        lines += ["", "For others to decide"]
        for each in theirs:
            whose = " or ".join(role.label for role in each.move.who[:3])
            if each.move.apart_from and view.row.facts.get(each.move.apart_from):
                whose = "somebody other than whoever made the move before it"
            lines += screen.wrapped(
                f"  {each.move.action:<18} ", whose, indent=max(21, len(each.move.action) + 4)
            )
    for each in broken:
        lines += ["", f"  {each.move.action} cannot be worked out; tell whoever looks after the definitions"]
    seldom = [each.move.action for each in now if each.move.trigger in SELDOM]
    if seldom:
        lines += ["", f"Also: pathways do {view.reference} {seldom[0]}"]
    return lines


def _open_line(desk: Desk, view: CaseView, opening: Opening) -> list[str]:
    label = opening.move.says
    if opening.move.trigger == "report_received":
        awaited = awaited_reports(view.row.facts)
        label = f"{len(awaited)} still to come" if awaited else label
    verdict = opening.verdict
    if isinstance(verdict, Done) and verdict.by not in desk.actor.roles:
        label += f" ({verdict.by.label})"
    command = command_of(view, opening)
    if len(command) + 4 > COMMAND_WIDTH:
        return [f"  {command}", *screen.wrapped("", label, indent=COMMAND_WIDTH)]
    return screen.wrapped(f"  {command}", label, indent=COMMAND_WIDTH)


def _wanted(view: CaseView, closed: list[Opening]) -> set[str]:
    """The triggers that something waits for: a running clock, or a move that is not open yet."""
    found = {clock.action for row in view.running if (clock := clock_of(view.pathway, row.rule))}
    for each in closed:
        if isinstance(each.verdict, Refused):
            found |= {reason.condition.record for reason in each.verdict.reasons if reason.condition}
    return found


def _matters(view: CaseView, opening: Opening, wanted: set[str]) -> bool:
    """Whether a move is shown in full: something waits for it, or it takes the case on."""
    move = opening.move
    leads_on = isinstance(opening.verdict, Done) and opening.verdict.dest not in (SAME, view.row.state)
    return move.trigger in wanted or leads_on


def _closed_lines(closed: list[Opening]) -> list[str]:
    """The closed moves; those that wait for the same are said together."""
    together: dict[tuple[str, ...], list[str]] = {}
    for opening in closed:
        together.setdefault(tuple(_reasons(opening)), []).append(opening.move.action)
    lines: list[str] = []
    for reasons, actions in together.items():
        named = screen.wrapped("", ", ".join(actions), indent=2)
        if len(named) == 1 and len(named[0]) < 20:
            lines += screen.wrapped(named[0], reasons[0], indent=21)
            reasons = reasons[1:]
        else:
            lines += named
        for each in reasons:
            lines += screen.wrapped("", each, indent=21)
    return lines


def _reasons(opening: Opening) -> list[str]:
    verdict = opening.verdict
    assert isinstance(verdict, Refused)
    said: list[str] = []
    for reason in verdict.reasons:
        said += [each[:1].lower() + each[1:] for each in reason.details] or [f"needs that {reason.message}"]
    overridable = [
        reason.condition for reason in verdict.reasons if reason.condition and reason.condition.override
    ]
    if overridable:
        said.append(_may_override(overridable, len(verdict.reasons)))
    return said


def _may_override(conditions: list[Condition], reasons: int) -> str:
    who = " or ".join(dict.fromkeys(role.label for each in conditions for role in each.override))
    what = "it" if reasons == 1 else "these" if len(conditions) == reasons else f"{len(conditions)} of these"
    return f"{who} may go ahead without {what}, with a reason"


def _as_json(view: CaseView, found: list[Opening]) -> dict[str, Any]:
    moves = [_move_json(view, each) for each in found]
    return {
        "case": view.reference,
        "state": view.row.state,
        "state_words": view.label,
        "moves": moves,
        "awaited": list(awaited_reports(view.row.facts)),
        "next": [each["command"] for each in moves if each["open"]],
    }


def _move_json(view: CaseView, opening: Opening) -> dict[str, Any]:
    verdict, move = opening.verdict, opening.move
    reasons = verdict.reasons if isinstance(verdict, Refused) else ()
    return {
        "action": move.action,
        "says": move.says,
        "command": command_of(view, opening),
        "open": isinstance(verdict, Done),
        "kind": verdict.kind
        if isinstance(verdict, Refused)
        else "open"
        if isinstance(verdict, Done)
        else "broken",
        "who": [role.value for role in move.who],
        "reasons": [
            {
                "id": each.condition.id if each.condition else "",
                "message": each.message,
                "missing": list(each.details),
                "by": [role.value for role in each.condition.by] if each.condition else [],
                "opened_by": each.condition.record.replace("_", "-") if each.condition else "",
                "can_override": [role.value for role in each.condition.override] if each.condition else [],
            }
            for each in reasons
        ],
    }
