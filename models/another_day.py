"""What another day for a conference would break: limits, reports, the chair, the room, brothers and sisters, school."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.as_at import story
from models.chairing import chairs_on, last_chair, managing, on_day, story_of
from models.conference import PATHWAY, REPORT_RULES, NoConference, being_prepared, booked_on, limit_of
from models.meetings import BOOKED, meeting_of
from models.queries import CaseView, awaited_reports, case_view
from models.transaction import Transaction
from pathways.bookings import Booking, Clash, clashes, hour_words, room_in
from pathways.child_protection import PLAN_LASTS, PREPARING
from pathways.clocks import Rules
from pathways.days import local_day
from pathways.errors import PathwayError
from pathways.moments import words
from pathways.rulebook import Force

REVIEW_RULES = ("cp.rcpc_first", "cp.rcpc_next")


@dataclass(frozen=True, slots=True)
class Break:
    """Something that another day breaks (`hard`), or only changes."""

    says: str
    hard: bool


def what_breaks(
    tx: Transaction,
    view: CaseView,
    wanted: Booking,
    rules: Rules,
    today: date,
    *,
    moving: Collection[str] = (),
) -> list[Break]:
    """What it would mean to hold a case's conference then: limits, reports, chair, room, siblings, school.

    Args:
        wanted: the London day, the hour, the room and the chair asked about.
        today: the present London day.
        moving: the references of brothers and sisters who are moved along.

    Raises:
        NoConference: none is being prepared.
    """
    if view.pathway.name != PATHWAY or view.row.state not in PREPARING:
        raise NoConference(view.reference)
    day, limit = wanted.day, limit_of(view)
    found = _of_the_day(day, rules)
    if limit is not None:
        found += _after_the_limit(day, limit.due_on, limit.rule, limit.statutory, rules)
    found += _reports_then(view, day, rules, today)
    if view.facts.invitations_sent is not None and booked_on(view) is not None:
        found.append(Break("The invitations name the old day; all who were invited are to be told.", False))
    moving = {*moving, view.reference, *_stays_with(tx, view, day)}
    found += _beside(tx, view, day, moving)
    chairs = chairs_on(tx, today)
    found += _double_booked(tx, view, wanted, chairs, moving)
    found += _who_chairs(tx, view, wanted.chair, chairs, chairs_on(tx, day), day)
    school = rules.at_school(view.row.facts.get("school")).school
    if school is not None and _open(school, day):
        found.append(Break("It is a school day: where the child comes, choose an hour out of school.", False))
    return found


def _stays_with(tx: Transaction, view: CaseView, day: date) -> tuple[str, ...]:
    """The children of the meeting that a child joined and is now booked for, on its day: that is one conference."""
    if booked_on(view) is not None:
        return ()
    meeting = meeting_of(tx, view.row.id)
    here = meeting is not None and (meeting.row.status, meeting.row.booked_on) == (BOOKED, day)
    return meeting.references if meeting is not None and here else ()


def what_a_review_breaks(view: CaseView, day: date, rules: Rules, today: date) -> list[Break]:
    """What it would mean to hold the review then that a conference decides on now.

    The limit counts from the conference that is being decided on: three months from a first one, six from a review.
    """
    held = view.facts.moment("conference_started")
    if view.pathway.name != PATHWAY or held is None:
        return []
    rule = REVIEW_RULES[view.row.state == "review_conference"]
    edition = rules.rulebook.edition(rule, local_day(held), today)
    due_on = local_day(rules.due(edition, local_day(held).isoformat()).due)
    found = _of_the_day(day, rules)
    return found + _after_the_limit(day, due_on, rule, edition.force is Force.STATUTORY, rules)


def _of_the_day(day: date, rules: Rules) -> list[Break]:
    return [] if rules.calendar.is_working_day(day) else [Break(f"{words(day)} is no working day.", True)]


def _after_the_limit(day: date, due_on: date, rule: str, statutory: bool, rules: Rules) -> list[Break]:
    if day <= due_on:
        return []
    late = rules.calendar.working_days_between(due_on, day)
    law = "the limit in law" if statutory else "the limit"
    return [
        Break(
            f"It is {late} working day{'' if late == 1 else 's'} after {law}, {words(due_on)} ({rule}). "
            "The limit does not move.",
            True,
        )
    ]


def _open(school: Any, day: date) -> bool:
    try:
        return bool(school.is_open(day))
    except PathwayError:  # beyond the terms that are known, nothing is said about school
        return False


def _reports_then(view: CaseView, day: date, rules: Rules, today: date) -> list[Break]:
    rule = REPORT_RULES[view.row.state in PLAN_LASTS]
    due_on = local_day(rules.due(rules.rulebook.edition(rule, day, today), day.isoformat()).due)
    waiting = awaited_reports(view.row.facts)
    if due_on < today and waiting:
        return [
            Break(
                f"Its reports would have been due on {words(due_on)}: {', '.join(waiting)} would be late.",
                True,
            )
        ]
    was = next((row.due_on for row in view.running if row.rule in REPORT_RULES), None)
    if was == due_on or not waiting:
        return []
    return [Break(f"Reports not in yet would be due on {words(due_on)}: {', '.join(waiting)}.", False)]


def _beside(tx: Transaction, view: CaseView, day: date, moving: Collection[str]) -> list[Break]:
    """What it means for brothers and sisters: those in the same meeting, and those booked for the same day."""
    meeting = meeting_of(tx, view.row.id)
    in_meeting = set(meeting.references) if meeting is not None and meeting.row.status == BOOKED else set()
    was = booked_on(view)
    siblings = {each.reference for each in view.siblings if each.pathway == PATHWAY}
    staying, found = [], []
    for reference in sorted((in_meeting | siblings) - {*moving}):
        other = case_view(tx, reference)
        if not being_prepared(other):
            continue
        if was is not None and booked_on(other) == was and (was != day or reference in in_meeting):
            staying.append(reference)
        limit = limit_of(other)
        if reference in in_meeting and limit is not None and day > limit.due_on:
            found.append(
                Break(f"For {reference} it is after the limit, {words(limit.due_on)} ({limit.rule}).", True)
            )
    if staying and was is not None:
        found.insert(
            0,
            Break(
                f"Brothers and sisters stay on {words(was)} unless they are moved too: {', '.join(staying)}.",
                True,
            ),
        )
    return found


def _double_booked(
    tx: Transaction, view: CaseView, wanted: Booking, chairs: frozenset[str], moving: Collection[str]
) -> Iterator[Break]:
    """The chair, the room and the family, where another conference that the viewer sees has them at that hour."""
    others = on_day(tx, wanted.day, without=moving)
    known = {each: last_chair(story_of(tx, each), chairs) for one in others for each in one.references}
    known[view.reference] = last_chair(story(tx, view.reference, view.row.id), chairs)
    family = {each.reference for each in view.siblings}
    for clash in clashes(wanted, others, known, family):
        yield Break(_in_words(clash, wanted), clash.sure)


def _in_words(clash: Clash, wanted: Booking) -> str:
    other = clash.other
    whose = ", ".join(other.references)
    at = f" at {hour_words(other.begins)}" if other.begins is not None else ""
    if clash.what == "family":
        says = f"A brother or sister has a conference of their own on that day{at}: {whose}"
        as_one = (
            f"To hold both as one: pathways meeting {wanted.references[0]} add --to {other.references[0]}"
        )
    else:
        who = wanted.chair or other.chair or "who chaired last"
        mine = f"The chair ({who})" if clash.what == "chair" else f"The room ({room_in(wanted.room)})"
        says, as_one = f"{mine} is booked on that day{at} for {whose}", ""
    sure = "" if clash.sure else "; whether the hours meet is not known, as not both are"
    return f"{says}{sure}. {as_one}".strip()


def _who_chairs(
    tx: Transaction, view: CaseView, chair: str, chairs: frozenset[str], then: frozenset[str], day: date
) -> Iterator[Break]:
    """Whether the one who is to chair is a chair, still is on the day, and has no part in managing the case.

    `chairs` are those of today by the staff register, `then` those of the day. The register knows no leave.
    """
    if not chair:
        return
    if chair in managing(story(tx, view.reference, view.row.id), view):
        yield Break(f"{chair} has a part in managing this case, and does not chair for the child.", True)
    if chair in chairs - then:
        yield Break(f"By the staff register {chair} chairs no conferences any more on {words(day)}.", True)
    elif chairs and chair not in chairs | then:
        yield Break(f"{chair} is nobody who chairs conferences on the staff register.", False)
