"""A note is a fact, an opinion or a decision, on the day that it is of; its text is no argument."""

from __future__ import annotations

import json
from datetime import date


def test_a_note_is_kept_under_its_kind_on_its_day(say, rows, tmp_path):
    told = tmp_path / "note.json"
    told.write_text(json.dumps({"text": "Grandmother collects from school."}))
    said = say("note", "cp1", "--kind", "fact", "--on", "22/11/2026", "--from", str(told), "--no-input")
    assert said.code == 0, said
    assert "Undo: pathways undo CP-2026-0001" in said.out
    (case,) = rows("case_by_reference", reference="CP-2026-0001")
    body = rows("records_of_case", case_id=case.id)[-1].body
    assert (body["nature"], body["text"]) == ("fact", "Grandmother collects from school.")
    assert rows("trail_of_case", reference="CP-2026-0001")[-1].action == "note"
    assert rows("trail_of_case", reference="CP-2026-0001")[-1].effective_at.date() == date(2026, 11, 22)


def test_a_note_of_no_kind_that_there_is_names_the_kinds(say):
    said = say("note", "cp1", "--kind", "rumour", "--no-input")
    assert said.code == 2
    assert "fact, opinion, decision" in said.words


def test_a_dry_run_keeps_nothing(say, rows, tmp_path):
    told = tmp_path / "note.json"
    told.write_text(json.dumps({"nature": "opinion", "text": "x"}))
    before = len(rows("trail_of_case", reference="CP-2026-0001"))
    assert say("note", "cp1", "--from", str(told), "--dry-run", "--json").code == 0
    assert len(rows("trail_of_case", reference="CP-2026-0001")) == before


def test_a_missing_text_is_asked_for_and_the_kind_is_kept(say):
    said = say("note", "cp1", "--kind", "fact", "--no-input")
    assert said.code == 2
    assert "What should be on the file?" in said.words
    assert "pathways drafts resume 1" in said.err
