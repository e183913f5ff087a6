"""The commands that run the service: what they print, what they leave alone, and which exit code they give."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from models.store import open_store
from pathways.errors import LATE, NOT_FOUND, NOT_PROVEN, NOT_READY, OK, PARTLY, REFUSED, USAGE


@pytest.fixture
def address(practice_home):
    return f"sqlite:///{practice_home / 'practice.db'}"


@pytest.fixture
def fresh_home(tmp_path, monkeypatch):
    """A folder that does not exist yet, for somebody who is called by a name of their own."""
    home = tmp_path / "fresh" / "home"
    monkeypatch.setenv("PATHWAYS_HOME", str(home))
    monkeypatch.delenv("PATHWAYS_DATABASE_URL", raising=False)
    monkeypatch.setattr("models.place.system_login", lambda: "a.worker")
    return home


@pytest.fixture
def type_in(capsys):
    """Run a command line in this process, without a store of the test's making."""
    from commands.run import run

    def typed(*arguments, **_):
        capsys.readouterr()
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return typed


def trail_length(address):
    with open_store(address) as store, store.reading() as tx:
        return len(tx.all("whole_trail"))


# --- check ---------------------------------------------------------------------------------------------------------


def test_a_check_says_what_is_late_and_a_second_one_finds_nothing_new(say, address):
    first = say("check", "run", "--as-of", "2026-12-03")
    assert first.code == OK
    assert first.out.startswith("Deadline check: 4 cases, ")
    assert "Every case was checked." in first.out
    before = trail_length(address)
    again = say("check", "run", "--as-of", "2026-12-03", "--json")
    found = json.loads(again.out)
    assert (found["schema"], found["missed"], found["moved"], found["parked"]) == (
        "pathways.check.run/1",
        0,
        0,
        [],
    )
    assert trail_length(address) == before


def test_three_missed_nights_are_made_good_in_one_run(say, rows):
    say("check", "run", "--as-of", "2026-12-03")
    (missed,) = [each for each in rows("trail_of_case", reference="CP-2026-0001") if each.rule == "cp.icpc"]
    assert missed.effective_at.isoformat() == "2026-11-24T23:59:59+00:00", (
        "when it was due, not when it was seen"
    )


def test_late_has_an_exit_code_of_its_own_when_asked_for(say):
    assert say("check", "run", "--as-of", "2026-12-03", "--exit-code").code == LATE


def test_a_case_that_cannot_be_checked_is_named_with_its_reason(say, practice_home):
    with sqlite3.connect(practice_home / "practice.db") as raw:
        raw.execute("UPDATE pathway_case SET definition = '0' WHERE reference = 'CP-2026-0001'")
    said = say("check", "run", "--as-of", "2026-12-03")
    assert said.code == PARTLY
    assert "1 could not be checked" in said.out
    assert "CP-2026-0001" in said.out
    assert "version 0 of its pathway" in said.words
    assert "CP-2026-0001" in say("check", "last").out


def test_a_real_store_is_never_checked_from_the_future(fresh_home, type_in):
    assert type_in("init", "--no-input")[0] == OK
    code, out, err = type_in("check", "run", "--as-of", "2099-01-01")
    assert (code, out) == (USAGE, "")
    assert "is in the future" in err


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("2026-02-30", "There is no 30 February 2026"),
        ("11/24/2026", "There is no month 24"),
        ("some day", "is not a date that can be read"),
        ("2026-10-25T01:30", "happens twice"),
    ],
)
def test_an_impossible_moment_is_one_sentence(say, when, says):
    said = say("check", "run", "--as-of", when)
    assert said.code == USAGE
    assert says in said.err
    assert said.out == ""


def test_before_the_first_check_there_is_none(fresh_home, type_in):
    type_in("init", "--no-input")
    code, _, err = type_in("check", "last")
    assert code == NOT_READY
    assert "pathways check run" in err
    assert "never" in type_in("check", "status")[1]


# --- audit ---------------------------------------------------------------------------------------------------------


def test_a_whole_record_is_proven(say):
    said = say("audit", "verify")
    assert said.code == OK
    assert "Complete: no entry is missing, changed or out of order" in said.out


def test_an_entry_edited_behind_our_back_is_named(say, practice_home):
    with sqlite3.connect(practice_home / "practice.db") as raw:
        raw.execute("DROP TRIGGER trail_no_update")
        raw.execute("UPDATE trail SET actor = 'somebody' WHERE case_ref = 'CP-2026-0002' AND seq = 2")
    assert say("audit", "verify").code == NOT_READY, "a store without its guards is not opened"
    assert say("db", "upgrade").code == OK
    said = say("audit", "verify")
    assert said.code == NOT_PROVEN
    assert said.out.startswith("NOT PROVEN. Stop and tell the information governance lead.")
    assert "Entry 2 of CP-2026-0002" in said.out
    found = json.loads(say("audit", "verify", "--json").out)
    first = found["faults"][0]
    assert (first["case"], first["entry"]) == ("CP-2026-0002", 2)


def test_the_entries_of_a_case_are_listed_in_order(say):
    said = say("audit", "show", "cp1")
    assert said.code == OK
    assert said.out.startswith("Entries of CP-2026-0001")
    found = json.loads(say("audit", "show", "CP-2026-0001", "--json").out)
    assert [each["entry"] for each in found["entries"]] == list(range(1, len(found["entries"]) + 1))
    assert "Birch" not in said.out


def test_an_unknown_case_has_no_entries(say):
    assert say("audit", "show", "CP-2026-9999").code == NOT_FOUND


# --- rules -----------------------------------------------------------------------------------------------------------


def test_every_rule_is_listed_with_its_limit_and_force(say):
    said = say("rules", "list", "--pathway", "child-protection")
    assert "cp.icpc" in said.out
    assert "15 working days" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    found = json.loads(say("rules", "list", "--force", "statutory", "--json").out)
    assert {each["force"] for each in found["rules"]} == {"statutory"}


def test_an_unknown_filter_names_those_that_exist(say):
    said = say("rules", "list", "--force", "iron")
    assert said.code == USAGE
    assert "statutory" in said.err


def test_a_rule_shows_all_its_editions(say):
    said = say("rules", "show", "cp.icpc")
    assert "in force today" in said.out
    assert "Source" in said.out


def test_a_slip_in_a_rule_is_helped(say):
    said = say("rules", "show", "cp.icp")
    assert said.code == USAGE
    assert "Did you mean cp.icpc?" in said.err


def test_a_date_is_explained_and_counted_day_by_day(say):
    said = say("rules", "due", "cp.icpc", "2026-11-03", "--days")
    assert said.out.startswith("24 November 2026 is 15 working days after 3 November 2026.")
    *days, empty, last = said.lines
    assert days[-1].split() == ["2026-11-24", "Tue", "15", "working", "day"]
    assert (empty, last) == ("", "Next: pathways rules show cp.icpc")
    assert json.loads(say("rules", "due", "cp.icpc", "2026-11-03", "--json").out)["due"] == "2026-11-24"


def test_no_store_is_needed_for_a_date(fresh_home, type_in):
    code, out, _ = type_in("rules", "due", "cp.icpc", "2026-11-03")
    assert code == OK
    assert "2026-11-24" in out
    assert not fresh_home.exists(), "reading makes nothing"


QUESTIONS = "rule_id,start_datetime\ncp.icpc,2026-11-03\nno.such,2026-11-03\ncp.icpc,2026-02-30\n"


def test_a_file_of_questions_gets_a_row_for_each(say, tmp_path):
    asked = tmp_path / "asked.csv"
    asked.write_text(QUESTIONS)
    said = say("rules", "due", "--from-csv", str(asked), "--csv")
    assert said.code == PARTLY
    assert "2 rows have no date" in said.err
    found = list(csv.DictReader(io.StringIO(said.out)))
    assert list(found[0]) == ["rule_id", "start_datetime", "due", "plan_by", "rule_edition", "explanation", "mark"]  # fmt: skip
    assert [each["due"] for each in found] == ["2026-11-24", "", ""]
    assert found[2]["explanation"].startswith("There is no 30 February 2026")


def test_questions_may_come_from_standard_input(say, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + QUESTIONS[:42].encode())))
    said = say("rules", "due", "--from-csv", "-", "--csv")
    assert said.code == OK
    assert said.out.splitlines()[1].startswith('"cp.icpc","2026-11-03","2026-11-24","2026-11-24",')


def test_no_cell_is_a_formula(say, tmp_path):
    asked = tmp_path / "asked.csv"
    asked.write_text("rule_id,start_datetime\n=cmd|' /C calc'!A0,@SUM(1)\n\"\t=1\",+1\n")
    said = say("rules", "due", "--from-csv", str(asked), "--csv")
    for row in list(csv.reader(io.StringIO(said.out)))[1:]:
        assert not any(each.startswith(("=", "+", "-", "@", "\t")) for each in row)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"when,what\n1,2\n", "must name the columns rule_id and start_datetime"),
        (b"", "the file is empty"),
        (b"rule_id,start_datetime\ncp.icpc,\xff\xfe\n", "is not UTF-8 text (line 2)"),
    ],
)
def test_a_file_that_is_no_list_of_questions_is_one_sentence(say, tmp_path, content, says):
    asked = tmp_path / "asked.csv"
    asked.write_bytes(content)
    said = say("rules", "due", "--from-csv", str(asked), "--csv")
    assert (said.code, said.out) == (USAGE, "")
    assert says in said.words


@pytest.mark.parametrize(
    "arguments",
    [("rules", "due", "--from-csv"), ("import", "cin-census"), ("init", "--from")],
)
def test_a_missing_file_and_a_folder_are_one_sentence(say, tmp_path, arguments):
    missing = say(*arguments, str(tmp_path / "none.csv"))
    assert missing.code == USAGE
    assert "There is no file" in missing.err
    folder = say(*arguments, str(tmp_path))
    assert folder.code == USAGE
    assert "is a folder" in " ".join(folder.err.split())


def test_school_days_come_from_the_schools_own_calendar(say, tmp_path):
    terms = tmp_path / "terms.csv"
    terms.write_text("from,to,kind\n2026-09-01,2026-12-18,term\n2026-10-26,2026-10-30,closure\n")
    rules = json.loads(say("rules", "list", "--json").out)["rules"]
    school = next(each["rule"] for each in rules if each["unit"] == "school_day" and each["amount"] > 1)
    assert say("rules", "due", school, "2026-10-21T08:00").code == NOT_READY
    said = say("rules", "due", school, "2026-10-21T08:00", "--school-calendar", str(terms))
    assert said.code == OK


def test_half_a_question_is_asked_for_whole(say):
    said = say("rules", "due", "cp.icpc")
    assert said.code == USAGE
    assert "when it started" in said.err


# --- days, db ---------------------------------------------------------------------------------------------------------


def test_the_bank_holidays_of_a_year_are_shown(say):
    said = say("days", "show", "2026")
    assert "Friday     3 April 2026        Good Friday" in said.out
    assert say("days", "show", "1800").code == USAGE


def test_an_update_only_ever_adds(say, practice_home):
    with sqlite3.connect(practice_home / "practice.db") as raw:
        raw.execute("DELETE FROM bank_holiday WHERE day = '2026-12-25'")
        raw.execute("INSERT INTO bank_holiday VALUES ('2026-06-10', 'A day of our own')")
    said = say("days", "update", "--to", "2042")
    assert "New: 25 December 2026, Christmas Day" in said.out
    assert "Added 2 years, to 2042." in said.out
    assert "A day of our own" in say("days", "show", "2026").out
    assert say("days", "update", "--to", "2030").out.startswith("Nothing new")


def test_without_the_package_an_update_says_what_to_install(say, monkeypatch):
    monkeypatch.setitem(sys.modules, "holidays", None)
    said = say("days", "update")
    assert said.code == NOT_READY
    assert "pip install" in said.err


def test_a_store_of_this_version_is_left_alone(say, practice_home):
    said = say("db", "upgrade")
    assert said.out.startswith("The tables are at this version")
    assert not (practice_home / "backups").exists()


def test_guards_that_are_gone_are_laid_again_and_nothing_else_is_touched(say, practice_home):
    with sqlite3.connect(practice_home / "practice.db") as raw:
        raw.execute("DROP TRIGGER trail_no_delete")
    said = say("db", "upgrade")
    assert said.code == OK
    assert "laid down again" in said.out
    assert not (practice_home / "backups").exists()
    assert say("audit", "verify").code == OK


def test_a_newer_store_is_not_touched(say, practice_home):
    with sqlite3.connect(practice_home / "practice.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    said = say("db", "upgrade")
    assert said.code == NOT_READY
    assert "newer version" in said.err


# --- doctor ------------------------------------------------------------------------------------------------------------


def test_the_doctor_looks_at_everything(say):
    found = json.loads(say("doctor", "--json").out)
    names = {each["name"] for each in found["checks"]}
    assert {
        "Python",
        "Database",
        "Tables",
        "Guards",
        "Durability",
        "Bank holidays",
        "Rule pack",
        "Pathways",
    } <= names
    assert {"Last check", "Trail", "Prefect", "SQLAlchemy", "Time zones", "Permissions", "Place"} <= names
    assert not [
        each for each in found["checks"] if not each["ok"] and each["name"] not in ("Bytecode", "Permissions")
    ]


def test_the_doctor_asks_for_what_is_to_be_put_right(say, practice_home):
    practice_home.chmod(0o755)
    with sqlite3.connect(practice_home / "practice.db") as raw:
        raw.execute("UPDATE pathway_case SET state = 'closed' WHERE reference = 'CP-2026-0002'")
        raw.execute("UPDATE setting SET value = '2026' WHERE name = 'calendar_last'")
    said = say("doctor")
    assert said.code == NOT_READY
    assert "chmod 700" in said.words
    assert "pathways days update" in said.words
    assert "pathways audit verify" in said.words
    assert "Birch" not in said.words


def test_the_doctor_says_what_keeps_records_that_are_whole_from_being_opened(say, practice_home, monkeypatch):
    from collections import namedtuple

    (path,) = practice_home.glob("*.db")
    Path(f"{path}-wal").unlink(missing_ok=True)
    Path(f"{path}-wal").mkdir()
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(20 << 20, 20 << 20, 4096))
    found = {each["name"]: each for each in json.loads(say("doctor", "--json").out)["checks"]}
    assert found["Database"]["fix"] == f"the disk that holds {path.parent} is full: make room on it"
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(20 << 20, 0, 20 << 20))
    monkeypatch.setattr("os.access", lambda *_: False)
    found = {each["name"]: each for each in json.loads(say("doctor", "--json").out)["checks"]}
    assert found["Database"]["fix"] == f"let whoever runs this write to {path} and {path.parent}"
    assert "Restore a backup" not in found["Database"]["found"]


def test_the_doctor_needs_no_store(fresh_home, type_in):
    code, out, _ = type_in("doctor")
    assert code == NOT_READY
    assert "pathways init" in out


# --- init --------------------------------------------------------------------------------------------------------------


def test_setting_up_makes_a_store_for_its_owner_alone(fresh_home, type_in):
    code, out, _ = type_in("init", "--no-input", "--role", "coordinator", "--role", "conference-chair")
    assert code == OK
    assert "You: a.worker, as coordinator, conference chair" in out
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (fresh_home, *fresh_home.iterdir())}
    assert modes["home"] == 0o700
    assert {modes["pathways.db"], modes["pathways.toml"]} == {0o600}
    code, out, _ = type_in("init", "--no-input", "--role", "coordinator")
    assert out.startswith("Everything was there already. Nothing was changed.")
    assert type_in("worklist")[0] == OK


def test_answers_may_come_from_a_file(fresh_home, type_in, tmp_path):
    answers = tmp_path / "answers.toml"
    answers.write_text('authority = "england"\nroles = ["social_worker"]\nteam = "north"\n')
    code, out, _ = type_in("init", "--from", str(answers))
    assert code == OK
    assert "Rules: england-2026.1" in out
    answers.write_text('autority = "england"\n')
    assert type_in("init", "--from", str(answers))[0] == USAGE


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--role", "co-ordinator"), "Did you mean coordinator?"),
        (("--authority", "atlantis"), "There are no rules for the authority 'atlantis'"),
        (("--database", "mysql://db/x"), "must begin with sqlite:/// or postgresql+psycopg://"),
    ],
)
def test_a_wrong_answer_makes_nothing(fresh_home, type_in, arguments, says):
    code, _, err = type_in("init", "--no-input", *arguments)
    assert code in (USAGE, NOT_READY)
    assert says in err
    assert not fresh_home.exists() or not (fresh_home / "pathways.db").exists()


def test_a_login_that_several_share_is_refused(fresh_home, type_in, monkeypatch):
    monkeypatch.setattr("models.place.system_login", lambda: "reception")
    code, _, err = type_in("init", "--no-input")
    assert code == REFUSED
    assert "several people share" in err
    assert not fresh_home.exists()


def test_a_password_is_never_written_down(fresh_home, type_in, monkeypatch):
    from commands import init

    home = fresh_home
    home.mkdir(parents=True)
    said = init._write_settings("postgresql+psycopg://app:s3cret@db.example/pathways")
    assert "s3cret" not in (home / "pathways.toml").read_text()
    assert any("PATHWAYS_DATABASE_URL" in line for line in said)


def test_another_authority_does_not_take_a_store_over(fresh_home, type_in):
    type_in("init", "--no-input")
    code, _, err = type_in("init", "--no-input", "--authority", "england")
    assert code == USAGE
    assert "follow the rules for sefton" in err


# --- import --------------------------------------------------------------------------------------------------------------


SAMPLE = Path(__file__).parents[2] / "pathways" / "samples" / "cin_census_2026.xml"


def test_a_census_is_tried_then_read_in_then_changes_nothing(fresh_home, type_in, tmp_path):
    type_in("init", "--no-input")
    address = f"sqlite:///{fresh_home / 'pathways.db'}"
    code, out, _ = type_in("import", "cin-census", str(SAMPLE), "--dry-run")
    assert code == OK
    assert "Nothing was kept." in out
    assert trail_length(address) == 0
    kept = tmp_path / "unused.csv"
    code, out, _ = type_in("import", "cin-census", str(SAMPLE), "--unused", str(kept))
    assert code == OK
    assert out.startswith("60 children (60 new), ")
    rows = list(csv.DictReader(io.StringIO(kept.read_text(encoding="utf-8"))))
    assert rows
    assert rows[0]["reason"]
    before = trail_length(address)
    found = json.loads(type_in("import", "cin-census", str(SAMPLE), "--json")[1])
    assert (found["already"], found["kept"], trail_length(address)) == (True, False, before)
    listed = json.loads(type_in("import", "unused", "--json")[1])["unused"]
    assert len(listed) == len(rows)
    assert type_in("import", "cin-census", str(SAMPLE), "--unused", str(kept))[0] == USAGE, (
        "never overwritten"
    )


def test_what_is_no_census_changes_nothing(say, address, tmp_path):
    before = trail_length(address)
    for content in (
        b"",
        b"<Message><Children/></Message>",
        b"PK\x03\x04",
        b"hello",
        b"<!DOCTYPE x><Message/>",
    ):
        wrong = tmp_path / "wrong.xml"
        wrong.write_bytes(content)
        said = say("import", "cin-census", str(wrong))
        assert (said.code, said.out) == (USAGE, "")
        assert len(said.err.strip().splitlines()) <= 2
    assert trail_length(address) == before


def test_a_census_that_breaks_off_is_taken_as_far_as_it_goes(fresh_home, type_in, tmp_path):
    type_in("init", "--no-input")
    broken = tmp_path / "broken.xml"
    broken.write_bytes(SAMPLE.read_bytes()[:40_000])
    code, out, err = type_in("import", "cin-census", str(broken))
    assert code == PARTLY
    assert "stops too early" in err
    assert "children" in out


# --- everywhere ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "group",
    ["check", "audit", "rules", "days", "db", "import", "init", "demo", "doctor", "check run", "rules due"],
)
def test_every_command_has_help_in_80_columns(type_in, group):
    code, out, _ = type_in(*group.split(), "-h")
    assert code == OK
    assert max(map(len, out.splitlines())) <= 80
    assert out.isascii()


@pytest.mark.parametrize(
    "arguments", [("check", "rum"), ("rules", "due", "--colour"), ("days", "show", "soon")]
)
def test_a_slip_of_the_keyboard_is_one_sentence(type_in, arguments):
    code, out, err = type_in(*arguments)
    assert (code, out) == (USAGE, "")
    assert len(err.strip().splitlines()) == 1
