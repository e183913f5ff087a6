"""What a script sends again after it was cut off is saved one time, and its receipt is given again."""

from __future__ import annotations

import json
import sqlite3

import pytest

from pathways.errors import OK, USAGE

NOTE = ("--answer", "nature=fact", "--answer", "text=seen", "--no-input")
CASE = "CP-2026-0002"


@pytest.fixture
def entries(practice_home):
    """How many entries the case has."""

    def count():
        with sqlite3.connect(practice_home / "practice.db") as raw:
            return raw.execute("SELECT count(*) FROM trail WHERE case_ref = ?", (CASE,)).fetchone()[0]

    return count


def test_a_note_that_is_sent_again_is_saved_once(say, entries):
    first = say("record", "note", CASE, *NOTE, "--once", "run-7")
    assert first.code == OK
    there = entries()
    again = say("record", "note", CASE, *NOTE, "--once", "run-7")
    assert again.code == OK
    assert again.out.startswith(f"Saved before - entry {there} - ")
    assert entries() == there
    code = again.out.split(" - ")[2][:8]
    assert code in first.out
    assert say("record", "note", CASE, *NOTE, "--once", "run-8").code == OK
    assert entries() == there + 1


def test_a_note_without_a_name_is_saved_each_time(say, entries):
    before = entries()
    for _ in range(2):
        assert say("record", "note", CASE, *NOTE).code == OK
    assert entries() == before + 2


def test_the_same_name_on_do_and_on_record_is_the_same_entry(say, entries):
    assert say("do", CASE, "note", *NOTE, "--once", "run-7").code == OK
    there = entries()
    told = json.loads(say("record", "note", CASE, *NOTE, "--once", "run-7", "--json").out)
    assert (told["ok"], told["changed"], told["entry"]) == (True, False, there)
    assert entries() == there


def test_a_note_in_its_own_words_is_saved_once_too(say, entries, tmp_path):
    text = tmp_path / "note.json"
    text.write_text('{"text": "seen"}', encoding="utf-8")
    for _ in range(2):
        assert (
            say("note", CASE, "--kind", "fact", "--from", str(text), "--no-input", "--once", "run-9").code
            == OK
        )
    there = entries()
    assert say("record", "note", CASE, *NOTE, "--once", "run-9").out.startswith(
        f"Saved before - entry {there} - "
    )


def test_a_name_stands_for_one_action_and_not_for_another(say, entries):
    assert say("record", "note", CASE, *NOTE, "--once", "run-7").code == OK
    there = entries()
    said = say("record", "contact", CASE, "--once", "run-7", "--no-input")
    assert said.code == USAGE
    assert "stands for note" in " ".join(said.err.split())
    assert entries() == there


def test_a_trial_keeps_no_name(say, entries):
    before = entries()
    assert say("do", CASE, "note", *NOTE, "--once", "run-7", "--dry-run").code == OK
    assert entries() == before
    assert say("do", CASE, "note", *NOTE, "--once", "run-7").code == OK
    assert entries() == before + 1


@pytest.mark.parametrize("name", ["Robin Wren", "a" * 41, "-x", "Ä"])
def test_a_name_that_could_hold_somebody_is_refused(say, entries, name):
    before = entries()
    said = say("record", "note", CASE, *NOTE, f"--once={name}")
    assert said.code == USAGE
    assert "without personal data" in " ".join(said.err.split())
    assert entries() == before


def test_one_name_is_for_one_case_at_a_time(say):
    said = say("do", CASE, "note", *NOTE, "--once", "run-7", "--with", "CP-2026-0003")
    assert said.code == USAGE
