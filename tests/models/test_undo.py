"""Withdrawing a mistake: what is written, what goes with it, what is refused, and that nothing is ever lost."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.casework import ChangedMeanwhile, NewPerson, NoSuchCase
from models.sweep import pass_due_dates
from models.undo import NothingToUndo, last_own_change, undo
from models.undo_following import RefusedUndo
from models.verify import verify
from pathways.engine import Actor
from pathways.errors import NOT_ALLOWED, REFUSED, Mistyped, PathwayError
from pathways.restating import MAY_RESTATE, withdrawn
from pathways.roles import Role
from tests.casefile import COORDINATOR, NOW, SOCIAL_WORKER, complete
from tests.models.any_case import START, WAYS_IN, any_case, decisions, every_case
from tests.models.undone import (
    LATER,
    WHY,
    case,
    case_,
    clocks,
    faults_of_meaning,
    make,
    nothing_wrong,
    opened,
    referred,
    running,
    take_back,
    told,
)

MANAGER = Actor("manager-1", frozenset({Role.TEAM_LEADER, Role.SERVICE_MANAGER, Role.LADO_MANAGER}))


@pytest.mark.parametrize(("name", "entry"), WAYS_IN)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_undone_the_case_is_what_its_standing_entries_add_up_to(
    tmp_path, empty_sqlite, rules, name, entry, data
):
    now = START
    with any_case(tmp_path, empty_sqlite, rules, name, entry, data) as casework:
        store = casework.store
        before: dict[str, int] = {}
        for _ in range(data.draw(st.integers(1, 14))):
            now += timedelta(days=data.draw(st.integers(0, 25)), hours=1)
            case = data.draw(st.sampled_from(every_case(store)))
            moves = decisions(case)
            chosen = data.draw(st.integers(0, 7))
            with suppress(PathwayError):
                if chosen < 2:
                    number = data.draw(st.none() | st.integers(1, case.seq))
                    would = undo(
                        store, rules, case.reference, actor=COORDINATOR, now=now, entry=number, dry_run=True,
                        by=MAY_RESTATE[case.pathway][0],
                    )  # fmt: skip
                    undo(
                        store, rules, case.reference, actor=COORDINATOR, now=now, entry=number, because=WHY,
                        by=MAY_RESTATE[case.pathway][0], confirmed=would.confirms, seen=would.before.row.version,
                    )  # fmt: skip
                elif chosen == 2 or not moves:
                    pass_due_dates(store, rules, now, now)
                else:
                    move = data.draw(st.sampled_from(moves))
                    casework.make(
                        case.reference, move.trigger, actor=COORDINATOR, now=now,
                        answers=complete(move.records, now.date().isoformat()),
                        overrides={each.id: "an invented reason" for each in move.conditions},
                    )  # fmt: skip
            for row in every_case(store):
                assert row.seq >= before.get(row.reference, 0), "the record only grows"
                before[row.reference] = row.seq
        assert verify(store, rules).faults == []
        assert faults_of_meaning(store) == []
        cases = every_case(store)
        open_cases = [row for row in cases if row.is_open]
        for row in cases:
            with store.reading() as tx:
                running = [(each.rule, each.started) for each in tx.all("running_deadlines", case_id=row.id)]
            assert len(running) == len(set(running)), "no clock runs twice"
        assert len({row.pathway for row in open_cases}) == len(open_cases)


# --- one thing at a time --------------------------------------------------------------------------------------------


def test_an_undo_adds_an_entry_and_the_case_is_what_it_was(casework, store):
    reference = opened(casework)
    before = case_(store, reference)
    make(casework, reference, "start_enquiry")
    made = take_back(casework, reference)
    assert case_(store, reference) == before
    entries = told(store, reference)
    assert [each.action for each in entries] == ["open_strategy", "start_enquiry", "undo"]
    assert (entries[2].voids, entries[2].payload["why"]) == (2, WHY)
    assert (made.seq, made.line[:16]) == (3, "saved - entry 3 ")
    row = case(store, reference)
    with store.reading() as tx:
        records = tx.all("records_of_case", case_id=row.id)
    assert [(row.seq, row.voided_seq) for row in records] == [(1, None), (2, 3)]
    assert nothing_wrong(casework)


def test_an_undo_of_the_undo_brings_everything_back_and_the_record_only_grows(casework, store):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    before, ran = case_(store, reference), running(store, reference)
    take_back(casework, reference)
    made = take_back(casework, reference, because="It was right after all.")
    assert made.puts_back
    assert (case_(store, reference), running(store, reference)) == (before, ran)
    assert len(told(store, reference)) == 4
    row = case(store, reference)
    with store.reading() as tx:
        records = tx.all("records_of_case", case_id=row.id)
    assert {row.voided_seq for row in records} == {None}
    take_back(casework, reference)
    assert case(store, reference).state == "strategy", "and so on, for ever"
    assert nothing_wrong(casework)


def test_what_was_recorded_on_a_closed_case_does_not_close_it_once_its_closing_is_withdrawn(casework, store):
    reference = opened(casework, entry="transfer_in")
    make(casework, reference, "cancel_transfer_in")
    make(casework, reference, "send_decisions")
    take_back(casework, reference, entry=2)
    before = case_(store, reference)
    assert before[2], "it is open again"
    make(casework, reference, "book_conference")
    take_back(casework, reference)
    assert case_(store, reference) == before
    assert nothing_wrong(casework)


def test_what_an_undo_puts_back_and_does_not_hold_any_more_is_withdrawn_with_it(casework, store, rules):
    """Two ends of one case, each withdrawn: once the first stands again, the second has nothing left to end."""
    case_ref = opened(casework, "missing_education", "absence", NewPerson(birth_date=date(2009, 3, 1)))
    pass_due_dates(store, rules, NOW, NOW)
    make(casework, case_ref, "close_out_of_age", NOW + timedelta(hours=1))
    take_back(casework, case_ref, NOW + timedelta(hours=2), entry=3)
    later = NOW + timedelta(days=1)
    make(casework, case_ref, "close_out_of_age", later)
    take_back(casework, case_ref, later + timedelta(hours=1), entry=5)
    manager = MAY_RESTATE["missing_education"][0]
    take_back(casework, case_ref, later + timedelta(hours=2), entry=4, by=manager)
    first_end = case(store, case_ref).facts["school_age_ended_on"]
    would = undo(
        store,
        rules,
        case_ref,
        actor=COORDINATOR,
        now=later + timedelta(hours=3),
        entry=6,
        by=manager,
        dry_run=True,
    )
    assert would.confirms == (5,)
    take_back(casework, case_ref, later + timedelta(hours=3), entry=6, by=manager, confirmed=would.confirms)
    assert told(store, case_ref)[-1].targets == (6, 5)
    assert case(store, case_ref).facts["school_age_ended_on"] == first_end
    assert nothing_wrong(casework)


def test_a_clock_that_was_stopped_runs_again_from_its_own_start_under_its_own_edition(casework, store):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    (old,) = [row for row in clocks(store, reference) if row.rule == "cp.strategy"]
    assert old.status == "met"
    take_back(casework, reference)
    stays, again = [row for row in clocks(store, reference) if row.rule == "cp.strategy"]
    assert stays == old, "what was known before stays as it was"
    assert (again.opened_seq, again.status, again.closed_at) == (3, "open", None)
    kept = ("rule", "edition", "start_event", "started", "due_at", "plan_by", "calendar", "statutory")
    assert [getattr(again, each) for each in kept] == [getattr(old, each) for each in kept]
    (conference,) = [row for row in clocks(store, reference) if row.rule == "cp.icpc"]
    assert (conference.status, conference.closed_seq) == ("ended", 3), "what it began ends"


def test_a_limit_that_passed_on_a_clock_begun_by_mistake_falls_away_with_it(casework, store, rules):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    night = NOW + timedelta(days=40)
    pass_due_dates(store, rules, night, night)
    missed = [each for each in told(store, reference) if each.by_clock and each.rule == "cp.icpc"]
    assert len(missed) == 1
    made = take_back(casework, reference, now=night, entry=2, by=Role.TEAM_LEADER)
    assert missed[0].seq in {each.entry.seq for each in made.fallen}
    assert made.confirms == (), "no person's decision goes with it"
    assert withdrawn(told(store, reference))[missed[0].seq] == made.seq
    assert nothing_wrong(casework)


def test_a_date_that_passed_is_not_undone_by_people(casework, store, rules):
    reference = opened(casework)
    night = NOW + timedelta(days=5)
    pass_due_dates(store, rules, night, night)
    number = next(each.seq for each in told(store, reference) if each.by_clock)
    with pytest.raises(RefusedUndo, match="a date passed is a fact") as refused:
        take_back(casework, reference, now=night, entry=number, by=Role.TEAM_LEADER)
    assert refused.value.code == REFUSED


def test_a_step_entered_by_mistake_stops_no_limit_once_it_is_withdrawn(casework, store, rules):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    make(casework, reference, "child_seen", seen="yes")
    seen = [row for row in clocks(store, reference) if row.rule == "cp.visit" and row.closed_at is None]
    make(casework, reference, "allocate")
    take_back(casework, reference, entry=3)
    assert case(store, reference).lead is not None, "what does not rest on it stands"
    assert "child_seen" not in case(store, reference).facts
    night = NOW + timedelta(days=40)
    pass_due_dates(store, rules, night, night)
    assert nothing_wrong(casework), seen


def test_what_was_put_back_had_been_in_time_whatever_a_night_found_in_between(casework, store, rules):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    take_back(casework, reference)
    night = NOW + timedelta(days=5)
    pass_due_dates(store, rules, night, night)
    missed = next(each for each in told(store, reference) if each.by_clock and each.rule == "cp.strategy")
    take_back(casework, reference, now=night, entry=3, by=Role.TEAM_LEADER)
    assert missed.seq in withdrawn(told(store, reference)), "the discussion was held on the day"
    assert "cp.strategy" not in running(store, reference)
    assert nothing_wrong(casework)


def test_who_leads_goes_back_to_who_led(casework, store):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    make(casework, reference, "allocate", lead="first worker")
    make(casework, reference, "allocate", lead="second worker")
    assert case(store, reference).lead == "second worker"
    take_back(casework, reference)
    assert case(store, reference).lead == "first worker"


def to_the_conference(casework, reference):
    for trigger in ("start_enquiry", "child_seen", "allocate", "decide_conference", "request_conference"):
        make(casework, reference, trigger)
    make(casework, reference, "book_conference", conference_on="2026-11-24")
    make(casework, reference, "invite", agencies="school,police")


def test_of_two_reports_the_one_that_stands_is_kept(casework, store):
    reference = opened(casework)
    to_the_conference(casework, reference)
    for agency in ("school", "police"):
        make(casework, reference, "report_received", agency=agency)
    complete_now = case(store, reference).facts
    first = next(each.seq for each in told(store, reference) if each.action == "report_received")
    take_back(casework, reference, entry=first)
    facts = case(store, reference).facts
    assert (complete_now["reports_in"], facts["reports_in"]) == (["police", "school"], ["police"])
    took = {each.rule for each in clocks(store, reference) if each.opened_seq == case(store, reference).seq}
    assert "cp.report_icpc" in took, "the reports are awaited again"
    assert nothing_wrong(casework)


def test_what_rests_on_it_is_listed_and_goes_only_when_somebody_agrees(casework, store):
    reference = opened(casework)
    to_the_conference(casework, reference)
    length = len(told(store, reference))
    would = take_back(casework, reference, entry=2, dry_run=True, because="")
    assert not would.kept
    assert would.confirms == (5, 6, 7, 8)
    with pytest.raises(RefusedUndo, match="rest on it: the case would be at: Strategy discussion"):
        take_back(casework, reference, entry=2)
    assert len(told(store, reference)) == length + 1, "the attempt is on the trail"
    made = take_back(casework, reference, entry=2, confirmed=would.confirms)
    gone = withdrawn(told(store, reference))
    assert {number for number, by in gone.items() if by == made.seq} == {2, 5, 6, 7, 8}
    assert case(store, reference).state == "strategy"
    assert case(store, reference).facts["child_seen"], "the visit was made"
    assert nothing_wrong(casework)


@pytest.mark.parametrize(
    ("actor", "day", "by", "code"),
    [
        (COORDINATOR, 0, None, None),
        (COORDINATOR, 1, None, NOT_ALLOWED),
        (COORDINATOR, 1, Role.TEAM_LEADER, None),
        (COORDINATOR, 0, Role.POLICE, NOT_ALLOWED),
        (SOCIAL_WORKER, 0, None, NOT_ALLOWED),
        (SOCIAL_WORKER, 0, Role.TEAM_LEADER, NOT_ALLOWED),
        (MANAGER, 0, None, None),
        (MANAGER, 30, None, None),
    ],
)
def test_who_wrote_it_may_withdraw_it_that_day_and_then_a_manager(casework, store, actor, day, by, code):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    asked = {"now": LATER + timedelta(days=day), "actor": actor, "by": by}
    if code is None:
        take_back(casework, reference, **asked)
        assert case(store, reference).state == "strategy"
        return
    with pytest.raises(RefusedUndo, match=r"a decision for the line manager or team leader") as refused:
        take_back(casework, reference, **asked)
    assert refused.value.code == code
    assert told(store, reference)[-1].action == "refused:undo"
    assert case(store, reference).state == "s47"


def test_the_day_is_londons(casework, store):
    late = datetime(2026, 7, 1, 22, 50, tzinfo=UTC)  # ten to midnight in London
    reference = opened(casework, now=late)
    make(casework, reference, "start_enquiry", now=late)
    with pytest.raises(RefusedUndo, match="on another day"):
        take_back(casework, reference, now=late + timedelta(minutes=20))


def test_others_decisions_do_not_go_with_ones_own_mistake(casework, store):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    make(casework, reference, "child_seen")
    make(casework, reference, "allocate")
    make(casework, reference, "decide_conference", actor=MANAGER)
    with pytest.raises(RefusedUndo, match="is not your own of today") as refused:
        take_back(casework, reference, entry=2, confirmed=(5,))
    assert refused.value.code == NOT_ALLOWED
    take_back(casework, reference, entry=2, confirmed=(5,), actor=MANAGER)
    assert case(store, reference).state == "strategy"


def test_a_reason_and_the_case_as_it_was_looked_at_are_needed(casework, store):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    with pytest.raises(Mistyped, match="at least ten characters"):
        take_back(casework, reference, because="wrong")
    with pytest.raises(ChangedMeanwhile):
        take_back(casework, reference, seen=1)
    with pytest.raises(Mistyped, match="has no entry 9"):
        take_back(casework, reference, entry=9)
    with pytest.raises(NoSuchCase):
        take_back(casework, "CP-2026-0999")
    assert len(told(store, reference)) == 2


def test_what_is_withdrawn_is_not_withdrawn_twice(casework, store):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    take_back(casework, reference)
    with pytest.raises(RefusedUndo, match="withdrawn already, by entry 3") as refused:
        take_back(casework, reference, entry=2)
    assert f"pathways undo {reference} --entry 3" in refused.value.ways
    attempt = told(store, reference)[-1].seq
    with pytest.raises(RefusedUndo, match="changed nothing"):
        take_back(casework, reference, entry=attempt)


def test_what_went_out_cannot_be_unsent(casework, store):
    reference = opened(casework)
    make(casework, reference, "start_enquiry")
    sent = {"kind": "urgent", "practitioner_id": None, "subject": "A case", "body": reference, "attempts": 1,
            "queued_at": NOW, "send_after": NOW, "last_fault": "", "given_up_at": None}  # fmt: skip
    with store.writing() as tx:
        columns = ("key", *sent, "sent_at")
        for key, sent_at in ((f"{reference}/2/practice", NOW), (f"{reference}/21/practice", NOW)):
            row = {**sent, "key": key, "sent_at": sent_at}
            values = [
                tx.driver("instant")(row[each]) if isinstance(row[each], datetime) else row[each]
                for each in columns
            ]
            mark = "?" if store.dialect == "sqlite" else "%s"
            tx.cursor.execute(
                f"INSERT INTO notice ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})",
                values,
            )
    with pytest.raises(RefusedUndo, match=r"went out on 3 November 2026\. A message cannot be unsent"):
        take_back(casework, reference)
    make(casework, reference, "allocate", now=LATER)
    take_back(casework, reference)
    assert case(store, reference).state == "s47", "a message about entry 21 is not about entry 2"


def test_without_a_case_it_is_ones_own_last_change_of_the_day(casework, store):
    first, other = opened(casework), opened(casework, now=LATER)
    make(casework, first, "start_enquiry", now=LATER)
    make(casework, other, "start_enquiry", actor=MANAGER, now=LATER + timedelta(minutes=1))
    with store.reading() as tx:
        assert last_own_change(tx, COORDINATOR.name, LATER) == first
        with pytest.raises(NothingToUndo, match="changed nothing today"):
            last_own_change(tx, COORDINATOR.name, LATER + timedelta(days=1))


def test_a_move_that_fired_another_is_found_as_the_last_change_and_not_what_it_fired(casework, store):
    reference = referred(casework)
    make(casework, reference, "decide_strategy")
    with store.reading() as tx:
        assert last_own_change(tx, COORDINATOR.name, LATER) == reference


def test_everything_is_written_or_nothing(casework, store, monkeypatch):
    reference = referred(casework)
    (protection,) = make(casework, reference, "decide_strategy").opened
    before = case_(store, reference), case_(store, protection)

    def broken(*_):
        raise RuntimeError("the power is gone")

    monkeypatch.setattr("models.undo_writing._correct_life", broken)
    with pytest.raises(RuntimeError):
        take_back(casework, reference)
    assert (case_(store, reference), case_(store, protection)) == before
    assert nothing_wrong(casework)


def test_an_imported_step_is_put_right_where_it_came_from(casework, store):
    reference = opened(casework)
    entries = told(store, reference)
    assert entries[0].basis == "witnessed"
    with store.writing() as tx:
        from models.change import Change

        change = Change(tx, LATER, casework.rules)
        draft = change.load(reference)
        draft.enter(
            "note", draft.state, actor="import", role="", effective_at=LATER, now=LATER, basis="asserted"
        )
        change.keep(draft)
        change.write()
    with pytest.raises(RefusedUndo, match="told by another system"):
        take_back(casework, reference)
