"""What may be reviewed, as lists: files, single pages of files that are kept, sessions of supervision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from commands import screen
from commands.retention_why import asked_json, file_json, in_runs, pages_json
from commands.spoken import full_day, iso, short_day

if TYPE_CHECKING:
    from models.page_retention import DuePages
    from models.retention import OldSession, Weighed


def list_screen(
    found: Sequence[Weighed],
    pages: Sequence[DuePages],
    sessions: Sequence[OldSession],
    many: int,
    today: date,
) -> list[str]:
    """What may be reviewed, so many of each: which rule or pages, since when, and how it stands."""
    lines = [f"Files that may be reviewed: {full_day(today)}", ""]
    if found:
        files = [
            (each.reference, each.together.rule, _since(each.together.free_on, today), _stands(each))
            for each in found
        ]
        lines += _listed(("Case", "Rule"), files, many)
    else:
        lines.append("  None. What is held, open, or not yet at its end is not on this list.")
    if pages:
        lines += ["", "Pages whose own keeping has ended, of files that are kept longer"]
        runs = [
            (each.reference, in_runs(each.pages), _since(each.first_free, today), _stands(each))
            for each in pages
        ]
        lines += _listed(("Case", "Pages"), runs, many)
    if sessions:
        lines += ["", "Sessions of supervision of people who have left"]
        held = [
            (
                each.name,
                f"{each.practitioner}, {short_day(each.held_on, today)}",
                _since(each.keeping.free_on, today),
                _stands(each),
            )
            for each in sessions
        ]
        lines += _listed(("Session", "Of, held"), held, many)
    return lines


def _listed(of: tuple[str, str], rows: Sequence[tuple[str, str, str, str]], many: int) -> list[str]:
    """So many of the rows; `of` heads the first two columns."""
    lines = screen.table((*of, "Since", "How it stands"), (16, 28, 12, 20), rows[:many])
    return [*lines, f"and {len(rows) - many} more: add -n {len(rows)}"] if len(rows) > many else lines


def _since(day: date | None, today: date) -> str:
    """A day as a column has room for it, its year with it."""
    return "not known" if day is None else short_day(day, today)


def _stands(each: Weighed | DuePages | OldSession) -> str:
    if each.asked is None:
        return "to be reviewed"
    return "asked for" if each.asked.verdict == "waiting" else "agreed"


def list_json(
    found: Sequence[Weighed],
    pages: Sequence[DuePages],
    sessions: Sequence[OldSession],
    many: int,
    today: date,
) -> dict[str, Any]:
    """The same lists as JSON says them; `all` counts the files."""
    from models.page_retention import DuePages

    return {
        "due": [file_json(each, DuePages(each.reference, {}), today) for each in found[:many]],
        "all": len(found),
        "pages": [pages_json(each) for each in pages[:many]],
        "sessions": [
            {
                "session": each.number,
                "practitioner": each.practitioner,
                "held_on": iso(each.held_on),
                "rule": each.keeping.rule,
                "free_on": iso(each.keeping.free_on),
                "asked": asked_json(each.asked),
            }
            for each in sessions[:many]
        ],
    }


def after_list(
    found: Sequence[Weighed], pages: Sequence[DuePages], sessions: Sequence[OldSession]
) -> list[str]:
    """What is typed after the list: the first that is on it."""
    names = [each.reference for each in found] + [each.reference for each in pages]
    names += [each.name for each in sessions]
    first = next(iter(names), None)
    return [f"pathways retention why {first}" if first else "pathways worklist"]
