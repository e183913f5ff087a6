"""The one decision function: who may, what is lacking, what goes ahead without, what is broken."""

from datetime import date

import pytest

from pathways import pathway
from pathways.definitions import SAME, Move, Pathway, Source, Strength, needs
from pathways.engine import (
    CLOCK,
    OTHER_PATHWAY,
    Actor,
    Broken,
    Done,
    Question,
    Refused,
    compiled,
    decide,
    openings,
)
from pathways.roles import Role

OURS = Source("A rule made up for tests", "", Strength.LOCAL)
SW, LEADER, UNIT = Role.SOCIAL_WORKER, Role.TEAM_LEADER, Role.COORDINATOR
TALKED = {"strategy_agencies": ["hospital", "police", "social care"]}


def actor(*roles):
    return Actor("worker-1", frozenset(roles))


def condition(name, test, *, record="tell", override=()):
    return needs(f"{name} is so", OURS, id=f"toy.{name}", by=(SW,), record=record, override=override)(test)


def with_guards(*conditions):
    """A real pathway's name, so that its machine is found, with one of its moves under conditions of our own."""
    found = pathway("immediate_protection")
    moves = tuple(
        move
        if move.trigger != "extend_order"
        else Move("extend_order", ("epo",), SAME, (LEADER,), OURS, "Extend", conditions)
        for move in found.moves
    )
    return Pathway(
        name=found.name, title=found.title, prefix=found.prefix, version=found.version, checked=date(2026, 1, 1),
        entries=found.entries, states=found.states, moves=moves, clocks=(), opened_in=found.opened_in,
        facts=(*found.facts, "epo_extended", "extension_runs_from", "said"),
    )  # fmt: skip


def test_the_decider_s_own_role_is_noted_before_anybody_else_s():
    found = pathway("immediate_protection")
    answer = decide(Question(found, "police_protection"), "note", actor(UNIT, SW))
    assert isinstance(answer, Done)
    assert answer.by is SW


def test_a_coordinator_writes_down_what_others_decided_in_the_usual_decider_s_name():
    found = pathway("child_protection")
    answer = decide(Question(found, "strategy", TALKED), "start_enquiry", actor(UNIT))
    assert isinstance(answer, Done)
    assert answer.by is LEADER
    answer = decide(
        Question(found, "strategy", TALKED), "start_enquiry", actor(UNIT), by=Role.SERVICE_MANAGER
    )
    assert isinstance(answer, Done)
    assert answer.by is Role.SERVICE_MANAGER


def test_a_coordinator_writes_down_nothing_in_the_name_of_a_role_that_may_not_decide():
    found = pathway("child_protection")
    answer = decide(Question(found, "strategy", TALKED), "start_enquiry", actor(UNIT), by=SW)
    assert isinstance(answer, Refused)
    assert answer.kind == "not_theirs"
    assert "social worker" in answer.reasons[0].message


@pytest.mark.parametrize("role", [Role.CLOCK, Role.PATHWAY])
def test_nobody_speaks_for_a_passing_date_or_for_another_pathway(role):
    cases = {
        Role.CLOCK: (pathway("child_protection"), "awaiting_icpc", "icpc_missed"),
        Role.PATHWAY: (pathway("child_in_need"), "active", "child_protection_plan_made"),
    }
    found, state, trigger = cases[role]
    answer = decide(Question(found, state), trigger, actor(UNIT, LEADER, SW), by=role)
    assert isinstance(answer, Refused)
    assert answer.kind == "not_theirs"


def test_the_clock_and_other_pathways_make_their_own_moves():
    assert isinstance(decide(Question(pathway("child_protection"), "plan"), "rcpc_missed", CLOCK), Done)
    found = pathway("child_in_need")
    assert isinstance(decide(Question(found, "active"), "child_protection_plan_made", OTHER_PATHWAY), Done)


def test_somebody_without_a_role_may_do_nothing():
    answer = decide(Question(pathway("child_protection"), "plan"), "note", actor())
    assert isinstance(answer, Refused)
    assert "no role" in answer.reasons[0].message


def test_an_action_that_does_not_exist_is_answered_with_those_that_do():
    found = pathway("immediate_protection")
    answer = decide(Question(found, "closing_at_18"), "start_conference", actor(LEADER))
    assert isinstance(answer, Refused)
    assert answer.kind == "no_such_move"
    assert "complete-closure" in answer.open_moves
    assert "reached-18" not in answer.open_moves


def test_an_action_that_exists_elsewhere_is_answered_with_where_the_case_is():
    answer = decide(
        Question(pathway("child_protection"), "strategy"), "decide_plan", actor(Role.CONFERENCE_CHAIR)
    )
    assert isinstance(answer, Refused)
    assert answer.kind == "not_here"
    assert answer.reasons[0].message == "the case is at: Strategy discussion to be held"
    assert "icpc-missed" not in answer.open_moves


def test_a_refusal_names_every_condition_that_fails_and_none_that_holds():
    holds = condition("first", lambda facts: True, record="note")
    fails, also = (condition(name, lambda facts: False, record="note") for name in ("second", "third"))
    answer = decide(Question(with_guards(fails, holds, also), "epo"), "extend_order", actor(LEADER))
    assert isinstance(answer, Refused)
    assert [reason.condition.id for reason in answer.reasons] == ["toy.second", "toy.third"]


@pytest.mark.parametrize("fault", [ZeroDivisionError, AttributeError, KeyError, TypeError, ValueError])
def test_a_condition_that_cannot_be_evaluated_is_broken_and_not_a_no(fault):
    def raises(facts):
        if facts.said:
            raise fault("whatever")
        return False

    broken = condition("broken", raises, record="note", override=(LEADER,))
    found = with_guards(broken)
    assert isinstance(decide(Question(found, "epo"), "extend_order", actor(LEADER)), Refused)
    answer = decide(
        Question(found, "epo", {"said": True}), "extend_order", actor(LEADER), overrides={"toy.broken": "why"}
    )
    assert isinstance(answer, Broken)
    assert answer.error == f"toy.broken: {fault.__name__}"


@pytest.mark.parametrize(("found", "allowed"), [(["a name"], True), ([], False), ({}, False), (None, False)])
def test_what_a_condition_finds_counts_as_a_yes_or_a_no_and_is_not_remembered(found, allowed):
    guarded = with_guards(condition("found", lambda facts: found, record="note"))
    answer = decide(Question(guarded, "epo"), "extend_order", actor(LEADER))
    assert isinstance(answer, Done if allowed else Refused)
    assert all("a name" not in str(key) for key in guarded.worked_out)


def test_a_broken_condition_says_nothing_of_the_case():
    def raises(facts):
        return facts.said + {}

    found = with_guards(
        needs("x", OURS, id="toy.b", by=(SW,), record="note")(lambda facts: facts.said and raises(facts))
    )
    answer = decide(Question(found, "epo", {"said": "A child's secret"}), "extend_order", actor(LEADER))
    assert isinstance(answer, Broken)
    assert "secret" not in answer.error


def test_only_the_role_that_may_goes_ahead_without_and_only_with_a_reason():
    guard = condition("report", lambda facts: False, record="note", override=(LEADER,))
    found = with_guards(guard)
    question = Question(found, "epo")
    answer = decide(question, "extend_order", actor(LEADER), overrides={"toy.report": "because"})
    assert isinstance(answer, Done)
    assert answer.overridden == (guard,)
    for overrides in ({}, {"toy.report": ""}, {"toy.other": "because"}):
        assert isinstance(decide(question, "extend_order", actor(LEADER), overrides=overrides), Refused)


def test_an_override_by_a_role_that_may_not_changes_nothing():
    guard = condition("report", lambda facts: False, record="note", override=(Role.CONFERENCE_CHAIR,))
    answer = decide(
        Question(with_guards(guard), "epo"),
        "extend_order",
        actor(LEADER, Role.CONFERENCE_CHAIR),
        overrides={"toy.report": "because"},
    )
    assert isinstance(answer, Refused)


def test_a_condition_that_holds_is_not_noted_as_gone_without():
    guard = condition("report", lambda facts: True, record="note", override=(LEADER,))
    answer = decide(
        Question(with_guards(guard), "epo"),
        "extend_order",
        actor(LEADER),
        overrides={"toy.report": "because"},
    )
    assert isinstance(answer, Done)
    assert answer.overridden == ()


def test_what_comes_with_the_move_counts_as_known():
    guard = condition("said", lambda facts: facts.said is True, record="note")
    found = with_guards(guard)
    assert isinstance(decide(Question(found, "epo"), "extend_order", actor(LEADER)), Refused)
    assert isinstance(
        decide(Question(found, "epo"), "extend_order", actor(LEADER), learned={"said": True}), Done
    )
    known = Question(found, "epo", {"said": True})
    assert isinstance(decide(known, "extend_order", actor(LEADER), learned={"said": False}), Refused)


def test_deciding_changes_nothing_that_it_was_given():
    facts = {"agencies_asked": ["school"]}
    decide(
        Question(pathway("child_protection"), "awaiting_icpc", facts),
        "start_conference",
        actor(Role.CONFERENCE_CHAIR),
        learned={"reports_in": ["school"]},
    )
    assert facts == {"agencies_asked": ["school"]}


def test_what_the_move_itself_asks_for_does_not_stand_in_its_way_in_the_list():
    found = pathway("child_protection")
    known = {
        "invitations_sent": "2026-11-04T09:00:00+00:00", "family_met": "2026-11-19T09:00:00+00:00",
        "chair_met_family": "2026-11-24T09:15:00+00:00", "reports_shared": "2026-11-24T09:40:00+00:00",
        "agencies_asked": ["school"], "reports_in": ["school"],
    }  # fmt: skip
    chair = actor(Role.CONFERENCE_CHAIR)
    shown = {
        each.move.trigger: each.verdict for each in openings(Question(found, "awaiting_icpc", known), chair)
    }
    assert isinstance(shown["start_conference"], Done)
    assert "icpc_missed" not in shown
    left = dict(known)
    del left["family_met"]
    shown = {
        each.move.trigger: each.verdict for each in openings(Question(found, "awaiting_icpc", left), chair)
    }
    assert [reason.condition.id for reason in shown["start_conference"].reasons] == ["conference.family_met"]


def test_the_table_and_the_definition_have_the_same_moves_and_machines_are_shared():
    assert compiled("front_door") is compiled("front_door")
    dest, move = compiled("child_protection")["core_group_held", "rcpc_overdue"]
    assert (dest, move.trigger) == ("rcpc_overdue", "core_group_held")


def test_in_which_role_somebody_acts_hangs_on_their_own_roles_whoever_was_asked_before():
    found = pathway("child_protection")
    asked = Question(found, "strategy", TALKED)
    for _ in range(2):
        found_for = [
            decide(asked, "start_enquiry", actor(*roles))
            for roles in ((LEADER,), (UNIT,), (SW,), (), (UNIT, LEADER))
        ]
        said = [each.by if isinstance(each, Done) else each.kind for each in found_for]
        assert said == [LEADER, LEADER, "not_theirs", "not_theirs", LEADER]
    elsewhere = decide(Question(found, "s47", TALKED), "start_enquiry", actor(LEADER))
    assert isinstance(elsewhere, Refused)
