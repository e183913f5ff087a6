"""Letters of a real case: who gets which address, what is kept and proved, what left the building cannot be undone."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest

from models.access import NotTheirs, restrict
from models.destroying import destroy
from models.documents import (
    NoSuchDocument,
    NotAsKept,
    SentAlready,
    add,
    keep,
    letters_sent,
    open_document,
    recipients_of,
    sent,
    write_letter,
)
from models.families import changing
from models.letters.known import gather
from models.people import NewPerson
from models.queries import case_view, chronology
from models.store import ALL_SEEING, open_store
from models.undo import RefusedUndo, undo
from models.verify import verify
from pathways import NAMES, pathway
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.letters import NotForThem, NotKnownYet, WouldReach
from pathways.roles import Role
from tests.casefile import complete
from tests.models.office import KEEPER, NOW, Office

COORDINATOR = Actor("keeper", frozenset({Role.COORDINATOR}))
LATER = NOW + timedelta(days=21)
PDF = b"%PDF-1.7 an invented scan"


@pytest.fixture
def office(store, rules):
    made = Office(store, rules)
    made.sit("worker")
    return made


@pytest.fixture
def case(office):
    """A child whose conference decided on a plan; mother and father live apart, hers is confidential."""
    child = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1))
    reference = office.open("child_protection", "strategy", child)
    for trigger, own in (
        ("start_enquiry", {}),
        ("child_seen", {"seen": "yes"}),
        ("allocate", {}),
        ("decide_conference", {}),
        ("book_conference", {"conference_on": "2026-11-24", "where": "Room 2 of the invented hall, 10am"}),
        ("invite", {"agencies": "school,police,housing"}),
        *(("report_received", {"agency": each}) for each in ("school", "police", "housing")),
        ("family_met", {}),
        ("chair_met_family", {}),
        ("reports_shared", {}),
    ):
        make(office, reference, trigger, **own)
    person = office.row(reference).person_id
    with changing(office.store, reference, actor=COORDINATOR, now=NOW) as family:
        mother = family.add_person(NewPerson(kind="adult", given="Willow", family="Birch"))
        father = family.add_person(NewPerson(kind="adult", given="Alder", family="Fox"))
        family.relate(person, mother, "parent")
        family.relate(person, father, "parent")
        family.add_address(mother, "3 Heron Rise, Bootle", "L20 3AB", confidential=True)
        family.add_address(person, "3 Heron Rise, Bootle", "L20 3AB")
        family.add_address(father, "18 Plover Lane, Bootle", "L21 4CD")
    return reference


def make(office, reference, trigger, now=NOW, **own):
    row = office.row(reference)
    move = next(each for each in pathway(row.pathway).moves_from(row.state) if each.trigger == trigger)
    answers = complete(
        move.records,
        (now + timedelta(days=30)).date().isoformat() if "review_on" in own else now.date().isoformat(),
        **own,
    )
    return office.casework.make(reference, trigger, actor=COORDINATOR, now=now, answers=answers)


def held(office, reference, **board):
    make(office, reference, "start_conference", LATER, agencies="school,police,housing,social care")
    make(office, reference, "views_recorded", LATER, **board)
    make(
        office,
        reference,
        "decide_plan",
        LATER,
        review_on="2027-02-16",
        first_core_group_on="2026-12-03",
        **{"category": "NEG"},
    )


def letter(office, reference, kind, to, now=LATER, **own):
    return write_letter(
        office.store, reference, kind, to, actor=own.pop("actor", COORDINATOR), now=now, office="Invented Council",
        title="Conference coordinator", **own,
    )  # fmt: skip


def view_of(office, reference):
    with office.store.reading() as tx:
        return case_view(tx, reference)


def said(made):
    return "\n".join(made.lines)


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
            happened_at=NOW, recorded_at=NOW, author="officer", role="lado", body=body, voided_seq=None,
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


# --- kept and proved ---------------------------------------------------------------------------------------


@pytest.mark.sqlcipher
def test_a_letter_is_kept_with_its_page_its_entry_and_its_fingerprint(office, case):
    made = letter(office, case, "invitation", "parent-1", NOW)
    before = office.row(case)
    kept = keep(office.store, case, made, actor=COORDINATOR, now=NOW)
    assert (kept.number, kept.version, kept.fingerprint) == (1, 1, sha256(made.content).hexdigest())
    row, content = open_document(office.store, view_of(office, case), 1)
    assert content == made.content
    assert (row.recipient, row.page, row.form, row.sent_at) == ("parent-1", kept.page, "docx", None)
    after = office.row(case)
    assert (after.state, after.version, after.facts, after.seq) == (
        before.state,
        before.version,
        before.facts,
        before.seq + 1,
    )
    with office.store.reading() as tx:
        last = chronology(tx, case_view(tx, case))
    assert any(
        each.page == kept.page and each.what == "Invitation to a conference, to parent-1" for each in last
    )
    assert keep(office.store, case, made, actor=COORDINATOR, now=NOW).version == 2
    assert verify(office.store, office.casework.rules).whole


@pytest.mark.sqlcipher
def test_what_is_kept_lies_sealed_where_the_store_is(office, case):
    keep(office.store, case, letter(office, case, "invitation", "parent-1", NOW), actor=COORDINATOR, now=NOW)
    plain = office.store.connection.execute("SELECT content FROM document").fetchone()[0]
    assert plain.startswith("~1.") == office.store.sealed


def test_a_dry_run_keeps_nothing(office, case):
    made = letter(office, case, "invitation", "parent-1", NOW)
    assert keep(office.store, case, made, actor=COORDINATOR, now=NOW, dry_run=True).number == 1
    with pytest.raises(NoSuchDocument, match="has no document 1"):
        open_document(office.store, view_of(office, case), 1)


def test_a_kept_file_that_was_changed_is_not_opened(office, case):
    keep(office.store, case, letter(office, case, "invitation", "parent-1", NOW), actor=COORDINATOR, now=NOW)
    forged = b64encode(b"PK\x03\x04 something else").decode()
    mark = "?" if office.store.dialect == "sqlite" else "%s"
    printed = sha256(b"PK\x03\x04 something else").hexdigest()
    with office.store.writing() as tx:
        tx.connection.execute(
            f"UPDATE document SET content = {mark}, fingerprint = {mark}", (forged, printed)
        )
    with pytest.raises(NotAsKept, match="not as it was kept"):
        open_document(office.store, view_of(office, case), 1)


def test_papers_that_come_in_are_kept_as_what_they_are(office, case):
    kept = add(office.store, case, PDF, "pdf", "report", actor=COORDINATOR, now=NOW)
    assert open_document(office.store, view_of(office, case), kept.number)[1] == PDF
    for content, form, paper, why in (
        (PDF, "docx", "report", "as what they are"), (PDF, "exe", "report", "as what they are"), (b"", "txt", "report", "as what they are"),
        (PDF, "pdf", "poem", "--as is one of"), (PDF + b"x" * (20 * 1024 * 1024), "pdf", "report", "larger than 20 MB"),
    ):  # fmt: skip
        with pytest.raises(Mistyped, match=why):
            add(office.store, case, content, form, paper, actor=COORDINATOR, now=NOW)
    with pytest.raises(NoSuchDocument):
        sent(office.store, case, kept.number, "post", actor=COORDINATOR, now=NOW)


def test_sent_is_said_once_with_the_way_and_offers_the_move_that_stops_the_clock(office, case):
    held(office, case)
    kept = keep(
        office.store, case, letter(office, case, "decisions", "parent-1"), actor=COORDINATOR, now=LATER
    )
    running = {row.rule for row in view_of(office, case).running}
    with pytest.raises(Mistyped, match="--how is one of: post"):
        sent(office.store, case, kept.number, "pigeon", actor=COORDINATOR, now=LATER)
    done = sent(office.store, case, kept.number, "post", actor=COORDINATOR, now=LATER)
    assert done.then == "send_decisions"
    assert "cp.decision_letter" in running == {row.rule for row in view_of(office, case).running}
    with pytest.raises(SentAlready, match="went out on 24 November 2026 already"):
        sent(office.store, case, kept.number, "post", actor=COORDINATOR, now=LATER)
    assert office.actions(case)[-2:] == ["filing_document_made", "filing_document_sent"]
    assert verify(office.store, office.casework.rules).whole


def test_what_a_letter_that_went_out_rests_on_cannot_be_undone(office, case):
    booked = next(each.seq for each in office.trail(case) if each.action == "book_conference")
    kept = keep(
        office.store, case, letter(office, case, "invitation", "parent-1", NOW), actor=COORDINATOR, now=NOW
    )
    with office.store.reading() as tx:
        assert letters_sent(tx, case, booked, datetime(2026, 1, 1, tzinfo=UTC)) == []
    sent(office.store, case, kept.number, "by-hand", actor=COORDINATOR, now=NOW)
    with pytest.raises(RefusedUndo, match="cannot be unsent"):
        undo(
            office.store, office.casework.rules, case, actor=KEEPER, now=NOW, because="an invented reason", entry=booked,
            by=Role.TEAM_LEADER,
        )  # fmt: skip


def test_somebody_who_may_not_see_the_case_finds_no_document(office, case):
    keep(office.store, case, letter(office, case, "invitation", "parent-1", NOW), actor=COORDINATOR, now=NOW)
    row = office.row(case)
    manager = office.sit("manager")
    restrict(
        office.store, case, whole_person=True, let_in=[], because="an invented reason", actor=manager, now=NOW
    )
    office.sit("second")
    with office.store.reading() as tx:
        assert tx.all("documents_of_case", case_id=row.id) == []
        assert tx.one("document_with_content", case_id=row.id, number=1) is None


def test_what_is_destroyed_takes_its_documents_with_it(sqlcipher_url, rules):
    with open_store(sqlcipher_url) as store:
        office = Office(store, rules)
        reference = office.child()
        kept = add(store, reference, PDF, "pdf", "report", actor=COORDINATOR, now=NOW)
        destroy(
            store, reference, rule="rec.retain_cp", because="an invented reason", by="records-1", second="records-2", now=LATER,
            again=True,
        )  # fmt: skip
        assert store.connection.execute("SELECT count(*) FROM document").fetchone()[0] == 0
        with pytest.raises(NoSuchDocument):
            open_document(store, view_of(office, reference), kept.number)
        assert verify(store, rules).whole
