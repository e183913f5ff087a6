"""Escalation: each decision, the ten ladders end to end, and when things fall due. Worked out by hand."""

from datetime import date, datetime, timedelta

import pytest

import pathways
from pathways import pathway
from pathways.days import LONDON
from pathways.definitions import CaseFacts
from pathways.escalation import LADDERS, OPEN, PATHWAY, next_rung
from pathways.escalation_forms import RUNGS
from pathways.roles import NOT_PEOPLE, Role
from tests.pathways.deciding import NOT_HERE, NOT_THEIRS, NOT_YET, THEN, asked, led
from tests.pathways.on_paper import Paper, due, london

STAGES = ("informal", "stage1", "stage2", "stage2_meeting", "stage3", "stage4")
"""The rungs of every ladder, from the lowest."""

DSL, TEAM, SERVICE, HEAD, STAFF = (
    Role.DSL,
    Role.TEAM_LEADER,
    Role.SERVICE_MANAGER,
    Role.HEADTEACHER,
    Role.STAFF,
)
BUSINESS, PARTNERS, CLOCK, PARENT, SW = (
    Role.PARTNERSHIP_MANAGER, Role.PARTNERSHIP_LEAD, Role.CLOCK, Role.PARENT, Role.SOCIAL_WORKER,
)  # fmt: skip

REFUSED_IN_NEED = {"situation": "3", "decided_at": "front door"}
NO_PLAN = {"situation": "7", "decided_at": "a child protection conference"}
ENDED_BY_WORKER = {"situation": "8", "decided_at": "a worker or manager"}
SPOKEN = {"dissent_spoken": THEN}

DECISIONS = [
    # from                    decision             by        knowing                            leads to
    ("informal",               "raise_stage1",      DSL,      REFUSED_IN_NEED,                   "stage1"),
    ("stage1_offered",         "raise_stage1",      DSL,      REFUSED_IN_NEED,                   "stage1"),
    ("informal",               "raise_stage1",      STAFF,    REFUSED_IN_NEED,                   "stage1"),
    ("informal",               "raise_stage1",      CLOCK,    REFUSED_IN_NEED,                   NOT_THEIRS),
    ("informal",               "raise_stage1",      DSL,      NO_PLAN,                           NOT_YET),
    ("informal",               "raise_stage1",      DSL,      NO_PLAN | SPOKEN,                  "stage1"),
    ("informal",               "raise_stage1",      DSL,      ENDED_BY_WORKER | SPOKEN,          NOT_YET),
    ("informal",               "open_stage2",       DSL,      {},                                NOT_HERE),
    ("informal",               "settle_informally", DSL,      {},                                "resolved"),
    ("stage1",                 "resolve_stage1",    TEAM,     {},                                "resolved"),
    ("stage1",                 "resolve_stage1",    DSL,      {},                                NOT_THEIRS),
    ("stage2_offered",         "resolve_stage1",    TEAM,     {},                                "resolved"),
    ("stage1",                 "open_stage2",       DSL,      {},                                "stage2"),
    ("stage2_offered",         "open_stage2",       SERVICE,  {},                                "stage2"),
    ("stage1",                 "stage1_passed",     CLOCK,    {},                                "stage2_offered"),
    ("stage1",                 "stage1_passed",     TEAM,     {},                                NOT_THEIRS),
    ("stage2",                 "agree_stage2",      SERVICE,  {},                                "resolved"),
    ("stage2",                 "agree_stage2",      TEAM,     {},                                NOT_THEIRS),
    ("stage2",                 "stage2_passed",     CLOCK,    {},                                "stage2_meeting_offered"),
    ("stage2_meeting_offered", "agree_stage2",      SERVICE,  {},                                "resolved"),
    ("stage2_meeting_offered", "call_meeting",      DSL,      {},                                "stage2_meeting"),
    ("stage2",                 "call_meeting",      SERVICE,  {},                                "stage2_meeting"),
    ("stage2_meeting",         "resolve_at_meeting", SERVICE, {},                                "resolved"),
    ("stage2_meeting",         "meeting_not_settled", SERVICE, {},                               "stage2_meeting"),
    ("stage2_meeting",         "meeting_passed",    CLOCK,    {},                                "stage3_offered"),
    ("stage3_offered",         "open_stage3",       BUSINESS, {},                                "stage3"),
    ("stage3",                 "resolve_stage3",    BUSINESS, {},                                "resolved"),
    ("stage3",                 "stage3_passed",     CLOCK,    {},                                "stage4_offered"),
    ("stage4_offered",         "open_stage4",       BUSINESS, {},                                "stage4"),
    ("stage4",                 "resolve_stage4",    PARTNERS, {},                                "resolved"),
    ("stage4",                 "record_unresolved", PARTNERS, {},                                "unresolved_recorded"),
    ("stage4",                 "record_unresolved", DSL,      {},                                NOT_THEIRS),
    ("stage4",                 "record_unresolved", CLOCK,    {},                                NOT_THEIRS),
    ("stage4",                 "stage4_passed",     CLOCK,    {},                                "stage4_overdue"),
    ("stage4_overdue",         "record_unresolved", PARTNERS, {},                                "unresolved_recorded"),
    ("informal",               "same_day_passed",   CLOCK,    {},                                "stage1_offered"),
    ("stage1",                 "same_day_passed",   CLOCK,    {},                                "stage2_offered"),
    ("stage2",                 "same_day_passed",   CLOCK,    {},                                "stage2_meeting_offered"),
    ("stage2_meeting",         "same_day_passed",   CLOCK,    {},                                "stage3_offered"),
    ("stage3",                 "same_day_passed",   CLOCK,    {},                                "stage4_offered"),
    ("stage4",                 "same_day_passed",   CLOCK,    {},                                "stage4_overdue"),
    ("stage3",                 "withdraw",          DSL,      {},                                "withdrawn"),
    ("stage3",                 "withdraw",          PARENT,   {},                                NOT_THEIRS),
    ("resolved",               "send_letter",       TEAM,     {},                                "resolved"),
    ("resolved",               "open_stage2",       DSL,      {},                                NOT_HERE),
    ("stage2",                 "refer_again",       PARENT,   {},                                "stage2"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "trigger", "role", "knowing", "leads_to"), DECISIONS)
def test_decision(state, trigger, role, knowing, leads_to):
    assert led(PATHWAY, state, trigger, role, knowing) == leads_to


LATE_FRIDAY = datetime(2026, 11, 6, 15, 30, tzinfo=LONDON)
DUE_DATES = [
    # rule                        started            due                              why
    ("esc.cp_same_day",           LATE_FRIDAY,       date(2026, 11, 6),               "today, Friday or not"),
    ("esc.s1_raise",              LATE_FRIDAY,       date(2026, 11, 10),              "two working days"),
    ("esc.s1_respond",            LATE_FRIDAY,       date(2026, 11, 11),              "three working days"),
    ("esc.s1_outcome_letter",     LATE_FRIDAY,       date(2026, 11, 10),              "two working days"),
    ("esc.s2_agree",              LATE_FRIDAY,       date(2026, 11, 10),              "two working days"),
    ("esc.s2_notify_partnership", LATE_FRIDAY,       date(2026, 11, 9),               "one working day"),
    ("esc.s2_outcome_letter",     LATE_FRIDAY,       date(2026, 11, 10),              "two working days"),
    ("esc.s2_meeting",            date(2026, 3, 31), date(2026, 4, 9),                "five working days over Easter"),
    ("esc.s2_meeting_letter",     LATE_FRIDAY,       LATE_FRIDAY + timedelta(hours=48), "hours run through the weekend"),
    ("esc.s3_resolve",            LATE_FRIDAY,       date(2026, 11, 13),              "five working days"),
    ("esc.s4_resolve",            date(2026, 12, 18), date(2027, 1, 6),               "ten working days over Christmas"),
    ("esc.s1_respond",            date(2022, 3, 10), date(2022, 3, 15),               "the edition of 2017, still in force then"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "started", "on", "why"), DUE_DATES)
def test_due_date(rule, started, on, why):
    assert due(rule, started) == on, why


def test_the_older_and_the_newer_edition_have_their_own_sources():
    from pathways.rulebook import load

    old, new = load().editions("esc.s1_respond")
    assert (old.force, new.force) == ("local", "default")


# -- the ten ladders -----------------------------------------------------------------------------------

RUNG_COUNTS = {1: 3, 2: 5, 3: 6, 4: 3, 5: 8, 6: 9, 7: 7, 8: 6, 9: 8, 10: 7}


def test_there_are_ten_situations_each_with_its_rungs():
    assert {number: len(ladder.rungs) for number, ladder in LADDERS.items()} == RUNG_COUNTS


@pytest.mark.parametrize("number", LADDERS)
def test_a_ladder_never_goes_back_down(number):
    for out_of_hours in (False, True):
        heights = [STAGES.index(rung.stage) for rung in LADDERS[number].at(out_of_hours=out_of_hours)]
        assert heights == sorted(heights)


def test_the_same_day_is_for_those_at_risk_of_harm():
    assert [number for number, ladder in LADDERS.items() if ladder.same_day] == [2, 4]


def test_out_of_hours_there_is_a_senior_duty_officer_and_a_fresh_call():
    names = {
        number: [rung.name for rung in ladder.at(out_of_hours=True)] for number, ladder in LADDERS.items()
    }
    assert "senior duty officer" in names[2]
    assert "service manager" not in names[2]
    assert names[4] == ["telephone a fresh referral"]
    assert all(names[number] == [rung.name for rung in LADDERS[number].rungs] for number in (3, 5, 6, 7))


def test_only_a_meeting_or_a_conference_ends_a_plan():
    assert {number: ladder.decided_at for number, ladder in LADDERS.items() if ladder.decided_at} == {
        7: "a child protection conference", 8: "a child in need meeting", 9: "a child protection conference",
    }  # fmt: skip
    assert {number for number, ladder in LADDERS.items() if ladder.minuted} == {7, 8, 9}


OPENS = {
    "stage1": ("raise_stage1", DSL), "stage2": ("open_stage2", HEAD), "stage2_meeting": ("call_meeting", SERVICE),
    "stage3": ("open_stage3", BUSINESS), "stage4": ("open_stage4", BUSINESS),
}  # fmt: skip


def dispute(number, at=LATE_FRIDAY, *, out_of_hours="no", harm="no"):
    ladder = LADDERS[number]
    decided_at = ladder.decided_at or "a worker or manager"
    case = Paper(
        PATHWAY,
        "disagreement",
        at,
        situation=str(number),
        decided_at=decided_at,
        harm_believed=harm,
        out_of_hours=out_of_hours,
    )
    return case, ladder


@pytest.mark.parametrize("out_of_hours", ["no", "yes"])
@pytest.mark.parametrize("number", LADDERS)
def test_a_ladder_is_climbed_to_its_end_and_then_to_the_last_stage(number, out_of_hours):
    at = LATE_FRIDAY
    case, ladder = dispute(number, out_of_hours=out_of_hours)
    rungs = ladder.at(out_of_hours=out_of_hours == "yes")
    stage = "informal"

    def raise_to(wanted):
        nonlocal stage, at
        while stage != wanted:
            stage = STAGES[STAGES.index(stage) + 1]
            at += timedelta(hours=1)
            trigger, role = OPENS[stage]
            assert case.do(trigger, role, at) == stage

    for rung in rungs:
        at += timedelta(minutes=5)
        assert next_rung(CaseFacts(case.facts)) == rung
        if ladder.minuted and rung.stage == "stage1" and "dissent_spoken" not in case.facts:
            assert case.do("raise_stage1", DSL, at) == NOT_YET
            case.do("record_dissent_in_room", DSL, at, minuted="yes")
        raise_to(rung.stage)
        assert case.do("climb", DSL, at, rung=rung.name) == stage
    assert next_rung(CaseFacts(case.facts)) is None
    raise_to("stage4")
    assert case.do("record_unresolved", PARTNERS, at) == "unresolved_recorded"
    assert case.draft.outcome == "unresolved"


def test_no_rung_is_passed_over_save_with_a_reason():
    case, _ = dispute(3)
    assert case.do("climb", DSL, LATE_FRIDAY, rung="service manager") == NOT_YET
    why = {"ladder.order": "the team leader is away and nobody covers"}
    assert case.do("climb", DSL, LATE_FRIDAY, rung="service manager", overrides=why) == "informal"


def test_what_was_not_tried_is_named():
    answer = asked(PATHWAY, "informal", "climb", DSL, REFUSED_IN_NEED | {"rungs_tried": ["service manager"]})
    assert answer.reasons[0].details == (
        "Not tried yet: deciding social worker",
        "Not tried yet: team leader",
    )


def test_where_harm_is_believed_nobody_need_be_asked_first():
    case, _ = dispute(3, harm="yes")
    assert case.do("climb", DSL, LATE_FRIDAY, rung="service manager") == "informal"


def test_the_tick_says_whom_to_go_to_next():
    stage = PATHWAY.stages[0]
    assert stage.detail(CaseFacts(REFUSED_IN_NEED, PATHWAY.known)) == "next: deciding social worker"
    done = REFUSED_IN_NEED | {"rungs_tried": [rung.name for rung in LADDERS[3].rungs]}
    assert stage.detail(CaseFacts(done, PATHWAY.known)) == ""


def test_every_rung_can_be_recorded():
    (climb,) = [move for move in PATHWAY.moves if move.trigger == "climb"]
    assert climb.records.fields[0].choices == RUNGS
    assert set(climb.source) == set(OPEN)


# -- limits --------------------------------------------------------------------------------------------


def test_a_refused_protection_referral_is_climbed_the_same_day_rung_after_rung():
    case, _ = dispute(2)
    assert case.running == {"esc.cp_same_day": date(2026, 11, 6), "esc.s1_raise": date(2026, 11, 10)}
    at = LATE_FRIDAY + timedelta(hours=1)
    assert case.do("raise_stage1", DSL, at) == "stage1"
    assert case.running == {"esc.cp_same_day": date(2026, 11, 6), "esc.s1_respond": date(2026, 11, 11)}
    assert case.pass_time(london(date(2026, 11, 6), 23, 59)) == "stage1"
    assert case.pass_time(london(date(2026, 11, 7), 0)) == "stage2_offered", (
        "Saturday, days before stage 1 would end"
    )
    assert case.do("open_stage2", HEAD, london(date(2026, 11, 7), 9)) == "stage2"
    assert case.running["esc.cp_same_day"] == date(2026, 11, 7)
    assert case.pass_time(london(date(2026, 11, 8), 0)) == "stage2_meeting_offered"


def test_an_ordinary_dispute_has_no_same_day_limit_until_harm_is_believed():
    case, _ = dispute(3)
    assert "esc.cp_same_day" not in case.running
    case.do("believe_harm", DSL, london(date(2026, 11, 9)))
    assert case.running["esc.cp_same_day"] == date(2026, 11, 9)
    case.do("believe_harm", DSL, london(date(2026, 11, 10)))
    assert case.running["esc.cp_same_day"] == date(2026, 11, 9), "said twice, it does not begin again"


def test_limits_that_pass_offer_stage_after_stage_and_settle_nothing():
    case, _ = dispute(5)
    case.do("raise_stage1", DSL, LATE_FRIDAY)
    assert case.pass_time(london(date(2026, 11, 12), 0)) == "stage2_offered"
    assert case.pass_time(london(date(2027, 6, 1))) == "stage2_offered", "only people open a stage"
    case.do("open_stage2", HEAD, london(date(2026, 11, 12)))
    assert case.running == {
        "esc.s2_agree": date(2026, 11, 16),
        "esc.s2_notify_partnership": date(2026, 11, 13),
    }
    assert case.pass_time(london(date(2026, 11, 17), 0)) == "stage2_meeting_offered"
    case.do("call_meeting", SERVICE, london(date(2026, 11, 17)))
    assert case.running["esc.s2_meeting"] == date(2026, 11, 24)
    assert case.pass_time(london(date(2026, 11, 25), 0)) == "stage3_offered"
    case.do("open_stage3", BUSINESS, london(date(2026, 11, 25)))
    assert case.pass_time(london(date(2026, 12, 3), 0)) == "stage4_offered"
    case.do("open_stage4", BUSINESS, london(date(2026, 12, 3)))
    assert case.running["esc.s4_resolve"] == date(2026, 12, 17)
    assert case.pass_time(london(date(2027, 6, 1))) == "stage4_overdue"
    assert case.do("record_unresolved", PARTNERS, london(date(2027, 6, 1))) == "unresolved_recorded"


LETTERS = [
    # at               settled by             by        letter's rule
    ("stage1",         "resolve_stage1",      TEAM,     "esc.s1_outcome_letter"),
    ("stage2",         "agree_stage2",        SERVICE,  "esc.s2_outcome_letter"),
    ("stage2_meeting", "resolve_at_meeting",  SERVICE,  "esc.s2_meeting_letter"),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "trigger", "role", "rule"), LETTERS)
def test_the_letter_is_owed_after_it_is_settled(stage, trigger, role, rule):
    case, _ = dispute(3)
    for name in STAGES[1 : STAGES.index(stage) + 1]:
        case.do(*OPENS[name], LATE_FRIDAY)
    assert case.do(trigger, role, LATE_FRIDAY) == "resolved"
    assert set(case.running) == {rule}
    case.do("send_letter", role, LATE_FRIDAY + timedelta(hours=1))
    assert case.running == {}


# -- a dispute blocks nothing --------------------------------------------------------------------------

OF_EVERYBODY = {"opened", "significant_harm_suspected"}


def test_no_other_pathway_reads_anything_of_a_dispute():
    own = PATHWAY.known - OF_EVERYBODY
    for found in map(pathway, pathways.NAMES):
        if found is not PATHWAY:
            assert not own & found.known, found.name


def test_a_dispute_fires_nothing_and_opens_only_a_fresh_referral():
    assert not any(move.fires for move in PATHWAY.moves)
    assert {opens.pathway for move in PATHWAY.moves for opens in move.opens} == {"front_door"}


PROTECTIVE = {
    "front_door": ("phone_referral", "refer_directly", "call_emergency", "decide_immediate_protection", "decide_strategy"),
    "child_in_need": ("suspect_harm", "step_up"),
    "child_protection": ("start_enquiry", "decide_conference", "identify_immediate_risk", "seek_immediate_protection", "suspect_harm", "decide_plan"),
    "immediate_protection": ("start_police_protection", "record_order", "accommodate", "ask_strategy_discussion"),
    "early_help": ("suspect_harm", "step_up"),
    "missing_education": ("suspect_harm",),
}  # fmt: skip


@pytest.mark.parametrize("name", PROTECTIVE)
def test_a_protective_move_is_decided_alike_with_and_without_a_dispute(name):
    found = pathway(name)
    disputed = dict.fromkeys(PATHWAY.known - found.known, THEN)
    for move in found.moves:
        if move.trigger not in PROTECTIVE[name]:
            continue
        for source in move.source:
            role = next(each for each in move.who if each not in NOT_PEOPLE)
            without = led(found, source, move.trigger, role, {})
            assert led(found, source, move.trigger, role, disputed) == without
    assert set(PROTECTIVE[name]) <= set(found.triggers())


def test_anybody_can_refer_again_at_any_time_and_nothing_stands_before_it():
    (move,) = [each for each in PATHWAY.moves if each.trigger == "refer_again"]
    assert set(move.source) == set(OPEN)
    assert move.conditions == ()
    assert {PARENT, STAFF, SW} <= set(move.who)
