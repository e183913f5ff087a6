"""What was found, as a Markdown table and as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Row:
    """One line of the table: what, against what, where, the two figures, their ratio and what it must be."""

    what: str
    against: str
    where: str
    ours: str
    theirs: str
    ratio: str
    must: str
    reached: bool | None

    @property
    def cells(self) -> tuple[str, ...]:
        """The line's cells."""
        said = {True: "yes", False: "**no**", None: ""}[self.reached]
        return self.what, self.against, self.where, self.ours, self.theirs, self.ratio, self.must, said


HEAD = ("what", "against", "where", "ours", "theirs", "ratio", "must be", "reached")


@dataclass(slots=True)
class Report:
    """All rows of a run, the runs behind them, and what they were made on."""

    versions: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def at_most(
        self,
        what: str,
        against: str,
        where: str,
        ours: float,
        theirs: float,
        bar: float | None,
        unit: str = "us",
    ) -> None:
        """Add a row where ours may be so many times theirs."""
        ratio = ours / theirs if theirs else float("inf")
        must = "" if bar is None else f"<= {bar:g} x"
        self._add(
            what,
            against,
            where,
            ours,
            theirs,
            f"{ratio:.2f} x",
            must,
            None if bar is None else ratio <= bar,
            unit,
        )

    def at_least(
        self, what: str, against: str, where: str, ours: float, theirs: float, bar: float, unit: str = "us"
    ) -> None:
        """Add a row where theirs must be so many times ours."""
        ratio = theirs / ours if ours else float("inf")
        self._add(what, against, where, ours, theirs, f"{ratio:.0f} x", f">= {bar:g} x", ratio >= bar, unit)

    def share(
        self, what: str, against: str, where: str, ours: float, theirs: float, bar: float, unit: str
    ) -> None:
        """Add a row where ours must reach a share of theirs."""
        ratio = ours / theirs if theirs else 0.0
        self._add(what, against, where, ours, theirs, f"{ratio:.2f} x", f">= {bar:g} x", ratio >= bar, unit)

    def below(self, what: str, where: str, ours: float, bar: float, unit: str) -> None:
        """Add a row with a bar of its own."""
        self._add(what, "", where, ours, None, "", f"<= {bar:g} {unit}".strip(), ours <= bar, unit)

    def _add(
        self, what: str, against: str, where: str, ours: float, theirs: float | None, ratio: str, must: str,
        reached: bool | None, unit: str,
    ) -> None:  # fmt: skip
        said = "" if theirs is None else f"{figure(theirs)} {unit}".strip()
        self.rows.append(
            Row(what, against, where, f"{figure(ours)} {unit}".strip(), said, ratio, must, reached)
        )

    def markdown(self) -> str:
        """The table with what it was made on."""
        made = [" | ".join(HEAD), " | ".join("---" for _ in HEAD)] + [
            " | ".join(row.cells) for row in self.rows
        ]
        parts = [
            "Versions: " + ", ".join(f"{name} {number}" for name, number in self.versions.items()) + ".",
            f"Machine: {os.cpu_count()} cores, {platform.machine()}; load average at the end {os.getloadavg()[0]:.1f}.",
            "",
            *(f"| {line} |" for line in made),
            "",
            *(f"- {note}" for note in self.notes),
        ]
        return "\n".join(parts) + "\n"

    def write(self, folder: Path) -> None:
        """Write `report.md` and `report.json`."""
        (folder / "report.md").write_text(self.markdown(), encoding="utf-8")
        whole = {
            "versions": self.versions, "rows": [asdict(each) for each in self.rows], "runs": self.runs, "notes": self.notes
        }  # fmt: skip
        (folder / "report.json").write_text(json.dumps(whole, indent=1, sort_keys=True), encoding="utf-8")


def figure(value: float) -> str:
    """A figure with as many places as it deserves."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3g}"
