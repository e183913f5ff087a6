"""Sessions of supervision at the end of their keeping: reviewed, agreed to, destroyed by hand, as files are.

Only those who may read a session end it: one asks, another agrees, one of them carries it out, and the keeping is worked
out anew each time. Its key goes, and what it said is overwritten; who met, when, and who signed stays, with the
fingerprint that was signed. The certificate lies in the session and on the own chain of whoever destroyed it. What was
said of a case lies on that case and stays there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.access import role_of
from models.anchors import writing
from models.destroying import LEAST_WORDS, NotDestroyed, NotSealed, TwoNeeded
from models.log_chain import note_in
from models.retention import (
    AGREED,
    DECLINED,
    DESTROY_SESSION,
    NOT_SHOWN,
    SESSION,
    WAITING,
    KeptStill,
    reason,
    standing_proposal,
)
from models.staff import are_one
from models.store import Store
from models.supervision import DESTROYED, NoSuchSession, reference_of
from models.transaction import Transaction
from models.viewer import ALL_SEEING, Viewer
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.keeping import BARS, Keeping, keep_session
from pathways.rulebook import Rulebook

ASKED, SAID_YES, SAID_NO = (
    "supervision_end_asked", "supervision_end_agreed", "supervision_end_declined",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ending:
    """A session as it is kept: its row, how long, the numbers of actions still open, and what was asked for and holds."""

    row: Any
    keeping: Keeping
    still_open: tuple[int, ...]
    asked: Any

    @property
    def name(self) -> str:
        """How it is called: session-12."""
        return f"{SESSION}{self.row.id}"

    def why_kept(self, today: date) -> str:
        """Why it is not to be destroyed on a London day, as the end of a sentence; empty where it may be."""
        why = self.keeping.why_kept(today)
        if why or not self.still_open:
            return why
        return f"action {self.still_open[0]} of it is still open: pathways supervision actions"


def number_of(typed: str) -> int | None:
    """The number of a session that was named as session-12; None where something else was."""
    name, _, number = typed.strip().lower().partition("-")
    return int(number) if f"{name}-" == SESSION and number.isdecimal() and len(number) < 10 else None


def weigh(tx: Transaction, number: int, rules: Rulebook, today: date, **seen_by: Viewer) -> Ending:
    """How long a session is kept, and how its end stands.

    Args:
        seen_by: whose sight counts of the holds on cases that were discussed; without it, the viewer's.

    Raises:
        NoSuchSession: there is none of that number, or it is not the viewer's to read.
        NotDestroyed: that was done before.
    """
    row = tx.one("supervision_by_id", supervision_id=number, today=today)
    if row is None:
        raise NoSuchSession(number)
    if row.destroyed_at is not None:
        raise NotDestroyed(f"{SESSION}{number}", "that was done before")
    marks = tuple(tx.all("marks_on_discussed", supervision_id=number, **seen_by))
    bars = {each.kind for each in marks if each.ended_at is None} & BARS.keys()
    actions = tx.all("actions_of_supervision", supervision_id=number, today=today)
    return Ending(
        row,
        keep_session(number, row.left_on, bars, rules, today),
        tuple(each.id for each in actions if each.ended_at is None),
        standing_proposal(tx, DESTROY_SESSION, reference_of(number), marks),
    )


def ask(store: Store, number: int, *, because: str, rules: Rulebook, actor: Actor, now: datetime) -> Ending:
    """Review a session whose keeping has ended, and ask for its destruction; somebody else decides.

    Raises:
        NoSuchSession, NotDestroyed, Mistyped: nothing was changed.
        KeptStill: a rule, a hold or an open action keeps it.
    """
    said = reason(because, LEAST_WORDS)
    with writing(store, now) as tx:
        found = weigh(tx, number, rules, local_day(now))
        _must_be_due(tx, found, rules, local_day(now))
        if found.asked is not None:
            raise Mistyped(f"That is asked for already. How it stands: pathways retention why {found.name}")
        tx.run(
            "add_proposal", kind=DESTROY_SESSION, target=reference_of(number), details={"rule": found.keeping.rule},
            because=said, asked_by=actor.name, asked_at=now, verdict=WAITING, decided_by=None, decided_at=None,
            decided_because=None,
        )  # fmt: skip
        told = {"session": number, "rule": found.keeping.rule, "because": said}
        note_in(tx, actor.name, role_of(actor), ASKED, told, now)
    return found


def decide(
    store: Store, number: int, *, agreed: bool, because: str, rules: Rulebook, actor: Actor, now: datetime
) -> None:
    """Agree that a session is destroyed, or decline; never by the one who asked. Nothing is destroyed by that.

    Raises:
        NoSuchSession, NotDestroyed, Mistyped: nothing was changed.
        TwoNeeded: they asked for it themselves.
        KeptStill: a rule, a hold or an open action keeps it by now.
    """
    said = reason(because)
    with writing(store, now) as tx:
        found = weigh(tx, number, rules, local_day(now))
        asked = found.asked
        if asked is None or asked.verdict != WAITING:
            raise Mistyped(f"Nobody has asked for it. To ask: pathways retention review {found.name}")
        if are_one(tx, asked.asked_by, actor.name):
            raise TwoNeeded(found.name, "nobody agrees to what they asked for. Ask another who may read it")
        if agreed:
            _must_be_due(tx, found, rules, local_day(now))
        tx.run(
            "decide_proposal", proposal_id=asked.id, verdict=AGREED if agreed else DECLINED, decided_by=actor.name,
            decided_at=now, decided_because=said,
        )  # fmt: skip
        told = {"session": number, "because": said, "asked_by": asked.asked_by}
        note_in(tx, actor.name, role_of(actor), SAID_YES if agreed else SAID_NO, told, now)


def carry_out(store: Store, number: int, *, rules: Rulebook, actor: Actor, now: datetime) -> str:
    """Destroy a session that one person has reviewed and another agreed to; the certificate, one line for each thing.

    Raises:
        NoSuchSession, NotDestroyed: nothing was changed.
        KeptStill: a rule, a hold or an open action keeps it by now.
        TwoNeeded: it has not been agreed to.
        NotSealed: the store holds it unsealed.
    """
    today = local_day(now)
    with writing(store, now) as tx:
        for each in tx.all("cases_of_supervision", supervision_id=number, today=today, seen_by=ALL_SEEING):
            tx.one("case_to_change", reference=each.reference, seen_by=ALL_SEEING)
        found = weigh(tx, number, rules, today)
        if not store.sealed:
            raise NotSealed(
                found.name, "these records are not encrypted, so nothing written in them can be taken back"
            )
        asked = _must_be_due(tx, found, rules, today).asked
        if asked is None or asked.verdict != AGREED:
            raise TwoNeeded(found.name, "one person asks and another agrees first: pathways retention due")
        certificate = (
            f"session {number}\nof {found.row.practitioner}\nheld {found.row.held_on.isoformat()}\n"
            f"fingerprint {found.row.fingerprint}\nrule {found.keeping.rule}\nasked {asked.asked_by}\n"
            f"agreed {asked.decided_by}\nat {now.isoformat(timespec='seconds')}\n"
        )
        _destroy(tx, number, certificate, actor, now)
    return certificate


def _must_be_due(tx: Transaction, found: Ending, rules: Rulebook, today: date) -> Ending:
    """Refuse what is kept, by what the viewer may know of and by everything; as it stands by everything."""
    counted = weigh(tx, found.row.id, rules, today, seen_by=ALL_SEEING)
    for each, why in ((found, found.why_kept(today)), (counted, NOT_SHOWN)):
        if each.why_kept(today):
            raise KeptStill(found.name, why)
    return counted


def _destroy(tx: Transaction, number: int, certificate: str, actor: Actor, now: datetime) -> None:
    """Overwrite what was said, delete the key, and write the certificate where both are proved by it."""
    changed = tx.run(
        "end_supervision",
        supervision_id=number,
        destroyed_at=now,
        destroyed_by=tx.viewer.id,
        certificate=certificate,
    )
    if changed != 1:
        raise NotDestroyed(f"{SESSION}{number}", "that was done before")
    tx.run("empty_supervision_actions", supervision_id=number)
    tx.run("empty_supervision_signatures", supervision_id=number)
    tx.run("drop_case_key", case_ref=reference_of(number))
    note_in(tx, actor.name, role_of(actor), DESTROYED, {"session": number, "certificate": certificate}, now)


def told_of(tx: Transaction) -> list[dict[str, Any]]:
    """Every session that was destroyed, with its certificate, for restoring copies of before."""
    return [
        {"session": row.id, "certificate": row.certificate}
        for row in tx.all("every_session_number")
        if row.destroyed_at is not None
    ]


def destroy_again(store: Store, told: Mapping[str, Any], now: datetime) -> None:
    """Destroy a session in an older copy, which was destroyed in the records that it takes the place of.

    Args:
        store: the copy.
        told: `session`, its number, and the `certificate` as it was written.
        now: the moment that is written.
    """
    with store.writing(service=True) as tx:
        tx.viewer = ALL_SEEING
        there = {row.id for row in tx.all("every_session_number") if row.destroyed_at is None}
        if told["session"] in there:
            _destroy(tx, told["session"], told["certificate"], Actor("restore", frozenset()), now)
