"""Letting somebody in to a case and keeping somebody out: on its trail, and no change of the case."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from models import access, letting_in, restricting
from models.access import NotTheirs
from models.draft_rows import NoSuchCase
from pathways.errors import NOT_ALLOWED, NOT_FOUND, Mistyped
from tests.models.office import NOW, proven

LATER = NOW + timedelta(hours=1)
WHY = "covers for a colleague"


@pytest.fixture
def office(store, rules):
    yield from proven(store, rules)


def test_somebody_let_in_sees_the_case_until_the_end_of_the_last_day_and_not_after(office):
    case = office.allegation()
    officer = office.sit("officer")
    letting_in.grant(
        office.store, case, "worker", until=date(2026, 11, 5), because=WHY, actor=officer, now=NOW
    )
    assert office.sees("worker", case, LATER)
    assert office.sees("worker", case, datetime.fromisoformat("2026-11-05T23:59:00+00:00"))
    assert not office.sees("worker", case, datetime.fromisoformat("2026-11-06T00:00:00+00:00"))
    assert not office.sees("manager", case, LATER)
    said = office.entry(case, "access_granted")
    assert (said.actor, said.from_state, said.to_state) == ("officer", "triage", "triage")
    assert '"who":"worker"' in said.body


def test_what_let_somebody_in_is_taken_back(office):
    case = office.allegation()
    officer = office.sit("officer")
    letting_in.grant(office.store, case, "worker", until=None, because=WHY, actor=officer, now=NOW)
    letting_in.revoke(office.store, case, "worker", because="back from leave", actor=officer, now=LATER)
    assert not office.sees("worker", case, LATER)
    with pytest.raises(Mistyped, match="worker is not on the list"):
        letting_in.revoke(office.store, case, "worker", because="once more", actor=officer, now=LATER)
    assert office.actions(case)[-2:] == ["access_granted", "access_revoked"]


def test_it_changes_neither_the_version_nor_what_others_hear(office):
    case = office.allegation()
    before = office.row(case)
    officer = office.sit("officer")
    letting_in.grant(office.store, case, "worker", until=None, because=WHY, actor=officer, now=NOW)
    access.look(office.store, case, actor=officer, now=LATER)
    after = office.row(case)
    assert (after.version, after.state, after.facts, after.changed_at) == (
        before.version, before.state, before.facts, before.changed_at,
    )  # fmt: skip
    assert after.seq == before.seq + 2
    with office.store.reading() as tx:
        assert [each.event for each in tx.all("messages_to_relay", after=0, most=100)] == ["pathways.move"]


def test_only_those_who_own_the_pathway_let_somebody_in(office):
    case = office.allegation()
    officer = office.sit("officer")
    letting_in.grant(office.store, case, "manager", until=None, because=WHY, actor=officer, now=NOW)
    manager = office.sit("manager", LATER)
    with pytest.raises(NotTheirs, match=r"designated officer \(LADO\)") as refused:
        letting_in.grant(office.store, case, "worker", until=None, because=WHY, actor=manager, now=LATER)
    assert refused.value.code == NOT_ALLOWED
    assert not office.sees("worker", case, LATER)


def test_to_somebody_who_does_not_see_it_the_case_is_not_there(office):
    case = office.allegation()
    manager = office.sit("manager")
    for ask in (
        lambda ref: letting_in.grant(
            office.store, ref, "worker", until=None, because=WHY, actor=manager, now=NOW
        ),
        lambda ref: letting_in.revoke(office.store, ref, "worker", because=WHY, actor=manager, now=NOW),
        lambda ref: letting_in.exclude(office.store, ref, "worker", because=WHY, actor=manager, now=NOW),
        lambda ref: restricting.restrict(
            office.store, ref, whole_person=True, let_in=[], because=WHY, actor=manager, now=NOW
        ),
        lambda ref: restricting.ask_to_lift(office.store, ref, because=WHY, actor=manager, now=NOW),
        lambda ref: restricting.decide_lift(
            office.store, ref, agreed=True, because=WHY, actor=manager, now=NOW
        ),
        lambda ref: access.look(office.store, ref, actor=manager, now=NOW),
    ):
        said = []
        for reference in (case, "LADO-2222222"):
            with pytest.raises(NoSuchCase) as refused:
                ask(reference)
            said.append(str(refused.value).replace(reference, "CASE"))
            assert refused.value.code == NOT_FOUND
        assert said[0] == said[1]
    assert office.actions(case) == ["open_to_officer"]


def test_an_officer_kept_out_by_hand_loses_the_person_and_all_their_cases(office):
    first = office.child()
    person = office.row(first).person_id
    second = office.another("missing_education", person)
    manager = office.sit("manager")
    letting_in.exclude(office.store, first, "worker", because="a relative", actor=manager, now=NOW)
    assert not office.sees("worker", first)
    assert not office.sees("worker", second)
    third = office.another("escalation", person)
    assert not office.sees("worker", third), "a case opened later is guarded too"
    assert office.sees("second", third)
