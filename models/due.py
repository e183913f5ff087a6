"""What the nightly check goes through and what it leaves: due clocks beside their cases, rows to write, a tally."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any


@dataclass(slots=True)
class Tally:
    """What a run did: cases looked at, limits missed, cases moved, reminders and warnings sent, cases parked.

    It is for everybody to see, so guarded cases are dealt with and not counted: a number that goes up would tell of one.
    """

    cases: int = 0
    missed: int = 0
    moved: int = 0
    reminded: int = 0
    parked: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.cases + other.cases,
            self.missed + other.missed,
            self.moved + other.moved,
            self.reminded + other.reminded,
            self.parked + other.parked,
        )


@dataclass(slots=True)
class Batch:
    """The rows of one chunk, in the driver's form and the statements' order."""

    trail: list[tuple[Any, ...]] = field(default_factory=list)
    outbox: list[tuple[Any, ...]] = field(default_factory=list)
    cases: list[tuple[Any, ...]] = field(default_factory=list)
    deadlines: list[tuple[Any, ...]] = field(default_factory=list)
    ended: list[tuple[Any, ...]] = field(default_factory=list)
    parked: list[tuple[int, str]] = field(default_factory=list)
    fit: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Due:
    """Clocks to look at, each beside its case, in case order: two columns of numbers, small however many there are."""

    cases: array[int] = field(default_factory=lambda: array("q"))
    clocks: array[int] = field(default_factory=lambda: array("q"))

    @property
    def cases_in_all(self) -> int:
        """How many cases they are on."""
        return sum(1 for _ in groupby(self.cases))

    def parts(self, size: int) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
        """The clocks of so many cases after another: their cases, and they themselves."""
        begin = place = count = 0
        for _, group in groupby(self.cases):
            place += sum(1 for _ in group)
            count += 1
            if count == size:
                yield self.cases[begin:place], self.clocks[begin:place]
                begin, count = place, 0
        if count:
            yield self.cases[begin:], self.clocks[begin:]

    def split(self, parts: int, chunk: int) -> list[Due]:
        """As many parts or fewer, of so many whole chunks each; each is a stretch of the store of its own."""
        size = -(-self.cases_in_all // parts // chunk) * chunk
        return [Due(array("q", cases), array("q", clocks)) for cases, clocks in self.parts(size)]

    def add(self, cases: Sequence[int], clocks: Sequence[int], besides: set[int]) -> None:
        """Add clocks, save those of some cases."""
        for case_id, clock_id in zip(cases, clocks, strict=True):
            if case_id not in besides:
                self.cases.append(case_id)
                self.clocks.append(clock_id)


ORDERS = {
    "add_trail": (
        "case_ref", "seq", "at", "effective_at", "actor", "role", "action", "from_state", "to_state", "rule",
        "basis", "voids", "key", "commitment", "prev", "hash", "format",
    ),
    "add_outbox": (
        "key", "event", "case_ref", "pathway", "team", "rule", "due_on", "to_roles", "effective_at",
        "recorded_at", "done_at",
    ),
    "pass_case": ("state", "seq", "head", "changed_at", "case_id"),
    "pass_deadline": ("status", "look_at", "told", "missed_seq", "deadline_id"),
    "end_deadline": ("status", "closed_at", "closed_seq", "deadline_id"),
}  # fmt: skip
"""The order of values in which `models/passing.py` makes rows; a test compares it with the statements."""

DUE_ROW = (
    "id", "reference", "pathway", "definition", "state", "seq", "head", "team", "deadline_id", "rule", "edition",
    "due_on", "due_at", "status", "statutory", "look_at", "told", "missed_seq", "opened_seq", "key", "guarded",
)  # fmt: skip
"""The order in which it takes the due clocks apart; a test compares it too."""
