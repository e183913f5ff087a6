"""One decision function. Whether a move is allowed is asked here, by everybody, and nowhere else.

`decide()` is pure: definition, facts, trigger, actor and moment in; `Done`, `Refused` or `Broken` out. The
move itself is made by a `transitions` machine, one for each pathway, built once and shared; the conditions
are evaluated first, all of them, so that a refusal can name every one that fails.

The nightly check asks the same question of hundreds of thousands of cases. It uses `compiled()`, a table
read off that same machine; a test holds that the two agree on every state, trigger and combination.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from pathways.definitions import SAME, CaseFacts, Condition, Move, Pathway
from pathways.roles import NOT_PEOPLE, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is at the keyboard, and in which capacities they may act on that day."""

    name: str
    roles: frozenset[Role]

    def may_enter_for(self, role: Role) -> bool:
        """Whether they decide in this role, or write down what somebody in it decided."""
        return role in self.roles or (_COORDINATOR in self.roles and role not in NOT_PEOPLE)


_COORDINATOR = Role.COORDINATOR  # reading a member off an Enum class costs more than looking for it


CLOCK = Actor("clock", frozenset({Role.CLOCK}))
OTHER_PATHWAY = Actor("pathway", frozenset({Role.PATHWAY}))


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way: its condition (None where the state or the role is), in words."""

    message: str
    condition: Condition | None = None
    details: tuple[str, ...] = ()


class Done(NamedTuple):
    """The move is allowed: the state it leads to, the role that decided, the conditions gone ahead without."""

    move: Move
    dest: str
    by: Role
    overridden: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The move is refused. `kind`: no_such_move, not_here, not_theirs or not_yet; `without`: what is gone ahead without."""

    kind: str
    reasons: tuple[Reason, ...]
    open_moves: tuple[str, ...] = ()
    move: Move | None = None
    without: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """A condition could not be evaluated: a fault of the definition, not a no. Nothing may move on it."""

    error: str


class _Mover:
    """What `transitions` moves in our place: a case is a row, and a row cannot be its model."""

    __slots__ = ("state", "verdicts")

    def __init__(self, state: str, verdicts: Mapping[str, bool]) -> None:
        self.state = state
        self.verdicts = verdicts


@cache
def machine(pathway_name: str) -> Any:
    """The `transitions` machine of a pathway: no model, no automatic transitions, guards by verdict."""
    from pathways import pathway as named

    return machine_of(named(pathway_name))


_machines: dict[int, tuple[Pathway, Any]] = {}


def machine_of(pathway: Pathway) -> Any:
    """The machine of this very definition, built once: two versions of a pathway never share one."""
    held = _machines.get(id(pathway))
    if held is None:
        from transitions import Machine

        held = _machines[id(pathway)] = (pathway, machine_for(pathway, Machine))
    return held[1]


def machine_for(pathway: Pathway, machine_class: Any) -> Any:
    """Build the machine of a definition that need not be registered."""

    def verdict(condition: Condition) -> Any:
        def holds(event: Any) -> bool:
            return bool(event.model.verdicts[condition.id])

        return holds

    return machine_class(
        model=None,
        states=pathway.machine_states(),
        transitions=pathway.machine_transitions(verdict),
        initial=pathway.starts[0],
        auto_transitions=False,
        send_event=True,
    )


Table = dict[tuple[str, str], tuple[str, Move]]


@cache
def compiled(pathway_name: str) -> Table:
    """(trigger, state) -> (destination, move), read off the machine: what the nightly check looks up."""
    from pathways import pathway as named

    pathway = named(pathway_name)
    moves = {(move.trigger, source): move for move in pathway.moves for source in move.source}
    table: Table = {}
    for trigger, event in machine(pathway_name).events.items():
        for source, ways in event.transitions.items():
            if ways:
                dest = source if ways[0].dest == SAME else ways[0].dest
                table[trigger, source] = (dest, moves[trigger, source])
    return table


def _fire(pathway: Pathway, state: str, trigger: str, verdicts: Mapping[str, bool]) -> str | None:
    """The state that the machine moves to under these verdicts; None where it stays put refusing.

    The machine knows nothing else of a case, so that it is asked once for each set of verdicts, and its answer kept.
    """
    known, asked = pathway.worked_out, ("fire", state, trigger, *verdicts.items())
    try:
        dest: str | None = known[asked]
    except KeyError:
        mover = _Mover(state, verdicts)
        moved = machine_of(pathway).events[trigger].trigger(mover)
        dest = known[asked] = mover.state if moved else None
    return dest


class Question(NamedTuple):
    """Everything `decide()` needs to know about a case: its pathway, state and facts."""

    pathway: Pathway
    state: str
    facts: Mapping[str, Any] = MappingProxyType({})


def decide(
    case: Question,
    trigger: str,
    actor: Actor,
    *,
    by: Role | None = None,
    overrides: Mapping[str, str] | None = None,
    learned: Mapping[str, Any] | None = None,
) -> Done | Refused | Broken:
    """Say whether this actor may make this move now, and if not, every reason why not.

    Args:
        case: pathway, state and facts.
        trigger: the move asked for.
        actor: who asks.
        by: the role that took the decision, where the actor writes it down for somebody else.
        overrides: reasons by condition id, for conditions that somebody may go ahead without.
        learned: facts that come with the move; they count as known.
    """
    pathway, state = case.pathway, case.state
    move = pathway.move(state, trigger)
    if move is None:
        return _not_here(pathway, state, trigger)
    if by is None:
        role = _capacity(pathway, state, move, actor)
    else:
        role = by if by in move.who and actor.may_enter_for(by) else None
    if role is None:
        return _not_theirs(move, by, actor)
    if move.apart_from and _same_person(case.facts.get(move.apart_from), actor):
        return _not_twice(pathway, move)
    if not move.conditions:
        dest = _fire(pathway, state, trigger, {})
        return Refused("not_yet", (), (), move) if dest is None else Done(move, dest, role)
    facts = CaseFacts({**case.facts, **(learned or {})}, pathway.known)
    verdicts: dict[str, bool] = {}
    failing: list[Reason] = []
    overridden: list[Condition] = []
    for condition in move.conditions:
        try:
            holds = bool(condition.test(facts))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
            return Broken(f"{condition.id}: {type(fault).__name__}")
        if not holds and role in condition.override and (overrides or {}).get(condition.id):
            overridden.append(condition)
            holds = True
        if not holds:
            details = tuple(condition.missing(facts)) if condition.missing else ()
            failing.append(Reason(condition.says, condition, details))
        verdicts[condition.id] = holds
    dest = _fire(pathway, state, trigger, verdicts)
    if dest is None:
        return Refused("not_yet", tuple(failing), (), move, tuple(overridden))
    return Done(move, dest, role, tuple(overridden))


def _capacity(pathway: Pathway, state: str, move: Move, actor: Actor) -> Role | None:
    """The role in which this actor would make the move: worked out once for those who hold the same roles."""
    known, asked = pathway.worked_out, ("capacity", state, move.trigger, actor.roles)
    try:
        role: Role | None = known[asked]
    except KeyError:
        role = known[asked] = _their_capacity(move, actor)
    return role


def _their_capacity(move: Move, actor: Actor) -> Role | None:
    """Their own role if they hold one that decides, else that of the usual decider."""
    for role in move.who:
        if role in actor.roles:
            return role
    return next((role for role in move.who if actor.may_enter_for(role)), None)


def _not_here(pathway: Pathway, state: str, trigger: str) -> Refused:
    possible = tuple(
        dict.fromkeys(
            each.action for each in pathway.moves_from(state) if not set(each.who) <= set(NOT_PEOPLE)
        )
    )
    if trigger not in pathway.triggers():
        return Refused("no_such_move", (Reason(f"there is no action {trigger.replace('_', '-')}"),), possible)
    where = pathway.state(state).label
    return Refused("not_here", (Reason(f"the case is at: {where}"),), possible)


def _not_theirs(move: Move, role: Role | None, actor: Actor) -> Refused:
    whose = " or ".join(each.label for each in move.who)
    held = [each.label for each in Role if each in actor.roles]
    asked = role.label if role is not None and role not in move.who else ", ".join(held) or "no role"
    reason = Reason(f"{move.action} is a decision for the {whose}; you act as {asked}")
    return Refused("not_theirs", (reason,), (), move)


def _same_person(login: str | None, actor: Actor) -> bool:
    return login is not None and login.casefold() == actor.name.casefold()


def _not_twice(pathway: Pathway, move: Move) -> Refused:
    earlier = " or ".join(each.action for each in pathway.moves if each.signs == move.apart_from)
    said = f"{move.action} is made by somebody other than whoever made {earlier}, and that was you"
    return Refused("not_theirs", (Reason(said),), (), move)


@dataclass(frozen=True, slots=True)
class Opening:
    """A move as `next` shows it: open now, or what would open it."""

    move: Move
    verdict: Done | Refused | Broken


def openings(case: Question, actor: Actor) -> list[Opening]:
    """Every move a person could make from here, with the answer `decide()` gives today.

    A condition that the move's own answers would satisfy does not count as standing in the way; a silent one that does
    not hold leaves the move out.
    """
    found = []
    for move in case.pathway.moves_from(case.state):
        if set(move.who) <= set(NOT_PEOPLE):
            continue
        verdict = decide(case, move.trigger, actor)
        if isinstance(verdict, Refused) and any(
            each.condition and each.condition.silent for each in verdict.reasons
        ):
            continue
        if isinstance(verdict, Refused) and verdict.kind == "not_yet":
            left = tuple(
                each
                for each in verdict.reasons
                if not each.condition or each.condition.record != move.trigger
            )
            role = _capacity(case.pathway, case.state, move, actor)
            verdict = (
                Done(move, move.dest, role)
                if not left and role
                else Refused("not_yet", left, verdict.open_moves, move)
            )
        found.append(Opening(move, verdict))
    return found
