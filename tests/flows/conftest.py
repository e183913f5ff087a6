"""Prefect for the tests: one server of the tests' own for the whole run, and nobody told anything."""

from __future__ import annotations

import os
import time

import pytest

BOUND = 90.0
"""Seconds that a test waits at most for a server or a worker to have done something."""


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory):
    """Prefect's test server, started once; its settings are ours alone. Gives the file of its database."""
    from flows.settings import QUIET

    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    home = tmp_path_factory.mktemp("prefect")
    os.environ |= {**QUIET, "PREFECT_HOME": str(home), "PREFECT_PROFILES_PATH": str(home / "profiles.toml")}
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, get_current_settings, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        address = get_current_settings().server.database.connection_url.get_secret_value()
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            yield address.split("///", 1)[1]


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
