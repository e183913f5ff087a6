"""A backup opened in a scratch place and proved: its keys put in, what was destroyed since destroyed again, verified."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from models import compiled, keys
from models.connecting import sqlite_path
from models.copy_files import CASE_KEYS, Copy, CopyNotProven, content, counted, keys_for, private
from models.dumps import load, open_to_service, scratch_database
from models.sealed_file import NotWhole, Reader
from models.sealing_facts import seal_facts
from models.sealing_pages import seal_pages
from models.setup import options_of, rules_of
from models.store import Store, open_store
from models.verdict import Verdict
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways.errors import Mistyped


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup that was opened in a scratch place: the store there, and what proving it found."""

    store: Store
    verdict: Verdict


@contextmanager
def opened(store_url: str, copy: Copy, case_keys: Path, scratch: Path, now: datetime) -> Iterator[Opened]:
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
        place = unpack(copy, scratch / "opened.db")
        bring_up(copy, f"sqlite:///{place}")
        with open_store(f"sqlite:///{place}") as store:
            yield proved(store, copy, case_keys, now)
        return
    with scratch_database(store_url) as url:
        load(url, content(copy))
        bring_up(copy, url)
        open_to_service(url)
        with open_store(url) as store:
            yield proved(store, copy, case_keys, now)


def bring_up(copy: Copy, url: str) -> None:
    """Bring a copy of an older version's tables to this one, where it has been opened; the backup stays as it is."""
    if copy.header["revision"] != compiled.HEAD:
        from models.schema import upgrade

        upgrade(url)


def unpack(copy: Copy, place: Path) -> Path:
    """Write a copy's SQLite file to a place, with the note about its key beside it."""
    if copy.note is not None:
        keys.write_note(place, copy.note)
    with private(place) as file:
        for piece in content(copy):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return place


def proved(store: Store, copy: Copy, case_keys: Path, now: datetime) -> Opened:
    """Put the keys of cases in, destroy again what was destroyed since, and verify all of it.

    Every clock is told again too, by the rules that the copy itself names.
    """
    store.viewer = ALL_SEEING
    with store.reading() as tx:
        counts = counted(tx)
        has_rules = "calendar_last" in options_of(tx)
    if counts != copy.counts:
        raise NotWhole("it does not hold what its first part says")
    if copy.note is not None:
        _put_keys(store, copy, case_keys, now)
        seal_facts(store)
        seal_pages(store)
    verdict = verify(store, rules_of(store) if has_rules else None)
    if not verdict.whole:
        raise CopyNotProven(copy.path.name, str(verdict.faults[0]))
    return Opened(store, verdict)


def _put_keys(store: Store, copy: Copy, case_keys: Path, now: datetime) -> None:
    from models.destroying import destroy
    from models.page_retention import destroy_again
    from models.session_retention import destroy_again as destroy_session_again
    from models.supervision import reference_of

    told = _read_case_keys(copy, case_keys)
    gone = {each["case_ref"] for each in told["destroyed"]}
    with store.writing(service=True) as tx:
        there = {row.case_ref for row in tx.each("chain_ends")}
        there |= {reference_of(row.id) for row in tx.each("every_session_number")}
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
    for each in told.get("pages", ()):
        if each["case_ref"] in there - gone:
            destroy_again(store, each, now)
    for each in told.get("sessions", ()):
        destroy_session_again(store, each, now)


def _read_case_keys(copy: Copy, case_keys: Path) -> Any:
    try:
        with case_keys.open("rb") as file:
            reader = Reader(file)
            if reader.header["made_at"] < copy.header["made_at"]:
                raise NotWhole(
                    f"the file {CASE_KEYS} beside it is older than it is, and what was written since could not be read"
                )
            found = keys_for(keys.Note.read(reader.header["note"]))
            return json.loads(b"".join(reader.chunks(found[0].backup)))
    except FileNotFoundError:
        raise NotWhole(f"the file {CASE_KEYS} that belongs beside it is not there") from None


def _beside(copy: Copy, told: Path) -> None:
    """Refuse a backup that is not the one that the line beside it tells of."""
    try:
        line = json.loads(told.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (OSError, ValueError):
        raise NotWhole(f"{told.name} beside it cannot be read") from None
    if any(line.get(name) != value for name, value in copy.counts.header().items()):
        raise NotWhole(f"{told.name} beside it tells of another one")
