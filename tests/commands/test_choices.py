"""What a question shows is understood as it is shown, for every choice of every form."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import record_form
from commands.given import with_choices
from commands.people_change import _forms as of_people
from commands.supervision_form import ANSWER_WORDS, ANSWERS
from pathways import NAMES, pathway
from pathways.answers import MissingAnswers, NotUsable, check
from pathways.choices import marks, meant, menu, offered
from pathways.definitions import Evidence, Field
from pathways.supervision import FORMS, OUTCOMES

NOW = datetime(2026, 11, 23, 9, 31, tzinfo=UTC)
FORMS_OF_ALL = [way.records for name in NAMES for way in pathway(name).ways() if way.records]
FIELDS = sorted(
    {
        (one.kind, one.choices, one.words)
        for records in (*FORMS_OF_ALL, *(form for form, _ in of_people().values()))
        for one in records.fields
        if one.choices
    }
    | {
        ("choice", ANSWERS, ANSWER_WORDS),
        ("choice", tuple(FORMS), tuple(FORMS.values())),
        ("choice", tuple(OUTCOMES), tuple(OUTCOMES.values())),
    }
)


def the_field(kind, choices, words):
    return Field("asked", "Which?", kind, choices, words, required=True)


@st.composite
def typed_carelessly(draw, shown):
    """What is shown, in another case and with spaces where they do no harm."""
    text = draw(st.sampled_from([shown, shown.upper(), shown.lower(), shown.title()]))
    space = st.sampled_from(["", " ", "  "])
    text = text.replace("(", draw(space) + "(" + draw(space)).replace(" ", draw(st.sampled_from([" ", "  "])))
    return draw(space) + text + draw(space)


@given(data=st.data())
def test_a_choice_typed_as_it_is_shown_is_that_choice(data):
    kind, choices, words = data.draw(st.sampled_from(FIELDS))
    one = the_field(kind, choices, words)
    place = data.draw(st.integers(0, len(choices) - 1))
    ways = [choices, words or choices, marks(choices), menu(choices, words), offered(choices, words)]
    typed = data.draw(typed_carelessly(data.draw(st.sampled_from(ways))[place]))
    at_the_terminal = record_form.readable(one, typed, NOW, lambda: None)
    kept = check(Evidence("form", "A form", (one,)), {"asked": typed}, now=NOW).body["asked"]
    wanted = [choices[place]] if kind == "choices" else choices[place]
    assert (at_the_terminal, kept) == (wanted, wanted)


@pytest.mark.parametrize(("kind", "choices", "words"), FIELDS)
def test_no_two_choices_are_shown_alike(kind, choices, words):
    """Each way of showing is tried, whichever hypothesis would have drawn; and a comma parts several."""
    for ways in (choices, words or choices, marks(choices), menu(choices, words), offered(choices, words)):
        assert [meant(each, choices, words) for each in ways] == list(choices)
        assert kind == "choice" or not [each for each in ways if "," in each]


def test_a_refusal_and_a_menu_show_what_is_tried_here():
    level = the_field("choice", ("1", "4"), ("universal", "social care"))
    refused = with_choices(
        MissingAnswers("a form", [("asked", "Which?")]), Evidence("form", "A form", (level,))
    )
    assert refused.args[2] == {"asked": ("1 (universal)", "4 (social care)")}


def test_a_number_that_is_a_choice_is_never_the_place_of_another():
    """The levels 2 and 3 of early help stood as 1 and 2: whoever typed the 2 before the third level got the second."""
    choices, words = ("2", "3"), ("early help, one agency", "early help, several agencies")
    assert menu(choices, words) == ("2 early help, one agency", "3 early help, several agencies")
    level = the_field("choice", choices, words)
    assert record_form.readable(level, "3", NOW, lambda: None) == "3"
    says = "'1' is not one of 2 (early help, one agency), 3 (early help, several agencies)."
    with pytest.raises(NotUsable, match=re.escape(says)):
        check(Evidence("form", "A form", (level,)), {"asked": "1"}, now=NOW)
    assert record_form.readable(level, "1", NOW, lambda: None) == "1"


@pytest.mark.parametrize(("typed", "place"), [("2 police", 1), (" 2  POLICE ", 1), ("Pol", 1), ("1", 0), ("2 school", None), ("3", None)])  # fmt: skip
def test_a_menu_of_a_command_understands_its_own_lines(typed, place):
    from commands.prompts import which

    assert which(typed, ["school", "police"]) == place
