"""What is asked once for several children at one conference, and what of each child alone. Pure.

Nothing is copied from one child to another without somebody saying so: an answer that is asked once is confirmed for
each child, and whatever is decided about a child is asked about that child.
"""

from __future__ import annotations

from pathways.definitions import Evidence

SHARED_MOVES = (
    "book_conference", "rebook_conference", "invite", "family_met", "chair_met_family", "reports_shared",
    "start_conference", "adjourn",
)  # fmt: skip
"""Moves that are about the meeting: all their answers are asked once."""
SHARED_ANSWERS = ("core_group", "first_core_group_on", "review_on", "lead")
"""Answers of a decision that are about the family's next meetings and who works with them."""
DECISIONS = (
    "views_recorded", "decide_plan", "decide_no_plan", "decide_no_plan_early_help", "decide_no_plan_close",
    "continue_plan", "end_plan", "end_plan_to_child_in_need", "end_plan_to_early_help", "end_plan_for_care",
)  # fmt: skip
"""What a conference decides and hears: of each child."""


def is_joint(trigger: str) -> bool:
    """Whether a move on one child's case makes one ask about the other children of the conference."""
    return trigger in SHARED_MOVES or trigger in DECISIONS


def asked_once(trigger: str, evidence: Evidence) -> frozenset[str]:
    """The fields of a move's record that are asked once for all children."""
    names = frozenset(each.name for each in evidence.fields)
    return names if trigger in SHARED_MOVES else names & frozenset(SHARED_ANSWERS)
