"""The outline plan: its shape, who may own an action and by when, what it says in words, how far it has come."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.errors import Mistyped
from pathways.outline_plan import (
    SHAPE,
    actions_of,
    fitted,
    in_words,
    plan_from,
    progress_from,
    refuse_unknown,
    with_progress,
)

HELD, REVIEW = date(2026, 11, 24), date(2027, 2, 23)
WHO = ("school", "health visiting", "mother")
PLAN = [
    {
        "outcome": "Ash is at school every day.",
        "actions": [
            {"what": "Ring by 9.30am when Ash is not there.", "who": "School", "by": "2026-11-25"},
            {"what": "Walk with Ash to breakfast club.", "who": "mother", "by": "2026-12-01"},
        ],
    },
    {
        "outcome": "Ash is well.",
        "actions": [{"what": "Weigh and measure.", "who": "health-visiting", "by": "2027-02-23"}],
    },
]


def with_action(**own):
    return [{"outcome": "O", "actions": [{"what": "W", "who": "school", "by": "2026-12-01", **own}]}]


def fit(plan):
    return fitted(plan_from(plan), WHO, HELD, REVIEW)


def test_owners_are_kept_as_they_stand_on_the_list():
    assert [each.who for each in actions_of(fit(PLAN))] == ["school", "mother", "health visiting"]


def test_actions_are_known_by_the_place_of_their_outcome_and_their_own():
    assert [each.number for each in actions_of(plan_from(PLAN))] == ["1.1", "1.2", "2.1"]


def test_a_plan_is_read_from_a_file_or_from_its_text_alike():
    assert plan_from(json.dumps(PLAN)) == plan_from(PLAN) == plan_from(tuple(PLAN))


@pytest.mark.parametrize("by", [HELD, HELD + timedelta(days=1), REVIEW])
def test_an_action_may_be_for_the_day_of_the_conference_up_to_the_day_of_the_review(by):
    assert actions_of(fit(with_action(by=by.isoformat())))[0].by == by


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({"by": "2026-11-23"}, "Action 1.1: 23 November 2026 is before the conference, 24 November 2026"),
        ({"by": "2027-02-24"}, "Action 1.1: 24 February 2027 is after the review, 23 February 2027"),
        (
            {"who": "aunt"},
            "'aunt' is nobody of this conference. There are: social worker, conference chair, school",
        ),
        ({"by": "soon"}, "Action 1.1: `by` is a day"),
        ({"by": None}, "Action 1.1: `by` is a day"),
        ({"what": " "}, "Action 1.1: `what` is left out"),
        ({"who": 7}, "Action 1.1: `who` is left out"),
        ({"cost": "9"}, "'cost' is not asked for of action 1.1"),
        ({"what": "x" * 1001}, "has 1,001 characters; 1,000 is the most"),
        ({"what": "a\0b"}, "cannot be kept"),
    ],
)
def test_an_action_that_does_not_fit_says_which_and_what_to_change(own, says):
    with pytest.raises(Mistyped) as refused:
        fit(with_action(**own))
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ([], "has no outcome"),
        ("plain words", SHAPE),
        ({"outcome": "O"}, SHAPE),
        ([{"outcome": "O", "actions": []}], "Outcome 1 has no action"),
        ([{"outcome": "O"}], "Outcome 1 has no action"),
        ([{"outcome": "", "actions": with_action()[0]["actions"]}], "`outcome` is left out"),
        (["O"], SHAPE),
        ([{"outcome": "O", "actions": ["W"]}], SHAPE),
        (with_action() * 31, "30 is the most"),
        ([{"outcome": "O", "actions": with_action()[0]["actions"] * 31}], "30 is the most"),
        ("[" * 100_000, SHAPE),
    ],
)
def test_what_is_no_plan_is_refused_in_a_sentence(plan, says):
    with pytest.raises(Mistyped) as refused:
        plan_from(plan)
    assert says in str(refused.value)


def test_whatever_is_handed_in_is_taken_or_refused_in_a_sentence_and_nothing_else():
    anything = st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(max_size=8)
        | st.sampled_from(["2026-12-01", "school"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["outcome", "actions", "what", "who", "by", "x"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    )

    @given(anything)
    def taken(value):
        try:
            plan = plan_from(value)
        except Mistyped:
            return
        assert plan_from(plan) == plan, "what is kept can be read again"
        assert actions_of(plan)

    taken()


def test_without_a_known_review_only_the_conference_bounds_a_day():
    assert fitted(plan_from(with_action(by="2031-01-01")), WHO, HELD, None)
    assert fitted(plan_from(with_action(by="2020-01-01")), WHO, None, None)


# --- how far it has come ------------------------------------------------------------------------------------------


def told(*said):
    return progress_from([{"action": number, "is": state} for number, state in said])


def test_the_last_that_was_said_of_an_action_counts_and_the_rest_is_not_known():
    come = with_progress(
        plan_from(PLAN),
        [
            (date(2026, 12, 4), told(("1.1", "under way"), ("1.2", "not done"))),
            (date(2027, 1, 4), told(("1.1", "done"))),
        ],
    )
    assert [(each.action.number, each.state, each.said_on) for each in come] == [
        ("1.1", "done", date(2027, 1, 4)), ("1.2", "not done", date(2026, 12, 4)), ("2.1", "", None),
    ]  # fmt: skip


def test_progress_of_an_action_that_is_not_in_the_plan_is_refused():
    with pytest.raises(Mistyped, match=r"no action 3\.1\. It has: 1\.1, 1\.2, 2\.1"):
        refuse_unknown(told(("3.1", "done")), plan_from(PLAN))
    with pytest.raises(Mistyped, match="no outline plan in actions"):
        refuse_unknown(told(("1.1", "done")), [])


@pytest.mark.parametrize(
    ("given_in", "says"),
    [
        ([{"action": "1.1", "is": "nearly"}], "nearly is not one of done, under way, not done"),
        ([{"action": "1.1"}], "nothing is not one of"),
        ([{"is": "done"}], "`action` is left out"),
        ([{"action": "1.1", "is": "done"}] * 2, "told of twice"),
        (["1.1 done"], "Progress is written as"),
    ],
)
def test_progress_that_cannot_be_read_is_refused(given_in, says):
    with pytest.raises(Mistyped) as refused:
        progress_from(given_in)
    assert says in str(refused.value)


def test_in_words_every_action_has_its_owner_and_day():
    assert (
        in_words(fit(PLAN)[1:])
        == "1 Ash is well: 1.1 Weigh and measure (health visiting, by 23 February 2027)."
    )
    assert in_words(told(("1.1", "done"), ("2.1", "not done"))) == "1.1 done; 2.1 not done"
    assert in_words("Kept before plans had actions.") == "Kept before plans had actions."
    assert actions_of("Kept before plans had actions.") == ()
