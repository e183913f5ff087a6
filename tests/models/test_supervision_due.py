"""Supervision that is overdue: found overnight, shown to whoever answers for it, told without a name, gone once it is held."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.digests import digest_of
from models.file_marks import mark
from models.notices import queue_supervision
from models.register import Member, enrol
from models.retention import old_sessions
from models.supervision import record
from models.supervision_due import Overdue, note_overdue_supervision, overdue
from pathways.supervision import AGENDA, CHECKLIST, GROUP, ONE_TO_ONE, UNPLANNED, YES, Session
from tests.kept import every_row
from tests.models.office import KEEPER, NOW, SINCE, Office

NORTH = {"agency": "north school", "team": "north school"}
HELD = date(2026, 9, 28)
"""A month ends on 28 October, and 42 days on 9 November."""


def night(month, day):
    """The check of a night, at half past four."""
    return datetime(2026, month, day, 4, 30, tzinfo=UTC)


@pytest.fixture
def office(store, rules):
    made = Office(store, rules)
    for login, role, where in (
        ("head", "headteacher", NORTH), ("governor", "chair_of_governors", NORTH), ("visiting", "supervisor", {}),
        ("south-head", "headteacher", {"agency": "south school", "team": "south school"}),
    ):  # fmt: skip
        member = Member(login, f"{login} worker", roles=(role,), email=f"{login}@council.example", **where)
        enrol(made.store, member, actor=KEEPER, now=NOW, from_on=SINCE)
    hold(made, "worker", "manager", HELD + timedelta(days=20))
    return made


def hold(office, practitioner, supervisor, on, form=ONE_TO_ONE, discussed=None):
    """Put a session of the two on the record."""
    now = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    told = Session(
        form=form, held_on=on, agenda={topic.name: "as before" for topic in AGENDA},
        checklist={each.number: (YES, "") for each in CHECKLIST if not each.proved},
        none_agreed="nothing is open",
        discussed=discussed or {},
    )  # fmt: skip
    record(
        office.store, told, supervisor=supervisor, practitioner=practitioner, head_present=True,
        actor=office.sit(supervisor, now), now=now,
    )  # fmt: skip


def seen_by(office, login, at):
    office.sit(login, at)
    with office.store.reading() as tx:
        return overdue(tx)


def told(office):
    """Who was written to, and what."""
    with office.store.reading() as tx:
        logins = {row.id: row.login for row in tx.all("people_with_mail", on=NOW.date())}
        return [(logins[row.practitioner_id], row.body) for row in every_row(tx, "notice")]


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (night(10, 28), Overdue()),
        (night(10, 29), Overdue(0, 1)),
        (night(11, 9), Overdue(0, 1)),
        (night(11, 10), Overdue(1, 0)),
    ],
)
def test_the_check_finds_it_past_its_month_and_late_after_six_weeks(office, rules, at, found):
    hold(office, "teacher", "visiting", HELD)
    note_overdue_supervision(office.store, rules, at)
    for login in ("head", "visiting", "teacher"):
        assert seen_by(office, login, at) == found
    for login in ("south-head", "governor", "manager", "second"):
        assert seen_by(office, login, at) == Overdue(), login


def test_it_is_gone_once_a_one_to_one_was_held_and_not_for_a_group(office, rules):
    hold(office, "teacher", "visiting", HELD)
    note_overdue_supervision(office.store, rules, night(11, 10))
    hold(office, "teacher", "visiting", date(2026, 11, 10), GROUP)
    assert seen_by(office, "head", night(11, 11)).late == 1
    hold(office, "teacher", "visiting", date(2026, 11, 10))
    assert seen_by(office, "head", night(11, 11)) == Overdue()
    assert note_overdue_supervision(office.store, rules, night(11, 11)) == 0


def test_who_never_had_a_session_is_late_at_once(office, rules):
    note_overdue_supervision(office.store, rules, night(11, 10))
    assert seen_by(office, "head", night(11, 10)) == Overdue(1, 0)


def test_those_who_answer_for_it_are_written_to_once_and_the_governors_once_it_is_late(office, rules):
    hold(office, "teacher", "visiting", HELD)
    for at in (night(10, 29), night(10, 29), night(10, 30)):
        note_overdue_supervision(office.store, rules, at)
        queue_supervision(office.store, at)
    assert sorted(login for login, _ in told(office)) == ["head", "visiting"]
    note_overdue_supervision(office.store, rules, night(11, 10))
    assert queue_supervision(office.store, night(11, 10)) == 3
    assert sorted(login for login, _ in told(office))[:2] == ["governor", "head"]


def test_a_message_about_it_names_nobody(office, rules):
    hold(office, "teacher", "visiting", HELD)
    note_overdue_supervision(office.store, rules, night(11, 10))
    queue_supervision(office.store, night(11, 10))
    for _, body in told(office):
        assert "pathways supervision due" in body
        assert not {"teacher", "Sorrel", "Dean", "north school", "visiting"} & set(
            body.replace(".", " ").split()
        )
        assert "north school" not in body


def test_the_mornings_message_counts_it(office, rules):
    hold(office, "teacher", "visiting", HELD)
    note_overdue_supervision(office.store, rules, night(11, 10))
    for login, counted in (("head", True), ("visiting", True), ("south-head", False)):
        office.sit(login, night(11, 10))
        body, _ = digest_of(office.store, login, rules, night(11, 10))
        assert ("Supervision: 1 late." in body) is counted, login
        assert "teacher" not in body


# --- how long sessions are kept ---------------------------------------------------------------------------------------


def kept(office, rules, today):
    office.sit("head", datetime(today.year, today.month, today.day, 9, tzinfo=UTC))
    with office.store.reading() as tx:
        return [each.number for each in old_sessions(tx, rules.rulebook, today)]


def leave(office, login, on):
    with office.store.writing() as tx:
        tx.connection.execute(f"UPDATE practitioner SET to_on = '{on}' WHERE login = '{login}'")


def test_a_session_may_be_reviewed_six_years_after_the_last_day_of_whom_it_was_with(office, rules):
    """Left on 31 August 2027: six years end on 31 August 2033, that day included."""
    hold(office, "teacher", "visiting", HELD)
    assert kept(office, rules, date(2040, 1, 5)) == [], "still there: nothing is known to count from"
    leave(office, "teacher", date(2027, 8, 31))
    assert kept(office, rules, date(2033, 8, 31)) == []
    assert len(kept(office, rules, date(2033, 9, 1))) == 1


def test_a_hold_on_a_case_that_was_discussed_keeps_the_session(office, rules):
    case = office.child(team="north school")
    hold(office, "teacher", "visiting", HELD + timedelta(days=40), UNPLANNED, {case: "seen twice"})
    leave(office, "teacher", date(2027, 8, 31))
    assert len(kept(office, rules, date(2034, 1, 5))) == 1
    worker = office.sit("second")
    mark(office.store, case, "inquiry", whole_person=True, because="it asks", actor=worker, now=NOW)
    assert kept(office, rules, date(2034, 1, 5)) == []
