"""Programs that a test needs and that this machine may lack: the test is skipped then, or fails where that may not be."""

from __future__ import annotations

import os
import shutil

import pytest

REQUIRED = "PATHWAYS_REQUIRE_LIBREOFFICE"


def missing(*programs: str) -> list[str]:
    """Those that are not installed."""
    return [each for each in programs if shutil.which(each) is None]


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip a test where one of these is not installed; where `PATHWAYS_REQUIRE_LIBREOFFICE` is 1 it runs, and fails."""
    gone = missing(*programs)
    return pytest.mark.skipif(
        bool(gone) and os.environ.get(REQUIRED) != "1",
        reason=f"not installed here: {', '.join(gone)}",
    )
