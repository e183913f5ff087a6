"""Calendar files: parsed back, they say references, tasks and days; what is restricted is in nobody's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from models.calendar_feeds import (
    Item,
    NoFeed,
    Owner,
    as_calendar,
    begin_feed,
    end_feed,
    feed_name,
    find_feed,
    items,
)
from models.letting_in import exclude
from models.people import NewPerson
from models.restricting import restrict
from models.store import open_store
from pathways.engine import Actor
from pathways.roles import Role
from tests.models.office import NOW, Office

WHO = Actor("manager", frozenset({Role.TEAM_LEADER}))
TEAM = Owner(team="assessment")


@pytest.fixture
def office(store, rules):
    made = Office(store, rules)
    made.sit("manager")
    return made


def held_in(office, owner=TEAM):
    with office.store.reading() as tx:
        return items(tx, owner, NOW)


def test_a_line_is_a_reference_a_task_and_a_day(office):
    reference = office.child(team="assessment")
    found = held_in(office)
    assert found
    assert {each.says.split(": ")[0] for each in found} == {reference}
    assert not [each for each in found if "Ash" in each.says or "Birch" in each.says]


def test_another_teams_work_is_not_in_it(office):
    office.child(team="reviews")
    assert held_in(office) == []


def test_what_is_restricted_or_kept_from_anybody_is_in_no_calendar(office):
    hidden, kept_out, other = (office.child("Elm", "Fox", team="assessment") for _ in range(3))
    actor = office.sit("manager")
    restrict(
        office.store, hidden, whole_person=True, let_in=[], because="an invented reason", actor=actor, now=NOW
    )
    exclude(office.store, kept_out, "teacher", because="an invented reason", actor=actor, now=NOW)
    office.allegation()
    assert {each.says.split(": ")[0] for each in held_in(office)} == {other}
    assert {each.says.split(": ")[0] for each in held_in(office, Owner(team="allegations"))} == set()


def test_own_means_the_cases_that_one_leads(office):
    mine, _ = office.child(team="assessment"), office.child("Rowan", team="assessment")
    mark = "?" if office.store.dialect == "sqlite" else "%s"
    with office.store.writing() as tx:
        tx.connection.execute(f"UPDATE pathway_case SET lead = 'manager' WHERE reference = {mark}", (mine,))
    assert {each.says.split(": ")[0] for each in held_in(office, Owner(login="manager"))} == {mine}


def test_a_booked_conference_is_a_line_for_each_of_its_children(office):
    first = office.open(
        "child_protection", "strategy", NewPerson(given="Ash", family="Birch"), team="assessment"
    )
    case_id = office.row(first).id
    with office.store.writing() as tx:
        meeting = tx.new_key("meeting")
        tx.run(
            "import_meeting", id=meeting, kind="initial", booked_on=date(2026, 11, 24), starts_at=None, begins_at=None, place="Room 2", chair="chair-1",
            status="booked", household=[], recorded_at=NOW,
        )  # fmt: skip
        tx.run("add_meeting_case", meeting_id=meeting, case_id=case_id, joined_at=NOW, left_at=None)
    found = [each for each in held_in(office) if each.says.endswith(": conference")]
    assert [(each.says, each.on, each.at) for each in found] == [
        (f"{first}: conference", date(2026, 11, 24), None)
    ]


@pytest.mark.parametrize(
    ("kind", "begins", "says"),
    [
        ("conference", datetime(2026, 11, 24, 14, 30, tzinfo=UTC), "conference"),
        ("review conference", None, "review conference"),
    ],
)
def test_a_conference_stands_at_the_hour_it_is_booked_for_and_a_review_is_called_one(
    office, kind, begins, says
):
    first = office.open(
        "child_protection", "strategy", NewPerson(given="Ash", family="Birch"), team="assessment"
    )
    case_id = office.row(first).id
    with office.store.writing() as tx:
        meeting = tx.new_key("meeting")
        tx.run(
            "import_meeting", id=meeting, kind=kind, booked_on=date(2026, 11, 24), starts_at=None, begins_at=begins, place="Room 2", chair="chair-1",
            status="booked", household=[], recorded_at=NOW,
        )  # fmt: skip
        tx.run("add_meeting_case", meeting_id=meeting, case_id=case_id, joined_at=NOW, left_at=None)
    found = [each for each in held_in(office) if each.says.endswith("conference")]
    assert [(each.says, each.at) for each in found] == [(f"{first}: {says}", begins)]


def test_a_token_stays_until_it_is_taken_back_and_never_comes_again(office):
    token = begin_feed(office.store, TEAM, actor=WHO, now=NOW)
    assert begin_feed(office.store, TEAM, actor=WHO, now=NOW) == token
    assert len(token) >= 20
    assert feed_name(TEAM, token) == f"assessment-{token}.ics"
    assert end_feed(office.store, TEAM, actor=WHO, now=NOW) == token
    with office.store.reading() as tx:
        assert find_feed(tx, TEAM) is None
    with pytest.raises(NoFeed, match="pathways calendar publish --team assessment"):
        end_feed(office.store, TEAM, actor=WHO, now=NOW)
    assert begin_feed(office.store, TEAM, actor=WHO, now=NOW) != token


def test_read_back_it_is_whole_days_and_moments_in_utc():
    found = [
        Item("a", "CP-2026-0041: 2 reports due", date(2026, 11, 20)),
        Item("b", "CP-2026-0041: conference", date(2026, 6, 24), datetime(2026, 6, 24, 9, 0, tzinfo=UTC)),
    ]
    content = as_calendar(found, "token", NOW)
    events = list(Calendar.from_ical(content).walk("VEVENT"))
    assert [str(each["summary"]) for each in events] == [each.says for each in found]
    assert events[0]["dtstart"].dt == date(2026, 11, 20)
    assert events[0]["dtend"].dt == date(2026, 11, 21)
    assert events[1]["dtstart"].dt == datetime(2026, 6, 24, 9, 0, tzinfo=UTC)
    assert events[1]["dtend"].dt == datetime(2026, 6, 24, 11, 0, tzinfo=UTC)
    assert b"DTSTART:20260624T090000Z" in content
    assert b"VTIMEZONE" not in content
    said = {name for each in events for name in each}
    assert said == {"UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "TRANSP", "CLASS"}
    assert b"token" not in content
    assert content == as_calendar(found, "token", NOW)
    assert {str(each["uid"]) for each in events}.isdisjoint(
        str(each["uid"]) for each in Calendar.from_ical(as_calendar(found, "other", NOW)).walk("VEVENT")
    )


@pytest.mark.parametrize(
    ("team", "front"), [("North School", "north-school"), ("../../etc", "etc"), ("***", "team")]
)
def test_a_file_name_holds_letters_and_digits_only(team, front):
    assert feed_name(Owner(team=team), "t0ken") == f"{front}-t0ken.ics"


def test_a_calendar_is_one_owners_alone(sqlite_url):
    with open_store(sqlite_url) as store:
        store.connection.execute(
            "INSERT INTO calendar_feed (token, team, login, by_login, from_at) VALUES ('a', 'x', '', 'w', '2026-11-03T10:00:00.000000+00:00')"
        )
        with pytest.raises(Exception, match="UNIQUE"):
            store.connection.execute(
                "INSERT INTO calendar_feed (token, team, login, by_login, from_at) VALUES ('b', 'x', '', 'w', '2026-11-03T10:00:00.000000+00:00')"
            )
