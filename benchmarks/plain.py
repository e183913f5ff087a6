"""The plain path, one case after the other: the decision function, a draft, the statements of a person's move.

Not a contestant: what it leaves is what everybody must leave.
"""

from __future__ import annotations

from benchmarks.population import AS_OF, rules
from models.casework import load_draft, write_draft
from models.store import Store
from models.transaction import Transaction
from pathways.clocks import runs_in, start_of_day
from pathways.days import local_day
from pathways.engine import CLOCK, Done, Question, decide

NOW = AS_OF


def run(store: Store, most: int | None = None) -> None:
    """Deal with every passed limit, or with those of the first `most` cases, a transaction for each."""
    waiting = "SELECT c.reference FROM deadline d JOIN pathway_case c ON c.id = d.case_id WHERE d.look_at < {} ORDER BY c.id"
    with store.reading() as tx:
        if store.dialect == "sqlite":
            found = tx.connection.execute(waiting.format("?"), [tx.driver("instant")(AS_OF)]).fetchall()
        else:
            found = tx.connection.execute(waiting.format("%s"), [AS_OF]).fetchall()
    for (reference,) in found[:most]:
        with store.writing() as tx:
            _one(tx, reference)


def _one(tx: Transaction, reference: str) -> None:
    draft = load_draft(tx, reference)
    running = tx.all("running_deadlines", case_id=draft.case_id)
    (row,) = [each for each in running if each.look_at is not None and each.look_at < AS_OF]
    clock = next(each for each in draft.pathway.clocks if each.rule == row.rule)
    edition = rules().rulebook.cited(row.rule, row.edition)
    before, dest, action = draft.state, draft.state, "deadline_missed"
    if clock.on_miss:
        verdict = decide(Question(draft.pathway, before, draft.facts), clock.on_miss, CLOCK)
        if isinstance(verdict, Done):
            dest, action = verdict.dest, verdict.move.trigger
    seq = draft.enter(
        action,
        dest,
        actor="clock",
        role="clock",
        effective_at=row.due_at,
        now=NOW,
        rule=row.rule,
        key=f"{row.key}/missed",
    )
    draft.changed_at = NOW
    draft.version += 1
    if dest != before:
        for each in running:
            other = next(one for one in draft.pathway.clocks if one.rule == each.rule)
            if (
                each.id != row.id
                and runs_in(other, draft.pathway, before)
                and not runs_in(other, draft.pathway, dest)
            ):
                draft._stop(each, "ended", row.look_at, seq)
    write_draft(tx, draft)
    tx.connection.execute(
        f"DELETE FROM outbox WHERE key = '{reference}/{seq}'"
    )  # a person's move, and this is none
    gate = clock.gate or edition.gate
    again = None
    if row.statutory and not gate:
        again = start_of_day(rules().calendar.add_working_days(local_day(row.due_at), 2))
    look = None if again is None else tx.driver("instant")(again)
    tx.sets("pass_deadline", [("passed" if gate else "missed", look, row.told if gate else 1, seq, row.id)])
    if not gate:
        tx.run(
            "add_outbox", key=f"{row.key}/missed/1", event="pathways.deadline.missed", case_ref=reference,
            pathway=draft.pathway.name, team=draft.team, rule=row.rule, due_on=row.due_on,
            to_roles=";".join(edition.tells), effective_at=row.look_at, recorded_at=NOW, done_at=None,
        )  # fmt: skip
