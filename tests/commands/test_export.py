"""What can be taken out: the list, and the record of processing in its three forms, noted on the exporter's own chain."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest

from commands.export import LISTED
from commands.registry import COMMANDS
from models.tables import TABLES
from pathways.errors import NOT_READY, OK, USAGE

ROOT = Path(__file__).parents[2]


def test_the_list_names_commands_that_exist(say):
    said = say("export", "list")
    assert said.code == OK
    listed = [line for line in said.lines if line[:1].islower()]
    assert len(listed) >= 5
    assert all(line.split()[0] in COMMANDS for line in listed)
    assert max(map(len, said.lines)) <= 80
    assert len(json.loads(say("export", "list", "--json").out)["exports"]) == len(listed)


def test_every_command_that_writes_a_file_for_somebody_is_on_the_list():
    write = {
        name
        for name, (module, _, _) in COMMANDS.items()
        if '"--out"' in (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    }
    assert len(write) >= 3
    assert write - {typed.split()[0] for typed, *_ in LISTED} == set(), (
        "commands/export.py: put it into LISTED"
    )


def test_the_record_is_written_to_a_file_of_ones_own(say, tmp_path):
    said = say("export", "processing-record", "--out", str(tmp_path / "record.md"))
    assert said.code == OK
    assert "recorded, in your own name: saved - entry 1 - " in said.words
    written = tmp_path / "record.md"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    text = written.read_text()
    assert "UK GDPR, article 30. As at" in text
    assert all(f"| {name} |" in text for name in TABLES.tables)
    assert "TO BE FILLED IN BY THE AUTHORITY" in text


def test_every_row_of_its_tables_has_as_many_cells_as_the_heading(say, tmp_path):
    say("export", "processing-record", "--out", str(tmp_path / "record.md"))
    widths: set[int] = set()
    for line in (tmp_path / "record.md").read_text().splitlines():
        if not line.startswith("|"):
            widths = set()
            continue
        widths.add(line.replace("\\|", "").count("|"))
        assert len(widths) == 1, line


def test_the_same_is_there_for_programs_and_for_spreadsheets(say, tmp_path):
    for name in ("record.json", "record.csv"):
        assert say("export", "processing-record", "--out", str(tmp_path / name)).code == OK
    made = json.loads((tmp_path / "record.json").read_text())
    assert {each["table"] for each in made["data"]} == set(TABLES.tables)
    with (tmp_path / "record.csv").open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert {row["says"] for row in rows if (row["part"], row["what"]) == ("data", "table")} == set(
        TABLES.tables
    )


def test_it_is_on_the_chain_of_whoever_made_it(say, rows, tmp_path):
    say("export", "processing-record", "--out", str(tmp_path / "record.md"))
    shown = json.loads(say("audit", "show", "--mine", "--json").out)
    assert [each["action"] for each in shown["entries"]] == ["export"]
    assert say("audit", "verify").code == OK


def test_the_answer_for_programs_counts_what_is_left_to_fill_in(say, tmp_path):
    path = tmp_path / "record.md"
    told = json.loads(say("export", "processing-record", "--out", str(path), "--json").out)
    assert told["to_fill_in"] == path.read_text().count("TO BE FILLED IN") >= 5
    assert told["tables"] == len(TABLES.tables)


@pytest.mark.parametrize("name", ["record.txt", "record", "no/such/folder/record.md"])
def test_a_file_of_another_kind_or_place_is_refused_and_nothing_is_noted(say, tmp_path, name):
    said = say("export", "processing-record", "--out", str(tmp_path / name))
    assert said.code == USAGE
    assert "no entries" in say("audit", "show", "--mine").words


def test_nothing_is_written_over(say, tmp_path):
    there = tmp_path / "record.md"
    there.write_text("mine")
    assert say("export", "processing-record", "--out", str(there)).code == USAGE
    assert there.read_text() == "mine"


def test_a_place_that_cannot_be_written_is_said(say, tmp_path, monkeypatch):
    monkeypatch.setattr("os.open", _full)
    said = say("export", "processing-record", "--out", str(tmp_path / "record.md"))
    assert said.code == NOT_READY
    assert "cannot be written" in said.words


def _full(*_):
    raise OSError(28, "No space left on device")
