"""A death recorded by somebody whom row security keeps from another case of the child reaches those who see that case."""

from __future__ import annotations

import pytest

from models.casework import Casework
from models.notices import queue_urgent
from models.setup import rules_of
from models.store import ALL_SEEING, open_store
from pathways import pathway
from pathways.engine import Actor
from pathways.roles import Role
from tests.casefile import NOW, complete
from tests.logins import an_office
from tests.models.test_row_security import CHILD, opened, seen_as


@pytest.fixture
def office(postgres_cluster):
    with an_office(postgres_cluster) as made:
        yield made


def died(office, name, reference):
    """The death, recorded by somebody with a practitioner's own login."""
    found = pathway("child_protection")
    move = next(each for each in found.moves if each.trigger == "child_died")
    who = Actor(office.logins[name], frozenset({Role.COORDINATOR, Role.SOCIAL_WORKER}))
    with open_store(office.url.replace("tester@", f"{office.logins[name]}@")) as store:
        store.viewer = seen_as(office, name)
        return Casework(store, rules_of(store)).make(
            reference, "child_died", actor=who, now=NOW, answers=complete(move.records, "2026-11-03")
        )


def test_those_who_see_the_hidden_case_are_told_and_nobody_else(office):
    office.staff("amy", Role.COORDINATOR, Role.SOCIAL_WORKER)
    office.staff("boss", Role.TEAM_LEADER)
    seen = opened(office.url, "child_protection", CHILD, "sender", ALL_SEEING).reference
    with open_store(office.url) as store, store.writing() as tx:
        store.viewer = ALL_SEEING
        person = tx.need("case_by_reference", reference=seen, seen_by=ALL_SEEING).person_id
    hidden = opened(office.url, "missing_child", person, "sender", ALL_SEEING).reference
    with open_store(office.url) as store, store.writing() as tx:
        case = tx.need("case_by_reference", reference=hidden, seen_by=ALL_SEEING)
        tx.run("guard_case", case_id=case.id, restricted=True, guarded=True)
        tx.run(
            "add_access", case_id=case.id, person_id=None, practitioner_id=office.number("boss"), kind="allowed", because="",
            by_login="operator", second_login=None, from_at=NOW, until_at=None, ended_at=None, ended_by=None, recorded_at=NOW,
        )  # fmt: skip
    before = office.ask(
        office.url, "SELECT count(*) FROM deadline WHERE case_id = %s AND status = 'open'", case.id
    )
    receipt = died(office, "amy", seen)
    assert hidden not in str(receipt)
    told = "SELECT case_ref, to_roles FROM outbox WHERE event = 'pathways.person.died'"
    assert [row[0] for row in office.ask(office.url, told)] == [hidden]
    assert office.ask(office.url.replace("tester@", f"{office.logins['amy']}@"), told) == []
    after = office.ask(
        office.url, "SELECT count(*) FROM deadline WHERE case_id = %s AND status = 'open'", case.id
    )
    assert after == before, "the hidden case is not written past the wall"
    assert "team_leader" in office.ask(office.url, told)[0][1].split(";")
    with open_store(office.url) as store, store.writing() as tx:
        tx.connection.execute("UPDATE practitioner SET email = login || '@example.org'")
    with open_store(office.service()) as store:
        assert queue_urgent(store, NOW, "person-died") == 1
    ((who, body),) = office.ask(office.url, "SELECT practitioner_id, body FROM notice WHERE kind = 'urgent'")
    assert who == office.number("boss")
    assert "its person has died" in body
    assert hidden not in body


def test_a_death_tells_of_nothing_where_nothing_is_hidden(office):
    office.staff("amy", Role.COORDINATOR, Role.SOCIAL_WORKER)
    seen = opened(office.url, "child_protection", CHILD, "sender", ALL_SEEING).reference
    died(office, "amy", seen)
    assert office.ask(office.url, "SELECT count(*) FROM outbox WHERE event = 'pathways.person.died'") == [
        (0,)
    ]
