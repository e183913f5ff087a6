"""How long files are kept: why, what is due for review, what bars it, and destruction by two people and a third look.

Nothing here happens by itself: what is due is a list that a person reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import prompts, screen
from commands.desk import Desk
from commands.options import Because, Case, DryRun, Json
from commands.retention_list import after_list, list_json, list_screen
from commands.retention_why import (
    file_json,
    file_screen,
    in_runs,
    kind_in_words,
    page_options,
    say_session,
    session_named,
)
from commands.style import STYLE, examples
from commands.typed_dates import parse
from pathways.errors import Mistyped
from pathways.moments import local_day

if TYPE_CHECKING:
    from models.retention import Weighed
    from pathways.rulebook import Rulebook


app = typer.Typer(help="How long files are kept, and their end by two people.", **STYLE)
OrSession = Annotated[
    str,
    typer.Argument(
        metavar="CASE", help="A reference, or a short form: cp41; a session of supervision: session-12."
    ),
]
Page = Annotated[int | None, typer.Option("--page", metavar="N", min=1, help="Only this page of the file.")]
Pages = Annotated[
    list[int] | None,
    typer.Option("--page", metavar="N", min=1, help="Only this page of the file; again for more."),
]
Ground = Annotated[
    str, typer.Option("--as", metavar="KIND", help="What keeps it; see: pathways retention hold -h")
]
SHOWN = 20
_KINDS = (
    "hold, inquiry, complaint, subject_access (these bar it altogether); sexual_abuse, by_professional, "
    "employer_record (these make it longer)"
)


@app.callback()
def retention() -> None:
    """How long files are kept, and their end by two people."""


@app.command(
    help=examples(
        "The list to review: cases whose keeping, and that of their person, has ended; pages of files that are kept, whose "
        "own keeping has; and sessions of supervision that you may read.",
        "pathways retention due",
        "pathways retention due -n 100 --json",
    )
)
def due(
    many: Annotated[int, typer.Option("-n", metavar="N", min=1, help="How many at most.")] = SHOWN,
    as_json: Json = False,
) -> None:
    """What is due for review."""
    from models.page_retention import due_pages
    from models.retention import due as listed
    from models.retention import old_sessions

    with Desk() as desk:
        rules = desk.rules.rulebook
        with desk.store.reading() as tx:
            found = listed(tx, rules, desk.today)
            pages = due_pages(tx, rules, desk.today)
            sessions = old_sessions(tx, rules, desk.today)
    nexts = after_list(found, pages, sessions)
    if as_json:
        screen.answer_json(
            "retention.due/1", {**list_json(found, pages, sessions, many, desk.today), "next": nexts}
        )
        return
    for line in list_screen(found, pages, sessions, many, desk.today):
        screen.say(line)
    screen.say()
    screen.say(f"Nothing goes by itself. Next: {nexts[0]}")


@app.command(
    help=examples(
        "How long a file is kept: every rule considered, the longest, what bars it, who asked for its end.",
        "pathways retention why cp41",
        "pathways retention why session-12",
        "pathways retention why cp41 --json",
    )
)
def why(case: OrSession, as_json: Json = False) -> None:
    """How long a file is kept, and why."""
    from models.page_retention import of_file
    from models.retention import weigh

    with Desk() as desk:
        session = session_named(desk, case)
        if session is not None:
            say_session(session, desk.today, as_json)
            return
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        rules = desk.rules.rulebook
        with desk.store.reading() as tx:
            found = weigh(tx, view.reference, rules, desk.today)
            pages = of_file(tx, found, rules, desk.today)
    if as_json:
        screen.answer_json("retention/1", file_json(found, pages, desk.today))
        return
    for line in file_screen(found, pages, desk.today):
        screen.say(line)


@app.command(
    help=examples(
        f"Keep a file from being destroyed, or for longer. KIND is one of: {_KINDS}.",
        "pathways retention hold cp41 --as complaint --because 'stage 2 of the complaint'",
        "pathways retention hold cp41 --as inquiry --whole-person --because 'the national inquiry asks'",
        "pathways retention hold cp41 --as by_professional --page 4 --because 'as the police found'",
    )
)
def hold(
    case: Case,
    because: Because,
    kind: Ground = "hold",
    whole_person: Annotated[
        bool, typer.Option("--whole-person", help="Everything kept of the person, later cases too.")
    ] = False,
    page: Page = None,
    pension: Annotated[
        str, typer.Option("--pension-date", metavar="DATE", help="Pension age, for an employer's record.")
    ] = "",
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Keep it from being destroyed, or for longer."""
    from models.file_marks import mark

    with Desk() as desk:
        view = desk.case(case)
        _known(kind)
        day = _typed_day(desk, pension) if pension else None
        what = _what(view.reference, page)
        if whole_person:
            what = f"everything of {view.reference}'s person"
        if dry_run:
            _would(view.reference, f"This would keep {what}: {kind_in_words(kind)}.", as_json)
            return
        mark(
            desk.store, view.reference, kind, whole_person=whole_person, because=because, actor=desk.actor, now=desk.now,
            pension_on=day, page=page,
        )  # fmt: skip
        _done(view.reference, f"Kept: {what}, for {kind_in_words(kind)}.", as_json)


def _what(reference: str, pages: Sequence[int] | int | None) -> str:
    if not pages:
        return reference
    numbers = [pages] if isinstance(pages, int) else pages
    return f"{'page' if len(numbers) == 1 else 'pages'} {in_runs(numbers)} of {reference}"


def _known(kind: str) -> None:
    from pathways.keeping import BARS, GROUNDS

    if kind not in BARS | GROUNDS:
        raise Mistyped(f"Nothing is kept as '{screen.shown(kind)}'. One of: {_KINDS}. Nothing was changed.")


def _typed_day(desk: Desk, typed: str) -> date:
    return local_day(parse(typed, now=desk.now, calendar=lambda: desk.rules.calendar, ahead=True))


@app.command(
    help=examples(
        f"End what kept a file. KIND is one of: {_KINDS}.",
        "pathways retention release cp41 --as complaint --because 'the complaint is closed'",
        "pathways retention release cp41 --because 'the court no longer needs it' --dry-run",
    )
)
def release(
    case: Case,
    because: Because,
    kind: Ground = "hold",
    page: Page = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """End what kept it."""
    from models.file_marks import release as let_go

    with Desk() as desk:
        view = desk.case(case)
        _known(kind)
        if dry_run:
            _would(
                view.reference,
                f"This would end on {_what(view.reference, page)}: {kind_in_words(kind)}.",
                as_json,
            )
            return
        let_go(
            desk.store, view.reference, kind, because=because, actor=desk.actor, now=desk.now, page=page
        )  # fmt: skip
        _done(view.reference, f"Ended on {_what(view.reference, page)}: {kind_in_words(kind)}.", as_json)


@app.command(
    help=examples(
        "Review a file that is due, and ask for its destruction. The reason stays when the file is gone: no names.",
        "pathways retention review cp41 --because 'read whole; nothing is needed any more'",
        "pathways retention review cp41 --page 3 --page 4 --because 'both pages read whole'",
        "pathways retention review session-12 --because 'read whole; nothing is needed'",
        "pathways retention review cp41 --because 'read whole' --dry-run",
    )
)
def review(
    case: OrSession, because: Because, pages: Pages = None, dry_run: DryRun = False, as_json: Json = False
) -> None:
    """Ask for its destruction."""
    from models import page_retention, retention, session_retention

    with Desk() as desk:
        session = session_named(desk, case, pages)
        reference = session.name if session else desk.case(case).reference
        what = f"{reference}{page_options(pages or ())}"
        if dry_run:
            _would(reference, f"This would ask for the destruction of {_what(reference, pages)}.", as_json)
            return
        told: dict[str, Any] = {
            "because": because, "rules": desk.rules.rulebook, "actor": desk.actor, "now": desk.now,
        }  # fmt: skip
        if session:
            session_retention.ask(desk.store, session.row.id, **told)
        elif pages:
            page_retention.ask(desk.store, reference, pages, **told)
        else:
            retention.ask(desk.store, reference, **told)
        _done(
            reference,
            f"Asked. Somebody else decides: pathways retention approve {what} --because TEXT",
            as_json,
        )


@app.command(
    help=examples(
        "Decide what somebody else has asked for: the destruction of a file.",
        "pathways retention approve cp41 --because 'looked at with the records officer'",
        "pathways retention approve cp41 --decline --because 'a sister may still ask'",
        "pathways retention approve session-12 --because 'looked at with the head'",
    )
)
def approve(
    case: OrSession,
    because: Because,
    pages: Pages = None,
    decline: Annotated[bool, typer.Option("--decline", help="Say no.")] = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Decide as the second person."""
    from models import page_retention, retention, session_retention

    with Desk() as desk:
        session = session_named(desk, case, pages)
        reference = session.name if session else desk.case(case).reference
        if dry_run:
            what = _what(reference, pages)
            said = f"This would {'decline' if decline else 'agree to'} the destruction of {what}."
            _would(reference, said, as_json)
            return
        told: dict[str, Any] = {
            "agreed": not decline, "because": because, "rules": desk.rules.rulebook, "actor": desk.actor, "now": desk.now,
        }  # fmt: skip
        if session:
            session_retention.decide(desk.store, session.row.id, **told)
        elif pages:
            page_retention.decide(desk.store, reference, pages, **told)
        else:
            retention.decide(desk.store, reference, **told)
        stays = "session" if session else "file"
        said = f"Declined; the {stays} stays."
        _done(reference, said if decline else "Agreed. Nothing is destroyed until a person does it.", as_json)


@app.command(
    help=examples(
        "Destroy what was kept of a case, once two people have decided. Typed by a person, never by a script.",
        "pathways retention destroy cp41",
        "pathways retention destroy cp41 --page 3 --page 4",
        "pathways retention destroy session-12",
        "pathways retention destroy cp41 --dry-run",
    )
)
def destroy(
    case: OrSession,
    pages: Pages = None,
    dry_run: DryRun = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing; then nothing is done.")] = False,
) -> None:
    """Destroy it, by hand."""
    from models.page_retention import carry_out as carry_out_pages
    from models.retention import carry_out, weigh
    from models.session_retention import carry_out as carry_out_session

    with Desk() as desk:
        rules = desk.rules.rulebook
        session = session_named(desk, case, pages)
        reference = session.name if session else desk.case(case).reference
        if dry_run:
            if session:
                kept = session.why_kept(desk.today)
            else:
                with desk.store.reading() as tx:
                    found = weigh(tx, reference, rules, desk.today)
                kept = _why_kept(found, pages, rules, desk.today)
            _would(
                reference,
                f"It is kept: {kept}." if kept else "It may be destroyed once two agree.",
                False,
            )
            return
        if not prompts.can_ask(no_input, as_json=False):
            raise Mistyped(
                "This is typed by a person at a terminal: the reference, once more. Nothing was changed."
            )
        stays = "Who met, when, and who signed stays." if session else "Its chain stays and still verifies."
        prompts.tell(f"What was written of {_what(reference, pages)} will be gone for good. {stays}")
        if prompts.ask("Type the reference to go on:", anew=True).strip().upper() != reference.upper():
            raise Mistyped("That is not the reference. Nothing was changed.")
        by: dict[str, Any] = {"rules": rules, "actor": desk.actor, "now": desk.now}
        if session:
            certificate = carry_out_session(desk.store, session.row.id, **by)
        elif pages:
            certificate = carry_out_pages(desk.store, reference, pages, **by).text()
        else:
            certificate = carry_out(desk.store, reference, **by).text()
    screen.say("Destroyed. The certificate:")
    screen.say()
    for line in certificate.splitlines():
        screen.say(f"  {line}")
    screen.say()
    it = "them" if pages else "it"
    screen.say(f"Backups of before hold {it} until new keys replace theirs: pathways db backup")
    screen.say("Next: pathways audit verify")


def _why_kept(found: Weighed, pages: list[int] | None, rules: Rulebook, today: date) -> str:
    """Why it is kept, or the first of the pages that is; empty where it may go."""
    from pathways.keeping import keep_page

    if not pages:
        return found.together.why_kept(today)
    whys = (keep_page(found.file, each, found.others, rules, today).why_kept(today) for each in sorted(pages))
    return next(filter(None, whys), "")


def _would(reference: str, said: str, as_json: bool) -> None:
    _done(reference, said, as_json, changed=False)


def _done(reference: str, said: str, as_json: bool, *, changed: bool = True) -> None:
    screen.answer_change(
        "retention.change/1", reference, said, f"pathways retention why {reference}", as_json=as_json, changed=changed
    )  # fmt: skip
