"""A process that has loaded the whole program once and copies itself for each command that is to be broken.

Starting Python and loading the program would be nine tenths of every repetition. A copy made by `fork` has loaded it
already and done nothing yet; it waits until whoever traces it is ready, runs one command and ends. That it makes the
calls of a command that is started in the usual way is tested in test_every_command_is_declared.py.

Requests and answers are lines of JSON on standard input and output; one command at a time.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, Any, NoReturn
from unittest.mock import patch

ROOT = Path(__file__).parents[2]
LONGEST = 120
"""Seconds after which a command that hangs is ended."""
FLUSH_FAILED = 120
"""Python's own exit code where what was printed cannot be written out at the end."""
LOADED = (
    "sqlalchemy", "alembic.command", "cryptography.hazmat.primitives.ciphers.aead", "psycopg", "sqlcipher3.dbapi2", "keyring",
    "docxtpl", "tests.faults.service_steps", "cryptography.hazmat.primitives.asymmetric.ed25519",
)  # fmt: skip
"""What the program loads only where it needs it."""
NOT_LOADED = ("models.migrations", "models.build")
"""What is run and not imported."""


class Forks:
    """The loaded program, and commands run in copies of it. Use as a context manager."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forks"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._heard() == "ready"

    def __enter__(self) -> Forks:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe(self._server.stdin).close()
        self._pipe(self._server.stdout).close()
        self._server.wait(10)

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe

    def _heard(self) -> Any:
        line = self._pipe(self._server.stdout).readline()
        assert line, "the loaded program has ended"
        return json.loads(line)

    def _say(self, said: Any) -> None:
        pipe = self._pipe(self._server.stdin)
        pipe.write(json.dumps(said) + "\n")
        pipe.flush()

    def begin(self, **asked: Any) -> int:
        """Make a copy that waits before it runs the command; its process number. See `_Copy` for what is asked."""
        self._say(asked)
        return int(self._heard())

    def go(self) -> int:
        """Let it run, to its end: the exit code, or negative, by which signal."""
        self._say("go")
        return int(self._heard())


def _load() -> None:
    """Import everything that a command may import, so that no copy has to."""
    import commands
    import models

    for package in (commands, models):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith(NOT_LOADED):
                import_module(found.name)
    for name in LOADED:
        import_module(name)


def _run(asked: dict[str, Any], wait: int) -> NoReturn:
    """In the copy: wait, then be the command."""
    signal.alarm(LONGEST)
    for number, name in ((1, "out"), (2, "err")):
        opened = os.open(asked[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    if asked["limit"] is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["limit"], asked["limit"]))
    sys.argv = ["pathways", *asked["words"]]
    os.read(wait, 1)
    with typing(asked["typed"]):
        code = _ended(asked["program"])
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        code = FLUSH_FAILED
    os._exit(code)


@contextmanager
def typing(answers: Sequence[str]) -> Iterator[None]:
    """Answer the questions of a command that asks only at a terminal, in order; with no answers there is no terminal."""
    from commands import prompts

    left = list(answers)
    with ExitStack() as patched:
        if answers:
            patched.enter_context(patch.object(prompts, "can_ask", lambda no_input, as_json: True))
            patched.enter_context(patch.object(prompts, "ask", lambda question, default="", **_: left.pop(0)))
        yield


def _ended(program: str) -> int:
    main = import_module(program.removesuffix(".py").replace("/", ".")).main
    try:
        main()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def serve() -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    _load()
    assert threading.active_count() == 1, "a copy would lack the other threads"
    gc.collect()
    gc.freeze()

    def answer(said: Any) -> None:
        answers.write(json.dumps(said) + "\n")
        answers.flush()

    answer("ready")
    for line in sys.stdin:
        waiting, start = os.pipe()
        copy = os.fork()
        if copy == 0:
            os.close(start)
            _run(json.loads(line), waiting)
        os.close(waiting)
        answer(copy)
        sys.stdin.readline()
        os.write(start, b"g")
        os.close(start)
        _, status = os.waitpid(copy, 0)
        answer(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    serve()
