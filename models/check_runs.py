"""Runs of the nightly check: what stops one before it begins, what it does first, and the note of what it did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import ClassVar, NamedTuple

from models.anchors import nightly
from models.due import Tally
from models.store import Store
from models.transaction import Transaction
from pathways.clocks import Rules
from pathways.days import local_day
from pathways.errors import NOT_ALLOWED, NotReady, PathwayError
from pathways.moments import words

LONGEST_GAP = timedelta(days=45)
"""How long nothing may have been written before a check waits for a person: the clock may have jumped ahead."""
CONFIRMED = "gap_confirmed"


class LongGap(NotReady):
    """Nothing was written for long, so a check does not act before a person says that the clock is right.

    Arguments: the day of the last sign of life, how many days ago that is, how many limits would count as passed.
    """

    def __str__(self) -> str:
        last, days, due = self.args
        return (
            f"Nothing has been written for {days} days, since {words(last)}, so this computer's clock may have jumped "
            f"ahead. Nothing was done; {due} limits or reminders would be dealt with. If the clock is right: "
            "pathways check run --confirm-gap"
        )


def refuse_long_gap(store: Store, as_of: datetime, now: datetime) -> None:
    """Let no check act on a clock that may have jumped ahead; a practice store's clock is fixed and is let through.

    Raises:
        LongGap: the last entry, check or confirmation is more than 45 days before `now`.
    """
    with store.reading() as tx:
        known = {row.name: row.value for row in tx.all("settings")}
        entry, runs = tx.one("newest_entry"), tx.all("check_runs", most=1)
        signs = [entry.recorded_at] if entry else []
        signs += [run.started_at for run in runs]
        if known.get("practice") == "yes" or not signs:
            return
        signs += [datetime.fromisoformat(known[CONFIRMED])] if CONFIRMED in known else []
        last = max(signs)
        if now - last > LONGEST_GAP:
            due = int(tx.need("count_due_seen", as_of=as_of).due)
            raise LongGap(local_day(last), (now - last).days, due)


class HeldBack(PathwayError):
    """A login that row security holds would pour in rows, which PostgreSQL refuses."""

    code: ClassVar[int] = NOT_ALLOWED

    def __str__(self) -> str:
        return (
            "This database login is held back by row security, and the check needs one that is not: a login in "
            "pathways_service, which has BYPASSRLS. Nothing was done; see docs/postgresql.md"
        )


def confirm_gap(store: Store, now: datetime) -> None:
    """Keep that a person has said, at this moment, that the clock is right."""
    with store.writing() as tx:
        tx.run("put_setting", name=CONFIRMED, value=now.astimezone(UTC).isoformat())


class Tonight(NamedTuple):
    """What a check finds before it begins: whether anything is due, and what it does first on cases behind the wall."""

    due: bool
    subjects: bool
    """Whether somebody on the register may be whom a case is about; whoever changed a name may not have seen that."""
    births: bool
    deaths: bool
    seconds: bool
    """Whether somebody made a second record of a person, and those who see the first have not been told."""

    @property
    def hidden(self) -> bool:
        """Whether there is something to be done that whoever recorded it could not do; of deaths, SQLite hides none."""
        return self.subjects or self.births or self.deaths or self.seconds


def look_out(tx: Transaction, as_of: datetime) -> Tonight:
    """What a check as at this moment would find; what there cannot be is not asked for, and nothing is loaded for it.

    Raises:
        HeldBack: row security holds this login, so that it could not write what it finds.
    """
    ((held, due, *may_be),) = tx.plain("tonight", as_of=as_of)
    if held:
        raise HeldBack
    behind = ("adults_like_staff", "births_awaited", "deaths_behind_the_wall", "second_records_untold")
    return Tonight(bool(due), *(bool(may and tx.plain(of)) for may, of in zip(may_be, behind, strict=True)))


def reach_the_hidden(store: Store, rules: Rules, now: datetime, tonight: Tonight) -> None:
    """Do on cases behind the wall what whoever recorded a name, a number, a birth or a death could not reach."""
    if tonight.subjects:
        from models.subjects import match_every_subject

        match_every_subject(store, now)
    if tonight.births:
        from models.births import tell_out_of_reach
        from models.untold import withdraw_out_of_reach

        withdraw_out_of_reach(store, rules, now)
        tell_out_of_reach(store, rules, now)
    if tonight.deaths:
        from models.deaths import stop_clocks_of_the_dead

        stop_clocks_of_the_dead(store, rules, now)
    if tonight.seconds:
        from models.people import tell_of_every_second_record

        tell_of_every_second_record(store, now)


def begin_run(store: Store, rules: Rules, as_of: datetime, now: datetime) -> int:
    """Note that a check has begun; its number.

    Raises:
        LongGap: nothing was written for so long that a person must first say that the clock is right.
        HeldBack: row security holds this login.
    """
    with store.reading() as tx:
        tonight = look_out(tx, as_of)
    refuse_long_gap(store, as_of, now)
    reach_the_hidden(store, rules, now, tonight)
    with store.writing() as tx:
        return note_run(tx, rules, as_of, now, None)


def note_run(
    tx: Transaction, rules: Rules, as_of: datetime, now: datetime, finished_at: datetime | None
) -> int:
    """Note that a check has begun, and has finished where there is nothing to do; its number."""
    ((run_id,),) = tx.plain(
        "add_check_run",
        as_of=as_of,
        started_at=now,
        finished_at=finished_at,
        rulebook=rules.rulebook.name,
        calendar=rules.calendar.version,
        **{each: 0 for each in ("cases", "missed", "moved", "reminded", "parked")},
    )
    return int(run_id)


def finish_run(store: Store, run_id: int, tally: Tally, now: datetime) -> None:
    """Note that a check has finished, and what it did; make the night's checkpoint."""
    note_finished(store, run_id, tally, now)
    nightly(store, now)


def note_finished(store: Store, run_id: int, tally: Tally, now: datetime) -> None:
    """Note that a check has finished, and what it did; the night's checkpoint is somebody else's."""
    with store.writing() as tx:
        tx.run(
            "finish_check_run",
            run_id=run_id,
            finished_at=now,
            cases=tally.cases,
            missed=tally.missed,
            moved=tally.moved,
            reminded=tally.reminded,
            parked=tally.parked,
        )
