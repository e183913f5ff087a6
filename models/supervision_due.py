"""Whose supervision is overdue: found overnight, and shown to whoever answers for it. A passing date changes nothing else.

The check lays the list anew each night, so that a worklist need only count its rows. What was held since does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from models.store import Store
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways.moments import local_day

if TYPE_CHECKING:
    from pathways.clocks import Rules
    from pathways.supervision import Next


@dataclass(frozen=True, slots=True)
class Falling:
    """Somebody whose supervision falls due: their row of the register with their team, who held the last one, and when."""

    who: Any
    kind: str
    supervisor_id: int | None
    last_on: date | None
    next: Next


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many people's supervision is late, and how many more have only passed the day aimed at."""

    late: int = 0
    past_aim: int = 0

    @property
    def said(self) -> str:
        """In words, without anybody's name; empty where there is nothing."""
        parts = [f"{self.late} late"] if self.late else []
        parts += [f"{self.past_aim} past the day aimed at"] if self.past_aim else []
        return f"Supervision: {', '.join(parts)}." if parts else ""


def falling_due(tx: Transaction, rules: Rules, today: date) -> Iterator[Falling]:
    """Everybody whose supervision falls due, once, with the last session that the viewer may know of."""
    from pathways.supervision import FALLS_DUE, ONE_TO_ONE, next_session

    last = {
        row.practitioner_id: row for row in tx.all("last_supervisors", form=ONE_TO_ONE, today=today)
    }  # fmt: skip
    seen: set[int] = set()
    for kind, roles in FALLS_DUE.items():
        for who in tx.all("holders_of_roles", roles=f",{','.join(sorted(roles))},", on=today):
            if who.id in seen:
                continue
            seen.add(who.id)
            held = last.get(who.id)
            held_on = held.held_on if held else None
            found = next_session(kind, held_on, rules, today)
            yield Falling(who, kind, held.supervisor_id if held else None, held_on, found)


def note_overdue_supervision(store: Store, rules: Rules, now: datetime) -> int:
    """Lay the list of overdue supervision anew; how many people are on it.

    Whoever was on it before, in the same way, keeps the day on which that was first found.
    """
    today = local_day(now)
    with store.writing(service=True) as tx:
        tx.viewer = ALL_SEEING
        before = {
            (row.practitioner_id, row.last_on, bool(row.late)): row.found_on
            for row in tx.all("every_supervision_due")
        }
        rows = [
            {
                "practitioner_id": each.who.id, "supervisor_id": each.supervisor_id, "kind": each.kind,
                "team": each.who.team, "last_on": each.last_on, "late": each.next.late(today),
                "found_on": before.get((each.who.id, each.last_on, each.next.late(today)), today),
            }
            for each in falling_due(tx, rules, today)
            if each.next.aim_missed(today) or each.next.late(today)
        ]  # fmt: skip
        tx.run("forget_supervision_due")
        tx.many("add_supervision_due", rows)
    return len(rows)


def overdue(tx: Transaction) -> Overdue:
    """How much supervision the viewer gives, has or answers for is overdue, by the last check and what was held since."""
    row = tx.need("count_supervision_due", today=local_day(tx.viewer.at))
    return Overdue(int(row.late), int(row.people) - int(row.late))
