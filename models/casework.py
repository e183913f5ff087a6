"""The one write path: opening a case, making a move, and nothing else, each in one transaction.

One transaction holds the case with its version, the trail, deadlines closed and opened, the record and what
others are to hear. A refused attempt changes nothing and is itself on the trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from models.anchors import after_write
from models.beside import (
    freeze,
    giving_way,
    incompatible,
    open_beside,
    standings,
    stands_elsewhere,
)
from models.change import Change
from models.deciding import Overtaken
from models.draft import Closed, Draft, instant
from models.draft_rows import ChangedMeanwhile, NoSuchCase, load_draft, write_draft
from models.people import LIFE, NewPerson, add_person, person_facts
from models.refusals import BrokenCondition, RefusedMove, RefusedTogether, Withdrawn
from models.store import Store
from models.transaction import Transaction
from pathways import pathway
from pathways.answers import Answered, MissingAnswers, check
from pathways.bookings import CONFERENCE_MOVES
from pathways.clocks import Rules
from pathways.compatibility import WHO
from pathways.days import local_day, words
from pathways.definitions import Evidence, Fires, Move, Pathway
from pathways.engine import OTHER_PATHWAY, Actor, Broken, Done, Question, Reason, Refused, decide
from pathways.errors import Mistyped, PathwayError
from pathways.outline_plan import PLAN, PROGRESS
from pathways.roles import Role
from pathways.trail import OPENED_IN_ERROR

__all__ = [
    "Act",
    "Casework",
    "ChangedMeanwhile",
    "NewPerson",
    "NoSuchCase",
    "Receipt",
    "check_moment",
    "load_draft",
    "write_draft",
]

NOTHING_ASKED = Evidence("nothing", "nothing")


class Act(NamedTuple):
    """A move to be made on one case: by whose decision, with which answers and reasons, on which version of it."""

    reference: str
    trigger: str
    answers: Mapping[str, Any] = MappingProxyType({})
    overrides: Mapping[str, str] = MappingProxyType({})
    by: Role | None = None
    seen: int | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Turned:
    """A move that a rule turned down: what is said of it, and why in full."""

    refused: PathwayError
    verdict: Refused | Broken


class Receipt(NamedTuple):
    """What a change did, once it is safely written: entry number, its code, clocks stopped and started."""

    reference: str
    pathway: Pathway
    move: Move | None
    state: str
    seq: int
    code: str
    at: datetime | date
    by: str
    closed: tuple[Closed, ...] = ()
    begun: tuple[tuple[str, date], ...] = ()
    opened: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """The other cases of the person that were told of a birth, of those that the actor may see."""
    overridden: tuple[str, ...] = ()
    page: int | None = None
    unknown: tuple[tuple[str, str], ...] = ()
    kept: bool = True
    body: Mapping[str, Any] = MappingProxyType({})
    checkpoint_owed: bool = False
    """Whether the checkpoint that was due once it was written could not be made."""

    @property
    def line(self) -> str:
        """The line that proves the write: entry and the first eight characters of its hash."""
        return f"saved - entry {self.seq} - {self.code}"


class Casework:
    """The write path over one store, with the rules that dates are worked out from.

    `form`: the number of the form that was filled in for the change; it is finished in the same transaction.
    """

    def __init__(self, store: Store, rules: Rules, form: int | None = None) -> None:
        self.store = store
        self.rules = rules
        self.form = form

    def make(
        self,
        reference: str,
        trigger: str,
        *,
        actor: Actor,
        now: datetime,
        at: datetime | date | None = None,
        by: Role | None = None,
        answers: Mapping[str, Any] | None = None,
        overrides: Mapping[str, str] | None = None,
        seen: int | None = None,
        key: str | None = None,
        dry_run: bool = False,
    ) -> Receipt:
        """Make one move on a case.

        Args:
            reference: the case.
            trigger: the move, as `chair_met_family`.
            actor: who is at the keyboard.
            now: the present moment, aware.
            at: when it happened; a date where the hour is not known; now by default.
            by: the role that decided, where it is not the actor's own.
            answers: what the move's record asks, by field.
            overrides: reasons by condition id.
            seen: the version of the case that the actor looked at.
            key: names this effect; a second call with the same key is refused as already written.
            dry_run: work everything out, keep nothing.

        Raises:
            NoSuchCase, RefusedMove, BrokenCondition, ChangedMeanwhile, Mistyped, MissingAnswers: nothing was
            changed. A refusal is on the trail all the same.
        """
        act = Act(reference, trigger, answers or {}, overrides or {}, by, seen, key)
        try:
            with self.store.writing(keep=not dry_run, deciding=True) as tx:
                tried = self._made(Change(tx, now, self.rules), act, actor, at, kept=not dry_run)
        except Overtaken:
            with self.store.writing(keep=not dry_run) as tx:
                tried = self._made(Change(tx, now, self.rules), act, actor, at, kept=not dry_run)
        owed = not dry_run and not after_write(self.store, now, done=tx)
        if isinstance(tried, Turned):
            raise tried.refused
        return tried._replace(checkpoint_owed=True) if owed else tried

    def make_together(
        self,
        acts: Sequence[Act],
        *,
        actor: Actor,
        now: datetime,
        at: datetime | date | None = None,
        dry_run: bool = False,
    ) -> tuple[Receipt, ...]:
        """Make a move on each of several children's cases, all in one transaction or none of them.

        What is asked of one child is asked of that child: see `Act`. A conference that they are booked for together is
        one meeting.

        Args:
            acts: the move on each case, with its own answers; cases of one pathway, each named once.
            actor: who is at the keyboard.
            now: the present moment, aware.
            at: when it happened, for all; a date where the hour is not known; now by default.
            dry_run: work everything out, keep nothing.

        Raises:
            RefusedTogether: a rule said no for at least one child; it is on the trail of each child for whom, and
                nothing else was written for any.
            NoSuchCase, ChangedMeanwhile, Mistyped, MissingAnswers: nothing was changed; the case is named.
        """
        ordered = sorted(acts, key=lambda each: each.reference)  # locked in one order, whoever asks
        if len({each.reference for each in ordered}) < len(ordered):
            raise Mistyped("A case is named twice. Name each once.")
        turned: list[tuple[Act, Turned]] = []
        receipts: list[Receipt] = []
        try:
            with self.store.writing(keep=not dry_run) as tx:
                change = Change(tx, now, self.rules)
                if len({change.load(each.reference).pathway.name for each in ordered}) > 1:
                    raise Mistyped("These cases are on different pathways, and are dealt with one by one.")
                for act in ordered:
                    tried = self._try_among(change, act, actor, at, kept=not dry_run)
                    if isinstance(tried, Turned):
                        turned.append((act, tried))
                    else:
                        receipts.append(tried)
                if turned:
                    raise RefusedTogether(tuple(each.refused for _, each in turned))
                self._follow(change, receipts)
                self._finish_form(change)
                change.write()
        except RefusedTogether:
            if not dry_run:
                self._note_refusals(turned, actor, now)
            raise
        if not dry_run and not after_write(self.store, now, done=tx):
            receipts = [each._replace(checkpoint_owed=True) for each in receipts]
        places = {each.reference: place for place, each in enumerate(acts)}
        return tuple(sorted(receipts, key=lambda each: places[each.reference]))

    def open(
        self,
        pathway_name: str,
        entry_name: str,
        *,
        person: NewPerson | int,
        actor: Actor,
        now: datetime,
        at: datetime | date | None = None,
        by: Role | None = None,
        answers: Mapping[str, Any] | None = None,
        team: str = "",
        dry_run: bool = False,
    ) -> Receipt:
        """Open a case by one of a pathway's ways in, with its episode, and the person where they are new.

        Raises:
            RefusedMove: the actor may not, or the person is on this pathway already.
            Mistyped, MissingAnswers: nothing was opened.
        """
        found = pathway(pathway_name)
        entry = found.entry(entry_name)
        role = by or next((each for each in entry.who if actor.may_enter_for(each)), None)
        if role is None or role not in entry.who or not actor.may_enter_for(role):
            whose = " or ".join(each.label for each in entry.who)
            verdict = Refused("not_theirs", (Reason(f"{entry.name} is opened by the {whose}"),))
            raise RefusedMove(found.title, f"open_{entry_name}", verdict, "")
        happened = check_moment(at, now, None)
        answered = check(entry.records or NOTHING_ASKED, answers or {}, now=now, what=entry.says)
        with self.store.writing(keep=not dry_run) as tx:
            change = Change(tx, now, self.rules)
            if isinstance(person, NewPerson):
                if person.kind not in WHO.get(found.name, (person.kind,)):
                    person = replace(person, kind=WHO[found.name][0])
                person = add_person(tx, person, now, restricted=found.restricted)
            before = standings(change, person)
            if not found.restricted:
                self._not_twice(tx, person, found)
            episode_id = change.episode(person, local_day(happened))
            draft = change.fresh(found, person, episode_id, entry.state, instant(happened), team)
            also = person_facts(tx.need("person_by_id", person_id=person), found)
            seq = draft.take(
                entry,
                entry.state,
                actor=actor.name,
                role=role,
                at=happened,
                now=now,
                answered=answered,
                rules=self.rules.at_school(answered.facts.get("school")),
                also=also,
            )
            apart = incompatible(change, draft, before)
            if apart:
                raise RefusedMove(found.title, "open", Refused("not_yet", tuple(map(Reason, apart))), "")
            receipt = Receipt(
                reference=draft.reference,
                pathway=found,
                move=None,
                state=draft.state,
                seq=seq,
                code=draft.head.hex()[:8],
                at=happened,
                by=role.label,
                begun=tuple((each.rule, each.values["due_on"]) for each in draft.begun),
                page=draft.page or None,
                unknown=tuple(draft.unknown),
                kept=not dry_run,
            )
            self._finish_form(change)
            change.write()
        owed = not dry_run and not after_write(self.store, now, done=tx)
        return receipt._replace(checkpoint_owed=True) if owed else receipt

    # --- inside one transaction ---------------------------------------------------------------------------

    def _finish_form(self, change: Change) -> None:
        if self.form is not None:
            from models.form_drafts import finish

            finish(change.tx, self.form, change.now)

    def _made(
        self, change: Change, act: Act, actor: Actor, at: datetime | date | None, *, kept: bool
    ) -> Receipt | Turned:
        """Make one move and write it, or write that it was turned down."""
        tried = self._try(change, act, actor, at, kept=kept)
        if isinstance(tried, Turned):
            change.take_back()
            self._note_refusal(change, change.load(act.reference), act.trigger, actor, tried.verdict)
        else:
            if act.trigger in CONFERENCE_MOVES:
                self._follow(change, (tried,))
            self._finish_form(change)
        change.write()
        return tried

    def _try(
        self, change: Change, act: Act, actor: Actor, at: datetime | date | None, *, kept: bool
    ) -> Receipt | Turned:
        """Make one move in memory, or say why it is turned down.

        Raises:
            NoSuchCase, ChangedMeanwhile, Mistyped, MissingAnswers: it cannot even be decided.
        """
        draft = change.load(act.reference)
        if act.seen is not None and act.seen != draft.version:
            raise ChangedMeanwhile(act.reference)
        if draft.outcome == OPENED_IN_ERROR:
            raise Withdrawn(act.reference)
        happened = check_moment(at, change.now, draft)
        verdict, answered = self._decided(draft, act, actor, change.now)
        if isinstance(verdict, Broken):
            return Turned(BrokenCondition(act.reference, verdict.error), verdict)
        if isinstance(verdict, Refused):
            return self._turned(draft, act, verdict)
        self._fits(change, draft, verdict.move, answered)
        begun = len(change.opened), len(change.told)
        seq = self._carry_out(change, draft, verdict, actor, happened, answered, act.overrides, act.key)
        apart: list[str] = []
        if stands_elsewhere(change):
            before = standings(change, draft.person_id)
            for lesser, trigger_there in giving_way(change, draft, before):
                self._fire_beside(change, draft, Fires(lesser, trigger_there), actor, happened, seq)
            apart = incompatible(change, draft, before)
        if apart:
            return self._turned(draft, act, Refused("not_yet", tuple(map(Reason, apart)), (), verdict.move))
        return self._receipt(change, draft, verdict, happened, seq, answered.body, begun, kept=kept)

    def _try_among(
        self, change: Change, act: Act, actor: Actor, at: datetime | date | None, *, kept: bool
    ) -> Receipt | Turned:
        """As `_try`, for one child of several: what cannot even be decided says for which child."""
        try:
            return self._try(change, act, actor, at, kept=kept)
        except MissingAnswers as missing:
            raise MissingAnswers(f"{missing.args[0]} on {act.reference}", *missing.args[1:]) from None
        except Mistyped as slip:
            raise Mistyped(f"{act.reference}: {slip}") from None

    @staticmethod
    def _fits(change: Change, draft: Draft, move: Move, answered: Answered) -> None:
        """Hold an outline plan, or its progress, against the conference of the case.

        Raises:
            Mistyped: it does not fit.
        """
        if move.records is not None and not move.records.kinds.isdisjoint((PLAN, PROGRESS)):
            from models.plans import fit

            fit(change.tx, draft, move, answered)

    @staticmethod
    def _turned(draft: Draft, act: Act, verdict: Refused) -> Turned:
        label = draft.pathway.state(draft.state).label
        return Turned(RefusedMove(act.reference, act.trigger, verdict, label), verdict)

    @staticmethod
    def _decided(
        draft: Draft, act: Act, actor: Actor, now: datetime
    ) -> tuple[Done | Refused | Broken, Answered]:
        """What the rules say of an act, with its answers as they are kept.

        Raises:
            Mistyped, MissingAnswers: the answers cannot be taken.
        """
        asked = Question(draft.pathway, draft.state, draft.facts)
        move = draft.pathway.move(draft.state, act.trigger)
        by, overrides = act.by, act.overrides
        if move is None:
            return decide(asked, act.trigger, actor, by=by, overrides=overrides), Answered()
        try:
            answered = check(move.records or NOTHING_ASKED, act.answers, now=now, what=move.action)
        except (MissingAnswers, Mistyped) as unfit:
            # What stands in the way is said first: nobody fills in a form that cannot be taken.
            verdict = decide(asked, act.trigger, actor, by=by, overrides=overrides)
            if isinstance(verdict, Refused) and verdict.kind != "not_yet":
                return verdict, Answered()
            standing = _standing(verdict, act.trigger) if isinstance(unfit, MissingAnswers) else None
            if standing is None:
                raise
            return standing, Answered()
        learned = answered.onto(draft.facts)
        return decide(asked, act.trigger, actor, by=by, overrides=overrides, learned=learned), answered

    @staticmethod
    def _follow(change: Change, receipts: Iterable[Receipt]) -> None:
        """Let the children's meetings follow what was done on their cases."""
        from models.meetings import Step, follow

        steps = [
            Step(change.load(each.reference), each.move.trigger, each.body, each.at)
            for each in receipts
            if each.move is not None
        ]
        follow(change.tx, steps, change.now)

    def _note_refusals(self, turned: Iterable[tuple[Act, Turned]], actor: Actor, now: datetime) -> None:
        """Put what was refused on the trails of those for whom it was; their cases stay as they are."""
        with self.store.writing() as tx:
            change = Change(tx, now, self.rules)
            for act, each in turned:
                self._note_refusal(change, change.load(act.reference), act.trigger, actor, each.verdict)
            change.write()

    def _carry_out(
        self,
        change: Change,
        draft: Draft,
        done: Done,
        actor: Actor,
        at: datetime | date,
        answered: Answered,
        overrides: Mapping[str, str],
        key: str | None = None,
        origin: Mapping[str, Any] | None = None,
    ) -> int:
        """Make an allowed move, and all that follows from it on the person's other cases.

        `origin`: the case and entry of the decision that fired it, where that was on another pathway.
        """
        move = done.move
        extra: dict[str, Any] = dict(origin or {})
        if done.overridden:
            extra["overrides"] = {each.id: overrides[each.id] for each in done.overridden}
        seq = draft.take(
            move,
            done.dest,
            actor=actor.name,
            role=done.by,
            at=at,
            now=change.now,
            answered=answered,
            rules=self.rules.at_school(answered.facts.get("school") or draft.facts.get("school")),
            extra=extra,
            key=key,
        )
        if "lead" in answered.body:
            draft.lead = str(answered.body["lead"])
        change.keep(draft)
        of_life = not answered.facts.keys().isdisjoint(LIFE)
        if move.opens or move.fires:
            change.cases_of(draft.person_id)  # nobody else opens one meanwhile
        if of_life or move.opens:
            change.write_ahead()
        if of_life:
            self._learn_of_life(change, draft, answered, actor, done.by, at)
        for opens in move.opens:
            open_beside(change, draft, opens, actor.name, done.by, at)
        for fires in move.fires:
            self._fire_beside(change, draft, fires, actor, at, seq)
        return seq

    @staticmethod
    def _learn_of_life(
        change: Change, draft: Draft, answered: Answered, actor: Actor, role: Role, at: datetime | date
    ) -> None:
        """A birth or a death was told: of the person, and so on every case of theirs."""
        learned = {name: answered.facts[name] for name in LIFE if name in answered.facts}
        change.lives.setdefault(draft.person_id, {}).update(learned)
        if "birth_date" in learned:
            from models.births import pass_on

            pass_on(change, draft, answered, actor.name, role, at)
        if "died_on" in learned:
            freeze(change, draft, actor.name, role, at)

    def _fire_beside(
        self, change: Change, draft: Draft, fires: Fires, actor: Actor, at: datetime | date, seq: int
    ) -> None:
        """Fire a trigger on the person's open case on another pathway, where it is in a state to take it."""
        row = change.tx.one("open_case_of_person", person_id=draft.person_id, pathway=fires.pathway)
        if row is None:
            return
        beside = change.load_beside(row.reference)
        verdict = decide(Question(beside.pathway, beside.state, beside.facts), fires.trigger, OTHER_PATHWAY)
        if isinstance(verdict, Done):
            origin = {"from": draft.reference, "entry": seq}
            fired = Actor(actor.name, frozenset())
            self._carry_out(change, beside, verdict, fired, at, Answered(), {}, origin=origin)

    def _note_refusal(
        self, change: Change, draft: Draft, trigger: str, actor: Actor, verdict: Refused | Broken | Done
    ) -> None:
        """Put a refused attempt on the trail; the case stays as it is."""
        reasons = verdict.reasons if isinstance(verdict, Refused) else ()
        extra = {"reasons": [each.condition.id if each.condition else each.message for each in reasons]}
        role = next(iter(sorted(actor.roles)), "")
        draft.enter(
            f"refused:{trigger}",
            draft.state,
            actor=actor.name,
            role=role,
            effective_at=change.now,
            now=change.now,
            extra=extra,
        )
        change.drafts.append(draft)

    def _not_twice(self, tx: Transaction, person_id: int, found: Pathway) -> None:
        there = tx.one("open_case_of_person", person_id=person_id, pathway=found.name)
        if there is None:
            return
        if tx.one("case_by_reference", reference=there.reference) is not None:
            raise RefusedMove(there.reference, "open", _already_on(there.reference, found), "")
        if there.person_id == person_id:  # on a linked record it is as if it were not there
            raise RefusedMove(found.title, "open", Refused("not_yet", (Reason(_UNSEEN),)), "")

    def _receipt(
        self,
        change: Change,
        draft: Draft,
        done: Done,
        at: datetime | date,
        seq: int,
        body: Mapping[str, Any],
        before: tuple[int, int],
        *,
        kept: bool,
    ) -> Receipt:
        """What the move did; `before`: how many cases had been opened, and told, in this change before it."""
        return Receipt(
            reference=draft.reference,
            pathway=draft.pathway,
            move=done.move,
            state=draft.state,
            seq=seq,
            code=draft.head.hex()[:8],
            at=at,
            by=done.by.label,
            closed=tuple(draft.closed),
            begun=tuple([(each.rule, each.values["due_on"]) for each in draft.begun]),
            opened=tuple(change.opened[before[0] :]),
            told=tuple(change.told[before[1] :]),
            body=body,
            overridden=tuple([each.id for each in done.overridden]),
            page=draft.page if done.move.records else None,
            unknown=tuple(draft.unknown),
            kept=kept,
        )


def _standing(verdict: Done | Refused | Broken, trigger: str) -> Refused | None:
    """A refusal for what the move's own answers cannot supply; None where only those are missing."""
    if not isinstance(verdict, Refused):
        return None
    reasons = tuple(
        each for each in verdict.reasons if each.condition is None or each.condition.record != trigger
    )
    if not reasons:
        return None
    return Refused(verdict.kind, reasons, verdict.open_moves, verdict.move, verdict.without)


_UNSEEN = "there is an open case on this pathway already, which few may see; ask the team that would take it"


def _already_on(reference: str, found: Pathway) -> Refused:
    return Refused(
        "not_yet",
        (
            Reason(
                f"there is an open case on this pathway already, {reference} ({found.title}); record it there"
            ),
        ),
    )


def check_moment(at: datetime | date | None, now: datetime, draft: Draft | None) -> datetime | date:
    """When it happened: now by default, never ahead of now, never before the case began.

    Raises:
        Mistyped: the moment cannot be right.
    """
    if at is None:
        return now
    today = local_day(now)
    if at > now if isinstance(at, datetime) else at > today:
        raise Mistyped(f"{words(at)} is in the future. It is recorded after it happens.")
    if draft is not None and local_day(at) < local_day(draft.opened_at):
        raise Mistyped(
            f"{words(at)} is before {draft.reference} was opened, on {words(local_day(draft.opened_at))}."
        )
    if not isinstance(at, datetime) and at == today:
        return now
    return at
