"""Which entry an undo withdraws, and whether that can be, and by whom.

What left the building cannot be undone, nor can a date that passed.
"""

from __future__ import annotations

import re
from datetime import datetime

from models.documents import letters_sent
from models.transaction import Transaction
from models.undo_following import Undoing
from pathways.days import local_day
from pathways.errors import Mistyped
from pathways.moments import words
from pathways.restating import (
    MAY_RESTATE,
    Told,
    way_of,
)
from pathways.trail import PAGE_DESTROYED, QUIET


def choose(work: Undoing, seq: int | None) -> Told:
    """The entry that is to be withdrawn.

    Raises:
        RefusedUndo: it cannot be, or not by this actor.
        Mistyped: the case has no such entry.
    """
    part = work.own
    if any(each.action == PAGE_DESTROYED for each in part.entries):
        raise work.no(
            "A page of this file was destroyed at the end of its keeping, so its entries cannot be told again."
        )
    if seq is None:
        found = next((each for each in reversed(part.entries) if _usual(work, each)), None)
        if found is None:
            raise work.no("There is no change on this case that could be undone.")
        told = found
    elif 0 < seq <= len(part.entries):
        told = part.told_as(seq)
    else:
        raise Mistyped(
            f"{part.reference} has no entry {seq}. Its entries: pathways chronology {part.reference}"
        )
    _may_be_undone(work, told)
    _may_undo(work, told)
    return told


def _usual(work: Undoing, told: Told) -> bool:
    quiet = told.action.startswith(QUIET) or told.by_clock
    return not quiet and told.seq not in work.own.before


def _may_be_undone(work: Undoing, told: Told) -> None:
    reference, seq = work.own.reference, told.seq
    if seq in work.own.before:
        by = work.own.before[seq]
        raise work.no(
            f"Entry {seq} is withdrawn already, by entry {by}.",
            ways=("Put it back:", f"pathways undo {reference} --entry {by}"),
        )
    if told.action.startswith(QUIET):
        raise work.no(f"Entry {seq} changed nothing: it notes an attempt, a look or who may see the case.")
    if told.by_clock:
        raise work.no(
            "That a date passed is a fact. It falls away only with the entry that wrongly began its clock.",
            ways=(f"pathways chronology {reference}",),
        )
    if told.basis == "asserted":
        raise work.no(
            f"Entry {seq} was told by another system, not witnessed here.",
            ways=("Put it right where it came from, and import again.",),
        )
    if told.comes_from is not None:
        source, number = told.comes_from
        if work.tx.one("case_by_reference", reference=source) is None:
            raise work.no(f"Entry {seq} follows from a decision on another case, and is undone there.")
        raise work.no(
            f"Entry {seq} follows from entry {number} of {source}, and is undone there.",
            ways=(f"pathways undo {source} --entry {number}",),
        )
    if told.voids is None and not told.opens and way_of(work.draft.pathway, told, told.from_state) is None:
        raise work.no(f"Entry {seq} is no decision of this pathway, and is not undone in this way.")
    sent = sent_since(work.tx, reference, told)
    if sent:
        raise work.no(
            f"A message about it went out on {words(local_day(sent[0]))}. A message cannot be unsent.",
            ways=(
                "Make the correction as a step of its own, so that both are on the record:",
                f"pathways next {reference}",
            ),
        )


def _may_undo(work: Undoing, told: Told) -> None:
    """Who made it may undo it on the same London day; otherwise a manager of the pathway decides."""
    managers = MAY_RESTATE[work.draft.pathway.name]
    own = next((role for role in managers if role in work.actor.roles), None)
    if work.by is not None:
        own = work.by if work.by in managers and work.actor.may_enter_for(work.by) else None
    if own is not None:
        work.role, work.decided = own, True
    elif work.by is None and work.own_today(told):
        work.role = told.role
    else:
        by_others = told.actor != work.actor.name
        made = "It was made by somebody else" if by_others else "It was made on another day"
        if work.by is not None:
            made = f"The {work.by.label} does not decide that"
        raise work.not_theirs(made, told)


def sent_since(tx: Transaction, reference: str, entry: Told) -> list[datetime]:
    """When something about an entry left the building; empty where nothing did.

    That is an e-mail whose key names the entry's message, or a letter that was written from it.
    """
    about = re.compile(rf"(?:^|[^0-9A-Z-]){re.escape(f'{reference}/{entry.seq}')}(?![0-9])")
    rows = tx.all("notices_sent", since=entry.at, pattern=f"%{reference}/{entry.seq}%")
    letters = letters_sent(tx, reference, entry.seq, entry.at)
    return sorted([*(row.sent_at for row in rows if about.search(row.key)), *letters])
