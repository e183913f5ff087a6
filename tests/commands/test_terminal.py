"""The prompts at a real terminal of 80 columns: questions in order, mistakes mended, going back, stopping."""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path

import pexpect
import pytest

from models.viewer import ALL_SEEING
from tests.terminal import typed as at_terminal

ROOT = Path(__file__).parents[2]


@pytest.fixture
def terminal(practice_home):
    """Type a command line at a terminal: `terminal("do", "cp1", ...)`."""
    opened = []

    def typed(*arguments: str, columns: int = 80) -> pexpect.spawn:
        child = at_terminal(practice_home, *arguments, columns=columns)
        opened.append(child)
        return child

    yield typed
    for child in opened:
        child.close(force=True)


def answer(child: pexpect.spawn, question: str, typed: str) -> None:
    child.expect_exact(question)
    child.sendline(typed)


def ended(child: pexpect.spawn) -> tuple[int, str]:
    child.expect(pexpect.EOF)
    said = child.before or ""
    child.close()
    return child.exitstatus, said


def test_a_child_in_danger_stops_the_form_with_what_to_do(terminal, rows):
    child = terminal("open", "referral")
    answer(child, "Is a child in danger right now? [y/N]", "y")
    code, said = ended(child)
    assert code == 0
    assert "ring 999" in said
    assert "No referral was made." in said
    assert "Your answers are kept: pathways drafts resume 1" in said
    assert rows("case_by_reference", reference="RF-2026-0002") == []


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("tomorrow", "24 November 2026 is in the future"),
        ("1/10", "1 October 2026 is before CP-2026-0001 was"),
    ],
)
def test_a_day_that_cannot_be_right_is_said_before_anything_is_asked(terminal, on, why):
    code, said = ended(terminal("do", "cp1", "child-seen", "--on", on))
    assert code == 2
    assert why in said
    assert "Was the child seen" not in said


@pytest.mark.parametrize("typed", ["?", "<", "yep", "on the way"])
def test_what_is_neither_yes_nor_no_is_not_taken_for_no_danger(terminal, typed):
    child = terminal("open", "referral")
    answer(child, "Is a child in danger right now? [y/N]", typed)
    child.expect_exact("Type y or n.")
    answer(child, "Is a child in danger right now? [y/N]", "yes")
    assert "ring 999" in ended(child)[1]


def test_a_referral_is_taken_question_by_question(terminal, rows):
    child = terminal("open", "referral")
    answer(child, "danger right now?", "n")
    answer(child, "How did this arrive?", "2")
    answer(child, "When did it happen or arrive? [now]", "today 9:20am")
    child.expect_exact("= Monday 23 November 2026, 9:20am")
    answer(child, "Find the child", "Burch")
    child.expect_exact("1  A.B., 9          known: CP-2026-0001 (open)")
    answer(child, "[1-3]", "3")
    answer(child, "Given name", "Jay")
    answer(child, "Family name", "<")
    answer(child, "Given name", "?")
    child.expect_exact("Type the name as it is written")
    answer(child, "Given name", "Jay")
    answer(child, "Family name", "Bird")
    answer(child, "Date of birth", "31/2/2015")
    child.expect_exact("There is no 31 February 2015.")
    answer(child, "Date of birth", "3/2/2015")
    answer(child, "Sex", "2")
    answer(child, "Who refers?", "school")
    answer(child, "How did it arrive?", "9")
    child.expect_exact("is not one of")
    answer(child, "How did it arrive?", "1")
    answer(child, "What happened", "<")
    answer(child, "How did it arrive?", "2")
    answer(child, "What happened", "?")
    child.expect_exact("Type a sentence or more")
    answer(child, "What happened", "")
    child.expect_exact("This one is needed.")
    answer(child, "What happened", "A bruise.")
    answer(child, "Level of need", "4")
    answer(child, "parents told? [y/n]", "n")
    answer(child, "Why are they not told", "It would add risk.")
    code, said = ended(child)
    assert code == 0
    assert "Opened  RF-2026-0002    Referral received, level 4" in said
    (case,) = rows("case_by_reference", reference="RF-2026-0002")
    (record,) = rows("records_of_case", case_id=case.id)
    assert record.body["arrived_by"] == "letter", "the answer given after going back"
    assert record.body["danger_now"] is False


def test_a_known_child_is_chosen_from_the_list(terminal, rows):
    child = terminal("open", "referral")
    for question, typed in (
        ("danger right now?", "n"), ("How did this arrive?", ""), ("When did it", ""), ("Find the child", "900100001"),
        ("[1-2]", "1"), ("Who refers?", "2"), ("Who took the call", "duty"), ("What happened", "x"),
        ("Level of need", "2"), ("parents told?", "y"), ("What may be said", "all"),
    ):  # fmt: skip
        answer(child, question, typed)
    code, said = ended(child)
    assert code == 0, said
    (case,) = rows("case_by_reference", reference="RF-2026-0002")
    (other,) = rows("case_by_reference", reference="CP-2026-0001")
    assert case.person_id == other.person_id
    assert case.state == "phoned"


def test_a_move_echoes_the_case_and_the_full_date_and_asks(terminal):
    child = terminal("do", "cp1", "chair-met-family", "--on", "today")
    child.expect_exact("CP-2026-0001, A.B., 9.  Monday 23 November 2026.")
    answer(child, "Whom did the chair meet", "mother")
    answer(child, "What do they need to take part? (Enter to skip)", "")
    code, said = ended(child)
    assert code == 0
    assert "4 of 9  Chair met the family before the start." in said


def test_what_is_refused_is_refused_before_any_question(terminal):
    child = terminal("do", "cp1", "start-conference")
    code, said = ended(child)
    assert code == 3
    assert "Report missing: housing" in said
    assert "?" not in said


def test_a_closing_decision_is_asked_once_more_and_no_is_no(terminal, rows):
    child = terminal("do", "cp1", "child-died", "--by", "social-worker")
    answer(child, "When did the child die?", "yesterday")
    child.expect_exact("= Sunday 22 November 2026")
    answer(child, "Who told us", "police")
    answer(child, "Who has been told", "all")
    answer(child, "is that right?", "")
    code, said = ended(child)
    assert code == 130
    assert "Nothing more was saved" in said
    (case,) = rows("case_by_reference", reference="CP-2026-0001")
    assert case.is_open


def test_stopping_a_form_saves_nothing(terminal, rows):
    before = len(rows("trail_of_case", reference="CP-2026-0001"))
    child = terminal("do", "cp1", "chair-met-family")
    child.expect_exact("Whom did the chair meet")
    child.sendintr()
    code, said = ended(child)
    assert code == 130
    assert "Stopped. Nothing more was saved." in said
    assert len(rows("trail_of_case", reference="CP-2026-0001")) == before


def test_no_input_at_a_terminal_asks_nothing(terminal):
    code, said = ended(terminal("do", "cp1", "chair-met-family", "--no-input"))
    assert code == 2
    assert "1 answer is missing" in said


def test_find_asks_for_the_name(terminal):
    child = terminal("find")
    answer(child, "Name, date of birth, number or address:", "Ash Birch")
    code, said = ended(child)
    assert code == 0
    assert "A.B., 9" in said


def test_colour_is_used_at_a_terminal_and_the_words_stay(practice_home):
    _, said = ended(at_terminal(practice_home, "worklist", colour=True))
    assert "\x1b[31mLATE" in said


def test_a_reader_that_goes_away_ends_the_command_quietly(practice_home):
    import subprocess

    line = f"{sys.executable} cli.py worklist all --expand | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PATHWAYS_HOME": str(practice_home)},
    )  # fmt: skip
    assert done.stderr == ""


def test_an_allegation_is_asked_about_an_adult_and_ends_with_a_receipt(terminal, rows):
    heard = io.StringIO()
    child = terminal("open", "allegation")
    child.logfile_read = heard
    for question, typed in (
        ("When did it happen or arrive?", ""), ("Find the adult", "Birch"), ("Given name", "Robin"),
        ("Family name", "Wren"), ("Date of birth (Enter if not known)", ""), ("What is the adult's work", "coach"),
        ("What is alleged", "x"), ("dated and signed?", "y"), ("no leading questions", "y"), ("come to know", "x"),
        ("at risk now?", "n"), ("earlier concerns?", ""),
    ):  # fmt: skip
        answer(child, question, typed)
    code, said = ended(child)
    assert code == 0, said
    assert "Sent to the designated officer. Receipt LADO-" in said
    assert "due" not in said
    asked = heard.getvalue().partition("Sent to the designated officer")[0]
    assert "Nobody like that is in the records." in asked, "children are not offered"
    assert not re.search(r"child\b", asked), "the form speaks of work with children, and of no child"
    (row,) = rows(
        "people_by_name", folded="robin wren", sounds="", letter="", after="", most=9, seen_by=ALL_SEEING
    )
    assert row.kind == "adult"


def test_either_a_child_or_an_adult_is_asked_for_where_both_may_be_meant(terminal, rows):
    child = terminal("open", "prevent")
    for question, typed in (
        ("When did it", ""), ("Find the person", ""), ("Is it a child or an adult?", "2"), ("Given name", ""),
        ("Family name", "Wren"), ("Date of birth (Enter if not known)", ""), ("(fact)?", "x"), ("worry you?", "x"), ("[y/n]", "n"),
    ):  # fmt: skip
        answer(child, question, typed)
    code, said = ended(child)
    assert code == 0, said
    assert "Opened  PRV-2026-0001" in said
    assert rows("case_by_reference", reference="PRV-2026-0001")[0].person_kind == "adult"


def test_a_notice_about_a_child_asks_for_a_date_of_birth_and_not_for_an_expected_one(terminal):
    child = terminal("open", "encompass")
    for question, typed in (
        ("When did it", ""), ("Find the child", ""), ("Given name", "Jay"), ("Family name", "Bird"),
        ("Date of birth", "24/12/2026"),
    ):  # fmt: skip
        answer(child, question, typed)
    child.expect_exact("This is about a child who has been born.")
    child.expect_exact("Date of birth")
    assert "unborn" not in (child.before or "")
    child.sendintr()
    code, said = ended(child)
    assert code == 130
    assert "Nothing more was saved." in said


def test_an_undo_shows_before_and_now_asks_why_and_takes_only_a_yes(terminal, rows):
    made = terminal("do", "cp1", "chair-met-family", "--answer", "who=mother", "--answer", "needs=none")
    assert ended(made)[0] == 0
    child = terminal("undo", "cp1")
    child.expect_exact("Stage 4")
    answer(child, "Why?", "wrong")
    answer(child, "Why?", "Entered on the wrong case.")
    answer(child, "Undo it? [y/N]", "")
    code, said = ended(child)
    assert code == 130
    assert "Nothing was changed." in said
    assert rows("trail_of_case", reference="CP-2026-0001")[-1].action == "chair_met_family"
    child = terminal("undo")
    answer(child, "Why?", "Entered on the wrong case.")
    answer(child, "Undo it? [y/N]", "y")
    code, said = ended(child)
    assert code == 0
    assert "Put it back: pathways undo CP-2026-0001" in said
    assert rows("trail_of_case", reference="CP-2026-0001")[-1].voids == 17
