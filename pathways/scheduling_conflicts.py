"""Why conferences cannot be placed: a sentence for each conflict, naming what is short and what would open it.

Of conferences that could each be held alone, the fewest are left out; of each it is said with which others it cannot be
held: a smallest set, without any one of which the rest could.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pathways.errors import NotReady
from pathways.moments import words
from pathways.scheduling import Child, Family, Instance, Slot, Someone, in_time, independent, out_of_school
from pathways.scheduling_model import CHAIR, ROOM, TAKER, modelled, out_of_time, possible, solver_of

TRIES = 30
"""How often a set of conferences that do not fit together is tried with fewer, before it is named as it is."""
MOST_NAMED = 8
SHORT = {CHAIR: "independent chair", ROOM: "room", TAKER: "minute-taker"}


def impossible(instance: Instance) -> tuple[list[Family], list[str]]:
    """The families that could not be placed even alone, and why."""
    why = {family: says for family in instance.families if (says := _alone(instance, family))}
    return list(why), list(why.values())


def too_much(instance: Instance, seconds: float) -> Iterator[tuple[Family, str]]:
    """The fewest families to leave out so that the rest can be placed, each with why it does not fit beside them.

    Of equally many, those are left out whose limit comes last: they are the ones to be talked about first.

    Raises:
        NotReady: the time ran out before it was shown what can be placed.
    """
    left_out = _fewest_left_out(instance, seconds)
    placed = [family for family in instance.families if family not in left_out]
    tries = TRIES
    for family in left_out:
        core, tries = _core(instance, family, placed, seconds, tries)
        yield family, _together(instance.only(core), family, seconds)


# --- one conference --------------------------------------------------------------------------------------------------


def _alone(instance: Instance, family: Family) -> str:
    """Why a family could not be placed even if there were no other; empty where it could."""
    must = f"{_listed(family)} must be held {_limits(family)}; "
    within = in_time(family, instance.slots)
    if not within:
        return f"{must}there is no slot in that time"
    open_to_them = out_of_school(family, within)
    if not open_to_them:
        return (
            f"{must}every slot in that time is in the school hours of a child who attends; "
            f"a slot {_out_of_hours(family)} would do"
        )
    chairs = independent(family, instance.chairs)
    if not chairs:
        return f"{must}every chair manages the case; a chair who has no part in it would do"
    resources = {CHAIR: chairs, ROOM: instance.rooms, TAKER: instance.takers}
    for kind, there in resources.items():
        if not any(_any_free(kind, there, slot) for slot in open_to_them):
            after = max(slot.day for slot in open_to_them)
            later = (slot.day for slot in instance.slots if _any_free(kind, there, slot))
            first = min((day for day in later if day > after), default=None)
            return f"{must}no {SHORT[kind]} is free {f'before {words(first)}' if first else 'in any slot'}"
    if not any(all(_any_free(*each, slot) for each in resources.items()) for slot in open_to_them):
        return f"{must}in no slot are an independent chair, a room and a minute-taker free together"
    return ""


def _any_free(kind: str, there: Iterable[Someone], slot: Slot) -> bool:
    """Whether there is one for the slot; a chair who has as many conferences that day as they take is none."""
    return any(one.free(slot) and (kind != CHAIR or one.left_on(slot.day) > 0) for one in there)


def _out_of_hours(family: Family) -> str:
    """Before the first of these children goes to school, or after the last comes home."""
    hours = [child.school for child in family if child.school is not None]
    begins, ends = min(each[0] for each in hours), max(each[1] for each in hours)
    return f"that ends by {begins:%H:%M} or begins at {ends:%H:%M} or later"


# --- several together ------------------------------------------------------------------------------------------------


def _fewest_left_out(instance: Instance, seconds: float) -> list[Family]:
    model = modelled(instance)
    families = sorted(
        zip(instance.families, model.wanted, strict=True),
        key=lambda each: (min(child.limit for child in each[0]), each[0][0].reference),
    )
    number = len(families)
    model.cp.maximize(sum((number**2 - place) * wanted for place, (_, wanted) in enumerate(families)))
    solver = solver_of(model, seconds)
    if solver.solve(model.cp) not in (model.tool.OPTIMAL, model.tool.FEASIBLE):
        raise NotReady(out_of_time(seconds))
    return [family for family, wanted in families if not solver.boolean_value(wanted)]


def _core(
    instance: Instance, family: Family, placed: Sequence[Family], seconds: float, tries: int
) -> tuple[list[Family], int]:
    """A set of families that cannot be placed with this one, and how many tries are left to make a set smaller.

    As long as there are tries it is a smallest one: without any of them the rest could be placed.
    """
    within = instance.only([family, *placed])
    model = modelled(within)
    others = []
    for each, wanted in zip(within.families, model.wanted, strict=True):
        if each == family:
            model.cp.add(wanted == 1)
        else:
            others.append((each, wanted))
    model.cp.add_assumptions([wanted for _, wanted in others])
    solver = solver_of(model, seconds)
    solver.solve(model.cp)
    named = set(solver.sufficient_assumptions_for_infeasibility())
    core = [each for each, wanted in others if not named or wanted.index in named]
    size = max(1, len(core) // 2)
    while core and tries:
        for begin in range(0, len(core), size):
            fewer = core[:begin] + core[begin + size :]
            tries -= 1
            if not possible(instance.only([family, *fewer]), seconds):
                core = fewer
                break
            if not tries:
                break
        else:
            if size == 1:
                break
            size = max(1, size // 2)
    return sorted([family, *core], key=lambda each: each[0].reference), tries


def _together(among: Instance, left_out: Family, seconds: float) -> str:
    """Why these cannot all be placed: what there is too little of in the slots that they share, and what would do."""
    short = [kind for kind in SHORT if possible(among, seconds, free=frozenset((kind,)))]
    kinds = _and([f"{SHORT[kind]}s" for kind in short or SHORT])
    slots = {slot for each in among.families for slot in out_of_school(each, in_time(each, among.slots))}
    number = f"{len(slots)} slots in that time have" if len(slots) != 1 else "1 slot in that time has"
    return (
        f"{_named(among.families, left_out)} must be held {_each_limit(among.families)}; the {number} too few {kinds} for all of them; "
        f"{_would_do(among, short, seconds)}"
    )


def _would_do(among: Instance, short: Sequence[str], seconds: float) -> str:
    """The fewest that would be needed more, of each thing that is short alone; or of all of them together."""
    each_alone: list[tuple[str, ...]] = [(kind,) for kind in short] or [tuple(SHORT)]
    ways = []
    for kinds in each_alone:
        number = next(
            number
            for number in range(1, len(among.families) + 1)
            if possible(_with_more(among, kinds, number), seconds)
        )
        what = [SHORT[kind] if number == 1 else f"{SHORT[kind]}s" for kind in kinds]
        ways.append(f"{'one' if number == 1 else number} more {_and(what)}")
    return f"{' or '.join(ways)} would do"


def _with_more(instance: Instance, kinds: Iterable[str], number: int) -> Instance:
    """The same, with so many more of these, who are there on every day."""
    more = tuple(Someone(f"\0{each}") for each in range(number))
    return replace(
        instance,
        chairs=instance.chairs + (more if CHAIR in kinds else ()),
        rooms=instance.rooms + (more if ROOM in kinds else ()),
        takers=instance.takers + (more if TAKER in kinds else ()),
    )


# --- in words ---------------------------------------------------------------------------------------------------------


def _and(said: Sequence[str]) -> str:
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _named(families: Sequence[Family], left_out: Family) -> str:
    """All of them; of many the one that was left out, and how many there are besides."""
    if len(families) <= MOST_NAMED:
        return _listed([child for each in families for child in each])
    return f"{_listed(left_out)} and {len(families) - 1} other conferences"


def _listed(family: Sequence[Child]) -> str:
    return _and([child.reference for child in family])


def _limits(family: Iterable[Child]) -> str:
    limits = sorted({child.limit for child in family if not child.overdue})
    return f"by {words(limits[0])}" if limits else "as soon as can be"


def _each_limit(core: Iterable[Family]) -> str:
    """As `_limits`, of several conferences: the soonest and the last."""
    children = [child for family in core for child in family]
    limits = sorted({child.limit for child in children if not child.overdue})
    return _limits(children) if len(limits) < 2 else f"by {words(limits[0])}, the last by {words(limits[-1])}"
