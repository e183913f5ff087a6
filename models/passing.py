"""What the passed dates of one case come to: entries of its trail, its new state, clocks changed, messages.

Effects carry the moment at which the limit passed, not the moment at which it was noticed, and a case's clocks
are worked through in the order in which they passed: three missed nights and one run leave what three runs would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from models.due import Batch, Tally
from models.prepared import statement
from models.transaction import Transaction
from models.wire import instant_text
from pathways import pathway, trail
from pathways.clocks import Rules, runs_in, start_of_day
from pathways.days import local_day
from pathways.definitions import CaseFacts, Clock, Move, Pathway
from pathways.engine import compiled
from pathways.errors import PathwayError
from pathways.roles import Role
from pathways.rulebook import Edition

CLOCK = Role.CLOCK.value


class Unfit(PathwayError):
    """A case cannot be dealt with as it stands; it is set aside with this reason. One argument: the reason."""


@dataclass(frozen=True, slots=True)
class _Plain:
    """What a passed limit does to a case of one kind: where it leads, whom it tells, the hash of its entry."""

    dest: str
    action: str
    gate: bool
    roles: str
    made: Callable[[bytes, str, int, str, str], bytes]


@dataclass(frozen=True, slots=True)
class _Passed:
    """The moment of a limit: as the trail has it, as the driver has it, and the next reminder's; None: that is due too."""

    text: str
    driver: Any
    morning: Any


class Passing:
    """Works out what passed dates come to, as at a moment, under one rule pack and calendar; writes nothing itself."""

    def __init__(self, rules: Rules, as_of: datetime, now: datetime, dialect: str) -> None:
        """For one run.

        Args:
            rules: rule pack, calendar, counting.
            as_of: the moment up to which limits count as passed.
            now: the moment that is written beside every effect.
            dialect: the database whose rows come in and go out, in its driver's form.
        """
        self.rules = rules
        self.as_of = as_of.astimezone(UTC)
        now = now.astimezone(UTC)
        self._texts: dict[datetime, str] = {}
        self._days: dict[date, datetime] = {}
        self._clocks: dict[str, dict[str, Clock]] = {}
        self._editions: dict[str, Edition] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._left_behind: dict[tuple[str, str, str], frozenset[str]] = {}
        self._plain: dict[tuple[Any, ...], _Plain | None] = {}
        self._passed: dict[Any, _Passed] = {}
        self._now_text = instant_text(now)
        self._sqlite = dialect == "sqlite"
        self._now: Any = self._now_text if self._sqlite else now
        self._row = statement(dialect, "due_chunk").rows

    def case(self, tx: Transaction, rows: Sequence[Sequence[Any]], batch: Batch, tally: Tally) -> None:
        """Deal with one case, of which these clocks are due; one that cannot be dealt with is set aside with its reason.

        Args:
            tx: the transaction, for the few cases of which more has to be read.
            rows: the due clocks with their case, as the driver gives them, in the order of `models.due.DUE_ROW`.
            batch: gets the rows to write.
            tally: gets the counts.
        """
        tally.cases += 1
        if len(rows) > 1 or not self._pass_plain(rows[0], batch, tally):
            self._one_case(tx, list(self._row(rows)), batch, tally)

    # --- what most cases are: one limit, passed last night ------------------------------------------------------

    def _pass_plain(self, row: Sequence[Any], batch: Batch, tally: Tally) -> bool:
        """Deal with a case of which one limit passed and no more follows from it; False: this is no such case.

        It does what `_pass_case` does, in a fifth of the time: what cases of one kind have in common is worked
        out once for all of them, and of the rest nothing is converted that goes back as it came.
        """
        (
            case_id, reference, pathway_name, definition, state, seq, head, team, deadline_id, rule, edition,
            due_on, due_at, status, statutory, look_at, told, _, _, key, _,
        ) = row  # fmt: skip
        if status != "open" or look_at != due_at or not head:
            return False
        kind = (pathway_name, definition, state, rule, edition)
        try:
            plain = self._plain[kind]
        except KeyError:
            plain = self._plain[kind] = self._plain_of(*kind)
        if plain is None:
            return False
        passed = self._passed.get(due_at) or self._passed_at(due_at)
        again = None
        if plain.gate:
            status = "passed"
        else:
            status, told = "missed", 1
            if statutory:
                again = passed.morning
                if again is None:
                    return False
            tally.missed += 1
            batch.outbox.append((
                f"{key}/missed/1", "pathways.deadline.missed", reference, pathway_name, team, rule, due_on, plain.roles,
                passed.driver, self._now, None,
            ))  # fmt: skip
        seq += 1
        name, dest = f"{key}/missed", plain.dest
        made = plain.made(head, reference, seq, passed.text, name)
        batch.trail.append((
            reference, seq, self._now, passed.driver, CLOCK, CLOCK, plain.action, state, dest, rule, "witnessed", None,
            name, trail.NO_PAYLOAD, head, made, trail.FORMAT,
        ))  # fmt: skip
        batch.deadlines.append((status, again, told, seq, deadline_id))
        batch.cases.append((dest, seq, made, self._now, case_id))
        batch.fit.append(case_id)
        if dest != state:
            tally.moved += 1
        return True

    def _plain_of(self, name: str, definition: str, state: str, rule: str, edition: str) -> _Plain | None:
        """What a passed limit does to such a case; None where it has to be looked at by itself."""
        try:
            found = pathway(name)
            if definition != found.version or state not in self._states(found):
                return None
            clock = self._clocks_of(found).get(rule)
            cited = self.rules.rulebook.cited(rule, edition)
        except (PathwayError, LookupError):
            return None
        dest, action = state, "deadline_missed"
        way = compiled(name).get((clock.on_miss, state)) if clock is not None and clock.on_miss else None
        if way is not None:
            if way[1].conditions or self._leaving(found, state, way[0]):
                return None
            dest, action = way[0], way[1].trigger
        gate = clock is not None and bool(clock.gate or cited.gate)
        made = trail.entry_hasher(
            self._now_text, CLOCK, CLOCK, action, state, dest, rule, "witnessed"
        )  # fmt: skip
        return _Plain(dest, action, gate, ";".join(cited.tells), made)

    def _passed_at(self, due_at: Any) -> _Passed:
        moment = datetime.fromisoformat(due_at) if self._sqlite else due_at
        again = self._morning(local_day(moment), 2)
        morning = None if again < self.as_of else self._instant(again)
        made = self._passed[due_at] = _Passed(self._text(moment), self._instant(moment), morning)
        return made

    # --- one case -------------------------------------------------------------------------------------------

    def _one_case(self, tx: Transaction, rows: list[Any], batch: Batch, tally: Tally) -> None:
        marks = (
            len(batch.trail),
            len(batch.outbox),
            len(batch.cases),
            len(batch.deadlines),
            len(batch.ended),
        )
        before = (tally.missed, tally.moved, tally.reminded)
        try:
            self._pass_case(tx, rows, batch, tally)
        except (PathwayError, LookupError, TypeError, ValueError) as fault:
            lists: Iterable[list[Any]] = (
                batch.trail,
                batch.outbox,
                batch.cases,
                batch.deadlines,
                batch.ended,
            )
            for made, mark in zip(lists, marks, strict=True):
                del made[mark:]
            tally.missed, tally.moved, tally.reminded = before
            tally.parked += 1
            said = (
                str(fault) if isinstance(fault, PathwayError) else f"{type(fault).__name__} in its definition"
            )
            batch.parked.append((rows[0].id, said))
        else:
            batch.fit.append(rows[0].id)

    def _pass_case(self, tx: Transaction, rows: Sequence[Any], batch: Batch, tally: Tally) -> None:
        case = rows[0]
        found = pathway(case.pathway)
        if case.definition != found.version:
            raise Unfit(f"it runs under version {case.definition} of its pathway, not {found.version}")
        if case.state not in self._states(found):
            raise Unfit(f"its pathway has no state {case.state}")
        clocks = self._clocks_of(found)
        state, seq, head = case.state, case.seq, case.head
        waiting = sorted(
            ((row.look_at, row.deadline_id, row, row.status, row.told) for row in rows), key=_first
        )
        last_marks: dict[int, tuple[Any, ...]] = {}
        gone: set[int] = set()
        while waiting:
            look_at, deadline_id, row, status, told = waiting.pop(0)
            if deadline_id in gone:
                continue
            clock = clocks.get(row.rule)
            edition = self._edition(row)
            missed_seq = (
                row.missed_seq
                if status == "open" or deadline_id not in last_marks
                else last_marks[deadline_id][3]
            )
            next_look: datetime | None = None
            if status == "open" and look_at < row.due_at:
                self._tell(batch, case, row, "near", look_at, told, edition.tells)
                tally.reminded += 1
                next_look = row.due_at
            elif status == "open":
                dest, action = self._fired(tx, found, case, clock, state)
                if clock is not None and (clock.gate or edition.gate):
                    status = "passed"
                else:
                    status, told = "missed", 1
                    tally.missed += 1
                    self._tell(batch, case, row, "missed", look_at, told, edition.tells)
                    if row.statutory:
                        next_look = self._morning(local_day(row.due_at), 2)
                seq += 1
                head = self._enter(batch, case, seq, head, state, dest, action, row)
                missed_seq = seq
                if dest != state:
                    tally.moved += 1
                    gone |= self._stopped_by(tx, found, case, state, dest, deadline_id, look_at, seq, batch)
                    state = dest
            else:
                told += 1
                tally.reminded += 1
                self._tell(batch, case, row, "still_missed", look_at, told, edition.tells)
                next_look = self._morning(local_day(look_at), 1)
            last_marks[deadline_id] = (status, next_look, told, missed_seq)
            if next_look is not None and next_look < self.as_of and deadline_id not in gone:
                waiting.append((next_look, deadline_id, row, status, told))
                waiting.sort(key=_first)
        for deadline_id, (status, next_look, told, missed_seq) in last_marks.items():
            look = None if next_look is None or deadline_id in gone else self._instant(next_look)
            batch.deadlines.append((status, look, told, missed_seq, deadline_id))
        if seq != case.seq:
            batch.cases.append((state, seq, head, self._now, case.id))

    def _states(self, found: Pathway) -> frozenset[str]:
        names = self._names.get(found.name)
        if names is None:
            names = self._names[found.name] = frozenset(each.name for each in found.states)
        return names

    def _clocks_of(self, found: Pathway) -> dict[str, Clock]:
        clocks = self._clocks.get(found.name)
        if clocks is None:
            clocks = self._clocks[found.name] = {each.rule: each for each in found.clocks}
        return clocks

    def _edition(self, row: Any) -> Edition:
        """The edition that a stored deadline cites, for whom to tell."""
        found = self._editions.get(row.edition)
        if found is None:
            found = self._editions[row.edition] = self.rules.rulebook.cited(row.rule, row.edition)
        return found

    def _fired(
        self, tx: Transaction, found: Pathway, case: Any, clock: Clock | None, state: str
    ) -> tuple[str, str]:
        """Where the miss takes the case and what the entry is called: the timed move if it may be made."""
        if clock is None or not clock.on_miss:
            return state, "deadline_missed"
        way = compiled(found.name).get((clock.on_miss, state))
        if way is None:
            return state, "deadline_missed"
        dest, move = way
        if move.conditions and not self._allowed(tx, found, case, move):
            return state, "deadline_missed"
        return dest, move.trigger

    def _allowed(self, tx: Transaction, found: Pathway, case: Any, move: Move) -> bool:
        facts = CaseFacts(tx.need("case_by_id", case_id=case.id).facts, found.known)
        return all(each.test(facts) for each in move.conditions)

    def _stopped_by(
        self,
        tx: Transaction,
        found: Pathway,
        case: Any,
        state: str,
        dest: str,
        deadline_id: int,
        at: datetime,
        seq: int,
        batch: Batch,
    ) -> set[int]:
        """Clocks that do not run in the state just reached end there; rare, since overdue states keep them all."""
        leaving = self._leaving(found, state, dest)
        if not leaving:
            return set()
        running = tx.all("running_deadlines", case_id=case.id)
        ended = {each.id for each in running if each.rule in leaving and each.id != deadline_id}
        batch.ended += [("ended", self._instant(at), seq, each) for each in sorted(ended)]
        return ended

    def _leaving(self, found: Pathway, state: str, dest: str) -> frozenset[str]:
        """The rules whose clocks run in one state and not in the other."""
        rules = self._left_behind.get((found.name, state, dest))
        if rules is None:
            clocks = found.clocks
            rules = frozenset(
                each.rule for each in clocks if runs_in(each, found, state) and not runs_in(each, found, dest)
            )
            self._left_behind[found.name, state, dest] = rules
        return rules

    def _morning(self, day: date, working_days: int) -> datetime:
        """The start of a later working day in London."""
        later = self.rules.calendar.add_working_days(day, working_days)
        found = self._days.get(later)
        if found is None:
            found = self._days[later] = start_of_day(later).astimezone(UTC)
        return found

    def _text(self, moment: datetime) -> str:
        found = self._texts.get(moment)
        if found is None:
            found = self._texts[moment] = instant_text(moment)
        return found

    def _instant(self, moment: datetime) -> Any:
        """The moment in the driver's form."""
        return self._text(moment) if self._sqlite else moment

    def _enter(
        self, batch: Batch, case: Any, seq: int, prev: bytes, state: str, dest: str, action: str, row: Any
    ) -> bytes:
        """One entry of the trail, without a payload: nothing personal is in a passing date."""
        key = f"{row.key}/missed"
        prev = prev or trail.genesis(case.reference)
        at = self._text(row.due_at)
        made = trail.entry_hash(
            prev, case.reference, seq, self._now_text, at, CLOCK, CLOCK, action, state, dest, row.rule,
            "witnessed", None, key, trail.NO_PAYLOAD,
        )  # fmt: skip
        batch.trail.append((
            case.reference, seq, self._now, at if self._sqlite else row.due_at, CLOCK, CLOCK,
            action, state, dest, row.rule, "witnessed", None, key, trail.NO_PAYLOAD, prev, made, trail.FORMAT,
        ))  # fmt: skip
        return made

    def _tell(
        self, batch: Batch, case: Any, row: Any, what: str, at: datetime, told: int, roles: tuple[str, ...]
    ) -> None:
        """Put a message for the roles that the rule names into the outbox; its key keeps it from going twice."""
        batch.outbox.append((
            f"{row.key}/{what}/{told}", f"pathways.deadline.{what}", case.reference, case.pathway, case.team, row.rule,
            row.due_on.isoformat() if self._sqlite else row.due_on, ";".join(roles), self._instant(at),
            self._now, None,
        ))  # fmt: skip


def _first(waiting: tuple[Any, ...]) -> tuple[datetime, int]:
    return waiting[0], waiting[1]
