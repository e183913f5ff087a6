"""`--once NAME`: a move or a note that a script may send again after it was cut off, and that is saved one time.

The name is stored as the key of the entry, which is unique. Where the entry is there already its receipt is given
again, with exit code 0, and nothing is changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import screen
from pathways.answers import CODE
from pathways.errors import Mistyped

if TYPE_CHECKING:
    from commands.desk import Desk
    from models.queries import CaseView

Once = Annotated[
    str,
    typer.Option(
        "--once", metavar="NAME", help="For scripts: a name for this, as run-7; sent again, it is saved once."
    ),
]


def key_of(view: CaseView, name: str) -> str:
    """The key of the entry that is saved under a name, on this case.

    Raises:
        Mistyped: the name cannot be one.
    """
    if not re.fullmatch(CODE, name):
        raise Mistyped(
            f"--once takes a short name without personal data: small letters, digits and hyphens, up to 40, "
            f"and not {screen.shown(name)[:40]}."
        )
    return f"{view.reference}/once/{name}"


def said_before(desk: Desk, view: CaseView, name: str, trigger: str, *, as_json: bool) -> bool:
    """Whether an entry was saved under this name before; if so its receipt is printed again.

    Raises:
        Mistyped: the name stands for something else that was done.
    """
    key = key_of(view, name)
    with desk.store.reading() as tx:
        there: Any = tx.one("entry_of_key", reference=view.reference, key=key)
    if there is None:
        return False
    if there.action != trigger:
        done = there.action.replace("_", "-")
        raise Mistyped(f"The name {name} stands for {done} on {view.reference}. Give another: --once NAME")
    code = bytes(there.hash).hex()[:8]
    if as_json:
        ways = [f"pathways next {view.reference}"]
        told = {"ok": True, "changed": False, "case": view.reference, "entry": there.seq, "code": code}
        screen.answer_json("once/1", {**told, "next": ways})
        return True
    screen.say(f"Saved before - entry {there.seq} - {code}. Nothing was changed now.")
    screen.say(f"Next: pathways next {view.reference}")
    return True
