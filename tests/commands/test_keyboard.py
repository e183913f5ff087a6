"""What is pasted or typed at a real terminal: whole, in one answer, explained, and gone back over."""

from __future__ import annotations

import pexpect
import pytest

from commands import prompts
from tests.terminal import typed as at_terminal

PARAGRAPHS = ["Her teacher saw a bruise.", "", '- She said: "I fell."', "Zoë O'Brien, ‎עדי, was there."]


@pytest.fixture
def terminal(practice_home):
    opened = []

    def typed(*arguments: str) -> pexpect.spawn:
        opened.append(at_terminal(practice_home, *arguments))
        return opened[-1]

    yield typed
    for child in opened:
        child.close(force=True)


def ended(child: pexpect.spawn) -> tuple[int, str]:
    child.expect(pexpect.EOF)
    said = child.before or ""
    child.close()
    return child.exitstatus, said


def note_of(rows, reference: str = "CP-2026-0001") -> str:
    (case,) = rows("case_by_reference", reference=reference)
    return [row.body["text"] for row in rows("records_of_case", case_id=case.id) if row.kind == "note"][-1]


def test_a_text_that_is_pasted_in_several_lines_is_one_answer(terminal, rows):
    child = terminal("note", "cp1", "--kind", "fact")
    child.expect_exact("What should be on the file?")
    child.send("\r".join(PARAGRAPHS))
    child.expect_exact("Several lines came at once: they are one answer.")
    child.send("\r\r")
    code, said = ended(child)
    assert code == 0, said
    assert note_of(rows) == "\n".join(PARAGRAPHS)


def test_a_text_that_is_stopped_amid_its_lines_is_kept_with_the_form(terminal, rows):
    child = terminal("note", "cp1", "--kind", "fact")
    child.expect_exact("What should be on the file?")
    child.send("\r".join(PARAGRAPHS))
    child.expect_exact("ends it.")
    child.sendcontrol("c")
    code, said = ended(child)
    assert code == 130
    assert "Your answers are kept: pathways drafts resume 1" in said
    assert ended(terminal("drafts", "resume", "1"))[0] == 0
    assert note_of(rows) == "\n".join(PARAGRAPHS[:3]), "the last line had no Enter yet"


def test_a_line_that_fills_what_a_terminal_takes_is_not_kept_without_its_end(terminal, rows):
    child = terminal("note", "cp1", "--kind", "fact")
    child.expect_exact("What should be on the file?")
    child.sendline("The teacher saw a mark. " * 300)
    child.expect_exact("line breaks in it")
    child.expect_exact("What should be on the file?")
    child.sendline("e" * 4094)
    assert ended(child)[0] == 0
    assert note_of(rows) == "e" * 4094


def test_lines_typed_one_after_the_other_answer_one_question_each(terminal, rows):
    child = terminal("open", "referral")
    for question, answer in (
        ("danger right now?", "n"),
        ("How did this arrive?", "2"),
        ("When did it", ""),
        ("Find the", ""),
    ):
        child.expect_exact(question)
        child.sendline(answer)
    child.expect_exact("Given name")
    child.send("Zoë\rO'Brien\r12/5/2018\r")
    child.expect_exact("= Saturday 12 May 2018")
    child.sendcontrol("c")
    assert ended(child)[0] == 130


def test_every_question_before_the_record_is_explained_and_gone_back_over(terminal, rows):
    child = terminal("open", "referral")
    for question, answer, says in (
        ("danger right now?", "n", ""),
        ("How did this arrive?", "?", prompts.HELP["choice"][:40]),
        ("[1-3] [1]", "<", "This is the first question."),
        ("[1-3] [1]", "1", ""),
        ("When did it happen or arrive?", "?", "Type a day and a time"),
        ("When did it happen or arrive?", "<", ""),
        ("[1-3] [1]", "2", ""),
        ("When did it happen or arrive?", "today 9am", "= Monday 23 November 2026, 9am"),
        ("Find the child", "Birch", "Is it one of these?"),
        ("[1-3]", "3", ""),
        ("Given name", "Ann", ""),
        ("Family name", "<", ""),
        ("Given name", "Anna", ""),
        ("Family name", "Bird", ""),
        ("Date of birth", "?", "with its year in full"),
        ("Date of birth", "3.2", "A date of birth needs its year in full"),
        ("Date of birth", "when", "or 24 nov 2016."),
        ("Date of birth", "3/2/2015", ""),
        ("Sex", "1", ""),
        ("Who refers?", "<", ""),
        ("Sex", "2", ""),
        ("Who refers?", "school", ""),
        ("How did it arrive?", "form", ""),
        ("What happened", "A bruise.", ""),
        ("Level of need", "4", ""),
        ("parents told?", "y", ""),
        ("What may be said", "all", ""),
    ):  # fmt: skip
        child.expect_exact(question)
        child.sendline(answer)
        if says:
            child.expect_exact(says)
    code, said = ended(child)
    assert code == 0, said
    (case,) = rows("case_by_reference", reference="RF-2026-0002")
    assert case.state != "phoned", "the way in was changed to the written form"
    (person,) = [row for row in rows("names_of_person", person_id=case.person_id)]
    assert (person.given, person.family) == ("Anna", "Bird")


def test_a_yes_where_one_of_several_is_asked_for_is_no_agency_that_begins_so(terminal, rows):
    child = terminal("do", "cp1", "chair-met-family")
    child.expect_exact("Whom did the chair meet")
    child.sendline("mother")
    child.expect_exact("What do they need")
    child.sendline("")
    assert ended(child)[0] == 0
    child = terminal("do", "cp1", "reports-shared")
    for answer in ("y", "Yes", "n"):
        child.expect_exact("[numbers with commas]")
        child.sendline(answer)
        child.expect_exact("That is no yes or no.")
    child.sendline("youth, 2")
    code, said = ended(child)
    assert code == 0, said
    (case,) = rows("case_by_reference", reference="CP-2026-0001")
    bodies = [row.body for row in rows("records_of_case", case_id=case.id) if row.kind == "reports_shared"]
    assert bodies[-1]["who"] == ["school", "youth justice"]


def test_a_form_that_is_stopped_again_says_so_once(terminal, rows):
    child = terminal("open", "referral")
    child.expect_exact("danger right now?")
    child.sendline("n")
    child.expect_exact("How did this arrive?")
    child.sendline("2")
    child.expect_exact("When did it")
    child.sendcontrol("c")
    assert ended(child)[0] == 130
    child = terminal("drafts", "resume", "1")
    child.expect_exact("danger right now?")
    child.sendline("n")
    child.expect_exact("When did it")
    child.sendcontrol("c")
    code, said = ended(child)
    assert code == 130
    assert said.count("Stopped.") == 1
    assert said.count("pathways drafts resume 1") == 1
