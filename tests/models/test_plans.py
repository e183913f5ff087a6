"""The outline plan of a case in the store: of each child, held against its conference, told of by core groups and reviews."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from models.casework import Act
from models.chronology import chronology
from models.plans import standing_for
from models.queries import case_view
from models.undo import undo
from models.verify import verify
from pathways.errors import Mistyped
from tests.casefile import CHAIR, complete
from tests.models.test_conference import MANAGER, MONDAY, TODAY, office

__all__ = ["office"]

REVIEW = "2027-02-15"
CORE_GROUP = datetime.combine(date(2026, 12, 3), MONDAY.timetz())
REVIEWED = datetime.combine(date(2027, 2, 15), MONDAY.timetz())
PLAN = [
    {"outcome": "Ash is at school.", "actions": [
        {"what": "Ring when Ash is not there.", "who": "Police", "by": "2026-12-01"},
        {"what": "Walk Ash to school.", "who": "Mother", "by": "2026-11-24"},
    ]},
    {"outcome": "Ash is well.", "actions": [{"what": "Weigh Ash.", "who": "social worker", "by": REVIEW}]},
]  # fmt: skip


def decided(office, plan=PLAN, **own):
    """A case whose conference heard the mother and the police, and decided on this plan."""
    case = office.case()
    office.make(
        case,
        "attendance",
        MONDAY - timedelta(days=3),
        who="mother",
        part="family",
        invited="yes",
        reply="coming",
    )
    office.hold(case, review_on=REVIEW, outline_plan=plan, **own)
    return case


def come(office, case):
    view = office.view(case)
    with office.store.reading() as tx:
        return [(each.action.number, each.action.who, each.state) for each in standing_for(tx, view).come]


def test_the_plan_is_kept_with_the_decision_and_found_again(office):
    case = decided(office)
    assert come(office, case) == [("1.1", "police", ""), ("1.2", "mother", ""), ("2.1", "social worker", "")]
    assert [each.action.by for each in office.conference(case).plan][-1] == date(2027, 2, 15)
    with office.store.reading() as tx:
        told = [answer for each in chronology(tx, case_view(tx, case)) for answer in each.answers]
    assert any(
        asks.startswith("Outline plan") and "1.2 Walk Ash to school (mother, by 24 November 2026)" in said
        for asks, said in told
    )
    assert verify(office.store, office.rules).whole


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (
            {"who": "aunt"},
            "'aunt' is nobody of this conference. There are: social worker, conference chair, police,",
        ),
        ({"by": "2026-11-22"}, "22 November 2026 is before the conference, 23 November 2026"),
        ({"by": "2027-02-16"}, "16 February 2027 is after the review, 15 February 2027"),
    ],
)
def test_a_plan_that_does_not_fit_its_conference_decides_nothing(office, own, says):
    action = {"what": "Something.", "who": "police", "by": "2026-12-01", **own}
    with pytest.raises(Mistyped) as refused:
        decided(office, [{"outcome": "O", "actions": [action]}])
    assert says in str(refused.value)
    with office.store.reading() as tx:
        (row,) = tx.all("open_conferences")
    assert row.state == "conference", "nothing was decided"


def test_who_was_put_off_the_list_of_the_last_conference_owns_nothing_at_the_next(office):
    case = decided(office)
    view = office.view(case)
    with office.store.reading() as tx:
        assert standing_for(tx, view).owners == ()


def test_a_core_group_tells_how_far_each_action_has_come_and_an_undo_takes_it_back(office):
    case = decided(office)
    said = office.make(
        case, "core_group_held", CORE_GROUP,
        actions=[{"action": "1.1", "is": "done"}, {"action": "1.2", "is": "not done", "remark": "The pram broke."}],
    )  # fmt: skip
    assert come(office, case) == [
        ("1.1", "police", "done"),
        ("1.2", "mother", "not done"),
        ("2.1", "social worker", ""),
    ]
    undo(
        office.store,
        office.rules,
        case,
        actor=MANAGER,
        now=CORE_GROUP,
        entry=said.seq,
        because="Another child's group.",
    )
    assert [state for _, _, state in come(office, case)] == ["", "", ""]
    with pytest.raises(Mistyped, match=r"no action 4\.1"):
        office.make(case, "core_group_held", CORE_GROUP, actions=[{"action": "4.1", "is": "done"}])


def review(office, case, decision, **own):
    day = REVIEWED
    office.make(case, "invite", day - timedelta(days=20), agencies="police")
    office.make(case, "report_received", day - timedelta(days=10), agency="police")
    for step in ("family_met", "chair_met_family", "reports_shared"):
        office.make(case, step, day)
    office.make(case, "start_conference", day, actor=CHAIR)
    office.make(case, "views_recorded", day, actor=CHAIR)
    office.make(case, decision, day, actor=CHAIR, **own)


def test_at_a_review_the_plan_stays_or_is_another_from_then_on(office):
    case = decided(office)
    review(office, case, "continue_plan", review_on="2027-08-02", actions=[{"action": "2.1", "is": "done"}])
    assert come(office, case) == [
        ("1.1", "police", ""),
        ("1.2", "mother", ""),
        ("2.1", "social worker", "done"),
    ]
    other = decided(office)
    new = [{"outcome": "New.", "actions": [{"what": "Visit.", "who": "police", "by": "2027-07-01"}]}]
    review(
        office, other, "continue_plan", review_on="2027-08-02", plan_stays="no", outline_plan=new, contingency="A court.",
        actions=[{"action": "1.1", "is": "done"}],
    )  # fmt: skip
    assert come(office, other) == [("1.1", "police", "")], "of the new plan nothing has been said yet"


def test_each_child_of_one_meeting_has_a_plan_of_its_own_and_one_that_does_not_fit_stops_all(office):
    first, second = office.case(), office.case("Rowan")
    for case in (first, second):
        office.invite(case, "police")
        office.make(case, "report_received", MONDAY, agency="police")
        for step in ("family_met", "chair_met_family", "reports_shared"):
            office.make(case, step, MONDAY)
        office.make(case, "start_conference", MONDAY + timedelta(hours=1), actor=CHAIR)
        office.make(case, "views_recorded", MONDAY + timedelta(hours=2), actor=CHAIR)

    def acts(**second_own):
        found = []
        for case, own in ((first, {}), (second, second_own)):
            move = next(
                each
                for each in office.view(case).pathway.moves_from("conference")
                if each.trigger == "decide_plan"
            )
            plan = [{"outcome": case, "actions": [{"what": "W", "who": "police", "by": "2026-12-01", **own}]}]
            found.append(
                Act(
                    case,
                    "decide_plan",
                    complete(move.records, "2026-11-23", review_on=REVIEW, outline_plan=plan),
                )
            )
        return found

    now = MONDAY + timedelta(hours=3)
    with pytest.raises(Mistyped, match=f"{second}: Action 1.1: 'aunt' is nobody"):
        office.casework.make_together(acts(who="aunt"), actor=CHAIR, now=now)
    assert [office.view(each).row.state for each in (first, second)] == ["conference", "conference"]
    office.casework.make_together(acts(), actor=CHAIR, now=now)
    assert [office.conference(each, TODAY).plan[0].action.outcome for each in (first, second)] == [
        first,
        second,
    ]


def test_a_plan_that_was_kept_as_words_is_still_read(office):
    """Records written before plans had actions hold a sentence."""
    case = decided(office)
    if office.store.sealed:
        pytest.skip("what is sealed is not changed past its seal")
    mark = "?" if office.store.dialect == "sqlite" else "%s"
    case_id = office.view(case).row.id
    with office.store.reading() as tx:
        row = next(
            each for each in tx.all("records_of_case", case_id=case_id) if each.kind == "plan_decision"
        )
    body = json.dumps({**row.body, "outline_plan": "Somebody does something."})
    with office.store.writing() as tx:
        tx.connection.execute(
            f"UPDATE record SET body = {mark} WHERE case_id = {mark} AND seq = {mark}",
            (body, case_id, row.seq),
        )
    assert come(office, case) == []
    with office.store.reading() as tx:
        told = [said for each in chronology(tx, case_view(tx, case)) for _, said in each.answers]
    assert "Somebody does something." in told
