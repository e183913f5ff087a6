"""A case: whose it is, where it stands, its stages and its dates."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import screen
from commands.desk import Desk
from commands.options import Case, Json, NeverAsks
from commands.spoken import Urgency, destroyed, iso, marked, person, short_day
from commands.style import STYLE, examples
from models.queries import CaseView, Tick, clock_of, earlier_referral, task_of, ticks
from pathways.moments import local_day, words

if TYPE_CHECKING:
    from commands.as_known import KnownOn
    from pathways.definitions import Clock

app = typer.Typer(**STYLE)

STAGE_DETAIL = 32


@app.command(
    help=examples(
        "A case: where it stands, its stages and its dates. Initials unless names are asked for.",
        "pathways show CP-2026-0041",
        "pathways show cp41 --names",
    )
)
def show(
    case: Case,
    names: Annotated[bool, typer.Option("--names", help="Show the full name.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Every running date with its rule.")] = False,
    as_at: Annotated[
        str, typer.Option("--as-at", metavar="DATE", help="As it was known at the end of that day.")
    ] = "",
    as_json: Json = False,
    no_input: NeverAsks = False,
) -> None:
    """Print a case."""
    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, names=names, as_json=as_json)
        known = _known_on(as_at, desk) if as_at else None
        with desk.store.reading() as tx:
            view = known.case(tx, view) if known else view
            earlier = known.earlier_referral(tx, view) if known else earlier_referral(tx, view)
        oldest = min((row.due_at for row in view.running), default=None)
        then = known.last if known else None
        urgency = Urgency(then or desk.now, lambda: desk.calendar_since(oldest, known_by=then))
        if as_json:
            screen.answer_json("show/1", _as_json(desk, view, earlier, urgency, names, known))
            return
        for line in _screen(desk, view, earlier, urgency, names, full, known):
            screen.say(line)


def _known_on(typed: str, desk: Desk) -> KnownOn:
    from commands.as_known import known_on

    return known_on(typed, desk)


def heading(view: CaseView, today: date, *, names: bool = False) -> str:
    """The person of a case: initials and age, or the full name where it was asked for."""
    who = view.person
    return person(
        who.given,
        who.family,
        who.birth_date,
        who.expected,
        today,
        names=names,
        died=who.died_on,
        kind=who.kind,
    )


def rereferred(earlier: date) -> str:
    """That the same person was referred before, and when."""
    return f"an earlier referral on {words(earlier)}, within 12 months"


def _screen(
    desk: Desk,
    view: CaseView,
    earlier: date | None,
    urgency: Urgency,
    names: bool,
    full: bool,
    known: KnownOn | None = None,
) -> list[str]:
    today = known.day if known else desk.today
    team = f"{view.row.team.capitalize()} team" if view.row.team else ""
    lines = [screen.two_ends(f"{view.reference:<14} {view.pathway.title}", screen.fit(team, 24))]
    beside = ", ".join(f"{each.reference}" for each in view.siblings[:3])
    more = f" and {len(view.siblings) - 3} more" if len(view.siblings) > 3 else ""
    who = f"{heading(view, today, names=names):<14} "
    who += f"with sibling {beside}{more}" if beside else ""
    lines.append(screen.two_ends(who.rstrip(), screen.fit(view.row.lead or "", 24)))
    if known:
        lines += ["", known.line]
    lines += ["", *screen.wrapped("Then" if known else "Now", _now(view, today))]
    if earlier is not None:
        lines += screen.wrapped("Re-referral ", rereferred(earlier), indent=13)
    if view.row.basis == "asserted":
        lines += screen.wrapped("", "Dates as reported in the census, not witnessed here.")
    if view.destroyed_on is not None:
        label, said = destroyed(view.reference, view.destroyed_on, known.day if known else None)
        lines += screen.wrapped(label, said, indent=12)
    elif view.pathway.stages and view.pathway.state(view.row.state).name:
        lines += ["", *(_stage(tick, urgency, today) for tick in ticks(view))]
        lines += _ready(view) if not known else []
    lines += _dates(view, urgency, full, today)
    lines += ["", *_closing(desk, view, today, known)]
    return lines


def _ready(view: CaseView) -> list[str]:
    """What the conference that is being prepared lacks, in a line."""
    from pathways.conference_ledger import readiness

    said = readiness(view.row.state, view.facts) if view.pathway.name == "child_protection" else ""
    return ["", *screen.wrapped("", said, indent=2)] if said else []


def _now(view: CaseView, today: date) -> str:
    opened = f"opened {short_day(local_day(view.row.opened_at), today)}"
    if not view.row.is_open:
        ended = f", closed {short_day(local_day(view.row.closed_at), today)}" if view.row.closed_at else ""
        outcome = f" ({view.row.outcome.replace('_', ' ')})" if view.row.outcome else ""
        return f"{view.label}{outcome}; {opened}{ended}"
    return f"{view.label}; {opened}"


def _stage(tick: Tick, urgency: Urgency, today: date) -> str:
    box = "[x]" if tick.done else "[ ]"
    said, word = "", ""
    if tick.done:
        said = ", ".join(filter(None, (tick.detail, short_day(tick.on, today) if tick.on else "")))
    else:
        parts = [tick.detail] if tick.detail else []
        if tick.deadline is not None:
            word = urgency.word(tick.deadline.due_at, tick.deadline.plan_by)
            parts.append(f"due {short_day(tick.deadline.due_on, today)}")
        said = ", ".join(parts)
        if len(said) > STAGE_DETAIL:  # a booking comes before its limit, which stands below
            said = parts[0]
    line = f"  {box} {tick.stage.number}  {screen.fit(tick.stage.label, 26):<26} {screen.fit(said, STAGE_DETAIL):<{STAGE_DETAIL}} "
    return f"{line}{marked(word)}".rstrip()


def _dates(view: CaseView, urgency: Urgency, full: bool, today: date) -> list[str]:
    """The running clocks, the most urgent first; gates last, unless all is asked for."""
    rows = [row for row in view.running if full or not _gate(view, row)]
    if not rows:
        return []
    lines = ["", "Running"]
    for row in rows:
        word = urgency.word(row.due_at, row.plan_by, gate=_gate(view, row))
        due = urgency.due(row.due_at, row.plan_by)
        lines.append(f"  {marked(word)} {screen.fit(task_of(view.pathway, row.rule), 38):<38} {due}".rstrip())
        if full:
            lines.append(f"         {row.rule}, from {_from(row, today)}")
    hidden = len(view.running) - len(rows)
    return [
        *lines,
        *([f"  and {hidden} further ahead: pathways show {view.reference} --full"] if hidden else []),
    ]


def _gate(view: CaseView, row: Any) -> bool:
    clock = clock_of(view.pathway, row.rule)
    return bool(clock and clock.gate)


def _when(row: Any) -> date | datetime:
    from pathways.clocks import when

    return when(row.started)


def _from(row: Any, today: date) -> str:
    return short_day(local_day(_when(row)), today)


def _closing(desk: Desk, view: CaseView, today: date, known: KnownOn | None) -> list[str]:
    lines = []
    bound = next((row for row in view.running if row.statutory and not _gate(view, row)), None)
    name = ""
    if bound is not None:
        clock = clock_of(view.pathway, bound.rule)
        from commands.why import limit_in_words

        edition = desk.rules.rulebook.cited(bound.rule, bound.edition)
        label = "Must be held by" if clock and clock.task.startswith("Hold ") else "Must be done by"
        task = (
            ""
            if label == "Must be held by" and _only_meeting(view, clock)
            else f": {task_of(view.pathway, bound.rule).lower()}"
        )
        due = words(bound.due_on)
        lines += screen.wrapped(
            label, f"{due} ({limit_in_words(edition, bound.started, today)}){task}", indent=17
        )
        name = f" {bound.rule}"
    if known:
        return [*lines, f"As it is now: pathways show {view.reference}"]
    if view.destroyed_on is not None:
        return [*lines, f"Next: pathways chronology {view.reference}"]
    lines.append(f"Next: pathways next {view.reference}")
    if view.running:
        lines.append(f"Why that date: pathways why {view.reference}{name}")
    return lines


def _only_meeting(view: CaseView, clock: Clock | None) -> bool:
    tasks = {task_of(view.pathway, row.rule) for row in view.running}
    return clock is not None and sum(task.startswith("Hold ") for task in tasks) == 1


def _gone(view: CaseView, known: KnownOn | None) -> dict[str, str | None]:
    """When what was recorded was destroyed; on a day before, that it was not, and when it was since."""
    if known and view.destroyed_on and known.day < view.destroyed_on:
        return {"destroyed_on": None, "destroyed_since": iso(view.destroyed_on)}
    return {"destroyed_on": iso(view.destroyed_on)}


def _as_json(
    desk: Desk,
    view: CaseView,
    earlier: date | None,
    urgency: Urgency,
    names: bool,
    known: KnownOn | None = None,
) -> dict[str, Any]:
    row = view.row
    today = known.day if known else desk.today
    return {
        **({"as_known_on": iso(known.day)} if known else {"now": iso(desk.now)}),
        "case": view.reference,
        "pathway": view.pathway.name,
        "title": view.pathway.title,
        "definition": row.definition,
        "person": heading(view, today, names=names),
        "siblings": [each.reference for each in view.siblings],
        "team": row.team,
        "lead": row.lead or "",
        "state": row.state,
        "state_words": view.label,
        "open": row.is_open,
        "outcome": row.outcome,
        "basis": row.basis,
        "referred_before": iso(earlier),
        "opened_at": iso(row.opened_at),
        "closed_at": iso(row.closed_at),
        **_gone(view, known),
        "stages": []
        if view.destroyed_on
        else [
            {
                "number": tick.stage.number,
                "label": tick.stage.label,
                "done": tick.done,
                "on": iso(tick.on),
                "detail": tick.detail,
                "due": iso(tick.deadline.due_on) if tick.deadline is not None else None,
            }
            for tick in ticks(view)
        ],
        "dates": [date_json(view, each, urgency) for each in view.running],
        "next": [f"pathways show {view.reference}"]
        if known
        else [f"pathways next {view.reference}", f"pathways why {view.reference}"],
    }


def date_json(view: CaseView, row: Any, urgency: Urgency) -> dict[str, Any]:
    """A running clock for another program."""
    word = urgency.word(row.due_at, row.plan_by, gate=_gate(view, row))
    return {
        "rule": row.rule,
        "edition": row.edition,
        "task": task_of(view.pathway, row.rule),
        "started": iso(_when(row)),
        "start_event": row.start_event,
        "due": iso(row.due_on),
        "due_at": iso(row.due_at),
        "plan_by": iso(row.plan_by),
        "status": row.status,
        "statutory": row.statutory,
        "urgency": word.lower() or "later",
        "urgency_words": word.capitalize() or "Later",
        "days_late": urgency.days_late(row.due_at) if word == "LATE" else 0,
    }
