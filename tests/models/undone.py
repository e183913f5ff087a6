"""Cases on which something is done and then withdrawn, and how they stand before and after."""

from __future__ import annotations

from datetime import date, timedelta

from models.as_at import story
from models.casework import NewPerson
from models.undo import undo
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways import NAMES, pathway
from pathways.restating import meaning
from tests.casefile import COORDINATOR, NOW, complete
from tests.models.any_case import every_case

WHY = "It was entered on the wrong case."
BORN = date(2015, 2, 3)
LATER = NOW + timedelta(minutes=4)
PREFIXES = {pathway(name).prefix: pathway(name) for name in NAMES}


def faults_of_meaning(store):
    found = []
    for row in every_case(store):
        with store.reading() as tx:
            found += meaning(pathway(row.pathway), story(tx, row.reference, row.id, seen_by=ALL_SEEING))
    return found


def opened(casework, name="child_protection", entry="strategy", person=None, now=NOW, actor=COORDINATOR):
    answers = complete(pathway(name).entry(entry).records, now.date().isoformat(), due_on="2026-12-01")
    person = person or NewPerson(given="Ash", family="Birch", birth_date=BORN)
    return casework.open(name, entry, person=person, actor=actor, now=now, answers=answers).reference


def make(casework, reference, trigger, now=NOW, actor=COORDINATOR, by=None, **own):
    found = PREFIXES[reference.split("-")[0]]
    state = case(casework.store, reference).state
    move = next(each for each in found.moves_from(state) if each.trigger == trigger)
    return casework.make(
        reference, trigger, actor=actor, now=now, by=by,
        answers=complete(move.records, now.date().isoformat(), **own),
        overrides={each.id: "an invented reason" for each in move.conditions},
    )  # fmt: skip


def referred(casework):
    reference = opened(casework, "front_door", "referral")
    make(casework, reference, "record_checks")
    return reference


def case(store, reference):
    with store.reading() as tx:
        return tx.one("case_by_reference", reference=reference, seen_by=ALL_SEEING)


def clocks(store, reference):
    row = case(store, reference)
    with store.reading() as tx:
        return tx.all("deadlines_of_case", case_id=row.id)


def running(store, reference):
    return {row.rule for row in clocks(store, reference) if row.closed_at is None}


def told(store, reference):
    row = case(store, reference)
    with store.reading() as tx:
        return story(tx, reference, row.id, seen_by=ALL_SEEING)


def take_back(casework, reference, now=LATER, actor=COORDINATOR, **own):
    asked = {"because": WHY, "actor": actor, "now": now} | own
    return undo(casework.store, casework.rules, reference, **asked)


def nothing_wrong(casework):
    return verify(casework.store, casework.rules).faults == [] and faults_of_meaning(casework.store) == []


def case_(store, reference):
    """What is compared before and after: where a case stands, what is known, whether it is open."""
    row = case(store, reference)
    return row.state, row.facts, row.is_open, row.outcome, row.lead, row.closed_at
