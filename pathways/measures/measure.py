"""What makes a function a measure, and the weeks and months that measures count by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from inspect import cleandoc
from statistics import median
from typing import Any

from pathways.moments import add_months

WEEKS = 12

MEASURES: dict[str, Callable[..., Any]] = {}


def measure(function: Callable[..., Any]) -> Callable[..., Any]:
    """Enter a measure in the list that the documentation and the pages read."""
    MEASURES[function.__name__] = function
    return function


def explained(function: Callable[..., Any]) -> str:
    """How a measure is worked out: its docstring as paragraphs of one line each."""
    said = cleandoc(function.__doc__ or "")
    return "\n\n".join(" ".join(part.split()) for part in said.split("\n\n"))


def middle(values: Iterable[int]) -> float | None:
    """The median, or None of nothing."""
    found = list(values)
    return median(found) if found else None


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def last_weeks(today: date, number: int = WEEKS) -> list[date]:
    """The Mondays of so many weeks, this one last."""
    this = monday(today)
    return [this - timedelta(weeks=back) for back in range(number - 1, -1, -1)]


def last_months(today: date, number: int = 6) -> list[date]:
    """The first days of so many months, this one last."""
    first = today.replace(day=1)
    return [add_months(first, -back) for back in range(number - 1, -1, -1)]
