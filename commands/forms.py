"""The guided form in hand: each answer is kept before the next question is asked, so nothing typed is lost.

Every question of every command goes through here (`at_hand`): a command that says nothing of a form has that of its
own words, as they were typed. A form is kept as the command that began it, what came with it, and every question with what was typed. Going on with
one runs that command again: a question that was answered is shown with its answer, until one comes that was not, or
that is another now. Days typed as today or fri are kept as the day that they were.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from typing import Any

import typer

from commands import screen
from commands.desk import Desk
from commands.registry import COMMANDS
from commands.run import run, typed
from models import form_drafts
from models.form_drafts import Kept
from pathways.errors import PathwayError


@dataclass(slots=True)
class Form:
    """What one command asks, and what was answered so far.

    `keeps` is off for a form that another program fills in, which has its answers itself; `aside` is for one that was
    stopped for something more urgent, and is kept with nothing in it. `goes_back` is on where the command begins its
    questions again when the one before is wanted (`one_back`). Lines from `superseded` on could not be used, or were
    gone back over: they are kept until their question is answered anew, and make way then.
    """

    desk: Desk
    command: str
    words: list[str]
    target: str
    given: dict[str, Any]
    keeps: bool = True
    number: int | None = None
    lines: list[list[str]] = field(default_factory=list)
    again: deque[list[str]] = field(default_factory=deque)
    superseded: int | None = None
    kept: dict[str, Any] | None = None
    finished: bool = False
    aside: bool = False
    goes_back: bool = False
    in_trouble: bool = False

    def answered(self, question: str, about: str) -> str | None:
        """What was typed for this question before; None where it has to be asked."""
        if not self.again:
            return None
        asked, meant, typed = self.again[0]
        if (asked, meant) == (question, about):
            self.again.popleft()
            self._take(asked, meant, typed)
            return typed
        screen.complain("The form asks something else from here on. What you had typed after this:")
        while self.again:
            asked, _, typed = self.again.popleft()
            for line in screen.folded(f"  {screen.shown(asked)} {screen.shown(typed)}"):
                screen.complain(line)
        return None

    def heard(self, question: str, about: str, typed: str) -> None:
        """Take an answer; it is kept before the next question."""
        self._take(question, about, typed)

    def _take(self, question: str, about: str, typed: str) -> None:
        if self.superseded is not None and self.lines[self.superseded : self.superseded + 1]:
            if self.lines[self.superseded][:2] == [question, about]:
                del self.lines[self.superseded :]
            self.superseded = None
        self.lines.append([question, about, typed])

    def meant(self, value: date | datetime) -> None:
        """The last answer was read as this day or moment, whichever day the form is gone on with."""
        if self.lines:
            self.lines[-1][2] = value.isoformat()

    def has_before(self) -> bool:
        """Whether there is an answer to go back to."""
        return bool(self.lines[: self.superseded])

    def one_back(self) -> None:
        """The last answer is wanted anew; those before it are taken as they were once their questions come again."""
        self.again = deque(self.lines[: self.superseded][:-1])
        self.lines, self.superseded = [], None

    def keep(self) -> None:
        """Save what was answered so far. Where that is not possible the form goes on, and says so once."""
        answers = {"words": self.words, "given": self.given, "lines": [*self.lines, *self.again]}
        if not self.keeps or answers == self.kept:
            return
        try:
            self._save(answers)
        except PathwayError as fault:
            if not self.in_trouble:
                screen.complain(f"What you type cannot be kept just now. {fault}")
            self.in_trouble = True
            return
        self.kept = {**answers, "lines": [list(each) for each in answers["lines"]]}
        self.in_trouble = False

    def _save(self, answers: Mapping[str, Any]) -> None:
        told: dict[str, Any] = {"command": self.command, "target": self.target, "answers": answers}
        told["now"] = self.desk.now
        try:
            self.number = form_drafts.save(self.desk.store, self.number, **told)
        except form_drafts.FinishedElsewhere:
            raise
        except PathwayError:
            from models.store import open_store

            # The connection may be gone, and the database there.
            with open_store(self.desk.store.url) as fresh:
                fresh.viewer = self.desk.store.viewer
                self.number = form_drafts.save(fresh, self.number, **told)

    def close(self, fault: BaseException | None) -> None:
        """The desk closes: the form on it is finished, or kept where something was in the way."""
        global in_hand
        in_hand = None
        done = fault is None or (isinstance(fault, typer.Exit) and not fault.exit_code)
        try:
            self.leave(done=done)
        except PathwayError as trouble:
            if fault is None:
                raise
            screen.complain(str(trouble))

    def leave(self, *, done: bool) -> None:
        """The command ends: a form that did what it was for is finished, any other is kept if anything is in it."""
        if self.finished:
            return
        if done and not self.aside:
            if self.number is not None:
                with self.desk.store.writing(service=True) as tx:
                    form_drafts.finish(tx, self.number, self.desk.now)
            return
        if self.aside or self.lines or self.again or self.given:
            if self.number is None:
                self.number = self._same_as_before()
            self.keep()
        elif self.number is not None:
            form_drafts.drop(self.desk.store, self.number, self.desk.now)
            self.number = None
        if self.keeps and self.number is not None and not self.in_trouble:
            _left.append(self.number)

    def _same_as_before(self) -> int | None:
        """The number of a form with these very answers, where a program tries the same again."""
        for each in form_drafts.begun(self.desk.store):
            told = each.answers
            alike = _without_day(told["words"]) == _without_day(self.words)
            if alike and (told["given"], told["lines"]) == (self.given, self.lines):
                return each.number
        return None


def _without_day(words: Sequence[str]) -> list[str]:
    return [each for each in words if not each.startswith("--on=")]


in_hand: Form | None = None
_gone_on_with: Kept | None = None
_left: list[int] = []
"""Forms that were left unfinished by the command that runs, for the line that says so at its end."""


def begin(
    desk: Desk,
    command: str,
    words: Sequence[str],
    *,
    target: str = "",
    given: Mapping[str, Any],
    keeps: bool = True,
) -> Form:
    """Take a form in hand: a new one, or the one that is gone on with; a command has one, its first.

    Args:
        desk: where it is filled in; the form is left when the desk is.
        command: what the form is for, in two words.
        words: the whole command that begins it again, dates in full.
        target: the case that it is about.
        given: answers that came with the command, by name.
        keeps: whether what is answered is kept.
    """
    global in_hand, _gone_on_with
    if isinstance(desk.form, Form):
        return desk.form
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}
    in_hand = Form(desk, command, list(words), target, plain, keeps)
    if _gone_on_with is not None:
        kept = _gone_on_with.answers
        in_hand.number, in_hand.words = _gone_on_with.number, list(kept["words"])
        in_hand.again = deque(list(each) for each in kept["lines"])
        in_hand.kept = {name: kept[name] for name in ("words", "given", "lines")}
        _gone_on_with = None
    desk.form = in_hand
    return in_hand


def at_hand() -> Form | None:
    """The form in hand, for a question that is about to be asked; None where there is nobody to keep it for.

    Where the command has begun none, it is the command line itself, with whole references for short ones. What is only
    tried (`--dry-run`) is not kept.
    """
    desk = Desk.in_use
    if in_hand is None and desk is not None and "--dry-run" not in typed:
        words = [desk.named.get(each, each) for each in typed]
        begin(desk, _command(words), words, target=next(iter(desk.named.values()), ""), given={})
    return in_hand


def _command(words: Sequence[str]) -> str:
    """The words of a command line that say what is done, as `file audit`."""
    group = import_module(COMMANDS[words[0]][0]).app
    named = [each.name or each.callback.__name__ for each in group.registered_commands]
    return " ".join(words[:2] if len(words) > 1 and words[1] in named else words[:1])


def given_before() -> dict[str, Any]:
    """The answers that came with the command when the form was begun; for a form that is gone on with."""
    return dict(_gone_on_with.answers["given"]) if _gone_on_with is not None else {}


def number_of(desk: Desk) -> int | None:
    """The number of the form in hand, with its last answer kept, for whoever writes what it was for."""
    if desk.form is None:
        return None
    if desk.form.number is not None:
        desk.form.keep()
    return desk.form.number


def keep() -> None:
    """Keep what was answered so far in the form in hand, if there is one."""
    if in_hand is not None:
        in_hand.keep()


def place() -> int:
    """Where the form in hand stands: how many answers it holds."""
    return len(in_hand.lines) if in_hand is not None else 0


def back_to(place: int) -> None:
    """What was answered from this place on is asked anew, and goes once the first of it has another answer."""
    if in_hand is not None:
        in_hand.superseded = max(place, 0)


def goes_back() -> bool:
    """Whether the command begins its questions again when the one before the first of a record is wanted."""
    return in_hand is not None and in_hand.goes_back


def meant(value: date | datetime) -> None:
    """The last answer of the form in hand was read as this day or moment."""
    if in_hand is not None:
        in_hand.meant(value)


def written(desk: Desk) -> None:
    """What the form in hand was for has been written, and the form finished with it."""
    if desk.form is not None:
        desk.form.finished = True


@contextmanager
def finishing(desk: Desk) -> Iterator[None]:
    """What is written in here finishes the form in hand, both in one transaction; where it is refused, the form stays."""
    desk.store.form = number_of(desk)
    try:
        yield
    except BaseException:
        desk.store.form = None
        raise
    if desk.store.form is None:
        written(desk)
    desk.store.form = None


def go_on(kept: Kept, *, on: str = "") -> int:
    """Run the command of a form again, its answers in hand; the exit code.

    Args:
        kept: the form.
        on: another day or moment for what happened, in full.
    """
    global _gone_on_with
    _gone_on_with = kept
    words = list(kept.answers["words"])
    if on:
        words = [*_without_day(words), f"--on={on}"]
        _gone_on_with.answers["words"][:] = words
    try:
        return run(words)
    finally:
        _gone_on_with = None


def tell() -> None:
    """Say which form was left unfinished, and how to go on with it."""
    while _left:
        sys.stderr.write(f"Your answers are kept: pathways drafts resume {_left.pop()}\n")
