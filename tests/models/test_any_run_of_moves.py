"""Whatever people and the clock do to a case, the case is what its trail adds up to, on every pathway."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.casework import Casework, NewPerson
from models.store import ALL_SEEING, NOBODY, open_store
from models.sweep import pass_due_dates
from models.verify import verify
from pathways import NAMES, pathway
from pathways.errors import PathwayError
from pathways.roles import Role
from tests.casefile import COORDINATOR, complete

START = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
WAYS_IN = [(name, entry.name) for name in NAMES for entry in pathway(name).entries]


def cases(store):
    with store.reading() as tx:
        return [tx.one("case_by_reference", reference=row.reference) for row in tx.all("every_case_state")]


@pytest.mark.parametrize(("name", "entry"), WAYS_IN)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_state_and_facts_are_the_fold_of_the_trail(tmp_path, empty_sqlite, rules, name, entry, data):
    path = tmp_path / "store.db"
    for each in tmp_path.glob("store.db*"):
        each.unlink(missing_ok=True)
    shutil.copy(empty_sqlite, path)
    now = START
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
        casework.open(name, entry, person=person, actor=COORDINATOR, now=now, answers=answers)
        said = []
        for _ in range(data.draw(st.integers(1, 14))):
            now += timedelta(days=data.draw(st.integers(0, 40)), hours=1)
            case = data.draw(st.sampled_from(cases(store)))
            moves = [
                each for each in pathway(case.pathway).moves_from(case.state) if Role.PATHWAY not in each.who
            ]
            if not moves or data.draw(st.integers(0, 6)) == 0:
                pass_due_dates(store, rules, now, now)
                continue
            move = data.draw(st.sampled_from(moves))
            overrides = {each.id: "an invented reason" for each in move.conditions}
            try:
                casework.make(
                    case.reference,
                    move.trigger,
                    actor=COORDINATOR,
                    now=now,
                    answers=complete(move.records, now.date().isoformat()),
                    overrides=overrides,
                )
            except PathwayError as refused:
                said.append(str(refused))
        assert [each for each in said if not each.endswith(".")] == [], "every refusal is a sentence"
        found = verify(store, rules)
        assert found.faults == []
        with store.reading() as tx:
            open_cases = [row for row in tx.all("every_case_state") if row.is_open]
        assert len({row.pathway for row in open_cases}) == len(open_cases), (
            "one person, one open case a pathway"
        )
