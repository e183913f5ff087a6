"""How long slots for a county's conferences take: `python -m benchmarks.slots [CONFERENCES] [SEEDS]`.

Ninety conferences over four working weeks, with chairs, rooms, leave, school hours and siblings, all out of a hat, and
the same with less of one thing. What is asked for: fifteen seconds on two cores. Every proposal is held against the
independent checker.
"""

from __future__ import annotations

import random
import sys
from datetime import date, time, timedelta
from time import perf_counter, process_time

from pathways.scheduling import Child, Instance, Slot, Someone
from pathways.scheduling_checker import broken
from pathways.scheduling_search import propose

MONDAY = date(2026, 11, 23)
HOURS = ((time(9, 30), time(11, 30)), (time(12, 30), time(14, 30)), (time(15, 30), time(17, 30)))
OVERLAPPING = (
    (time(9), time(10, 30)), (time(9, 30), time(11)), (time(11), time(12, 30)), (time(13), time(14, 30)),
    (time(13, 30), time(15)), (time(15, 30), time(17)), (time(16), time(17, 30)),
)  # fmt: skip
KINDS: dict[str, dict[str, object]] = {
    "usual": {},
    "two rooms": {"rooms": 2},
    "one chair fewer": {"spare_chairs": -1},
    "half of the children attend": {"attend": 0.5},
    "one in ten overdue": {"overdue": 0.1},
    "a quarter on leave": {"leave": 0.25},
    "hours that overlap": {"hours": OVERLAPPING},
    "too many for the chairs": {"spare_chairs": -4},
}
LIMIT = 15.0


def invented(
    conferences: int,
    seed: int,
    *,
    rooms: int = 4,
    spare_chairs: int = 0,
    attend: float = 0.25,
    overdue: float = 0.02,
    leave: float = 0.1,
    hours: tuple[tuple[time, time], ...] = HOURS,
) -> Instance:
    """An authority's next four weeks: a conference in eight has two children, a child in four attends."""
    chance = random.Random(seed)
    days = [MONDAY + timedelta(days=week * 7 + day) for week in range(4) for day in range(5)]

    def people(kind: str, number: int) -> tuple[Someone, ...]:
        return tuple(
            Someone(f"{kind}-{each}", frozenset(day for day in days if chance.random() < leave))
            for each in range(number)
        )

    chairs = people("chair", max(2, conferences // 15 + spare_chairs))
    children = []
    for number in range(conferences):
        limit = chance.choice(days[4:])
        for twin in range(2 if chance.random() < 0.125 else 1):
            children.append(
                Child(
                    f"CP-2026-{number * 2 + twin:04d}",
                    MONDAY,
                    limit,
                    plan_by=limit - timedelta(days=2),
                    overdue=chance.random() < overdue,
                    last_chair=chance.choice(["", chance.choice(chairs).name]),
                    managed_by=frozenset({chance.choice(chairs).name} if chance.random() < 0.1 else ()),
                    school=(time(9), time(15, 15)) if chance.random() < attend else None,
                    family=f"family-{number}",
                )
            )
    slots = tuple(Slot(day, *each) for day in days for each in hours)
    return Instance(
        tuple(children), slots, chairs, people("room", rooms), people("minutes", max(2, conferences // 18))
    )


def _say(*cells: object) -> None:
    sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")
    sys.stdout.flush()


def main() -> int:
    """Measure, say so, and fail where it took too long, was not proven or broke a rule."""
    conferences = int(sys.argv[1]) if len(sys.argv) > 1 else 90
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    wrong = 0
    _say("instance", "seed", "wall, s", "CPU, s", "wait, late, new chairs, fullest day", "not placed")
    _say(*["---"] * 6)
    for kind, own in KINDS.items():
        for seed in range(seeds):
            instance = invented(conferences, seed, **own)  # type: ignore[arg-type]
            before, worked_before = perf_counter(), process_time()
            found = propose(instance)
            took, worked = perf_counter() - before, process_time() - worked_before
            wrong += bool(broken(instance, found.held)) or not found.proven or took > LIMIT
            cost, proven = found.cost, "" if found.proven else f"; nothing better than {found.bound}"
            costs = f"{cost.waiting}, {cost.late}, {cost.new_chairs}, {cost.fullest_day}{proven}"
            _say(kind, seed, f"{took:.1f}", f"{worked:.1f}", costs, len(found.left_out))
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
