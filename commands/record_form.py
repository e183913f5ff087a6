"""A record's questions, asked at a terminal one by one, each answer checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from commands import forms, prompts
from commands.typed_dates import parse, parse_time
from pathways.answers import WHY, NotUsable, applies, check
from pathways.choices import marks, meant, menu
from pathways.days import Calendar
from pathways.definitions import Evidence, Field
from pathways.errors import PathwayError

if TYPE_CHECKING:
    from models.plans import Standing

Answers = dict[str, Any]
YES_NO = ("y", "n", "yes", "no")


def fill(
    evidence: Evidence,
    given: Mapping[str, Any],
    *,
    now: datetime,
    calendar: Callable[[], Calendar],
    plan: Callable[[], Standing] | None = None,
) -> Answers:
    """Ask for everything that a record needs and that was not given; each answer is checked as it is typed.

    `plan` gives who is of the conference and the outline plan that stands, where the record asks about one.
    """
    answers: Answers = dict(given)
    asked: list[tuple[int, int]] = []
    place = 0
    while place < len(evidence.fields):
        one = evidence.fields[place]
        if _given(answers, one) or not applies(one, {**answers, **_known(evidence, answers, now)}):
            place += 1
            continue
        begins = forms.place()
        try:
            if one.kind in ("plan", "progress"):
                answer = _of_the_plan(one, answers, plan, now, calendar)
            else:
                answer = _one(one, now, calendar)
        except prompts.Back:
            if asked:
                place, begins = asked.pop()
                forms.back_to(begins)
                for name in (evidence.fields[place].name, evidence.fields[place].name + WHY):
                    answers.pop(name, None)
            elif forms.goes_back():
                raise
            continue
        answers.update(answer)
        asked.append((place, begins))
        place += 1
    return answers


def _of_the_plan(
    one: Field,
    answers: Mapping[str, Any],
    plan: Callable[[], Standing] | None,
    now: datetime,
    calendar: Callable[[], Calendar],
) -> Answers:
    """The answer of a question about the outline plan; empty where there is no plan whose progress could be told."""
    from commands.plan_form import ask_plan, ask_progress
    from pathways.outline_plan import PROGRESS

    there = plan() if plan is not None else None
    if one.kind == PROGRESS:
        return {one.name: ask_progress(one.asks, there.come if there else ())}
    review_on = answers.get("review_on")
    review = date.fromisoformat(str(review_on)[:10]) if review_on else None
    owners, held_on = (there.owners, there.held_on) if there else ((), None)
    return {one.name: ask_plan(one.asks, owners, held_on, review, now=now, calendar=calendar)}


def _given(answers: Mapping[str, Any], one: Field) -> bool:
    return one.name in answers or one.name + WHY in answers


def _known(evidence: Evidence, answers: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Answers that later questions hang on, as they are kept."""
    leading = {each.when[0] for each in evidence.fields if each.when}
    found: dict[str, Any] = {}
    for one in evidence.fields:
        if one.name in leading and one.name in answers:
            found |= checked(one, answers[one.name], now)
    return found


def checked(one: Field, value: Any, now: datetime) -> dict[str, Any]:
    """One answer as it is kept.

    Raises:
        PathwayError: it cannot be used.
    """
    alone = replace(one, when=None, required=False, needed=False)
    return check(Evidence(one.name, one.asks, (alone,)), {one.name: value}, now=now).body


def judge(evidence: Evidence, given: Mapping[str, Any], now: datetime, *, what: str = "") -> None:
    """Check what was given before anything is asked, so that nobody answers questions to be told of a slip.

    Raises:
        Mistyped: an answer that cannot be used, or a name that is no field.
    """
    optional = (replace(one, when=None, required=False, needed=False) for one in evidence.fields)
    check(replace(evidence, fields=tuple(optional)), given, now=now, what=what)


def _one(one: Field, now: datetime, calendar: Callable[[], Calendar]) -> Answers:
    """Ask one question until its answer can be used."""
    must = one.required or one.when is not None
    while True:
        typed = _typed(one, must)
        if typed == "<":
            raise prompts.Back
        if not typed:
            if one.needed:
                reason = prompts.ask("Why is it blank? (Enter leaves it open)", about=one.name, kind="text")
                return {one.name + WHY: reason} if reason else {one.name: ""}
            if not must:
                return {one.name: ""}
            prompts.again("This one is needed. ? explains, < goes back, Ctrl+C stops.")
            continue
        if one.kind in ("choice", "choices") and typed.lower() in YES_NO and typed.lower() not in one.choices:
            prompts.again(f"That is no yes or no. {prompts.HELP[one.kind]}")
            continue
        try:
            value = readable(one, typed, now, calendar)
            checked(one, value, now)
        except NotUsable as fault:
            prompts.again(fault.sentence)
            continue
        except PathwayError as fault:
            prompts.again(str(fault))
            continue
        if isinstance(value, date):
            prompts.meant(value)
        return {one.name: value}


def _typed(one: Field, must: bool) -> str:
    skip = "" if must else " (Enter to skip)"
    if one.kind in ("choice", "choices"):
        prompts.tell(f"{one.asks}{skip}")
        for line in prompts.columns(menu(one.choices, one.words)):
            prompts.tell(f"  {line}")
        listed = marks(one.choices)
        many = "numbers with commas" if one.kind == "choices" else f"{listed[0]}-{listed[-1]}"
        return prompts.ask(f"[{many}]", about=one.asks, kind=one.kind)
    mark = {"yes_no": " [y/n]"}.get(one.kind, "")
    kind = "birth" if one.kind == "date" and "birth" in one.name else one.kind
    return prompts.ask(f"{one.asks}{skip}{mark}", kind=kind)


def readable(one: Field, typed: Any, now: datetime, calendar: Callable[[], Calendar]) -> Any:
    """An answer as people type it, turned into what the checks take: dates read, numbers of a menu resolved.

    Raises:
        Mistyped: it cannot be read.
    """
    if one.kind == "plan":
        from commands.plan_form import readable as readable_plan

        return readable_plan(typed, now=now, calendar=calendar)
    if not isinstance(typed, str):
        return typed
    if one.kind in ("date", "moment"):
        if not typed.strip():
            return typed
        return parse(typed, now=now, calendar=calendar, ahead=one.future, birth="birth" in one.name)
    if one.kind == "time" and typed.strip():
        return f"{parse_time(typed):%H:%M}"
    if one.kind == "choice":
        return _choice(one, typed)
    if one.kind == "choices":
        return [_choice(one, part) for part in typed.split(",") if part.strip()]
    return typed


def _choice(one: Field, typed: str) -> str:
    """The choice that was typed, in full or by the beginning of one only; what is none of them, as it was typed."""
    found = meant(typed, one.choices, one.words)
    if found is not None:
        return found
    for options in (one.choices, one.words):
        place = prompts.beginning(typed, options)
        if place is not None:
            return one.choices[place]
    return typed.strip()
