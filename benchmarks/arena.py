"""Where contestants meet: stores to copy, one PostgreSQL server of our own, a process for each run."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import population
from benchmarks.agreement import Failed
from benchmarks.measure import tree
from benchmarks.population import NIGHT_BEFORE, ROOT, WORK, copy_file, fill
from models import compiled
from models.anchors import make
from models.store import open_store
from pathways import NAMES, pathway
from tests.postgres import Cluster, find_programs, folder, locked

PEERS = WORK / "peers"
DATABASES = ("sqlite", "postgresql")


class Turn:
    """What keeps measured runs apart from other work on the same machine, as far as somebody asked for it.

    Filling and copying stores and checking what a run has left are not measured, and wait for nobody.
    """

    def __init__(self, lock: Path | None = None, priority: int = 0) -> None:
        """How.

        Args:
            lock: a file that everybody who measures on this machine locks meanwhile.
            priority: of the real-time class (`chrt --fifo`); 0 leaves the scheduler alone.
        """
        self.lock, self.priority, self.depth = lock, priority, 0

    @contextmanager
    def taken(self, postmaster: int | None) -> Iterator[None]:
        """Hold the turn; inside of itself it is held already."""
        self.depth += 1
        try:
            if self.depth > 1:
                yield
                return
            with locked(self.lock) if self.lock else nullcontext():
                self._schedule(os.SCHED_FIFO, self.priority, postmaster)
                try:
                    yield
                finally:
                    self._schedule(os.SCHED_OTHER, 0, postmaster)
        finally:
            self.depth -= 1

    def _schedule(self, policy: int, priority: int, postmaster: int | None) -> None:
        if self.priority:
            for process in (os.getpid(), *(tree(postmaster) if postmaster else ())):
                with suppress(ProcessLookupError):
                    os.sched_setscheduler(process, policy, os.sched_param(priority))


class Arena:
    """Stores of N cases on both databases, and runs on fresh copies of them."""

    def __init__(
        self, home: Path, cluster: Cluster | None, turn: Turn, only: str | None, kept: Path | None
    ) -> None:
        self.home, self.cluster, self.turn, self.only = home, cluster, turn, only
        self.filled = kept or home
        self.stamp = stamp()

    @property
    def databases(self) -> tuple[str, ...]:
        """The databases to run on: those there are, or the one that was asked for."""
        return tuple(
            each for each in DATABASES if (each == "sqlite" or self.cluster) and self.only in (None, each)
        )

    @property
    def postmaster(self) -> int | None:
        """The server's first process."""
        if not self.cluster:
            return None
        return int((self.cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])

    @property
    def places(self) -> dict[str, str]:
        """By database, what kind of disk its store lies on."""
        found = {"sqlite": disk(self.home)}
        return found | {"postgresql": disk(self.cluster.data)} if self.cluster else found

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Measure inside: it is this run's turn, and the server's processes come before others' work as we do."""
        with self.turn.taken(self.postmaster):
            yield

    def fresh(self, database: str, count: int, *, due: int = 3) -> str:
        """The address of a fresh copy of the store of `count` cases."""
        name = f"cases_{count}_{due}_{self.stamp}"
        if database == "sqlite":
            template, copy = self.filled / f"{name}.db", self.home / "run.db"
            if not template.exists():
                unfinished = template.with_suffix(".part")
                unfinished.unlink(missing_ok=True)
                fill(f"sqlite:///{unfinished}", count, due=due)
                unfinished.rename(template)
            copy_file(template, copy)
            os.sync()
            return f"sqlite:///{copy}"
        assert self.cluster
        self.cluster.template(name, fill=lambda url: fill(url, count, due=due))
        self.cluster.drop("run")
        with self.cluster.connect() as connection:
            connection.execute(f"CREATE DATABASE run TEMPLATE {name} STRATEGY FILE_COPY")
            connection.execute("CHECKPOINT")
        return self.cluster.url("run")

    def forget_stale(self) -> None:
        """Remove stores of another version from among those that were kept, and what an interrupted run left."""
        for each in self.filled.glob("cases_*"):
            if not each.name.endswith(f"_{self.stamp}.db"):
                each.unlink()
        if self.cluster:
            with self.cluster.connect() as connection:
                for (name,) in connection.execute(
                    "SELECT datname FROM pg_database WHERE datname ~ '^(cases_|run$)'"
                ):
                    if not name.endswith(f"_{self.stamp}"):
                        self.cluster.drop(name)

    def after_a_night(self, database: str, count: int) -> str:
        """The address of a fresh copy in which a checkpoint covers all there is, as after any night."""
        url = self.fresh(database, count)
        with open_store(url) as store:
            make(store, NIGHT_BEFORE)
        return url

    def run(
        self, *arguments: str, url: str, python: Path | str = sys.executable, timeout: float = 1_800
    ) -> dict[str, Any]:
        """Run `python -m benchmarks...` in a process of its own; what it tells."""
        with (
            self.alone(),
            (self.home / "said").open("w+") as said,
            (self.home / "grumbled").open("w+") as grumbled,
        ):
            process = subprocess.Popen(
                [str(python), "-m", *arguments, "--url", url, "--postmaster", str(self.postmaster or 0)],
                cwd=ROOT,
                env={
                    **os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PREFECT_HOME": str(self.home / "prefect")
                },
                stdout=said,
                stderr=grumbled,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )  # fmt: skip
            try:
                process.wait(timeout)
            except subprocess.TimeoutExpired:
                raise Failed(f"{' '.join(arguments)}: no end after {timeout:.0f} s") from None
            finally:
                with suppress(ProcessLookupError):  # servers that an engine has started and left
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            said.seek(0)
            grumbled.seek(0)
            for line in said:
                if line.startswith("RESULT "):
                    found: dict[str, Any] = json.loads(line[7:])
                    found["load"] = round(os.getloadavg()[0], 1)
                    return found
            complaint = grumbled.read().strip()[-1500:]
        raise Failed(f"{' '.join(arguments)}: {complaint}")


def disk(place: Path) -> str:
    """What a folder lies on: the file system, and whether that is a disk or memory."""
    found, longest = "", -1
    for line in Path("/proc/mounts").read_text().splitlines():
        device, mounted, kind = line.split()[:3]
        if place.is_relative_to(mounted) and len(mounted) > longest:
            found, longest = (
                f"{kind} ({'memory' if kind == 'tmpfs' else device.removeprefix('/dev/')})",
                len(mounted),
            )
    return found


def stamp() -> str:
    """What a filled store hangs on: the tables' version, the pathways' versions, and how it is filled."""
    made = sha256(Path(population.__file__).read_bytes())
    made.update(" ".join([compiled.HEAD, *(pathway(name).version for name in NAMES)]).encode())
    return made.hexdigest()[:8]


@contextmanager
def arena(turn: Turn | None = None, only: str | None = None, kept: Path | None = None) -> Iterator[Arena]:
    """Stores in a folder that goes afterwards, a server with PostgreSQL's own durability if it is installed.

    Args:
        turn: what keeps measured runs apart from others' work.
        only: the one database to run on.
        kept: a folder in which filled stores stay for the next run, on the disk that is to be measured.
    """
    WORK.mkdir(exist_ok=True)
    for left in WORK.glob("stores-*"):  # of a run that was killed
        if not Path(f"/proc/{left.name.removeprefix('stores-')}").exists():
            shutil.rmtree(left, ignore_errors=True)
    home = WORK / f"stores-{os.getpid()}"
    home.mkdir()
    programs = None if only == "sqlite" else find_programs()
    try:
        with ExitStack() as last:
            cluster = None
            if kept:
                kept.mkdir(parents=True, exist_ok=True)
                last.enter_context(locked(kept / "lock"))
            if programs:
                # Where it lies in memory nobody would wait for the disk.
                place = kept / "server" if kept else last.enter_context(folder(on_disk=True))
                place.mkdir(exist_ok=True, mode=0o755)
                cluster = Cluster(place, programs, durable=True)
                last.callback(cluster.stop)
                cluster.start()
                with cluster.connect() as connection:
                    connection.execute("ALTER SYSTEM SET shared_buffers = '128MB'")
                cluster.stop()
                cluster.start()
            made = Arena(home, cluster, turn or Turn(), only, kept)
            made.forget_stale()
            yield made
    finally:
        shutil.rmtree(home, ignore_errors=True)


def versions(cluster: Cluster | None) -> dict[str, str]:
    """What was measured with."""
    import platform
    import sqlite3

    found = {
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "psycopg": psycopg.__version__,
    }
    if cluster:
        with cluster.connect() as connection:
            row = connection.execute("SHOW server_version").fetchone()
            found["PostgreSQL"] = str(row[0]) if row else "?"
    return found
