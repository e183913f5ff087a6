"""How far it is: a bar on a terminal, a line now and then elsewhere; always on standard error."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from commands import screen

BAR = 30
TENTHS = 10


class Progress:
    """One piece of work. On a terminal its bar is redrawn; elsewhere a line tells of each tenth."""

    def __init__(self, name: str, *, share: bool = False) -> None:
        """`share`: only the share done is of interest, as with the bytes of a file."""
        self.name, self.share = name, share
        self.began = time.monotonic()
        self.live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._drawn, self._tenth = -1.0, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.live and self._drawn >= 0:
            sys.stderr.write("\n")
            sys.stderr.flush()

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.monotonic() - self.began

    def __call__(self, done: int, of: int = 0) -> None:
        """So many are done; `of` is how many there are, 0 where that is not known."""
        if self.live:
            if self.seconds - self._drawn >= 0.1 or done == of:
                self._drawn = self.seconds
                wide = screen.width(sys.stderr) - 1
                sys.stderr.write("\r" + self._line(done, of)[:wide].ljust(wide))
                sys.stderr.flush()
            return
        tenth = done * TENTHS // of if of else done // 1_000
        if tenth > self._tenth:
            self._tenth = tenth
            told = [f"{done * 100 // of}%"] if of else []
            if not self.share:
                told.append(f"{done:,}{f' of {of:,}' if of else ''}")
            sys.stderr.write(f"{self.name}: {', '.join(told)}\n")

    def say(self, text: str) -> None:
        """Say something meanwhile, on lines of its own."""
        if self.live and self._drawn >= 0:
            sys.stderr.write("\n")
            self._drawn = -1.0
        screen.complain(text)

    def _line(self, done: int, of: int) -> str:
        if not of:
            return f"{self.name[:40]:<20} {done:,}"
        full = BAR * done // of
        left = self.seconds / done * (of - done) if done else 0
        ahead = f"{int(left) // 60}:{int(left) % 60:02} left" if left >= 1 else ""
        told = f"{done * 100 // of}%" if self.share else f"{done:,}/{of:,}"
        return f"{self.name[:20]:<20} [{'#' * full}{'-' * (BAR - full)}] {told:>14}  {ahead}"


@contextmanager
def waiting() -> Iterator[None]:
    """Show that something is still going on: on a terminal, a dot every second."""
    if not (sys.stderr.isatty() and os.environ.get("TERM") != "dumb"):
        yield
        return
    over = threading.Event()

    def tick() -> None:
        for _ in range(60):
            if over.wait(1):
                return
            sys.stderr.write(".")
            sys.stderr.flush()

    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    try:
        yield
    finally:
        over.set()
        ticker.join()
        sys.stderr.write(f"\r{'':{min(60, screen.width(sys.stderr) - 1)}}\r")
        sys.stderr.flush()


def took(seconds: float) -> str:
    """So many seconds, in words."""
    if seconds < 1:
        return "less than a second"
    return f"{seconds:.1f} seconds" if seconds < 9.95 else f"{round(seconds)} seconds"
