"""Breaks everything at every point, on one tree, and writes docs/faults.md: python -m tests.faults.whole [words for pytest]

The tree is the last commit, laid out in a folder of its own, so that nobody's work in between comes into it. Each test
that ends leaves a row; cut short at any moment, the same command goes on with those that have none. With words for
pytest (-k "db restore") it takes a slice. Another commit begins anew. With PATHWAYS_FAULTS_EVERY=10 it takes the share
that the suite tries, in a few minutes. With PATHWAYS_FAULTS_AFTER=d7870ecfd8d7 the page stays that of the run of that
commit, and what is tried now, after mending, stands in it in a section of its own; further commits named there, with
commas between, have been tried again since.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.faults.report import TARGET, Row, page

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".faults"
EVERY = "PATHWAYS_FAULTS_EVERY"
AFTER = "PATHWAYS_FAULTS_AFTER"
ROWS, PLAN = "rows.jsonl", "plan.json"
WITH = ("tests/faults", "-n", "2", "--dist", "worksteal")
NOTHING_LEFT = 5
"""pytest's exit code where every test has its row already."""


def last_commit() -> str:
    """The commit that is broken.

    Raises:
        SystemExit: this is no checkout.
    """
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit("What is broken is a commit, and there is none here. Take a checkout: git clone.")
    return done.stdout.strip()


def laid_out(commit: str, folder: Path) -> Path:
    """The tree of a commit, in a folder; laid out where it is not there yet."""
    tree = folder / "tree"
    if not tree.exists():
        fresh = folder / "fresh"
        fresh.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", str(fresh)], input=packed, check=True)
        fresh.rename(tree)
    return tree


def found(folder: Path) -> list[Row]:
    """What each test of a run found that has ended."""
    return [json.loads(line) for line in (folder / ROWS).read_text(encoding="utf-8").splitlines()]


def planned(folder: Path) -> list[str]:
    """Every test of a run."""
    names: list[str] = json.loads((folder / PLAN).read_text(encoding="utf-8"))
    return names


def main(words: list[str]) -> int:
    """Break what has not been broken yet, and write the page; pytest's exit code."""
    commit = last_commit()
    one_in = int(os.environ.get(EVERY, "1"))
    folder = KEPT / (commit[:12] if one_in == 1 else f"{commit[:12]}-one-in-{one_in}")
    tree = laid_out(commit, folder)
    told = {
        EVERY: str(one_in),
        "PATHWAYS_FAULTS_REPORT": str(folder / ROWS),
        "PATHWAYS_FAULTS_PLAN": str(folder / PLAN),
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *WITH, *words], cwd=tree, env={**os.environ, **told}, check=False
    )
    if (folder / ROWS).exists():
        before = os.environ.get(AFTER)
        if before:
            first, *others = before.split(",")
            whole, again = KEPT / first[:12], [(each, found(KEPT / each[:12])) for each in others]
            text = page(found(whole), planned(whole), first, again=[*again, (commit, found(folder))])
        else:
            text = page(found(folder), planned(folder), commit, one_in)
        TARGET.write_text(text, encoding="utf-8")
    return 0 if done.returncode == NOTHING_LEFT else done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
