"""Child in need: each decision, by whom, knowing what, and where it leads. Worked out by hand."""

import pytest

from pathways.child_in_need import ON_PLAN, PATHWAY, UNDER_WAY
from pathways.definitions import CaseFacts
from pathways.roles import Role
from tests.pathways.deciding import LATER, NOT_HERE, NOT_THEIRS, NOT_YET, THEN, asked, lacking, led

SW, LINE, TEAM, PARENT = Role.SOCIAL_WORKER, Role.LINE_MANAGER, Role.TEAM_LEADER, Role.PARENT
CLOCK, PATH, UNIT, SUPERVISOR = Role.CLOCK, Role.PATHWAY, Role.COORDINATOR, Role.PRACTICE_SUPERVISOR

SEEN, LED, CONSENTED = {"child_seen": THEN}, {"lead_accepted": True}, {"consent": "yes"}
READY = SEEN | LED
PROTECTED = {"child_protection_plan_made": THEN}
REPORTS = {"agencies_asked": ["school"], "reports_in": ["school"]}
MET = {"cin_meeting_held": THEN, "cin_first_meeting_held": THEN, "assessment_outcome_recorded": THEN}
ASSESSED = {"assessment_outcome_recorded": THEN}
NAMED = {"step_down_lead": True}

DECISIONS = [
    # from           decision                       by          knowing                         leads to
    ("assessing",     "decide_plan_needed",          TEAM,       READY | CONSENTED,              "plan_pending"),
    ("assessing",     "decide_plan_needed",          SUPERVISOR, READY | CONSENTED,              "plan_pending"),
    ("assessing",     "decide_plan_needed",          SW,         READY | CONSENTED,              NOT_THEIRS),
    ("assessing",     "decide_plan_needed",          TEAM,       READY,                          NOT_YET),
    ("assessing",     "decide_plan_needed",          TEAM,       LED | CONSENTED,                NOT_YET),
    ("assessing",     "decide_plan_needed",          TEAM,       SEEN | CONSENTED,               NOT_YET),
    ("assessing",     "decide_plan_needed",          TEAM,       READY | CONSENTED | PROTECTED,  NOT_YET),
    ("assessing",     "decide_no_further_action",    TEAM,       READY,                          "closed"),
    ("assessing",     "decide_no_further_action",    TEAM,       READY | PROTECTED,              "closed"),
    ("assessing",     "decide_no_further_action",    TEAM,       {},                             NOT_YET),
    ("assessing",     "decide_no_further_action",    CLOCK,      READY,                          NOT_THEIRS),
    ("assessing",     "decide_early_help",           TEAM,       READY,                          NOT_YET),
    ("assessing",     "decide_early_help",           TEAM,       READY | NAMED,                  "closed"),
    ("assessing",     "decide_early_help",           TEAM,       READY | {"step_down_lead": False}, NOT_YET),
    ("assessing",     "decide_strategy",             TEAM,       LED,                            "stepped_up"),
    ("assessing",     "authorise_overrun",           TEAM,       {},                             "assessing"),
    ("assessing",     "authorise_overrun",           SW,         {},                             NOT_THEIRS),
    ("assessing",     "first_meeting_held",          LINE,       REPORTS,                        NOT_HERE),
    ("plan_pending",  "first_meeting_held",          LINE,       REPORTS,                        "active"),
    ("plan_pending",  "first_meeting_held",          LINE,       {},                             NOT_YET),
    ("plan_pending",  "first_meeting_held",          LINE,       REPORTS | PROTECTED,            NOT_YET),
    ("plan_pending",  "first_meeting_held",          PARENT,     REPORTS,                        NOT_THEIRS),
    ("active",        "meeting_held",                SW,         REPORTS,                        "active"),
    ("drift_review",  "meeting_held",                SW,         REPORTS,                        "drift_review"),
    ("transferring",  "meeting_held",                SW,         REPORTS,                        "transferring"),
    ("active",        "meeting_held",                SW,         {"agencies_asked": ["school"]}, NOT_YET),
    ("active",        "twelve_weeks_reached",        CLOCK,      {},                             "drift_review"),
    ("active",        "twelve_weeks_reached",        LINE,       {},                             NOT_THEIRS),
    ("drift_review",  "twelve_weeks_reached",        CLOCK,      {},                             NOT_HERE),
    ("drift_review",  "continue_plan",               LINE,       MET,                            "active"),
    ("active",        "continue_plan",               LINE,       MET,                            "active"),
    ("drift_review",  "continue_plan",               SW,         MET,                            NOT_THEIRS),
    ("drift_review",  "continue_plan",               CLOCK,      MET,                            NOT_THEIRS),
    ("drift_review",  "end_plan",                    LINE,       MET,                            "closed"),
    ("drift_review",  "end_plan",                    CLOCK,      MET,                            NOT_THEIRS),
    ("active",        "end_plan",                    SW,         MET,                            "closed"),
    ("active",        "end_plan",                    SW,         {},                             NOT_YET),
    ("active",        "end_plan_to_early_help",      SW,         MET,                            NOT_YET),
    ("active",        "end_plan_to_early_help",      SW,         MET | NAMED,                    "closed"),
    ("active",        "withdraw_consent",            PARENT,     {},                             "review_risk"),
    ("assessing",     "withdraw_consent",            SW,         {},                             "review_risk"),
    ("review_risk",   "close_without_consent",       TEAM,       {},                             "closed"),
    ("review_risk",   "close_without_consent",       SW,         {},                             NOT_THEIRS),
    ("review_risk",   "step_up",                     TEAM,       {},                             "stepped_up"),
    ("review_risk",   "resume_plan",                 TEAM,       MET,                            NOT_YET),
    ("review_risk",   "resume_plan",                 TEAM,       MET | CONSENTED,                "active"),
    ("review_risk",   "resume_assessment",           TEAM,       CONSENTED,                      "assessing"),
    ("review_risk",   "resume_assessment",           TEAM,       CONSENTED | ASSESSED,           NOT_YET),
    ("review_risk",   "resume_planning",             TEAM,       CONSENTED | ASSESSED,           "plan_pending"),
    ("transferring",  "resume_plan",                 TEAM,       MET,                            "active"),
    ("active",        "start_transfer",              SW,         {},                             "transferring"),
    ("transferring",  "transfer_accepted",           TEAM,       {},                             "closed"),
    ("transferring",  "transfer_accepted",           SW,         {},                             NOT_THEIRS),
    ("active",        "suspect_harm",                SW,         {},                             "active"),
    ("active",        "close_accommodated",          TEAM,       {},                             "closed"),
    ("active",        "child_protection_plan_made",  PATH,       {},                             "stepped_up"),
    ("plan_pending",  "child_protection_plan_made",  PATH,       {},                             "stepped_up"),
    ("review_risk",   "child_protection_plan_made",  PATH,       {},                             "stepped_up"),
    ("assessing",     "child_protection_plan_made",  PATH,       {},                             "assessing"),
    ("active",        "child_protection_plan_made",  UNIT,       {},                             NOT_THEIRS),
    ("active",        "child_died",                  TEAM,       {},                             "closed"),
    ("active",        "reached_18",                  CLOCK,      {},                             "closing_at_18"),
    ("closing_at_18", "complete_closure",            TEAM,       {},                             "closed"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "trigger", "role", "knowing", "leads_to"), DECISIONS)
def test_decision(state, trigger, role, knowing, leads_to):
    assert led(PATHWAY, state, trigger, role, knowing) == leads_to


def moves(trigger):
    return [move for move in PATHWAY.moves if move.trigger == trigger]


def happens(trigger, state, facts=None):
    move = next(move for move in moves(trigger) if state in move.source)
    known = CaseFacts(facts or {}, PATHWAY.known)
    return {emit.event for emit in move.emits if emit.when is None or emit.when(known)}


def test_outcome_codes_are_those_of_the_field():
    codes = {move.outcome for move in PATHWAY.moves if move.outcome}
    assert codes == {
        "close_nfa", "step_down_eh", "cin_plan", "step_up_s47", "accommodated", "transferred", "age_18", "died",
        "declined_no_risk",
    }  # fmt: skip


def test_a_plan_that_needs_four_things_is_refused_with_all_four():
    assert lacking(PATHWAY, "assessing", "decide_plan_needed", TEAM, PROTECTED) == {
        "assessment.child_seen", "case.lead", "plan.consent", "plan.not_protected",
    }  # fmt: skip


@pytest.mark.parametrize(
    "trigger", ["decide_plan_needed", "decide_strategy", "decide_early_help", "decide_no_further_action"]
)
def test_every_way_to_finish_the_assessment_stops_its_limit(trigger):
    assert happens(trigger, "assessing") == {"assessment_outcome_recorded"}


def test_only_the_first_meeting_begins_the_twelve_weeks():
    assert happens("first_meeting_held", "plan_pending") == {"cin_meeting_held", "cin_first_meeting_held"}
    assert happens("meeting_held", "active") == {"cin_meeting_held"}


def test_a_case_is_newly_allocated_once_however_often_its_lead_changes():
    assert happens("allocate", "assessing") == {"s17_case_allocated"}
    assert happens("allocate", "assessing", {"s17_case_allocated": THEN}) == set()
    assert happens("allocate", "active") == set()


def test_a_visit_at_which_the_child_was_not_seen_is_no_visit():
    assert happens("child_seen", "active", {"seen": "no"}) == set()
    assert happens("child_seen", "active", {"seen": "yes"}) == {"child_seen"}


def test_each_meeting_wants_its_own_reports():
    for trigger in ("first_meeting_held", "meeting_held"):
        (move,) = moves(trigger)
        assert {"agencies_asked", "reports_in"} <= set(move.forgets)


def test_the_missing_report_is_named():
    answer = asked(
        PATHWAY,
        "active",
        "meeting_held",
        SW,
        {"agencies_asked": ["school", "housing"], "reports_in": ["school"]},
    )
    assert answer.reasons[0].details == ("Report missing: housing",)


def test_the_line_manager_may_meet_without_a_report_and_says_why_but_the_social_worker_may_not():
    why = {"meeting.reports": "the school is closed; it will report by telephone"}
    knowing = {"agencies_asked": ["school"]}
    assert led(PATHWAY, "active", "meeting_held", LINE, knowing, overrides=why) == "active"
    assert led(PATHWAY, "active", "meeting_held", SW, knowing, overrides=why) == NOT_YET


@pytest.mark.parametrize("state", UNDER_WAY)
def test_harm_is_looked_into_from_anywhere_and_the_case_stays(state):
    assert led(PATHWAY, state, "suspect_harm", SW, {}) == state
    (move,) = moves("suspect_harm")
    assert [(opens.pathway, opens.state) for opens in move.opens] == [("child_protection", "strategy")]


def test_consent_withdrawn_is_forgotten_so_that_it_must_be_given_anew():
    (move,) = moves("withdraw_consent")
    assert move.forgets == ("consent",)


def test_an_assessment_beside_a_protection_plan_can_plan_again_once_that_has_ended():
    (move,) = moves("child_protection_plan_ended")
    assert move.forgets == ("child_protection_plan_made",)
    assert led(PATHWAY, "assessing", "decide_plan_needed", TEAM, READY | CONSENTED) == "plan_pending"


def test_the_worker_s_own_way_back_is_the_one_that_fits():
    for known, open_way in (
        (CONSENTED, "resume_assessment"),
        (CONSENTED | ASSESSED, "resume_planning"),
        (CONSENTED | MET, "resume_plan"),
    ):
        ways = [way for way in ("resume_assessment", "resume_planning", "resume_plan")
                if led(PATHWAY, "review_risk", way, TEAM, known) != NOT_YET]  # fmt: skip
        assert ways == [open_way]


def test_drift_keeps_the_plan_s_meetings_visits_and_endings():
    for state in ON_PLAN:
        triggers = {move.trigger for move in PATHWAY.moves_from(state)}
        assert {
            "meeting_held",
            "child_seen",
            "end_plan",
            "end_plan_to_early_help",
            "continue_plan",
        } <= triggers


def test_deciding_to_go_on_stops_the_twelve_weeks():
    clock = next(clock for clock in PATHWAY.clocks if clock.rule == "cin.plan_12_week")
    assert set(clock.met_by) <= happens("continue_plan", "active", {"cin_meeting_held": LATER})


def test_a_history_of_the_return_can_be_laid_along_the_moves():
    state = "assessing"
    for trigger in ("decide_plan_needed", "first_meeting_held", "meeting_held", "end_plan"):
        move = next(move for move in PATHWAY.moves_from(state) if move.trigger == trigger)
        state = state if move.dest == "=" else move.dest
    assert state == "closed"
