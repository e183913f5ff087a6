"""What the options of a move are called in every command that makes one."""

from __future__ import annotations

from typing import Annotated

import typer

On = Annotated[str, typer.Option("--on", metavar="DATE", help="The day it happened: today, 19/11/2026, fri.")]
At = Annotated[str, typer.Option("--at", metavar="TIME", help="The time it happened: 9:20am, 15:00.")]
Because = Annotated[
    str, typer.Option("--because", metavar="TEXT", help="The reason, for an override or a decision.")
]
Answer = Annotated[
    list[str] | None, typer.Option("--answer", metavar="NAME=VALUE", help="One answer; may be given again.")
]
From = Annotated[
    str, typer.Option("--from", metavar="FILE", help="Answers as a JSON object; - for standard input.")
]
By = Annotated[str, typer.Option("--by", metavar="ROLE", help="Who decided, as conference-chair.")]
Override = Annotated[
    list[str] | None,
    typer.Option("--override", metavar="ID", help="Go ahead without this; may be given again."),
]
With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="CASE",
        help="Another child of the conference: CASE, CASE=ACTION, or all; may be given again.",
    ),
]
Although = Annotated[bool, typer.Option("--although", help="Book a conference although it breaks something.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and keep nothing.")]
NoInput = Annotated[bool, typer.Option("--no-input", help="Ask nothing; list what is missing.")]
