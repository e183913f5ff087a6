"""One person's move at a time: by the program's library, and as the same statements sent by hand.

By hand means: the statements that the program sent for the same move on a copy of the same store, with every value
worked out beforehand, in one transaction; it decides nothing, hashes nothing and converts nothing.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import models.casework
from benchmarks.agreement import Failed, Told, agree, cases, due, moved, prove, still_due
from benchmarks.arena import Arena
from benchmarks.measure import median, percentile, tell
from benchmarks.population import AS_OF, rules
from benchmarks.report import Report
from models.casework import Casework
from models.store import Store, open_store
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.engine import Done, Question, decide
from pathways.errors import PathwayError
from tests.casefile import COORDINATOR, complete

Sent = list[tuple[str, str, Any]]
"""Of one move: execute or executemany, the text, the values."""
WARM = 20


class _Recorder:
    """A cursor that remembers what was sent."""

    def __init__(self, cursor: Any, sent: Sent) -> None:
        self._cursor, self._sent = cursor, sent

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, sql: str, values: Any = ()) -> Any:
        self._sent.append(("execute", sql, values))
        return self._cursor.execute(sql, values)

    def executemany(self, sql: str, values: Any) -> Any:
        self._sent.append(("executemany", sql, values))
        return self._cursor.executemany(sql, values)


@contextmanager
def _recording(sent: Sent) -> Iterator[None]:
    plain: Callable[..., None] = Transaction.__init__

    def remembering(self: Transaction, *given: Any, **more: Any) -> None:
        plain(self, *given, **more)
        self.cursor = _Recorder(self.cursor, sent)

    fresh = Transaction.fresh_cursor
    Transaction.__init__ = remembering  # type: ignore[method-assign]
    Transaction.fresh_cursor = lambda self: _Recorder(fresh(self), sent)  # type: ignore[method-assign]
    try:
        yield
    finally:
        Transaction.__init__ = plain  # type: ignore[method-assign]
        Transaction.fresh_cursor = fresh  # type: ignore[method-assign]


def script(url: str, most: int, path: Path) -> None:
    """Make up to `most` moves on a store, each on a case of its own; keep what was asked for and what was sent.

    The checkpoints that follow are the program's own affair: whoever writes by hand makes none.
    """
    models.casework.after_write = lambda *_, **__: True  # type: ignore[attr-defined]
    kept: list[tuple[str, str, dict[str, Any], Sent]] = []
    with open_store(url) as store:
        store.viewer = ALL_SEEING
        casework = Casework(store, rules())
        with store.reading() as tx:
            rows = [(row.reference, row.pathway, row.state, row.facts) for row in tx.all("every_case_state")]
        for reference, name, state, facts in rows[: most * 3]:
            found = pathway(name)
            for move in found.moves_from(state):
                verdict = decide(Question(found, state, facts), move.trigger, COORDINATOR)
                if (
                    not isinstance(verdict, Done)
                    or move.opens
                    or move.fires
                    or found.state(verdict.dest).final
                ):
                    continue
                answers = complete(move.records, AS_OF.date().isoformat())
                sent: Sent = []
                try:
                    with _recording(sent):
                        casework.make(reference, move.trigger, actor=COORDINATOR, now=LATER, answers=answers)
                except PathwayError:
                    break
                kept.append((reference, move.trigger, answers, sent))
                break
            if len(kept) == most:
                break
    path.write_bytes(pickle.dumps(kept))


LATER = AS_OF.replace(hour=11)


def _mover(name: str, store: Store) -> Callable[[Any], None]:
    casework = Casework(store, rules())
    begin = "BEGIN IMMEDIATE" if store.dialect == "sqlite" else "BEGIN"

    def product(one: Any) -> None:
        reference, trigger, answers, _ = one
        casework.make(reference, trigger, actor=COORDINATOR, now=LATER, answers=answers)

    def by_hand(one: Any) -> None:
        connection = store.connection
        cursor = connection.cursor()
        connection.execute(begin)
        for how, sql, values in one[3]:
            getattr(cursor, how)(sql, values)
            if how == "execute" and cursor.description is not None:
                cursor.fetchall()
        connection.execute("COMMIT")

    return product if name == "product" else by_hand


def _write(name: str, url: str, moves: list[Any], seconds: float, ready: Any, results: Any) -> None:
    with open_store(url) as store:
        store.viewer = ALL_SEEING
        move = _mover(name, store)
        for one in moves[:WARM]:
            move(one)
        gc.collect()  # what the benchmark has loaded is not looked through again in the middle of a move
        ready.wait()
        waits: list[float] = []
        began = time.perf_counter()
        for one in moves[WARM:]:
            at = time.perf_counter()
            move(one)
            waits.append(time.perf_counter() - at)
            if seconds and at - began > seconds:
                break
        results.put((time.perf_counter() - began, waits))


def main() -> None:
    """Run some writers and tell how fast they were."""
    given = argparse.ArgumentParser()
    given.add_argument("name", choices=["product", "by hand", "script"])
    given.add_argument("--url", required=True)
    given.add_argument("--postmaster", type=int, default=0)
    given.add_argument("--moves", type=Path, required=True)
    given.add_argument("--most", type=int, default=2_000)
    given.add_argument("--writers", type=int, default=1)
    given.add_argument("--seconds", type=float, default=0)
    asked = given.parse_args()
    if asked.name == "script":
        script(asked.url, asked.most, asked.moves)
        tell({"moves": len(pickle.loads(asked.moves.read_bytes()))})
        return
    moves = pickle.loads(asked.moves.read_bytes())
    context = multiprocessing.get_context("fork")
    ready, results = context.Barrier(asked.writers), context.Queue()
    parts = [moves[place :: asked.writers] for place in range(asked.writers)]
    processes = [
        context.Process(target=_write, args=(asked.name, asked.url, part, asked.seconds, ready, results))
        for part in parts
    ]
    for each in processes:
        each.start()
    found = [results.get(timeout=600) for _ in processes]
    for each in processes:
        each.join()
    waits = [wait for _, some in found for wait in some]
    tell({
        "p50": median(waits), "p99": percentile(waits, 0.99), "longest": max(waits), "made": len(waits),
        "rate": len(waits) / max(spent for spent, _ in found),
    })  # fmt: skip


# --- the runner's side --------------------------------------------------------------------------------------------


def _scripted(arena: Arena, database: str, count: int, most: int) -> tuple[Path, Told]:
    """Moves to make, and what each case is after its own: made one after the other by one person, once for all sizes.

    The first cases of a store are the same however many follow.
    """
    path = arena.home / f"moves-{database}.pickle"
    left = path.with_suffix(".left")
    if not path.exists():
        url = arena.after_a_night(database, count)
        arena.run("benchmarks.moves", "script", "--moves", str(path), "--most", str(most), url=url)
        prove(url)
        left.write_bytes(pickle.dumps(cases(url, moved(url), chained=False)))
    plain: Told = pickle.loads(left.read_bytes())
    return path, plain


def race(arena: Arena, report: Report, count: int, rounds: int, most: int) -> None:
    """One move, and 1, 2 and 8 writers."""
    for database in arena.databases:
        path, plain = _scripted(arena, database, count, most)
        found: dict[tuple[str, int], list[dict[str, Any]]] = {}
        for round_ in range(rounds):
            for writers in (1, 2, 8):
                for name in ("product", "by hand"):
                    url = arena.after_a_night(database, count)
                    one = arena.run(
                        "benchmarks.moves",
                        name,
                        "--moves",
                        str(path),
                        "--writers",
                        str(writers),
                        "--seconds",
                        "4",
                        url=url,
                    )
                    found.setdefault((name, writers), []).append(one)
                    report.runs.append(
                        {"database": database, "count": count, "name": f"move {name}", **one, "round": round_}
                    )
                    kept = moved(url)
                    if len(kept) != one["made"] + WARM * writers:
                        raise Failed(
                            f"{database}, {name}, {writers} writers: {one['made']} moves made and {len(kept)} kept"
                        )
                    agree(cases(url, kept, chained=False), plain, f"{name}, {writers} writers")
                    if round_ == 0:
                        prove(url)

        def of(name: str, writers: int, what: str, found: Any = found) -> float:
            return median([each[what] for each in found[name, writers]])

        where = f"{database}, {count:,} cases"
        ours, theirs = of("product", 1, "p50") * 1e3, of("by hand", 1, "p50") * 1e3
        report.at_most(
            "one move by the library, durable, p50",
            "the same statements by hand",
            where,
            ours,
            theirs,
            1.5,
            "ms",
        )
        for writers in (1, 2, 8):
            ours, theirs = of("product", writers, "rate"), of("by hand", writers, "rate")
            report.share(
                f"moves a second, {writers} writers, none lost",
                "the same by hand",
                where,
                ours,
                theirs,
                0.7,
                "/s",
            )
        if database == "sqlite":
            report.below("p99 of a move with 8 writers", where, of("product", 8, "p99") * 1e3, 50, "ms")


def during_the_check(arena: Arena, report: Report, count: int, rounds: int, most: int) -> None:
    """People's moves while the nightly check runs, against their own p99 without it."""
    for database in arena.databases:
        path, plain = _scripted(arena, database, count, most)
        url = arena.after_a_night(database, count)
        waiting = set(due(url))
        arena.run("benchmarks.contestant", "product", "--then-anchor", url=url)
        passed = cases(url, waiting)
        asked = ("benchmarks.moves", "product", "--moves", str(path), "--seconds", "4")
        found: dict[str, list[dict[str, Any]]] = {"alone": [], "beside": []}
        for round_ in range(rounds):
            found["alone"].append(arena.run(*asked, url=arena.after_a_night(database, count)))
            url = arena.after_a_night(database, count)
            beside = _beside_the_check(arena, url, asked)
            found["beside"].append(beside)
            kept = set(moved(url))
            if still_due(url) or len(kept) != beside["made"] + WARM:
                raise Failed(f"{database}: {beside['made']} moves and a check at once lost something")
            agree(cases(url, kept - waiting, chained=False), plain, "moves while the check ran")
            agree(cases(url, waiting - kept), passed, "the check while people moved cases")
            if round_ == 0:
                prove(url)
        where = f"{database}, {count:,} cases"
        for how, some in found.items():
            name = f"moves {how}, of the check"
            report.runs += [
                {"database": database, "count": count, "name": name, **each, "round": round_}
                for round_, each in enumerate(some)
            ]
        if database == "sqlite":
            longest = max(each["longest"] for each in found["beside"])
            report.below("longest wait for a move while the check runs", where, longest, 0.5, "s")
        else:
            ours, theirs = (median([each["p99"] for each in found[how]]) * 1e3 for how in ("beside", "alone"))
            report.at_most("p99 of moves while the check runs", "without it", where, ours, theirs, 4, "ms")


def _beside_the_check(arena: Arena, url: str, asked: Sequence[str]) -> dict[str, Any]:
    """What a run tells of itself that the nightly check goes on beside."""
    with arena.alone():
        check = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.contestant", "product", "--then-anchor", "--url", url],
            cwd=Path(__file__).parent.parent,
            stdout=subprocess.DEVNULL,
        )
        told = arena.run(*asked, url=url)
        if check.wait():
            raise Failed("the check beside which people moved cases failed")
    return told


if __name__ == "__main__":
    main()
