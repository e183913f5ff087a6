"""What is withdrawn where it was recorded, and rests under work on a case out of sight: it stays, and its people are told.

Whoever withdraws it learns nothing of that case: what they are told and what becomes of theirs is what it would be without.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.one_person import merge, split
from models.people import NewPerson
from models.restricting import restrict
from models.sweep import pass_due_dates
from models.undo import undo
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.roles import Role
from tests.casefile import COORDINATOR, complete
from tests.kept import every_row
from tests.models.office import NOW, Office

BOSS = Actor(
    "boss", frozenset({Role.COORDINATOR, Role.TEAM_LEADER, Role.FRONT_DOOR_MANAGER, Role.SERVICE_MANAGER})
)
UNBORN = NewPerson(kind="unborn", family="Birch", expected_delivery_date=date(2026, 12, 1))
BIRTH = {"birth_date": NOW.date().isoformat(), "how_many": "1"}
LATER = NOW + timedelta(minutes=9)
WHY = "it was another mother's child"


@pytest.fixture
def office(store, rules):
    return Office(store, rules)


def make(office, reference, trigger, now=NOW, actor=COORDINATOR, **own):
    office.store.viewer = ALL_SEEING
    row = office.row(reference)
    move = next(each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger)
    answers = complete(move.records, now.date().isoformat(), **own)
    office.casework.make(reference, trigger, actor=actor, now=now, answers=answers)


def hide(office, reference):
    restrict(
        office.store, reference, whole_person=False, let_in=[], because="x", actor=office.sit("second"), now=NOW
    )  # fmt: skip


def told(office):
    """Who is sent a message that something stays, and what it says."""
    office.store.viewer = ALL_SEEING
    with office.store.reading() as tx:
        rows = [row for row in every_row(tx, "notice") if row.body.startswith("Entry")]
        who = {row.id: row.login for row in tx.all("staff_register")}
    return [(who[row.practitioner_id], f"{row.subject} {row.body}") for row in rows]


def two_cases(office, hidden):
    """A referral of an unborn child and, if asked for, a case of child protection that few see, built upon its birth."""
    referral = office.open("front_door", "referral", UNBORN)
    make(office, referral, "record_checks")
    make(office, referral, "record_consent", given="yes")
    if not hidden:
        make(office, referral, "child_born", **BIRTH)
        return referral, ""
    protection = office.open("child_protection", "prebirth", office.row(referral).person_id)
    hide(office, protection)
    make(office, referral, "child_born", **BIRTH)
    make(office, protection, "agree_delay")
    return referral, protection


@pytest.mark.parametrize("hidden", [False, True])
def test_a_birth_is_withdrawn_alike_whether_or_not_a_hidden_case_was_built_upon_it(office, hidden):
    referral, protection = two_cases(office, hidden)
    office.sit("worker")
    done = undo(office.store, office.casework.rules, referral, because=WHY, actor=BOSS, now=LATER)
    row = office.row(referral)
    assert (done.beside, done.fallen, row.birth_date, row.person_kind) == ((), (), None, "unborn")
    assert office.whole()
    if hidden:
        assert office.row(protection).facts["birth_date"] == BIRTH["birth_date"], "it stays"
        ((login, said),) = told(office)
        assert (login, protection in said, referral in said) == ("second", True, False)
        night = NOW + timedelta(hours=20)
        pass_due_dates(office.store, office.casework.rules, night, night)
        assert len(told(office)) == 1, "once is enough"
        assert office.whole()


def test_a_case_in_sight_that_was_built_upon_it_is_named_and_bars_it(office):
    from models.undo_following import RefusedUndo

    referral, protection = two_cases(office, True)
    office.sit("second")
    with pytest.raises(RefusedUndo, match=f"passed on to {protection}"):
        undo(office.store, office.casework.rules, referral, because=WHY, actor=BOSS, now=LATER)
    assert told(office) == []


@pytest.mark.parametrize("allegation", [False, True])
def test_a_death_is_withdrawn_alike_whether_or_not_there_is_an_allegation_that_went_on(office, allegation):
    adult = NewPerson(kind="adult", given="Robin", family="Wren")
    seen = office.open("modern_slavery", pathway("modern_slavery").entries[0].name, adult)
    if allegation:
        hidden = office.open("allegations", "to_officer", office.row(seen).person_id)
    make(office, seen, "child_died", died_on=NOW.date().isoformat())
    if allegation:
        make(office, hidden, "record_setting", actor=Actor("officer", frozenset({Role.LADO})))
    office.sit("worker")
    done = undo(office.store, office.casework.rules, seen, because=WHY, actor=BOSS, now=LATER)
    assert (done.beside, done.fallen, office.row(seen).is_open) == ((), (), True)
    assert office.row(seen).died_on is None
    assert office.whole()
    assert [login for login, _ in told(office)] == (["deputy", "officer"] if allegation else [])


# --- records that are parted -----------------------------------------------------------------------------------------


def linked(office):
    """Two records of one unborn child, a birth told from the one to the other, and work that rests on it there."""
    helped, protection = (
        office.open("early_help", "early_help", UNBORN),
        office.open("child_protection", "prebirth", UNBORN),
    )
    merge(office.store, helped, protection, because="one child", actor=office.sit("manager"), now=NOW)
    make(office, helped, "child_born", **BIRTH)
    make(office, protection, "agree_delay")
    return helped, protection


def part(office, reference, login):
    actor = office.sit(login)
    split(office.store, office.casework.rules, reference, because="two children", actor=actor, now=LATER)


def test_a_link_does_not_end_while_work_in_sight_rests_on_a_birth_told_through_it(office):
    helped, protection = linked(office)
    with pytest.raises(Mistyped, match=f"of {protection} rests on the birth"):
        part(office, helped, "manager")
    office.store.viewer = ALL_SEEING
    last = len(office.trail(protection))
    undo(office.store, office.casework.rules, protection, entry=last, because=WHY, actor=BOSS, now=LATER)
    part(office, helped, "manager")
    assert "birth_date" not in office.row(protection).facts
    assert office.whole()


def test_where_it_rests_on_a_case_out_of_sight_the_link_ends_and_those_who_hold_that_case_are_told(office):
    helped, protection = linked(office)
    hide(office, protection)
    part(office, helped, "manager")
    assert office.row(protection).facts["birth_date"] == BIRTH["birth_date"]
    assert office.row(helped).birth_date == NOW.date()
    ((login, said),) = told(office)
    assert (login, protection in said, helped in said) == ("second", True, False)
    assert office.whole()
