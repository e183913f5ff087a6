"""Prefect for the tests: one server of the tests' own for the whole run, and nobody told anything."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

TABLES = "tables.db"
"""Prefect's tables as its server has just made them, to copy."""
BOUND = 90.0
"""Seconds that a test waits at most for a server or a worker to have done something."""


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory) -> Path:
    """The folder of Prefect's test server."""
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture(scope="session")
def prefect_server(prefect_home):
    """Prefect's test server, started once; its settings are ours alone. Gives the file of its database."""
    from flows.settings import QUIET

    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    profiles = str(prefect_home / "profiles.toml")
    os.environ |= {**QUIET, "PREFECT_HOME": str(prefect_home), "PREFECT_PROFILES_PATH": profiles}
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, get_current_settings, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        address = get_current_settings().server.database.connection_url.get_secret_value()
        path = address.split("///", 1)[1]
        with closing(sqlite3.connect(path)) as made, closing(sqlite3.connect(prefect_home / TABLES)) as kept:
            made.backup(kept)
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            yield path


@pytest.fixture(scope="session")
def prefect_tables(prefect_server, prefect_home) -> Callable[[Path], None]:
    """Lays Prefect's tables, with nothing of ours in them, into a folder that a server is to be started over.

    A server that finds none works through every migration that Prefect has ever had, longer than all the rest of its
    start. That it does is shown by `serving` in test_service.py and by test_demo.py, which begin with an empty folder.
    """

    def lay(folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / "prefect.db"
        path.touch(mode=0o600)
        path.write_bytes((prefect_home / TABLES).read_bytes())

    return lay


@pytest.fixture
def api(prefect_server):
    """Prefect's client, on the tests' own server."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        yield client


@pytest.fixture
def until():
    """Wait for something that another process does: `until(lambda: ...)` gives what it found, or fails in the end."""

    def wait(found, seconds=BOUND):
        last = time.monotonic() + seconds
        while not (there := found()):
            assert time.monotonic() < last, "it did not happen in time"
            time.sleep(0.2)
        return there

    return wait
