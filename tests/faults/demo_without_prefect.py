"""The demo with its overnight check run in the plain way: Prefect's start would be most of every repetition."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from cli import main
from flows import settings

settings.find_spec = lambda _: None  # type: ignore[attr-defined]
main()
