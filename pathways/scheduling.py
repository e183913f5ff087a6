"""Slots for conferences: an instance goes in, the best proposal comes out, and proof that it is the best.

Hard, never traded: the limit in law of every child; brothers and sisters in one slot; a chair who has no part in
managing the case, in one place at a time and not on leave; a room and a minute-taker for each conference; no school
hours of a child who attends. Then, each before the next: children who are overdue wait the fewest days, the fewest
conferences come after the day they were to be planned by, the fewest families get a new chair, and the fullest day is
as empty as can be. Where no proposal exists it is said what stands in the way, a sentence for each conflict.

It proposes. A person books. Pure: OR-Tools is imported when something is solved, and not before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cached_property
from itertools import accumulate
from typing import Any

from pathways.errors import NotReady
from pathways.moments import words

A_DAY = 2
"""Conferences that a chair takes on one day, unless the file says otherwise."""
SECONDS = 60.0
"""How long the search may take before it says how near to the best it came."""


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

    def there(self, day: date) -> bool:
        """Whether it can be counted on that day."""
        return day not in self.away


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


@dataclass(frozen=True)
class Instance:
    """What is to be held, when it can be, and who and what there is for it."""

    children: tuple[Child, ...]
    slots: tuple[Slot, ...]
    chairs: tuple[Someone, ...]
    rooms: tuple[Someone, ...]
    takers: tuple[Someone, ...]

    @cached_property
    def families(self) -> tuple[tuple[Child, ...], ...]:
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

    def without(self, gone: Collection[tuple[Child, ...]]) -> Instance:
        """The same, without some families."""
        left = {child.reference for family in gone for child in family}
        return replace(self, children=tuple(each for each in self.children if each.reference not in left))


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


def _in_time(family: Iterable[Child], slots: Iterable[Slot]) -> list[Slot]:
    children = tuple(family)
    return [slot for slot in slots if all(child.may(slot) for child in children)]


def _out_of_school(family: Iterable[Child], slots: Iterable[Slot]) -> list[Slot]:
    children = tuple(family)
    return [slot for slot in slots if not any(child.at_school(slot) for child in children)]


def _independent(family: Iterable[Child], chairs: Iterable[Someone]) -> list[Someone]:
    managers = frozenset().union(*(child.managed_by for child in family))
    return [chair for chair in chairs if chair.name not in managers]


def _is_late(family: Iterable[Child], slot: Slot) -> bool:
    return any(child.plan_by is not None and slot.day > child.plan_by for child in family)


def _is_new(family: Iterable[Child], chair: str) -> bool:
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
        sum(_is_late(family, each.slot) for family, each in of),
        sum(_is_new(family, each.chair) for family, each in of),
        max(full.values(), default=0),
    )


def broken(instance: Instance, held: Sequence[Held]) -> list[str]:
    """Every hard rule that a proposal breaks, in words; says nothing of what is merely not the best.

    It shares no code with the search, so that a mistake there shows here.
    """
    found = []
    asked = {child.reference: child for child in instance.children}
    placed = Counter(reference for each in held for reference in each.children)
    found += [f"{reference} is placed {number} times" for reference, number in placed.items() if number != 1]
    found += [f"{reference} was not asked for" for reference in placed if reference not in asked]
    slot_of = {reference: each for each in held for reference in each.children}
    chairs, rooms, takers = (
        {one.name: one for one in each} for each in (instance.chairs, instance.rooms, instance.takers)
    )
    for reference, child in asked.items():
        each = slot_of.get(reference)
        if each is None:
            continue
        if each.slot not in instance.slots:
            found.append(f"{reference} is in a slot that does not exist")
        if each.slot.day < child.earliest:
            found.append(f"{reference} is too early")
        if each.slot.day > child.limit and not child.overdue:
            found.append(f"{reference} is after its limit")
        if each.chair in child.managed_by:
            found.append(f"{reference} is chaired by somebody who manages the case")
        at_school = child.school and (not child.school_days or each.slot.day in child.school_days)
        if (
            at_school
            and child.school
            and not (each.slot.end <= child.school[0] or each.slot.start >= child.school[1])
        ):
            found.append(f"{reference} would miss school")
        for other in asked.values():
            if child.family and other.family == child.family and slot_of.get(other.reference) != each:
                found.append(f"{reference} and {other.reference} are apart")
    for number, this in enumerate(held):
        for kind, name, there in (
            ("chair", this.chair, chairs), ("room", this.room, rooms), ("minute-taker", this.taker, takers),
        ):  # fmt: skip
            if name not in there:
                found.append(f"there is no {kind} {name}")
            elif this.slot.day in there[name].away:
                found.append(f"the {kind} {name} is not there on {this.slot.day}")
        for that in held[number + 1 :]:
            same_time = (
                this.slot.day == that.slot.day
                and max(this.slot.start, that.slot.start) < min(this.slot.end, that.slot.end)
            )  # fmt: skip
            for kind, one, two in (
                ("chair", this.chair, that.chair), ("room", this.room, that.room),
                ("minute-taker", this.taker, that.taker),
            ):  # fmt: skip
                if same_time and one == two:
                    found.append(f"the {kind} {one} is wanted twice at once on {this.slot.day}")
    for (chair, day), number in Counter((each.chair, each.slot.day) for each in held).items():
        if chair in chairs and number > chairs[chair].a_day:
            found.append(f"the chair {chair} has {number} conferences on {day}")
    return found


# --- the search --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Model:
    """The instance as CP-SAT takes it: one literal for each family, slot and chair that may be together."""

    solver: Any
    cp: Any
    instance: Instance
    at: list[dict[tuple[Slot, str], Any]] = field(default_factory=list)
    wanted: list[Any] = field(default_factory=list)


def _modelled(instance: Instance, *, free: frozenset[str] = frozenset()) -> _Model:
    """The hard rules. Families stand behind a literal each; a resource in `free` is never short."""
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        raise NotReady(
            "Slots are worked out by OR-Tools, which is not installed here. Install it: pip install ortools"
        ) from None
    model = _Model(cp_model, cp_model.CpModel(), instance)
    by_slot: dict[Slot, list[Any]] = defaultdict(list)
    by_chair: dict[tuple[str, Slot], list[Any]] = defaultdict(list)
    for number, family in enumerate(instance.families):
        chairs = _independent(family, instance.chairs)
        literals: dict[tuple[Slot, str], Any] = {}
        for slot in _out_of_school(family, _in_time(family, instance.slots)):
            here = []
            for chair in chairs:
                if chair.there(slot.day):
                    made = model.cp.new_bool_var("")
                    literals[slot, chair.name] = made
                    by_chair[chair.name, slot].append(made)
                    here.append(made)
            if here:
                held = model.cp.new_bool_var("")
                model.cp.add(sum(here) == held)
                by_slot[slot].append(held)
        wanted = model.cp.new_bool_var(f"family {number}")
        model.cp.add(sum(literals.values()) == wanted)
        model.at.append(literals)
        model.wanted.append(wanted)
    for together in instance.at_once:
        day = together[0].day
        here = [literal for slot in together for literal in by_slot[slot]]
        for kind, there in (("room", instance.rooms), ("taker", instance.takers)):
            if kind not in free and here:
                model.cp.add(sum(here) <= sum(one.there(day) for one in there))
        if "chair" not in free:
            for chair in instance.chairs:
                model.cp.add_at_most_one([one for slot in together for one in by_chair[chair.name, slot]])
    if "chair" not in free:
        for chair in instance.chairs:
            for day in instance.day_numbers:
                his = [
                    one for slot in instance.slots if slot.day == day for one in by_chair[chair.name, slot]
                ]
                if len(his) > chair.a_day:
                    model.cp.add(sum(his) <= chair.a_day)
    return model


def _solver(model: _Model, seconds: float, *, workers: int = 2) -> Any:
    solver = model.solver.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.linearization_level = 1 if workers > 1 else 2
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = seconds
    return solver


def _weights(families: int) -> Cost:
    """So that one of a kind outweighs all that may come of the kinds after it. The fullest day comes in a second search."""
    return Cost((families + 1) ** 2, families + 1, 1, 0)


Choice = tuple[Slot, str]
"""When, and under which chair."""


def propose(instance: Instance, *, seconds: float = SECONDS) -> Proposal:
    """The best proposal, or the best for those who can be placed, with a sentence for each conflict.

    Args:
        instance: what is to be held, when, with whom.
        seconds: how long each search for something better may take.

    Raises:
        NotReady: OR-Tools is not installed, or nothing was found in the time given.
    """
    left_out, conflicts = _impossible(instance)
    within = instance.without(left_out)
    best = _cheapest(within, seconds)
    if best is None:
        for family, why in _too_much(within):
            left_out.append(family)
            conflicts.append(why)
        within = instance.without(left_out)
        best = _cheapest(within, seconds)
        assert best is not None
    chosen, bound = best
    proven = bound == _worth(within, chosen)
    chosen, fullest, spread = _spread(within, chosen, seconds)
    held = _with_rooms(within, chosen)
    cost = cost_of(within, held)
    proven = proven and spread
    weights = _weights(len(within.families))
    nothing_better = cost if proven else replace(_as_cost(bound, weights), fullest_day=fullest)
    references = tuple(child.reference for family in left_out for child in family)
    return Proposal(held, cost, proven, nothing_better, tuple(conflicts), references)


def _costs(instance: Instance, model: _Model) -> Any:
    """All places as literals times what each costs, but for the fullest day; every family is to be placed."""
    weights = _weights(len(instance.families))
    parts: list[Any] = []
    for family, literals, wanted in zip(instance.families, model.at, model.wanted, strict=True):
        model.cp.add(wanted == 1)
        for choice, literal in literals.items():
            each = _one_costs(instance, family, choice, weights)
            if each:
                parts.append(each * literal)
    return sum(parts)


def _one_costs(instance: Instance, family: tuple[Child, ...], choice: Choice, weights: Cost) -> int:
    slot, chair = choice
    waits = instance.day_numbers[slot.day] if any(child.overdue for child in family) else 0
    return (
        weights.waiting * waits
        + weights.late * _is_late(family, slot)
        + weights.new_chairs * _is_new(family, chair)
    )


def _worth(instance: Instance, chosen: Sequence[Choice]) -> int:
    weights = _weights(len(instance.families))
    pairs = zip(instance.families, chosen, strict=True)
    return sum(_one_costs(instance, family, choice, weights) for family, choice in pairs)


def _cheapest(instance: Instance, seconds: float) -> tuple[list[Choice], int] | None:
    """The choice that costs least, the fullest day apart, and what nothing can cost less than; None: there is none.

    Raises:
        NotReady: nothing was found in the time, and nothing was shown to be impossible.
    """
    if not instance.families:
        return [], 0
    model = _modelled(instance)
    model.cp.minimize(_costs(instance, model))
    solver = _solver(model, seconds)
    status = solver.solve(model.cp)
    if status == model.solver.INFEASIBLE:
        return None
    if status not in (model.solver.OPTIMAL, model.solver.FEASIBLE):
        raise NotReady(
            f"No proposal was found within {seconds:g} seconds, and none was shown to be impossible. "
            "Give it longer: --seconds 300"
        )
    return _chosen(model, solver), round(solver.best_objective_bound)


def _chosen(model: _Model, solver: Any) -> list[Choice]:
    return [next(key for key, one in literals.items() if solver.boolean_value(one)) for literals in model.at]


def _spread(instance: Instance, chosen: list[Choice], seconds: float) -> tuple[list[Choice], int, bool]:
    """As cheap as this, with the fullest day as empty as can be; how full no proposal can be below; whether that is met.

    It begins with how full some day must be whatever is done, and lets it be fuller by one until there is a way.
    """
    now = max(Counter(slot.day for slot, _ in chosen).values(), default=0)
    worth = _worth(instance, chosen)
    for most in range(_some_day_has(instance), now):
        model = _modelled(instance)
        model.cp.add(_costs(instance, model) <= worth)
        per_day: dict[date, list[Any]] = defaultdict(list)
        for literals, was in zip(model.at, chosen, strict=True):
            for choice, literal in literals.items():
                per_day[choice[0].day].append(literal)
                model.cp.add_hint(literal, choice == was)
        for literals_of_day in per_day.values():
            model.cp.add(sum(literals_of_day) <= most)
        solver = _solver(model, seconds, workers=1)
        status = solver.solve(model.cp)
        if status in (model.solver.OPTIMAL, model.solver.FEASIBLE):
            return _chosen(model, solver), most, True
        if status != model.solver.INFEASIBLE:
            return chosen, most, False
    return chosen, now, True


def _some_day_has(instance: Instance) -> int:
    """How many conferences the fullest day has at the least: those that must fall in a run of days, shared out evenly."""
    days = sorted(instance.day_numbers)
    windows = [
        [instance.day_numbers[slot.day] for slot in _out_of_school(family, _in_time(family, instance.slots))]
        for family in instance.families
    ]
    spans = Counter((min(window), max(window)) for window in windows)
    least = 0
    for first in range(len(days)):
        ending = Counter[int]()
        for (start, end), number in spans.items():
            if start >= first:
                ending[end] += number
        for last, within in enumerate(accumulate(ending[day] for day in range(first, len(days))), first):
            least = max(least, -(-within // (last - first + 1)))
    return least


def _as_cost(worth: int, weights: Cost) -> Cost:
    waiting, worth = divmod(max(worth, 0), weights.waiting)
    late, new_chairs = divmod(worth, weights.late)
    return Cost(waiting, late, new_chairs)


def _with_rooms(instance: Instance, chosen: Sequence[tuple[Slot, str]]) -> tuple[Held, ...]:
    """Give each conference the first room and minute-taker that are free, in the order of their starts.

    There are enough at every moment, and all that are there on a day are there all day: the first free one will do.
    """
    held: list[Held] = []
    for family, (slot, chair) in sorted(
        zip(instance.families, chosen, strict=True), key=lambda each: (each[1][0], each[0][0].reference)
    ):
        beside = [each for each in held if each.slot.clashes(slot)]
        room = _free(instance.rooms, slot, {each.room for each in beside})
        taker = _free(instance.takers, slot, {each.taker for each in beside})
        children = tuple(child.reference for child in family)
        held.append(Held(children, slot, chair, room, taker, _is_late(family, slot), _is_new(family, chair)))
    return tuple(held)


def _free(there: Iterable[Someone], slot: Slot, taken: Collection[str]) -> str:
    return next(one.name for one in there if one.there(slot.day) and one.name not in taken)


# --- why not -----------------------------------------------------------------------------------------------------------


Family = tuple[Child, ...]


def _impossible(instance: Instance) -> tuple[list[Family], list[str]]:
    """The families that could not be placed even alone, and why."""
    why = {family: says for family in instance.families if (says := _alone(instance, family))}
    return list(why), list(why.values())


def _too_much(instance: Instance) -> Iterable[tuple[Family, str]]:
    """Families to leave out, one for each set of them that wants more than there is, until the rest can be placed."""
    within = instance
    while core := _core(within):
        # Whose limit comes last is the one to be talked about first: the others still fit.
        last = max(core, key=lambda each: (min(child.limit for child in each), each[0].reference))
        yield last, _together(within, core)
        within = within.without([last])


def _alone(instance: Instance, family: tuple[Child, ...]) -> str:
    """Why a family could not be placed even if there were no other; empty where it could."""
    in_time = _in_time(family, instance.slots)
    must = f"{_listed(family)} must be held {_limits(family)}; "
    if not in_time:
        return f"{must}there is no slot in that time"
    open_to_them = _out_of_school(family, in_time)
    if not open_to_them:
        return f"{must}every slot in that time is in the school hours of a child who attends"
    independent = _independent(family, instance.chairs)
    if not independent:
        return f"{must}every chair manages the case"
    for what, there in (
        ("independent chair", independent), ("room", instance.rooms), ("minute-taker", instance.takers),
    ):  # fmt: skip
        if not any(one.there(slot.day) for one in there for slot in open_to_them):
            later = (slot.day for slot in instance.slots if any(one.there(slot.day) for one in there))
            first = min((day for day in later if day > max(each.day for each in open_to_them)), default=None)
            return f"{must}no {what} is free {f'before {words(first)}' if first else 'in any slot'}"
    if not any(_whole(instance, independent, slot.day) for slot in open_to_them):
        return f"{must}on no day are an independent chair, a room and a minute-taker there together"
    return ""


def _whole(instance: Instance, independent: Iterable[Someone], day: date) -> bool:
    return all(any(one.there(day) for one in each) for each in (independent, instance.rooms, instance.takers))


def _core(instance: Instance) -> list[tuple[Child, ...]]:
    """A smallest set of families that cannot all be placed: without any of them the rest could. Empty: all can."""
    if not instance.families:
        return []
    model = _modelled(instance)
    model.cp.add_assumptions(model.wanted)
    solver = _solver(model, SECONDS, workers=1)  # more than one would not say which assumptions they needed
    if solver.solve(model.cp) != model.solver.INFEASIBLE:
        return []
    named = set(solver.sufficient_assumptions_for_infeasibility())
    core = [
        family
        for family, wanted in zip(instance.families, model.wanted, strict=True)
        if not named or wanted.index in named
    ]
    for family in list(core):
        fewer = [each for each in core if each is not family]
        if not _possible(_only(instance, fewer)):
            core = fewer
    return core


def _only(instance: Instance, families: Iterable[tuple[Child, ...]]) -> Instance:
    return replace(instance, children=tuple(child for family in families for child in family))


def _possible(instance: Instance, free: frozenset[str] = frozenset()) -> bool:
    model = _modelled(instance, free=free)
    for wanted in model.wanted:
        model.cp.add(wanted == 1)
    return bool(_solver(model, SECONDS).solve(model.cp) != model.solver.INFEASIBLE)


SHORT = {"chair": "independent chairs", "room": "rooms", "taker": "minute-takers"}


def _together(instance: Instance, core: Sequence[tuple[Child, ...]]) -> str:
    """Why these cannot all be placed: what there is too little of in the slots that they share."""
    among = _only(instance, core)
    short = [kind for kind in SHORT if _possible(among, frozenset((kind,)))]
    kinds = " and ".join(SHORT[kind] for kind in short) or "chairs, rooms and minute-takers"
    family = tuple(child for each in core for child in each)
    slots = {slot for each in core for slot in _out_of_school(each, _in_time(each, instance.slots))}
    number = f"{len(slots)} slot{'s' if len(slots) != 1 else ''}"
    return (
        f"{_listed(family)} must be held {_each_limit(core)}; the {number} in that time "
        f"{'have' if len(slots) != 1 else 'has'} too few {kinds} for all of them"
    )


def _listed(family: Sequence[Child]) -> str:
    names = [child.reference for child in family]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _limits(family: Iterable[Child]) -> str:
    limits = sorted({child.limit for child in family if not child.overdue})
    if not limits:
        return "as soon as can be"
    return f"by {words(limits[0])}"


def _each_limit(core: Iterable[tuple[Child, ...]]) -> str:
    """As `_limits`, of several conferences: the soonest and the last."""
    limits = sorted({child.limit for family in core for child in family if not child.overdue})
    if len(limits) < 2:
        return f"{_limits(child for family in core for child in family)}"
    return f"by {words(limits[0])}, the last by {words(limits[-1])}"
