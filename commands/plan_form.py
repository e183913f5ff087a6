"""The outline plan, asked at a terminal: outcome by outcome, action by action; and how far each action has come.

Every answer goes through `prompts.ask`, so that it is kept with the form before the next question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from commands import prompts
from commands.typed_dates import parse
from pathways.days import Calendar, local_day, words
from pathways.errors import PathwayError
from pathways.outline_plan import ALWAYS_THERE, MOST, STATES, Come, refuse_day


def ask_plan(
    asks: str,
    owners: Sequence[str],
    held_on: date | None,
    review_on: date | None,
    *,
    now: datetime,
    calendar: Callable[[], Calendar],
) -> list[dict[str, Any]]:
    """Ask for an outline plan; what is typed is checked line by line.

    Args:
        asks: the question as the record has it.
        owners: the agencies and people of the conference.
        held_on: the day of the conference, before which nothing is to be done.
        review_on: the day of the review, after which nothing is to be done.
        now: the present moment, aware.
        calendar: counts working days, where a day is typed as +10wd.

    Raises:
        Back: the question before this one is wanted.
    """
    prompts.tell(asks)
    plan: list[dict[str, Any]] = []
    while len(plan) < MOST:
        place = len(plan) + 1
        typed = prompts.ask(
            f"Outcome {place}: what must be different for the child?{' (Enter: that is all)' if plan else ''}",
            kind="plan",
        )
        if typed == "<":
            if not plan:
                raise prompts.Back
            prompts.tell(f"Outcome {place - 1} is taken back: {plan.pop()['outcome']}")
        elif typed:
            actions = _actions(place, owners, held_on, review_on, now, calendar)
            if actions:
                plan.append({"outcome": typed, "actions": actions})
        elif plan:
            break
        else:
            prompts.again("A plan has one outcome at least. ? explains, < goes back, Ctrl+C stops.")
    return plan


def _actions(
    place: int,
    owners: Sequence[str],
    held_on: date | None,
    review_on: date | None,
    now: datetime,
    calendar: Callable[[], Calendar],
) -> list[dict[str, Any]]:
    """The actions of one outcome; none where the outcome itself is taken back."""
    found: list[dict[str, Any]] = []
    while len(found) < MOST:
        number = f"{place}.{len(found) + 1}"
        more = " (Enter: no more for this outcome)" if found else ""
        what = prompts.ask(f"{number} What is done?{more}", kind="plan")
        if what == "<":
            if not found:
                return []
            prompts.tell(f"Taken back: {found.pop()['what']}")
        elif what:
            who = _who(number, owners)
            found.append({"what": what, "who": who, "by": _by(number, held_on, review_on, now, calendar)})
        elif found:
            break
        else:
            prompts.again("An outcome has one action at least. ? explains, < takes the outcome back.")
    return found


def _who(number: str, owners: Sequence[str]) -> str:
    there = list(dict.fromkeys((*ALWAYS_THERE, *owners)))
    return there[prompts.choose(f"{number} Who does it?", there)]


def _by(
    number: str,
    held_on: date | None,
    review_on: date | None,
    now: datetime,
    calendar: Callable[[], Calendar],
) -> str:
    while True:
        typed = prompts.ask(f"{number} By when?", kind="date")
        try:
            day = local_day(parse(typed, now=now, calendar=calendar, ahead=True))
            refuse_day(day, held_on, review_on, f"Action {number}")
        except PathwayError as fault:
            prompts.again(str(fault))
            continue
        prompts.meant(day)
        return day.isoformat()


def ask_progress(asks: str, come: Sequence[Come]) -> list[dict[str, str]]:
    """Ask how far each action has come; what Enter skips is left out.

    Args:
        asks: the question as the record has it.
        come: every action of the plan that stands, with what was said of it last.

    Raises:
        Back: the question before the first is wanted.
    """
    if not come:
        return []
    prompts.tell(asks)
    found: list[dict[str, str]] = []
    place = 0
    while place < len(come):
        each = come[place]
        typed = prompts.ask(
            f"{question_of(each)}  {'  '.join(f'{number} {state}' for number, state in enumerate(STATES, 1))} (Enter to skip)",
            kind="choice",
        )
        if typed == "<":
            if not place:
                raise prompts.Back
            place -= 1
            found = [one for one in found if one["action"] != come[place].action.number]
            continue
        state = prompts.which(typed, STATES) if typed else None
        if typed and state is None:
            prompts.again(f"Type a number from 1 to {len(STATES)}, or Enter to skip.")
            continue
        if state is not None:
            said = {"action": each.action.number, "is": STATES[state]}
            remark = (
                prompts.ask(f"{each.action.number} Why not, and what now? (Enter to skip)", kind="text")
                if state == 2
                else ""
            )
            found.append({**said, **({"remark": remark} if remark else {})})
        place += 1
    return found


def question_of(each: Come) -> str:
    """An action as it is asked about: its number, what, who, by when, and what was said last."""
    action = each.action
    last = f"; {each.state} on {words(each.said_on)}" if each.state and each.said_on else ""
    return f"{action.number} {action.what} ({action.who}, by {words(action.by)}{last})"


def readable(value: Any, *, now: datetime, calendar: Callable[[], Calendar]) -> Any:
    """A plan from a file, its days read as people type them; anything else as it is.

    Raises:
        Mistyped: a day cannot be read.
    """
    if not isinstance(value, list):
        return value
    return [_outcome(each, now, calendar) for each in value]


def _outcome(given: Any, now: datetime, calendar: Callable[[], Calendar]) -> Any:
    if not isinstance(given, Mapping) or not isinstance(given.get("actions"), list):
        return given
    actions = []
    for each in given["actions"]:
        by = each.get("by") if isinstance(each, Mapping) else None
        if isinstance(by, str) and by.strip():
            day = local_day(parse(by, now=now, calendar=calendar, ahead=True))
            each = {**each, "by": day.isoformat()}
        actions.append(each)
    return {**given, "actions": actions}
