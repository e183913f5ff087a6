"""Proof that the record is whole: every way of tampering shows, and says where."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest

from models.store import open_store
from models.sweep import pass_due_dates
from models.verify import verify
from pathways.trail import fold, learn
from tests.models.test_sweep import decide_conference, open_cases

LATE = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)


@pytest.fixture
def kept(casework, store, rules):
    """Two cases with a history."""
    references = open_cases(casework, 2)
    decide_conference(casework, references[0], datetime(2026, 11, 5, 9, 0, tzinfo=UTC))
    pass_due_dates(store, rules, LATE, LATE)
    return references


def test_an_untouched_record_is_whole(kept, store, rules):
    found = verify(store, rules)
    assert found.faults == []
    with store.reading() as tx:
        entries = sum(len(tx.all("trail_of_case", reference=each)) for each in kept)
    assert (found.cases, found.entries) == (2, entries)


TAMPERINGS = [
    # what somebody does with the database's own tools             what the verification says, of which case
    ("UPDATE trail SET actor = 'nobody' WHERE {first} AND seq = 2", "Entry 2 of CP-2026-0001: it does not match its code"),
    ("UPDATE trail SET effective_at = at WHERE {first} AND seq = 6", "Entry 6 of CP-2026-0001: it does not match its code"),
    ("DELETE FROM trail WHERE {first} AND seq = 3", "Entry 3 of CP-2026-0001: it is missing"),
    ("DELETE FROM trail WHERE {first} AND seq >= 6", "CP-2026-0001: the case ends at entry"),
    ("DELETE FROM trail WHERE case_ref = 'CP-2026-0002'", "CP-2026-0002: the case has no trail at all"),
    ("UPDATE trail_payload SET body = replace(body, '2026-11', '2026-10') WHERE {first}", "its content does not match its code"),
    ("UPDATE pathway_case SET state = 'plan' WHERE reference = 'CP-2026-0001'", "the case stands at plan, and its entries add up to"),
    ("UPDATE pathway_case SET facts = '{{}}' WHERE reference = 'CP-2026-0002'", "what is known of it is not what its entries say"),
    ("UPDATE record SET body = '{{}}' WHERE page = 2 AND case_id = 1", "the record on page 2 was changed"),
    ("DELETE FROM record WHERE page = 2 AND case_id = 1", "the record on page 2 is gone"),
    ("UPDATE deadline SET due_on = '2027-01-01', due_at = '2027-01-01 23:59:59.000000+00:00' WHERE rule = 'cp.icpc' AND case_id = 1", "the date of cp.icpc is 2027-01-01, and its rule gives 2026-11-24"),
]  # fmt: skip


@pytest.mark.parametrize(("attack", "says"), TAMPERINGS)
def test_tampering_shows_and_is_placed(kept, store, rules, attack, says):
    with store.writing() as tx:
        for name in ("trail", "trail_payload"):
            if store.dialect == "postgresql":
                tx.connection.execute(f"ALTER TABLE {name} DISABLE TRIGGER ALL")
            else:
                for verb in ("update", "delete"):
                    tx.connection.execute(f"DROP TRIGGER {name}_no_{verb}")
        tx.connection.execute(attack.format(first="case_ref = 'CP-2026-0001'").replace("%", "%%"))
    faults = [str(each) for each in verify(store, rules).faults]
    assert any(says in each for each in faults), faults


def test_reordered_entries_show(kept, store_url, store, rules):
    if store.dialect != "sqlite":
        attack = (
            "ALTER TABLE trail DISABLE TRIGGER ALL",
            "UPDATE trail SET seq = 99 WHERE case_ref = 'CP-2026-0001' AND seq = 3",
            "UPDATE trail SET seq = 3 WHERE case_ref = 'CP-2026-0001' AND seq = 4",
            "UPDATE trail SET seq = 4 WHERE case_ref = 'CP-2026-0001' AND seq = 99",
        )
    else:
        attack = (
            "DROP TRIGGER trail_no_update",
            "UPDATE trail SET seq = 99 WHERE case_ref = 'CP-2026-0001' AND seq = 3",
            "UPDATE trail SET seq = 3 WHERE case_ref = 'CP-2026-0001' AND seq = 4",
            "UPDATE trail SET seq = 4 WHERE case_ref = 'CP-2026-0001' AND seq = 99",
        )
    with store.writing() as tx:
        for each in attack:
            tx.connection.execute(each)
    places = {(each.case_ref, each.seq) for each in verify(store, rules).faults}
    assert ("CP-2026-0001", 3) in places


def test_sqlite_refuses_a_forged_entry_and_one_out_of_order(sqlite_url, rules):
    from models.casework import Casework

    with open_store(sqlite_url) as store:
        (reference,) = open_cases(Casework(store, rules))
        copy = "INSERT {how} INTO trail SELECT case_ref, {seq}, at, effective_at, actor, role, action, from_state, to_state, rule, basis, voids, {key}, commitment, {prev}, hash, format FROM trail WHERE seq = 1"
        attacks = {
            "written in order": copy.format(how="", seq=9, key="NULL", prev="prev"),
            "does not follow": copy.format(how="", seq=3, key="NULL", prev="x'00'"),
        }
        for says, attack in attacks.items():
            with pytest.raises(sqlite3.IntegrityError, match=says):
                store.connection.execute(attack)
        with pytest.raises(sqlite3.IntegrityError, match="written in order"):
            store.connection.execute(copy.format(how="OR REPLACE", seq=1, key="NULL", prev="prev"))
        with store.reading() as tx:
            assert len(tx.all("trail_of_case", reference=reference)) == 2


def test_facts_fold_by_forgetting_and_learning():
    entries = [("a", {"x": 1, "y": [1]}), ("b", None), ("b", {"x": None, "y": [1, 2]})]
    folded = fold(entries)
    assert (folded.state, folded.facts, folded.seq) == ("b", {"y": [1, 2]}, 3)
    facts = {"x": 1}
    learn(facts, {"x": None, "z": False})
    assert facts == {"z": False}
