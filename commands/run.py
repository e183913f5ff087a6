"""Run a command: find it without importing the others, and turn every failure into a sentence and a code."""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any

import typer
import typer.core

from commands import screen
from commands.registry import COMMANDS, GROUPS
from commands.style import STYLE, nearest, refuse_swallowed
from pathways.errors import BUG, STOPPED, USAGE, Mistyped, NotReady, PathwayError

DISK = dict.fromkeys(
    (errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "The disk is full. Nothing more was saved; free some space."
)
DISK |= dict.fromkeys(
    (errno.EIO, errno.EROFS),
    "This disk cannot be read or written. Nothing more was saved; run: pathways doctor",
)
"""What a disk says when it is at its end, wherever in a command it says so."""
HELD = "Stopped. Nothing more was saved."


@cache
def _built(name: str) -> Any:
    """A command of the registry, imported now; a process that runs many command lines builds each command once."""
    command = typer.main.get_command(import_module(COMMANDS[name][0]).app)
    command.name = name
    return command


class Lazy(typer.core.TyperGroup):
    """The commands of the registry; each is imported only when it is the one that was asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every name, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, imported now."""
        return _built(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As usual; a name that is none gets the nearest one."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            near = nearest(args[0], COMMANDS)
            meant = f" Did you mean {near}?" if near else " All commands: pathways help"
            raise typer.TyperException(f"No command {screen.shown(args[0])}.{meant}")
        found = super().resolve_command(ctx, args)
        refuse_swallowed(ctx, *found)
        return found

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the registry; nothing is imported for it."""
        for group in GROUPS:
            rows = [(name, says) for name, (_, says, where) in COMMANDS.items() if where == group]
            with formatter.section(group):
                formatter.write_dl(rows)


app = typer.Typer(invoke_without_command=True, **STYLE | {"cls": Lazy})


@app.callback()
def start(context: typer.Context) -> None:
    """Keeps children's-safeguarding cases moving, on time, with proof.

    Try it without any set-up:  pathways demo   then   pathways worklist
    """
    if context.invoked_subcommand is None:
        from commands.home import today_at_a_glance

        today_at_a_glance()


typed: list[str] = []
"""The command line that runs, word for word."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code; see `pathways help exit-codes`."""
    typed[:] = arguments
    try:
        code = _outcome(arguments)
    except screen.Unwritten as unsaid:
        screen.complain(str(unsaid))
        code = unsaid.code
    for module in ("commands.forms", "commands.desk"):
        if module in sys.modules:
            sys.modules[module].tell()
    return code


def _outcome(arguments: Sequence[str]) -> int:
    """Run one command line; every failure is a sentence and a code.

    Raises:
        Unwritten: the answer, or why there is none, cannot be written to standard output.
    """
    screen.prepare()
    _start_quickly()
    as_json = "--json" in arguments
    if not all(map(screen.is_text, arguments)):
        screen.complain(
            "What was typed holds bytes that are no text. Type it again, or give it in a file: --from FILE"
        )
        return USAGE
    command: Any = typer.main.get_command(app)
    try:
        code = command.main(args=list(arguments), prog_name="pathways", standalone_mode=False)
        if code == STOPPED:
            screen.complain(HELD)
        return code if isinstance(code, int) else 0
    except typer.TyperException as slip:
        from commands.refusals import explain

        return explain(Mistyped(_slip(slip)), as_json=as_json)
    except screen.Unwritten:
        raise
    except PathwayError as refused:
        from commands.refusals import explain

        return explain(refused, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        screen.complain(HELD)
        return STOPPED
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else BUG
    except Exception as bug:
        from commands.refusals import explain, incident

        refusal = _disk(bug)
        return explain(refusal, as_json=as_json) if refusal else incident(bug)


def _slip(slip: typer.TyperException) -> str:
    """What was mistyped in a command line, in a sentence that says what to do instead."""
    context, param = getattr(slip, "ctx", None), getattr(slip, "param", None)
    help_on = f"{context.command_path} -h" if context is not None else "pathways help"
    wrong = getattr(slip, "option_name", "")
    if wrong and not hasattr(slip, "possibilities"):
        return f"{wrong} needs a value after it. What the command takes: {help_on}"
    if wrong:
        near = " or ".join(getattr(slip, "possibilities") or ())  # noqa: B009  # not in the class that is public
        return f"There is no option {wrong}. " + (
            f"Did you mean {near}?" if near else f"What there is: {help_on}"
        )
    if param is not None:
        option = param.param_type_name == "option"
        named = max(param.opts, key=len) if option else param.metavar or param.human_readable_name
        if not slip.message:
            return f"{named} is missing. What the command takes: {help_on}"
        return f"{named}: {slip.message}"
    if slip.format_message() in ("", "Missing command."):
        return f"A word is missing after this command. Which there are: {help_on}"
    if slip.format_message().startswith("Got unexpected extra"):
        return f"There are more words than the command takes. What it takes: {help_on}"
    return slip.format_message()


def _start_quickly() -> None:
    """Take plain options without loading pydantic, where this Typer lets itself be helped; else it goes its own way."""
    with suppress(ImportError):
        from commands import coercion

        coercion.install()


def _disk(fault: Exception) -> PathwayError | None:
    """What a disk that is full or broken comes to; None where it was not the disk.

    Raises:
        Unwritten: it was standard output that could not be written to.
    """
    if isinstance(fault, OSError):
        screen.write_out()  # where what Typer itself writes, as help, is what failed
        return NotReady(DISK[fault.errno]) if fault.errno in DISK else None
    from models.driver_faults import trouble

    return trouble(fault)
