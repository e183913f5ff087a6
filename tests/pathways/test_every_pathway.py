"""What must be true of any pathway; a new file is covered at once."""

from dataclasses import replace
from itertools import product

import pytest

import pathways
from pathways import pathway, rulebook
from pathways.definitions import SAME, CaseFacts, Pathway
from pathways.engine import CLOCK, Actor, Done, Question, Refused, _fire, compiled, decide, openings
from pathways.roles import NOT_PEOPLE, Role

PERSON_FACTS = {"birth_date", "expected_delivery_date", "birth_date_of_adult"}
SHARED_RULES = {"cp.age_18"}
"""Rules that more than one pathway may run: everybody turns 18."""

ENTERED_LATE = ("_overdue", "drift_review", "drifting", "_due")


def all_pathways():
    return [pathway(name) for name in pathways.NAMES]


every_pathway = pytest.mark.parametrize("found", all_pathways(), ids=lambda found: found.name)
NOBODY_IS_VISITED = {"allegations", "escalation", "serious_incident", "licensing_notice"}
"""About an adult, a dispute or a notice. Named here, so that another pathway cannot lose its visits unnoticed."""
visited = pytest.mark.parametrize(
    "found",
    [found for found in all_pathways() if found.name not in NOBODY_IS_VISITED],
    ids=lambda found: found.name,
)


def by_people(move):
    return not set(move.who) <= set(NOT_PEOPLE)


def leads_to(move, source):
    return source if move.dest == SAME else move.dest


@every_pathway
def test_it_is_called_what_the_list_calls_it(found):
    assert found.name in pathways.NAMES
    assert found.prefix
    assert found.version
    assert found.checked


def test_no_two_pathways_share_a_prefix():
    prefixes = [found.prefix for found in all_pathways()]
    assert len(prefixes) == len(set(prefixes))


@every_pathway
def test_every_name_that_a_move_uses_exists(found):
    states = {state.name for state in found.states}
    for move in found.moves:
        assert set(move.source) <= states, move.trigger
        assert move.dest in states | {SAME}, move.trigger
        for condition in move.conditions:
            assert condition.record in found.triggers(), condition.id
        for emit in move.emits:
            assert not emit.at or emit.at in found.known, move.trigger
        assert set(move.forgets) <= found.known, move.trigger


@every_pathway
def test_what_it_opens_or_fires_elsewhere_exists(found):
    for move in found.moves:
        for opens in move.opens:
            if opens.pathway not in pathways.NAMES:
                continue
            target = pathway(opens.pathway)
            assert opens.state in target.starts, move.trigger
            assert set(opens.carries) <= found.known, move.trigger
            assert set(opens.carries) | set(opens.emits) <= target.known, move.trigger
        for fires in move.fires:
            if fires.pathway not in pathways.NAMES:
                continue
            fired = [each for each in pathway(fires.pathway).moves if each.trigger == fires.trigger]
            assert fired, f"{move.trigger} fires {fires.trigger}, which is no move"
            assert all(each.who == (Role.PATHWAY,) for each in fired)


@every_pathway
def test_every_state_can_be_reached(found):
    reached, ahead = set(found.starts), list(found.starts)
    while ahead:
        state = ahead.pop()
        for move in found.moves_from(state):
            dest = leads_to(move, state)
            if dest not in reached:
                reached.add(dest)
                ahead.append(dest)
    assert reached == {state.name for state in found.states}


@every_pathway
def test_every_open_state_can_be_left_by_a_person(found):
    for state in found.open_states:
        assert any(by_people(move) and leads_to(move, state) != state for move in found.moves_from(state)), (
            state
        )


@every_pathway
def test_nothing_leaves_a_final_state(found):
    for state in found.states:
        if state.final:
            for move in found.moves_from(state.name):
                assert leads_to(move, state.name) == state.name, move.trigger
                assert not move.by_clock


@every_pathway
def test_a_passing_date_decides_nothing(found):
    final = {state.name for state in found.states if state.final}
    for move in found.moves:
        if move.by_clock:
            assert move.who == (Role.CLOCK,), move.trigger
            assert move.dest not in final, move.trigger
            decided = (move.opens, move.outcome, move.fires, move.forgets, move.records)
            assert not any(decided), move.trigger


@every_pathway
def test_people_and_clocks_never_share_a_trigger(found):
    fired = {move.trigger for move in found.moves if move.by_clock}
    assert not fired & {move.trigger for move in found.moves if by_people(move)}
    assert {clock.on_miss for clock in found.clocks if clock.on_miss} == fired


@every_pathway
def test_being_late_takes_no_move_away(found):
    for late in found.moves:
        if not late.by_clock or not late.dest.endswith(ENTERED_LATE):
            continue
        after = {move.trigger: leads_to(move, late.dest) for move in found.moves_from(late.dest)}
        for source in late.source:
            before = {move.trigger for move in found.moves_from(source) if not move.by_clock}
            assert before <= after.keys(), f"{late.dest} loses {before - after.keys()} of {source}"


@every_pathway
def test_being_late_stops_no_clock(found):
    for late in found.moves:
        if not late.by_clock or not late.dest.endswith(ENTERED_LATE):
            continue
        for clock in found.clocks:
            where = clock.while_in or found.open_states
            if set(late.source) & set(where):
                assert late.dest in where, f"{clock.rule} stops in {late.dest}"


@every_pathway
def test_every_condition_says_what_it_needs_why_and_from_whom(found):
    for condition in found.conditions().values():
        assert condition.says[:1].islower(), condition.id
        assert not condition.says.endswith("."), condition.id
        assert condition.cites.title
        assert condition.by
        assert condition.record in found.triggers()
        assert "." in condition.id
        assert not set(condition.override) & set(NOT_PEOPLE), condition.id


@every_pathway
def test_words_are_short_enough_for_the_screen(found):
    for clock in found.clocks:
        assert 0 < len(clock.task) <= 34, clock.task
        assert clock.task[0].isupper()
        assert not clock.task.endswith(".")
    for stage in found.stages:
        assert 0 < len(stage.label) <= 26, stage.label
    for state in found.states:
        assert 0 < len(state.label) <= 44, state.label
    for move in found.moves:
        assert move.says, move.trigger
        assert "investigation" not in move.says.lower(), move.trigger
    assert [stage.number for stage in found.stages] == list(range(1, len(found.stages) + 1))


SHORT_FORMS = ("icpc", "rcpc", "s47", "s17", "epo", "nfa", "marf", "dsl", "cin", "cme", "lado", "eha", "taf")


@every_pathway
def test_labels_spell_everything_out(found):
    said = [state.label for state in found.states] + [clock.task for clock in found.clocks]
    said += [stage.label for stage in found.stages] + [move.says for move in found.moves]
    said += [field.asks for kind in found.evidence().values() for field in kind.fields]
    for text in said:
        words = text.lower().replace("-", " ").replace(":", " ").replace(",", " ").split()
        assert not set(words) & set(SHORT_FORMS), text


@every_pathway
def test_a_tick_can_be_asked_of_a_case_that_knows_nothing(found):
    for stage in found.stages:
        assert stage.done(CaseFacts({}, found.known)) is False
        if stage.detail:
            assert stage.detail(CaseFacts({}, found.known)) == ""


@visited
def test_every_move_that_exists_everywhere_does(found):
    for state in found.open_states:
        here = {move.trigger for move in found.moves_from(state)}
        wanted = {
            "note",
            "record_contact",
            "record_consent",
            "record_sharing",
            "child_seen",
            "record_dissent",
        }
        assert wanted | {"allocate", "child_died"} <= here, state


@every_pathway
def test_decisions_that_close_a_case_are_asked_once_more(found):
    final = {state.name for state in found.states if state.final}
    for move in found.moves:
        if move.dest in final and by_people(move):
            assert move.confirm, move.trigger
            assert move.outcome, move.trigger


# -- clocks ----------------------------------------------------------------------------------------


def starts_at(rule):
    return rulebook.load().editions(rule)[0].starts_at


def arrivals(found, event):
    """The states in which a case may be when `event` has just happened to it."""
    states = set()
    for entry in found.entries:
        if any(emit.event == event for emit in entry.emits):
            states.add(entry.state)
    for move in found.moves:
        if any(emit.event == event for emit in move.emits):
            states |= {leads_to(move, source) for source in move.source}
    for other in all_pathways():
        for move in other.moves:
            for opens in move.opens:
                if opens.pathway == found.name and event in (*opens.emits, *opens.carries):
                    states.add(opens.state)
    return states


@every_pathway
def test_every_clock_has_a_rule_that_something_starts(found):
    for clock in found.clocks:
        event = starts_at(clock.rule)
        if event in PERSON_FACTS:
            assert event in found.known
            continue
        runs_in = set(clock.while_in or found.open_states)
        assert arrivals(found, event) & runs_in, f"{clock.rule} waits for {event}"


@every_pathway
def test_what_is_carried_to_start_a_clock_has_happened_here(found):
    for move in found.moves:
        for opens in move.opens:
            if opens.pathway in pathways.NAMES:
                begins = {starts_at(clock.rule) for clock in pathway(opens.pathway).clocks}
                assert begins & set(opens.carries) <= found.events, (move.trigger, opens.pathway)


@every_pathway
def test_every_clock_can_be_stopped_where_it_runs(found):
    for clock in found.clocks:
        if clock.gate and not clock.met_by:
            continue
        runs_in = set(clock.while_in or found.open_states)
        stops = {
            move.trigger
            for move in found.moves
            for emit in move.emits
            if emit.event in clock.met_by and set(move.source) & runs_in
        }
        assert stops, clock.rule
        if clock.action:
            here = {move.trigger for state in runs_in for move in found.moves_from(state)}
            assert clock.action in here, clock.rule


@every_pathway
def test_no_clock_is_stopped_by_a_day_that_lies_ahead(found):
    ahead = {
        field.fact
        for kind in found.evidence().values()
        for field in kind.fields
        if field.future and field.fact
    }
    stops = {event for clock in found.clocks for event in clock.met_by}
    for way in (*found.entries, *found.moves):
        for emit in way.emits:
            assert emit.event not in stops or emit.at not in ahead, emit.event


@every_pathway
def test_no_answer_of_a_move_stands_in_its_own_way(found):
    """Answers count as known when a move is decided on, so a guard against a second time reads an event."""
    for move in found.moves:
        brought = move.records.facts() if move.records else frozenset()
        for condition in move.conditions:
            if condition.record != move.trigger:
                assert condition.test(CaseFacts(dict.fromkeys(brought, "x"), found.known)) in (
                    condition.test(CaseFacts({}, found.known)),
                    True,
                ), (move.trigger, condition.id)


@every_pathway
def test_a_clock_is_named_once(found):
    rules = [clock.rule for clock in found.clocks]
    assert len(rules) == len(set(rules))


def test_every_rule_of_these_pathways_has_a_clock_on_one_of_them():
    ours = {rule for rule in rulebook.load().rules() if rule.split(".")[0] in ("fd", "imm", "cin", "cp")}
    held = [clock.rule for found in all_pathways() for clock in found.clocks]
    assert ours <= set(held), ours - set(held)
    assert {rule for rule in held if held.count(rule) > 1} <= SHARED_RULES


# -- one decision function ---------------------------------------------------------------------------

ONE_OF_EACH = {role: Actor(role.value, frozenset({role})) for role in Role}


def by_flags(found: Pathway) -> Pathway:
    """The same pathway with every condition reading one flag, so that a test can set each of them."""
    made = {}

    def flagged(condition):
        name = "flag_" + condition.id
        if condition.id not in made:
            made[condition.id] = replace(
                condition, test=lambda facts: bool(getattr(facts, name)), missing=None
            )
        return made[condition.id]

    moves = tuple(
        replace(move, conditions=tuple(flagged(each) for each in move.conditions)) for move in found.moves
    )
    flags = tuple("flag_" + name for name in found.conditions())
    return replace(found, moves=moves, facts=(*found.facts, *flags))


def combinations(conditions):
    assert len(conditions) <= 12
    for verdicts in product((False, True), repeat=len(conditions)):
        yield {condition.id: verdict for condition, verdict in zip(conditions, verdicts, strict=True)}


@every_pathway
def test_the_machine_and_the_table_agree_on_everything(found):
    table = compiled(found.name)
    assert set(table) == {(move.trigger, source) for move in found.moves for source in move.source}
    for (trigger, state), (dest, move) in table.items():
        for verdicts in combinations(move.conditions):
            expected = dest if all(verdicts.values()) else None
            assert _fire(found, state, trigger, verdicts) == expected, (trigger, state, verdicts)


@every_pathway
def test_deciding_agrees_with_the_table_and_names_every_failing_condition(found):
    flagged = by_flags(found)
    for (trigger, state), (dest, move) in compiled(found.name).items():
        actor = ONE_OF_EACH[move.who[0]]
        for verdicts in combinations(move.conditions):
            facts = {"flag_" + name: holds for name, holds in verdicts.items()}
            answer = decide(Question(flagged, state, facts), trigger, actor)
            failing = {name for name, holds in verdicts.items() if not holds}
            if failing:
                assert isinstance(answer, Refused), (trigger, state)
                assert answer.kind == "not_yet"
                assert {reason.condition.id for reason in answer.reasons} == failing
            else:
                assert isinstance(answer, Done), (trigger, state)
                assert answer.dest == dest
                assert answer.by is move.who[0]


@every_pathway
def test_every_trigger_is_refused_where_it_does_not_exist(found):
    for state in (each.name for each in found.states):
        here = {move.trigger for move in found.moves_from(state)}
        for trigger in found.triggers():
            if trigger not in here:
                answer = decide(Question(found, state), trigger, ONE_OF_EACH[Role.TEAM_LEADER])
                assert isinstance(answer, Refused)
                assert answer.kind == "not_here"


@every_pathway
def test_nobody_makes_a_move_that_is_not_theirs(found):
    for move in found.moves:
        for role in Role:
            if role in move.who or (role is Role.COORDINATOR and by_people(move)):
                continue
            answer = decide(Question(found, move.source[0]), move.trigger, ONE_OF_EACH[role])
            assert isinstance(answer, Refused), (move.trigger, role)
            assert answer.kind == "not_theirs"


@every_pathway
def test_what_is_offered_next_are_moves_for_people(found):
    for state in (each.name for each in found.states):
        for opening in openings(Question(found, state), ONE_OF_EACH[Role.COORDINATOR]):
            assert opening.move in found.moves_from(state)
            assert by_people(opening.move)
            if isinstance(opening.verdict, Refused):
                own = opening.move.trigger
                assert all(r.condition is None or r.condition.record != own for r in opening.verdict.reasons)


@every_pathway
def test_the_clock_makes_only_timed_moves(found):
    for move in found.moves:
        answer = decide(Question(found, move.source[0]), move.trigger, CLOCK)
        if move.by_clock:
            assert isinstance(answer, Done)
        else:
            assert isinstance(answer, Refused)
            assert answer.kind == "not_theirs"


@visited
def test_every_decision_asks_for_the_child_s_view_or_why_there_is_none(found):
    final = {state.name for state in found.states if state.final}
    for move in found.moves:
        if move.dest not in final or not by_people(move) or move.trigger in NO_VIEW_TO_ASK:
            continue
        asked = {field.name for field in move.records.fields}
        heard = {"child_view_heard", "child_view", "child_view_why_none"} <= asked
        at_conference = any(condition.id == "conference.views" for condition in move.conditions)
        assert heard or at_conference, move.trigger


NO_VIEW_TO_ASK = {
    "child_died",
    "close_prebirth",  # not born yet
    "close_prebirth_to_child_in_need",
    "destroy_copy",  # of a copy, once the file itself is with whoever works with the child
    "complete_transfer",  # the other authority's conference heard the child
}
