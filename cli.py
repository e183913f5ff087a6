"""The command line's way in: answer `--version` at once, hand everything else to `commands`."""

from __future__ import annotations

import sys

VERSION = "0.1.0"


def main() -> None:
    """Run the command line. A refusal is a normal answer; no failure shows a traceback."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["version"]):
        sys.stdout.write(f"pathways {VERSION}\n")
        return
    from commands.run import run

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
