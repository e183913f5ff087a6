"""Prefect inside one process: its settings, without its server, its profiles or anything of the person's own.

Nothing of Prefect is imported here before its settings stand in the environment.
"""

from __future__ import annotations

import logging
import os
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from pathways.errors import NotReady, PathwayError

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LOG_PRINTS": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}


def prefect_is_here() -> bool:
    """Whether Prefect is installed; it belongs to the `server` extra."""
    return find_spec("prefect") is not None


def keep_to_ourselves(home: Path) -> None:
    """Let Prefect keep its own files in our folder, ask nobody, tell nobody."""
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    folder = home / "prefect"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ |= {
        **QUIET,
        "PREFECT_HOME": str(folder),
        "PREFECT_PROFILES_PATH": str(folder / "profiles.toml"),
    }


def run_in_process(url: str, as_of: datetime, shards: int, *, home: Path) -> str:
    """Run the deadline check as a Prefect flow in this process, on a server of its own that ends with it.

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
    keep_to_ourselves(home)
    os.environ["PATHWAYS_DATABASE_URL"] = url
    try:
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        from flows.deadlines import check_deadlines

        logging.getLogger("prefect.events").setLevel(logging.CRITICAL)
        # A heartbeat is for those who watch from another process; here it costs a second.
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            state = check_deadlines(as_of.isoformat(), shards, return_state=True)
            result = state.result(raise_on_failure=False)
    except PathwayError:
        raise
    except Exception as fault:
        # Whatever Prefect met while it started is Prefect's; the records were not touched.
        raise NotReady(
            f"Prefect could not start here ({type(fault).__name__}). Without it: pathways check run"
        ) from None
    if isinstance(result, PathwayError):
        raise result
    if not state.is_completed():
        raise NotReady("The check did not finish. Run it again: what was done is not done twice.")
    return state.message or ""
