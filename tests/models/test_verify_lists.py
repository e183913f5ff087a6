"""Whoever changes by hand who is let in, kept out or restricted, contradicts the entries that say so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models import letting_in, readmitting, restricting
from models.glass import break_glass
from models.verify import verify
from models.verify_lists import BEGAN_BY_NONE, ENDED_BY_NONE, LIFTED_BY_NONE, NOT_SO, RESTRICTED_BY_NONE
from models.viewer import ALL_SEEING
from tests.models.office import NOW, Office
from tests.models.test_attacks import Attacker

WHY = "as was agreed"
MORNING = "2026-11-03T10:00:00.000000+00:00"
HOUR = timedelta(hours=1)


@pytest.fixture
def office(store, rules):
    return Office(store, rules)


@pytest.fixture
def children(office):
    """Three children: of one a worker is kept out; one is restricted, the worker let in; of one both were taken back."""
    store = office.store
    kept_out, shut, over = (office.child(given) for given in ("Ash", "Rowan", "Hazel"))
    manager = office.sit("manager")
    letting_in.exclude(store, kept_out, "worker", because=WHY, actor=manager, now=NOW)
    told = {"whole_person": True, "let_in": (), "because": WHY, "actor": manager}
    restricting.restrict(store, shut, now=NOW, **told)
    break_glass(
        store, shut, because="nobody else was to be reached", actor=office.sit("worker"), now=NOW + HOUR
    )
    office.sit("manager")
    letting_in.grant(
        store, shut, "worker", until=date(2026, 12, 1), because=WHY, actor=manager, now=NOW + 2 * HOUR
    )
    restricting.restrict(store, over, now=NOW, **told | {"whole_person": False})
    letting_in.grant(store, over, "worker", until=None, because=WHY, actor=manager, now=NOW + HOUR)
    letting_in.revoke(store, over, "worker", because=WHY, actor=manager, now=NOW + 2 * HOUR)
    letting_in.exclude(store, over, "officer", because=WHY, actor=manager, now=NOW + 2 * HOUR)
    readmitting.ask(store, over, "officer", because=WHY, actor=manager, now=NOW + 3 * HOUR)
    restricting.ask_to_lift(store, over, because=WHY, actor=manager, now=NOW + 3 * HOUR)
    store.viewer = ALL_SEEING
    at = NOW + 4 * HOUR
    readmitting.decide(store, over, "officer", agreed=True, because=WHY, actor=office.actor("deputy"), now=at)
    restricting.decide_lift(store, over, agreed=True, because=WHY, actor=office.actor("second"), now=at)
    assert office.whole()
    return {"out": kept_out, "shut": shut, "over": over}


OF = "(SELECT id FROM pathway_case WHERE reference = '{case}')"
WHOM = "(SELECT person_id FROM pathway_case WHERE reference = '{case}')"
WHO = "(SELECT id FROM practitioner WHERE login = '{0}')"
ROW = "INSERT INTO access (case_id, person_id, practitioner_id, kind, because, by_login, from_at, recorded_at) VALUES"
CHANGED = [
    # of which child, what is done, what is said
    ("out", f"DELETE FROM access WHERE case_id = {OF}", NOT_SO["access_excluded"]),
    ("out", f"DELETE FROM access WHERE person_id = {WHOM}", NOT_SO["access_excluded"]),
    ("out", f"UPDATE access SET ended_at = from_at WHERE case_id = {OF}", ENDED_BY_NONE),
    ("out", f"UPDATE access SET until_at = '2026-11-04T10:00:00.000000+00:00' WHERE case_id = {OF}", BEGAN_BY_NONE),
    ("out", f"UPDATE access SET kind = 'allowed' WHERE person_id = {WHOM}", BEGAN_BY_NONE),
    ("out", f"UPDATE access SET practitioner_id = {WHO.format('second')} WHERE case_id = {OF}", NOT_SO["access_excluded"]),
    ("out", f"UPDATE access SET because = 'another reason' WHERE case_id = {OF}", BEGAN_BY_NONE),
    ("out", f"UPDATE access SET by_login = 'second' WHERE case_id = {OF}", BEGAN_BY_NONE),
    ("shut", f"DELETE FROM restriction WHERE person_id = {WHOM}", NOT_SO["access_restricted"]),
    ("shut", f"DELETE FROM access WHERE practitioner_id = {WHO.format('manager')} AND person_id = {WHOM}", NOT_SO["access_restricted"]),
    ("shut", f"DELETE FROM access WHERE kind = 'allowed' AND practitioner_id = {WHO.format('worker')} AND person_id = {WHOM}", NOT_SO["access_granted"]),
    ("shut", f"UPDATE access SET until_at = NULL WHERE kind = 'allowed' AND practitioner_id = {WHO.format('worker')} AND person_id = {WHOM}", NOT_SO["access_granted"]),
    ("shut", f"{ROW} ({OF}, NULL, {WHO.format('teacher')}, 'allowed', '{WHY}', 'manager', '{MORNING}', '{MORNING}')", BEGAN_BY_NONE),
    ("shut", f"{ROW} (NULL, {WHOM}, {WHO.format('teacher')}, 'allowed', '{WHY}', 'manager', '{MORNING}', '{MORNING}')", BEGAN_BY_NONE),
    ("over", f"UPDATE restriction SET person_id = {WHOM}, case_id = NULL WHERE case_id = {OF}", RESTRICTED_BY_NONE),
    ("over", f"UPDATE access SET person_id = {WHOM}, case_id = NULL WHERE practitioner_id = {WHO.format('manager')} AND case_id = {OF}", BEGAN_BY_NONE),
    ("shut", f"UPDATE access SET ended_at = until_at WHERE kind = 'glass' AND case_id = {OF}", ENDED_BY_NONE),
    ("shut", f"UPDATE restriction SET by_login = 'second' WHERE person_id = {WHOM}", RESTRICTED_BY_NONE),
    ("shut", f"UPDATE restriction SET lifted_second = 'second' WHERE person_id = {WHOM}", LIFTED_BY_NONE),
    ("shut", f"UPDATE restriction SET lifted_at = from_at WHERE person_id = {WHOM}", LIFTED_BY_NONE),
    ("over", f"UPDATE restriction SET lifted_at = NULL, lifted_by = NULL, lifted_second = NULL WHERE case_id = {OF}", NOT_SO["access_lifted"]),
    ("over", f"UPDATE restriction SET lifted_by = 'worker' WHERE case_id = {OF}", NOT_SO["access_lifted"]),
    ("over", f"UPDATE access SET ended_at = NULL, ended_by = NULL WHERE kind = 'allowed' AND practitioner_id = {WHO.format('worker')} AND case_id = {OF}", NOT_SO["access_revoked"]),
    ("over", f"UPDATE access SET ended_at = NULL, ended_by = NULL WHERE kind = 'excluded' AND case_id = {OF}", NOT_SO["access_readmitted"]),
    ("over", f"UPDATE access SET ended_by = 'second' WHERE kind = 'excluded' AND case_id = {OF}", ENDED_BY_NONE),
    ("over", f"INSERT INTO restriction (case_id, because, by_login, from_at) VALUES ({OF}, '{WHY}', 'manager', '2026-12-01T10:00:00.000000+00:00')", RESTRICTED_BY_NONE),
]  # fmt: skip


@pytest.mark.parametrize(("child", "change", "says"), CHANGED)
def test_a_list_that_is_changed_by_hand_shows(office, children, child, change, says):
    case = children[child]
    Attacker(office.store).run(change.format(case=case))
    faults = verify(office.store, None).faults
    assert (case, says) in {(each.case_ref, each.what) for each in faults}, faults


COPIED = [
    ("access", "practitioner_id, kind, because, by_login, from_at, until_at, recorded_at", BEGAN_BY_NONE),
    ("restriction", "because, by_login, from_at", RESTRICTED_BY_NONE),
]


@pytest.mark.parametrize(("table", "columns", "says"), COPIED)
def test_a_line_of_one_child_that_is_copied_for_another_shows(office, children, table, columns, says):
    other, own = (WHOM.format(case=children[each]) for each in ("out", "shut"))
    Attacker(office.store).run(
        f"INSERT INTO {table} (person_id, {columns}) SELECT {other}, {columns} FROM {table} WHERE person_id = {own}"
    )
    faults = verify(office.store, None).faults
    assert (children["out"], says) in {(each.case_ref, each.what) for each in faults}, faults


def test_of_a_list_that_is_changed_nobody_hears_who_may_not_see_the_case(office, children):
    Attacker(office.store).run(
        f"DELETE FROM restriction WHERE person_id = {WHOM}".format(case=children["shut"])
    )
    office.store.viewer = office.viewer("teacher")
    found = verify(office.store, None)
    assert (found.faults, found.elsewhere, found.whole) == ([], True, False)


def test_something_in_a_list_that_cannot_be_read_is_a_fault(office, children):
    if office.store.dialect != "sqlite":
        pytest.skip("a column of PostgreSQL takes no text for a moment")
    Attacker(office.store).run("UPDATE access SET from_at = 'some day'")
    assert "who is let in or kept out cannot be read" in str(verify(office.store, None).faults)
