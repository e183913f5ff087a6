"""A case told again from its entries: each clock that they begin, pass and stop.

A clock begins, stops and passes here by the functions that let it do so when the entry was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from models.draft import Draft
from models.laying import can_be_known
from models.verify_kinds import (
    ASSERTED,
    CLOCK,
    IMPLIED,
    MISSED,
    NOTED,
    TWIN,
    Seen,
    leaving,
    only_carried,
    way_of,
)
from pathways.clocks import Rules, Started
from pathways.days import Unit, local_day
from pathways.definitions import Move, Pathway
from pathways.restating import DIED, Clocks, Told, happened, retell, running_at, starts_at, withdrawn
from pathways.rulebook import Force
from pathways.trail import COUNTED_FROM, QUIET, SCHOOL_CLOCKS

SCHOOL_DAY, STATUTORY = Unit.SCHOOL_DAY, Force.STATUTORY
STARTED, DAYS, MOMENTS = 4, (5, 7), (6, 11, 13)
"""Where in a row of `every_deadline` stands what it counts from, and where days and moments do."""
NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""Stands for a moment that is not compared."""


@dataclass(slots=True)
class Step:
    """One entry, as far as clocks hang on it; `at` in writing, in UTC; `keeps` is all of its payload, or all but the facts."""

    seq: int
    at: str
    role: str
    action: str
    from_state: str
    to_state: str
    basis: str
    voids: int | None
    key: str | None
    changes: Mapping[str, Any]
    keeps: Mapping[str, Any]


def step_of(entry: Seen) -> Step:
    """An entry that was read with its content."""
    _, seq, at, key, told, row = entry
    return Step(seq, at, row[5], row[6], row[7], row[8], row[10], row[11], key, told.get("facts") or {}, told)


@dataclass(slots=True)
class Row:
    """One clock as the table of dates has it; moments in writing, in UTC."""

    reference: str
    rule: str
    edition: str
    start_event: str
    started: str
    due_on: str
    due_at: str
    plan_by: str | None
    calendar: str
    status: str
    statutory: bool
    look_at: str | None
    opened_seq: int
    closed_at: str | None
    closed_seq: int | None
    missed_seq: int | None
    key: str

    @property
    def mark(self) -> tuple[str, str, int]:
        """What it is known by: its rule, what it counts from, the entry that began it."""
        return self.rule, self.started, self.opened_seq


def in_writing(found: Sequence[Any], text: Callable[[Any], str]) -> tuple[Any, ...]:
    """A row of `every_deadline` with its days and moments in writing; `text` writes a moment."""
    row = list(found)
    row[STARTED] = str(row[STARTED])
    for place in DAYS:
        row[place] = None if row[place] is None else str(row[place])
    for place in MOMENTS:
        row[place] = None if row[place] is None else text(row[place])
    return tuple(row)


@dataclass(slots=True, eq=False)
class ClockTold:
    """One clock as the entries have it."""

    rule: str
    edition: str
    start_event: str
    started: str
    due_on: date
    due_at: datetime
    plan_by: date | None
    statutory: bool
    opened_seq: int
    begun: Started | None = None
    status: str = "open"
    closed_at: datetime | None = None
    closed_seq: int | None = None
    missed_seq: int | None = None

    @property
    def mark(self) -> tuple[str, str, int]:
        """As a row's."""
        return self.rule, self.started, self.opened_seq


@dataclass(slots=True, eq=False)
class _Case(Draft):
    """A case in memory only; its clocks are kept as the entries have them."""

    made: list[ClockTold] = field(default_factory=list)
    """The clocks just begun."""

    def _begin(self, begun: Started, rules: Rules, seq: int) -> None:
        edition = begun.edition
        made = ClockTold(
            begun.rule, edition.key, begun.event, begun.started, begun.due_on, begun.due.due_at, begun.due.plan_by,
            edition.force is STATUTORY, seq, begun,
        )  # fmt: skip
        self.made.append(made)
        self.running.append(made)

    def _stop(self, each: ClockTold, status: str, at: datetime, seq: int) -> None:
        each.status, each.closed_at, each.closed_seq = status, at, seq


class Replayed:
    """One case whose entries are told again, with every clock that they begin."""

    def __init__(
        self,
        found: Pathway,
        rules: Rules,
        rows: Sequence[Row],
        told: Sequence[Told],
        was_unknown: Callable[[Started, str], bool],
        told_with: Callable[[str], Rules],
    ) -> None:
        self.was_unknown, self.told_with = was_unknown, told_with
        self.pathway, self.rules, self.rows, self.told = found, rules, rows, told
        self.there = {row.mark for row in rows}
        self.draft = _Case(found, "", 0, 0, "", {}, NEVER, changed_at=NEVER)
        self.all: list[ClockTold] = []
        self.optional: set[int] = set()
        self.asserted: set[int] = set()
        self.implied: set[int] = set()
        """Those of the asserted entries whose own day nobody told: what they stopped, an import may have judged otherwise."""
        self.by_clock: set[int] = set()
        self.dated: dict[int, str] = {}
        self.lost: list[tuple[int, str]] = []
        self.gone: list[tuple[int, str]] = []
        self.one_pack = False
        """Whether no check ever ran under other rules than these, so that every clock was begun under them."""
        self._school: str | None = None
        self._unsettled = False
        """Whether the case was taken to its state without a look at which clocks run in it."""

    def step(self, step: Step) -> None:
        """Let one entry begin, pass and stop what it did."""
        if step.basis == ASSERTED:
            self.asserted.add(step.seq)
            if IMPLIED in step.keeps:
                self.implied.add(step.seq)
        if "school" in step.changes:
            self._school = step.changes["school"]
        if step.voids is not None:
            self._undo(step)
        elif step.role == CLOCK:
            self._pass(step)
        elif step.action == TWIN and step.seq == 1:
            self._twin(step)
        elif step.action == DIED:
            self.draft.stop_all(NEVER, step.seq)
        elif not step.action.startswith(QUIET):
            self._happen(step)

    def _happen(self, step: Step) -> None:
        draft = self.draft
        way = way_of(self.pathway.name, step.action, step.from_state, step.seq == 1)
        if way is None and step.seq != 1 and not step.action.startswith(NOTED):
            return
        draft.state = step.to_state
        events = happened(None if step.basis == ASSERTED else way, step.changes)
        for name in only_carried(step.action, self.pathway.name):
            events.pop(name, None)
        if not (events or self._unsettled or step.to_state != step.from_state):
            return
        self._unsettled = False
        today = day_of(step.at[:13]) if events else date.min
        rules = self.told_with(step.at) if step.basis == ASSERTED else self.rules
        local = rules.at_school(self._school) if way is not None else rules
        draft.happen(events, local, today=today, seq=step.seq, strict=False)
        self._keep(step)
        self._counted_otherwise(step)
        if isinstance(way, Move) and step.changes.get("died_on") and step.basis != ASSERTED:
            draft.stop_all(NEVER, step.seq)

    def _keep(self, step: Step) -> None:
        """Take on the clocks just begun, save those of which it cannot be told whether they were."""
        for each in self.draft.made:
            begun = each.begun
            assert begun is not None
            if (
                (begun.edition.unit is SCHOOL_DAY and each.rule not in step.keeps.get(SCHOOL_CLOCKS, ()))
                or self.was_unknown(begun, step.at)
                or (
                    step.basis == ASSERTED
                    and not can_be_known(begun.clock, begun.due_on, day_of(step.at[:13]))
                )
            ):
                if each.mark not in self.there:
                    self.draft.running = [one for one in self.draft.running if one is not each]
                    continue
                self.optional.add(id(each))
            self.all.append(each)
        self.draft.made.clear()

    def _counted_otherwise(self, step: Step) -> None:
        """The clocks in school days that an entry says it began, and that the terms known today do not count."""
        named = set(step.keeps.get(SCHOOL_CLOCKS, ())) - {
            each.rule for each in self.all if each.opened_seq == step.seq
        }
        for rule in sorted(named):
            there = [row for row in self.rows if (row.rule, row.opened_seq) == (rule, step.seq)]
            for row in there:
                self._as_it_stands(row)
            if not there:
                self.gone.append((step.seq, rule))

    def _twin(self, step: Step) -> None:
        """The clocks of a twin's case: they began with what those of the other count from."""
        draft = self.draft
        draft.state = step.to_state
        starts = step.keeps.get(COUNTED_FROM)
        if starts is not None:
            draft.happen(starts, self.rules, today=day_of(step.at[:13]), seq=step.seq, strict=False)
            self._keep(step)
            return
        for row in self.rows:
            if row.opened_seq == step.seq and row.started in step.changes.values():
                self._as_it_stands(row)

    def _as_it_stands(self, row: Row) -> None:
        due_on, due_at = date.fromisoformat(row.due_on), datetime.fromisoformat(row.due_at)
        self._add(
            ClockTold(
                row.rule, row.edition, row.start_event, row.started, due_on, due_at, None, row.statutory, row.opened_seq
            )
        )  # fmt: skip

    def _add(self, clock: ClockTold) -> None:
        self.draft.running.append(clock)
        self.all.append(clock)

    def _pass(self, step: Step) -> None:
        """A date that passed marks its clock, and ends those that do not run where it leads."""
        self.by_clock.add(step.seq)
        self._unsettled = True
        passed = self._named(step.key or "", step.seq)
        if passed is not None:
            clock = next((each for each in self.pathway.clocks if each.rule == passed.rule), None)
            edition = self.rules.rulebook.cited(passed.rule, passed.edition)
            gate = edition.gate or (clock is not None and clock.gate)
            passed.status, passed.missed_seq = "passed" if gate else "missed", step.seq
        if step.to_state != step.from_state:
            stops = leaving(self.pathway.name, step.from_state, step.to_state)
            ends = [each for each in self.draft.running if each.rule in stops and each is not passed]
            self.draft.end(ends, NEVER, step.seq)
        self.draft.state = step.to_state

    def _named(self, key: str, seq: int) -> ClockTold | None:
        """The running clock that an entry's key names: its rule, its date, the entry that began it."""
        parts = key.removesuffix(MISSED).split("/")
        if len(parts) != 4 or not parts[3].isdigit():
            return None
        for each in self.draft.running:
            if each.rule == parts[1] and each.opened_seq == int(parts[3]):
                self.dated[id(each)] = parts[2]
                found: ClockTold = each
                return found
        if not any((row.rule, row.opened_seq) == (parts[1], int(parts[3])) for row in self.rows):
            self.lost.append((seq, parts[1]))
        return None

    def _undo(self, step: Step) -> None:
        """Which clocks run when what an entry withdraws is left out: as the undo itself worked it out."""
        self._unsettled = True
        story = self.told[: step.seq - 1]
        entry = self.told[step.seq - 1]
        before = withdrawn(story)
        gone = withdrawn(story, dict.fromkeys(entry.targets, step.seq))
        start = starts_at(story, gone, before)
        clocks = Clocks(self.pathway, list(self.all), self.rules, start)
        retell(self.pathway, story, gone, before=before, watching=clocks)
        if 1 in gone:
            clocks.running = []
        elif start == 1:
            clocks.running = running_at(self.all, min(entry.targets) - 1)
        ends, again, begins = clocks.ends(), clocks.runs_again(entry.at), clocks.begins()
        self.draft.end(ends, entry.at, step.seq)
        for each in again:
            self._add(
                replace(each.row, opened_seq=step.seq, closed_at=None, closed_seq=None, status=each.status)
            )
        for begun in begins:
            self.draft.begin(begun, self.rules, step.seq)
        self._keep(step)
        self.draft.state = step.to_state


@lru_cache(10_000)
def day_of(hour: str) -> date:
    """The day in London, of a moment in UTC of which the hour is given in writing."""
    return local_day(datetime.fromisoformat(f"{hour}:00+00:00"))
