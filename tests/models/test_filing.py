"""The central list and the list of concerns: each child once, under the heading that counts, and nobody who is hidden."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.file_marks import mark, release
from models.filing import central_list, concerns, the_file
from models.people import NewPerson
from models.queries import case_view
from models.supervision import record
from models.sweep import pass_due_dates
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.file_audit import ASK, NO, YES, audit
from pathways.file_lists import Heading, first, heading
from pathways.supervision import UNPLANNED, Session
from tests.casefile import complete
from tests.models.office import KEEPER, NOW, Office

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def office(store, rules):
    return Office(store, rules)


def listed(office, login, team=""):
    office.sit(login)
    with office.store.reading() as tx:
        return [(each.heading, each.reference) for each in central_list(tx, team)]


def test_a_child_with_two_cases_is_listed_once_and_a_linked_record_is_the_same_child(office):
    first_case = office.child()
    other = office.open("encompass", "incident", office.row(first_case).person_id)
    elsewhere = office.child("Ashley", "Birch")
    worker = office.sit("worker")
    for each in (first_case, elsewhere):
        mark(office.store, each, "watched", whole_person=True, because="quiet lately", actor=worker, now=NOW)
    found = listed(office, "worker")
    assert [each for each, _ in found] == [Heading.WATCHED, Heading.WATCHED]
    assert {reference for _, reference in found} <= {first_case, other, elsewhere}
    kept, linked = (office.row(each).person_id for each in (first_case, elsewhere))
    with office.store.writing() as tx:
        tx.run(
            "add_person_link", person_id=kept, other_id=linked, because="the same child", by_login="worker", from_at=NOW,
            ended_at=None, ended_by=None, ended_because=None,
        )  # fmt: skip
    assert len(listed(office, "worker")) == 1
    release(office.store, first_case, "watched", because="settled", actor=office.sit("worker"), now=NOW)
    assert listed(office, "worker") == [], (
        "the mark on the linked record was on the same child, and ended with it"
    )


def test_a_child_who_is_hidden_is_on_nobodys_list_but_theirs_who_may_see_them(office):
    from models.restricting import restrict

    case = office.child()
    manager = office.sit("manager")
    mark(office.store, case, "watched", whole_person=True, because="quiet lately", actor=manager, now=NOW)
    restrict(
        office.store,
        case,
        whole_person=True,
        let_in=[],
        because="a colleague's child",
        actor=manager,
        now=NOW,
    )
    assert listed(office, "worker") == []
    assert listed(office, "manager") == [(Heading.WATCHED, case)]
    office.sit("worker")
    with office.store.reading() as tx:
        assert concerns(tx, BEGUN) == []


def test_a_list_of_one_team_has_that_teams_children_only(office):
    ours, theirs = office.child(team="assessment"), office.child("Elm", "Fox", team="north school")
    office.sit("worker")
    with office.store.reading() as tx:
        assert {each.reference for each in concerns(tx, BEGUN)} == {ours, theirs}
        assert [each.reference for each in concerns(tx, BEGUN, "north school")] == [theirs]
    office.sit("teacher")
    with office.store.reading() as tx:
        assert [each.reference for each in concerns(tx, BEGUN)] == [theirs]


def test_an_allegation_about_an_adult_is_no_concern_about_a_child_on_any_list(office):
    office.allegation()
    office.open(
        "child_protection", "strategy", NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1))
    )
    office.store.viewer = ALL_SEEING
    with office.store.reading() as tx:
        assert concerns(tx, BEGUN) == []
        assert central_list(tx) == [], "an enquiry is neither a plan nor history"


def test_a_concern_that_no_lead_was_told_of_in_time_is_shown_as_unreported(office):
    """Noticed on 3 November 2026, so the lead is told that day; the check of the 5th finds that nobody was."""
    case = office.open("front_door", "concern", NewPerson(given="Ash", family="Birch"))
    night = datetime(2026, 11, 5, 3, tzinfo=UTC)
    assert [(each.outcome, each.unreported) for each in brought(office)] == [
        ("Concern noted, not referred yet", False)
    ]
    pass_due_dates(office.store, office.rules, night, night)
    assert [(each.outcome, each.unreported) for each in brought(office)] == [("Unreported", True)]
    records = next(each for each in pathway("front_door").moves if each.trigger == "tell_lead").records
    office.store.viewer = ALL_SEEING
    office.casework.make(case, "tell_lead", actor=KEEPER, now=night, answers=complete(records, "2026-11-05"))
    assert [each.unreported for each in brought(office)] == [False]


def brought(office):
    office.store.viewer = ALL_SEEING
    with office.store.reading() as tx:
        return concerns(tx, BEGUN)


# --- the audit of one file --------------------------------------------------------------------------------------------


def audited(office, reference):
    """What the record answers to each point, by its name."""
    office.store.viewer = ALL_SEEING
    with office.store.reading() as tx:
        found = audit(the_file(tx, case_view(tx, reference), office.rules))
    return {point.name: finding for point, finding in found}


def test_a_call_on_another_case_of_the_child_is_held_to_its_form(office):
    ash = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1))
    case = office.open("child_protection", "strategy", ash)
    assert audited(office, case)["referral"].answer == ASK
    call = office.open("front_door", "phone", office.row(case).person_id)
    assert audited(office, case)["referral"].why == f"referred by telephone, and no form is there: {call}"


@pytest.mark.parametrize(
    ("happened", "written", "behind"),
    [
        (
            date(2026, 11, 6),
            datetime(2026, 11, 9, 17, tzinfo=UTC),
            False,
        ),  # a Friday; Monday is one working day on
        (date(2026, 11, 6), datetime(2026, 11, 10, 9, tzinfo=UTC), True),
        (date(2026, 11, 3), datetime(2026, 11, 3, 23, tzinfo=UTC), False),
        (date(2026, 12, 24), datetime(2026, 12, 29, 9, tzinfo=UTC), False),  # 25 and 28 December are holidays
        (date(2026, 12, 24), datetime(2026, 12, 30, 9, tzinfo=UTC), True),
    ],
)
def test_a_page_is_in_time_within_a_working_day(office, happened, written, behind):
    case = office.child()
    actor = office.sit("worker")
    note = {"nature": "fact", "text": "An invented answer."}
    office.casework.make(case, "note", actor=actor, now=written, at=happened, answers=note)
    finding = audited(office, case)["timely"]
    assert ("written later than rec.chronology_entry" in finding.why) is behind
    assert (finding.pages == (2,)) is behind


def test_supervision_of_a_case_shows_in_its_audit(office):
    case = office.child(team="assessment")
    assert audited(office, case)["supervised"].answer == NO
    session = Session(form=UNPLANNED, held_on=date(2026, 11, 2), agenda={}, discussed={case: "seen twice"})
    actor = office.sit("manager")
    record(
        office.store, session, supervisor="manager", practitioner="worker", head_present=False, actor=actor, now=NOW
    )  # fmt: skip
    finding = audited(office, case)["supervised"]
    assert (finding.answer, finding.why) == (YES, "discussed in supervision once, last on 2 November 2026")


HEADINGS = [
    # pathway            state          open   watched  heading
    ("child_protection", "plan",         True,  False,  Heading.PROTECTION),
    ("child_protection", "rcpc_overdue", True,  True,   Heading.PROTECTION),
    ("child_protection", "enquiry",      True,  False,  None),
    ("child_protection", "enquiry",      True,  True,   Heading.WATCHED),
    ("child_protection", "closed",       False, False,  Heading.HISTORIC),
    ("child_in_need",    "active",       True,  False,  Heading.IN_NEED),
    ("child_in_need",    "closed",       False, True,   Heading.WATCHED),
    ("early_help",       "drifting",     True,  False,  Heading.EARLY_HELP),
    ("front_door",       "closed",       False, False,  Heading.HISTORIC),
    ("front_door",       "triage",       True,  False,  None),
]  # fmt: skip


@pytest.mark.parametrize(("pathway", "state", "is_open", "watched", "under"), HEADINGS)
def test_heading(pathway, state, is_open, watched, under):
    assert heading(pathway, state, is_open=is_open, watched=watched) is under


def test_the_heading_that_protects_most_is_the_one_that_counts():
    assert first([Heading.HISTORIC, None, Heading.EARLY_HELP, Heading.PROTECTION]) is Heading.PROTECTION
    assert first([Heading.HISTORIC, Heading.WATCHED]) is Heading.WATCHED
    assert first([None]) is None
