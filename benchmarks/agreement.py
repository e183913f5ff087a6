"""What a run has left, and whether it may stand: the trail verifies, and the cases are those of the plain path.

Every section asks this after what it measured. A disagreement fails the section, and the whole run with it.
"""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from typing import Any

from benchmarks.population import AS_OF, rules
from models.store import open_store
from models.verify import verify


class Failed(Exception):
    """A contestant did not finish, or left something wrong."""


OUTCOMES = (
    "SELECT reference, state, seq, head, version, changed_at FROM pathway_case ORDER BY id",
    "SELECT id, status, look_at, told, missed_seq, closed_at, closed_seq FROM deadline ORDER BY id",
    "SELECT key, event, case_ref, pathway, team, rule, due_on, to_roles, effective_at, recorded_at, done_at "
    "FROM outbox ORDER BY key",
)


def outcome(url: str) -> str:
    """A fingerprint of every case, clock and message; the head of a case stands for its trail."""
    made = sha256()
    with open_store(url) as store:
        for question in OUTCOMES:
            if store.dialect == "sqlite":
                for row in store.connection.execute(question):
                    made.update(repr(row).encode())
            else:
                if "ORDER BY key" in question:
                    question += ' COLLATE "C"'
                with store.connection.transaction(), store.connection.cursor(name="outcome") as cursor:
                    cursor.itersize = 5_000
                    for row in cursor.execute(question):
                        made.update(repr(row).encode())
    return made.hexdigest()


def prove(url: str) -> None:
    """Check that the whole record of a store verifies.

    Raises:
        Failed: it does not.
    """
    with open_store(url) as store:
        faults = verify(store, rules()).faults
    if faults:
        raise Failed(f"the trail does not verify: {faults[0]}")


def still_due(url: str) -> int:
    """How many clocks the check has left over."""
    with open_store(url) as store, store.reading() as tx:
        return int(tx.need("count_due", as_of=AS_OF).due)


# --- case by case ---------------------------------------------------------------------------------------------------

CASES = (
    "SELECT reference, state, is_open, outcome, facts, seq, version, changed_at{head} FROM pathway_case "
    "WHERE reference IN ({marks}) ORDER BY reference",
    "SELECT c.reference, d.key, d.rule, d.edition, d.start_event, d.due_at, d.plan_by, d.status, d.look_at, d.told, "
    "d.opened_seq, d.closed_at, d.closed_seq, d.missed_seq FROM deadline d JOIN pathway_case c ON c.id = d.case_id "
    "WHERE c.reference IN ({marks}) ORDER BY c.reference, d.key, d.opened_seq",
    "SELECT c.reference, r.page, r.seq, r.kind, r.entry, r.title, r.happened_at, r.recorded_at, r.author, r.role, r.body "
    "FROM record r JOIN pathway_case c ON c.id = r.case_id WHERE c.reference IN ({marks}) ORDER BY c.reference, r.page",
    "SELECT case_ref, seq, at, effective_at, actor, role, action, from_state, to_state, rule, basis, voids, key{chain} FROM trail "
    "WHERE case_ref IN ({marks}) ORDER BY case_ref, seq",
    "SELECT case_ref, key, event, pathway, team, rule, due_on, to_roles, effective_at, recorded_at FROM outbox "
    "WHERE case_ref IN ({marks}) ORDER BY case_ref, key",
)
"""All that is told of some cases but the numbers of rows."""
CHAINED = {"head": ", head", "chain": ", commitment, prev, hash"}
AT_ONCE = 500

Told = dict[str, list[tuple[Any, ...]]]
"""By reference: every row that tells of the case."""


def cases(url: str, references: Collection[str], *, chained: bool = True) -> Told:
    """What a store tells of some cases.

    Args:
        url: where the store is.
        references: which cases.
        chained: with their hashes; these hang on chance where somebody's own words were written, since those are salted.
    """
    hashes = CHAINED if chained else dict.fromkeys(CHAINED, "")
    wanted = sorted(references)
    told: Told = {each: [] for each in wanted}
    with open_store(url) as store:
        for begin in range(0, len(wanted), AT_ONCE):
            part = wanted[begin : begin + AT_ONCE]
            marks = ", ".join(["?" if store.dialect == "sqlite" else "%s"] * len(part))
            for place, question in enumerate(CASES):
                for reference, *row in store.connection.execute(question.format(marks=marks, **hashes), part):
                    told[reference].append(
                        (place, *(bytes(x) if isinstance(x, memoryview) else str(x) for x in row))
                    )
    return told


def agree(found: Told, plain: Told, who: str) -> None:
    """Check that cases are what the plain path made of them.

    Args:
        found: what was found of cases that a contestant dealt with.
        plain: what the plain path left, of these cases at least.
        who: the contestant.

    Raises:
        Failed: a case is another, or the plain path does not know it.
    """
    for reference, rows in found.items():
        expected = plain.get(reference)
        if rows != expected:
            differing = sorted(set(rows) ^ set(expected or ()))
            raise Failed(f"{who} left {reference} otherwise than one case after the other: {differing[:4]}")


def references(url: str, question: str, *values: Any) -> list[str]:
    """The first column of a question to a store, its marks written as `?`."""
    with open_store(url) as store:
        asked = question if store.dialect == "sqlite" else question.replace("?", "%s")
        with store.reading() as tx:
            given = [tx.driver("instant")(each) if hasattr(each, "tzinfo") else each for each in values]
            return [row[0] for row in tx.connection.execute(asked, given).fetchall()]


def due(url: str) -> list[str]:
    """The cases with a limit that passed, in the order of the store."""
    return references(
        url, "SELECT DISTINCT c.reference, c.id FROM deadline d JOIN pathway_case c ON c.id = d.case_id "
        "WHERE d.look_at < ? ORDER BY c.id", AS_OF,
    )  # fmt: skip


def moved(url: str) -> list[str]:
    """The cases that somebody has moved: each move sends one message."""
    return references(url, "SELECT case_ref FROM outbox WHERE event = 'pathways.move'")
