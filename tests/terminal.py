"""A command line typed at a terminal, as a person sits before it."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pexpect

ROOT = Path(__file__).parents[1]
GRACE = 1.0
"""Seconds in which a program has ended that has printed its last, was killed, or has lost its terminal."""
LOOK = 0.002


class Typed(pexpect.spawn):
    """A program at a terminal, answered as soon as it asks and let go of as soon as it has ended.

    pexpect types 50 milliseconds late, for programs that switch the echo off only after their question. Ours ask line by
    line, and Python's own question for a passphrase switches it off before.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.delaybeforesend = None

    def close(self, force: bool = True) -> None:
        """Let go of the terminal, and end what still runs at it after a while."""
        if not self.closed:
            self.ptyproc.fileobj.close()
            last = time.monotonic() + GRACE
            while self.isalive() and time.monotonic() < last:
                time.sleep(LOOK)
            self.ptyproc.delayafterclose = 0  # it would always be slept out
        super().close(force)


def typed(home: Path, *arguments: str, lines: int = 24, columns: int = 80, colour: bool = False) -> Typed:
    """Start the program at a terminal of this size, with this folder for its home; the child waits to be answered."""
    env = {**os.environ, "PATHWAYS_HOME": str(home), "TERM": "xterm", "NO_COLOR": "1"}
    if colour:
        env.pop("NO_COLOR")
    return Typed(
        sys.executable, [str(ROOT / "cli.py"), *arguments], dimensions=(lines, columns), encoding="utf-8", env=env,
        timeout=60, cwd=str(ROOT), preexec_fn=hears_the_keys,
    )  # fmt: skip


def hears_the_keys() -> None:
    """A run started in the background may have been told not to hear Ctrl+C or a hang-up; a person's terminal is not."""
    for each in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(each, signal.SIG_DFL)
