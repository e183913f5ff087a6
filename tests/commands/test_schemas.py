"""What `--json` prints has the shape that `pathways schema` promises: every answer, in every test of a command."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from commands import screen
from commands.schemas import ANSWERS, PARTS, schema_of
from tests.shapes import faults_of

ROOT = Path(__file__).parents[2]
REAL = [
    ("worklist", "all"), ("overdue",), ("show", "cp1"), ("show", "cp3", "--full", "--names"), ("next", "cp1"), ("why", "cp1"),
    ("why", "cp1", "conference"), ("chronology", "cp1", "--full"), ("find", "cp1"), ("help",), ("whoami",), ("config", "show"),
    ("assign",), ("digest", "preview"), ("drafts",), ("conference", "cp1"), ("meeting", "cp1"), ("describe", "child_protection"),
    ("rules", "list"), ("people", "cp1", "--names"), ("users", "list"), ("retention", "due"), ("report", "central-list"),
    ("audit", "verify"), ("access", "why", "cp1"), ("do", "cp1", "start-conference"), ("show", "cp9"), ("note", "cp1"),
    ("worklist", "-n", "many"), ("schema",),
]  # fmt: skip
ANSWERING = ("screen.answer_json", "screen.answer_change")


def named_in_code():
    """The name of every answer that a command prints, as it stands in the code."""
    for path in sorted((ROOT / "commands").glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ANSWERING:
                assert isinstance(call.args[0], ast.Constant), (
                    f"{path.name}: the name of an answer is written out"
                )
                yield call.args[0].value


def test_every_answer_in_the_code_has_a_shape_and_every_shape_an_answer():
    refusals = {"refusal/1", "refusals/1"}
    assert set(named_in_code()) | refusals == ANSWERS.keys()


@pytest.mark.parametrize("name", ANSWERS)
def test_every_shape_is_json_schema(name):
    made = schema_of(name)
    Draft202012Validator.check_schema(made)
    assert made["properties"]["schema"] == {"const": f"pathways.{name}"}


@pytest.mark.parametrize("line", REAL, ids=" ".join)
def test_a_real_answer_is_what_its_schema_says(say, line):
    document = json.loads(say(*line, "--json").out)
    assert faults_of(document) == []
    Draft202012Validator(schema_of(document["schema"].removeprefix("pathways."))).validate(document)


def test_an_answer_that_is_otherwise_is_found_out(say):
    document = json.loads(say("show", "cp1", "--json").out)
    checked = Draft202012Validator(schema_of("show/1"))
    for spoilt in (
        {**document, "open": "yes"}, {**document, "opened_at": "yesterday"}, {**document, "stages": [{}]},
        {name: value for name, value in document.items() if name != "next"},
    ):  # fmt: skip
        assert faults_of(spoilt)
        assert not checked.is_valid(spoilt)
    assert faults_of({**document, "more": 1}) == ["show/1: .more is not promised"]
    assert faults_of({"schema": "pathways.nothing/1"}) == ["nothing/1 is not in commands/schemas.py"]


def test_no_part_is_left_over():
    written = json.dumps([ANSWERS, PARTS])
    assert [each for each in PARTS if f'"={each}' not in written] == []


def test_a_schema_is_printed_listed_and_asked_for_by_a_short_name(say):
    assert json.loads(say("schema", "worklist").out) == schema_of("worklist/1")
    assert json.loads(say("schema", "pathways.worklist/1").out) == schema_of("worklist/1")
    listed = say("schema")
    assert all(each in listed.out for each in ANSWERS)
    assert [each for each in listed.lines if len(each) > 80] == []
    wrong = say("schema", "work")
    assert (wrong.code, "There is no answer called work." in wrong.words) == (2, True)


def test_what_the_tests_of_commands_print_is_held_to_it(as_promised):
    """The hook of `conftest.py`: an answer that is not as promised fails the test that prints it."""
    screen.json_text({"schema": "pathways.drafts/1", "drafts": [], "next": [], "more": 1})
    assert as_promised == ["drafts/1: .more is not promised"]
    as_promised.clear()
