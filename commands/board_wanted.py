"""What the board is asked to show, and what it hands back: apart from the board, which loads a library to draw it."""

from __future__ import annotations

from dataclasses import dataclass

VIEWS = "views-recorded"
"""The action that a conference's board is written down with, as it is typed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the board shows: empty for the person's own team, and for the first pathway with cases.

    `case` is the one that is looked at, and `words` the command line that was chosen on the board, if any.
    """

    pathway: str = ""
    team: str = ""
    mine: bool = False
    restricted: bool = False
    case: str = ""
    words: tuple[str, ...] = ()
    left_alone: bool = False
