"""Stores to break: each test point gets a fresh copy, on SQLite a file, on PostgreSQL a database of its own."""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from tests import postgres
from tests.faults import stores
from tests.faults.forks import Forks
from tests.faults.harness import Found
from tests.faults.place import STORES, Place


@pytest.fixture(scope="session")
def traced() -> None:
    """strace, without which nothing can be broken at a chosen call; in CI it may not be missing."""
    if shutil.which("strace") is None:
        missing = "strace is not installed (on Debian: apt-get install strace)."
        pytest.fail(missing, pytrace=False) if postgres.required() else pytest.skip(missing)


@pytest.fixture(scope="session")
def forks(credentials) -> Iterator[Forks]:
    """The loaded program, of which each broken command is a copy."""
    with Forks() as loaded:
        yield loaded


@pytest.fixture(scope="session")
def sqlite_bases(tmp_path_factory, credentials) -> Callable[[str, str], Path]:
    """SQLite stores to copy, encrypted or not, by what is in them; each is made when it is first wanted."""
    folder = tmp_path_factory.mktemp("bases")

    def base(where: str, name: str) -> Path:
        made = folder / name / stores.FILE[where]
        if not made.exists():
            made.parent.mkdir(exist_ok=True)
            stores.FILLS[name](f"sqlite:///{made}")
        return made

    return base


@pytest.fixture(scope="session")
def job_files(request, tmp_path_factory, credentials) -> Callable[[str], dict[str, str]]:
    """The files that the jobs read, by the kind of store that they are given to."""

    @cache
    def files(where: str) -> dict[str, str]:
        folder = tmp_path_factory.mktemp(f"given-{where}")
        if where != "postgresql":
            return stores.files(folder, f"sqlite:///{folder / stores.FILE[where]}")
        cluster = request.getfixturevalue("postgres_cluster")
        with cluster.database() as url:
            return stores.files(folder, url)

    return files


@pytest.fixture(scope="session")
def postgres_template(request) -> Callable[[str], str]:
    """Databases to copy, by what is in them; each is made when it is first wanted."""

    @cache
    def template(name: str) -> str:
        if name == "none":
            return "template0"
        cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
        return cluster.template(f"faults_{name}", fill=stores.FILLS[name])

    return template


@pytest.fixture
def fresh(
    request, tmp_path, job_files, sqlite_bases, postgres_template, forks
) -> Callable[[str, str], object]:
    """Makes a place with a fresh store: `with fresh("sqlite", "cases") as place`."""
    numbers = itertools.count()

    @contextmanager
    def make(where: str, store: str) -> Iterator[Place]:
        folder = tmp_path / f"place-{next(numbers)}"
        filled = stores.AS.get(store, store)
        if where != "postgresql":
            path = folder / "home" / stores.FILE[where]
            place = Place(folder, f"sqlite:///{path}", job_files(where), forks)
            if store != "none":
                stores.copy_store(sqlite_bases(where, filled), path)
            place.lay(stores.BESIDE.get(store, {}))
            yield place
        else:
            cluster = request.getfixturevalue("postgres_cluster")
            with cluster.database(postgres_template(filled)) as url:
                place = Place(folder, url, job_files(where), forks)
                place.lay(stores.BESIDE.get(store, {}))
                yield place
        shutil.rmtree(folder)

    return make


REPORT, PLAN = "PATHWAYS_FAULTS_REPORT", "PATHWAYS_FAULTS_PLAN"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests whose row is there already; write down which tests there are that leave one."""
    kept, plan = os.environ.get(REPORT), os.environ.get(PLAN)
    if plan:
        leaving = [item.nodeid for item in items if "report" in getattr(item, "fixturenames", ())]
        Path(plan).write_text(json.dumps(leaving), encoding="utf-8")
    if kept and Path(kept).exists():
        there = {json.loads(line)["test"] for line in Path(kept).read_text(encoding="utf-8").splitlines()}
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in there])
        items[:] = [item for item in items if item.nodeid not in there]


@pytest.fixture
def report(request) -> Callable[[str, str, str, Found], None]:
    """Keeps what a test found, for the table of docs/faults.md, where PATHWAYS_FAULTS_REPORT names a file."""

    def keep(fault: str, command: str, where: str, found: Found) -> None:
        path = os.environ.get(REPORT)
        if path:
            assert where in STORES
            row = {"test": request.node.nodeid, "on": datetime.now(UTC).date().isoformat()}
            row |= {"fault": fault, "command": command, "database": where, "points": found.points}
            row |= {name: getattr(found, name) for name in ("of", "lost", "doubled", "leaked", "not_whole")}
            with open(path, "a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")

    return keep
