"""When supervision falls due next, and how that was counted, on a screen and as JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from commands import screen
from commands.spoken import full_day, iso, short_day
from pathways.moments import local_day

if TYPE_CHECKING:
    from models.supervision_next import Dated
    from pathways.days import Replay


def due_on(found: Replay | None) -> date | None:
    """The London day on which a count ends; None where the authority has no figure."""
    return None if found is None else local_day(found.due.due)


def _cell(never: bool, found: Replay | None, today: date) -> str:
    day = due_on(found)
    return "now" if never else "no figure" if day is None else short_day(day, today)


def is_late(found: Replay | None, today: date) -> bool:
    """Whether that day has passed."""
    day = due_on(found)
    return day is not None and day < today


def dated_json(each: Dated, today: date) -> dict[str, Any]:
    """When somebody's supervision is due, as JSON says it."""
    return {
        "login": each.login,
        "kind": each.kind,
        "last_on": iso(each.last_on),
        "aim_on": iso(due_on(each.next.aim)),
        "due_on": iso(due_on(each.next.last)),
        "late": each.next.late(today),
        "rules": list(each.next.rules),
    }


def who_falls_due(found: list[Dated], met: list[tuple[str, date, Replay | None]], today: date) -> list[str]:
    """Everybody who falls due and every team that meets, as a screen."""
    lines = [f"Supervision: {full_day(today)}", ""]
    if not found:
        lines.append("  Nobody whose sessions you may read falls due.")
    else:
        rows = [
            (
                each.login,
                "none" if each.last_on is None else short_day(each.last_on, today),
                _cell(each.next.never, each.next.aim, today),
                _cell(each.next.never, each.next.last, today),
                "LATE" if each.next.late(today) else "past its aim" if each.next.aim_missed(today) else "",
            )
            for each in found
        ]
        lines += screen.table(("Of", "Last", "Aim", "Last day", ""), (24, 13, 13, 13, 12), rows)
    if met:
        teams = [
            (team, short_day(last, today), _cell(False, each, today), "LATE" if is_late(each, today) else "")
            for team, last, each in met
        ]
        lines += ["", *screen.table(("Team meeting", "Last", "Next by", ""), (24, 13, 13, 12), teams)]
    return lines


def how_counted(each: Dated, today: date) -> list[str]:
    """How the dates of one person were counted, and under which rules."""
    from pathways.supervision import KINDS

    lines = [f"Supervision of {screen.shown(each.login)}, {KINDS[each.kind]}", ""]
    if each.last_on is None:
        return [*lines, "  There is no one-to-one on the record that you may read, so it is due now."]
    lines.append(f"  Last one-to-one  {full_day(each.last_on)}")
    counted = zip(("Aim", "Last day"), (each.next.aim, each.next.last), each.next.rules, strict=True)
    for label, found, rule in counted:
        day = due_on(found)
        if found is None or day is None:
            lines += screen.wrapped(f"  {label}", f"the authority has no figure for {rule}", indent=19)
            continue
        late = " (passed)" if day < today else ""
        lines += screen.wrapped(f"  {label}", f"{full_day(day)}{late}", indent=19)
        lines += screen.wrapped("", f"{rule}: {found.sentence}", indent=19)
    return lines
