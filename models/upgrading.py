"""An upgrade of the tables: what it will change, when it has to wait, the backup that comes first.

One transaction changes the tables, so a cut-off upgrade has changed nothing. Guards and row security that are missing
are laid anew with it; that alone changes no row and needs no backup. Facts that lie open on case rows, as versions
before 0015 wrote them, are sealed afterwards (`models/sealing_facts.py`), and pages that lie under the key of their case's
entries, as versions before 0023 sealed them, get keys of their own (`models/sealing_pages.py`); cut off, the next upgrade
goes on with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from models import compiled
from models.connecting import sqlite_path
from models.copies import back_up_older
from models.copy_files import Copy
from models.driver_faults import Busy
from models.guards import NEEDS
from models.sealing_facts import open_facts, seal_facts
from models.sealing_pages import seal_pages, without_page_keys
from models.setup import guards_missing, is_newer, lay_guards, make_tables, options_of, revision, wall_open
from models.store import Store, open_store
from pathways.errors import NotReady
from pathways.moments import words

STILL_RUNNING = timedelta(hours=1)
"""How long a check or an import that has not finished is taken to be running still."""
BYTES_A_SECOND = 20_000_000
"""Of the store, copied, sealed and read back: a slow disk; see docs/performance.md."""
SECONDS_A_STEP = 1
FACTS_A_SECOND = 5_000
PAGED_CASES_A_SECOND = 1_000
SEALED_SINCE, FACTS_SEALED_SINCE, PAGES_SEALED_SINCE = "0002", "0015", "0023"
"""The first tables that hold keys of cases, whose case rows are sealed as they are written, whose pages have their keys."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an upgrade would do.

    `steps` are the migrations to come: number, and what it makes. `seconds` is about how long all of it takes, the
    backup included. `guards` names those that are missing, without those whose table is still to come; `wall` tells
    that row security is not in force. `facts` says on how many cases facts are to be sealed, `pages` of how many cases the
    pages are to get keys of their own.
    """

    found: str
    steps: Sequence[tuple[str, str]]
    seconds: int
    guards: Sequence[str]
    wall: bool
    facts: int
    pages: int

    @property
    def nothing(self) -> bool:
        """Whether the tables, their guards, their row security, facts and pages are as this version has them."""
        return not (self.steps or self.guards or self.wall or self.facts or self.pages)


def plan(url: str) -> Plan:
    """Look what an upgrade of the store at this address would do.

    Raises:
        NotReady: there is no store, or it is newer than this program.
    """
    from models.schema import steps_after

    with open_store(url, check=False) as store:
        found = revision(store)
        if not found:
            raise NotReady(
                "There are no records here yet. To begin: pathways init, or pathways demo to try it out."
            )
        if is_newer(found):
            raise NotReady(
                "These records belong to a newer version of this program. Install that version; nothing was changed."
            )
        older = found != compiled.HEAD
        steps = steps_after(found) if older else []
        seconds = len(steps) * SECONDS_A_STEP + _size(store) // BYTES_A_SECOND if older else 0
        sealed = found >= SEALED_SINCE
        facts, pages = (open_facts(store), without_page_keys(store)) if sealed else (0, 0)
        seconds += facts // FACTS_A_SECOND + pages // PAGED_CASES_A_SECOND
        taken = [each for each in guards_missing(store) if not (older and each in NEEDS)]
        return Plan(found, steps, seconds, taken, not older and wall_open(store), facts, pages)


def _size(store: Store) -> int:
    path = sqlite_path(store.url)
    if path is not None:
        return path.stat().st_size
    (size,) = store.connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(size)


def refuse_while_written(url: str, now: datetime) -> None:
    """Refuse to begin while a case is being written: by a command, a check, an import.

    Args:
        url: the store.
        now: the present moment.

    Raises:
        Busy: somebody is writing.
        NotReady: a check or an import has not finished.
    """
    with open_store(url, check=False) as store:
        if store.dialect == "postgresql":
            if store.connection.execute(_WRITERS).fetchone()[0]:
                raise Busy
        else:
            with store.writing(keep=False, service=True):
                pass  # nobody else holds the file
        with store.reading() as tx:
            practice = options_of(tx).get("practice") == "yes"
            runs = [("A check", tx.one("newest_check")), ("An import", tx.one("newest_import"))]
    for called, run in runs:
        # The clock of a practice store stands still, so there is no telling how long ago it was.
        if practice or run is None or run.finished_at is not None:
            continue
        if now - run.started_at < STILL_RUNNING:
            until = words(run.started_at + STILL_RUNNING)
            raise NotReady(
                f"{called} began on {words(run.started_at)} and has not finished. Nothing was changed. Wait for it; "
                f"if it was stopped, upgrade after {until}."
            )


_WRITERS = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid() "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND relation IN ('pathway_case'::regclass, 'trail'::regclass)"
)
"""Other connections that have written to a case or the trail and not yet ended their transaction."""


def back_up_first(url: str, found: str, folder: Path, now: datetime) -> Copy:
    """Make the backup that comes before the tables change.

    Raises:
        NotReady, NotWhole: it could not be made, so the tables stay as they are.
    """
    with open_store(url, check=False) as store:
        return back_up_older(store, found, folder, now)


def carry_out(url: str, planned: Plan) -> None:
    """Bring the tables to this version, and lay what is missing of their guards.

    Raises:
        NotReady: this login may not, or the tables are in use. Nothing was changed; or it may change the tables and not
            see every case, so that facts lie open still, or pages under the key of their case.
    """
    if planned.steps or planned.wall:
        make_tables(url)
    if planned.guards or planned.steps:
        with open_store(url, check=False) as store:
            if guards_missing(store):
                lay_guards(store)
    with open_store(url) as store:
        if planned.facts or planned.found < FACTS_SEALED_SINCE:
            seal_facts(store)
        if planned.pages or planned.found < PAGES_SEALED_SINCE:
            seal_pages(store)
