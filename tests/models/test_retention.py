"""The end of a file: what bars it, two people, destroying and then verifying; on each database that holds real cases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.access import NotTheirs
from models.destroying import NotDestroyed, NotSealed, TwoNeeded
from models.draft_rows import NoSuchCase
from models.file_marks import mark, release
from models.retention import KeptStill, ask, carry_out, decide, due, weigh
from models.store import open_store
from models.supervision import read, record
from models.viewer import ALL_SEEING, NOBODY
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.roles import Role
from pathways.supervision import UNPLANNED, Session
from tests.models.office import Office
from tests.models.sealed import CANARY, NOW, close, concern, opened, whole

LATER = datetime(2042, 3, 1, 9, 0, tzinfo=UTC)
"""The 25th birthday of the child of these tests."""
DAY_BEFORE = datetime(2042, 2, 28, 9, 0, tzinfo=UTC)
WHY = "read whole; nothing is needed any more"
OFFICER = Actor("records-1", frozenset({Role.RECORDS_OFFICER}))
SECOND = Actor("records-2", frozenset({Role.RECORDS_OFFICER}))
MANAGER = Actor("manager-1", frozenset({Role.SERVICE_MANAGER}))
WORKER = Actor("worker-1", frozenset({Role.SOCIAL_WORKER}))


@pytest.fixture(params=["sqlcipher", "postgresql"])
def sealed(request):
    """A store of real cases on each database that may hold them."""
    name = "sqlcipher_url" if request.param == "sqlcipher" else "migrated_url"
    with opened(request.getfixturevalue(name)) as store:
        yield store


@pytest.fixture
def book(rules):
    return rules.rulebook


@pytest.fixture
def case(sealed, rules):
    """A concern of 2026, closed the same day; the child is 25 on 1 March 2042."""
    reference = concern(sealed, rules)
    close(sealed, rules, reference)
    return reference


def listed(store, book, now=LATER):
    with store.reading() as tx:
        return [each.reference for each in due(tx, book, now.date())]


def weighed(store, book, reference, now=LATER, **seen_by):
    with store.reading() as tx:
        return weigh(tx, reference, book, now.date(), **seen_by)


def agree(store, book, case):
    ask(store, case, because=WHY, rules=book, actor=OFFICER, now=LATER)
    decide(store, case, agreed=True, because="agreed", rules=book, actor=MANAGER, now=LATER)


def actions(store, case):
    with store.reading() as tx:
        return [each.action for each in tx.all("trail_of_case", reference=case)]


def test_two_people_destroy_what_is_due_and_the_record_still_verifies(sealed, rules, book, case):
    assert listed(sealed, book, DAY_BEFORE) == []
    assert listed(sealed, book) == [case]
    agree(sealed, book, case)
    certificate = carry_out(sealed, case, rules=book, actor=OFFICER, now=LATER)
    assert (certificate.by, certificate.second, certificate.rule) == (
        "records-1",
        "manager-1",
        "rec.retain_25",
    )
    assert actions(sealed, case)[-4:] == [
        "filing_destruction_asked", "filing_destruction_agreed", "filing_destruction_begun", "destroyed"
    ]  # fmt: skip
    with sealed.reading() as tx:
        row = tx.need("case_by_reference", reference=case)
        assert tx.one("case_key_of", case_ref=case) is None
        assert tx.all("records_of_case", case_id=row.id) == []
        assert CANARY not in str([tuple(each) for each in tx.all("trail_of_case", reference=case)])
        assert tx.need("tombstone_of", case_ref=case).certificate == certificate.text()
    whole(sealed)
    assert listed(sealed, book) == []
    with pytest.raises(NotDestroyed):
        carry_out(sealed, case, rules=book, actor=OFFICER, now=LATER)
    with pytest.raises(NotDestroyed):
        mark(sealed, case, "hold", whole_person=False, because="too late", actor=WORKER, now=LATER)


def test_one_person_is_never_enough(sealed, book, case):
    with pytest.raises(TwoNeeded):
        carry_out(sealed, case, rules=book, actor=OFFICER, now=LATER)
    ask(sealed, case, because=WHY, rules=book, actor=OFFICER, now=LATER)
    with pytest.raises(TwoNeeded):
        carry_out(sealed, case, rules=book, actor=SECOND, now=LATER)
    with pytest.raises(TwoNeeded):
        decide(sealed, case, agreed=True, because="yes", rules=book, actor=OFFICER, now=LATER)
    same_person = Actor("RECORDS-1", OFFICER.roles)
    with pytest.raises(TwoNeeded):
        decide(sealed, case, agreed=True, because="yes", rules=book, actor=same_person, now=LATER)
    decide(sealed, case, agreed=False, because="a sister may ask", rules=book, actor=SECOND, now=LATER)
    with pytest.raises(TwoNeeded):
        carry_out(sealed, case, rules=book, actor=OFFICER, now=LATER)
    assert weighed(sealed, book, case).asked is None
    whole(sealed)


def test_only_the_named_roles_review_agree_and_release(sealed, book, case):
    for forbidden in (WORKER, MANAGER):
        with pytest.raises(NotTheirs):
            ask(sealed, case, because=WHY, rules=book, actor=forbidden, now=LATER)
    ask(sealed, case, because=WHY, rules=book, actor=OFFICER, now=LATER)
    with pytest.raises(NotTheirs):
        decide(sealed, case, agreed=True, because="yes", rules=book, actor=WORKER, now=LATER)
    mark(sealed, case, "hold", whole_person=False, because="a court asks", actor=WORKER, now=LATER)
    with pytest.raises(NotTheirs):
        release(sealed, case, "hold", because="over", actor=WORKER, now=LATER)
    with pytest.raises(NotTheirs):
        carry_out(sealed, case, rules=book, actor=WORKER, now=LATER)


def test_what_is_not_at_its_end_is_not_reviewed(sealed, book, case):
    with pytest.raises(KeptStill) as refused:
        ask(sealed, case, because=WHY, rules=book, actor=OFFICER, now=DAY_BEFORE)
    assert str(refused.value) == (
        f"{case} is not to be destroyed: it is kept until 28 February 2042 under rec.retain_25. Nothing was changed."
    )
    assert actions(sealed, case)[-1] == "close"


@pytest.mark.parametrize("kind", ["hold", "inquiry", "complaint", "subject_access", "sexual_abuse"])
def test_a_mark_set_after_the_agreement_stops_it_and_needs_a_new_one(sealed, book, case, kind):
    agree(sealed, book, case)
    mark(
        sealed, case, kind, whole_person=False, because="new today", actor=WORKER, now=LATER.replace(hour=10)
    )
    assert listed(sealed, book) == []
    with pytest.raises(KeptStill):
        carry_out(sealed, case, rules=book, actor=OFFICER, now=LATER.replace(hour=11))
    release(sealed, case, kind, because="it is over", actor=SECOND, now=LATER.replace(hour=12))
    assert listed(sealed, book) == [case]
    with pytest.raises(TwoNeeded):
        carry_out(sealed, case, rules=book, actor=OFFICER, now=LATER.replace(hour=13))
    with sealed.reading() as tx:
        assert tx.one("tombstone_of", case_ref=case) is None
    whole(sealed)


def test_a_hold_on_the_person_bars_every_case_of_theirs_and_stands_on_each_trail(sealed, rules, book, case):
    other = concern_again(sealed, rules, case)
    mark(sealed, case, "inquiry", whole_person=True, because="the inquiry asks", actor=WORKER, now=LATER)
    for each in (case, other):
        assert weighed(sealed, book, each).together.barred == ("inquiry",)
        assert actions(sealed, each)[-1] == "filing_kept"
    release(sealed, other, "inquiry", because="it has reported", actor=MANAGER, now=LATER)
    assert [actions(sealed, each)[-1] for each in (case, other)] == ["filing_released"] * 2
    assert listed(sealed, book) == sorted((case, other))


def test_a_later_case_that_is_kept_longer_keeps_the_earlier_one_too(sealed, rules, book, case):
    other = concern_again(sealed, rules, case)
    mark(
        sealed,
        other,
        "sexual_abuse",
        whole_person=False,
        because="as the police told us",
        actor=WORKER,
        now=NOW,
    )
    found = weighed(sealed, book, case)
    assert found.alone.due(LATER.date())
    assert found.together.free_on == date(2101, 11, 4), "75 years from 3 November 2026, that day included"
    assert listed(sealed, book) == []


def concern_again(store, rules, case):
    """Another concern about the same child, closed too."""
    from models.casework import Casework
    from tests.casefile import complete
    from tests.models.sealed import DSL, FRONT_DOOR

    with store.reading() as tx:
        person = tx.need("case_by_reference", reference=case).person_id
    records = FRONT_DOOR.entry("concern").records
    reference = (
        Casework(store, rules)
        .open(
            "front_door", "concern", person=person, actor=DSL, now=NOW,
            answers=complete(records, NOW.date().isoformat()),
        )
        .reference
    )  # fmt: skip
    close(store, rules, reference)
    return reference


def test_a_hold_on_a_case_that_the_officer_may_not_see_bars_without_telling_which(sealed, rules, book, case):
    """The list shows what the officer may see; what decides, when it is done, is everything."""
    hidden = concern_again(sealed, rules, case)
    agree(sealed, book, case)
    with sealed.writing() as tx:
        row = tx.need("case_by_reference", reference=hidden)
        tx.run("guard_case", case_id=row.id, restricted=True, guarded=True)
    mark(sealed, hidden, "complaint", whole_person=False, because="not to be told", actor=WORKER, now=NOW)
    sealed.viewer = NOBODY
    assert listed(sealed, book) == [case]
    with pytest.raises(KeptStill) as refused:
        carry_out(sealed, case, rules=book, actor=OFFICER, now=LATER)
    assert "not shown at this desk" in str(refused.value)
    assert hidden not in str(refused.value)
    with pytest.raises(NoSuchCase):
        ask(sealed, hidden, because=WHY, rules=book, actor=OFFICER, now=LATER)
    sealed.viewer = ALL_SEEING
    with sealed.reading() as tx:
        assert tx.one("tombstone_of", case_ref=case) is None


def test_a_mark_needs_a_kind_and_a_reason_and_is_set_once(sealed, book, case):
    with pytest.raises(Mistyped):
        mark(sealed, case, "whim", whole_person=False, because="a reason", actor=WORKER, now=LATER)
    with pytest.raises(Mistyped):
        mark(sealed, case, "hold", whole_person=False, because="  ", actor=WORKER, now=LATER)
    mark(sealed, case, "hold", whole_person=False, because="a reason", actor=WORKER, now=LATER)
    with pytest.raises(Mistyped):
        mark(sealed, case, "hold", whole_person=False, because="a reason", actor=WORKER, now=LATER)
    with pytest.raises(Mistyped):
        release(sealed, case, "inquiry", because="none stands", actor=SECOND, now=LATER)


def test_a_page_may_be_held_and_let_go_by_itself(sealed, book, case):
    mark(
        sealed, case, "complaint", whole_person=False, because="of this page", actor=WORKER, now=LATER, page=1
    )
    found = weighed(sealed, book, case)
    assert ([each.page for each in found.marks], found.together.barred) == ([1], ("complaint",))
    assert listed(sealed, book) == []
    with pytest.raises(Mistyped, match="No such mark"):
        release(sealed, case, "complaint", because="over", actor=SECOND, now=LATER, page=2)
    release(sealed, case, "complaint", because="over", actor=SECOND, now=LATER, page=1)
    assert listed(sealed, book) == [case]


def test_a_page_by_a_professional_keeps_its_file_for_75_years(sealed, book, case):
    """Closed on 3 November 2026: 35 years end on 3 November 2061, 75 on 3 November 2101."""
    mark(
        sealed,
        case,
        "by_professional",
        whole_person=False,
        because="as found",
        actor=WORKER,
        now=LATER,
        page=1,
    )
    own = {
        (each.rule, each.page): each.free_on
        for each in weighed(sealed, book, case).alone.considered
        if each.applies
    }
    assert own == {
        ("rec.retain_25", None): date(2042, 3, 1),
        ("rec.retain_35", 1): date(2061, 11, 4),
        ("rec.retain_75", 1): date(2101, 11, 4),
    }


@pytest.mark.parametrize(
    "wrong", [{"page": 99}, {"page": 1, "whole_person": True}, {"page": 1, "kind": "watched"}]
)
def test_a_page_that_cannot_be_meant_is_refused(sealed, case, wrong):
    asked = {"kind": "hold", "whole_person": False, **wrong}
    with pytest.raises(Mistyped, match="page"):
        mark(sealed, case, asked.pop("kind"), because="a reason", actor=WORKER, now=LATER, **asked)


def test_what_supervision_said_of_a_case_goes_with_the_case_and_the_session_stays(sealed, rules, book, case):
    office = Office(sealed, rules)
    told = Session(form=UNPLANNED, held_on=NOW.date(), agenda={"workload": "heavy"}, discussed={case: CANARY})
    actor = office.sit("manager")
    session = record(
        sealed, told, supervisor="manager", practitioner="worker", head_present=False, actor=actor, now=NOW
    )  # fmt: skip
    sealed.viewer = ALL_SEEING
    agree(sealed, book, case)
    carry_out(sealed, case, rules=book, actor=OFFICER, now=LATER)
    with sealed.reading() as tx:
        found = read(tx, session)
    assert found.body["agenda"] == {"workload": "heavy"}
    assert [(row.reference, said) for row, said in found.cases] == [(case, None)]
    whole(sealed)


def test_the_reason_of_a_mark_lies_sealed(sealed, case):
    mark(sealed, case, "hold", whole_person=False, because=CANARY * 2, actor=WORKER, now=LATER)
    with sealed.reading() as tx:
        for table in ("file_mark", "trail_payload", "outbox"):
            found = tx.connection.execute(f"SELECT * FROM {table}").fetchall()
            assert CANARY * 2 not in str([tuple(each) for each in found])


def test_made_up_cases_that_lie_unsealed_are_not_destroyed(sqlite_url, rules, book):
    with open_store(sqlite_url) as store:
        store.viewer = ALL_SEEING
        case = concern(store, rules)
        close(store, rules, case)
        agree(store, book, case)
        with pytest.raises(NotSealed):
            carry_out(store, case, rules=book, actor=OFFICER, now=LATER)
        assert actions(store, case)[-1] == "filing_destruction_agreed", "nothing of the attempt was written"
