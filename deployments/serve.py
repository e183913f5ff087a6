"""Registers everything on a work pool, for workers on several machines: `python -m deployments.serve`.

Run it where PREFECT_API_URL names the Prefect server, once after each upgrade; it may be run any number of times. Each
worker then takes up what comes due: `prefect worker start --pool pathways --type process`, with PATHWAYS_DATABASE_URL
(or the settings file) naming the records, and for the overnight check PATHWAYS_SHARDS, and
PATHWAYS_SHARD_DEPLOYMENT=check-shard/shard to share its parts out. On one machine `pathways serve` needs none of this.
"""

from __future__ import annotations

import os
import sys

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists
from prefect.settings import PREFECT_API_URL

from flows.automations import make_automations, resume_schedules
from flows.service import answers
from flows.timetable import begin, register
from models.place import database_url
from models.store import open_store
from pathways.errors import NOT_READY, PathwayError

POOL = "pathways"


def make_pool(name: str) -> None:
    """Make the work pool, unless it is there."""
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(WorkPoolCreate(name=name, type="process"))
        except ObjectAlreadyExists:
            return


def main() -> int:
    """Make the pool, every deployment and every automation, and ask for the first runs; say what is there now."""
    api = str(PREFECT_API_URL.value() or "")
    if not api:
        sys.stderr.write("No Prefect server is named. Set PREFECT_API_URL.\n")
        return NOT_READY
    if not answers(api):
        sys.stderr.write(f"Prefect's server at {api} does not answer. Start it first: docs/runbook.md\n")
        return NOT_READY
    pool = os.environ.get("PATHWAYS_WORK_POOL", POOL)
    try:
        with open_store(database_url()):
            pass  # no records, or another version: said before anything is registered
        make_pool(pool)
        known = register(pool)
        fresh = make_automations(known)
        resume_schedules(known)
        begin(known)
    except PathwayError as refused:
        sys.stderr.write(f"{refused}\n")
        return refused.code
    sys.stdout.write(f"{len(known)} deployments on the pool {pool}; {len(fresh)} automations made new.\n")
    sys.stdout.write(f"On each machine: prefect worker start --pool {pool} --type process\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
