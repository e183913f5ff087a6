"""One way of typing a date, in every command: what one takes all take, and what one refuses is refused in the same words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pathways.errors import OK, USAGE

ROOT = Path(__file__).parents[2]
FORMS = ("2026-11-24", "24/11/2026", "24 November 2026", "24 nov", "tomorrow", "tue")
"""Tuesday 24 November 2026, for whom it is Monday the 23rd."""
AMERICAN = "There is no month 24; months run from 1 to 12. The day comes first, as in 24/11/2026."


@pytest.mark.parametrize("form", FORMS)
def test_a_limit_is_worked_out_from_a_day_in_any_form(say, form):
    assert (
        say("rules", "due", "fd.marf_confirm", form).out
        == say("rules", "due", "fd.marf_confirm", FORMS[0]).out
    )


@pytest.mark.parametrize("form", ["2026-11-24T14:00", "24/11/2026 2pm", "24 nov 14:00"])
def test_and_from_a_moment_in_any_form(say, form):
    found = say("rules", "due", "fd.marf_confirm", form).out
    assert found == say("rules", "due", "fd.marf_confirm", "2026-11-24T14:00+00:00").out
    assert "2pm" in found


def test_a_birth_is_typed_so_too_with_its_year_in_full(say):
    """What is kept 35 years from the closing or 25 from the birth, whichever is later, says both."""
    line = ("rules", "due", "rec.retain_35", "3 nov 2025", "--birth-date")
    asked = [say(*line, form) for form in ("2009-05-01", "1/5/2009", "1 May 2009")]
    assert len({each.out for each in asked}) == 1
    assert asked[0].code == OK
    assert "needs its year in full" in say(*line, "1 May").words
    assert (
        say("rules", "due", "cp.age_18", "1/5/1999").out == say("rules", "due", "cp.age_18", "1999-05-01").out
    )


@pytest.mark.parametrize(
    "line",
    [
        "rules due fd.marf_confirm {}", "rules due fd.marf_confirm 2026-11-03 --as-of {}",
        "rules due fd.marf_confirm 2026-11-03 --birth-date {}", "rules check --as-at {}", "check run --as-of {}",
    ],
)  # fmt: skip
def test_the_american_order_is_refused_in_the_same_words(say, line):
    said = say(*(part.format("11/24/2026") for part in line.split()))
    assert (said.code, said.words) == (USAGE, AMERICAN)


def test_a_check_of_the_rules_and_of_the_deadlines_takes_any_form(say):
    assert say("rules", "check", "--as-at", "24 nov").out == say("rules", "check", "--as-at", FORMS[0]).out
    assert "Tuesday 24 November 2026" in say("check", "run", "--as-of", "24/11/2026").words
    assert say("check", "last").code == OK


def test_no_command_reads_a_typed_date_by_another_parser():
    """`parse_moment` takes one form alone; it is for files and for `typed_dates` itself."""
    using = {
        path.name
        for path in (ROOT / "commands").glob("*.py")
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(each, ast.ImportFrom)
        and {"parse_moment", "one_date"} & {one.name for one in each.names}
    }
    assert using == {"typed_dates.py"}
