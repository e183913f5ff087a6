"""Supervision: what a session must hold, who reads and signs it, actions carried on, and what proves it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.access import NotTheirs
from models.draft_rows import NoSuchCase
from models.file_marks import mark
from models.register import Member, enrol
from models.supervision import NoSuchAction, NoSuchSession, actions, end_action, read, record, sessions, sign
from models.supervision_ahead import ahead, two_of
from models.supervision_next import due, met, team_meetings
from models.supervision_proof import faults
from models.viewer import ALL_SEEING
from pathways.errors import Mistyped
from pathways.file_lists import WATCHED
from pathways.supervision import (
    AGENDA,
    CARRIED,
    CHECKLIST,
    DONE,
    DROPPED,
    GROUP,
    HEAD,
    ONE_TO_ONE,
    PRACTITIONER,
    SUPERVISOR,
    UNPLANNED,
    YES,
    Agreed,
    NotComplete,
    Reviewed,
    Session,
)
from tests.models.office import KEEPER, NOW, SINCE, Office

TODAY = NOW.date()
PRIVATE = "Quillwort feels worn out"
NORTH = {"agency": "north school", "team": "north school"}


@pytest.fixture
def office(store, rules):
    made = Office(store, rules)
    for member in (
        Member("head", "Headteacher", roles=("headteacher",), **NORTH),
        Member("deputy-dsl", "Deputy lead", roles=("deputy_dsl",), **NORTH),
        Member(
            "south-head", "Headteacher", agency="south school", team="south school", roles=("headteacher",)
        ),
        Member("visiting", "Supervisor", roles=("supervisor",)),
    ):
        enrol(made.store, member, actor=KEEPER, now=NOW, from_on=SINCE)
    return made


def told(on=TODAY, *, form=ONE_TO_ONE, discussed=None, **own):
    """A session that lacks nothing, with one action."""
    return Session(
        **{
            "form": form,
            "held_on": on,
            "agenda": {topic.name: PRIVATE for topic in AGENDA},
            "checklist": {each.number: (YES, "") for each in CHECKLIST if not each.proved},
            "discussed": discussed or {},
            "agreed": (Agreed("read the neglect toolkit", "teacher", on + timedelta(days=14)),),
        }
        | own
    )  # fmt: skip


def recorded(
    office, session, *, by="visiting", supervisor="visiting", practitioner="teacher", head=False, now=NOW
):
    actor = office.sit(by, now)
    return record(
        office.store, session, supervisor=supervisor, practitioner=practitioner, head_present=head, actor=actor, now=now
    )  # fmt: skip


def reading(office, login, number):
    office.sit(login)
    with office.store.reading() as tx:
        return read(tx, number)


def signed(office, login, number, **own):
    actor = office.sit(login)
    return sign(office.store, number, actor=actor, now=NOW, **own)


@pytest.mark.sqlcipher
def test_a_session_is_signed_by_both_and_by_a_head_who_was_not_there(office):
    number = recorded(office, told())
    session = reading(office, "teacher", number)
    assert (session.state, session.left_to_sign) == ("held", (PRACTITIONER, HEAD))
    assert session.body["agenda"]["workload"] == PRIVATE
    assert signed(office, "teacher", number).left_to_sign == (HEAD,)
    with pytest.raises(Mistyped, match="what they make of the session"):
        signed(office, "head", number, said="fine")
    done = signed(office, "head", number, said="well led; see the action on neglect")
    assert (done.left_to_sign, done.state) == ((), "actions_open")
    assert done.signatures[-1].said == "well led; see the action on neglect"
    (action,) = done.actions
    office.sit("teacher")
    end_action(office.store, action.id, outcome=DONE, on=TODAY, actor=office.actor("teacher"), now=NOW)
    assert reading(office, "head", number).state == "closed"
    assert office.whole()


def test_a_head_who_was_there_need_not_sign(office):
    number = recorded(office, told(), head=True)
    assert signed(office, "teacher", number).left_to_sign == ()


def test_a_head_who_supervises_was_there(office):
    number = recorded(office, told(), by="head", supervisor="head")
    assert reading(office, "head", number).row.head_present
    assert signed(office, "teacher", number).left_to_sign == ()


def test_a_head_signs_for_one_who_cannot_and_nobody_else_does(office):
    number = recorded(office, told(), by="teacher")
    with pytest.raises(NotTheirs, match="Only the head"):
        signed(office, "teacher", number, instead_of=SUPERVISOR, said="away for weeks")
    session = signed(
        office, "head", number, instead_of=SUPERVISOR, said="has left; the notes agree with mine"
    )
    assert session.left_to_sign == (), "a head who signs for somebody has read it"
    with pytest.raises(Mistyped):
        signed(office, "visiting", number, instead_of="head")


def test_nobody_signs_twice(office):
    number = recorded(office, told())
    with pytest.raises(Mistyped, match="has that signature already"):
        signed(office, "visiting", number)


@pytest.mark.parametrize("login", ["south-head", "deputy-dsl", "worker", "manager", "officer"])
def test_nobody_but_the_two_and_their_head_reads_a_session(office, login):
    number = recorded(office, told())
    office.sit(login)
    with office.store.reading() as tx:
        assert sessions(tx) == []
        assert actions(tx) == []
        with pytest.raises(NoSuchSession):
            read(tx, number)
        action = tx.all("actions_of_supervision", supervision_id=number, today=TODAY, seen_by=ALL_SEEING)[
            0
        ].id
    with pytest.raises(NoSuchSession):
        signed(office, login, number)
    with pytest.raises(NoSuchAction):
        end_action(office.store, action, outcome=DONE, on=TODAY, actor=office.actor(login), now=NOW)


def test_a_service_manager_reads_social_cares_sessions_and_a_headteacher_does_not(office):
    number = recorded(
        office, told(agreed=(), none_agreed="nothing new"), by="manager", supervisor="manager", practitioner="worker"
    )  # fmt: skip
    session = reading(office, "second", number)
    assert (session.row.kind, session.left_to_sign) == ("social_care", (PRACTITIONER,))
    office.sit("head")
    with office.store.reading() as tx, pytest.raises(NoSuchSession):
        read(tx, number)


def test_only_one_of_the_two_records_a_session(office):
    with pytest.raises(NotTheirs, match="neither"):
        recorded(office, told(), by="head")


@pytest.mark.parametrize(
    ("supervisor", "practitioner", "words"),
    [
        ("teacher", "teacher", "two people"),
        ("worker", "teacher", "no role that supervises"),
        ("visiting", "nobody", "does not know the login"),
    ],
)
def test_who_supervises_whom_is_looked_at(office, supervisor, practitioner, words):
    with office.store.reading() as tx, pytest.raises(Mistyped, match=words):
        two_of(tx, supervisor, practitioner, TODAY)


def test_what_cannot_be_is_refused_and_nothing_is_kept(office):
    for session in (
        told(TODAY + timedelta(days=1)), told(form="walk"), told(checklist={}), told(agenda={}),
        told(reviewed={99: Reviewed(DONE, TODAY)}), told(agreed=(), none_agreed=""),
    ):  # fmt: skip
        with pytest.raises((Mistyped, NotComplete)):
            recorded(office, session)
    with office.store.reading() as tx:
        assert tx.all("supervisions", login="", today=TODAY, seen_by=ALL_SEEING) == []
        assert tx.one("last_entry", reference=f"~{office.store.viewer.id}") is None
    recorded(office, told())
    with pytest.raises(Mistyped, match="on the record already"):
        recorded(office, told())


# --- cases ------------------------------------------------------------------------------------------------------------


def plans(office):
    """A protection enquiry, an early help case and a watched child at north school; a case elsewhere."""
    protection = office.open("child_protection", "strategy", person("Ash"), team="north school")
    early = office.open("early_help", "early_help", person("Elm"), team="north school")
    watched = office.open("front_door", "referral", person("Fir"), team="north school")
    office.open("child_protection", "strategy", person("Oak"), team="assessment")
    office.sit("teacher")
    mark(
        office.store,
        watched,
        WATCHED,
        whole_person=True,
        because="quiet",
        actor=office.actor("teacher"),
        now=NOW,
    )
    return protection, early, watched


def person(given):
    from models.people import NewPerson

    return NewPerson(given=given, family="Birch", birth_date=date(2017, 3, 1))


def test_a_leads_session_talks_about_every_case_of_the_school_and_every_watched_child(office):
    protection, early, watched = plans(office)
    office.sit("visiting")
    with office.store.reading() as tx:
        found = ahead(tx, two_of(tx, "visiting", "teacher", TODAY))
    assert found.cases == {protection: "child_protection", early: "early_help", watched: WATCHED}
    with pytest.raises(NotComplete, match="not talked about: EH-2026-0001, RF-2026-0001"):
        recorded(office, told(discussed={protection: "seen twice"}))
    said = dict.fromkeys(found.cases, "seen twice")
    number = recorded(office, told(discussed=said))
    session = reading(office, "teacher", number)
    assert [(row.reference, what) for row, what in session.cases] == sorted(said.items())
    assert session.body["checklist"]["4"] == ["yes", "all 1 were"]
    assert session.body["checklist"]["8"] == ["none", "none was open"]


@pytest.mark.sqlcipher
def test_each_case_bears_the_mark_of_its_supervision(office):
    protection, early, watched = plans(office)
    recorded(office, told(discussed={protection: "seen twice", early: "no change", watched: "no change"}))
    for case in (protection, early, watched):
        assert office.actions(case)[-1] == "filing_supervised"
    assert office.whole()


def test_a_social_worker_talks_about_the_cases_that_they_lead(office):
    own = office.open("child_protection", "strategy", person("Yew"), team="assessment")
    office.open("child_protection", "strategy", person("Oak"), team="assessment")
    with office.store.writing() as tx:
        mark_ = "%s" if office.store.dialect == "postgresql" else "?"
        tx.connection.execute(f"UPDATE pathway_case SET lead = 'worker' WHERE reference = {mark_}", (own,))
    office.sit("manager")
    with office.store.reading() as tx:
        assert ahead(tx, two_of(tx, "manager", "worker", TODAY)).cases == {own: "child_protection"}


def test_a_case_that_is_not_theirs_to_see_is_not_discussed(office):
    hidden = office.allegation()
    with pytest.raises(NoSuchCase):
        recorded(office, told(discussed={hidden: "what is said"}))
    assert office.actions(hidden)[-1] != "filing_supervised"


def test_a_case_that_the_reader_may_not_see_is_not_shown_in_the_session(office):
    hidden = office.open("front_door", "referral", person("Ash"), team="assessment")
    number = recorded(office, told(discussed={hidden: "seen twice"}))
    assert [row.reference for row, _ in reading(office, "visiting", number).cases] == [hidden]
    assert reading(office, "teacher", number).cases == ()


# --- actions ----------------------------------------------------------------------------------------------------------


@pytest.mark.sqlcipher
def test_an_action_is_carried_to_the_next_session_until_it_is_done(office):
    recorded(office, told(date(2026, 9, 1)))
    (first,) = reading_actions(office)
    assert first.due_on == date(2026, 9, 15)
    with pytest.raises(NotComplete, match=f"earlier sessions were not looked at: {first.id}"):
        recorded(office, told(date(2026, 10, 1), agreed=(), none_agreed="go on"))
    carried = told(date(2026, 10, 1), agreed=(), none_agreed="go on", reviewed={first.id: Reviewed(CARRIED)})
    second = recorded(office, carried)
    assert reading(office, "teacher", second).body["checklist"]["8"] == ["no", f"not done: {first.id}"]
    assert [each.id for each in reading_actions(office)] == [first.id]
    late = told(
        date(2026, 11, 2), agreed=(), none_agreed="go on", reviewed={first.id: Reviewed(DONE, date(2026, 10, 20))}
    )  # fmt: skip
    third = recorded(office, late)
    assert reading(office, "teacher", third).body["checklist"]["8"] == ["no", f"done late: {first.id}"]
    assert reading_actions(office) == []
    assert office.whole()


def reading_actions(office):
    office.sit("teacher")
    with office.store.reading() as tx:
        return actions(tx)


def test_an_action_is_dropped_only_with_a_reason_and_ends_once(office):
    recorded(office, told())
    (row,) = reading_actions(office)
    teacher = office.actor("teacher")
    with pytest.raises(Mistyped, match="why it is dropped"):
        end_action(office.store, row.id, outcome=DROPPED, on=TODAY, actor=teacher, now=NOW)
    with pytest.raises(Mistyped, match="still to come"):
        end_action(office.store, row.id, outcome=DONE, on=TODAY + timedelta(days=1), actor=teacher, now=NOW)
    with pytest.raises(Mistyped, match="not before that"):
        end_action(office.store, row.id, outcome=DONE, on=TODAY - timedelta(days=1), actor=teacher, now=NOW)
    end_action(
        office.store, row.id, outcome=DROPPED, on=TODAY, why="the course is closed", actor=teacher, now=NOW
    )
    with pytest.raises(NoSuchAction):
        end_action(office.store, row.id, outcome=DONE, on=TODAY, actor=teacher, now=NOW)


# --- when it is due ---------------------------------------------------------------------------------------------------


def dates(office, login, today=TODAY):
    actor = office.sit(login, datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
    with office.store.reading() as tx:
        return {each.login: each for each in due(tx, office.rules, today, actor=actor)}


def test_supervision_is_due_in_a_month_and_late_after_six_weeks(office):
    """After 28 September 2026 a month ends on 28 October, and 42 days on 9 November."""
    assert dates(office, "head")["teacher"].next.late(TODAY), "never held: due now"
    recorded(office, told(date(2026, 9, 28)))
    found = dates(office, "teacher")["teacher"]
    assert found.next.aim.due.due == date(2026, 10, 28)
    assert found.next.last.due.due == date(2026, 11, 9)
    assert found.next.aim_missed(TODAY)
    assert not found.next.late(date(2026, 11, 9))
    assert found.next.late(date(2026, 11, 10))


@pytest.mark.parametrize("form", [GROUP, UNPLANNED])
def test_a_group_or_a_talk_in_between_does_not_move_the_next_date(office, form):
    recorded(office, told(date(2026, 9, 28)))
    recorded(office, told(date(2026, 11, 2), form=form))
    assert dates(office, "teacher")["teacher"].last_on == date(2026, 9, 28)


def test_who_sees_when_somebodys_supervision_is_due(office):
    assert set(dates(office, "teacher")) == {"teacher"}
    assert set(dates(office, "head")) == {"teacher", "deputy-dsl"}
    assert set(dates(office, "south-head")) == set()
    assert set(dates(office, "visiting")) == set()
    assert set(dates(office, "second")) == {"worker"}
    recorded(office, told())
    assert set(dates(office, "visiting")) == {"teacher"}


def test_a_team_meets_again_in_fourteen_days(office):
    teacher = office.sit("teacher")
    met(office.store, "north school", date(2026, 10, 26), actor=teacher, now=NOW)
    with pytest.raises(Mistyped):
        met(office.store, "north school", date(2026, 10, 26), actor=teacher, now=NOW)
    with pytest.raises(NotTheirs):
        met(office.store, "assessment", TODAY, actor=teacher, now=NOW)
    with office.store.reading() as tx:
        ((team, last, found),) = team_meetings(tx, office.rules, TODAY)
    assert (team, last, found.due.due) == ("north school", date(2026, 10, 26), date(2026, 11, 9))
    office.sit("south-head")
    with office.store.reading() as tx:
        assert team_meetings(tx, office.rules, TODAY) == []
    assert office.whole()


# --- proof ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE supervision SET held_on = '2026-11-02'", "is not what was recorded"),
        ("UPDATE supervision SET fingerprint = 'other'", "is not what was recorded"),
        ("UPDATE supervision_signature SET fingerprint = 'other'", "is not what visiting signed"),
        ("UPDATE supervision_signature SET capacity = 'head'", "that their own chain does not know"),
        ("DELETE FROM supervision_signature", "has lost the signature"),
        ("UPDATE supervision_action SET due_on = '2027-01-01'", "has other actions than were agreed"),
        ("DELETE FROM supervision_action", "has other actions than were agreed"),
    ],
)
def test_a_session_that_is_changed_afterwards_is_found(office, change, words):
    number = recorded(office, told())
    assert office.whole()
    with office.store.writing() as tx:
        tx.connection.execute(change)
    with office.store.reading() as tx:
        assert any(words in each for each in faults(tx))
    assert not office.whole()
    if "supervision " in change:
        with pytest.raises(Mistyped, match="not as it was recorded"):
            signed(office, "teacher", number)
