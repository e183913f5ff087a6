"""The overnight check as a Prefect flow: a task or a run a shard, never a task a case.

Prefect decides when we look and shows that we looked; what is true is in our own database. It is given a date and
counts, nothing else. The database's address comes from the environment or the settings file, so that it stands on no
page of Prefect's. What is counted there leaves out every guarded case.

On one machine the shards run in this process. Where `PATHWAYS_SHARD_DEPLOYMENT` names a deployment of `check-shard`,
each shard is a run of its own, and the workers of a pool share them out. A shard whose worker died is begun again; what
no worker finishes is done here in the end. Beginning again is harmless: a clock that was dealt with is no longer due.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from typing import Any, NamedTuple

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.deployments import run_deployment
from prefect.futures import wait
from prefect.runtime import flow_run
from prefect.settings import PREFECT_API_URL
from prefect.states import Completed

from flows.steps import RETRIED, TOLD_NOTHING, StepFailed, may_pass, moment_of, open_at, without_values
from models.clock import now as real_now
from models.nearing import note_missing_reports
from models.relay import tell
from models.setup import rules_of
from models.store import Store
from models.sweep import Sweep, Tally, begin_run, finish_run
from pathways.errors import Mistyped
from pathways.moments import local_day, words

__all__ = [
    "StepFailed",
    "Sweep",
    "check_deadlines",
    "check_shard",
    "may_pass",
    "pass_dates",
    "without_values",
]

MOST_SHARDS = 256
BEGUN_AGAIN = 2
"""How often a shard is begun again on the pool before it is done in the coordinating run."""
PATIENCE = 3600.0
"""Seconds that the pool gets for a shard."""


def run_name() -> str:
    """What a run is called on Prefect's pages."""
    try:
        day = local_day(moment_of(flow_run.parameters.get("as_of")) or real_now())
    except Mistyped:
        return "Deadline check"
    return f"Deadline check for {words(day)}"


@task(name="pass-dates", task_run_name="shard {shard} of {shards}", **RETRIED)
@without_values("pass-dates")
def pass_dates(shard: int, shards: int, as_of: str) -> Tally:
    """Deal with every clock of one shard, counted from 1, that ran out before `as_of`."""
    store, moment, now = open_at(as_of)
    with store:
        return Sweep(store, rules_of(store), moment, now).shard(shard - 1, shards)


class Begun(NamedTuple):
    """A check that has begun: its number, the moment it looks from, the last message before it, how shards may run."""

    run_id: int
    looked_from: str
    after: int
    side_by_side: bool


@task(name="begin-check", **RETRIED)
@without_values("begin-check")
def begin_check(as_of: str) -> Begun:
    """Note that a check begins."""
    store, moment, now = open_at(as_of)
    with store:
        with store.reading() as tx:
            after = tx.need("last_message").id
        run_id = begin_run(store, rules_of(store), moment, now)
        return Begun(run_id, moment.astimezone(UTC).isoformat(), after, store.dialect == "postgresql")


@task(name="finish-check", **RETRIED)
@without_values("finish-check")
def finish_check(as_of: str, begun: Begun, tally: Tally) -> tuple[int, str]:
    """Note that a check has finished, tell those who listen, look which reports are missing; what it did, in words."""
    store, _, now = open_at(as_of)
    with store:
        finish_run(store, begun.run_id, tally, now)
        note_missing_reports(store, rules_of(store), now)
        with store.writing(service=True) as tx:
            tell(tx, f"service/check.finished/{begun.run_id}", "pathways.check.finished", now)
        return in_words(store, begun.after)


@flow(name="check-shard", flow_run_name="Shard {shard} of {shards}", **TOLD_NOTHING)
@without_values("check-shard")
def check_shard(shard: int, shards: int, as_of: str, run_id: int) -> State[Any]:
    """Do one shard of a check on whichever worker takes it up, and leave what it did beside the check's own note."""
    state: State[Tally] = pass_dates(shard, shards, as_of, return_state=True)
    tally = _tally_of(state)
    store, _, _ = open_at(as_of)
    with store, store.writing(service=True) as tx:
        counts = (tally.cases, tally.missed, tally.moved, tally.reminded, tally.parked)
        tx.run("put_setting", name=_mark(run_id, shard), value=",".join(map(str, counts)))
    return Completed(message="done")


@flow(name="check-deadlines", flow_run_name=run_name, **TOLD_NOTHING)
@without_values("check-deadlines")
def check_deadlines(as_of: str = "", shards: int = 1) -> State[Any]:
    """Move every case that a passing date moves; a case in trouble is parked and does not stop the rest.

    Args:
        as_of: the moment to look from, as ISO text; now by default.
        shards: how many parts the cases are split into. On PostgreSQL they run side by side.
    """
    shards = min(max(int(shards), 1), MOST_SHARDS)
    begun = begin_check(as_of)
    pool = os.environ.get("PATHWAYS_SHARD_DEPLOYMENT", "")
    if pool and begun.side_by_side and PREFECT_API_URL.value():
        tally = _on_the_pool(pool, begun.run_id, shards, begun.looked_from)
    else:
        tally = _in_this_process(shards, begun.looked_from, begun.side_by_side)
    late, said = finish_check(as_of, begun, tally)
    return Completed(name="Late cases" if late else "Completed", message=said)


def _tally_of(state: State[Any]) -> Tally:
    found = state.result(raise_on_failure=False)
    if not isinstance(found, Tally):
        raise found if isinstance(found, StepFailed) else StepFailed("Crash", "pass-dates", "none", 1)
    return found


def _in_this_process(shards: int, looked_from: str, side_by_side: bool) -> Tally:
    if side_by_side:
        futures = [pass_dates.submit(shard, shards, looked_from) for shard in range(1, shards + 1)]
        wait(futures)
        states = [each.state for each in futures]
    else:
        states = [pass_dates(shard, shards, looked_from, return_state=True) for shard in range(1, shards + 1)]
    return sum(map(_tally_of, states), Tally())


def _on_the_pool(deployment: str, run_id: int, shards: int, looked_from: str) -> Tally:
    """One run a shard, shared out among the workers; what none of them finishes is done here."""
    patience = float(os.environ.get("PATHWAYS_SHARD_PATIENCE", PATIENCE))

    def send(shard: int) -> None:
        for _ in range(1 + BEGUN_AGAIN):
            made: Any = run_deployment(
                deployment,
                parameters={"shard": shard, "shards": shards, "as_of": looked_from, "run_id": run_id},
                timeout=patience,
                poll_interval=2,
                as_subflow=False,
            )
            if made.state is None or not made.state.is_final() or made.state.is_completed():
                return

    with ThreadPoolExecutor(min(shards, 32)) as senders:
        list(senders.map(send, range(1, shards + 1)))
    return sum(
        (_left_by(run_id, shard) or _here(shard, shards, looked_from) for shard in range(1, shards + 1)),
        Tally(),
    )


def _here(shard: int, shards: int, looked_from: str) -> Tally:
    return _tally_of(pass_dates(shard, shards, looked_from, return_state=True))


def _mark(run_id: int, shard: int) -> str:
    return f"check/{run_id}/{shard}"


def _left_by(run_id: int, shard: int) -> Tally | None:
    """What a shard's run says that it did, taken down again; None where it did not finish."""
    store, _, _ = open_at()
    with store, store.writing(service=True) as tx:
        row = tx.one("setting_named", name=_mark(run_id, shard))
        tx.run("forget_setting", name=_mark(run_id, shard))
    return Tally(*map(int, row.value.split(","))) if row else None


def in_words(store: Store, after: int) -> tuple[int, str]:
    """What a check did since a message, in counts that leave out every guarded case; first the limits missed."""
    with store.reading() as tx:
        told = {row.event.rpartition(".")[2]: row.messages for row in tx.all("shared_outcome", after=after)}
        cases = tx.need("shared_cases", after=after).cases
        parked = tx.need("shared_parked").cases
    missed = told.get("missed", 0)
    reminders = told.get("near", 0) + told.get("still_missed", 0)
    return missed, f"{cases} cases looked at, {missed} limits missed, {reminders} reminders, {parked} parked"
