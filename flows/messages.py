"""Messages on their way out: the outbox to Prefect's events, the ledger of notices to the mail relay.

Both look at what waits in our own database and go over it again next time: a server or a relay that is down delays a
message and loses none. Nothing else in the program emits an event.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import State
from prefect.settings import PREFECT_API_URL
from prefect.states import Completed, Failed

from flows.steps import TOLD_NOTHING, open_at, without_values
from models.agency_mail import queue_chasers
from models.clock import now as real_now
from models.digests import queue_digests
from models.mail import Mail, RelayDown, mail_of
from models.mail import send_notices as send_all
from models.notices import ALWAYS, URGENT, queue_supervision, queue_urgent, tell_operator
from models.place import settings
from models.relay import Relayed, relay
from models.setup import rules_of
from models.store import Store
from pathways.errors import NotReady
from pathways.moments import LONDON


class PrefectServer:
    """The server that this run reports to, as one who listens to the outbox."""

    def __init__(self, client: SyncPrefectClient) -> None:
        self._http: httpx.Client = client._client

    def send(self, events: Sequence[Mapping[str, Any]]) -> None:
        """Post events in one request."""
        self._http.post("/events", json=list(events)).raise_for_status()

    def has(self, numbers: Sequence[str], since: datetime) -> set[str]:
        """Which of these the server shows."""
        asked = {
            "filter": {
                "id": {"id": list(numbers)},
                "occurred": {"since": (since - timedelta(days=1)).isoformat()},
            },
            "limit": min(len(numbers), 50),
        }
        found: set[str] = set()
        answer = self._http.post("/events/filter", json=asked)
        while True:
            answer.raise_for_status()
            page = answer.json()
            found |= {each["id"] for each in page["events"]}
            if not page.get("next_page"):
                return found
            answer = self._http.get(page["next_page"])


def relay_to_server(store: Store) -> Relayed:
    """Relay the outbox to the Prefect server whose address is set.

    Raises:
        NotReady: no address is set. Without this guard Prefect would start a server of its own for it.
    """
    if not PREFECT_API_URL.value():
        raise NotReady("No Prefect server is named, so nothing was relayed. Set PREFECT_API_URL.")
    with get_client(sync_client=True) as client:
        return relay(store, rules_of(store).rulebook, PrefectServer(client), real_now)


@flow(name="relay-events", flow_run_name="Relay what happened to Prefect's events", **TOLD_NOTHING)
@without_values("relay-events")
def relay_events() -> State[Any]:
    """Hand what waits in the outbox to Prefect's events: references, pathway, team, rule, days. No guarded case."""
    store, _, _ = open_at()
    with store:
        done = relay_to_server(store)
    said = f"{done.done} relayed, {done.waiting} waiting"
    if done.done < done.sent:
        return Completed(name="Some to be repeated", message=f"{said}; what was not seen goes out again")
    return Completed(message=said)


def mail_settings() -> Mail:
    """The mail relay of the settings file; the password from the environment, or from systemd's credentials."""
    password = os.environ.get("PATHWAYS_MAIL_PASSWORD", "")
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    if not password and folder and (Path(folder) / "mail-password").exists():
        password = (Path(folder) / "mail-password").read_text(encoding="utf-8").strip()
    return mail_of(settings(), password)


@flow(name="send-notices", flow_run_name="Send what people are to be told", **TOLD_NOTHING)
@without_values("send-notices")
def send_notices() -> State[Any]:
    """Queue today's digests and urgent messages, and send what is due: references and counts, never a name."""
    mail = mail_settings()
    if not mail.set_up:
        return Completed(name="No mail", message="No mail relay is set up, so nobody is written to")
    store, _, now = open_at()
    with store:
        for about in ALWAYS:
            queue_urgent(store, now, about)
        queue_supervision(store, now)
        asked = queue_chasers(store, mail, now)
        if now.astimezone(LONDON).hour >= 7:
            queue_digests(store, rules_of(store), now)
        return _send(store, mail, now, asked.unreachable)


def _send(store: Store, mail: Mail, now: datetime, unreachable: Sequence[str] = ()) -> State[Any]:
    try:
        done = send_all(store, mail, lambda: now)
    except RelayDown as fault:
        return Failed(name="Mail relay down", message=str(fault))
    said = f"{done.sent} sent, {done.again} to be tried again, {done.given_up} given up"
    if unreachable:
        said += f"; no address for {', '.join(unreachable)}: [mail.agencies] in pathways.toml"
    return Completed(name="Some given up" if done.given_up else "Completed", message=said)


@flow(name="notify", flow_run_name="Tell those concerned: {about}", **TOLD_NOTHING)
@without_values("notify")
def notify(about: str) -> State[Any]:
    """Tell those concerned at once. Automations run it.

    Args:
        about: a word of `URGENT` or `OPERATOR` in models/notices.py.
    """
    store, _, now = open_at()
    with store:
        if about in URGENT:
            queue_urgent(store, now, about)
        else:
            tell_operator(store, about, now)
        mail = mail_settings()
        if not mail.set_up:
            return Completed(name="No mail", message="No mail relay is set up, so nobody is written to")
        asked = queue_chasers(store, mail, now) if about == "reports-missing" else None
        return _send(store, mail, now, asked.unreachable if asked else ())
