"""What the pages are made from: plain rows, as the records gave them, and the moment they were read at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pathways.calendars import Calendar
from pathways.measures import (
    AtStage,
    Conference,
    Dispute,
    Ended,
    Impossible,
    Known,
    LateTask,
    Line,
    Load,
    Met,
    Plan,
    PlanReviews,
    Referral,
    Report,
    Review,
    Run,
    Step,
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the wall shows, without a person, a name or a restricted case.

    `now` is the moment that the records were read as at, `since` the working day before it at the same hour.
    """

    now: datetime
    today: date
    since: date
    rules: str
    calendar: Calendar
    calendar_ends: date
    lines: Sequence[Line] = ()
    papers: int = 0
    """Cases that have ended and have a paper still due; they are among the lines."""
    late: Sequence[LateTask] = ()
    late_in_all: int = 0
    mornings: Sequence[tuple[date, Mapping[str, tuple[int, int]]]] = ()
    """Open and late cases of each pathway on earlier mornings, as they were noted then."""
    conferences: Sequence[Conference] = ()
    stages: Sequence[AtStage] = ()
    reports: Sequence[Report] = ()
    reviews: Sequence[Review] = ()
    reviews_held: Sequence[Met] = ()
    core_groups: Sequence[Met] = ()
    plans_reviewed: Sequence[PlanReviews] = ()
    plans: Sequence[Plan] = ()
    referrals: Sequence[Referral] = ()
    earlier_referrals: Mapping[int, Sequence[tuple[int, date]]] = field(default_factory=dict)
    missing_days: Sequence[int] = ()
    missing_guessed: int = 0
    """Of those, how many were counted in working days, since no school calendar is loaded for them."""
    missing_ended: Sequence[Ended] = ()
    early_help: Mapping[str, int] = field(default_factory=dict)
    early_help_assessed: Sequence[Met] = ()
    early_help_reviewed: Sequence[Met] = ()
    steps: Sequence[Step] = ()
    refused_on: Sequence[date] = ()
    disputes: Sequence[Dispute] = ()
    disputes_ended: Sequence[Ended] = ()
    loads: Sequence[Load] = ()
    known: Sequence[Known] = ()
    impossible: Sequence[Impossible] = ()
    runs: Sequence[Run] = ()
    anchored_at: datetime | None = None
