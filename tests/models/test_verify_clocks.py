"""Clocks beside the entries: what somebody does to the table of dates with the database's own tools shows, and says how."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.bank_holidays import from_package
from models.casework import NewPerson
from models.setup import AtTheKeyboard, extend_days, fill, rules_of
from models.sweep import pass_due_dates
from models.undo import undo
from models.verify import verify
from models.viewer import ALL_SEEING
from models.wire import instant_text
from pathways import pathway
from pathways.roles import Role
from tests.casefile import COORDINATOR, NOW, complete
from tests.imported import running, take, who
from tests.models.test_beside import make, opened
from tests.models.test_sweep import decide_conference, open_cases
from tests.pathways.census_text import assessment, child, episode

LATE = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
ONE, TWO = "case_id = 1 AND rule", "case_id = 2 AND rule"


@pytest.fixture
def kept(casework, store, rules):
    """Two cases: on the first a conference was decided on, on both its limit has passed."""
    references = open_cases(casework, 2)
    decide_conference(casework, references[0], datetime(2026, 11, 5, 9, 0, tzinfo=UTC))
    pass_due_dates(store, rules, LATE, LATE)
    return references


def run(store, statement):
    with store.writing() as tx:
        assert tx.connection.execute(statement).rowcount == 1


def said(store, rules):
    return [str(each) for each in verify(store, rules).faults]


def copied(change):
    """A row beside the conference's clock, with something else in it."""
    columns = (
        "key, case_id, rule, edition, start_event, started, due_on, due_at, plan_by, calendar, status, statutory, look_at, "
        "told, opened_seq, closed_at, closed_seq, missed_seq"
    )
    values = columns.replace("key", "'another'", 1)
    for column, value in change.items():
        values = values.replace(f" {column},", f" {value},")
    return f"INSERT INTO deadline ({columns}) SELECT {values} FROM deadline WHERE {ONE} = 'cp.icpc'"


ATTACKS = [
    # what is done to the table of dates                                       what is said of it
    (f"DELETE FROM deadline WHERE {ONE} = 'cp.icpc'", "CP-2026-0001: the clock cp.icpc that it began is gone; by the entries it runs, missed"),
    (f"DELETE FROM deadline WHERE {TWO} = 'cp.icpc'", "CP-2026-0002: the clock cp.icpc that it began is gone; by the entries it runs, missed"),
    (f"UPDATE deadline SET status = 'ended', closed_at = due_at, closed_seq = 2, look_at = NULL WHERE {ONE} = 'cp.icpc'", "by the record the clock cp.icpc that it began ended at entry 2 (its date passed at entry"),
    (f"UPDATE deadline SET status = 'met', closed_at = due_at, closed_seq = 5, look_at = NULL WHERE {TWO} = 'cp.icpc'", "by the record the clock cp.icpc that it began was met at entry 5"),
    (f"UPDATE deadline SET status = 'open' WHERE {ONE} = 'cp.icpc'", "by the record the clock cp.icpc that it began runs (its date passed at entry"),
    (f"UPDATE deadline SET status = 'open', missed_seq = NULL WHERE {ONE} = 'cp.icpc'", "by the record the clock cp.icpc that it began runs; by the entries it runs, missed"),
    (f"UPDATE deadline SET missed_seq = 3 WHERE {ONE} = 'cp.icpc'", "(its date passed at entry 3)"),
    (f"UPDATE deadline SET started = '2026-11-20T09:00:00+00:00' WHERE {ONE} = 'cp.icpc'", "the clock cp.icpc counts from 2026-11-20T09:00:00+00:00, and the entries say from"),
    (f"UPDATE deadline SET start_event = 'icpc_held' WHERE {ONE} = 'cp.icpc'", "the clock cp.icpc is said to count from icpc_held"),
    (f"UPDATE deadline SET opened_seq = 1 WHERE {ONE} = 'cp.icpc'", "the clock cp.icpc that it began is gone"),
    (f"UPDATE deadline SET look_at = NULL WHERE {ONE} = 'cp.icpc'", "nobody will be told of the clock cp.icpc"),
    (f"UPDATE deadline SET look_at = '2036-12-21 00:00:00.000000+00:00' WHERE {ONE} = 'cp.icpc'", "nobody will be told of the clock cp.icpc"),
    (f"UPDATE deadline SET statutory = (1 = 0) WHERE {ONE} = 'cp.icpc'", "the clock cp.icpc that it began is said to be not statutory, and its rule differs"),
    (f"UPDATE deadline SET key = 'another' WHERE {ONE} = 'cp.icpc'", "the clock cp.icpc that it began goes by another name"),
    (f"UPDATE deadline SET due_on = '2026-11-30' WHERE {ONE} = 'cp.icpc'", "the date of cp.icpc is 2026-11-30, and its rule gives 2026-11-24"),
    (f"UPDATE deadline SET due_on = '2026-11-30', calendar = 'another' WHERE {ONE} = 'cp.icpc'", "the date of cp.icpc is 2026-11-30, and an entry says that it passed on 2026-11-24"),
    (f"UPDATE deadline SET edition = 'cp.icpc@1990-01-01' WHERE {ONE} = 'cp.icpc'", "the date of cp.icpc cannot be worked out again: The rule pack has no edition cp.icpc@1990-01-01"),
    (copied({"opened_seq": 2}), "the record has a clock cp.icpc that it began and that runs, missed"),
    (copied({"rule": "'cp.rcpc_next'", "status": "'open'", "missed_seq": "NULL"}), "the record has a clock cp.rcpc_next that it began"),
]  # fmt: skip


@pytest.mark.parametrize(("attack", "says"), ATTACKS)
def test_what_is_done_to_a_clock_shows(kept, store, rules, attack, says):
    assert said(store, rules) == []
    run(store, attack)
    assert any(says in each for each in said(store, rules)), said(store, rules)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
DAYS = MOMENTS.map(lambda moment: moment.date().isoformat())
NUMBERS = st.integers(1, 9)
OTHERWISE = {
    "rule": st.sampled_from(["cp.icpc", "cp.strategy", "cp.visit", "no.such_rule"]),
    "start_event": st.sampled_from(["icpc_held", "strategy_discussion_held", "visited"]),
    "started": st.one_of(DAYS, MOMENTS.map(datetime.isoformat)),
    "due_on": DAYS,
    "due_at": MOMENTS.map(instant_text),
    "plan_by": st.one_of(st.none(), DAYS),
    "status": st.sampled_from(["open", "missed", "met", "ended", "passed"]),
    "opened_seq": NUMBERS,
    "closed_seq": st.one_of(st.none(), NUMBERS),
    "missed_seq": st.one_of(st.none(), NUMBERS),
}


def _written(value):
    """A value as SQLite keeps it."""
    if isinstance(value, datetime):
        return instant_text(value)
    return value.isoformat() if isinstance(value, date) else value


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_changed_of_any_clock_shows(kept, store, rules, data):
    column = data.draw(st.sampled_from(sorted(OTHERWISE)))
    there = store.connection.execute(f"SELECT id, {column} FROM deadline ORDER BY id").fetchall()
    row_id, before = data.draw(st.sampled_from(there))
    after = data.draw(OTHERWISE[column].filter(lambda value: value is None or value != _written(before)))
    assume(after != before)
    mark = "?" if store.dialect == "sqlite" else "%s"
    change = f"UPDATE deadline SET {column} = {mark} WHERE id = {mark}"
    with store.writing() as tx:
        tx.connection.execute(change, [after, row_id])
    try:
        assert said(store, rules)
    finally:
        with store.writing() as tx:
            tx.connection.execute(change, [before, row_id])
    assert said(store, rules) == []


def test_a_clock_that_was_met_and_is_set_running_again_shows(casework, store, rules):
    (reference,) = open_cases(casework, 1)
    decide_conference(casework, reference, NOW + timedelta(days=1))
    with store.reading() as tx:
        met = [each for each in tx.all("deadlines_of_case", case_id=1) if each.status == "met"]
    assert met, "something has been met by now"
    again = f"UPDATE deadline SET status = 'open', closed_at = NULL, closed_seq = NULL, look_at = due_at WHERE id = {met[0].id}"
    run(store, again)
    (fault,) = said(store, rules)
    assert (
        f"by the record the clock {met[0].rule} that it began runs; by the entries it was met at entry"
        in fault
    )


def test_a_clock_said_to_be_met_earlier_than_it_was_shows(casework, store, rules):
    (reference,) = open_cases(casework, 1)
    decide_conference(casework, reference, NOW + timedelta(days=1))
    earlier = "UPDATE deadline SET closed_at = '2026-11-03 00:00:00.000000+00:00' WHERE id = (SELECT MIN(id) FROM deadline WHERE status = 'met')"
    run(store, earlier)
    (fault,) = said(store, rules)
    assert "by the record, on 2026-11-03T10:00" in fault


def test_what_an_undo_did_to_clocks_is_held_to_it(casework, store, rules):
    (reference,) = open_cases(casework, 1)
    decide_conference(casework, reference, NOW + timedelta(hours=1))
    undo(
        store,
        rules,
        reference,
        actor=COORDINATOR,
        now=NOW + timedelta(hours=2),
        because="It was the wrong child.",
    )
    assert said(store, rules) == []
    with store.reading() as tx:
        running = tx.all("running_deadlines", case_id=1)
    run(store, f"DELETE FROM deadline WHERE id = {running[0].id}")
    assert any(f"the clock {running[0].rule} that it began is gone" in each for each in said(store, rules))


def test_a_case_that_whoever_asks_may_not_see_is_only_said_to_be_elsewhere(casework, store, rules):
    store.viewer = ALL_SEEING
    found = pathway("allegations")
    answers = complete(found.entries[0].records)
    casework.open(
        "allegations", found.entries[0].name, person=NewPerson(given="Rowan", kind="adult"), actor=COORDINATOR,
        now=NOW, answers=answers,
    )  # fmt: skip
    with store.writing() as tx:
        assert tx.connection.execute("DELETE FROM deadline").rowcount
    assert said(store, rules)
    from models.viewer import NOBODY

    store.viewer = NOBODY
    verdict = verify(store, rules)
    assert (verdict.faults, verdict.elsewhere) == ([], True)


def test_a_rule_that_came_later_is_not_missed_on_cases_that_are_older(casework, store, rules, kept):
    """A clock begins today that the rules of that day did not know: no alarm, though one that did run is still missed."""
    run(store, "UPDATE check_run SET rulebook = 'england-before'")
    for case in (1, 2):
        run(store, f"DELETE FROM deadline WHERE case_id = {case} AND rule = 'cp.icpc'")
    faults = said(store, rules)
    assert len(faults) == 2, "the entries of its passing still name it; that it was begun is not known"
    assert all("it says that the date of cp.icpc passed, and that clock is gone" in each for each in faults)
    with store.reading() as tx:
        (other,) = [each for each in tx.all("deadlines_of_case", case_id=1) if each.rule == "cp.strategy"]
    run(store, f"DELETE FROM deadline WHERE id = {other.id}")
    assert any("the clock cp.strategy that it began is gone" in each for each in said(store, rules))


def test_a_clock_that_an_import_could_not_count_is_not_missed_once_the_calendar_is_longer(store):
    """It was begun by nothing: its days lay past the calendar. What was begun is missed still."""
    told = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
    fill(store, AtTheKeyboard("a.b", "", (Role.COORDINATOR,)), authority="sefton", now=told)
    with store.writing() as tx:
        tx.run("put_setting", name="calendar_last", value="2025")
    open_assessment = assessment("2026-03-03", factors=())
    take(store, rules_of(store), child(episode(open_assessment, referred="2026-03-02"), who()), now=told)
    assert "cin.assess" not in running(store)
    rows, version = from_package(1990, 2042)
    extend_days(store, rows, 2042, version, at=told + timedelta(days=1))
    longer = rules_of(store)
    assert said(store, longer) == []
    children = child(episode(open_assessment, referred="2026-03-02"), who("A2"))
    take(store, longer, children, now=told + timedelta(days=2))
    assert running(store)["cin.assess"] == date(2026, 5, 7)
    assert said(store, longer) == []
    run(store, "DELETE FROM deadline WHERE rule = 'cin.assess'")
    (fault,) = said(store, longer)
    assert "the clock cin.assess that it began is gone" in fault


def twins(casework):
    """A child expected, and born with a twin: their cases."""
    unborn = NewPerson(kind="unborn", expected_delivery_date=date(2026, 12, 1))
    first = opened(casework, "child_protection", "prebirth", unborn, due_on="2026-12-01").reference
    born = {"birth_date": "2026-11-19", "how_many": "2"}
    return first, *make(casework, first, "child_born", datetime(2026, 11, 20, 9, tzinfo=UTC), **born).opened


FIRST_OF_A_TWIN = f"{TWO} = 'cp.age_18' AND opened_seq = 1"


@pytest.mark.parametrize(
    ("attack", "says"),
    [
        (f"DELETE FROM deadline WHERE {FIRST_OF_A_TWIN}", "the clock cp.age_18 that it began is gone"),
        (
            f"UPDATE deadline SET started = '2026-11-23' WHERE {FIRST_OF_A_TWIN}",
            "counts from 2026-11-23, and",
        ),
        (
            f"UPDATE deadline SET start_event = 'icpc_held' WHERE {FIRST_OF_A_TWIN}",
            "said to count from icpc_held",
        ),
    ],
)
def test_what_is_done_to_the_first_clocks_of_a_twin_shows(casework, store, rules, attack, says):
    _, twin = twins(casework)
    assert said(store, rules) == []
    run(store, attack)
    assert any(f"Entry 1 of {twin}" in each and says in each for each in said(store, rules))


def test_of_a_twin_whose_case_an_older_version_began_the_first_clocks_are_taken_as_they_stand(
    casework, store, rules, monkeypatch
):
    monkeypatch.setattr("pathways.trail.COUNTED_FROM", "nothing that is asked for")
    twins(casework)
    assert said(store, rules) == []
    run(store, f"DELETE FROM deadline WHERE {FIRST_OF_A_TWIN}")
    assert said(store, rules) == [], "docs/proof.md owns up to it"
