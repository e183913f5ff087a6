"""What a case, `--json` and other options that many commands have are called in all of them."""

from __future__ import annotations

from typing import Annotated

import typer

Case = Annotated[str, typer.Argument(metavar="CASE", help="A reference, or a short form: cp41.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]
NoInput = Annotated[bool, typer.Option("--no-input", help="Ask nothing.")]
Because = Annotated[str, typer.Option("--because", metavar="TEXT", help="Why; it stays on the trail.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
NeverAsks = Annotated[bool, typer.Option("--no-input", help="Ask nothing; this command never does.")]
"""For what is asked by habit, or by a script, of a command that asks nothing anyway."""
