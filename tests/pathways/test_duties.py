"""The smaller duties: each decision, by whom, knowing what, where it leads, and when. Worked out by hand."""

from datetime import date, datetime, timedelta

import pytest

import pathways
from pathways import duties, pathway, rulebook
from pathways.days import LONDON
from pathways.roles import Role
from tests.pathways.deciding import NOT_HERE, NOT_THEIRS, NOT_YET, THEN, led
from tests.pathways.on_paper import Paper, due

DSL, HEALTH, SW, TEAM, SERVICE = (
    Role.DSL,
    Role.HEALTH,
    Role.SOCIAL_WORKER,
    Role.TEAM_LEADER,
    Role.SERVICE_MANAGER,
)
PARTNERS, CLOCK, CHILD, POLICE, PARENT = (
    Role.PARTNERSHIP_LEAD,
    Role.CLOCK,
    Role.CHILD,
    Role.POLICE,
    Role.PARENT,
)

DECISIONS = [
    # pathway              from                 decision                  by        knowing                          leads to
    ("genital_mutilation",  "to_report",         "report_to_police",       DSL,      {},                              "reported"),
    ("genital_mutilation",  "to_report",         "report_to_police",       HEALTH,   {},                              "reported"),
    ("genital_mutilation",  "to_report",         "report_to_police",       PARENT,   {},                              NOT_THEIRS),
    ("genital_mutilation",  "to_report",         "close_no_duty",          SW,       {},                              "closed"),
    ("genital_mutilation",  "to_report",         "close_no_duty",          CLOCK,    {},                              NOT_THEIRS),
    ("genital_mutilation",  "to_report",         "suspect_harm",           PARENT,   {},                              "to_report"),
    ("serious_incident",    "known",             "notify_panel",           SERVICE,  {},                              "panel_notified"),
    ("serious_incident",    "known",             "notify_panel",           DSL,      {},                              NOT_THEIRS),
    ("serious_incident",    "known",             "end_with_rapid_review",  PARTNERS, {},                              NOT_HERE),
    ("serious_incident",    "panel_notified",    "end_with_rapid_review",  PARTNERS, {},                              "reviewed"),
    ("serious_incident",    "panel_notified",    "review_practice_further", PARTNERS, {},                             "reviewed"),
    ("serious_incident",    "panel_notified",    "review_practice_further", SERVICE, {},                              NOT_THEIRS),
    ("serious_incident",    "known",             "close_not_notifiable",   PARTNERS, {},                              "closed"),
    ("missing_child",       "reported",          "child_back",             POLICE,   {},                              "returned"),
    ("missing_child",       "returned",          "offer_interview",        SW,       {},                              "interview_offered"),
    ("missing_child",       "returned",          "hold_interview",         SW,       {},                              NOT_HERE),
    ("missing_child",       "interview_offered", "hold_interview",         SW,       {"interviewer_independent": True}, "interview_done"),
    ("missing_child",       "interview_offered", "hold_interview",         SW,       {"interviewer_independent": False}, NOT_YET),
    ("missing_child",       "interview_offered", "decline_interview",      CHILD,    {},                              "declined"),
    ("missing_child",       "interview_offered", "decline_interview",      CLOCK,    {},                              NOT_THEIRS),
    ("missing_child",       "interview_offered", "missing_again",          POLICE,   {},                              "reported"),
    ("missing_child",       "returned",          "close_not_missing",      TEAM,     {},                              "closed"),
    ("modern_slavery",      "noted",             "notify_home_office",     SW,       {"victim_age": "child", "victim_consent": "child"}, "notified"),
    ("modern_slavery",      "noted",             "notify_home_office",     SW,       {"victim_age": "not known: treated as a child", "victim_consent": "child"}, "notified"),
    ("modern_slavery",      "noted",             "notify_home_office",     SW,       {"victim_age": "child", "victim_consent": "given"}, NOT_YET),
    ("modern_slavery",      "noted",             "notify_home_office",     SW,       {"victim_age": "adult", "victim_consent": "child"}, NOT_YET),
    ("modern_slavery",      "noted",             "notify_home_office",     SW,       {"victim_age": "adult", "victim_consent": "not given: notified without a name"}, "notified"),
    ("modern_slavery",      "noted",             "close_not_notified",     SW,       {},                              "closed"),
    ("prevent",             "noted",             "refer_under_prevent",    DSL,      {},                              "referred"),
    ("prevent",             "noted",             "close_not_referred",     DSL,      {},                              "closed"),
    ("prevent",             "noted",             "close_not_referred",     PARENT,   {},                              NOT_THEIRS),
    ("licensing_notice",    "received",          "make_representation",    SERVICE,  {},                              "answered"),
    ("licensing_notice",    "received",          "close_no_representation", TEAM,    {},                              "closed"),
    ("neglect_screen",      "screening",         "record_screen",          DSL,      {},                              "screening"),
    ("neglect_screen",      "screening",         "pass_to_early_help",     DSL,      {"neglect_screened": THEN},      "passed_on"),
    ("neglect_screen",      "screening",         "pass_to_early_help",     DSL,      {},                              NOT_YET),
    ("neglect_screen",      "screening",         "close",                  DSL,      {},                              NOT_YET),
    ("neglect_screen",      "screening",         "close",                  DSL,      {"neglect_screened": THEN},      "closed"),
    ("neglect_screen",      "screening",         "refer",                  DSL,      {},                              "passed_on"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "state", "trigger", "role", "knowing", "leads_to"), DECISIONS)
def test_decision(name, state, trigger, role, knowing, leads_to):
    assert led(pathway(name), state, trigger, role, knowing) == leads_to


SATURDAY = datetime(2026, 11, 7, 20, 0, tzinfo=LONDON)
BEFORE_CLOCKS_GO_BACK = datetime(2026, 10, 24, 20, 0, tzinfo=LONDON)
DUE_DATES = [
    # rule                    started               due                                             why
    ("fgm.report",            SATURDAY,             date(2026, 11, 9),                              "Saturday's discovery is reported by the end of Monday"),
    ("fgm.report",            date(2026, 12, 24),   date(2026, 12, 29),                             "over Christmas and its substitute"),
    ("si.notify_panel",       date(2026, 11, 6),    date(2026, 11, 13),                             "five working days"),
    ("si.rapid_review",       date(2026, 3, 23),    date(2026, 4, 15),                              "fifteen working days over Easter"),
    ("mis.return_interview",  SATURDAY,             datetime(2026, 11, 10, 20, 0, tzinfo=LONDON),   "seventy-two hours, weekend or not"),
    ("mis.return_interview",  BEFORE_CLOCKS_GO_BACK, datetime(2026, 10, 27, 19, 0, tzinfo=LONDON),  "an hour is gained when the clocks go back"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "started", "on", "why"), DUE_DATES)
def test_due_date(rule, started, on, why):
    assert due(rule, started) == on, why


def test_only_an_interview_held_or_declined_stops_the_seventy_two_hours():
    case = Paper(duties.MISSING_CHILD, "missing", SATURDAY)
    assert case.running == {}
    case.do("child_back", POLICE, SATURDAY + timedelta(hours=5))
    assert case.running == {"mis.return_interview": date(2026, 11, 11)}
    case.do("offer_interview", SW, SATURDAY + timedelta(hours=20), independent="no")
    assert "mis.return_interview" in case.running
    assert case.do("hold_interview", SW, SATURDAY + timedelta(hours=30)) == NOT_YET
    case.do("offer_interview", SW, SATURDAY + timedelta(hours=31), independent="yes")
    assert case.do("hold_interview", SW, SATURDAY + timedelta(hours=40)) == "interview_done"
    assert case.running == {}


def test_each_return_begins_hours_of_its_own():
    case = Paper(duties.MISSING_CHILD, "return", SATURDAY)
    case.do("missing_again", POLICE, SATURDAY + timedelta(hours=10))
    assert case.running == {}
    case.do("child_back", POLICE, SATURDAY + timedelta(hours=30))
    assert case.running == {"mis.return_interview": date(2026, 11, 12)}


def test_panel_and_rapid_review_count_from_the_same_day():
    case = Paper(duties.SERIOUS_INCIDENT, "incident", datetime(2026, 11, 6, 9, tzinfo=LONDON))
    assert case.running == {"si.notify_panel": date(2026, 11, 13), "si.rapid_review": date(2026, 11, 27)}
    case.do("notify_panel", SERVICE, datetime(2026, 11, 9, 9, tzinfo=LONDON))
    assert case.running == {"si.rapid_review": date(2026, 11, 27)}


WITHOUT_A_CLOCK = ("modern_slavery", "prevent", "licensing_notice", "neglect_screen")


@pytest.mark.parametrize("name", WITHOUT_A_CLOCK)
def test_duties_without_a_limit_have_none(name):
    assert pathway(name).clocks == ()


@pytest.mark.parametrize(
    ("name", "trigger"),
    [
        ("genital_mutilation", "close_no_duty"), ("serious_incident", "close_not_notifiable"), ("missing_child", "close_not_missing"),
        ("modern_slavery", "close_not_notified"), ("prevent", "close_not_referred"), ("licensing_notice", "close_no_representation"),
        ("neglect_screen", "close"),
    ],
)  # fmt: skip
def test_not_doing_it_is_recorded_with_a_reason(name, trigger):
    (move,) = [each for each in pathway(name).moves if each.trigger == trigger]
    assert {"reasons", "why"} & {field.name for field in move.records.fields if field.required}


def test_a_screen_scores_nobody():
    for kind in duties.NEGLECT_SCREEN.evidence().values():
        assert all(field.kind != "number" for field in kind.fields)


# -- every rule has its clock --------------------------------------------------------------------------

OURS = ("eh", "lado", "cme", "esc", "oe", "mis", "si", "fgm")
KEPT_AS_FACTS = {"lado.retain_employer", "lado.retain_lado_review", "lado.retain_lado_proven"}
NOT_AT_WORK = {"cme.four_week_test", "cme.cnis_visit_request"}  # superseded; not in force


def test_every_rule_of_these_processes_has_one_clock():
    held = [clock.rule for name in pathways.NAMES for clock in pathway(name).clocks]
    ours = {rule for rule in rulebook.load().rules() if rule.split(".")[0] in OURS}
    assert ours - set(held) == KEPT_AS_FACTS | NOT_AT_WORK
    assert all(held.count(rule) == 1 for rule in ours & set(held))


def test_gates_of_the_rule_table_are_gates_of_their_clocks():
    book = rulebook.load()
    for name in pathways.NAMES:
        for clock in pathway(name).clocks:
            if any(edition.gate for edition in book.editions(clock.rule)):
                assert clock.gate, clock.rule
