"""A restore is all there or not there, for every login that may do it; what a killed one leaves is cleared away."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import psycopg
import pytest

from models import copy_files, dumps, restoring
from models.connecting import driver_address, sqlite_path
from models.copies import back_up, drill
from models.copy_files import CopyNotProven, half_made, read
from models.dumps import SCRATCH, left_behind
from models.restoring import restore
from models.row_security_tables import APP, OWNER, READER, SERVICE
from models.setup import AtTheKeyboard, fill
from models.store import open_store
from models.viewer import ALL_SEEING
from pathways.errors import NotReady
from tests.kept import every_row
from tests.logins import an_office, connected
from tests.models.sealed import CANARY, NOW, concern, opened, whole
from tests.postgres import OWNER as SUPERUSER

LAID = {
    "tables and sequences": (
        "SELECT relname::text, relkind::text, pg_get_userbyid(relowner), relrowsecurity, relforcerowsecurity, "
        "ARRAY(SELECT grants::text FROM unnest(relacl) grants ORDER BY 1) FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
    ),
    "columns": (
        "SELECT attrelid::regclass::text, attname::text, attacl::text FROM pg_attribute "
        "JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attacl IS NOT NULL ORDER BY 1, 2"
    ),
    "functions": (
        "SELECT proname::text, pg_get_userbyid(proowner), proacl::text, prosecdef, proconfig::text, md5(prosrc) FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace ORDER BY 1"
    ),
    "policies": (
        "SELECT polname::text, polrelid::regclass::text, polcmd::text, polroles::regrole[]::text, "
        "translate(pg_get_expr(polqual, polrelid), '()', ''), translate(pg_get_expr(polwithcheck, polrelid), '()', '') "
        "FROM pg_policy ORDER BY 1"
    ),
    "triggers": (
        "SELECT tgname::text, tgrelid::regclass::text, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
    ),
    "schema": "SELECT nspacl::text FROM pg_namespace WHERE nspname = 'public'",
    "what comes later": "SELECT defaclobjtype::text, defaclacl::text FROM pg_default_acl ORDER BY 1",
}  # fmt: skip
"""Who owns what in a database, who may what, what guards it. In what was written out and read in again PostgreSQL puts
parentheses in other places."""


def laid(url):
    with connected(url) as connection:
        return {what: connection.execute(asked).fetchall() for what, asked in LAID.items()}


@pytest.fixture
def empty_url(postgres_cluster):
    with postgres_cluster.database() as url:
        yield url


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


@pytest.fixture
def made(migrated_url, rules, folder):
    """A backup of a store on PostgreSQL with one sealed case."""
    with opened(migrated_url) as store:
        concern(store, rules)
        return back_up(store, folder, NOW)


def tables(url):
    with connected(url) as connection:
        return connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()[0]


def test_owners_grants_and_walls_of_a_restored_database_are_those_of_one_that_was_made_here(
    migrated_url, empty_url, made
):
    restore(empty_url, read(made.path), NOW)
    there, wanted = laid(empty_url), laid(migrated_url)
    assert {what for what in wanted if there[what] != wanted[what]} == set()
    assert len(wanted["policies"]) > 100
    assert len(wanted["tables and sequences"]) > 100
    with connected(empty_url) as connection:
        (granted,) = connection.execute(
            "SELECT datacl::text FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert f"{APP}=c" in granted
    assert not {"{=", ",="} & {granted[place : place + 2] for place in range(len(granted))}, (
        "nobody else gets in"
    )


def test_an_operator_who_is_no_superuser_makes_backups_tries_them_and_restores_them(
    postgres_cluster, rules, folder
):
    """As docs/postgresql.md sets the operator up; a practitioner works in what they restored."""
    with an_office(postgres_cluster) as office, postgres_cluster.database() as empty:
        operator = office.login("operator", OWNER, SERVICE)
        nurse = office.staff("amy")
        name = office.logins["operator"]
        with postgres_cluster.connect() as server:
            server.execute(f"ALTER ROLE {name} CREATEDB")
            for each in (office.url, empty):
                server.execute(f"ALTER DATABASE {each.rsplit('/', 1)[1]} OWNER TO {name}")
        with open_store(operator) as store:
            store.viewer = ALL_SEEING
            concern(store, rules)
            copy = back_up(store, folder, NOW)
            drill(store, folder, NOW)
            with store.reading() as tx:
                assert [row.said for row in every_row(tx, "copy_run") if row.kind == "backup"] == [
                    "Opened and verified."
                ]
        mine = empty.replace(f"{SUPERUSER}@", f"{name}@")
        assert restore(mine, read(copy.path), NOW) == copy.counts
        there, wanted = laid(empty), laid(office.url)
        assert {what for what in wanted if there[what] != wanted[what]} == set()
        with (
            open_store(nurse.rsplit("/", 1)[0] + "/" + empty.rsplit("/", 1)[1]) as back,
            back.reading() as tx,
        ):
            assert tx.one("practitioner_by_login", login=office.logins["amy"]) is not None
        postgres_cluster.drop(empty.rsplit("/", 1)[1])
        with postgres_cluster.connect() as server:
            server.execute(f"ALTER DATABASE {office.url.rsplit('/', 1)[1]} OWNER TO {SUPERUSER}")


@pytest.mark.parametrize("role", [APP, READER, SERVICE])
@pytest.mark.parametrize("where", ["an empty database", "the store"])
def test_a_login_that_is_no_operator_restores_nothing_anywhere(
    postgres_cluster, empty_url, made, role, where
):
    """Even one that may make databases, and has the backup and its keys."""
    with an_office(postgres_cluster) as office:
        login = office.login("other", role)
        name = office.logins["other"]
        url = login if where == "the store" else empty_url.replace(f"{SUPERUSER}@", f"{name}@")
        with postgres_cluster.connect() as server:
            server.execute(f"ALTER ROLE {name} CREATEDB")
        before = laid(office.url)
        with pytest.raises(NotReady, match="This login may not restore records"):
            restore(url, read(made.path), NOW)
        assert tables(empty_url) == 0
        assert laid(office.url) == before
        with connected(office.url) as connection:
            left = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [SCRATCH]
            )
            assert left.fetchall() == []


def test_the_login_of_the_night_opens_and_tries_backups(postgres_cluster, rules, folder):
    """It becomes the service's role as it connects, and makes its database as itself."""
    with an_office(postgres_cluster) as office:
        night = office.service()
        with postgres_cluster.connect() as server:
            server.execute(f"ALTER ROLE {office.logins['night']} CREATEDB")
            server.execute(f"ALTER ROLE {office.logins['night']} SET role = '{SERVICE}'")
        with open_store(office.url) as store:
            concern(store, rules)
        with open_store(night) as store:
            store.viewer = ALL_SEEING
            back_up(store, folder, NOW)
            drill(store, folder, NOW)
            with store.reading() as tx:
                assert [row.said for row in every_row(tx, "copy_run") if row.kind == "backup"] == [
                    "Opened and verified."
                ]


@pytest.mark.parametrize("when", ["while it is dumped", "while it is loaded"])
def test_a_restore_that_is_cut_off_leaves_the_database_empty_and_is_given_again(
    empty_url, made, monkeypatch, when
):
    def half(pieces):
        for number, piece in enumerate(pieces):
            if number or when == "while it is loaded":
                yield piece[: len(piece) // 2]
                break
            yield piece
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        if when == "while it is dumped":
            cut.setattr(dumps, "PIECE", 20_000)
        cut.setattr(restoring, "dump_all", lambda *a, **b: half(dumps.dump_all(*a, **b)))
        with pytest.raises(KeyboardInterrupt):
            restore(empty_url, read(made.path), NOW)
    assert tables(empty_url) == 0
    assert restore(empty_url, read(made.path), NOW) == made.counts
    with opened(empty_url) as back:
        whole(back)


def test_a_database_that_was_left_with_a_copy_in_it_is_named_and_goes_with_the_next_copy(
    postgres_cluster, migrated_url, made, folder
):
    left, held = f"{SCRATCH}left", f"{SCRATCH}held"
    for name in (left, held):
        postgres_cluster.drop(name)
    postgres_cluster.create(held)
    with psycopg.connect(driver_address(migrated_url), application_name=held), opened(migrated_url) as store:
        postgres_cluster.create(left)
        assert held not in left_behind(store), "somebody is at it"
        drill(store, folder, NOW)
        assert left not in left_behind(store)
        with postgres_cluster.connect() as server:
            there = server.execute("SELECT datname FROM pg_database WHERE datname IN (%s, %s)", [left, held])
            assert there.fetchall() == [(held,)]
    postgres_cluster.drop(held)


def test_a_copy_that_arrives_other_than_it_was_proved_is_not_called_restored(empty_url, made, monkeypatch):
    def other(*_, **__):
        from models.schema import upgrade

        upgrade(empty_url)

    monkeypatch.setattr(restoring, "load", other)
    with pytest.raises(CopyNotProven, match="not what was proved"):
        restore(empty_url, read(made.path), NOW)


# --- every clock is told again ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sqlite", "sqlcipher", "migrated"])
def test_a_copy_in_which_a_clock_was_changed_is_refused(request, rules, folder, kind, tmp_path):
    with opened(request.getfixturevalue(f"{kind}_url")) as store:
        fill(store, AtTheKeyboard("operator", "operator", ()), authority="sefton", now=NOW)
        concern(store, rules)
        back_up(store, folder, NOW)
        with store.writing() as tx:
            tx.connection.execute("UPDATE deadline SET start_event = 'somebody_else_said'")
        with pytest.raises(CopyNotProven, match="clock"):
            back_up(store, folder, NOW + timedelta(hours=1))
        assert len(list(folder.glob("*.backup"))) == 1


@pytest.mark.parametrize("kind", ["sqlite", "sqlcipher", "migrated"])
def test_a_copy_that_was_kept_with_a_changed_clock_is_neither_tried_nor_restored(
    request, rules, folder, kind, tmp_path, postgres_cluster, monkeypatch
):
    """Somebody kept it before clocks were told again; the drill and the restore look themselves."""
    with opened(request.getfixturevalue(f"{kind}_url")) as store:
        fill(store, AtTheKeyboard("operator", "operator", ()), authority="sefton", now=NOW)
        concern(store, rules)
        with store.writing() as tx:
            tx.connection.execute("UPDATE deadline SET start_event = 'somebody_else_said'")
        with monkeypatch.context() as blind:
            blind.setattr("models.copies_opened.rules_of", lambda _: None)
            copy = back_up(store, folder, NOW)
        with pytest.raises(CopyNotProven, match="clock"):
            drill(store, folder, NOW)
        if store.dialect == "sqlite":
            there = f"sqlite:///{tmp_path / 'there' / 'store.db'}"
            with pytest.raises(CopyNotProven, match="clock"):
                restore(there, read(copy.path), NOW)
            assert list((tmp_path / "there").iterdir()) == []
        else:
            with postgres_cluster.database() as there:
                with pytest.raises(CopyNotProven, match="clock"):
                    restore(there, read(copy.path), NOW)
                assert tables(there) == 0


# --- half-made things ---------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from models.copy_files import half_made
from tests.kept import every_row
with half_made(Path(sys.argv[1]), ".restoring-", datetime(2026, 11, 3, tzinfo=UTC)) as made:
    (made / "opened.db").write_bytes(b"half")
    print(made.name, flush=True)
    if sys.argv[2] == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    sys.stdin.read()
"""


def begun(place, how):
    """A process that has begun something half-made in a place."""
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(place), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return process, process.stdout.readline().strip()


def test_what_a_killed_run_left_is_cleared_away_by_the_next_and_what_another_is_at_is_not(tmp_path):
    killed, left = begun(tmp_path, "killed")
    killed.wait(30)
    assert (tmp_path / left / "opened.db").exists()
    running, held = begun(tmp_path, "running")
    assert not (tmp_path / left).exists()
    with half_made(tmp_path, ".restoring-", NOW) as own:
        assert {each.name for each in tmp_path.iterdir()} == {held, own.name}
    running.communicate("")
    assert list(tmp_path.iterdir()) == []


def test_where_the_disk_knows_no_locks_what_was_left_goes_a_day_later(tmp_path, monkeypatch):
    import fcntl

    def none(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", none)
    left = tmp_path / ".copying-left"
    left.mkdir()
    os.utime(left, (NOW.timestamp(), NOW.timestamp()))
    with half_made(tmp_path, ".copying-", NOW + timedelta(hours=1)):
        assert left.exists(), "somebody may be at it"
    with half_made(tmp_path, ".copying-", NOW + timedelta(hours=25)):
        assert not left.exists()
    assert copy_files.DAY == 24 * 3600


def test_a_restore_clears_away_what_a_killed_one_left_beside_the_place(
    sqlcipher_url, rules, folder, tmp_path
):
    with opened(sqlcipher_url) as store:
        concern(store, rules)
        copy = back_up(store, folder, NOW)
    place = sqlite_path(f"sqlite:///{tmp_path / 'there' / 'store.db'}")
    left = place.parent / ".restoring-left"
    left.mkdir(parents=True)
    (left / "opened.db").write_bytes(b"half")
    restore(f"sqlite:///{place}", read(copy.path), NOW)
    assert not left.exists()
    assert CANARY.encode() not in place.read_bytes()


def test_the_doctor_names_a_copy_that_was_left_on_the_server(postgres_cluster, monkeypatch, capsys, tmp_path):
    from commands.run import run

    with an_office(postgres_cluster) as office:
        url = office.staff("amy")
        monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path))
        monkeypatch.setenv("PATHWAYS_DATABASE_URL", url)
        name = f"{SCRATCH}doctor_{office.mark}"
        postgres_cluster.create(name)
        try:
            run(["doctor"])
        finally:
            postgres_cluster.drop(name)
    assert name in capsys.readouterr().out.replace("\n", "")


def test_a_login_that_may_make_no_database_is_told_so_before_anything_is_changed(postgres_cluster, made):
    with an_office(postgres_cluster) as office:
        plain = office.login("plain", APP)
        with pytest.raises(NotReady), dumps.scratch_database(plain):
            pytest.fail("it was made")
