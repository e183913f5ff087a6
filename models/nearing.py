"""What is near: missing reports, referrals to decide on, cases that nobody leads, rules that run out. Moves no case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from models.conference import LIMITS
from models.queries import awaited_reports
from models.relay import tell
from models.store import Store
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways import NAMES, pathway
from pathways.calendars import Calendar, each_day
from pathways.clocks import Rules, start_of_day, when
from pathways.days import SchoolCalendar
from pathways.errors import Mistyped
from pathways.moments import LONDON, local_day, words
from pathways.roles import Role
from pathways.rule_review import check
from pathways.rulebook import Rulebook

BEFORE_A_CONFERENCE = 2
"""Working days before a conference from which missing reports are told of."""
AHEAD = timedelta(days=60)
OFFICE = time(9), time(17)
"""The office hours of a working day, London time, in which a referral can be decided."""
HOURS_LEFT = timedelta(hours=2)
WITHIN_DAYS = timedelta(days=7)
"""How far ahead is looked: a limit early on a working day can be two office hours away on the one before it."""
MOST_UNLED = 500
"""Cases without a lead told of in one night. More of them are an import's, and stand on the page data-quality."""
A_WEEK, OLDEST = timedelta(days=7), timedelta(days=9)
RISEN_BY = 5
"""Late cases more than a week ago below which a third more says nothing."""


def note_missing_reports(store: Store, rules: Rules, now: datetime) -> int:
    """Tell, once for each conference, that it is two working days away or nearer and reports are missing.

    Returns:
        How many conferences that holds of today, those already told of included. No guarded case is counted.
    """
    today = local_day(now)
    last = rules.calendar.add_working_days(today, BEFORE_A_CONFERENCE)
    until = start_of_day(last + timedelta(days=1))
    found = 0
    with store.reading() as tx:
        waiting = tx.all("conferences_waiting_for_reports", until=until)
    with store.writing(service=True) as tx:
        for row in waiting:
            held_on = local_day(when(row.started))
            if not today <= held_on <= last or not awaited_reports(row.facts):
                continue
            found += not row.guarded
            tell(
                tx, f"{row.key}/reports/{held_on}", "pathways.reports.missing", now, case_ref=row.reference,
                pathway=row.pathway, team=row.team, rule=row.rule, due_on=held_on, to_roles=Role.COORDINATOR.value,
            )  # fmt: skip
    return found


def note_near_referrals(store: Store, rules: Rules, now: datetime) -> int:
    """Tell, once for each referral and day, that two office hours or fewer are left to decide on it.

    Returns:
        How many referrals that holds of at this moment, those already told of included. No guarded case is among them.
    """
    today = local_day(now)
    with store.reading() as tx:
        running = tx.all("clocks_running_out", rule="fd.decision", now=now, until=now + WITHIN_DAYS)
    near = [
        row for row in running if timedelta(0) < office_time(rules.calendar, now, row.due_at) <= HOURS_LEFT
    ]
    with store.writing(service=True) as tx:
        for row in near:
            tell(
                tx, f"{row.key}/hours/{today}", "pathways.referral.near", now, case_ref=row.reference,
                pathway=row.pathway, team=row.team, rule=row.rule, due_on=row.due_on,
                to_roles=Role.FRONT_DOOR_MANAGER.value,
            )  # fmt: skip
    return len(near)


def office_time(calendar: Calendar, now: datetime, until: datetime) -> timedelta:
    """How much time of office hours lies between two moments."""
    opens, closes = OFFICE
    found = timedelta(0)
    for day in each_day(local_day(now), local_day(until)):
        if not calendar.is_open(day):
            continue
        begins = max(datetime.combine(day, opens, tzinfo=LONDON), now)
        ends = min(datetime.combine(day, closes, tzinfo=LONDON), until)
        found += max(ends - begins, timedelta(0))
    return found


def note_unowned(store: Store, rules: Rules, now: datetime) -> int:
    """Tell, once for each case and day, that an open case has had no lead since before the last working day.

    Returns:
        How many cases that holds of, at most `MOST_UNLED`. No guarded case is among them.
    """
    today = local_day(now)
    if not rules.calendar.is_open(today):
        return 0
    before = start_of_day(rules.calendar.add_working_days(today, -1))
    with store.reading() as tx:
        found = tx.all("cases_without_lead", before=before, most=MOST_UNLED)
    with store.writing(service=True) as tx:
        for row in found:
            tell(
                tx, f"{row.reference}/unowned/{today}", "pathways.case.unowned", now, case_ref=row.reference,
                pathway=row.pathway, team=row.team, to_roles=f"{Role.LINE_MANAGER.value};{Role.TEAM_LEADER.value}",
            )  # fmt: skip
    return len(found)


def slots_a_week(settings: Mapping[str, Any]) -> int:
    """How many conferences can be held in a week: `slots_a_week` under [conferences] in the settings; 0: nobody said.

    Raises:
        Mistyped: it is no whole number of 1 or more.
    """
    given = settings.get("conferences", {})
    slots = given.get("slots_a_week", 0) if isinstance(given, Mapping) else None
    if isinstance(slots, bool) or not isinstance(slots, int) or slots < ("slots_a_week" in given):
        raise Mistyped("In pathways.toml, [conferences] slots_a_week is a whole number, such as 12.")
    return slots


def note_short_capacity(store: Store, now: datetime, slots: int) -> int:
    """Tell, once for each week, that more conferences are due in the coming week than can be held.

    Due are those booked for a day of it, and those that no day is booked for and that the law wants by its end or
    earlier; brothers and sisters in one conference count once. The week begins on the Monday after today.

    Args:
        store: the records.
        now: this moment, aware.
        slots: how many can be held in a week; 0: nobody said, and nothing is told.

    Returns:
        How many are due. No conference on guarded cases alone is counted.
    """
    today = local_day(now)
    monday = today + timedelta(days=7 - today.weekday())
    sunday = monday + timedelta(days=6)
    with store.reading() as tx:
        without = tx.all("conferences_without_day", until=sunday, rules=f",{','.join(LIMITS)},")
        due = tx.need("meetings_between", first=monday, last=sunday).meetings + _families(tx, without)
    if slots and due > slots:
        with store.writing(service=True) as tx:
            tell(tx, f"service/capacity.short/{monday}", "pathways.capacity.short", now, due_on=monday)
    return int(due)


def _families(tx: Transaction, cases: list[Any]) -> int:
    """How many conferences these cases need, brothers and sisters sharing one."""
    found, beside = 0, set[str]()
    for row in cases:
        found += row.reference not in beside
        siblings = tx.all("siblings_of_person", person_id=row.person_id, seen_by=ALL_SEEING)
        beside |= {each.reference for each in siblings}
    return found


def tell_of_rising(store: Store, now: datetime) -> bool:
    """Tell, once a day, that a third more cases are late than a week ago, and at least five more.

    It compares what was noted each morning; where no morning of seven to nine days ago was, nothing is told.

    Returns:
        Whether that is so.
    """
    today = local_day(now)
    with store.reading() as tx:
        mornings = {row.day: int(row.late) for row in tx.all("late_by_day", since=today - OLDEST)}
    before = max((day for day in mornings if day <= today - A_WEEK), default=None)
    if before is None or today not in mornings:
        return False
    then, late = mornings[before], mornings[today]
    risen = late - then >= RISEN_BY and 3 * late >= 4 * then
    if risen:
        with store.writing(service=True) as tx:
            tell(tx, f"service/late.rising/{today}", "pathways.late.rising", now)
    return risen


def runs_out(store: Store, rules: Rules, today: date) -> list[str]:
    """What ends within 60 days and has nothing after it: rules, bank holidays, school terms; a sentence for each."""
    horizon = today + AHEAD
    found = [*_rules_ending(rules.rulebook, today, horizon)]
    last = date(rules.calendar.last_year, 12, 31)
    if last < horizon:
        found.append(f"Bank holidays are known only to {words(last)}: pathways days update")
    with store.reading() as tx:
        schools = tx.all("school_calendars")
    for row in schools:
        ends = SchoolCalendar.from_csv(row.terms, rules.calendar).last
        if today <= ends < horizon:
            found.append(f"The terms of {row.school} are known only to {words(ends)}: pathways days school")
    return found


def _rules_ending(rulebook: Rulebook, today: date, horizon: date) -> Iterator[str]:
    for rule in rulebook.rules():
        editions = [one for one in rulebook.editions(rule) if one.valid_from]
        now = any(one.covers(today) for one in editions)
        if now and not any(one.covers(horizon) for one in editions):
            yield f"The rule {rule} ends and no later edition is known: pathways rules check"


def tell_of_endings(store: Store, now: datetime) -> None:
    """Tell those who listen that rules or calendars run out; once a day."""
    day = local_day(now)
    with store.writing(service=True) as tx:
        tell(tx, f"service/calendar.ending/{day}", "pathways.calendar.ending", now)


def needs_a_person(rules: Rules, today: date) -> int:
    """How many things in the rules ask for somebody's attention: see `pathways rules check`."""
    found = check(rules.rulebook, rules.calendar, today, [pathway(name) for name in NAMES])
    return sum(each.attention for each in found)
