"""One case of any pathway, opened by any way in, in a store of its own: where a run of drawn decisions begins."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from models.casework import Casework
from models.people import NewPerson
from models.store import open_store
from models.viewer import ALL_SEEING, NOBODY
from pathways import NAMES, pathway
from pathways.roles import Role
from tests.casefile import COORDINATOR, complete

START = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
WAYS_IN = [(name, entry.name) for name in NAMES for entry in pathway(name).entries]


@contextmanager
def any_case(folder, empty_sqlite, rules, name, entry, data) -> Iterator[Casework]:
    """A case that was opened at `START`, of a child or of an unborn child; the folder's store is made anew."""
    path = folder / "store.db"
    for each in folder.glob("store.db*"):
        each.unlink(missing_ok=True)
    shutil.copy(empty_sqlite, path)
    with open_store(f"sqlite:///{path}") as store:
        store.viewer = ALL_SEEING if pathway(name).restricted else NOBODY
        casework = Casework(store, rules)
        unborn = data.draw(st.booleans())
        person = NewPerson(
            kind="unborn" if unborn else "child",
            birth_date=None if unborn else date(2009, 3, 1),
            expected_delivery_date=date(2026, 6, 1) if unborn else None,
        )
        answers = complete(pathway(name).entry(entry).records, "2026-01-05")
        casework.open(name, entry, person=person, actor=COORDINATOR, now=START, answers=answers)
        yield casework


def every_case(store):
    with store.reading() as tx:
        return [tx.one("case_by_reference", reference=row.reference) for row in tx.all("every_case_state")]


def decisions(case):
    """What people may decide where a case stands."""
    return [each for each in pathway(case.pathway).moves_from(case.state) if Role.PATHWAY not in each.who]
