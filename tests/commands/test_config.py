"""Settings are shown with where they come from, and never with a secret."""

from __future__ import annotations

import json

CANARY = "hunter-of-secrets"


def held(say):
    return {each["name"]: each for each in json.loads(say("config", "show", "--json").out)["settings"]}


def test_what_is_built_in_holds_where_nothing_else_is_said(say, practice_home):
    found = held(say)
    assert found["database.url"]["source"] == "built in"
    assert found["database.url"]["value"] == f"sqlite:///{practice_home / 'practice.db'}"
    assert found["home"]["source"] == "environment (PATHWAYS_HOME)"


def test_the_file_comes_before_what_is_built_in_and_the_environment_before_the_file(
    say, practice_home, monkeypatch
):
    told = '[database]\nurl = "sqlite:///elsewhere.db"\n[calendar]\naddress = "https://files.example/c"\n'
    (practice_home / "pathways.toml").write_text(told)
    assert held(say)["database.url"] == {
        "name": "database.url", "value": "sqlite:///elsewhere.db", "source": "settings file",
    }  # fmt: skip
    assert held(say)["calendar.address"]["value"] == "https://files.example/c"
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", "sqlite:///third.db")
    assert held(say)["database.url"]["source"] == "environment (PATHWAYS_DATABASE_URL)"


def test_no_secret_is_shown(say, practice_home, monkeypatch):
    (practice_home / "pathways.toml").write_text(f'[mail]\npassword = "{CANARY}"\nhost = "mail.example"\n')
    monkeypatch.setenv(
        "PATHWAYS_DATABASE_URL", f"postgresql+psycopg://me:{CANARY}@db.example/pathways?password={CANARY}"
    )
    monkeypatch.setenv("PATHWAYS_MAIL_PASSWORD", CANARY)
    monkeypatch.setenv("PATHWAYS_PASSPHRASE", CANARY)
    for line in (("config", "show"), ("config", "show", "--json")):
        said = say(*line)
        assert said.code == 0
        assert CANARY not in said.out + said.err
        assert "me:...@db.example/pathways" in said.out
        assert "mail.example" in said.out


def test_the_place_of_the_file_is_said_whether_it_is_there_or_not(say, practice_home):
    assert "There is none" in say("config", "path").out
    (practice_home / "pathways.toml").write_text("")
    assert "It is there." in say("config", "path").out
