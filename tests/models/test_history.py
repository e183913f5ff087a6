"""A referral told as cases: whatever a census says, every step is one that the definitions have."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.history import edges
from models.laying import Laying
from models.merging import details_of, in_order, merge, restore
from models.telling import REFERRERS, Who, tell
from pathways import pathway, trail
from pathways.census_checks import (
    Assessment,
    Child,
    CinPlan,
    CpPlan,
    Episode,
    Period,
    Section47,
    check,
)
from pathways.census_codes import CODES
from pathways.engine import compiled
from pathways.front_door_forms import SOURCES
from pathways.invented import people

END = date(2026, 3, 31)
PERIOD = Period(2026, date(2025, 4, 1), END)
NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)

days = st.integers(0, 420).map(lambda back: END - timedelta(back))
spans = st.tuples(days, st.none() | st.integers(0, 200)).map(
    lambda at: (at[0], None if at[1] is None else min(END, at[0] + timedelta(at[1])))
)
reasons = st.sampled_from([None, *CODES["ReasonForClosure"]])


@st.composite
def children(draw):
    """A child whose dates were drawn blindly and then put in order by the census's own rules."""
    found = []
    for _ in range(draw(st.integers(1, 2))):
        e = Episode(
            draw(st.none() | days),
            draw(st.sampled_from([None, "6", "5C"])),
            "N1",
            draw(st.none() | days),
            draw(reasons),
        )
        e.initial_cpc_date = draw(st.none() | st.none() | days)
        e.referral_nfa = draw(st.booleans())
        e.assessments = [Assessment(start, None, end) for start, end in draw(st.lists(spans, max_size=3))]
        e.cin_plans = [CinPlan(start, end) for start, end in draw(st.lists(spans, max_size=2))]
        for start, end in draw(st.lists(spans, max_size=3)):
            e.section_47s.append(Section47(start, None, end, end is None and draw(st.booleans())))
        for start, end in draw(st.lists(spans, max_size=2)):
            reviews = sorted(
                start + timedelta(each) for each in draw(st.sets(st.integers(1, 300), max_size=3))
            )
            e.cp_plans.append(
                CpPlan(start, end, "NEG", draw(st.sampled_from([None, "NEG", "EMO"])), 0, reviews)
            )
            if draw(st.booleans()):
                e.section_47s.append(Section47(start - timedelta(draw(st.integers(0, 20))), None, start))
        found.append(e)
    born = draw(st.sampled_from([None, date(2015, 5, 5), date(2007, 8, 1), date(2008, 5, 10)]))
    child = Child(
        "A1", birth_date=born, expected_birth_date=None if born else date(2026, 6, 1), episodes=found
    )
    child.death_date = draw(st.none() | st.none() | days)
    list(check(child, PERIOD))
    return child


def lay(rules, history, reference="CP-2026-0001"):
    laying = Laying(rules, "importer", NOW, END)
    return laying.open(history, reference, person_id=1, episode_id=1, opened_from="RF-2026-0001")


def whole(rules, child):
    """Tell and lay every referral of a child, and hold each trail to the definitions."""
    who = Who(child.birth_date, child.expected_birth_date, child.death_date)
    drafts = []
    for e in child.episodes:
        told = tell(who, e, PERIOD)
        for history in told.cases:
            draft = lay(rules, history)
            drafts.append(draft)
            first, *rest = draft.entries
            assert first["to_state"] in pathway(history.name).starts
            for entry in rest:
                way = edges(history.name)[entry["action"], entry["from_state"]]
                assert way[1] == entry["to_state"]
                assert compiled(history.name)[entry["action"], entry["from_state"]] == (way[1], way[0])
            moments = [entry["effective_at"] for entry in draft.entries]
            assert moments == sorted(moments)
            assert all(before["to_state"] == after["from_state"] for before, after in pairwise(draft.entries))
            assert {entry["basis"] for entry in draft.entries} == {"asserted"}
            bodies = {each["seq"]: each["body"] for each in draft.payloads}
            folded = trail.fold(
                (entry["to_state"], _facts(bodies.get(entry["seq"]))) for entry in draft.entries
            )
            assert (folded.state, folded.facts) == (draft.state, draft.facts) == (history.state, draft.facts)
            assert draft.is_open == history.is_open
            assert {each.values["status"] for each in draft.begun} <= {"open", "met"}
            assert draft.is_open or not any(
                each.rule == "cp.age_18" and each.values["status"] == "open" for each in draft.begun
            )
            assert not draft.records
        for name in ("child_in_need", "child_protection"):
            spans_ = [(h.on, None if h.is_open else h.last) for h in told.cases if h.name == name]
            assert all(end is not None and end <= start for (_, end), (start, _) in pairwise(spans_)), name
    return drafts


def _facts(body):
    return json.loads(body)["facts"] if body else None


@settings(max_examples=300, deadline=None)
@given(child=children())
def test_whatever_a_child_s_dates_every_step_is_a_move_and_the_state_is_what_the_trail_adds_up_to(
    rules, child
):
    whole(rules, child)


def test_every_invented_child_stands_where_its_trail_leads(rules):
    for person in islice(people(), 400):
        assert whole(rules, person.child)


@settings(max_examples=100, deadline=None)
@given(child=children())
def test_a_referral_kept_with_its_episode_comes_back_as_it_was(child):
    for e in child.episodes:
        e.extensions = [("PreProceedingsandFGDM", (("PPStartDate", "2026-05-01"),))]
        assert restore(details_of(in_order(e))) == in_order(e)


@settings(max_examples=100, deadline=None)
@given(child=children())
def test_the_same_return_again_adds_nothing_to_what_is_known(child):
    for e in map(in_order, child.episodes):
        again = restore(details_of(e))
        if len({a.start for a in e.assessments}) == len(e.assessments) and len(
            {s.start for s in e.section_47s}
        ) == len(e.section_47s):
            merged, remarks = merge(e, again)
            assert merged == e
            assert remarks == []


def test_every_source_of_a_referral_has_its_word_at_the_front_door():
    assert set(REFERRERS) == set(CODES["ReferralSource"]) - {"10"}
    assert set(REFERRERS.values()) <= set(SOURCES)


def told(e, who=None, period=PERIOD):
    return tell(who or Who(date(2015, 5, 5)), e, period)


def steps(found, name):
    return [[step.trigger for step in case.steps] for case in found.cases if case.name == name]


def test_an_enquiry_before_any_assessment_is_what_the_front_door_decided():
    e = Episode(date(2025, 6, 2), "6", "N1", section_47s=[Section47(date(2025, 6, 3))])
    found = told(e)
    assert steps(found, "front_door") == [["decide_strategy"]]
    assert steps(found, "child_protection") == [["start_enquiry"]]
    assert found.cases[1].opening == "opened_from_front_door"


def test_a_second_enquiry_while_a_plan_runs_is_a_further_strategy_discussion():
    plan = CpPlan(date(2025, 6, 20), None, "NEG", "NEG", 0)
    enquiries = [
        Section47(date(2025, 6, 3), None, date(2025, 6, 20)),
        Section47(date(2025, 10, 1), None, None, True),
    ]
    found = told(Episode(date(2025, 6, 2), "6", "N1", section_47s=enquiries, cp_plans=[plan]))
    assert steps(found, "child_protection") == [
        ["start_enquiry", "decide_conference", "start_conference", "decide_plan", "strategy_discussed"]
    ]
    assert found.cases[-1].state == "plan"


def test_a_plan_dated_a_day_after_its_conference_belongs_to_it():
    plan = CpPlan(date(2025, 6, 23), None, "NEG", "NEG", 0)
    e = Episode(
        date(2025, 6, 2),
        "6",
        "N1",
        section_47s=[Section47(date(2025, 6, 3), None, date(2025, 6, 20))],
        cp_plans=[plan],
    )
    assert len(steps(told(e), "child_protection")) == 1


def test_an_assessment_long_after_the_referral_runs_no_limit_from_it():
    found = told(Episode(date(2023, 5, 1), "6", "N1", assessments=[Assessment(date(2026, 3, 2))]))
    assert found.cases[-1].state == "assessing"
    assert "referral_received" not in found.cases[-1].events
    assert "assessed before" in found.remarks[0].reason


def test_an_assessment_beside_a_plan_is_kept_and_opens_nothing():
    e = Episode(
        date(2025, 6, 2), "6", "N1",
        assessments=[Assessment(date(2025, 6, 3), None, date(2025, 7, 15)), Assessment(date(2026, 3, 2))],
        cin_plans=[CinPlan(date(2025, 7, 21))],
    )  # fmt: skip
    found = told(e)
    assert len(steps(found, "child_in_need")) == 1
    assert "no case or limit follows" in found.remarks[0].reason


@pytest.mark.parametrize(
    ("why", "born", "ends", "outcome"),
    [
        ("RC7", date(2015, 5, 5), ["end_plan"], "close_nfa"),
        ("RC5", date(2015, 5, 5), ["start_transfer", "transfer_accepted"], "transferred"),
        ("RC1", date(2015, 5, 5), ["close_accommodated"], "accommodated"),
        ("RC2", date(2015, 5, 5), ["child_died"], "died"),
        ("RC6", date(2008, 1, 1), ["reached_18", "complete_closure"], "age_18"),
        ("RC6", date(2015, 5, 5), ["end_plan"], "close_nfa"),
    ],
)
def test_a_child_in_need_plan_ends_in_the_way_nearest_to_the_reason_given(rules, why, born, ends, outcome):
    e = Episode(
        date(2025, 6, 2), "6", "N1", date(2026, 2, 12), why,
        assessments=[Assessment(date(2025, 6, 3), None, date(2025, 7, 15))],
        cin_plans=[CinPlan(date(2025, 7, 21), date(2026, 2, 10))],
    )  # fmt: skip
    found = told(e, Who(born))
    assert steps(found, "child_in_need") == [["decide_plan_needed", "first_meeting_held", *ends]]
    assert lay(rules, found.cases[-1]).outcome == outcome


@pytest.mark.parametrize(
    ("why", "born", "ends", "outcome"),
    [
        ("RC7", date(2015, 5, 5), ["start_conference", "end_plan"], "risk_reduced"),
        ("RC4", date(2015, 5, 5), ["start_conference", "end_plan_for_care"], "care_or_permanence"),
        ("RC5", date(2015, 5, 5), ["notify_permanent_move", "complete_transfer"], "moved"),
        ("RC7", date(2008, 1, 1), ["reached_18", "complete_closure"], "age_18"),
    ],
)
def test_a_protection_plan_ends_in_the_way_nearest_to_the_reason_given(rules, why, born, ends, outcome):
    e = Episode(
        date(2025, 6, 2), "6", "N1", date(2026, 2, 12), why,
        section_47s=[Section47(date(2025, 6, 3), None, date(2025, 6, 20))],
        cp_plans=[CpPlan(date(2025, 6, 20), date(2026, 2, 10), "NEG", "NEG", 0)],
    )  # fmt: skip
    found = told(e, Who(born))
    last = found.cases[-1]
    assert [step.trigger for step in last.steps][4:] == ends
    draft = lay(rules, last)
    assert draft.outcome == outcome
    met = {each.rule: each.values["closed_at"].date() for each in draft.begun}
    assert list(met) == ["cp.icpc"], "the review whose day is not known is neither in time nor late"


def test_a_plan_of_an_earlier_year_is_taken_in_as_a_transfer_and_says_so(rules):
    plan = CpPlan(date(2025, 1, 24), None, "NEG", "NEG", 0, [date(2025, 4, 11)])
    found = told(Episode(date(2025, 1, 6), "6", "N1", cp_plans=[plan]))
    draft = lay(rules, found.cases[-1])
    assert [entry["action"] for entry in draft.entries][1:3] == ["start_conference", "decide_plan"]
    assert all('"implied":true' in each["body"] for each in draft.payloads[:3])
    assert [(each.rule, each.values["due_on"]) for each in draft.running if each.rule == "cp.rcpc_next"] == [
        ("cp.rcpc_next", date(2025, 10, 11))
    ]
