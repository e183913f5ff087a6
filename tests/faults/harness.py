"""Breaking a command on purpose, and what must hold afterwards.

The command runs in a process of its own under `strace`, which kills it in front of a chosen system call or makes that
call fail. What it leaves is then opened by the program itself: the record must verify, every receipt that was printed
must be on the trail, all of it must be there or nothing, and the same command again must leave exactly what one
undisturbed run leaves. What an undisturbed run leaves is learned from two of them: where they differ (salts, hashes
over them) there is nothing to compare.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from commands.import_ import NO_CHECKPOINT
from tests.faults.forks import Forks, typing
from tests.faults.jobs import CANARIES, Job

ROOT = Path(__file__).parents[2]
STORES = {"sqlite": "SQLite", "sqlcipher": "SQLCipher", "postgresql": "PostgreSQL"}
"""The kinds of store, as tests and as tables call them."""
FILES = (
    "write", "writev", "pwrite64", "pwritev", "sendfile", "copy_file_range", "fsync", "fdatasync", "ftruncate", "rename", "renameat2",
    "link", "linkat", "unlink", "unlinkat",
)  # fmt: skip
CALLS = (*FILES, "sendto")
"""Everything by which a command changes something outside itself: files, names of files, the database's socket."""
DISK = (
    "write",
    "pwrite64",
    "sendfile",
    "copy_file_range",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "link",
)
"""What a disk that is full or broken refuses."""
WAIT = 120
MOST = 25
"""Points of one call in a long command, and of one kind of disk fault: beyond that they are spread evenly."""
MOST_IN_SUITE = 9
"""As `MOST`, in the suite."""
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
ALL_OF_IT = ("-xx", "-s", "1000000")
"""Has strace write down all that a call carries."""
SENT = re.compile(r'sendto\((\d+), "((?:\\x..)*)", \d+, .* = (-?\d+)')
THE_DRIVERS = "PDCH"
"""Messages that prepare a statement, describe it, close it, and ask for what there is."""
DRAWN = re.compile(r"-[\w-]{22}(?=\.ics$)|(?<=pathways)-[\d-]+(?=\.backup)")
"""What differs from run to run in the name of a calendar, and of a backup."""
NOTED = "trail.noted"
"""Whether what is taken out is said to be."""
Contents = dict[str, Any]


def every() -> int:
    """Each how-manieth point is tried: 10 in the suite, 1 in `make faults`."""
    return int(os.environ.get("PATHWAYS_FAULTS_EVERY", "10"))


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ran: how it ended (negative: by which signal), and all it printed."""

    code: int
    out: str
    err: str


@dataclass(slots=True)
class Found:
    """What a fault left, against what it must: the counts of the table in docs/faults.md."""

    points: int = 0
    of: int = 0
    """How many points there are in all; 0 where they cannot be counted."""
    lost: int = 0
    doubled: int = 0
    leaked: int = 0
    not_whole: int = 0
    said: list[str] = field(default_factory=list)

    def note(self, kind: str, what: str) -> None:
        setattr(self, kind, getattr(self, kind) + 1)
        self.said.append(f"{kind}: {what}")


class Place:
    """One command's surroundings: a folder of our own, a store, folders for what it writes, files to read."""

    def __init__(self, folder: Path, url: str, files: Mapping[str, str], forks: Forks | None = None) -> None:
        self.folder, self.url, self.forks = folder, url, forks
        self.home, self.temp, self.out = folder / "home", folder / "tmp", folder / "out"
        self.files = {**files, "out": str(self.out)}
        self.log = folder / "strace.log"
        for each in (self.home, self.temp, self.out):
            each.mkdir(parents=True, mode=0o700)

    def lay(self, texts: Mapping[str, str]) -> None:
        """Write files into the home folder, as somebody left them there."""
        for name, text in texts.items():
            path = self.home / name
            path.write_text(text, encoding="utf-8")
            path.chmod(0o600)

    def environment(self, job: Job | None = None) -> dict[str, str]:
        """What the command finds: nothing of the person's own, and what the job names."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PATHWAYS_", "PREFECT_")) and name not in ("NO_COLOR", "FORCE_COLOR")
        }
        own = {name: value.format(**self.files) for name, value in job.environment} if job else {}
        return kept | {
            "PATHWAYS_HOME": str(self.home),
            "PATHWAYS_DATABASE_URL": self.url,
            "TMPDIR": str(self.temp),
            "PYTHONDONTWRITEBYTECODE": "1",
        } | own  # fmt: skip

    def words(self, job: Job) -> list[str]:
        return [each.format(**self.files) if each.startswith("{") else each for each in job.arguments]

    def start(self, job: Job, **own: str) -> subprocess.Popen[str]:
        """Start the command in a process of its own; `own` is added to its environment."""
        return subprocess.Popen(
            [sys.executable, str(ROOT / job.program), *self.words(job)],
            env=self.environment(job) | own, cwd=self.home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, job: Job, *wrapped: str) -> Ran:
        """Run the command in a process of its own, to its end."""
        done = subprocess.run(
            [*wrapped, sys.executable, str(ROOT / job.program), *self.words(job)],
            env=self.environment(job), cwd=self.home, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=WAIT, check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    @property
    def _strace(self) -> list[str]:
        return ["strace", "-f", "-o", str(self.log), "-e", f"trace={','.join(CALLS)}", "-e", "signal=none"]

    def started_traced(self, job: Job) -> Ran:
        """Run the command as a person starts it, its calls and all they carry written down."""
        return self.run(job, *self._strace, "--seccomp-bpf", "-qq", *ALL_OF_IT)

    def traced(self, job: Job, *inject: str, options: Sequence[str] = ()) -> Ran:
        """Run the command in a copy of the loaded program, its calls written down, with faults injected."""
        with self._begun(job) as (copy, end):
            words = [*self._strace, *options]
            words += [part for each in inject for part in ("-e", f"inject={each}")]
            tracer = subprocess.Popen([*words, "-p", str(copy)], stderr=subprocess.PIPE, text=True)
            assert tracer.stderr is not None
            said = tracer.stderr.readline()
            assert "attached" in said, said
            ran = end()
            tracer.communicate(timeout=WAIT)
        return ran

    def confined(self, job: Job, *, limit: int | None = None, out: str = "") -> Ran:
        """Run the command in a copy of the loaded program: no file larger than `limit` bytes, or printing to `out`."""
        with self._begun(job, limit=limit, out=out) as (_, end):
            return end()

    @contextlib.contextmanager
    def _begun(self, job: Job, *, limit: int | None = None, out: str = "") -> Iterator[tuple[int, Any]]:
        assert self.forks is not None
        printed, said = Path(out or self.folder / "printed"), self.folder / "said"
        copy = self.forks.begin(
            words=self.words(job), environment=self.environment(job), folder=str(self.home), out=str(printed), err=str(said),
            limit=limit, typed=job.typed, program=job.program,
        )  # fmt: skip

        def end() -> Ran:
            assert self.forks is not None
            code = self.forks.go()
            return Ran(code, "" if out else printed.read_text(), said.read_text())

        yield copy, end

    def calls(self) -> Counter[str]:
        """How often each call was made in the traced run, by the process that made it most often.

        A fault is injected at the same number in each process: beyond that there is nothing to break.
        """
        made = Counter(re.findall(r"^(\d+) +(\w+)\(", self.log.read_text(errors="replace"), re.MULTILINE))
        most: Counter[str] = Counter()
        for (_, call), times in made.items():
            most[call] = max(most[call], times)
        return most

    def messages(self) -> list[str]:
        """The kinds of the messages to PostgreSQL in a run traced with `ALL_OF_IT`, in order.

        How many of them go in one call, how soon an answer is asked for, and which statements of a batch are prepared
        on the way is the driver's affair, and depends on how quick the server is. What is executed does not.
        """
        waiting: dict[str, bytes] = {}
        found = []
        for socket, text, sent in SENT.findall(self.log.read_text()):
            left = waiting.get(socket, b"") + bytes.fromhex(text.replace("\\x", ""))[: max(0, int(sent))]
            while left:
                named = left[0] != 0  # the first messages of a connection have no kind
                size = named + int.from_bytes(left[named : named + 4], "big")
                if len(left) < max(size, 5):
                    break
                if chr(left[0]) not in THE_DRIVERS:
                    found.append(chr(left[0]))
                left = left[size:]
            waiting[socket] = left
        assert not any(waiting.values()), "half a message"
        return found

    def again(self, job: Job) -> Ran:
        """The same command in this very process, quicker."""
        if job.program != "cli.py":
            return self.run(job)
        from commands.run import run

        out, err = io.StringIO(), io.StringIO()
        before = Path.cwd()
        with self.surroundings(job):
            os.chdir(self.home)
            try:
                with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), typing(job.typed):
                    code = run(self.words(job))
            finally:
                os.chdir(before)
        return Ran(code, out.getvalue(), err.getvalue())

    @contextlib.contextmanager
    def surroundings(self, job: Job) -> Iterator[None]:
        """This process's own environment as the command finds it, and put back."""
        before, own = dict(os.environ), self.environment(job)
        os.environ.clear()
        os.environ.update(own)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


# --- what a store holds ------------------------------------------------------------------------------------------


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


# --- one fault -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expected:
    """What an undisturbed run finds and leaves, and the calls that it makes.

    `moving` are columns that are not the same after each run; `settled` those that are not the same either once the
    command has been given again.
    """

    before: Contents
    after: Contents
    calls: Counter[str]
    moving: frozenset[str]
    settled: frozenset[str]

    def same(self, one: Mapping[str, Any], other: Mapping[str, Any], *, again: bool = False) -> bool:
        """Whether two stores hold the same, as far as that can be said."""
        return _without(one, self.settled if again else self.moving) == _without(
            other, self.settled if again else self.moving
        )


def _without(found: Mapping[str, Any], names: frozenset[str]) -> Contents:
    return {name: value for name, value in found.items() if name not in names}


_EXPECTED: dict[tuple[str, str], Expected] = {}


def undisturbed(fresh: Any, job: Job, where: str) -> Expected:
    """What stands in the store before and after, and how often each call is made; worked out once a process."""
    known = _EXPECTED.get((job.name, where))
    if known:
        return known
    with fresh(where, job.store) as place:
        with place.surroundings(job):
            before = contents(place, job)
        ran = place.traced(job)
        assert ran.code in job.ends, f"{ran.code} {ran.err}{ran.out}"
        with place.surroundings(job):
            after, calls = contents(place, job), place.calls()
    with fresh(where, job.store) as place:
        ran = place.again(job)
        assert ran.code in job.ends, f"{ran.code} {ran.err}{ran.out}"
        with place.surroundings(job):
            other = contents(place, job)
        moving = _columns_that_differ(after, other)
        settled = moving
        if job.repeats:
            place.again(job)
            with place.surroundings(job):
                settled |= _columns_that_differ(other, contents(place, job))
    found = Expected(before, after, calls, moving | {NOTED}, settled | {NOTED})
    assert job.changes != found.same(before, after), f"{job.name}: changes is not said rightly"
    _EXPECTED[job.name, where] = found
    return found


def _columns_that_differ(one: Contents, other: Contents) -> frozenset[str]:
    """Columns and files that two whole stores have differently; numbers of rows and steps always count."""
    names = {*one, *other}
    return frozenset(name for name in names if ("." in name) and one.get(name) != other.get(name))


def counted(found: Contents) -> Contents:
    """Of what stands in a store, only what an attempt that is refused does not change."""
    return {name: value for name, value in found.items() if "." not in name and not name.startswith("file ")}


def _parts(found: Contents) -> Contents:
    """How much there is, and which files: where a first part is given twice, later entries have later numbers."""
    return {name: value for name, value in found.items() if "." not in name or name.startswith("file ")}


def judge(found: Found, job: Job, place: Place, ran: Ran, expected: Expected, what: str) -> None:
    """Everything that must hold after a fault, and after the same command was given again."""
    found.points += 1
    before, after = expected.before, expected.after
    with place.surroundings(job):
        left = contents(place, job)
    if "revision" in left and left["revision"] == after.get("revision"):
        for fault in faults_of(place, job):
            found.note("not_whole", f"{what}: {fault}")
        for receipt in () if job.elsewhere else receipts_missing(place, job, ran.out):
            found.note("lost", f"{what}: {receipt} was printed and is not there")
    nothing, all_of_it = expected.same(left, before), expected.same(left, after)
    if not job.steps and not nothing and not all_of_it:
        found.note("not_whole", f"{what}: half of it is there, {difference(before, left)}")
    if "Traceback" in ran.err or "Incident" in ran.err:
        found.note("not_whole", f"{what}: {ran.err[-300:]}")
    # A step beside the work itself, such as a checkpoint, may be left to the next time where that is said.
    owned_up = job.steps and ("Nothing was saved" in ran.err or NO_CHECKPOINT in " ".join(ran.err.split()))
    if ran.code == 0 and not all_of_it and not owned_up:
        found.note("lost", f"{what}: it ended well, and not everything is there: {difference(after, left)}")
    if _taken_out(left, before) and job.notes and not left.get(NOTED):
        found.note("lost", f"{what}: it was taken out, and that is not said anywhere")
    second = Ran(0, "", "")
    if job.repeats or (counted(left) == counted(before) and not all_of_it):
        second = place.again(job)
        done = all_of_it and not nothing
        if second.code not in ((*job.again, *job.ends) if done or job.steps else job.ends):
            found.note("lost", f"{what}: again, it ended with {second.code}: {second.err[-300:]}")
    elif job.then and not all_of_it:
        second = place.again(replace(job, arguments=job.then))
    with place.surroundings(job):
        ended = contents(place, job)
    for name in after:
        if _size(ended.get(name)) > _size(after[name]):
            found.note("doubled", f"{what}: {difference(after, ended)}")
            break
    else:
        if not (_parts(ended) == _parts(after) if job.steps else expected.same(ended, after, again=True)):
            found.note("lost", f"{what}: after a second time: {difference(after, ended)}")
    for fault in faults_of(place, job) if "revision" in ended else ():
        found.note("not_whole", f"{what}: after a second time: {fault}")
    for half in half_made(place) if second.code == 0 and job.repeats else ():
        found.note("not_whole", f"{what}: after a second time: {half} lies there half made")
    for leak in leaks(place, ran, second, shows_names=job.shows_names):
        found.note("leaked", f"{what}: {leak}")


def half_made(place: Place) -> list[str]:
    """What a killed run left that the next one should have cleared away."""
    return [each.name for folder in (place.home, place.out) for each in folder.glob(".*ing-*")]


def _taken_out(left: Contents, before: Contents) -> bool:
    return any(name.startswith("file ") and name not in before for name in left)


def _size(value: Any) -> int:
    """How much of it there is; of a fingerprint nothing can be said."""
    return len(value) if isinstance(value, list) else value if isinstance(value, int) else 0


def difference(wanted: Mapping[str, Any], there: Mapping[str, Any]) -> str:
    """What differs, briefly."""
    names = [name for name in {**wanted, **there} if wanted.get(name) != there.get(name)]
    return ", ".join(
        f"{name}: {_brief(wanted, name)} wanted, {_brief(there, name)} there" for name in names[:6]
    )


def _brief(found: Mapping[str, Any], name: str) -> Any:
    value = found.get(name)
    return len(value) if isinstance(value, list) and name == "steps" else value


# --- which points --------------------------------------------------------------------------------------------------


@cache
def turn(job: Job, where: str) -> int:
    """A number of its own for a job on a store, the same in every run."""
    return int(sha256(f"{job.name} {where}".encode()).hexdigest()[:8], 16)


def is_tried(job: Job, where: str, among: Iterable[str] = STORES) -> bool:
    """Whether a job is broken on this kind of store: in `make faults` on all, in the suite on one of these."""
    kinds = [each for each in job.databases if each in among]
    return where in kinds and (every() == 1 or kinds[turn(job, "") % len(kinds)] == where)


def points(
    job: Job,
    where: str,
    calls: Mapping[str, int],
    kinds: tuple[str, ...],
    most: int | None,
    among: Iterable[str] = STORES,
) -> list[tuple[str, int]]:
    """Which calls are broken, as name and number.

    In `make faults` every one; where `most` is given no more of a kind, spread evenly and with the last three. In the
    suite, where one kind of store stands for all of `among`, a tenth of what these have together: the last sync, before
    which nothing may be acknowledged, and others spread evenly, which ones is another matter for each job.
    """
    found = [
        (call, number)
        for call in kinds
        for number in _spread(calls[call], most if every() == 1 or most is None else MOST_IN_SUITE)
    ]
    if every() == 1 or not found:
        return found
    last = ([each for each in found if "sync" in each[0]] or found)[-1]
    wanted = len(found) * len({*job.databases} & {*among}) // every()
    first = turn(job, where) % len(found)
    spread = [found[(first + number * len(found) // wanted) % len(found)] for number in range(1, wanted)]
    return sorted({last, *spread})


def _spread(count: int, most: int | None) -> list[int]:
    if most is None or count <= most:
        return list(range(1, count + 1))
    return sorted({*range(1, count + 1, -(-count // most)), *range(count - 2, count + 1)})
