"""Whatever people and the clock do to a case, the case is what its trail adds up to, on every pathway."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.sweep import pass_due_dates
from models.verify import verify
from pathways.errors import PathwayError
from tests.casefile import COORDINATOR, complete
from tests.models.any_case import START, WAYS_IN, any_case, decisions, every_case


@pytest.mark.parametrize(("name", "entry"), WAYS_IN)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_state_and_facts_are_the_fold_of_the_trail(tmp_path, empty_sqlite, rules, name, entry, data):
    now = START
    with any_case(tmp_path, empty_sqlite, rules, name, entry, data) as casework:
        store = casework.store
        said = []
        for _ in range(data.draw(st.integers(1, 14))):
            now += timedelta(days=data.draw(st.integers(0, 40)), hours=1)
            case = data.draw(st.sampled_from(every_case(store)))
            moves = decisions(case)
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
