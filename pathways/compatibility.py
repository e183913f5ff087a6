"""What one person may be on at once. Pure: where somebody stands in, reasons out.

Most things go on beside each other, and a protective case is never kept waiting for another. What is kept apart are
two plans for the same child (one plan, one lead), and records of an adult's conduct from records of a child's need.
Of two plans the one that protects less is refused beside the other, and gives way when the other begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathways import sources
from pathways.definitions import Source

Standing = tuple[str, str]
"""A pathway's name and the state in which the person's open case is."""

CHILD, UNBORN, ADULT = "child", "unborn", "adult"

EARLY_HELP_PLAN = ("planned", "active", "review_due", "drifting")
IN_NEED_PLAN = ("plan_pending", "active", "drift_review", "review_risk", "transferring")
PROTECTION_PLAN = ("plan", "rcpc_overdue", "transferring_out", "review_conference")


@dataclass(frozen=True, slots=True)
class Apart:
    """Two standings that nobody has at once: the lesser is not begun beside the greater, and gives way to it.

    `by` is the trigger that takes the lesser case out of the way when the greater begins.
    """

    lesser: str
    states: tuple[str, ...]
    greater: str
    greater_states: tuple[str, ...]
    by: str
    reason: str
    cites: Source

    def is_lesser(self, standing: Standing) -> bool:
        """Whether this is where the lesser case may not be."""
        return standing[0] == self.lesser and standing[1] in self.states

    def is_greater(self, standing: Standing) -> bool:
        """Whether this is what it gives way to."""
        return standing[0] == self.greater and standing[1] in self.greater_states


APART = (
    Apart("child_in_need", IN_NEED_PLAN, "child_protection", PROTECTION_PLAN, "child_protection_plan_made",
          "a child is never on a child in need plan and a child protection plan together; the protection plan takes over", sources.PLAN),
    Apart("early_help", EARLY_HELP_PLAN, "child_in_need", IN_NEED_PLAN, "child_in_need_plan_made",
          "early help and child in need are two legal bases of one plan; the child in need plan takes over", sources.EARLY_HELP),
    Apart("early_help", EARLY_HELP_PLAN, "child_protection", PROTECTION_PLAN, "child_protection_plan_made",
          "the child protection plan takes over from the early help plan", sources.PLAN),
)  # fmt: skip

WHO = {
    "front_door": (CHILD, UNBORN),
    "early_help": (CHILD, UNBORN),
    "child_in_need": (CHILD, UNBORN),
    "child_protection": (CHILD, UNBORN),
    "immediate_protection": (CHILD,),
    "escalation": (CHILD, UNBORN),
    "missing_education": (CHILD,),
    "encompass": (CHILD,),
    "file_transfer": (CHILD,),
    "genital_mutilation": (CHILD,),
    "serious_incident": (CHILD,),
    "missing_child": (CHILD,),
    "modern_slavery": (CHILD, ADULT),
    "prevent": (CHILD, ADULT),
    "licensing_notice": (ADULT,),
    "neglect_screen": (CHILD,),
    "allegations": (ADULT,),
}
"""Whom a pathway is about."""

AFTER_DEATH = ("serious_incident", "allegations", "escalation")
"""What may still be opened when the person has died; the work for brothers and sisters is on their own cases."""

_ABOUT = {CHILD: "a child", UNBORN: "an unborn child", ADULT: "an adult"}


def refusals(
    pathway: str, state: str, *, kind: str, beside: Iterable[Standing] = (), dead: bool = False
) -> tuple[str, ...]:
    """Why this person may not come to stand here, one sentence's end for each reason; empty where they may.

    Args:
        pathway: the pathway to be opened, or moved on.
        state: the state that the case would be in.
        kind: child, unborn or adult, as the person's record has it.
        beside: where the person's other open cases stand.
        dead: whether the person has died.
    """
    found = []
    about = WHO[pathway]
    if kind not in about:
        whom = " or ".join(_ABOUT[each] for each in about)
        found.append(f"this pathway is about {whom}, and the record is that of {_ABOUT[kind]}")
    if dead and pathway not in AFTER_DEATH:
        found.append("the person has died; nothing new is begun for them")
    here = (pathway, state)
    for other in beside:
        found += [each.reason for each in APART if each.is_lesser(here) and each.is_greater(other)]
    return tuple(found)


def gives_way(pathway: str, state: str, beside: Iterable[Standing]) -> tuple[tuple[str, str], ...]:
    """What is taken out of the way when a case comes to stand here: pathway and trigger for each.

    A plan that protects more is never refused because of one that protects less.
    """
    here = (pathway, state)
    return tuple(
        (each.lesser, each.by)
        for other in beside
        for each in APART
        if each.is_greater(here) and each.is_lesser(other)
    )
