"""What comes from the keyboard: a line, or a text of several lines that was pasted.

A terminal hands over one line at a time. Of a text with line breaks only the first line would be the answer: the next
lines would answer the questions after it, and what is left over at the end would be run by the shell, and stay in its
history. Of a line that is longer than it has room for, the end is dropped without a word.
"""

from __future__ import annotations

import select
import sys
from contextlib import suppress

import typer

LONGEST_LINE = 4095
"""Bytes that a terminal of Linux has room for in one line, without what ends it (n_tty(4))."""
TOGETHER = 0.03
"""Seconds within which the next line follows where it was pasted; nobody types one so soon."""

CUT_SHORT = (
    "That line is as long as a terminal takes one (4,095 bytes), so its end may be missing. It was not taken. "
    "Paste it with line breaks in it, or give it in a file: --from FILE"
)
GOES_ON = "  Several lines came at once: they are one answer. Enter on an empty line ends it."


class CutShort(Exception):
    """A line filled all the room that a terminal has for one, so that its end may be missing."""


class StoppedAmid(Exception):
    """Ctrl+C in the middle of a text of several lines. One argument: what had come of it."""


def read(*, prose: bool = False) -> str:
    """What was typed, without the white space at its ends.

    Args:
        prose: the answer is a text. Lines that come at once are one answer, which ends with an empty line.

    Raises:
        Abort: there is no more input.
        CutShort: the end of a line may be missing; the lines that came with it are read and dropped.
        StoppedAmid: Ctrl+C while the rest of a text was waited for.
    """
    first = sys.stdin.readline()
    if not first:
        sys.stderr.write("\n")
        raise typer.Abort
    lines = [first]
    if prose and _more():
        lines += _at_once()
        sys.stderr.write(GOES_ON + "\n")
        sys.stderr.flush()
        try:
            _go_on(lines)
        except KeyboardInterrupt:
            raise StoppedAmid("".join(lines).strip()) from None
    if any(len(each.rstrip("\n").encode("utf-8", "surrogateescape")) >= LONGEST_LINE for each in lines):
        raise CutShort
    return "".join(lines).strip()


def _go_on(lines: list[str]) -> None:
    """Add what is typed or pasted next, up to an empty line."""
    while (line := sys.stdin.readline()).strip():
        lines += [line, *_at_once()]
        if not lines[-1].strip():
            break


def _at_once() -> list[str]:
    """The lines that are there already, empty ones too."""
    found = []
    while _more():
        line = sys.stdin.readline()
        if not line:
            break
        found.append(line)
    return found


def _more() -> bool:
    """Whether another whole line has come; never where the keyboard cannot be asked."""
    with suppress(OSError, ValueError):
        return bool(select.select([sys.stdin], [], [], TOGETHER)[0])
    return False
