"""Which checkpoints' roots are worked out where there are too many for all of them, and what is looked at in any case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import covered
from models.anchors import make
from models.covered import _wanted, look
from models.verify import verify
from pathways.checkpoints import Anchor, Lodged
from tests.casefile import COORDINATOR, NOW
from tests.models.test_sweep import open_cases


def kept(count, chains=100):
    return [
        covered.Checkpoint(number, Lodged(Anchor("here", chains, chains, bytes(32), NOW)))
        for number in range(1, count + 1)
    ]


def test_all_roots_are_worked_out_while_they_are_few(monkeypatch):
    monkeypatch.setattr(covered, "MOST_LEAVES", 100 * 40)
    assert _wanted(kept(40), [], every=False) == set(range(1, 41))
    assert _wanted(kept(41), [], every=True) == set(range(1, 42))


def test_past_that_the_newest_the_oldest_and_some_between_are(monkeypatch):
    monkeypatch.setattr(covered, "MOST_LEAVES", 100 * 40)
    found = _wanted(kept(1_000), [], every=False)
    assert set(range(981, 1_001)) <= found, "every one of the newest twenty"
    assert 1 in found
    assert len(found) <= 40
    assert max(b - a for a, b in zip(sorted(found), sorted(found)[1:], strict=False)) <= 100


def test_anchors_kept_elsewhere_come_before_others_and_the_newest_of_them_always(monkeypatch):
    monkeypatch.setattr(covered, "MOST_LEAVES", 100 * 40)
    outside = [7, 13, 400]
    assert set(outside) <= _wanted(kept(1_000), outside, every=False)
    assert 901 in _wanted(kept(1_000), list(range(2, 902)), every=False)


@pytest.fixture
def three(casework, store):
    """Three checkpoints, each over one case more."""
    made = []
    for day in range(3):
        open_cases(casework, 1)
        made.append(make(store, NOW + timedelta(days=day)))
    return made


def test_a_checkpoint_whose_chains_are_too_few_shows_though_its_root_is_not_worked_out(
    three, store, monkeypatch
):
    monkeypatch.setattr(covered, "_wanted", lambda *_: {three[-1].id})
    found = verify(store, None)
    assert look(store, found).roots == 1
    assert found.faults == []
    with store.writing() as tx:
        if store.dialect == "sqlite":
            tx.connection.execute("DROP TRIGGER checkpoint_leaf_no_delete")
        else:
            tx.connection.execute("ALTER TABLE checkpoint_leaf DISABLE TRIGGER ALL")
        tx.connection.execute("DELETE FROM checkpoint_leaf WHERE checkpoint_id = 1")
    found = verify(store, None)
    look(store, found)
    assert ["does not come out" in str(each) for each in found.faults] == [True] * 3


def lift_guards(tx):
    if tx.dialect == "sqlite":
        for each in ("checkpoint_no_delete", "checkpoint_no_update", "checkpoint_leaf_no_delete"):
            tx.connection.execute(f"DROP TRIGGER {each}")
        return
    tx.connection.execute(
        "ALTER TABLE checkpoint_leaf DROP CONSTRAINT fk_checkpoint_leaf_checkpoint_id_checkpoint"
    )
    for each in ("checkpoint", "checkpoint_leaf"):
        tx.connection.execute(f"ALTER TABLE {each} DISABLE TRIGGER ALL")


GONE, BROKEN = "checkpoint {} is gone", "checkpoint {} does not follow the one before it"
TAKEN = [
    # what is done to the checkpoints, what is said of it
    (("DELETE FROM checkpoint WHERE id = 1",), [BROKEN.format(2), GONE.format(1)]),
    (("DELETE FROM checkpoint WHERE id = 2",), [BROKEN.format(3), GONE.format(2)]),
    (("DELETE FROM checkpoint WHERE id = 4",), [BROKEN.format(5)]),
    (("DELETE FROM checkpoint WHERE id = 5",), [GONE.format(5), "the tree between two checkpoints"]),
    (("DELETE FROM checkpoint_leaf WHERE checkpoint_id = 2", "DELETE FROM checkpoint WHERE id = 2"), [BROKEN.format(3)]),
    (("UPDATE checkpoint SET follows = '' WHERE id = 4",), [BROKEN.format(4)]),
    (("UPDATE checkpoint SET follows = '' WHERE id = 3", "UPDATE checkpoint SET follows = '' WHERE id = 2"), []),
]  # fmt: skip


@pytest.mark.parametrize(("attacks", "says"), TAKEN)
def test_a_checkpoint_that_is_taken_out_shows_by_those_beside_it(casework, store, attacks, says):
    """One chain, which grew before all but the fourth; so what each covered of it, the next that did covers too."""
    from models.access import look as looked_at

    (case,) = open_cases(casework, 1)
    for day in range(5):
        if day in (1, 2, 4):
            looked_at(store, case, actor=COORDINATOR, now=NOW)
        make(store, NOW + timedelta(days=day))
    with store.writing() as tx:
        if store.dialect == "sqlite":
            tx.connection.execute("PRAGMA defer_foreign_keys=ON")
        lift_guards(tx)
    if store.dialect == "sqlite":
        store.connection.execute("PRAGMA foreign_keys=OFF")
    with store.writing() as tx:
        for each in attacks:
            tx.connection.execute(each)
    found = verify(store, None)
    look(store, found)
    said = [str(each).casefold() for each in found.faults]
    assert len(said) == len(says), said
    assert all(any(each in one for one in said) for each in says), said


@pytest.mark.parametrize("many", [1, 1_000])
def test_chains_come_in_anywhere_and_grow_and_every_root_comes_out(store, casework, monkeypatch, many):
    """However many come at once: they are put in one by one, or sorted in together."""
    monkeypatch.setattr(covered, "MANY", many)
    from models.log_chain import note

    for day in range(4):
        open_cases(casework, 2)
        note(store, "somebody", "", "search", {}, NOW)
        make(store, NOW + timedelta(days=day))
    found = verify(store, None)
    seen = look(store, found)
    assert (found.faults, seen.roots) == ([], 4)
