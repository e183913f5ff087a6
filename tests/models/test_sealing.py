"""What is written of a case lies sealed with its own key, and is read as if it did not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.destroying import Certificate, NotDestroyed, NotSealed, TwoNeeded, destroy
from models.draft_rows import CHANGED
from models.keys import Keys, keys_of, signing_key
from models.sealing import MARK, Unsealed, rewrap
from models.sealing_facts import open_facts, seal_facts
from models.store import open_store
from models.transaction import Transaction
from models.verify import verify
from pathways.errors import NOT_PROVEN, NotReady
from tests.models.sealed import CANARY, NOW, close, concern, laid_open, opened, rows_of, whole


@pytest.fixture(params=["sqlcipher", "postgresql"])
def sealed(request):
    """A store of real cases on each database that may hold them."""
    with opened(
        request.getfixturevalue(f"{request.param}_url" if request.param == "sqlcipher" else "migrated_url")
    ) as store:
        yield store


def bodies(store):
    """Every payload and record as it lies in the store."""
    with store.reading() as tx:
        for table in ("trail_payload", "record"):
            yield from (body for (body,) in tx.connection.execute(f"SELECT body FROM {table}").fetchall())


def test_every_payload_and_record_is_sealed_and_reads_as_it_was_written(sealed, rules):
    reference = concern(sealed, rules)
    lying = list(bodies(sealed))
    assert len(lying) >= 2
    assert all(each.startswith((f"{MARK}{reference}.", f"{MARK}{reference}~p1.")) for each in lying)
    assert sum("~p1." in each for each in lying) == 1, "the page lies under a key of its own"
    with sealed.reading() as tx:
        case = tx.need("case_by_reference", reference=reference)
        (record,) = tx.all("records_of_case", case_id=case.id)
        entries = tx.all("trail_of_case", reference=reference)
    assert record.body["seen_and_heard"] == CANARY
    assert '"record"' in entries[0].body
    assert CANARY not in str(case.facts), "free text is not repeated outside what is sealed"
    whole(sealed)


def test_the_facts_a_case_row_repeats_are_sealed_too(sealed, rules):
    reference = concern(sealed, rules)
    with sealed.reading() as tx:
        begun = tx.need("case_by_reference", reference=reference).facts
    close(sealed, rules, reference)
    with sealed.reading() as tx:
        ended = tx.need("case_by_reference", reference=reference).facts
    assert begun == ended != {}
    assert rows_of(sealed)[reference].startswith(f"{MARK}{reference}.")
    whole(sealed)


def test_facts_that_were_changed_or_are_another_cases_show(sealed, rules):
    one, other = concern(sealed, rules), concern(sealed, rules, now=NOW + timedelta(minutes=5))
    exchanged = (
        "UPDATE pathway_case SET facts = (SELECT c.facts FROM pathway_case c WHERE c.reference = "
        f"'{one}') WHERE reference = '{other}'"
    )
    cut = "UPDATE pathway_case SET facts = substr(facts, 1, length(facts) - 8) || 'AAAAAAA='"
    for change, says in ((exchanged, "is not what its entries say"), (cut, "cannot be read: it was changed")):
        with sealed.writing() as tx:
            tx.connection.execute(change)
        assert any(says in str(each) and other in str(each) for each in verify(sealed, None).faults)


def test_the_keys_of_a_list_are_looked_up_together(sealed, rules, monkeypatch):
    references = {concern(sealed, rules) for _ in range(3)}
    asked = []
    run = Transaction.one
    monkeypatch.setattr(
        Transaction, "one", lambda self, name, **given: asked.append(name) or run(self, name, **given)
    )
    with sealed.reading() as tx:
        found = tx.all("every_case_state")
    assert {row.reference for row in found if row.facts} == references
    assert "case_key_of" not in asked


def test_a_key_that_is_gone_is_not_replaced_by_a_new_one(sealed, rules):
    """Or the old one, brought back from a backup, would open nothing that was written since."""
    reference = concern(sealed, rules)
    with sealed.writing() as tx:
        tx.run("drop_case_key", case_ref=reference)
    with sealed.reading() as tx:
        assert tx.need("case_by_reference", reference=reference).facts == {}, (
            "lists go on; the proof names it"
        )
    with pytest.raises(Unsealed):
        close(sealed, rules, reference)
    with sealed.reading() as tx:
        assert tx.one("case_key_of", case_ref=reference) is None


def test_each_case_has_a_key_of_its_own(sealed, rules):
    one, other = concern(sealed, rules), concern(sealed, rules)
    with sealed.reading() as tx:
        rows = tx.all("every_case_key")
    assert [each.case_ref for each in rows] == sorted((one, other))
    assert len({each.sealed for each in rows}) == 2


def test_a_key_that_was_made_and_taken_back_is_not_used_again(sealed, rules):
    with sealed.writing(keep=False) as tx:
        tx.many("add_payload", [{"case_ref": "FD-2026-0001", "seq": 1, "salt": b"s", "body": "{}"}])
    with sealed.reading() as tx:
        assert tx.all("every_case_key") == []
    concern(sealed, rules)
    whole(sealed)


def test_what_was_changed_after_it_was_sealed_is_not_read(sealed, rules):
    reference = concern(sealed, rules)
    with sealed.writing() as tx:
        tx.connection.execute("UPDATE record SET body = substr(body, 1, length(body) - 8) || 'AAAAAAA='")
    with sealed.reading() as tx, pytest.raises(Unsealed) as refused:
        tx.all("records_of_case", case_id=tx.need("case_by_reference", reference=reference).id)
    assert refused.value.code == NOT_PROVEN
    assert not verify(sealed, None).whole


def test_one_cases_text_in_anothers_place_shows(sealed, rules):
    one, other = concern(sealed, rules), concern(sealed, rules, word="Thistledown")
    with sealed.writing() as tx:
        ids = [tx.need("case_by_reference", reference=each).id for each in (one, other)]
        tx.connection.execute(
            f"UPDATE record SET body = (SELECT r.body FROM record r WHERE r.case_id = {ids[0]}) WHERE case_id = {ids[1]}"
        )
    assert any("was changed after it was written" in str(each) for each in verify(sealed, None).faults)


def test_a_new_wrapping_key_takes_over_and_the_old_one_opens_nothing_more(sealed, rules):
    reference = concern(sealed, rules)
    old = keys_of(sealed)
    new = Keys(b"n" * 32, "test")
    with sealed.writing() as tx:
        assert rewrap(tx, old, new) == 1
    sealed.keys = [new]
    whole(sealed)
    sealed.keys = old
    with sealed.reading() as tx, pytest.raises(NotReady, match="is not to be found"):
        tx.all("trail_of_case", reference=reference)


def test_the_signing_key_is_the_stores_own_and_tells_nothing_of_the_others(sealed, sqlite_url):
    keys = keys_of(sealed)[0]
    assert signing_key(sealed) == keys.signing
    assert len({keys.master, keys.signing, keys.wrapping, keys.backup, bytes.fromhex(keys.store)}) == 5
    with open_store(sqlite_url) as made_up:
        assert signing_key(made_up) is None


# --- destroying --------------------------------------------------------------------------------------------------

WORDS = {
    "rule": "retention.concern",
    "because": "Kept to the end of its time.",
    "by": "a.keeper",
    "second": "b.keeper",
}


def test_a_destroyed_case_can_never_be_read_and_its_chain_still_verifies(sealed, rules):
    reference, kept = concern(sealed, rules), concern(sealed, rules)
    close(sealed, rules, reference)
    made = destroy(sealed, reference, now=NOW, **WORDS)
    with sealed.reading() as tx:
        case = tx.need("case_by_reference", reference=reference)
        entries = tx.all("trail_of_case", reference=reference)
        stone = tx.need("tombstone_of", case_ref=reference)
        assert tx.one("case_key_of", case_ref=reference) is None
        assert tx.all("records_of_case", case_id=case.id) == []
        assert tx.all("deadlines_of_case", case_id=case.id) == []
        (other,) = tx.all("records_of_case", case_id=tx.need("case_by_reference", reference=kept).id)
    assert other.body["seen_and_heard"] == CANARY
    assert (case.facts, case.is_open, case.lead) == ({}, False, None)
    assert {each.body for each in entries} == {None}
    assert (entries[-1].action, entries[-1].actor) == ("destroyed", "a.keeper")
    assert (stone.entries, bytes(stone.head), stone.by_login, stone.second_login) == (
        entries[-1].seq, bytes(entries[-1].hash), "a.keeper", "b.keeper",
    )  # fmt: skip
    assert isinstance(made, Certificate)
    assert made.text() == stone.certificate
    whole(sealed)


def test_content_that_is_gone_without_a_tombstone_is_a_fault(sealed, rules):
    reference = concern(sealed, rules)
    with sealed.writing() as tx:
        tx.run("drop_case_key", case_ref=reference)
    assert any(
        "nothing says that it was destroyed lawfully" in str(each) for each in verify(sealed, None).faults
    )


def test_nothing_is_written_to_a_case_that_was_destroyed(sealed, rules):
    reference = concern(sealed, rules)
    close(sealed, rules, reference)
    destroy(sealed, reference, now=NOW, **WORDS)
    with pytest.raises(NotDestroyed, match="that was done before"):
        destroy(sealed, reference, now=NOW, **WORDS)
    with sealed.writing() as tx, pytest.raises(Exception, match="was destroyed at the end of its keeping"):
        tx.many("add_payload", [{"case_ref": reference, "seq": 9, "salt": b"s", "body": "{}"}])


@pytest.mark.parametrize(
    ("changed", "error", "says"),
    [
        ({"second": "A.Keeper"}, TwoNeeded, "two people"),
        ({"second": ""}, TwoNeeded, "two people"),
        ({"because": "old"}, NotDestroyed, "a reason in a sentence"),
        ({}, NotDestroyed, "it is open"),
    ],
)
def test_a_destruction_is_refused_and_changes_nothing(sealed, rules, changed, error, says):
    reference = concern(sealed, rules)
    with pytest.raises(error, match=says):
        destroy(sealed, reference, now=NOW, **{**WORDS, **changed})
    with sealed.reading() as tx:
        assert tx.one("case_key_of", case_ref=reference) is not None
    whole(sealed)


@pytest.mark.lies_open
def test_made_up_cases_lie_open_and_go_with_their_store(store, rules):
    reference = concern(store, rules)
    assert any(CANARY in each for each in bodies(store))
    with pytest.raises(NotSealed, match="not encrypted"):
        destroy(store, reference, now=NOW, **WORDS)


def test_the_word_is_nowhere_in_the_file(sqlcipher_url, rules, tmp_path):
    with opened(sqlcipher_url) as store:
        reference = concern(store, rules)
        close(store, rules, reference)
        looked = [each.read_bytes() for each in tmp_path.iterdir() if each.is_file()]
        destroy(store, reference, now=NOW, **WORDS)
    looked += [each.read_bytes() for each in tmp_path.iterdir() if each.is_file()]
    assert len(looked) >= 4
    for each in looked:
        assert CANARY.encode() not in each
        assert b"Birch" not in each


def test_the_word_is_nowhere_in_postgresqls_folder(own_postgres, rules):
    from models.schema import upgrade

    with own_postgres.database() as url:
        upgrade(url)
        with opened(url) as store:
            reference = concern(store, rules)
            close(store, rules, reference)
            destroy(store, reference, now=NOW, **WORDS)
            store.connection.execute("CHECKPOINT")
            looked = [each for each in own_postgres.data.rglob("*") if each.is_file()]
            assert any(b"Birch" in each.read_bytes() for each in looked), (
                "a name lies open there, and is found"
            )
            assert not any(CANARY.encode() in each.read_bytes() for each in looked)


def test_no_fact_of_a_case_is_in_postgresqls_folder_before_or_after_it_is_destroyed(own_postgres, rules):
    from models.schema import upgrade

    marker = "unstrung-viola"
    with own_postgres.database() as url:
        upgrade(url)
        with opened(url) as store:
            reference = concern(store, rules)
            close(store, rules, reference)
            with store.writing() as tx:
                row = tx.need("case_by_reference", reference=reference)
                values = {each: getattr(row, each) for each in CHANGED} | {"facts": {"worst": marker}}
                tx.run("change_case", case_id=row.id, seen=row.version, step=0, **values)
            with store.reading() as tx:
                assert tx.need("case_by_reference", reference=reference).facts == {"worst": marker}
            destroy(store, reference, now=NOW, **WORDS)
            store.connection.execute("CHECKPOINT")
            looked = [each.read_bytes() for each in own_postgres.data.rglob("*") if each.is_file()]
            assert any(reference.encode() in each for each in looked)
            assert not any(marker.encode() in each for each in looked)


def test_what_lay_open_of_a_destroyed_case_goes_with_the_tables_old_files(own_postgres, rules):
    """As docs/keys-and-backups.md has it: PostgreSQL keeps deleted rows until the tables are written anew."""
    from models.schema import upgrade

    marker = "unstrung-viola"
    with own_postgres.database() as url:
        upgrade(url)
        with opened(url) as store:
            reference = concern(store, rules)
            close(store, rules, reference)
            asked = "UPDATE episode SET details = %s WHERE id = (SELECT episode_id FROM pathway_case WHERE reference = %s)"
            store.connection.execute(asked, (f'{{"worst": "{marker}"}}', reference))
            destroy(store, reference, now=NOW, **WORDS)

            def found(store=store):
                store.connection.execute("CHECKPOINT")
                tables = [each for each in (own_postgres.data / "base").rglob("*") if each.is_file()]
                return any(marker.encode() in each.read_bytes() for each in tables)

            assert found(), "the row that was emptied is still in the table's file"
            store.connection.execute("VACUUM FULL")
            assert not found()


# --- facts of older versions -------------------------------------------------------------------------------------


def test_facts_that_lie_open_are_sealed_once_and_stay_what_they_are(sealed, rules, monkeypatch):
    monkeypatch.setattr("models.sealing_facts.AT_A_TIME", 2)
    references = [concern(sealed, rules) for _ in range(3)]
    facts = laid_open(sealed, references)
    assert open_facts(sealed) == 3
    whole(sealed)
    assert (seal_facts(sealed), seal_facts(sealed), open_facts(sealed)) == (3, 0, 0)
    assert all(text.startswith(f"{MARK}{reference}.") for reference, text in rows_of(sealed).items())
    with sealed.reading() as tx:
        assert {each: tx.need("case_by_reference", reference=each).facts for each in references} == facts
    whole(sealed)


def test_open_facts_without_a_key_are_left_for_the_proof(sealed, rules):
    reference = concern(sealed, rules)
    laid_open(sealed, [reference])
    with sealed.writing() as tx:
        tx.run("drop_case_key", case_ref=reference)
    assert (open_facts(sealed), seal_facts(sealed)) == (0, 0)


@pytest.mark.lies_open
def test_a_store_of_made_up_cases_seals_no_facts(store, rules):
    reference = concern(store, rules)
    assert (open_facts(store), seal_facts(store)) == (0, 0)
    assert rows_of(store)[reference].startswith("{")


def test_a_store_without_keys_opens_what_lies_open(sqlite_url, rules):
    with open_store(sqlite_url) as store:
        concern(store, rules)
        assert not store.sealed
        whole(store)
