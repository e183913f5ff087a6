"""A fresh store on each database: filled once, filled again, its days extended, its guards laid down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models import guards
from models.bank_holidays import from_package
from models.setup import (
    AtTheKeyboard,
    calendar_of,
    extend_days,
    fill,
    guards_missing,
    lay_guards,
    make_tables,
    moments,
    options_of,
    revision,
    rules_of,
)
from models.staff import NotOnTheRegister
from models.store import open_store
from pathways.errors import Mistyped, NotReady
from pathways.roles import Role
from tests.casefile import NOW

WHO = AtTheKeyboard("a.worker", "Case coordinator", (Role.COORDINATOR,), team="north")
CLOCK = datetime(2026, 4, 1, 8, tzinfo=UTC)


def test_a_store_that_is_filled_twice_is_filled_once(store):
    assert fill(store, WHO, authority="sefton", now=NOW)
    assert fill(store, WHO, authority="sefton", now=NOW) == []
    with store.reading() as tx:
        row = tx.one("practitioner_by_login", login="a.worker")
        held = tx.all("roles_of_practitioner", practitioner_id=row.id, on=NOW.date())
        known = options_of(tx)
    assert [(each.role, each.team) for each in held] == [("coordinator", "north")]
    assert (known["authority"], known["calendar_first"], known["calendar_last"]) == ("sefton", "1990", "2040")
    assert "practice" not in known
    assert rules_of(store).calendar.is_working_day(date(2026, 11, 3))


def test_nobody_sets_themselves_up_with_another_role_or_as_a_second_person(store):
    fill(store, WHO, authority="sefton", now=NOW)
    more = AtTheKeyboard("a.worker", "", (Role.COORDINATOR, Role.LADO))
    assert fill(store, more, authority="sefton", now=NOW) == []
    with store.reading() as tx:
        row = tx.one("practitioner_by_login", login="a.worker")
        assert [
            each.role for each in tx.all("roles_of_practitioner", practitioner_id=row.id, on=NOW.date())
        ] == ["coordinator"]
    other = AtTheKeyboard("b.worker", "", (Role.LADO,))
    with pytest.raises(NotOnTheRegister, match="pathways users add"):
        fill(store, other, authority="sefton", now=NOW)


def test_practice_and_real_cases_are_never_mixed(store):
    fill(store, WHO, authority="sefton", now=NOW)
    with pytest.raises(Mistyped, match="never kept together"):
        fill(store, WHO, authority="sefton", now=NOW, practice_clock=CLOCK)


def test_an_unknown_authority_changes_nothing(store):
    with pytest.raises(Mistyped, match="There are no rules for the authority"):
        fill(store, WHO, authority="atlantis", now=NOW)
    with store.reading() as tx:
        assert options_of(tx).keys() <= {"unencrypted"}


def test_without_bank_holidays_no_date_is_guessed(store):
    with store.reading() as tx, pytest.raises(NotReady, match="pathways days update"):
        calendar_of(tx)


def test_days_are_only_ever_added_and_the_version_says_so(store):
    fill(store, WHO, authority="sefton", now=NOW)
    before = rules_of(store).calendar
    rows, version = from_package(1990, 2042)
    made = extend_days(store, [*rows, (date(2026, 6, 10), "Proclaimed")], 2042, version, at=NOW)
    after = rules_of(store).calendar
    assert (made.years, after.last_year) == (2, 2042)
    assert set(before.holidays) < set(after.holidays)
    assert after.holidays[date(2026, 6, 10)] == "Proclaimed"
    assert after.version != before.version, (
        "a date worked out before is not compared with days it did not have"
    )
    again = extend_days(store, rows, 2030, version, at=NOW)
    assert (again.days, again.years, again.version) == ([], 0, after.version)


def test_guards_that_are_gone_are_found_and_laid_down_again(store):
    assert guards_missing(store) == []
    table = "" if store.dialect == "sqlite" else " ON trail"
    name = "trail_no_update" if store.dialect == "sqlite" else "trail_append_only"
    with store.writing() as tx:
        tx.connection.execute(f"DROP TRIGGER {name}{table}")
    assert guards_missing(store) == [name]
    lay_guards(store)
    assert guards_missing(store) == []


def test_a_guard_of_the_right_name_that_guards_nothing_is_missing(store, store_url):
    """Switched off, or of another text: the name alone says nothing."""
    if store.dialect == "sqlite":
        attacks = (
            "DROP TRIGGER trail_no_update",
            "CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail WHEN 0 BEGIN SELECT 1; END",
        )
        gone = ["trail_no_update"]
    else:
        attacks = ("ALTER TABLE trail DISABLE TRIGGER trail_append_only",)
        gone = ["trail_append_only"]
    with store.writing() as tx:
        for each in attacks:
            tx.connection.execute(each)
    assert guards_missing(store) == gone
    with pytest.raises(NotReady, match="guards are missing"):
        open_store(store_url)
    lay_guards(store)
    assert guards_missing(store) == []


def test_a_guard_whose_own_function_was_changed_is_missing(store):
    if store.dialect == "sqlite":
        pytest.skip("a trigger of SQLite holds its own text")
    with store.writing() as tx:
        tx.connection.execute(
            "CREATE OR REPLACE FUNCTION pathways_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        )
    assert set(guards.POSTGRESQL) - {"trail_in_order", "trail_grew"} == set(guards_missing(store))
    lay_guards(store)
    assert guards_missing(store) == []


def test_an_empty_database_has_no_revision(postgres_url):
    with open_store(postgres_url, check=False) as store:
        assert revision(store) == ""
    make_tables(postgres_url)
    with open_store(postgres_url) as store:
        assert revision(store)


def test_a_check_never_looks_from_the_future_of_a_real_store(store):
    fill(store, WHO, authority="sefton", now=NOW)
    assert moments(store, None, NOW) == (NOW, NOW)
    earlier = NOW - timedelta(days=3)
    assert moments(store, earlier, NOW) == (earlier, NOW)
    with pytest.raises(Mistyped, match="is in the future"):
        moments(store, NOW + timedelta(minutes=1), NOW)


def test_a_practice_store_may_be_looked_at_from_later(store):
    fill(store, WHO, authority="sefton", now=NOW, practice_clock=CLOCK)
    later = CLOCK + timedelta(days=30)
    assert moments(store, None, NOW) == (CLOCK, CLOCK)
    assert moments(store, later, NOW) == (later, later)
    assert moments(store, CLOCK - timedelta(days=1), NOW) == (CLOCK - timedelta(days=1), CLOCK)


def test_a_clock_that_went_back_stops_the_check(store):
    from models.sweep import pass_due_dates

    fill(store, WHO, authority="sefton", now=NOW)
    pass_due_dates(store, rules_of(store), NOW, NOW)
    assert moments(store, None, NOW - timedelta(minutes=4))
    with pytest.raises(NotReady, match="clock is behind"):
        moments(store, None, NOW - timedelta(minutes=6))


def test_once_somebody_says_that_the_clock_was_ahead_checks_go_on_from_the_next_one(store):
    from models.sweep import pass_due_dates

    fill(store, WHO, authority="sefton", now=NOW)
    ahead, rules = NOW + timedelta(days=35), rules_of(store)
    pass_due_dates(store, rules, ahead, ahead)
    assert moments(store, None, NOW, confirmed=True) == (NOW, NOW)
    with pytest.raises(Mistyped, match="is in the future"):
        moments(store, ahead, NOW, confirmed=True)
    with pytest.raises(NotReady, match="--confirm-clock"):
        moments(store, None, NOW)
    pass_due_dates(store, rules, NOW, NOW)
    assert moments(store, None, NOW) == (NOW, NOW)
