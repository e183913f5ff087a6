"""Schedules and runs the overnight check in one process: `python -m deployments.serve`.

Run it where PATHWAYS_DATABASE_URL (or the settings file) names the records and PREFECT_API_URL a Prefect server.
04:15 in London exists once on both nights on which the clocks change. A second run never starts beside a first.
"""

from __future__ import annotations

import os

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.schedules import Cron

from flows.deadlines import check_deadlines

NIGHTLY = Cron("15 4 * * *", timezone="Europe/London")
ALONE = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def main() -> None:
    """Check once at the start, since a night may have been missed, then every night."""
    shards = int(os.environ.get("PATHWAYS_SHARDS", "1"))
    check_deadlines("", shards, return_state=True)  # a failure is on its page, and the nights go on
    check_deadlines.serve(
        "overnight",
        schedules=[NIGHTLY],
        parameters={"as_of": "", "shards": shards},
        global_limit=ALONE,
        description="Moves every case that a passing date moves. Counts only: the record is in our own database.",
    )


if __name__ == "__main__":
    main()
