"""Families on the record: dated names, addresses, relationships and households; linked records; who learns of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.access import NotTheirs
from models.chronology import chronology
from models.draft_rows import NoSuchCase
from models.families import RELATIONS, AlreadyNoted, changing
from models.finding import people_at, people_born, people_called, people_numbered
from models.kin import family_of, held_on, records_of
from models.one_person import merge, split
from models.people import NewPerson
from models.queries import case_view
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.roles import Role
from tests.casefile import COORDINATOR
from tests.models.office import NOW, Office

TODAY = NOW.date()
MOTHER = NewPerson(kind="adult", given="Hazel", family="Birch", birth_date=date(1990, 4, 2))
FATHER = NewPerson(kind="adult", given="Alder", family="Stone", birth_date=date(1988, 9, 14))


@pytest.fixture
def office(store, rules):
    made = Office(store, rules)
    made.sit("manager")
    return made


@pytest.fixture
def child(office):
    return office.child()


def change(office, reference, actor=COORDINATOR, **own):
    return changing(office.store, reference, actor=actor, now=own.pop("now", NOW), **own)


def person(office, reference):
    """Past the gate, and inside a transaction too."""
    asked = f"SELECT person_id FROM pathway_case WHERE reference = '{reference}'"
    return office.store.connection.execute(asked).fetchone()[0]


def family(office, reference):
    with office.store.reading() as tx:
        return family_of(tx, person(office, reference))


def test_a_new_name_ends_the_old_one_which_is_still_found(office, child):
    with change(office, child) as folk:
        folk.add_name(folk.person_id, "Ash", "Thorne", since=date(2026, 10, 1))
    with office.store.reading() as tx:
        found = [people_called(tx, name) for name in ("Ash Thorne", "Ash Birch", "Ash Burch")]
    assert [[each.family for each in people] for people in found] == [["Thorne"]] * 3
    rows = family(office, child).names
    assert [(row.family, row.to_on) for row in rows] == [("Birch", date(2026, 9, 30)), ("Thorne", None)]


def test_every_change_is_on_the_trail_and_changes_neither_state_nor_version(office, child):
    before = office.row(child)
    with change(office, child) as folk:
        folk.add_address(folk.person_id, "4 Invented Row", "l20 3aa")
    after = office.row(child)
    assert (after.state, after.version, after.facts) == (before.state, before.version, before.facts)
    assert office.actions(child)[-1] == "people_address"
    assert folk.line.startswith(f"saved - entry {after.seq} - ")
    with office.store.reading() as tx:
        entries = chronology(tx, case_view(tx, child))
    assert entries[-1].what == "An address was written down"
    assert "Row" not in entries[-1].what
    assert office.whole()


def test_an_entry_stands_on_the_open_cases_of_everybody_it_is_about(office, child):
    second = office.child("Rowan")
    with change(office, child) as folk:
        folk.relate(person(office, child), person(office, second), "sibling", date(2020, 5, 2))
    assert office.actions(child)[-1] == office.actions(second)[-1] == "people_relationship"


def test_a_relationship_is_noted_both_ways_and_ended_but_never_deleted(office, child):
    with change(office, child) as folk:
        mother = folk.add_person(MOTHER)
        folk.relate(folk.person_id, mother, "parent", date(2017, 3, 1))
    with office.store.reading() as tx:
        assert [(row.other_id, row.kind) for row in tx.all("relatives_of_person", person_id=mother)] == [
            (person(office, child), "child")
        ]
    with pytest.raises(AlreadyNoted), change(office, child) as folk:
        folk.relate(folk.person_id, mother, "parent", date(2018, 1, 1))
    with change(office, child) as folk:
        folk.end_relationship(folk.person_id, mother, "parent", date(2026, 11, 1))
    with office.store.reading() as tx:
        both = [
            tx.all("relatives_of_person", person_id=each)[0].to_on for each in (mother, person(office, child))
        ]
    assert both == [date(2026, 11, 1)] * 2


@pytest.mark.parametrize("kind", sorted(RELATIONS))
def test_the_other_side_of_the_other_side_is_the_first_one(kind):
    assert RELATIONS[RELATIONS[kind]] == kind


def test_half_siblings_live_in_two_households_and_one_child_in_both(office, child):
    half = office.child("Rowan", "Stone")
    ash, rowan = person(office, child), person(office, half)
    with change(office, child) as folk:
        mother, father = folk.add_person(MOTHER), folk.add_person(FATHER)
        folk.relate(ash, rowan, "half_sibling", date(2020, 5, 2))
        first = folk.begin_household("mother's", [(mother, "adult"), (ash, "child")], date(2017, 3, 1))
        second = folk.begin_household("father's", [(father, "adult"), (rowan, "child")], date(2020, 5, 2))
        folk.join(second, ash, "child", date(2026, 9, 1))
    homes = {home.id: home for home in family(office, child).households}
    assert {each.person_id for each in homes[second].on(TODAY)} == {father, rowan, ash}
    assert {each.person_id for each in homes[first].on(TODAY)} == {mother, ash}
    assert {each.person_id for each in homes[second].on(date(2026, 8, 31))} == {father, rowan}
    assert [home.id for home in family(office, half).households] == [second]
    with office.store.reading() as tx:
        assert [each.reference for each in case_view(tx, child).siblings] == [half]


def test_whoever_moves_out_was_there_on_their_last_day(office, child):
    ash = person(office, child)
    with change(office, child) as folk:
        home = folk.begin_household("home", [(ash, "child")], date(2026, 1, 1))
        folk.leave(home, ash, date(2026, 6, 30))
        folk.join(home, ash, "child", date(2026, 7, 1))
    days = {
        day: len(family(office, child).households[0].on(day))
        for day in (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1), TODAY)
    }
    assert list(days.values()) == [0, 1, 1, 1]
    with pytest.raises(AlreadyNoted), change(office, child) as folk:
        folk.join(home, ash, "child", date(2026, 10, 1))


def test_an_unborn_sibling_belongs_to_the_family(office, child):
    with change(office, child) as folk:
        baby = folk.add_person(NewPerson(kind="unborn", expected_delivery_date=date(2027, 2, 1)))
        folk.relate(folk.person_id, baby, "sibling")
    (one,) = family(office, child).relatives
    assert (one.person_kind, one.kind, one.birth_date) == ("unborn", "sibling", None)


def test_an_unborn_sibling_is_born_and_named_on_the_record_that_was_there(office, child):
    """Expected on 1 December 2026 and born on Monday 2 November, with no case: told to the family of the brother."""
    with change(office, child) as folk:
        baby = folk.add_person(NewPerson(kind="unborn", expected_delivery_date=date(2026, 12, 1)))
        folk.relate(folk.person_id, baby, "half_sibling")
    with change(office, child) as folk:
        folk.add_birth(baby, date(2026, 11, 2))
        folk.add_name(baby, "Wren", "Stone")
    (one,) = family(office, child).relatives
    assert (one.other_id, one.person_kind, one.kind) == (baby, "child", "half_sibling")
    assert (one.given, one.birth_date) == ("Wren", date(2026, 11, 2))
    assert office.actions(child)[-2:] == ["people_birth", "people_name"]
    with office.store.reading() as tx:
        assert [each.id for each in people_born(tx, date(2026, 11, 2))] == [baby]
        assert [each.id for each in people_called(tx, "Wren Stone")] == [baby]
    with pytest.raises(AlreadyNoted), change(office, child) as folk:
        folk.add_birth(baby, date(2026, 11, 2))
    with change(office, child) as folk:
        folk.add_birth(baby, date(2026, 11, 1))
    assert family(office, child).relatives[0].birth_date == date(2026, 11, 1), "a slip is put right"
    assert office.whole()


def test_a_birth_of_somebody_with_a_case_is_told_on_the_case_where_its_clocks_run(office, child):
    baby = office.open(
        "child_protection", "prebirth", NewPerson(kind="unborn", expected_delivery_date=date(2027, 2, 1))
    )
    with pytest.raises(Mistyped, match=f"pathways do {baby} child-born"), change(office, child) as folk:
        folk.add_birth(person(office, baby), date(2026, 11, 2))
    assert office.row(baby).birth_date is None


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda folk, who: folk.add_birth(who, date(2026, 12, 1)), "in the future"),
        (lambda folk, who: folk.add_name(who, "", ""), "A name is needed"),
        (lambda folk, who: folk.add_name(who, "Ash", "", kind="secret"), "kind is one of"),
        (lambda folk, who: folk.add_address(who, "4 Invented Row", "nowhere"), "not a postcode"),
        (lambda folk, who: folk.add_address(who, "4 Invented Row", since=date(2026, 12, 1)), "in the future"),
        (lambda folk, who: folk.relate(who, who, "sibling"), "themselves"),
        (lambda folk, who: folk.relate(who, who + 1, "friend"), "relationship is one of"),
        (lambda folk, who: folk.begin_household("home", [], date(2026, 1, 1)), "needs somebody"),
        (lambda folk, who: folk.leave(99, who, date(2026, 1, 1)), "do not live"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_kept(office, child, act, says):
    entries = len(office.trail(child))

    def written():
        with change(office, child) as folk:
            folk.add_name(folk.person_id, "Kept", "Never", kind="former")
            act(folk, folk.person_id)

    with pytest.raises(Mistyped, match=says):
        written()
    assert len(office.trail(child)) == entries
    assert len(family(office, child).names) == 1


def test_who_does_not_work_with_families_writes_nothing_of_them(office, child):
    with pytest.raises(NotTheirs), change(office, child, Actor("clerk", frozenset({Role.PARENT}))):
        pass


def test_a_hidden_brother_is_not_told_of_by_his_sisters_trail(office, child):
    from models.restricting import restrict

    brother = office.child("Rowan")
    manager = office.sit("manager")
    restrict(
        office.store,
        brother,
        whole_person=True,
        let_in=[],
        because="a colleague's child",
        actor=manager,
        now=NOW,
    )
    entries = len(office.trail(child))
    with change(office, child) as folk:
        folk.relate(folk.person_id, person(office, brother), "sibling")
    assert len(office.trail(child)) == entries
    assert office.actions(brother)[-1] == "people_relationship"
    office.sit("worker")
    assert family(office, child).relatives == ()
    with office.store.reading() as tx:
        assert case_view(tx, child).siblings == ()
    with pytest.raises(NoSuchCase), change(office, brother):
        pass


# --- addresses -------------------------------------------------------------------------------------------------------


def test_people_are_found_by_where_they_lived(office, child):
    with change(office, child) as folk:
        folk.add_address(folk.person_id, "4 Invented Row, Nowhere", "L20 3AA", since=date(2020, 1, 1))
        folk.add_address(folk.person_id, "12 Made-up Street", "PR8 1ZZ", since=date(2026, 1, 1))
    with office.store.reading() as tx:
        found = [
            len(people_at(tx, typed))
            for typed in ("l203aa", "4 Invented Row", "12 made up", "PR8 1ZZ", "L20 3AB", "4")
        ]
    assert found == [1, 1, 1, 1, 0, 0]


# --- two records of one person --------------------------------------------------------------------------------------


def everything(store):
    with store.reading() as tx:
        return {
            table: tx.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in ("person", "person_name", "person_identifier", "relationship", "person_address")
        }


def test_linked_records_are_found_as_one_and_splitting_gives_back_what_was(office):
    first = office.child()
    second = office.open(
        "missing_education",
        "no_school",
        NewPerson(given="Ashe", family="Birch", birth_date=date(2017, 3, 1), identifiers=(("upn", "A900"),)),
    )
    before = everything(office.store)
    manager = office.sit("manager")
    line = merge(office.store, first, second, because="one child, spelled twice", actor=manager, now=NOW)
    assert line.startswith("saved - entry ")
    with office.store.reading() as tx:
        for found in (people_called(tx, "Birch"), people_numbered(tx, "A900")):
            assert [(each.given, [row.reference for row in each.cases]) for each in found] == [
                ("Ash", [first, second])
            ]
    assert everything(office.store) == before, "nothing is moved"
    assert office.actions(first)[-1] == office.actions(second)[-1] == "people_merged"
    split(
        office.store, office.casework.rules, second, because="two cousins after all", actor=manager, now=NOW
    )
    with office.store.reading() as tx:
        assert sorted(len(each.cases) for each in people_called(tx, "Birch")) == [1, 1]
    assert everything(office.store) == before
    assert office.actions(second)[-2:] == ["people_merged", "people_split"]
    assert office.whole()


def test_a_third_record_joins_the_one_that_is_kept(office):
    cases = [
        office.child(),
        office.open(
            "missing_education",
            "no_school",
            NewPerson(given="A", family="Birch", birth_date=date(2017, 3, 1)),
        ),
    ]
    cases.append(
        office.open(
            "early_help", "early_help", NewPerson(given="Ash", family="B", birth_date=date(2017, 3, 1))
        )
    )
    manager = office.sit("manager")
    merge(office.store, cases[0], cases[1], because="one child", actor=manager, now=NOW)
    merge(office.store, cases[2], cases[1], because="one child", actor=manager, now=NOW)
    with office.store.reading() as tx:
        for each in cases:
            assert sorted(records_of(tx, person(office, each))) == sorted(
                person(office, one) for one in cases
            )
            rows = tx.all("cases_of_whole_person", person_id=person(office, each))
            assert [row.reference for row in rows] == cases
    with pytest.raises(Mistyped, match="one person already"):
        merge(office.store, cases[1], cases[2], because="again", actor=manager, now=NOW)


def test_a_second_case_on_one_pathway_is_refused_across_linked_records(office):
    from models.refusals import RefusedMove

    first = office.child()
    second = office.open(
        "missing_education", "no_school", NewPerson(given="Ashe", family="Birch", birth_date=date(2017, 3, 1))
    )
    merge(office.store, first, second, because="one child", actor=office.sit("manager"), now=NOW)
    with pytest.raises(RefusedMove, match="open case on this pathway already"):
        office.open("front_door", "referral", person(office, second))


def test_two_who_cannot_be_one_are_not_linked(office):
    first, second = office.child(), office.child("Ash", "Burch")
    manager, worker = office.sit("manager"), office.actor("worker")
    with pytest.raises(Mistyped, match="open case on the same pathway"):
        merge(office.store, first, second, because="one child", actor=manager, now=NOW)
    with pytest.raises(NotTheirs):
        merge(office.store, first, second, because="one child", actor=worker, now=NOW)
    with pytest.raises(Mistyped, match="one record only"):
        split(office.store, office.casework.rules, first, because="nothing to part", actor=manager, now=NOW)


def test_the_adult_of_an_allegation_is_kept_out_once_a_merge_shows_who_they_are(office):
    known_as = office.allegation("R", "Wren")
    assert office.sees("deputy", known_as)
    named = office.open(
        "modern_slavery",
        pathway("modern_slavery").entries[0].name,
        NewPerson(kind="adult", given="Reed", family="Vale"),
    )
    office.store.viewer = ALL_SEEING
    merge(office.store, named, known_as, because="told by the police", actor=COORDINATOR, now=NOW)
    assert not office.sees("deputy", known_as)
    assert office.sees("officer", known_as)


# --- hypothesis: dated membership -------------------------------------------------------------------------------------

DAYS = st.dates(date(2026, 1, 1), TODAY)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(("join", "leave")), DAYS), max_size=8))
def test_whatever_is_typed_nobody_is_in_a_household_twice_and_nothing_is_lost(sqlite_url, rules, steps):
    from models.store import open_store
    from pathways.clocks import Rules

    assert isinstance(rules, Rules)
    with open_store(sqlite_url) as store:
        office = _office_once(store, rules)
        reference = office.child()
        with changing(store, reference, actor=COORDINATOR, now=NOW) as folk:
            home = folk.begin_household("home", [(folk.add_person(MOTHER), "adult")], date(2026, 1, 1))
        model: list[list[date | None]] = []
        for what, day in steps:
            done = True
            try:
                with changing(store, reference, actor=COORDINATOR, now=NOW) as folk:
                    if what == "join":
                        folk.join(home, folk.person_id, "child", day)
                    else:
                        folk.leave(home, folk.person_id, day)
            except (Mistyped, AlreadyNoted):
                done = False
            could = _step(model, what, day)
            assert done == could
        with store.reading() as tx:
            rows = tx.all("households_of_person", person_id=person(office, reference))
        assert [[row.from_on, row.to_on] for row in rows] == model
        for number in range((TODAY - date(2026, 1, 1)).days + 1):
            day = date(2026, 1, 1) + timedelta(days=number)
            assert sum(held_on(row, day) for row in rows) <= 1


def _step(model, what, day):
    """What a person with a calendar would make of it."""
    if what == "join":
        if any(until is None or until >= day for _, until in model):
            return False
        model.append([day, None])
        return True
    running = next((stay for stay in model if stay[1] is None), None)
    if running is None or running[0] > day:
        return False
    running[1] = day
    return True


def _office_once(store, rules):
    with store.reading() as tx:
        there = tx.one("practitioner_by_login", login="manager")
    if there is None:
        return Office(store, rules)
    office = object.__new__(Office)
    office.store, office.rules = store, rules
    from models.casework import Casework

    office.casework = Casework(store, rules)
    return office
