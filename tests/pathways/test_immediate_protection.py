"""Immediate protection: each decision, by whom, knowing what, and where it leads. Worked out by hand."""

import pytest

from pathways.immediate_protection import PATHWAY, UNDER_WAY
from pathways.roles import Role
from tests.pathways.deciding import NOT_HERE, NOT_THEIRS, NOT_YET, THEN, led

SW, TEAM, POLICE, CLOCK, PATH = Role.SOCIAL_WORKER, Role.TEAM_LEADER, Role.POLICE, Role.CLOCK, Role.PATHWAY
DISCUSSED, EXTENDED = {"strategy_discussion_held": THEN}, {"epo_extended": THEN}

DECISIONS = [
    # from                      decision                          by      knowing     leads to
    ("sought",                   "start_police_protection",        POLICE, {},         "police_protection"),
    ("sought",                   "start_police_protection",        Role.DSL, {},       NOT_THEIRS),
    ("sought",                   "record_order",                   SW,     {},         "epo"),
    ("sought",                   "accommodate",                    SW,     {},         "accommodated"),
    ("sought",                   "end_protection",                 TEAM,   {},         NOT_YET),
    ("sought",                   "end_protection",                 TEAM,   DISCUSSED,  "ended"),
    ("police_protection",        "power_lapsed",                   CLOCK,  {},         "police_protection_lapsed"),
    ("police_protection",        "power_lapsed",                   TEAM,   {},         NOT_THEIRS),
    ("police_protection",        "end_protection",                 CLOCK,  DISCUSSED,  NOT_THEIRS),
    ("police_protection",        "record_order",                   SW,     {},         "epo"),
    ("police_protection_lapsed", "record_order",                   SW,     {},         "epo"),
    ("police_protection_lapsed", "accommodate",                    SW,     {},         "accommodated"),
    ("police_protection_lapsed", "start_police_protection",        POLICE, {},         NOT_HERE),
    ("police_protection_lapsed", "end_protection",                 TEAM,   DISCUSSED,  "ended"),
    ("epo",                      "extend_order",                   SW,     {},         "epo"),
    ("epo",                      "extend_order",                   SW,     EXTENDED,   NOT_YET),
    ("epo",                      "extend_order",                   POLICE, {},         NOT_THEIRS),
    ("epo",                      "order_lapsed",                   CLOCK,  {},         "epo_lapsed"),
    ("epo_lapsed",               "extend_order",                   SW,     {},         NOT_HERE),
    ("epo_lapsed",               "end_protection",                 TEAM,   DISCUSSED,  "ended"),
    ("epo",                      "accommodate",                    SW,     {},         "accommodated"),
    ("accommodated",             "pass_to_care",                   TEAM,   DISCUSSED,  "ended"),
    ("accommodated",             "pass_to_care",                   TEAM,   {},         NOT_YET),
    ("accommodated",             "end_protection",                 TEAM,   DISCUSSED,  "ended"),
    ("epo",                      "strategy_discussed",             SW,     {},         "epo"),
    ("epo",                      "strategy_discussion_concluded",  PATH,   {},         "epo"),
    ("epo",                      "strategy_discussion_concluded",  TEAM,   {},         NOT_THEIRS),
    ("epo",                      "reached_18",                     CLOCK,  {},         "closing_at_18"),
    ("closing_at_18",            "complete_closure",               TEAM,   {},         "ended"),
    ("epo",                      "child_died",                     TEAM,   {},         "ended"),
    ("ended",                    "record_order",                   SW,     {},         NOT_HERE),
]  # fmt: skip


@pytest.mark.parametrize(("state", "trigger", "role", "knowing", "leads_to"), DECISIONS)
def test_decision(state, trigger, role, knowing, leads_to):
    assert led(PATHWAY, state, trigger, role, knowing) == leads_to


def move(trigger):
    return next(each for each in PATHWAY.moves if each.trigger == trigger)


def test_an_order_is_extended_once_only_and_nobody_may_go_ahead_without_that():
    (condition,) = move("extend_order").conditions
    assert condition.override == ()
    assert (
        led(PATHWAY, "epo", "extend_order", TEAM, EXTENDED, overrides={condition.id: "more time is needed"})
        == NOT_YET
    )


def test_a_new_order_can_be_extended_again():
    assert "epo_extended" in move("record_order").forgets


def test_an_extension_counts_from_the_day_on_which_it_begins():
    dated = {emit.event: emit.at for emit in move("extend_order").emits}
    assert dated == {"order_extended": "", "epo_extended": "extension_runs_from"}


@pytest.mark.parametrize(
    ("state", "lapsed"), [("police_protection", "police_protection_lapsed"), ("epo", "epo_lapsed")]
)
def test_a_power_that_has_run_out_ends_nothing_and_leaves_the_ways_on(state, lapsed):
    ways = {each.trigger for each in PATHWAY.moves_from(lapsed)}
    assert {"accommodate", "record_order", "end_protection", "ask_strategy_discussion", "child_seen"} <= ways
    assert not PATHWAY.state(lapsed).final


@pytest.mark.parametrize("state", UNDER_WAY)
def test_a_strategy_discussion_can_be_asked_for_at_any_time(state):
    assert led(PATHWAY, state, "ask_strategy_discussion", POLICE, {}) == state
    (opens,) = move("ask_strategy_discussion").opens
    assert (opens.pathway, opens.state) == ("child_protection", "strategy")
    assert "immediate_risk_identified" in opens.emits


def test_a_team_leader_may_end_protection_without_a_discussion_only_with_a_reason():
    why = {"protection.discussed": "the parents were found within the hour; a discussion follows"}
    assert led(PATHWAY, "police_protection", "end_protection", TEAM, {}, overrides=why) == "ended"
    assert (
        led(PATHWAY, "police_protection", "end_protection", Role.LINE_MANAGER, {}, overrides=why) == NOT_YET
    )


def test_police_and_service_manager_hear_twelve_hours_before_the_power_ends():
    clock = next(each for each in PATHWAY.clocks if each.rule == "imm.police_protection")
    assert clock.warn == (12, "clock_hours")
    assert clock.on_miss == "power_lapsed"
