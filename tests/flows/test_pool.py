"""Past one machine: shards as runs of a work pool, two workers in processes of their own, one of them killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.casework import Casework, NewPerson
from models.schema import upgrade
from models.setup import AtTheKeyboard, fill, rules_of
from models.store import open_store
from models.sweep import pass_due_dates
from pathways import pathway
from pathways.roles import Role
from tests.casefile import COORDINATOR, NOW, complete

pytestmark = [pytest.mark.prefect, pytest.mark.slow]

LATER = datetime(2026, 12, 1, 6, tzinfo=UTC)
SHARDS, CASES = 2, 6
PATIENCE = 300.0
"""Seconds for a step of the test: on a busy machine processes that load Prefect take minutes."""
OF_THE_FLOW = "pathways.case.unowned"
"""Told by the flow alone, once for the whole check."""
A_BLOCK = 256
"""Cases whose numbers lie together are of one shard; see `models/statements/nightly.py`."""


def fill_two_shards(url):
    """Make tables, and the same number of late enquiries in each of two shards."""
    upgrade(url)
    with open_store(url) as store:
        who = AtTheKeyboard("practice", "Coordinator", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=NOW, practice_clock=LATER)
        casework = Casework(store, rules_of(store))
        for each in range(CASES):
            if each == CASES // 2:
                with store.writing() as tx:
                    tx.connection.execute(
                        f"SELECT setval(pg_get_serial_sequence('pathway_case', 'id'), {A_BLOCK})"
                    )
            person = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1), sex="F")
            found = pathway("child_protection")
            reference = casework.open(
                "child_protection", "strategy", person=person, actor=COORDINATOR, now=NOW,
                answers=complete(found.entry("strategy").records),
            ).reference  # fmt: skip
            move = next(one for one in found.moves if one.trigger == "start_enquiry")
            casework.make(
                reference, "start_enquiry", actor=COORDINATOR, now=NOW, answers=complete(move.records)
            )


@pytest.fixture
def two_alike(postgres_cluster):
    """Two PostgreSQL stores with the same cases in both shards: one for the pool, one for a single run."""
    template = postgres_cluster.template("two_shards", fill=fill_two_shards)
    with postgres_cluster.database(template) as one, postgres_cluster.database(template) as other:
        yield one, other


@pytest.fixture
def pool(two_alike, prefect_server, api, monkeypatch):
    """A work pool that has the deployment of a shard, for the first of the two stores."""
    from prefect.client.schemas.actions import WorkPoolCreate

    from flows.timetable import TIMETABLE, deployment

    monkeypatch.setenv("PATHWAYS_DATABASE_URL", two_alike[0])
    monkeypatch.setenv("PATHWAYS_SHARD_DEPLOYMENT", "check-shard/shard")
    monkeypatch.setenv("PATHWAYS_SHARD_PATIENCE", str(PATIENCE))
    api.create_work_pool(WorkPoolCreate(name="pathways", type="process"))
    entry = next(each for each in TIMETABLE if each.full_name == "check-shard/shard")
    number = deployment(entry, "pathways").apply()
    yield number
    api.delete_deployment(number)
    api.delete_work_pool("pathways")


@pytest.fixture
def workers(pool, tmp_path):
    """Two workers on the pool; gives their processes."""
    from prefect.settings import get_current_settings

    environment = {
        **os.environ,
        "PREFECT_API_URL": str(get_current_settings().api.url),
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "TMPDIR": str(tmp_path),  # a worker that is killed leaves its environment there
    }
    started = []
    for number in (1, 2):
        log = (tmp_path / f"worker-{number}.log").open("wb")
        command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "pathways", "--limit", "1"]
        started.append(
            subprocess.Popen(
                [*command, "--name", f"worker-{number}"],
                env=environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd=Path(__file__).parents[2],
            )
        )
    yield started
    for each in started:
        end(each)


def children(process_id):
    """The processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == process_id:
                found.append(int(stat.parent.name))
    return found


def end(process):
    """Kill a worker and every run that it had started, with no warning."""
    for each in [*children(process.pid), process.pid]:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    process.wait()


def shards_of(api, pool):
    """The runs of shards that the server knows."""
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId

    return api.read_flow_runs(deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[pool])))


def count_as_crashed(api, pool, processes):
    """Say of the runs of these processes what the automation says once they have been silent for two minutes."""
    from prefect.states import Crashed

    lost = [
        each for each in shards_of(api, pool) if int(each.infrastructure_pid.rpartition(":")[2]) in processes
    ]
    for each in lost:
        api.set_flow_run_state(each.id, Crashed(message="It gave no sign of life for two minutes."))
    return lost


def everything(url):
    """Trail, states, and what was told: also what a worker has relayed meanwhile."""
    with open_store(url) as store, store.reading() as tx:
        messages = tx.connection.execute("SELECT key, case_ref, event FROM outbox").fetchall()
        told = {key for key, case_ref, event in messages if case_ref and event != OF_THE_FLOW}
        return tx.all("whole_trail"), tx.all("every_case_state"), told


def test_a_worker_killed_in_the_middle_leaves_the_trail_of_a_single_run(
    two_alike, pool, workers, api, postgres_cluster, until
):
    """The other worker begins its shard again, once the server knows that the run is lost."""
    from flows.deadlines import check_deadlines

    pooled, single = two_alike
    with postgres_cluster.connect(pooled.rpartition("/")[2]) as beside, ThreadPoolExecutor(1) as aside:
        beside.execute("BEGIN")
        beside.execute("LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE")
        checking = aside.submit(check_deadlines, LATER.isoformat(), SHARDS, return_state=True)
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'outbox'::regclass"
        until(lambda: beside.execute(waiting).fetchone()[0] == SHARDS, PATIENCE)
        processes = children(workers[0].pid)
        end(workers[0])
        assert len(count_as_crashed(api, pool, processes)) == 1
        beside.execute("COMMIT")
        state = checking.result(timeout=PATIENCE)
    assert state.is_completed()
    ended = sorted(each.state.type.value for each in shards_of(api, pool))
    assert ended == ["COMPLETED", "COMPLETED", "CRASHED"], (
        "begun again on the pool, not in the run that shares out"
    )
    assert state.message.startswith(f"{CASES} cases looked at")
    with open_store(single) as store:
        assert pass_due_dates(store, rules_of(store), LATER, LATER).cases == CASES
    assert everything(pooled) == everything(single)


def test_what_no_worker_takes_up_is_done_by_the_run_that_shares_out(two_alike, pool, api, monkeypatch):
    """Every worker is gone: after its patience the check does all of it itself."""
    from flows.deadlines import check_deadlines

    monkeypatch.setenv("PATHWAYS_SHARD_PATIENCE", "1")
    pooled, single = two_alike
    state = check_deadlines(LATER.isoformat(), SHARDS, return_state=True)
    assert state.is_completed()
    assert state.message.startswith(f"{CASES} cases looked at")
    assert {each.state.type.value for each in shards_of(api, pool)} == {"SCHEDULED"}
    with open_store(single) as store:
        assert pass_due_dates(store, rules_of(store), LATER, LATER).cases == CASES
    assert everything(pooled) == everything(single)
