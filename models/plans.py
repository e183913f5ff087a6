"""The outline plan of a case: held against the conference that makes it, and found again with how far it has come.

The plan lies in the record of the decision that made it, its progress in those of core groups and reviews; an undo
of any of them takes it back with the rest. Who may own an action is whoever the conference has on its list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.as_at import story
from models.draft import Draft
from models.queries import CaseView
from models.transaction import Transaction
from pathways.answers import Answered
from pathways.conference_ledger import Written, agencies_of, ends_a_conference, invitees
from pathways.days import local_day
from pathways.definitions import CaseFacts, Move, Pathway
from pathways.outline_plan import (
    PLAN,
    PROGRESS,
    Come,
    actions_of,
    asked_of,
    fitted,
    refuse_unknown,
    with_progress,
)
from pathways.restating import Told, withdrawn


@dataclass(frozen=True, slots=True)
class Standing:
    """What a form about a plan needs: who may own an action, the plan that is in force, the day of the conference."""

    owners: tuple[str, ...]
    come: tuple[Come, ...]
    held_on: date | None


def fit(tx: Transaction, draft: Draft, move: Move, answered: Answered) -> None:
    """Hold a plan, or its progress, against the conference; owners are put as they stand on its list.

    Raises:
        Mistyped: somebody is not of the conference, a day does not fit, or an action is not in the plan.
    """
    plan, progress = asked_of(move.records, PLAN), asked_of(move.records, PROGRESS)
    if not answered.body.get(plan) and not answered.body.get(progress):
        return
    entries = standing(story(tx, draft.reference, int(draft.case_id or 0)))
    if answered.body.get(plan):
        review_on = answered.body.get("review_on")
        answered.body[plan] = fitted(
            answered.body[plan],
            owners(draft.pathway, entries),
            _held_on(CaseFacts(draft.facts, draft.pathway.known)),
            date.fromisoformat(review_on) if review_on else None,
        )
    if answered.body.get(progress):
        refuse_unknown(answered.body[progress], in_force(entries)[1])


def standing_for(tx: Transaction, view: CaseView) -> Standing:
    """What a form about the plan of a case needs."""
    entries = standing(story(tx, view.reference, view.row.id))
    return Standing(owners(view.pathway, entries), come(entries), _held_on(view.facts))


def _held_on(facts: CaseFacts) -> date | None:
    started = facts.moment("conference_started")
    return local_day(started) if started is not None else None


def standing(entries: Sequence[Told]) -> list[Told]:
    """The entries that were not withdrawn."""
    gone = withdrawn(entries)
    return [each for each in entries if each.seq not in gone]


def owners(found: Pathway, entries: Iterable[Told]) -> tuple[str, ...]:
    """The agencies and people of the conference at hand, as they stand on its list."""
    here = gatherings(found, entries)[-1]
    return tuple(dict.fromkeys((*agencies_of(here), *(each.who for each in invitees(here)))))


def gatherings(found: Pathway, entries: Iterable[Told]) -> list[list[Written]]:
    """What was written down for each conference of a case, from the first; the last is the one that is to come.

    What a conference decided ends what was written down for it.
    """
    all_of: list[list[Written]] = [[]]
    for each in entries:
        all_of[-1].append(Written(each.action, local_day(each.effective_at), each.actor, each.body or {}))
        if ends_a_conference(found, each.action):
            all_of.append([])
    return all_of


def in_force(entries: Iterable[Told]) -> tuple[int, list[dict[str, Any]]]:
    """The plan that stands and the entry that wrote it; 0 and nothing where none was written in actions."""
    found: tuple[int, list[dict[str, Any]]] = (0, [])
    for each in entries:
        plan = (each.body or {}).get("outline_plan")
        if actions_of(plan):
            found = (each.seq, list(plan or ()))
    return found


def come(entries: Sequence[Told]) -> tuple[Come, ...]:
    """Every action of the plan that stands, with the last that a core group or a review said of it."""
    since, plan = in_force(entries)
    told = [
        (local_day(each.effective_at), each.body["actions"])
        for each in entries
        if each.seq > since and each.body and isinstance(each.body.get("actions"), list)
    ]
    return with_progress(plan, told)
