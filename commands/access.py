"""Who may see a case: why, since when and on whose word; letting in, keeping out, restricting, breaking the glass.

A case that somebody may not see is answered as one that is not there, here as everywhere.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import forms, prompts, screen
from commands.desk import Desk
from commands.options import Because, Case, Json, NoInput
from commands.spoken import full_day, iso
from commands.style import STYLE, examples
from commands.typed_dates import parse
from pathways.errors import Mistyped
from pathways.moments import LONDON, local_day

if TYPE_CHECKING:
    from models.sight import Named, Sight

app = typer.Typer(help="Who may see a case, since when, on whose word.", **STYLE)

NAMED_SHOWN = 40


@app.callback()
def access() -> None:
    """Who may see a case, since when, on whose word."""


@app.command(
    help=examples("Who can see this case now, since when, on whose word.", "pathways access why cp41")
)
def why(case: Case, as_json: Json = False) -> None:
    """Who can see this case now, since when, on whose word."""
    with Desk() as desk:
        view = desk.case(case)
        _tell(desk, view, desk.now, desk.now, f"now, {full_day(desk.today)}", as_json)


@app.command(
    help=examples(
        "Who could have seen this case on a day that has passed.", "pathways access on cp41 --date 2026-11-03"
    )
)
def on(
    case: Case,
    day: Annotated[str, typer.Option("--date", metavar="DATE", help="The day; today if left out.")] = "",
    as_json: Json = False,
) -> None:
    """Who could have seen this case on a day."""
    from models.sight import day_of

    with Desk() as desk:
        wanted = _day(desk, day, ahead=False) if day else desk.today
        view = desk.case(case)
        start, end = day_of(wanted)
        _tell(desk, view, start, min(end, desk.now), full_day(wanted), as_json)


def _day(desk: Desk, typed: str, *, ahead: bool) -> date:
    return local_day(parse(typed, now=desk.now, calendar=lambda: desk.rules.calendar, ahead=ahead))


def _tell(desk: Desk, view: Any, start: datetime, end: datetime, when: str, as_json: bool) -> None:
    from models.sight import sight

    with desk.store.reading() as tx:
        found = sight(tx, view.row, start, end)
    if as_json:
        screen.answer_json("access/1", _as_json(view, found, start))
        return
    for line in _screen(view, found, when):
        screen.say(line)


def _screen(view: Any, found: Sight, when: str) -> list[str]:
    lines = [*screen.wrapped("", f"Who can see {view.reference}: {when}", indent=0), ""]
    if found.everybody:
        said = (
            "Everybody of the local authority who holds a role; of a partner agency, those in the team "
            f"{view.row.team or 'that holds it'} and those whom it names."
        )
        lines += screen.wrapped("", said, indent=2)
    else:
        lines.append("  RESTRICTED: only these")
        for each in found.restricted:
            since = full_day(each.from_at.astimezone(LONDON))
            lines += screen.wrapped("", f"since {since}, by {each.by_login}: {each.because}", indent=2)
    for title, named in (("Let in", found.named), ("Kept out", found.kept_out)):
        if named:
            lines += ["", title]
            for each in named[:NAMED_SHOWN]:
                lines += _named(each)
    if len(found.named) > NAMED_SHOWN:
        lines.append(f"  and {len(found.named) - NAMED_SHOWN} more: add --json")
    return [*lines, "", f"Next: pathways show {view.reference}"]


def _named(each: Named) -> list[str]:
    said = f"{each.how}, since {_when(each.since)}"
    if each.until is not None:
        said += f", until {_when(each.until)}"
    if each.by:
        said += f"; {each.by}: {each.because}"
    return [
        f"  {screen.fit(each.login, 24):<24} {screen.fit(each.title, 50)}".rstrip(),
        *screen.wrapped("", said, indent=4),
    ]


def _when(moment: datetime | date) -> str:
    return full_day(moment.astimezone(LONDON) if isinstance(moment, datetime) else moment)


def _as_json(view: Any, found: Sight, start: datetime) -> dict[str, Any]:
    return {
        "case": view.reference,
        "at": iso(start),
        "everybody": found.everybody,
        "restricted": [
            {
                "since": iso(each.from_at),
                "by": each.by_login,
                "because": each.because,
                "person": each.person_id is not None,
            }
            for each in found.restricted
        ],
        "let_in": [_named_json(each) for each in found.named],
        "kept_out": [_named_json(each) for each in found.kept_out],
        "next": [f"pathways show {view.reference}"],
    }


def _named_json(each: Named) -> dict[str, Any]:
    return {
        "login": each.login,
        "title": each.title,
        "how": each.how,
        "since": iso(each.since),
        "until": iso(each.until),
        "because": each.because,
        "by": each.by,
    }


# --- letting in, keeping out ----------------------------------------------------------------------------------------


@app.command(
    help=examples(
        "Let somebody in to a restricted case; to the end of a day, or until it is taken back.",
        "pathways access grant LADO-7KQ4M2X --to j.moss --until 2026-12-18 --because 'covers my leave'",
    )
)
def grant(
    case: Case,
    to: Annotated[str, typer.Option("--to", metavar="LOGIN", help="Who, by login.")],
    because: Because,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="The last day.")] = "",
    as_json: Json = False,
) -> None:
    """Let somebody in."""
    from models.letting_in import grant as let_in

    with Desk() as desk:
        last = _day(desk, until, ahead=True) if until else None
        view = desk.case(case)
        let_in(desk.store, view.reference, to, until=last, because=because, actor=desk.actor, now=desk.now)
        said = f"{to} is let in to {view.reference}" + (f" until {full_day(last)}." if last else ".")
        _done(view.reference, said, as_json)


@app.command(
    help=examples(
        "Take back what let somebody in.",
        "pathways access revoke LADO-7KQ4M2X --to j.moss --because 'leave is over'",
    )
)
def revoke(
    case: Case,
    to: Annotated[str, typer.Option("--to", metavar="LOGIN", help="Who, by login.")],
    because: Because,
    as_json: Json = False,
) -> None:
    """Take it back."""
    from models.letting_in import revoke as take_back

    with Desk() as desk:
        view = desk.case(case)
        take_back(desk.store, view.reference, to, because=because, actor=desk.actor, now=desk.now)
        _done(view.reference, f"{to} is no longer let in to {view.reference}.", as_json)


@app.command(
    help=examples(
        "Keep somebody out of a case and of its person, for good. Two people end it if it was a mistake.",
        "pathways access exclude cp41 --who j.moss --because 'a relative of the family'",
    )
)
def exclude(
    case: Case,
    who: Annotated[str, typer.Option("--who", metavar="LOGIN", help="Who, by login.")],
    because: Because,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Keep somebody out."""
    from models.access import reason, somebody
    from models.letting_in import exclude as shut_out

    with Desk() as desk:
        view = desk.case(case)
        if prompts.can_ask(no_input, as_json):
            reason(because)
            with desk.store.reading() as tx:
                somebody(tx, who)
            if not prompts.confirm(
                f"{who} is kept out of {view.reference} for good. Is that right?", anew=True
            ):
                raise typer.Abort
        shut_out(desk.store, view.reference, who, because=because, actor=desk.actor, now=desk.now)
        _done(view.reference, f"{who} is kept out of {view.reference} and of its person, for good.", as_json)


@app.command(
    help=examples(
        "Restrict a person: every case of theirs, those opened later too, is seen only by you and those you name. "
        "Where one case of a child is restricted and another is not, the other may still tell that there is one.",
        "pathways access restrict cp41 --to j.moss --because 'child of a member of staff'",
        "pathways access restrict cp41 --this-case-only --because 'as the police ask'",
    )
)
def restrict(
    case: Case,
    because: Because,
    to: Annotated[
        list[str] | None, typer.Option("--to", metavar="LOGIN", help="Who else sees it; repeat for more.")
    ] = None,
    this_case_only: Annotated[
        bool, typer.Option("--this-case-only", help="Leave the person's other cases as they are.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Restrict a person, or one case."""
    from models.restricting import restrict as close

    with Desk() as desk:
        view = desk.case(case)
        named = close(
            desk.store,
            view.reference,
            whole_person=not this_case_only,
            let_in=to or [],
            because=because,
            actor=desk.actor,
            now=desk.now,
        )
        what = view.reference if this_case_only else f"{view.reference} and every other case of the person"
        _done(view.reference, f"Restricted: {what}. Seen only by {', '.join(named)}.", as_json)


@app.command(
    help=examples(
        "Ask for a restriction to be lifted. Somebody else decides.",
        "pathways access lift cp41 --because 'no longer needed'",
    )
)
def lift(case: Case, because: Because, as_json: Json = False) -> None:
    """Ask for a restriction to be lifted."""
    from models.restricting import ask_to_lift

    with Desk() as desk:
        view = desk.case(case)
        ask_to_lift(desk.store, view.reference, because=because, actor=desk.actor, now=desk.now)
        said = f"Asked. Somebody else decides: pathways access agree {view.reference} --because TEXT"
        _done(view.reference, said, as_json)


@app.command(
    help=examples(
        "Ask for somebody to be no longer kept out, where that was a mistake. A designated officer decides.",
        "pathways access readmit cp41 --who j.moss --because 'of the same name, not a relative'",
    )
)
def readmit(
    case: Case,
    who: Annotated[str, typer.Option("--who", metavar="LOGIN", help="Who, by login.")],
    because: Because,
    as_json: Json = False,
) -> None:
    """Ask for somebody to be no longer kept out."""
    from models.readmitting import ask

    with Desk() as desk:
        view = desk.case(case)
        ask(desk.store, view.reference, who, because=because, actor=desk.actor, now=desk.now)
        way = f"pathways access agree {view.reference} --who {who} --because TEXT"
        _done(view.reference, f"Asked. A designated officer decides: {way}", as_json)


@app.command(
    help=examples(
        "Decide what somebody else has asked for: lifting a restriction, or with --who letting somebody back.",
        "pathways access agree cp41 --because 'looked at with the team manager'",
        "pathways access agree cp41 --who j.moss --because 'birth dates differ'",
    )
)
def agree(
    case: Case,
    because: Because,
    who: Annotated[
        str, typer.Option("--who", metavar="LOGIN", help="Whom to keep out no longer; else the restriction.")
    ] = "",
    decline: Annotated[bool, typer.Option("--decline", help="Say no.")] = False,
    as_json: Json = False,
) -> None:
    """Decide as the second person."""
    from models.readmitting import decide
    from models.restricting import decide_lift

    with Desk() as desk:
        view = desk.case(case)
        if who:
            decide(
                desk.store,
                view.reference,
                who,
                agreed=not decline,
                because=because,
                actor=desk.actor,
                now=desk.now,
            )
            said = f"{who} stays kept out of" if decline else f"{who} is no longer kept out of"
            _done(view.reference, f"{said} {view.reference}.", as_json)
            return
        decide_lift(
            desk.store, view.reference, agreed=not decline, because=because, actor=desk.actor, now=desk.now
        )
        said = f"Declined. {view.reference} stays restricted." if decline else f"Lifted on {view.reference}."
        _done(view.reference, said, as_json)


def _done(reference: str, said: str, as_json: bool) -> None:
    screen.answer_change(
        "access.change/1", reference, said, f"pathways access why {reference}", as_json=as_json
    )


# --- breaking the glass ------------------------------------------------------------------------------------------------


@app.command(
    "open",
    help=examples(
        "Break the glass: see one restricted case for 4 hours. The owning officer is told at once. "
        "Typed by a person, never by a script.",
        "pathways access open LADO-9TX2C4H",
    ),
)
def open_(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The whole reference.")],
    because: Annotated[
        str, typer.Option("--because", metavar="TEXT", help="Why, in 10 letters or more.")
    ] = "",
    no_input: NoInput = False,
) -> None:
    """Break the glass."""
    from models.access import reason
    from models.glass import break_glass
    from pathways.access import GLASS_HOURS, REASON_LETTERS, REVIEW_DAYS

    reference = case.strip().upper()
    with Desk() as desk:
        if not prompts.can_ask(no_input, as_json=False):
            raise Mistyped(
                "This is typed by a person at a terminal: the reason, and the reference once more."
            )
        if because:
            reason(because, REASON_LETTERS)
        prompts.tell(
            f"Break glass. You will see this case for {GLASS_HOURS} hours. The owning officer is told now, and must "
            f"review it within {REVIEW_DAYS} working days."
        )
        said = because or prompts.ask("Why do you need it?", kind="text")
        if prompts.ask("Type the reference to go on:", anew=True).strip().upper() != reference:
            raise Mistyped("That is not the reference. Nothing was changed.")
        with forms.finishing(desk):
            until = break_glass(desk.store, reference, because=said, actor=desk.actor, now=desk.now)
    if until is None:
        screen.say("You can see this case already. Nothing was changed.")
    else:
        screen.say(f"Open to you until {full_day(until.astimezone(LONDON))}. The owning officer is told.")
    screen.say(f"Next: pathways show {screen.shown(reference)}")
