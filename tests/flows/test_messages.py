"""Messages through the flows: Prefect's events on a real server, mail through a real relay, and what managers see."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from aiosmtpd.controller import Controller

from models.casework import Casework
from models.relay import number_of, tell
from models.setup import AtTheKeyboard, fill
from models.store import open_store
from pathways.errors import NotReady
from pathways.roles import Role
from tests.casefile import COORDINATOR, NOW
from tests.models.test_chasers import waiting_conference
from tests.postgres import free_port

pytestmark = pytest.mark.prefect

CLOCK = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def practice(store_url, tmp_path, monkeypatch, prefect_server):
    """A practice store whose clock stands at 9am on 1 December, and an empty folder of settings."""
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", store_url)
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path))
    with open_store(store_url) as store:
        who = AtTheKeyboard("practice", "Coordinator", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=NOW, practice_clock=CLOCK)
        yield store


@pytest.fixture
def cp(practice):
    """How the references of this store begin: Prefect's server is one for all tests, and knows a message by its key."""
    return {"sqlite": "CP-2026", "postgresql": "CP-2027"}[practice.dialect]


def put(store, *references):
    with store.writing() as tx:
        for each in references:
            pathway_name = "allegations" if each.startswith("LADO") else "child_protection"
            tell(tx, f"{each}/1", "pathways.move", NOW, case_ref=each, pathway=pathway_name, team="north")


def waiting(store):
    with store.reading() as tx:
        return tx.need("count_waiting_messages").messages


def shown(api, *keys):
    """The events that the server shows, of these messages."""
    asked = {"filter": {"id": {"id": [number_of(each) for each in keys]}}}
    return api.request("POST", "/events/filter", json=asked).json()["events"]


def test_the_outbox_reaches_prefects_own_events_and_only_then_is_done(practice, api, cp):
    from flows.messages import relay_events

    put(practice, f"{cp}-0001", "LADO-7KQ4M", f"{cp}-0002")
    state = relay_events(return_state=True)
    assert (state.name, state.message) == ("Completed", "2 relayed, 0 waiting")
    keys = (f"{cp}-0001/1", "LADO-7KQ4M/1", f"{cp}-0002/1")
    found = {each["resource"]["prefect.resource.id"] for each in shown(api, *keys)}
    assert found == {f"pathways.case.{cp}-0001", f"pathways.case.{cp}-0002"}


def test_a_message_that_was_sent_and_not_marked_is_there_once(practice, api, cp):
    from flows.messages import relay_events

    put(practice, f"{cp}-0003")
    relay_events()
    with practice.writing() as tx:
        tx.connection.execute("UPDATE outbox SET done_at = NULL, sent_at = NULL, event_id = NULL")
    assert relay_events(return_state=True).message == "1 relayed, 0 waiting"
    assert len(shown(api, f"{cp}-0003/1")) == 1


def test_with_the_server_gone_nothing_is_lost_and_the_run_is_red(practice, monkeypatch):
    from flows import messages

    put(practice, "CP-2026-0004")
    nobody = f"http://127.0.0.1:{free_port()}/api"
    monkeypatch.setattr(messages, "get_client", lambda **_: _Gone(nobody))
    state = messages.relay_events(return_state=True)
    assert state.is_failed()
    assert "in relay-events, error no." in state.message
    assert waiting(practice) == 1


class _Gone:
    """A client of a server that is not there."""

    def __init__(self, address):
        import httpx

        self._client = httpx.Client(base_url=address)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._client.close()


def test_without_an_address_no_server_is_started_for_an_event(practice):
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.messages import relay_to_server

    with temporary_settings({PREFECT_API_URL: None}), pytest.raises(NotReady, match="Set PREFECT_API_URL"):
        relay_to_server(practice)


# --- mail -----------------------------------------------------------------------------------------------------


class Box:
    def __init__(self):
        self.got = []

    async def handle_DATA(self, server, session, envelope):
        self.got.append(envelope.content.decode())
        return "250 taken"


def write_settings(tmp_path, port):
    (tmp_path / "pathways.toml").write_text(
        f'[mail]\nfrom = "p@council.example"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\noperator = "ops@council.example"\n'
    )


def test_an_automation_tells_the_operator(practice, tmp_path):
    from flows.messages import notify

    box, port = Box(), free_port()
    write_settings(tmp_path, port)
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        state = notify("check-unfinished", return_state=True)
    finally:
        controller.stop()
    assert state.message == "1 sent, 0 to be tried again, 0 given up"
    (letter,) = box.got
    assert "Subject: PRACTICE DATA: The overnight check has not finished" in letter


def test_with_the_relay_down_the_run_is_red_and_says_so(practice, tmp_path):
    from flows.messages import notify, send_notices

    write_settings(tmp_path, free_port())
    state = notify("run-crashed", return_state=True)
    assert (state.is_failed(), state.name) == (True, "Mail relay down")
    assert "waiting to be tried again: 1" in state.message
    assert send_notices(return_state=True).name == "Mail relay down"


def test_without_a_relay_nobody_is_written_to_and_nothing_is_red(practice):
    from flows.messages import send_notices

    state = send_notices(return_state=True)
    assert (state.is_completed(), state.name) == (True, "No mail")


def test_what_an_automation_may_say_is_a_word_of_ours(practice):
    from flows.messages import notify

    state = notify("Somebodyelse", return_state=True)
    assert state.is_failed()
    assert "Somebodyelse" not in state.message


def test_agencies_that_owe_reports_get_their_letters_from_the_flow_and_one_without_address_is_named(
    practice, tmp_path, rules
):
    from flows.messages import notify, send_notices
    from models.chasing import chase

    case = waiting_conference(Casework(practice, rules))
    box, port = Box(), free_port()
    write_settings(tmp_path, port)
    with (tmp_path / "pathways.toml").open("a") as file:
        file.write('[mail.agencies]\npolice = "desk@police.example"\nhousing = "reports@housing.example"\n')
    chase(practice, rules, case, actor=COORDINATOR, now=CLOCK)
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        told = notify("reports-missing", return_state=True)
        again = send_notices(return_state=True)
    finally:
        controller.stop()
    assert told.message == (
        "2 sent, 0 to be tried again, 0 given up; no address for school: [mail.agencies] in pathways.toml"
    )
    assert again.message.startswith("0 sent")
    assert all(f"{case}: your agency's report" in letter for letter in box.got)


# --- proof ----------------------------------------------------------------------------------------------------


def test_a_record_that_verifies_is_green(practice):
    from flows.proof import verify_audit

    assert verify_audit(return_state=True).message == "The record verifies"


def test_rules_and_calendars_that_reach_are_green(practice):
    from flows.proof import rules_check

    state = rules_check(return_state=True)
    assert state.is_completed()
    assert state.message.startswith("0 run out within 60 days")


def test_bank_holidays_that_run_out_are_named(practice):
    from flows.proof import rules_check

    with practice.writing() as tx:
        tx.run("put_setting", name="calendar_last", value="2026")
    state = rules_check(return_state=True)
    assert state.name == "Running out"
    with practice.reading() as tx:
        assert [each.event for each in tx.all("messages_to_relay", after=0, most=9)] == [
            "pathways.calendar.ending"
        ]
