"""The overnight check as a Prefect flow: a task a shard, never a task a case.

Prefect decides when we look and shows that we looked; what is true is in our own database. It is given a date and
counts, nothing else: whatever goes wrong inside a step leaves it as a kind and a number, without any value. The
database's address comes from the environment or the settings file, so that it stands on no page of Prefect's.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from hashlib import sha256
from typing import Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.futures import wait
from prefect.runtime import flow_run
from prefect.states import Completed

from models.clock import now as real_now
from models.place import database_url
from models.setup import moments, rules_of
from models.store import Store, open_store
from models.sweep import Sweep, Tally, begin_run, finish_run
from pathways.errors import CONFLICT, NOT_READY, Mistyped, PathwayError
from pathways.moments import LONDON, local_day, words

Given = ParamSpec("Given")
Made = TypeVar("Made")
MOST_SHARDS = 256


class StepFailed(PathwayError):
    """A step of a flow failed. Arguments: the kind of fault, the step, a number for the place, the exit code."""

    @property
    def code(self) -> int:  # type: ignore[override]
        """That of the fault itself."""
        return int(self.args[3])

    def __str__(self) -> str:
        kind, step, number, _ = self.args
        return f"{kind} in {step}, error no. {number}"


def _failed(fault: Exception, step: str) -> StepFailed:
    places = [
        f"{os.path.basename(each.filename)}:{each.lineno}"
        for each in traceback.extract_tb(fault.__traceback__)
    ]
    number = sha256("/".join(places).encode()).hexdigest()[:4]
    return StepFailed(type(fault).__name__, step, number, int(getattr(fault, "code", 1)))


def without_values(step: str) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Let nothing leave a step but what kind of fault it was and a number: Prefect keeps whatever it is told."""

    def wrap(function: Callable[Given, Made]) -> Callable[Given, Made]:
        @wraps(function)
        def run(*args: Given.args, **named: Given.kwargs) -> Made:
            try:
                return function(*args, **named)
            except StepFailed as fault:
                failed = StepFailed(*fault.args)
            except Exception as fault:
                failed = _failed(fault, step)
            raise failed  # outside the handler, so that the fault and its values do not hang on it

        return run

    return wrap


def may_pass(_task: Any, _run: Any, state: State[Any]) -> bool:
    """Try again when the database was locked or lost; what is refused would only be refused again."""
    fault = state.result(raise_on_failure=False)
    return isinstance(fault, StepFailed) and fault.code in (CONFLICT, NOT_READY)


def run_name() -> str:
    """What a run is called on Prefect's pages."""
    try:
        day = local_day(_moment(flow_run.parameters.get("as_of")) or real_now())
    except Mistyped:
        return "Deadline check"
    return f"Deadline check for {words(day)}"


def _moment(as_of: Any) -> datetime | None:
    if not as_of:
        return None
    try:
        found = datetime.fromisoformat(str(as_of))
    except ValueError:
        raise Mistyped("as_of is an ISO date-time, such as 2026-11-24T06:00+00:00.") from None
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def _open(as_of: str) -> tuple[Store, datetime, datetime]:
    store = open_store(database_url())
    try:
        return store, *moments(store, _moment(as_of), real_now())
    except BaseException:
        store.close()
        raise


@task(
    name="pass-dates",
    task_run_name="shard {shard} of {shards}",
    retries=3,
    retry_delay_seconds=[1, 10, 60],
    retry_condition_fn=may_pass,
    log_prints=False,
    persist_result=False,
)
@without_values("pass-dates")
def pass_dates(shard: int, shards: int, as_of: str) -> Tally:
    """Deal with every clock of one shard, counted from 1, that ran out before `as_of`."""
    store, moment, now = _open(as_of)
    with store:
        return Sweep(store, rules_of(store), moment, now).shard(shard - 1, shards)


@flow(
    name="check-deadlines",
    flow_run_name=run_name,
    log_prints=False,
    persist_result=False,
    validate_parameters=False,
)
@without_values("check-deadlines")
def check_deadlines(as_of: str = "", shards: int = 1) -> State[Any]:
    """Move every case that a passing date moves; a case in trouble is parked and does not stop the rest.

    Args:
        as_of: the moment to look from, as ISO text; now by default.
        shards: how many parts the cases are split into. On PostgreSQL they run side by side.
    """
    shards = min(max(int(shards), 1), MOST_SHARDS)
    store, moment, now = _open(as_of)
    with store:
        side_by_side = store.dialect == "postgresql"
        run_id = begin_run(store, rules_of(store), moment, now)
    looked_from = moment.astimezone(UTC).isoformat()
    if side_by_side:
        futures = [pass_dates.submit(shard, shards, looked_from) for shard in range(1, shards + 1)]
        wait(futures)
        states = [each.state for each in futures]
    else:
        states = [pass_dates(shard, shards, looked_from, return_state=True) for shard in range(1, shards + 1)]
    tally = Tally()
    for state in states:
        found = state.result(raise_on_failure=False)
        if not isinstance(found, Tally):
            raise found if isinstance(found, StepFailed) else StepFailed("Crash", "pass-dates", "none", 1)
        tally += found
    store, _, now = _open(as_of)
    with store:
        finish_run(store, run_id, tally, now)
    return Completed(name="Late cases" if tally.missed else "Completed", message=in_words(tally))


def in_words(tally: Tally) -> str:
    """What a run did, in counts."""
    return (
        f"{tally.cases} cases looked at, {tally.missed} limits missed, {tally.moved} moved, "
        f"{tally.reminded} reminders, {tally.parked} parked"
    )
