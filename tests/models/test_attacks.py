"""What tampering with a store's own tools shows, and what it takes to show it: the table of attacks, cell by cell.

Three things can be asked. The chains alone; the chains with the checkpoints that lie in the store; and with an anchor
that somebody kept elsewhere. The cells that say `missed` are promises too: nobody may believe that these are caught.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta

import pytest

from models import guards
from models.anchors import make
from models.covered import look
from models.store import open_store
from models.verify import verify
from models.wire import instant_text
from pathways import trail
from tests.casefile import NOW
from tests.models.test_sweep import decide_conference, open_cases

FIRST, SECOND = "CP-2026-0001", "CP-2026-0002"
LATER = NOW + timedelta(days=2)
SHOWN, MISSED = True, False


class Attacker:
    """Somebody with the database's own tools, who knows everything that we know but the outside."""

    def __init__(self, store):
        self.store = store

    def run(self, statement, **given):
        """One statement, with the guards out of the way."""
        if self.store.dialect == "postgresql":
            for name in given:
                statement = statement.replace(f":{name}", f"%({name})s")
        with self.store.writing() as tx:
            tx.connection.execute(statement, given)

    def lift_guards(self):
        with self.store.writing() as tx:
            for name in guards.SQLITE if self.store.dialect == "sqlite" else guards.APPEND_ONLY:
                if self.store.dialect == "sqlite":
                    tx.connection.execute(f"DROP TRIGGER {name}")
                else:
                    tx.connection.execute(f"ALTER TABLE {name} DISABLE TRIGGER ALL")

    def entries(self, reference):
        with self.store.reading() as tx:
            return tx.all("own_chain", reference=reference)

    # --- clumsy -------------------------------------------------------------------------------------------------

    def edit(self):
        self.run(f"UPDATE trail SET actor = 'nobody' WHERE case_ref = '{FIRST}' AND seq = 2")

    def delete(self):
        self.run(f"DELETE FROM trail WHERE case_ref = '{FIRST}' AND seq = 3")

    def insert(self):
        self.run(
            "INSERT INTO trail SELECT case_ref, seq + 1, at, effective_at, actor, role, action, to_state, to_state, "
            "rule, basis, voids, NULL, commitment, hash, hash, format FROM trail AS last "
            f"WHERE case_ref = '{FIRST}' AND seq = (SELECT MAX(seq) FROM trail WHERE case_ref = '{FIRST}')"
        )

    def reorder(self):
        for before, after in ((3, 99), (4, 3), (99, 4)):
            self.run(f"UPDATE trail SET seq = {after} WHERE case_ref = '{FIRST}' AND seq = {before}")

    def edit_what_it_says(self):
        self.run(
            "UPDATE trail_payload SET body = CASE WHEN substr(body, 1, 1) = '{' THEN replace(body, '2026-11', '2026-10') "
            f"ELSE substr(body, 1, length(body) - 2) END WHERE case_ref = '{FIRST}' AND seq = 2"
        )

    def destroy_what_it_says(self):
        self.run(f"DELETE FROM trail_payload WHERE case_ref = '{FIRST}' AND seq = 2")

    # --- skilled: everything that the store itself could compare is made to fit -----------------------------------

    def cut_tail(self, keep=2):
        """Let a case end at an earlier entry, with its row, records and clocks."""
        told = self.entries(FIRST)[:keep]
        facts: dict[str, object] = {}
        for row in told:
            trail.learn(facts, json.loads(row.body)["facts"] if row.body else {})
        case = f"(SELECT id FROM pathway_case WHERE reference = '{FIRST}')"
        self.run(f"DELETE FROM trail_payload WHERE case_ref = '{FIRST}' AND seq > {keep}")
        self.run(f"DELETE FROM trail WHERE case_ref = '{FIRST}' AND seq > {keep}")
        self.run(f"DELETE FROM record WHERE case_id = {case} AND seq > {keep}")
        self.run(f"DELETE FROM deadline WHERE case_id = {case}")
        self._case(FIRST, told[-1], facts)

    def _case(self, reference, last, facts):
        self.run(
            "UPDATE pathway_case SET state = :state, seq = :seq, head = :head, facts = :facts WHERE reference = :case",
            state=last.to_state, seq=last.seq, head=last.hash, facts=json.dumps(facts), case=reference,
        )  # fmt: skip

    def take_case_away(self):
        """Delete a case and all that belongs to it."""
        case = f"(SELECT id FROM pathway_case WHERE reference = '{SECOND}')"
        for table in ("trail_payload", "trail", "outbox"):
            self.run(f"DELETE FROM {table} WHERE case_ref = '{SECOND}'")
        for table in ("record", "deadline"):
            self.run(f"DELETE FROM {table} WHERE case_id = {case}")
        self.run(f"DELETE FROM pathway_case WHERE reference = '{SECOND}'")

    def rewrite(self, since=2):
        """Let somebody else have done it, and hash everything after it anew."""
        case = f"(SELECT id FROM pathway_case WHERE reference = '{FIRST}')"
        prev = trail.genesis(FIRST) if since == 1 else self.entries(FIRST)[since - 2].hash
        for row in self.entries(FIRST)[since - 1 :]:
            actor = "somebody-else" if row.seq == since else row.actor
            made = trail.entry_hash(
                prev, FIRST, row.seq, instant_text(row.at), instant_text(row.effective_at), actor, row.role, row.action,
                row.from_state, row.to_state, row.rule, row.basis, row.voids, row.key, row.commitment,
            )  # fmt: skip
            self.run(
                "UPDATE trail SET actor = :actor, prev = :prev, hash = :made WHERE case_ref = :case AND seq = :seq",
                actor=actor, prev=prev, made=made, case=FIRST, seq=row.seq,
            )  # fmt: skip
            prev = made
            self.run(
                f"UPDATE record SET author = :actor WHERE seq = :seq AND case_id = {case}",
                actor=actor,
                seq=row.seq,
            )
        self.run("UPDATE pathway_case SET head = :head WHERE reference = :case", head=prev, case=FIRST)

    def drop_checkpoints(self, after=0):
        self.run(f"DELETE FROM checkpoint_leaf WHERE checkpoint_id > {after}")
        self.run(f"DELETE FROM checkpoint WHERE id > {after}")
        self.run("DELETE FROM tree_run")  # or it would contradict the checkpoint that is now the last

    def sign_anew(self):
        """Make the checkpoints again, with the key that was stolen."""
        self.drop_checkpoints()
        make(self.store, LATER)


def nothing(_):
    """Leave it as it is."""


ATTACKS = [
    # what is done                        chains  + checkpoints in the store  + an anchor kept outside
    ("nothing at all",                    nothing, MISSED, MISSED, MISSED),
    ("edit an entry",                     Attacker.edit, SHOWN, SHOWN, SHOWN),
    ("delete an entry",                   Attacker.delete, SHOWN, SHOWN, SHOWN),
    ("insert an entry",                   Attacker.insert, SHOWN, SHOWN, SHOWN),
    ("put entries in another order",      Attacker.reorder, SHOWN, SHOWN, SHOWN),
    ("edit what an entry says",           Attacker.edit_what_it_says, SHOWN, SHOWN, SHOWN),
    ("destroy what an entry says",        Attacker.destroy_what_it_says, SHOWN, SHOWN, SHOWN),
    ("cut a tail",                        Attacker.cut_tail, MISSED, SHOWN, SHOWN),
    ("cut a tail, and the checkpoints",   lambda one: (one.cut_tail(), one.drop_checkpoints(1)), MISSED, MISSED, SHOWN),
    ("take a whole case away",            Attacker.take_case_away, MISSED, SHOWN, SHOWN),
    ("the same, and the checkpoints",     lambda one: (one.take_case_away(), one.drop_checkpoints()), MISSED, MISSED, SHOWN),
    ("rewrite everything",                Attacker.rewrite, MISSED, SHOWN, SHOWN),
    ("the same, checkpoints dropped",     lambda one: (one.rewrite(), one.drop_checkpoints()), MISSED, MISSED, SHOWN),
    ("the same, with the stolen key",     lambda one: (one.rewrite(), one.sign_anew()), MISSED, MISSED, SHOWN),
    ("change what came after the anchor", lambda one: one.rewrite(since=8), MISSED, MISSED, MISSED),
    ("cut what came after the anchor",    lambda one: one.cut_tail(keep=7), MISSED, MISSED, MISSED),
]  # fmt: skip


@pytest.fixture
def stolen(monkeypatch):
    """The key that signs; the attacker has it too."""
    monkeypatch.setattr("models.keys.signing_key", lambda store: bytes(range(32)))


def history(casework):
    """Two cases. The first checkpoint has two entries of each, the second all seven; two more come after it."""
    open_cases(casework, 2)
    first = make(casework.store, NOW)
    decide_conference(casework, FIRST, NOW + timedelta(days=1))
    for _ in range(2):
        refused(casework)
    second = make(casework.store, NOW + timedelta(days=1))
    for _ in range(2):
        refused(casework)
    return first, second


def bury(store):
    """The tombstone of a case, as its destruction writes it."""
    with store.writing() as tx:
        last = tx.need("last_entry", reference=SECOND)
        tx.run(
            "add_tombstone", case_ref=SECOND, pathway="child_protection", entries=last.seq, head=last.hash, rule="keep",
            because="The time of its keeping is over.", by_login="one", second_login="two", destroyed_at=NOW, certificate="",
        )  # fmt: skip


def refused(casework):
    """An entry that changes nothing of the case."""
    from models.refusals import RefusedMove
    from tests.casefile import COORDINATOR

    with pytest.raises(RefusedMove):
        casework.make(FIRST, "end_plan", actor=COORDINATOR, now=NOW + timedelta(days=1))


def shows(store, *, checkpoints, lodged):
    """Whether anything is found, with what may be compared."""
    found = verify(store, None)
    if checkpoints:
        look(store, found, lodged=lodged)
    return not found.whole


@pytest.mark.parametrize(("attack", "chains", "inside", "outside"), [each[1:] for each in ATTACKS], ids=[each[0] for each in ATTACKS])  # fmt: skip
def test_each_cell_of_the_table_of_attacks(casework, store, stolen, attack, chains, inside, outside):
    first, second = history(casework)
    attacker = Attacker(store)
    attacker.lift_guards()
    attack(attacker)
    kept = [first.lodged, second.lodged]
    assert shows(store, checkpoints=True, lodged=kept) == outside
    assert shows(store, checkpoints=True, lodged=[]) == inside
    attacker.drop_checkpoints()
    assert shows(store, checkpoints=False, lodged=[]) == chains


def test_an_older_copy_put_back_shows_by_the_anchor_alone(sqlite_url, rules, stolen, tmp_path):
    """The whole file, checkpoints and all, as it was yesterday: nothing in it can tell."""
    from models.casework import Casework

    copy = tmp_path / "yesterday.db"
    with open_store(sqlite_url) as store:
        casework = Casework(store, rules)
        open_cases(casework, 2)
        make(store, NOW)
        with sqlite3.connect(copy) as target:
            store.connection.backup(target)
        decide_conference(casework, FIRST, NOW + timedelta(days=1))
        later = make(store, NOW + timedelta(days=1))
    with open_store(f"sqlite:///{copy}") as store:
        assert not shows(store, checkpoints=True, lodged=[])
        found = verify(store, None)
        look(store, found, lodged=[later.lodged])
        (said,) = map(str, found.faults)
        assert "entries were cut off, or an older copy was put back" in said


def test_a_checkpoint_signed_by_nobody_we_know_shows(casework, store, stolen):
    history(casework)
    attacker = Attacker(store)
    attacker.lift_guards()
    attacker.run("UPDATE checkpoint SET signature = :other WHERE id = 2", other=bytes(64))
    found = verify(store, None)
    look(store, found)
    (said,) = map(str, found.faults)
    assert "does not bear the signature of the key it names" in said


LOST = [
    # what is done to the second checkpoint, what is said of it with its anchor at hand
    ("UPDATE checkpoint SET signed_by = '' WHERE id = 2", ["bears a signature and does not say whose", "has lost the signature"]),
    ("UPDATE checkpoint SET signed_by = '', signature = :none WHERE id = 2", ["has lost the signature"]),
    ("INSERT INTO checkpoint (at, chains, entries, root, text, signature, signed_by, outbox_id) "
     "SELECT at, chains, entries, root, text, signature, signed_by, outbox_id FROM checkpoint WHERE id = 2", ["is the one before it again", "does not follow the one before it"]),
]  # fmt: skip


@pytest.mark.parametrize(("attack", "says"), LOST)
def test_a_checkpoint_that_lost_its_signature_or_stands_there_twice_shows(
    casework, store, stolen, attack, says
):
    _, second = history(casework)
    attacker = Attacker(store)
    attacker.lift_guards()
    attacker.run(attack, **({"none": b""} if ":none" in attack else {}))
    found = verify(store, None)
    look(store, found, lodged=[second.lodged])
    assert len(found.faults) == len(says), found.faults
    assert all(any(each in str(one) for one in found.faults) for each in says), found.faults


def test_a_checkpoint_whose_chains_were_changed_does_not_come_out(casework, store, stolen):
    history(casework)
    attacker = Attacker(store)
    attacker.lift_guards()
    attacker.run(f"DELETE FROM checkpoint_leaf WHERE checkpoint_id = 1 AND case_ref = '{SECOND}'")
    found = verify(store, None)
    look(store, found)
    assert ["does not come out" in str(each) for each in found.faults] == [True, True]


# --- the guards -----------------------------------------------------------------------------------------------------

CLASHES = [
    # a row that clashes with one that is there, on its key or on another unique column
    ("trail", f"SELECT case_ref, seq, at, effective_at, 'nobody', role, action, from_state, to_state, rule, basis, voids, key, commitment, prev, hash, format FROM trail WHERE case_ref = '{FIRST}' AND seq = 2"),
    ("trail", f"SELECT '{SECOND}', 3, at, effective_at, actor, role, action, from_state, to_state, rule, basis, voids, 'once', commitment, (SELECT hash FROM trail WHERE case_ref = '{SECOND}' AND seq = 2), x'00', format FROM trail WHERE case_ref = '{FIRST}' AND seq = 2"),
    ("trail_payload", f"SELECT case_ref, seq, salt, '{{}}' FROM trail_payload WHERE case_ref = '{FIRST}' AND seq = 2"),
    ("checkpoint", "SELECT id, at, chains, entries, root, 'forged', signature, signed_by, outbox_id, follows FROM checkpoint WHERE id = 1"),
    ("checkpoint_leaf", f"SELECT checkpoint_id, case_ref, entries, x'00', place FROM checkpoint_leaf WHERE checkpoint_id = 1 AND case_ref = '{FIRST}'"),
    ("tombstone", f"SELECT case_ref, pathway, entries, head, rule, 'another reason', by_login, second_login, destroyed_at, certificate FROM tombstone WHERE case_ref = '{SECOND}'"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row"), CLASHES)
@pytest.mark.parametrize("how", ["OR REPLACE", "OR IGNORE", ""])
def test_nothing_is_replaced_by_clashing_with_it(sqlite_url, rules, stolen, table, row, how):
    """INSERT OR REPLACE takes away what it clashes with, and no delete trigger fires on an ordinary connection."""
    from models.casework import Casework

    with open_store(sqlite_url) as store:
        casework = Casework(store, rules)
        history(casework)
        bury(store)
        if "'once'" in row:
            move = "INSERT INTO trail SELECT case_ref, seq + 1, at, effective_at, actor, role, action, to_state, to_state, rule, basis, voids, 'once', commitment, hash, x'01', format FROM trail WHERE case_ref = '{0}' AND seq = (SELECT MAX(seq) FROM trail WHERE case_ref = '{0}')"
            store.connection.execute(move.format(FIRST))
    path = sqlite_url.removeprefix("sqlite:///")
    with sqlite3.connect(path, isolation_level=None) as other:
        before = other.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match=r"already|in order"):
            other.execute(f"INSERT {how} INTO {table} {row}")
        assert other.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() == before


@pytest.mark.parametrize("table", guards.APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_no_row_is_changed_or_deleted(casework, store, stolen, table, verb):
    history(casework)
    bury(store)
    column = {"trail": "actor", "trail_payload": "body", "checkpoint": "text", "checkpoint_leaf": "case_ref", "tombstone": "because"}[
        table
    ]  # fmt: skip
    with pytest.raises(Exception, match="append-only"), store.writing() as tx:
        tx.connection.execute(verb.format(table, column, column))


def test_postgresql_refuses_an_entry_that_does_not_follow(casework, store):
    if store.dialect != "postgresql":
        pytest.skip("SQLite's own guard is tested in test_verify.py")
    open_cases(casework, 1)
    row = (
        "INSERT INTO trail SELECT case_ref, {seq}, at, effective_at, actor, role, action, to_state, to_state, rule, "
        f"basis, voids, NULL, commitment, {{prev}}, hash, format FROM trail WHERE case_ref = '{FIRST}' AND seq = 2"
    )
    for seq, prev in ((9, "hash"), (3, "prev"), (0, "hash")):
        with pytest.raises(Exception, match="does not follow the last one"), store.writing() as tx:
            tx.connection.execute(row.format(seq=seq, prev=prev))
    with store.writing(keep=False) as tx:
        tx.connection.execute(row.format(seq=3, prev="hash"))
