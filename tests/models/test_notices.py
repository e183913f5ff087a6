"""E-mail to people, through a relay that really listens, on loopback: what goes, when, and what is left to try."""

from __future__ import annotations

import re
import socket
from datetime import UTC, date, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller

from models.digests import queue_digests
from models.mail import TRIES, Mail, RelayDown, mail_of, send_notices
from models.notices import OPERATOR, queue_urgent, tell_operator, waking
from models.people import NewPerson
from models.relay import tell
from pathways import pathway
from pathways.errors import Mistyped
from pathways.moments import LONDON
from pathways.practice_mark import BANNER, MARK
from tests.casefile import COORDINATOR, NOW, complete
from tests.kept import every_row
from tests.postgres import free_port

MORNING = datetime(2026, 12, 1, 9, tzinfo=UTC)
"""A Tuesday, 9am in London."""
CANARY = NewPerson(given="Zanzibarella", family="Quicksilverson", birth_date=date(2017, 3, 1), sex="F")


class Box:
    """What a relay does with what it gets: takes it, refuses some addresses, or does not answer."""

    def __init__(self):
        self.got, self.refuses = [], {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.got.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 taken"


@pytest.fixture
def box():
    """A relay's box, and how to reach it as `.mail`."""
    made = Box()
    controller = Controller(made, hostname="127.0.0.1", port=free_port())
    controller.start()
    made.mail = Mail(
        "Pathways <pathways@council.example>",
        "127.0.0.1",
        controller.port,
        "none",
        operator="ops@council.example",
    )
    yield made
    controller.stop()


@pytest.fixture
def people(store):
    """A coordinator, a manager of team north, a manager of team south, and somebody without an address."""
    from models.people import add_practitioner

    ids = {}
    with store.writing() as tx:
        for login, role, team, address in (
            ("coordinator-1", "coordinator", "", "c1@council.example"),
            ("north", "line_manager", "north", "north@council.example"),
            ("south", "line_manager", "south", "south@council.example"),
            ("silent", "line_manager", "north", None),
        ):
            shared = {"team": team, "recorded_at": NOW, "from_on": date(2026, 1, 1)}
            ids[login] = add_practitioner(
                tx, login, f"{login} worker", agency="local authority", email=address, **shared
            )
            tx.run(
                "add_practitioner_role", practitioner_id=ids[login], role=role, agency="local authority", to_on=None,
                **shared,
            )  # fmt: skip
    return ids


@pytest.fixture
def late(store, casework, people):
    """An enquiry of team north, of which a limit passed last night; its reference."""
    entry = pathway("child_protection").entry("strategy").records
    reference = casework.open(
        "child_protection", "strategy", person=CANARY, actor=COORDINATOR, now=NOW, answers=complete(entry)
    ).reference
    with store.writing() as tx:
        tx.connection.execute(f"UPDATE pathway_case SET team = 'north' WHERE reference = '{reference}'")
        missed(tx, reference)
    return reference


def missed(tx, reference, rule="cp.icpc", event="pathways.deadline.missed", at=MORNING):
    tell(
        tx, f"{reference}/{rule}/{event}/{at}", event, at - timedelta(hours=5), case_ref=reference,
        pathway="child_protection", team="north", rule=rule, to_roles="line_manager;conference_chair",
    )  # fmt: skip


def ledger(store):
    with store.reading() as tx:
        return every_row(tx, "notice")


def send(store, box, at=MORNING):
    return send_notices(store, box.mail, lambda: at)


# --- who is told of a passed date -------------------------------------------------------------------------------------


def test_the_manager_of_the_team_is_told_once_a_day_and_case(store, late, people):
    with store.writing() as tx:
        missed(tx, late, "cp.visit")
    assert queue_urgent(store, MORNING) == 1
    assert queue_urgent(store, MORNING + timedelta(hours=3)) == 0
    (one,) = ledger(store)
    assert (one.practitioner_id, one.kind) == (people["north"], "urgent")
    assert one.body == f"{late}: a date passed.\n\nSee it: pathways show {late}"
    assert late not in one.subject


def test_the_next_day_may_bring_another(store, late):
    queue_urgent(store, MORNING)
    with store.writing() as tx:
        missed(tx, late, event="pathways.deadline.still_missed", at=MORNING + timedelta(days=1))
    assert queue_urgent(store, MORNING + timedelta(days=1)) == 1


def test_one_who_may_not_see_a_case_hears_nothing_of_it(store, late, people):
    with store.writing() as tx:
        tx.connection.execute("UPDATE pathway_case SET guarded = true, restricted = true")
    assert queue_urgent(store, MORNING) == 0


def test_one_let_in_hears_of_it_without_its_reference(store, late, people):
    with store.writing() as tx:
        tx.connection.execute("UPDATE pathway_case SET guarded = true, restricted = true")
        case = tx.connection.execute("SELECT id FROM pathway_case").fetchone()[0]
        tx.connection.execute(
            "INSERT INTO access (case_id, practitioner_id, kind, because, by_login, from_at, recorded_at) VALUES "
            f"({case}, {people['north']}, 'allowed', 'theirs', 'lado', '2026-11-03T00:00:00+00:00', '2026-11-03T00:00:00+00:00')"
        )
    assert queue_urgent(store, MORNING) == 1
    (one,) = ledger(store)
    assert late not in one.subject + one.body


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        (datetime(2026, 12, 1, 4, 15, tzinfo=LONDON), datetime(2026, 12, 1, 7, tzinfo=LONDON)),
        (datetime(2026, 12, 1, 7, 0, tzinfo=LONDON), datetime(2026, 12, 1, 7, tzinfo=LONDON)),
        (datetime(2026, 12, 1, 18, 59, tzinfo=LONDON), datetime(2026, 12, 1, 18, 59, tzinfo=LONDON)),
        (datetime(2026, 12, 1, 19, 0, tzinfo=LONDON), datetime(2026, 12, 2, 7, tzinfo=LONDON)),
        (datetime(2027, 3, 28, 0, 30, tzinfo=LONDON), datetime(2027, 3, 28, 7, tzinfo=LONDON)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=LONDON), datetime(2026, 10, 25, 7, tzinfo=LONDON)),
    ],
)
def test_people_are_written_to_between_seven_and_seven(moment, goes):
    assert waking(moment.astimezone(UTC)) == goes.astimezone(UTC)


def test_what_passed_in_the_night_waits_for_seven(store, late, box):
    night = datetime(2026, 12, 1, 4, 20, tzinfo=UTC)
    queue_urgent(store, night)
    assert send(store, box, night).sent == 0
    assert send(store, box, datetime(2026, 12, 1, 7, tzinfo=UTC)).sent == 1


def test_the_operator_is_written_to_at_any_hour(store, box):
    night = datetime(2026, 12, 1, 3, tzinfo=UTC)
    assert tell_operator(store, "check-unfinished", night)
    assert not tell_operator(store, "check-unfinished", night), "one a day about each thing"
    assert send(store, box, night).sent == 1
    assert box.got[0][0] == ["ops@council.example"]


def test_there_is_nothing_else_to_tell_an_operator(store):
    with pytest.raises(Mistyped):
        tell_operator(store, "Zanzibarella", MORNING)


def test_what_is_a_managers_matter_is_told_to_them_by_day(store, people):
    from models.people import add_practitioner

    night = datetime(2026, 12, 1, 4, 20, tzinfo=UTC)
    assert tell_operator(store, "capacity-short", night), (
        "nobody manages the chairs: the operator hears of it"
    )
    with store.writing() as tx:
        shared = {"agency": "local authority", "team": "", "recorded_at": NOW, "from_on": date(2026, 1, 1)}
        chairs = add_practitioner(tx, "chairs", "Manager of chairs", email="chairs@council.example", **shared)
        tx.run("add_practitioner_role", practitioner_id=chairs, role="chair_manager", to_on=None, **shared)
    assert tell_operator(store, "capacity-short", night)
    assert not tell_operator(store, "capacity-short", night), "one a day"
    first, second = ledger(store)
    assert (first.kind, first.practitioner_id) == ("operator", None)
    assert (second.kind, second.practitioner_id) == ("urgent", chairs)
    assert second.send_after == datetime(2026, 12, 1, 7, tzinfo=UTC)


# --- the digest -------------------------------------------------------------------------------------------------------


def test_a_digest_counts_what_is_late_and_due_and_comes_once_a_day(store, rules, late, people):
    assert queue_digests(store, rules, MORNING) == 1
    assert queue_digests(store, rules, MORNING + timedelta(hours=6)) == 0
    (one,) = ledger(store)
    assert one.practitioner_id == people["north"]
    assert one.subject == "Your cases on 1 December 2026"
    assert re.fullmatch(
        r"Team north: \d+ late, \d+ due today, \d+ due soon\.\n\nList them: pathways worklist", one.body
    )
    assert one.send_after == datetime(2026, 12, 1, 7, tzinfo=UTC)


def test_a_day_with_nothing_to_do_brings_no_mail(store, rules, people):
    assert queue_digests(store, rules, MORNING) == 0


def test_those_who_answer_for_the_record_get_the_code_of_its_last_checkpoint(store, rules):
    from models.anchors import make
    from models.setup import AtTheKeyboard, fill
    from pathways.roles import Role

    fill(
        store,
        AtTheKeyboard("rose", "Service manager", (Role.SERVICE_MANAGER,)),
        authority="sefton",
        now=MORNING,
    )
    with store.writing() as tx:
        tx.connection.execute("UPDATE practitioner SET email = 'rose@council.example'")
    made = make(store, MORNING)
    queue_digests(store, rules, MORNING)
    (one,) = ledger(store)
    assert made.anchor.code in one.body
    assert "pathways audit verify --anchor CODE" in one.body


# --- sending ----------------------------------------------------------------------------------------------------------


def queue(store, people, *logins, at=MORNING):
    with store.writing() as tx:
        for login in logins:
            tx.run(
                "add_notice", key=f"test/{login}", kind="urgent", practitioner_id=people[login], subject="A case needs you",
                body="CP-2026-0001: a date passed.", queued_at=at, send_after=at, attempts=0, last_fault="", agency="",
            )  # fmt: skip


def test_a_message_names_no_child(store, rules, late, box):
    queue_urgent(store, MORNING)
    queue_digests(store, rules, MORNING)
    assert send(store, box).sent == 2
    for _, text in box.got:
        assert "Auto-Submitted: auto-generated" in text
        for told in ("Zanzibarella", "Quicksilverson", "2017", "ZQ", "Z.Q"):
            assert told not in text


def test_a_message_of_invented_cases_says_so_in_its_subject_and_first(store, people, box):
    queue(store, people, "north")
    assert send(store, box).sent == 1
    with store.writing() as tx:
        tx.run("put_setting", name="practice", value="yes")
    queue(store, people, "south")
    assert send(store, box).sent == 1
    (_, real), (_, invented) = box.got
    assert BANNER not in real
    assert f"Subject: {BANNER}: A case needs you" in invented.splitlines()
    assert invented.replace("\r\n", "\n").partition("\n\n")[2].startswith(f"{MARK}.\n\nCP-2026-0001")


def test_sending_twice_sends_once(store, people, box):
    queue(store, people, "north", "south")
    assert (send(store, box).sent, send(store, box).sent) == (2, 0)
    assert len(box.got) == 2


def test_a_repeat_carries_the_same_number_so_that_it_is_known_for_one(store, people, box):
    queue(store, people, "north")
    send(store, box)
    with store.writing() as tx:
        tx.connection.execute("UPDATE notice SET sent_at = NULL")
    send(store, box, MORNING + timedelta(hours=1))
    first, second = (re.search(r"Message-ID: (\S+)", text)[1] for _, text in box.got)
    assert first == second


def test_one_refused_address_does_not_hold_up_the_others(store, people, box):
    box.refuses = {"north@council.example": "550 nobody of that name"}
    queue(store, people, "north", "south", "coordinator-1")
    done = send(store, box)
    assert (done.sent, done.given_up) == (2, 1)
    by_key = {each.key: each for each in ledger(store)}
    assert by_key["test/north"].given_up_at == MORNING
    assert by_key["test/north"].last_fault == "550"
    assert by_key["operator/given-up/2026-12-01"].body.startswith(OPERATOR["given-up"][1])


def test_an_address_that_is_full_is_tried_again_and_in_the_end_given_up(store, people, box):
    box.refuses = {"north@council.example": "452 full"}
    queue(store, people, "north")
    at, tries = MORNING, 0
    while not (row := ledger(store)[0]).given_up_at:
        at = max(at, row.send_after)
        done = send(store, box, at)
        tries += 1
        assert tries <= TRIES
    assert tries == TRIES
    assert done.given_up == 1
    assert at - MORNING > timedelta(hours=12)
    assert any(each.kind == "operator" for each in ledger(store))


def test_a_relay_that_is_down_delays_everything_and_loses_nothing(store, people, box):
    queue(store, people, "north", "south")
    gone = Mail("p@council.example", "127.0.0.1", free_port(), "none")
    for hour in range(20):
        with pytest.raises(RelayDown, match="tried again: 2"):
            send_notices(store, gone, lambda hour=hour: MORNING + timedelta(hours=hour))
    assert [each.attempts for each in ledger(store)] == [0, 0]
    assert send(store, box, MORNING + timedelta(days=1)).sent == 2


def test_a_relay_that_does_not_answer_is_left_in_time(store, people):
    queue(store, people, "north")
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        slow = Mail("p@council.example", "127.0.0.1", mute.getsockname()[1], "none")
        with pytest.raises(RelayDown, match=r"Disconnected|Timeout"):
            send_notices(store, slow, lambda: MORNING, seconds=0.3)
    assert ledger(store)[0].sent_at is None


def test_a_relay_that_goes_away_in_the_middle_is_begun_with_another_message(store, people, box):
    box.refuses = {"north@council.example": "421 going down"}
    queue(store, people, "north", "south")
    with pytest.raises(RelayDown):
        send(store, box)
    rows = {each.key: each for each in ledger(store)}
    assert rows["test/north"].attempts == 0
    assert rows["test/north"].send_after > rows["test/south"].send_after


# --- settings ---------------------------------------------------------------------------------------------------------


def test_the_settings_of_mail():
    given = {"from": "p@council.example", "via": "smtp", "host": "relay.example", "port": 587, "login": "p"}
    made = mail_of({"mail": given}, "secret")
    assert (made.host, made.port, made.security, made.password) == (
        "relay.example",
        587,
        "starttls",
        "secret",
    )
    assert "secret" not in repr(made)


@pytest.mark.parametrize("settings", [{}, {"mail": {"via": "none", "from": "p@council.example"}}])
def test_without_mail_nothing_is_set_up(settings):
    assert not mail_of(settings).set_up


@pytest.mark.parametrize(
    ("mail", "says"),
    [
        ({"via": "pigeon"}, 'via is "smtp" or "none"'),
        ({"from": "p@council.example"}, "needs `from` and `host`"),
        ({"from": "p@council.example", "host": "r", "port": "25"}, "port is a number"),
        ({"from": "p@council.example", "host": "r", "security": "yes"}, "security is"),
        ({"from": "p@council.example", "host": "r", "password": "x"}, "PATHWAYS_MAIL_PASSWORD"),
    ],
)
def test_settings_that_cannot_be_used_say_what_to_write(mail, says):
    with pytest.raises(Mistyped, match=re.escape(says)):
        mail_of({"mail": mail})
