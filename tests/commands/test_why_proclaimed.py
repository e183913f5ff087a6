"""A bank holiday that is proclaimed late: a date counted before keeps, and `why` counts it with the days of then.

CP-2026-0001's first conference is due 15 working days after Tuesday 3 November 2026: on Tuesday 24 November. With
Thursday 12 November a bank holiday it would be Wednesday 25 November.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime

import pytest

from models.setup import extend_days
from models.store import open_store
from pathways.errors import NOT_PROVEN, OK


@pytest.fixture
def proclaimed(practice_home):
    """The store after a funeral on 12 November was proclaimed on the 9th, six days after the clock had begun."""
    path = practice_home / "practice.db"
    with open_store(f"sqlite:///{path}") as store:
        funeral = [(date(2026, 11, 12), "State funeral bank holiday")]
        extend_days(store, funeral, 2040, "invented", at=datetime(2026, 11, 9, 9, tzinfo=UTC))
    return path


def test_a_date_counted_before_is_explained_with_the_days_known_then(proclaimed, say):
    said = say("why", "CP-2026-0001", "cp.icpc")
    assert said.code == OK
    assert "24 November 2026 is 15 working days after 3 November 2026." in said.words
    assert "State funeral bank holiday 12 November 2026: proclaimed after this was counted" in said.words
    assert "Counted today it would be 25 November 2026" in said.words
    assert said.err == ""
    found = json.loads(say("why", "CP-2026-0001", "cp.icpc", "--json").out)
    assert (found["due"], found["derived"][:10], found["derives"]) == ("2026-11-24", "2026-11-24", True)
    said = say("why", "CP-2026-0001")
    assert (said.code, said.err) == (OK, "")


def test_a_date_that_somebody_changed_shows_all_the_same(proclaimed, say):
    with sqlite3.connect(proclaimed) as direct:
        direct.execute(
            "UPDATE deadline SET due_on = '2026-11-26', due_at = '2026-11-27T00:00:00.000000+00:00'"
            " WHERE rule = 'cp.icpc' AND case_id = (SELECT id FROM pathway_case WHERE reference = 'CP-2026-0001')"
        )
    for line in (("why", "CP-2026-0001", "cp.icpc"), ("why", "CP-2026-0001")):
        said = say(*line)
        assert said.code == NOT_PROVEN
        assert "does not come out the same" in said.words


def test_a_day_that_lies_elsewhere_is_not_spoken_of(proclaimed, say):
    said = say("why", "CP-2026-0002", "cp.icpc")
    assert said.code == OK
    assert "proclaimed" not in said.words
