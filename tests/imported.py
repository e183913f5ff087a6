"""What tests of imports share: taking a census in, and saying where every case then stands."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

from models.importing import import_census
from pathways.days import local_day
from pathways.engine import Actor
from pathways.roles import Role
from tests.kept import every_row
from tests.pathways.census_text import HEAD, TAIL, assessment

NOW = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
IMPORTER = Actor("importer-1", frozenset({Role.COORDINATOR}))
SAMPLE = Path(__file__).parents[1] / "pathways" / "samples"
SHARED = Path(__file__).parents[1].parent / "shared" / "cin" / "samples"

BORN = "<PersonBirthDate>2015-05-05</PersonBirthDate>"
AGE_18 = {"cp.age_18": date(2033, 5, 5)}
MET = "<DateOfInitialCPC>2025-06-20</DateOfInitialCPC>"
DONE = assessment("2025-06-03", "2025-07-15")


def who(number="A1", born=BORN, sex="F", more=""):
    return f"<LAchildID>{number}</LAchildID><UPNunknown>UN2</UPNunknown>{born}<Sex>{sex}</Sex>{more}"


def next_year(text):
    return text.replace("<Year>2026<", "<Year>2027<").replace("2026-03-31</Ref", "2027-03-31</Ref")


def take(store, rules, *children, head=HEAD, tail=TAIL, now=NOW, **options):
    data = (head + "".join(children) + tail).encode()
    return import_census(store, rules, io.BytesIO(data), now=now, actor=IMPORTER, **options)


def cases(store):
    with store.reading() as tx:
        return [tx.one("case_by_reference", reference=each.reference) for each in tx.all("every_case_state")]


def stands(store):
    """Every case: pathway, state, and how it ended."""
    return sorted(
        (each.pathway, each.state, each.outcome) for each in cases(store) if each.pathway != "front_door"
    )


def front(store):
    return [(each.state, each.outcome) for each in cases(store) if each.pathway == "front_door"]


def running(store):
    with store.reading() as tx:
        return {each.rule: each.due_on for each in every_row(tx, "deadline") if not each.closed_at}


def met(store):
    """Limits that were met: due, and met on, in London's days."""
    found = cases(store)
    with store.reading() as tx:
        rows = [row for each in found for row in tx.all("deadlines_of_case", case_id=each.id)]
    return {row.rule: (row.due_on, local_day(row.closed_at)) for row in rows if row.status == "met"}


def trail(store, name):
    found = cases(store)
    with store.reading() as tx:
        return [
            [
                (row.action, row.effective_at, row.basis)
                for row in tx.all("trail_of_case", reference=each.reference)
            ]
            for each in found
            if each.pathway == name
        ]


def actions(store, name):
    return [[action for action, _, _ in each] for each in trail(store, name)]


def unused(store, run=1):
    with store.reading() as tx:
        return [
            (row.child, row.element, row.value, row.reason, row.kind)
            for row in tx.all("unused_of_import", run_id=run)
        ]


def everything(store):
    """All that an import may write, but for the list of runs."""
    found = {}
    for table in ("person", "person_identifier", "person_characteristic", "episode", "pathway_case", "trail",
                  "trail_payload", "deadline", "relationship", "counter", "outbox"):  # fmt: skip
        rows = store.connection.execute(f"SELECT * FROM {table}").fetchall()
        found[table] = sorted(map(repr, rows))
    return found


S17, CP = "child_in_need", "child_protection"
