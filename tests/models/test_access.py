"""Letting in, keeping out, restricting, breaking the glass, looking: each on the trail, none a change of the case."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta

import pytest

from models import access, glass, letting_in, restricting, sight
from models.access import KeptOut, NotTheirs
from models.change import NoSuchCase
from models.people import NewPerson
from models.staff import Member, enrol, give_role, match_person, standing
from models.verdict import COUNTED
from models.viewer import ALL_SEEING
from pathways.errors import NOT_ALLOWED, NOT_FOUND, Mistyped, NotReady
from pathways.roles import Role
from tests.models.office import KEEPER, NOW, Office

LATER = NOW + timedelta(hours=1)
WHY = "covers for a colleague"


@pytest.fixture
def office(store, rules):
    office = Office(store, rules)
    yield office
    assert office.whole(), "the lists are not what the entries say"


def entry(office, reference, action):
    (found,) = [each for each in office.trail(reference) if each.action == action]
    return found


# --- letting in ----------------------------------------------------------------------------------------------------


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
    said = entry(office, case, "access_granted")
    assert (said.actor, said.from_state, said.to_state) == ("officer", "triage", "triage")
    assert '"who":"worker"' in said.body
    assert office.whole()


def test_what_let_somebody_in_is_taken_back(office):
    case = office.allegation()
    officer = office.sit("officer")
    letting_in.grant(office.store, case, "worker", until=None, because=WHY, actor=officer, now=NOW)
    letting_in.revoke(office.store, case, "worker", because="back from leave", actor=officer, now=LATER)
    assert not office.sees("worker", case, LATER)
    with pytest.raises(Mistyped, match="worker is not on the list"):
        letting_in.revoke(office.store, case, "worker", because="once more", actor=officer, now=LATER)
    assert office.actions(case)[-2:] == ["access_granted", "access_revoked"]
    assert office.whole()


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
        assert [each.event for each in tx.all("waiting_messages", most=100)] == ["pathways.move"]


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


# --- the subject -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "family", "born", "numbers", "kept_out"),
    [
        ("Reed", "Vale", None, (), True),
        ("REED", "Vàle", None, (), True),
        ("Reed", "Vale", date(1980, 2, 3), (), True),
        ("Reed", "Hill", None, (), False),
        ("Somebody", "Else", None, (("staff_number", "S-77"),), True),
        ("Somebody", "Else", None, (("staff_number", "S-78"),), False),
    ],
)
def test_the_adult_of_an_allegation_is_kept_out_of_it_from_the_start(
    office, given, family, born, numbers, kept_out
):
    enrol(office.store, Member("deputy", staff_number="S-77"), actor=KEEPER, now=NOW)
    case = office.allegation(given, family, born, *numbers)
    assert office.sees("deputy", case) is not kept_out
    assert office.sees("officer", case)
    assert ("access_excluded" in office.actions(case)) is kept_out
    assert office.whole()


def test_of_two_people_of_one_name_the_birth_date_tells_who_it_is(office):
    enrol(office.store, Member("deputy", birth_date=date(1990, 1, 1)), actor=KEEPER, now=NOW)
    assert office.sees("deputy", office.allegation("Reed", "Vale", date(1980, 2, 3)))
    assert not office.sees("deputy", office.allegation("Reed", "Vale", date(1990, 1, 1)))


def test_somebody_whose_name_comes_to_be_known_later_is_kept_out_then(office):
    case = office.allegation("Hazel", "Thorne")
    enrol(office.store, Member("newcomer", "Officer", roles=("lado",)), actor=KEEPER, now=NOW)
    assert office.sees("newcomer", case)
    enrol(office.store, Member("newcomer", given="Hazel", family="Thorne"), actor=KEEPER, now=NOW)
    assert not office.sees("newcomer", case)
    assert office.actions(case)[-1] == "access_excluded"
    assert office.whole()


def test_a_record_that_an_import_joins_to_the_adult_is_matched_again(office):
    case = office.allegation("Not", "Known")
    assert office.sees("deputy", case)
    person = office.row(case).person_id
    with office.store.writing() as tx:
        tx.run(
            "add_person_name", person_id=person, kind="former", given="Reed", family="Vale", folded="reed vale",
            sounds="V400", from_on=None, to_on=None, recorded_at=NOW,
        )  # fmt: skip
        match_person(tx, person, "importer", NOW)
        match_person(tx, person, "importer", NOW)
    assert not office.sees("deputy", case)
    assert office.actions(case).count("access_excluded") == 1, "once is enough"


def test_the_adult_sees_nothing_of_their_second_allegation_either_nor_of_themselves(office):
    office.allegation("Reed", "Vale")
    with office.store.reading() as tx:
        (person,) = {
            row.person_id
            for row in tx.all(
                "references_like", pattern="LADO%", start="", end="~", most=9, seen_by=ALL_SEEING
            )
            for row in [tx.need("case_by_reference", reference=row.reference, seen_by=ALL_SEEING)]
        }
        viewer = standing(tx, "deputy", NOW.date()).viewer(NOW)
        assert (
            tx.all(
                "people_by_name",
                folded="reed vale",
                sounds="V400",
                letter="r",
                after="s",
                most=9,
                seen_by=viewer,
            )
            == []
        )
    second = office.open("allegations", "to_officer", person)
    assert not office.sees("deputy", second)


def test_the_adult_can_never_be_let_in(office):
    case = office.allegation("Reed", "Vale")
    officer = office.sit("officer")
    with pytest.raises(KeptOut, match="deputy is kept out"):
        letting_in.grant(office.store, case, "deputy", until=None, because=WHY, actor=officer, now=NOW)
    with pytest.raises(KeptOut):
        restricting.restrict(
            office.store, case, whole_person=True, let_in=["deputy"], because=WHY, actor=officer, now=NOW
        )
    assert not office.sees("deputy", case)


def test_the_adult_cannot_break_the_glass_and_their_attempt_is_on_the_trail(office):
    case = office.allegation("Reed", "Vale")
    deputy = office.sit("deputy")
    said = []
    for reference in (case, "LADO-2222222"):
        with pytest.raises(NoSuchCase) as refused:
            glass.break_glass(office.store, reference, because="I have to see this", actor=deputy, now=NOW)
        said.append(str(refused.value).replace(reference, "CASE"))
    assert said[0] == said[1]
    assert not office.sees("deputy", case)
    assert office.actions(case)[-1] == "refused:access_glass"


def test_an_officer_kept_out_by_hand_loses_the_person_and_all_their_cases(office):
    first = office.child()
    person = office.row(first).person_id
    second = office.open("missing_education", office_entry("missing_education"), person)
    manager = office.sit("manager")
    letting_in.exclude(office.store, first, "worker", because="a relative", actor=manager, now=NOW)
    assert not office.sees("worker", first)
    assert not office.sees("worker", second)
    third = office.open("escalation", office_entry("escalation"), person)
    assert not office.sees("worker", third), "a case opened later is guarded too"
    assert office.sees("second", third)
    assert office.whole()


def office_entry(name):
    from pathways import pathway

    return pathway(name).entries[0].name


# --- restricting -----------------------------------------------------------------------------------------------------


def test_a_persons_restriction_covers_every_case_also_one_opened_later(office):
    first = office.child()
    person = office.row(first).person_id
    second = office.open("missing_education", office_entry("missing_education"), person)
    manager = office.sit("manager")
    named = restricting.restrict(
        office.store,
        first,
        whole_person=True,
        let_in=["worker"],
        because="a colleague's child",
        actor=manager,
        now=NOW,
    )
    assert named == ("manager", "worker")
    later = office.open("escalation", office_entry("escalation"), person)
    for case in (first, second, later):
        assert [office.sees(each, case) for each in ("manager", "worker", "second", "officer")] == [
            True, True, False, False,
        ], case  # fmt: skip
    assert later.split("-")[1] not in ("2026",), "a number of the year would leave a gap that tells"
    assert "access_restricted" in office.actions(second)
    assert office.whole()


def counters(office):
    """Every sequence that references are drawn from, and its last number."""
    with office.store.reading() as tx:
        return tx.connection.execute("SELECT prefix, year, last FROM counter ORDER BY 1, 2").fetchall()


def test_an_allegation_and_the_next_case_of_a_restricted_child_take_no_number_from_any_sequence(office):
    first = office.child()
    before = counters(office)
    assert not COUNTED.fullmatch(office.allegation("Robin", "Wren"))
    manager = office.sit("manager")
    child = office.row(first).person_id
    restricting.restrict(
        office.store, first, whole_person=True, let_in=[], because=WHY, actor=manager, now=NOW
    )
    assert not COUNTED.fullmatch(office.open("missing_child", "missing", child))
    assert counters(office) == before
    after = office.child("Elm", "Moss")
    assert int(after[-4:]) == int(first[-4:]) + 1, "no gap tells of what was opened between"


def test_a_case_restricted_once_it_has_its_number_keeps_it_and_others_see_the_gap(office):
    """What `docs/who-may-see.md` says plainly: the number was given when anybody could see the case."""
    references = [office.child("Elm", "Moss"), office.child("Ash", "Birch"), office.child("Oak", "Hill")]
    manager = office.sit("manager")
    restricting.restrict(
        office.store, references[1], whole_person=True, let_in=[], because=WHY, actor=manager, now=NOW
    )  # fmt: skip
    assert [office.sees("second", each) for each in references] == [True, False, True]
    assert [int(each[-4:]) for each in references] == [1, 2, 3]


def test_one_case_alone_can_be_restricted(office):
    first = office.child()
    second = office.open("missing_education", office_entry("missing_education"), office.row(first).person_id)
    manager = office.sit("manager")
    restricting.restrict(
        office.store, first, whole_person=False, let_in=[], because=WHY, actor=manager, now=NOW
    )
    assert (office.sees("worker", first), office.sees("worker", second)) == (False, True)


def test_two_people_lift_a_restriction_and_nobody_decides_their_own(office):
    case = office.child()
    manager = office.sit("manager")
    restricting.restrict(
        office.store, case, whole_person=True, let_in=["second"], because=WHY, actor=manager, now=NOW
    )
    with pytest.raises(Mistyped, match="Nobody has asked"):
        restricting.decide_lift(office.store, case, agreed=True, because=WHY, actor=manager, now=NOW)
    restricting.ask_to_lift(office.store, case, because="no longer needed", actor=manager, now=NOW)
    with pytest.raises(NotTheirs, match="two people"):
        restricting.decide_lift(office.store, case, agreed=True, because=WHY, actor=manager, now=NOW)
    assert not office.sees("worker", case)
    second = office.sit("second", LATER)
    restricting.decide_lift(office.store, case, agreed=True, because="looked at it", actor=second, now=LATER)
    assert office.sees("worker", case, LATER)
    row = office.row(case)
    assert (row.restricted, row.guarded) == (False, False)
    with office.store.reading() as tx:
        (lifted,) = tx.all("restrictions_of", case_id=None, person_id=row.person_id)
    assert (lifted.lifted_by, lifted.lifted_second) == ("manager", "second")
    assert office.actions(case)[-3:] == ["access_restricted", "access_lift_asked", "access_lifted"]
    assert office.whole()


def test_a_lifting_that_is_declined_leaves_it_restricted(office):
    case = office.child()
    manager = office.sit("manager")
    restricting.restrict(
        office.store, case, whole_person=True, let_in=["second"], because=WHY, actor=manager, now=NOW
    )
    restricting.ask_to_lift(office.store, case, because=WHY, actor=manager, now=NOW)
    second = office.sit("second", LATER)
    restricting.decide_lift(office.store, case, agreed=False, because="too soon", actor=second, now=LATER)
    assert not office.sees("worker", case, LATER)
    with pytest.raises(Mistyped, match="Nobody has asked"):
        restricting.decide_lift(office.store, case, agreed=True, because=WHY, actor=second, now=LATER)


def test_somebody_kept_out_stays_out_when_a_restriction_is_lifted(office):
    case = office.child()
    manager = office.sit("manager")
    letting_in.exclude(office.store, case, "worker", because="a relative", actor=manager, now=NOW)
    restricting.restrict(
        office.store, case, whole_person=True, let_in=["second"], because=WHY, actor=manager, now=NOW
    )
    restricting.ask_to_lift(office.store, case, because=WHY, actor=manager, now=NOW)
    second = office.sit("second", LATER)
    restricting.decide_lift(office.store, case, agreed=True, because=WHY, actor=second, now=LATER)
    assert not office.sees("worker", case, LATER)
    assert office.sees("officer", case, LATER)


def test_an_allegation_is_never_lifted(office):
    case = office.allegation()
    officer = office.sit("officer")
    with pytest.raises(Mistyped, match="not lifted"):
        restricting.ask_to_lift(office.store, case, because=WHY, actor=officer, now=NOW)


# --- breaking the glass ------------------------------------------------------------------------------------------------


def test_the_glass_is_broken_for_four_hours_for_one_person_and_one_case(office):
    case, other = office.allegation(), office.allegation("Elm", "Frost")
    worker = office.sit("worker")
    until = glass.break_glass(office.store, case, because="child in hospital now", actor=worker, now=NOW)
    assert until == NOW + timedelta(hours=4)
    assert office.sees("worker", case, NOW + timedelta(hours=3, minutes=59))
    assert not office.sees("worker", case, NOW + timedelta(hours=4))
    assert not office.sees("worker", other, LATER)
    assert not office.sees("manager", case, LATER)
    assert entry(office, case, "access_glass").actor == "worker"
    assert office.whole()


def test_who_has_left_is_not_the_one_who_is_told(office):
    from models.owning import give
    from models.staff import take_role

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
            each for each in tx.all("waiting_messages", most=99) if each.event == "pathways.access.glass"
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


# --- who could see it, and when ---------------------------------------------------------------------------------------


def seen_on(office, case, day):
    start, end = sight.day_of(day)
    row = office.row(case)
    with office.store.reading() as tx:
        return sight.sight(tx, row, start, end)


def test_who_could_have_seen_it_on_a_day_is_told_from_the_lists_of_that_day(office):
    case = office.child()
    manager = office.sit("manager")
    monday = NOW - timedelta(days=1)
    assert seen_on(office, case, monday.date()).everybody
    restricting.restrict(
        office.store, case, whole_person=True, let_in=[], because=WHY, actor=manager, now=NOW
    )
    letting_in.grant(
        office.store, case, "worker", until=date(2026, 11, 5), because=WHY, actor=manager, now=NOW
    )
    assert seen_on(office, case, date(2026, 11, 3)).everybody, "until ten in the morning it was open to all"
    found = {
        day: sorted(each.login for each in seen_on(office, case, date(2026, 11, day)).named)
        for day in (4, 5, 6)
    }
    assert found == {4: ["manager", "worker"], 5: ["manager", "worker"], 6: ["manager"]}
    assert not seen_on(office, case, date(2026, 11, 4)).everybody


def test_of_an_allegation_the_holders_of_the_role_on_that_day_are_named(office):
    case = office.allegation("Reed", "Vale")
    give_role(
        office.store,
        "second",
        Role.LADO_MANAGER,
        from_on=date(2026, 11, 10),
        to_on=date(2026, 11, 12),
        actor=KEEPER,
        now=NOW,
    )
    found = {
        day: [each.login for each in seen_on(office, case, date(2026, 11, day)).named]
        for day in (9, 10, 12, 13)
    }
    assert found == {9: ["officer"], 10: ["officer", "second"], 12: ["officer", "second"], 13: ["officer"]}
    assert [each.login for each in seen_on(office, case, date(2026, 11, 9)).kept_out] == ["deputy"]


# --- looking ---------------------------------------------------------------------------------------------------------


def test_a_look_that_cannot_be_recorded_is_no_look(sqlite_url, rules):
    from models.store import open_store

    with open_store(sqlite_url) as store:
        office = Office(store, rules)
        case = office.allegation()
        officer = office.sit("officer")
        store.connection.execute("PRAGMA query_only=ON")
        with pytest.raises(NotReady, match="may only be read"):
            access.look(store, case, actor=officer, now=NOW)
        store.connection.execute("PRAGMA query_only=OFF")
        assert office.actions(case) == ["open_to_officer"]


def test_looks_in_a_race_all_stand_on_the_trail(store_url, rules):
    from concurrent.futures import ThreadPoolExecutor

    from models.store import open_store

    with open_store(store_url) as store:
        case = Office(store, rules).allegation()

    def look(_):
        with open_store(store_url) as own:
            office = Office.__new__(Office)
            office.store = own
            access.look(own, case, actor=office.sit("officer"), now=NOW)

    with ThreadPoolExecutor(4) as people:
        list(people.map(look, range(12)))
    with open_store(store_url) as store, store.reading() as tx:
        entries = tx.all("trail_of_case", reference=case, seen_by=ALL_SEEING)
    assert [each.seq for each in entries] == list(range(1, 14))
    assert {each.action for each in entries[1:]} == {"looked"}


# --- the register ----------------------------------------------------------------------------------------------------


def test_nobody_makes_themselves_a_designated_officer(office):
    manager = office.sit("manager")
    with pytest.raises(NotTheirs, match="Nobody makes themselves"):
        give_role(office.store, "manager", Role.LADO, from_on=NOW.date(), to_on=None, actor=manager, now=NOW)
    with pytest.raises(NotTheirs, match="Only a designated officer"):
        give_role(office.store, "worker", Role.LADO, from_on=NOW.date(), to_on=None, actor=manager, now=NOW)
    with pytest.raises(NotTheirs, match="kept by"):
        enrol(office.store, Member("x", roles=("staff",)), actor=office.actor("worker"), now=NOW)


def test_the_login_is_the_database_s_own_on_postgresql_and_the_system_s_on_sqlite(store, monkeypatch):
    from models.place import system_login
    from models.staff import login_of

    for name in ("LOGNAME", "USER", "USERNAME", "LNAME"):
        monkeypatch.setenv(name, "officer")
    if store.dialect == "sqlite":
        import pwd

        assert login_of(store) == system_login() == pwd.getpwuid(os.getuid()).pw_name != "officer"
    else:
        with store.reading() as tx:
            assert login_of(store) == tx.connection.execute("SELECT session_user").fetchone()[0]


def test_what_is_hidden_is_named_to_whoever_counts_everything(office):
    case = office.open("allegations", "to_officer", NewPerson(kind="adult", given="Elm", family="Frost"))
    office.sit("worker")
    with office.store.reading() as tx:
        assert [row.reference for row in tx.all("hidden_cases")] == [case]
        assert tx.all("hidden_cases", seen_by=ALL_SEEING) == []


# --- imports ---------------------------------------------------------------------------------------------------------


def test_a_later_return_reaches_a_child_who_was_restricted_meanwhile_and_a_look_does_not_stop_it(
    office, rules
):
    from tests.imported import next_year, take, who
    from tests.models.test_importing_again import ASSESSING, HEAD, LATER, assessment, child, episode

    take(office.store, rules, ASSESSING)
    with office.store.reading() as tx:
        first = {each.reference for each in tx.all("every_case_state")}
    case = min(first)
    manager = office.sit("manager")
    access.look(office.store, case, actor=manager, now=NOW, names=True)
    restricting.restrict(
        office.store,
        case,
        whole_person=True,
        let_in=[],
        because="a colleague's child",
        actor=manager,
        now=NOW,
    )
    office.sit("worker")
    again = child(episode(assessment("2026-03-03", "2026-04-28"), referred="2026-03-02"), who())
    take(office.store, rules, again, head=next_year(HEAD), now=LATER)
    with office.store.reading() as tx:
        cases = [
            tx.need("case_by_reference", reference=each.reference, seen_by=ALL_SEEING)
            for each in tx.all("every_case_state")
        ]
    assert {each.reference for each in cases} >= first
    assert all(each.restricted and each.guarded for each in cases)
    new = {each.reference for each in cases} - first
    assert [each for each in new if "-2026-" in each] == [], "no number of the year, which would leave a gap"
    assert not any(office.sees("worker", each.reference) for each in cases)
    assert office.whole()
