"""All commands, or one; and three pages: exit codes, dates, words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any

import typer

from commands import screen
from commands.options import Json, NeverAsks
from commands.registry import COMMANDS
from commands.style import STYLE, examples
from pathways.errors import Mistyped

app = typer.Typer(**STYLE)

EXIT_CODES = (
    (0, "ok", "Done, or nothing to do."),
    (1, "bug", "Our fault. An incident number is printed, and no case data."),
    (2, "usage", "Typed wrongly, or an answer is missing."),
    (3, "refused", "A rule said no. Nothing was changed."),
    (4, "not-allowed", "Your role cannot."),
    (5, "not-found", "No such case, or none that you may see."),
    (6, "conflict", "Somebody got there first. Nothing was changed."),
    (7, "late", "Only with --exit-code: something is late."),
    (8, "partly", "Finished, and some items failed; they are listed."),
    (9, "not-proven", "A date, the record or a backup does not verify."),
    (10, "not-ready", "No database, an upgrade pending, or the calendar has run out."),
    (130, "stopped", "Ctrl+C. Nothing more was saved."),
)
DATES = (
    ("today, yesterday, tomorrow", "the day itself"),
    ("fri, last fri, next fri", "a day of the week; what was, or what comes"),
    ("24 nov, 24 November 2026", "the day first, always; without a year the nearest"),
    ("24/11/2026, 24-11-2026", "the day first, always"),
    ("2026-11-24", "the year first, as programs write it"),
    ("+5wd, -3wd", "five working days on, three working days back"),
    ("+2w, -10d", "weeks and days, every day counted"),
    ("9:20am, 3pm, 15:00, midday", "a time; alone it is today's"),
    ("today 9:20am, 24 nov 3pm", "a day and a time"),
    ("2026-10-25T01:30+01:00", "with its offset, in the hour that the clocks repeat"),
)
WORDS = (
    ("case", "one child on one pathway; brothers and sisters have a case each"),
    ("deadline", "a date under a rule; it is missed when it passes and nothing was recorded"),
    ("LATE", "a limit has passed, counted in working days"),
    ("TODAY", "due today, or the last working day before a limit on a day off"),
    ("SOON", "due within two working days"),
    ("plan by", "the last working day on or before a limit that falls on a day off"),
    ("refused", "a rule said no to a move; nothing was changed"),
    ("override", "going ahead without something, by a role that may, with a reason"),
    ("asserted", "as a census reported it; not witnessed here"),
    ("entry", "one line of the trail; it is never changed or taken out"),
    ("page", "a record's place in the file of the case"),
)


@app.command(
    help=examples(
        "All commands, or one; also the pages exit-codes, dates and words.",
        "pathways help worklist",
        "pathways help exit-codes",
    )
)
def help_(
    word: Annotated[
        str, typer.Argument(metavar="[WORD]", help="A command, or exit-codes, dates, words.")
    ] = "",
    as_json: Json = False,
    no_input: NeverAsks = False,
) -> None:
    """Print help."""
    pages = {"exit-codes": _exit_codes, "dates": _dates, "words": _words}
    said = word.strip().lower()
    if as_json:
        screen.answer_json("help/1", _as_json())
    elif said in pages:
        for line in pages[said]():
            screen.say(line)
        screen.say("\nNext: pathways help")
    elif not said or said in COMMANDS:
        _of_command(said)
    else:
        near = get_close_matches(said, [*COMMANDS, *pages], 1)
        meant = f" Did you mean {near[0]}?" if near else " All commands: pathways help"
        raise Mistyped(f"There is no help on {screen.shown(word)[:40]}.{meant}")


def _of_command(name: str) -> None:
    """The help that `-h` gives, of one command or of all."""
    from commands import run

    root: Any = typer.main.get_command(run.app)
    context = root.make_context("pathways", [], resilient_parsing=True)
    if name:
        command = root.get_command(context, name)
        context = command.make_context(name, [], parent=context, resilient_parsing=True)
        screen.say(command.get_help(context))
        screen.say("\nNext: pathways help")
        return
    screen.say(root.get_help(context))
    screen.say()
    screen.say("Pages: pathways help exit-codes | dates | words")


def _exit_codes() -> list[str]:
    rows = [(code, name, says) for code, name, says in EXIT_CODES]
    return screen.table(("Code", "Name", "Means"), (4, 11, 62), rows)


def _dates() -> list[str]:
    lines = screen.table(("Typed", "Read as"), (28, 50), DATES)
    return [*lines, "", "Every date that is understood is shown again in full."]


def _words() -> list[str]:
    lines = []
    for word, says in WORDS:
        lines += screen.wrapped(word, says, indent=12)
    return lines


def _as_json() -> dict[str, Any]:
    commands = [{"name": name, "says": says, "group": group} for name, (_, says, group) in COMMANDS.items()]
    codes = [{"code": code, "name": name, "means": says} for code, name, says in EXIT_CODES]
    return {"commands": commands, "exit_codes": codes, "next": ["pathways worklist"]}
