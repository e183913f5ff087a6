"""Propose slots for the conferences that are to be held. It proposes; a person books each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import screen
from commands.desk import Desk
from commands.options import Json, NeverAsks
from commands.spoken import iso, plural, short_day
from commands.style import STYLE, examples
from pathways.errors import PARTLY, Mistyped, PathwayError

if TYPE_CHECKING:
    from models.placing import ToHold
    from pathways.bookings import Booking
    from pathways.scheduling import Child, Held, Instance, Proposal, Slot, Someone

app = typer.Typer(**STYLE)

KNOWN = ("from", "to", "slots", "chairs", "rooms", "minute_takers", "children")
OF_SOMEONE = ("name", "away", "a_day", "busy")
OF_CHILD = ("attends", "school_hours", "plan_by", "not_before", "chair", "not_chairs", "again")
HOURS = 'Hours are written as ["09:30", "11:30"].'
BUSY = '`busy` is written as [["2026-11-25", "09:30", "11:30"]].'
MOST_DAYS = 366


@app.command(
    help=examples(
        "Propose slots for the conferences to be held, inside their limits. Nothing is booked.\n\n"
        "The file says from when to when, at which hours, with which chairs, rooms and minute-takers: "
        "pathways schedule --example prints one.",
        "pathways schedule --from slots.json",
        "pathways schedule --from slots.json --json",
    )
)
def schedule(
    from_file: Annotated[
        str, typer.Option("--from", metavar="FILE", help="Hours, chairs, rooms; - for standard input.")
    ] = "",
    seconds: Annotated[
        float, typer.Option("--seconds", min=1, max=3600, help="How long each search may take.")
    ] = 60.0,
    example: Annotated[bool, typer.Option("--example", help="Print a file to begin with.")] = False,
    as_json: Json = False,
    no_input: NeverAsks = False,
) -> int:
    """Propose."""
    if example:
        with Desk() as desk:
            screen.as_it_is(json.dumps(_example(desk), indent=1))
        return 0
    if not from_file:
        raise Mistyped(
            "What is there to plan with? pathways schedule --from FILE. A file: pathways schedule --example"
        )
    from pathways.scheduling_search import propose

    given = _read(from_file)
    with Desk() as desk:
        instance, found, booked = _instance(desk, given)
        made = propose(instance, seconds=seconds)
        if as_json:
            screen.answer_json("schedule/1", _as_json(made, found, booked))
        else:
            for line in _screen(made, found, booked, desk.today):
                screen.say(line)
        return PARTLY if made.left_out else 0


def _example(desk: Desk) -> dict[str, Any]:
    """A file to begin with: the four weeks from tomorrow, invented chairs and rooms, one child who waits for a slot."""
    from models.placing import to_hold

    def day(number: int) -> str:
        return str(desk.today + timedelta(days=number))

    with desk.store.reading() as tx:
        waiting = to_hold(tx, desk.today, desk.today + timedelta(days=28)).children
    return {
        "from": day(1),
        "to": day(28),
        "slots": [["09:30", "11:30"], ["13:00", "15:00"], ["16:00", "18:00"]],
        "chairs": [{"name": "chair-1", "away": [day(7)], "a_day": 2}, {"name": "chair-2"}],
        "rooms": [
            {"name": "oak", "busy": [[day(1), "09:30", "11:30"]]},
            {"name": "elm", "away": [day(3)]},
        ],
        "minute_takers": [{"name": "minutes-1"}],
        "children": {
            each.reference: {"attends": True, "school_hours": ["08:45", "15:15"]} for each in waiting[:1]
        },
    }


def _instance(desk: Desk, given: Mapping[str, Any]) -> tuple[Instance, ToHold, int]:
    """What is asked: the store's conferences, the file's hours and people; how many are booked beside them."""
    from models.chairing import booked_beside
    from models.placing import to_hold
    from pathways.scheduling import Instance, Slot

    first, last = _day(given, "from", str(desk.today)), _day(given, "to", "")
    if first < desk.today:
        raise Mistyped("In the file, `from` has passed. Slots begin today or later.")
    if not first <= last <= first + timedelta(days=MOST_DAYS):
        raise Mistyped("In the file, `to` must be after `from`, and at most a year later.")
    hours = [_hours(each, "slots") for each in _list(given, "slots")]
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    calendar = desk.rules.calendar
    slots = tuple(
        sorted({Slot(day, *each) for day in days if calendar.is_working_day(day) for each in hours})
    )
    if not slots:
        raise Mistyped("In the file, there is no hour in `slots`, or no working day from `from` to `to`.")
    more: dict[str, Any] = given.get("children", {})
    if not isinstance(more, dict) or not all(isinstance(each, dict) for each in more.values()):
        raise Mistyped('In the file, `children` is written as {"CP-2026-0001": {"attends": true}}.')
    again = [reference for reference, own in more.items() if own.get("again") is True]
    with desk.store.reading() as tx:
        found = to_hold(tx, desk.today, last, again=again, first=first)
        to_place = [child.reference for child in found.children]
        days = sorted({slot.day for slot in slots})
        beside = booked_beside(tx, days, desk.today, without=to_place)
    known = {child.reference for child in found.children}
    unknown = next((each for each in more if each not in known), None)
    if unknown is not None:
        raise Mistyped(
            f"In the file, {screen.shown(unknown)[:40]} has no conference to be placed between these days: it is booked, "
            "its limit is later, or there is no such case."
        )
    children = tuple(_child(desk, each, more.get(each.reference, {}), slots) for each in found.children)
    return (
        Instance(
            children,
            slots,
            tuple(
                _around(each, slots, [one for one in beside if one.of_chair(each.name)])
                for each in _people(given, "chairs")
            ),
            tuple(
                _around(each, slots, [one for one in beside if one.in_room(each.name)])
                for each in _people(given, "rooms")
            ),
            _people(given, "minute_takers"),
        ),
        found,
        len(beside),
    )


def _around(one: Someone, slots: Sequence[Slot], booked: Sequence[Booking]) -> Someone:
    """A chair or a room with the hours that conferences take which are booked already.

    Of one whose hour nobody knows, that is the whole day.
    """
    from pathways.bookings import Booking, lasts_until
    from pathways.scheduling import Slot

    taken = set(one.busy)
    for each in booked:
        clashing = [slot for slot in slots if Booking((), slot.day, slot.start).clashes(each) is not False]
        if each.begins is None:
            taken.add(Slot(each.day, time.min, time.max))
        else:
            starts = min((each.begins, *(slot.start for slot in clashing)))
            ends = max((lasts_until(each.begins), *(slot.end for slot in clashing)))
            taken.add(Slot(each.day, starts, ends))
    return replace(one, busy=frozenset(taken))


def _child(desk: Desk, child: Child, own: Mapping[str, Any], slots: tuple[Slot, ...]) -> Child:
    """A child with what the file says besides: whether they attend and when they are at school, chairs, days."""
    _only(own, OF_CHILD, child.reference)
    if own.get("attends") is True and "school_hours" in own:
        hours, days = _hours(own["school_hours"], "school_hours"), _school_days(desk, child, slots)
        child = replace(child, school=hours if days else None, school_days=days)
    if "plan_by" in own:
        child = replace(child, plan_by=_day(own, "plan_by", ""))
    if "not_before" in own:
        child = replace(child, earliest=max(child.earliest, _day(own, "not_before", "")))
    if "chair" in own:
        child = replace(child, last_chair=_word(own["chair"], "chair"))
    if "not_chairs" in own:
        kept_out = {_word(each, "not_chairs") for each in _list(own, "not_chairs")}
        child = replace(child, managed_by=child.managed_by | kept_out)
    return child


def _school_days(desk: Desk, child: Child, slots: tuple[Slot, ...]) -> frozenset[date]:
    """The days on which the child's school is open; every day where its calendar is not known so far."""
    facts = desk.case(child.reference).row.facts
    school = desk.rules.at_school(facts.get("school")).school
    days = {slot.day for slot in slots}
    if school is None:
        return frozenset(days)
    found = set()
    for day in days:
        try:
            shut = not school.is_open(day)
        except PathwayError:
            shut = False  # beyond the terms that are known, a child may be at school
        if not shut:
            found.add(day)
    return frozenset(found)


# --- the file -------------------------------------------------------------------------------------------------------


def _read(path: str) -> dict[str, Any]:
    """The file.

    Raises:
        Mistyped: it is no JSON object, or holds what is not asked for.
    """
    from commands.files import read_json

    found = read_json(path, "One to begin with: pathways schedule --example")
    _only(found, KNOWN, "the file")
    return found


def _only(found: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in found:
        if name not in known:
            raise Mistyped(
                f"Of {screen.shown(where)}, {screen.shown(name)[:40]} is not asked for. Asked: {', '.join(known)}."
            )


def _list(found: Mapping[str, Any], name: str) -> list[Any]:
    made = found.get(name)
    if not isinstance(made, list):
        raise Mistyped(f"In the file, `{name}` must be a list.")
    return made


def _word(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 40:
        raise Mistyped(f"In the file, `{name}` is a login or a short name.")
    return value.strip()


def _day(found: Mapping[str, Any], name: str, usual: str) -> date:
    try:
        return date.fromisoformat(str(found.get(name, usual)))
    except ValueError:
        raise Mistyped(f"In the file, `{name}` is a day, written as 2026-11-25.") from None


def _hours(found: Any, name: str) -> tuple[time, time]:
    try:
        start, end = (time.fromisoformat(each) for each in found)
    except (TypeError, ValueError):
        raise Mistyped(f"In the file, `{name}` cannot be read. {HOURS}") from None
    if start.tzinfo or end.tzinfo or start >= end:
        raise Mistyped(f"In the file, `{name}` must end after it begins. {HOURS}")
    return start, end


def _people(given: Mapping[str, Any], name: str) -> tuple[Someone, ...]:
    from pathways.scheduling import A_DAY, Someone

    found: dict[str, Someone] = {}
    for each in _list(given, name):
        if not isinstance(each, dict):
            raise Mistyped(
                f'In the file, `{name}` is written as [{{"name": "oak", "away": ["2026-11-25"]}}].'
            )
        _only(each, OF_SOMEONE, name)
        called = _word(each.get("name"), "name")
        if called in found:
            raise Mistyped(f"In the file, {screen.shown(called)} stands twice in `{name}`.")
        away = [_day({"away": day}, "away", "") for day in (_list(each, "away") if "away" in each else [])]
        a_day = each.get("a_day", A_DAY)
        if not isinstance(a_day, int) or isinstance(a_day, bool) or not 1 <= a_day <= 20:
            raise Mistyped("In the file, `a_day` is a number from 1 to 20.")
        busy = [_busy(hours) for hours in (_list(each, "busy") if "busy" in each else [])]
        found[called] = Someone(called, frozenset(away), a_day, frozenset(busy))
    return tuple(found.values())


def _busy(found: Any) -> Slot:
    from pathways.scheduling import Slot

    if not isinstance(found, list) or len(found) != 3:
        raise Mistyped(f"In the file, {BUSY}")
    return Slot(_day({"busy": found[0]}, "busy", ""), *_hours(found[1:], "busy"))


# --- what is said -----------------------------------------------------------------------------------------------------


def _screen(made: Proposal, found: ToHold, booked: int, today: date) -> list[str]:
    if not found.children:
        return [
            "No conference waits for a day within that time. What is due: pathways worklist",
            *_undated(found),
        ]
    lines = []
    if made.held:
        rows = [
            (
                short_day(each.slot.day, today, weekday=True), f"{each.slot.start:%H:%M}", ", ".join(each.children),
                each.chair + (" (new)" if each.new_chair else ""), each.room, each.taker, "late" if each.late else "",
            )
            for each in made.held
        ]  # fmt: skip
        lines += screen.table(
            ("Day", "At", "For", "Chair", "Room", "Minutes", ""), (15, 5, 14, 14, 8, 10, 5), _one_a_line(rows)
        )
        lines += ["", *screen.wrapped("", _how_good(made), indent=0)]
    if made.conflicts:
        lines += ["", *screen.wrapped("Not placed", ", ".join(made.left_out), indent=12)]
        lines += [line for says in made.conflicts for line in screen.wrapped("  -", f"{says}.", indent=4)]
    if booked:
        said = f"{plural(booked, 'conference')} booked in this time: their rooms and chairs are left to them."
        lines += ["", *screen.wrapped("", said, indent=0)]
    lines += _undated(found)
    lines += ["", "This is a proposal; nothing is booked."]
    if not made.held:
        return [*lines, "Next: pathways worklist"]
    return [*lines, "Book one:", *screen.typed(_book(made.held[0], found), 2)]


def _book(held: Held, found: ToHold) -> str:
    """What books a conference as it is proposed, or moves it there; what else is asked, it asks."""
    first, *others = held.children
    beside = [f"--with {each}" for each in others]
    told = {"where": quote(held.room), "chair": quote(held.chair)}
    if found.booked.intersection(held.children):
        own = [f"--{name} {value}" for name, value in told.items()]
        said = [
            f"pathways rebook {first}",
            *beside,
            f"--to {iso(held.slot.day)}",
            f"--at {held.slot.start:%H:%M}",
            *own,
        ]
        return " ".join(said)
    told |= {"conference_on": str(iso(held.slot.day)), "begins": f"{held.slot.start:%H:%M}"}
    answers = [f"--answer {name}={value}" for name, value in told.items()]
    return " ".join((f"pathways do {first} book-conference", *beside, *answers))


def _one_a_line(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A line for each child: brothers and sisters stand below each other."""
    found = []
    for day, at, children, *rest in rows:
        first, *others = children.split(", ")
        found.append((day, at, first, *rest))
        found += [("", "", each, "with the above", "", "", "") for each in others]
    return found


def _how_good(made: Proposal) -> str:
    cost = made.cost
    said = f"{plural(len(made.held), 'conference')}: {cost.late} after the day to plan by, {plural(cost.new_chairs, 'new chair')}, "
    said += f"at most {cost.fullest_day} on a day. "
    return said + (
        "Nothing better exists." if made.proven else "The time ran out before this was shown to be the best."
    )


def _undated(found: ToHold) -> list[str]:
    if not found.undated:
        return []
    return [
        "",
        *screen.wrapped(
            "", f"No limit is running, so none is known: {', '.join(found.undated[:6])}.", indent=0
        ),
    ]


def _as_json(made: Proposal, found: ToHold, booked: int) -> dict[str, Any]:
    return {
        "proven": made.proven,
        "cost": _cost_json(made.cost),
        "nothing_is_better_than": _cost_json(made.bound),
        "proposed": [
            {
                "cases": list(each.children), "day": iso(each.slot.day), "start": f"{each.slot.start:%H:%M}",
                "end": f"{each.slot.end:%H:%M}", "chair": each.chair, "room": each.room, "minutes": each.taker,
                "after_plan_by": each.late, "new_chair": each.new_chair,
            }
            for each in made.held
        ],
        "conflicts": list(made.conflicts),
        "not_placed": list(made.left_out),
        "no_limit_known": list(found.undated),
        "booked": False,
        "booked_already": booked,
        "next": [_book(each, found) for each in made.held][:3],
    }  # fmt: skip


def _cost_json(cost: Any) -> dict[str, int]:
    return {
        "days_overdue_wait": cost.waiting, "after_plan_by": cost.late, "new_chairs": cost.new_chairs,
        "fullest_day": cost.fullest_day,
    }  # fmt: skip
