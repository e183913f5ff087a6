"""Settings that are rubbish, or out to do harm: a sentence and a code of ours from every command, never an incident."""

from __future__ import annotations

import pytest

from pathways.errors import NOT_PROVEN, NOT_READY, OK, USAGE

COMMANDS = (
    ("worklist",),
    ("show", "cp1"),
    ("doctor",),
    ("audit", "verify"),
    ("config", "show"),
    ("db", "backup"),
)
ADDRESSES = (
    "rubbish", "sqlite://", "sqlite:////", "sqlite:////tmp", "sqlite:////dev/null", "sqlite:////nowhere/%00", "mysql://x",
    "sqlite:////" + "d/" * 3_000 + "x.db", "postgresql://[::::]:x/y", "postgresql://[::::x/y",
)  # fmt: skip
FILES = {
    "a text for a table": 'database = "x"\n',
    "a number for an address": "[database]\nurl = 7\n",
    "a number for a folder": "[backups]\nfolder = 8\n",
    "a list for a file": "anchor_file = []\n",
    "a number for keys": "anchor_keys = 9\n",
    "numbers for keys": "anchor_keys = [9]\n",
    "no TOML": "[[[",
    "bytes that are no text": b"\xff\xfe\x00",
}


def told(said):
    """A refusal of ours, which says what to do; nothing else."""
    assert said.code in (OK, USAGE, NOT_READY), said.words
    assert "Traceback" not in said.words
    assert "Incident" not in said.words


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:24])
def test_an_address_that_is_none_is_refused_in_a_sentence(say, practice_home, monkeypatch, address):
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", address)
    for words in COMMANDS:
        told(say(*words))
    assert say("worklist").code == NOT_READY


@pytest.mark.parametrize("what", FILES)
def test_a_settings_file_of_another_shape_is_refused_in_a_sentence(say, practice_home, what):
    text = FILES[what]
    (practice_home / "pathways.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    for words in COMMANDS:
        told(say(*words))
    said = say("config", "show")
    assert said.code == USAGE
    assert "pathways.toml" in said.words


def test_a_folder_in_the_settings_file_s_place_is_refused_in_a_sentence(say, practice_home):
    (practice_home / "pathways.toml").mkdir()
    for words in COMMANDS:
        told(say(*words))
    assert say("config", "show").code == NOT_READY


@pytest.mark.parametrize("home", ["x" * 5_000, "a loop", "a file"])
def test_a_home_that_cannot_be_looked_at_is_said(say, practice_home, monkeypatch, tmp_path, home):
    (tmp_path / "a loop").symlink_to(tmp_path / "a loop")
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path / home))
    for address in ("", f"sqlite:///{practice_home / 'practice.db'}"):
        monkeypatch.setenv("PATHWAYS_DATABASE_URL", address)
        for words in COMMANDS:
            told(say(*words))


def test_an_address_of_the_service_that_is_none_is_named_by_the_doctor(say, practice_home, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://[::x")
    assert "it cannot be read" in say("doctor").words


def test_a_value_that_somebody_garbled_in_the_store_stops_a_command_in_a_sentence(say, practice_home):
    import sqlite3

    with sqlite3.connect(practice_home / "practice.db") as other:
        other.execute("UPDATE person SET died_on = 'never'")
    said = say("show", "cp1")
    assert said.code == NOT_PROVEN
    assert "changed by other means than this program" in said.words
    assert said.out == "", "nothing else is shown"
