"""The gate: who is kept out sees nothing, of what is restricted only the named, otherwise role and team."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from models import compiled
from models.build import cleared
from models.finding import people_called
from models.people import NewPerson
from models.register import Member, enrol, take_role
from models.staff import NotOnTheRegister, standing
from models.viewer import NOBODY
from pathways import NAMES, pathway
from pathways.roles import Role
from tests.models.office import KEEPER, NOW, Office

HIDDEN = "LADO-2222222"
VIEWER = ("viewer", "clears", "viewed_at", "circle", "called")


@pytest.fixture
def office(store, rules):
    return Office(store, rules)


def test_the_roles_that_clear_are_those_that_end_every_case_of_a_restricted_pathway():
    assert cleared() == compiled.CLEARED == {"allegations": ("lado", "lado_manager")}
    assert set(compiled.CLEARED) == {name for name in NAMES if pathway(name).restricted}


def test_an_allegation_is_seen_by_the_cleared_and_by_nobody_else(office):
    case = office.allegation()
    seen = {login: office.sees(login, case) for login in ("officer", "manager", "worker", "teacher")}
    assert seen == {"officer": True, "manager": False, "worker": False, "teacher": False}
    with office.store.reading() as tx:
        assert tx.one("case_by_reference", reference=case, seen_by=NOBODY) is None


def test_its_adult_is_found_by_the_cleared_alone(office):
    office.allegation()
    found = {}
    for login in ("officer", "worker"):
        office.sit(login)
        with office.store.reading() as tx:
            found[login] = len(people_called(tx, "Robin Wren"))
    assert found == {"officer": 1, "worker": 0}


def test_a_partner_agency_sees_its_own_teams_cases_and_those_that_name_it(office):
    other = office.child()
    own = office.child("Elm", "Fox", team="north school")
    assert (office.sees("teacher", other), office.sees("teacher", own)) == (False, True)
    assert office.sees("worker", other)
    assert office.sees("worker", own)


def test_a_partner_knows_of_nobody_but_the_people_of_those_cases(office):
    office.child()
    office.child("Elm", "Birch", team="north school")
    office.sit("teacher")
    with office.store.reading() as tx:
        assert [each.given for each in people_called(tx, "Birch")] == ["Elm"]


def test_a_partner_who_leads_a_case_sees_it(office):
    case = office.child()
    with office.store.writing() as tx:
        tx.connection.execute("UPDATE pathway_case SET lead = 'teacher'")
    assert office.sees("teacher", case)


def test_a_partner_without_a_team_does_not_see_the_cases_of_no_team(office):
    enrol(
        office.store, Member("visitor", "Nurse", agency="health", roles=("health",)), actor=KEEPER, now=NOW, from_on=date(2026, 1, 5)
    )  # fmt: skip
    case = office.child()
    with office.store.writing() as tx:
        tx.connection.execute("UPDATE pathway_case SET team = ''")
    assert not office.sees("visitor", case)


def test_a_teams_name_is_compared_whole(office):
    case = office.child(team="north")
    assert not office.sees("teacher", case)


def test_somebody_whom_the_register_does_not_know_may_not_even_read(office):
    with (
        office.store.reading() as tx,
        pytest.raises(NotOnTheRegister, match="do not know the login stranger"),
    ):
        standing(tx, "stranger", NOW.date())


def test_somebody_who_has_left_may_not_even_read(office):
    take_role(office.store, "worker", None, last=NOW.date(), actor=KEEPER)
    with office.store.reading() as tx:
        assert standing(tx, "worker", NOW.date()).roles
        with pytest.raises(NotOnTheRegister, match="holds no role here today"):
            standing(tx, "worker", NOW.date() + timedelta(days=1))


def test_a_role_clears_on_the_days_on_which_it_is_held(office):
    case = office.allegation()
    take_role(office.store, "deputy", Role.LADO, last=NOW.date(), actor=KEEPER)
    enrol(
        office.store,
        Member("deputy", roles=("social_worker",)),
        actor=KEEPER,
        now=NOW,
        from_on=date(2026, 1, 5),
    )
    assert office.sees("deputy", case)
    assert not office.sees("deputy", case, NOW + timedelta(days=1))


def test_the_work_and_the_counts_of_the_uncleared_are_as_if_it_were_not_there(office):
    office.child()
    until = NOW + timedelta(days=400)

    def everything():
        office.sit("worker")
        nothing = {"team": "", "pathway": "", "state": "", "lead": "", "title": ""}
        with office.store.reading() as tx:
            return (
                tx.all("work_until", until=until, most=100, **nothing),
                tx.all("count_open_cases"),
                tx.need("count_work", now=NOW, tonight=NOW, until=until, gates=",", **nothing),
                tx.need("count_all_work", now=NOW, tonight=NOW, until=until, gates=","),
                tx.all("references_like", pattern="%", start="", end="~", most=100),
                tx.all("parked_cases"),
            )

    before = everything()
    office.store.viewer = NOBODY
    office.allegation()
    assert everything() == before


def test_all_work_is_counted_as_the_work_that_each_may_see(office):
    """In two ways: whoever sees every team's work has it counted without a look at each case."""
    office.child()
    office.child("Elm", "Birch", team="north school")
    office.allegation()
    nothing = {"team": "", "pathway": "", "state": "", "lead": "", "title": ""}
    moments = {"now": NOW, "tonight": NOW, "until": NOW + timedelta(days=400), "gates": ","}
    found = {}
    for login in ("officer", "worker", "manager", "teacher"):
        office.sit(login)
        with office.store.reading() as tx:
            every, each = tx.need("count_all_work", **moments), tx.need("count_work", **moments, **nothing)
        found[login] = every.work
        if login != "teacher":
            assert tuple(every) == tuple(each), login
        else:
            assert every.work == 0 < each.work, "a partner agency's own work is counted case by case"
    assert found["officer"] > found["worker"] == found["manager"] > 0


GIVEN = {
    "team": "", "pathway": "", "state": "", "lead": "", "title": "", "gates": ",", "pattern": "%", "start": "", "end": "~",
    "most": 1_000, "until": NOW + timedelta(days=400), "now": NOW + timedelta(days=60), "tonight": NOW + timedelta(days=60),
    "folded": "reed vale", "sounds": "V400", "birth_date": date(1980, 2, 3), "value": "S-77", "scheme": "staff_number", "seq": 1,
    "since": NOW - timedelta(days=30), "actor": "sender", "meeting_id": 1, "household_id": 1, "postcode": "AB1 2CD", "letter": "r", "after": "s",
    "pathways": ",allegations,child_protection,", "mark": "watched", "on": NOW.date(), "as_of": NOW,
    "number": 1, "key": "k", "form_id": 1, "row_id": 1, "born_by": date(2030, 1, 1), "closed_by": NOW, "allegations": "allegations",
    "rule": "fd.concern_to_dsl", "supervision_id": 1, "action_id": 1, "login": "worker", "today": NOW.date(), "form": "one_to_one",
    "left_by": NOW.date(), "numbers": '["S-77"]',
}  # fmt: skip
"""What the gated statements ask for; the hidden case and its person are put in beside it."""


def test_every_gated_statement_gives_what_it_would_if_the_case_did_not_exist(office):
    """On both databases: all that asks the gate, asked by somebody uncleared and by the adult, also of the hidden case."""
    gated = {
        name: [bind for bind, _ in binds]
        for name, (text, binds, columns) in compiled.SQLITE.items()
        if columns and "viewer" in [bind for bind, _ in binds] and name != "hidden_cases"
    }
    assert len(gated) >= 12
    office.child()
    made: dict[str, Any] = {}

    def everything():
        found = {}
        for login in ("worker", "deputy", "teacher"):
            office.sit(login)
            for name, binds in gated.items():
                own = {
                    "reference": made.get("reference", HIDDEN),
                    "person_id": made.get("person", 10**6),
                    "case_id": made.get("case", 10**6),
                    "people": f"[{made.get('person', 10**6)}]",
                }
                asked = {bind: (GIVEN | own)[bind] for bind in binds if bind not in VIEWER}
                with office.store.writing(keep=False) as tx:
                    found[login, name] = tx.all(name, **asked)
        return found

    before = everything()
    office.store.viewer = NOBODY
    case = office.allegation("Reed", "Vale", date(1980, 2, 3), ("staff_number", "S-77"))
    row = office.row(case)
    made |= {"person": row.person_id, "case": row.id, "reference": case}
    with office.store.writing() as tx:
        tx.connection.execute(
            f"INSERT INTO parked (case_id, reason, found_at) VALUES ({row.id}, 'unfit', '{NOW.isoformat()}')"
        )
    assert everything() == before
    office.sit("officer")
    with office.store.reading() as tx:
        assert len(tx.all("parked_cases")) == 1, "and it is there"


def test_a_second_record_is_made_rather_than_a_hidden_one_given_away(office):
    from models.restricting import restrict

    number = (("la_child_id", "340/900100009"),)
    first = office.open(
        "front_door",
        "referral",
        NewPerson(given="Fen", family="Moss", birth_date=date(2016, 4, 4), identifiers=number),
    )
    actor = office.sit("manager")
    restrict(
        office.store, first, whole_person=True, let_in=[], because="a colleague's child", actor=actor, now=NOW
    )
    office.sit("worker")
    with office.store.reading() as tx:
        assert tx.one("known_by_identifier", scheme="la_child_id", value="340/900100009") is None
    again = office.open(
        "front_door",
        "referral",
        NewPerson(given="Fen", family="Moss", birth_date=date(2016, 4, 4), identifiers=number),
    )
    assert office.row(again).person_id != office.row(first).person_id
    assert office.sees("worker", again)
    with office.store.reading() as tx:
        found = tx.one("known_by_identifier", scheme="la_child_id", value="340/900100009")
        told = [
            each
            for each in tx.all("messages_to_relay", after=0, most=100)
            if each.event.startswith("pathways.access")
        ]
    assert found.id == office.row(again).person_id, "the next referral finds the record that this one made"
    assert [each.case_ref for each in told] == [first], "those who may see the hidden one are told"


def test_a_second_case_beside_one_that_is_hidden_is_refused_without_its_name(office):
    from models.refusals import RefusedMove
    from models.restricting import restrict

    first = office.child()
    manager = office.sit("manager")
    restrict(office.store, first, whole_person=False, let_in=[], because="x", actor=manager, now=NOW)
    person = office.row(first).person_id
    for login, named in (("manager", True), ("worker", False)):
        office.sit(login)
        with pytest.raises(RefusedMove, match="open case on this pathway already") as refused:
            office.open("front_door", "referral", person)
        assert (first in str(refused.value)) is named
