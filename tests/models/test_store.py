"""The store: what it refuses to open, what it says when it cannot write, and that its text is fresh."""

from __future__ import annotations

import re
import resource
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from models import build, compiled, guards, schema
from models.connecting import sqlite_path
from models.driver_faults import NAMES_OF, AlreadyWritten, Busy, from_sqlite
from models.store import Store, open_store
from models.tables import TABLES
from models.tables.people import Person
from pathways.errors import CONFLICT, NOT_READY, NotReady

pytestmark = pytest.mark.sqlcipher

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)


def test_the_compiled_statements_are_fresh():
    assert build.COMPILED.read_text(encoding="utf-8") == build.build(), "run: python -m models.build"


def test_the_migrations_make_the_tables_that_the_models_say(store_url):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def is_of(made, _name, kind, *_):
        return kind != "index" or made.info.get("only") in (None, connection.dialect.name)

    with schema.engine(store_url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": is_of})
        different = compare_metadata(context, TABLES)
    assert different == []


def test_a_new_store_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "new" / "store.db"
    schema.upgrade(f"sqlite:///{path}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_every_connection_has_the_settings_that_keep_the_record(sqlite_url):
    with open_store(sqlite_url) as store:
        found = {
            name: store.connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "secure_delete")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
    }


def test_a_store_that_is_not_there_says_how_to_begin(tmp_path):
    with pytest.raises(NotReady, match="pathways init") as missing:
        open_store(f"sqlite:///{tmp_path}/none.db")
    assert missing.value.code == NOT_READY


def test_a_file_that_is_no_store_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "letter.db"
    path.write_text(
        "Dear colleague, this is not a database at all, and it is long enough to look like one." * 20
    )
    with pytest.raises(NotReady, match="not a readable store"):
        open_store(f"sqlite:///{path}")


def test_a_store_whose_folder_cannot_be_written_to_is_not_taken_for_a_broken_one(sqlite_url):
    with open_store(sqlite_url):
        pass
    Path(f"{sqlite_path(sqlite_url)}-wal").mkdir()  # what stands in the way of root too
    with pytest.raises(NotReady, match="no need to restore") as shut:
        open_store(sqlite_url)
    assert "Restore a backup" not in str(shut.value)


def test_a_disk_without_room_for_what_reading_needs_is_called_full(sqlite_url):
    with open_store(sqlite_url):
        pass
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        with pytest.raises(NotReady, match="is full"):
            open_store(sqlite_url)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_an_empty_file_says_how_to_begin(tmp_path):
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(NotReady, match="no records here yet"):
        open_store(f"sqlite:///{path}")


def test_an_empty_postgresql_database_says_how_to_begin(postgres_url):
    with pytest.raises(NotReady, match="no records here yet"):
        open_store(postgres_url)


def test_a_server_that_does_not_answer_is_said_to_be_out_of_reach():
    with pytest.raises(NotReady, match="cannot be reached"):
        open_store("postgresql+psycopg://nobody@127.0.0.1:1/none")


def test_an_address_of_another_kind_is_refused():
    with pytest.raises(NotReady, match="must begin with"):
        sqlite_path("mysql://somewhere/else")


@pytest.mark.parametrize(("version", "says"), [("9999", "newer version"), ("0000", "older version")])
def test_a_store_of_another_version_is_left_alone(store_url, version, says):
    with schema.engine(store_url).begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{version}'"))
    with pytest.raises(NotReady, match=says):
        open_store(store_url)


def test_a_trail_without_its_guards_is_not_worked_on(store_url):
    with schema.engine(store_url).begin() as connection:
        drop = (
            "DROP TRIGGER trail_no_update"
            if "sqlite" in store_url
            else "DROP TRIGGER trail_append_only ON trail"
        )
        connection.execute(text(drop))
    with pytest.raises(NotReady, match="guards are missing"):
        open_store(store_url)


def test_a_migration_that_rebuilds_a_table_leaves_its_guards(sqlite_url):
    with schema.engine(sqlite_url).begin() as connection:
        for each in (
            "CREATE TABLE other AS SELECT * FROM trail",
            "DROP TABLE trail",
            "ALTER TABLE other RENAME TO trail",
        ):
            connection.execute(text(each))
    schema.upgrade(sqlite_url)
    with sqlite3.connect(sqlite_path(sqlite_url)) as connection:
        names = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
    assert set(guards.SQLITE) <= names


def test_the_head_in_the_compiled_text_is_the_newest_migration():
    assert build.head() == compiled.HEAD


def test_a_value_that_stands_in_several_places_is_given_once():
    text, binds, _ = compiled.SQLITE["case_to_change"]
    names = [name for name, _ in binds]
    assert sorted(names) == ["called", "circle", "clears", "reference", "viewed_at", "viewer"]
    assert {int(each) for each in re.findall(r"\?(\d+)", text)} == set(range(1, len(names) + 1))
    assert not re.search(r"\?(?!\d)", text)


def test_several_statements_write_what_each_would_in_the_order_given(store):
    told = {"by_login": None, "from_at": NOW, "ended_at": None, "ended_by": None, "team": "", "login": "ash"}
    with store.writing() as tx:
        tx.several((
            ("put_setting", [{"name": "one", "value": "1"}]),
            ("add_calendar_feed", []),
            ("put_setting", [{"name": "two", "value": "1"}, {"name": "one", "value": "2"}]),
            ("add_calendar_feed", [{**told, "token": "a", "by_login": "ash"}]),
        ))  # fmt: skip
    with store.reading() as tx:
        found = {row.name: row.value for row in tx.all("settings")}
    assert (found["one"], found["two"]) == ("2", "1")


def test_of_several_statements_none_is_kept_where_one_is_refused_and_the_next_work_is_not_hurt(store):
    for _ in range(8):  # the driver prepares a statement on the server once it has been sent some times
        with pytest.raises(AlreadyWritten), store.writing() as tx:
            tx.several((
                ("put_setting", [{"name": "one", "value": "1"}]),
                ("add_bank_holiday", [{"day": NOW.date(), "name": "a"}]),
                ("add_bank_holiday", [{"day": NOW.date(), "name": "b"}]),
                ("put_setting", [{"name": "two", "value": "1"}]),
            ))  # fmt: skip
    with store.reading() as tx:
        assert not {"one", "two"} & {row.name for row in tx.all("settings")}
    for value in range(8):
        with store.writing() as tx:
            tx.several((("put_setting", [{"name": "two", "value": str(value)}]),))
    with store.reading() as tx:
        assert ("two", "7") in [(row.name, row.value) for row in tx.all("settings")]


def test_whoever_has_waited_longer_asks_more_often(sqlite_url, monkeypatch):
    pauses: list[float] = []
    monkeypatch.setattr("models.store.sleep", pauses.append)
    monkeypatch.setattr("models.store.BUSY_SECONDS", 0.05)
    with open_store(sqlite_url) as store, open_store(sqlite_url) as other, store.writing():
        other.connection.execute("PRAGMA busy_timeout=0")
        with pytest.raises(Busy), other.writing():
            pass
    assert pauses[:7] == [0.003] * 7
    assert set(pauses[7:]) == {0.0002}
    assert sum(pauses) == pytest.approx(0.05, abs=0.001)


def test_a_store_held_by_another_writer_is_busy_and_nothing_is_lost(sqlite_url, monkeypatch):
    monkeypatch.setattr("models.store.BUSY_SECONDS", 0.05)
    with open_store(sqlite_url) as one, open_store(sqlite_url) as other:
        with one.writing() as tx:
            tx.run("put_setting", name="authority", value="sefton")
            with pytest.raises(Busy) as busy, other.writing():
                pass
        assert busy.value.code == CONFLICT
        with other.reading() as tx:
            assert tx.connection.execute("PRAGMA busy_timeout").fetchone() == (50,)
            assert ("authority", "sefton") in [(row.name, row.value) for row in tx.all("settings")]


def test_a_full_disk_is_said_in_a_sentence_and_nothing_is_kept(sqlite_url):
    with open_store(sqlite_url) as store:
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(NotReady, match="disk that holds the records is full"), store.writing() as tx:
            tx.many("put_setting", [{"name": f"name {each}", "value": "x" * 4000} for each in range(200)])
        store.connection.execute("PRAGMA max_page_count = 1000000")
        with store.reading() as tx:
            assert [row.name for row in tx.all("settings")] == ["unencrypted"]


def test_a_store_that_may_only_be_read_says_so(sqlite_url):
    with open_store(sqlite_url) as store:
        store.connection.execute("PRAGMA query_only = ON")
        with pytest.raises(NotReady, match="may only be read"), store.writing() as tx:
            tx.run("put_setting", name="authority", value="sefton")


def test_moments_come_back_as_they_went_in_whatever_their_zone(store_url):
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=1)))
    with schema.engine(store_url).begin() as connection, Session(connection) as session:
        session.add(Person(kind="child", recorded_at=summer))
        session.flush()
        kept = session.exec(select(Person)).one()
        session.refresh(kept)
        assert kept.recorded_at == datetime(2026, 7, 1, 11, 0, tzinfo=UTC)
    with open_store(store_url) as store, store.reading() as tx:
        assert tx.one("person_by_id", person_id=kept.id).recorded_at == datetime(
            2026, 7, 1, 11, 0, tzinfo=UTC
        )


def test_a_moment_without_a_zone_is_refused(store):
    with pytest.raises(ValueError, match="time zone"), store.writing() as tx:
        tx.run(
            "finish_check_run",
            run_id=1,
            finished_at=NOW.replace(tzinfo=None),
            **dict.fromkeys(("cases", "missed", "moved", "reminded", "parked"), 0),
        )


def test_whoever_waits_gets_in_when_the_other_has_done(sqlite_url):
    with open_store(sqlite_url) as one, open_store(sqlite_url) as other:
        written = threading.Event()

        def waits():
            with other.writing() as tx:
                tx.run("put_setting", name="who", value="the other")
            written.set()

        with one.writing() as tx:
            tx.run("put_setting", name="who", value="the first")
            waiting = threading.Thread(target=waits)
            waiting.start()
            assert not written.wait(0.02)
        assert written.wait(10)
        waiting.join()
        with one.reading() as tx:
            assert {row.name: row.value for row in tx.all("settings")}["who"] == "the other"
        with other.reading() as tx:
            assert tx.connection.execute("PRAGMA busy_timeout").fetchone() == (10_000,)


def test_a_server_that_forgets_what_it_acknowledged_is_not_worked_with(migrated_url):
    with open_store(migrated_url) as store:
        store.connection.execute(
            f'ALTER DATABASE "{store.connection.info.dbname}" SET synchronous_commit = off'
        )
    with pytest.raises(NotReady, match="forgets what it has acknowledged") as refused:
        open_store(migrated_url)
    assert refused.value.code == NOT_READY


def level(store):
    return store.connection.execute("PRAGMA synchronous").fetchone()[0]


def test_an_empty_log_is_begun_without_waiting_for_the_disk_and_one_in_use_is_not(sqlite_url):
    with open_store(sqlite_url) as store:
        for waits in (0, 1):
            with store.writing(lasting=False) as tx:
                assert level(store) == waits
                tx.run("put_setting", name="who", value="nobody")


def test_a_power_cut_in_a_log_begun_without_waiting_leaves_what_was_there_before_or_after(
    sqlite_url, tmp_path
):
    """Any of its blocks may be what the disk has not seen: whichever are blank, the store is whole and says one of two things."""
    with open_store(sqlite_url) as store:
        with store.writing(lasting=False) as tx:
            assert level(store) == 0
            tx.run("put_setting", name="who", value="nobody")
        path = Path(sqlite_url.removeprefix("sqlite:///"))
        log = Path(f"{path}-wal").read_bytes()
        blocks = range(0, len(log), 4096)
        found = set()
        for blank in range(2 ** len(blocks)):
            cut = bytearray(log)
            for place, start in enumerate(blocks):
                if blank >> place & 1:
                    cut[start : start + 4096] = bytes(len(cut[start : start + 4096]))
            copy = tmp_path / "cut" / f"{blank}.db"
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(path, copy)
            Path(f"{copy}-wal").write_bytes(cut)
            with closing(sqlite3.connect(copy)) as other:
                assert other.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                found.add(other.execute("SELECT value FROM setting WHERE name = 'who'").fetchone())
    assert found == {None, ("nobody",)}


def test_whoever_finds_the_log_in_use_when_their_turn_comes_waits_for_the_disk(sqlite_url, monkeypatch):
    begin = Store.begin_alone

    def late(self):
        monkeypatch.setattr(Store, "begin_alone", begin)
        with open_store(sqlite_url) as other, other.writing() as tx:
            tx.run("put_setting", name="who", value="somebody")
        begin(self)

    with open_store(sqlite_url) as store:
        monkeypatch.setattr(Store, "begin_alone", late)
        with store.writing(lasting=False) as tx:
            assert level(store) == 1
            tx.run("put_setting", name="who", value="nobody")
        assert level(store) == 2


def test_the_disk_is_waited_for_again_after_what_need_not_last(store):
    asked = "PRAGMA synchronous" if store.dialect == "sqlite" else "SHOW synchronous_commit"

    def now():
        return store.connection.execute(asked).fetchone()[0]

    lasting = now()
    with store.writing(lasting=False) as tx:
        tx.run("put_setting", name="who", value="nobody")
        assert now() != lasting
    assert now() == lasting
    with pytest.raises(KeyError), store.writing(lasting=False):
        raise KeyError
    assert now() == lasting


@pytest.mark.parametrize("says", ["database is locked", "database table is locked", "locking protocol"])
def test_whoever_finds_the_store_taken_is_told_so_whatever_the_driver_calls_it(says):
    named = sqlite3.OperationalError("said in other words")
    named.sqlite_errorname = NAMES_OF[says]
    for fault in (named, sqlite3.OperationalError(says)):
        assert isinstance(from_sqlite(fault), Busy)
