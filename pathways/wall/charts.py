"""Charts as data: what is drawn, in which colours, and the words that stand for the picture.

A value that is None is one that is hidden; `NOTHING` is one that there is none of. The words hold every number that is printed in the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan
from typing import Literal

Kind = Literal["stacked", "weekly", "paired", "ordered", "dots", "strip", "run"]
Role = Literal["on_time", "late", "context", "band", "soon"]
Value = float | None
NOTHING = nan

KINDS: dict[Kind, str] = {
    "stacked": "Bar chart",
    "weekly": "Bar chart by week",
    "paired": "Bar chart by month",
    "ordered": "Bar chart",
    "dots": "Dot plot",
    "strip": "Dot plot",
    "run": "Line chart",
}


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one meaning, one for each label; `role` chooses the colour."""

    name: str
    role: Role
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: its title states the finding, `of` says what is counted.

    A strip takes `spread`, the dots of each label, in place of series; `limit` draws a line with its words.
    """

    kind: Kind
    title: str
    of: str
    labels: tuple[str, ...]
    series: tuple[Series, ...] = ()
    spread: tuple[tuple[float, ...], ...] = ()
    unit: str = ""
    limit: tuple[float, str] | None = None
    height: float = 0

    @property
    def shows(self) -> bool:
        """Whether there is anything to see: some number that is neither hidden nor nothing."""
        values = [value for each in self.series for value in each.values]
        return any(self.spread) or any(value is not None and value > 0 for value in values)

    @property
    def words(self) -> str:
        """What the picture shows, for whoever does not see it: every number of it."""
        parts = []
        for place, label in enumerate(self.labels):
            if self.spread:
                said = ", ".join(number(each, self.unit) for each in self.spread[place]) or "none"
            elif len(self.series) == 1:
                said = number(self.series[0].values[place], self.unit)
            else:
                said = ", ".join(
                    f"{number(each.values[place], self.unit)} {each.name}" for each in self.series
                )
            parts.append(f"{label}: {said}")
        limit = f" The line is at {self.limit[0]:g}: {self.limit[1]}." if self.limit else ""
        return f"{KINDS[self.kind]} of {self.of}. {'; '.join(parts) or 'Nothing to draw'}.{limit}"


def number(value: Value, unit: str = "") -> str:
    """A value as it is printed on a bar and said in words."""
    if value is None:
        return "c"
    if isnan(value):
        return "none"
    return f"{value:,.0f}{unit}" if value == int(value) else f"{value:,.1f}{unit}"
