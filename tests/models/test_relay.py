"""The outbox and those who listen: order, repeats, losses, what is withheld. The listener is a list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.relay import A_SECOND, BATCH, message_of, number_of, relay, statutory_rules, tell
from pathways import NAMES, pathway
from tests.casefile import NOW


class Heard:
    """A listener that can lose events, forget for a while, or be away."""

    def __init__(self, *, loses=(), slow=0, away=False):
        self.events, self.posts, self.loses, self.slow, self.away = {}, [], set(loses), slow, away

    def send(self, events):
        if self.away:
            raise ConnectionError
        self.posts.append([each["id"] for each in events])
        for each in events:
            if each["id"] not in self.loses:
                self.events.setdefault(each["id"], each)

    def has(self, numbers, since):
        if self.slow:
            self.slow -= 1
            return set()
        return self.events.keys() & set(numbers)


class Clock:
    """Seconds that pass only when somebody waits."""

    def __init__(self):
        self.seconds, self.waits = 0.0, []

    def pause(self, seconds):
        self.waits.append(seconds)
        self.seconds += seconds

    def __call__(self):
        return self.seconds


@pytest.fixture
def run(store, rules):
    def once(listener, **more):
        clock = Clock()
        done = relay(store, rules.rulebook, listener, lambda: NOW, pause=clock.pause, clock=clock, **more)
        return done, clock

    return once


def put(store, count, case="CP-2026-{:04d}", pathway_name="child_protection", first=1):
    with store.writing() as tx:
        for each in range(first, first + count):
            reference = case.format(each)
            tell(
                tx, f"{reference}/1", "pathways.move", NOW, case_ref=reference, pathway=pathway_name, team="north",
            )  # fmt: skip


def waiting(store):
    with store.reading() as tx:
        return tx.all("messages_to_relay", after=0, most=10_000)


def test_a_message_is_done_once_the_listener_shows_it(store, run):
    put(store, 3)
    heard = Heard(slow=2)
    done, clock = run(heard)
    assert (done.sent, done.done, done.waiting) == (3, 3, 0)
    assert len(clock.waits) == 2, "asked three times"
    assert [each["payload"]["case"] for each in heard.events.values()] == [
        "CP-2026-0001", "CP-2026-0002", "CP-2026-0003",
    ]  # fmt: skip
    assert run(heard)[0].sent == 0


def test_a_lost_message_goes_out_again_with_the_same_number(store, run):
    put(store, 3)
    lost = number_of("CP-2026-0002/1")
    heard = Heard(loses={lost})
    done, _ = run(heard)
    assert (done.done, done.waiting) == (2, 1)
    (row,) = waiting(store)
    assert (row.event_id, row.sent_at, row.done_at) == (lost, NOW, None)
    heard.loses.clear()
    run(heard)
    assert heard.posts == [[number_of(f"CP-2026-000{n}/1") for n in (1, 2, 3)], [lost]]
    assert waiting(store) == []


def test_no_later_message_overtakes_a_lost_one(store, run):
    put(store, BATCH + 5)
    heard = Heard(loses={number_of("CP-2026-0007/1")})
    done, _ = run(heard)
    assert len(heard.posts) == 1
    assert (done.done, done.waiting) == (BATCH - 1, 6)


def test_a_listener_that_is_away_costs_nothing(store, run):
    put(store, 2)
    with pytest.raises(ConnectionError):
        run(Heard(away=True))
    assert [row.sent_at for row in waiting(store)] == [None, None]
    put(store, 1, first=3)
    assert run(Heard())[0].done == 3


def test_no_more_go_out_in_a_second_than_a_server_keeps(store, run):
    put(store, 4 * BATCH)
    _, clock = run(Heard())
    assert clock.seconds >= 3 * BATCH / A_SECOND, "every batch waits for the one before"


def test_a_run_is_bounded(store, run):
    put(store, 7)
    done, _ = run(Heard(), most=5)
    assert (done.sent, done.waiting) == (5, 2)


@pytest.mark.parametrize("name", [name for name in NAMES if pathway(name).restricted])
def test_a_restricted_pathway_is_told_to_nobody(store, run, name):
    put(store, 1, "LADO-7KQ4M", name)
    put(store, 1)
    heard = Heard()
    done, _ = run(heard)
    assert (done.sent, done.withheld, done.waiting) == (1, 1, 0)
    assert "LADO" not in repr(heard.events)


def test_a_guarded_case_is_told_to_nobody(store, casework, run):
    from models.people import NewPerson
    from tests.casefile import COORDINATOR, complete

    entry = pathway("child_protection").entry("strategy").records
    person = NewPerson(given="Ash", family="Birch", sex="F")
    for _ in range(2):
        casework.open(
            "child_protection", "strategy", person=person, actor=COORDINATOR, now=NOW, answers=complete(entry)
        )
    with store.writing() as tx:
        tx.connection.execute("UPDATE pathway_case SET guarded = true WHERE reference = 'CP-2026-0001'")
    heard = Heard()
    done, _ = run(heard)
    assert done.withheld > 0
    assert done.waiting == 0
    assert "CP-2026-0002" in repr(heard.events)
    assert "CP-2026-0001" not in repr(heard.events)


def test_a_message_says_reference_pathway_team_rule_and_days_and_no_more(store, rules):
    with store.writing() as tx:
        tell(
            tx, "CP-2026-0001/cp.icpc/2026-11-24/missed/1", "pathways.deadline.missed",
            datetime(2026, 11, 26, 9, tzinfo=UTC), case_ref="CP-2026-0001", pathway="child_protection",
            team="north", rule="cp.icpc", due_on=datetime(2026, 11, 24).date(), to_roles="line_manager",
        )  # fmt: skip
    (row,) = waiting(store)
    said = message_of(row, row.rule in statutory_rules(rules.rulebook), NOW + timedelta(days=30)).event
    assert said["resource"] == {
        "prefect.resource.id": "pathways.case.CP-2026-0001",
        "prefect.resource.name": "CP-2026-0001",
        "pathways.statutory": "yes",
    }
    assert set(said) == {"id", "event", "occurred", "resource", "related", "payload"}
    assert said["payload"]["days_late"] == 2
    assert set(said["payload"]) == {
        "case", "pathway", "team", "rule", "due_on", "days_late", "roles", "happened_at",
    }  # fmt: skip


def test_the_same_message_twice_is_one_message(store):
    with store.writing() as tx:
        for _ in range(2):
            tell(tx, "service/check.finished/1", "pathways.check.finished", NOW)
    assert len(waiting(store)) == 1
