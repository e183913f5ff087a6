"""The nightly check: what it finds, that it finds it once, and that a missed week leaves the same trail."""

from __future__ import annotations

import shutil
from array import array
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.casework import Casework, NewPerson
from models.due import DUE_ROW, ORDERS, Due, Tally
from models.prepared import statement
from models.store import open_store
from models.sweep import ROOM, Sweep, pass_due_dates
from models.verify import verify
from pathways import pathway
from tests.casefile import COORDINATOR, NOW, complete

pytestmark = pytest.mark.sqlcipher

CP = pathway("child_protection")
NIGHT = datetime(2026, 11, 4, 4, 0, tzinfo=UTC)


def open_cases(casework, count=1, now=NOW, enquiry=True):
    """Cases whose enquiry started on 3 November 2026: the conference is due on 24 November."""
    references = []
    move = next(each for each in CP.moves if each.trigger == "start_enquiry")
    for number in range(count):
        person = NewPerson(given="Ash", family=f"Birch{number}", birth_date=date(2016, 5, 5))
        answers = complete(CP.entry("strategy").records)
        receipt = casework.open(
            "child_protection", "strategy", person=person, actor=COORDINATOR, now=now, answers=answers
        )
        if enquiry:
            casework.make(
                receipt.reference, "start_enquiry", actor=COORDINATOR, now=now, answers=complete(move.records)
            )
        references.append(receipt.reference)
    return references


def decide_conference(casework, reference, now):
    for trigger, own in (
        ("child_seen", {}),
        ("allocate", {"lead": "social-worker-3"}),
        ("decide_conference", {}),
    ):
        move = next(each for each in CP.moves if each.trigger == trigger)
        casework.make(
            reference,
            trigger,
            actor=COORDINATOR,
            now=now,
            answers=complete(move.records, now.date().isoformat(), **own),
        )


def told(store, reference):
    """The trail without the moment of writing: what must not depend on when the check ran."""
    with store.reading() as tx:
        rows = tx.all("trail_of_case", reference=reference)
    return [
        (row.seq, row.effective_at, row.action, row.from_state, row.to_state, row.rule, row.key)
        for row in rows
    ]


def messages(store):
    with store.reading() as tx:
        return {row.key for row in tx.all("messages_to_relay", after=0, most=10_000)}


def clocks(store):
    with store.reading() as tx:
        return [
            (row.rule, row.status, row.look_at, row.told) for row in tx.all("deadlines_of_case", case_id=1)
        ]


def run(store, rules, at):
    return pass_due_dates(store, rules, at, at)


def test_nothing_is_marked_on_the_due_day_itself(casework, store, rules):
    (reference,) = open_cases(casework)
    decide_conference(casework, reference, NOW)
    run(store, rules, datetime(2026, 11, 24, 23, 59, tzinfo=UTC))
    with store.reading() as tx:
        assert tx.one("case_by_reference", reference=reference).state == "awaiting_icpc"
    found = run(store, rules, datetime(2026, 11, 25, 4, 0, tzinfo=UTC))
    assert (found.missed, found.moved) == (1, 1)
    with store.reading() as tx:
        assert tx.one("case_by_reference", reference=reference).state == "icpc_overdue"


def test_a_miss_is_on_the_trail_with_its_rule_and_the_moment_the_limit_passed(casework, store, rules):
    (reference,) = open_cases(casework)
    decide_conference(casework, reference, NOW)
    run(store, rules, datetime(2026, 11, 28, 4, 0, tzinfo=UTC))
    last = told(store, reference)[-1]
    assert last[1:6] == (
        datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC),
        "icpc_missed",
        "awaiting_icpc",
        "icpc_overdue",
        "cp.icpc",
    )


def test_running_twice_changes_nothing(casework, store, rules):
    (reference,) = open_cases(casework)
    at = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
    run(store, rules, at)
    before = (told(store, reference), messages(store), clocks(store))
    assert run(store, rules, at) == Tally()
    assert (told(store, reference), messages(store), clocks(store)) == before


def test_a_statutory_miss_is_told_again_each_working_day_and_others_once(casework, store, rules):
    (reference,) = open_cases(casework)
    decide_conference(casework, reference, NOW)
    run(store, rules, datetime(2026, 11, 30, 9, 0, tzinfo=UTC))
    keys = sorted(key for key in messages(store) if "cp.icpc/" in key and "near" not in key)
    # missed on the 24th, told on the morning of the 25th; again on Thursday 26th, Friday 27th, Monday 30th
    assert [key.split("/", 4)[4] for key in keys] == [
        "missed/1",
        "still_missed/2",
        "still_missed/3",
        "still_missed/4",
    ]
    request = [key for key in messages(store) if "cp.icpc_request/" in key]
    assert len(request) == 1


@pytest.mark.parametrize("days", [3, 8])
def test_missed_nights_and_one_run_leave_what_each_night_would_have_left(tmp_path, empty_sqlite, rules, days):
    found = []
    for label in ("nightly", "at once"):
        path = tmp_path / f"{label}.db"
        shutil.copy(empty_sqlite, path)
        with open_store(f"sqlite:///{path}") as store:
            casework = Casework(store, rules)
            (reference,) = open_cases(casework)
            decide_conference(casework, reference, NOW)
            first = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
            nights = [first + timedelta(days=each) for each in range(days + 1)]
            for night in nights if label == "nightly" else nights[-1:]:
                run(store, rules, night)
            found.append((told(store, reference), messages(store), clocks(store)))
    assert found[0] == found[1]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    runs=st.lists(st.integers(0, 40), min_size=1, max_size=6),
    decided=st.booleans(),
    chunk=st.integers(1, 4),
)
def test_whenever_the_check_ran_the_record_is_whole_and_the_same(
    tmp_path, empty_sqlite, rules, runs, decided, chunk
):
    outcomes = []
    for nights in (sorted(runs), [max(runs)]):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
        shutil.copy(empty_sqlite, path)
        with open_store(f"sqlite:///{path}") as store:
            casework = Casework(store, rules)
            references = open_cases(casework, 3)
            if decided:
                decide_conference(casework, references[0], NOW)
            for night in nights:
                at = NIGHT + timedelta(days=night)
                pass_due_dates(store, rules, at, at, chunk=chunk)
            assert verify(store, rules).faults == []
            outcomes.append(([told(store, each) for each in references], messages(store)))
    assert outcomes[0] == outcomes[1]


def test_shards_together_do_what_one_run_does(casework, store, rules):
    references = open_cases(casework, 7)
    at = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
    parts = [Sweep(store, rules, at, at).shard(each, 3) for each in range(3)]
    assert sum(each.cases for each in parts) == 7
    assert sum(each.missed for each in parts) == 7, "each conference limit; nothing else has run out"
    assert len({len(told(store, each)) for each in references}) == 1
    assert run(store, rules, at) == Tally()


def test_one_bad_case_is_set_aside_and_does_not_stop_the_rest(casework, store, rules):
    references = open_cases(casework, 3)
    with store.writing() as tx:
        tx.connection.execute(
            "UPDATE pathway_case SET definition = '1999.1' WHERE reference = 'CP-2026-0002'"
        )
    found = run(store, rules, datetime(2026, 12, 1, 4, 0, tzinfo=UTC))
    assert (found.cases, found.missed, found.parked) == (3, 2, 1)
    with store.reading() as tx:
        (parked,) = tx.all("parked_cases")
    assert parked.reference == references[1]
    assert "1999.1" in parked.reason
    with store.writing() as tx:
        tx.connection.execute(
            "UPDATE pathway_case SET definition = '2026.1' WHERE reference = 'CP-2026-0002'"
        )
    assert run(store, rules, datetime(2026, 12, 1, 4, 0, tzinfo=UTC)).missed == 1
    with store.reading() as tx:
        assert tx.all("parked_cases") == []


def test_a_killed_run_goes_on_where_it_stopped(casework, store, rules, monkeypatch):
    open_cases(casework, 6)
    at = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
    whole = Sweep._write
    calls = []

    def dies(self, tx, batch):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        whole(self, tx, batch)

    monkeypatch.setattr(Sweep, "_write", dies)
    with pytest.raises(KeyboardInterrupt):
        pass_due_dates(store, rules, at, at, chunk=2)
    monkeypatch.setattr(Sweep, "_write", whole)
    assert pass_due_dates(store, rules, at, at, chunk=2).missed == 2
    assert verify(store, rules).faults == []


def test_the_rows_made_here_are_in_the_statements_own_order():
    for name, order in ORDERS.items():
        assert statement("sqlite", name).order == order, name
        assert sorted(statement("postgresql", name).order) == sorted(order), name
    for dialect in ("sqlite", "postgresql"):
        assert statement(dialect, "due_chunk").columns == DUE_ROW


def test_two_writers_leave_what_one_leaves(casework, store, rules):
    references = open_cases(casework, 9)
    decide_conference(casework, references[0], NOW)
    at = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
    told_done = []
    found = pass_due_dates(
        store, rules, at, at, chunk=2, progress=lambda done, of: told_done.append((done, of))
    )
    assert (found.cases, found.moved) == (9, 1)
    assert told_done[-1] == (9, 9)
    assert verify(store, rules).faults == []
    assert run(store, rules, at) == Tally()


def test_the_birthday_of_eighteen_asks_a_person_and_closes_nothing(casework, store, rules):
    answers = complete(CP.entry("strategy").records)
    person = NewPerson(given="Ash", family="Birch", birth_date=date(2008, 11, 20))
    reference = casework.open(
        "child_protection", "strategy", person=person, actor=COORDINATOR, now=NOW, answers=answers
    ).reference
    run(store, rules, datetime(2026, 11, 20, 4, 0, tzinfo=UTC))
    with store.reading() as tx:
        case = tx.one("case_by_reference", reference=reference)
    assert (case.state, case.is_open) == ("closing_at_18", True)


@given(
    st.lists(st.integers(1, 30), max_size=60).map(sorted), st.integers(1, 7), st.integers(1, 4)
)  # fmt: skip
def test_parts_of_the_due_clocks_hold_each_case_whole_and_leave_none_out(cases, chunk, writers):
    due = Due(array("q", cases), array("q", range(len(cases))))
    assert due.cases_in_all == len(set(cases))
    parts = list(due.parts(chunk))
    assert all(len(set(some)) == chunk for some, _ in parts[:-1])
    assert [(case, clock) for part in parts for case, clock in zip(*part, strict=True)] == list(
        zip(cases, range(len(cases)), strict=True)
    )
    assert len({case for some, _ in parts for case in set(some)}) == sum(len(set(some)) for some, _ in parts)
    for each in due.split(writers, chunk) if cases else ():
        assert each.cases_in_all <= -(-len(set(cases)) // writers) + chunk


def test_one_at_a_time_does_the_database_work_for_writers_that_take_turns(casework, store, rules):
    """The turn is taken twice a chunk, to read and to write, and given back each time."""
    open_cases(casework, 3)
    at, taken = datetime(2026, 12, 1, 4, 0, tzinfo=UTC), []

    class Turn:
        def __enter__(self):
            taken.append("begun")

        def __exit__(self, *_):
            taken.append("ended")

    found = Sweep(store, rules, at, at, turn=Turn()).shard(chunk=2)
    assert found.cases == 3
    assert taken == ["begun", "ended"] * 4


def test_a_check_with_nothing_to_do_is_noted_all_the_same(casework, store, rules):
    at = NOW
    assert pass_due_dates(store, rules, at, at) == Tally()
    with store.reading() as tx:
        (run,) = tx.all("check_runs", most=5)
    assert (run.as_of, run.started_at, run.finished_at, run.cases) == (at, at, at, 0)


def test_where_nothing_waits_a_check_asks_once_and_writes_its_note(sqlite_url, rules):
    with open_store(sqlite_url) as quiet:
        asked = []
        quiet.connection.set_trace_callback(asked.append)
        assert pass_due_dates(quiet, rules, NIGHT, NIGHT) == Tally()
        quiet.connection.set_trace_callback(None)
    words = [each.split()[0] for each in asked if not each.startswith("PRAGMA")]
    assert words == ["BEGIN", "SELECT", "INSERT", "COMMIT"]


def test_sqlite_has_room_for_a_chunk_and_gives_it_back(sqlite_url, rules):
    with open_store(sqlite_url) as own:
        open_cases(Casework(own, rules), 2)
        at, rooms = datetime(2026, 12, 1, 4, 0, tzinfo=UTC), []

        def room():
            return own.connection.execute("PRAGMA cache_size").fetchone()[0]

        usual = room()
        assert Sweep(own, rules, at, at, noting=lambda *_: rooms.append(room())).shard(chunk=1).cases == 2
        assert rooms == [-ROOM, -ROOM]
        assert room() == usual


def test_on_postgresql_a_case_whose_limit_passes_changes_in_place(migrated_url, rules):
    """No index of cases gets a new entry, since its page was left room; and the server counts that."""
    with open_store(migrated_url) as own:
        open_cases(Casework(own, rules), 3)
    with open_store(migrated_url) as own:  # whose counts begin anew
        at, counted = datetime(2026, 12, 1, 4, 0, tzinfo=UTC), []

        def count(tx, _tally):
            asked = (
                "SELECT pg_stat_get_xact_tuples_updated(oid), pg_stat_get_xact_tuples_hot_updated(oid), reloptions "
                "FROM pg_class WHERE oid = 'pathway_case'::regclass"
            )
            counted.append(tx.connection.execute(asked).fetchone())

        Sweep(own, rules, at, at, noting=count).shard()
    assert counted == [(3, 3, ["fillfactor=70"])]
