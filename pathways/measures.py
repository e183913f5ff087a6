"""What the wall counts: each measure once, from plain rows to plain numbers.

A measure's docstring is what its page prints as "how this is worked out"; it is written for managers. Where the
Department for Education publishes the measure, its numerator and denominator are used and the text says so. Days are
London's; a working day is one of England's, and the day on which something begins is not counted. Restricted cases
never reach these functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from inspect import cleandoc
from statistics import median
from typing import Any, NamedTuple

from pathways.calendars import Calendar
from pathways.moments import add_months

WEEKS = 12
CONFERENCE_LIMIT = 15
"""Working days from the strategy discussion to the first conference (Working Together 2023, chapter 3)."""
LONG_PLAN_MONTHS = 15
RETURN_MONTHS = 12

MEASURES: dict[str, Callable[..., Any]] = {}


def measure(function: Callable[..., Any]) -> Callable[..., Any]:
    """Enter a measure in the list that the documentation and the pages read."""
    MEASURES[function.__name__] = function
    return function


def explained(function: Callable[..., Any]) -> str:
    """How a measure is worked out: its docstring as paragraphs of one line each."""
    said = cleandoc(function.__doc__ or "")
    return "\n\n".join(" ".join(part.split()) for part in said.split("\n\n"))


def middle(values: Iterable[int]) -> float | None:
    """The median, or None of nothing."""
    found = list(values)
    return median(found) if found else None


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def last_weeks(today: date, number: int = WEEKS) -> list[date]:
    """The Mondays of so many weeks, this one last."""
    this = monday(today)
    return [this - timedelta(weeks=back) for back in range(number - 1, -1, -1)]


def last_months(today: date, number: int = 6) -> list[date]:
    """The first days of so many months, this one last."""
    first = today.replace(day=1)
    return [add_months(first, -back) for back in range(number - 1, -1, -1)]


# --- what is due ------------------------------------------------------------------------------------------------


class Line(NamedTuple):
    """The cases of one pathway and team by their most pressing date, as the database counts them."""

    pathway: str
    team: str
    cases: int
    late: int
    today: int
    week: int
    fresh: int
    """Of the late ones, those that became late since the working day before."""

    @property
    def on_track(self) -> int:
        """Cases with nothing due within the week."""
        return self.cases - self.late - self.today - self.week


@measure
def standing(rows: Iterable[Line], by: str = "pathway") -> dict[str, Line]:
    """Each case is counted once, by the date on it that presses most.

    Late: a date on it has passed. Due today: nothing has passed, and something is due before midnight. Due this week:
    the next date is within five working days. On track: everything else. A case that has ended is counted while a
    paper of it is still due. A date that only opens something (twenty days of absence, an eighteenth birthday) is
    waited for and never late. Restricted cases are not counted.
    """
    found: dict[str, Line] = {}
    for row in rows:
        key = getattr(row, by)
        before = found.get(key)
        if before is None:
            found[key] = row
        else:
            sums = (one + other for one, other in zip(before[2:], row[2:], strict=True))
            found[key] = Line(row.pathway, row.team, *sums)
    return found


class LateTask(NamedTuple):
    """A date that has passed: on which case, what it asks for, whose team's, since when."""

    reference: str
    pathway: str
    what: str
    team: str
    due_on: date


@measure
def late_tasks(rows: Iterable[LateTask], today: date, calendar: Calendar) -> list[tuple[int, LateTask]]:
    """Every date that has passed and what it waits for, the longest overdue first.

    Lateness is counted in working days after the date. A date that passed at an hour of today is late by none. Cases
    that somebody is kept out of are left to those who may open them, and are not listed here.
    """
    counted = [(calendar.between(row.due_on, today), row) for row in rows]
    return sorted(counted, key=lambda each: (-each[0], each[1].due_on, each[1].reference, each[1].what))


# --- conferences --------------------------------------------------------------------------------------------------


class Conference(NamedTuple):
    """A first conference that was held: the day of the strategy discussion, if there was one here, and its own."""

    discussed_on: date | None
    held_on: date


class Week(NamedTuple):
    """What fell into the week that begins on a Monday: within the limit, over it, the median in working days."""

    begins: date
    within: int
    over: int
    median: float | None


@dataclass(frozen=True, slots=True)
class Waits:
    """How long first conferences took to come about."""

    weeks: tuple[Week, ...]
    within: int
    over: int
    median: float | None
    longest: int | None
    unusable: int


@measure
def conference_waits(rows: Iterable[Conference], today: date, calendar: Calendar) -> Waits:
    """First conferences held on or before the fifteenth working day after the strategy discussion that began the enquiry, of all first conferences held in the last twelve weeks.

    They are counted in the week in which they were held. A working day leaves out Saturdays, Sundays and England's
    bank holidays, and the day of the discussion is not counted: fifteen working days is in time, sixteen is not. The
    Department for Education publishes the same share counted from the start of the section 47 enquiry. As there,
    conferences without a usable pair of dates (none held before a birth or after a move, none dated before its
    discussion) are left out; the page says how many.
    """
    weeks = last_weeks(today)
    found: dict[date, list[int]] = {week: [] for week in weeks}
    unusable = 0
    for row in rows:
        week = monday(row.held_on)
        if week not in found or row.held_on > today:
            continue
        if row.discussed_on is None or row.discussed_on > row.held_on:
            unusable += 1
        else:
            found[week].append(calendar.between(row.discussed_on, row.held_on))
    made = tuple(
        Week(week, sum(each <= CONFERENCE_LIMIT for each in days), sum(each > CONFERENCE_LIMIT for each in days), middle(days))
        for week, days in found.items()
    )  # fmt: skip
    every = [each for days in found.values() for each in days]
    within = sum(each <= CONFERENCE_LIMIT for each in every)
    return Waits(made, within, len(every) - within, middle(every), max(every, default=None), unusable)


class AtStage(NamedTuple):
    """A conference that is being prepared or held: the stage it waits at, since when, whether a date has passed."""

    stage: int
    since: date
    over: bool


class StageCount(NamedTuple):
    """The conferences at one stage: within local time, over it, and the longest wait in working days."""

    within: int
    over: int
    longest: int | None


@measure
def conference_stages(rows: Iterable[AtStage], today: date, calendar: Calendar) -> dict[int, StageCount]:
    """Conferences by the first of the nine stages that is not done, and how long they have waited there.

    Stages 1 to 8 count first conferences from the decision to hold one, and review conferences from their invitation
    or booking; stage 9 counts plans whose first core group has not met since the last conference. Over: the date that
    the stage waits for, or the conference's own limit, has passed. Days in a stage are working days since the stage
    before it was done.
    """
    at: dict[int, list[AtStage]] = {number: [] for number in range(1, 10)}
    for row in rows:
        at[row.stage].append(row)
    return {
        number: StageCount(
            sum(not each.over for each in here),
            sum(each.over for each in here),
            max((calendar.between(min(each.since, today), today) for each in here), default=None),
        )
        for number, here in at.items()
    }


class Report(NamedTuple):
    """A report that an agency was asked for: when it was due, when it came."""

    agency: str
    due_on: date
    came_on: date | None


class Agency(NamedTuple):
    """One agency's reports of the last three months."""

    name: str
    on_time: int
    late: int
    not_in: int
    median_late: float | None


@measure
def reports_on_time(rows: Iterable[Report], today: date, calendar: Calendar) -> list[Agency]:
    """Of the written reports that agencies were asked for and that fell due in the last three months, those received on or before their date.

    A report counts for the agency that was asked, never for a person. One that has not come and whose date has passed
    is shown as not in. The middle lateness is in working days, of those that came late and of those still awaited.
    Agencies are sorted by their share on time, the lowest first.
    """
    since = add_months(today, -3)
    found: dict[str, list[Report]] = {}
    for row in rows:
        if since < row.due_on < today or (row.due_on == today and row.came_on is not None):
            found.setdefault(row.agency, []).append(row)
    made = []
    for name, asked in found.items():
        on_time = sum(each.came_on is not None and each.came_on <= each.due_on for each in asked)
        not_in = sum(each.came_on is None for each in asked)
        late = [
            calendar.between(each.due_on, each.came_on or today)
            for each in asked
            if each.came_on is None or each.came_on > each.due_on
        ]
        made.append(Agency(name, on_time, len(asked) - on_time - not_in, not_in, middle(late)))
    return sorted(made, key=lambda each: (each.on_time / (each.on_time + each.late + each.not_in), each.name))


# --- plans ---------------------------------------------------------------------------------------------------------


class Review(NamedTuple):
    """A review conference that is due: by when, and the day that is booked for it."""

    due_on: date
    booked_on: date | None


class ComingWeek(NamedTuple):
    """Reviews that fall due in a week: booked in time, booked for after the limit, without a day."""

    begins: date
    booked: int
    booked_late: int
    unbooked: int


@measure
def reviews_coming(rows: Iterable[Review], today: date, weeks: int = 8) -> tuple[int, list[ComingWeek]]:
    """Review conferences by the week in which they fall due: booked in time, booked for a day after the limit, or without a day.

    The first review is due within three months of the conference that made the plan, each later one within six months
    of the last. A review whose limit has passed is counted as overdue, whether it is booked or not.
    """
    rows = list(rows)
    overdue = sum(row.due_on < today for row in rows)
    found = []
    for ahead in range(weeks):
        begins = monday(today) + timedelta(weeks=ahead)
        here = [row for row in rows if monday(row.due_on) == begins and row.due_on >= today]
        booked = [row for row in here if row.booked_on is not None and row.booked_on >= today]
        in_time = sum(row.booked_on is not None and row.booked_on <= row.due_on for row in booked)
        found.append(ComingWeek(begins, in_time, len(booked) - in_time, len(here) - len(booked)))
    return overdue, found


class Met(NamedTuple):
    """A limit that was met, missed or is running: when it fell due, when the thing was done."""

    due_at: datetime
    done_at: datetime | None


@measure
def limits_kept(rows: Iterable[Met], now: datetime) -> tuple[int, int]:
    """Limits kept, of all that were met or that have passed: done on or before the limit, against done later or not done yet.

    A limit that has not passed and waits for its event is in neither number.
    """
    kept = late = 0
    for row in rows:
        if row.done_at is not None and row.done_at <= row.due_at:
            kept += 1
        elif row.due_at < now:
            late += 1
    return kept, late


class PlanReviews(NamedTuple):
    """A plan that is in place: since when, and every review limit it has had."""

    started_on: date
    reviews: tuple[Met, ...]


@measure
def plans_reviewed_in_time(rows: Iterable[PlanReviews], now: datetime, today: date) -> tuple[int, int]:
    """Plans in place that have run three months or more and have had every review in time, of all plans in place that have run three months or more.

    In time: the first review within three months of the start, each later one within six months of the last, up to
    today. This is the Department for Education's measure of reviews within timescales, as at today in place of
    31 March.
    """
    old = [row for row in rows if add_months(row.started_on, 3) <= today]
    good = sum(limits_kept(row.reviews, now)[1] == 0 for row in old)
    return good, len(old)


class Plan(NamedTuple):
    """A child protection plan: its first and last day, and how many the child had before it."""

    started_on: date
    ended_on: date | None
    earlier: int


BANDS = ("Under 3 months", "3 to 6 months", "6 to 12 months", "12 to 24 months", "24 months or more")


@dataclass(frozen=True, slots=True)
class Plans:
    """Plans by length and by whether the child had one before."""

    bands: tuple[int, ...]
    again: tuple[int, ...]
    long: int
    started: int
    started_again: int
    ended: int
    ended_long: int


@measure
def plan_lengths(rows: Iterable[Plan], today: date) -> Plans:
    """Plans in place today by how long they have lasted; those of fifteen months or more are named at the top.

    Second or later: the child had an earlier plan here at any time, as recorded or as the last census said. Repeat
    plans are those, of plans that started in the last twelve months. Plans of two years or more are those that lasted
    so long, of plans that ended in the last twelve months. The last two are the Department for Education's measures;
    zero repeat plans is not expected.
    """
    rows = list(rows)
    here = [row for row in rows if row.ended_on is None]
    bands, again = [0] * 5, [0] * 5
    for row in here:
        band = sum(add_months(row.started_on, months) <= today for months in (3, 6, 12, 24))
        bands[band] += 1
        again[band] += row.earlier > 0
    since = add_months(today, -12)
    started = [row for row in rows if row.started_on > since]
    ended = [row for row in rows if row.ended_on is not None and row.ended_on > since]
    return Plans(
        tuple(bands),
        tuple(again),
        sum(add_months(row.started_on, LONG_PLAN_MONTHS) <= today for row in here),
        len(started),
        sum(row.earlier > 0 for row in started),
        len(ended),
        sum(row.ended_on is not None and add_months(row.started_on, 24) <= row.ended_on for row in ended),
    )


# --- the front door ---------------------------------------------------------------------------------------------------


class Referral(NamedTuple):
    """A referral that was received: whose, when, when it was decided, when phoned in and confirmed in writing."""

    person: int
    episode: int
    received_on: date
    decided_on: date | None
    phoned_at: datetime | None = None
    written_at: datetime | None = None


class ReferralWeek(NamedTuple):
    """Referrals received in a week: decided in time, decided late or overdue, still within the day; and returns."""

    begins: date
    in_time: int
    late: int
    waiting: int
    returns: int


@measure
def referral_decisions(rows: Iterable[Referral], earlier: Mapping[int, Sequence[tuple[int, date]]], today: date, calendar: Calendar) -> list[ReferralWeek]:  # fmt: skip
    """Referrals received in each of the last twelve weeks, and those decided by the end of the next working day.

    Late are those decided later and those whose day has passed without a decision; one whose day has not passed is
    waiting and in neither share. The limit is Working Together's one working day, counted here in whole days; a
    referral that came in the evening may by the rule pack have until later. Came back: the same child was referred in
    the twelve months before, the day a year on still counting. This is the Department for Education's measure of
    re-referrals.
    """
    weeks = {week: [0, 0, 0, 0] for week in last_weeks(today)}
    for row in rows:
        count = weeks.get(monday(row.received_on))
        if count is None or row.received_on > today:
            continue
        taken = calendar.between(row.received_on, row.decided_on or today)
        if row.decided_on is None:
            count[1 if taken > 1 else 2] += 1
        else:
            count[1 if taken > 1 else 0] += 1
        count[3] += came_back(row, earlier)
    return [ReferralWeek(week, *count) for week, count in weeks.items()]


def came_back(row: Referral, earlier: Mapping[int, Sequence[tuple[int, date]]]) -> bool:
    """Whether another spell of the same child began with a referral in the twelve months before."""
    since = add_months(row.received_on, -RETURN_MONTHS)
    spells = earlier.get(row.person, ())
    return any(since <= day <= row.received_on and spell != row.episode for spell, day in spells)


@measure
def forms_in_a_day(rows: Iterable[Referral], now: datetime) -> tuple[int, int]:
    """Referrals made by telephone whose written form came within 24 hours of the call, of all whose 24 hours have passed or whose form has come.

    Hours run through nights, weekends and bank holidays.
    """
    day = timedelta(hours=24)
    calls = [row for row in rows if row.phoned_at is not None]
    good = sum(
        bool(row.phoned_at and row.written_at and row.written_at <= row.phoned_at + day) for row in calls
    )
    over = [
        row for row in calls if row.written_at is not None or (row.phoned_at and row.phoned_at + day < now)
    ]
    return good, len(over)


# --- missing education, early help, disagreements -----------------------------------------------------------------------

MISSING_BANDS = ("0 to 5 days", "6 to 10 days", "11 to 20 days", "21 days or more")


@measure
def missing_by_days(days: Iterable[int]) -> tuple[int, ...]:
    """Open cases by school days missed: since the first full day of absence, that day included, or since the child was found without a school.

    Days are those of the child's school where its calendar is loaded, else of the calendar called usual, else working
    days; the page says for how many the last had to do.
    """
    bands = [0] * 4
    for each in days:
        bands[(each > 5) + (each > 10) + (each > 20)] += 1
    return tuple(bands)


class Ended(NamedTuple):
    """A case that has ended: when, and how."""

    on: date
    outcome: str


@measure
def endings(rows: Iterable[Ended], today: date, weeks: int = WEEKS) -> dict[str, int]:
    """Cases that ended in the weeks that the table names, this one included, by the outcome that was recorded."""
    since = monday(today) - timedelta(weeks=weeks - 1)
    return dict(Counter(row.outcome for row in rows if since <= row.on <= today).most_common())


class Step(NamedTuple):
    """A step up from early help or down to it, and its day."""

    on: date
    up: bool


@measure
def steps_by_month(rows: Iterable[Step], today: date) -> list[tuple[date, int, int]]:
    """Early help cases referred up to social care, and cases stepped down to early help, by month, for six months.

    A step up counts on the day of the referral, whatever became of it; a step down on the day on which it was offered
    to early help.
    """
    months = {month: [0, 0] for month in last_months(today)}
    for row in rows:
        count = months.get(row.on.replace(day=1))
        if count is not None and row.on <= today:
            count[0 if row.up else 1] += 1
    return [(month, up, down) for month, (up, down) in months.items()]


@measure
def refusals(days: Iterable[date], today: date) -> int:
    """Early help cases in which consent was refused or withdrawn in the last six months, counted by the last time."""
    since = last_months(today)[0]
    return sum(since <= day <= today for day in days)


class Dispute(NamedTuple):
    """A disagreement that is open: the step it is at, and the day on which it began."""

    step: str
    began_on: date


OLD_DISPUTE = 5


@measure
def disagreements(rows: Iterable[Dispute], today: date, calendar: Calendar) -> dict[str, list[int]]:
    """Open professional disagreements by the step they have reached, each with its age in working days.

    The age is counted from the day on which the disagreement was recorded, through all its steps.
    """
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.step, []).append(calendar.between(min(row.began_on, today), today))
    return {step: sorted(ages) for step, ages in found.items()}


# --- the service -----------------------------------------------------------------------------------------------------


class Load(NamedTuple):
    """How many open cases one lead has in a team. No name comes in and none goes out."""

    team: str
    led: bool
    cases: int


class TeamLoad(NamedTuple):
    """The open cases of a team: in all, without a lead, and how many each lead has."""

    cases: int
    unled: int
    loads: tuple[int, ...]


@measure
def caseloads(rows: Iterable[Load]) -> dict[str, TeamLoad]:
    """Open cases of each team, and how they are spread over those who lead them, without names.

    A lead is whoever the case names; a case that names nobody is counted as without a lead. Chairs and other roles
    that hold no case as its lead are not counted, since the record does not yet say which chair has which conference.
    """
    found: dict[str, TeamLoad] = {}
    for row in rows:
        cases, unled, loads = found.get(row.team, TeamLoad(0, 0, ()))
        if row.led:
            loads = tuple(sorted((*loads, row.cases)))
        found[row.team] = TeamLoad(cases + row.cases, unled + (0 if row.led else row.cases), loads)
    return found


class Known(NamedTuple):
    """Of the open cases of a pathway, those in which a field of the return is known."""

    pathway: str
    field: str
    cases: int
    known: int


@measure
def completeness(rows: Iterable[Known]) -> tuple[int, int]:
    """Fields that the children in need census asks for and that are known, of all that it asks for, over the open cases of social care.

    Asked for here: date of birth or expected date, sex, ethnicity, source of the referral and primary need (once
    assessment has begun). Sex recorded as not known counts as missing. The return's own checks are wider: run them
    before it is sent.
    """
    known = every = 0
    for row in rows:
        known += row.known
        every += row.cases
    return known, every


class Impossible(NamedTuple):
    """How many cases or people have dates that cannot both be right, and which."""

    what: str
    number: int


@measure
def impossible_dates(rows: Iterable[Impossible]) -> int:
    """Open and ended cases whose dates contradict each other: opened before the birth of a child that is born, closed before it was opened, opened after a death, begun in the future."""
    return sum(row.number for row in rows)


class Run(NamedTuple):
    """One run of the overnight check."""

    as_of: datetime
    finished: bool
    seconds: int
    cases: int
    missed: int
    moved: int
    parked: int
    rules: str


@measure
def check_runs(rows: Sequence[Run], today: date, day_of: Callable[[datetime], date]) -> tuple[bool, int]:
    """The last fourteen runs of the overnight check, as the check itself notes them down, newest first.

    A run that did not finish counts as none. Cases are those that had a date to look at; found late are limits that
    the run was first to see missed; set aside are cases it could not deal with, with the reason in `pathways check
    last`. Today's check has run if a finished run looked from some moment of today.
    """
    ran = any(row.finished and day_of(row.as_of) == today for row in rows)
    return ran, sum(not row.finished for row in rows)
