"""How long slots for a county's conferences take: `python -m benchmarks.slots [CONFERENCES] [SEEDS]`.

Ninety conferences over four working weeks, with chairs, rooms, leave, school hours and siblings, all out of a hat.
What is asked for: fifteen seconds on two cores. Every proposal is held against the independent checker.
"""

from __future__ import annotations

import random
import sys
from datetime import date, time, timedelta
from time import perf_counter, process_time

from pathways.scheduling import Child, Instance, Slot, Someone, broken, propose

MONDAY = date(2026, 11, 23)
HOURS = ((time(9, 30), time(11, 30)), (time(12, 30), time(14, 30)), (time(15, 30), time(17, 30)))
LIMIT = 15.0


def invented(conferences: int, seed: int) -> Instance:
    """An authority's next four weeks: a conference in eight has two children, a child in four attends."""
    chance = random.Random(seed)
    days = [MONDAY + timedelta(days=week * 7 + day) for week in range(4) for day in range(5)]

    def people(kind: str, number: int) -> tuple[Someone, ...]:
        return tuple(
            Someone(f"{kind}-{each}", frozenset(day for day in days if chance.random() < 0.1))
            for each in range(number)
        )

    chairs = people("chair", max(2, conferences // 15))
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
                    overdue=chance.random() < 0.02,
                    last_chair=chance.choice(["", chance.choice(chairs).name]),
                    managed_by=frozenset({chance.choice(chairs).name} if chance.random() < 0.1 else ()),
                    school=(time(9), time(15, 15)) if chance.random() < 0.25 else None,
                    family=f"family-{number}",
                )
            )
    slots = tuple(Slot(day, *hours) for day in days for hours in HOURS)
    return Instance(
        tuple(children), slots, chairs, people("room", 4), people("minutes", max(2, conferences // 18))
    )


def main() -> int:
    """Measure, say so, and fail where it took too long, was not proven or broke a rule."""
    conferences = int(sys.argv[1]) if len(sys.argv) > 1 else 90
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    worst, wrong = 0.0, 0
    for seed in range(seeds):
        instance = invented(conferences, seed)
        before, worked_before = perf_counter(), process_time()
        found = propose(instance)
        took, worked = perf_counter() - before, process_time() - worked_before
        worst = max(worst, took)
        wrong += bool(broken(instance, found.held)) or not found.proven
        proven = "proven best" if found.proven else f"nothing better than {found.bound}"
        said = f"{conferences} conferences, seed {seed}: {took:.1f} s ({worked:.1f} s of work), {found.cost}, {proven}"
        print(said)  # noqa: T201
        for says in found.conflicts:
            print(f"  {says}")  # noqa: T201
    return int(wrong > 0 or worst > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
