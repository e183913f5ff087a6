"""The conference of a case, as it stands: its day and limit, what it lacks, reports, invitees, what the last one decided.

All of it is read from the trail and its records, and kept nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.as_at import story
from models.booked import booking_of
from models.meetings import meeting_of
from models.plans import come
from models.queries import CaseView
from models.transaction import Transaction
from pathways.bookings import Booking
from pathways.child_protection import CONFERENCES, PLAN_LASTS, PREBIRTH_DUE, PREPARING
from pathways.clocks import Rules
from pathways.conference_ledger import (
    Invitee,
    Report,
    Written,
    ends_a_conference,
    in_one_line,
    invitees,
    reports,
    wanting,
)
from pathways.days import local_day
from pathways.errors import PathwayError
from pathways.outline_plan import Come
from pathways.restating import Told, withdrawn
from pathways.trail import CHASED

PATHWAY = "child_protection"
REPORT_RULES = ("cp.report_icpc", "cp.report_rcpc")
LIMITS = (
    "cp.icpc",
    "cp.prebirth_icpc",
    "cp.transfer_in",
    "cp.rcpc_first",
    "cp.rcpc_next",
    "cp.rcpc_prebirth",
)
"""The rules that say by when a conference is to be held."""


class NoConference(PathwayError):
    """A case that has no conference, now or ever. Argument: the reference."""

    def __str__(self) -> str:
        return (
            f"No conference is being prepared for {self.args[0]}, and none is being held. "
            f"What can be done: pathways next {self.args[0]}"
        )


@dataclass(frozen=True, slots=True)
class Conference:
    """A conference as it is being prepared or held; `last` is the one before, with what it decided.

    `booked_on` is its day, `limit` the running limit by which it is to be held, None where none runs. `plan` is the
    outline plan that stands, with how far each action has come.
    """

    booked_on: date | None
    limit: Any
    sitting: bool
    lacking: tuple[str, ...]
    reports: tuple[Report, ...]
    invitees: tuple[Invitee, ...]
    booking: Booking | None
    invitation: Mapping[str, Any]
    board: Mapping[str, Any]
    started: Mapping[str, Any]
    decision: Told | None
    beside: tuple[str, ...]
    plan: tuple[Come, ...] = ()

    @property
    def line(self) -> str:
        """Whether it can begin, in a line."""
        return in_one_line(self.lacking)


def being_prepared(view: CaseView) -> bool:
    """Whether a case has a conference that is being prepared or held."""
    return view.pathway.name == PATHWAY and view.row.state in (*PREPARING, *CONFERENCES)


def conference(tx: Transaction, view: CaseView, rules: Rules, today: date) -> Conference:
    """The conference of a case as it stands.

    Raises:
        NoConference: the case is not on the way to one, and has held none.
    """
    entries = story(tx, view.reference, view.row.id)
    gone = withdrawn(entries)
    stands = [each for each in entries if each.seq not in gone and (each.action == CHASED or not each.idle)]
    decided = [each for each in stands if ends_a_conference(view.pathway, each.action)]
    decision = decided[-1] if decided else None
    if not being_prepared(view) and decision is None:
        raise NoConference(view.reference)
    since = decision.seq if decision is not None else 0
    if not being_prepared(view):
        since = max((each.seq for each in decided if each.seq < since), default=0)
    here = [_written(each) for each in stands if each.seq > since]
    due_on = max(
        (
            (row.opened_seq, row.due_on)
            for row in tx.all("deadlines_of_case", case_id=view.row.id)
            if row.rule in REPORT_RULES and row.opened_seq > since
        ),
        default=(0, None),
    )[1]
    meeting = meeting_of(tx, view.row.id)
    beside = tuple(each for each in meeting.references if each != view.reference) if meeting else ()
    return Conference(
        booked_on(view),
        limit_of(view),
        view.row.state in CONFERENCES,
        tuple(wanting(view.facts, unborn=view.row.state in PREBIRTH_DUE))
        if view.pathway.name == PATHWAY and view.row.state in PREPARING
        else (),
        reports(here, due_on, rules.calendar, today),
        invitees(here),
        booking(tx, view),
        _last(here, "invite"),
        _last(here, "views_recorded"),
        _last(here, "start_conference"),
        decision,
        beside,
        come(stands),
    )


def _written(entry: Told) -> Written:
    body = entry.body if entry.body is not None else entry.payload
    return Written(entry.action, local_day(entry.effective_at), entry.actor, body)


def _last(here: Iterable[Written], trigger: str) -> Mapping[str, Any]:
    return next((each.body for each in reversed(list(here)) if each.trigger == trigger), {})


def booked_on(view: CaseView) -> date | None:
    """The day for which the conference that is being prepared is booked."""
    facts = view.row.facts
    day = (
        facts.get("rcpc_on") if view.row.state in PLAN_LASTS else facts.get("icpc_on") or facts.get("rcpc_on")
    )
    return date.fromisoformat(day) if day else None


def limit_of(view: CaseView) -> Any:
    """The running limit by which the conference is to be held; the first, where there are several."""
    return min((row for row in view.running if row.rule in LIMITS), key=lambda row: row.due_on, default=None)


def booking(tx: Transaction, view: CaseView) -> Booking | None:
    """For when, where and with which chair a case's conference is booked; None where it is not."""
    day, meeting = booked_on(view), meeting_of(tx, view.row.id)
    if day is None or not being_prepared(view):
        return None
    if meeting is None or meeting.row.booked_on != day:
        return Booking((view.reference,), day)
    return booking_of(meeting.row, meeting.references, day)
