"""Whole commands, the trail's verification, an import, a working-day date, a search by name."""

from __future__ import annotations

import argparse
import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.agreement import prove
from benchmarks.arena import Arena
from benchmarks.measure import measured, median, tell
from benchmarks.moves import script
from benchmarks.population import AS_OF, ROOT, rules
from benchmarks.report import Report
from models.anchors import make
from models.connecting import sqlite_path
from models.importing import import_census
from models.names import fold_name, sounds
from models.prepared import statement
from models.store import open_store
from models.verify import verify
from tests.casefile import COORDINATOR

COMMANDS = (
    # the command                       may cost so much of the import
    (("--help",), 0.25),
    (("worklist",), 0.5),
    (("show", "{case}"), 0.5),
    (("next", "{case}"), 0.5),
    (("why", "{case}"), 0.5),
    (("do", "{mine}", "{move}", "--no-input", "--from", "{answers}"), 1.2),
)  # fmt: skip


def commands(arena: Arena, report: Report, count: int, rounds: int) -> None:
    """Whole processes on a store of `count` cases, against importing the mapper."""
    from models.place import PRACTICE
    from models.setup import AtTheKeyboard, fill
    from pathways.roles import Role

    path = arena.home / "moves"
    script(arena.fresh("sqlite", count), rounds * 3 + 1, path)
    moves = iter(pickle.loads(path.read_bytes()))
    url = arena.fresh("sqlite", count)
    with open_store(url) as store:
        (case,) = store.connection.execute(
            "SELECT reference FROM pathway_case WHERE pathway = 'child_protection' ORDER BY id LIMIT 1"
        ).fetchone()
        who = AtTheKeyboard(PRACTICE, "Coordinator", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=AS_OF, practice_clock=AS_OF)
        make(store, AS_OF)
    env = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PATHWAYS_DATABASE_URL": url,
        "PYTHONPATH": str(ROOT),
        "NO_COLOR": "1",
    }

    def filled_in(words: tuple[str, ...]) -> list[str]:
        if "{mine}" not in words:
            return [each.format(case=case) for each in words]
        mine, move, answers, _ = next(moves)
        path = arena.home / "answers.json"
        path.write_text(json.dumps(answers, default=str), encoding="utf-8")
        return [each.format(mine=mine, move=move.replace("_", "-"), answers=path) for each in words]

    def wall(arguments: list[str]) -> tuple[float, int]:
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=env,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return time.perf_counter() - began, done.returncode

    main = ["-c", "import sys; from cli import main; sys.argv[0] = 'pathways'; sys.exit(main())"]
    spent: dict[str, list[float]] = {}
    codes: dict[str, int] = {}
    for _ in range(rounds * 3):
        for words, _ in COMMANDS if not spent else ():
            wall([*main, *filled_in(words)])
        spent.setdefault("import", []).append(wall(["-c", "import sqlmodel"])[0])
        for words, _ in COMMANDS:
            took, code = wall([*main, *filled_in(words)])
            spent.setdefault(words[0], []).append(took)
            codes[words[0]] = max(code, codes.get(words[0], 0))
    for words, bar in COMMANDS:
        if codes[words[0]]:
            report.notes.append(
                f"the command {words[0]} ended with {codes[words[0]]}; its time is not that of an answer"
            )
        ours, theirs = median(spent[words[0]]) * 1e3, median(spent["import"]) * 1e3
        report.at_most(
            f"command {words[0]}, whole process",
            "import sqlmodel",
            f"sqlite, {count:,} cases",
            ours,
            theirs,
            bar,
            "ms",
        )


def verification(arena: Arena, report: Report, count: int, rounds: int) -> None:
    """Verifying every entry, against fetching the same rows."""
    url = arena.fresh("sqlite", count)
    found: dict[str, list[dict[str, Any]]] = {"verify": [], "fetch": []}
    for _ in range(rounds):
        for name, runs in found.items():
            runs.append(arena.run("benchmarks.others", name, url=url))
    ours, theirs = (median([each["cpu"] for each in found[name]]) for name in ("verify", "fetch"))
    entries = found["verify"][0]["entries"]
    where = f"sqlite, {entries:,} entries"
    report.runs += [{"name": name, "count": count, **each} for name, runs in found.items() for each in runs]
    report.at_most(
        "audit verify, cpu an entry",
        "SQLite fetching the same rows",
        where,
        ours / entries * 1e6,
        theirs / entries * 1e6,
        3,
    )
    report.below(
        "audit verify, peak memory over the process's base",
        where,
        median([x["over_base_mb"] for x in found["verify"]]),
        300,
        "MB",
    )


def census(arena: Arena, report: Report, children: int, rounds: int) -> None:
    """Reading a census into an empty store, against `iterparse` of lxml over the same file doing nothing."""
    from models.setup import AtTheKeyboard, fill, make_tables
    from pathways.invented import write_census
    from pathways.roles import Role

    path = arena.home / "census.xml"
    with path.open("wb") as out:
        write_census(out, children=children)
    for database in arena.databases:
        found: dict[str, list[dict[str, Any]]] = {"import": [], "parse": []}
        for each in range(rounds):
            url = _empty(arena, database, f"census-{each}")
            make_tables(url)
            with open_store(url) as store:
                who = AtTheKeyboard("benchmark", "Importer", (Role.COORDINATOR,))
                fill(store, who, authority="sefton", now=AS_OF, practice_clock=AS_OF)
            for name, runs in found.items():
                runs.append(arena.run("benchmarks.others", name, "--file", str(path), url=url))
        if database == "postgresql":
            prove(url)  # the other one is held to the plain path, see benchmarks.imports
        ours, theirs = (median([each["cpu"] for each in found[name]]) for name in ("import", "parse"))
        where = f"{database}, {children:,} children"
        report.runs += [
            {"name": f"census {name}", "database": database, "count": children, **each}
            for name, runs in found.items()
            for each in runs
        ]
        report.at_most("import cin-census, cpu", "lxml iterparse doing nothing", where, ours, theirs, 40, "s")
        report.below(
            "import cin-census, peak memory over the process's base", where,
            median([each["over_base_mb"] for each in found["import"]]), 100, "MB",
        )  # fmt: skip


def _empty(arena: Arena, database: str, name: str) -> str:
    """The address of a store that has nothing in it."""
    if database == "sqlite":
        return f"sqlite:///{arena.home / name}.db"
    assert arena.cluster
    arena.cluster.drop(name)
    with arena.cluster.connect() as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return arena.cluster.url(name)


def _parse(path: Path) -> None:
    from lxml import etree

    for _, element in etree.iterparse(str(path), events=("end",)):
        element.clear()


ROWS = ("whole_trail", "every_case_state", "every_record_print", "every_deadline")


def days(report: Report) -> None:
    """A working-day due date, against `holidays`' own call."""
    try:
        import holidays
    except ImportError:
        report.notes.append(
            "holidays is not installed (make setup with the extra 'calendar'): no working-day row"
        )
        return
    theirs = holidays.country_holidays("GB", subdiv="ENG", years=range(2024, 2028))
    calendar = rules().calendar
    pairs = [(date(2025, 1 + each % 12, 1 + each % 28), 1 + each % 60) for each in range(2_000)]
    assert all(
        calendar.add_working_days(day, many) == theirs.get_nth_working_day(day, many)
        for day, many in pairs[:200]
    )

    def timed(call: Callable[[date, int], Any], times: int) -> float:
        began = time.process_time()
        for _ in range(times):
            for day, many in pairs:
                call(day, many)
        return (time.process_time() - began) / times / len(pairs) * 1e6

    ours = median([timed(calendar.add_working_days, 20) for _ in range(5)])
    other = median([timed(theirs.get_nth_working_day, 1) for _ in range(3)])
    report.at_least("a working-day due date", "holidays.get_nth_working_day", "in memory", ours, other, 100)


def search(arena: Arena, report: Report, count: int, rounds: int) -> None:
    """Searching by name, against one equality on an index."""
    for database in arena.databases:
        with open_store(arena.fresh(database, count)) as store, store.reading() as tx:
            rows = tx.connection.execute(
                "SELECT given, family FROM person_name ORDER BY id LIMIT 400"
            ).fetchall()
            asked = [(f"{given} {family}", family) for given, family in rows]
            mark = "?" if database == "sqlite" else "%s"
            plain = f"SELECT * FROM person_name WHERE folded = {mark} LIMIT 20"
            statement(database, "people_by_name")

            def ours(name: str, family: str, tx: Any = tx) -> None:
                found = fold_name(name)
                tx.all(
                    "people_by_name", folded=found, sounds=sounds(family), letter=found[0],
                    after=chr(ord(found[0]) + 1), most=20,
                )  # fmt: skip

            folded = {name: fold_name(name) for name, _ in asked}

            def theirs(
                name: str, _: str, tx: Any = tx, plain: str = plain, folded: dict[str, str] = folded
            ) -> None:
                tx.cursor.execute(plain, [folded[name]])
                tx.cursor.fetchall()

            walls: dict[str, list[float]] = {"ours": [], "theirs": []}
            for _ in range(rounds):
                for label, call in (("ours", ours), ("theirs", theirs)):
                    began = time.perf_counter()
                    for name, family in asked:
                        call(name, family)
                    walls[label].append((time.perf_counter() - began) / len(asked) * 1e6)
        report.at_most(
            "search by name", "one equality on an index", f"{database}, {count:,} people", median(walls["ours"]), median(walls["theirs"]), 10
        )  # fmt: skip


def main() -> None:
    """Verify or only fetch, import or only parse, in a process of its own."""
    given = argparse.ArgumentParser()
    given.add_argument("name", choices=["verify", "fetch", "import", "parse"])
    given.add_argument("--url", required=True)
    given.add_argument("--file", type=Path)
    given.add_argument("--postmaster", type=int, default=0)
    asked = given.parse_args()
    rules()
    served = asked.name == "import" and not sqlite_path(asked.url)
    with open_store(asked.url) as store:
        with measured(asked.postmaster if served else None) as found:
            if asked.name == "verify":
                verdict = verify(store, rules())
            elif asked.name == "import":
                with asked.file.open("rb") as source:
                    import_census(store, rules(), source, now=AS_OF, actor=COORDINATOR)
            elif asked.name == "parse":
                _parse(asked.file)
            else:
                with store.reading() as tx:
                    for name in ROWS:
                        cursor = tx.connection.cursor()
                        cursor.arraysize = 2_000
                        cursor.execute(statement("sqlite", name).sql)
                        while cursor.fetchmany():
                            pass
        if asked.name == "verify":
            assert verdict.whole
            found["entries"] = verdict.entries
    tell(found)


if __name__ == "__main__":
    main()
