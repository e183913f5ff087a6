"""The wall's figures from a store: what is counted, what never is, and that it is the same on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.casework import Casework, NewPerson
from models.measuring import figures, note_morning
from models.setup import AtTheKeyboard, fill
from models.sweep import pass_due_dates
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.measures import Agency, Conference, Dispute, Line, Met, reports_on_time
from pathways.roles import Role
from pathways.wall.pages import page
from tests.casefile import COORDINATOR, complete

MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)


def on(day: int, hour: int = 10, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


class Cases:
    """Casework by small words."""

    def __init__(self, store, rules):
        self.casework = Casework(store, rules)
        self.born = 0

    def open(self, name, entry, now, **own):
        self.born += 1
        child = NewPerson(
            given=f"Child{self.born}", family="Invented", birth_date=date(2016, 1, self.born), sex="F"
        )
        answers = complete(pathway(name).entry(entry).records, now.date().isoformat(), **own)
        return self.casework.open(
            name, entry, person=child, actor=COORDINATOR, now=now, answers=answers
        ).reference

    def make(self, reference, trigger, now, **own):
        with self.casework.store.reading() as tx:
            row = tx.need("case_by_reference", reference=reference)
        move = next(each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger)
        answers = complete(move.records, now.date().isoformat(), **own)
        self.casework.make(reference, trigger, actor=COORDINATOR, now=now, answers=answers)


@pytest.fixture
def cases(store, rules):
    fill(store, AtTheKeyboard("c", "Coordinator", (Role.COORDINATOR,)), authority="sefton", now=on(1, month=6), practice_clock=MONDAY)  # fmt: skip
    return Cases(store, rules)


def enquiry(cases, day, month=11):
    case = cases.open("child_protection", "strategy", on(day, 9, month))
    cases.make(case, "start_enquiry", on(day, 10, month))
    cases.make(case, "child_seen", on(day, 15, month), seen="yes")
    cases.make(case, "allocate", on(day, 16, month), lead="Social worker 1")
    return case


def conference(cases, case, agencies="school,police,housing", month=11):
    """Asked for on 4 November, booked for the 18th, so that reports are due two working days before, on the 16th."""
    cases.make(case, "decide_conference", on(4, 9, month))
    cases.make(case, "request_conference", on(4, 10, month))
    cases.make(case, "book_conference", on(4, 11, month), conference_on="2026-11-18")
    cases.make(case, "invite", on(4, 12, month), agencies=agencies)


def test_a_case_is_counted_once_by_its_most_pressing_date(store, rules, cases):
    enquiry(cases, 3)  # the conference is due on Tuesday the 24th
    enquiry(cases, 2)  # due on Monday the 23rd: today
    cases.open("front_door", "referral", on(20))  # Friday: decided and acknowledged by Monday night
    cases.open("front_door", "referral", on(18))  # Wednesday: late since Thursday night
    found = figures(store, rules, MONDAY)
    by = {line.pathway: line for line in found.lines}
    protection, referrals = by["child_protection"], by["front_door"]
    assert (protection.cases, referrals.cases) == (2, 2)
    assert referrals[3:] == (1, 1, 0, 0)
    assert referrals.late == 1
    assert page(found, "this-morning").headline.endswith("of 4")
    assert {task.reference for task in found.late} >= {"RF-2026-0002"}
    assert found.late_in_all == len(found.late)


def test_a_report_whose_invitation_lies_further_back_than_is_looked_is_no_round(store, rules, cases):
    """Asked for on 4 November and answered on 20 March; reports are counted over the last months only."""
    case = enquiry(cases, 3)
    conference(cases, case)
    cases.make(case, "report_received", datetime(2027, 3, 20, 10, tzinfo=UTC), agency="housing")
    found = figures(store, rules, datetime(2027, 3, 23, 6, tzinfo=UTC))
    assert found.reports == []


def test_a_conference_held_gives_its_two_days_its_reports_and_its_plan(store, rules, cases):
    case = enquiry(cases, 2)
    conference(cases, case)
    cases.make(case, "report_received", on(16), agency="school")
    cases.make(case, "report_received", on(17), agency="police")
    cases.make(case, "report_received", on(17), agency="housing")
    for step in ("family_met", "chair_met_family", "reports_shared"):
        cases.make(case, step, on(18, 9))
    cases.make(case, "start_conference", on(18, 10))
    cases.make(case, "views_recorded", on(18, 11))
    cases.make(case, "decide_plan", on(18, 12), review_on="2027-02-10")
    found = figures(store, rules, MONDAY)
    assert found.conferences == [Conference(date(2026, 11, 2), date(2026, 11, 18))]
    assert reports_on_time(found.reports, found.today, found.calendar) == [
        Agency("housing", 0, 1, 0, 1),
        Agency("police", 0, 1, 0, 1),
        Agency("school", 1, 0, 0, None),
    ]
    assert [(plan.started_on, plan.ended_on, plan.earlier) for plan in found.plans] == [
        (date(2026, 11, 18), None, 0)
    ]
    assert [(review.due_on, review.booked_on) for review in found.reviews] == [
        (date(2027, 2, 18), date(2027, 2, 10))
    ]
    assert [stage.stage for stage in found.stages] == [9], "the first core group has not met"
    cases.make(case, "core_group_held", on(20))
    found = figures(store, rules, MONDAY)
    assert found.stages == []
    assert [met.done_at for met in found.core_groups] == [on(20), None]


def test_a_conference_on_its_way_waits_at_the_first_stage_that_is_not_done(store, rules, cases):
    case = enquiry(cases, 2)
    cases.make(case, "decide_conference", on(4, 9))
    assert [each.stage for each in figures(store, rules, on(5)).stages] == [1]
    cases.make(case, "request_conference", on(4, 10))
    cases.make(case, "book_conference", on(4, 11), conference_on="2026-11-18")
    cases.make(case, "invite", on(4, 12), agencies="school,police")
    (waiting,) = figures(store, rules, on(5)).stages
    assert waiting == (2, date(2026, 11, 4), False)
    (waiting,) = figures(store, rules, on(17)).stages
    assert waiting.over, "the reports were due on the 16th"
    cases.make(case, "report_received", on(17), agency="school")
    cases.make(case, "report_received", on(17, 11), agency="police")
    (waiting,) = figures(store, rules, on(17, 12)).stages
    assert (waiting.stage, waiting.since) == (3, date(2026, 11, 17))


def test_early_help_missing_education_and_disagreements_are_read_from_what_is_recorded(store, rules, cases):
    refused = cases.open("early_help", "early_help", on(2))
    cases.make(refused, "refuse_consent", on(3))
    up = cases.open("early_help", "early_help", on(4))
    cases.make(up, "step_up", on(5))
    missing = cases.open("missing_education", "absence", on(17), last_attended_on="2026-11-16", absent_from="2026-11-17")  # fmt: skip
    back = cases.open(
        "missing_education", "absence", on(10), last_attended_on="2026-11-09", absent_from="2026-11-10"
    )
    cases.make(back, "close_back_at_school", on(12))
    cases.open("escalation", "disagreement", on(18), situation="3", decided_at="nothing decided", harm_believed="no", out_of_hours="no")  # fmt: skip
    found = figures(store, rules, MONDAY)
    assert found.early_help == {"refused": 1, "stepping_up": 1}
    assert found.refused_on == [date(2026, 11, 3)]
    assert [(step.on, step.up) for step in found.steps] == [(date(2026, 11, 5), True)]
    assert found.missing_days == [5], f"17 to 23 November without the weekend: {missing}"
    assert found.missing_guessed == 1
    assert [(each.on, each.outcome) for each in found.missing_ended] == [(date(2026, 11, 12), "on_roll")]
    assert found.disputes == [Dispute("Talking it over", date(2026, 11, 18))]


def test_a_telephone_referral_brings_its_call_its_form_and_its_decision(store, rules, cases):
    case = cases.open("front_door", "phone", on(17, 9))
    cases.make(case, "submit_marf", on(17, 15))
    cases.make(case, "record_checks", on(18, 9))
    cases.make(case, "decide_advice", on(18, 10))
    (found,) = figures(store, rules, MONDAY).referrals
    assert (found.received_on, found.decided_on) == (date(2026, 11, 17), date(2026, 11, 18))
    assert (found.phoned_at, found.written_at) == (on(17, 9), on(17, 15))


def test_no_restricted_case_is_counted_anywhere_and_nobody_tells_by_looking(store, rules, cases):
    case = enquiry(cases, 2)
    open_one = enquiry(cases, 2)
    before = figures(store, rules, MONDAY)
    allegation = pathway("allegations").entries[0]
    adult = NewPerson(given="Adult", family="Invented", birth_date=date(1980, 5, 5), sex="F", kind="adult")
    answers = complete(allegation.records, "2026-11-03")
    store.viewer = ALL_SEEING
    cases.casework.open(
        "allegations", allegation.name, person=adult, actor=COORDINATOR, now=on(3), answers=answers
    )
    assert figures(store, rules, MONDAY) == before, "whoever asks"
    with store.writing() as tx:
        tx.connection.execute(
            f"UPDATE pathway_case SET restricted = TRUE, guarded = TRUE WHERE reference = '{case}'"
        )
    after = figures(store, rules, MONDAY)
    assert sum(line.cases for line in before.lines) == 2
    assert sum(line.cases for line in after.lines) == 1
    assert {task.reference for task in after.late} <= {open_one}


def test_a_case_that_somebody_is_kept_out_of_is_counted_and_not_listed(store, rules, cases):
    case = cases.open("front_door", "referral", on(18))
    with store.writing() as tx:
        tx.connection.execute(f"UPDATE pathway_case SET guarded = TRUE WHERE reference = '{case}'")
    found = figures(store, rules, MONDAY)
    assert found.late == []
    assert [line.late for line in found.lines] == [1]


def test_a_morning_is_noted_once_and_the_second_note_replaces_the_first(store, rules, cases):
    cases.open("front_door", "referral", on(18))
    assert note_morning(store, rules, MONDAY) == 1
    cases.open("front_door", "referral", on(20))
    enquiry(cases, 3)
    assert note_morning(store, rules, MONDAY) == 2
    found = figures(store, rules, MONDAY)
    assert found.mornings == [
        (
            date(2026, 11, 23),
            {"front_door": (2, 1), "child_protection": (1, _late(found, "child_protection"))},
        )
    ]


def _late(found, name):
    return next(line.late for line in found.lines if line.pathway == name)


def test_a_check_of_today_is_seen_and_yesterdays_is_not_enough(store, rules, cases):
    def headline():
        return page(figures(store, rules, MONDAY), "the-check-itself").headline

    assert headline() == "**not run** today"
    pass_due_dates(store, rules, on(22, 6), on(22, 6))
    assert headline() == "**not run** today"
    pass_due_dates(store, rules, MONDAY, MONDAY)
    assert headline() == "ran **6am**, 0 sec"
    found = figures(store, rules, MONDAY)
    assert [run.finished for run in found.runs] == [True, True]


def test_an_empty_store_has_empty_pages(store, rules, cases):
    found = figures(store, rules, MONDAY)
    assert found.lines == []
    assert found.core_groups == []
    assert not any(isinstance(each, Line | Met) for each in (*found.plans, *found.reviews))
    assert page(found, "this-morning").headline == "**0 late** of 0"
