"""Destroying what was kept of a case: its key is deleted, and what was sealed with it can never be read again.

The chain of the case stays and still verifies: each entry's commitment says that something was written, not what.
A tombstone says what was destroyed, under which rule, why, and which two people decided it. What lay unsealed goes
too: its clocks, the details of its episode once no other case of the episode has any content; and the facts that the
case row repeats are emptied. What a database keeps of deleted rows is on SQLite encrypted and overwritten; on PostgreSQL
what was never sealed (clocks with their dates, details of episodes) may stay in its files and log until it writes over them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from models.draft import Draft
from models.draft_rows import CHANGED, NoSuchCase
from models.store import Store
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.errors import NOT_ALLOWED, NOT_READY, PathwayError

ROLE = "destruction"
LEAST_WORDS = 10
"""Characters of the reason, at least."""


class NotDestroyed(PathwayError):
    """The case is not to be destroyed. Arguments: the reference, why not."""

    def __str__(self) -> str:
        reference, why = self.args
        return f"{reference} was not destroyed: {why}. Nothing was changed."


class TwoNeeded(NotDestroyed):
    """One person cannot destroy a case alone."""

    code: ClassVar[int] = NOT_ALLOWED


class NotSealed(NotDestroyed):
    """The content was never sealed, so that nothing can take it back."""

    code: ClassVar[int] = NOT_READY


@dataclass(frozen=True, slots=True)
class Certificate:
    """What can be shown of a destruction: which case, how many entries, the last one's hash, who, when."""

    case_ref: str
    entries: int
    head: str
    rule: str
    by: str
    second: str
    at: datetime

    def text(self) -> str:
        """The certificate as it lies in the tombstone: one line for each thing."""
        return (
            f"case {self.case_ref}\nentries {self.entries}\nlast {self.head}\nrule {self.rule}\n"
            f"asked {self.by}\nagreed {self.second}\nat {self.at.isoformat(timespec='seconds')}\n"
        )


def destroy(
    store: Store,
    case_ref: str,
    *,
    rule: str,
    because: str,
    by: str,
    second: str,
    now: datetime,
    again: bool = False,
) -> Certificate:
    """Destroy what was kept of a closed case, in a transaction of its own; see `destroy_in`."""
    with store.writing() as tx:
        return destroy_in(
            tx, store, case_ref, rule=rule, because=because, by=by, second=second, now=now, again=again
        )


def destroy_in(
    tx: Transaction,
    store: Store,
    case_ref: str,
    *,
    rule: str,
    because: str,
    by: str,
    second: str,
    now: datetime,
    again: bool = False,
) -> Certificate:
    """Destroy what was kept of a closed case, with whatever else the transaction does.

    Args:
        tx: a transaction of `store`.
        store: a store whose content is sealed.
        case_ref: the case's reference.
        rule: the rule of retention it falls under.
        because: why, in a sentence.
        by: the login of who asked for it.
        second: the login of who agreed; somebody else.
        now: the moment that is written.
        again: it was destroyed in the records that this older copy takes the place of; it goes even if it was open.

    Raises:
        NoSuchCase: there is none of that reference.
        NotDestroyed: it is open, was destroyed before, or no reason is given.
        TwoNeeded: the two are one.
        NotSealed: the store holds it unsealed; made-up cases go with their store.
    """
    if not by or not second or by.casefold() == second.casefold():
        raise TwoNeeded(case_ref, "it takes two people, one who asks and another who agrees")
    if len(because.strip()) < LEAST_WORDS or not rule.strip():
        raise NotDestroyed(case_ref, "it needs a rule of retention and a reason in a sentence")
    if not store.sealed:
        raise NotSealed(
            case_ref, "these records are not encrypted, so nothing written in them can be taken back"
        )
    row = tx.one("case_to_change", reference=case_ref, seen_by=ALL_SEEING)
    if row is None:
        raise NoSuchCase(case_ref)
    _refuse(tx, row, again)
    certificate = _enter(tx, row, rule=rule, by=by, second=second, now=now)
    tx.run(
        "add_tombstone",
        case_ref=case_ref,
        pathway=row.pathway,
        entries=certificate.entries,
        head=bytes.fromhex(certificate.head),
        rule=rule,
        because=because.strip(),
        by_login=by,
        second_login=second,
        destroyed_at=now,
        certificate=certificate.text(),
    )
    _empty(tx, row)
    return certificate


def _refuse(tx: Transaction, row: Any, again: bool) -> None:
    reference = row.reference
    if tx.one("tombstone_of", case_ref=reference) is not None:
        raise NotDestroyed(reference, "that was done before")
    if row.is_open and not again:
        raise NotDestroyed(reference, "it is open. Close it first; the keeping is counted from then")
    if tx.need("plain_payloads_of", case_ref=reference).payloads:
        raise NotSealed(reference, "some of it was written before the records were encrypted")


def _enter(tx: Transaction, row: Any, *, rule: str, by: str, second: str, now: datetime) -> Certificate:
    """Write the last entry of the case's chain; it has no payload, since there is no key for one any more."""
    draft = Draft.of(pathway(row.pathway), row, [], 0)
    draft.enter(
        "destroyed",
        draft.state,
        actor=by,
        role=ROLE,
        effective_at=now,
        now=now,
        rule=rule,
        key=f"destroyed/{draft.reference}",
    )
    tx.many("add_trail", draft.entries)
    draft.facts, draft.lead, draft.changed_at = {}, None, now
    draft.is_open, draft.closed_at = False, draft.closed_at or now
    values = {name: value for name, value in draft.row().items() if name in CHANGED}
    changed = tx.run("change_case", case_id=row.id, seen=row.version, step=1, **values)
    assert changed == 1, "the row was locked when it was read"
    return Certificate(draft.reference, draft.seq, draft.head.hex(), rule, by, second, now)


def _empty(tx: Transaction, row: Any) -> None:
    """Delete the key, and what lies beside the trail; the tombstone stands already."""
    tx.run("drop_case_key", case_ref=row.reference)
    for each in ("drop_records", "drop_documents", "drop_deadlines", "drop_parked"):
        tx.run(each, case_id=row.id)
    tx.run("drop_drafts_of", case_ref=row.reference)
    tx.run("empty_episode", episode_id=row.episode_id, details={})
