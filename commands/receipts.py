"""What is said of a move once it is made: what happened, what the clocks now say, what is next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from commands import screen
from commands.desk import Desk
from commands.given import NOTHING
from commands.spoken import full_day, iso, plural, short_day
from models.queries import CaseView, Tick, clock_of, task_of, ticks
from pathways.definitions import Evidence, Move
from pathways.moments import LONDON, local_day, words

if TYPE_CHECKING:
    from models.another_day import Break


def lines_of(
    desk: Desk, view: CaseView, after: CaseView, before: list[Tick], receipt: Any, records: Evidence
) -> list[str]:
    """What is said of a move once it is made: what happened, what the clocks now say, what is next."""
    what = records.title if records is not NOTHING else receipt.move.says
    stage = _stage_of(view, before, after) if receipt.kept else ""
    happened = full_day(receipt.at.astimezone(LONDON) if isinstance(receipt.at, datetime) else receipt.at)
    said = [f"{stage}{what}.", f"{view.reference}, {happened}."]
    label = "Done" if receipt.kept else "Would be done"
    indent = 7 if receipt.kept else 15
    lines = [*screen.wrapped(label, said[0], indent=indent), *screen.wrapped("", said[1], indent=indent)]
    for line in _clocks(desk, view, receipt):
        lines += screen.wrapped("", line, indent=indent)
    if receipt.overridden:
        lines += screen.wrapped(
            "",
            f"{plural(len(receipt.overridden), 'override')} recorded: {', '.join(receipt.overridden)}.",
            indent=indent,
        )
    if receipt.state != view.row.state:
        lines += screen.wrapped("", f"Now: {view.pathway.state(receipt.state).label}.", indent=indent)
    for reference in receipt.opened:
        lines += screen.wrapped(
            "",
            f"Opened: {reference}." if receipt.kept else "It would open a case beside this one.",
            indent=indent,
        )
    if receipt.told:
        told = "Told on" if receipt.kept else "It would be told on"
        lines += screen.wrapped(
            "", f"{told} the child's other cases: {', '.join(receipt.told)}.", indent=indent
        )
    if not receipt.kept:
        return [*lines, "Nothing was changed."]
    if receipt.move.trigger == "child_born" and not after.person.given:
        lines += [f"{'Name:':<9}pathways people {view.reference} add name"]
    lines += [f"{'' if place else 'Letters:':<9}{way}" for place, way in enumerate(letters_to_make(receipt))]
    back = f"Undo: pathways undo {view.reference}"
    return [*lines, receipt.line, screen.two_ends(f"Next: pathways next {view.reference}", back)]


def letters_to_make(receipt: Any) -> list[str]:
    """The commands that make the letters which follow from a move, for everyone who gets one."""
    if receipt.pathway.name != "child_protection" or receipt.move is None:
        return []
    from pathways.letters import AFTER, EVERYONE

    kinds = AFTER.get(receipt.move.trigger, ())
    return [f"pathways letter {receipt.reference} {each} --to {EVERYONE}" for each in kinds]


def _stage_of(view: CaseView, before: list[Tick], after: CaseView) -> str:
    """'1 of 9  ' where the move ticked a stage; '2 of 9 (6 of 7)  ' where it brought one on."""
    last = len(view.pathway.stages)
    told = list(zip(before, ticks(after), strict=True))
    ticked = next((now for was, now in told if now.done and not was.done), None)
    if ticked is not None:
        return f"{ticked.stage.number} of {last}  "
    brought = next((now for was, now in told if now.detail != was.detail and now.detail), None)
    return f"{brought.stage.number} of {last}  ({brought.detail}) " if brought is not None else ""


def _clocks(desk: Desk, view: CaseView, receipt: Any) -> list[str]:
    """What the move did to the clocks: met in time or late, and what is due next."""
    lines = []
    running = {row.rule: row for row in view.running}
    for closed in receipt.closed:
        if closed.status == "met":
            lines.append(_met(desk, view, running.get(closed.rule), closed))
    for rule, due_on in receipt.begun:
        clock = clock_of(view.pathway, rule)
        if clock and not clock.gate:
            lines.append(f"{clock.task} by {words(due_on)}.")
    for rule, why in receipt.unknown:
        lines.append(f"No date could be worked out for {task_of(view.pathway, rule).lower()}: {why}")
    return lines


def _met(desk: Desk, view: CaseView, row: Any, closed: Any) -> str:
    """Whether a limit was met, with its working days where it counts those."""
    from pathways.clocks import when
    from pathways.days import CalendarEnds, Unit

    task = task_of(view.pathway, closed.rule)
    done_on = local_day(closed.at)
    try:
        late = desk.rules.calendar.working_days_between(closed.due_on, done_on) if closed.late else 0
        edition = desk.rules.rulebook.cited(row.rule, row.edition) if row is not None else None
        if edition is not None and edition.unit is Unit.WORKING_DAY and edition.amount > 0:
            day = desk.rules.calendar.working_days_between(local_day(when(row.started)), done_on)
            state = "Late" if closed.late else "In time"
            return f"{state}: {task.lower()}, working day {day} of {edition.amount}."
    except CalendarEnds:
        late = 0
    if closed.late:
        by = plural(late, "working day") if late else "under a working day"
        return f"Late: {task.lower()}, {by} after {short_day(closed.due_on, desk.today)}."
    return f"In time: {task.lower()}, due {short_day(closed.due_on, desk.today)}."


def receipt_json(view: CaseView, receipt: Any, broken: Sequence[Break] = ()) -> dict[str, Any]:
    """What a write did, for another program; `broken`: what the day of a conference clashes with."""
    move: Move | None = receipt.move
    return {
        "ok": True,
        "case": receipt.reference,
        "action": move.action if move else "open",
        "changed": receipt.kept,
        "state": receipt.state,
        "state_words": receipt.pathway.state(receipt.state).label,
        "at": iso(receipt.at),
        "by": receipt.by,
        "entry": receipt.seq if receipt.kept else None,
        "code": receipt.code if receipt.kept else None,
        "page": receipt.page if receipt.kept else None,
        "met": [
            {"rule": each.rule, "due": iso(each.due_on), "at": iso(each.at), "late": each.late}
            for each in receipt.closed
            if each.status == "met"
        ],
        "started": [{"rule": rule, "due": iso(due)} for rule, due in receipt.begun],
        "not_worked_out": [{"rule": rule, "why": why} for rule, why in receipt.unknown],
        "opened": list(receipt.opened) if receipt.kept else [],
        "told": list(receipt.told),
        "breaks": [each.says for each in broken],
        "overridden": list(receipt.overridden),
        "checkpoint_owed": receipt.checkpoint_owed,
        "next": [f"pathways next {receipt.reference}", *letters_to_make(receipt)] if receipt.kept else [],
    }
