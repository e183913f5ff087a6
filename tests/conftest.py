"""What every test may ask for. The first part keeps tests apart from this machine; the second is PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres

# -- the session -----------------------------------------------------------------------------------

STARTED = pytest.StashKey[contextlib.ExitStack]()
FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Settings of the person's own database clients say nothing to a test."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]
    os.environ.pop("PATHWAYS_PASSPHRASE", None)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(postgres.quick_place()))
    config.addinivalue_line("markers", "sqlcipher: runs on an encrypted store too")
    config.addinivalue_line("markers", "lies_open: is about a store that is not encrypted, or says so")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Whatever this process started ends here, also after Ctrl+C."""
    if STARTED in config.stash:
        config.stash[STARTED].close()


# -- PostgreSQL ------------------------------------------------------------------------------------
#
# postgres_url        an empty database of the test's own, dropped afterwards
# postgres_cluster    the one server of this run; .template("migrated", fill=...) makes a database to copy
# own_postgres        a server of the test's own, with PostgreSQL's own durability: .kill() it, .start() it again
#
# With several processes (pytest -n) there is still one server: the first to need it starts it, in a folder
# that belongs to the process that hands out the tests, which stops it when all is done.


def _folder_of_this_run(config: pytest.Config) -> Path:
    if hasattr(config, "workerinput"):
        return Path(config.workerinput["postgres_folder"])
    if FOLDER not in config.stash:
        config.stash[STARTED] = contextlib.ExitStack()
        config.stash[FOLDER] = config.stash[STARTED].enter_context(postgres.folder())
    return config.stash[FOLDER]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Tell each of several processes where the one server lives."""
    node.workerinput["postgres_folder"] = str(_folder_of_this_run(node.config))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """The longest files first, where several processes take whole files."""
    from tests.spread import scheduler

    return scheduler(config, log)


@pytest.fixture(scope="session")
def postgres_programs() -> Path:
    """Where PostgreSQL's programs are; without them the test is skipped, or fails where it may not be skipped."""
    programs = postgres.find_programs()
    if programs:
        return programs
    missing = "PostgreSQL's server is not installed (on Debian: apt-get install postgresql)."
    if postgres.required():
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def postgres_cluster(pytestconfig: pytest.Config, postgres_programs: Path) -> postgres.Cluster:
    """The one PostgreSQL server of this run."""
    cluster = postgres.Cluster(_folder_of_this_run(pytestconfig), postgres_programs)
    cluster.start()
    return cluster


@pytest.fixture
def postgres_url(postgres_cluster: postgres.Cluster) -> Iterator[str]:
    """The address of an empty database, dropped after the test."""
    with postgres_cluster.database() as url:
        yield url


@pytest.fixture
def own_postgres(postgres_programs: Path) -> Iterator[postgres.Cluster]:
    """A PostgreSQL server that the test may kill: its own folder, its own port, default durability."""
    with postgres.folder(on_disk=True) as home:
        cluster = postgres.Cluster(home, postgres_programs, durable=True)
        cluster.start()
        yield cluster


# -- casework --------------------------------------------------------------------------------------
#
# store      an empty store with all its tables: once on SQLite, once on PostgreSQL
# rules      the rule pack of England and Sefton, with the calendar that the program ships
# casework   the write path over `store`


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory) -> Path:
    """A SQLite store with all its tables and nothing in them, to copy. It is for made-up data, and says so."""
    from models.schema import upgrade
    from models.setup import settle_sealing
    from models.store import open_store

    path = tmp_path_factory.mktemp("empty") / "store.db"
    url = f"sqlite:///{path}"
    upgrade(url)
    with open_store(url) as store:
        settle_sealing(store, unencrypted=True)
    return path


@pytest.fixture
def sqlite_url(empty_sqlite, tmp_path) -> str:
    """A fresh SQLite store of the test's own."""
    path = tmp_path / "store.db"
    shutil.copy(empty_sqlite, path)
    path.chmod(0o600)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session", autouse=True)
def credentials(tmp_path_factory) -> Iterator[Path]:
    """The key that a service manager would hand over: `init` needs one, and this machine's are left alone."""
    folder = tmp_path_factory.mktemp("credentials")
    (folder / "pathways-key").write_text("5afe" * 16, encoding="ascii")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CREDENTIALS_DIRECTORY", str(folder))
        yield folder


@pytest.fixture(scope="session")
def empty_sqlcipher(tmp_path_factory) -> Path:
    """An encrypted store with all its tables and nothing in them, to copy with the note beside it."""
    from models import keys
    from models.schema import upgrade

    path = tmp_path_factory.mktemp("encrypted") / "store.db"
    slot, _ = keys.fresh()
    keys.write_note(path, keys.Note((slot,)))
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlcipher_url(empty_sqlcipher, tmp_path) -> str:
    """A fresh encrypted store of the test's own; what is written of a case in it is sealed."""
    from models.keys import note_path

    path = tmp_path / "encrypted.db"
    shutil.copy(empty_sqlcipher, path)
    shutil.copy(note_path(empty_sqlcipher), note_path(path))
    path.chmod(0o600)
    return f"sqlite:///{path}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test that asks for a store one on each database; tests marked `sqlcipher` an encrypted one too.

    `PATHWAYS_EVERY_STORE=1` gives all of them the encrypted one: `make faults` does.
    """
    if "store_url" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker
        every = os.environ.get("PATHWAYS_EVERY_STORE") and not marked("lies_open")
        encrypted = ["sqlcipher"] if every or marked("sqlcipher") else []
        metafunc.parametrize("store_url", ["sqlite", *encrypted, "postgresql"], indirect=True)


@pytest.fixture
def migrated_url(postgres_cluster) -> Iterator[str]:
    """A fresh store on PostgreSQL."""
    from models.schema import upgrade

    with postgres_cluster.database(postgres_cluster.template("migrated", fill=upgrade)) as url:
        yield url


@pytest.fixture
def store_url(request) -> str:
    """A fresh store on each database in turn."""
    name = "migrated" if request.param == "postgresql" else request.param
    return request.getfixturevalue(f"{name}_url")


@pytest.fixture
def store(store_url):
    """A fresh, open store."""
    from models.store import open_store

    with open_store(store_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def rules():
    """The rules of England with Sefton's own, and the shipped calendar."""
    from pathways.clocks import Rules
    from pathways.days import shipped_calendar
    from pathways.rulebook import load

    return Rules(load(), shipped_calendar())


@pytest.fixture
def casework(store, rules):
    """The write path over a fresh store."""
    from models.casework import Casework

    return Casework(store, rules)
