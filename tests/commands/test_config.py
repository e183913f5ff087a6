"""Settings are shown with where they come from, and never with a secret."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


# --- setting ------------------------------------------------------------------------------------------------------


def text_of(practice_home):
    return (practice_home / "pathways.toml").read_text(encoding="utf-8")


def test_a_setting_is_written_and_shown_with_where_it_comes_from(say, practice_home):
    said = say("config", "set", "letters.office=Northmere Council")
    assert said.code == 0
    assert "Northmere Council\n                        settings file" in said.out
    assert text_of(practice_home) == '[letters]\noffice = "Northmere Council"\n'
    assert (practice_home / "pathways.toml").stat().st_mode & 0o077 == 0
    assert held(say)["letters.office"] == {
        "name": "letters.office", "value": "Northmere Council", "source": "settings file",
    }  # fmt: skip


def test_everything_else_in_the_file_stays_as_it_was_typed(say, practice_home):
    told = (
        '# ours\nanchor_file = "/tmp/anchors"\n\n[mail]  # the relay\nfrom = \'a@b.example\'\nhost = "old"  # until May\n\n'
        '[mail.agencies]\npolice = "p@b.example"\n'
    )
    (practice_home / "pathways.toml").write_text(told)
    assert say("config", "set", "mail.host=relay.example", "mail.port=587").code == 0
    assert text_of(practice_home) == told.replace('"old"', '"relay.example"').replace(
        "until May\n", "until May\nport = 587\n"
    )
    assert say("config", "unset", "mail.port").code == 0
    assert text_of(practice_home) == told.replace('"old"', '"relay.example"')


def test_several_are_checked_together_and_written_together(say, practice_home):
    said = say("config", "set", "mail.host=relay.example")
    assert (said.code, "[mail] needs `from` and `host`" in said.words) == (2, True)
    assert not (practice_home / "pathways.toml").exists()
    assert say("config", "set", "mail.host=relay.example", "mail.from=a@b.example").code == 0


def test_the_environment_goes_before_the_file_and_it_is_said(say, practice_home, monkeypatch, tmp_path):
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", f"sqlite:///{practice_home / 'practice.db'}")
    said = say("config", "set", f"database.url=sqlite:///{tmp_path / 'other.db'}", "--dry-run")
    assert "environment (PATHWAYS_DATABASE_URL) goes before it" in said.out
    assert "Nothing was changed." in said.out
    assert not (practice_home / "pathways.toml").exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("letter.office=x",), "There is no setting 'letter.office'. Did you mean letters.office?"),
        (("letters.office",), "A setting is written NAME=VALUE"),
        (("letters.office=",), "needs a value in one line"),
        (("conferences.slots_a_week=many",), "is a whole number"),
        (("conferences.slots_a_week=0",), "is a whole number"),
        (("import.megabytes=0",), "from 1 to"),
        (("letters.templates=/nowhere/at/all",), "There is no folder /nowhere/at/all"),
        (("calendar.address=ftp://a.example",), "is a web address"),
        (("database.url=postgresql://me:hunter@db.example/p",), "holds a password"),
        (("mail.password=hunter",), "A secret does not belong in the settings file"),
        (("mail.security=ssl", "mail.from=a@b.example", "mail.host=h"), "security"),
        (("anchor_keys=ab",), "written into the file by hand"),
    ],
)
def test_what_cannot_be_set_is_a_sentence_and_nothing_is_written(say, practice_home, line, says):
    said = say("config", "set", *line)
    assert (said.code, says in said.words) == (2, True), said
    assert "hunter" not in said.words
    assert not (practice_home / "pathways.toml").exists()


def test_a_file_that_only_a_person_can_change_is_left_alone(say, practice_home):
    (practice_home / "pathways.toml").write_text('letters = { office = "x" }\n')
    said = say("config", "set", "letters.office=y")
    assert (said.code, "only a person can change" in said.words) == (2, True)
    assert text_of(practice_home) == 'letters = { office = "x" }\n'


def test_what_is_so_already_is_said(say):
    say("config", "set", "letters.office=x")
    assert "It is so already. Nothing was changed." in say("config", "set", "letters.office=x").out
    assert json.loads(say("config", "set", "letters.office=x", "--json").out)["changed"] is False


def test_what_can_be_set_is_listed_and_is_what_the_papers_name(say):
    from pathlib import Path

    from commands.settings_file import BY_HAND, KNOWN

    assert set(KNOWN) == {each["name"] for each in json.loads(say("config", "set", "--json").out)["settings"]}
    for paper in (Path(__file__).parents[2] / "docs").glob("*.md"):
        for block in re.findall(r"```toml\n(.*?)```", paper.read_text(encoding="utf-8"), re.DOTALL):
            for name in _flat(tomllib.loads(block)):
                assert name in KNOWN or name.startswith(BY_HAND), f"{paper.name}: {name}"


def _flat(found, before=""):
    for name, value in found.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}"


VALUES = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30).filter(
    str.strip
)


@given(first=VALUES, second=VALUES, noted=st.booleans())
def test_whatever_was_set_is_what_is_read_and_what_stood_there_stays(first, second, noted):
    from commands.settings_file import _rewritten

    text = '# ours\n[mail]\nhost = "h"\n' + ("# a note\n" if noted else "")
    for value in (first, second):
        text = _rewritten(text, "letters.office", value)
        assert tomllib.loads(text) == {"mail": {"host": "h"}, "letters": {"office": value}}
    assert tomllib.loads(_rewritten(text, "letters.office", None)) == {"mail": {"host": "h"}, "letters": {}}
    assert text.startswith("# ours\n[mail]\n")
