"""Questions at a terminal, one plain line each.

Menus are numbered, `?` explains, `<` goes back, Enter skips or takes what stands in brackets. Where there is no
terminal nothing is asked, and everything missing is listed at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import typer

from commands import forms, screen
from commands.spoken import full_day
from commands.typed_dates import parse, parse_time
from pathways.answers import WHY, NotUsable, applies, check
from pathways.days import Calendar
from pathways.definitions import Evidence, Field
from pathways.errors import PathwayError

if TYPE_CHECKING:
    from models.plans import Standing

Answers = dict[str, Any]
HELP = {
    "text": "Type a sentence or more, then Enter.",
    "yes_no": "Type y or n.",
    "number": "Type a whole number.",
    "choice": "Type the number in front of your answer, or the word itself.",
    "code": "Letters, digits and hyphens, up to 40 of them, as in northside-primary.",
    "choices": "Type the numbers in front of your answers with commas between: 1,3,4. Words do too.",
    "date": "Type a day: today, fri, 24 nov, 24/11/2026, +5wd for five working days on.",
    "moment": "Type a day and a time: today 9:20am, 24/11/2026 15:00.",
    "time": "Type a time of day: 9:20am, 9am, 15:00.",
}


class Back(Exception):
    """The person wants the question before this one."""


def can_ask(no_input: bool, as_json: bool) -> bool:
    """Whether there is somebody at a terminal to ask."""
    return not no_input and not as_json and sys.stdin.isatty() and sys.stderr.isatty()


def tell(text: str = "") -> None:
    """A line beside the questions; talk goes to standard error, and what was answered before it is kept by then."""
    forms.keep()
    screen.complain(text)


def again(text: str) -> None:
    """Say why the last answer cannot be used, before its question is asked again; the next answer takes its place."""
    tell(text)
    forms.back_to(forms.place() - 1)


def ask(question: str, default: str = "", *, about: str = "", anew: bool = False) -> str:
    """One question and its answer as typed; Enter gives the default.

    Where a form is in hand the answer is kept with it, and one that was kept before is taken as it was typed.

    Args:
        question: what is asked.
        default: what Enter stands for.
        about: what the question is about or chooses from, where its words alone do not say.
        anew: a last yes, which is never kept and never taken from before.

    Raises:
        Abort: there is no more input.
    """
    form = None if anew else forms.at_hand()
    forms.keep()
    shown = [line for each in screen.shown_lines(question).split("\n") for line in screen.folded(each)]
    mark = f" [{screen.shown(default)}] " if default else " "
    said = form.answered(question, about) if form is not None else None
    if said is not None:
        sys.stderr.write("\n".join(shown) + mark + screen.shown(said) + "\n")
        return said
    while True:
        sys.stderr.write("\n".join(shown) + mark)
        sys.stderr.flush()
        typed = sys.stdin.readline()
        if not typed:
            sys.stderr.write("\n")
            raise typer.Abort
        if screen.is_text(typed):
            said = typed.strip() or default
            if form is not None:
                form.heard(question, about, said)
            return said
        tell("That holds bytes that are no text. Type it again.")


def confirm(question: str, *, anew: bool = False) -> bool:
    """A question that only a clear yes answers with yes. `anew`: as for `ask`."""
    return ask(f"{question} [y/N]", anew=anew).lower() in ("y", "yes")


def meant(value: date | datetime) -> None:
    """Say how a day that was typed is read, and keep it with the form in hand as the day that it is."""
    forms.meant(value)
    tell(f"  = {full_day(value)}")


def choose(question: str, options: Sequence[str], default: str = "") -> int:
    """The place of the option that was chosen, from 0."""
    while True:
        listed = [f"{number} {option}" for number, option in enumerate(options, 1)]
        tell(question)
        for line in _columns(listed):
            tell(f"  {line}")
        typed = ask(f"[1-{len(options)}]", default, about=question)
        place = which(typed, options)
        if place is not None:
            return place
        again(f"Type a number from 1 to {len(options)}.")


def which(typed: str, options: Sequence[str]) -> int | None:
    """The place of what was typed: its number, its word, or the beginning of one word only."""
    said = typed.strip().lower()
    if said.isascii() and said.isdigit() and len(said) < 4:
        return int(said) - 1 if 1 <= int(said) <= len(options) else None
    words = [option.lower() for option in options]
    if said in words:
        return words.index(said)
    starting = [place for place, word in enumerate(words) if said and word.startswith(said)]
    return starting[0] if len(starting) == 1 else None


def _columns(listed: Sequence[str]) -> list[str]:
    lines, line = [], ""
    for each in listed:
        if line and len(line) + 2 + len(each) > 76:
            lines.append(line)
            line = ""
        line = f"{line}  {each}" if line else each
    return [*lines, line]


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
        except Back:
            if asked:
                place, begins = asked.pop()
                forms.back_to(begins)
                for name in (evidence.fields[place].name, evidence.fields[place].name + WHY):
                    answers.pop(name, None)
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


def _one(one: Field, now: datetime, calendar: Callable[[], Calendar]) -> Answers:
    """Ask one question until its answer can be used."""
    must = one.required or one.when is not None
    while True:
        typed = _typed(one, must)
        if typed == "<":
            raise Back
        if typed == "?":
            again(HELP[one.kind])
            continue
        if not typed:
            if one.needed:
                reason = ask("Why is it blank? (Enter leaves it open)", about=one.name)
                return {one.name + WHY: reason} if reason else {one.name: ""}
            if not must:
                return {one.name: ""}
            again("This one is needed. ? explains, < goes back, Ctrl+C stops.")
            continue
        try:
            value = readable(one, typed, now, calendar)
            checked(one, value, now)
        except NotUsable as fault:
            again(fault.sentence)
            continue
        except PathwayError as fault:
            again(str(fault))
            continue
        if isinstance(value, date):
            meant(value)
        return {one.name: value}


def _typed(one: Field, must: bool) -> str:
    skip = "" if must else " (Enter to skip)"
    if one.kind in ("choice", "choices"):
        tell(f"{one.asks}{skip}")
        listed = [f"{number} {label}" for number, label in enumerate(one.words or one.choices, 1)]
        for line in _columns(listed):
            tell(f"  {line}")
        many = "numbers with commas" if one.kind == "choices" else f"1-{len(one.choices)}"
        return ask(f"[{many}]", about=one.asks)
    mark = {"yes_no": " [y/n]"}.get(one.kind, "")
    return ask(f"{one.asks}{skip}{mark}")


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
    said = typed.strip()
    if said in one.choices:
        return said
    for options in (one.choices, one.words):
        place = which(said, options) if options else None
        if place is not None and place < len(one.choices):
            return one.choices[place]
    return said
