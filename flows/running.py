"""Prefect's server, and the runner that does the work, as processes of ours. Not called by people.

`python -m flows.running server PORT`, `python -m flows.running runner READY-FILE`, and for one check alone
`python -m flows.running brief-server PORT`. Each ends when its standard input does, and so never outlives the process
that started it, however that one ended.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import UUID

if TYPE_CHECKING:
    from prefect.runner import Runner

AT_ONCE = 4
"""Runs of a runner at the same time; each is a process of its own."""
LOOKS = 5.0
"""Seconds after which a runner asks again what has come due."""


class Ending:
    """What to do once our standard input is closed: leave at once, until something is running that is to be ended well."""

    def __init__(self) -> None:
        self.stop: Callable[[], object] = self._leave
        threading.Thread(target=self._wait, daemon=True).start()

    def _leave(self) -> None:
        os._exit(0)

    def _wait(self) -> None:
        with suppress(OSError, ValueError):
            while sys.stdin.buffer.read(1):
                pass
        self.stop()


def server(port: int, ending: Ending, *, brief: bool = False) -> None:
    """Prefect's server on loopback, with its pages and services; brief: with what one run needs."""
    import uvicorn
    from prefect.server.api.server import create_app

    from flows.settings import LOOPBACK

    config = uvicorn.Config(
        create_app(ephemeral=brief, final=True),
        host=LOOPBACK,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )
    running = uvicorn.Server(config)

    def stop() -> None:
        running.should_exit = True

    ending.stop = stop
    running.run()


def runner(ready: Path, ending: Ending) -> None:
    """Register every deployment and automation, ask for what is to be run at the start, then run what comes due."""
    from prefect.runner import Runner

    from flows.automations import make_automations, resume_schedules
    from flows.timetable import begin, deployment, entries

    doing = Runner(
        name="pathways", limit=AT_ONCE, query_seconds=LOOKS, pause_on_shutdown=False, heartbeat_seconds=30
    )
    known = {each.full_name: cast(UUID, doing.add_deployment(deployment(each))) for each in entries()}
    make_automations(known)
    resume_schedules(known)
    begin(known)
    ready.touch(mode=0o600)
    asyncio.run(_until_input_ends(doing, ending))


async def _until_input_ends(doing: Runner, ending: Ending) -> None:
    over, loop = asyncio.Event(), asyncio.get_running_loop()
    ending.stop = lambda: loop.call_soon_threadsafe(over.set)
    working, ended = asyncio.create_task(doing.start()), asyncio.create_task(over.wait())
    await asyncio.wait({working, ended}, return_when=asyncio.FIRST_COMPLETED)
    if not working.done():
        with suppress(RuntimeError):
            await doing.astop()
        working.cancel()
    with suppress(asyncio.CancelledError):
        await working


def main(arguments: list[str]) -> None:
    """Be one of them."""
    os.umask(0o077)
    ending = Ending()
    what, given = arguments
    if what in ("server", "brief-server"):
        server(int(given), ending, brief=what == "brief-server")
    else:
        runner(Path(given), ending)


if __name__ == "__main__":
    main(sys.argv[1:])
