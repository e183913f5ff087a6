"""Births that are told once: recorded on one case of a child who was expected, told on each other open case that waits.

The other cases that the recorder's login reaches are told in the same transaction, whoever may see them; the recorder
hears only of those that they may see. What lies out of reach, behind row security or on a record that hides it, is told
by the nightly check, in the words of the entry that recorded the birth; what is withdrawn there it withdraws again
(`models/untold.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from models.beside import add_twins, others
from models.change import Change
from models.deaths import source_of
from models.draft import Draft
from models.store import Store
from pathways.answers import Answered
from pathways.clocks import Rules
from pathways.engine import OTHER_PATHWAY, Done, Question, decide

BORN = "birth_date"
EVENT = "child_born"
TOLD = "birth_told"


def pass_on(
    change: Change, draft: Draft, answered: Answered, actor: str, role: str, at: datetime | date
) -> None:
    """Tell a birth just recorded on the child's other open cases; twins get the cases that the child has.

    Args:
        change: the transaction; the cases told are written with it.
        draft: the case on which it was recorded.
        answered: the answers of that record.
        actor: who recorded it.
        role: the role that they recorded it in.
        at: when it was made known.
    """
    origin = {"from": draft.reference, "entry": draft.seq}
    body = {name: answered.body[name] for name in (BORN, "how_many") if name in answered.body}
    told = [each for each in others(change, draft) if tell(change, each, body, actor, at, origin)]
    seen = [each for each in told if change.tx.one("case_by_reference", reference=each.reference) is not None]
    change.told += [each.reference for each in seen]
    add_twins(change, draft, seen, int(answered.body.get("how_many") or 1), actor, role, at)


def tell(
    change: Change,
    draft: Draft,
    body: Mapping[str, Any],
    actor: str,
    at: datetime | date,
    origin: Mapping[str, Any] | None = None,
) -> bool:
    """Tell a birth on a case of the child: entry, record, facts and clocks; whether it was news there.

    A case that is closed, knows of the birth or is about something that no birth belongs to stays as it is.
    """
    if not draft.is_open or EVENT in draft.facts:
        return False
    verdict = decide(Question(draft.pathway, draft.state, draft.facts), TOLD, OTHER_PATHWAY)
    if not isinstance(verdict, Done):
        return False
    draft.take(
        verdict.move,
        verdict.dest,
        actor=actor,
        role=verdict.by,
        at=at,
        now=change.now,
        answered=Answered(dict(body), {BORN: body[BORN]}),
        rules=change.rules.at_school(draft.facts.get("school")),
        extra=origin,
        strict=False,
    )
    change.keep(draft)
    change.lives.setdefault(draft.person_id, {})[BORN] = str(body[BORN])
    return True


def tell_out_of_reach(store: Store, rules: Rules, now: datetime) -> int:
    """Tell a birth on the cases that whoever recorded it could not reach; on how many.

    Each case in a transaction of its own; doing it again changes nothing.

    Args:
        store: the store, opened by a login that sees every case.
        rules: rule pack and calendar.
        now: the moment that is written.
    """
    with store.reading() as tx:
        waiting = [row.reference for row in tx.all("births_awaited") if row.is_open and BORN not in row.facts]
    return sum(_tell_late(store, rules, reference, now) for reference in waiting)


def _tell_late(store: Store, rules: Rules, reference: str, now: datetime) -> bool:
    with store.writing() as tx:
        change = Change(tx, now, rules)
        draft = change.load_beside(reference)
        source = source_of(change, draft, BORN)
        if source is not None:
            origin = {"from": source.reference, "entry": source.seq}
            told = tell(change, draft, {BORN: source.learned}, source.actor, source.effective_at, origin)
        else:
            born = tx.need("person_by_id", person_id=draft.person_id).birth_date
            told = born is not None and tell(change, draft, {BORN: born.isoformat()}, OTHER_PATHWAY.name, now)
        change.write()
    return told
