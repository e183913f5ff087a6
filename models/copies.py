"""Copies of the records: made while people work, opened and proved before they count, tried every so often.

A backup is one sealed file (`models/sealed_file.py`): of SQLite the file itself, of PostgreSQL what `pg_dump` writes.
It does not hold the keys of cases. They lie beside the backups in one file of their own, `case-keys`, and only as they
are now: a case that was destroyed is not in it, so it stays destroyed in every backup of before. Keep both, together.

A copy is made under another name and gets its own once it has been read back, opened and verified; what fails leaves
the older ones as they are.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from models import compiled, keys
from models.dumps import NoScratchDatabase, dump, load, read_through, scratch_database
from models.place import refuse_place
from models.sealed_file import NotWhole, Reader, Writer
from models.store import (
    ALL_SEEING,
    Store,
    Transaction,
    copy_sqlite,
    open_store,
    plain_errors,
    sqlite_path,
)
from models.verify import verify
from models.wire import instant_text, json_text
from pathways.errors import NOT_PROVEN, Mistyped, NotReady, PathwayError
from pathways.merkle import leaf_data, leaf_hash, root

ENDING = ".backup"
CASE_KEYS = "case-keys"
CASES_HAVE_KEYS = "0002"
"""The revision from which tables hold a key for each case."""
DAY = 24 * 3600.0
MADE_UP = sha256(b"pathways: made-up data, no secret").digest()
"""What backups of stores without a key are sealed with: damage shows, and anybody may read them."""


class CopyNotProven(PathwayError):
    """A copy that opens and does not verify. Arguments: the file's name, the first fault."""

    code: ClassVar[int] = NOT_PROVEN

    def __str__(self) -> str:
        return (
            f"{self.args[0]} does not verify: {self.args[1]} Nothing was changed; run: pathways audit verify"
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """What a copy holds: chains of the trail, entries in all, the root over the chains, the newest entry's moment."""

    chains: int
    entries: int
    root: str
    newest: str

    def header(self) -> dict[str, Any]:
        """As it stands in a backup's header."""
        return {"chains": self.chains, "entries": self.entries, "root": self.root, "newest": self.newest}


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup: where it is, what its header says."""

    path: Path
    header: dict[str, Any]

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.header["made_at"])

    @property
    def note(self) -> keys.Note | None:
        """The note about the store's keys; None where it had none."""
        return keys.Note.read(self.header["note"]) if self.header["note"] else None

    @property
    def counts(self) -> Counts:
        """What it held when it was made."""
        return Counts(*(self.header[each] for each in ("chains", "entries", "root", "newest")))


# --- making ------------------------------------------------------------------------------------------------------


def back_up(store: Store, folder: Path, now: datetime) -> Copy:
    """Make a backup, prove it, and note it in the store.

    Args:
        store: the store, in use or not.
        folder: where backups are kept; made if need be, for its owner alone.
        now: the moment that is written.

    Raises:
        NotReady: the copy cannot be made there.
        CopyNotProven, NotWhole: it was made, and is not what it should be. It is not kept.
    """
    with _noted(store, "backup", now) as run, _full_disk():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(store, folder, now)
        name = _free_name(folder, now)
        with _scratch(store, folder) as scratch:
            made = _make(store, scratch, scratch / name, now)
            run.said = _try(store, made, scratch / CASE_KEYS, now)
            copy = _keep(made, folder)
        run.name, run.counts = name, copy.counts
    return copy


def back_up_older(store: Store, revision: str, folder: Path, now: datetime) -> Copy:
    """Make a backup before an upgrade: of any revision's tables, and also of a record that does not verify.

    It is read back to its end and not proved: what is wrong with the record must not be lost for that. Restoring it
    brings its tables to the present version and proves it then.

    Args:
        store: the store, opened without looking at its version.
        revision: the revision that its tables are at.
        folder: where backups are kept; made if need be, for its owner alone.
        now: the moment that is written.

    Raises:
        NotReady: the copy cannot be made there, or this login does not see all of the records.
        NotWhole: it was made, and does not read back. It is not kept.
    """
    with _full_disk():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(store, folder, now)
        with _scratch(store, folder) as scratch:
            made = _make(store, scratch, scratch / _free_name(folder, now), now, revision=revision)
            if store.dialect == "sqlite":
                _read_back(made, scratch)
            else:
                read_through(store.url, _content(made))
            return _keep(made, folder)


def _read_back(copy: Copy, scratch: Path) -> None:
    with open_store(f"sqlite:///{_unpack(copy, scratch / 'opened.db')}", check=False) as store:
        with plain_errors("sqlite"):
            (said,) = store.connection.execute("PRAGMA quick_check(1)").fetchone()
        with store.reading() as tx:
            same = _counts(tx) == copy.counts
    if said != "ok" or not same:
        raise NotWhole("it does not read back as it was written")


def _keep(made: Copy, folder: Path) -> Copy:
    """Give a finished backup its place, with the keys of cases and what it holds beside it."""
    case_keys = made.path.with_name(CASE_KEYS)
    if case_keys.exists():
        _settle(case_keys, folder / CASE_KEYS)
    copy = Copy(folder / made.path.name, made.header)
    _settle(made.path, copy.path)
    _write_beside(copy)
    return copy


def _free_name(folder: Path, now: datetime) -> str:
    stem, number = f"pathways-{now.astimezone(UTC):%Y-%m-%d-%H%M%S}", 1
    name = f"{stem}{ENDING}"
    while (folder / name).exists():
        number += 1
        name = f"{stem}-{number}{ENDING}"
    return name


@contextmanager
def _scratch(store: Store, folder: Path) -> Iterator[Path]:
    """A folder of our own for half-made things: on the store's own disk for SQLite, beside the backups otherwise."""
    path = sqlite_path(store.url)
    with TemporaryDirectory(prefix=".copying-", dir=path.parent if path else folder) as made:
        yield Path(made)


def _sweep(store: Store, folder: Path, now: datetime) -> None:
    """Clear away what a run that was killed left behind, a day later; nothing in it lies open."""
    path = sqlite_path(store.url)
    for left in (path.parent if path else folder).glob(".copying-*"):
        with suppress(OSError):
            if now.timestamp() - left.stat().st_mtime > DAY:
                shutil.rmtree(left)


def _settle(made: Path, final: Path) -> None:
    """Give a finished file its name, from one moment to the next; also from one disk to another."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    beside = final.with_name(f".{final.name}.new")
    try:
        if made.stat().st_dev == final.parent.stat().st_dev:
            os.replace(made, final)
        else:
            with made.open("rb") as source, _private(beside) as target:
                shutil.copyfileobj(source, target, 1 << 20)
                target.flush()
                os.fsync(target.fileno())
            beside.replace(final)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(final.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _private(path: Path) -> Any:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


@contextmanager
def _full_disk() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        full = fault.errno in (errno.ENOSPC, errno.EDQUOT)
        why = "the disk is full" if full else (fault.strerror or "the place cannot be used")
        raise NotReady(f"The copy could not be finished ({why}). The older ones are as they were.") from None


def _make(store: Store, scratch: Path, target: Path, now: datetime, *, revision: str = compiled.HEAD) -> Copy:
    path = sqlite_path(store.url)
    if path is not None:
        return _make_sqlite(store, path, scratch, target, revision, now)
    return _make_postgresql(store, scratch, target, revision, now)


def _header(store: Store, counts: Counts, note: str, revision: str, now: datetime) -> dict[str, Any]:
    return {
        "engine": store.dialect,
        "made_at": instant_text(now),
        "revision": revision,
        "note": note,
        **counts.header(),
    }


def _make_sqlite(store: Store, path: Path, scratch: Path, target: Path, revision: str, now: datetime) -> Copy:
    copied = scratch / "copied.db"
    note = keys.note_of(path)
    if note is not None:
        keys.write_note(copied, note)
    copy_sqlite(path, copied)
    with open_store(f"sqlite:///{copied}", check=False) as copy:
        with copy.reading() as tx:
            header = _header(store, _counts(tx), note.text() if note else "", revision, now)
            _write_case_keys(copy, tx, scratch / CASE_KEYS, header)
        if revision >= CASES_HAVE_KEYS:
            with copy.writing(service=True) as tx:
                tx.run("drop_every_case_key")
        copy.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sealed_with = _key(copy)
    with _private(target) as file:
        writer = Writer(file, sealed_with, header)
        with copied.open("rb") as source:
            while piece := source.read(1 << 20):
                writer.write(piece)
        writer.close()
    for each in scratch.glob("copied.db*"):
        each.unlink()
    return Copy(target, header)


def _make_postgresql(store: Store, scratch: Path, target: Path, revision: str, now: datetime) -> Copy:
    """Dump the database as one moment saw it, straight into the sealed file: nothing of it lies open on a disk."""
    sealed_with = _key(store)
    with store.reading() as tx:
        snapshot, role = tx.connection.execute("SELECT pg_export_snapshot(), current_user").fetchone()
        note = {row.name: row.value for row in tx.all("settings")}.get(keys.NOTE, "")
        header = _header(store, _counts(tx), note, revision, now)
        _write_case_keys(store, tx, scratch / CASE_KEYS, header)
        with _private(target) as file:
            writer = Writer(file, sealed_with, header)
            for piece in dump(store.url, snapshot=snapshot, role=role):
                writer.write(piece)
            writer.close()
    return Copy(target, header)


def _key(store: Store) -> bytes:
    found = keys.keys_of(store)
    return found[0].backup if found else MADE_UP


def _counts(tx: Transaction) -> Counts:
    chains, entries, leaves = 0, 0, []
    for row in tx.each("chain_ends"):
        chains, entries = chains + 1, entries + row.seq
        leaves.append(leaf_hash(leaf_data(row.case_ref, row.seq, row.hash)))
    last = tx.one("last_moment")
    return Counts(chains, entries, root(leaves).hex(), instant_text(last.at) if last else "")


def _write_case_keys(store: Store, tx: Transaction, target: Path, header: dict[str, Any]) -> None:
    """Write the keys of cases as they are now, and what was destroyed, for restoring copies of before."""
    if not header["note"]:
        return
    held = [
        {
            "case_ref": row.case_ref,
            "store_key": row.store_key,
            "sealed": bytes(row.sealed).hex(),
            "made_at": instant_text(row.made_at),
        }
        for row in tx.all("every_case_key")
    ]
    gone = [
        {
            "case_ref": row.case_ref,
            "rule": row.rule,
            "because": row.because,
            "by": row.by_login,
            "second": row.second_login,
        }
        for row in tx.all("whole_tombstones")
    ]
    with _private(target) as file:
        writer = Writer(
            file, keys.keys_in(store, tx)[0].backup, {each: header[each] for each in ("made_at", "note")}
        )
        writer.write(json_text({"keys": held, "destroyed": gone}).encode())
        writer.close()


def _write_beside(copy: Copy) -> None:
    """Write what a backup holds beside it, for people and for whoever carries it away."""
    with copy.path.open("rb") as file:
        found = sha256()
        while piece := file.read(1 << 20):
            found.update(piece)
    told = {
        **copy.counts.header(),
        "made_at": copy.header["made_at"],
        "file": copy.path.name,
        "sha256": found.hexdigest(),
    }
    fresh = copy.path.with_name(f".{copy.path.name}.json.new")
    with _private(fresh) as target:
        target.write(json_text(told).encode() + b"\n")
    fresh.replace(copy.path.with_name(f"{copy.path.name}.json"))


# --- reading -----------------------------------------------------------------------------------------------------


def read(path: Path) -> Copy:
    """What a backup says of itself; its content is not looked at.

    Raises:
        Mistyped: there is no such file.
        NotWhole: it is not a backup.
    """
    try:
        with path.open("rb") as file:
            return Copy(path, Reader(file).header)
    except OSError as fault:
        raise Mistyped(f"The backup {path} cannot be read ({fault.strerror}).") from None


def newest(folder: Path) -> Copy | None:
    """The newest backup of a folder; None where there is none."""
    found = [read(each) for each in folder.glob(f"*{ENDING}")] if folder.is_dir() else []
    return max(found, key=lambda copy: (copy.made_at, copy.path.name), default=None)


def _keys_for(note: keys.Note | None) -> list[keys.Keys]:
    return keys.find(note.slots) if note else []


def _content(copy: Copy) -> Iterator[bytes]:
    found = _keys_for(copy.note)
    with copy.path.open("rb") as file:
        yield from Reader(file).chunks(found[0].backup if found else MADE_UP)


def _beside(copy: Copy, told: Path) -> None:
    """Refuse a backup that is not the one that the line beside it tells of."""
    import json

    try:
        line = json.loads(told.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (OSError, ValueError):
        raise NotWhole(f"{told.name} beside it cannot be read") from None
    if any(line.get(name) != value for name, value in copy.counts.header().items()):
        raise NotWhole(f"{told.name} beside it tells of another one")


@contextmanager
def opened(store_url: str, copy: Copy, case_keys: Path, scratch: Path, now: datetime) -> Iterator[Store]:
    """Open a backup in a scratch place and prove that it is whole.

    Args:
        store_url: the store it is a copy of, or for; PostgreSQL's scratch database is made on the same server.
        copy: the backup.
        case_keys: the file of the keys of cases.
        scratch: a folder for its file, on a disk of this computer.
        now: the moment that is written where something in it has to be destroyed again.

    Raises:
        NotWhole, CopyNotProven: it is not what was written, or does not verify.
        NotReady: it cannot be opened here, or by this version.
    """
    if copy.header["engine"] != ("postgresql" if sqlite_path(store_url) is None else "sqlite"):
        raise Mistyped(
            f"{copy.path.name} is a copy of a store on {copy.header['engine']}, and this one is not."
        )
    _beside(copy, copy.path.with_name(f"{copy.path.name}.json"))
    if sqlite_path(store_url) is not None:
        place = _unpack(copy, scratch / "opened.db")
        _bring_up(copy, f"sqlite:///{place}")
        with open_store(f"sqlite:///{place}") as store:
            yield _proved(store, copy, case_keys, now)
        return
    with scratch_database(store_url) as url:
        load(url, _content(copy))
        _bring_up(copy, url)
        with open_store(url) as store:
            yield _proved(store, copy, case_keys, now)


def _bring_up(copy: Copy, url: str) -> None:
    """Bring a copy of an older version's tables to this one, where it has been opened; the backup stays as it is."""
    if copy.header["revision"] != compiled.HEAD:
        from models.schema import upgrade

        upgrade(url)


def _unpack(copy: Copy, place: Path) -> Path:
    if copy.note is not None:
        keys.write_note(place, copy.note)
    with _private(place) as file:
        for piece in _content(copy):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return place


def _proved(store: Store, copy: Copy, case_keys: Path, now: datetime) -> Store:
    """Put the keys of cases in, destroy again what was destroyed since, and verify all of it."""
    store.viewer = ALL_SEEING
    with store.reading() as tx:
        counts = _counts(tx)
    if counts != copy.counts:
        raise NotWhole("it does not hold what its first part says")
    if copy.note is not None:
        _put_keys(store, copy, case_keys, now)
    verdict = verify(store, None)
    if not verdict.whole:
        raise CopyNotProven(copy.path.name, str(verdict.faults[0]))
    return store


def _put_keys(store: Store, copy: Copy, case_keys: Path, now: datetime) -> None:
    from models.destroying import destroy

    told = _read_case_keys(copy, case_keys)
    gone = {each["case_ref"] for each in told["destroyed"]}
    with store.writing(service=True) as tx:
        there = {row.case_ref for row in tx.each("chain_ends")}
        rows = [
            {
                **each,
                "sealed": bytes.fromhex(each["sealed"]),
                "made_at": datetime.fromisoformat(each["made_at"]),
            }
            for each in told["keys"]
            if each["case_ref"] in there - gone
        ]
        tx.many("add_case_key", rows)
        buried = {row.case_ref for row in tx.all("whole_tombstones")}
    for each in told["destroyed"]:
        if each["case_ref"] in there - buried:
            destroy(store, now=now, again=True, **each)


def _read_case_keys(copy: Copy, case_keys: Path) -> Any:
    import json

    try:
        with case_keys.open("rb") as file:
            reader = Reader(file)
            if reader.header["made_at"] < copy.header["made_at"]:
                raise NotWhole(
                    f"the file {CASE_KEYS} beside it is older than it is, and what was written since could not be read"
                )
            found = _keys_for(keys.Note.read(reader.header["note"]))
            return json.loads(b"".join(reader.chunks(found[0].backup)))
    except FileNotFoundError:
        raise NotWhole(f"the file {CASE_KEYS} that belongs beside it is not there") from None


def _try(store: Store, copy: Copy, case_keys: Path, now: datetime) -> str:
    """Open a backup that was just made and prove it; what was found, in a sentence."""
    with TemporaryDirectory(prefix="open-", dir=copy.path.parent) as scratch:
        try:
            with opened(store.url, copy, case_keys, Path(scratch), now):
                return "Opened and verified."
        except NoScratchDatabase:
            read_through(store.url, _content(copy))
            return "Read through to its end. This login may not make a database, so it was not opened; the drill does that."


# --- restoring ---------------------------------------------------------------------------------------------------


def restore(url: str, copy: Copy, now: datetime, *, codes: Sequence[str] = ()) -> Counts:
    """Put a backup where there is no store; it is proved before anything is touched.

    Args:
        url: the store's address; nothing may be there yet.
        copy: the backup, with the keys of cases beside it.
        now: the moment that is written.
        codes: codes of anchors that the copy has to reach; one it does not know tells that it is too old.

    Raises:
        NotReady: a store is there.
        NotWhole, CopyNotProven: the copy is not what was written, does not verify, or is too old.
    """
    path = sqlite_path(url)
    with _full_disk():
        if path is not None:
            refuse_place(path)
            _refuse_file(path)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        else:
            _refuse_database(url)
        with TemporaryDirectory(prefix=".restoring-", dir=path.parent if path else None) as made:
            scratch = Path(made)
            with opened(url, copy, copy.path.parent / CASE_KEYS, scratch, now) as store:
                _reach(store, copy, codes)
                with store.reading() as tx:
                    counts = _counts(tx)
                _note_run(store, _Run("restore", copy.path.name, now, counts, "Restored.", whole=True), now)
                if path is not None:
                    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if path is not None:
                _move_in(scratch / "opened.db", path, copy.note)
                return counts
        load(url, _content(copy))
        _bring_up(copy, url)
        with open_store(url) as store:
            _proved(store, copy, copy.path.parent / CASE_KEYS, now)
            _note_run(store, _Run("restore", copy.path.name, now, counts, "Restored.", whole=True), now)
    return counts


def _reach(store: Store, copy: Copy, codes: Sequence[str]) -> None:
    """Refuse a copy whose checkpoints do not hold, or that ends before an anchor that was given."""
    from models.covered import look

    verdict = verify(store, None)
    look(store, verdict, codes=list(codes))
    if not verdict.whole:
        raise CopyNotProven(copy.path.name, str(verdict.faults[0]))


def _refuse_file(path: Path) -> None:
    there = [
        each for each in (path, path.with_name(f"{path.name}-wal")) if each.exists() and each.stat().st_size
    ]
    if there:
        raise NotReady(
            f"There are records at {path} already, and a restore never writes over any. Move that file and those whose "
            "names begin with it to another folder, then repeat."
        )


def _refuse_database(url: str) -> None:
    with open_store(url, check=False) as store:
        row = store.connection.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'public' AND c.relkind = 'r'"
        ).fetchone()
    if row[0]:
        raise NotReady(
            "There are tables in this database already, and a restore never writes over any. Make an empty database, "
            "and name it in PATHWAYS_DATABASE_URL."
        )


def _move_in(made: Path, path: Path, note: keys.Note | None) -> None:
    if note is not None:
        keys.write_note(path, note)
    path.unlink(missing_ok=True)
    made.replace(path)
    _sync_folder(path.parent)


# --- trying ------------------------------------------------------------------------------------------------------


def drill(store: Store, folder: Path, now: datetime) -> Copy:
    """Open the newest backup in a scratch place, prove it, and note in the store how it went.

    Raises:
        NotReady: there is no backup, or it cannot be opened here.
        NotWhole, CopyNotProven: it is not what was written, or does not verify.
    """
    with _noted(store, "drill", now) as run, _full_disk():
        copy = newest(folder)
        if copy is None:
            raise NotReady(f"There is no backup in {folder}. Make one: pathways db backup")
        run.name, run.counts = copy.path.name, copy.counts
        with _scratch(store, folder) as scratch, opened(store.url, copy, folder / CASE_KEYS, scratch, now):
            run.said = "Opened and verified."
    return copy


@dataclass(slots=True)
class _Run:
    kind: str
    name: str
    started_at: datetime
    counts: Counts
    said: str = ""
    whole: bool = False


@contextmanager
def _noted(store: Store, kind: str, now: datetime) -> Iterator[_Run]:
    """Note in the store how a run went, also where it was refused."""
    run = _Run(kind, "", now, Counts(0, 0, "", ""))
    try:
        yield run
        run.whole = True
    except PathwayError as refused:
        run.said = str(refused)
        with suppress(PathwayError):
            _note_run(store, run, now)
        raise
    _note_run(store, run, now)


def _note_run(store: Store, run: _Run, now: datetime) -> None:
    with store.writing(service=True) as tx:
        tx.need(
            "add_copy_run",
            kind=run.kind,
            started_at=run.started_at,
            finished_at=now,
            name=run.name,
            whole=run.whole,
            said=run.said,
            chains=run.counts.chains,
            entries=run.counts.entries,
            root=run.counts.root,
        )


# --- checking the store itself -----------------------------------------------------------------------------------


def check(store: Store, now: datetime) -> list[str]:
    """Look the database itself over, and note how it went; what is wrong, a sentence each.

    The record's own proof is another thing: `models/verify.py`.
    """
    found = _looked_over(store)
    run = _Run("check", "", now, Counts(0, 0, "", ""), " ".join(found), whole=not found)
    _note_run(store, run, now)
    return found


def _looked_over(store: Store) -> list[str]:
    from models.setup import guards_missing

    missing = guards_missing(store)
    found = (
        [f"The trail's guards are missing: {', '.join(missing)}. Run: pathways db upgrade"] if missing else []
    )
    if store.dialect != "sqlite":
        return found
    for pragma, fine, says in (
        ("integrity_check", [("ok",)], "The file is damaged"),
        ("foreign_key_check", [], "Something points at what is not there"),
        *(
            (("cipher_integrity_check", [], "Pages of the encrypted file were changed"),)
            if store.keys
            else ()
        ),
    ):
        with plain_errors("sqlite"):
            rows = [tuple(row) for row in store.connection.execute(f"PRAGMA {pragma}").fetchall()]
        if rows != fine:
            found.append(
                f"{says} ({pragma}, {len(rows)} found). Keep the file, and restore a backup: pathways db restore"
            )
    return found
