"""The record may only be read: put in force when it did not verify, ended by an operator who has looked.

A store notices when it is opened. What the service notes about itself goes on; cases are not changed.
"""

from __future__ import annotations

from datetime import datetime

from models.relay import tell
from models.store import Store

SETTING = "read_only"


def stop_writing(store: Store, now: datetime) -> None:
    """Let nothing be added to the record from now on, and tell those who listen that it did not verify."""
    with store.writing(service=True) as tx:
        tx.run("put_setting", name=SETTING, value="yes")
        tell(tx, f"service/audit.broken/{now:%Y-%m-%dT%H:%M}", "pathways.audit.broken", now)
    store.read_only = True


def allow_writing(store: Store) -> bool:
    """Let the record be added to again; whether it had been shut. Ask for this only once it verifies."""
    was = store.read_only
    with store.writing(service=True) as tx:
        tx.run("put_setting", name=SETTING, value="no")
    store.read_only = False
    return was
