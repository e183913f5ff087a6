"""School days by school: two schools, two calendars, two dates; and nothing is guessed where none is loaded."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.casework import Casework, NewPerson
from models.setup import AtTheKeyboard, fill, load_school, rules_of
from models.sweep import pass_due_dates
from models.verify import verify
from pathways import pathway
from pathways.errors import Mistyped
from pathways.roles import Role
from tests.casefile import COORDINATOR, complete

MONDAY = datetime(2026, 10, 19, 9, 30, tzinfo=UTC)
NORTH = (
    "from,to,kind\n2026-09-02,2026-10-23,term\n2026-11-02,2026-12-18,term\n2026-11-02,2026-11-02,training\n"
)
SOUTH = "from,to,kind\n2026-09-01,2026-10-16,term\n2026-10-26,2026-12-18,term\n"
CHILD = NewPerson(birth_date=date(2016, 3, 1))


@pytest.fixture
def schools(store):
    """A store that knows the terms of two schools."""
    who = AtTheKeyboard("coordinator-1", "Coordinator 1", (Role.COORDINATOR,))
    fill(store, who, authority="sefton", now=MONDAY)
    load_school(store, "north", NORTH, MONDAY)
    load_school(store, "south", SOUTH, MONDAY)
    return Casework(store, rules_of(store))


def absent(casework, school=None, now=MONDAY):
    entry = pathway("missing_education").entry("absence")
    answers = complete(entry.records, "2026-10-16")
    answers |= {"last_attended_on": "2026-10-16", "absent_from": "2026-10-19"}
    if school:
        answers["at_school"] = school
    return casework.open(
        "missing_education", "absence", person=CHILD, actor=COORDINATOR, now=now, answers=answers
    )


def test_each_child_is_counted_with_the_days_of_their_own_school(schools, store):
    # ten school days after Friday 16 October: north works 19-23 October, breaks up, trains on 2 November
    north = dict(absent(schools, "north").begun)
    assert north["cme.refer_to_la"] == date(2026, 11, 9), (
        "19-23 October are five; 3, 4, 5, 6, 9 November five more"
    )
    # south is closed 19-23 October and open from the 26th
    south = dict(absent(schools, "south", MONDAY.replace(hour=11)).begun)
    assert south["cme.refer_to_la"] == date(2026, 11, 6), "ten days from 26 October"
    assert verify(store, schools.rules).faults == []


def test_a_school_whose_calendar_is_not_known_gets_no_guess_and_the_child_is_recorded(schools):
    receipt = absent(schools, "elsewhere")
    assert "cme.refer_to_la" not in dict(receipt.begun)
    assert "cme.refer_to_la" in [rule for rule, _ in receipt.unknown]


def test_a_case_that_names_no_school_is_counted_with_the_usual_one(schools, store):
    load_school(store, "usual", SOUTH, MONDAY)
    fresh = Casework(store, rules_of(store))
    assert dict(absent(fresh).begun)["cme.refer_to_la"] == date(2026, 11, 6)


def test_a_newer_calendar_leaves_dates_that_stand_as_they_were(schools, store):
    reference = absent(schools, "south").reference
    load_school(store, "south", SOUTH.replace("2026-10-26", "2026-10-27"), MONDAY)
    rules = rules_of(store)
    with store.reading() as tx:
        case = tx.one("case_by_reference", reference=reference)
        due = {row.rule: row.due_on for row in tx.all("running_deadlines", case_id=case.id)}
    assert due["cme.refer_to_la"] == date(2026, 11, 6)
    assert verify(store, rules).faults == []


def test_the_night_after_the_tenth_school_day_tells_the_coordinator(schools, store):
    absent(schools, "south")
    before = datetime(2026, 11, 6, 5, 0, tzinfo=UTC)
    pass_due_dates(store, schools.rules, before, before)
    with store.reading() as tx:
        assert not [
            row
            for row in tx.all("messages_to_relay", after=0, most=500)
            if row.event.endswith("missed") and row.rule == "cme.refer_to_la"
        ]
    after = datetime(2026, 11, 7, 5, 0, tzinfo=UTC)
    pass_due_dates(store, schools.rules, after, after)
    with store.reading() as tx:
        told = [
            row
            for row in tx.all("messages_to_relay", after=0, most=500)
            if row.event.endswith("missed") and row.rule == "cme.refer_to_la"
        ]
    assert [row.to_roles for row in told] == ["cme_coordinator"]


@pytest.mark.parametrize(("name", "terms", "says"), [
    ("north side", NORTH, "short name"),
    ("north", "from,to\n2026-09-02,2026-10-23\n", "no column kind"),
    ("north", "from,to,kind\n2026-09-31,2026-10-23,term\n", "There is no 31 September"),
])  # fmt: skip
def test_a_calendar_that_cannot_be_used_is_refused_in_a_sentence(schools, store, name, terms, says):
    with pytest.raises(Mistyped, match=says):
        load_school(store, name, terms, MONDAY)


def gone(store, rule="cme.refer_to_la"):
    """What is said of the record once this clock was taken away."""
    with store.writing() as tx:
        assert tx.connection.execute(f"DELETE FROM deadline WHERE rule = '{rule}'").rowcount
    return [str(each) for each in verify(store, rules_of(store)).faults]


def test_a_clock_in_school_days_that_is_taken_away_shows(schools, store):
    reference = absent(schools, "south").reference
    assert gone(store) == [
        f"Entry 1 of {reference}: the clock cme.refer_to_la that it began is gone; by the entries it runs."
    ]


def test_it_shows_also_once_the_terms_that_counted_it_are_no_longer_known(schools, store):
    """Each autumn brings a calendar of its own: dates counted with the one before stand, and nothing is missed."""
    reference = absent(schools, "south").reference
    load_school(store, "south", "from,to,kind\n2027-09-01,2027-10-15,term\n", MONDAY)
    assert verify(store, rules_of(store)).faults == []
    assert gone(store) == [f"Entry 1 of {reference}: the clock cme.refer_to_la that it began is gone."]


def test_a_clock_that_no_calendar_could_count_is_not_missed_once_there_is_one(schools, store):
    absent(schools, "elsewhere")
    load_school(store, "elsewhere", SOUTH, MONDAY)
    assert verify(store, rules_of(store)).faults == []
