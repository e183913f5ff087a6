"""A store from its beginning to its next version: settings, bank holidays, who may act, what its tables and guards are.

All of it may be done again: what is there already is left as it is, and each function says what it did.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from models import compiled, guards, keys
from models.connecting import sqlite_path
from models.people import add_practitioner
from models.staff import NotOnTheRegister
from models.store import Store, open_store
from models.transaction import Transaction
from models.wire import instant_text, json_text
from pathways.answers import CODE
from pathways.clocks import Rules
from pathways.days import Calendar, Counting, SchoolCalendar, shipped_calendar
from pathways.errors import Mistyped, NotReady
from pathways.moments import local_day, words
from pathways.practice_mark import MARK
from pathways.roles import Role

GROWN = "calendar_grown"
"""When the calendar was extended, and the last year known until then: a list of both, as JSON."""
PROCLAIMED = "calendar_proclaimed"
"""When days were added to years that were known already, and which: a list of both, as JSON."""
MINUTES_BACK = 5
"""How far a clock may have gone back since the last check before the check is refused."""


@dataclass(frozen=True, slots=True)
class AtTheKeyboard:
    """Somebody who is to use a store: who the operating system says they are, and what they may do."""

    login: str
    title: str
    roles: tuple[Role, ...]
    team: str = ""
    agency: str = "local authority"


@dataclass(slots=True)
class Extended:
    """What an update of the bank holidays added."""

    days: list[tuple[date, str]] = field(default_factory=list)
    first: int = 0
    last: int = 0
    years: int = 0
    version: str = ""


def options_of(tx: Transaction) -> dict[str, str]:
    """The store's own settings."""
    return {row.name: row.value for row in tx.all("settings")}


def mark_of(tx: Transaction) -> str:
    """What a paper bears that leaves this store: that its cases are invented; empty where they are not."""
    return MARK if options_of(tx).get("practice") == "yes" else ""


def calendar_of(tx: Transaction) -> Calendar:
    """The store's own calendar.

    Raises:
        NotReady: it has none yet.
    """
    known = options_of(tx)
    first, last = known.get("calendar_first"), known.get("calendar_last")
    if not first or not last:
        raise NotReady("No bank holidays are loaded, so no date can be worked out. Run: pathways days update")
    days = {row.day: row.name for row in tx.all("bank_holidays")}
    return Calendar(days, int(first), int(last), known.get("calendar_version", ""))


def rules_of(store: Store) -> Rules:
    """The rules of the store's authority, its calendar, its ways of counting."""
    from pathways.rulebook import load

    with store.reading() as tx:
        known, calendar = options_of(tx), calendar_of(tx)
    opens = known.get("school_opens")
    counting = Counting(school_opens=time.fromisoformat(opens)) if opens else Counting()
    return Rules(
        load(known.get("authority", "sefton")), calendar, counting, schools=_Schools(store, calendar).get
    )


class _Schools:
    """The calendars of schools, each read when a case first asks for it."""

    def __init__(self, store: Store, bank: Calendar) -> None:
        self._store, self._bank = store, bank
        self._known: dict[str, tuple[SchoolCalendar, str] | None] = {}

    def get(self, school: str) -> tuple[SchoolCalendar, str] | None:
        if school not in self._known:
            # A connection of its own: a case asks while its own transaction is open.
            with open_store(self._store.url, check=False) as beside, beside.reading() as tx:
                row = tx.one("school_calendar", school=school)
            found = None
            if row is not None:
                found = SchoolCalendar.from_csv(row.terms, self._bank), f"{school} {row.version}"
            self._known[school] = found
        return self._known[school]


def load_school(store: Store, school: str, terms: str, now: datetime) -> tuple[SchoolCalendar, str]:
    """Take in a school's calendar; cases that name the school count their school days with it from now on.

    Args:
        store: the store.
        school: the school's short name, as cases give it; `usual` stands for cases that name none.
        terms: CSV of from, to, kind (term, training, closure; both days included).
        now: the moment that is written beside it.

    Raises:
        Mistyped: the name or a line cannot be used.
    """
    if not re.fullmatch(CODE, school):
        raise Mistyped(
            f"'{school[:40]}' cannot be a school's short name: use letters, digits and hyphens, up to 40."
        )
    with store.reading() as tx:
        calendar = SchoolCalendar.from_csv(terms, calendar_of(tx))
    version = sha256(terms.encode()).hexdigest()[:8]
    with store.writing() as tx:
        newest = tx.one("school_calendar", school=school)
        if newest is None or newest.version != version:
            tx.run("add_school_days", school=school, terms=terms, version=version, loaded_at=now)
    return calendar, version


def moments(
    store: Store, as_of: datetime | None, real: datetime, *, confirmed: bool = False
) -> tuple[datetime, datetime]:
    """The moment a check looks from, and the moment it writes beside what it does.

    A practice store may be looked at from later than its fixed clock; a real one never from the future.

    Args:
        store: the store.
        as_of: the moment asked for, if one was.
        real: this computer's moment.
        confirmed: somebody has said that it is right, and that it was ahead when the last check ran. The next check
            is held against this one, so that it is said once.

    Raises:
        Mistyped: `as_of` lies ahead.
        NotReady: this computer's clock is behind the last check, and all times would be wrong.
    """
    with store.reading() as tx:
        known = options_of(tx)
        last = tx.all("check_runs", most=1)
    fixed = known.get("clock")
    if fixed:
        now = datetime.fromisoformat(fixed)
        return as_of or now, max(now, as_of or now)
    ahead = bool(last) and (last[0].started_at - real).total_seconds() > MINUTES_BACK * 60
    if ahead and not confirmed:
        raise NotReady(
            "This computer's clock is behind the last check, so nothing was checked. Set the clock right first. If it is "
            "right, and was ahead when that check ran: pathways check run --confirm-clock"
        )
    if as_of is not None and as_of > real:
        raise Mistyped(
            f"{words(local_day(as_of))} at that hour is in the future. A check looks at what has passed."
        )
    return as_of or real, real


# --- a fresh store ------------------------------------------------------------------------------------------


def make_tables(url: str) -> bool:
    """Make an empty store's tables, or bring older ones up to date; whether there was no store before."""
    from models.schema import upgrade

    path = sqlite_path(url)
    if path is not None and path.parent.exists() and not os.access(path.parent, os.W_OK):
        raise NotReady(f"Nothing can be written in the folder {path.parent}. Choose another: PATHWAYS_HOME")
    fresh = path is not None and (not path.exists() or path.stat().st_size == 0)
    try:
        upgrade(url)
    except OSError as fault:
        raise NotReady(
            f"The records cannot be made there ({fault.strerror}). Choose another place."
        ) from None
    return fresh


def settle_key(url: str, *, unencrypted: bool) -> str:
    """Give a SQLite store that is not there yet its key; a sentence about where it is, empty where nothing was done.

    Raises:
        NotReady: there is nowhere to keep a key.
        Mistyped: the store is there and is encrypted, and was asked for without.
    """
    path = sqlite_path(url)
    if path is None:
        return ""
    there = path.exists() and path.stat().st_size > 0
    note = keys.note_of(path)
    if unencrypted and note is not None:
        raise Mistyped(
            "These records are encrypted, and stay so. For made-up data use a folder of its own: PATHWAYS_HOME"
        )
    if there or unencrypted or note is not None:
        return ""
    slot, made = keys.fresh()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys.write_note(path, keys.Note((slot,)))
    return KEY_IS[made.source]


KEY_IS = {
    keys.KEYRING: "Key: made, and kept in this login's keyring. Keep a copy of it on paper in a safe: pathways db key write-down",
    keys.MANAGER: "Key: the one that the service manager hands over",
    keys.PASSPHRASE: f"Key: from the passphrase in {keys.PASSPHRASE}",
    keys.TYPED: "Key: from your passphrase. Nobody can get it back for you: keep it on paper in a safe",
}


def settle_sealing(store: Store, *, unencrypted: bool) -> str:
    """Note in a store that was just made how its content is kept; a sentence where that is new.

    PostgreSQL: the content of cases is sealed, and the note about the key is a setting of the store.

    Raises:
        NotReady: there is nowhere to keep a key.
        Mistyped: the store is sealed, and was asked for without.
    """
    with store.writing() as tx:
        known = options_of(tx)
        if unencrypted:
            if keys.NOTE in known:
                raise Mistyped(
                    "What is in these records is sealed, and stays so. For made-up data use another database."
                )
            tx.run("put_setting", name="unencrypted", value="yes")
            return "" if "unencrypted" in known else UNENCRYPTED
        if store.dialect == "sqlite" or "authority" in known:
            return ""
        slot, made = keys.fresh()
        tx.run("put_setting", name=keys.NOTE, value=keys.Note((slot,)).text())
    store.keys, store.sealed = [made], True
    return KEY_IS[made.source]


UNENCRYPTED = "NOT ENCRYPTED, as you asked: for made-up data only. Put nobody real into these records"


def fill(
    store: Store, who: AtTheKeyboard, *, authority: str, now: datetime, practice_clock: datetime | None = None
) -> list[str]:
    """Put into a store what it needs before its first case; one sentence for each thing done.

    Args:
        store: a store with its tables.
        who: the person at the keyboard.
        authority: whose rules it follows.
        now: the moment that is written.
        practice_clock: for invented cases only: the moment at which the store's clock stands.

    Raises:
        Mistyped: the store follows another authority's rules, or there are no rules for this one.
    """
    from pathways.rulebook import load

    pack = load(authority)
    done: list[str] = []
    with store.writing() as tx:
        known = options_of(tx)
        if known.get("authority", authority) != authority:
            raise Mistyped(
                f"These records follow the rules for {known['authority']}, and what is in them was worked out under "
                f"those. For {authority}, begin a store of its own."
            )
        if (known.get("practice") == "yes") != (practice_clock is not None) and "authority" in known:
            raise Mistyped("Practice cases and real ones are never kept together. Use another store.")
        if "authority" not in known:
            tx.run("put_setting", name="authority", value=authority)
            done.append(f"Rules: {pack.name}")
        if practice_clock is not None and "clock" not in known:
            tx.run("put_setting", name="practice", value="yes")
            tx.run("put_setting", name="clock", value=practice_clock.isoformat())
        if "calendar_last" not in known:
            done.append(_ship_calendar(tx))
        done += _enrol(tx, who, now)
    return done


def _ship_calendar(tx: Transaction) -> str:
    shipped = shipped_calendar()
    rows = [{"day": day, "name": name} for day, name in sorted(shipped.holidays.items())]
    tx.run("clear_bank_holidays")
    tx.many("add_bank_holiday", rows)
    _put_calendar(tx, shipped.first_year, shipped.last_year, shipped.version)
    return f"Bank holidays in England: {shipped.first_year} to {shipped.last_year}"


def _put_calendar(tx: Transaction, first: int, last: int, version: str) -> None:
    for name, value in (("first", first), ("last", last), ("version", version)):
        tx.run("put_setting", name=f"calendar_{name}", value=str(value))


def _enrol(tx: Transaction, who: AtTheKeyboard, now: datetime) -> list[str]:
    """Put the first person on the staff register. Whoever comes later is put there by somebody who is on it.

    Raises:
        NotOnTheRegister: there are people on it already, and this is none of them.
    """
    today = local_day(now)
    row = tx.one("practitioner_by_login", login=who.login)
    if row is not None:
        return []
    if tx.one("any_practitioner") is not None:
        raise NotOnTheRegister(
            f"These records have a staff register, and {who.login} is not on it. Ask who looks after them to add you: "
            "pathways users add"
        )
    shared: dict[str, Any] = {
        "agency": who.agency,
        "team": who.team,
        "from_on": today,
        "to_on": None,
        "recorded_at": now,
    }
    number = add_practitioner(tx, who.login, who.title, **shared)
    for role in who.roles:
        tx.run("add_practitioner_role", practitioner_id=number, role=role.value, **shared)
    return [f"You: {who.login}, as {', '.join(role.label for role in who.roles)}"]


# --- bank holidays --------------------------------------------------------------------------------------------


def extend_days(
    store: Store, rows: Iterable[tuple[date, str]], last_year: int, version: str, *, at: datetime
) -> Extended:
    """Add days and years that the store does not know yet, at a moment; nothing known is changed or taken out.

    The version changes with it: a date worked out before is never compared with a calendar that it did not have. To
    which year days were known until that moment is kept too: a clock that an import could not count stays without one.
    """
    today = local_day(at)
    with store.writing() as tx:
        before = calendar_of(tx) if "calendar_last" in options_of(tx) else None
        known = before.holidays if before else {}
        found = [(day, name) for day, name in rows if day not in known]
        first = before.first_year if before else min((day.year for day, _ in found), default=today.year)
        last = max(before.last_year, last_year) if before else last_year
        made = Extended(found, first, last, last - before.last_year if before else last - first + 1)
        made.version = before.version if before else version
        if found or made.years:
            made.version = f"{version} to {last}, {today.isoformat()}"
            tx.many("add_bank_holiday", [{"day": day, "name": name} for day, name in found])
            _put_calendar(tx, first, last, made.version)
        if before and made.years:
            told = [*grown(options_of(tx)), (at, before.last_year)]
            text = json_text([(instant_text(each), year) for each, year in told])
            tx.run("put_setting", name=GROWN, value=text)
        if before and found:
            added = [*_proclaimed(options_of(tx)), (instant_text(at), [day.isoformat() for day, _ in found])]
            tx.run("put_setting", name=PROCLAIMED, value=json_text(added))
        return made


def _proclaimed(known: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = json.loads(known.get(PROCLAIMED, "[]"))
    return found


def not_known_by(known: Mapping[str, str], until: datetime) -> tuple[frozenset[date], int | None]:
    """What of the store's calendar was not known at a moment: days added since, and the last year known then.

    Args:
        known: the store's settings.
        until: the moment, aware.

    Returns:
        The days; and the year, None where no year has been added since.
    """
    since = instant_text(until)
    days = (day for at, added in _proclaimed(known) if at >= since for day in added)
    year = next((year for at, year in grown(known) if at >= until), None)
    return frozenset(map(date.fromisoformat, days)), year


def grown(known: Mapping[str, str]) -> list[tuple[datetime, int]]:
    """When the calendar was extended, each with the last year that was known until then; oldest first."""
    return [(datetime.fromisoformat(each), year) for each, year in json.loads(known.get(GROWN, "[]"))]


# --- an older store -----------------------------------------------------------------------------------------------


def revision(store: Store) -> str:
    """The revision that the store's tables are at; empty where it has none."""
    with store.reading() as tx:
        if store.dialect == "sqlite":
            there = tx.connection.execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
            ).fetchone()
        else:
            there = tx.connection.execute("SELECT to_regclass('alembic_version')").fetchone()
        if there is None or there[0] is None:
            return ""
        row = tx.connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else ""


def guards_missing(store: Store) -> list[str]:
    """The names of the trail's guards that are not in the database, are switched off, or do something else."""
    with store.reading() as tx:
        found = tx.connection.execute(guards.STANDING[store.dialect]).fetchall()
    return guards.missing(store.dialect, {each for (each,) in found})


def wall_open(store: Store) -> bool:
    """Whether row security is not in force as it should be; SQLite has none."""
    if store.dialect == "sqlite":
        return False
    from models.row_security import open_tables

    return bool(open_tables(store))


def lay_guards(store: Store) -> None:
    """Lay every guard of the trail down anew."""
    with store.writing() as tx:
        for text in guards.statements(store.dialect):
            tx.connection.execute(text)


def is_newer(found: str) -> bool:
    """Whether tables at this revision belong to a newer version of the program."""
    return found > compiled.HEAD


def pragmas(store: Store, names: Sequence[str]) -> dict[str, str]:
    """What SQLite's own settings are on this connection."""
    found = ((name, store.connection.execute(f"PRAGMA {name}").fetchone()) for name in names)
    return {name: str(row[0]) if row else "" for name, row in found}
