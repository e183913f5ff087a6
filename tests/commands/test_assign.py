"""Who leads a case, at the command line: given, taken, handed over, and the cases that nobody leads."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from models.register import Member, enrol
from models.store import open_store
from pathways.engine import Actor
from pathways.roles import Role

BOSS = Actor("practice", frozenset({Role.COORDINATOR}))


@pytest.fixture
def office(practice_home):
    """The practice store with two colleagues on the register."""
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store:
        for login, agency, team in (("j.moss", "", "assessment"), ("a.fern", "north school", "north school")):
            enrol(
                store, Member(login, "Worker", agency=agency, team=team, roles=("social_worker",)), actor=BOSS,
                now=datetime(2026, 6, 1, tzinfo=UTC), from_on=date(2026, 6, 1),
            )  # fmt: skip


@pytest.fixture
def lead(rows):
    def found(reference):
        return rows("case_by_reference", reference=reference)[0].lead

    return found


def test_a_case_is_given_and_shown_so(say, office, lead):
    said = say("assign", "cp1", "--to", "j.moss", "--because", "back from leave")
    assert said.code == 0
    assert "CP-2026-0001 is led by j.moss;" in said.out
    assert "saved - entry" in said.out
    assert lead("CP-2026-0001") == "j.moss"
    assert "j.moss" in say("show", "cp1").out.splitlines()[1]
    assert "Led from now on by j.moss" in say("chronology", "cp1").out


def test_a_case_is_taken_and_the_way_back_is_named(say, office, lead):
    say("assign", "rf1", "--to", "j.moss")
    said = say("assign", "rf1", "--take")
    assert lead("RF-2026-0001") == "practice"
    assert "before: j.moss" in said.out
    assert "To give it back: pathways assign RF-2026-0001 --to j.moss" in said.out


def test_everything_of_one_person_goes_to_another_or_nothing_does(say, office, lead):
    say("assign", "cp1", "--to", "j.moss")
    say("assign", "cp3", "--to", "j.moss")
    refused = say("assign", "--all-of", "j.moss", "--to", "a.fern", "--no-input")
    assert refused.code == 4
    assert "a.fern may not see CP-2026-0001, CP-2026-0003, so cannot lead it." in refused.words
    would = say("assign", "--all-of", "j.moss", "--take", "--dry-run")
    assert "Nothing was changed." in would.out
    assert (lead("CP-2026-0001"), lead("CP-2026-0003")) == ("j.moss", "j.moss")
    assert say("assign", "--all-of", "j.moss", "--take").code == 0
    assert (lead("CP-2026-0001"), lead("CP-2026-0003")) == ("practice", "practice")
    assert say("assign", "--all-of", "j.moss", "--take").code == 2


def test_what_is_handed_over_is_listed_first_and_each_case_has_its_note(say, office, lead, tmp_path):
    say("assign", "cp1", "--to", "j.moss")
    say("assign", "cp3", "--to", "j.moss")
    notes = tmp_path / "notes.json"
    notes.write_text(json.dumps({"CP-2026-0001": "Meet the grandmother before Tuesday."}))
    line = ("assign", "--from", "j.moss", "--take", "--handover", str(notes), "--because", "leaves on Friday")
    would = say(*line, "--dry-run")
    assert "j.moss leads 2 open cases that you may see:" in would.out
    assert all(len(each) <= 80 for each in would.lines)
    for each in ("CP-2026-0001", "CP-2026-0003"):
        assert any(row.startswith(each) for row in would.out.splitlines())
        assert lead(each) == "j.moss"
    done = say(*line)
    assert done.code == 0, done.words
    assert (lead("CP-2026-0001"), lead("CP-2026-0003")) == ("practice", "practice")
    written = say("chronology", "cp1", "--full").words
    assert "Meet the grandmother before Tuesday." in written
    assert "leaves on Friday" in written
    other = say("chronology", "cp3", "--full").words
    assert "leaves on Friday" in other
    assert "grandmother" not in other


def test_one_note_may_be_for_all_of_them_and_one_for_a_stray_case_hands_nothing_over(
    say, office, lead, tmp_path
):
    say("assign", "cp1", "--to", "j.moss")
    notes = tmp_path / "notes.txt"
    notes.write_text("The files are up to date.")
    stray = tmp_path / "stray.json"
    stray.write_text(json.dumps({"CP-2026-0003": "Not theirs."}))
    refused = say("assign", "--from", "j.moss", "--take", "--handover", str(stray))
    assert (refused.code, lead("CP-2026-0001")) == (2, "j.moss")
    assert "a hand-over note for CP-2026-0003, which is not handed over" in refused.words
    assert say("assign", "--from", "j.moss", "--take", "--handover", str(notes)).code == 0
    assert "The files are up to date." in say("chronology", "cp1", "--full").words


def test_somebody_who_leaves_has_their_cases_named(say, office):
    say("assign", "cp1", "--to", "j.moss")
    said = say("users", "end", "j.moss", "--on", "2026-11-30")
    assert "They lead 1 open case." in said.out
    assert "Next: pathways assign --from j.moss --to LOGIN" in said.out
    assert json.loads(say("users", "end", "a.fern", "--json").out)["next"] == ["pathways users list"]


def test_cases_that_nobody_leads_are_listed_the_longest_open_first(say, office):
    say("assign", "cp2", "--take")
    say("assign", "cp1", "--take")
    say("assign", "cp3", "--team", "front door")
    found = json.loads(say("assign", "--json").out)
    assert [each["case"] for each in found["cases"]] == ["CP-2026-0003", "RF-2026-0001"]
    assert found["next"] == ["pathways assign CP-2026-0003 --take"]
    said = say("assign", "-n", "1")
    assert "1 of 2. All of them: pathways assign -n 2." in said.out
    assert "RF-2026-0001" not in said.out


def test_a_team_that_has_nothing_unled_is_said(say, office):
    said = say("assign", "--team", "partnership")
    assert said.out.startswith("Every open case that you may see is led by somebody.")


def test_a_team_that_there_is_none_of_is_refused_and_not_called_well_led(say, office):
    """It used to be told that every case was led, which a mistyped team would have been believed to be."""
    said = say("assign", "--team", "nowhere")
    assert (said.code, said.out) == (2, "")
    assert "There is no team 'nowhere'." in said.words


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("assign cp1", 2, "Say who leads from now on: pathways assign CP-2026-0001 --to LOGIN"),
        ("assign cp1 --to nobody.known", 2, "nobody.known holds no role on the staff register today"),
        ("assign cp1 --take --to j.moss", 2, "Use one of them"),
        ("assign cp1 --all-of j.moss", 2, "not both"),
        ("assign --to j.moss", 2, "Name the case"),
        ("assign cp1 --team nowhere", 2, "There is no team 'nowhere'"),
        ("assign cp9 --take", 5, "There is no case cp9"),
        ("assign cp1 --to a.fern", 4, "a.fern may not see CP-2026-0001"),
    ],
)
def test_what_cannot_be_is_a_sentence_with_what_to_do(say, office, line, code, says):
    said = say(*line.split())
    assert (said.code, says in said.words) == (code, True), said


def test_json_tells_who_led_it_before(say, office):
    say("assign", "cp1", "--to", "j.moss")
    found = json.loads(say("assign", "cp1", "--take", "--json").out)
    assert found["schema"] == "pathways.assign/1"
    assert found["cases"] == [
        {"case": "CP-2026-0001", "lead": "practice", "before": "j.moss", "team": "conference"}
    ]
