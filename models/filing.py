"""What a safeguarding lead reads of the files: the central list, every concern with its outcome, the audit of one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.access import note, quiet_draft
from models.anchors import writing
from models.queries import CaseView, case_view
from models.store import Store, Transaction
from pathways import pathway
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.file_audit import ASK, NO, YES, Page, TheFile, audit
from pathways.file_lists import CONCERNS, LISTED, WATCHED, Heading, first, heading

NONE = "none"
ANSWERS = (YES, NO, NONE)
"""What a person answers to a point of the audit; none: it does not apply to this file."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One child on the central list: the heading, and the case that puts them there."""

    heading: Heading
    reference: str
    label: str
    team: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Concern:
    """One concern that was brought: when, how, and its short outcome."""

    reference: str
    title: str
    team: str
    at: datetime
    outcome: str
    is_open: bool


def central_list(tx: Transaction, team: str = "") -> list[Listed]:
    """Every child of whom the viewer may know, once, by heading. Children with a case and no heading are not on it."""
    cases: dict[int, list[tuple[Heading, Any]]] = {}
    wanted = f",{','.join((*LISTED, *CONCERNS))},"
    for row in tx.all("listed_cases", pathways=wanted, mark=WATCHED, team=team):
        found = heading(row.pathway, row.state, is_open=bool(row.is_open), watched=bool(row.marked))
        if found is not None:
            cases.setdefault(row.child, []).append((found, row))
    children = []
    for found_for_child in cases.values():
        top = first(each for each, _ in found_for_child)
        row = max((row for each, row in found_for_child if each is top), key=lambda each: each.opened_at)
        assert top is not None
        since = row.closed_at if top is Heading.HISTORIC and row.closed_at else row.opened_at
        children.append(
            Listed(top, row.reference, pathway(row.pathway).state(row.state).label, row.team, since)
        )
    return sorted(children, key=lambda each: (each.heading, each.reference))


def concerns(tx: Transaction, since: datetime, team: str = "") -> list[Concern]:
    """Every concern about a child brought since a moment, newest first, with its short outcome."""
    rows = tx.all("concerns_since", pathways=f",{','.join(CONCERNS)},", since=since, team=team)
    return [
        Concern(
            row.reference,
            pathway(row.pathway).title,
            row.team,
            row.opened_at,
            _outcome(row),
            bool(row.is_open),
        )
        for row in rows
    ]


def _outcome(row: Any) -> str:
    """The code of the outcome in words; where the case stands, while it is open."""
    if row.is_open or not row.outcome:
        return pathway(row.pathway).state(row.state).label
    return str(row.outcome).replace("_", " ").capitalize()


# --- the audit of one file ------------------------------------------------------------------------------------------


def the_file(tx: Transaction, view: CaseView) -> TheFile:
    """What the record of a case shows to an audit."""
    pages = tuple(
        Page(
            row.page,
            row.kind,
            row.entry,
            row.author,
            row.role,
            local_day(row.happened_at),
            row.body,
            row.voided_seq is not None,
        )
        for row in tx.all("records_of_case", case_id=view.row.id)
    )
    waited_for = frozenset(clock.rule for clock in view.pathway.clocks if clock.gate)
    late = {
        row.rule
        for row in tx.all("deadlines_of_case", case_id=view.row.id)
        if row.rule not in waited_for
        and (
            row.status == "missed"
            or (row.closed_at is not None and row.status == "met" and row.closed_at > row.due_at)
        )
    }
    trail = tx.all("trail_of_case", reference=view.reference)
    return TheFile(
        pages=pages,
        late=tuple(sorted(late)),
        actions=frozenset(row.action for row in trail),
        siblings=bool(view.siblings),
    )


def keep_audit(
    store: Store, reference: str, answers: Mapping[int, tuple[str, str]], *, actor: Actor, now: datetime
) -> int:
    """Put the audit of a file on its case's trail: every point, with the record's answer or the person's. The entry's number.

    Args:
        answers: what a person answered, by point: yes, no or none (it does not apply), and why.

    Raises:
        NoSuchCase: they may not see it.
        Mistyped: a point that the record cannot answer was left out, or an answer is none of the three.
    """
    for number, (answer, _) in answers.items():
        if answer not in ANSWERS:
            raise Mistyped(
                f"Point {number} is answered with one of: {', '.join(ANSWERS)}. Nothing was saved."
            )
    with writing(store, now) as tx:
        draft = quiet_draft(tx, reference)
        found = audit(the_file(tx, case_view(tx, reference)))
        left = [
            point.number for point, finding in found if finding.answer == ASK and point.number not in answers
        ]
        if left:
            raise Mistyped(
                f"These points are still to be answered: {', '.join(map(str, left))}. Nothing was saved."
            )
        kept = []
        for point, finding in found:
            answer, why = answers.get(point.number, (finding.answer, finding.why))
            by = "person" if point.number in answers else "record"
            kept.append(
                {"point": point.number, "answer": answer, "why": why, "pages": list(finding.pages), "by": by}
            )
        role = min((each.value for each in actor.roles), default="")
        note(tx, draft, "filing_audited", actor=actor.name, role=role, now=now, points=kept)
        return draft.seq
