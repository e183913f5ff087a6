"""Run a command: find it without importing the others, and turn every failure into a sentence and a code."""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
import typer.core
from typer._click import exceptions as usage

from commands import coercion, screen
from commands.registry import COMMANDS, GROUPS
from pathways.errors import BUG, STOPPED, USAGE, NotReady, PathwayError

STYLE: dict[str, Any] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "add_completion": False,
    "context_settings": {"help_option_names": ["-h", "--help"], "max_content_width": 80},
}


DISK = dict.fromkeys(
    (errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "The disk is full. Nothing more was saved; free some space."
)
DISK |= dict.fromkeys(
    (errno.EIO, errno.EROFS),
    "This disk cannot be read or written. Nothing more was saved; run: pathways doctor",
)
"""What a disk says when it is at its end, wherever in a command it says so."""
HELD = "Stopped. Nothing more was saved."


def examples(says: str, *lines: str) -> str:
    """A command's help: what it does, and examples that are not wrapped."""
    listed = "\n".join(f"  {line}" for line in lines)
    return f"{says}\n\n\b\nExamples:\n{listed}"


class Lazy(typer.core.TyperGroup):
    """The commands of the registry; each is imported only when it is the one that was asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every name, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(COMMANDS[cmd_name][0]).app)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As usual; a name that is none gets the nearest one."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            meant = f" Did you mean {near[0]}?" if near else " All commands: pathways help"
            raise usage.UsageError(f"No command {screen.shown(args[0])}.{meant}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the registry; nothing is imported for it."""
        for group in GROUPS:
            rows = [(name, says) for name, (_, says, where) in COMMANDS.items() if where == group]
            with formatter.section(group):
                formatter.write_dl(rows)


app = typer.Typer(cls=Lazy, invoke_without_command=True, **STYLE)


@app.callback()
def start(context: typer.Context) -> None:
    """Keeps children's-safeguarding cases moving, on time, with proof.

    Try it without any set-up:  pathways demo   then   pathways worklist
    """
    if context.invoked_subcommand is None:
        from commands.home import today_at_a_glance

        today_at_a_glance()


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code; see `pathways help exit-codes`."""
    code = _outcome(arguments)
    if "commands.forms" in sys.modules:
        sys.modules["commands.forms"].tell()
    return code


def _outcome(arguments: Sequence[str]) -> int:
    """Run one command line; every failure is a sentence and a code."""
    screen.prepare()
    coercion.install()
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
    except usage.ClickException as slip:
        screen.complain(slip.format_message() or "A command is missing. All commands: pathways help")
        return USAGE
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


def _disk(fault: Exception) -> PathwayError | None:
    """What a disk that is full or broken comes to; None where it was not the disk."""
    if isinstance(fault, OSError):
        return NotReady(DISK[fault.errno]) if fault.errno in DISK else None
    from models.store import trouble

    return trouble(fault)
