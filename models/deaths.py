"""Deaths that reach cases behind the wall: the service stops the clocks that whoever recorded the death could not reach.

A death recorded on one case stops the clocks of every other case of the person in the same transaction
(`models/beside.py`). On PostgreSQL row security keeps cases from that login: the database itself leaves a message for
each of them (`pathways_tell_of_death`) and tells the login nothing. The nightly check, which sees every case, reads these
messages and does there what the one transaction could not, in the words of the entry that recorded the death.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from models.change import Change
from models.draft import Draft
from models.store import Store
from models.transaction import Transaction
from pathways.clocks import Rules
from pathways.restating import DIED

LEARNED = "died_on"


@dataclass(frozen=True, slots=True)
class Source:
    """The entry that recorded a death or a birth: of which case, its number, who, in which role, when; the day learned."""

    reference: str
    seq: int
    actor: str
    role: str
    effective_at: datetime
    learned: str


def stop_clocks_of_the_dead(store: Store, rules: Rules, now: datetime) -> int:
    """Stop the clocks of cases that were hidden from whoever recorded their person's death; of how many cases.

    Each case in a transaction of its own; doing it again changes nothing. Where the death is on the case already, or
    has been withdrawn since, the case stays as it is.

    Args:
        store: the store, opened by a login that sees every case.
        rules: rule pack and calendar.
        now: the moment that is written.
    """
    with store.reading() as tx:
        waiting = [row.reference for row in tx.all("deaths_behind_the_wall")]
    return sum(_stop(store, rules, reference, now) for reference in waiting)


def _stop(store: Store, rules: Rules, reference: str, now: datetime) -> bool:
    with store.writing() as tx:
        change = Change(tx, now, rules)
        draft = change.load_beside(reference)
        source = None if LEARNED in draft.facts else source_of(change, draft, LEARNED)
        if source is None:
            return False
        seq = draft.enter(
            DIED,
            draft.state,
            actor=source.actor,
            role=source.role,
            effective_at=source.effective_at,
            now=now,
            extra={"from": source.reference, "entry": source.seq},
        )
        draft.stop_all(source.effective_at, seq)
        change.keep(draft)
        change.write()
    return True


def source_of(change: Change, draft: Draft, learned: str) -> Source | None:
    """The entry on another of the person's cases that recorded their death or birth; None where it stands no longer.

    `learned`: the fact that it made known, `died_on` or `birth_date`.
    """
    for row in change.cases_of(draft.person_id):
        if row.reference != draft.reference and learned in row.facts:
            found = _entry(change.tx, row.reference, learned)
            if found is not None:
                return found
    return None


def _entry(tx: Transaction, reference: str, learned: str) -> Source | None:
    """The newest entry of a case that made such a day known while it ran."""
    for row in reversed(tx.all("own_chain", reference=reference)):
        told = json.loads(row.body)["facts"].get(learned) if row.body is not None and row.seq > 1 else None
        if row.voids is None and told:
            return Source(reference, row.seq, row.actor, row.role, row.effective_at, str(told))
    return None
