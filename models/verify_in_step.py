"""A case's entries and its clocks, walked through side by side: does each clock do what the entries say, in one pass?

Nearly every case is whole, and of a whole case there is nothing to put into words. So each entry is held against the
rows of dates as it comes: a clock that it begins has to be the next row there is, one that it stops or marks has to be
stopped or marked by that entry in its row. What an entry of one kind can begin and stop is asked once of
`pathways.clocks.reach`, and what begins on one day once of `Rules.start`, as the move did that wrote it.

Only one answer counts here: that everything is as the entries say. Anything else, and whatever is unusual (an undo, school
days, a twin whose clocks no entry names), is left to `models.verify_clocks`, which tells the case again and says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from models.laying import can_be_known
from models.verify_kinds import (
    ASSERTED,
    CLOCK,
    IDLE,
    IMPLIED,
    MISSED,
    NOTED,
    TWIN,
    UNSURE,
    Event,
    Kind,
    Known,
    Plan,
    Seen,
    leaving,
    only_carried,
    way_of,
)
from models.wire import instant_text
from pathways import pathway, trail
from pathways.clocks import (
    DAY_LONG,
    PERSON_FACTS,
    Reach,
    Rules,
    in_order_of_time,
    reach,
    start_of_day,
)
from pathways.days import Unit, by_day, local_day
from pathways.definitions import Clock, Move, Pathway
from pathways.errors import PathwayError
from pathways.restating import DIED, dated
from pathways.rulebook import Force
from pathways.trail import QUIET

MOST_DAYS = 200_000
"""How many hours, and beginnings on one day, are remembered at once."""
FIRST_SURE = "1948"
"""From this year on London is level with UTC or an hour ahead of it, so that one hour in UTC lies on one of its days."""
SECONDS_LONG, MICROSECONDS_LONG = len("2026-11-03T10:00:00+00:00"), len("2026-11-03T10:00:00.000000+00:00")
NO_FACTS: Mapping[str, Any] = {}


class _Unlike(Exception):
    """A case is not, or not surely, what its entries say: it is told again."""


class InStep:
    """Holds the clocks of one case after another against its entries."""

    def __init__(
        self,
        rules: Rules,
        told_with: Callable[[str], Rules],
        given: Callable[[Sequence[Any]], tuple[str, str, str | None] | None],
        latest: str,
    ) -> None:
        """Take the rules that dates are worked out from.

        Args:
            rules: today's.
            told_with: those that history was told with at a moment.
            given: works out the date of a row of `every_deadline`; None where another calendar counted it.
            latest: by when whoever checks each night comes to what they were to remind of, in writing; empty: not known.
        """
        self.latest = latest
        self.rules, self._told_with, self._given = rules, told_with, given
        self._worked_out: dict[tuple[Any, ...], Known | None] = {}
        self._days: dict[str, str] = {}
        self._hours: dict[tuple[str, str], tuple[str, str, str | None]] = {}
        self._filled: dict[int, dict[str, tuple[Known, ...]]] = {}
        self._days_remembered = 0

    def holds(self, name: str, seen: Sequence[Seen], rows: Sequence[Sequence[Any]]) -> bool:
        """Whether everything about a case's clocks is surely as its entries say.

        Args:
            name: its pathway.
            seen: its entries, in order.
            rows: its clocks as `every_deadline` gives them, in the order in which they were written.
        """
        try:
            return _Walk(self, pathway(name), rows).through(seen)
        except (_Unlike, PathwayError, ValueError, TypeError, LookupError, AttributeError):
            return False

    def plan(self, found: Pathway, kind: Kind, first: bool) -> Plan:
        """What an entry of this kind does."""
        made = self._plan(found, kind, first)
        if first:
            kind.first = made
        else:
            kind.later = made
        return made

    def _plan(self, found: Pathway, kind: Kind, first: bool) -> Plan:
        moves = kind.to_state != kind.from_state
        asserted = kind.basis == ASSERTED
        if kind.role == CLOCK:
            ends = leaving(found.name, kind.from_state, kind.to_state) if moves else frozenset()
            return UNSURE if asserted else Plan(passes=True, ends=ends)
        if kind.action == TWIN and first:
            return UNSURE
        if kind.action == DIED:
            return Plan(stops_all=True, asserted=asserted)
        if kind.action.startswith(QUIET):
            return UNSURE if moves else IDLE
        way = way_of(found.name, kind.action, kind.from_state, first)
        if way is None and not first and not kind.action.startswith(NOTED):
            return UNSURE if moves else IDLE
        book = self.rules.rulebook
        names = {event for clock in found.clocks for event in clock.met_by}
        names |= {event for clock in found.clocks if clock.rule in book for event in book.starts(clock.rule)}
        if way is not None and not asserted:
            names &= {emit.event for emit in way.emits} | {*PERSON_FACTS}
        names -= only_carried(kind.action, found.name)
        can = reach(found, kind.to_state, tuple(sorted(names)), book)
        return Plan(
            settles=moves,
            asserted=asserted,
            may_die=isinstance(way, Move) and not asserted,
            events={name: event for name in names if (event := self._event(name, can)).does_something},
            runs=can.runs,
        )

    def _event(self, name: str, can: Reach) -> Event:
        editions = self.rules.rulebook.editions
        clocks = [clock for clock, event in can.begins if event == name]
        at_school = [
            clock for clock in clocks if any(each.unit is Unit.SCHOOL_DAY for each in editions(clock.rule))
        ]
        return Event(
            name,
            tuple(rule for rule, by in can.stops.items() if name in by),
            tuple(clock for clock in clocks if clock not in at_school),
            tuple(clock.rule for clock in at_school),
            any(each.from_birth for clock in clocks for each in editions(clock.rule)),
        )

    # --- what a date comes to -------------------------------------------------------------------------------------

    def begun(self, found: Pathway, event: Event, started: str, at: str, asserted: bool) -> tuple[Known, ...]:
        """The clocks that begin with an event at this moment or on this day, as far as they are not of a school."""
        if len(started) == DAY_LONG:
            day, worked_out = started, event.on_day
        else:
            day, worked_out = self.day_of(started), event.at_moment
        rules, key = self.rules, day
        if event.hangs_on_today or asserted:
            rules = self._told_with(at) if asserted else rules
            key = f"{day} {self.day_of(at)} {rules.calendar.last_year}"
        begun = worked_out.get(key)
        if begun is None:
            self._make_room(worked_out)
            every = (self._known(found, clock, event.name, started, at, rules, key) for clock in event.clocks)
            begun = worked_out[key] = tuple(known for known in every if known is not None)
        return begun

    def _known(
        self, found: Pathway, clock: Clock, event: str, started: str, at: str, rules: Rules, key: str
    ) -> Known | None:
        """A clock that may begin; what it comes to under one `key` is the same for every kind of entry."""
        place = id(clock), event, len(started) == DAY_LONG, key
        try:
            return self._worked_out[place]
        except KeyError:
            if len(self._worked_out) >= MOST_DAYS:
                self._worked_out.clear()
            made = self._worked_out[place] = self._work_out(found, clock, event, started, at, rules)
            return made

    def _make_room(self, remembered: dict[str, tuple[Known, ...]]) -> None:
        """Forget everything once the days of all events together are too many; one more is about to be remembered."""
        self._filled.setdefault(id(remembered), remembered)
        self._days_remembered += 1
        if self._days_remembered >= MOST_DAYS:
            for each in self._filled.values():
                each.clear()
            self._days_remembered = 1

    def _work_out(
        self, found: Pathway, clock: Clock, event: str, started: str, at: str, rules: Rules
    ) -> Known | None:
        try:
            like = rules.start(clock, event, started, date.fromisoformat(self.day_of(at)))
        except PathwayError:
            return None
        if like is None:
            return None
        edition = like.edition
        named = next(each for each in found.clocks if each.rule == like.rule)
        gate = named.gate or edition.gate
        given = None
        if by_day(edition, self.rules.counting):
            due = like.due if rules is self.rules else self.rules.due(edition, started)
            plan_by = None if due.plan_by is None else due.plan_by.isoformat()
            given = local_day(due.due).isoformat(), instant_text(due.due_at), plan_by
        return Known(
            like.rule,
            (edition.key, event),
            self.rules.calendar_of(edition),
            given,
            edition.force is Force.STATUTORY,
            edition.unit is Unit.CLOCK_HOURS,
            gate,
            gate and not named.on_miss,
            clock,
            like.due_on,
        )

    def compare(self, known: Known, row: Sequence[Any]) -> None:
        """Hold a row against the clock that begins.

        Raises:
            _Unlike: it runs under another edition, counts from something else, has another date, force or key.
        """
        if row[2:4] != known.begins or row[10] != known.statutory:
            raise _Unlike
        if row[16] != f"{row[0]}/{row[1]}/{row[5]}/{row[12]}" or not isinstance(row[8], str):
            raise _Unlike
        if row[8] == known.calendar:
            given = known.given or self._date_of(known, row)
            if given is not None and row[5:8] != given:
                raise _Unlike

    def day_of(self, moment: str) -> str:
        """The day in London on which a moment lies.

        Raises:
            _Unlike: it is not written as moments usually are.
        """
        hour = moment[:13]
        day = self._days.get(hour)
        if day is None:
            day = local_day(datetime.fromisoformat(f"{hour}:00+00:00")).isoformat()
            if len(self._days) >= MOST_DAYS:
                self._days.clear()
            self._days[hour] = day
        if moment[-6:] != "+00:00" or day < FIRST_SURE:
            raise _Unlike
        return day

    def _date_of(self, known: Known, row: Sequence[Any]) -> tuple[str, str, str | None] | None:
        """The date of a row whose rule heeds the hour, in writing; None where another calendar counted it."""
        started: str = row[4]
        if not known.hours or len(started) not in (SECONDS_LONG, MICROSECONDS_LONG):
            return self._given(row)
        key = known.begins[0], started[:13]
        due = self._hours.get(key)
        if due is None:
            like = self._given((*row[:4], f"{started[:13]}:00:00+00:00", *row[5:]))
            if like is None:
                return None
            due = like[0], like[1][:13], like[2]
            if len(self._hours) >= MOST_DAYS:
                self._hours.clear()
            self._hours[key] = due
        return due[0], due[1] + self.in_full(started)[13:], due[2]

    def in_full(self, moment: str) -> str:
        """A moment, or the beginning of a day, as the store writes it.

        Raises:
            _Unlike: it is not written as moments usually are.
        """
        long = len(moment)
        if long == DAY_LONG:
            return _start_of(moment)
        if moment[-6:] != "+00:00":
            raise _Unlike
        if long == SECONDS_LONG:
            return f"{moment[:19]}.000000+00:00"
        if long == MICROSECONDS_LONG:
            return moment
        raise _Unlike


@lru_cache(20_000)
def _start_of(day: str) -> str:
    return instant_text(start_of_day(date.fromisoformat(day)))


Runs = tuple[str, str, Sequence[Any] | None, Known]
"""A clock that runs: its rule, what it counts from, its row, what is known of it. An import keeps no row of a clock that
it also stops.
"""


class _Walk:
    """One case on the way through its entries: the clocks that run, and the rows that no entry has begun yet."""

    __slots__ = ("about", "found", "left", "passed", "rows", "running", "unsettled")

    def __init__(self, about: InStep, found: Pathway, rows: Sequence[Sequence[Any]]) -> None:
        self.about, self.found, self.rows = about, found, rows
        self.left = list(rows)
        self.passed = 0
        self.running: list[Runs] = []
        self.unsettled = False
        """Whether the case was taken to its state without a look at which clocks run in it."""

    def through(self, seen: Sequence[Seen]) -> bool:
        """Go through all entries.

        Raises:
            _Unlike: a clock is not, or not surely, what they say.
        """
        for kind, seq, at, key, told, _ in seen:
            plan = kind.first if seq == 1 else kind.later
            if plan is None:
                plan = self.about.plan(self.found, kind, seq == 1)
            if plan.idle:
                continue
            if plan.passes:
                self._pass(plan, seq, key)
            elif plan.stops_all:
                self._stop_all(seq, plan.asserted)
            elif plan.sure:
                self._happen(plan, seq, at, told)
            else:
                raise _Unlike
        return self._is_all()

    def _happen(self, plan: Plan, seq: int, at: str, told: Mapping[str, Any]) -> None:
        if len(told) > 1 and trail.SCHOOL_CLOCKS in told:
            raise _Unlike
        changes = told.get("facts") or NO_FACTS
        every, events = plan.events, []
        met: dict[str, str] = {}
        for name, value in changes.items():
            event = every.get(name)
            if event is not None and dated(value):
                events.append((event, value))
                for rule in event.meets:
                    met[rule] = min(met[rule], value, key=in_order_of_time) if rule in met else value
        if met or plan.settles or self.unsettled:
            self._stop(plan, met, seq, plan.asserted and IMPLIED in told)
        before = self.running
        for event, value in events:
            self._begin(plan, event, value, seq, at, before)
        if plan.may_die and changes.get("died_on"):
            self._stop_all(seq, plan.asserted)

    def _stop(self, plan: Plan, met: Mapping[str, str], seq: int, implied: bool) -> None:
        """Stop what is met, and what does not run in the state; `implied`: on a day that nobody told."""
        self.unsettled = False
        left = []
        for each in self.running:
            rule = each[0]
            if rule in met:
                _stopped(each, "met", seq, plan.asserted, self.about.in_full(met[rule]), implied)
            elif rule in plan.runs:
                left.append(each)
            else:
                _stopped(each, "ended", seq, plan.asserted, implied=implied)
        self.running = left

    def _begin(self, plan: Plan, event: Event, started: str, seq: int, at: str, before: list[Runs]) -> None:
        """Hold the clocks that begin with an event against their rows; `before`: those that ran until then."""
        if event.at_school:
            self._at_school(event, started, seq, before)
        if not event.clocks:
            return
        about = self.about
        running = before.copy() if self.running is before else self.running
        for known in about.begun(self.found, event, started, at, plan.asserted):
            rule = known.rule
            same = []
            for each in before:
                if each[0] == rule:
                    same.append(each)
            if same:
                if any(each[1] == started for each in same):
                    continue
                for each in same:
                    _stopped(each, "ended", seq, plan.asserted)
                running = [each for each in running if each not in same]
            row = self._row_of(rule, started, seq)
            if row is not None:
                about.compare(known, row)
            elif not self._is_left_out(plan, known, at):
                continue
            running.append((rule, started, row, known))
        self.running = running

    def _is_left_out(self, plan: Plan, known: Known, at: str) -> bool:
        """Whether an import kept no row of a clock, which runs all the same; False where it did not even begin it.

        Raises:
            _Unlike: the clock is to have a row, or may be to.
        """
        if not plan.asserted or known.hours:
            raise _Unlike
        return can_be_known(known.clock, known.due_on, date.fromisoformat(self.about.day_of(at)))

    def _at_school(self, event: Event, started: str, seq: int, before: Sequence[Runs]) -> None:
        """Of clocks in school days that no entry names, none may be there."""
        here = {each[0] for each in before}
        for rule in event.at_school:
            if rule in here or self._row_of(rule, started, seq) is not None:
                raise _Unlike

    def _row_of(self, rule: str, started: str, seq: int) -> Sequence[Any] | None:
        """The row of a clock that an entry begins, which is then taken; None where there is none."""
        left = self.left
        for place, row in enumerate(left):
            if row[12] == seq and row[1] == rule and row[4] == started:
                del left[place]
                return row
        return None

    def _stop_all(self, seq: int, asserted: bool) -> None:
        for each in self.running:
            _stopped(each, "ended", seq, asserted)
        self.running = []

    def _pass(self, plan: Plan, seq: int, key: str | None) -> None:
        """A date that passed marks its clock, and ends those that do not run where it leads."""
        _, rule, due_on, opened = (key or "").removesuffix(MISSED).split("/")
        for each in self.running:
            row = each[2]
            if each[0] == rule and row is not None and str(row[12]) == opened:
                break
        else:
            raise _Unlike
        if row[15] != seq or row[5] != due_on:
            raise _Unlike
        self.passed += 1
        self.unsettled = True
        if plan.ends:
            for other in self.running:
                if other[0] in plan.ends and other is not each:
                    _stopped(other, "ended", seq, asserted=False)
            self.running = [other for other in self.running if other is each or other[0] not in plan.ends]

    def _is_all(self) -> bool:
        """Whether no row is left over, no mark unexplained, and every clock that runs stands as one that does."""
        if self.left:
            return False
        for row in self.rows:
            if row[15] is not None:
                self.passed -= 1
        latest = self.about.latest
        return not self.passed and all(_runs_on(each, latest) for each in self.running)


def _stopped(each: Runs, status: str, seq: int, asserted: bool, at: str = "", implied: bool = False) -> None:
    """Hold a clock that stops against its row.

    Of what is asserted an import keeps the clocks that were met. Where it was `implied`, it judged itself which were.

    Raises:
        _Unlike: it says otherwise.
    """
    row = each[2]
    if row is None:
        if not asserted or (status == "met" and not implied):
            raise _Unlike
    elif row[14] != seq:
        raise _Unlike
    elif implied:
        if row[9] not in ("met", "ended"):
            raise _Unlike
    elif row[9] != status or (at and row[13] != at):
        raise _Unlike


def _runs_on(each: Runs, latest: str) -> bool:
    """Whether the row of a clock that runs says so, and the nightly check will come to it, a reminder by the latest."""
    _, _, row, known = each
    if row is None or row[14] is not None:
        return False
    status, statutory, look_at = row[9], row[10], row[11]
    if row[15] is not None:
        if known.gate:
            return bool(status == "passed")
        reminds = look_at is not None and (not latest or look_at <= latest)
        return bool(status == "missed" and (reminds or not statutory))
    return bool(status == "open" and (known.waits or (look_at is not None and look_at <= row[6])))
