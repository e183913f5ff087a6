"""The outline plan of a child: outcomes, for each the actions with who does them and by when; how far each has come.

It is an answer like any other (`definitions.Field` of kind `plan` or `progress`), kept in the record of the decision
that made it, for each child. An action is known by its outcome's place and its own: 2.1 is the first action of the
second outcome. Nothing is added up. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pathways.days import words
from pathways.definitions import Evidence
from pathways.errors import Mistyped
from pathways.kept_text import clean_text

PLAN, PROGRESS = "plan", "progress"
MOST = 30
"""Outcomes of a plan, or actions of an outcome, that are taken: more than that is no outline."""
LONGEST = 1_000
"""Characters of an outcome, an action or a remark."""
STATES = ("done", "under way", "not done")
"""How far an action may have come."""
ALWAYS_THERE = ("social worker", "conference chair")
"""Who may own an action without standing on the list: they belong to every conference."""
SHAPE = 'A plan is written as [{"outcome": "...", "actions": [{"what": "...", "who": "school", "by": "2026-12-18"}]}].'
SHAPE_OF_PROGRESS = 'Progress is written as [{"action": "1.2", "is": "done", "remark": "..."}].'


@dataclass(frozen=True, slots=True)
class Action:
    """What is to be done, by whom (a role, an agency or somebody on the list), by which day."""

    number: str
    outcome: str
    what: str
    who: str
    by: date


@dataclass(frozen=True, slots=True)
class Come:
    """How far an action has come: one of `STATES`, empty where nobody has said; on which day that was said."""

    action: Action
    state: str = ""
    remark: str = ""
    said_on: date | None = None


# --- what is handed in ------------------------------------------------------------------------------------------


def plan_from(given: Any) -> list[dict[str, Any]]:
    """A plan as it is kept, from a list as a file holds it or from its JSON text; its days are ISO dates.

    Raises:
        Mistyped: it has another shape, is empty, or something of it is missing.
    """
    outcomes = _items(given, SHAPE)
    if not outcomes:
        raise Mistyped(f"The outline plan has no outcome. {SHAPE}")
    return [_outcome(each, place) for place, each in enumerate(outcomes, 1)]


def progress_from(given: Any) -> list[dict[str, str]]:
    """How far actions have come, as it is kept, from a list or from its JSON text.

    Raises:
        Mistyped: it has another shape, or an action stands twice.
    """
    found: list[dict[str, str]] = []
    for each in _items(given, SHAPE_OF_PROGRESS):
        said = _only(each, ("action", "is", "remark"), "of an action", SHAPE_OF_PROGRESS)
        number, state = (
            _words(said, "action", "an action", 10),
            " ".join(str(said.get("is", "")).lower().split()),
        )
        if state not in STATES:
            raise Mistyped(f"Action {number}: {state[:40] or 'nothing'} is not one of {', '.join(STATES)}.")
        if any(other["action"] == number for other in found):
            raise Mistyped(f"Action {number} is told of twice. Give it once.")
        remark = _words(said, "remark", f"action {number}") if said.get("remark") else ""
        found.append({"action": number, "is": state, **({"remark": remark} if remark else {})})
    return found


def _items(given: Any, shape: str) -> list[Any]:
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            raise Mistyped(f"{shape} Put it into a file: --from FILE") from None
    if not isinstance(given, list | tuple):
        raise Mistyped(f"{shape} Put it into a file: --from FILE")
    if len(given) > MOST:
        raise Mistyped(f"There are {len(given)} of them; {MOST} is the most.")
    return list(given)


def _outcome(given: Any, place: int) -> dict[str, Any]:
    said = _only(given, ("outcome", "actions"), f"of outcome {place}", SHAPE)
    actions = said.get("actions")
    if not isinstance(actions, list | tuple) or not actions:
        raise Mistyped(f"Outcome {place} has no action. {SHAPE}")
    if len(actions) > MOST:
        raise Mistyped(f"Outcome {place} has {len(actions)} actions; {MOST} is the most.")
    return {
        "outcome": _words(said, "outcome", f"outcome {place}"),
        "actions": [_action(each, f"{place}.{number}") for number, each in enumerate(actions, 1)],
    }


def _action(given: Any, number: str) -> dict[str, str]:
    said = _only(given, ("what", "who", "by"), f"of action {number}", SHAPE)
    by = said.get("by")
    try:
        day = by if isinstance(by, date) else date.fromisoformat(str(by))
    except ValueError:
        raise Mistyped(f"Action {number}: `by` is a day, as 2026-12-18.") from None
    where = f"action {number}"
    return {
        "what": _words(said, "what", where),
        "who": _words(said, "who", where, 80),
        "by": day.isoformat()[:10],
    }


def _only(given: Any, known: tuple[str, ...], where: str, shape: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise Mistyped(shape)
    for name in given:
        if name not in known:
            raise Mistyped(f"'{str(name)[:40]}' is not asked for {where}. It takes: {', '.join(known)}.")
    return given


def _words(said: Mapping[str, Any], name: str, where: str, longest: int = LONGEST) -> str:
    value = said.get(name)
    text = clean_text(value) if isinstance(value, str) else ""
    if not text:
        raise Mistyped(f"{where[:1].upper()}{where[1:]}: `{name}` is left out. Say it in words.")
    if len(text) > longest:
        raise Mistyped(
            f"{where[:1].upper()}{where[1:]}: `{name}` has {len(text):,} characters; {longest:,} is the most."
        )
    return text


# --- does it fit the conference? ----------------------------------------------------------------------------------


def owner_called(typed: str, known: Iterable[str]) -> str:
    """Who of the conference is meant, as they stand on its list.

    Raises:
        Mistyped: nobody; everybody who could be is named.
    """
    there = (*ALWAYS_THERE, *known)
    wanted = _plain(typed)
    found = next((each for each in there if _plain(each) == wanted), None)
    if found is None:
        raise Mistyped(
            f"'{typed[:40]}' is nobody of this conference. There are: {', '.join(dict.fromkeys(there))}. "
            "Somebody else is put on its list first: pathways record attendance CASE"
        )
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def fitted(
    plan: Sequence[Mapping[str, Any]], owners: Iterable[str], held_on: date | None, review_on: date | None
) -> list[dict[str, Any]]:
    """The plan with each owner as on the list of the conference.

    Args:
        plan: as it is kept.
        owners: the agencies and people of the conference.
        held_on: its London day; nothing is to be done before it.
        review_on: the day of the review; nothing is to be done after it. None: no day is known.

    Raises:
        Mistyped: somebody is not of the conference, or a day does not lie between it and the review.
    """
    known = tuple(owners)
    found = []
    for place, outcome in enumerate(plan, 1):
        actions = []
        for number, action in enumerate(outcome["actions"], 1):
            where, by = f"Action {place}.{number}", date.fromisoformat(action["by"])
            try:
                who = owner_called(action["who"], known)
            except Mistyped as unknown:
                raise Mistyped(f"{where}: {unknown}") from None
            refuse_day(by, held_on, review_on, where)
            actions.append({**action, "who": who})
        found.append({**outcome, "actions": actions})
    return found


def refuse_day(by: date, held_on: date | None, review_on: date | None, where: str) -> None:
    """Refuse a day of an action that does not lie between the conference and its review.

    Raises:
        Mistyped: it is before the conference, or after the review.
    """
    if held_on is not None and by < held_on:
        raise Mistyped(f"{where}: {words(by)} is before the conference, {words(held_on)}. Give a later day.")
    if review_on is not None and by > review_on:
        raise Mistyped(f"{where}: {words(by)} is after the review, {words(review_on)}. Give an earlier day.")


def refuse_unknown(progress: Iterable[Mapping[str, str]], plan: Sequence[Mapping[str, Any]]) -> None:
    """Refuse progress of an action that the plan does not have.

    Raises:
        Mistyped: it has no such action.
    """
    there = [each.number for each in actions_of(plan)]
    for each in progress:
        if each["action"] not in there:
            listed = ", ".join(there) or "none; there is no outline plan in actions"
            raise Mistyped(f"The plan has no action {each['action'][:10]}. It has: {listed}.")


# --- what is there ------------------------------------------------------------------------------------------------


def actions_of(plan: Any) -> tuple[Action, ...]:
    """Every action of a plan as it is kept, in order; none of a plan that was kept as plain words."""
    if not isinstance(plan, list | tuple):
        return ()
    return tuple(
        Action(
            f"{place}.{number}",
            str(outcome["outcome"]),
            each["what"],
            each["who"],
            date.fromisoformat(each["by"]),
        )
        for place, outcome in enumerate(plan, 1)
        for number, each in enumerate(outcome["actions"], 1)
    )


def asked_of(records: Evidence | None, kind: str) -> str:
    """The name of the field of this kind that a record asks for; empty where it asks for none."""
    return next((one.name for one in records.fields if one.kind == kind), "") if records is not None else ""


def with_progress(plan: Any, told: Iterable[tuple[date, Iterable[Mapping[str, str]]]]) -> tuple[Come, ...]:
    """Every action with the last that was said of it.

    Args:
        plan: as it is kept.
        told: what was said, by its London day, in order.
    """
    last: dict[str, tuple[date, Mapping[str, str]]] = {}
    for on, progress in told:
        for each in progress:
            last[each["action"]] = (on, each)
    return tuple(
        Come(
            action,
            last[action.number][1]["is"],
            last[action.number][1].get("remark", ""),
            last[action.number][0],
        )
        if action.number in last
        else Come(action)
        for action in actions_of(plan)
    )


def in_words(value: Any) -> str:
    """A plan, or how far it has come, in a sentence for each action; plain words as they are."""
    if not isinstance(value, list | tuple):
        return str(value)
    if all(isinstance(each, Mapping) and "is" in each for each in value):
        return "; ".join(_progress_in_words(each) for each in value)
    lines = []
    for place, outcome in enumerate(value, 1):
        did = "; ".join(
            f"{place}.{number} {each['what'].rstrip('.')} ({each['who']}, by {words(date.fromisoformat(each['by']))})"
            for number, each in enumerate(outcome["actions"], 1)
        )
        lines.append(f"{place} {outcome['outcome'].rstrip('.')}: {did}.")
    return " ".join(lines)


def _progress_in_words(each: Mapping[str, str]) -> str:
    remark = f" ({each['remark']})" if each.get("remark") else ""
    return f"{each['action']} {each['is']}{remark}"
