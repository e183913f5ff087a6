"""Where contestants meet: stores to copy, one PostgreSQL server of our own, a process for each run."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.population import AS_OF, copy_file, fill, rules
from models.store import open_store
from models.verify import verify
from tests.postgres import Cluster, find_programs, folder

ROOT = Path(__file__).resolve().parent.parent
WORK = Path(__file__).resolve().parent / ".work"
PEERS = WORK / "peers"


class Failed(Exception):
    """A contestant did not finish, or left something wrong."""


class Arena:
    """Stores of N cases on both databases, and runs on fresh copies of them."""

    def __init__(self, home: Path, cluster: Cluster | None) -> None:
        self.home, self.cluster = home, cluster

    @property
    def databases(self) -> tuple[str, ...]:
        """The databases there are."""
        return ("sqlite", "postgresql") if self.cluster else ("sqlite",)

    @property
    def postmaster(self) -> int | None:
        """The server's first process."""
        if not self.cluster:
            return None
        return int((self.cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])

    def fresh(self, database: str, count: int, *, due: int = 3) -> str:
        """The address of a fresh copy of the store of `count` cases."""
        name = f"cases_{count}_{due}"
        if database == "sqlite":
            template, copy = self.home / f"{name}.db", self.home / "run.db"
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

    def run(
        self, *arguments: str, url: str, python: Path | str = sys.executable, timeout: float = 1_800
    ) -> dict[str, Any]:
        """Run `python -m benchmarks...` in a process of its own; what it tells."""
        with (self.home / "said").open("w+") as said, (self.home / "grumbled").open("w+") as grumbled:
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
                    return found
            complaint = grumbled.read().strip()[-1500:]
        raise Failed(f"{' '.join(arguments)}: {complaint}")


@contextmanager
def arena() -> Iterator[Arena]:
    """Stores in a folder that goes afterwards, a server with PostgreSQL's own durability if it is installed."""
    WORK.mkdir(exist_ok=True)
    home = WORK / f"stores-{os.getpid()}"
    home.mkdir()
    try:
        programs = find_programs()
        if not programs:
            yield Arena(home, None)
            return
        with folder() as place:
            cluster = Cluster(place, programs, durable=True)
            cluster.start()
            with cluster.connect() as connection:
                connection.execute("ALTER SYSTEM SET shared_buffers = '128MB'")
            cluster.stop()
            cluster.start()
            yield Arena(home, cluster)
    finally:
        shutil.rmtree(home, ignore_errors=True)


# --- what a run has left ------------------------------------------------------------------------------------------

OUTCOMES = (
    "SELECT reference, state, seq, head, version, changed_at FROM pathway_case ORDER BY id",
    "SELECT id, status, look_at, told, missed_seq, closed_at, closed_seq FROM deadline ORDER BY id",
    "SELECT key, event, case_ref, pathway, team, rule, due_on, to_roles, effective_at, recorded_at, done_at "
    "FROM outbox ORDER BY key",
)


def outcome(url: str) -> str:
    """A fingerprint of every case, clock and message; the head of a case stands for its trail."""
    made = sha256()
    with open_store(url) as store:
        for question in OUTCOMES:
            if store.dialect == "sqlite":
                for row in store.connection.execute(question):
                    made.update(repr(row).encode())
            else:
                if "ORDER BY key" in question:
                    question += ' COLLATE "C"'
                with store.connection.transaction(), store.connection.cursor(name="outcome") as cursor:
                    cursor.itersize = 5_000
                    for row in cursor.execute(question):
                        made.update(repr(row).encode())
    return made.hexdigest()


def states(url: str) -> str:
    """A fingerprint of the states alone, for contestants that keep a history of their own."""
    made = sha256()
    with open_store(url) as store:
        for row in store.connection.execute("SELECT reference, state FROM pathway_case ORDER BY id"):
            made.update(repr(tuple(row)).encode())
    return made.hexdigest()


def prove(url: str) -> None:
    """Check that the whole record of a store verifies.

    Raises:
        Failed: it does not.
    """
    with open_store(url) as store:
        faults = verify(store, rules()).faults
    if faults:
        raise Failed(f"the trail does not verify: {faults[0]}")


def still_due(url: str) -> int:
    """How many clocks the check has left over."""
    with open_store(url) as store, store.reading() as tx:
        return int(tx.need("count_due", as_of=AS_OF).due)


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
