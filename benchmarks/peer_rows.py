"""What a passed limit does to a case, row for row, for whoever brings a machine of their own and not the program's writing.

Everybody gets the same fast calendar and rule book for it.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any

from benchmarks.population import AS_OF, rules
from models.wire import instant_text
from pathways import NAMES, pathway, trail
from pathways.clocks import runs_in, start_of_day
from pathways.days import local_day
from pathways.definitions import SAME

NOW = AS_OF

MISSED = "deadline_missed"


def trigger_of(name: str, state: str, rule: str) -> str:
    """What the passing of a rule's limit fires in this state."""
    found = pathway(name)
    on_miss = next(each for each in found.clocks if each.rule == rule).on_miss
    return on_miss if on_miss and any(each.trigger == on_miss for each in found.moves_from(state)) else MISSED


def timed() -> dict[str, dict[str, dict[str, str]]]:
    """By pathway and trigger of the clock: from which state to which."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name in NAMES:
        one, ways = pathway(name), found.setdefault(name, {})
        for move in one.moves:
            if any(clock.on_miss == move.trigger for clock in one.clocks):
                for source in move.source:
                    ways.setdefault(move.trigger, {})[source] = source if move.dest == SAME else move.dest
        ways[MISSED] = {each: each for each in one.open_states}
    return found


def rows(
    case: Any, clock: Any, before: str, after: str, action: str
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any] | None]:
    """Entry, changes of the clock and message (None: nobody is told) of a passed limit; sets the case's number and head."""
    found = pathway(case.pathway)
    edition = rules().rulebook.cited(clock.rule, clock.edition)
    case.seq += 1
    prev, key = bytes(case.head), f"{clock.key}/missed"
    case.head = trail.entry_hash(
        prev, case.reference, case.seq, instant_text(NOW), instant_text(clock.due_at), "clock", "clock", action,
        before, after, clock.rule, "witnessed", None, key, b"",
    )  # fmt: skip
    entry = {
        "case_ref": case.reference, "seq": case.seq, "at": NOW, "effective_at": clock.due_at, "actor": "clock",
        "role": "clock", "action": action, "from_state": before, "to_state": after, "rule": clock.rule,
        "basis": "witnessed", "voids": None, "key": key, "commitment": b"", "prev": prev, "hash": case.head, "format": 1,
    }  # fmt: skip
    gate = edition.gate or next(each for each in found.clocks if each.rule == clock.rule).gate
    look = None
    if clock.statutory and not gate:
        look = start_of_day(rules().calendar.add_working_days(local_day(clock.due_at), 2)).astimezone(UTC)
    told = clock.told if gate else 1
    changes = {
        "status": "passed" if gate else "missed",
        "told": told,
        "look_at": look,
        "missed_seq": case.seq,
    }
    message = None if gate else {
        "key": f"{clock.key}/missed/1", "event": "pathways.deadline.missed", "case_ref": case.reference,
        "pathway": case.pathway, "team": case.team, "rule": clock.rule, "due_on": clock.due_on,
        "to_roles": ";".join(edition.tells), "effective_at": clock.look_at, "recorded_at": NOW, "done_at": None,
    }  # fmt: skip
    return entry, changes, message


def ended(name: str, before: str, after: str) -> set[str]:
    """The rules whose clocks end with a move."""
    found = pathway(name)
    if before == after:
        return set()
    return {
        each.rule for each in found.clocks if runs_in(each, found, before) and not runs_in(each, found, after)
    }
