"""What is to be done: late first (most days first), then today, then soon, then the rest. The order is fixed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import screen
from commands.desk import Desk
from commands.named import EVERY_TEAM, must_be_a_team
from commands.options import Json, NeverAsks
from commands.spoken import Urgency, full_day, iso, marked, midnight, plural, short_day
from commands.style import STYLE, examples
from models.queries import Counts, Task, count_work, filters, work
from models.supervision_due import overdue
from pathways.errors import Mistyped

if TYPE_CHECKING:
    from models.transaction import Transaction
    from pathways.bookings import Booking

app = typer.Typer(**STYLE)

SPANS = ("today", "week", "all")
WIDTHS = (6, 14, 33, 23)
USUAL_NUMBER = 40
STALE_HOURS = 26
NEAR = timedelta(days=14)
"""How far ahead conferences are listed where work is asked for without an end."""
MOST_BOOKED = 10


@app.command(
    help=examples(
        "What is to be done, most urgent first. Without a word: to the end of the week.",
        "pathways worklist today",
        "pathways worklist week --team conference",
    )
)
def worklist(
    span: Annotated[str, typer.Argument(metavar="[today|week|all]", help="How far ahead.")] = "week",
    team: Annotated[str, typer.Option(help="Only this team's cases; 'all' for every team.")] = "",
    mine: Annotated[bool, typer.Option("--mine", help="Only cases that you lead.")] = False,
    pathway: Annotated[str, typer.Option(help="Only this pathway, as child_protection or CP.")] = "",
    stage: Annotated[str, typer.Option(help="Only cases in this state, as awaiting-icpc.")] = "",
    until: Annotated[str, typer.Option(help="Up to this day: fri, 24 nov, +5wd.")] = "",
    number: Annotated[int, typer.Option("-n", min=0, help="At most so many; 0 for all.")] = USUAL_NUMBER,
    expand: Annotated[bool, typer.Option("--expand", help="One line for each task.")] = False,
    as_json: Json = False,
    no_input: NeverAsks = False,
) -> None:
    """Print the worklist."""
    if span not in SPANS:
        raise Mistyped(f"worklist takes today, week or all, not '{screen.shown(span)[:30]}'.")
    with Desk() as desk:
        calendar = desk.calendar_since(None)
        last = end_of(span, until, desk)
        narrowed = narrow(desk, team=team, mine=mine, pathway=pathway, stage=stage)
        through = last_moment(last, calendar)
        with desk.store.reading() as tx:
            tasks = work(tx, through, narrowed, number)
            must_be_a_team(tx, "" if tasks or mine else team, desk.now)
            counts = count_work(tx, desk.now, last_moment(desk.today, None), through, narrowed)
            supervised = overdue(tx)
            booked = _conferences(tx, desk.today, last, narrowed)
        oldest = tasks[0].due_at if tasks else None
        urgency = Urgency(desk.now, lambda: desk.calendar_since(oldest))
        tasks.sort(key=lambda task: place(task, urgency))
        if as_json:
            told = _as_json(desk, last, tasks, counts, urgency)
            told["conferences"] = [_conference_json(each) for each in booked]
            told["supervision"] = {"late": supervised.late, "past_aim": supervised.past_aim}
            screen.answer_json("worklist/1", told)
            return
        for line in _screen(
            desk, span, until, last, tasks, counts, urgency, narrowed["team"], expand, booked
        ):
            screen.say(line)
        if supervised.said:
            screen.say(f"{supervised.said} Whose: pathways supervision due")


def narrow(
    desk: Desk, *, team: str, mine: bool = False, pathway: str = "", stage: str = ""
) -> dict[str, str]:
    """What a list of work is narrowed to; a person with a team of their own sees that team's.

    Raises:
        Mistyped: there is no such pathway or state.
    """
    chosen = "" if team == EVERY_TEAM or mine else team or desk.team
    name = pathway_called(pathway) if pathway else ""
    state = state_called(stage, name) if stage else ""
    return filters(chosen, name, state, desk.login if mine else "", desk.title if mine else "")


def pathway_called(typed: str) -> str:
    """The pathway of that name, prefix or beginning.

    Raises:
        Mistyped: there is none.
    """
    from pathways import NAMES
    from pathways import pathway as named

    said = typed.strip().lower().replace("-", "_").replace(" ", "_")
    for name in NAMES:
        if said and (name.startswith(said) or named(name).prefix.lower() == said):
            return name
    listed = ", ".join(name.replace("_", "-") for name in NAMES)
    raise Mistyped(f"There is no pathway {screen.shown(typed)[:30]}. There are: {listed}.")


def state_called(typed: str, pathway_name: str) -> str:
    """The state of that name, or with that label.

    Raises:
        Mistyped: there is none.
    """
    from difflib import get_close_matches

    from pathways import NAMES
    from pathways import pathway as named

    said = typed.strip().lower().replace("-", "_").replace(" ", "_")
    states = [state for name in ([pathway_name] if pathway_name else NAMES) for state in named(name).states]
    for state in states:
        if said in (state.name, state.label.lower().replace(" ", "_")):
            return state.name
    near = get_close_matches(said, [state.name for state in states], 1)
    meant = f" Did you mean {near[0].replace('_', '-')}?" if near else ""
    raise Mistyped(f"There is no stage {screen.shown(typed)[:30]}.{meant}")


def end_of(span: str, until: str, desk: Desk) -> date | None:
    """The last day that is asked for; None for no end."""
    if until:
        from commands.typed_dates import parse
        from pathways.days import local_day

        return local_day(parse(until, now=desk.now, calendar=lambda: desk.rules.calendar, ahead=True))
    if span == "all":
        return None
    if span == "today":
        return desk.today
    friday = desk.today + timedelta(days=4 - desk.today.weekday())
    return friday if friday >= desk.today else friday + timedelta(days=7)


def last_moment(day: date | None, calendar: Any) -> datetime:
    """The end of a day; with a calendar, the end of the days off that follow, for what must be done before them."""
    from pathways.days import CalendarEnds

    if day is None:
        return datetime.max.replace(year=9000, tzinfo=midnight(date(2026, 1, 1)).tzinfo)
    following = day + timedelta(days=1)
    if calendar is not None:
        try:
            following = calendar.on_or_after(following)
        except CalendarEnds:
            following = day + timedelta(days=1)
    return midnight(following) - timedelta(seconds=1)


def place(task: Task, urgency: Urgency) -> tuple[int, datetime, str]:
    """Where a task stands in the list."""
    word = urgency.word(task.due_at, task.plan_by, gate=task.gate)
    return ("LATE", "TODAY", "SOON", "").index(word), task.due_at, task.reference


def what(task: Task, *, expand: bool) -> list[str]:
    """A task in words; one for each awaited report where it is asked for one by one."""
    if not task.reports:
        return [task.what]
    if expand or len(task.reports) == 1:
        return [f"Get report: {agency}" for agency in task.reports]
    return [f"Get {len(task.reports)} reports"]


def _screen(
    desk: Desk,
    span: str,
    until: str,
    last: date | None,
    tasks: list[Task],
    counts: Counts,
    urgency: Urgency,
    team: str,
    expand: bool,
    booked: list[Booking],
) -> list[str]:
    whose = f"Work of the {team} team" if team else "Your work"
    reach = ""
    if until and last is not None:
        reach = f" to {full_day(last)}"
    elif span == "today":
        reach = " for today, most urgent first"
    elif last is not None:
        reach = f" to Friday {short_day(last, desk.today)}"
    right = f"{full_day(desk.today).rsplit(' ', 1)[0]}"
    lines = [screen.two_ends(whose + reach, right), ""]
    if tasks:
        rows = [
            (task, said, urgency.word(task.due_at, task.plan_by, gate=task.gate))
            for task in tasks
            for said in what(task, expand=expand)
        ]
        lines += screen.table(("", "Case", "What to do", "Due"), WIDTHS, [])
        for task, said, word in rows:
            due = urgency.due(task.due_at, task.plan_by)
            cells = (task.reference, said, due)
            fitted = [
                f"{screen.fit(cell, width):<{width}}" for cell, width in zip(cells, WIDTHS[1:], strict=True)
            ]
            lines.append(f"{marked(word)} {' '.join(fitted)}".rstrip())
        lines += ["", *_footer(tasks, counts, span, len(rows), expand)]
    else:
        further = (
            "Cases that nobody leads: pathways assign"
            if span == "all"
            else "Further ahead: pathways worklist all"
        )
        lines += [f"Nothing is due. {further}"]
    return [*lines, *_booked(desk, booked), *checked(desk)]


def _conferences(
    tx: Transaction, today: date, last: date | None, narrowed: Mapping[str, str]
) -> list[Booking]:
    """The conferences that are booked for the time asked about, where work of that kind is asked for."""
    from models.booked import conferences_between

    if narrowed["pathway"] not in ("", "child_protection") or narrowed["state"]:
        return []
    until = last if last is not None else today + NEAR
    return conferences_between(tx, today, until, team=narrowed["team"], lead=narrowed["lead"])


def _booked(desk: Desk, booked: list[Booking]) -> list[str]:
    """The conferences of these days, one a line; of one without an hour, how to give it one."""
    if not booked:
        return []
    from pathways.bookings import hour_words, room_in

    rows = [
        (
            short_day(each.day, desk.today, weekday=True),
            hour_words(each.begins) if each.begins is not None else "no hour",
            each.references[0] + (f" and {len(each.references) - 1} more" if each.references[1:] else ""),
            screen.shown(", ".join(filter(None, (room_in(each.room), each.chair)))),
        )
        for each in booked[:MOST_BOOKED]
    ]
    lines = ["", *screen.table(("Conference", "At", "Of", "Where, chair"), (16, 7, 24, 30), rows)]
    if len(booked) > MOST_BOOKED:
        lines += [f"and {len(booked) - MOST_BOOKED} more: pathways worklist today, or --team"]
    bare = next((each for each in booked if each.begins is None), None)
    if bare is not None:
        lines += [
            f"Give one an hour and a room: pathways rebook {bare.references[0]} --to {bare.day.isoformat()}"
        ]
    return [*lines, ""]


def _conference_json(booked: Booking) -> dict[str, Any]:
    from pathways.bookings import room_in

    begins = f"{booked.begins:%H:%M}" if booked.begins is not None else None
    return {
        "day": iso(booked.day), "begins": begins, "cases": list(booked.references), "where": room_in(booked.room),
        "chair": booked.chair,
    }  # fmt: skip


def _footer(tasks: list[Task], counts: Counts, span: str, shown: int, expand: bool) -> list[str]:
    in_all = max(counts.work, len(tasks))
    more = sum(len(task.reports) - 1 for task in tasks if len(task.reports) > 1)
    if more and not expand and len(tasks) == in_all:
        return [
            f"{plural(in_all + more, 'task')} in {plural(shown, 'line')}. One line each: pathways worklist {span} --expand"
        ]
    first = tasks[0].reference
    if len(tasks) < in_all:
        return [f"{len(tasks)} of {in_all:,}. Days are working days. All: pathways worklist {span} -n 0"]
    return [f"{shown} of {shown}. Days are working days. Next: pathways next {first}"]


def checked(desk: Desk) -> list[str]:
    """What nobody could be told by mail, when the overnight check last ran, what is wrong with the backups; late is red."""
    from models.copy_state import state_of
    from models.queries import last_check, untold

    with desk.store.reading() as tx:
        run = last_check(tx)
        backups = [] if desk.practice else state_of(tx, desk.now)
        told = [line for said in untold(tx, desk.now) for line in screen.wrapped("", said, indent=0)]
    red = [screen.coloured(each, 31) for each in (*told, *backups)]
    return [*red[: len(told)], *_check_said(desk, run), *red[len(told) :]]


def _check_said(desk: Desk, run: Any) -> list[str]:
    if run is None:
        return [] if desk.practice else [screen.coloured(_never(), 31)]
    hours = (desk.now - run.as_of).total_seconds() / 3600
    said = f"Overnight check: {full_day(run.as_of)}"
    if hours < -1:
        return [screen.coloured(f"{said}. That is still to come: set this computer's clock right", 31)]
    if hours > STALE_HOURS:
        return [screen.coloured(f"{said}. That is too long ago: pathways check run", 31)]
    return [said]


def _never() -> str:
    return "The overnight check has never run here. Run it: pathways check run"


def _as_json(
    desk: Desk, last: date | None, tasks: list[Task], counts: Counts, urgency: Urgency
) -> dict[str, Any]:
    return {
        "now": iso(desk.now),
        "until": iso(last),
        "practice": desk.practice,
        "count": len(tasks),
        "in_all": max(counts.work, len(tasks)),
        "late": counts.late,
        "today": counts.today,
        "tasks": [task_json(task, urgency) for task in tasks],
        "next": [
            f"pathways next {reference}" for reference in list(dict.fromkeys(t.reference for t in tasks))[:3]
        ],
    }


def task_json(task: Task, urgency: Urgency) -> dict[str, Any]:
    """A task for another program."""
    word = urgency.word(task.due_at, task.plan_by, gate=task.gate)
    return {
        "case": task.reference,
        "pathway": task.pathway,
        "state": task.state,
        "state_words": task.state_label,
        "team": task.team,
        "task": task.what,
        "rule": task.rule,
        "action": task.action.replace("_", "-"),
        "owner": task.owner,
        "awaited": list(task.reports),
        "urgency": word.lower() or "later",
        "urgency_words": word.capitalize() or "Later",
        "due": iso(task.due_on),
        "due_at": iso(task.due_at),
        "plan_by": iso(task.plan_by),
        "days_late": urgency.days_late(task.due_at) if word == "LATE" else 0,
        "statutory": task.statutory,
    }
