"""Copies of the records: made while people work, opened and proved before they count, tried every so often.

A backup is one sealed file (`models/sealed_file.py`): of SQLite the file itself, of PostgreSQL what `pg_dump` writes.
It does not hold the keys of cases. They lie beside the backups in one file of their own, `case-keys`, and only as they
are now: a case that was destroyed is not in it, so it stays destroyed in every backup of before. Keep both, together.

A copy is made under another name and gets its own once it has been read back, opened and verified; what fails leaves
the older ones as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models import compiled, keys
from models.connecting import copy_sqlite, sqlite_path
from models.copies_opened import opened, unpack
from models.copy_files import (
    CASE_KEYS,
    CASES_HAVE_KEYS,
    ENDING,
    PAGES_ARE_DESTROYED,
    SESSIONS_ARE_DESTROYED,
    Copy,
    Counts,
    backup_key,
    content,
    counted,
    full_disk,
    half_made,
    newest,
    private,
    settle,
)
from models.copy_state import A_CLOCK_SET_BACK
from models.driver_faults import plain_errors
from models.dumps import NoScratchDatabase, dump, read_through
from models.sealed_file import NotWhole, Writer
from models.session_retention import told_of
from models.store import Store, open_store
from models.transaction import Transaction
from models.wire import instant_text, json_text
from pathways.errors import NotReady, PathwayError
from pathways.moments import local_day, words

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
    with _noted(store, "backup", now) as run, full_disk():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = _free_name(folder, now)
        with _scratch(store, folder, now) as scratch:
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
    with full_disk():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _scratch(store, folder, now) as scratch:
            made = _make(store, scratch, scratch / _free_name(folder, now), now, revision=revision)
            if store.dialect == "sqlite":
                _read_back(made, scratch)
            else:
                read_through(store.url, content(made))
            return _keep(made, folder)


def _read_back(copy: Copy, scratch: Path) -> None:
    with open_store(f"sqlite:///{unpack(copy, scratch / 'opened.db')}", check=False) as store:
        with plain_errors("sqlite"):
            (said,) = store.connection.execute("PRAGMA quick_check(1)").fetchone()
        with store.reading() as tx:
            same = counted(tx) == copy.counts
    if said != "ok" or not same:
        raise NotWhole("it does not read back as it was written")


def _keep(made: Copy, folder: Path) -> Copy:
    """Give a finished backup its place, with the keys of cases and what it holds beside it."""
    case_keys = made.path.with_name(CASE_KEYS)
    if case_keys.exists():
        settle(case_keys, folder / CASE_KEYS)
    copy = Copy(folder / made.path.name, made.header)
    settle(made.path, copy.path)
    _write_beside(copy)
    return copy


def _free_name(folder: Path, now: datetime) -> str:
    stem, number = f"pathways-{now.astimezone(UTC):%Y-%m-%d-%H%M%S}", 1
    name = f"{stem}{ENDING}"
    while (folder / name).exists():
        number += 1
        name = f"{stem}-{number}{ENDING}"
    return name


def _scratch(store: Store, folder: Path, now: datetime) -> AbstractContextManager[Path]:
    """A folder of our own for half-made things: on the store's own disk for SQLite, beside the backups otherwise."""
    path = sqlite_path(store.url)
    return half_made(path.parent if path else folder, ".copying-", now)


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
            header = _header(store, counted(tx), note.text() if note else "", revision, now)
            _write_case_keys(copy, tx, scratch / CASE_KEYS, header)
        if revision >= CASES_HAVE_KEYS:
            with copy.writing(service=True) as tx:
                tx.run("drop_every_case_key")
        copy.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sealed_with = backup_key(copy)
    with private(target) as file:
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
    sealed_with = backup_key(store)
    with store.reading() as tx:
        snapshot, role = tx.connection.execute("SELECT pg_export_snapshot(), current_user").fetchone()
        note = {row.name: row.value for row in tx.all("settings")}.get(keys.NOTE, "")
        header = _header(store, counted(tx), note, revision, now)
        _write_case_keys(store, tx, scratch / CASE_KEYS, header)
        with private(target) as file:
            writer = Writer(file, sealed_with, header)
            for piece in dump(store.url, snapshot=snapshot, role=role):
                writer.write(piece)
            writer.close()
    return Copy(target, header)


def pages_told(tx: Transaction) -> list[dict[str, Any]]:
    """What was destroyed of files that are kept: pages, rule, reason and the two people, as the trails say."""
    found = {}
    for row in tx.all("pages_destroyed"):
        told = json.loads(row.body)
        names = ("pages", "rule", "because", "asked", "agreed")
        found[row.reference, row.seq] = {"case_ref": row.reference, **{name: told[name] for name in names}}
    return list(found.values())


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
    pages = pages_told(tx) if header["revision"] >= PAGES_ARE_DESTROYED else []
    sessions = told_of(tx) if header["revision"] >= SESSIONS_ARE_DESTROYED else []
    with private(target) as file:
        writer = Writer(
            file, keys.keys_in(store, tx)[0].backup, {each: header[each] for each in ("made_at", "note")}
        )
        writer.write(
            json_text({"keys": held, "destroyed": gone, "pages": pages, "sessions": sessions}).encode()
        )
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
    with private(fresh) as target:
        target.write(json_text(told).encode() + b"\n")
    fresh.replace(copy.path.with_name(f"{copy.path.name}.json"))


def _try(store: Store, copy: Copy, case_keys: Path, now: datetime) -> str:
    """Open a backup that was just made and prove it; what was found, in a sentence."""
    with TemporaryDirectory(prefix="open-", dir=copy.path.parent) as scratch:
        try:
            with opened(store.url, copy, case_keys, Path(scratch), now):
                return "Opened and verified."
        except NoScratchDatabase:
            read_through(store.url, content(copy))
            return "Read through to its end. This login may not make a database, so it was not opened; the drill does that."


# --- trying ------------------------------------------------------------------------------------------------------


def drill(store: Store, folder: Path, now: datetime) -> Copy:
    """Open the newest backup in a scratch place, prove it, and note in the store how it went.

    Raises:
        NotReady: there is no backup, the newest bears a moment still to come, or it cannot be opened here.
        NotWhole, CopyNotProven: it is not what was written, or does not verify.
    """
    with (
        _noted(store, "drill", now) as run,
        full_disk("The backup could not be opened to try it", "It is as it was; make room for another copy."),
    ):
        copy = newest(folder)
        if copy is None:
            raise NotReady(f"There is no backup in {folder}. Make one: pathways db backup")
        run.name, run.counts = copy.path.name, copy.counts
        if copy.made_at - now > A_CLOCK_SET_BACK:
            raise NotReady(
                f"The backup {copy.path.name} bears a day still to come, {words(local_day(copy.made_at))}: this computer's "
                "clock was wrong then or is now, and which backup is the newest cannot be told. None was tried. Set the "
                "clock right; if it is, make a backup, move that file and the .json beside it to another folder, and repeat."
            )
        with (
            _scratch(store, folder, now) as scratch,
            opened(store.url, copy, folder / CASE_KEYS, scratch, now),
        ):
            run.said = "Opened and verified."
    return copy


@dataclass(slots=True)
class Run:
    """A backup made, tried, checked or put back: how it went, and what it holds."""

    kind: str
    name: str
    started_at: datetime
    counts: Counts
    said: str = ""
    whole: bool = False


@contextmanager
def _noted(store: Store, kind: str, now: datetime) -> Iterator[Run]:
    """Note in the store how a run went, also where it was refused."""
    run = Run(kind, "", now, Counts(0, 0, "", ""))
    try:
        yield run
        run.whole = True
    except PathwayError as refused:
        run.said = str(refused)
        with suppress(PathwayError):
            note_run(store, run, now)
        raise
    note_run(store, run, now)


def note_run(store: Store, run: Run, now: datetime) -> None:
    """Note in the store how a run went."""
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
    run = Run("check", "", now, Counts(0, 0, "", ""), " ".join(found), whole=not found)
    note_run(store, run, now)
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
