"""The file at the keyboard: its audit, a child that is watched, the central list and every concern."""

from __future__ import annotations

import json

import pytest

from commands import prompts

CASE = "CP-2026-0003"


def asked(say):
    """The points of the audit that the record leaves to a person."""
    found = json.loads(say("file", "audit", CASE, "--json").out)
    return [each["point"] for each in found["points"] if each["answer"] == "ask"]


def test_an_audit_shows_what_the_record_proves_and_saves_nothing_by_itself(say, rows):
    said = say("file", "audit", CASE, "--no-input")
    assert said.code == 0
    assert "15" in said.out
    assert "pages" in said.out
    assert "Nothing was saved." in said.words
    assert max(map(len, said.lines)) <= 80
    assert "filing_audited" not in [each.action for each in rows("trail_of_case", reference=CASE)]


def test_an_audit_answered_from_a_file_is_kept_whole_on_the_trail(say, rows, tmp_path):
    given = tmp_path / "answers.json"
    given.write_text(json.dumps({each: ["yes", f"seen {each}"] for each in asked(say)}))
    said = say("file", "audit", CASE, "--from", str(given))
    assert said.code == 0, said.err
    last = rows("trail_of_case", reference=CASE)[-1]
    assert last.action == "filing_audited"
    points = json.loads(last.body)["points"]
    assert [each["point"] for each in points] == list(range(1, 16))
    assert {each["by"] for each in points} == {"record", "person"}
    assert all(each["answer"] in ("yes", "no", "none") for each in points)
    assert json.loads(say("audit", "verify", "--json").out)


def test_a_point_left_out_and_an_answer_that_is_none_are_refused(say, rows, tmp_path):
    given = tmp_path / "answers.json"
    for answers, word in (({}, None), ({"4": ["yes", "x"]}, "still to be answered"), ({"4": ["perhaps", "x"]}, "one of"),
                          ("no answers", "must hold one JSON object"), ([1], "must hold one JSON object")):  # fmt: skip
        given.write_text(json.dumps(answers))
        said = say("file", "audit", CASE, "--from", str(given))
        if word:
            assert said.code == 2, answers
            assert word in said.words
    assert "filing_audited" not in [each.action for each in rows("trail_of_case", reference=CASE)]


def test_at_a_terminal_a_person_is_asked_only_for_the_rest(say, rows, monkeypatch):
    left = asked(say)
    questions = []
    monkeypatch.setattr(prompts, "can_ask", lambda no_input, as_json: True)
    monkeypatch.setattr(
        prompts, "choose", lambda question, options, default="": questions.append(question) or 0
    )
    monkeypatch.setattr(prompts, "ask", lambda question, default="", **_: "page 3")
    assert say("file", "audit", CASE).code == 0
    assert [int(each.split(".")[0]) for each in questions] == left
    assert rows("trail_of_case", reference=CASE)[-1].action == "filing_audited"


def test_a_watched_child_is_on_the_central_list_until_somebody_ends_it(say):
    def counts():
        return json.loads(say("report", "central-list", "--json").out)["counts"]

    before = counts()
    assert (before["protection"], before["watched"]) == (1, 0)
    assert say("file", "watch", "RF-2026-0001", "--because", "quiet since summer", "--dry-run").code == 0
    assert counts()["watched"] == 0
    assert say("file", "watch", "RF-2026-0001", "--because", "quiet since summer").code == 0
    assert counts() == before | {"watched": 1}
    assert say("file", "watch", CASE, "--because", "quiet since summer").code == 0
    assert counts() == before | {"watched": 1}, "a plan comes before watching"
    assert say("file", "unwatch", "RF-2026-0001", "--because", "settled").code == 0
    assert counts() == before
    assert say("file", "unwatch", "RF-2026-0001", "--because", "settled").code == 2


def test_the_lists_show_references_and_no_names(say, rows):
    central, concerns = say("report", "central-list"), say("report", "concerns")
    assert (central.code, concerns.code) == (0, 0)
    assert "CP-2026-0003" in central.out
    assert "Child protection plan" in central.out
    assert "RF-2026-0001" in concerns.out
    for said in (central, concerns):
        assert max(map(len, said.lines)) <= 80
        assert not any(name in said.out for name in ("Birch", "Marsh", "Thorne", "Hazel", "Willow"))
    assert rows("last_entry", reference="~1"), "a look at the lists is on the reader's own chain"


def test_a_concern_is_listed_with_how_it_came_from_whom_and_where_it_stands_and_nothing_is_cut(say):
    said = say("report", "concerns")
    assert "Referral received:        Decision overdue" in said.out
    assert "school, level 1" in said.out
    assert ".." not in said.out


@pytest.mark.parametrize(("since", "number"), [("2026-11-19", 1), ("2026-11-20", 0)])
def test_concerns_are_listed_from_a_day_on(say, since, number):
    assert json.loads(say("report", "concerns", "--since", since, "--json").out)["all"] == number
