"""What the libraries' documentation shows: load one case, fire its machine, save, commit. Runs in the peers' environment.

`python -m benchmarks.peers NAME --url ... --most N`. Everybody writes the program's own rows for each case (trail with
hash, case, clock, message) beside what the library itself keeps, and gets the same fast calendar and rule book.
"""

from __future__ import annotations

import argparse
import gc
import os
from collections.abc import Callable

from benchmarks.measure import measured, tell
from benchmarks.peers_django import django_fsm, viewflow
from benchmarks.peers_engines import dbos, prefect_task, spiff
from benchmarks.peers_sqlalchemy import sqlmodel_loop, statemachine
from benchmarks.population import AS_OF
from models.store import open_store


def due_ids(url: str, most: int) -> list[int]:
    """The first cases that are due."""
    with open_store(url) as store:
        mark = "?" if store.dialect == "sqlite" else "%s"
        with store.reading() as tx:
            found = tx.connection.execute(
                f"SELECT DISTINCT case_id FROM deadline WHERE look_at < {mark} ORDER BY case_id LIMIT {most}",
                [tx.driver("instant")(AS_OF)],
            )
            return [row[0] for row in found.fetchall()]


BESIDES = {
    "django-fsm-2 + django-fsm-log": "writes its own log of transitions",
    "SpiffWorkflow": "reads and writes back each case's workflow as a document",
    "DBOS, a workflow a case": "writes its own rows of the workflow and its step",
    "Prefect, a task a case": "tells its own server of each task's states",
}
"""What a library writes beside the program's rows."""

ENGINES = {"DBOS, a workflow a case": ("postgresql",)}
"""Where not every database is tried: DBOS recommends PostgreSQL."""

SLOW = ("SpiffWorkflow", "DBOS, a workflow a case", "Prefect, a task a case")
"""Tried on a tenth of the cases: what they cost does not depend on how many there are."""

PEERS: dict[str, Callable[[str, list[int]], Callable[[], None]]] = {
    "transitions + SQLModel": sqlmodel_loop,
    "django-fsm-2 + django-fsm-log": django_fsm,
    "viewflow.fsm": viewflow,
    "python-statemachine + SQLAlchemy": statemachine,
    "SpiffWorkflow": spiff,
    "DBOS, a workflow a case": dbos,
    "Prefect, a task a case": prefect_task,
}


def main() -> None:
    """Run the peer named over the first due cases and tell what it took."""
    given = argparse.ArgumentParser()
    given.add_argument("name", choices=list(PEERS))
    given.add_argument("--url", required=True)
    given.add_argument("--postmaster", type=int, default=0)
    given.add_argument("--most", type=int, default=300)
    asked = given.parse_args()
    ids = due_ids(asked.url, asked.most)
    with open_store(asked.url) as store:
        store.connection.execute("ANALYZE")  # the program does without on SQLite; nobody else has to
    run = PEERS[asked.name](asked.url, ids)
    gc.collect()
    with measured(asked.postmaster) as found:
        run()
    found["cases"] = len(ids)
    tell(found)
    if asked.name.startswith(("DBOS", "Prefect")):
        os._exit(0)  # their threads would hold the process


if __name__ == "__main__":
    main()
