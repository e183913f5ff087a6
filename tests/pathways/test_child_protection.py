"""Child protection: each decision, by whom, knowing what, and where it leads. Worked out by hand."""

import pytest

from pathways.child_protection import AWAITING, ON_PLAN, OPEN, PATHWAY, PLAN_LASTS
from pathways.conference_stages import ON_THE_DAY, ROUND
from pathways.definitions import CaseFacts
from pathways.engine import Actor, Done, Question, Refused, decide
from pathways.roles import Role
from tests.pathways.deciding import LATER, NOT_HERE, NOT_THEIRS, NOT_YET, THEN, asked, lacking, led

SW, TEAM, CHAIR, CLOCK = Role.SOCIAL_WORKER, Role.TEAM_LEADER, Role.CONFERENCE_CHAIR, Role.CLOCK
UNIT, MEMBER, POLICE, PATH = Role.COORDINATOR, Role.CORE_GROUP_MEMBER, Role.POLICE, Role.PATHWAY

TALKED = {"strategy_agencies": ["general practice", "police", "social care"]}
SEEN = {"child_seen": THEN}
LED = {"lead_accepted": True}
READY = SEEN | LED
NAMED = {"step_down_lead": True}

ASKED = {"agencies_asked": ["health visiting", "housing", "school"], "invitations_sent": THEN}
ALL_IN = {"reports_in": ["health visiting", "housing", "school"]}
TICKS = {"family_met": THEN, "chair_met_family": THEN, "reports_shared": THEN}
THREE = {"agencies_present": ["health visiting", "school", "social care"], "room_suitable": True}
STAGES_1_TO_5 = ASKED | ALL_IN | TICKS
STARTING = STAGES_1_TO_5 | THREE
BOARD = {"views_recorded": LATER, "conference_started": LATER}
PAPERS = {
    "old_plan_here": True, "old_chronology_here": True, "old_minutes_here": True, "both_workers_reported": True,
}  # fmt: skip
BOOKED = {"icpc_on": "2026-11-24", "icpc_date": "2026-11-24"}
REVIEW_BOOKED = {"rcpc_on": "2027-02-23", "rcpc_date": "2027-02-23"}
PREBIRTH_PLAN = {"prebirth_plan_made": THEN}

DECISIONS = [
    # from                 decision                                  by      knowing                leads to
    ("strategy",            "start_enquiry",                          TEAM,   TALKED,                    "s47"),
    ("strategy",            "start_enquiry",                          SW,     {},                    NOT_THEIRS),
    ("strategy",            "start_enquiry",                          CLOCK,  {},                    NOT_THEIRS),
    ("strategy",            "start_assessment",                       TEAM,   TALKED,                    "closed"),
    ("strategy",            "leave_to_police",                        TEAM,   TALKED,                    "closed"),
    ("strategy",            "leave_to_police",                        POLICE, {},                    NOT_THEIRS),
    ("strategy",            "take_no_further_action",                 TEAM,   TALKED,                    "closed"),
    ("strategy",            "decide_conference",                      TEAM,   READY,                 NOT_HERE),
    ("s47",                 "decide_conference",                      TEAM,   READY,                 "awaiting_icpc"),
    ("s47",                 "decide_conference",                      TEAM,   {},                    NOT_YET),
    ("s47",                 "decide_conference",                      TEAM,   SEEN,                  NOT_YET),
    ("s47",                 "decide_conference",                      TEAM,   LED,                   NOT_YET),
    ("s47",                 "decide_conference",                      SW,     READY,                 NOT_THEIRS),
    ("s47",                 "find_no_continuing_risk",                TEAM,   READY,                 "closed"),
    ("s47",                 "find_not_substantiated",                 TEAM,   READY,                 "closed"),
    ("s47",                 "find_not_substantiated_child_in_need",   TEAM,   READY,                 "closed"),
    ("s47",                 "find_not_substantiated_early_help",      TEAM,   READY,                 NOT_YET),
    ("s47",                 "find_not_substantiated_early_help",      TEAM,   READY | NAMED,         "closed"),
    ("s47",                 "icpc_missed",                            CLOCK,  {},                    NOT_HERE),
    ("s47",                 "agree_delay",                            TEAM,   {"delay_chair_agrees": True}, "s47"),
    ("awaiting_icpc",       "agree_delay",                            TEAM,   {},                    NOT_YET),
    ("awaiting_icpc",       "agree_delay",                            CHAIR,  {"delay_chair_agrees": True}, NOT_THEIRS),
    ("icpc_overdue",        "agree_delay",                            TEAM,   {"delay_chair_agrees": True}, "icpc_overdue"),
    ("awaiting_icpc",       "icpc_missed",                            CLOCK,  {},                    "icpc_overdue"),
    ("interim_safety_plan", "icpc_missed",                            CLOCK,  {},                    "icpc_overdue"),
    ("awaiting_icpc",       "icpc_missed",                            TEAM,   {},                    NOT_THEIRS),
    ("awaiting_icpc",       "icpc_missed",                            UNIT,   {},                    NOT_THEIRS),
    ("icpc_overdue",        "icpc_missed",                            CLOCK,  {},                    NOT_HERE),
    ("awaiting_icpc",       "book_conference",                        UNIT,   {},                    "awaiting_icpc"),
    ("awaiting_icpc",       "book_conference",                        UNIT,   BOOKED,                NOT_YET),
    ("awaiting_icpc",       "rebook_conference",                      UNIT,   BOOKED,                "awaiting_icpc"),
    ("awaiting_icpc",       "rebook_conference",                      UNIT,   {},                    NOT_YET),
    ("awaiting_icpc",       "invite",                                 UNIT,   {},                    "awaiting_icpc"),
    ("awaiting_icpc",       "start_conference",                       CHAIR,  STARTING,              "conference"),
    ("icpc_overdue",        "start_conference",                       CHAIR,  STARTING,              "conference"),
    ("interim_safety_plan", "start_conference",                       CHAIR,  STARTING,              "conference"),
    ("awaiting_icpc",       "start_conference",                       UNIT,   STARTING,              "conference"),
    ("awaiting_icpc",       "start_conference",                       TEAM,   STARTING,              NOT_THEIRS),
    ("awaiting_icpc",       "start_conference",                       CHAIR,  {},                    NOT_YET),
    ("awaiting_icpc",       "start_conference",                       CHAIR,  STAGES_1_TO_5,         NOT_YET),
    ("awaiting_icpc",       "decide_plan",                            CHAIR,  BOARD,                 NOT_HERE),
    ("conference",          "decide_plan",                            CHAIR,  BOARD,                 "plan"),
    ("conference",          "decide_plan",                            CHAIR,  {},                    NOT_YET),
    ("conference",          "decide_plan",                            SW,     BOARD,                 NOT_THEIRS),
    ("conference",          "decide_no_plan",                         CHAIR,  BOARD,                 "closed"),
    ("conference",          "decide_no_plan",                         CHAIR,  {},                    NOT_YET),
    ("conference",          "decide_no_plan_early_help",              CHAIR,  BOARD,                 NOT_YET),
    ("conference",          "decide_no_plan_early_help",              CHAIR,  BOARD | NAMED,         "closed"),
    ("conference",          "decide_no_plan_close",                   CHAIR,  BOARD,                 "closed"),
    ("conference",          "adjourn",                                CHAIR,  {},                    "interim_safety_plan"),
    ("awaiting_icpc",       "adjourn",                                CHAIR,  {},                    "interim_safety_plan"),
    ("icpc_overdue",        "adjourn",                                CHAIR,  {},                    "icpc_overdue"),
    ("prebirth",            "start_conference",                       CHAIR,  STARTING,              NOT_YET),
    ("prebirth",            "start_conference",                       CHAIR,  STARTING | {"prebirth_assessed": THEN}, "prebirth_conference"),
    ("prebirth_conference", "decide_plan",                            CHAIR,  BOARD,                 "plan"),
    ("prebirth_conference", "decide_no_plan",                         CHAIR,  BOARD,                 "closed"),
    ("prebirth_conference", "adjourn",                                CHAIR,  {},                    "prebirth"),
    ("prebirth",            "close_prebirth",                         TEAM,   {},                    NOT_YET),
    ("prebirth",            "close_prebirth",                         TEAM,   {"prebirth_assessed": THEN}, "closed"),
    ("prebirth",            "child_born",                             SW,     {},                    "awaiting_icpc"),
    ("plan",                "child_born",                             SW,     PREBIRTH_PLAN,         "plan"),
    ("plan",                "child_born",                             SW,     {},                    NOT_YET),
    ("rcpc_overdue",        "child_born",                             SW,     PREBIRTH_PLAN,         "rcpc_overdue"),
    ("plan",                "child_born",                             SW,     PREBIRTH_PLAN | {"birth_of_child_on_prebirth_plan": LATER}, NOT_YET),
    ("transferring_in",     "start_conference",                       CHAIR,  STARTING,              NOT_YET),
    ("transferring_in",     "start_conference",                       CHAIR,  STARTING | PAPERS,     "transfer_conference"),
    ("transfer_conference", "decide_plan",                            CHAIR,  BOARD,                 "plan"),
    ("transfer_conference", "decide_no_plan_close",                   CHAIR,  BOARD,                 "closed"),
    ("transfer_conference", "adjourn",                                CHAIR,  {},                    "transferring_in"),
    ("transferring_in",     "cancel_transfer_in",                     TEAM,   {},                    "closed"),
    ("plan",                "core_group_held",                        MEMBER, {},                    "plan"),
    ("plan",                "ask_early_review",                       MEMBER, {},                    "plan"),
    ("plan",                "rcpc_missed",                            CLOCK,  {},                    "rcpc_overdue"),
    ("transferring_out",    "rcpc_missed",                            CLOCK,  {},                    NOT_HERE),
    ("plan",                "book_conference",                        UNIT,   REVIEW_BOOKED,         NOT_YET),
    ("plan",                "rebook_conference",                      UNIT,   REVIEW_BOOKED,         "plan"),
    ("plan",                "start_conference",                       CHAIR,  STARTING,              "review_conference"),
    ("rcpc_overdue",        "start_conference",                       CHAIR,  STARTING,              "review_conference"),
    ("transferring_out",    "start_conference",                       CHAIR,  STARTING,              "review_conference"),
    ("plan",                "end_plan",                               CHAIR,  BOARD,                 NOT_HERE),
    ("rcpc_overdue",        "end_plan",                               CHAIR,  BOARD,                 NOT_HERE),
    ("review_conference",   "continue_plan",                          CHAIR,  BOARD,                 "plan"),
    ("review_conference",   "continue_plan",                          CHAIR,  {},                    NOT_YET),
    ("review_conference",   "end_plan",                               CHAIR,  BOARD,                 "ended"),
    ("review_conference",   "end_plan",                               TEAM,   BOARD,                 NOT_THEIRS),
    ("review_conference",   "end_plan_to_child_in_need",              CHAIR,  BOARD,                 NOT_YET),
    ("review_conference",   "end_plan_to_child_in_need",              CHAIR,  BOARD | NAMED,         "ended"),
    ("review_conference",   "end_plan_to_early_help",                 CHAIR,  BOARD | NAMED,         "ended"),
    ("review_conference",   "end_plan_for_care",                      CHAIR,  BOARD,                 "ended"),
    ("review_conference",   "adjourn",                                CHAIR,  {},                    "plan"),
    ("plan",                "notify_permanent_move",                  SW,     {},                    "transferring_out"),
    ("plan",                "notify_permanent_move",                  SW,     {"permanent_move_notified": THEN}, NOT_YET),
    ("plan",                "resume_move",                            SW,     {"permanent_move_notified": THEN}, "transferring_out"),
    ("transferring_out",    "cancel_move",                            SW,     {},                    "plan"),
    ("transferring_out",    "complete_transfer",                      TEAM,   {},                    "ended"),
    ("transferring_out",    "complete_transfer",                      SW,     {},                    NOT_THEIRS),
    ("plan",                "child_accommodated",                     SW,     {},                    "plan"),
    ("plan",                "child_died",                             TEAM,   {},                    "ended"),
    ("plan",                "child_died",                             CLOCK,  {},                    NOT_THEIRS),
    ("plan",                "reached_18",                             CLOCK,  {},                    "closing_at_18"),
    ("closing_at_18",       "complete_closure",                       TEAM,   {},                    "ended"),
    ("closing_at_18",       "complete_closure",                       CLOCK,  {},                    NOT_THEIRS),
    ("ended",               "send_minutes",                           UNIT,   {},                    "ended"),
    ("closed",              "send_decisions",                         UNIT,   {},                    "closed"),
    ("ended",               "note",                                   UNIT,   {},                    NOT_HERE),
]  # fmt: skip


@pytest.mark.parametrize(("state", "trigger", "role", "knowing", "leads_to"), DECISIONS)
def test_decision(state, trigger, role, knowing, leads_to):
    assert led(PATHWAY, state, trigger, role, knowing) == leads_to


def test_a_discussion_without_health_is_named_and_held_only_with_a_reason():
    two = {"strategy_agencies": ["police", "school", "social care"]}
    answer = asked(PATHWAY, "strategy", "start_enquiry", TEAM, two)
    (reason,) = answer.reasons
    assert reason.details == ("Did not take part: health",)
    why = {"enquiry.agencies": "health could not be reached by the evening; told at once in the morning"}
    assert led(PATHWAY, "strategy", "start_enquiry", TEAM, two, overrides=why) == "s47"
    assert led(PATHWAY, "strategy", "start_enquiry", Role.LINE_MANAGER, two, overrides=why) == NOT_YET


# -- the nine stages ---------------------------------------------------------------------------------


def test_the_start_names_everything_that_is_still_lacking():
    knowing = ASKED | {"reports_in": ["school"], "family_met": THEN} | THREE
    assert lacking(PATHWAY, "awaiting_icpc", "start_conference", CHAIR, knowing) == {
        "conference.reports",
        "conference.chair_met",
        "conference.reports_shared",
    }


def test_each_report_that_is_missing_is_named():
    answer = asked(
        PATHWAY,
        "awaiting_icpc",
        "start_conference",
        CHAIR,
        ASKED | TICKS | THREE | {"reports_in": ["school"]},
    )
    (reason,) = answer.reasons
    assert reason.details == ("Report missing: health visiting", "Report missing: housing")


def test_no_report_asked_for_is_not_all_reports_in():
    answer = asked(
        PATHWAY, "awaiting_icpc", "start_conference", CHAIR, TICKS | THREE | {"invitations_sent": THEN}
    )
    assert [reason.details for reason in answer.reasons] == [("No agency has been asked for a report",)]


def test_the_chair_may_go_ahead_stage_by_stage_with_a_reason():
    knowing = ASKED | TICKS | THREE
    because = {"conference.reports": "the family has travelled; risk is known from the enquiry"}
    answer = asked(PATHWAY, "awaiting_icpc", "start_conference", CHAIR, knowing, overrides=because)
    assert isinstance(answer, Done)
    assert [condition.id for condition in answer.overridden] == ["conference.reports"]
    assert (
        led(
            PATHWAY, "awaiting_icpc", "start_conference", CHAIR, knowing, overrides={"conference.reports": ""}
        )
        == NOT_YET
    )
    knowing = ASKED | THREE | {"family_met": THEN, "reports_shared": THEN}
    assert led(PATHWAY, "awaiting_icpc", "start_conference", CHAIR, knowing, overrides=because) == NOT_YET


@pytest.mark.parametrize("overrides", [None, {"conference.quorum": "everybody is on leave"}])
def test_nobody_goes_ahead_without_a_quorum(overrides):
    two = THREE | {"agencies_present": ["school", "social care"]}
    assert (
        led(PATHWAY, "awaiting_icpc", "start_conference", CHAIR, STAGES_1_TO_5 | two, overrides=overrides)
        == NOT_YET
    )


def test_an_authority_may_set_its_own_quorum():
    assert led(PATHWAY, "awaiting_icpc", "start_conference", CHAIR, STARTING | {"quorum": 4}) == NOT_YET


def test_the_same_agency_twice_is_one_agency():
    twice = THREE | {"agencies_present": ["school", "school", "social care"]}
    assert led(PATHWAY, "awaiting_icpc", "start_conference", CHAIR, STAGES_1_TO_5 | twice) == NOT_YET


def test_a_school_that_was_asked_comes_to_the_first_conference_but_need_not_come_to_a_review():
    without = THREE | {"agencies_present": ["health visiting", "housing", "social care"]}
    assert lacking(PATHWAY, "awaiting_icpc", "start_conference", CHAIR, STAGES_1_TO_5 | without) == {
        "conference.school_present"
    }
    assert led(PATHWAY, "plan", "start_conference", CHAIR, STAGES_1_TO_5 | without) == "review_conference"


def test_an_unsuitable_room_is_gone_ahead_with_only_by_the_chair_s_reason():
    knowing = STARTING | {"room_suitable": False}
    assert lacking(PATHWAY, "awaiting_icpc", "start_conference", CHAIR, knowing) == {"conference.room"}
    why = {"conference.room": "the lift broke; the family agreed"}
    assert led(PATHWAY, "awaiting_icpc", "start_conference", CHAIR, knowing, overrides=why) == "conference"


def moves(trigger):
    return [move for move in PATHWAY.moves if move.trigger == trigger]


DECIDES_AT_A_CONFERENCE = (
    "decide_plan", "decide_no_plan", "decide_no_plan_early_help", "decide_no_plan_close", "continue_plan", "end_plan",
    "end_plan_to_child_in_need", "end_plan_to_early_help", "end_plan_for_care",
)  # fmt: skip


@pytest.mark.parametrize("trigger", DECIDES_AT_A_CONFERENCE)
def test_no_tick_of_one_conference_counts_for_the_next(trigger):
    ticks = {
        "invitations_sent",
        "agencies_asked",
        "reports_in",
        "reports_complete",
        "family_met",
        "chair_met_family",
    }
    ticks |= {"reports_shared", "agencies_present", "room_suitable", "views_recorded"}
    for move in moves(trigger):
        assert ticks <= set(move.forgets)


def test_after_a_decision_the_review_asks_for_every_stage_afresh():
    known = STARTING | BOARD | {"plan_started": LATER}
    after = {name: value for name, value in known.items() if name not in ROUND}
    wanted = {
        each.id
        for move in moves("start_conference")
        if move.dest == "review_conference"
        for each in move.conditions
    }
    assert lacking(PATHWAY, "plan", "start_conference", CHAIR, after) == wanted


def test_an_adjourned_conference_keeps_reports_but_not_what_happened_on_the_day():
    after = {name: value for name, value in (STARTING | BOARD).items() if name not in ON_THE_DAY}
    assert lacking(PATHWAY, "interim_safety_plan", "start_conference", CHAIR, after) == {
        "conference.chair_met", "conference.reports_shared", "conference.room", "conference.quorum",
        "conference.school_present",
    }  # fmt: skip


def test_ticks_show_one_by_one_and_are_gone_after_the_decision():
    def ticked(facts):
        return [stage.number for stage in PATHWAY.stages if stage.done(CaseFacts(facts, PATHWAY.known))]

    assert ticked({}) == []
    assert ticked(ASKED) == [1]
    assert ticked(ASKED | ALL_IN | {"family_met": THEN}) == [1, 2, 3]
    assert ticked(STARTING | BOARD) == [1, 2, 3, 4, 5, 6, 7]
    decided = {"conference_started": LATER, "conference_held": LATER, "plan_started": LATER}
    assert ticked(decided) == [8]
    assert ticked(decided | {"coregroup_held": LATER}) == [8, 9]


def test_the_reports_stage_says_how_many_are_in():
    detail = next(stage.detail for stage in PATHWAY.stages if stage.number == 2)
    assert detail(CaseFacts(ASKED | {"reports_in": ["school"]}, PATHWAY.known)) == "1 of 3"


# -- what has then happened --------------------------------------------------------------------------


def happens(trigger, state, facts=None):
    """The events of a move, with the fact that dates each."""
    move = next(move for move in moves(trigger) if state in move.source)
    known = CaseFacts(facts or {}, PATHWAY.known)
    return {emit.event: emit.at for emit in move.emits if emit.when is None or emit.when(known)}


def test_a_conference_was_held_on_the_day_it_started():
    assert happens("decide_plan", "conference")["icpc_held"] == "conference_started"
    assert happens("decide_no_plan", "conference") == {
        "conference_held": "conference_started",
        "icpc_held": "conference_started",
    }
    assert happens("continue_plan", "review_conference")["rcpc_held"] == "conference_started"
    assert "icpc_held" not in happens("continue_plan", "review_conference")


@pytest.mark.parametrize(
    "state", [*AWAITING, *PLAN_LASTS, "conference", "review_conference", "prebirth", "transferring_in"]
)
def test_a_conference_that_was_put_off_was_not_held(state):
    assert happens("adjourn", state) == {}


def test_starting_a_conference_is_not_holding_it():
    assert happens("start_conference", "awaiting_icpc") == {"conference_started": ""}


def test_only_the_discussion_that_starts_the_enquiry_starts_the_conference_limit():
    emitters = {
        move.trigger
        for move in PATHWAY.moves
        for emit in move.emits
        if emit.event == "s47_strategy_discussion_held"
    }
    assert emitters == {"start_enquiry"}


def test_the_visit_limit_is_begun_again_only_by_a_visit_at_which_the_child_was_seen():
    assert happens("child_seen", "plan", {"seen": True}) == {"child_seen": ""}
    assert happens("child_seen", "plan", {"seen": False}) == {}


def test_the_last_report_completes_them():
    assert happens("report_received", "awaiting_icpc", ASKED | {"reports_in": ["school"]}) == {}
    assert happens("report_received", "awaiting_icpc", ASKED | ALL_IN) == {"reports_complete": ""}


def test_a_booking_counts_back_from_the_booked_day():
    assert happens("book_conference", "awaiting_icpc") == {"conference_booked": "", "icpc_date": "icpc_on"}
    assert happens("book_conference", "plan") == {"rcpc_date": "rcpc_on"}
    assert happens("decide_plan", "conference", REVIEW_BOOKED)["rcpc_date"] == "rcpc_on"
    assert "rcpc_date" not in happens("decide_plan", "conference")


def test_the_day_that_is_being_booked_does_not_itself_stand_in_the_way():
    unit = Actor("coordinator-1", frozenset({Role.COORDINATOR}))
    for state, fact in (("awaiting_icpc", "icpc_on"), ("plan", "rcpc_on")):
        answer = decide(Question(PATHWAY, state), "book_conference", unit, learned={fact: "2027-02-23"})
        assert isinstance(answer, Done)


def test_a_plan_made_before_birth_is_reset_by_the_birth():
    unborn = {"expected_delivery_date": "2027-01-20"}
    assert "prebirth_plan_made" in happens("decide_plan", "prebirth_conference", unborn)
    assert "prebirth_plan_made" not in happens(
        "decide_plan", "conference", unborn | {"birth_date": "2026-10-01"}
    )
    assert happens("child_born", "plan")["birth_of_child_on_prebirth_plan"] == "birth_date"


def test_saying_twice_that_harm_is_suspected_does_not_begin_the_limit_again():
    assert "strategy_decision_made" in happens("suspect_harm", "plan")
    assert happens("suspect_harm", "plan", {"strategy_decision_made": THEN}) == {}
    held = {"strategy_decision_made": THEN, "strategy_discussion_held": LATER}
    assert "strategy_decision_made" in happens("suspect_harm", "plan", held)


def test_a_date_without_an_hour_compares_with_a_moment():
    assert happens(
        "suspect_harm", "plan", {"strategy_decision_made": "2026-11-03", "strategy_discussion_held": THEN}
    )


# -- what follows elsewhere ---------------------------------------------------------------------------


def test_a_plan_is_told_to_the_child_in_need_and_early_help_cases_and_its_end_too():
    for move in moves("decide_plan"):
        assert [(fires.pathway, fires.trigger) for fires in move.fires] == [
            ("child_in_need", "child_protection_plan_made"),
            ("early_help", "child_protection_plan_made"),
        ]
    ends = [
        move
        for move in PATHWAY.moves
        if move.dest == "ended" and move.source[0] in ("review_conference", "transferring_out")
    ]
    assert len(ends) == 5
    for move in ends:
        told = {(fires.pathway, fires.trigger) for fires in move.fires}
        expected = {("child_in_need", "child_protection_plan_ended")}
        if move.trigger == "end_plan_to_child_in_need":
            expected |= {("early_help", "child_in_need_plan_made")}
        assert told == expected


@pytest.mark.parametrize(
    ("trigger", "opens"),
    [
        ("start_assessment", "assessing"),
        ("find_no_continuing_risk", "plan_pending"),
        ("find_not_substantiated_child_in_need", "plan_pending"),
        ("decide_no_plan", "plan_pending"),
        ("end_plan_to_child_in_need", "plan_pending"),
        ("close_prebirth_to_child_in_need", "plan_pending"),
    ],
)
def test_what_is_still_needed_is_opened_as_child_in_need(trigger, opens):
    for move in moves(trigger):
        assert [(each.pathway, each.state) for each in move.opens] == [("child_in_need", opens)]


def test_an_assessment_decided_on_here_counts_from_the_referral():
    assert happens("start_assessment", "strategy")["referral_received"] == "referral_received"


def test_a_plan_ends_only_at_a_conference_save_for_a_move_eighteen_and_death():
    ways = {
        (move.trigger, source)
        for move in PATHWAY.moves
        for source in move.source
        if move.dest in ("ended", "closed")
    }
    from_a_plan = {trigger for trigger, source in ways if source in PLAN_LASTS}
    assert from_a_plan == {"complete_transfer", "child_died"}


def test_plan_end_codes_are_those_of_the_field():
    codes = {move.outcome for move in PATHWAY.moves if move.dest == "ended"}
    assert codes == {"risk_reduced", "care_or_permanence", "moved", "died", "age_18"}


@pytest.mark.parametrize("state", ON_PLAN)
def test_everything_that_a_plan_allows_is_allowed_when_the_review_is_late(state):
    triggers = {move.trigger for move in PATHWAY.moves_from(state) if not move.by_clock}
    assert {
        "core_group_held",
        "child_seen",
        "start_conference",
        "notify_permanent_move",
        "ask_early_review",
    } <= triggers


def test_a_plan_that_is_moving_goes_on_with_visits_core_groups_and_reviews():
    triggers = {move.trigger for move in PATHWAY.moves_from("transferring_out")}
    assert {
        "core_group_held",
        "child_seen",
        "start_conference",
        "book_conference",
        "suspect_harm",
    } <= triggers


def test_going_on_with_a_move_counts_from_the_first_notice():
    assert happens("resume_move", "plan") == {"permanent_move_notified": "permanent_move_notified"}


def test_danger_can_be_recorded_wherever_the_case_stands():
    for state in set(OPEN) - {"closing_at_18"}:
        assert led(PATHWAY, state, "identify_immediate_risk", SW, {}) == state


def test_a_manager_may_decide_without_having_seen_the_child_only_with_a_reason():
    assert led(PATHWAY, "s47", "decide_conference", TEAM, LED) == NOT_YET
    why = {"enquiry.child_seen": "the child is abroad; seen by the consulate"}
    assert led(PATHWAY, "s47", "decide_conference", TEAM, LED, overrides=why) == "awaiting_icpc"
    assert led(PATHWAY, "s47", "decide_conference", Role.LINE_MANAGER, LED, overrides=why) == NOT_YET


def test_a_history_of_the_return_can_be_laid_along_the_moves():
    road = ["start_enquiry", "decide_conference", "start_conference", "decide_plan", "core_group_held", "start_conference",
            "continue_plan", "start_conference", "end_plan"]  # fmt: skip
    state = "strategy"
    for trigger in road:
        move = next(move for move in PATHWAY.moves_from(state) if move.trigger == trigger)
        state = state if move.dest == "=" else move.dest
    assert state == "ended"


def test_the_category_is_stored_as_its_code_and_asked_in_words():
    field = next(field for field in moves("decide_plan")[0].records.fields if field.name == "category")
    assert dict(zip(field.choices, field.words, strict=True)) == {
        "NEG": "neglect", "PHY": "physical abuse", "SAB": "sexual abuse", "EMO": "emotional abuse",
        "MUL": "more than one category",
    }  # fmt: skip


def test_the_coordinator_writes_down_the_chair_s_decision_but_goes_ahead_only_for_the_chair():
    unit = Actor("coordinator-1", frozenset({Role.COORDINATOR}))
    answer = decide(Question(PATHWAY, "conference", BOARD), "decide_plan", unit)
    assert isinstance(answer, Done)
    assert answer.by is CHAIR
    why = {"conference.reports": "as the chair decided"}
    knowing = ASKED | TICKS | THREE
    allowed = decide(
        Question(PATHWAY, "awaiting_icpc", knowing), "start_conference", unit, by=CHAIR, overrides=why
    )
    assert isinstance(allowed, Done)
    refused = decide(
        Question(PATHWAY, "awaiting_icpc", knowing), "start_conference", unit, by=SW, overrides=why
    )
    assert isinstance(refused, Refused)
    assert refused.kind == NOT_THEIRS
