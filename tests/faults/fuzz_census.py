"""Coverage-guided rubbish for the reader of the census: read or refused in a sentence, never anything else.

Run for a minute with `make faults`, or by hand: .venv/bin/python tests/faults/fuzz_census.py -max_total_time=60
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(
    include=["pathways.census", "pathways.census_values", "pathways.census_checks"]
):
    from pathways.census import CensusRefused, Limits, read

LIMITS = Limits(file_bytes=100_000, child_bytes=20_000)
SAMPLE = Path(__file__).parents[2] / "pathways" / "samples" / "cin_census_2026.xml"


def one_file(data: bytes) -> None:
    """Read one file to its end."""
    try:
        for _ in read(io.BytesIO(data), limits=LIMITS):
            pass
    except CensusRefused as refused:
        said = str(refused)
        if len(said) >= 400:
            raise AssertionError(said) from None


def seeds(folder: Path) -> None:
    """The first children of the sample, as something to begin with."""
    text = SAMPLE.read_bytes()
    for number, size in enumerate((600, 2_500, 6_000)):
        (folder / f"sample-{number}").write_bytes(text[:size])


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as corpus:
        seeds(Path(corpus))
        atheris.Setup([*sys.argv, corpus], one_file)
        atheris.Fuzz()
