"""Prefect's settings: ours alone, without its profiles or anything of the person's own.

Nothing of Prefect is imported here before its settings stand in the environment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LOG_PRINTS": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}


KEPT = ("PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_SERVER_API_AUTH_STRING", "PREFECT_API_AUTH_STRING")
"""What an operator may say about Prefect's own server; it stays as it was said."""
LOOPBACK = "127.0.0.1"


def served(port: int) -> dict[str, str]:
    """The settings of a server of our own on this computer, and of those who speak to it.

    Loopback only; nobody outside is told or asked; no advertisement; events and runs are kept for 90 days.
    """
    origin = f"http://{LOOPBACK}:{port}"
    return {
        **QUIET,
        "PREFECT_API_URL": f"{origin}/api",
        "PREFECT_SERVER_API_HOST": LOOPBACK,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": origin,
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_UI_API_URL": "/api",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P90D",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "P90D",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    }


def prefect_is_here() -> bool:
    """Whether Prefect is installed; it belongs to the `server` extra."""
    return find_spec("prefect") is not None


def own_folder(home: Path) -> Path:
    """Where Prefect keeps its own files: a folder of ours that nobody else may look into."""
    folder = home / "prefect"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def own_environment(home: Path, wanted: Mapping[str, str], *, kept: Sequence[str] = ()) -> dict[str, str]:
    """This process's environment with Prefect's part of it ours alone, but for what is `kept` as it was said."""
    folder = own_folder(home)
    given = {
        name: value for name, value in os.environ.items() if not name.startswith("PREFECT_") or name in kept
    }
    ours = {"PREFECT_HOME": str(folder), "PREFECT_PROFILES_PATH": str(folder / "profiles.toml")}
    return {**wanted, **ours, **given}
