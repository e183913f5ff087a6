"""A case's history as an import tells it: the opening, the steps with their moments, and what was left out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from pathways import pathway
from pathways.census_checks import QUERY, Kind
from pathways.definitions import SAME, Move


class Remark(NamedTuple):
    """Something in the census that no case follows from, or that a person should look at."""

    element: str
    value: str
    reason: str
    kind: Kind = QUERY


@dataclass(slots=True)
class Step:
    """One move: on which day, what is learned with it. `dated`: events of the move that have another, known date."""

    trigger: str
    on: date
    implied: bool = False
    learned: dict[str, Any] = field(default_factory=dict)
    dated: dict[str, str] = field(default_factory=dict)


@cache
def edges(name: str) -> dict[tuple[str, str], tuple[Move, str]]:
    """(trigger, state) -> (move, destination) of a pathway."""
    return {
        (move.trigger, state): (move, state if move.dest == SAME else move.dest)
        for move in pathway(name).moves
        for state in move.source
    }


@dataclass(slots=True, eq=False)
class CaseHistory:
    """One case as the census tells it: opened in `start` on a day with these events, then its steps."""

    name: str
    start: str
    on: date
    events: dict[str, str]
    entry: str = ""
    implied: bool = False
    learned: dict[str, Any] = field(default_factory=dict)
    opened_from: CaseHistory | None = None
    steps: list[Step] = field(default_factory=list)
    state: str = ""
    last: date = date.min

    def __post_init__(self) -> None:
        self.state, self.last = self.start, self.on

    @property
    def is_open(self) -> bool:
        """Whether it stands in a state that somebody must still lead out of."""
        return self.state in pathway(self.name).open_states

    @property
    def opening(self) -> str:
        """What the first entry of its trail is called."""
        if self.entry:
            return f"open_{self.entry}"
        return f"opened_from_{self.opened_from.name}" if self.opened_from else "opened_by_import"

    def go(
        self,
        trigger: str,
        on: date,
        *,
        implied: bool = False,
        learned: dict[str, Any] | None = None,
        dated: dict[str, str] | None = None,
    ) -> bool:
        """Take a step, if the pathway has one of that name from here."""
        way = edges(self.name).get((trigger, self.state))
        if way is None or on < self.last:
            return False
        self.steps.append(Step(trigger, on, implied, learned or {}, dated or {}))
        self.state, self.last = way[1], on
        return True

    def follow(self, triggers: tuple[str, ...], on: date, *, implied: bool = False) -> bool:
        """Take several steps on one day, all of them or none."""
        state = self.state
        for trigger in triggers:
            way = edges(self.name).get((trigger, state))
            if way is None:
                return False
            state = way[1]
        return all(self.go(trigger, on, implied=implied) for trigger in triggers)


@dataclass(slots=True)
class Told:
    """The cases of one referral, in the order in which they were opened, and what is to be looked at."""

    cases: list[CaseHistory]
    remarks: list[Remark]
