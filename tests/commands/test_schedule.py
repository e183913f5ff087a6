"""`schedule` around what is booked already, over a holiday, and with what books its proposal."""

from __future__ import annotations

import json
import shlex

import pytest

pytest.importorskip("ortools")

CASE, BOOKED = "CP-2026-0001", "CP-2026-0003"
FILE = {
    "from": "2026-11-24",
    "to": "2026-11-24",
    "slots": [["10:00", "12:00"], ["15:00", "17:00"]],
    "chairs": [{"name": "chair-1"}, {"name": "chair-2"}],
    "rooms": [{"name": "oak"}],
    "minute_takers": [{"name": "minutes-1"}],
    "children": {CASE: {"again": True}},
}


@pytest.fixture
def proposed(say, tmp_path):
    def ask(**own):
        path = tmp_path / "slots.json"
        path.write_text(json.dumps(FILE | own))
        said = say("schedule", "--from", str(path), "--json")
        assert said.code in (0, 8), said.words
        return json.loads(said.out)

    return ask


@pytest.fixture
def booked(say):
    """Another child's review, on the same morning in the same room, under the first chair."""
    said = say(
        "rebook", BOOKED, "--to", "24/11/2026", "--at", "10am", "--where", "Oak room", "--chair", "chair-1",
        "--because", "The family asked.", "--although", "--no-input",
    )  # fmt: skip
    assert said.code == 0, said.words


def test_the_hours_of_a_booked_conference_are_left_to_it(proposed, booked):
    found = proposed()
    assert found["booked_already"] == 1
    assert [(each["start"], each["room"]) for each in found["proposed"]] == [("15:00", "oak")]


def test_a_booked_conference_is_one_of_its_chairs_day(proposed, booked):
    found = proposed(chairs=[{"name": "chair-1", "a_day": 1}], rooms=[{"name": "elm"}])
    assert found["not_placed"] == [CASE]
    assert "no independent chair is free in any slot" in found["conflicts"][0]


def test_hours_that_the_file_says_are_taken_are_left_alone(proposed):
    busy = [{"name": "minutes-1", "busy": [["2026-11-24", "14:00", "16:00"]]}]
    assert [each["start"] for each in proposed(minute_takers=busy)["proposed"]] == ["10:00"]


def test_over_christmas_the_next_day_is_the_twenty_ninth(proposed):
    """From a calendar: Friday the 25th, a weekend, and Monday the 28th for Boxing Day."""
    (held,) = proposed(**{"from": "2026-12-25", "to": "2026-12-31"})["proposed"]
    assert held["day"] == "2026-12-29"


def test_what_stands_below_a_proposal_moves_the_conference_there(proposed, say, rows):
    found = proposed(slots=[["15:00", "17:00"]])
    _, *typed = shlex.split(found["next"][0])
    said = say(*typed, "--because", "The room is wanted.", "--although", "--no-input")
    assert said.code == 0, said.words
    (meeting,) = (row for row in rows("meetings_of_case", case_id=1) if row.status == "booked")
    assert (meeting.place, meeting.chair) == ("oak", found["proposed"][0]["chair"])
    assert f"{meeting.begins_at:%H:%M}" == "15:00"


@pytest.mark.parametrize(
    "busy", [[["2026-11-24", "10:00"]], ["2026-11-24"], [["2026-11-24", "12:00", "10:00"]]]
)
def test_hours_that_cannot_be_read_say_how_they_are_written(say, tmp_path, busy):
    path = tmp_path / "slots.json"
    path.write_text(json.dumps(FILE | {"rooms": [{"name": "oak", "busy": busy}]}))
    said = say("schedule", "--from", str(path))
    assert (said.code, "`busy`" in said.words) == (2, True), said.words
