"""Saying that two records are of one person, and taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from commands import forms, prompts, screen
from commands.desk import Desk
from commands.show import heading
from pathways.errors import Mistyped

if TYPE_CHECKING:
    from models.queries import CaseView


def link(
    desk: Desk,
    view: CaseView,
    action: str,
    other: str,
    because: str,
    *,
    asks: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Carry out `merge` with the case of another record, or `split`; say how it is taken back.

    Raises:
        Mistyped: the other case is not named.
    """
    from models.one_person import merge, split

    desk.looked(view, as_json=as_json)
    if action == "merge":
        there = _other_record(desk, view, other, asks=asks, as_json=as_json)
    because = because or (prompts.ask("Why? (goes on the record)", kind="text") if asks else "")
    if action == "merge":
        if asks and not dry_run and not prompts.confirm("Are the two of one person?", anew=True):
            raise typer.Abort
        with forms.finishing(desk):
            line = merge(
                desk.store, view.reference, there.reference, because=because, actor=desk.actor, now=desk.now,
                dry_run=dry_run,
            )  # fmt: skip
        said, back = (
            f"{view.reference} and {there.reference} are of one person.",
            f"pathways people {there.reference} split",
        )
    else:
        with forms.finishing(desk):
            line = split(
                desk.store, desk.rules, view.reference, because=because, actor=desk.actor, now=desk.now,
                dry_run=dry_run,
            )  # fmt: skip
        said, back = (
            f"{view.reference} stands on a record of its own again.",
            f"pathways people {view.reference}",
        )
    if as_json:
        document = {"ok": True, "changed": not dry_run, "case": view.reference, "next": [back]}
        screen.answer_json("people.link/1", document)
        return
    screen.say(said if not dry_run else "It could be done. Nothing was changed.")
    if not dry_run:
        screen.say(line)
    screen.say(
        f"Next: pathways people {view.reference}"
        if action == "split"
        else f"To take it back: {back} --because TEXT"
    )


def _other_record(desk: Desk, view: CaseView, other: str, *, asks: bool, as_json: bool) -> CaseView:
    """The case of the other record, looked at; both are shown to whoever can be asked."""
    if not other:
        raise Mistyped(
            f"Name a case of the other record: pathways people {view.reference} merge CASE --because TEXT"
        )
    there = desk.case(other)
    desk.looked(there, as_json=as_json)
    if asks:
        prompts.tell(
            f"{view.reference}: {heading(view, desk.today)}.  {there.reference}: {heading(there, desk.today)}."
        )
        prompts.tell("Both are shown as one person from now on. Nothing is moved; split gives back what was.")
    return there
