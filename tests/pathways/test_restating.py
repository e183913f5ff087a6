"""Withdrawing entries, in the pure: what stands, what an undo must say, and records that say the same twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways import NAMES, pathway
from pathways.answers import check
from pathways.learning import answered_again
from pathways.restating import MAY_RESTATE, Told, meaning, retell, running_at, tell, withdrawn
from pathways.roles import NOT_PEOPLE
from pathways.trail import OPENED_IN_ERROR
from tests.casefile import complete

CP = pathway("child_protection")
AT = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
EVIDENCE = sorted(
    {
        (name, way.records.name): way.records for name in NAMES for way in pathway(name).ways() if way.records
    }.items(),
    key=lambda each: each[0],
)


def entry(seq, action, state, to_state=None, *, voids=None, more=(), role="team_leader", **facts):
    return Told(
        seq, action, "worker", role, state, to_state or state, AT, AT, voids=voids, changes=facts,
        payload={"with": list(more)} if more else {},
    )  # fmt: skip


def undo(seq, voids, state, to_state=None, more=(), **facts):
    return entry(seq, "undo", state, to_state, voids=voids, more=more, **facts)


OPENED = entry(1, "open_strategy", "strategy", strategy_decision_made="2026-11-03")
ENQUIRY = entry(2, "start_enquiry", "strategy", "s47", strategy_discussion_held="2026-11-03")


def test_an_undo_that_is_itself_undone_withdraws_nothing():
    entries = [OPENED, ENQUIRY, undo(3, 2, "s47", "strategy")]
    assert withdrawn(entries) == {2: 3}
    entries.append(undo(4, 3, "strategy", "s47"))
    assert withdrawn(entries) == {3: 4}
    entries.append(undo(5, 4, "s47", "strategy"))
    assert withdrawn(entries) == {4: 5, 2: 3}


@given(st.data())
def test_of_any_run_of_undos_an_entry_is_withdrawn_by_one_that_stands(data):
    entries = [OPENED]
    for seq in range(2, data.draw(st.integers(2, 12))):
        gone = withdrawn(entries)
        standing = [each.seq for each in entries if each.seq not in gone]
        voids = data.draw(st.none() | st.sampled_from(standing))
        entries.append(undo(seq, voids, "strategy") if voids else entry(seq, "note", "strategy"))
    gone = withdrawn(entries)
    for number, by in gone.items():
        assert by not in gone
        assert number in entries[by - 1].targets


def test_a_reflexive_step_stands_wherever_the_case_then_is():
    entries = [
        OPENED,
        ENQUIRY,
        entry(3, "note", "s47"),
        undo(4, 2, "s47", "strategy", strategy_discussion_held=None),
    ]
    told = retell(CP, entries[:3], {2: 4}, before=())
    assert (told.now.state, told.now.facts) == ("strategy", {"strategy_decision_made": "2026-11-03"})
    assert meaning(CP, entries) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (undo(3, 2, "s47", "s47", strategy_discussion_held=None), "leads to s47, and what stands without entry 2"),
        (undo(3, 2, "s47", "strategy"), "not what the standing entries say: strategy_discussion_held"),
        (undo(3, 2, "s47", "strategy", strategy_discussion_held=None, lead="x"), "not what the standing entries say: lead"),
        (undo(3, 3, "s47", "strategy"), "withdraws an entry that does not come before it"),
        (undo(3, 9, "s47", "strategy"), "withdraws an entry that does not come before it"),
    ],
)  # fmt: skip
def test_an_undo_that_does_not_say_what_it_does_is_found(wrong, says):
    found = meaning(CP, [OPENED, ENQUIRY, wrong])
    assert [number for number, _ in found] == [3]
    assert says in found[0][1]


def test_where_a_payload_was_destroyed_nothing_is_claimed():
    gone = Told(2, "start_enquiry", "worker", "team_leader", "strategy", "s47", AT, AT, there=False)
    assert meaning(CP, [OPENED, gone, undo(3, 2, "s47", "s47")]) == []


def test_a_case_opened_in_error_keeps_its_state_and_nothing_else():
    taken_back = undo(2, 1, "strategy", strategy_decision_made=None)
    assert meaning(CP, [OPENED, taken_back]) == []
    now = tell(CP, [OPENED, taken_back])
    assert (now.state, now.facts, now.is_open, now.outcome) == ("strategy", {}, False, OPENED_IN_ERROR)
    again = undo(3, 2, "strategy", strategy_decision_made="2026-11-03")
    assert meaning(CP, [OPENED, taken_back, again]) == []
    assert tell(CP, [OPENED, taken_back, again]).is_open


def test_a_clock_counts_as_running_from_the_entry_that_began_it_to_the_one_that_stopped_it():
    row = SimpleNamespace(opened_seq=3, closed_seq=6)
    assert [bool(running_at([row], seq)) for seq in (2, 3, 5, 6)] == [False, True, True, False]
    assert running_at([SimpleNamespace(opened_seq=3, closed_seq=None)], 90)


def test_on_every_pathway_somebody_may_withdraw_what_others_wrote():
    assert set(MAY_RESTATE) == set(NAMES)
    for roles in MAY_RESTATE.values():
        assert roles
        assert not set(roles) & set(NOT_PEOPLE)


@pytest.mark.parametrize("named", [name for name, _ in EVIDENCE], ids="-".join)
def test_a_record_read_back_says_what_it_said_when_it_was_taken(named):
    kind = dict(EVIDENCE)[named]
    for own in ({}, {one.name: "" for one in kind.fields if one.needed and not one.required}):
        answers = complete(kind, date(2026, 11, 3).isoformat(), **own)
        taken = check(kind, answers, now=AT)
        again = answered_again(kind, taken.body)
        assert (again.body, again.facts, again.each) == (taken.body, taken.facts, taken.each)
