"""What screens read: cases, work, stages, people. Reads only; gives plain values and writes nothing.

Who is found by what is in `models/finding.py`, what has happened on a case in `models/chronology.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, ClassVar

from models.transaction import Transaction
from pathways import NAMES, pathway
from pathways.definitions import CaseFacts, Clock, Move, Pathway, Stage
from pathways.errors import USAGE, PathwayError
from pathways.moments import add_months, local_day
from pathways.roles import NOT_PEOPLE

MANY = 1_000_000
STILL_NEW = timedelta(days=7)
"""How long somebody's own screen shows what was to reach them by mail and has not."""
SHORT = re.compile(r"([A-Z]{1,6})?-?(?:((?:19|20)[0-9]{2})-)?([0-9]{1,6})?")


class SeveralCases(PathwayError):
    """A short form fits several cases. Arguments: what was typed, the references, whether there are more."""

    code: ClassVar[int] = USAGE

    def __str__(self) -> str:
        typed, found, more = self.args
        listed = "\n".join(f"  {each}" for each in found)
        rest = "\n  and others" if more else ""
        return f"{typed} fits several cases; type the whole reference:\n{listed}{rest}"


@dataclass(frozen=True, slots=True)
class Task:
    """Something that is due on a case, in the words of its pathway."""

    reference: str
    pathway: str
    state: str
    state_label: str
    team: str
    lead: str
    rule: str
    what: str
    action: str
    owner: str
    due_on: date
    due_at: datetime
    plan_by: date | None
    status: str
    statutory: bool
    gate: bool
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much work there is until a moment: in all, late, today; when the oldest late limit passed."""

    work: int
    late: int
    today: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a screen needs them; names are shown only where they are asked for."""

    id: int
    kind: str
    given: str
    family: str
    birth_date: date | None
    expected: date | None
    died_on: date | None = None
    cases: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Sibling:
    """An open case of a brother or sister."""

    reference: str
    pathway: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with its person, its brothers' and sisters' cases, and its running clocks.

    `destroyed_on`: the London day on which what was recorded of it was destroyed at the end of its keeping.
    """

    row: Any
    pathway: Pathway
    person: Person
    siblings: tuple[Sibling, ...]
    running: tuple[Any, ...]
    destroyed_on: date | None = None

    @property
    def reference(self) -> str:
        """The case's reference."""
        return str(self.row.reference)

    @property
    def facts(self) -> CaseFacts:
        """What is known of the case."""
        return CaseFacts(self.row.facts, self.pathway.known)

    @property
    def label(self) -> str:
        """Where the case is, in words."""
        return self.pathway.state(self.row.state).label


# --- which case is meant -----------------------------------------------------------------------------------


def is_reference(text: str) -> bool:
    """Whether this is written like a reference or a short form of one, and not like a name."""
    said = text.strip().upper()
    if re.fullmatch(r"[A-Z]{2,6}-(?:19|20)[0-9]{2}-[0-9]{1,6}", said):
        return True
    short = re.fullmatch(r"([A-Z]{2,6})-?(?=[A-Z]*[0-9])[0-9A-Z]{1,7}", said)
    prefixes = {pathway(name).prefix for name in NAMES}
    return short is not None and (
        short[1] in prefixes or any(said.startswith(f"{each}-") for each in prefixes)
    )


def reference_of(tx: Transaction, typed: str, most: int = 8) -> str:
    """The reference that was meant: typed in full, or shortened as cp41 for CP-2026-0041.

    Raises:
        NoSuchCase: nothing fits.
        SeveralCases: more than one case fits.
    """
    said = typed.strip().upper()
    if tx.one("case_by_reference", reference=said) is not None:
        return said
    found = _like(tx, said, most + 1)
    if not found:
        raise _no_such_case(typed.strip()[:40])
    if len(found) > 1:
        raise SeveralCases(typed.strip()[:40], tuple(found[:most]), len(found) > most)
    return found[0]


def _no_such_case(typed: str) -> PathwayError:
    from models.draft_rows import NoSuchCase  # the write path is not loaded for reading

    return NoSuchCase(typed)


def _like(tx: Transaction, said: str, most: int) -> list[str]:
    """References that fit a short form, newest year first; a number fits whole before it fits as a beginning."""
    parts = SHORT.fullmatch(said)
    if parts is None or not (parts[1] or parts[3]):
        return []
    prefix, year, number = parts[1] or "", parts[2] or "", parts[3] or ""
    between = {"start": f"{prefix}-", "end": f"{prefix}."} if prefix else {"start": "", "end": "~"}
    if number:
        whole = f"{prefix or '%'}-{year or '____'}-{int(number):04d}"
        rows = tx.all("references_like", pattern=whole, most=most, **between)
    else:
        rows = []
    # A number that is no case's stays unknown: cp2 must never become a case of 2026.
    begins = not number or number.startswith("0") or re.fullmatch(r"(?:19|20)[0-9]{2}", number)
    if not rows and prefix and begins:
        start = f"{prefix}-{year}-{number}%" if year else f"{prefix}-{number}%"
        rows = tx.all("references_like", pattern=start, most=most, **between)
    return sorted((row.reference for row in rows), key=_newest)


def _newest(reference: str) -> tuple[int, str]:
    year = re.search(r"-((?:19|20)[0-9]{2})-", reference)
    return (-int(year[1]) if year else 0, reference)


def case_view(tx: Transaction, reference: str) -> CaseView:
    """Everything that a screen about one case begins with.

    Raises:
        NoSuchCase: there is none of that reference.
    """
    row = tx.one("case_by_reference", reference=reference)
    if row is None:
        raise _no_such_case(reference)
    others = tx.all("siblings_of_person", person_id=row.person_id)
    siblings = sorted({(each.pathway != row.pathway, each.reference, each.pathway) for each in others})
    return CaseView(
        row,
        pathway(row.pathway),
        person_of(tx, row.person_id),
        tuple(Sibling(reference, where) for _, reference, where in siblings),
        tuple(tx.all("running_deadlines", case_id=row.id)),
        None if row.is_open else _destroyed_on(tx, row.reference),
    )


def _destroyed_on(tx: Transaction, reference: str) -> date | None:
    stone = tx.one("tombstone_of", case_ref=reference)
    return local_day(stone.destroyed_at) if stone else None


# --- work ----------------------------------------------------------------------------------------------------


@cache
def gates() -> str:
    """The rules that are waited for and never late, between commas, as the statements take them."""
    rules = {clock.rule for name in NAMES for clock in pathway(name).clocks if clock.gate}
    return f",{','.join(sorted(rules))},"


@cache
def _clocks(name: str) -> dict[str, Clock]:
    return {clock.rule: clock for clock in pathway(name).clocks}


def filters(
    team: str = "", pathway_name: str = "", state: str = "", lead: str = "", title: str = ""
) -> dict[str, str]:
    """What narrows a list of work; empty means all."""
    return {"team": team, "pathway": pathway_name, "state": state, "lead": lead, "title": title or lead}


def work(tx: Transaction, until: datetime, narrowed: Mapping[str, str], most: int = MANY) -> list[Task]:
    """What is due until a moment, the longest overdue first."""
    return _tasks(tx.all("work_until", until=until, most=most or MANY, **narrowed))


def late_work(tx: Transaction, now: datetime, narrowed: Mapping[str, str], most: int = MANY) -> list[Task]:
    """What is late at this moment, the longest overdue first."""
    return _tasks(tx.all("late_work", now=now, most=most or MANY, **narrowed))


def count_work(
    tx: Transaction, now: datetime, tonight: datetime, until: datetime, narrowed: Mapping[str, str]
) -> Counts:
    """How much is late, due by tonight, and due until a moment."""
    moments = {"now": now, "tonight": tonight, "until": until}
    if tx.viewer.circle == "*" and not any(narrowed.values()):
        row = tx.need("count_all_work", **moments)
    else:
        row = tx.need("count_work", **moments, **narrowed)
    return Counts(row.work, row.late, row.today, row.oldest)


def _tasks(rows: Iterable[Any]) -> list[Task]:
    return [_task(row) for row in rows]


def _task(row: Any) -> Task:
    found = pathway(row.pathway)
    clock = _clocks(row.pathway).get(row.rule)
    move = _move(found, row.state, clock.action) if clock and clock.action else None
    reports = awaited_reports(row.facts) if clock and clock.action == "report_received" else ()
    state = next((each for each in found.states if each.name == row.state), None)
    return Task(
        row.reference,
        row.pathway,
        row.state,
        state.label if state else row.state,
        row.team,
        row.lead or "",
        row.rule,
        clock.task if clock else row.rule,
        clock.action if clock else "",
        owner(move),
        row.due_on,
        row.due_at,
        row.plan_by,
        row.status,
        row.statutory,
        bool(clock and clock.gate),
        reports,
    )


def awaited_reports(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The agencies that were asked for a report and have not sent it."""
    there = set(facts.get("reports_in") or ())
    return tuple(each for each in facts.get("agencies_asked") or () if each not in there)


def _move(found: Pathway, state: str, trigger: str) -> Move | None:
    here = (move for move in found.moves_from(state) if move.trigger == trigger)
    return next(here, next((move for move in found.moves if move.trigger == trigger), None))


def owner(move: Move | None) -> str:
    """Who acts, as the pathway names them first; empty where no one role does."""
    if move is None:
        return ""
    people = [role for role in move.who if role not in NOT_PEOPLE]
    return people[0].label if people else ""


def clock_of(found: Pathway, rule: str) -> Clock | None:
    """The clock of a pathway that runs under this rule."""
    return next((clock for clock in found.clocks if clock.rule == rule), None)


def task_of(found: Pathway, rule: str) -> str:
    """What a rule asks for, in the pathway's words."""
    clock = clock_of(found, rule)
    return clock.task if clock else rule


SOCIAL_CARE = ("child_in_need", "child_protection", "immediate_protection")
REREFERRAL_MONTHS = 12


def earlier_referral(tx: Transaction, view: CaseView) -> date | None:
    """The last referral of the same person within twelve months before this one; the day a year on still counts.

    Worked out from the records, and typed by nobody. An earlier referral is an earlier case at the front door that
    was more than a concern, or an earlier spell with social care that had no case there.
    """
    here = view.row
    if here.pathway != "front_door":
        return None
    before = [
        row
        for row in tx.all("cases_of_whole_person", person_id=here.person_id)
        if (row.opened_at, row.id) < (here.opened_at, here.id)
    ]
    referred = [row for row in before if row.pathway == "front_door" and row.state != "not_referred"]
    told = {here.episode_id, *(row.episode_id for row in referred)}
    begun: dict[int, datetime] = {}
    for row in before:
        if row.pathway in SOCIAL_CARE and row.episode_id not in told:
            begun[row.episode_id] = min(begun.get(row.episode_id, row.opened_at), row.opened_at)
    days = [local_day(each) for each in (*(row.opened_at for row in referred), *begun.values())]
    latest = max(days, default=None)
    return latest if latest and add_months(latest, REREFERRAL_MONTHS) >= local_day(here.opened_at) else None


# --- stages ----------------------------------------------------------------------------------------------------


class _Asked(CaseFacts):
    """Facts that remember which of them were asked for."""

    __slots__ = ("asked",)

    def __init__(self, values: Mapping[str, Any], known: frozenset[str]) -> None:
        super().__init__(values, known)
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.asked.append(name)
        return super().__getattr__(name)


@dataclass(frozen=True, slots=True)
class Tick:
    """A stage of a case: whether it is done, since when, and what is still to come by when."""

    stage: Stage
    done: bool
    on: date | None
    detail: str
    deadline: Any = None


def ticks(view: CaseView) -> list[Tick]:
    """The stages of a case's pathway as they stand."""
    return [_tick(view, stage) for stage in view.pathway.stages]


def _tick(view: CaseView, stage: Stage) -> Tick:
    facts = _Asked(view.row.facts, view.pathway.known)
    done = bool(stage.done(facts))
    on = next((day for name in facts.asked if (day := _day_of(view.row.facts.get(name))) is not None), None)
    detail = stage.detail(view.facts) if stage.detail else ""
    return Tick(stage, done, on if done else None, detail, None if done else _runs_for(view, stage))


def _day_of(value: Any) -> date | None:
    """The London day of a fact that holds a moment or a date."""
    if not isinstance(value, str) or not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value) if len(value) == 10 else local_day(datetime.fromisoformat(value))
    except ValueError:
        return None


def _runs_for(view: CaseView, stage: Stage) -> Any:
    """The running clock that a stage stops: its own rule's, or another that the same event stops."""
    own = clock_of(view.pathway, stage.rule)
    if own is None:
        return None
    by_rule = {row.rule: row for row in reversed(view.running)}
    if stage.rule in by_rule:
        return by_rule[stage.rule]
    same = (clock.rule for clock in view.pathway.clocks if clock.met_by == own.met_by)
    return next((by_rule[rule] for rule in same if rule in by_rule), None)


# --- people ----------------------------------------------------------------------------------------------------


def person_of(tx: Transaction, person_id: int) -> Person:
    """A person with the name they go by now."""
    row = tx.need("person_by_id", person_id=person_id)
    names = tx.all("names_of_person", person_id=person_id)
    usual = [each for each in names if each.kind == "usual" and each.to_on is None]
    name = (usual or names or [None])[-1]
    given, family = (name.given, name.family) if name is not None else ("", "")
    return Person(row.id, row.kind, given, family, row.birth_date, row.expected_delivery_date, row.died_on)


# --- the overnight check ------------------------------------------------------------------------------------------


def last_check(tx: Transaction) -> Any:
    """The last overnight check that finished; None where there was none."""
    return next((run for run in tx.all("check_runs", most=5) if run.finished_at is not None), None)


def untold(tx: Transaction, now: datetime) -> list[str]:
    """What the viewer was to be told at once as the owner of a case in the last week, and no mail has carried."""
    return [row.body for row in tx.all("owners_untold", since=now - STILL_NEW)]
