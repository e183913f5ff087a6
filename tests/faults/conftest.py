"""Stores to break: each test point gets a fresh copy, on SQLite a file, on PostgreSQL a database of its own."""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import postgres
from tests.faults import jobs
from tests.faults.harness import Found, Place


@pytest.fixture(scope="session")
def traced() -> None:
    """strace, without which nothing can be broken at a chosen call; in CI it may not be missing."""
    if shutil.which("strace") is None:
        missing = "strace is not installed (on Debian: apt-get install strace)."
        pytest.fail(missing, pytrace=False) if postgres.required() else pytest.skip(missing)


@pytest.fixture(scope="session")
def job_files(tmp_path_factory) -> dict[str, str]:
    """The files that the jobs read."""
    return jobs.files(tmp_path_factory.mktemp("given"))


@pytest.fixture(scope="session")
def sqlite_bases(tmp_path_factory) -> dict[str, Path]:
    """SQLite stores to copy, by what is in them."""
    folder = tmp_path_factory.mktemp("bases")
    made = {}
    for name, fill in jobs.FILLS.items():
        made[name] = folder / f"{name}.db"
        fill(f"sqlite:///{made[name]}")
    return made


@pytest.fixture
def fresh(request, tmp_path, job_files, sqlite_bases) -> Callable[[str, str], object]:
    """Makes a place with a fresh store: `with fresh("sqlite", "cases") as place`."""
    numbers = itertools.count()

    @contextmanager
    def make(database: str, store: str) -> Iterator[Place]:
        folder = tmp_path / f"place-{next(numbers)}"
        if database == "sqlite":
            path = folder / "home" / "practice.db"
            place = Place(folder, f"sqlite:///{path}", job_files)
            if store != "none":
                shutil.copy(sqlite_bases[store], path)
                path.chmod(0o600)
            yield place
        else:
            cluster = request.getfixturevalue("postgres_cluster")
            template = "template0"
            if store != "none":
                template = cluster.template(f"faults_{store}", fill=jobs.FILLS[store])
            with cluster.database(template) as url:
                yield Place(folder, url, job_files)
        shutil.rmtree(folder)

    return make


@pytest.fixture
def report() -> Callable[[str, str, str, Found], None]:
    """Keeps what a test found, for the table of docs/faults.md, where PATHWAYS_FAULTS_REPORT names a file."""

    def keep(fault: str, command: str, database: str, found: Found) -> None:
        path = os.environ.get("PATHWAYS_FAULTS_REPORT")
        if path:
            row = {"fault": fault, "command": command, "database": database, "points": found.points}
            row |= {name: getattr(found, name) for name in ("of", "lost", "doubled", "leaked", "not_whole")}
            with open(path, "a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")

    return keep
