"""Setting up: asked on a terminal, shared by a team on PostgreSQL, and what the service commands load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pexpect

from models.place import system_login
from pathways.errors import OK

ROOT = Path(__file__).parents[2]


def test_on_a_terminal_everything_is_asked_with_a_default(tmp_path):
    home = tmp_path / "home"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PATHWAYS_")}
    child = pexpect.spawn(
        sys.executable, [str(ROOT / "cli.py"), "init"], encoding="utf-8", timeout=60, dimensions=(40, 80),
        env={**kept, "PATHWAYS_HOME": str(home), "LOGNAME": "somebody.else", "TERM": "xterm"},
    )  # fmt: skip
    for question, answer in (
        ("Whose rules", ""),
        ("Your roles", "coordinator, conference chair"),
        ("Your job title", ""),
        ("Your team", "north"),
    ):
        child.expect(question)
        child.sendline(answer)
    child.expect(f"You: {system_login()}, as coordinator, conference chair")
    child.expect("Next: pathways doctor")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == OK
    assert (home / "pathways.db").exists()


def test_a_team_shares_a_database(tmp_path, monkeypatch, capsys, postgres_url):
    from commands.run import run

    monkeypatch.delenv("PATHWAYS_DATABASE_URL", raising=False)
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("models.place.system_login", lambda: "a.worker")
    assert run(["init", "--no-input", "--database", postgres_url]) == OK
    assert not list((tmp_path / "home").glob("*.db"))
    assert postgres_url in (tmp_path / "home" / "pathways.toml").read_text()
    assert run(["check", "run", "--shards", "2"]) == OK
    assert run(["db", "upgrade"]) == OK
    assert run(["audit", "verify"]) == OK
    capsys.readouterr()
    run(["doctor", "--json"])
    checks = json.loads(capsys.readouterr().out)["checks"]
    wrong = {each["name"]: each["found"] for each in checks if not each["ok"] and each["name"] != "Bytecode"}
    assert wrong == {
        "Database login": "row security does not hold it: it is a superuser",
        "Durability": "fsync is off; full_page_writes is off",
    }, "as it is in this test, on a server of the tests"
    assert run(["demo"]) != OK, "practice keeps away from it"


def test_a_check_and_a_proof_load_neither_prefect_nor_sqlalchemy(practice_home):
    code = (
        "import sys; from commands.run import run\n"
        "for words in (['check', 'run'], ['check', 'last'], ['audit', 'verify'], ['rules', 'due', 'cp.icpc', '2026-11-03'],"
        " ['days', 'show'], ['doctor'], ['import', '-h'], ['demo', '-h'], ['init', '-h']): run(words)\n"
        "print('loaded', [each for each in ('prefect', 'sqlalchemy', 'sqlmodel', 'alembic', 'holidays') if each in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.splitlines()[-1] == "loaded []", said.stderr
