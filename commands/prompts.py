"""Questions at a terminal, one plain line each.

Menus are numbered, `?` explains, `<` goes back, Enter skips or takes what stands in brackets. Where there is no
terminal nothing is asked, and everything missing is listed at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime

from commands import forms, keyboard, screen
from commands.spoken import full_day

HELP = {
    "line": "Type the answer, then Enter. Ctrl+C stops.",
    "text": "Type a sentence or more, then Enter.",
    "name": "Type the name as it is written, or Enter where it is not known. Ctrl+C stops.",
    "yes_no": "Type y or n.",
    "number": "Type a whole number.",
    "choice": "Type the number in front of your answer, or the word itself.",
    "code": "Letters, digits and hyphens, up to 40 of them, as in northside-primary.",
    "choices": "Type the numbers in front of your answers with commas between: 1,3,4. Words do too.",
    "date": "Type a day: today, fri, 24 nov, 24/11/2026, +5wd for five working days on.",
    "birth": "Type the day with its year in full: 24/11/2016, 24 nov 2016.",
    "moment": "Type a day and a time: today 9:20am, 24/11/2026 15:00.",
    "time": "Type a time of day: 9:20am, 9am, 15:00.",
    "plan": "First an outcome: what must be different for the child. Then what is done for it, who does it, by when. "
    "Enter where a line asks for more ends it; < takes back the last one.",
}
PROSE = ("text", "plan")
CHOSEN = ("choice", "choices")
"""Kinds whose question stands above what is chosen from, in `about`."""


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


def ask(question: str, default: str = "", *, about: str = "", anew: bool = False, kind: str = "line") -> str:
    """One question and its answer as typed; Enter gives the default.

    Where a form is in hand the answer is kept with it, and one that was kept before is taken as it was typed.

    Args:
        question: what is asked.
        default: what Enter stands for.
        about: what the question is about or chooses from, where its words alone do not say.
        anew: a last yes, which is never kept and never taken from before.
        kind: what is asked for, a word of `HELP`: what `?` explains. What is `PROSE` may be pasted in several lines.

    Raises:
        Abort: there is no more input.
        Back: the question before this one is wanted, in a form that goes back by itself.
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
        try:
            typed = keyboard.read(prose=kind in PROSE)
        except keyboard.CutShort:
            tell(keyboard.CUT_SHORT)
            continue
        except keyboard.StoppedAmid as stopped:
            if form is not None and screen.is_text(stopped.args[0]):
                form.heard(question, about, stopped.args[0])
            raise KeyboardInterrupt from None
        if typed == "?":
            tell(HELP[kind])
            if kind in CHOSEN and about:
                tell(about)
        elif typed == "<" and form is not None and form.goes_back:
            if form.has_before():
                raise Back
            tell("This is the first question.")
        elif screen.is_text(typed):
            said = typed or default
            if form is not None:
                form.heard(question, about, said)
            return said
        else:
            tell("That holds bytes that are no text. Type it again.")


def confirm(question: str, *, anew: bool = False) -> bool:
    """A question that only a clear yes answers with yes, and what is neither yes nor no not at all. `anew`: as for `ask`."""
    while True:
        said = ask(f"{question} [y/N]", anew=anew, kind="yes_no").lower()
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
        typed = ask(f"[1-{len(options)}]", default, about=question, kind="choice")
        place = which(typed, options)
        if place is not None:
            return place
        again(f"Type a number from 1 to {len(options)}.")


def which(typed: str, options: Sequence[str]) -> int | None:
    """The place of what was typed: its number, its word, both as they are shown, or the beginning of one word only."""
    said = _plain(typed)
    if said.isascii() and said.isdigit() and len(said) < 4:
        return int(said) - 1 if 1 <= int(said) <= len(options) else None
    for shown in (options, [f"{number} {option}" for number, option in enumerate(options, 1)]):
        words = [_plain(each) for each in shown]
        if said in words:
            return words.index(said)
    return beginning(said, options)


def beginning(typed: str, options: Sequence[str]) -> int | None:
    """The place of the one word that begins with what was typed; a number begins no word."""
    said = _plain(typed)
    if not said or said.isdigit():
        return None
    starting = [place for place, option in enumerate(options) if _plain(option).startswith(said)]
    return starting[0] if len(starting) == 1 else None


def _plain(typed: str) -> str:
    return " ".join(typed.lower().split())


def columns(listed: Sequence[str]) -> list[str]:
    """Options of a menu, as many on a line as fit."""
    lines, line = [], ""
    for each in listed:
        if line and len(line) + 2 + len(each) > 76:
            lines.append(line)
            line = ""
        line = f"{line}  {each}" if line else each
    return [*lines, line]
