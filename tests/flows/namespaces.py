"""Machines of a test's own: network namespaces of Linux, joined by wires to one in the middle, and to nothing else."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

NETWORK = 0x40000000
"""What Linux calls a network namespace (CLONE_NEWNET)."""
MIDDLE = "10.213.77.1"
FOLDER = Path("/run/netns")


def ip(*words: str) -> None:
    """Run the program of that name.

    Raises:
        subprocess.CalledProcessError: it may not do that here.
    """
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


def allowed() -> str:
    """Why there can be no namespaces here, in a sentence; empty where there can."""
    if shutil.which("ip") is None:
        return "The program ip is not installed: apt-get install iproute2"
    probe = f"pathways-{os.getpid()}-probe"
    try:
        ip("netns", "add", probe)
        ip("netns", "delete", probe)
    except (OSError, subprocess.CalledProcessError):
        return "This user may not make network namespaces here."
    return ""


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Let this thread, and the processes it starts meanwhile, be on a machine."""
    libc = ctypes.CDLL(None, use_errno=True)

    def enter(path: Path) -> None:
        with path.open("rb") as there:
            if libc.setns(there.fileno(), NETWORK):
                raise OSError(ctypes.get_errno(), f"cannot enter {path}")

    with Path("/proc/thread-self/ns/net").open("rb") as before:
        enter(FOLDER / name)
        try:
            yield
        finally:
            if libc.setns(before.fileno(), NETWORK):
                raise OSError(ctypes.get_errno(), "cannot leave the machine")


@contextmanager
def machines(count: int) -> Iterator[tuple[str, list[str]]]:
    """The machine in the middle, whose address is `MIDDLE`, and others with .2, .3, ... that reach it alone."""
    prefix = f"pathways-{os.getpid()}"
    middle, others = f"{prefix}-middle", [f"{prefix}-{number}" for number in range(1, count + 1)]
    with ExitStack() as stack:
        for each in (middle, *others):
            ip("netns", "add", each)
            stack.callback(_remove, each)
            ip("-n", each, "link", "set", "lo", "up")
        ip("-n", middle, "link", "add", "bridge", "type", "bridge")
        ip("-n", middle, "addr", "add", f"{MIDDLE}/24", "dev", "bridge")
        ip("-n", middle, "link", "set", "bridge", "up")
        for number, each in enumerate(others, 1):
            wire = f"wire{number}"
            ip("-n", middle, "link", "add", wire, "type", "veth", "peer", "name", "wire", "netns", each)
            ip("-n", middle, "link", "set", wire, "master", "bridge", "up")
            ip("-n", each, "addr", "add", f"{address(number)}/24", "dev", "wire")
            ip("-n", each, "link", "set", "wire", "up")
        yield middle, others


def address(number: int) -> str:
    """The address of one of the others, counted from 1."""
    return MIDDLE.rpartition(".")[0] + f".{number + 1}"


def unplug(middle: str, number: int) -> None:
    """Cut the wire of one of the others, counted from 1: what it had open stays open on the other side."""
    ip("-n", middle, "link", "set", f"wire{number}", "down")


def switch_off(machine: str) -> None:
    """End every process of a machine, with no warning."""
    said = subprocess.run(["ip", "netns", "pids", machine], capture_output=True, text=True, check=False)
    for each in said.stdout.split():
        with suppress(ProcessLookupError):
            os.kill(int(each), signal.SIGKILL)


def _remove(machine: str) -> None:
    switch_off(machine)
    subprocess.run(["ip", "netns", "delete", machine], capture_output=True, check=False)
