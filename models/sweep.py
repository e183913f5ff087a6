"""The nightly check: deal with every clock whose time has come, a chunk of cases to a transaction.

Due cases are taken once, in case order, and worked through in chunks. A chunk is read, decided in one pass over
the compiled definitions and written as sets, all in one transaction, so a killed run goes on where it stopped: a
clock that has been dealt with is no longer due. On PostgreSQL a case that somebody holds is passed over and
looked at again; shards split the cases between workers.

Effects carry the moment at which the limit passed, not the moment at which it was noticed, and a case's clocks
are worked through in the order in which they passed: three missed nights and one run leave what three runs would.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from threading import Event, Lock
from time import sleep
from typing import Any, ClassVar

from models.anchors import nightly
from models.store import Store, Transaction, open_store, statement
from models.wire import instant_text
from pathways import pathway, trail
from pathways.clocks import Rules, runs_in, start_of_day
from pathways.days import local_day
from pathways.definitions import CaseFacts, Clock, Move, Pathway
from pathways.engine import compiled
from pathways.errors import NOT_ALLOWED, PARTLY, NotReady, PathwayError
from pathways.moments import words
from pathways.roles import Role
from pathways.rulebook import Edition

CHUNK = 3_000
CHUNK_OF_ONE_WRITER = 1_000
"""On SQLite a chunk holds the only lock there is, so that people wait for it: about a tenth of a second."""
WRITERS = 2
"""Connections of one run on PostgreSQL. More bring no more where the server has two cores; shards are for more."""
LET_IN = 0.005
"""Seconds between two chunks on SQLite in which whoever waits gets in; see `models/store.py`."""
CLOCK = Role.CLOCK.value
ONCE_MORE = 3
PAUSES = (1.0, 10.0, 60.0)
"""Seconds between the tries of a run for cases that somebody holds: PostgreSQL lets go of a lost machine's in a minute."""
LONGEST_GAP = timedelta(days=45)
"""How long nothing may have been written before a check waits for a person: the clock may have jumped ahead."""
CONFIRMED = "gap_confirmed"


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


class Unfit(PathwayError):
    """A case cannot be dealt with as it stands; it is set aside with this reason. One argument: the reason."""


class Held(PathwayError):
    """Somebody held cases to the end of a run, so that they were not checked; the run does not count as finished."""

    code: ClassVar[int] = PARTLY

    def __str__(self) -> str:
        return (
            "Somebody holds some cases at this moment, so those were not checked and this check does not count as "
            "finished. All others are done. Run it again in a few minutes: pathways check run"
        )


@dataclass(slots=True)
class _Batch:
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


_case_id = itemgetter(0)

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
"""The order of values in which this file makes rows; a test compares it with the statements."""

DUE_ROW = (
    "id", "reference", "pathway", "definition", "state", "seq", "head", "team", "deadline_id", "rule", "edition",
    "due_on", "due_at", "status", "statutory", "look_at", "told", "missed_seq", "opened_seq", "key", "guarded",
)  # fmt: skip
"""The order in which this file takes the due clocks apart; a test compares it too."""

_in_order = itemgetter(DUE_ROW.index("id"), DUE_ROW.index("look_at"), DUE_ROW.index("deadline_id"))


@dataclass(frozen=True, slots=True)
class _Plain:
    """What a passed limit does to a case of one kind: where it leads, whom it tells, the hash of its entry."""

    dest: str
    action: str
    gate: bool
    roles: str
    made: Callable[[bytes, str, int, str, str], bytes]


@dataclass(frozen=True, slots=True)
class _Passed:
    """The moment of a limit: as the trail has it, as the driver has it, and the next reminder's; None: that is due too."""

    text: str
    driver: Any
    morning: Any


class Sweep:
    """One run over one store: as at a moment, under one rule pack and calendar."""

    def __init__(
        self,
        store: Store,
        rules: Rules,
        as_of: datetime,
        now: datetime,
        *,
        stop: Event | None = None,
        turn: AbstractContextManager[object] | None = None,
        noting: Callable[[Transaction, Tally], None] | None = None,
    ) -> None:
        """One run.

        Args:
            store: where the cases are.
            rules: rule pack, calendar, counting.
            as_of: the moment up to which limits count as passed.
            now: the moment that is written beside every effect.
            stop: set to end the run after the chunk at hand.
            turn: held while the database works for this run; several runs that share one take turns.
            noting: told what each chunk did, in the transaction that does it.
        """
        self.store = store
        self.stop = stop
        self.held = False
        """Whether cases were passed over to the end, since somebody held them or had dealt with them meanwhile."""
        self.turn = turn or nullcontext()
        self.noting = noting
        self.rules = rules
        self.as_of = as_of.astimezone(UTC)
        self.now = now.astimezone(UTC)
        self._texts: dict[datetime, str] = {}
        self._days: dict[date, datetime] = {}
        self._clocks: dict[str, dict[str, Clock]] = {}
        self._editions: dict[str, Edition] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._left_behind: dict[tuple[str, str, str], frozenset[str]] = {}
        self._plain: dict[tuple[Any, ...], _Plain | None] = {}
        self._passed: dict[Any, _Passed] = {}
        self._now_text = instant_text(self.now)
        self._sqlite = store.dialect == "sqlite"
        self._now: Any = self._now_text if self._sqlite else self.now

    def shard(
        self,
        shard: int = 0,
        shards: int = 1,
        *,
        chunk: int | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Tally:
        """Deal with every due clock of one shard.

        Args:
            shard: which shard, from 0.
            shards: how many there are.
            chunk: cases to a transaction.
            progress: told (cases done, cases in all) after each chunk.
        """
        return self.work_through(self.take(shard, shards), chunk=chunk, progress=progress)

    def take(self, shard: int = 0, shards: int = 1) -> Due:
        """The due clocks of one shard, as they are now."""
        due = Due()
        with self.store.reading() as tx:
            for case_id, clock_id in tx.stream("due_clocks", as_of=self.as_of, shard=shard, shards=shards):
                due.cases.append(case_id)
                due.clocks.append(clock_id)
        return due

    def work_through(
        self, due: Due, *, chunk: int | None = None, progress: Callable[[int, int], None] | None = None
    ) -> Tally:
        """Deal with these clocks; `chunk` and `progress` as for `shard`. Those that are no longer due are let be."""
        chunk = chunk or _usual(self.store)
        tally, self.held = Tally(), False
        for _ in range(ONCE_MORE):
            passed_over, done, of = Due(), 0, due.cases_in_all
            for cases, clocks in due.parts(chunk):
                if self.stop and self.stop.is_set():
                    return tally
                if done and self._sqlite:
                    sleep(LET_IN)
                told = self._one_chunk(cases, clocks, passed_over)
                tally, done = tally + told, done + len(set(cases))
                if progress and told.cases:
                    progress(done, of)
            if self._sqlite or not passed_over.cases:
                break
            due = passed_over
        else:
            self.held = True
        return tally

    def _one_chunk(self, cases: Sequence[int], clocks: Sequence[int], passed_over: Due) -> Tally:
        """Deal with a chunk of cases, by their clocks; what is told of it. Cases that somebody holds are passed over."""
        with self.store.writing() as tx:
            asked = statement(tx.dialect, "due_chunk")
            with self.turn:
                if tx.dialect == "postgresql":
                    for way in ("hashjoin", "mergejoin", "seqscan"):
                        tx.cursor.execute(f"SET LOCAL enable_{way} = off")
                rows = tx.plain("due_chunk", as_of=self.as_of, clocks=tx.numbers(clocks))
            rows.sort(key=_in_order)
            batch, told, untold = _Batch(), Tally(), Tally()
            for case_id, group in groupby(rows, _case_id):
                found = list(group)
                tally = untold if found[0][-1] else told
                tally.cases += 1
                if len(found) > 1 or not self._pass_plain(found[0], batch, tally):
                    self._one_case(tx, case_id, list(asked.rows(found)), batch, tally)
            with self.turn:
                self._write(tx, batch)
            if self.noting:
                self.noting(tx, told)
        if len(rows) < len(clocks):
            passed_over.add(cases, clocks, besides={row[0] for row in rows})
        return told

    # --- what most cases are: one limit, passed last night ------------------------------------------------------

    def _pass_plain(self, row: Sequence[Any], batch: _Batch, tally: Tally) -> bool:
        """Deal with a case of which one limit passed and no more follows from it; False: this is no such case.

        It does what `_pass_case` does, in a fifth of the time: what cases of one kind have in common is worked
        out once for all of them, and of the rest nothing is converted that goes back as it came.
        """
        (
            case_id, reference, pathway_name, definition, state, seq, head, team, deadline_id, rule, edition,
            due_on, due_at, status, statutory, look_at, told, _, _, key, _,
        ) = row  # fmt: skip
        if status != "open" or look_at != due_at or not head:
            return False
        kind = (pathway_name, definition, state, rule, edition)
        try:
            plain = self._plain[kind]
        except KeyError:
            plain = self._plain[kind] = self._plain_of(*kind)
        if plain is None:
            return False
        passed = self._passed.get(due_at) or self._passed_at(due_at)
        again = None
        if plain.gate:
            status = "passed"
        else:
            status, told = "missed", 1
            if statutory:
                again = passed.morning
                if again is None:
                    return False
            tally.missed += 1
            batch.outbox.append((
                f"{key}/missed/1", "pathways.deadline.missed", reference, pathway_name, team, rule, due_on, plain.roles,
                passed.driver, self._now, None,
            ))  # fmt: skip
        seq += 1
        name, dest = f"{key}/missed", plain.dest
        made = plain.made(head, reference, seq, passed.text, name)
        batch.trail.append((
            reference, seq, self._now, passed.driver, CLOCK, CLOCK, plain.action, state, dest, rule, "witnessed", None,
            name, trail.NO_PAYLOAD, head, made, trail.FORMAT,
        ))  # fmt: skip
        batch.deadlines.append((status, again, told, seq, deadline_id))
        batch.cases.append((dest, seq, made, self._now, case_id))
        batch.fit.append(case_id)
        if dest != state:
            tally.moved += 1
        return True

    def _plain_of(self, name: str, definition: str, state: str, rule: str, edition: str) -> _Plain | None:
        """What a passed limit does to such a case; None where it has to be looked at by itself."""
        try:
            found = pathway(name)
            if definition != found.version or state not in self._states(found):
                return None
            clock = self._clocks_of(found).get(rule)
            cited = self.rules.rulebook.cited(rule, edition)
        except (PathwayError, LookupError):
            return None
        dest, action = state, "deadline_missed"
        way = compiled(name).get((clock.on_miss, state)) if clock is not None and clock.on_miss else None
        if way is not None:
            if way[1].conditions or self._leaving(found, state, way[0]):
                return None
            dest, action = way[0], way[1].trigger
        gate = clock is not None and bool(clock.gate or cited.gate)
        made = trail.entry_hasher(
            self._now_text, CLOCK, CLOCK, action, state, dest, rule, "witnessed"
        )  # fmt: skip
        return _Plain(dest, action, gate, ";".join(cited.tells), made)

    def _passed_at(self, due_at: Any) -> _Passed:
        moment = datetime.fromisoformat(due_at) if self._sqlite else due_at
        again = self._morning(local_day(moment), 2)
        morning = None if again < self.as_of else self._instant(again)
        made = self._passed[due_at] = _Passed(self._text(moment), self._instant(moment), morning)
        return made

    # --- one case -------------------------------------------------------------------------------------------

    def _one_case(self, tx: Transaction, case_id: int, rows: list[Any], batch: _Batch, tally: Tally) -> None:
        marks = (
            len(batch.trail),
            len(batch.outbox),
            len(batch.cases),
            len(batch.deadlines),
            len(batch.ended),
        )
        before = (tally.missed, tally.moved, tally.reminded)
        try:
            self._pass_case(tx, rows, batch, tally)
        except (PathwayError, LookupError, TypeError, ValueError) as fault:
            lists: Iterable[list[Any]] = (
                batch.trail,
                batch.outbox,
                batch.cases,
                batch.deadlines,
                batch.ended,
            )
            for made, mark in zip(lists, marks, strict=True):
                del made[mark:]
            tally.missed, tally.moved, tally.reminded = before
            tally.parked += 1
            said = (
                str(fault) if isinstance(fault, PathwayError) else f"{type(fault).__name__} in its definition"
            )
            batch.parked.append((case_id, said))
        else:
            batch.fit.append(case_id)

    def _pass_case(self, tx: Transaction, rows: Sequence[Any], batch: _Batch, tally: Tally) -> None:
        case = rows[0]
        found = pathway(case.pathway)
        if case.definition != found.version:
            raise Unfit(f"it runs under version {case.definition} of its pathway, not {found.version}")
        if case.state not in self._states(found):
            raise Unfit(f"its pathway has no state {case.state}")
        clocks = self._clocks_of(found)
        state, seq, head = case.state, case.seq, case.head
        waiting = sorted(
            ((row.look_at, row.deadline_id, row, row.status, row.told) for row in rows), key=_first
        )
        last_marks: dict[int, tuple[Any, ...]] = {}
        gone: set[int] = set()
        while waiting:
            look_at, deadline_id, row, status, told = waiting.pop(0)
            if deadline_id in gone:
                continue
            clock = clocks.get(row.rule)
            edition = self._edition(row)
            missed_seq = (
                row.missed_seq
                if status == "open" or deadline_id not in last_marks
                else last_marks[deadline_id][3]
            )
            next_look: datetime | None = None
            if status == "open" and look_at < row.due_at:
                self._tell(batch, case, row, "near", look_at, told, edition.tells)
                tally.reminded += 1
                next_look = row.due_at
            elif status == "open":
                dest, action = self._fired(tx, found, case, clock, state)
                if clock is not None and (clock.gate or edition.gate):
                    status = "passed"
                else:
                    status, told = "missed", 1
                    tally.missed += 1
                    self._tell(batch, case, row, "missed", look_at, told, edition.tells)
                    if row.statutory:
                        next_look = self._morning(local_day(row.due_at), 2)
                seq += 1
                head = self._enter(batch, case, seq, head, state, dest, action, row)
                missed_seq = seq
                if dest != state:
                    tally.moved += 1
                    gone |= self._stopped_by(tx, found, case, state, dest, deadline_id, look_at, seq, batch)
                    state = dest
            else:
                told += 1
                tally.reminded += 1
                self._tell(batch, case, row, "still_missed", look_at, told, edition.tells)
                next_look = self._morning(local_day(look_at), 1)
            last_marks[deadline_id] = (status, next_look, told, missed_seq)
            if next_look is not None and next_look < self.as_of and deadline_id not in gone:
                waiting.append((next_look, deadline_id, row, status, told))
                waiting.sort(key=_first)
        for deadline_id, (status, next_look, told, missed_seq) in last_marks.items():
            look = None if next_look is None or deadline_id in gone else self._instant(next_look)
            batch.deadlines.append((status, look, told, missed_seq, deadline_id))
        if seq != case.seq:
            batch.cases.append((state, seq, head, self._now, case.id))

    def _states(self, found: Pathway) -> frozenset[str]:
        names = self._names.get(found.name)
        if names is None:
            names = self._names[found.name] = frozenset(each.name for each in found.states)
        return names

    def _clocks_of(self, found: Pathway) -> dict[str, Clock]:
        clocks = self._clocks.get(found.name)
        if clocks is None:
            clocks = self._clocks[found.name] = {each.rule: each for each in found.clocks}
        return clocks

    def _edition(self, row: Any) -> Edition:
        """The edition that a stored deadline cites, for whom to tell."""
        found = self._editions.get(row.edition)
        if found is None:
            found = self._editions[row.edition] = self.rules.rulebook.cited(row.rule, row.edition)
        return found

    def _fired(
        self, tx: Transaction, found: Pathway, case: Any, clock: Clock | None, state: str
    ) -> tuple[str, str]:
        """Where the miss takes the case and what the entry is called: the timed move if it may be made."""
        if clock is None or not clock.on_miss:
            return state, "deadline_missed"
        way = compiled(found.name).get((clock.on_miss, state))
        if way is None:
            return state, "deadline_missed"
        dest, move = way
        if move.conditions and not self._allowed(tx, found, case, move):
            return state, "deadline_missed"
        return dest, move.trigger

    def _allowed(self, tx: Transaction, found: Pathway, case: Any, move: Move) -> bool:
        facts = CaseFacts(tx.need("case_by_id", case_id=case.id).facts, found.known)
        return all(each.test(facts) for each in move.conditions)

    def _stopped_by(
        self,
        tx: Transaction,
        found: Pathway,
        case: Any,
        state: str,
        dest: str,
        deadline_id: int,
        at: datetime,
        seq: int,
        batch: _Batch,
    ) -> set[int]:
        """Clocks that do not run in the state just reached end there; rare, since overdue states keep them all."""
        leaving = self._leaving(found, state, dest)
        if not leaving:
            return set()
        running = tx.all("running_deadlines", case_id=case.id)
        ended = {each.id for each in running if each.rule in leaving and each.id != deadline_id}
        batch.ended += [("ended", self._instant(at), seq, each) for each in sorted(ended)]
        return ended

    def _leaving(self, found: Pathway, state: str, dest: str) -> frozenset[str]:
        """The rules whose clocks run in one state and not in the other."""
        rules = self._left_behind.get((found.name, state, dest))
        if rules is None:
            clocks = found.clocks
            rules = frozenset(
                each.rule for each in clocks if runs_in(each, found, state) and not runs_in(each, found, dest)
            )
            self._left_behind[found.name, state, dest] = rules
        return rules

    def _morning(self, day: date, working_days: int) -> datetime:
        """The start of a later working day in London."""
        later = self.rules.calendar.add_working_days(day, working_days)
        found = self._days.get(later)
        if found is None:
            found = self._days[later] = start_of_day(later).astimezone(UTC)
        return found

    def _text(self, moment: datetime) -> str:
        found = self._texts.get(moment)
        if found is None:
            found = self._texts[moment] = instant_text(moment)
        return found

    def _instant(self, moment: datetime) -> Any:
        """The moment in the driver's form."""
        return self._text(moment) if self._sqlite else moment

    def _enter(
        self, batch: _Batch, case: Any, seq: int, prev: bytes, state: str, dest: str, action: str, row: Any
    ) -> bytes:
        """One entry of the trail, without a payload: nothing personal is in a passing date."""
        key = f"{row.key}/missed"
        prev = prev or trail.genesis(case.reference)
        at = self._text(row.due_at)
        made = trail.entry_hash(
            prev, case.reference, seq, self._now_text, at, CLOCK, CLOCK, action, state, dest, row.rule,
            "witnessed", None, key, trail.NO_PAYLOAD,
        )  # fmt: skip
        batch.trail.append((
            case.reference, seq, self._now, at if self._sqlite else row.due_at, CLOCK, CLOCK,
            action, state, dest, row.rule, "witnessed", None, key, trail.NO_PAYLOAD, prev, made, trail.FORMAT,
        ))  # fmt: skip
        return made

    def _tell(
        self, batch: _Batch, case: Any, row: Any, what: str, at: datetime, told: int, roles: tuple[str, ...]
    ) -> None:
        """Put a message for the roles that the rule names into the outbox; its key keeps it from going twice."""
        batch.outbox.append((
            f"{row.key}/{what}/{told}", f"pathways.deadline.{what}", case.reference, case.pathway, case.team, row.rule,
            row.due_on.isoformat() if self._sqlite else row.due_on, ";".join(roles), self._instant(at),
            self._now, None,
        ))  # fmt: skip

    def _write(self, tx: Transaction, batch: _Batch) -> None:
        tx.pour("add_trail", "trail", batch.trail)
        tx.sets("pass_case", batch.cases, alike="changed_at")
        tx.sets("pass_deadline", batch.deadlines)
        tx.sets("end_deadline", batch.ended)
        tx.pour("add_outbox", "outbox", batch.outbox)
        for case_id, reason in batch.parked:
            tx.run("put_parked", case_id=case_id, reason=reason, found_at=self.now)
        parked_before = {each.case_id for each in tx.all("parked_ids")}
        for case_id in parked_before.intersection(batch.fit):
            tx.run("unpark", case_id=case_id)


def _first(waiting: tuple[Any, ...]) -> tuple[datetime, int]:
    return waiting[0], waiting[1]


class LongGap(NotReady):
    """Nothing was written for long, so a check does not act before a person says that the clock is right.

    Arguments: the day of the last sign of life, how many days ago that is, how many limits would count as passed.
    """

    def __str__(self) -> str:
        last, days, due = self.args
        return (
            f"Nothing has been written for {days} days, since {words(last)}, so this computer's clock may have jumped "
            f"ahead. Nothing was done; {due} limits or reminders would be dealt with. If the clock is right: "
            "pathways check run --confirm-gap"
        )


def refuse_long_gap(store: Store, as_of: datetime, now: datetime) -> None:
    """Let no check act on a clock that may have jumped ahead; a practice store's clock is fixed and is let through.

    Raises:
        LongGap: the last entry, check or confirmation is more than 45 days before `now`.
    """
    with store.reading() as tx:
        known = {row.name: row.value for row in tx.all("settings")}
        entry, runs = tx.one("newest_entry"), tx.all("check_runs", most=1)
        signs = [entry.recorded_at] if entry else []
        signs += [run.started_at for run in runs]
        if known.get("practice") == "yes" or not signs:
            return
        signs += [datetime.fromisoformat(known[CONFIRMED])] if CONFIRMED in known else []
        last = max(signs)
        if now - last > LONGEST_GAP:
            due = int(tx.need("count_due_seen", as_of=as_of).due)
            raise LongGap(local_day(last), (now - last).days, due)


class HeldBack(PathwayError):
    """A login that row security holds would pour in rows, which PostgreSQL refuses."""

    code: ClassVar[int] = NOT_ALLOWED

    def __str__(self) -> str:
        return (
            "This database login is held back by row security, and the check needs one that is not: a login in "
            "pathways_service, which has BYPASSRLS. Nothing was done; see docs/postgresql.md"
        )


def refuse_held_login(store: Store) -> None:
    """Let no check begin that could not write what it finds.

    Raises:
        HeldBack: row security holds this login, as the database says.
    """
    if store.dialect == "sqlite":
        return
    with store.reading() as tx:
        (held,) = tx.connection.execute("SELECT row_security_active('trail')").fetchone()
    if held:
        raise HeldBack


def confirm_gap(store: Store, now: datetime) -> None:
    """Keep that a person has said, at this moment, that the clock is right."""
    with store.writing() as tx:
        tx.run("put_setting", name=CONFIRMED, value=now.astimezone(UTC).isoformat())


def _reach_the_hidden(store: Store, rules: Rules, now: datetime) -> None:
    """Tell cases of births and deaths that whoever recorded them could not reach; of deaths, SQLite hides none."""
    with store.reading() as tx:
        births = tx.plain("births_awaited")
        deaths = store.dialect == "postgresql" and tx.plain("deaths_behind_the_wall")
    if births:
        from models.births import tell_out_of_reach
        from models.untold import withdraw_out_of_reach

        withdraw_out_of_reach(store, rules, now)
        tell_out_of_reach(store, rules, now)
    if deaths:
        from models.deaths import stop_clocks_of_the_dead

        stop_clocks_of_the_dead(store, rules, now)


def begin_run(store: Store, rules: Rules, as_of: datetime, now: datetime) -> int:
    """Note that a check has begun; its number.

    Raises:
        LongGap: nothing was written for so long that a person must first say that the clock is right.
        HeldBack: row security holds this login.
    """
    refuse_held_login(store)
    refuse_long_gap(store, as_of, now)
    _reach_the_hidden(store, rules, now)
    with store.writing() as tx:
        return _note(tx, rules, as_of, now, None)


def _note(tx: Transaction, rules: Rules, as_of: datetime, now: datetime, finished_at: datetime | None) -> int:
    row = tx.need(
        "add_check_run",
        as_of=as_of,
        started_at=now,
        finished_at=finished_at,
        rulebook=rules.rulebook.name,
        calendar=rules.calendar.version,
        **{each: 0 for each in ("cases", "missed", "moved", "reminded", "parked")},
    )
    return int(row.id)


def finish_run(store: Store, run_id: int, tally: Tally, now: datetime) -> None:
    """Note that a check has finished, and what it did; make the night's checkpoint."""
    _finish(store, run_id, tally, now)
    nightly(store, now)


def _finish(store: Store, run_id: int, tally: Tally, now: datetime) -> None:
    with store.writing() as tx:
        tx.run(
            "finish_check_run",
            run_id=run_id,
            finished_at=now,
            cases=tally.cases,
            missed=tally.missed,
            moved=tally.moved,
            reminded=tally.reminded,
            parked=tally.parked,
        )


def pass_due_dates(
    store: Store,
    rules: Rules,
    as_of: datetime,
    now: datetime,
    *,
    shards: int = 1,
    chunk: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    wait: Callable[[float], object] = sleep,
) -> Tally:
    """Run the whole check in this process and note the run; the night's checkpoint is the caller's to make.

    Args:
        store: where the cases are.
        rules: rule pack, calendar, counting.
        as_of: the moment up to which limits count as passed.
        now: the moment that is written beside every effect.
        shards: on PostgreSQL, how many parts to split many due cases into; they run side by side, two at a time.
        chunk: cases to a transaction.
        progress: told (cases done, cases in all).
        wait: called with the seconds that pass before cases which somebody holds are tried again.

    Raises:
        Held: somebody held cases through every try. All others are done; the run is not noted as finished.
        HeldBack: row security holds this login.
    """
    refuse_held_login(store)
    _reach_the_hidden(store, rules, now)
    chunk = chunk or _usual(store)
    with store.writing(
        lasting=False
    ) as tx:  # the first chunk makes it last; where there is none, little is lost
        quiet = not tx.plain("any_due", as_of=as_of)
        run_id = _note(tx, rules, as_of, now, now if quiet else None)
    if quiet:
        return Tally()
    sweep, tally = Sweep(store, rules, as_of, now), Tally()
    for pause in (0.0, *PAUSES):
        if pause:
            wait(pause)
        due = sweep.take()
        if store.dialect == "postgresql" and due.cases_in_all > chunk:
            parts = due.split(max(shards, WRITERS), chunk)
            done, held = _side_by_side(store, rules, as_of, now, parts, chunk, progress)
        else:
            done, held = sweep.work_through(due, chunk=chunk, progress=progress), sweep.held
        tally += done
        if not held:
            break
    else:
        raise Held
    _finish(store, run_id, tally, now)
    return tally


def _usual(store: Store) -> int:
    return CHUNK_OF_ONE_WRITER if store.dialect == "sqlite" else CHUNK


def _side_by_side(
    store: Store,
    rules: Rules,
    as_of: datetime,
    now: datetime,
    parts: Sequence[Due],
    chunk: int,
    progress: Callable[[int, int], None] | None,
) -> tuple[Tally, bool]:
    """Two writers, each with a connection of its own: one decides while the database writes for the other.

    Told are what they did, and whether somebody held cases to the end.

    The database works for one at a time. For both at once it spends half as much again on each: they wait for each
    other's locks on the log and on pages. Whoever has the cores for that runs shards in processes of their own.
    """
    done, of = [0] * len(parts), sum(each.cases_in_all for each in parts)
    stop, one_at_a_time, turn = Event(), Lock(), Lock()

    def told(place: int, cases: int) -> None:
        with one_at_a_time:
            done[place] = cases
            if progress:
                progress(sum(done), of)

    def work(place: int) -> tuple[Tally, bool]:
        with open_store(store.url) as own:
            sweep = Sweep(own, rules, as_of, now, stop=stop, turn=turn)
            tally = sweep.work_through(
                parts[place], chunk=chunk, progress=lambda cases, _: told(place, cases)
            )
            return tally, sweep.held

    with ThreadPoolExecutor(WRITERS) as writers:
        try:
            worked = list(writers.map(work, range(len(parts))))
        except BaseException:
            stop.set()
            raise
    return sum((tally for tally, _ in worked), Tally()), any(held for _, held in worked)
