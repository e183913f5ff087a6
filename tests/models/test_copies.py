"""Backups are made while people work, are whole or not kept, and come back only where nothing is."""

from __future__ import annotations

import errno
import shutil
import threading
from datetime import timedelta

import pytest

from models import copies, copies_opened
from models.connecting import sqlite_path
from models.copies import back_up, drill
from models.copy_files import CASE_KEYS, CopyNotProven, newest, read
from models.copy_state import state_of
from models.destroying import destroy
from models.keys import note_of
from models.restoring import restore
from models.sealed_file import CHUNK, NotWhole, Reader, Writer
from models.store import open_store
from models.viewer import ALL_SEEING
from pathways.errors import NOT_PROVEN, NOT_READY, Mistyped, NotReady
from tests.kept import every_row
from tests.models.sealed import CANARY, NOW, close, concern, opened, whole

ENGINES = ["sqlite", "sqlcipher", "migrated"]


@pytest.fixture(params=ENGINES)
def kept(request):
    """A store of each kind."""
    with opened(request.getfixturevalue(f"{request.param}_url")) as store:
        yield store


@pytest.fixture
def elsewhere(kept, tmp_path, request):
    """An address on the same kind of database where nothing is yet."""
    if kept.dialect == "sqlite":
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'store.db'}"
        return
    with request.getfixturevalue("postgres_cluster").database() as url:
        yield url


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


def seen(url):
    store = open_store(url)
    store.viewer = ALL_SEEING
    return store


def runs(store):
    with store.reading() as tx:
        last = {row.kind: row.whole for row in every_row(tx, "copy_run")}
    return [(kind, last[kind]) for kind in ("backup", "drill", "restore") if kind in last]


def test_a_backup_comes_back_as_it_was(kept, rules, folder, elsewhere):
    reference = concern(kept, rules)
    made = back_up(kept, folder, NOW)
    assert restore(elsewhere, read(made.path), NOW) == made.counts
    with seen(elsewhere) as back:
        whole(back)
        assert back.sealed == kept.sealed
        with back.reading() as tx:
            case = tx.need("case_by_reference", reference=reference)
            (record,) = tx.all("records_of_case", case_id=case.id)
        assert record.body["seen_and_heard"] == CANARY
        assert runs(back) == [("restore", True)]
        concern(back, rules)
        whole(back)
    assert runs(kept) == [("backup", True)]


def test_a_backup_lies_sealed_for_its_owner_alone_with_nothing_half_made_beside_it(kept, rules, folder):
    concern(kept, rules)
    made = back_up(kept, folder, NOW)
    names = {each.name for each in folder.iterdir()}
    assert names == {made.path.name, f"{made.path.name}.json", *([CASE_KEYS] if kept.sealed else [])}
    assert folder.stat().st_mode & 0o077 == 0
    for each in folder.iterdir():
        assert each.stat().st_mode & 0o077 == 0
        assert CANARY.encode() not in each.read_bytes()
        assert b"Birch" not in each.read_bytes()
    path = sqlite_path(kept.url)
    assert path is None or not [
        each.name for each in path.parent.iterdir() if each.name.startswith(".copying")
    ]
    assert (made.counts.chains, made.counts.entries) == (1, 1)


def test_a_backup_under_writers_is_whole_and_ends(kept, rules, folder):
    concern(kept, rules)
    stop, made = threading.Event(), []

    def write():
        with seen(kept.url) as own:
            while not stop.is_set():
                made.append(concern(own, rules))

    writers = [threading.Thread(target=write) for _ in range(2)]
    for each in writers:
        each.start()
    try:
        copy = back_up(kept, folder, NOW)
    finally:
        stop.set()
        for each in writers:
            each.join()
    assert copy.counts.chains >= 1
    assert drill(kept, folder, NOW).counts == copy.counts
    assert len(made) >= 1
    whole(kept)


def test_a_store_that_is_there_is_never_written_over(kept, rules, folder):
    concern(kept, rules)
    made = back_up(kept, folder, NOW)
    concern(kept, rules)
    with pytest.raises(NotReady, match="never writes over any") as refused:
        restore(kept.url, read(made.path), NOW)
    assert refused.value.code == NOT_READY
    assert whole(kept).cases == 2


@pytest.mark.parametrize("harm", ["changed", "cut off", "longer", "header", "line beside it", "another kind"])
def test_a_backup_that_is_not_whole_is_refused_and_nothing_is_left_behind(
    kept, rules, folder, elsewhere, harm
):
    concern(kept, rules)
    path = back_up(kept, folder, NOW).path
    data = bytearray(path.read_bytes())
    if harm == "changed":
        data[-200] ^= 1
    elif harm == "cut off":
        data = data[:-1000]
    elif harm == "longer":
        data += b"more"
    elif harm == "header":
        data = data.replace(b'"chains": 1', b'"chains": 2')
    elif harm == "another kind":
        data = data.replace(b"pathways sealed file 1", b"pathways sealed file 9")
    path.write_bytes(data)
    if harm == "line beside it":
        beside = path.with_name(f"{path.name}.json")
        beside.write_text(beside.read_text().replace('"entries":1', '"entries":7'))
    with pytest.raises(NotWhole) as refused:
        restore(elsewhere, read(path), NOW)
    assert refused.value.code == NOT_PROVEN
    place = sqlite_path(elsewhere)
    if place is not None:
        assert not place.exists()
        assert note_of(place) is None
        assert not place.parent.exists() or not list(place.parent.iterdir())
    else:
        with open_store(elsewhere, check=False) as empty:
            assert empty.connection.execute("SELECT to_regclass('trail')").fetchone() == (None,)
    with pytest.raises(NotWhole):
        drill(kept, folder, NOW)
    assert ("drill", False) in runs(kept)


def test_an_older_copy_is_refused_by_an_anchor_that_it_does_not_reach(kept, rules, folder, elsewhere):
    from models.anchors import make

    concern(kept, rules)
    earlier = make(kept, NOW).anchor.code
    old = back_up(kept, folder, NOW)
    concern(kept, rules)
    later = make(kept, NOW + timedelta(hours=1)).anchor.code
    with pytest.raises(CopyNotProven) as refused:
        restore(elsewhere, read(old.path), NOW, codes=[later])
    assert refused.value.code == NOT_PROVEN
    restore(elsewhere, read(old.path), NOW, codes=[earlier])


@pytest.mark.parametrize("url", ["sqlcipher_url", "migrated_url"])
def test_what_was_destroyed_stays_destroyed_in_an_older_copy(request, rules, folder, tmp_path, url):
    with opened(request.getfixturevalue(url)) as store:
        reference, other = concern(store, rules), concern(store, rules)
        old = back_up(store, folder, NOW)
        close(store, rules, reference)
        destroy(
            store,
            reference,
            rule="r",
            because="At the end of its time.",
            by="a.keeper",
            second="b.keeper",
            now=NOW,
        )
        back_up(store, folder, NOW + timedelta(hours=1))
        with copies._scratch(store, folder, NOW) as scratch, copies_opened.opened(
            store.url, read(old.path), folder / CASE_KEYS, scratch, NOW
        ) as back, back.store.reading() as tx:  # fmt: skip
            assert tx.one("tombstone_of", case_ref=reference) is not None
            assert {each.body for each in tx.all("trail_of_case", reference=reference)} == {None}
            assert not tx.need("case_by_reference", reference=reference).is_open
            assert CANARY in str(
                tx.all("records_of_case", case_id=tx.need("case_by_reference", reference=other).id)
            )


def test_without_the_keys_of_cases_a_copy_is_not_put_back(sqlcipher_url, rules, folder, tmp_path):
    with opened(sqlcipher_url) as store:
        concern(store, rules)
        old = back_up(store, folder, NOW)
        early = (folder / CASE_KEYS).read_bytes()
        concern(store, rules)
        new = back_up(store, folder, NOW + timedelta(hours=1))
    there = f"sqlite:///{tmp_path / 'there' / 'store.db'}"
    (folder / CASE_KEYS).write_bytes(early)
    with pytest.raises(NotWhole, match="older than it is"):
        restore(there, read(new.path), NOW)
    (folder / CASE_KEYS).unlink()
    with pytest.raises(NotWhole, match="is not there"):
        restore(there, read(old.path), NOW)


def test_a_full_disk_leaves_the_older_copies_as_they_were(kept, rules, folder, monkeypatch):
    concern(kept, rules)
    back_up(kept, folder, NOW)
    before = {each.name: each.read_bytes() for each in folder.iterdir()}

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Writer, "write", full)
    with pytest.raises(NotReady, match="the disk is full"):
        back_up(kept, folder, NOW + timedelta(hours=1))
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


def test_a_backup_that_is_stopped_leaves_nothing_under_its_name(kept, rules, folder, monkeypatch):
    concern(kept, rules)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(copies_opened, "verify", stop)
    with pytest.raises(KeyboardInterrupt):
        back_up(kept, folder, NOW)
    assert list(folder.iterdir()) == []
    whole(kept)


def test_what_a_killed_run_left_behind_is_cleared_away_by_the_next(sqlcipher_url, rules, folder):
    with opened(sqlcipher_url) as store:
        concern(store, rules)
        left = sqlite_path(sqlcipher_url).with_name(".copying-left")
        left.mkdir()
        (left / "copied.db").write_bytes(b"half")
        back_up(store, folder, NOW)
        assert not left.exists()


def test_a_record_that_does_not_verify_is_not_kept_as_a_backup(kept, rules, folder):
    concern(kept, rules)
    with kept.writing() as tx:
        tx.connection.execute("UPDATE pathway_case SET state = 'triage'")
    with pytest.raises(CopyNotProven, match="does not verify"):
        back_up(kept, folder, NOW)
    assert list(folder.iterdir()) == []
    assert runs(kept) == [("backup", False)]


def test_a_copy_of_another_kind_of_store_is_refused(kept, rules, folder, sqlcipher_url, migrated_url):
    concern(kept, rules)
    made = back_up(kept, folder, NOW)
    other = sqlcipher_url if kept.dialect == "postgresql" else migrated_url
    with pytest.raises((Mistyped, NotReady)):
        restore(other, read(made.path), NOW)


def test_what_is_wrong_with_the_backups_is_said(kept, rules, folder):
    with kept.reading() as tx:
        assert state_of(tx, NOW) == [], "an empty store needs none"
    concern(kept, rules)
    with kept.reading() as tx:
        assert state_of(tx, NOW) == [
            "There is no backup yet: pathways db backup",
            "No backup was ever tried: pathways db drill",
        ]
    back_up(kept, folder, NOW)
    drill(kept, folder, NOW)
    for hours, wrong in ((0, 0), (26, 0), (27, 1), (7 * 24, 1), (7 * 24 + 1, 2)):
        with kept.reading() as tx:
            assert len(state_of(tx, NOW + timedelta(hours=hours))) == wrong, hours


def test_a_backup_made_under_a_clock_that_ran_ahead_does_not_count_for_the_months_until_then(
    kept, rules, folder
):
    concern(kept, rules)
    ahead = NOW + timedelta(days=200)
    back_up(kept, folder, ahead)
    drill(kept, folder, ahead)
    with kept.reading() as tx:
        wrong = state_of(tx, NOW)
    assert ["bears a day still to come" in each for each in wrong] == [True, True]
    back_up(kept, folder, NOW)
    with kept.reading() as tx:
        wrong = state_of(tx, NOW)
    assert ["The last drill" in each for each in wrong] == [True]


def test_a_backup_that_bears_a_moment_still_to_come_is_not_tried_for_the_newest(kept, rules, folder):
    """Each one made since the clock was put right would else lie behind it, and never be opened, until that day."""
    concern(kept, rules)
    early = back_up(kept, folder, NOW + timedelta(days=200))
    back_up(kept, folder, NOW)
    with pytest.raises(NotReady, match="bears a day still to come, 22 May 2027") as refused:
        drill(kept, folder, NOW)
    assert early.path.name in str(refused.value)
    assert ("drill", False) in runs(kept)
    early.path.rename(folder.parent / early.path.name)
    assert drill(kept, folder, NOW).made_at == NOW


@pytest.mark.parametrize(("minutes", "tried"), [(60, True), (61, False)])
def test_an_hour_may_seem_to_lie_ahead_where_clocks_are_put_back(kept, rules, folder, minutes, tried):
    concern(kept, rules)
    back_up(kept, folder, NOW + timedelta(minutes=minutes))
    if tried:
        assert drill(kept, folder, NOW)
    else:
        with pytest.raises(NotReady):
            drill(kept, folder, NOW)


def test_the_newest_is_tried_and_an_empty_folder_is_no_drill(kept, rules, folder):
    with pytest.raises(NotReady, match="There is no backup in"):
        drill(kept, folder, NOW)
    concern(kept, rules)
    back_up(kept, folder, NOW)
    last = back_up(kept, folder, NOW + timedelta(minutes=5))
    assert newest(folder).path == last.path
    again = back_up(kept, folder, NOW + timedelta(minutes=5))
    assert again.path != last.path, "no name is used twice"


def test_this_is_no_backup(tmp_path):
    with pytest.raises(Mistyped, match="cannot be read"):
        read(tmp_path / "none.backup")
    (tmp_path / "a.backup").write_bytes(b"SQLite format 3\x00")
    with pytest.raises(NotWhole, match="does not begin"):
        read(tmp_path / "a.backup")


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_sealed_file_gives_back_what_was_written_and_no_chunk_can_be_moved(tmp_path, size):
    path, key, data = tmp_path / "file", b"k" * 32, bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    with path.open("wb") as file:
        writer = Writer(file, key, {"about": "a test"})
        writer.write(data)
        writer.close()
    with path.open("rb") as file:
        assert b"".join(Reader(file).chunks(key)) == data
    whole_file = path.read_bytes()
    if size == 3 * CHUNK:
        start, step = len(whole_file) - 3 * (CHUNK + 16), CHUNK + 16
        pieces = [whole_file[start + n * step : start + (n + 1) * step] for n in range(3)]
        for order in ((1, 0, 2), (0, 1), (0, 2), (0, 1, 2, 2), (0, 0, 2)):
            path.write_bytes(whole_file[:start] + b"".join(pieces[n] for n in order))
            with path.open("rb") as file, pytest.raises(NotWhole):
                list(Reader(file).chunks(key))
    path.write_bytes(whole_file)
    with path.open("rb") as file, pytest.raises(NotWhole):
        list(Reader(file).chunks(b"o" * 32))


def test_chunks_of_two_files_cannot_be_mixed(tmp_path):
    made = []
    for name in ("one", "two"):
        with (tmp_path / name).open("wb") as file:
            writer = Writer(file, b"k" * 32, {})
            writer.write(bytes(2 * CHUNK))
            writer.close()
        made.append((tmp_path / name).read_bytes())
    mixed = made[0][: -(CHUNK + 16)] + made[1][-(CHUNK + 16) :]
    (tmp_path / "mixed").write_bytes(mixed)
    with (tmp_path / "mixed").open("rb") as file, pytest.raises(NotWhole):
        list(Reader(file).chunks(b"k" * 32))


def test_a_copy_of_a_file_in_use_needs_no_stop(sqlcipher_url, rules, tmp_path):
    with opened(sqlcipher_url) as store:
        concern(store, rules)
        from models.connecting import copy_sqlite

        path, copy = sqlite_path(sqlcipher_url), tmp_path / "copy.db"
        shutil.copy(path.with_name(f"{path.name}.keys.json"), copy.with_name("copy.db.keys.json"))
        copy_sqlite(path, copy)
    with seen(f"sqlite:///{copy}") as back:
        whole(back)
