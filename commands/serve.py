"""The service on this computer: Prefect's server, every flow on its timetable, the pages for managers."""

from __future__ import annotations

import signal
import time
from contextlib import ExitStack
from typing import Annotated

import typer

from commands import screen
from commands.desk import Desk, database_url, home
from commands.progress import waiting
from commands.style import STYLE, examples
from pathways.errors import NotReady

app = typer.Typer(**STYLE)

LOOK_SECONDS = 1.0


@app.command(
    help=examples(
        "Start the service: nightly check, messages, pages for managers. Ctrl+C stops all of it.",
        "pathways serve",
        "pathways serve --port 4300",
        "PREFECT_API_URL=https://prefect.example/api pathways serve --no-server",
    )
)
def serve(
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=1024, max=65535, help="Of the pages, on this computer.")
    ] = 4200,
    no_server: Annotated[
        bool, typer.Option("--no-server", help="Use the Prefect server that PREFECT_API_URL names.")
    ] = False,
) -> None:
    """Start the service: nightly check, messages, pages for managers. Ctrl+C stops all of it."""
    from flows.service import service
    from flows.settings import prefect_is_here

    if not prefect_is_here():
        raise NotReady("Prefect is not installed: pip install 'safeguarding-pathways[server]'")
    url = database_url()
    with Desk(url):
        pass  # no records, or another version: said before anything starts
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager stops us as Ctrl+C does
    screen.say("Starting. This takes up to a minute; the first time longer.")
    try:
        with ExitStack() as stack:
            with waiting():
                running = stack.enter_context(service(url, home(), port=port, own_server=not no_server))
            screen.say()
            screen.say(f"Pages for managers:  {running.wall}")
            screen.say("The check runs now and every night at 4:15am, London time.")
            screen.say("Stop all of it: Ctrl+C. Is it well: pathways doctor")
            while not running.ended():
                time.sleep(LOOK_SECONDS)
            raise NotReady(running.ended())
    except KeyboardInterrupt:
        screen.say("Stopped. Nothing is lost: what was due meanwhile is found by the next check.")
