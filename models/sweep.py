"""The nightly check: deal with every clock whose time has come, a chunk of cases to a transaction.

Due cases are taken once, in case order, and worked through in chunks. A chunk is read, decided in one pass over
the compiled definitions (`models/passing.py`) and written as sets, all in one transaction, so a killed run goes on where
it stopped: a clock that has been dealt with is no longer due. On PostgreSQL a case that somebody holds is passed over and
looked at again; shards split the cases between workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from threading import Event, Lock
from time import sleep
from typing import ClassVar

from models.check_runs import look_out, note_finished, note_run, reach_the_hidden
from models.due import DUE_ROW, Batch, Due, Tally
from models.passing import Passing
from models.store import Store, open_store
from models.transaction import Transaction
from pathways.clocks import Rules
from pathways.errors import PARTLY, PathwayError

CHUNK = 3_000
CHUNK_OF_ONE_WRITER = 1_000
"""On SQLite a chunk holds the only lock there is, so that people wait for it: about a tenth of a second."""
ROOM = 16_000
"""Memory in kB that such a chunk needs: it changes about three pages a case. SQLite's own measure is an eighth of that."""
WRITERS = 2
"""Connections of one run on PostgreSQL. More bring no more where the server has two cores; shards are for more."""
LET_IN = 0.005
"""Seconds between two chunks on SQLite in which whoever waits gets in; see `models/store.py`."""
ONCE_MORE = 3
PAUSES = (1.0, 10.0, 60.0)
"""Seconds between the tries of a run for cases that somebody holds: PostgreSQL lets go of a lost machine's in a minute."""

_case_id = itemgetter(0)
_in_order = itemgetter(*map(DUE_ROW.index, ("id", "look_at", "deadline_id")))
_GUARDED = DUE_ROW.index("guarded")


class Held(PathwayError):
    """Somebody held cases to the end of a run, so that they were not checked; the run does not count as finished."""

    code: ClassVar[int] = PARTLY

    def __str__(self) -> str:
        return (
            "Somebody holds some cases at this moment, so those were not checked and this check does not count as "
            "finished. All others are done. Run it again in a few minutes: pathways check run"
        )


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
        self.as_of, self.now = as_of.astimezone(UTC), now.astimezone(UTC)
        self.passing = Passing(rules, as_of, now, store.dialect)
        self._sqlite = store.dialect == "sqlite"

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
        with self._room_for_a_chunk():
            return self._work_through(due, chunk or _usual(self.store), progress)

    @contextmanager
    def _room_for_a_chunk(self) -> Iterator[None]:
        """Let SQLite hold the pages of a chunk in memory meanwhile, or it writes some early, again, and their sums anew."""
        if not self._sqlite:
            yield
            return
        execute = self.store.connection.execute
        (before,) = execute("PRAGMA cache_size").fetchone()
        execute(f"PRAGMA cache_size = {-ROOM}")
        try:
            yield
        finally:
            execute(f"PRAGMA cache_size = {before}")

    def _work_through(self, due: Due, chunk: int, progress: Callable[[int, int], None] | None) -> Tally:
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
            with self.turn:
                if tx.dialect == "postgresql":
                    for way in ("hashjoin", "mergejoin", "seqscan"):
                        tx.cursor.execute(f"SET LOCAL enable_{way} = off")
                rows = tx.plain("due_chunk", as_of=self.as_of, clocks=tx.numbers(clocks))
            rows.sort(key=_in_order)
            batch, told, untold = Batch(), Tally(), Tally()
            for _, group in groupby(rows, _case_id):
                found = list(group)
                self.passing.case(tx, found, batch, untold if found[0][_GUARDED] else told)
            with self.turn:
                self._write(tx, batch)
            if self.noting:
                self.noting(tx, told)
        if len(rows) < len(clocks):
            passed_over.add(cases, clocks, besides={row[0] for row in rows})
        return told

    def _write(self, tx: Transaction, batch: Batch) -> None:
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
    chunk = chunk or _usual(store)
    # The first chunk makes the note last; where there is none, little is lost.
    with store.writing(lasting=False) as tx:
        tonight = look_out(tx, as_of)
        quiet = not (tonight.due or tonight.hidden)
        run_id = note_run(tx, rules, as_of, now, now if quiet else None)
    if quiet:
        return Tally()
    reach_the_hidden(store, rules, now, tonight)
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
    note_finished(store, run_id, tally, now)
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
