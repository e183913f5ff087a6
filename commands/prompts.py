"""Questions at a terminal, one plain line each.

Menus are numbered, `?` explains, `<` goes back, Enter skips or takes what stands in brackets. Where there is no
terminal nothing is asked, and everything missing is listed at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime

import typer

from commands import forms, screen
from commands.spoken import full_day

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
    """A question that only a clear yes answers with yes, and what is neither yes nor no not at all. `anew`: as for `ask`."""
    while True:
        said = ask(f"{question} [y/N]", anew=anew).lower()
        if said in ("y", "yes", "n", "no", ""):
            return said in ("y", "yes")
        (tell if anew else again)(HELP["yes_no"])


def meant(value: date | datetime) -> None:
    """Say how a day that was typed is read, and keep it with the form in hand as the day that it is."""
    forms.meant(value)
    tell(f"  = {full_day(value)}")


def choose(question: str, options: Sequence[str], default: str = "") -> int:
    """The place of the option that was chosen, from 0."""
    while True:
        listed = [f"{number} {option}" for number, option in enumerate(options, 1)]
        tell(question)
        for line in columns(listed):
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


def columns(listed: Sequence[str]) -> list[str]:
    """Options of a menu, as many on a line as fit."""
    lines, line = [], ""
    for each in listed:
        if line and len(line) + 2 + len(each) > 76:
            lines.append(line)
            line = ""
        line = f"{line}  {each}" if line else each
    return [*lines, line]
