"""Every flow of a night on PostgreSQL with row security: as the service's login all is done, as another nothing is half done."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.casework import Casework, NewPerson
from models.check_runs import HeldBack, begin_run
from models.row_security_tables import OWNER
from models.setup import rules_of
from models.store import open_store
from models.sweep import pass_due_dates
from pathways import pathway
from pathways.errors import NOT_ALLOWED, PathwayError
from pathways.roles import Role
from tests.casefile import COORDINATOR, NOW, complete
from tests.imported import DONE, take, who
from tests.kept import every_row
from tests.logins import an_office
from tests.pathways.census_text import child, episode

pytestmark = pytest.mark.prefect

NIGHT = datetime(2026, 12, 1, 6, tzinfo=UTC)
"""After the conference was due, on 24 November 2026, and less than 45 days after the last entry."""
CHILD = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1), sex="F")


@pytest.fixture
def office(postgres_cluster, monkeypatch, prefect_server, tmp_path):
    """A store with two enquiries and an allegation, behind its wall; the flows' clock stands at that night."""
    from flows import dashboards, steps

    for module in (dashboards, steps):  # not where events are sent: a server shows none that lies ahead
        monkeypatch.setattr(module, "real_now", lambda: NIGHT)
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path))
    with an_office(postgres_cluster) as made:
        with open_store(made.url) as store:
            casework, found = Casework(store, rules_of(store)), pathway("child_protection")
            move = next(each for each in found.moves if each.trigger == "start_enquiry")
            for _ in range(2):
                reference = casework.open(
                    "child_protection", "strategy", person=CHILD, actor=COORDINATOR, now=NOW,
                    answers=complete(found.entry("strategy").records),
                ).reference  # fmt: skip
                casework.make(
                    reference, "start_enquiry", actor=COORDINATOR, now=NOW, answers=complete(move.records)
                )
            entry = pathway("allegations").entries[0]
            casework.open(
                "allegations", entry.name, person=NewPerson(kind="adult", given="Robin", family="Wren"),
                actor=COORDINATOR, now=NOW, answers=complete(entry.records),
            )  # fmt: skip
        yield made


@pytest.fixture
def at_night(office, monkeypatch):
    """Let the flows log in at an address."""

    def login(url):
        monkeypatch.setenv("PATHWAYS_DATABASE_URL", url)

    return login


def everything(office):
    with open_store(office.url) as store, store.reading() as tx:
        messages = [(each.id, each.sent_at) for each in tx.all("messages_to_relay", after=0, most=1000)]
        return (
            tx.all("whole_trail"), tx.all("every_case_state"), messages, tx.all("check_runs", most=9),
            tx.all("wall_over_time", since=date(2026, 1, 1)), every_row(tx, "notice"), tx.all("settings"),
            tx.one("last_checkpoint"),
        )  # fmt: skip


def test_a_whole_night_as_the_services_login(office, at_night):
    from flows.dashboards import publish_dashboards
    from flows.deadlines import check_deadlines, watch_referrals
    from flows.messages import relay_events, send_notices
    from flows.proof import rules_check, verify_audit

    url = office.service()
    at_night(url)
    assert office.ask(url, "SELECT rolbypassrls FROM pg_roles WHERE rolname = session_user") == [(False,)]
    state = check_deadlines(shards=2, return_state=True)
    assert (state.name, state.message.split(",")[0]) == ("Late cases", "2 cases looked at"), (
        "the allegation is not counted"
    )
    with open_store(office.url) as store, store.reading() as tx:
        (run,) = tx.all("check_runs", most=9)
        missed = {each.case_ref.split("-")[0] for each in tx.all("whole_trail") if each.role == "clock"}
        assert tx.one("last_checkpoint") is not None
    assert run.finished_at == NIGHT
    assert missed == {"CP", "LADO"}, "dealt with, as every case is"
    assert verify_audit(return_state=True).message == "The record verifies"
    assert relay_events(return_state=True).message.endswith(" 0 waiting")
    assert publish_dashboards(return_state=True).is_completed()
    for flow in (watch_referrals, send_notices, rules_check):
        assert flow(return_state=True).is_completed()
    with open_store(url) as store:
        assert take(store, rules_of(store), child(episode(DONE), who()), now=NIGHT).children == 1
    assert verify_audit(return_state=True).is_completed()


@pytest.mark.parametrize("login", ["owner", "practitioner"])
def test_as_a_login_that_row_security_holds_nothing_is_half_done(office, at_night, login):
    """The owner of the tables, forced under its own wall, and a practitioner: no BYPASSRLS, and so no COPY."""
    from flows.dashboards import publish_dashboards
    from flows.deadlines import check_deadlines
    from flows.messages import relay_events
    from flows.proof import verify_audit

    url = office.login("tables", OWNER) if login == "owner" else office.staff("amy", Role.COORDINATOR)
    before = everything(office)
    with open_store(url) as store:
        rules = rules_of(store)
        for begins in (begin_run, pass_due_dates):
            with pytest.raises(HeldBack) as held:
                begins(store, rules, NIGHT, NIGHT)
            assert held.value.code == NOT_ALLOWED
            assert str(held.value).startswith("This database login is held back by row security")
    at_night(url)
    state = check_deadlines(return_state=True)
    assert state.is_failed()
    assert "HeldBack in begin-check" in state.message
    if login == "practitioner":
        for flow, said in (
            (verify_audit, "SeesPart in verify-audit"),
            (relay_events, "NotReady in relay-events"),
            (publish_dashboards, "NotReady in publish-dashboards"),
        ):
            state = flow(return_state=True)
            assert state.is_failed()
            assert said in state.message
        with (
            open_store(url) as store,
            pytest.raises(PathwayError, match="Your database login may not do that"),
        ):
            take(store, rules_of(store), child(episode(DONE), who()), now=NIGHT)
    assert everything(office) == before
