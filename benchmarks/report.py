"""What was found, as a Markdown table and as JSON."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
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
    rounds: int
    store: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The line's cells."""
        said = {True: "yes", False: "**no**", None: ""}[self.reached]
        return (
            self.what, self.against, self.where, self.ours, self.theirs, self.ratio, self.must, said, str(self.rounds),
            self.store,
        )  # fmt: skip


HEAD = ("what", "against", "where", "ours", "theirs", "ratio", "must be", "reached", "rounds", "store on")


def machine() -> dict[str, str]:
    """What is measured on, as the kernel tells it; load averages of the last minute as it begins."""
    total = int(Path("/proc/meminfo").read_text().split("MemTotal:", 1)[1].split()[0])
    told = Path("/proc/cpuinfo").read_text()
    model = (
        told.split("model name", 1)[1].split(":", 1)[1].split("\n", 1)[0].strip()
        if "model name" in told
        else ""
    )
    return {
        "cores": str(os.cpu_count()),
        "processor": model or platform.machine(),
        "memory": f"{total / 1e6:.0f} GB",
        "system": platform.platform(terse=True),
        "load at the start": f"{os.getloadavg()[0]:.1f}",
    }


def commit(root: Path) -> str:
    """The commit that is measured, and whether files differ from it."""
    try:
        asked = ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "not known"


@dataclass(slots=True)
class Report:
    """All rows of a run, the runs behind them, and what they were made on."""

    versions: dict[str, str] = field(default_factory=dict)
    machine: dict[str, str] = field(default_factory=machine)
    commit: str = ""
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    places: dict[str, str] = field(default_factory=dict)
    """By database, what its stores lie on."""
    rounds: int = 1
    """How many rounds are behind the rows that are added next."""
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
        self._add(
            what, against, where, ours, theirs, f"{figure(ratio)} x", f">= {bar:g} x", ratio >= bar, unit
        )

    def share(
        self, what: str, against: str, where: str, ours: float, theirs: float, bar: float, unit: str
    ) -> None:
        """Add a row where ours must reach a share of theirs."""
        ratio = ours / theirs if theirs else 0.0
        self._add(what, against, where, ours, theirs, f"{ratio:.2f} x", f">= {bar:g} x", ratio >= bar, unit)

    def below(self, what: str, where: str, ours: float, bar: float, unit: str) -> None:
        """Add a row with a bar of its own."""
        self._add(what, "", where, ours, None, "", f"<= {bar:g} {unit}".strip(), ours <= bar, unit)

    def told(self, what: str, where: str, ours: float, unit: str = "us") -> None:
        """Add a row that nothing is asked of."""
        self._add(what, "", where, ours, None, "", "", None, unit)

    def _add(
        self, what: str, against: str, where: str, ours: float, theirs: float | None, ratio: str, must: str,
        reached: bool | None, unit: str,
    ) -> None:  # fmt: skip
        said = "" if theirs is None else f"{figure(theirs)} {unit}".strip()
        store = self.places.get(where.split(",", 1)[0], "")
        self.rows.append(
            Row(
                what, against, where, f"{figure(ours)} {unit}".strip(), said, ratio, must, reached, self.rounds, store
            )
        )  # fmt: skip

    def markdown(self) -> str:
        """The table with what it was made on."""
        made = [" | ".join(HEAD), " | ".join("---" for _ in HEAD)] + [
            " | ".join(row.cells) for row in self.rows
        ]
        machine = {**self.machine, "load at the end": f"{os.getloadavg()[0]:.1f}"}
        took = (datetime.now(UTC) - self.began).total_seconds() / 60
        parts = [
            f"{self.began:%-d %B %Y, %H:%M} UTC, {took:.0f} minutes, commit {self.commit or 'not known'}.",
            "Versions: " + ", ".join(f"{name} {number}" for name, number in self.versions.items()) + ".",
            "Machine: " + "; ".join(f"{name} {said}" for name, said in machine.items()) + ".",
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
            "began": self.began.isoformat(), "ended": datetime.now(UTC).isoformat(), "commit": self.commit,
            "machine": {**self.machine, "load at the end": f"{os.getloadavg()[0]:.1f}"}, "places": self.places,
            "versions": self.versions, "rows": [asdict(each) for each in self.rows], "runs": self.runs, "notes": self.notes
        }  # fmt: skip
        (folder / "report.json").write_text(json.dumps(whole, indent=1, sort_keys=True), encoding="utf-8")


def figure(value: float) -> str:
    """A figure with as many places as it deserves."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3g}"
