"""The outline plan as people type it: at a terminal, from a file, for each child; and how far it has come."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from models.setup import rules_of
from models.store import open_store
from tests.commands.conftest import MONDAY, _Cases
from tests.commands.test_together_terminal import terminal, through

__all__ = ["terminal"]

CASE = "CP-2026-0001"
ANSWERS = (
    "category=NEG", "safety=At home.", "protection=Seen daily.", "lead=Team 2", "core_group=school",
    "first_core_group_on=3/12/2026", "review_on=15/2/2027", "contingency=A legal planning meeting.", "reasons=Enough.",
    "disagreement=no",
)  # fmt: skip


@pytest.fixture
def sitting(practice_home):
    """The first child's conference has begun, and its board is filled; an hour before now."""
    at = MONDAY - timedelta(hours=1)
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store:
        cases = _Cases(store, rules_of(store))
        for agency in ("health visiting", "housing"):
            cases.make(CASE, "report_received", at, agency=agency)
        cases.make(CASE, "attendance", at, who="Grandmother", part="family", invited="yes", reply="coming")
        for step in ("chair_met_family", "reports_shared", "start_conference", "views_recorded"):
            cases.make(CASE, step, at)


def decide(*more):
    given = [part for each in ANSWERS for part in ("--answer", each)]
    return ("do", "cp1", "decide-plan", *given, *more)


def plan_of(rows):
    case = rows("case_by_reference", reference=CASE)[0].id
    return next(row.body for row in rows("records_of_case", case_id=case) if row.kind == "plan_decision")[
        "outline_plan"
    ]


def test_it_is_asked_outcome_by_outcome_and_mistakes_are_mended_on_the_line(terminal, sitting, rows):
    code, said = through(
        terminal(*decide()),
        ("Outcome 1: what must be different", ""), ("one outcome at least", None), ("Outcome 1", "Ash is at school."),
        ("1.1 What is done?", ""), ("one action at least", None), ("1.1 What is done?", "Ring when Ash is not there."),
        ("1.1 Who does it?", "school"), ("1.1 By when?", "22/11/2026"), ("is before the conference", None),
        ("1.1 By when?", "16/2/2027"), ("is after the review", None), ("1.1 By when?", "+5wd"), ("= Monday 30 November 2026", None),
        ("1.2 What is done?", "A mistake."), ("1.2 Who does it?", "Grandmother"), ("1.2 By when?", "1/12/2026"),
        ("1.3 What is done?", "<"), ("Taken back: A mistake.", None), ("1.2 What is done?", ""),
        ("Outcome 2", ""),
    )  # fmt: skip
    assert code == 0, said
    assert "pathways letter CP-2026-0001 decisions --to everyone" in said
    assert plan_of(rows) == [
        {
            "outcome": "Ash is at school.",
            "actions": [{"what": "Ring when Ash is not there.", "who": "school", "by": "2026-11-30"}],
        }
    ]


def test_a_plan_that_was_begun_is_kept_line_by_line(terminal, sitting):
    child = terminal(*decide())
    for question, typed in (("Outcome 1", "Ash is at school."), ("1.1 What is done?", "Ring.")):
        child.expect_exact(question)
        child.sendline(typed)
    child.expect_exact("1.1 Who does it?")
    child.sendintr()
    child.wait()
    child = terminal("drafts", "resume", "1")
    child.expect_exact("Ash is at school.")
    child.expect_exact("1.1 What is done? Ring.")


def test_it_comes_from_a_file_with_days_as_people_type_them(say, sitting, rows, tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({"outline_plan": [
        {"outcome": "Ash is well.", "actions": [{"what": "Weigh Ash.", "who": "health visiting", "by": "3 dec"},
                                                {"what": "Bring Ash.", "who": "grandmother", "by": "2026-12-04"}]},
    ]}))  # fmt: skip
    assert say(*decide("--from", str(path), "--no-input")).code == 0
    assert [(each["who"], each["by"]) for each in plan_of(rows)[0]["actions"]] == [
        ("health visiting", "2026-12-03"), ("Grandmother", "2026-12-04"),
    ]  # fmt: skip
    shown = say("conference", "cp1")
    assert "Plan       2 actions, 0 done; no core group has told of them yet" in shown.lines
    assert " 1.2 Bring Ash.                     Grandmother     4 December" in shown.lines
    assert max(map(len, shown.lines)) <= 80
    assert "1.1 Weigh Ash. (health visiting, by 3 December)" in say("conference", "cp1", "--full").words
    assert (
        "1 Ash is well: 1.1 Weigh Ash (health visiting, by 3 December 2026)"
        in say("chronology", "cp1", "--full").words
    )
    found = json.loads(say("conference", "cp1", "--json").out)["plan"]
    assert (found[1]["action"], found[1]["who"], found[1]["by"], found[1]["now"]) == (
        "1.2",
        "Grandmother",
        "2026-12-04",
        "",
    )


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ("We will see.", "A plan is written as"),
        (
            [{"outcome": "O", "actions": [{"what": "W", "who": "aunt", "by": "2026-12-01"}]}],
            "is nobody of this conference",
        ),
        (
            [{"outcome": "O", "actions": [{"what": "W", "who": "school", "by": "soon"}]}],
            "Dates can be typed like",
        ),
        ([{"outcome": "O", "actions": "W"}], "has no action"),
        ([7], "what stands at 'outline_plan' is no answer"),
    ],
)
def test_a_file_that_is_no_plan_says_what_to_write(say, sitting, rows, tmp_path, plan, says):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({"outline_plan": plan}))
    said = say(*decide("--from", str(path), "--no-input"))
    assert says in said.words, said.words
    assert said.code == 2
    assert rows("case_by_reference", reference=CASE)[0].state == "conference"


def test_a_core_group_is_asked_about_each_action(terminal, say, rows):
    code, said = through(
        terminal(
            "do", "cp3", "core-group-held", "--answer", "who=school", "--answer", "progress=Some.", "--answer", "risk=Less.",
            "--answer", "barriers=None.", "--answer", "next_on=7/12/2026", "--answer", "child_view_heard=no", "--answer",
            "child_view_why_none=Too young.", "--answer", "disagreement=no",
        ),
        ("How far has each action", None), ("1.1 An invented action. (social worker, by 22 September 2026)", "9"),
        ("Type a number from 1 to 3", None), ("1.1 An invented action.", "3"), ("1.1 Why not, and what now?", "The worker left."),
    )  # fmt: skip
    assert code == 0, said
    found = json.loads(say("conference", "cp3", "--json").out)["plan"]
    assert [(each["action"], each["now"], each["remark"]) for each in found] == [
        ("1.1", "not done", "The worker left.")
    ]
    assert "not done LATE" in say("conference", "cp3").out
