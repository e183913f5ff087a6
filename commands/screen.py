"""What is put on the screen: plain ASCII columns, text from outside made harmless, JSON for programs.

Screens are laid out for 80 columns. In a narrower window what does not fit goes on under it, and nothing is cut for that;
a pipe, a file and a wider window get the 80 columns.
Words come before colour, data goes to standard output and talk to standard error. Nothing heavy is imported.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sys
import textwrap
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import zip_longest
from typing import Any, TextIO
from unicodedata import category, name

from pathways.errors import NotReady

WIDTH = 80
NARROWEST = 40
"""What a window of fewer columns is taken for."""
_HARMFUL = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


_COMMAND = re.compile(r"pathways (?:[^ ,;.]|\.(?! |$))+(?: (?:[^ ,;.]|\.(?! |$))+)*?(?=[.,;]|$)")
"""A command inside a sentence, up to the end of the clause."""
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(
    rf"(?:[MTWFS][a-z]{{2}} )?\b[0-9]{{1,2}} (?:{_MONTH}|[A-Z][a-z]{{2}}\b)(?: [0-9]{{4}}|, [0-9:]+[ap]m)*"
)
"""A date as screens write it, which stays on one line."""
_COLOURED = re.compile(r"\x1b\[[0-9;]*m")
_GAP = re.compile(r"(?<=[^ ]) {2,}(?=[^ ])")
"""What parts two columns."""


class Unwritten(NotReady):
    """The answer cannot be written where it goes to. One argument: why."""

    def __str__(self) -> str:
        return (
            f"The answer could not be written ({self.args[0]}). Nothing is taken back of what was done: "
            "look before you repeat it."
        )


def prepare() -> None:
    """Never fail on a character that an old code page lacks, nor on a stream that was closed before we began."""
    for which in ("stdin", "stdout", "stderr"):
        if getattr(sys, which) is None:
            setattr(sys, which, _closed("r" if which == "stdin" else "w"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            with suppress(OSError):  # what waits and cannot be written is told of when it is written
                stream.reconfigure(errors="replace")
    if hasattr(sys.stdin, "reconfigure") and sys.stdin.errors != "surrogateescape":
        sys.stdin.reconfigure(errors="surrogateescape")  # refused where it is read: see `is_text`


def _closed(mode: str) -> TextIO:
    """A stream in place of one that is closed: nothing is read from it, and what is written to it is an error.

    It takes the number of the closed one, so that no file of ours gets it, and with it what a library says there.
    """
    number = os.open(os.devnull, os.O_RDONLY)
    os.set_inheritable(number, True)
    return io.TextIOWrapper(io.FileIO(number, mode), encoding="utf-8")


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


def window(stream: TextIO) -> os.terminal_size | None:
    """Columns and lines of the terminal that a stream goes to; None where it goes to none."""
    try:
        return os.get_terminal_size(stream.fileno()) if stream.isatty() else None
    except (OSError, ValueError):
        return None


def width(stream: TextIO) -> int:
    """How wide a line may be where this stream goes to: 80, or the columns of a window with fewer."""
    size = window(stream)
    return WIDTH if size is None or not size.columns else max(NARROWEST, min(WIDTH, size.columns))


def say(text: str = "") -> None:
    """A line of the answer, on standard output, as several where the window, or 80 columns, do not hold it.

    A reader that has gone away ends the command quietly.

    Raises:
        Unwritten: the disk that the answer goes to is full, or nothing is open to write it to.
    """
    as_it_is("\n".join(_narrowed(text, width(sys.stdout))))


def as_it_is(text: str) -> None:
    """Lines of the answer that are for a program or to be copied, and are never broken.

    Raises:
        Unwritten: as for `say`.
    """
    write_out(f"{text}\n")


def write_out(text: str = "") -> None:
    """Write this, and whatever still waits to be written.

    Raises:
        Unwritten: as for `say`.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _write_nowhere(sys.stdout)
        raise SystemExit(0) from None
    except OSError as fault:
        _write_nowhere(sys.stdout)
        closed = fault.errno == errno.EBADF
        raise Unwritten("standard output is closed" if closed else fault.strerror) from None


def _write_nowhere(stream: TextIO) -> None:
    """Let what is still to be written go nowhere, so that Python does not fail on it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def complain(text: str) -> None:
    """A sentence or lines about the answer, on standard error, at most 80 wide and as wide as the window."""
    lines = [line for each in shown_lines(text).split("\n") for line in folded(each)]
    try:
        sys.stderr.write("\n".join(lines) + "\n")
        sys.stderr.flush()
    except OSError:
        _write_nowhere(sys.stderr)


def folded(line: str) -> list[str]:
    """A line of talk as lines of at most 80, or as wide as the window.

    A command that can be typed is not broken where it fits on one.
    """
    wide = width(sys.stderr)
    indent = " " * (len(line) - len(line.lstrip()))
    if len(line) <= wide:
        return [line]
    return _folded(line, wide, indent) if wide == WIDTH else _under(line, wide)


def _folded(line: str, wide: int, further: str) -> list[str]:
    """A line broken between words, and not inside a command or a date that fits on one; `further` goes before the rest."""
    indent = line[: len(line) - len(line.lstrip())]

    def whole(found: re.Match[str]) -> str:
        return found[0].replace(" ", "\0") if len(found[0]) <= min(60, wide - len(further) - 1) else found[0]

    kept = _DAY.sub(whole, _COMMAND.sub(whole, line.strip()))
    made = textwrap.wrap(
        kept, wide, initial_indent=indent, subsequent_indent=further, break_on_hyphens=False,
        break_long_words=False,
    )  # fmt: skip
    return [each.replace("\0", " ") for each in made]


def _narrowed(text: str, wide: int) -> list[str]:
    """Lines as they fit a window: the column that does not goes under the others."""
    return [part for line in text.split("\n") for part in _under(line, wide)]


def _under(line: str, wide: int) -> list[str]:
    shown_as = _COLOURED.sub("", line)
    if len(shown_as) <= wide:
        return [line]
    if not shown_as.strip("- "):
        return [shown_as[:wide].rstrip()]
    begins = len(shown_as) - len(shown_as.lstrip())
    gaps = list(_GAP.finditer(shown_as))
    first = next((gap.end() for gap in gaps if gap.end() <= wide // 3), begins + 2)
    column = begins if begins > 3 else first
    gap = next((gap for gap in reversed(gaps) if wide // 3 < gap.start() <= wide), None)
    if gap is None:
        return _folded(shown_as, wide, " " * (column if gaps else begins))
    rest = _under(" " * column + shown_as[gap.end() :], wide)
    return [_with_colour(line, shown_as[: gap.start()]), *rest]


def _with_colour(line: str, part: str) -> str:
    """The part of a line that is kept, in the colour that the line begins with."""
    marks = _COLOURED.findall(line)
    if not marks or not line.startswith(marks[0]):
        return part
    word = line[len(marks[0]) :].partition("\x1b")[0]
    return f"{marks[0]}{part[: len(word)]}\x1b[0m{part[len(word) :]}"


def shown_lines(text: str) -> str:
    """Several lines of our own and others' text, each made fit to be shown."""
    return "\n".join(shown(line) for line in text.split("\n"))


def answer_json(schema: str, data: dict[str, Any]) -> None:
    """The answer as one JSON document; `schema` names its shape, as worklist/1."""
    as_it_is(json_text({"schema": f"pathways.{schema}", **data}, indent=1))


def answer_change(
    schema: str, reference: str, said: str, way: str, *, as_json: bool, changed: bool = True
) -> None:
    """Answer a change of a case that is no move: what was done, that it is on the record, what can be typed next.

    Args:
        schema: what the JSON is called, with its version.
        reference: the case.
        said: what was done, or would be, in sentences.
        way: the command to go on with.
        as_json: whether a program asks.
        changed: False where it was only tried.
    """
    if as_json:
        answer_json(schema, {"ok": True, "changed": changed, "case": reference, "next": [way]})
        return
    for line in folded(said if changed else f"{said} Nothing was changed."):
        say(line)
    say(f"It is on the record. Next: {way}" if changed else f"Next: {way}")


def json_text(document: dict[str, Any], *, indent: int | None = None) -> str:
    """JSON that may also be shown: whatever would be harmful on a screen is escaped, and reads back as it was."""
    said = json.dumps(document, indent=indent, ensure_ascii=False, default=str)
    if said.isascii() and "\x7f" not in said:
        return said
    return "".join(_escaped(each) if each != "\n" and category(each) in _HARMFUL else each for each in said)


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"


def fit(text: object, size: int) -> str:
    """A cell's text, cut with a dot dot where it is too long."""
    said = shown(text)
    return said if len(said) <= size else said[: size - 2] + ".."


def two_ends(left: str, right: str) -> str:
    """A line with something at each end; the left gives way. In a narrow window it is two lines."""
    room = WIDTH - 1 - len(right) - 2
    if not right:
        return fit(left, WIDTH - 1)
    if len(left) + len(right) + 2 > width(sys.stdout):
        return f"{fit(left, room)}\n  {right}"
    room = min(room, width(sys.stdout) - 1 - len(right) - 2)
    return f"{fit(left, room):<{room}}  {right}"


def table(
    headings: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[object]], *, whole: bool = False
) -> list[str]:
    """Columns with a rule under their headings; the last may run to its width and no row is over 80.

    `whole`: what is too long for its cell goes on under it, and nothing is cut. In a narrow window the last columns
    stand under the others.
    """
    parts = _parts(widths, width(sys.stdout))
    lines = _beside(headings, widths, parts)
    lines.append(" ".join("-" * each for each in widths[parts[0]]))
    for row in rows:
        lines += _beside(row, widths, parts, whole=whole)
    return lines


def _parts(widths: Sequence[int], wide: int) -> list[slice]:
    """The columns that stand beside each other in a window: all of them, or as many as fit and then the next."""
    parts, start, taken = [], 0, 0
    for place, each in enumerate(widths):
        if place > start and taken + each > wide:
            parts.append(slice(start, place))
            start, taken = place, _UNDER
        taken += each + 1
    return [*parts, slice(start, len(widths))]


_UNDER = 7
"""How far columns that stand under others are moved in."""


def _beside(
    row: Sequence[object], widths: Sequence[int], parts: Sequence[slice], *, whole: bool = False
) -> list[str]:
    """The lines of a row, part by part."""
    lines = []
    for part in parts:
        indent = " " * _UNDER if part.start else ""
        for cells in _in_lines(row[part], widths[part]) if whole else [row[part]]:
            said = " ".join(
                f"{fit(each, size):<{size}}" for each, size in zip(cells, widths[part], strict=True)
            )
            if said.strip() or not part.start:
                lines.append(f"{indent}{said}".rstrip())
    return lines


def _in_lines(row: Sequence[object], widths: Sequence[int]) -> Iterable[Sequence[str]]:
    cells = (
        textwrap.wrap(shown(each), size, break_on_hyphens=False)
        for each, size in zip(row, widths, strict=True)
    )
    return zip_longest(*cells, fillvalue="")


def wrapped(label: str, text: object, *, indent: int = 12) -> list[str]:
    """A label and its text, the text wrapped beside it; where the window leaves less than a third for it, under it."""
    wide = width(sys.stdout)
    if wide < WIDTH and wide - indent < wide // 3:
        below = _folded(shown(text), wide - _UNDER, "")
        return [*([label.rstrip()] if label.strip() else []), *(" " * _UNDER + each for each in below)]
    if wide < WIDTH:
        lines = _folded(shown(text), wide - indent, "") or [""]
    else:
        lines = textwrap.wrap(shown(text), WIDTH - indent, break_on_hyphens=False) or [""]
    return [f"{label:<{indent}}{lines[0]}".rstrip(), *(" " * indent + each for each in lines[1:])]


def typed(command: str, indent: int, most: int = WIDTH) -> list[str]:
    """A command to type; one that is too long for a line goes on after a backslash, as a shell takes it."""
    lines, line = [], " " * indent
    most = min(most, width(sys.stdout))
    for part in command.replace(" --", "\0--").replace(" > ", "\0> ").split("\0"):
        if len(line) + len(part) + 3 > most and line.strip():
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
