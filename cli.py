"""The command line's way in: answer `--version` at once, hand everything else to `commands`."""

from __future__ import annotations

import gc
import sys

VERSION = "0.1.0"
SELDOM = 50_000
"""After how many new things Python looks for those that hold on to each other. What starting a command makes stays until
its end, and to look through it again and again takes as long as a few queries."""


def main() -> None:
    """Run the command line. A refusal is a normal answer; no failure shows a traceback."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["version"]):
        sys.exit(_tell_version())
    gc.set_threshold(SELDOM)
    from commands.run import run

    sys.exit(run(arguments))


def _tell_version() -> int:
    """Print the version, for which nothing else is imported as long as that can be done; the exit code."""
    unwritten = f"pathways {VERSION}\n"
    try:
        sys.stdout.write(unwritten)
        unwritten = ""
        sys.stdout.flush()
    except (
        AttributeError,
        OSError,
    ):  # closed, so that there is none; or full, and it still waits to be written
        from commands import screen

        screen.prepare()
        try:
            screen.write_out(unwritten)
        except screen.Unwritten as unsaid:
            screen.complain(str(unsaid))
            return unsaid.code
    return 0


if __name__ == "__main__":
    main()
