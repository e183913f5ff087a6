"""Children missing education: each decision, by whom, knowing what, where it leads, and when. Worked out by hand."""

from dataclasses import replace
from datetime import date, datetime

import pytest

import pathways
from pathways import pathway
from pathways.clocks import advance
from pathways.days import LONDON
from pathways.missing_education import GATES_OPEN, JOINT, PATHWAY, UNDER_WAY
from pathways.moments import school_age_ends
from pathways.roles import Role
from tests.pathways.deciding import NOT_HERE, NOT_THEIRS, NOT_YET, THEN, asked, lacking, led
from tests.pathways.on_paper import RULES, Paper, due, london

SCHOOL, OWNER, OFFICER, PLACES, DSL = (
    Role.ATTENDANCE_LEAD, Role.PROPRIETOR, Role.CME_COORDINATOR, Role.ADMISSIONS, Role.DSL,
)  # fmt: skip
PARENT, TEAM, CLOCK, POLICE, STAFF = Role.PARENT, Role.TEAM_LEADER, Role.CLOCK, Role.POLICE, Role.STAFF

LOST = {"joint_result": "cannot find the child", "unable_to_attend": False}
ABSENT = LOST | {"only_these_codes": True}
OLD = {"first_day_of_absence": "2024-06-03"}
RETURNED = {"deletion_return_sent": THEN}
OTHER_SCHOOL, AT_HOME = {"other_ground": "registered at another school"}, {"other_ground": "educated at home"}
TOLD = {"checks_made": THEN, "police_told": True, "social_care_told": True}
SEEN, ON_ROLL = {"child_seen": THEN}, {"entered_on_register": THEN}
BORN = {"birth_date": "2010-05-04"}

DECISIONS = [
    # from                   decision                     by       knowing                          leads to
    ("absent",                "make_first_day_contact",    SCHOOL,  {},                              "absent"),
    ("absent",                "enquire",                   SCHOOL,  {"first_day_contact_made": THEN}, "school_enquiries"),
    ("absent",                "enquire",                   SCHOOL,  {},                              NOT_YET),
    ("absent",                "refer_to_authority",        SCHOOL,  {},                              "joint_enquiries"),
    ("school_enquiries",      "refer_to_authority",        DSL,     {},                              "joint_enquiries"),
    ("absent",                "suspect_harm",              STAFF,   {},                              "absent"),
    ("absent",                "find_ground_absence",       SCHOOL,  ABSENT,                          NOT_HERE),
    ("absent",                "find_ground_other",         SCHOOL,  {},                              "removal_pending"),
    ("absent",                "close_back_at_school",      SCHOOL,  {},                              "closed"),
    ("joint_enquiries",       "twenty_days_over",          CLOCK,   {},                              "register_decision_due"),
    ("joint_enquiries",       "twenty_days_over",          SCHOOL,  {},                              NOT_THEIRS),
    ("leave_ground_open",     "twenty_days_over",          CLOCK,   {},                              "both_grounds_open"),
    ("joint_enquiries",       "ten_days_over",             CLOCK,   {},                              "leave_ground_open"),
    ("register_decision_due", "ten_days_over",             CLOCK,   {},                              "both_grounds_open"),
    ("joint_enquiries",       "find_ground_absence",       SCHOOL,  ABSENT,                          NOT_YET),
    ("leave_ground_open",     "find_ground_absence",       SCHOOL,  ABSENT,                          NOT_YET),
    ("register_decision_due", "find_ground_absence",       SCHOOL,  ABSENT,                          "removal_pending"),
    ("both_grounds_open",     "find_ground_absence",       SCHOOL,  ABSENT,                          "removal_pending"),
    ("register_decision_due", "find_ground_absence",       SCHOOL,  LOST,                            NOT_YET),
    ("register_decision_due", "find_ground_absence",       SCHOOL,  ABSENT | {"unable_to_attend": True}, NOT_YET),
    ("register_decision_due", "find_ground_absence",       SCHOOL,  ABSENT | {"joint_result": "child found"}, NOT_YET),
    ("register_decision_due", "find_ground_absence",       CLOCK,   ABSENT,                          NOT_THEIRS),
    ("joint_enquiries",       "find_ground_leave",         SCHOOL,  LOST,                            NOT_YET),
    ("register_decision_due", "find_ground_leave",         SCHOOL,  LOST,                            NOT_YET),
    ("leave_ground_open",     "find_ground_leave",         SCHOOL,  LOST,                            "removal_pending"),
    ("both_grounds_open",     "find_ground_leave",         SCHOOL,  LOST,                            "removal_pending"),
    ("joint_enquiries",       "find_ground_earlier_rules", SCHOOL,  LOST | OLD | {"school_days_absent": 20, "earlier_ground": "absence"}, "removal_pending"),
    ("joint_enquiries",       "find_ground_earlier_rules", SCHOOL,  LOST | OLD | {"school_days_absent": 19, "earlier_ground": "absence"}, NOT_YET),
    ("joint_enquiries",       "find_ground_earlier_rules", SCHOOL,  LOST | OLD | {"school_days_absent": 10, "earlier_ground": "leave"}, "removal_pending"),
    ("joint_enquiries",       "find_ground_earlier_rules", SCHOOL,  LOST | {"first_day_of_absence": "2024-08-19", "school_days_absent": 30}, NOT_YET),
    ("removal_pending",       "remove_not_found",          OWNER,   RETURNED,                        "locating"),
    ("removal_pending",       "remove_not_found",          OWNER,   {},                              NOT_YET),
    ("removal_pending",       "remove_not_found",          SCHOOL,  RETURNED,                        NOT_THEIRS),
    ("removal_pending",       "remove_not_found",          OWNER,   RETURNED | OTHER_SCHOOL,         NOT_YET),
    ("removal_pending",       "remove_to_other_school",    OWNER,   RETURNED | OTHER_SCHOOL,         "registered_elsewhere"),
    ("removal_pending",       "remove_to_home",            OWNER,   RETURNED | AT_HOME,              "home_educated"),
    ("removal_pending",       "remove_to_home",            OWNER,   RETURNED,                        NOT_YET),
    ("removal_pending",       "keep_on_register",          SCHOOL,  {},                              "joint_enquiries"),
    ("identified",            "find_not_known",            OFFICER, {},                              "locating"),
    ("identified",            "find_home_educated",        PARENT,  {},                              "home_educated"),
    ("identified",            "locate",                    OFFICER, SEEN,                            "needs_place"),
    ("identified",            "locate",                    OFFICER, {},                              NOT_YET),
    ("locating",              "record_not_traced",         OFFICER, TOLD,                            "untraced"),
    ("locating",              "record_not_traced",         OFFICER, {"police_told": True, "social_care_told": True}, NOT_YET),
    ("locating",              "record_not_traced",         OFFICER, TOLD | {"police_told": False},   NOT_YET),
    ("untraced",              "look_again",                OFFICER, {},                              "untraced"),
    ("untraced",              "locate",                    OFFICER, SEEN,                            "needs_place"),
    ("untraced",              "find_at_other_school",      OFFICER, {},                              "registered_elsewhere"),
    ("registered_elsewhere",  "close_at_other_school",     OFFICER, {},                              "closed"),
    ("registered_elsewhere",  "find_not_known",            OFFICER, {},                              "locating"),
    ("needs_place",           "find_place",                PLACES,  {},                              "placed"),
    ("placed",                "place_fell_through",        PLACES,  {},                              "needs_place"),
    ("placed",                "close_placed",              SCHOOL,  ON_ROLL,                         "closed"),
    ("placed",                "close_placed",              SCHOOL,  {},                              NOT_YET),
    ("closed",                "send_new_pupil_return",     SCHOOL,  {},                              "closed"),
    ("home_educated",         "close_suitable_at_home",    OFFICER, {},                              "closed"),
    ("home_educated",         "close_suitable_at_home",    PARENT,  {},                              NOT_THEIRS),
    ("home_educated",         "serve_notice",              TEAM,    {},                              "notice_served"),
    ("notice_served",         "make_order",                TEAM,    {},                              NOT_YET),
    ("notice_served",         "notice_over",               CLOCK,   {},                              "order_decision_due"),
    ("notice_served",         "notice_over",               TEAM,    {},                              NOT_THEIRS),
    ("order_decision_due",    "make_order",                TEAM,    {},                              "ordered"),
    ("order_decision_due",    "make_order",                CLOCK,   {},                              NOT_THEIRS),
    ("order_decision_due",    "accept_home_education",     TEAM,    {},                              "home_educated"),
    ("ordered",               "find_place",                PLACES,  {},                              "placed"),
    ("locating",              "close_left_country",        OFFICER, {},                              "closed"),
    ("locating",              "close_left_country",        POLICE,  {},                              NOT_THEIRS),
    ("absent",                "close_left_country",        OFFICER, {},                              NOT_HERE),
    ("needs_place",           "close_other_authority",     OFFICER, {},                              "closed"),
    ("needs_place",           "close_out_of_age",          OFFICER, BORN | {"school_age_ended_on": "2026-06-26"}, "closed"),
    ("needs_place",           "close_out_of_age",          OFFICER, BORN | {"school_age_ended_on": "2026-06-25"}, NOT_YET),
    ("needs_place",           "close_out_of_age",          OFFICER, {"school_age_ended_on": "2026-06-26"}, NOT_YET),
    ("untraced",              "child_died",                OFFICER, {},                              "closed"),
    ("untraced",              "reached_18",                CLOCK,   {},                              "closing_at_18"),
    ("closing_at_18",         "complete_closure",          OFFICER, {},                              "closed"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "trigger", "role", "knowing", "leads_to"), DECISIONS)
def test_decision(state, trigger, role, knowing, leads_to):
    assert led(PATHWAY, state, trigger, role, knowing) == leads_to


DUE_DATES = [
    # rule                     started             due                 why
    ("cme.first_day_contact",   date(2026, 11, 4),  date(2026, 11, 4),  "the same school day"),
    ("cme.first_day_contact",   date(2026, 10, 24), date(2026, 11, 3),  "a Saturday before half term; 2 November is a training day"),
    ("cme.tell_social_worker",  date(2026, 12, 18), date(2026, 12, 18), "the last day of term"),
    ("cme.code_n",              date(2026, 11, 4),  date(2026, 11, 11), "five school days after the day of entry"),
    ("cme.enquiries_start",     date(2026, 11, 4),  date(2026, 11, 6),  "the third day, the first being day 1"),
    ("cme.enquiries_start",     date(2026, 10, 23), date(2026, 11, 4),  "half term and a training day do not count"),
    ("cme.refer_to_la",         date(2026, 12, 11), date(2027, 1, 11),  "five days before Christmas, five from 5 January"),
    ("cme.attendance_return",   date(2026, 11, 4),  date(2026, 11, 17), "ten days with the first"),
    ("cme.sickness_return",     date(2026, 11, 4),  date(2026, 11, 24), "fifteen days with the first"),
    ("cme.new_pupil_return",    date(2026, 11, 6),  date(2026, 11, 11), "plain days: the fifth after the entry"),
    ("cme.new_pupil_return",    date(2024, 8, 18),  date(2024, 8, 23),  "under the rules of 2016"),
    ("cme.deletion_return",     date(2026, 11, 7),  date(2026, 11, 7),  "no later than the removal itself"),
    ("cme.ground_20",           date(2026, 11, 4),  date(2026, 12, 1),  "twenty school days, the first being day 1"),
    ("cme.ground_20",           date(2026, 12, 14), date(2027, 1, 25),  "five days before Christmas, fifteen from 5 January"),
    ("cme.ground_leave",        date(2026, 11, 6),  date(2026, 11, 20), "ten school days after the last day of leave"),
    ("cme.weekly_welfare",      date(2026, 12, 22), date(2026, 12, 29), "a week, holidays or not"),
    ("cme.sao_notice",          date(2026, 11, 2),  date(2026, 11, 16), "fifteen days beginning with the day of service"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "started", "on", "why"), DUE_DATES)
def test_due_date(rule, started, on, why):
    assert due(rule, started) == on, why


def moves(trigger):
    return [move for move in PATHWAY.moves if move.trigger == trigger]


def test_closure_codes_are_those_of_the_field_and_untraced_is_none_of_them():
    assert {move.outcome for move in PATHWAY.moves if move.outcome} == {
        "on_roll", "ehe_suitable", "left_country_confirmed", "other_la_accepted", "age_out", "died",
    }  # fmt: skip
    assert "untraced" in PATHWAY.open_states


def test_nobody_waits_four_weeks():
    assert "cme.four_week_test" not in {clock.rule for clock in PATHWAY.clocks}


def absent(at=date(2026, 11, 5), first=date(2026, 11, 4), rules=RULES):
    case = Paper(
        PATHWAY, "absence", london(at), rules, last_attended_on="2026-11-03", absent_from=first.isoformat()
    )
    case.do("make_first_day_contact", SCHOOL, london(at))
    case.do("enquire", SCHOOL, london(at))
    return case


def test_an_absence_starts_every_limit_of_the_school():
    case = Paper(
        PATHWAY,
        "absence",
        london(date(2026, 11, 4), 9),
        last_attended_on="2026-11-03",
        absent_from="2026-11-04",
    )
    assert case.running == {
        "cme.first_day_contact": date(2026, 11, 4), "cme.tell_social_worker": date(2026, 11, 4),
        "cme.enquiries_start": date(2026, 11, 6), "cme.refer_to_la": date(2026, 11, 17),
        "cme.weekly_welfare": date(2026, 11, 10),
    }  # fmt: skip


def lost(case, at):
    case.do("record_joint_enquiries", OFFICER, london(at), result="cannot find the child")
    return case.do("find_ground_absence", SCHOOL, london(at), unable="no")


def test_nobody_is_removed_before_twenty_school_days_and_after_them_somebody_decides():
    case = absent()
    assert case.do("refer_to_authority", SCHOOL, london(date(2026, 11, 12))) == "joint_enquiries"
    assert case.running["cme.ground_20"] == date(2026, 12, 1)
    assert lost(case, date(2026, 11, 30)) == NOT_YET
    assert case.pass_time(london(date(2026, 12, 1), 23, 59)) == "joint_enquiries"
    assert case.pass_time(london(date(2026, 12, 2), 0)) == "register_decision_due"
    assert "removed_from_register" not in case.facts
    assert lost(case, date(2026, 12, 2)) == "removal_pending"
    assert case.running["cme.deletion_return"] == date(2026, 12, 2)
    assert case.do("remove_not_found", OWNER, london(date(2026, 12, 2))) == NOT_YET
    case.do("send_deletion_return", SCHOOL, london(date(2026, 12, 2)))
    assert case.do("remove_not_found", OWNER, london(date(2026, 12, 2))) == "locating"


def test_the_refusal_says_which_date_is_waited_for():
    answer = asked(PATHWAY, "joint_enquiries", "find_ground_absence", SCHOOL, ABSENT)
    assert [reason.condition.id for reason in answer.reasons] == ["removal.twenty_days"]
    assert "twenty school days" in answer.reasons[0].message


def test_twenty_days_that_are_over_before_the_authority_is_asked_open_the_decision_the_same_night():
    case = absent()
    assert case.pass_time(london(date(2026, 12, 9), 0)) == "school_enquiries"
    assert case.do("refer_to_authority", SCHOOL, london(date(2026, 12, 9))) == "joint_enquiries"
    assert case.running["cme.ground_20"] == date(2026, 12, 1)
    assert case.pass_time(london(date(2026, 12, 10), 0)) == "register_decision_due"


def test_ten_days_after_leave_open_that_ground_and_not_the_other():
    case = absent(date(2026, 11, 10), date(2026, 11, 9))
    case.do("record_leave_ended", SCHOOL, london(date(2026, 11, 10)), ended_on="2026-11-06")
    assert case.do("refer_to_authority", SCHOOL, london(date(2026, 11, 12))) == "joint_enquiries"
    assert (case.running["cme.ground_leave"], case.running["cme.ground_20"]) == (
        date(2026, 11, 20),
        date(2026, 12, 4),
    )
    assert case.pass_time(london(date(2026, 11, 21), 0)) == "leave_ground_open"
    assert lost(case, date(2026, 11, 23)) == NOT_YET
    assert case.pass_time(london(date(2026, 12, 5), 0)) == "both_grounds_open"
    assert case.do("find_ground_leave", SCHOOL, london(date(2026, 12, 7)), unable="no") == "removal_pending"


def test_a_child_kept_on_the_register_can_be_decided_on_again():
    case = absent()
    case.do("refer_to_authority", SCHOOL, london(date(2026, 11, 12)))
    case.pass_time(london(date(2026, 12, 2), 0))
    lost(case, date(2026, 12, 2))
    assert case.do("keep_on_register", SCHOOL, london(date(2026, 12, 3))) == "joint_enquiries"
    assert case.pass_time(london(date(2026, 12, 4), 0)) == "register_decision_due"


def test_a_corrected_first_day_shuts_the_gate_again():
    case = absent()
    case.do("refer_to_authority", SCHOOL, london(date(2026, 11, 12)))
    case.pass_time(london(date(2026, 12, 2), 0))
    assert (
        case.do("correct_absence", SCHOOL, london(date(2026, 12, 2)), absent_from="2026-11-16")
        == "school_enquiries"
    )
    assert case.do("refer_to_authority", SCHOOL, london(date(2026, 12, 2))) == "joint_enquiries"
    assert case.running["cme.ground_20"] == date(2026, 12, 11)


def test_one_code_after_another_of_the_same_kind_goes_on_with_the_same_count():
    case = absent()
    case.do("record_code", SCHOOL, london(date(2026, 11, 5)), code="N", since="2026-11-04")
    assert (case.running["cme.code_n"], case.running["cme.attendance_return"]) == (
        date(2026, 11, 11),
        date(2026, 11, 17),
    )
    case.do("record_code", SCHOOL, london(date(2026, 11, 10)), code="O", since="2026-11-10")
    assert "cme.code_n" not in case.running
    assert case.running["cme.attendance_return"] == date(2026, 11, 17)
    case.do("record_code", SCHOOL, london(date(2026, 11, 12)), code="I", since="2026-11-12")
    assert case.running["cme.sickness_return"] == date(2026, 12, 2)


def test_the_child_is_seen_every_week_until_back():
    case = absent()
    assert case.running["cme.weekly_welfare"] == date(2026, 11, 10), (
        "school saw the child on the last day there"
    )
    case.do("child_seen", DSL, london(date(2026, 11, 9)), seen="no")
    assert case.running["cme.weekly_welfare"] == date(2026, 11, 10)
    case.do("child_seen", DSL, london(date(2026, 11, 9)), seen="yes")
    assert case.running["cme.weekly_welfare"] == date(2026, 11, 16)


def test_no_order_is_made_while_the_parent_s_time_runs():
    case = Paper(PATHWAY, "no_school", london(date(2026, 11, 2)))
    case.do("find_home_educated", OFFICER, london(date(2026, 11, 2)))
    assert case.do("serve_notice", TEAM, london(date(2026, 11, 2))) == "notice_served"
    assert case.do("make_order", TEAM, london(date(2026, 11, 16))) == NOT_YET
    assert case.pass_time(london(date(2026, 11, 16), 23, 59)) == "notice_served"
    assert case.pass_time(london(date(2026, 11, 17), 0)) == "order_decision_due"
    assert case.do("make_order", TEAM, london(date(2026, 11, 17))) == "ordered"


def test_the_return_on_a_new_pupil_is_owed_even_after_the_case_is_closed():
    case = Paper(PATHWAY, "no_school", london(date(2026, 11, 2)))
    case.do("child_seen", OFFICER, london(date(2026, 11, 2)), seen="yes")
    case.do("locate", OFFICER, london(date(2026, 11, 2)))
    case.do("find_place", PLACES, london(date(2026, 11, 3)), starts_on="2026-11-06")
    case.do("enter_on_register", SCHOOL, london(date(2026, 11, 6)), usual_intake="no")
    assert case.do("close_placed", SCHOOL, london(date(2026, 11, 9))) == "closed"
    assert case.running == {"cme.new_pupil_return": date(2026, 11, 11)}
    case.do("send_new_pupil_return", SCHOOL, london(date(2026, 11, 10)))
    assert case.running == {}


def test_the_usual_intake_needs_no_return():
    case = Paper(PATHWAY, "no_school", london(date(2026, 9, 3)))
    case.do("child_seen", OFFICER, london(date(2026, 9, 3)), seen="yes")
    case.do("locate", OFFICER, london(date(2026, 9, 3)))
    case.do("find_place", PLACES, london(date(2026, 9, 3)), starts_on="2026-09-03")
    case.do("enter_on_register", SCHOOL, london(date(2026, 9, 3)), usual_intake="yes")
    assert "cme.new_pupil_return" not in case.running


def test_an_older_absence_is_decided_under_the_older_rules():
    assert led(PATHWAY, "joint_enquiries", "find_ground_earlier_rules", SCHOOL, LOST) == NOT_YET
    assert "removal.earlier_rules" in lacking(
        PATHWAY, "joint_enquiries", "find_ground_earlier_rules", SCHOOL, LOST
    )


def test_without_a_school_calendar_the_absence_is_recorded_and_the_limits_are_said_to_be_unknown():
    case = absent(rules=replace(RULES, school=None))
    assert case.state == "school_enquiries"
    assert {"cme.first_day_contact", "cme.refer_to_la"} <= {rule for rule, _ in case.draft.unknown}
    assert case.running == {"cme.weekly_welfare": date(2026, 11, 10)}


LEAVING = [
    # born                school age ends
    (date(2010, 5, 4),    date(2026, 6, 26)),
    (date(2009, 9, 1),    date(2026, 6, 26)),
    (date(2010, 8, 31),   date(2026, 6, 26)),
    (date(2010, 9, 1),    date(2027, 6, 25)),
    (date(2012, 2, 29),   date(2028, 6, 30)),
]  # fmt: skip


@pytest.mark.parametrize(("born", "ends"), LEAVING)
def test_school_age_ends_on_the_last_friday_of_june(born, ends):
    assert school_age_ends(born) == ends


def test_harm_can_be_referred_from_everywhere():
    (move,) = moves("suspect_harm")
    assert set(move.source) == set(UNDER_WAY)


def test_every_gate_leaves_what_could_be_done_before_it():
    before = {move.trigger for move in PATHWAY.moves_from("joint_enquiries") if not move.by_clock}
    for state in GATES_OPEN:
        assert before <= {move.trigger for move in PATHWAY.moves_from(state)}
    assert set(JOINT) == {"joint_enquiries", *GATES_OPEN}


def test_no_answer_of_several_has_a_comma_in_it():
    for found in map(pathway, pathways.NAMES):
        for kind in found.evidence().values():
            for field in kind.fields:
                assert field.kind != "choices" or not any("," in each for each in field.choices), field.name


def test_the_clock_change_is_counted_in_london():
    assert due("cme.first_day_contact", datetime(2026, 10, 23, 23, 30, tzinfo=LONDON)) == date(2026, 10, 23)


def test_the_end_of_school_age_puts_the_case_before_an_officer_and_closes_nothing():
    """Born on 20 August 2010: 16 in August 2026, so school age ended on Friday 26 June 2026."""
    (started,) = [
        each
        for each in advance(
            PATHWAY, "locating", {"birth_date": "2010-08-20"}, (), RULES, today=date(2026, 6, 1)
        ).started
        if each.rule == "cme.school_age"
    ]
    assert started.due_on == date(2026, 6, 26)
    ends = [move for move in PATHWAY.moves if move.trigger == "school_age_ended"]
    assert {move.dest for move in ends} == {"closing_at_school_age"}
    out = {move.trigger for move in PATHWAY.moves_from("closing_at_school_age") if not move.by_clock}
    assert "close_out_of_age" in out
