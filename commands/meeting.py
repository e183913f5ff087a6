"""The conference that several children share: who is in it; a child who joins between the booking and the day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import screen
from commands.desk import Desk
from commands.move_options import DryRun
from commands.options import Case, Json
from commands.show import heading
from commands.spoken import full_day, iso
from commands.style import STYLE, examples
from pathways.errors import Mistyped
from pathways.moments import LONDON

if TYPE_CHECKING:
    from models.meetings import Meeting
    from models.queries import CaseView

app = typer.Typer(**STYLE)

STATUS = {"booked": "Booked for", "held": "Held on", "put_off": "Put off; it was for"}


@app.command(
    help=examples(
        "The conference that a case is in, with the other children. ACTION add puts a child's case into the meeting "
        "of another; the child's own conference is still booked, prepared and decided on the child's own case.",
        "pathways meeting cp41",
        "pathways meeting cp43 add --to cp41",
    )
)
def meeting(
    case: Case,
    action: Annotated[str, typer.Argument(metavar="ACTION", help="show or add.")] = "show",
    to: Annotated[str, typer.Option("--to", metavar="CASE", help="A case that is in the meeting.")] = "",
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Show a meeting, or put a case into one."""
    from models.meetings import join, meeting_of

    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        line = ""
        if action == "add":
            if not to:
                raise Mistyped(
                    f"Name a case that is in the meeting: pathways meeting {view.reference} add --to CASE"
                )
            other = desk.case(to)
            desk.looked(other, as_json=as_json)
            found, line = join(
                desk.store, view.reference, other.reference, actor=desk.actor, now=desk.now, dry_run=dry_run
            )
        elif action == "show":
            with desk.store.reading() as tx:
                there = meeting_of(tx, view.row.id)
            if there is None:
                raise Mistyped(
                    f"No conference is booked for {view.reference}: pathways do {view.reference} book-conference"
                )
            found = there
        else:
            raise Mistyped("After the case stands show or add, as in: pathways meeting cp43 add --to cp41")
        children = [desk.case(each) for each in found.references]
        if as_json:
            screen.answer_json("meeting/1", _as_json(found, children, changed=bool(line) and not dry_run))
            return
        _say(desk, view, found, children)
        if line:
            screen.say(line if not dry_run else "Nothing was changed.")
        screen.say(
            f"Next: pathways do {view.reference} book-conference"
            if line
            else f"Next: pathways next {view.reference}"
        )


def _say(desk: Desk, view: CaseView, found: Meeting, children: list[CaseView]) -> None:
    from commands.rebook import booked_words
    from models.booked import booking_of
    from models.meetings import BOOKED, last_held

    row = found.row
    booked = booking_of(row, (), row.booked_on)
    if row.starts_at is not None:
        began = row.starts_at.astimezone(LONDON)
        booked = replace(booked, day=began.date(), begins=began.time())
    screen.say(f"{row.kind[:1].upper()}{row.kind[1:]} of {view.reference}")
    for line in screen.wrapped("", f"{STATUS[row.status]} {booked_words(booked)}.", indent=0):
        screen.say(line)
    screen.say()
    rows = []
    for each in children:
        who, mark, due = heading(each, desk.today).partition(", due ")
        rows += [(each.reference, who, each.label), *([("", f"due {due}", "")] if mark else [])]
    for line in screen.table(("Case", "Child", "Where it stands"), (14, 22, 42), rows):
        screen.say(line)
    screen.say()
    with desk.store.reading() as tx:
        held = last_held(tx, view.row.id) if row.status == BOOKED else None
    if held is not None:
        on = full_day(
            held.row.starts_at.astimezone(LONDON).date() if held.row.starts_at else held.row.booked_on
        )
        for line in screen.wrapped("", f"Last held on {on}, of: {', '.join(held.references)}.", indent=0):
            screen.say(line)


def _as_json(found: Meeting, children: list[CaseView], *, changed: bool) -> dict[str, Any]:
    row = found.row
    return {
        "kind": row.kind,
        "status": row.status,
        "booked_on": iso(row.booked_on),
        "starts_at": iso(row.starts_at),
        "place": row.place,
        "cases": [
            {"case": each.reference, "state": each.row.state, "state_words": each.label} for each in children
        ],
        "changed": changed,
        "next": [f"pathways next {each.reference}" for each in children],
    }
