"""Letting Python collect less often where rows go by in hundreds of thousands."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

ROWS_HELD = 50_000
"""How many more things may be made than let go of before Python looks through them; a batch of an import has about 30,000."""


@contextmanager
def without_pauses() -> Iterator[None]:
    """Let Python look for what holds on to itself about once a batch rather than every few rows.

    Rows do not hold on to themselves, and each look goes through all that are held.
    """
    usual = gc.get_threshold()
    gc.set_threshold(ROWS_HELD, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
