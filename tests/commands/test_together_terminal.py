"""Several children, and somebody who may be in the records already, at a real terminal."""

from __future__ import annotations

from pathlib import Path

import pexpect
import pytest

from tests.terminal import typed as at_terminal

ROOT = Path(__file__).parents[2]
FIRST, SECOND = "CP-2026-0001", "CP-2026-0002"


@pytest.fixture
def terminal(practice_home):
    """Type a command line at a terminal of 80 columns."""
    opened = []

    def typed(*arguments: str) -> pexpect.spawn:
        child = at_terminal(practice_home, *arguments)
        opened.append(child)
        return child

    yield typed
    for child in opened:
        child.close(force=True)


def through(child: pexpect.spawn, *steps: tuple[str, str | None]) -> tuple[int, str]:
    """Answer each question as it comes (None: only read on); the exit code and what was said at the end."""
    for question, typed in steps:
        child.expect_exact(question)
        if typed is not None:
            child.sendline(typed)
    child.expect(pexpect.EOF)
    said = child.before or ""
    child.close()
    return child.exitstatus, said


def test_each_child_is_asked_about_and_nothing_is_copied(terminal, rows):
    code, said = through(
        terminal("do", "cp1", "note", "--with", "cp2"),
        ("CP-2026-0001, A.B., 9.", None), ("[1-3]", "1"), ("What should be on the file?", "Ash was at school."),
        ("CP-2026-0002, R.B., 6.", None), ("[1-3]", "2"), ("What should be on the file?", "Rowan may be tired."),
    )  # fmt: skip
    assert code == 0, said
    assert "Written for all of them together: CP-2026-0001, CP-2026-0002." in said
    cases = [rows("case_by_reference", reference=each)[0].id for each in (FIRST, SECOND)]
    notes = [rows("records_of_case", case_id=each)[-1].body["text"] for each in cases]
    assert notes == ["Ash was at school.", "Rowan may be tired."]


def test_the_other_children_of_the_conference_are_offered_one_by_one(terminal, say, rows):
    assert say("meeting", SECOND, "add", "--to", FIRST).code == 0
    code, said = through(
        terminal("do", "cp1", "chair-met-family"),
        ("CP-2026-0002 is in this conference too.", "n"), ("Whom did the chair meet", "mother"), ("What do they need", ""),
    )  # fmt: skip
    assert code == 0, said
    last = [rows("trail_of_case", reference=each)[-1].action for each in (FIRST, SECOND)]
    assert last == ["chair_met_family", "people_meeting_joined"]


def test_somebody_like_the_child_is_shown_with_the_reasons_before_a_second_record_is_made(terminal):
    child = terminal("open", "modern-slavery")
    for question, typed in (
        ("When did it happen or arrive?", ""), ("Find the", ""), ("Is it a child or an adult?", "1"), ("Given name", "Ashe"),
        ("Family name", "Burch"), ("Date of birth", "1/3/2017"), ("Sex", "1"),
    ):  # fmt: skip
        child.expect_exact(question)
        child.sendline(typed)
    child.expect_exact("same date of birth, a family name that sounds alike")
    child.expect_exact("Is it one of these? [1-2]")


def test_an_address_is_asked_for_and_written_down(terminal, rows):
    code, said = through(
        terminal("people", "cp1", "add", "address"),
        ("Who (the number", ""), ("Address, without", "4 Invented Row"), ("Postcode", "l20 3aa"), ("confidential", "y"),
        ("go on living", ""), ("Since when", "1/11/2026"),
    )  # fmt: skip
    assert code == 0, said
    person = rows("case_by_reference", reference=FIRST)[0].person_id
    (row,) = rows("addresses_of_person", person_id=person)
    assert (row.lines, row.postcode, row.confidential, row.from_on.isoformat()) == (
        "4 Invented Row", "L20 3AA", True, "2026-11-01"
    )  # fmt: skip
