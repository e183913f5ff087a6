"""What entries of one kind have in common: the move that they made, how they hash, what they do to clocks.

Entries are of one kind that name the same role, action, states, rule and basis. Of a kind the definitions are asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from pathways import NAMES, pathway, trail
from pathways.clocks import runs_in
from pathways.definitions import Clock, Entry, Move
from pathways.engine import compiled
from pathways.roles import Role

TWIN = "opened_as_twin"
BEGUN, NOTED = "opened_from_", "noted_from_"
ASSERTED, IMPLIED = "asserted", "implied"
MISSED = "/missed"
CLOCK = Role.CLOCK.value
MOST_KINDS = 20_000
"""How many kinds of entries are remembered at once: what somebody writes into the trail must not fill the memory."""


@cache
def way_of(name: str, action: str, state: str, opens: bool) -> Move | Entry | None:
    """The move or way in that an entry made; None where it made none of this pathway."""
    if opens:
        return next((each for each in pathway(name).entries if f"open_{each.name}" == action), None)
    found = compiled(name).get((action, state))
    return found[1] if found else None


@cache
def leaving(name: str, state: str, dest: str) -> frozenset[str]:
    """The rules whose clocks run in one state and not in the other."""
    found = pathway(name)
    return frozenset(
        each.rule for each in found.clocks if runs_in(each, found, state) and not runs_in(each, found, dest)
    )


@cache
def only_carried(action: str, name: str) -> frozenset[str]:
    """The facts that a decision elsewhere brings along, and that are no event there: they start nothing."""
    begun = next((action.removeprefix(each) for each in (BEGUN, NOTED) if action.startswith(each)), None)
    if begun is None:
        return frozenset()
    source = pathway(begun)
    carried = {
        fact for move in source.moves for each in move.opens if each.pathway == name for fact in each.carries
    }
    return frozenset(carried - {*source.events})


@dataclass(slots=True, eq=False)
class Kind:
    """Entries that have this much in common; their hash is worked out alike, and so is what they do to clocks."""

    role: str
    action: str
    from_state: str
    to_state: str
    basis: str
    hashed: Callable[..., bytes]
    outcome: str | None = None
    """What the move says of how the case ended."""
    closes: bool = False
    """Whether it is a move to a state in which a case is closed."""
    first: Plan | None = None
    later: Plan | None = None


class Kinds(dict[tuple[str, ...], Kind]):
    """The kinds of entries of one pathway, by role, action, state before and after, rule and basis."""

    def __init__(self, name: str = "") -> None:
        """Of the pathway of this name, of which there need be none."""
        super().__init__()
        self._moves = compiled(name) if name in NAMES else {}
        self._final = {each.name for each in pathway(name).states if each.final} if name in NAMES else ()

    def __missing__(self, key: tuple[str, ...]) -> Kind:
        """A kind that has not come yet."""
        if len(self) >= MOST_KINDS:
            self.clear()
        role, action, from_state, to_state, _, basis = key
        _, move = self._moves.get((action, from_state), (None, None))
        outcome, closes = (None, False) if move is None else (move.outcome, to_state in self._final)
        made = self[key] = Kind(
            role, action, from_state, to_state, basis, trail.hasher_of_kind(*key), outcome, closes
        )
        return made


Seen = tuple[Kind, int, str, str | None, Mapping[str, Any], Sequence[Any]]
"""An entry that has been read: its kind, number, moment in writing, key, what it keeps, its row."""


@dataclass(slots=True, eq=False)
class Known:
    """A clock that begins with an event on one day: the edition it runs under and, where that hangs on the day alone, its date."""

    rule: str
    begins: tuple[str, str]
    """Edition and event, as they stand beside each other in a row."""
    calendar: str
    given: tuple[str, str, str | None] | None
    statutory: bool
    hours: bool
    gate: bool
    waits: bool
    clock: Clock
    due_on: date


@dataclass(slots=True, eq=False)
class Event:
    """An event that an entry of one kind may bring: the rules whose clocks it meets, those that it may begin, on which day."""

    name: str
    meets: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()
    at_school: tuple[str, ...] = ()
    """Rules that count in school days: which of them began, terms decide that are no part of the trail."""
    hangs_on_today: bool = False
    on_day: dict[str, tuple[Known, ...]] = field(default_factory=dict)
    at_moment: dict[str, tuple[Known, ...]] = field(default_factory=dict)

    @property
    def does_something(self) -> bool:
        """Whether a clock may begin or stop with it."""
        return bool(self.meets or self.clocks or self.at_school)


@dataclass(slots=True, eq=False)
class Plan:
    """What an entry of one kind does: to the clocks that run, and with the events that it may bring."""

    sure: bool = True
    idle: bool = False
    passes: bool = False
    stops_all: bool = False
    settles: bool = False
    asserted: bool = False
    may_die: bool = False
    events: Mapping[str, Event] = field(default_factory=dict)
    runs: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()


IDLE, UNSURE = Plan(idle=True), Plan(sure=False)
