"""The lists that a safeguarding lead keeps of the files: under which heading a child stands. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from pathways.compatibility import EARLY_HELP_PLAN, IN_NEED_PLAN, PROTECTION_PLAN


class Heading(IntEnum):
    """Where a child stands on the central list. The first that fits is the one that counts."""

    PROTECTION = 1
    IN_NEED = 2
    EARLY_HELP = 3
    WATCHED = 4
    HISTORIC = 5

    @property
    def label(self) -> str:
        """The heading in words."""
        return _LABELS[self]


_LABELS = {
    Heading.PROTECTION: "Child protection plan",
    Heading.IN_NEED: "Child in need plan",
    Heading.EARLY_HELP: "Early help plan",
    Heading.WATCHED: "Watched",
    Heading.HISTORIC: "Historic concern",
}
WATCHED = "watched"
"""The mark on a case or a person by which somebody says that a child is being watched."""
_PLANS = {
    "child_protection": (PROTECTION_PLAN, Heading.PROTECTION),
    "child_in_need": (IN_NEED_PLAN, Heading.IN_NEED),
    "early_help": (EARLY_HELP_PLAN, Heading.EARLY_HELP),
}
LISTED = tuple(_PLANS)
CONCERNS = (
    "front_door", "encompass", "genital_mutilation", "prevent", "modern_slavery", "missing_child", "neglect_screen",
)  # fmt: skip
"""The pathways on which a concern about a child is brought."""


def heading(pathway: str, state: str, *, is_open: bool, watched: bool) -> Heading | None:
    """Under which heading one case puts its child; None where it puts them under none.

    A case that is open and not yet on a plan (an enquiry, an assessment) is no plan and no history.
    """
    found = _PLANS.get(pathway)
    if found and is_open and state in found[0]:
        return found[1]
    if watched:
        return Heading.WATCHED
    return None if is_open else Heading.HISTORIC


def first(headings: Iterable[Heading | None]) -> Heading | None:
    """The heading of a child with several cases: of plans the one that protects most, then watching, then history."""
    return min((each for each in headings if each is not None), default=None)
