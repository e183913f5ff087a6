"""A case's clocks beside its chain: is each clock, running or stopped, what the entries say of it?

The entries are told again (`models.verify_retold`), and each clock that they begin, pass and stop is held against the
table of dates: one that was deleted, added, stopped, set running again or counted from another moment is found, and so
is one of which nobody would be told. `models.verify_in_step` passes over the cases of which it is sure in one pass that
there is nothing to say.

What an entry does not say is taken as it stands: which clocks of history that an import told were kept; and, of entries
that older versions wrote, with which clocks a twin's case began, and whether a calendar was there to count school days with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from models.setup import grown, options_of
from models.transaction import Transaction
from models.verify_in_step import InStep
from models.verify_kinds import Seen
from models.verify_retold import STATUTORY, ClockTold, Replayed, Row, Step, day_of
from models.wire import instant_text
from pathways import NAMES, pathway
from pathways.clocks import Rules, Started, school_of, start_of_day, when
from pathways.days import Calendar, by_day, local_day
from pathways.definitions import Clock, Pathway
from pathways.errors import PathwayError
from pathways.restating import Told

MANY = 1_000_000
REMINDED_WITHIN = 5
"""Working days within which a reminder follows whatever came before it: one or two, and more where days were closed since."""
MOST_BEGUN = 50_000
"""How many beginnings of a day are remembered at once."""

Say = Callable[[int | None, str], None]


@lru_cache(1_000)
def is_told_again(name: str, definition: str) -> bool:
    """Whether a case's clocks can be told again: it runs under the definition that this program has."""
    return name in NAMES and pathway(name).version == definition


@dataclass(frozen=True)
class _ByDay(Rules):
    """Rules that work out once what begins on one day: here it counts only whether a clock does, not at which hour."""

    begun: dict[tuple[Any, ...], Started | None] = field(default_factory=dict)

    def start(self, clock: Clock, event: str, started: str, today: date) -> Started | None:
        """A clock that begins with this event; its date is right to the day."""
        key = clock.rule, event, local_day(when(started)), len(started), today, self.school_version
        try:
            like = self.begun[key]
        except KeyError:
            if len(self.begun) >= MOST_BEGUN:
                self.begun.clear()
            like = self.begun[key] = Rules.start(self, clock, event, started, today)
        if like is None:
            return None
        return Started(clock, like.edition, event, started, like.due, like.look_at)


class ClockCheck:
    """Holds the clocks of one case after another against what their entries say."""

    def __init__(self, rules: Rules, tx: Transaction) -> None:
        """With the rules that dates are worked out from, and the store whose clocks they are."""
        self.rules = rules
        checks = tx.all("check_runs", most=MANY)
        others = [row for row in checks if row.rulebook != rules.rulebook.name]
        self._other_until = instant_text(others[0].started_at) if others else ""
        self._dates: dict[tuple[str, str, str, date], tuple[str, str, str | None]] = {}
        self._since = {row.edition: row.since for row in tx.all("editions_in_use")} if others else {}
        self._by_day = _ByDay(
            rules.rulebook,
            rules.calendar,
            rules.counting,
            rules.school,
            rules.school_version,
            rules.schools,
        )
        self._then = [(instant_text(at), self._known_to(year)) for at, year in grown(options_of(tx))]
        self._looked = max((instant_text(row.as_of) for row in checks), default="")
        """Up to when limits were last looked at; empty where no check is on record."""
        latest = self._latest(self._looked) if checks else ""
        self._in_step = InStep(rules, self._told_with, lambda row: self._date_of(Row(*row)), latest)

    def _known_to(self, year: int) -> _ByDay:
        """The rules with the calendar as it was while days were known to the end of this year only."""
        found = self.rules.calendar
        known = Calendar(found.holidays, found.first_year, year, found.version, found.closures)
        return replace(self._by_day, calendar=known, begun={})

    def _told_with(self, at: str) -> _ByDay:
        """The rules that history was told with at this moment: a clock that they could not count was left out."""
        return next((rules for until, rules in self._then if at < until), self._by_day)

    def hold(self, name: str, seen: Sequence[Seen], rows: Sequence[Sequence[Any]]) -> bool:
        """Whether a case's clocks and their dates are surely as its entries say; else the case is to be told again.

        Args:
            name: its pathway.
            seen: its entries, in order.
            rows: its clocks, running or not, as `every_deadline` gives them, in writing.
        """
        return self._in_step.holds(name, seen, rows)

    def dates(self, rows: Sequence[Row], say: Say) -> None:
        """Work every date out again, where the calendar is still the one that it was worked out with."""
        for row in rows:
            try:
                given = self._date_of(row)
            except (PathwayError, TypeError, ValueError) as cannot:
                say(None, f"the date of {row.rule} cannot be worked out again: {str(cannot).rstrip('.')}")
                continue
            if given is not None and (row.due_on, row.due_at, row.plan_by) != given:
                say(None, f"the date of {row.rule} is {row.due_on}, and its rule gives {given[0]}")

    def _date_of(self, row: Row) -> tuple[str, str, str | None] | None:
        """The date that a clock's rule gives, in writing; None where it was worked out with another calendar.

        Raises:
            TypeError: no calendar can be called so.
            PathwayError: there is no such rule.
        """
        if not isinstance(row.calendar, str):
            raise TypeError("the calendar that it names was changed")
        key = row.rule, row.edition, row.calendar, local_day(when(row.started))
        found = self._dates.get(key)
        if found is not None:
            return found
        edition = self.rules.rulebook.cited(row.rule, row.edition)
        local = self.rules.at_school(school_of(row.calendar))
        if row.calendar != local.calendar_of(edition):
            return None
        due = local.due(edition, row.started)
        plan_by = None if due.plan_by is None else due.plan_by.isoformat()
        given = local_day(due.due).isoformat(), instant_text(due.due_at), plan_by
        if by_day(edition, local.counting):
            self._dates[key] = given
        return given

    def clocks(
        self, name: str, steps: Sequence[Step], rows: Sequence[Row], say: Say, told: Sequence[Told] = ()
    ) -> None:
        """Hold a case's clocks against its entries.

        Args:
            name: its pathway.
            steps: its entries, in order.
            rows: its clocks, running or not.
            say: notes a fault.
            told: the entries with their records, where something on the case was undone.
        """
        replayed = Replayed(pathway(name), self._by_day, rows, told, self._was_unknown, self._told_with)
        replayed.one_pack = not self._other_until
        for step in steps:
            replayed.step(step)
        _compare(replayed, rows, say)
        self._heard(rows, replayed, say, {step.seq: step.at for step in steps})
        self._as_begun(rows, say)

    def _was_unknown(self, begun: Started, at: str) -> bool:
        """Whether an entry may have been written when the rules had no such edition yet: they were others, and none used it."""
        return at < self._other_until and begun.started < self._since.get(begun.edition.key, "~")

    def _latest(self, *moments: str) -> str:
        """By when the nightly check comes again to what it dealt with at the last of these moments; empty: no telling."""
        try:
            day = self.rules.calendar.add_working_days(day_of(max(moments)[:13]), REMINDED_WITHIN)
        except PathwayError:
            return ""
        return instant_text(start_of_day(day))

    def _is_late(self, row: Row, at: Mapping[int, str]) -> bool:
        """Whether the next reminder of a missed limit was put off beyond what any check or undo can have done."""
        if not self._looked or not row.look_at:
            return False
        known = (at.get(row.opened_seq, ""), at.get(row.missed_seq or 0, ""))
        latest = self._latest(self._looked, row.due_at, *known)
        return bool(latest) and row.look_at > latest

    def _as_begun(self, rows: Sequence[Row], say: Say) -> None:
        """Hold to its rule whether each clock is statutory, and to itself the key by which messages and entries name it."""
        for row in rows:
            if row.key != f"{row.reference}/{row.rule}/{row.due_on}/{row.opened_seq}":
                say(
                    row.opened_seq, f"the clock {row.rule} that it began goes by another name: it was changed"
                )
            try:
                edition = self.rules.rulebook.cited(row.rule, row.edition)
            except PathwayError:
                continue  # `dates` says so
            if row.statutory != (edition.force is STATUTORY):
                says = "statutory" if row.statutory else "not statutory"
                say(
                    row.opened_seq,
                    f"the clock {row.rule} that it began is said to be {says}, and its rule differs",
                )

    def _heard(self, rows: Sequence[Row], replayed: Replayed, say: Say, at: Mapping[int, str]) -> None:
        for row in rows:
            if row.closed_seq is None and (
                _is_silent(row, replayed.pathway, self.rules)
                or (row.status == "missed" and row.statutory and self._is_late(row, at))
            ):
                say(
                    row.opened_seq,
                    f"nobody will be told of the clock {row.rule} that it began: it was changed",
                )


def _compare(replayed: Replayed, rows: Sequence[Row], say: Say) -> None:
    """Say where the clocks that there are differ from those that the entries begin."""
    by_mark: dict[tuple[str, str, int], list[Row]] = {}
    for row in rows:
        by_mark.setdefault(row.mark, []).append(row)
    unmatched: list[ClockTold] = []
    for each in replayed.all:
        found = by_mark.get(each.mark)
        if not found:
            unmatched.append(each)
            continue
        _one(replayed, each, found.pop(0), say)
    left = [row for some in by_mark.values() for row in some]
    for each in unmatched:
        seq = each.opened_seq
        other = next((row for row in left if (row.rule, row.opened_seq) == (each.rule, seq)), None)
        if other is not None:
            left.remove(other)
            say(
                seq,
                f"the clock {each.rule} counts from {other.started}, and the entries say from {each.started}",
            )
        elif not _may_lack(replayed, each):
            say(seq, f"the clock {each.rule} that it began is gone; by the entries it {_words(each)}")
    for seq, rule in replayed.gone:
        say(seq, f"the clock {rule} that it began is gone")
    for seq, rule in replayed.lost:
        say(seq, f"it says that the date of {rule} passed, and that clock is gone")
    for row in left:
        says = _words(row)
        say(
            row.opened_seq,
            f"the record has a clock {row.rule} that it began and that {says}; by the entries it began none",
        )


def _may_lack(replayed: Replayed, each: ClockTold) -> bool:
    """Whether there may be no row of a clock: an import keeps none that it also ended, and all that were met on a day it told."""
    if id(each) in replayed.optional:
        return True
    judged = each.status == "met" and each.closed_seq not in replayed.implied
    return {each.opened_seq, each.closed_seq} <= replayed.asserted and not judged


def _one(replayed: Replayed, each: ClockTold, row: Row, say: Say) -> None:
    """Compare one clock with its row."""
    told = each.closed_seq in replayed.implied
    status = row.status if told and {row.status, each.status} <= {"met", "ended"} else each.status
    closed = each.closed_seq
    if {closed, row.closed_seq} <= replayed.by_clock:
        closed = row.closed_seq  # of several limits that pass in one night, the last may have ended it again
    if (status, closed, each.missed_seq) != (row.status, row.closed_seq, row.missed_seq):
        has = _words(row)
        say(
            row.opened_seq,
            f"by the record the clock {row.rule} that it began {has}; by the entries it {_words(each)}",
        )
    elif each.closed_at is not None and each.status == "met" and not told:
        at = instant_text(each.closed_at)
        if row.closed_at != at:
            what = f"was met on {row.closed_at} by the record, on {at} by the entries"
            say(row.opened_seq, f"the clock {row.rule} that it began {what}")
    if row.start_event != each.start_event:
        say(
            row.opened_seq,
            f"the clock {row.rule} is said to count from {row.start_event}, and it counts from {each.start_event}",
        )
    if row.edition != each.edition and _began_later(replayed, row):
        say(
            row.opened_seq,
            f"the clock {row.rule} is counted by {row.edition}, which was not in force when it began",
        )
    elif (
        row.edition != each.edition and replayed.one_pack and each.begun and not each.begun.edition.from_birth
    ):
        say(
            row.opened_seq,
            f"the clock {row.rule} is counted by {row.edition}, and {each.edition} was in force when it began",
        )
    dated = replayed.dated.get(id(each), row.due_on)
    if dated != row.due_on:
        say(
            row.opened_seq,
            f"the date of {row.rule} is {row.due_on}, and an entry says that it passed on {dated}",
        )


def _began_later(replayed: Replayed, row: Row) -> bool:
    """Whether the edition that a clock cites came into force only after the clock began."""
    try:
        edition = replayed.rules.rulebook.cited(row.rule, row.edition)
    except PathwayError:
        return False
    return bool(
        not edition.from_birth and edition.valid_from and local_day(when(row.started)) < edition.valid_from
    )


def _is_silent(row: Row, found: Pathway, rules: Rules) -> bool:
    """Whether the nightly check would never come to a running clock whose limit, or reminder, is ahead."""
    if row.status == "missed":
        return row.statutory and row.look_at is None
    if row.status != "open":
        return False
    clock = next((each for each in found.clocks if each.rule == row.rule), None)
    try:
        gate = bool(clock and clock.gate) or rules.rulebook.cited(row.rule, row.edition).gate
    except PathwayError:
        return False
    if gate and not (clock and clock.on_miss):
        return False
    return row.look_at is None or row.look_at > row.due_at


def _words(clock: ClockTold | Row) -> str:
    """How a clock stands, in words."""
    past = f" (its date passed at entry {clock.missed_seq})" if clock.missed_seq is not None else ""
    if clock.closed_seq is not None:
        how = "was met" if clock.status == "met" else "ended"
        return f"{how} at entry {clock.closed_seq}{past}"
    stands = {"open": "runs", "missed": "runs, missed", "passed": "has passed"}
    return stands.get(clock.status, f"runs and is marked {clock.status}") + past
