"""Letters of a real case: who gets which address, what is kept and proved, what left the building cannot be undone."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest

from models.access import NotTheirs
from models.chronology import chronology
from models.destroying import destroy
from models.documents import (
    NoSuchDocument,
    NotAsKept,
    SentAlready,
    add,
    keep,
    keep_all,
    letters_sent,
    open_document,
    recipients_of,
    sent,
    sent_all,
    to_be_sent,
    write_letter,
    write_to_everyone,
)
from models.families import changing
from models.letters.known import gather
from models.people import NewPerson
from models.queries import case_view
from models.restricting import restrict
from models.store import open_store
from models.undo import undo
from models.undo_following import RefusedUndo
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways import NAMES, pathway
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.letters import NotAllCanBeMade, NotForThem, NotKnownYet, WouldReach
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
        ("reports_shared", {"who": "school,police,housing"}),
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


# --- held by the chain ----------------------------------------------------------------------------------------------


@pytest.fixture
def papers(office):
    """A child's case with a scan that came in and a letter that went out."""
    reference = office.child()
    add(office.store, reference, PDF, "pdf", "report", actor=COORDINATOR, now=NOW)
    add(office.store, reference, PDF + b", another", "pdf", "other", actor=COORDINATOR, now=NOW)
    add(office.store, reference, b"%PDF-1.7 a letter", "pdf", "edited", actor=COORDINATOR, now=NOW)
    sent(office.store, reference, 3, "post", actor=COORDINATOR, now=LATER)
    assert proof(office) == []
    return reference


def proof(office):
    office.store.viewer = ALL_SEEING
    return [str(each) for each in verify(office.store, None).faults]


ANOTHER = b64encode(b"%PDF-1.7 something else").decode()
PAPER_ATTACKS = [
    # what somebody does with the database's own tools                what the verification says
    ("DELETE FROM document WHERE number = 1", ["document 1 is gone"]),
    (f"UPDATE document SET content = '{ANOTHER}' WHERE number = 1", ["document 1 was changed after it was kept"]),
    ("UPDATE document SET content = 'no base64' WHERE number = 2", ["document 2 was changed after it was kept"]),
    (f"UPDATE document SET content = '{ANOTHER}', fingerprint = '{sha256(b'%PDF-1.7 something else').hexdigest()}' WHERE number = 2", ["document 2 was changed after it was kept"]),
    ("UPDATE document SET version = 9 WHERE number = 1", ["document 1 was changed after it was kept"]),
    ("UPDATE document SET sent_seq = NULL, sent_at = NULL WHERE number = 3", ["whether document 3 went out is not what the entry says"]),
    ("UPDATE document SET sent_seq = 2 WHERE number = 1", ["whether document 1 went out is not what the entry says"]),
    ("UPDATE document SET recipient = 'parent-9' WHERE number = 3", ["document 3 was changed after it was kept"]),
    ("UPDATE document SET kind = 'order' WHERE number = 1", ["document 1 is said to be of another kind, or to rest on something else"]),
    ("UPDATE document SET template = 'other.docx' WHERE number = 1", ["document 1 is said to be of another kind, or to rest on something else"]),
    ("UPDATE document SET template_print = 'x' WHERE number = 3", ["document 3 is said to be of another kind, or to rest on something else"]),
    ("UPDATE document SET rests_on = '[7]' WHERE number = 1", ["document 1 is said to be of another kind, or to rest on something else"]),
    ("UPDATE document SET page = 9 WHERE number = 1", ["document 1 was changed after it was kept"]),
    ("UPDATE document SET size = 3 WHERE number = 1", ["document 1 was changed after it was kept"]),
    ("UPDATE document SET made_by = 'somebody-else' WHERE number = 1", ["document 1 was changed after it was kept"]),
    ("UPDATE document SET made_at = '2026-01-05 09:00:00.000000+00:00' WHERE number = 1", ["document 1 was changed after it was kept"]),
    ("UPDATE document SET sent_how = 'by-hand' WHERE number = 3", ["whether document 3 went out is not what the entry says"]),
    ("UPDATE document SET sent_by = 'somebody-else' WHERE number = 3", ["whether document 3 went out is not what the entry says"]),
    ("UPDATE document SET sent_at = '2026-01-05 09:00:00.000000+00:00' WHERE number = 3", ["whether document 3 went out is not what the entry says"]),
    ("UPDATE document SET sent_by = 'somebody-else' WHERE number = 1", ["document 1 is said to have gone out, and no entry says so"]),
    ("INSERT INTO document (case_id, number, kind, recipient, version, form, template, template_print, rests_on, page, seq, made_at, made_by, size, fingerprint, content) "
     "SELECT case_id, 90, kind, recipient, version, form, template, template_print, rests_on, page, 90, made_at, made_by, size, fingerprint, content FROM document WHERE number = 1",
     ["document 90 is not on the trail"]),
]  # fmt: skip


@pytest.mark.parametrize(("attack", "says"), PAPER_ATTACKS)
def test_a_document_that_was_changed_taken_out_or_put_in_shows(office, papers, attack, says):
    with office.store.writing() as tx:
        tx.connection.execute(attack)
    found = proof(office)
    assert len(found) == len(says), found
    assert all(f"of {papers}: {each}." in one for each, one in zip(says, found, strict=True)), found


def test_a_document_in_anothers_place_does_not_open_and_shows(office, papers):
    """Where the store is sealed, the content of another case's document opens with another key."""
    other = office.child(given="Elm")
    add(office.store, other, PDF, "pdf", "report", actor=COORDINATOR, now=NOW)
    where = "(SELECT id FROM pathway_case WHERE reference = '{}')"
    with office.store.writing() as tx:
        tx.connection.execute(
            f"UPDATE document SET content = (SELECT theirs.content FROM document theirs WHERE theirs.number = 2 "
            f"AND theirs.case_id = {where.format(papers)}) WHERE case_id = {where.format(other)}"
        )
    assert proof(office) == [f"Entry 2 of {other}: document 1 was changed after it was kept."]


def test_a_document_taken_out_of_a_sealed_store_shows(sqlcipher_url, rules):
    with open_store(sqlcipher_url) as store:
        office = Office(store, rules)
        office.sit("manager")
        reference = office.child()
        add(store, reference, PDF, "pdf", "report", actor=COORDINATOR, now=NOW)
        case = office.row(reference)
        with store.writing() as tx:
            tx.run("drop_documents", case_id=case.id)
        assert proof(office) == [f"Entry 2 of {reference}: document 1 is gone."]


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
