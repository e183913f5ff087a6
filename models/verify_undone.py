"""A case on which something was undone: does it stand as it does with that left out?"""

from __future__ import annotations

import json
from collections.abc import Sequence

from models.transaction import Transaction
from models.verdict import Found
from models.verify_clocks import ClockCheck, is_told_again
from models.verify_retold import Row, Step
from models.viewer import ALL_SEEING
from models.wire import instant_text
from pathways import NAMES, pathway
from pathways.restating import Told, meaning, tell, withdrawn


def _withdrawn_by(told: Sequence[Told]) -> dict[int, int]:
    """What is withdrawn, each with the undo since which it is, as the pages name it; others may withdraw it as well."""
    found: dict[int, int] = {}
    for place, each in enumerate(told, 1):
        if each.voids is not None:
            gone = withdrawn(told[:place])
            found = {seq: found.get(seq, by) for seq, by in gone.items()}
    return found


def hold_undone(
    tx: Transaction, found: Found, case_ref: str, rows: Sequence[Row], clocks: ClockCheck | None
) -> None:
    """Check that what was undone on a case is what its undoing entries say, and its clocks what then runs."""
    case = tx.one("case_by_reference", reference=case_ref, seen_by=ALL_SEEING)
    if case is None or case.pathway not in NAMES:
        return  # nobody is there whom it is about, or it is on no pathway: `contradictions` names it
    records = {row.seq: row for row in tx.all("records_of_case", case_id=case.id)}
    bodies = {seq: row.body for seq, row in records.items() if row.destroyed_seq is None}
    told, steps = [], []
    for row in tx.all("own_chain", reference=case_ref):
        payload = json.loads(row.body) if row.body is not None else {}
        told.append(
            Told(
                seq=row.seq, action=row.action, actor=row.actor, role=row.role, from_state=row.from_state,
                to_state=row.to_state, at=row.at, effective_at=row.effective_at, rule=row.rule, basis=row.basis,
                voids=row.voids, changes=payload.pop("facts", {}), payload=payload, body=bodies.get(row.seq),
                there=row.body is not None or not row.commitment,
            )
        )  # fmt: skip
        steps.append(
            Step(
                row.seq, instant_text(row.at), row.role, row.action, row.from_state, row.to_state, row.basis, row.voids,
                row.key, told[-1].changes, payload,
            )
        )  # fmt: skip
    for seq, what in meaning(pathway(case.pathway), told):
        found.fault(case_ref, seq, what, there=True)
    gone = _withdrawn_by(told)
    for seq, row in records.items():
        if row.voided_seq != gone.get(seq):
            what = f"whether the record on page {row.page} is withdrawn is not what the entries say"
            found.fault(case_ref, seq, what, there=True)
    now = tell(pathway(case.pathway), told)
    if bool(case.is_open) != now.is_open:
        found.fault(case_ref, None, "whether it is open is not what its entries say", there=True)
    if not is_told_again(case.pathway, case.definition):
        return
    if case.outcome != now.outcome:
        found.fault(case_ref, None, "how it ended is not what its entries say", there=True)
    if clocks is not None:

        def say(seq: int | None, what: str) -> None:
            found.fault(case_ref, seq, what, there=True)

        clocks.clocks(case.pathway, steps, rows, say, told)
