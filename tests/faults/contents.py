"""What stands in a store and beside it, as far as it is the same after each whole run; and what does not hold of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from tests.faults.jobs import CANARIES, Job
from tests.faults.place import Place, Ran

MANY_ROWS = 400
"""Rows of a table beyond which they are counted and not compared."""
RECEIPT = re.compile(r"saved - entry (\d+) - ([0-9a-f]{8})")
PASSED_OVER = frozenset((
    "check_run", "copy_run", "form_draft", "trail_payload", "alembic_version", "counter", "access_log", "search_log",
    "uncovered", "tree_run",
))  # fmt: skip
"""Tables whose number of rows says nothing of effects: runs are noted each time, payloads are proved with the trail,
a refused form is kept for whoever filled it in. Notes of entries that no checkpoint covers are as many as the entries,
refused ones too; the tree of the last checkpoint is proved with it."""
COUNTED = {"school_days": "DISTINCT school || version"}
"""What is counted where rows are editions: the same terms twice are the same terms."""
REFUSED = {
    "outbox": "event <> 'pathways.move.refused'",
    "trail": "action NOT LIKE 'refused:%' AND action <> 'looked'",
    "case_key": "case_ref NOT LIKE '~%'",
}
"""Rows that count: a second time may be refused, and that is written down too, perhaps with the key of somebody's own
chain."""
UNFINISHED = re.compile(r"^\.|\.part$|\.new$")
"""Names of files that nobody takes for the real ones."""
DRAWN = re.compile(r"-[\w-]{22}(?=\.ics$)|(?<=pathways)-[\d-]+(?=\.backup)")
"""What differs from run to run in the name of a calendar, and of a backup."""
NOTED = "trail.noted"
"""Whether what is taken out is said to be."""
Contents = dict[str, Any]


def contents(place: Place, job: Job) -> Contents:
    """What stands in the store and beside it: rows by table, each column's values, every step of the trail, files.

    Keys of rows differ from run to run, so they are left out; what is in a column is kept as a fingerprint.
    """
    from models.store import open_store
    from pathways.errors import PathwayError

    found = _files(place, job)
    try:
        store = open_store(place.url, check=False)
    except PathwayError:
        return found
    with store, store.reading() as tx:
        names = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            if store.dialect == "sqlite"
            else "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
        )
        tables = sorted(name for (name,) in tx.connection.execute(names).fetchall())
        passed_over = (PASSED_OVER | {*job.passes_over}) - {*job.counts}
        counted = [each for each in tables if each not in passed_over and not each.startswith("due")]
        found |= _rows(tx.connection, counted, job)
        if "trail" in tables:
            steps = tx.connection.execute(
                f"SELECT action, from_state, to_state, rule FROM trail{_where('trail', job)}"
            )
            found["steps"] = sorted(tuple(map(str, step)) for step in steps.fetchall())
            found[NOTED] = any(
                action in job.notes
                for (action,) in tx.connection.execute("SELECT action FROM trail").fetchall()
            )
        if "alembic_version" in tables:
            found["revision"] = tx.connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return found


def _rows(connection: Any, tables: Sequence[str], job: Job) -> Contents:
    """How many rows each table has, and of those that have some and not too many, what is in them."""
    asked = " UNION ALL ".join(
        f"SELECT '{each}', count({COUNTED.get(each, '*')}) FROM \"{each}\"{_where(each, job)}"
        for each in tables
    )
    found: Contents = dict(connection.execute(asked).fetchall()) if tables else {}
    for table, count in [*found.items()]:
        if 0 < count <= MANY_ROWS and table not in COUNTED:
            found |= _columns(connection, table, job)
    return found


def _columns(connection: Any, table: str, job: Job) -> Contents:
    found: Contents = {}
    cursor = connection.execute(f'SELECT * FROM "{table}"{_where(table, job)}')
    names = [column[0] for column in cursor.description]
    columns = zip(*cursor.fetchall(), strict=True)
    for name, values in zip(names, columns, strict=False):
        column = f"{table}.{name}"
        if name != "id" and not name.endswith("_id") and column not in job.passes_over:
            found[column] = sha256("\0".join(sorted(map(str, values))).encode()).hexdigest()[:12]
    return found


def _where(table: str, job: Job) -> str:
    """Which of a table's rows count."""
    said = [REFUSED[table]] if table in REFUSED else []
    if table == "trail":
        said += [f"action <> '{each}'" for each in job.notes]
    return f" WHERE {' AND '.join(said)}" if said else ""


def _files(place: Place, job: Job) -> Contents:
    """The files that the command writes for somebody, each with what shows that it is whole."""
    folders = [place.out, *(place.home / each for each in job.folders)]
    found: Contents = {}
    for note in place.home.glob("*.keys.json"):
        found["file note"] = {name: len(each) for name, each in json.loads(note.read_text()).items()}
    for settings in place.home.glob("pathways.toml"):
        found["file settings"] = [
            line.strip() for line in settings.read_text().splitlines() if not line.startswith("url")
        ]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = str(path.relative_to(place.folder))
            if path.is_file() and not any(map(UNFINISHED.search, path.relative_to(folder).parts)):
                found[f"file {DRAWN.sub('', name)}"] = shape(path, place, job)
    return found


def shape(path: Path, place: Place, job: Job) -> Any:
    """What is the same in every whole file of a kind, and is not so in half of one."""
    content = path.read_bytes()
    if path.suffix == ".docx":
        try:
            with ZipFile(path) as file:
                return ["whole" if file.testzip() is None else "broken", *file.namelist()]
        except BadZipFile:
            return "half a document"
    if path.suffix == ".json":
        try:
            return sorted(json.loads(content))
        except ValueError:
            return "half of it"
    if path.suffix == ".backup":
        return _backup(path, place, job)
    if path.suffix == "":
        return (
            "there"  # the keys of cases, which are never read half: they get their name once they are whole
        )
    return [content.count(b"\n"), content[-20:].hex() if path.suffix in (".html", ".py", ".ics") else ""]


def _backup(path: Path, place: Place, job: Job) -> str:
    from models.copy_files import content, read
    from models.sealed_file import NotWhole

    with place.surroundings(job):
        try:
            return "whole" if sum(map(len, content(read(path)))) else "empty"
        except NotWhole:
            return "half a backup"


def faults_of(place: Place, job: Job) -> list[str]:
    """What does not hold of a store that should be whole: chains, states against entries, dates."""
    with place.surroundings(job):
        return faults_at(place.url)


def faults_at(url: str) -> list[str]:
    """As `faults_of`, for a store that needs nothing around it."""
    from models.setup import options_of, rules_of
    from models.store import open_store
    from models.verify import verify

    with open_store(url) as store:
        with store.reading() as tx:
            laid_out = "calendar_last" in options_of(tx)
        return [str(each) for each in verify(store, rules_of(store) if laid_out else None).faults]


def receipts_missing(place: Place, job: Job, printed: str) -> list[str]:
    """The receipts that were printed and are not on the trail."""
    from models.store import open_store

    asked = RECEIPT.findall(printed)
    if not asked:
        return []
    with place.surroundings(job), open_store(place.url) as store, store.reading() as tx:
        there = {(row.seq, bytes(row.hash).hex()[:8]) for row in tx.each("whole_trail")}
    return [f"entry {seq} - {code}" for seq, code in asked if (int(seq), code) not in there]


def leaks(place: Place, *ran: Ran, shows_names: bool = False) -> list[str]:
    """Where a name got out: what was printed, logs, files left behind; and files of ours that others can read.

    What a command writes into `out` is what somebody asked for; it may hold names where only they can read it.
    """
    found = []
    for each in ran:
        for canary in () if shows_names else CANARIES:
            if canary in each.out or canary in each.err:
                found.append("a name was printed")
    for path in (*place.home.rglob("*"), *place.temp.rglob("*"), *place.out.rglob("*")):
        if path.is_dir():
            continue
        asked_for, content = place.out in path.parents, path.read_bytes()
        named = any(canary.encode() in content for canary in CANARIES)
        if path.stat().st_mode & 0o077 and (named or not asked_for):
            found.append(f"{path.name} can be read by others")
        is_store = ".db" in path.name and place.home in path.parents and not place.url.endswith(SEALED)
        if named and not is_store and not asked_for:
            found.append(f"a name is in {path.name}")
    return found


SEALED = "/encrypted.db"
"""What an encrypted store is called here: in it, too, no name may be found."""


def counted(found: Contents) -> Contents:
    """Of what stands in a store, only what an attempt that is refused does not change."""
    return {name: value for name, value in found.items() if "." not in name and not name.startswith("file ")}


def half_made(place: Place) -> list[str]:
    """What a killed run left that the next one should have cleared away."""
    return [each.name for folder in (place.home, place.out) for each in folder.glob(".*ing-*")]


def difference(wanted: Mapping[str, Any], there: Mapping[str, Any]) -> str:
    """What differs, briefly."""
    names = [name for name in {**wanted, **there} if wanted.get(name) != there.get(name)]
    return ", ".join(
        f"{name}: {_brief(wanted, name)} wanted, {_brief(there, name)} there" for name in names[:6]
    )


def _brief(found: Mapping[str, Any], name: str) -> Any:
    value = found.get(name)
    return len(value) if isinstance(value, list) and name == "steps" else value
