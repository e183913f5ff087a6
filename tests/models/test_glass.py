"""Breaking the glass: who may, for how long, and who is told of what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import glass, restricting
from models.access import NotTheirs
from pathways.errors import Mistyped
from tests.models.office import NOW, proven

LATER = NOW + timedelta(hours=1)
WHY = "covers for a colleague"


@pytest.fixture
def office(store, rules):
    yield from proven(store, rules)


def test_the_glass_is_broken_for_four_hours_for_one_person_and_one_case(office):
    case, other = office.allegation(), office.allegation("Elm", "Frost")
    worker = office.sit("worker")
    until = glass.break_glass(office.store, case, because="child in hospital now", actor=worker, now=NOW)
    assert until == NOW + timedelta(hours=4)
    assert office.sees("worker", case, NOW + timedelta(hours=3, minutes=59))
    assert not office.sees("worker", case, NOW + timedelta(hours=4))
    assert not office.sees("worker", other, LATER)
    assert not office.sees("manager", case, LATER)
    assert office.entry(case, "access_glass").actor == "worker"


def test_who_has_left_is_not_the_one_who_is_told(office):
    from models.owning import give
    from models.register import take_role

    case, manager = office.child(), office.sit("manager")
    restricting.restrict(
        office.store, case, whole_person=False, let_in=["worker"], because=WHY, actor=manager, now=NOW
    )
    give(office.store, [case], "worker", actor=manager, now=NOW)
    gone = NOW + timedelta(days=3)
    take_role(office.store, "worker", None, last=(gone - timedelta(days=1)).date(), actor=manager)
    second = office.sit("second", gone)
    glass.break_glass(office.store, case, because="child in hospital now", actor=second, now=gone)
    with office.store.reading() as tx:
        told = tx.connection.execute("SELECT practitioner_id FROM notice").fetchall()
        assert [each[0] for each in told] == [tx.need("practitioner_by_login", login="manager").id]


def test_the_owning_officers_are_told_at_once_and_of_nothing_but_the_reference(office):
    case = office.allegation("Reed", "Vale")
    worker = office.sit("worker")
    glass.break_glass(office.store, case, because="child in hospital now", actor=worker, now=NOW)
    with office.store.reading() as tx:
        notices = tx.connection.execute("SELECT practitioner_id, kind, subject, body FROM notice").fetchall()
        (officer, deputy) = (
            tx.need("practitioner_by_login", login=each).id for each in ("officer", "deputy")
        )
        (told,) = [
            each
            for each in tx.all("messages_to_relay", after=0, most=99)
            if each.event == "pathways.access.glass"
        ]
    assert [each[0] for each in notices] == [officer], "not the adult, who is an officer too"
    assert deputy not in [each[0] for each in notices]
    (_, kind, subject, body) = notices[0]
    assert kind == "urgent"
    assert case in subject
    assert case in body
    for content in ("hospital", "worker", "Reed", "Vale", "allegation", "triage"):
        assert content not in subject + body
    assert told.case_ref == case


def test_a_short_reason_breaks_nothing(office):
    case = office.allegation()
    worker = office.sit("worker")
    with pytest.raises(Mistyped, match="at least 10 characters"):
        glass.break_glass(office.store, case, because="  need it  ", actor=worker, now=NOW)
    assert not office.sees("worker", case)


def test_a_partner_agency_breaks_no_glass(office):
    case = office.allegation()
    teacher = office.sit("teacher")
    for reference in (case, "LADO-2222222"):
        with pytest.raises(NotTheirs, match="own staff"):
            glass.break_glass(
                office.store, reference, because="child in hospital now", actor=teacher, now=NOW
            )
