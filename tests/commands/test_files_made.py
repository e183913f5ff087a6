"""Files that a command makes: there once they are whole, for their owner alone, and never over another."""

from __future__ import annotations

import errno

import pytest

from commands import files
from pathways.errors import OK, USAGE, NotReady


def test_a_file_has_its_name_once_it_is_whole_and_for_its_owner_alone(tmp_path):
    target = tmp_path / "case.jsonl"
    with files.making(target) as file:
        file.write(b"half of it")
        file.flush()
        assert not target.exists()
    assert target.read_bytes() == b"half of it"
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_what_fails_on_the_way_leaves_nothing(tmp_path):
    def write():
        with files.making(tmp_path / "case.jsonl") as file:
            file.write(b"half of it")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_a_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotReady, match="cannot be written"):
        files.write_new(tmp_path / "case.jsonl", "a line\n")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_got_the_name_meanwhile_stays(tmp_path):
    target = tmp_path / "case.jsonl"

    def write():
        with files.making(target) as file:
            file.write(b"ours")
            target.write_bytes(b"theirs")

    with pytest.raises(FileExistsError):
        write()
    assert target.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_run_left_is_no_obstacle(tmp_path):
    (tmp_path / ".case.jsonl.part").write_bytes(b"half of it")
    files.write_new(tmp_path / "case.jsonl", "whole\n")
    assert [each.name for each in tmp_path.iterdir()] == ["case.jsonl"]


def test_a_disk_without_hard_links_gets_its_file_too(tmp_path, monkeypatch):
    def unsupported(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", unsupported)
    files.write_new(tmp_path / "case.jsonl", "whole\n")
    with pytest.raises(NotReady, match="cannot be written"):
        files.write_new(tmp_path / "case.jsonl", "another\n")
    assert (tmp_path / "case.jsonl").read_text() == "whole\n"


OURS = ("practice.db-wal", "practice.db-journal", "practice.db.keys.json", "pathways.toml")
WRITERS = (
    ("audit", "export", "CP-2026-0001", "--out"),
    ("audit", "verifier", "--out"),
    ("dashboards", "publish", "--out"),
    ("db", "backup", "--to"),
)


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_nothing_takes_a_name_of_the_records_own_files(say, practice_home, words, name):
    """A folder called as the database's own log kept the records from opening."""
    said = say(*words, str(practice_home / name))
    assert said.code == USAGE
    assert "a name of the records' own files" in said.words
    assert not (practice_home / name).exists()
    assert say("worklist").code == OK


@pytest.mark.parametrize("words", WRITERS[:2], ids=" ".join)
def test_a_name_that_no_disk_takes_is_refused_in_a_sentence(say, tmp_path, words):
    said = say(*words, str(tmp_path / ("x" * 300)))
    assert said.code == USAGE
    assert "Choose another name; nothing was written." in said.words
