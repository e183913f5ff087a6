"""The search for slots: what is to be held goes in, the best proposal comes out, and proof that it is the best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from typing import Any

from pathways.errors import NotReady
from pathways.scheduling import (
    Cost,
    Family,
    Held,
    Instance,
    Proposal,
    Slot,
    Someone,
    cost_of,
    in_time,
    is_late,
    is_new,
    out_of_school,
)
from pathways.scheduling_conflicts import impossible, too_much
from pathways.scheduling_model import Model, Place, Placed, modelled, out_of_time, placed, solver_of

SECONDS = 60.0
"""How long a search may take before it says how near to the best it came."""


def propose(instance: Instance, *, seconds: float = SECONDS) -> Proposal:
    """The best proposal, or the best for those who can be placed, with a sentence for each conflict.

    Args:
        instance: what is to be held, when, with whom.
        seconds: how long each search may take.

    Raises:
        NotReady: OR-Tools is not installed, or nothing was found in the time given.
    """
    left_out, conflicts = impossible(instance)
    within = instance.without(left_out)
    best = _best(within, seconds)
    if best is None:
        for family, why in too_much(within, seconds):
            left_out.append(family)
            conflicts.append(why)
        within = instance.without(left_out)
        best = _best(within, seconds)
    if best is None:
        raise NotReady(out_of_time(seconds))
    chosen, bound = best
    held = _with_rooms(within, chosen)
    cost = cost_of(within, held)
    references = tuple(child.reference for family in left_out for child in family)
    return Proposal(held, cost, cost == bound, bound, tuple(conflicts), references)


def _weights(families: int) -> Cost:
    """So that one of a kind outweighs all that may come of the kinds after it."""
    kinds = families + 1
    return Cost(kinds**3, kinds**2, kinds, 1)


def _as_cost(worth: int, weights: Cost) -> Cost:
    waiting, worth = divmod(max(worth, 0), weights.waiting)
    late, worth = divmod(worth, weights.late)
    return Cost(waiting, late, *divmod(worth, weights.new_chairs))


def _best(instance: Instance, seconds: float) -> tuple[list[Placed], Cost] | None:
    """The places that cost least, and what nothing can cost less than; None: not everybody can be placed.

    Raises:
        NotReady: nothing was found in the time, and nothing was shown to be impossible.
    """
    if not instance.families:
        return [], Cost()
    model = modelled(instance)
    weights = _weights(len(instance.families))
    fullest = model.cp.new_int_var(_some_day_has(instance), len(instance.families), "")
    for literals in model.days.values():
        model.cp.add(sum(literals) <= fullest)
    model.cp.minimize(_costs(model, weights) + fullest)
    solver = solver_of(model, seconds)
    status = solver.solve(model.cp)
    if status == model.tool.INFEASIBLE:
        return None
    if status not in (model.tool.OPTIMAL, model.tool.FEASIBLE):
        raise NotReady(out_of_time(seconds))
    return placed(model, solver), _as_cost(round(solver.best_objective_bound), weights)


def _costs(model: Model, weights: Cost) -> Any:
    """All places as literals times what each costs, but for the fullest day; every family is to be placed."""
    parts: list[Any] = []
    for family, literals, wanted in zip(model.instance.families, model.places, model.wanted, strict=True):
        model.cp.add(wanted == 1)
        for place, literal in literals.items():
            each = _one_costs(model.instance, family, place, weights)
            if each:
                parts.append(each * literal)
    return sum(parts)


def _one_costs(instance: Instance, family: Family, place: Place, weights: Cost) -> int:
    day, chair = place
    waits = instance.day_numbers[day] if any(child.overdue for child in family) else 0
    return (
        weights.waiting * waits
        + weights.late * is_late(family, day)
        + weights.new_chairs * is_new(family, chair)
    )


def _some_day_has(instance: Instance) -> int:
    """How many conferences the fullest day has at the least: those that must fall in a run of days, shared out evenly."""
    windows = [
        [instance.day_numbers[slot.day] for slot in out_of_school(family, in_time(family, instance.slots))]
        for family in instance.families
    ]
    spans = Counter((min(window), max(window)) for window in windows)
    days, least = len(instance.day_numbers), 0
    for first in range(days):
        ending = Counter[int]()
        for (start, end), number in spans.items():
            if start >= first:
                ending[end] += number
        for last, within in enumerate(accumulate(ending[day] for day in range(first, days)), first):
            least = max(least, -(-within // (last - first + 1)))
    return least


def _with_rooms(instance: Instance, chosen: Sequence[Placed]) -> tuple[Held, ...]:
    """Give each conference the first room and minute-taker that are free, in the order of their starts.

    There are enough at every moment; on the days on which that alone would not do, the search has named them.
    """
    held: list[Held] = []
    for family, place in sorted(
        zip(instance.families, chosen, strict=True), key=lambda each: (each[1].slot, each[0][0].reference)
    ):
        beside = [each for each in held if each.slot.clashes(place.slot)]
        room = place.room or _free(instance.rooms, place.slot, {each.room for each in beside})
        taker = place.taker or _free(instance.takers, place.slot, {each.taker for each in beside})
        late, new = is_late(family, place.slot.day), is_new(family, place.chair)
        references = tuple(child.reference for child in family)
        held.append(Held(references, place.slot, place.chair, room, taker, late, new))
    return tuple(held)


def _free(there: Iterable[Someone], slot: Slot, taken: Collection[str]) -> str:
    return next(one.name for one in there if one.free(slot) and one.name not in taken)
