"""What is kept of the tree between two checkpoints: it saves work, is proven each time, and is laid anew where it is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import anchors, tree
from models.anchors import make, nightly
from models.case_file import lines
from models.covered import look
from models.driver_faults import driver_errors
from models.log_chain import note
from models.store import open_store
from models.transaction import Transaction
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways.errors import NotReady
from pathways.merkle import leaf_data, leaf_hash, root
from tests.casefile import NOW
from tests.models.test_sweep import open_cases

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ten(casework, store, monkeypatch):
    """Five cases, a checkpoint, and five more that none covers yet. A run of the tree has two hashes."""
    monkeypatch.setattr("pathways.tree.RUN", 2)
    references = open_cases(casework, 5)
    make(store, NOW)
    return references + open_cases(casework, 5)


def faults(store):
    found = verify(store, None)
    look(store, found)
    return [str(each) for each in found.faults]


def run(store, *statements):
    """SQL of somebody who may do everything, with the guards out of the way."""
    with store.writing() as tx:
        for each in ("checkpoint", "checkpoint_leaf"):
            if store.dialect == "postgresql":
                tx.connection.execute(f"ALTER TABLE {each} DISABLE TRIGGER ALL")
            else:
                for verb in ("update", "delete"):
                    tx.connection.execute(f"DROP TRIGGER IF EXISTS {each}_no_{verb}")
        for each in statements:
            tx.connection.execute(each)


def ask(store, question):
    with store.reading() as tx:
        return tx.connection.execute(question).fetchall()


def runs(store):
    with store.reading() as tx:
        return {(row.level, row.place): bytes(row.hashes) for row in tx.all("every_run")}


def lay_whole(store):
    """The root over every chain as it is, laid out without anything that is kept of the tree."""
    with store.reading() as tx:
        every = [tree.Chain(*each) for each in tx.plain("every_chain")]
    assert all(each.entries == each.covered for each in every)
    every.sort(key=lambda each: each.place)
    return root([leaf_hash(leaf_data(each.case_ref, each.entries, bytes(each.head))) for each in every])


def test_each_entry_is_noted_until_a_checkpoint_covers_it(ten, store):
    noted = [case_ref for (case_ref,) in ask(store, "SELECT case_ref FROM uncovered ORDER BY id")]
    assert noted == [each for each in ten[5:] for _ in range(2)]
    make(store, LATER)
    assert ask(store, "SELECT case_ref FROM uncovered") == []


def test_what_belongs_to_no_case_is_noted_too(store):
    note(store, "coordinator-1", "", "search", {}, NOW)
    assert [tuple(each) for each in ask(store, "SELECT case_ref FROM uncovered")] == [("~0",)]


def test_a_checkpoint_is_the_tree_over_every_chain_in_the_order_in_which_they_were_first_covered(ten, store):
    made = make(store, LATER)
    assert (made.anchor.chains, made.anchor.entries) == (10, 20)
    assert made.anchor.root == lay_whole(store)
    with store.reading() as tx:
        places = {each[0]: each[3] for each in tx.plain("every_chain")}
    assert places == {each: place for place, each in enumerate(ten)}
    assert faults(store) == []


def test_people_pay_for_what_has_changed_and_read_no_chain_besides(ten, store, monkeypatch):
    asked = []

    class Watched(Transaction):
        def plain(self, name, /, **given):
            asked.append(name)
            return super().plain(name, **given)

        def together(self, *work):
            asked.extend(name for name, _ in work)
            return super().together(*work)

    monkeypatch.setattr("models.store.Transaction", Watched)
    made = make(store, LATER, insist=False)
    assert made.anchor.chains == 10
    assert "uncovered_chains" in asked
    assert not {"every_chain", "grown_chains"} & set(asked)


def test_many_are_taken_up_a_few_at_a_time(ten, store, monkeypatch):
    monkeypatch.setattr(anchors, "MOST", 3)
    assert make(store, LATER, insist=False).anchor.chains == 7, "five, and those of three entries"
    assert make(store, LATER).anchor.chains == 10
    assert [chains for (chains,) in ask(store, "SELECT chains FROM checkpoint ORDER BY id")] == [5, 7, 8, 10]
    assert ask(store, "SELECT case_ref FROM uncovered") == []
    assert faults(store) == []


def test_the_night_finds_what_was_not_noted(ten, store):
    run(store, "DELETE FROM uncovered")
    assert make(store, LATER, insist=False).anchor.chains == 5
    assert nightly(store, LATER) == ""
    assert ask(store, "SELECT chains FROM checkpoint ORDER BY id DESC LIMIT 1") == [(10,)]
    assert faults(store) == []


WRONG = "UPDATE tree_run SET hashes = {} WHERE level = {} AND place = {}"


def spoil(store, level, place):
    """Change one hash of a run."""
    kept = runs(store)[level, place]
    wrong = bytes([kept[0] ^ 1]) + kept[1:]
    text = f"X'{wrong.hex()}'" if store.dialect == "sqlite" else f"decode('{wrong.hex()}', 'hex')"
    run(store, WRONG.format(text, level, place))


@pytest.mark.parametrize("where", [(0, 0), (0, 2), (1, 0), (2, 0)])
def test_a_wrong_hash_is_found_and_never_signed_over(ten, store, where):
    spoil(store, *where)
    (said,) = faults(store)
    assert "what is kept of the tree between two checkpoints is not what they say" in said.lower()
    made = make(store, LATER)
    assert made.anchor.root == lay_whole(store)
    make(store, LATER, anew=True)
    assert faults(store) == []


def test_people_who_write_find_it_wrong_too_and_lay_it_anew_while_nobody_waits_for_the_lock(
    ten, store, monkeypatch
):
    spoil(store, 0, 2)
    laid, real = [], tree.lay
    monkeypatch.setattr(
        tree,
        "lay",
        lambda leaves: laid.append(store.dialect == "postgresql" or writable(store)) or real(leaves),
    )
    monkeypatch.setattr(anchors, "EVERY", 10)
    assert anchors.after_write(store, LATER)
    assert laid == [True, True], "once to prove what was covered, once with what has grown"
    with store.reading() as tx:
        assert tx.need("last_checkpoint").chains == 10
    assert faults(store) == []


def writable(store):
    """Whether somebody else gets the one lock of SQLite just now."""
    with open_store(store.url, check=False) as theirs:
        theirs.connection.execute("PRAGMA busy_timeout=0")
        try:
            theirs.connection.execute("BEGIN IMMEDIATE")
        except driver_errors("sqlite"):
            return False
        theirs.connection.execute("ROLLBACK")
        return True


def test_where_the_record_may_only_be_read_for_it_the_tree_can_be_laid_anew(ten, store):
    make(store, LATER)
    spoil(store, 0, 0)
    store.read_only = True
    assert len(faults(store)) == 1
    make(store, LATER, anew=True)
    assert faults(store) == []


def test_what_is_gone_of_it_is_laid_anew(ten, store):
    run(store, "DELETE FROM tree_run")
    assert make(store, LATER, insist=False).anchor.chains == 5, "left to the night"
    assert make(store, LATER).anchor.chains == 10
    assert len(runs(store)) == 5 + 3 + 2 + 1
    assert faults(store) == []


def test_nothing_is_signed_on_top_of_a_checkpoint_that_does_not_come_out(ten, store):
    run(
        store,
        "UPDATE checkpoint_leaf SET entries = 1 WHERE case_ref = 'CP-2026-0003'",
        "DELETE FROM tree_run",
    )
    with pytest.raises(NotReady, match="does not come out"):
        make(store, LATER)
    with pytest.raises(NotReady, match="does not come out"):
        make(store, LATER, anew=True)
    assert "does not come out" in nightly(store, LATER)
    assert len(ask(store, "SELECT id FROM checkpoint")) == 1


def test_a_chain_that_is_given_the_place_of_another_shows(ten, store):
    run(store, "UPDATE checkpoint_leaf SET place = 4 WHERE case_ref = 'CP-2026-0003'")
    assert any("does not come out" in each for each in faults(store))


# --- checkpoints of the time before places -------------------------------------------------------------------------


@pytest.fixture
def older(ten, store):
    """A store whose one checkpoint has its leaves in order of reference, and none of this besides."""
    with store.reading() as tx:
        (only,) = tx.all("every_checkpoint")
        every = sorted(tx.plain("every_leaf"), key=lambda each: each[1])
    sorted_root = root([leaf_hash(leaf_data(each[1], each[2], bytes(each[3]))) for each in every])
    text = only.text.replace(bytes(only.root).hex(), sorted_root.hex())
    value = (
        f"X'{sorted_root.hex()}'" if store.dialect == "sqlite" else f"decode('{sorted_root.hex()}', 'hex')"
    )
    run(
        store, "UPDATE checkpoint_leaf SET place = NULL", "DELETE FROM tree_run", "DELETE FROM uncovered",
        f"UPDATE checkpoint SET root = {value}, text = '{text}'",
    )  # fmt: skip
    return ten


def test_an_older_checkpoint_still_verifies_and_the_night_gives_every_chain_its_place(older, store):
    assert faults(store) == []
    note(store, "coordinator-1", "", "search", {}, NOW)
    assert make(store, LATER, insist=False).anchor.chains == 5, "left to the night"
    made = make(store, LATER)
    assert (made.anchor.chains, made.anchor.entries) == (11, 21)
    assert made.anchor.root == lay_whole(store)
    note(store, "coordinator-1", "", "search", {}, NOW)
    assert make(store, LATER, insist=False).anchor.entries == 22
    assert faults(store) == []


def test_a_case_file_proves_itself_by_its_place(ten, store):
    store.viewer = ALL_SEEING
    proof = next(each for each in lines(store, ten[8], LATER) if '"proof"' in each)
    assert '"index": 8, "size": 10' in proof
