"""Is Prefect set up as it must be for this work? Asked of the running server and of the environment; nothing is changed.

Nothing of Prefect is imported: `pathways doctor` asks this, and answers quickly.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from flows.service import address_of, same_database
from flows.settings import LOOPBACK
from models.place import found_at

HERE = frozenset((LOOPBACK, "localhost", "::1"))


class Look(NamedTuple):
    """One thing looked at: whether it is as it must be, what was found, what to do where it is not."""

    name: str
    ok: bool
    found: str
    fix: str = ""


def look(home: Path, store_url: str) -> Iterator[Look]:
    """Look at the service: whether it runs, who may look into its folder, how its server is set.

    Args:
        home: our own folder.
        store_url: the casework database's address.

    Raises:
        NotReady: this login may not look into our own folder.
    """
    folder = home / "prefect"
    address = address_of(folder) or os.environ.get("PREFECT_API_URL", "")
    there = found_at(folder)
    if there is not None and os.name == "posix":
        loose = bool(there.st_mode & 0o077)
        found = "others may look into it" if loose else "for its owner alone"
        yield Look("Service's folder", not loose, found, f"chmod 700 {folder}")
    own = os.environ.get("PREFECT_SERVER_DATABASE_CONNECTION_URL", "")
    if own:
        shared = same_database(own, store_url)
        found = "Prefect would keep its tables in the casework database" if shared else "Prefect has its own"
        yield Look("Service's tables", not shared, found, "give Prefect a database and a login of its own")
    if not address:
        yield Look("Service", True, "not running here; to start it: pathways serve")
        return
    try:
        place = urlsplit(address)
    except ValueError:  # brackets that do not match
        yield Look("Service's address", False, "it cannot be read", "see what PREFECT_API_URL says")
        return
    far = place.hostname not in HERE
    if far and place.scheme != "https":
        yield Look("Service's address", False, "it is not encrypted on its way", "use https, or loopback")
    try:
        told = settings_of(address)
    except (OSError, URLError, ValueError) as fault:
        kind = f"answers {fault.code}" if isinstance(fault, HTTPError) else "does not answer"
        yield Look("Service", False, f"{address} {kind}", "pathways serve, or see docs/runbook.md")
        return
    wrong = list(wrong_settings(told))
    found = "; ".join(said for said, _ in wrong) or f"{address}, shut to others, telling nobody"
    yield Look("Service", not wrong, found, "; ".join(fix for _, fix in wrong))


def settings_of(address: str) -> Mapping[str, Any]:
    """What a server says of its own settings; secrets are masked there.

    Raises:
        OSError, ValueError: it does not answer, or not with that.
    """
    request = Request(f"{address}/admin/settings")
    secret = os.environ.get("PREFECT_API_AUTH_STRING", "")
    if secret:
        request.add_header("Authorization", "Basic " + b64encode(secret.encode()).decode())
    with urlopen(request, timeout=5) as answer:
        told: dict[str, Any] = json.load(answer)["server"]
    return told


def wrong_settings(server: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What of a server's settings is not as it must be, and the setting that puts it right."""
    api, ui = server["api"], server["ui"]
    if server["analytics_enabled"]:
        yield "it reports its use to its makers", "PREFECT_SERVER_ANALYTICS_ENABLED=false"
    if ui["v2_enabled"]:
        yield "its newer pages ask an outside service", "PREFECT_SERVER_UI_V2_ENABLED=false"
    if ui["show_promotional_content"]:
        yield "its pages advertise", "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT=false"
    if not api["csrf_protection_enabled"]:
        yield "other pages may send it commands", "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED=true"
    if api["cors_allowed_origins"] == "*":
        yield "other pages may read it", "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS=its own address"
    if api["host"] not in HERE and not api["auth_string"]:
        yield "anybody on the network may use it", "PREFECT_SERVER_API_AUTH_STRING"
    if "flow_runs" not in str(server["services"]["db_vacuum"]["enabled"]):
        yield "it keeps every run for ever", "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED=events,flow_runs"
