"""The conference of a case, as it stands; asking agencies again; what another day would break; what is to be booked.

What a conference has is read from the trail and its records, and kept nowhere else. Asking an agency again is an
entry on the trail with a key of its own for the agency and the day: a second one on that day is not written, whoever
asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar

from models.access import NotTheirs
from models.anchors import writing
from models.as_at import story
from models.booked import booking_of
from models.change import Change
from models.meetings import BOOKED, meeting_of
from models.plans import come
from models.queries import CaseView, awaited_reports, case_view, filters, late_work
from models.relay import tell
from models.store import Store, Transaction
from pathways.bookings import Booking, Clash, clashes, hour_words, room_in
from pathways.child_protection import BEFORE_A_PLAN, CONFERENCES, PLAN_LASTS, PREBIRTH_DUE, PREPARING
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
from pathways.conference_stages import CONFERENCE_UNIT
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import PathwayError
from pathways.evidence import MANAGERS, SOCIAL_WORKERS
from pathways.moments import words
from pathways.outline_plan import Come
from pathways.restating import Told, withdrawn
from pathways.roles import Role
from pathways.rulebook import Force
from pathways.scheduling import Child
from pathways.trail import CHASED

PATHWAY = "child_protection"
REPORT_RULES = ("cp.report_icpc", "cp.report_rcpc")
REVIEW_RULES = ("cp.rcpc_first", "cp.rcpc_next")
LIMITS = (
    "cp.icpc",
    "cp.prebirth_icpc",
    "cp.transfer_in",
    "cp.rcpc_first",
    "cp.rcpc_next",
    "cp.rcpc_prebirth",
)
"""The rules that say by when a conference is to be held."""
MAY_CHASE = (*CONFERENCE_UNIT, *SOCIAL_WORKERS, *MANAGERS)
HEARS: Mapping[str, tuple[Role, ...]] = {
    "school": (Role.DSL,),
    "early years": (Role.DSL,),
    "police": (Role.POLICE,),
    "school nursing": (Role.SCHOOL_NURSE,),
    "education welfare": (Role.EWO,),
    "social care": (Role.SOCIAL_WORKER,),
    **dict.fromkeys(
        ("health visiting", "general practice", "midwifery", "hospital", "mental health"), (Role.HEALTH,)
    ),
}
"""The roles that a message about an agency's report is for; of other agencies nobody has a role here."""
OUTSIDE_THE_CASE = frozenset(
    (Role.CONFERENCE_CHAIR, Role.COORDINATOR, Role.CHAIR_MANAGER, Role.CLOCK, Role.PATHWAY)
)
"""Whoever wrote in a case in another role than these took part in managing it, and does not chair for the child."""


class NoConference(PathwayError):
    """A case that has no conference, now or ever. Argument: the reference."""

    def __str__(self) -> str:
        return (
            f"No conference is being prepared for {self.args[0]}, and none is being held. "
            f"What can be done: pathways next {self.args[0]}"
        )


class NothingToAsk(PathwayError):
    """Nobody owes this case a report that could be asked for again. Arguments: reference, what is so."""

    code: ClassVar[int] = 3

    def __str__(self) -> str:
        return f"{self.args[1]} Nothing was sent: pathways conference {self.args[0]}"


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


# --- asking again -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chased:
    """An agency that was asked again for its report; `again` is False where it had been asked today already."""

    reference: str
    agency: str
    due_on: date | None
    asked: bool
    seq: int = 0
    code: str = ""


def late_cases(tx: Transaction, now: datetime) -> list[str]:
    """The cases that the viewer sees of which a report is late, the longest overdue first."""
    late = late_work(tx, now, filters(pathway_name=PATHWAY))
    return list(dict.fromkeys(task.reference for task in late if task.rule in REPORT_RULES and task.reports))


def chase(
    store: Store,
    rules: Rules,
    reference: str,
    *,
    actor: Actor,
    now: datetime,
    agency: str = "",
    only_late: bool = False,
    dry_run: bool = False,
) -> list[Chased]:
    """Ask the agencies that owe a report for it again: one entry on the trail and one message each, once a day.

    Args:
        reference: the case.
        actor: who asks.
        now: the present moment, aware.
        agency: only this one; empty: all that have not sent theirs.
        only_late: only where the day by which it was due has passed.
        dry_run: work out who would be asked, keep nothing.

    Raises:
        NoSuchCase, NotTheirs, NothingToAsk, ChangedMeanwhile: nothing was sent.
    """
    if not any(actor.may_enter_for(role) for role in MAY_CHASE):
        raise NotTheirs(
            "Agencies are asked again by the conference unit, the social worker or a manager. Nothing was sent."
        )
    today = local_day(now)
    with writing(store, now, keep=not dry_run) as tx:
        change = Change(tx, now, rules)
        draft = change.load(reference)
        waiting = awaited_reports(draft.facts)
        if agency and agency not in waiting:
            raise NothingToAsk(draft.reference, f"{agency.capitalize()} owes {draft.reference} no report.")
        if not waiting:
            raise NothingToAsk(draft.reference, f"Nobody owes {draft.reference} a report.")
        due = [row for row in draft.running if row.rule in REPORT_RULES]
        due_on = due[0].due_on if due else None
        if only_late and (due_on is None or due_on >= today):
            when = f"they are due on {words(due_on)}" if due_on else "no day is booked"
            raise NothingToAsk(draft.reference, f"No report for {draft.reference} is late: {when}.")
        asked_today = {
            str(each.payload.get("agency"))
            for each in story(tx, draft.reference, int(draft.case_id or 0))
            if each.action == CHASED and local_day(each.effective_at) == today
        }
        found = []
        for each in (agency,) if agency else waiting:
            if each in asked_today:
                found.append(Chased(draft.reference, each, due_on, False))
                continue
            key = f"{draft.reference}/{CHASED}/{each.replace(' ', '-')}/{today.isoformat()}"
            seq = draft.enter(
                CHASED,
                draft.state,
                actor=actor.name,
                role=next((role.value for role in MAY_CHASE if role in actor.roles), Role.COORDINATOR.value),
                effective_at=now,
                now=now,
                extra={"agency": each, "due": due_on.isoformat() if due_on else None},
                key=key,
            )
            tell(
                tx,
                key,
                "pathways.report.chased",
                now,
                case_ref=draft.reference,
                pathway=draft.pathway.name,
                team=draft.team,
                rule=due[0].rule if due else "",
                due_on=due_on,
                to_roles=",".join(HEARS.get(each, ())),
            )
            found.append(Chased(draft.reference, each, due_on, True, seq, draft.head.hex()[:8]))
        if any(each.asked for each in found):
            change.drafts.append(draft)
            change.write()
    return found


# --- another day ------------------------------------------------------------------------------------------------------


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
    chairs = _chairs(tx, today)
    found += _double_booked(tx, view, wanted, chairs, moving)
    found += _who_chairs(tx, view, wanted.chair, chairs, _chairs(tx, day), day)
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
    known = {each: _last_chair(_story_of(tx, each), chairs) for one in others for each in one.references}
    known[view.reference] = _last_chair(story(tx, view.reference, view.row.id), chairs)
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
    if chair in _managing(story(tx, view.reference, view.row.id), view):
        yield Break(f"{chair} has a part in managing this case, and does not chair for the child.", True)
    if chair in chairs - then:
        yield Break(f"By the staff register {chair} chairs no conferences any more on {words(day)}.", True)
    elif chairs and chair not in chairs | then:
        yield Break(f"{chair} is nobody who chairs conferences on the staff register.", False)


def on_day(tx: Transaction, day: date, *, without: Collection[str] = ()) -> list[Booking]:
    """The conferences that are booked for a London day, with those of their cases that the viewer may see.

    `without` leaves cases out, and a meeting that is about nobody else.
    """
    rows: dict[int, list[Any]] = {}
    for row in tx.all("meetings_on_day", on=day):
        rows.setdefault(row.id, []).append(row)
    found = []
    for together in rows.values():
        references = tuple(str(row.reference) for row in together if row.reference not in without)
        if references:
            found.append(booking_of(together[0], references, day))
    return found


def booked_beside(
    tx: Transaction, days: Iterable[date], today: date, *, without: Collection[str]
) -> list[Booking]:
    """The conferences of others that are booked for these days; a chair who is not named is whoever chaired last."""
    chairs, found = _chairs(tx, today), []
    for day in days:
        for each in on_day(tx, day, without=without):
            last = (_last_chair(_story_of(tx, one), chairs) for one in each.references)
            found.append(replace(each, chair=each.chair or next(filter(None, last), "")))
    return found


def booking(tx: Transaction, view: CaseView) -> Booking | None:
    """For when, where and with which chair a case's conference is booked; None where it is not."""
    day, meeting = booked_on(view), meeting_of(tx, view.row.id)
    if day is None or not being_prepared(view):
        return None
    if meeting is None or meeting.row.booked_on != day:
        return Booking((view.reference,), day)
    return booking_of(meeting.row, meeting.references, day)


def _story_of(tx: Transaction, reference: str) -> list[Told]:
    return story(tx, reference, tx.need("case_by_reference", reference=reference).id)


# --- what is to be booked -----------------------------------------------------------------------------------------


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
    chairs = _chairs(tx, today)
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
        last_chair=_last_chair(entries, chairs),
        managed_by=_managing(entries, view),
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
        last_chair=_last_chair(entries, chairs),
        managed_by=_managing(entries, view),
        family=family,
    )


def _managing(entries: Iterable[Told], view: CaseView) -> frozenset[str]:
    """The logins of those who took part in managing a case, or lead it."""
    manages = {each.actor for each in entries if each.role and each.role not in OUTSIDE_THE_CASE}
    return frozenset({*manages, view.row.lead or ""} - {""})


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


def _chairs(tx: Transaction, today: date) -> frozenset[str]:
    """The logins of those who chair conferences."""
    return frozenset(
        row.login for row in tx.all("holders_of_roles", roles=f",{Role.CONFERENCE_CHAIR.value},", on=today)
    )


def _last_chair(entries: Sequence[Told], chairs: frozenset[str]) -> str:
    """Who chaired the last conference: the chair who wrote down its start or its decision; empty: nobody knows."""
    chaired = (
        each for each in reversed(entries) if each.role == Role.CONFERENCE_CHAIR and each.actor in chairs
    )
    return next((each.actor for each in chaired if each.action != "attendance"), "")
