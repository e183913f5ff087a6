"""Prefect as a service on this computer: its server and a runner as two processes that end with this one.

Nothing of Prefect is imported here; both processes get their settings through the environment. Their output goes to
files in Prefect's own folder: it holds dates, counts and references, as everything does that Prefect is told.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from flows.settings import KEPT, LOOPBACK, own_environment, own_folder, served
from pathways.errors import NotReady

READY = "runner.ready"
"""Stands in Prefect's folder while the service runs, and holds the address of its server."""
START_SECONDS = 300.0
"""How long server and runner may take to start: on a busy machine with a cold disk, minutes."""
STOP_SECONDS = 12.0
LOOK_SECONDS = 0.5


@dataclass(slots=True)
class Service:
    """Prefect's server, where it is ours, and the runner. `wall` is the address that managers open."""

    home: Path
    port: int
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def wall(self) -> str:
        """The address of the pages for managers."""
        api = self.environment["PREFECT_API_URL"]
        return api.removesuffix("/api") + "/artifacts"

    def ended(self) -> str:
        """Which of the processes ended by itself, and how; empty while all run."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                return f"The {name} ended by itself (exit code {process.returncode}); see {self._log(name)}."
        return ""

    def _log(self, name: str) -> Path:
        return self.home / "prefect" / f"{name}.log"

    def start(self, name: str, *arguments: str) -> None:
        """Start one of the processes, in a session of its own: Ctrl+C reaches us alone, and we end it in order."""
        log: IO[bytes] = open(self._log(name), "wb", opener=_for_us_alone)  # noqa: SIM115
        with log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "flows.running", name, *arguments],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
            )

    def stop(self) -> None:
        """End the runner, then the server; what does not end in time is killed with all that it started."""
        for _, process in reversed(self.processes.items()):
            if process.stdin:
                process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
            _kill_group(process)
            process.wait()


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Whatever is left of a process's session: itself, and runs that it had started."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()


@contextmanager
def service(
    url: str, home: Path, *, port: int = 4200, own_server: bool = True, seconds: float = START_SECONDS
) -> Iterator[Service]:
    """Start the service and, at the end, stop all of it.

    Args:
        url: the store; the processes get it through the environment.
        home: our own folder.
        port: of Prefect's server on loopback.
        own_server: False: speak to the server that PREFECT_API_URL names.
        seconds: how long the start may take.

    Raises:
        NotReady: a service runs over this folder, the port is taken, the named server does not answer, or a process
            did not start.
    """
    _need_alone(home / "prefect")
    api = os.environ.get("PREFECT_API_URL", "")
    if not own_server and not api:
        raise NotReady("No Prefect server is named. Set PREFECT_API_URL, or leave out --no-server.")
    database = os.environ.get("PREFECT_SERVER_DATABASE_CONNECTION_URL", "")
    if database and same_database(database, url):
        raise NotReady(
            "Prefect may not keep its own tables in the casework database. Give it one of its own: "
            "PREFECT_SERVER_DATABASE_CONNECTION_URL"
        )
    if own_server:
        _need_free(port)
    wanted = served(port) if own_server else {**served(port), "PREFECT_API_URL": api}
    environment = own_environment(home, wanted, kept=KEPT)
    secret = environment.get("PREFECT_SERVER_API_AUTH_STRING") if own_server else ""
    if secret:
        environment.setdefault("PREFECT_API_AUTH_STRING", secret)
    # Prefect writes its pages out before it serves them, by default into its installation.
    pages = {"PREFECT_UI_STATIC_DIRECTORY": str(own_folder(home) / "pages")}
    environment |= {**pages, "PATHWAYS_DATABASE_URL": url, "PATHWAYS_HOME": str(home)}
    made = Service(home, port, environment)
    ready = own_folder(home) / READY
    ready.unlink(missing_ok=True)
    until = time.monotonic() + seconds
    try:
        if own_server:
            made.start("server", str(port))
        address = environment["PREFECT_API_URL"]
        _wait(made, lambda: answers(address), until, f"Prefect's server at {address} does not answer.")
        made.start("runner", str(ready))
        _wait(made, ready.exists, until, "The runner did not start.")
        ready.write_text(address, encoding="utf-8")
        yield made
    finally:
        made.stop()
        ready.unlink(missing_ok=True)


@contextmanager
def brief_server(home: Path, environment: dict[str, str], *, seconds: float = START_SECONDS) -> Iterator[str]:
    """A server of Prefect's for one run on this computer: it ends with the run, and what it prints stays in its log.

    Args:
        home: our own folder.
        environment: Prefect's settings and everything else the server is started with.
        seconds: how long the start may take.

    Yields:
        The address of its API, once it answers.

    Raises:
        NotReady: it did not start.
    """
    made = Service(home, _free_port(), environment)
    address = f"http://{LOOPBACK}:{made.port}/api"
    try:
        made.start("brief-server", str(made.port))
        until = time.monotonic() + seconds
        try:
            _wait(made, lambda: answers(address), until, "Prefect's server does not answer.", every=0.1)
        except NotReady as fault:
            raise NotReady(f"{fault} Without it: pathways check run") from None
        yield address
    finally:
        made.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def address_of(folder: Path) -> str:
    """The address of the service that runs over this folder; empty where none does."""
    try:
        return (folder / READY).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _need_alone(folder: Path) -> None:
    there = address_of(folder)
    if there and answers(there):
        raise NotReady(
            f"The service runs here already; its pages: {there.removesuffix('/api')}/artifacts. Leave it, or stop it first."
        )


def _need_free(port: int) -> None:
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            raise NotReady(
                f"Port {port} is in use on this computer. If pathways serve runs already, leave it; "
                f"otherwise choose another: pathways serve --port {port + 1}"
            ) from None


def answers(api: str) -> bool:
    """Whether a Prefect server answers at this address."""
    try:
        with urlopen(Request(f"{api}/health"), timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError, ValueError):
        return False


def _wait(
    made: Service, there: Callable[[], bool], until: float, otherwise: str, *, every: float = LOOK_SECONDS
) -> None:
    while not there():
        ended = made.ended()
        if ended:
            raise NotReady(ended)
        if time.monotonic() > until:
            raise NotReady(otherwise)
        time.sleep(every)


def same_database(one: str, other: str) -> bool:
    """Whether two addresses mean the same PostgreSQL database, however their drivers are called."""

    def told(url: str) -> tuple[str | None, int, str]:
        parts = urlsplit(url)
        return parts.hostname, parts.port or 5432, parts.path.strip("/")

    return one.startswith("postgres") and other.startswith("postgres") and told(one) == told(other)
