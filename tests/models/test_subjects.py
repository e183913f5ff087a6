"""Who of the staff an allegation is about: whichever way that comes to be known, under whichever login, they are kept out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models import glass, letting_in, readmitting, restricting
from models.access import KeptOut, NotTheirs
from models.draft_rows import NoSuchCase
from models.families import changing
from models.one_person import merge
from models.people import NewPerson
from models.register import Member, enrol
from models.staff import are_one, standing
from models.subjects import match_every_subject, match_person
from models.sweep import pass_due_dates
from models.viewer import ALL_SEEING, NOBODY
from pathways import pathway
from pathways.engine import Actor
from pathways.roles import Role
from tests.models.office import KEEPER, NOW, SINCE, Office, proven

BOSS = Actor("boss", frozenset({Role.COORDINATOR, Role.SERVICE_MANAGER, Role.LADO}))
NIGHT = NOW + timedelta(hours=18)
THORNE = Member("newcomer", given="Hazel", family="Thorne")


@pytest.fixture
def office(store, rules):
    yield from proven(store, rules)


def newcomer(office):
    """A designated officer of whom the register does not know the name yet."""
    enrol(office.store, Member("newcomer", "Officer", roles=("lado",)), actor=KEEPER, now=NOW, from_on=SINCE)


def linked(office, kept, gone):
    office.store.viewer = ALL_SEEING
    merge(office.store, kept, gone, because="one person", actor=BOSS, now=NOW)
    office.store.viewer = NOBODY


def adult(office, given, family, name="modern_slavery"):
    """A case that everybody sees, about an adult."""
    who = NewPerson(kind="adult", given=given, family=family)
    return office.open(name, pathway(name).entries[0].name, who)


# --- from the start, or by what the register or an import comes to say ------------------------------------------------


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
        letting_in.grant(
            office.store, case, "deputy", until=None, because="covers for a colleague", actor=officer, now=NOW
        )
    with pytest.raises(KeptOut):
        restricting.restrict(
            office.store,
            case,
            whole_person=True,
            let_in=["deputy"],
            because="covers for a colleague",
            actor=officer,
            now=NOW,
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


# --- a record that comes to say who it is ------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["name", "number"])
def test_a_name_or_number_written_down_by_hand_is_matched_at_once(office, what):
    enrol(office.store, Member("deputy", staff_number="S-77"), actor=KEEPER, now=NOW)
    case = office.allegation("Not", "Known")
    assert office.sees("deputy", case)
    office.sit("officer")
    with changing(office.store, case, actor=BOSS, now=NOW) as family:
        if what == "name":
            family.add_name(family.person_id, "Reed", "Vale", kind="former")
        else:
            family.add_number(family.person_id, "staff_number", "S-77")
    assert not office.sees("deputy", case)
    assert office.sees("officer", case)
    assert office.actions(case)[-1] == "access_excluded"


def test_a_staff_number_that_a_second_record_has_is_matched_too(office):
    """A number that belongs to one record alone is kept on a second one as that of a second record."""
    office.allegation("Not", "Known", None, ("staff_number", "S-77"))
    second = office.allegation("Nor", "This", None, ("staff_number", "S-77"))
    enrol(office.store, Member("deputy", staff_number="S-77"), actor=KEEPER, now=NOW)
    assert not office.sees("deputy", second)


# --- several records of one person -----------------------------------------------------------------------------------


def test_two_records_with_an_open_allegation_each_can_be_linked(office):
    first, second = office.allegation("Reed", "Vale"), office.allegation("R", "Wale")
    assert office.sees("deputy", second)
    linked(office, first, second)
    assert not office.sees("deputy", second)


@pytest.mark.parametrize("named_is_kept", [True, False])
def test_a_later_allegation_on_a_linked_record_is_about_the_same_person(office, named_is_kept):
    named, other = adult(office, "Reed", "Vale"), adult(office, "R", "Wale", "prevent")
    linked(office, *((named, other) if named_is_kept else (other, named)))
    case = office.open("allegations", "to_officer", office.row(other).person_id)
    assert not office.sees("deputy", case)
    assert office.sees("officer", case)


def test_a_register_filled_in_later_is_held_to_every_linked_record(office):
    about, named = office.allegation("H", "Thornton"), adult(office, "Hazel", "Thorne")
    linked(office, named, about)
    newcomer(office)
    assert office.sees("newcomer", about)
    enrol(office.store, THORNE, actor=KEEPER, now=NOW)
    assert not office.sees("newcomer", about)


# --- several logins of one person ----------------------------------------------------------------------------------------


def test_whoever_is_kept_out_is_kept_out_under_a_further_login(office):
    enrol(office.store, Member("deputy", staff_number="S-77"), actor=KEEPER, now=NOW)
    case = office.allegation("Reed", "Vale")
    again = Member("r.vale", "Officer", roles=("lado",), staff_number="S-77")
    enrol(office.store, again, actor=KEEPER, now=NOW, from_on=SINCE)
    assert not office.sees("r.vale", case)
    assert office.sees("officer", case)


def test_and_so_from_the_start_where_both_logins_are_known(office):
    for login in ("deputy", "r.vale"):
        line = Member(login, "Officer", roles=("lado",), staff_number="S-77")
        enrol(office.store, line, actor=KEEPER, now=NOW, from_on=SINCE)
    case = office.allegation("Reed", "Vale")
    assert not office.sees("deputy", case)
    assert not office.sees("r.vale", case)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"staff_number": "S-1"}, {"staff_number": "S-1"}, True),
        ({"given": "Fern", "family": "Hill"}, {"given": "FERN", "family": "Hill"}, True),
        ({"given": "Fern", "family": "Hill", "birth_date": date(1980, 1, 1)}, {"given": "Fern", "family": "Hill"}, True),
        (
            {"given": "Fern", "family": "Hill", "birth_date": date(1980, 1, 1)},
            {"given": "Fern", "family": "Hill", "birth_date": date(1990, 1, 1)},
            False,
        ),
        (
            {"given": "Fern", "family": "Hill", "staff_number": "S-1"},
            {"given": "Fern", "family": "Hill", "staff_number": "S-2"},
            False,
        ),
        ({}, {}, False),
    ],
)  # fmt: skip
def test_two_logins_are_one_persons_where_the_register_says_nothing_else(office, one, other, same):
    for login, more in (("first", one), ("other", other)):
        enrol(office.store, Member(login, "Clerk", roles=("staff",), **more), actor=KEEPER, now=NOW)
    with office.store.reading() as tx:
        assert are_one(tx, "first", "other") is same
        assert are_one(tx, "First", "first")
        assert not are_one(tx, "first", "nobody.known")


def test_nobody_is_the_second_person_under_another_login(office):
    twice = Member("b.holt", "Team manager", roles=("team_leader", "lado"), given="Bram", family="Holt")
    enrol(office.store, twice, actor=KEEPER, now=NOW, from_on=SINCE)
    case, manager = office.child(), office.sit("manager")
    restricting.restrict(
        office.store,
        case,
        whole_person=False,
        let_in=["b.holt", "second"],
        because="x",
        actor=manager,
        now=NOW,
    )
    restricting.ask_to_lift(office.store, case, because="x", actor=manager, now=NOW)
    with pytest.raises(NotTheirs, match="two people"):
        restricting.decide_lift(
            office.store, case, agreed=True, because="x", actor=office.sit("b.holt"), now=NOW
        )
    restricting.decide_lift(office.store, case, agreed=True, because="x", actor=office.sit("second"), now=NOW)
    assert office.sees("worker", case)


def test_nobody_readmits_by_two_logins_of_their_own(office):
    from models.letting_in import exclude

    twice = Member("b.holt", "Designated officer", roles=("lado",), given="Bram", family="Holt")
    enrol(office.store, twice, actor=KEEPER, now=NOW, from_on=SINCE)
    case, manager = office.child(), office.sit("manager")
    exclude(office.store, case, "worker", because="x", actor=manager, now=NOW)
    readmitting.ask(office.store, case, "worker", because="x", actor=manager, now=NOW)
    with pytest.raises(NotTheirs, match="two people"):
        readmitting.decide(
            office.store, case, "worker", agreed=True, because="x", actor=office.sit("b.holt"), now=NOW
        )


# --- the register itself ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more", [{"given": "Other", "family": "Name"}, {"birth_date": date(1990, 1, 1)}, {"staff_number": "S-9"}]
)
def test_nobody_changes_on_the_register_what_they_are_known_by(office, more):
    line = Member("deputy", birth_date=date(1980, 2, 3), staff_number="S-77")
    enrol(office.store, line, actor=KEEPER, now=NOW)
    with pytest.raises(NotTheirs, match="changes their own name"):
        enrol(office.store, Member("deputy", **more), actor=office.actor("deputy"), now=NOW)
    enrol(office.store, Member("deputy", email="d@example.org"), actor=office.actor("deputy"), now=NOW)
    enrol(office.store, Member("deputy", **more), actor=KEEPER, now=NOW)


def test_nor_does_anybody_under_another_login_of_theirs(office):
    enrol(office.store, Member("deputy", staff_number="S-77"), actor=KEEPER, now=NOW)
    again = Member("r.vale", "Officer", roles=("lado",), staff_number="S-77")
    enrol(office.store, again, actor=KEEPER, now=NOW, from_on=SINCE)
    with pytest.raises(NotTheirs, match="changes their own name"):
        enrol(office.store, Member("deputy", staff_number="S-9"), actor=office.actor("r.vale"), now=NOW)


@pytest.mark.parametrize("more", [{"birth_date": date(1990, 1, 1)}, {"staff_number": "S-9"}])
def test_nor_is_a_birth_date_or_number_made_up_to_be_somebody_else(office, more):
    again = Member("r.vale", "Officer", roles=("lado",), given="Reed", family="Vale")
    enrol(office.store, again, actor=KEEPER, now=NOW, from_on=SINCE)
    for login in ("deputy", "r.vale"):
        with pytest.raises(NotTheirs, match="their own date of birth or staff number"):
            enrol(office.store, Member("r.vale", **more), actor=office.actor(login), now=NOW)
    case = office.allegation("Reed", "Vale")
    assert not office.sees("r.vale", case)


def test_a_first_name_of_ones_own_may_be_told(office):
    newcomer(office)
    enrol(office.store, THORNE, actor=office.actor("newcomer"), now=NOW)
    assert not office.sees("newcomer", office.allegation("Hazel", "Thorne"))


# --- the nightly check ---------------------------------------------------------------------------------------------------


def test_the_nightly_check_looks_again_whom_each_allegation_is_about(office):
    case = office.allegation("Hazel", "Thorne")
    newcomer(office)
    with office.store.writing() as tx:
        tx.connection.execute("UPDATE practitioner SET folded = 'hazel thorne' WHERE login = 'newcomer'")
    assert office.sees("newcomer", case), "the register was changed behind the program's back"
    pass_due_dates(office.store, office.casework.rules, NIGHT, NIGHT)
    assert not office.sees("newcomer", case, NIGHT + timedelta(hours=1))
    (entry,) = [each for each in office.trail(case) if each.action == "access_excluded"]
    assert entry.role == ""
    before = len(office.trail(case))
    match_every_subject(office.store, NIGHT)
    assert len(office.trail(case)) == before, "once is enough"


def test_whom_two_people_let_back_in_after_the_end_stays_in(store, rules):
    office = Office(store, rules)
    case = office.allegation("Reed", "Vale")
    with office.store.writing() as tx:
        tx.connection.execute("UPDATE pathway_case SET is_open = (1 = 0)")
    boss = Actor("boss", frozenset({Role.LADO_MANAGER}))
    readmitting.ask(office.store, case, "deputy", because="x", actor=office.sit("officer"), now=NOW)
    readmitting.decide(office.store, case, "deputy", agreed=True, because="x", actor=boss, now=NOW)
    assert office.sees("deputy", case)
    match_every_subject(office.store, NIGHT)
    assert office.sees("deputy", case)
