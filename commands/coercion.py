"""Plain words, whole numbers and flags of the command line, taken without pydantic.

Typer builds a pydantic adapter for every option of a command, the plainest included, and loading pydantic takes a
third of the time in which an everyday command has answered. The four types that our commands use need none; whatever
else a command may ask for goes Typer's own way. Typer offers no public hook for this, so this module alone leans on a
part of it that may change: where that part is gone it cannot be imported, and commands run without it, slower.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import typer.core
from typer import BadParameter
from typer._coercion import RuntimeParam, TypeDescriptor, build_runtime_param

PLAIN = (str, bool, int, list[str])
_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


@dataclass(frozen=True)
class Plain(RuntimeParam):
    """One option or argument of a plain type."""

    def _coerce_value(self, value: Any, param: Any, ctx: Any) -> Any:
        if self.annotation == list[str]:
            return [str(each) for each in value]
        if self.annotation is bool:
            if isinstance(value, bool):
                return value
            if str(value).lower() in _FLAGS:
                return _FLAGS[str(value).lower()]
            raise BadParameter("Answer yes or no.", ctx=ctx, param=param)
        return self._number(value, param, ctx) if self.annotation is int else str(value)

    def _number(self, value: Any, param: Any, ctx: Any) -> int:
        try:
            number = int(value) if len(str(value)) < 19 else None
        except ValueError:
            number = None
        low, high = self.parameter_info.min, self.parameter_info.max
        if number is None or (low is not None and number < low) or (high is not None and number > high):
            span = f" of at least {low}" if low is not None and high is None else ""
            span = f" from {low} to {high}" if low is not None and high is not None else span
            raise BadParameter(f"Give a whole number{span}, not '{str(value)[:40]}'.", ctx=ctx, param=param)
        return number


def runtime_param(descriptor: TypeDescriptor) -> RuntimeParam:
    """What takes a parameter: plain ones here, all others as Typer does."""
    if descriptor.annotation in PLAIN and not (
        descriptor.is_choice or descriptor.is_file or descriptor.is_path
    ):
        return Plain(parameter_info=descriptor.parameter_info, annotation=descriptor.annotation)
    return build_runtime_param(descriptor)


def install() -> None:
    """Let Typer take plain parameters in this way from now on."""
    typer.core.build_runtime_param = runtime_param  # type: ignore[attr-defined]
