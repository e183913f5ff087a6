"""The page of promises: each line names a test that is there, or says that nothing shows it and why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "promises.md"
ROW = re.compile(r"^\| (?P<promise>.+?) \| (?P<shown>.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
NOT_SHOWN = re.compile(r"\*not shown\*.{20,}")
HEADINGS = {"promise", "---"}

ROWS = [
    (found["promise"], found["shown"])
    for found in ROW.finditer(PAGE.read_text(encoding="utf-8"))
    if found["promise"] not in HEADINGS
]


def test_there_are_promises_to_read():
    assert len(ROWS) > 60
    assert len({promise for promise, _ in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("promise", "shown"), ROWS, ids=range(len(ROWS)))
def test_each_promise_has_its_test_or_says_why_it_has_none(promise, shown):
    tests = TEST.findall(shown)
    assert tests or NOT_SHOWN.search(shown), promise
    for file, name in tests:
        source = (PAGE.parents[1] / file).read_text(encoding="utf-8")
        assert re.search(rf"^\s*def {name}\(", source, re.MULTILINE), f"{file}::{name}"


def test_every_line_of_the_page_that_is_a_row_is_read():
    lines = [each for each in PAGE.read_text(encoding="utf-8").splitlines() if each.startswith("| ")]
    assert len(lines) == len(ROWS) + 2 * sum(each.startswith("| promise") for each in lines)
