"""The timetable on London's clock: the nights of both clock changes, a missed week, what a second run meets."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

pytestmark = pytest.mark.prefect

LONDON = ZoneInfo("Europe/London")
SPRING, AUTUMN = datetime(2027, 3, 28, tzinfo=LONDON), datetime(2026, 10, 25, tzinfo=LONDON)
"""Sundays on which the clocks go forward at 1am, and back at 2am."""


def daily():
    from flows.timetable import TIMETABLE

    return [(each.full_name, cron) for each in TIMETABLE for cron in each.crons if not cron.startswith("*/")]


def dates_of(cron, start, end):
    """What Prefect's own server works out from a schedule."""
    from prefect.server.schemas.schedules import CronSchedule

    schedule = CronSchedule(cron=cron, timezone="Europe/London")
    return asyncio.run(schedule.get_dates(n=50, start=start, end=end))


@pytest.mark.parametrize("midnight", [SPRING, AUTUMN], ids=["forward", "back"])
def test_everything_of_the_day_runs_once_and_at_its_hour_when_the_clocks_change(midnight):
    for name, cron in daily():
        minute, hour = map(int, cron.split()[:2])
        (found,) = dates_of(cron, midnight, midnight + timedelta(days=1) - timedelta(minutes=1))
        local = found.astimezone(LONDON)
        assert (local.hour, local.minute, local.date()) == (hour, minute, midnight.date()), name
        assert local.astimezone(UTC).hour == hour - (midnight is SPRING), name


def test_the_night_lies_between_three_and_five():
    from flows.timetable import TIMETABLE

    night = [
        cron
        for each in TIMETABLE
        if "nightly" in each.name or "overnight" in each.name
        for cron in each.crons
    ]
    assert len(night) == 3
    assert all(3 <= int(cron.split()[1]) < 5 for cron in night)


def test_everything_that_changes_something_runs_alone():
    from flows.timetable import TIMETABLE

    together = {each.full_name for each in TIMETABLE if not each.alone}
    assert together == {"notify/notify", "check-shard/shard"}


def test_every_entry_is_a_flow_that_tells_nothing(prefect_server):
    from flows.timetable import deployment, entries

    for each in entries():
        flow = each.load()
        assert (flow.log_prints, flow.persist_result, flow.should_validate_parameters) == (
            False,
            False,
            False,
        )
        made = deployment(each)
        assert made.full_name == each.full_name
        assert made.entrypoint == f"{each.module}.{each.flow}"


def test_five_missed_nights_are_one_check_and_four_that_are_called_off(prefect_server, api):
    """After a crash Prefect starts what it had scheduled, all at once: the first runs, the others are cancelled."""
    from prefect.client.schemas.objects import StateType
    from prefect.states import Pending, Running, Scheduled

    from flows.timetable import TIMETABLE, deployment

    entry = next(each for each in TIMETABLE if each.full_name == "check-deadlines/overnight")
    number = deployment(entry).apply()
    late = [datetime(2026, 11, day, 4, 15, tzinfo=UTC) for day in (16, 17, 18, 19, 20)]
    runs = [
        api.create_flow_run_from_deployment(number, state=Scheduled(scheduled_time=each)).id for each in late
    ]
    for each in runs:
        api.set_flow_run_state(each, Pending())
    states = [api.read_flow_run(each).state for each in runs]
    assert [each.type for each in states].count(StateType.CANCELLED) == 4
    (going,) = [one for one, state in zip(runs, states, strict=True) if state.type == StateType.PENDING]
    api.set_flow_run_state(going, Running())
    another = api.create_flow_run_from_deployment(number).id
    api.set_flow_run_state(another, Pending())
    assert api.read_flow_run(another).state.type == StateType.CANCELLED
    api.delete_deployment(number)
