"""Who leads a case: given, taken, handed over; on the trail, behind the gate, and as it was known on a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.as_at import case_as_at
from models.casework import Casework
from models.chronology import chronology
from models.draft_rows import NoSuchCase
from models.letting_in import exclude, grant
from models.owning import MayNotSee, NotTheirsToGive, give, led_by, teams, unled
from models.people import NewPerson
from models.queries import case_view
from models.register import Member, enrol, take_role
from models.undo import undo
from pathways import pathway
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.roles import Role
from tests.casefile import complete
from tests.models.office import KEEPER, NOW, Office

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def office(store, rules):
    return Office(store, rules)


def lead_of(office, reference):
    return office.row(reference).lead or ""


def given_to(office, by, references, to, **how):
    return give(office.store, references, to, actor=office.sit(by), now=LATER, **how)


def test_a_manager_gives_a_case_and_it_is_on_the_trail_with_the_reason(office):
    case = office.child()
    version = office.row(case).version
    (made,) = given_to(office, "manager", [case], "worker", because="back from leave")
    assert (made.before, made.lead, made.team) == ("", "worker", "front door")
    assert lead_of(office, case) == "worker"
    last = office.trail(case)[-1]
    assert (last.action, last.actor, last.from_state) == ("owner_given", "manager", last.to_state)
    assert '"because":"back from leave"' in last.body.replace(": ", ":")
    assert made.line == f"saved - entry {last.seq} - {bytes(last.hash).hex()[:8]}"
    assert office.row(case).version == version, "what somebody else has open of it still holds"
    assert office.whole()


def test_a_worker_takes_what_nobody_leads_and_nothing_else(office):
    first, second = office.child(), office.child("Elm", "Fox")
    given_to(office, "worker", [first], "worker")
    given_to(office, "manager", [second], "manager")
    with pytest.raises(NotTheirsToGive, match="decided by a manager or a coordinator"):
        given_to(office, "worker", [second], "worker")
    with pytest.raises(NotTheirsToGive):
        given_to(office, "worker", [first], "manager")
    assert (lead_of(office, first), lead_of(office, second)) == ("worker", "manager")


def test_who_may_not_see_a_case_cannot_lead_it_and_leading_lets_nobody_in(office):
    case, own = office.child(), office.child("Elm", "Fox", team="north school")
    with pytest.raises(MayNotSee, match=f"teacher may not see {case}"):
        given_to(office, "manager", [own, case], "teacher")
    assert (lead_of(office, own), lead_of(office, case)) == ("", ""), "all of them, or none"
    given_to(office, "manager", [own], "teacher")
    grant(office.store, case, "teacher", until=None, because="covers", actor=office.sit("manager"), now=NOW)
    given_to(office, "manager", [case], "teacher")
    assert lead_of(office, case) == "teacher"


def test_who_is_kept_out_cannot_lead(office):
    case = office.child()
    exclude(office.store, case, "worker", because="a relative", actor=office.sit("manager"), now=NOW)
    with pytest.raises(MayNotSee):
        given_to(office, "manager", [case], "worker")
    with pytest.raises(NoSuchCase):
        given_to(office, "worker", [case], "worker")


def test_an_allegation_is_given_by_the_cleared_to_the_cleared(office):
    case = office.allegation()
    with pytest.raises(NoSuchCase):
        given_to(office, "manager", [case], "manager")
    with pytest.raises(MayNotSee):
        given_to(office, "officer", [case], "worker")
    given_to(office, "officer", [case], "deputy")
    assert lead_of(office, case) == "deputy"


def test_a_team_takes_a_case_over_and_nobody_leads_it_until_somebody_does(office):
    case = office.child()
    given_to(office, "manager", [case], "worker")
    assert not office.sees("teacher", case)
    (made,) = given_to(office, "manager", [case], None, team="north school")
    assert (made.before, made.lead, made.team) == ("worker", "", "north school")
    assert office.sees("teacher", case)
    with office.store.reading() as tx:
        assert [row.reference for row in unled(tx, "north school")] == [case]
    with pytest.raises(Mistyped, match=r"Did you mean north school\?"):
        given_to(office, "manager", [case], None, team="noth school")


def test_a_case_and_its_new_team_go_to_somebody_of_that_team_at_once(office):
    case = office.child()
    given_to(office, "manager", [case], "teacher", team="north school")
    assert (lead_of(office, case), office.sees("teacher", case)) == ("teacher", True)


def test_everything_of_somebody_who_leaves_is_handed_over_whole(office):
    cases = [office.child(), office.child("Elm", "Fox"), office.child("Hazel", "Reed")]
    for each in cases[:2]:
        given_to(office, "manager", [each], "worker")
    take_role(office.store, "worker", None, last=NOW.date() - timedelta(days=1), actor=KEEPER)
    with office.store.reading() as tx:
        found = [row.reference for row in led_by(tx, "worker", LATER)]
    assert found == cases[:2]
    given_to(office, "second", found, "manager")
    assert [lead_of(office, each) for each in cases] == ["manager", "manager", ""]
    with pytest.raises(Mistyped, match="worker holds no role"):
        given_to(office, "second", cases, "worker")


def test_a_title_stands_for_somebody_only_where_nobody_else_has_it(office):
    case = office.child()
    with office.store.writing() as tx:
        tx.connection.execute("UPDATE pathway_case SET lead = 'Social worker'")
    office.sit("manager")
    with office.store.reading() as tx:
        assert [row.reference for row in led_by(tx, "worker", LATER)] == [case]
    office.store.viewer = office.viewer("manager")
    enrol(office.store, Member("other", "Social worker", roles=("social_worker",)), actor=KEEPER, now=NOW)
    with office.store.reading() as tx:
        assert led_by(tx, "worker", LATER) == []


def test_what_somebody_leads_and_what_nobody_leads_is_behind_the_gate(office):
    case = office.allegation()
    given_to(office, "officer", [case], "deputy")
    office.sit("worker")
    with office.store.reading() as tx:
        assert (led_by(tx, "deputy", LATER), unled(tx)) == ([], [])
    office.sit("officer")
    with office.store.reading() as tx:
        assert [row.reference for row in led_by(tx, "deputy", LATER)] == [case]


@pytest.mark.parametrize("again", ["worker", None])
def test_what_is_so_already_is_said_and_not_written_twice(office, again):
    case = office.child()
    if again:
        given_to(office, "manager", [case], again)
    entries = len(office.trail(case))
    with pytest.raises(Mistyped, match="already"):
        given_to(office, "manager", [case], again)
    assert len(office.trail(case)) == entries


def test_a_closed_case_has_nobody_who_leads_it(office):
    case = office.child()
    with office.store.writing() as tx:
        tx.connection.execute("UPDATE pathway_case SET is_open = false")
    with pytest.raises(Mistyped, match="is closed"):
        given_to(office, "manager", [case], "worker")


def test_what_is_only_tried_is_not_kept(office):
    case = office.child()
    (would,) = given_to(office, "manager", [case], "worker", dry_run=True)
    assert (would.lead, lead_of(office, case)) == ("worker", "")


def test_it_stands_in_the_chronology_and_as_it_was_known_on_a_day(office):
    case = office.child()
    given_to(office, "manager", [case], "worker")
    next_day = NOW + timedelta(days=1)
    give(office.store, [case], "manager", actor=office.sit("manager", next_day), now=next_day)
    with office.store.reading() as tx:
        view = case_view(tx, case)
        said = [each.what for each in chronology(tx, view)]
        known = case_as_at(tx, view, NOW.date())
    assert said[-2:] == ["Led from now on by worker", "Led from now on by manager"]
    assert (view.row.lead, known.row.lead) == ("manager", "worker")


def test_an_undo_leaves_who_leads_as_it_was_given(office):
    case = office.child()
    who = office.sit("manager")
    Casework(office.store, office.rules).make(
        case, "note", actor=who, now=NOW, answers={"nature": "fact", "text": "Seen at school."}
    )
    given_to(office, "manager", [case], "worker")
    undo(office.store, office.rules, case, actor=who, now=LATER, because="on the wrong case", entry=2)
    assert lead_of(office, case) == "worker"
    assert office.whole()


def test_an_allocation_that_is_withdrawn_leaves_who_was_given_the_case_since(store, rules, office):
    case = office.open("child_protection", "strategy", NewPerson(given="Rowan", family="Ash"))
    boss = Actor("manager", frozenset(Role))
    make = Casework(store, rules).make
    office.sit("manager")
    for trigger in ("start_enquiry", "allocate"):
        row = office.row(case)
        move = next(each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger)
        make(case, trigger, actor=boss, now=NOW, answers=complete(move.records, "2026-11-03"))
    allocated = office.trail(case)[-1].seq
    assert lead_of(office, case)
    given_to(office, "manager", [case], "worker")
    undo(store, rules, case, actor=boss, now=LATER, because="the wrong worker was named", entry=allocated)
    assert lead_of(office, case) == "worker"


def test_the_teams_are_those_of_the_pathways_and_of_everybody_at_work(office):
    with office.store.reading() as tx:
        assert {"assessment", "north school", "front door"} <= teams(tx, NOW)
        assert "" not in teams(tx, NOW)


STEPS = st.lists(
    st.tuples(st.sampled_from(("manager", "second", "worker")), st.sampled_from(("manager", "second", "worker", None))),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS)
def test_whoever_leads_is_who_was_given_it_last_whatever_was_refused(office, steps):
    case = office.child()
    expected = ""
    for by, to in steps:
        may = by != "worker" or (to == by and not expected)
        try:
            given_to(office, by, [case], to)
        except (NotTheirsToGive, Mistyped):
            assert not may or (to or "") == expected
            continue
        assert may
        expected = to or ""
    assert lead_of(office, case) == expected
