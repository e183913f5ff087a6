"""Breaking a command on purpose, and what must hold afterwards.

The command runs in a process of its own under `strace`, which kills it in front of a chosen system call or makes that
call fail. What it leaves is then opened by the program itself: the record must verify, every receipt that was printed
must be on the trail, and the same command again must leave exactly what one undisturbed run leaves.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.jobs import CANARIES, Job

ROOT = Path(__file__).parents[2]
CALLS = ("write", "writev", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "unlink", "sendto")
"""Everything by which a command changes something outside itself: files, names of files, the database's socket."""
DISK = ("pwrite64", "fsync", "fdatasync", "ftruncate")
"""What only the database's own files are touched with."""
WAIT = 120
MOST = 25
"""Points of one call and one command: where a command makes it more often, they are spread evenly over it."""
RECEIPT = re.compile(r"saved - entry (\d+) - ([0-9a-f]{8})")
PASSED_OVER = frozenset(
    (
        "check_run",
        "copy_run",
        "form_draft",
        "trail_payload",
        "alembic_version",
        "counter",
        "access_log",
        "search_log",
        "form_draft",
    )
)
"""Tables whose number of rows says nothing of effects: runs are noted each time, payloads are proved with the trail,
and a refused form is kept for whoever filled it in."""

COUNTED = {"school_days": "DISTINCT school || version"}
"""What is counted where rows are editions: the same terms twice are the same terms."""


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
    """One command's surroundings: a folder of our own, a store, a folder for temporary files, files to read."""

    def __init__(self, folder: Path, url: str, files: Mapping[str, str]) -> None:
        self.home, self.temp, self.url, self.files = folder / "home", folder / "tmp", url, files
        self.log = folder / "strace.log"
        for each in (self.home, self.temp):
            each.mkdir(parents=True, mode=0o700)

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PATHWAYS_", "PREFECT_")) and name not in ("NO_COLOR", "FORCE_COLOR")
        }
        return kept | {
            "PATHWAYS_HOME": str(self.home),
            "PATHWAYS_DATABASE_URL": self.url,
            "TMPDIR": str(self.temp),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def words(self, job: Job) -> list[str]:
        return [each.format(**self.files) if each.startswith("{") else each for each in job.arguments]

    def start(self, job: Job, **own: str) -> subprocess.Popen[str]:
        """Start the command in a process of its own; `own` is added to its environment."""
        return subprocess.Popen(
            [sys.executable, str(ROOT / job.program), *self.words(job)],
            env=self.environment | own, cwd=self.home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, job: Job, *wrapped: str, limit: int | None = None) -> Ran:
        """Run the command in a process of its own, to its end."""

        def no_larger_files() -> None:
            import resource

            assert limit is not None
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        done = subprocess.run(
            [*wrapped, sys.executable, str(ROOT / job.program), *self.words(job)],
            env=self.environment, cwd=self.home, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=WAIT, check=False, preexec_fn=no_larger_files if limit is not None else None,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    def traced(self, job: Job, *inject: str) -> Ran:
        """As `run`, under strace, with faults injected."""
        return self.run(
            job, "strace", "-f", "--seccomp-bpf", "-qq", "-o", str(self.log), "-e", f"trace={','.join(CALLS)}",
            "-e", "signal=none", *(part for each in inject for part in ("-e", f"inject={each}")),
        )  # fmt: skip

    def calls(self) -> Counter[str]:
        """How often each call was made in the traced run."""
        return Counter(re.findall(r"^\d+ +(\w+)\(", self.log.read_text(errors="replace"), re.MULTILINE))

    def again(self, job: Job) -> Ran:
        """The same command in this very process, quicker."""
        return in_process(self.words(job), self.environment)

    def undo(self) -> None:
        """Take the folders away."""
        shutil.rmtree(self.home.parent)


def in_process(words: list[str], environment: Mapping[str, str]) -> Ran:
    """Run a command line in this process, as `tests/commands` do, and put everything back."""
    from commands.run import run

    before = dict(os.environ)
    out, err = io.StringIO(), io.StringIO()
    os.environ.clear()
    os.environ.update(environment)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(words)
    finally:
        os.environ.clear()
        os.environ.update(before)
    return Ran(code, out.getvalue(), err.getvalue())


# --- what a store holds ------------------------------------------------------------------------------------------


def contents(url: str) -> dict[str, Any]:
    """What stands in a store, without what differs from run to run: rows by table, and every step of the trail."""
    from models.store import open_store
    from pathways.errors import PathwayError

    try:
        store = open_store(url, check=False)
    except PathwayError:
        return {}
    with store, store.reading() as tx:
        names = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            if store.dialect == "sqlite"
            else "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
        )
        tables = sorted(name for (name,) in tx.connection.execute(names).fetchall())
        found: dict[str, Any] = {}
        for table in tables:
            if table in PASSED_OVER or table.startswith("due"):
                continue
            where = " WHERE event <> 'pathways.move.refused'" if table == "outbox" else ""
            where = (
                " WHERE action NOT LIKE 'refused:%%' AND action <> 'looked'" if table == "trail" else where
            )
            where = where if store.dialect == "postgresql" else where.replace("%%", "%")
            counted = COUNTED.get(table, "*")
            found[table] = tx.connection.execute(f'SELECT count({counted}) FROM "{table}"{where}').fetchone()[
                0
            ]
        if "trail" in tables:
            steps = tx.connection.execute("SELECT action, from_state, to_state, rule FROM trail").fetchall()
            found["steps"] = sorted(
                tuple(map(str, step)) for step in steps if not step[0].startswith(("refused:", "looked"))
            )
        if "alembic_version" in tables:
            found["revision"] = tx.connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return found


def faults_of(url: str) -> list[str]:
    """What does not hold of a store that should be whole: chains, states against entries, dates."""
    from models.setup import options_of, rules_of
    from models.store import open_store
    from models.verify import verify

    with open_store(url) as store:
        with store.reading() as tx:
            laid_out = "calendar_last" in options_of(tx)
        return [str(each) for each in verify(store, rules_of(store) if laid_out else None).faults]


def receipts_missing(url: str, printed: str) -> list[str]:
    """The receipts that were printed and are not on the trail."""
    from models.store import open_store

    asked = RECEIPT.findall(printed)
    if not asked:
        return []
    with open_store(url) as store, store.reading() as tx:
        there = {(row.seq, bytes(row.hash).hex()[:8]) for row in tx.each("whole_trail")}
    return [f"entry {seq} - {code}" for seq, code in asked if (int(seq), code) not in there]


def leaks(place: Place, *ran: Ran) -> list[str]:
    """Where a name got out: what was printed, logs, files left behind; and files of ours that others can read."""
    found = []
    for each in ran:
        for canary in CANARIES:
            if canary in each.out or canary in each.err:
                found.append("a name was printed")
    for path in (*place.home.rglob("*"), *place.temp.rglob("*")):
        if path.is_dir():
            continue
        if path.stat().st_mode & 0o077:
            found.append(f"{path.name} can be read by others")
        is_store = ".db" in path.name and place.home in path.parents
        if not is_store and any(canary.encode() in path.read_bytes() for canary in CANARIES):
            found.append(f"a name is in {path.name}")
    return found


# --- one fault -----------------------------------------------------------------------------------------------------


def judge(
    found: Found,
    job: Job,
    place: Place,
    ran: Ran,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    what: str,
) -> None:
    """Everything that must hold after a fault, and after the same command was given again."""
    found.points += 1
    left = contents(place.url)
    ready = left.get("revision") == after.get("revision")
    if ready:
        for fault in faults_of(place.url):
            found.note("not_whole", f"{what}: {fault}")
        for receipt in receipts_missing(place.url, ran.out):
            found.note("lost", f"{what}: {receipt} was printed and is not there")
    if not job.steps and left not in (before, after):
        found.note("not_whole", f"{what}: half of it is there, {difference(before, left)}")
    if "Traceback" in ran.err or "Incident" in ran.err:
        found.note("not_whole", f"{what}: {ran.err[-300:]}")
    owned_up = (
        job.steps and "Nothing was saved" in ran.err
    )  # a step beside the work itself, such as a checkpoint
    if ran.code == 0 and left != after and not owned_up:
        found.note("lost", f"{what}: it ended well, and not everything is there: {difference(after, left)}")
    second = Ran(0, "", "")
    if job.repeats or left == before:
        second = place.again(job) if job.program == "cli.py" else place.run(job)
        done = left == after and before != after
        if second.code not in ((*job.again, *job.ends) if done or job.steps else job.ends):
            found.note("lost", f"{what}: again, it ended with {second.code}: {second.err[-300:]}")
    ended = contents(place.url)
    for name in after:
        if _size(ended.get(name)) > _size(after[name]):
            found.note("doubled", f"{what}: {difference(after, ended)}")
            break
    else:
        if ended != after:
            found.note(
                "lost",
                f"{what}: after a second time there is not what there should be: {difference(after, ended)}",
            )
    for fault in faults_of(place.url):
        found.note("not_whole", f"{what}: after a second time: {fault}")
    for leak in leaks(place, ran, second):
        found.note("leaked", f"{what}: {leak}")


def _size(value: Any) -> int:
    return len(value) if isinstance(value, list) else int(value or 0)


def difference(wanted: Mapping[str, Any], there: Mapping[str, Any]) -> str:
    """What differs, briefly."""
    names = [name for name in {**wanted, **there} if wanted.get(name) != there.get(name)]
    return ", ".join(
        f"{name}: {_size(wanted.get(name)) if name != 'revision' else wanted.get(name)} wanted, "
        f"{_size(there.get(name)) if name != 'revision' else there.get(name)} there"
        for name in names[:5]
    )


def undisturbed(fresh: Any, job: Job, where: str) -> tuple[dict[str, Any], dict[str, Any], Counter[str]]:
    """What stands in the store before and after, and how often each call is made."""
    with fresh(where, job.store) as place:
        before = contents(place.url)
        ran = place.traced(job)
        assert ran.code in job.ends, ran.err
        return before, contents(place.url), place.calls()


def points(count: int) -> list[int]:
    """Which of so many calls are tried: in the suite a few and the last, otherwise every one, up to `MOST` of a kind."""
    if every() > 1:
        step = max(every(), -(-count // 2))
        return sorted({*range(step // 2 + 1, count + 1, step), *range(max(1, count), count + 1)})
    return sorted({*range(1, count + 1, max(1, -(-count // MOST))), *range(max(1, count - 3), count + 1)})
