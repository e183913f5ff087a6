"""The one write path: opening a case, making a move, and nothing else, each in one transaction.

One transaction holds the case with its version, the trail, deadlines closed and opened, the record and what
others are to hear. A refused attempt changes nothing and is itself on the trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from models.beside import add_twins, freeze, giving_way, incompatible, open_beside, standings
from models.change import Change, ChangedMeanwhile, NoSuchCase, load_draft, write_draft
from models.draft import Closed, Draft, instant
from models.people import LIFE, NewPerson, add_person, person_facts
from models.store import Store, Transaction
from pathways import pathway
from pathways.answers import Answered, MissingAnswers, check
from pathways.clocks import Rules
from pathways.compatibility import WHO
from pathways.days import local_day, words
from pathways.definitions import Evidence, Fires, Move, Pathway
from pathways.engine import OTHER_PATHWAY, Actor, Broken, Done, Question, Reason, Refused, decide
from pathways.errors import NOT_ALLOWED, REFUSED, USAGE, Mistyped, PathwayError
from pathways.roles import Role

__all__ = [
    "BrokenCondition",
    "Casework",
    "ChangedMeanwhile",
    "NewPerson",
    "NoSuchCase",
    "Receipt",
    "RefusedMove",
    "check_moment",
    "load_draft",
    "write_draft",
]

NOTHING_ASKED = Evidence("nothing", "nothing")


class RefusedMove(PathwayError):
    """A rule said no. Arguments: reference, trigger, the verdict, the state's label."""

    @property
    def code(self) -> int:  # type: ignore[override]
        """3 refused; 4 where the role may not; 2 where there is no such action."""
        return {"not_theirs": NOT_ALLOWED, "no_such_move": USAGE}.get(self.verdict.kind, REFUSED)

    @property
    def verdict(self) -> Refused:
        """Why, in full."""
        found: Refused = self.args[2]
        return found

    def __str__(self) -> str:
        reference, trigger, verdict, _ = self.args
        reasons = "; ".join(each.message for each in verdict.reasons)
        return f"{trigger.replace('_', '-')} on {reference} is refused: {reasons}."


class BrokenCondition(PathwayError):
    """A condition could not be evaluated; nothing moves on it. Arguments: reference, what broke."""

    def __str__(self) -> str:
        return (
            f"A condition of this move could not be worked out ({self.args[1]}). Nothing was changed; "
            f"tell whoever looks after the definitions, quoting {self.args[0]}."
        )


@dataclass(frozen=True, slots=True)
class Receipt:
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
    overridden: tuple[str, ...] = ()
    page: int | None = None
    unknown: tuple[tuple[str, str], ...] = ()
    kept: bool = True

    @property
    def line(self) -> str:
        """The line that proves the write: entry and the first eight characters of its hash."""
        return f"saved - entry {self.seq} - {self.code}"


class Casework:
    """The write path over one store, with the rules that dates are worked out from."""

    def __init__(self, store: Store, rules: Rules) -> None:
        self.store = store
        self.rules = rules

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
        refused: PathwayError | None = None
        receipt: Receipt | None = None
        with self.store.writing(keep=not dry_run) as tx:
            change = Change(tx, now, self.rules)
            draft = change.load(reference)
            if seen is not None and seen != draft.version:
                raise ChangedMeanwhile(reference)
            happened = check_moment(at, now, draft)
            asked = Question(draft.pathway, draft.state, draft.facts)
            move = next(
                (each for each in draft.pathway.moves_from(draft.state) if each.trigger == trigger), None
            )
            answered = Answered()
            verdict = decide(asked, trigger, actor, by=by, overrides=overrides)
            if move is not None and not (isinstance(verdict, Refused) and verdict.kind != "not_yet"):
                try:
                    answered = check(move.records or NOTHING_ASKED, answers or {}, now=now, what=move.action)
                except MissingAnswers:
                    # What stands in the way is said first: nobody fills in a form that cannot be taken.
                    standing = _standing(verdict, trigger)
                    if standing is None:
                        raise
                    verdict = standing
                else:
                    learned = answered.onto(draft.facts)
                    verdict = decide(asked, trigger, actor, by=by, overrides=overrides, learned=learned)
            if isinstance(verdict, Broken):
                refused = BrokenCondition(reference, verdict.error)
            elif isinstance(verdict, Refused):
                refused = RefusedMove(reference, trigger, verdict, draft.pathway.state(draft.state).label)
            if refused is not None or not isinstance(verdict, Done):
                self._note_refusal(change, draft, trigger, actor, verdict)
            else:
                before = standings(change, draft.person_id)
                seq = self._carry_out(change, draft, verdict, actor, happened, answered, overrides or {}, key)
                for lesser, trigger_there in giving_way(change, draft, before):
                    self._fire_beside(change, draft, Fires(lesser, trigger_there), actor, happened)
                apart = incompatible(change, draft, before)
                if apart:
                    change.take_back()
                    draft = change.load(reference)
                    clash = Refused("not_yet", tuple(map(Reason, apart)), (), verdict.move)
                    refused = RefusedMove(reference, trigger, clash, draft.pathway.state(draft.state).label)
                    self._note_refusal(change, draft, trigger, actor, clash)
                else:
                    receipt = self._receipt(change, draft, verdict, happened, seq, kept=not dry_run)
            change.write()
        if refused is not None:
            raise refused
        assert receipt is not None
        return receipt

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
            if not found.restricted:
                self._not_twice(tx, person, found)
            before = standings(change, person)
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
            change.write()
        return receipt

    # --- inside one transaction ---------------------------------------------------------------------------

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
    ) -> int:
        """Make an allowed move, and all that follows from it on the person's other cases."""
        move = done.move
        extra = (
            {"overrides": {each.id: overrides[each.id] for each in done.overridden}}
            if done.overridden
            else {}
        )
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
        learned = {name: answered.facts[name] for name in LIFE if name in answered.facts}
        if learned:
            change.lives.setdefault(draft.person_id, {}).update(learned)
        if "birth_date" in learned:
            add_twins(change, draft, int(answered.body.get("how_many", 1)), actor.name, done.by, at)
        if "died_on" in learned:
            freeze(change, draft, actor.name, done.by, at)
        for opens in move.opens:
            open_beside(change, draft, opens, actor.name, done.by, at)
        for fires in move.fires:
            self._fire_beside(change, draft, fires, actor, at)
        return seq

    def _fire_beside(
        self, change: Change, draft: Draft, fires: Fires, actor: Actor, at: datetime | date
    ) -> None:
        """Fire a trigger on the person's open case on another pathway, where it is in a state to take it."""
        row = change.tx.one("open_case_of_person", person_id=draft.person_id, pathway=fires.pathway)
        if row is None:
            return
        beside = change.load(row.reference)
        verdict = decide(Question(beside.pathway, beside.state, beside.facts), fires.trigger, OTHER_PATHWAY)
        if isinstance(verdict, Done):
            self._carry_out(change, beside, verdict, Actor(actor.name, frozenset()), at, Answered(), {})

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
        if there is not None:
            raise RefusedMove(there.reference, "open", _already_on(there.reference, found), "")

    def _receipt(
        self, change: Change, draft: Draft, done: Done, at: datetime | date, seq: int, *, kept: bool
    ) -> Receipt:
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
            begun=tuple((each.rule, each.values["due_on"]) for each in draft.begun),
            opened=tuple(change.opened),
            overridden=tuple(each.id for each in done.overridden),
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
    return Refused(verdict.kind, reasons, verdict.open_moves, verdict.move) if reasons else None


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
