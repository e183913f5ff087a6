"""The conference on one screen, agencies asked again, another day, slots: as people meet them."""

from __future__ import annotations

import json

import pytest

CASE = "CP-2026-0001"
SLOTS = {
    "from": "2026-11-23",
    "to": "2026-12-11",
    "slots": [["10:00", "12:00"], ["16:00", "17:30"]],
    "chairs": [{"name": "chair-1", "away": ["2026-11-23"]}, {"name": "chair-2"}],
    "rooms": [{"name": "oak"}],
    "minute_takers": [{"name": "minutes-1"}],
    "children": {CASE: {"again": True}},
}


@pytest.fixture
def slots(tmp_path):
    def written(**own) -> str:
        path = tmp_path / "slots.json"
        path.write_text(json.dumps(SLOTS | own))
        return str(path)

    return written


# --- the screen ---------------------------------------------------------------------------------------------------


def test_the_whole_picture_is_on_one_screen(say):
    said = say("conference", "cp1")
    assert said.code == 0
    assert (
        "Day Tuesday 24 November 2026, An invented answer; to be held by 24 November 2026 (cp.icpc)."
        in said.words
    )
    assert "housing              4 November   20 November  not in: 1 late" in said.lines
    assert "police               4 November   20 November  18 November       18 November" in said.lines
    assert (
        "Ready but for: 2 reports (health visiting, housing); the chair has not met the family;" in said.words
    )
    assert all(len(line) <= 80 for line in said.lines)
    assert len(said.lines) < 40
    assert said.lines[-1] == f"Next: pathways next {CASE}"


def test_what_was_decided_is_on_it_in_words(say):
    said = say("conference", "cp3")
    assert "Conference decided on a child protection plan, 22 September." in said.words
    assert "Category: neglect" in said.words
    assert "Review: 10 December 2026" in said.words


def test_for_another_program_it_is_json(say):
    found = json.loads(say("conference", "cp1", "--json").out)
    assert found["schema"] == "pathways.conference/1"
    assert [each["agency"] for each in found["reports"] if not each["received"]] == [
        "health visiting",
        "housing",
    ]
    assert found["limit"] == {"rule": "cp.icpc", "due": "2026-11-24"}


@pytest.mark.parametrize("case", ["cp2", "rf1"])
def test_a_case_without_a_conference_says_so(say, case):
    said = say("conference", case)
    assert said.code == 3
    assert said.words.startswith("No conference is being prepared for")


def test_show_says_in_a_line_what_is_lacking(say):
    assert "Ready but for: 2 reports (health visiting, housing);" in say("show", "cp1").words
    assert "Ready but for" not in say("show", "cp3").words


def test_who_is_invited_and_comes_is_written_down_one_at_a_time(say):
    first = ("record", "attendance", "cp1", "--answer", "who=mother", "--answer", "part=family")
    assert say(*first, "--answer", "invited=yes", "--answer", "reply=coming").code == 0
    second = (
        "record",
        "attendance",
        "cp1",
        "--answer",
        "who=health visitor",
        "--answer",
        "part=professional",
    )
    assert (
        say(
            *second,
            "--answer",
            "agency=health visiting",
            "--answer",
            "invited=yes",
            "--answer",
            "reply=coming",
        ).code
        == 0
    )
    said = say("conference", "cp1")
    assert "mother                         family             coming" in said.lines
    assert "Quorum is 3 agencies; coming: health visiting." in said.words


def test_whoever_is_not_invited_needs_a_reason(say):
    said = say(
        "record", "attendance", "cp1", "--answer", "who=father", "--answer", "part=family", "--answer", "invited=no",
        "--no-input",
    )  # fmt: skip
    assert said.code == 2
    assert "why_not_invited" in said.words


def test_attendance_of_other_pathways_is_recorded_with_their_meetings(say):
    assert say("record", "attendance", "rf1").code == 2


# --- asking again ----------------------------------------------------------------------------------------------------


def chased(rows) -> list[str]:
    return [row.action for row in rows("trail_of_case", reference=CASE) if row.action == "report_chased"]


def test_agencies_are_asked_again_once_a_day(say, rows):
    assert "1 agency asked again" in say("remind", "cp1", "--agency", "housing").words
    again = say("remind", "cp1", "--agency", "housing")
    assert again.code == 0
    assert "Nothing was sent." in again.words
    assert len(chased(rows)) == 1
    said = say("remind", "--all-late")
    assert "1 agency asked again" in said.words
    assert len(chased(rows)) == 2
    assert "Asked again for its report: housing" in say("chronology", "cp1").words
    assert (
        "housing              4 November   20 November  not in: 1 late    asked again"
        in say("conference", "cp1").lines
    )


def test_a_dry_run_asks_nobody(say, rows):
    said = say("remind", "--all-late", "--dry-run")
    assert "2 agencies would be asked. Nothing was sent." in said.words
    assert chased(rows) == []


def test_the_record_stays_whole_after_asking(say):
    say("remind", "cp1")
    assert say("audit", "verify").code == 0


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        (("remind",), 2, "Which case?"),
        (("remind", "cp1", "--agency", "hosing"), 2, "Did you mean housing?"),
        (("remind", "--all-late", "--agency", "housing"), 2, "--agency goes with a case"),
        (("remind", "cp1", "--agency", "school"), 3, "School owes CP-2026-0001 no report."),
        (("remind", "cp2"), 3, "Nobody owes CP-2026-0002 a report."),
        (("remind", "cp9"), 5, "There is no case"),
    ],
)
def test_what_cannot_be_asked_is_said(say, typed, code, says):
    said = say(*typed)
    assert (said.code, says in said.words) == (code, True), said.words


# --- another day -------------------------------------------------------------------------------------------------------


def test_what_another_day_breaks_is_shown_and_nothing_is_changed(say, rows):
    before = rows("case_by_id", case_id=1)
    said = say("rebook", "cp1", "--to", "26/11/2026", "--dry-run")
    assert (
        "It is 2 working days after the limit in law, 24 November 2026 (cp.icpc). The limit does not move."
        in said.words
    )
    assert "Reports not in yet would be due on 24 November 2026: health visiting, housing." in said.words
    assert said.lines[-1] == "Nothing was changed."
    assert rows("case_by_id", case_id=1) == before


def test_nobody_moves_it_past_its_limit_without_saying_so(say, rows):
    said = say(
        "rebook", "cp1", "--to", "26/11/2026", "--where", "Oak, 10am", "--because", "Chair ill.", "--no-input"
    )
    assert said.code == 2
    assert "--although" in said.words
    assert rows("case_by_id", case_id=1)[0].facts["icpc_on"] == "2026-11-24"


def test_it_is_moved_when_that_is_said(say, rows):
    said = say(
        "rebook", "cp1", "--to", "26/11/2026", "--where", "Oak, 10am", "--because", "Chair ill; agreed.", "--although",
        "--no-input",
    )  # fmt: skip
    assert said.code == 0
    assert rows("case_by_id", case_id=1)[0].facts["icpc_on"] == "2026-11-26"


def test_what_it_breaks_comes_as_json(say):
    found = json.loads(say("rebook", "cp1", "--to", "26/11/2026", "--dry-run", "--json").out)
    assert (found["from"], found["to"], found["changed"]) == ("2026-11-24", "2026-11-26", False)
    assert len(found["breaks"]) == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("--to", "24/11/2026"), "is booked for Tuesday 24 November 2026 already"),
        (("--to", "20/11/2026"), "has passed"),
        ((), "To which day?"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(say, typed, says):
    said = say("rebook", "cp1", *typed, "--no-input")
    assert (said.code, says in said.words) == (2, True), said.words


def test_a_case_without_a_conference_is_not_moved(say):
    assert say("rebook", "rf1", "--to", "26/11/2026", "--dry-run").code == 3


# --- slots -------------------------------------------------------------------------------------------------------------


def test_slots_are_proposed_and_nothing_is_booked(say, slots, rows):
    pytest.importorskip("ortools")
    before = rows("trail_of_case", reference=CASE)
    said = say("schedule", "--from", slots())
    assert said.code == 0
    assert "Nothing better exists." in said.words
    assert "This is a proposal; nothing is booked." in said.words
    assert all(len(line) <= 80 for line in said.lines)
    assert rows("trail_of_case", reference=CASE) == before


def test_the_proposal_is_json_for_another_program(say, slots):
    pytest.importorskip("ortools")
    found = json.loads(say("schedule", "--from", slots(), "--json").out)
    held, review = found["proposed"]
    assert held["cases"] == [CASE]
    assert (review["cases"], review["day"]) == (["CP-2026-0003"], "2026-12-10"), "on the day that is set"
    assert held["day"] in ("2026-11-23", "2026-11-24")
    assert (found["proven"], found["conflicts"], found["booked"]) == (True, [], False)


def test_the_binding_constraint_is_named_where_nothing_fits(say, slots):
    pytest.importorskip("ortools")
    away = [{"name": "chair-1", "away": ["2026-11-23", "2026-11-24", "2026-11-25"]}]
    said = say("schedule", "--from", slots(chairs=away))
    assert said.code == 8
    assert (
        f"{CASE} must be held by 24 November 2026; no independent chair is free before 26 November 2026."
        in said.words
    )


def test_a_child_at_school_is_given_an_hour_after_it(say, slots):
    pytest.importorskip("ortools")
    own = {CASE: {"again": True, "attends": True, "school_hours": ["08:45", "15:15"]}}
    found = json.loads(say("schedule", "--from", slots(children=own), "--json").out)
    assert [each["start"] for each in found["proposed"] if each["cases"] == [CASE]] == ["16:00"]


def test_a_conference_that_is_booked_is_left_alone(say, slots):
    pytest.importorskip("ortools")
    said = say("schedule", "--from", slots(children={})).words
    assert CASE not in said
    assert "Thu 10 December" in said, "a review of which only the day is set waits for an hour"
    moved = ("rebook", "cp3", "--to", "10/12/2026", "--at", "10am", "--where", "Oak room", "--because", "x")
    assert say(*moved, "--no-input").code == 0
    assert "No conference waits for a day" in say("schedule", "--from", slots(children={})).words


def test_the_example_file_is_one_that_can_be_read(say, tmp_path):
    pytest.importorskip("ortools")
    path = tmp_path / "example.json"
    path.write_text(say("schedule", "--example").out)
    assert json.loads(path.read_text())["children"], "a child who waits stands in it"
    assert say("schedule", "--from", str(path)).code == 0


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({"chair": []}, "chair is not asked for"),
        ({"slots": [["12:00", "10:00"]]}, "must end after it begins"),
        ({"slots": "10:00"}, "`slots` must be a list"),
        ({"slots": []}, "there is no hour in `slots`"),
        ({"to": "soon"}, "`to` is a day"),
        ({"to": "2026-11-01"}, "`to` must be after `from`"),
        ({"from": "2026-11-01"}, "`from` has passed"),
        ({"rooms": ["oak"]}, "`rooms` is written as"),
        ({"rooms": [{"name": "oak"}, {"name": "oak"}]}, "stands twice in `rooms`"),
        ({"chairs": [{"name": "chair-1", "a_day": 0}]}, "`a_day` is a number from 1 to 20"),
        ({"children": {"CP-2026-0077": {}}}, "CP-2026-0077 has no conference to be placed"),
        ({"children": {CASE: {"again": True, "attend": True}}}, "attend is not asked for"),
        ({"children": []}, "`children` is written as"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_change(say, slots, own, says):
    said = say("schedule", "--from", slots(**own))
    assert (said.code, says in said.words) == (2, True), said.words


@pytest.mark.parametrize(
    ("text", "says"),
    [("{", "is not JSON"), ("[]", "must hold one JSON object"), ('{"from": "2026-11-23"}', "`to` is a day")],
)
def test_a_file_that_is_no_plan_says_where_one_is_shown(say, tmp_path, text, says):
    path = tmp_path / "slots.json"
    path.write_text(text)
    assert says in say("schedule", "--from", str(path)).words


def test_without_a_file_it_says_what_it_needs(say):
    assert say("schedule").code == 2


# --- hour, room, chair --------------------------------------------------------------------------------------------------


def test_room_hour_and_chair_are_on_the_screen_and_stay_where_nothing_is_said(say):
    moved = say(
        "rebook", "cp1", "--to", "23/11/2026", "--at", "2pm", "--where", "Oak room", "--chair", "chair-1", "--because", "Agreed.",
        "--although", "--no-input",
    )  # fmt: skip
    assert moved.code == 0, moved.words
    assert "Day        Monday 23 November 2026, 2pm, Oak room, chair-1;" in say("conference", "cp1").out
    shown = say("rebook", "cp1", "--to", "24/11/2026", "--dry-run")
    assert (
        "from Monday 23 November 2026, 2pm, Oak room, chair-1 to Tuesday 24 November 2026, 2pm, Oak room, chair-1."
        in shown.words
    )
    later = say(
        "rebook",
        "cp1",
        "--to",
        "23/11/2026",
        "--at",
        "4pm",
        "--because",
        "Agreed.",
        "--although",
        "--no-input",
    )
    assert later.code == 0, "another hour of the same day is a change"
    found = json.loads(say("conference", "cp1", "--json").out)
    assert found["booking"] == {"begins": "16:00", "where": "Oak room", "chair": "chair-1"}
    assert say("rebook", "cp1", "--to", "23/11/2026", "--at", "16:00", "--no-input").code == 2
    assert "Oak room, 4pm" in say("letter", "cp1", "invitation", "--to", "school", "--preview").words


def test_children_of_one_conference_are_moved_together(say, rows):
    assert say("meeting", "cp2", "add", "--to", "cp1").code == 0
    said = say("rebook", "cp1", "--to", "23/11/2026", "--with", "all", "--dry-run", "--json")
    assert said.code == 3, "the brother's own conference is not being prepared yet"
    assert "No conference is being prepared for CP-2026-0002" in said.words
    assert (
        "Leave --with out" in say("rebook", "cp3", "--to", "14/12/2026", "--with", "all", "--dry-run").words
    )
    assert "named twice" in say("rebook", "cp1", "--to", "23/11/2026", "--with", "cp1", "--dry-run").words
