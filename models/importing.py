"""Bringing a children in need census in: people, episodes, and cases that stand where their dates imply.

The file is read a child at a time and written a batch of children to a transaction, so memory does not grow with it
and an import that was stopped goes on where it was. A file is known by the SHA-256 of its bytes: the same one again
changes nothing. A later or corrected return adds entries to the trails of the cases it knows; it never rewrites one.
What contradicts a trail, or touches a case that people have worked on since, is listed and not applied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from hashlib import sha256
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

from models.anchors import after_write
from models.batches import Batch, Pair
from models.census_people import Families, Names
from models.gathered import Tally
from models.laying import Laying
from models.pauses import without_pauses
from models.store import Store
from pathways.census import DEFAULT, CensusRefused, Header, Limits, TooLarge, Unused, read
from pathways.census_checks import NOT_USED, Period
from pathways.clocks import Remembered, Rules
from pathways.days import local_day
from pathways.engine import Actor

KIND = "cin-census"
BLOCK = 1024 * 1024


@dataclass(slots=True, kw_only=True)
class ImportReport(Tally):
    """What an import did: the tally of its batches, and how it ended.

    `already`: this very file was imported before, and nothing was written. `broken`: why reading stopped early.
    `covered`: nothing stood in the way of the checkpoint over what was written.
    `children` counts those taken, also where nothing about them was new; `unknown` the clocks that could not be
    run, by rule: no edition of the rule covers their start, or only a day is known and hours are asked for.
    """

    header: Header
    run_id: int | None = None
    kept: bool = True
    already: bool = False
    broken: str = ""
    covered: bool = True

    def add(self, tally: Tally) -> None:
        """Count what one batch did."""
        for each in fields(Tally):
            setattr(self, each.name, getattr(self, each.name) + getattr(tally, each.name))


def import_census(
    store: Store,
    rules: Rules,
    source: BinaryIO,
    *,
    now: datetime,
    actor: Actor,
    dry_run: bool = False,
    limits: Limits = DEFAULT,
    batch: int = 150,
    progress: Callable[[int, int], None] | None = None,
    names: Names | None = None,
    on_unused: Callable[[Unused], None] | None = None,
) -> ImportReport:
    """Read a return and write what it tells.

    Args:
        store: where it goes.
        rules: rule pack, calendar and counting; clocks run as at the return's reference date, or today where a
            return is tried out before that day.
        source: the file, opened for reading bytes; read twice, so what cannot be rewound is copied first.
        now: when it is written.
        actor: who imports; the name stands on every entry.
        dry_run: work everything out and keep nothing.
        limits: how much is read before a file is refused.
        batch: children to a transaction, which on SQLite is about a quarter of a second for the writers who wait.
        progress: told (bytes read, bytes in all) after each batch.
        names: given name, family name and family of each child by the authority's identifier, for a demonstration:
            a census holds no names. Children of one family become brothers and sisters.
        on_unused: told each value that was not used, or is to be looked at, as it is met.

    Raises:
        CensusRefused: the file cannot be read at all; nothing was written. One that breaks off after its first
            child is taken as far as it goes, and the report says why it stopped.
    """
    with _rewindable(source, limits) as file, without_pauses():
        fingerprint, size = _fingerprint(file, limits)
        reading = read(file, limits=limits)
        header = cast(Header, next(reading))
        report = ImportReport(header=header, kept=not dry_run)
        with store.reading() as tx:
            before = tx.one("import_by_fingerprint", fingerprint=fingerprint)
            under_way = tx.one("import_under_way", fingerprint=fingerprint)
        if before is not None:
            report.already, report.run_id = True, before.id
            if report.kept:  # one that was cut off after its last entry has left them without a checkpoint
                report.covered = after_write(store, now, many=True)
            return report
        run = _Run(store, rules, report, fingerprint, now.astimezone(UTC), actor, names or {}, on_unused)
        pairs = cast(Iterator[Pair], reading)
        if under_way is not None and not dry_run:
            pairs = run.go_on(under_way, pairs)
        waiting: list[Pair] = []
        met: set[str] = set()
        try:
            for pair in pairs:
                child = pair[0]
                if child is not None and (len(met) >= batch or child.la_child_id in met):
                    run.write(waiting)
                    waiting.clear()
                    met.clear()
                    if progress:
                        progress(file.tell(), size)
                waiting.append(pair)
                if child is not None:
                    met.add(child.la_child_id)
        except CensusRefused as refused:
            if not report.children and not met:
                raise
            report.broken = str(refused)
            waiting.append((None, [Unused("", 0, "Message", "", report.broken, "", NOT_USED)]))
        run.write(waiting, last=True)
        if report.kept:
            report.covered = after_write(store, run.now, many=True)
        if progress:
            progress(size, size)
        return report


class _Run:
    """One import under way: what is the same for every batch."""

    def __init__(
        self,
        store: Store,
        rules: Rules,
        report: ImportReport,
        fingerprint: str,
        now: datetime,
        actor: Actor,
        names: Names,
        on_unused: Callable[[Unused], None] | None,
    ) -> None:
        header = report.header
        self.store, self.report, self.fingerprint, self.now = store, report, fingerprint, now
        self.names, self.on_unused = names, on_unused
        as_of = min(header.reference_date, local_day(now))
        self.period = Period(header.year, date(header.year - 1, 4, 1), as_of)
        remembered = Remembered(rules.rulebook, rules.calendar, rules.counting, rules.school)
        self.laying = Laying(remembered, actor.name, now, as_of)
        self.families: Families = {}

    def go_on(self, row: Any, pairs: Iterator[Pair]) -> Iterator[Pair]:
        """Pass over the children that an import of this file had written before it was stopped."""
        report = self.report
        report.run_id, report.children = row.id, row.children
        report.cases_new, report.unused = row.cases, row.unused
        left = row.children
        while left:
            child, _ = next(pairs)
            if child is None:
                continue
            left -= 1
            if child.la_child_id in self.names:
                with self.store.reading() as tx:
                    self.batch(tx).find_family(child)
        return pairs

    def batch(self, tx: Any) -> Batch:
        """A batch to be written in this transaction."""
        lea, run_id = self.report.header.lea, self.report.run_id
        return Batch(tx, self.laying, self.period, lea, self.names, self.families, run_id)

    def write(self, pairs: list[Pair], *, last: bool = False) -> None:
        """Write some children, and how far the import has come, in one transaction."""
        report = self.report
        with self.store.writing(keep=report.kept) as tx:
            if report.run_id is None and report.kept:
                report.run_id = tx.need(
                    "add_import_run",
                    kind=KIND,
                    fingerprint=self.fingerprint,
                    reference_date=report.header.reference_date,
                    started_at=self.now,
                    finished_at=None,
                    children=0,
                    cases=0,
                    unused=0,
                ).id
            batch = self.batch(tx)
            hidden = batch.hidden(pairs)
            told = batch.as_if_new(pairs, hidden) if hidden else batch
            batch.take(pairs)
            report.add(told.tally)
            if report.kept:
                tx.run(
                    "finish_import_run",
                    run_id=report.run_id,
                    finished_at=self.now if last else None,
                    children=report.children,
                    cases=report.cases_new,
                    unused=report.unused,
                )
        if self.on_unused:
            for each in told.unused:
                self.on_unused(each)


@contextmanager
def _rewindable(source: BinaryIO, limits: Limits) -> Iterator[BinaryIO]:
    """The file from its start; one that comes through a pipe is copied into a nameless file first."""
    if source.seekable():
        source.seek(0)
        yield source
        return
    with TemporaryFile() as copy:
        count = 0
        while block := source.read(BLOCK):
            count += len(block)
            _refuse_large(count, limits)
            copy.write(block)
        copy.seek(0)
        yield cast(BinaryIO, copy)


def _fingerprint(file: BinaryIO, limits: Limits) -> tuple[str, int]:
    """The SHA-256 of the file's bytes and their number; the file is back at its start."""
    digest, count = sha256(), 0
    while block := file.read(BLOCK):
        count += len(block)
        _refuse_large(count, limits)
        digest.update(block)
    file.seek(0)
    return digest.hexdigest(), count


def _refuse_large(count: int, limits: Limits) -> None:
    if count > limits.file_bytes:
        raise TooLarge(
            f"The file is larger than {limits.file_bytes // (1024 * 1024)} MB, the most that is read. "
            "If the return really is that large, raise the limit in pathways.toml: [import] megabytes = 300"
        )
