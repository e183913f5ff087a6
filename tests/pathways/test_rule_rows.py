"""Rules asked from outside: one row in, one answer out, whatever is wrong with the row."""

from datetime import date

import pytest

from pathways.days import Calendar, Counting, SchoolCalendar, shipped_calendar
from pathways.errors import Mistyped
from pathways.rule_rows import COLUMNS, answer, answer_csv
from pathways.rulebook import load

CALENDAR = shipped_calendar()
SCHOOL = SchoolCalendar.from_csv(
    "from,to,kind\n2026-09-02,2026-10-23,term\n2026-11-02,2026-12-18,term\n2027-01-04,2027-02-12,term\n"
    "2026-11-02,2026-11-02,training\n2027-01-04,2027-01-04,training\n",
    CALENDAR,
)
WITH = {"rulebook": load(), "calendar": CALENDAR, "school": SCHOOL, "as_of": date(2026, 11, 22)}

ANSWERS = [
    # rule              start                  due                          plan_by       edition
    ("cp.icpc", "2026-11-03", "2026-11-24", "2026-11-24", "cp.icpc@2018-07-04"),
    ("fd.decision", "2026-11-07T23:59", "2026-11-09", "2026-11-09", "fd.decision@2018-07-04"),
    ("fd.marf_confirm", "2026-03-28T20:00", "2026-03-29T21:00:00+01:00", "2026-03-27", "fd.marf_confirm@2017-09-01"),
    ("fd.marf_confirm", "2026-10-25T01:30+01:00", "2026-10-26T00:30:00+00:00", "2026-10-26", "fd.marf_confirm@2017-09-01"),
    ("oe.notify", "2026-11-23T02:15", "2026-11-23T09:00:00+00:00", "2026-11-23", "oe.notify@2025-11-07"),
    ("cp.rcpc_first", "2026-11-30", "2027-02-28", "2027-02-26", "cp.rcpc_first@2018-07-04"),
    ("cp.coregroup_next", "2024-04-30", "2024-05-30", "2024-05-30", "cp.coregroup_next@2021-09-23"),
    ("cp.coregroup_next", "2024-05-01", "2024-05-29", "2024-05-29", "cp.coregroup_next@2024-05-01"),
    ("cp.age_18", "2008-02-29", "2026-03-01", "2026-02-27", "cp.age_18@2018-07-04"),
    ("cp.report_rcpc", "2026-11-25", "2026-11-18", "2026-11-18", "cp.report_rcpc@2018-07-04"),
    ("cme.ground_20", "2026-11-03", "2026-11-30", "2026-11-30", "cme.ground_20@2024-08-19"),
    ("lado.retain_lado_proven", "1931-05-06", "2031-05-06", "2031-05-06", "lado.retain_lado_proven@2018-11-12"),
    ("cme.four_week_test", "2016-08-31", "2016-09-28", "2016-09-28", "cme.four_week_test@2013-11-01"),
    ("rec.retain_75", "2026-11-02", "2101-11-02", "", "rec.retain_75@2022-10-20"),
]  # fmt: skip


@pytest.mark.parametrize(("rule_id", "start", "due", "plan_by", "edition"), ANSWERS)
def test_a_row_is_answered(rule_id, start, due, plan_by, edition):
    found = answer(rule_id, start, **WITH)
    assert (found.due, found.plan_by, found.rule_edition, found.error) == (due, plan_by, edition, None)
    assert found.explanation.endswith(".")


UNANSWERED = [
    ("cp.ipcc", "2026-11-03", "Did you mean cp.icpc?"),
    ("", "2026-11-03", "There is no rule ''."),
    ("cp.icpc", "2026-11-31", "The last day of November is the 30th."),
    ("cp.icpc", "", "No date was given"),
    ("cp.icpc", "2018-07-03", "is known from 4 July 2018"),
    ("cme.four_week_test", "2016-09-01", "was in force until 31 August 2016"),
    ("cme.cnis_visit_request", "2027-01-05", "not yet in force"),
    ("fd.marf_confirm", "2026-11-30", "needs the time of day"),
    ("fd.marf_confirm", "2026-03-29T01:30", "the clocks go forward"),
    ("fd.marf_confirm", "2026-10-25T01:30", "happens twice"),
    ("cp.icpc", "2040-12-31", "pathways days update"),
    ("cme.code_n", "2027-02-10", "12 February 2027"),
    ("cp.icpc", "1931-05-06", "The year 1931"),
]  # fmt: skip


@pytest.mark.parametrize(("rule_id", "start", "said"), UNANSWERED)
def test_a_row_that_cannot_be_answered_keeps_its_place_with_the_reason(rule_id, start, said):
    found = answer(rule_id, start, **WITH)
    assert (found.rule_id, found.start_datetime, found.due, found.plan_by) == (rule_id, start, "", "")
    assert said in found.explanation
    assert found.error == found.explanation


def test_school_days_without_the_school_are_not_guessed():
    assert "school's own calendar" in answer("cme.code_n", "2026-11-03", **{**WITH, "school": None}).error


def test_an_answer_says_what_was_skipped_and_when_to_plan():
    said = answer("cp.icpc", "2026-11-03", **WITH).explanation
    assert said == (
        "24 November 2026 is 15 working days after 3 November 2026. "
        "Skipped: 3 weekends (7-8, 14-15, 21-22 November); no bank holidays."
    )
    assert "plan for 24 December 2026" in answer("lado.clear_case", "2026-12-21", **WITH).explanation
    assert "a minimum to wait for" in answer("cme.ground_20", "2026-11-03", **WITH).explanation
    assert "the authority should confirm it" in answer("cp.visit", "2026-11-03", **WITH).explanation


TWO_LIMITS = [
    ("rec.retain_35", "2026-11-02", {"birth_date": "2020-01-05"}, "2061-11-02", "5 January 2045 (rec.retain_25)"),
    ("rec.retain_35", "2018-11-02", {"birth_date": "2030-01-05"}, "2055-01-05", "applies: rec.retain_25."),
    ("rec.retain_35", "2026-11-02", {}, "2061-11-02", "but that date is not known"),
    ("lado.retain_employer", "2026-11-02", {"birth_date": "1990-03-29"}, "2058-03-29", "normal pension age (68)"),
    ("lado.retain_employer", "2026-11-02", {"birth_date": date(1960, 3, 29)}, "2036-11-02", "28"),
    ("lado.retain_employer", "2026-11-02", {"birth_date": "1990-03-29", "pension_age": 67}, "2057-03-29", "(67)"),
    ("lado.retain_employer", "2026-11-02", {}, "2036-11-02", "normal pension age (68) applies, but that date is not known"),
    ("cp.rcpc_prebirth", "2026-11-02", {}, "2026-11-30", "cp.rcpc_first applies, but that date is not known"),
    ("cp.rcpc_prebirth", "2026-11-02", {"other_start": "2026-08-20"}, "2026-11-20", "applies: cp.rcpc_first."),
    ("cp.rcpc_prebirth", "2026-11-02", {"other_start": "2026-10-20"}, "2026-11-30", "applies: cp.rcpc_prebirth."),
]  # fmt: skip


@pytest.mark.parametrize(("rule_id", "start", "more", "due", "said"), TWO_LIMITS)
def test_the_earlier_or_later_of_two_limits_is_taken_where_both_are_known(rule_id, start, more, due, said):
    found = answer(rule_id, start, **WITH, **more)
    assert found.due == due
    assert said in found.explanation


def test_a_spoilt_birth_date_matters_only_where_it_is_needed():
    assert "29 February 1990" in answer("rec.retain_35", "2026-11-02", birth_date="1990-02-29", **WITH).error
    assert answer("cp.icpc", "2026-11-03", birth_date="1990-02-29", **WITH).due == "2026-11-24"


def test_a_rule_from_birth_follows_the_day_it_is_asked():
    found = answer("rec.retain_25", "2012-02-29", **WITH)
    assert (found.due, found.rule_edition) == ("2037-03-01", "rec.retain_25@2017-09-01")
    assert answer("rec.retain_25", "2012-02-29", **{**WITH, "as_of": date(2017, 8, 31)}).due == ""


def test_an_authority_s_own_counting_and_closures_are_heeded():
    closed = Calendar(CALENDAR.holidays, 2020, 2030, "test", [date(2026, 11, 4)])
    assert answer("fd.decision", "2026-11-03", **{**WITH, "calendar": closed}).due == "2026-11-05"
    assert (
        answer("fd.decision", "2026-11-07", counting=Counting(deemed_receipt=True), **WITH).due
        == "2026-11-10"
    )


def test_a_file_is_answered_row_by_row_and_one_bad_row_stops_nothing():
    lines = [
        "\ufeffrule_id,start_datetime,remark\n",
        "\n",
        "cp.icpc,2026-11-03,first\n",
        ",,\n",
        "cp.icpc,2026-11-31,impossible\n",
        '"fd.marf_confirm"," 2026-11-03T10:00 "\n',
        "cp.icpc\n",
    ]
    found = list(answer_csv(lines, **WITH))
    assert [one.due for one in found] == ["2026-11-24", "", "2026-11-04T10:00:00+00:00", ""]
    assert [bool(one.error) for one in found] == [False, True, False, True]
    assert found[0].as_row()[: len(COLUMNS)][:3] == ("cp.icpc", "2026-11-03", "2026-11-24")


def test_a_row_may_bring_a_birth_date_another_start_and_a_day_of_asking():
    lines = [
        "As_Of,start_datetime,other_start,birth_date,rule_id",
        ",2018-11-02,,2030-01-05,rec.retain_35",
        ",2026-11-02,2026-08-20,,cp.rcpc_prebirth",
        "2017-08-31,2012-02-29,,,rec.retain_25",
        "2026-02-30,2012-02-29,,,rec.retain_25",
    ]
    found = list(answer_csv(lines, **WITH))
    assert [one.due for one in found] == ["2055-01-05", "2026-11-20", "", ""]
    assert found[3].error.startswith("as_of: There is no 30 February 2026.")


HEADERS = [
    (["rule_id,begin\n", "cp.icpc,2026-11-03\n"], "start_datetime is missing .it has rule_id, begin"),
    (["cp.icpc,2026-11-03\n"], "rule_id and start_datetime are missing"),
    ([], "the file is empty"),
    (["\n", "\n"], "the file is empty"),
]


@pytest.mark.parametrize(("lines", "said"), HEADERS)
def test_a_header_without_its_columns_is_refused_at_once(lines, said):
    with pytest.raises(Mistyped, match=said):
        answer_csv(lines, **WITH)


def test_a_line_that_is_no_csv_is_told_and_the_next_one_answered():
    found = list(answer_csv(["rule_id,start_datetime", "cp.icpc\0,x", "cp.icpc,2026-11-03"], **WITH))
    assert found[0].error
    assert found[-1].due == "2026-11-24"
