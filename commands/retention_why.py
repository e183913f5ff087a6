"""How long one file, or one session of supervision, is kept and why, on a screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from commands import screen
from commands.desk import Desk
from commands.spoken import full_day, iso, plural
from pathways.errors import Mistyped
from pathways.moments import LONDON, ONE_DAY

if TYPE_CHECKING:
    from models.page_retention import DuePages
    from models.retention import Weighed
    from models.session_retention import Ending
    from pathways.keeping import Considered


def in_runs(pages: Iterable[int]) -> str:
    """Page numbers in few words: 1-3, 5."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def pages_json(each: DuePages) -> dict[str, Any]:
    """Pages that may be reviewed by themselves, as JSON says them."""
    return {
        "case": each.reference,
        "pages": [
            {"page": page, "free_on": iso(keeping.free_on), "rule": keeping.rule}
            for page, keeping in each.pages.items()
        ],
        "asked": asked_json(each.asked),
    }


def asked_json(asked: Any) -> dict[str, Any] | None:
    """Who asked for an end and who decided, as JSON says it; None where nobody asked."""
    if asked is None:
        return None
    return {"by": asked.asked_by, "verdict": asked.verdict, "decided_by": asked.decided_by}


def day_or_not_known(day: date | None) -> str:
    """A day in full, or that none is known."""
    return "not known" if day is None else full_day(day)


def session_named(desk: Desk, case: str, pages: Sequence[int] | None = None) -> Ending | None:
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


def say_session(found: Ending, today: date, as_json: bool) -> None:
    """Print how long a session of supervision is kept."""
    kept, asked = found.why_kept(today), found.asked
    way = f"pathways supervision show {found.row.id}"
    if not kept:
        way = step_after(asked, found.name)
    if as_json:
        screen.answer_json("retention.session/1", {
            "session": found.row.id, "practitioner": found.row.practitioner, "held_on": iso(found.row.held_on),
            "due": not kept, "free_on": iso(found.keeping.free_on), "rule": found.keeping.rule,
            "barred": list(found.keeping.barred), "asked": asked_json(asked), "next": [way],
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


def file_screen(found: Weighed, pages: DuePages, today: date) -> list[str]:
    """How long a file is kept: what was considered, what people set, who asked for its end, what to type next."""
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
                "", f"{kind_in_words(each.kind)}: {whose}, since {since}, by {each.by_login}", indent=2
            )
    if pages.pages:
        said = f"Pages that may be reviewed by themselves: {in_runs(pages.pages)}."
        lines += ["", *screen.wrapped("", said, indent=0)]
    for asked in filter(None, (found.asked, pages.asked)):
        when = full_day(asked.asked_at.astimezone(LONDON))
        what = f" of pages {in_runs(asked.details['pages'])}" if asked is pages.asked else ""
        said = f"Destruction{what} asked for by {asked.asked_by} on {when}."
        said += f" Agreed by {asked.decided_by}." if asked.decided_by else ""
        lines += ["", *screen.wrapped("", said, indent=0)]
    return [*lines, "", *screen.typed(f"Next: {_next(found, pages, today)}", 0)]


def _considered(each: Considered) -> list[str]:
    said = f"until {day_or_not_known(each.free_on - ONE_DAY)}: {each.why}" if each.free_on else each.why
    label = each.rule or "no rule"
    if each.page is not None:
        said = f"page {each.page}, {said}"
    return screen.wrapped(f"  {label}", ("" if each.applies else "not this: ") + said, indent=28)


def kind_in_words(kind: str) -> str:
    """What keeps a file, in words."""
    from pathways.keeping import BARS, GROUNDS

    return (BARS | GROUNDS).get(kind, kind)


def _next(found: Weighed, pages: DuePages, today: date) -> str:
    if not found.together.due(today) and not pages.pages:
        return f"pathways show {found.reference}"
    asked = pages.asked if pages.pages else found.asked
    numbers = asked.details["pages"] if pages.pages and asked is not None else pages.pages
    return step_after(asked, f"{found.reference}{page_options(numbers)}")


def step_after(asked: Any, what: str) -> str:
    """The step that comes next on the way to an end."""
    if asked is None:
        return f"pathways retention review {what} --because TEXT"
    way = "approve" if asked.verdict == "waiting" else "destroy"
    return f"pathways retention {way} {what}" + (" --because TEXT" if way == "approve" else "")


def page_options(pages: Iterable[int]) -> str:
    """Pages as they are typed."""
    return "".join(f" --page {each}" for each in pages)


def file_json(found: Weighed, pages: DuePages, today: date) -> dict[str, Any]:
    """How long a file is kept, as JSON says it."""
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
        "asked": asked_json(found.asked),
        "pages": pages_json(pages),
        "next": [_next(found, pages, today)],
    }
