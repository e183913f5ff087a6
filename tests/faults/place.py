"""One command's surroundings, and the ways to run it there: to its end, traced, with faults injected, confined."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.forks import Forks, typing
from tests.faults.jobs import Job

ROOT = Path(__file__).parents[2]
STORES = {"sqlite": "SQLite", "sqlcipher": "SQLCipher", "postgresql": "PostgreSQL"}
"""The kinds of store, as tests and as tables call them."""
FILES = (
    "write", "writev", "pwrite64", "pwritev", "sendfile", "copy_file_range", "fsync", "fdatasync", "ftruncate", "rename", "renameat2",
    "link", "linkat", "unlink", "unlinkat",
)  # fmt: skip
CALLS = (*FILES, "sendto")
"""Everything by which a command changes something outside itself: files, names of files, the database's socket."""
WAIT = 120
ALL_OF_IT = ("-xx", "-s", "1000000")
"""Has strace write down all that a call carries."""
SENT = re.compile(r'sendto\((\d+), "((?:\\x..)*)", \d+, .* = (-?\d+)')
THE_DRIVERS = "PDCH"
"""Messages that prepare a statement, describe it, close it, and ask for what there is."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ran: how it ended (negative: by which signal), and all it printed."""

    code: int
    out: str
    err: str


class Place:
    """One command's surroundings: a folder of our own, a store, folders for what it writes, files to read."""

    def __init__(self, folder: Path, url: str, files: Mapping[str, str], forks: Forks | None = None) -> None:
        self.folder, self.url, self.forks = folder, url, forks
        self.home, self.temp, self.out = folder / "home", folder / "tmp", folder / "out"
        self.files = {**files, "out": str(self.out)}
        self.log = folder / "strace.log"
        for each in (self.home, self.temp, self.out):
            each.mkdir(parents=True, mode=0o700)

    def lay(self, texts: Mapping[str, str]) -> None:
        """Write files into the home folder, as somebody left them there."""
        for name, text in texts.items():
            path = self.home / name
            path.write_text(text, encoding="utf-8")
            path.chmod(0o600)

    def environment(self, job: Job | None = None) -> dict[str, str]:
        """What the command finds: nothing of the person's own, and what the job names."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PATHWAYS_", "PREFECT_")) and name not in ("NO_COLOR", "FORCE_COLOR")
        }
        own = {name: value.format(**self.files) for name, value in job.environment} if job else {}
        return kept | {
            "PATHWAYS_HOME": str(self.home),
            "PATHWAYS_DATABASE_URL": self.url,
            "TMPDIR": str(self.temp),
            "PYTHONDONTWRITEBYTECODE": "1",
        } | own  # fmt: skip

    def words(self, job: Job) -> list[str]:
        return [each.format(**self.files) if each.startswith("{") else each for each in job.arguments]

    def start(self, job: Job, **own: str) -> subprocess.Popen[str]:
        """Start the command in a process of its own; `own` is added to its environment."""
        return subprocess.Popen(
            [sys.executable, str(ROOT / job.program), *self.words(job)],
            env=self.environment(job) | own, cwd=self.home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, job: Job, *wrapped: str) -> Ran:
        """Run the command in a process of its own, to its end."""
        done = subprocess.run(
            [*wrapped, sys.executable, str(ROOT / job.program), *self.words(job)],
            env=self.environment(job), cwd=self.home, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=WAIT, check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    @property
    def _strace(self) -> list[str]:
        return ["strace", "-f", "-o", str(self.log), "-e", f"trace={','.join(CALLS)}", "-e", "signal=none"]

    def started_traced(self, job: Job) -> Ran:
        """Run the command as a person starts it, its calls and all they carry written down."""
        return self.run(job, *self._strace, "--seccomp-bpf", "-qq", *ALL_OF_IT)

    def traced(self, job: Job, *inject: str, options: Sequence[str] = ()) -> Ran:
        """Run the command in a copy of the loaded program, its calls written down, with faults injected."""
        with self._begun(job) as (copy, end):
            words = [*self._strace, *options]
            words += [part for each in inject for part in ("-e", f"inject={each}")]
            tracer = subprocess.Popen([*words, "-p", str(copy)], stderr=subprocess.PIPE, text=True)
            assert tracer.stderr is not None
            said = tracer.stderr.readline()
            assert "attached" in said, said
            ran = end()
            tracer.communicate(timeout=WAIT)
        return ran

    def confined(self, job: Job, *, limit: int | None = None, out: str = "") -> Ran:
        """Run the command in a copy of the loaded program: no file larger than `limit` bytes, or printing to `out`."""
        with self._begun(job, limit=limit, out=out) as (_, end):
            return end()

    @contextlib.contextmanager
    def _begun(self, job: Job, *, limit: int | None = None, out: str = "") -> Iterator[tuple[int, Any]]:
        assert self.forks is not None
        printed, said = Path(out or self.folder / "printed"), self.folder / "said"
        copy = self.forks.begin(
            words=self.words(job), environment=self.environment(job), folder=str(self.home), out=str(printed), err=str(said),
            limit=limit, typed=job.typed, program=job.program,
        )  # fmt: skip

        def end() -> Ran:
            assert self.forks is not None
            code = self.forks.go()
            return Ran(code, "" if out else printed.read_text(), said.read_text())

        yield copy, end

    def calls(self) -> Counter[str]:
        """How often each call was made in the traced run, by the process that made it most often.

        A fault is injected at the same number in each process: beyond that there is nothing to break.
        """
        made = Counter(re.findall(r"^(\d+) +(\w+)\(", self.log.read_text(errors="replace"), re.MULTILINE))
        most: Counter[str] = Counter()
        for (_, call), times in made.items():
            most[call] = max(most[call], times)
        return most

    def messages(self) -> list[str]:
        """The kinds of the messages to PostgreSQL in a run traced with `ALL_OF_IT`, in order.

        How many of them go in one call, how soon an answer is asked for, and which statements of a batch are prepared
        on the way is the driver's affair, and depends on how quick the server is. What is executed does not.
        """
        waiting: dict[str, bytes] = {}
        found = []
        for socket, text, sent in SENT.findall(self.log.read_text()):
            left = waiting.get(socket, b"") + bytes.fromhex(text.replace("\\x", ""))[: max(0, int(sent))]
            while left:
                named = left[0] != 0  # the first messages of a connection have no kind
                size = named + int.from_bytes(left[named : named + 4], "big")
                if len(left) < max(size, 5):
                    break
                if chr(left[0]) not in THE_DRIVERS:
                    found.append(chr(left[0]))
                left = left[size:]
            waiting[socket] = left
        assert not any(waiting.values()), "half a message"
        return found

    def again(self, job: Job) -> Ran:
        """The same command in this very process, quicker."""
        if job.program != "cli.py":
            return self.run(job)
        from commands.run import run

        out, err = io.StringIO(), io.StringIO()
        before = Path.cwd()
        with self.surroundings(job):
            os.chdir(self.home)
            try:
                with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), typing(job.typed):
                    code = run(self.words(job))
            finally:
                os.chdir(before)
        return Ran(code, out.getvalue(), err.getvalue())

    @contextlib.contextmanager
    def surroundings(self, job: Job) -> Iterator[None]:
        """This process's own environment as the command finds it, and put back."""
        before, own = dict(os.environ), self.environment(job)
        os.environ.clear()
        os.environ.update(own)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
