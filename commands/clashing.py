"""What the day of a conference clashes with: said before it is booked, moved or set for a review, in the same words.

Only what whoever is at the keyboard may see is said. A room that a conference holds which they may not see looks free
to them: see docs/scheduling.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from commands import prompts, screen
from pathways.answers import MissingAnswers, check
from pathways.definitions import Evidence
from pathways.errors import Mistyped

if TYPE_CHECKING:
    from commands.desk import Desk
    from models.another_day import Break
    from models.queries import CaseView
    from pathways.bookings import Booking

BOOKS = ("book_conference", "rebook_conference")
SETS_A_REVIEW = ("decide_plan", "continue_plan")


def of_move(
    desk: Desk, views: Sequence[CaseView], trigger: str, records: Evidence, answers: Mapping[str, Any]
) -> list[Break]:
    """What the day that a move names would break and change; nothing for a move that names none, or not yet.

    Args:
        views: the cases on which the move is made together.
        answers: what is answered so far, as the move's record asks it.
    """
    if trigger not in (*BOOKS, *SETS_A_REVIEW):
        return []
    try:
        body = check(records, answers, now=desk.now, what="").body
    except (MissingAnswers, Mistyped):
        return []  # the move itself says what is missing
    if trigger in BOOKS:
        return of_booking(desk, views, _booking(views, body))
    return of_review(desk, views, date.fromisoformat(str(body["review_on"])))


def _booking(views: Sequence[CaseView], body: Mapping[str, Any]) -> Booking:
    from pathways.bookings import Booking, begins_at, room_in

    begins = begins_at(body)
    return Booking(
        tuple(each.reference for each in views),
        date.fromisoformat(str(body["conference_on"])),
        begins.time() if begins is not None else None,
        room_in(str(body.get("where") or "")),
        str(body.get("chair") or "").strip(),
    )


def of_booking(desk: Desk, views: Sequence[CaseView], wanted: Booking) -> list[Break]:
    """What a booking breaks and changes for every child who is booked together, each sentence once."""
    from models.another_day import what_breaks

    references = [each.reference for each in views]
    rules, today = desk.rules, desk.today
    with desk.store.reading() as tx:
        found = [
            (view, each)
            for view in views
            for each in what_breaks(
                tx, view, replace(wanted, references=(view.reference,)), rules, today, moving=references
            )
        ]
    return _named(views, found)


def of_review(desk: Desk, views: Sequence[CaseView], day: date) -> list[Break]:
    """What the day that a decision sets for the review would break."""
    from models.another_day import what_a_review_breaks

    found = [
        (view, each) for view in views for each in what_a_review_breaks(view, day, desk.rules, desk.today)
    ]
    return _named(views, found)


def _named(views: Sequence[CaseView], found: Sequence[tuple[CaseView, Break]]) -> list[Break]:
    """The sentences with the case that each is about, where there are several; what is the same of all is said once."""
    said: dict[Break, list[str]] = {}
    for view, each in found:
        said.setdefault(each, []).append(view.reference)
    everybody = len(views)
    return [
        each if len(of) == everybody else replace(each, says=f"{', '.join(of)}: {each.says}")
        for each, of in said.items()
    ]


def lines(found: Sequence[Break], what: str = "It") -> list[str]:
    """What is broken, and what is only changed; `what` breaks it."""
    made: list[str] = []
    for title, hard in ((f"{what} breaks", True), (f"{what} changes", False)):
        here = [each.says for each in found if each.hard is hard]
        if here:
            made += ["", title, *(line for says in here for line in screen.wrapped("  -", says, indent=4))]
    return made


def is_hard(found: Sequence[Break]) -> bool:
    """Whether something is broken, and not only changed."""
    return any(each.hard for each in found)


def agreed(found: Sequence[Break], question: str, way: str, *, although: bool, asks: bool) -> None:
    """Go on only where nothing is broken, or somebody says that it is done all the same.

    Args:
        question: what is asked at a terminal.
        way: the command that does it all the same.
        although: whether that was said on the command line.
        asks: whether somebody is there to be asked.

    Raises:
        Mistyped: it breaks something, nobody is there to be asked, and `--although` was not given.
    """
    if although or not is_hard(found):
        return
    if not asks:
        raise Mistyped(f"Nothing was changed. To do it although it breaks something: {way} --although")
    if not prompts.confirm(question, anew=True):
        prompts.tell("Nothing was changed.")
        raise typer.Abort


def before_it_is_done(
    desk: Desk,
    views: Sequence[CaseView],
    trigger: str,
    records: Evidence,
    answers: Mapping[str, Any],
    *,
    although: bool,
    asks: bool,
    dry_run: bool,
    as_json: bool,
) -> list[Break]:
    """Say what a move's day clashes with, and let go on only who means it; what was said.

    A decision is the conference's own: what its review day breaks is said, and without a terminal it is written all the
    same.

    Raises:
        Mistyped: as `agreed`.
    """
    found = of_move(desk, views, trigger, records, answers)
    if not found:
        return []
    books = trigger in BOOKS
    for line in [*lines(found, "It" if books else "The day of the review"), ""]:
        (screen.say if dry_run and not as_json else prompts.tell if asks else screen.complain)(line)
    if not dry_run:
        question = "Book it all the same?" if books else "Is that the day of the review?"
        way = f"pathways do {views[0].reference} {trigger.replace('_', '-')} ..."
        agreed(found, question, way, although=although or not (books or asks), asks=asks)
    return found


def as_json(found: Sequence[Break]) -> dict[str, list[str]]:
    """What was said, for another program."""
    return {
        "breaks": [each.says for each in found if each.hard],
        "changes": [each.says for each in found if not each.hard],
    }
