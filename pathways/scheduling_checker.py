"""Holds a proposal for conferences against every hard rule.

It shares no code with the search, so that a mistake there shows here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, time

from pathways.scheduling import Child, Held, Instance


def broken(instance: Instance, held: Sequence[Held]) -> list[str]:
    """Every hard rule that a proposal breaks, in words; says nothing of what is merely not the best."""
    return [
        *_counted(instance, held),
        *_of_children(instance, held),
        *_of_resources(instance, held),
        *_twice_at_once(held),
        *_full_days(instance, held),
    ]


def _counted(instance: Instance, held: Sequence[Held]) -> Iterator[str]:
    asked = {child.reference for child in instance.children}
    for reference, number in Counter(reference for each in held for reference in each.children).items():
        if number != 1:
            yield f"{reference} is placed {number} times"
        if reference not in asked:
            yield f"{reference} was not asked for"


def _of_children(instance: Instance, held: Sequence[Held]) -> Iterator[str]:
    placed = {reference: each for each in held for reference in each.children}
    for child in instance.children:
        each = placed.get(child.reference)
        if each is None:
            continue
        yield from _of_one(instance, child, each)
        for other in instance.children:
            if child.family and other.family == child.family and placed.get(other.reference) != each:
                yield f"{child.reference} and {other.reference} are apart"


def _of_one(instance: Instance, child: Child, each: Held) -> Iterator[str]:
    if each.slot not in instance.slots:
        yield f"{child.reference} is in a slot that does not exist"
    if each.slot.day < child.earliest:
        yield f"{child.reference} is too early"
    if each.slot.day > child.limit and not child.overdue:
        yield f"{child.reference} is after its limit"
    if each.chair in child.managed_by:
        yield f"{child.reference} is chaired by somebody who manages the case"
    if child.school is not None and (not child.school_days or each.slot.day in child.school_days):
        begins, ends = child.school
        if not (each.slot.end <= begins or each.slot.start >= ends):
            yield f"{child.reference} would miss school"


def _of_resources(instance: Instance, held: Sequence[Held]) -> Iterator[str]:
    there = {
        kind: {one.name: one for one in some}
        for kind, some in (
            ("chair", instance.chairs), ("room", instance.rooms), ("minute-taker", instance.takers),
        )
    }  # fmt: skip
    for each in held:
        for kind, name in (("chair", each.chair), ("room", each.room), ("minute-taker", each.taker)):
            one = there[kind].get(name)
            if one is None:
                yield f"there is no {kind} {name}"
            elif each.slot.day in one.away:
                yield f"the {kind} {name} is not there on {each.slot.day}"
            elif any(_at_one_time(_when(each), (busy.day, busy.start, busy.end)) for busy in one.busy):
                yield f"the {kind} {name} is taken already on {each.slot.day}"


def _when(each: Held) -> tuple[date, time, time]:
    return each.slot.day, each.slot.start, each.slot.end


def _at_one_time(one: tuple[date, time, time], other: tuple[date, time, time]) -> bool:
    return one[0] == other[0] and max(one[1], other[1]) < min(one[2], other[2])


def _twice_at_once(held: Sequence[Held]) -> Iterator[str]:
    for number, this in enumerate(held):
        for that in held[number + 1 :]:
            if not _at_one_time(_when(this), _when(that)):
                continue
            for kind, one, two in (
                ("chair", this.chair, that.chair), ("room", this.room, that.room),
                ("minute-taker", this.taker, that.taker),
            ):  # fmt: skip
                if one == two:
                    yield f"the {kind} {one} is wanted twice at once on {this.slot.day}"


def _full_days(instance: Instance, held: Sequence[Held]) -> Iterator[str]:
    taken = Counter((each.chair, each.slot.day) for each in held)
    for chair in instance.chairs:
        for day in {each.slot.day for each in held if each.chair == chair.name}:
            before = sum(busy.day == day for busy in chair.busy)
            if taken[chair.name, day] + before > chair.a_day:
                yield f"the chair {chair.name} has {taken[chair.name, day] + before} conferences on {day}"
