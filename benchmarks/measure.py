"""Clocks and meters: wall time, CPU of this process, of what it starts and of the PostgreSQL server, memory."""

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


def tree(root: int) -> dict[int, int]:
    """A process and all that it has started and that runs: by process, the ticks used by it and by those it waited for."""
    times: dict[int, int] = {}
    children: dict[int, list[int]] = {}
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                fields = (each / "stat").read_text().rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):  # ended while we looked
                continue
            times[int(each.name)] = sum(int(field) for field in fields[11:15])
            children.setdefault(int(fields[1]), []).append(int(each.name))
    found, waiting = {}, [root]
    while waiting:
        process = waiting.pop()
        found[process] = times.get(process, 0)
        waiting += children.get(process, [])
    return found


def tree_cpu(root: int | None, *, itself: bool = True) -> float:
    """CPU seconds used so far by a process and all that it started; 0 for nobody.

    Args:
        root: the process.
        itself: whether the process itself counts, with those it has waited for.
    """
    if not root:
        return 0.0
    return sum(ticks for process, ticks in tree(root).items() if itself or process != root) / TICK


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


def _settled(root: int) -> float:
    """CPU seconds of the servers that a process has started, once they have done what was still asked of them."""
    used = tree_cpu(root, itself=False)
    for _ in range(60):
        if len(tree(root)) == 1:
            break
        before = used
        time.sleep(0.5)
        used = tree_cpu(root, itself=False)
        if used - before < 0.05:
            break
    return used


@contextmanager
def measured(postmaster: int | None = None) -> Iterator[dict[str, Any]]:
    """Measure what is done inside; the figures are in the mapping afterwards.

    CPU is that of this process, of the servers that it has started itself, and of the PostgreSQL server, whoever uses it.
    """
    forget_peak()
    found: dict[str, Any] = {"base_mb": memory()}
    served, beside = tree_cpu(postmaster), tree_cpu(os.getpid(), itself=False)
    spent, began = cpu(), time.perf_counter()
    yield found
    found["wall"] = time.perf_counter() - began
    found["client_cpu"] = cpu() - spent
    found["over_base_mb"] = peak_memory() - found["base_mb"]
    if postmaster:
        time.sleep(0.05)  # processes of the server that have just ended must have been waited for
    found["server_cpu"] = tree_cpu(postmaster) - served
    found["own_servers_cpu"] = _settled(os.getpid()) - beside
    found["cpu"] = found["client_cpu"] + found["server_cpu"] + found["own_servers_cpu"]


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
