"""The front door: each decision, by whom, knowing what, and where it leads. Worked out by hand."""

import pytest

from pathways.definitions import CaseFacts
from pathways.engine import Done
from pathways.front_door import DECIDING, PATHWAY
from pathways.front_door_forms import MARF
from pathways.roles import Role
from tests.pathways.deciding import NOT_HERE, NOT_THEIRS, NOT_YET, THEN, asked, lacking, led

STAFF, DSL, SW, DESK = Role.STAFF, Role.DSL, Role.FRONT_DOOR_SW, Role.CALL_HANDLER
MANAGER, NIGHT, CLOCK, CHILD = Role.FRONT_DOOR_MANAGER, Role.EDT_OFFICER, Role.CLOCK, Role.CHILD

CHECKED = {"checks_noted": THEN}
MATCHED = {"level": "4"}
CONSENTED, DECLINED = {"consent": "yes"}, {"consent": "no"}
WHOLE = {"marf_missing": []}
READY = MATCHED | CONSENTED | WHOLE

DECISIONS = [
    # from              decision                        by       knowing                leads to
    ("draft",            "match_level",                  DSL,     {},                    "draft"),
    ("draft",            "suspect_significant_harm",     STAFF,   {},                    "draft"),
    ("draft",            "tell_lead",                    STAFF,   {},                    "draft"),
    ("draft",            "call_emergency",               STAFF,   {},                    "emergency"),
    ("draft",            "call_emergency",               CHILD,   {},                    "emergency"),
    ("triage",           "call_emergency",               SW,      {},                    "triage"),
    ("draft",            "phone_referral",               STAFF,   {},                    "phoned"),
    ("emergency",        "phone_referral",               STAFF,   {},                    "phoned"),
    ("internal_dispute", "phone_referral",               STAFF,   {},                    "phoned"),
    ("submitted",        "phone_referral",               DSL,     {},                    "phoned"),
    ("draft",            "submit_marf",                  DSL,     READY,                 "submitted"),
    ("draft",            "submit_marf",                  DSL,     MATCHED | DECLINED | WHOLE, "submitted"),
    ("draft",            "submit_marf",                  DSL,     MATCHED | WHOLE,       NOT_YET),
    ("draft",            "submit_marf",                  DSL,     CONSENTED | WHOLE,     NOT_YET),
    ("draft",            "submit_marf",                  DSL,     READY | {"marf_missing": ["home"]}, NOT_YET),
    ("phoned",           "submit_marf",                  DSL,     WHOLE,                 "triage"),
    ("phoned",           "submit_marf",                  DSL,     {"marf_missing": ["home"]}, NOT_YET),
    ("decision_overdue", "submit_marf",                  DSL,     WHOLE,                 "decision_overdue"),
    ("decided",          "submit_marf",                  DSL,     WHOLE,                 "decided"),
    ("draft",            "decline_to_refer",             DSL,     {},                    "internal_dispute"),
    ("draft",            "decline_to_refer",             STAFF,   {},                    NOT_THEIRS),
    ("internal_dispute", "refer_directly",               STAFF,   {},                    "submitted"),
    ("draft",            "refer_directly",               STAFF,   {},                    "submitted"),
    ("internal_dispute", "close",                        DSL,     {},                    NOT_THEIRS),
    ("internal_dispute", "close",                        STAFF,   {},                    "not_referred"),
    ("draft",            "close",                        DSL,     {},                    "not_referred"),
    ("draft",            "choose_early_help",            DSL,     {"level": "2"},        "not_referred"),
    ("draft",            "choose_early_help",            DSL,     {"level": "4"},        NOT_YET),
    ("draft",            "choose_early_help",            DSL,     {},                    NOT_YET),
    ("submitted",        "receive_referral",             DESK,    {},                    "triage"),
    ("submitted",        "receive_referral",             DSL,     {},                    NOT_THEIRS),
    ("submitted",        "decide_advice",                MANAGER, CHECKED,               NOT_HERE),
    ("triage",           "decision_missed",              CLOCK,   {},                    "decision_overdue"),
    ("phoned",           "decision_missed",              CLOCK,   {},                    "decision_overdue"),
    ("triage",           "decision_missed",              MANAGER, {},                    NOT_THEIRS),
    ("triage",           "decide_no_further_action",     CLOCK,   CHECKED,               NOT_THEIRS),
    ("triage",           "decide_no_further_action",     SW,      CHECKED,               NOT_THEIRS),
    ("triage",           "decide_no_further_action",     MANAGER, {},                    NOT_YET),
    ("triage",           "decide_assessment",            MANAGER, CHECKED | CONSENTED,   "decided"),
    ("triage",           "decide_assessment",            MANAGER, CHECKED,               NOT_YET),
    ("triage",           "decide_assessment",            MANAGER, CHECKED | DECLINED,    NOT_YET),
    ("triage",           "decide_strategy",              MANAGER, CHECKED,               "decided"),
    ("triage",           "decide_strategy",              NIGHT,   CHECKED,               "decided"),
    ("triage",           "decide_assessment",            NIGHT,   CHECKED | CONSENTED,   NOT_THEIRS),
    ("triage",           "decide_immediate_protection",  NIGHT,   {},                    "decided"),
    ("phoned",           "decide_strategy",              MANAGER, CHECKED,               "decided"),
    ("triage",           "acknowledge",                  DESK,    {},                    "triage"),
    ("decided",          "acknowledge",                  DESK,    {},                    "decided"),
    ("decided",          "tell_referrer",                DESK,    {},                    "decided"),
    ("triage",           "tell_referrer",                DESK,    {},                    NOT_HERE),
    ("triage",           "ask_for_consent",              DESK,    {},                    "triage"),
    ("triage",           "chase",                        DSL,     {},                    "triage"),
    ("decided",          "chase",                        DSL,     {},                    "decided"),
    ("decided",          "decide_strategy",              MANAGER, CHECKED,               NOT_HERE),
    ("triage",           "child_died",                   MANAGER, {},                    "decided"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "trigger", "role", "knowing", "leads_to"), DECISIONS)
def test_decision(state, trigger, role, knowing, leads_to):
    assert led(PATHWAY, state, trigger, role, knowing) == leads_to


OUTCOMES = {
    "decide_already_open": "already_open",
    "decide_information_only": "info_only",
    "decide_advice": "advice_signpost",
    "decide_early_help": "early_help",
    "decide_assessment": "s17_assessment",
    "decide_strategy": "strategy_s47",
    "decide_immediate_protection": "immediate_protection",
    "decide_specialist_assessment": "specialist_assessment",
    "decide_redirect": "redirect_agency",
    "decide_no_further_action": "no_further_action",
}


def move(trigger):
    return next(each for each in PATHWAY.moves if each.trigger == trigger)


@pytest.mark.parametrize(("trigger", "outcome"), OUTCOMES.items())
def test_each_of_the_ten_outcomes_is_one_decision_open_in_time_and_late(trigger, outcome):
    assert move(trigger).outcome == outcome
    for state in DECIDING:
        answer = asked(PATHWAY, state, trigger, MANAGER, CHECKED | CONSENTED)
        assert isinstance(answer, Done)
        assert answer.dest == "decided"
    assert "referral_decided" in {emit.event for emit in move(trigger).emits}


@pytest.mark.parametrize("trigger", OUTCOMES)
def test_each_decision_is_reasoned_against_the_levels_and_considers_siblings_and_the_child(trigger):
    required = {field.name for field in move(trigger).records.fields if field.required}
    assert {"level", "reasons", "history", "siblings", "child_view_heard"} <= required


@pytest.mark.parametrize(
    "trigger", ["decide_no_further_action", "decide_advice", "decide_early_help", "decide_redirect"]
)
def test_a_refusal_says_why_neither_section_is_met_and_what_there_is_instead(trigger):
    required = {field.name for field in move(trigger).records.fields if field.required}
    assert {"why_not_17", "why_not_47", "instead"} <= required


def test_the_manager_may_assess_without_consent_only_with_a_reason():
    why = {"decision.consent": "asking would put the child at risk"}
    assert (
        led(PATHWAY, "triage", "decide_assessment", MANAGER, CHECKED | DECLINED, overrides=why) == "decided"
    )


def test_consent_is_never_asked_for_child_protection():
    for trigger in ("decide_strategy", "decide_immediate_protection", "phone_referral", "refer_directly"):
        assert not {"decision.consent", "marf.consent"} & {each.id for each in move(trigger).conditions}


def test_nothing_stands_before_a_call_or_a_direct_referral():
    for trigger in ("phone_referral", "refer_directly", "call_emergency"):
        for each in PATHWAY.moves:
            if each.trigger == trigger:
                assert each.conditions == ()
                assert {Role.STAFF, Role.PARENT, Role.CHILD} <= set(each.who)


def test_a_strategy_discussion_is_opened_with_its_limits_running():
    (opens,) = move("decide_strategy").opens
    assert (opens.pathway, opens.state) == ("child_protection", "strategy")
    assert {"s47_route_decided", "strategy_decision_made"} <= set(opens.emits)
    assert "s47_route_decided" in {emit.event for emit in move("decide_strategy").emits}


def test_an_assessment_counts_from_the_referral():
    (opens,) = move("decide_assessment").opens
    assert (opens.pathway, opens.state) == ("child_in_need", "assessing")
    assert "referral_received" in opens.carries


def test_immediate_protection_opens_protection_and_a_strategy_discussion():
    opened = {(opens.pathway, opens.state) for opens in move("decide_immediate_protection").opens}
    assert opened == {("immediate_protection", "sought"), ("child_protection", "strategy")}


def test_early_help_is_offered_where_the_front_door_or_the_school_chooses_it():
    for trigger in ("decide_early_help", "choose_early_help"):
        assert [(each.pathway, each.state) for each in move(trigger).opens] == [("early_help", "offered")]


def test_the_form_has_every_part_of_the_list_and_each_is_needed_but_may_be_left_blank_with_a_reason():
    parts = [field for field in MARF.fields if field.needed]
    assert len(parts) == 26
    assert not any(field.required for field in parts)
    assert MARF.tracks_gaps
    quality = next(field for field in MARF.fields if field.name == "quality")
    assert len(quality.choices) == 8


def test_each_blank_of_the_form_is_named():
    answer = asked(PATHWAY, "phoned", "submit_marf", DSL, {"marf_missing": ["home", "strengths"]})
    (reason,) = answer.reasons
    assert len(reason.details) == 2
    assert reason.details[0].startswith("Not filled in: Home conditions")


def test_a_refused_form_names_all_three_things_that_are_lacking():
    knowing = {"marf_missing": ["home"]}
    assert lacking(PATHWAY, "draft", "submit_marf", DSL, knowing) == {
        "level.matched",
        "marf.consent",
        "marf.complete",
    }


def test_a_telephoned_referral_has_been_received():
    entry = PATHWAY.entry("phone")
    assert {emit.event for emit in entry.emits} == {"cp_referral_phoned", "referral_received"}
    assert {emit.event for emit in move("phone_referral").emits} == {
        "cp_referral_phoned",
        "referral_received",
    }


def test_seeing_or_acknowledging_does_not_decide():
    events = {
        emit.event
        for trigger in ("acknowledge", "child_seen", "record_checks")
        for emit in move(trigger).emits
    }
    assert "referral_decided" not in events


def test_anybody_may_open_a_referral():
    for name in ("phone", "referral"):
        assert {Role.PARENT, Role.CHILD, Role.STAFF, Role.POLICE} <= set(PATHWAY.entry(name).who)


def test_ticks_follow_the_referral():
    known = {"concern_noticed": THEN, "level": "4", "referral_received": THEN, "checks_noted": THEN}
    done = [stage.number for stage in PATHWAY.stages if stage.done(CaseFacts(known, PATHWAY.known))]
    assert done == [1, 2, 3, 5]
