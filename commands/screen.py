"""What is put on the screen: plain ASCII columns, text from outside made harmless, JSON for programs.

Words come before colour, data goes to standard output and talk to standard error. Nothing heavy is imported.
"""

from __future__ import annotations

import json
import os
import re
import sys
import textwrap
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any, TextIO
from unicodedata import category, name

from pathways.errors import NotReady

WIDTH = 80
_HARMFUL = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


_COMMAND = re.compile(r"pathways (?:[^ ,;.]|\.(?! |$))+(?: (?:[^ ,;.]|\.(?! |$))+)*?(?=[.,;]|$)")
"""A command inside a sentence, up to the end of the clause."""


def prepare() -> None:
    """Never fail on a character that an old code page lacks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if hasattr(sys.stdin, "reconfigure") and sys.stdin.errors != "surrogateescape":
        sys.stdin.reconfigure(errors="surrogateescape")  # refused where it is read: see `is_text`


def is_text(said: str) -> bool:
    """Whether this can be kept and looked for: no NUL, and no bytes that stand for no character."""
    return not any(each == "\0" or "\ud800" <= each <= "\udfff" for each in said)


def shown(text: object) -> str:
    """Text from outside, fit to be shown: controls, escapes, invisible and misleading characters are spelled out."""
    said = str(text)
    if said.isascii() and said.isprintable():
        return said
    spelled = "".join(_spelled(each) if category(each) in _HARMFUL else each for each in said)
    return _WORD.sub(_one_alphabet, spelled)


def _spelled(character: str) -> str:
    return " " if character in "\n\t\r" else f"<{ord(character):04X}>"


def _one_alphabet(found: re.Match[str]) -> str:
    """A word that mixes our letters with Greek or Cyrillic ones that look like them: those are spelled out."""
    word = found[0]
    if not any(name(each, "").startswith("LATIN") for each in word):
        return word
    return "".join(_spelled(each) if name(each, "").startswith(_ALIKE) else each for each in word)


_WORD = re.compile(r"[^\W\d_]*[\u0370-\u052f\u1c80-\u1c8f\u1f00-\u1fff\u2de0-\u2dff\ua640-\ua69f][^\W\d_]*")
_ALIKE = ("GREEK ", "CYRILLIC ")


def say(text: str = "") -> None:
    """A line of the answer, on standard output; a reader that has gone away ends the command quietly.

    Raises:
        NotReady: the line cannot be written: the disk that the answer goes to is full.
    """
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _write_nowhere(sys.stdout)
        raise SystemExit(0) from None
    except OSError as fault:
        _write_nowhere(sys.stdout)
        raise NotReady(
            f"The answer could not be written ({fault.strerror}). Nothing is taken back of what was done: "
            "look before you repeat it."
        ) from None


def _write_nowhere(stream: TextIO) -> None:
    """Let what is still to be written go nowhere, so that Python does not fail on it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def complain(text: str) -> None:
    """A sentence or lines about the answer, on standard error, at most 80 wide."""
    lines = [line for each in shown_lines(text).split("\n") for line in folded(each)]
    try:
        sys.stderr.write("\n".join(lines) + "\n")
        sys.stderr.flush()
    except OSError:
        _write_nowhere(sys.stderr)


def folded(line: str) -> list[str]:
    """A line as lines of at most 80; a command that can be typed is not broken where it fits on one."""
    if len(line) <= WIDTH:
        return [line]
    indent = " " * (len(line) - len(line.lstrip()))
    kept = _COMMAND.sub(
        lambda found: found[0].replace(" ", "\0") if len(found[0]) <= 60 else found[0], line.strip()
    )
    made = textwrap.wrap(kept, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return [each.replace("\0", " ") for each in made]


def shown_lines(text: str) -> str:
    """Several lines of our own and others' text, each made fit to be shown."""
    return "\n".join(shown(line) for line in text.split("\n"))


def answer_json(schema: str, data: dict[str, Any]) -> None:
    """The answer as one JSON document; `schema` names its shape, as worklist/1."""
    say(json_text({"schema": f"pathways.{schema}", **data}, indent=1))


def json_text(document: dict[str, Any], *, indent: int | None = None) -> str:
    """JSON that may also be shown: whatever would be harmful on a screen is escaped, and reads back as it was."""
    said = json.dumps(document, indent=indent, ensure_ascii=False, default=str)
    if said.isascii() and "\x7f" not in said:
        return said
    return "".join(_escaped(each) if each != "\n" and category(each) in _HARMFUL else each for each in said)


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"


def fit(text: object, width: int) -> str:
    """A cell's text, cut with a dot dot where it is too long."""
    said = shown(text)
    return said if len(said) <= width else said[: width - 2] + ".."


def two_ends(left: str, right: str, width: int = WIDTH - 1) -> str:
    """A line with something at each end; the left gives way."""
    if not right:
        return fit(left, width)
    room = width - len(right) - 2
    return f"{fit(left, room):<{room}}  {right}"


def table(
    headings: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[object]], *, whole: bool = False
) -> list[str]:
    """Columns with a rule under their headings; the last may run to its width and no row is over 80.

    `whole`: what is too long for its cell goes on under it, and nothing is cut.
    """
    rows = (line for row in rows for line in _in_lines(row, widths)) if whole else rows
    lines = [" ".join(f"{each:<{width}}" for each, width in zip(headings, widths, strict=True)).rstrip()]
    lines.append(" ".join("-" * width for width in widths))
    for row in rows:
        cells = [f"{fit(each, width):<{width}}" for each, width in zip(row, widths, strict=True)]
        lines.append(" ".join(cells).rstrip())
    return lines


def _in_lines(row: Sequence[object], widths: Sequence[int]) -> Iterable[Sequence[str]]:
    cells = (
        textwrap.wrap(shown(each), width, break_on_hyphens=False)
        for each, width in zip(row, widths, strict=True)
    )
    return zip_longest(*cells, fillvalue="")


def wrapped(label: str, text: object, *, indent: int = 12) -> list[str]:
    """A label and its text, the text wrapped beside it."""
    lines = textwrap.wrap(shown(text), WIDTH - indent, break_on_hyphens=False) or [""]
    return [f"{label:<{indent}}{lines[0]}".rstrip(), *(" " * indent + each for each in lines[1:])]


def typed(command: str, indent: int, width: int = WIDTH) -> list[str]:
    """A command to type; one that is too long for a line goes on after a backslash, as a shell takes it."""
    lines, line = [], " " * indent
    for part in command.replace(" --", "\0--").replace(" > ", "\0> ").split("\0"):
        if len(line) + len(part) + 3 > width and line.strip():
            lines.append(f"{line}\\")
            line = " " * (indent + 2)
        line += f"{part} "
    return [*lines, line.rstrip()]


def coloured(text: str, colour: int) -> str:
    """The text in one of the terminal's own sixteen colours, where colour is wanted."""
    return f"\x1b[{colour}m{text}\x1b[0m" if _colour_wanted() else text


def _colour_wanted() -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or "--no-color" in sys.argv:
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
