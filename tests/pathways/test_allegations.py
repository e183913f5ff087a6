"""Allegations: each decision, by whom, knowing what, where it leads, and when things fall due. Worked out by hand."""

from datetime import date, datetime, timedelta

import pytest

import pathways
from pathways import pathway
from pathways.allegations import OPEN, PATHWAY, WORKING
from pathways.allegations_forms import EMPLOYER, HARMED, OFFENCE, SUITABILITY
from pathways.days import LONDON
from pathways.roles import Role
from tests.pathways.deciding import NOT_HERE, NOT_THEIRS, NOT_YET, THEN, asked, lacking, led
from tests.pathways.on_paper import Paper, due, london

OFFICER, HEAD, CHAIR, BOSS, STAFF = (
    Role.LADO, Role.HEADTEACHER, Role.CHAIR_OF_GOVERNORS, Role.EMPLOYER_MANAGER, Role.STAFF,
)  # fmt: skip
POLICE, HR, CLOCK, TEAM, INVESTIGATOR = Role.POLICE, Role.HR, Role.CLOCK, Role.TEAM_LEADER, Role.INVESTIGATOR

TEACHER = {"setting": "school", "subject_is_head": False}
THE_HEAD = {"setting": "school", "subject_is_head": True}
CARER = {"setting": "fostering", "subject_is_head": False}
BY_HEAD, BY_CHAIR, BY_BOSS = (
    {"case_manager": each, "employer_decider": each} for each in ("headteacher", "chair of governors", "employer's manager")
)  # fmt: skip
ACCEPTED = {"case_manager_accepted": True}
HELD = {"initial_discussion_held": THEN}
ONE_LIMB, UNSUITABLE, CRIME = {"threshold": [HARMED]}, {"threshold": [SUITABILITY]}, {"threshold": [OFFENCE]}
BUSY, BUSY_BUT_AGREES, DONE = (
    {"police": "under way"}, {"police": "under way", "police_agrees": True}, {"police": "finished"},
)  # fmt: skip
FORM, REGULATORS = {"feedback_form_returned": THEN}, {"regulators_considered": THEN}
REMOVED, BARRED = {"person_removed_for_risk": THEN}, {"barring_referred": THEN}
READY = FORM | REGULATORS

DECISIONS = [
    # from              decision                   by       knowing                             leads to
    ("reported",         "refer",                   BOSS,    {},                                 "triage"),
    ("reported",         "refer",                   POLICE,  {},                                 "triage"),
    ("reported",         "refer",                   BOSS,    {"interviewed": True},              "triage"),
    ("reported",         "refer",                   CLOCK,   {},                                 NOT_THEIRS),
    ("reported",         "tell_senior_manager",     STAFF,   {},                                 "reported"),
    ("reported",         "hold_initial_discussion", OFFICER, TEACHER | ACCEPTED,                 NOT_HERE),
    ("triage",           "name_case_manager",       HEAD,    TEACHER | BY_HEAD,                  "triage"),
    ("triage",           "name_case_manager",       HEAD,    THE_HEAD | BY_HEAD,                 NOT_YET),
    ("triage",           "name_case_manager",       CHAIR,   THE_HEAD | BY_CHAIR,                "triage"),
    ("triage",           "name_case_manager",       BOSS,    CARER | BY_BOSS,                    "triage"),
    ("triage",           "name_case_manager",       BOSS,    BY_BOSS,                            NOT_YET),
    ("triage",           "hold_initial_discussion", OFFICER, TEACHER | ACCEPTED,                 "triage"),
    ("triage",           "hold_initial_discussion", HEAD,    TEACHER | ACCEPTED,                 NOT_THEIRS),
    ("triage",           "hold_initial_discussion", OFFICER, TEACHER,                            NOT_YET),
    ("triage",           "hold_initial_discussion", OFFICER, TEACHER | ACCEPTED | {"interviewed": True}, NOT_YET),
    ("triage",           "find_no_case",            OFFICER, HELD,                               "no_case"),
    ("triage",           "find_no_case",            OFFICER, {},                                 NOT_YET),
    ("triage",           "decide_meeting",          OFFICER, HELD | ONE_LIMB,                    "meeting_pending"),
    ("triage",           "decide_meeting",          OFFICER, HELD | {"threshold": ["none"]},     NOT_YET),
    ("triage",           "decide_meeting",          OFFICER, HELD | UNSUITABLE | TEACHER,        "meeting_pending"),
    ("triage",           "decide_meeting",          OFFICER, HELD | UNSUITABLE | CARER,          NOT_YET),
    ("no_case",          "decide_meeting",          OFFICER, HELD | ONE_LIMB,                    "meeting_pending"),
    ("no_case",          "close_below_threshold",   OFFICER, {},                                 "closed"),
    ("no_case",          "close_below_threshold",   BOSS,    {},                                 NOT_THEIRS),
    ("no_case",          "close_advice_only",       OFFICER, {},                                 "closed"),
    ("no_case",          "close_advice_only",       OFFICER, REMOVED,                            NOT_YET),
    ("meeting_pending",  "hold_meeting",            OFFICER, ONE_LIMB,                           "enquiring"),
    ("meeting_pending",  "hold_meeting",            OFFICER, CRIME,                              NOT_YET),
    ("meeting_pending",  "hold_meeting",            OFFICER, CRIME | {"meeting_agencies": ["police"]}, "enquiring"),
    ("meeting_pending",  "hold_meeting",            POLICE,  ONE_LIMB,                           NOT_THEIRS),
    ("enquiring",        "review_missed",           CLOCK,   {},                                 "review_due"),
    ("enquiring",        "review_missed",           OFFICER, {},                                 NOT_THEIRS),
    ("review_due",       "hold_review",             OFFICER, {},                                 "enquiring"),
    ("concluding",       "hold_review",             OFFICER, {},                                 "concluding"),
    ("enquiring",        "record_police",           POLICE,  {},                                 "enquiring"),
    ("enquiring",        "start_employer_process",  HEAD,    TEACHER | BY_HEAD,                  "enquiring"),
    ("enquiring",        "start_employer_process",  HEAD,    TEACHER | BY_HEAD | BUSY,           NOT_YET),
    ("enquiring",        "start_employer_process",  HEAD,    TEACHER | BY_HEAD | BUSY_BUT_AGREES, "enquiring"),
    ("enquiring",        "start_employer_process",  HEAD,    TEACHER | BY_HEAD | DONE,           "enquiring"),
    ("enquiring",        "start_employer_process",  HEAD,    THE_HEAD | BY_HEAD,                 NOT_YET),
    ("enquiring",        "appoint_investigator",    CHAIR,   THE_HEAD | BY_CHAIR,                "enquiring"),
    ("enquiring",        "receive_report",          INVESTIGATOR, {},                            "enquiring"),
    ("enquiring",        "finish_enquiries",        OFFICER, {},                                 "concluding"),
    ("enquiring",        "finish_enquiries",        OFFICER, BUSY_BUT_AGREES,                    NOT_YET),
    ("review_due",       "finish_enquiries",        OFFICER, DONE,                               "concluding"),
    ("enquiring",        "finish_enquiries",        OFFICER, {"employer_process_started": THEN}, NOT_YET),
    ("enquiring",        "finish_enquiries",        CLOCK,   DONE,                               NOT_THEIRS),
    ("concluding",       "reopen_enquiries",        OFFICER, {},                                 "enquiring"),
    ("concluding",       "find_substantiated",      OFFICER, READY,                              "closed"),
    ("concluding",       "find_substantiated",      OFFICER, REGULATORS,                         NOT_YET),
    ("concluding",       "find_substantiated",      OFFICER, FORM,                               NOT_YET),
    ("concluding",       "find_substantiated",      OFFICER, READY | REMOVED,                    NOT_YET),
    ("concluding",       "find_substantiated",      OFFICER, READY | {"removed_for_risk": True}, NOT_YET),
    ("concluding",       "find_substantiated",      OFFICER, READY | REMOVED | BARRED,           "closed"),
    ("concluding",       "find_substantiated",      HEAD,    READY,                              NOT_THEIRS),
    ("concluding",       "find_malicious",          OFFICER, READY,                              "closed"),
    ("concluding",       "find_unsubstantiated",    OFFICER, READY,                              "closed"),
    ("concluding",       "find_unfounded",          OFFICER, READY,                              "closed"),
    ("concluding",       "find_false",              OFFICER, READY | TEACHER,                    "closed"),
    ("concluding",       "find_false",              OFFICER, READY | CARER,                      NOT_YET),
    ("concluding",       "find_false",              OFFICER, READY | CARER | {"false_outside_education": True}, "closed"),
    ("enquiring",        "find_unfounded",          OFFICER, READY,                              NOT_HERE),
    ("enquiring",        "record_leaving",          HR,      {},                                 "enquiring"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "trigger", "role", "knowing", "leads_to"), DECISIONS)
def test_decision(state, trigger, role, knowing, leads_to):
    assert led(PATHWAY, state, trigger, role, knowing) == leads_to


FRIDAY = datetime(2026, 11, 6, 16, 0, tzinfo=LONDON)
DUE_DATES = [
    # rule                                started            due                              why
    ("lado.senior_manager",               FRIDAY,            date(2026, 11, 6),  "the same day"),
    ("lado.refer",                        FRIDAY,            date(2026, 11, 9),  "one working day from Friday is Monday"),
    ("lado.refer_local",                  FRIDAY,            FRIDAY + timedelta(hours=24), "the local target is Saturday at four"),
    ("lado.initial_discussion",           date(2026, 12, 24), date(2026, 12, 29), "Christmas and its substitute do not count"),
    ("lado.asm",                          date(2026, 3, 31), date(2026, 4, 9),   "over Easter"),
    ("lado.first_review",                 date(2026, 11, 6), date(2026, 12, 4),  "four weeks"),
    ("lado.next_review",                  date(2027, 1, 31), date(2027, 2, 28),  "February has no 31st"),
    ("lado.clear_case",                   date(2026, 11, 6), date(2026, 11, 13), "a week"),
    ("lado.employer_action",              date(2026, 11, 6), date(2026, 11, 11), "three working days"),
    ("lado.hearing_no_investigation",     date(2026, 11, 6), date(2026, 11, 27), "fifteen working days"),
    ("lado.investigation_report",         date(2026, 11, 6), date(2026, 11, 20), "ten working days"),
    ("lado.hearing_decision",             date(2026, 11, 6), date(2026, 11, 10), "two working days"),
    ("lado.hearing_after_investigation",  date(2026, 11, 6), date(2026, 11, 27), "fifteen working days"),
    ("lado.feedback_form",                date(2026, 11, 6), date(2026, 11, 13), "five working days"),
    ("lado.dbs_referral",                 date(2026, 8, 31), date(2026, 9, 30),  "September has no 31st"),
    ("lado.ofsted_early_years",           date(2026, 11, 6), date(2026, 11, 20), "fourteen days"),
    ("lado.target_1m",                    date(2026, 1, 31), date(2026, 2, 28),  "month end"),
    ("lado.target_3m",                    date(2026, 11, 30), date(2027, 2, 28), "month end"),
    ("lado.target_12m",                   date(2028, 2, 29), date(2029, 2, 28),  "29 February, a year later"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "started", "on", "why"), DUE_DATES)
def test_due_date(rule, started, on, why):
    assert due(rule, started) == on, why


def moves(trigger):
    return [move for move in PATHWAY.moves if move.trigger == trigger]


# -- the wall ------------------------------------------------------------------------------------------


def test_it_is_restricted_and_stands_in_no_sequence_of_the_children():
    assert PATHWAY.restricted
    assert not PATHWAY.opened_in
    assert [found.name for found in map(pathway, pathways.NAMES) if found.restricted] == ["allegations"]


def test_nothing_leads_from_an_allegation_into_any_other_case():
    for move in PATHWAY.moves:
        assert move.opens == ()
        assert move.fires == ()


def test_nothing_leads_from_a_child_s_case_to_an_allegation():
    for found in map(pathway, pathways.NAMES):
        for move in found.moves:
            assert "allegations" not in {each.pathway for each in (*move.opens, *move.fires)}


SHARED = {"opened", "consent", "seen", "seen_alone", "birth_date"}


def test_no_other_pathway_knows_a_fact_or_a_record_of_an_allegation():
    own = PATHWAY.known - SHARED
    kinds = set(PATHWAY.evidence()) - {"note", "contact", "sharing", "dissent"}
    for found in map(pathway, pathways.NAMES):
        if found is not PATHWAY:
            assert not own & found.known, found.name
            assert not kinds & set(found.evidence()), found.name


def test_no_record_asks_for_a_child_by_name():
    for kind in PATHWAY.evidence().values():
        for field in kind.fields:
            assert "name of the child" not in field.asks.lower()
            assert "child's name" not in field.asks.lower()


# -- what cannot be skipped ----------------------------------------------------------------------------

OUTCOMES = ("substantiated", "malicious", "false", "unsubstantiated", "unfounded")


def test_outcomes_are_the_closed_vocabulary():
    assert {move.outcome for move in PATHWAY.moves if move.outcome} == {*OUTCOMES, "below_threshold", "advice_only"}  # fmt: skip


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_nobody_closes_past_form_barring_or_regulators_and_nobody_overrides(outcome):
    trigger = f"find_{outcome}"
    assert {"closing.feedback", "closing.barring", "closing.regulators"} <= lacking(
        PATHWAY, "concluding", trigger, OFFICER, REMOVED
    )
    why = dict.fromkeys(("closing.feedback", "closing.barring", "closing.regulators"), "we would rather not")
    assert led(PATHWAY, "concluding", trigger, OFFICER, REMOVED | TEACHER, overrides=why) == NOT_YET


def test_every_way_to_close_asks_whether_the_barring_service_was_told():
    for move in PATHWAY.moves:
        if move.dest == "closed":
            assert "closing.barring" in {each.id for each in move.conditions}, move.trigger


def test_suspension_is_the_employer_s_alone():
    (move,) = moves("consider_suspension")
    assert set(move.who) == set(EMPLOYER)
    for role in (OFFICER, POLICE, TEAM, Role.SOCIAL_WORKER, HR):
        assert led(PATHWAY, "enquiring", "consider_suspension", role, TEACHER | BY_HEAD) == NOT_THEIRS
    assert set(move.source) == set(OPEN)


def test_a_head_never_decides_on_a_case_about_the_head():
    answer = asked(PATHWAY, "triage", "consider_suspension", CHAIR, THE_HEAD | BY_HEAD)
    (reason,) = answer.reasons
    assert reason.details == ("In this setting: chair of governors",)
    assert led(PATHWAY, "triage", "consider_suspension", CHAIR, THE_HEAD | BY_CHAIR) == "triage"


def test_the_officer_goes_on_knowingly_where_somebody_was_interviewed():
    knowing = TEACHER | ACCEPTED | {"interviewed": True}
    why = {"allegation.not_interviewed": "the account was taken before we were told"}
    assert led(PATHWAY, "triage", "hold_initial_discussion", OFFICER, knowing, overrides=why) == "triage"


def test_strands_run_side_by_side_and_move_no_case():
    for trigger in ("record_police", "record_social_care", "start_employer_process"):
        for move in moves(trigger):
            assert move.dest == "="
            assert set(WORKING) <= set(move.source)


def reported(at=FRIDAY):
    case = Paper(PATHWAY, "allegation", at)
    assert case.do("tell_senior_manager", BOSS, at) == "reported"
    return case


def test_a_whole_case_from_friday_s_report_to_an_outcome():
    case, at = reported(), FRIDAY + timedelta(days=3)
    assert case.running["lado.refer"] == date(2026, 11, 9)
    assert case.do("refer", BOSS, at) == "triage"
    assert case.running["lado.initial_discussion"] == date(2026, 11, 10)
    case.do("record_setting", BOSS, at, setting="school", is_head="no")
    assert "lado.ofsted_early_years" not in case.running
    assert case.do("name_case_manager", HEAD, at, case_manager="chair of governors") == NOT_YET
    case.do("name_case_manager", HEAD, at, case_manager="headteacher")
    assert case.do("hold_initial_discussion", OFFICER, at) == NOT_YET, (
        "the form said that somebody was interviewed"
    )
    case.draft.facts["interviewed"] = False
    assert case.do("hold_initial_discussion", OFFICER, at, limbs=OFFENCE) == "triage"
    assert case.do("decide_meeting", OFFICER, at) == "meeting_pending"
    at += timedelta(days=3)
    assert case.do("hold_meeting", OFFICER, at, agencies="employer", next_on="2026-12-10") == NOT_YET
    assert (
        case.do("hold_meeting", OFFICER, at, agencies="police,employer", next_on="2026-12-10") == "enquiring"
    )
    assert case.running["lado.first_review"] == date(2026, 12, 10)
    case.do("record_police", POLICE, at, stage="under way", employer_may_act="no")
    assert case.do("start_employer_process", HEAD, at, decided_by="headteacher") == NOT_YET
    assert case.pass_time(london(date(2026, 12, 11))) == "review_due"
    assert case.do("hold_review", OFFICER, london(date(2026, 12, 11)), next_on="2027-01-11") == "enquiring"
    assert case.running["lado.next_review"] == date(2027, 1, 11)
    at = london(date(2026, 12, 14))
    case.do("record_police", POLICE, at, stage="finished")
    assert case.do("start_employer_process", HEAD, at, decided_by="headteacher") == "enquiring"
    assert case.do("finish_enquiries", OFFICER, at) == NOT_YET
    case.do("appoint_investigator", HEAD, at, decided_by="headteacher")
    assert case.running["lado.investigation_report"] == date(2026, 12, 30)
    case.do("receive_report", INVESTIGATOR, london(date(2026, 12, 18)))
    assert case.running["lado.hearing_decision"] == date(2026, 12, 22)
    case.do("finish_employer_process", HEAD, london(date(2026, 12, 21)), decided_by="headteacher")
    assert "lado.hearing_decision" not in case.running
    case.do("remove_person", HEAD, london(date(2026, 12, 21)), decided_by="headteacher")
    assert case.running["lado.dbs_referral"] == date(2027, 1, 21)
    assert case.do("finish_enquiries", OFFICER, london(date(2026, 12, 22))) == "concluding"
    at = london(date(2027, 1, 6))
    assert case.do("find_substantiated", OFFICER, at) == NOT_YET
    case.do("return_feedback_form", HR, at)
    case.do("consider_regulators", OFFICER, at, regulators="teaching regulator")
    assert case.do("find_substantiated", OFFICER, at) == NOT_YET, "the barring service has not been told"
    case.do("refer_to_barring", HR, at)
    assert case.do("find_substantiated", OFFICER, at) == "closed"
    assert case.draft.outcome == "substantiated"
    assert "lado_case_closed" in case.facts
    assert case.running == {}


def test_the_inspectorate_is_told_within_fourteen_days_by_early_years_only():
    case = reported()
    assert case.running["lado.ofsted_early_years"] == date(2026, 11, 20)
    case.do("record_setting", BOSS, FRIDAY, setting="early years", is_head="no")
    assert "lado.ofsted_early_years" in case.running
    case.do("consider_regulators", BOSS, FRIDAY, regulators="other")
    assert "lado.ofsted_early_years" in case.running
    case.do("consider_regulators", BOSS, FRIDAY, regulators="education inspectorate")
    assert "lado.ofsted_early_years" not in case.running


def test_a_removal_said_twice_does_not_begin_the_month_again():
    case = reported()
    case.do("record_setting", BOSS, FRIDAY, setting="fostering", is_head="no")
    for days in (0, 10):
        case.do("remove_person", BOSS, FRIDAY + timedelta(days=days), decided_by="employer's manager")
    assert case.running["lado.dbs_referral"] == date(2026, 12, 6)


def test_a_late_local_target_is_no_breach():
    gates = {clock.rule for clock in PATHWAY.clocks if clock.gate}
    assert gates == {"lado.refer_local", "lado.target_1m"}


def test_leaving_stops_nothing():
    (move,) = moves("record_leaving")
    assert (move.dest, set(move.source)) == ("=", set(OPEN))
