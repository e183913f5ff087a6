"""Backups, restoring, checking and keys, as an operator types them."""

from __future__ import annotations

import json
import re
import sqlite3

import pexpect
import pytest
from alembic import command

from models import schema
from pathways.errors import NOT_PROVEN, NOT_READY, OK, USAGE
from tests.models.sealed import concern, opened, whole


@pytest.fixture
def real_home(tmp_path, monkeypatch):
    """A folder of our own in which nothing has been set up."""
    home = tmp_path / "home"
    monkeypatch.delenv("PATHWAYS_DATABASE_URL", raising=False)
    monkeypatch.setenv("PATHWAYS_HOME", str(home))
    monkeypatch.setattr("getpass.getuser", lambda: "a.worker")
    monkeypatch.setattr("models.place.system_login", lambda: "a.worker")
    return home


@pytest.fixture
def type_in(real_home, capsys):
    from commands.run import run

    def typed(*arguments):
        capsys.readouterr()
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return typed


@pytest.fixture
def working(real_home, type_in, rules):
    """A store of real cases with one in it."""
    assert type_in("init", "--no-input")[0] == OK
    url = f"sqlite:///{real_home / 'pathways.db'}"
    with opened(url) as store:
        concern(store, rules)
    return url


def test_init_makes_an_encrypted_store_and_says_where_its_key_is(real_home, type_in):
    code, out, _ = type_in("init", "--no-input")
    assert code == OK
    assert "Key: the one that the service manager hands over" in " ".join(out.split())
    assert not (real_home / "pathways.db").read_bytes().startswith(b"SQLite format 3")
    assert "a.worker" not in str((real_home / "pathways.db").read_bytes())
    code, out, _ = type_in("init", "--no-input")
    assert "Nothing was changed" in out


def test_without_a_place_for_a_key_nothing_is_made(real_home, type_in, monkeypatch):
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    code, _, err = type_in("init", "--no-input")
    assert code == NOT_READY
    assert "pathways init --unencrypted" in " ".join(err.split())
    assert not list(real_home.glob("pathways.db*"))


def test_unencrypted_is_for_made_up_data_and_says_so_on_every_start(real_home, type_in):
    code, out, _ = type_in("init", "--no-input", "--unencrypted")
    assert code == OK
    assert "NOT ENCRYPTED" in out
    assert (real_home / "pathways.db").read_bytes().startswith(b"SQLite format 3")
    for arguments in (("worklist",), ("worklist", "--json"), ("check", "run")):
        _, out, err = type_in(*arguments)
        assert "NOT ENCRYPTED" in err
        assert "NOT ENCRYPTED" not in out
    _, out, _ = type_in("doctor", "--json")
    assert [each["name"] for each in json.loads(out)["checks"] if "NOT ENCRYPTED" in each["found"]] == [
        "Encryption"
    ]
    code, _, err = type_in("init", "--no-input", "--unencrypted")
    assert code == OK


def test_an_encrypted_store_stays_so(type_in, working):
    code, _, err = type_in("init", "--no-input", "--unencrypted")
    assert code == USAGE
    assert "stay so" in err


def test_a_backup_is_made_tried_and_put_back(real_home, type_in, working):
    code, out, _ = type_in("db", "backup")
    assert code == OK
    assert re.search(r"Opened again and verified, root [0-9a-f]{16}\.", out)
    code, out, _ = type_in("db", "drill")
    assert code == OK
    assert "opens and verifies" in out
    _, out, _ = type_in("doctor", "--json")
    assert {each["name"]: each["ok"] for each in json.loads(out)["checks"]}["Backups"]
    (made,) = (real_home / "backups").glob("*.backup")
    code, _, err = type_in("db", "restore", made.name)
    assert code == NOT_READY
    assert "never writes over any" in " ".join(err.split())
    for each in real_home.glob("pathways.db*"):
        each.rename(each.with_name(f"lost-{each.name}"))
    code, out, _ = type_in("db", "restore", made.name)
    assert code == OK
    assert "Restored and verified: the backup of" in out
    with opened(working) as store:
        whole(store)
        assert store.sealed


def test_what_is_printed_for_programs_is_json_alone(type_in, working):
    for arguments, name in (
        (("backup",), "db.backup/2"), (("drill",), "db.drill/2"), (("check",), "db.check/1"),
        (("key", "show-source"), "db.key.show-source/1"),
    ):  # fmt: skip
        code, out, _ = type_in("db", *arguments, "--json")
        assert code == OK
        assert json.loads(out)["schema"] == f"pathways.{name}"


def test_missing_backups_are_red_in_the_list_and_in_doctor(type_in, working):
    _, out, _ = type_in("worklist")
    assert "There is no backup yet: pathways db backup" in out
    assert "No backup was ever tried: pathways db drill" in out
    code, out, _ = type_in("doctor")
    assert code == NOT_READY
    assert "FIX  Backups" in out
    type_in("db", "backup")
    type_in("db", "drill")
    assert "backup" not in type_in("worklist")[1].lower()


def test_invented_cases_need_no_backup(say):
    assert "backup" not in say("worklist").out.lower()
    checks = {each["name"]: each["ok"] for each in json.loads(say("doctor", "--json").out)["checks"]}
    assert (checks["Backups"], checks["Encryption"]) == (True, True)


def test_invented_cases_may_be_backed_up_and_it_says_that_anybody_can_open_it(say):
    said = say("db", "backup")
    assert said.code == OK
    assert "NOT ENCRYPTED" in said.out
    assert say("db", "drill").code == OK


def test_a_damaged_backup_is_exit_9_and_says_to_use_another(real_home, type_in, working):
    type_in("db", "backup")
    (made,) = (real_home / "backups").glob("*.backup")
    data = bytearray(made.read_bytes())
    data[-1] ^= 1
    made.write_bytes(data)
    code, _, err = type_in("db", "drill")
    assert code == NOT_PROVEN
    assert "is not whole" in err


def test_an_anchors_code_that_is_none_is_a_slip(real_home, type_in, working):
    type_in("db", "backup")
    (made,) = (real_home / "backups").glob("*.backup")
    code, _, err = type_in("db", "restore", made.name, "--anchor", "12")
    assert code == USAGE
    assert "groups" in err


def test_a_damaged_file_is_found_by_check(say, practice_home):
    assert say("db", "check").code == OK
    with sqlite3.connect(practice_home / "practice.db") as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("UPDATE pathway_case SET person_id = 99999 WHERE id = 1")
    said = say("db", "check")
    assert said.code == NOT_PROVEN
    assert "points at what is not there" in said.words


def test_the_key_is_changed_and_the_source_shown(real_home, type_in, working, tmp_path, monkeypatch):
    code, out, _ = type_in("db", "key", "show-source")
    assert code == OK
    assert re.search(r"here\s+service manager", out)
    code, _, err = type_in("db", "key", "rotate")
    assert (code, "pathways-key.next" in err) == (NOT_READY, True)
    folder = tmp_path / "handed over"
    folder.mkdir()
    (folder / "pathways-key").write_text("5afe" * 16)
    (folder / "pathways-key.next").write_text("ab" * 32)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    code, out, _ = type_in("db", "key", "rotate")
    assert code == OK
    assert "1 keys of cases" in out
    (folder / "pathways-key").write_text("ab" * 32)
    with opened(working) as store:
        whole(store)
    for secret in ("ab" * 32, "5afe" * 16):
        assert secret not in out


def test_a_note_that_is_lost_comes_back_from_a_backup(real_home, type_in, working):
    type_in("db", "backup")
    (made,) = (real_home / "backups").glob("*.backup")
    note = real_home / "pathways.db.keys.json"
    for text in (None, "{"):
        note.unlink()
        if text:
            note.write_text(text)
        code, _, err = type_in("worklist")
        assert (code, "pathways db key bring-back" in " ".join(err.split())) == (NOT_READY, True)
        assert type_in("db", "key", "bring-back", made.name)[0] == OK
        assert type_in("worklist")[0] == OK


def test_the_key_is_never_shown_to_another_program(type_in, working):
    code, out, err = type_in("db", "key", "write-down")
    assert code == USAGE
    assert "5afe" not in out + err
    assert type_in("db", "key", "forget")[0] == USAGE
    assert type_in("db", "key", "forget", "--yes")[0] == OK
    assert type_in("db", "key", "add")[0] == NOT_READY


def test_a_passphrase_is_asked_for_twice_and_never_shown(tmp_path):
    import os
    import sys
    from pathlib import Path

    root = Path(__file__).parents[2]
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PATHWAYS_", "CREDENTIALS_"))
    }
    env = {**kept, "PATHWAYS_HOME": str(tmp_path / "home"), "LOGNAME": "a.worker", "TERM": "xterm"}

    def spawn(*arguments):
        return pexpect.spawn(
            sys.executable, [str(root / "cli.py"), *arguments], encoding="utf-8", timeout=60, dimensions=(40, 80), env=env
        )  # fmt: skip

    child = spawn("init", "--no-input")
    child.expect("12 characters or more: ")
    child.sendline("four words that wander")
    child.expect("The same again: ")
    child.sendline("four words that wander")
    child.expect("Key: from your passphrase")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == OK
    child = spawn("db", "check")
    child.expect("Passphrase of these records: ")
    child.sendline("four words that ponder")
    child.expect("That is not the passphrase")
    child.sendline("four words that wander")
    child.expect("The database is in order")
    assert "wander" not in child.before
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == OK


def test_the_backup_before_an_upgrade_needs_the_key_and_comes_back(real_home, type_in, working):
    with schema.engine(working).begin() as connection:
        command.downgrade(schema.config(connection), "0004")
    assert type_in("db", "upgrade")[0] == OK
    (made,) = (real_home / "backups").glob("*.backup")
    for each in real_home.glob("pathways.db*"):
        each.rename(each.with_name(f"lost-{each.name}"))
    code, _, _ = type_in("db", "restore", made.name)
    assert code == OK
    with opened(working) as store:
        whole(store)
        assert store.sealed


def test_no_screen_about_a_copy_tells_how_much_is_in_the_records(real_home, type_in, working):
    """The totals count cases that whoever looks after the database may not know of."""
    for arguments in (("backup",), ("drill",), ("backup", "--json"), ("drill", "--json")):
        _, out, _ = type_in("db", *arguments)
        assert not re.search(r"chains|entries|newest_|[0-9] cases", out), arguments
