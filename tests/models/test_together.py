"""One conference for several children: decided child by child, written in one transaction or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.casework import Act, ChangedMeanwhile
from models.families import changing
from models.meetings import join, last_held, meeting_of
from models.people import NewPerson
from models.refusals import RefusedTogether
from models.restricting import restrict
from models.undo import undo
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.answers import MissingAnswers
from pathways.engine import Actor
from pathways.errors import NOT_FOUND, REFUSED, Mistyped
from pathways.roles import Role
from tests.casefile import COORDINATOR, NOW, complete
from tests.kept import every_row
from tests.models.office import Office

CP = pathway("child_protection")
BOOKED_FOR = date(2026, 11, 24)
MONDAY, TUESDAY = datetime(2026, 11, 23, 10, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC)
AGENCIES = "school,police,health visiting"
CHILDREN = (
    ("Ash", "Birch", date(2012, 3, 1)),
    ("Rowan", "Birch", date(2015, 5, 2)),
    ("Elm", "Birch", date(2018, 8, 3)),
    ("Hazel", "Stone", date(2021, 1, 4)),
)


@pytest.fixture
def office(store, rules):
    made = Office(store, rules)
    made.sit("manager")
    return made


def act(office, reference, trigger, now=NOW, **own):
    """A complete act on a case, as it stands."""
    row = office.row(reference)
    move = next(each for each in CP.moves_from(row.state) if each.trigger == trigger)
    return Act(reference, trigger, complete(move.records, now.date().isoformat(), **own), seen=row.version)


def together(office, references, trigger, now=NOW, own=None, **shared):
    acts = [act(office, each, trigger, now, **shared, **(own or {}).get(each, {})) for each in references]
    return office.casework.make_together(acts, actor=COORDINATOR, now=now)


def alone(office, reference, trigger, now=NOW, **own):
    asked = act(office, reference, trigger, now, **own)
    return office.casework.make(reference, trigger, actor=COORDINATOR, now=now, answers=asked.answers)


def enquired(office, person, now=NOW):
    """A child whose enquiry led to a conference that is to be held."""
    reference = office.open("child_protection", "strategy", person)
    alone(office, reference, "start_enquiry", now)
    alone(office, reference, "child_seen", now, seen="yes")
    alone(office, reference, "allocate", now)
    alone(office, reference, "decide_conference", now)
    return reference


def children(office, many=4):
    return [
        enquired(office, NewPerson(given=given, family=family, birth_date=born))
        for given, family, born in CHILDREN[:many]
    ]


def prepared(office, references):
    """Invited, reported on, met: ready but for the day."""
    together(office, references, "invite", agencies=AGENCIES)
    for agency in AGENCIES.split(","):
        together(office, references, "report_received", MONDAY, agency=agency)
    for step in ("family_met", "chair_met_family", "reports_shared"):
        together(office, references, step, MONDAY)


def meeting(office, reference, viewer=None):
    with office.store.reading() as tx:
        row = tx.one("case_by_reference", reference=reference, **({"seen_by": viewer} if viewer else {}))
        return meeting_of(tx, row.id)


def held_last(office, reference):
    with office.store.reading() as tx:
        return last_held(tx, office_case(tx, reference))


def book(office, references, on=BOOKED_FOR, now=NOW):
    return together(
        office, references, "book_conference", now, conference_on=on.isoformat(), where="Room 2, 10am"
    )


def untouched(store):
    """What the tables say, so that nothing at all can have been written."""
    with store.reading() as tx:
        return {
            table: tx.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in (
                "pathway_case",
                "deadline",
                "record",
                "meeting",
                "meeting_case",
                "episode",
                "person",
                "outbox",
            )
        }


def test_a_family_of_four_goes_through_one_conference_and_each_child_has_a_decision_of_their_own(office):
    first, second, third = children(office, 3)
    book(office, [first, second, third])
    # The youngest is added between the booking and the day.
    last = enquired(office, NewPerson(given="Hazel", family="Stone", birth_date=date(2021, 1, 4)))
    whole, line = join(office.store, last, first, actor=COORDINATOR, now=NOW)
    assert whole.references == (first, second, third, last)
    assert line.startswith("saved - entry ")
    book(office, [last])
    family = [first, second, third, last]
    assert meeting(office, last).row.id == meeting(office, first).row.id, (
        "booked for the same day, it stays in the meeting"
    )
    prepared(office, family)
    together(office, family, "start_conference", TUESDAY, agencies=AGENCIES, room="yes")
    together(
        office, family, "views_recorded", TUESDAY,
        own={first: {"child_view_heard": "yes", "child_view": "I want to stay with my brother."},
             last: {"child_view_heard": "no", "child_view_why_none": "Too young to be asked; seen at play."}},
    )  # fmt: skip
    plan, none = act(office, first, "decide_plan", TUESDAY), act(office, second, "decide_plan", TUESDAY)
    acts = [
        Act(first, "decide_plan", {**plan.answers, "review_on": "2027-02-23"}),
        Act(second, "decide_plan", {**none.answers, "review_on": "2027-02-23"}),
        act(office, third, "decide_no_plan", TUESDAY),
        Act(last, "decide_plan", {**plan.answers, "review_on": "2027-02-23"}),
    ]
    receipts = office.casework.make_together(acts, actor=COORDINATOR, now=TUESDAY)
    assert [each.reference for each in receipts] == family
    assert [office.row(each).state for each in family] == ["plan", "plan", "closed", "plan"]
    held = held_last(office, first)
    assert (held.row.status, held.row.starts_at, held.references) == ("held", TUESDAY, tuple(family))
    review = meeting(office, last)
    assert (review.row.status, review.row.booked_on, review.references) == (
        "booked",
        date(2027, 2, 23),
        (first, second, last),
    )
    with office.store.reading() as tx:
        views = [
            tx.all("records_of_case", case_id=office_id)[-2].body["child_view_heard"]
            for office_id in (tx.need("case_by_reference", reference=each).id for each in (first, last))
        ]
    assert views == [True, False], "what each child said is with that child alone"
    assert office.whole()


@pytest.mark.parametrize("wrong", range(3))
def test_a_refusal_for_one_child_refuses_all_and_says_for_whom(office, wrong):
    family = children(office, 3)
    book(office, family)
    prepared(office, [each for place, each in enumerate(family) if place != wrong])
    before = untouched(office.store)
    states = [office.row(each) for each in family]
    acts = [act(office, each, "start_conference", TUESDAY, agencies=AGENCIES, room="yes") for each in family]
    with pytest.raises(RefusedTogether) as refused:
        office.casework.make_together(acts, actor=COORDINATOR, now=TUESDAY)
    assert refused.value.code == REFUSED
    assert [each.args[0] for each in refused.value.refusals] == [family[wrong]]
    assert family[wrong] in str(refused.value)
    after = untouched(office.store)
    assert after == {**before, "outbox": before["outbox"] + 1}, "the refusal on the trail, and nothing else"
    for place, (was, reference) in enumerate(zip(states, family, strict=True)):
        now = office.row(reference)
        assert (now.state, now.facts, now.version) == (was.state, was.facts, was.version)
        assert (office.actions(reference)[-1] == "refused:start_conference") == (place == wrong)
    assert office.whole()


def test_what_follows_from_an_allowed_child_is_taken_back_with_the_refused_one(office):
    first, second = children(office, 2)
    book(office, [first, second])
    prepared(office, [first, second])
    together(office, [first, second], "start_conference", TUESDAY, agencies=AGENCIES, room="yes")
    alone(office, first, "views_recorded", TUESDAY)
    before = untouched(office.store)
    asked = [act(office, first, "decide_no_plan", TUESDAY), act(office, second, "decide_no_plan", TUESDAY)]
    with pytest.raises(RefusedTogether):
        office.casework.make_together(asked, actor=COORDINATOR, now=TUESDAY)
    assert untouched(office.store) == {**before, "outbox": before["outbox"] + 1}, (
        "no child in need case was opened"
    )


def test_an_answer_that_is_missing_for_one_child_names_the_child(office):
    first, second = children(office, 2)
    acts = [act(office, first, "invite", agencies=AGENCIES), Act(second, "invite", {})]
    entries = [len(office.trail(each)) for each in (first, second)]
    with pytest.raises(MissingAnswers, match=second):
        office.casework.make_together(acts, actor=COORDINATOR, now=NOW)
    assert [len(office.trail(each)) for each in (first, second)] == entries


def test_a_child_changed_meanwhile_stops_all(office):
    first, second = children(office, 2)
    acts = [act(office, each, "invite", agencies=AGENCIES) for each in (first, second)]
    alone(office, second, "note")
    with pytest.raises(ChangedMeanwhile, match=second):
        office.casework.make_together(acts, actor=COORDINATOR, now=NOW)
    assert "invite" not in office.actions(first)


@pytest.mark.parametrize("named", ["twice", "apart"])
def test_a_case_named_twice_or_of_another_pathway_is_a_slip(office, named):
    first = children(office, 1)[0]
    other = first if named == "twice" else office.child("Willow", "Marsh")
    with pytest.raises(Mistyped, match="named twice" if named == "twice" else "different pathways"):
        office.casework.make_together([Act(first, "note"), Act(other, "note")], actor=COORDINATOR, now=NOW)


def test_a_dry_run_for_several_says_what_would_happen_and_keeps_nothing(office):
    first, second = children(office, 2)
    before = untouched(office.store)
    acts = [act(office, each, "invite", agencies=AGENCIES) for each in (first, second)]
    receipts = office.casework.make_together(acts, actor=COORDINATOR, now=NOW, dry_run=True)
    assert [each.kept for each in receipts] == [False, False]
    assert untouched(office.store) == before


def test_a_child_added_between_conferences_has_a_first_one_in_the_review_of_the_others(office):
    """Fifteen working days from Tuesday 26 January 2027 end on Tuesday 16 February, before the review has to be held."""
    (first,) = children(office, 1)
    book(office, [first])
    prepared(office, [first])
    together(office, [first], "start_conference", TUESDAY, agencies=AGENCIES, room="yes")
    together(office, [first], "views_recorded", TUESDAY)
    alone(office, first, "decide_plan", TUESDAY, review_on="2027-02-16")
    before = held_last(office, first).row
    review = meeting(office, first).row
    assert (review.kind, review.status, review.booked_on) == (
        "review conference",
        "booked",
        date(2027, 2, 16),
    )
    january, day = datetime(2027, 1, 26, 10, tzinfo=UTC), datetime(2027, 2, 16, 10, tzinfo=UTC)
    late = enquired(office, NewPerson(given="Hazel", family="Stone", birth_date=date(2021, 1, 4)), january)
    join(office.store, late, first, actor=COORDINATOR, now=january)
    alone(office, late, "book_conference", january, conference_on="2027-02-16")
    both = [first, late]
    shared = meeting(office, late)
    assert (shared.row.id, shared.row.kind, shared.references) == (
        review.id,
        "review conference",
        (first, late),
    )
    together(office, both, "invite", january, agencies=AGENCIES)
    for agency in AGENCIES.split(","):
        together(office, both, "report_received", january, agency=agency)
    for step in ("family_met", "chair_met_family", "reports_shared"):
        together(office, both, step, day)
    together(office, both, "start_conference", day, agencies=AGENCIES, room="yes")
    assert [office.row(each).state for each in both] == ["review_conference", "conference"]
    together(office, both, "views_recorded", day)
    decided = [
        act(office, first, "continue_plan", day, review_on="2027-08-13"),
        act(office, late, "decide_plan", day, review_on="2027-05-14"),
    ]
    office.casework.make_together(decided, actor=COORDINATOR, now=day)
    assert [office.row(each).state for each in both] == ["plan", "plan"]
    with office.store.reading() as tx:
        due = [
            {row.rule: row.due_on for row in tx.all("running_deadlines", case_id=office_case(tx, each))}
            for each in both
        ]
    assert (due[0]["cp.rcpc_next"], due[1]["cp.rcpc_first"]) == (date(2027, 8, 16), date(2027, 5, 16))
    held = held_last(office, first)
    assert (held.row.id, held.row.status, held.references) == (shared.row.id, "held", (first, late))
    nexts = [meeting(office, each) for each in both]
    assert [(each.row.booked_on, each.references) for each in nexts] == [
        (date(2027, 8, 13), (first,)),
        (date(2027, 5, 14), (late,)),
    ], "two days are two meetings"
    with office.store.reading() as tx:
        earlier = [
            row for row in tx.all("meetings_of_case", case_id=office_case(tx, first)) if row.id == before.id
        ]
    assert [row.status for row in earlier] == ["held"], "the first conference stays as it was held"
    assert office.whole()


@pytest.mark.parametrize("done", ["held", "put_off"])
def test_a_review_is_a_meeting_of_its_own_and_leaves_the_first_conference_as_it_was(office, done):
    family = children(office, 2)
    book(office, family)
    prepared(office, family)
    together(office, family, "start_conference", TUESDAY, agencies=AGENCIES, room="yes")
    together(office, family, "views_recorded", TUESDAY)
    together(office, family, "decide_plan", TUESDAY, review_on="2027-02-16")
    first = held_last(office, family[0])
    review = meeting(office, family[0])
    assert (review.row.status, review.row.booked_on, review.references) == (
        "booked",
        date(2027, 2, 16),
        tuple(family),
    )
    day = datetime(2027, 2, 16, 10, tzinfo=UTC)
    if done == "put_off":
        together(office, family, "adjourn", day)
        assert (meeting(office, family[0]).row, meeting(office, family[0]).references) == (
            first.row,
            tuple(family),
        )
        return
    together(office, family, "invite", day, agencies=AGENCIES)
    for agency in AGENCIES.split(","):
        together(office, family, "report_received", day, agency=agency)
    for step in ("family_met", "chair_met_family", "reports_shared"):
        together(office, family, step, day)
    together(office, family, "start_conference", day, agencies=AGENCIES, room="yes")
    second = meeting(office, family[0])
    assert second.row.id == review.row.id
    assert (second.row.kind, second.row.starts_at, second.references) == (
        "review conference",
        day,
        tuple(family),
    )
    with office.store.reading() as tx:
        rows = tx.all("meetings_of_case", case_id=first.cases[0].id)
    assert [(row.kind, row.starts_at) for row in rows] == [
        ("review conference", day),
        ("conference", TUESDAY),
    ]


# --- the review that a conference decides on ---


def on_a_plan(office, many=2, apart=False, review_on="2027-02-16"):
    """Children whose conference decided on a plan for each; `apart`: one after the other."""
    family = children(office, many)
    book(office, family)
    prepared(office, family)
    together(office, family, "start_conference", TUESDAY, agencies=AGENCIES, room="yes")
    together(office, family, "views_recorded", TUESDAY)
    for each in [[one] for one in family] if apart else [family]:
        together(office, each, "decide_plan", TUESDAY, review_on=review_on)
    return family


@pytest.mark.parametrize("apart", [False, True])
def test_the_review_is_one_meeting_of_all_who_have_its_day_however_they_were_decided_on(office, apart):
    family = on_a_plan(office, 3, apart)
    found = {meeting(office, each).row.id for each in family}
    assert len(found) == 1
    assert meeting(office, family[0]).references == tuple(family)
    assert office.whole()


def test_the_review_is_moved_as_any_conference_is_and_the_other_child_keeps_the_day(office):
    first, second = on_a_plan(office)
    alone(
        office,
        first,
        "rebook_conference",
        TUESDAY,
        conference_on="2027-02-18",
        where="Oak room",
        begins="14:00",
    )
    assert (meeting(office, first).row.booked_on, meeting(office, first).references) == (
        date(2027, 2, 18),
        (first,),
    )
    assert (meeting(office, second).row.booked_on, meeting(office, second).references) == (
        date(2027, 2, 16),
        (second,),
    )


def test_a_decision_that_is_withdrawn_takes_its_review_along_and_brings_it_back(office):
    first, second = on_a_plan(office)
    office.store.viewer = ALL_SEEING
    boss = Actor("boss", frozenset({Role.COORDINATOR, Role.TEAM_LEADER}))
    said = {"because": "the wrong child was named", "actor": boss, "now": TUESDAY}
    withdrawn = undo(office.store, office.rules, first, entry=len(office.trail(first)), **said)
    assert (office.row(first).state, meeting(office, first).row.status) == ("conference", "held")
    assert meeting(office, second).references == (second,)
    undo(office.store, office.rules, first, entry=withdrawn.seq, **said)
    back = meeting(office, first)
    assert (back.row.kind, back.row.booked_on, back.references) == (
        "review conference",
        date(2027, 2, 16),
        (first, second),
    )
    assert office.whole()


# --- the meeting itself --------------------------------------------------------------------------------------------


def test_a_conference_booked_together_is_one_meeting_and_moves_as_one(office):
    first, second = children(office, 2)
    book(office, [first, second])
    moved = date(2026, 11, 20)
    together(office, [first, second], "rebook_conference", conference_on=moved.isoformat())
    assert meeting(office, first).row.booked_on == moved
    assert meeting(office, first).references == (first, second)


def test_a_child_who_moves_alone_leaves_the_meeting(office):
    first, second = children(office, 2)
    book(office, [first, second])
    alone(office, second, "rebook_conference", conference_on="2026-11-20")
    assert meeting(office, first).references == (first,)
    assert (meeting(office, second).references, meeting(office, second).row.booked_on) == (
        (second,),
        date(2026, 11, 20),
    )


def test_a_conference_that_is_put_off_for_all_was_not_held(office):
    first, second = children(office, 2)
    book(office, [first, second])
    number = meeting(office, first).row.id
    alone(office, first, "adjourn")
    assert meeting(office, second).references == (second,)
    alone(office, second, "adjourn")
    assert meeting(office, second) is None
    with office.store.reading() as tx:
        rows = tx.all("meetings_of_case", case_id=office_case(tx, first))
    assert [(row.id, row.status) for row in rows] == [(number, "put_off")]
    again = date(2026, 11, 23)
    book(office, [first, second], again)
    assert meeting(office, first).references == (first, second)


def office_case(tx, reference):
    return tx.need("case_by_reference", reference=reference).id


@pytest.mark.parametrize("after", ["booked", "moved"])
def test_an_undone_booking_takes_the_child_out_of_the_meeting(office, rules, after):
    from models.undo import undo

    first, second = children(office, 2)
    book(office, [first, second])
    if after == "moved":
        together(office, [first, second], "rebook_conference", conference_on="2026-11-20")
    manager = office.sit("manager")
    undo(office.store, rules, second, actor=manager, now=NOW, because="booked by mistake")
    assert meeting(office, first).references == (first,)
    there = meeting(office, second)
    assert (there and (there.references, there.row.booked_on)) == (
        ((second,), BOOKED_FOR) if after == "moved" else None
    )


def test_the_family_is_copied_as_it_is_on_the_day(office):
    (first,) = children(office, 1)
    with changing(office.store, first, actor=COORDINATOR, now=NOW) as folk:
        mother = folk.add_person(NewPerson(kind="adult", given="Hazel", family="Birch"))
        friend = folk.add_person(NewPerson(kind="adult", given="Alder", family="Stone"))
        unborn = folk.add_person(NewPerson(kind="unborn", expected_delivery_date=date(2027, 2, 1)))
        folk.relate(folk.person_id, mother, "parent", date(2012, 3, 1))
        folk.relate(folk.person_id, unborn, "half_sibling", date(2026, 10, 1))
        home = folk.begin_household(
            "home", [(folk.person_id, "child"), (mother, "adult"), (friend, "adult")], date(2026, 1, 1)
        )
        folk.leave(home, friend, date(2026, 10, 31))
    book(office, [first])
    prepared(office, [first])
    together(office, [first], "start_conference", TUESDAY, agencies=AGENCIES, room="yes")
    number = meeting(office, first).row.id
    later = TUESDAY + timedelta(days=1)
    with changing(office.store, first, actor=COORDINATOR, now=later) as folk:
        folk.leave(home, mother, later.date())
    with office.store.reading() as tx:
        copied = {
            (row.person_id, row.part) for row in every_row(tx, "meeting_person") if row.meeting_id == number
        }
        child = tx.need("case_by_reference", reference=first).person_id
    assert copied == {(child, "child"), (mother, "parent"), (mother, "household"), (unborn, "half_sibling")}


def test_of_a_restricted_sibling_nobody_else_learns_from_the_meeting(office):
    first, second = children(office, 2)
    book(office, [first, second])
    manager = office.sit("manager")
    restrict(
        office.store,
        second,
        whole_person=True,
        let_in=[],
        because="a colleague's child",
        actor=manager,
        now=NOW,
    )
    assert meeting(office, first).references == (first, second)
    office.sit("worker")
    assert meeting(office, first).references == (first,)
    with pytest.raises(Exception, match="no case") as missing:
        office.casework.make_together([Act(first, "note"), Act(second, "note")], actor=COORDINATOR, now=NOW)
    assert missing.value.code == NOT_FOUND
    alone(office, first, "rebook_conference", conference_on="2026-11-20")
    assert meeting(office, first).row.booked_on == date(2026, 11, 20), "as if the other were not there"
    assert all(second not in str(row.body) for row in office.trail(first))


@pytest.mark.parametrize(
    ("who", "to", "says"),
    [
        ("first", "first", "with --to"),
        ("first", "second", "No conference is booked"),
        ("child", "first", "child protection"),
    ],
)
def test_a_case_cannot_join_what_it_has_no_place_in(office, who, to, says):
    first, second = children(office, 2)
    named = {"first": first, "second": second, "child": office.child("Willow", "Marsh")}
    with pytest.raises(Mistyped, match=says):
        join(office.store, named[who], named[to], actor=COORDINATOR, now=NOW)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(("book_conference", "rebook_conference", "adjourn")),
            st.sets(st.integers(0, 2), min_size=1),
            st.integers(4, 24),
        ),
        max_size=6,
    )
)
def test_whatever_is_booked_a_child_is_in_one_booked_meeting_at_most_and_all_or_none_is_written(
    sqlite_url, rules, steps
):
    from shutil import copy

    from models.connecting import sqlite_path
    from models.store import open_store

    path = sqlite_path(sqlite_url)
    place = path.with_name("again.db")
    copy(path, place)
    with open_store(f"sqlite:///{place}") as store:
        office = Office(store, rules)
        family = children(office, 3)
        for trigger, chosen, day in steps:
            named = [family[each] for each in sorted(chosen)]
            on = date(2026, 11, day)
            if on.weekday() > 4:
                continue
            before = [office.row(each).version for each in family]
            try:
                together(office, named, trigger, conference_on=on.isoformat())
                moved = set(named)
            except RefusedTogether:
                moved = set()
            after = [office.row(each).version for each in family]
            assert {each for each, was, now in zip(family, before, after, strict=True) if was != now} == moved
            with store.reading() as tx:
                for each in family:
                    rows = tx.all("meetings_of_case", case_id=office_case(tx, each))
                    booked = [row for row in rows if row.status == "booked" and row.left_at is None]
                    fact = tx.need("case_by_reference", reference=each).facts.get("icpc_date")
                    assert [row.booked_on.isoformat() for row in booked] == ([fact] if fact else [])
    for leftover in place.parent.glob("again.db*"):
        leftover.unlink()
