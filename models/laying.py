"""Told history becomes entries of a trail: asserted, without records, along the moves of the definitions alone.

Clocks start and stop as for any move. What is kept of them: those that run, and those that were met on a day that
the census gives. Of a clock that nothing in a census could stop (a letter, a visit, a core group) nobody knows
whether it was met; it is run only where its limit still lies ahead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from models.draft import Draft, Pending, instant
from models.history import CaseHistory, Step, edges
from pathways import pathway
from pathways.answers import Answered
from pathways.clocks import Rules, Started
from pathways.definitions import Clock

ROLE = "import"
IMPLIED = {"implied": True}
"""On an entry whose own date the census does not give: it follows from what came after it."""

TOLD = frozenset({
    "referral_decided", "assessment_outcome_recorded", "cin_first_meeting_held", "strategy_discussion_held",
    "s47_strategy_discussion_held", "icpc_held", "rcpc_held", "transfer_conference_held",
})  # fmt: skip
"""The events of which a census would tell, had they happened."""


@dataclass(slots=True, eq=False)
class _Told(Draft):
    """A case of which an import tells; it begins only clocks of which something can be known."""

    as_of: date = date.min

    def _begin(self, begun: Started, rules: Rules, seq: int) -> None:
        if can_be_known(begun.clock, begun.due_on, self.as_of):
            Draft._begin(self, begun, rules, seq)


@cache
def _met_by(pathway_name: str, events: tuple[str, ...]) -> frozenset[str]:
    """The rules of a pathway whose clocks some of these events stop."""
    return frozenset(
        clock.rule for clock in pathway(pathway_name).clocks if not {*events}.isdisjoint(clock.met_by)
    )


def can_be_known(clock: Clock, due_on: date, as_of: date) -> bool:
    """Whether an import as of a day can know how a clock with this limit stands."""
    return bool(clock.on_miss) or due_on >= as_of or not TOLD.isdisjoint(clock.met_by)


@dataclass(frozen=True, slots=True)
class Laying:
    """What every entry of one import has in common."""

    rules: Rules
    actor: str
    now: datetime
    as_of: date

    def open(
        self,
        history: CaseHistory,
        reference: str,
        *,
        person_id: int,
        episode_id: int,
        opened_from: str | None,
    ) -> Draft:
        """A new case with the whole of its history."""
        found = pathway(history.name)
        draft = _Told(
            pathway=found,
            reference=reference,
            person_id=person_id,
            episode_id=episode_id,
            state=history.start,
            facts={},
            opened_at=instant(history.on),
            changed_at=self.now,
            team=found.team,
            restricted=found.restricted,
            guarded=found.restricted,
            basis="asserted",
            as_of=self.as_of,
        )
        extra: dict[str, Any] = dict(IMPLIED) if history.implied else {}
        if history.entry:
            draft.take(
                found.entry(history.entry),
                history.start,
                actor=self.actor,
                role=ROLE,
                at=history.on,
                now=self.now,
                answered=Answered(facts=history.learned),
                rules=self.rules,
                extra=extra,
                also=history.events,
                strict=False,
                asserted_as_of=self.as_of,
            )
        else:
            if opened_from:
                extra["from"] = opened_from
            seq = draft.enter(
                history.opening if opened_from else "opened_by_import",
                history.start,
                actor=self.actor,
                role=ROLE,
                effective_at=draft.opened_at,
                now=self.now,
                changes=history.events,
                extra=extra,
                basis="asserted",
            )
            draft.happen(history.events, self.rules, today=self.as_of, seq=seq, strict=False)
        self.lay_all(draft, history.steps)
        return draft

    def lay_all(self, draft: Draft, steps: Iterable[Step]) -> None:
        """Lay these steps, and keep of the clocks begun what can be known."""
        for step in steps:
            self.lay(draft, step)
        draft.begun = [each for each in draft.begun if self._is_kept(each)]

    def lay(self, draft: Draft, step: Step) -> None:
        """Lay one step along the move that its trigger has from the case's state.

        Conditions and roles are not asked: the decision was taken elsewhere, by whoever might, and is only reported.
        """
        move, dest = edges(draft.pathway.name)[step.trigger, draft.state]
        running = list(draft.running) if step.implied else []
        seq = draft.take(
            move,
            dest,
            actor=self.actor,
            role=ROLE,
            at=step.on,
            now=self.now,
            answered=Answered(facts=step.learned),
            rules=self.rules,
            extra=IMPLIED if step.implied else None,
            also=step.dated,
            strict=False,
            asserted_as_of=self.as_of,
        )
        if step.implied:
            self._forget_timeliness(draft, step, running, seq)

    def _forget_timeliness(self, draft: Draft, step: Step, running: list[Any], seq: int) -> None:
        """A clock stopped on a day that is not known has ended; whether in time cannot be said."""
        known = _met_by(draft.pathway.name, tuple(step.dated)) if step.dated else frozenset()
        for each in running:
            if isinstance(each, Pending) and each.values["closed_seq"] == seq and each.rule not in known:
                each.values["status"] = "ended"
        rules = {each.id: each.rule for each in running if not isinstance(each, Pending)}
        for stopped in draft.stopped:
            if stopped["closed_seq"] == seq and rules.get(stopped["deadline_id"]) not in known:
                stopped["status"] = "ended"

    def _is_kept(self, pending: Pending) -> bool:
        if pending.values["status"] != "open":
            return bool(pending.values["status"] == "met")
        return can_be_known(pending.started_clock.clock, pending.values["due_on"], self.as_of)
