"""The family at the command line: lists, additions, several children at once, linked records."""

from __future__ import annotations

import json

import pytest

from pathways import pathway
from pathways.errors import NOT_FOUND, OK, REFUSED, USAGE
from tests.casefile import complete

FIRST, SECOND = "CP-2026-0001", "CP-2026-0002"


@pytest.fixture
def file(tmp_path):
    """Write answers to a file; its path."""

    def written(**answers):
        path = tmp_path / "answers.json"
        path.write_text(json.dumps(answers), encoding="utf-8")
        return str(path)

    return written


def add(say, file, what, **answers):
    return say("people", FIRST, "add", what, "--from", file(**answers))


def test_the_list_shows_initials_and_no_address(say, file):
    add(say, file, "address", lines="4 Invented Row", postcode="L20 3AA", confidential="yes")
    said = say("people", "cp1")
    assert said.code == OK
    assert "A.B., 9" in said.out
    assert "R.B., 6" in said.out
    assert "1 confidential" in said.out
    assert "Birch" not in said.out
    assert "Invented" not in said.out
    assert all(len(line) <= 80 for line in said.lines)
    named = say("people", "cp1", "--names")
    assert "Ash Birch" in named.out
    assert "CONFIDENTIAL, not for the other parent: 4 Invented Row, L20 3AA" in named.words


def test_a_look_at_names_is_on_the_trail(say, rows):
    say("people", FIRST, "--names")
    assert rows("trail_of_case", reference=FIRST)[-1].action == "looked"


def test_a_family_is_written_down_and_ended_by_its_numbers(say, file):
    mother = {
        "kind": "parent",
        "person": "adult",
        "given_name": "Hazel",
        "family_name": "Birch",
        "since": "1/3/2017",
    }
    assert "saved - entry" in add(say, file, "relative", **mother).out
    assert "saved - entry" in add(say, file, "household", label="home", members="1,2,3", since="1/3/2020").out
    listed = json.loads(say("people", FIRST, "--json").out)
    assert [each["relationships"][0]["kind"] for each in listed["people"][1:]] == ["sibling", "parent"]
    assert [each["number"] for each in listed["households"][0]["members"]] == [1, 2, 3]
    ended = say("people", FIRST, "end", "relative", "--from", file(whom="3", kind="parent", on="20/11/2026"))
    assert ended.code == OK
    again = json.loads(say("people", FIRST, "--json").out)
    assert again["people"][2]["relationships"][0]["until"] == "2026-11-20"
    assert say("people", FIRST, "end", "member", "--from", file(household="1", whom="3")).code == OK
    assert say("chronology", FIRST).out.count("A relationship") == 2


def test_a_sibling_is_added_by_a_case_of_theirs(say, file):
    said = add(say, file, "relative", kind="half_sibling", case="CP-2026-0003")
    assert said.code == OK
    assert "A half" not in said.out
    assert "CP-2026-0003" in say("show", FIRST).words


def test_an_unborn_sibling_needs_no_name(say, file):
    assert add(say, file, "relative", kind="sibling", expected_delivery_date="1/2/2027").code == OK
    assert json.loads(say("people", FIRST, "--json").out)["people"][2]["kind"] == "unborn"


def test_somebody_like_them_is_shown_before_they_are_added_again(say, file):
    said = add(
        say,
        file,
        "relative",
        kind="sibling",
        person="child",
        given_name="Rowen",
        family_name="Burch",
        birth_date="2/5/2020",
    )
    assert said.code == USAGE
    assert "same date of birth" in said.words
    assert f"give case {SECOND} in the file" in said.words
    assert "Burch" not in said.words


TWIN = {
    "kind": "sibling",
    "person": "child",
    "given_name": "Rowen",
    "family_name": "Burch",
    "birth_date": "2/5/2020",
}
"""Somebody like the brother, Rowan Birch."""


def test_somebody_else_than_those_like_them_is_added_when_that_is_said(say, file):
    assert say("people", FIRST, "add", "relative", "--from", file(**TWIN), "--new-person").code == OK
    listed = json.loads(say("people", FIRST, "--json", "--names").out)["people"]
    assert [each["person"] for each in listed] == ["Ash Birch, 9", "Rowan Birch, 6", "Rowen Burch, 6"]


def test_somebody_who_is_known_without_a_case_is_not_added_twice_either(say, file):
    mother = {"kind": "parent", "person": "adult", "given_name": "Hazel", "family_name": "Birch"}
    assert add(say, file, "relative", **mother).code == OK
    again = say("people", SECOND, "add", "relative", "--from", file(**mother))
    assert again.code == USAGE
    assert "Somebody of this name is in the records, without a case of their own." in again.words
    assert "Hazel" not in again.words


def test_a_twin_of_the_child_at_hand_is_nobody_to_be_asked_about(say, file):
    twin = TWIN | {"given_name": "Elm", "family_name": "Birch", "birth_date": "1/3/2017"}
    assert add(say, file, "relative", **twin).code == OK


def test_a_baby_is_born_on_the_record_that_was_kept_before(say, file):
    assert add(say, file, "relative", kind="sibling", expected_delivery_date="1/2/2027").code == OK
    born = add(say, file, "birth", whom="3", birth_date="20/11/2026", given_name="Wren", family_name="Birch")
    assert born.code == OK, born.words
    baby = json.loads(say("people", FIRST, "--json", "--names").out)["people"][2]
    assert (baby["person"], baby["kind"]) == ("Wren Birch, 0 months", "child")
    assert "A date of birth was written down" in say("chronology", FIRST).words
    with_case = add(say, file, "birth", whom="2", birth_date="20/11/2026")
    assert with_case.code == USAGE
    assert f"pathways do {SECOND} child-born" in with_case.words


@pytest.mark.parametrize(
    ("arguments", "answers", "says"),
    [
        (("add", "friend"), {}, "What is added is one of"),
        (("sing",), {}, "list, add, end, merge or split"),
        (("add", "address"), {}, "Address, without the postcode"),
        (("add", "address"), {"lines": "x", "confidential": "no", "whom": "9"}, "no number 9"),
        (("end", "address"), {"address": "1"}, "no address 1"),
        (("add", "member"), {"household": "4", "part": "child"}, "no household 4"),
        (
            ("add", "relative"),
            {"kind": "sibling", "person": "unborn", "birth_date": "1/1/2026"},
            "is a child",
        ),
        (("merge",), None, "Name a case of the other record"),
        (("split",), None, "A reason is needed"),
    ],
)
def test_slips_are_refused_in_a_sentence(say, file, rows, arguments, answers, says):
    before = len(rows("trail_of_case", reference=FIRST))
    more = ("--from", file(**answers)) if answers is not None else ()
    said = say("people", FIRST, *arguments, *more)
    assert said.code == USAGE
    assert says in said.words
    assert len(rows("trail_of_case", reference=FIRST)) == before


def test_a_dry_run_keeps_nothing(say, file, rows):
    said = say(
        "people", FIRST, "add", "name", "--from", file(kind="former", family_name="Thorne"), "--dry-run"
    )
    assert "Nothing was changed" in said.out
    assert "people_name" not in [each.action for each in rows("trail_of_case", reference=FIRST)]


def test_two_records_are_linked_and_parted(say):
    merged = say("people", "RF-2026-0001", "merge", "CP-2026-0003", "--because", "one child, two names")
    assert merged.code == OK, merged.words
    assert "2 records are linked" in say("people", "CP-2026-0003").out
    parted = say("people", "CP-2026-0003", "split", "--because", "they are cousins")
    assert parted.code == OK
    assert "linked" not in say("people", "CP-2026-0003").out


def test_cases_are_linked_both_ways(say, rows):
    assert say("link", FIRST, "CP-2026-0003", "--as", "half-sibling").code == OK
    assert "CP-2026-0003" in say("show", FIRST).words
    assert say("link", "RF-2026-0001", FIRST, "--as", "same-incident").code == OK
    for each in ("RF-2026-0001", FIRST):
        assert rows("trail_of_case", reference=each)[-1].action == "people_same_incident"
    assert say("link", FIRST, SECOND, "--as", "friend").code == USAGE
    assert say("link", FIRST, "CP-2026-9999", "--as", "sibling").code == NOT_FOUND


def test_the_address_and_a_former_name_are_found_again(say, file, monkeypatch):
    from io import StringIO

    add(say, file, "address", lines="4 Invented Row", postcode="L20 3AA", confidential="no")
    add(say, file, "name", kind="usual", given_name="Ash", family_name="Thornton")
    for typed in ("l20 3aa", "4 invented row", "Ash Birch", "Thornton"):
        monkeypatch.setattr("sys.stdin", StringIO(f"{typed}\n"))
        assert FIRST in say("find", "--stdin").out, typed


# --- several children ------------------------------------------------------------------------------------------------


def test_a_refused_brother_holds_up_his_sister_and_it_says_why(say, rows):
    before = [len(rows("trail_of_case", reference=each)) for each in (FIRST, SECOND)]
    said = say(
        "do",
        FIRST,
        "chair-met-family",
        "--with",
        SECOND,
        "--answer",
        "who=mother",
        "--answer",
        "needs=none",
        "--no-input",
    )
    assert said.code != OK
    assert SECOND in said.err
    after = [len(rows("trail_of_case", reference=each)) for each in (FIRST, SECOND)]
    assert after == [before[0], before[1] + 1]
    assert "Nothing was changed for any of these children" in said.words


def test_both_are_noted_together(say, rows, file):
    note = complete(
        next(each for each in pathway("child_protection").moves if each.trigger == "note").records
    )
    said = say(
        "do", FIRST, "note", "--with", "cp2", "--from", file(**{FIRST: note, SECOND: note}), "--no-input"
    )
    assert said.code == OK, said.words
    assert f"Written for all of them together: {FIRST}, {SECOND}." in said.out
    assert [rows("trail_of_case", reference=each)[-1].action for each in (FIRST, SECOND)] == ["note", "note"]


def test_what_is_asked_of_each_child_is_not_copied_from_one_to_another(say, file):
    said = say("do", FIRST, "note", "--with", SECOND, "--answer", "text=seen", "--no-input")
    assert said.code == USAGE
    assert f"--answer {FIRST}:text=VALUE" in said.words


def test_each_child_answers_on_the_command_line(say, rows):
    own = [
        each
        for reference in ("cp1", "cp2")
        for each in ("--answer", f"{reference}:nature=fact", "--answer", f"{reference}:text=seen")
    ]
    said = say("do", FIRST, "note", "--with", SECOND, *own, "--json")
    assert said.code == OK, said.words
    assert [each["case"] for each in json.loads(said.out)["cases"]] == [FIRST, SECOND]


def test_the_refusals_of_several_are_json_too(say):
    said = say("do", FIRST, "decide-plan", "--with", SECOND, "--json")
    assert said.code == REFUSED or said.code == USAGE
    document = json.loads(said.out)
    assert document["changed"] is False
    assert [each["case"] for each in document["cases"]] == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("beside", "says"),
    [
        ((FIRST,), "named twice"),
        (("all",), "No other child is in the conference"),
        (("CP-2026-9999",), "no case"),
    ],
)
def test_who_is_beside_has_to_be_another_child(say, beside, says):
    said = say("do", FIRST, "note", *(word for each in beside for word in ("--with", each)), "--no-input")
    assert says in said.words


def test_a_brother_joins_the_meeting(say):
    assert "1 of 1" not in say("meeting", FIRST).out
    joined = say("meeting", SECOND, "add", "--to", FIRST)
    assert joined.code == OK, joined.words
    assert "saved - entry" in joined.out
    shown = json.loads(say("meeting", FIRST, "--json").out)
    assert [each["case"] for each in shown["cases"]] == [FIRST, SECOND]
    assert shown["booked_on"] == "2026-11-24"
    again = say("meeting", SECOND, "add", "--to", FIRST)
    assert "in this meeting already" in again.words
    assert "No conference is booked" in say("meeting", "RF-2026-0001").words
