"""Clocks: servers in five zones on both nights when London's clocks change, and computers whose clock is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.contents import contents, counted, faults_of
from tests.faults.harness import Found
from tests.faults.jobs import CASE, JOBS, Job
from tests.faults.place import STORES
from tests.faults.points import every

pytestmark = [pytest.mark.faults, pytest.mark.slow]
ZONES = ("UTC", "Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
NIGHTS = {
    "spring": (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
    "autumn": (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
}
"""The last half hour before the clocks change and the first moment after; in autumn 1:30am in London, twice."""
MOVE = next(job for job in JOBS if job.name.startswith("do, a move that takes"))
CHECK = Job("check run", ("check", "run"))


SOME = STORES if every() == 1 else ("sqlite", "postgresql")


def set_clock(url: str, moment: datetime) -> None:
    from models.store import open_store

    with open_store(url) as store, store.writing() as tx:
        tx.run("put_setting", name="clock", value=moment.isoformat())


def entries(url: str) -> list[tuple[object, ...]]:
    """Every entry and every running date, with its moments; not what is drawn at random."""
    from models.store import open_store
    from tests.kept import every_row

    with open_store(url) as store, store.reading() as tx:
        trail = [
            (row.case_ref, row.seq, row.at, row.effective_at, row.action, row.to_state, row.rule)
            for row in tx.each("whole_trail")
        ]
        dates = [
            (row.rule, row.due_on, row.due_at, row.plan_by)
            for row in every_row(tx, "deadline")
            if not row.closed_at
        ]
    return [*trail, *sorted(dates)]


@pytest.mark.parametrize("where", SOME)
@pytest.mark.parametrize("night", NIGHTS)
def test_a_server_s_zone_changes_no_date_on_the_nights_when_the_clocks_change(fresh, report, where, night):
    found, seen = Found(), {}
    for zone in ZONES if every() == 1 else ZONES[1::2]:
        with fresh(where, "cases") as place:
            if where == "postgresql":
                _zone_of_the_database(place.url, zone)
            for moment in NIGHTS[night]:
                set_clock(place.url, moment)
                for job in (MOVE, CHECK, CHECK):
                    process = place.start(job, TZ=zone)
                    _, err = process.communicate(timeout=120)
                    assert process.returncode in (0, 3), err
            found.points += 1
            seen[zone] = entries(place.url)
            keys = [row[4] for row in seen[zone] if len(row) == 7]
            if keys.count("start_enquiry") != 1:
                found.note("doubled", f"{zone}: {keys}")
            for fault in faults_of(place, CHECK):
                found.note("not_whole", f"{zone}: {fault}")
    for zone, rows in seen.items():
        if rows != next(iter(seen.values())):
            found.note("lost", f"{zone} differs")
    report(f"server in one of five zones, {night} night", "do, check run twice", where, found)
    assert len(seen) > 1
    assert found.said == []


def _zone_of_the_database(url: str, zone: str) -> None:
    import psycopg
    from psycopg import sql

    from models.connecting import driver_address

    with psycopg.connect(driver_address(url), autocommit=True) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("ALTER DATABASE {} SET timezone = {}").format(name, sql.Literal(zone)))


@pytest.mark.parametrize("where", SOME)
@pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(days=-400), timedelta(days=400)], ids=str)
def test_work_done_under_a_wrong_clock_leaves_a_whole_record(fresh, report, where, off):
    """A clock that went back, or years ahead: the move is written or refused, and the record stays whole."""
    found = Found()
    note = next(job for job in JOBS if job.name == "record note")
    with fresh(where, "cases") as place:
        place.again(note)
        set_clock(place.url, datetime(2026, 11, 23, 9, 31, tzinfo=UTC) + off)
        before = counted(contents(place, note))
        for job in (note, MOVE):
            ran = place.again(job)
            assert ran.code in (0, 2, 3, 4, 10), ran.err  # 4: nobody held a role then
            if ran.code and counted(contents(place, job)) != before:
                found.note("lost", f"refused with {ran.code}, and something was written")
            before = counted(contents(place, job))
        found.points += 1
        for fault in faults_of(place, MOVE):
            found.note("not_whole", f"{CASE}: {fault}")
    report("this computer's clock is wrong", "record note, do", where, found)
    assert found.said == []
