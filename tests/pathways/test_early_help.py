"""Early help: each decision, by whom, knowing what, where it leads, and when things fall due. Worked out by hand."""

from datetime import date

import pytest

from pathways.early_help import ON_PLAN, PATHWAY, STOPPED, UNDER_WAY
from pathways.roles import Role
from tests.pathways.deciding import NOT_HERE, NOT_THEIRS, NOT_YET, THEN, lacking, led
from tests.pathways.on_paper import Paper, due, london

LEAD, DSL, HUB, PARENT, CHILD = Role.LEAD_PROFESSIONAL, Role.DSL, Role.EARLY_HELP_HUB, Role.PARENT, Role.CHILD
POLICE, TEAM, CLOCK, HEALTH = Role.POLICE, Role.TEAM_LEADER, Role.CLOCK, Role.HEALTH

CONSENTED, REFUSED, NAMED = {"consent": "yes"}, {"consent": False}, {"lead_accepted": True}
LOGGED, ASSESSED, MET = {"logged_with_hub": THEN}, {"eha_completed": THEN}, {"taf_held": THEN}

DECISIONS = [
    # from               decision                       by       knowing                            leads to
    ("offered",           "give_consent",                LEAD,    CONSENTED | NAMED,                 "assessing"),
    ("offered",           "give_consent",                DSL,     CONSENTED | NAMED,                 "assessing"),
    ("offered",           "give_consent",                LEAD,    REFUSED | NAMED,                   NOT_YET),
    ("offered",           "give_consent",                LEAD,    CONSENTED,                         NOT_YET),
    ("offered",           "give_consent",                CLOCK,   CONSENTED | NAMED,                 NOT_THEIRS),
    ("offered",           "refuse_consent",              PARENT,  {},                                "refused"),
    ("offered",           "refuse_consent",              CHILD,   {},                                "refused"),
    ("offered",           "close_single_agency",         DSL,     {},                                "closed"),
    ("assessing",         "complete_assessment",         LEAD,    CONSENTED | NAMED | LOGGED,        "planned"),
    ("assessing",         "complete_assessment",         LEAD,    CONSENTED | NAMED,                 NOT_YET),
    ("assessing",         "complete_assessment",         LEAD,    NAMED | LOGGED,                    NOT_YET),
    ("assessing",         "withdraw_consent",            PARENT,  {},                                "refused"),
    ("assessing",         "team_met",                    LEAD,    CONSENTED,                         NOT_HERE),
    ("planned",           "team_met",                    LEAD,    CONSENTED | NAMED,                 "active"),
    ("planned",           "team_met",                    LEAD,    CONSENTED,                         NOT_YET),
    ("planned",           "withdraw_consent",            PARENT,  {},                                "refused"),
    ("active",            "team_met",                    LEAD,    CONSENTED,                         "active"),
    ("review_due",        "team_met",                    LEAD,    CONSENTED,                         "active"),
    ("drifting",          "team_met",                    LEAD,    CONSENTED,                         "active"),
    ("active",            "review_opened",               CLOCK,   {},                                "review_due"),
    ("active",            "review_opened",               LEAD,    {},                                NOT_THEIRS),
    ("review_due",        "review_missed",               CLOCK,   {},                                "drifting"),
    ("active",            "review_missed",               CLOCK,   {},                                "drifting"),
    ("drifting",          "review_missed",               CLOCK,   {},                                NOT_HERE),
    ("drifting",          "close_needs_met",             CLOCK,   MET,                               NOT_THEIRS),
    ("drifting",          "close_needs_met",             LEAD,    MET,                               "closed"),
    ("active",            "close_needs_met",             LEAD,    MET,                               "closed"),
    ("active",            "close_needs_met",             LEAD,    {},                                NOT_YET),
    ("active",            "step_up",                     POLICE,  {},                                "stepping_up"),
    ("active",            "step_up",                     HEALTH,  {},                                "stepping_up"),
    ("refused",           "step_up",                     DSL,     {},                                "stepping_up"),
    ("offered",           "step_up",                     DSL,     {},                                "stepping_up"),
    ("stepping_up",       "taken_over_as_child_in_need", HUB,     {},                                "stepped_up"),
    ("stepping_up",       "taken_over_as_protection",    TEAM,    {},                                "stepped_up"),
    ("stepping_up",       "step_up_refused",             LEAD,    {},                                "stepping_up"),
    ("stepping_up",       "resume_plan",                 LEAD,    CONSENTED | MET,                   "active"),
    ("stepping_up",       "resume_plan",                 LEAD,    MET,                               NOT_YET),
    ("stepping_up",       "resume_planning",             LEAD,    CONSENTED | NAMED | ASSESSED,      "planned"),
    ("stepping_up",       "resume_assessment",           LEAD,    CONSENTED | NAMED,                 "assessing"),
    ("stepping_up",       "resume_assessment",           LEAD,    CONSENTED | NAMED | ASSESSED,      NOT_YET),
    ("stepping_up",       "judge_refusal_again",         LEAD,    {},                                "refused"),
    ("refused",           "resume_plan",                 LEAD,    CONSENTED | MET,                   "active"),
    ("refused",           "resume_plan",                 LEAD,    REFUSED | MET,                     NOT_YET),
    ("refused",           "close_declined",              DSL,     {},                                "closed"),
    ("refused",           "close_declined",              PARENT,  {},                                NOT_THEIRS),
    ("refused",           "close_declined",              CLOCK,   {},                                NOT_THEIRS),
    ("step_down_offered", "accept_step_down",            LEAD,    CONSENTED | NAMED,                 "planned"),
    ("step_down_offered", "accept_step_down",            LEAD,    CONSENTED,                         NOT_YET),
    ("step_down_offered", "accept_step_down",            LEAD,    CONSENTED | {"lead_accepted": False}, NOT_YET),
    ("step_down_offered", "accept_step_down",            TEAM,    CONSENTED | NAMED,                 NOT_THEIRS),
    ("step_down_offered", "decline_step_down",           LEAD,    {},                                "step_down_offered"),
    ("step_down_offered", "refuse_consent",              PARENT,  {},                                "refused"),
    ("active",            "close_moved_away",            LEAD,    {},                                "closed"),
    ("active",            "child_died",                  LEAD,    {},                                "closed"),
    ("active",            "reached_18",                  CLOCK,   {},                                "closing_at_18"),
    ("closing_at_18",     "complete_closure",            LEAD,    {},                                "closed"),
    ("closed",            "step_up",                     LEAD,    {},                                NOT_HERE),
]  # fmt: skip


@pytest.mark.parametrize(("state", "trigger", "role", "knowing", "leads_to"), DECISIONS)
def test_decision(state, trigger, role, knowing, leads_to):
    assert led(PATHWAY, state, trigger, role, knowing) == leads_to


DUE_DATES = [
    # rule                 started            due                why
    ("eh.log_with_hub",    date(2026, 11, 6),  date(2026, 11, 9),  "Friday's consent is logged on Monday"),
    ("eh.assessment",      date(2026, 12, 7),  date(2027, 1, 7),   "twenty working days over Christmas, its substitute and New Year"),
    ("eh.first_taf",       date(2026, 3, 23),  date(2026, 4, 15),  "Good Friday and Easter Monday do not count"),
    ("eh.taf_review",      date(2026, 11, 3),  date(2026, 12, 15), "six weeks"),
    ("eh.taf_review_max",  date(2026, 11, 3),  date(2026, 12, 29), "eight weeks; calendar days are not moved by a holiday"),
    ("eh.taf_review_max",  date(2026, 11, 7),  date(2027, 1, 2),   "lands on a Saturday and stays there"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "started", "on", "why"), DUE_DATES)
def test_due_date(rule, started, on, why):
    assert due(rule, started) == on, why


def moves(trigger):
    return [move for move in PATHWAY.moves if move.trigger == trigger]


def test_closure_codes_are_those_of_the_field():
    assert {move.outcome for move in PATHWAY.moves if move.outcome} == {
        "needs_met", "single_agency", "stepped_up_cin", "stepped_up_cp", "family_declined", "moved_away", "age_out", "died",
    }  # fmt: skip


def test_an_assessment_that_lacks_three_things_is_refused_with_all_three():
    assert lacking(PATHWAY, "assessing", "complete_assessment", LEAD, {}) == {
        "consent.stands", "early_help.lead", "assessment.logged",
    }  # fmt: skip


def test_a_refusal_is_judged_in_writing_and_a_growing_need_asks_why_there_is_no_referral():
    (move,) = moves("close_declined")
    fields = {field.name: field for field in move.records.fields}
    assert fields["will_grow"].required
    assert fields["why_no_referral"].when == ("will_grow", "yes")


@pytest.mark.parametrize("state", [state for state in UNDER_WAY if state != "stepping_up"])
def test_anybody_at_work_with_the_child_can_step_up_from_anywhere_and_nothing_stands_before_it(state):
    assert led(PATHWAY, state, "step_up", HEALTH, {}) == "stepping_up"


def test_a_step_up_takes_the_last_review_along_and_opens_the_front_door():
    (move,) = moves("step_up")
    assert {"last_review", "tried"} <= {field.name for field in move.records.fields if field.required}
    (opens,) = move.opens
    assert (opens.pathway, opens.state) == ("front_door", "submitted")


@pytest.mark.parametrize(
    ("trigger", "outcome"),
    [("child_in_need_plan_made", "stepped_up_cin"), ("child_protection_plan_made", "stepped_up_cp")],
)
def test_early_help_gives_way_to_a_plan_of_social_care(trigger, outcome):
    (move,) = moves(trigger)
    assert (move.dest, move.outcome, set(move.source)) == ("stepped_up", outcome, set(UNDER_WAY))
    assert led(PATHWAY, "active", trigger, Role.PATHWAY, {}) == "stepped_up"
    assert led(PATHWAY, "active", trigger, LEAD, {}) == NOT_THEIRS


def test_suspected_harm_is_referred_by_anyone_from_everywhere():
    (move,) = moves("suspect_harm")
    assert set(move.source) == set(UNDER_WAY)
    assert move.conditions == ()
    assert {PARENT, CHILD, Role.STAFF} <= set(move.who)
    assert "significant_harm_suspected" in move.opens[0].emits


def begun(at=date(2026, 9, 7)):
    case = Paper(PATHWAY, "early_help", london(at))
    assert case.do("allocate", DSL, london(at)) == "offered"
    assert case.do("give_consent", LEAD, london(at)) == "assessing"
    assert case.do("log_with_hub", LEAD, london(at)) == "assessing"
    assert case.do("complete_assessment", LEAD, london(date(2026, 9, 21))) == "planned"
    assert case.do("team_met", LEAD, london(date(2026, 9, 28)), next_on="2026-11-02") == "active"
    return case


def test_six_weeks_open_the_review_and_eight_weeks_are_drift_which_a_meeting_ends():
    case = begun()
    assert case.running == {"eh.taf_review": date(2026, 11, 9), "eh.taf_review_max": date(2026, 11, 23)}
    assert case.pass_time(london(date(2026, 11, 9), 23, 59)) == "active"
    assert case.pass_time(london(date(2026, 11, 10), 0)) == "review_due"
    assert case.pass_time(london(date(2026, 11, 23), 23, 59)) == "review_due"
    assert case.pass_time(london(date(2026, 11, 24), 0)) == "drifting"
    assert case.do("team_met", LEAD, london(date(2026, 11, 25)), next_on="2027-01-05") == "active"
    assert case.running == {"eh.taf_review": date(2027, 1, 6), "eh.taf_review_max": date(2027, 1, 20)}


def test_help_goes_on_while_a_referral_waits_and_its_limits_run_on():
    case = begun()
    assert case.do("step_up", LEAD, london(date(2026, 10, 5))) == "stepping_up"
    assert set(case.running) == {"eh.taf_review", "eh.taf_review_max"}
    assert case.do("step_up_refused", LEAD, london(date(2026, 10, 7))) == "stepping_up"
    assert case.do("resume_plan", LEAD, london(date(2026, 10, 7))) == "active"


def test_consent_that_is_withdrawn_no_longer_counts_until_it_is_given_again():
    case = begun()
    assert case.do("withdraw_consent", PARENT, london(date(2026, 10, 5))) == "refused"
    assert case.do("resume_plan", LEAD, london(date(2026, 10, 6))) == NOT_YET
    case.do("record_consent", LEAD, london(date(2026, 10, 6)), given="yes")
    assert case.do("resume_plan", LEAD, london(date(2026, 10, 6))) == "active"


def test_a_step_down_is_complete_when_the_lead_accepts_and_the_first_meeting_counts_from_there():
    (move,) = moves("accept_step_down")
    assert "eha_completed" in {emit.event for emit in move.emits}
    assert "step_down_offered" in PATHWAY.opened_in
    (declined,) = moves("decline_step_down")
    assert "lead_accepted" in declined.forgets


def test_review_limits_run_wherever_there_is_or_was_a_plan():
    for clock in PATHWAY.clocks:
        if clock.rule.startswith("eh.taf_review"):
            assert set(clock.while_in) == {*ON_PLAN, *STOPPED}
