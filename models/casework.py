"""The one write path: opening a case, making a move, and nothing else, each in one transaction.

One transaction holds the case with its version, the trail, deadlines closed and opened, the record and what
others are to hear. A refused attempt changes nothing and is itself on the trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from secrets import choice
from typing import Any, ClassVar

from models.draft import Closed, Draft, as_fact, instant
from models.store import Store, Transaction
from pathways import NAMES, pathway
from pathways.answers import Answered, MissingAnswers, check
from pathways.clocks import PERSON_FACTS, Rules
from pathways.days import local_day, words
from pathways.definitions import Evidence, Move, Opens, Pathway
from pathways.engine import OTHER_PATHWAY, Actor, Broken, Done, Question, Reason, Refused, decide
from pathways.errors import CONFLICT, NOT_ALLOWED, NOT_FOUND, REFUSED, USAGE, Mistyped, NotReady, PathwayError
from pathways.roles import Role

NOTHING_ASKED = Evidence("nothing", "nothing")
REFERENCE_DIGITS = 4
RANDOM_LETTERS = 7
UNMISTAKABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class NoSuchCase(PathwayError):
    """No case has this reference, or none that the actor may see: the same words for both."""

    code: ClassVar[int] = NOT_FOUND

    def __str__(self) -> str:
        return f"There is no case {self.args[0]}."


class ChangedMeanwhile(PathwayError):
    """The case is no longer as the actor saw it. Arguments: reference, when it changed."""

    code: ClassVar[int] = CONFLICT

    def __str__(self) -> str:
        return (
            f"Somebody changed {self.args[0]} while you had it open. Nothing was saved. "
            f"Look again, then repeat: pathways show {self.args[0]}"
        )


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


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person who is not in the records yet."""

    kind: str = "child"
    given: str = ""
    family: str = ""
    birth_date: date | None = None
    expected_delivery_date: date | None = None
    sex: str = "U"
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Change:
    """Everything that one transaction writes: the case asked about and those that follow from it."""

    tx: Transaction
    now: datetime
    drafts: list[Draft] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)


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
            change = Change(tx, now)
            draft = load_draft(tx, reference)
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
                seq = self._carry_out(change, draft, verdict, actor, happened, answered, overrides or {}, key)
                receipt = self._receipt(change, draft, verdict, happened, seq, kept=not dry_run)
            self._write(change)
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
            change = Change(tx, now)
            person_id = (
                person
                if isinstance(person, int)
                else add_person(tx, person, now, restricted=found.restricted)
            )
            if not found.restricted:
                self._not_twice(tx, person_id, found)
            episode_id = self._episode(tx, person_id, local_day(happened), now)
            draft = self._fresh(change, found, person_id, episode_id, entry.state, instant(happened), team)
            also = self._person_facts(tx, person_id, found)
            seq = draft.take(
                entry,
                entry.state,
                actor=actor.name,
                role=role,
                at=happened,
                now=now,
                answered=answered,
                rules=self.rules,
                also=also,
            )
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
            self._write(change)
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
            rules=self.rules,
            extra=extra,
            key=key,
        )
        if "lead" in answered.body:
            draft.lead = str(answered.body["lead"])
        draft.version += 1
        if draft not in change.drafts:
            change.drafts.append(draft)
        self._correct_person(change, draft, answered)
        for opens in move.opens:
            self._open_beside(change, draft, opens, actor, done.by, at)
        for fires in move.fires:
            self._fire_beside(change, draft, fires.pathway, fires.trigger, actor, at)
        return seq

    def _correct_person(self, change: Change, draft: Draft, answered: Answered) -> None:
        """A birth or a death learned on a case is a fact about the person."""
        learned = {name: answered.facts[name] for name in ("birth_date", "died_on") if name in answered.facts}
        if not learned:
            return
        person = change.tx.need("person_by_id", person_id=draft.person_id)
        born = date.fromisoformat(learned["birth_date"]) if "birth_date" in learned else person.birth_date
        died = date.fromisoformat(learned["died_on"]) if "died_on" in learned else person.died_on
        change.tx.run(
            "correct_person",
            person_id=person.id,
            kind="child" if person.kind == "unborn" and born else person.kind,
            birth_date=born,
            expected_delivery_date=person.expected_delivery_date,
            died_on=died,
            sex=person.sex,
            ethnicity=person.ethnicity,
        )

    def _open_beside(
        self, change: Change, draft: Draft, opens: Opens, actor: Actor, role: Role, at: datetime | date
    ) -> None:
        """Open the case on another pathway that a decision leads to.

        Where the person is on it already no second case is opened, and nothing is refused: what has happened is
        noted on the open one, save what its clocks are already waiting for.
        """
        if opens.pathway not in NAMES:
            return
        found = pathway(opens.pathway)
        carried = {name: draft.facts[name] for name in opens.carries if draft.facts.get(name) is not None}
        events = {name: value for name, value in carried.items() if name in draft.pathway.events}
        events |= {event: as_fact(at) for event in opens.emits}
        row = change.tx.one("open_case_of_person", person_id=draft.person_id, pathway=found.name)
        if row is not None:
            beside = load_draft(change.tx, row.reference)
            awaited = {each.start_event for each in beside.running}
            events = {
                name: value for name, value in events.items() if name not in awaited | beside.facts.keys()
            }
            carried, action, dest = {}, f"noted_from_{draft.pathway.name}", beside.state
            beside.version += 1
            change.drafts.append(beside)
        else:
            events |= self._person_facts(change.tx, draft.person_id, found)
            beside = self._fresh(
                change, found, draft.person_id, draft.episode_id, opens.state, instant(at), ""
            )
            action, dest = f"opened_from_{draft.pathway.name}", opens.state
            change.opened.append(beside.reference)
        seq = beside.enter(
            action,
            dest,
            actor=actor.name,
            role=role,
            effective_at=instant(at),
            now=change.now,
            changes={**carried, **events},
            extra={"from": draft.reference},
        )
        beside.happen(events, self.rules, today=local_day(change.now), seq=seq, strict=False)

    def _fire_beside(
        self, change: Change, draft: Draft, pathway_name: str, trigger: str, actor: Actor, at: datetime | date
    ) -> None:
        """Fire a trigger on the person's open case on another pathway, where it is in a state to take it."""
        row = change.tx.one("open_case_of_person", person_id=draft.person_id, pathway=pathway_name)
        if row is None:
            return
        beside = load_draft(change.tx, row.reference)
        verdict = decide(Question(beside.pathway, beside.state, beside.facts), trigger, OTHER_PATHWAY)
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

    def _fresh(
        self,
        change: Change,
        found: Pathway,
        person_id: int,
        episode_id: int,
        state: str,
        opened_at: datetime,
        team: str,
    ) -> Draft:
        """A new case in memory, with a reference of its own."""
        reference = draw_reference(change.tx, found, local_day(change.now).year)
        draft = Draft(
            pathway=found,
            reference=reference,
            person_id=person_id,
            episode_id=episode_id,
            state=state,
            facts={},
            opened_at=opened_at,
            changed_at=change.now,
            team=team or found.team,
            restricted=found.restricted,
        )
        change.drafts.append(draft)
        return draft

    def _episode(self, tx: Transaction, person_id: int, opened_on: date, now: datetime) -> int:
        row = tx.need(
            "add_episode",
            person_id=person_id,
            opened_on=opened_on,
            closed_on=None,
            closure_reason=None,
            referral_source=None,
            primary_need=None,
            basis="witnessed",
            source_key=None,
            details={},
            recorded_at=now,
        )
        return int(row.id)

    def _person_facts(self, tx: Transaction, person_id: int, found: Pathway) -> dict[str, str]:
        person = tx.need("person_by_id", person_id=person_id)
        dates = {name: getattr(person, name) for name in PERSON_FACTS if name in found.known}
        return {name: value.isoformat() for name, value in dates.items() if value is not None}

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

    def _write(self, change: Change) -> None:
        """Write every draft of this change."""
        tx = change.tx
        for draft in change.drafts:
            write_draft(tx, draft)
        for episode_id in {each.episode_id for each in change.drafts if not each.is_open}:
            tx.run("close_episode", episode_id=episode_id, closed_on=local_day(change.now))


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


def load_draft(tx: Transaction, reference: str) -> Draft:
    """The case, locked for this change.

    Raises:
        NoSuchCase: there is none of that reference.
        NotReady: it runs under a definition that this version of the program does not have.
    """
    row = tx.one("case_to_change", reference=reference)
    if row is None:
        raise NoSuchCase(reference)
    found = pathway(row.pathway)
    if row.definition != found.version:
        raise NotReady(
            f"{reference} runs under version {row.definition} of its pathway, and this program has {found.version}. "
            "Nothing was changed; ask the operator to move open cases to the new version."
        )
    running = tx.all("running_deadlines", case_id=row.id)
    page = tx.one("last_page", case_id=row.id)
    return Draft.of(found, row, running, page.page if page else 0)


def write_draft(tx: Transaction, draft: Draft) -> None:
    """Write one case's changes: its row, entries, records and clocks.

    Raises:
        ChangedMeanwhile: the row is no longer at the version that was read.
    """
    if draft.case_id is None:
        row = tx.need("add_case", **draft.row())
        draft.case_id = row.id
    else:
        version = draft.version
        changed = any(not each["action"].startswith("refused:") for each in draft.entries)
        seen = version - 1 if changed else version
        values = {name: value for name, value in draft.row().items() if name in CHANGED}
        if tx.run("change_case", case_id=draft.case_id, seen=seen, step=int(changed), **values) != 1:
            raise ChangedMeanwhile(draft.reference)
    tx.many("add_trail", draft.entries)
    tx.many("add_payload", draft.payloads)
    tx.many("add_record", [{**each, "case_id": draft.case_id} for each in draft.records])
    tx.many("close_deadline", draft.stopped)
    tx.many("add_deadline", [{**each.values, "case_id": draft.case_id} for each in draft.begun])
    tx.many("add_outbox", [_message(draft, entry) for entry in draft.entries])


CHANGED = frozenset(
    ("state", "is_open", "outcome", "facts", "seq", "head", "team", "lead", "closed_at", "changed_at")
)


def _message(draft: Draft, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What others hear of an entry: reference, action, states; never a name or a reason."""
    refused = entry["action"].startswith("refused:")
    return {
        "key": f"{entry['case_ref']}/{entry['seq']}",
        "event": "pathways.move.refused" if refused else "pathways.move",
        "case_ref": entry["case_ref"],
        "pathway": draft.pathway.name,
        "team": draft.team,
        "rule": entry["rule"],
        "due_on": None,
        "to_roles": "",
        "effective_at": entry["effective_at"],
        "recorded_at": entry["at"],
        "done_at": None,
    }


def draw_reference(tx: Transaction, found: Pathway, year: int) -> str:
    """A new reference, never given twice: the next of the year, as CP-2026-0041.

    A restricted pathway draws at random, outside every sequence, as LADO-7KQ4M: no gap tells that there is one.
    """
    if found.restricted:
        drawn = "".join(choice(UNMISTAKABLE) for _ in range(RANDOM_LETTERS))
        return f"{found.prefix}-{drawn}"
    row = tx.need("draw_number", prefix=found.prefix, year=year, last=1)
    return f"{found.prefix}-{year}-{row.last:0{REFERENCE_DIGITS}d}"


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


def add_person(tx: Transaction, person: NewPerson, now: datetime, *, restricted: bool = False) -> int:
    """Put a new person into the records, with name and identifiers; `restricted` keeps them out of searches."""
    from models.names import fold_name, sounds

    row = tx.need(
        "add_person",
        kind=person.kind,
        birth_date=person.birth_date,
        expected_delivery_date=person.expected_delivery_date,
        died_on=None,
        sex=person.sex,
        ethnicity=None,
        restricted=restricted,
        version=1,
        recorded_at=now,
    )
    if person.given or person.family:
        tx.run(
            "add_person_name",
            person_id=row.id,
            kind="usual",
            given=person.given,
            family=person.family,
            folded=fold_name(f"{person.given} {person.family}"),
            sounds=sounds(person.family),
            from_on=None,
            to_on=None,
            recorded_at=now,
        )
    for scheme, value in person.identifiers:
        tx.run(
            "add_person_identifier",
            person_id=row.id,
            scheme=scheme,
            value=value,
            from_on=None,
            to_on=None,
            recorded_at=now,
        )
    return int(row.id)
