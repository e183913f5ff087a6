"""Makes docs/faults.md from what the runs wrote down: python -m tests.faults.report results.jsonl [note=TEXT]"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[2] / "docs" / "faults.md"
KINDS = ("lost", "doubled", "leaked", "not_whole")
HEAD = """# What was broken on purpose

Made by `make faults`; do not edit. Each row is one command under one fault. A *repetition* is one fresh store, one
fault, one look at what was left, and the same command once more.

- **Lost**: a printed receipt (`saved - entry N - code`) that is not on the trail, an end with exit code 0 without its
  effect, or an effect that giving the command again does not bring about.
- **Doubled**: more in the store after the second time than one undisturbed run leaves. A note may be written twice on
  purpose, so for `record note` the person looks first and repeats it only where it is not there.
- **Leaked**: an invented child's name in anything printed, in a log or in a file left behind, or a file of ours that
  others on the computer can read.
- **Not whole**: the record does not verify (`audit verify`: chains, states against the sum of their entries, dates),
  half of one transaction is there, or the program showed a fault of its own instead of a sentence.

Kills are `strace` injections in front of a system call: every `write`, `pwrite64`, `ftruncate`, `fsync`, `fdatasync`,
`rename`, `unlink`, and `sendto` to the server. *Of* says how many such calls the command makes; where it makes one kind
more than 25 times, points are spread evenly over them. What this machine cannot show: a loss of power with a disk that
lies about what it has written.

"""


def table(rows: list[dict[str, Any]]) -> list[str]:
    """The rows, faults in the order in which they were first met."""
    lines = [
        "| Fault | Command | Database | Repetitions | Of | Lost | Doubled | Leaked | Not whole |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    order = list(dict.fromkeys(row["fault"] for row in rows))
    for row in sorted(rows, key=lambda each: order.index(each["fault"])):
        counts = " | ".join(str(row[kind]) for kind in KINDS)
        name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[row["database"]]
        cells = (row["fault"], row["command"], name, str(row["points"]), str(row["of"] or "-"))
        lines.append(f"| {' | '.join(cells)} | {counts} |")
    return lines


def main(paths: list[str]) -> None:
    """Write the page from the files of results."""
    notes = [each.removeprefix("note=") for each in paths if each.startswith("note=")]
    paths = [each for each in paths if not each.startswith("note=")]
    rows = [
        json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()
    ]
    total = sum(row["points"] for row in rows)
    found = ", ".join(f"{sum(row[kind] for row in rows)} {kind.replace('_', ' ')}" for kind in KINDS)
    summary = f"**{total:,} repetitions: {found}.**"
    TARGET.write_text(
        HEAD + "\n".join([summary, "", *notes, *[""][: len(notes)], *table(rows)]) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
