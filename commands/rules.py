"""The rule pack: `rules list`, `rules show RULE`, and `rules due RULE START`, which works a date out and explains it.

Needs no records: without a store the rules of Sefton and the calendar that comes with the program are used.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any

import typer

from commands import files, screen
from commands.desk import Desk, database_url, moment_now
from commands.options import Json
from commands.style import STYLE, examples
from commands.typed_dates import parse
from models.connecting import sqlite_path
from pathways import rule_rows
from pathways.clocks import Rules
from pathways.days import SchoolCalendar, Step, replay, shipped_calendar
from pathways.errors import OK, PARTLY, Mistyped
from pathways.moments import clock_words, local_day, words
from pathways.rulebook import Edition, Force, Rulebook, load

app = typer.Typer(help="The rule pack: list, show, work out a date.", **STYLE)

ALSO_CALLED = {
    "child_protection": "cp",
    "child_in_need": "cin",
    "fd": "front_door",
    "imm": "immediate_protection",
}
"""What the pathways are called elsewhere, and by what name the rule pack knows them."""


@app.callback()
def rules() -> None:
    """Which limits apply, since when, from which source, and what a date comes to."""


@app.command(
    "list",
    help=examples(
        "List the rules that apply today: limit, force, what starts them, source.",
        "pathways rules list --pathway child_protection --force statutory",
    ),
)
def list_(
    pathway: Annotated[str, typer.Option("--pathway", metavar="P", help="Only this pathway's rules.")] = "",
    force: Annotated[str, typer.Option("--force", metavar="F", help="Only rules of this force.")] = "",
    as_json: Json = False,
) -> None:
    """List the rules that apply today: limit, force, what starts them, source."""
    found, now = rules_here()
    today = local_day(now)
    editions = list(_today(found.rulebook, today))
    wanted = pathway.strip().lower().replace("-", "_")
    wanted = ALSO_CALLED.get(wanted, wanted)
    _known("pathway", wanted, {each.pathway for each in editions})
    _known("force", force, {each.value for each in Force})
    rows = [each for each in editions if wanted in ("", each.pathway) and force in ("", each.force.value)]
    if as_json:
        screen.answer_json(
            "rules.list/1", {"pack": found.rulebook.name, "rules": [_as_data(each) for each in rows]}
        )
        return
    screen.say(f"Rules on {words(today)}    {found.rulebook.name}")
    screen.say()
    for each in rows:
        screen.say(
            f"{screen.fit(each.rule_id, 30):<31}{screen.fit(each.limit, 27):<28}{_force(each.force)}".rstrip()
        )
        screen.say(screen.fit(f"    from {each.starts_at}; {each.source}", screen.WIDTH))
    screen.say()
    screen.say(f"{len(rows)} rules. One of them: pathways rules show RULE")


@app.command(
    help=examples(
        "Show every edition of a rule: its limit, since when, from which source, who is told of a miss.",
        "pathways rules show cp.icpc",
    )
)
def show(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule's id, such as cp.icpc.")],
    as_json: Json = False,
) -> None:
    """Show every edition of a rule: its limit, since when, from which source, who is told of a miss."""
    found, now = rules_here()
    today = local_day(now)
    editions = found.rulebook.editions(rule.strip())
    if as_json:
        screen.answer_json(
            "rules.show/1",
            {
                "rule": rule.strip(),
                "pack": found.rulebook.name,
                "editions": [_as_data(each) for each in editions],
            },
        )
        return
    screen.say(f"{rule.strip()}   {editions[-1].title}")
    for each in editions:
        screen.say()
        stands = "   in force today" if each.covers(today) else ""
        screen.say(f"{_validity(each)}{stands}")
        for line in _in_full(each):
            screen.say(line)
    screen.say()
    screen.say(f"Next: pathways rules due {rule.strip()} DATE")


@app.command(
    help=examples(
        "Work out a limit and explain it; with --from-csv, many at once (exit code 8: some rows have no date).",
        "pathways rules due cp.icpc 2026-11-03 --days",
        "pathways rules due --from-csv questions.csv --csv > answers.csv",
    )
)
def due(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule's id, such as cp.icpc.")] = "",
    start: Annotated[
        str, typer.Argument(metavar="START", help="When its event happened: 3 nov, or '3 nov 2pm'.")
    ] = "",
    birth_date: Annotated[
        str, typer.Option("--birth-date", metavar="DATE", help="The child's (or adult's).")
    ] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Answer as if this were today.")] = "",
    school_calendar: Annotated[
        str, typer.Option("--school-calendar", metavar="FILE", help="CSV from,to,kind of the school's days.")
    ] = "",
    days: Annotated[bool, typer.Option("--days", help="Show the count day by day.")] = False,
    from_csv: Annotated[
        str,
        typer.Option(
            "--from-csv", metavar="FILE", help="Read rows rule_id,start_datetime; - is standard input."
        ),
    ] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Json = False,
) -> int:
    """Work out a limit and explain it; with --from-csv, many at once (exit code 8: some rows have no date)."""
    found, now, mark = _here()
    day = local_day(_typed(as_of, found, now)) if as_of else local_day(now)
    school = (
        SchoolCalendar.from_csv(files.read_text(school_calendar), found.calendar) if school_calendar else None
    )
    if from_csv:
        if rule or start:
            raise Mistyped("Give either a rule and its start, or --from-csv and a file, not both.")
        return _many(from_csv, found, school, day, mark, as_json=as_json)
    if not rule or not start:
        raise Mistyped("Say which rule and when it started: pathways rules due cp.icpc 2026-11-03")
    births = any(each.from_birth for each in found.rulebook.editions(rule.strip()))
    started = _typed(start, found, now, birth=births)
    born = _typed(birth_date, found, now, birth=True) if birth_date else None
    _one(rule.strip(), started, born, found, school, day, mark, days=days, as_csv=as_csv, as_json=as_json)
    return OK


def rules_here() -> tuple[Rules, datetime]:
    """The store's rules and its present moment; without a store, what comes with the program and the real moment."""
    found, now, _ = _here()
    return found, now


def _here() -> tuple[Rules, datetime, str]:
    """The rules and the moment, and the mark of a practice store where they are of one."""
    path = sqlite_path(database_url())
    if path is not None and not path.exists():
        return Rules(load(), shipped_calendar()), moment_now(), ""
    with Desk() as desk:
        return desk.rules, desk.now, desk.mark


def _typed(said: str, found: Rules, now: datetime, *, birth: bool = False) -> date | datetime:
    """A date or a moment as somebody typed it."""
    return parse(said, now=now, calendar=lambda: found.calendar, birth=birth)


# --- one ---------------------------------------------------------------------------------------------------------


def _one(
    rule: str,
    started: date | datetime,
    born: date | None,
    found: Rules,
    school: SchoolCalendar | None,
    today: date,
    mark: str,
    *,
    days: bool,
    as_csv: bool,
    as_json: bool,
) -> None:
    edition = found.rulebook.edition(rule, local_day(started), today)
    told = replay(edition, started, calendar=found.calendar, school=school, counting=found.counting)
    answered = _answer(rule, started, born, found, school, today)
    if answered.error:
        raise Mistyped(answered.error)
    if as_csv:
        files.say_csv(rule_rows.COLUMNS, [answered.as_row()], mark)
        return
    if as_json:
        steps = [{"day": each.day.isoformat(), "number": each.number, "why": each.why} for each in told.steps]
        screen.answer_json("rules.due/1", {**_row(answered), "edition": _as_data(edition), "days": steps})
        return
    for line in screen.wrapped("", answered.explanation, indent=0):
        screen.say(line)
    screen.say()
    lines = [("Due", answered.due)]
    lines += [("Plan by", answered.plan_by)] if answered.plan_by else []
    lines += [
        ("Limit", f"{edition.limit} from {edition.starts_at}"),
        ("Rule", f"{edition.key} ({_force(edition.force)})"),
        ("Edition", edition.chosen(local_day(started))),
    ]
    lines += [("Source", edition.source)]
    lines += [("Note", edition.note)] if edition.note else []
    for label, text in lines:
        for line in screen.wrapped(f"  {label}", text):
            screen.say(line)
    if days:
        screen.say()
        for line in day_table(told.steps):
            screen.say(line)
    screen.say()
    screen.say(f"Next: pathways rules show {rule}")


def day_table(steps: tuple[Step, ...]) -> list[str]:
    """A count day by day: its date, its number where it counts, and why."""
    rows = [
        (each.day.isoformat(), each.day.strftime("%a"), "" if each.number is None else each.number, each.why)
        for each in steps
    ]
    return screen.table(("Date", "Day", "No", "Why"), (10, 3, 4, 60), rows)


def _answer(
    rule: str,
    started: date | datetime,
    born: date | None,
    found: Rules,
    school: SchoolCalendar | None,
    today: date,
) -> rule_rows.Answer:
    return rule_rows.answer(
        rule,
        started.isoformat(),
        rulebook=found.rulebook,
        calendar=found.calendar,
        school=school,
        counting=found.counting,
        birth_date=local_day(born) if born else None,
        as_of=today,
    )


# --- many ---------------------------------------------------------------------------------------------------------


def _many(
    path: str, found: Rules, school: SchoolCalendar | None, today: date, mark: str, *, as_json: bool
) -> int:
    text = files.read_text(path)
    try:
        answers = rule_rows.answer_csv(
            text.splitlines(keepends=True),
            rulebook=found.rulebook,
            calendar=found.calendar,
            school=school,
            counting=found.counting,
            as_of=today,
        )
    except csv.Error:
        raise Mistyped(
            "The first line cannot be read as CSV. Save the file as CSV UTF-8 and try again."
        ) from None
    wrong = 0

    def each() -> Iterator[rule_rows.Answer]:
        nonlocal wrong
        for one in answers:
            wrong += one.error is not None
            yield one

    if as_json:
        screen.answer_json("rules.due-many/1", {"rows": [_row(one) for one in each()]})
    else:
        files.say_csv(rule_rows.COLUMNS, (one.as_row() for one in each()), mark)
    if not wrong:
        return OK
    said = "1 row has no date" if wrong == 1 else f"{wrong:,} rows have no date"
    screen.complain(f"{said}; the reason stands under explanation.")
    return PARTLY


def _row(one: rule_rows.Answer) -> dict[str, Any]:
    return {**dict(zip(rule_rows.COLUMNS, one.as_row(), strict=True)), "error": one.error}


# --- words -------------------------------------------------------------------------------------------------------


def _today(rulebook: Rulebook, today: date) -> Iterator[Edition]:
    """The edition of each rule that is in force; the last one known where none is."""
    for rule in rulebook.rules():
        editions = rulebook.editions(rule)
        covering = [each for each in editions if each.covers(today)]
        local = [each for each in covering if each.layer != "england"]
        yield (local or covering or list(editions))[-1]


def _known(what: str, given: str, there: set[str]) -> None:
    if given and given not in there:
        raise Mistyped(f"There is no {what} '{screen.shown(given)}'; there are {', '.join(sorted(there))}.")


def _force(force: Force) -> str:
    return {"default": "our own default", "prospective": "not in force yet"}.get(
        force.value, force.value
    ).replace("_", " ")


def _validity(each: Edition) -> str:
    if each.valid_from is None:
        return "Not in force yet"
    until = f" to {words(each.valid_to)}" if each.valid_to else " on"
    return f"From {words(each.valid_from)}{until}"


def _in_full(each: Edition) -> list[str]:
    seen = {"yes": "", "partly": " (wording read in part)", "no": " (wording not read)"}[each.seen]
    pairs = [
        ("Limit", f"{each.limit}{', the day itself counted' if each.inclusive else ''}"),
        ("Starts at", each.starts_at),
        ("Force", _force(each.force)),
        ("Source", each.source + seen),
        ("Pack", each.layer),
        ("Pathway", each.pathway.replace("_", " ")),
        ("Told", ", ".join(each.tells).replace("_", " ") or "nobody"),
    ]
    if each.by:
        pairs.insert(1, ("By", clock_words(each.by)))
    for label, other in (("Earlier of", each.earliest_of), ("Later of", each.latest_of)):
        if other:
            pairs.insert(1, (label, f"this and {other}"))
    if each.gate:
        pairs.insert(1, ("Kind", "a minimum to wait for, not a limit"))
    if each.note:
        pairs.append(("Note", each.note))
    return [line for label, text in pairs for line in screen.wrapped(f"  {label}", text, indent=14)]


def _as_data(each: Edition) -> dict[str, Any]:
    return {
        "rule": each.rule_id,
        "edition": each.key,
        "pathway": each.pathway,
        "title": each.title,
        "limit": each.limit,
        "amount": each.amount,
        "unit": each.unit.value,
        "force": each.force.value,
        "starts_at": each.starts_at,
        "source": each.source,
        "valid_from": each.valid_from,
        "valid_to": each.valid_to,
        "earliest_of": each.earliest_of,
        "latest_of": each.latest_of,
        "gate": each.gate,
        "tells": list(each.tells),
        "note": each.note,
        "pack": each.layer,
    }


# --- review ------------------------------------------------------------------------------------------------------


@app.command(
    help=examples(
        "Show where an authority's limits differ from the national ones, or from another authority's.",
        "pathways rules diff",
        "pathways rules diff --authority northmere --against sefton",
    )
)
def diff(
    authority: Annotated[
        str, typer.Option("--authority", metavar="A", help="Whose rules; those in use here by default.")
    ] = "",
    against: Annotated[
        str, typer.Option("--against", metavar="B", help="Which to compare with; england is national.")
    ] = "england",
    past: Annotated[bool, typer.Option("--past", help="Also differences that have ended.")] = False,
    as_json: Json = False,
) -> None:
    """Show, in words, where an authority's limits differ from the national ones or another authority's."""
    from pathways.rule_review import diff as differences

    found, now = rules_here()
    today = local_day(now)
    ours = load(authority.strip().lower()) if authority else found.rulebook
    base = load(against.strip().lower())
    rows = [each for each in differences(ours, base) if past or each.until is None or each.until >= today]
    if as_json:
        listed = [
            {
                "rule": each.rule,
                "title": each.title,
                "kind": each.kind,
                "verdict": each.verdict,
                "ours": each.ours,
                "theirs": each.theirs,
                "since": each.since,
                "until": each.until,
                "says": str(each),
            }
            for each in rows
        ]
        screen.answer_json("rules.diff/1", {"pack": ours.name, "against": base.name, "differences": listed})
        return
    screen.say(f"{ours.name} beside {base.name}")
    screen.say()
    for each in rows:
        for line in screen.wrapped("  -", str(each), indent=4):
            screen.say(line)
    screen.say("Nothing differs." if not rows else f"\n{len(rows)} differences.")
    screen.say(f"Next: pathways rules {f'show {rows[0].rule}' if rows else 'list'}")


@app.command(
    help=examples(
        "Check the rules: what is unread, ending, overlapping, without a clock or without a start.",
        "pathways rules check",
    )
)
def check(
    as_at: Annotated[str, typer.Option("--as-at", metavar="DATE", help="Check as if this were today.")] = "",
    as_json: Json = False,
) -> int:
    """Check the rules themselves (exit code 8: something needs attention)."""
    import pathways
    from pathways.rule_review import check as findings

    found, now = rules_here()
    day = local_day(_typed(as_at, found, now)) if as_at else local_day(now)
    every = [pathways.pathway(name) for name in pathways.NAMES]
    rows = findings(found.rulebook, found.calendar, day, every)
    wanting = [each for each in rows if each.attention]
    if as_json:
        listed = [
            {"kind": each.kind, "rule": each.rule, "says": each.says, "attention": each.attention}
            for each in rows
        ]
        screen.answer_json("rules.check/1", {"pack": found.rulebook.name, "as_at": day, "findings": listed})
        return PARTLY if wanting else OK
    screen.say(f"Rules checked as at {words(day)}    {found.rulebook.name}")
    for heading, part in (
        ("Needs attention", wanting),
        ("To know", [one for one in rows if not one.attention]),
    ):
        if part:
            screen.say()
            screen.say(heading)
        for each in part:
            for line in screen.wrapped("  -", str(each), indent=4):
                screen.say(line)
    if not wanting:
        screen.say()
        screen.say("Nothing needs attention.")
    first = next((one.rule for one in (*wanting, *rows) if one.rule), "")
    screen.say()
    screen.say(f"Next: pathways rules {f'show {first}' if first else 'list'}")
    return PARTLY if wanting else OK
