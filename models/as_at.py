"""How a case was known at the end of a day: folded from what had been written by then, and nothing else.

What stands in a row and changes (state, facts, who leads, whether it is open) is told again from the trail; clocks
are read by the numbers of the entries that began, missed and stopped them; names and brothers and sisters by when
they were noted. So the answer for a day that is over is the same for ever, whatever is withdrawn later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from models.draft_rows import NoSuchCase
from models.people import LIFE, stood_at
from models.queries import CaseView, Person, Sibling, clock_of
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.clocks import start_of_day
from pathways.days import local_day
from pathways.definitions import Pathway
from pathways.moments import add_months, words
from pathways.restating import UNDO, Now, Told, running_at, tell, withdrawn
from pathways.trail import learn


class NotWrittenYet(NoSuchCase):
    """A case that the viewer may see now was first written later than asked. Arguments: reference, day asked, first day."""

    def __str__(self) -> str:
        reference, asked, first = self.args
        return (
            f"{reference} was not on record on {words(asked)}: its first entry was written on {words(first)}. "
            f"Give that day or a later one: pathways show {reference} --as-at {first.isoformat()}"
        )


def end_of_day(day: date) -> datetime:
    """The moment at which a London day is over; what was written before it was known on that day."""
    return start_of_day(day + timedelta(days=1))


def story(tx: Transaction, reference: str, case_id: int, *, seen_by: Any = None) -> list[Told]:
    """Every entry of a case with its facts and its record; empty where the viewer may not see it."""
    gate = {"seen_by": seen_by} if seen_by is not None else {}
    written = tx.all("records_of_case", case_id=case_id)
    bodies = {row.seq: row.body for row in written if row.destroyed_seq is None}
    return [told(row, bodies.get(row.seq)) for row in tx.all("trail_of_case", reference=reference, **gate)]


def told(row: Any, record: Any = None) -> Told:
    """An entry as a row of the trail with its payload has it, with its record's answers."""
    payload = json.loads(row.body) if row.body is not None else {}
    return Told(
        row.seq,
        row.action,
        row.actor,
        row.role,
        row.from_state,
        row.to_state,
        row.at,
        row.effective_at,
        row.rule,
        row.basis,
        row.voids,
        payload.get("facts") or {},
        {name: value for name, value in payload.items() if name != "facts"},
        record,
        row.body is not None or not row.commitment,
    )


def known_by(entries: Iterable[Told], until: datetime) -> list[Told]:
    """The entries that had been written before a moment."""
    return [each for each in entries if each.at < until]


def folded(found: Pathway, entries: Sequence[Told]) -> Now:
    """The case as these entries have it: state and facts by the plain fold, the rest told again."""
    now = tell(found, entries)
    facts: dict[str, Any] = {}
    for each in entries:
        learn(facts, each.changes)
    now.state, now.facts = entries[-1].to_state, facts
    if not now.is_open and now.closed_at is None:
        now.closed_at = next((each.effective_at for each in reversed(entries) if each.action == UNDO), None)
    return now


def case_as_at(tx: Transaction, view: CaseView, day: date) -> CaseView:
    """A case as it was known at the end of a London day.

    Raises:
        NotWrittenYet: nobody had written it down by then.
        NoSuchCase: the viewer may no longer see it.
    """
    until = end_of_day(day)
    told_now = story(tx, view.reference, view.row.id)
    if not told_now:
        raise NoSuchCase(view.reference)
    entries = known_by(told_now, until)
    if not entries:
        raise NotWrittenYet(view.reference, day, local_day(told_now[0].at))
    now = folded(view.pathway, entries)
    row = view.row._replace(
        state=now.state,
        facts=now.facts,
        is_open=now.is_open,
        outcome=now.outcome,
        closed_at=now.closed_at,
        lead=now.lead,
        team="",
        seq=entries[-1].seq,
    )
    clocks = sorted(
        running_at(tx.all("deadlines_of_case", case_id=view.row.id), entries[-1].seq),
        key=lambda each: (each.due_at, each.id),
    )
    return CaseView(
        row,
        view.pathway,
        _person(tx, view, until),
        tuple(_siblings(tx, view, until)),
        tuple(each._replace(status=_status(view.pathway, each, entries[-1].seq)) for each in clocks),
        view.destroyed_on,
    )


def _status(found: Pathway, row: Any, seq: int) -> str:
    """How a running clock stood once this many entries were written."""
    if row.missed_seq is None or row.missed_seq > seq:
        return "open"
    clock = clock_of(found, row.rule)
    return "passed" if clock is not None and clock.gate else "missed"


def _person(tx: Transaction, view: CaseView, until: datetime) -> Person:
    """The person with the name noted by then, and the birth and death known by then.

    What stood on the person's row then says so surely, once it has been corrected since rows keep what they were; else
    the cases' own entries do, where any told it.
    """
    names = [each for each in tx.all("names_of_person", person_id=view.person.id) if each.recorded_at < until]
    usual = [each for each in names if each.kind == "usual"]
    called = (usual or names or [None])[-1]
    then = stood_at(tx.need("person_by_id", person_id=view.person.id), until)
    lives: dict[str, date | None] = {"birth_date": then.birth_date, "died_on": then.died_on}
    kind = then.kind
    if not then.surely:
        lives |= _told_by_cases(tx, view.person.id, until)
        if kind in ("child", "unborn") and then.expected is not None:
            kind = "child" if lives["birth_date"] else "unborn"
    return Person(
        view.person.id,
        kind,
        called.given if called else "",
        called.family if called else "",
        lives["birth_date"],
        then.expected,
        lives["died_on"],
    )


def _told_by_cases(tx: Transaction, person_id: int, until: datetime) -> dict[str, date | None]:
    """The birth and death of somebody as their cases knew them by then; only what any of them has ever told."""
    stories = [
        story(tx, row.reference, row.id, seen_by=ALL_SEEING)
        for row in tx.all("cases_of_person", person_id=person_id, seen_by=ALL_SEEING)
    ]
    telling = {name: [every for every in stories if _learns(every, name)] for name in LIFE}
    return {name: _learned(every, name, until) for name, every in telling.items() if every}


def _learns(entries: Iterable[Told], name: str) -> bool:
    """Whether a case learned a date of the person itself, and did not only take it over when it was opened."""
    return any(name in each.changes for each in entries if not each.opens and not each.idle)


def _learned(stories: Iterable[Sequence[Told]], name: str, until: datetime) -> date | None:
    """A birth or death as the person's cases had told it before a moment, and none had withdrawn it."""
    found: list[tuple[datetime, Any]] = []
    for every in stories:
        known = known_by(every, until)
        gone = withdrawn(known)
        found += [
            (each.at, each.changes[name])
            for each in known
            if name in each.changes and each.seq not in gone and not each.idle
        ]
    return _day(max(found, key=lambda each: each[0])[1]) if found else None


def _day(text: Any) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None


def _siblings(tx: Transaction, view: CaseView, until: datetime) -> list[Sibling]:
    """The open cases that brothers and sisters had then."""
    found = set()
    for row in tx.all("cases_of_siblings_then", person_id=view.row.person_id, until=until):
        ended = row.to_on is not None and start_of_day(row.to_on) < until
        if ended and (row.end_recorded_at or row.recorded_at) < until:
            continue
        known = known_by(story(tx, row.reference, row.id), until)
        if known and folded(pathway(row.pathway), known).is_open:
            found.add((row.pathway != view.row.pathway, row.reference, row.pathway))
    return [Sibling(reference, where) for _, reference, where in sorted(found)]


def earlier_referral_as_at(tx: Transaction, view: CaseView, day: date) -> date | None:
    """The last referral within twelve months before this one, of those that had been written by the end of a day."""
    from models.queries import REREFERRAL_MONTHS, SOCIAL_CARE

    if view.row.pathway != "front_door":
        return None
    referred: list[datetime] = []
    begun: dict[int, datetime] = {}
    until = end_of_day(day)
    told = {view.row.episode_id}
    for row in tx.all("cases_of_person", person_id=view.row.person_id):
        if (row.opened_at, row.id) >= (view.row.opened_at, view.row.id):
            continue
        known = known_by(story(tx, row.reference, row.id), until)
        if not known:
            continue
        if row.pathway == "front_door" and known[-1].to_state != "not_referred":
            referred.append(row.opened_at)
            told.add(row.episode_id)
        elif row.pathway in SOCIAL_CARE:
            begun[row.episode_id] = min(begun.get(row.episode_id, row.opened_at), row.opened_at)
    days = [local_day(each) for each in referred]
    days += [local_day(at) for episode, at in begun.items() if episode not in told]
    latest = max(days, default=None)
    return (
        latest if latest and add_months(latest, REREFERRAL_MONTHS) >= local_day(view.row.opened_at) else None
    )
