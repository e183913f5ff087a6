"""What happens by itself: made once, known by its sentence, set off by our own events on a real server."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.kept import every_row

pytestmark = pytest.mark.prefect

ROOT = Path(__file__).parents[2]
SOON = timedelta(seconds=10)
"""How long an automation of these tests waits for something that does not happen; Prefect takes no less."""
SILENT = timedelta(seconds=20)
"""The same where meanwhile a process is to be killed, which on a busy machine takes some of it."""

FIRST_SET = {
    "A statutory date was missed",
    "Reports missing 2 working days before a conference",
    "The overnight check did not finish",
    "A scheduled run crashed",
    "A run fell silent and counts as crashed",
    "The record did not verify",
}


@pytest.fixture(scope="module")
def deployments(prefect_server):
    from flows.timetable import deployment, entries

    return {each.full_name: deployment(each).apply() for each in entries()}


@pytest.fixture
def made(deployments, api):
    """The automations as the server has them, by name."""
    from flows.automations import make_automations

    make_automations(deployments)
    return {each.name: each for each in api.read_automations()}


def test_the_first_set_is_on_and_the_rest_off(made):
    assert {name for name, each in made.items() if each.enabled} == FIRST_SET
    assert len(made) > len(FIRST_SET)


def test_making_them_again_changes_nothing(made, deployments, api):
    from flows.automations import make_automations

    assert make_automations(deployments) == []
    again = {each.name: each for each in api.read_automations()}
    assert {name: each.id for name, each in again.items()} == {name: each.id for name, each in made.items()}
    assert {name: each.trigger for name, each in again.items()} == {n: e.trigger for n, e in made.items()}


def test_a_watch_of_26_hours_is_not_begun_anew_at_every_start(made, deployments, monkeypatch):
    from prefect.client.orchestration import SyncPrefectClient

    from flows.automations import make_automations

    updated = []
    monkeypatch.setattr(
        SyncPrefectClient, "update_automation", lambda _self, number, _made: updated.append(number)
    )
    make_automations(deployments)
    assert updated == []


def test_one_that_an_operator_switched_off_stays_off_and_is_brought_up_to_date(made, deployments, api):
    from prefect.events.schemas.automations import AutomationCore

    from flows.automations import make_automations

    def put(automation, **changed):
        said = automation.model_dump(exclude={"id", "owner_resource"}) | changed
        api.update_automation(automation.id, AutomationCore(**said))

    one = made["A statutory date was missed"]
    put(one, enabled=False, description="older words")
    make_automations(deployments)
    (now,) = api.read_automations_by_name(one.name)
    assert (now.enabled, now.description) == (False, "")
    put(now, enabled=True)


def test_those_that_send_mail_do_not_call_themselves(made):
    watched = made["A scheduled run crashed"].trigger.match_related.model_dump()["prefect.resource.name"]
    assert not {"notify", "send-notices"} & set(watched)
    assert "check-deadlines" in watched


def test_a_finished_run_under_another_name_does_not_count_as_silent(made):
    trigger = made["A run fell silent and counts as crashed"].trigger
    assert trigger.expect == {"prefect.flow-run.*"}, "Late cases is a state of ours, and a sign of life"


def test_actions_name_words_of_ours_only(made):
    from models.notices import OPERATOR, URGENT

    told = [
        action.parameters["about"]
        for each in made.values()
        for action in each.actions
        if action.type == "run-deployment"
    ]
    assert set(told) <= {*OPERATOR, *URGENT}


def test_a_record_that_does_not_verify_pauses_the_check(
    made, deployments, api, until, sqlite_url, monkeypatch
):
    """The whole way: a forged entry, the flow, the outbox, the event, the automation, the paused schedule."""
    from flows.automations import resume_schedules
    from flows.messages import relay_events
    from flows.proof import verify_audit
    from models.casework import Casework, NewPerson
    from models.readonly import allow_writing
    from models.setup import AtTheKeyboard, fill, rules_of
    from models.store import NotProven, open_store
    from pathways import pathway
    from pathways.roles import Role
    from tests.casefile import COORDINATOR, NOW, complete

    monkeypatch.setenv("PATHWAYS_DATABASE_URL", sqlite_url)
    with open_store(sqlite_url) as store:
        fill(
            store,
            AtTheKeyboard("practice", "C", (Role.COORDINATOR,)),
            authority="sefton",
            now=NOW,
            practice_clock=NOW,
        )
        entry = pathway("child_protection").entry("strategy").records
        person = NewPerson(given="Ash", family="Birch", sex="F")
        given = {"person": person, "actor": COORDINATOR, "now": NOW, "answers": complete(entry)}
        Casework(store, rules_of(store)).open("child_protection", "strategy", **given)
        with store.writing() as tx:
            tx.connection.execute("UPDATE pathway_case SET state = 'plan'")
    state = verify_audit(return_state=True)
    assert (state.is_failed(), state.name) == (True, "Not proven")
    with open_store(sqlite_url) as store:
        assert store.read_only
        with pytest.raises(NotProven):
            Casework(store, rules_of(store)).open("child_protection", "strategy", **given)
        with store.reading() as tx:
            assert every_row(tx, "notice")[0].key.startswith("operator/not-proven/")
    assert relay_events(return_state=True).is_completed()
    check = deployments["check-deadlines/overnight"]
    until(lambda: api.read_deployment(check).paused)
    resume_schedules(deployments)
    assert api.read_deployment(check).paused, "not before an operator has looked"
    with open_store(sqlite_url) as store:
        assert allow_writing(store)
        assert not store.read_only
    resume_schedules(deployments)
    assert not api.read_deployment(check).paused


# --- what does not happen ----------------------------------------------------------------------------------------------


@pytest.fixture
def hasty(deployments, api):
    """Makes one of our automations that waits for seconds, under a name of its own; it goes with the test."""
    from prefect.events.schemas.automations import AutomationCore

    from flows.automations import WANTED, _actions

    made = []

    def make(name, within=SOON):
        wanted = next(each for each in WANTED if each.name == name)
        quick = replace(wanted, trigger=wanted.trigger.model_copy(update={"within": within}))
        made.append(
            api.create_automation(
                AutomationCore(
                    name=f"{name}, soon", trigger=quick.trigger, actions=list(_actions(quick, deployments))
                )
            )
        )

    yield make
    for number in made:
        api.delete_automation(number)


def asked_to_tell(api, deployments, about):
    """The runs of `notify` that an automation has asked for, about something."""
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId

    only = DeploymentFilter(id=DeploymentFilterId(any_=[deployments["notify/notify"]]))
    return [run for run in api.read_flow_runs(deployment_filter=only) if run.parameters == {"about": about}]


@pytest.fixture
def checking(sqlite_url, hasty, api, until):
    """A check in a process of its own, held up by a database that somebody has locked; gives process and run."""
    from prefect.client.schemas.filters import FlowFilter, FlowFilterName
    from prefect.settings import get_current_settings

    from models.setup import AtTheKeyboard, fill
    from models.store import open_store
    from pathways.roles import Role
    from tests.casefile import NOW

    with open_store(sqlite_url) as store:
        who = AtTheKeyboard("practice", "C", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=NOW, practice_clock=NOW)
    hasty("A run fell silent and counts as crashed", SILENT)
    only = FlowFilter(name=FlowFilterName(any_=["check-deadlines"]))
    before = {run.id for run in api.read_flow_runs(flow_filter=only)}
    environment = {
        **os.environ,
        "PATHWAYS_DATABASE_URL": sqlite_url,
        "PREFECT_API_URL": str(get_current_settings().api.url),
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", "from flows.deadlines import check_deadlines as c; c()"]
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as beside:
        beside.execute("BEGIN IMMEDIATE")
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            (run,) = until(
                lambda: [
                    each for each in api.read_flow_runs(flow_filter=only)
                    if each.id not in before and each.state.is_running()
                ]
            )  # fmt: skip
            yield process, run
        finally:
            process.kill()
            process.wait()


def heartbeats(api, run):
    """Signs of life of a run that the server has."""
    asked = {
        "event": {"name": ["prefect.flow-run.heartbeat"]},
        "resource": {"id": [f"prefect.flow-run.{run.id}"]},
    }
    return api.request("POST", "/events/filter", json={"filter": asked}).json()["events"]


@pytest.mark.slow
def test_a_run_that_is_killed_ends_as_crashed_and_the_operator_is_told(
    made, deployments, checking, api, until
):
    """Kill -9 leaves a run Running. Its silence makes it Crashed, and that is told: one automation sets off another."""
    process, run = checking
    told = len(asked_to_tell(api, deployments, "run-crashed"))
    until(lambda: heartbeats(api, run))
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert api.read_flow_run(run.id).state.is_running(), "nobody has told the server"
    until(lambda: api.read_flow_run(run.id).state.is_crashed())
    assert api.read_flow_run(run.id).state.message == "It gave no sign of life for two minutes."
    until(lambda: len(asked_to_tell(api, deployments, "run-crashed")) > told)


@pytest.mark.slow
def test_when_no_check_finishes_the_operator_is_told(deployments, hasty, api, until):
    told = len(asked_to_tell(api, deployments, "check-unfinished"))
    hasty("The overnight check did not finish")
    until(lambda: len(asked_to_tell(api, deployments, "check-unfinished")) > told)
