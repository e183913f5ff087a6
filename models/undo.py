"""Putting a mistake right: an entry is withdrawn by a further one, with all that no longer holds without it.

The trail only grows. What followed from the entry is told again (`pathways/restating.py`), here and on the person's
other cases, and everything is written in one transaction or not at all. What left the building cannot be undone,
nor can a date that passed; a withdrawn entry stays on the record and says which entry withdrew it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from models.anchors import writing
from models.as_at import folded, story
from models.beside import incompatible, others, standings
from models.births import TOLD
from models.casework import CONFERENCE_MOVES
from models.change import Change, ChangedMeanwhile
from models.documents import letters_sent
from models.draft import Draft
from models.people import LIFE, unlearn
from models.queries import CaseView, case_view, entry_title
from models.store import ALL_SEEING, Store, Transaction
from pathways import sources
from pathways.answers import clean_text
from pathways.clocks import Rules, start_of_day
from pathways.days import local_day
from pathways.definitions import Pathway
from pathways.engine import Actor
from pathways.errors import NOT_ALLOWED, REFUSED, Mistyped, PathwayError
from pathways.moments import words
from pathways.restating import (
    MAY_RESTATE,
    UNDO,
    Clocks,
    Fallen,
    Now,
    Retold,
    RunsAgain,
    Told,
    retell,
    running_at,
    starts_at,
    way_of,
    withdrawn,
)
from pathways.roles import Role
from pathways.trail import PAGE_DESTROYED, QUIET

SHORTEST_REASON = 10
CHANGES_LOOKED_AT = 50


class RefusedUndo(PathwayError):
    """An entry cannot be withdrawn. Arguments: reference, reasons, what can be done instead, whether by their role."""

    @property
    def code(self) -> int:  # type: ignore[override]
        """4 where the actor may not; 3 otherwise."""
        return NOT_ALLOWED if self.args[3] else REFUSED

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why not, each a sentence."""
        found: tuple[str, ...] = self.args[1]
        return found

    @property
    def ways(self) -> tuple[str, ...]:
        """What can be done instead."""
        found: tuple[str, ...] = self.args[2]
        return found

    def __str__(self) -> str:
        return f"Undo on {self.args[0]} is refused. {' '.join(self.reasons)} Nothing was changed."


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


@dataclass(slots=True)
class _Part:
    """One case that an undo changes."""

    draft: Draft
    entries: list[Told]
    before: dict[int, int]
    was: Now
    visible: bool
    targets: set[int] = field(default_factory=set)
    told: Retold | None = None
    clocks: Clocks | None = None

    @property
    def reference(self) -> str:
        return self.draft.reference

    def told_as(self, seq: int) -> Told:
        return self.entries[seq - 1]

    @property
    def only_told(self) -> bool:
        """Whether only births fall here that were told from another case: what people did since stands without them."""
        return all(self.told_as(each).action == TOLD for each in self.targets)

    def went_on(self, seq: int) -> Told | None:
        """The first thing that people have done here since an entry, and that stands and stays."""
        return next(
            (
                each
                for each in self.entries[seq:]
                if not (each.by_clock or each.idle or each.seq in self.before or each.seq in self.targets)
            ),
            None,
        )


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
            work = _Undo(change, draft, actor, by)
            told = work.choose(entry)
            work.plan(told, tuple(confirmed), asked=not dry_run)
            if not dry_run and len(reason) < SHORTEST_REASON:
                raise Mistyped(
                    "An undo needs a reason of at least ten characters, which stays on the record: --because TEXT"
                )
            seq = work.write(told, reason)
            change.write()
            action = work.what_it_is_about(told)
            if action in CONFERENCE_MOVES:
                from models.meetings import follow_undo

                follow_undo(tx, draft, action, now)
            return work.receipt(told, seq, before, kept=not dry_run)
    except RefusedUndo as refused:
        if not dry_run:
            _note_refusal(store, rules, reference, actor, now, refused)
        raise


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
        work = _Undo(change, change.load_beside(reference), actor, None)
        work.role = min((each.value for each in actor.roles), default="")
        work.take_back(seq)
        work.write(work.own.told_as(seq), because)


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


def sent_since(tx: Transaction, reference: str, entry: Told) -> list[datetime]:
    """When something about an entry left the building; empty where nothing did.

    That is an e-mail whose key names the entry's message, or a letter that was written from it.
    """
    about = re.compile(rf"(?:^|[^0-9A-Z-]){re.escape(f'{reference}/{entry.seq}')}(?![0-9])")
    rows = tx.all("notices_sent", since=entry.at, pattern=f"%{reference}/{entry.seq}%")
    letters = letters_sent(tx, reference, entry.seq, entry.at)
    return sorted([*(row.sent_at for row in rows if about.search(row.key)), *letters])


class _Undo:
    """One undo under way, inside its transaction."""

    def __init__(self, change: Change, draft: Draft, actor: Actor, by: Role | None) -> None:
        self.change, self.draft, self.actor, self.by = change, draft, actor, by
        self.tx = change.tx
        self.parts: dict[str, _Part] = {}
        self.links: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self.fallen: list[Fallen] = []
        self.reopened: list[int] = []
        self.learned: list[tuple[_Part, dict[str, Any]]] = []
        self.role = ""
        self.decided = False
        """Whether a manager of the pathway decides, and not the one who made the entry."""
        self.own = self._part(draft, visible=True)

    def _part(self, draft: Draft, *, visible: bool) -> _Part:
        assert draft.case_id is not None
        entries = story(self.tx, draft.reference, draft.case_id, seen_by=ALL_SEEING)
        part = _Part(draft, entries, withdrawn(entries), folded(draft.pathway, entries), visible)
        self.parts[draft.reference] = part
        for each in entries:
            if each.comes_from:
                self.links.setdefault(each.comes_from, []).append((draft.reference, each.seq))
        return part

    # --- may it be? -----------------------------------------------------------------------------------------

    def choose(self, seq: int | None) -> Told:
        """The entry that is to be withdrawn.

        Raises:
            RefusedUndo: it cannot be, or not by this actor.
            Mistyped: the case has no such entry.
        """
        part = self.own
        if any(each.action == PAGE_DESTROYED for each in part.entries):
            raise self._no(
                "A page of this file was destroyed at the end of its keeping, so its entries cannot be told again."
            )
        if seq is None:
            found = next((each for each in reversed(part.entries) if self._usual(each)), None)
            if found is None:
                raise self._no("There is no change on this case that could be undone.")
            told = found
        elif 0 < seq <= len(part.entries):
            told = part.told_as(seq)
        else:
            raise Mistyped(
                f"{part.reference} has no entry {seq}. Its entries: pathways chronology {part.reference}"
            )
        self._may_be_undone(told)
        self._may_undo(told)
        return told

    def what_it_is_about(self, told: Told) -> str:
        """The action that an entry made, withdrew, or put back."""
        while told.voids is not None:
            told = self.own.told_as(told.voids)
        return told.action

    def _usual(self, told: Told) -> bool:
        quiet = told.action.startswith(QUIET) or told.by_clock
        return not quiet and told.seq not in self.own.before

    def _no(self, *reasons: str, ways: tuple[str, ...] = (), theirs: bool = False) -> RefusedUndo:
        return RefusedUndo(self.own.reference, reasons, ways, theirs)

    def _may_be_undone(self, told: Told) -> None:
        reference, seq = self.own.reference, told.seq
        if seq in self.own.before:
            by = self.own.before[seq]
            raise self._no(
                f"Entry {seq} is withdrawn already, by entry {by}.",
                ways=("Put it back:", f"pathways undo {reference} --entry {by}"),
            )
        if told.action.startswith(QUIET):
            raise self._no(
                f"Entry {seq} changed nothing: it notes an attempt, a look or who may see the case."
            )
        if told.by_clock:
            raise self._no(
                "That a date passed is a fact. It falls away only with the entry that wrongly began its clock.",
                ways=(f"pathways chronology {reference}",),
            )
        if told.basis == "asserted":
            raise self._no(
                f"Entry {seq} was told by another system, not witnessed here.",
                ways=("Put it right where it came from, and import again.",),
            )
        if told.comes_from is not None:
            source, number = told.comes_from
            if self.tx.one("case_by_reference", reference=source) is None:
                raise self._no(f"Entry {seq} follows from a decision on another case, and is undone there.")
            raise self._no(
                f"Entry {seq} follows from entry {number} of {source}, and is undone there.",
                ways=(f"pathways undo {source} --entry {number}",),
            )
        if (
            told.voids is None
            and not told.opens
            and way_of(self.draft.pathway, told, told.from_state) is None
        ):
            raise self._no(f"Entry {seq} is no decision of this pathway, and is not undone in this way.")
        sent = sent_since(self.tx, reference, told)
        if sent:
            raise self._no(
                f"A message about it went out on {words(local_day(sent[0]))}. A message cannot be unsent.",
                ways=(
                    "Make the correction as a step of its own, so that both are on the record:",
                    f"pathways next {reference}",
                ),
            )

    def _may_undo(self, told: Told) -> None:
        """Who made it may undo it on the same London day; otherwise a manager of the pathway decides."""
        managers = MAY_RESTATE[self.draft.pathway.name]
        own = next((role for role in managers if role in self.actor.roles), None)
        if self.by is not None:
            own = self.by if self.by in managers and self.actor.may_enter_for(self.by) else None
        if own is not None:
            self.role, self.decided = own, True
        elif self.by is None and self._own_today(told):
            self.role = told.role
        else:
            by_others = told.actor != self.actor.name
            made = "It was made by somebody else" if by_others else "It was made on another day"
            if self.by is not None:
                made = f"The {self.by.label} does not decide that"
            raise self._not_theirs(made, told)

    def _not_theirs(self, made: str, told: Told) -> RefusedUndo:
        """A refusal that says who decides; a coordinator may write their decision down."""
        managers = MAY_RESTATE[self.draft.pathway.name]
        whose = " or ".join(role.label for role in managers)
        ways: tuple[str, ...] = (f"Ask the {whose}.",)
        if Role.COORDINATOR in self.actor.roles:
            name = managers[0].value.replace("_", "-")
            ways = (
                "Write down their decision:",
                f"pathways undo {self.own.reference} --entry {told.seq} --by {name}",
            )
        return self._no(
            f"{made}; to undo it is a decision for the {whose}.",
            f"Rule: who wrote an entry may withdraw it on the same day; then it is for a manager ({sources.OURS}).",
            ways=ways,
            theirs=True,
        )

    # --- what follows -----------------------------------------------------------------------------------------

    def plan(self, told: Told, confirmed: tuple[int, ...], *, asked: bool) -> None:
        """Work out everything that goes with the entry, here and on other cases.

        Raises:
            RefusedUndo: something that goes with it cannot be withdrawn, or was not agreed to.
        """
        visible = {
            row.reference for row in self.tx.all("cases_of_whole_person", person_id=self.draft.person_id)
        } | {row.reference for row in self.tx.all("cases_of_siblings", person_id=self.draft.person_id)}
        for other in self._others():
            self._part(other, visible=other.reference in visible)
        self._withdraw([(self.own.reference, told.seq)])
        for part in self._changed():
            self._may_be_left(part)
        if not self.decided:
            self._may_fall(told)
        if asked and {each.entry.seq for each in self.fallen if not each.entry.by_clock} - {*confirmed}:
            falling = together(each for each in self.fallen if not each.entry.by_clock)
            named = [(named_in(self.draft.pathway, entries), why) for entries, why in falling]
            raise self._no(
                *(
                    f"{what} {'rests' if what.startswith('Entry') else 'rest'} on it: {why}."
                    for what, why in named
                ),
                ways=("To undo them with it, add --with-what-follows",),
            )

    def take_back(self, seq: int) -> None:
        """Work out what goes with an entry that was told on this case from another, and no longer is.

        Raises:
            Mistyped: what a person recorded here rests on it.
        """
        for other in others(self.change, self.draft):
            self._part(other, visible=False)
        self._withdraw([(self.own.reference, seq)])
        resting = next((each.entry for each in self.fallen if not each.entry.by_clock), None)
        if resting is not None:
            raise Mistyped(
                f"Entry {resting.seq} of {self.own.reference} rests on the birth that was told there through this link. "
                f"Undo it first: pathways undo {self.own.reference} --entry {resting.seq}"
            )

    def _may_fall(self, told: Told) -> None:
        """One's own mistake of the day takes with it one's own steps of the day; others' are for a manager."""
        for each in self.fallen:
            if not (each.entry.by_clock or self._own_today(each.entry)):
                said = named_in(self.draft.pathway, [each.entry])
                raise self._not_theirs(f"{said} rests on it, and is not your own of today", told)

    def _own_today(self, told: Told) -> bool:
        return told.actor == self.actor.name and local_day(told.at) == self.change.today

    def _others(self) -> Iterable[Draft]:
        yield from others(self.change, self.draft)
        siblings = self.tx.all("cases_of_siblings", person_id=self.draft.person_id, seen_by=ALL_SEEING)
        for reference in dict.fromkeys(row.reference for row in siblings):
            yield self.change.load_beside(reference)

    def _withdraw(self, waiting: list[tuple[str, int]]) -> None:
        put_back: set[tuple[str, int]] = set()
        while waiting:
            reference, seq = waiting.pop()
            part = self.parts[reference]
            if seq in part.targets or (seq in part.before and (reference, seq) not in put_back):
                continue
            part.targets.add(seq)
            waiting += self.links.get((reference, seq), [])
            if waiting:
                continue
            for each in self._changed():
                self._retell(each)
                assert each.told is not None
                for fallen in each.told.fallen:
                    if fallen.entry.seq not in each.targets:
                        waiting.append((each.reference, fallen.entry.seq))
                        put_back.add((each.reference, fallen.entry.seq))
                        if each is self.own:
                            self.fallen.append(fallen)
                        elif not fallen.entry.by_clock:
                            raise self._gone_on(each, fallen.entry)

    def _changed(self) -> list[_Part]:
        return [each for each in self.parts.values() if each.targets]

    def _retell(self, part: _Part) -> None:
        number = part.draft.seq + 1
        gone = withdrawn(part.entries, dict.fromkeys(part.targets, number))
        start = starts_at(part.entries, gone, part.before)
        assert part.draft.case_id is not None
        rows = self.tx.all("deadlines_of_case", case_id=part.draft.case_id)
        part.clocks = Clocks(part.draft.pathway, rows, self.change.rules, start)
        part.told = retell(part.draft.pathway, part.entries, gone, before=part.before, watching=part.clocks)
        if 1 in gone:
            part.clocks.running = []
        elif start == 1:
            # The opening itself is put back: what ran when it was withdrawn runs again as it did.
            part.clocks.running = running_at(rows, min(part.targets) - 1)

    def _may_be_left(self, part: _Part) -> None:
        """On other cases nobody has done anything since; a case that is taken back altogether is untouched."""
        first = min(part.targets)
        if part is not self.own and not part.only_told:
            later = part.went_on(first)
            if later is not None:
                raise self._gone_on(part, later)
        elif first == 1 and part.entries[0].seq in part.targets:
            later = part.went_on(1)
            if later is not None:
                raise self._no(
                    f"The case has gone on since it was opened (entry {later.seq}: {entry_title(part.draft.pathway, later)}).",
                    ways=("Close it with a reason:", f"pathways next {part.reference}"),
                )
        reopened = part.told is not None and part.told.now.is_open and not part.draft.is_open
        if reopened and not part.draft.pathway.restricted:
            there = self.tx.one(
                "open_case_of_person", person_id=part.draft.person_id, pathway=part.draft.pathway.name
            )
            if there is not None and there.reference != part.reference:
                raise self._no(
                    f"{part.reference} would be open again, and there is an open case on this pathway already."
                )

    def _gone_on(self, part: _Part, later: Told) -> RefusedUndo:
        if not part.visible:
            whose = " or ".join(role.label for role in MAY_RESTATE[self.draft.pathway.name])
            return self._no("More rests on it than can be withdrawn from here.", ways=(f"Ask the {whose}.",))
        return self._no(
            f"It was passed on to {part.reference}, and that has gone on since "
            f"(entry {later.seq}: {entry_title(part.draft.pathway, later)}).",
            ways=("See what to undo there first:", f"pathways chronology {part.reference}"),
        )

    # --- writing -------------------------------------------------------------------------------------------------

    def write(self, told: Told, because: str) -> int:
        """Write the undo on every case that it changes; its number on this one.

        Raises:
            RefusedUndo: the person may not stand where this would put them.
        """
        stood = standings(self.change, self.draft.person_id)
        seq = self._write_part(self.own, told.seq, because, {})
        origin = {"from": self.own.reference, "entry": seq}
        for part in self._changed():
            if part is not self.own:
                self._write_part(part, min(part.targets), because, origin)
        for episode_id in self.reopened:
            self.tx.run("reopen_episode", episode_id=episode_id)
        for part, learned in self.learned:
            self._correct_life(part, learned)
        apart = incompatible(self.change, self.draft, stood)
        if apart:
            raise self._no(*(f"{each[:1].upper()}{each[1:]}." for each in apart))
        return seq

    def _write_part(self, part: _Part, voids: int, because: str, origin: dict[str, Any]) -> int:
        draft, now = part.draft, self.change.now
        assert part.told is not None
        assert part.clocks is not None
        after = part.told.now
        learned = {
            name: after.facts.get(name)
            for name in sorted({*draft.facts, *after.facts})
            if draft.facts.get(name) != after.facts.get(name)
        }
        extra: dict[str, Any] = {"why": because, **origin}
        more = sorted(part.targets - {voids})
        if more:
            extra["with"] = more
        seq = draft.enter(
            UNDO,
            after.state,
            actor=self.actor.name,
            role=self.role,
            effective_at=now,
            now=now,
            changes=learned,
            extra=extra,
            voids=voids,
        )
        was_open = draft.is_open
        self._stand(part, after)
        draft.changed_at = now
        ends = part.clocks.ends()
        draft.end([row for row in draft.running if row.id in {each.id for each in ends}], now, seq)
        for again in part.clocks.runs_again(now):
            draft.run_again(again.row, seq, status=again.status, look_at=again.look_at)
        for begun in part.clocks.begins():
            draft.begin(begun, self.change.rules.at_school(after.facts.get("school")), seq)
        self._void_records(part, seq)
        self.change.keep(draft)
        if draft.is_open and not was_open:
            self.reopened.append(draft.episode_id)
        self.learned.append((part, learned))
        return seq

    def _stand(self, part: _Part, after: Now) -> None:
        """Whether the case is open, how it ended and who leads it, where what is withdrawn had said so."""
        draft, was = part.draft, part.was
        if (was.is_open, was.outcome) != (after.is_open, after.outcome):
            draft.is_open, draft.outcome = after.is_open, after.outcome
            draft.closed_at = None if after.is_open else (after.closed_at or self.change.now)
        if was.lead != after.lead:
            draft.lead = after.lead

    def _void_records(self, part: _Part, seq: int) -> None:
        gone = withdrawn(part.entries, dict.fromkeys(part.targets, seq))
        for each in part.entries:
            if each.body is not None and (each.seq in gone) != (each.seq in part.before):
                part.draft.voided.append(
                    {"case_id": part.draft.case_id, "seq": each.seq, "voided_seq": gone.get(each.seq)}
                )

    def _correct_life(self, part: _Part, learned: dict[str, Any]) -> None:
        """A birth or a death that only a withdrawn entry told is no longer one of the person."""
        if 1 in part.before or 1 in withdrawn(part.entries, dict.fromkeys(part.targets, 0)):
            return  # a case opened in error has taught nothing of the person
        told = {name: learned[name] for name in LIFE if name in learned}
        standing = self._standing_elsewhere(part)
        for name in [name for name, value in told.items() if value is None]:
            if any(name in each.facts for each in standing):
                del told[name]
        if not told:
            return
        person = self.tx.need("person_by_id", person_id=part.draft.person_id)
        dates = {
            name: (date.fromisoformat(told[name]) if told[name] else None)
            if name in told
            else getattr(person, name)
            for name in LIFE
        }
        kind = person.kind
        if kind in ("child", "unborn") and person.expected_delivery_date is not None:
            kind = "child" if dates["birth_date"] else "unborn"
        self.tx.run(
            "correct_person",
            person_id=person.id,
            kind=kind,
            expected_delivery_date=person.expected_delivery_date,
            sex=person.sex,
            ethnicity=person.ethnicity,
            **dates,
        )
        unlearn(self.tx, person.id, [name for name, value in told.items() if value is None])

    def _standing_elsewhere(self, part: _Part) -> list[Now]:
        return [
            each.told.now if each.told is not None else each.was
            for each in self.parts.values()
            if each is not part and each.draft.person_id == part.draft.person_id
        ]

    def receipt(self, told: Told, seq: int, before: CaseView, *, kept: bool) -> Undone:
        """What was done, read back from what was written."""
        own = self.own
        assert own.clocks is not None
        beside = [each for each in self._changed() if each is not own and each.visible]
        return Undone(
            own.reference,
            told,
            before,
            case_view(self.tx, own.reference),
            seq,
            own.draft.head.hex()[:8],
            tuple(sorted(self.fallen, key=lambda each: each.entry.seq)),
            tuple(
                Beside(
                    each.reference, each.draft.pathway.title, tuple(sorted(each.targets)), 1 in each.targets
                )
                for each in beside
            ),
            tuple(own.clocks.ends()),
            tuple(own.clocks.runs_again(self.change.now)),
            tuple((each.rule, each.due_on) for each in own.clocks.begins()),
            kept,
        )


def together(fallen: Iterable[Fallen]) -> list[tuple[list[Told], str]]:
    """Entries that fall for the same reason, in one: the entries and the reason."""
    found: dict[str, list[Told]] = {}
    for each in fallen:
        found.setdefault("; ".join(each.why), []).append(each.entry)
    return [(entries, why) for why, entries in found.items()]


def named_in(found: Pathway, entries: list[Told]) -> str:
    """'Entry 5 (Invitations sent)', 'Entries 5 (Invitations sent) and 6 (Family met)'."""
    named = [f"{each.seq} ({entry_title(found, each)})" for each in entries]
    listed = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"{'Entry' if len(named) == 1 else 'Entries'} {listed}"
