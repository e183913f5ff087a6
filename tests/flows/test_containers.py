"""deployments/compose.yaml without containers: its own scripts, run here against a PostgreSQL server that asks for passwords.

What stands in the file is run as it stands; only the folder of the secrets, the names of machines and ports are this machine's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests import postgres

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deployments"
SECRETS = {
    "operator-password": "ope'rator/$@: 1",
    "service-password": "ser'vice/$@: 2",
    "prefect-password": "pre'fect/$@: 3",
    "prefect-auth": "admin:invented",
    "pathways-key": "5afe" * 16,
    "mail-password": "",
}
"""Invented; with every character that an address, a shell or SQL would trip over."""
WHO = "SELECT session_user, (SELECT rolsuper FROM pg_roles WHERE rolname = session_user)"
ASK_OURS = f"""
import json, os, sys
from datetime import UTC, datetime
import psycopg
from models.row_security import holds
from models.setup import rules_of
from models.store import open_store
from models.sweep import pass_due_dates

now = datetime(2026, 11, 22, 4, 15, tzinfo=UTC)
with open_store(os.environ["PATHWAYS_DATABASE_URL"]) as store:
    with store.reading() as tx:
        who = tx.connection.execute("{WHO}").fetchone()
    looked_at = pass_due_dates(store, rules_of(store), now, now).cases
    try:
        store.connection.execute("SET ROLE pathways_owner")
        store.connection.execute("CREATE TABLE more (number int)")
        makes_tables = True
    except psycopg.errors.InsufficientPrivilege:
        makes_tables = False
    print(json.dumps([*who, holds(store), looked_at, makes_tables]))
"""
ASK_PREFECTS = f"""#!{sys.executable}
import asyncio, json, os, sys
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

async def ask():
    engine = create_async_engine(os.environ["PREFECT_SERVER_DATABASE_CONNECTION_URL"])
    async with engine.begin() as connection:
        await connection.execute(text("CREATE EXTENSION pg_trgm"))
        await connection.execute(text("CREATE TABLE flow_run (id int)"))
        who = (await connection.execute(text("{WHO}"))).one()
    await engine.dispose()
    print(json.dumps([*who, sys.argv[1:], os.environ["PREFECT_SERVER_API_AUTH_STRING"]]))

asyncio.run(ask())
"""


class Composed:
    """What compose.yaml describes, as far as it can be had without containers: its databases and its scripts."""

    def __init__(self, cluster, folder):
        self.cluster, self.folder = cluster, folder
        self.services = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))["services"]
        (folder / "secrets").mkdir()
        for name, value in SECRETS.items():
            (folder / "secrets" / name).write_text(value, encoding="utf-8")

    def here(self, text):
        """A text of the containers' with the names of this machine in it."""
        found = str(text).replace("/run/secrets", str(self.folder / "secrets"))
        for machine in ("casework-db", "prefect-db"):
            found = found.replace(f"@{machine}:5432", f"@127.0.0.1:{self.cluster.port}")
        return found

    def make_database(self, service):
        """What the image does with its variables at the first start: the database, then the scripts that it is given."""
        name = self.services[service]["environment"]["POSTGRES_DB"]
        self.cluster.create(name)
        (script,) = [
            FOLDER / each.partition(":")[0]
            for each in self.services[service]["volumes"]
            if each.partition(":")[2].startswith("/docker-entrypoint-initdb.d/")
        ]
        environment = {
            "PATH": f"{postgres.find_programs()}:{os.environ['PATH']}",
            "POSTGRES_USER": postgres.OWNER,
            "POSTGRES_DB": name,
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.cluster.port),
        }
        text = self.here(script.read_text(encoding="utf-8"))
        subprocess.run(["sh", "-c", text], env=environment, check=True, timeout=60)

    def ask_for_passwords(self):
        """From now on nobody comes in without one but the tests themselves."""
        rules = f"host all {postgres.OWNER} 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        (self.cluster.data / "pg_hba.conf").write_text(rules, encoding="utf-8")
        self.cluster.stop()
        self.cluster.start()

    def run(self, service, *command):
        """Run a command in the place of a service's own: its script, its variables; what it printed."""
        one = self.services[service]
        words = one["entrypoint"] if "entrypoint" in one else one["command"]
        script = words[words.index("-ec") + 1].replace("$$", "$")
        environment = {
            "PATH": f"{self.folder}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "PATHWAYS_HOME": str(self.folder / "home"),
            "PYTHONPATH": str(ROOT),
            **{name: self.here(value) for name, value in one["environment"].items()},
        }
        done = subprocess.run(
            ["sh", "-ec", self.here(script), "with-secrets", *command],
            env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=self.folder, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def composed(own_postgres, tmp_path):
    """The two databases as the containers make them, on one server that asks for passwords."""
    made = Composed(own_postgres, tmp_path)
    made.make_database("casework-db")
    made.make_database("prefect-db")
    made.ask_for_passwords()
    return made


def test_each_container_logs_in_as_no_more_than_it_needs(composed):
    python = (sys.executable, "-c", ASK_OURS)
    made = composed.run("operator", sys.executable, "-m", "cli", "init", "--no-input")
    assert "You: pathways_operator, as coordinator" in made
    for service in ("register", "worker"):
        found = json.loads(composed.run(service, *python))
        assert found == ["pathways_night", False, "", 0, False], service
    found = json.loads(composed.run("operator", *python))
    assert found == ["pathways_operator", False, "in the role pathways_owner", 0, True]

    looked_at = composed.run("operator", "sh", "-c", f"{sys.executable} -m cli doctor --json || true")
    wrong = {each["name"] for each in json.loads(looked_at)["checks"] if not each["ok"]}
    assert wrong - {"Bytecode"} == {"Database login"}, "as the runbook says; and this server forgets nothing"

    stub = composed.folder / "prefect"
    stub.write_text(ASK_PREFECTS, encoding="utf-8")
    stub.chmod(0o755)
    found = json.loads(composed.run("server"))
    assert found == [
        "prefect", False, ["server", "start", "--host", "0.0.0.0", "--port", "4200"], SECRETS["prefect-auth"],
    ]  # fmt: skip
