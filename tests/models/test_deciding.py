"""Deciding before the one lock of SQLite is taken: what others write meanwhile is no matter, or it is decided again."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import compiled
from models.casework import Casework, ChangedMeanwhile, NoSuchCase
from models.change import Change
from models.deciding import READS, Deciding
from models.driver_faults import Busy
from models.refusals import RefusedMove
from models.store import open_store
from models.sweep import pass_due_dates
from models.verify import verify
from tests.casefile import COORDINATOR, NOW, complete
from tests.models.test_casework import CP, make, opened, trail

LATER = NOW + timedelta(hours=1)
NOTE = next(each for each in CP.moves if each.trigger == "note")


@pytest.fixture(params=["sqlite_url", "sqlcipher_url"])
def two(request, rules):
    """Two people's casework over one store."""
    url = request.getfixturevalue(request.param)
    with ExitStack() as open_ones:
        yield [Casework(open_ones.enter_context(open_store(url)), rules) for _ in range(2)]


@pytest.fixture
def meanwhile(monkeypatch):
    """Lets somebody else write once the next move has been decided on, and before anything of it is written."""

    def after_deciding(*works):
        written = Change.write
        left = list(works)

        def late(change):
            if left and isinstance(change.tx, Deciding):
                left.pop(0)()
            written(change)

        monkeypatch.setattr(Change, "write", late)
        return left

    return after_deciding


def begun(monkeypatch, store):
    """How each of its transactions begins from here on."""
    found = []
    writing = store.writing

    def told(**how):
        found.append(how.get("deciding", False))
        return writing(**how)

    monkeypatch.setattr(store, "writing", told)
    return found


def test_a_move_that_nobody_meets_is_made_in_one_go(two, monkeypatch):
    one, _ = two
    reference = opened(one)
    asked = []
    monkeypatch.setattr("models.store.Store.begin_alone", lambda store: asked.append(store))
    make(one, reference, "start_enquiry")
    assert asked == []
    assert [row.action for row in trail(one.store, reference)] == ["open_strategy", "start_enquiry"]


def test_what_others_write_of_other_cases_is_nothing_to_it(two, meanwhile, monkeypatch, rules):
    one, other = two
    mine, theirs = opened(one), opened_again(other)
    left = meanwhile(lambda: make(other, theirs, "start_enquiry"))
    found = begun(monkeypatch, one.store)
    receipt = make(one, mine, "start_enquiry")
    assert (left, found) == ([], [True]), "decided once"
    assert receipt.state == "s47"
    assert [row.action for row in trail(one.store, mine)] == ["open_strategy", "start_enquiry"]
    assert [row.action for row in trail(one.store, theirs)] == ["open_strategy", "start_enquiry"]
    assert verify(one.store, rules).faults == []


def test_how_many_entries_wait_for_a_checkpoint_is_known_as_of_the_lock(two, meanwhile, monkeypatch):
    one, other = two
    mine, theirs = opened(one), opened_again(other)
    meanwhile(lambda: [make(other, theirs, "note") for _ in range(3)])
    told = []
    monkeypatch.setattr("models.casework.after_write", lambda *_, done: told.append(done.waited) or True)
    make(one, mine, "note")
    make(one, mine, "note")
    assert told == [2, 3, 4, 5, 6], "two openings, then theirs, then mine"


def test_what_others_did_on_the_same_case_is_decided_on_again(two, meanwhile, monkeypatch, rules):
    one, other = two
    reference = opened(one)
    meanwhile(lambda: make(other, reference, "note"))
    found = begun(monkeypatch, one.store)
    receipt = make(one, reference, "start_enquiry", now=LATER)
    assert found == [True, False], "and then with the lock from the beginning"
    assert receipt.seq == 3
    assert [row.action for row in trail(one.store, reference)] == ["open_strategy", "note", "start_enquiry"]
    assert verify(one.store, rules).faults == []


def test_a_move_that_somebody_else_has_made_meanwhile_is_refused_and_not_made_twice(two, meanwhile, rules):
    one, other = two
    reference = opened(one)
    meanwhile(lambda: make(other, reference, "start_enquiry"))
    with pytest.raises(RefusedMove):
        make(one, reference, "start_enquiry", now=LATER)
    actions = [row.action for row in trail(one.store, reference)]
    assert actions == ["open_strategy", "start_enquiry", "refused:start_enquiry"]
    assert verify(one.store, rules).faults == []


def test_whoever_says_what_they_looked_at_is_told_that_it_was_changed(two, meanwhile):
    one, other = two
    reference = opened(one)
    meanwhile(lambda: make(other, reference, "note"))
    with pytest.raises(ChangedMeanwhile):
        one.make(reference, "note", actor=COORDINATOR, now=LATER, answers=complete(NOTE.records), seen=1)
    assert [row.action for row in trail(one.store, reference)] == ["open_strategy", "note"]


def test_a_case_that_is_hidden_meanwhile_is_not_there_any_more(two, meanwhile):
    one, other = two
    reference = opened(one)

    def hide():
        with other.store.writing() as tx:
            tx.connection.execute(
                "UPDATE pathway_case SET guarded = 1, restricted = 1 WHERE reference = ?", [reference]
            )

    meanwhile(hide)
    with pytest.raises(NoSuchCase):
        make(one, reference, "note")
    assert [row.action for row in trail(one.store, reference)] == []


def test_a_clock_that_the_nightly_check_deals_with_meanwhile_is_missed_and_then_met(two, meanwhile, rules):
    one, other = two
    reference = opened(one)
    make(one, reference, "start_enquiry")
    night = NOW + timedelta(days=40)
    meanwhile(lambda: pass_due_dates(other.store, rules, night, night))
    make(one, reference, "child_seen", now=night)
    actions = [row.action for row in trail(one.store, reference)]
    assert actions == ["open_strategy", "start_enquiry", "deadline_missed", "child_seen"]
    assert verify(one.store, rules).faults == []


def test_a_store_that_somebody_else_keeps_locked_is_busy(two, monkeypatch):
    one, other = two
    reference = opened(one)
    monkeypatch.setattr("models.store.BUSY_SECONDS", 0.05)
    with other.store.writing(), pytest.raises(Busy):
        make(one, reference, "note")
    make(one, reference, "note")
    assert [row.action for row in trail(one.store, reference)] == ["open_strategy", "note"]


def test_what_is_only_tried_leaves_nothing_and_holds_nobody_up(two, meanwhile):
    one, other = two
    reference = opened(one)
    meanwhile(lambda: make(other, reference, "note"))
    receipt = one.make(
        reference, "note", actor=COORDINATOR, now=LATER, answers=complete(NOTE.records), dry_run=True
    )
    assert (receipt.kept, receipt.seq) == (False, 3)
    assert [row.action for row in trail(one.store, reference)] == ["open_strategy", "note"]
    make(other, reference, "note")


def test_every_statement_that_may_be_read_twice_changes_nothing():
    changing = ("INSERT INTO", "UPDATE ", "DELETE FROM", "REPLACE ")
    for name, (text, _, _) in compiled.SQLITE.items():
        assert text.startswith(READS) != any(word in text for word in changing), name


@given(order=st.lists(st.sampled_from(["mine", "theirs", "between", "clash"]), max_size=12))
@settings(max_examples=25, deadline=None)
def test_however_two_people_meet_every_move_is_there_once(order, tmp_path_factory, empty_sqlite, rules):
    path = tmp_path_factory.mktemp("two") / "store.db"
    path.write_bytes(empty_sqlite.read_bytes())
    path.chmod(0o600)
    written = Change.write
    with (
        open_store(f"sqlite:///{path}") as here,
        open_store(f"sqlite:///{path}") as there,
        pytest.MonkeyPatch.context() as patched,
    ):
        one, other = Casework(here, rules), Casework(there, rules)
        cases = [opened(one), opened_again(other)]
        due = [1, 1]
        for step in order:
            places = {"mine": [0], "theirs": [1], "between": [0, 1], "clash": [0, 0]}[step]
            if len(places) > 1:
                left = [lambda place=places[1]: make(other, cases[place], "note")]

                def late(change, left=left):
                    if left and isinstance(change.tx, Deciding):
                        left.pop()()
                    written(change)

                patched.setattr(Change, "write", late)
            make(one, cases[places[0]], "note")
            patched.setattr(Change, "write", written)
            for place in places:
                due[place] += 1
        assert [len(trail(here, each)) for each in cases] == due
        assert verify(here, rules).faults == []


def opened_again(casework):
    """A case of another child."""
    from tests.models.test_sweep import open_cases

    (reference,) = open_cases(casework, enquiry=False)
    return reference
