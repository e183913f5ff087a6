"""What a move makes known: forget, learn, then note what has happened. Pure.

The write path asks this when a move is made, and an undo asks it again for what still stands once a mistake
is withdrawn; one function, so that the two can never differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathways.answers import WHY, Answered, applies
from pathways.definitions import CaseFacts, Entry, Evidence, Move, Pathway


def learned(
    pathway: Pathway,
    way: Move | Entry,
    known: Mapping[str, Any],
    answered: Answered,
    events: dict[str, str],
    at: str,
    actor: str,
) -> dict[str, Any]:
    """The changes of facts that a move brings; None forgets.

    Args:
        pathway: the case's pathway.
        way: the move, or the way in.
        known: what is known before it.
        answered: the record's answers, and the facts that come with them.
        events: events that come from elsewhere, with their dates; those of the move are added to it.
        at: when it happened, as facts keep it.
        actor: the login of whoever makes it.
    """
    changes: dict[str, Any] = {}
    if isinstance(way, Move):
        if way.forgets:
            changes = {name: None for name in way.forgets if known.get(name) is not None}
            known = {name: value for name, value in known.items() if name not in way.forgets}
        if way.signs:
            changes[way.signs] = actor
    changes |= answered.onto(known)
    changes |= events
    if not way.emits:
        return changes
    facts, dated = {**known, **changes}, frozenset(events)
    for emit in way.emits:
        if emit.event not in dated and (emit.when is None or emit.when(CaseFacts(facts, pathway.known))):
            events[emit.event] = (facts.get(emit.at) if emit.at else None) or at
            changes[emit.event] = facts[emit.event] = events[emit.event]
    return changes


def answered_again(evidence: Evidence, body: Mapping[str, Any]) -> Answered:
    """The answers of a record that is on the file, and the facts that go with them."""
    found = Answered(dict(body))
    gaps = []
    for one in evidence.fields:
        if one.name in body:
            if one.fact:
                found.facts[one.fact] = body[one.name]
                if one.each:
                    found.each.add(one.fact)
        elif one.needed and applies(one, body) and one.name + WHY not in body and one.when is None:
            gaps.append(one.name)
    if evidence.tracks_gaps:
        found.facts[f"{evidence.name}_missing"] = gaps
    return found
