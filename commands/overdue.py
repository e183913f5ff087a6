"""What is late now, the longest first. A limit is late from the moment it passed, checked overnight or not."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands import screen
from commands.desk import Desk
from commands.named import must_be_a_team
from commands.options import Json, NeverAsks
from commands.spoken import Urgency, full_day, iso, plural, short_day
from commands.style import STYLE, examples
from commands.worklist import checked, narrow, task_json
from models.queries import Task, late_work
from pathways.errors import LATE, OK
from pathways.moments import local_day

app = typer.Typer(**STYLE)

WIDTHS = (5, 14, 29, 13, 15)


@app.command(
    help=examples(
        "What is late now, and who it waits for.",
        "pathways overdue --team conference",
        "pathways overdue --days 5 --exit-code",
    )
)
def overdue(
    team: Annotated[str, typer.Option(help="Only this team's cases; 'all' for every team.")] = "",
    pathway: Annotated[str, typer.Option(help="Only this pathway, as child_protection or CP.")] = "",
    days: Annotated[int, typer.Option(min=0, help="Only what is late by so many working days.")] = 0,
    number: Annotated[int, typer.Option("-n", min=0, help="At most so many; 0 for all.")] = 40,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 7 when something is late.")
    ] = False,
    as_json: Json = False,
    no_input: NeverAsks = False,
) -> int:
    """Print what is late."""
    with Desk() as desk:
        narrowed = narrow(desk, team=team, pathway=pathway)
        with desk.store.reading() as tx:
            found = late_work(tx, desk.now, narrowed)
            must_be_a_team(tx, "" if found else team, desk.now)
        calendar = desk.calendar_since(found[0].due_at if found else None)
        urgency = Urgency(desk.now, lambda: calendar)
        found = [task for task in found if _late_enough(urgency, task, days)]
        shown = found[:number] if number else found
        code = LATE if found and exit_code else OK
        if as_json:
            screen.answer_json(
                "overdue/1",
                {
                    "now": iso(desk.now),
                    "count": len(shown),
                    "in_all": len(found),
                    "late": [task_json(task, urgency) for task in shown],
                    "next": _next(shown),
                },
            )
            return code
        whose = f"{narrowed['team']} team" if narrowed["team"] else "all teams"
        right = full_day(desk.today).rsplit(" ", 1)[0]
        for line in _screen(desk, shown, len(found), urgency, screen.two_ends(f"Late now: {whose}", right)):
            screen.say(line)
        return code


def _late_enough(urgency: Urgency, task: Task, days: int) -> bool:
    late = urgency.days_late(task.due_at)
    return late is None or late >= days


def _next(shown: list[Task]) -> list[str]:
    return [f"pathways next {each}" for each in list(dict.fromkeys(task.reference for task in shown))[:3]]


def _screen(desk: Desk, shown: list[Task], in_all: int, urgency: Urgency, heading: str) -> list[str]:
    if not shown:
        return [heading, "", "Nothing is late. What comes next: pathways worklist", *checked(desk)]
    rows: list[tuple[Any, ...]] = []
    for task in shown:
        days = urgency.days_late(task.due_at)
        late = "long" if days is None else days if days else "<1"
        due = short_day(local_day(task.due_at), desk.today)
        for said, who in _waiting_for(task):
            rows.append((late, task.reference, said, due, who[:1].upper() + who[1:]))
    lines = [heading, "", *screen.table(("Days", "Case", "Waiting for", "Was due", "Owner"), WIDTHS, rows)]
    cases = len({task.reference for task in shown})
    first = f"Next: pathways next {shown[0].reference}"
    if len(shown) < in_all:
        return [*lines, "", f"{len(shown)} of {in_all:,}. All: pathways overdue -n 0", first, *checked(desk)]
    count = f"{len(rows)} late in {plural(cases, 'case')}. Days are working days."
    return [*lines, "", f"{count} {first}", *checked(desk)]


def _waiting_for(task: Task) -> list[tuple[str, str]]:
    if task.reports:
        return [(f"Report: {agency}", agency) for agency in task.reports]
    return [(task.what, task.owner or task.team)]
