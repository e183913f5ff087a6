"""Is everything in order? One line for each thing looked at: ok, or what to do. No case data is shown."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import metadata
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, NamedTuple

import typer

from commands import screen
from commands.desk import Desk, database_url, home, moment_now
from commands.options import Json
from commands.spoken import plural
from commands.style import STYLE, examples
from models.connecting import sqlite_path
from models.place import unfit_place
from pathways.errors import NOT_READY, OK, PathwayError
from pathways.moments import words

app = typer.Typer(**STYLE)

STALE = timedelta(hours=26)
AHEAD = timedelta(hours=1)
"""What a clock that is put right may be set back by."""
ROOM = 1 << 20
"""How many bytes must be free for records to be opened at all, with some to spare."""
WANTED = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "recursive_triggers": "1",
    "secure_delete": "1",
}
ON_THE_SERVER = ("synchronous_commit", "fsync", "full_page_writes")
"""Settings without which PostgreSQL forgets what it acknowledged, at the latest when the power goes."""


class Check(NamedTuple):
    """One thing looked at: whether it is in order, what was found, what to do where it is not."""

    name: str
    ok: bool
    found: str
    fix: str = ""


@app.command(
    help=examples(
        "Look at everything this program rests on. Exit code 10: something is to be put right.",
        "pathways doctor --json",
    )
)
def doctor(
    as_json: Json = False,
) -> int:
    """Look at everything this program rests on. Exit code 10: something is to be put right."""
    found = [*_program(), *_store(), *_service()]
    wrong = [each for each in found if not each.ok]
    if as_json:
        screen.answer_json("doctor/1", {"ok": not wrong, "checks": [each._asdict() for each in found]})
        return NOT_READY if wrong else OK
    for each in found:
        label = f"{'ok ' if each.ok else 'FIX'}  {each.name:<18}"
        for line in screen.wrapped(label, each.found, indent=24):
            screen.say(line)
        if not each.ok and each.fix:
            for line in screen.wrapped("", f"To do: {each.fix}", indent=24):
                screen.say(line)
    screen.say()
    number = len(wrong)
    screen.say(
        f"{len(found)} things looked at, "
        + ("all in order." if not wrong else f"{number} to put right." if number > 1 else "one to put right.")
    )
    return NOT_READY if wrong else OK


# --- the program ------------------------------------------------------------------------------------------------


def _program() -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("Python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer")
    yield _versions()
    yield _prefect()
    yield _time_zones()
    yield _bytecode()
    yield _rule_pack()
    yield _pathways()
    yield from _tours()
    yield from _incidents()


def _incidents() -> Iterator[Check]:
    """Where the faults of our own are noted that a number on the screen stood for."""
    path = home() / "incidents.log"
    try:
        with path.open(encoding="utf-8", errors="replace") as log:
            noted = sum(line.startswith("incident ") for line in log)
    except (OSError, ValueError):  # the last: a NUL in its name
        return
    yield Check("Own faults", True, f"{noted} noted, each with its number and no case data, in {path}")


def _tours() -> Iterator[Check]:
    """What a killed tour left behind: invented cases in a folder of their own, which the next tour throws away."""
    from tempfile import gettempdir

    from commands.tour import FOLDER
    from models.copy_files import left_in

    left = left_in(Path(gettempdir()), FOLDER, moment_now())
    if left:
        said = f"{plural(len(left), 'folder')} of invented cases left by a tour that was cut off; the next tour removes them"
        yield Check("Tours", True, said)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(each) for each in version.split(".")[:2] if each.isdigit())


def _versions() -> Check:
    found = _version("sqlalchemy")
    fine = (2, 0) <= _numbers(found) < (2, 1)
    return Check(
        "SQLAlchemy", fine, found or "not installed", "install the versions of requirements.lock: make setup"
    )


def _prefect() -> Check:
    found, api = _version("prefect"), _version("fastapi")
    if not found:
        return Check("Prefect", True, "not installed; checks run without it")
    fine = found == "3.8.8" and (not api or _numbers(api) < (0, 151))
    fix = "with other versions nothing may ever be scheduled; install those of requirements.lock: make setup"
    return Check("Prefect", fine, f"{found} with FastAPI {api or 'missing'}", fix)


def _time_zones() -> Check:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        zone = ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        return Check("Time zones", False, "London's clock changes are not known", "install tzdata")
    summer = datetime(2026, 7, 1, tzinfo=zone).utcoffset() == timedelta(hours=1)
    return Check(
        "Time zones",
        summer,
        "London's clock changes are known" if summer else "London's are wrong",
        "install tzdata",
    )


def _bytecode() -> Check:
    import pathways

    source = Path(pathways.__file__)
    there = Path(cache_from_source(str(source))).exists()
    fix = "every command starts slowly; run: make setup, or python -m compileall"
    return Check("Bytecode", there, "compiled" if there else "not compiled", fix)


def _rule_pack() -> Check:
    from pathways.rulebook import load

    try:
        pack = load()
    except PathwayError as fault:
        return Check("Rule pack", False, str(fault), "install this program anew")
    return Check("Rule pack", True, f"{pack.name}, {len(pack.rules())} rules")


def _pathways() -> Check:
    from pathways import NAMES, pathway

    try:
        moves = sum(len(pathway(name).moves) for name in NAMES)
    except PathwayError as fault:
        return Check("Pathways", False, str(fault), "install this program anew")
    return Check("Pathways", True, f"{len(NAMES)} load, with {moves} moves")


# --- the store ---------------------------------------------------------------------------------------------------


def _store() -> Iterator[Check]:
    try:
        url = database_url()
        path = sqlite_path(url)
        if path is not None:
            yield _disk(path)
        desk = Desk(check=False)
    except PathwayError as fault:
        yield Check("Database", False, str(fault), _in_the_way())
        return
    with desk:
        yield Check("Database", True, f"{'SQLite' if path else 'PostgreSQL'}, reached")
        tables = _tables(desk)
        yield tables
        if not tables.ok:
            return
        walls = () if path else (_row_security, _database_login)
        for look in (
            _guards,
            *walls,
            _settings_of_database,
            _calendar,
            _last_check,
            _heads,
            _anchors,
            _key,
            _backups,
            _practice,
        ):
            yield _safely(look, desk)
    if path is not None and os.name == "posix":
        yield _modes(path)


def _service() -> Iterator[Check]:
    """Prefect as it runs here, and the messages that wait for it and for the mail relay."""
    from flows.hardening import look

    try:
        yield from (Check(*each) for each in look(home(), database_url()))
        with Desk() as desk, desk.store.reading() as tx:
            notices = {bool(row.given_up): row.notices for row in tx.all("count_notices")}
            waiting = tx.need("count_waiting_messages").messages
            read_only = desk.store.read_only
    except PathwayError:
        return  # what is wrong with the records has been said
    refused, held = notices.get(True, 0), notices.get(False, 0)
    said = f"{held} waiting, {refused} given up; {waiting} not relayed yet"
    yield Check(
        "Messages", not refused, said, "correct those addresses on the staff register: pathways users"
    )
    if read_only:
        said = "it did not verify, and may only be read"
        yield Check("Record", False, said, "see docs/runbook.md; then pathways audit clear")


def _safely(look: Callable[[Desk], Check], desk: Desk) -> Check:
    try:
        return look(desk)
    except PathwayError as fault:
        return Check(
            look.__name__.strip("_").replace("_", " ").capitalize(), False, str(fault), "see that sentence"
        )


def _in_the_way() -> str:
    """What to do where a file of records does not open for the room on its disk, or for who may write there."""
    try:
        path = sqlite_path(database_url())
        if path is None or not path.exists():
            return ""
        if shutil.disk_usage(path.parent).free < ROOM:
            return f"the disk that holds {path.parent} is full: make room on it"
        shut = [str(each) for each in (path, path.parent) if not os.access(each, os.W_OK)]
    except (PathwayError, OSError):
        return ""
    return f"let whoever runs this write to {' and '.join(shut)}" if shut else ""


def _disk(path: Path) -> Check:
    unfit = unfit_place(path)
    if unfit:
        found = f"on {unfit}: such a place cannot hold a database that is in use"
        return Check("Place", False, found, "keep it on this computer's own disk, or use PostgreSQL")
    return Check("Place", True, "on this computer's own disk")


def _modes(path: Path) -> Check:
    loose = [each.name for each in (path, path.parent, home() / "pathways.toml") if _open_to_others(each)]
    fix = f"chmod 700 {path.parent}; chmod 600 {path}"
    found = "for its owner alone" if not loose else f"others may look into {', '.join(loose)}"
    return Check("Permissions", not loose, found, fix)


def _open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & 0o077)
    except OSError:
        return False


def _tables(desk: Desk) -> Check:
    from models import compiled
    from models.setup import revision

    try:
        found = revision(desk.store)
    except PathwayError as fault:
        return Check("Tables", False, str(fault), "restore a backup")
    if not found:
        return Check("Tables", False, "there are none", "pathways init, or pathways demo to try it out")
    fix = "install the newer version" if found > compiled.HEAD else "pathways db upgrade"
    return Check("Tables", found == compiled.HEAD, f"version {found}; this program has {compiled.HEAD}", fix)


def _guards(desk: Desk) -> Check:
    from models.setup import guards_missing

    missing = guards_missing(desk.store)
    found = "the database refuses to change the trail" if not missing else f"missing: {', '.join(missing)}"
    return Check("Guards", not missing, found, "pathways db upgrade, then pathways audit verify")


def _row_security(desk: Desk) -> Check:
    from models.row_security import open_tables

    bare = open_tables(desk.store)
    found = "each login sees what it may see" if not bare else f"not in force on: {', '.join(bare)}"
    return Check(
        "Row security", not bare, found, "pathways db upgrade, as the operator; then look who changed it"
    )


def _database_login(desk: Desk) -> Check:
    from models.row_security import holds

    why_not = holds(desk.store)
    found = "row security holds it" if not why_not else f"row security does not hold it: it is {why_not}"
    return Check(
        "Database login", not why_not, found, "give every practitioner a login in pathways_app alone"
    )


def _settings_of_database(desk: Desk) -> Check:
    if desk.store.dialect != "sqlite":
        with desk.store.reading() as tx:
            kept = {name: tx.connection.execute(f"SHOW {name}").fetchone()[0] for name in ON_THE_SERVER}
        off = [f"{name} is off" for name in ON_THE_SERVER if kept[name] == "off"]
        return Check(
            "Durability",
            not off,
            "; ".join(off) or f"every commit on disk, synchronous_commit is {kept['synchronous_commit']}",
            "switch it on in the server's settings: a power cut loses what was acknowledged, or the database",
        )
    from models.setup import pragmas

    found = pragmas(desk.store, tuple(WANTED))
    wrong = [f"{name} is {found[name]}" for name, wanted in WANTED.items() if found[name] != wanted]
    return Check(
        "Durability",
        not wrong,
        ", ".join(wrong) or "write-ahead log, every commit on disk",
        "tell the makers",
    )


def _calendar(desk: Desk) -> Check:
    last, year = desk.rules.calendar.last_year, desk.today.year
    return Check("Bank holidays", last > year + 1, f"known to the end of {last}", "pathways days update")


def _last_check(desk: Desk) -> Check:
    from models.queries import last_check

    with desk.store.reading() as tx:
        found = last_check(tx)
        cases = sum(each.cases for each in tx.all("count_open_cases"))
        parked = len(tx.all("parked_cases"))
    if found is None:
        return Check("Last check", not cases, "there has been none yet", "pathways check run")
    fresh = desk.now - found.as_of <= STALE
    said = f"as at {words(found.as_of.astimezone(moment_now().tzinfo))}"
    if found.as_of - desk.now > AHEAD:
        return Check(
            "Last check",
            False,
            f"{said}, which is still to come",
            "set this computer's clock right; if it is: pathways check run --confirm-clock",
        )
    if parked:
        return Check("Last check", False, f"{said}; {parked} could not be checked", "pathways check last")
    return Check(
        "Last check", fresh, said + ("" if fresh else ", more than 26 hours ago"), "pathways check run"
    )


def _anchors(desk: Desk) -> Check:
    from models.anchors import latest, outside, read_outside, sees_part

    if sees_part(desk.store):
        return Check("Anchors", True, "the service's login sees them, and looks after them")
    made, place = latest(desk.store), outside(desk.store)
    if place is None:
        more = "" if desk.practice else "; name another place: anchor_file in pathways.toml"
        return Check("Anchors", True, f"kept with the records only{more}")
    kept = {each.anchor.text for each in read_outside(place)}
    lags = made is not None and made.anchor.text not in kept
    said = "the newest is not in the file elsewhere" if lags else "kept in a file elsewhere"
    return Check("Anchors", not lags, said, "mend that place, then: pathways audit anchor")


def _key(desk: Desk) -> Check:
    if desk.practice:
        return Check("Encryption", True, "none; the cases are invented")
    from models.keys import keys_of
    from models.sealing_facts import open_facts
    from models.sealing_pages import without_page_keys

    held = keys_of(desk.store)
    if not held:
        return Check(
            "Encryption",
            False,
            "NOT ENCRYPTED: for made-up data only",
            "for real cases begin another store: pathways init",
        )
    open_ones = open_facts(desk.store)
    if open_ones:
        said = f"on; but the facts of {plural(open_ones, 'case')} lie open, as an older version wrote them"
        return Check("Encryption", False, said, "pathways db upgrade")
    paged = without_page_keys(desk.store)
    if paged:
        said = f"on; but the pages of {plural(paged, 'case')} have no keys of their own, as an older version wrote them"
        return Check("Encryption", False, said, "pathways db upgrade")
    return Check("Encryption", True, f"on; key from: {held[0].source}")


def _backups(desk: Desk) -> Check:
    from models.copy_state import state_of
    from models.dumps import left_behind

    with desk.store.reading() as tx:
        wrong = [] if desk.practice else state_of(tx, desk.now)
    wrong += [
        f"{each} on the server is a copy of records that a stopped run left."
        for each in left_behind(desk.store)
    ]
    return Check(
        "Backups",
        not wrong,
        " ".join(wrong) or "none is missing",
        "pathways db backup, then pathways db drill",
    )


def _heads(desk: Desk) -> Check:
    with desk.store.reading() as tx:
        off: list[Any] = tx.all("cases_off_their_trail")
    found = (
        "every case ends where its trail ends"
        if not off
        else f"{len(off)} or more cases do not end where their trail does"
    )
    return Check("Trail", not off, found, "stop, and run: pathways audit verify")


def _practice(desk: Desk) -> Check:
    if desk.practice:
        return Check("Cases", True, f"invented ones; the clock stands at {words(desk.today)}")
    named = next(iter(sorted(role.label for role in desk.actor.roles)), "")
    return Check("You", bool(named), f"{desk.actor.name}, {named or 'without a role today'}", "pathways init")
