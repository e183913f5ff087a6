"""Coverage-guided rubbish for dates as they are typed: a date between 1900 and 2100, or a sentence.

Run for a minute with `make faults`, or by hand: .venv/bin/python tests/faults/fuzz_dates.py -max_total_time=60
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["commands.typed_dates", "pathways.moments"]):
    from commands.typed_dates import parse, parse_time

from pathways.days import shipped_calendar
from pathways.errors import PathwayError

NOW = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def one_date(data: bytes) -> None:
    """Read one date in each of the ways that there are."""
    typed = atheris.FuzzedDataProvider(data).ConsumeUnicode(80)
    for birth, ahead in ((False, False), (False, True), (True, False)):
        try:
            found = parse(typed, now=NOW, calendar=shipped_calendar, ahead=ahead, birth=birth)
        except PathwayError as refused:
            said = str(refused)
            if len(said) >= 400:
                raise AssertionError(said) from None
        else:
            assert isinstance(found, date)
            assert 1899 <= found.year <= 2101
            assert not isinstance(found, datetime) or found.tzinfo is not None
    try:
        parse_time(typed)
    except PathwayError as refused:
        said = str(refused)
        if len(said) >= 400:
            raise AssertionError(said) from None


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as corpus:
        for number, text in enumerate(
            ("tomorrow 9:20am", "24/11/2026", "+5wd", "2026-10-25T01:30+01:00", "next fri", "29 feb")
        ):
            (Path(corpus) / str(number)).write_text(text)
        atheris.Setup([*sys.argv, corpus], one_date)
        atheris.Fuzz()
