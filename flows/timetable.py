"""What is run when: every deployment, on London's clock, at hours that exist once on both nights of a clock change.

One list for all ways of running: `pathways serve` takes it into one process, a work pool takes it to its workers.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast
from uuid import UUID

from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments import run_deployment
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

ZONE = "Europe/London"
ALONE = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
"""A second run never starts beside a first: it is cancelled, and what it would have found the next one finds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A deployment: which flow, its name, when (cron, London), alone or not, what its page says."""

    module: str
    flow: str
    name: str
    crons: tuple[str, ...]
    says: str
    alone: bool = True
    at_start: bool = False
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """As Prefect names it: flow and deployment."""
        return f"{self.flow.replace('_', '-')}/{self.name}"

    def load(self) -> Flow[..., Any]:
        """The flow itself."""
        found: Flow[..., Any] = getattr(import_module(self.module), self.flow)
        return found


TIMETABLE = (
    Entry(
        "flows.proof", "verify_audit", "nightly", ("15 3 * * *",),
        "Checks every entry of every case. Where one does not hold, the record may only be read until somebody has looked.",
    ),
    Entry(
        "flows.deadlines", "check_deadlines", "overnight", ("15 4 * * *",),
        "Moves every case that a passing date moves. Counts only: the record is in our own database.",
        at_start=True, parameters={"as_of": "", "shards": int(os.environ.get("PATHWAYS_SHARDS", "1"))},
    ),
    Entry(
        "flows.deadlines", "watch_referrals", "office-hours", ("*/30 9-16 * * 1-5",),
        "Tells of referrals on which two office hours or fewer are left to decide. Counts only.",
    ),
    Entry(
        "flows.proof", "rules_check", "nightly", ("45 4 * * *",),
        "Says which rules, bank holidays and school terms end within 60 days.",
    ),
    Entry(
        "flows.dashboards", "publish_dashboards", "pages", ("0 6 * * *", "0 12 * * *"),
        "Publishes the pages for managers: see Artifacts.", at_start=True,
    ),
    Entry(
        "flows.messages", "relay_events", "relay", ("*/5 * * * *",),
        "Hands what happened to Prefect's events: references, pathway, team, rule, days.", at_start=True,
    ),
    Entry(
        "flows.messages", "send_notices", "post", ("*/15 * * * *",),
        "Sends one digest a day, at most one urgent message a case and day, and the operator's.", at_start=True,
    ),
    Entry(
        "flows.messages", "notify", "notify", (),
        "Tells those concerned at once. Automations run it.", alone=False, parameters={"about": "deadline-missed"},
    ),
    Entry(
        "flows.deadlines", "check_shard", "shard", (),
        "One part of a check, on whichever worker takes it up. The overnight check asks for it.",
        alone=False, parameters={"shard": 1, "shards": 1, "as_of": "", "run_id": 0},
    ),
)  # fmt: skip


def entries() -> list[Entry]:
    """The deployments whose flows are part of this installation."""
    return [each for each in TIMETABLE if find_spec(each.module) is not None]


def deployment(entry: Entry, work_pool: str = "") -> RunnerDeployment:
    """An entry as Prefect registers it.

    Args:
        entry: which.
        work_pool: the pool whose workers run it; empty: the process that registers it does.
    """
    made = entry.load().to_deployment(
        entry.name,
        schedules=[Cron(cron, timezone=ZONE) for cron in entry.crons],
        concurrency_limit=ALONE if entry.alone else None,
        parameters=entry.parameters,
        description=entry.says,
        enforce_parameter_schema=False,
        work_pool_name=work_pool or None,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast(RunnerDeployment, made)  # never a coroutine: there is no event loop here


def begin(numbers: Mapping[str, UUID]) -> None:
    """Ask for a run now of everything that is run at a start: nobody waits for the night to learn what passed meanwhile."""
    for each in entries():
        if each.at_start:
            run_deployment(numbers[each.full_name], timeout=0)


def register(work_pool: str) -> dict[str, UUID]:
    """Register every deployment on a work pool; their numbers by full name."""
    return {each.full_name: cast(UUID, deployment(each, work_pool).apply()) for each in entries()}
