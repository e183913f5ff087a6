"""The deadline check as a Prefect flow in this process, on a short-lived server of its own.

Nothing of Prefect is imported here before its settings stand in the environment.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flows.service import brief_server
from flows.settings import QUIET, own_environment, prefect_is_here
from pathways.errors import NotReady, PathwayError

DRAIN_SECONDS = 10.0


@contextmanager
def prefect_to_ourselves(home: Path) -> Iterator[None]:
    """Let Prefect keep its own files in our folder, ask nobody, tell nobody, and speak to a server that ends with this.

    Raises:
        NotReady: the server does not start.
    """
    ours = own_environment(home, QUIET)
    for name in [name for name in os.environ if name not in ours]:
        del os.environ[name]
    os.environ |= ours
    with brief_server(home, dict(os.environ)) as api:
        os.environ["PREFECT_API_URL"] = api
        yield


@contextmanager
def _prefects_own_faults() -> Iterator[None]:
    """What Prefect meets while it is imported and its server starts is Prefect's; the records were not touched."""
    try:
        yield
    except Exception as fault:
        raise NotReady(
            f"Prefect could not start here ({type(fault).__name__}). Without it: pathways check run"
        ) from None


def run_in_process(url: str, as_of: datetime, shards: int, *, home: Path) -> str:
    """Run the deadline check as a Prefect flow in this process.

    Args:
        url: the store; it reaches the flow through the environment, never as a parameter.
        as_of: the moment the check looks from.
        shards: how many parts the cases are split into.
        home: our own folder.

    Returns:
        The message of the finished run.

    Raises:
        NotReady: Prefect is not installed, or its server cannot start here.
        PathwayError: the check itself failed.
    """
    if not prefect_is_here():
        raise NotReady("Prefect is not installed: pip install 'safeguarding-pathways[server]'")
    with prefect_to_ourselves(home):
        os.environ["PATHWAYS_DATABASE_URL"] = url
        with _prefects_own_faults():
            import prefect
            from prefect.events.worker import EventsWorker
            from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
        from flows.deadlines import check_deadlines

        logging.getLogger("prefect.events").setLevel(logging.CRITICAL)
        logging.getLogger(EventsWorker.__name__).setLevel(logging.ERROR)
        # A heartbeat is for those who watch from another process; here it costs a second.
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            with _prefects_own_faults(), prefect.get_client(sync_client=True) as client:
                client.hello().raise_for_status()
            state = check_deadlines(as_of.isoformat(), shards, return_state=True)
            result = state.result(raise_on_failure=False)
        # What Prefect still wants to tell its server is told before that ends, or it waits for it afterwards.
        EventsWorker.drain_all(timeout=DRAIN_SECONDS, at_exit=False)
    if isinstance(result, PathwayError):
        raise result
    if not state.is_completed():
        raise NotReady("The check did not finish. Run it again: what was done is not done twice.")
    return state.message or ""
