"""Run the benchmarks and write one report: `python -m benchmarks [--quick | --full] [--only SECTION ...]`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import moves, nightly, others
from benchmarks.arena import PEERS, WORK, Arena, Failed, arena, versions
from benchmarks.population import clocks_a_case
from benchmarks.report import Report

SIZES = {"quick": (10_000,), "usual": (10_000, 100_000), "full": (10_000, 100_000, 1_000_000)}
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


def sections(size: str) -> dict[str, Callable[[Arena, Report], None]]:
    """What there is to run, by name."""
    counts, rounds = SIZES[size], ROUNDS[size]

    def check(place: Arena, report: Report) -> None:
        for count in counts:
            small = count <= nightly.SMALL
            nightly.against_the_limit(
                place, report, count, rounds if small else 2, plain=count <= 10_000, orm=small
            )  # fmt: skip
        nightly.growth(report)

    def quiet(place: Arena, report: Report) -> None:
        nightly.nothing_due(place, report, min(counts[-1], nightly.SMALL), rounds + 2)

    def peers(place: Arena, report: Report) -> None:
        count = min(counts[-1], nightly.SMALL)
        # A ratio of fifty and more needs no second round.
        nightly.against_peers(place, report, count, 1, 200 if size == "quick" else 600)

    def people(place: Arena, report: Report) -> None:
        moves.race(place, report, 10_000, rounds, 1_500)
        moves.during_the_check(place, report, counts[-1] if size == "quick" else nightly.SMALL, 1_500)

    def desk(place: Arena, report: Report) -> None:
        others.commands(place, report, 15_000, rounds)

    def proof(place: Arena, report: Report) -> None:
        others.verification(place, report, {"quick": 10_000, "usual": 100_000, "full": 200_000}[size], rounds)

    def returns(place: Arena, report: Report) -> None:
        others.census(
            place,
            report,
            {"quick": 2_700, "usual": 27_000, "full": 27_000}[size],
            1 if size == "quick" else 2,
        )

    def memory(place: Arena, report: Report) -> None:
        others.days(report)
        others.search(place, report, 10_000 if size == "quick" else 50_000, rounds + 2)

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
    given.add_argument("--no-peers", action="store_true", help="leave the libraries' own loops out")
    given.add_argument("--install-peers", action="store_true", help="make the peers' environment and stop")
    given.add_argument(
        "--ceiling", action="store_true", help="only the check against its limit on few cases, for CI"
    )
    asked = given.parse_args()
    if asked.ceiling:
        return hold_to_the_ceiling()
    chosen = asked.size or "usual"
    if asked.install_peers:
        install_peers()
        return 0
    report, faults = Report(), 0
    with arena() as place:
        report.versions = versions(place.cluster)
        report.notes.append(
            f"{clocks_a_case():.1f} running clocks a case; all pathways; 30 % with a limit passed."
        )
        for name, run in sections(chosen).items():
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
