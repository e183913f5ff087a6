"""Which clocks start, stop and end when something has happened to a case. Pure: events in, changes out.

A clock starts on the event that its rule names and stops on the events that its pathway names. It ends without
being met when the case leaves the states in which it runs, or when its own start happens again (a conference
is rebooked). Being late is no change of a clock's run: a missed clock runs on until what it waits for happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from pathways.days import (
    LONDON,
    Calendar,
    Counting,
    Due,
    NoSchool,
    SchoolCalendar,
    Unit,
    add_months,
    count,
    local_day,
)
from pathways.definitions import Clock, Pathway
from pathways.errors import PathwayError
from pathways.rulebook import Edition, NoEdition, NotYetInForce, Rulebook, UnknownRule

USUAL_SCHOOL = "usual"
DAY_LONG = len("2026-11-03")
"""How long the text of a day is; that of a moment is longer."""
PERSON_FACTS = ("birth_date", "expected_delivery_date")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule pack, the calendar and the authority's ways of counting: all that dates are worked out from."""

    rulebook: Rulebook
    calendar: Calendar
    counting: Counting = field(default_factory=Counting)
    school: SchoolCalendar | None = None
    school_version: str = ""
    schools: Callable[[str], tuple[SchoolCalendar, str] | None] | None = None
    """Finds a school's calendar and its version by the school's short name; None where it is not loaded."""

    def at_school(self, name: str | None) -> Rules:
        """These rules with the calendar of a school, or of the one called `usual` where none is named."""
        found = self.schools(name or USUAL_SCHOOL) if self.schools else None
        return replace(self, school=found[0], school_version=found[1]) if found else self

    def calendar_of(self, edition: Edition) -> str:
        """The version of the calendar that a limit of this edition is counted with."""
        if edition.unit is Unit.SCHOOL_DAY and self.school_version:
            return f"{self.calendar.version}; {self.school_version}"
        return self.calendar.version

    def due(self, edition: Edition, started: str) -> Due:
        """When a rule's limit falls, from the moment or date on which it started (ISO text)."""
        return count(
            edition, when(started), calendar=self.calendar, counting=self.counting, school=self.school
        )

    def start(self, clock: Clock, event: str, started: str, today: date) -> Started | None:
        """A clock that begins with this event, at this moment or date; None where the edition in force names another.

        Raises:
            PathwayError: no edition is in force, or its limit cannot be counted from there.
        """
        edition = self.rulebook.edition(clock.rule, local_day(when(started)), today)
        due = self.due(edition, started)
        if edition.starts_at != event:
            return None
        return Started(clock, edition, event, started, due, look_at(clock, due, self.calendar))


@dataclass(frozen=True)
class Remembered(Rules):
    """Rules that remember what begins on a day, at most one clock, day and day of asking; for many cases in one run."""

    begun: dict[tuple[int, str, str, date], Started | None] = field(default_factory=dict)

    def start(self, clock: Clock, event: str, started: str, today: date) -> Started | None:
        """A clock that begins with this event; on a moment, rather than a day, it is worked out each time."""
        if len(started) != DAY_LONG:
            return Rules.start(self, clock, event, started, today)
        key = id(clock), event, started, today
        try:
            return self.begun[key]
        except KeyError:
            found = self.begun[key] = Rules.start(self, clock, event, started, today)
            return found


def school_of(calendar: str) -> str | None:
    """The school whose calendar a stored date was counted with, from the version that it cites."""
    _, found, school = calendar.partition("; ")
    return school.rpartition(" ")[0] if found else None


@dataclass(slots=True, eq=False)
class Started:
    """A clock that has begun, with all that its date was worked out from."""

    clock: Clock
    edition: Edition
    event: str
    started: str
    due: Due
    look_at: datetime
    rule: str = field(init=False)
    due_on: date = field(init=False)
    """The day on which the limit falls, in London."""

    def __post_init__(self) -> None:
        self.rule, self.due_on = self.edition.rule_id, local_day(self.due.due)


@dataclass(slots=True)
class Changes:
    """What an event does to a case's clocks. `unknown`: rules with no edition that covers the start."""

    met: list[tuple[Any, str]] = field(default_factory=list)
    ended: list[Any] = field(default_factory=list)
    started: list[Started] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)


def when(text: str) -> datetime | date:
    """A moment or a date from the ISO text in which facts keep it."""
    return date.fromisoformat(text) if len(text) == DAY_LONG else datetime.fromisoformat(text)


def in_order_of_time(text: str) -> str:
    """Dates sort at their own midnight among moments of the same day."""
    return text if len(text) > 10 else f"{text}T00:00:00"


def runs_in(clock: Clock, pathway: Pathway, state: str) -> bool:
    """Whether the clock runs while a case is in this state."""
    return state in (clock.while_in or pathway.open_states)


def look_at(clock: Clock, due: Due, calendar: Calendar) -> datetime:
    """When the nightly check first has something to do with a clock: at its warning, else at its limit."""
    if clock.warn is None:
        return due.due_at
    amount, unit = clock.warn
    if unit == Unit.CLOCK_HOURS:
        return due.due_at - timedelta(hours=amount)
    if unit == Unit.WORKING_DAY:
        day = calendar.add_working_days(local_day(due.due_at), -amount)
    elif unit == Unit.MONTH:
        day = add_months(local_day(due.due), -amount)
    else:
        day = local_day(due.due) - timedelta(days=amount)
    return start_of_day(day)


def start_of_day(day: date) -> datetime:
    """The moment at which a day begins in London."""
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)


def advance(
    pathway: Pathway,
    state: str,
    events: Mapping[str, str],
    running: Iterable[Any],
    rules: Rules,
    *,
    today: date,
    strict: bool = True,
) -> Changes:
    """Work out what these events, and the state the case is now in, do to its clocks.

    Args:
        pathway: the case's pathway.
        state: the state after the move.
        events: what has happened, each with its moment or date as ISO text.
        running: the clocks that run now, open or missed.
        rules: rule pack, calendar and counting.
        today: the London date, for rules that hang on a birth date (they follow today's edition).
        strict: a start that cannot be counted from (a date where a time is needed, a day past the calendar) is an
            error. Otherwise, as for imported history, the clock is left out and listed as unknown. So is, always,
            a limit in school days where no school's calendar is loaded: an absent child is recorded all the same.
    """
    found = reach(pathway, state, tuple(events), rules.rulebook)
    changes = Changes([], [], [], [*found.unknown])
    stops, runs, begins = found.stops, found.runs, found.begins
    left: list[Any] = []
    for each in running:
        rule = each.rule
        if rule in stops:
            changes.met.append((each, min((events[event] for event in stops[rule]), key=in_order_of_time)))
        elif rule not in runs:
            changes.ended.append(each)
        elif begins:
            left.append(each)
    for clock, event in begins:
        _start_on(event, clock, events[event], left, rules, today, changes, strict)
    return changes


@dataclass(frozen=True, slots=True)
class Reach:
    """Which clocks events of some names can bear on in one state, before anybody looks at a date.

    `stops`: by rule, the events that meet it, where there are any; `runs`: the rules that run there; `begins`: what may
    begin on which event; `unknown`: rules of which there is no figure at all.
    """

    stops: Mapping[str, tuple[str, ...]]
    runs: frozenset[str]
    begins: tuple[tuple[Clock, str], ...]
    unknown: tuple[tuple[str, str], ...]


def reach(pathway: Pathway, state: str, events: tuple[str, ...], rulebook: Rulebook) -> Reach:
    """What is the same for every case: worked out once for each state and each set of events."""
    key = rulebook, state, events
    found: Reach | None = pathway.worked_out.get(key)
    if found is None:
        found = pathway.worked_out[key] = _worked_out(pathway, state, events, rulebook)
    return found


def _worked_out(pathway: Pathway, state: str, events: tuple[str, ...], rulebook: Rulebook) -> Reach:
    met_by = {clock.rule: tuple(each for each in clock.met_by if each in events) for clock in pathway.clocks}
    stops = {rule: those for rule, those in met_by.items() if those}
    runs = [clock for clock in pathway.clocks if runs_in(clock, pathway, state)]
    begins: list[tuple[Clock, str]] = []
    unknown = []
    for clock in runs:
        try:
            begins += [(clock, event) for event in sorted(rulebook.starts(clock.rule) & {*events})]
        except UnknownRule as no_figure:
            unknown.append((clock.rule, str(no_figure)))
    return Reach(stops, frozenset(clock.rule for clock in runs), tuple(begins), tuple(unknown))


def _start_on(
    event: str,
    clock: Clock,
    started: str,
    left: Sequence[Any],
    rules: Rules,
    today: date,
    changes: Changes,
    strict: bool,
) -> None:
    """Start a clock on one of the events that its editions name, if the edition in force names this one."""
    rule = clock.rule
    for each in left:
        if each.rule == rule and each.started == started:
            return
    try:
        begun = rules.start(clock, event, started, today)
    except PathwayError as cannot_count:
        if strict and not isinstance(cannot_count, (NoEdition, NotYetInForce, NoSchool)):
            raise
        changes.unknown.append((rule, str(cannot_count)))
        return
    if begun is not None:
        changes.ended += [each for each in left if each.rule == rule]
        changes.started.append(begun)
