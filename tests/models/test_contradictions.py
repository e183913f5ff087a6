"""What a list, a count or the gate reads from a row is held to the entries, also where no chain is added up for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.owning import give
from models.register import Member, enrol
from models.restricting import restrict
from models.store import open_store
from models.verify import verify
from models.verify_rows import contradictions
from models.viewer import ALL_SEEING
from pathways import trail
from pathways.engine import Actor
from pathways.roles import Role
from tests.casefile import NOW
from tests.models.office import KEEPER
from tests.models.sealed import close, concern
from tests.models.test_attacks import Attacker

LATER = "2026-12-01T10:00:00.000000+00:00"
BOSS = Actor("boss", frozenset((Role.SERVICE_MANAGER,)))


@pytest.fixture
def kept(store, rules):
    """A store with an open case, one that is closed and one that is restricted; their references."""
    store.viewer = ALL_SEEING
    first, second, third = (concern(store, rules) for _ in range(3))
    close(store, rules, second, NOW + timedelta(hours=2))
    enrol(
        store,
        Member("boss", "Service manager", roles=("service_manager",)),
        actor=KEEPER,
        now=NOW,
        from_on=NOW.date(),
    )
    told = {"whole_person": False, "let_in": (), "because": "as was agreed with the police"}
    restrict(store, third, **told, actor=BOSS, now=NOW)
    give(store, [first], "boss", actor=BOSS, now=NOW)
    assert verify(store, rules).whole
    return first, second, third


FORGED = {
    "a clock that runs falls off every list": (0, f"UPDATE deadline SET closed_at = '{LATER}' WHERE closed_at IS NULL AND case_id = {{case}}"),
    "a clock that was met has no entry that met it": (1, "UPDATE deadline SET closed_seq = NULL WHERE case_id = {case}"),
    "a clock that was met has no moment of it": (1, "UPDATE deadline SET closed_at = NULL WHERE case_id = {case}"),
    "a case was opened later": (0, f"UPDATE pathway_case SET opened_at = '{LATER}' WHERE id = {{case}}"),
    "a case was closed earlier, so that it may go sooner": (1, "UPDATE pathway_case SET closed_at = '1996-12-01T10:00:00.000000+00:00' WHERE id = {case}"),
    "a closed case has no moment of it": (1, "UPDATE pathway_case SET closed_at = NULL WHERE id = {case}"),
    "an open case has a moment of closing": (0, f"UPDATE pathway_case SET closed_at = '{LATER}' WHERE id = {{case}}"),
    "a closed case ended otherwise": (1, "UPDATE pathway_case SET outcome = 'no_further_action_at_all' WHERE id = {case}"),
    "an open case has an outcome": (0, "UPDATE pathway_case SET outcome = 'closed' WHERE id = {case}"),
    "a case was closed when it was opened": (1, "UPDATE pathway_case SET closed_at = opened_at WHERE id = {case}"),
    "a page is said to be opinion": (0, "UPDATE record SET entry = 'opinion' WHERE page = 1 AND case_id = {case}"),
    "a case is on another pathway": (0, "UPDATE pathway_case SET pathway = 'encompass' WHERE id = {case}"),
    "a case is on no pathway that there is": (0, "UPDATE pathway_case SET pathway = 'front_doorx' WHERE id = {case}"),
    "a restricted case lies open": (2, "UPDATE pathway_case SET restricted = false WHERE id = {case}"),
    "a restricted case is not looked up by the gate": (2, "UPDATE pathway_case SET guarded = false WHERE id = {case}"),
    "an excluded worker is not looked up by the gate": (0, f"INSERT INTO access (case_id, practitioner_id, kind, because, by_login, from_at, recorded_at) VALUES ({{case}}, {{worker}}, 'excluded', 'x', 'x', '{LATER}', '{LATER}')"),
    "a case is said to be of another version, so that its clocks are not looked at": (0, "UPDATE pathway_case SET definition = '2019.1' WHERE id = {case}"),
    "a case is with another team": (0, "UPDATE pathway_case SET team = 'nobody' WHERE id = {case}"),
    "somebody else leads a case": (0, "UPDATE pathway_case SET lead = 'somebody' WHERE id = {case}"),
    "it is about somebody else": (0, "INSERT INTO person (kind, sex, version, recorded_at) VALUES ('child', 'U', 1, '2026-01-01T10:00:00.000000+00:00')", "UPDATE pathway_case SET person_id = (SELECT max(id) FROM person) WHERE id = {case}"),
    "a restricted person lies open": (0, f"INSERT INTO restriction (person_id, because, by_login, from_at) VALUES ({{person}}, 'x', 'x', '{LATER}')"),
}  # fmt: skip


def values_of(store, reference):
    with store.reading() as tx:
        row = tx.need("case_by_reference", reference=reference)
        (worker,) = tx.connection.execute("SELECT COALESCE(MAX(id), 1) FROM practitioner").fetchone()
        return {"case": row.id, "person": row.person_id, "worker": worker}


@pytest.mark.parametrize("what", FORGED)
def test_a_row_that_contradicts_the_entries_shows(kept, store, rules, what):
    which, *forged = FORGED[what]
    attacker = Attacker(store)
    attacker.lift_guards()
    values = values_of(store, kept[which])
    for each in forged:
        attacker.run(each.format(**values))
    found = verify(store, rules)
    assert [each.case_ref for each in found.faults][:1] == [kept[which]], found.faults


def test_a_case_whose_person_is_gone_is_named(sqlite_url, rules):
    """On PostgreSQL a key of the table sees to it."""
    with open_store(sqlite_url) as store:
        store.viewer = ALL_SEEING
        reference = concern(store, rules)
        store.connection.execute("PRAGMA foreign_keys = OFF")
        Attacker(store).run(f"UPDATE pathway_case SET person_id = 999 WHERE reference = '{reference}'")
        assert "nobody is there whom it is about" in str(verify(store, rules).faults[0])


def test_of_a_case_that_an_older_version_opened_its_own_version_and_team_are_taken_as_they_stand(
    store, rules, monkeypatch
):
    store.viewer = ALL_SEEING
    with monkeypatch.context() as older:
        older.setattr(trail, "OPENED", "not kept")
        reference = concern(store, rules)
    assert verify(store, rules).whole
    Attacker(store).run(f"UPDATE pathway_case SET team = 'nobody' WHERE reference = '{reference}'")
    assert verify(store, rules).whole


def test_nothing_of_a_whole_record_contradicts_itself(kept, store):
    with store.reading() as tx:
        assert list(contradictions(tx)) == []
