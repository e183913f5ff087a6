"""What the libraries' documentation shows: load one case, fire its machine, save, commit. Runs in the peers' environment.

`python -m benchmarks.peers NAME --url ... --most N`. Everybody writes the program's own rows for each case (trail with
hash, case, clock, message) beside what the library itself keeps, and gets the same fast calendar and rule book.
"""

from __future__ import annotations

import argparse
import gc
import os
from collections.abc import Callable
from datetime import UTC
from typing import Any

from benchmarks.measure import measured, tell
from benchmarks.population import AS_OF, rules
from models.connecting import driver_address
from models.store import open_store
from models.viewer import ALL_SEEING
from models.wire import instant_text
from pathways import NAMES, pathway, trail
from pathways.clocks import runs_in, start_of_day
from pathways.days import local_day
from pathways.definitions import SAME

NOW = AS_OF
MISSED = "deadline_missed"


def trigger_of(name: str, state: str, rule: str) -> str:
    """What the passing of a rule's limit fires in this state."""
    found = pathway(name)
    on_miss = next(each for each in found.clocks if each.rule == rule).on_miss
    return on_miss if on_miss and any(each.trigger == on_miss for each in found.moves_from(state)) else MISSED


def timed() -> dict[str, dict[str, dict[str, str]]]:
    """By pathway and trigger of the clock: from which state to which."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name in NAMES:
        one, ways = pathway(name), found.setdefault(name, {})
        for move in one.moves:
            if any(clock.on_miss == move.trigger for clock in one.clocks):
                for source in move.source:
                    ways.setdefault(move.trigger, {})[source] = source if move.dest == SAME else move.dest
        ways[MISSED] = {each: each for each in one.open_states}
    return found


def rows(
    case: Any, clock: Any, before: str, after: str, action: str
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any] | None]:
    """Entry, changes of the clock and message (None: nobody is told) of a passed limit; sets the case's number and head."""
    found = pathway(case.pathway)
    edition = rules().rulebook.cited(clock.rule, clock.edition)
    case.seq += 1
    prev, key = bytes(case.head), f"{clock.key}/missed"
    case.head = trail.entry_hash(
        prev, case.reference, case.seq, instant_text(NOW), instant_text(clock.due_at), "clock", "clock", action,
        before, after, clock.rule, "witnessed", None, key, b"",
    )  # fmt: skip
    entry = {
        "case_ref": case.reference, "seq": case.seq, "at": NOW, "effective_at": clock.due_at, "actor": "clock",
        "role": "clock", "action": action, "from_state": before, "to_state": after, "rule": clock.rule,
        "basis": "witnessed", "voids": None, "key": key, "commitment": b"", "prev": prev, "hash": case.head, "format": 1,
    }  # fmt: skip
    gate = edition.gate or next(each for each in found.clocks if each.rule == clock.rule).gate
    look = None
    if clock.statutory and not gate:
        look = start_of_day(rules().calendar.add_working_days(local_day(clock.due_at), 2)).astimezone(UTC)
    told = clock.told if gate else 1
    changes = {
        "status": "passed" if gate else "missed",
        "told": told,
        "look_at": look,
        "missed_seq": case.seq,
    }
    message = None if gate else {
        "key": f"{clock.key}/missed/1", "event": "pathways.deadline.missed", "case_ref": case.reference,
        "pathway": case.pathway, "team": case.team, "rule": clock.rule, "due_on": clock.due_on,
        "to_roles": ";".join(edition.tells), "effective_at": clock.look_at, "recorded_at": NOW, "done_at": None,
    }  # fmt: skip
    return entry, changes, message


def ended(name: str, before: str, after: str) -> set[str]:
    """The rules whose clocks end with a move."""
    found = pathway(name)
    if before == after:
        return set()
    return {
        each.rule for each in found.clocks if runs_in(each, found, before) and not runs_in(each, found, after)
    }


def due_ids(url: str, most: int) -> list[int]:
    """The first cases that are due."""
    with open_store(url) as store:
        mark = "?" if store.dialect == "sqlite" else "%s"
        with store.reading() as tx:
            found = tx.connection.execute(
                f"SELECT DISTINCT case_id FROM deadline WHERE look_at < {mark} ORDER BY case_id LIMIT {most}",
                [tx.driver("instant")(AS_OF)],
            )
            return [row[0] for row in found.fetchall()]


# --- transitions + SQLModel ------------------------------------------------------------------------------------------


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


# --- Django ----------------------------------------------------------------------------------------------------------


def django_setup(url: str, apps: list[str]) -> dict[str, Any]:
    """A minimal project on the program's tables; returns the fields of each model."""
    import django
    from django.conf import settings
    from django.db import models

    if url.startswith("sqlite"):
        database: dict[str, Any] = {
            "ENGINE": "django.db.backends.sqlite3", "NAME": url.removeprefix("sqlite:///"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"},
        }  # fmt: skip
    else:
        from urllib.parse import urlsplit

        parts = urlsplit(driver_address(url))
        database = {
            "ENGINE": "django.db.backends.postgresql", "NAME": parts.path[1:], "USER": parts.username,
            "HOST": parts.hostname, "PORT": parts.port,
        }  # fmt: skip
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", *apps], DATABASES={"default": database},
        USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", SECRET_KEY="benchmark", DEBUG=False,
    )  # fmt: skip
    django.setup()
    from datetime import datetime

    class Moment(models.TextField if url.startswith("sqlite") else models.DateTimeField):  # type: ignore[misc]
        """A moment as the program keeps it."""

        def from_db_value(self, value: Any, *_: Any) -> Any:
            return datetime.fromisoformat(value) if isinstance(value, str) else value

        def get_prep_value(self, value: Any) -> Any:
            return instant_text(value) if value is not None and url.startswith("sqlite") else value

    def meta(table: str) -> type:
        return type("Meta", (), {"app_label": "benchmark", "db_table": table, "managed": False})

    text = models.TextField
    return {
        "models": models,
        "case": lambda: {
            "reference": text(), "pathway": text(), "definition": text(), "person_id": models.BigIntegerField(),
            "episode_id": models.BigIntegerField(), "is_open": models.BooleanField(), "outcome": text(null=True),
            "facts": text(), "version": models.IntegerField(), "seq": models.IntegerField(),
            "head": models.BinaryField(), "team": text(), "lead": text(null=True), "restricted": models.BooleanField(),
            "basis": text(), "opened_at": Moment(), "closed_at": Moment(null=True), "changed_at": Moment(),
            "__module__": __name__, "Meta": meta("pathway_case"),
        },
        "clock": lambda case: {
            "key": text(), "case": models.ForeignKey(case, on_delete=models.CASCADE), "rule": text(), "edition": text(),
            "start_event": text(), "started": text(), "due_on": models.DateField(), "due_at": Moment(),
            "plan_by": models.DateField(null=True), "calendar": text(), "status": text(),
            "statutory": models.BooleanField(), "look_at": Moment(null=True), "told": models.IntegerField(),
            "opened_seq": models.IntegerField(), "closed_at": Moment(null=True),
            "closed_seq": models.IntegerField(null=True), "missed_seq": models.IntegerField(null=True),
            "__module__": __name__, "Meta": meta("deadline"),
        },
        "entry": lambda: {
            "pk": models.CompositePrimaryKey("case_ref", "seq"), "case_ref": text(), "seq": models.IntegerField(),
            "at": Moment(), "effective_at": Moment(), "actor": text(), "role": text(), "action": text(),
            "from_state": text(), "to_state": text(), "rule": text(), "basis": text(),
            "voids": models.IntegerField(null=True), "key": text(null=True), "commitment": models.BinaryField(),
            "prev": models.BinaryField(), "hash": models.BinaryField(), "format": models.IntegerField(),
            "__module__": __name__, "Meta": meta("trail"),
        },
        "message": lambda: {
            "key": text(), "event": text(), "case_ref": text(), "pathway": text(), "team": text(), "rule": text(),
            "due_on": models.DateField(null=True), "to_roles": text(), "effective_at": Moment(), "recorded_at": Moment(),
            "done_at": Moment(null=True), "__module__": __name__, "Meta": meta("outbox"),
        },
    }  # fmt: skip


def _django_loop(
    kit: dict[str, Any], case_class: Any, fire: Callable[[Any, str], None], ids: list[int]
) -> Callable[[], None]:
    from django.db import transaction

    model = kit["models"].Model
    clock_class = type("Clock", (model,), kit["clock"](case_class))
    entry_class = type("Entry", (model,), kit["entry"]())
    message_class = type("Message", (model,), kit["message"]())

    def run() -> None:
        for case_id in ids:
            with transaction.atomic():
                clock: Any = clock_class.objects.select_related("case").get(
                    case_id=case_id, look_at__lt=AS_OF
                )
                case, before = clock.case, clock.case.state
                action = trigger_of(case.pathway, before, clock.rule)
                fire(case, action)
                passed_at = clock.look_at
                entry, changes, message = rows(case, clock, before, case.state, action)
                case.version += 1
                case.changed_at = NOW
                case.save()
                for name, value in changes.items():
                    setattr(clock, name, value)
                clock.save()
                entry_class.objects.create(**entry)
                if message:
                    message_class.objects.create(**message)
                ends = ended(case.pathway, before, case.state)
                if ends:
                    running = clock_class.objects.filter(case_id=case_id, closed_at=None, rule__in=ends)
                    running.exclude(id=clock.id).update(
                        status="ended", closed_at=passed_at, closed_seq=case.seq, look_at=None
                    )

    return run


def _merged() -> dict[str, dict[str, set[str]]]:
    """By trigger, over all pathways: where each state may lead."""
    merged: dict[str, dict[str, set[str]]] = {}
    for ways in timed().values():
        for trigger, way in ways.items():
            for source, dest in way.items():
                merged.setdefault(trigger, {}).setdefault(source, set()).add(dest)
    return merged


def django_fsm(url: str, ids: list[int]) -> Callable[[], None]:
    """django-fsm-2 with django-fsm-log: a transition method and save() inside atomic()."""
    kit = django_setup(url, ["django_fsm", "django_fsm_log"])
    from django.core.management import call_command
    from django_fsm import GET_STATE, FSMField, FSMModelMixin, transition
    from django_fsm_log.decorators import fsm_log_by

    for app in ("contenttypes", "auth", "django_fsm_log"):
        call_command("migrate", app, verbosity=0)
    ways = timed()
    fields = kit["case"]()
    fields["state"] = state = FSMField()

    def method(trigger: str, way: dict[str, set[str]]) -> Any:
        def fire(self: Any, **_: Any) -> None:
            pass

        fire.__name__ = trigger
        to = GET_STATE(lambda self, **_: ways[self.pathway][trigger][self.state])
        return fsm_log_by(transition(field=state, source=list(way), target=to)(fire))

    for trigger, way in _merged().items():
        fields[trigger] = method(trigger, way)
    case_class = type("Case", (FSMModelMixin, kit["models"].Model), fields)
    return _django_loop(kit, case_class, lambda case, trigger: getattr(case, trigger)(), ids)


def viewflow(url: str, ids: list[int]) -> Callable[[], None]:
    """viewflow.fsm: a flow class over the model."""
    kit = django_setup(url, ["viewflow"])
    from viewflow import fsm

    fields = {**kit["case"](), "state": kit["models"].TextField()}
    case_class = type("Case", (kit["models"].Model,), fields)
    ways = timed()
    every = sorted({state for name in NAMES for state in (each.name for each in pathway(name).states)})
    texts = kit["models"].TextChoices("States", {each.upper(): (each, each) for each in every})
    state = fsm.State(texts, default=texts(every[0]))

    def method(trigger: str, way: dict[str, set[str]]) -> Any:
        def fire(self: Any) -> None:
            pass

        fire.__name__ = trigger
        for source, dests in way.items():
            if len(dests) == 1:
                to: Any = texts(next(iter(dests)))
            else:
                to = fsm.State.GET_STATE(
                    lambda self: texts(ways[self.case.pathway][trigger][self.case.state]),
                    states=[texts(x) for x in dests],
                )
            fire = state.transition(source=texts(source), target=to)(fire)
        return fire

    class Base:
        def __init__(self, case: Any) -> None:
            self.case = case

        @state.setter()
        def _set(self, value: Any) -> None:
            self.case.state = value.value

        @state.getter()
        def _get(self) -> Any:
            return texts(self.case.state)

    members = {"state": state, **{trigger: method(trigger, way) for trigger, way in _merged().items()}}
    flow = type("Flow", (Base,), members)
    return _django_loop(kit, case_class, lambda case, trigger: getattr(flow(case), trigger)(), ids)


# --- python-statemachine + SQLAlchemy -------------------------------------------------------------------------------


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


# --- by hand, for engines that bring no mapper -----------------------------------------------------------------------


class ByHand:
    """The four writes of a passed limit as plain statements, the fastest that a user of an engine could write."""

    def __init__(self, url: str) -> None:
        self.store = open_store(url)
        self.store.viewer = ALL_SEEING

    def load(self, tx: Any, case_id: int) -> tuple[Any, Any]:
        """The case and its due clock."""
        from types import SimpleNamespace

        case = SimpleNamespace(**tx.need("case_by_id", case_id=case_id)._asdict())
        clock = next(
            each
            for each in tx.all("running_deadlines", case_id=case_id)
            if each.look_at is not None and each.look_at < AS_OF
        )
        return case, clock

    def write(self, tx: Any, case: Any, clock: Any, after: str, action: str) -> None:
        """Entry, case, clock, message."""
        before = case.state
        entry, changes, message = rows(case, clock, before, after, action)
        instant = tx.driver("instant")
        tx.run("add_trail", **entry)
        tx.sets("pass_case", [(after, case.seq, case.head, instant(NOW), case.id)], alike="changed_at")
        look = None if changes["look_at"] is None else instant(changes["look_at"])
        tx.sets(
            "pass_deadline", [(changes["status"], look, changes["told"], changes["missed_seq"], clock.id)]
        )
        if message:
            tx.run("add_outbox", **message)
        ends = ended(case.pathway, before, after)
        for other in tx.all("running_deadlines", case_id=case.id) if ends else ():
            if other.rule in ends and other.id != clock.id:
                tx.sets("end_deadline", [("ended", instant(clock.look_at), case.seq, other.id)])


def spiff(url: str, ids: list[int]) -> Callable[[], None]:
    """SpiffWorkflow: BPMN with a timer on the open user task, one serialised document for each case."""
    from lxml import etree
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.util.task import TaskState

    hand = ByHand(url)
    ways = timed()

    def after(name: str, state: str, rule: str) -> str:
        return ways[name][trigger_of(name, state, rule)][state]

    engine = PythonScriptEngine(environment=TaskDataEnvironment({"after": after}))
    serializer = BpmnWorkflowSerializer()
    connection = hand.store.connection
    sqlite = hand.store.dialect == "sqlite"
    mark = "?" if sqlite else "%s"
    connection.execute("CREATE TABLE spiff (case_id bigint PRIMARY KEY, doc text NOT NULL)")
    specs: dict[str, Any] = {}
    for case_id in ids:
        with hand.store.reading() as tx:
            case, clock = hand.load(tx, case_id)
        if case.pathway not in specs:
            parser = BpmnParser()
            parser.add_bpmn_xml(etree.fromstring(_bpmn(case.pathway).encode()), filename="case.bpmn")
            specs[case.pathway] = parser.get_spec("case")
        workflow = BpmnWorkflow(specs[case.pathway], script_engine=engine)
        known = {
            "state": case.state,
            "name": case.pathway,
            "rule": clock.rule,
            "due": "2999-01-01T00:00:00+00:00",
        }
        for task in workflow.get_tasks():
            task.data.update(known)
        workflow.do_engine_steps()
        workflow.refresh_waiting_tasks()
        doc = serializer.serialize_json(workflow).replace("2999-01-01", "2026-11-03")
        connection.execute(f"INSERT INTO spiff VALUES ({mark}, {mark})", [case_id, doc])

    def run() -> None:
        for case_id in ids:
            with hand.store.writing() as tx:
                (doc,) = tx.connection.execute(
                    f"SELECT doc FROM spiff WHERE case_id = {mark}", [case_id]
                ).fetchone()
                workflow = serializer.deserialize_json(doc)
                workflow.script_engine = engine
                case, clock = hand.load(tx, case_id)
                workflow.refresh_waiting_tasks()
                workflow.do_engine_steps()
                workflow.refresh_waiting_tasks()
                state = workflow.get_next_task(state=TaskState.READY, manual=True).data["state"]
                tx.connection.execute(
                    f"UPDATE spiff SET doc = {mark} WHERE case_id = {mark}",
                    [serializer.serialize_json(workflow), case_id],
                )
                hand.write(tx, case, clock, state, trigger_of(case.pathway, case.state, clock.rule))

    return run


def _bpmn(name: str) -> str:
    """A pathway as BPMN: an open user task for each state, with a timer that cancels it and leads on."""
    parts, flows = ['<bpmn:startEvent id="start"/>'], []

    def flow(source: str, target: str, when: str = "") -> str:
        made = f"flow{len(flows)}"
        said = (
            f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{when}</bpmn:conditionExpression>'
            if when
            else ""
        )
        flows.append(
            f'<bpmn:sequenceFlow id="{made}" sourceRef="{source}" targetRef="{target}">{said}</bpmn:sequenceFlow>'
        )
        return made

    flow("start", "enter")
    first, *others = pathway(name).states
    default = flow("enter", f"task_{first.name}")
    for each in (first, *others):
        if each is not first:
            flow("enter", f"task_{each.name}", f"state == '{each.name}'")
        parts.append(
            f'<bpmn:userTask id="task_{each.name}"/><bpmn:endEvent id="end_{each.name}"/>'
            f'<bpmn:boundaryEvent id="timer_{each.name}" attachedToRef="task_{each.name}" cancelActivity="true">'
            '<bpmn:timerEventDefinition><bpmn:timeDate xsi:type="bpmn:tFormalExpression">due</bpmn:timeDate>'
            "</bpmn:timerEventDefinition></bpmn:boundaryEvent>"
        )
        flow(f"task_{each.name}", f"end_{each.name}")
        flow(f"timer_{each.name}", "pass")
    parts.append(f'<bpmn:exclusiveGateway id="enter" default="{default}"/>')
    parts.append(
        '<bpmn:scriptTask id="pass"><bpmn:script>state = after(name, state, rule)\ndue = "2999-01-01T00:00:00+00:00"'
        "</bpmn:script></bpmn:scriptTask>"
    )
    default = flow("pass", "leave") and flow("leave", f"then_{first.name}")
    parts.append(f'<bpmn:exclusiveGateway id="leave" default="{default}"/>')
    for each in (first, *others):  # not back to the first gateway: the engine foresees every turn of a loop
        parts.append(f'<bpmn:userTask id="then_{each.name}"/>')
        if each is not first:
            flow("leave", f"then_{each.name}", f"state == '{each.name}'")
    return (
        '<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions '
        'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="benchmark">'
        f'<bpmn:process id="case" isExecutable="true">{"".join(parts)}{"".join(flows)}</bpmn:process></bpmn:definitions>'
    )


def dbos(url: str, ids: list[int]) -> Callable[[], None]:
    """DBOS: a durable workflow for each case, whose only step writes the rows by hand."""
    os.environ.setdefault("DBOS__APPVERSION", "benchmark")
    from dbos import DBOS, DBOSConfig

    address = "postgresql+psycopg://" + driver_address(url).split("://", 1)[1]
    DBOS(
        config=DBOSConfig(
            name="benchmark", system_database_url=address, log_level="ERROR", application_version="1"
        )
    )
    hand = ByHand(url)
    ways = timed()

    @DBOS.step()
    def step(case_id: int) -> str:
        with hand.store.writing() as tx:
            case, clock = hand.load(tx, case_id)
            action = trigger_of(case.pathway, case.state, clock.rule)
            after = ways[case.pathway][action][case.state]
            hand.write(tx, case, clock, after, action)
        return after

    @DBOS.workflow()
    def pass_limit(case_id: int) -> str:
        return step(case_id)

    DBOS.launch()

    def run() -> None:
        for case_id in ids:
            pass_limit(case_id)

    return run


def prefect_task(url: str, ids: list[int]) -> Callable[[], None]:
    """Prefect: one flow that calls a task for each case, in turn; the body writes the rows by hand.

    Of the two ways that its documentation shows, this is the cheaper one; the other is `map` with a pool of threads.
    """
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")
    from prefect import flow, task

    hand = ByHand(url)
    ways = timed()

    @task
    def pass_limit(case_id: int) -> None:
        with hand.store.writing() as tx:
            case, clock = hand.load(tx, case_id)
            action = trigger_of(case.pathway, case.state, clock.rule)
            hand.write(tx, case, clock, ways[case.pathway][action][case.state], action)

    @flow
    def check(cases: list[int]) -> None:
        for each in cases:
            pass_limit(each)

    check([])

    return lambda: check(ids)


BESIDES = {
    "django-fsm-2 + django-fsm-log": "writes its own log of transitions",
    "SpiffWorkflow": "reads and writes back each case's workflow as a document",
    "DBOS, a workflow a case": "writes its own rows of the workflow and its step",
    "Prefect, a task a case": "tells its own server of each task's states",
}
"""What a library writes beside the program's rows."""
ENGINES = {"DBOS, a workflow a case": ("postgresql",)}
"""Where not every database is tried: DBOS recommends PostgreSQL."""
SLOW = ("SpiffWorkflow", "DBOS, a workflow a case", "Prefect, a task a case")
"""Tried on a tenth of the cases: what they cost does not depend on how many there are."""

PEERS: dict[str, Callable[[str, list[int]], Callable[[], None]]] = {
    "transitions + SQLModel": sqlmodel_loop,
    "django-fsm-2 + django-fsm-log": django_fsm,
    "viewflow.fsm": viewflow,
    "python-statemachine + SQLAlchemy": statemachine,
    "SpiffWorkflow": spiff,
    "DBOS, a workflow a case": dbos,
    "Prefect, a task a case": prefect_task,
}


def main() -> None:
    """Run the peer named over the first due cases and tell what it took."""
    given = argparse.ArgumentParser()
    given.add_argument("name", choices=list(PEERS))
    given.add_argument("--url", required=True)
    given.add_argument("--postmaster", type=int, default=0)
    given.add_argument("--most", type=int, default=300)
    asked = given.parse_args()
    ids = due_ids(asked.url, asked.most)
    with open_store(asked.url) as store:
        store.connection.execute("ANALYZE")  # the program does without on SQLite; nobody else has to
    run = PEERS[asked.name](asked.url, ids)
    gc.collect()
    with measured(asked.postmaster) as found:
        run()
    found["cases"] = len(ids)
    tell(found)
    if asked.name.startswith(("DBOS", "Prefect")):
        os._exit(0)  # their threads would hold the process


if __name__ == "__main__":
    main()
