"""Standard output that is closed or full: a sentence and a code, what was saved stays saved, and nothing is our fault.

Whole processes: what a stream that is closed from the beginning does to Python shows nowhere else.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pathways.errors import NOT_FOUND, NOT_READY, USAGE

ROOT = Path(__file__).parents[2]
CLOSED = "The answer could not be written (standard output is closed). Nothing is taken back of what was done: look before"
FULL = "The answer could not be written (No space left on device). Nothing is taken back of what was done: look before"


@pytest.fixture
def ended(practice_home):
    """Runs a command line with its streams as a shell would have them: its exit code, and all that it said."""

    def run(streams: str, *line: str, unbuffered: str = "") -> tuple[int, str]:
        done = subprocess.run(
            ["sh", "-c", f'exec "$@" {streams}', "sh", sys.executable, str(ROOT / "cli.py"), *line],
            cwd=ROOT, env={**os.environ, "PATHWAYS_HOME": str(practice_home), "PYTHONUNBUFFERED": unbuffered},
            capture_output=True, text=True,
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        assert not (practice_home / "incidents.log").exists(), done.stderr
        return done.returncode, " ".join((done.stdout + done.stderr).split())

    return run


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["held back", "at once"])
@pytest.mark.parametrize(("streams", "says"), [(">&-", CLOSED), (">/dev/full", FULL)], ids=["closed", "full"])
@pytest.mark.parametrize(
    "line", ["show cp1", "show -h", "help", "version", "show CP-2026-0099 --json"], ids=lambda line: line
)
def test_an_answer_that_cannot_be_printed_is_a_sentence_on_standard_error(
    ended, streams, says, line, unbuffered
):
    code, said = ended(streams, *line.split(), unbuffered=unbuffered)
    assert code == NOT_READY
    assert said.startswith(says)
    assert "Traceback" not in said


def test_what_was_saved_is_saved_though_its_receipt_could_not_be_printed(ended, say):
    code, said = ended(">&-", "assign", "CP-2026-0001", "--take")
    assert (code, said.startswith(CLOSED)) == (NOT_READY, True)
    assert "led by practice" in say("assign", "CP-2026-0001", "--take", "--dry-run").words


def test_a_refusal_is_told_where_only_standard_output_is_closed(ended):
    assert ended(">&-", "show", "CP-2026-0099") == (NOT_FOUND, "There is no case CP-2026-0099.")


def test_closed_standard_error_leaves_the_code_and_closed_standard_input_is_an_empty_one(ended):
    assert ended("2>&-", "show", "CP-2026-0099") == (NOT_FOUND, "")
    code, said = ended("<&-", "find")
    assert (code, said.startswith("There is nothing to look for.")) == (USAGE, True)
