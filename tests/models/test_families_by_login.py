"""Families and meetings written by real logins of PostgreSQL, behind its own wall."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.casework import Act, Casework
from models.families import changing
from models.finding import people_called
from models.kin import family_of
from models.meetings import meeting_of
from models.one_person import merge, split
from models.people import NewPerson
from models.restricting import restrict
from models.setup import rules_of
from models.staff import standing
from models.store import open_store
from models.verify import verify
from pathways import pathway
from pathways.days import local_day
from pathways.engine import Actor
from pathways.roles import Role
from tests.casefile import NOW, complete
from tests.logins import an_office

CP = pathway("child_protection")


@pytest.fixture
def office(postgres_cluster):
    with an_office(postgres_cluster) as made:
        yield made


class Desk:
    """Somebody at work behind their own login."""

    def __init__(self, office, name, url):
        self.store = open_store(url)
        with self.store.reading() as tx:
            found = standing(tx, office.logins[name], local_day(datetime.now(UTC)))
        self.store.viewer = found.viewer(datetime.now(UTC))
        self.actor = Actor(office.logins[name], frozenset(map(Role, found.roles)))
        self.casework = Casework(self.store, rules_of(self.store))

    def open(self, pathway_name, entry, person):
        records = pathway(pathway_name).entry(entry).records
        return self.casework.open(
            pathway_name, entry, person=person, actor=self.actor, now=NOW, answers=complete(records)
        ).reference

    def make(self, references, trigger, **own):
        with self.store.reading() as tx:
            state = tx.need("case_by_reference", reference=references[0]).state
        move = next(each for each in CP.moves_from(state) if each.trigger == trigger)
        acts = [Act(each, trigger, complete(move.records, "2026-11-03", **own)) for each in references]
        return self.casework.make_together(acts, actor=self.actor, now=NOW)

    def row(self, reference):
        with self.store.reading() as tx:
            return tx.need("case_by_reference", reference=reference)

    def meeting(self, reference):
        number = self.row(reference).id
        with self.store.reading() as tx:
            return meeting_of(tx, number)


def test_a_family_and_its_meeting_are_written_by_one_login_and_read_by_another(office):
    amy = Desk(office, "amy", office.staff("amy", Role.COORDINATOR))
    ben = Desk(office, "ben", office.staff("ben", Role.SOCIAL_WORKER))
    with amy.store, ben.store:
        first, second = (
            amy.open("child_protection", "strategy", NewPerson(given=given, family="Birch", birth_date=born))
            for given, born in (("Ash", date(2017, 3, 1)), ("Rowan", date(2020, 5, 2)))
        )
        child, brother = amy.row(first).person_id, amy.row(second).person_id
        with changing(amy.store, first, actor=amy.actor, now=NOW) as folk:
            mother = folk.add_person(NewPerson(kind="adult", given="Hazel", family="Birch"))
            folk.relate(child, brother, "sibling", date(2020, 5, 2))
            folk.relate(child, mother, "parent", date(2017, 3, 1))
            folk.begin_household("home", [(child, "child"), (mother, "adult")], date(2020, 1, 1))
            baby = folk.add_person(NewPerson(kind="unborn", expected_delivery_date=date(2026, 12, 1)))
            folk.relate(child, baby, "sibling")
            folk.add_birth(baby, date(2026, 11, 2))
            folk.add_address(mother, "1 Hidden Close", "L20 3AA", confidential=True)
            folk.add_name(child, "Ash", "Thorne", since=date(2026, 10, 1))
            folk.add_number(child, "upn", "A900")
        for trigger, own in (
            ("start_enquiry", {}), ("child_seen", {"seen": "yes"}), ("allocate", {}), ("decide_conference", {}),
            ("book_conference", {"conference_on": "2026-11-24"}),
        ):  # fmt: skip
            amy.make([first, second], trigger, **own)
        with ben.store.reading() as tx:
            family = family_of(tx, child)
        assert {(row.other_id, row.kind) for row in family.relatives} == {
            (brother, "sibling"),
            (baby, "sibling"),
            (mother, "parent"),
        }
        assert [row.birth_date for row in family.relatives if row.other_id == baby] == [date(2026, 11, 2)]
        assert ben.meeting(first).references == (first, second)
        amy.make([first], "rebook_conference", conference_on="2026-11-20")
        assert ben.meeting(second).references == (second,)
        restrict(
            amy.store,
            second,
            whole_person=True,
            let_in=[],
            because="as the police ask",
            actor=amy.actor,
            now=NOW,
        )
        with ben.store.reading() as tx:
            assert {row.other_id for row in family_of(tx, child).relatives} == {mother, baby}
            seen = tx.connection.execute(
                "SELECT count(*) FROM relationship WHERE other_id = %s", [brother]
            ).fetchone()
        assert seen == (0,), "nor by plain SQL"
    with open_store(office.service()) as store:
        assert verify(store, rules_of(store)).faults == []


def test_records_are_linked_and_parted_by_a_login(office):
    amy = Desk(office, "amy", office.staff("amy", Role.COORDINATOR))
    with amy.store:
        first = amy.open(
            "front_door", "referral", NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1))
        )
        second = amy.open(
            "child_protection",
            "strategy",
            NewPerson(given="Ashe", family="Birch", birth_date=date(2017, 3, 1)),
        )
        merge(amy.store, first, second, because="one child, spelled twice", actor=amy.actor, now=NOW)
        with amy.store.reading() as tx:
            assert [[row.reference for row in each.cases] for each in people_called(tx, "Birch")] == [
                [first, second]
            ]
        restrict(
            amy.store,
            first,
            whole_person=True,
            let_in=[],
            because="as the police ask",
            actor=amy.actor,
            now=NOW,
        )
        split(amy.store, amy.casework.rules, second, because="two cousins", actor=amy.actor, now=NOW)
        ben = Desk(office, "ben", office.staff("ben", Role.SOCIAL_WORKER))
        with ben.store, ben.store.reading() as tx:
            assert [[row.reference for row in each.cases] for each in people_called(tx, "Birch")] == [
                [second]
            ]
            assert tx.connection.execute("SELECT count(*) FROM person_link").fetchone() == (0,)
