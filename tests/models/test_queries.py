"""What screens read gives the same on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models import finding, queries
from models.chronology import chronology
from models.draft_rows import NoSuchCase
from models.people import NewPerson
from pathways import pathway
from tests.casefile import COORDINATOR, NOW, complete

pytestmark = pytest.mark.sqlcipher

CHILD = NewPerson(
    given="Zoë", family="O'Neill", birth_date=date(2017, 3, 1), identifiers=(("la_child_id", "900100001"),)
)
LATER = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def case(casework):
    entry = pathway("child_protection").entry("strategy")
    reference = casework.open(
        "child_protection", "strategy", person=CHILD, actor=COORDINATOR, now=NOW, answers=complete(entry.records)
    ).reference  # fmt: skip
    move = next(each for each in pathway("child_protection").moves if each.trigger == "start_enquiry")
    casework.make(reference, "start_enquiry", actor=COORDINATOR, now=NOW, answers=complete(move.records))
    return reference


def test_what_is_late_is_counted_and_listed_alike(case, store):
    tonight = LATER + timedelta(hours=12)
    with store.reading() as tx:
        counts = queries.count_work(tx, LATER, tonight, tonight, queries.filters())
        late = queries.late_work(tx, LATER, queries.filters())
        soon = queries.work(tx, tonight, queries.filters(team="conference"))
    assert counts.late == len(late) == 1, "the conference, due on Tuesday 24 November"
    assert [task.what for task in late] == ["Hold the conference"]
    assert late[0].rule == "cp.icpc"
    assert soon == late


def test_a_gate_is_never_late(case, store):
    grown = datetime(2036, 1, 1, tzinfo=UTC)
    with store.reading() as tx:
        assert "cp.age_18" not in [task.rule for task in queries.late_work(tx, grown, queries.filters())]
        assert "cp.age_18" in [task.rule for task in queries.work(tx, grown, queries.filters())]


def test_as_much_work_is_counted_as_is_listed_what_is_only_waited_for_included(case, store):
    grown = datetime(2035, 2, 28, 9, tzinfo=UTC)
    tonight, until = grown + timedelta(hours=14), grown + timedelta(days=2)
    with store.reading() as tx:
        assert "cp.age_18" in [task.rule for task in queries.work(tx, until, queries.filters())]
        for team in ("", "conference"):
            counts = queries.count_work(tx, grown, tonight, until, queries.filters(team))
            assert counts.work == len(queries.work(tx, until, queries.filters(team)))
            after = queries.count_work(tx, until, until, until + timedelta(days=1), queries.filters(team))
            assert (after.work, after.late, after.oldest) == (counts.work, counts.late, counts.oldest)


def test_work_is_narrowed_to_who_leads(case, store):
    with store.reading() as tx:
        assert queries.late_work(tx, LATER, queries.filters(lead="somebody", title="a title")) == []


def test_a_short_form_finds_its_case_on_both_databases(case, store):
    with store.reading() as tx:
        assert queries.reference_of(tx, "cp1") == case == queries.reference_of(tx, case.lower())
        with pytest.raises(NoSuchCase):
            queries.reference_of(tx, "cp2")


@pytest.mark.parametrize("typed", ["zoe oneill", "O'NEILL Zoë", "oneal"])
def test_a_person_is_found_whatever_the_accents(case, store, typed):
    with store.reading() as tx:
        (found,) = finding.people_called(tx, typed)
        assert [row.reference for row in found.cases] == [case]
        assert finding.people_born(tx, date(2017, 3, 1))[0].id == found.id
        assert finding.people_numbered(tx, "900100001")[0].id == found.id
        assert finding.people_called(tx, "") == []


def test_the_chronology_leaves_refused_attempts_out(case, casework, store):
    with pytest.raises(Exception, match="refused"):
        casework.make(case, "decide_conference", actor=COORDINATOR, now=NOW)
    with store.reading() as tx:
        found = chronology(tx, queries.case_view(tx, case))
    assert [entry.what for entry in found] == ["Harm suspected", "Strategy discussion"]
