"""Past one machine for real: the databases and Prefect's server on one, a worker on each of two others, one loses power.

Each machine is a network namespace of its own. Where none may be made, the test is skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from models.setup import rules_of
from models.store import open_store
from models.sweep import pass_due_dates
from tests import postgres
from tests.flows.namespaces import MIDDLE, address, allowed, inside, machines, switch_off, unplug
from tests.flows.test_pool import CASES, LATER, PATIENCE, SHARDS, everything, fill_two_shards

pytestmark = [pytest.mark.prefect, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
CHECK = """
import sys
from flows.deadlines import check_deadlines
state = check_deadlines(sys.argv[1], int(sys.argv[2]), return_state=True)
print(state.type.value, state.message)
"""


@pytest.fixture
def network():
    """Three machines; the test itself, and what it starts, is on the one in the middle. Gives that and the others."""
    why_not = allowed()
    if why_not:
        pytest.skip(why_not)
    with machines(2) as (middle, others), inside(middle):
        yield middle, others


@pytest.fixture
def cluster(network):
    """A PostgreSQL server on the machine in the middle, which the others reach."""
    programs = postgres.find_programs()
    if programs is None:
        assert not postgres.required(), "PostgreSQL is not installed"
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with postgres.folder() as home:
        made = postgres.Cluster(home, programs)
        made.start()
        made.stop()
        with (made.data / "postgresql.conf").open("a") as settings:
            settings.write("listen_addresses = '*'\n")
        with (made.data / "pg_hba.conf").open("a") as rule:
            rule.write(f"host all all {MIDDLE}/24 trust\n")
        made.start()
        yield made


@pytest.fixture
def service(network, cluster, tmp_path, until):
    """Prefect's server in the middle with everything registered, and a worker on each of the others.

    Gives the address of the store that they work on, that of one alike, and the environment of the middle.
    """
    template = cluster.template("two_shards", fill=fill_two_shards)
    with (
        cluster.database(template) as pooled,
        cluster.database(template) as single,
        cluster.database() as prefects,
    ):
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "PATHWAYS"))
        }
        from flows.settings import QUIET

        shared = {
            **kept, **QUIET,
            "PREFECT_API_URL": f"http://{MIDDLE}:4200/api",
            "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
            "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": prefects.replace("+psycopg", "+asyncpg"),
            "PATHWAYS_DATABASE_URL": pooled.replace("127.0.0.1", MIDDLE),
            "PATHWAYS_SHARD_DEPLOYMENT": "check-shard/shard",
            "PATHWAYS_SHARD_PATIENCE": "60",
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        started = []

        def of_machine(name):
            own = tmp_path / name
            (own / "tmp").mkdir(parents=True, exist_ok=True)
            return {
                **shared, "PREFECT_HOME": str(own), "PATHWAYS_HOME": str(own), "TMPDIR": str(own / "tmp"),
            }  # fmt: skip

        def start(name, *words):
            with (tmp_path / f"{name}.log").open("wb") as log:
                started.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "prefect", *words], env=of_machine(name),
                        stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT, start_new_session=True,
                    )
                )  # fmt: skip

        start("server", "server", "start", "--host", MIDDLE, "--port", "4200")
        until(answers, PATIENCE)
        here = of_machine("coordinator")
        subprocess.run(
            [sys.executable, "-m", "deployments.serve"], env=here, cwd=ROOT, check=True, timeout=PATIENCE
        )
        leave_undone()
        for number, machine in enumerate(network[1], 1):
            with inside(machine):
                called = f"worker-{number}"
                start(called, "worker", "start", "--pool", "pathways", "--limit", "1", "--name", called)
        yield pooled, single, here
        for machine in network[1]:
            switch_off(machine)
        for each in started:
            each.kill()
            each.wait()


def leave_undone():
    """What registering asks for at once would keep both workers busy; here only the check counts that is given to them."""
    from prefect.client.orchestration import SyncPrefectClient

    with SyncPrefectClient(f"http://{MIDDLE}:4200/api") as api:
        for run in api.read_flow_runs():
            api.delete_flow_run(run.id)


def answers():
    try:
        with urlopen(f"http://{MIDDLE}:4200/api/health", timeout=2) as said:
            return said.status == 200
    except OSError:
        return False


def test_a_machine_that_loses_its_power_leaves_the_trail_of_a_single_run(
    service, network, cluster, until, tmp_path
):
    pooled, single, here = service
    name = pooled.rpartition("/")[2]
    with closing(cluster.connect(name)) as beside, closing(cluster.connect(name)) as asking:
        beside.execute("BEGIN")
        beside.execute("LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE")
        checking = subprocess.Popen(
            [sys.executable, "-c", CHECK, LATER.isoformat(), str(SHARDS)],
            env=here, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, text=True,
        )  # fmt: skip
        waiting = (
            "SELECT DISTINCT host(client_addr) FROM pg_locks JOIN pg_stat_activity USING (pid) "
            "WHERE NOT granted AND relation = 'outbox'::regclass ORDER BY 1"
        )
        both = [(address(1),), (address(2),)]
        until(lambda: asking.execute(waiting).fetchall() == both, PATIENCE)
        middle, others = network
        unplug(
            middle, 1
        )  # first the wire: no process says goodbye, and the database believes that it is still there
        switch_off(others[0])
        beside.execute("COMMIT")
        said, _ = checking.communicate(timeout=PATIENCE)
    assert said.startswith(f"COMPLETED {CASES} cases looked at"), said
    with open_store(single) as store:
        assert pass_due_dates(store, rules_of(store), LATER, LATER).cases == CASES
    assert everything(pooled) == everything(single)
    (left,) = tmp_path.glob("worker-1/tmp/prefect-workspace-attempt-*/workspace.json")
    assert pooled.replace("127.0.0.1", MIDDLE) in left.read_text(encoding="utf-8"), (
        "why the folder for what is temporary has to be in memory: deployments/systemd/pathways-worker@.service"
    )
    assert left.stat().st_mode & 0o077 == 0
