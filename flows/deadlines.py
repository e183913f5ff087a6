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
from dataclasses import astuple, replace
from datetime import UTC
from functools import partial
from typing import Any, NamedTuple

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.deployments import run_deployment
from prefect.futures import wait
from prefect.runtime import flow_run
from prefect.settings import PREFECT_API_URL
from prefect.states import Cancelled, Completed

from flows.steps import RETRIED, TOLD_NOTHING, StepFailed, day_in_words, may_pass, open_at, without_values
from models.check_runs import LongGap, begin_run, finish_run
from models.due import Tally
from models.form_drafts import drop_old
from models.nearing import (
    note_missing_reports,
    note_near_referrals,
    note_short_capacity,
    note_unowned,
    slots_a_week,
)
from models.place import settings
from models.relay import tell
from models.setup import rules_of
from models.store import Store
from models.supervision_due import note_overdue_supervision
from models.sweep import Held, Sweep
from models.transaction import Transaction
from pathways.errors import Mistyped, PathwayError

__all__ = [
    "StepFailed",
    "Sweep",
    "check_deadlines",
    "check_shard",
    "may_pass",
    "pass_dates",
    "watch_referrals",
    "without_values",
]

MOST_SHARDS = 256
BEGUN_AGAIN = 2
"""How often a shard is begun again on the pool before it is done in the coordinating run."""
PATIENCE = 3600.0
"""Seconds that the pool gets for a shard."""
WAITS = "Waits for a person"
DONE = "/done"


def run_name() -> str:
    """What a run is called on Prefect's pages."""
    try:
        return f"Deadline check for {day_in_words(flow_run.parameters.get('as_of'))}"
    except Mistyped:
        return "Deadline check"


@task(name="pass-dates", task_run_name="shard {shard} of {shards}", **RETRIED)
@without_values("pass-dates")
def pass_dates(shard: int, shards: int, as_of: str, run_id: int) -> bool:
    """Deal with every clock of one shard, counted from 1, that ran out before `as_of`.

    What each chunk did is noted with it, so that a shard which is begun again is still counted whole.
    """
    store, moment, now = open_at(as_of)
    with store:
        noting = partial(_note, _mark(run_id, shard))
        sweep = Sweep(store, rules_of(store), moment, now, noting=noting)
        sweep.shard(shard - 1, shards)
        if sweep.held:  # by a worker that lost its power, it may be: the database lets go within a minute
            raise Held
    return True


class Begun(NamedTuple):
    """A check that has begun: its number, the moment it looks from, how shards may run, and why not, if it may not."""

    run_id: int
    looked_from: str
    side_by_side: bool
    waits: str = ""


@task(name="begin-check", **RETRIED)
@without_values("begin-check")
def begin_check(as_of: str) -> Begun:
    """Note that a check begins; after a gap so long that the clock may be wrong, note nothing and say so."""
    store, moment, now = open_at(as_of)
    with store:
        looked_from, side_by_side = moment.astimezone(UTC).isoformat(), store.dialect == "postgresql"
        try:
            run_id = begin_run(store, rules_of(store), moment, now)
        except LongGap as gap:  # dates and counts, and what to type: it may stand on a page of Prefect's
            return Begun(0, looked_from, side_by_side, str(gap))
        return Begun(run_id, looked_from, side_by_side)


@task(name="finish-check", **RETRIED)
@without_values("finish-check")
def finish_check(as_of: str, begun: Begun, shards: int) -> tuple[int, str]:
    """Note that a check has finished, and tell those who listen; how many limits were missed, and all in words."""
    store, _, now = open_at(as_of)
    with store:
        rules, tally = rules_of(store), _taken_together(store, begun.run_id, shards)
        finish_run(store, begun.run_id, tally, now)
        with store.writing(service=True) as tx:
            tx.many("forget_setting", [{"name": each} for each in _marks(begun.run_id, shards)])
        note_missing_reports(store, rules, now)
        note_unowned(store, rules, now)
        note_short_capacity(store, now, slots_a_week(settings()))
        note_overdue_supervision(store, rules, now)
        forms = drop_old(store, now)
        with store.writing(service=True) as tx:
            tell(tx, f"service/check.finished/{begun.run_id}", "pathways.check.finished", now)
    return tally.missed, (
        f"{tally.cases} cases looked at, {tally.missed} limits missed, {tally.reminded} reminders, {tally.parked} parked"
        f"{f', {forms} old forms dropped' if forms else ''}"
    )


@flow(name="check-shard", flow_run_name="Shard {shard} of {shards}", **TOLD_NOTHING)
@without_values("check-shard")
def check_shard(shard: int, shards: int, as_of: str, run_id: int) -> State[Any]:
    """Do one shard of a check on whichever worker takes it up, and leave beside its counts that it is done."""
    _done(pass_dates(shard, shards, as_of, run_id, return_state=True))
    store, _, _ = open_at(as_of)
    with store, store.writing(service=True) as tx:
        tx.run("put_setting", name=_mark(run_id, shard) + DONE, value="yes")
    return Completed(message="done")


@flow(name="check-deadlines", flow_run_name=run_name, **TOLD_NOTHING)
@without_values("check-deadlines")
def check_deadlines(as_of: str = "", shards: int = 1) -> State[Any]:
    """Move every case that a passing date moves; a case in trouble is parked and does not stop the rest.

    Where nothing was written for 45 days the clock may have jumped: nothing is done, the run is *Cancelled* under a
    name that says so, and since no check has finished the operator is told of that, too.

    Args:
        as_of: the moment to look from, as ISO text; now by default.
        shards: how many parts the cases are split into. On PostgreSQL they run side by side.
    """
    shards = min(max(int(shards), 1), MOST_SHARDS)
    begun = begin_check(as_of)
    if begun.waits:
        return Cancelled(name=WAITS, message=begun.waits)
    pool = os.environ.get("PATHWAYS_SHARD_DEPLOYMENT", "")
    if pool and begun.side_by_side and PREFECT_API_URL.value():
        _on_the_pool(pool, begun, shards)
    else:
        _in_this_process(begun, shards)
    late, said = finish_check(as_of, begun, shards)
    return Completed(name="Late cases" if late else "Completed", message=said)


@flow(name="watch-referrals", flow_run_name="Referrals with two office hours left", **TOLD_NOTHING)
@without_values("watch-referrals")
def watch_referrals() -> State[Any]:
    """Tell of referrals on which two office hours or fewer are left to decide; of each once a day."""
    store, _, now = open_at()
    with store:
        near = note_near_referrals(store, rules_of(store), now)
    return Completed(message=f"{near} to be decided within two office hours")


def _done(state: State[Any]) -> None:
    found = state.result(raise_on_failure=False)
    if found is not True:
        raise found if isinstance(found, PathwayError) else StepFailed("Crash", "pass-dates", "none", 1)


def _in_this_process(begun: Begun, shards: int) -> None:
    if begun.side_by_side:
        futures = [
            pass_dates.submit(shard, shards, begun.looked_from, begun.run_id)
            for shard in range(1, shards + 1)
        ]
        wait(futures)
        states = [each.state for each in futures]
    else:
        states = [_state_of(shard, shards, begun) for shard in range(1, shards + 1)]
    for each in states:
        _done(each)


def _state_of(shard: int, shards: int, begun: Begun) -> State[Any]:
    state: State[Any] = pass_dates(shard, shards, begun.looked_from, begun.run_id, return_state=True)
    return state


def _on_the_pool(deployment: str, begun: Begun, shards: int) -> None:
    """One run a shard, shared out among the workers; what none of them finishes is done here."""
    patience = float(os.environ.get("PATHWAYS_SHARD_PATIENCE", PATIENCE))
    parameters = {"shards": shards, "as_of": begun.looked_from, "run_id": begun.run_id}

    def send(shard: int) -> None:
        for _ in range(1 + BEGUN_AGAIN):
            made: Any = run_deployment(
                deployment,
                parameters={"shard": shard, **parameters},
                timeout=patience,
                poll_interval=2,
                as_subflow=False,
            )
            if made.state is None or not made.state.is_final() or made.state.is_completed():
                return

    with ThreadPoolExecutor(min(shards, 32)) as senders:
        list(senders.map(send, range(1, shards + 1)))
    for shard in range(1, shards + 1):
        if not _was_done(begun.run_id, shard):
            _done(_state_of(shard, shards, begun))


def _mark(run_id: int, shard: int) -> str:
    """The name under which what a shard did is kept while its check runs."""
    return f"check/{run_id}/{shard}"


def _marks(run_id: int, shards: int) -> list[str]:
    counts = [_mark(run_id, shard) for shard in range(1, shards + 1)]
    return [*counts, *(each + DONE for each in counts)]


def _note(mark: str, tx: Transaction, part: Tally) -> None:
    """Add what a chunk did to what its shard had done before."""
    whole = _noted(tx, mark) + part
    tx.run("put_setting", name=mark, value=",".join(map(str, astuple(whole))))


def _noted(tx: Transaction, mark: str) -> Tally:
    row = tx.one("setting_named", name=mark)
    return Tally(*map(int, row.value.split(","))) if row else Tally()


def _taken_together(store: Store, run_id: int, shards: int) -> Tally:
    with store.reading() as tx:
        whole = sum((_noted(tx, _mark(run_id, shard)) for shard in range(1, shards + 1)), Tally())
        # A case in trouble is met again by a shard that is begun again, and is one case.
        return replace(whole, parked=int(tx.need("shared_parked").cases))


def _was_done(run_id: int, shard: int) -> bool:
    """Whether a shard's run has said that it is done."""
    store, _, _ = open_at()
    with store, store.reading() as tx:
        return tx.one("setting_named", name=_mark(run_id, shard) + DONE) is not None
