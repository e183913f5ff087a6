"""A case being changed, in memory: entries, records and clocks pile up here and are written together or not at all.

People's moves (`casework.py`), imports (`importing.py`) and the nightly check (`sweep.py`) change a case only in
these ways, so that the trail always adds up to the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import attrgetter
from os import urandom
from typing import Any

from models.wire import instant_text, json_text
from pathways import trail
from pathways.answers import Answered
from pathways.clocks import PERSON_FACTS, Changes, Rules, Started, advance, start_of_day, when
from pathways.days import Unit, local_day
from pathways.definitions import Entry, Move, Pathway
from pathways.learning import learned
from pathways.rulebook import Force


def instant(moment: datetime | date) -> datetime:
    """A moment in UTC; a date counts from its start in London."""
    if isinstance(moment, datetime):
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return _starts(moment)


@lru_cache(maxsize=10_000)
def _starts(day: date) -> datetime:
    return start_of_day(day).astimezone(UTC)


def as_fact(moment: datetime | date) -> str:
    """A moment or date as facts keep it: as `isoformat()` has it, without a fraction of a second where there is none."""
    if isinstance(moment, datetime):
        return instant_text(moment).replace(".000000", "")
    return moment.isoformat()


@dataclass(slots=True)
class Pending:
    """A clock begun in this change and not yet in the database."""

    values: dict[str, Any]
    started_clock: Started

    @property
    def rule(self) -> str:
        """The rule's id."""
        return str(self.values["rule"])

    @property
    def started(self) -> str:
        """What it counts from, as ISO text."""
        return str(self.values["started"])


@dataclass(frozen=True, slots=True)
class Closed:
    """A clock that stopped: met, or ended without being met; `late` in case it was met after its limit."""

    rule: str
    due_on: date
    due_at: datetime
    status: str
    at: datetime

    @property
    def late(self) -> bool:
        """Whether it was met after its limit."""
        return self.status == "met" and self.at > self.due_at


_in_order_of_fields = attrgetter(
    "reference", "person_id", "episode_id", "state", "facts", "opened_at", "seq", "head", "version", "id", "team", "lead",
    "outcome", "basis", "restricted", "guarded", "is_open", "closed_at", "changed_at",
)  # fmt: skip
"""Of a row as `case_to_change` gives it, what a draft begins with after its pathway, in the order of its fields."""


@dataclass(slots=True, eq=False)
class Draft:
    """One case and all that this change adds to it."""

    pathway: Pathway
    reference: str
    person_id: int
    episode_id: int
    state: str
    facts: dict[str, Any]
    opened_at: datetime
    seq: int = 0
    head: bytes = b""
    version: int = 1
    case_id: int | None = None
    team: str = ""
    lead: str | None = None
    outcome: str | None = None
    basis: str = "witnessed"
    restricted: bool = False
    guarded: bool = False
    is_open: bool = True
    closed_at: datetime | None = None
    changed_at: datetime | None = None
    page: int = 0
    running: list[Any] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(init=False, default_factory=list)
    payloads: list[dict[str, Any]] = field(init=False, default_factory=list)
    records: list[dict[str, Any]] = field(init=False, default_factory=list)
    begun: list[Pending] = field(init=False, default_factory=list)
    stopped: list[dict[str, Any]] = field(init=False, default_factory=list)
    closed: list[Closed] = field(init=False, default_factory=list)
    unknown: list[tuple[str, str]] = field(init=False, default_factory=list)
    again: list[dict[str, Any]] = field(init=False, default_factory=list)
    voided: list[dict[str, Any]] = field(init=False, default_factory=list)

    @classmethod
    def of(cls, pathway: Pathway, row: Any, running: list[Any], page: int) -> Draft:
        """A draft of a case that exists; `row` as `case_to_change` gives it."""
        draft = cls(pathway, *_in_order_of_fields(row))
        draft.page, draft.running = page, running
        return draft

    def begins_as(self, case_id: int) -> None:
        """Give a new case its number, and with it what has been written of it."""
        self.case_id = case_id
        for record in self.records:
            record["case_id"] = case_id
        for clock in self.begun:
            clock.values["case_id"] = case_id

    def enter(
        self,
        action: str,
        to_state: str,
        *,
        actor: str,
        role: str,
        effective_at: datetime,
        now: datetime,
        changes: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        rule: str = "",
        key: str | None = None,
        basis: str = "witnessed",
        voids: int | None = None,
    ) -> int:
        """Add one entry to the trail and give its number.

        `changes` are facts learned (None forgets); `voids` is the entry that this one withdraws.
        """
        self.seq += 1
        if self.seq == 1:
            extra = {**(extra or {}), trail.OPENED: {"version": self.pathway.version, "team": self.team}}
        prev = self.head or trail.genesis(self.reference)
        committed = trail.NO_PAYLOAD
        if changes or extra:
            body = json_text({"facts": changes or {}, **(extra or {})})
            salt = urandom(trail.SALT_BYTES)
            committed = trail.commitment(salt, body)
            self.payloads.append({"case_ref": self.reference, "seq": self.seq, "salt": salt, "body": body})
        written = instant_text(now)
        happened = written if effective_at is now else instant_text(effective_at)
        hashed = trail.hasher_of_kind(role, action, self.state, to_state, rule, basis)
        self.head = hashed(prev, self.reference, self.seq, written, happened, actor, voids, key, committed)
        self.entries.append(
            {
                "case_ref": self.reference,
                "seq": self.seq,
                "at": now,
                "effective_at": effective_at,
                "actor": actor,
                "role": role,
                "action": action,
                "from_state": self.state,
                "to_state": to_state,
                "rule": rule,
                "basis": basis,
                "voids": voids,
                "key": key,
                "commitment": committed,
                "prev": prev,
                "hash": self.head,
                "format": trail.FORMAT,
            }
        )
        self.state = to_state
        if changes:
            trail.learn(self.facts, changes)
        return self.seq

    def happen(
        self, events: Mapping[str, str], rules: Rules, *, today: date, seq: int, strict: bool = True
    ) -> Changes:
        """Let these events start and stop the case's clocks, in the state it is now in."""
        changes = advance(self.pathway, self.state, events, self.running, rules, today=today, strict=strict)
        self._let(changes, events, rules, seq)
        return changes

    def _let(self, changes: Changes, events: Mapping[str, str], rules: Rules, seq: int) -> None:
        for each, at in changes.met:
            self._stop(each, "met", instant(when(at)), seq)
        if changes.ended:
            happened = (instant(when(at)) for at in events.values())
            ended_at = max(happened, default=self.changed_at or self.opened_at)
            for each in changes.ended:
                self._stop(each, "ended", ended_at, seq)
        if changes.met or changes.ended:
            gone = {id(each) for each, _ in changes.met} | {id(each) for each in changes.ended}
            self.running = [each for each in self.running if id(each) not in gone]
        for begun in changes.started:
            self._begin(begun, rules, seq)
        self.unknown += changes.unknown

    def stop_all(self, at: datetime, seq: int) -> None:
        """Stop every clock that runs, unmet: there is nobody left to meet them for."""
        for each in self.running:
            self._stop(each, "ended", at, seq)
        self.running = []

    def end(self, rows: list[Any], at: datetime, seq: int) -> None:
        """Stop these clocks, unmet: what began them is withdrawn."""
        for each in rows:
            self._stop(each, "ended", at, seq)
        gone = {id(each) for each in rows}
        self.running = [each for each in self.running if id(each) not in gone]

    def run_again(self, row: Any, seq: int, *, status: str, look_at: datetime | None) -> None:
        """Let a clock that had stopped run again, as a row of its own: the old one still tells when it was stopped."""
        kept = {name: value for name, value in row._asdict().items() if name not in ("id", "case_id")}
        key = f"{self.reference}/{row.rule}/{row.due_on.isoformat()}/{seq}"
        fresh = {"key": key, "opened_seq": seq, "closed_at": None, "closed_seq": None}
        self.again.append(kept | fresh | {"case_id": self.case_id, "status": status, "look_at": look_at})

    def begin(self, begun: Started, rules: Rules, seq: int) -> None:
        """Begin a clock that an undo brings about."""
        self._begin(begun, rules, seq)

    def _stop(self, each: Any, status: str, at: datetime, seq: int) -> None:
        if isinstance(each, Pending):
            each.values.update(status=status, closed_at=at, closed_seq=seq, look_at=None)
            due_on, due_at = each.values["due_on"], each.values["due_at"]
        else:
            self.stopped.append(
                {"deadline_id": each.id, "status": status, "closed_at": at, "closed_seq": seq}
            )
            due_on, due_at = each.due_on, each.due_at
        self.closed.append(Closed(each.rule, due_on, due_at, status, at))

    def _begin(self, begun: Started, rules: Rules, seq: int) -> None:
        gate = begun.clock.gate or begun.edition.gate
        values = {
            "key": f"{self.reference}/{begun.rule}/{begun.due_on.isoformat()}/{seq}",
            "case_id": self.case_id,
            "rule": begun.rule,
            "edition": begun.edition.key,
            "start_event": begun.event,
            "started": begun.started,
            "due_on": begun.due_on,
            "due_at": begun.due.due_at,
            "plan_by": begun.due.plan_by,
            "calendar": rules.calendar_of(begun.edition),
            "status": "open",
            "statutory": begun.edition.force is Force.STATUTORY,
            "look_at": None if gate and not begun.clock.on_miss else begun.look_at,
            "told": 0,
            "opened_seq": seq,
            "closed_at": None,
            "closed_seq": None,
            "missed_seq": None,
        }
        pending = Pending(values, begun)
        self.begun.append(pending)
        self.running.append(pending)

    def take(
        self,
        way: Move | Entry,
        dest: str,
        *,
        actor: str,
        role: str,
        at: datetime | date,
        now: datetime,
        answered: Answered,
        rules: Rules,
        extra: Mapping[str, Any] | None = None,
        also: Mapping[str, str] | None = None,
        key: str | None = None,
        rule: str = "",
        strict: bool = True,
        asserted_as_of: date | None = None,
    ) -> int:
        """Make a move (or come in by an entry) that has been allowed: entry, record, facts and clocks.

        Args:
            way: the move or entry.
            dest: the state it leads to.
            at: when it happened; a date where the hour is not known.
            now: when it is written.
            answered: the record's body and the facts that come with it.
            also: events that come from elsewhere: carried facts, dates of the person. An event of the move itself
                that is named here keeps the date given.
            extra: what else the entry's payload keeps (reasons of overrides).
            strict: see `pathways.clocks.advance`.
            asserted_as_of: for history told by an import, the day up to which it is told: no record is written.
        """
        events = dict(also or {})
        moment = as_fact(at) if way.emits else ""
        changes = learned(self.pathway, way, self.facts, answered, events, moment, actor)
        if not changes.keys().isdisjoint(PERSON_FACTS):
            events |= {name: changes[name] for name in PERSON_FACTS if isinstance(changes.get(name), str)}
        extra = dict(extra or {})
        action = way.trigger if isinstance(way, Move) else f"open_{way.name}"
        effective_at = instant(at)
        witnessed = asserted_as_of is None
        records = way.records if witnessed else None
        if records is not None:
            self.page += 1
            body = json_text(answered.body)
            extra["record"] = {"page": self.page, "kind": records.name, "print": trail.print_of_text(body)}
        today = asserted_as_of or local_day(now)
        clocks = advance(self.pathway, dest, events, self.running, rules, today=today, strict=strict)
        if clocks.started:
            in_school_days = [each.rule for each in clocks.started if each.edition.unit is Unit.SCHOOL_DAY]
            if in_school_days:
                extra[trail.SCHOOL_CLOCKS] = in_school_days
        self.changed_at = now
        seq = self.enter(
            action,
            dest,
            actor=actor,
            role=role,
            effective_at=effective_at,
            now=now,
            changes=changes,
            extra=extra,
            rule=rule,
            key=key,
            basis="witnessed" if witnessed else "asserted",
        )
        if records is not None:
            self.records.append(
                {
                    "case_ref": self.reference,
                    "case_id": self.case_id,
                    "page": self.page,
                    "seq": seq,
                    "kind": records.name,
                    "entry": records.entry,
                    "title": way.says,
                    "happened_at": effective_at,
                    "recorded_at": now,
                    "author": actor,
                    "role": role,
                    "body": body if answered.body else {},
                    "voided_seq": None,
                    "destroyed_seq": None,
                }
            )
        if isinstance(way, Move):
            self.outcome = way.outcome or self.outcome
            if self.pathway.state(self.state).final and self.is_open:
                self.is_open, self.closed_at = False, effective_at
                self.outcome = self.outcome or self.state
        self._let(clocks, events, rules, seq)
        return seq

    def row(self) -> dict[str, Any]:
        """The case's own row, for inserting."""
        return {
            "reference": self.reference,
            "pathway": self.pathway.name,
            "definition": self.pathway.version,
            "person_id": self.person_id,
            "episode_id": self.episode_id,
            "state": self.state,
            "is_open": self.is_open,
            "outcome": self.outcome,
            "facts": self.facts,
            "version": self.version,
            "seq": self.seq,
            "head": self.head,
            "team": self.team,
            "lead": self.lead,
            "restricted": self.restricted,
            "guarded": self.guarded,
            "basis": self.basis,
            "opened_at": self.opened_at,
            "closed_at": self.closed_at,
            "changed_at": self.changed_at or self.opened_at,
        }
