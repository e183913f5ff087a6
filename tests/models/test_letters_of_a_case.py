"""Letters of a real case: who is told what, who gets which address, and one letter for everyone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.access import NotTheirs
from models.documents import SentAlready, keep_all, recipients_of, sent_all, to_be_sent, write_to_everyone
from models.families import changing
from models.letters.known import gather
from models.people import NewPerson
from models.queries import case_view
from models.restricting import restrict
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways import NAMES, pathway
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.letters import NotAllCanBeMade, NotForThem, NotKnownYet, WouldReach
from pathways.roles import Role
from tests.models import conferenced
from tests.models.conferenced import (
    COORDINATOR,
    LATER,
    held,
    letter,
    make,
    said,
    view_of,
)
from tests.models.office import NOW, Office

office, case = conferenced.office, conferenced.case


# --- who is told what --------------------------------------------------------------------------------------


def test_each_parent_gets_their_own_address_and_never_the_others(office, case):
    to_mother = letter(office, case, "invitation", "parent-1", NOW)
    to_father = letter(office, case, "invitation", "parent-2", NOW)
    assert "Willow Birch\n3 Heron Rise\nBootle\nL20 3AB" in said(to_mother)
    assert "Alder Fox\n18 Plover Lane\nBootle\nL21 4CD" in said(to_father)
    for theirs, others in ((to_mother, ("Plover", "L21", "Alder")), (to_father, ("Heron", "L20", "Willow"))):
        assert not [each for each in others if each in said(theirs)]


def test_dates_are_written_as_people_read_them(office, case):
    made = letter(office, case, "invitation", "school", NOW)
    assert "Tuesday 24 November 2026" in said(made)
    assert "Room 2 of the invented hall, 10am" in said(made)
    assert "3 November 2026" in made.lines
    assert "2026-11" not in said(made)


def test_minutes_that_would_tell_the_father_where_the_mother_lives_are_not_made_for_him(office, case):
    held(office, case, risks="He came to 3 Heron Rise at night.")
    assert "3 Heron Rise" in said(letter(office, case, "minutes", "parent-1"))
    for to in ("parent-2", "school"):
        with pytest.raises(WouldReach, match=r"a confidential address.*page [0-9]+ of the file"):
            letter(office, case, "minutes", to)


def test_the_decision_is_told_in_plain_words_with_its_dates(office, case):
    held(office, case)
    to_parent, to_child = (
        letter(office, case, "decisions", "parent-2"),
        letter(office, case, "decisions", "child"),
    )
    for made in (to_parent, to_child):
        assert "There will be a child protection plan." in said(made)
        assert "Tuesday 16 February 2027" in said(made)
    assert "Thursday 3 December 2026" in said(to_parent)
    assert "neglect" in said(to_parent)
    assert "neglect" not in said(to_child)
    assert "in this team: An invented answer." in said(to_child)
    assert ".." not in said(to_child), "who wrote down the team ended it with a full stop"


def test_where_the_child_lives_with_somebody_whose_address_is_confidential_no_agency_is_told_it(office, case):
    assert "Heron" not in said(letter(office, case, "report-request", "school", NOW))
    person = office.row(case).person_id
    with changing(office.store, case, actor=COORDINATOR, now=NOW) as family:
        family.add_address(person, "18 Plover Lane, Bootle", "L21 4CD")
    assert "18 Plover Lane, Bootle, L21 4CD" in said(letter(office, case, "report-request", "school", NOW))


def test_what_led_up_to_one_conference_is_not_taken_for_the_next(office, case):
    held(office, case)
    with pytest.raises(NotKnownYet, match="on the record: where and at what time"):
        letter(office, case, "invitation", "parent-1")


@pytest.mark.parametrize("name", NAMES)
def test_on_every_pathway_what_is_known_for_letters_can_be_gathered(store, rules, name):
    office = Office(store, rules)
    if not pathway(name).entries:
        return
    kind = "adult" if name == "allegations" else "child"
    who = NewPerson(
        kind=kind, given="Ash", family="Birch", birth_date=date(1984 if kind == "adult" else 2017, 3, 1)
    )
    case = office.open(name, pathway(name).entries[0].name, who)
    store.viewer = ALL_SEEING
    with store.reading() as tx:
        known = gather(
            tx, case_view(tx, case), office="Invented Council", title="Officer", today=NOW.date()
        ).known
    assert known.values["our_reference"] == case
    assert known.recipients[0].word in ("adult", "child")


def written(office, reference, kind, **body):
    """A record of a kind, put there past the moves that lead to it."""
    row = office.row(reference)
    with office.store.writing() as tx:
        page = tx.need("last_page", case_id=row.id).page + 1
        tx.run(
            "add_record", case_ref=reference, case_id=row.id, page=page, seq=row.seq + page, kind=kind, entry="decision", title=kind,
            happened_at=NOW, recorded_at=NOW, author="officer", role="lado", body=body, voided_seq=None, destroyed_seq=None,
        )  # fmt: skip


def test_the_outcome_of_an_allegation_is_told_to_employer_and_adult_each_their_part(office):
    reference = office.allegation("Robin", "Wren")
    written(
        office,
        reference,
        "allegation_outcome",
        evidence="Two invented accounts.",
        reasons="Invented reasons.",
        learning="Train.",
        support="A named contact.",
    )
    mark = "?" if office.store.dialect == "sqlite" else "%s"
    with office.store.writing() as tx:
        tx.connection.execute(
            f"UPDATE pathway_case SET outcome = 'unfounded' WHERE reference = {mark}", (reference,)
        )
    officer = office.sit("officer")
    to_employer = said(letter(office, reference, "lado-outcome", "employer", actor=officer))
    to_adult = said(letter(office, reference, "lado-outcome", "adult", actor=officer))
    assert "unfounded" in to_employer
    assert "Two invented accounts." in to_employer
    assert "Robin Wren" in to_employer
    assert "unfounded" in to_adult
    assert "A named contact." in to_adult
    assert "Two invented accounts." not in to_adult
    assert "Train." not in to_adult


def test_a_disagreement_is_written_about_with_initials_only(office):
    reference = office.open(
        "escalation", "disagreement", NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1))
    )
    written(office, reference, "stage_raised", tried="A call to the duty desk.")
    written(office, reference, "stage_settled", agreed="A visit by Friday.", changed=True)
    raised = said(letter(office, reference, "escalation-raise", "receiver"))
    ended = said(letter(office, reference, "escalation-outcome", "partnership"))
    for made in (raised, ended):
        assert "A.B." in made
        assert "Ash" not in made
    assert "A call to the duty desk." in raised
    assert "A visit by Friday." in ended


def test_a_receipt_tells_how_many_pages_the_file_has(office):
    reference = office.child()
    pages = len([each for each in office.trail(reference) if each.body and '"record"' in each.body])
    made = letter(office, reference, "transfer-receipt", "school", NOW)
    assert made.lines[made.lines.index("Pages in our file") + 1] == str(pages)


def test_a_letter_is_not_written_before_its_time_nor_by_anybody(office, case):
    with pytest.raises(NotKnownYet, match="what the conference decided"):
        letter(office, case, "decisions", "parent-1", NOW)
    with pytest.raises(NotTheirs, match="is for: coordinator"):
        letter(office, case, "invitation", "parent-1", NOW, actor=Actor("dsl-1", frozenset({Role.DSL})))
    with pytest.raises(NotForThem, match="parent-1, parent-2"):
        letter(office, case, "invitation", "parent", NOW)


def test_recipients_are_words_and_no_names(office, case):
    words = [
        each.word for each in recipients_of(office.store, view_of(office, case), "invitation", NOW.date())
    ]
    assert words[:3] == ["child", "parent-1", "parent-2"]


def test_a_restricted_sister_is_in_no_letter_even_of_somebody_who_may_see_her(office, case):
    sister = office.child("Hazel", "Birch")
    child, other = office.row(case).person_id, office.row(sister).person_id
    with changing(office.store, case, actor=COORDINATOR, now=NOW) as family:
        family.relate(child, other, "sibling")
    held(office, case, history="Hazel was not there.")
    manager = office.sit("manager", LATER)
    restrict(
        office.store,
        sister,
        whole_person=True,
        let_in=[],
        because="an invented reason",
        actor=manager,
        now=LATER,
    )
    with pytest.raises(WouldReach, match="a child whose record is restricted"):
        letter(office, case, "minutes", "parent-1", actor=manager)


# --- everyone ------------------------------------------------------------------------------------------------


def to_everyone(office, reference, kind, now=LATER, **own):
    return write_to_everyone(
        office.store, reference, kind, actor=own.pop("actor", COORDINATOR), now=now, office="Invented Council",
        title="Conference coordinator", **own,
    )  # fmt: skip


def words_of(letters):
    return [each.recipient.word for each in letters]


def test_everyone_is_the_family_the_child_and_the_agencies_that_were_asked(office, case):
    assert words_of(to_everyone(office, case, "invitation", NOW)) == [
        "child",
        "parent-1",
        "parent-2",
        "school",
        "police",
        "housing",
    ]
    assert words_of(to_everyone(office, case, "report-request", NOW)) == ["school", "police", "housing"]
    make(
        office,
        case,
        "attendance",
        who="health visitor",
        part="professional",
        agency="health visiting",
        invited="yes",
        reply="coming",
    )
    assert words_of(to_everyone(office, case, "agenda", NOW))[-2:] == ["health-visiting", "housing"]
    held(office, case)
    after = words_of(to_everyone(office, case, "decisions"))
    assert after == [
        "child",
        "parent-1",
        "parent-2",
        "social-care",
        "school",
        "police",
        "health-visiting",
        "housing",
    ]
    assert "child" not in words_of(to_everyone(office, case, "minutes"))


def test_every_letter_for_everyone_is_what_its_recipient_alone_would_get(office, case):
    """Who sees what: each page is the one that is made for that recipient, and the others' addresses are on none."""
    held(office, case)
    places = {"parent-1": ("Plover", "L21"), "parent-2": ("Heron", "L20")}
    for kind in ("decisions", "minutes"):
        for made in to_everyone(office, case, kind):
            assert made.content == letter(office, case, kind, made.recipient.word).content
            kept_from = places.get(made.recipient.word, ("Plover", "L21", "Heron", "L20"))
            alone = [each for each in kept_from if each not in " ".join(made.recipient.address)]
            assert not [each for each in alone if each in said(made)], made.recipient.word


def test_whoever_of_the_family_is_not_invited_is_asked_about_before_a_letter_is_made(office, case):
    make(
        office,
        case,
        "attendance",
        who="father",
        part="family",
        invited="no",
        why_not_invited="An order of a court.",
    )
    with pytest.raises(
        NotForThem, match=r"not invited: father\. Say which .* --without WORD, or --without nobody"
    ):
        to_everyone(office, case, "invitation", NOW)
    with pytest.raises(NotForThem):
        to_everyone(office, case, "invitation", NOW, without=["school"])
    assert "parent-2" not in words_of(to_everyone(office, case, "invitation", NOW, without=["Parent 2"]))
    assert "parent-2" in words_of(to_everyone(office, case, "invitation", NOW, without=["nobody"]))
    make(office, case, "attendance", who="father", part="family", invited="yes", reply="coming")
    make(
        office,
        case,
        "attendance",
        who="parent-2",
        part="family",
        invited="no",
        why_not_invited="An order of a court.",
    )
    assert "parent-2" not in words_of(to_everyone(office, case, "invitation", NOW))


def test_where_one_letter_would_tell_too_much_none_is_made_and_it_says_which(office, case):
    held(office, case, risks="He came to 3 Heron Rise at night.")
    with pytest.raises(NotAllCanBeMade) as refused:
        to_everyone(office, case, "minutes")
    assert str(refused.value).startswith(
        "No letter was made. For parent-2: This letter would carry a confidential address"
    )
    assert "--without parent-2 --without" in str(refused.value)
    without = [word for word, _ in refused.value.args[0]]
    assert words_of(to_everyone(office, case, "minutes", without=without)) == ["parent-1"]


def test_letters_for_everyone_are_kept_together_with_a_receipt_each_and_sent_together(office, case):
    made = to_everyone(office, case, "invitation", NOW)
    kept = keep_all(office.store, case, made, actor=COORDINATOR, now=NOW)
    assert [each.number for each in kept] == list(range(1, 7))
    assert len({each.line for each in kept}) == len({each.page for each in kept}) == 6
    view = view_of(office, case)
    with office.store.reading() as tx:
        assert to_be_sent(tx, view) == [1, 2, 3, 4, 5, 6]
    sent_all(office.store, case, [1, 2], "post", actor=COORDINATOR, now=NOW)
    with pytest.raises(SentAlready):
        sent_all(office.store, case, [3, 2], "post", actor=COORDINATOR, now=NOW)
    again = keep_all(office.store, case, made[2:3], actor=COORDINATOR, now=NOW)
    with office.store.reading() as tx:
        assert to_be_sent(tx, view) == [4, 5, 6, again[0].number], (
            "of each the newest version, and none twice"
        )
    assert verify(office.store, office.casework.rules).whole


@pytest.mark.parametrize(
    ("kind", "own", "error", "says"),
    [
        ("transfer-receipt", {}, NotForThem, "one recipient at a time"),
        ("invitation", {"without": ["aunt"]}, Mistyped, "Nobody here is called aunt"),
        ("report-request", {"without": ["school", "police", "housing"]}, Mistyped, "Nobody is left"),
        ("invitation", {"actor": Actor("dsl-1", frozenset({Role.DSL}))}, NotTheirs, "is for: coordinator"),
    ],
)
def test_letters_for_everyone_that_cannot_be_made_say_why(office, case, kind, own, error, says):
    with pytest.raises(error, match=says):
        to_everyone(office, case, kind, NOW, **own)


def test_the_plan_stands_in_the_letter_as_a_table_and_at_a_review_with_how_far_it_came(office, case):
    held(office, case)
    to_parent = letter(office, case, "decisions", "parent-2")
    assert "1.1 An invented action." in to_parent.lines
    assert "social worker" in to_parent.lines
    assert "24 November 2026" in to_parent.lines
    assert "An invented action." not in said(letter(office, case, "decisions", "child"))
    later = LATER + timedelta(days=84)
    make(
        office, case, "core_group_held", LATER + timedelta(days=9), actions=[{"action": "1.1", "is": "done"}]
    )
    make(office, case, "invite", later - timedelta(days=20), agencies="school,police,housing")
    for agency in ("school", "police", "housing"):
        make(office, case, "report_received", later - timedelta(days=10), agency=agency)
    for trigger in ("family_met", "chair_met_family", "reports_shared", "start_conference", "views_recorded"):
        make(office, case, trigger, later)
    make(office, case, "continue_plan", later, review_on="2027-08-10")
    reviewed = letter(office, case, "minutes", "parent-2", later)
    assert "How far the plan has come" in reviewed.lines
    assert "done" in reviewed.lines
    assert reviewed.lines.count("1.1 An invented action.") == 2, "what it was, and that it stands"


def test_nobody_writes_to_a_child_who_is_not_born(office):
    reference = office.open(
        "child_protection",
        "prebirth",
        NewPerson(kind="unborn", family="Birch", expected_delivery_date=date(2027, 3, 1)),
    )
    assert "child" not in [
        each.word
        for each in recipients_of(office.store, view_of(office, reference), "invitation", NOW.date())
    ]
