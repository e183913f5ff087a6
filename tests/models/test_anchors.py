"""Checkpoints: made when they should be, of everything there is, lodged elsewhere, held to ever after."""

from __future__ import annotations

import os
import stat
import threading
from datetime import timedelta

import pytest

from models import anchors
from models.access import quiet_draft
from models.anchors import BESIDE, EVERY, lodge, make, nightly, outside, read_outside
from models.casework import Casework
from models.check_runs import begin_run, finish_run
from models.covered import look
from models.draft_rows import write_draft
from models.due import Tally
from models.log_chain import note, note_in
from models.store import open_store
from models.transaction import Transaction
from models.verify import verify
from pathways import pathway
from pathways.checkpoints import is_signed, read_anchor
from pathways.errors import Mistyped, NotReady
from tests.casefile import COORDINATOR, NOW, complete
from tests.models.test_sweep import open_cases


@pytest.fixture
def cases(casework):
    return open_cases(casework, 3)


@pytest.fixture
def signed(monkeypatch):
    """A store with a key: its public half."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    seed = bytes(range(32))
    monkeypatch.setattr("models.keys.signing_key", lambda store: seed)
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


def checkpoints(store):
    with store.reading() as tx:
        return tx.all("every_checkpoint")


def leaves(store):
    with store.reading() as tx:
        return [(row.checkpoint_id, row.case_ref, row.entries) for row in tx.all("every_leaf")]


def faults(store, **given):
    found = verify(store, None)
    look(store, found, **given)
    return [str(each) for each in found.faults]


def test_a_checkpoint_covers_every_chain_ever_begun(cases, store):
    note(store, "coordinator-1", "", "search", {}, NOW)
    made = make(store, NOW)
    assert (made.anchor.chains, made.anchor.entries) == (4, 3 * 2 + 1)
    assert leaves(store) == [(made.id, each, 2) for each in cases] + [(made.id, "~0", 1)]
    assert faults(store) == []


def test_only_chains_that_grew_are_kept_with_the_next_one(cases, casework, store):
    first = make(store, NOW)
    open_cases(casework, 1)
    second = make(store, NOW)
    assert [each[1] for each in leaves(store) if each[0] == second.id] == ["CP-2026-0004"]
    assert (second.anchor.chains, second.anchor.origin) == (4, first.anchor.origin)
    assert faults(store) == []


def test_where_nothing_was_written_there_is_one_checkpoint_a_night(cases, store):
    first = make(store, NOW)
    assert make(store, NOW + timedelta(hours=2)).id == first.id
    assert nightly(store, NOW + timedelta(hours=24)) == ""
    assert len(checkpoints(store)) == 2
    assert faults(store) == []


def test_people_writing_make_one_after_every_fifty_entries(casework, store):
    open_cases(casework, 24)
    assert checkpoints(store) == []
    open_cases(casework, 1)
    (first,) = checkpoints(store)
    assert (first.chains, first.entries) == (25, 50)
    open_cases(casework, 25)
    assert [row.entries for row in checkpoints(store)] == [50, 100]


def test_a_checkpoint_that_cannot_be_made_takes_nothing_from_the_person(casework, store, monkeypatch):
    def fails(*_):
        raise NotReady("The disk is full.")

    monkeypatch.setattr(anchors, "_made", fails)
    assert len(open_cases(casework, 26)) == 26
    assert checkpoints(store) == []


def test_whoever_tries_a_move_out_makes_no_checkpoint(casework, store, monkeypatch):
    monkeypatch.setattr(anchors, "EVERY", 1)
    casework.open(
        "child_protection", "strategy", person=_somebody(), actor=COORDINATOR, now=NOW, answers=_answers(), dry_run=True
    )  # fmt: skip
    assert checkpoints(store) == []


def _somebody():
    from models.people import NewPerson

    return NewPerson(given="Ash", family="Birch")


def _answers():
    from pathways import pathway
    from tests.casefile import complete

    return complete(pathway("child_protection").entry("strategy").records)


def test_the_test_for_fifty_entries_is_one_statement(cases, store, monkeypatch):
    asked = []

    class Watched(anchors.Transaction):
        def need(self, name, /, **given):
            asked.append(name)
            return super().need(name, **given)

    monkeypatch.setattr(anchors, "Transaction", Watched)
    anchors.after_write(store, NOW)
    assert asked == ["written_since"]


NOTES = next(each.records for each in pathway("child_protection").moves if each.trigger == "note")


def test_nobody_asks_what_the_move_has_read_and_the_checkpoint_comes_with_the_fiftieth_entry_whoever_wrote_them(
    casework, store, store_url, rules, monkeypatch
):
    (case, other) = open_cases(casework, 2)
    asked = []

    class Watched(anchors.Transaction):
        def need(self, name, /, **given):
            asked.append(name)
            return super().need(name, **given)

    def write(by, reference, times):
        for _ in range(times):
            by.make(reference, "note", actor=COORDINATOR, now=NOW, answers=complete(NOTES))

    monkeypatch.setattr(anchors, "Transaction", Watched)
    write(casework, case, 10)
    with open_store(store_url) as theirs:
        write(Casework(theirs, rules), other, 10)
    with store.writing() as tx:
        note_in(tx, "coordinator-1", "", "search", {}, NOW)
    waits = EVERY - 4 - 10 - 10 - 1
    write(casework, case, waits - BESIDE - 1)
    assert asked == []
    write(casework, case, BESIDE)
    assert (len(asked), checkpoints(store)) == (0 if store.dialect == "sqlite" else BESIDE, [])
    write(casework, case, 1)
    assert [row.entries for row in checkpoints(store)] == [EVERY]


def test_it_is_signed_with_the_stores_own_key(cases, store, signed):
    lodged = make(store, NOW).lodged
    assert lodged.signed_by == f"ed25519:{signed}"
    assert is_signed(lodged.anchor.text, lodged.signed_by, lodged.signature)
    assert faults(store, keys=[signed]) == []
    (said,) = faults(store, keys=["00" * 32])
    assert said.endswith("is signed with a key that is not this store's.")


@pytest.mark.lies_open
def test_without_a_key_it_says_so_and_in_practice_the_key_is_nobodys(cases, store):
    assert make(store, NOW).lodged.signed_by == ""
    with store.writing() as tx:
        tx.run("put_setting", name="practice", value="yes")
    made = make(store, NOW + timedelta(days=1)).lodged
    assert made.signed_by.startswith("practice:")
    assert is_signed(made.anchor.text, made.signed_by, made.signature)


# --- another place ------------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    place = tmp_path / "elsewhere" / "anchors.txt"
    place.parent.mkdir()
    monkeypatch.setenv("PATHWAYS_ANCHORS", str(place))
    return place


def test_each_checkpoint_is_added_to_the_file_elsewhere(cases, casework, store, elsewhere):
    first = make(store, NOW)
    open_cases(casework, 1)
    second = make(store, NOW)
    assert [each.anchor for each in read_outside(elsewhere)] == [first.anchor, second.anchor]
    assert stat.S_IMODE(elsewhere.stat().st_mode) & 0o137 == 0
    assert faults(store, lodged=read_outside(elsewhere)) == []


def test_what_could_not_be_lodged_is_caught_up_with(cases, casework, store, elsewhere):
    os.mkdir(elsewhere)
    assert "could not be added" in nightly(store, NOW) or "cannot be read" in nightly(store, NOW)
    os.rmdir(elsewhere)
    open_cases(casework, 1)
    make(store, NOW)
    assert len(read_outside(elsewhere)) == 2


def test_a_line_that_was_half_written_is_passed_over_and_written_again(cases, casework, store, elsewhere):
    first = make(store, NOW)
    open_cases(casework, 1)
    second = make(store, NOW)
    whole = elsewhere.read_bytes()
    length = len(whole.splitlines()[1])
    for cut in (1, 20, length - 5, length):
        elsewhere.write_bytes(whole[:-cut])
        assert [each.anchor for each in read_outside(elsewhere)] == [first.anchor]
        assert lodge(store, elsewhere) == 1
        assert [each.anchor for each in read_outside(elsewhere)] == [first.anchor, second.anchor]


def test_a_line_that_is_no_anchor_is_not_passed_over(cases, store, elsewhere):
    make(store, NOW)
    elsewhere.write_text("not an anchor\n" + elsewhere.read_text())
    with pytest.raises(Mistyped, match="not an anchor"):
        read_outside(elsewhere)


def test_anchors_are_not_kept_in_the_folder_of_the_store(sqlite_url, rules, tmp_path, monkeypatch):
    monkeypatch.setenv("PATHWAYS_ANCHORS", str(tmp_path / "anchors.txt"))
    with open_store(sqlite_url) as store:
        with pytest.raises(NotReady, match="same folder"):
            outside(store)
        with store.writing() as tx:
            tx.run("put_setting", name="practice", value="yes")
        assert outside(store) == tmp_path / "anchors.txt"


def test_where_no_place_is_named_none_is_kept_outside(cases, store, monkeypatch, tmp_path):
    monkeypatch.delenv("PATHWAYS_ANCHORS", raising=False)
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path))
    assert outside(store) is None
    (tmp_path / "pathways.toml").write_text(f'anchor_file = "{tmp_path / "far" / "anchors.txt"}"\n')
    assert outside(store) == tmp_path / "far" / "anchors.txt"


def test_an_anchor_of_another_store_is_told_apart(cases, store, elsewhere):
    make(store, NOW)
    text = elsewhere.read_text()
    elsewhere.write_text(text.replace(text.split(" / ")[0], "elsewhere.0000"))
    (said,) = faults(store, lodged=read_outside(elsewhere))
    assert "is of another store" in said


# --- many at once ---------------------------------------------------------------------------------------------------


def test_checkpoints_made_while_others_write_all_hold(store, store_url, rules):
    """No lock on the trail: whatever is being written, each root is that of one moment."""
    failed = []

    def write(number):
        try:
            with open_store(store_url) as own:
                open_cases(Casework(own, rules), 12)
        except Exception as fault:
            failed.append(fault)

    def checkpoint():
        try:
            with open_store(store_url) as own:
                for minute in range(12):
                    make(own, NOW + timedelta(minutes=minute))
        except Exception as fault:
            failed.append(fault)

    threads = [threading.Thread(target=write, args=[number]) for number in range(2)]
    threads += [threading.Thread(target=checkpoint) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    make(store, NOW + timedelta(hours=1))
    found = verify(store, None)
    covered = look(store, found)
    assert found.faults == []
    assert covered.roots == covered.checkpoints >= 2
    assert covered.newest.anchor.entries == 48


def test_what_was_numbered_before_a_checkpoint_and_kept_after_it_is_in_the_next(
    cases, store, store_url, rules
):
    """Row numbers are drawn before a transaction is kept. No root may claim such an entry, and none may miss it for good."""
    if store.dialect == "sqlite":
        pytest.skip("SQLite has one writer at a time, so that nothing is kept out of order")
    with open_store(store_url) as slow:
        with slow.writing() as tx:
            draft = quiet_draft(tx, cases[0])
            draft.enter(
                "refused:end_plan", draft.state, actor="slow", role="coordinator", effective_at=NOW, now=NOW
            )
            write_draft(tx, draft)
            note_in(tx, "slow", "", "search", {}, NOW)
            numbered = tx.connection.execute("SELECT max(id) FROM outbox").fetchone()[0]
            quick = open_cases(Casework(store, rules), 1)
            first = make(store, NOW)
        assert checkpoints(store)[0].outbox_id > numbered, "the quick one was numbered later and kept earlier"
    covered = {each[1]: each[2] for each in leaves(store)}
    assert covered == {**dict.fromkeys(cases, 2), quick[0]: 2}
    assert (first.anchor.chains, first.anchor.entries) == (4, 8)
    assert faults(store) == [], "no false alarm"
    second = make(store, NOW)
    assert [each[1:] for each in leaves(store) if each[0] == second.id] == [(cases[0], 3), ("~0", 1)]
    assert (second.anchor.chains, second.anchor.entries) == (5, 10)
    assert faults(store) == [], "and nothing is missed"


def test_two_who_make_the_same_checkpoint_at_once_make_one_after_the_other(
    cases, store, store_url, rules, monkeypatch
):
    """Whoever comes second finds that the chains were covered meanwhile, and reads them again."""
    kept, others = anchors._kept, iter([True])

    def late(tx, last, *rest):
        if next(others, False):
            with open_store(store_url) as quick:
                monkeypatch.setattr(anchors, "_kept", kept)
                if store.dialect == "postgresql":
                    make(quick, NOW)
        return kept(tx, last, *rest)

    monkeypatch.setattr(anchors, "_kept", late)
    make(store, NOW)
    assert len(checkpoints(store)) == 1
    assert faults(store) == []


def test_lodging_again_adds_nothing(cases, store, elsewhere):
    make(store, NOW)
    assert lodge(store, elsewhere) == 0


@pytest.fixture
def seven(cases, casework, store, elsewhere, monkeypatch):
    """Seven checkpoints in the file elsewhere, of which people's own writing looks at three: whole lines of the file."""
    made = [make(store, NOW)]
    for _ in range(6):
        open_cases(casework, 1)
        made.append(make(store, NOW, insist=False))
    lines = elsewhere.read_text().splitlines(keepends=True)
    assert len(lines) == 7
    monkeypatch.setattr(anchors, "NEWEST", 3)
    monkeypatch.setattr(anchors, "END", 4 * len(lines[0]))
    return lines


def test_lodging_what_people_write_reads_only_the_end_of_both(seven, casework, store, elsewhere, monkeypatch):
    elsewhere.write_bytes(b"\xff\n" + "".join(seven).encode())
    asked, ask = [], Transaction.all
    monkeypatch.setattr(
        Transaction, "all", lambda tx, name, **given: asked.append(name) or ask(tx, name, **given)
    )
    open_cases(casework, 1)
    make(store, NOW, insist=False)
    assert len(elsewhere.read_bytes().splitlines()) == 9
    assert "newest_checkpoints" in asked
    assert "every_checkpoint" not in asked
    with pytest.raises(NotReady, match="cannot be read"):
        make(store, NOW)


@pytest.mark.parametrize("left", range(8))
def test_a_file_that_was_cut_short_is_made_whole_by_whoever_writes_next(
    seven, casework, store, elsewhere, left
):
    """Also where it was cut further back than the end that is looked at, and in the middle of a line."""
    elsewhere.write_text("".join(seven[:left]) + "".join(seven[left : left + 1])[:40])
    open_cases(casework, 1)
    newest = make(store, NOW, insist=False)
    kept = [each.anchor for each in read_outside(elsewhere)]
    assert kept[:7] == [read_anchor(line).anchor for line in seven]
    assert kept[7:] == [newest.anchor]


@pytest.mark.parametrize("altered", range(7))
def test_a_line_that_was_altered_shows_and_the_true_one_is_added_again(seven, store, elsewhere, altered):
    line = seven[altered]
    root = line.split(" / ")[3]
    elsewhere.write_text("".join(seven).replace(line, line.replace(root, "0" * 64)))
    (said,) = faults(store, lodged=read_outside(elsewhere))
    assert "that was kept outside" in said
    assert lodge(store, elsewhere, every=False) == (altered >= 4)
    make(store, NOW)
    assert read_outside(elsewhere)[-1].anchor == read_anchor(line).anchor


def test_of_many_who_write_meanwhile_one_in_a_few_sets_about_another(casework, store, monkeypatch):
    """A checkpoint that takes long is not begun by everybody who writes before it is there."""
    tried = []

    def fails(*_):
        tried.append(1)
        raise NotReady("The disk is full.")

    monkeypatch.setattr(anchors, "_made", fails)
    monkeypatch.setattr(anchors, "EVERY", 4)
    monkeypatch.setattr(anchors, "ONE_IN", 4)
    open_cases(casework, 10)  # two entries each
    assert len(tried) == 5, "at the fourth entry, and at each fourth after it"


def test_where_one_is_at_a_checkpoint_nobody_else_begins_to_work_it_out(
    casework, store_url, rules, store, monkeypatch
):
    real, begun = anchors._made, []

    def while_others_write(asked, *rest):
        begun.append(asked)
        if len(begun) == 1:
            with open_store(store_url) as theirs:
                open_cases(Casework(theirs, rules), 3)
        return real(asked, *rest)

    monkeypatch.setattr(anchors, "_made", while_others_write)
    monkeypatch.setattr(anchors, "EVERY", 2)
    monkeypatch.setattr(anchors, "ONE_IN", 1)
    open_cases(casework, 1)
    before = len(begun)
    assert (before == 1) is (store.dialect == "postgresql"), "SQLite has no lock that tells"
    with open_store(store_url) as theirs:
        open_cases(Casework(theirs, rules), 1)
    assert len(begun) == before + 1, "afterwards it is anybody's again"


@pytest.fixture
def on_sqlite(store, monkeypatch):
    """Where there is one lock for all: a checkpoint after every fourth entry."""
    if store.dialect == "postgresql":
        pytest.skip("PostgreSQL has a lock that tells")
    monkeypatch.setattr(anchors, "EVERY", 4)
    monkeypatch.setattr(anchors, "ONE_IN", 1)


@pytest.mark.usefixtures("on_sqlite")
def test_on_sqlite_whoever_waited_for_the_lock_while_others_made_it_makes_no_second_one(
    casework, store, store_url, monkeypatch
):
    real, begun = anchors._in_one, []

    def while_others_make_it(asked, now):
        begun.append(asked)
        with open_store(store_url) as theirs:
            make(theirs, now, insist=False)
            note(theirs, "coordinator-1", "", "search", {}, NOW)
        return real(asked, now)

    monkeypatch.setattr(anchors, "_in_one", while_others_make_it)
    open_cases(casework, 2)
    assert len(begun) == 1
    assert [row.entries for row in checkpoints(store)] == [4]


@pytest.mark.parametrize(("most", "begun"), [(6, ["writing"]), (5, ["reading", "writing"])])
def test_on_sqlite_a_few_entries_are_worked_out_with_the_lock_and_many_before_anybody_waits_for_it(
    cases, store, monkeypatch, most, begun
):
    if store.dialect == "postgresql":
        pytest.skip("PostgreSQL has no lock for all")
    monkeypatch.setattr(anchors, "EVERY", 6)
    monkeypatch.setattr(anchors, "IN_ONE", most)
    seen = []
    for name in ("reading", "writing"):
        real = getattr(type(store), name)
        monkeypatch.setattr(
            type(store), name, lambda own, *given, _real=real, _name=name, **more: seen.append(_name) or _real(own, *given, **more)
        )  # fmt: skip
    assert anchors.after_write(store, NOW)
    assert seen == begun
    assert [row.entries for row in checkpoints(store)] == [6]
    assert faults(store) == []


def test_whoever_does_not_insist_takes_the_checkpoint_that_somebody_else_has_made(cases, store, monkeypatch):
    theirs = make(store, NOW)
    note(store, "coordinator-1", "", "search", {}, NOW)
    monkeypatch.setattr(anchors, "_kept", lambda *_: None)
    assert make(store, NOW, insist=False) == theirs


def test_nobody_makes_a_checkpoint_while_the_nightly_check_runs(casework, store, rules, monkeypatch):
    monkeypatch.setattr(anchors, "EVERY", 1)
    monkeypatch.setattr(anchors, "ONE_IN", 1)
    run = begin_run(store, rules, NOW, NOW)
    open_cases(casework, 2)
    assert checkpoints(store) == []
    finish_run(store, run, Tally(), NOW)
    assert len(checkpoints(store)) == 1
    open_cases(casework, 1)
    assert len(checkpoints(store)) > 1
