"""The end of a session of supervision: by two who may read it, and then nothing of what it said is left."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models import copies, copies_opened
from models.copies import back_up
from models.copy_files import CASE_KEYS, read
from models.destroying import NotDestroyed, NotSealed, TwoNeeded
from models.file_marks import mark, release
from models.register import Member, enrol
from models.retention import KeptStill, old_sessions
from models.session_retention import ask, carry_out, decide, number_of, weigh
from models.supervision import NoSuchSession, SessionDestroyed, end_action, record, sign
from models.supervision import read as read_session
from models.supervision_proof import faults
from models.viewer import ALL_SEEING
from pathways.errors import Mistyped
from pathways.supervision import DONE, UNPLANNED, Agreed, Session
from tests.models.office import KEEPER, NOW, SINCE, Office
from tests.models.sealed import opened, whole

LATER = datetime(2033, 9, 1, 9, 0, tzinfo=UTC)
"""Six years after 31 August 2027, on which the lead left."""
DAY_BEFORE = datetime(2033, 8, 31, 9, 0, tzinfo=UTC)
PRIVATE, WHY = "Quillwort feels worn out", "read whole; nothing is needed any more"
NORTH = {"agency": "north school", "team": "north school"}


@pytest.fixture(params=["sqlcipher", "postgresql"])
def office(request, rules):
    name = "sqlcipher_url" if request.param == "sqlcipher" else "migrated_url"
    with opened(request.getfixturevalue(name)) as store:
        made = Office(store, rules)
        for member in (
            Member("head", "Headteacher", roles=("headteacher",), **NORTH),
            Member("principal", "Principal", roles=("principal",), **NORTH),
            Member("visiting", "Supervisor", roles=("supervisor",)),
        ):
            enrol(store, member, actor=KEEPER, now=NOW, from_on=SINCE)
        made.case = made.child(team="north school")
        yield made


@pytest.fixture
def session(office):
    """A session of the lead, who left long ago; its action is done and the head signed it."""
    said = Session(
        form=UNPLANNED, held_on=NOW.date(), agenda={"workload": PRIVATE}, discussed={office.case: "Quillwort rang."},
        agreed=(Agreed(f"{PRIVATE}: a day off", "teacher", date(2026, 11, 20)),),
    )  # fmt: skip
    by = office.sit("visiting")
    number = record(
        office.store, said, supervisor="visiting", practitioner="teacher", head_present=False, actor=by, now=NOW
    )  # fmt: skip
    sign(office.store, number, actor=office.sit("head"), now=NOW, said=f"{PRIVATE}, I see.")
    with office.store.writing() as tx:
        tx.connection.execute("UPDATE practitioner SET to_on = '2027-08-31' WHERE login = 'teacher'")
    return number


def action_done(office, at=LATER):
    by = office.sit("head", at)
    with office.store.reading() as tx:
        (action,) = tx.all("actions_of_supervision", supervision_id=1, today=at.date())
    end_action(office.store, action.id, outcome=DONE, on=date(2026, 11, 20), actor=by, now=at)


def asks(office, number, login="head", at=LATER):
    return ask(
        office.store, number, because=WHY, rules=office.rules.rulebook, actor=office.sit(login, at), now=at
    )


def decides(office, number, login="principal", *, agreed=True, at=LATER):
    decide(
        office.store, number, agreed=agreed, because="agreed", rules=office.rules.rulebook, actor=office.sit(login, at),
        now=at,
    )  # fmt: skip


def destroys(office, number, login="head", at=LATER):
    return carry_out(office.store, number, rules=office.rules.rulebook, actor=office.sit(login, at), now=at)


def due(office, login="head", at=LATER):
    office.sit(login, at)
    with office.store.reading() as tx:
        return [each.number for each in old_sessions(tx, office.rules.rulebook, at.date())]


def test_two_who_may_read_it_end_a_session_and_the_record_still_verifies(office, session):
    action_done(office)
    assert due(office) == [session]
    asks(office, session)
    decides(office, session)
    certificate = destroys(office, session)
    for line in (
        f"session {session}",
        "of teacher",
        "held 2026-11-03",
        "rule sup.retain",
        "asked head",
        "agreed principal",
    ):
        assert line in certificate.splitlines()
    assert due(office) == []
    with office.store.reading() as tx, pytest.raises(SessionDestroyed, match=r"rule sup\.retain"):
        read_session(tx, session)
    with pytest.raises(NotDestroyed, match="done before"):
        asks(office, session)
    office.store.viewer = ALL_SEEING
    with office.store.reading() as tx:
        assert tx.one("case_key_of", case_ref=f"~s{session}") is None
        assert faults(tx) == []
        said = tx.all("trail_of_case", reference=office.case)
        assert any("Quillwort rang." in (each.body or "") for each in said), (
            "what was said of a case stays on it"
        )
        kept = str([tx.connection.execute(f"SELECT * FROM {each}").fetchall() for each in (
            "supervision", "supervision_action", "supervision_signature")])  # fmt: skip
    assert "~1." not in kept, "nothing sealed is left there either"
    whole(office.store)


def test_one_person_is_never_enough_and_only_who_may_read_it_has_a_say(office, session):
    action_done(office)
    with pytest.raises(TwoNeeded):
        destroys(office, session)
    asks(office, session)
    with pytest.raises(TwoNeeded):
        destroys(office, session)
    with pytest.raises(TwoNeeded):
        decides(office, session, "head")
    for login in ("second", "worker", "officer"):
        with pytest.raises(NoSuchSession):
            decides(office, session, login)
    decides(office, session, agreed=False)
    with pytest.raises(TwoNeeded):
        destroys(office, session)
    with pytest.raises(Mistyped, match="Nobody has asked"):
        decides(office, session)
    office.store.viewer = ALL_SEEING
    with office.store.reading() as tx:
        assert tx.need("supervision_by_id", supervision_id=session, today=LATER.date()).body is not None


def test_what_is_not_at_its_end_is_kept(office, session):
    with pytest.raises(KeptStill, match="action 1 of it is still open"):
        asks(office, session)
    action_done(office)
    with pytest.raises(KeptStill, match="31 August 2033"):
        asks(office, session, at=DAY_BEFORE)


def test_a_hold_on_a_case_that_was_discussed_bars_it_and_undoes_what_was_agreed(office, session):
    action_done(office)
    asks(office, session)
    decides(office, session)
    soon = LATER + timedelta(hours=1)
    worker = office.sit("second", soon)
    held = {"actor": worker, "now": soon}
    mark(office.store, office.case, "inquiry", whole_person=True, because="it asks", **held)
    with pytest.raises(KeptStill, match="inquiry"):
        destroys(office, session, at=soon)
    office.sit("second", soon)
    release(office.store, office.case, "inquiry", because="it has ended", **held)
    with pytest.raises(TwoNeeded):
        destroys(office, session, at=soon)


def test_a_hold_on_a_case_that_they_may_not_see_bars_it_without_telling_why(office, session):
    action_done(office)
    held = {"actor": office.sit("second"), "now": NOW}
    mark(office.store, office.case, "inquiry", whole_person=False, because="it asks", **held)
    with office.store.writing() as tx:
        tx.connection.execute("UPDATE pathway_case SET team = 'south school'")
    assert not office.sees("head", office.case, LATER)
    with pytest.raises(KeptStill, match="a reason that is not shown"):
        asks(office, session)


def test_a_session_said_to_be_destroyed_that_no_chain_knows_of_is_found(office, session):
    with office.store.writing() as tx:
        tx.connection.execute(
            "UPDATE supervision SET body = NULL, destroyed_at = recorded_at, destroyed_by = 1, certificate = 'x'"
        )
    office.store.viewer = ALL_SEEING
    with office.store.reading() as tx:
        assert faults(tx) == [
            f"session {session} of supervision is said to be destroyed, and no chain knows of it"
        ]


@pytest.mark.parametrize("office", ["sqlcipher"], indirect=True)
def test_an_older_copy_gives_back_sessions_and_not_the_one_that_is_gone(office, session, tmp_path):
    action_done(office)
    by = office.sit("visiting")
    kept = record(
        office.store, Session(form=UNPLANNED, held_on=NOW.date(), agenda={"workload": "as ever"}),
        supervisor="visiting", practitioner="head", head_present=True, actor=by, now=NOW,
    )  # fmt: skip
    old = back_up(office.store, tmp_path, LATER)
    asks(office, session)
    decides(office, session)
    destroys(office, session)
    back_up(office.store, tmp_path, LATER + timedelta(hours=1))
    with copies._scratch(office.store, tmp_path, LATER) as scratch, copies_opened.opened(
        office.store.url, read(old.path), tmp_path / CASE_KEYS, scratch, LATER
    ) as back:  # fmt: skip
        back.store.viewer = ALL_SEEING
        with back.store.reading() as tx:
            with pytest.raises(SessionDestroyed, match="agreed principal"):
                read_session(tx, session)
            assert read_session(tx, kept).body["agenda"] == {"workload": "as ever"}
            assert faults(tx) == []


@pytest.mark.lies_open
def test_made_up_sessions_that_lie_unsealed_go_with_their_store(store, rules):
    made = Office(store, rules)
    enrol(
        store,
        Member("service", "Senior officer", roles=("senior_officer",)),
        actor=KEEPER,
        now=NOW,
        from_on=SINCE,
    )
    by = made.sit("second")
    number = record(
        store, Session(form=UNPLANNED, held_on=NOW.date(), agenda={"workload": "x"}), supervisor="second",
        practitioner="worker", head_present=True, actor=by, now=NOW,
    )  # fmt: skip
    with store.writing() as tx:
        tx.connection.execute("UPDATE practitioner SET to_on = '2027-08-31' WHERE login = 'worker'")
    asks(made, number, "second")
    decides(made, number, "service")
    with pytest.raises(NotSealed):
        destroys(made, number, "second")
    with store.reading() as tx:
        assert weigh(tx, number, rules.rulebook, LATER.date()).asked.verdict == "agreed"


@pytest.mark.parametrize(("typed", "number"), [
    ("session-12", 12), (" Session-3 ", 3), ("cp41", None), ("session-", None), ("session-x", None),
    ("session-1234567890", None), ("CP-2026-0041", None),
])  # fmt: skip
def test_a_session_is_named_as_session_and_its_number(typed, number):
    assert number_of(typed) == number
