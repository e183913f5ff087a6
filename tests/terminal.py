"""A command line typed at a terminal, as a person sits before it."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pexpect

ROOT = Path(__file__).parents[1]


def typed(
    home: Path, *arguments: str, lines: int = 24, columns: int = 80, colour: bool = False
) -> pexpect.spawn:
    """Start the program at a terminal of this size, with this folder for its home; the child waits to be answered."""
    env = {**os.environ, "PATHWAYS_HOME": str(home), "TERM": "xterm", "NO_COLOR": "1"}
    if colour:
        env.pop("NO_COLOR")
    return pexpect.spawn(
        sys.executable, [str(ROOT / "cli.py"), *arguments], dimensions=(lines, columns), encoding="utf-8", env=env,
        timeout=60, cwd=str(ROOT), preexec_fn=hears_the_keys,
    )  # fmt: skip


def hears_the_keys() -> None:
    """A run started in the background may have been told not to hear Ctrl+C or a hang-up; a person's terminal is not."""
    for each in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(each, signal.SIG_DFL)
