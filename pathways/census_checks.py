"""What a child's record in the census holds, and the rules every record handed out keeps.

A rule of kind "not used" takes out the value that cannot stand beside the others; a rule of kind "query" only
says that somebody should look. Where two values contradict each other, the one whose loss keeps a case open
and in sight is taken out: the closure, not the plan still running; the end, not the start. The rules run in
the order of the table, each on what those before it left; `check` goes round again until none takes anything.
A rule about reviews during a child in need plan (4003) and the rules about the whole file are not here: the
first cannot be broken by what is left, the others need more than one child.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Literal, NamedTuple

Kind = Literal["not used", "query"]
NOT_USED: Kind = "not used"
QUERY: Kind = "query"

Extension = tuple[str, tuple[tuple[str, str], ...]]
"""A block no rule here reads, as sent: its element, then (element, text) of each value in it."""


@dataclass(slots=True)
class Assessment:
    """An assessment of a child's needs; open while `authorised` is missing."""

    start: date
    internal_review: date | None = None
    authorised: date | None = None
    factors: list[str] = field(default_factory=list)


@dataclass(slots=True)
class CinPlan:
    """A child in need plan; running while `end` is missing."""

    start: date
    end: date | None = None


@dataclass(slots=True)
class Section47:
    """An enquiry; open while it has neither a conference nor the word that none is needed."""

    start: date
    icpc_target: date | None = None
    icpc_date: date | None = None
    icpc_not_required: bool = False


@dataclass(slots=True)
class CpPlan:
    """A child protection plan; running while `end` is missing. Reviews are in order of date."""

    start: date
    end: date | None = None
    initial_category: str | None = None
    latest_category: str | None = None
    previous_plans: int | None = None
    reviews: list[date] = field(default_factory=list)


@dataclass(slots=True)
class Episode:
    """One referral and what followed. Its date is missing where what was sent cannot stand."""

    referral_date: date | None = None
    referral_source: str | None = None
    primary_need: str | None = None
    closure_date: date | None = None
    closure_reason: str | None = None
    initial_cpc_date: date | None = None
    assessments: list[Assessment] = field(default_factory=list)
    cin_plans: list[CinPlan] = field(default_factory=list)
    section_47s: list[Section47] = field(default_factory=list)
    referral_nfa: bool = False
    cp_plans: list[CpPlan] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)


@dataclass(slots=True)
class Child:
    """One child of the return. `line` is where the record starts in the file."""

    la_child_id: str
    upn: str | None = None
    former_upn: str | None = None
    upn_unknown: str | None = None
    birth_date: date | None = None
    expected_birth_date: date | None = None
    sex: Literal["M", "F", "U"] = "U"
    sex_as_sent: str = ""
    death_date: date | None = None
    ethnicity: str | None = None
    disabilities: list[str] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    line: int = 0


class Period(NamedTuple):
    """The year a return covers; both days belong to it."""

    year: int
    start: date
    reference: date


Block = Child | Episode | Assessment | CinPlan | Section47 | CpPlan
Place = tuple[Any, ...]
"""Where a rule is broken: the block, the field ("" for the whole block), and which entry of a list."""


class Rule(NamedTuple):
    """One rule: the census's code for it ("" where it is ours), what it does, and the sentence a person reads."""

    code: str
    kind: Kind
    says: str
    find: Callable[[Child, Period], Iterable[Place]]
    of: str = ""
    """The blocks that it reads: a child without any breaks no such rule. Empty for what is asked of every child."""


def easter(year: int) -> date:
    """Easter Sunday."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114
    return date(year, n // 31, n % 31 + 1)


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """England's usual bank holidays and the extra ones of 2022 and 2023; enough for a query, not for a deadline."""
    sunday, found = easter(year), set[date]()
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while day.weekday() > 4 or day in found:
            day += timedelta(1)
        found.add(day)
    may, spring, summer = date(year, 5, 7), date(year, 5, 31), date(year, 8, 31)
    found |= {sunday - timedelta(2), sunday + timedelta(1)}
    found |= {day - timedelta(day.weekday()) for day in (may, spring, summer)}
    if year == 2022:
        found = found - {date(2022, 5, 30)} | {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)}
    if year == 2023:
        found.add(date(2023, 5, 8))
    return frozenset(found)


def is_working(day: date) -> bool:
    """Whether the day is neither at a weekend nor a usual bank holiday."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; none when they are the same day."""
    return sum(is_working(start + timedelta(n)) for n in range(1, (end - start).days + 1))


def _overdue(start: date, days: int, on: date) -> bool:
    return (on - start).days > 3 * days or working_days(start, on) > days


def _assessments(child: Child) -> Iterator[tuple[Episode, Assessment]]:
    return ((e, a) for e in child.episodes for a in e.assessments)


def _enquiries(child: Child) -> Iterator[tuple[Episode, Section47]]:
    return ((e, s) for e in child.episodes for s in e.section_47s)


def _cin(child: Child) -> Iterator[tuple[Episode, CinPlan]]:
    return ((e, p) for e in child.episodes for p in e.cin_plans)


def _cp(child: Child) -> Iterator[tuple[Episode, CpPlan]]:
    return ((e, p) for e in child.episodes for p in e.cp_plans)


def _before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


def _activity(e: Episode) -> bool:
    return bool(e.assessments or e.cin_plans or e.section_47s or e.cp_plans or e.initial_cpc_date)


def _dates(e: Episode, written: bool = True) -> Iterator[date]:
    """Every date of what was done in an episode, apart from targets; `written`: and when it was written up."""
    found: list[date | None] = [e.initial_cpc_date]
    found += [d for a in e.assessments for d in (a.start, a.authorised if written else None)]
    found += [d for p in e.cin_plans for d in (p.start, p.end)]
    found += [d for s in e.section_47s for d in (s.start, s.icpc_date)]
    found += [d for p in e.cp_plans for d in (p.start, p.end, *p.reviews)]
    return (d for d in found if d is not None)


def _alive(child: Child) -> Iterator[date]:
    """Every date that needs a living child; an assessment may be written up after a death."""
    for e in child.episodes:
        yield from (d for d in (e.referral_date, *_dates(e, written=False)) if d is not None)


def _ends(e: Episode) -> list[date | None]:
    return [p.end for p in e.cin_plans] + [p.end for p in e.cp_plans]


def _unfinished(s: Section47) -> bool:
    return s.icpc_date is None and not s.icpc_not_required


def _overlaps(plans: Iterable[CinPlan | CpPlan], touching: bool) -> Iterator[Place]:
    """Those to leave out so that no two are left at once: the running one stays, else the first."""
    kept: CinPlan | CpPlan | None = None
    for plan in sorted(plans, key=lambda p: p.start):
        if kept is None or (
            kept.end and (kept.end < plan.start or (kept.end == plan.start and not touching))
        ):
            kept = plan
        elif kept.end and not plan.end:
            yield kept, ""
            kept = plan
        else:
            yield plan, ""


def _beside_cp(child: Child) -> Iterator[Place]:
    """The child in need plans beside a child protection plan; these no longer overlap one another."""
    cp = sorted((p for _, p in _cp(child)), key=lambda p: p.start)
    starts = [p.start for p in cp]
    taken = set(starts)
    for _, plan in _cin(child):
        last = bisect_left(starts, plan.end or date.max)
        before = cp[last - 1] if last else None
        if plan.start in taken or (before and (before.end is None or plan.start < before.end)):
            yield plan, ""


def _repeated(item: Block, name: str, entries: list[Any]) -> Iterator[Place]:
    seen = set()
    for entry in entries:
        if entry in seen:
            yield item, name, entry
        seen.add(entry)


def _later_open(blocks: list[Any], is_open: Callable[[Any], bool]) -> Iterator[Place]:
    found = sorted((b for b in blocks if is_open(b)), key=lambda b: b.start)
    return ((b, "") for b in found[1:])


def _episode_overlaps(child: Child) -> Iterator[Place]:
    dated = sorted((e for e in child.episodes if e.referral_date), key=lambda e: e.referral_date or date.max)
    dated = [e for e in dated if not (e.referral_nfa and e.closure_date is None)]
    for earlier, later in pairwise(dated):
        if earlier.closure_date and later.referral_date and later.referral_date < earlier.closure_date:
            yield later, "referral_date"


def _open_episodes(child: Child) -> list[Episode]:
    return [e for e in child.episodes if e.closure_date is None and not e.referral_nfa]


def _conferences(e: Episode) -> set[date | None]:
    return {s.icpc_date for s in e.section_47s} | {e.initial_cpc_date}


def _back(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _grace(start: date) -> date:
    day = start - timedelta(1)
    while not is_working(day):
        day -= timedelta(1)
    return day


_ASSESSED_OUT = ("RC8", "RC9")

RULES: tuple[Rule, ...] = (
    Rule("8520", NOT_USED, "The date of birth is after the return's reference date.",
         lambda c, p: [(c, "birth_date")] if _before(p.reference, c.birth_date) else []),
    Rule("8525Q", NOT_USED, "The child has a date of birth, so the expected date of birth was left out.",
         lambda c, p: [(c, "expected_birth_date")] if c.birth_date and c.expected_birth_date else []),
    Rule("8525Q", QUERY, "The child has neither a date of birth nor an expected one.",
         lambda c, p: [] if c.birth_date or c.expected_birth_date else [(c, "birth_date")]),
    Rule("8530Q", QUERY, "The child should have been born well before, or long after, the reference date.",
         lambda c, p: [(c, "expected_birth_date")] if c.expected_birth_date and not -30 < (c.expected_birth_date - p.reference).days < 275 else []),
    Rule("8535Q", NOT_USED, "The date of death is before the date of birth.",
         lambda c, p: [(c, "death_date")] if _before(c.death_date, c.birth_date) else []),
    Rule("8545Q", NOT_USED, "The date of death is after the return's reference date.",
         lambda c, p: [(c, "death_date")] if _before(p.reference, c.death_date) else []),
    Rule("8545Q", QUERY, "The date of death is before the year of the return.",
         lambda c, p: [(c, "death_date")] if _before(c.death_date, p.start) else []),
    Rule("8750", NOT_USED, "The sex of an unborn child is not known yet.",
         lambda c, p: [(c, "sex")] if c.expected_birth_date and not c.birth_date and c.sex != "U" else []),
    Rule("8775Q", QUERY, "This person was over 25 at the reference date.",
         lambda c, p: [(c, "birth_date")] if _before(c.birth_date, _back(p.reference, 26)) else []),
    Rule("4180", QUERY, "No sex was sent for this child.",
         lambda c, p: [] if c.sex_as_sent else [(c, "sex")]),
    Rule("4220", QUERY, "No ethnicity that can be used was sent for this child.",
         lambda c, p: [] if c.ethnicity else [(c, "ethnicity")]),
    Rule("8794", NOT_USED, "The same disability is recorded twice.",
         lambda c, p: _repeated(c, "disabilities", c.disabilities)),
    Rule("8790", NOT_USED, "'No disability' stands beside a disability, which was kept.",
         lambda c, p: [(c, "disabilities", "NONE")] if "NONE" in c.disabilities and len(set(c.disabilities)) > 1 else []),
    Rule("8590", QUERY, "The child has no referral.",
         lambda c, p: [] if c.episodes else [(c, "episodes")]),
    Rule("8600", NOT_USED, "The referral is dated after the return's reference date.",
         lambda c, p: [(e, "referral_date") for e in c.episodes if _before(p.reference, e.referral_date)]),
    Rule("8620", NOT_USED, "The closure is dated after the return's reference date.",
         lambda c, p: [(e, "closure_date") for e in c.episodes if _before(p.reference, e.closure_date)]),
    Rule("", NOT_USED, "The assessment starts after the return's reference date.",
         lambda c, p: [(a, "") for _, a in _assessments(c) if a.start > p.reference], "assessments"),
    Rule("8696", NOT_USED, "The assessment is authorised after the return's reference date.",
         lambda c, p: [(a, "authorised") for _, a in _assessments(c) if _before(p.reference, a.authorised)], "assessments"),
    Rule("", NOT_USED, "The section 47 enquiry starts after the return's reference date.",
         lambda c, p: [(s, "") for _, s in _enquiries(c) if s.start > p.reference], "section_47s"),
    Rule("8715", NOT_USED, "The conference is dated after the return's reference date.",
         lambda c, p: [(s, "icpc_date") for _, s in _enquiries(c) if _before(p.reference, s.icpc_date)]
         + [(e, "initial_cpc_date") for e in c.episodes if _before(p.reference, e.initial_cpc_date)]),
    Rule("4010", NOT_USED, "The child in need plan starts after the return's reference date.",
         lambda c, p: [(q, "") for _, q in _cin(c) if q.start > p.reference], "cin_plans"),
    Rule("4013", NOT_USED, "The child in need plan ends after the return's reference date.",
         lambda c, p: [(q, "end") for _, q in _cin(c) if _before(p.reference, q.end)], "cin_plans"),
    Rule("8720", NOT_USED, "The child protection plan starts after the return's reference date.",
         lambda c, p: [(q, "") for _, q in _cp(c) if q.start > p.reference], "cp_plans"),
    Rule("8930", NOT_USED, "The child protection plan ends after the return's reference date.",
         lambda c, p: [(q, "end") for _, q in _cp(c) if _before(p.reference, q.end)], "cp_plans"),
    Rule("", NOT_USED, "The review is dated after the return's reference date.",
         lambda c, p: [(q, "reviews", r) for _, q in _cp(c) for r in q.reviews if r > p.reference], "cp_plans"),
    Rule("8608", NOT_USED, "The assessment was authorised before it started.",
         lambda c, p: [(a, "authorised") for _, a in _assessments(c) if _before(a.authorised, a.start)], "assessments"),
    Rule("", NOT_USED, "The internal review is before the start of the assessment.",
         lambda c, p: [(a, "internal_review") for _, a in _assessments(c) if _before(a.internal_review, a.start)], "assessments"),
    Rule("8615", NOT_USED, "The conference is before the enquiry that led to it.",
         lambda c, p: [(s, "icpc_date") for _, s in _enquiries(c) if _before(s.icpc_date, s.start)], "section_47s"),
    Rule("", NOT_USED, "The conference's target date is before the start of the enquiry.",
         lambda c, p: [(s, "icpc_target") for _, s in _enquiries(c) if _before(s.icpc_target, s.start)], "section_47s"),
    Rule("8875", NOT_USED, "The conference is dated at a weekend.",
         lambda c, p: [(s, "icpc_date") for _, s in _enquiries(c) if s.icpc_date and s.icpc_date.weekday() > 4]
         + [(e, "initial_cpc_date") for e in c.episodes if e.initial_cpc_date and e.initial_cpc_date.weekday() > 4]),
    Rule("8870Q", QUERY, "The conference's target date is at a weekend.",
         lambda c, p: [(s, "icpc_target") for _, s in _enquiries(c) if s.icpc_target and s.icpc_target.weekday() > 4], "section_47s"),
    Rule("4011", NOT_USED, "The child in need plan ended before it started.",
         lambda c, p: [(q, "end") for _, q in _cin(c) if _before(q.end, q.start)], "cin_plans"),
    Rule("4012Q", QUERY, "The child in need plan started and ended on the same day.",
         lambda c, p: [(q, "end") for _, q in _cin(c) if q.end == q.start], "cin_plans"),
    Rule("8925", NOT_USED, "The child protection plan ended before it started.",
         lambda c, p: [(q, "end") for _, q in _cp(c) if _before(q.end, q.start)], "cp_plans"),
    Rule("8840", NOT_USED, "The child protection plan ended on the day it started.",
         lambda c, p: [(q, "end") for _, q in _cp(c) if q.end == q.start], "cp_plans"),
    Rule("8841", NOT_USED, "The review is not after the start of the plan.",
         lambda c, p: [(q, "reviews", r) for _, q in _cp(c) for r in q.reviews if r <= q.start], "cp_plans"),
    Rule("", NOT_USED, "The review is after the end of the plan.",
         lambda c, p: [(q, "reviews", r) for _, q in _cp(c) for r in q.reviews if _before(q.end, r)], "cp_plans"),
    Rule("", NOT_USED, "The same review is recorded twice.",
         lambda c, p: [(q, "reviews", one) for _, q in _cp(c) for one, other in pairwise(sorted(q.reviews)) if one == other], "cp_plans"),
    Rule("8630", NOT_USED, "The closure is before the referral.",
         lambda c, p: [(e, "closure_date") for e in c.episodes if _before(e.closure_date, e.referral_date)]),
    Rule("1105", NOT_USED, "The child protection plan started before the referral; the plan was kept, the date of referral was not.",
         lambda c, p: [(e, "referral_date") for e in c.episodes if any(_before(q.start, e.referral_date) for q in e.cp_plans)]),
    Rule("1103", NOT_USED, "The assessment started before the referral.",
         lambda c, p: [(a, "") for e, a in _assessments(c) if _before(a.start, e.referral_date)], "assessments"),
    Rule("2889", NOT_USED, "The section 47 enquiry started before the referral.",
         lambda c, p: [(s, "") for e, s in _enquiries(c) if _before(s.start, e.referral_date)], "section_47s"),
    Rule("1104", NOT_USED, "The conference was held before the referral.",
         lambda c, p: [(s, "icpc_date") for e, s in _enquiries(c) if _before(s.icpc_date, e.referral_date)], "section_47s"),
    Rule("4015", NOT_USED, "The child in need plan started before the referral.",
         lambda c, p: [(q, "") for e, q in _cin(c) if _before(q.start, e.referral_date)], "cin_plans"),
    Rule("", NOT_USED, "The conference with no enquiry behind it was held before the referral.",
         lambda c, p: [(e, "initial_cpc_date") for e in c.episodes if _before(e.initial_cpc_date, e.referral_date)]),
    Rule("2884", NOT_USED, "The same conference is recorded with an enquiry, where it was kept, and without one.",
         lambda c, p: [(e, "initial_cpc_date") for e, s in _enquiries(c) if e.initial_cpc_date and e.initial_cpc_date == s.icpc_date][:1], "section_47s"),
    Rule("8868", NOT_USED, "A conference was held after this enquiry, so it cannot have been found unnecessary.",
         lambda c, p: [(s, "icpc_not_required") for _, s in _enquiries(c) if s.icpc_date and s.icpc_not_required], "section_47s"),
    Rule("8614", NOT_USED, "Factors are recorded for an assessment that is not completed.",
         lambda c, p: [(a, "factors", f) for _, a in _assessments(c) if not a.authorised for f in a.factors], "assessments"),
    Rule("8898", NOT_USED, "The same factor is recorded twice for one assessment.",
         lambda c, p: [f for _, a in _assessments(c) for f in _repeated(a, "factors", a.factors)], "assessments"),
    Rule("8869", NOT_USED, "'No factors identified' stands beside a factor, which was kept.",
         lambda c, p: [(a, "factors", "21") for _, a in _assessments(c) if "21" in a.factors and len(set(a.factors)) > 1], "assessments"),
    Rule("8896", NOT_USED, "Another assessment that started first is still open.",
         lambda c, p: [f for e in c.episodes for f in _later_open(e.assessments, lambda a: a.authorised is None)]),
    Rule("8839", NOT_USED, "Another section 47 enquiry that started first is still open.",
         lambda c, p: [f for e in c.episodes for f in _later_open(e.section_47s, _unfinished)]),
    Rule("8940", NOT_USED, "The child was on another child protection plan at the same time, which was kept.",
         lambda c, p: _overlaps([q for _, q in _cp(c)], touching=False), "cp_plans"),
    Rule("4014", NOT_USED, "The child had another child in need plan at the same time, which was kept.",
         lambda c, p: _overlaps([q for _, q in _cin(c)], touching=True), "cin_plans"),
    Rule("4001", NOT_USED, "The child was on a child protection plan, which was kept, at the time of this child in need plan.",
         lambda c, p: _beside_cp(c), "cp_plans"),
    Rule("8831", NOT_USED, "The referral ended in no further action, yet something was done; what was done was kept.",
         lambda c, p: [(e, "referral_nfa") for e in c.episodes if e.referral_nfa and _activity(e)]),
    Rule("8867", NOT_USED, "The case was closed while an assessment was open.",
         lambda c, p: [(e, "closure_date") for e in c.episodes if e.closure_date and any(a.authorised is None for a in e.assessments)]),
    Rule("8868", NOT_USED, "The case was closed while a section 47 enquiry was open.",
         lambda c, p: [(e, "closure_date") for e in c.episodes if e.closure_date and any(map(_unfinished, e.section_47s))]),
    Rule("8565", NOT_USED, "The case was closed while a plan was running.",
         lambda c, p: [(e, "closure_date") for e in c.episodes if e.closure_date and None in _ends(e)]),
    Rule("8565", NOT_USED, "Something in this case is dated after its closure.",
         lambda c, p: [(e, "closure_date") for e in c.episodes if e.closure_date and any(d > e.closure_date for d in _dates(e))]),
    Rule("8555Q", NOT_USED, "Something was done with the child after the date of death, so that date was not used.",
         lambda c, p: [(c, "death_date")] if c.death_date and any(d > c.death_date for d in _alive(c)) else []),
    Rule("8810", NOT_USED, "A reason for closure without a date of closure.",
         lambda c, p: [(e, "closure_reason") for e in c.episodes if e.closure_reason and not e.closure_date]),
    Rule("2990", NOT_USED, "Closed after assessment, yet there is an enquiry, a conference or a plan.",
         lambda c, p: [(e, "closure_reason") for e in c.episodes if e.closure_reason in _ASSESSED_OUT
                       and (e.section_47s or e.cp_plans or e.cin_plans or e.initial_cpc_date)]),
    Rule("8772", NOT_USED, "The reason for having no pupil number fits only a child all of whose referrals ended in no further action.",
         lambda c, p: [(c, "upn_unknown")] if c.upn_unknown == "UN7" and not all(e.referral_nfa for e in c.episodes) else []),
    Rule("8770Q", QUERY, "A child of this age should have a pupil number or the reason for having none.",
         lambda c, p: [(c, "upn")] if not c.upn and c.upn_unknown in (None, "UN1") and _before(c.birth_date, _back(p.reference, 6))
         and not all(e.referral_nfa for e in c.episodes) else []),
    Rule("8600", QUERY, "There is no date of referral that can be used.",
         lambda c, p: [(e, "referral_date") for e in c.episodes if not e.referral_date]),
    Rule("8606", QUERY, "The referral is more than 280 days before the birth.",
         lambda c, p: [(e, "referral_date") for e in c.episodes for born in (c.birth_date or c.expected_birth_date,)
                       if born and e.referral_date and (born - e.referral_date).days > 280]),
    Rule("8610", QUERY, "There is no primary need, though the referral went further.",
         lambda c, p: [(e, "primary_need") for e in c.episodes if not e.primary_need and not e.referral_nfa]),
    Rule("8866", QUERY, "There is no source of the referral that can be used.",
         lambda c, p: [(e, "referral_source") for e in c.episodes if not e.referral_source]),
    Rule("8805", QUERY, "A date of closure without a reason for it.",
         lambda c, p: [(e, "closure_reason") for e in c.episodes if e.closure_date and not e.closure_reason]),
    Rule("8585Q", QUERY, "The case was closed because the child died, yet no date of death can be used.",
         lambda c, p: [(e, "closure_reason") for e in c.episodes if e.closure_reason == "RC2" and not c.death_date]),
    Rule("8569Q", QUERY, "A referral from before the year should not be among those that ended in no further action.",
         lambda c, p: [(e, "referral_nfa") for e in c.episodes if e.referral_nfa and _before(e.referral_date, _grace(p.start))]),
    Rule("8825Q", QUERY, "Closed after assessment, yet no assessment was sent.",
         lambda c, p: [(e, "closure_reason") for e in c.episodes if e.closure_reason in _ASSESSED_OUT and not e.assessments]),
    Rule("8873Q", QUERY, "The only assessment found no factors, yet the case was not closed after it.",
         lambda c, p: [(e, "closure_reason") for e in c.episodes if len(e.assessments) == 1
                       and e.assessments[0].factors == ["21"] and e.closure_reason not in _ASSESSED_OUT]),
    Rule("2991Q", QUERY, "A section 47 enquiry in a case without any assessment.",
         lambda c, p: [(e.section_47s[0], "start") for e in c.episodes if e.section_47s and not e.assessments]),
    Rule("8620", QUERY, "The closure is before the year of the return.",
         lambda c, p: [(e, "closure_date") for e in c.episodes if _before(e.closure_date, p.start)]),
    Rule("8696", QUERY, "The assessment was completed before the year of the return.",
         lambda c, p: [(a, "authorised") for _, a in _assessments(c) if _before(a.authorised, p.start)], "assessments"),
    Rule("8715", QUERY, "The conference was held before the year of the return.",
         lambda c, p: [(s, "icpc_date") for _, s in _enquiries(c) if _before(s.icpc_date, p.start)]
         + [(e, "initial_cpc_date") for e in c.episodes if _before(e.initial_cpc_date, p.start)]),
    Rule("4013", QUERY, "The child in need plan ended before the year of the return.",
         lambda c, p: [(q, "end") for _, q in _cin(c) if _before(q.end, p.start)], "cin_plans"),
    Rule("8930", QUERY, "The child protection plan ended before the year of the return.",
         lambda c, p: [(q, "end") for _, q in _cp(c) if _before(q.end, p.start)], "cp_plans"),
    Rule("8736", QUERY, "The assessment is still open and started before the year of the return.",
         lambda c, p: [(a, "start") for _, a in _assessments(c) if not a.authorised and a.start < p.start], "assessments"),
    Rule("8740", QUERY, "The section 47 enquiry is still open and started before the year of the return.",
         lambda c, p: [(s, "start") for _, s in _enquiries(c) if _unfinished(s) and s.start < p.start], "section_47s"),
    Rule("8670Q", QUERY, "The assessment has been open for more than 45 working days.",
         lambda c, p: [(a, "start") for _, a in _assessments(c) if not a.authorised and _overdue(a.start, 45, p.reference)], "assessments"),
    Rule("8675Q", QUERY, "The enquiry has waited more than 15 working days for a conference or for word that none is needed.",
         lambda c, p: [(s, "start") for _, s in _enquiries(c) if _unfinished(s) and _overdue(s.start, 15, p.reference)], "section_47s"),
    Rule("2885", QUERY, "The plan did not start on the day of a conference of the same case.",
         lambda c, p: [(q, "start") for e, q in _cp(c) if q.start not in _conferences(e) and q.start >= p.start], "cp_plans"),
    Rule("8730", QUERY, "The number of earlier plans is missing or cannot be used.",
         lambda c, p: [(q, "previous_plans") for _, q in _cp(c) if q.previous_plans is None], "cp_plans"),
    Rule("8905", QUERY, "The category of abuse at the start of the plan is missing or cannot be used.",
         lambda c, p: [(q, "initial_category") for _, q in _cp(c) if not q.initial_category], "cp_plans"),
    Rule("8910", QUERY, "The latest category of abuse is missing or cannot be used.",
         lambda c, p: [(q, "latest_category") for _, q in _cp(c) if not q.latest_category], "cp_plans"),
    Rule("8897Q", QUERY, "A completed assessment without any factor.",
         lambda c, p: [(a, "factors") for _, a in _assessments(c) if a.authorised and not a.factors], "assessments"),
    Rule("8945Q", QUERY, "Factor 18A has given way to 18B and 18C.",
         lambda c, p: [(a, "factors", "18A") for _, a in _assessments(c) if "18A" in a.factors and p.year >= 2025], "assessments"),
    Rule("8950Q", QUERY, "Factor 19A has given way to 19B and 19C.",
         lambda c, p: [(a, "factors", "19A") for _, a in _assessments(c) if "19A" in a.factors and p.year >= 2025], "assessments"),
    Rule("8863Q", QUERY, "The assessment started before the one before it was authorised.",
         lambda c, p: [(b, "start") for e in c.episodes for a, b in pairwise(sorted(e.assessments, key=lambda a: a.start)) if _before(b.start, a.authorised)]),
    Rule("8890", QUERY, "The enquiry started before the conference of the one before it.",
         lambda c, p: [(t, "start") for e in c.episodes for s, t in pairwise(sorted(e.section_47s, key=lambda s: s.start)) if _before(t.start, s.icpc_date)]),
    Rule("8815", QUERY, "More than one of the child's cases is open.",
         lambda c, p: [(e, "closure_date") for e in _open_episodes(c)[1:]]),
    Rule("8816", QUERY, "The open case is not the latest one.",
         lambda c, p: [(e, "referral_date") for e in _open_episodes(c)[:1]
                       if any(_before(e.referral_date, f.closure_date) for f in c.episodes)]),
    Rule("8820", QUERY, "The child was referred again before the earlier case was closed.",
         lambda c, p: _episode_overlaps(c)),
    Rule("1570", QUERY, "The identifier is longer than 20 characters.",
         lambda c, p: [(c, "la_child_id")] if p.year >= 2025 and len(c.la_child_id) > 20 else []),
    Rule("1580", QUERY, "The identifier holds something other than letters and digits.",
         lambda c, p: [(c, "la_child_id")] if p.year >= 2025 and not (c.la_child_id.isascii() and c.la_child_id.isalnum()) else []),
)  # fmt: skip


def check(child: Child, period: Period) -> Iterator[tuple[Rule, Place]]:
    """Put a child's record in order: take out what breaks a rule, and say where every rule was broken.

    The record is changed in place. What a rule takes out can only break rules of its own kind again (a plan
    left without an end), so the rules that take out go round until a round takes nothing.
    """
    blocks = frozenset(name for e in child.episodes for name in BLOCKS if getattr(e, name))
    taken = True
    while taken:
        taken = False
        for rule in _about(NOT_USED, blocks):
            if places := list(rule.find(child, period)):
                _take_out(child, places)
                taken = True
                yield from ((rule, place) for place in places)
    for rule in _about(QUERY, blocks):
        for place in rule.find(child, period):
            yield rule, place


@cache
def _about(kind: Kind, blocks: frozenset[str]) -> tuple[Rule, ...]:
    """The rules of one kind that a child with these blocks can break, in the order of the table."""
    return tuple(rule for rule in RULES if rule.kind == kind and (not rule.of or rule.of in blocks))


BLOCKS = ("assessments", "cin_plans", "section_47s", "cp_plans")
_WITHOUT = {"sex": "U", "referral_nfa": False, "icpc_not_required": False}


def _take_out(child: Child, places: list[Place]) -> None:
    gone = set()
    entries: dict[tuple[int, str], tuple[Any, list[Any]]] = {}
    for item, name, *entry in places:
        if entry:
            entries.setdefault((id(item), name), (item, []))[1].append(entry[0])
        elif name:
            setattr(item, name, _WITHOUT.get(name))
        else:
            gone.add(id(item))
    for (_, name), (item, values) in entries.items():
        left = Counter(getattr(item, name)) - Counter(values)
        setattr(item, name, list(left.elements()))
    if gone:
        for e in child.episodes:
            e.assessments = [b for b in e.assessments if id(b) not in gone]
            e.cin_plans = [b for b in e.cin_plans if id(b) not in gone]
            e.section_47s = [b for b in e.section_47s if id(b) not in gone]
            e.cp_plans = [b for b in e.cp_plans if id(b) not in gone]
