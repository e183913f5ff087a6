"""A value that can be judged at once is judged at once: nobody answers questions to be told of a slip on the command line."""

from __future__ import annotations

import pytest

from pathways.errors import USAGE


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("rebook cp1 --at 25:00", "There is no time 25:00"),
        ("rebook cp1 --to 31/11/2026", "There is no 31 November"),
        ("rebook cp1 --to 26/11/2026 --by nobody", "There is no role nobody"),
        ("do cp1 chair-met-family --at 25:00", "There is no time 25:00"),
        ("do cp1 chair-met-family --on 31/11/2026", "There is no 31 November"),
        ("do cp1 chair-met-family --by nobody", "There is no role nobody"),
        ("do cp1 start-conference --override conference.reports --override conference.chair_met --override conference.reports_shared "
         "--override none.such", "There is nothing called none.such"),
        ("record note cp1 --at 25:00", "There is no time 25:00"),
        ("record report cp1 --received 11/24/2026", "There is no month 24"),
        ("note cp1 --at 3pm+31:00", "an offset that no place has"),
        ("undo cp1 --by nobody", "There is no role nobody"),
        ("assign cp1 --team nowhere", "There is no team 'nowhere'"),
        ("assign --from practice --to practice --team nowhere", "There is no team 'nowhere'"),
        ("assign cp1 --handover none.json", "There is no file none.json"),
        ("open strategy --by nobody", "There is no role nobody"),
        ("open strategy --at 25:00", "There is no time 25:00"),
        ("open strategy cp1 --on 31/11/2026", "There is no 31 November"),
    ],
)  # fmt: skip
def test_no_question_comes_before_what_is_wrong_with_an_option(say, typed, line, says):
    say("assign", "cp1", "--take")
    typed()  # no answer lies ready: the first question would end the command
    said = say(*line.split())
    assert (said.code, says in said.words) == (USAGE, True), said
