"""Two records of one person: they are linked and nothing is moved, and a link that is ended gives back what was."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from models.access import NotTheirs, quiet_draft, role_of
from models.anchors import writing
from models.as_at import story
from models.births import TOLD
from models.change import Change
from models.draft_rows import write_draft
from models.families import named_plainly
from models.kin import records_of
from models.people import give_back
from models.stays import tell_of_what_stays
from models.store import Store
from models.subjects import match_person
from models.transaction import Transaction
from models.undo import withdraw_told
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.access import KEEPERS
from pathways.clocks import Rules
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.kept_text import clean_text
from pathways.restating import withdrawn
from pathways.trail import FAMILY


def merge(
    store: Store,
    reference: str,
    other: str,
    *,
    because: str,
    actor: Actor,
    now: datetime,
    dry_run: bool = False,
) -> str:
    """Link the person of one case to that of another: two records of one person. The line that proves it.

    Nothing is moved. The first case's record is shown for both from now on; where it is linked to another already,
    that one is.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    said = _reason(because, actor)
    with writing(store, now, keep=not dry_run) as tx:
        kept, gone = (quiet_draft(tx, each).person_id for each in (reference, other))
        kept = records_of(tx, kept)[0]
        theirs = records_of(tx, gone)
        if kept in theirs:
            raise Mistyped(f"{reference} and {other} are of one person already. Nothing was changed.")
        if theirs[0] != gone or len(theirs) > 1:
            if len(records_of(tx, kept)) > 1:
                raise Mistyped(
                    "Both are linked to further records. Split one of them first: pathways people CASE split"
                )
            kept, gone = theirs[0], kept
        _must_fit(tx, kept, gone)
        tx.run(
            "add_person_link",
            person_id=kept,
            other_id=gone,
            because=said,
            by_login=actor.name,
            from_at=now,
            ended_at=None,
            ended_by=None,
            ended_because=None,
        )
        line = _note_on_all(tx, reference, (kept, gone), "merged", said, actor, now)
        match_person(tx, kept, actor.name, now)
    return line


def split(
    store: Store,
    rules: Rules,
    reference: str,
    *,
    because: str,
    actor: Actor,
    now: datetime,
    dry_run: bool = False,
) -> str:
    """End the link between a case's record and the one it was linked to. The line that proves it.

    Births that were told across the link are withdrawn where they were told, and each record gives back what it knew
    only through the link.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    said = _reason(because, actor)
    with writing(store, now, keep=not dry_run) as tx:
        person_id = quiet_draft(tx, reference).person_id
        links = tx.all("links_of_person", person_id=person_id)
        own = [each for each in links if each.other_id == person_id] or links
        if not own:
            raise Mistyped(f"The person of {reference} has one record only. Nothing was changed.")
        if len(own) > 1:
            raise Mistyped(
                f"Several records are linked to that of {reference}. Name a case of the one that is to go."
            )
        pair = (own[0].person_id, own[0].other_id)
        parted = {own[0].other_id}
        sides = parted, {*records_of(tx, own[0].person_id)} - parted
        line = _note_on_all(tx, reference, pair, "split", said, actor, now)
        tx.run("end_person_link", link_id=own[0].id, ended_at=now, ended_by=actor.name, ended_because=said)
        for side, other in (sides, sides[::-1]):
            for told_on, entry in _told_across(tx, side, other).items():
                _withdraw(tx, rules, told_on, entry, actor, said, now)
        give_back(tx, own[0], now)
    return line


def _withdraw(
    tx: Transaction, rules: Rules, reference: str, entry: int, actor: Actor, because: str, now: datetime
) -> None:
    """Withdraw a birth that was told through the link. On a case out of sight where work rests on it, it stays.

    Raises:
        Mistyped: work rests on it, on a case that the viewer sees.
    """
    change = Change(tx, now, rules)
    try:
        withdraw_told(change, {reference: entry}, actor=actor, because=because)
    except Mistyped:
        if tx.one("case_by_reference", reference=reference) is not None:
            raise
        tell_of_what_stays(tx, reference, entry, now)
    else:
        change.write()


def _told_across(tx: Transaction, side: Collection[int], other: Collection[int]) -> dict[str, int]:
    """The births told on cases of one side from cases of the other, that stand: the entry, by the case."""
    theirs = {
        row.reference
        for each in other
        for row in tx.all("cases_of_person", person_id=each, seen_by=ALL_SEEING)
    }
    found = {}
    for row in [
        row for each in side for row in tx.all("cases_of_person", person_id=each, seen_by=ALL_SEEING)
    ]:
        entries = story(tx, row.reference, row.id, seen_by=ALL_SEEING)
        gone = withdrawn(entries)
        for each in entries:
            if (
                each.action == TOLD
                and each.seq not in gone
                and each.comes_from
                and each.comes_from[0] in theirs
            ):
                found[row.reference] = each.seq
    return found


def _reason(because: str, actor: Actor) -> str:
    said = clean_text(because)
    if not actor.roles & KEEPERS:
        whose = ", ".join(sorted(role.label for role in KEEPERS))
        raise NotTheirs(f"Whether two records are of one person is decided by: {whose}. Nothing was changed.")
    if not said:
        raise Mistyped("A reason is needed: --because TEXT")
    return said


def _must_fit(tx: Transaction, kept: int, gone: int) -> None:
    """Refuse to make one of two who cannot be one: an adult and a child, or two open cases on one pathway.

    Raises:
        Mistyped: they cannot be one.
    """
    one, other = (tx.need("person_by_id", person_id=each) for each in (kept, gone))
    if (one.kind == "adult") != (other.kind == "adult"):
        raise Mistyped(
            "One is an adult and the other a child, so they are not one person. Nothing was changed."
        )
    standing: dict[str, str] = {}
    for person_id in (kept, gone):
        for row in tx.all("cases_of_whole_person", person_id=person_id):
            if not row.is_open or pathway(row.pathway).restricted:
                continue
            there = standing.setdefault(row.pathway, row.reference)
            if there != row.reference:
                raise Mistyped(
                    f"Both have an open case on the same pathway, {there} and {row.reference}. Close or undo the one "
                    "that was opened by mistake, then link them."
                )


def _note_on_all(
    tx: Transaction,
    reference: str,
    people: Collection[int],
    what: str,
    because: str,
    actor: Actor,
    now: datetime,
) -> str:
    """Put an entry on every case of these people; the line that proves it on the case at hand."""
    line = ""
    found = {row.reference for each in people for row in tx.all("cases_of_person", person_id=each)}
    role = role_of(actor)
    payload = {"people": [named_plainly(tx, each) for each in people], "because": because}
    for each in sorted(found | {reference}):
        draft = quiet_draft(tx, each)
        draft.enter(
            f"{FAMILY}{what}",
            draft.state,
            actor=actor.name,
            role=role,
            effective_at=now,
            now=now,
            extra=payload,
        )
        write_draft(tx, draft)
        if each == reference:
            line = f"saved - entry {draft.seq} - {draft.head.hex()[:8]}"
    return line
