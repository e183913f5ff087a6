"""What is near: conferences whose reports are missing, rules and calendars that run out. Looks; moves no case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from models.queries import awaited_reports
from models.relay import tell
from models.store import Store
from pathways import NAMES, pathway
from pathways.clocks import Rules, start_of_day, when
from pathways.days import SchoolCalendar
from pathways.moments import local_day, words
from pathways.roles import Role
from pathways.rule_review import check
from pathways.rulebook import Rulebook

BEFORE_A_CONFERENCE = 2
"""Working days before a conference from which missing reports are told of."""
AHEAD = timedelta(days=60)


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
