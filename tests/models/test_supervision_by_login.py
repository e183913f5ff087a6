"""Supervision behind PostgreSQL's own wall, with content sealed: real logins, met with the program and with plain SQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from models import keys
from models.casework import Casework, NewPerson
from models.setup import rules_of
from models.staff import standing
from models.store import open_store
from models.supervision import NoSuchSession, actions, end_action, read, record, sign
from models.supervision_due import note_overdue_supervision, overdue
from models.supervision_next import due
from models.supervision_proof import faults
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.days import local_day
from pathways.engine import Actor
from pathways.roles import Role
from pathways.supervision import DONE, HEAD, PRACTITIONER, UNPLANNED, Agreed, Session
from tests.casefile import complete
from tests.logins import an_office, connected

TABLES = ("supervision", "supervision_case", "supervision_action", "supervision_signature")
WORDS = "Quillwort feels worn out"


@pytest.fixture
def office(postgres_cluster):
    with an_office(postgres_cluster) as made:
        with open_store(made.url) as store, store.writing() as tx:
            slot, _ = keys.fresh()
            tx.run("put_setting", name=keys.NOTE, value=keys.Note((slot,)).text())
        school = {"agency": "north school", "team": "north school"}
        made.urls = {
            "boss": made.staff("boss", Role.SUPERVISOR),
            "dean": made.staff("dean", Role.DSL, **school),
            "head": made.staff("head", Role.HEADTEACHER, **school),
            "deputy": made.staff("deputy", Role.DEPUTY_DSL, **school),
            "other": made.staff("other", Role.HEADTEACHER, agency="south school", team="south school"),
            "amy": made.staff("amy", Role.COORDINATOR, Role.SERVICE_MANAGER),
        }
        yield made


class Desk:
    """Somebody at work behind their own login."""

    def __init__(self, office, name):
        self.now = datetime.now(UTC)
        self.store = open_store(office.urls[name])
        with self.store.reading() as tx:
            found = standing(tx, office.logins[name], local_day(self.now))
        self.store.viewer = found.viewer(self.now)
        self.actor = Actor(office.logins[name], frozenset(map(Role, found.roles)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.store.close()


@pytest.fixture
def session(office):
    """A talk of boss and dean about a child of another team, with one action; its number."""
    with Desk(office, "boss") as boss:
        child = NewPerson(given="Ash", family="Birch")
        case = Casework(boss.store, rules_of(boss.store)).open(
            "front_door", "referral", person=child, actor=boss.actor, now=boss.now, team="assessment",
            answers=complete(pathway("front_door").entry("referral").records, local_day(boss.now).isoformat()),
        ).reference  # fmt: skip
        today = local_day(boss.now)
        told = Session(
            form=UNPLANNED, held_on=today, agenda={"workload": WORDS}, discussed={case: "seen twice"},
            agreed=(Agreed("read the toolkit", office.logins["dean"], today + timedelta(days=7)),),
        )  # fmt: skip
        return record(
            boss.store, told, supervisor=boss.actor.name, practitioner=office.logins["dean"], head_present=False,
            actor=boss.actor, now=boss.now,
        )  # fmt: skip


def test_the_two_and_their_head_read_it_and_sign_it(office, session):
    for name, left in (("dean", (HEAD,)), ("head", ())):
        with Desk(office, name) as desk:
            signed = sign(desk.store, session, actor=desk.actor, now=desk.now, said="well led; go on so")
            assert signed.body["agenda"]["workload"] == WORDS
            assert signed.left_to_sign == left
    with Desk(office, "dean") as dean:
        with dean.store.reading() as tx:
            assert read(tx, session).cases == (), (
                "the child is of another team, which the school does not see"
            )
            (action,) = actions(tx)
        end_action(
            dean.store, action.id, outcome=DONE, on=local_day(dean.now), actor=dean.actor, now=dean.now
        )
        with dean.store.reading() as tx:
            assert faults(tx) == []
            assert [
                each.login for each in due(tx, rules_of_store(office), local_day(dean.now), actor=dean.actor)
            ]
    with open_store(office.url) as store:
        store.viewer = ALL_SEEING
        assert verify(store, None).whole


def rules_of_store(office):
    with open_store(office.url) as store:
        return rules_of(store)


@pytest.mark.parametrize("name", ["deputy", "other", "amy"])
def test_nobody_else_has_a_row_of_it_or_its_key(office, session, name):
    url = office.urls[name]
    for table in TABLES:
        assert office.ask(url, f"SELECT count(*) FROM {table}") == [(0,)]
    assert office.ask(url, "SELECT count(*) FROM case_key WHERE case_ref LIKE '~s%'") == [(0,)]
    with Desk(office, name) as desk:
        with desk.store.reading() as tx, pytest.raises(NoSuchSession):
            read(tx, session)
        with pytest.raises(NoSuchSession):
            sign(desk.store, session, actor=desk.actor, now=desk.now, said="not theirs to sign")


@pytest.mark.parametrize(("name", "rows"), [("head", 2), ("dean", 1), ("boss", 0), ("other", 0), ("amy", 0)])
def test_whose_supervision_is_overdue_is_for_themselves_and_their_head(office, name, rows):
    """Of the north school neither lead nor deputy ever had a one-to-one."""
    with open_store(office.url) as store:
        note_overdue_supervision(store, rules_of(store), datetime.now(UTC))
    assert office.ask(office.urls[name], "SELECT count(*) FROM supervision_due") == [(rows,)]
    with Desk(office, name) as desk, desk.store.reading() as tx:
        assert overdue(tx).late == rows
    with connected(office.urls["head"]) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM supervision_due")


def test_what_was_said_lies_sealed(office, session):
    for table in (*TABLES, "trail_payload"):
        assert WORDS not in str(office.ask(office.url, f"SELECT * FROM {table}"))
        assert "read the toolkit" not in str(office.ask(office.url, f"SELECT * FROM {table}"))


def test_nobody_signs_in_another_name_or_takes_a_signature_back(office, session):
    forged = (
        "INSERT INTO supervision_signature (supervision_id, practitioner_id, capacity, instead_of, fingerprint, signed_at) "
        "VALUES (%s, %s, 'practitioner', '', 'x', now())"
    )
    with connected(office.urls["boss"]) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(forged, (session, office.number("dean")))
        for statement in (
            "DELETE FROM supervision_signature", "UPDATE supervision SET held_on = held_on - 1",
            "UPDATE supervision_action SET due_on = due_on + 90", "DELETE FROM supervision_case",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
    with Desk(office, "dean") as dean, dean.store.reading() as tx:
        assert read(tx, session).left_to_sign == (PRACTITIONER, HEAD)
