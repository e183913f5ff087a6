"""The morning's message: what it would say to you now. It is sent by the service, once a day."""

from __future__ import annotations

import typer

from commands import screen
from commands.desk import Desk
from commands.options import Json
from commands.style import STYLE, examples

app = typer.Typer(help="The morning's message: what it says to you.", **STYLE)


@app.callback()
def digest() -> None:
    """The morning's message."""


@app.command(
    help=examples(
        "What the morning's message would say to you now: counts, and never a name. Nothing is sent; the service sends it "
        "at 7am on every day on which something is late or due.",
        "pathways digest preview",
        "pathways digest preview --json",
    )
)
def preview(as_json: Json = False) -> None:
    """Show it."""
    from models.digests import digest_of, digest_subject

    with Desk() as desk:
        body, reached = digest_of(desk.store, desk.actor.name, desk.rules, desk.now)
        subject = digest_subject(desk.today)
    ways = ["pathways worklist"]
    if as_json:
        document = {"subject": subject, "lines": body.splitlines(), "sent_to_you": reached, "next": ways}
        screen.answer_json("digest.preview/1", document)
        return
    screen.say(subject)
    screen.say()
    for line in body.splitlines() or ["Nothing of yours is late or due, so nothing would be sent."]:
        for each in screen.folded(line):
            screen.say(f"  {each}" if each else "")
    screen.say()
    if not reached:
        for line in screen.folded(
            "It is not sent to you: the staff register has no e-mail address of yours. Ask who looks after it: "
            "pathways users add"
        ):
            screen.say(line)
    screen.say(f"Next: {ways[0]}")
