"""`letter`, `documents` and `calendar` as they are typed."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from docx import Document
from icalendar import Calendar

HELP = ("letter", "letter write", "letter sent", "letter recipients", "letter fields", "letter check-template", "documents list",
        "documents open", "documents add", "calendar publish", "calendar show", "calendar url", "calendar revoke")  # fmt: skip


@pytest.mark.parametrize("command", HELP)
def test_help_is_there_with_examples(say, command):
    said = say(*command.split(), "--help")
    assert said.code == 0
    if " " in command:
        assert said.out.count(f"  pathways {command.split()[0]} ") >= 2


def test_a_preview_shows_the_words_and_keeps_nothing(say):
    said = say("letter", "cp1", "invitation", "--to", "child", "--preview")
    assert said.code == 0
    assert "Tuesday 24 November 2026" in said.out
    assert "PAGE" not in said.out
    assert said.out.endswith(
        "Nothing was kept. To keep it: pathways letter CP-2026-0001 invitation --to child\n"
    )
    assert max(map(len, said.lines)) <= 80
    assert "no documents yet" in say("documents", "cp1").out


def test_a_letter_is_written_listed_opened_and_sent(say, tmp_path):
    out = tmp_path / "letter.docx"
    wrote = say("letter", "cp3", "decisions", "--to", "school", "--out", str(out))
    assert wrote.code == 0
    assert "Kept as document 1 of CP-2026-0003, page 20" in wrote.words
    assert out.stat().st_mode & 0o777 == 0o600
    listed = say("documents", "cp3").out
    assert "not sent" in listed
    again = tmp_path / "again.docx"
    assert say("documents", "cp3", "open", "1", "--out", str(again)).code == 0
    assert again.read_bytes() == out.read_bytes()
    sent = say("letter", "sent", "cp3", "1", "--how", "post")
    assert "went out by post, Monday 23 November 2026" in sent.words
    assert "pathways do CP-2026-0003 send-decisions" in sent.words
    assert say("letter", "sent", "cp3", "1", "--how", "post").code == 3
    assert "Decisions of a conference, to school" in say("chronology", "cp3").words
    assert say("audit", "verify").code == 0


def test_json_tells_the_fingerprint_of_the_file(say, tmp_path):
    out = tmp_path / "minutes.pdf"
    said = json.loads(say("letter", "cp3", "minutes", "--to", "police", "--out", str(out), "--json").out)
    assert said["fingerprint"] == sha256(out.read_bytes()).hexdigest()
    assert (said["schema"], said["form"], said["next"]) == (
        "pathways.letter/1", "pdf", ["pathways letter sent CP-2026-0003 1 --how post"],
    )  # fmt: skip
    listed = json.loads(say("documents", "cp3", "--json").out)["documents"]
    assert [each["fingerprint"] for each in listed] == [said["fingerprint"]]


def test_a_dry_run_writes_nothing(say, tmp_path):
    out = tmp_path / "letter.docx"
    said = say("letter", "cp3", "decisions", "--to", "school", "--out", str(out), "--dry-run")
    assert said.out == "Would keep: Decisions of a conference, to school, version 1. Nothing was kept.\n"
    assert not out.exists()
    assert "no documents yet" in say("documents", "cp3").out


def test_refusals_say_what_to_do(say, tmp_path):
    there = tmp_path / "there.docx"
    there.write_bytes(b"x")
    for line, code, words in (
        ("letter cp1 decisions --to child", 3, "the day it was held; what the conference decided"),
        ("letter cp1 postcard --to child", 2, "There is no such letter. There are: invitation"),
        ("letter rf1 minutes --to school", 2, "No minutes is sent on this pathway"),
        ("letter cp1 invitation --no-input", 2, "Say to whom: --to child"),
        ("letter cp1 invitation --to aunt", 2, "No invitation goes to that recipient"),
        (f"letter cp3 decisions --to school --out {there}", 2, "Choose another name"),
        (f"letter cp3 decisions --to school --out {tmp_path}/a.odt", 2, "--out ends in .docx"),
        ("letter CP-2026-9999 decisions --to school", 5, "There is no case"),
        ("documents cp3 open 9", 5, "has no document 9"),
        (f"documents add cp3 {there} --as report", 2, "Save the file anew"),
        ("letter sent cp3 1 --how owl", 2, "--how is one of"),
        ("calendar show", 2, "--team TEAM, or --mine"),
        ("calendar publish --team conference --to nowhere-at-all", 2, "There is no folder"),
        ("calendar url --mine", 5, "To make one: pathways calendar publish --mine"),
    ):
        said = say(*line.split())
        assert said.code == code, line
        assert words in said.words, line


def test_a_template_is_looked_through_before_it_is_used(say, tmp_path, practice_home):
    folder = tmp_path / "templates"
    folder.mkdir()
    template = Document()
    template.add_paragraph("{{ other_parent_address }}")
    template.save(folder / "decisions-agency.docx")
    said = say("letter", "check-template", str(folder / "decisions-agency.docx"))
    assert said.code == 3
    assert "an address never reaches the other parent" in said.words
    (practice_home / "pathways.toml").write_text(
        f'[letters]\ntemplates = "{folder}"\noffice = "Invented Council"\n'
    )
    assert say("letter", "cp3", "decisions", "--to", "school").code == 3
    template = Document()
    template.add_paragraph("From {{ authority }}: {{ decision }}")
    template.save(folder / "decisions-agency.docx")
    assert "can be used" in say("letter", "check-template", str(folder / "decisions-agency.docx")).words
    shown = say("letter", "cp3", "decisions", "--to", "school", "--preview")
    assert "From Invented Council: There will be a child protection plan." in shown.words


def test_what_a_letter_may_print_is_listed(say):
    said = json.loads(say("letter", "fields", "minutes", "--json").out)
    shown = {each["name"]: each["shown_to"] for each in said["fields"]}
    assert shown["child_view"] == ["agency"]
    assert "other_parent_address" not in shown
    assert json.loads(say("letter", "recipients", "cp3", "minutes", "--json").out)["recipients"]


def test_a_calendar_is_written_told_of_and_taken_back(say, tmp_path):
    folder = tmp_path / "calendars"
    folder.mkdir()
    wrote = json.loads(say("calendar", "publish", "--team", "conference", "--to", str(folder), "--json").out)
    (file,) = folder.iterdir()
    assert file.name == wrote["file"]
    events = list(Calendar.from_ical(file.read_bytes()).walk("VEVENT"))
    assert len(events) == wrote["entries"]
    for name in (b"Ash", b"Birch", b"Hazel", b"Thorne"):
        assert name not in file.read_bytes()
    assert say("calendar", "publish", "--team", "conference", "--to", str(folder)).code == 0
    assert [each.name for each in folder.iterdir()] == [file.name]
    assert file.name in say("calendar", "url", "--team", "conference").out
    assert say("calendar", "revoke", "--team", "conference", "--to", str(folder)).code == 0
    assert list(folder.iterdir()) == []
    assert say("calendar", "url", "--team", "conference").code == 5


def test_a_calendar_says_how_many_reports_are_due(say, rows):
    (case,) = rows("case_by_reference", reference="CP-2026-0001")
    said = say("calendar", "show", "--team", case.team)
    assert "CP-2026-0001: 2 reports due" in said.out
    assert max(map(len, said.lines)) <= 80


def test_after_the_invitations_the_command_that_makes_them_is_named(say):
    said = say(
        "do", "cp1", "invite", "--no-input", "--answer", "agencies=school", "--answer", "family=all", "--answer", "child=by drawing",
        "--answer", "expected=a report",
    )  # fmt: skip
    assert said.code == 0, said.words
    assert "Letters: pathways letter CP-2026-0001 invitation --to everyone" in said.words
    assert "pathways letter CP-2026-0001 report-request --to everyone" in said.words


def test_letters_for_everyone_are_made_kept_and_sent_with_a_line_each(say, tmp_path):
    folder = tmp_path / "letters"
    assert (
        "Nothing was kept." in say("letter", "cp1", "report-request", "--to", "everyone", "--dry-run").words
    )
    assert "To school" in say("letter", "cp1", "report-request", "--to", "everyone", "--preview").out
    said = say(
        "letter",
        "cp1",
        "report-request",
        "--to",
        "everyone",
        "--without",
        "early-years",
        "--out",
        str(folder),
        "--form",
        "pdf",
    )
    assert said.code == 0, said.words
    assert "Request for a report: 6 letters for CP-2026-0001" in said.out
    assert max(len(line.replace(str(folder), "letters")) for line in said.lines) <= 80
    assert len(list(folder.iterdir())) == 6
    assert all(
        each.read_bytes().startswith(b"%PDF") and each.stat().st_mode & 0o77 == 0 for each in folder.iterdir()
    )
    sent = say("letter", "sent", "cp1", "all", "--how", "secure-e-mail")
    assert "Documents 1, 2, 3, 4, 5, 6 of CP-2026-0001 went out" in sent.words
    assert sent.out.count("saved - entry ") == 6
    assert "do CP-2026-0001 invite" not in sent.words, "the invitations are on the record already"
    assert say("letter", "sent", "cp1", "all", "--how", "post").code == 2
    found = json.loads(say("letter", "cp1", "invitation", "--to", "everyone", "--json").out)
    assert found["schema"] == "pathways.letter.everyone/1"
    assert len({each["saved"] for each in found["letters"]}) == len(found["letters"]) == 8
    assert say("audit", "verify").code == 0


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("letter cp1 report-request --to everyone --out a.pdf", "--out names a new folder"),
        ("letter cp1 report-request --to everyone --out nowhere/at-all", "a folder that is not there yet"),
        ("letter cp1 report-request --to everyone --form odt", "--form is docx"),
        ("letter cp1 report-request --to everyone --without aunt", "Nobody here is called aunt"),
        ("letter cp1 report-request --to school --without police", "--without goes with --to everyone"),
        ("letter cp1 report-request --to school --form odt", "--out ends in .docx"),
        ("letter cp1 report-request --to school --out a.docx --form pdf", "do not go together"),
        ("letter sent cp1 first --how post", "Which document?"),
    ],
)
def test_what_cannot_be_made_for_everyone_says_what_to_type(say, line, says):
    said = say(*line.split())
    assert (said.code, says in said.words) == (2, True), said.words
