"""A page has a key of its own: it goes by itself, and every other page, also one still to be written, stays as it is."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from commands.db import _of_plan
from commands.doctor import _key
from models import copies, copies_opened, page_retention, upgrading
from models.connecting import sqlite_path
from models.copies import back_up
from models.copy_files import CASE_KEYS, read
from models.documents import add, open_document
from models.page_keys import CaseKeys, _way
from models.queries import case_view
from models.restoring import restore
from models.sealing import MARK, Sealer
from models.sealing_pages import seal_pages, without_page_keys
from models.store import open_store
from models.verify import verify
from models.viewer import ALL_SEEING
from tests.casefile import NOW
from tests.models.sealed import CANARY, DSL, close, concern, opened, whole
from tests.models.test_page_retention import LATER, PAPER, destroyed, professional

PAGES = st.integers(min_value=1, max_value=5_000)
TEXT = b"the words on a page"


@given(gone=st.sets(PAGES, min_size=1, max_size=8), others=st.sets(PAGES, max_size=8))
def test_a_page_goes_and_no_other_page_gets_another_key(gone, others):
    before = CaseKeys.fresh()
    after = CaseKeys.read(before.without(gone).written())
    for page in gone:
        assert after.of_page(page) is None
        assert not any(_way(page).startswith(way) for way in after.branches), "nothing leads there"
    for page in others - gone:
        sealed = before.of_page(page).encrypt(bytes(12), TEXT, b"")
        assert after.of_page(page).decrypt(bytes(12), sealed, b"") == TEXT
    assert after.content == before.content


@given(st.lists(PAGES, max_size=12, unique=True))
def test_in_whatever_order_pages_go_the_same_is_left(pages):
    keys = CaseKeys.fresh()
    one_by_one = keys
    for page in pages:
        one_by_one = one_by_one.without([page])
    assert one_by_one.branches == keys.without(reversed(pages)).branches


@given(PAGES, PAGES)
def test_the_way_to_a_page_is_no_part_of_the_way_to_another(one, other):
    assert one == other or not _way(other).startswith(_way(one))


def test_no_two_pages_have_the_same_key():
    keys = CaseKeys.fresh()
    sealed = keys.of_page(16).encrypt(bytes(12), TEXT, b"")
    for page in (1, 10, 15, 17, 256):
        with pytest.raises(InvalidTag):
            keys.of_page(page).decrypt(bytes(12), sealed, b"")


@pytest.mark.parametrize("lying", [bytes(33), bytes(64), b"k" * 32 + b"\x01\xff" + b"n" * 32])
def test_keys_that_are_cut_off_or_garbled_are_refused(lying):
    with pytest.raises(ValueError, match=r"cut off|ascii"):
        CaseKeys.read(lying)


@pytest.fixture(params=["sqlcipher", "migrated"])
def held(request, rules):
    """A store of real cases with one of three pages: what was said, a paper that came in, and how it was closed."""
    with opened(request.getfixturevalue(f"{request.param}_url")) as store:
        yield store, three_pages(store, rules)


def three_pages(store, rules):
    reference = concern(store, rules)
    add(store, reference, PAPER, "txt", "letter", actor=DSL, now=NOW)
    close(store, rules, reference)
    professional(store, reference, 3)
    return reference


def lying(store):
    """What stands on each page, as it lies in the store, and the document of the second."""
    with store.reading() as tx:
        rows = tx.connection.execute("SELECT page, body FROM record ORDER BY page").fetchall()
        return [body for _, body in rows] + [
            tx.connection.execute("SELECT content FROM document").fetchone()[0]
        ]


def reads(store, value):
    """What a sealed text says to somebody who has all the keys of the store."""
    with store.reading():
        return Sealer(store).opened(value)


def test_an_old_copy_of_a_page_that_was_destroyed_opens_for_nobody(held, rules):
    store, case = held
    before = lying(store)
    assert CANARY in reads(store, before[0])
    destroyed(store, rules.rulebook, case, [1, 2])
    assert [reads(store, each) for each in (before[0], before[1], before[3])] == [None, None, None]
    assert reads(store, before[2]), "the third page stays"
    whole(store)


def test_a_page_that_is_written_after_another_was_destroyed_is_sealed_and_read(held, rules):
    store, case = held
    destroyed(store, rules.rulebook, case, [1])
    add(store, case, PAPER, "txt", "report", actor=DSL, now=LATER)
    with store.reading() as tx:
        view = case_view(tx, case)
    assert open_document(store, view, 2)[1] == PAPER
    assert lying(store)[3].startswith(f"{MARK}{case}~p4.")
    assert verify(store, rules).whole


def test_a_backup_of_before_does_not_open_the_page_even_before_it_is_destroyed_again(
    held, rules, tmp_path, monkeypatch
):
    store, case = held
    old = back_up(store, tmp_path, LATER)
    destroyed(store, rules.rulebook, case, [1])
    back_up(store, tmp_path, LATER + timedelta(hours=1))
    seen = []

    def look(back, told, now):
        with back.reading() as tx:
            rows = tx.all("records_of_case", case_id=tx.need("case_by_reference", reference=case).id)
        seen.extend(row.body for row in rows)
        destroy_again(back, told, now)

    destroy_again = page_retention.destroy_again
    monkeypatch.setattr(page_retention, "destroy_again", look)
    with copies._scratch(store, tmp_path, LATER) as scratch, copies_opened.opened(
        store.url, read(old.path), tmp_path / CASE_KEYS, scratch, LATER
    ) as back:  # fmt: skip
        assert back.verdict.whole
    assert seen[0] is None
    assert all(seen[1:])


# --- cases begun before pages had keys -------------------------------------------------------------------------------


@pytest.fixture
def begun_before(held, rules, monkeypatch):
    """As `held`, with a second case that has one key for all, as versions before 0023 gave them."""
    store, _ = held
    with monkeypatch.context() as before:
        before.setattr(
            CaseKeys, "fresh", classmethod(lambda cls, content=b"": cls(content or bytes(range(32))))
        )
        case = three_pages(store, rules)
    return store, case


def bodies(store, case):
    with store.reading() as tx:
        return [
            row.body
            for row in tx.all("records_of_case", case_id=tx.need("case_by_reference", reference=case).id)
        ]


def under_its_case(store, case):
    with store.reading() as tx:
        return sum(
            value.startswith(f"{MARK}{case}.")
            for table, column in (("record", "body"), ("document", "content"))
            for (value,) in tx.connection.execute(f"SELECT {column} FROM {table}").fetchall()
        )


def test_pages_of_older_versions_get_keys_once_and_say_what_they_said(begun_before):
    store, case = begun_before
    said = bodies(store, case)
    assert (without_page_keys(store), under_its_case(store, case)) == (1, 4)
    whole(store)
    assert (seal_pages(store), seal_pages(store), without_page_keys(store)) == (1, 0, 0)
    assert under_its_case(store, case) == 0
    assert bodies(store, case) == said
    whole(store)


def test_an_upgrade_gives_pages_their_keys_and_the_doctor_asks_for_it(begun_before):
    store, case = begun_before
    looked = _key(SimpleNamespace(practice=False, store=store))
    assert (looked.ok, looked.fix) == (False, "pathways db upgrade")
    assert "the pages of 1 case have no keys of their own" in looked.found
    planned = upgrading.plan(store.url)
    assert (planned.pages, planned.nothing) == (1, False)
    assert _of_plan(planned) == ["Pages are sealed, each with a key of its own: of 1 case."]
    upgrading.carry_out(store.url, planned)
    assert upgrading.plan(store.url).nothing
    assert under_its_case(store, case) == 0
    assert _key(SimpleNamespace(practice=False, store=store)).ok


def test_an_older_backup_gets_its_pages_sealed_where_the_case_has_page_keys_by_now(
    begun_before, request, tmp_path
):
    store, case = begun_before
    said = bodies(store, case)
    old = back_up(store, tmp_path / "backups", LATER)
    seal_pages(store)
    back_up(store, tmp_path / "backups", LATER + timedelta(hours=1))
    if sqlite_path(store.url) is not None:
        check_restored(f"sqlite:///{tmp_path / 'elsewhere' / 'store.db'}", old, case, said)
        return
    with request.getfixturevalue("postgres_cluster").database() as elsewhere:
        check_restored(elsewhere, old, case, said)


def check_restored(url, old, case, said):
    restore(url, old, LATER)
    with open_store(url) as back:
        back.viewer = ALL_SEEING
        assert under_its_case(back, case) == 0
        assert bodies(back, case) == said
        whole(back)
