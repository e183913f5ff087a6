"""Rules asked from outside, a row at a time: this rule began then, so when is it due, and why?

The engine of `pathways rules due`. A row that cannot be answered keeps its place with the reason in it, so
that a file of ten thousand rows is never lost to one impossible date.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

from pathways.days import (
    USUAL,
    Calendar,
    Counting,
    Due,
    SchoolCalendar,
    Unit,
    combine,
    count,
    local_day,
    parse_moment,
    replay,
    words,
)
from pathways.errors import Mistyped, PathwayError
from pathways.rulebook import Edition, Force, Rulebook

COLUMNS = ("rule_id", "start_datetime", "due", "plan_by", "rule_edition", "explanation")

NORMAL_PENSION_AGE = 68
"""Years. The highest age now in law; a record is then kept longest. An authority may pass its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One row answered, or the reason why not: then `due` is empty and `error` is the sentence."""

    rule_id: str
    start_datetime: str
    due: str
    plan_by: str
    rule_edition: str
    explanation: str
    error: str | None = None

    def as_row(self) -> tuple[str, ...]:
        """The values in the order of `COLUMNS`."""
        return tuple(getattr(self, column) for column in COLUMNS)


def answer(
    rule_id: str,
    start_text: str,
    *,
    rulebook: Rulebook,
    calendar: Calendar,
    school: SchoolCalendar | None = None,
    counting: Counting = USUAL,
    birth_date: str | date | None = None,
    other_start: str | None = None,
    pension_age: int = NORMAL_PENSION_AGE,
    as_of: date,
) -> Answer:
    """Work out one limit and explain it; anything wrong with the row is in the answer, never raised.

    Args:
        rule_id: the rule.
        start_text: when its event happened; the birth date for rules that run from one.
        rulebook: the rules of the authority.
        calendar: England's working days.
        school: the school's days, for rules that count them.
        counting: how the authority counts.
        birth_date: of the child, or of the adult for an allegation; only some rules ask for it.
        other_start: when the event of the other limit happened, where the rule takes the earlier or later of two.
        pension_age: in years, where a record is kept to normal pension age.
        as_of: today; decides the edition of rules that run from a birth date.
    """
    rule_id, start_text = rule_id.strip(), start_text.strip()
    try:
        births = any(one.from_birth for one in rulebook.editions(rule_id))
        started = parse_moment(start_text, birth=births)
        edition = rulebook.edition(rule_id, local_day(started), as_of)
        told = replay(edition, started, calendar=calendar, school=school, counting=counting)
        due, said = told.due, [told.sentence]
        if edition.unit in (Unit.WORKING_DAY, Unit.SCHOOL_DAY) and edition.amount:
            said.append(f"Skipped: {told.skipped_words}.")
        if other := edition.earliest_of or edition.latest_of:
            second = _second(
                edition,
                other,
                birth_date,
                other_start,
                as_of,
                rulebook,
                calendar,
                school,
                counting,
                pension_age,
            )
            name = f"normal pension age ({pension_age})" if other == "normal_pension_age" else other
            due, why = combine(edition, due, second, other_name=name)
            said.append(why)
        if edition.force is Force.DEFAULT:
            said.append("The figure is this program's own; the authority should confirm it.")
        if edition.gate:
            said.append("This is a minimum to wait for, not a limit.")
        last = local_day(due.due)
        if due.plan_by is None:
            said.append(
                "The calendar of bank holidays does not reach that day, so there is no day to plan by."
            )
        elif local_day(started) <= due.plan_by < last:
            said.append(f"That is not a working day; plan for {words(due.plan_by)}.")
    except PathwayError as refused:
        sentence = str(refused)
        return Answer(rule_id, start_text, "", "", "", sentence, sentence)
    plan_by = due.plan_by.isoformat() if due.plan_by else ""
    return Answer(rule_id, start_text, _iso(due), plan_by, edition.key, " ".join(said))


def answer_csv(
    lines: Iterable[str],
    *,
    rulebook: Rulebook,
    calendar: Calendar,
    school: SchoolCalendar | None = None,
    counting: Counting = USUAL,
    pension_age: int = NORMAL_PENSION_AGE,
    as_of: date,
) -> Iterator[Answer]:
    """Answer a CSV of `rule_id,start_datetime`, one answer a row as it is read.

    A row may bring its own `birth_date`, `other_start` and `as_of`; other columns are passed over.

    Raises:
        Mistyped: the header lacks a column. Raised at once, before the first answer is asked for.
    """
    table = csv.reader(_without_mark(lines))
    header: list[str] = next((row for row in table if any(cell.strip() for cell in row)), [])
    names = [name.strip().lower() for name in header]
    missing = [name for name in ("rule_id", "start_datetime") if name not in names]
    if missing:
        found = f"it has {', '.join(names)}" if names else "the file is empty"
        raise Mistyped(
            f"The first line must name the columns rule_id and start_datetime; "
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing ({found})."
        )

    def rows() -> Iterator[Answer]:
        while True:
            try:
                cells = next(table)
            except StopIteration:
                return
            except csv.Error as wrong:
                reason = f"Line {table.line_num} cannot be read as CSV ({wrong})."
                yield Answer("", "", "", "", "", reason, reason)
                continue
            if not any(cell.strip() for cell in cells):
                continue
            row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
            rule_id, start = row.get("rule_id", ""), row.get("start_datetime", "")
            try:
                own_day = row.get("as_of")
                today = local_day(parse_moment(own_day)) if own_day else as_of
            except Mistyped as wrong:
                yield Answer(rule_id, start, "", "", "", f"as_of: {wrong}", f"as_of: {wrong}")
                continue
            yield answer(
                rule_id,
                start,
                rulebook=rulebook,
                calendar=calendar,
                school=school,
                counting=counting,
                birth_date=row.get("birth_date") or None,
                other_start=row.get("other_start") or None,
                pension_age=pension_age,
                as_of=today,
            )

    return rows()


def _second(
    edition: Edition,
    other: str,
    birth_date: str | date | None,
    other_start: str | None,
    as_of: date,
    rulebook: Rulebook,
    calendar: Calendar,
    school: SchoolCalendar | None,
    counting: Counting,
    pension_age: int,
) -> Due | None:
    """The limit that a rule is set beside; None where its own start was not given."""
    if isinstance(birth_date, str):
        birth_date = local_day(parse_moment(birth_date, birth=True))
    if other == "normal_pension_age":
        if birth_date is None:
            return None
        pension = replace(edition, amount=pension_age * 12, unit=Unit.MONTH, age_rule=True, inclusive=False)
        return count(pension, birth_date, calendar=calendar)
    births = any(one.from_birth for one in rulebook.editions(other))
    started = birth_date if births else parse_moment(other_start) if other_start else None
    if started is None:
        return None
    beside = rulebook.edition(other, local_day(started), as_of)
    return count(beside, started, calendar=calendar, school=school, counting=counting)


def _iso(due: Due) -> str:
    if isinstance(due.due, datetime):
        return due.due.isoformat(timespec="seconds")
    return due.due.isoformat()


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    ours = iter(lines)
    first = next(ours, "")
    return chain([first.removeprefix("\ufeff")], ours)
