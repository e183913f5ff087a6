"""Slots for conferences: nothing hard is broken, nothing better exists, and what stands in the way is named."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import product

import pytest

from pathways.scheduling import Child, Cost, Held, Instance, Slot, Someone, cost_of
from pathways.scheduling_checker import broken
from pathways.scheduling_search import propose

pytest.importorskip("ortools")

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in (23, 24, 25, 26))
MORNING, AFTERNOON = (time(10), time(12)), (time(16), time(17, 30))
EVERY = int(os.environ.get("PATHWAYS_FAULTS_EVERY", "20"))
"""One of so many of the thousand instances is tried in the suite, and all of them in `make faults`."""


def slots(*days: date, hours=(MORNING, AFTERNOON)) -> tuple[Slot, ...]:
    return tuple(Slot(day, *each) for day in days for each in hours)


def one(number: int, **own) -> Child:
    given = {"earliest": MONDAY, "limit": TUESDAY} | own
    return Child(f"CP-2026-00{number:02d}", **given)


def staff(*names: str) -> tuple[Someone, ...]:
    return tuple(map(Someone, names))


def small(*children: Child, **own) -> Instance:
    given = {
        "slots": slots(MONDAY, TUESDAY),
        "chairs": staff("chair-1", "chair-2"),
        "rooms": staff("oak"),
        "takers": staff("minutes-1"),
    } | own
    return Instance(children, **given)


def chairs_of(proposal) -> dict[str, str]:
    return {reference: each.chair for each in proposal.held for reference in each.children}


def days_of(proposal) -> dict[str, date]:
    return {reference: each.slot.day for each in proposal.held for reference in each.children}


# --- rules, one at a time ----------------------------------------------------------------------------------------


def test_the_chair_of_the_last_conference_is_kept():
    assert chairs_of(propose(small(one(1, last_chair="chair-2")))) == {"CP-2026-0001": "chair-2"}


def test_a_chair_who_manages_the_case_never_chairs_it_not_even_for_continuity():
    child = one(1, last_chair="chair-2", managed_by=frozenset({"chair-2"}))
    found = propose(small(child))
    assert chairs_of(found) == {"CP-2026-0001": "chair-1"}
    assert found.cost.new_chairs == 1


def test_brothers_and_sisters_share_one_slot_and_one_chair():
    found = propose(small(one(1, family="a"), one(2, family="a", limit=MONDAY), one(3)))
    together = next(each for each in found.held if len(each.children) == 2)
    assert together.children == ("CP-2026-0001", "CP-2026-0002")
    assert together.slot.day == MONDAY


def test_a_chair_of_one_sibling_who_manages_the_other_chairs_for_neither():
    children = (
        one(1, family="a", managed_by=frozenset({"chair-1"})),
        one(2, family="a", last_chair="chair-1"),
    )
    assert set(chairs_of(propose(small(*children))).values()) == {"chair-2"}


def test_a_child_who_attends_misses_no_school_on_a_school_day():
    child = one(1, school=(time(9), time(15, 15)), school_days=frozenset({MONDAY, TUESDAY}))
    (held,) = propose(small(child)).held
    assert held.slot.start == time(16)


def test_in_the_holidays_the_morning_will_do():
    child = one(1, school=(time(9), time(15, 15)), school_days=frozenset({WEDNESDAY}))
    assert propose(small(child, slots=slots(MONDAY, TUESDAY, hours=(MORNING,)))).held


def test_a_conference_that_begins_when_school_ends_is_out_of_school_hours():
    child = one(1, school=(time(9), time(15, 15)))
    assert propose(small(child, slots=(Slot(MONDAY, time(15, 15), time(17)),))).held
    assert not propose(small(child, slots=(Slot(MONDAY, time(15, 14), time(17)),))).held


def test_the_day_to_plan_by_is_kept_where_it_can_be_and_counted_where_it_cannot():
    only_tuesday = slots(TUESDAY, hours=(MORNING,))
    assert days_of(propose(small(one(1, plan_by=MONDAY)))) == {"CP-2026-0001": MONDAY}
    assert propose(small(one(1, plan_by=MONDAY), slots=only_tuesday)).cost.late == 1


def test_whoever_is_overdue_comes_first():
    days = slots(MONDAY, TUESDAY, WEDNESDAY, hours=(MORNING,))
    late = one(1, limit=date(2026, 11, 20), overdue=True)
    others = (one(2, limit=WEDNESDAY, plan_by=MONDAY), one(3, limit=WEDNESDAY, plan_by=MONDAY))
    found = propose(small(late, *others, slots=days))
    assert days_of(found)["CP-2026-0001"] == MONDAY
    assert found.cost == Cost(waiting=0, late=2, new_chairs=0, fullest_day=1)


def test_conferences_are_spread_over_the_days():
    days = slots(MONDAY, TUESDAY, hours=((time(9), time(10)), (time(10), time(11)), (time(11), time(12))))
    found = propose(small(one(1), one(2), one(3), one(4), slots=days))
    assert found.cost.fullest_day == 2


def test_slots_that_overlap_take_two_rooms():
    overlapping = (Slot(MONDAY, time(9), time(11)), Slot(MONDAY, time(10), time(12)))
    assert propose(small(one(1), one(2), slots=overlapping)).left_out == ("CP-2026-0002",)
    two = {"rooms": staff("oak", "elm"), "takers": staff("minutes-1", "minutes-2")}
    assert not propose(small(one(1), one(2), slots=overlapping, **two)).left_out


def test_a_chair_takes_no_more_on_a_day_than_they_may():
    hours = tuple((time(hour), time(hour + 1)) for hour in (9, 10, 11))
    alone = {"chairs": (Someone("chair-1", a_day=2),), "slots": slots(MONDAY, hours=hours)}
    found = propose(small(one(1), one(2), one(3), **alone))
    assert len(found.held) == 2
    assert found.conflicts == (
        "CP-2026-0001, CP-2026-0002 and CP-2026-0003 must be held by 24 November 2026; the 3 slots in that time have "
        "too few independent chairs for all of them; one more independent chair would do",
    )


def test_hours_that_are_taken_already_are_left_alone():
    taken = {"rooms": (Someone("oak", busy=frozenset({Slot(MONDAY, time(11), time(13))})),)}
    found = propose(small(one(1, limit=MONDAY), slots=slots(MONDAY), **taken))
    assert [each.slot.start for each in found.held] == [AFTERNOON[0]]


def test_a_conference_that_is_booked_is_one_of_the_chairs_day():
    booked = frozenset({Slot(MONDAY, time(13), time(14))})
    alone = {"chairs": (Someone("chair-1", a_day=2, busy=booked),), "slots": slots(MONDAY)}
    found = propose(small(one(1, limit=MONDAY), one(2, limit=MONDAY), **alone))
    assert (len(found.held), found.left_out) == (1, ("CP-2026-0002",))


def test_one_room_that_is_free_for_each_of_two_is_not_free_for_both():
    """Slots that overlap, and one room taken before them and the other after: each slot alone has a room."""
    early, late = Slot(MONDAY, time(9), time(11)), Slot(MONDAY, time(10), time(12))
    rooms = (Someone("oak"), Someone("elm", busy=frozenset({Slot(MONDAY, time(8), time(9, 30))})))
    takers = staff("minutes-1", "minutes-2")
    found = propose(small(one(1), one(2), slots=(early, late), rooms=rooms, takers=takers))
    assert {each.slot: each.room for each in found.held} == {early: "oak", late: "elm"}
    taken = replace(rooms[1], busy=frozenset({Slot(MONDAY, time(8), time(13))}))
    found = propose(small(one(1), one(2), slots=(early, late), rooms=(rooms[0], taken), takers=takers))
    assert [each.room for each in found.held] == ["oak"]


def test_who_has_as_many_as_they_take_is_not_free():
    full = (Someone("chair-1", a_day=1, busy=frozenset({Slot(MONDAY, time(14), time(15))})),)
    found = propose(small(one(1, limit=MONDAY), chairs=full))
    assert found.conflicts == (
        "CP-2026-0001 must be held by 23 November 2026; no independent chair is free before 24 November 2026",
    )


def test_what_is_said_to_do_does_and_one_less_does_not():
    """Five conferences on one morning with one room: four more rooms, where chairs and minute-takers are enough."""
    children = [one(number, limit=MONDAY) for number in range(1, 6)]
    plenty = {"chairs": staff(*map(str, range(9))), "takers": staff(*map(str, range(9)))}
    morning = slots(MONDAY, hours=(MORNING,))
    found = propose(small(*children, slots=morning, **plenty))
    assert [says.rsplit("; ", 1)[1] for says in found.conflicts] == ["one more room would do"] * 4
    assert len(propose(small(*children, slots=morning, rooms=staff(*"abcd"), **plenty)).held) == 4
    assert len(propose(small(*children, slots=morning, rooms=staff(*"abcde"), **plenty)).held) == 5


# --- what stands in the way ---------------------------------------------------------------------------------------

CONFLICTS = [
    # what is so                                                         what is said
    ({"chairs": (Someone("chair-1", frozenset({MONDAY, TUESDAY})),), "slots": slots(MONDAY, TUESDAY, THURSDAY)},
     "CP-2026-0001 and CP-2026-0002 must be held by 24 November 2026; no independent chair is free before 26 November 2026"),
    ({"chairs": (Someone("chair-1", frozenset({MONDAY, TUESDAY})),)},
     "CP-2026-0001 and CP-2026-0002 must be held by 24 November 2026; no independent chair is free in any slot"),
    ({"slots": slots(WEDNESDAY)},
     "CP-2026-0001 and CP-2026-0002 must be held by 24 November 2026; there is no slot in that time"),
    ({"rooms": (Someone("oak", frozenset({MONDAY, TUESDAY})),), "slots": slots(MONDAY, TUESDAY, WEDNESDAY)},
     "CP-2026-0001 and CP-2026-0002 must be held by 24 November 2026; no room is free before 25 November 2026"),
    ({"takers": ()},
     "CP-2026-0001 and CP-2026-0002 must be held by 24 November 2026; no minute-taker is free in any slot"),
    ({"rooms": (Someone("oak", frozenset({MONDAY})),), "takers": (Someone("minutes-1", frozenset({TUESDAY})),)},
     "CP-2026-0001 and CP-2026-0002 must be held by 24 November 2026; in no slot are an independent chair, a room and "
     "a minute-taker free together"),
]  # fmt: skip


@pytest.mark.parametrize(("own", "says"), CONFLICTS)
def test_what_stands_in_the_way_of_one_conference_is_said(own, says):
    found = propose(small(one(1, family="a"), one(2, family="a"), **own))
    assert found.conflicts == (says,)
    assert found.left_out == ("CP-2026-0001", "CP-2026-0002")
    assert not found.held


def test_every_slot_in_school_hours_is_said():
    child = one(1, school=(time(9), time(15, 15)))
    found = propose(small(child, slots=slots(MONDAY, TUESDAY, hours=(MORNING,))))
    assert found.conflicts == (
        "CP-2026-0001 must be held by 24 November 2026; every slot in that time is in the school hours of a child who attends; a slot "
        "that ends by 09:00 or begins at 15:15 or later would do",
    )


def test_every_chair_managing_the_case_is_said():
    found = propose(small(one(1, managed_by=frozenset({"chair-1", "chair-2"}))))
    assert found.conflicts == (
        "CP-2026-0001 must be held by 24 November 2026; every chair manages the case; a chair who has no part in it "
        "would do",
    )


def test_what_several_want_at_once_is_said_and_the_rest_are_placed():
    few = slots(MONDAY, hours=(MORNING,)) + slots(WEDNESDAY)
    found = propose(small(one(1), one(2), one(3, limit=WEDNESDAY), slots=few))
    assert found.conflicts == (
        "CP-2026-0001 and CP-2026-0002 must be held by 24 November 2026; the 1 slot in that time has too few "
        "independent chairs, rooms and minute-takers for all of them; one more independent chair, room and minute-taker would do",
    )
    assert found.left_out == ("CP-2026-0002",)
    assert days_of(found) == {"CP-2026-0001": MONDAY, "CP-2026-0003": WEDNESDAY}


def test_the_one_thing_that_is_short_is_named():
    few = slots(MONDAY, hours=(MORNING,))
    found = propose(small(one(1), one(2), slots=few, takers=staff("minutes-1", "minutes-2")))
    assert found.conflicts == (
        "CP-2026-0001 and CP-2026-0002 must be held by 24 November 2026; the 1 slot in that time has too few rooms for "
        "all of them; one more room would do",
    )


def test_nothing_to_hold_is_nothing_proposed():
    found = propose(small())
    assert (found.held, found.conflicts, found.proven) == ((), (), True)


# --- the checker finds what is broken --------------------------------------------------------------------------------

FINE = Held(("CP-2026-0001",), Slot(MONDAY, *MORNING), "chair-1", "oak", "minutes-1")


@pytest.mark.parametrize(
    ("held", "says"),
    [
        ([replace(FINE, slot=Slot(WEDNESDAY, *MORNING))], "CP-2026-0001 is after its limit"),
        ([replace(FINE, slot=Slot(date(2026, 11, 20), *MORNING))], "CP-2026-0001 is too early"),
        (
            [replace(FINE, slot=Slot(MONDAY, time(9), time(9, 30)))],
            "CP-2026-0001 is in a slot that does not exist",
        ),
        ([replace(FINE, chair="chair-2")], "CP-2026-0001 is chaired by somebody who manages the case"),
        ([replace(FINE, room="elm")], "there is no room elm"),
        ([replace(FINE, room="ash")], "the room ash is taken already on 2026-11-23"),
        ([FINE, FINE], "CP-2026-0001 is placed 2 times"),
        (
            [FINE, replace(FINE, children=("CP-2026-0002",))],
            "the chair chair-1 is wanted twice at once on 2026-11-23",
        ),
        ([FINE, replace(FINE, children=("CP-2026-0003",))], "CP-2026-0001 and CP-2026-0003 are apart"),
    ],
)
def test_the_checker_names_what_is_broken(held, says):
    children = (one(1, managed_by=frozenset({"chair-2"}), family="a"), one(2), one(3, family="a"))
    rooms = (*staff("oak"), Someone("ash", busy=frozenset({Slot(MONDAY, time(11), time(13))})))
    assert says in broken(small(*children, rooms=rooms), held)


# --- random instances --------------------------------------------------------------------------------------------------


def invented(seed: int, *, most: int = 9) -> Instance:
    """An instance out of a hat: from roomy to hopeless."""
    chance = random.Random(seed)
    days = [MONDAY + timedelta(days=number) for number in range(chance.randint(1, 5))]
    hours = chance.sample(
        [(time(9), time(11)), (time(10), time(12)), (time(13), time(15)), (time(16), time(18))],
        chance.randint(1, 3),
    )
    chairs = [f"chair-{number}" for number in range(chance.randint(1, 3))]

    def people(names):
        return tuple(
            Someone(
                name, frozenset(day for day in days if chance.random() < 0.2), chance.randint(1, 2), taken()
            )
            for name in names
        )

    def taken():
        starts = chance.choice([time(8), time(10, 30), time(15)])
        busy = Slot(chance.choice(days), starts, time(starts.hour + 2))
        return frozenset({busy} if chance.random() < 0.2 else ())

    children = []
    for number in range(chance.randint(1, most)):
        limit = days[0] + timedelta(days=chance.randint(0, 6))
        children.append(
            Child(
                f"CP-2026-{number:04d}",
                days[0] + timedelta(days=chance.randint(0, 2)) if chance.random() < 0.3 else days[0],
                limit,
                plan_by=limit - timedelta(days=chance.randint(0, 3)) if chance.random() < 0.6 else None,
                overdue=chance.random() < 0.15,
                last_chair=chance.choice(["", *chairs]),
                managed_by=frozenset(each for each in chairs if chance.random() < 0.15),
                school=(time(9), time(15, 15)) if chance.random() < 0.3 else None,
                school_days=frozenset(chance.sample(days, chance.randint(0, len(days)))),
                family=chance.choice(["", "", "a", "b"]),
            )
        )  # fmt: skip
    rooms = [f"room-{number}" for number in range(chance.randint(1, 2))]
    takers = [f"minutes-{number}" for number in range(chance.randint(1, 3))]
    return Instance(tuple(children), tuple(Slot(day, *each) for day in days for each in hours), people(chairs), people(rooms), people(takers))  # fmt: skip


@pytest.mark.parametrize("seed", range(0, 1_000, EVERY))
def test_no_hard_rule_is_ever_broken_and_everybody_is_placed_or_named(seed):
    instance = invented(seed)
    found = propose(instance)
    assert broken(instance, found.held) == []
    placed = [reference for each in found.held for reference in each.children]
    assert sorted([*placed, *found.left_out]) == sorted(child.reference for child in instance.children)
    assert bool(found.conflicts) == bool(found.left_out)
    assert all(any(reference in says for says in found.conflicts) for reference in found.left_out)
    assert found.cost == cost_of(
        instance.without([f for f in instance.families if f[0].reference in found.left_out]), found.held
    )


def best_by_trying_everything(instance: Instance) -> Cost | None:
    """The least cost of any proposal that breaks nothing; None: every one breaks something."""
    ways = [
        (slot, chair.name, room.name, taker.name)
        for slot, chair, room, taker in product(
            instance.slots, instance.chairs, instance.rooms, instance.takers
        )
    ]
    best = None
    for chosen in product(ways, repeat=len(instance.families)):
        held = [
            Held(tuple(child.reference for child in family), *way)
            for family, way in zip(instance.families, chosen, strict=True)
        ]
        cost = cost_of(instance, held)
        if (best is None or cost < best) and not broken(instance, held):
            best = cost
    return best


@pytest.mark.parametrize("seed", range(5_000, 5_000 + max(1, 400 // EVERY)))
def test_it_is_as_good_as_trying_everything(seed):
    while True:
        instance = invented(seed, most=3)
        ways = len(instance.slots) * len(instance.chairs) * len(instance.rooms) * len(instance.takers)
        if ways ** len(instance.families) <= 30_000:
            break
        seed += 1_000
    found, best = propose(instance), best_by_trying_everything(instance)
    assert found.proven
    if best is None:
        assert found.conflicts
    else:
        assert (found.cost, found.left_out) == (best, ())
