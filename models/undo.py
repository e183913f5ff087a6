"""Putting a mistake right: an entry is withdrawn by a further one, with all that no longer holds without it.

The trail only grows. What followed from the entry is told again (`pathways/restating.py`), here and on the person's
other cases, and everything is written in one transaction or not at all. What left the building cannot be undone,
nor can a date that passed; a withdrawn entry stays on the record and says which entry withdrew it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from models.access import role_of
from models.anchors import writing
from models.as_at import story
from models.change import Change
from models.draft_rows import ChangedMeanwhile
from models.queries import CaseView, case_view
from models.stays import tell_of_what_stays
from models.store import Store
from models.transaction import Transaction
from models.undo_choice import choose
from models.undo_following import RefusedUndo, Undoing
from models.undo_writing import write
from pathways.bookings import CONFERENCE_MOVES
from pathways.clocks import Rules, start_of_day
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import REFUSED, Mistyped, PathwayError
from pathways.kept_text import clean_text
from pathways.restating import (
    UNDO,
    Fallen,
    RunsAgain,
    Told,
)
from pathways.roles import Role
from pathways.trail import QUIET

SHORTEST_REASON = 10
CHANGES_LOOKED_AT = 50


class NothingToUndo(PathwayError):
    """There is nothing that an undo could withdraw. One argument: the sentence."""

    code: ClassVar[int] = REFUSED


@dataclass(frozen=True, slots=True)
class Beside:
    """What an undo does on another case that the actor may see; what it does on others is not told."""

    reference: str
    title: str
    entries: tuple[int, ...]
    opened: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did, or would do. `before` is the case as it stood, `after` as it stands without the entry."""

    reference: str
    entry: Told
    before: CaseView
    after: CaseView
    seq: int
    code: str
    fallen: tuple[Fallen, ...]
    beside: tuple[Beside, ...]
    ended: tuple[Any, ...]
    again: tuple[RunsAgain, ...]
    begun: tuple[tuple[str, date], ...]
    kept: bool

    @property
    def puts_back(self) -> bool:
        """Whether an undo was itself withdrawn."""
        return self.entry.voids is not None

    @property
    def confirms(self) -> tuple[int, ...]:
        """The entries of people that no longer hold, which somebody has to agree to."""
        return tuple(each.entry.seq for each in self.fallen if not each.entry.by_clock)

    @property
    def line(self) -> str:
        """The line that proves the write."""
        return f"saved - entry {self.seq} - {self.code}"


def undo(
    store: Store,
    rules: Rules,
    reference: str,
    *,
    actor: Actor,
    now: datetime,
    because: str = "",
    entry: int | None = None,
    by: Role | None = None,
    seen: int | None = None,
    confirmed: Collection[int] = (),
    dry_run: bool = False,
) -> Undone:
    """Withdraw an entry of a case, with what followed from it; of an undo: put back what it withdrew.

    Args:
        store: where the cases are.
        rules: what dates are worked out from.
        reference: the case.
        actor: who is at the keyboard.
        now: the present moment, aware.
        because: why, at least ten characters; not asked of a dry run.
        entry: its number; by default the last change that still stands.
        by: the manager who decided, where the actor writes it down for them.
        seen: the version of the case that the actor looked at.
        confirmed: the later entries of people that the actor agrees to withdraw with it.
        dry_run: work everything out, keep nothing.

    Raises:
        NoSuchCase, ChangedMeanwhile, Mistyped, RefusedUndo, NothingToUndo: nothing was changed. A refusal is on the
        trail all the same.
    """
    reason = clean_text(because)
    try:
        with writing(store, now, keep=not dry_run) as tx:
            change = Change(tx, now, rules)
            draft = change.load(reference)
            if seen is not None and seen != draft.version:
                raise ChangedMeanwhile(reference)
            before = case_view(tx, reference)
            work = Undoing(change, draft, actor, by)
            told = choose(work, entry)
            work.plan(told, tuple(confirmed), asked=not dry_run)
            if not dry_run and len(reason) < SHORTEST_REASON:
                raise Mistyped(
                    "An undo needs a reason of at least ten characters, which stays on the record: --because TEXT"
                )
            seq = write(work, told, reason)
            change.write()
            for left, entry_there in work.left.items():
                tell_of_what_stays(tx, left, entry_there, now)
            action = work.what_it_is_about(told)
            if action in CONFERENCE_MOVES:
                from models.meetings import follow_undo

                follow_undo(tx, draft, action, now)
            return _receipt(work, told, seq, before, kept=not dry_run)
    except RefusedUndo as refused:
        if not dry_run:
            _note_refusal(store, rules, reference, actor, now, refused)
        raise


def _receipt(work: Undoing, told: Told, seq: int, before: CaseView, *, kept: bool) -> Undone:
    """What was done, read back from what was written."""
    own = work.own
    assert own.clocks is not None
    beside = [each for each in work.changed() if each is not own and each.visible]
    return Undone(
        own.reference,
        told,
        before,
        case_view(work.tx, own.reference),
        seq,
        own.draft.head.hex()[:8],
        tuple(sorted(work.fallen, key=lambda each: each.entry.seq)),
        tuple(
            Beside(each.reference, each.draft.pathway.title, tuple(sorted(each.targets)), 1 in each.targets)
            for each in beside
        ),
        tuple(own.clocks.ends()),
        tuple(own.clocks.runs_again(work.change.now)),
        tuple((each.rule, each.due_on) for each in own.clocks.begins()),
        kept,
    )


def withdraw_told(change: Change, told: Mapping[str, int], *, actor: Actor, because: str) -> None:
    """Withdraw births that were told on cases of one person through a link between records that has ended.

    Args:
        change: the transaction; nobody has loaded these cases in it.
        told: the number of the entry, by the reference of the case.
        actor: who ended the link.
        because: why.

    Raises:
        Mistyped: somebody has recorded what rests on such a birth, and has to undo it first.
    """
    for reference, seq in told.items():
        work = Undoing(change, change.load_beside(reference), actor, None)
        work.role = role_of(actor)
        work.take_back(seq)
        write(work, work.own.told_as(seq), because)


def _note_refusal(
    store: Store, rules: Rules, reference: str, actor: Actor, now: datetime, refused: RefusedUndo
) -> None:
    """Put a refused attempt on the trail; the case stays as it is."""
    with writing(store, now) as tx:
        change = Change(tx, now, rules)
        draft = change.load(reference)
        draft.enter(
            f"{QUIET[0]}{UNDO}",
            draft.state,
            actor=actor.name,
            role=next(iter(sorted(actor.roles)), ""),
            effective_at=now,
            now=now,
            extra={"reasons": list(refused.reasons)},
        )
        change.drafts.append(draft)
        change.write()


def last_own_change(tx: Transaction, actor: str, now: datetime) -> str:
    """The case of somebody's own last change of this London day, leaving out what it brought about on others.

    Raises:
        NothingToUndo: they have changed nothing today.
    """
    since = start_of_day(local_day(now))
    rows = tx.all("own_last_changes", actor=actor, since=since, most=CHANGES_LOOKED_AT)
    for row in rows:
        case = tx.need("case_by_reference", reference=row.case_ref)
        told = story(tx, row.case_ref, case.id)[row.seq - 1]
        if not told.action.startswith(QUIET) and told.role != Role.PATHWAY and told.comes_from is None:
            return str(row.case_ref)
    raise NothingToUndo(
        "You have changed nothing today. To undo something else, name its case: pathways undo CASE"
    )
