"""What a safeguarding lead reads of the files: the central list, every concern with its outcome, the audit of one file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.access import note, quiet_draft, role_of
from models.anchors import writing
from models.queries import CaseView, case_view
from models.store import Store
from models.supervision_proof import marks_of
from models.transaction import Transaction
from pathways import pathway
from pathways.clocks import Rules
from pathways.days import CalendarEnds, local_day
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.file_audit import ASK, CURRENT, FORMS, NO, YES, Held, Page, Referral, TheFile, audit
from pathways.file_lists import CONCERNS, LISTED, OUTCOMES, WATCHED, Heading, brought, first, heading
from pathways.rulebook import NoEdition

TELL_LEAD = "fd.concern_to_dsl"
"""The rule that, once missed, shows a concern as unreported until its lead is told."""
REFERRALS = "front_door"
BY_TELEPHONE = frozenset(("open_phone", "phone_referral"))
"""The entries that say that a referral was made by telephone."""
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
    """One concern that was brought: when, how and by whom, its outcome; whether its lead should have been told by now."""

    reference: str
    brought: str
    team: str
    at: datetime
    outcome: str
    is_open: bool
    unreported: bool = False


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
    rows = tx.all(
        "concerns_since", pathways=f",{','.join(CONCERNS)},", rule=TELL_LEAD, since=since, team=team
    )
    return [
        Concern(
            row.reference,
            brought(pathway(row.pathway), row.facts),
            row.team,
            row.opened_at,
            _outcome(row),
            bool(row.is_open),
            bool(row.unreported),
        )
        for row in rows
    ]


def _outcome(row: Any) -> str:
    """The outcome in words; where the case stands, while it is open; that the lead was not told in time."""
    if row.unreported:
        return "Unreported"
    if row.is_open or not row.outcome:
        return pathway(row.pathway).state(row.state).label
    return OUTCOMES.get(row.outcome) or str(row.outcome).replace("_", " ").capitalize()


# --- the audit of one file ------------------------------------------------------------------------------------------


def the_file(tx: Transaction, view: CaseView, rules: Rules) -> TheFile:
    """What the record of a case shows to an audit under the authority's rules."""
    written = tx.all("records_of_case", case_id=view.row.id)
    pages = tuple(
        Page(
            row.page,
            row.kind,
            row.entry,
            row.author,
            row.role,
            row.body,
            row.voided_seq is not None,
        )
        for row in written
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
    withdrawn = {row.voids for row in trail if row.voids is not None}
    standing = [row for row in trail if row.seq not in withdrawn]
    return TheFile(
        pages=pages,
        late=tuple(sorted(late)),
        siblings=bool(view.siblings),
        referrals=_referrals(tx, view),
        behind=tuple(row.page for row in written if row.voided_seq is None and _behind(row, rules)),
        conferences=tuple(_held(row) for row in standing if row.action == "start_conference"),
        supervised=tuple(day for _, day in marks_of(standing)),
    )


def _referrals(tx: Transaction, view: CaseView) -> tuple[Referral, ...]:
    """Every referral of the child that the viewer may see, whichever case the audit is of."""
    found = []
    for row in tx.all("kept_of_person", person_id=view.row.person_id):
        if row.pathway == REFERRALS:
            actions = {each.action for each in tx.all("trail_of_case", reference=row.reference)}
            kinds = {
                each.kind for each in tx.all("records_of_case", case_id=row.id) if each.voided_seq is None
            }
            found.append(Referral(row.reference, bool(actions & BY_TELEPHONE), bool(kinds & set(FORMS))))
    return tuple(found)


def _behind(row: Any, rules: Rules) -> bool:
    """Whether a page was written later than the rule on a current chronology allows, as the edition of its day has it."""
    happened, written = local_day(row.happened_at), local_day(row.recorded_at)
    if written <= happened:
        return False
    try:
        edition = rules.rulebook.edition(CURRENT, happened, written)
        return bool(row.recorded_at > rules.due(edition, happened.isoformat()).due_at)
    except (NoEdition, CalendarEnds):
        return False


def _held(row: Any) -> Held:
    """A conference, with whether its chair went ahead without a report; not known where what was learned is gone."""
    known = json.loads(row.body) if row.body else None
    reports_in = None if known is None else "conference.reports" not in known.get("overrides", {})
    return Held(row.seq, local_day(row.effective_at), reports_in)


def keep_audit(
    store: Store,
    reference: str,
    answers: Mapping[int, tuple[str, str]],
    *,
    rules: Rules,
    actor: Actor,
    now: datetime,
) -> int:
    """Put the audit of a file on its case's trail: every point, with the record's answer or the person's. The entry's number.

    Args:
        answers: what a person answered, by point: yes, no or none (it does not apply), and why.
        rules: the authority's rules, by which the record is looked at.

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
        found = audit(the_file(tx, case_view(tx, reference), rules))
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
        role = role_of(actor)
        note(tx, draft, "filing_audited", actor=actor.name, role=role, now=now, points=kept)
        return draft.seq
