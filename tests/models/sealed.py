"""What tests of sealing and of copies share: stores of real cases, and cases with a word in them to look for."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from models.casework import Casework
from models.people import NewPerson
from models.setup import settle_sealing
from models.store import open_store
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.engine import Actor
from pathways.roles import Role
from tests.casefile import complete

NOW = datetime(2026, 11, 3, 14, 30, tzinfo=UTC)
CANARY = "Quillfeather"
FRONT_DOOR = pathway("front_door")
DSL = Actor("lead-1", frozenset({Role.DSL}))


def opened(url):
    """The store at an address, seen whole; PostgreSQL's content is sealed from its first case on."""
    with open_store(url) as store:
        if store.dialect == "postgresql" and not store.sealed:
            settle_sealing(store, unencrypted=False)
    store = open_store(url)
    store.viewer = ALL_SEEING
    return store


def concern(store, rules, now=NOW, word=CANARY):
    """A concern at the front door with the canary in its free text; its reference."""
    person = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1), sex="F")
    records = FRONT_DOOR.entry("concern").records
    return Casework(store, rules).open(
        "front_door", "concern", person=person, actor=DSL, now=now,
        answers=complete(records, now.date().isoformat(), seen_and_heard=word),
    ).reference  # fmt: skip


def close(store, rules, reference, now=NOW):
    """Close the concern again."""
    with store.reading() as tx:
        row = tx.need("case_by_reference", reference=reference)
    move = next(each for each in FRONT_DOOR.moves_from(row.state) if each.trigger == "close")
    answers = complete(move.records, now.date().isoformat())
    Casework(store, rules).make(reference, "close", actor=DSL, now=now, answers=answers)


def rows_of(store):
    """The facts of every case row, as they lie in the store, by reference."""
    with store.reading() as tx:
        return dict(tx.connection.execute("SELECT reference, facts FROM pathway_case").fetchall())


def laid_open(store, references):
    """The facts of these cases as versions before 0015 wrote them; what they are."""
    with store.writing() as tx:
        found = {each: tx.need("case_by_reference", reference=each).facts for each in references}
        mark = "?" if store.dialect == "sqlite" else "%s"
        for each, facts in found.items():
            asked = f"UPDATE pathway_case SET facts = {mark} WHERE reference = {mark}"
            tx.connection.execute(asked, (json.dumps(facts), each))
    return found


def whole(store):
    """The verdict, which must be that the record is whole."""
    found = verify(store, None)
    assert found.whole, [str(each) for each in found.faults]
    return found
