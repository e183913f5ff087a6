"""Asking agencies again for the reports that they owe a conference.

Each time is an entry on the trail with a key of its own for the agency and the day: a second one on that day is not
written, whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from models.access import NotTheirs
from models.anchors import writing
from models.as_at import story
from models.change import Change
from models.conference import PATHWAY, REPORT_RULES
from models.draft import Draft
from models.queries import awaited_reports, filters, late_work
from models.relay import tell
from models.store import Store
from models.transaction import Transaction
from pathways.clocks import Rules
from pathways.conference_stages import CONFERENCE_UNIT
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import PathwayError
from pathways.evidence import MANAGERS, SOCIAL_WORKERS
from pathways.moments import words
from pathways.roles import Role
from pathways.trail import CHASED

MAY_CHASE = (*CONFERENCE_UNIT, *SOCIAL_WORKERS, *MANAGERS)
HEARS: Mapping[str, tuple[Role, ...]] = {
    "school": (Role.DSL,),
    "early years": (Role.DSL,),
    "police": (Role.POLICE,),
    "school nursing": (Role.SCHOOL_NURSE,),
    "education welfare": (Role.EWO,),
    "social care": (Role.SOCIAL_WORKER,),
    **dict.fromkeys(
        ("health visiting", "general practice", "midwifery", "hospital", "mental health"), (Role.HEALTH,)
    ),
}
"""The roles that a message about an agency's report is for; of other agencies nobody has a role here."""


class NothingToAsk(PathwayError):
    """Nobody owes this case a report that could be asked for again. Arguments: reference, what is so."""

    code: ClassVar[int] = 3

    def __str__(self) -> str:
        return f"{self.args[1]} Nothing was sent: pathways conference {self.args[0]}"


@dataclass(frozen=True, slots=True)
class Chased:
    """An agency that was asked again for its report; `again` is False where it had been asked today already."""

    reference: str
    agency: str
    due_on: date | None
    asked: bool
    seq: int = 0
    code: str = ""


def late_cases(tx: Transaction, now: datetime) -> list[str]:
    """The cases that the viewer sees of which a report is late, the longest overdue first."""
    late = late_work(tx, now, filters(pathway_name=PATHWAY))
    return list(dict.fromkeys(task.reference for task in late if task.rule in REPORT_RULES and task.reports))


def chase(
    store: Store,
    rules: Rules,
    reference: str,
    *,
    actor: Actor,
    now: datetime,
    agency: str = "",
    only_late: bool = False,
    dry_run: bool = False,
) -> list[Chased]:
    """Ask the agencies that owe a report for it again: one entry on the trail and one message each, once a day.

    Args:
        reference: the case.
        actor: who asks.
        now: the present moment, aware.
        agency: only this one; empty: all that have not sent theirs.
        only_late: only where the day by which it was due has passed.
        dry_run: work out who would be asked, keep nothing.

    Raises:
        NoSuchCase, NotTheirs, NothingToAsk, ChangedMeanwhile: nothing was sent.
    """
    if not any(actor.may_enter_for(role) for role in MAY_CHASE):
        raise NotTheirs(
            "Agencies are asked again by the conference unit, the social worker or a manager. Nothing was sent."
        )
    today = local_day(now)
    with writing(store, now, keep=not dry_run) as tx:
        change = Change(tx, now, rules)
        draft = change.load(reference)
        due = next((row for row in draft.running if row.rule in REPORT_RULES), None)
        owing = _owing(draft, agency, due.due_on if due else None, before=today if only_late else None)
        asked_today = {
            str(each.payload.get("agency"))
            for each in story(tx, draft.reference, int(draft.case_id or 0))
            if each.action == CHASED and local_day(each.effective_at) == today
        }
        found = [
            Chased(draft.reference, each, due.due_on if due else None, False)
            if each in asked_today
            else _ask(tx, draft, each, due, actor, now)
            for each in owing
        ]
        if any(each.asked for each in found):
            change.drafts.append(draft)
            change.write()
    return found


def _owing(draft: Draft, agency: str, due_on: date | None, *, before: date | None) -> Sequence[str]:
    """The agencies to ask: the one that is named, or all that owe a report; `before`: only if it was due before that day.

    Raises:
        NothingToAsk: there is none.
    """
    waiting = awaited_reports(draft.facts)
    if agency and agency not in waiting:
        raise NothingToAsk(draft.reference, f"{agency.capitalize()} owes {draft.reference} no report.")
    if not waiting:
        raise NothingToAsk(draft.reference, f"Nobody owes {draft.reference} a report.")
    if before is not None and (due_on is None or due_on >= before):
        when = f"they are due on {words(due_on)}" if due_on else "no day is booked"
        raise NothingToAsk(draft.reference, f"No report for {draft.reference} is late: {when}.")
    return (agency,) if agency else waiting


def _ask(tx: Transaction, draft: Draft, agency: str, due: Any, actor: Actor, now: datetime) -> Chased:
    """Put the asking on the trail, and queue its message."""
    due_on = due.due_on if due else None
    key = f"{draft.reference}/{CHASED}/{agency.replace(' ', '-')}/{local_day(now).isoformat()}"
    seq = draft.enter(
        CHASED,
        draft.state,
        actor=actor.name,
        role=next((role.value for role in MAY_CHASE if role in actor.roles), Role.COORDINATOR.value),
        effective_at=now,
        now=now,
        extra={"agency": agency, "due": due_on.isoformat() if due_on else None},
        key=key,
    )
    tell(
        tx,
        key,
        "pathways.report.chased",
        now,
        case_ref=draft.reference,
        pathway=draft.pathway.name,
        team=draft.team,
        rule=due.rule if due else "",
        due_on=due_on,
        to_roles=",".join(HEARS.get(agency, ())),
    )
    return Chased(draft.reference, agency, due_on, True, seq, draft.head.hex()[:8])
