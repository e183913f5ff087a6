"""A backup put where there is no store. It is proved before anything is touched, and nothing is ever written over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from models import keys
from models.copies import Run, note_run
from models.copies_opened import bring_up, opened, proved
from models.copy_files import CASE_KEYS, Copy, CopyNotProven, Counts, content, counted, full_disk, sync_folder
from models.dumps import load
from models.place import refuse_place
from models.store import Store, open_store, sqlite_path
from models.verify import verify
from pathways.errors import NotReady


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
    with full_disk():
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
                    counts = counted(tx)
                note_run(store, Run("restore", copy.path.name, now, counts, "Restored.", whole=True), now)
                if path is not None:
                    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if path is not None:
                _move_in(scratch / "opened.db", path, copy.note)
                return counts
        load(url, content(copy))
        bring_up(copy, url)
        with open_store(url) as store:
            proved(store, copy, copy.path.parent / CASE_KEYS, now)
            note_run(store, Run("restore", copy.path.name, now, counts, "Restored.", whole=True), now)
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
    sync_folder(path.parent)
