"""What is passed over in one pass is what telling the case again would find nothing in: on honest stores, and on any other."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models import letting_in, restricting
from models.casework import Casework, NewPerson
from models.register import Member, enrol
from models.store import open_store
from models.sweep import pass_due_dates
from models.verify import verify
from models.verify_in_step import InStep
from models.verify_kinds import Kinds
from models.viewer import ALL_SEEING
from models.wire import instant_text
from pathways import pathway
from pathways.engine import Actor
from pathways.errors import PathwayError
from pathways.roles import Role
from pathways.trail import entry_hash
from tests.casefile import COORDINATOR, complete
from tests.imported import DONE, take, who
from tests.models.any_case import WAYS_IN
from tests.pathways.census_text import assessment, child, episode

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MANY_MOVES = 9


def live(casework, rules, seed):
    """One case of every way in, moved at random over a year of nights, in both of London's times."""
    draw = random.Random(seed)
    for number, (name, way_in) in enumerate(WAYS_IN):
        now = START + timedelta(days=number, hours=draw.choice((0, 5, 13)))
        person = NewPerson(given="Ash", family=f"Birch{number}", birth_date=date(2014, 5, 5))
        answers = complete(pathway(name).entry(way_in).records, now.date().isoformat())
        try:
            casework.open(name, way_in, person=person, actor=COORDINATOR, now=now, answers=answers)
        except PathwayError:
            continue
        for _ in range(MANY_MOVES):
            now += timedelta(hours=draw.choice((1, 14, 30)), days=draw.choice((0, 1, 9, 40)))
            with casework.store.reading() as tx:
                found = [row for row in tx.all("every_case_state") if row.is_open]
                case = tx.need("case_by_reference", reference=draw.choice(found).reference)
            move = draw.choice(pathway(case.pathway).moves_from(case.state))
            with suppress(PathwayError):
                casework.make(
                    case.reference, move.trigger, actor=COORDINATOR, now=now,
                    answers=complete(move.records, now.date().isoformat()),
                )  # fmt: skip
    pass_due_dates(casework.store, rules, START + timedelta(days=300), START + timedelta(days=300))


def decide_who_sees(store, now):
    """Two cases restricted, one of them no longer; somebody let in, and let in no longer; somebody kept out."""
    for login in ("boss", "officer", "worker"):
        member = Member(login, roles=("lado" if login == "officer" else "service_manager",))
        enrol(
            store,
            member,
            actor=Actor("keeper", frozenset({Role.COORDINATOR, Role.LADO})),
            now=now,
            from_on=now.date(),
        )
    with store.reading() as tx:
        cases = [row.reference for row in tx.all("every_case_state") if not pathway(row.pathway).restricted]
    boss, officer = (Actor(each, frozenset({Role.SERVICE_MANAGER})) for each in ("boss", "officer"))
    told = {"because": "as was agreed", "actor": boss}
    for hour, (case, whole) in enumerate(zip(cases[:2], (False, True), strict=True)):
        restricting.restrict(
            store, case, whole_person=whole, let_in=["officer"], now=now + timedelta(hours=hour), **told
        )
    now += timedelta(days=1)
    letting_in.grant(store, cases[0], "worker", until=None, now=now, **told)
    letting_in.grant(store, cases[1], "worker", until=date(2028, 1, 1), now=now, **told)
    letting_in.exclude(store, cases[2], "worker", now=now, **told)
    now += timedelta(days=1)
    letting_in.revoke(store, cases[0], "worker", now=now, **told)
    restricting.ask_to_lift(store, cases[0], now=now, **told)
    restricting.decide_lift(store, cases[0], agreed=True, now=now, **told | {"actor": officer})


@pytest.fixture(scope="module")
def lived(tmp_path_factory, empty_sqlite, rules):
    """A store in which people have worked for a year, beside history that an import told."""
    path = tmp_path_factory.mktemp("lived") / "lived.db"
    shutil.copy(empty_sqlite, path)
    with open_store(f"sqlite:///{path}") as store:
        store.connection.execute("PRAGMA synchronous=OFF")
        store.viewer = ALL_SEEING
        live(Casework(store, rules), rules, seed=6)
        told = (
            child(episode(DONE, referred="2025-06-02"), who()),
            child(episode(assessment("2026-03-03", factors=()), referred="2026-03-02"), who("A2")),
        )
        take(store, rules, *told, now=START + timedelta(days=49))
        decide_who_sees(store, START + timedelta(days=310))
        for statement in ("PRAGMA foreign_keys=OFF", "PRAGMA ignore_check_constraints=ON"):
            store.connection.execute(statement)
        triggers = store.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for (name,) in triggers:
            store.connection.execute(f"DROP TRIGGER {name}")
        yield store


def said(store, rules):
    return [str(each) for each in verify(store, rules).faults]


def told_again(store, rules, monkeypatch):
    """What is said where every case is told again."""
    with monkeypatch.context() as patch:
        patch.setattr(InStep, "holds", lambda *_: False)
        return said(store, rules)


def test_honest_cases_are_passed_over(lived, rules, monkeypatch):
    answers = []
    real = InStep.holds

    def holds(*given):
        answers.append(real(*given))
        return answers[-1]

    monkeypatch.setattr(InStep, "holds", holds)
    assert said(lived, rules) == []
    assert len(answers) > 30
    assert all(answers)


HELD = {
    "trail": (
        "seq", "at", "effective_at", "actor", "role", "action", "from_state", "to_state", "rule", "basis", "voids", "key",
        "commitment", "prev", "hash", "format",
    ),
    "trail_payload": ("salt", "body"),
    "record": ("seq", "page", "kind", "happened_at", "recorded_at", "author", "role", "body", "voided_seq", "entry"),
    "pathway_case": (
        "state", "is_open", "outcome", "opened_at", "closed_at", "facts", "seq", "head", "definition", "team", "person_id",
    ),
    "deadline": (
        "rule", "start_event", "started", "due_on", "due_at", "plan_by", "status", "opened_seq", "closed_seq", "missed_seq",
        "statutory", "key",
    ),
    "access": (
        "case_id", "person_id", "practitioner_id", "kind", "because", "by_login", "from_at", "until_at", "ended_at", "ended_by",
    ),
    "restriction": ("case_id", "person_id", "by_login", "from_at", "lifted_at", "lifted_by", "lifted_second"),
}  # fmt: skip
"""What is held against the entries, whatever stands there."""
SEEN_OTHERWISE = {
    "deadline": ("edition", "look_at", "closed_at", "calendar"),
    "pathway_case": ("episode_id", "lead"),
}
"""What is held against them in part: by both ways alike."""
COLUMNS = [(table, column) for held in (HELD, SEEN_OTHERWISE) for table in held for column in held[table]]
ANYTHING = st.one_of(
    st.none(), st.integers(-1, 40), st.text(max_size=3), st.binary(max_size=3),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)).map(instant_text),
    st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(date.isoformat),
)  # fmt: skip


KEYS = {"trail": ("case_ref", "seq"), "trail_payload": ("case_ref", "seq")}
"""By what a row is found again; the others have a number."""


@contextmanager
def as_before(store, table):
    """Put every row of a table back as it was."""
    rows = store.connection.execute(f"SELECT * FROM {table}").fetchall()
    try:
        yield
    finally:
        store.connection.execute(f"DELETE FROM {table}")
        store.connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def keys_of(store, table):
    """How a row of a table is found, and the keys of all of them."""
    keys = KEYS.get(table, ("id",))
    where = " AND ".join(f"{each} = ?" for each in keys)
    order = ", ".join(keys)
    return where, store.connection.execute(f"SELECT {order} FROM {table} ORDER BY {order}").fetchall()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_changed_shows_and_in_the_words_of_a_case_told_again(lived, rules, monkeypatch, data):
    """One value anywhere: something that stands elsewhere in its column, or anything that a database takes."""
    table, column = data.draw(st.sampled_from(COLUMNS))
    where, keys = keys_of(lived, table)
    key = data.draw(st.sampled_from(keys))
    ask = lived.connection.execute
    others = ask(f"SELECT DISTINCT {column} FROM {table} ORDER BY 1").fetchall()
    after = data.draw(st.one_of(st.sampled_from(others).map(itemgetter(0)), ANYTHING))
    with as_before(lived, table):
        before = ask(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        with suppress(sqlite3.IntegrityError):
            ask(f"UPDATE {table} SET {column} = ? WHERE {where}", (after, *key))
        assume(ask(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() != before)
        found = said(lived, rules)
        assert found == told_again(lived, rules, monkeypatch)
        assert found or column in SEEN_OTHERWISE.get(table, ())


@pytest.mark.parametrize(
    ("table", "column", "after", "says"),
    [
        *(("trail", "key", each, "it does not match its code") for each in ("", b"", "-")),
        ("trail", "voids", "-", "it does not match its code"),
        ("deadline", "statutory", "", "is said to be not statutory"),
        ("deadline", "calendar", b"", "the calendar that it names was changed"),
    ],
)
def test_what_is_nearly_the_same_shows_too(lived, rules, monkeypatch, table, column, after, says):
    """No key and an empty one, no and nothing: to a hash, and to Python, they are alike."""
    where, _ = keys_of(lived, table)
    alike = {"trail": f"{column} IS NULL", "deadline": f"NOT coalesce({column} = 1, FALSE)"}[table]
    (key,) = lived.connection.execute(
        f"SELECT {', '.join(KEYS.get(table, ('id',)))} FROM {table} WHERE {alike} LIMIT 1"
    ).fetchall()
    with as_before(lived, table):
        lived.connection.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (after, *key))
        found = said(lived, rules)
        assert any(says in each for each in found)
        assert found == told_again(lived, rules, monkeypatch)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM deadline",
        "UPDATE deadline SET status = 'ended'",
        "UPDATE deadline SET closed_at = due_at",
    ],
)
def test_a_clock_that_a_census_says_was_met_is_there_and_met(lived, rules, monkeypatch, change):
    """An import keeps such a clock, and judges it itself only where the census does not give the day."""
    (key,) = lived.connection.execute(
        "SELECT deadline.id FROM deadline JOIN pathway_case ON pathway_case.id = case_id "
        "WHERE basis = 'asserted' AND status = 'met' AND rule = 'cin.assess' ORDER BY 1 LIMIT 1"
    ).fetchone()
    with as_before(lived, "deadline"):
        lived.connection.execute(f"{change} WHERE id = ?", (key,))
        found = said(lived, rules)
        assert "cin.assess" in str(found)
        assert found == told_again(lived, rules, monkeypatch)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_taken_away_shows_and_in_the_words_of_a_case_told_again(lived, rules, monkeypatch, data):
    table = data.draw(st.sampled_from(sorted(HELD)))
    where, keys = keys_of(lived, table)
    key = data.draw(st.sampled_from(keys))
    with as_before(lived, table):
        lived.connection.execute(f"DELETE FROM {table} WHERE {where}", key)
        found = said(lived, rules)
        assert found
        assert found == told_again(lived, rules, monkeypatch)


MOMENT = st.one_of(st.text(max_size=6), st.datetimes(timezones=st.just(UTC)).map(instant_text))
TEXT = st.one_of(st.text(max_size=6), st.sampled_from(("a" * 999, "a" * 1_000, "é" * 1_001)))


@given(
    shared=st.tuples(*[st.text(max_size=6)] * 6),
    rest=st.tuples(TEXT, MOMENT, MOMENT, TEXT),
    seq=st.integers(0, 2_000),
    voids=st.one_of(st.none(), st.integers(1, 9)),
    key=st.one_of(st.none(), TEXT),
    committed=st.one_of(st.binary(max_size=32), st.binary(min_size=32, max_size=32)),
)
def test_entries_of_one_kind_hash_as_each_would_by_itself(shared, rest, seq, voids, key, committed):
    reference, at, effective_at, actor = rest
    made = Kinds()[shared].hashed(b"p", reference, seq, at, effective_at, actor, voids, key, committed)
    assert made == entry_hash(b"p", reference, seq, at, effective_at, actor, *shared, voids, key, committed)
