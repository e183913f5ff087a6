"""Conferences to be placed, as OR-Tools' CP-SAT takes them, and what it found, read back.

The day and the chair are decided together: a literal for each family, day and chair that may be. On one day, families
that may have the same hours are alike to their chair; so the hours are counted, and which family has which of them is
given out afterwards. That loses nothing, and leaves a third of the literals and few ways to say the same.

OR-Tools is imported when a model is made, and not before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pathways.errors import NotReady
from pathways.scheduling import Family, Instance, Slot, Someone, in_time, independent, out_of_school

CHAIR, ROOM, TAKER = "chair", "room", "taker"

Place = tuple[date, str]
"""On which day, and under which chair."""
Alike = tuple[date, str, tuple[Slot, ...]]
"""Families on one day under one chair that may have the same hours."""


@dataclass(slots=True)
class Model:
    """An instance as the solver takes it. `places` and `wanted` stand in the order of the instance's families."""

    instance: Instance
    tool: Any
    cp: Any
    places: list[dict[Place, Any]] = field(default_factory=list)
    wanted: list[Any] = field(default_factory=list)
    alike: dict[Alike, list[tuple[int, Any]]] = field(default_factory=lambda: defaultdict(list))
    hours: dict[Alike, dict[Slot, Any]] = field(default_factory=dict)
    named: dict[tuple[str, Slot], dict[str, Any]] = field(default_factory=dict)
    """Which room or minute-taker a slot has, on the days on which it matters."""

    @property
    def days(self) -> dict[date, list[Any]]:
        """The literals of each day."""
        found: dict[date, list[Any]] = defaultdict(list)
        for literals in self.places:
            for (day, _), literal in literals.items():
                found[day].append(literal)
        return found


@dataclass(frozen=True, slots=True)
class Placed:
    """What a family was given; `room` and `taker` are empty where any that is free will do."""

    slot: Slot
    chair: str
    room: str = ""
    taker: str = ""


def modelled(instance: Instance, *, free: frozenset[str] = frozenset()) -> Model:
    """The hard rules. Of each family a literal says whether it is placed; what is named in `free` is never short.

    Raises:
        NotReady: OR-Tools is not installed.
    """
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        raise NotReady(
            "Slots are worked out by OR-Tools, which is not installed here. Install it: pip install ortools"
        ) from None
    model = Model(instance, cp_model, cp_model.CpModel())
    for number, family in enumerate(instance.families):
        _add_family(model, number, family)
    by_slot, by_chair = _add_hours(model, several=CHAIR in free)
    if CHAIR not in free:
        _chairs_in_one_place(model, by_chair)
    for kind, there in ((ROOM, instance.rooms), (TAKER, instance.takers)):
        if kind not in free:
            _enough(model, kind, there, by_slot)
    return model


def _add_family(model: Model, number: int, family: Family) -> None:
    instance, open_on = model.instance, defaultdict(list)
    for slot in out_of_school(family, in_time(family, instance.slots)):
        open_on[slot.day].append(slot)
    literals: dict[Place, Any] = {}
    for chair in independent(family, instance.chairs):
        for day, slots in open_on.items():
            hours = tuple(slot for slot in slots if chair.free(slot))
            if hours:
                literals[day, chair.name] = literal = model.cp.new_bool_var("")
                model.alike[day, chair.name, hours].append((number, literal))
    wanted = model.cp.new_bool_var("")
    model.cp.add(sum(literals.values()) == wanted)
    model.places.append(literals)
    model.wanted.append(wanted)


def _add_hours(
    model: Model, *, several: bool
) -> tuple[dict[Slot, list[Any]], dict[tuple[str, Slot], list[Any]]]:
    """Count who is placed on a day into its hours; the counts by slot, and by chair and slot.

    Args:
        model: with its families.
        several: whether a chair may be in several places at once.
    """
    by_slot: dict[Slot, list[Any]] = defaultdict(list)
    by_chair: dict[tuple[str, Slot], list[Any]] = defaultdict(list)
    for alike, families in model.alike.items():
        _, chair, hours = alike
        counts = {}
        for slot in hours:
            made = model.cp.new_int_var(0, len(families) if several else 1, "")
            counts[slot] = made
            by_slot[slot].append(made)
            by_chair[chair, slot].append(made)
        model.cp.add(sum(counts.values()) == sum(literal for _, literal in families))
        model.hours[alike] = counts
    return by_slot, by_chair


def _chairs_in_one_place(model: Model, by_chair: Mapping[tuple[str, Slot], Sequence[Any]]) -> None:
    for chair in model.instance.chairs:
        for together in model.instance.at_once:
            here = [count for slot in together for count in by_chair.get((chair.name, slot), ())]
            if len(here) > 1:
                model.cp.add(sum(here) <= 1)
    of_day: dict[Place, list[Any]] = defaultdict(list)
    for (day, name, _), families in model.alike.items():
        of_day[day, name] += [literal for _, literal in families]
    for chair in model.instance.chairs:
        for day in model.instance.day_numbers:
            his = of_day[day, chair.name]
            if len(his) > chair.left_on(day):
                model.cp.add(sum(his) <= chair.left_on(day))


def _enough(model: Model, kind: str, there: Sequence[Someone], by_slot: Mapping[Slot, Sequence[Any]]) -> None:
    """Rooms or minute-takers for every conference.

    How many are free is all that counts, but for a day whose slots overlap and on which one is taken for some hours:
    two conferences may then find one free each, and it is the same one.
    """
    for together in model.instance.at_once:
        here = [count for slot in together for count in by_slot.get(slot, ())]
        if here and not _by_name(model.instance, there, together[0].day):
            model.cp.add(sum(here) <= sum(all(one.free(slot) for slot in together) for one in there))
    for slot in model.instance.slots:
        if by_slot.get(slot) and _by_name(model.instance, there, slot.day):
            named = {one.name: model.cp.new_bool_var("") for one in there if one.free(slot)}
            model.cp.add(sum(named.values()) == sum(by_slot[slot]))
            model.named[kind, slot] = named
    for together in model.instance.at_once:
        for one in there:
            mine = [
                model.named[kind, slot][one.name]
                for slot in together
                if one.name in model.named.get((kind, slot), ())
            ]
            if len(mine) > 1:
                model.cp.add_at_most_one(mine)


def _by_name(instance: Instance, there: Iterable[Someone], day: date) -> bool:
    overlapping = any(len(each) > 1 and each[0].day == day for each in instance.at_once)
    return overlapping and any(busy.day == day for one in there for busy in one.busy)


def solver_of(model: Model, seconds: float) -> Any:
    """A solver that finds the same each time. One worker: with two, each has half of what they share."""
    solver = model.tool.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = seconds
    return solver


def placed(model: Model, solver: Any) -> list[Placed]:
    """What the solver gave each family, in the order of the instance's families."""
    found: dict[int, tuple[Slot, str]] = {}
    for alike, families in model.alike.items():
        here = [number for number, literal in families if solver.boolean_value(literal)]
        hours = [slot for slot, count in model.hours[alike].items() if solver.value(count)]
        found |= {number: (slot, alike[1]) for number, slot in zip(here, hours, strict=True)}
    left = {
        key: [name for name, literal in named.items() if solver.boolean_value(literal)]
        for key, named in model.named.items()
    }
    return [
        Placed(
            slot, chair, *(left[kind, slot].pop(0) if (kind, slot) in left else "" for kind in (ROOM, TAKER))
        )
        for slot, chair in (found[number] for number in range(len(model.places)))
    ]


def possible(instance: Instance, seconds: float, *, free: frozenset[str] = frozenset()) -> bool:
    """Whether everybody can be placed; what is named in `free` is never short.

    Raises:
        NotReady: neither was shown in the time given.
    """
    model = modelled(instance, free=free)
    for wanted in model.wanted:
        model.cp.add(wanted == 1)
    solver = solver_of(model, seconds)
    status = solver.solve(model.cp)
    if status == model.tool.UNKNOWN:
        raise NotReady(out_of_time(seconds))
    return bool(status != model.tool.INFEASIBLE)


def out_of_time(seconds: float) -> str:
    """What is said where a search came to no end."""
    return (
        f"No proposal was found within {seconds:g} seconds, and none was shown to be impossible. "
        f"Give it longer: --seconds {max(300, round(seconds * 5))}"
    )
