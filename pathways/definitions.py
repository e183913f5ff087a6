"""The words in which a pathway is written: sources, conditions, moves, clocks, evidence.

A pathway file is data made of these words. Nothing here reads a clock or a database, and nothing here is
slow to import: everyday commands read definitions before they print their first line.

A `Move` uses the words of the `transitions` library (trigger, source, dest, conditions), so that its
manual explains our files. An `Emit` names something that has then happened in the field's own terms
(`icpc_held`); the clocks of the rule pack start and stop on those events, never on a click.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from pathways.errors import BrokenDefinition
from pathways.roles import NOT_PEOPLE, Role
from pathways.trail import QUIET

SAME = "="
"""As a destination: the case stays in the state it is in (`transitions`' reflexive move)."""


class Strength(StrEnum):
    """How binding a source is."""

    MUST = "must"  # an Act or regulations
    SHOULD = "should"  # statutory guidance
    LOCAL = "local"  # partnership procedure, or our own


@dataclass(frozen=True, slots=True)
class Source:
    """Where a requirement comes from: its title, the place in it, how binding it is."""

    title: str
    where: str
    strength: Strength

    def __str__(self) -> str:
        return f"{self.title}, {self.where}" if self.where else self.title


class UnknownFact(KeyError):
    """A condition asked for a fact that its pathway does not know; a fault in the definition."""


class CaseFacts:
    """What is known of one case, read by conditions as attributes: `facts.icpc_held`, `facts.agencies_present`.

    A fact that is not known yet is None. A fact that the pathway has never heard of raises `UnknownFact`.
    Events are moments (some only days) as ISO text in UTC; `moment()` turns them into times that compare.
    """

    __slots__ = ("_known", "_values")

    def __init__(self, values: Mapping[str, Any], known: frozenset[str] | None = None) -> None:
        self._values = values
        self._known = known

    def __getattr__(self, name: str) -> Any:
        found = self._values.get(name)
        if found is None and self._known is not None and name not in self._known:
            raise UnknownFact(name)
        return found

    def moment(self, name: str) -> datetime | None:
        """The moment of an event or dated fact, or None. One known by its day only counts from midnight, UTC."""
        text = getattr(self, name)
        if text is None:
            return None
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    def among(self, name: str) -> Sequence[Any]:
        """A fact that collects several values, as a sequence; empty when nothing is known."""
        return getattr(self, name) or ()


Test = Callable[[CaseFacts], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """A named guard: what is needed, under which source, who can supply it, and the record that does.

    `override` lists the roles that may go ahead without it, giving a reason. `missing` says, line by line,
    what is still lacking (for example each report that has not come).
    """

    id: str
    says: str
    cites: Source
    by: tuple[Role, ...]
    record: str
    test: Test
    override: tuple[Role, ...] = ()
    missing: Callable[[CaseFacts], Iterable[str]] | None = None
    silent: bool = False
    """Where it does not hold, its move is about something that this case is not, and is not even listed."""


def needs(
    says: str,
    cites: Source,
    *,
    id: str,
    by: tuple[Role, ...],
    record: str,
    override: tuple[Role, ...] = (),
    missing: Callable[[CaseFacts], Iterable[str]] | None = None,
    silent: bool = False,
) -> Callable[[Test], Condition]:
    """Make a function of the facts into a `Condition`.

    Args:
        says: what is needed, as the end of a sentence ("It needs that ...").
        cites: the instrument that asks for it.
        id: short and stable (`conference.reports`); typed by people after `--override`.
        by: who can supply it.
        record: the trigger that records it (`report-received` as `report_received`).
        override: roles that may go ahead without it, with a reason.
        missing: one line for each thing still lacking.
        silent: whether the move is not even listed where this does not hold.
    """

    def make(test: Test) -> Condition:
        return Condition(id, says, cites, by, record, test, override, missing, silent)

    return make


@dataclass(frozen=True, slots=True)
class Field:
    """One answer on a piece of evidence.

    `kind`: text, yes_no, number, date, moment, time (of day, London), code (a short name of letters, digits and hyphens),
    choice (one of `choices`), choices (several of them), plan or progress (see `outline_plan.py`).
    `fact`: the fact it becomes, if conditions or clocks need it; text never does. `each`: values collect.
    `needed`: its absence leaves the record incomplete (a fact `<kind>_missing`), it may be left blank with a
    reason; `required`: the record is not taken without it. `words`: what each of `choices` means, in the same
    order, where the choices are codes.
    """

    name: str
    asks: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    required: bool = False
    needed: bool = False
    fact: str = ""
    each: bool = False
    opinion: bool = False
    weekday: bool = False
    future: bool = False
    when: tuple[str, str] | None = None
    """Asked, and then required, only where an earlier answer has this value: ("plan_shared", "no")."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A kind of record: its title in the chronology, its fields, whether it is fact, opinion or decision."""

    name: str
    title: str
    fields: tuple[Field, ...] = ()
    entry: str = "fact"
    names: frozenset[str] = field(init=False, repr=False, compare=False, default=frozenset())
    """What its fields are called."""
    kinds: frozenset[str] = field(init=False, repr=False, compare=False, default=frozenset())
    """Which kinds of answer they ask for."""
    tracks_gaps: bool = field(init=False, repr=False, compare=False, default=False)
    """Whether an incomplete record leaves a `<name>_missing` fact."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", frozenset(each.name for each in self.fields))
        object.__setattr__(self, "kinds", frozenset(each.kind for each in self.fields))
        object.__setattr__(self, "tracks_gaps", any(each.needed for each in self.fields))

    def facts(self) -> frozenset[str]:
        """The facts that this evidence can make known."""
        named = {each.fact for each in self.fields if each.fact}
        return frozenset(named | ({f"{self.name}_missing"} if self.tracks_gaps else set()))


@dataclass(frozen=True, slots=True)
class Emit:
    """Something that has then happened. `at`: the fact that dates it, instead of the move's own moment.

    `when`: only where this holds once the move's answers are learned (all reports are in), asked before the
    event itself is noted.
    """

    event: str
    at: str = ""
    when: Test | None = None


@dataclass(frozen=True, slots=True)
class Opens:
    """A case that the move opens on another pathway, for the same person, in the same transaction.

    Where the person has an open case there already, no second one is opened; the events are noted on it.
    `carries`: facts that go along (the referral's date starts the assessment's clock).
    """

    pathway: str
    state: str
    carries: tuple[str, ...] = ()
    emits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fires:
    """A trigger for the same person's open case on another pathway, where that case is in a state to take it."""

    pathway: str
    trigger: str


@dataclass(frozen=True, slots=True)
class State:
    """Where a case is. `label` is what people read; `final`: nothing more is decided, though papers may follow."""

    name: str
    label: str
    final: bool = False
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One decision or happening: from these states to that one, by whom, under what, on which conditions."""

    trigger: str
    source: tuple[str, ...]
    dest: str
    who: tuple[Role, ...]
    cites: Source
    says: str
    conditions: tuple[Condition, ...] = ()
    records: Evidence | None = None
    emits: tuple[Emit, ...] = ()
    opens: tuple[Opens, ...] = ()
    fires: tuple[Fires, ...] = ()
    forgets: tuple[str, ...] = ()
    """Facts that no longer count once the move is made (a conference's ticks, for the next one). Forget first,
    then learn what the move brings, then note its events."""
    outcome: str = ""
    """The closure or outcome code that the move gives the case."""
    confirm: bool = False
    """Asked once more on a terminal: closing a case, ending a plan."""
    signs: str = ""
    """The fact that keeps the login of whoever makes it."""
    apart_from: str = ""
    """The fact with the login of whoever made an earlier move, and so may not make this one: two people."""

    @property
    def action(self) -> str:
        """The trigger as people type it."""
        return self.trigger.replace("_", "-")

    @property
    def by_clock(self) -> bool:
        """Whether a passing date fires it."""
        return Role.CLOCK in self.who


@dataclass(frozen=True, slots=True)
class Entry:
    """A way in: what a person opens (`pathways open referral`), where the case then stands, what it asks."""

    name: str
    state: str
    who: tuple[Role, ...]
    cites: Source
    says: str
    records: Evidence | None = None
    emits: tuple[Emit, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """A rule of the rule pack at work on this pathway: what stops it, where it runs, what a miss fires.

    Without `while_in` it runs in every open state. It runs on in a final state only where `while_in` names that
    state: the minutes of a conference are due after its decision has ended the case.
    The rule says what starts it and how long it is. `gate`: passing it opens something and is never late.
    `warn`: how long before the limit those who are told of a miss hear of it, as (amount, unit).
    """

    rule: str
    met_by: tuple[str, ...]
    task: str
    while_in: tuple[str, ...] = ()
    on_miss: str = ""
    action: str = ""
    """The trigger that does the task, for the worklist's next step."""
    gate: bool = False
    warn: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A tick on the screen: a stage of the process and the fact that ticks it."""

    number: int
    label: str
    done: Test
    rule: str = ""
    detail: Callable[[CaseFacts], str] | None = None


@dataclass(frozen=True)
class Pathway:
    """A whole process. Checked when made: `BrokenDefinition` lists every fault at once."""

    name: str
    title: str
    prefix: str
    version: str
    checked: date
    entries: tuple[Entry, ...]
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    clocks: tuple[Clock, ...]
    opened_in: tuple[str, ...] = ()
    """States in which other pathways, and imports, open a case."""
    stages: tuple[Stage, ...] = ()
    facts: tuple[str, ...] = ()
    """Facts that come from the person or from another pathway (birth_date, referral_received)."""
    team: str = ""
    cleared: tuple[Role, ...] = ()
    """The only roles that may see its cases, and that decide who else may; none: everybody, by role and team."""
    open_states: tuple[str, ...] = field(init=False, default=())
    known: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        open_states = tuple(each.name for each in self.states if not each.final)
        object.__setattr__(self, "open_states", open_states)
        known = set(self.facts) | {"opened"}
        for way in self.ways():
            known |= {emit.event for emit in way.emits}
            known |= way.records.facts() if way.records else frozenset()
        known |= {move.signs for move in self.moves if move.signs}
        object.__setattr__(self, "known", frozenset(known))
        faults = list(_faults(self))
        if faults:
            raise BrokenDefinition(self.name, faults)

    @property
    def restricted(self) -> bool:
        """Whether its cases are there only for those cleared or named."""
        return bool(self.cleared)

    def ways(self) -> tuple[Entry | Move, ...]:
        """Every way in and every move."""
        return (*self.entries, *self.moves)

    @property
    def starts(self) -> tuple[str, ...]:
        """Every state in which a case can begin."""
        return tuple(dict.fromkeys((*(entry.state for entry in self.entries), *self.opened_in)))

    @property
    def events(self) -> frozenset[str]:
        """Everything that a move or a way in can say has happened."""
        return frozenset(emit.event for way in self.ways() for emit in way.emits)

    def entry(self, name: str) -> Entry:
        """The way in of that name."""
        return next(each for each in self.entries if each.name == name)

    def state(self, name: str) -> State:
        """The state of that name."""
        return self._states[name]

    def move(self, state: str, trigger: str) -> Move | None:
        """The move of that name out of this state (or in it); None where there is none."""
        return self._moves_by.get((state, trigger))

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """Every move that leaves this state (or happens in it), in the order written."""
        return self._moves_from.get(state, ())

    @cached_property
    def worked_out(self) -> dict[Any, Any]:
        """Room for what follows from the definition alone and is asked for every case; see `pathways.clocks`."""
        return {}

    @cached_property
    def _states(self) -> dict[str, State]:
        return {each.name: each for each in self.states}

    @cached_property
    def _moves_by(self) -> dict[tuple[str, str], Move]:
        return {(source, move.trigger): move for move in self.moves for source in move.source}

    @cached_property
    def _moves_from(self) -> dict[str, tuple[Move, ...]]:
        found: dict[str, list[Move]] = {}
        for move in self.moves:
            for source in move.source:
                found.setdefault(source, []).append(move)
        return {state: tuple(moves) for state, moves in found.items()}

    def triggers(self) -> tuple[str, ...]:
        """Every trigger once, in the order written."""
        return tuple(dict.fromkeys(move.trigger for move in self.moves))

    def conditions(self) -> dict[str, Condition]:
        """Every condition by its id."""
        return {each.id: each for move in self.moves for each in move.conditions}

    def evidence(self) -> dict[str, Evidence]:
        """Every kind of record that a move of this pathway writes, by name."""
        return {way.records.name: way.records for way in self.ways() if way.records}

    def machine_states(self) -> list[dict[str, Any]]:
        """The states as `transitions` takes them."""
        return [{"name": each.name, "final": each.final} for each in self.states]

    def machine_transitions(self, condition: Callable[[Condition], Any]) -> list[dict[str, Any]]:
        """The moves as `transitions` takes them; `condition` turns ours into its callable."""
        return [
            {
                "trigger": move.trigger,
                "source": list(move.source),
                "dest": move.dest,
                "conditions": [condition(each) for each in move.conditions],
            }
            for move in self.moves
        ]


def _faults(pathway: Pathway) -> Iterable[str]:
    """Everything wrong with a definition, in words."""
    names = [each.name for each in pathway.states]
    final = {each.name for each in pathway.states if each.final}
    yield from (f"two states are called {name}" for name in {n for n in names if names.count(n) > 1})
    yield from (f"it starts in {name}, which is no state" for name in pathway.starts if name not in names)
    yield from _faulty_moves(pathway, set(names), final)
    yield from _faulty_evidence(pathway)
    yield from _faulty_reach(pathway, final)
    yield from _faulty_clocks(pathway, set(names))


def _faulty_moves(pathway: Pathway, names: set[str], final: set[str]) -> Iterable[str]:
    seen: set[tuple[str, str]] = set()
    ids: dict[str, Condition] = {}
    blank = CaseFacts({}, pathway.known)
    for move in pathway.moves:
        if not move.source:
            yield f"{move.trigger} leaves from nowhere"
        if move.trigger.startswith(QUIET):
            yield f"{move.trigger} is called like an entry that changes nothing"
        for name in (*move.source, *(() if move.dest == SAME else (move.dest,))):
            if name not in names:
                yield f"{move.trigger} names {name}, which is no state"
        for source in move.source:
            if (move.trigger, source) in seen:
                yield f"two moves are called {move.trigger} from {source}: one decision, one outcome"
            seen.add((move.trigger, source))
        if not move.who:
            yield f"nobody may decide {move.trigger}"
        if move.by_clock and len(move.who) > 1:
            yield f"{move.trigger} is fired by a date and by people: give people a move of their own"
        if move.by_clock and move.dest in final:
            yield f"{move.trigger} lets a passing date end the case in {move.dest}"
        if move.by_clock and (move.opens or move.outcome):
            yield f"{move.trigger} lets a passing date decide an outcome"
        if move.by_clock and (move.fires or move.forgets):
            yield f"{move.trigger} lets a passing date reach beyond its own case, or forget"
        for name in move.forgets:
            if name not in pathway.known:
                yield f"{move.trigger} forgets {name}, which nothing makes known"
        if move.apart_from and move.apart_from not in {each.signs for each in pathway.moves}:
            yield f"{move.trigger} is apart from {move.apart_from}, which nobody signs"
        for condition in move.conditions:
            if ids.setdefault(condition.id, condition) is not condition:
                yield f"two conditions are called {condition.id}"
            if condition.record not in {each.trigger for each in pathway.moves}:
                yield f"{condition.id} is satisfied by {condition.record}, which is no move"
            if not condition.by:
                yield f"nobody can satisfy {condition.id}"
            try:
                condition.test(blank)
            except UnknownFact as unknown:
                yield f"{condition.id} reads {unknown.args[0]}, which nothing makes known"
        for emit in move.emits:
            if emit.at and emit.at not in pathway.known:
                yield f"{move.trigger} dates {emit.event} by {emit.at}, which nothing makes known"


def _faulty_evidence(pathway: Pathway) -> Iterable[str]:
    seen: dict[str, Evidence] = {}
    ways: tuple[Entry | Move, ...] = (*pathway.entries, *pathway.moves)
    for kind in (way.records for way in ways):
        if kind is None or seen.get(kind.name) is kind:
            continue
        if kind.name in seen:
            yield f"two kinds of record are called {kind.name}"
        seen[kind.name] = kind
        names = [each.name for each in kind.fields]
        for each in kind.fields:
            if names.count(each.name) > 1:
                yield f"{kind.name} asks for {each.name} twice"
            if each.when and each.when[0] not in names:
                yield f"{kind.name} asks for {each.name} by {each.when[0]}, which it does not ask"
            if each.fact and each.kind == "text":
                yield f"{kind.name} makes a fact of free text: {each.name}"
            if (each.kind in ("choice", "choices")) != bool(each.choices):
                yield f"{kind.name} has a choice without choices, or choices without a choice: {each.name}"
            if each.words and len(each.words) != len(each.choices):
                yield f"{kind.name} does not say what each choice means: {each.name}"


def _faulty_reach(pathway: Pathway, final: set[str]) -> Iterable[str]:
    ways: dict[str, set[str]] = {each.name: set() for each in pathway.states}
    by_people: dict[str, set[str]] = {each.name: set() for each in pathway.states}
    for move in pathway.moves:
        for source in move.source:
            dest = source if move.dest == SAME else move.dest
            ways.setdefault(source, set()).add(dest)
            if dest != source and not set(move.who) <= set(NOT_PEOPLE):
                by_people.setdefault(source, set()).add(dest)
    reached = _closure(set(pathway.starts), ways)
    for each in pathway.states:
        if each.name not in reached:
            yield f"{each.name} cannot be reached"
        if each.final and any(dest != each.name for dest in ways[each.name]):
            yield f"{each.name} is final and has a way out"
        if not each.final and not by_people[each.name]:
            yield f"no person can take a case out of {each.name}"
        if not each.final and not _closure({each.name}, by_people) & final:
            yield f"{each.name} is a trap: people cannot bring a case from it to an end"


def _closure(start: set[str], ways: Mapping[str, set[str]]) -> set[str]:
    reached, ahead = set(start), list(start)
    while ahead:
        for dest in ways.get(ahead.pop(), ()):
            if dest not in reached:
                reached.add(dest)
                ahead.append(dest)
    return reached


def _faulty_clocks(pathway: Pathway, names: set[str]) -> Iterable[str]:
    moves = {(move.trigger, source): move for move in pathway.moves for source in move.source}
    triggers = {trigger for trigger, _ in moves}
    for clock in pathway.clocks:
        for name in clock.while_in:
            if name not in names:
                yield f"the clock {clock.rule} runs in {name}, which is no state"
        for event in clock.met_by:
            if event not in pathway.known:
                yield f"the clock {clock.rule} is stopped by {event}, which nothing emits"
        if clock.action and clock.action not in triggers:
            yield f"the clock {clock.rule} asks for {clock.action}, which is no move"
        if clock.on_miss:
            fired = [move for (trigger, _), move in moves.items() if trigger == clock.on_miss]
            if not fired:
                yield f"the clock {clock.rule} fires {clock.on_miss}, which is no move"
            elif not all(move.by_clock for move in fired):
                yield f"the clock {clock.rule} fires {clock.on_miss}, which is a decision for people"
