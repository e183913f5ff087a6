"""The conferences for which a slot is wanted: no day is booked for them, or nothing but a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from models.as_at import story
from models.chairing import chairs_on, last_chair, managing
from models.conference import booked_on, booking, limit_of
from models.queries import CaseView, case_view
from models.transaction import Transaction
from pathways.child_protection import BEFORE_A_PLAN, PLAN_LASTS
from pathways.scheduling import Child


@dataclass(frozen=True, slots=True)
class ToHold:
    """The conferences for which a slot is wanted; `undated` are cases whose limit is not running, so that none is known."""

    children: tuple[Child, ...]
    undated: tuple[str, ...]
    booked: frozenset[str] = frozenset()
    """Those of the children for whom a day is booked already, and another is looked for."""


def to_hold(
    tx: Transaction, today: date, until: date, *, again: Collection[str] = (), first: date | None = None
) -> ToHold:
    """The conferences that the viewer sees and that no day is booked for, or nothing but a day.

    Args:
        today: the present London day; a limit before it has passed.
        until: a limit after this day is left for a later time.
        again: references of conferences that are booked and are to be placed afresh, with those of their siblings.
        first: the first day on which there are slots; today where left out.
    """
    chairs = chairs_on(tx, today)
    found = {}
    for row in tx.all("open_conferences"):
        if row.state in (*BEFORE_A_PLAN, *PLAN_LASTS):
            found[str(row.reference)] = case_view(tx, row.reference)
    afresh = _with_siblings(found, again)
    begin = first or today
    views: dict[str, CaseView] = {}
    set_days: dict[date, dict[str, CaseView]] = {}
    undated = []
    for reference, view in found.items():
        if booked_on(view) is not None and reference not in afresh:
            day = _day_without_an_hour(tx, view)
            if day is not None and begin <= day <= until:
                set_days.setdefault(day, {})[reference] = view
            continue
        limit = limit_of(view)
        if limit is None:
            undated.append(reference)
        elif limit.due_on <= until:
            views[reference] = view
    families = _families(views)
    children = [
        _child(tx, view, families.get(reference, ""), chairs, begin) for reference, view in views.items()
    ]
    for day, those in set_days.items():
        families = _families(those)
        children += [
            _on_its_day(tx, view, families.get(reference, ""), chairs, day)
            for reference, view in those.items()
        ]
        views |= those
    return ToHold(
        tuple(children),
        tuple(undated),
        frozenset(reference for reference, view in views.items() if booked_on(view) is not None),
    )


def _day_without_an_hour(tx: Transaction, view: CaseView) -> date | None:
    """The day of a conference of which nothing but the day is known, as a decision sets that of a review."""
    booked = booking(tx, view)
    return booked.day if booked is not None and booked.begins is None and not booked.room else None


def _on_its_day(tx: Transaction, view: CaseView, family: str, chairs: frozenset[str], day: date) -> Child:
    """A conference whose day is set, and that lacks an hour, a room and who takes the minutes."""
    entries = story(tx, view.reference, view.row.id)
    return Child(
        view.reference,
        day,
        day,
        last_chair=last_chair(entries, chairs),
        managed_by=managing(entries, view),
        family=family,
    )


def _child(tx: Transaction, view: CaseView, family: str, chairs: frozenset[str], first: date) -> Child:
    limit = limit_of(view)
    entries = story(tx, view.reference, view.row.id)
    return Child(
        view.reference,
        first,
        limit.due_on,
        plan_by=limit.plan_by,
        overdue=limit.due_on < first,
        last_chair=last_chair(entries, chairs),
        managed_by=managing(entries, view),
        family=family,
    )


def _families(views: Mapping[str, CaseView]) -> dict[str, str]:
    """Brothers and sisters among these, each family by its first reference; a child without any is left out."""
    family = {reference: reference for reference in views}
    changed = True
    while changed:
        changed = False
        for reference, view in views.items():
            for each in view.siblings:
                if each.reference in family and family[each.reference] != family[reference]:
                    family[reference] = family[each.reference] = min(
                        family[reference], family[each.reference]
                    )
                    changed = True
    sizes = list(family.values())
    return {reference: first for reference, first in family.items() if sizes.count(first) > 1}


def _with_siblings(views: Mapping[str, CaseView], references: Collection[str]) -> set[str]:
    """These and their brothers and sisters: a conference that is placed afresh is placed for all of them."""
    beside = {each.reference for one in references if one in views for each in views[one].siblings}
    return {*references, *beside}
