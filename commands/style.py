"""How every command is laid out: groups of commands, the nearest word, options that lack their value, help with examples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import typer
import typer.core

from commands import screen
from pathways.errors import Mistyped


class Group(typer.core.TyperGroup):
    """Several commands under one name. A case may stand before the word: `access cp41 why`."""

    of_case = ""
    """The command that is meant where a case stands alone; empty where none is."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As usual; a name that is none gets the nearest one."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = self._meant(ctx, args)
        found = super().resolve_command(ctx, args)
        refuse_swallowed(ctx, *found)
        return found

    def _meant(self, ctx: Any, args: list[str]) -> list[str]:
        from models.queries import is_reference

        if is_reference(args[0]) and len(args) > 1 and args[1] in self.commands:
            return [args[1], args[0], *args[2:]]
        near = "" if is_reference(args[0]) else nearest(args[0], self.commands)
        if self.of_case and not near:
            return [self.of_case, *args]
        group = str(ctx.command_path)
        meant = f" Did you mean {near}?" if near else f" Which there are: {group} -h"
        raise typer.TyperException(f"No command {screen.shown(args[0])} under {group}.{meant}")

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands, what each does whole."""
        rows = [(name, _in_full(command)) for name, command in self.commands.items() if not command.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def nearest(typed: str, names: Iterable[str]) -> str:
    """The name that was probably meant; empty where none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(typed, names, n=1)), "")


def refuse_swallowed(context: Any, name: str | None, command: Any, arguments: Sequence[str]) -> None:
    """Refuse an option where the value of the one before it belongs: `--unused --dry-run` names no file.

    What does begin so is still a value after an equals sign: `--unused=--dry-run`.

    Raises:
        Mistyped: an option lacks its value.
    """
    takes = {
        each
        for param in command.params
        if param.param_type_name == "option" and not (param.is_flag or param.count)
        for each in param.opts
    }
    words = iter(arguments)
    for word in words:
        if word == "--":
            return
        if word not in takes:
            continue
        value = next(words, "")
        if value == "-h" or (value.startswith("--") and not any(map(str.isspace, value))):
            raise Mistyped(
                f"{word} needs a value after it, and {screen.shown(value)[:40]} is none. What the command takes: "
                f"{context.command_path} {name} -h"
            )


def _in_full(command: Any) -> str:
    """What a command does: the first paragraph of its help, or of its function's words for a group."""
    return " ".join((command.help or "").strip().partition("\n\n")[0].split())


STYLE: dict[str, Any] = {
    "cls": Group,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "add_completion": False,
    "context_settings": {"help_option_names": ["-h", "--help"], "max_content_width": 80},
}


def examples(says: str, *lines: str) -> str:
    """A command's help: what it does, and examples that can be typed as they stand."""
    listed = "\n".join(part for line in lines for part in screen.typed(line, 2, screen.WIDTH - 2))
    return f"{says}\n\n\b\nExamples:\n{listed}"
