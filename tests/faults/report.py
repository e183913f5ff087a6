"""Makes docs/faults.md from the rows that a run of whole.py left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.faults.place import STORES

TARGET = Path(__file__).parents[2] / "docs" / "faults.md"
Row = dict[str, Any]
KINDS = ("lost", "doubled", "leaked", "not_whole")
HEAD = """# What was broken on purpose

Made by `make faults`; do not edit. Each row is one command under one fault. A *repetition* is one fresh store, one
fault, one look at what was left, and the same command once more.

- **Lost**: a printed receipt (`saved - entry N - code`) that is not on the trail, an end with exit code 0 without its
  effect, or an effect that giving the command again does not bring about.
- **Doubled**: more in the store after the second time than one undisturbed run leaves. A note may be written twice on
  purpose, so there the person looks first and repeats it only where it is not there.
- **Leaked**: an invented child's name in anything printed, in a log or in a file left behind, or a file of ours that
  others on the computer can read.
- **Not whole**: the record does not verify (`audit verify`: chains, states against the sum of their entries, dates),
  half of one transaction is there (any column of any table, or half of a file that was to be written), or the program
  showed a fault of its own instead of a sentence.

Every command runs on three kinds of store: plain SQLite, SQLCipher and PostgreSQL, where the content of cases is
sealed. In an encrypted file, too, no name may be found.

Kills are `strace` injections in front of a system call: every `write`, `pwrite64`, `ftruncate`, `fsync`, `fdatasync`,
`sendfile`, `copy_file_range`, `rename`, `link`, `unlink` and their kin, and `sendto` to the server. *Of* says how many
such calls the command makes (where it starts PostgreSQL's own programs, the process that makes most of that kind: they are
killed at the same number). Each of them is a point, and repetitions and *Of* are the same number, but for commands
that make hundreds or take seconds (`import` of 320 children, `init`, `db upgrade`, `backup`, `drill`, `restore`, pages):
there 25 of each kind of call are spread evenly, with the last three. So it is, for every command, with a disk that is
full or broken. A command is run in a copy (`fork`) of a process that has loaded the program; that it makes the calls of
one that is started is tested. What this machine cannot show: a loss of power with a disk that lies about what it has
written.

"""


def in_all(rows: list[Row]) -> list[str]:
    """One line for each fault and kind of store, in the order in which they were first met."""
    lines = [
        "| Fault | Store | Commands | Repetitions | Of | Lost | Doubled | Leaked | Not whole |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for fault, store in dict.fromkeys((row["fault"], row["database"]) for row in by_fault(rows)):
        here = [row for row in rows if (row["fault"], row["database"]) == (fault, store)]
        points, of = (sum(row[name] for row in here) for name in ("points", "of"))
        counts = " | ".join(str(sum(row[kind] for row in here)) for kind in KINDS)
        cells = (fault, STORES[store], str(len(here)), f"{points:,}", f"{of:,}" if of else "-")
        lines.append(f"| {' | '.join(cells)} | {counts} |")
    return lines


def table(rows: list[Row]) -> list[str]:
    """Every command under every fault."""
    lines = [
        "| Fault | Command | Store | Repetitions | Of | Lost | Doubled | Leaked | Not whole |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in by_fault(rows):
        counts = " | ".join(str(row[kind]) for kind in KINDS)
        cells = (
            row["fault"],
            row["command"],
            STORES[row["database"]],
            str(row["points"]),
            str(row["of"] or "-"),
        )
        lines.append(f"| {' | '.join(cells)} | {counts} |")
    return lines


def by_fault(rows: list[Row]) -> list[Row]:
    """The rows with each fault's together, then those of each command."""
    faults, commands = (list(dict.fromkeys(row[name] for row in rows)) for name in ("fault", "command"))
    return sorted(
        rows,
        key=lambda row: (
            faults.index(row["fault"]),
            commands.index(row["command"]),
            [*STORES].index(row["database"]),
        ),
    )


def whence(rows: list[Row], planned: Sequence[str], commit: str, one_in: int) -> str:
    """Of what, when, and whether all of it."""
    first, last = (date.fromisoformat(each(row["on"] for row in rows)) for each in (min, max))
    when = f"on {first:%-d %B %Y}" if first == last else f"from {first:%-d %B} to {last:%-d %B %Y}"
    there = len({*planned} & {row["test"] for row in rows})
    if there == len(planned) and one_in > 1:
        return (
            f"**Not every point: one in {one_in} of those that `make faults` tries**, spread evenly over all commands, each on "
            f"one kind of store, as the suite takes them in CI. All tests of that share have ended, {when}, of commit "
            f"{commit[:12]}."
        )
    if there == len(planned):
        return f"One run of the whole, {when}, of commit {commit[:12]}."
    return f"Not the whole: {there:,} of its {len(planned):,} tests have ended, {when}, of commit {commit[:12]}. The rest has not been tried."


def counted(rows: list[Row]) -> str:
    """How many repetitions there were, and what they found, as a sentence in bold."""
    total = sum(row["points"] for row in rows)
    found = ", ".join(f"{sum(row[kind] for row in rows)} {kind.replace('_', ' ')}" for kind in KINDS)
    return f"**{total:,} repetitions: {found}.**"


FEW = 60
"""So many tests that were run again are told of one by one; of more, what they come to."""


def page(
    rows: list[Row],
    planned: Sequence[str],
    commit: str,
    one_in: int = 1,
    again: Sequence[tuple[str, list[Row]]] = (),
) -> str:
    """The page.

    Args:
        rows: what each test found.
        planned: every test that leaves a row.
        commit: the tree that was broken.
        one_in: of so many points one was tried; 1 for all.
        again: later commits, each with what tests found that were run again on it.
    """
    parts = [counted(rows), whence(rows, planned, commit, one_in)]
    if again:
        parts += [
            "## Run again after mending",
            "What was found was mended, and tried again; each time of a later commit.",
        ]
    for later, repeated in again:
        one_by_one = len(repeated) <= FEW
        parts += [
            f"Of commit {later[:12]}, {len(repeated)} of {len(planned)} tests: {counted(repeated)}",
            "\n".join(table(repeated) if one_by_one else in_all(repeated)),
        ]
    parts += ["## In all", "\n".join(in_all(rows)), "## Every command", "\n".join(table(rows))]
    return HEAD + "\n\n".join(parts) + "\n"
