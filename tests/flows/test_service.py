"""`pathways serve` as it is run: a real server, a real runner, Ctrl+C; and what Prefect has written down by then."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from models.casework import Casework, NewPerson
from models.setup import AtTheKeyboard, fill, make_tables, rules_of
from models.store import open_store
from pathways import pathway
from pathways.roles import Role
from tests.casefile import COORDINATOR, NOW, complete
from tests.flows import asking
from tests.postgres import free_port
from tests.terminal import hears_the_keys

pytestmark = [pytest.mark.prefect, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
LATER = datetime(2026, 12, 1, 9, tzinfo=UTC)
CANARY = NewPerson(
    given="Zanzibarella", family="Quicksilverson", birth_date=date(2017, 3, 1), sex="F",
    identifiers=(("nhs_number", "9434765919"),),
)  # fmt: skip
PERSONAL = (
    "Zanzibarella",
    "Quicksilverson",
    "2017-03-01",
    "1 March 2017",
    "9434765919",
    "Grimbledown",
    "Z.Q.",
    "Z. Q.",
)
"""Her name, date of birth, number, address and initials."""


SECRET = "an-invented-secret"
EXTRA = ("verify-audit/nightly", "rules-check/nightly", "relay-events/relay", "notify/notify")


def fill_practice(home, url=""):
    """A practice store with a child, an allegation and free text full of her, in this folder or at an address."""
    url = url or f"sqlite:///{home / 'practice.db'}"
    make_tables(url)
    with open_store(url) as store:
        who = AtTheKeyboard("practice", "Coordinator", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=NOW, practice_clock=LATER)
        casework = Casework(store, rules_of(store))
        for name, way in (("child_protection", "strategy"), ("front_door", "referral"), ("allegations", "")):
            found = pathway(name)
            entry = found.entry(way) if way else found.entries[0]
            answers = complete(entry.records)
            texts = {each.name for each in entry.records.fields if each.kind == "text"} & set(answers)
            answers |= dict.fromkeys(texts, "Zanzibarella Quicksilverson (Z.Q.), 3 Grimbledown Lane")
            casework.open(name, entry.name, person=CANARY, actor=COORDINATOR, now=NOW, answers=answers)
    return url


class Serving:
    """A `pathways serve` of the tests' own."""

    def __init__(self, home, port, **more):
        self.home, self.port = home, port
        self.api = httpx.Client(base_url=f"http://127.0.0.1:{port}/api", timeout=90, auth=("admin", SECRET))
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "PATHWAYS"))
        }
        secret = {"PREFECT_SERVER_API_AUTH_STRING": f"admin:{SECRET}"}
        self.environment = {**environment, **secret, "PATHWAYS_HOME": str(home), **more}
        self.process = subprocess.Popen(
            self.command(),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            preexec_fn=hears_the_keys,
        )
        self.said = ""

    def command(self):
        return [sys.executable, "-m", "cli", "serve", "--port", str(self.port)]

    def ask(self, path, data=None, method="POST", **more):
        heads = asking.token(self.api, "/csrf-token")
        answer = asking.ask(self.api, method, path, json=data or more, headers=heads)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def runs(self):
        return self.ask("/flow_runs/filter", sort="EXPECTED_START_TIME_DESC", limit=200)

    def finished(self):
        """The names of the flows of which a run has completed."""
        flows = {each["id"]: each["name"] for each in self.ask("/flows/filter")}
        return {flows[run["flow_id"]] for run in self.runs() if run["state_type"] == "COMPLETED"}

    def left(self):
        """Processes that were started for this folder and still run: their numbers and what they are."""
        mark, found = f"PATHWAYS_HOME={self.home}".encode(), {}
        for each in Path("/proc").glob("[0-9]*/environ"):
            with suppress(OSError):
                if mark in each.read_bytes() and int(each.parent.name) != os.getpid():
                    found[int(each.parent.name)] = (each.parent / "cmdline").read_bytes()
        return found

    def process_ids(self, called):
        """Those of them whose command says this."""
        return [number for number, command in self.left().items() if called in command]


def started(home, **more):
    """A service over the store in this folder, once it says that it is up; `more` is its environment's."""
    made = Serving(home, free_port(), **more)
    for line in made.process.stdout:
        made.said += line
        if "Is it well" in line:
            break
    assert made.process.poll() is None, made.process.stderr.read()
    return made


@pytest.fixture(scope="module")
def serving(tmp_path_factory):
    """The service, with a run of every flow asked for, and one of them on a schedule of seconds."""
    home = tmp_path_factory.mktemp("served")
    fill_practice(home)
    made = started(home)
    made.rules = made.api.get("/deployments/name/rules-check/nightly").json()["id"]
    made.ask(f"/deployments/{made.rules}/schedules", [{"schedule": {"interval": 20}, "active": True}])
    for name in EXTRA:
        found = made.api.get(f"/deployments/name/{name}").json()
        made.ask(f"/deployments/{found['id']}/create_flow_run", state={"type": "SCHEDULED"})
    yield made
    if made.process.poll() is None:
        made.process.send_signal(signal.SIGINT)
        made.process.wait(60)


def test_it_says_where_the_pages_are(serving):
    assert f"http://127.0.0.1:{serving.port}/artifacts" in serving.said
    page = httpx.get(f"http://127.0.0.1:{serving.port}/artifacts", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "text/html" in page.headers["content-type"]


def run_beside(serving, **environment):
    """The same command once more, as another would type it; exit code and what it complained of."""
    done = subprocess.run(
        serving.command(), env=serving.environment | environment, capture_output=True, text=True, cwd=ROOT, check=False
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, " ".join(done.stderr.split())


def test_a_second_one_says_that_the_first_runs(serving):
    code, said = run_beside(serving)
    assert code == 10
    assert said.startswith("The service runs here already; its pages: http://127.0.0.1:")
    assert (serving.home / "prefect" / "runner.ready").exists(), "and leaves the first as it was"


def test_a_port_that_is_taken_is_said_in_a_sentence(serving, tmp_path):
    fill_practice(tmp_path)
    code, said = run_beside(serving, PATHWAYS_HOME=str(tmp_path))
    assert code == 10
    assert f"Port {serving.port} is in use on this computer." in said


def test_the_server_is_shut_to_others(serving):
    folder = serving.home / "prefect"
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "prefect.db").stat().st_mode & 0o077 == 0
    assert serving.api.post("/flow_runs/filter", json={}).status_code == 403, "no token, no answer"
    assert httpx.get(f"{serving.api.base_url}admin/settings").status_code == 401, "no secret, no answer"
    settings = serving.api.get("/admin/settings").json()["server"]
    assert settings["api"]["host"] == "127.0.0.1"
    assert settings["analytics_enabled"] is False
    assert settings["ui"]["show_promotional_content"] is False


def test_what_is_to_run_at_the_start_runs_and_finishes(serving, until):
    wanted = {"check-deadlines", "relay-events", "send-notices"}
    until(lambda: wanted <= serving.finished())


def test_a_schedule_of_seconds_brings_runs_that_finish(serving, until):
    """With a wrong version of a library beside it a server looks healthy and never schedules anything."""

    def done():
        return [
            run for run in serving.runs()
            if run["deployment_id"] == serving.rules and run["auto_scheduled"] and run["state_type"] == "COMPLETED"
        ]  # fmt: skip

    until(done)


def test_prefect_has_written_down_nothing_personal(serving, until):
    """Everything that it keeps, after a run of every flow: its database with parameters, names, events, pages; its files."""
    wanted = {"check-deadlines", "relay-events", "send-notices", "verify-audit", "rules-check", "notify"}
    wanted |= {"publish-dashboards"} if (ROOT / "flows" / "dashboards.py").exists() else set()
    until(lambda: wanted <= serving.finished())
    pages = serving.home / "prefect" / "pages"  # Prefect's own scripts, as they were shipped
    files = [
        each for each in (serving.home / "prefect").rglob("*") if each.is_file() and pages not in each.parents
    ]
    kept = b"".join(each.read_bytes() for each in files)
    assert b"CP-2026-0001" in kept, "references are what it may know: this is the right place"
    assert b"Deadline check for" in kept
    for told in (*PERSONAL, "LADO-", SECRET):
        assert told.encode() not in kept, told


def test_ctrl_c_ends_all_of_it(serving):
    serving.process.send_signal(signal.SIGINT)
    assert serving.process.wait(60) == 0
    assert "Nothing is lost" in serving.process.stdout.read()
    assert serving.left() == {}
    with pytest.raises(httpx.ConnectError):
        serving.api.get("/health")


@pytest.fixture(params=["sqlite", "postgresql"])
def held_store(request, tmp_path):
    """A practice store of either kind in which a check waits for somebody; gives its settings and how to let go."""
    if request.param == "sqlite":
        fill_practice(tmp_path)
        beside = sqlite3.connect(tmp_path / "practice.db", isolation_level=None)
        beside.execute("BEGIN IMMEDIATE")
        with closing(beside):
            yield {}, lambda: beside.execute("ROLLBACK")
        return
    cluster = request.getfixturevalue("postgres_cluster")
    with cluster.database() as url:
        fill_practice(tmp_path, url)
        with closing(cluster.connect(url.rpartition("/")[2])) as beside:
            beside.execute("BEGIN")
            beside.execute("LOCK TABLE check_run, outbox IN SHARE ROW EXCLUSIVE MODE")
            yield {"PATHWAYS_DATABASE_URL": url}, lambda: beside.execute("ROLLBACK")


def test_a_server_that_dies_in_the_middle_of_a_check_costs_no_date(
    tmp_path, held_store, until, prefect_tables
):
    """The service says so and ends all of it; the command does the rest of the check, without Prefect."""
    named, let_go = held_store
    prefect_tables(tmp_path / "prefect")
    made = started(tmp_path, **named)
    until(lambda: any(run["name"].startswith("Deadline check for") for run in made.runs()))
    (server,) = made.process_ids(b"flows.running\0server")
    os.kill(server, signal.SIGKILL)
    let_go()
    assert made.process.wait(60) == 10
    assert "The server ended by itself" in " ".join(made.process.stderr.read().split())
    assert made.left() == {}
    done = [
        subprocess.run(
            [sys.executable, "-m", "cli", *words],
            env=made.environment,
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        for words in (("check", "run"), ("audit", "verify"))
    ]
    assert [each.returncode for each in done] == [0, 0], done
    assert "Every case was checked." in done[0].stdout
    assert "Complete: no entry is missing" in done[1].stdout


def test_prefects_own_tables_may_lie_in_postgresql(tmp_path, until, postgres_cluster):
    """A database of its own there, the store where it was: the check of the start finishes, and is written down there."""
    fill_practice(tmp_path)
    with postgres_cluster.database() as url:
        address = url.replace("+psycopg", "+asyncpg")
        made = started(tmp_path, PREFECT_SERVER_DATABASE_CONNECTION_URL=address)
        try:
            until(lambda: "check-deadlines" in made.finished())
        finally:
            made.process.send_signal(signal.SIGINT)
            made.process.wait(60)
        with postgres_cluster.connect(url.rpartition("/")[2]) as beside:
            done = beside.execute("SELECT count(*) FROM flow_run WHERE state_type = 'COMPLETED'").fetchone()
    assert done[0] >= 1
    assert not (tmp_path / "prefect" / "prefect.db").exists()


def test_a_service_whose_parent_is_killed_ends_too(tmp_path, until):
    """Its processes end when their input does, however that came about."""
    fill_practice(tmp_path)
    made = Serving(tmp_path, free_port())
    until(lambda: len(made.left()) >= 2)
    made.process.kill()
    made.process.wait()
    until(lambda: made.left() == {})


def test_prefects_tables_are_never_in_the_casework_database():
    from flows.service import same_database

    ours = "postgresql+psycopg://pathways@db.example/casework"
    assert same_database("postgresql+asyncpg://prefect:x@db.example:5432/casework", ours)
    assert not same_database("postgresql+asyncpg://prefect:x@db.example:5432/prefect", ours)
    assert not same_database("sqlite+aiosqlite:////home/x/prefect.db", "sqlite:////home/x/prefect.db")


def test_no_server_named_is_said_in_a_sentence(practice_free):
    done = practice_free("serve", "--no-server")
    assert done.returncode == 10
    assert "Set PREFECT_API_URL" in " ".join(done.stderr.split())


@pytest.fixture
def practice_free(tmp_path):
    """Run a command line in a process of its own, over a practice store."""
    fill_practice(tmp_path)

    def run(*words):
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "PATHWAYS"))
        }
        environment["PATHWAYS_HOME"] = str(tmp_path)
        return subprocess.run(
            [sys.executable, "-m", "cli", *words],
            env=environment,
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )

    return run
