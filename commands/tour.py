"""A tour: ten things to type, each checked, in a practice store of its own that is thrown away at the end."""

from __future__ import annotations

import io
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir
from typing import Annotated, Any, TextIO

import typer

from commands import prompts, screen
from commands.demo import CLOCK
from commands.style import STYLE, examples
from commands.tours import TOURS, Step, Tour
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.roles import Role

app = typer.Typer(**STYLE)

STOP = "stop"
FOLDER = "pathways-tour-"
"""How the folder of a tour's practice store is called; what a killed tour left goes when the next begins."""


@app.command(
    help=examples(
        "Ten things to type, each checked, in a practice store of its own. ROLE is one of: "
        + ", ".join(TOURS)
        + ". "
        "Nothing of it stays.",
        "pathways tour",
        "pathways tour coordinator",
        "pathways tour allegations --play",
    )
)
def tour(
    role: Annotated[str, typer.Argument(metavar="[ROLE]", help="Whose tour.")] = "",
    play: Annotated[bool, typer.Option("--play", help="Have every step typed for you.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing; print what is typed.")] = False,
) -> None:
    """Take a tour."""
    if not role:
        for name, each in TOURS.items():
            screen.say(f"  {name:<14} {each.title}")
        screen.say("\nNext: pathways tour coordinator")
        return
    if role not in TOURS:
        from difflib import get_close_matches

        near = get_close_matches(role, TOURS, 1)
        meant = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(TOURS)}."
        raise Mistyped(f"There is no tour {screen.shown(role)[:40]}. {meant}")
    found = TOURS[role]
    if not play and not prompts.can_ask(no_input, as_json=False):
        _printed(found)
        return
    screen.say(f"{found.title}: {len(found.steps)} steps.")
    screen.say("Everything in it is invented, and is thrown away at the end.")
    with practice_of(found) as names:
        for number, step in enumerate(found.steps, 1):
            if not _taken(found, step, number, names, play=play):
                screen.say("The tour ends here. Nothing of it stays.")
                return
    screen.say()
    screen.say("That was the tour. Nothing of it stays.")
    screen.say("Next: pathways demo, for a practice store that does")


def _printed(found: Tour) -> None:
    """What the tour has one type, for where nobody can be asked."""
    screen.say(f"{found.title}. At a terminal each step is checked.")
    for number, step in enumerate(found.steps, 1):
        screen.say()
        for line in screen.wrapped(f"{number:>2}", step.says, indent=4):
            screen.say(line)
        screen.say(f"    pathways {step.line.format('CASE')}")
    screen.say("\nNext: pathways demo")


# --- a store of its own ------------------------------------------------------------------------------------------------


@contextmanager
def practice_of(found: Tour) -> Iterator[list[str]]:
    """A practice store with the tour's cases, and every command in it; the references of the cases."""
    from models.clock import now
    from models.copy_files import half_made
    from models.place import PRACTICE, sqlite_url
    from models.practice import Practice
    from models.setup import AtTheKeyboard, fill, make_tables, rules_of
    from models.store import open_store
    from models.viewer import ALL_SEEING

    with half_made(Path(gettempdir()), FOLDER, now()) as folder, _at_home(folder):
        make_tables(sqlite_url(PRACTICE))
        with open_store(sqlite_url(PRACTICE)) as store:
            everybody = (Role.COORDINATOR, *([found.role] if found.role != Role.COORDINATOR else []))
            who = AtTheKeyboard(PRACTICE, "practice worker", everybody)
            fill(store, who, authority="sefton", now=CLOCK - timedelta(days=120), practice_clock=CLOCK)
            store.viewer = ALL_SEEING
            names = found.cases(Practice(store, rules_of(store), Actor(PRACTICE, frozenset(Role)), CLOCK))
        yield names


@contextmanager
def _at_home(folder: Path) -> Iterator[None]:
    """Have every command look into this folder, and nowhere else."""
    before = {name: os.environ.pop(name, None) for name in ("PATHWAYS_HOME", "PATHWAYS_DATABASE_URL")}
    os.environ["PATHWAYS_HOME"] = str(folder)
    try:
        yield
    finally:
        os.environ.pop("PATHWAYS_HOME", None)
        os.environ.update({name: value for name, value in before.items() if value is not None})


@contextmanager
def _as_colleague(role: Role) -> Iterator[None]:
    """The same keyboard without a role, as it is for a colleague who never had it."""
    from models.place import PRACTICE, sqlite_url
    from models.register import give_role, take_role
    from models.store import open_store

    keeper = Actor("keeper", frozenset({Role.COORDINATOR, role}))
    with open_store(sqlite_url(PRACTICE)) as store:
        take_role(store, PRACTICE, role, last=(CLOCK - timedelta(days=1)).date(), actor=keeper)
    try:
        yield
    finally:
        with open_store(sqlite_url(PRACTICE)) as store:
            give_role(store, PRACTICE, role, from_on=CLOCK.date(), to_on=None, actor=keeper, now=CLOCK)


# --- a step ---------------------------------------------------------------------------------------------------------------


def _taken(found: Tour, step: Step, number: int, names: list[str], *, play: bool) -> bool:
    """Show a step, and let it be typed until it is done; whether the tour goes on."""
    line = step.line.format(*names)
    screen.say()
    for each in screen.wrapped(f"{number:>2}", step.says, indent=4):
        screen.say(each)
    screen.say(f"    Type  pathways {line}")
    while True:
        typed = "" if play else prompts.ask("$", about="Enter: it is typed for you", anew=True)
        if typed.lower() == STOP:
            return False
        words = (
            shlex.split(typed) if typed and typed.count("'") % 2 == 0 and typed.count('"') % 2 == 0 else []
        )
        words = words[1:] if words[:1] == ["pathways"] else words
        if typed and words[:1] != shlex.split(line)[:1]:
            prompts.tell(f"This step is: pathways {line}. Enter has it typed for you, {STOP} ends the tour.")
            continue
        if done(found, step, names, words or shlex.split((step.full or step.line).format(*names))):
            return True
        prompts.tell(
            f"That was not yet it: pathways {line}. Enter has it typed for you, {STOP} ends the tour."
        )
        if play:
            return False


def done(found: Tour, step: Step, names: list[str], words: list[str]) -> bool:
    """Run what was typed; whether the answer is the step's."""
    from commands.run import run

    out, err = _Both(sys.stdout), _Both(sys.stderr)
    with redirect_stdout(out), redirect_stderr(err):
        if step.away:
            with _as_colleague(found.role):
                code = run(words)
        else:
            code = run(words)
    said = " ".join((out.heard.getvalue() + err.heard.getvalue()).split())
    return code == step.code and step.shows.format(*names) in said


class _Both:
    """A stream that is shown as before, and heard."""

    def __init__(self, shown: TextIO) -> None:
        self.shown = shown
        self.heard = io.StringIO()

    def write(self, text: str) -> int:
        self.heard.write(text)
        return self.shown.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.shown, name)
