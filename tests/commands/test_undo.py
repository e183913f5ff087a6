"""`pathways undo` and `--as-at` at the command line: what is said, asked and refused, and with which exit code."""

from __future__ import annotations

import json

import pytest

from pathways.errors import NOT_ALLOWED, NOT_FOUND, OK, REFUSED, USAGE

WHY = ("--because", "Entered on the wrong case.")


@pytest.fixture
def met(say):
    """The chair has met the family, as entered by the person at the keyboard."""
    said = say("do", "cp1", "chair-met-family", "--on", "20/11/2026", "--answer", "who=mother")
    assert said.code == OK
    return said


def test_every_write_says_how_to_undo_it(met):
    assert met.out.splitlines()[-1] == (
        "Next: pathways next CP-2026-0001               Undo: pathways undo CP-2026-0001"
    )


def test_before_anything_is_done_it_says_what_would_be(say, met, rows):
    said = say("undo", "--dry-run")
    assert said.code == OK
    assert "Entry 17 of CP-2026-0001 was yours, just now: Chair met the family" in said.words
    assert "Without it Now" in said.words
    assert "Stage 4 not ticked ticked, 20 November" in said.words
    assert said.lines[-1] == "Nothing was changed."
    assert len(rows("trail_of_case", reference="CP-2026-0001")) == 17
    assert max(map(len, said.lines)) <= 80


def test_an_undo_and_its_undo(say, met):
    said = say("undo", "cp1", *WHY, "--no-input")
    assert said.code == OK
    assert "Undone Entry 18 of CP-2026-0001 withdraws entry 17." in said.words
    assert "Put it back: pathways undo CP-2026-0001" in said.words
    assert "[ ] 4 Chair met family" in say("show", "cp1").words
    back = say("undo", "cp1", "--because", "It was right after all.")
    assert "Entry 19 of CP-2026-0001 puts back what entry 18 had withdrawn." in back.words
    assert "[x] 4 Chair met family 20 November" in say("show", "cp1").words
    assert say("audit", "verify").code == OK


def test_the_chronology_keeps_what_was_withdrawn_and_says_so(say, met):
    say("undo", "cp1", *WHY)
    said = say("chronology", "cp1")
    assert "[withdrawn by entry 18] Chair met the" in said.words
    assert "Entry 17 withdrawn. Why: Entered on" in said.words
    found = json.loads(say("chronology", "cp1", "--json").out)["entries"]
    assert {each["entry"]: each["withdrawn_by"] for each in found}[17] == 18
    say("undo", "cp1", *WHY)
    assert "withdrawn by" not in say("chronology", "cp1").words.replace("[withdrawn by entry 19]", "")


def test_without_a_reason_nothing_is_undone(say, met, rows):
    said = say("undo", "cp1", "--no-input")
    assert said.code == USAGE
    assert "at least ten characters" in said.words
    assert len(rows("trail_of_case", reference="CP-2026-0001")) == 17


def test_what_somebody_else_wrote_is_for_a_manager(say, rows):
    said = say("undo", "cp1", *WHY)
    assert said.code == NOT_ALLOWED
    assert "It was made by somebody else; to undo it is a decision for the line manager" in said.words
    assert "pathways undo CP-2026-0001 --entry 14 --by line-manager" in said.words
    assert "The attempt is on the record." in said.words
    assert rows("trail_of_case", reference="CP-2026-0001")[-1].action == "refused:undo"
    allowed = say("undo", "cp1", "--entry", "14", "--by", "line-manager", *WHY)
    assert allowed.code == OK


def test_what_rests_on_it_needs_a_word_of_its_own(say):
    asked = ("undo", "cp1", "--entry", "2", "--by", "team-leader", *WHY)
    said = say(*asked)
    assert said.code == REFUSED
    assert "rest on it: the case would be at: Strategy discussion to be held." in said.words
    assert "add --with-what-follows" in said.words
    listed = say(*asked, "--dry-run")
    assert "Date goes: Hold the conference, due 24 November" in listed.words
    assert "Date runs again: Hold the strategy discussion, due 4 November" in listed.words
    assert say(*asked, "--with-what-follows").code == OK
    assert "Now Strategy discussion to be held" in say("show", "cp1").words


def test_a_program_gets_it_as_json(say, met):
    said = json.loads(say("undo", "cp1", *WHY, "--json").out)
    assert (said["schema"], said["withdraws"], said["entry"]) == ("pathways.undo/1", 17, 18)
    assert said["next"][0] == "pathways undo CP-2026-0001"
    refused = say("undo", "cp1", "--entry", "14", *WHY, "--json")
    assert refused.code == NOT_ALLOWED
    assert json.loads(refused.out)["changed"] is False


def test_a_case_opened_in_error_has_nothing_left_to_do(say):
    said = say("undo", "rf1", "--by", "service-manager", "--because", "Not a referral at all.")
    assert "Now: Closed, opened in error." in said.words
    assert "(opened in error)" in say("show", "rf1").words
    following = say("next", "rf1")
    assert "It was opened in error. To put it back: pathways undo RF-2026-0001" in following.words
    assert "pathways do" not in following.words
    assert say("do", "rf1", "acknowledge", "--no-input").code == REFUSED
    assert "RF-2026-0001" not in say("worklist", "week", "--all").out


def test_nothing_of_today_is_said_plainly(say):
    said = say("undo")
    assert said.code == REFUSED
    assert "You have changed nothing today." in said.words


def test_a_day_that_is_over_is_shown_as_it_was_known(say, met):
    said = say("show", "cp1", "--as-at", "12/11/2026")
    assert "As known on 12 November 2026" in said.lines
    assert "0 of 7, due 20 November" in said.words
    assert said.lines[-1] == "As it is now: pathways show CP-2026-0001"
    before = say("chronology", "cp1", "--as-at", "19 nov").out
    assert "As known on 19 November 2026" in before.splitlines()
    say("undo", "cp1", "--entry", "2", "--by", "team-leader", "--with-what-follows", *WHY)
    assert say("show", "cp1", "--as-at", "12/11/2026").out == said.out
    assert say("chronology", "cp1", "--as-at", "19 nov").out == before


def test_before_it_was_written_down_a_case_says_since_when_it_is_on_record(say):
    for command in ("show", "chronology"):
        said = say(command, "cp1", "--as-at", "1/11/2026")
        assert said.code == NOT_FOUND
        assert "CP-2026-0001 was not on record on 1 November 2026" in said.words
        assert "its first entry was written on 3 November 2026" in said.words
        assert say(*said.words.rpartition("pathways ")[2].split()).code == 0
    hidden = say("show", "CP-2026-0009", "--as-at", "1/11/2026")
    assert (hidden.code, hidden.err.strip()) == (NOT_FOUND, "There is no case CP-2026-0009.")


def test_a_day_that_has_not_come_is_refused_and_today_is_so_far(say):
    said = say("show", "cp1", "--as-at", "1/12/2026")
    assert said.code == USAGE
    assert "1 December 2026 has not come" in said.words
    assert "As known on 23 November 2026, so far" in say("show", "cp1", "--as-at", "today").lines


def test_as_it_was_known_for_a_program(say):
    said = json.loads(say("show", "cp1", "--as-at", "12/11/2026", "--json").out)
    assert said["as_known_on"] == "2026-11-12"
    assert "now" not in said
    assert {each["status"] for each in said["dates"]} == {"open"}


def test_whose_decision_an_undo_is_says_its_rule_apart_from_the_reasons(say):
    said = say("undo", "cp3", "--dry-run")
    assert said.code == 4
    lines = said.lines
    assert [each[:6] for each in lines if each[:6].strip() in ("Why", "Rule")] == ["Why   ", "Rule  "]
    assert "Rule  Who wrote an entry may withdraw it on the same day" in "\n".join(lines)
    assert not any(each.startswith("      2") for each in lines)
