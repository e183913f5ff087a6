"""What tests of casework share: a moment, invented people at the keyboard, answers that are complete."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pathways.definitions import Evidence, Field
from pathways.engine import Actor
from pathways.roles import Role

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
COORDINATOR = Actor("coordinator-1", frozenset({Role.COORDINATOR}))
SOCIAL_WORKER = Actor("social-worker-3", frozenset({Role.SOCIAL_WORKER}))
CHAIR = Actor("chair-3", frozenset({Role.CONFERENCE_CHAIR}))


def answer(one: Field, on: str) -> Any:
    """A complete answer of the field's kind; dates are `on`."""
    if one.kind == "plan":
        return [
            {
                "outcome": "An invented outcome.",
                "actions": [{"what": "An invented action.", "who": "social worker", "by": on}],
            }
        ]
    if one.kind == "progress":
        return []
    if one.kind == "time":
        return "10:00"
    if one.kind == "yes_no":
        return "yes"
    if one.kind == "number":
        return "4"
    if one.kind in ("choice", "choices"):
        return ",".join(one.choices) if one.kind == "choices" else one.choices[0]
    if one.kind == "date":
        return on
    if one.kind == "moment":
        return f"{on}T10:00"
    return "An invented answer."


def complete(evidence: Evidence | None, on: str = "2026-11-03", **own: Any) -> dict[str, Any]:
    """Every answer that a record asks for, so that a test need only give those it is about."""
    given: dict[str, Any] = {}
    for one in evidence.fields if evidence else ():
        if one.name in own:
            given[one.name] = own[one.name]
        elif one.required or one.needed or one.when is not None:
            asked = one.when is None or str(given.get(one.when[0])) == one.when[1]
            given |= {one.name: answer(one, on)} if asked else {}
    return given
