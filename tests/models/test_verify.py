"""Proof that the record is whole: every way of tampering shows, and says where."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest

from models.draft_rows import CHANGED
from models.store import open_store
from models.sweep import pass_due_dates
from models.verify import verify
from pathways.trail import fold, learn
from tests.models.test_sweep import decide_conference, open_cases

pytestmark = pytest.mark.sqlcipher
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
    ("UPDATE trail_payload SET body = (SELECT one.body FROM trail_payload one WHERE one.{first} AND one.seq = 1) WHERE {first} AND seq = 2", "its content does not match its code"),
    ("UPDATE pathway_case SET state = 'plan' WHERE reference = 'CP-2026-0001'", "the case stands at plan, and its entries add up to"),
    ("UPDATE pathway_case SET facts = '{{}}' WHERE reference = 'CP-2026-0002'", "what is known of it is not what its entries say"),
    ("UPDATE record SET body = '{{}}' WHERE page = 2 AND case_id = 1", "the record on page 2 was changed"),
    ("DELETE FROM record WHERE page = 2 AND case_id = 1", "the record on page 2 is gone"),
    ("UPDATE record SET author = 'somebody-else' WHERE page = 2 AND case_id = 1", "the record on page 2 was changed"),
    ("UPDATE record SET happened_at = '2026-01-05 09:00:00.000000+00:00' WHERE page = 2 AND case_id = 1", "the record on page 2 was changed"),
    ("UPDATE record SET voided_seq = 2 WHERE page = 2 AND case_id = 1", "the record on page 2 is withdrawn, and no entry withdraws it"),
    ("UPDATE pathway_case SET is_open = (1 = 0) WHERE reference = 'CP-2026-0002'", "it cannot be closed"),
    ("UPDATE pathway_case SET facts = 'nothing' WHERE reference = 'CP-2026-0002'", "what is known of it cannot be read"),
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


def test_what_is_found_comes_in_order_of_the_cases(kept, store, rules):
    with store.writing() as tx:
        tx.connection.execute("UPDATE deadline SET start_event = 'another' WHERE case_id = 1")
        tx.connection.execute("UPDATE record SET author = 'somebody-else' WHERE case_id = 2")
    found = [each.case_ref for each in verify(store, rules).faults]
    assert {*found} == {"CP-2026-0001", "CP-2026-0002"}
    assert found == sorted(found)


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


# --- what is lawful, and what only looks like it --------------------------------------------------------------------


def change(store, *statements):
    """Change the store with the database's own tools, past its guards."""
    with store.writing() as tx:
        for name in ("trail", "trail_payload", "checkpoint_leaf", "tombstone"):
            if store.dialect == "postgresql":
                tx.connection.execute(f"ALTER TABLE {name} DISABLE TRIGGER ALL")
            else:
                for verb in ("update", "delete"):
                    tx.connection.execute(f"DROP TRIGGER IF EXISTS {name}_no_{verb}")
        for each in statements:
            tx.connection.execute(each)


def said(store, rules=None):
    return [str(each) for each in verify(store, rules).faults]


def destroy(store, reference, *, stands=True):
    """Take the content of a case away as its key's deletion would, with or without the tombstone that says so."""
    case = f"(SELECT id FROM pathway_case WHERE reference = '{reference}')"
    with store.reading() as tx:
        last = tx.need("last_entry", reference=reference)
    change(
        store,
        f"DELETE FROM trail_payload WHERE case_ref = '{reference}'",
        f"DELETE FROM record WHERE case_id = {case}",
        f"UPDATE pathway_case SET facts = '{{}}' WHERE reference = '{reference}'",
    )
    if stands:
        with store.writing() as tx:
            tx.run(
                "add_tombstone", case_ref=reference, pathway="child_protection", entries=last.seq, head=last.hash,
                rule="keep.closed", because="The time of its keeping is over.", by_login="manager-1",
                second_login="manager-2", destroyed_at=LATE, certificate="",
            )  # fmt: skip


def test_a_case_whose_content_was_destroyed_lawfully_still_stands(kept, store):
    destroy(store, kept[0])
    assert said(store) == []
    change(store, f"UPDATE pathway_case SET state = 'plan' WHERE reference = '{kept[0]}'")
    assert any("its entries add up to" in each for each in said(store)), "the state still folds"


def test_content_that_is_gone_without_a_tombstone_shows(kept, store):
    destroy(store, kept[0], stands=False)
    assert any("nothing says that it was destroyed lawfully" in each for each in said(store))


def test_a_tombstone_holds_the_chain_to_what_it_was(kept, store):
    destroy(store, kept[0])
    change(store, "UPDATE tombstone SET entries = entries + 1")
    assert any("has covered" in each for each in said(store))
    change(
        store,
        f"DELETE FROM trail WHERE case_ref = '{kept[0]}'",
        f"DELETE FROM deadline WHERE case_id = (SELECT id FROM pathway_case WHERE reference = '{kept[0]}')",
    )
    assert any("its entries are to stand; they are gone" in each for each in said(store))


def test_entries_of_a_case_that_is_not_there_show(kept, store):
    case = f"(SELECT id FROM pathway_case WHERE reference = '{kept[1]}')"
    change(
        store,
        *(f"DELETE FROM {table} WHERE case_id = {case}" for table in ("record", "deadline")),
        f"DELETE FROM pathway_case WHERE reference = '{kept[1]}'",
    )
    assert said(store)[-1] == f"{kept[1]}: there are entries, and no case."


def test_a_record_that_no_entry_speaks_of_shows(kept, store):
    change(
        store,
        "INSERT INTO record (case_id, page, seq, kind, entry, title, happened_at, recorded_at, author, role, body) "
        "SELECT case_id, 90, 90, kind, entry, title, happened_at, recorded_at, author, role, body FROM record WHERE page = 1",
    )
    assert any("the record on page 90 is not on the trail" in each for each in said(store))


def test_somebodys_own_chain_needs_no_case_and_nobodys_shows(kept, store):
    from models.log_chain import note
    from models.viewer import Viewer

    assert note(store, "somebody", "", "search", {"search": {}}, LATE).startswith("saved - entry 1 - ")
    assert note(store, "somebody", "", "search", {"search": {}}, LATE).startswith("saved - entry 2 - ")
    assert said(store) == []
    store.viewer = Viewer(id=77, clears="*")
    note(store, "nobody", "", "export", {"export": {}}, LATE)
    assert said(store) == ["~77: there are entries, and nobody whose they are."]


def test_entries_on_peoples_own_chains_are_counted_for_nobody(kept, store):
    from models.log_chain import note

    before = verify(store, None)
    note(store, "somebody", "", "search", {"search": {}}, LATE)
    after = verify(store, None)
    assert after.entries == before.entries + 1
    assert (
        (after.seen_entries, after.seen_cases)
        == (before.seen_entries, before.seen_cases)
        == (before.entries, 2)
    )


def test_an_undo_that_does_not_say_what_it_does_shows(kept, store, rules):
    """The chain and the fold hold; what the undoing entry claims does not follow from the entries that stand."""
    from models.draft import Draft
    from pathways import pathway

    with store.writing() as tx:
        row = tx.need("case_to_change", reference=kept[1])
        draft = Draft.of(pathway(row.pathway), row, [], 0)
        draft.enter(
            "undo", draft.state, actor="coordinator-1", role="coordinator", effective_at=LATE, now=LATE,
            changes={"invented": "yes"}, voids=2,
        )  # fmt: skip
        tx.many("add_trail", draft.entries)
        tx.many("add_payload", draft.payloads)
        values = {name: draft.row()[name] for name in CHANGED}
        tx.run("change_case", case_id=row.id, seen=row.version, step=1, **values)
    found = said(store)
    assert found
    assert found.pop() == (
        f"Entry 2 of {kept[1]}: whether the record on page 2 is withdrawn is not what the entries say."
    )
    assert all(each.startswith(f"Entry {draft.seq} of {kept[1]}: ") for each in found), found


def test_an_entry_of_another_form_is_not_taken_for_one_of_ours(kept, store):
    change(store, "UPDATE trail SET format = 2 WHERE case_ref = 'CP-2026-0001' AND seq = 2")
    assert any("Entry 2 of CP-2026-0001: it does not match its code" in each for each in said(store))
