"""Files that a person names, read or made, with a plain sentence where they cannot be; CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO
from unicodedata import category

from commands import screen
from pathways.errors import Mistyped, NotReady, PathwayError

MARKED = "mark"
"""The heading of the column that says of each row that it is of a practice store."""
MOST_BYTES = 50 * 1024 * 1024
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_PASSED_OVER = frozenset(("Zs", "Zl", "Zp", "Cf", "Cc", "Cn"))
"""Kinds of characters that a spreadsheet may pass over in front of a formula: spaces and what is not seen."""


class _Readable(io.FileIO):
    """A file that says in a sentence that it cannot be read further: a broken disk, a share that is gone."""

    def __init__(self, number: int, shown_as: str) -> None:
        super().__init__(number, "rb")
        self._shown_as = shown_as

    def readinto(self, buffer: Any) -> int | None:
        """As usual."""
        try:
            return super().readinto(buffer)
        except OSError as fault:
            raise self._cannot(fault) from None

    def readall(self) -> bytes:
        """As usual."""
        try:
            return super().readall()
        except OSError as fault:
            raise self._cannot(fault) from None

    def _cannot(self, fault: OSError) -> Mistyped:
        return Mistyped(
            f"The file {self._shown_as} cannot be read to its end ({fault.strerror}). Copy it anew."
        )


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
        return io.BufferedReader(_Readable(number, name))
    except FileNotFoundError:
        raise Mistyped(f"There is no file {name}. Check the name and the folder.") from None
    except PermissionError:
        raise Mistyped(f"The file {name} may not be read by you. Ask whoever owns it.") from None
    except (OSError, ValueError):
        raise Mistyped(f"The file {name} cannot be read.") from None


def called(path: str) -> str:
    """What a file that somebody named is called in a sentence."""
    return "Standard input" if path == "-" else screen.shown(path)


def read_text(path: str) -> str:
    """The text of a small file, in UTF-8 with or without its mark.

    Raises:
        Mistyped: it cannot be read, is no text, or is far too large.
    """
    name = called(path)
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


def read_json(path: str, holds: str) -> dict[str, Any]:
    """The JSON object in a file, or on standard input for `-`.

    Args:
        path: the file.
        holds: a sentence that shows what the file should hold.

    Raises:
        Mistyped: it cannot be read, is no JSON object, or has a name in it twice: which is meant is not guessed.
    """
    return json_object(read_text(path), called(path), holds)


def json_object(text: str, name: str, holds: str) -> dict[str, Any]:
    """The JSON object of a text; `name` is what the text is called, the rest as for `read_json`."""
    try:
        found = json.loads(text, object_pairs_hook=_once_each)
    except _Twice as fault:
        raise Mistyped(f"{name} holds '{screen.shown(fault.args[0])[:40]}' twice. Give it once.") from None
    except (ValueError, RecursionError):
        raise Mistyped(f"{name} is not JSON. {holds}") from None
    if not isinstance(found, dict):
        raise Mistyped(f"{name} must hold one JSON object. {holds}")
    return found


class _Twice(Exception):
    """A name stands twice in one object. One argument: the name."""


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Twice(name)
        found[name] = value
    return found


def new(out: str) -> Path:
    """The path of a file that is to be made.

    Raises:
        Mistyped: it is there already, its folder is not, or no file can have that name here.
    """
    target = Path(out)
    try:
        there, has_folder = target.exists(), target.parent.is_dir()
    except OSError as fault:
        raise Mistyped(
            f"No file can be made there ({fault.strerror}). Choose another name; nothing was written."
        ) from None
    if there:
        raise Mistyped(
            f"There is a file {screen.shown(out)} already. Choose another name; nothing was written."
        )
    if not has_folder:
        raise Mistyped(f"There is no folder {screen.shown(target.parent)}. Nothing was written.")
    refuse_ours(target)
    return target


def refuse_ours(target: Path) -> None:
    """Refuse a name that belongs to the records: the store's own, what the database lays beside it, the settings file.

    Raises:
        Mistyped: it is one of these. What stood there would be read as part of the records, or keep them from opening.
    """
    from models.connecting import sqlite_path
    from models.place import database_url, home

    where, ours = Path(os.path.realpath(target)), [home() / "pathways.toml"]
    with suppress(PathwayError):  # which store it is matters to who opens it
        store = sqlite_path(database_url())
        ours += [store] if store is not None else []
    for each in (Path(os.path.realpath(each)) for each in ours):
        if where.parent == each.parent and where.name.startswith(each.name):
            raise Mistyped(
                f"{screen.shown(target.name)} is a name of the records' own files. Choose another; nothing was written."
            )


def write_new(target: Path, content: str | bytes) -> None:
    """Write a new file that only its owner may read; text as UTF-8.

    Raises:
        NotReady: it cannot be written. There is none then, nor half of one.
    """
    try:
        with making(target) as file:
            file.write(content.encode() if isinstance(content, str) else content)
    except OSError as fault:
        raise NotReady(
            f"{screen.shown(target)} cannot be written ({fault.strerror}). Choose another place."
        ) from None


@contextmanager
def making(target: Path) -> Iterator[BinaryIO]:
    """A new file that only its owner may read. It gets its name once it is whole and on the disk, and not before.

    Raises:
        OSError: it cannot be written, or there is one of that name by now. Nothing is left of it.
    """
    half = target.with_name(f".{target.name}.part")
    try:
        half.unlink(missing_ok=True)
        number = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _give_name(half, target)
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def _give_name(half: Path, target: Path) -> None:
    """Name a finished file; where another got the name meanwhile, that one stays."""
    try:
        os.link(half, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if target.exists():
            raise
        half.rename(target)


def cell(value: object) -> str:
    """A cell that a spreadsheet shows and does not run: what looks like a formula gets an apostrophe."""
    text = "" if value is None else str(value)
    bare = text
    while bare and category(bare[0]) in _PASSED_OVER and not bare.startswith(STARTS_A_FORMULA):
        bare = bare[1:]
    return f"'{text}" if bare.startswith(STARTS_A_FORMULA) else text


def csv_line(cells: Iterable[object]) -> str:
    """One row of CSV without its line end. All is quoted: some spreadsheets part their cells at a semicolon."""
    text = io.StringIO()
    csv.writer(text, lineterminator="", quoting=csv.QUOTE_ALL).writerow([cell(each) for each in cells])
    return text.getvalue()


def marked(cells: Iterable[object], mark: str) -> tuple[object, ...]:
    """The cells of a row of CSV; with the mark of a practice store, if there is one, in a last column.

    A line above the heading would be read as the heading, and the name of a file is lost where its rows are copied. One
    column more disturbs no reader that goes by names or by places, and stays with each row wherever it is pasted.
    """
    return (*cells, mark) if mark else tuple(cells)


def say_csv(heading: Sequence[str], rows: Iterable[Sequence[object]], mark: str) -> None:
    """Rows as CSV on standard output: UTF-8, lines ending in LF; each with the mark of a practice store, if there is one."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    seen = sys.stdout.isatty()
    screen.as_it_is(csv_line(marked(heading, mark and MARKED)))
    for row in rows:
        told = marked(row, mark)
        screen.as_it_is(csv_line([screen.shown(each) for each in told] if seen else told))
