"""Files that a person names, read with a plain sentence where they cannot be; CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import os
import stat
import sys
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from commands import screen
from pathways.errors import Mistyped

MOST_BYTES = 50 * 1024 * 1024
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def open_file(path: str) -> BinaryIO:
    """Open a file that somebody named; `-` is standard input.

    Raises:
        Mistyped: it is not there, is a folder, or may not be read.
    """
    if path == "-":
        return getattr(sys.stdin, "buffer", io.BytesIO(b""))
    name = screen.shown(path)
    try:
        # Not blocking: opening a pipe that nobody writes to would wait for ever.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        mode = os.fstat(number).st_mode
        if stat.S_ISDIR(mode) or not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            os.close(number)
            what = "a folder" if stat.S_ISDIR(mode) else "no ordinary file"
            raise Mistyped(f"{name} is {what}. Name the file itself.")
        os.set_blocking(number, True)
        return os.fdopen(number, "rb")
    except FileNotFoundError:
        raise Mistyped(f"There is no file {name}. Check the name and the folder.") from None
    except PermissionError:
        raise Mistyped(f"The file {name} may not be read by you. Ask whoever owns it.") from None
    except (OSError, ValueError):
        raise Mistyped(f"The file {name} cannot be read.") from None


def read_text(path: str) -> str:
    """The text of a small file, in UTF-8 with or without its mark.

    Raises:
        Mistyped: it cannot be read, is no text, or is far too large.
    """
    name = "Standard input" if path == "-" else screen.shown(path)
    try:
        with open_file(path) as source:
            raw = source.read(MOST_BYTES + 1)
    except OSError:
        raise Mistyped(f"{name} cannot be read.") from None
    if len(raw) > MOST_BYTES:
        raise Mistyped(f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB. Split it and try again.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise Mistyped(
            f"{name} is not UTF-8 text (line {line}). Save it as CSV UTF-8 and try again."
        ) from None


def cell(value: object) -> str:
    """A cell that a spreadsheet shows and does not run: what looks like a formula gets an apostrophe."""
    text = "" if value is None else str(value)
    bare = text.lstrip(" ")
    return f"'{text}" if bare.startswith(STARTS_A_FORMULA) or text.startswith(STARTS_A_FORMULA) else text


def csv_line(cells: Iterable[object]) -> str:
    """One row of CSV without its line end."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([cell(each) for each in cells])
    return text.getvalue()


def say_csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows as CSV on standard output: UTF-8, lines ending in LF."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    seen = sys.stdout.isatty()
    screen.say(csv_line(heading))
    for row in rows:
        screen.say(csv_line([screen.shown(each) for each in row] if seen else row))
