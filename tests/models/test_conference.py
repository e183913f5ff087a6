"""The conference over the store: what it has, agencies asked again, another day, what is to be booked. Both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from models.access import NotTheirs
from models.another_day import what_breaks
from models.chasing import NothingToAsk, chase, late_cases
from models.conference import NoConference, conference
from models.meetings import meeting_of
from models.people import NewPerson, relate
from models.placing import to_hold
from models.queries import case_view
from models.register import Member, enrol
from models.undo import undo
from models.undo_following import RefusedUndo
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.bookings import Booking, hour_in
from pathways.engine import Actor
from pathways.roles import Role
from tests.casefile import CHAIR, COORDINATOR, complete

FIRST = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
LIMIT = date(2026, 11, 24)
"""Fifteen working days after Tuesday 3 November 2026."""
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY, YEAR_END = date(2026, 11, 23), date(2026, 12, 31)
KEEPER = Actor("keeper", frozenset({Role.COORDINATOR}))
MANAGER = Actor("manager-1", frozenset({Role.TEAM_LEADER}))


@pytest.fixture
def office(store, casework, rules):
    """Casework by small words, everybody seeing everything."""
    store.viewer = ALL_SEEING
    return _Office(store, casework, rules)


class _Office:
    def __init__(self, store, casework, rules):
        self.store, self.casework, self.rules = store, casework, rules

    def case(self, given: str = "Ash", started: datetime = FIRST, actor: Actor = COORDINATOR) -> str:
        """A child whose first conference is to be held."""
        entry = pathway("child_protection").entry("strategy")
        reference = self.casework.open(
            "child_protection", "strategy", person=NewPerson(given=given, family="Birch", birth_date=date(2017, 3, 1)),
            actor=COORDINATOR, now=started, answers=complete(entry.records, started.date().isoformat()),
        ).reference  # fmt: skip
        self.make(reference, "start_enquiry", started + timedelta(hours=1), actor=actor)
        self.make(reference, "child_seen", started + timedelta(hours=2), seen="yes")
        self.make(reference, "allocate", started + timedelta(hours=3), lead="worker-1")
        self.make(reference, "decide_conference", started + timedelta(hours=4))
        return reference

    def make(self, reference, trigger, now, actor=COORDINATOR, by=None, **own):
        with self.store.reading() as tx:
            row = tx.need("case_by_reference", reference=reference)
        move = next(each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger)
        return self.casework.make(
            reference, trigger, actor=actor, now=now, by=by, answers=complete(move.records, now.date().isoformat(), **own)
        )  # fmt: skip

    def invite(self, reference, agencies="housing,police,school", now=FIRST + timedelta(days=1)):
        self.make(reference, "book_conference", now, conference_on="2026-11-24", where="Oak room, 10am")
        self.make(reference, "invite", now, agencies=agencies)

    def hold(self, reference, now=MONDAY, actor=CHAIR, decision="decide_plan", **own):
        """A conference from the reports to its decision, chaired by `actor`."""
        self.invite(reference, "police")
        self.make(reference, "report_received", now, agency="police")
        for step in ("family_met", "chair_met_family", "reports_shared"):
            self.make(reference, step, now)
        self.make(reference, "start_conference", now + timedelta(hours=1), actor=actor)
        self.make(reference, "views_recorded", now + timedelta(hours=2), actor=actor)
        self.make(reference, decision, now + timedelta(hours=3), actor=actor, **own)

    def view(self, reference):
        with self.store.reading() as tx:
            return case_view(tx, reference)

    def conference(self, reference, today=TODAY):
        view = self.view(reference)
        with self.store.reading() as tx:
            return conference(tx, view, self.rules, today)

    def breaks(self, reference, day, today=TODAY, where="", begins=None, chair="", moving=()):
        view = self.view(reference)
        with self.store.reading() as tx:
            return what_breaks(
                tx,
                view,
                Booking((reference,), day, begins or hour_in(where), where, chair),
                self.rules,
                today,
                moving=moving,
            )

    def to_hold(self, until=YEAR_END, **own):
        with self.store.reading() as tx:
            return to_hold(tx, TODAY, until, **own)

    def siblings(self, one, other):
        rows = [self.view(each).row for each in (one, other)]
        with self.store.writing() as tx:
            relate(tx, rows[0].person_id, rows[1].person_id, "sibling", date(2020, 1, 1), FIRST)

    def chair(self, login):
        enrol(self.store, Member(login, "Chair", roles=("conference_chair",), given="Fern", family="Lake"),
              actor=KEEPER, now=FIRST, from_on=date(2026, 1, 5))  # fmt: skip

    def asked(self, reference):
        with self.store.reading() as tx:
            return [
                row for row in tx.all("trail_of_case", reference=reference) if row.action == "report_chased"
            ]

    def outbox(self):
        with self.store.reading() as tx:
            rows = tx.all("messages_to_relay", after=0, most=1000)
        return [row for row in rows if row.event == "pathways.report.chased"]


# --- as it stands -------------------------------------------------------------------------------------------------


def test_what_was_written_down_is_what_the_conference_has(office):
    case = office.case()
    office.invite(case)
    office.make(case, "report_received", MONDAY - timedelta(days=5), agency="police", seen_on="2026-11-18")
    office.make(case, "attendance", MONDAY, who="mother", part="family", invited="yes", reply="coming")
    found = office.conference(case)
    assert (found.booked_on, found.limit.rule, found.limit.due_on) == (LIMIT, "cp.icpc", LIMIT)
    assert [(each.agency, each.due_on, each.late_by) for each in found.reports] == [
        ("housing", date(2026, 11, 20), 1), ("police", date(2026, 11, 20), None), ("school", date(2026, 11, 20), 1),
    ]  # fmt: skip
    assert found.reports[1].shared_on == date(2026, 11, 18)
    assert [each.who for each in found.invitees] == ["mother"]
    assert found.lacking[0] == "2 reports (housing, school)"


def test_nothing_of_one_conference_counts_for_the_next(office):
    case = office.case()
    office.make(case, "attendance", MONDAY, who="mother", part="family", invited="yes", reply="coming")
    office.hold(case, review_on="2027-02-15", dissent="The nurse disagreed.", disagreement="yes")
    found = office.conference(case)
    assert (found.reports, found.invitees, found.board) == ((), (), {})
    assert found.decision is not None
    assert found.decision.body["dissent"] == "The nurse disagreed."
    assert found.booked_on == date(2027, 2, 15)


def test_after_a_decision_on_no_plan_the_last_conference_can_still_be_looked_at(office):
    case = office.case()
    office.hold(case, decision="decide_no_plan_close")
    found = office.conference(case)
    assert [each.agency for each in found.reports] == ["police"]
    assert found.board["safety"] == "An invented answer."
    assert found.lacking == ()


def test_a_report_that_is_withdrawn_is_not_in(office):
    case = office.case()
    office.invite(case, "police")
    receipt = office.make(case, "report_received", MONDAY, agency="police")
    undo(
        office.store,
        office.rules,
        case,
        actor=COORDINATOR,
        now=MONDAY,
        entry=receipt.seq,
        because="Another child's report.",
    )
    (report,) = office.conference(case).reports
    assert report.missing


def test_a_case_in_the_enquiry_has_no_conference_yet(office):
    entry = pathway("child_protection").entry("strategy")
    case = office.casework.open(
        "child_protection", "strategy", person=NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1)),
        actor=COORDINATOR, now=FIRST, answers=complete(entry.records, "2026-11-03"),
    ).reference  # fmt: skip
    with pytest.raises(NoConference):
        office.conference(case)


# --- asking again ------------------------------------------------------------------------------------------------------


def ask(office, case, now=MONDAY, actor=COORDINATOR, **own):
    return chase(office.store, office.rules, case, actor=actor, now=now, **own)


def test_every_agency_that_owes_a_report_is_asked_with_an_entry_and_a_message_each(office):
    case = office.case()
    office.invite(case)
    office.make(case, "report_received", MONDAY, agency="police")
    before = office.view(case).row
    assert [(each.agency, each.asked) for each in ask(office, case)] == [("housing", True), ("school", True)]
    after = office.view(case).row
    assert (after.state, after.facts, after.version) == (before.state, before.facts, before.version)
    assert len(office.asked(case)) == 2
    told = {row.key.split("/")[2]: row for row in office.outbox()}
    assert {name: row.to_roles for name, row in told.items()} == {"housing": "", "school": "dsl"}
    assert told["school"].due_on == date(2026, 11, 20)
    assert verify(office.store, office.rules).whole


def test_nothing_is_sent_twice_on_a_day_and_again_the_day_after(office):
    case = office.case()
    office.invite(case, "housing")
    assert ask(office, case)[0].asked
    assert not ask(office, case, MONDAY + timedelta(hours=8), MANAGER)[0].asked
    assert (len(office.asked(case)), len(office.outbox())) == (1, 1)
    assert ask(office, case, MONDAY + timedelta(days=1))[0].asked
    assert [each.day for each in office.conference(case).reports[0].chased] == [23, 24]


def test_the_day_is_londons(office):
    """On 29 June 2026 at half past eleven at night in London it is still the 29th, and half past ten in UTC."""
    early = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)
    case = office.case(started=early)
    office.make(case, "invite", early + timedelta(days=1), agencies="housing")
    late, next_day = datetime(2026, 6, 29, 22, 30, tzinfo=UTC), datetime(2026, 6, 29, 23, 30, tzinfo=UTC)
    assert ask(office, case, late)[0].asked
    assert ask(office, case, next_day)[0].asked


def test_what_went_out_is_not_undone_and_does_not_stand_in_the_way_of_an_undo(office):
    case = office.case()
    office.invite(case, "housing")
    (made,) = ask(office, case)
    undoing = {"actor": MANAGER, "now": MONDAY, "because": "The wrong case."}
    with pytest.raises(RefusedUndo):
        undo(office.store, office.rules, case, entry=made.seq, **undoing)
    assert undo(office.store, office.rules, case, dry_run=True, **undoing).entry.action == "invite"


def test_a_dry_run_leaves_no_entry_and_no_message(office):
    case = office.case()
    office.invite(case)
    assert len(ask(office, case, dry_run=True)) == 3
    assert (office.asked(case), office.outbox()) == ([], [])


def test_only_what_is_late_is_asked_for_where_that_is_wanted(office):
    case = office.case()
    office.invite(case)
    friday = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    with pytest.raises(NothingToAsk, match="they are due on 20 November 2026"):
        ask(office, case, friday, only_late=True)
    assert len(ask(office, case, only_late=True)) == 3


def test_late_cases_are_found_the_longest_overdue_first(office):
    one, other = office.case(), office.case("Rowan")
    office.invite(one)
    office.invite(other)
    for agency in ("housing", "police", "school"):
        office.make(other, "report_received", MONDAY - timedelta(days=5), agency=agency)
    with office.store.reading() as tx:
        assert late_cases(tx, MONDAY) == [one]


def test_somebody_whose_task_it_is_not_asks_nobody(office):
    case = office.case()
    office.invite(case)
    with pytest.raises(NotTheirs):
        ask(office, case, actor=Actor("nurse", frozenset({Role.HEALTH})))
    assert office.asked(case) == []


def test_two_at_once_send_one_message(office):
    """The second has looked before the first wrote: its entry has the same key, and is not written."""
    case = office.case()
    office.invite(case, "housing")
    ask(office, case)
    with office.store.reading() as tx:
        keys = [row.key for row in tx.all("trail_of_case", reference=case) if row.key]
    assert keys == [f"{case}/report_chased/housing/2026-11-23"]


# --- another day --------------------------------------------------------------------------------------------------------


def says(found) -> str:
    return " ".join(each.says for each in found)


def test_a_day_within_the_limit_breaks_nothing_of_it(office):
    case = office.case()
    office.make(case, "book_conference", FIRST + timedelta(days=1), conference_on="2026-11-20")
    assert not any(each.hard for each in office.breaks(case, LIMIT))
    assert "1 working day after the limit in law, 24 November 2026" in says(
        office.breaks(case, LIMIT + timedelta(days=1))
    )


def test_reports_that_could_no_longer_be_in_time_are_named(office):
    case = office.case()
    office.invite(case, "housing,police")
    found = says(office.breaks(case, LIMIT))
    assert "would have been due on 20 November 2026: housing, police would be late" in found


def test_brothers_and_sisters_and_a_taken_room_are_named(office):
    one, other, third = office.case(), office.case("Rowan"), office.case("Hazel")
    office.siblings(one, other)
    office.invite(one, "police")
    office.invite(other, "police")
    office.make(
        third,
        "book_conference",
        FIRST + timedelta(days=1),
        conference_on="2026-11-23",
        where="oak  room, 10am",
    )
    found = says(office.breaks(one, TODAY, where="Oak room, 10am"))
    assert f"Brothers and sisters stay on 24 November 2026 unless they are moved too: {other}." in found
    assert f"The room (Oak room) is booked on that day at 10am for {third}." in found


def test_a_weekend_is_no_working_day(office):
    case = office.case()
    assert "28 November 2026 is no working day." in says(office.breaks(case, date(2026, 11, 28)))


# --- what is to be booked -----------------------------------------------------------------------------------------------


def test_what_is_not_booked_is_to_be_placed_within_its_limit(office):
    case, booked = office.case(), office.case("Rowan")
    office.invite(booked)
    (child,) = office.to_hold().children
    assert (child.reference, child.limit, child.overdue) == (case, LIMIT, False)
    assert {each.reference for each in office.to_hold(again=[booked]).children} == {case, booked}


def test_a_limit_that_has_passed_is_overdue_and_one_that_is_far_off_waits(office):
    late = office.case(started=FIRST - timedelta(days=4))
    office.case("Rowan", started=FIRST + timedelta(days=20))
    found = office.to_hold(until=LIMIT, first=TODAY).children
    assert [(each.reference, each.overdue) for each in found] == [(late, True)]


def test_brothers_and_sisters_are_one_family_and_others_are_none(office):
    one, other, apart = office.case(), office.case("Rowan"), office.case("Hazel")
    office.siblings(one, other)
    families = {each.reference: each.family for each in office.to_hold().children}
    assert families == {one: one, other: one, apart: ""}


def test_a_booked_conference_is_placed_afresh_with_the_brothers_and_sisters(office):
    one, other, apart = office.case(), office.case("Rowan"), office.case("Hazel")
    office.siblings(one, other)
    for each in (one, other, apart):
        office.invite(each, "police")
    assert {each.reference for each in office.to_hold(again=[one]).children} == {one, other}


def test_the_chair_of_the_last_conference_is_known_and_who_manages_the_case_is_kept_out(office):
    office.chair("chair-3")
    office.chair("manager-1")
    case = office.case(actor=MANAGER)
    office.hold(case, review_on="2027-02-15", lead="worker-1")
    (child,) = office.to_hold(until=date(2027, 12, 31), again=[case]).children
    assert child.last_chair == "chair-3"
    assert {"manager-1", "worker-1"} <= child.managed_by
    assert "chair-3" not in child.managed_by


# --- double booking ------------------------------------------------------------------------------------------------------


def booked(office, given="Hazel", on="2026-11-23", **own):
    case = office.case(given)
    office.make(case, "book_conference", FIRST + timedelta(days=1), conference_on=on, **own)
    return case


def hard(found) -> list[str]:
    return [each.says for each in found if each.hard]


def test_a_room_is_double_booked_at_overlapping_hours_and_not_at_others(office):
    case = booked(office, "Ash", "2026-11-20", where="Oak room", begins="10:00")
    other = booked(office, where="Oak room", begins="11:00")
    assert f"The room (oak room) is booked on that day at 11am for {other}." in hard(
        office.breaks(case, TODAY, where="oak room", begins=time(10))
    )
    for begins, where in ((time(13), "Oak room"), (time(10), "Elm room")):
        assert not [
            each for each in hard(office.breaks(case, TODAY, where=where, begins=begins)) if other in each
        ]


def test_an_hour_that_nobody_knows_is_said_and_breaks_nothing(office):
    case = booked(office, "Ash", "2026-11-20", where="Oak room", begins="10:00")
    booked(office, where="Oak room")
    found = office.breaks(case, TODAY, where="Oak room", begins=time(10))
    assert "whether the hours meet is not known" in says(found)
    assert not [each for each in hard(found) if "Oak" in each]


def test_a_chair_is_double_booked_whether_named_or_of_the_last_conference(office):
    office.chair("chair-3")
    named = booked(office, where="Elm room", begins="10:00", chair="chair-3")
    case = booked(office, "Ash", "2026-11-20", where="Oak room", begins="10:00", chair="chair-3")
    says_so = f"The chair (chair-3) is booked on that day at 10am for {named}."
    assert says_so in hard(office.breaks(case, TODAY, where="Oak room", begins=time(9), chair="chair-3"))
    assert says_so not in hard(office.breaks(case, TODAY, where="Oak room", begins=time(12), chair="chair-3"))


def test_who_manages_the_case_does_not_chair_for_the_child(office):
    office.chair("chair-3")
    case = booked(office, "Ash", "2026-11-20", where="Oak room", begins="10:00")
    lead = office.view(case).row.lead
    assert f"{lead} has a part in managing this case" in says(office.breaks(case, TODAY, chair=lead))
    found = office.breaks(case, TODAY, chair="nobody-9")
    assert "nobody-9 is nobody who chairs conferences on the staff register." in says(found)


def test_a_sibling_with_a_conference_of_their_own_at_that_hour_is_named(office):
    case = booked(office, "Ash", "2026-11-20", where="Oak room", begins="10:00")
    other = booked(office, "Rowan", where="Elm room", begins="10:30")
    office.siblings(case, other)
    found = hard(office.breaks(case, TODAY, where="Oak room", begins=time(10)))
    assert any(f"conference of their own on that day at 10.30am: {other}" in each for each in found)
    assert any(f"pathways meeting {case} add --to {other}" in each for each in found)
    assert not [
        each
        for each in hard(office.breaks(case, TODAY, where="Oak room", begins=time(14)))
        if "their own" in each
    ]


def test_children_who_are_moved_together_do_not_stand_in_each_others_way(office):
    first, second = office.case(), office.case("Rowan")
    office.siblings(first, second)
    for case in (first, second):
        office.make(
            case, "book_conference", FIRST, conference_on="2026-11-24", where="Oak room", begins="10:00"
        )
    apart = office.breaks(first, LIMIT, where="Oak room", begins=time(11))
    assert any("Oak room" in each for each in hard(apart))
    together = office.breaks(first, LIMIT, where="Oak room", begins=time(11), moving=[second])
    assert not [each for each in hard(together) if second in each]


def test_another_hour_or_chair_moves_the_meeting_and_what_is_left_out_stays(office):
    case = booked(office, "Ash", "2026-11-20", where="Oak room", begins="10:00", chair="chair-3")
    office.make(
        case,
        "rebook_conference",
        MONDAY - timedelta(days=5),
        conference_on="2026-11-24",
        where="Oak room, 2pm",
    )
    case_id = office.view(case).row.id
    with office.store.reading() as tx:
        row = meeting_of(tx, case_id).row
    assert (row.booked_on, row.chair, row.place) == (LIMIT, "chair-3", "Oak room, 2pm")
    assert row.begins_at == datetime(2026, 11, 24, 14, tzinfo=UTC)


def test_an_undone_change_of_hour_puts_room_hour_and_chair_back(office):
    case = booked(office, "Ash", "2026-11-24", where="Oak room", begins="10:00", chair="chair-3")
    case_id = office.view(case).row.id
    for on in ("2026-11-24", "2026-11-20"):
        office.make(
            case,
            "rebook_conference",
            FIRST + timedelta(days=2),
            conference_on=on,
            where="Elm room",
            begins="14:00",
        )
        undo(
            office.store,
            office.rules,
            case,
            actor=MANAGER,
            now=FIRST + timedelta(days=2),
            because="It was another child's.",
        )
        with office.store.reading() as tx:
            row = meeting_of(tx, case_id).row
        assert (row.booked_on, row.place, row.chair) == (LIMIT, "Oak room", "chair-3")
        assert row.begins_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
