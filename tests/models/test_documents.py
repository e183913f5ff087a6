"""Documents of a real case: what is kept and proved, and what left the building cannot be undone."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from models.chronology import chronology
from models.destroying import destroy
from models.documents import (
    NoSuchDocument,
    NotAsKept,
    SentAlready,
    add,
    keep,
    letters_sent,
    open_document,
    sent_all,
)
from models.queries import case_view
from models.restricting import restrict
from models.store import open_store
from models.undo import undo
from models.undo_following import RefusedUndo
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways.errors import Mistyped
from pathways.roles import Role
from tests.models import conferenced
from tests.models.conferenced import (
    COORDINATOR,
    LATER,
    held,
    letter,
    view_of,
)
from tests.models.office import KEEPER, NOW, Office

PDF = b"%PDF-1.7 an invented scan"


office, case = conferenced.office, conferenced.case


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
        sent_all(office.store, case, [kept.number], "post", actor=COORDINATOR, now=NOW)


def test_sent_is_said_once_with_the_way_and_offers_the_move_that_stops_the_clock(office, case):
    held(office, case)
    kept = keep(
        office.store, case, letter(office, case, "decisions", "parent-1"), actor=COORDINATOR, now=LATER
    )
    running = {row.rule for row in view_of(office, case).running}
    with pytest.raises(Mistyped, match="--how is one of: post"):
        sent_all(office.store, case, [kept.number], "pigeon", actor=COORDINATOR, now=LATER)
    (done,) = sent_all(office.store, case, [kept.number], "post", actor=COORDINATOR, now=LATER)
    assert done.then == "send_decisions"
    assert "cp.decision_letter" in running == {row.rule for row in view_of(office, case).running}
    with pytest.raises(SentAlready, match="went out on 24 November 2026 already"):
        sent_all(office.store, case, [kept.number], "post", actor=COORDINATOR, now=LATER)
    assert office.actions(case)[-2:] == ["filing_document_made", "filing_document_sent"]
    assert verify(office.store, office.casework.rules).whole


def test_what_a_letter_that_went_out_rests_on_cannot_be_undone(office, case):
    booked = next(each.seq for each in office.trail(case) if each.action == "book_conference")
    kept = keep(
        office.store, case, letter(office, case, "invitation", "parent-1", NOW), actor=COORDINATOR, now=NOW
    )
    with office.store.reading() as tx:
        assert letters_sent(tx, case, booked, datetime(2026, 1, 1, tzinfo=UTC)) == []
    sent_all(office.store, case, [kept.number], "by-hand", actor=COORDINATOR, now=NOW)
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
    sent_all(office.store, reference, [3], "post", actor=COORDINATOR, now=LATER)
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
