"""Every refusal of every pathway: its reasons, its rule, a way on that can be typed, and nothing changed (UX 8.4)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from commands.refusals import move_refused, ways_on
from models.refusals import RefusedMove
from pathways import NAMES, pathway
from pathways.engine import Actor, Done, Question, Refused, decide
from pathways.roles import ANYONE, Role

CASE = "CP-2026-0041"
KINDS = {"not_yet": 3, "not_here": 3, "not_theirs": 4, "no_such_move": 2}


def _screens():
    """The check of a command line that a screen offers, as the screens are held to it."""
    spec = importlib.util.spec_from_file_location("screens", Path(__file__).with_name("test_screens.py"))
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found.parses


PARSES = _screens()


def verdicts(found):
    """Every refusal that a pathway gives to a case of which nothing is known: each action in each state, by everybody and by
    a parent."""
    triggers = sorted({move.trigger for move in found.moves if not move.by_clock})
    everybody = Actor("anybody", frozenset(ANYONE))
    parent = Actor("parent", frozenset({Role.PARENT}))
    for state in found.states:
        for trigger in (*triggers, "fly"):
            for actor in (everybody, parent):
                verdict = decide(Question(found, state.name, {}), trigger, actor)
                assert isinstance(verdict, Done | Refused), (state.name, trigger)
                if isinstance(verdict, Refused):
                    yield state, trigger, verdict


@pytest.mark.parametrize("name", NAMES)
def test_every_refusal_gives_its_reasons_its_rule_and_a_way_on(name):
    found = pathway(name)
    seen = set()
    for state, trigger, verdict in verdicts(found):
        key = (verdict.kind, trigger, tuple(each.message for each in verdict.reasons))
        if key in seen:
            continue
        seen.add(key)
        refused = RefusedMove(CASE, trigger, verdict, state.label)
        assert refused.code == KINDS[verdict.kind], key
        assert verdict.reasons, key
        for reason in verdict.reasons:
            assert reason.message.strip(), key
            if reason.condition is not None:
                assert reason.condition.id in found.conditions(), key
                assert str(reason.condition.cites).strip(), key
        action = trigger.replace("_", "-")
        typed = [way for way in ways_on(CASE, action, verdict) if way.startswith("pathways ")]
        for way in typed:
            PARSES(way)
        assert typed, key
        lines = move_refused(refused)
        assert [line for line in lines if len(line) > 80 and "\\" not in line] == [], key
        assert lines[-1].startswith("Nothing was changed."), key
        assert "\n".join(lines).isascii(), key
    assert seen, name


@pytest.mark.parametrize("case", ["cp1", "cp2", "cp3", "rf1"])
def test_whatever_is_refused_leaves_the_case_as_it_was(say, rows, case):
    reference = {"cp1": "CP-2026-0001", "cp2": "CP-2026-0002", "cp3": "CP-2026-0003", "rf1": "RF-2026-0001"}[
        case
    ]
    (before,) = rows("case_by_reference", reference=reference)
    found = pathway(before.pathway)
    told = {}
    for trigger in sorted({move.trigger for move in found.moves if not move.by_clock}):
        said = say("do", case, trigger.replace("_", "-"), "--no-input", "--dry-run")
        told[trigger] = said.code
        assert said.code in (0, 2, 3, 4), (trigger, said)
        if said.code == 3:
            assert "Nothing was changed." in said.err
            say("do", case, trigger.replace("_", "-"), "--no-input")
    (after,) = rows("case_by_reference", reference=reference)
    kept = ("state", "facts", "version", "is_open", "outcome", "lead", "team")
    assert [getattr(after, each) for each in kept] == [getattr(before, each) for each in kept]
    assert 3 in told.values()
