"""Text that is out to do harm: in the records and on every screen, on the command line, in files, in spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commands import files, screen
from commands.registry import COMMANDS
from models.register import Member, enrol
from models.store import open_store
from pathways.errors import BUG, OK, USAGE
from tests.casefile import COORDINATOR, complete
from tests.commands.conftest import MONDAY

EVIL = (
    "\x1b[2J\x1b]0;owned\x07",  # clear the screen, rename the window
    "\x9b31m",  # the same in one 8-bit character
    "\u202egnp.exe\u202c",  # turned round
    "As\u200bh\u2060",  # nothing to be seen
    "\u2028new line\u2029\x0b\x0c\x85",
    "[/bold][red]x",  # another library's markup
    "%s{0}$(reboot)`x`",
    "=HYPERLINK(1)",
    "A\u0455h B\u0456rch",  # Cyrillic letters among ours
    "\U000e0041\U000f0000\ufeff\ufff9",
)
NAME = " ".join(EVIL)
HARMFUL = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
ROOT = Path(__file__).parents[2]


def harmful_in(text: str) -> list[str]:
    return [f"{ord(each):04X}" for each in text if each != "\n" and category(each) in HARMFUL]


@pytest.fixture
def evil_case(say, tmp_path, practice_home):
    """A referral whose every name and answer is out to do harm, opened through the front door; and the same on file."""
    from pathways import pathway

    records = pathway("front_door").entry("referral").records
    told = complete(records, "2026-11-20") | {"danger_now": "no", "birth_date": "2016-02-29"}
    told |= {one.name: NAME for one in records.fields if one.kind == "text" and one.name in told}
    told |= {"given_name": NAME, "family_name": NAME}
    path = tmp_path / "evil.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store:
        enrol(store, Member("x.moss", "Worker", team=NAME, roles=("social_worker",)), actor=COORDINATOR, now=MONDAY, from_on=MONDAY.date())  # fmt: skip
    opened = say("open", "referral", "--from", str(path), "--team", NAME, "--no-input")
    assert opened.code == OK, opened.err
    assert harmful_in(opened.out + opened.err) == []
    reference = opened.out.split()[1]
    noted = tmp_path / "note.json"
    noted.write_text(json.dumps({"nature": "fact", "text": NAME}), encoding="utf-8")
    said = say("record", "note", reference, "--from", str(noted), "--no-input")
    assert said.code == OK, said.err
    return reference


SCREENS = (
    (), ("worklist", "all", "-n", "0"), ("overdue",), ("find", "{}"), ("find", "{}", "--names"), ("show", "{}"),
    ("show", "{}", "--names"), ("next", "{}"), ("why", "{}"), ("chronology", "{}"), ("chronology", "{}", "--names"),
    ("do", "{}", NAME, "--no-input"), ("record", NAME, "{}", "--no-input"), ("open", NAME, "--no-input"),
    ("show", NAME), ("why", "{}", NAME), ("worklist", "--team", NAME), ("worklist", "--pathway", NAME),
    ("check", "status"), ("check", "last"), ("check", "run", "--as-of", NAME), ("audit", "verify"), ("rules", "show", NAME),
    ("rules", "due", NAME, NAME), ("days", "show", NAME), ("describe", NAME), ("doctor",), ("help", NAME), (NAME,),
    ("import", "cin-census", NAME), ("import", "unused"), ("demo", NAME), ("days", "school", NAME, NAME),
    ("do", "{}", "note", "--from", NAME, "--no-input"), ("do", "{}", "note", "--by", NAME, "--no-input"),
    ("do", "{}", "note", "--on", NAME, "--no-input"), ("do", "{}", "note", "--at", NAME, "--no-input"),
    ("do", "{}", "note", "--answer", f"{NAME}=1", "--no-input"), ("do", "{}", "note", "--override", NAME, "--no-input"),
    ("do", "{}", "note", "--answer", f"nature={NAME}", "--answer", "text=x", "--no-input"),
)  # fmt: skip
"""Every way to see, and every way to be told off; `{}` is the case."""


@pytest.mark.parametrize("as_json", [False, True], ids=["screen", "json"])
def test_no_screen_shows_what_would_do_harm(say, evil_case, as_json):
    for line in SCREENS:
        words = [each if each != "{}" else evil_case for each in line]
        if as_json and not words:
            continue
        said = say(*words, *(["--json"] if as_json else []))
        assert said.code != BUG, (line, said.err)
        assert harmful_in(said.out) == [], (line, said.out)
        assert harmful_in(said.err) == [], (line, said.err)
        if as_json and said.code == OK:
            json.loads(said.out)


def test_what_is_escaped_in_json_reads_back_as_it_was(say, evil_case):
    told = say("chronology", evil_case, "--names", "--json").out
    assert harmful_in(told) == []
    assert any(EVIL[2] in text for text in _texts(json.loads(told))), (
        "kept as evidence, turned round as it was"
    )


def _texts(found):
    if isinstance(found, dict):
        found = list(found.values())
    if isinstance(found, list):
        return [text for each in found for text in _texts(each)]
    return [str(found)]


@given(st.text())
@example("\ud800")
@example("\x7f\x80\x9f")
def test_any_text_is_shown_without_harm_and_in_json_comes_back_whole(text):
    assert harmful_in(screen.shown(text)) == []
    said = screen.json_text({"text": text}, indent=1)
    assert harmful_in(said) == []
    assert json.loads(said) == {"text": text}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ash Birch", "Ash Birch"),
        ("Zoë Ó Dálaigh", "Zoë Ó Dálaigh"),
        ("Олена Шевченко", "Олена Шевченко"),
        ("Ελένη", "Ελένη"),
        ("李雷", "李雷"),
        ("\u0410sh", "<0410>sh"),
        ("B\u0456rch Олена", "B<0456>rch Олена"),
        ("\u039fscar", "<039F>scar"),
        ("a\tb\nc", "a b c"),
        ("\x1b[31m", "<001B>[31m"),
    ],
)
def test_names_of_any_language_are_shown_as_they_are_and_disguised_ones_are_spelled_out(text, shown):
    assert screen.shown(text) == shown


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_a_hostile_word_without_harm(say, evil_case, name):
    for words in ((NAME,), (evil_case, NAME), (NAME, evil_case), (NAME, "--json")):
        said = say(name, *words)
        assert said.code != BUG, (words, said.err)
        assert harmful_in(said.out + said.err) == []


# --- the command line, and what is typed --------------------------------------------------------------------------


def run(home, *arguments, typed=b""):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PATHWAYS_")}
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments], env=kept | {"PATHWAYS_HOME": str(home), "PYTHONUTF8": "1"},
        input=typed, capture_output=True, timeout=60, check=False,
    )  # fmt: skip


def test_bytes_that_are_no_text_are_refused_on_the_command_line_and_where_they_are_typed(practice_home):
    for words in (
        (b"show", b"cp1\xff"),
        (b"find", b"\xff"),
        (b"do", b"cp1", b"note", b"--answer", b"text=\xff"),
    ):
        done = run(practice_home, *words)
        assert done.returncode == USAGE, done.stderr
        assert b"bytes that are no text" in done.stderr
    done = run(practice_home, "find", "--stdin", typed=b"\xff\xfe\n")
    assert done.returncode in (USAGE, 5), done.stderr
    assert b"Incident" not in done.stderr


# --- files -----------------------------------------------------------------------------------------------------------

DEEP = "[" * 100_000
NO_ANSWERS = {
    "deep": DEEP,
    "deep_object": '{"a":' * 50_000,
    "huge number": '{"nature": ' + "9" * 5_000 + "}",
    "large number": '{"nature": 123456789012345678901234567890, "text": "x"}',
    "infinite": '{"nature": Infinity, "text": "x"}',
    "fraction": '{"nature": 1.5, "text": "x"}',
    "twice": '{"nature": "fact", "nature": "opinion", "text": "x"}',
    "list for a text": '{"nature": "fact", "text": ["x", "y"]}',
    "list for a choice": '{"nature": ["fact"], "text": "x"}',
    "object": '{"nature": {"a": 1}, "text": "x"}',
    "null and NUL": '{"nature": "fact", "text": "a\\u0000b"}',
    "half a character": '{"nature": "fact", "text": "a\\ud800b"}',
    "long": '{"nature": "fact", "text": "' + "x" * 20_001 + '"}',
    "very long": '{"nature": "fact", "text": "' + "\u0958" * 2_000_000 + '"}',
    "long name": '{"' + "n" * 100_000 + '": "fact"}',
    "array": '["fact"]',
    "text": '"fact"',
    "empty": "",
    "trailing": '{"nature": "fact", "text": "x"} {}',
}


@pytest.mark.parametrize("name", NO_ANSWERS)
def test_a_file_of_answers_that_is_out_to_do_harm_is_one_short_sentence(say, rows, tmp_path, name):
    path = tmp_path / "answers.json"
    path.write_text(NO_ANSWERS[name], encoding="utf-8")
    before = len(rows("whole_trail"))
    said = say("record", "note", "cp1", "--from", str(path), "--no-input")
    assert said.code == USAGE, said.err
    assert len(said.err) < 700
    assert harmful_in(said.err) == []
    assert len(rows("whole_trail")) == before


@pytest.mark.parametrize(
    "path", ["/dev/zero", "/dev/urandom", "/dev/null", "/dev/full", "/", "/proc/self/mem", "none\n"]
)
def test_a_device_a_folder_or_a_file_without_end_is_refused(say, path):
    for words in (("record", "note", "cp1", "--from"), ("import", "cin-census"), ("days", "school", "usual")):
        said = say(*words, path)
        assert said.code == USAGE, (words, said.err)
        assert harmful_in(said.err) == []


def test_a_file_far_too_large_is_refused_without_being_read_whole(say, tmp_path):
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(4 * 1024**4)  # a file with a hole: four terabytes that take no room
    for words in (("record", "note", "cp1", "--from"), ("days", "school", "usual")):
        assert "is larger than 50 MB" in say(*words, str(path)).words
    assert say("import", "cin-census", str(path)).code == USAGE


def test_a_pipe_that_nobody_writes_to_does_not_wait(say, tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert say("record", "note", "cp1", "--from", str(path)).code == USAGE


@pytest.mark.parametrize(
    "text",
    [
        "from,to,kind\n2026-09-02," + "9" * 200_000 + ",term\n",
        "from,to,kind\n\x00,\x00,term\n",
        'from,to,kind\n"2026-09-02,2026-10-23,term\n',
        "from,to,kind\n9999-12-31,9999-12-31,term\n",
        "from,to,kind\n2026-10-23,2026-09-02,term\n",
        "from,to,kind\n" + "2026-09-02,2026-10-23,term\n" * 20_000,
        "=cmd|' /C calc'!A0,to,kind\n",
        "",
        "\ufeff",
        "from,to,kind\r2026-09-02,2026-10-23,term\r",
    ],
    ids=range(10),
)
def test_a_file_of_school_terms_is_taken_or_refused_in_a_sentence(say, tmp_path, text):
    path = tmp_path / "terms.csv"
    path.write_text(text, encoding="utf-8", newline="")
    said = say("days", "school", "usual", str(path))
    assert said.code in (OK, USAGE), said.err
    assert len(said.err) < 700
    assert harmful_in(said.out + said.err) == []


# --- spreadsheets -------------------------------------------------------------------------------------------------


@given(
    st.sampled_from(["", " ", "  ", "\u00a0", "\u200b", "\ufeff", "\u3000", "\u202e"]),
    st.sampled_from(files.STARTS_A_FORMULA),
    st.text(),
)
def test_no_cell_begins_as_a_formula_whatever_stands_before_it(space, sign, rest):
    line = files.csv_line([space + sign + rest, "2"])
    (row,) = csv.reader(io.StringIO(line, newline=""), strict=True)
    assert row == ["'" + space + sign + rest, "2"]
    assert line.startswith("\"'")


@given(st.lists(st.text(), min_size=1))
def test_a_cell_that_is_no_formula_comes_back_as_it_was(cells):
    (row,) = csv.reader(io.StringIO(files.csv_line(cells), newline=""), strict=True)
    assert [each.removeprefix("'") for each in row] == [each.removeprefix("'") for each in cells]


# --- the census ---------------------------------------------------------------------------------------------------


def test_the_most_that_is_read_of_a_census_is_a_setting(say, practice_home, tmp_path):
    path = tmp_path / "census.xml"
    path.write_bytes(b"<Message>" + b" " * 2 * 1024 * 1024)
    settings = practice_home / "pathways.toml"
    settings.write_text("[import]\nmegabytes = 1\n")
    assert "larger than 1 MB" in say("import", "cin-census", str(path)).words
    settings.write_text("[import]\nmegabytes = 3\n")
    assert "stops too early" in say("import", "cin-census", str(path)).words
    for wrong in ('"1"', "-1", "true", "1.5", "99999"):
        settings.write_text(f"[import]\nmegabytes = {wrong}\n")
        assert "megabytes is a whole number" in say("import", "cin-census", str(path)).words
