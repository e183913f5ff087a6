"""The demo as somebody meets it: typed into a terminal of 80 columns, on a machine with nothing set up."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pexpect
import pytest

from pathways.errors import OK, REFUSED, USAGE

ROOT = Path(__file__).parents[1]
WAIT = 300


def environment(home: Path, **own: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PATHWAYS_", "PREFECT_"))
        and name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
    }
    return {**kept, "PATHWAYS_HOME": str(home), "TERM": "xterm", **own}


def in_a_terminal(home: Path, *arguments: str, **own: str) -> tuple[int, list[str]]:
    """What stands on the screen in the end, line by line, and the exit code."""
    child = pexpect.spawn(
        sys.executable, [str(ROOT / "cli.py"), *arguments],
        env=environment(home, **own), dimensions=(50, 80), encoding="utf-8", timeout=WAIT, cwd=str(home.parent),
    )  # fmt: skip
    child.expect(pexpect.EOF)
    child.close()
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", child.before or "")
    return child.exitstatus, [
        line.split("\r")[-1].rstrip() for line in text.replace("\r\n", "\n").split("\n")
    ]


@pytest.mark.slow
@pytest.mark.prefect
def test_the_demo_shows_the_main_job_from_end_to_end(tmp_path):
    code, lines = in_a_terminal(tmp_path / "home", "demo")
    text = "\n".join(lines)
    assert code == OK, text
    assert "60 children (60 new), " in text
    assert re.search(r"^   Prefect: \d+ cases looked at, \d+ limits missed", text, re.MULTILINE), text
    assert "Every case was checked." in text
    assert re.search(r"^LATE   [A-Z]+-20\d\d-\d{4} ", text, re.MULTILINE), text
    assert re.search(r"^Refused  start-conference on CP-20\d\d-\d{4}$", text, re.MULTILINE), text
    assert "Nothing was changed. The attempt is on the record.\n(exit 3)" in text
    assert re.search(r"^15 April 2026 is 15 working days after 23 March 2026\.$", text, re.MULTILINE), text
    assert "Good Friday" in " ".join(text.split())
    assert "Complete: no entry is missing, changed or out of order" in text
    assert re.search(r"^Try   pathways show CP-20\d\d-\d{4}$", text, re.MULTILINE), text
    assert "Traceback" not in text
    assert [
        line for line in lines if len(line) > 80 and not line.startswith("  /")
    ] == []  # the folder's path
    assert text.isascii()
    assert (tmp_path / "home" / "practice.db").stat().st_mode & 0o077 == 0


def test_practice_never_touches_another_database(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    code, lines = in_a_terminal(home, "demo", PATHWAYS_DATABASE_URL="sqlite:////somewhere/else.db")
    assert code == REFUSED
    assert lines[0].startswith("PATHWAYS_DATABASE_URL names a database, and practice never touches it.")
    (home / "pathways.toml").write_text('[database]\nurl = "postgresql+psycopg://db.example/pathways"\n')
    code, lines = in_a_terminal(home, "demo", "reset")
    assert code == REFUSED
    assert lines[0].startswith("The settings file names a database")
    (home / "pathways.toml").unlink()
    (home / "pathways.db").touch()
    code, lines = in_a_terminal(home, "demo")
    assert code == REFUSED
    assert "There are real records in" in lines[0]
    assert [path.name for path in home.iterdir()] == ["pathways.db"]


def test_a_reset_throws_away_practice_and_nothing_else(tmp_path):
    from models.setup import make_tables
    from models.store import open_store

    home = tmp_path / "home"
    url = f"sqlite:///{home / 'practice.db'}"
    make_tables(url)
    with open_store(url) as store, store.writing() as tx:
        tx.run("put_setting", name="authority", value="sefton")
    code, lines = in_a_terminal(home, "demo", "reset")
    assert code == REFUSED
    assert "does not say that it holds practice cases" in " ".join(lines)
    assert (home / "practice.db").exists()


def test_there_is_no_other_demo(tmp_path):
    code, lines = in_a_terminal(tmp_path / "home", "demo", "everything")
    assert code == USAGE
    assert lines[0].startswith("There is no demo 'everything'")
    assert not (tmp_path / "home").exists()


def test_without_prefect_the_same_check_runs(tmp_path, monkeypatch, capsys):
    from commands import demo
    from commands.run import run

    for name in ("PATHWAYS_DATABASE_URL", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("flows.settings.find_spec", lambda _: None)
    assert run(["demo"]) == OK
    out = capsys.readouterr().out
    assert "Prefect is not installed - so the same check runs without it." in out
    assert "Every case was checked." in out
    assert run(["demo"]) == OK, "again, over what is there"
    out = capsys.readouterr().out
    assert "was there already" in out
    assert "This very file was read in before" in out
    assert demo.CLOCK.isoformat() == "2026-04-01T09:00:00+01:00"
