"""The board: a full screen for those who live in it, and the conference's board filled in heading by heading.

It draws, and decides nothing. Whatever is chosen on it is a command line, run as if it had been typed once the board
has left the screen: the same questions, refusals, gate and transaction. What is written on a conference's board is the
form of `do CASE views-recorded`, kept with the other forms while it is typed.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from importlib.util import find_spec
from typing import Annotated

import typer

from commands import screen
from commands.board_wanted import Wanted
from commands.style import STYLE, examples
from commands.worklist import pathway_called
from pathways.errors import Mistyped, NotReady

app = typer.Typer(**STYLE)

COLUMNS, LINES = 80, 24
LIBRARY = "textual"


@app.command(
    help=examples(
        "A full screen of your cases, stage by stage. With a case: the board of its conference, under the agreed "
        "headings. Keys only. A screen reader is better served by the plain commands: worklist, next, record views.",
        "pathways board",
        "pathways board --mine --pathway early-help",
        "pathways board CP-2026-0041",
    )
)
def board(
    case: Annotated[
        str, typer.Argument(metavar="[CASE]", help="A conference that is being held: cp41.")
    ] = "",
    team: Annotated[str, typer.Option(help="Only this team's cases; 'all' for every team.")] = "",
    mine: Annotated[bool, typer.Option("--mine", help="Only cases that you lead.")] = False,
    pathway: Annotated[str, typer.Option(help="Begin with this pathway, as child_protection or CP.")] = "",
    allegations: Annotated[
        bool, typer.Option("--allegations", help="Only restricted cases, which are on no other board.")
    ] = False,
) -> int:
    """Show the board."""
    _can_be_drawn(f"pathways record views {screen.shown(case)[:40]}" if case else "pathways worklist")
    if case:
        from commands.board_views import write

        return write(case)
    return _queue(Wanted(pathway_called(pathway) if pathway else "", team, mine, allegations))


def _can_be_drawn(instead: str) -> None:
    """Refuse where the board would not come out whole, with the plain command that does the same.

    Raises:
        NotReady: its library is not installed.
        Mistyped: there is no terminal, or it is too small or too plain.
    """
    if find_spec(LIBRARY) is None:
        raise NotReady(
            f"The board is not installed: pip install 'safeguarding-pathways[board]'. Without it: {instead}"
        )
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM", "dumb") == "dumb":
        raise Mistyped(f"The board needs a terminal that it can draw on. The same in lines: {instead}")
    size = screen.window(sys.stdout)
    if size is not None and (size.columns < COLUMNS or size.lines < LINES):
        raise Mistyped(
            f"The board needs {COLUMNS} columns and {LINES} lines; this window has {size.columns} and {size.lines}. "
            f"The same in lines: {instead}"
        )


def _queue(wanted: Wanted) -> int:
    """Show the board, run what is chosen on it, and show it again."""
    from commands.board_queue import Queue
    from commands.run import run

    plain = os.environ.get("NO_COLOR")
    while True:
        if plain is not None:
            os.environ["NO_COLOR"] = plain  # Textual takes it out
        chosen = Queue(wanted).run(mouse=False)
        if chosen is None:
            return 0
        if chosen.left_alone:
            screen.say("The board was left alone for ten minutes and has closed. Again: pathways board")
            return 0
        screen.say(f"$ pathways {' '.join(chosen.words)}")
        code = run(list(chosen.words))
        if not _again(code):
            return code
        wanted = replace(chosen, words=())


def _again(code: int) -> bool:
    """Wait until what a command said has been read; whether the board is wanted again."""
    sys.stderr.write(f"\nEnter goes back to the board{', q and Enter leaves it' if code == 0 else ''}: ")
    sys.stderr.flush()
    typed = sys.stdin.readline()
    return bool(typed) and typed.strip().lower() != "q"
