"""What people answer: taken where it can be used, refused in a sentence where not, everything missing at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.answers import MissingAnswers, check
from pathways.definitions import Evidence, Field
from pathways.errors import USAGE, Mistyped, PathwayError

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
FORM = Evidence(
    "form",
    "A form",
    (
        Field("said", "What was said?", required=True),
        Field("alone", "Alone?", "yes_no", fact="seen_alone"),
        Field("why", "Why not?", when=("alone", "no")),
        Field("how_many", "How many?", "number", fact="agencies_present"),
        Field("agency", "Which?", "choice", ("health visiting", "police"), fact="reports_in", each=True),
        Field("several", "Which ones?", "choices", ("health visiting", "police", "school")),
        Field("held_on", "When?", "date", weekday=True, fact="held_on"),
        Field("booked_on", "Booked for?", "date", weekday=True, future=True),
        Field("at", "At what time?", "moment"),
        Field("wishes", "Wishes?", needed=True),
    ),
)


def taken(**answers):
    return check(FORM, {"said": "words", **answers}, now=NOW)


ANSWERS = [
    # field       typed                      kept
    ("alone",     "yes",                     True),
    ("alone",     "N",                       False),
    ("how_many",  " 7 ",                     7),
    ("agency",    "Health-Visiting",         "health visiting"),
    ("agency",    "2",                       "police"),
    ("several",   "police, school,police",   ["police", "school"]),
    ("held_on",   "2026-11-03",              "2026-11-03"),
    ("booked_on", "2026-12-01",              "2026-12-01"),
    ("at",        "2026-11-03T09:00",        "2026-11-03T09:00:00+00:00"),
    ("at",        "2026-07-01T09:00",        "2026-07-01T08:00:00+00:00"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed", "kept"), ANSWERS)
def test_an_answer_is_kept_as_what_it_means(name, typed, kept):
    answers = {name: typed, **({"why": "there was no room"} if typed == "N" else {})}
    assert taken(**answers).body[name] == kept


REFUSED = [
    ("alone",     "perhaps",          "answer yes or no"),
    ("how_many",  "many",             "give a whole number"),
    ("how_many",  "-1",               "cannot be right"),
    ("agency",    "the milkman",      "is not one of health visiting, police"),
    ("held_on",   "2026-11-31",       "There is no 31 November. The last day of November is the 30th."),
    ("held_on",   "2026-11-04",       "4 November 2026 is in the future"),
    ("held_on",   "2026-10-31",       "31 October 2026 is a Saturday"),
    ("booked_on", "2026-12-05",       "5 December 2026 is a Saturday"),
    ("at",        "2026-11-03",       "give the time of day too"),
    ("at",        "2026-10-25T01:30", "happens twice"),
    ("said",      "nul \0 byte",      "a character that cannot be kept"),
    ("said",      "x" * 20_001,       "20,000 is the most"),
    ("shoe_size", "42",               "does not ask for 'shoe_size'"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed", "says"), REFUSED)
def test_an_answer_that_cannot_be_used_is_refused_in_a_sentence(name, typed, says):
    with pytest.raises(Mistyped, match=says.replace(".", r"\.").replace("(", r"\(")) as refused:
        taken(**{name: typed})
    assert refused.value.code == USAGE


def test_everything_that_is_missing_is_listed_at_once():
    with pytest.raises(MissingAnswers) as missing:
        check(FORM, {"alone": "no"}, now=NOW, what="child-seen")
    assert [name for name, _ in missing.value.args[1]] == ["said", "why"]
    assert "2 answers are missing for child-seen" in str(missing.value)


def test_a_question_that_does_not_apply_is_not_missing():
    assert "why" not in taken(alone="yes").body


def test_what_is_needed_may_be_blank_with_a_reason_and_leaves_a_gap_without():
    assert taken().facts["form_missing"] == ["wishes"]
    assert taken(wishes="to stay at home").facts["form_missing"] == []
    reasoned = taken(wishes_why="the child is not yet born")
    assert reasoned.facts["form_missing"] == []
    assert reasoned.body["wishes_why"] == "the child is not yet born"


def test_only_named_facts_leave_the_record_and_free_text_never_does():
    assert set(taken(alone="yes", how_many="3").facts) == {"seen_alone", "agencies_present", "form_missing"}


def test_facts_that_collect_are_added_to_what_is_known():
    assert taken(agency="police").onto({"reports_in": ["health visiting"]})["reports_in"] == [
        "health visiting",
        "police",
    ]


@given(name=st.sampled_from([each.name for each in FORM.fields]), typed=st.text(max_size=40))
def test_whatever_is_typed_is_taken_or_refused_in_a_sentence(name, typed):
    try:
        kept = taken(**{name: typed}).body
    except PathwayError as refused:
        said = str(refused)
    else:
        said = str(kept)
    assert said
