"""A test of documents is skipped where a program is missing, and not where it is required."""

from __future__ import annotations

import pytest

from tests.programs import REQUIRED, needs


@pytest.mark.parametrize(("said", "skipped"), [("", True), ("0", True), ("1", False)])
def test_a_missing_program_skips_a_test_unless_it_is_required(monkeypatch, said, skipped):
    monkeypatch.setenv(REQUIRED, said)
    assert needs("no-such-program-anywhere").mark.args == (skipped,)
    assert needs().mark.args == (False,)
