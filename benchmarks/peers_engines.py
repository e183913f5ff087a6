"""The peers that are engines and bring no mapper: SpiffWorkflow, DBOS, Prefect. Their steps write the rows by hand."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from benchmarks.peer_rows import NOW, ended, rows, timed, trigger_of
from benchmarks.population import AS_OF
from models.connecting import driver_address
from models.store import open_store
from models.viewer import ALL_SEEING
from pathways import pathway


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
