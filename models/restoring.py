"""A backup put where there is no store: all of it or nothing of it, and nothing is ever written over.

It is opened in a scratch place, brought to this version, proved, and there becomes what is to be restored, down to the
note that it was. A SQLite file is then given its name; the content of a PostgreSQL database goes over in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from models import keys
from models.connecting import sqlite_path
from models.copies import Run, note_run
from models.copies_opened import Opened, opened
from models.copy_files import (
    CASE_KEYS,
    Copy,
    CopyNotProven,
    Counts,
    counted,
    full_disk,
    half_made,
    sync_folder,
)
from models.dumps import dump_all, load
from models.place import refuse_place
from models.store import open_store
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
    with full_disk("The records could not be put back", "Nothing stands there; the backup is as it was."):
        if path is None:
            return _into_database(url, copy, now, codes)
        refuse_place(path)
        _refuse_file(path)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with half_made(path.parent, ".restoring-", now) as scratch:
            with opened(url, copy, copy.path.parent / CASE_KEYS, scratch, now) as found:
                counts = _settled(found, copy, now, codes)
                found.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            _move_in(scratch / "opened.db", path, copy.note)
    return counts


def _into_database(url: str, copy: Copy, now: datetime, codes: Sequence[str]) -> Counts:
    from models.schema import hand_over

    _refuse_database(url)
    with opened(url, copy, copy.path.parent / CASE_KEYS, Path(), now) as found:
        counts = _settled(found, copy, now, codes)
        (role,) = found.store.connection.execute("SELECT current_user").fetchone()
        hand_over(found.store.url)
        hand_over(url)  # empty as it is, so that the owner may have tables there
        load(url, dump_all(found.store.url, role=role), owned=True)
    with open_store(url) as store, store.reading() as tx:
        if counted(tx) != counts:
            raise CopyNotProven(copy.path.name, "what came into the database is not what was proved.")
    return counts


def _settled(found: Opened, copy: Copy, now: datetime, codes: Sequence[str]) -> Counts:
    """Note in an opened copy that it was restored; what it holds.

    Raises:
        CopyNotProven: its checkpoints do not hold, or it ends before an anchor that was given.
    """
    from models.covered import look

    look(found.store, found.verdict, codes=list(codes))
    if not found.verdict.whole:
        raise CopyNotProven(copy.path.name, str(found.verdict.faults[0]))
    with found.store.reading() as tx:
        counts = counted(tx)
    note_run(found.store, Run("restore", copy.path.name, now, counts, "Restored.", whole=True), now)
    return counts


def _refuse_file(path: Path) -> None:
    there = [
        each for each in (path, path.with_name(f"{path.name}-wal")) if each.exists() and each.stat().st_size
    ]
    if there:
        raise NotReady(
            f"There are records at {path} already, and a restore never writes over any. Move that file and those whose "
            "names begin with it to another folder, then repeat."
        )


_MAY_RESTORE = (
    "SELECT rolsuper OR NOT EXISTS (SELECT FROM pg_roles owner WHERE owner.rolname = %s "
    "AND NOT pg_has_role(session_user, owner.oid, 'MEMBER')) FROM pg_roles WHERE rolname = session_user"
)
"""Others would open the copy behind its own walls, and take what these hide for what the copy lacks."""


def _refuse_database(url: str) -> None:
    from models.row_security_tables import OWNER

    with open_store(url, check=False) as store:
        (may,) = store.connection.execute(_MAY_RESTORE, [OWNER]).fetchone()
        if not may:
            raise NotReady(
                f"This login may not restore records. Nothing was changed; restore as a login in {OWNER} or as a superuser "
                "(docs/postgresql.md)."
            )
        row = store.connection.execute(
            "SELECT count(*), (SELECT pg_has_role(session_user, here.datdba, 'USAGE') FROM pg_database here "
            "WHERE here.datname = current_database()) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'public' AND c.relkind = 'r'"
        ).fetchone()
    if row[0]:
        raise NotReady(
            "There are tables in this database already, and a restore never writes over any. Make an empty database, "
            "and name it in PATHWAYS_DATABASE_URL."
        )
    if not row[1]:
        raise NotReady(
            "This database does not belong to your login, so the tables of a backup cannot be made in it. As a superuser: "
            "ALTER DATABASE ... OWNER TO ... (docs/postgresql.md). Nothing was changed."
        )


def _move_in(made: Path, path: Path, note: keys.Note | None) -> None:
    if note is not None:
        keys.write_note(path, note)
    path.unlink(missing_ok=True)
    made.replace(path)
    sync_folder(path.parent)
