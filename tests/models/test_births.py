"""A birth told once is known on every open case of the child, by those who see it, and is withdrawn from all of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.births import tell_out_of_reach
from models.casework import Casework, NewPerson
from models.change import Change
from models.families import changing
from models.refusals import RefusedMove
from models.restricting import restrict
from models.setup import rules_of
from models.store import open_store
from models.sweep import pass_due_dates
from models.undo import undo
from models.untold import withdraw_out_of_reach
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.engine import Actor, Question, openings
from pathways.errors import Mistyped
from pathways.roles import Role
from tests.casefile import COORDINATOR, complete
from tests.logins import an_office
from tests.models.office import NOW, Office
from tests.models.test_row_security import opened, seen_as

DUE, BORN = date(2026, 12, 1), date(2026, 11, 19)
TOLD = datetime(2026, 11, 20, 9, tzinfo=UTC)
BOSS = Actor(
    "boss", frozenset({Role.COORDINATOR, Role.TEAM_LEADER, Role.FRONT_DOOR_MANAGER, Role.SERVICE_MANAGER})
)
REASON = "it was another mother's child"


class _Expected:
    """A child not born yet with a case on each pathway that waits for a birth, and a dispute; seen by everybody."""

    def __init__(self, store, rules) -> None:
        self.office = Office(store, rules)
        self.store, self.rules = store, rules
        store.viewer = ALL_SEEING
        child = NewPerson(kind="unborn", family="Birch", expected_delivery_date=DUE)
        self.referral = self.office.open("front_door", "referral", child)
        self.person = self.office.row(self.referral).person_id
        self.help = self.office.open("early_help", "early_help", self.person)
        self.protection = self.office.open("child_protection", "prebirth", self.person, due_on="2026-12-01")
        self.dispute = self.office.open("escalation", "disagreement", self.person)
        self.make(self.referral, "record_checks")
        self.make(self.referral, "record_consent", given="yes")

    @property
    def all(self) -> list[str]:
        return [self.referral, self.help, self.protection, self.dispute]

    def make(self, reference, trigger, at=NOW, **own):
        row = self.office.row(reference)
        move = next(each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger)
        return self.office.casework.make(
            reference,
            trigger,
            actor=COORDINATOR,
            now=at,
            answers=complete(move.records, at.date().isoformat(), **own),
        )

    def born(self, reference, **own):
        return self.make(reference, "child_born", TOLD, birth_date=BORN.isoformat(), **own)

    def clocks(self, reference) -> dict[str, date]:
        case = self.office.row(reference).id
        with self.store.reading() as tx:
            rows = tx.all("running_deadlines", case_id=case)
        return {row.rule: row.due_on for row in rows}


@pytest.fixture
def expected(store, rules):
    return _Expected(store, rules)


@pytest.mark.parametrize("where", ["referral", "help", "protection"])
def test_a_birth_told_on_any_case_is_known_on_every_open_case_of_the_child(expected, where):
    on = getattr(expected, where)
    receipt = expected.born(on, how_many="1")
    others = [each for each in expected.all if each not in (on, expected.dispute)]
    assert sorted(receipt.told) == sorted(others)
    assert "birth_told" not in expected.office.actions(expected.dispute), "a dispute is not about the child"
    for each in (on, *others):
        row = expected.office.row(each)
        assert (row.person_kind, row.birth_date, row.facts["birth_date"]) == ("child", BORN, "2026-11-19")
        last = expected.office.trail(each)[-1]
        assert last.action == ("child_born" if each == on else "birth_told")
    assert expected.office.row(expected.protection).state == "awaiting_icpc"
    assert "cp.prebirth_icpc" not in expected.clocks(expected.protection)
    for each in (expected.help, expected.protection):
        assert expected.clocks(each)["cp.age_18"] == date(2044, 11, 19)
    assert expected.office.whole()


def test_it_is_told_once_and_a_second_telling_is_refused_on_each_case(expected):
    expected.born(expected.help)
    for each in (expected.referral, expected.help):
        with pytest.raises(RefusedMove, match="the birth is not recorded yet"):
            expected.born(each)
    with pytest.raises(RefusedMove, match="the case is at"):
        expected.office.casework.make(
            expected.protection, "close_prebirth", actor=COORDINATOR, now=TOLD, answers={}
        )
    actions = [each for case in expected.all for each in expected.office.actions(case)]
    assert (actions.count("child_born"), actions.count("birth_told")) == (1, 2)


def test_a_child_who_was_never_expected_is_not_born_again(store, rules):
    office = Office(store, rules)
    with pytest.raises(RefusedMove, match="the child was expected"):
        office.casework.make(
            office.child(), "child_born", actor=COORDINATOR, now=NOW,
            answers={"birth_date": "2026-11-03", "told_by": "midwife", "mother_well": "yes"},
        )  # fmt: skip


def test_a_plan_made_before_birth_counts_its_review_from_a_birth_told_on_the_referral(expected):
    """Twenty working days from Thursday 19 November end on Thursday 17 December."""
    for step in ("prebirth_assessed", "book_conference", "invite"):
        expected.make(expected.protection, step, conference_on="2026-11-10", agencies="school,police,housing")
    for agency in ("school", "police", "housing"):
        expected.make(expected.protection, "report_received", agency=agency)
    for step in ("family_met", "chair_met_family", "reports_shared"):
        expected.make(expected.protection, step)
    expected.make(expected.protection, "start_conference", agencies="school,police,housing")
    expected.make(expected.protection, "views_recorded")
    expected.make(expected.protection, "decide_plan", review_on="2027-01-20")
    expected.born(expected.referral)
    assert expected.clocks(expected.protection)["cp.rcpc_prebirth"] == date(2026, 12, 17)
    assert expected.office.row(expected.protection).state == "plan"
    assert expected.office.whole()


def test_a_closed_case_is_left_as_it_is(expected):
    expected.make(expected.help, "close_single_agency")
    expected.born(expected.protection)
    assert "birth_told" not in expected.office.actions(expected.help)


def test_a_birth_told_by_mistake_is_withdrawn_from_every_case_also_where_work_went_on(expected):
    before = {
        each: (expected.office.row(each).facts, expected.office.row(each).state, expected.clocks(each))
        for each in expected.all
    }
    expected.born(expected.protection)
    expected.make(expected.referral, "note", TOLD)
    with expected.store.reading() as tx:
        entry = tx.need("last_entry", reference=expected.protection).seq
    expected.store.viewer = ALL_SEEING
    undo(
        expected.store, expected.rules, expected.protection, entry=entry, because=REASON, actor=BOSS, now=TOLD
    )
    for each in expected.all:
        row = expected.office.row(each)
        assert (row.facts, row.state, expected.clocks(each)) == before[each], each
        assert (row.person_kind, row.birth_date) == ("unborn", None)
    assert expected.office.whole()
    expected.born(expected.help)
    assert expected.office.row(expected.referral).birth_date == BORN


def test_whoever_may_not_see_a_case_hears_nothing_of_it_and_it_is_told_all_the_same(expected):
    hidden = expected.help
    restrict(
        expected.store, hidden, whole_person=False, let_in=["second"], because="an invented reason",
        actor=expected.office.sit("manager"), now=NOW,
    )  # fmt: skip
    expected.office.sit("worker")
    receipt = expected.born(expected.protection, how_many="2")
    assert hidden not in str(receipt)
    assert sorted(receipt.told) == [expected.referral]
    assert expected.office.actions(hidden)[-1] == "birth_told"
    assert len(receipt.opened) == 2, (
        "a twin has the cases that everybody may see, and none that tells of another"
    )
    assert expected.office.whole()


def test_a_twin_of_a_child_whom_few_may_see_is_seen_by_the_same_few(expected):
    restrict(
        expected.store, expected.protection, whole_person=True, let_in=["second"], because="an invented reason",
        actor=expected.office.sit("manager"), now=NOW,
    )  # fmt: skip
    expected.office.sit("second")
    receipt = expected.born(expected.protection, how_many="2")
    assert len(receipt.opened) == 3
    for twin in receipt.opened:
        sees = [expected.office.sees(login, twin, TOLD) for login in ("second", "manager", "worker")]
        assert sees == [True, True, False]
    twin = expected.office.row(receipt.opened[0]).person_id
    with expected.store.reading() as tx:
        gate = tx.need("gate_of_person", person_id=twin)
    assert (gate.guarded, gate.by_hand) == (True, True)
    assert expected.office.whole()


def test_twins_told_by_mistake_leave_no_case_behind(expected):
    receipt = expected.born(expected.help, how_many="2")
    assert len(receipt.opened) == 3
    entry = len(expected.office.trail(expected.help))
    expected.store.viewer = ALL_SEEING
    undo(expected.store, expected.rules, expected.help, entry=entry, because=REASON, actor=BOSS, now=TOLD)
    assert not any(expected.office.row(each).is_open for each in receipt.opened)
    assert expected.office.whole()


def test_the_nightly_check_tells_a_hidden_case_of_a_birth_told_of_a_relative(expected):
    """Whoever sees no case of the baby may note its birth as that of a relative; the baby's own case hears of it."""
    mother = expected.office.child("Willow", "Birch")
    with changing(expected.store, mother, actor=COORDINATOR, now=NOW) as family:
        family.relate(family.person_id, expected.person, "child")
    for each in expected.all[:3]:
        restrict(
            expected.store, each, whole_person=False, let_in=[], because="an invented reason",
            actor=expected.office.sit("second"), now=NOW,
        )  # fmt: skip
    expected.office.sit("worker")
    with (
        pytest.raises(Mistyped, match="pathways do ESC"),
        changing(expected.store, mother, actor=COORDINATOR, now=TOLD) as family,
    ):
        family.add_birth(expected.person, BORN)
    restrict(
        expected.store, expected.dispute, whole_person=False, let_in=[], because="an invented reason",
        actor=expected.office.sit("second"), now=NOW,
    )  # fmt: skip
    expected.office.sit("worker")
    with changing(expected.store, mother, actor=COORDINATOR, now=TOLD) as family:
        family.add_birth(expected.person, BORN)
    night = TOLD + timedelta(hours=16)
    assert tell_out_of_reach(expected.store, expected.rules, night) == 3
    assert tell_out_of_reach(expected.store, expected.rules, night) == 0
    assert expected.office.row(expected.protection).state == "awaiting_icpc"
    assert expected.office.whole()


class _Behind:
    """A birth that Amy records on one of a child's cases, the other behind row security, where the night tells it."""

    def __init__(self, office) -> None:
        self.office = office
        office.staff("amy", Role.COORDINATOR, Role.SOCIAL_WORKER, Role.FRONT_DOOR_MANAGER)
        self.service = office.service()
        child = NewPerson(kind="unborn", expected_delivery_date=DUE)
        self.seen = opened(office.url, "front_door", child, "sender", ALL_SEEING).reference
        asked = "SELECT person_id FROM pathway_case WHERE reference = %s"
        ((self.person,),) = office.ask(office.url, asked, self.seen)
        self.hidden = opened(office.url, "early_help", self.person, "sender", ALL_SEEING).reference
        with open_store(office.url) as store, store.writing() as tx:
            case = tx.need("case_by_reference", reference=self.hidden, seen_by=ALL_SEEING)
            tx.run("guard_case", case_id=case.id, restricted=True, guarded=True)

    def amy(self):
        store = open_store(self.office.url.replace("tester@", f"{self.office.logins['amy']}@"))
        store.viewer = seen_as(self.office, "amy")
        return store

    def night(self, hours):
        with open_store(self.service) as store:
            night = TOLD + timedelta(hours=hours)
            pass_due_dates(store, rules_of(store), night, night)
            assert verify(store, rules_of(store)).faults == []

    def last(self):
        last = "SELECT action, actor FROM trail WHERE case_ref = %s ORDER BY seq DESC LIMIT 1"
        (found,) = self.office.ask(self.office.url, last, self.hidden)
        return found

    def born(self):
        with self.amy() as store:
            return Casework(store, rules_of(store)).make(
                self.seen, "child_born", actor=self.actor(Role.SOCIAL_WORKER), now=TOLD,
                answers={"birth_date": BORN.isoformat(), "told_by": "midwife", "mother_well": "yes"},
            )  # fmt: skip

    def actor(self, *roles):
        return Actor(self.office.logins["amy"], frozenset(roles))


def test_a_case_behind_row_security_is_told_by_the_nightly_check_and_told_again_that_it_was_not_so(
    postgres_cluster,
):
    with an_office(postgres_cluster) as office:
        behind = _Behind(office)
        receipt = behind.born()
        assert receipt.told == ()
        assert behind.last()[0] != "birth_told", "the recorder cannot reach it"
        behind.night(16)
        assert behind.last() == ("birth_told", office.logins["amy"])
        with behind.amy() as store:
            undo(
                store, rules_of(store), behind.seen, because=REASON, now=TOLD + timedelta(hours=17),
                actor=behind.actor(Role.SOCIAL_WORKER, Role.FRONT_DOOR_MANAGER),
            )  # fmt: skip
        assert behind.last()[0] == "birth_told", "nor can whoever withdraws it"
        behind.night(40)
        assert behind.last() == ("undo", office.logins["amy"])
        asked = "SELECT kind, birth_date FROM person WHERE id = %s"
        assert office.ask(office.url, asked, behind.person) == [("unborn", None)]
        behind.night(64)
        assert behind.last()[0] == "undo"


@pytest.fixture
def out_of_reach(expected, monkeypatch):
    """A birth recorded on the referral and told at night on two hidden cases; who undoes it reaches them no more than the recorder."""
    for each in (expected.protection, expected.help):
        restrict(
            expected.store, each, whole_person=False, let_in=["second"], because="an invented reason",
            actor=expected.office.sit("manager"), now=NOW,
        )  # fmt: skip
    expected.store.viewer = ALL_SEEING
    reached = Change.cases_of
    hidden = (expected.protection, expected.help)
    monkeypatch.setattr(
        Change, "cases_of", lambda *of: [row for row in reached(*of) if row.reference not in hidden]
    )
    expected.born(expected.referral)
    assert tell_out_of_reach(expected.store, expected.rules, NIGHT) == 2
    assert expected.office.row(expected.protection).state == "awaiting_icpc"
    return expected


NIGHT = TOLD + timedelta(hours=16)


def withdrawn_on_the_referral(expected):
    entry = len(expected.office.trail(expected.referral))
    at = NIGHT + timedelta(hours=4)
    undo(expected.store, expected.rules, expected.referral, entry=entry, because=REASON, actor=BOSS, now=at)
    assert expected.office.row(expected.protection).state == "awaiting_icpc", "out of reach"
    return NIGHT + timedelta(days=1)


def test_a_birth_that_the_night_told_is_withdrawn_by_the_night_once_it_is_undone_where_it_was_recorded(
    out_of_reach,
):
    office, protection, closed = out_of_reach.office, out_of_reach.protection, out_of_reach.help
    out_of_reach.make(closed, "close_single_agency", NIGHT)
    night = withdrawn_on_the_referral(out_of_reach)
    pass_due_dates(out_of_reach.store, out_of_reach.rules, night, night)
    for each in (protection, closed):
        row = office.row(each)
        assert "birth_date" not in row.facts
        assert (row.person_kind, row.birth_date) == ("unborn", None)
        assert [entry.actor for entry in office.trail(each) if entry.action == "undo"] == [BOSS.name]
        assert "cp.age_18" not in out_of_reach.clocks(each)
    assert (office.row(protection).state, office.row(closed).is_open) == ("prebirth", False)
    assert "birth_told" not in office.actions(out_of_reach.referral), "it is told nobody again"
    assert withdraw_out_of_reach(out_of_reach.store, out_of_reach.rules, night) == 0
    assert office.whole()


def test_a_birth_stays_where_somebody_has_recorded_since_what_rests_on_it(out_of_reach):
    out_of_reach.make(out_of_reach.protection, "agree_delay", NIGHT)
    night = withdrawn_on_the_referral(out_of_reach)
    assert withdraw_out_of_reach(out_of_reach.store, out_of_reach.rules, night) == 1, "on the other"
    assert out_of_reach.office.row(out_of_reach.protection).facts["birth_date"] == BORN.isoformat()
    assert out_of_reach.office.whole()


def test_a_birth_is_offered_where_one_is_awaited_and_nowhere_else(expected):
    def offers(reference):
        row = expected.office.row(reference)
        listed = openings(Question(pathway(row.pathway), row.state, row.facts), COORDINATOR)
        return any(each.move.trigger == "child_born" for each in listed)

    assert [offers(each) for each in expected.all] == [True, True, True, False]
    assert not offers(expected.office.child())
    expected.born(expected.help)
    assert not any(offers(each) for each in expected.all)
