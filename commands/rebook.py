"""Move a conference to another day: first what that breaks, and only then, when it is meant, the move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import clashing, forms, prompts, screen
from commands.desk import Desk
from commands.move_options import NoInput, With
from commands.options import Case, Json
from commands.spoken import full_day, iso
from commands.style import STYLE, examples
from commands.typed_dates import parse, parse_time
from pathways.errors import Mistyped
from pathways.moments import local_day
from pathways.roles import called

if TYPE_CHECKING:
    from models.another_day import Break
    from models.queries import CaseView
    from pathways.bookings import Booking

app = typer.Typer(**STYLE)

MOVE = "rebook_conference"


@app.command(
    help=examples(
        "Another day or hour for a conference. What it breaks is shown before anything is changed. Room, hour and chair "
        "stay as they are booked where nothing is said of them.",
        "pathways rebook CP-2026-0041 --to 26/11/2026 --dry-run",
        "pathways rebook cp41 --to thu --at 2pm --where 'Oak room' --because 'The chair is ill.'",
    )
)
def rebook(
    case: Case,
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="The new day: 26/11/2026, thu, +3wd.")] = "",
    at: Annotated[str, typer.Option("--at", metavar="TIME", help="When it begins: 10am, 14:00.")] = "",
    where: Annotated[str, typer.Option("--where", metavar="TEXT", help="In which room.")] = "",
    chair: Annotated[str, typer.Option("--chair", metavar="LOGIN", help="Who chairs it.")] = "",
    because: Annotated[
        str, typer.Option("--because", metavar="TEXT", help="Why, and who agreed; kept on the record.")
    ] = "",
    from_file: Annotated[
        str, typer.Option("--from", metavar="FILE", help="to, at, where, chair, because as a JSON object.")
    ] = "",
    although: Annotated[
        bool, typer.Option("--although", help="Move it although it breaks something.")
    ] = False,
    by: Annotated[str, typer.Option("--by", metavar="ROLE", help="Who decided, as conference-chair.")] = "",
    beside: With = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it breaks, and keep nothing.")] = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Move it."""
    from models.conference import booking

    given = _given(from_file, to=to, at=at, where=where, chair=chair, because=because)
    if given["at"]:
        parse_time(given["at"])
    if by:
        called(by)
    with Desk() as desk:
        view = desk.case(case)
        asks = prompts.can_ask(no_input, as_json)
        if asks and not dry_run:
            _begin_form(desk, view, given, although=although, by=by, beside=beside or [])
        with desk.store.reading() as tx:
            was = booking(tx, view)
        moving = _moving(desk, view, beside or [])
        if asks:
            _refuse_what_cannot_be(desk, moving, by, dry_run=dry_run)
        wanted = _wanted(desk, view, was, given, asks)
        found = clashing.of_booking(desk, moving, wanted)
        if dry_run:
            desk.looked(view, as_json=as_json)
        if dry_run and as_json:
            screen.answer_json("rebook/1", _as_json(view, was, wanted, found))
            return
        for line in _screen(view, was, wanted, found):
            (screen.complain if as_json else screen.say)(line)
        if dry_run:
            screen.say("Nothing was changed.")
            return
        way = f"pathways rebook {view.reference} --to {wanted.day.isoformat()}"
        clashing.agreed(found, "Move it all the same?", way, although=although, asks=asks)
        _move(desk, moving, wanted, given["because"], by=by, asks=asks, as_json=as_json)


def _begin_form(
    desk: Desk, view: CaseView, given: Mapping[str, str], *, although: bool, by: str, beside: Sequence[str]
) -> None:
    day = f"--to={_day(desk, given['to'])}" if given["to"] else ""
    words = ["rebook", view.reference, day, "--although" if although else "", f"--by={by}" if by else ""]
    words += [f"--{name}={given[name]}" for name in ("at", "where", "chair", "because") if given[name]]
    words += [f"--with={each}" for each in beside]
    forms.begin(desk, "rebook", [each for each in words if each], target=view.reference, given={})


def _moving(desk: Desk, view: CaseView, beside: Sequence[str]) -> list[CaseView]:
    """The case, and the other children of the conference that are moved along.

    Raises:
        Mistyped: there is no other child, or a case is named twice.
    """
    from commands.together import EVERYBODY, others_at

    named = [view.reference]
    for typed in beside:
        found = others_at(desk, view) if typed.strip().lower() == EVERYBODY else [desk.case(typed).reference]
        if not found:
            raise Mistyped(f"No other child is in the conference of {view.reference}. Leave --with out.")
        named += found
    if len(set(named)) < len(named):
        raise Mistyped("A case is named twice. Name each child's case once.")
    return [desk.case(each) for each in named]


def _refuse_what_cannot_be(desk: Desk, moving: Sequence[CaseView], by: str, *, dry_run: bool) -> None:
    """Refuse a case whose conference cannot be moved, whichever day it would be, before the day is asked for."""
    from commands.move import is_refused_whatever_is_said, make

    for each in moving:
        if is_refused_whatever_is_said(desk, each, MOVE, called(by) if by else None, ()):
            make(
                desk, each, MOVE, on="", at="", because="", answer=(), from_file="", by=by, override=(),
                dry_run=dry_run, as_json=False, no_input=True, looked_at=True,
            )  # fmt: skip


def _wanted(desk: Desk, view: CaseView, was: Booking | None, given: Mapping[str, str], asks: bool) -> Booking:
    """The day, hour, room and chair that are wanted; what is not said is as it is booked.

    Raises:
        Mistyped: there is no day, it has passed, or nothing would be another.
    """
    from pathways.bookings import Booking, hour_in, hour_words, room_in

    if given["to"]:
        day = _day(desk, given["to"])
    elif asks:
        day = _day(desk, prompts.ask("To which day?"))
        prompts.meant(day)
    else:
        raise Mistyped(f"To which day? pathways rebook {view.reference} --to DATE")
    if day < desk.today:
        raise Mistyped(f"{full_day(day)} has passed. A conference is moved to a day that is still to come.")
    room, begins, chair = (room_in(was.room), was.begins, was.chair) if was else ("", None, "")
    typed = {name: given[name] for name in ("where", "at", "chair")}
    if asks:
        typed["where"] = typed["where"] or prompts.ask("Where (room and place)?", room)
        likely = hour_in(typed["where"]) or begins
        shown = hour_words(likely) if likely is not None else ""
        typed["at"] = typed["at"] or prompts.ask("At what time does it begin?", shown)
        typed["chair"] = typed["chair"] or prompts.ask("Who chairs it (their login)?", chair)
    begins = parse_time(typed["at"]) if typed["at"] else hour_in(typed["where"]) or begins
    wanted = Booking((view.reference,), day, begins, room_in(typed["where"]) or room, typed["chair"] or chair)
    if (
        was is not None
        and replace(wanted, references=(), room="") == replace(was, references=(), room="")
        and wanted.room == room_in(was.room)
    ):
        raise Mistyped(f"{view.reference} is booked for {full_day(day)} already. Nothing was changed.")
    return wanted


def _day(desk: Desk, typed: str) -> date:
    return local_day(parse(typed, now=desk.now, calendar=lambda: desk.rules.calendar, ahead=True))


def _given(from_file: str, **typed: str) -> dict[str, str]:
    """What was typed, and the rest from the file.

    Raises:
        Mistyped: the file holds something else.
    """
    from commands.given import from_json

    found = from_json(from_file) if from_file else {}
    for name in found:
        if name not in typed:
            raise Mistyped(f"{screen.shown(name)[:40]} is not asked for. The file holds: {', '.join(typed)}.")
    return {name: said or str(found.get(name) or "") for name, said in typed.items()}


def _move(
    desk: Desk,
    moving: Sequence[CaseView],
    wanted: Booking,
    because: str,
    *,
    by: str,
    asks: bool,
    as_json: bool,
) -> None:
    """Make the move, for all of them in one transaction."""
    from commands.move import make
    from commands.together import make_for_several

    view, *others = moving
    answers = [f"conference_on={wanted.day.isoformat()}"]
    answers += [f"where={wanted.room}"] if wanted.room else []
    answers += [f"begins={wanted.begins:%H:%M}"] if wanted.begins else []
    answers += [f"chair={wanted.chair}"] if wanted.chair else []
    making = partial(make_for_several, beside=[each.reference for each in others]) if others else make
    making(
        desk,
        view,
        MOVE,
        on="",
        at="",
        because=because,
        answer=answers,
        from_file="",
        by=by,
        override=[],
        dry_run=False,
        as_json=as_json,
        no_input=not asks,
        looked_at=True,
    )


def _screen(view: CaseView, was: Booking | None, wanted: Booking, found: Sequence[Break]) -> list[str]:
    lines = screen.wrapped(
        "",
        f"{view.reference} from {booked_words(was) if was else 'no day'} to {booked_words(wanted)}.",
        indent=0,
    )
    lines += clashing.lines(found)
    if not clashing.is_hard(found):
        lines += ["", "Nothing is broken by it."]
    return [*lines, ""]


def booked_words(booked: Booking) -> str:
    """'Thursday 26 November 2026, 2pm, Oak room, chair-1': what is known of a booking."""
    from pathways.bookings import hour_words, room_in

    hour = hour_words(booked.begins) if booked.begins is not None else ""
    room = screen.shown(room_in(booked.room)).rstrip(" .")
    return ", ".join(filter(None, (full_day(booked.day), hour, room, screen.shown(booked.chair))))


def _as_json(view: CaseView, was: Booking | None, wanted: Booking, found: Sequence[Break]) -> dict[str, Any]:
    return {
        "case": view.reference,
        "from": iso(was.day) if was else None,
        "to": iso(wanted.day),
        "begins": f"{wanted.begins:%H:%M}" if wanted.begins else None,
        "where": wanted.room,
        "chair": wanted.chair,
        "changed": False,
        **clashing.as_json(found),
        "next": [f"pathways rebook {view.reference} --to {wanted.day.isoformat()}"],
    }
