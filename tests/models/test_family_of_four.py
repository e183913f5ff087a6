"""A family of four at one conference: half-siblings in two households, one restricted, one not born, one who joins late.

Ash and Rowan live with their mother, Willow, who expects a baby. Hazel, their half-sister by their father, Alder, lives
with him; her record is restricted, and only those on its list know of her. She joins between the booking and the day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.casework import Act
from models.documents import write_to_everyone
from models.families import changing
from models.finding import people_called
from models.kin import family_of
from models.meetings import join, last_held, meeting_of
from models.people import NewPerson
from models.queries import case_view
from models.restricting import restrict
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.errors import NOT_FOUND, Mistyped, PathwayError
from tests.casefile import COORDINATOR, complete
from tests.kept import every_row
from tests.models.office import NOW, Office

CP = pathway("child_protection")
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
AGENCIES = "school,police,health visiting"
DUE = date(2027, 2, 10)


class _Family:
    """The four children's cases, and the moves of their conference by small words."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.ash = self.enquired(NewPerson(given="Ash", family="Birch", birth_date=date(2014, 3, 1)))
        self.rowan = self.enquired(NewPerson(given="Rowan", family="Birch", birth_date=date(2018, 5, 2)))
        self.baby = office.open(
            "child_protection",
            "prebirth",
            NewPerson(kind="unborn", family="Birch", expected_delivery_date=DUE),
        )
        self.alone(self.baby, "prebirth_assessed")
        self.hazel = self.enquired(NewPerson(given="Hazel", family="Fox", birth_date=date(2016, 1, 4)))
        self.at_home()

    @property
    def all(self) -> list[str]:
        return [self.ash, self.rowan, self.baby, self.hazel]

    def at_home(self) -> None:
        person = {each: self.office.row(each).person_id for each in self.all}
        with changing(self.office.store, self.ash, actor=COORDINATOR, now=NOW) as family:
            willow = family.add_person(NewPerson(kind="adult", given="Willow", family="Birch"))
            alder = family.add_person(NewPerson(kind="adult", given="Alder", family="Fox"))
            for child in (self.ash, self.rowan, self.baby):
                family.relate(person[child], willow, "parent")
            for child in (self.ash, self.rowan, self.hazel):
                family.relate(person[child], alder, "parent")
            family.relate(person[self.ash], person[self.rowan], "sibling")
            for child in (self.rowan, self.ash):
                family.relate(person[child], person[self.baby], "half_sibling")
                family.relate(person[child], person[self.hazel], "half_sibling")
            since = date(2020, 1, 6)
            home = [(person[self.ash], "child"), (person[self.rowan], "child"), (willow, "adult")]
            family.begin_household("Birch", home, since)
            family.begin_household("Fox", [(person[self.hazel], "child"), (alder, "adult")], since)
            family.add_address(willow, "3 Heron Rise, Bootle", "L20 3AB", confidential=True)
            family.add_address(alder, "18 Plover Lane, Bootle", "L21 4CD")

    def enquired(self, person: NewPerson) -> str:
        reference = self.office.open("child_protection", "strategy", person)
        for trigger, own in (
            ("start_enquiry", {}),
            ("child_seen", {"seen": "yes"}),
            ("allocate", {}),
            ("decide_conference", {}),
        ):
            self.alone(reference, trigger, **own)
        return reference

    def act(self, reference, trigger, now=NOW, **own) -> Act:
        row = self.office.row(reference)
        move = next(each for each in CP.moves_from(row.state) if each.trigger == trigger)
        return Act(
            reference, trigger, complete(move.records, now.date().isoformat(), **own), seen=row.version
        )

    def alone(self, reference, trigger, now=NOW, **own):
        asked = self.act(reference, trigger, now, **own)
        return self.office.casework.make(
            reference, trigger, actor=COORDINATOR, now=now, answers=asked.answers
        )

    def together(self, references, trigger, now=NOW, **own):
        acts = [self.act(each, trigger, now, **own) for each in references]
        return self.office.casework.make_together(acts, actor=COORDINATOR, now=now)

    def restrict_hazel(self) -> None:
        manager = self.office.sit("manager")
        restrict(
            self.office.store, self.hazel, whole_person=True, let_in=["second"], because="an invented reason", actor=manager, now=NOW
        )  # fmt: skip

    def up_to_the_decision(self) -> None:
        booked = {"conference_on": "2026-11-24", "where": "Room 2", "begins": "10:00", "chair": "chair-3"}
        self.together([self.ash, self.rowan, self.baby], "book_conference", **booked)
        self.restrict_hazel()
        self.office.sit("second")
        join(self.office.store, self.hazel, self.ash, actor=COORDINATOR, now=NOW)
        self.alone(self.hazel, "book_conference", **booked)
        self.together(self.all, "invite", agencies=AGENCIES)
        for agency in AGENCIES.split(","):
            self.together(self.all, "report_received", MONDAY, agency=agency)
        for step in ("family_met", "chair_met_family", "reports_shared"):
            self.together(self.all, step, MONDAY)
        self.together(self.all, "start_conference", TUESDAY, agencies=AGENCIES, room="yes")
        self.together(
            self.all,
            "views_recorded",
            TUESDAY,
            history="An invented past.",
            child_view_heard="no",
            child_view_why_none="x",
        )

    def decisions(self, **hazel_own) -> list[Act]:
        """A plan for three, each its own; none for Rowan."""

        def plan(what, **own):
            return [
                {
                    "outcome": f"{what} is safe.",
                    "actions": [{"what": f"See {what}.", "who": "police", "by": "2026-12-01", **own}],
                }
            ]

        shared = {"review_on": "2027-02-23"}
        return [
            self.act(self.ash, "decide_plan", TUESDAY, outline_plan=plan("Ash"), **shared),
            self.act(self.rowan, "decide_no_plan_close", TUESDAY),
            self.act(self.baby, "decide_plan", TUESDAY, outline_plan=plan("the baby"), birth_plan="A midwife is there.", **shared),
            self.act(self.hazel, "decide_plan", TUESDAY, outline_plan=plan("the eldest", **hazel_own), **shared),
        ]  # fmt: skip


@pytest.fixture
def family(store, rules):
    office = Office(store, rules)
    office.sit("manager")
    return _Family(office)


def meeting(family, reference, asked=last_held):
    with family.office.store.reading() as tx:
        return asked(tx, tx.one("case_by_reference", reference=reference).id)


def states(family):
    return [family.office.row(each).state for each in family.all]


def test_four_children_in_one_conference_each_with_a_decision_of_their_own(family):
    family.up_to_the_decision()
    assert states(family) == ["conference", "conference", "prebirth_conference", "conference"]
    family.office.casework.make_together(family.decisions(), actor=COORDINATOR, now=TUESDAY)
    assert states(family) == ["plan", "closed", "plan", "plan"]
    held = meeting(family, family.ash)
    assert (held.row.status, held.row.chair, held.references) == (
        "held",
        "chair-3",
        tuple(sorted(family.all)),
    )
    review = meeting(family, family.ash, meeting_of)
    assert (review.row.kind, review.row.status, review.row.booked_on, review.references) == (
        "review conference",
        "booked",
        date(2027, 2, 23),
        tuple(sorted((family.ash, family.baby, family.hazel))),
    ), "one review for the three who have a plan"
    with_plans = [family.office.row(each).id for each in (family.ash, family.baby, family.hazel)]
    with family.office.store.reading() as tx:
        kept = [row for each in with_plans for row in tx.all("records_of_case", case_id=each)]
    plans = [row.body["outline_plan"][0]["outcome"] for row in kept if "outline_plan" in row.body]
    assert plans == ["Ash is safe.", "the baby is safe.", "the eldest is safe."]
    assert family.office.whole()


def test_a_plan_that_does_not_fit_for_the_last_child_decides_nothing_for_any(family):
    family.up_to_the_decision()
    before = [(each.state, each.version, each.seq) for each in map(family.office.row, family.all)]
    with pytest.raises(Mistyped, match=f"{family.hazel}: Action 1.1: 1 January 2031 is after the review"):
        family.office.casework.make_together(
            family.decisions(by="2031-01-01"), actor=COORDINATOR, now=TUESDAY
        )
    assert [(each.state, each.version, each.seq) for each in map(family.office.row, family.all)] == before
    assert family.office.whole()


def test_a_refusal_for_the_child_who_is_not_born_refuses_all_four(family):
    family.up_to_the_decision()
    acts = family.decisions()
    acts[2] = Act(family.baby, "end_plan", {})
    with pytest.raises(PathwayError):
        family.office.casework.make_together(acts, actor=COORDINATOR, now=TUESDAY)
    assert states(family) == ["conference", "conference", "prebirth_conference", "conference"]


def test_whoever_is_not_on_her_list_sees_a_conference_of_three_and_hears_of_no_fourth(family):
    family.up_to_the_decision()
    family.office.casework.make_together(family.decisions(), actor=COORDINATOR, now=TUESDAY)
    worker = family.office.viewer("worker", TUESDAY)
    family.office.store.viewer = worker
    assert meeting(family, family.ash).references == tuple(sorted((family.ash, family.rowan, family.baby)))
    assert meeting(family, family.ash, meeting_of).references == tuple(sorted((family.ash, family.baby)))
    with family.office.store.reading() as tx:
        view = case_view(tx, family.ash)
        assert family.hazel not in {each.reference for each in view.siblings}
        assert tx.one("case_by_reference", reference=family.hazel) is None
    with pytest.raises(PathwayError) as refused:
        family.office.casework.make_together(
            [Act(family.ash, "note", {}), Act(family.hazel, "note", {})], actor=COORDINATOR, now=TUESDAY
        )
    assert refused.value.code == NOT_FOUND


def test_no_letter_of_the_three_names_the_fourth_and_no_parent_hears_of_the_others_home(family):
    family.up_to_the_decision()
    family.office.casework.make_together(family.decisions(), actor=COORDINATOR, now=TUESDAY)
    family.office.store.viewer = ALL_SEEING
    made = {
        (case, each.recipient.called): "\n".join(each.lines)
        for case in (family.ash, family.baby)
        for each in write_to_everyone(
            family.office.store,
            case,
            "decisions",
            actor=COORDINATOR,
            now=TUESDAY,
            office="Invented Council",
            title="Coordinator",
        )
    }
    assert {called for case, called in made if case == family.ash} >= {
        "Ash Birch",
        "Willow Birch",
        "Alder Fox",
        "School",
    }
    assert {called for case, called in made if case == family.baby} >= {"Willow Birch", "School"}
    for (_, called), text in made.items():
        assert "Hazel" not in text, called
        assert "Heron" not in text or called == "Willow Birch"
        assert "Plover" not in text or called == "Alder Fox"
        assert "Rowan Birch" not in text or called in (
            "Willow Birch",
            "Alder Fox",
            "School",
            "Police",
            "Health visiting",
        )


def test_who_belonged_to_each_child_is_kept_as_it_was_on_the_day(family):
    family.up_to_the_decision()
    family.office.store.viewer = ALL_SEEING
    number = meeting(family, family.ash).row.id
    with family.office.store.reading() as tx:
        named = {row.person_id: row.given for row in every_row(tx, "person_name")}
        parts = {
            (named[row.person_id], row.part)
            for row in every_row(tx, "meeting_person")
            if row.meeting_id == number
        }
    assert {
        ("Willow", "parent"),
        ("Alder", "parent"),
        ("Willow", "household"),
        ("Alder", "household"),
        ("Hazel", "half_sibling"),
    } <= parts


def test_the_baby_is_born_on_the_same_record_and_the_review_counts_from_the_birth(family):
    """Twenty working days from Monday 4 January 2027 end on Monday 1 February; three months from the conference, later."""
    family.up_to_the_decision()
    family.office.casework.make_together(family.decisions(), actor=COORDINATOR, now=TUESDAY)
    before = family.office.row(family.baby)
    assert (before.person_kind, before.birth_date, before.expected_delivery_date) == ("unborn", None, DUE)
    born, told = date(2027, 1, 4), datetime(2027, 1, 5, 10, tzinfo=UTC)
    family.alone(family.baby, "child_born", told, birth_date=born.isoformat(), how_many="1")
    with changing(family.office.store, family.baby, actor=COORDINATOR, now=told) as folk:
        folk.add_name(folk.person_id, "Wren", "Birch", since=born)
    after = family.office.row(family.baby)
    assert (after.person_id, after.person_kind, after.birth_date) == (before.person_id, "child", born)
    ash = family.office.row(family.ash).person_id
    with family.office.store.reading() as tx:
        due = {row.rule: row.due_on for row in tx.all("running_deadlines", case_id=after.id)}
        found = {name: [each.id for each in people_called(tx, name)] for name in ("Wren Birch", "Ren Burch")}
        kinds = {row.kind for row in family_of(tx, ash).relatives if row.other_id == before.person_id}
    assert due["cp.rcpc_prebirth"] == date(2027, 2, 1)
    assert due["cp.age_18"] == date(2045, 1, 4)
    assert before.person_id in found["Wren Birch"]
    assert before.person_id in found["Ren Burch"]
    assert kinds == {"half_sibling"}
    assert family.office.whole()
