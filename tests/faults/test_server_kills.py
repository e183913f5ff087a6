"""PostgreSQL's server killed while people write and the check runs: every acknowledged receipt is there afterwards."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from models.casework import Casework
from models.setup import rules_of
from models.store import open_store
from models.sweep import pass_due_dates
from pathways import pathway
from pathways.errors import CONFLICT, NOT_READY, PathwayError
from tests.casefile import COORDINATOR, complete
from tests.faults.contents import faults_at
from tests.faults.harness import Found
from tests.faults.jobs import CASE, MONDAY
from tests.faults.points import every
from tests.faults.stores import fill_cases

pytestmark = [pytest.mark.faults, pytest.mark.slow]
WRITERS = 3
NOTE = next(each for each in pathway("child_protection").moves if each.trigger == "note")
NIGHT = datetime(2026, 12, 20, 6, 0, tzinfo=UTC)


class _Writing:
    """People who write until they are told to stop, each keeping the receipts that they were given."""

    def __init__(self, url: str, case: str) -> None:
        self.url, self.case = url, case
        self.stop = threading.Event()
        self.receipts: list[tuple[int, str]] = []
        self.wrong: list[str] = []
        self.people = [threading.Thread(target=self._write) for _ in range(WRITERS)]

    def _write(self) -> None:
        now = MONDAY
        while not self.stop.is_set():
            try:
                with open_store(self.url) as store:
                    casework = Casework(store, rules_of(store))
                    while not self.stop.is_set():
                        now += timedelta(seconds=1)
                        try:
                            made = casework.make(
                                self.case,
                                "note",
                                actor=COORDINATOR,
                                now=now,
                                answers=complete(NOTE.records, "2026-11-20"),
                            )
                        except PathwayError as refused:
                            if refused.code != CONFLICT:
                                raise
                        else:
                            self.receipts.append((made.seq, made.code))
            except PathwayError as refused:
                if refused.code != NOT_READY:
                    self.wrong.append(f"{type(refused).__name__}: {refused}")
                    return
                time.sleep(0.01)  # the server is being killed; nothing else to wait for
            except Exception as fault:  # a driver's own exception must never come through
                self.wrong.append(f"{type(fault).__name__}: {fault}")
                return


def processes_of(server: int) -> list[int]:
    """The server's own processes."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        if parent == server:
            found.append(int(status.parent.name))
    return found


def kill_one_backend(cluster, rng: random.Random) -> None:
    """Kill the process behind one person's connection; PostgreSQL then ends every other, and restarts itself.

    A busy server notices late: only once it has ended our own connection too has it begun.
    """
    with suppress(psycopg.OperationalError), cluster.connect() as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = 'broken' AND pid <> pg_backend_pid()"
        ).fetchall()
        if rows:
            os.kill(rng.choice(rows)[0], signal.SIGKILL)
            for _ in range(6_000):
                connection.execute("SELECT 1")
                time.sleep(0.01)
            pytest.fail("the server goes on as if nobody had been killed")


def kill_everything(cluster) -> None:
    """Kill the first process and all its children, as a machine does that runs out of memory, or stops."""
    first = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
    rest = processes_of(first)
    cluster.kill()
    for each in rest:
        try:
            os.kill(each, signal.SIGKILL)
        except ProcessLookupError:
            continue


@pytest.mark.parametrize("what", ["a backend", "the whole server"])
def test_what_was_acknowledged_survives_the_death_of_the_server(own_postgres, report, what):
    url = own_postgres.create("broken")
    fill_cases(url)
    found = Found()
    acknowledged: list[tuple[int, str]] = []
    for seed in range(2 if every() > 1 else 20):
        rng = random.Random(seed)
        writing = _Writing(url, CASE)
        for person in writing.people:
            person.start()
        time.sleep(rng.uniform(0.3, 0.8))
        kill_one_backend(own_postgres, rng) if what == "a backend" else kill_everything(own_postgres)
        time.sleep(0.1)
        writing.stop.set()
        for person in writing.people:
            person.join(60)
        for _ in range(100):
            if own_postgres.running():
                break
            if what == "the whole server":
                own_postgres.start()
            time.sleep(0.1)
        found.points += 1
        for wrong in writing.wrong:
            found.note("not_whole", f"seed {seed}: {wrong}")
        acknowledged += writing.receipts
        with open_store(url) as store, store.reading() as tx:
            rows = tx.all("trail_of_case", reference=CASE)
        there = [(row.seq, bytes(row.hash).hex()[:8]) for row in rows if row.action == "note"]
        for receipt in set(acknowledged) - set(there):
            found.note("lost", f"seed {seed}: {receipt} was acknowledged and is not there")
        in_doubt = len(there) - len(acknowledged)
        if not 0 <= in_doubt <= WRITERS * found.points:
            found.note("doubled", f"seed {seed}: {in_doubt} entries that nobody was told of")
        for fault in faults_at(url):
            found.note("not_whole", f"seed {seed}: {fault}")
    report(
        f"{what} killed (kill -9) while {WRITERS} people write",
        f"{len(acknowledged)} receipts",
        "postgresql",
        found,
    )
    assert len(acknowledged) > found.points
    assert found.said == []


def test_a_check_cut_off_by_the_death_of_the_server_is_finished_by_the_next_one(own_postgres, report):
    from models.people import NewPerson
    from tests.faults.jobs import STARTED

    template = own_postgres.template("many", fill=fill_cases)
    with open_store(own_postgres.create("several", template)) as store:
        casework = Casework(store, rules_of(store))
        records = pathway("child_protection").entry("strategy").records
        for number in range(60):
            casework.open(
                "child_protection", "strategy", person=NewPerson(given="A", family=f"Number {number}"),
                actor=COORDINATOR, now=STARTED, answers=complete(records, "2026-11-03"),
            )  # fmt: skip
    with own_postgres.database("several") as whole, open_store(whole) as store:
        in_all = pass_due_dates(store, rules_of(store), NIGHT, NIGHT).missed
    found = Found()
    for seed in range(2 if every() > 1 else 15):
        with own_postgres.database("several") as url:

            def check(url: str = url) -> None:
                try:
                    with open_store(url) as store:
                        pass_due_dates(store, rules_of(store), NIGHT, NIGHT, chunk=3)
                except PathwayError:
                    return

            running = threading.Thread(target=check)
            running.start()
            time.sleep(random.Random(seed).uniform(0.02, 0.35))
            kill_everything(own_postgres)
            running.join(60)
            own_postgres.start()
            with open_store(url) as store:
                pass_due_dates(store, rules_of(store), NIGHT, NIGHT)
                with store.reading() as tx:
                    keys = [
                        row.key for row in tx.each("whole_trail") if row.key and row.key.endswith("/missed")
                    ]
            found.points += 1
            if len(keys) < in_all:
                found.note("lost", f"seed {seed}: {len(keys)} of {in_all} limits missed")
            if len(keys) != len(set(keys)) or len(keys) > in_all:
                found.note("doubled", f"seed {seed}: {len(keys)} of {in_all}")
            for fault in faults_at(url):
                found.note("not_whole", f"seed {seed}: {fault}")
    report("the whole server killed (kill -9) during the check", "check run", "postgresql", found)
    assert in_all >= 60
    assert found.said == []
