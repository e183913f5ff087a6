"""The outbox and those who listen: messages go out in their order, are marked done once the listener shows them.

A message may arrive twice, and is the same message: its number there follows from its key. What is about a guarded
case, or on a restricted pathway, is told to nobody who shares a server: it is withheld, for good. When nobody
listens, nothing waits for it and nothing is lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID, uuid5

from models.store import Store
from models.transaction import Transaction
from pathways import NAMES, pathway
from pathways.moments import local_day
from pathways.rulebook import Force, Rulebook

OUTBOX = UUID("5b0f6f0a-6e9a-5f7c-9a41-6f3a6d1f5e10")
"""The space of names in which a message's key becomes its number at the listener."""
BATCH = 100
A_SECOND = 300
"""Prefect's server drops events silently past some hundreds a second."""
LOOKS = 10
PAUSE = 1.0
"""A server writes an event down a moment after it has taken it: it is asked so often, so many seconds apart."""


class Listener(Protocol):
    """Where messages go: a server that takes events and can say which of them it has."""

    def send(self, events: Sequence[Mapping[str, Any]]) -> None:
        """Hand events over, in this order. It may fail, and may lose some."""

    def has(self, numbers: Sequence[str], since: datetime) -> set[str]:
        """Which of these it shows. None of them was sent before `since`."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it goes out: its place in the outbox, its number at the listener, the event."""

    id: int
    number: str
    event: dict[str, Any]


@dataclass(slots=True)
class Relayed:
    """What a relay did: handed over, seen at the other end, withheld, still waiting."""

    sent: int = 0
    done: int = 0
    withheld: int = 0
    waiting: int = 0


@dataclass(slots=True)
class _Pace:
    """Holds the sender back to so many a second."""

    a_second: int = A_SECOND
    pause: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _free_at: float = field(default=0.0)

    def wait_for(self, count: int) -> None:
        """Wait until `count` more may go, and count them."""
        now = self.clock()
        if now < self._free_at:
            self.pause(self._free_at - now)
            now = self._free_at
        self._free_at = now + count / self.a_second


def tell(tx: Transaction, key: str, event: str, at: datetime, **more: Any) -> None:
    """Put a message of the service's own into the outbox; the same key a second time changes nothing.

    Args:
        tx: the transaction that it is part of.
        key: names what happened.
        event: what kind of thing, as `pathways.check.finished`.
        at: when it happened.
        more: case_ref, pathway, team, rule, due_on, to_roles, where it is about a case.
    """
    plain = {"case_ref": "", "pathway": "", "team": "", "rule": "", "due_on": None, "to_roles": ""}
    tx.run(
        "add_outbox", key=key, event=event, effective_at=at, recorded_at=at, done_at=None, **{**plain, **more}
    )


def number_of(key: str) -> str:
    """The number that a message has at every listener and at every try."""
    return str(uuid5(OUTBOX, key))


def message_of(row: Any, statutory: bool, now: datetime) -> Message:
    """A row of the outbox as Prefect takes events: reference, pathway, team code, rule, days; nothing else."""
    number = number_of(row.key)
    case = row.case_ref
    about = f"pathways.case.{case}" if case else "pathways.service"
    related = [
        {"prefect.resource.id": f"pathways.{role}.{name}", "prefect.resource.role": role}
        for role, name in (("pathway", row.pathway), ("team", row.team))
        if name
    ]
    told = {
        "case": case,
        "pathway": row.pathway,
        "team": row.team,
        "rule": row.rule,
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "days_late": _days_late(row.due_on, row.effective_at),
        "roles": row.to_roles,
        "happened_at": row.effective_at.isoformat(),
    }
    event = {
        "id": number,
        "event": row.event,
        "occurred": now.isoformat(),
        "resource": {
            "prefect.resource.id": about,
            "prefect.resource.name": case or "the service",
            "pathways.statutory": "yes" if statutory else "no",
        },
        "related": related,
        "payload": {name: value for name, value in told.items() if value},
    }
    return Message(row.id, number, event)


def _days_late(due_on: date | None, at: datetime) -> int:
    return max((local_day(at) - due_on).days, 0) if due_on else 0


def statutory_rules(rulebook: Rulebook) -> frozenset[str]:
    """The rules of which an edition is statute."""
    return frozenset(
        rule
        for rule in rulebook.rules()
        if any(one.force is Force.STATUTORY for one in rulebook.editions(rule))
    )


def relay(
    store: Store,
    rulebook: Rulebook,
    listener: Listener,
    now: Callable[[], datetime],
    *,
    most: int = 20_000,
    pause: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Relayed:
    """Tell a listener what waits in the outbox.

    No transaction is open while the listener is spoken to, so that nobody's work waits for it.

    Args:
        store: where the outbox is.
        rulebook: says which rules are statute.
        listener: who is told. Whatever it raises ends the relay; what was not seen there waits on.
        now: this moment, in UTC.
        most: messages at most in this run.
        pause: waits so many seconds.
        clock: seconds that only go forward.
    """
    found, pace, after = Relayed(), _Pace(pause=pause, clock=clock), 0
    statutory, shut = statutory_rules(rulebook), frozenset(n for n in NAMES if pathway(n).restricted)
    with store.writing(service=True) as tx:
        found.withheld = tx.run("withhold_messages", now=now())
    try:
        while found.sent < most:
            with store.reading() as tx:
                rows = tx.all("messages_to_relay", after=after, most=min(BATCH, most - found.sent))
            if not rows:
                break
            after, moment = rows[-1].id, now()
            kept_back = [row.id for row in rows if row.pathway in shut]
            batch = [
                message_of(row, row.rule in statutory, moment) for row in rows if row.pathway not in shut
            ]
            found.withheld += len(kept_back)
            _mark_done(store, kept_back, moment)
            if batch:
                since = min((row.sent_at for row in rows if row.sent_at), default=moment)
                seen = _one_batch(store, batch, listener, pace, since, moment, now, pause)
                found.sent, found.done = found.sent + len(batch), found.done + seen
                if seen < len(batch):
                    break  # a case's later messages do not overtake one that was lost
    finally:
        with store.reading() as tx:
            found.waiting = tx.need("count_waiting_messages").messages
    return found


def _one_batch(
    store: Store,
    batch: Sequence[Message],
    listener: Listener,
    pace: _Pace,
    since: datetime,
    moment: datetime,
    now: Callable[[], datetime],
    pause: Callable[[float], None],
) -> int:
    """Send a batch, note that it was sent, and see what arrived; how many did."""
    pace.wait_for(len(batch))
    listener.send([each.event for each in batch])
    with store.writing(service=True) as tx:
        sent = [{"message_id": each.id, "event_id": each.number, "sent_at": moment} for each in batch]
        tx.many("mark_message_sent", sent)
    missing = {each.number: each.id for each in batch}
    for look in range(LOOKS):
        if look:
            pause(PAUSE)
        arrived = [missing.pop(each) for each in listener.has(list(missing), since) if each in missing]
        _mark_done(store, arrived, now())
        if not missing:
            break
    return len(batch) - len(missing)


def _mark_done(store: Store, ids: Sequence[int], now: datetime) -> None:
    if ids:
        with store.writing(service=True) as tx:
            tx.many("mark_message_done", [{"message_id": each, "done_at": now} for each in sorted(ids)])
