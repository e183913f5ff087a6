"""A practice store with invented children: made, filled, checked and shown in about half a minute.

Everything goes through the doors that real work uses: the importer, the overnight check as a Prefect flow, and the
commands themselves. It works on `practice.db` in our own folder and touches no other database.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.resources import files as shipped
from pathlib import Path
from typing import Annotated, ClassVar, NamedTuple

import typer

from commands import screen
from commands.desk import PRACTICE, Desk, home, settings, sqlite_url
from commands.progress import Progress, took, waiting
from commands.spoken import full_day
from commands.style import STYLE, examples
from models.connecting import sqlite_path
from models.store import open_store
from pathways.errors import REFUSED, Mistyped, NotReady, PathwayError
from pathways.moments import LONDON
from pathways.roles import Role

app = typer.Typer(**STYLE)

CLOCK = datetime(2026, 4, 1, 9, tzinfo=LONDON)
CENSUS, NAMES = "cin_census_2026.xml", "names.csv"
BEFORE_A_CONFERENCE = (
    "icpc_overdue",
    "awaiting_icpc",
    "interim_safety_plan",
    "rcpc_overdue",
    "plan",
    "prebirth",
)
DATED = ("s47", *BEFORE_A_CONFERENCE)
CONFERENCES = ("cp.icpc", "cp.rcpc_next", "cp.rcpc_first")
SHARDS = 2


class NotForPractice(PathwayError):
    """Real records are set up here, and practice never touches them. One argument: what stands in the way."""

    code: ClassVar[int] = REFUSED

    def __str__(self) -> str:
        return (
            f"{self.args[0]}, and practice never touches it. Nothing was made. "
            "To practise beside it, use a folder of its own: PATHWAYS_HOME=practice-folder pathways demo"
        )


class Shown(NamedTuple):
    """A case to show: it heads for a conference, and this is the rule that says by when."""

    reference: str
    rule: str


@app.command(
    help=examples(
        "Make a practice store of invented children, and show what can be done with it.",
        "pathways demo",
        "pathways demo reset",
    )
)
def demo(
    what: Annotated[
        str, typer.Argument(metavar="[reset]", help="Throw the practice store away and begin anew.")
    ] = "",
) -> None:
    """Make a practice store of invented children, and show what can be done with it."""
    if what not in ("", "reset"):
        raise Mistyped(
            f"There is no demo '{screen.shown(what)}'; there is pathways demo, and pathways demo reset."
        )
    url = _ours_alone()
    with Progress("Demo") as whole:
        if what == "reset":
            _throw_away(url)
        screen.say("Every child, family and worker here is invented. Nothing leaves this computer.")
        screen.say(f"The date is fixed at {full_day(CLOCK)}.")
        fill_store(url)
        _show(url)
    screen.say()
    screen.say(f"That took {took(whole.seconds)}. The practice store is in")
    screen.say(f"  {screen.shown(home())}")
    called, case = _called(), _case_to_show(url, BEFORE_A_CONFERENCE)
    example = case.reference if case else "CASE"
    screen.say()
    for place, line in enumerate((f"show {example}", f"next {example}", "overdue", "help", "demo reset")):
        screen.say(f"{'Try' if not place else '   '}   {called} {line}")


def fill_store(url: str, *, flow: bool = True) -> None:
    """Make the practice store, read the census in, run the overnight check: as a flow, or without Prefect."""
    _make(url)
    _read_census(url)
    _add_work(url)
    _check(url, flow=flow)


def _ours_alone() -> str:
    """The practice store's address, where nothing else is set up."""
    url = sqlite_url(PRACTICE)
    if os.environ.get("PATHWAYS_DATABASE_URL", url) not in ("", url):
        raise NotForPractice("PATHWAYS_DATABASE_URL names a database")
    if settings().get("database", {}).get("url", url) not in ("", url):
        raise NotForPractice("The settings file names a database")
    if (home() / "pathways.db").exists():
        raise NotForPractice(f"There are real records in {home()}")
    return url


def _options(url: str) -> Mapping[str, str]:
    """The settings of the store that is there; empty where it cannot be read or there is none."""
    from models.setup import options_of

    try:
        with open_store(url, check=False) as store, store.reading() as tx:
            return options_of(tx)
    except PathwayError:
        return {}


def _throw_away(url: str) -> None:
    known, path = _options(url), sqlite_path(url)
    if known and known.get("practice") != "yes":
        raise NotForPractice(f"{path} does not say that it holds practice cases")
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _heading(text: str) -> None:
    screen.say()
    screen.say(text)


def _make(url: str) -> None:
    from models.setup import AtTheKeyboard, fill, make_tables

    known = _options(url)
    if known and known.get("practice") != "yes":
        raise NotForPractice(f"{sqlite_path(url)} does not say that it holds practice cases")
    _heading("1  The practice store")
    home().mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = make_tables(url)
    who = AtTheKeyboard(PRACTICE, "Case coordinator", (Role.COORDINATOR,))
    with open_store(url) as store:
        done = fill(store, who, authority="sefton", now=CLOCK, practice_clock=CLOCK)
    screen.say("   made new" if fresh else "   was there already; what you did in it is kept")
    for line in done:
        screen.say(f"   {line}")


def sample(name: str) -> Path:
    """A file of the invented children that come with the program."""
    return Path(str(shipped("pathways").joinpath("samples", name)))


def _read_census(url: str) -> None:
    from commands.import_ import Noted, in_words, names_from
    from models.importing import import_census

    _heading(f"2  A children in need census is read in: {CENSUS}")
    noted = Noted()
    with Desk(url) as desk, Progress("Reading", share=True) as progress, sample(CENSUS).open("rb") as source:
        report = import_census(
            desk.store,
            desk.rules,
            source,
            now=desk.now,
            actor=desk.actor,
            progress=progress,
            names=names_from(sample(NAMES)),
            on_unused=noted,
        )
    for line in in_words(report, noted):
        screen.say(f"   {line}")


def _add_work(url: str) -> None:
    """What a census does not hold: conferences being prepared, early help, missing pupils, disagreements."""
    from models.practice import add_work

    with Desk(url) as desk:
        begun = add_work(desk.store, desk.rules, desk.actor, desk.now)
    if begun:
        screen.say(f"   {begun} more cases: conferences, early help, missing pupils, disagreements")


def _check(url: str, *, flow: bool) -> None:
    from commands import check
    from flows.in_process import run_in_process
    from flows.settings import prefect_is_here

    _heading("3  The overnight check, as a Prefect flow")
    with Progress("Cases") as progress, Desk(url) as desk:
        try:
            if not (flow and prefect_is_here()):
                raise NotReady("Prefect is not installed" if flow else "It is not asked for")
            screen.say("   Prefect starts in this process; the first time takes about 20 seconds.")
            with waiting():
                said = run_in_process(url, desk.now, SHARDS, home=home())
            for line in screen.wrapped("   Prefect:", said):
                screen.say(line)
        except NotReady as without:
            screen.say(f"   {without} - so the same check runs without it.")
            from models.anchors import nightly
            from models.sweep import pass_due_dates

            pass_due_dates(desk.store, desk.rules, desk.now, desk.now, progress=progress)
            nightly(desk.store, desk.now)
        for line in check.in_words(check.outcome(desk.store, desk.now)):
            screen.say(f"   {line}")
    screen.say(f"   Took {took(progress.seconds)}.")


def _case_to_show(url: str, states: Sequence[str]) -> Shown | None:
    """An open case in the first of these states that has one, and the rule that says when its conference is due."""
    from models.queries import filters, work

    far = CLOCK.replace(year=CLOCK.year + 20)
    with Desk(url) as desk, desk.store.reading() as tx:
        for state in states:
            found = work(tx, far, filters(pathway_name="child_protection", state=state))
            dated = [each for each in found if each.rule in CONFERENCES]
            if dated:
                latest = max(dated, key=lambda each: each.due_at)
                return Shown(latest.reference, latest.rule)
    return None


def _show(url: str) -> None:
    _heading("4  What is to be done")
    _type("worklist", "today", "-n", "8")
    waiting_for = _case_to_show(url, BEFORE_A_CONFERENCE)
    if waiting_for is not None:
        _heading("5  A conference that is not ready is refused, and the refusal says why")
        _type("do", waiting_for.reference, "start-conference", "--no-input")
    dated = _case_to_show(url, DATED)
    if dated is not None:
        _heading("6  A date proves itself")
        _type("why", dated.reference, dated.rule)
    _heading("7  The record proves itself")
    _type("audit", "verify")


def _type(*words: str) -> None:
    """Run a command as if it had been typed."""
    from commands.run import run

    screen.say(f"$ pathways {' '.join(words)}")
    code = run(list(words))
    sys.stderr.flush()
    if code:
        screen.say(f"(exit {code})")


def _called() -> str:
    """How the person calls this program from where they are."""
    if shutil.which("pathways"):
        return "pathways"
    given = Path(sys.argv[0])
    if given.name != "pathways" or not given.exists():
        return "pathways"
    near = os.path.relpath(given)
    return near if not near.startswith("..") else str(given)
