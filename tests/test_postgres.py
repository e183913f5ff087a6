"""The server that other tests use: it must be fresh, private, and gone when they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres

ROOT = Path(__file__).parents[1]


def test_a_database_is_empty_and_keeps_utc(postgres_url, postgres_cluster):
    name = postgres_url.rpartition("/")[2]
    with postgres_cluster.connect(name) as connection:
        assert connection.execute("SHOW timezone").fetchone() == ("UTC",)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        assert connection.execute(tables).fetchone() == (0,)


def test_the_server_answers_on_loopback_only(postgres_cluster):
    with postgres_cluster.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
        assert connection.execute("SHOW unix_socket_directories").fetchone() == ("",)


def test_a_database_is_gone_after_its_test(postgres_cluster):
    with postgres_cluster.database() as url:
        name = url.rpartition("/")[2]
        still_open = postgres_cluster.connect(name)
    with postgres_cluster.connect() as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    still_open.close()
    assert found is None


def test_a_template_is_filled_once_and_copied(postgres_cluster):
    filled = []

    def fill(url: str) -> None:
        filled.append(url)
        with postgres_cluster.connect(url.rpartition("/")[2]) as connection:
            connection.execute("CREATE TABLE note (words text)")

    for _ in range(2):
        template = postgres_cluster.template("copied_by_a_test", fill)
        with (
            postgres_cluster.database(template) as url,
            postgres_cluster.connect(url.rpartition("/")[2]) as connection,
        ):
            connection.execute("INSERT INTO note VALUES ('only here')")
            assert connection.execute("SELECT count(*) FROM note").fetchone() == (1,)
    assert len(filled) == 1


@pytest.mark.slow
def test_a_killed_server_comes_back_with_what_was_written(own_postgres):
    with own_postgres.connect() as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        connection.execute("CREATE TABLE note AS SELECT 'kept' AS words")
    port = own_postgres.port
    own_postgres.kill()
    assert not own_postgres.running()
    own_postgres.start()
    assert own_postgres.port == port
    with own_postgres.connect() as connection:
        assert connection.execute("SELECT words FROM note").fetchone() == ("kept",)


@pytest.mark.slow
def test_a_server_whose_tests_were_killed_is_cleared_away_by_the_next(postgres_programs, tmp_path):
    script = """
import os, signal
from tests import postgres
with postgres.folder() as home:
    postgres.Cluster(home, postgres.find_programs()).start()
    print(home, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    left = postgres.Cluster(Path(done.stdout.strip()), postgres_programs)
    assert left.running()
    with postgres.folder():
        assert not left.home.exists()
    assert not left.running()


def test_the_newest_version_is_found(tmp_path):
    for version in ("9", "15", "13"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        for name in postgres.NEEDED:
            (folder / name).touch(mode=0o755)
    assert postgres.find_programs("/nowhere", tmp_path) == tmp_path / "15" / "bin"
    (tmp_path / "15" / "bin" / "postgres").unlink()
    assert postgres.find_programs("/nowhere", tmp_path) == tmp_path / "13" / "bin"
    assert postgres.find_programs("/nowhere", tmp_path / "empty") is None


@pytest.mark.parametrize(
    ("environment", "must"),
    [
        ({}, False),
        ({"CI": "true"}, True),
        ({"PATHWAYS_REQUIRE_POSTGRESQL": "1"}, True),
        ({"CI": "false"}, False),
    ],
)
def test_ci_may_not_skip(environment, must):
    assert postgres.required(environment) is must
