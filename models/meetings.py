"""One conference for several children: which cases a meeting is about, and whose family it was on the day it was held.

The write path calls `follow` when a conference is booked, moved, started or put off, and when one decides on the day of
the next, in the same transaction. A case is in one booked meeting at most. Of a meeting everybody sees only the children
whom they may see, whatever is listed, counted or written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.access import NotTheirs, quiet_draft, role_of
from models.anchors import writing
from models.draft import Draft, instant
from models.draft_rows import write_draft
from models.families import MAY_WRITE
from models.kin import family_of, held_on
from models.store import Store
from models.transaction import Transaction
from pathways.bookings import CONFERENCE_MOVES, begins_at
from pathways.child_protection import CONFERENCES, PLAN_LASTS
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.trail import FAMILY

PATHWAY = "child_protection"
BOOKINGS, SETS_A_REVIEW = CONFERENCE_MOVES[:2], CONFERENCE_MOVES[4:]
BOOKED, HELD, PUT_OFF = "booked", "held", "put_off"
CONFERENCE, REVIEW = "conference", "review conference"
"""What a meeting is."""
IN_HOUSEHOLD = "household"
REVIEWED = frozenset((*PLAN_LASTS, "review_conference"))
"""Where a case stands whose conference is a review of a plan."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move on one case that a meeting follows: the case as it is now, the answers, when it happened."""

    draft: Draft
    trigger: str
    body: Mapping[str, Any]
    at: datetime | date


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, with those of its cases that the viewer may see, as they stand in it now."""

    row: Any
    cases: tuple[Any, ...]

    @property
    def references(self) -> tuple[str, ...]:
        """The cases' references."""
        return tuple(str(each.reference) for each in self.cases)


def meeting_of(tx: Transaction, case_id: int) -> Meeting | None:
    """The meeting that a case is in now: the one that is booked, or else the last one that was held."""
    rows = [row for row in tx.all("meetings_of_case", case_id=case_id) if row.left_at is None]
    booked = [row for row in rows if row.status == BOOKED]
    row = next(iter([*booked, *rows]), None)
    return None if row is None else _whole(tx, row)


def last_held(tx: Transaction, case_id: int) -> Meeting | None:
    """The last meeting of a case that was held, or sits; None where none was."""
    rows = tx.all("meetings_of_case", case_id=case_id)
    row = next((each for each in rows if each.left_at is None and each.status == HELD), None)
    return None if row is None else _whole(tx, row)


def _whole(tx: Transaction, row: Any) -> Meeting:
    cases = tx.all("cases_of_meeting", meeting_id=row.id)
    return Meeting(row, tuple(each for each in cases if each.left_at is None))


# --- what the write path does --------------------------------------------------------------------------------


def follow(tx: Transaction, steps: Iterable[Step], now: datetime) -> None:
    """Write down what moves on the cases of one pathway, made together, mean for their meetings."""
    ours = [each for each in steps if each.draft.pathway.name == PATHWAY and each.trigger in CONFERENCE_MOVES]
    for trigger in dict.fromkeys(each.trigger for each in ours):
        alike = [each for each in ours if each.trigger == trigger]
        {
            "book_conference": _book,
            "rebook_conference": _move,
            "start_conference": _start,
            "adjourn": _put_off,
            **dict.fromkeys(SETS_A_REVIEW, _set_review),
        }[trigger](tx, alike, now)


def _of(tx: Transaction, step: Step, *statuses: str) -> Any:
    """The newest meeting of these kinds that a case is in. One that was held on another day is over."""
    rows = tx.all("meetings_of_case", case_id=step.draft.case_id)
    there = (row for row in rows if row.left_at is None and row.status in statuses)
    return next((row for row in there if row.status != HELD or _begun_on(row) == local_day(step.at)), None)


def _begun_on(row: Any) -> date:
    return local_day(row.starts_at) if row.starts_at else row.booked_on


def _book(tx: Transaction, steps: list[Step], now: datetime) -> None:
    """Those that are in a meeting of that day stay in it; the others are booked together."""
    fresh = []
    for step in steps:
        there = _of(tx, step, BOOKED)
        if there is not None and there.booked_on == _day(step):
            _fill_in(tx, there, step)
            continue
        if there is not None:
            _leave(tx, there, step, now)
        fresh.append(step)
    for day in dict.fromkeys(map(_day, fresh)):
        _new(tx, [step for step in fresh if _day(step) == day], now, BOOKED)


def _set_review(tx: Transaction, steps: list[Step], now: datetime) -> None:
    """The day that a conference sets for the review is that of a meeting: one for all its children who have that day."""
    later = []
    for step in steps:
        due = Step(step.draft, step.trigger, {"conference_on": step.body["review_on"]}, step.at)
        there = _of(tx, due, BOOKED)
        if there is not None and there.booked_on != _day(due):
            _leave(tx, there, due, now)
        beside = _review_of_others(tx, due)
        if beside is not None:
            _put_in(tx, beside.id, due.draft.case_id, now)
        later.append(due)
    _book(tx, later, now)


def _review_of_others(tx: Transaction, step: Step) -> Any:
    """The review, on the same day, of another child of the conference at which this one was decided on."""
    held = last_held(tx, step.draft.case_id or 0)
    for each in held.cases if held is not None else ():
        theirs = tx.all("meetings_of_case", case_id=each.id) if each.id != step.draft.case_id else []
        for row in theirs:
            if row.left_at is None and (row.status, row.booked_on) == (BOOKED, _day(step)):
                return row
    return None


def _move(tx: Transaction, steps: list[Step], now: datetime) -> None:
    """A meeting moves when all its children do; a child that moves alone leaves it."""
    apart = []
    for row, moved in _by_meeting(tx, steps, BOOKED):
        if row is not None and _all_of(tx, row, moved):
            _change(tx, row, booked_on=_day(moved[0]), **_as_booked(moved[0], row))
            continue
        if row is not None:
            for each in moved:
                _leave(tx, row, each, now)
        apart += moved
    if apart:
        _new(tx, apart, now, BOOKED)


def _start(tx: Transaction, steps: list[Step], now: datetime) -> None:
    for row, started in _by_meeting(tx, steps, BOOKED, HELD):
        begun = instant(started[0].at)
        if row is None:
            number = _new(tx, started, now, HELD, starts_at=begun)
        else:
            number = row.id
            _change(tx, row, status=HELD, starts_at=row.starts_at if row.status == HELD else begun)
        for each in started:
            _copy_family(tx, number, each.draft.person_id, local_day(each.at))


def _put_off(tx: Transaction, steps: list[Step], now: datetime) -> None:
    for row, gone in _by_meeting(tx, steps, BOOKED, HELD):
        if row is None:
            continue
        for each in gone:
            _leave(tx, row, each, now)
        if not _whole(tx, row).cases:
            _change(tx, row, status=PUT_OFF)


def _by_meeting(tx: Transaction, steps: list[Step], *statuses: str) -> list[tuple[Any, list[Step]]]:
    """The steps by the meeting that each case is in; None for those in none."""
    found: dict[int, tuple[Any, list[Step]]] = {}
    for each in steps:
        row = _of(tx, each, *statuses)
        found.setdefault(row.id if row is not None else 0, (row, []))[1].append(each)
    return list(found.values())


def _all_of(tx: Transaction, row: Any, steps: list[Step]) -> bool:
    return {each.id for each in _whole(tx, row).cases} <= {step.draft.case_id for step in steps}


def _day(step: Step) -> date:
    return date.fromisoformat(str(step.body["conference_on"]))


def _as_booked(step: Step, before: Any = None) -> dict[str, Any]:
    """Room, chair and hour as a booking answers; a room or chair that it leaves out stays."""
    room, chair = str(step.body.get("where") or ""), str(step.body.get("chair") or "").strip()
    return {
        "place": room or (before.place if before is not None else "") or "",
        "chair": chair or (before.chair if before is not None else None),
        "begins_at": begins_at(step.body),
    }


def _fill_in(tx: Transaction, row: Any, step: Step) -> None:
    """What a meeting did not know yet of its room, chair and hour, as a child who is booked for it tells."""
    told = _as_booked(step)
    _change(tx, row, **{name: value for name, value in told.items() if value and not getattr(row, name)})


def _new(
    tx: Transaction, steps: list[Step], now: datetime, status: str, starts_at: datetime | None = None
) -> int:
    number = tx.new_key("meeting")
    first = steps[0]
    review = first.draft.state in REVIEWED
    booked_on = _day(first) if status == BOOKED else local_day(first.at)
    tx.run(
        "import_meeting",
        id=number,
        kind=REVIEW if review else CONFERENCE,
        booked_on=booked_on,
        starts_at=starts_at,
        **_as_booked(first),
        status=status,
        household=[],
        recorded_at=now,
    )
    for step in steps:
        _put_in(tx, number, step.draft.case_id, now)
    return number


def _put_in(tx: Transaction, number: int, case_id: int | None, now: datetime) -> None:
    there = [row for row in tx.all("meetings_of_case", case_id=case_id) if row.id == number]
    if there:
        tx.run("rejoin_meeting", meeting_id=number, case_id=case_id)
    else:
        tx.run("add_meeting_case", meeting_id=number, case_id=case_id, joined_at=now, left_at=None)


def _leave(tx: Transaction, row: Any, step: Step, now: datetime) -> None:
    tx.run("leave_meeting", meeting_id=row.id, case_id=step.draft.case_id, left_at=now)


def _change(tx: Transaction, row: Any, **fresh: Any) -> None:
    kept = {
        each: getattr(row, each)
        for each in ("booked_on", "begins_at", "starts_at", "place", "chair", "status")
    }
    tx.run("change_meeting", meeting_id=row.id, **kept | fresh)


def follow_undo(tx: Transaction, draft: Draft, action: str, now: datetime) -> None:
    """A booking, a change of one, or a decision on the day of a review was withdrawn or put back: its meeting follows.

    The case leaves the meeting that it is no longer booked for. Where it is booked for another day then, it has a
    meeting of its own, in the room and at the hour that stand again; the other children keep theirs.
    """
    if draft.pathway.name != PATHWAY or action not in (*BOOKINGS, *SETS_A_REVIEW):
        return
    on = draft.facts.get(_day_of(draft.state)) if draft.is_open else None
    step = Step(draft, action, _stands_again(tx, draft, on), now)
    there = _of(tx, step, BOOKED)
    if there is not None and there.booked_on.isoformat() == on:
        if _all_of(tx, there, [step]):
            _change(tx, there, **_as_booked(step))
        return
    if there is not None:
        _leave(tx, there, step, now)
    beside = _review_of_others(tx, step) if on is not None and action in SETS_A_REVIEW else None
    if beside is not None:
        _put_in(tx, beside.id, draft.case_id, now)
    elif on is not None:
        _new(tx, [step], now, BOOKED)


def _day_of(state: str) -> str:
    """The fact that holds the day of the conference that a case is on the way to; empty once one sits."""
    if state in PLAN_LASTS:
        return "rcpc_date"
    return "" if state in CONFERENCES else "icpc_date"


def _stands_again(tx: Transaction, draft: Draft, on: str | None) -> Mapping[str, Any]:
    """The answers of the booking that stands once another was withdrawn."""
    written = tx.all("records_of_case", case_id=draft.case_id)
    booked = (row.body for row in reversed(written) if row.voided_seq is None and row.body)
    return next((body for body in booked if body.get("conference_on") == on), {"conference_on": on})


def _copy_family(tx: Transaction, number: int, person_id: int, on: date) -> None:
    """Copy who belongs to a child on a day: the child, their relatives, those who live with them."""
    family = family_of(tx, person_id)
    parts = {(person_id, "child")}
    parts |= {(row.other_id, row.kind) for row in family.relatives if held_on(row, on)}
    mine = set(family.records)
    for household in family.households:
        here = household.on(on)
        if any(row.person_id in mine for row in here):
            parts |= {(row.person_id, IN_HOUSEHOLD) for row in here if row.person_id not in mine}
    for who, part in sorted(parts):
        tx.run("add_meeting_person", meeting_id=number, person_id=who, part=part)


# --- a child who joins -----------------------------------------------------------------------------------------


def join(
    store: Store, reference: str, to: str, *, actor: Actor, now: datetime, dry_run: bool = False
) -> tuple[Meeting, str]:
    """Put a case into the meeting that another is booked in; the meeting, and the line that proves it.

    The child's own conference is still booked, prepared and decided on the child's own case.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    if not actor.roles & MAY_WRITE:
        raise NotTheirs(
            "Who a meeting is about is written down by those who work with the family. Nothing was changed."
        )
    with writing(store, now, keep=not dry_run) as tx:
        draft, other = quiet_draft(tx, reference), quiet_draft(tx, to)
        if (
            PATHWAY not in (draft.pathway.name, other.pathway.name)
            or draft.pathway.name != other.pathway.name
        ):
            raise Mistyped("A conference is about cases of child protection. Nothing was changed.")
        if draft.reference == other.reference:
            raise Mistyped("Name the case that joins, and with --to one that is in the meeting.")
        if not draft.is_open:
            raise Mistyped(f"{draft.reference} is closed. Nothing was changed.")
        there = _of(tx, Step(other, "", {}, now), BOOKED) or _review_to_come(tx, other, now)
        if there is None:
            raise Mistyped(
                f"No conference is booked for {other.reference}: pathways do {other.reference} book-conference"
            )
        mine = [row for row in tx.all("meetings_of_case", case_id=draft.case_id) if row.left_at is None]
        if any(row.id == there.id for row in mine):
            raise Mistyped(f"{draft.reference} is in this meeting already. Nothing was changed.")
        for row in mine:
            if row.status == BOOKED:
                tx.run("leave_meeting", meeting_id=row.id, case_id=draft.case_id, left_at=now)
        _put_in(tx, there.id, draft.case_id, now)
        whole = _whole(tx, there)
        line = ""
        for each in _told(tx, draft, whole):
            each.enter(
                f"{FAMILY}meeting_joined",
                each.state,
                actor=actor.name,
                role=role_of(actor),
                effective_at=now,
                now=now,
                extra={"booked_on": there.booked_on.isoformat()},
            )
            write_draft(tx, each)
            if each is draft:
                line = f"saved - entry {each.seq} - {each.head.hex()[:8]}"
    return whole, line


def _review_to_come(tx: Transaction, draft: Draft, now: datetime) -> Any:
    """The review whose day the last conference set, written down as a meeting; None where none is to come.

    It is that of all the children whose conference set the same day.
    """
    on = draft.facts.get("rcpc_date")
    if on is None or draft.state not in PLAN_LASTS:
        return None
    last = meeting_of(tx, draft.case_id or 0)
    others = [each for each in last.references if each != draft.reference] if last else []
    alike = [
        each
        for each in (draft, *(quiet_draft(tx, one) for one in others))
        if each.state in PLAN_LASTS and each.facts.get("rcpc_date") == on
    ]
    steps = [Step(each, BOOKINGS[0], {"conference_on": on}, now) for each in alike]
    _book(tx, steps, now)
    return _of(tx, steps[0], BOOKED)


def _told(tx: Transaction, draft: Draft, meeting: Meeting) -> list[Draft]:
    """The cases on whose trail it stands that a child joined: that child's, and the others' unless the child is hidden."""
    if draft.guarded:
        return [draft]
    others = (each for each in meeting.references if each != draft.reference)
    return [draft, *(quiet_draft(tx, each) for each in others)]
