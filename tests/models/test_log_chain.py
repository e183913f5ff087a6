"""What belongs to no case is on a chain of one's own, on a store that is sealed and behind PostgreSQL's wall too."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import psycopg
import pytest

from models.anchors import make, sees_part
from models.case_file import lines
from models.covered import look
from models.destroying import destroy
from models.log_chain import are_terms, chain_of, note, sealed_terms
from models.store import open_store
from models.verify import verify
from models.viewer import Viewer
from pathways import standalone_verifier
from pathways.errors import NotReady
from pathways.roles import Role
from tests.logins import an_office, connected
from tests.models.sealed import close, concern, opened

NOW = datetime(2026, 11, 23, 9, 31, tzinfo=UTC)


@pytest.fixture(params=["sqlcipher_url", "migrated_url"])
def sealed(request):
    """A store of real cases on each database that may hold them."""
    with opened(request.getfixturevalue(request.param)) as store:
        yield store


def test_a_searchs_terms_can_be_checked_and_not_read_back():
    kept = sealed_terms("Ash  Birch")
    assert "birch" not in json.dumps(kept).lower()
    assert are_terms(kept, "ash birch")
    assert not are_terms(kept, "ash bircz")
    assert sealed_terms("Ash Birch") != kept


def test_two_people_have_two_chains(store):
    for person in (0, 0, 5):
        store.viewer = Viewer(id=person)
        note(store, "somebody", "", "search", {"search": {}}, NOW)
    with store.reading() as tx:
        assert [[row.seq for row in tx.all("own_chain", reference=chain_of(each))] for each in (0, 5)] == [
            [1, 2],
            [1],
        ]


def test_a_sealed_store_keeps_verifies_and_proves_it(sealed, rules):
    reference = concern(sealed, rules)
    note(sealed, "lead-1", "", "search", {"search": sealed_terms("Ash Birch")}, NOW)
    with sealed.reading() as tx:
        (row,) = tx.all("own_chain", reference="~0")
    assert are_terms(json.loads(row.body)["search"], "Ash Birch")
    made = make(sealed, NOW)
    assert made.lodged.signed_by.startswith("ed25519:"), "a store with keys signs with its own"
    found = verify(sealed, rules)
    look(sealed, found, lodged=[made.lodged])
    assert found.faults == []
    told = {"entry": []}
    for line in lines(sealed, reference, NOW):
        each = json.loads(line)
        told["entry"].append(each) if each["kind"] == "entry" else told.update({each["kind"]: each})
    assert standalone_verifier.check(told)[0] == []


def test_a_destroyed_case_verifies_and_its_checkpoints_hold(sealed, rules):
    reference = concern(sealed, rules)
    close(sealed, rules, reference)
    before = make(sealed, NOW)
    destroy(
        sealed, reference, rule="keep.closed", because="The time of its keeping is over.", by="one", second="two", now=NOW
    )  # fmt: skip
    after = make(sealed, NOW)
    found = verify(sealed, rules)
    covered = look(sealed, found, lodged=[before.lodged, after.lodged])
    assert found.faults == []
    assert (covered.roots, after.anchor.entries) == (2, before.anchor.entries + 1)


def test_content_that_no_longer_opens_is_a_fault_and_no_failure(sealed, rules):
    reference = concern(sealed, rules)
    with sealed.writing() as tx:
        tx.connection.execute("UPDATE record SET body = replace(body, substr(body, 40, 4), 'AAAA')")
    faults = [str(each) for each in verify(sealed, None).faults]
    assert faults == [f"Entry 1 of {reference}: the record on page 1 was changed after it was written."]


# --- behind the wall ----------------------------------------------------------------------------------------------


def test_a_login_writes_and_reads_its_own_chain_and_nobody_elses(postgres_cluster):
    with an_office(postgres_cluster) as office:
        amy, ben = office.staff("amy", Role.COORDINATOR), office.staff("ben", Role.COORDINATOR)
        with open_store(amy) as store:
            store.viewer = Viewer(id=office.number("amy"))
            assert note(store, "amy", "", "search", {"search": {}}, NOW).startswith("saved - entry 1 - ")
            store.viewer = Viewer(id=office.number("ben"))
            with pytest.raises(NotReady, match="may not do that"):
                note(store, "ben", "", "search", {"search": {}}, NOW)
        for url, count in ((amy, 1), (ben, 0)):
            with connected(url) as connection:
                assert connection.execute("SELECT count(*) FROM trail").fetchone() == (count,)


def test_a_login_that_sees_part_makes_no_anchor(postgres_cluster):
    with (
        an_office(postgres_cluster) as office,
        open_store(office.staff("amy", Role.COORDINATOR)) as store,
    ):
        assert sees_part(store)
        with pytest.raises(NotReady, match="only part of the records"):
            make(store, NOW)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            store.connection.execute("INSERT INTO checkpoint_leaf VALUES (1, 'x', 1, 'x', 0)")


def test_the_service_sees_all_and_makes_the_nights_checkpoint(postgres_cluster):
    with an_office(postgres_cluster) as office:
        with open_store(office.staff("amy", Role.COORDINATOR)) as store:
            store.viewer = Viewer(id=office.number("amy"))
            note(store, "amy", "", "search", {"search": {}}, NOW)
        with open_store(office.service()) as store:
            assert not sees_part(store)
            made = make(store, NOW)
            assert made.anchor.entries == 1
            found = verify(store, None)
            look(store, found, lodged=[made.lodged])
            assert found.faults == []
