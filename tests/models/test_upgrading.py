"""An upgrade says what it will do, waits for whoever writes, and makes a backup that comes back on the new tables."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from types import SimpleNamespace

import pytest
from alembic import command

from commands.db import _of_plan
from commands.doctor import _key
from models import compiled, copies, schema, upgrading
from models.connecting import sqlite_path
from models.copy_files import read
from models.driver_faults import Busy
from models.restoring import restore
from models.row_security_tables import OWNER, SERVICE
from models.sealing import MARK
from models.sealing_facts import seal_facts
from models.setup import revision
from models.store import open_store
from pathways.errors import CONFLICT, NOT_READY, OK, NotReady
from tests.logins import an_office
from tests.models.sealed import CANARY, NOW, concern, laid_open, opened, rows_of, whole

OLDER = "0004"
ENGINES = ["sqlite", "sqlcipher", "migrated"]


@pytest.fixture(params=ENGINES)
def kept(request, rules):
    """The address of an older store of each kind, and the case that is in it."""
    url = request.getfixturevalue(f"{request.param}_url")
    with opened(url) as store:
        reference = concern(store, rules)
    with schema.engine(url).begin() as connection:
        command.downgrade(schema.config(connection), OLDER)
    return url, reference


@pytest.fixture
def elsewhere(kept, tmp_path, request):
    """An address on the same kind of database where nothing is yet."""
    if sqlite_path(kept[0]) is not None:
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'store.db'}"
        return
    with request.getfixturevalue("postgres_cluster").database() as url:
        yield url


@pytest.fixture
def upgrade(kept, tmp_path, monkeypatch, capsys):
    """`db upgrade` on the older store: exit code, what it said, what it refused."""
    from commands.run import run

    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", kept[0])
    monkeypatch.setattr("commands.db.moment_now", lambda: NOW)

    def upgraded(*words):
        capsys.readouterr()
        code = run(["db", "upgrade", *words])
        return code, *capsys.readouterr()

    return upgraded


def at(url):
    with open_store(url, check=False) as store:
        return revision(store)


def note_run(url, table, started, finished=None):
    """A check or an import as it stands in the store while it runs."""
    columns = {
        "check_run": ("as_of, started_at, finished_at, rulebook, calendar, cases, missed, moved, reminded, parked",
                      [started, started, finished, "", "", 0, 0, 0, 0, 0]),
        "import_run": ("kind, fingerprint, reference_date, started_at, finished_at, children, cases, unused",
                       ["cin-census", "ab", "2026-03-31", started, finished, 0, 0, 0]),
    }  # fmt: skip
    names, values = columns[table]
    with open_store(url, check=False) as store:
        mark = "?" if store.dialect == "sqlite" else "%s"
        text = f"INSERT INTO {table} ({names}) VALUES ({', '.join([mark] * len(values))})"
        store.connection.execute(
            text, [each.isoformat() if hasattr(each, "isoformat") else each for each in values]
        )


def test_an_upgrade_says_what_will_change_and_how_long_and_where_its_backup_is(kept, upgrade, tmp_path):
    code, out, err = upgrade()
    assert (code, err) == (OK, "")
    assert f"The tables go from {OLDER} to {compiled.HEAD}:" in out
    assert "0005  The conference: " in out
    assert "With the backup that comes first: under a minute." in out
    assert "Backup made first: pathways-2026-11-03-143000.backup, in" in out
    assert out.index("Backup made first") < out.index("Upgraded the tables")
    assert "had taken them away" not in out, "a guard that comes with this version was never there"
    assert at(kept[0]) == compiled.HEAD
    assert (
        read(tmp_path / "home" / "backups" / "pathways-2026-11-03-143000.backup").header["revision"] == OLDER
    )
    with opened(kept[0]) as store:
        assert whole(store).entries == 1


def test_the_backup_of_an_older_store_comes_back_on_the_new_tables(kept, upgrade, elsewhere, rules, tmp_path):
    assert upgrade()[0] == OK
    (made,) = (tmp_path / "home" / "backups").glob("*.backup")
    assert CANARY.encode() not in made.read_bytes()
    restore(elsewhere, read(made), NOW)
    assert at(elsewhere) == compiled.HEAD
    with opened(elsewhere) as back:
        whole(back)
        with back.reading() as tx:
            case = tx.need("case_by_reference", reference=kept[1])
            (record,) = tx.all("records_of_case", case_id=case.id)
        assert record.body["seen_and_heard"] == CANARY


BEFORE_FACTS_WERE_SEALED = "0014"


@pytest.fixture(params=["sqlcipher", "migrated"])
def unsealed(request, rules):
    """The address of a store whose facts lie open, as versions before 0015 left them, and those facts."""
    url = request.getfixturevalue(f"{request.param}_url")
    with opened(url) as store:
        facts = laid_open(store, [concern(store, rules)])
    with schema.engine(url).begin() as connection:
        command.downgrade(schema.config(connection), BEFORE_FACTS_WERE_SEALED)
    return url, facts


def holds_sealed(url, facts):
    """Whether the store at an address says these facts of its cases, and none of them lies open."""
    with opened(url) as store:
        whole(store)
        with store.reading() as tx:
            told = {each: tx.need("case_by_reference", reference=each).facts for each in facts}
        return told == facts and all(text.startswith(MARK) for text in rows_of(store).values())


def test_an_upgrade_seals_the_facts_that_lie_open_and_says_so(unsealed, tmp_path):
    url, facts = unsealed
    planned = upgrading.plan(url)
    assert planned.facts == 1
    assert "Facts that lie open are sealed, each with its case's key: of 1 case." in _of_plan(planned)
    upgrading.carry_out(url, planned)
    assert holds_sealed(url, facts)
    assert upgrading.plan(url).nothing


def test_an_upgrade_that_was_cut_off_after_the_tables_seals_the_facts_the_next_time(unsealed, monkeypatch):
    url, facts = unsealed
    with monkeypatch.context() as cut_off:
        cut_off.setattr(upgrading, "seal_facts", lambda store: None)
        upgrading.carry_out(url, upgrading.plan(url))
    again = upgrading.plan(url)
    assert (again.steps, again.facts, again.nothing) == ([], 1, False)
    upgrading.carry_out(url, again)
    assert holds_sealed(url, facts)


def test_the_doctor_names_facts_that_lie_open(unsealed):
    url, _ = unsealed
    schema.upgrade(url)
    with opened(url) as store:
        found = _key(SimpleNamespace(practice=False, store=store))
        assert (found.ok, found.fix) == (False, "pathways db upgrade")
        assert "the facts of 1 case lie open" in found.found
        seal_facts(store)
        assert _key(SimpleNamespace(practice=False, store=store)).ok


def test_a_restored_copy_of_an_older_store_has_its_facts_sealed(unsealed, tmp_path, request):
    url, facts = unsealed
    made = upgrading.back_up_first(url, BEFORE_FACTS_WERE_SEALED, tmp_path / "backups", NOW)
    if sqlite_path(url) is not None:
        elsewhere = f"sqlite:///{tmp_path / 'elsewhere' / 'store.db'}"
        restore(elsewhere, made, NOW)
        assert holds_sealed(elsewhere, facts)
        return
    with request.getfixturevalue("postgres_cluster").database() as elsewhere:
        restore(elsewhere, made, NOW)
        assert holds_sealed(elsewhere, facts)


def test_a_trial_changes_nothing_and_makes_no_backup(kept, upgrade, tmp_path):
    code, out, _ = upgrade("--dry-run")
    assert code == OK
    assert "Nothing was changed. To do it: pathways db upgrade" in out
    assert at(kept[0]) == OLDER
    assert not (tmp_path / "home" / "backups").exists()
    told = json.loads(upgrade("--dry-run", "--json")[1])
    assert (told["from"], told["to"], told["kept"], told["backup"]) == (OLDER, compiled.HEAD, False, None)
    assert told["steps"][0]["revision"] == "0005"


def test_without_a_backup_nothing_is_upgraded(kept, upgrade, monkeypatch):
    def full(*_, **__):
        raise NotReady("The copy could not be finished (the disk is full).")

    monkeypatch.setattr(copies, "_make", full)
    code, _, err = upgrade()
    assert code == NOT_READY
    assert "the disk is full" in err
    assert at(kept[0]) == OLDER


def test_whoever_made_a_backup_already_may_say_so(kept, upgrade, tmp_path):
    code, out, _ = upgrade("--no-backup")
    assert code == OK
    assert "Backup" not in out
    assert at(kept[0]) == compiled.HEAD


def test_an_upgrade_is_refused_while_somebody_writes_to_a_case(kept, upgrade, monkeypatch):
    monkeypatch.setattr("models.store.BUSY_SECONDS", 0.05)
    with open_store(kept[0], check=False) as other, other.writing(keep=False) as tx:
        tx.connection.execute("UPDATE pathway_case SET version = version WHERE id = -1")
        with pytest.raises(Busy):
            upgrading.refuse_while_written(kept[0], NOW)
        code, _, err = upgrade()
    assert (code, at(kept[0])) == (CONFLICT, OLDER)
    assert "in use by somebody else" in err


@pytest.mark.parametrize("table", ["check_run", "import_run"])
def test_an_upgrade_waits_for_a_check_or_an_import_for_an_hour_and_no_longer(kept, upgrade, table):
    began = NOW - timedelta(minutes=59)
    note_run(kept[0], table, began)
    code, _, err = upgrade()
    assert (code, at(kept[0])) == (NOT_READY, OLDER)
    assert "has not finished" in err
    upgrading.refuse_while_written(kept[0], NOW + timedelta(minutes=1))
    note_run(kept[0], table, began, NOW)
    assert upgrade()[0] == OK


def test_a_record_that_does_not_verify_is_copied_as_it_is(sqlite_url, rules, tmp_path):
    with opened(sqlite_url) as store:
        concern(store, rules)
    with sqlite3.connect(sqlite_path(sqlite_url)) as raw:
        raw.execute("DROP TRIGGER trail_no_update")
        raw.execute("UPDATE trail SET actor = 'somebody'")
    made = upgrading.back_up_first(sqlite_url, compiled.HEAD, tmp_path / "backups", NOW)
    assert made.counts.entries == 1


@pytest.fixture
def office(postgres_cluster, rules, tmp_path, monkeypatch):
    """A store on PostgreSQL whose tables are older, and logins of it."""
    with an_office(postgres_cluster) as made:
        with schema.engine(made.url).begin() as connection:
            command.downgrade(schema.config(connection), OLDER)
        monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path / "home"))
        yield made


def upgraded_as(url, monkeypatch, *words):
    from commands.run import run

    monkeypatch.setenv("PATHWAYS_DATABASE_URL", url)
    return run(["db", "upgrade", *words])


def test_an_operators_own_login_backs_up_and_upgrades(office, monkeypatch, tmp_path):
    assert upgraded_as(office.login("operator", OWNER, SERVICE), monkeypatch) == OK
    assert len([*(tmp_path / "home" / "backups").glob("*.backup")]) == 1
    assert at(office.url) == compiled.HEAD


def test_a_login_that_does_not_see_everything_upgrades_only_after_somebody_elses_backup(
    office, monkeypatch, capsys
):
    url = office.login("builder", OWNER)
    assert upgraded_as(url, monkeypatch) == NOT_READY
    assert "does not see all of the records" in " ".join(capsys.readouterr().err.split())
    assert at(office.url) == OLDER
    assert upgraded_as(url, monkeypatch, "--no-backup") == OK
    assert at(office.url) == compiled.HEAD
