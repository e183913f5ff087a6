"""The peers that are shown with a mapper of SQLAlchemy's: transitions with SQLModel, and python-statemachine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.peer_rows import MISSED, NOW, ended, rows, timed, trigger_of
from benchmarks.population import AS_OF
from pathways import pathway
from pathways.definitions import SAME


def sqlmodel_loop(url: str, ids: list[int]) -> Callable[[], None]:
    """As `transitions`' README has it: a machine for each object."""
    from sqlmodel import Session, col, select
    from transitions import Machine

    from benchmarks import orm
    from models.tables.casework import Case, Deadline

    session = Session(orm.engine(url))

    def own_machine(name: str) -> Any:
        found = pathway(name)

        class PerObject:
            def add_model(self, flow: Any, initial: str) -> None:
                self.machine = Machine(
                    model=flow, states=found.machine_states(), initial=initial, send_event=True, auto_transitions=False,
                    transitions=found.machine_transitions(lambda condition: lambda event: True),
                    after_state_change="moved",
                )  # fmt: skip

            def remove_model(self, flow: Any) -> None:
                del self.machine

        return PerObject()

    orm.machine = own_machine

    def run() -> None:
        for case_id in ids:
            case = session.get_one(Case, case_id)
            due = select(Deadline).where(Deadline.case_id == case_id, col(Deadline.look_at) < AS_OF)
            orm.miss(session, case, session.exec(due).one())
            session.commit()

    return run


def statemachine(url: str, ids: list[int]) -> Callable[[], None]:
    """python-statemachine over SQLAlchemy's mapper: a chart for each pathway, an instance for each case."""
    from sqlalchemy import select
    from sqlalchemy.orm import Session, registry
    from statemachine import State, StateChart

    from benchmarks import orm
    from models.tables import TABLES

    mapped: dict[str, Any] = {}
    for table, name in (
        ("pathway_case", "Case"),
        ("deadline", "Clock"),
        ("trail", "Entry"),
        ("outbox", "Message"),
    ):
        mapped[name] = type(name, (), {})
        registry().map_imperatively(mapped[name], TABLES.tables[table])
    charts: dict[str, Any] = {}
    for name, triggers in timed().items():
        found = pathway(name)
        parts: dict[str, Any] = {
            each.name: State(initial=place == 0, final=False, value=each.name)
            for place, each in enumerate(found.states)
        }
        states = dict(parts)
        for move in found.moves:
            way: Any = None
            for source in move.source:
                step = states[source].to(states[source if move.dest == SAME else move.dest])
                way = step if way is None else way | step
            parts[move.trigger] = way if move.trigger not in parts else parts[move.trigger] | way
        way = None
        for each in triggers[MISSED]:
            step = states[each].to.itself()
            way = step if way is None else way | step
        parts[MISSED] = way
        for start in found.starts:  # every way in is reached from the first state, which a chart wants
            if start != found.states[0].name:
                step = states[found.states[0].name].to(states[start])
                parts["begin"] = parts["begin"] | step if "begin" in parts else step
        parts["catch_errors_as_events"] = False
        parts["validate_disconnected_states"] = parts["validate_trap_states"] = False
        charts[name] = type(StateChart)(f"Chart_{name}", (StateChart,), parts)
    session = Session(orm.engine(url))

    def run() -> None:
        case_class, clock_class = mapped["Case"], mapped["Clock"]
        for case_id in ids:
            case: Any = session.get_one(case_class, case_id)
            due = select(clock_class).where(clock_class.case_id == case_id, clock_class.look_at < AS_OF)
            clock: Any = session.scalars(due).one()
            before = case.state
            action = trigger_of(case.pathway, before, clock.rule)
            charts[case.pathway](case).send(action)
            passed_at = clock.look_at
            entry, changes, message = rows(case, clock, before, case.state, action)
            case.version += 1
            case.changed_at = NOW
            for column, value in changes.items():
                setattr(clock, column, value)
            for kind, values in (("Entry", entry), ("Message", message)):
                if values is None:
                    continue
                made = mapped[kind]()
                for column, value in values.items():
                    setattr(made, column, value)
                session.add(made)
            ends = ended(case.pathway, before, case.state)
            if ends:
                running = select(clock_class).where(
                    clock_class.case_id == case_id, clock_class.closed_at.is_(None)
                )
                for other in session.scalars(running):
                    if other.rule in ends and other.id != clock.id:
                        other.status, other.closed_at, other.closed_seq, other.look_at = (
                            "ended",
                            passed_at,
                            case.seq,
                            None,
                        )
            session.commit()

    return run
