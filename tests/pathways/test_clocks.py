"""Which clocks an event starts, stops and ends, and on which dates; worked out from a calendar by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways import NAMES, pathway
from pathways.clocks import Remembered, Rules, advance, when
from pathways.days import CalendarEnds, Counting, by_day, local_day, shipped_calendar
from pathways.errors import Mistyped, PathwayError
from pathways.rulebook import load

RULES = Rules(load(), shipped_calendar())
TODAY = date(2026, 11, 3)


@dataclass(frozen=True)
class Runs:
    rule: str
    started: str


def after(name, state, events, running=(), *, today=TODAY, strict=True):
    return advance(pathway(name), state, events, running, RULES, today=today, strict=strict)


DATES = [
    # pathway           state after   what has happened, when                            rule                 due                why
    ("child_protection", "s47",    {"s47_strategy_discussion_held": "2026-11-03"},      "cp.icpc",           date(2026, 11, 24), "three weeks, no bank holiday"),
    ("child_protection", "s47",    {"s47_strategy_discussion_held": "2025-12-12"},      "cp.icpc",           date(2026, 1, 7),   "Christmas, Boxing and New Year's Day do not count"),
    ("child_protection", "s47",    {"s47_strategy_discussion_held": "2025-04-09"},      "cp.icpc",           date(2025, 5, 2),   "Good Friday and Easter Monday do not count"),
    ("child_protection", "s47",    {"s47_strategy_discussion_held": "2026-10-31"},      "cp.icpc",           date(2026, 11, 20), "a Saturday is day 0 all the same"),
    ("child_protection", "plan",   {"icpc_held": "2026-11-24"},                         "cp.coregroup_first", date(2026, 12, 8), "ten working days"),
    ("child_protection", "plan",   {"icpc_held": "2026-11-24"},                         "cp.rcpc_first",     date(2027, 2, 24),  "three months"),
    ("child_protection", "plan",   {"icpc_held": "2026-11-30"},                         "cp.rcpc_first",     date(2027, 2, 28),  "February has no 30th"),
    ("child_protection", "plan",   {"icpc_held": "2027-11-30"},                         "cp.rcpc_first",     date(2028, 2, 29),  "2028 is a leap year"),
    ("child_protection", "plan",   {"rcpc_held": "2026-08-31"},                         "cp.rcpc_next",      date(2027, 2, 28),  "six months, clamped"),
    ("child_protection", "plan",   {"coregroup_held": "2026-11-03"},                    "cp.coregroup_next", date(2026, 12, 1),  "four weeks since May 2024"),
    ("child_protection", "plan",   {"coregroup_held": "2024-01-31"},                    "cp.coregroup_next", date(2024, 2, 29),  "monthly before May 2024"),
    ("child_protection", "awaiting_icpc", {"icpc_date": "2026-11-25"},                  "cp.report_icpc",    date(2026, 11, 23), "two working days before the Wednesday"),
    ("child_protection", "plan",   {"rcpc_date": "2027-01-05"},                         "cp.report_rcpc",    date(2026, 12, 24), "five working days back over New Year and Christmas"),
    ("child_protection", "prebirth", {"expected_delivery_date": "2027-02-01"},          "cp.prebirth_icpc",  date(2026, 11, 23), "seventy days before"),
    ("front_door",      "triage",  {"referral_received": "2026-11-07T15:00:00+00:00"},  "fd.decision",       date(2026, 11, 9),  "a Saturday's referral is due on Monday"),
    ("front_door",      "triage",  {"referral_received": "2026-04-02T17:00:00+01:00"},  "fd.decision",       date(2026, 4, 7),   "Easter lies between"),
    ("child_in_need",   "assessing", {"referral_received": "2026-11-03"},               "cin.assess",        date(2027, 1, 8),   "nine weeks, and 25 and 28 December and 1 January on top"),
    ("child_in_need",   "active",  {"cin_first_meeting_held": "2026-11-03"},            "cin.plan_12_week",  date(2027, 1, 26),  "eighty-four days"),
    ("child_in_need",   "active",  {"cin_meeting_held": "2026-11-03"},                  "cin.review",        date(2026, 12, 1),  "four weeks"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "state", "events", "rule", "due", "why"), DATES)
def test_an_event_starts_its_clock(name, state, events, rule, due, why):
    started = {each.rule: each for each in after(name, state, events).started}
    assert started[rule].due_on == due, why


def test_police_protection_lasts_seventy_two_hours_through_the_night_the_clocks_go_back():
    events = {"police_protection_started": "2026-10-24T19:00:00+00:00"}  # 8pm in London
    (started,) = [
        each
        for each in after("immediate_protection", "police_protection", events).started
        if each.rule == "imm.police_protection"
    ]
    assert started.due.due_at == datetime(2026, 10, 27, 19, 0, tzinfo=UTC), "7pm in London, 72 hours on"
    assert started.look_at == datetime(2026, 10, 27, 7, 0, tzinfo=UTC), (
        "twelve hours before, as the rule asks"
    )


def test_a_clock_stops_on_its_event_and_begins_again_where_it_repeats():
    running = [Runs("cp.visit", "2026-10-20")]
    changes = after("child_protection", "plan", {"child_seen": "2026-11-03"}, running)
    assert [(each.rule, at) for each, at in changes.met] == [("cp.visit", "2026-11-03")]
    assert [(each.rule, each.due_on) for each in changes.started if each.rule == "cp.visit"] == [
        ("cp.visit", date(2026, 11, 17))
    ]


def test_a_rebooked_conference_moves_the_reports_clock_and_not_the_conference_limit():
    running = [Runs("cp.report_icpc", "2026-11-20"), Runs("cp.icpc", "2026-11-03")]
    changes = after("child_protection", "awaiting_icpc", {"icpc_date": "2026-11-24"}, running)
    assert [each.rule for each in changes.ended] == ["cp.report_icpc"]
    assert [(each.rule, each.due_on) for each in changes.started] == [("cp.report_icpc", date(2026, 11, 20))]
    assert changes.met == [] or all(each.rule != "cp.icpc" for each, _ in changes.met)


def test_the_same_event_twice_starts_nothing_twice():
    running = [Runs("cp.icpc", "2026-11-03")]
    changes = after("child_protection", "s47", {"s47_strategy_discussion_held": "2026-11-03"}, running)
    assert (changes.started, changes.ended) == ([], [])


def test_clocks_end_with_the_case_unless_they_run_on():
    running = [Runs("cp.visit", "2026-10-20"), Runs("cp.minutes", "2026-11-02")]
    changes = after("child_protection", "ended", {}, running)
    assert [each.rule for each in changes.ended] == ["cp.visit"], "the minutes are still owed"


def test_a_day_before_any_known_limit_starts_no_clock_and_says_so():
    changes = after("child_protection", "s47", {"s47_strategy_discussion_held": "2017-01-09"})
    assert "cp.icpc" in [rule for rule, _ in changes.unknown]
    assert all(each.rule != "cp.icpc" for each in changes.started)


def test_an_hour_rule_needs_the_hour_from_people_and_is_left_out_of_history():
    events = {"strategy_decision_made": "2026-11-03"}
    with pytest.raises(Mistyped, match="needs the time of day"):
        after("child_protection", "strategy", events)
    assert "cp.strategy" in [
        rule for rule, _ in after("child_protection", "strategy", events, strict=False).unknown
    ]


def test_a_count_past_the_calendar_is_an_error_and_not_a_guess():
    with pytest.raises(CalendarEnds):
        after(
            "child_protection",
            "s47",
            {"s47_strategy_discussion_held": "2040-12-28"},
            today=date(2040, 12, 28),
        )


def test_eighteen_is_reached_on_the_day_and_29_february_on_1_march():
    events = {"birth_date": "2008-02-29"}
    (started,) = [
        each for each in after("child_protection", "plan", events).started if each.rule == "cp.age_18"
    ]
    assert started.due_on == date(2026, 3, 1)
    assert when("2026-03-01") == date(2026, 3, 1)


def test_an_authority_without_a_figure_of_its_own_runs_no_clock_and_says_so():
    """The national base alone has no row for many local limits; a case moves on all the same."""
    base = Rules(load("england"), shipped_calendar())
    changes = advance(
        pathway("child_protection"),
        "strategy",
        {"strategy_decision_made": "2026-11-03T10:00:00+00:00"},
        (),
        base,
        today=TODAY,
    )
    assert "cp.strategy" in [rule for rule, _ in changes.unknown]
    assert changes.started == []


BOOK = load()
CLOCKS = [clock for name in NAMES for clock in pathway(name).clocks]
HAPPENED = st.one_of(
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
).map(lambda moment: moment.isoformat())


@given(st.sampled_from(CLOCKS), HAPPENED, st.integers(0, 23), st.booleans(), st.data())
def test_what_is_remembered_of_a_day_is_what_would_be_worked_out(clock, started, hour, deemed, data):
    """Whatever was asked about the same day before, at another hour or of the day as a whole."""
    event = data.draw(st.sampled_from(sorted(BOOK.starts(clock.rule))))
    counting = Counting(deemed_receipt=deemed)
    remembered = Remembered(BOOK, RULES.calendar, counting)
    for earlier in (started[:10], f"{started[:10]}T{hour:02}:30:00+00:00", started):
        begun(remembered, clock, event, earlier)
    wanted = begun(Rules(BOOK, RULES.calendar, counting), clock, event, started)
    assert begun(remembered, clock, event, started) == wanted


@given(
    st.sampled_from([each for rule in BOOK.rules() for each in BOOK.editions(rule)]), HAPPENED, st.booleans()
)
def test_a_limit_that_hangs_on_the_day_alone_is_the_same_from_every_hour(edition, started, deemed):
    counting = Counting(deemed_receipt=deemed)
    rules = Rules(BOOK, RULES.calendar, counting)
    if by_day(edition, counting):
        assert rules.due(edition, started) == rules.due(edition, local_day(when(started)).isoformat())


def begun(rules, clock, event, started):
    try:
        found = rules.start(clock, event, started, TODAY)
    except PathwayError as cannot:
        return str(cannot)
    return found and (found.edition, found.event, found.started, found.due, found.look_at)
