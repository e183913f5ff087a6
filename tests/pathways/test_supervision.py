"""What a session of supervision must hold, who signs it, what it answers itself; dates counted on a calendar by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.days import local_day
from pathways.rulebook import load
from pathways.supervision import (
    AGENDA,
    CAPACITIES,
    CARRIED,
    CHECKLIST,
    DONE,
    DROPPED,
    GROUP,
    HEAD,
    NO,
    ONE_TO_ONE,
    PRACTITIONER,
    SCHOOL,
    SOCIAL_CARE,
    SUPERVISOR,
    UNPLANNED,
    YES,
    Agreed,
    NotComplete,
    OpenAction,
    Reviewed,
    Session,
    Signed,
    kind_of,
    missing,
    next_session,
    next_team_meeting,
    proved,
    state,
    unsigned,
)

DAY = date(2026, 11, 3)
WHOLE = Session(
    form=ONE_TO_ONE,
    held_on=DAY,
    agenda={topic.name: "said" for topic in AGENDA},
    checklist={each.number: (YES, "") for each in CHECKLIST if not each.proved},
    agreed=(Agreed("read the toolkit", "t.dean", date(2026, 11, 17)),),
)
OLD = OpenAction(7, date(2026, 10, 20))


def lacks(cases=(), before=(), **changed):
    return missing(replace(WHOLE, **changed), cases, before)


def test_the_checklist_has_the_handbooks_eighteen_questions():
    assert [each.number for each in CHECKLIST] == list(range(1, 19))
    assert [each.number for each in CHECKLIST if each.proved] == [4, 5, 6, 8]


def test_a_whole_session_lacks_nothing():
    assert lacks() == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"agenda": {}}, "the agenda says nothing about: workload, and how you are"),
        ({"checklist": {}}, "these questions of the checklist are not answered: 1, 2, 3, 7, 9"),
        ({"checklist": WHOLE.checklist | {14: (NO, " ")}}, "a no says what is missing; these do not: 14"),
        ({"checklist": WHOLE.checklist | {14: ("maybe", "")}}, "are not answered: 14"),
        ({"agreed": ()}, "no action is agreed, and nothing says why none is needed"),
        ({"agreed": (Agreed("x", "t.dean", date(2026, 11, 2)),)}, "x has no owner or day that can be"),
        ({"agreed": (Agreed("x", " ", DAY),)}, "x has no owner or day that can be"),
        ({"discussed": {"CP-2026-0001": " "}}, "nothing is said about CP-2026-0001"),
        ({"reviewed": {7: Reviewed("forgotten")}}, "action 7 is done, carried or dropped"),
        ({"reviewed": {7: Reviewed(DONE)}}, "the day on which action 7 was done"),
        ({"reviewed": {7: Reviewed(DONE, date(2026, 11, 4))}}, "is still to come"),
        ({"reviewed": {7: Reviewed(DROPPED)}}, "nothing says why"),
    ],
)
def test_each_thing_that_is_missing_is_named(changed, words):
    found = lacks(**changed)
    assert any(words in each for each in found), found
    assert words.split(":")[0] in str(NotComplete(tuple(found)))


def test_every_case_and_every_open_action_is_gone_through():
    (left,) = lacks(cases=["EH-2026-0001", "CP-2026-0001"], discussed={"CP-2026-0001": "seen"})
    assert left == "these cases were not talked about: EH-2026-0001"
    (passed,) = lacks(before=[OLD])
    assert passed == "these actions of earlier sessions were not looked at: 7"
    assert lacks(before=[OLD], reviewed={7: Reviewed(CARRIED)}) == []


def test_a_group_or_a_talk_in_between_need_not_go_through_everything():
    for form in (GROUP, UNPLANNED):
        assert lacks(cases=["CP-2026-0001"], before=[OLD], form=form, checklist={}, agreed=()) == []
    assert lacks(form=UNPLANNED, agenda={}, checklist={}, agreed=()) == ["nothing says what was talked about"]
    assert lacks(form=UNPLANNED, agenda={}, checklist={}, agreed=(), discussed={"CP-2026-0001": "seen"}) == []


def test_the_session_answers_what_it_proves():
    session = replace(
        WHOLE, discussed={"CP-2026-0001": "seen"}, reviewed={7: Reviewed(DONE, date(2026, 10, 21))}
    )
    cases = {"CP-2026-0001": "child_protection", "EH-2026-0001": "early_help"}
    assert proved(session, cases, [OLD]) == {
        4: ("yes", "all 1 were"),
        5: ("no", "not talked about: EH-2026-0001"),
        6: ("none", "there are none"),
        8: ("no", "done late: 7"),
    }
    on_time = replace(session, reviewed={7: Reviewed(DONE, date(2026, 10, 20))})
    assert proved(on_time, {}, [OLD])[8] == ("yes", "all 1 were, on time")
    assert proved(replace(session, reviewed={}), {}, [OLD])[8] == ("no", "not done: 7")


@pytest.mark.parametrize(
    ("held_on", "aim", "last"),
    [
        (date(2026, 11, 3), date(2026, 12, 3), date(2026, 12, 15)),
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 14)),
        (date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 13)),
        (date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 12)),
    ],
)
def test_a_school_aims_at_a_month_and_is_late_after_42_days(rules, held_on, aim, last):
    found = next_session(SCHOOL, held_on, rules, DAY)
    assert (found.aim.due.due, found.last.due.due) == (aim, last)
    assert found.rules == ("sup.school", "sup.school_max")
    assert not found.late(last)
    assert found.late(date.fromordinal(last.toordinal() + 1))


def test_social_care_has_the_one_figure(rules):
    found = next_session(SOCIAL_CARE, date(2026, 11, 3), rules, DAY)
    assert local_day(found.last.due.due) == local_day(found.aim.due.due) == date(2026, 12, 3)


def test_without_any_session_it_is_due_now(rules):
    found = next_session(SCHOOL, None, rules, DAY)
    assert found.late(DAY)
    assert found.aim_missed(DAY)


def test_a_team_meets_again_within_fourteen_days(rules):
    found = next_team_meeting(date(2026, 12, 21), rules, DAY)
    assert found.due.due == date(2027, 1, 4)


def test_an_authority_without_a_figure_is_late_by_none(rules):
    """England's own rules have no figure for schools; Sefton's come from its handbook."""
    national = replace(rules, rulebook=load("england"))
    found = next_session(SCHOOL, date(2020, 1, 6), national, DAY)
    assert (found.aim, found.last, found.late(DAY), found.aim_missed(DAY)) == (None, None, False, False)
    assert next_session(SCHOOL, None, national, DAY).late(DAY)


def test_a_school_is_known_by_its_lead_or_by_its_agency():
    assert kind_of({"dsl"}, of_the_authority=True) == SCHOOL
    assert kind_of({"social_worker"}, of_the_authority=True) == SOCIAL_CARE
    assert kind_of({"staff"}, of_the_authority=False) == SCHOOL


def test_who_has_still_to_sign():
    assert unsigned(SCHOOL, [], head_present=False) == [SUPERVISOR, PRACTITIONER, HEAD]
    assert unsigned(SCHOOL, [], head_present=True) == [SUPERVISOR, PRACTITIONER]
    assert unsigned(SOCIAL_CARE, [], head_present=False) == [SUPERVISOR, PRACTITIONER]
    assert unsigned(SCHOOL, [Signed(HEAD, SUPERVISOR), Signed(PRACTITIONER)], head_present=False) == []
    assert (state([HEAD], 0), state([], 2), state([], 0)) == ("held", "actions_open", "closed")


@given(
    signatures=st.sets(
        st.sampled_from(
            [
                Signed(SUPERVISOR),
                Signed(PRACTITIONER),
                Signed(HEAD),
                Signed(HEAD, SUPERVISOR),
                Signed(HEAD, PRACTITIONER),
            ]
        )
    ),
    one_more=st.sampled_from([Signed(each) for each in CAPACITIES]),
    head_present=st.booleans(),
    kind=st.sampled_from([SCHOOL, SOCIAL_CARE]),
)
def test_one_signature_more_never_asks_for_another(signatures, one_more, head_present, kind):
    before = unsigned(kind, signatures, head_present=head_present)
    after = unsigned(kind, {*signatures, one_more}, head_present=head_present)
    assert set(after) <= set(before)
    assert one_more.capacity not in after


@given(st.dates(date(2024, 1, 1), date(2027, 6, 30)))
def test_the_aim_is_never_after_the_last_day(rules, held_on):
    found = next_session(SCHOOL, held_on, rules, DAY)
    assert held_on < found.aim.due.due < found.last.due.due
