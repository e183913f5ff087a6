"""England's bank holidays, from the `holidays` package: how the project's own table is made and extended.

Nothing else needs the package; a count reads the table. Only days that close an office are kept: a bank
holiday that falls at a weekend is left out, and its substitute day stands in the table instead.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from importlib import metadata

from pathways.errors import NotReady

NAMES = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Millennium Celebrations": "Millennium bank holiday",
    "Golden Jubilee of Elizabeth II": "Golden Jubilee bank holiday",
    "Wedding of William and Catherine": "Royal wedding bank holiday",
    "Diamond Jubilee of Elizabeth II": "Diamond Jubilee bank holiday",
    "Platinum Jubilee of Elizabeth II": "Platinum Jubilee bank holiday",
    "State Funeral of Queen Elizabeth II": "State funeral bank holiday",
    "Coronation of Charles III": "Coronation bank holiday",
}


def from_package(first_year: int, last_year: int) -> tuple[list[tuple[date, str]], str]:
    """Every weekday bank holiday of England in these years (both included), and the version it comes from.

    Raises:
        NotReady: the `holidays` package is not installed.
    """
    try:
        import holidays
    except ImportError:
        raise NotReady(
            "The bank holidays cannot be looked up because the package `holidays` is not installed; "
            "install it with: pip install 'safeguarding-pathways[calendar]'."
        ) from None
    found = holidays.country_holidays(
        "GB", subdiv="ENG", years=range(first_year, last_year + 1), observed=True
    )
    rows = [
        (day, _name(found.get(day)))
        for day in sorted(found)
        if first_year <= day.year <= last_year and day.weekday() < 5
    ]
    return rows, f"holidays {metadata.version('holidays')}"


def as_csv(
    rows: Iterable[tuple[date, str]], first_year: int, last_year: int, version: str, made_on: date
) -> str:
    """The table as `Calendar.from_csv` reads it; its first line says from where, when, and for which years."""
    text = io.StringIO()
    text.write(
        f"# Bank holidays in England, {first_year} to {last_year}, made {made_on.isoformat()} from {version}; "
        "one-off days proclaimed later are not in it\n"
    )
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("date", "name"))
    writer.writerows((day.isoformat(), name) for day, name in rows)
    return text.getvalue()


def _name(found: str) -> str:
    plain = found.removesuffix(" (observed)")
    name = NAMES.get(plain, plain)
    return name if plain == found else f"{name} (substitute day)"
