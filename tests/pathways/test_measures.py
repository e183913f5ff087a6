"""What the wall counts, against small invented sets worked out by hand with a calendar.

November 2026: the 1st is a Sunday, so Mondays are 2, 9, 16, 23 and 30. Good Friday 2026 is 3 April, Easter Monday the
6th, the early May bank holiday Monday 4 May; Christmas Day 2026 is a Friday, and Monday 28 December stands in for
Boxing Day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pathways import measures as m
from pathways.calendars import shipped_calendar

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
CALENDAR = shipped_calendar()


def november(day: int) -> date:
    return date(2026, 11, day)


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_lines_of_several_teams_add_up_to_their_pathway():
    rows = [
        m.Line("child_protection", "north", 40, 2, 1, 4, 1),
        m.Line("child_protection", "south", 21, 0, 0, 0, 0),
        m.Line("early_help", "north", 50, 0, 0, 9, 0),
    ]
    found = m.standing(rows)
    assert found["child_protection"][2:] == (61, 2, 1, 4, 1)
    assert found["child_protection"].on_track == 54
    assert found["early_help"].on_track == 41
    assert {name: line.cases for name, line in m.standing(rows, "team").items()} == {"north": 90, "south": 21}


def test_the_longest_overdue_stands_first_and_a_weekend_is_no_lateness():
    friday, thursday = november(20), november(19)
    rows = [
        m.LateTask("CP-2026-0002", "child_protection", "Send the minutes", "conference", friday),
        m.LateTask("CP-2026-0001", "child_protection", "Hold the core group", "conference", thursday),
        m.LateTask("RF-2026-0001", "front_door", "Decide on the referral", "front door", MONDAY),
    ]
    found = m.late_tasks(rows, MONDAY, CALENDAR)
    assert [(days, task.reference) for days, task in found] == [
        (2, "CP-2026-0001"),
        (1, "CP-2026-0002"),
        (0, "RF-2026-0001"),
    ]


FIFTEEN = [
    # discussed            the 15th working day   the 16th              why
    (date(2026, 11, 2), date(2026, 11, 23), date(2026, 11, 24), "three plain weeks"),
    (date(2026, 12, 10), date(2027, 1, 5), date(2027, 1, 6), "Christmas Day, the Monday for Boxing Day, New Year's Day"),
    (date(2026, 3, 23), date(2026, 4, 15), date(2026, 4, 16), "Good Friday and Easter Monday"),
    (date(2026, 4, 20), date(2026, 5, 12), date(2026, 5, 13), "the early May bank holiday"),
]  # fmt: skip


@pytest.mark.parametrize(("discussed", "fifteenth", "sixteenth", "why"), FIFTEEN)
def test_a_conference_on_the_fifteenth_working_day_is_in_time_and_on_the_sixteenth_is_not(
    discussed, fifteenth, sixteenth, why
):
    rows = [m.Conference(discussed, fifteenth), m.Conference(discussed, sixteenth)]
    found = m.conference_waits(rows, sixteenth, CALENDAR)
    assert (found.within, found.over, found.longest, found.median) == (1, 1, 16, 15.5), why


def test_conferences_are_counted_in_the_week_they_were_held_and_bad_pairs_are_left_out():
    rows = [
        m.Conference(november(2), november(18)),  # 12 working days, week of the 16th
        m.Conference(november(3), november(20)),  # 13, the same week
        m.Conference(date(2026, 10, 19), november(13)),  # 19, week of the 9th
        m.Conference(None, november(18)),  # before a birth: no discussion here
        m.Conference(november(19), november(18)),  # dated before its discussion
        m.Conference(date(2026, 8, 3), date(2026, 8, 24)),  # longer ago than twelve weeks
    ]
    found = m.conference_waits(rows, MONDAY, CALENDAR)
    assert len(found.weeks) == 12
    assert found.weeks[0].begins == date(2026, 9, 7)
    assert found.weeks[-2] == m.Week(november(16), 2, 0, 12.5)
    assert found.weeks[-3] == m.Week(november(9), 0, 1, 19)
    assert found.weeks[-1] == m.Week(november(23), 0, 0, None)
    assert (found.within, found.over, found.median, found.longest, found.unusable) == (2, 1, 13, 19, 2)


def test_a_stage_counts_what_waits_there_within_and_over_its_time():
    rows = [
        m.AtStage(2, november(16), over=False),
        m.AtStage(2, november(9), over=True),
        m.AtStage(9, november(20), over=False),
    ]
    found = m.conference_stages(rows, MONDAY, CALENDAR)
    assert list(found) == list(range(1, 10))
    assert found[2] == m.StageCount(1, 1, 10)
    assert found[9] == m.StageCount(1, 0, 1)
    assert found[1] == m.StageCount(0, 0, None)


def test_reports_are_in_time_on_their_day_late_after_it_and_not_in_when_it_has_passed():
    due = november(18)
    rows = [
        m.Report("school", due, due),
        m.Report("school", due, november(10)),
        m.Report("police", due, november(20)),  # two working days late
        m.Report("police", due, None),  # three working days late so far
        m.Report("police", due, november(17)),
        m.Report("housing", november(30), None),  # not due yet
        m.Report("housing", date(2026, 8, 21), None),  # longer ago than three months
    ]
    assert m.reports_on_time(rows, MONDAY, CALENDAR) == [
        m.Agency("police", 1, 1, 1, 2.5),
        m.Agency("school", 2, 0, 0, None),
    ]


def test_reviews_are_booked_in_time_too_late_or_not_at_all():
    rows = [
        m.Review(november(26), november(25)),
        m.Review(november(26), november(27)),
        m.Review(november(27), None),
        m.Review(november(27), november(10)),  # that day has been: nothing is booked
        m.Review(november(20), november(30)),  # overdue, whatever is booked
    ]
    overdue, weeks = m.reviews_coming(rows, MONDAY)
    assert overdue == 1
    assert weeks[0] == m.ComingWeek(november(23), 1, 1, 2)
    assert [week.begins for week in weeks[:2]] == [november(23), november(30)]
    assert weeks[1] == m.ComingWeek(november(30), 0, 0, 0)


def test_a_limit_is_kept_or_not_and_one_that_runs_is_neither():
    end = at(november(20), 23)
    rows = [
        m.Met(end, end),
        m.Met(end, end + timedelta(seconds=1)),
        m.Met(end, None),
        m.Met(at(november(25)), None),
    ]
    assert m.limits_kept(rows, NOW) == (1, 2)


def test_plans_of_three_months_with_one_late_review_do_not_count_as_reviewed_in_time():
    kept, late = m.Met(at(november(2)), at(november(1))), m.Met(at(november(2)), at(november(3)))
    running = m.Met(at(date(2027, 4, 1)), None)
    rows = [
        m.PlanReviews(date(2026, 8, 23), (kept, running)),  # three months to the day
        m.PlanReviews(date(2026, 8, 24), (late,)),  # not three months yet
        m.PlanReviews(date(2026, 2, 1), (kept, late, running)),
    ]
    assert m.plans_reviewed_in_time(rows, NOW, MONDAY) == (1, 2)


def test_plans_fall_into_bands_on_the_very_day():
    rows = [
        m.Plan(date(2026, 8, 24), None, 0),  # a day short of three months
        m.Plan(date(2026, 8, 23), None, 0),  # three months
        m.Plan(date(2026, 5, 23), None, 1),  # six
        m.Plan(
            date(2025, 11, 23), None, 0
        ),  # twelve: and started exactly a year ago, so not in the last year
        m.Plan(date(2025, 8, 23), None, 0),  # fifteen
        m.Plan(date(2024, 11, 23), None, 2),  # twenty-four
        m.Plan(date(2024, 5, 10), date(2026, 5, 10), 0),  # ended after two years to the day
        m.Plan(date(2024, 5, 11), date(2026, 5, 10), 0),  # a day less
        m.Plan(date(2023, 5, 11), date(2025, 11, 22), 0),  # ended more than a year ago
    ]
    found = m.plan_lengths(rows, MONDAY)
    assert found.bands == (1, 1, 1, 2, 1)
    assert found.again == (0, 0, 1, 0, 1)
    assert found.long == 2
    assert (found.started, found.started_again) == (3, 1)
    assert (found.ended, found.ended_long) == (2, 1)


def test_a_referral_decided_on_the_next_working_day_is_in_time():
    friday = november(13)
    rows = [
        m.Referral(1, 1, friday, november(16)),  # Monday: in time
        m.Referral(2, 2, friday, november(17)),  # Tuesday: late
        m.Referral(3, 3, november(20), None),  # Friday; today is Monday: still within the day
        m.Referral(4, 4, november(19), None),  # Thursday: overdue
        m.Referral(5, 5, date(2026, 9, 6), november(6)),  # a Sunday, thirteen weeks back
    ]
    weeks = {week.begins: week for week in m.referral_decisions(rows, {}, MONDAY, CALENDAR)}
    assert len(weeks) == 12
    assert weeks[november(9)] == m.ReferralWeek(november(9), 1, 1, 0, 0)
    assert weeks[november(16)] == m.ReferralWeek(november(16), 0, 1, 1, 0)
    assert sum(each.in_time + each.late + each.waiting for each in weeks.values()) == 4


def test_a_child_came_back_when_referred_a_year_ago_to_the_day_and_not_a_day_before():
    row = m.Referral(7, 70, november(18), None)
    assert m.came_back(row, {7: [(69, date(2025, 11, 18))]})
    assert not m.came_back(row, {7: [(69, date(2025, 11, 17))]})
    assert not m.came_back(row, {7: [(70, november(18))]}), "its own spell"
    assert not m.came_back(row, {8: [(69, november(1))]}), "another child"


def test_a_written_form_has_24_hours_through_the_weekend():
    call = at(november(20), 15)
    rows = [
        m.Referral(1, 1, november(20), None, call, call + timedelta(hours=24)),
        m.Referral(2, 2, november(20), None, call, call + timedelta(hours=24, minutes=1)),
        m.Referral(3, 3, november(20), None, call, None),
        m.Referral(4, 4, november(20), None, at(november(22), 15), None),  # until this afternoon
        m.Referral(5, 5, november(20), None),  # was never a call
    ]
    assert m.forms_in_a_day(rows, NOW) == (1, 3)


def test_missing_days_fall_into_bands():
    assert m.missing_by_days([0, 5, 6, 10, 11, 20, 21, 300]) == (2, 2, 2, 2)


def test_endings_are_counted_by_outcome_for_twelve_weeks():
    rows = [
        m.Ended(date(2026, 9, 7), "on_roll"),
        m.Ended(november(20), "on_roll"),
        m.Ended(november(2), "ehe_suitable"),
        m.Ended(date(2026, 9, 6), "age_out"),
    ]
    assert m.endings(rows, MONDAY) == {"on_roll": 2, "ehe_suitable": 1}


def test_steps_are_counted_by_month_for_six_months():
    rows = [
        m.Step(date(2026, 6, 1), up=True),
        m.Step(date(2026, 5, 31), up=True),
        m.Step(november(2), up=False),
        m.Step(november(20), up=False),
    ]
    found = m.steps_by_month(rows, MONDAY)
    assert [month for month, _, _ in found] == [date(2026, month, 1) for month in range(6, 12)]
    assert found[0][1:] == (1, 0)
    assert found[-1][1:] == (0, 2)


def test_refusals_are_those_of_six_months():
    assert m.refusals([date(2026, 5, 31), date(2026, 6, 1), november(23), november(24)], MONDAY) == 2


def test_a_disagreement_keeps_its_age_through_every_step():
    rows = [
        m.Dispute("Stage 1", november(16)),
        m.Dispute("Stage 1", november(20)),
        m.Dispute("Stage 2", november(2)),
    ]
    assert m.disagreements(rows, MONDAY, CALENDAR) == {"Stage 1": [1, 5], "Stage 2": [15]}


def test_loads_are_spread_over_leads_without_names():
    rows = [
        m.Load("conference", True, 14),
        m.Load("conference", True, 9),
        m.Load("conference", False, 3),
        m.Load("front door", False, 6),
    ]
    assert m.caseloads(rows) == {
        "conference": m.TeamLoad(26, 3, (9, 14)),
        "front door": m.TeamLoad(6, 6, ()),
    }


def test_completeness_is_fields_known_of_fields_asked_for():
    rows = [m.Known("child_in_need", "Sex", 10, 8), m.Known("child_in_need", "Ethnicity", 10, 5)]
    assert m.completeness(rows) == (13, 20)


def test_impossible_dates_add_up():
    assert m.impossible_dates([m.Impossible("closed first", 2), m.Impossible("in the future", 1)]) == 3


def test_a_check_that_did_not_finish_is_none_for_today():
    def run(when, finished):
        return m.Run(when, finished, 6, 198, 3, 1, 0, "england-2026.1")

    def day_of(moment):
        return moment.date()

    assert m.check_runs([run(NOW, True), run(at(november(22)), False)], MONDAY, day_of) == (True, 1)
    assert m.check_runs([run(NOW, False), run(at(november(22)), True)], MONDAY, day_of) == (False, 1)
    assert m.check_runs([], MONDAY, day_of) == (False, 0)


@pytest.mark.parametrize("name", m.MEASURES)
def test_every_measure_explains_itself_to_a_manager(name):
    said = m.explained(m.MEASURES[name])
    assert len(said) > 60
    assert "Args" not in said
    assert "None" not in said
    assert said.endswith(".")
