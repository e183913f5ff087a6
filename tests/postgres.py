"""A PostgreSQL server of the tests' own, from the programs that are installed on this machine.

It lives in a temporary folder, answers on one loopback port, and goes when the tests go. Nothing here
looks for, or can reach, a server that was already running.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import psycopg
from psycopg import sql

PREFIX = "pathways-postgresql-"
OWNER = "tester"
NEEDED = ("initdb", "pg_ctl", "postgres")
# A machine that loses its power loses these databases: half the time of a test that writes.
HASTY = {"fsync": "off", "full_page_writes": "off"}
CONNECTED = "SELECT 1 FROM pg_stat_activity WHERE datname = %s"
GONE = 0.05
"""Seconds in which the server notices that somebody has hung up; whoever is connected then has not."""
MEMORY, ENOUGH = Path("/dev/shm"), 4 << 30
"""A disk in memory, where copying a database takes a thirtieth of the time; and the free bytes that make it one to use."""


def find_programs(path: str | None = None, versions: Path = Path("/usr/lib/postgresql")) -> Path | None:
    """The folder that holds the server's programs: the one on PATH, else the newest that Debian keeps."""
    on_path = shutil.which("initdb", path=path)
    folders = [Path(on_path).resolve().parent] if on_path else []
    numbered = (folder for folder in versions.glob("*/bin") if folder.parent.name.isdigit())
    folders += sorted(numbered, key=lambda folder: int(folder.parent.name), reverse=True)
    return next((f for f in folders if all(os.access(f / name, os.X_OK) for name in NEEDED)), None)


def required(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a missing server fails the tests: yes in CI, where it would otherwise go unnoticed."""
    return environment.get("CI") == "true" or environment.get("PATHWAYS_REQUIRE_POSTGRESQL") == "1"


def runs_as() -> pwd.struct_passwd | None:
    """Whom to run the server as, when we are root: it refuses to run as root. None means as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError(
        "PostgreSQL does not run as root, and there is neither a user postgres nor nobody here."
    )


def free_port() -> int:
    """A port of the loopback address that nobody used a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def quick_place(place: Path = MEMORY) -> Path:
    """Where files that nobody needs afterwards are made quickest: in memory where there is room, else as usual."""
    with contextlib.suppress(OSError):
        if os.access(place, os.W_OK) and shutil.disk_usage(place).free >= ENOUGH:
            return place
    return Path(tempfile.gettempdir())


@contextlib.contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold a lock that ends with the process that holds it. Without waiting, yields whether it was free."""
    import fcntl

    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


class Cluster:
    """One server with its data, in one folder. Several processes may share the folder: the first starts it.

    A durable one keeps PostgreSQL's own settings for writing to disk, for tests that kill it.
    """

    def __init__(self, home: Path, programs: Path, *, durable: bool = False) -> None:
        self.home, self.programs, self.durable = home, programs, durable
        self.data, self.log = home / "data", home / "server.log"
        self.user = runs_as()
        self._connection: psycopg.Connection[Any] | None = None

    @property
    def port(self) -> int:
        return int((self.home / "port").read_text())

    def url(self, database: str = "postgres") -> str:
        """The address of a database, as SQLAlchemy writes it."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """A connection past all our own code, each statement at once for good."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=OWNER, dbname=database, autocommit=True, connect_timeout=10
        )

    # -- starting and stopping ---------------------------------------------------------------------

    def start(self) -> None:
        """Start it unless it runs; make it first if there is none yet."""
        with locked(self.home / "lock"):
            if self.running():
                return
            if not self.data.exists():
                self._make()
            first_time = not (self.home / "port").exists()
            for _ in range(10):
                if first_time:  # somebody may take the port between our look and the server's start
                    (self.home / "port").write_text(str(free_port()))
                if self._run(
                    "pg_ctl", "start", "--wait", "--silent", f"--log={self.log}", f"--options=-p {self.port}"
                ):
                    return
                time.sleep(0.3)  # what a killed server leaves behind takes a moment to notice and go
            raise RuntimeError(f"PostgreSQL did not start:\n{self.log.read_text()[-2000:]}")

    def stop(self, mode: str = "fast") -> None:
        """Stop it; `immediate` is what a power cut looks like to it. No harm if it does not run."""
        if self.data.exists():
            self._run("pg_ctl", "stop", "--wait", "--silent", f"--mode={mode}")

    def kill(self) -> None:
        """End the server's first process with no warning, as the kernel does when memory runs out."""
        os.kill(int((self.data / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGKILL)

    def running(self) -> bool:
        """Whether the server answers."""
        try:
            self.connect().close()
        except (FileNotFoundError, psycopg.OperationalError):
            return False
        return True

    def _make(self) -> None:
        if self.user:
            os.chown(self.home, self.user.pw_uid, self.user.pw_gid)
        locale = "C.UTF-8" if sys.platform == "linux" else "C"
        made = self._run(
            "initdb", f"--username={OWNER}", "--auth=trust", "--encoding=UTF8", f"--locale={locale}", "--no-sync"
        )  # fmt: skip
        if not made:
            raise RuntimeError(f"PostgreSQL's initdb failed:\n{self.log.read_text()[-2000:]}")
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "lc_messages": "C",
            "shared_buffers": "32MB",
        }
        settings |= {} if self.durable else HASTY
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def _run(self, program: str, *arguments: str) -> bool:
        """Run one of the server's programs, as the user it wants; what it says goes to the log."""
        who: dict[str, Any] = {}
        if self.user:
            who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        plain = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        with self._open_log() as log:
            done = subprocess.run(
                [self.programs / program, f"--pgdata={self.data}", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home,
                env={**plain, "HOME": str(self.home), "LC_ALL": "C", "TZ": "UTC"},
                check=False,
                timeout=120,
                **who,
            )
        return done.returncode == 0

    def _open_log(self) -> IO[str]:
        file = self.log.open("a")
        if self.user:
            os.chown(self.log, self.user.pw_uid, self.user.pw_gid)
        return file

    # -- databases ---------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _kept(self) -> Iterator[psycopg.Connection[Any]]:
        """The connection by which databases come and go: one for all of them, where nobody kills the server."""
        if self.durable:
            with self.connect() as connection:
                yield connection
            return
        if self._connection is None or self._connection.closed:
            self._connection = self.connect()
        yield self._connection

    def create(self, name: str, template: str = "template0") -> str:
        """Create a database, a copy of the template; returns its address."""
        with self._kept() as connection:
            # File by file, not page by page through the log, which newer servers do unasked; quicker where nothing waits
            # for the disk.
            by_file = connection.info.server_version >= 150_000 and not self.durable
            how = sql.SQL("STRATEGY file_copy" if by_file else "")
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template), how))
            if self.durable:
                # A copied sequence gives numbers that its origin had logged ahead, and logs none of its own until a
                # checkpoint: a server that is killed before would give the same numbers once more.
                connection.execute("CHECKPOINT")
        return self.url(name)

    def drop(self, name: str) -> None:
        """Drop a database, and whoever is still connected to it."""
        with self._kept() as connection:
            # Whoever has just hung up is still there for a moment, and would be waited for a tenth of a second.
            last = time.monotonic() + GONE
            while connection.execute(CONNECTED, [name]).fetchone() and time.monotonic() < last:
                time.sleep(0.001)
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    @contextlib.contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """A fresh database, dropped afterwards; yields its address."""
        name = f"test_{uuid4().hex[:12]}"
        try:
            yield self.create(name, template)
        finally:
            self.drop(name)

    def template(self, name: str, fill: Callable[[str], object]) -> str:
        """Make a database to copy from, once for all processes: `fill` gets its address. Returns its name."""
        with locked(self.home / "template.lock"):
            with self.connect() as connection:
                found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if not found:
                unfinished = f"{name}_unfinished"
                self.drop(unfinished)
                fill(self.create(unfinished))
                with self.connect() as connection:  # whoever filled it may have left a connection open
                    connection.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                        [unfinished],
                    )
                    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                    connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))
        return name


# -- the folder, and who clears it away ------------------------------------------------------------


@contextlib.contextmanager
def folder(*, on_disk: bool = False) -> Iterator[Path]:
    """A folder for a cluster, in memory where there is room and it need not be on a disk. On the way out it goes.

    Who was killed before that holds no lock any more: the next one to come here clears up after them.
    """
    usual = Path(tempfile.gettempdir())
    place = usual if on_disk else quick_place()
    for left in (left for each in {usual, place} for left in each.glob(f"{PREFIX}*")):
        with contextlib.suppress(OSError), locked(left / "owner", wait=False) as nobody_has_it:
            if nobody_has_it:
                remove(left)
    home = Path(tempfile.mkdtemp(prefix=f".{PREFIX}", dir=place))
    home.chmod(0o755)  # the server's user has to get in
    try:
        with locked(home / "owner"):
            home = home.rename(home.with_name(home.name[1:]))  # only now may others find it
            yield home
    finally:
        remove(home)


def remove(home: Path) -> None:
    """Stop the server in a folder, if one runs there, and remove the folder."""
    programs = find_programs()
    if programs:
        Cluster(home, programs).stop("immediate")
    shutil.rmtree(home, ignore_errors=True)
