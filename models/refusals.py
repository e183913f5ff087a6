"""What the write path says no with: a rule of the pathway's, for one case or for several children at once."""

from __future__ import annotations

from pathways.engine import Refused
from pathways.errors import NOT_ALLOWED, REFUSED, USAGE, PathwayError


class RefusedMove(PathwayError):
    """A rule said no. Arguments: reference, trigger, the verdict, the state's label."""

    @property
    def code(self) -> int:  # type: ignore[override]
        """3 refused; 4 where the role may not; 2 where there is no such action."""
        return {"not_theirs": NOT_ALLOWED, "no_such_move": USAGE}.get(self.verdict.kind, REFUSED)

    @property
    def verdict(self) -> Refused:
        """Why, in full."""
        found: Refused = self.args[2]
        return found

    def __str__(self) -> str:
        reference, trigger, verdict, _ = self.args
        reasons = "; ".join(each.message for each in verdict.reasons)
        return f"{trigger.replace('_', '-')} on {reference} is refused: {reasons}."


class Withdrawn(PathwayError):
    """The case was opened in error and taken back. One argument: the reference."""

    def __str__(self) -> str:
        return (
            f"{self.args[0]} was opened in error and taken back. To put it back: pathways undo {self.args[0]}. "
            "Until then nothing more is done on it."
        )


class BrokenCondition(PathwayError):
    """A condition could not be evaluated; nothing moves on it. Arguments: reference, what broke."""

    def __str__(self) -> str:
        return (
            f"A condition of this move could not be worked out ({self.args[1]}). Nothing was changed; "
            f"tell whoever looks after the definitions, quoting {self.args[0]}."
        )


class RefusedTogether(PathwayError):
    """A rule said no for some of several children, so nothing was done for any. One argument: a refusal for each."""

    @property
    def code(self) -> int:  # type: ignore[override]
        """As the first refusal's own."""
        return int(self.refusals[0].code)

    @property
    def refusals(self) -> tuple[PathwayError, ...]:
        """What was refused, in the order of the references."""
        found: tuple[PathwayError, ...] = self.args[0]
        return found

    def __str__(self) -> str:
        return " ".join(("Nothing was written for any of these children.", *map(str, self.refusals)))
