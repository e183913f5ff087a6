"""Every refusal and every failure that a person may meet, as one plain sentence.

An error keeps its arguments in `args` and builds its sentence in `__str__`, so that it survives being
pickled between processes. `code` is the exit status of the command line. No sentence carries a person's name.
"""

from __future__ import annotations

from typing import ClassVar

OK, BUG, USAGE, REFUSED, NOT_ALLOWED, NOT_FOUND, CONFLICT, LATE, PARTLY, NOT_PROVEN, NOT_READY = range(11)
STOPPED = 130


class PathwayError(Exception):
    """Anything this program refuses or cannot do; `str()` is the sentence a person reads."""

    code: ClassVar[int] = REFUSED


class Mistyped(PathwayError):
    """What was typed or handed in cannot be used as it stands. One argument: the sentence."""

    code = USAGE


class NotReady(PathwayError):
    """The program cannot work now: no database, an upgrade pending, a calendar that ran out. One argument."""

    code = NOT_READY


class BrokenDefinition(PathwayError):
    """A pathway's definition contradicts itself; it is refused when loaded. Arguments: pathway, faults."""

    code = BUG

    def __str__(self) -> str:
        pathway, faults = self.args
        return f"The pathway {pathway} cannot be loaded: " + "; ".join(faults) + "."
