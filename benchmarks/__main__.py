"""Run the benchmarks and write one report: `python -m benchmarks [--quick | --full] [--only SECTION ...]`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import imports, moves, nightly, others
from benchmarks.agreement import Failed
from benchmarks.arena import DATABASES, PEERS, Arena, Turn, arena, versions
from benchmarks.population import ROOT, WORK, clocks_a_case
from benchmarks.report import Report, commit

SIZES = {"quick": (10_000,), "usual": (10_000, 100_000), "full": (10_000, 100_000, 1_000_000)}
MOVED = 10_000
"""Cases of the store in which people move them; as many at least while the check runs."""
ROUNDS = {"quick": 2, "usual": 3, "full": 3}


def install_peers() -> None:
    """Make the peers' own environment."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        WORK.mkdir(exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
    wanted = Path(__file__).with_name("requirements-peers.txt")
    if (PEERS / "installed").exists() and (PEERS / "installed").read_text() == wanted.read_text():
        return
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--quiet", "-r", str(wanted)], check=True)
    (PEERS / "installed").write_text(wanted.read_text())


def sections(size: str, counts: Sequence[int]) -> dict[str, Callable[[Arena, Report], None]]:
    """What there is to run, by name; `counts` are the numbers of cases, the largest last."""
    rounds = ROUNDS[size]

    def check(place: Arena, report: Report) -> None:
        for count in counts:
            small = count <= nightly.SMALL
            nightly.against_the_limit(place, report, count, rounds if small else 2, orm=small)
        nightly.growth(report)
        nightly.checkpoint(place, report, min(counts[-1], nightly.SMALL), rounds)

    def quiet(place: Arena, report: Report) -> None:
        nightly.nothing_due(place, report, min(counts[-1], nightly.SMALL), rounds + 2)

    def peers(place: Arena, report: Report) -> None:
        count = min(counts[-1], nightly.SMALL)
        # A ratio of fifty and more needs no second round.
        nightly.against_peers(place, report, count, 1, 200 if size == "quick" else 600)

    def people(place: Arena, report: Report) -> None:
        report.rounds = rounds
        moves.race(place, report, MOVED, rounds, 1_500)
        most = max(counts[-1], MOVED) if size == "quick" else nightly.SMALL
        moves.during_the_check(place, report, most, rounds, 1_500)

    def desk(place: Arena, report: Report) -> None:
        report.rounds = rounds * 3
        place.fresh("sqlite", 15_000)  # filled before anybody else has to wait
        with place.alone():
            others.commands(place, report, 15_000, rounds)

    def proof(place: Arena, report: Report) -> None:
        report.rounds = rounds
        others.verification(place, report, {"quick": 10_000, "usual": 100_000, "full": 200_000}[size], rounds)

    def returns(place: Arena, report: Report) -> None:
        children = 2_700 if size == "quick" else 27_000
        report.rounds = 1 if size == "quick" else 2
        others.census(place, report, children, report.rounds)
        if "sqlite" in place.databases:
            imports.hold_to_plain(place, report, children)

    def memory(place: Arena, report: Report) -> None:
        report.rounds = 5
        with place.alone():
            others.days(report)
        people, report.rounds = 10_000 if size == "quick" else 50_000, rounds + 2
        for database in place.databases:
            place.fresh(database, people)
        with place.alone():
            others.search(place, report, people, rounds + 2)

    return {
        "nightly": check, "quiet": quiet, "moves": people, "commands": desk, "verify": proof, "import": returns, "dates": memory, "peers": peers,
    }  # fmt: skip


def hold_to_the_ceiling() -> int:
    """Run the check against its limit on few cases; 1 where it costs more than twice as much."""
    report = Report()
    with arena() as place:
        report.versions = versions(place.cluster)
        nightly.ceiling(place, report)
    sys.stdout.write(report.markdown())
    return int(not all(row.reached for row in report.rows))


def main() -> int:
    """Run what was asked for."""
    given = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    size = given.add_mutually_exclusive_group()
    size.add_argument(
        "--quick", action="store_const", const="quick", dest="size", help="10,000 cases, about ten minutes"
    )
    size.add_argument(
        "--full", action="store_const", const="full", dest="size", help="up to 1,000,000 cases, hours"
    )
    given.add_argument("--only", nargs="*", default=[], help="sections to run")
    given.add_argument("--cases", nargs="*", type=int, metavar="N", help="stores of so many cases instead")
    given.add_argument("--database", choices=DATABASES, help="only on this one")
    given.add_argument("--no-peers", action="store_true", help="leave the libraries' own loops out")
    given.add_argument("--install-peers", action="store_true", help="make the peers' environment and stop")
    given.add_argument(
        "--ceiling", action="store_true", help="only the check against its limit on few cases, for CI"
    )
    given.add_argument("--keep", type=Path, help="a folder in which filled stores stay for the next run")
    given.add_argument(
        "--lock", type=Path, help="a file that everybody who measures on this machine locks meanwhile"
    )
    given.add_argument(
        "--real-time",
        type=int,
        default=0,
        metavar="PRIORITY",
        help="measure in the real-time class (needs root)",
    )
    asked = given.parse_args()
    if asked.ceiling:
        return hold_to_the_ceiling()
    chosen = asked.size or "usual"
    if asked.install_peers:
        install_peers()
        return 0
    wanted = sections(chosen, sorted(asked.cases or SIZES[chosen]))
    if unknown := set(asked.only) - wanted.keys():
        given.error(f"no such section: {', '.join(sorted(unknown))}; there are {', '.join(wanted)}")
    report, faults = Report(commit=commit(ROOT)), 0
    with arena(Turn(asked.lock, asked.real_time), asked.database, asked.keep) as place:
        report.versions, report.places = versions(place.cluster), place.places
        report.notes.append(
            f"{clocks_a_case():.1f} running clocks a case; all pathways; 30 % with a limit passed."
        )
        for name, run in wanted.items():
            if (asked.only and name not in asked.only) or (name == "peers" and asked.no_peers):
                continue
            if name == "peers":
                install_peers()
            began = time.perf_counter()
            try:
                run(place, report)
            except Failed as failed:
                faults += 1
                report.notes.append(f"FAILED: {name}: {failed}")
            sys.stderr.write(f"{name}: {time.perf_counter() - began:.0f} s\n")
            report.write(WORK)  # what is there so far
    sys.stdout.write(report.markdown())
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
