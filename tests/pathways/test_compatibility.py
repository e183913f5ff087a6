"""What one person may be on at once: every pair, and why not."""

from itertools import product

import pytest

import pathways
from pathways import pathway
from pathways.compatibility import AFTER_DEATH, APART, WHO, gives_way, refusals
from pathways.roles import Role

ACTIVE_CIN, ASSESSING = ("child_in_need", "active"), ("child_in_need", "assessing")
CP_PLAN, CP_MOVING = ("child_protection", "plan"), ("child_protection", "transferring_out")
ENQUIRY, CONFERENCE = ("child_protection", "s47"), ("child_protection", "conference")
EH_PLAN, EH_OFFERED, EH_UP = (
    ("early_help", "active"),
    ("early_help", "offered"),
    ("early_help", "stepping_up"),
)
CME, DISPUTE = ("missing_education", "joint_enquiries"), ("escalation", "stage2")

PAIRS = [
    # beginning   beside          refused   what gives way
    (ACTIVE_CIN,   CP_PLAN,        True,     ()),
    (ACTIVE_CIN,   CP_MOVING,      True,     ()),
    (CP_PLAN,      ACTIVE_CIN,     False,    (("child_in_need", "child_protection_plan_made"),)),
    (ASSESSING,    CP_PLAN,        False,    ()),
    (ACTIVE_CIN,   ENQUIRY,        False,    ()),
    (ENQUIRY,      ACTIVE_CIN,     False,    ()),
    (CONFERENCE,   ACTIVE_CIN,     False,    ()),
    (EH_PLAN,      ACTIVE_CIN,     True,     ()),
    (ACTIVE_CIN,   EH_PLAN,        False,    (("early_help", "child_in_need_plan_made"),)),
    (EH_PLAN,      ASSESSING,      False,    ()),
    (EH_OFFERED,   ACTIVE_CIN,     False,    ()),
    (EH_UP,        ACTIVE_CIN,     False,    ()),
    (EH_PLAN,      CP_PLAN,        True,     ()),
    (CP_PLAN,      EH_PLAN,        False,    (("early_help", "child_protection_plan_made"),)),
    (EH_PLAN,      ENQUIRY,        False,    ()),
    (CME,          CP_PLAN,        False,    ()),
    (CP_PLAN,      CME,            False,    ()),
    (CME,          EH_PLAN,        False,    ()),
    (DISPUTE,      CP_PLAN,        False,    ()),
    (CP_PLAN,      DISPUTE,        False,    ()),
]  # fmt: skip


@pytest.mark.parametrize(("here", "beside", "refused", "way"), PAIRS)
def test_pair(here, beside, refused, way):
    assert bool(refusals(*here, kind="child", beside=[beside])) is refused
    assert gives_way(*here, [beside]) == way


def test_what_gives_way_has_a_move_for_it_from_every_such_state():
    for pair in APART:
        for state in pair.states:
            move = next(each for each in pathway(pair.lesser).moves_from(state) if each.trigger == pair.by)
            assert move.who == (Role.PATHWAY,)
            assert pathway(pair.lesser).state(move.dest).final


def test_every_refusal_says_why():
    (reason,) = refusals(*ACTIVE_CIN, kind="child", beside=[CP_PLAN, CME])
    assert "never on a child in need plan and a child protection plan together" in reason
    assert len(refusals(*EH_PLAN, kind="child", beside=[CP_PLAN, ACTIVE_CIN])) == 2


KINDS = [
    # pathway              kind       allowed
    ("allegations",         "adult",   True),
    ("allegations",         "child",   False),
    ("child_protection",    "unborn",  True),
    ("child_protection",    "adult",   False),
    ("missing_education",   "unborn",  False),
    ("immediate_protection", "unborn", False),
    ("early_help",          "unborn",  True),
    ("modern_slavery",      "adult",   True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "allowed"), KINDS)
def test_whom_a_pathway_is_about(name, kind, allowed):
    assert (not refusals(name, pathway(name).starts[0], kind=kind)) is allowed


def test_nothing_new_is_begun_for_somebody_who_has_died_save_what_looks_back():
    for name in pathways.NAMES:
        kind = WHO[name][0]
        assert (not refusals(name, pathway(name).starts[0], kind=kind, dead=True)) is (name in AFTER_DEATH)


def test_every_pathway_is_in_the_table_and_every_state_exists():
    assert set(WHO) == set(pathways.NAMES)
    for pair in APART:
        for name, states in ((pair.lesser, pair.states), (pair.greater, pair.greater_states)):
            assert set(states) <= set(pathway(name).open_states)


def test_protection_never_waits_for_another_case():
    """Nothing that a child may be on keeps protection from beginning, whatever it is."""
    names = ("front_door", "child_protection", "immediate_protection", "escalation")
    here = [(name, state) for name in names for state in pathway(name).open_states]
    others = [
        (name, state)
        for name in pathways.NAMES
        if "child" in WHO[name]
        for state in pathway(name).open_states
    ]
    for standing, beside in product(here, others):
        assert refusals(*standing, kind="child", beside=[beside]) == ()
