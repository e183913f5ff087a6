"""The end of a page before its file's: what keeps it, two people, its content gone from the store, the record still whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import copies, copies_opened
from models.access import NotTheirs
from models.chronology import chronology
from models.copies import back_up
from models.copy_files import CASE_KEYS, read
from models.destroying import TwoNeeded
from models.documents import NoSuchDocument, add, open_document
from models.file_marks import mark, release
from models.page_retention import ask, carry_out, decide, due_pages
from models.queries import case_view
from models.retention import KeptStill, due, weigh
from models.store import open_store
from models.undo import undo
from models.undo_following import RefusedUndo
from models.verify import verify
from models.viewer import ALL_SEEING
from pathways.errors import Mistyped
from tests.models.sealed import CANARY, DSL, NOW, close, concern, opened, whole
from tests.models.test_retention import LATER, MANAGER, OFFICER, SECOND, WHY, WORKER, concern_again

PAPER = b"Quillfeather wrote this letter"


@pytest.fixture(params=["sqlite", "sqlcipher", "postgresql"])
def held(request, rules):
    """A store with one concern of 2026, three pages long: what was said, a paper that came in, and how it was closed."""
    name = {"sqlite": "sqlite_url", "sqlcipher": "sqlcipher_url", "postgresql": "migrated_url"}[request.param]
    url = request.getfixturevalue(name)
    with open_store(url) if request.param == "sqlite" else opened(url) as store:
        store.viewer = ALL_SEEING
        reference = concern(store, rules)
        add(store, reference, PAPER, "txt", "letter", actor=DSL, now=NOW)
        close(store, rules, reference)
        yield store, reference


@pytest.fixture
def book(rules):
    return rules.rulebook


def professional(store, case, page):
    """Say that a page is about a professional: it keeps its file for 75 years."""
    mark(
        store,
        case,
        "by_professional",
        whole_person=False,
        because="as found",
        actor=WORKER,
        now=LATER,
        page=page,
    )


def listed(store, book, now=LATER):
    with store.reading() as tx:
        return {each.reference: sorted(each.pages) for each in due_pages(tx, book, now.date())}


def agree(store, book, case, pages):
    ask(store, case, pages, because=WHY, rules=book, actor=OFFICER, now=LATER)
    decide(store, case, pages, agreed=True, because="agreed", rules=book, actor=MANAGER, now=LATER)


def destroyed(store, book, case, pages):
    agree(store, book, case, pages)
    return carry_out(store, case, pages, rules=book, actor=OFFICER, now=LATER)


def test_pages_go_at_their_own_end_and_the_record_still_verifies(held, rules, book):
    store, case = held
    assert listed(store, book) == {}, "the file as a whole is due"
    professional(store, case, 3)
    assert listed(store, book) == {case: [1, 2]}
    with store.reading() as tx:
        assert due(tx, book, LATER.date()) == []
    gone = destroyed(store, book, case, [1, 2])
    assert (gone.pages, gone.rule, gone.by, gone.second) == (
        (1, 2), "rec.retain_25", "records-1", "manager-1",
    )  # fmt: skip
    assert listed(store, book) == {}
    with store.reading() as tx:
        view = case_view(tx, case)
        rows = tx.all("records_of_case", case_id=view.row.id)
        entries = {each.page: each for each in chronology(tx, view) if each.page}
        assert tx.all("trail_of_case", reference=case)[-1].hash.hex() == gone.hash
    assert [(row.page, row.body == {}, row.destroyed_seq) for row in rows] == [
        (1, True, gone.entry), (2, True, gone.entry), (3, False, None),
    ]  # fmt: skip
    assert entries[1].what.startswith(f"[content destroyed by entry {gone.entry}]")
    assert entries[1].answers == ()
    assert entries[3].answers
    with pytest.raises(NoSuchDocument):
        open_document(store, view, 1)
    whole(store)
    found = verify(store, rules)
    assert found.whole, [str(each) for each in found.faults]


def test_what_stood_on_a_page_stands_in_no_file_of_a_plain_store(rules, book, sqlite_url):
    with open_store(sqlite_url) as store:
        store.viewer = ALL_SEEING
        case = concern(store, rules)
        close(store, rules, case)
        professional(store, case, 2)
        destroyed(store, book, case, [1])
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = sqlite_url.removeprefix("sqlite:///")
    with open(path, "rb") as file:
        assert CANARY.encode() not in file.read()


def test_one_person_is_never_enough_and_only_what_was_asked_for_goes(held, book):
    store, case = held
    professional(store, case, 3)
    with pytest.raises(TwoNeeded):
        carry_out(store, case, [1], rules=book, actor=OFFICER, now=LATER)
    with pytest.raises(NotTheirs):
        ask(store, case, [1], because=WHY, rules=book, actor=WORKER, now=LATER)
    ask(store, case, [1], because=WHY, rules=book, actor=OFFICER, now=LATER)
    with pytest.raises(TwoNeeded):
        decide(store, case, [1], agreed=True, because="yes", rules=book, actor=OFFICER, now=LATER)
    with pytest.raises(Mistyped, match="--page 1"):
        decide(store, case, [1, 2], agreed=True, because="yes", rules=book, actor=SECOND, now=LATER)
    decide(store, case, [1], agreed=True, because="yes", rules=book, actor=SECOND, now=LATER)
    with pytest.raises(Mistyped, match="--page 1"):
        carry_out(store, case, [2], rules=book, actor=OFFICER, now=LATER)
    carry_out(store, case, [1], rules=book, actor=OFFICER, now=LATER)
    with pytest.raises(TwoNeeded):
        carry_out(store, case, [1], rules=book, actor=OFFICER, now=LATER)
    with pytest.raises(Mistyped, match="no page 1 any more"):
        ask(store, case, [1], because=WHY, rules=book, actor=OFFICER, now=LATER.replace(hour=12))
    whole(store)


@pytest.mark.parametrize(("page", "bars"), [(1, True), (2, False), (None, True)])
def test_a_hold_on_the_page_or_its_file_bars_it_and_one_on_another_page_does_not(held, book, page, bars):
    store, case = held
    professional(store, case, 3)
    mark(store, case, "hold", whole_person=False, because="a court asks", actor=WORKER, now=LATER, page=page)
    assert (1 in listed(store, book).get(case, [])) is not bars
    if bars:
        with pytest.raises(KeptStill, match="a legal hold bars it"):
            ask(store, case, [1], because=WHY, rules=book, actor=OFFICER, now=LATER)


def test_a_hold_set_after_the_agreement_stops_it(held, book):
    store, case = held
    professional(store, case, 3)
    agree(store, book, case, [1])
    later = LATER.replace(hour=10)
    mark(store, case, "inquiry", whole_person=False, because="it asks", actor=WORKER, now=later, page=1)
    with pytest.raises(TwoNeeded):
        carry_out(store, case, [1], rules=book, actor=OFFICER, now=later)
    release(store, case, "inquiry", because="over", actor=SECOND, now=later, page=1)
    with pytest.raises(TwoNeeded):
        carry_out(store, case, [1], rules=book, actor=OFFICER, now=later)
    whole(store)


def test_another_case_of_the_child_that_is_kept_longer_keeps_the_page_too(held, rules, book):
    store, case = held
    other = concern_again(store, rules, case)
    professional(store, case, 3)
    assert 1 in listed(store, book)[case]
    mark(store, other, "sexual_abuse", whole_person=False, because="as told", actor=WORKER, now=LATER)
    assert listed(store, book) == {}


def test_the_same_page_comes_back_on_nobodys_list_once_the_file_is_due_and_goes(held, rules, book):
    store, case = held
    professional(store, case, 3)
    destroyed(store, book, case, [1])
    after = datetime(2102, 1, 5, 9, tzinfo=UTC)
    assert listed(store, book, after) == {}
    with store.reading() as tx:
        assert [each.reference for each in due(tx, book, after.date())] == [case]
        assert weigh(tx, case, book, after.date()).together.rule == "rec.retain_75"


def test_nothing_is_undone_on_a_file_of_which_a_page_is_gone(held, rules, book):
    store, case = held
    professional(store, case, 3)
    destroyed(store, book, case, [1])
    with pytest.raises(RefusedUndo, match="cannot be told again"):
        undo(store, rules, case, actor=MANAGER, now=LATER, because="It was entered on the wrong case.")


@pytest.mark.parametrize("held", ["sqlcipher", "postgresql"], indirect=True)
def test_a_page_that_is_gone_is_gone_again_in_an_older_copy(held, rules, book, tmp_path):
    store, case = held
    professional(store, case, 3)
    old = back_up(store, tmp_path, LATER)
    destroyed(store, book, case, [1, 2])
    back_up(store, tmp_path, LATER + timedelta(hours=1))
    with copies._scratch(store, tmp_path, LATER) as scratch, copies_opened.opened(
        store.url, read(old.path), tmp_path / CASE_KEYS, scratch, LATER
    ) as back, back.store.reading() as tx:  # fmt: skip
        rows = tx.all("records_of_case", case_id=tx.need("case_by_reference", reference=case).id)
        assert [row.body == {} for row in rows] == [True, True, False]
        assert tx.all("trail_of_case", reference=case)[-1].action == "filing_page_destroyed"


FORGERIES = {
    "a page emptied without an entry": "UPDATE record SET body = '{}', destroyed_seq = 2 WHERE page = 3",
    "a page filled again": "UPDATE record SET body = '{\"a\": 1}' WHERE page = 1",
    "a page said to be there": "UPDATE record SET destroyed_seq = NULL WHERE page = 1",
    "its document put back": "UPDATE document SET content = 'QQ==' WHERE page = 2",
    "another page instead": "UPDATE record SET destroyed_seq = NULL, body = '{}' WHERE page = 2",
}


@pytest.mark.parametrize("forged", FORGERIES)
def test_a_page_that_is_not_what_its_entry_says_is_found(rules, book, sqlite_url, forged):
    with open_store(sqlite_url) as store:
        store.viewer = ALL_SEEING
        case = concern(store, rules)
        add(store, case, PAPER, "txt", "letter", actor=DSL, now=NOW)
        close(store, rules, case)
        professional(store, case, 3)
        destroyed(store, book, case, [1, 2])
        whole(store)
        with store.writing() as tx:
            tx.connection.execute(FORGERIES[forged])
        assert not verify(store, None).whole
