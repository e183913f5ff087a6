"""The nightly check: the program against the limit, against mappers and engines, with nothing due, and as it grows."""

from __future__ import annotations

import math
from typing import Any

from benchmarks.agreement import Failed, agree, cases, due, outcome, prove, still_due
from benchmarks.arena import PEERS, Arena
from benchmarks.measure import median
from benchmarks.population import DUE_IN_TEN, WORK
from benchmarks.report import Report

BARS = {"sqlite": {"cpu": 1.6, "wall": 1.6}, "postgresql": {"cpu": 1.5, "wall": 1.2}}
CEILING = 2.0
CEILING_CASES, CEILING_ROUNDS = 10_000, 3
SMALL = 100_000
"""Below this many cases only the hard ceiling counts: start and first look-ups weigh too much."""
ONE_BY_ONE = 2_000
"""So many cases of a large store are dealt with one after the other as well; of a small one, all."""
LIMITS = {"sqlite": ("limit", "limit in chunks"), "postgresql": ("limit",)}
PEER_BARS = {"DBOS, a workflow a case": 150.0, "Prefect, a task a case": 500.0}


def _run(
    arena: Arena, report: Report, database: str, count: int, name: str, round_: int, *more: str, due: int = 3
) -> Any:
    url = arena.fresh(database, count, due=due)
    found = arena.run("benchmarks.contestant", name, *more, url=url)
    report.runs.append(
        {"database": database, "count": count, "name": name, "round": round_, "due": due, **found}
    )
    return url, found


def against_the_limit(arena: Arena, report: Report, count: int, rounds: int, *, orm: bool) -> None:
    """Race the program, the limit and the mapper's best loop, in turn; check that all leave the same."""
    report.rounds = rounds
    most = 0 if count < SMALL else ONE_BY_ONE
    for database in arena.databases:
        names = (*LIMITS[database], *(("orm",) if orm else ()), "product")
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
        left: dict[str, str] = {}
        url = arena.fresh(database, count)
        looked_at = due(url)[: most or None]
        arena.run("benchmarks.contestant", "plain", "--most", str(most), url=url)
        plain = cases(url, looked_at)
        for round_ in range(rounds):
            for name in names:
                url, one = _run(arena, report, database, count, name, round_)
                found[name].append(one)
                if round_ == 0:
                    if still_due(url):
                        raise Failed(f"{name} left {still_due(url)} clocks due")
                    left[name] = outcome(url)
        if len(set(left.values())) != 1:
            raise Failed(f"on {database} not everybody left the same: {left}")
        agree(cases(url, looked_at), plain, f"{database}: the check")
        _add(report, database, count, found)
        report.write(WORK)  # before what may take long
        prove(url)
    report.notes.append(
        f"{count:,} cases: after the program's last round the trail verifies; after the first, cases, clocks, heads of trails "
        f"and messages are the same to the byte whoever wrote them; and {f'the first {most:,}' if most else 'all'} due cases are, row by row, "
        "what the plain path makes of them one after the other."
    )


def ceiling(arena: Arena, report: Report) -> None:
    """Hold the check's CPU time to twice the limit's, on few cases: a ratio of the best of some runs in turn, for CI.

    What disturbs a machine only ever adds to a run's time, so that the best of several says what the work itself costs.
    """
    for database in arena.databases:
        best: dict[str, float] = {}
        for round_ in range(CEILING_ROUNDS):
            for name in ("product", *LIMITS[database]):
                _, one = _run(arena, report, database, CEILING_CASES, name, round_)
                best[name] = min(one["cpu"], best.get(name, one["cpu"]))
        cases = CEILING_CASES * DUE_IN_TEN / 10 / 1e6
        theirs = min(best[name] for name in LIMITS[database])
        report.at_most(
            "nightly check, cpu a due case, best of some", "the same rows by set-based SQL",
            f"{database}, {CEILING_CASES:,} cases", best["product"] / cases, theirs / cases, CEILING,
        )  # fmt: skip


def _add(report: Report, database: str, count: int, found: dict[str, list[dict[str, Any]]]) -> None:
    cases = count * DUE_IN_TEN / 10 / 1e6  # microseconds a case
    where = f"{database}, {count:,} cases"

    def of(name: str, what: str) -> float:
        return median([each[what] for each in found[name]])

    limit = min(LIMITS[database], key=lambda name: of(name, "cpu"))
    for what in ("cpu", "wall"):
        quickest = min(of(name, what) for name in LIMITS[database])
        bar = BARS[database][what] if count >= SMALL else CEILING if what == "cpu" else None
        report.at_most(
            f"nightly check, {what} a due case", f"the same rows by {'set-based SQL' if limit == 'limit' else 'SQL in chunks'}",
            where, of("product", what) / cases, quickest / cases, bar,
        )  # fmt: skip
    if "orm" in found:
        bar = {"sqlite": 12.0, "postgresql": 8.0}[database]
        for what in ("cpu", "wall"):
            report.at_least(
                f"nightly check, {what} a due case", "best loop of a mapper: transitions + SQLModel, 500 joined", where,
                of("product", what) / cases, of("orm", what) / cases, bar,
            )  # fmt: skip
    report.below("peak memory over the process's base", where, of("product", "over_base_mb"), 60, "MB")


def checkpoint(arena: Arena, report: Report, count: int, rounds: int) -> None:
    """What the night's checkpoint costs after the check: it covers what the check wrote, on a store like any other day's."""
    report.rounds = rounds
    for database in arena.databases:
        found: dict[str, list[float]] = {"cpu": [], "wall": []}
        for round_ in range(rounds):
            url = arena.after_a_night(database, count)
            one = arena.run("benchmarks.contestant", "product", "--then-anchor", url=url)
            report.runs.append(
                {
                    "database": database,
                    "count": count,
                    "name": "check and checkpoint",
                    "round": round_,
                    "due": 3,
                    **one,
                }
            )
            for what, values in found.items():
                values.append(one["checkpoint"][what] / (count * DUE_IN_TEN / 10) * 1e6)
        for what, values in found.items():
            report.told(
                f"the night's checkpoint after the check, {what} a due case",
                f"{database}, {count:,} cases",
                median(values),
            )


def nothing_due(arena: Arena, report: Report, count: int, rounds: int) -> None:
    """Check a store in which nothing is due, against reading the index of what is due."""
    report.rounds = rounds
    for database in arena.databases:
        found: dict[str, list[float]] = {"product": [], "index": []}
        for round_ in range(rounds):
            for name, walls in found.items():
                _, one = _run(arena, report, database, count, name, round_, due=0)
                walls.append(one["wall"] * 1e3)
        report.at_most(
            "nightly check with nothing due, wall", "reading the index of what is due", f"{database}, {count:,} cases",
            median(found["product"]), median(found["index"]), 3, "ms",
        )  # fmt: skip


def growth(report: Report) -> None:
    """How CPU time grows with the number of cases, over the runs made so far."""
    for database in ("sqlite", "postgresql"):
        spent: dict[int, list[float]] = {}
        for run in report.runs:
            if run["database"] == database and run["name"] == "product" and run["due"]:
                spent.setdefault(run["count"], []).append(run["cpu"])
        if len(spent) < 2:
            continue
        small, large = min(spent), max(spent)
        exponent = math.log(median(spent[large]) / median(spent[small])) / math.log(large / small)
        report.rounds = min(len(spent[small]), len(spent[large]))
        report.below(
            f"growth of CPU time as N^e, {small:,} to {large:,} cases: e", database, exponent, 1.1, ""
        )


def against_peers(arena: Arena, report: Report, count: int, rounds: int, most: int) -> None:
    """Race what the libraries' documentation shows, a case at a time, against the program."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        report.notes.append("The libraries' own loops were left out: python -m benchmarks --install-peers")
        return
    from benchmarks.peers import BESIDES, ENGINES, SLOW
    from benchmarks.peers import PEERS as NAMED

    report.rounds = rounds
    report.notes.append(
        "Each library's loop writes the same rows for a case as the program (trail with hash, case, clock, message), and "
        "they are the program's to the byte, hashes included, which verify. Nothing is left out; besides, "
        + "; ".join(f"{name} {what}" for name, what in BESIDES.items())
        + "."
    )
    faults = []
    for database in arena.databases:
        ours: list[dict[str, Any]] = []
        theirs: dict[str, list[dict[str, Any]]] = {}
        looked_at = due(arena.fresh(database, count))[:most]
        for round_ in range(rounds):
            url, one = _run(arena, report, database, count, "product", round_)
            ours.append(one)
            told = cases(url, looked_at)
            prove(url)
            for name in NAMED:
                if database not in ENGINES.get(name, arena.databases):
                    continue
                few = max(20, most // 10) if name in SLOW else most
                url = arena.fresh(database, count)
                before = still_due(url)
                try:
                    one = arena.run("benchmarks.peers", name, "--most", str(few), url=url, python=python)
                    if still_due(url) != before - one["cases"]:
                        raise Failed(f"{name} left {still_due(url)} of {before} clocks due")
                    if round_ == 0:
                        agree(cases(url, looked_at[:few]), told, f"{name} on {database}")
                except Failed as failed:
                    faults.append(f"{name} on {database}: {str(failed)[-300:]}")
                    continue
                theirs.setdefault(name, []).append(one)
                report.runs.append(
                    {"database": database, "count": count, "name": name, "round": round_, "due": 3, **one}
                )
        own = {
            what: median([each[what] for each in ours]) / (count * DUE_IN_TEN / 10) * 1e6
            for what in ("cpu", "wall")
        }
        for name, runs in theirs.items():
            for what in ("cpu", "wall"):
                spent = median([each[what] / each["cases"] for each in runs]) * 1e6
                report.at_least(
                    f"nightly check, {what} a due case", f"{name}, a case at a time", f"{database}, {count:,} cases",
                    own[what], spent, PEER_BARS.get(name, 50.0),
                )  # fmt: skip
    if faults:
        raise Failed("; ".join(faults))
