"""Who leads a case, behind PostgreSQL's own wall: each decided with the person's own database login."""

from __future__ import annotations

import psycopg
import pytest

from models import keys
from models.casework import Casework, NewPerson
from models.draft_rows import NoSuchCase
from models.owning import MayNotSee, NotTheirsToGive, give, led_by, teams, unled
from models.setup import rules_of
from models.store import open_store
from models.verify import verify
from pathways import pathway
from pathways.days import local_day
from pathways.errors import Mistyped
from pathways.roles import Role
from tests.casefile import complete
from tests.logins import an_office, connected
from tests.models.test_supervision_by_login import Desk


@pytest.fixture
def office(postgres_cluster):
    with an_office(postgres_cluster) as made:
        with open_store(made.url) as store, store.writing() as tx:
            slot, _ = keys.fresh()
            tx.run("put_setting", name=keys.NOTE, value=keys.Note((slot,)).text())
        school = {"agency": "north school", "team": "north school"}
        made.urls = {
            "amy": made.staff("amy", Role.COORDINATOR, team="assessment"),
            "ben": made.staff("ben", Role.SOCIAL_WORKER, team="assessment"),
            "dean": made.staff("dean", Role.DSL, **school),
        }
        yield made


def opened(desk, team):
    """A concern about a child, with a team."""
    found = pathway("front_door")
    return Casework(desk.store, rules_of(desk.store)).open(
        "front_door", "referral", person=NewPerson(given="Ash", family="Birch"), actor=desk.actor, now=desk.now,
        team=team, answers=complete(found.entry("referral").records, local_day(desk.now).isoformat()),
    ).reference  # fmt: skip


def by(desk, reference, to, **how):
    return give(desk.store, [reference], to, actor=desk.actor, now=desk.now, **how)


def leads(desk, login):
    with desk.store.reading() as tx:
        return [row.reference for row in led_by(tx, login, desk.now)]


def test_a_coordinator_gives_a_case_and_its_lead_finds_it(office):
    with Desk(office, "amy") as amy, Desk(office, "ben") as ben:
        case = opened(amy, "assessment")
        with amy.store.reading() as tx:
            assert [row.reference for row in unled(tx)] == [case]
        (made,) = by(amy, case, ben.actor.name, because="back from leave")
        assert (made.before, made.lead) == ("", ben.actor.name)
        assert leads(ben, ben.actor.name) == leads(amy, ben.actor.name) == [case]
        with pytest.raises(NotTheirsToGive):
            by(ben, case, amy.actor.name)
        with pytest.raises(Mistyped, match="holds no role on the staff register"):
            by(amy, case, "nobody.here")
    with open_store(office.url) as store:
        assert verify(store, rules_of(store)).whole


def test_a_worker_takes_with_their_own_login_what_nobody_leads(office):
    with Desk(office, "amy") as amy, Desk(office, "ben") as ben:
        case = opened(amy, "assessment")
        by(ben, case, ben.actor.name)
        assert leads(amy, ben.actor.name) == [case]


def test_a_partner_agency_leads_its_own_teams_cases_and_no_others(office):
    with Desk(office, "amy") as amy, Desk(office, "dean") as dean:
        theirs, others = opened(amy, "north school"), opened(amy, "assessment")
        with dean.store.reading() as tx:
            assert [row.reference for row in unled(tx)] == [theirs]
            assert "assessment" in teams(tx, dean.now)
        by(dean, theirs, dean.actor.name)
        with pytest.raises(NoSuchCase):
            by(dean, others, dean.actor.name)
        with pytest.raises(MayNotSee):
            by(amy, others, dean.actor.name)
        by(amy, others, dean.actor.name, team="north school")
        assert leads(dean, dean.actor.name) == [theirs, others]


def test_no_practitioners_login_changes_the_register_that_it_reads(office):
    with connected(office.urls["amy"]) as plain:
        assert plain.execute("SELECT count(*) FROM practitioner").fetchone()[0] >= 3
        for change in (
            "UPDATE practitioner SET title = 'chief'",
            "DELETE FROM practitioner_role",
            "INSERT INTO practitioner_role (practitioner_id, role, agency, team, from_on, recorded_at) "
            "VALUES (1, 'lado', 'local authority', '', '2020-01-01', now())",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                plain.execute(change)
