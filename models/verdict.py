"""What a verification finds: its faults, what is counted, and what whoever asked may be told of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

MOST_FAULTS = 1_000
COUNTED = re.compile(r"[A-Z]+-[0-9]{4}-[0-9]+")
"""A reference drawn from a sequence. Others are restricted cases', which nobody uncleared is told of."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold: of which case, at which entry (None: the case as a whole), what."""

    case_ref: str
    seq: int | None
    what: str

    def __str__(self) -> str:
        if not self.case_ref:
            return f"{self.what[0].upper()}{self.what[1:]}."
        where = f"Entry {self.seq} of {self.case_ref}" if self.seq is not None else self.case_ref
        return f"{where}: {self.what}."


@dataclass(slots=True)
class Verdict:
    """What a verification found; whole when there is no fault.

    `entries` and `cases` are all there are. `seen_entries`, `seen_cases`, `first_at` and `last_at` tell only of cases
    that whoever asked may see: nothing else is for their screen. `faults` are theirs to see too; `elsewhere` says that
    there are more. `seen` are the chains that were counted, with their length; `other_version` how many cases among them
    run under another version of their pathway, so that neither their clocks nor how they ended were told again.
    """

    entries: int = 0
    cases: int = 0
    seen_entries: int = 0
    seen_cases: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    faults: list[Fault] = field(default_factory=list)
    elsewhere: bool = False
    seen: dict[str, int] = field(default_factory=dict)
    other_version: int = 0

    @property
    def whole(self) -> bool:
        """Whether everything holds."""
        return not self.faults and not self.elsewhere


class Found:
    """The verdict in the making, and who it is for."""

    def __init__(self, hidden: frozenset[str], everything: bool) -> None:
        self.verdict = Verdict()
        self.hidden = hidden
        self.everything = everything
        self.broken: set[str] = set()
        """The chains of which something was found already."""

    def may_see(self, case_ref: str, there: bool) -> bool:
        """Whether whoever asks may be told of this chain."""
        if self.everything:
            return True
        return case_ref not in self.hidden and (there or bool(COUNTED.fullmatch(case_ref)))

    def fault(self, case_ref: str, seq: int | None, what: str, *, there: bool = False) -> None:
        """Note a fault; after a thousand the rest is not listed."""
        self.broken.add(case_ref)
        if case_ref and not self.may_see(case_ref, there):
            self.verdict.elsewhere = True
        elif len(self.verdict.faults) < MOST_FAULTS:
            self.verdict.faults.append(Fault(case_ref, seq, what))

    def in_order(self) -> None:
        """Put what was found so far in order of the chains; of each it is in order already."""
        self.verdict.faults.sort(key=attrgetter("case_ref"))
