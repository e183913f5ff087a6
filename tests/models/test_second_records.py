"""A second record of a child, made by a login that PostgreSQL keeps from the first: who sees the first is told at night."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.casework import NewPerson
from models.check_runs import look_out
from models.setup import rules_of
from models.store import open_store
from models.sweep import pass_due_dates
from models.viewer import ALL_SEEING
from pathways.roles import Role
from tests.casefile import NOW
from tests.logins import an_office
from tests.models.test_row_security import opened, seen_as

FEN = NewPerson(
    given="Fen", family="Moss", birth_date=date(2016, 4, 4), identifiers=(("la_child_id", "340/900100009"),)
)


@pytest.fixture
def office(postgres_cluster):
    with an_office(postgres_cluster) as made:
        yield made


def night(url, now):
    """The nightly check, by the service's own login: whether it found a second record before it began."""
    with open_store(url) as store:
        with store.reading() as tx:
            found = look_out(tx, now)
        rules = rules_of(store)
        pass_due_dates(store, rules, now, now)
    return found.seconds


def test_those_who_see_the_hidden_one_are_told_at_night_and_once(office):
    office.staff("amy", Role.COORDINATOR, Role.SOCIAL_WORKER)
    office.staff("boss", Role.TEAM_LEADER)
    service = office.service()
    hidden = opened(office.url, "front_door", FEN, "sender", ALL_SEEING).reference
    with open_store(office.url) as store, store.writing() as tx:
        case = tx.need("case_by_reference", reference=hidden, seen_by=ALL_SEEING)
        tx.run("guard_case", case_id=case.id, restricted=True, guarded=True)
        tx.connection.execute(
            "UPDATE person SET guarded = TRUE, restricted = TRUE WHERE id = %s", [case.person_id]
        )
        tx.run(
            "add_access", case_id=case.id, person_id=None, practitioner_id=office.number("boss"), kind="allowed", because="",
            by_login="operator", second_login=None, from_at=NOW, until_at=None, ended_at=None, ended_by=None, recorded_at=NOW,
        )  # fmt: skip
    assert not night(service, NOW + timedelta(minutes=1))
    amy = office.url.replace("tester@", f"{office.logins['amy']}@")
    told = "SELECT practitioner_id, subject FROM notice WHERE key LIKE 'second_record/%'"
    opened(amy, "front_door", FEN, office.logins["amy"], seen_as(office, "amy"))
    assert office.ask(office.url, told) == [], "row security keeps the first from whoever made it"
    assert night(service, NOW + timedelta(hours=14))
    assert office.ask(office.url, told) == [(office.number("boss"), f"Look at {hidden}")]
    assert not night(service, NOW + timedelta(hours=15))
    assert len(office.ask(office.url, told)) == 1
