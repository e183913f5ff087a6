"""Slots for conferences: what is asked, and what is proposed.

Hard, never traded: the limit in law of every child; brothers and sisters in one slot; a chair who has no part in
managing the case, in one place at a time and not on leave; a room and a minute-taker for each conference; no school
hours of a child who attends. Then, each before the next: children who are overdue wait the fewest days, the fewest
conferences come after the day they were to be planned by, the fewest families get a new chair, and the fullest day is
as empty as can be. Where no proposal exists it is said what stands in the way, a sentence for each conflict.

`pathways/scheduling_search.py` proposes, `pathways/scheduling_conflicts.py` says why not, and
`pathways/scheduling_checker.py` holds a proposal against the rules. All of it is pure. A person books.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property

A_DAY = 2
"""Conferences that a chair takes on one day, unless the file says otherwise."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A time at which conferences may be held, London time; `end` is the first moment after it."""

    day: date
    start: time
    end: time

    def meets(self, start: time, end: time) -> bool:
        """Whether it overlaps these hours of its day."""
        return self.start < end and start < self.end

    def clashes(self, other: Slot) -> bool:
        """Whether nobody can be in both."""
        return self.day == other.day and self.meets(other.start, other.end)


@dataclass(frozen=True, slots=True)
class Someone:
    """A chair or a minute-taker by login, or a room by its short name, with the days on which there is none of it."""

    name: str
    away: frozenset[date] = frozenset()
    a_day: int = A_DAY
    """Only of a chair: how many conferences on one day."""
    busy: frozenset[Slot] = frozenset()
    """Hours that are taken already; of a chair, each is one of the conferences of its day."""

    def free(self, slot: Slot) -> bool:
        """Whether it can be counted on in that slot."""
        return slot.day not in self.away and not any(slot.clashes(each) for each in self.busy)

    def left_on(self, day: date) -> int:
        """Only of a chair: how many more conferences that day may have."""
        return max(0, self.a_day - sum(each.day == day for each in self.busy))


@dataclass(frozen=True, slots=True)
class Child:
    """One child's conference to be held.

    `limit` is the last day the law allows, and `plan_by` the day by which it was to be planned. Of a child whose limit
    has passed, `overdue`, the conference is held as soon as can be. `managed_by` take part in managing the case, so
    that they cannot chair. `school` is the hours of a child who attends the conference and is at school on `school_days`
    (empty: every day).
    """

    reference: str
    earliest: date
    limit: date
    plan_by: date | None = None
    overdue: bool = False
    last_chair: str = ""
    managed_by: frozenset[str] = frozenset()
    school: tuple[time, time] | None = None
    school_days: frozenset[date] = frozenset()
    family: str = ""
    """What brothers and sisters share; empty: a conference of its own."""

    def may(self, slot: Slot) -> bool:
        """Whether the slot is within the child's limit."""
        return self.earliest <= slot.day and (self.overdue or slot.day <= self.limit)

    def at_school(self, slot: Slot) -> bool:
        """Whether the child would miss school for it."""
        if self.school is None or (self.school_days and slot.day not in self.school_days):
            return False
        return slot.meets(*self.school)


Family = tuple[Child, ...]
"""The children of one conference."""


@dataclass(frozen=True)
class Instance:
    """What is to be held, when it can be, and who and what there is for it."""

    children: tuple[Child, ...]
    slots: tuple[Slot, ...]
    chairs: tuple[Someone, ...]
    rooms: tuple[Someone, ...]
    takers: tuple[Someone, ...]

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """The children of each conference, by reference."""
        found: dict[str, list[Child]] = defaultdict(list)
        for child in sorted(self.children, key=lambda each: each.reference):
            found[child.family or f"\0{child.reference}"].append(child)
        return tuple(tuple(each) for each in sorted(found.values(), key=lambda each: each[0].reference))

    @cached_property
    def day_numbers(self) -> dict[date, int]:
        """The days on which there are slots, numbered from 0."""
        return {day: number for number, day in enumerate(sorted({each.day for each in self.slots}))}

    @cached_property
    def at_once(self) -> tuple[tuple[Slot, ...], ...]:
        """Slots that run at one moment: whoever is in one of them is in no other."""
        found = {
            tuple(
                other
                for other in self.slots
                if other.day == each.day and other.start <= each.start < other.end
            )
            for each in self.slots
        }
        return tuple(sorted(found))

    def without(self, gone: Collection[Family]) -> Instance:
        """The same, without some families."""
        left = {child.reference for family in gone for child in family}
        return replace(self, children=tuple(each for each in self.children if each.reference not in left))

    def only(self, families: Iterable[Family]) -> Instance:
        """The same, with these families and no others."""
        return replace(self, children=tuple(child for family in families for child in family))


@dataclass(frozen=True, slots=True)
class Held:
    """One conference as it is proposed."""

    children: tuple[str, ...]
    slot: Slot
    chair: str
    room: str
    taker: str
    late: bool = False
    new_chair: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """What is made small, in this order."""

    waiting: int = 0
    late: int = 0
    new_chairs: int = 0
    fullest_day: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed. `proven`: nothing better exists; otherwise nothing is better than `bound`.

    `conflicts` has a sentence for each reason why something could not be placed; those children are in `left_out`.
    """

    held: tuple[Held, ...]
    cost: Cost
    proven: bool
    bound: Cost
    conflicts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


# --- what holds for one family ---------------------------------------------------------------------------------------


def in_time(family: Family, slots: Iterable[Slot]) -> list[Slot]:
    """Those of these slots that are within the limit of every child of a family."""
    return [slot for slot in slots if all(child.may(slot) for child in family)]


def out_of_school(family: Family, slots: Iterable[Slot]) -> list[Slot]:
    """Those of these slots that no child of a family would miss school for."""
    return [slot for slot in slots if not any(child.at_school(slot) for child in family)]


def independent(family: Family, chairs: Iterable[Someone]) -> list[Someone]:
    """Those of these chairs who have no part in managing the case of any child of a family."""
    managers = frozenset().union(*(child.managed_by for child in family))
    return [chair for chair in chairs if chair.name not in managers]


def is_late(family: Family, day: date) -> bool:
    """Whether a day comes after the one by which one of them was to be planned."""
    return any(child.plan_by is not None and day > child.plan_by for child in family)


def is_new(family: Family, chair: str) -> bool:
    """Whether one of them had another chair at the last conference."""
    return any(child.last_chair not in ("", chair) for child in family)


def cost_of(instance: Instance, held: Sequence[Held]) -> Cost:
    """What a proposal costs."""
    families = {tuple(child.reference for child in family): family for family in instance.families}
    of = [(families[each.children], each) for each in held]
    waiting = sum(
        instance.day_numbers[each.slot.day] for family, each in of if any(child.overdue for child in family)
    )
    full = Counter(each.slot.day for each in held)
    return Cost(
        waiting,
        sum(is_late(family, each.slot.day) for family, each in of),
        sum(is_new(family, each.chair) for family, each in of),
        max(full.values(), default=0),
    )
