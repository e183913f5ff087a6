"""Definitions that contradict themselves are refused when loaded, each fault in words."""

from datetime import UTC, date, datetime

import pytest

from pathways.definitions import (
    SAME,
    CaseFacts,
    Clock,
    Emit,
    Entry,
    Evidence,
    Field,
    Fires,
    Move,
    Opens,
    Pathway,
    Source,
    State,
    Strength,
    UnknownFact,
    needs,
)  # fmt: skip
from pathways.errors import BrokenDefinition
from pathways.roles import Role

OURS = Source("A rule made up for tests", "", Strength.LOCAL)
SW, CLOCK = (Role.SOCIAL_WORKER,), (Role.CLOCK,)
STATES = (State("begun", "Begun"), State("late", "Late"), State("over", "Over", final=True))
ASKS = Evidence("asking", "Asking", (Field("said", "Said?", "yes_no", fact="said"),))

TELL = Move("tell", ("begun", "late"), SAME, SW, OURS, "Tell", records=ASKS, emits=(Emit("told"),))
FINISH = Move("finish", ("begun", "late"), "over", SW, OURS, "Finish")
PASS = Move("pass_limit", ("begun",), "late", CLOCK, OURS, "The limit has passed")
RUNS = Clock("toy.limit", ("told",), "Tell somebody", on_miss="pass_limit", action="tell")


def guard(test, *, id="toy.guard", record="tell", by=SW):
    return needs("something is so", OURS, id=id, by=by, record=record)(test)


def made(
    moves=(TELL, FINISH, PASS), states=STATES, clocks=(RUNS,), entries=(), opened_in=("begun",), facts=()
):
    return Pathway(
        name="toy", title="Toy", prefix="TOY", version="1", checked=date(2026, 1, 1), entries=entries, states=states,
        moves=moves, clocks=clocks, opened_in=opened_in, facts=facts,
    )  # fmt: skip


def move(trigger="extra", source=("begun",), dest="over", who=SW, **more):
    return Move(trigger, source, dest, who, OURS, "Extra", **more)


def test_a_sound_definition_is_taken():
    found = made()
    assert found.open_states == ("begun", "late")
    assert found.known == {"opened", "said", "told"}
    assert found.triggers() == ("tell", "finish", "pass_limit")
    assert TELL.action == "tell"
    assert PASS.action == "pass-limit"


TWICE = Evidence("asking", "Another of that name", ())
FAULTY = [
    # fault                                                    what is wrong with the definition
    ("extra names nowhere, which is no state",                  {"moves": (TELL, FINISH, PASS, move(dest="nowhere"))}),
    ("extra names elsewhere, which is no state",                {"moves": (TELL, FINISH, PASS, move(source=("elsewhere",)))}),
    ("extra leaves from nowhere",                               {"moves": (TELL, FINISH, PASS, move(source=()))}),
    ("two moves are called finish from begun",                  {"moves": (TELL, FINISH, PASS, move("finish"))}),
    ("nobody may decide extra",                                 {"moves": (TELL, FINISH, PASS, move(who=()))}),
    ("two states are called late",                              {"states": (*STATES, State("late", "Late again"))}),
    ("it starts in limbo, which is no state",                   {"opened_in": ("begun", "limbo")}),
    ("it starts in limbo, which is no state",                   {"entries": (Entry("way", "limbo", SW, OURS, "Way in"),)}),
    ("extra lets a passing date end the case in over",          {"moves": (TELL, FINISH, PASS, move(who=CLOCK))}),
    ("extra is fired by a date and by people",                  {"moves": (TELL, FINISH, PASS, move(dest="late", who=CLOCK + SW))}),
    ("extra lets a passing date decide an outcome",             {"moves": (TELL, FINISH, PASS, move(dest="late", who=CLOCK, outcome="x"))}),
    ("extra lets a passing date decide an outcome",             {"moves": (TELL, FINISH, PASS, move(dest="late", who=CLOCK, opens=(Opens("y", "z"),)))}),
    ("extra lets a passing date reach beyond its own case",     {"moves": (TELL, FINISH, PASS, move(dest="late", who=CLOCK, fires=(Fires("y", "z"),)))}),
    ("extra lets a passing date reach beyond its own case",     {"moves": (TELL, FINISH, PASS, move(dest="late", who=CLOCK, forgets=("told",)))}),
    ("extra forgets ghost, which nothing makes known",          {"moves": (TELL, FINISH, PASS, move(forgets=("ghost",)))}),
    ("extra is apart from ghost, which nobody signs",           {"moves": (TELL, FINISH, PASS, move(apart_from="ghost"))}),
    ("extra dates held by ghost, which nothing makes known",    {"moves": (TELL, FINISH, PASS, move(emits=(Emit("held", at="ghost"),)))}),
    ("toy.guard reads ghost, which nothing makes known",        {"moves": (TELL, FINISH, PASS, move(conditions=(guard(lambda facts: facts.ghost),)))}),
    ("toy.guard is satisfied by ghost, which is no move",       {"moves": (TELL, FINISH, PASS, move(conditions=(guard(lambda facts: True, record="ghost"),)))}),
    ("nobody can satisfy toy.guard",                            {"moves": (TELL, FINISH, PASS, move(conditions=(guard(lambda facts: True, by=()),)))}),
    ("two conditions are called toy.guard",                     {"moves": (TELL, FINISH, PASS, move(conditions=(guard(lambda facts: True), guard(lambda facts: False))))}),
    ("late cannot be reached",                                  {"moves": (TELL, FINISH), "clocks": ()}),
    ("over is final and has a way out",                         {"moves": (TELL, FINISH, PASS, move(source=("over",), dest="begun"))}),
    ("no person can take a case out of late",                   {"moves": (TELL, PASS, move("finish"))}),
    ("is a trap: people cannot bring a case from it to an end", {"moves": (TELL, PASS, move("finish"), move("back", ("late",), "stuck"), move("forth", ("stuck",), "late")),
                                                                 "states": (*STATES, State("stuck", "Stuck"))}),
    ("the clock toy.limit runs in limbo",                       {"clocks": (Clock("toy.limit", ("told",), "Tell", ("limbo",)),)}),
    ("the clock toy.limit is stopped by ghost",                 {"clocks": (Clock("toy.limit", ("ghost",), "Tell"),)}),
    ("the clock toy.limit asks for ghost, which is no move",    {"clocks": (Clock("toy.limit", ("told",), "Tell", action="ghost"),)}),
    ("the clock toy.limit fires ghost, which is no move",       {"clocks": (Clock("toy.limit", ("told",), "Tell", on_miss="ghost"),)}),
    ("fires finish, which is a decision for people",            {"clocks": (Clock("toy.limit", ("told",), "Tell", on_miss="finish"),)}),
    ("two kinds of record are called asking",                   {"moves": (TELL, FINISH, PASS, move(records=TWICE))}),
    ("asks for a twice",                                        {"moves": (TELL, FINISH, PASS, move(records=Evidence("e", "E", (Field("a", "A"), Field("a", "A")))))}),
    ("asks for a by b, which it does not ask",                  {"moves": (TELL, FINISH, PASS, move(records=Evidence("e", "E", (Field("a", "A", when=("b", "no")),))))}),
    ("makes a fact of free text: a",                            {"moves": (TELL, FINISH, PASS, move(records=Evidence("e", "E", (Field("a", "A", fact="a"),))))}),
    ("a choice without choices",                                {"moves": (TELL, FINISH, PASS, move(records=Evidence("e", "E", (Field("a", "A", "choice"),))))}),
    ("does not say what each choice means: a",                  {"moves": (TELL, FINISH, PASS, move(records=Evidence("e", "E", (Field("a", "A", "choice", ("x", "y"), ("ex",)),))))}),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "wrong"), FAULTY)
def test_a_definition_that_contradicts_itself_is_refused(fault, wrong):
    with pytest.raises(BrokenDefinition) as refused:
        made(**wrong)
    assert fault in str(refused.value)


def test_every_fault_is_told_at_once():
    with pytest.raises(BrokenDefinition) as refused:
        made(moves=(TELL, FINISH, PASS, move(dest="nowhere", who=())))
    assert len(refused.value.args[1]) == 2


def test_a_fact_not_known_yet_is_none_and_one_never_heard_of_is_a_fault():
    facts = CaseFacts({"told": "2026-11-03T10:00:00+00:00"}, frozenset({"told", "said"}))
    assert facts.said is None
    with pytest.raises(UnknownFact):
        assert facts.ghost
    assert facts.among("said") == ()


def test_moments_compare_whether_known_to_the_hour_or_to_the_day():
    facts = CaseFacts(
        {"told": "2026-11-03T10:00:00+00:00", "said": "2026-11-03"}, frozenset({"told", "said", "none"})
    )
    assert facts.moment("told") == datetime(2026, 11, 3, 10, tzinfo=UTC)
    assert facts.moment("said") < facts.moment("told")
    assert facts.moment("none") is None


def test_a_source_says_where_to_look():
    assert str(Source("Children Act 1989", "section 47", Strength.MUST)) == "Children Act 1989, section 47"
    assert str(OURS) == "A rule made up for tests"


def test_an_incomplete_form_leaves_a_fact_of_its_gaps():
    form = Evidence("form", "Form", (Field("a", "A", needed=True), Field("b", "B", "yes_no", fact="b")))
    assert form.facts() == {"form_missing", "b"}
    assert Evidence("plain", "Plain", (Field("a", "A"),)).facts() == frozenset()
