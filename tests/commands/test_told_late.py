"""A conference that was held in time and written down the day after, when the check had marked its date as missed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from models.setup import rules_of
from models.store import open_store
from models.sweep import pass_due_dates

START = {"agencies": "social care, school, police", "apologies": "housing", "family": "mother", "room": "yes"}
VIEWS = {
    "risks": "Bruises.", "safety": "Gran.", "strengths": "They ask.", "history": "Loss.", "grey_areas": "Who was there?",
    "child_view_heard": "yes", "child_view": "Stay.", "what_next": "A plan.",
}  # fmt: skip
PLAN = {
    "category": "NEG", "safety": "x", "protection": "x", "lead": "North team", "core_group": "mother",
    "first_core_group_on": "2026-12-04", "review_on": "2027-02-10", "contingency": "x", "reasons": "x", "disagreement": "no",
    "outline_plan": [{"outcome": "x", "actions": [{"what": "x", "who": "social worker", "by": "2026-12-01"}]}],
}  # fmt: skip


def test_the_chronology_says_that_a_date_marked_as_missed_was_met_in_time(say, practice_home, tmp_path):
    def at(moment: datetime, *, night: bool = False) -> None:
        with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store:
            with store.writing() as tx:
                tx.run("put_setting", name="clock", value=moment.isoformat())
            if night:
                pass_due_dates(store, rules_of(store), moment, moment)

    def done(*words: str, told: dict) -> None:
        answers = tmp_path / "answers.json"
        answers.write_text(json.dumps(told))
        said = say(*words, "--from", str(answers), "--no-input")
        assert said.code == 0, said.words

    def missed(*how: str) -> list[str]:
        entries = json.loads(say("chronology", "cp1", *how, "--json").out)["entries"]
        return [
            each["what"] for each in entries if each["what"].startswith("Date missed: Hold the conference")
        ]

    at(datetime(2026, 11, 24, 10, 5, tzinfo=UTC))
    without = ("reports", "chair_met", "reports_shared")
    ahead = [f"--override=conference.{each}" for each in without]
    done("do", "cp1", "start-conference", *ahead, "--because", "The chair.", told=START)
    at(datetime(2026, 11, 25, 9, 0, tzinfo=UTC), night=True)
    assert missed() == ["Date missed: Hold the conference"]
    on = ("--on", "24 nov", "--at")
    done("record", "views", "cp1", *on, "11am", told=VIEWS)
    done("do", "cp1", "decide-plan", *on, "12pm", told=PLAN)
    (said,) = missed()
    assert said.endswith("Written down later, by entry 20: in time, on 24 November 2026"), said
    at(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    assert missed("--as-at", "24 nov") == [], "it had not been marked by then"
