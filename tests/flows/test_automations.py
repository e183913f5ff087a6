"""What happens by itself: made once, known by its sentence, set off by our own events on a real server."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.prefect

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
            assert tx.need("every_notice").key.startswith("operator/not-proven/")
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
