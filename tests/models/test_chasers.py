"""Agencies that owe a report are asked again by mail: to whom, once a day, and nothing of a child in it. Both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller

from models.agency_mail import queue_chasers
from models.chasing import chase
from models.mail import Mail, mail_of, send_notices
from models.nearing import note_missing_reports
from models.people import NewPerson
from models.register import Member, enrol
from pathways import pathway
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.roles import Role
from tests.casefile import COORDINATOR, complete
from tests.kept import every_row
from tests.models.test_notices import Box
from tests.postgres import free_port

FIRST = datetime(2026, 11, 3, 10, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""The day before the conference; its reports were due on Friday 20 November."""
KEEPER = Actor("keeper", frozenset({Role.COORDINATOR}))
ADDRESSES = {"police": "safeguarding@police.example", "housing": "reports@housing.example"}


@pytest.fixture
def box():
    """A relay that listens, and as `.mail` the settings to reach it and the agencies."""
    made = Box()
    controller = Controller(made, hostname="127.0.0.1", port=free_port())
    controller.start()
    made.mail = Mail("p@council.example", "127.0.0.1", controller.port, "none", agencies=ADDRESSES)
    yield made
    controller.stop()


@pytest.fixture
def case(casework):
    """A conference that waits for reports; its reference."""
    return waiting_conference(casework)


def waiting_conference(casework):
    """A conference on Tuesday 24 November, of the team north; police, housing and the school owe their reports."""
    found = pathway("child_protection")
    person = NewPerson(given="Zanzibarella", family="Quicksilverson", birth_date=date(2017, 3, 1))
    reference = casework.open(
        "child_protection", "strategy", person=person, actor=COORDINATOR, now=FIRST, team="north",
        answers=complete(found.entry("strategy").records, "2026-11-03"),
    ).reference  # fmt: skip
    for trigger, own in (
        ("start_enquiry", {}),
        ("child_seen", {"seen": "yes"}),
        ("allocate", {"lead": "worker-1"}),
        ("decide_conference", {}),
        ("book_conference", {"conference_on": "2026-11-24"}),
        ("invite", {"agencies": "police,housing,school"}),
    ):
        move(casework, reference, trigger, FIRST, **own)
    return reference


def move(casework, reference, trigger, now, **own):
    with casework.store.reading() as tx:
        state = tx.need("case_by_reference", reference=reference).state
    found = next(one for one in pathway("child_protection").moves_from(state) if one.trigger == trigger)
    answers = complete(found.records, now.date().isoformat(), **own)
    casework.make(reference, trigger, actor=COORDINATOR, now=now, answers=answers)


def ask(store, rules, case, now=MONDAY, **own):
    chase(store, rules, case, actor=COORDINATOR, now=now, **own)


def ledger(store):
    with store.reading() as tx:
        return {row.key: row for row in every_row(tx, "notice")}


def teacher(store, login, team):
    """A school's safeguarding lead: they see what is of their own team."""
    who = Member(
        login, "Safeguarding lead", agency=team, team=team, roles=("dsl",), email=f"{login}@school.example"
    )
    enrol(store, who, actor=KEEPER, now=FIRST, from_on=date(2026, 1, 5))


def test_an_agency_that_was_asked_again_gets_a_letter_with_the_case_and_the_day(store, rules, case, box):
    ask(store, rules, case, agency="police")
    assert queue_chasers(store, box.mail, MONDAY).queued == 1
    assert send_notices(store, box.mail, lambda: MONDAY).sent == 1
    ((to, letter),) = box.got
    assert to == ["safeguarding@police.example"]
    assert "Subject: A report is awaited" in letter
    assert f"{case}: your agency's report" in letter
    assert "it was asked for by 20 November 2026" in " ".join(letter.replace("=\r\n", "").split())
    for told in ("Zanzibarella", "Quicksilverson", "2017", "Z.Q"):
        assert told not in letter
    row = ledger(store)[f"chaser/{case}/police/2026-11-23/shared"]
    assert (row.agency, row.practitioner_id, row.sent_at) == ("police", None, MONDAY)


def test_two_days_before_a_conference_all_that_owe_a_report_are_asked_once(store, rules, case, box):
    friday = datetime(2026, 11, 20, 6, tzinfo=UTC)
    assert note_missing_reports(store, rules, friday) == 1
    asked = queue_chasers(store, box.mail, friday)
    assert (asked.queued, asked.unreachable) == (2, ("school",))
    assert queue_chasers(store, box.mail, friday + timedelta(minutes=15)).queued == 0
    assert (
        "the conference is on 24 November 2026"
        in ledger(store)[f"chaser/{case}/police/2026-11-20/shared"].body
    )


def test_whoever_asks_an_agency_hears_once_a_day(store, rules, case, box):
    note_missing_reports(store, rules, MONDAY - timedelta(hours=3))
    queue_chasers(store, box.mail, MONDAY - timedelta(hours=3))
    ask(store, rules, case)
    queue_chasers(store, box.mail, MONDAY)
    assert len(ledger(store)) == 2
    tuesday = MONDAY + timedelta(days=1)
    ask(store, rules, case, tuesday, agency="police")
    assert queue_chasers(store, box.mail, tuesday).queued == 1


def test_what_was_asked_just_before_midnight_is_not_asked_again_after_it(store, rules, case, box):
    night = datetime(2026, 11, 23, 23, 40, tzinfo=UTC)
    ask(store, rules, case, night, agency="police")
    assert queue_chasers(store, box.mail, night).queued == 1
    assert queue_chasers(store, box.mail, night + timedelta(minutes=30)).queued == 0
    (row,) = ledger(store).values()
    assert row.send_after == datetime(2026, 11, 24, 7, tzinfo=UTC), "nobody is written to at night"


def test_a_report_that_came_meanwhile_is_not_asked_for(store, rules, case, casework, box):
    ask(store, rules, case)
    move(casework, case, "report_received", MONDAY, agency="police")
    queue_chasers(store, box.mail, MONDAY)
    assert {row.agency for row in ledger(store).values()} == {"housing"}


def test_without_an_address_those_who_hear_for_the_agency_are_told_if_they_may_see_the_case(
    store, rules, case, box
):
    teacher(store, "near", "north")
    teacher(store, "far", "elsewhere")
    ask(store, rules, case, agency="school")
    assert queue_chasers(store, box.mail, MONDAY).queued == 1
    send_notices(store, box.mail, lambda: MONDAY)
    assert [to for to, _ in box.got] == [["near@school.example"]]


def test_of_a_guarded_case_nothing_goes_out(store, rules, case, box):
    ask(store, rules, case)
    with store.writing() as tx:
        tx.connection.execute("UPDATE pathway_case SET guarded = true")
    assert queue_chasers(store, box.mail, MONDAY) == (asked := queue_chasers(store, box.mail, MONDAY))
    assert (asked.queued, asked.unreachable, ledger(store)) == (0, (), {})


def test_an_address_that_is_taken_out_of_the_settings_is_told_to_the_operator(store, rules, case, box):
    ask(store, rules, case, agency="police")
    queue_chasers(store, box.mail, MONDAY)
    gone = Mail(box.mail.sender, box.mail.host, box.mail.port, "none", operator="ops@council.example")
    assert send_notices(store, gone, lambda: MONDAY).given_up == 1
    assert ledger(store)["operator/given-up/2026-11-23"].sent_at is None


def test_the_agencies_of_the_settings():
    given = {"from": "p@council.example", "host": "relay.example", "agencies": ADDRESSES}
    assert mail_of({"mail": given}).agencies == ADDRESSES


@pytest.mark.parametrize(
    ("agencies", "says"),
    [
        ("police", "is a table"),
        ({"bakery": "x@bakery.example"}, "bakery, which is no agency: social care"),
        ({"police": "the desk"}, 'needs an address for police, as "name@place"'),
    ],
)
def test_agencies_that_cannot_be_written_to_say_what_to_write(agencies, says):
    with pytest.raises(Mistyped, match=says):
        mail_of({"mail": {"from": "p@council.example", "host": "relay.example", "agencies": agencies}})
