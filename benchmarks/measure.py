"""Clocks and meters: wall time, CPU of this process and of the PostgreSQL server, memory."""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TICK = os.sysconf("SC_CLK_TCK")


def server_cpu(postmaster: int | None) -> float:
    """CPU seconds used so far by a PostgreSQL server, its finished processes included; 0 without one."""
    if not postmaster:
        return 0.0
    total = sum(_times(postmaster)[1])
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                parent, times = _times(int(each.name))
            except (FileNotFoundError, ProcessLookupError, IndexError):
                continue
            if parent == postmaster:
                total += times[0] + times[1]
    return total / TICK


def _times(process: int) -> tuple[int, list[int]]:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[1]), [int(each) for each in fields[11:15]]


def cpu() -> float:
    """CPU seconds of this process and of the children it has waited for."""
    waited = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + waited.ru_utime + waited.ru_stime


def memory() -> float:
    """Resident memory of this process now, MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def forget_peak() -> None:
    """Let the peak of memory count from now; a process is born with its parent's."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_memory() -> float:
    """The most resident memory since then, MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:", 1)[1].split()[0]) * 1024 / 1e6


@contextmanager
def measured(postmaster: int | None = None) -> Iterator[dict[str, Any]]:
    """Measure what is done inside; the figures are in the mapping afterwards."""
    forget_peak()
    found: dict[str, Any] = {"base_mb": memory()}
    served, spent, began = server_cpu(postmaster), cpu(), time.perf_counter()
    yield found
    found["wall"] = time.perf_counter() - began
    found["client_cpu"] = cpu() - spent
    if postmaster:
        time.sleep(0.05)  # processes of the server that have just ended must have been waited for
    found["server_cpu"] = server_cpu(postmaster) - served
    found["cpu"] = found["client_cpu"] + found["server_cpu"]
    found["over_base_mb"] = peak_memory() - found["base_mb"]


def tell(found: dict[str, Any]) -> None:
    """Hand a result to the process that asked for it."""
    sys.stdout.write(f"RESULT {json.dumps(found)}\n")
    sys.stdout.flush()


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which this part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def median(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)
