"""The overnight check: `check run` now, `check last` for what the last one did, `check status` in a line."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from time import sleep
from typing import Annotated, Any

import typer

from commands import screen
from commands.desk import Desk, home, moment_now
from commands.options import Json
from commands.progress import Progress, took, waiting
from commands.spoken import full_day, plural
from commands.style import STYLE, examples
from commands.typed_dates import parse
from models.queries import count_work, filters
from models.setup import moments
from models.store import Store
from pathways.errors import LATE, OK, PARTLY, NotReady
from pathways.moments import LONDON, local_day

app = typer.Typer(help="The overnight check: run it, or see the last one.", **STYLE)

MORNING = time(6)
STALE = timedelta(hours=26)
MOST_SHARDS = 256


@app.callback()
def check() -> None:
    """Move every case that a passing date moves, and tell who is to know.

    It may be run at any time and any number of times: what has been dealt with is never dealt with twice.
    """


@app.command(
    help=examples(
        "Run the check now. Exit code 8: some cases could not be checked.",
        "pathways check run",
        "pathways check run --as-of 2026-11-24 --exit-code",
    ),
)
def run(
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of", metavar="WHEN", help="A date (6am on that day) or a date-time; now by default."
        ),
    ] = "",
    shards: Annotated[
        int,
        typer.Option(
            min=1,
            max=MOST_SHARDS,
            metavar="N",
            show_default=False,
            help="Split the cases into so many parts.",
        ),
    ] = 1,
    flow: Annotated[bool, typer.Option("--flow", help="As a Prefect flow, in this process.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 7 when something is late.")
    ] = False,
    clock_is_right: Annotated[
        bool,
        typer.Option("--confirm-gap", help="After 45 days without an entry: the clock is right, go ahead."),
    ] = False,
    clock_was_ahead: Annotated[
        bool,
        typer.Option(
            "--confirm-clock", help="The clock is right, and was ahead when the last check ran: go ahead."
        ),
    ] = False,
    as_json: Json = False,
) -> int:
    """Run the check now. Exit code 8: some cases could not be checked."""
    from models.anchors import nightly
    from models.check_runs import confirm_gap, refuse_long_gap
    from models.form_drafts import drop_old
    from models.supervision_due import note_overdue_supervision

    with Desk() as desk:
        asked = moment_of(as_of, desk) if as_of else None
        moment, now = moments(desk.store, asked, moment_now(), confirmed=clock_was_ahead)
        if clock_is_right:
            confirm_gap(desk.store, now)
        refuse_long_gap(desk.store, moment, now)
        rules = desk.rules
        if not as_json:
            screen.complain(f"Deadline check as at {full_day(moment)}; rules {rules.rulebook.name}")
        with Progress("Cases", share=True) as progress:
            held = _pass(desk, moment, now, shards, progress, flow=flow)
        in_the_way = held or nightly(desk.store, now)
        if in_the_way:
            screen.complain(in_the_way)
        note_overdue_supervision(desk.store, rules, now)
        found = outcome(desk.store, moment) | {"forms_dropped": drop_old(desk.store, now)}
    found["seconds"] = round(progress.seconds, 1)
    if as_json:
        screen.answer_json("check.run/1", found)
    else:
        for line in in_words(found):
            screen.say(line)
        if found["forms_dropped"]:
            screen.say(
                f"Dropped {plural(found['forms_dropped'], 'form')} that nobody had gone on with for 30 days."
            )
        screen.say(f"Took {took(progress.seconds)}.")
        screen.say(f"Next: pathways {'check last' if found['parked'] else 'overdue'}")
    if found["parked"] or held:
        return PARTLY
    return LATE if exit_code and found["late"] else OK


@app.command(
    help=examples("Show what the last check did, and what it could not check.", "pathways check last --json")
)
def last(
    as_json: Json = False,
) -> None:
    """Show what the last check did, and what it could not check."""
    with Desk() as desk:
        found = _last(desk.store)
        if found is None:
            raise NotReady("There has been no check yet. Run one: pathways check run")
        if as_json:
            screen.answer_json("check.last/1", found)
            return
        screen.say(f"Last deadline check: as at {full_day(datetime.fromisoformat(found['as_of']))}")
        screen.say(f"Rules {found['rules']}; bank holidays {found['calendar']}")
        if not found["finished"]:
            screen.say("It was begun and did not finish. Run it again: pathways check run")
        else:
            screen.say(_did(found))
        for line in _parked(found["parked"]):
            screen.say(line)
        screen.say("Next: pathways overdue")


@app.command(
    help=examples(
        "Say in a line how long ago the last check was, and what is late now.", "pathways check status"
    )
)
def status(
    as_json: Json = False,
) -> None:
    """Say in a line how long ago the last check was, and what is late now."""
    with Desk() as desk:
        found = _last(desk.store)
        late, today, _ = _work(desk.store, desk.now)
        stale = found is None or desk.now - datetime.fromisoformat(found["as_of"]) > STALE
        if as_json:
            screen.answer_json(
                "check.status/1", {"last": found, "late": late, "due_today": today, "stale": stale}
            )
            return
        when = full_day(datetime.fromisoformat(found["as_of"])) if found else "never"
        screen.say(f"Last check: {when}{'' if not stale else '   TOO LONG AGO: pathways check run'}")
        screen.say(f"{late} late, {today} due today.")
        screen.say(f"Next: pathways {'overdue' if late else 'worklist'}")


def moment_of(typed: str, desk: Desk) -> datetime:
    """The moment that somebody typed; a date means 6am on that day in London.

    Raises:
        Mistyped: it cannot be read.
    """
    found = parse(typed, now=desk.now, calendar=lambda: desk.rules.calendar)
    return found if isinstance(found, datetime) else datetime.combine(found, MORNING, tzinfo=LONDON)


def _pass(desk: Desk, moment: datetime, now: datetime, shards: int, progress: Progress, *, flow: bool) -> str:
    """Deal with what is due, here or as a flow; where somebody held cases to the end, that in a sentence."""
    from models.sweep import Held, pass_due_dates

    def wait(seconds: float) -> None:
        progress.say(
            f"Somebody holds some cases. Those are tried again in {plural(round(seconds), 'second')}."
        )
        sleep(seconds)

    try:
        if flow:
            from flows.in_process import run_in_process

            with waiting():
                run_in_process(desk.store.url, moment, shards, home=home())
            return ""
        pass_due_dates(desk.store, desk.rules, moment, now, shards=shards, progress=progress, wait=wait)
    except Held as some:
        return str(some)
    return ""


def outcome(store: Store, moment: datetime) -> dict[str, Any]:
    """What the check that has just run did, and what now stands."""
    found = _last(store)
    if found is None:
        raise NotReady("The check left no note of itself. Run: pathways doctor")
    late, today, cases = _work(store, moment)
    return {**found, "open_cases": cases, "late": late, "due_today": today}


def in_words(found: dict[str, Any]) -> list[str]:
    """The tally as it is shown."""
    cases, parked = found["open_cases"], found["parked"]
    if not found["finished"]:
        return [
            f"Deadline check: {plural(cases, 'case')}, {found['late']} late, {found['due_today']} due today."
        ]
    counted = f"{found['late']} late ({found['missed']} new), {found['due_today']} due today"
    if parked:
        line = f"{plural(cases, 'case')}, {cases - len(parked)} checked, {len(parked)} could not be checked"
        return [f"Deadline check: {line}.", *_parked(parked), f"Of the others: {counted}."]
    moved = f" {plural(found['moved'], 'case')} moved on." if found["moved"] else ""
    return [f"Deadline check: {plural(cases, 'case')}, {counted}.", f"Every case was checked.{moved}"]


def _parked(parked: list[dict[str, str]]) -> list[str]:
    if not parked:
        return []
    lines = [
        line for each in parked for line in screen.wrapped("  " + each["case"], each["reason"], indent=18)
    ]
    return [
        *lines,
        "All others are done. Nothing of these was changed; mend them, then run: pathways check run",
    ]


def _did(found: dict[str, Any]) -> str:
    return (
        f"{plural(found['cases'], 'case')} had a date to look at: {found['missed']} limits missed, {found['moved']} moved on, "
        f"{found['reminded']} reminders."
    )


def _last(store: Store) -> dict[str, Any] | None:
    with store.reading() as tx:
        runs = tx.all("check_runs", most=1)
        parked = tx.all("parked_cases")
    if not runs:
        return None
    (one,) = runs
    counts = {each: getattr(one, each) for each in ("cases", "missed", "moved", "reminded")}
    return {
        "as_of": one.as_of.isoformat(),
        "started": one.started_at.isoformat(),
        "finished": one.finished_at.isoformat() if one.finished_at else None,
        "rules": one.rulebook,
        "calendar": one.calendar,
        **counts,
        "parked": [{"case": each.reference, "reason": each.reason} for each in parked],
    }


def _work(store: Store, moment: datetime) -> tuple[int, int, int]:
    """How many limits are late at a moment, how many are due on that day, how many cases are open."""
    tonight = datetime.combine(local_day(moment), time(23, 59, 59), tzinfo=LONDON)
    with store.reading() as tx:
        work = count_work(tx, moment, tonight, tonight, filters())
        cases = sum(each.cases for each in tx.all("count_open_cases"))
    return work.late, work.today, cases
