"""A death recorded by somebody whom row security keeps from another case of the child reaches those who see that case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.casework import Casework
from models.notices import queue_urgent
from models.setup import rules_of
from models.store import open_store
from models.sweep import pass_due_dates
from models.undo import undo
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.engine import Actor
from pathways.roles import Role
from tests.casefile import NOW, complete
from tests.logins import an_office
from tests.models.test_row_security import CHILD, opened, seen_as

NIGHT = NOW + timedelta(hours=14)


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


def clocks(office, reference):
    """How many clocks of a case run."""
    asked = "SELECT count(*) FROM deadline WHERE closed_at IS NULL AND case_id = (SELECT id FROM pathway_case WHERE reference = %s)"
    return office.ask(office.url, asked, reference)[0][0]


def entries(office, reference):
    return office.ask(
        office.url,
        "SELECT action, actor, role, from_state = to_state FROM trail WHERE case_ref = %s ORDER BY seq",
        reference,
    )


def checked(office):
    """The nightly check, by the service's own login: how many cases it reached, and whether the record is whole."""
    with open_store(office.service_url) as store:
        rules = rules_of(store)
        pass_due_dates(store, rules, NIGHT, NIGHT)
        return [str(each) for each in verify(store, rules).faults]


@pytest.fixture
def behind(office):
    """A case that Amy sees, and another of the same child that is hidden from her; both with clocks that run."""
    office.staff("amy", Role.COORDINATOR, Role.SOCIAL_WORKER)
    office.service_url = office.service()
    seen = opened(office.url, "child_protection", CHILD, "sender", ALL_SEEING).reference
    with open_store(office.url) as store, store.reading() as tx:
        person = tx.need("case_by_reference", reference=seen, seen_by=ALL_SEEING).person_id
    hidden = opened(office.url, "missing_education", person, "sender", ALL_SEEING).reference
    with open_store(office.url) as store, store.writing() as tx:
        case = tx.need("case_by_reference", reference=hidden, seen_by=ALL_SEEING)
        tx.run("guard_case", case_id=case.id, restricted=True, guarded=True)
    assert clocks(office, hidden) > 0
    return seen, hidden


def test_the_nightly_check_stops_the_clocks_that_the_recorder_could_not_reach(office, behind):
    seen, hidden = behind
    died(office, "amy", seen)
    before = len(entries(office, hidden))
    assert checked(office) == []
    assert clocks(office, hidden) == 0
    added = entries(office, hidden)[before:]
    assert added == [("person_died", office.logins["amy"], "social_worker", True)], (
        "in the words of who recorded it"
    )
    assert checked(office) == []
    assert len(entries(office, hidden)) == before + 1, "the second night adds nothing"


def test_what_a_person_does_on_the_case_after_that_is_left_alone(office, behind):
    """A clock that begins once the death is on the case is somebody's own doing."""
    seen, hidden = behind
    died(office, "amy", seen)
    assert checked(office) == []
    with open_store(office.url) as store, store.writing() as tx:
        tx.connection.execute(
            "UPDATE deadline SET closed_at = NULL, closed_seq = NULL, status = 'open' WHERE id = (SELECT min(id) FROM deadline "
            "WHERE case_id = (SELECT id FROM pathway_case WHERE reference = %s))",
            (hidden,),
        )
    checked(office)
    assert clocks(office, hidden) == 1


def test_a_death_that_was_withdrawn_before_the_night_stops_nothing(office, behind):
    seen, hidden = behind
    died(office, "amy", seen)
    with open_store(office.url) as store:
        store.viewer = ALL_SEEING
        leader = Actor("leader", frozenset({Role.TEAM_LEADER, Role.CHAIR_MANAGER}))
        with store.reading() as tx:
            last = tx.need("last_entry", reference=seen).seq
        undo(
            store, rules_of(store), seen, entry=last, because="the wrong child was named", actor=leader, now=NOW
        )  # fmt: skip
    running = clocks(office, hidden)
    assert checked(office) == []
    assert clocks(office, hidden) == running > 0


def test_a_death_tells_of_nothing_where_nothing_is_hidden(office):
    office.staff("amy", Role.COORDINATOR, Role.SOCIAL_WORKER)
    seen = opened(office.url, "child_protection", CHILD, "sender", ALL_SEEING).reference
    died(office, "amy", seen)
    assert office.ask(office.url, "SELECT count(*) FROM outbox WHERE event = 'pathways.person.died'") == [
        (0,)
    ]
