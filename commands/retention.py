"""How long files are kept: why, what is due for review, what bars it, and destruction by two people and a third look.

Nothing here happens by itself: what is due is a list that a person reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import prompts, screen
from commands.desk import Desk
from commands.run import STYLE, examples
from commands.spoken import full_day, iso, plural
from commands.typed_dates import parse
from pathways.errors import Mistyped
from pathways.moments import LONDON, ONE_DAY, local_day

if TYPE_CHECKING:
    from models.page_retention import DuePages
    from models.retention import OldSession, Weighed
    from models.session_retention import Ending
    from pathways.keeping import Considered
    from pathways.rulebook import Rulebook

app = typer.Typer(help="How long files are kept, and their end by two people.", **STYLE)

Case = Annotated[str, typer.Argument(metavar="CASE", help="A reference, or a short form: cp41.")]
OrSession = Annotated[
    str,
    typer.Argument(
        metavar="CASE", help="A reference, or a short form: cp41; a session of supervision: session-12."
    ),
]
Because = Annotated[str, typer.Option("--because", metavar="TEXT", help="Why; it stays on the trail.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
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
    from models.page_retention import DuePages, due_pages
    from models.retention import due as listed
    from models.retention import old_sessions

    with Desk() as desk:
        rules = desk.rules.rulebook
        with desk.store.reading() as tx:
            found = listed(tx, rules, desk.today)
            pages = due_pages(tx, rules, desk.today)
            sessions = old_sessions(tx, rules, desk.today)
    if as_json:
        rows = [_as_json(each, DuePages(each.reference, {}), desk.today) for each in found[:many]]
        document = {"due": rows, "all": len(found), "pages": [_pages_json(each) for each in pages[:many]]}
        document["sessions"] = [
            {"session": each.number, "practitioner": each.practitioner, "held_on": iso(each.held_on),
             "rule": each.keeping.rule, "free_on": iso(each.keeping.free_on), "asked": _asked_json(each.asked)}
            for each in sessions[:many]
        ]  # fmt: skip
        screen.answer_json("retention.due/1", {**document, "next": _after_list(found, pages, sessions)})
        return
    screen.say(f"Files that may be reviewed: {full_day(desk.today)}")
    screen.say()
    if not found:
        screen.say("  None. What is held, open, or not yet at its end is not on this list.")
    else:
        _say_list(
            ("Case", "Rule"),
            [
                (each.reference, each.together.rule, _day(each.together.free_on), _stands(each))
                for each in found
            ],
            many,
        )
    if pages:
        screen.say()
        screen.say("Pages whose own keeping has ended, of files that are kept longer")
        _say_list(
            ("Case", "Pages"),
            [(each.reference, _in_runs(each.pages), _day(each.first_free), _stands(each)) for each in pages],
            many,
        )
    if sessions:
        screen.say()
        screen.say("Sessions of supervision of people who have left")
        _say_list(
            ("Session", "Of, held"),
            [
                (
                    each.name,
                    f"{each.practitioner}, {_day(each.held_on)}",
                    _day(each.keeping.free_on),
                    _stands(each),
                )
                for each in sessions
            ],
            many,
        )
    screen.say()
    screen.say(f"Nothing goes by itself. Next: {_after_list(found, pages, sessions)[0]}")


def _say_list(of: tuple[str, str], rows: Sequence[tuple[str, str, str, str]], many: int) -> None:
    """What may go, so many of it, with since when and how it stands; `of` heads the first two columns."""
    for line in screen.table((*of, "Since", "How it stands"), (16, 24, 16, 20), rows[:many]):
        screen.say(line)
    if len(rows) > many:
        screen.say(f"and {len(rows) - many} more: add -n {len(rows)}")


def _after_list(found: list[Weighed], pages: list[DuePages], sessions: list[OldSession]) -> list[str]:
    names = [each.reference for each in found] + [each.reference for each in pages]
    names += [each.name for each in sessions]
    first = next(iter(names), None)
    return [f"pathways retention why {first}" if first else "pathways worklist"]


def _in_runs(pages: Iterable[int]) -> str:
    """Page numbers in few words: 1-3, 5."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _pages_json(each: DuePages) -> dict[str, Any]:
    return {
        "case": each.reference,
        "pages": [
            {"page": page, "free_on": iso(keeping.free_on), "rule": keeping.rule}
            for page, keeping in each.pages.items()
        ],
        "asked": _asked_json(each.asked),
    }


def _asked_json(asked: Any) -> dict[str, Any] | None:
    if asked is None:
        return None
    return {"by": asked.asked_by, "verdict": asked.verdict, "decided_by": asked.decided_by}


def _stands(each: Weighed | DuePages | OldSession) -> str:
    if each.asked is None:
        return "to be reviewed"
    return "asked for" if each.asked.verdict == "waiting" else "agreed"


def _day(day: date | None) -> str:
    return "not known" if day is None else full_day(day)


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
        session = _session(desk, case)
        if session is not None:
            _say_session(session, desk.today, as_json)
            return
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        rules = desk.rules.rulebook
        with desk.store.reading() as tx:
            found = weigh(tx, view.reference, rules, desk.today)
            pages = of_file(tx, found, rules, desk.today)
    if as_json:
        screen.answer_json("retention/1", _as_json(found, pages, desk.today))
        return
    for line in _screen(found, pages, desk.today):
        screen.say(line)


def _session(desk: Desk, case: str, pages: Sequence[int] | None = None) -> Ending | None:
    """The session of supervision that was named where a case may be; None where none was.

    Raises:
        NoSuchSession: there is none of that number that they may read.
        NotDestroyed: that was done before.
        Mistyped: pages of it are named.
    """
    from models.session_retention import number_of, weigh

    number = number_of(case)
    if number is None:
        return None
    if pages:
        raise Mistyped("A session goes as a whole: leave --page out. Nothing was changed.")
    rules = desk.rules.rulebook
    with desk.store.reading() as tx:
        return weigh(tx, number, rules, desk.today)


def _say_session(found: Ending, today: date, as_json: bool) -> None:
    kept, asked = found.why_kept(today), found.asked
    way = f"pathways supervision show {found.row.id}"
    if not kept:
        way = _step(asked, found.name)
    if as_json:
        screen.answer_json("retention.session/1", {
            "session": found.row.id, "practitioner": found.row.practitioner, "held_on": iso(found.row.held_on),
            "due": not kept, "free_on": iso(found.keeping.free_on), "rule": found.keeping.rule,
            "barred": list(found.keeping.barred), "asked": _asked_json(asked), "next": [way],
        })  # fmt: skip
        return
    screen.say(f"How long {found.name} is kept")
    screen.say()
    said = [
        f"Supervision of {screen.shown(found.row.practitioner)}, held on {full_day(found.row.held_on)}.",
        f"Kept: {kept}."
        if kept
        else f"Its keeping ended under {found.keeping.rule}; a person may review it.",
    ]
    if asked is not None:
        said += [
            f"Destruction asked for by {asked.asked_by} on {full_day(asked.asked_at.astimezone(LONDON))}."
        ]
        said += [f"Agreed by {asked.decided_by}."] if asked.decided_by else []
    for each in said:
        for line in screen.wrapped("", each, indent=2):
            screen.say(line)
    screen.say()
    for line in screen.typed(f"Next: {way}", 0):
        screen.say(line)


def _screen(found: Weighed, pages: DuePages, today: date) -> list[str]:
    together = found.together
    lines = [f"How long {found.reference} is kept", ""]
    if together.due(today):
        lines += screen.wrapped(
            "", f"Its keeping ended under {together.rule}; a person may review it.", indent=2
        )
    else:
        lines += screen.wrapped("", f"Kept: {together.why_kept(today)}.", indent=2)
    others = [each for each in together.references if each != found.reference]
    if others:
        goes = "goes" if len(others) == 1 else "go"
        said = f"With it {goes} {plural(len(others), 'case')} of the same person: the longest keeping counts."
        lines += screen.wrapped("", said, indent=2)
    lines += ["", "Rules considered for this case"]
    for each in found.alone.considered:
        lines += _considered(each)
    if found.marks:
        lines += ["", "Set by people"]
        for each in found.marks:
            since = full_day(each.from_at.astimezone(LONDON))
            whose = "this case" if each.page is None else f"page {each.page}"
            if each.person_id is not None:
                whose = "everything of the person"
            lines += screen.wrapped(
                "", f"{_kind(each.kind)}: {whose}, since {since}, by {each.by_login}", indent=2
            )
    if pages.pages:
        said = f"Pages that may be reviewed by themselves: {_in_runs(pages.pages)}."
        lines += ["", *screen.wrapped("", said, indent=0)]
    for asked in filter(None, (found.asked, pages.asked)):
        when = full_day(asked.asked_at.astimezone(LONDON))
        what = f" of pages {_in_runs(asked.details['pages'])}" if asked is pages.asked else ""
        said = f"Destruction{what} asked for by {asked.asked_by} on {when}."
        said += f" Agreed by {asked.decided_by}." if asked.decided_by else ""
        lines += ["", *screen.wrapped("", said, indent=0)]
    return [*lines, "", *screen.typed(f"Next: {_next(found, pages, today)}", 0)]


def _considered(each: Considered) -> list[str]:
    said = f"until {_day(each.free_on - ONE_DAY)}: {each.why}" if each.free_on else each.why
    label = each.rule or "no rule"
    if each.page is not None:
        said = f"page {each.page}, {said}"
    return screen.wrapped(f"  {label}", ("" if each.applies else "not this: ") + said, indent=28)


def _kind(kind: str) -> str:
    from pathways.keeping import BARS, GROUNDS

    return (BARS | GROUNDS).get(kind, kind)


def _next(found: Weighed, pages: DuePages, today: date) -> str:
    if not found.together.due(today) and not pages.pages:
        return f"pathways show {found.reference}"
    asked = pages.asked if pages.pages else found.asked
    numbers = asked.details["pages"] if pages.pages and asked is not None else pages.pages
    return _step(asked, f"{found.reference}{_options(numbers)}")


def _step(asked: Any, what: str) -> str:
    """The step that comes next on the way to an end."""
    if asked is None:
        return f"pathways retention review {what} --because TEXT"
    way = "approve" if asked.verdict == "waiting" else "destroy"
    return f"pathways retention {way} {what}" + (" --because TEXT" if way == "approve" else "")


def _options(pages: Iterable[int]) -> str:
    return "".join(f" --page {each}" for each in pages)


def _as_json(found: Weighed, pages: DuePages, today: date) -> dict[str, Any]:
    return {
        "case": found.reference,
        "due": found.together.due(today),
        "free_on": iso(found.together.free_on),
        "rule": found.together.rule,
        "barred": list(found.together.barred),
        "kept_with": list(found.together.references),
        "considered": [
            {
                "rule": each.rule,
                "page": each.page,
                "applies": each.applies,
                "free_on": iso(each.free_on),
                "why": each.why,
            }
            for each in found.alone.considered
        ],
        "marks": [
            {
                "kind": each.kind,
                "person": each.person_id is not None,
                "page": each.page,
                "since": iso(each.from_at),
                "by": each.by_login,
            }
            for each in found.marks
        ],
        "asked": _asked_json(found.asked),
        "pages": _pages_json(pages),
        "next": [_next(found, pages, today)],
    }


# --- what keeps it -----------------------------------------------------------------------------------------------------


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
    from models.retention import mark

    with Desk() as desk:
        view = desk.case(case)
        _known(kind)
        day = _typed_day(desk, pension) if pension else None
        what = _what(view.reference, page)
        if whole_person:
            what = f"everything of {view.reference}'s person"
        if dry_run:
            _would(view.reference, f"This would keep {what}: {_kind(kind)}.", as_json)
            return
        mark(
            desk.store, view.reference, kind, whole_person=whole_person, because=because, actor=desk.actor, now=desk.now,
            pension_on=day, page=page,
        )  # fmt: skip
        _done(view.reference, f"Kept: {what}, for {_kind(kind)}.", as_json)


def _what(reference: str, pages: Sequence[int] | int | None) -> str:
    if not pages:
        return reference
    numbers = [pages] if isinstance(pages, int) else pages
    return f"{'page' if len(numbers) == 1 else 'pages'} {_in_runs(numbers)} of {reference}"


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
    from models.retention import release as let_go

    with Desk() as desk:
        view = desk.case(case)
        _known(kind)
        if dry_run:
            _would(
                view.reference, f"This would end on {_what(view.reference, page)}: {_kind(kind)}.", as_json
            )
            return
        let_go(
            desk.store, view.reference, kind, because=because, actor=desk.actor, now=desk.now, page=page
        )  # fmt: skip
        _done(view.reference, f"Ended on {_what(view.reference, page)}: {_kind(kind)}.", as_json)


# --- its end ------------------------------------------------------------------------------------------------------------


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
        session = _session(desk, case, pages)
        reference = session.name if session else desk.case(case).reference
        what = f"{reference}{_options(pages or ())}"
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
        session = _session(desk, case, pages)
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
        session = _session(desk, case, pages)
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
    if pages:
        screen.say("Backups of before hold them until those are gone: docs/keys-and-backups.md")
    else:
        screen.say("Backups of before hold it until new keys replace theirs: pathways db backup")
    screen.say("Next: pathways audit verify")


def _why_kept(found: Weighed, pages: list[int] | None, rules: Rulebook, today: date) -> str:
    """Why it is kept, or the first of the pages that is; empty where it may go."""
    from pathways.keeping import keep_page

    if not pages:
        return found.together.why_kept(today)
    whys = (keep_page(found.file, each, found.others, rules, today).why_kept(today) for each in sorted(pages))
    return next(filter(None, whys), "")


def _would(reference: str, said: str, as_json: bool) -> None:
    way = f"pathways retention why {reference}"
    if as_json:
        screen.answer_json(
            "retention.change/1", {"ok": True, "changed": False, "case": reference, "next": [way]}
        )
        return
    for line in screen.folded(f"{said} Nothing was changed."):
        screen.say(line)
    screen.say(f"Next: {way}")


def _done(reference: str, said: str, as_json: bool) -> None:
    way = f"pathways retention why {reference}"
    if as_json:
        screen.answer_json(
            "retention.change/1", {"ok": True, "changed": True, "case": reference, "next": [way]}
        )
        return
    for line in screen.folded(said):
        screen.say(line)
    screen.say(f"It is on the record. Next: {way}")
