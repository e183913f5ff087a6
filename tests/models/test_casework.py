"""The one write path: what a move writes, what a refusal writes, and what must never be written twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.casework import ChangedMeanwhile, NewPerson, NoSuchCase
from models.draft import Draft
from models.refusals import RefusedMove
from pathways import pathway
from pathways.errors import CONFLICT, NOT_ALLOWED, NOT_FOUND, REFUSED, USAGE, Mistyped
from pathways.roles import Role
from tests.casefile import COORDINATOR, NOW, SOCIAL_WORKER, complete

pytestmark = pytest.mark.sqlcipher

CHILD = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1), sex="F")
CP = pathway("child_protection")


def opened(casework, now=NOW):
    entry = CP.entry("strategy")
    return casework.open(
        "child_protection",
        "strategy",
        person=CHILD,
        actor=COORDINATOR,
        now=now,
        answers=complete(entry.records),
    ).reference


def make(casework, reference, trigger, now=NOW, at=None, by=None, actor=COORDINATOR, **own):
    move = next(each for each in CP.moves if each.trigger == trigger)
    return casework.make(
        reference,
        trigger,
        actor=actor,
        now=now,
        at=at,
        by=by,
        answers=complete(move.records, now.date().isoformat(), **own),
    )


def trail(store, reference):
    with store.reading() as tx:
        return tx.all("trail_of_case", reference=reference)


def test_the_strategy_discussion_starts_the_conference_clock(casework, store):
    reference = opened(casework)
    receipt = make(casework, reference, "start_enquiry")
    assert receipt.state == "s47"
    assert ("cp.icpc", date(2026, 11, 24)) in receipt.begun, "15 working days after Tuesday 3 November 2026"
    assert receipt.line.startswith("saved - entry 2 - ")


def test_a_refusal_changes_nothing_and_is_on_the_trail(casework, store):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    with store.reading() as tx:
        before = tx.one("case_by_reference", reference=reference)
    with pytest.raises(RefusedMove) as refused:
        make(casework, reference, "decide_conference")
    assert refused.value.code == REFUSED
    ids = {each.condition.id for each in refused.value.verdict.reasons}
    assert ids == {"enquiry.child_seen", "case.lead"}
    with store.reading() as tx:
        after = tx.one("case_by_reference", reference=reference)
    assert (after.state, after.facts, after.version) == (before.state, before.facts, before.version)
    assert trail(store, reference)[-1].action == "refused:decide_conference"
    assert after.seq == before.seq + 1


def test_a_social_worker_may_not_take_the_managers_decision(casework):
    reference = opened(casework)
    with pytest.raises(RefusedMove) as refused:
        make(casework, reference, "start_enquiry", actor=SOCIAL_WORKER)
    assert refused.value.code == NOT_ALLOWED


def test_a_coordinator_cannot_write_down_a_decision_of_the_clock(casework):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    with pytest.raises(RefusedMove) as refused:
        make(casework, reference, "reached_18", by=Role.CLOCK)
    assert refused.value.code == NOT_ALLOWED


def test_an_action_that_does_not_exist_is_a_slip_of_the_keyboard(casework):
    reference = opened(casework)
    with pytest.raises(RefusedMove) as refused:
        casework.make(reference, "fly_to_the_moon", actor=COORDINATOR, now=NOW)
    assert refused.value.code == USAGE


def test_an_unknown_case_is_not_found(casework):
    with pytest.raises(NoSuchCase) as missing:
        casework.make("CP-2026-9999", "note", actor=COORDINATOR, now=NOW)
    assert missing.value.code == NOT_FOUND
    assert str(missing.value) == "There is no case CP-2026-9999."


def test_who_looked_at_an_older_version_saves_nothing(casework, store):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    entries = len(trail(store, reference))
    with pytest.raises(ChangedMeanwhile) as conflict:
        casework.make(reference, "note", actor=COORDINATOR, now=NOW, seen=1, answers={})
    assert conflict.value.code == CONFLICT
    assert len(trail(store, reference)) == entries


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(casework, store):
    reference = opened(casework)
    move = next(each for each in CP.moves if each.trigger == "start_enquiry")
    would = casework.make(
        reference, "start_enquiry", actor=COORDINATOR, now=NOW, answers=complete(move.records), dry_run=True
    )
    assert not would.kept
    assert ("cp.icpc", date(2026, 11, 24)) in would.begun
    assert len(trail(store, reference)) == 1


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (date(2026, 11, 4), "4 November 2026 is in the future"),
        (datetime(2026, 11, 3, 11, 0, tzinfo=UTC), "is in the future"),
        (date(2026, 11, 2), "is before CP-2026-0001 was opened"),
    ],
)
def test_a_date_that_cannot_be_right_is_refused_in_a_sentence(casework, at, says):
    reference = opened(casework)
    with pytest.raises(Mistyped, match=says):
        make(casework, reference, "start_enquiry", at=at)


def test_a_visit_where_the_child_was_not_seen_resets_no_clock(casework, store):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    later = NOW + timedelta(days=1)
    make(casework, reference, "child_seen", now=later, seen="yes")
    receipt = make(casework, reference, "child_seen", now=later + timedelta(days=2), seen="no")
    assert receipt.closed == ()
    assert receipt.begun == ()


def test_every_write_tells_the_outbox_without_a_name(casework, store):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    with store.reading() as tx:
        messages = tx.all("messages_to_relay", after=0, most=100)
    assert [each.key for each in messages] == [f"{reference}/1", f"{reference}/2"]
    assert not any("Birch" in str(each) or "Ash" in str(each) for each in messages)


def test_the_trail_cannot_be_changed_deleted_or_replaced(casework, store):
    reference = opened(casework)
    for attack in (
        "UPDATE trail SET actor = 'somebody'",
        "DELETE FROM trail",
        "UPDATE trail_payload SET body = '{}'",
        "DELETE FROM trail_payload",
    ):
        with pytest.raises(Exception, match="append-only"), store.writing() as tx:
            tx.connection.execute(attack)
    assert len(trail(store, reference)) == 1


def test_a_case_in_memory_begins_as_what_is_kept_of_it(casework, store):
    reference = opened(casework)
    with store.writing() as tx:
        row = tx.need("case_to_change", reference=reference)
        running = tx.all("clocks_to_change", reference=reference)
    draft = Draft.of(CP, row, running, 7)
    apart = {"id": "case_id", "pathway": None, "definition": None, "page": None, "waiting": None}
    names = {each: apart.get(each, each) for each in row._fields}
    kept = {ours: getattr(row, each) for each, ours in names.items() if ours}
    assert {name: getattr(draft, name) for name in kept} == kept
    assert len(kept) == 19
    assert (draft.pathway, draft.page, draft.running, draft.entries) == (CP, 7, running, [])


def test_an_effect_with_a_key_happens_once(casework, store):
    reference = opened(casework)
    move = next(each for each in CP.moves if each.trigger == "note")
    answers = complete(move.records)
    casework.make(reference, "note", actor=COORDINATOR, now=NOW, answers=answers, key="mail-1")
    with pytest.raises(Exception, match="Somebody else changed this case first") as twice:
        casework.make(reference, "note", actor=COORDINATOR, now=NOW, answers=answers, key="mail-1")
    assert twice.value.code == CONFLICT
    assert len(trail(store, reference)) == 2


def test_harm_suspected_on_an_open_case_is_noted_there_and_never_refused(casework, store):
    """A child on a child in need plan who is on child protection already: no second case, nothing blocked."""
    rf = pathway("front_door")
    child = casework.open(
        "front_door",
        "referral",
        person=CHILD,
        actor=COORDINATOR,
        now=NOW,
        answers=complete(rf.entry("referral").records),
    ).reference
    for trigger, own in (("record_checks", {}), ("decide_strategy", {})):
        move = next(each for each in rf.moves if each.trigger == trigger)
        receipt = casework.make(
            child, trigger, actor=COORDINATOR, now=NOW, answers=complete(move.records, **own)
        )
    (protection,) = receipt.opened
    assert protection == "CP-2026-0001"
    with store.reading() as tx:
        person = tx.one("case_by_reference", reference=protection).person_id
        assert {row.rule for row in tx.all("running_deadlines", case_id=2)} >= {
            "cp.strategy",
            "fd.s47_child_seen",
        }
    again = casework.open(
        "immediate_protection",
        "police_protection",
        person=person,
        actor=COORDINATOR,
        now=NOW,
        answers=complete(pathway("immediate_protection").entry("police_protection").records),
    ).reference
    move = next(
        each for each in pathway("immediate_protection").moves if each.trigger == "ask_strategy_discussion"
    )
    receipt = casework.make(
        again, "ask_strategy_discussion", actor=COORDINATOR, now=NOW, answers=complete(move.records)
    )
    assert receipt.opened == ()
    assert trail(store, protection)[-1].action == "noted_from_immediate_protection"
    with store.reading() as tx:
        waiting = [row for row in tx.all("running_deadlines", case_id=2) if row.rule == "cp.strategy"]
    assert len(waiting) == 1, "the 24 hours that run already do not begin again"


def test_paperwork_still_owed_after_the_decision_is_missed_like_any_other(casework, store, rules):
    from models.sweep import pass_due_dates

    rf = pathway("front_door")
    reference = casework.open(
        "front_door",
        "referral",
        person=CHILD,
        actor=COORDINATOR,
        now=NOW,
        answers=complete(rf.entry("referral").records),
    ).reference
    for trigger in ("record_checks", "decide_no_further_action"):
        move = next(each for each in rf.moves if each.trigger == trigger)
        casework.make(reference, trigger, actor=COORDINATOR, now=NOW, answers=complete(move.records))
    at = NOW + timedelta(days=3)
    found = pass_due_dates(store, rules, at, at)
    assert found.parked == 0
    with store.reading() as tx:
        late = {row.rule for row in tx.all("running_deadlines", case_id=1) if row.status == "missed"}
    assert late == {"fd.ack", "fd.outcome_feedback"}
