"""The best loop that an object-relational mapper can do: `transitions` and SQLModel.

Due cases are fetched joined with their clocks, 500 at a time; one shared machine for each pathway takes each case as a
model and lets it go; the unit of work is flushed in bulk and committed every 500. It writes the program's own rows.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import create_engine, event
from sqlmodel import Session, col, select
from transitions import Machine

from benchmarks.population import AS_OF, rules
from models.connecting import PRAGMAS
from models.tables.casework import Case, Deadline
from models.tables.service import Outbox
from models.tables.trail import Move
from models.wire import instant_text
from pathways import pathway, trail
from pathways.clocks import runs_in, start_of_day
from pathways.days import local_day

AT_ONCE = 500
NOW = AS_OF


@cache
def machine(name: str) -> Machine:
    """The pathway's machine, as its documentation has it: callbacks for what follows from a change."""
    found = pathway(name)
    return Machine(
        model=None,
        states=found.machine_states(),
        transitions=found.machine_transitions(lambda condition: lambda event: True),
        initial=None,
        auto_transitions=False,
        send_event=True,
        after_state_change="moved",
    )


class Flow:
    """A case as the machine's model."""

    state: str

    def __init__(self, case: Case) -> None:
        self.case = case

    def moved(self, _event: Any) -> None:
        """Take the machine's state over."""
        self.case.state = self.state


def miss(session: Session, case: Case, clock: Deadline) -> None:
    """Let a clock's limit pass: entry, case, clock, message."""
    found = pathway(case.pathway)
    rule = next(each for each in found.clocks if each.rule == clock.rule)
    edition = rules().rulebook.cited(clock.rule, clock.edition)
    before, action = case.state, "deadline_missed"
    shared = machine(found.name)
    if rule.on_miss and any(each.trigger == rule.on_miss for each in found.moves_from(before)):
        flow = Flow(case)
        shared.add_model(flow, initial=before)
        if flow.trigger(rule.on_miss):  # type: ignore[attr-defined]
            action = rule.on_miss
        shared.remove_model(flow)
    case.seq += 1
    key = f"{clock.key}/missed"
    prev = case.head or trail.genesis(case.reference)
    case.head = trail.entry_hash(
        prev, case.reference, case.seq, instant_text(NOW), instant_text(clock.due_at), "clock", "clock", action,
        before, case.state, clock.rule, "witnessed", None, key, b"",
    )  # fmt: skip
    session.add(Move(
        case_ref=case.reference, seq=case.seq, at=NOW, effective_at=clock.due_at, actor="clock", role="clock",
        action=action, from_state=before, to_state=case.state, rule=clock.rule, basis="witnessed", key=key,
        commitment=b"", prev=prev, hash=case.head,
    ))  # fmt: skip
    case.version += 1
    case.changed_at = NOW
    looked_at, clock.look_at, clock.missed_seq = clock.look_at, None, case.seq
    if rule.gate or edition.gate:
        clock.status = "passed"
    else:
        clock.status, clock.told = "missed", 1
        if clock.statutory:
            clock.look_at = start_of_day(rules().calendar.add_working_days(local_day(clock.due_at), 2))
        session.add(Outbox(
            key=f"{clock.key}/missed/1", event="pathways.deadline.missed", case_ref=case.reference,
            pathway=case.pathway, team=case.team, rule=clock.rule, due_on=clock.due_on,
            to_roles=";".join(edition.tells), effective_at=looked_at or NOW, recorded_at=NOW,
        ))  # fmt: skip
    if case.state != before:
        ends = {
            each.rule
            for each in found.clocks
            if runs_in(each, found, before) and not runs_in(each, found, case.state)
        }
        if ends:
            running = select(Deadline).where(Deadline.case_id == case.id, col(Deadline.closed_at).is_(None))
            for other in session.exec(running):
                if other.rule in ends and other.id != clock.id:
                    other.status, other.closed_at, other.closed_seq, other.look_at = (
                        "ended",
                        looked_at,
                        case.seq,
                        None,
                    )


def engine(url: str) -> Any:
    """An engine with the program's own settings."""
    made = create_engine(url)
    if url.startswith("sqlite"):

        @event.listens_for(made, "connect")
        def settings(connection: Any, _record: Any) -> None:
            for pragma in PRAGMAS:
                connection.execute(pragma)

    return made


def run(url: str, *, most: int | None = None) -> int:
    """Deal with every passed limit, 500 cases to a transaction."""
    done, last = 0, 0
    with Session(engine(url)) as session:
        due = (
            select(Case, Deadline)
            .join(Deadline, col(Deadline.case_id) == Case.id)
            .where(col(Deadline.look_at) < AS_OF)
            .order_by(col(Case.id))
            .limit(AT_ONCE)
        )
        while rows := session.exec(due.where(col(Case.id) > last)).all():
            last = rows[-1][0].id or 0
            for case, clock in rows[: most - done if most else None]:
                miss(session, case, clock)
            session.commit()
            session.expunge_all()
            done += len(rows)
            if most and done >= most:
                break
    return min(done, most) if most else done
