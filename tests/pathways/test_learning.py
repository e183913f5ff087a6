"""What a move makes known, held against the same told step by step: forget, sign, learn, then note what has happened."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways import NAMES, pathway
from pathways.answers import Answered
from pathways.definitions import CaseFacts, Move
from pathways.learning import learned

AT, EARLIER, LATER = "2026-11-03T10:00:00+00:00", "2026-10-30T09:00:00+00:00", "2026-11-20T16:30:00+00:00"
WAYS = [(pathway(name), way) for name in NAMES for way in pathway(name).ways()]
FORGETTING, SIGNING, TELLING = (
    [each for each in WAYS if getattr(each[1], what, None)] for what in ("forgets", "signs", "emits")
)
MOMENTS = st.sampled_from([EARLIER, LATER])


def values(found):
    """What each fact of a pathway can be: what its question takes, otherwise a moment."""
    of = dict.fromkeys(found.known, MOMENTS)
    for one in (field for evidence in found.evidence().values() for field in evidence.fields if field.fact):
        if one.kind == "choice":
            of[one.fact] = st.sampled_from(one.choices)
        elif one.kind == "choices":
            of[one.fact] = st.lists(st.sampled_from(one.choices), unique=True)
        elif one.kind == "yes_no":
            of[one.fact] = st.booleans()
        elif one.kind == "number":
            of[one.fact] = st.integers(0, 20)
    return of


OF = {name: values(pathway(name)) for name in NAMES}


def step_by_step(found, way, known, answered, events, at, actor):
    facts, dated, changes = dict(known), set(events), {}
    if isinstance(way, Move):
        for name in way.forgets:
            if facts.pop(name, None) is not None:
                changes[name] = None
        if way.signs:
            changes[way.signs] = facts[way.signs] = actor
    for name, value in (*answered.onto(facts).items(), *events.items()):
        changes[name] = facts[name] = value
    for emit in way.emits:
        happened = emit.when is None or emit.when(CaseFacts(facts, found.known))
        if emit.event not in dated and happened:
            date = (facts.get(emit.at) if emit.at else None) or at
            events[emit.event] = changes[emit.event] = facts[emit.event] = date
    return changes


@settings(max_examples=150, deadline=None)
@given(st.one_of(map(st.sampled_from, (WAYS, FORGETTING, SIGNING, TELLING))), st.data())
def test_a_move_makes_known_what_it_does_step_by_step(each, data):
    found, way = each
    names = sorted(found.known)
    near = sorted({*getattr(way, "forgets", ()), *(emit.at for emit in way.emits if emit.at)} & found.known)
    some = st.sampled_from(names) | st.sampled_from(near or names)

    def facts(most):
        drawn = data.draw(st.lists(some, unique=True, max_size=most))
        return {name: data.draw(OF[found.name][name]) for name in drawn}

    known = facts(12)
    answered = Answered({}, facts(4))
    own = [emit.event for emit in way.emits] or names
    from_elsewhere = data.draw(st.dictionaries(st.sampled_from(own), MOMENTS, max_size=2))
    ours, theirs, before = dict(from_elsewhere), dict(from_elsewhere), dict(known)
    changes = learned(found, way, known, answered, ours, AT, "worker-1")
    assert changes == step_by_step(found, way, known, answered, theirs, AT, "worker-1")
    assert ours == theirs
    assert known == before, "what was known is only read"


@pytest.mark.parametrize(
    ("before", "after"), [({"agencies": ["police"]}, ["health", "police"]), ({}, ["health"])]
)
def test_what_collects_is_added_to_what_is_known_unless_the_move_forgets_it(before, after):
    found = pathway("child_protection")
    answered = Answered({}, {"agencies": ["health"]}, {"agencies"})
    move = Move("tell", ("plan",), "plan", (), found.moves[0].source, "Tell")
    assert learned(found, move, before, answered, {}, AT, "worker-1") == {"agencies": after}
    forgetful = Move("tell", ("plan",), "plan", (), found.moves[0].source, "Tell", forgets=("agencies",))
    assert learned(found, forgetful, before, answered, {}, AT, "worker-1") == {"agencies": ["health"]}
