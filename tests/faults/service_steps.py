"""Steps of the service as commands, so that they can be broken: what Prefect's flows call, without Prefect.

Whoever listens is a folder in the home folder: a message or an event is a file named by its number, so that one that
goes out twice under one number is seen as what it is for a real listener.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[2]))

from commands.refusals import explain
from models import mail, relay
from models.digests import queue_digests
from models.mail import Mail, send_notices
from models.notices import queue_urgent
from models.place import database_url, home
from models.setup import rules_of
from models.store import Store, open_store
from models.viewer import ALL_SEEING
from pathways.errors import PathwayError
from tests.faults.jobs import MONDAY, NIGHT

MAIL = Mail(sender="pathways@authority.example", host="relay.example", operator="operator@authority.example")
DAY = timedelta(days=1)
LATER = timedelta(hours=4)
"""From one run of a step to the next: longer than a message waits that was being sent when the service was killed."""


def _taken(folder: str, name: str) -> Path:
    path = home() / folder
    path.mkdir(mode=0o700, exist_ok=True)
    return path / sha256(name.encode()).hexdigest()[:20]


class _Folder:
    """Takes events and mail, each into a file."""

    def send(self, events: Sequence[Mapping[str, Any]]) -> None:
        for each in events:
            _taken("events", str(each["id"])).touch(mode=0o600)

    def has(self, numbers: Sequence[str], _since: datetime) -> set[str]:
        return {each for each in numbers if _taken("events", each).exists()}

    def send_message(self, letter: EmailMessage) -> None:
        _taken("mail", f"{letter['Message-ID']} {letter['To']}").touch(mode=0o600)

    def quit(self) -> None:
        return


def _moment() -> datetime:
    """Each run is later than the one before."""
    runs = home() / "runs"
    runs.mkdir(mode=0o700, exist_ok=True)
    before = len(list(runs.iterdir()))
    (runs / str(before)).touch(mode=0o600)
    return NIGHT + DAY + LATER * before


def digests(store: Store) -> None:
    queue_digests(store, rules_of(store), MONDAY)


def urgent(store: Store) -> None:
    queue_urgent(store, NIGHT)


def send(store: Store) -> None:
    moment = _moment()
    with patch.object(mail, "_connected", lambda _mail, _seconds: _Folder()):
        send_notices(store, MAIL, lambda: moment)


def events(store: Store) -> None:
    relay.relay(store, rules_of(store).rulebook, _Folder(), lambda: MONDAY, pause=lambda _: None)


STEPS = {each.__name__: each for each in (digests, urgent, send, events)}


def main() -> None:
    """Run the step that is named."""
    try:
        with open_store(database_url()) as store:
            store.viewer = ALL_SEEING
            STEPS[sys.argv[1]](store)
    except PathwayError as refused:
        sys.exit(explain(refused, as_json=False))


if __name__ == "__main__":
    main()
