"""Conferences of every kind to be placed within their limits, around what is booked; a proposal can be booked as it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from models.another_day import what_breaks
from models.chairing import booked_beside
from models.people import NewPerson, relate
from models.placing import to_hold
from models.queries import case_view
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.bookings import Booking
from pathways.scheduling import Instance, Slot, Someone
from tests.casefile import COORDINATOR, complete

FIRST = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
TODAY = MONDAY.date()
LIMIT = date(2026, 11, 24)
"""Fifteen working days after Tuesday 3 November 2026."""


@pytest.fixture
def unit(store, casework, rules):
    """The conference unit, which sees everything."""
    store.viewer = ALL_SEEING
    return _Unit(store, casework, rules)


class _Unit:
    def __init__(self, store, casework, rules):
        self.store, self.casework, self.rules = store, casework, rules

    def open(self, entry, now=FIRST, **person):
        who = NewPerson(**({"given": "Ash", "family": "Birch", "birth_date": date(2017, 3, 1)} | person))
        asks = pathway("child_protection").entry(entry).records
        return self.casework.open(
            "child_protection", entry, person=who, actor=COORDINATOR, now=now,
            answers=complete(asks, now.date().isoformat()),
        ).reference  # fmt: skip

    def make(self, reference, trigger, now, **own):
        view = self.view(reference)
        move = next(each for each in view.pathway.moves_from(view.row.state) if each.trigger == trigger)
        answers = complete(move.records, now.date().isoformat(), **own)
        self.casework.make(reference, trigger, actor=COORDINATOR, now=now, answers=answers)

    def enquiry(self, given="Ash", now=FIRST):
        """A child whose first conference is to be held; the manager's steps are the coordinator's."""
        reference = self.open("strategy", now, given=given)
        self.make(reference, "start_enquiry", now + timedelta(hours=1))
        self.make(reference, "child_seen", now + timedelta(hours=2), seen="yes")
        self.make(reference, "allocate", now + timedelta(hours=3), lead="worker-1")
        self.make(reference, "decide_conference", now + timedelta(hours=4))
        return reference

    def siblings(self, one, other):
        rows = [self.view(each).row for each in (one, other)]
        with self.store.writing() as tx:
            relate(tx, rows[0].person_id, rows[1].person_id, "sibling", date(2020, 1, 1), FIRST)

    def view(self, reference):
        with self.store.reading() as tx:
            return case_view(tx, reference)

    def limits(self, until):
        with self.store.reading() as tx:
            return {each.reference: each.limit for each in to_hold(tx, TODAY, until).children}


def test_a_first_conference_a_transfer_in_and_one_before_a_birth_have_each_their_own_limit(unit):
    """From a calendar: 15 working days after 3 November; after 10 December over Christmas; 70 days before 1 March."""
    first = unit.enquiry()
    moved_here = unit.open("transfer_in", datetime(2026, 12, 10, 10, 0, tzinfo=UTC), given="Rowan")
    unborn = unit.open(
        "prebirth", FIRST, given="", kind="unborn", birth_date=None, expected_delivery_date=date(2027, 3, 1)
    )
    assert unit.limits(date(2027, 3, 31)) == {
        first: LIMIT, moved_here: date(2027, 1, 5), unborn: date(2026, 12, 21),
    }  # fmt: skip


def test_a_review_is_to_be_held_three_months_after_the_first_conference(unit):
    case = unit.enquiry()
    unit.make(case, "book_conference", FIRST + timedelta(days=1), conference_on="2026-11-10")
    unit.make(case, "invite", FIRST + timedelta(days=1), agencies="police,school,housing")
    for agency in ("police", "school", "housing"):
        unit.make(case, "report_received", FIRST + timedelta(days=2), agency=agency)
    held = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
    for step in ("family_met", "chair_met_family", "reports_shared", "start_conference", "views_recorded"):
        unit.make(case, step, held)
    unit.make(case, "decide_plan", held, review_on="2027-02-09")
    with unit.store.reading() as tx:
        (child,) = to_hold(tx, date(2026, 11, 11), date(2027, 3, 31), again=[case]).children
    assert (child.limit, child.overdue) == (date(2027, 2, 10), False)
    with unit.store.reading() as tx:
        found = to_hold(tx, date(2026, 11, 11), date(2027, 3, 31))
        earlier = to_hold(tx, date(2026, 11, 11), date(2027, 2, 8))
    (set_day,) = found.children
    assert (set_day.earliest, set_day.limit, found.booked) == (
        date(2027, 2, 9),
        date(2027, 2, 9),
        frozenset({case}),
    ), "its day is set; an hour, a room and a chair are looked for on that day"
    assert earlier.children == ()
    unit.make(case, "rebook_conference", held, conference_on="2027-02-09", where="Oak room", begins="10:00")
    with unit.store.reading() as tx:
        assert to_hold(tx, date(2026, 11, 11), date(2027, 3, 31)).children == ()


HOURS = ((time(10), time(12)), (time(14), time(16)))


def test_what_is_proposed_breaks_nothing_and_can_be_booked_as_it_is(unit):
    """Two brothers, a child of another family, and a conference that is booked already for the same room and chair."""
    pytest.importorskip("ortools")
    from pathways.scheduling_search import propose

    one, brother, other = (unit.enquiry(each) for each in ("Ash", "Rowan", "Hazel"))
    unit.siblings(one, brother)
    booked = unit.enquiry("Willow")
    unit.make(
        booked, "book_conference", MONDAY, conference_on="2026-11-23", where="Oak room", begins="10:00", chair="chair-1"
    )  # fmt: skip
    days = [date(2026, 11, 23)]
    with unit.store.reading() as tx:
        asked = to_hold(tx, TODAY, LIMIT, first=days[0])
        (beside,) = booked_beside(tx, days, TODAY, without=[each.reference for each in asked.children])
    assert (beside.references, beside.begins, beside.chair) == ((booked,), time(10), "chair-1")
    assert [beside.in_room(each) for each in ("oak", "OAK room", "elm")] == [True, True, False]
    assert beside.of_chair("Chair-1")
    taken = frozenset({Slot(days[0], time(10), time(12))})
    slots = tuple(Slot(day, *hours) for day in days for hours in HOURS)
    found = propose(
        Instance(
            asked.children, slots, (Someone("chair-1", busy=taken), Someone("chair-2")),
            (Someone("oak", busy=taken), Someone("elm")), (Someone("minutes-1"), Someone("minutes-2")),
        )
    )  # fmt: skip
    assert sorted(sorted(each.children) for each in found.held) == [[one, brother], [other]]
    for held in found.held:
        wanted = Booking(held.children, held.slot.day, held.slot.start, held.room, held.chair)
        with unit.store.reading() as tx:
            for reference in held.children:
                breaks = what_breaks(
                    tx, case_view(tx, reference), wanted, unit.rules, TODAY, moving=held.children
                )
                assert [each.says for each in breaks if each.hard] == []
        for reference in held.children:
            unit.make(
                reference, "book_conference", MONDAY, conference_on=held.slot.day.isoformat(), where=held.room,
                begins=f"{held.slot.start:%H:%M}", chair=held.chair,
            )  # fmt: skip
    assert unit.limits(LIMIT) == {}
