"""Withdrawing a mistake: what a case is without it, what no longer holds, and which clocks run then. Pure.

An undo is one more entry. It names in `voids` the entry that it withdraws, and in its payload under `with` those
that no longer hold without it; its state and facts lead from what was known to what the entries left standing add
up to. So the plain fold of the trail still gives the case, and `meaning()` shows that each undo says what it does.
An undo is itself withdrawn by a later one, which puts back what it took away.

What stands after a withdrawn entry is told again in order. Where the case was then what it was when the entry was
written, the entry is taken as written; elsewhere it is worked out again from its record, and decided again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Protocol

from pathways.answers import Answered
from pathways.clocks import PERSON_FACTS, Changes, Rules, Started, advance, look_at, start_of_day
from pathways.days import LONDON, Due, local_day
from pathways.definitions import SAME, Clock, Entry, Move, Pathway
from pathways.engine import Actor, Broken, Done, Question, Reason, Refused, compiled, decide
from pathways.learning import answered_again, learned
from pathways.roles import Role
from pathways.trail import OPENED_IN_ERROR, OWNER, QUIET, learn

UNDO = "undo"
DIED = "person_died"

FROM_SOCIAL_CARE = (Role.LINE_MANAGER, Role.TEAM_LEADER, Role.SERVICE_MANAGER)
MAY_RESTATE: dict[str, tuple[Role, ...]] = {
    "front_door": (Role.FRONT_DOOR_MANAGER, Role.SERVICE_MANAGER),
    "child_in_need": (*FROM_SOCIAL_CARE, Role.PRACTICE_SUPERVISOR),
    "child_protection": (*FROM_SOCIAL_CARE, Role.CHAIR_MANAGER),
    "immediate_protection": FROM_SOCIAL_CARE,
    "early_help": FROM_SOCIAL_CARE,
    "allegations": (Role.LADO_MANAGER,),
    "missing_education": FROM_SOCIAL_CARE,
    "escalation": (Role.SERVICE_MANAGER, Role.SENIOR_OFFICER, Role.PARTNERSHIP_MANAGER),
    "encompass": (Role.FRONT_DOOR_MANAGER, Role.SERVICE_MANAGER),
    "file_transfer": (Role.HEADTEACHER, Role.SERVICE_MANAGER, Role.RECORDS_OFFICER),
    "genital_mutilation": FROM_SOCIAL_CARE,
    "serious_incident": (Role.SERVICE_MANAGER, Role.SENIOR_OFFICER, Role.PARTNERSHIP_MANAGER),
    "missing_child": FROM_SOCIAL_CARE,
    "modern_slavery": FROM_SOCIAL_CARE,
    "prevent": FROM_SOCIAL_CARE,
    "licensing_notice": (*FROM_SOCIAL_CARE, Role.PARTNERSHIP_MANAGER),
    "neglect_screen": FROM_SOCIAL_CARE,
}
"""Who may withdraw an entry that is not their own of the same day: the managers of the pathway. Ours, no law's."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a case, with what it made known and the record that it wrote.

    `changes` are its facts, `payload` the rest of what it keeps, `body` its record's answers; `there` is False where
    the payload has been destroyed.
    """

    seq: int
    action: str
    actor: str
    role: str
    from_state: str
    to_state: str
    at: datetime
    effective_at: datetime
    rule: str = ""
    basis: str = "witnessed"
    voids: int | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    there: bool = True

    @property
    def targets(self) -> tuple[int, ...]:
        """The entries that an undo withdraws; empty for any other entry."""
        return () if self.voids is None else (self.voids, *self.payload.get("with", ()))

    @property
    def by_clock(self) -> bool:
        """Whether a passing date wrote it."""
        return self.role == Role.CLOCK

    @property
    def opens(self) -> bool:
        """Whether the case began with it."""
        return self.seq == 1

    @property
    def idle(self) -> bool:
        """Whether it changes nothing of the case by itself: a refusal, a look, or an undo, which works through others."""
        return self.voids is not None or self.action.startswith(QUIET)

    @property
    def comes_from(self) -> tuple[str, int] | None:
        """The case and entry that brought it about, where that was on another case or by another entry."""
        source, seq = self.payload.get("from"), self.payload.get("entry")
        return (str(source), int(seq)) if source is not None and seq is not None else None


def withdrawn(entries: Sequence[Told], also: Mapping[int, int] | None = None) -> dict[int, int]:
    """What is withdrawn, each with the number of the undo that does it; an undo that is itself withdrawn does nothing.

    Args:
        entries: the entries of a case, in order.
        also: what an undo not yet written would withdraw, with its number.
    """
    found = dict(also or {})
    for each in reversed(entries):
        if each.seq not in found:
            for target in each.targets:
                found.setdefault(target, each.seq)
    return found


@dataclass(frozen=True, slots=True)
class Fallen:
    """An entry that no longer holds, and why."""

    entry: Told
    why: tuple[str, ...]


@dataclass(slots=True)
class Now:
    """A case as entries add up to it."""

    state: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    is_open: bool = True
    outcome: str | None = None
    closed_at: datetime | None = None
    lead: str | None = None
    led: bool = False
    """Whether one of these entries says who leads the work."""

    def same(self, other: Now) -> bool:
        """Whether nothing differs that a decision looks at."""
        return self.state == other.state and self.facts == other.facts

    def copy(self) -> Now:
        """Another, to go on from."""
        return replace(self, facts=dict(self.facts))

    def take(self, pathway: Pathway, entry: Told, way: Move | Entry | None, dest: str, changes: Any) -> None:
        """Let one more entry add to it."""
        # What was recorded on a closed case closed nothing, and does not once its closing is withdrawn.
        moved = dest != self.state
        self.state = dest
        learn(self.facts, changes)
        if not isinstance(way, Move):
            return
        self.outcome = way.outcome or self.outcome
        if self.is_open and moved and pathway.state(dest).final:
            self.is_open, self.closed_at = False, entry.effective_at
            self.outcome = self.outcome or dest
        if entry.body and "lead" in entry.body:
            self.lead, self.led = str(entry.body["lead"]), True


@dataclass(slots=True)
class Retold:
    """A case told again: what it comes to, what no longer holds, and what each step did to its clocks."""

    now: Now
    fallen: list[Fallen] = field(default_factory=list)
    start: int = 0


class Watching(Protocol):
    """What follows the entries as they are told again, and may say that one no longer holds."""

    def before(self, entry: Told) -> tuple[str, ...]:
        """Why an entry of the clock falls away; empty where it stands."""

    def after(self, entry: Told, now: Now, events: Mapping[str, str]) -> None:
        """An entry has been told."""


def tell(pathway: Pathway, entries: Iterable[Told]) -> Now:
    """What entries add up to as they were written: the plain fold of a trail, with its endings and its lead.

    What an undo withdraws counts as if it had never been.
    """
    every = list(entries)
    return _again(pathway, every, withdrawn(every), start=1, judged=False).now


def retell(
    pathway: Pathway,
    entries: Sequence[Told],
    gone: Mapping[int, int],
    *,
    before: Collection[int],
    watching: Watching | None = None,
) -> Retold:
    """Tell a case again without what is withdrawn.

    Args:
        pathway: its pathway.
        entries: its entries, in order.
        gone: what is withdrawn, as `withdrawn()` gives it.
        before: what was withdrawn until now.
        watching: follows the clocks; with it, what people decided is decided again, and listed where it falls.
    """
    return _again(
        pathway,
        entries,
        dict(gone),
        start=starts_at(entries, gone, before),
        judged=watching is not None,
        watching=watching,
    )


def starts_at(entries: Sequence[Told], gone: Mapping[int, int], before: Collection[int]) -> int:
    """The first entry from which the story differs from the one that the trail folds to."""
    start = min({*gone} ^ {*before}, default=len(entries) + 1)
    for each in reversed(entries):
        if each.seq >= start and each.seq not in gone:
            start = min((start, *each.targets))
    return start


def _again(
    pathway: Pathway,
    entries: Sequence[Told],
    gone: dict[int, int],
    *,
    start: int,
    judged: bool,
    watching: Watching | None = None,
) -> Retold:
    was, now = Now(), Now()
    told = Retold(now, [], start)
    if 1 in gone:
        return _taken_back(entries, gone, told)
    for entry in entries:
        taken = entry.seq not in gone and not entry.idle
        if entry.action.startswith(OWNER):
            now.lead, now.led = entry.payload.get("lead"), True
        if entry.seq < start:
            # What stood then is what the trail folds to; an undo among these counts as the fold has it.
            was.state = entry.to_state
            learn(was.facts, entry.changes)
            if taken:
                now.take(
                    pathway, entry, way_of(pathway, entry, entry.from_state), entry.to_state, entry.changes
                )
            now.state, now.facts = was.state, dict(was.facts)
            continue
        same = was.same(now)
        was.state = entry.to_state
        if taken:
            way, dest, changes = (
                (way_of(pathway, entry, entry.from_state), entry.to_state, entry.changes)
                if same
                else _worked_out(pathway, entry, now)
            )
            why = _why_not(pathway, entry, now, dest, same, watching) if judged else ()
            if why:
                told.fallen.append(Fallen(entry, why))
                gone[entry.seq] = 0
            else:
                events = _events(pathway, entry, way, changes)
                now.take(pathway, entry, way, dest, changes)
                if watching is not None:
                    watching.after(entry, now, events)
        learn(was.facts, entry.changes)
    return told


def _taken_back(entries: Sequence[Told], gone: Mapping[int, int], told: Retold) -> Retold:
    """A case that was opened in error: closed and empty, where it stood; a limit that passed on it falls away."""
    told.now = Now(entries[-1].to_state, {}, is_open=False, outcome=OPENED_IN_ERROR)
    told.fallen = [
        Fallen(each, ("the case was opened in error",))
        for each in entries
        if each.by_clock and each.seq not in gone
    ]
    return told


def way_of(pathway: Pathway, entry: Told, state: str) -> Move | Entry | None:
    """The move or way in that an entry made, as it is from this state; None for any other entry."""
    if entry.opens:
        return next((each for each in pathway.entries if f"open_{each.name}" == entry.action), None)
    return next((each for each in pathway.moves_from(state) if each.trigger == entry.action), None)


def _worked_out(
    pathway: Pathway, entry: Told, now: Now
) -> tuple[Move | Entry | None, str, Mapping[str, Any]]:
    """What an entry does to a case that is no longer what it was: where it leads, and what it makes known."""
    if entry.by_clock:
        found = compiled(pathway.name).get((entry.action, now.state))
        if found is None:
            return None, now.state, {}
        held = decide(
            Question(pathway, now.state, now.facts), entry.action, Actor("clock", frozenset({Role.CLOCK}))
        )
        return (found[1], held.dest, {}) if isinstance(held, Done) else (None, now.state, {})
    stays = entry.from_state == entry.to_state
    way = way_of(pathway, entry, now.state)
    if not isinstance(way, Move) or (way.records is not None and entry.body is None):
        return way, now.state if stays else entry.to_state, _as_added(pathway, entry, now)
    dest = now.state if way.dest == SAME else way.dest
    events: dict[str, str] = {}
    changes = learned(
        pathway, way, now.facts, _answered(way, entry), events, _moment(way, entry), entry.actor
    )
    return way, dest, changes


def _answered(way: Move | Entry, entry: Told) -> Answered:
    return answered_again(way.records, entry.body) if way.records and entry.body else Answered()


def _moment(way: Move | Entry, entry: Told) -> str:
    """When it happened, as its events have it: a moment, or a day where the hour was not known."""
    for emit in way.emits:
        told = entry.changes.get(emit.event)
        if not emit.at and isinstance(told, str):
            return told
    local = entry.effective_at.astimezone(LONDON)
    known_by_day = (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    return local.date().isoformat() if known_by_day else entry.effective_at.astimezone(UTC).isoformat()


def _as_added(pathway: Pathway, entry: Told, now: Now) -> dict[str, Any]:
    """The changes of an entry without a record to work them out from; what collects is added to."""
    collects = {one.fact for kind in pathway.evidence().values() for one in kind.fields if one.each}
    changes = dict(entry.changes)
    for name in collects & changes.keys():
        if isinstance(changes[name], list):
            changes[name] = sorted({*(now.facts.get(name) or ()), *changes[name]})
    return changes


def _events(
    pathway: Pathway, entry: Told, way: Move | Entry | None, changes: Mapping[str, Any]
) -> dict[str, str]:
    """What has happened by an entry, for the clocks: each event with its moment or date."""
    return {} if entry.by_clock else happened(way, changes)


def happened(way: Move | Entry | None, changes: Mapping[str, Any]) -> dict[str, str]:
    """The events among what an entry makes known, each with its moment or date as ISO text.

    Without the move or way in, everything dated counts as one.
    """
    emitted = None if way is None else {emit.event for emit in way.emits}
    return {
        name: value
        for name, value in sorted(changes.items())
        if (emitted is None or name in emitted or name in PERSON_FACTS) and dated(value)
    }


def dated(value: Any) -> bool:
    """Whether a fact is a moment or a date, and so may be an event."""
    if not isinstance(value, str):
        return False
    try:
        (date if len(value) == 10 else datetime).fromisoformat(value)
    except ValueError:
        return False
    return True


def _why_not(
    pathway: Pathway, entry: Told, now: Now, dest: str, same: bool, watching: Watching | None
) -> tuple[str, ...]:
    """Why an entry no longer holds; empty where it does."""
    if entry.by_clock:
        return watching.before(entry) if watching else ()
    if same or entry.basis == "asserted":
        return ()
    if not isinstance(way_of(pathway, entry, entry.from_state), Move):
        return ()
    role = Role(entry.role)
    way = way_of(pathway, entry, now.state)
    known = _answered(way, entry).onto(now.facts) if way is not None else {}
    verdict = decide(
        Question(pathway, now.state, now.facts),
        entry.action,
        Actor(entry.actor, frozenset({role})),
        by=role,
        overrides=entry.payload.get("overrides"),
        learned=known,
    )
    if isinstance(verdict, Broken):
        return ("a condition of it cannot be worked out",)
    if isinstance(verdict, Refused):
        return tuple(map(_in_words, verdict.reasons))
    if entry.from_state != entry.to_state and verdict.dest != entry.to_state:
        return (f"it would now lead to: {pathway.state(verdict.dest).label}",)
    if dest != verdict.dest:
        return (f"it would now lead to: {pathway.state(verdict.dest).label}",)
    return ()


def _in_words(reason: Reason) -> str:
    said = reason.message.replace("the case is at:", "the case would be at:")
    return f"it needs that {said}" if reason.condition else said


# --- clocks ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RunsAgain:
    """A clock that had stopped and runs on: its row, with its starting event, rule and edition as they were."""

    row: Any
    status: str
    look_at: datetime | None


class Clocks:
    """A case's clocks, followed through its story as it is told again. `rows` are all its clocks, stopped ones too."""

    def __init__(self, pathway: Pathway, rows: Sequence[Any], rules: Rules, start: int) -> None:
        self.pathway, self.rows, self.rules = pathway, rows, rules
        self.running: list[Any] = running_at(rows, start - 1)
        self.fallen: set[int] = set()

    def before(self, entry: Told) -> tuple[str, ...]:
        """A passed limit stands, unless its clock does not run: it began with what is withdrawn, or was met."""
        missed = {(row.rule, row.started) for row in self.rows if row.missed_seq == entry.seq}
        here = {(each.rule, each.started) for each in self.running}
        if missed & here if missed else entry.rule in {each.rule for each in self.running}:
            return ()
        self.fallen.add(entry.seq)
        return ("the clock that passed does not run then",)

    def after(self, entry: Told, now: Now, events: Mapping[str, str]) -> None:
        """What an entry's events start and stop."""
        if entry.action == DIED or "died_on" in entry.changes:
            self.running = []
            return
        changes: Changes = advance(
            self.pathway,
            now.state,
            events,
            self.running,
            self.rules.at_school(now.facts.get("school")),
            today=local_day(entry.at),
            strict=False,
        )
        gone = {id(each) for each, _ in changes.met} | {id(each) for each in changes.ended}
        self.running = [
            each
            for each in self.running
            if id(each) not in gone or (entry.by_clock and each.rule == entry.rule)
        ]
        self.running += [self._row_of(each, entry.seq) for each in changes.started]

    def _row_of(self, begun: Started, seq: int) -> Any:
        """The row in which this clock has run before, with the date that was worked out then; else the clock itself."""
        before = [row for row in self.rows if (row.rule, row.started) == (begun.rule, begun.started)]
        order = sorted(
            before, key=lambda row: (row.closed_seq is None, row.opened_seq == seq, row.opened_seq)
        )
        return order[-1] if order else begun

    def ends(self) -> list[Any]:
        """The rows that run now and do not run any more."""
        kept = {(each.rule, each.started) for each in self.running}
        return [row for row in self._open() if (row.rule, row.started) not in kept or self._unmissed(row)]

    def _open(self) -> list[Any]:
        return [row for row in self.rows if row.closed_seq is None]

    def _unmissed(self, row: Any) -> bool:
        return row.missed_seq in self.fallen

    def runs_again(self, now: datetime) -> list[RunsAgain]:
        """The rows that had stopped and run on."""
        kept = {(row.rule, row.started) for row in self._open() if not self._unmissed(row)}
        found = [
            each
            for each in self.running
            if not isinstance(each, Started) and (each.rule, each.started) not in kept
        ]
        return [self._again(row, now) for row in found]

    def begins(self) -> list[Started]:
        """Clocks that never ran before."""
        return [each for each in self.running if isinstance(each, Started)]

    def _again(self, row: Any, now: datetime) -> RunsAgain:
        clock = next((each for each in self.pathway.clocks if each.rule == row.rule), None)
        edition = self.rules.rulebook.cited(row.rule, row.edition)
        gate = bool(edition.gate or (clock and clock.gate))
        if row.missed_seq is not None and row.missed_seq not in self.fallen:
            if gate:
                return RunsAgain(row, "passed", None)
            tomorrow = start_of_day(self.rules.calendar.add_working_days(local_day(now), 1))
            return RunsAgain(row, "missed", tomorrow if row.statutory else None)
        waits = gate and not (clock and clock.on_miss)
        return RunsAgain(row, "open", None if waits else self._look_at(clock, row))

    def _look_at(self, clock: Clock | None, row: Any) -> datetime:
        at: datetime = row.due_at
        due = Due(row.due_on, at, row.plan_by)
        return look_at(clock, due, self.rules.calendar) if clock is not None else at


def running_at(rows: Iterable[Any], seq: int) -> list[Any]:
    """The clocks that ran once this many entries were written, whatever became of them later."""
    return [row for row in rows if row.opened_seq <= seq and (row.closed_seq is None or row.closed_seq > seq)]


# --- what verification asks ----------------------------------------------------------------------------------


def meaning(pathway: Pathway, entries: Sequence[Told]) -> list[tuple[int, str]]:
    """Whether each undo says what it does: the undos that do not, each with what is wrong.

    After every undo the plain fold of the trail must be what the entries add up to that then stand.

    Args:
        pathway: the case's pathway.
        entries: every entry of the case, in order, each with its record's answers.
    """
    faults: list[tuple[int, str]] = []
    state = ""
    facts: dict[str, Any] = {}
    for place, entry in enumerate(entries):
        state = entry.to_state
        learn(facts, entry.changes)
        if entry.voids is None:
            continue
        if not all(each.there for each in entries[: place + 1]):
            break
        story = entries[:place]
        if not all(0 < target < entry.seq for target in entry.targets):
            faults.append((entry.seq, "it withdraws an entry that does not come before it"))
            continue
        gone = withdrawn(story, dict.fromkeys(entry.targets, entry.seq))
        now = retell(pathway, story, gone, before=withdrawn(story)).now
        if now.state != state:
            faults.append(
                (
                    entry.seq,
                    f"it leads to {state}, and what stands without entry {entry.voids} to {now.state}",
                )
            )
        wrong = sorted(name for name in {*facts, *now.facts} if facts.get(name) != now.facts.get(name))
        if wrong:
            faults.append(
                (entry.seq, f"what it leaves known is not what the standing entries say: {', '.join(wrong)}")
            )
    return faults
